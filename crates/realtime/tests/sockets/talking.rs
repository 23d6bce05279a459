//! Messages there and back.

use crate::serving::{Client, Echo, Server, Setup, frame, soon};
use gantry_realtime::frame::{Draft, Frame, WireForm};
use gantry_realtime::outbox::{Key, Outbox, Topic};
use gantry_realtime::socket::{Handler, Limits};
use gantry_realtime::websocket::Close;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tokio_tungstenite::tungstenite::Message;

#[tokio::test]
async fn what_is_said_comes_back() {
    for bare in [false, true] {
        let server = Server::start(Setup { bare, ..Setup::default() }, Echo).await;
        let mut client = server.client().await;
        for len in [0, 1, 125, 126, 65_535, 65_536, 200_000] {
            let text = "ä".repeat(len / 2) + &"x".repeat(len % 2);
            client.send(&text).await;
            assert_eq!(client.text().await, text);
        }
    }
}

#[tokio::test]
async fn a_refused_upgrade_is_an_answer() {
    let server = Server::start(Setup::default(), Echo).await;
    let mut stream = TcpStream::connect(server.addr).await.unwrap();
    stream.write_all(b"GET /websocket HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    soon(stream.read_to_string(&mut answer)).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 426 "), "{answer}");
}

#[tokio::test]
async fn what_came_with_the_upgrade_is_heard() {
    for bare in [false, true] {
        let server = Server::start(Setup { bare, ..Setup::default() }, Echo).await;
        let mut stream = TcpStream::connect(server.addr).await.unwrap();
        let request = b"GET /websocket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
            Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        let hello = b"\x81\x85\0\0\0\0hello\x81\x85\0\0\0\0";
        stream.write_all(&[request.as_slice(), hello].concat()).await.unwrap();
        tokio::time::sleep(Duration::from_millis(20)).await;
        stream.write_all(b"world").await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"\x81\x05hello\x81\x05world") {
            assert_ne!(soon(stream.read_buf(&mut answer)).await.unwrap(), 0, "{}", answer.escape_ascii());
        }
    }
}

#[tokio::test]
async fn the_size_of_a_message_is_limited() {
    let limits = Limits { message: 1000, ..Limits::default() };
    let server = Server::start(Setup { limits, ..Setup::default() }, Echo).await;
    let mut client = server.client().await;
    client.send(&"x".repeat(1000)).await;
    assert_eq!(client.text().await.len(), 1000);
    client.send(&"x".repeat(1001)).await;
    assert_eq!(client.goodbye().await, (1009, "Message is too big".into()));
}

/// Sends back how long messages are; knows the client once it said who it is.
struct Stranger(Arc<Outbox>, bool);

impl Handler for Stranger {
    fn knows_client(&self) -> bool {
        self.1
    }

    async fn on_text(&mut self, text: Box<str>) -> ControlFlow<Close> {
        self.1 |= &*text == "it is me";
        let _ = self.0.answer([frame(&text.len().to_string())]);
        ControlFlow::Continue(())
    }
}

#[tokio::test]
async fn strangers_must_be_short() {
    let limits = Limits { message: 1000, strangers_message: 100, ..Limits::default() };
    let server = Server::start(Setup { limits, ..Setup::default() }, |outbox| Stranger(outbox, false)).await;
    let mut client = server.client().await;
    client.send(&"x".repeat(100)).await;
    assert_eq!(client.text().await, "100");
    client.send("it is me").await;
    assert_eq!(client.text().await, "8");
    client.send(&"x".repeat(1000)).await;
    assert_eq!(client.text().await, "1000");
    let mut other = server.client().await;
    other.send(&"x".repeat(101)).await;
    assert_eq!(other.goodbye().await, (1009, "Message is too big".into()));
}

/// Handles a message when it gets a permit, then sends it back.
struct Gated(Arc<Outbox>, Arc<Semaphore>);

impl Handler for Gated {
    fn knows_client(&self) -> bool {
        true
    }

    async fn on_text(&mut self, text: Box<str>) -> ControlFlow<Close> {
        self.1.acquire().await.unwrap().forget();
        let _ = self.0.answer([frame(&text)]);
        ControlFlow::Continue(())
    }
}

async fn gated() -> (Server, Client, Arc<Semaphore>) {
    let gate = Arc::new(Semaphore::new(0));
    let given = Arc::clone(&gate);
    let server = Server::start(Setup::default(), move |outbox| Gated(outbox, Arc::clone(&given))).await;
    let client = server.client().await;
    (server, client, gate)
}

#[tokio::test]
async fn messages_wait_their_turn_and_pings_do_not() {
    let (_server, mut client, gate) = gated().await;
    client.send("one").await;
    client.send("two").await;
    client.send(r#"{"msg":"ping","id":"7"}"#).await;
    client.send(r#"{"msg":"ping"}"#).await;
    client.send_message(Message::Ping("?".into())).await;
    assert_eq!(client.text().await, r#"{"msg":"pong","id":"7"}"#);
    assert_eq!(client.text().await, r#"{"msg":"pong"}"#);
    assert_eq!(client.next().await, Message::Pong("?".into()));
    gate.add_permits(2);
    assert_eq!(client.text().await, "one");
    assert_eq!(client.text().await, "two");
}

#[tokio::test]
async fn events_arrive_while_a_message_is_handled() {
    let (mut server, mut client, _gate) = gated().await;
    client.send("one").await;
    let outbox = server.opened().await;
    let room = Draft::from(r#"{"_id":"R"}"#).share();
    let key = Key { topic: Topic::Room, of: 1, by: 0 };
    outbox.push_latest(key, frame("old")).unwrap();
    outbox.push_latest(key, Draft::from("[").splice(WireForm::Raw, &room, "]")).unwrap();
    assert_eq!(client.text().await, r#"[{"_id":"R"}]"#);
}

#[tokio::test]
async fn sockjs_wraps_both_ways() {
    let setup = Setup { form: WireForm::SockJs, ..Setup::default() };
    let mut server = Server::start(setup, Echo).await;
    let mut client = server.client().await;
    server.opened().await.push(Frame::sockjs_open()).unwrap();
    assert_eq!(client.text().await, "o");
    client.send(r#"["{\"msg\":\"ping\"}","hi"]"#).await;
    assert_eq!(client.text().await, r#"a["{\"msg\":\"pong\"}"]"#);
    assert_eq!(client.text().await, r#"a["hi"]"#);
    client.send("[5]").await;
    assert_eq!(client.text().await, r#"c[1007,"UNSUPPORTED_DATA"]"#);
    assert_eq!(client.goodbye().await.0, 1007);
}
