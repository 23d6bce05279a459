//! One order, and every message once: what is heard live, read back and synchronised is the same.

use crate::world::{Server, User};
use futures_util::future::join_all;
use gantry_testkit::{Ddp, both_databases};
use serde_json::{Value, json};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(10);
const QUIET: Duration = Duration::from_millis(80);
const MESSAGES: &str = "stream-room-messages";

/// Long ago, for clients that ask for everything.
const EVER: &str = "1970-01-01T00:00:00.000Z";

fn id(message: &Value) -> &str {
    message["_id"].as_str().unwrap()
}

/// The ids of what people wrote; the room's own messages are left out.
fn said<'a>(messages: impl IntoIterator<Item = &'a Value>) -> Vec<String> {
    messages.into_iter().filter(|message| message["t"].is_null()).map(|message| id(message).to_owned()).collect()
}

/// A group's messages, oldest first.
async fn history(user: &User, rid: &str) -> Vec<Value> {
    let answer = user.rest.get("groups.history", &[("roomId", rid), ("count", "1000")]).await.ok();
    answer["messages"].as_array().unwrap().iter().rev().cloned().collect()
}

async fn sync(user: &User, rid: &str, more: &[(&str, &str)]) -> Value {
    let query = [&[("roomId", rid)], more].concat();
    user.rest.get("chat.syncMessages", &query).await.ok()["result"].clone()
}

/// What a socket heard of a room, in order.
fn heard(socket: &Ddp, rid: &str) -> Vec<Value> {
    let frames = socket.heard();
    let of_room = |frame: &&Value| frame["collection"] == MESSAGES && frame["fields"]["eventName"] == rid;
    frames.iter().filter(of_room).map(|frame| frame["fields"]["args"][0].clone()).collect()
}

/// A message without its times, for which REST and sockets have two spellings.
fn timeless(message: &Value) -> Value {
    let mut message = message.clone();
    for key in ["ts", "_updatedAt"] {
        message[key].take();
    }
    message
}

/// Sends over a socket; the message or the error.
async fn call(socket: &Ddp, message: &Value) -> Result<Value, Value> {
    socket.call("sendMessage", json!([message])).await
}

async fn post(user: &User, message: &Value) -> gantry_testkit::Answer {
    user.rest.post("chat.sendMessage", json!({ "message": message })).await
}

/// Writes fifty messages, each when the one before was answered.
async fn write(user: &User, rid: &str, by_socket: bool) -> Vec<String> {
    let socket = user.socket().await;
    let mut written = Vec::new();
    for number in 0..50 {
        let name = format!("{}{number:02}", user.username());
        let message = json!({ "_id": name, "rid": rid, "msg": name });
        let sent = if by_socket {
            call(&socket, &message).await.unwrap()
        } else {
            post(user, &message).await.ok()["message"].clone()
        };
        written.push(id(&sent).to_owned());
    }
    written
}

both_databases! {
    async fn sent_twice_at_once_is_sent_once(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let (one, other, listener) = (ann.socket().await, ann.socket().await, bob.socket().await);
        listener.stream(MESSAGES, &rid).await;
        let mut ids = Vec::new();
        for round in 0..20 {
            let message = json!({ "_id": format!("once{round:02}"), "rid": rid, "msg": format!("round {round} @bob") });
            let (a, b, c, d) =
                tokio::join!(post(&ann, &message), call(&one, &message), post(&ann, &message), call(&other, &message));
            let (a, c) = (a.ok()["message"].clone(), c.ok()["message"].clone());
            let (b, d) = (b.unwrap(), d.unwrap());
            assert_eq!((&a, &b), (&c, &d));
            assert_eq!(timeless(&a), timeless(&b));
            ids.push(id(&a).to_owned());
        }
        assert_eq!(said(&history(&bob, &rid).await), ids);
        listener.expect_where(MESSAGES, &rid, SOON, |args| args[0]["_id"] == "once19").await;
        listener.barrier().await;
        assert_eq!(said(&heard(&listener, &rid)), ids);
        let seat = bob.rest.get("subscriptions.getOne", &[("roomId", &rid)]).await.ok()["subscription"].clone();
        assert_eq!((&seat["unread"], &seat["userMentions"]), (&json!(20), &json!(20)));
        let room = ann.rest.get("rooms.info", &[("roomId", &rid)]).await.ok()["room"].clone();
        assert_eq!(room["msgs"], history(&ann, &rid).await.len());
    }

    async fn live_and_history_and_sync_have_one_order(server: Server) {
        let [ann, bob, cat, dan, eve] = server.users(["ann", "bob", "cat", "dan", "eve"]).await;
        let rid = ann.group("plans", &[&bob, &cat, &dan, &eve]).await;
        server.set("API_Upper_Count_Limit", json!(1000)).await;
        let listeners = [eve.socket().await, eve.socket().await, ann.socket().await];
        for listener in &listeners {
            listener.stream(MESSAGES, &rid).await;
        }
        let written = tokio::join!(
            write(&ann, &rid, false),
            write(&bob, &rid, true),
            write(&cat, &rid, false),
            write(&dan, &rid, true),
        );
        let history = history(&eve, &rid).await;
        let order = said(&history);
        assert_eq!(order.len(), 200);
        for of_one in [written.0, written.1, written.2, written.3] {
            let kept: Vec<_> = order.iter().filter(|id| of_one.contains(id)).collect();
            assert!(kept.iter().copied().eq(&of_one), "each writer's own order stays");
        }
        assert!(history.is_sorted_by_key(|message| message["ts"].as_str()));
        let last = order.last().unwrap();
        for listener in &listeners {
            listener.expect_where(MESSAGES, &rid, SOON, |args| args[0]["_id"] == last.as_str()).await;
            assert_eq!(said(&heard(listener, &rid)), order);
        }
        let all = sync(&eve, &rid, &[("lastUpdate", EVER)]).await;
        assert_eq!(said(all["updated"].as_array().unwrap().iter().rev()), order);
        assert_eq!(paged(&eve, &rid).await, order);
        let loaded = eve.socket().await.call("loadHistory", json!([rid, null, 1000])).await.unwrap();
        assert_eq!(said(loaded["messages"].as_array().unwrap().iter().rev()), order);
    }

    async fn nobody_elses_id_can_be_taken(server: Server) {
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        let (rid, other) = (ann.group("plans", &[&bob]).await, ann.group("other", &[&bob]).await);
        let eves = eve.group("eves", &[]).await;
        let listener = ann.socket().await;
        listener.stream(MESSAGES, &rid).await;
        listener.stream(MESSAGES, &other).await;
        let mine = post(&ann, &json!({ "_id": "mine", "rid": rid, "msg": "a secret plan" })).await.ok()["message"].clone();
        listener.expect(MESSAGES, &rid, SOON).await;
        let mut refusals = Vec::new();
        for (thief, rid) in [(&bob, &rid), (&ann, &other), (&bob, &other), (&eve, &rid), (&eve, &eves)] {
            let message = json!({ "_id": "mine", "rid": rid, "msg": "stolen" });
            refusals.push(post(thief, &message).await.refused(400, "error-not-allowed"));
            let error = call(&thief.socket().await, &message).await.unwrap_err();
            assert_eq!(error["error"], "error-not-allowed");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
        assert!(refusals.iter().all(|refusal| *refusal == refusals[0]), "all are told the same: {refusals:#?}");
        assert!(!refusals[0].to_string().contains("secret"));
        for rid in [&rid, &other] {
            listener.expect_none(MESSAGES, rid, QUIET).await;
        }
        assert_eq!(said(&history(&bob, &rid).await), ["mine"]);
        assert!(said(&history(&ann, &other).await).is_empty() && said(&history(&eve, &eves).await).is_empty());
        let now = bob.rest.get("chat.getMessage", &[("msgId", "mine")]).await.ok();
        assert_eq!(now["message"], mine);
    }

    async fn what_was_deleted_stays_so(mut server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let message = json!({ "_id": "gone", "rid": rid, "msg": "regretted @bob" });
        let sent = post(&ann, &message).await.ok()["message"].clone();
        ann.rest.post("chat.delete", json!({ "roomId": rid, "msgId": "gone" })).await.ok();
        let before = (history(&bob, &rid).await, sync(&bob, &rid, &[("lastUpdate", EVER)]).await);
        let listener = bob.socket().await;
        listener.stream(MESSAGES, &rid).await;
        listener.stream("stream-notify-user", &format!("{}/subscriptions-changed", bob.id())).await;
        let socket = ann.socket().await;
        for _ in 0..2 {
            let (rest, ddp) = tokio::join!(post(&ann, &message), call(&socket, &message));
            let rest = rest.ok()["message"].clone();
            assert_eq!((&rest["_id"], &rest["rid"], &rest["t"]), (&sent["_id"], &sent["rid"], &json!("rm")));
            assert_eq!((&rest["msg"], &rest["u"]["_id"]), (&json!(""), &json!(ann.id())));
            assert!(!rest.to_string().contains("regretted"), "{rest}");
            assert_eq!(timeless(&ddp.unwrap()), timeless(&rest));
        }
        post(&bob, &json!({ "_id": "gone", "rid": rid, "msg": "mine" })).await.refused(400, "error-not-allowed");
        listener.expect_none(MESSAGES, &rid, QUIET).await;
        listener.expect_none("stream-notify-user", &format!("{}/subscriptions-changed", bob.id()), QUIET).await;
        assert_eq!((history(&bob, &rid).await, sync(&bob, &rid, &[("lastUpdate", EVER)]).await), before);
        server.restart().await;
        let [ann, bob] = [server.here(&ann), server.here(&bob)];
        assert_eq!(post(&ann, &message).await.ok()["message"]["t"], "rm");
        assert_eq!((history(&bob, &rid).await, sync(&bob, &rid, &[("lastUpdate", EVER)]).await), before);
    }

    /// What a room has become is told also where there is never a pause to tell it in.
    async fn people_who_go_on_writing_put_nothing_off(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.channel("busy", &[&bob]).await;
        let socket = bob.socket().await;
        let event = format!("{}/rooms-changed", bob.id());
        socket.stream("stream-notify-user", &event).await;
        let writing = join_all((0..4).map(|_| async {
            for _ in 0..500 {
                ann.says(&rid, "more").await;
            }
        }));
        let is_amidst = |args: &Value| args[1]["msgs"].as_i64().is_some_and(|written| written > 50);
        tokio::select! {
            _ = writing => panic!("nothing was told before the last message"),
            _ = socket.expect_where("stream-notify-user", &event, SOON, is_amidst) => {}
        }
    }
}

/// All that was written, read by pages of what changed. A page may repeat what an earlier one had.
async fn paged(user: &User, rid: &str) -> Vec<String> {
    let (mut next, mut found) = ("0".to_owned(), Vec::new());
    loop {
        let page = sync(user, rid, &[("next", &next), ("type", "UPDATED"), ("count", "7")]).await;
        let new = |id: &String| !found.contains(id);
        let page_of: Vec<String> = said(page["updated"].as_array().unwrap()).into_iter().filter(new).collect();
        found.extend(page_of);
        match page["cursor"]["next"].as_str() {
            Some(cursor) => cursor.clone_into(&mut next),
            None => return found,
        }
    }
}
