//! Where it is played: a server as a process of its own, its people, and a room for each game.

use super::Shown;
use crate::binary::Binary;
use crate::world::PASSWORD;
use gantry_testkit::{Ddp, Engine, Login, Rest, postgres};
use serde_json::{Value, json};
use std::future::Future;
use std::sync::Arc;
use tempfile::TempDir;
use tokio::sync::watch;

/// As many as write and read at most.
const PEOPLE: [&str; 7] = ["ann", "bob", "cat", "dan", "eve", "fay", "gus"];

/// Long ago, for clients that ask for everything.
pub(super) const EVER: &str = "1970-01-01T00:00:00.000Z";

/// Small, so that pages follow one another.
const PAGE: usize = 7;

pub(super) struct Ground {
    server: Option<Binary>,
    people: Vec<Login>,
    folder: TempDir,
    postgres: Option<postgres::Database>,
}

/// One game: the room in which it is played, and what all players know.
#[derive(Clone)]
pub(super) struct Game {
    pub(super) seed: u64,
    pub(super) rid: Arc<str>,
    /// Where the server is; nowhere while it is being started again.
    place: watch::Sender<Option<String>>,
    /// How many acts are done.
    done: watch::Sender<usize>,
    /// Of how many.
    all: usize,
}

impl Ground {
    /// None where there is no such database.
    pub(super) async fn on(engine: Engine) -> Option<Self> {
        let postgres = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(postgres::database(async |_| {}).await?),
        };
        let mut ground = Self { server: None, people: Vec::new(), folder: tempfile::tempdir().unwrap(), postgres };
        let base = ground.start();
        let admin = Rest::new(&base).as_user(&Rest::new(&base).login("admin", PASSWORD).await);
        for setting in ["API_Upper_Count_Limit", "API_Default_Count"] {
            admin.post(&format!("settings/{setting}"), json!({ "value": 1000 })).await.ok();
        }
        for name in PEOPLE {
            let email = format!("{name}@example.org");
            let account = json!({ "username": name, "name": name, "email": email, "password": PASSWORD });
            admin.post("users.create", account).await.ok();
            ground.people.push(Rest::new(&base).login(name, PASSWORD).await);
        }
        Some(ground)
    }

    /// Starts the server; where it is.
    fn start(&mut self) -> String {
        let url = self.postgres.as_ref().map(postgres::Database::url);
        let server = Binary::start(self.folder.path(), url, &["--test-mode"]);
        self.server.insert(server).base.clone()
    }

    /// Kills the server with what it has in hand, and starts it again.
    pub(super) fn kill_and_start(&mut self, game: &Game) {
        game.place.send_replace(None);
        self.server.take().unwrap().kill();
        game.place.send_replace(Some(self.start()));
    }

    pub(super) fn person(&self, number: usize) -> Login {
        self.people[number].clone()
    }

    /// A game of so many acts, in a channel of its own with everybody in it.
    pub(super) async fn game(&self, seed: u64, all: usize) -> Game {
        let base = self.server.as_ref().unwrap().base.clone();
        let owner = Rest::new(&base).as_user(&self.people[0]);
        let channel = json!({ "name": format!("game-{seed}"), "members": PEOPLE });
        let made = owner.post("channels.create", channel).await.ok();
        let rid = made["channel"]["_id"].as_str().unwrap().into();
        Game { seed, rid, place: watch::Sender::new(Some(base)), done: watch::Sender::new(0), all }
    }

    /// What the room holds, oldest first: the same by whatever way it is read.
    pub(super) async fn truth(&self, game: &Game) -> Vec<Shown> {
        let base = game.place().await;
        let rest = Rest::new(&base).as_user(&self.people[1]);
        let socket = Ddp::connect(&base).await;
        socket.login(&self.people[1]).await;
        let truth = by_history(&rest, &game.rid).await;
        assert!(truth.is_sorted_by(|a, b| a["ts"].as_str() < b["ts"].as_str()), "each has its own time");
        let truth: Vec<Shown> = truth.iter().map(Shown::of).collect();
        assert_eq!(by_pages(&rest, &game.rid).await, truth);
        assert_eq!(by_offsets(&rest, &game.rid).await, truth);
        assert_eq!(by_loading(&socket, &game.rid, "loadHistory").await, truth);
        assert_eq!(by_loading(&socket, &game.rid, "loadNextMessages").await, truth);
        let all = rest.get("chat.syncMessages", &[("roomId", &game.rid), ("lastUpdate", EVER)]).await.ok();
        let synced: Vec<Shown> = list(&all["result"]["updated"]).iter().rev().map(Shown::of).collect();
        assert_eq!(synced, truth);
        let room = rest.get("rooms.info", &[("roomId", &game.rid)]).await.ok();
        assert_eq!(room["room"]["msgs"], truth.len(), "the room counts what is there");
        truth
    }
}

impl Game {
    /// Where the server is, as soon as it is anywhere.
    pub(super) async fn place(&self) -> String {
        self.place.subscribe().wait_for(Option::is_some).await.unwrap().clone().unwrap()
    }

    /// One more act is done.
    pub(super) fn count(&self) {
        self.done.send_modify(|done| *done += 1);
    }

    /// How many acts are done.
    pub(super) fn done(&self) -> usize {
        *self.done.borrow()
    }

    /// Waits until so many acts are done.
    pub(super) async fn reached(&self, acts: usize) {
        let wanted = acts.min(self.all);
        self.done.subscribe().wait_for(|done| *done >= wanted).await.unwrap();
    }

    /// Whether all is written.
    pub(super) fn is_over(&self) -> bool {
        self.done() >= self.all
    }
}

/// What `future` gives; nothing when the server went away meanwhile.
///
/// The clients of the testkit fail the test when nobody answers; here that is what is waited for.
pub(super) async fn attempt<T: Send + 'static>(future: impl Future<Output = T> + Send + 'static) -> Option<T> {
    tokio::spawn(future).await.ok()
}

pub(super) fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}

/// Without what the server itself wrote.
fn people(messages: &[Value]) -> impl DoubleEndedIterator<Item = &Value> {
    messages.iter().filter(|message| message["t"].is_null())
}

async fn by_history(rest: &Rest, rid: &str) -> Vec<Value> {
    let page = rest.get("channels.history", &[("roomId", rid), ("count", "1000")]).await.ok();
    people(list(&page["messages"])).rev().cloned().collect()
}

/// History by pages, each from before the oldest of the last.
async fn by_pages(rest: &Rest, rid: &str) -> Vec<Shown> {
    let (mut found, mut latest) = (Vec::new(), "2100-01-01T00:00:00.000Z".to_owned());
    loop {
        let query = [("roomId", rid), ("count", &PAGE.to_string()), ("latest", &latest)];
        let page = rest.get("channels.history", &query).await.ok();
        let Some(oldest) = list(&page["messages"]).last() else { break };
        oldest["ts"].as_str().unwrap().clone_into(&mut latest);
        found.extend(people(list(&page["messages"])).map(Shown::of));
    }
    found.reverse();
    found
}

async fn by_offsets(rest: &Rest, rid: &str) -> Vec<Shown> {
    let mut found = Vec::new();
    for offset in (0..).step_by(PAGE) {
        let query = [("roomId", rid), ("count", &PAGE.to_string()), ("offset", &offset.to_string())];
        let page = rest.get("channels.messages", &query).await.ok();
        if list(&page["messages"]).is_empty() {
            break;
        }
        found.extend(people(list(&page["messages"])).map(Shown::of));
    }
    found.reverse();
    found
}

/// What clients do when somebody scrolls: backwards by `loadHistory`, forwards by `loadNextMessages`.
async fn by_loading(socket: &Ddp, rid: &str, method: &str) -> Vec<Shown> {
    let backwards = method == "loadHistory";
    let mut found = Vec::new();
    let mut edge = if backwards { Value::Null } else { json!({ "$date": 0 }) };
    loop {
        let page = socket.call(method, json!([rid, edge, PAGE])).await.unwrap();
        let messages = list(&page["messages"]);
        let Some(last) = messages.last() else { break };
        edge = last["ts"].clone();
        found.extend(people(messages).map(Shown::of));
    }
    if backwards {
        found.reverse();
    }
    found
}
