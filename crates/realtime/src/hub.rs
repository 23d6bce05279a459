//! From commits to sockets.
//!
//! The writer tells the [`Hub`] what was committed, twice: before the answers are released it takes in who is a member
//! of what and whose sessions ended, so that whoever lost access hears nothing more; afterwards the batch goes to one
//! task, the fan-out, which tells the receivers in the order of the commits. What is personal, or the newest state of
//! something, is read and sent by another task, the refresher, always behind the fan-out.

mod fanout;
pub(crate) mod frames;
mod index;
mod presence;
mod progress;
mod refresh;
mod review;
mod round;
mod slab;
mod stale;
mod user_data;

pub(crate) use index::{ConnectionId, Index, Ticket};

use crate::outbox::Outbox;
use crate::streams::{Feed, RoomFeed};
use crate::tally;
use crate::websocket::Close;
use fanout::FanOut;
use gantry_chat::presence::Shown;
use gantry_chat::{Audience, Chat};
use gantry_model::event::{Batch, EndedSessions, Event, Sequenced};
use gantry_model::{Result, RoomId, UserId};
use presence::Seen;
use progress::Progress;
use review::Doubt;
use stale::Stale;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;
use tokio::sync::{mpsc, watch};
use tokio::time::timeout;

/// Batches that wait to be told, at most; beyond it the writer waits.
const WAITING: usize = 128;

/// How long anybody waits for the fan-out.
const PATIENCE: Duration = Duration::from_secs(1);

/// Said to a client whose session ended elsewhere.
const LOGGED_OUT: Close = Close::PROTOCOL_ERROR;

/// Said when the server does not know any more what a client may hear: it logs in again and asks.
const UNCERTAIN: Close = Close::new(1012, "Please connect again");

/// What connections, fan-out and refresher share.
pub(crate) struct Hub {
    index: RwLock<Index>,
    stale: Stale,
    reading: refresh::Reading,
    seen: Seen,
    progress: Progress,
    hasher: RandomState,
}

/// The hub as the operations know it.
struct Ears {
    hub: Arc<Hub>,
    queue: mpsc::Sender<Arc<Batch>>,
}

/// As long as this lives, the hub tells.
pub(crate) struct Alive {
    _tasks: watch::Sender<()>,
}

impl Hub {
    /// Begins to tell what `chat` commits. Must be called on a runtime, once.
    pub(crate) fn start(chat: &Chat) -> (Arc<Self>, Alive) {
        let (queue, batches) = mpsc::channel(WAITING);
        let (alive, end) = watch::channel(());
        let hub = Arc::new(Self::default());
        chat.announce_to(Arc::new(Ears { hub: hub.clone(), queue }));
        spawn(&end, FanOut::new(chat.clone(), hub.clone()).run(batches));
        spawn(&end, refresh::run(chat.clone(), hub.clone()));
        spawn(&end, presence::run(chat.clone(), hub.clone()));
        (hub, Alive { _tasks: alive })
    }

    /// The index, to look at.
    pub(crate) fn index(&self) -> RwLockReadGuard<'_, Index> {
        // Nothing in the index panics half-way; and who listens to what is worth more than stopping.
        self.index.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The index, to change.
    pub(crate) fn index_mut(&self) -> RwLockWriteGuard<'_, Index> {
        self.index.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The index, to look at; nothing while it is in doubt who may hear what.
    pub(crate) fn settled_index(&self) -> Option<RwLockReadGuard<'_, Index>> {
        Some(self.index()).filter(|index| index.is_settled())
    }

    /// Returns when everything that was committed so far has been told, and says so; it does not wait for ever for that.
    pub(crate) async fn caught_up(&self) -> bool {
        let (target, mut told) = (self.progress.now(), self.progress.follow());
        let caught_up = timeout(PATIENCE, told.wait_for(|told| *told >= target)).await.is_ok();
        if !caught_up {
            tracing::warn!("telling what was committed takes longer than {PATIENCE:?}");
        }
        caught_up
    }

    /// Looks up which rooms somebody may read who has just become known to the index.
    pub(crate) async fn review_newcomer(&self, chat: &Chat, uid: &UserId) -> Result<()> {
        review::newcomer(chat, self, uid).await
    }

    /// What stands for the session of a token.
    pub(crate) fn session(&self, token_hash: &str) -> u64 {
        self.hasher.hash_one(token_hash)
    }

    /// Says goodbye to every connection: what is in hand is finished and answered.
    pub(crate) fn close(&self, close: &Close) {
        self.index().outboxes().for_each(|outbox| outbox.finish(close.clone()));
    }

    fn take_in(&self, batch: &Batch) {
        if !batch.events.iter().any(|one| concerns_index(&one.event)) {
            return;
        }
        let mut index = self.index_mut();
        for (at, one) in batch.events.iter().enumerate() {
            self.take_in_one(&mut index, &batch.events[..at], &one.event);
        }
    }

    fn take_in_one(&self, index: &mut Index, before: &[Sequenced], event: &Event) {
        match event {
            Event::SubscriptionInserted { rid, uid, .. } => {
                index.joined(uid, rid);
                if index.is_narrow(uid) {
                    index.doubt(Doubt::User(uid.clone()));
                }
            }
            Event::SubscriptionRemoved(gone) => {
                farewell(index, before, &gone.uid, &gone.rid);
                index.left(&gone.uid, &gone.rid);
            }
            Event::RoomRemoved { rid, .. } => {
                index.silence_room(rid);
                index.turning(rid);
            }
            Event::NotificationsChosen { uid, desktop } => index.prefer(uid, *desktop),
            Event::RoomNotificationsChosen { rid, uid, wishes } => index.wish(uid, rid, wishes.clone()),
            Event::SessionsEnded { uid, which } => self.end_sessions(index, uid, which),
            event => {
                if let Some(doubt) = Doubt::about(event) {
                    if let Doubt::Room(rid) = &doubt {
                        index.turning(rid);
                    }
                    index.access_changed();
                    index.doubt(doubt);
                }
            }
        }
    }

    /// Nothing more reaches the sockets of these sessions but that they ended, and the answer to a logout.
    fn end_sessions(&self, index: &mut Index, uid: &UserId, which: &EndedSessions) {
        let ended = match which {
            EndedSessions::One(hash) => {
                let one = self.session(hash);
                index.sessions(uid, |session| session == one)
            }
            EndedSessions::AllBut(kept) => {
                let kept = kept.as_deref().map(|hash| self.session(hash));
                index.sessions(uid, |session| Some(session) != kept)
            }
        };
        index.access_changed();
        for (connection, leaving) in ended {
            let Some(outbox) = index.outbox(connection).cloned() else { continue };
            if !leaving && index.listens(connection, Feed::ForceLogout) {
                // A refusal means that it ends anyway.
                let _ = outbox.push(frames::own(uid, Feed::ForceLogout, "").frame(outbox.form()));
            }
            index.unbind(connection);
            if !leaving {
                outbox.finish(LOGGED_OUT);
            }
        }
    }
}

/// Runs a task that would never end, until [`Alive`] is dropped.
fn spawn(end: &watch::Receiver<()>, task: impl Future<Output = ()> + Send + 'static) {
    let mut end = end.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = end.changed() => {}
            () = task => {}
        }
    });
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            index: RwLock::default(),
            stale: Stale::default(),
            reading: refresh::Reading::default(),
            seen: Seen::default(),
            progress: Progress::default(),
            hasher: RandomState::new(),
        }
    }
}

/// Whether an event changes who hears what.
fn concerns_index(event: &Event) -> bool {
    matches!(
        event,
        Event::SubscriptionInserted { .. }
            | Event::SubscriptionRemoved(_)
            | Event::RoomRemoved { .. }
            | Event::NotificationsChosen { .. }
            | Event::RoomNotificationsChosen { .. }
            | Event::SessionsEnded { .. }
    ) || Doubt::about(event).is_some()
}

/// Who leaves a room still hears the message that says so: it came before.
fn farewell(index: &Index, before: &[Sequenced], uid: &UserId, rid: &RoomId) {
    for one in before {
        if let Event::MessageSent(sent) = &one.event
            && sent.message.rid == *rid
            && sent.message.author == *uid
        {
            let frame = frames::message(rid, &frames::text_of(sent)).share();
            for outbox in index.watchers_of(uid, rid, RoomFeed::Messages) {
                push(outbox, &frame);
            }
        }
    }
}

/// Gives a connection a message that others get, too. One that is full is closed by its queue, and comes back.
pub(crate) fn push(outbox: &Outbox, frame: &crate::frame::Shared) {
    if outbox.push(frame.frame(outbox.form())).is_err() {
        tally::REFUSED.increment(1);
    }
}

impl Audience for Ears {
    fn committed(&self, batch: &Batch) {
        self.hub.progress.committed();
        self.hub.take_in(batch);
    }

    fn announce(&self, batch: Arc<Batch>) {
        let Err(refused) = self.queue.try_send(batch) else { return };
        if let mpsc::error::TrySendError::Full(batch) = refused {
            // The writer is a thread of its own: it may wait for those who tell. They have gone only when all ends.
            let _ = self.queue.blocking_send(batch);
        }
    }

    fn uncertain(&self) {
        let mut index = self.hub.index_mut();
        index.access_changed();
        for connection in index.with_access() {
            if let Some(outbox) = index.outbox(connection).cloned() {
                index.unbind(connection);
                outbox.finish(UNCERTAIN);
            }
        }
    }

    fn whisper(&self, uid: &UserId, event: &str, argument: &str) {
        let Some(feed) = Feed::own(event) else { return };
        let frame = frames::own(uid, feed, argument).share();
        self.hub.index().each_of(uid, feed, |outbox| push(outbox, &frame));
    }

    fn presence_changed(&self, uid: &UserId, shown: &Shown) {
        self.hub.seen.note(uid, shown);
    }

    fn own_presence_changed(&self, uid: &UserId, shown: &Shown) {
        self.hub.seen.note_own(uid, shown);
    }
}

#[cfg(test)]
mod tests;
