//! The carrier of a session whose client comes with requests.

use super::receiver::Receiver;
use crate::carrier::Carrier;
use crate::ddp;
use crate::frame::sockjs_goodbye;
use crate::outbox::{Cost, Entry, Outbox, Taken};
use crate::socket::backlog::Backlog;
use crate::socket::clock::{Clock, Due};
use crate::socket::{Limits, answer_heartbeat, say};
use crate::tally;
use crate::websocket::Close;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, Sleep, sleep, timeout_at};

/// How long a session waits for its client to ask again.
const ABSENCE: Duration = Duration::from_secs(5);

/// Silence after which a receiver is written to, so that nothing on the way takes it for dead.
const HEARTBEAT: Duration = Duration::from_secs(25);

/// Bytes of messages above which the rest waits for the next piece.
const PIECE: usize = 16 * 1024;

/// Said to a second receiver.
const OCCUPIED: Close = Close::new(2010, "Another connection still open");

/// The client let go of its receiver: what was on its way is lost, so the session is.
const INTERRUPTED: Close = Close::new(1002, "Connection interrupted");

/// The client's messages of one request.
pub(crate) type Letter = Vec<Box<str>>;

/// The ends that requests hold of a session.
#[derive(Clone, Debug)]
pub(super) struct Ends {
    pub(super) receivers: mpsc::Sender<Receiver>,
    pub(super) letters: mpsc::Sender<Letter>,
}

impl Ends {
    /// Makes a receiver the session's, or tells it that another is there.
    pub(super) fn receive(&self, receiver: Receiver) {
        if let Err(mpsc::error::TrySendError::Full(receiver) | mpsc::error::TrySendError::Closed(receiver)) =
            self.receivers.try_send(receiver)
        {
            farewell(receiver, &OCCUPIED);
        }
    }
}

/// Why a session is over.
#[derive(Debug)]
enum Over {
    /// To be told to whoever asks.
    Said(Close),
    /// Nobody asks any more.
    Forgotten,
}

/// See the head of this file.
#[derive(Debug)]
pub(crate) struct Line {
    outbox: Arc<Outbox>,
    limits: Arc<Limits>,
    receivers: mpsc::Receiver<Receiver>,
    letters: mpsc::Receiver<Letter>,
    receiver: Option<Receiver>,
    /// Whether the client was told that the session is open.
    opened: bool,
    backlog: Backlog,
    /// Taken from the outbox, and not sent yet.
    batch: VecDeque<Entry>,
    /// Sent, and not known to be taken; then taken, and not known to the outbox.
    on_the_way: Cost,
    written: Cost,
    clock: Clock,
    /// When a receiver came or left, or was last sent something.
    since: Instant,
    alarm: Pin<Box<Sleep>>,
    over: Option<Over>,
}

impl Line {
    /// A line, and its ends.
    pub(super) fn new(outbox: Arc<Outbox>, limits: Arc<Limits>) -> (Self, Ends) {
        // What cannot be taken at once waits with its request.
        let (receivers, to_receive) = mpsc::channel(4);
        let (letters, to_read) = mpsc::channel(1);
        let line = Self {
            outbox,
            clock: Clock::new(&limits),
            limits,
            receivers: to_receive,
            letters: to_read,
            receiver: None,
            opened: false,
            backlog: Backlog::default(),
            batch: VecDeque::new(),
            on_the_way: Cost::default(),
            written: Cost::default(),
            since: Instant::now(),
            alarm: Box::pin(sleep(ABSENCE)),
            over: None,
        };
        (line, Ends { receivers, letters })
    }

    /// What waits for the client.
    pub(crate) fn queue(&self) -> Arc<Outbox> {
        self.outbox.clone()
    }

    /// Tells for a while whoever asks that the session is over.
    pub(crate) async fn linger(mut self) {
        let Some(Over::Said(close)) = self.over.take() else { return };
        self.letters.close();
        let end = Instant::now() + ABSENCE;
        while let Ok(Some(receiver)) = timeout_at(end, self.receivers.recv()).await {
            farewell(receiver, &close);
        }
    }

    /// Takes requests that have come.
    fn admit(&mut self, cx: &mut Context<'_>) {
        while let Poll::Ready(Some(receiver)) = self.receivers.poll_recv(cx) {
            self.clock.heard();
            match self.receiver {
                Some(_) => farewell(receiver, &OCCUPIED),
                None => self.attach(receiver),
            }
        }
    }

    fn attach(&mut self, receiver: Receiver) {
        self.receiver = Some(receiver);
        self.since = Instant::now();
    }

    /// Reads what has come, as far as there is room.
    fn read(&mut self, cx: &mut Context<'_>) {
        while self.is_listening()
            && let Poll::Ready(Some(letter)) = self.letters.poll_recv(cx)
        {
            self.clock.heard();
            for text in letter {
                if !answer_heartbeat(&self.outbox, &text) {
                    self.backlog.push(text);
                }
            }
        }
    }

    fn is_listening(&self) -> bool {
        !self.clock.is_closing() && self.backlog.has_room(&self.limits)
    }

    /// Gives the receiver what waits for it.
    fn write(&mut self, cx: &mut Context<'_>) -> Result<(), Over> {
        while let Some(receiver) = &mut self.receiver {
            match receiver.poll_ready(cx) {
                Poll::Ready(Ok(())) => self.arrived(),
                Poll::Ready(Err(_)) => return Err(Over::Said(INTERRUPTED)),
                Poll::Pending => {
                    self.clock.stuck();
                    break;
                }
            }
            if !std::mem::replace(&mut self.opened, true) {
                self.send(b"o");
            } else if !self.batch.is_empty() {
                let messages = self.messages();
                self.send(&messages);
            } else if !self.take(cx)? {
                return Ok(());
            }
        }
        self.wait(cx);
        Ok(())
    }

    /// What was sent has been taken.
    fn arrived(&mut self) {
        self.written += std::mem::take(&mut self.on_the_way);
        self.clock.moved();
    }

    fn send(&mut self, frame: &[u8]) {
        self.since = Instant::now();
        self.receiver = self.receiver.take().and_then(|receiver| receiver.send(frame));
        if self.receiver.is_none() {
            self.arrived();
        }
    }

    /// The messages of the batch in an array, as many as make a piece.
    fn messages(&mut self) -> Vec<u8> {
        let mut out = b"a".to_vec();
        while out.len() < PIECE
            && let Some(entry) = self.batch.pop_front()
        {
            out.push(if out.len() == 1 { b'[' } else { b',' });
            entry.frame.put_element(&mut out);
            self.on_the_way += entry.cost();
        }
        out.push(b']');
        out
    }

    /// Takes the next batch; whether there is one. The last word goes out at once.
    fn take(&mut self, cx: &mut Context<'_>) -> Result<bool, Over> {
        let written = std::mem::take(&mut self.written);
        match self.outbox.take(&mut self.batch, written, cx.waker()) {
            Taken::Frames => {
                tally::SENT.increment(self.batch.len() as u64);
                Ok(true)
            }
            Taken::Nothing => Ok(false),
            Taken::Last(close) => {
                self.send(sockjs_goodbye(&close).text().as_bytes());
                Err(Over::Said(close))
            }
            Taken::Over => Err(Over::Forgotten),
        }
    }

    /// Nothing can be sent now: only the end is of interest.
    fn wait(&mut self, cx: &mut Context<'_>) {
        if self.outbox.watch_end(std::mem::take(&mut self.written), cx.waker()) {
            self.clock.closing();
        }
    }

    fn keep_time(&mut self, cx: &mut Context<'_>) -> Result<(), Over> {
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
                Due::Stuck | Due::End => return Err(Over::Forgotten),
            }
        }
        self.keep_receiver(cx)
    }

    /// Keeps a silent receiver awake, and ends a session that has had none for long.
    fn keep_receiver(&mut self, cx: &mut Context<'_>) -> Result<(), Over> {
        loop {
            let patience = if self.receiver.is_some() { HEARTBEAT } else { ABSENCE };
            let due = self.since + patience;
            if due <= Instant::now() {
                self.overdue()?;
                continue;
            }
            if self.alarm.deadline() != due {
                self.alarm.as_mut().reset(due);
            }
            if self.alarm.as_mut().poll(cx).is_pending() {
                return Ok(());
            }
        }
    }

    fn overdue(&mut self) -> Result<(), Over> {
        if self.receiver.is_none() {
            return Err(Over::Forgotten);
        }
        self.send(b"h");
        Ok(())
    }
}

impl Carrier for Line {
    fn turn(&mut self, cx: &mut Context<'_>) {
        if self.over.is_some() {
            return;
        }
        self.admit(cx);
        self.read(cx);
        if let Err(over) = self.write(cx).and_then(|()| self.keep_time(cx)) {
            self.over = Some(over);
            self.receiver = None;
            self.backlog = Backlog::default();
            self.outbox.shut();
        }
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Box<str>>> {
        self.turn(cx);
        if self.over.is_some() {
            return Poll::Ready(None);
        }
        if self.clock.is_closing() || !self.outbox.admits() {
            return Poll::Pending;
        }
        self.backlog.pop().map_or(Poll::Pending, |text| Poll::Ready(Some(text)))
    }

    fn outbox(&self) -> &Outbox {
        &self.outbox
    }

    fn allow(&mut self, _knows_client: bool) {
        // A request is bounded before it is known whose it is, as every request is, and so is how long it may take.
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.outbox.shut();
    }
}

/// Tells a receiver that it is not wanted.
fn farewell(receiver: Receiver, close: &Close) {
    receiver.send(sockjs_goodbye(close).text().as_bytes());
}

#[cfg(test)]
mod tests;
