//! What is counted, and read at `/metrics`.

use metrics::{Counter, Gauge};
use std::ops::AddAssign;
use std::sync::LazyLock;

/// Open connections.
pub(crate) static CONNECTIONS: LazyLock<Gauge> = LazyLock::new(|| metrics::gauge!("gantry_realtime_connections"));

/// Frames that clients were sent.
pub(crate) static SENT: LazyLock<Counter> = LazyLock::new(|| metrics::counter!("gantry_realtime_frames_sent_total"));

/// Writes that they were sent in.
pub(crate) static WRITES: LazyLock<Counter> = LazyLock::new(|| metrics::counter!("gantry_realtime_writes_total"));

/// What was sent, until it is counted: a message for thousands is counted once.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sent {
    pub(crate) messages: u64,
    pub(crate) writes: u64,
}

impl AddAssign for Sent {
    fn add_assign(&mut self, other: Self) {
        self.messages += other.messages;
        self.writes += other.writes;
    }
}

impl Sent {
    pub(crate) fn count(self) {
        SENT.increment(self.messages);
        WRITES.increment(self.writes);
    }
}

/// Messages that clients sent.
pub(crate) static RECEIVED: LazyLock<Counter> =
    LazyLock::new(|| metrics::counter!("gantry_realtime_frames_received_total"));

/// Messages that a full queue refused.
pub(crate) static REFUSED: LazyLock<Counter> = LazyLock::new(|| metrics::counter!("gantry_realtime_refused_total"));

/// A call of a method that there is, or of `other`.
pub(crate) fn called(method: &'static str, succeeded: bool) {
    let outcome = if succeeded { "ok" } else { "error" };
    metrics::counter!("gantry_realtime_methods_total", "method" => method, "outcome" => outcome).increment(1);
}
