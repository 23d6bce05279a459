//! One connection, from its acceptance until it is closed or upgraded.

use super::{App, Limits, Slot, request};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::watch;

/// Time for the first request's header block.
const FIRST_HEADER: Duration = Duration::from_secs(10);

/// Time for each later header block, waiting for it to begin included: longer than what proxies keep an idle
/// connection for (nginx: 60 s), so that the proxy closes first and never sends into a closed connection.
const NEXT_HEADER: Duration = Duration::from_secs(75);

/// Largest header block, request line included.
const HEADER_BLOCK: usize = 16 * 1024;

/// Read and write buffer of a connection at its largest.
const BUFFER: usize = 64 * 1024;

/// What one connection carries beside its socket.
pub(super) struct Connection {
    pub(super) addr: SocketAddr,
    pub(super) slot: Slot,
    pub(super) limits: Limits,
    pub(super) stop: watch::Receiver<bool>,
}

impl Connection {
    /// Serves the requests of `stream` until it ends, is upgraded, waits too long, or the server stops. The socket is
    /// a plain [`TokioIo`], so that whoever upgrades can take it back out of hyper.
    pub(super) async fn run(self, stream: TcpStream, app: impl App) {
        let Self { addr, slot, limits, mut stop } = self;
        let asked = Arc::new(AtomicBool::new(false));
        let heard = Arc::clone(&asked);
        let service = service_fn(move |incoming| {
            heard.store(true, Ordering::Relaxed);
            request::answer(app.clone(), incoming, addr, limits.proxies, &slot)
        });
        let connection = protocol().serve_connection(TokioIo::new(stream), service).with_upgrades();
        let mut connection = pin!(connection);
        let mut silence = pin!(tokio::time::sleep(FIRST_HEADER));
        let (mut waiting, mut stopping) = (true, false);
        loop {
            tokio::select! {
                ended = connection.as_mut() => break note(ended),
                () = silence.as_mut(), if waiting => {
                    waiting = false;
                    if !asked.load(Ordering::Relaxed) {
                        break;
                    }
                }
                _ = stop.wait_for(|stop| *stop), if !stopping => {
                    stopping = true;
                    connection.as_mut().graceful_shutdown();
                }
            }
        }
    }
}

fn protocol() -> http1::Builder {
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(NEXT_HEADER)
        .max_header_size(HEADER_BLOCK)
        .max_buf_size(BUFFER);
    builder
}

/// Clients come and go as they like: how they went is of interest only to who looks for it.
fn note(ended: hyper::Result<()>) {
    if let Err(error) = ended {
        tracing::debug!(%error, "connection ended");
    }
}
