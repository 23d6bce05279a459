//! Half of the clients drop and return.

use super::*;
use std::sync::atomic::{AtomicU64, Ordering};

/// Seconds in which they return.
const WHILE: u64 = 5;

pub async fn run(options: &Options) -> Result<()> {
    let (mut server, accounts, room) = Server::filled(options).await?;
    let (leaving, staying) = accounts.split_at(accounts.len() / 2);
    let (frames, late) = (Arc::<AtomicU64>::default(), Arc::<Times>::default());
    let few = || How { at_once: AT_ONCE, whole: true, late: &late };
    let mut listeners = JoinSet::new();
    for mut ddp in connect(&server, staying, &room, few()).await? {
        let everybody: Vec<_> = leaving.iter().map(|account| account.identity.id.clone()).collect();
        let added = json!(["", { "added": everybody }]);
        ddp.say(&json!({ "msg": "sub", "id": "presence", "name": "stream-user-presence", "params": added })).await?;
        let frames = frames.clone();
        listeners.spawn(async move {
            while let Ok(said) = ddp.hear().await {
                frames.fetch_add(u64::from(said.contains("stream-user-presence")), Ordering::Relaxed);
            }
        });
    }
    let sockets = connect(&server, leaving, &room, few()).await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    frames.store(0, Ordering::Relaxed);
    let cpu = server.cpu();
    drop(sockets);
    let sockets = connect(&server, leaving, &room, How { at_once: leaving.len(), ..few() }).await?;
    tokio::time::sleep(Duration::from_secs(WHILE)).await;
    say("CPU of the storm, s", server.cpu() - cpu);
    let told = frames.load(Ordering::Relaxed) as f64;
    say("presence messages for each change and watcher", told / (leaving.len() * staying.len()) as f64);
    let cpu = server.cpu();
    tokio::time::sleep(Duration::from_secs(WHILE)).await;
    say("share of a core afterwards", (server.cpu() - cpu) / WHILE as f64);
    drop((sockets, listeners));
    server.stop().await
}
