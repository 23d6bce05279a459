//! Somebody who comes and goes, and keeps a copy of the room: what is heard live, and what each way of catching up gives.

use super::ground::{EVER, Game, attempt, list};
use super::{Shown, dice, millis};
use gantry_model::{Clock, Millis};
use gantry_testkit::{Ddp, Login, Rest};
use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

const MESSAGES: &str = "stream-room-messages";
const ROOM: &str = "stream-notify-room";

/// A copy of a room as a client keeps it.
pub(super) struct Reader {
    login: Login,
    dice: StdRng,
    kept: HashMap<String, Kept>,
    gone: HashSet<String>,
    /// Up to when all changes are known.
    cursor: Millis,
    /// What each socket heard for the first time, in its order.
    runs: Vec<Vec<String>>,
    /// How it caught up, and the cursor before and behind: for whoever reads of a failure.
    trail: Vec<(Way, Millis, Millis)>,
}

/// One message, and where this state of it comes from.
struct Kept {
    shown: Shown,
    source: Source,
}

/// Where a state comes from. Acts may share a stamp, but none follows with one that a synchronisation has covered: its
/// state is the last of that stamp, and wins over what is heard late.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    Heard,
    Synchronised,
}

/// How a client catches up.
#[derive(Clone, Copy, Debug)]
enum Way {
    SyncMessages,
    MessagesGet,
    Pages,
    /// Does not tell of changes, so it does not move the cursor.
    LoadMissed,
    /// Likewise.
    History,
}

/// What a way gave.
#[derive(Default)]
struct Caught {
    updated: Vec<Value>,
    deleted: Vec<Value>,
    /// Times from which a client may go on, if it is one of those ways.
    cursors: Vec<Millis>,
}

/// Comes and goes until everything is written.
pub(super) async fn follow(game: Game, login: Login, part: u64) -> Reader {
    let mut reader = Reader {
        login,
        dice: dice(game.seed, part),
        kept: HashMap::new(),
        gone: HashSet::new(),
        cursor: Millis(0),
        runs: Vec::new(),
        trail: Vec::new(),
    };
    while !game.is_over() {
        reader.visit(&game).await;
    }
    reader
}

impl Reader {
    /// One socket's life: it listens, catches up, stays for some acts of the writers, and breaks off.
    async fn visit(&mut self, game: &Game) {
        let base = game.place().await;
        let (login, rid) = (self.login.clone(), game.rid.clone());
        let opened = attempt(async move {
            let socket = Ddp::connect(&base).await;
            socket.login(&login).await;
            socket.stream(MESSAGES, &rid).await;
            socket.stream(ROOM, &format!("{rid}/deleteMessage")).await;
            (Arc::new(socket), Rest::new(&base).as_user(&login))
        });
        let Some((socket, rest)) = opened.await else { return };
        let way = [Way::SyncMessages, Way::MessagesGet, Way::Pages, Way::LoadMissed, Way::History];
        let way = way[self.dice.random_range(0..way.len())];
        self.catch_up(game, &socket, &rest, way).await;
        let stay = self.dice.random_range(0..20);
        game.reached(game.done() + stay).await;
        self.hear(&socket.heard(), &game.rid);
    }

    /// Catches up by some way; a server that goes away meanwhile leaves the copy as it is.
    async fn catch_up(&mut self, game: &Game, socket: &Arc<Ddp>, rest: &Rest, way: Way) -> bool {
        let own_clock = Clock::system().now();
        let newest = self.kept.values().map(|kept| kept.shown.ts).max().unwrap_or(Millis(0));
        let task = catch(socket.clone(), rest.clone(), game.rid.clone(), way, self.cursor, newest);
        let Some(caught) = attempt(task).await else { return false };
        let tells_all = matches!(way, Way::SyncMessages | Way::MessagesGet | Way::Pages);
        let source = if tells_all { Source::Synchronised } else { Source::Heard };
        caught.updated.iter().for_each(|message| self.keep(message, source));
        caught.deleted.iter().for_each(|remains| self.lose(remains));
        let before = self.cursor;
        if tells_all {
            let cursors = [&[own_clock][..], &caught.cursors].concat();
            self.cursor = self.cursor.max(cursors[self.dice.random_range(0..cursors.len())]);
        }
        self.trail.push((way, before, self.cursor));
        true
    }

    /// The last time, by a way that tells of all changes.
    pub(super) async fn catch_up_for_good(&mut self, game: &Game) {
        let base = game.place().await;
        let socket = Arc::new(Ddp::connect(&base).await);
        socket.login(&self.login).await;
        let rest = Rest::new(&base).as_user(&self.login);
        let ways = [Way::SyncMessages, Way::MessagesGet, Way::Pages];
        let way = ways[self.dice.random_range(0..ways.len())];
        assert!(self.catch_up(game, &socket, &rest, way).await, "the server is there");
    }

    fn keep(&mut self, message: &Value, source: Source) {
        let shown = Shown::of(message);
        if !message["t"].is_null() || self.gone.contains(&shown.id) {
            return;
        }
        if self.kept.get(&shown.id).is_none_or(|kept| (kept.shown.updated, kept.source) <= (shown.updated, source)) {
            self.kept.insert(shown.id.clone(), Kept { shown, source });
        }
    }

    fn lose(&mut self, remains: &Value) {
        let id = remains["_id"].as_str().unwrap();
        self.kept.remove(id);
        self.gone.insert(id.to_owned());
    }

    /// Takes in what a socket heard.
    fn hear(&mut self, frames: &[Value], rid: &str) {
        let mut run: Vec<String> = Vec::new();
        for frame in frames.iter().filter(|frame| frame["msg"] == "changed") {
            let (event, subject) = (frame["fields"]["eventName"].as_str().unwrap(), &frame["fields"]["args"][0]);
            if event != rid {
                self.lose(subject);
                continue;
            }
            let shown = Shown::of(subject);
            // A message that changes comes again.
            if !shown.edited && shown.reactions.is_null() {
                assert!(!run.contains(&shown.id), "{} came twice", shown.id);
                run.push(shown.id);
            }
            self.keep(subject, Source::Heard);
        }
        self.runs.push(run);
    }

    /// The copy is what the room holds, and what was heard live is a piece of it.
    pub(super) fn agrees(&self, truth: &[Shown]) {
        let mut own: Vec<&Kept> = self.kept.values().collect();
        own.sort_by_key(|kept| kept.shown.ts);
        let own: Vec<&Shown> = own.into_iter().map(|kept| &kept.shown).collect();
        let missing: Vec<_> = truth.iter().filter(|shown| !own.contains(shown)).collect();
        let wrong: Vec<_> = own.iter().filter(|shown| !truth.contains(shown)).collect();
        assert!(
            missing.is_empty() && wrong.is_empty(),
            "a reader lacks {missing:#?}, has {wrong:#?} instead: {:?}",
            self.trail
        );
        assert_eq!(own, truth.iter().collect::<Vec<_>>(), "the same order");
        for run in &self.runs {
            let places: Vec<_> = run.iter().filter_map(|id| truth.iter().position(|shown| shown.id == *id)).collect();
            let whole = places.windows(2).all(|pair| pair[1] == pair[0] + 1);
            assert!(whole, "a socket heard {run:?}, which is no piece of {truth:#?}");
        }
    }
}

async fn catch(socket: Arc<Ddp>, rest: Rest, rid: Arc<str>, way: Way, cursor: Millis, newest: Millis) -> Caught {
    match way {
        Way::SyncMessages => sync_messages(&rest, &rid, cursor).await,
        Way::MessagesGet => {
            let asked = json!([rid, { "lastUpdate": { "$date": cursor.0 } }]);
            changes(&socket.call("messages/get", asked).await.unwrap())
        }
        Way::Pages => {
            let updated = pages(&rest, &rid, "UPDATED", cursor).await;
            Caught { updated, deleted: pages(&rest, &rid, "DELETED", cursor).await, cursors: Vec::new() }
        }
        Way::LoadMissed => {
            let missed = socket.call("loadMissedMessages", json!([rid, { "$date": newest.0 }])).await.unwrap();
            Caught { updated: list(&missed).to_vec(), ..Caught::default() }
        }
        Way::History => {
            let page = rest.get("channels.history", &[("roomId", &rid), ("count", "1000")]).await.ok();
            Caught { updated: list(&page["messages"]).to_vec(), ..Caught::default() }
        }
    }
}

async fn sync_messages(rest: &Rest, rid: &str, cursor: Millis) -> Caught {
    let since = if cursor == Millis(0) { EVER.to_owned() } else { cursor.iso() };
    let answer = rest.get("chat.syncMessages", &[("roomId", rid), ("lastUpdate", &since)]).await;
    let server_time = answer.header("x-server-time").unwrap().parse().unwrap();
    let mut caught = changes(&answer.ok()["result"]);
    caught.cursors.push(Millis(server_time));
    caught
}

/// The newest change that was told is a time to go on from, too.
fn changes(result: &Value) -> Caught {
    let (updated, deleted) = (list(&result["updated"]).to_vec(), list(&result["deleted"]).to_vec());
    let told = updated.iter().map(|message| millis(&message["_updatedAt"]));
    let newest = told.chain(deleted.iter().map(|remains| millis(&remains["_deletedAt"]))).max();
    Caught { updated, deleted, cursors: newest.into_iter().collect() }
}

async fn pages(rest: &Rest, rid: &str, kind: &str, cursor: Millis) -> Vec<Value> {
    let (mut next, mut found) = (cursor.0.to_string(), Vec::new());
    loop {
        let query = [("roomId", rid), ("next", &next), ("type", kind), ("count", "5")];
        let page = rest.get("chat.syncMessages", &query).await.ok()["result"].clone();
        found.extend(list(&page[if kind == "UPDATED" { "updated" } else { "deleted" }]).to_vec());
        match page["cursor"]["next"].as_str() {
            Some(cursor) => cursor.clone_into(&mut next),
            None => return found,
        }
    }
}
