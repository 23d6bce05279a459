//! What is unread, against a simple model: random acts of five people in four rooms, and after each one what every
//! member is told must be what the model counts.
//!
//! `GANTRY_UNREAD_STEPS` says how many acts; `GANTRY_UNREAD_SEED` repeats a story that went wrong.

mod model;
mod step;

use crate::world::{Server, User};
use futures_util::future::join_all;
use gantry_testkit::{Answer, Ddp, both_databases};
use model::{Counting, Kind, Model, Room, Saying, Seen};
use rand::SeedableRng;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use step::{Act, Step, Text, WORDS};
use tokio::time::Instant;

const NAMES: [&str; 5] = ["ann", "bob", "cat", "dan", "eve"];

/// How long sockets may take to hear the last of it.
const SOON: Duration = Duration::from_secs(10);

/// Acts between two restarts of the server.
const CHAPTER: usize = 500;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// What somebody's client holds: the rooms by id, kept up with by asking for what changed.
#[derive(Default)]
struct Client {
    rooms: BTreeMap<String, Value>,
    cursor: String,
}

struct Story {
    server: Server,
    users: [User; 5],
    rids: Vec<String>,
    model: Model,
    /// Who waits for the own word.
    waiting: [bool; 5],
    clients: [Client; 5],
    seed: u64,
    steps: Vec<Step>,
}

impl Story {
    async fn begin(server: Server, seed: u64) -> Self {
        let users = server.users(NAMES).await;
        server.grant("unarchive-room", &["admin", "owner"]).await;
        let [ann, bob, cat, dan, _] = &users;
        let direct = ann.rest.post("im.create", json!({ "username": "bob" })).await.ok();
        let rids = vec![
            ann.channel("square", &[bob, cat, dan]).await,
            ann.group("plans", &[bob, cat]).await,
            direct["room"]["_id"].as_str().unwrap().to_owned(),
            bob.channel("garden", &[ann, dan]).await,
        ];
        bob.rest.post("subscriptions.read", json!({ "rid": rids[2] })).await.ok();
        let rooms = vec![
            Room::new(Kind::Channel, 0, &[0, 1, 2, 3]),
            Room::new(Kind::Group, 0, &[0, 1, 2]),
            Room::new(Kind::Direct, 0, &[0, 1]),
            Room::new(Kind::Channel, 1, &[0, 1, 3]),
        ];
        let model = Model { rooms, counting: Counting::Both, counting_direct: true };
        let (waiting, clients, steps) = Default::default();
        Self { server, users, rids, model, waiting, clients, seed, steps }
    }

    /// Acts, and checks after each what everybody is told.
    async fn chapter(&mut self, rng: &mut StdRng, acts: usize) {
        let sockets = join_all((0..self.users.len()).map(|who| self.listen(who))).await;
        self.check().await;
        for _ in 0..acts {
            let step = Step::draw(rng, &self.model);
            self.steps.push(step.clone());
            self.take(step).await;
            self.check().await;
        }
        for (who, socket) in sockets.iter().enumerate() {
            self.check_socket(who, socket).await;
        }
    }

    async fn restart(&mut self) {
        self.server.restart().await;
        self.users = self.users.each_ref().map(|user| self.server.here(user));
    }

    /// Does it on the server and in the model. A refusal is no failure: what it leaves behind decides.
    async fn take(&mut self, Step { by, room, act }: Step) {
        let rid = self.rids[room].clone();
        let model = &mut self.model.rooms[room];
        match act {
            Act::Say(text) => return self.say(by, room, &text).await,
            Act::Edit(at, text) => {
                let edit = json!({ "roomId": rid, "msgId": model.said[at].id, "text": text.typed(&NAMES) });
                self.post(by, "chat.update", edit).await;
            }
            Act::Delete(at) => {
                let delete = json!({ "roomId": rid, "msgId": model.said[at].id });
                if self.post(by, "chat.delete", delete).await.status == 200 {
                    self.model.rooms[room].delete(at);
                }
            }
            Act::MarkUnreadFrom(at) => {
                let from = json!({ "firstUnreadMessage": { "_id": model.said[at].id } });
                model.mark_unread_from(by, at);
                self.post(by, "subscriptions.unread", from).await;
            }
            Act::MarkUnread => {
                model.mark_unread(by);
                self.post(by, "subscriptions.unread", json!({ "roomId": rid })).await;
            }
            Act::Read => {
                model.read(by);
                self.post(by, "subscriptions.read", json!({ "rid": rid })).await;
            }
            Act::Hide => {
                model.hide(by);
                self.call(by, "hideRoom", &rid).await;
            }
            Act::Open => {
                model.open(by);
                self.call(by, "openRoom", &rid).await;
            }
            Act::Direct => {
                model.open(by);
                self.post(by, "im.create", json!({ "username": NAMES[1 - by] })).await.ok();
            }
            Act::Join | Act::Leave | Act::Invite(_) | Act::Kick(_) => self.come_or_go(by, room, &act).await,
            Act::Archive => {
                model.archive(true);
                self.of_family(by, room, "archive", json!({ "roomId": rid })).await.ok();
            }
            Act::Unarchive => {
                model.archive(false);
                let owner = model.owner;
                self.of_family(owner, room, "unarchive", json!({ "roomId": rid })).await.ok();
            }
            Act::Count(counting) => {
                self.model.counting = counting;
                self.server.set("Unread_Count", json!(counting.word())).await;
            }
            Act::CountDirect(all) => {
                self.model.counting_direct = all;
                let word = if all { "all_messages" } else { "mentions_only" };
                self.server.set("Unread_Count_DM", json!(word)).await;
            }
            Act::Wait(waits) => {
                self.waiting[by] = waits;
                let words: &[&str] = if waits { &[WORDS[by]] } else { &[] };
                self.post(by, "users.setPreferences", json!({ "data": { "highlights": words } })).await.ok();
            }
        }
    }

    async fn say(&mut self, by: usize, room: usize, text: &Text) {
        let message = json!({ "rid": self.rids[room], "msg": text.typed(&NAMES) });
        let answer = self.post(by, "chat.sendMessage", json!({ "message": message })).await;
        assert_eq!(answer.status == 200, self.model.may_say(room, by), "{}\n{answer}", self.so_far());
        if answer.status == 200 {
            let saying = Saying {
                by,
                id: answer["message"]["_id"].as_str().unwrap().to_owned(),
                named: text.named.clone(),
                waiting: text.words.iter().copied().filter(|who| self.waiting[*who]).collect(),
                everybody: text.everybody.is_some(),
            };
            self.model.say(room, saying);
        }
    }

    async fn come_or_go(&mut self, by: usize, room: usize, act: &Act) {
        let rid = self.rids[room].clone();
        let target = |who: &usize| json!({ "roomId": rid, "userId": self.users[*who].id() });
        let (verb, body) = match act {
            Act::Invite(who) => ("invite", target(who)),
            Act::Kick(who) => ("kick", target(who)),
            Act::Join => ("join", json!({ "roomId": rid })),
            _ => ("leave", json!({ "roomId": rid })),
        };
        self.of_family(by, room, verb, body).await;
        let room = &mut self.model.rooms[room];
        match act {
            Act::Invite(who) => room.be_invited(*who),
            Act::Kick(who) if room.is_member(*who) => room.go(*who),
            Act::Join => room.join(by),
            Act::Leave if room.is_member(by) => room.go(by),
            _ => {}
        }
    }

    async fn post(&self, by: usize, path: &str, body: Value) -> Answer {
        self.users[by].rest.post(path, body).await
    }

    async fn of_family(&self, by: usize, room: usize, verb: &str, body: Value) -> Answer {
        self.post(by, &format!("{}.{verb}", family(self.model.rooms[room].kind)), body).await
    }

    async fn call(&self, by: usize, method: &str, rid: &str) {
        let message = json!({ "msg": "method", "id": "1", "method": method, "params": [rid] }).to_string();
        self.post(by, &format!("method.call/{method}"), json!({ "message": message })).await.ok();
    }

    /// What everybody is told, whole and as what changed since the last time, is what the model counts.
    async fn check(&mut self) {
        let cursors = self.clients.each_ref().map(|client| client.cursor.clone());
        let asked = self.users.iter().zip(&cursors).map(|(user, cursor)| async {
            let whole = user.rest.get("subscriptions.get", &[]).await.ok();
            let since: &[(&str, &str)] = if cursor.is_empty() { &[] } else { &[("updatedSince", cursor)] };
            (whole, user.rest.get("subscriptions.get", since).await.ok())
        });
        for (who, (whole, changes)) in join_all(asked).await.into_iter().enumerate() {
            let mut fresh = Client::default();
            fresh.learn(&whole);
            self.clients[who].learn(&changes);
            for (room, rid) in self.rids.iter().enumerate() {
                let expected = self.model.rooms[room].seen(who);
                for (how, client) in [("whole", &fresh), ("by changes", &self.clients[who])] {
                    let told = client.rooms.get(rid).map(seen);
                    assert_eq!(told, expected, "{} in room {room}, {how}; {}", NAMES[who], self.so_far());
                }
            }
        }
    }

    async fn listen(&self, who: usize) -> Ddp {
        let socket = self.users[who].socket().await;
        socket.stream("stream-notify-user", &format!("{}/subscriptions-changed", self.users[who].id())).await;
        socket
    }

    /// The last that a socket heard of each room is what the model counts.
    async fn check_socket(&self, who: usize, socket: &Ddp) {
        let expected = |rid: &String, room: &Room| (rid.clone(), room.seen(who));
        let expected: BTreeMap<_, _> =
            self.rids.iter().zip(&self.model.rooms).map(|(rid, room)| expected(rid, room)).collect();
        let until = Instant::now() + SOON;
        loop {
            socket.barrier().await;
            let mut heard = expected.clone();
            for frame in socket.heard().iter().filter(|frame| frame["collection"] == "stream-notify-user") {
                let [change, record] = [0, 1].map(|at| &frame["fields"]["args"][at]);
                let state = (change != "removed").then(|| seen(record));
                heard.insert(record["rid"].as_str().unwrap().to_owned(), state);
            }
            if heard == expected {
                return;
            }
            assert!(Instant::now() < until, "{} heard {heard:?}, expected {expected:?}; {}", NAMES[who], self.so_far());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// For the report of a failure.
    fn so_far(&self) -> String {
        let last = self.steps.len().saturating_sub(12);
        let steps: Vec<String> = self.steps[last..].iter().map(|step| format!("  {step:?}")).collect();
        let settings = (self.model.counting, self.model.counting_direct, self.waiting);
        let again = format!("GANTRY_UNREAD_SEED={} GANTRY_UNREAD_STEPS={}", self.seed, self.steps.len());
        format!("after step {} (again with {again}), {settings:?}:\n{}", self.steps.len(), steps.join("\n"))
    }
}

impl Client {
    /// Takes in an answer of `subscriptions.get`.
    fn learn(&mut self, answer: &Value) {
        for record in answer["update"].as_array().unwrap() {
            self.moved(&record["_updatedAt"]);
            self.rooms.insert(record["rid"].as_str().unwrap().to_owned(), record.clone());
        }
        for gone in answer["remove"].as_array().unwrap() {
            self.moved(&gone["_deletedAt"]);
            self.rooms.retain(|_, record| record["_id"] != gone["_id"]);
        }
    }

    /// Times of one form are in order as texts.
    fn moved(&mut self, at: &Value) {
        let at = at.as_str().unwrap();
        if *at > *self.cursor {
            at.clone_into(&mut self.cursor);
        }
    }
}

fn seen(record: &Value) -> Seen {
    let count = |key: &str| record[key].as_i64().unwrap();
    let flag = |key: &str| record[key].as_bool().unwrap();
    Seen {
        unread: count("unread"),
        user_mentions: count("userMentions"),
        group_mentions: count("groupMentions"),
        alert: flag("alert"),
        open: flag("open"),
    }
}

fn family(kind: Kind) -> &'static str {
    match kind {
        Kind::Channel => "channels",
        Kind::Group => "groups",
        Kind::Direct => "im",
    }
}

both_databases! {
    async fn everybody_is_told_what_a_simple_model_counts(server: Server) {
        let seed = number("GANTRY_UNREAD_SEED").unwrap_or_else(rand::random);
        let mut left = number("GANTRY_UNREAD_STEPS").map_or(2 * CHAPTER, |steps| steps.try_into().unwrap());
        let mut rng = StdRng::seed_from_u64(seed);
        let mut story = Story::begin(server, seed).await;
        while left > 0 {
            let acts = left.min(CHAPTER);
            story.chapter(&mut rng, acts).await;
            story.restart().await;
            left -= acts;
        }
        story.check().await;
    }
}
