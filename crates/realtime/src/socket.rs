//! The task that owns an upgraded socket.
//!
//! One future for a connection: it reads what the client sends, hands its messages to a [`Handler`] one at a time and
//! in their order, writes what waits in the [`Outbox`], and keeps the time. Pings are answered at once, also while a
//! message is being handled. What it may hold for a client is bounded: messages wait in a short backlog, and when that
//! is full nothing more is read from the socket; a client that does not read is disconnected. While nothing happens a
//! connection holds no buffer, only this future and its timer.

pub(crate) mod backlog;
pub(crate) mod clock;

pub use crate::carrier::Handler;

use crate::carrier::{Carrier, carry};
use crate::ddp::{self, Heartbeat};
use crate::frame::{Draft, Frame};
use crate::outbox::{self, Key, Outbox, Sending, Taken};
use crate::sockjs;
use crate::tally;
use crate::websocket::{Close, Decoder, Event};
use backlog::Backlog;
use bytes::Bytes;
use clock::{Clock, Due};
use std::borrow::Cow;
use std::cell::RefCell;
use std::future::Future;
use std::io::{self, IoSlice};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::net::TcpStream;

/// What a client may make the server hold, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one message.
    pub message: u32,
    /// The same while the client is nobody: strangers have little to say, and many may come.
    pub strangers_message: u32,
    /// Frames of one message.
    pub fragments: u32,
    /// Messages that wait for their turn; when there are as many, nothing more is read.
    pub backlog_messages: u32,
    /// Bytes of messages that wait for their turn; above it nothing more is read.
    pub backlog_bytes: u32,
    /// Silence after which the client is asked whether it is there.
    pub silence: Duration,
    /// How long it may take to answer that.
    pub answer: Duration,
    /// How long the client may read nothing of what is written.
    pub write: Duration,
    /// How long the end may take: sending what waits, and the client's own goodbye.
    pub close: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            message: 1024 * 1024,
            strangers_message: 32 * 1024,
            fragments: 1024,
            backlog_messages: 64,
            backlog_bytes: 256 * 1024,
            silence: Duration::from_secs(30),
            answer: Duration::from_secs(30),
            write: Duration::from_secs(30),
            close: Duration::from_secs(5),
        }
    }
}

/// How a connection ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The client said goodbye, perhaps with a code.
    ByClient(Option<Close>),
    /// The server ended it, or had to give the client up.
    ByServer(Close),
    /// The client vanished.
    Lost,
}

/// Serves a connection until it ends. `unread` is what hyper had already read from it.
///
/// When it is over the outbox takes nothing more, also when the future is dropped or the handler panics.
pub fn run<H: Handler + Send>(
    stream: TcpStream,
    unread: Bytes,
    limits: Arc<Limits>,
    outbox: Arc<Outbox>,
    handler: &mut H,
) -> impl Future<Output = Ended> + Send {
    let mut socket = Socket::new(stream, unread, limits, outbox);
    async move {
        carry(&mut socket, handler).await;
        socket.ended.take().unwrap_or(Ended::Lost)
    }
}

/// Answers a ping at once; whether `text` was a heartbeat, which waits for no turn.
pub(crate) fn answer_heartbeat(outbox: &Outbox, text: &str) -> bool {
    match ddp::heartbeat(text) {
        Some(Heartbeat::Ping(id)) => say(outbox, ddp::pong(id.as_deref())),
        Some(Heartbeat::Pong) => {}
        None => return false,
    }
    true
}

/// Says something of the connection's own; it is refused only when the connection is ending.
pub(crate) fn say(outbox: &Outbox, message: Draft) {
    let _ = outbox.push(message.frame(outbox.form()));
}

/// How often one poll reads before others get their turn.
const READS: usize = 4;

/// The size of the buffer that the connections of a thread share.
const SCRATCH_BYTES: usize = 64 * 1024;

thread_local! {
    static SCRATCH: RefCell<Box<[u8]>> = RefCell::new(vec![0; SCRATCH_BYTES].into());
}

#[derive(Debug)]
struct Socket {
    limits: Arc<Limits>,
    outbox: Arc<Outbox>,
    decoder: Decoder,
    /// Read, but not decoded: the backlog was full. Empty otherwise.
    unread: Box<[u8]>,
    backlog: Backlog,
    sending: Sending,
    clock: Clock,
    /// The client's goodbye.
    left: Option<Option<Close>>,
    /// Ours, once it is among the frames that are sent.
    said: Option<Close>,
    ended: Option<Ended>,
}

impl Socket {
    fn new(stream: TcpStream, unread: Bytes, limits: Arc<Limits>, outbox: Arc<Outbox>) -> Self {
        // Everything leaves in one write as it is: waiting for more to fill a segment only delays it. A socket that
        // refuses the option works nevertheless.
        let _ = stream.set_nodelay(true);
        // Those who send to many write to it, too.
        outbox.attach(stream);
        Self {
            outbox,
            decoder: Decoder::new(limits.message, limits.fragments),
            unread: unread[..].into(),
            backlog: Backlog::default(),
            sending: Sending::default(),
            clock: Clock::new(&limits),
            limits,
            left: None,
            said: None,
            ended: None,
        }
    }

    fn next_in_hand(&mut self) -> Option<Box<str>> {
        if self.ended.is_some() || self.clock.is_closing() || !self.outbox.admits() {
            return None;
        }
        self.backlog.pop()
    }

    fn read(&mut self, cx: &mut Context<'_>) -> Result<(), Ended> {
        for _ in 0..READS {
            if !self.is_listening() {
                return Ok(());
            }
            match self.read_once(cx) {
                Poll::Ready(read) => read?,
                Poll::Pending => return Ok(()),
            }
        }
        cx.waker().wake_by_ref();
        Ok(())
    }

    /// Whether there is room for what the client says. While the connection ends it is read and thrown away.
    fn is_listening(&self) -> bool {
        self.clock.is_closing() || self.backlog.has_room(&self.limits)
    }

    fn read_once(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Ended>> {
        if !self.unread.is_empty() {
            let mut unread = std::mem::take(&mut self.unread);
            self.hear(&mut unread);
            return Poll::Ready(Ok(()));
        }
        SCRATCH.with_borrow_mut(|scratch| {
            match ready!(self.outbox.poll_read(cx, scratch)) {
                Err(_) | Ok(0) => return Poll::Ready(Err(self.gone())),
                Ok(read) => {
                    self.clock.heard();
                    self.hear(&mut scratch[..read]);
                }
            }
            Poll::Ready(Ok(()))
        })
    }

    /// What it means that nothing more can come.
    fn gone(&mut self) -> Ended {
        match (self.left.take(), self.said.take()) {
            (Some(close), _) => Ended::ByClient(close),
            (None, Some(close)) => Ended::ByServer(close),
            (None, None) => Ended::Lost,
        }
    }

    /// Decodes `input` as long as the backlog has room; the rest is kept.
    fn hear(&mut self, input: &mut [u8]) {
        let mut at = 0;
        while at < input.len() && !self.clock.is_closing() {
            if !self.backlog.has_room(&self.limits) {
                self.unread = input[at..].into();
                return;
            }
            match self.decoder.next(&mut input[at..]) {
                Ok(step) => {
                    at += step.consumed;
                    step.event.into_iter().for_each(|event| self.on_event(event));
                }
                Err(violation) => self.end(violation.close()),
            }
        }
    }

    fn on_event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => self.on_payload(text),
            // A refusal means that the connection is ending, which the next write finds.
            Event::Ping(payload) => _ = self.outbox.push_latest(Key::PONG, Frame::pong(&payload)),
            Event::Pong => {}
            Event::Close(close) => self.on_close(close),
        }
    }

    fn on_payload(&mut self, text: Cow<'_, str>) {
        if !sockjs::is_array(&text) {
            return self.on_message(text);
        }
        match sockjs::messages(&text) {
            Some(messages) => messages.into_iter().for_each(|message| self.on_message(message.into_cow())),
            None => self.end(Close::BAD_DATA),
        }
    }

    fn on_message(&mut self, text: Cow<'_, str>) {
        if !answer_heartbeat(&self.outbox, &text) {
            self.backlog.push(text.into());
        }
    }

    /// The client leaves: what waits for it is of no use, and its own code is its answer.
    fn on_close(&mut self, close: Option<Close>) {
        let code = close.as_ref().map_or(Close::NORMAL.code(), Close::code);
        self.outbox.abort(Close::new(code, ""));
        self.left = Some(close);
        self.clock.closing();
    }

    /// Ends the connection after what waits, and listens no more.
    fn end(&mut self, close: Close) {
        self.outbox.close(close);
        self.clock.closing();
    }

    fn write(&mut self, cx: &mut Context<'_>) -> Result<(), Ended> {
        loop {
            match self.flush(cx) {
                Poll::Ready(flushed) => flushed.map_err(|_| self.gone())?,
                Poll::Pending => {
                    self.wait_for_reader(cx);
                    return Ok(());
                }
            }
            if self.said.is_some() {
                return self.after_goodbye();
            }
            let written = self.sending.written();
            match self.outbox.take(&mut self.sending.batch, written, cx.waker()) {
                Taken::Frames => tally::SENT.increment(outbox::messages(&self.sending.batch)),
                Taken::Nothing | Taken::Over => return Ok(()),
                Taken::Last(close) => {
                    self.said = Some(close);
                    self.clock.closing();
                }
            }
        }
    }

    /// Writes the frames at hand, as many in one write as it takes.
    fn flush(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let Self { outbox, sending, clock, .. } = self;
        sending.flush(|slices: &[IoSlice<'_>]| {
            let sent = ready!(outbox.poll_write(cx, slices))?;
            tally::WRITES.increment(1);
            clock.moved();
            Poll::Ready(Ok(sent))
        })
    }

    fn wait_for_reader(&mut self, cx: &mut Context<'_>) {
        self.clock.stuck();
        if self.outbox.watch_end(self.sending.written(), cx.waker()) {
            self.clock.closing();
        }
    }

    /// Our last frame is out. A client that left first expects nothing more. Else it is told that nothing will come,
    /// and what it still sends is read: closing on unread bytes would reset the connection under our last frames.
    fn after_goodbye(&mut self) -> Result<(), Ended> {
        if self.left.is_some() {
            return Err(self.gone());
        }
        self.outbox.detach();
        Ok(())
    }

    fn keep_time(&mut self, cx: &mut Context<'_>) -> Result<(), Ended> {
        while let Poll::Ready(due) = self.clock.poll(cx, &self.limits) {
            match due {
                // It is the server who does not listen.
                Due::Ping if !self.is_listening() => self.clock.heard(),
                Due::Ping => {
                    self.clock.asked();
                    say(&self.outbox, ddp::ping());
                }
                Due::Timeout => {
                    self.outbox.abort(Close::TIMEOUT);
                    self.clock.closing();
                }
                Due::Stuck => return Err(Ended::ByServer(self.outbox.shut().unwrap_or(Close::TOO_SLOW))),
                Due::End => return Err(self.overdue()),
            }
        }
        Ok(())
    }

    /// The end took too long: the client is left alone.
    fn overdue(&mut self) -> Ended {
        let wanted = self.outbox.shut();
        match self.gone() {
            Ended::Lost => Ended::ByServer(wanted.unwrap_or(Close::TIMEOUT)),
            ended => ended,
        }
    }
}

impl Carrier for Socket {
    fn turn(&mut self, cx: &mut Context<'_>) {
        if self.ended.is_some() {
            return;
        }
        if let Err(ended) = self.read(cx).and_then(|()| self.write(cx)).and_then(|()| self.keep_time(cx)) {
            self.ended = Some(ended);
            self.backlog = Backlog::default();
            self.outbox.shut();
        }
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Box<str>>> {
        // What came together is answered together, as far as the answers may wait.
        if !self.backlog.is_empty()
            && let Some(text) = self.next_in_hand()
        {
            return Poll::Ready(Some(text));
        }
        self.turn(cx);
        if self.ended.is_some() {
            return Poll::Ready(None);
        }
        self.next_in_hand().map_or(Poll::Pending, |text| Poll::Ready(Some(text)))
    }

    fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    fn allow(&mut self, knows_client: bool) {
        self.decoder.allow(if knows_client { self.limits.message } else { self.limits.strangers_message });
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.outbox.shut();
    }
}
