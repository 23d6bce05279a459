use super::*;
use gantry_model::event::Batch;
use gantry_model::{Profile, UserKind};

const FIRST: ConnectionId = ConnectionId(1);
const SECOND: ConnectionId = ConnectionId(2);

fn user(name: &str, default: Status) -> User {
    User {
        id: UserId::new(name),
        username: Some(name.into()),
        name: None,
        kind: UserKind::User,
        active: true,
        roles: Vec::new(),
        emails: Vec::new(),
        status_default: default,
        status_text: String::new(),
        has_password: false,
        created: Millis(0),
        last_login: None,
        updated: Millis(0),
        preferences: serde_json::Map::new(),
        profile: Profile::default(),
    }
}

/// What others, and the user's own clients, were told since it was last asked.
#[derive(Default)]
struct Ears {
    others: Mutex<Vec<(String, Status)>>,
    own: Mutex<Vec<(String, Status)>>,
}

impl Audience for Ears {
    fn committed(&self, _: &Batch) {}
    fn announce(&self, _: Arc<Batch>) {}
    fn uncertain(&self) {}
    fn whisper(&self, _: &UserId, _: &str, _: &str) {}

    fn presence_changed(&self, uid: &UserId, shown: &Shown) {
        self.others.lock().unwrap().push((uid.to_string(), shown.status));
    }

    fn own_presence_changed(&self, uid: &UserId, shown: &Shown) {
        self.own.lock().unwrap().push((uid.to_string(), shown.status));
    }
}

struct World {
    presence: Presence,
    ears: Arc<Ears>,
    ann: User,
}

impl World {
    fn new(default: Status) -> Self {
        let (presence, ears) = (Presence::new(Millis(0), false), Arc::new(Ears::default()));
        presence.announce_to(ears.clone());
        Self { presence, ears, ann: user("ann", default) }
    }

    fn connect(&self, connection: ConnectionId, now: i64) {
        self.presence.connect(&self.ann, connection, Some("token"), Millis(now));
    }

    fn told(&self) -> Vec<Status> {
        std::mem::take(&mut *self.ears.others.lock().unwrap()).into_iter().map(|(_, status)| status).collect()
    }

    fn told_oneself(&self) -> Vec<Status> {
        std::mem::take(&mut *self.ears.own.lock().unwrap()).into_iter().map(|(_, status)| status).collect()
    }
}

#[test]
fn connections_make_the_status() {
    let world = World::new(Status::Online);
    let (presence, uid) = (&world.presence, &world.ann.id);
    world.connect(FIRST, 1);
    assert_eq!(world.told(), [Status::Online]);
    world.connect(SECOND, 2);
    presence.set(uid, SECOND, Status::Away, Millis(2));
    assert_eq!(world.told(), []);
    presence.set(uid, FIRST, Status::Away, Millis(3));
    assert_eq!(world.told(), [Status::Away]);
    presence.disconnect(uid, SECOND, Millis(4));
    presence.disconnect(uid, FIRST, Millis(5));
    presence.disconnect(uid, FIRST, Millis(6));
    assert_eq!(world.told(), [Status::Offline]);
    assert_eq!((presence.present().len(), presence.changed_since(Millis(4), Millis(6))), (0, Some(vec![uid.clone()])));
}

#[test]
fn any_of_ten_at_the_keyboard_is_online() {
    let world = World::new(Status::Online);
    for n in 0..10 {
        world.connect(ConnectionId(n), 1);
    }
    for n in 0..9 {
        world.presence.set(&world.ann.id, ConnectionId(n), Status::Away, Millis(2));
    }
    assert_eq!((world.presence.status(&world.ann.id), world.told()), (Status::Online, vec![Status::Online]));
    world.presence.set(&world.ann.id, ConnectionId(9), Status::Away, Millis(3));
    assert_eq!(world.told(), [Status::Away]);
}

#[test]
fn who_is_invisible_is_offline_to_others() {
    let world = World::new(Status::Offline);
    world.connect(FIRST, 1);
    assert_eq!(world.told(), []);
    assert_eq!(world.presence.connection(&world.ann.id), Status::Online);
}

#[test]
fn who_comes_back_in_a_moment_was_never_gone() {
    let world = World::new(Status::Online);
    let (presence, uid) = (&world.presence, &world.ann.id);
    world.connect(FIRST, 1);
    world.told();
    presence.linger(uid, FIRST, Millis(10));
    presence.let_go(Millis(9 + LINGER));
    world.connect(SECOND, 9 + LINGER);
    presence.let_go(Millis(100 + LINGER));
    assert_eq!(world.told(), []);
    presence.linger(uid, SECOND, Millis(20_000));
    presence.let_go(Millis(20_000 + LINGER));
    assert_eq!(world.told(), [Status::Offline]);
    presence.linger(uid, SECOND, Millis(30_000));
    assert!(presence.lock().leaving.is_empty(), "it is gone already");
}

#[test]
fn a_clock_that_is_set_back_keeps_nobody_here() {
    let world = World::new(Status::Online);
    world.connect(FIRST, 10_000);
    world.presence.linger(&world.ann.id, FIRST, Millis(10_000));
    world.presence.let_go(Millis(9_999));
    assert_eq!(world.told(), [Status::Online, Status::Offline]);
}

#[test]
fn whose_session_ends_is_gone_at_once() {
    let world = World::new(Status::Online);
    let (presence, uid) = (&world.presence, &world.ann.id);
    let other = ConnectionId(3);
    world.connect(FIRST, 1);
    presence.connect(&world.ann, other, Some("other"), Millis(1));
    presence.linger(uid, FIRST, Millis(2));
    world.told();
    presence.end_sessions(uid, &EndedSessions::AllBut(Some("token".into())), Millis(3));
    presence.set(uid, FIRST, Status::Away, Millis(4));
    assert_eq!(world.told(), [Status::Away], "the other one is not there");
    presence.end_sessions(uid, &EndedSessions::One("other".into()), Millis(5));
    assert_eq!(world.told(), []);
    presence.end_sessions(uid, &EndedSessions::One("token".into()), Millis(6));
    assert_eq!(world.told(), [Status::Offline]);
    world.connect(FIRST, 7);
    presence.end_sessions(uid, &EndedSessions::AllBut(None), Millis(8));
    assert_eq!(world.told(), [Status::Online, Status::Offline]);
}

#[test]
fn the_newest_choice_counts_until_it_ends() {
    let world = World::new(Status::Online);
    let (presence, uid) = (&world.presence, &world.ann.id);
    world.connect(FIRST, 1);
    let busy = Chosen { status: Status::Busy, text: "lunch".into(), until: Some(Millis(100)), at: Millis(20) };
    presence.choose(uid, busy.clone(), Millis(20));
    let older = Chosen { status: Status::Away, at: Millis(10), ..busy.clone() };
    presence.choose(uid, older, Millis(21));
    assert_eq!(world.told(), [Status::Online, Status::Busy]);
    assert_eq!(presence.ended(Millis(99)), None);
    assert_eq!(presence.ended(Millis(100)), Some((Millis(100), uid.clone())));
    assert_eq!(busy.at(Millis(100)), (Status::Online, ""));
    presence.settle(Millis(100), uid, Millis(100));
    presence.set(uid, FIRST, Status::Away, Millis(101));
    assert_eq!((presence.ended(Millis(200)), world.told()), (None, vec![Status::Online, Status::Away]));
}

#[test]
fn a_choice_of_who_is_not_there_is_told() {
    let world = World::new(Status::Online);
    let on_leave = Chosen { status: Status::Busy, text: "on leave".into(), until: Some(Millis(9)), at: Millis(1) };
    world.presence.choose(&world.ann.id, on_leave, Millis(1));
    assert_eq!(world.told(), [Status::Offline]);
    assert_eq!(world.presence.ended(Millis(9)), Some((Millis(9), world.ann.id.clone())));
}

#[test]
fn hidden_are_all_but_oneself() {
    let world = World::new(Status::Online);
    world.connect(FIRST, 1);
    world.presence.connect(&user("bob", Status::Online), SECOND, None, Millis(1));
    world.told();
    world.told_oneself();
    world.presence.hide(true, Millis(2));
    assert_eq!(world.told(), [Status::Offline; 2]);
    world.presence.set(&world.ann.id, FIRST, Status::Away, Millis(3));
    world.presence.disconnect(&UserId::new("bob"), SECOND, Millis(3));
    assert_eq!((world.told(), world.told_oneself()), (vec![], vec![Status::Away, Status::Offline]));
    world.presence.hide(false, Millis(4));
    world.presence.hide(false, Millis(5));
    assert_eq!((world.told(), world.told_oneself()), (vec![Status::Away], vec![]));
}

#[test]
fn who_is_gone_is_forgotten() {
    let world = World::new(Status::Online);
    let presence = &world.presence;
    world.connect(FIRST, 0);
    presence.disconnect(&world.ann.id, FIRST, Millis(1));
    presence.connect(&user("bob", Status::Online), SECOND, None, Millis(REMEMBERED + 1));
    assert_eq!(presence.lock().users.len(), 1);
}

#[test]
fn what_was_before_the_start_is_not_known() {
    let presence = Presence::new(Millis(1_000_000), false);
    let known = |since| presence.changed_since(Millis(since), Millis(1_000_000 + REMEMBERED)).is_some();
    assert_eq!([999_999, 1_000_000, 1_000_001].map(known), [false, false, true]);
}
