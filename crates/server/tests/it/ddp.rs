//! The protocol below methods and streams: who may speak how, what is an offence, and what ends a connection.

use crate::world::Server;
use gantry_testkit::{Ddp, Engine, OnEngine};
use serde_json::{Value, json};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(5);

async fn server() -> Server {
    Server::on(Engine::Sqlite).await.unwrap()
}

/// The first frame that says this.
async fn said(socket: &Ddp, msg: &str) -> Value {
    socket.wait(msg, SOON, |frame| frame["msg"] == msg).await
}

#[tokio::test]
async fn three_versions_are_spoken() {
    let server = server().await;
    let mut sessions = Vec::new();
    for version in ["1", "pre2", "pre1"] {
        let socket = Ddp::open(&server.base).await;
        let connect = json!({ "msg": "connect", "version": version, "support": [version], "session": "before" });
        socket.send(&connect).await;
        sessions.push(said(&socket, "connected").await["session"].as_str().unwrap().to_owned());
        assert_eq!(socket.heard()[0], json!({ "server_id": "0" }));
    }
    sessions.dedup();
    assert!(sessions.len() == 3 && !sessions.contains(&"before".to_owned()), "{sessions:?}");

    let socket = Ddp::open(&server.base).await;
    socket.send(&json!({ "msg": "connect", "version": "2", "support": ["2"] })).await;
    assert_eq!(said(&socket, "failed").await, json!({ "msg": "failed", "version": "1" }));
    assert_eq!(socket.closed(SOON).await.code, Some(1000));
}

#[tokio::test]
async fn pings_are_answered_with_their_ids_also_before_the_connect() {
    let server = server().await;
    let socket = Ddp::open(&server.base).await;
    for ping in [json!({ "msg": "ping" }), json!({ "msg": "ping", "id": "7" }), json!({ "msg": "ping", "id": "" })] {
        socket.send(&ping).await;
        let pong = said(&socket, "pong").await;
        assert_eq!(
            (pong.get("id"), pong.as_object().unwrap().len()),
            (ping.get("id"), ping.as_object().unwrap().len())
        );
    }
    socket.send(&json!({ "msg": "pong", "id": "never asked" })).await;
    socket.send(&json!({ "msg": "pong" })).await;
    socket.barrier().await;
    assert!(!socket.heard().iter().any(|frame| frame["msg"] == "error"));
}

#[tokio::test]
async fn offences_are_named() {
    let server = server().await;
    let stranger = Ddp::open(&server.base).await;
    let early = json!({ "msg": "method", "id": "1", "method": "login", "params": [] });
    stranger.send(&early).await;
    let error = said(&stranger, "error").await;
    assert_eq!(error, json!({ "msg": "error", "reason": "Must connect first", "offendingMessage": early }));

    let socket = Ddp::connect(&server.base).await;
    for (message, reason) in [
        (json!({ "msg": "connect", "version": "1", "support": ["1"] }), "Already connected"),
        (json!({ "msg": "whatever" }), "Bad request"),
        (json!({ "id": "1" }), "Bad request"),
        (json!({ "msg": "method", "id": "1" }), "Bad request"),
        (json!({ "msg": "sub", "name": "x" }), "Bad request"),
        (json!({ "msg": "unsub" }), "Bad request"),
        (json!({ "msg": "method", "id": 1, "method": "x" }), "Bad request"),
    ] {
        socket.send(&message).await;
        let error = said(&socket, "error").await;
        assert_eq!(error, json!({ "msg": "error", "reason": reason, "offendingMessage": message }));
    }
    socket.send_text("{").await;
    assert_eq!(said(&socket, "error").await, json!({ "msg": "error", "reason": "Parse error" }));
    // Fields that nobody knows are none.
    let extra = json!({ "msg": "method", "id": "2", "method": "nothing", "params": [], "randomSeed": "x", "more": {} });
    socket.send(&extra).await;
    assert_eq!(said(&socket, "result").await["error"]["error"], 404);
}

#[tokio::test]
async fn who_offends_on_is_not_listened_to() {
    let server = server().await;
    let socket = Ddp::connect(&server.base).await;
    for number in 0..19 {
        socket.send_text(&format!("[\"offence {number}\"]")).await;
    }
    socket.call("nothing", json!([])).await.unwrap_err();
    socket.send_text("{}").await;
    let closed = socket.closed(SOON).await;
    assert_eq!((closed.code, closed.reason.as_str()), (Some(1002), "CLOSE_PROTOCOL_ERROR"));
    assert_eq!(socket.heard().iter().filter(|frame| frame["msg"] == "error").count(), 20);
}

#[tokio::test]
async fn what_is_no_text_ends_the_connection() {
    let server = server().await;
    let socket = Ddp::connect(&server.base).await;
    socket.send_bytes(b"{\"msg\":\"ping\"}").await;
    assert_eq!(socket.closed(SOON).await.code, Some(1003));
    for array in ["[", "[1]", "[\"x\"", "[{}]"] {
        let socket = Ddp::connect(&server.base).await;
        socket.send_text(array).await;
        assert_eq!(socket.closed(SOON).await.code, Some(1007), "{array}");
    }
    let socket = Ddp::connect(&server.base).await;
    socket.send_text(&" ".repeat(1024 * 1024 + 1)).await;
    assert_eq!(socket.closed(SOON).await.code, Some(1009));
}

#[tokio::test]
async fn arrays_of_messages_are_understood_on_plain_sockets() {
    let server = server().await;
    let socket = Ddp::connect(&server.base).await;
    let ping = |id: &str| json!({ "msg": "ping", "id": id }).to_string();
    socket.send(&json!([ping("1"), ping("2")])).await;
    for id in ["1", "2"] {
        assert_eq!(said(&socket, "pong").await["id"], id);
    }
}

/// Over DDP an object with a `$` key would be read as a date, as bytes, or as a type that some clients give up on.
#[tokio::test]
async fn a_clients_own_documents_read_alike_on_both_wires() {
    const MESSAGES: &str = "stream-room-messages";
    let server = server().await;
    let [ann] = server.users(["ann"]).await;
    let rid = ann.group("den", &[]).await;
    let socket = ann.socket().await;
    socket.stream(MESSAGES, &rid).await;
    let message = |attachment: Value| json!([{ "rid": rid, "msg": "x", "attachments": [attachment] }]);
    socket
        .call("sendMessage", message(json!({ "text": "t", "ts": { "$date": 1_785_585_600_000_i64 } })))
        .await
        .unwrap();
    let heard = socket.expect(MESSAGES, &rid, SOON).await;
    let kept = json!({ "text": "t", "ts": "2026-08-01T12:00:00.000Z" });
    assert_eq!(heard[0]["attachments"], json!([kept]));
    let history = ann.rest.get("groups.history", &[("roomId", &rid)]).await.ok();
    assert_eq!(history["messages"][0]["attachments"], json!([kept]));

    let type_of_nobody = json!({ "$type": "nobody's", "$value": 1 });
    for field in [type_of_nobody.clone(), json!({ "$escape": type_of_nobody }), json!([{ "$binary": "?" }])] {
        let attachment = json!({ "text": "t", "x": field });
        socket.call("sendMessage", message(attachment.clone())).await.unwrap_err();
        let post = json!({ "roomId": rid, "text": "x", "attachments": [attachment] });
        assert_eq!(ann.rest.post("chat.postMessage", post).await.status, 400);
    }
    socket.expect_none(MESSAGES, &rid, Duration::from_millis(50)).await;
}
