//! Clients that send or read at the wrong speed.

use crate::serving::{Echo, Server, Setup, frame, soon};
use gantry_realtime::outbox::{Bounds, Outbox, Refused};
use gantry_realtime::socket::{Ended, Handler, Limits};
use gantry_realtime::websocket::Close;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::Semaphore;
use tokio_tungstenite::tungstenite::Message;

/// Pushes events, each when the last one has left, until one does not leave.
async fn push_until_stuck(outbox: &Outbox) {
    let event = frame(&"x".repeat(1000));
    let mut waited = Duration::ZERO;
    while waited < Duration::from_millis(100) {
        if outbox.waiting() == 0 {
            waited = Duration::ZERO;
            outbox.push(event.clone()).unwrap();
            tokio::task::yield_now().await;
        } else {
            waited += Duration::from_millis(1);
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }
}

#[tokio::test]
async fn who_does_not_read_is_dropped_and_holds_little() {
    let limits = Limits { close: Duration::from_millis(100), ..Limits::default() };
    let mut server = Server::start(Setup { limits, ..Setup::default() }, Echo).await;
    let _stuck = server.client().await;
    let outbox = server.opened().await;
    let mut reading = server.client().await;
    server.opened().await;
    push_until_stuck(&outbox).await;
    let refused = loop {
        match outbox.push(frame(&"x".repeat(1000))) {
            Ok(()) => assert!(outbox.waiting() <= 256 * 1024),
            Err(refused) => break refused,
        }
    };
    assert_eq!(refused, Refused::Overflow);
    assert!(outbox.waiting() < 2000, "what waited was not let go");
    reading.send("still here").await;
    assert_eq!(reading.text().await, "still here");
    assert_eq!(server.ended().await, Ended::ByServer(Close::TOO_SLOW));
}

#[tokio::test]
async fn who_reads_at_last_is_forgiven() {
    let write = Duration::from_millis(500);
    let limits = Limits { write, ..Limits::default() };
    let mut server = Server::start(Setup { limits, ..Setup::default() }, Echo).await;
    let mut client = server.client().await;
    let outbox = server.opened().await;
    push_until_stuck(&outbox).await;
    while outbox.waiting() > 0 {
        client.text().await;
    }
    tokio::time::sleep(write * 2).await;
    assert!(outbox.is_open());
}

#[tokio::test]
async fn who_reads_nothing_for_long_is_dropped_before_the_queue_is_full() {
    let limits = Limits { write: Duration::from_millis(200), ..Limits::default() };
    let bounds = Bounds { bytes: 1 << 30, frames: 1 << 30, ..Bounds::default() };
    let mut server = Server::start(Setup { limits, bounds, ..Setup::default() }, Echo).await;
    let _stuck = server.client().await;
    let outbox = server.opened().await;
    let event = frame(&"x".repeat(100_000));
    for _ in 0..300 {
        outbox.push(event.clone()).unwrap();
    }
    let start = Instant::now();
    assert_eq!(server.ended().await, Ended::ByServer(Close::TOO_SLOW));
    assert!(start.elapsed() >= Duration::from_millis(200));
}

#[tokio::test]
async fn a_slow_reader_gets_everything_in_order() {
    let bounds = Bounds { bytes: 1 << 30, frames: 1 << 30, ..Bounds::default() };
    let mut server = Server::start(Setup { bounds, ..Setup::default() }, Echo).await;
    let mut client = server.client().await;
    let outbox = server.opened().await;
    for number in 0..20_000 {
        outbox.push(frame(&format!("{number} {}", "x".repeat(500)))).unwrap();
    }
    for number in 0..20_000 {
        let text = client.text().await;
        assert_eq!(text.split_once(' ').unwrap().0, number.to_string());
    }
    tokio::task::yield_now().await;
    assert_eq!(outbox.waiting(), 0);
}

/// Counts messages, each when it gets a permit.
struct Counting(Arc<AtomicUsize>, Arc<Semaphore>);

impl Handler for Counting {
    fn knows_client(&self) -> bool {
        true
    }

    async fn on_text(&mut self, _: Box<str>) -> ControlFlow<Close> {
        let _permit = self.1.acquire().await.unwrap();
        self.0.fetch_add(1, Ordering::Relaxed);
        ControlFlow::Continue(())
    }
}

/// A masked text frame of `len` bytes.
fn raw(len: u16) -> Vec<u8> {
    [&[0x81, 0xfe], &len.to_be_bytes()[..], &[0; 4], &vec![b'x'; usize::from(len)]].concat()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_sends_faster_than_it_is_served_is_not_read() {
    let (count, gate) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));
    let (counter, closed) = (Arc::clone(&count), Arc::clone(&gate));
    let limits =
        Limits { silence: Duration::from_millis(100), answer: Duration::from_millis(100), ..Limits::default() };
    let setup = Setup { limits, ..Setup::default() };
    let server = Server::start(setup, move |_| Counting(Arc::clone(&counter), Arc::clone(&closed))).await;
    let mut client = server.client().await;
    let (mut reader, mut writer) = tokio::io::split(client.0.get_mut());
    let (frame, total) = (raw(4096), 20_000);
    let mut sent = 0;
    let stalled = tokio::time::timeout(Duration::from_secs(1), async {
        while sent < total {
            writer.write_all(&frame).await.unwrap();
            sent += 1;
        }
    });
    assert!(stalled.await.is_err(), "80 MB were taken in");
    assert_eq!(count.load(Ordering::Relaxed), 0);
    gate.add_permits(1);
    // The frame that stalled may be half written; no further one is needed.
    soon(async {
        while count.load(Ordering::Relaxed) < sent {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    })
    .await;
    // It was not the client's fault that nothing was heard of it: the connection stands.
    assert_ne!(soon(reader.read(&mut [0; 100])).await.unwrap(), 0);
}

#[tokio::test]
async fn who_asks_without_reading_is_not_served() {
    let bounds = Bounds { answers: 1000, ..Bounds::default() };
    let limits = Limits { write: Duration::from_secs(60), ..Limits::default() };
    let mut server = Server::start(Setup { bounds, limits, ..Setup::default() }, Echo).await;
    let mut client = server.client().await;
    let outbox = server.opened().await;
    let frame = raw(60_000);
    let asking = async {
        for _ in 0..1000 {
            client.0.get_mut().write_all(&frame).await.unwrap();
        }
    };
    assert!(tokio::time::timeout(Duration::from_secs(1), asking).await.is_err());
    assert!(outbox.is_open());
    assert!(outbox.waiting() < 70_000, "{}", outbox.waiting());
}

#[tokio::test]
async fn one_answer_may_be_larger_than_the_queue() {
    let (bounds, len) = (Bounds { bytes: 1000, ..Bounds::default() }, 1_000_000);
    let mut server = Server::start(Setup { bounds, ..Setup::default() }, Echo).await;
    let mut client = server.client().await;
    let outbox: Arc<Outbox> = server.opened().await;
    client.send(&"x".repeat(len)).await;
    assert_eq!(client.text().await.len(), len);
    assert!(outbox.is_open());
}

#[tokio::test]
async fn only_the_latest_of_many_pings_is_answered() {
    let mut server = Server::start(Setup::default(), Echo).await;
    let mut client = server.client().await;
    let outbox = server.opened().await;
    let pings: Vec<u8> =
        (0..10_000u16).flat_map(|n| [&[0x89, 0x82, 0, 0, 0, 0], &n.to_be_bytes()[..]].concat()).collect();
    client.0.get_mut().write_all(&pings).await.unwrap();
    client.send("done").await;
    let mut pongs = Vec::new();
    while let Message::Pong(payload) = client.next().await {
        pongs.push(payload);
    }
    assert_eq!(pongs.last().map(|last| last.to_vec()), Some(9_999u16.to_be_bytes().to_vec()));
    assert!(pongs.len() < 100, "{}", pongs.len());
    assert!(outbox.is_open());
}
