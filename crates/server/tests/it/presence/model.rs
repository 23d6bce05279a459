//! A small model of presence, and stories that the server must tell as the model does.

use super::{LINGER, OWN, SOON, WATCHED, connections, presence};
use crate::world::{Server, TOKEN_SECRET, User};
use gantry_testkit::{Ddp, Login};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};
use std::collections::BTreeMap;

const NAMES: [&str; 3] = ["ann", "bob", "cat"];
const WORDS: [&str; 4] = ["offline", "online", "away", "busy"];

/// Acts between two looks at what the sockets were told.
const CHAPTER: usize = 8;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// A person as the model has one. Statuses are their codes.
struct Person {
    active: bool,
    chosen: usize,
    connections: Vec<Connection>,
}

struct Connection {
    socket: Option<Ddp>,
    status: usize,
}

impl Person {
    fn connection(&self) -> usize {
        if self.connections.iter().any(|one| one.status == 1) {
            return 1;
        }
        self.connections.last().map_or(0, |one| one.status)
    }

    fn shown(&self) -> usize {
        match (self.connection(), self.chosen) {
            (0, _) => 0,
            (connection, 1) => connection,
            (_, chosen) => chosen,
        }
    }

    /// The connections that are there, by their places.
    fn open(&self) -> Vec<usize> {
        (0..self.connections.len()).filter(|at| self.connections[*at].socket.is_some()).collect()
    }
}

#[derive(Clone, Copy, Debug)]
enum Act {
    Connect,
    /// The socket breaks.
    Break,
    /// The client says goodbye.
    Close,
    /// So much time passes that nobody waits for those whose sockets broke.
    Pass,
    LogOut,
    Keyboard(bool),
    Choose(usize),
    Activate(bool),
}

impl Act {
    fn draw(rng: &mut StdRng) -> Self {
        match rng.random_range(0..20) {
            0..5 => Self::Connect,
            5..7 => Self::Break,
            7 => Self::Close,
            8..10 => Self::Pass,
            10 => Self::LogOut,
            11..13 => Self::Keyboard(true),
            13..15 => Self::Keyboard(false),
            15..18 => Self::Choose(rng.random_range(0..WORDS.len())),
            18 => Self::Activate(false),
            _ => Self::Activate(true),
        }
    }
}

struct Story {
    server: Server,
    users: [User; 3],
    people: [Person; 3],
    /// Hears of everybody.
    watcher: Ddp,
    /// Says to the watcher that everything before has been told.
    herald: User,
    marks: usize,
    told: String,
}

/// Plays one story.
pub(super) async fn play(mut server: Server) {
    let seed = number("GANTRY_PRESENCE_SEED").unwrap_or_else(|| rand::rng().random());
    let steps = number("GANTRY_PRESENCE_STEPS").unwrap_or(48);
    server.restart_with_own_clock().await;
    let mut story = Story::begin(server, seed).await;
    let mut rng = StdRng::seed_from_u64(seed);
    for step in 0..steps as usize {
        let (who, act) = (rng.random_range(0..NAMES.len()), Act::draw(&mut rng));
        story.told.push_str(&format!("\n{} {act:?}", NAMES[who]));
        story.act(who, act, &mut rng).await;
        story.check_rest().await;
        if step % CHAPTER == CHAPTER - 1 {
            story.check_sockets().await;
        }
    }
}

impl Story {
    async fn begin(server: Server, seed: u64) -> Self {
        let users = server.users(NAMES).await;
        let [herald, viewer] = server.users(["herald", "viewer"]).await;
        let watcher = viewer.socket().await;
        let ids: Vec<&str> = users.iter().chain([&herald]).map(User::id).collect();
        watcher.sub(WATCHED, json!(["", { "added": ids }])).await.unwrap();
        watcher.stream("stream-notify-logged", "user-status").await;
        let people = [(); 3].map(|()| Person { active: true, chosen: 1, connections: Vec::new() });
        let told = format!("GANTRY_PRESENCE_SEED={seed}");
        Self { server, users, people, watcher, herald, marks: 0, told }
    }

    async fn act(&mut self, who: usize, act: Act, rng: &mut StdRng) {
        let open = self.people[who].open();
        let some = (!open.is_empty()).then(|| open[rng.random_range(0..open.len().max(1))]);
        match (act, some) {
            (Act::Connect, _) if self.people[who].active => self.connect(who).await,
            (Act::Break | Act::Close, Some(at)) => {
                let socket = self.people[who].connections[at].socket.take().unwrap();
                match act {
                    Act::Close => socket.close().await,
                    _ => drop(socket),
                }
                self.settle().await;
            }
            (Act::Pass, _) => {
                self.server.pass(LINGER);
                presence::let_go(self.server.gantry.chat());
                self.people.iter_mut().for_each(|one| one.connections.retain(|one| one.socket.is_some()));
            }
            (Act::LogOut, Some(at)) => {
                let socket = self.people[who].connections.remove(at).socket.unwrap();
                socket.call("logout", json!([])).await.unwrap();
                drop(socket);
                self.settle().await;
            }
            (Act::Keyboard(there), Some(at)) => {
                let one = &mut self.people[who].connections[at];
                one.status = if there { 1 } else { 2 };
                let method = if there { "UserPresence:online" } else { "UserPresence:away" };
                one.socket.as_ref().unwrap().call(method, json!([])).await.unwrap();
            }
            (Act::Choose(status), _) if self.people[who].active => self.choose(who, status, some).await,
            (Act::Activate(active), _) => self.activate(who, active).await,
            _ => {}
        }
    }

    /// A connection by a session of its own; who was waited for has come back with it.
    async fn connect(&mut self, who: usize) {
        let token = json!({ "userId": self.users[who].id(), "secret": TOKEN_SECRET });
        let made = self.server.admin.rest.post("users.createToken", token).await.ok();
        let token = made["data"]["authToken"].as_str().unwrap().to_owned();
        let socket = Ddp::connect(&self.server.base).await;
        socket.login(&Login { token, ..self.users[who].login.clone() }).await;
        let connections = &mut self.people[who].connections;
        connections.retain(|one| one.socket.is_some());
        connections.push(Connection { socket: Some(socket), status: 1 });
    }

    /// By the method, where there is a socket, and else by the administrator.
    async fn choose(&mut self, who: usize, status: usize, some: Option<usize>) {
        self.people[who].chosen = status;
        let word = WORDS[status];
        match some.map(|at| self.people[who].connections[at].socket.as_ref().unwrap()) {
            Some(socket) => drop(socket.call("setUserStatus", json!([word])).await.unwrap()),
            None => {
                let body = json!({ "userId": self.users[who].id(), "status": word });
                self.server.admin.rest.post("users.setStatus", body).await.ok();
            }
        }
    }

    async fn activate(&mut self, who: usize, active: bool) {
        let body = json!({ "userId": self.users[who].id(), "activeStatus": active, "confirmRelinquish": true });
        self.server.admin.rest.post("users.setActiveStatus", body).await.ok();
        let one = &mut self.people[who];
        one.active = active;
        if !active {
            one.connections.clear();
            self.settle().await;
        }
    }

    /// Until the server has noticed which sockets are gone: all but those of the story, and the watcher's.
    async fn settle(&self) {
        let open: usize = self.people.iter().map(|one| one.open().len()).sum();
        connections(&self.server, open + 1).await;
    }

    /// The statuses of those who are there, by the model.
    fn expected(&self) -> BTreeMap<String, String> {
        let named =
            NAMES.iter().zip(&self.people).map(|(name, one)| ((*name).to_owned(), WORDS[one.shown()].to_owned()));
        named.filter(|(_, word)| word != "offline").collect()
    }

    async fn check_rest(&self) {
        let ids: Vec<&str> = self.users.iter().map(User::id).collect();
        let rest = &self.server.admin.rest;
        for query in [vec![], vec![("ids", ids.join(","))]] {
            let query: Vec<(&str, &str)> = query.iter().map(|(key, value)| (*key, value.as_str())).collect();
            let answer = rest.get("users.presence", &query).await.ok();
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            let users = answer["users"].as_array().unwrap().iter();
            let mut seen: BTreeMap<_, _> = users.map(|user| (text(&user["username"]), text(&user["status"]))).collect();
            seen.retain(|name, _| NAMES.contains(&name.as_str()));
            assert_eq!(seen, self.expected(), "{}", self.told);
        }
        for (user, one) in self.users.iter().zip(&self.people) {
            let status = rest.get("users.getStatus", &[("userId", user.id())]).await.ok();
            let expected = (WORDS[one.shown()], WORDS[one.connection()]);
            assert_eq!(
                (&status["status"], &status["connectionStatus"]),
                (&json!(expected.0), &json!(expected.1)),
                "{}",
                self.told
            );
        }
    }

    /// Whatever was changed before the herald's mark has been told with it.
    async fn check_sockets(&mut self) {
        self.marks += 1;
        let mark = format!("mark {}", self.marks);
        self.herald.rest.post("users.setStatus", json!({ "message": mark })).await.ok();
        self.watcher.expect_where(WATCHED, self.herald.id(), SOON, |args| args[0][2] == mark.as_str()).await;
        self.watcher.barrier().await;
        let heard = self.watcher.heard();
        assert!(heard.iter().all(|frame| frame["collection"] != OWN));
        let mut views = [(); 2].map(|()| BTreeMap::new());
        for frame in heard.iter().filter(|frame| frame["msg"] == "changed") {
            let args = &frame["fields"]["args"][0];
            let (view, name, code) = match frame["collection"] == WATCHED {
                true => (0, &args[0], &args[1]),
                false => (1, &args[1], &args[2]),
            };
            let (name, code) = (name.as_str().unwrap(), code.as_u64().unwrap() as usize);
            if NAMES.contains(&name) {
                views[view].insert(name.to_owned(), WORDS[code].to_owned());
            }
        }
        for mut view in views {
            view.retain(|_, word| word != "offline");
            assert_eq!(view, self.expected(), "{}", self.told);
        }
    }
}
