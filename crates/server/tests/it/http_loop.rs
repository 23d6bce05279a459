//! The HTTP loop against clients that behave, and clients that do not. Time is paused: it jumps to the next timer as
//! soon as nobody has anything to do.

use crate::client::Client;
use axum::body::{Body, to_bytes};
use axum::routing::{any, get, post};
use axum::{Extension, Router};
use gantry_server::http::{Limits, Listener, Peer, Proxies, RequestId, Slot, TooSlow, serve};
use http::{Request, StatusCode};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio::time::Instant;

struct Loop {
    addr: SocketAddr,
    stop: watch::Sender<bool>,
    served: JoinHandle<()>,
}

fn start_with(app: Router, limits: Limits) -> Loop {
    let listener = Listener::bind("127.0.0.1".parse().unwrap(), 0).unwrap();
    let addr = listener.address().unwrap();
    let (stop, stopped) = watch::channel(false);
    Loop { addr, stop, served: tokio::spawn(serve(listener, app, limits, stopped)) }
}

fn start(app: Router) -> Loop {
    start_with(app, Limits { connections: 100, proxies: Proxies(0) })
}

fn hello() -> Router {
    Router::new().route("/", get(|| async { "hello" }))
}

/// Answers what it is told to by the test.
fn asked(mut questions: mpsc::Receiver<()>) -> Router {
    let (relay, _) = tokio::sync::broadcast::channel::<()>(1);
    let sender = relay.clone();
    tokio::spawn(async move {
        while questions.recv().await.is_some() {
            let _ = sender.send(());
        }
    });
    Router::new().route(
        "/",
        get(move || {
            let mut go = relay.subscribe();
            async move {
                let _ = go.recv().await;
                "at last"
            }
        }),
    )
}

#[tokio::test]
async fn serves_over_one_connection_and_names_each_answer() {
    let server = start(hello());
    let mut client = Client::connect(server.addr).await;
    let first = client.get("/", "").await;
    assert_eq!((first.status, first.body.as_str()), (200, "hello"));
    assert_eq!(first.header("x-request-id").unwrap().len(), 16);
    assert_eq!(first.header("x-content-type-options"), Some("nosniff"));
    let second = client.get("/", "x-request-id: mine-1\r\n").await;
    assert_eq!(second.header("x-request-id"), Some("mine-1"));
    assert_eq!(client.get("/nowhere", "").await.status, 404);
}

#[tokio::test]
async fn tells_the_application_who_asks() {
    let who = |Extension(peer): Extension<Peer>, Extension(id): Extension<RequestId>| async move {
        format!("{} {} {}", peer.client_ip, peer.loopback_direct, id.as_str())
    };
    let limits = Limits { connections: 100, proxies: Proxies(1) };
    let server = start_with(Router::new().route("/", get(who)), limits);
    let mut client = Client::connect(server.addr).await;
    assert_eq!(client.get("/", "x-request-id: a\r\n").await.body, "127.0.0.1 true a");
    let proxied = client.get("/", "x-request-id: b\r\nx-forwarded-for: 9.9.9.9, 1.2.3.4\r\n").await;
    assert_eq!(proxied.body, "1.2.3.4 false b");
}

#[tokio::test(start_paused = true)]
async fn a_header_that_never_ends_is_cut_after_ten_seconds() {
    let server = start(hello());
    let mut client = Client::connect(server.addr).await;
    let begin = Instant::now();
    client.send(b"GET / HTTP/1.1\r\nhost: a\r\n").await;
    assert_eq!(client.rest().await, "");
    assert_eq!(begin.elapsed().as_secs(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_connection_that_says_nothing_is_cut_after_ten_seconds() {
    let server = start(hello());
    let mut client = Client::connect(server.addr).await;
    let begin = Instant::now();
    assert_eq!(client.rest().await, "");
    assert_eq!(begin.elapsed().as_secs(), 10);
}

#[tokio::test(start_paused = true)]
async fn a_connection_is_kept_for_a_while_after_an_answer() {
    let server = start(hello());
    let mut client = Client::connect(server.addr).await;
    client.get("/", "").await;
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(client.get("/", "").await.status, 200);
    let begin = Instant::now();
    client.send(b"GET / HT").await;
    assert_eq!(client.rest().await, "");
    assert_eq!(begin.elapsed().as_secs(), 75);
}

/// A flood that goes on after the refusal may be cut off by a reset, which takes the answer with it.
#[tokio::test]
async fn header_floods_are_refused() {
    let server = start(hello());
    let long = format!("a: {}\r\n", "b".repeat(16 * 1024));
    for (flood, may_be_reset) in [(long, false), ("a: b\r\n".repeat(101), false), ("a: b\r\n".repeat(100_000), true)] {
        let mut client = Client::connect(server.addr).await;
        match client.try_get("/", &flood).await {
            Some(answer) => assert_eq!(answer.status, 431),
            None => assert!(may_be_reset),
        }
    }
    let mut endless = Client::connect(server.addr).await;
    endless.send(b"GET / HTTP/1.1\r\na: ").await;
    let mut sent = 0;
    while sent < 100 << 20 && endless.writer.try_send(&[b'b'; 4096]).await {
        sent += 4096;
    }
    assert!(sent < 100 << 20, "the server stops taking it");
    assert_eq!(Client::connect(server.addr).await.get("/", "").await.status, 200, "the server lives");
}

#[tokio::test]
async fn a_header_block_just_below_the_limit_is_served() {
    let server = start(hello());
    let mut client = Client::connect(server.addr).await;
    assert_eq!(client.get("/", &format!("a: {}\r\n", "b".repeat(16 * 1024 - 100))).await.status, 200);
    assert_eq!(client.get("/", &"a: b\r\n".repeat(98)).await.status, 200);
}

#[tokio::test]
async fn what_is_not_http_is_refused() {
    let server = start(hello());
    let mut client = Client::connect(server.addr).await;
    client.send(b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n").await;
    assert!(client.rest().await.starts_with("HTTP/1.1 400 "));
}

async fn read(body: Body) -> (StatusCode, String) {
    match to_bytes(body, 1 << 20).await {
        Ok(bytes) => (StatusCode::OK, bytes.len().to_string()),
        Err(error) => (StatusCode::REQUEST_TIMEOUT, TooSlow::is_behind(&error).to_string()),
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_come_is_given_up_after_ten_seconds() {
    let server = start(Router::new().route("/", post(read)));
    let mut client = Client::connect(server.addr).await;
    let begin = Instant::now();
    client.send(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nhalf").await;
    let answer = client.answer().await.unwrap();
    assert_eq!((answer.status, answer.body.as_str()), (408, "true"));
    assert_eq!(begin.elapsed().as_secs(), 10);
    assert_eq!(client.rest().await, "", "what is left of the body is not waited for");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_trickles_is_given_up() {
    let server = start(Router::new().route("/", post(read)));
    let mut client = Client::connect(server.addr).await;
    let begin = Instant::now();
    client.send(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1000\r\n\r\n").await;
    let (answer, ()) = tokio::join!(client.reader.answer(), async {
        while begin.elapsed() < Duration::from_secs(30) && client.writer.try_send(b"x").await {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    });
    assert_eq!(answer.unwrap().status, 408);
    assert!(begin.elapsed() <= Duration::from_secs(12), "{:?}", begin.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_slow_body_that_keeps_its_pace_is_taken() {
    let server = start(Router::new().route("/", post(read)));
    let mut client = Client::connect(server.addr).await;
    client.send(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 60000\r\n\r\n").await;
    for _ in 0..30 {
        client.send(&[b'x'; 2000]).await;
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
    let answer = client.answer().await.unwrap();
    assert_eq!((answer.status, answer.body.as_str()), (200, "60000"));
}

#[tokio::test]
async fn a_body_that_nobody_wants_is_taken_so_that_the_answer_is_read() {
    let server = start(Router::new().route("/", post(|| async { StatusCode::PAYLOAD_TOO_LARGE })));
    let mut client = Client::connect(server.addr).await;
    for _ in 0..2 {
        client.send(b"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 50000000\r\n\r\n").await;
        client.send(&vec![b'x'; 50_000_000]).await;
        assert_eq!(client.answer().await.unwrap().status, 413, "and the connection goes on");
    }
}

#[tokio::test]
async fn one_connection_too_many_is_told_so() {
    let server = start_with(hello(), Limits { connections: 1, proxies: Proxies(0) });
    let mut first = Client::connect(server.addr).await;
    assert_eq!(first.get("/", "").await.status, 200);
    let refused = Client::connect(server.addr).await.rest().await;
    assert!(refused.starts_with("HTTP/1.1 503 ") && refused.contains("retry-after: 5"), "{refused}");
    assert_eq!(first.get("/", "").await.status, 200);
    drop(first);
    let mut next = Client::connect_until_served(server.addr).await;
    assert_eq!(next.get("/", "").await.status, 200);
}

#[tokio::test]
async fn a_panic_is_a_500_and_ends_nothing_else() {
    let app = hello().route("/panic", get(|| async { panic!("on purpose") as &'static str }));
    let server = start(app);
    let mut client = Client::connect(server.addr).await;
    let broken = client.get("/panic", "").await;
    assert_eq!(broken.status, 500);
    assert_eq!(broken.body, "{\"success\":false,\"error\":\"Internal server error\"}");
    assert_eq!(client.get("/", "").await.status, 200);
}

#[tokio::test]
async fn a_stop_finishes_what_is_in_hand_and_closes_what_is_idle() {
    let (go, questions) = mpsc::channel(1);
    let server = start(asked(questions));
    let mut busy = Client::connect(server.addr).await;
    busy.send(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    let mut idle = Client::connect(server.addr).await;
    idle.get("/nowhere", "").await;
    server.stop.send_replace(true);
    assert_eq!(idle.rest().await, "", "an idle connection is closed at once");
    assert!(TcpStream::connect(server.addr).await.is_err(), "nobody new is let in");
    assert!(!server.served.is_finished());
    go.send(()).await.unwrap();
    let answer = busy.answer().await.unwrap();
    assert_eq!((answer.status, answer.body.as_str()), (200, "at last"));
    server.served.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_stop_waits_ten_seconds_and_no_longer() {
    let (_go, questions) = mpsc::channel(1);
    let server = start(asked(questions));
    let mut busy = Client::connect(server.addr).await;
    busy.send(b"GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let begin = Instant::now();
    server.stop.send_replace(true);
    server.served.await.unwrap();
    assert_eq!(begin.elapsed().as_secs(), 10);
}

/// Takes the socket out of hyper and holds it with its slot until told to let go.
async fn upgrade(mut request: Request<Body>) -> http::Response<Body> {
    let slot = request.extensions().get::<Slot>().cloned();
    let upgrade = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        let parts = upgrade.await.unwrap().downcast::<TokioIo<TcpStream>>().unwrap();
        let mut byte = [0];
        let _ = parts.io.into_inner().peek(&mut byte).await;
        drop(slot);
    });
    http::Response::builder()
        .status(101)
        .header("upgrade", "test")
        .header("connection", "upgrade")
        .body(Body::empty())
        .unwrap()
}

#[tokio::test]
async fn an_upgraded_connection_counts_until_it_lets_its_slot_go() {
    let app = hello().route("/upgrade", any(upgrade));
    let server = start_with(app, Limits { connections: 1, proxies: Proxies(0) });
    let mut socket = Client::connect(server.addr).await;
    assert_eq!(socket.get("/upgrade", "upgrade: test\r\nconnection: upgrade\r\n").await.status, 101);
    assert!(Client::connect(server.addr).await.rest().await.starts_with("HTTP/1.1 503 "));
    server.stop.send_replace(true);
    tokio::task::yield_now().await;
    assert!(!server.served.is_finished(), "the drain waits for it");
    drop(socket);
    server.served.await.unwrap();
}
