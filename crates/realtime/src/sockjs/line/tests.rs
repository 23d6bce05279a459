use super::*;
use crate::carrier::{Handler, carry};
use crate::frame::{Draft, WireForm};
use crate::outbox::Bounds;
use crate::sockjs::Stream;
use crate::sockjs::receiver::Transport;
use hyper::body::Body;
use std::future::poll_fn;
use std::ops::ControlFlow;
use tokio::task::JoinHandle;

/// Sends back what it gets; one text ends the session.
struct Echo(Arc<Outbox>);

impl Handler for Echo {
    async fn on_text(&mut self, text: Box<str>) -> ControlFlow<Close> {
        let _ = self.0.answer([Draft::from(&*text).frame(self.0.form())]);
        if &*text == "leave" { ControlFlow::Break(Close::NORMAL) } else { ControlFlow::Continue(()) }
    }

    fn knows_client(&self) -> bool {
        true
    }
}

struct Session {
    ends: Ends,
    outbox: Arc<Outbox>,
    serving: JoinHandle<()>,
}

fn session() -> Session {
    let outbox = Arc::new(Outbox::new(WireForm::SockJs, Bounds::default()));
    let (mut line, ends) = Line::new(outbox.clone(), Arc::default());
    let mut echo = Echo(outbox.clone());
    let serving = tokio::spawn(async move {
        carry(&mut line, &mut echo).await;
        line.linger().await;
    });
    Session { ends, outbox, serving }
}

impl Session {
    fn receive(&self, transport: Transport) -> Stream {
        let (receiver, stream) = Receiver::new(transport);
        self.ends.receive(receiver);
        stream
    }

    async fn poll(&self) -> String {
        read(&mut self.receive(Transport::Xhr)).await.unwrap()
    }

    async fn send(&self, texts: &[&str]) {
        self.ends.letters.send(texts.iter().map(|text| (*text).into()).collect()).await.unwrap();
    }

    fn push(&self, text: &str) -> bool {
        self.outbox.push(Draft::from(text).frame(WireForm::SockJs)).is_ok()
    }
}

/// The next piece of an answer; `None` at its end.
async fn read(stream: &mut Stream) -> Option<String> {
    let frame = poll_fn(|cx| Pin::new(&mut *stream).poll_frame(cx)).await?;
    Some(String::from_utf8(frame.unwrap().into_data().unwrap().into()).unwrap())
}

/// Reads a stream up to the frame that opens it.
async fn opened(stream: &mut Stream) {
    while !read(stream).await.unwrap().trim_end().ends_with('o') {}
}

#[tokio::test(start_paused = true)]
async fn what_waits_comes_in_one_array() {
    let session = session();
    assert_eq!(session.poll().await, "o\n");
    session.send(&["one", "t\"w\"o"]).await;
    for text in ["three", "four"] {
        assert!(session.push(text));
    }
    let mut texts = Vec::new();
    while texts.len() < 4 {
        let line = session.poll().await;
        texts.extend(serde_json::from_str::<Vec<String>>(line.trim_end().strip_prefix('a').unwrap()).unwrap());
    }
    texts.sort_unstable();
    assert_eq!(texts, ["four", "one", "t\"w\"o", "three"]);
}

#[tokio::test(start_paused = true)]
async fn a_ping_is_answered_before_its_turn() {
    let session = session();
    assert_eq!(session.poll().await, "o\n");
    session.send(&[r#"{"msg":"ping","id":"7"}"#]).await;
    assert_eq!(session.poll().await, "a[\"{\\\"msg\\\":\\\"pong\\\",\\\"id\\\":\\\"7\\\"}\"]\n");
}

#[tokio::test(start_paused = true)]
async fn a_silent_receiver_is_kept_awake() {
    let session = session();
    let mut stream = session.receive(Transport::EventSource);
    opened(&mut stream).await;
    let begin = Instant::now();
    assert_eq!(read(&mut stream).await.unwrap(), "data: h\r\n\r\n");
    assert_eq!((Instant::now() - begin).as_secs(), 25);
    // The client itself is asked for, as on a socket, and given up when it does not answer.
    assert!(read(&mut stream).await.unwrap().contains("ping"));
    let mut last = String::new();
    while let Some(piece) = read(&mut stream).await {
        last = piece;
    }
    assert_eq!(last, "data: c[4000,\"TIMEOUT\"]\r\n\r\n");
    assert_eq!((Instant::now() - begin).as_secs(), 60);
}

#[tokio::test(start_paused = true)]
async fn who_does_not_come_back_is_forgotten() {
    let session = session();
    assert_eq!(session.poll().await, "o\n");
    let begin = Instant::now();
    session.serving.await.unwrap();
    assert_eq!((Instant::now() - begin).as_secs(), 5);
    assert!(!session.outbox.is_open());
}

#[tokio::test(start_paused = true)]
async fn polling_goes_on_as_long_as_the_client_does() {
    let session = session();
    assert_eq!(session.poll().await, "o\n");
    for _ in 0..10 {
        sleep(Duration::from_millis(4_900)).await;
        assert!(session.push("event"));
        assert_eq!(session.poll().await, "a[\"event\"]\n");
    }
}

#[tokio::test(start_paused = true)]
async fn the_end_is_told_for_a_while() {
    let session = session();
    assert_eq!(session.poll().await, "o\n");
    session.send(&["leave"]).await;
    assert_eq!(session.poll().await, "a[\"leave\"]\n");
    for _ in 0..3 {
        assert_eq!(session.poll().await, "c[3000,\"Go away!\"]\n");
    }
    assert!(session.ends.letters.send(vec!["late".into()]).await.is_err());
    let begin = Instant::now();
    session.serving.await.unwrap();
    assert!((Instant::now() - begin).as_secs() <= 5);
}

#[tokio::test(start_paused = true)]
async fn who_does_not_ask_does_not_make_the_server_remember() {
    let session = session();
    assert_eq!(session.poll().await, "o\n");
    let long = "x".repeat(10_000);
    let taken = (0..100).take_while(|_| session.push(&long)).count();
    assert!((20..30).contains(&taken), "{taken}");
    assert_eq!(session.poll().await, "c[1013,\"Client is too slow\"]\n");
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_not_read_holds_a_piece() {
    let session = session();
    let mut stream = session.receive(Transport::XhrStreaming);
    opened(&mut stream).await;
    let long = "x".repeat(10_000);
    let mut taken = 0;
    while session.push(&long) {
        taken += 1;
        tokio::task::yield_now().await;
    }
    assert!((20..40).contains(&taken), "{taken}");
    assert!(read(&mut stream).await.unwrap().len() < 40_000);
}

#[tokio::test(start_paused = true)]
async fn messages_of_a_client_wait_for_their_turn() {
    let session = session();
    assert_eq!(session.poll().await, "o\n");
    let texts: Vec<String> = (0..500).map(|number| number.to_string()).collect();
    session.send(&texts.iter().map(String::as_str).collect::<Vec<_>>()).await;
    let mut heard = Vec::new();
    while heard.len() < texts.len() {
        let line = session.poll().await;
        heard.extend(serde_json::from_str::<Vec<String>>(line.trim_end().strip_prefix('a').unwrap()).unwrap());
    }
    assert_eq!(heard, texts);
}
