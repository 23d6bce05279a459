//! Everybody comes back at once after a restart.

use super::*;

/// The server is killed with everybody connected, started again, and everybody returns: connects, resumes and subscribes
/// to all that a web client does. Messages are posted meanwhile.
pub async fn run(options: &Options) -> Result<()> {
    let (mut server, accounts, room) = Server::filled(options).await?;
    let before = server.memory();
    let sockets = connect(&server, &accounts, &room, AT_ONCE, true).await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    say("KiB of a connection", (server.memory() - before) / accounts.len() as f64);
    server.kill().await?;
    drop(sockets);
    say("start, ms", server.start().await? * 1e3);
    let (begin, cpu) = (Instant::now(), server.cpu());
    let returning = connect(&server, &accounts, &room, accounts.len(), true);
    let posting = paced(&server, &accounts, &room, 10, 1);
    let (sockets, posted) = tokio::join!(returning, posting);
    posted?;
    say("all are back, s", begin.elapsed().as_secs_f64());
    say("CPU of a return, ms", (server.cpu() - cpu) * 1e3 / accounts.len() as f64);
    let late = Arc::<Times>::default();
    let listeners = listen(sockets?, &late);
    paced(&server, &accounts, &room, 10, options.seconds).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    say("messages to who is back, p99 ms", late.quantile(0.99));
    drop(listeners);
    server.stop().await
}
