//! The bookkeeping, with queues that nobody empties.

use super::*;
use crate::frame::WireForm;
use crate::outbox::Bounds;
use crate::streams::RoomFeed;
use gantry_chat::notifications::Wishes;
use gantry_chat::streams::Hearing;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn id(name: &str) -> UserId {
    UserId::new(name)
}

fn rid(name: &str) -> RoomId {
    RoomId::new(name)
}

/// A connection, logged in as somebody who is a member of these rooms.
fn login(index: &mut Index, name: &str, rooms: &[&str]) -> ConnectionId {
    let connection = connect(index);
    if let Some(ticket) = index.bind(connection, &id(name), 1) {
        index.loaded(&id(name), ticket, memberships(rooms.iter().map(rid_of)));
    }
    connection
}

/// Memberships of somebody who wants nothing particular.
fn memberships(rooms: impl IntoIterator<Item = RoomId>) -> Wishes {
    Wishes { desktop: None, rooms: rooms.into_iter().map(|rid| (rid, RoomWishes::default())).collect() }
}

fn rid_of(name: &&str) -> RoomId {
    rid(name)
}

fn connect(index: &mut Index) -> ConnectionId {
    index.connect(Arc::new(Outbox::new(WireForm::Raw, Bounds::default())))
}

fn members(index: &Index, room: &str) -> Vec<String> {
    index.members(&rid(room)).map(ToString::to_string).collect()
}

/// The numbers of the connections that listen to a room's messages.
fn watchers(index: &Index, room: &str) -> Vec<u32> {
    let queues: Vec<_> =
        index.watchers(&rid(room), RoomFeed::Messages).map(|(_, outbox)| Arc::as_ptr(outbox)).collect();
    let number =
        |queue| index.connections.iter().find(|(_, one)| Arc::as_ptr(&one.outbox) == queue).map(|(slot, _)| slot);
    queues.into_iter().filter_map(number).collect()
}

/// How many connections listen to somebody's presence.
fn listeners(index: &Index, name: &str) -> usize {
    index.presence_listeners(&id(name))[0].len()
}

fn alerted(index: &mut Index, author: &str, counts: bool) -> Vec<String> {
    index.alert(&rid("R"), &id(author), counts).iter().map(ToString::to_string).collect()
}

#[test]
fn nothing_is_left_of_who_has_gone() {
    let mut index = Index::default();
    let ann = login(&mut index, "ann", &["R", "S"]);
    let bob = login(&mut index, "bob", &["R"]);
    index.watch(ann, &rid("R"), RoomFeed::Messages);
    index.watch(bob, &rid("T"), RoomFeed::Typing);
    index.watch_presence(bob, &id("ann"));
    assert_eq!(index.counts(), [2, 2, 3]);
    assert_eq!(members(&index, "R"), ["ann", "bob"]);
    index.disconnect(ann);
    assert_eq!((index.counts(), members(&index, "R")), ([1, 1, 2], vec!["bob".to_owned()]));
    index.disconnect(bob);
    assert_eq!(index.counts(), [0, 0, 0]);
    assert!(index.by_user.is_empty() && index.by_room.is_empty() && listeners(&index, "ann") == 0);
}

#[test]
fn a_second_connection_shares_the_memberships() {
    let mut index = Index::default();
    let first = login(&mut index, "ann", &["R"]);
    let second = connect(&mut index);
    assert!(index.bind(second, &id("ann"), 2).is_none(), "they are known");
    index.disconnect(first);
    assert!(index.is_member(&id("ann"), &rid("R")));
    index.unbind(second);
    assert!(!index.is_member(&id("ann"), &rid("R")) && !index.is_online(&id("ann")));
}

#[test]
fn what_changes_while_memberships_are_read_is_not_lost() {
    let mut index = Index::default();
    let ann = connect(&mut index);
    let ticket = index.bind(ann, &id("ann"), 1).unwrap();
    index.left(&id("ann"), &rid("old"));
    index.joined(&id("ann"), &rid("new"));
    index.joined(&id("ann"), &rid("brief"));
    index.left(&id("ann"), &rid("brief"));
    index.loaded(&id("ann"), ticket, memberships(["old", "same", "brief"].iter().map(rid_of)));
    let rooms: Vec<_> = ["old", "same", "brief", "new"].map(|room| index.is_member(&id("ann"), &rid(room))).into();
    assert_eq!(rooms, [false, true, false, true]);
}

#[test]
fn what_an_earlier_login_read_does_not_count_for_a_later_one() {
    let mut index = Index::default();
    let ann = connect(&mut index);
    let ticket = index.bind(ann, &id("ann"), 1).unwrap();
    index.unbind(ann);
    let later = index.bind(ann, &id("ann"), 1).unwrap();
    index.loaded(&id("ann"), ticket, memberships([rid("R")]));
    assert!(!index.is_member(&id("ann"), &rid("R")));
    index.loaded(&id("ann"), later, memberships([rid("S")]));
    assert!(index.is_member(&id("ann"), &rid("S")));
}

#[test]
fn who_leaves_a_room_hears_nothing_more_of_it() {
    let mut index = Index::default();
    let [one, other] = [0; 2].map(|_| login(&mut index, "ann", &["R", "S"]));
    let bob = login(&mut index, "bob", &["R"]);
    for connection in [one, other, bob] {
        index.watch(connection, &rid("R"), RoomFeed::Messages);
        index.watch(connection, &rid("R"), RoomFeed::Typing);
    }
    index.watch(one, &rid("S"), RoomFeed::Messages);
    let before = index.access_epoch();
    index.left(&id("ann"), &rid("R"));
    assert_ne!(index.access_epoch(), before);
    assert_eq!((watchers(&index, "R"), watchers(&index, "S")), (vec![bob.0], vec![one.0]));
    assert_eq!(members(&index, "R"), ["bob"]);
    assert_eq!(index.watchers(&rid("R"), RoomFeed::Typing).count(), 1);
}

#[test]
fn events_are_counted_apart() {
    let mut index = Index::default();
    let ann = login(&mut index, "ann", &[]);
    index.watch(ann, &rid("R"), RoomFeed::Messages);
    index.watch(ann, &rid("R"), RoomFeed::Deleted);
    index.watch(ann, &rid("R"), RoomFeed::Messages);
    assert_eq!(watchers(&index, "R"), [ann.0]);
    index.unwatch(ann, &rid("R"), RoomFeed::Messages);
    assert!(watchers(&index, "R").is_empty() && index.is_watched(&rid("R"), RoomFeed::Deleted));
    index.unwatch(ann, &rid("R"), RoomFeed::Deleted);
    assert!(!index.is_in_use(&rid("R")));
}

#[test]
fn another_user_on_the_same_connection_begins_anew() {
    let mut index = Index::default();
    let connection = login(&mut index, "ann", &["R"]);
    index.listen(connection, Feed::Rooms, true);
    index.listen(connection, Feed::PublicSettings, true);
    index.watch(connection, &rid("R"), RoomFeed::Messages);
    index.bind(connection, &id("bob"), 2);
    assert_eq!(index.user_of(connection), Some(&id("bob")));
    assert!(!index.listens(connection, Feed::Rooms) && index.listens(connection, Feed::PublicSettings));
    assert!(watchers(&index, "R").is_empty() && !index.is_online(&id("ann")));
}

#[test]
fn an_alert_is_told_once() {
    let mut index = Index::default();
    for name in ["ann", "bob", "cat"] {
        let connection = login(&mut index, name, &["R"]);
        index.listen(connection, Feed::Subscriptions, true);
    }
    login(&mut index, "deaf", &["R"]);
    assert_eq!(alerted(&mut index, "ann", false), ["ann", "bob", "cat"], "its author has read everything");
    assert_eq!(alerted(&mut index, "ann", false), ["ann"]);
    assert_eq!(alerted(&mut index, "bob", false), ["ann", "bob"]);
    assert_eq!(alerted(&mut index, "stranger", true), ["ann", "bob", "cat"], "counts change for all");
    assert_eq!(alerted(&mut index, "stranger", false), [""; 0]);
    assert!(index.touch(&rid("R"), &id("cat")), "cat has read");
    assert_eq!(alerted(&mut index, "stranger", false), ["cat"]);
    assert!(!index.touch(&rid("R"), &id("deaf")), "nobody listens");
}

#[test]
fn a_new_listener_is_told_of_the_next_alert() {
    let mut index = Index::default();
    let ann = login(&mut index, "ann", &["R"]);
    index.listen(ann, Feed::Subscriptions, true);
    assert_eq!(alerted(&mut index, "bob", false), ["ann"]);
    let second = login(&mut index, "ann", &[]);
    index.listen(second, Feed::Subscriptions, true);
    assert_eq!(alerted(&mut index, "bob", false), ["ann"]);
}

#[test]
fn who_hears_everything() {
    let mut index = Index::default();
    let [ann, bob, cat] =
        [("ann", "R"), ("bob", "S"), ("cat", "S")].map(|(name, room)| login(&mut index, name, &[room]));
    for connection in [ann, bob, cat] {
        index.listen(connection, Feed::MyMessages, true);
    }
    index.roam(ann, true);
    index.roam(bob, true);
    let heard = |index: &Index, is_channel| {
        let mut heard = Vec::new();
        index.each_hearing_all(&rid("R"), is_channel, |is_member, _| heard.push(is_member));
        heard
    };
    assert_eq!(heard(&index, true), [true, false], "a member, and who sees channels");
    assert_eq!(heard(&index, false), [true]);
    index.joined(&id("cat"), &rid("R"));
    assert_eq!(heard(&index, false), [true, true]);
    index.listen(ann, Feed::MyMessages, false);
    index.unbind(bob);
    assert_eq!(heard(&index, true), [true]);
}

#[test]
fn sessions_by_their_tokens() {
    let mut index = Index::default();
    let [one, other] = [1, 2].map(|session| {
        let connection = connect(&mut index);
        index.bind(connection, &id("ann"), session);
        connection
    });
    index.set_leaving(other, true);
    assert_eq!(index.sessions(&id("ann"), |session| session == 1), [(one, false)]);
    assert_eq!(index.sessions(&id("ann"), |session| session != 7), [(one, false), (other, true)]);
    assert_eq!(index.sessions(&id("bob"), |_| true), []);
}

#[test]
fn who_may_hear_less() {
    let mut index = Index::default();
    let ann = login(&mut index, "ann", &[]);
    let stranger = connect(&mut index);
    for connection in [ann, stranger] {
        index.watch(connection, &rid("R"), RoomFeed::Messages);
        index.watch(connection, &rid("R"), RoomFeed::Deleted);
    }
    assert_eq!(index.audience(), [(None, rid("R")), (Some(id("ann")), rid("R"))]);
    assert_eq!(index.audience_of(&id("ann")), [(Some(id("ann")), rid("R"))]);
    index.limit(Some(&id("ann")), &rid("R"), Hearing::Messages);
    assert_eq!(index.watchers(&rid("R"), RoomFeed::Deleted).count(), 1);
    assert_eq!(watchers(&index, "R"), [ann.0, stranger.0]);
    index.limit(None, &rid("R"), Hearing::Nothing);
    assert_eq!(watchers(&index, "R"), [ann.0]);
    index.limit(Some(&id("nobody")), &rid("R"), Hearing::Nothing);
    assert_eq!(watchers(&index, "R"), [ann.0]);
}

#[test]
fn a_removed_room_is_silent_and_then_forgotten() {
    let mut index = Index::default();
    let ann = login(&mut index, "ann", &["R"]);
    index.watch(ann, &rid("R"), RoomFeed::Messages);
    index.silence_room(&rid("R"));
    assert!(watchers(&index, "R").is_empty());
    assert_eq!(index.forget_room(&rid("R")), [id("ann")]);
    assert!(!index.is_in_use(&rid("R")));
}

#[test]
fn members_who_may_not_read_their_room_hear_nothing_of_it() {
    let mut index = Index::default();
    let ann = login(&mut index, "ann", &["R", "S"]);
    for feed in [Feed::Rooms, Feed::MyMessages] {
        index.listen(ann, feed, true);
    }
    let heard = |index: &Index, room: &str| {
        let mut heard = [0, 0];
        index.each_of_members(&rid(room), Feed::Rooms, |_, _| heard[0] += 1);
        index.each_hearing_all(&rid(room), false, |_, _| heard[1] += 1);
        heard
    };
    assert_eq!((heard(&index, "R"), index.is_narrow(&id("ann"))), ([1, 1], false));
    index.set_narrow(&id("ann"), true);
    index.joined(&id("ann"), &rid("T"));
    assert_eq!(["R", "S", "T"].map(|room| heard(&index, room)), [[0, 0]; 3]);
    assert_eq!(index.narrow_members(&rid("T")).collect::<Vec<_>>(), [&id("ann")]);
    index.limit(Some(&id("ann")), &rid("S"), Hearing::Everything);
    assert_eq!(["R", "S", "T"].map(|room| heard(&index, room)), [[0, 0], [1, 1], [0, 0]]);
    assert!(
        index.hears(&id("ann"), &rid("S"))
            && !index.hears(&id("ann"), &rid("R"))
            && index.is_member(&id("ann"), &rid("R"))
    );
    index.limit(Some(&id("ann")), &rid("S"), Hearing::Messages);
    assert_eq!(heard(&index, "S"), [0, 0]);
    index.set_narrow(&id("ann"), false);
    assert_eq!(["R", "S", "T"].map(|room| heard(&index, room)), [[1, 1]; 3]);
}

#[test]
fn presence_lists() {
    let mut index = Index::default();
    let [ann, bob] = ["ann", "bob"].map(|name| login(&mut index, name, &[]));
    for connection in [ann, bob, bob] {
        assert!(index.watch_presence(connection, &id("cat")));
    }
    assert_eq!(listeners(&index, "cat"), 2);
    index.unwatch_presence(ann, &id("cat"));
    index.unwatch_presence(ann, &id("dog"));
    assert_eq!(listeners(&index, "cat"), 1);
    index.unbind(bob);
    assert_eq!(listeners(&index, "cat"), 0);
    let within = (0..6_000).filter(|n| index.watch_presence(ann, &UserId::from(n.to_string()))).count();
    assert_eq!(within, 5_000);
}

#[test]
fn a_receiver_costs_a_few_bytes() {
    assert!(size_of::<Member>() <= 8 && size_of::<Watcher>() <= 8);
    assert!(size_of::<Connection>() <= 112, "{}", size_of::<Connection>());
    assert!(size_of::<Online>() <= 96, "{}", size_of::<Online>());
}

/// What may happen to three users with two connections each, in three rooms.
#[derive(Clone, Debug)]
enum Step {
    Login(usize, u8),
    Logout(usize),
    Join(u8, u8),
    Leave(u8, u8),
    Watch(usize, u8),
    Unwatch(usize, u8),
}

fn step() -> impl Strategy<Value = Step> {
    let (connection, user, room) = (0..6usize, 0..3u8, 0..3u8);
    prop_oneof![
        (connection.clone(), user.clone()).prop_map(|(one, user)| Step::Login(one, user)),
        connection.clone().prop_map(Step::Logout),
        (user.clone(), room.clone()).prop_map(|(user, room)| Step::Join(user, room)),
        (user, room.clone()).prop_map(|(user, room)| Step::Leave(user, room)),
        (connection.clone(), room.clone()).prop_map(|(one, room)| Step::Watch(one, room)),
        (connection, room).prop_map(|(one, room)| Step::Unwatch(one, room)),
    ]
}

/// The same without any cleverness.
#[derive(Default)]
struct Model {
    users: BTreeMap<usize, u8>,
    members: BTreeSet<(u8, u8)>,
    watches: BTreeSet<(usize, u8)>,
}

impl Model {
    fn logout(&mut self, one: usize) {
        self.users.remove(&one);
        self.watches.retain(|(connection, _)| *connection != one);
    }

    fn online_members(&self, room: u8) -> Vec<String> {
        let online: BTreeSet<u8> = self.users.values().copied().collect();
        online.into_iter().filter(|user| self.members.contains(&(*user, room))).map(|user| user.to_string()).collect()
    }
}

fn act(index: &mut Index, model: &mut Model, step: Step) {
    let (connection, user) = (|one: usize| ConnectionId(one as u32), |user: u8| UserId::from(user.to_string()));
    let room = |room: u8| RoomId::from(room.to_string());
    match step {
        Step::Login(one, who) => {
            if model.users.get(&one) != Some(&who) {
                model.logout(one);
            }
            model.users.insert(one, who);
            if let Some(ticket) = index.bind(connection(one), &user(who), 1) {
                let rooms = model.members.iter().filter(|(member, _)| *member == who).map(|(_, rid)| room(*rid));
                index.loaded(&user(who), ticket, memberships(rooms));
            }
        }
        Step::Logout(one) => {
            // Who is nobody keeps listening: that is for anonymous readers, which have no logout.
            if model.users.contains_key(&one) {
                model.logout(one);
                index.unbind(connection(one));
            }
        }
        Step::Join(who, rid) => {
            model.members.insert((who, rid));
            index.joined(&user(who), &room(rid));
        }
        Step::Leave(who, rid) => {
            model.members.remove(&(who, rid));
            let Model { users, watches, .. } = model;
            watches.retain(|(one, watched)| *watched != rid || users.get(one) != Some(&who));
            index.left(&user(who), &room(rid));
        }
        Step::Watch(one, rid) => {
            model.watches.insert((one, rid));
            index.watch(connection(one), &room(rid), RoomFeed::Messages);
        }
        Step::Unwatch(one, rid) => {
            model.watches.remove(&(one, rid));
            index.unwatch(connection(one), &room(rid), RoomFeed::Messages);
        }
    }
}

proptest! {
    #[test]
    fn agrees_with_a_simple_model(steps in proptest::collection::vec(step(), 0..60)) {
        let (mut index, mut model) = (Index::default(), Model::default());
        for _ in 0..6 {
            connect(&mut index);
        }
        for step in steps {
            act(&mut index, &mut model, step);
            for room in 0..3u8 {
                let name = room.to_string();
                let mut found = members(&index, &name);
                found.sort_unstable();
                prop_assert_eq!(found, model.online_members(room));
                let expected: Vec<u32> =
                    model.watches.iter().filter(|(_, rid)| *rid == room).map(|(one, _)| *one as u32).collect();
                prop_assert_eq!(watchers(&index, &name), expected);
            }
        }
    }
}
