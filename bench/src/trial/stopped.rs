//! One client stops reading.

use super::*;
use tokio::net::TcpSocket;
use tokio::time::sleep;

/// What the stopped client's own system holds for it: as little as it can, so that the server has to.
const HELD_HERE: u32 = 4096;
/// Messages a second.
const RATE: u32 = 100;
/// How often the server's memory is looked at.
const LOOK: Duration = Duration::from_millis(50);

/// The same messages three times: once so that everything that grows has grown, with everybody reading, and with one client
/// that does not.
pub async fn run(options: &Options) -> Result<()> {
    let (mut server, accounts, room) = Server::filled(options).await?;
    let (stopped, reading) = accounts.split_first().ok_or("no clients")?;
    let late = Arc::<Times>::default();
    let how = How { at_once: AT_ONCE, whole: false, late: &late };
    let listeners = listen(connect(&server, reading, &room, how).await?);
    trial(&server, &accounts, &room, options, &late).await?;
    let without = trial(&server, &accounts, &room, options, &late).await?;
    let lazy = stop(&server, stopped, &room).await?;
    let beside = trial(&server, &accounts, &room, options, &late).await?;
    say("p99 of the others, ms", without.p99);
    say("p99 beside one that does not read, ms", beside.p99);
    say("memory more without it, at most, KiB", without.grown);
    say("memory more with it, at most, KiB", beside.grown);
    say("memory more with it, afterwards, KiB", beside.left);
    drop((lazy, listeners));
    server.stop().await
}

/// A client that listens and will read nothing.
async fn stop(server: &Server, account: &Account, room: &str) -> Result<Ddp> {
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(HELD_HERE)?;
    let stream = socket.connect(server.address().parse()?).await?;
    let mut lazy = Ddp::log_in_by(stream, &server.address(), account, &Arc::default()).await?;
    lazy.subscribe(account, room, false).await?;
    Ok(lazy)
}

/// What a phase showed; memory in KiB beyond what it began with.
struct Phase {
    p99: f64,
    grown: f64,
    left: f64,
}

async fn trial(server: &Server, accounts: &[Account], room: &str, options: &Options, late: &Times) -> Result<Phase> {
    late.clear();
    let (before, mut most) = (server.memory(), 0.0_f64);
    let looking = async {
        loop {
            most = most.max(server.memory());
            sleep(LOOK).await;
        }
    };
    tokio::select! {
        posted = paced(server, accounts, room, RATE, options.seconds) => posted?,
        () = looking => {}
    }
    sleep(Duration::from_secs(1)).await;
    Ok(Phase { p99: late.quantile(0.99), grown: most - before, left: server.memory() - before })
}
