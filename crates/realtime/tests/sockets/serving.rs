//! A server for one test, and clients for it.

use bytes::Bytes;
use gantry_realtime::frame::{Draft, Frame, WireForm};
use gantry_realtime::outbox::{Bounds, Outbox};
use gantry_realtime::socket::{Ended, Handler, Limits, run};
use gantry_realtime::websocket::{Close, handshake};
use http::{Request, Response};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

/// How a test configures its server.
#[derive(Clone)]
pub(crate) struct Setup {
    pub(crate) limits: Limits,
    pub(crate) bounds: Bounds,
    pub(crate) form: WireForm,
    /// Whether hyper's own HTTP/1 server answers, not the automatic one.
    pub(crate) bare: bool,
}

impl Default for Setup {
    fn default() -> Self {
        Self { limits: Limits::default(), bounds: Bounds::default(), form: WireForm::Raw, bare: false }
    }
}

/// What a test sees of a connection, from the server's side.
pub(crate) enum Seen {
    Opened(Arc<Outbox>),
    Ended(Ended),
}

/// A listening server.
pub(crate) struct Server {
    pub(crate) addr: SocketAddr,
    seen: mpsc::Receiver<Seen>,
}

impl Server {
    /// Serves each connection by what `handler` makes for it.
    pub(crate) async fn start<H, F>(setup: Setup, handler: F) -> Self
    where
        H: Handler + Send + 'static,
        F: Fn(Arc<Outbox>) -> H + Clone + Send + Sync + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let (sender, seen) = mpsc::channel(20_000);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(connection(stream, setup.clone(), handler.clone(), sender.clone()));
            }
        });
        Self { addr, seen }
    }

    /// The outbox of the next connection.
    pub(crate) async fn opened(&mut self) -> Arc<Outbox> {
        match self.next().await {
            Seen::Opened(outbox) => outbox,
            Seen::Ended(ended) => panic!("ended: {ended:?}"),
        }
    }

    /// How the next connection ended.
    pub(crate) async fn ended(&mut self) -> Ended {
        match self.next().await {
            Seen::Ended(ended) => ended,
            Seen::Opened(_) => panic!("opened"),
        }
    }

    async fn next(&mut self) -> Seen {
        soon(self.seen.recv()).await.unwrap()
    }

    /// A client whose upgrade was answered.
    pub(crate) async fn client(&self) -> Client {
        let stream = TcpStream::connect(self.addr).await.unwrap();
        let url = format!("ws://{}/websocket", self.addr);
        Client(tokio_tungstenite::client_async(url, stream).await.unwrap().0)
    }
}

async fn connection<H, F>(stream: TcpStream, setup: Setup, handler: F, seen: mpsc::Sender<Seen>)
where
    H: Handler + Send + 'static,
    F: Fn(Arc<Outbox>) -> H + Clone + Send + Sync + 'static,
{
    let bare = setup.bare;
    let service = service_fn(move |request| upgrade(request, setup.clone(), handler.clone(), seen.clone()));
    let io = TokioIo::new(stream);
    if bare {
        let _ = hyper::server::conn::http1::Builder::new().serve_connection(io, service).with_upgrades().await;
    } else {
        let server = auto::Builder::new(TokioExecutor::new());
        let _ = server.serve_connection_with_upgrades(io, service).await;
    }
}

async fn upgrade<H, F>(
    mut request: Request<Incoming>,
    setup: Setup,
    handler: F,
    seen: mpsc::Sender<Seen>,
) -> Result<Response<String>, Infallible>
where
    H: Handler + Send + 'static,
    F: Fn(Arc<Outbox>) -> H + Send + 'static,
{
    let response = match handshake::accept(request.method(), request.headers()) {
        Ok(response) => response,
        Err(refusal) => return Ok(refusal.response().map(str::to_owned)),
    };
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        let (stream, unread) = handshake::upgraded(upgrade.await.unwrap()).unwrap();
        tokio::spawn(serve(stream, unread, setup, handler, seen));
    });
    Ok(response.map(|()| String::new()))
}

async fn serve<H, F>(stream: TcpStream, unread: Bytes, setup: Setup, handler: F, seen: mpsc::Sender<Seen>)
where
    H: Handler + Send + 'static,
    F: Fn(Arc<Outbox>) -> H,
{
    let outbox = Arc::new(Outbox::new(setup.form, setup.bounds));
    let mut handler = handler(Arc::clone(&outbox));
    let serving = run(stream, unread, Arc::new(setup.limits), Arc::clone(&outbox), &mut handler);
    seen.send(Seen::Opened(outbox)).await.unwrap();
    let ended = serving.await;
    let _ = seen.send(Seen::Ended(ended)).await;
}

/// A foreign client.
pub(crate) struct Client(pub(crate) WebSocketStream<TcpStream>);

impl Client {
    pub(crate) async fn send(&mut self, text: &str) {
        self.send_message(Message::text(text)).await;
    }

    pub(crate) async fn send_message(&mut self, message: Message) {
        use futures_util::SinkExt;
        soon(self.0.send(message)).await.unwrap();
    }

    pub(crate) async fn next(&mut self) -> Message {
        use futures_util::StreamExt;
        soon(self.0.next()).await.unwrap().unwrap()
    }

    /// The next text.
    pub(crate) async fn text(&mut self) -> String {
        match self.next().await {
            Message::Text(text) => text.to_string(),
            other => panic!("{other:?}"),
        }
    }

    /// The code and reason of the goodbye that comes next; then the client is gone.
    pub(crate) async fn goodbye(mut self) -> (u16, String) {
        match self.next().await {
            Message::Close(Some(frame)) => (frame.code.into(), frame.reason.to_string()),
            other => panic!("{other:?}"),
        }
    }
}

/// What `future` gives, which must not take long.
pub(crate) async fn soon<F: Future>(future: F) -> F::Output {
    tokio::time::timeout(Duration::from_secs(20), future).await.expect("took too long")
}

/// A text as an outgoing frame.
pub(crate) fn frame(text: &str) -> Frame {
    Draft::from(text).frame(WireForm::Raw)
}

/// Sends back what it gets.
pub(crate) struct Echo(pub(crate) Arc<Outbox>);

impl Handler for Echo {
    fn knows_client(&self) -> bool {
        true
    }

    async fn on_text(&mut self, text: Box<str>) -> ControlFlow<Close> {
        let _ = self.0.answer([Draft::from(&*text).frame(self.0.form())]);
        ControlFlow::Continue(())
    }
}
