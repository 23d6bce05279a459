//! From commits to queues that nobody empties.

use super::*;
use crate::frame::{Draft, WireForm};
use crate::outbox::{Bounds, Taken};
use gantry_chat::notifications::Wishes;
use gantry_model::event::{Key, MessageSent, SubscriptionRemoved, UserChange};
use gantry_model::{Message, MessageId, Millis, Person, RoomKind, RoomWishes};
use serde_json::{Value, json};
use std::collections::VecDeque;
use std::task::Waker;

struct World {
    hub: Arc<Hub>,
    ears: Ears,
    batches: mpsc::Receiver<Arc<Batch>>,
}

struct Socket {
    connection: ConnectionId,
    outbox: Arc<Outbox>,
}

impl World {
    fn new() -> Self {
        let (queue, batches) = mpsc::channel(2);
        let hub = Arc::new(Hub::default());
        Self { ears: Ears { hub: hub.clone(), queue }, hub, batches }
    }

    /// A connection of a member of room `R`, with a token of this hash.
    fn socket(&self, name: &str, hash: &str) -> Socket {
        let outbox = Arc::new(Outbox::new(WireForm::Raw, Bounds::default()));
        let mut index = self.hub.index_mut();
        let connection = index.connect(outbox.clone());
        if let Some(ticket) = index.bind(connection, &name.into(), self.hub.session(hash)) {
            let rooms = vec![("R".into(), RoomWishes::default())];
            index.loaded(&name.into(), ticket, Wishes { desktop: None, rooms });
        }
        index.watch(connection, &"R".into(), RoomFeed::Messages);
        Socket { connection, outbox }
    }

    fn listen(&self, socket: &Socket, feed: Feed) {
        self.hub.index_mut().listen(socket.connection, feed, true);
    }

    fn commit(&self, events: impl IntoIterator<Item = Event>) {
        let sequenced = |(seq, event)| Sequenced { key: Key::Server, seq, event };
        let events = (1..).zip(events).map(sequenced).collect();
        self.ears.committed(&Batch { stamp: Millis(1), events });
    }

    fn watchers(&self) -> usize {
        self.hub.index().watchers(&"R".into(), RoomFeed::Messages).count()
    }
}

impl Socket {
    /// What waits to be sent.
    fn heard(&self) -> Vec<Value> {
        let mut batch = VecDeque::new();
        match self.outbox.take(&mut batch, Default::default(), Waker::noop()) {
            Taken::Frames => batch.iter().map(|entry| read(&entry.frame.slices().concat())).collect(),
            _ => Vec::new(),
        }
    }
}

/// The JSON behind a frame's header.
fn read(bytes: &[u8]) -> Value {
    let at = bytes.iter().position(|byte| *byte == b'{').unwrap();
    serde_json::from_slice(&bytes[at..]).unwrap()
}

fn sent(author: &str) -> Event {
    let message = Message {
        id: MessageId::new("M"),
        rid: "R".into(),
        ts: Millis(1),
        place: 1,
        updated: Millis(1),
        author: author.into(),
        kind: Some("ul".into()),
        body: "{\"msg\":\"\"}".into(),
        tmid: None,
        tshow: false,
        edited: None,
        reactions: Vec::new(),
    };
    Event::MessageSent(Box::new(MessageSent {
        message: Arc::new(message),
        author: Arc::new(Person { username: Some(author.into()), name: None }),
        kind: RoomKind::Private,
        room_name: None,
        alerts: false,
        counts: false,
        mentioned: Vec::new(),
        addressed: None,
    }))
}

fn removed(name: &str) -> Event {
    Event::SubscriptionRemoved(Box::new(SubscriptionRemoved {
        id: "S".into(),
        rid: "R".into(),
        kind: RoomKind::Private,
        name: None,
        fname: None,
        uid: name.into(),
    }))
}

#[test]
fn who_is_removed_is_out_before_anybody_is_answered() {
    let world = World::new();
    let (ann, bob) = (world.socket("ann", "a"), world.socket("bob", "b"));
    world.commit([removed("bob"), sent("ann")]);
    assert_eq!(world.watchers(), 1);
    assert!(!world.hub.index().is_member(&"bob".into(), &"R".into()));
    assert!(ann.heard().is_empty() && bob.heard().is_empty(), "telling is the fan-out's");
}

#[test]
fn who_leaves_hears_the_own_goodbye() {
    let world = World::new();
    let (ann, bob) = (world.socket("ann", "a"), world.socket("bob", "b"));
    world.commit([sent("ann"), sent("bob"), removed("bob")]);
    let heard = bob.heard();
    assert_eq!((heard.len(), &heard[0]["fields"]["args"][0]["u"]["_id"]), (1, &json!("bob")));
    assert!(ann.heard().is_empty());
}

#[test]
fn ended_sessions_are_told_and_closed() {
    let world = World::new();
    let [one, other, leaving, bob] = [("ann", "1"), ("ann", "2"), ("ann", "3"), ("bob", "1")].map(|(name, hash)| {
        let socket = world.socket(name, hash);
        world.listen(&socket, Feed::ForceLogout);
        socket
    });
    world.hub.index_mut().set_leaving(leaving.connection, true);
    let ended = |which| Event::SessionsEnded { uid: "ann".into(), which };
    world.commit([ended(EndedSessions::One("1".into()))]);
    let told = json!({"eventName": "ann/force_logout", "args": []});
    assert_eq!(one.heard()[0]["fields"], told);
    assert!(!one.outbox.admits() && !one.outbox.is_open(), "closed when nothing is in hand");
    assert!(other.outbox.is_open() && other.heard().is_empty());

    world.commit([ended(EndedSessions::AllBut(Some("2".into())))]);
    assert!(other.outbox.admits() && leaving.outbox.admits() && leaving.heard().is_empty());
    assert_eq!(world.hub.index().user_of(leaving.connection), None);
    world.commit([ended(EndedSessions::AllBut(None))]);
    assert!(!other.outbox.admits() && bob.outbox.admits());
    assert_eq!(world.watchers(), 1);
}

#[test]
fn a_removed_room_is_silent_at_once() {
    let world = World::new();
    world.socket("ann", "a");
    world.commit([Event::RoomRemoved { rid: "R".into(), kind: RoomKind::Private }]);
    assert_eq!(world.watchers(), 0);
    assert_eq!(world.hub.index_mut().forget_room(&"R".into()), [UserId::new("ann")]);
}

#[test]
fn what_was_checked_before_a_change_is_checked_again() {
    let world = World::new();
    let epoch = || world.hub.index().access_epoch();
    let before = epoch();
    world.commit([
        sent("ann"),
        Event::SubscriptionInserted { rid: "R".into(), kind: RoomKind::Private, uid: "x".into() },
    ]);
    assert_eq!(epoch(), before);
    for event in [
        removed("ann"),
        Event::RoomChanged { rid: "R".into(), named: true },
        Event::RoomRemoved { rid: "R".into(), kind: RoomKind::Private },
        Event::PermissionChanged { id: "view-c-room".into(), roles: Vec::new() },
        Event::RoleGranted { uid: "ann".into(), role: "owner".into(), scope: Some("R".into()), given: false },
        Event::UserChanged { uid: "ann".into(), what: UserChange::Roles },
        Event::SessionsEnded { uid: "ann".into(), which: EndedSessions::AllBut(None) },
    ] {
        let before = epoch();
        world.commit([event.clone()]);
        assert_ne!(epoch(), before, "{event:?}");
    }
}

#[test]
fn while_it_is_in_doubt_who_may_hear_of_a_room_nothing_of_it_is_told() {
    let world = World::new();
    let ann = world.socket("ann", "a");
    world.listen(&ann, Feed::Rooms);
    let room = Draft::from("{\"_id\":\"R\"}").share();
    let is_stale = || {
        let (due, next) = world.hub.stale.take(9, tokio::time::Instant::now());
        !due.rooms.is_empty() || next.is_some()
    };
    for event in [
        Event::PermissionChanged { id: "view-p-room".into(), roles: Vec::new() },
        Event::SettingChanged { id: "Accounts_AllowAnonymousRead".into(), change: None },
        Event::RoleGranted { uid: "ann".into(), role: "owner".into(), scope: Some("R".into()), given: false },
        Event::UserChanged { uid: "ann".into(), what: UserChange::Active },
        Event::RoomChanged { rid: "R".into(), named: true },
    ] {
        world.commit([event.clone(), sent("ann")]);
        assert!(world.hub.settled_index().is_none(), "{event:?}");
        refresh::send_room(&world.hub, &round::Round::default(), &"R".into(), &room);
        assert!(ann.heard().is_empty() && is_stale(), "{event:?}");
        world.hub.index_mut().settle(1);
    }
    world.commit([Event::PermissionChanged { id: "create-c".into(), roles: Vec::new() }]);
    refresh::send_room(&world.hub, &round::Round::default(), &"R".into(), &room);
    assert_eq!(ann.heard().len(), 1);
}

#[test]
fn a_new_membership_of_whose_roles_do_not_open_every_room_is_in_doubt() {
    let world = World::new();
    let joined =
        |name: &str| Event::SubscriptionInserted { rid: "S".into(), kind: RoomKind::Private, uid: name.into() };
    world.socket("ann", "a");
    world.socket("bob", "b");
    world.hub.index_mut().set_narrow(&"bob".into(), true);
    world.commit([joined("ann")]);
    assert!(world.hub.settled_index().is_some());
    world.commit([joined("bob")]);
    assert_eq!(world.hub.index().doubts(), [Doubt::User("bob".into())]);
    let index = world.hub.index();
    assert!(index.hears(&"ann".into(), &"S".into()) && !index.hears(&"bob".into(), &"S".into()));
}

#[test]
fn when_a_commit_is_uncertain_everybody_is_to_come_again() {
    let world = World::new();
    let ann = world.socket("ann", "a");
    let stranger = Arc::new(Outbox::new(WireForm::Raw, Bounds::default()));
    world.hub.index_mut().connect(stranger.clone());
    let visitor = Arc::new(Outbox::new(WireForm::Raw, Bounds::default()));
    let in_a_channel = world.hub.index_mut().connect(visitor.clone());
    world.hub.index_mut().watch(in_a_channel, &"C".into(), RoomFeed::Messages);
    world.ears.uncertain();
    assert!(!ann.outbox.admits() && !visitor.admits() && stranger.admits());
    assert_eq!(world.hub.index().counts(), [3, 0, 0]);
}

#[test]
fn whispers_reach_one_users_sockets() {
    let world = World::new();
    let [ann, bob] = [("ann", "1"), ("bob", "2")].map(|(name, hash)| {
        let socket = world.socket(name, hash);
        world.listen(&socket, Feed::Message);
        socket
    });
    world.ears.whisper(&"ann".into(), "message", "{\"msg\":\"psst\"}");
    world.ears.whisper(&"ann".into(), "nonsense", "{}");
    assert_eq!(ann.heard()[0]["fields"], json!({"eventName": "ann/message", "args": [{"msg": "psst"}]}));
    assert!(ann.heard().is_empty() && bob.heard().is_empty());
}

#[test]
fn a_rooms_document_is_shared_and_only_the_newest_waits() {
    let world = World::new();
    let [ann, bob] = [("ann", "1"), ("bob", "2")].map(|(name, hash)| {
        let socket = world.socket(name, hash);
        world.listen(&socket, Feed::Rooms);
        socket
    });
    for msgs in 1..=3 {
        let room = Draft::from(&*json!({"_id": "R", "msgs": msgs}).to_string()).share();
        let round = round::Round::default();
        refresh::send_room(&world.hub, &round, &"R".into(), &room);
        round.flush();
    }
    for (socket, name) in [(&ann, "ann"), (&bob, "bob")] {
        let heard = socket.heard();
        let expected =
            json!({"eventName": format!("{name}/rooms-changed"), "args": ["updated", {"_id": "R", "msgs": 3}]});
        assert_eq!((heard.len(), &heard[0]["fields"]), (1, &expected));
    }
}

#[test]
fn a_full_queue_makes_the_writer_wait() {
    let World { ears, mut batches, .. } = World::new();
    let writer = std::thread::spawn(move || {
        for stamp in 0..10 {
            ears.announce(Arc::new(Batch { stamp: Millis(stamp), events: Vec::new() }));
        }
    });
    let told: Vec<i64> = (0..10).filter_map(|_| batches.blocking_recv()).map(|batch| batch.stamp.0).collect();
    writer.join().unwrap();
    assert_eq!(told, (0..10).collect::<Vec<_>>());
}

mod presence;
