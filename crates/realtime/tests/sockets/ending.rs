//! The ways a connection ends.

use crate::serving::{Client, Echo, Server, Setup, frame, soon};
use gantry_realtime::outbox::{Outbox, Refused};
use gantry_realtime::socket::{Ended, Handler, Limits};
use gantry_realtime::websocket::Close;
use std::ops::ControlFlow;
use std::pin::pin;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Notify;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;

async fn echo() -> (Server, Client, Arc<Outbox>) {
    let mut server = Server::start(Setup::default(), Echo).await;
    let client = server.client().await;
    let outbox = server.opened().await;
    (server, client, outbox)
}

#[tokio::test]
async fn the_server_says_goodbye_after_what_waits() {
    let (mut server, mut client, outbox) = echo().await;
    for number in 0..100 {
        outbox.push(frame(&number.to_string())).unwrap();
    }
    outbox.close(Close::GOING_AWAY);
    for number in 0..100 {
        assert_eq!(client.text().await, number.to_string());
    }
    assert_eq!(client.goodbye().await, (1001, "Server is shutting down".into()));
    assert_eq!(server.ended().await, Ended::ByServer(Close::GOING_AWAY));
    assert_eq!(outbox.push(frame("late")), Err(Refused::Closed));
}

#[tokio::test]
async fn a_client_that_ignores_the_goodbye_is_left() {
    let limits = Limits { close: Duration::from_millis(100), ..Limits::default() };
    let mut server = Server::start(Setup { limits, ..Setup::default() }, Echo).await;
    let _client = server.client().await;
    server.opened().await.close(Close::NORMAL);
    assert_eq!(server.ended().await, Ended::ByServer(Close::NORMAL));
}

#[tokio::test]
async fn the_clients_code_is_its_answer() {
    let (mut server, mut client, _) = echo().await;
    client.send_message(Message::Close(Some(CloseFrame { code: 4000.into(), reason: "probe".into() }))).await;
    assert_eq!(client.goodbye().await, (4000, String::new()));
    let close = Close::new(4000, "").because("probe".into());
    assert_eq!(server.ended().await, Ended::ByClient(Some(close)));

    let (mut server, mut client, _) = echo().await;
    client.send_message(Message::Close(None)).await;
    assert_eq!(client.goodbye().await.0, 1000);
    assert_eq!(server.ended().await, Ended::ByClient(None));
}

#[tokio::test]
async fn a_client_may_vanish() {
    let (mut server, client, outbox) = echo().await;
    drop(client);
    assert_eq!(server.ended().await, Ended::Lost);
    assert!(!outbox.is_open());
}

#[tokio::test]
async fn violations_are_named() {
    for (bytes, code) in [
        (b"\x81\x02hi".as_slice(), 1002),
        (b"\xc1\x82\0\0\0\0hi", 1002),
        (b"\x82\x82\0\0\0\0hi", 1003),
        (b"\x81\x82\0\0\0\0\xff\xff", 1007),
        (b"\x81\xff\0\0\0\x01\0\0\0\0\0\0\0\0", 1009),
    ] {
        let (mut server, mut client, _) = echo().await;
        client.0.get_mut().write_all(bytes).await.unwrap();
        assert_eq!(client.goodbye().await.0, code, "{bytes:x?}");
        assert!(matches!(server.ended().await, Ended::ByServer(close) if close.code() == code));
    }
}

#[tokio::test]
async fn a_flood_after_a_violation_does_not_reset_the_connection() {
    let (_server, mut client, _) = echo().await;
    let flood = [b"\x82\x80\0\0\0\0".as_slice(), &vec![0; 1_000_000]].concat();
    let stream = client.0.get_mut();
    stream.write_all(&flood).await.unwrap();
    let mut answer = Vec::new();
    soon(stream.read_to_end(&mut answer)).await.unwrap();
    assert!(answer.starts_with(b"\x88\x23\x03\xeb"), "{}", answer.escape_ascii());
}

#[tokio::test]
async fn silence_is_asked_about_then_ended() {
    let short = Duration::from_millis(100);
    let limits = Limits { silence: short, answer: short, ..Limits::default() };
    let mut server = Server::start(Setup { limits, ..Setup::default() }, Echo).await;
    let mut client = server.client().await;
    server.opened().await;
    for _ in 0..3 {
        assert_eq!(client.text().await, r#"{"msg":"ping"}"#);
        client.send(r#"{"msg":"pong"}"#).await;
    }
    assert_eq!(client.text().await, r#"{"msg":"ping"}"#);
    let asked = Instant::now();
    assert_eq!(client.goodbye().await, (4000, "TIMEOUT".into()));
    assert!(asked.elapsed() >= short - Duration::from_millis(20));
    assert_eq!(server.ended().await, Ended::ByServer(Close::TIMEOUT));
}

#[tokio::test]
async fn a_planned_end_lets_the_message_in_hand_be_answered() {
    let [begun, go] = [(); 2].map(|()| Arc::new(Notify::new()));
    let (b, g) = (Arc::clone(&begun), Arc::clone(&go));
    let make = move |outbox| Slow { outbox, begun: Arc::clone(&b), go: Arc::clone(&g) };
    let mut server = Server::start(Setup::default(), make).await;
    let mut client = server.client().await;
    let outbox = server.opened().await;
    client.send("one").await;
    client.send("two").await;
    soon(begun.notified()).await;
    outbox.finish(Close::GOING_AWAY);
    outbox.push(frame("event")).unwrap();
    assert_eq!(client.text().await, "event");
    go.notify_one();
    assert_eq!(client.text().await, "one");
    assert_eq!(client.goodbye().await.0, 1001);
    assert_eq!(server.ended().await, Ended::ByServer(Close::GOING_AWAY));

    let mut server = Server::start(Setup::default(), Echo).await;
    let idle = server.client().await;
    server.opened().await.finish(Close::GOING_AWAY);
    assert_eq!(idle.goodbye().await.0, 1001);
}

/// Says when it begins, waits to be let go, and answers.
struct Slow {
    outbox: Arc<Outbox>,
    begun: Arc<Notify>,
    go: Arc<Notify>,
}

impl Handler for Slow {
    fn knows_client(&self) -> bool {
        true
    }

    async fn on_text(&mut self, text: Box<str>) -> ControlFlow<Close> {
        self.begun.notify_one();
        self.go.notified().await;
        let _ = self.outbox.answer([frame(&text)]);
        ControlFlow::Continue(())
    }
}

/// Ends the connection, or panics, as it is told.
struct Told(Arc<Outbox>);

impl Handler for Told {
    fn knows_client(&self) -> bool {
        true
    }

    async fn on_text(&mut self, text: Box<str>) -> ControlFlow<Close> {
        let _ = self.0.answer([frame("answer")]);
        match &*text {
            "leave" => ControlFlow::Break(Close::PROTOCOL_ERROR),
            _ => panic!("as told"),
        }
    }
}

#[tokio::test]
async fn a_handler_may_end_it_after_its_answer() {
    let mut server = Server::start(Setup::default(), Told).await;
    let mut client = server.client().await;
    server.opened().await;
    client.send("leave").await;
    assert_eq!(client.text().await, "answer");
    assert_eq!(client.goodbye().await.0, 1002);
    assert_eq!(server.ended().await, Ended::ByServer(Close::PROTOCOL_ERROR));
}

#[tokio::test]
async fn a_panic_ends_only_its_own_connection() {
    let mut server = Server::start(Setup::default(), Told).await;
    let (mut one, mut other) = (server.client().await, server.client().await);
    let outboxes = [server.opened().await, server.opened().await];
    one.send("panic").await;
    soon(async {
        while outboxes.iter().all(|outbox| outbox.is_open()) {
            tokio::task::yield_now().await;
        }
    })
    .await;
    other.send("leave").await;
    assert_eq!(other.text().await, "answer");
}

#[tokio::test]
async fn what_was_begun_is_finished_without_its_client() {
    let [begun, go] = [(); 2].map(|()| Arc::new(Notify::new()));
    let (b, g) = (Arc::clone(&begun), Arc::clone(&go));
    let make = move |outbox| Slow { outbox, begun: Arc::clone(&b), go: Arc::clone(&g) };
    let mut server = Server::start(Setup::default(), make).await;
    let mut client = server.client().await;
    let outbox = server.opened().await;
    client.send("x").await;
    client.send("never handled").await;
    soon(begun.notified()).await;
    drop(client);
    soon(async {
        while outbox.is_open() {
            tokio::task::yield_now().await;
        }
    })
    .await;
    let mut ended = pin!(server.ended());
    assert!(timeout(Duration::from_millis(50), ended.as_mut()).await.is_err(), "the handler was cut off");
    go.notify_one();
    assert_eq!(ended.await, Ended::Lost);
}
