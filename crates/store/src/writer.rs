//! Writes: synchronous closures that travel whole to a writer thread and commit in batches.
//!
//! A writer takes what waits (at most [`BATCH`]), runs the closures one after the other and commits once. Rules are checked
//! before anything is written, so a closure that fails has as a rule changed nothing, and the others go on. Should one
//! fail in the midst of its writes, the batch is taken back and run again, each closure in a savepoint of its own.
//! An answer is released only after the commit that holds it, and after the listener has taken in the batch's events.
//! SQLite has one writer; PostgreSQL a few, which never hold the same key at the same time.

use crate::engine::{Conn, Engine, Failed, Fault};
use crate::recent::Recent;
use crate::stamps::Stamps;
use gantry_model::event::{Batch, Event, Key, Sequenced};
use gantry_model::{Clock, Error, Millis, Result};
use std::collections::{HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use tokio::sync::oneshot;

/// Closures in one commit, at most.
pub(crate) const BATCH: usize = 256;

/// Who takes in what was committed.
pub trait Listener: Send + Sync {
    /// Brings caches and memberships up to date. Runs before the answers are released; must be quick and must not wait.
    fn committed(&self, batch: &Batch);
    /// Tells the world. Runs after the answers are released, in the order of the commits of each key.
    fn announce(&self, batch: Arc<Batch>);
    /// A commit's outcome is unknown (the connection broke in it): nothing cached can be trusted.
    fn uncertain(&self);
}

/// A write on its way: the database, the stamp of its batch, the events it makes.
pub struct Tx<'a> {
    db: &'a mut Conn,
    events: Vec<(Key, Event)>,
}

impl Tx<'_> {
    /// The batch's stamp, `_updatedAt` of everything written now.
    pub fn stamp(&self) -> Millis {
        Millis(self.db.stamp())
    }

    /// A fresh id of 17 characters without look-alikes; ids rise with the batches' stamps.
    pub fn id<T: for<'t> From<&'t str>>(&self) -> T {
        crate::random::id_at(self.db.stamp())
    }

    /// Records that something happened; receivers hear of it when the write is durable, or never.
    pub fn emit(&mut self, key: Key, event: Event) {
        self.events.push((key, event));
    }
}

impl std::ops::Deref for Tx<'_> {
    type Target = Conn;
    fn deref(&self) -> &Conn {
        self.db
    }
}

impl std::ops::DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Conn {
        self.db
    }
}

/// One waiting write, its type erased.
pub(crate) trait Job: Send {
    fn keys(&self) -> &[Key];
    /// Runs the closure; whether it wants its writes kept.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Releases the outcome of the last run.
    fn finish(self: Box<Self>);
    /// Releases an error instead.
    fn fail(self: Box<Self>, error: Error);
}

/// What commits together.
type Jobs = Vec<Box<dyn Job>>;

struct Task<T, F> {
    keys: Vec<Key>,
    closure: F,
    outcome: Option<Result<T>>,
    answer: oneshot::Sender<Result<T>>,
}

pub(crate) fn job<T, F>(keys: Vec<Key>, closure: F) -> (Box<dyn Job>, oneshot::Receiver<Result<T>>)
where
    T: Send + 'static,
    F: FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
{
    let (answer, receiver) = oneshot::channel();
    (Box::new(Task { keys, closure, outcome: None, answer }), receiver)
}

impl<T: Send, F: FnMut(&mut Tx<'_>) -> Result<T> + Send> Job for Task<T, F> {
    fn keys(&self) -> &[Key] {
        &self.keys
    }

    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let outcome = catch_unwind(AssertUnwindSafe(|| (self.closure)(tx)))
            .unwrap_or_else(|_| Err(Error::internal("a write panicked; it was taken back")));
        let keep = outcome.is_ok();
        self.outcome = Some(outcome);
        keep
    }

    fn finish(self: Box<Self>) {
        let outcome = self.outcome.unwrap_or_else(|| Err(Error::internal("a write never ran")));
        // The caller may have gone away; its write stands.
        let _ = self.answer.send(outcome);
    }

    fn fail(self: Box<Self>, error: Error) {
        let outcome = match self.outcome {
            // What the rules refused stays refused, whatever happened to the others.
            Some(Err(refused)) => Err(refused),
            _ => Err(error),
        };
        let _ = self.answer.send(outcome);
    }
}

/// The writes that wait, and the keys that some writer holds.
#[derive(Default)]
pub(crate) struct Queue {
    state: Mutex<QueueState>,
    wake: Condvar,
}

#[derive(Default)]
struct QueueState {
    waiting: VecDeque<Box<dyn Job>>,
    held: HashSet<Key>,
    closed: bool,
}

impl Queue {
    pub(crate) fn push(&self, job: Box<dyn Job>) {
        let mut state = self.lock();
        if state.closed {
            drop(state);
            job.fail(Error::unavailable("the store is closing"));
            return;
        }
        state.waiting.push_back(job);
        drop(state);
        self.wake.notify_one();
    }

    /// Writers finish what waits and end.
    pub(crate) fn close(&self) {
        self.lock().closed = true;
        self.wake.notify_all();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, QueueState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next batch, and its keys, which stay held until [`Queue::release`]. `None` when closed and empty.
    fn take(&self, alone: bool) -> Option<(Jobs, Vec<Key>)> {
        let mut state = self.lock();
        loop {
            let (jobs, keys) = if alone { (state.drain(), Vec::new()) } else { state.free_ones() };
            if !jobs.is_empty() {
                return Some((jobs, keys));
            }
            if state.closed && state.waiting.is_empty() {
                return None;
            }
            state = self.wake.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn release(&self, keys: &[Key]) {
        if keys.is_empty() {
            return;
        }
        let mut state = self.lock();
        for key in keys {
            state.held.remove(key);
        }
        drop(state);
        self.wake.notify_all();
    }
}

impl QueueState {
    fn drain(&mut self) -> Jobs {
        let count = self.waiting.len().min(BATCH);
        self.waiting.drain(..count).collect()
    }

    /// What waits and touches no key that is held, or that an earlier waiting one needs: order per key is kept.
    fn free_ones(&mut self) -> (Jobs, Vec<Key>) {
        let (mut jobs, mut keys) = (Vec::new(), HashSet::new());
        let mut passed: HashSet<Key> = HashSet::new();
        let mut left = VecDeque::with_capacity(self.waiting.len());
        for job in std::mem::take(&mut self.waiting) {
            let blocked = job.keys().iter().any(|key| self.held.contains(key) || passed.contains(key));
            if blocked || jobs.len() >= BATCH {
                passed.extend(job.keys().iter().cloned());
                left.push_back(job);
            } else {
                keys.extend(job.keys().iter().cloned());
                jobs.push(job);
            }
        }
        self.waiting = left;
        self.held.extend(keys.iter().cloned());
        (jobs, keys.into_iter().collect())
    }
}

/// What a writer thread works with.
pub(crate) struct Writer {
    pub(crate) db: Conn,
    pub(crate) queue: Arc<Queue>,
    pub(crate) stamps: Arc<Stamps>,
    pub(crate) clock: Clock,
    pub(crate) listener: Arc<dyn Listener>,
    pub(crate) log: Option<Arc<crate::engine::LogSize>>,
    pub(crate) recent: Option<Arc<Recent>>,
    pub(crate) reopen: Box<dyn Fn() -> Result<Conn> + Send>,
    pub(crate) observe: Arc<crate::Observer>,
}

/// How the closures of a batch are kept apart.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Apart {
    /// Not at all: nothing has to be taken back of a closure that fails. A savepoint would cost each closure a copy of
    /// every page it writes, and on PostgreSQL two round trips.
    Trusted,
    /// Each in a savepoint.
    Savepoints,
}

/// Why a batch did not commit.
struct Broken {
    fault: Fault,
    error: Error,
    /// It broke in the commit itself: it may have happened.
    unknown: bool,
}

impl Writer {
    /// Works until the queue is closed.
    pub(crate) fn run(mut self) {
        let alone = !self.db.is_postgres();
        while let Some((jobs, keys)) = self.queue.take(alone) {
            self.batch(jobs, keys);
        }
    }

    fn batch(&mut self, mut jobs: Jobs, keys: Vec<Key>) {
        let size = jobs.len();
        let mut outcome = self.attempt(&mut jobs, Apart::Trusted);
        if size > 1 && matches!(&outcome, Err(broken) if broken.fault == Fault::Statement) {
            outcome = self.attempt(&mut jobs, Apart::Savepoints);
        }
        match outcome {
            Ok(batch) => {
                self.observe.committed(size);
                self.release(jobs, batch);
            }
            Err(broken) => self.one_by_one(jobs, broken),
        }
        self.queue.release(&keys);
        self.bound_log();
    }

    /// After a failure that may have taken back everything: each once more, alone, and then fail with that error.
    fn one_by_one(&mut self, jobs: Jobs, broken: Broken) {
        self.end_if_fatal(&broken);
        tracing::warn!(fault = ?broken.fault, cause = broken.error.cause(), writes = jobs.len(), "a batch did not commit");
        if broken.unknown {
            self.listener.uncertain();
            jobs.into_iter().for_each(|job| job.fail(broken.error.clone()));
            return;
        }
        for job in jobs {
            if broken.fault == Fault::Connection && !self.reconnect() {
                job.fail(broken.error.clone());
                continue;
            }
            let mut alone = vec![job];
            match self.attempt(&mut alone, Apart::Trusted) {
                Ok(batch) => self.release(alone, batch),
                Err(again) => {
                    self.end_if_fatal(&again);
                    if again.unknown {
                        self.listener.uncertain();
                    }
                    alone.into_iter().for_each(|job| job.fail(again.error.clone()));
                }
            }
        }
    }

    fn release(&self, jobs: Jobs, batch: Batch) {
        if batch.events.is_empty() {
            jobs.into_iter().for_each(Job::finish);
            return;
        }
        self.listener.committed(&batch);
        jobs.into_iter().for_each(Job::finish);
        self.listener.announce(Arc::new(batch));
    }

    /// One transaction over all jobs. The stamps' bookkeeping is closed whatever happens.
    fn attempt(&mut self, jobs: &mut [Box<dyn Job>], apart: Apart) -> Result<Batch, Broken> {
        let outcome = self.transaction(jobs, apart);
        self.note(jobs, &outcome);
        self.stamps.finished();
        if outcome.is_err() {
            // The transaction may be gone already; then this says so and nothing else.
            let _ = self.db.script("ROLLBACK");
            self.db.take_fault();
        }
        outcome
    }

    /// Before a sync read that waits for this batch goes on.
    fn note(&self, jobs: &[Box<dyn Job>], outcome: &Result<Batch, Broken>) {
        match (&self.recent, outcome) {
            (Some(recent), Ok(batch)) => {
                recent.note(batch, jobs.iter().flat_map(|job| job.keys()));
            }
            (Some(recent), Err(broken)) if broken.unknown => recent.missed(self.stamps.last()),
            _ => {}
        }
    }

    fn transaction(&mut self, jobs: &mut [Box<dyn Job>], apart: Apart) -> Result<Batch, Broken> {
        let stamp = self.begin(jobs)?;
        let mut events = Vec::new();
        let single = jobs.len() == 1;
        for job in jobs.iter_mut() {
            if apart == Apart::Savepoints {
                self.step("SAVEPOINT one")?;
            }
            self.db.take_changed();
            let mut tx = Tx { db: &mut self.db, events: Vec::new() };
            let keep = job.run(&mut tx);
            let made = tx.events;
            let spoilt = self.still_open()?;
            match apart {
                // Who swallows the error of a statement has not written what it says it has.
                _ if keep && spoilt => return Err(half_way()),
                _ if single && !keep => {
                    self.step("ROLLBACK")?;
                    return Ok(Batch { stamp, events: Vec::new() });
                }
                Apart::Trusted if !keep && (spoilt || self.db.take_changed()) => return Err(half_way()),
                Apart::Trusted => {}
                Apart::Savepoints if keep => self.step("RELEASE one")?,
                Apart::Savepoints => self.step("ROLLBACK TO one")?,
            }
            if keep {
                events.extend(made);
            }
        }
        let events = self.number(events)?;
        self.persist_stamp(stamp)?;
        self.db.control("COMMIT").map_err(|error| {
            let fault = self.db.take_fault().unwrap_or(Fault::Storage);
            Broken { fault, error, unknown: fault == Fault::Connection }
        })?;
        Ok(Batch { stamp, events })
    }

    fn begin(&mut self, jobs: &[Box<dyn Job>]) -> Result<Millis, Broken> {
        let mut clock = self.clock.now();
        match self.db.engine() {
            Engine::Sqlite(_) => self.step("BEGIN IMMEDIATE")?,
            Engine::Postgres(_) => {
                self.step("BEGIN")?;
                let mut keys: Vec<i64> = jobs.iter().flat_map(|job| job.keys()).map(lock_number).collect();
                keys.sort_unstable();
                keys.dedup();
                if let Engine::Postgres(db) = self.db.engine() {
                    clock = Millis(db.lock_keys(&keys).map_err(broken)?);
                }
            }
        }
        let stamp = self.stamps.start(clock);
        self.db.set_stamp(stamp.0);
        Ok(stamp)
    }

    fn step(&mut self, sql: &str) -> Result<(), Broken> {
        self.db.control(sql).map_err(|error| Broken {
            fault: self.db.take_fault().unwrap_or(Fault::Storage),
            error,
            unknown: false,
        })
    }

    /// Whether a statement of the closure failed, which leaves PostgreSQL's transaction good for nothing but going back.
    /// Fails where the error cost everybody the transaction.
    fn still_open(&mut self) -> Result<bool, Broken> {
        let fault = self.db.take_fault();
        let gone = match self.db.engine() {
            Engine::Sqlite(db) => db.lost_transaction(),
            Engine::Postgres(db) => db.is_closed(),
        };
        match fault {
            Some(fault) if fault != Fault::Statement => Err(fault),
            _ if gone => Err(Fault::Storage),
            fault => Ok(fault.is_some()),
        }
        .map_err(|fault| Broken {
            fault,
            error: Error::unavailable(format!("{fault:?} in a write")),
            unknown: false,
        })
    }

    /// Gives each key's events their numbers.
    fn number(&mut self, events: Vec<(Key, Event)>) -> Result<Vec<Sequenced>, Broken> {
        let mut counts: Vec<(Key, i64)> = Vec::new();
        for (key, _) in &events {
            match counts.iter_mut().find(|(known, _)| known == key) {
                Some((_, count)) => *count += 1,
                None => counts.push((key.clone(), 1)),
            }
        }
        for (key, count) in &mut counts {
            let last = crate::sequences::advance(&mut self.db, &key.text(), *count).map_err(|error| Broken {
                fault: self.db.take_fault().unwrap_or(Fault::Storage),
                error,
                unknown: false,
            })?;
            *count = last - *count;
        }
        let mut numbered = Vec::with_capacity(events.len());
        for (key, event) in events {
            if let Some((_, seq)) = counts.iter_mut().find(|(known, _)| *known == key) {
                *seq += 1;
                numbered.push(Sequenced { seq: *seq, key, event });
            }
        }
        Ok(numbered)
    }

    fn persist_stamp(&mut self, stamp: Millis) -> Result<(), Broken> {
        if self.db.is_postgres() || !self.stamps.due(stamp) {
            return Ok(());
        }
        crate::sequences::keep_stamp(&mut self.db, stamp).map_err(|error| Broken {
            fault: self.db.take_fault().unwrap_or(Fault::Storage),
            error,
            unknown: false,
        })
    }

    fn reconnect(&mut self) -> bool {
        if let Engine::Postgres(db) = self.db.engine()
            && !db.is_closed()
        {
            return true;
        }
        match (self.reopen)() {
            Ok(db) => {
                self.db = db;
                true
            }
            Err(error) => {
                tracing::warn!(cause = error.cause(), "the database is out of reach");
                false
            }
        }
    }

    fn end_if_fatal(&self, broken: &Broken) {
        if broken.fault == Fault::Fatal {
            tracing::error!(
                cause = broken.error.cause(),
                "the database could not be made durable; ending now, because what was acknowledged must be true"
            );
            std::process::abort();
        }
    }

    fn bound_log(&mut self) {
        if let (Engine::Sqlite(db), Some(log)) = (self.db.engine(), &self.log) {
            db.bound_log(log);
        }
    }
}

/// One closure failed in the midst of its writes.
fn half_way() -> Broken {
    Broken { fault: Fault::Statement, error: Error::internal("a write failed half-way"), unknown: false }
}

fn broken(failed: Failed) -> Broken {
    Broken { fault: failed.fault, error: Error::unavailable(failed.cause), unknown: false }
}

/// The number of a key's advisory lock: FNV-1a over its text, the same on every node.
fn lock_number(key: &Key) -> i64 {
    let hash = key
        .text()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    hash.cast_signed()
}
