//! Memory after a burst.

use super::*;

/// Everybody is connected and idle, then there is as much as the server takes, then nothing.
pub async fn run(options: &Options) -> Result<()> {
    let (mut server, accounts, room) = Server::filled(options).await?;
    say("MiB with nobody connected", server.memory() / 1024.0);
    let late = Arc::<Times>::default();
    let how = How { at_once: AT_ONCE, whole: true, late: &late };
    let listeners = listen(connect(&server, &accounts, &room, how).await?);
    tokio::time::sleep(Duration::from_secs(3)).await;
    let before = server.memory();
    let posts = burst(&server, &accounts, &room, 32, options.seconds).await?;
    say("posts a second", posts.count() as f64 / options.seconds as f64);
    say("copies a second", late.count() as f64 / options.seconds as f64);
    let busy = server.memory();
    tokio::time::sleep(Duration::from_secs(options.rest)).await;
    say("MiB before", before / 1024.0);
    say("MiB right after", busy / 1024.0);
    say("MiB after the rest", server.memory() / 1024.0);
    say("ratio to before", server.memory() / before);
    drop(listeners);
    server.stop().await
}
