//! Stamps: one per batch, never going back, and closed by sync reads.
//!
//! A sync read answers everything with `_updatedAt` up to now and promises that nothing will come later with a stamp
//! it has covered. So it closes the stamp: the next batch gets a later one; and it waits for the batch on its way.

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
        state.last = clock.0.max(state.last).max(state.closed + 1);
        state.started += 1;
        Millis(state.last)
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

    /// Closes the stamp and waits for the batches stamped before: whatever is read from now on with
    /// `_updatedAt > cursor` misses nothing that a later read with the same cursor would see below this answer's end.
    pub(crate) async fn close(&self, clock: &Clock) -> Millis {
        let (closed, target) = {
            let mut state = self.lock();
            state.closed = state.last.max(clock.now().0).max(state.closed);
            (state.closed, state.started)
        };
        let mut done = self.done.subscribe();
        // The sender lives as long as the store.
        let _ = done.wait_for(|finished| *finished >= target).await;
        Millis(closed)
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
