use super::*;
use crate::frame::Draft;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Wake;
use tokio::io::AsyncReadExt;
use tokio::net::{TcpListener, TcpStream};

const ROOM: Key = Key { topic: Topic::Room, of: 7, by: 0 };

/// Counts how often it is woken.
#[derive(Default)]
struct Bell(AtomicUsize);

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

fn frame(text: &str) -> Frame {
    Draft::from(text).frame(WireForm::Raw)
}

fn outbox(bytes: u32, frames: u32) -> Outbox {
    Outbox::new(WireForm::Raw, Bounds { bytes, frames, answers: 1000 })
}

/// The texts that wait, and what came with them; nothing counts as written.
fn take(outbox: &Outbox, written: Cost) -> (Vec<String>, Taken) {
    let mut batch = VecDeque::new();
    let taken = outbox.take(&mut batch, written, Waker::noop());
    let text = |entry: &Entry| String::from_utf8_lossy(&entry.frame.slices().concat()[2..]).into_owned();
    (batch.iter().map(text).collect(), taken)
}

#[test]
fn gives_all_that_waits_in_order() {
    let outbox = outbox(10_000, 10);
    outbox.push(frame("a")).unwrap();
    outbox.push_all([frame("b"), frame("c")]).unwrap();
    outbox.answer([frame("d")]).unwrap();
    assert_eq!(take(&outbox, Cost::default()), (vec!["a".into(), "b".into(), "c".into(), "d".into()], Taken::Frames));
    assert_eq!(take(&outbox, Cost::default()).1, Taken::Nothing);
}

#[test]
fn only_the_newest_of_a_key_waits_and_it_waits_last() {
    let outbox = outbox(10_000, 10);
    outbox.push_latest(ROOM, frame("old")).unwrap();
    outbox.push_latest(Key { of: 8, ..ROOM }, frame("other room")).unwrap();
    outbox.push(frame("message")).unwrap();
    let waiting = outbox.waiting();
    outbox.push_latest(ROOM, frame("new")).unwrap();
    assert_eq!(outbox.waiting(), waiting);
    assert_eq!(take(&outbox, Cost::default()).0, ["other room", "message", "new"]);
    outbox.push_latest(ROOM, frame("newer")).unwrap();
    assert_eq!(take(&outbox, Cost::default()).0, ["newer"]);
}

#[test]
fn replacing_for_ever_costs_nothing() {
    let outbox = outbox(10_000, 10);
    for _ in 0..10_000 {
        outbox.push_latest(ROOM, frame("state")).unwrap();
    }
    assert_eq!(take(&outbox, Cost::default()).0, ["state"]);
}

#[test]
fn the_bound_in_bytes_is_exact() {
    let one = frame("x").len() + Entry::OVERHEAD;
    let outbox = outbox(3 * one as u32, 100);
    for _ in 0..3 {
        outbox.push(frame("x")).unwrap();
    }
    assert_eq!(outbox.waiting(), 3 * one);
    assert_eq!(outbox.push(frame("x")), Err(Refused::Overflow));
    assert_eq!(outbox.waiting(), 0, "what waited is dropped at once");
    assert_eq!(outbox.push(frame("x")), Err(Refused::Closed));
    assert!(matches!(take(&outbox, Cost::default()).1, Taken::Last(close) if close == Close::TOO_SLOW));
}

#[test]
fn the_bound_in_frames_is_exact() {
    let outbox = outbox(1_000_000, 3);
    for _ in 0..3 {
        outbox.push(frame("x")).unwrap();
    }
    assert_eq!(outbox.push(frame("x")), Err(Refused::Overflow));
}

#[test]
fn what_was_taken_counts_until_it_is_written() {
    let one = Entry::new(frame("x"), Kind::Event).cost();
    let outbox = outbox(one.events as u32, 10);
    outbox.push(frame("x")).unwrap();
    assert_eq!(take(&outbox, Cost::default()).0, ["x"]);
    assert_eq!(outbox.waiting(), one.events);
    assert_eq!(take(&outbox, one).1, Taken::Nothing);
    outbox.push(frame("x")).unwrap();
    take(&outbox, Cost::default());
    assert_eq!(outbox.push(frame("x")), Err(Refused::Overflow));
}

#[test]
fn a_long_answer_cuts_nobody_off() {
    let outbox = outbox(1_000, 10);
    outbox.answer([frame(&"x".repeat(100_000))]).unwrap();
    assert!(!outbox.admits());
    outbox.push(frame("event")).unwrap();
    let (texts, _) = take(&outbox, Cost::default());
    assert_eq!(texts.len(), 2);
    let written = Entry::new(frame(&"x".repeat(100_000)), Kind::Answer).cost();
    take(&outbox, written);
    assert!(outbox.admits());
}

#[test]
fn closes_after_what_waits_or_instead_of_it() {
    let polite = outbox(10_000, 10);
    polite.push(frame("x")).unwrap();
    polite.close(Close::GOING_AWAY);
    polite.close(Close::NORMAL);
    assert_eq!(polite.push(frame("y")), Err(Refused::Closed));
    assert_eq!(take(&polite, Cost::default()), (vec!["x".into()], Taken::Frames));
    assert_eq!(take(&polite, Cost::default()).1, Taken::Last(Close::GOING_AWAY));
    assert_eq!(take(&polite, Cost::default()), (vec![], Taken::Over));

    let blunt = outbox(10_000, 10);
    blunt.push(frame("x")).unwrap();
    blunt.abort(Close::TIMEOUT);
    assert_eq!(take(&blunt, Cost::default()).1, Taken::Last(Close::TIMEOUT));
}

#[test]
fn a_planned_end_waits_for_what_is_in_hand() {
    let outbox = outbox(10_000, 10);
    outbox.finish(Close::GOING_AWAY);
    outbox.answer([frame("answer")]).unwrap();
    assert_eq!(take(&outbox, Cost::default()).1, Taken::Frames);
    assert_eq!(take(&outbox, Cost::default()).1, Taken::Nothing);
    assert!(!outbox.admits(), "nothing is in hand now");
    assert!(!outbox.admits(), "and nothing will be");
    assert_eq!(outbox.push(frame("x")), Err(Refused::Closed));
    assert_eq!(take(&outbox, Cost::default()).1, Taken::Last(Close::GOING_AWAY));
}

#[test]
fn a_batch_wakes_once() {
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(Arc::clone(&bell));
    let outbox = outbox(100_000, 1_000);
    let mut batch = VecDeque::new();
    assert_eq!(outbox.take(&mut batch, Cost::default(), &waker), Taken::Nothing);
    for _ in 0..100 {
        outbox.push(frame("x")).unwrap();
    }
    assert_eq!(bell.0.load(Ordering::Relaxed), 1);
    outbox.take(&mut batch, Cost::default(), &waker);
    outbox.push(frame("x")).unwrap();
    assert_eq!(bell.0.load(Ordering::Relaxed), 1, "who is still writing is not woken");
}

#[test]
fn a_stuck_writer_is_woken_only_for_the_end() {
    let bell = Arc::new(Bell::default());
    let waker = Waker::from(Arc::clone(&bell));
    let outbox = outbox(1_000, 1_000);
    assert!(!outbox.watch_end(Cost::default(), &waker));
    outbox.push(frame("x")).unwrap();
    assert_eq!(bell.0.load(Ordering::Relaxed), 0);
    while outbox.push(frame("x")).is_ok() {}
    assert_eq!(bell.0.load(Ordering::Relaxed), 1);
    assert!(outbox.watch_end(Cost::default(), &waker));
}

#[test]
fn nothing_is_taken_when_nobody_is_there() {
    let outbox = outbox(1_000, 10);
    outbox.push(frame("x")).unwrap();
    outbox.shut();
    assert_eq!(outbox.push(frame("x")), Err(Refused::Closed));
    assert_eq!(outbox.waiting(), 0);
    assert!(!outbox.is_open());
}

/// A queue that may write to a socket, and the socket's other end.
async fn wired(bounds: Bounds) -> (Outbox, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let stream = TcpStream::connect(listener.local_addr().unwrap()).await.unwrap();
    stream.writable().await.unwrap();
    let outbox = Outbox::new(WireForm::Raw, bounds);
    outbox.attach(stream);
    (outbox, listener.accept().await.unwrap().0)
}

async fn read(peer: &mut TcpStream, bytes: usize) -> Vec<u8> {
    let mut read = vec![0; bytes];
    peer.read_exact(&mut read).await.unwrap();
    read
}

#[tokio::test]
async fn what_is_queued_quietly_is_written_where_it_is() {
    let (bell, mut batch) = (Arc::new(Bell::default()), VecDeque::new());
    let (outbox, mut peer) = wired(Bounds::default()).await;
    outbox.take(&mut batch, Cost::default(), &Waker::from(Arc::clone(&bell)));
    assert_eq!(outbox.queue(frame("a")), Ok(Queued::First));
    let (again, latest) = (outbox.queue(frame("b")), outbox.queue_latest(ROOM, frame("old")));
    assert_eq!((again, latest), (Ok(Queued::Promised), Ok(Queued::Promised)));
    outbox.queue_latest(ROOM, frame("new")).unwrap();
    outbox.flush();
    assert_eq!(read(&mut peer, 11).await, b"\x81\x01a\x81\x01b\x81\x03new");
    assert_eq!((bell.0.load(Ordering::Relaxed), outbox.waiting()), (0, 0));
    assert_eq!(outbox.queue(frame("c")), Ok(Queued::First), "it is to be flushed again");
}

#[tokio::test]
async fn who_has_frames_in_hand_writes_what_is_queued_meanwhile() {
    let mut batch = VecDeque::new();
    let (outbox, _peer) = wired(Bounds::default()).await;
    outbox.push(frame("a")).unwrap();
    outbox.take(&mut batch, Cost::default(), Waker::noop());
    assert_eq!(outbox.queue(frame("b")), Ok(Queued::Taken));
    outbox.flush();
    assert_eq!(take(&outbox, Cost::default()).0, ["b"]);
    assert_eq!(take(&outbox, Cost::default()).1, Taken::Nothing);
    assert_eq!(outbox.queue(frame("c")), Ok(Queued::First), "nothing is in hand any more");
}

#[tokio::test]
async fn a_frame_that_is_begun_is_sent_to_its_end() {
    let (bell, mut batch) = (Arc::new(Bell::default()), VecDeque::new());
    let long = frame(&"x".repeat(32 << 20));
    let (outbox, mut peer) = wired(Bounds { bytes: 64 << 20, ..Bounds::default() }).await;
    outbox.take(&mut batch, Cost::default(), &Waker::from(Arc::clone(&bell)));
    outbox.queue_latest(ROOM, long.clone()).unwrap();
    outbox.queue(frame("dropped")).unwrap();
    outbox.flush();
    assert_eq!(bell.0.load(Ordering::Relaxed), 1, "the rest is the task's");
    outbox.push_latest(ROOM, frame("dropped")).unwrap();
    outbox.abort(Close::TIMEOUT);
    assert_eq!(outbox.take(&mut batch, Cost::default(), Waker::noop()), Taken::Frames);
    let [rest] = &batch.make_contiguous()[..] else { panic!("{}", batch.len()) };
    let mut all = read(&mut peer, long.len() - rest.frame.len()).await;
    all.extend(rest.frame.slices().concat());
    assert!(all == long.slices().concat());
    assert_eq!(outbox.waiting(), rest.cost().events);
    assert_eq!(take(&outbox, rest.cost()).1, Taken::Last(Close::TIMEOUT));
}

#[test]
fn who_queues_much_is_told() {
    let outbox = outbox(10_000, 1_000);
    outbox.take(&mut VecDeque::new(), Cost::default(), Waker::noop());
    assert_eq!(outbox.queue(frame(&"x".repeat(2_000))), Ok(Queued::First));
    assert_eq!(outbox.queue(frame(&"x".repeat(2_000))), Ok(Queued::Much));
}

#[test]
fn an_entry_is_small() {
    assert!(size_of::<Entry>() <= 72, "{}", size_of::<Entry>());
    // The socket is part of it.
    assert!(size_of::<Outbox>() <= 192, "{}", size_of::<Outbox>());
}
