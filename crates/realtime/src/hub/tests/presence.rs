//! What connections are told of presence, and when.

use super::*;
use crate::hub::presence::{PAUSE, Teller};
use gantry_model::{Profile, Status, User, UserKind};
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap};
use tokio::time::advance;

fn account(name: &str) -> Arc<User> {
    Arc::new(User {
        id: name.into(),
        username: Some(name.into()),
        name: None,
        kind: UserKind::User,
        active: true,
        roles: Vec::new(),
        emails: Vec::new(),
        status_default: Status::Online,
        status_text: String::new(),
        has_password: false,
        created: Millis(0),
        last_login: None,
        updated: Millis(0),
        preferences: Default::default(),
        profile: Profile::default(),
    })
}

/// A world in which presence is told.
struct Stage {
    world: World,
    teller: Teller,
}

impl Stage {
    fn new() -> Self {
        let world = World::new();
        Self { teller: Teller::new(world.hub.clone()), world }
    }

    /// A connection that listens to these users.
    fn viewer(&self, name: &str, watched: &[&str]) -> Socket {
        let socket = self.world.socket(name, name);
        watched.iter().for_each(|uid| self.watch(&socket, uid));
        socket
    }

    fn watch(&self, socket: &Socket, uid: &str) {
        assert!(self.world.hub.index_mut().watch_presence(socket.connection, &uid.into()));
    }

    /// Somebody is seen so.
    fn see(&self, uid: &str, status: Status) {
        self.world.ears.presence_changed(&uid.into(), &Shown { status, text: String::new() });
    }

    /// What the task does when it is woken.
    fn tell(&mut self, uids: &[&str]) {
        self.teller.end_turns();
        self.teller.tell(&uids.iter().map(|uid| account(uid)).collect::<Vec<_>>());
    }

    fn show(&mut self, uid: &str, status: Status) {
        self.see(uid, status);
        self.tell(&[uid]);
    }

    /// Lets a turn pass.
    async fn pause(&mut self) {
        advance(PAUSE).await;
        self.teller.end_turns();
    }
}

impl Socket {
    /// The users and codes it was told of since it was last asked.
    fn seen(&self) -> Vec<(String, u64)> {
        let told = |frame: &Value| {
            let fields = &frame["fields"];
            let code = &fields["args"][0][1];
            (fields["uid"].as_str().unwrap().to_owned(), code.as_u64().unwrap())
        };
        self.heard().iter().map(told).collect()
    }
}

fn one(uid: &str, code: u64) -> Vec<(String, u64)> {
    vec![(uid.to_owned(), code)]
}

#[tokio::test(start_paused = true)]
async fn the_first_change_is_told_at_once_the_next_ones_together() {
    let mut stage = Stage::new();
    let ann = stage.viewer("ann", &["bob", "cat"]);
    stage.show("bob", Status::Online);
    assert_eq!(ann.seen(), one("bob", 1));
    stage.show("bob", Status::Away);
    stage.show("cat", Status::Online);
    stage.show("bob", Status::Busy);
    advance(PAUSE / 2).await;
    stage.teller.end_turns();
    assert_eq!(ann.seen(), []);
    advance(PAUSE / 2).await;
    stage.teller.end_turns();
    assert_eq!(ann.seen(), [one("bob", 3), one("cat", 1)].concat());
    stage.pause().await;
    stage.show("cat", Status::Away);
    assert_eq!(ann.seen(), one("cat", 2), "a quiet connection is told at once again");
}

#[tokio::test(start_paused = true)]
async fn each_connection_has_its_own_turn() {
    let mut stage = Stage::new();
    let (ann, eve) = (stage.viewer("ann", &["bob"]), stage.viewer("eve", &["cat"]));
    stage.show("bob", Status::Online);
    stage.show("cat", Status::Online);
    assert_eq!((ann.seen(), eve.seen()), (one("bob", 1), one("cat", 1)));
}

#[tokio::test(start_paused = true)]
async fn who_looks_again_as_before_is_not_told() {
    let mut stage = Stage::new();
    let ann = stage.viewer("ann", &["bob", "cat"]);
    stage.show("bob", Status::Online);
    ann.seen();
    for status in [Status::Away, Status::Offline, Status::Online] {
        stage.show("bob", status);
    }
    stage.pause().await;
    assert_eq!(ann.seen(), []);
    stage.show("cat", Status::Online);
    assert_eq!(ann.seen(), one("cat", 1), "the turn in which there was nothing to say is over");
}

#[tokio::test(start_paused = true)]
async fn what_a_newcomer_may_have_read_is_told() {
    let mut stage = Stage::new();
    let ann = stage.viewer("ann", &["bob"]);
    stage.show("bob", Status::Offline);
    stage.pause().await;
    stage.see("bob", Status::Online);
    // Eve read that Bob is online, and listens from now on.
    let eve = stage.viewer("eve", &["bob"]);
    stage.show("bob", Status::Offline);
    assert_eq!(eve.seen(), one("bob", 0));
    ann.seen();
    stage.pause().await;
    stage.show("bob", Status::Away);
    stage.show("bob", Status::Busy);
    stage.watch(&ann, "bob");
    stage.show("bob", Status::Away);
    ann.seen();
    stage.pause().await;
    assert_eq!(ann.seen(), one("bob", 2), "listening anew, it may have read anything");
}

#[tokio::test(start_paused = true)]
async fn nothing_more_is_told_to_who_stopped_listening() {
    let mut stage = Stage::new();
    let [ann, eve] = ["ann", "eve"].map(|name| stage.viewer(name, &["bob", "cat"]));
    stage.show("bob", Status::Online);
    stage.show("cat", Status::Online);
    ann.seen();
    eve.seen();
    stage.world.hub.index_mut().unwatch_presence(ann.connection, &"cat".into());
    stage.world.hub.index_mut().unbind(eve.connection);
    stage.pause().await;
    assert_eq!((ann.seen(), eve.seen()), (vec![], vec![]));
    stage.watch(&eve, "cat");
    stage.show("cat", Status::Away);
    assert_eq!(eve.seen(), one("cat", 2), "it begins anew");
}

#[tokio::test(start_paused = true)]
async fn who_listens_to_everybody_is_told_in_turns_too() {
    let mut stage = Stage::new();
    let ann = stage.world.socket("ann", "ann");
    stage.world.listen(&ann, Feed::UserStatus);
    let codes = |socket: &Socket| {
        let args = |frame: &Value| (frame["fields"]["args"][0][0].clone(), frame["fields"]["args"][0][2].clone());
        socket.heard().iter().map(args).collect::<Vec<_>>()
    };
    stage.show("bob", Status::Online);
    assert_eq!(codes(&ann), [(json!("bob"), json!(1))]);
    for status in [Status::Away, Status::Busy] {
        stage.show("bob", status);
        stage.show("cat", status);
    }
    assert_eq!(codes(&ann), []);
    stage.pause().await;
    assert_eq!(codes(&ann), [(json!("bob"), json!(3)), (json!("cat"), json!(3))]);
    stage.world.hub.index_mut().listen(ann.connection, Feed::UserStatus, false);
    stage.pause().await;
    stage.see("bob", Status::Online);
    assert_eq!(stage.world.hub.index().presence_listeners(&"bob".into()), [&[] as &[u32]; 2]);
}

/// Half of those who are there drop and return: at most a burst a second for each connection, of as many frames as users
/// whom it shows changed, never so many that its queue could not hold them.
#[tokio::test(start_paused = true)]
async fn a_storm_costs_as_much_as_changed() {
    const USERS: usize = 600;
    let names: Vec<String> = (0..USERS).map(|n| format!("u{n:03}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut stage = Stage::new();
    let viewers: Vec<Socket> = (0..20).map(|n| stage.viewer(&format!("v{n}"), &names)).collect();
    let few = stage.viewer("few", &names[..3]);
    names.iter().for_each(|name| stage.see(name, Status::Online));
    stage.tell(&names);
    let mut told: Vec<_> = viewers.iter().map(Socket::seen).collect();
    assert!(told.iter().all(|told| told.len() == 256), "no more than a queue holds");
    // Meanwhile half of them go, and come back.
    for status in [Status::Offline, Status::Online] {
        names[..USERS / 2].iter().for_each(|name| stage.see(name, status));
        stage.tell(&names);
    }
    assert!(viewers.iter().all(|viewer| viewer.heard().is_empty()), "not within the second");
    for _ in 0..4 {
        stage.pause().await;
        told.iter_mut().zip(&viewers).for_each(|(told, viewer)| told.extend(viewer.seen()));
    }
    for (told, viewer) in told.iter().zip(&viewers) {
        let each: HashMap<&str, u64> = told.iter().map(|(uid, code)| (uid.as_str(), *code)).collect();
        assert_eq!((told.len(), each.len()), (USERS, USERS), "each once");
        assert!(each.values().all(|code| *code == 1));
        assert!(viewer.outbox.is_open());
    }
    assert_eq!(few.seen().len(), 3, "what a connection does not show costs it nothing");
}

/// Who is watched again is told of, also where what a turn remembers is of a time before.
#[tokio::test(start_paused = true)]
async fn a_watch_that_begins_anew_knows_nothing_of_the_one_before() {
    let mut stage = Stage::new();
    let viewer = stage.viewer("v", &["z"]);
    stage.show("z", Status::Away);
    stage.show("z", Status::Offline);
    assert_eq!(viewer.seen(), [("z".to_owned(), 2)]);
    stage.world.hub.index_mut().unwatch_presence(viewer.connection, &"z".into());
    stage.watch(&viewer, "z");
    stage.show("z", Status::Online);
    stage.pause().await;
    assert_eq!(viewer.seen(), [("z".to_owned(), 1)]);
}

/// What may happen to three users whom two connections watch.
#[derive(Clone, Debug)]
enum Step {
    See(u8, u8),
    /// The task runs.
    Tell,
    Pass,
    Watch(usize, u8),
    Unwatch(usize, u8),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0..3_u8, 0..4_u8).prop_map(|(user, status)| Step::See(user, status)),
        3 => Just(Step::Tell),
        2 => Just(Step::Pass),
        1 => (0..2_usize, 0..3_u8).prop_map(|(viewer, user)| Step::Watch(viewer, user)),
        1 => (0..2_usize, 0..3_u8).prop_map(|(viewer, user)| Step::Unwatch(viewer, user)),
    ]
}

const ALL: [Status; 4] = [Status::Offline, Status::Online, Status::Away, Status::Busy];
const USERS: [&str; 3] = ["x", "y", "z"];

proptest! {
    /// Whatever happens in whatever order: when all is told, a connection shows everybody it watches as they are, and it
    /// was never written to twice within a second.
    #[test]
    fn in_the_end_everybody_is_shown_as_they_are(steps in proptest::collection::vec(step(), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let mut stage = Stage::new();
            let viewers = ["v", "w"].map(|name| stage.viewer(name, &[]));
            let mut truth = BTreeMap::from(USERS.map(|user| (user.to_owned(), 0)));
            let mut views = [BTreeMap::new(), BTreeMap::new()];
            let mut last = [None; 2];
            let steps = steps.into_iter().chain([Step::Tell, Step::Pass, Step::Pass]);
            for step in steps {
                match step {
                    Step::See(user, status) => {
                        truth.insert(USERS[user as usize].into(), u64::from(ALL[status as usize].code()));
                        stage.see(USERS[user as usize], ALL[status as usize]);
                    }
                    Step::Tell => stage.tell(&USERS),
                    Step::Pass => stage.pause().await,
                    Step::Watch(viewer, user) => {
                        let user = USERS[user as usize];
                        // Reads how the user is, then listens.
                        views[viewer].insert(user.to_owned(), truth[user]);
                        stage.watch(&viewers[viewer], user);
                    }
                    Step::Unwatch(viewer, user) => {
                        let user = USERS[user as usize];
                        views[viewer].remove(user);
                        stage.world.hub.index_mut().unwatch_presence(viewers[viewer].connection, &user.into());
                    }
                }
                for (at, viewer) in viewers.iter().enumerate() {
                    let told = viewer.seen();
                    if told.is_empty() {
                        continue;
                    }
                    let now = tokio::time::Instant::now();
                    let before = last[at].replace(now);
                    assert!(before.is_none_or(|before| now - before >= PAUSE), "twice within a second");
                    for (user, code) in told {
                        assert!(views[at].insert(user, code).is_some(), "told of somebody it does not watch");
                    }
                }
            }
            for view in &views {
                view.iter().for_each(|(user, code)| assert_eq!(truth.get(user), Some(code), "{user}"));
            }
        });
    }
}
