//! Memberships of connected users.

use super::{InUse, Index, Member, Missed, Ticket, grow, insert, remove, shrink};
use crate::outbox::Outbox;
use crate::streams::Feed;
use gantry_chat::notifications::Wishes;
use gantry_model::{RoomId, UserId};
use std::sync::Arc;

impl Index {
    /// The rooms that the user of this login was a member of when they were read, and what the user wanted.
    ///
    /// What changed since the login is known and comes on top. Somebody who left meanwhile needs it no more.
    pub(crate) fn loaded(&mut self, uid: &UserId, ticket: Ticket, wishes: Wishes) {
        let Some(&user) = self.by_user.get(uid) else { return };
        let Some(online) = self.users.get_mut(user) else { return };
        let Some(loading) = online.loading.take_if(|loading| loading.ticket == ticket) else { return };
        online.rooms.reserve_exact(wishes.rooms.len());
        online.desktop = wishes.desktop;
        for (rid, wishes) in wishes.rooms {
            self.add_member(user, &rid);
            self.keep_wishes(user, &rid, wishes);
        }
        for missed in loading.missed {
            match missed {
                Missed::Joined(rid) => self.add_member(user, &rid),
                Missed::Left(rid) => self.remove_member(user, &rid),
                Missed::Preferred(desktop) => self.prefer(uid, desktop),
                Missed::Wished(rid, wishes) => self.keep_wishes(user, &rid, wishes),
            }
        }
    }

    /// The user became a member.
    pub(crate) fn joined(&mut self, uid: &UserId, rid: &RoomId) {
        self.change_membership(uid, rid, true);
    }

    /// The user is a member no more, and hears nothing more of the room.
    pub(crate) fn left(&mut self, uid: &UserId, rid: &RoomId) {
        self.access_changed();
        self.change_membership(uid, rid, false);
        self.unwatch_room_of(uid, rid);
    }

    fn change_membership(&mut self, uid: &UserId, rid: &RoomId, is_member: bool) {
        let Some(&user) = self.by_user.get(uid) else { return };
        let loading = self.users.get_mut(user).and_then(|online| online.loading.as_mut());
        match (loading, is_member) {
            (Some(loading), true) => loading.missed.push(Missed::Joined(rid.clone())),
            (Some(loading), false) => loading.missed.push(Missed::Left(rid.clone())),
            (None, true) => self.add_member(user, rid),
            (None, false) => self.remove_member(user, rid),
        }
    }

    fn add_member(&mut self, user: u32, rid: &RoomId) {
        let slot = self.room(rid);
        let Some(online) = self.users.get_mut(user) else { return };
        let (hears_all, deaf) = (online.feeds.has(Feed::MyMessages), online.narrow);
        let member = Member { user, alerted: false, hears_all, deaf, particular: false };
        insert(&mut online.rooms, slot);
        let Some(room) = self.rooms.get_mut(slot) else { return };
        if let Err(at) = room.place_of(user) {
            grow(&mut room.members);
            room.members.insert(at, member);
        }
    }

    fn remove_member(&mut self, user: u32, rid: &RoomId) {
        let Some(&slot) = self.by_room.get(rid) else { return };
        if let Some(online) = self.users.get_mut(user) {
            remove(&mut online.rooms, slot);
        }
        self.drop_member(slot, user);
    }

    pub(super) fn drop_member(&mut self, slot: u32, user: u32) {
        let Some(room) = self.rooms.get_mut(slot) else { return };
        if let Ok(at) = room.place_of(user) {
            if room.members.remove(at).particular {
                self.wishes.remove(&(slot, user));
            }
            shrink(&mut room.members);
        }
        self.release(slot);
    }

    /// The number of a room, which is in use from now on.
    pub(super) fn room(&mut self, rid: &RoomId) -> u32 {
        if let Some(slot) = self.by_room.get(rid) {
            return *slot;
        }
        let slot = self.rooms.insert(InUse { id: rid.clone(), members: Vec::new(), watchers: Vec::new() });
        self.by_room.insert(rid.clone(), slot);
        slot
    }

    /// Forgets a room that nobody connected has to do with.
    pub(super) fn release(&mut self, slot: u32) {
        let idle = |room: &InUse| room.members.is_empty() && room.watchers.is_empty();
        if self.rooms.get(slot).is_some_and(idle)
            && let Some(room) = self.rooms.remove(slot)
        {
            self.by_room.remove(&room.id);
        }
    }

    pub(super) fn in_use(&self, rid: &RoomId) -> Option<(u32, &InUse)> {
        let slot = *self.by_room.get(rid)?;
        Some((slot, self.rooms.get(slot)?))
    }

    /// Whether anybody connected is a member of the room, or listens to it.
    pub(crate) fn is_in_use(&self, rid: &RoomId) -> bool {
        self.by_room.contains_key(rid)
    }

    /// The room's number, as long as it is in use.
    pub(crate) fn room_slot(&self, rid: &RoomId) -> Option<u32> {
        self.by_room.get(rid).copied()
    }

    /// Whether a connection of any member listens to `feed`.
    pub(crate) fn any_member_listens(&self, rid: &RoomId, feed: Feed) -> bool {
        let listens = |member: &Member| self.users.get(member.user).is_some_and(|online| online.feeds.has(feed));
        self.in_use(rid).is_some_and(|(_, room)| room.members.iter().any(listens))
    }

    /// Whether the user is a connected member of the room.
    pub(crate) fn is_member(&self, uid: &UserId, rid: &RoomId) -> bool {
        let Some(user) = self.by_user.get(uid) else { return false };
        self.in_use(rid).is_some_and(|(_, room)| room.place_of(*user).is_ok())
    }

    /// Whether the user is a connected member of the room who may read it.
    ///
    /// While the index is settled that is what the store would say of everything committed that anybody was answered. A
    /// member who lost the membership is not here any more. One who is here and not deaf has global roles that open
    /// every room as a member, or was looked up; and what may change either, of the roles, of the permissions or of the room,
    /// is a [`Doubt`](crate::hub::review::Doubt) from its commit until all whom it concerns were looked up again. It
    /// also moves the [epoch](Index::access_epoch), so that who asked before it asks again before acting on the answer.
    pub(crate) fn hears(&self, uid: &UserId, rid: &RoomId) -> bool {
        let member = || {
            let (user, (_, room)) = (self.by_user.get(uid)?, self.in_use(rid)?);
            room.place_of(*user).ok().map(|at| room.members[at])
        };
        member().is_some_and(|member| !member.deaf)
    }

    /// Whether the user's global roles open every room that the user is a member of, or not. Where they do not, the
    /// user hears of none until [`Index::limit`] says of which.
    pub(crate) fn set_narrow(&mut self, uid: &UserId, narrow: bool) {
        let Some(&user) = self.by_user.get(uid) else { return };
        let Some(online) = self.users.get_mut(user) else { return };
        if online.narrow || narrow {
            online.narrow = narrow;
            self.each_membership(user, |member| member.deaf = narrow);
        }
    }

    /// See [`Index::set_narrow`].
    pub(crate) fn is_narrow(&self, uid: &UserId) -> bool {
        self.by_user.get(uid).and_then(|user| self.users.get(*user)).is_some_and(|online| online.narrow)
    }

    /// The rooms a connected user is a member of.
    pub(crate) fn memberships(&self, uid: &UserId) -> impl Iterator<Item = &RoomId> {
        let online = self.by_user.get(uid).and_then(|user| self.users.get(*user));
        let rooms = online.into_iter().flat_map(|online| &online.rooms);
        rooms.filter_map(|slot| Some(&self.rooms.get(*slot)?.id))
    }

    /// The connected members of a room whose global roles do not open every room.
    pub(crate) fn narrow_members(&self, rid: &RoomId) -> impl Iterator<Item = &UserId> {
        self.members(rid).filter(|uid| self.is_narrow(uid))
    }

    /// Says whether a member may read the room.
    pub(super) fn set_deaf(&mut self, user: u32, slot: u32, deaf: bool) {
        if let Some(room) = self.rooms.get_mut(slot)
            && let Ok(at) = room.place_of(user)
        {
            room.members[at].deaf = deaf;
        }
    }

    /// The connected members of a room.
    pub(crate) fn members(&self, rid: &RoomId) -> impl Iterator<Item = &UserId> {
        let room = self.in_use(rid).map(|(_, room)| room);
        let members = room.into_iter().flat_map(|room| &room.members);
        members.filter_map(|member| Some(&self.users.get(member.user)?.id))
    }

    /// Calls `each` for the connections of connected members who may read the room that listen to `feed`, with the member.
    pub(crate) fn each_of_members(&self, rid: &RoomId, feed: Feed, mut each: impl FnMut(&UserId, &Arc<Outbox>)) {
        let Some((_, room)) = self.in_use(rid) else { return };
        for member in room.members.iter().filter(|member| !member.deaf) {
            if let Some(online) = self.users.get(member.user).filter(|online| online.feeds.has(feed)) {
                self.each_listening(&online.connections, feed, |outbox| each(&online.id, outbox));
            }
        }
    }

    /// Calls `each` for the connections that hear every message they may read: first those of members, then those that
    /// only see the room because it is a channel. The latter come with `false`.
    pub(crate) fn each_hearing_all(&self, rid: &RoomId, is_channel: bool, mut each: impl FnMut(bool, &Arc<Outbox>)) {
        let room = self.in_use(rid).map(|(_, room)| room);
        let hearing = |member: &&Member| member.hears_all && !member.deaf;
        for member in room.into_iter().flat_map(|room| &room.members).filter(hearing) {
            if let Some(online) = self.users.get(member.user) {
                self.each_listening(&online.connections, Feed::MyMessages, |outbox| each(true, outbox));
            }
        }
        for slot in self.roamers.iter().filter(|_| is_channel) {
            let Some(one) = self.connections.get(*slot) else { continue };
            let is_member = one.user.is_some_and(|user| room.is_some_and(|room| room.place_of(user).is_ok()));
            if !is_member {
                each(false, &one.outbox);
            }
        }
    }

    /// Whether anybody hears every message of the room.
    pub(crate) fn is_heard_by_all(&self, rid: &RoomId) -> bool {
        let by_member = |room: &InUse| room.members.iter().any(|member| member.hears_all);
        !self.roamers.is_empty() || self.in_use(rid).is_some_and(|(_, room)| by_member(room))
    }

    /// Whose state a message changes: of the connected members who listen to their subscriptions, those who were not
    /// alerted yet, or all of them if it `counts` for everybody. From now on they are alerted, but for its author.
    pub(crate) fn alert(&mut self, rid: &RoomId, author: &UserId, counts: bool) -> Vec<UserId> {
        let author = self.by_user.get(author).copied();
        let Some(room) = self.by_room.get(rid).and_then(|slot| self.rooms.get_mut(*slot)) else { return Vec::new() };
        let mut changed = Vec::new();
        for member in &mut room.members {
            let is_author = Some(member.user) == author;
            if member.alerted && !counts && !is_author {
                continue;
            }
            if let Some(online) = self.users.get(member.user).filter(|online| online.feeds.has(Feed::Subscriptions)) {
                member.alerted = !is_author;
                changed.push(online.id.clone());
            }
        }
        changed
    }

    /// The member's state is not what was told; whether anybody listens to it.
    pub(crate) fn touch(&mut self, rid: &RoomId, uid: &UserId) -> bool {
        let Some(&user) = self.by_user.get(uid) else { return false };
        if let Some(room) = self.by_room.get(rid).and_then(|slot| self.rooms.get_mut(*slot))
            && let Ok(at) = room.place_of(user)
        {
            room.members[at].alerted = false;
        }
        self.users.get(user).is_some_and(|online| online.feeds.has(Feed::Subscriptions))
    }

    /// What the connections of a user listen to, taken together, and what follows for the memberships.
    pub(super) fn gather_feeds(&mut self, user: u32) {
        let Some(online) = self.users.get_mut(user) else { return };
        let feeds = online.connections.iter().filter_map(|slot| Some(self.connections.get(*slot)?.feeds));
        let (before, now) =
            (online.feeds, feeds.fold(Default::default(), |all: crate::streams::Feeds, one| all.union(one)));
        online.feeds = now;
        let hears_all = now.has(Feed::MyMessages);
        if before.has(Feed::MyMessages) != hears_all {
            self.each_membership(user, |member| member.hears_all = hears_all);
        }
    }

    /// Whoever listens anew knows nothing: the next alert is told whatever was told to others.
    pub(super) fn forget_alerts(&mut self, user: u32) {
        self.each_membership(user, |member| member.alerted = false);
    }

    fn each_membership(&mut self, user: u32, mut change: impl FnMut(&mut Member)) {
        let Some(online) = self.users.get(user) else { return };
        for slot in &online.rooms {
            if let Some(room) = self.rooms.get_mut(*slot)
                && let Ok(at) = room.place_of(user)
            {
                change(&mut room.members[at]);
            }
        }
    }
}

impl InUse {
    pub(super) fn place_of(&self, user: u32) -> Result<usize, usize> {
        self.members.binary_search_by_key(&user, |member| member.user)
    }
}
