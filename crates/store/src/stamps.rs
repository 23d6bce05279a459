//! Stamps: one per batch, never going back, and closed by sync reads.
//!
//! A client that syncs takes the newest `_updatedAt` it saw, or its own clock, for its next cursor. So nothing may come
//! later with a stamp that a sync read has shown or that lies before it: the read closes the stamp (the next batch gets
//! a later one), waits for the batch on its way, and while it reads no two batches share a stamp.

use gantry_model::{Clock, Millis};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

pub(crate) struct Stamps {
    state: Mutex<State>,
    done: watch::Sender<u64>,
}

#[derive(Default)]
struct State {
    last: i64,
    closed: i64,
    kept: i64,
    started: u64,
    finished: u64,
    /// Sync reads under way.
    syncing: usize,
}

/// A sync read under way.
pub(crate) struct Syncing<'a>(&'a Stamps);

impl Drop for Syncing<'_> {
    /// It may have shown what was committed while it waited: that stamp is closed, too.
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.syncing -= 1;
        state.closed = state.closed.max(state.last);
    }
}

/// How far ahead of the kept stamp the writer may run before it is kept again; added at start, so no stamp repeats.
const AHEAD: i64 = 1_000;

impl Stamps {
    /// Goes on after `kept`, the last stamp found in the database.
    pub(crate) fn after(kept: i64) -> Self {
        let state = State { last: kept + AHEAD, kept, ..State::default() };
        let first = if kept == 0 { State::default() } else { state };
        Self { state: Mutex::new(first), done: watch::Sender::new(0) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A batch begins: its stamp.
    pub(crate) fn start(&self, clock: Millis) -> Millis {
        let mut state = self.lock();
        let next = state.last + i64::from(state.syncing > 0);
        state.last = clock.0.max(next).max(state.closed + 1);
        state.started += 1;
        Millis(state.last)
    }

    /// The last stamp that was given, or may have been given before the start.
    pub(crate) fn last(&self) -> Millis {
        Millis(self.lock().last)
    }

    /// A batch ended, committed or not. Also when it failed before it had a stamp.
    pub(crate) fn finished(&self) {
        let mut state = self.lock();
        state.finished = state.started;
        let finished = state.finished;
        drop(state);
        self.done.send_replace(finished);
    }

    /// Whether this stamp must be kept with the batch.
    pub(crate) fn due(&self, stamp: Millis) -> bool {
        let mut state = self.lock();
        let due = stamp.0 >= state.kept + AHEAD || state.kept == 0;
        if due {
            state.kept = stamp.0;
        }
        due
    }

    /// Closes the stamp and waits for the batches stamped before. What is read as long as the guard lives shows whole
    /// stamps: whatever commits later has a stamp of its own, after all that was shown.
    pub(crate) async fn close(&self, clock: &Clock) -> Syncing<'_> {
        let (guard, target) = {
            let mut state = self.lock();
            state.closed = state.last.max(clock.now().0).max(state.closed);
            state.syncing += 1;
            (Syncing(self), state.started)
        };
        let mut done = self.done.subscribe();
        // The sender lives as long as the store.
        let _ = done.wait_for(|finished| *finished >= target).await;
        guard
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn never_goes_back_and_passes_what_was_closed() {
        let stamps = Stamps::after(0);
        let first = stamps.start(Millis(5_000));
        stamps.finished();
        assert_eq!(stamps.start(Millis(4_000)), first);
        stamps.lock().closed = 6_000;
        assert_eq!(stamps.start(Millis(4_000)), Millis(6_001));
    }

    #[tokio::test]
    async fn no_two_batches_share_a_stamp_while_somebody_syncs() {
        let (stamps, clock) = (Stamps::after(0), Clock::manual(Millis(5_000)));
        assert_eq!(stamps.start(clock.now()), Millis(5_000));
        stamps.finished();
        let syncing = stamps.close(&clock).await;
        assert_eq!([stamps.start(clock.now()), stamps.start(clock.now())], [Millis(5_001), Millis(5_002)]);
        stamps.finished();
        drop(syncing);
        assert_eq!(stamps.start(clock.now()), Millis(5_003), "the read may have shown the one before");
        assert_eq!(stamps.start(clock.now()), Millis(5_003));
    }

    #[test]
    fn goes_on_after_a_restart_with_a_clock_that_went_back() {
        let stamps = Stamps::after(10_000);
        assert_eq!(stamps.start(Millis(2_000)), Millis(11_000));
    }

    #[test]
    fn is_kept_once_a_second() {
        let stamps = Stamps::after(0);
        assert!(stamps.due(Millis(10_000)));
        assert!(!stamps.due(Millis(10_999)));
        assert!(stamps.due(Millis(11_000)));
    }
}
