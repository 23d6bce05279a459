//! The clock seam: the one place where the wall clock is read, so that tests own it.

use crate::Millis;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Where "now" comes from.
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    System,
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until [`Clock::set`].
    pub fn manual(start: Millis) -> Self {
        Self(Source::Manual(Arc::new(AtomicI64::new(start.0))))
    }

    /// Moves a manual clock, also backwards; the machine's clock does not listen.
    pub fn set(&self, now: Millis) {
        if let Source::Manual(time) = &self.0 {
            time.store(now.0, Ordering::SeqCst);
        }
    }

    /// Now, in ms. May jump; what must not go back is a stamp of the store.
    #[expect(clippy::disallowed_methods, reason = "this is the one place")]
    pub fn now(&self) -> Millis {
        match &self.0 {
            Source::Manual(time) => Millis(time.load(Ordering::SeqCst)),
            Source::System => {
                let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
                Millis(since.map_or(0, |elapsed| i64::try_from(elapsed.as_millis()).unwrap_or(i64::MAX)))
            }
        }
    }
}
