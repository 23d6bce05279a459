//! Rate limits: a fixed window for each endpoint and caller, as the published headers describe it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// Windows kept at most in one shard; beyond it those that are over go first, then any.
const SHARD: usize = 8_192;
const SHARDS: usize = 16;

/// Who is counted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Subject {
    pub(crate) endpoint: usize,
    /// A user's id, or an address, with the account it names at a login.
    pub(crate) who: String,
}

struct Window {
    ends: i64,
    calls: u32,
}

/// What the headers say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verdict {
    pub(crate) limit: u32,
    pub(crate) remaining: u32,
    /// When the window ends, in ms.
    pub(crate) reset: i64,
    pub(crate) allowed: bool,
}

pub(crate) struct Limiter {
    shards: Vec<Mutex<HashMap<Subject, Window>>>,
}

impl Default for Limiter {
    fn default() -> Self {
        Self { shards: (0..SHARDS).map(|_| Mutex::default()).collect() }
    }
}

impl Limiter {
    /// Counts one call.
    pub(crate) fn count(&self, subject: Subject, limit: u32, length: i64, now: i64) -> Verdict {
        let at =
            subject.who.bytes().fold(subject.endpoint, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
        let Some(shard) = self.shards.get(at % SHARDS) else {
            return Verdict { limit, remaining: limit, reset: now, allowed: true };
        };
        let mut windows = shard.lock().unwrap_or_else(PoisonError::into_inner);
        if windows.len() >= SHARD && !windows.contains_key(&subject) {
            windows.retain(|_, window| window.ends > now);
            if windows.len() >= SHARD {
                windows.clear();
            }
        }
        let fresh = Window { ends: now + length, calls: 0 };
        let window = windows.entry(subject).or_insert(fresh);
        // Over; or a clock that jumped back, which must not lock anybody out for longer than a window lasts.
        if window.ends <= now || window.ends > now + length {
            *window = Window { ends: now + length, calls: 0 };
        }
        window.calls = window.calls.saturating_add(1);
        Verdict {
            limit,
            remaining: limit.saturating_sub(window.calls),
            reset: window.ends,
            allowed: window.calls <= limit,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ann() -> Subject {
        Subject { endpoint: 3, who: "ann".into() }
    }

    #[test]
    fn refuses_above_the_limit_until_the_window_ends() {
        let limiter = Limiter::default();
        assert_eq!(limiter.count(ann(), 2, 1_000, 0).remaining, 1);
        assert!(limiter.count(ann(), 2, 1_000, 10).allowed);
        let refused = limiter.count(ann(), 2, 1_000, 20);
        assert_eq!(refused, Verdict { limit: 2, remaining: 0, reset: 1_000, allowed: false });
        assert!(limiter.count(Subject { who: "bob".into(), ..ann() }, 2, 1_000, 20).allowed);
        assert!(limiter.count(ann(), 2, 1_000, 1_000).allowed);
    }

    #[test]
    fn a_clock_that_jumps_back_locks_nobody_out() {
        let limiter = Limiter::default();
        assert!(limiter.count(ann(), 1, 1_000, 1_000_000).allowed);
        assert!(limiter.count(ann(), 1, 1_000, 500).allowed);
    }

    #[test]
    fn memory_is_bounded() {
        let limiter = Limiter::default();
        for n in 0..SHARD * SHARDS * 2 {
            limiter.count(Subject { endpoint: 1, who: n.to_string() }, 1, 1_000, 0);
        }
        let kept: usize = limiter.shards.iter().map(|shard| shard.lock().unwrap().len()).sum();
        assert!(kept <= SHARD * SHARDS);
    }
}
