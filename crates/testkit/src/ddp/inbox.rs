//! What a socket has heard.

use serde_json::Value;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, timeout_at};

/// How a connection ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// The code of the server's close frame; `None` when it hung up without one.
    pub code: Option<u16>,
    /// Its reason.
    pub reason: String,
}

/// Frames in order of arrival; each is taken at most once.
#[derive(Debug, Default)]
pub(super) struct Inbox {
    state: Mutex<State>,
    arrived: Notify,
}

#[derive(Debug, Default)]
struct State {
    frames: Vec<(Value, Taken)>,
    closed: Option<Closed>,
}

type Taken = bool;

impl Inbox {
    /// Adds a frame and gives it back; text that is no JSON stays a text.
    pub(super) fn put(&self, text: &str) -> Value {
        let frame = serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
        self.state().frames.push((frame.clone(), false));
        self.arrived.notify_waiters();
        frame
    }

    /// Notes the end, with the code and reason of the close frame or, under code 0, what broke.
    pub(super) fn end(&self, how: Option<(u16, String)>) {
        let (code, reason) = how.unwrap_or_default();
        self.state().closed = Some(Closed { code: Some(code).filter(|code| *code != 0), reason });
        self.arrived.notify_waiters();
    }

    /// Takes the first frame that is `right`.
    pub(super) fn take(&self, right: impl Fn(&Value) -> bool) -> Option<Value> {
        let mut state = self.state();
        let (frame, taken) = state.frames.iter_mut().find(|(frame, taken)| !taken && right(frame))?;
        *taken = true;
        Some(frame.clone())
    }

    /// Waits for a frame that is `right` and takes it; `None` when none came in time, or none can come any more.
    pub(super) async fn wait(&self, within: Duration, right: impl Fn(&Value) -> bool) -> Option<Value> {
        self.until(within, || {
            let frame = self.take(&right);
            if frame.is_none() && self.state().closed.is_some() { Some(None) } else { frame.map(Some) }
        })
        .await
        .flatten()
    }

    /// Waits for the end of the connection.
    pub(super) async fn closed(&self, within: Duration) -> Option<Closed> {
        self.until(within, || self.state().closed.clone()).await
    }

    /// Every frame so far.
    pub(super) fn everything(&self) -> Vec<Value> {
        self.state().frames.iter().map(|(frame, _)| frame.clone()).collect()
    }

    async fn until<T>(&self, within: Duration, look: impl Fn() -> Option<T>) -> Option<T> {
        let deadline = Instant::now() + within;
        loop {
            // Made before the look, so that what arrives in between wakes it.
            let arrival = self.arrived.notified();
            if let Some(found) = look() {
                return Some(found);
            }
            if timeout_at(deadline, arrival).await.is_err() {
                return look();
            }
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was heard and not taken, for the report of a failure.
impl fmt::Display for Inbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        match &state.closed {
            Some(Closed { code, reason }) => write!(f, "the connection is closed ({code:?} {reason:?})")?,
            None => f.write_str("the connection is open")?,
        }
        writeln!(f, ", heard and not yet taken:")?;
        let left = state.frames.iter().filter(|(frame, taken)| !taken && frame["msg"] != "updated");
        left.map(|(frame, _)| frame).try_for_each(|frame| writeln!(f, "  {frame}"))
    }
}
