//! What a connection costs while nothing happens.

use crate::serving::Echo;
use bytes::Bytes;
use gantry_realtime::frame::WireForm;
use gantry_realtime::outbox::{Bounds, Outbox};
use gantry_realtime::socket::{Limits, run};
use std::io::{Read, Write};
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};

async fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = listener.local_addr().unwrap();
    (listener, addr)
}

#[tokio::test]
async fn the_future_is_small() {
    let stream = TcpStream::connect(listener().await.1).await.unwrap();
    let outbox = Arc::new(Outbox::new(WireForm::Raw, Bounds::default()));
    let mut echo = Echo(Arc::clone(&outbox));
    let future = run(stream, Bytes::new(), Arc::new(Limits::default()), outbox, &mut echo);
    let size = size_of_val(&future);
    println!("future {size} bytes, outbox {} bytes", size_of::<Outbox>());
    assert!(size <= 512, "{size}");
}

const CLIENTS: usize = 2_000;

/// Resident bytes of this process.
fn resident() -> usize {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    statm.split(' ').nth(1).unwrap().parse::<usize>().unwrap() * 4096
}

async fn accept(listener: &TcpListener, limits: &Arc<Limits>) {
    let (stream, _) = listener.accept().await.unwrap();
    let limits = Arc::clone(limits);
    tokio::spawn(async move {
        let outbox = Arc::new(Outbox::new(WireForm::Raw, Bounds::default()));
        let mut echo = Echo(Arc::clone(&outbox));
        run(stream, Bytes::new(), limits, outbox, &mut echo).await
    });
}

/// Connects a client, on a thread that may block, and has one message sent back to it.
fn talk(addr: SocketAddr) -> std::net::TcpStream {
    let mut client = std::net::TcpStream::connect(addr).unwrap();
    client.write_all(b"\x81\x82\0\0\0\0hi").unwrap();
    let mut answer = [0; 4];
    client.read_exact(&mut answer).unwrap();
    assert_eq!(answer, *b"\x81\x02hi");
    client
}

/// Reads the whole process, so it means something only where each test has its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_idle_connection_holds_little() {
    let (listener, addr) = listener().await;
    let limits = Arc::new(Limits::default());
    tokio::spawn(async move {
        loop {
            accept(&listener, &limits).await;
        }
    });
    let connect =
        |count: usize| tokio::task::spawn_blocking(move || (0..count).map(|_| talk(addr)).collect::<Vec<_>>());
    let first = connect(100).await.unwrap();
    let before = resident();
    let clients = connect(CLIENTS).await.unwrap();
    let each = (resident() - before) / CLIENTS;
    println!("{each} bytes for each of {} idle connections", clients.len());
    assert!(each <= 2048, "{each} bytes");
    drop(first);
}
