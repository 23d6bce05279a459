//! Whose presence is listened to, by whom, and what each connection is still to be told of it.
//!
//! What a connection is told begins its turn: until that is over it is told no more, then everything that changed
//! meanwhile at once, of each user the newest, and nothing of who looks again as it was told last. So a turn remembers
//! for each change which version of the user's presence its connection knows.

use super::{ConnectionId, Index, insert, remove};
use crate::frame::{Frame, Shared};
use crate::hub::slab::Slab;
use crate::streams::Feed;
use gantry_chat::presence::Shown;
use gantry_model::UserId;
use std::collections::{HashMap, HashSet};

/// Users whose presence somebody listens to.
#[derive(Default)]
pub(super) struct Watched {
    users: Slab<Subject>,
    by_id: HashMap<UserId, u32>,
    /// Connections that listen to everybody's.
    everybodys: Vec<u32>,
    /// Counts the turns.
    turns: u64,
    /// Counts the versions of all users: a slot may have been another's before, and what a turn remembers of that one must
    /// not be taken for this one's.
    versions: u32,
}

/// A user whose presence somebody listens to.
struct Subject {
    id: UserId,
    listeners: Vec<u32>,
    version: u32,
    /// The last versions, as far as every listener was there for them.
    known: Vec<(u32, Shown)>,
    news: Option<News>,
}

/// How somebody looks now, written.
pub(crate) struct News {
    pub(crate) shown: Shown,
    /// For those who listen to this user.
    pub(crate) to_listeners: Option<Shared>,
    /// For those who listen to everybody.
    pub(crate) to_all: Option<Shared>,
}

/// What a connection that was just told something is still to be told.
pub(super) struct Turn {
    number: u64,
    /// Users, and which version of theirs the connection knows; the first entry of a user counts.
    due: Vec<(u32, u32)>,
}

/// A connection's turn, which is to be ended a while after it began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TurnId {
    connection: ConnectionId,
    number: u64,
}

/// The most users one connection may listen to.
const MOST: usize = 5_000;
/// The most users that a connection is told of at once; others wait for the next turn, or its queue could not hold them.
const AT_ONCE: usize = 256;
/// Versions of somebody's presence that are remembered.
const VERSIONS: usize = 4;
/// Entries of a turn above which it is looked through for users who stand in it twice.
const CROWDED: usize = 64;

impl Index {
    /// The connection listens to the presence of `uid` from now on; false when it listens to too many.
    pub(crate) fn watch_presence(&mut self, connection: ConnectionId, uid: &UserId) -> bool {
        let Some(own) = self.connections.get_mut(connection.0) else { return true };
        if own.watched.len() >= MOST {
            return false;
        }
        let slot = self.watched.subject(uid);
        insert(&mut own.watched, slot);
        if let Some(subject) = self.watched.users.get_mut(slot) {
            insert(&mut subject.listeners, connection.0);
            // What the newcomer has read, and when, nobody knows.
            subject.known = Vec::new();
        }
        true
    }

    /// The connection listens to the presence of `uid` no more.
    pub(crate) fn unwatch_presence(&mut self, connection: ConnectionId, uid: &UserId) {
        if let Some(&slot) = self.watched.by_id.get(uid)
            && let Some(own) = self.connections.get_mut(connection.0)
            && remove(&mut own.watched, slot)
        {
            self.watched.remove(slot, connection.0);
        }
    }

    /// The connection listens to nobody's presence any more.
    pub(crate) fn forget_watched(&mut self, connection: ConnectionId) {
        let Some(own) = self.connections.get_mut(connection.0) else { return };
        for slot in std::mem::take(&mut own.watched) {
            self.watched.remove(slot, connection.0);
        }
    }

    /// The connection listens to everybody's presence, or does so no more.
    pub(super) fn watch_everybodys(&mut self, connection: ConnectionId, on: bool) {
        match on {
            true => insert(&mut self.watched.everybodys, connection.0),
            false => self.watched.leave_everybody(connection.0),
        }
    }

    /// The connection is told nothing more of presence that changed before.
    pub(super) fn forget_turn(&mut self, connection: ConnectionId) {
        if let Some(own) = self.connections.get_mut(connection.0) {
            own.turn = None;
        }
    }

    /// The connections that listen to the presence of `uid`, and those that listen to everybody's.
    pub(crate) fn presence_listeners(&self, uid: &UserId) -> [&[u32]; 2] {
        let slot = self.watched.by_id.get(uid);
        let subject = slot.and_then(|slot| self.watched.users.get(*slot));
        [subject.map_or(&[], |subject| &subject.listeners), &self.watched.everybodys]
    }

    /// Somebody's presence changed: notes it for everybody who listens, and adds to `begun` the turns of those who have
    /// none yet.
    pub(crate) fn presence_changed(&mut self, uid: &UserId, news: News, begun: &mut Vec<TurnId>) {
        let Self { watched, connections, .. } = self;
        let slot = watched.subject(uid);
        let Watched { users, everybodys, turns, versions, .. } = watched;
        let Some(subject) = users.get_mut(slot) else { return };
        if everybodys.is_empty() && subject.knows(subject.version).is_some_and(|known| *known == news.shown) {
            return;
        }
        let before = subject.change(next(versions), news);
        for connection in subject.listeners.iter().chain(everybodys.iter()) {
            let Some(own) = connections.get_mut(*connection) else { continue };
            let turn = own.turn.get_or_insert_with(|| {
                *turns += 1;
                begun.push(TurnId { connection: ConnectionId(*connection), number: *turns });
                Box::new(Turn { number: *turns, due: Vec::new() })
            });
            turn.note(slot, before);
        }
        watched.release(slot);
    }

    /// Says what is due to the connection whose turn is over, or has just begun; whether it said anything, and there will
    /// be an end of this turn again.
    pub(crate) fn tell_presence(&mut self, TurnId { connection, number }: TurnId) -> bool {
        let Self { watched, connections, .. } = self;
        let Some(own) = connections.get_mut(connection.0) else { return false };
        let Some(turn) = own.turn.as_deref_mut().filter(|turn| turn.number == number) else { return false };
        let frames = watched.frames(turn, &own.watched, own.feeds.has(Feed::UserStatus));
        if frames.is_empty() {
            own.turn = None;
            return false;
        }
        let form = own.outbox.form();
        // A refusal means that the connection ends anyway.
        let _ = own.outbox.push_all(frames.into_iter().map(|frame| frame.frame(form)).collect::<Vec<Frame>>());
        true
    }
}

impl Watched {
    fn subject(&mut self, uid: &UserId) -> u32 {
        let Self { users, by_id, versions, .. } = self;
        let mut new = || Subject {
            id: uid.clone(),
            listeners: Vec::new(),
            version: next(versions),
            known: Vec::new(),
            news: None,
        };
        *by_id.entry(uid.clone()).or_insert_with(|| users.insert(new()))
    }

    fn remove(&mut self, slot: u32, connection: u32) {
        if let Some(subject) = self.users.get_mut(slot) {
            remove(&mut subject.listeners, connection);
            self.release(slot);
        }
    }

    /// Forgets a user to whom nobody listens.
    fn release(&mut self, slot: u32) {
        let is_alone = self.users.get(slot).is_some_and(|subject| subject.listeners.is_empty());
        if is_alone
            && self.everybodys.is_empty()
            && let Some(subject) = self.users.remove(slot)
        {
            self.by_id.remove(&subject.id);
        }
    }

    fn leave_everybody(&mut self, connection: u32) {
        if remove(&mut self.everybodys, connection) && self.everybodys.is_empty() {
            let slots: Vec<u32> = self.by_id.values().copied().collect();
            slots.into_iter().for_each(|slot| self.release(slot));
        }
    }

    /// What is due in a turn, to a connection that listens to the users in `listened`, or to everybody. The rest stays.
    fn frames(&self, turn: &mut Turn, listened: &[u32], to_all: bool) -> Vec<&Shared> {
        turn.tidy();
        let (mut frames, mut done) = (Vec::new(), 0);
        for (slot, version) in &turn.due {
            if frames.len() >= AT_ONCE {
                break;
            }
            done += 1;
            let Some(subject) = self.users.get(*slot) else { continue };
            let Some(news) = &subject.news else { continue };
            let is_new = subject.knows(*version).is_none_or(|known| *known != news.shown);
            if is_new && listened.binary_search(slot).is_ok() {
                frames.extend(&news.to_listeners);
            }
            if to_all {
                frames.extend(&news.to_all);
            }
        }
        turn.due.drain(..done);
        frames
    }
}

impl Subject {
    /// What was seen of the user in a version, if everybody who listens knows.
    fn knows(&self, version: u32) -> Option<&Shown> {
        self.known.iter().find(|(known, _)| *known == version).map(|(_, shown)| shown)
    }

    /// Takes in what is new, as this version; the version before.
    fn change(&mut self, version: u32, news: News) -> u32 {
        let before = std::mem::replace(&mut self.version, version);
        if self.known.len() == VERSIONS {
            self.known.remove(0);
        }
        self.known.push((self.version, news.shown.clone()));
        self.news = Some(news);
        before
    }
}

fn next(versions: &mut u32) -> u32 {
    *versions = versions.wrapping_add(1);
    *versions
}

impl Turn {
    fn note(&mut self, slot: u32, version: u32) {
        if self.due.len() >= CROWDED && self.due.len() == self.due.capacity() {
            self.tidy();
        }
        self.due.push((slot, version));
    }

    /// Each user once.
    fn tidy(&mut self) {
        let mut seen = HashSet::with_capacity(self.due.len());
        self.due.retain(|(slot, _)| seen.insert(*slot));
    }
}
