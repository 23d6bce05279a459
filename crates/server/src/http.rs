//! The HTTP loop: accepts connections, bounds what each may cost, and drains when the process stops.
//!
//! | bound | value |
//! |---|---|
//! | first request's header block complete | 10 s after the connection |
//! | later header blocks, waiting included | 75 s |
//! | header block | 16 KiB, 100 headers |
//! | body | 10 s, and 1 s more for every KiB that has come ([`pace`]) |
//! | answer that the client does not take | 30 s without an acknowledgement |
//! | open connections | [`Limits::connections`] |
//! | drain | 10 s |
//!
//! Each request gets a [`Peer`] and a [`RequestId`], one whose effect may outlive it also a [`Slot`], in its extensions.

mod connection;
mod listen;
mod pace;
mod peer;
mod request;
mod request_id;

pub use listen::{Listener, raise_open_files};
pub use pace::TooSlow;
pub use peer::{Peer, Proxies};
pub use request::Endpoint;
pub use request_id::RequestId;

use connection::Connection;
use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tower::Service;

/// What one request looks like to the application.
pub type Request = http::Request<axum::body::Body>;
/// What the application answers.
pub type Response = http::Response<axum::body::Body>;

/// The application: an [`axum::Router`], or any service of that shape.
pub trait App:
    Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
}

impl<S> App for S where
    S: Service<Request, Response = Response, Error = Infallible, Future: Send> + Clone + Send + 'static
{
}

/// How long what is in hand may take when the process stops.
const DRAIN: Duration = Duration::from_secs(10);

/// How long to wait when the process has run out of file descriptors.
const OUT_OF_FILES: Duration = Duration::from_millis(100);

/// The bounds that an operator can move, and whom to believe about addresses.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Open connections, upgraded ones included.
    pub connections: u32,
    /// The proxies in front.
    pub proxies: Proxies,
}

/// A place among the open connections. Whoever takes over an upgraded socket keeps a clone as long as it is open: it
/// counts towards the cap, and the drain waits for it.
#[derive(Clone, Debug)]
pub struct Slot {
    place: Arc<Place>,
}

#[derive(Debug)]
struct Place {
    permit: OwnedSemaphorePermit,
    open: metrics::Gauge,
}

impl Slot {
    fn new(permit: OwnedSemaphorePermit) -> Self {
        let open = metrics::gauge!("gantry_http_connections");
        open.increment(1);
        Self { place: Arc::new(Place { permit, open }) }
    }

    /// One more place, for what stays when this connection ends; `None` when all are taken.
    pub fn another(&self) -> Option<Self> {
        let places = Arc::clone(self.place.permit.semaphore());
        places.try_acquire_owned().ok().map(Self::new)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.decrement(1);
    }
}

/// Serves `app` until `stop` turns true, then drains: accepts nothing more, finishes what is in hand, and returns when
/// every connection is gone or 10 seconds have passed.
pub async fn serve(listener: Listener, app: impl App, limits: Limits, stop: watch::Receiver<bool>) {
    let places = Arc::new(Semaphore::new(limits.connections as usize));
    let mut stopped = stop.clone();
    tokio::select! {
        () = accept(&listener, &app, limits, &places, &stop) => {}
        _ = stopped.wait_for(|stop| *stop) => {}
    }
    drop(listener);
    drain(&places, limits.connections).await;
}

async fn accept(
    listener: &Listener,
    app: &impl App,
    limits: Limits,
    places: &Arc<Semaphore>,
    stop: &watch::Receiver<bool>,
) {
    loop {
        match listener.accept().await {
            Ok((stream, addr)) => match Arc::clone(places).try_acquire_owned() {
                Ok(permit) => {
                    let connection = Connection { addr, slot: Slot::new(permit), limits, stop: stop.clone() };
                    tokio::spawn(connection.run(stream, app.clone()));
                }
                Err(_) => refuse(&stream),
            },
            Err(error) => pause(&error).await,
        }
    }
}

/// Says so before closing, so that a client and a balancer know to try elsewhere; never waits for either.
fn refuse(stream: &TcpStream) {
    const FULL: &[u8] = b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain\r\nretry-after: 5\r\n\
        content-length: 21\r\nconnection: close\r\n\r\nToo many connections\n";
    metrics::counter!("gantry_http_connections_refused_total").increment(1);
    let _ = stream.try_write(FULL);
}

/// A connection that broke before it was taken is nobody's problem; a lack of descriptors passes when others close.
async fn pause(error: &io::Error) {
    let broken = [io::ErrorKind::ConnectionAborted, io::ErrorKind::ConnectionReset, io::ErrorKind::ConnectionRefused];
    if !broken.contains(&error.kind()) {
        tracing::error!(%error, "cannot accept connections: raise the limit of open files, or lower http.max_connections");
        tokio::time::sleep(OUT_OF_FILES).await;
    }
}

async fn drain(places: &Semaphore, all: u32) {
    let gone = places.acquire_many(all);
    if tokio::time::timeout(DRAIN, gone).await.is_err() {
        let open = all as usize - places.available_permits();
        tracing::warn!(open, "connections were still open 10 s after the stop and were cut");
    }
}
