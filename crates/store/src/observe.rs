//! What the writer did, for the metrics.

use std::sync::atomic::{AtomicU64, Ordering};

/// Counts commits and the writes in them.
#[derive(Default)]
pub struct Observer {
    commits: AtomicU64,
    writes: AtomicU64,
}

/// See [`Observer`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ObserverCounts {
    /// Transactions committed.
    pub commits: u64,
    /// Closures in them; divided by `commits` this is the batch size.
    pub writes: u64,
    /// Writes waiting now.
    pub waiting: usize,
}

impl Observer {
    pub(crate) fn committed(&self, writes: usize) {
        self.commits.fetch_add(1, Ordering::Relaxed);
        self.writes.fetch_add(writes as u64, Ordering::Relaxed);
    }

    pub(crate) fn counts(&self, waiting: usize) -> ObserverCounts {
        ObserverCounts {
            commits: self.commits.load(Ordering::Relaxed),
            writes: self.writes.load(Ordering::Relaxed),
            waiting,
        }
    }
}
