//! Who is connected, of which rooms they are members, and what they listen to. No I/O, and nobody else's memory:
//! members who are not connected cost nothing.
//!
//! Connections, connected users and rooms in use have small numbers. A room lists the connected members and the
//! connections that listen to it, a user its connections and rooms, each sorted by number: what is asked for each
//! message is one walk over a few bytes a receiver.

mod members;
mod presence;
mod watches;
mod wishes;

pub(super) use presence::{News, TurnId};

use super::review::Doubt;
use super::slab::Slab;
use crate::outbox::Outbox;
use crate::streams::{Feed, Feeds, RoomFeeds};
use gantry_model::{Notify, RoomId, RoomWishes, UserId};
use std::collections::HashMap;
use std::sync::Arc;

/// See the head of this file.
#[derive(Default)]
pub(crate) struct Index {
    connections: Slab<Connection>,
    users: Slab<Online>,
    rooms: Slab<InUse>,
    by_user: HashMap<UserId, u32>,
    by_room: HashMap<RoomId, u32>,
    /// Connections that hear every message they may read and see channels without being members.
    roamers: Vec<u32>,
    watched: presence::Watched,
    /// What members want in one room, by room and user: of those who want anything particular.
    wishes: HashMap<(u32, u32), RoomWishes>,
    /// Counts the logins that made somebody connected, see [`Ticket`].
    logins: u64,
    /// Counts what may have taken access from somebody, see [`Index::access_epoch`].
    access: u64,
    /// Who may hear less than stands here, since commits that nobody has looked into yet; the oldest first.
    doubts: Vec<Doubt>,
    /// Rooms that changed or went by commits that nobody was told of yet: what was a channel may be none any more.
    turning: Vec<RoomId>,
}

/// The number of a connection, as long as it lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ConnectionId(u32);

/// A connection.
pub(super) struct Connection {
    outbox: Arc<Outbox>,
    /// Whose, if logged in.
    user: Option<u32>,
    /// Tells its login's token from others.
    session: u64,
    /// Its own logout is on its way: it is not to be closed for it.
    leaving: bool,
    feeds: Feeds,
    /// Sees channels without being a member of them.
    roams: bool,
    /// Rooms it listens to.
    rooms: Vec<u32>,
    /// Users whose presence it listens to.
    watched: Vec<u32>,
    /// What it is still to be told of presence, if it was told of some a moment ago.
    turn: Option<Box<presence::Turn>>,
}

/// A user who is connected.
struct Online {
    id: UserId,
    connections: Vec<u32>,
    /// Rooms the user is a member of.
    rooms: Vec<u32>,
    /// What any of the connections listens to.
    feeds: Feeds,
    /// What the user's global roles give does not open every room that the user is a member of.
    narrow: bool,
    /// Of what the user prefers to be notified; nothing = as the server does by default.
    desktop: Option<Notify>,
    /// Until the memberships are read: which login reads them, and what changed meanwhile.
    loading: Option<Box<Loading>>,
}

struct Loading {
    ticket: Ticket,
    missed: Vec<Missed>,
}

/// What changed while memberships were read.
enum Missed {
    Joined(RoomId),
    Left(RoomId),
    Preferred(Option<Notify>),
    Wished(RoomId, RoomWishes),
}

/// A room that somebody connected is a member of, or listens to.
struct InUse {
    id: RoomId,
    members: Vec<Member>,
    watchers: Vec<Watcher>,
}

/// A connected member of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Member {
    user: u32,
    /// An alert is set and was told: one more changes nothing.
    alerted: bool,
    /// One of the user's connections hears every message the user may read.
    hears_all: bool,
    /// May not read the room, though a member.
    deaf: bool,
    /// Wants something particular to be notified of in this room.
    particular: bool,
}

/// A connection that listens to a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Watcher {
    connection: u32,
    feeds: RoomFeeds,
}

/// The right to say which rooms somebody is a member of: given to the login that made the user connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ticket(u64);

impl Index {
    /// Takes in a connection.
    pub(crate) fn connect(&mut self, outbox: Arc<Outbox>) -> ConnectionId {
        ConnectionId(self.connections.insert(Connection {
            outbox,
            user: None,
            session: 0,
            leaving: false,
            feeds: Feeds::default(),
            roams: false,
            rooms: Vec::new(),
            watched: Vec::new(),
            turn: None,
        }))
    }

    /// Forgets a connection and everything about it.
    pub(crate) fn disconnect(&mut self, connection: ConnectionId) {
        self.unbind(connection);
        self.connections.remove(connection.0);
    }

    /// The connection now is `uid`'s, by the login that `session` stands for; what it heard as somebody else, or as
    /// nobody, it hears no more. A ticket when the memberships must be read before anything else.
    pub(crate) fn bind(&mut self, connection: ConnectionId, uid: &UserId, session: u64) -> Option<Ticket> {
        if self.user_of(connection) != Some(uid) {
            self.unbind(connection);
        }
        let user = self.online(uid);
        let own = self.connections.get_mut(connection.0)?;
        (own.user, own.session, own.leaving) = (Some(user), session, false);
        let online = self.users.get_mut(user)?;
        insert(&mut online.connections, connection.0);
        online.loading.as_ref().map(|loading| loading.ticket)
    }

    fn online(&mut self, uid: &UserId) -> u32 {
        if let Some(user) = self.by_user.get(uid) {
            return *user;
        }
        self.logins += 1;
        let loading = Loading { ticket: Ticket(self.logins), missed: Vec::new() };
        let user = self.users.insert(Online {
            id: uid.clone(),
            connections: Vec::new(),
            rooms: Vec::new(),
            feeds: Feeds::default(),
            narrow: false,
            desktop: None,
            loading: Some(Box::new(loading)),
        });
        self.by_user.insert(uid.clone(), user);
        user
    }

    /// The connection is nobody's any more, and listens to nothing but what is for everybody.
    pub(crate) fn unbind(&mut self, connection: ConnectionId) {
        self.unwatch_all(connection);
        self.forget_watched(connection);
        self.watch_everybodys(connection, false);
        self.forget_turn(connection);
        let Some(own) = self.connections.get_mut(connection.0) else { return };
        for feed in Feed::ALL.iter().filter(|feed| !feed.is_public()) {
            own.feeds.set(*feed, false);
        }
        (own.roams, own.leaving) = (false, false);
        let user = own.user.take();
        remove(&mut self.roamers, connection.0);
        if let Some(user) = user {
            self.unbind_from(user, connection.0);
        }
    }

    fn unbind_from(&mut self, user: u32, connection: u32) {
        let Some(online) = self.users.get_mut(user) else { return };
        remove(&mut online.connections, connection);
        match online.connections.is_empty() {
            true => self.offline(user),
            false => self.gather_feeds(user),
        }
    }

    fn offline(&mut self, user: u32) {
        let Some(online) = self.users.remove(user) else { return };
        self.by_user.remove(&online.id);
        for room in online.rooms {
            self.drop_member(room, user);
        }
    }

    /// Its user's own logout is about to commit, or did not.
    pub(crate) fn set_leaving(&mut self, connection: ConnectionId, leaving: bool) {
        if let Some(own) = self.connections.get_mut(connection.0) {
            own.leaving = leaving;
        }
    }

    /// A user's connections whose login `ended` names, each with whether it is leaving by itself.
    pub(crate) fn sessions(&self, uid: &UserId, ended: impl Fn(u64) -> bool) -> Vec<(ConnectionId, bool)> {
        let of_user = self.slots_of(uid).filter_map(|slot| Some((slot, self.connections.get(slot)?)));
        let ended = of_user.filter(|(_, one)| ended(one.session));
        ended.map(|(slot, one)| (ConnectionId(slot), one.leaving)).collect()
    }

    /// Every connection that hears more than what is for everybody: it is logged in, or listens to a room.
    pub(crate) fn with_access(&self) -> Vec<ConnectionId> {
        let has_access = |one: &Connection| one.user.is_some() || !one.rooms.is_empty();
        self.connections.iter().filter(|(_, one)| has_access(one)).map(|(slot, _)| ConnectionId(slot)).collect()
    }

    /// Whose connection it is.
    pub(crate) fn user_of(&self, connection: ConnectionId) -> Option<&UserId> {
        Some(&self.users.get(self.connections.get(connection.0)?.user?)?.id)
    }

    /// The users who are connected.
    pub(crate) fn users(&self) -> impl Iterator<Item = &UserId> {
        self.users.iter().map(|(_, online)| &online.id)
    }

    /// Whether the user is connected.
    pub(crate) fn is_online(&self, uid: &UserId) -> bool {
        self.by_user.contains_key(uid)
    }

    /// The connection's queue.
    pub(crate) fn outbox(&self, connection: ConnectionId) -> Option<&Arc<Outbox>> {
        Some(&self.connections.get(connection.0)?.outbox)
    }

    /// Every connection's queue.
    pub(crate) fn outboxes(&self) -> impl Iterator<Item = &Arc<Outbox>> {
        self.connections.iter().map(|(_, one)| &one.outbox)
    }

    fn slots_of(&self, uid: &UserId) -> impl Iterator<Item = u32> {
        let online = self.by_user.get(uid).and_then(|user| self.users.get(*user));
        online.into_iter().flat_map(|online| online.connections.iter().copied())
    }

    /// Changes whenever somebody may have lost access to something. A permission that was checked before a change must
    /// be checked again before it is acted on.
    pub(crate) fn access_epoch(&self) -> u64 {
        self.access
    }

    /// See [`Index::access_epoch`].
    pub(crate) fn access_changed(&mut self) {
        self.access += 1;
    }

    /// Somebody may hear less than stands here, or more, until that is looked into.
    pub(crate) fn doubt(&mut self, doubt: Doubt) {
        self.doubts.push(doubt);
    }

    /// What is to be looked into.
    pub(crate) fn doubts(&self) -> &[Doubt] {
        &self.doubts
    }

    /// So many of the oldest doubts were looked into.
    pub(crate) fn settle(&mut self, doubts: usize) {
        self.doubts.drain(..doubts);
        shrink(&mut self.doubts);
    }

    /// Whether everybody may hear what stands here.
    pub(crate) fn is_settled(&self) -> bool {
        self.doubts.is_empty()
    }

    /// The room may be no channel any more.
    pub(crate) fn turning(&mut self, rid: &RoomId) {
        self.turning.push(rid.clone());
    }

    /// One such change of the room was told.
    pub(crate) fn turned(&mut self, rid: &RoomId) {
        if let Some(at) = self.turning.iter().position(|turning| turning == rid) {
            self.turning.remove(at);
            shrink(&mut self.turning);
        }
    }

    /// Whether the room may be no channel any more though it was one at what is being told.
    pub(crate) fn is_turning(&self, rid: &RoomId) -> bool {
        self.turning.contains(rid)
    }

    /// How many connections, users and rooms there are.
    pub(crate) fn counts(&self) -> [usize; 3] {
        [self.connections.len(), self.users.len(), self.rooms.len()]
    }
}

/// Puts `value` into a sorted list without doubles.
fn insert(list: &mut Vec<u32>, value: u32) {
    if let Err(at) = list.binary_search(&value) {
        grow(list);
        list.insert(at, value);
    }
}

/// Takes `value` out of a sorted list.
fn remove(list: &mut Vec<u32>, value: u32) -> bool {
    let found = list.binary_search(&value);
    if let Ok(at) = found {
        list.remove(at);
        shrink(list);
    }
    found.is_ok()
}

/// Room for one more in a list of which there are very many: most of them stay short.
fn grow<T>(list: &mut Vec<T>) {
    if list.len() == list.capacity() {
        list.reserve_exact(1 + list.len() / 2);
    }
}

fn shrink<T>(list: &mut Vec<T>) {
    if list.len() * 4 < list.capacity() {
        list.shrink_to(list.len() * 2);
    }
}

#[cfg(test)]
mod tests;
