//! What connections listen to.

use super::{ConnectionId, InUse, Index, Watcher, grow, insert, remove, shrink};
use crate::outbox::Outbox;
use crate::streams::{Feed, RoomFeed, RoomFeeds};
use gantry_chat::streams::Hearing;
use gantry_model::{RoomId, UserId};
use std::sync::Arc;

impl Index {
    /// The connection listens to an event of no room, or does so no more.
    pub(crate) fn listen(&mut self, connection: ConnectionId, feed: Feed, on: bool) {
        let Some(own) = self.connections.get_mut(connection.0) else { return };
        own.feeds.set(feed, on);
        let user = own.user;
        if feed == Feed::MyMessages && !on {
            self.roam(connection, false);
        }
        if feed == Feed::UserStatus {
            self.watch_everybodys(connection, on);
        }
        let Some(user) = user else { return };
        self.gather_feeds(user);
        if feed == Feed::Subscriptions && on {
            self.forget_alerts(user);
        }
    }

    /// The connection hears the messages of channels without being a member, or does so no more.
    pub(crate) fn roam(&mut self, connection: ConnectionId, on: bool) {
        let Some(own) = self.connections.get_mut(connection.0) else { return };
        own.roams = on;
        match on {
            true => insert(&mut self.roamers, connection.0),
            false => drop(remove(&mut self.roamers, connection.0)),
        }
    }

    /// The connection listens to an event of a room.
    pub(crate) fn watch(&mut self, connection: ConnectionId, rid: &RoomId, feed: RoomFeed) {
        if self.connections.get(connection.0).is_none() {
            return;
        }
        let slot = self.room(rid);
        let Some(room) = self.rooms.get_mut(slot) else { return };
        match room.place_of_watcher(connection.0) {
            Ok(at) => room.watchers[at].feeds.set(feed, true),
            Err(at) => {
                let mut feeds = RoomFeeds::default();
                feeds.set(feed, true);
                grow(&mut room.watchers);
                room.watchers.insert(at, Watcher { connection: connection.0, feeds });
            }
        }
        if let Some(own) = self.connections.get_mut(connection.0) {
            insert(&mut own.rooms, slot);
        }
    }

    /// The connection listens to an event of a room no more.
    pub(crate) fn unwatch(&mut self, connection: ConnectionId, rid: &RoomId, feed: RoomFeed) {
        let Some(&slot) = self.by_room.get(rid) else { return };
        let Some(room) = self.rooms.get_mut(slot) else { return };
        let Ok(at) = room.place_of_watcher(connection.0) else { return };
        room.watchers[at].feeds.set(feed, false);
        if room.watchers[at].feeds.is_empty() {
            self.unwatch_slot(connection.0, slot);
        }
    }

    /// The connection listens to a room no more.
    pub(crate) fn unwatch_room(&mut self, connection: ConnectionId, rid: &RoomId) {
        if let Some(&slot) = self.by_room.get(rid) {
            self.unwatch_slot(connection.0, slot);
        }
    }

    /// None of the user's connections listens to a room any more.
    pub(super) fn unwatch_room_of(&mut self, uid: &UserId, rid: &RoomId) {
        for slot in self.slots_of(uid).collect::<Vec<_>>() {
            self.unwatch_room(ConnectionId(slot), rid);
        }
    }

    pub(super) fn unwatch_all(&mut self, connection: ConnectionId) {
        let Some(own) = self.connections.get_mut(connection.0) else { return };
        for slot in std::mem::take(&mut own.rooms) {
            self.unwatch_slot(connection.0, slot);
        }
    }

    fn unwatch_slot(&mut self, connection: u32, slot: u32) {
        if let Some(own) = self.connections.get_mut(connection) {
            remove(&mut own.rooms, slot);
        }
        let Some(room) = self.rooms.get_mut(slot) else { return };
        if let Ok(at) = room.place_of_watcher(connection) {
            room.watchers.remove(at);
            shrink(&mut room.watchers);
            self.release(slot);
        }
    }

    /// Nobody hears anything more of a room; who was a connected member of it stays known until [`Index::forget_room`].
    pub(crate) fn silence_room(&mut self, rid: &RoomId) {
        self.access_changed();
        if let Some(room) = self.by_room.get(rid).and_then(|slot| self.rooms.get_mut(*slot)) {
            room.members.iter_mut().for_each(|member| member.deaf = true);
        }
        let Some((slot, room)) = self.in_use(rid) else { return };
        for connection in room.watchers.iter().map(|watcher| watcher.connection).collect::<Vec<_>>() {
            self.unwatch_slot(connection, slot);
        }
    }

    /// Forgets a room that is gone; who was a connected member of it.
    pub(crate) fn forget_room(&mut self, rid: &RoomId) -> Vec<UserId> {
        let members: Vec<UserId> = self.members(rid).cloned().collect();
        for uid in &members {
            self.left(uid, rid);
        }
        members
    }

    /// Whether anybody listens to an event of a room.
    pub(crate) fn is_watched(&self, rid: &RoomId, feed: RoomFeed) -> bool {
        self.in_use(rid).is_some_and(|(_, room)| room.watchers.iter().any(|watcher| watcher.feeds.has(feed)))
    }

    /// The connections that listen to an event of a room, and the room's number.
    pub(crate) fn watchers(&self, rid: &RoomId, feed: RoomFeed) -> impl Iterator<Item = (u32, &Arc<Outbox>)> {
        let found = self.in_use(rid);
        found.into_iter().flat_map(move |(slot, room)| {
            let listening = room.watchers.iter().filter(move |watcher| watcher.feeds.has(feed));
            listening.filter_map(move |watcher| Some((slot, &self.connections.get(watcher.connection)?.outbox)))
        })
    }

    /// A user's connections that listen to an event of a room.
    pub(crate) fn watchers_of(&self, uid: &UserId, rid: &RoomId, feed: RoomFeed) -> impl Iterator<Item = &Arc<Outbox>> {
        let user = self.by_user.get(uid).copied();
        let room = self.in_use(rid).map(|(_, room)| room).filter(|_| user.is_some());
        let listening = room.into_iter().flat_map(|room| &room.watchers).filter(move |watcher| watcher.feeds.has(feed));
        let connections = listening.filter_map(|watcher| self.connections.get(watcher.connection));
        connections.filter(move |one| one.user == user).map(|one| &one.outbox)
    }

    /// Who listens to which room: each user and room once; nobody stands for those who are not logged in.
    pub(crate) fn audience(&self) -> Vec<(Option<UserId>, RoomId)> {
        self.rooms.iter().flat_map(|(_, room)| self.audience_of_room(room)).collect()
    }

    /// Who listens to one room.
    pub(crate) fn audience_in(&self, rid: &RoomId) -> Vec<(Option<UserId>, RoomId)> {
        self.in_use(rid).map(|(_, room)| self.audience_of_room(room)).unwrap_or_default()
    }

    fn audience_of_room(&self, room: &InUse) -> Vec<(Option<UserId>, RoomId)> {
        let connections = room.watchers.iter().filter_map(|watcher| self.connections.get(watcher.connection));
        let mut users: Vec<Option<u32>> = connections.map(|one| one.user).collect();
        users.sort_unstable();
        users.dedup();
        let named = |user: u32| Some(self.users.get(user)?.id.clone());
        users.into_iter().map(|user| (user.and_then(named), room.id.clone())).collect()
    }

    /// The rooms that a user's connections listen to.
    pub(crate) fn audience_of(&self, uid: &UserId) -> Vec<(Option<UserId>, RoomId)> {
        let connections = self.slots_of(uid).filter_map(|slot| self.connections.get(slot));
        let mut rooms: Vec<u32> = connections.flat_map(|one| one.rooms.iter().copied()).collect();
        rooms.sort_unstable();
        rooms.dedup();
        let ids = rooms.into_iter().filter_map(|slot| Some(self.rooms.get(slot)?.id.clone()));
        ids.map(|rid| (Some(uid.clone()), rid)).collect()
    }

    /// A user's connections, or all that are nobody's, hear no more of a room than this.
    pub(crate) fn limit(&mut self, uid: Option<&UserId>, rid: &RoomId, hearing: Hearing) {
        let user = match uid.map(|uid| self.by_user.get(uid).copied()) {
            Some(None) => return,
            Some(user) => user,
            None => None,
        };
        let Some(&slot) = self.by_room.get(rid) else { return };
        if let Some(user) = user {
            self.set_deaf(user, slot, hearing != Hearing::Everything);
        }
        let Some(room) = self.rooms.get(slot).filter(|_| hearing != Hearing::Everything) else { return };
        let of_user = |connection: &u32| self.connections.get(*connection).is_some_and(|one| one.user == user);
        let connections: Vec<u32> = room.watchers.iter().map(|one| one.connection).filter(of_user).collect();
        for connection in connections {
            match hearing {
                Hearing::Everything => {}
                Hearing::Nothing => self.unwatch_slot(connection, slot),
                Hearing::Messages => {
                    for feed in RoomFeed::ALL.iter().filter(|feed| **feed != RoomFeed::Messages) {
                        self.unwatch(ConnectionId(connection), rid, *feed);
                    }
                }
            }
        }
    }

    /// A user's connections that listen to `feed`.
    pub(crate) fn each_of(&self, uid: &UserId, feed: Feed, each: impl FnMut(&Arc<Outbox>)) {
        if let Some(online) = self.by_user.get(uid).and_then(|user| self.users.get(*user)) {
            self.each_listening(&online.connections, feed, each);
        }
    }

    pub(super) fn each_listening(&self, connections: &[u32], feed: Feed, mut each: impl FnMut(&Arc<Outbox>)) {
        let found = connections.iter().filter_map(|slot| self.connections.get(*slot));
        found.filter(|one| one.feeds.has(feed)).for_each(|one| each(&one.outbox));
    }

    /// Every connection that listens to `feed`.
    pub(crate) fn each_everywhere(&self, feed: Feed, mut each: impl FnMut(&Arc<Outbox>)) {
        let all = self.connections.iter().map(|(_, one)| one);
        all.filter(|one| one.feeds.has(feed)).for_each(|one| each(&one.outbox));
    }

    /// A user's connections.
    pub(crate) fn connections_of(&self, uid: &UserId) -> Vec<ConnectionId> {
        self.slots_of(uid).map(ConnectionId).collect()
    }

    /// Whether the connection listens to `feed`.
    pub(crate) fn listens(&self, connection: ConnectionId, feed: Feed) -> bool {
        self.connections.get(connection.0).is_some_and(|own| own.feeds.has(feed))
    }

    /// Whether any connection of the user listens to `feed`.
    pub(crate) fn user_listens(&self, uid: &UserId, feed: Feed) -> bool {
        let online = self.by_user.get(uid).and_then(|user| self.users.get(*user));
        online.is_some_and(|online| online.feeds.has(feed))
    }
}

impl InUse {
    fn place_of_watcher(&self, connection: u32) -> Result<usize, usize> {
        self.watchers.binary_search_by_key(&connection, |watcher| watcher.connection)
    }
}
