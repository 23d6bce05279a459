//! A DDP socket for tests: it hears everything, and lets a test wait for what it expects.

mod inbox;

use crate::rest::Login;
use futures_util::stream::{SplitSink, SplitStream};
use futures_util::{SinkExt, StreamExt};
use inbox::Inbox;
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::Mutex;
use tokio::task::JoinHandle;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

pub use inbox::Closed;

/// How long an answer to an own message may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(10);

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;
type Sender = Arc<Mutex<SplitSink<Socket, Message>>>;

/// A socket that speaks DDP.
///
/// It reads all the time, so the server never waits for it, and answers the server's pings by itself. Frames stay until
/// a call takes them: what one `expect` passes over, another may still find.
#[derive(Debug)]
pub struct Ddp {
    inbox: Arc<Inbox>,
    sender: Sender,
    answering: Arc<AtomicBool>,
    reader: JoinHandle<()>,
    numbers: AtomicU64,
}

/// A live subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription(String);

impl Subscription {
    /// The id that the client gave it.
    pub fn id(&self) -> &str {
        &self.0
    }
}

impl Ddp {
    /// Opens a socket and sends nothing. `base` is the server's, `http://127.0.0.1:3000`.
    pub async fn open(base: &str) -> Self {
        Self::open_at(base, "/websocket").await
    }

    /// Opens a socket at another path than `/websocket`.
    pub async fn open_at(base: &str, path: &str) -> Self {
        let url = format!("{}{path}", base.replacen("http", "ws", 1).trim_end_matches('/'));
        // Without Nagle's delay, which costs 40 ms whenever a test sends twice before it is answered.
        let opening = tokio_tungstenite::connect_async_with_config(&url, None, true).await;
        let (socket, _) = opening.unwrap_or_else(|error| panic!("{url}: {error}"));
        let (sender, receiver) = socket.split();
        let (sender, inbox, answering) =
            (Arc::new(Mutex::new(sender)), Arc::default(), Arc::new(AtomicBool::new(true)));
        let reader = tokio::spawn(read(receiver, Arc::clone(&inbox), Arc::clone(&sender), Arc::clone(&answering)));
        Self { inbox, sender, answering, reader, numbers: AtomicU64::new(1) }
    }

    /// Opens a socket and shakes hands.
    pub async fn connect(base: &str) -> Self {
        let socket = Self::open(base).await;
        socket.send(&json!({ "msg": "connect", "version": "1", "support": ["1", "pre2", "pre1"] })).await;
        socket.answer("connected", |frame| frame["msg"] == "connected").await;
        socket
    }

    /// Logs in with somebody's token; the test fails if that is refused.
    pub async fn login(&self, login: &Login) {
        let result = self.login_with(json!({ "resume": login.token })).await;
        let result = result.unwrap_or_else(|error| panic!("{} could not log in: {error:#}", login.username));
        assert_eq!(result["id"], login.id.as_str(), "somebody else's login");
    }

    /// Logs in with a password that is sent as its digest, the way clients do.
    pub async fn login_with_password(&self, username: &str, digest: &str) -> Result<Value, Value> {
        let password = json!({ "digest": digest, "algorithm": "sha-256" });
        self.login_with(json!({ "user": { "username": username }, "password": password })).await
    }

    /// Logs in with any login object.
    pub async fn login_with(&self, login: Value) -> Result<Value, Value> {
        self.call("login", json!([login])).await
    }

    /// Calls a method and gives back its result (`null` when it has none) or its error.
    pub async fn call(&self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.next("m");
        self.send(&json!({ "msg": "method", "method": method, "params": params, "id": id })).await;
        let own = |frame: &Value| frame["msg"] == "result" && frame["id"] == id.as_str();
        let mut frame = self.answer(&format!("the result of {method}"), own).await;
        if frame.get("error").is_some() { Err(frame["error"].take()) } else { Ok(frame["result"].take()) }
    }

    /// Subscribes and waits for `ready`; the error of `nosub` (`null` when it has none) if it is refused.
    pub async fn sub(&self, name: &str, params: Value) -> Result<Subscription, Value> {
        let id = self.next("s");
        self.send(&json!({ "msg": "sub", "name": name, "params": params, "id": id })).await;
        let ready = |frame: &Value| frame["subs"].as_array().is_some_and(|subs| subs.contains(&json!(id)));
        let refused = |frame: &Value| frame["msg"] == "nosub" && frame["id"] == id.as_str();
        let what = format!("ready or nosub for {name}");
        let mut frame = self.answer(&what, |frame| ready(frame) || refused(frame)).await;
        if frame["msg"] == "ready" { Ok(Subscription(id)) } else { Err(frame["error"].take()) }
    }

    /// Subscribes to one event of a stream; the test fails if that is refused.
    pub async fn stream(&self, stream: &str, event: &str) -> Subscription {
        let subscription = self.sub(stream, json!([event, false])).await;
        subscription.unwrap_or_else(|error| panic!("{stream} {event} was refused: {error:#}"))
    }

    /// Ends a subscription and waits for the server to say so.
    pub async fn unsub(&self, subscription: &Subscription) {
        self.send(&json!({ "msg": "unsub", "id": subscription.0 })).await;
        self.answer("nosub", |frame| frame["msg"] == "nosub" && frame["id"] == subscription.0.as_str()).await;
    }

    /// Waits for the next event of a stream and takes its arguments.
    pub async fn expect(&self, stream: &str, event: &str, within: Duration) -> Value {
        self.expect_where(stream, event, within, |_| true).await
    }

    /// Waits for an event of a stream whose arguments are `right`, and takes them. Others stay.
    pub async fn expect_where(
        &self,
        stream: &str,
        event: &str,
        within: Duration,
        right: impl Fn(&Value) -> bool,
    ) -> Value {
        let wanted = |frame: &Value| is_event(frame, stream, event) && right(&frame["fields"]["args"]);
        let mut frame = self.wait(&format!("{stream} {event}"), within, wanted).await;
        frame["fields"]["args"].take()
    }

    /// Expects that an event does not come, also not within `quiet` from now.
    ///
    /// A ping is answered in turn with what was to be sent before it, so a server that has handed an event to this
    /// socket's queue is found out at once; `quiet` is for one that is still about to, and can be a few milliseconds.
    pub async fn expect_none(&self, stream: &str, event: &str, quiet: Duration) {
        tokio::time::sleep(quiet).await;
        self.barrier().await;
        let heard = self.inbox.take(|frame| is_event(frame, stream, event));
        assert!(heard.is_none(), "expected silence on {stream} {event}, heard {:#}", heard.unwrap_or_default());
    }

    /// Lets go of everything heard so far, so that what is expected next is new.
    pub async fn forget(&self) {
        self.barrier().await;
        while self.inbox.take(|_| true).is_some() {}
    }

    /// Waits until everything that the server had queued for this socket has come: a ping of our own, and its pong.
    pub async fn barrier(&self) {
        let id = self.next("barrier");
        self.send(&json!({ "msg": "ping", "id": id })).await;
        self.answer("pong", |frame| frame["msg"] == "pong" && frame["id"] == id.as_str()).await;
    }

    /// Waits for any frame that is `right` and takes it; the test fails if none comes, and shows what came instead.
    pub async fn wait(&self, what: &str, within: Duration, right: impl Fn(&Value) -> bool) -> Value {
        let frame = self.inbox.wait(within, &right).await;
        frame.unwrap_or_else(|| panic!("expected {what} within {within:?}; {}", self.inbox))
    }

    /// Waits for the end of the connection.
    pub async fn closed(&self, within: Duration) -> Closed {
        let closed = self.inbox.closed(within).await;
        closed.unwrap_or_else(|| panic!("expected the server to close within {within:?}; {}", self.inbox))
    }

    /// Whether the connection has ended.
    pub async fn has_ended(&self) -> bool {
        self.inbox.closed(Duration::ZERO).await.is_some()
    }

    /// Every frame so far, in order, whether taken or not.
    pub fn heard(&self) -> Vec<Value> {
        self.inbox.everything()
    }

    /// Sends a frame.
    pub async fn send(&self, frame: &Value) {
        self.send_text(&frame.to_string()).await;
    }

    /// Sends any text.
    pub async fn send_text(&self, text: &str) {
        self.send_raw(Message::text(text)).await;
    }

    /// Sends bytes in a binary message.
    pub async fn send_bytes(&self, bytes: &[u8]) {
        self.send_raw(Message::binary(bytes.to_vec())).await;
    }

    /// Sends any WebSocket message. A connection that is closed already is no failure: ask [`closed`](Self::closed).
    pub async fn send_raw(&self, message: Message) {
        let _closed = self.sender.lock().await.send(message).await;
    }

    /// Answers no more pings from now on, as a client does that has gone without a word.
    pub fn play_dead(&self) {
        self.answering.store(false, Ordering::Relaxed);
    }

    /// Closes the connection in an orderly way.
    pub async fn close(self) {
        self.send_raw(Message::Close(None)).await;
        self.inbox.closed(PATIENCE).await;
    }

    async fn answer(&self, what: &str, right: impl Fn(&Value) -> bool) -> Value {
        self.wait(what, PATIENCE, right).await
    }

    fn next(&self, kind: &str) -> String {
        format!("{kind}{}", self.numbers.fetch_add(1, Ordering::Relaxed))
    }
}

impl Drop for Ddp {
    fn drop(&mut self) {
        self.reader.abort();
    }
}

fn is_event(frame: &Value, stream: &str, event: &str) -> bool {
    frame["msg"] == "changed" && frame["collection"] == stream && frame["fields"]["eventName"] == event
}

/// Puts everything that comes into the inbox, until the end.
async fn read(mut from: SplitStream<Socket>, inbox: Arc<Inbox>, sender: Sender, answering: Arc<AtomicBool>) {
    let end = loop {
        match from.next().await {
            Some(Ok(Message::Text(text))) => {
                let frame = inbox.put(&text);
                if frame["msg"] == "ping" && answering.load(Ordering::Relaxed) {
                    pong(&frame, &sender).await;
                }
            }
            Some(Ok(Message::Close(frame))) => break frame.map(|frame| (frame.code.into(), frame.reason.to_string())),
            Some(Ok(Message::Binary(bytes))) => drop(inbox.put(&format!("a binary frame of {} bytes", bytes.len()))),
            Some(Ok(_)) => {}
            Some(Err(Error::ConnectionClosed)) | None => break None,
            Some(Err(error)) => break Some((0, error.to_string())),
        }
    };
    inbox.end(end);
    // Lets the other side's close frame be answered.
    let _closed = sender.lock().await.close().await;
}

async fn pong(ping: &Value, sender: &Sender) {
    let mut pong = json!({ "msg": "pong" });
    if let Some(id) = ping.get("id") {
        pong["id"] = id.clone();
    }
    let _closed = sender.lock().await.send(Message::text(pong.to_string())).await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;
    use tokio_tungstenite::accept_async;
    use tokio_tungstenite::tungstenite::protocol::CloseFrame;

    const SOON: Duration = Duration::from_secs(2);
    const AT_ONCE: Duration = Duration::from_millis(20);

    /// A server that answers by rote: frames for each message it gets, in turn; a text that is no JSON closes.
    async fn serve(answers: impl Fn(&Value) -> Vec<Value> + Send + 'static) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let base = format!("http://{}", listener.local_addr().expect("bound"));
        tokio::spawn(async move {
            let (socket, _) = listener.accept().await.expect("a connection");
            let mut socket = accept_async(socket).await.expect("a WebSocket");
            while let Some(Ok(Message::Text(text))) = socket.next().await {
                let Ok(frame) = serde_json::from_str(&text) else {
                    let end = CloseFrame { code: 1007.into(), reason: "nonsense".into() };
                    return socket.close(Some(end)).await.expect("open");
                };
                for answer in answers(&frame) {
                    socket.send(Message::text(answer.to_string())).await.expect("open");
                }
            }
        });
        base
    }

    fn event(n: u64) -> Value {
        json!({ "msg": "changed", "collection": "stream-x", "id": "id", "fields": { "eventName": "e", "args": [n] } })
    }

    fn by_rote(frame: &Value) -> Vec<Value> {
        let id = &frame["id"];
        match (frame["msg"].as_str().unwrap_or_default(), frame["method"].as_str(), frame["name"].as_str()) {
            ("connect", ..) => vec![json!({ "server_id": "0" }), json!({ "msg": "connected", "session": "s" })],
            ("ping", ..) => vec![json!({ "msg": "pong", "id": id })],
            ("method", Some("refuse"), _) => vec![json!({ "msg": "result", "id": id, "error": { "error": 404 } })],
            ("method", Some("events"), _) => {
                vec![
                    event(1),
                    json!({ "msg": "result", "id": id, "result": [] }),
                    event(2),
                    json!({ "msg": "ping", "id": "p" }),
                ]
            }
            ("method", ..) => vec![json!({ "msg": "result", "id": id }), json!({ "msg": "updated", "methods": [id] })],
            ("sub", _, Some("stream-x")) => vec![json!({ "msg": "ready", "subs": [id] })],
            ("sub", ..) => vec![json!({ "msg": "nosub", "id": id, "error": { "error": "not-allowed" } })],
            ("unsub", ..) => vec![json!({ "msg": "nosub", "id": id })],
            ("pong", ..) => vec![json!({ "msg": "heard", "pong": id })],
            _ => vec![],
        }
    }

    #[tokio::test]
    async fn calls_and_subscribes() {
        let socket = Ddp::connect(&serve(by_rote).await).await;
        assert_eq!(socket.call("anything", json!([])).await, Ok(Value::Null));
        assert_eq!(socket.call("refuse", json!([])).await, Err(json!({ "error": 404 })));
        let subscription = socket.stream("stream-x", "e").await;
        socket.unsub(&subscription).await;
        assert_eq!(socket.sub("stream-y", json!(["e"])).await, Err(json!({ "error": "not-allowed" })));
        socket.close().await;
    }

    #[tokio::test]
    async fn finds_events_in_any_order_once() {
        let socket = Ddp::connect(&serve(by_rote).await).await;
        socket.call("events", json!([])).await.expect("a result");
        assert_eq!(socket.expect_where("stream-x", "e", SOON, |args| args[0] == 2).await, json!([2]));
        assert_eq!(socket.expect("stream-x", "e", SOON).await, json!([1]));
        socket.expect_none("stream-x", "e", AT_ONCE).await;
        socket.wait("our pong", SOON, |frame| frame["pong"] == "p").await;
        socket.call("events", json!([])).await.expect("a result");
        socket.forget().await;
        socket.expect_none("stream-x", "e", AT_ONCE).await;
    }

    #[tokio::test]
    #[should_panic(expected = "expected silence on stream-x e, heard {")]
    async fn notices_what_should_not_have_come() {
        let socket = Ddp::connect(&serve(by_rote).await).await;
        socket.call("events", json!([])).await.expect("a result");
        socket.expect_none("stream-x", "e", AT_ONCE).await;
    }

    #[tokio::test]
    #[should_panic(expected = "heard and not yet taken:\n  {\"server_id\":\"0\"}\n")]
    async fn shows_what_came_instead() {
        let socket = Ddp::connect(&serve(by_rote).await).await;
        socket.expect("stream-x", "e", AT_ONCE).await;
    }

    #[tokio::test]
    async fn sees_the_end() {
        let socket = Ddp::connect(&serve(by_rote).await).await;
        socket.send_text("{").await;
        assert_eq!(socket.closed(SOON).await, Closed { code: Some(1007), reason: "nonsense".into() });
        assert_eq!(socket.inbox.wait(SOON, |frame| frame == "more").await, None);
    }
}
