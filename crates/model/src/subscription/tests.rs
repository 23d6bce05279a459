//! What is derived from counters is what a write per member would have stored.

use super::*;
use crate::RoomKind;
use proptest::prelude::*;

const MEMBERS: usize = 4;

fn room() -> Room {
    Room::blank(RoomId::new("room"), RoomKind::Channel, Millis(1))
}

fn seat(room: &Room, uid: usize) -> Subscription {
    let uid = uid.to_string();
    Subscription::fresh(SubscriptionId::new(&uid), room, UserId::new(&uid), Millis(1))
}

/// What `Unread_Count` lets a message count for: its mentioned, everybody by `@all`, everybody anyway.
#[derive(Clone, Copy, Debug)]
struct Rule {
    user: bool,
    group: bool,
    all: bool,
}

#[derive(Clone, Debug)]
enum Act {
    Message { sender: usize, mentioned: Vec<usize>, everybody: bool, rule: Rule },
    Read(usize),
    MarkUnread(usize),
    Hide(usize),
    Show(usize),
    Leave(usize),
    Join(usize),
    BeInvited(usize),
    Archive,
    Unarchive,
}

fn acts() -> impl Strategy<Value = Act> {
    let who = || 0..MEMBERS;
    let rule = prop_oneof![
        Just(Rule { user: true, group: true, all: true }),
        Just(Rule { user: true, group: true, all: false }),
        Just(Rule { user: true, group: false, all: false }),
        Just(Rule { user: false, group: true, all: false }),
    ];
    let message = (who(), proptest::collection::vec(who(), 0..3), any::<bool>(), rule).prop_map(
        |(sender, mut mentioned, everybody, rule)| {
            mentioned.sort_unstable();
            mentioned.dedup();
            mentioned.retain(|uid| *uid != sender);
            Act::Message { sender, mentioned, everybody, rule }
        },
    );
    prop_oneof![
        8 => message,
        2 => who().prop_map(Act::Read),
        1 => who().prop_map(Act::MarkUnread),
        1 => who().prop_map(Act::Hide),
        1 => who().prop_map(Act::Show),
        1 => who().prop_map(Act::Leave),
        1 => who().prop_map(Act::Join),
        1 => who().prop_map(Act::BeInvited),
        1 => Just(Act::Archive),
        1 => Just(Act::Unarchive),
    ]
}

/// A member as a server sees it that writes to everybody with every message.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Told {
    unread: i64,
    user_mentions: i64,
    group_mentions: i64,
    alert: bool,
    open: bool,
}

impl Told {
    fn alerted(&mut self) {
        self.alert = true;
        self.open = true;
    }

    fn read(&mut self) {
        *self = Self { open: true, ..Self::default() };
    }
}

#[derive(Default)]
struct Simple {
    members: [Option<Told>; MEMBERS],
    archived: bool,
}

impl Simple {
    /// The rules of unread counting, one after the other, for each member.
    fn message(&mut self, sender: usize, mentioned: &[usize], everybody: bool, rule: Rule) {
        for (uid, member) in self.members.iter_mut().enumerate() {
            let Some(member) = member else { continue };
            if uid == sender {
                member.read();
                continue;
            }
            member.alerted();
            if mentioned.contains(&uid) {
                member.unread += i64::from(rule.user);
                member.user_mentions += 1;
            } else if mentioned.is_empty() && everybody {
                member.unread += i64::from(rule.group);
                member.group_mentions += 1;
            } else if rule.all && !everybody {
                member.unread += 1;
            }
        }
    }

    fn apply(&mut self, act: &Act) {
        match act {
            Act::Message { sender, mentioned, everybody, rule } if !self.archived => {
                self.message(*sender, mentioned, *everybody, *rule);
            }
            Act::Message { .. } => {}
            Act::Read(uid) => self.each(*uid, Told::read),
            Act::MarkUnread(uid) => self.each(*uid, |told| {
                told.alerted();
                told.unread = 1;
            }),
            Act::Hide(uid) => self.each(*uid, |told| {
                told.open = false;
                told.alert = false;
            }),
            Act::Show(uid) => self.each(*uid, |told| told.open = true),
            Act::Leave(uid) => self.members[*uid] = None,
            Act::Join(uid) => self.come(*uid, Told { alert: true, open: true, ..Told::default() }),
            Act::BeInvited(uid) => {
                self.come(*uid, Told { unread: 1, user_mentions: 1, alert: true, open: true, ..Told::default() });
            }
            Act::Archive | Act::Unarchive => self.archived = matches!(act, Act::Archive),
        }
    }

    fn each(&mut self, uid: usize, change: impl FnOnce(&mut Told)) {
        if let Some(told) = &mut self.members[uid] {
            change(told);
        }
    }

    fn come(&mut self, uid: usize, told: Told) {
        self.members[uid].get_or_insert(told);
    }
}

/// The room's row and one row for each member, written as the store writes them.
struct Derived {
    room: Room,
    seats: [Option<Subscription>; MEMBERS],
    stamp: i64,
}

impl Derived {
    fn message(&mut self, sender: usize, mentioned: &[usize], everybody: bool, rule: Rule) {
        let for_everybody = everybody && mentioned.is_empty();
        let counted = if for_everybody { i64::from(rule.group) } else { i64::from(rule.all && !everybody) };
        let counters = &mut self.room.counters;
        counters.alert += 1;
        counters.unread += counted;
        counters.group += i64::from(for_everybody);
        for uid in mentioned {
            if let Some(seat) = &mut self.seats[*uid] {
                seat.extra.unread += i64::from(rule.user) - counted;
                seat.extra.user += 1;
                seat.extra.alert = true;
                seat.open = true;
            }
        }
        let (counters, stamp) = (self.room.counters, self.stamp);
        self.each(sender, |seat, _| seat.read(counters, Millis(stamp)));
    }

    fn apply(&mut self, act: &Act) {
        self.stamp += 1;
        let stamp = Millis(self.stamp);
        match act {
            Act::Message { sender, mentioned, everybody, rule } if !self.room.archived => {
                self.message(*sender, mentioned, *everybody, *rule);
            }
            Act::Message { .. } => {}
            Act::Read(uid) => self.each(*uid, |seat, room| {
                seat.read(room.counters, stamp);
                seat.show(room);
            }),
            Act::MarkUnread(uid) => self.each(*uid, |seat, room| {
                seat.mark_unread(room.counters, stamp);
                seat.show(room);
            }),
            Act::Hide(uid) => self.each(*uid, |seat, room| seat.hide(room.counters)),
            Act::Show(uid) => self.each(*uid, Subscription::show),
            Act::Leave(uid) => self.seats[*uid] = None,
            Act::Join(uid) => self.come(*uid, |seat| {
                seat.open = true;
                seat.extra.alert = true;
            }),
            Act::BeInvited(uid) => self.come(*uid, Subscription::invited),
            Act::Archive | Act::Unarchive => {
                self.room.archived = matches!(act, Act::Archive);
                self.room.named_at = stamp;
            }
        }
    }

    fn each(&mut self, uid: usize, change: impl FnOnce(&mut Subscription, &Room)) {
        if let Some(seat) = &mut self.seats[uid] {
            change(seat, &self.room);
        }
    }

    fn come(&mut self, uid: usize, change: impl FnOnce(&mut Subscription)) {
        if self.seats[uid].is_none() {
            change(self.seats[uid].insert(seat(&self.room, uid)));
        }
    }

    fn told(&self, uid: usize) -> Option<Told> {
        let seat = self.seats[uid].as_ref()?;
        let Unread { unread, user_mentions, group_mentions, alert, open, .. } =
            seat.unread(self.room.counters, self.room.counted_at, self.room.named_at);
        Some(Told { unread, user_mentions, group_mentions, alert, open })
    }
}

proptest! {
    #[test]
    fn derived_is_what_a_write_per_member_would_have_stored(acts in proptest::collection::vec(acts(), 1..60)) {
        let mut simple = Simple::default();
        let mut derived = Derived { room: room(), seats: Default::default(), stamp: 1 };
        for act in &acts {
            simple.apply(act);
            derived.apply(act);
            for uid in 0..MEMBERS {
                prop_assert_eq!(derived.told(uid), simple.members[uid], "member {} after {:?}", uid, act);
            }
        }
    }
}

#[test]
fn an_archived_room_is_quiet_and_out_of_the_way() {
    let mut room = room();
    let mut member = seat(&room, 1);
    member.invited();
    (room.archived, room.named_at) = (true, Millis(10));
    let seen = member.in_room(&room);
    assert_eq!((seen.unread, seen.alert, seen.open), (1, false, false));
    member.show(&room);
    assert!(member.in_room(&room).open);
    member.hide(room.counters);
    assert!(!member.in_room(&room).open);
    (room.archived, room.named_at) = (false, Millis(20));
    assert!(!member.in_room(&room).open);
    room.counters.alert += 1;
    assert!(member.in_room(&room).open);
}

#[test]
fn who_opened_an_archived_room_does_not_find_it_open_when_it_is_archived_again() {
    let mut room = room();
    let mut member = seat(&room, 1);
    (room.archived, room.named_at) = (true, Millis(10));
    member.show(&room);
    (room.archived, room.named_at) = (false, Millis(20));
    assert!(member.in_room(&room).open);
    (room.archived, room.named_at) = (true, Millis(30));
    assert!(!member.in_room(&room).open);
}
