//! `kill -9` under load: nothing acknowledged is lost, doubled or half done.
//!
//! The writers keep a journal outside the server. After each kill the server starts again on the same data, and its
//! history must agree with the journal: what was acknowledged is there once, as it was last acknowledged.

use crate::binary::Binary;
use crate::world::PASSWORD;
use gantry_testkit::{Engine, Rest, both_databases, postgres};
use serde_json::json;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How often: a few times in the suite, more with `GANTRY_KILLS`.
fn kills(engine: Engine) -> u32 {
    let wanted = std::env::var("GANTRY_KILLS").ok().and_then(|kills| kills.parse().ok());
    wanted.unwrap_or(if engine == Engine::Sqlite { 20 } else { 5 })
}

/// Messages that a kill may lose, at least: a busy machine takes longer to write them.
const AT_STAKE: usize = 12;

/// What the server acknowledged.
#[derive(Default)]
struct Journal {
    /// Message ids with the text they were last acknowledged with, and the one that may have replaced it.
    texts: HashMap<String, (String, Option<String>)>,
    deleted: HashSet<String>,
    /// Deletions that were asked for and not answered.
    maybe_deleted: HashSet<String>,
}

async fn write_until_killed(rest: Rest, rid: String, writer: u32, journal: Arc<Mutex<Journal>>) {
    for n in 0..10_000_u32 {
        let id = gantry_store::random_id();
        let text = format!("message {n} of writer {writer}");
        // A dead server refuses the connection; everything before was acknowledged or not, and the journal knows.
        let body = json!({ "message": { "_id": id, "rid": rid, "msg": text } });
        let Some(status) = attempt(&rest, "chat.sendMessage", body).await else { return };
        assert_eq!(status, 200, "a send was refused");
        journal.lock().unwrap().texts.insert(id.clone(), (text.clone(), None));
        if n % 5 == 3 {
            let edited = format!("{text}, edited");
            journal.lock().unwrap().texts.insert(id.clone(), (text, Some(edited.clone())));
            let body = json!({ "roomId": rid, "msgId": id, "text": edited });
            let Some(status) = attempt(&rest, "chat.update", body).await else { return };
            assert_eq!(status, 200, "an edit was refused");
            journal.lock().unwrap().texts.insert(id.clone(), (edited, None));
        }
        if n % 7 == 6 {
            journal.lock().unwrap().maybe_deleted.insert(id.clone());
            let Some(status) = attempt(&rest, "chat.delete", json!({ "roomId": rid, "msgId": id })).await else {
                return;
            };
            assert_eq!(status, 200, "a deletion was refused");
            journal.lock().unwrap().deleted.insert(id);
        }
    }
}

/// The status of the answer; nothing when the server is gone.
async fn attempt(rest: &Rest, call: &str, body: serde_json::Value) -> Option<u16> {
    let (rest, call) = (rest.clone(), call.to_owned());
    // The client of the testkit fails the test when nobody answers; here that is what is waited for.
    tokio::spawn(async move { rest.post(&call, body).await.status }).await.ok()
}

async fn history(rest: &Rest, rid: &str) -> Vec<(String, String)> {
    let page = rest.get("channels.messages", &[("roomId", rid), ("count", "0")]).await.ok();
    let messages = page["messages"].as_array().unwrap().iter();
    let people = messages.filter(|message| message["t"].is_null());
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    people.map(|message| (text(&message["_id"]), text(&message["msg"]))).collect()
}

async fn agrees(rest: &Rest, rid: &str, journal: &Journal) {
    let stored = history(rest, rid).await;
    let by_id: HashMap<_, _> = stored.iter().cloned().collect();
    assert_eq!(by_id.len(), stored.len(), "a message is there twice");
    for (id, (text, maybe)) in &journal.texts {
        if let Some(found) = by_id.get(id) {
            assert!(!journal.deleted.contains(id), "deleted message {id} is back: {found}");
        }
        match by_id.get(id) {
            Some(found) => assert!(found == text || Some(found) == maybe.as_ref(), "{id} reads {found}, not {text}"),
            None => assert!(journal.maybe_deleted.contains(id), "acknowledged message {id} is lost: {text}"),
        }
    }
    let counted = rest.get("rooms.info", &[("roomId", rid)]).await.ok()["room"]["msgs"].as_i64().unwrap();
    let page = rest.get("channels.messages", &[("roomId", rid), ("count", "1")]).await.ok();
    assert_eq!(page["total"].as_i64(), Some(counted), "the room counts what is not there");
}

both_databases! {
    async fn a_killed_server_loses_nothing(engine: Engine) {
        let folder = tempfile::tempdir().unwrap();
        let postgres = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => match postgres::database(async |_| {}).await {
                Some(database) => Some(database),
                None => return,
            },
        };
        let url = postgres.as_ref().map(|database| database.url().to_owned());
        let journal = Arc::new(Mutex::new(Journal::default()));
        let mut server = Binary::start(folder.path(), url.as_deref(), &["--test-mode"]);
        let login = Rest::new(&server.base).login("admin", PASSWORD).await;
        let admin = |base: &str| Rest::new(base).as_user(&login);
        let made = admin(&server.base).post("channels.create", json!({ "name": "load" })).await.ok();
        let rid = made["channel"]["_id"].as_str().unwrap().to_owned();
        for round in 0..kills(engine) {
            let writers: Vec<_> = (0..4).map(|writer| {
                tokio::spawn(write_until_killed(admin(&server.base), rid.clone(), writer, journal.clone()))
            }).collect();
            tokio::time::sleep(Duration::from_millis(60 + u64::from(round * 37 % 200))).await;
            while journal.lock().unwrap().texts.len() < AT_STAKE {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            server.kill();
            for writer in writers {
                writer.await.unwrap();
            }
            server = Binary::start(folder.path(), url.as_deref(), &["--test-mode"]);
            let journal = std::mem::take(&mut *journal.lock().unwrap());
            agrees(&admin(&server.base), &rid, &journal).await;
        }
    }
}
