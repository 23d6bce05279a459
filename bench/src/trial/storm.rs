//! Everybody comes back at once after a restart.

use super::*;

/// Messages a second.
const RATE: u32 = 10;

/// The server is killed with everybody connected, started again, and everybody returns: connects, resumes and subscribes
/// to all that a web client does. Messages are posted meanwhile; whoever is back reads them.
pub async fn run(options: &Options) -> Result<()> {
    let (mut server, accounts, room) = Server::filled(options).await?;
    let (before, late) = (server.memory(), Arc::<Times>::default());
    let how = || How { at_once: accounts.len(), whole: true, late: &late };
    let sockets = connect(&server, &accounts, &room, How { at_once: AT_ONCE, ..how() }).await?;
    tokio::time::sleep(Duration::from_secs(3)).await;
    say("KiB of a connection", (server.memory() - before) / accounts.len() as f64);
    server.kill().await?;
    drop(sockets);
    say("start, ms", server.start().await? * 1e3);
    let (begin, cpu) = (Instant::now(), server.cpu());
    let listeners = tokio::select! {
        back = connect_each(&server, &accounts, &room, how(), Listener::of) => back?,
        posted = paced(&server, &accounts, &room, RATE, u64::from(u32::MAX / RATE)) => return posted,
    };
    say("all are back, s", begin.elapsed().as_secs_f64());
    say("CPU of a return, ms", (server.cpu() - cpu) * 1e3 / accounts.len() as f64);
    say_delays("meanwhile", &late);
    late.clear();
    paced(&server, &accounts, &room, RATE, options.seconds).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    say_delays("afterwards", &late);
    drop(listeners);
    server.stop().await
}

fn say_delays(when: &str, late: &Times) {
    say(&format!("copies to who is back, {when}"), late.count() as f64);
    say(&format!("their delay {when}, p50 ms"), late.quantile(0.5));
    say(&format!("their delay {when}, p99 ms"), late.quantile(0.99));
}
