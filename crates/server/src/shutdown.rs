//! The order to stop: SIGTERM or SIGINT, once. A second one ends the process at once.

use std::io;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::watch;

/// Exit code of a process that was told twice to stop.
const IMPATIENT: i32 = 130;

/// Turns true when the process is told to stop.
///
/// # Errors
/// The signals cannot be watched.
pub fn on_signals() -> io::Result<watch::Receiver<bool>> {
    let (sender, receiver) = watch::channel(false);
    let mut signals = [signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?];
    tokio::spawn(async move {
        either(&mut signals).await;
        tracing::info!("stopping: finishing what is in hand, for at most 10 s");
        sender.send_replace(true);
        either(&mut signals).await;
        std::process::exit(IMPATIENT);
    });
    Ok(receiver)
}

async fn either([one, other]: &mut [Signal; 2]) {
    tokio::select! {
        _ = one.recv() => {}
        _ = other.recv() => {}
    }
}
