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
        let only = occasion.only().map(|called| self.numbers(called));
        let mut concerned = Vec::new();
        for member in &room.members {
            if !member.particular && only.as_ref().is_some_and(|called| called.binary_search(&member.user).is_err()) {
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

    /// The numbers of those who are connected, sorted.
    fn numbers<'a>(&self, uids: impl Iterator<Item = &'a UserId>) -> Vec<u32> {
        let mut numbers: Vec<u32> = uids.filter_map(|uid| self.by_user.get(uid).copied()).collect();
        numbers.sort_unstable();
        numbers
    }

    /// The rooms a connected user is a member of.
    pub(crate) fn rooms_of(&self, uid: &UserId) -> Vec<RoomId> {
        let online = self.by_user.get(uid).and_then(|user| self.users.get(*user));
        let slots = online.into_iter().flat_map(|online| &online.rooms);
        slots.filter_map(|slot| Some(self.rooms.get(*slot)?.id.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::frame::WireForm;
    use crate::hub::ConnectionId;
    use crate::outbox::{Bounds, Outbox};
    use gantry_chat::notifications::Wishes;
    use gantry_model::event::{Addressed, MessageSent};
    use gantry_model::{Message, Millis, Person, RoomKind, SettingBase, Settings};
    use std::sync::Arc;

    fn room() -> RoomId {
        RoomId::new("R")
    }

    fn wanting(desktop: Notify) -> RoomWishes {
        RoomWishes { desktop: Some(desktop), ..RoomWishes::default() }
    }

    /// A connection that listens to notifications, of a member who chose this for the room.
    fn login(index: &mut Index, name: &str, wishes: RoomWishes) -> ConnectionId {
        let connection = index.connect(Arc::new(Outbox::new(WireForm::Raw, Bounds::default())));
        if let Some(ticket) = index.bind(connection, &name.into(), 1) {
            index.loaded(&name.into(), ticket, Wishes { desktop: None, rooms: vec![(room(), wishes)] });
        }
        index.listen(connection, Feed::Notification, true);
        connection
    }

    /// Who is concerned by a message of Zoe's in a room of so many members that names these.
    fn concerned(index: &Index, members: i64, named: &[&str]) -> Vec<String> {
        let message = Message {
            id: "M".into(),
            rid: room(),
            ts: Millis(1),
            place: 1,
            updated: Millis(1),
            author: "zoe".into(),
            kind: None,
            body: "{}".into(),
            tmid: None,
            tshow: false,
            edited: None,
            reactions: Vec::new(),
        };
        let named = named.iter().map(UserId::new).collect();
        let sent = MessageSent {
            message: Arc::new(message),
            author: Arc::new(Person::default()),
            kind: RoomKind::Private,
            room_name: None,
            alerts: true,
            counts: false,
            mentioned: Vec::new(),
            addressed: Some(Box::new(Addressed { named, members, ..Addressed::default() })),
        };
        let settings = Settings::new(SettingBase::new(Millis(1)), []);
        let concerned = index.concerned(&room(), &Occasion::of(&settings, &sent).unwrap());
        concerned.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn only_members_who_listen_are_looked_at() {
        let mut index = Index::default();
        let ann = login(&mut index, "ann", RoomWishes::default());
        login(&mut index, "bob", wanting(Notify::Nothing));
        assert_eq!(concerned(&index, 3, &[]), ["ann"]);
        index.listen(ann, Feed::Notification, false);
        assert_eq!(concerned(&index, 3, &["ann", "bob"]), [""; 0]);
    }

    #[test]
    fn of_a_crowd_those_who_are_called_and_those_who_want_it() {
        let mut index = Index::default();
        login(&mut index, "ann", RoomWishes::default());
        login(&mut index, "bob", RoomWishes::default());
        login(&mut index, "cat", wanting(Notify::All));
        assert_eq!(concerned(&index, 100, &[]), ["ann", "bob", "cat"]);
        assert_eq!(concerned(&index, 101, &[]), ["cat"]);
        assert_eq!(concerned(&index, 101, &["bob", "dan"]), ["bob", "cat"]);
    }

    #[test]
    fn what_is_chosen_holds_at_once() {
        let mut index = Index::default();
        login(&mut index, "ann", RoomWishes::default());
        let ann = UserId::new("ann");
        let told = |index: &Index| !concerned(index, 3, &[]).is_empty();
        index.prefer(&ann, Some(Notify::Mentions));
        assert!(!told(&index));
        index.wish(&ann, &room(), wanting(Notify::All));
        assert!(told(&index));
        index.wish(&ann, &room(), RoomWishes::default());
        assert!(!told(&index) && index.wishes.is_empty());
        index.prefer(&ann, None);
        assert!(told(&index));
        index.wish(&ann, &RoomId::new("elsewhere"), wanting(Notify::All));
        index.wish(&"nobody".into(), &room(), wanting(Notify::All));
        assert!(index.wishes.is_empty());
    }

    #[test]
    fn what_is_chosen_while_wishes_are_read_is_not_lost() {
        let mut index = Index::default();
        let ann = UserId::new("ann");
        let connection = index.connect(Arc::new(Outbox::new(WireForm::Raw, Bounds::default())));
        let ticket = index.bind(connection, &ann, 1).unwrap();
        index.listen(connection, Feed::Notification, true);
        index.prefer(&ann, Some(Notify::Nothing));
        index.wish(&ann, &room(), RoomWishes { silent: true, ..RoomWishes::default() });
        let read = Wishes { desktop: Some(Notify::All), rooms: vec![(room(), wanting(Notify::All))] };
        index.loaded(&ann, ticket, read);
        index.prefer(&ann, Some(Notify::All));
        assert_eq!(concerned(&index, 3, &["ann"]), [""; 0], "silence was chosen");
        index.wish(&ann, &room(), RoomWishes::default());
        assert_eq!(concerned(&index, 3, &[]), ["ann"]);
    }

    #[test]
    fn wishes_go_with_the_membership_and_with_the_last_connection() {
        let mut index = Index::default();
        let ann = UserId::new("ann");
        let connection = login(&mut index, "ann", wanting(Notify::Nothing));
        index.left(&ann, &room());
        assert!(index.wishes.is_empty());
        index.joined(&ann, &room());
        assert_eq!(concerned(&index, 3, &[]), ["ann"]);
        index.wish(&ann, &room(), wanting(Notify::Nothing));
        index.disconnect(connection);
        assert!(index.wishes.is_empty());
    }
}
