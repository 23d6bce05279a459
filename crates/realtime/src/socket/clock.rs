//! When a connection must be asked, or given up.

use super::Limits;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::time::{Instant, Sleep, sleep};

/// One timer for all that a connection waits for.
///
/// What happens on the connection only notes the time; the timer is set anew when it fires too early, so that ten
/// thousand silent connections cost some hundred wakings a second, and a busy one none.
#[derive(Debug)]
pub(crate) struct Clock {
    sleep: Pin<Box<Sleep>>,
    heard: Instant,
    asked: bool,
    stuck: Option<Instant>,
    closing: Option<Instant>,
}

/// What the time has come for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// To ask the client whether it is there.
    Ping,
    /// To give up a client that did not answer.
    Timeout,
    /// To give up a client that reads nothing.
    Stuck,
    /// To stop waiting for the end.
    End,
}

impl Clock {
    pub(crate) fn new(limits: &Limits) -> Self {
        let sleep = Box::pin(sleep(limits.silence));
        Self { sleep, heard: Instant::now(), asked: false, stuck: None, closing: None }
    }

    /// Something came from the client.
    pub(crate) fn heard(&mut self) {
        self.heard = Instant::now();
        self.asked = false;
    }

    /// The client is asked whether it is there.
    pub(crate) fn asked(&mut self) {
        self.asked = true;
    }

    /// Nothing more can be written for now.
    pub(crate) fn stuck(&mut self) {
        self.stuck.get_or_insert_with(Instant::now);
    }

    /// Something was written.
    pub(crate) fn moved(&mut self) {
        self.stuck = None;
    }

    /// The end has begun.
    pub(crate) fn closing(&mut self) {
        self.closing.get_or_insert_with(Instant::now);
    }

    pub(crate) fn is_closing(&self) -> bool {
        self.closing.is_some()
    }

    /// What is due; has the task woken when something may be.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>, limits: &Limits) -> Poll<Due> {
        let (at, due) = self.next(limits);
        if at < self.sleep.deadline() {
            self.sleep.as_mut().reset(at);
        }
        while self.sleep.as_mut().poll(cx).is_ready() {
            if at <= Instant::now() {
                return Poll::Ready(due);
            }
            self.sleep.as_mut().reset(at);
        }
        Poll::Pending
    }

    fn next(&self, limits: &Limits) -> (Instant, Due) {
        if let Some(closing) = self.closing {
            return (closing + limits.close, Due::End);
        }
        let heart = match self.asked {
            false => (self.heard + limits.silence, Due::Ping),
            true => (self.heard + limits.silence + limits.answer, Due::Timeout),
        };
        let stuck = self.stuck.map(|since| (since + limits.write, Due::Stuck));
        stuck.filter(|stuck| stuck.0 < heart.0).unwrap_or(heart)
    }
}

#[cfg(test)]
mod tests;
