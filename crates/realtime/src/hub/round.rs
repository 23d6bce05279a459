//! What one task sends in one go.

use crate::frame::{Block, Frame, Shared};
use crate::outbox::{Key, Outbox, Queued, Refused};
use crate::tally::{self, Sent};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Connections that something was queued for: each gets all of it in one write, at [`Round::flush`].
#[derive(Default)]
pub(super) struct Round(Mutex<Touched>);

#[derive(Default)]
struct Touched {
    outboxes: Vec<Arc<Outbox>>,
    /// A queue fills.
    much: bool,
}

impl Round {
    /// Gives a connection a message that others get, too. One that is full is closed by its queue, and comes back.
    pub(super) fn push(&self, outbox: &Arc<Outbox>, frame: &Shared) {
        self.note(outbox, outbox.queue(frame.frame(outbox.form())));
    }

    /// As [`Round::push`], with a message of this connection's own.
    pub(super) fn push_own(&self, outbox: &Arc<Outbox>, frame: Frame) {
        self.note(outbox, outbox.queue(frame));
    }

    /// As [`Round::push`], with messages that come one right after the other.
    pub(super) fn push_block(&self, outbox: &Arc<Outbox>, block: &Block) {
        self.note(outbox, outbox.queue(block.frame(outbox.form())));
    }

    /// As [`Round::push`], in place of what waits with the same key.
    pub(super) fn push_latest(&self, outbox: &Arc<Outbox>, key: Key, frame: Frame) {
        self.note(outbox, outbox.queue_latest(key, frame));
    }

    fn note(&self, outbox: &Arc<Outbox>, queued: Result<Queued, Refused>) {
        match queued {
            Ok(Queued::First) => self.touched().outboxes.push(outbox.clone()),
            Ok(Queued::Taken | Queued::Promised) => {}
            Ok(Queued::Much) => {
                let mut touched = self.touched();
                touched.much = true;
                touched.outboxes.push(outbox.clone());
            }
            Err(_) => tally::REFUSED.increment(1),
        }
    }

    /// Writes it. Not to be called while the index is held: each connection costs a system call.
    pub(super) fn flush(&self) {
        let touched = std::mem::take(&mut *self.touched());
        let mut sent = Sent::default();
        touched.outboxes.iter().for_each(|outbox| sent += outbox.flush());
        sent.count();
    }

    /// Writes it before a queue is full.
    pub(super) fn flush_if_much(&self) {
        let much = self.touched().much;
        if much {
            self.flush();
        }
    }

    fn touched(&self) -> MutexGuard<'_, Touched> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
