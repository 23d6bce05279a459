//! What waits to be sent to one connection.
//!
//! Any thread pushes: a short lock, no I/O, and the socket's task is woken once for all that gathers until it runs.
//! Who sends to very many at once queues [quietly](Outbox::queue) instead and then has everything written where it is
//! ([`Outbox::flush`]): for one frame each, waking a task and running it costs as much as the write.
//! The queue is bounded in bytes and frames; a client that lets it fill is disconnected, and catches up when it is
//! back. Of what only its newest state matters ([`Topic`]) one frame waits at most, the newest. Answers are not bounded
//! so, or one long list would cut its reader off: instead the client's next message waits until they are read.

mod sending;
mod wire;

pub(crate) use sending::Sending;

use crate::frame::{Frame, WireForm};
use crate::tally::Sent;
use crate::websocket::Close;
use std::collections::VecDeque;
use std::io::{self, IoSlice};
use std::ops::{AddAssign, SubAssign};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};
use tokio::net::TcpStream;
use wire::Wire;

/// How much may wait. Bytes are those of the wire, and what a frame needs beside them while it waits.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Bytes of events: one more, and the client is disconnected.
    pub bytes: u32,
    /// Frames, answers included, above which an event disconnects the client.
    pub frames: u32,
    /// Bytes of answers above which no further message of the client is looked at until it has read them.
    pub answers: u32,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { bytes: 256 * 1024, frames: 2048, answers: 64 * 1024 }
    }
}

/// What a replaceable frame is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// What a user is doing in a room.
    Activity,
    /// A room's document.
    Room,
    /// The answer to a WebSocket ping.
    Pong,
}

/// The identity of a replaceable frame: of those with the same key only the newest is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    /// What it is about.
    pub topic: Topic,
    /// Of which subject: a slot, or any other small number.
    pub of: u32,
    /// By whom, where one subject has several; else 0.
    pub by: u32,
}

impl Key {
    /// The newest pong answers all pings.
    pub(crate) const PONG: Self = Self { topic: Topic::Pong, of: 0, by: 0 };
}

/// Who writes what was queued quietly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Queued {
    /// The socket's task, which has frames in hand and will ask for more.
    Taken,
    /// Whoever queued it, with [`Outbox::flush`].
    First,
    /// Whoever queued something before it.
    Promised,
    /// Whoever queued it, and soon: the queue fills.
    Much,
}

/// Why a frame was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It was one too many: what waited is dropped and the connection ends.
    Overflow,
    /// The connection is closing, or gone.
    Closed,
}

/// The queue of one connection.
#[derive(Debug)]
pub struct Outbox {
    form: WireForm,
    bounds: Bounds,
    queue: Mutex<Queue>,
    wire: Wire,
}

#[derive(Debug, Default)]
struct Queue {
    entries: VecDeque<Entry>,
    /// Cost of the entries, and of those that were taken and are not written yet.
    cost: Cost,
    /// How many entries have a key.
    keyed: u32,
    end: End,
    waker: Option<Waker>,
    /// Whether the waker waits for frames, with none in hand, or only for the end.
    hungry: bool,
    /// Whether somebody has promised to flush.
    promised: bool,
}

#[derive(Debug, Default)]
enum End {
    #[default]
    Open,
    /// To be wanted when the message in hand is dealt with.
    Planned(Close),
    /// To be said when the entries are gone.
    Wanted(Close),
    /// Said, or nobody is there to hear it.
    Over,
}

impl End {
    fn is_open(&self) -> bool {
        matches!(self, Self::Open | Self::Planned(_))
    }
}

/// A frame in a queue.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) frame: Frame,
    kind: Kind,
    /// Its first bytes are on the wire: it must be sent to its end, whatever happens.
    begun: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Event,
    Latest(Key),
    Answer,
}

impl Entry {
    /// What a frame holds beyond its bytes: its place in a list that may be half empty, the count of those who share the
    /// bytes, and what the allocator needs for both.
    const OVERHEAD: usize = 2 * size_of::<Self>() + 64;

    fn new(frame: Frame, kind: Kind) -> Self {
        Self { frame, kind, begun: false }
    }

    /// `sent` of its bytes are written.
    fn begin(&mut self, sent: usize) {
        self.frame = self.frame.without(sent);
        self.begun = true;
    }

    fn is_replaceable(&self) -> bool {
        matches!(self.kind, Kind::Latest(_)) && !self.begun
    }

    /// What it counts against the bounds.
    pub(crate) fn cost(&self) -> Cost {
        let bytes = self.frame.len() + Self::OVERHEAD;
        match self.kind {
            Kind::Answer => Cost { answers: bytes, ..Cost::default() },
            Kind::Event | Kind::Latest(_) => Cost { events: bytes, ..Cost::default() },
        }
    }
}

/// Bytes by what bounds them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cost {
    events: usize,
    answers: usize,
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.events += other.events;
        self.answers += other.answers;
    }
}

impl SubAssign for Cost {
    fn sub_assign(&mut self, other: Self) {
        self.events -= other.events;
        self.answers -= other.answers;
    }
}

/// What the socket's task found.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Frames to write.
    Frames,
    /// Nothing waits; the waker will be called when something does.
    Nothing,
    /// The last frame, which says this.
    Last(Close),
    /// The last frame was taken before.
    Over,
}

impl Outbox {
    /// An empty queue for a connection of this form.
    pub fn new(form: WireForm, bounds: Bounds) -> Self {
        Self { form, bounds, queue: Mutex::default(), wire: Wire::default() }
    }

    /// How messages stand on this connection's wire.
    pub fn form(&self) -> WireForm {
        self.form
    }

    /// Queues an event. After [`Refused::Overflow`] the connection is closing.
    pub fn push(&self, frame: Frame) -> Result<(), Refused> {
        self.add([Entry::new(frame, Kind::Event)])
    }

    /// Queues events, none of another thread between them.
    pub fn push_all(&self, frames: impl IntoIterator<Item = Frame>) -> Result<(), Refused> {
        self.add(frames.into_iter().map(|frame| Entry::new(frame, Kind::Event)))
    }

    /// Queues an event in place of the one with the same key, if that still waits.
    ///
    /// It goes to the end: it may speak of what was queued since.
    pub fn push_latest(&self, key: Key, frame: Frame) -> Result<(), Refused> {
        self.add([Entry::new(frame, Kind::Latest(key))])
    }

    /// Queues what the client asked for, none of another thread between it. Never [`Refused::Overflow`].
    pub fn answer(&self, frames: impl IntoIterator<Item = Frame>) -> Result<(), Refused> {
        self.add(frames.into_iter().map(|frame| Entry::new(frame, Kind::Answer)))
    }

    /// As [`Outbox::push`], but wakes nobody; who writes it.
    pub(crate) fn queue(&self, frame: Frame) -> Result<Queued, Refused> {
        self.add_quietly(Entry::new(frame, Kind::Event))
    }

    /// As [`Outbox::push_latest`], but wakes nobody; who writes it.
    pub(crate) fn queue_latest(&self, key: Key, frame: Frame) -> Result<Queued, Refused> {
        self.add_quietly(Entry::new(frame, Kind::Latest(key)))
    }

    fn add_quietly(&self, entry: Entry) -> Result<Queued, Refused> {
        let mut queue = self.lock();
        let added = queue.add(entry, self.bounds);
        let waker = if added.is_err() { queue.waker.take() } else { None };
        let much = queue.cost.events > self.bounds.bytes as usize / 4;
        let queued = match queue.hungry {
            false => Queued::Taken,
            true if much => Queued::Much,
            true if queue.promised => Queued::Promised,
            true => Queued::First,
        };
        queue.promised = queue.hungry;
        drop(queue);
        wake(waker);
        added.map(|()| queued)
    }

    /// Writes what waits, unless the socket's task has frames in hand; what does not fit is left to that task. What was
    /// written is for the caller to count.
    pub(crate) fn flush(&self) -> Sent {
        let mut queue = self.lock();
        queue.promised = false;
        if !queue.hungry {
            return Sent::default();
        }
        let sent = queue.write(&self.wire);
        let waker = if queue.entries.is_empty() { None } else { queue.waker.take() };
        drop(queue);
        wake(waker);
        sent
    }

    /// The socket whose task takes from here.
    pub(crate) fn attach(&self, stream: TcpStream) {
        self.wire.attach(stream);
    }

    /// Writes what the socket takes, for its task, which is woken when it takes more.
    pub(crate) fn poll_write(&self, cx: &mut Context<'_>, slices: &[IoSlice<'_>]) -> Poll<io::Result<usize>> {
        self.wire.poll_write(cx, slices)
    }

    /// Reads from the socket, for its task, which is woken when there is more. No bytes: the client has closed.
    pub(crate) fn poll_read(&self, cx: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        self.wire.poll_read(cx, buffer)
    }

    /// Nothing more will be written; the client is told so.
    pub(crate) fn detach(&self) {
        self.wire.finish();
    }

    fn add(&self, entries: impl IntoIterator<Item = Entry>) -> Result<(), Refused> {
        let mut queue = self.lock();
        let added = entries.into_iter().try_for_each(|entry| queue.add(entry, self.bounds));
        let waker = if queue.hungry || added.is_err() { queue.waker.take() } else { None };
        drop(queue);
        wake(waker);
        added
    }

    /// Ends the connection once the message in hand is dealt with and its answer sent; until then frames are taken.
    ///
    /// The polite way to stop a server.
    pub fn finish(&self, close: Close) {
        let mut queue = self.lock();
        if matches!(queue.end, End::Open) {
            queue.end = End::Planned(close);
        }
        let waker = queue.waker.take();
        drop(queue);
        wake(waker);
    }

    /// Ends the connection once everything that waits is sent. The first reason given stands.
    pub fn close(&self, close: Close) {
        self.end(close, false);
    }

    /// Ends the connection without sending what waits. The first reason given stands.
    pub fn abort(&self, close: Close) {
        self.end(close, true);
    }

    fn end(&self, close: Close, drop_waiting: bool) {
        let mut queue = self.lock();
        if drop_waiting {
            queue.clear();
        }
        queue.want(close);
        let waker = queue.waker.take();
        drop(queue);
        wake(waker);
    }

    /// Whether frames are still taken.
    pub fn is_open(&self) -> bool {
        self.lock().end.is_open()
    }

    /// How much waits, in bytes, with what it needs beside them.
    pub fn waiting(&self) -> usize {
        let Cost { events, answers } = self.lock().cost;
        events + answers
    }

    /// Whether the client's next message may be looked at: not while it has much to read, nor when the end is planned,
    /// which is then wanted: nothing is in hand.
    pub(crate) fn admits(&self) -> bool {
        let mut queue = self.lock();
        if let End::Planned(close) = &queue.end {
            let close = close.clone();
            queue.want(close);
            let waker = queue.waker.take();
            drop(queue);
            wake(waker);
            return false;
        }
        queue.end.is_open() && queue.cost.answers <= self.bounds.answers as usize
    }

    /// Moves everything that waits to `batch`, which is empty, and forgets `written`, the cost of what left.
    ///
    /// The last frame comes alone, after all others. While the queue is idle it owns no memory.
    pub(crate) fn take(&self, batch: &mut VecDeque<Entry>, written: Cost, waker: &Waker) -> Taken {
        let mut queue = self.lock();
        queue.cost -= written;
        if !queue.entries.is_empty() {
            (queue.keyed, queue.hungry) = (0, false);
            std::mem::swap(&mut queue.entries, batch);
            return Taken::Frames;
        }
        *batch = VecDeque::new();
        queue.entries = VecDeque::new();
        queue.take_last(self.form, batch).unwrap_or_else(|| queue.wait(waker, true))
    }

    /// Forgets `written` and has the waker called only when the connection is to end; whether it is already.
    pub(crate) fn watch_end(&self, written: Cost, waker: &Waker) -> bool {
        let mut queue = self.lock();
        queue.cost -= written;
        queue.wait(waker, false);
        !queue.end.is_open()
    }

    /// Nobody takes from it any more: refuses what comes, drops what waits. The reason to end, if it was not yet said.
    pub(crate) fn shut(&self) -> Option<Close> {
        self.wire.close();
        let mut queue = self.lock();
        let queue = std::mem::replace(&mut *queue, Queue { end: End::Over, ..Queue::default() });
        match queue.end {
            End::Wanted(close) => Some(close),
            End::Open | End::Planned(_) | End::Over => None,
        }
    }

    /// A push does not unwind half-way, so what a panicking thread left is whole.
    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Queue {
    fn add(&mut self, entry: Entry, bounds: Bounds) -> Result<(), Refused> {
        if !self.end.is_open() {
            return Err(Refused::Closed);
        }
        if let Kind::Latest(key) = entry.kind {
            self.remove(key);
            self.keyed += 1;
        }
        self.cost += entry.cost();
        // Mostly nothing more comes before it is written.
        if self.entries.capacity() == 0 {
            self.entries.reserve_exact(1);
        }
        let full = self.cost.events > bounds.bytes as usize || self.entries.len() >= bounds.frames as usize;
        let refused = full && entry.kind != Kind::Answer;
        self.entries.push_back(entry);
        if !refused {
            return Ok(());
        }
        self.clear();
        self.want(Close::TOO_SLOW);
        Err(Refused::Overflow)
    }

    fn remove(&mut self, key: Key) {
        if self.keyed == 0 {
            return;
        }
        if let Some(at) = self.entries.iter().rposition(|entry| entry.kind == Kind::Latest(key) && !entry.begun)
            && let Some(old) = self.entries.remove(at)
        {
            self.cost -= old.cost();
            self.keyed -= 1;
        }
    }

    fn clear(&mut self) {
        let cost = &mut self.cost;
        self.entries.retain(|entry| {
            if !entry.begun {
                *cost -= entry.cost();
            }
            entry.begun
        });
        self.entries.shrink_to_fit();
        self.keyed = 0;
    }

    /// Writes as much as the socket takes.
    fn write(&mut self, wire: &Wire) -> Sent {
        let before = messages(&self.entries);
        let mut sending = Sending::of(std::mem::take(&mut self.entries));
        let mut writes = 0;
        // An error is met again by the socket's task, which knows what to do.
        let _ = sending.flush(|slices| {
            let written = wire.write_now(slices);
            writes += u64::from(matches!(written, Poll::Ready(Ok(_))));
            written
        });
        self.entries = sending.stop();
        self.cost -= sending.written();
        self.keyed = self.entries.iter().filter(|entry| entry.is_replaceable()).count() as u32;
        Sent { messages: before - messages(&self.entries), writes }
    }

    fn want(&mut self, close: Close) {
        if self.end.is_open() {
            self.end = End::Wanted(close);
        }
    }

    fn take_last(&mut self, form: WireForm, batch: &mut VecDeque<Entry>) -> Option<Taken> {
        if self.end.is_open() {
            return None;
        }
        let End::Wanted(close) = std::mem::replace(&mut self.end, End::Over) else { return Some(Taken::Over) };
        let last = Entry::new(Frame::closing(form, &close), Kind::Answer);
        self.cost += last.cost();
        batch.push_back(last);
        Some(Taken::Last(close))
    }

    fn wait(&mut self, waker: &Waker, hungry: bool) -> Taken {
        self.hungry = hungry;
        match &mut self.waker {
            Some(old) => old.clone_from(waker),
            none => *none = Some(waker.clone()),
        }
        Taken::Nothing
    }
}

/// How many messages these are.
pub(crate) fn messages(entries: &VecDeque<Entry>) -> u64 {
    entries.iter().map(|entry| entry.frame.messages() as u64).sum()
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

#[cfg(test)]
mod tests;
