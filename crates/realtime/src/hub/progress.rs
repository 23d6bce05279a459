//! How far the fan-out has come.

use std::sync::atomic::{AtomicU64, Ordering};
use tokio::sync::watch;

/// Counts the batches that were committed, and those that were told.
pub(super) struct Progress {
    committed: AtomicU64,
    told: watch::Sender<u64>,
}

impl Default for Progress {
    fn default() -> Self {
        Self { committed: AtomicU64::new(0), told: watch::Sender::new(0) }
    }
}

impl Progress {
    /// One more batch was committed.
    pub(super) fn committed(&self) {
        self.committed.fetch_add(1, Ordering::AcqRel);
    }

    /// So many more batches were told.
    pub(super) fn told(&self, batches: usize) {
        self.told.send_modify(|told| *told += batches as u64);
    }

    /// What was committed so far.
    pub(super) fn now(&self) -> u64 {
        self.committed.load(Ordering::Acquire)
    }

    /// Whether nothing was committed after the `telling` batches that are told next.
    pub(super) fn ends_with(&self, telling: usize) -> bool {
        *self.told.borrow() + telling as u64 == self.now()
    }

    /// Follows what was told.
    pub(super) fn follow(&self) -> watch::Receiver<u64> {
        self.told.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn waits_for_what_was_committed() {
        let progress = Progress::default();
        progress.committed();
        progress.committed();
        let (target, mut told) = (progress.now(), progress.follow());
        progress.told(1);
        assert!(!told.borrow_and_update().ge(&target));
        assert!(progress.ends_with(1) && !progress.ends_with(0));
        progress.told(1);
        assert_eq!(*told.wait_for(|told| *told >= target).await.unwrap(), 2);
    }
}
