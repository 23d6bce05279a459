//! What connected users want to be notified of. Few want anything particular for a room: of the others a room knows only
//! that they do not.

use super::{Index, Missed};
use crate::streams::Feed;
use gantry_chat::notifications::Occasion;
use gantry_model::{Notify, RoomId, RoomWishes, UserId};

impl Index {
    /// The user prefers to be notified of other messages, wherever nothing else is wanted.
    pub(crate) fn prefer(&mut self, uid: &UserId, desktop: Option<Notify>) {
        let Some(online) = self.by_user.get(uid).and_then(|user| self.users.get_mut(*user)) else { return };
        match &mut online.loading {
            Some(loading) => loading.missed.push(Missed::Preferred(desktop)),
            None => online.desktop = desktop,
        }
    }

    /// The member wants to be notified of other messages in one room.
    pub(crate) fn wish(&mut self, uid: &UserId, rid: &RoomId, wishes: RoomWishes) {
        let Some(&user) = self.by_user.get(uid) else { return };
        match self.users.get_mut(user).and_then(|online| online.loading.as_mut()) {
            Some(loading) => loading.missed.push(Missed::Wished(rid.clone(), wishes)),
            None => self.keep_wishes(user, rid, wishes),
        }
    }

    pub(super) fn keep_wishes(&mut self, user: u32, rid: &RoomId, wishes: RoomWishes) {
        let Some(&slot) = self.by_room.get(rid) else { return };
        let Some(room) = self.rooms.get_mut(slot) else { return };
        let Ok(at) = room.place_of(user) else { return };
        room.members[at].particular = wishes.is_particular();
        match wishes.is_particular() {
            true => drop(self.wishes.insert((slot, user), wishes)),
            false => drop(self.wishes.remove(&(slot, user))),
        }
    }

    /// The connected members of a room who listen to notifications and are to be notified.
    pub(crate) fn concerned(&self, rid: &RoomId, occasion: &Occasion<'_>) -> Vec<UserId> {
        let Some((slot, room)) = self.in_use(rid) else { return Vec::new() };
        let only =
            occasion.only().map(|called| called.filter_map(|uid| self.by_user.get(uid).copied()).collect::<Vec<u32>>());
        let mut concerned = Vec::new();
        for member in &room.members {
            if !member.particular && only.as_ref().is_some_and(|called| !called.contains(&member.user)) {
                continue;
            }
            let Some(online) = self.users.get(member.user).filter(|online| online.feeds.has(Feed::Notification)) else {
                continue;
            };
            let wishes = if member.particular { self.wishes.get(&(slot, member.user)) } else { None };
            if occasion.concerns(&online.id, online.desktop, wishes) {
                concerned.push(online.id.clone());
            }
        }
        concerned
    }

    /// The rooms a connected user is a member of.
    pub(crate) fn rooms_of(&self, uid: &UserId) -> Vec<RoomId> {
        let online = self.by_user.get(uid).and_then(|user| self.users.get(*user));
        let slots = online.into_iter().flat_map(|online| &online.rooms);
        slots.filter_map(|slot| Some(self.rooms.get(*slot)?.id.clone())).collect()
    }
}
