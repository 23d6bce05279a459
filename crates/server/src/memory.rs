//! What the process holds of the machine's memory: little, and not for longer than it is needed.
//!
//! The system's allocator keeps what was freed, in as many heaps as there were threads at work at once: after a burst a
//! server that rests holds five times what it needs. So the number of heaps is bounded, large pieces (a password's hash
//! takes nineteen MiB) go back at once, and the rest when the burst is over.

use rustix::time::{ClockId, clock_gettime};
use std::time::Duration;
use tokio::time::{MissedTickBehavior, interval};

/// How often it looks whether the process rests.
const LOOK: Duration = Duration::from_secs(10);

/// CPU time between two looks under which it rests, and above which it was at work.
const RESTING: Duration = Duration::from_millis(200);
const WORKING: Duration = Duration::from_secs(1);

/// Gives back what a burst took, once it is over, for ever.
pub(crate) async fn keep_small() {
    let mut looks = interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut before, mut kept) = (used(), used());
    loop {
        looks.tick().await;
        let now = used();
        if now - before < RESTING && now - kept > WORKING {
            allocator::give_back();
            kept = used();
        }
        before = now;
    }
}

/// CPU time of the process so far.
fn used() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(time.tv_sec.unsigned_abs(), u32::try_from(time.tv_nsec).unwrap_or_default())
}

pub(crate) use allocator::bound;

/// glibc's allocator, spoken to directly: there is no other way to tell it.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "glibc's two functions have no safe binding; neither takes or gives a pointer")]
mod allocator {
    /// Heaps, at most: more threads share them.
    const HEAPS: i32 = 4;

    /// Pieces of this size have pages of their own, and give them back when they are freed.
    const LARGE: i32 = 1024 * 1024;

    /// Free memory at the end of a heap above which it is given back.
    const SPARE: i32 = 1024 * 1024;

    /// To be called before other threads begin.
    pub(crate) fn bound() {
        for (what, value) in
            [(libc::M_ARENA_MAX, HEAPS), (libc::M_MMAP_THRESHOLD, LARGE), (libc::M_TRIM_THRESHOLD, SPARE)]
        {
            // SAFETY: takes two numbers, and may be called at any time. A refusal leaves the default, which works too.
            unsafe { libc::mallopt(what, value) };
        }
    }

    /// Gives the system every page of which nothing is in use.
    pub(super) fn give_back() {
        // SAFETY: takes a number; it locks each heap as every allocation does.
        unsafe { libc::malloc_trim(0) };
    }
}

/// Other allocators are left to themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
mod allocator {
    pub(crate) fn bound() {}
    pub(super) fn give_back() {}
}
