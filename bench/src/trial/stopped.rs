//! One client stops reading.

use super::*;

/// The same messages twice: with everybody reading, and with one client that does not.
pub async fn run(options: &Options) -> Result<()> {
    let (mut server, accounts, room) = Server::filled(options).await?;
    let (stopped, reading) = accounts.split_first().ok_or("no clients")?;
    let late = Arc::<Times>::default();
    let listeners = listen(connect(&server, reading, &room, AT_ONCE, false).await?, &late);
    let without = trial(&server, &accounts, &room, options, &late).await?;
    let mut lazy = Ddp::log_in(&server.address(), stopped).await?;
    lazy.subscribe(stopped, &room, false).await?;
    let memory = server.memory();
    let beside = trial(&server, &accounts, &room, options, &late).await?;
    say("p99 of the others, ms", without);
    say("p99 beside one that does not read, ms", beside);
    say("memory more, KiB", server.memory() - memory);
    drop((lazy, listeners));
    server.stop().await
}

/// p99 of what came in this phase.
async fn trial(server: &Server, accounts: &[Account], room: &str, options: &Options, late: &Times) -> Result<f64> {
    late.clear();
    paced(server, accounts, room, 100, options.seconds).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    Ok(late.quantile(0.99))
}
