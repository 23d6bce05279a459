//! What an attacker tries: each try ends in a clear refusal, what it makes the server hold is bounded, and others go on.

use crate::binary::Binary;
use crate::memory::held_by;
use crate::wire::{Heard, Wire, address, frame, text, upgrade};
use crate::world::{PASSWORD, Server, User};
use futures_util::future::join_all;
use gantry_testkit::{Ddp, Rest, both_databases};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const MESSAGES: &str = "stream-room-messages";
const PUBLIC: (&str, &str) = ("stream-notify-all", "public-settings-changed");
const SOON: Duration = Duration::from_secs(20);
const MIB: u64 = 1 << 20;

/// The longest id and name that a client may give.
const NAME_BYTES: usize = 1024;

/// A server as a process of its own, so that its memory is its own, with its limits on unless `flags` say otherwise.
struct Target {
    server: Binary,
    admin: Rest,
    ann: User,
    before: u64,
    _folder: tempfile::TempDir,
}

impl Target {
    async fn new(flags: &[&str]) -> Self {
        gantry_server::http::raise_open_files();
        let folder = tempfile::tempdir().unwrap();
        let server = Binary::start(folder.path(), None, flags);
        let nobody = Rest::new(&server.base);
        let admin = nobody.as_user(&nobody.login("admin", PASSWORD).await);
        let account = json!({ "username": "ann", "name": "Ann", "email": "ann@example.org", "password": PASSWORD });
        admin.post("users.create", account).await.ok();
        let login = nobody.login("ann", PASSWORD).await;
        let ann = User { rest: nobody.as_user(&login), login };
        let before = held_by(server.id());
        Self { server, admin, ann, before, _folder: folder }
    }

    fn base(&self) -> &str {
        &self.server.base
    }

    /// The server goes on for others, and holds little more than before.
    async fn lives_and_holds_less_than(&mut self, bytes: u64) {
        let socket = Ddp::connect(self.base()).await;
        socket.login(&self.ann.login).await;
        socket.barrier().await;
        assert_eq!(self.admin.get("me", &[]).await.status, 200);
        assert!(self.server.runs());
        let grown = held_by(self.server.id()).saturating_sub(self.before);
        assert!(grown < bytes, "{} MiB more are held", grown / MIB);
    }

    async fn socket(&self) -> Wire {
        Wire::logged_in(self.base(), "", &self.ann.login).await
    }
}

/// Subscribes so often, a hundred at a time; the answers.
async fn subscribe(wire: &mut Wire, many: usize) -> Vec<Value> {
    let mut answers = Vec::new();
    while answers.len() < many {
        let ids = answers.len()..answers.len() + 100;
        for id in ids {
            let id = format!("a name of some length, number {id}");
            wire.say(&json!({ "msg": "sub", "id": id, "name": PUBLIC.0, "params": [PUBLIC.1, false] })).await;
        }
        for _ in 0..100 {
            answers.push(wire.wait(|frame| frame["msg"] == "ready" || frame["msg"] == "nosub").await);
        }
    }
    answers
}

fn refused_with<'a>(answers: &'a [Value], error: &'a str) -> impl Iterator<Item = &'a Value> {
    answers.iter().filter(move |answer| answer["error"]["error"] == error)
}

#[tokio::test]
async fn ten_thousand_subscriptions_find_an_end() {
    let mut target = Target::new(&["--test-mode"]).await;
    let mut wire = target.socket().await;
    let answers = subscribe(&mut wire, 10_000).await;
    let refused = refused_with(&answers, "too-many-subscriptions").count();
    let stand = answers.iter().filter(|answer| answer["msg"] == "ready").count();
    assert!(refused > 0 && stand > 1_000 && refused + stand == 10_000, "{stand} stand, {refused} were refused");
    wire.say(&json!({ "msg": "unsub", "id": "a name of some length, number 7" })).await;
    wire.wait(|frame| frame["msg"] == "nosub").await;
    wire.stream(PUBLIC.0, PUBLIC.1).await;
    target.admin.post("settings/Site_Name", json!({ "value": "Harbour" })).await.ok();
    wire.wait(|frame| frame["fields"]["args"][1]["value"] == "Harbour").await;
    wire.call("getRoomById", json!(["GENERAL"])).await;
    target.lives_and_holds_less_than(16 * MIB).await;
}

#[tokio::test]
async fn subscriptions_are_counted() {
    let mut target = Target::new(&[]).await;
    let mut wire = target.socket().await;
    let answers = subscribe(&mut wire, 500).await;
    assert!(refused_with(&answers, "too-many-requests").count() >= 400, "{:?}", answers.last());
    target.lives_and_holds_less_than(16 * MIB).await;
}

#[tokio::test]
async fn a_name_that_is_used_again_names_one_subscription() {
    let mut target = Target::new(&["--test-mode"]).await;
    let mut wire = target.socket().await;
    for _ in 0..200 {
        wire.stream(PUBLIC.0, PUBLIC.1).await;
    }
    target.admin.post("settings/Site_Name", json!({ "value": "Harbour" })).await.ok();
    wire.wait(|frame| frame["msg"] == "changed").await;
    for _ in 0..10_000 {
        wire.say(&json!({ "msg": "unsub", "id": "nothing of the kind" })).await;
    }
    wire.say(&json!({ "msg": "unsub", "id": PUBLIC.1 })).await;
    let next = wire.wait(|_| true).await;
    assert_eq!(
        (&next["msg"], &next["id"]),
        (&json!("nosub"), &json!(PUBLIC.1)),
        "neither a copy nor an answer in between"
    );
    target.admin.post("settings/Site_Name", json!({ "value": "Haven" })).await.ok();
    let result = wire.call("getRoomById", json!(["GENERAL"])).await;
    assert_eq!(result["msg"], "result");
    wire.say(&json!({ "msg": "ping", "id": "now" })).await;
    let next = wire.wait(|frame| frame["msg"] != "updated").await;
    assert_eq!(next["msg"], "pong", "nothing is heard of what was left");
    target.lives_and_holds_less_than(16 * MIB).await;
}

#[tokio::test]
async fn names_without_end_are_refused() {
    let mut target = Target::new(&["--test-mode"]).await;
    let mut wire = target.socket().await;
    for length in [NAME_BYTES + 1, 1_000_000] {
        let long = "x".repeat(length);
        for message in [
            json!({ "msg": "ping", "id": long }),
            json!({ "msg": "unsub", "id": long }),
            json!({ "msg": "sub", "id": long, "name": PUBLIC.0, "params": [PUBLIC.1, false] }),
            json!({ "msg": "sub", "id": "1", "name": long, "params": [] }),
            json!({ "msg": "method", "id": long, "method": "getRoomById", "params": ["GENERAL"] }),
            json!({ "msg": "method", "id": "1", "method": long, "params": [] }),
        ] {
            wire.say(&message).await;
            let answer = wire.wait(|frame| frame["msg"] != "updated").await;
            assert_eq!((&answer["msg"], &answer["reason"]), (&json!("error"), &json!("Bad request")));
            assert!(answer.to_string().len() < 8 * NAME_BYTES);
            // Who offends on is shown the door; here each offence has a socket of its own.
            wire = target.socket().await;
        }
    }
    for params in [json!(vec!["x"; 100_000]), json!(["x".repeat(900_000)]), json!([vec![json!({}); 100_000]])] {
        let result = wire.call("getRoomById", params).await;
        assert!(result["error"].is_object() && result.to_string().len() < 2 * NAME_BYTES, "{result}");
    }
    wire.say(&json!({ "msg": "sub", "id": "e", "name": MESSAGES, "params": ["x".repeat(900_000), false] })).await;
    let answer = wire.wait(|frame| frame["msg"] == "nosub").await;
    assert!(answer.to_string().len() < 2 * NAME_BYTES, "{answer}");
    target.lives_and_holds_less_than(32 * MIB).await;
}

/// They are refused by the header that announces them, so that not even a part of them is kept.
#[tokio::test]
async fn strangers_cannot_leave_megabytes_behind() {
    let mut target = Target::new(&[]).await;
    let giant = text(&"x".repeat(1_000_000));
    let all = join_all((0..300).map(|_| async {
        let mut wire = Wire::connect(target.base(), "").await;
        wire.send_if_taken(&giant[..giant.len() - 1], SOON).await;
        let end = wire.end().await;
        (wire, end)
    }))
    .await;
    assert!(all.iter().all(|(_, end)| matches!(end, Some(1009) | None)), "they are told that it is too big");
    let pieces = frame(0x01, &[b'x'; 20_000]);
    let mut wire = Wire::connect(target.base(), "").await;
    wire.send(&pieces).await;
    wire.send_if_taken(&frame(0x00, &[b'x'; 20_000]), SOON).await;
    assert!(matches!(wire.end().await, Some(1009) | None), "nor in pieces");
    target.lives_and_holds_less_than(32 * MIB).await;
}

/// What the operator allows goes for those who are logged in; the rest is short.
#[tokio::test]
async fn bodies_are_as_long_as_the_operator_says() {
    let mut target = Target::new(&["--max-body", "200 KiB"]).await;
    let body = |length: usize| json!({ "message": { "rid": "GENERAL", "msg": "x", "customFields": { "x": "x".repeat(length << 10) } } });
    assert_ne!(target.ann.rest.post("chat.sendMessage", body(190)).await.status, 413);
    target.ann.rest.post("chat.sendMessage", body(210)).await.refused(413, "error-request-too-large");
    let login = |length: usize| json!({ "user": "ann", "password": "x".repeat(length << 10) });
    let nobody = Rest::new(target.base());
    assert_eq!(nobody.post("login", login(60)).await.status, 401);
    nobody.post("login", login(70)).await.refused(413, "error-request-too-large");
    target.lives_and_holds_less_than(32 * MIB).await;
}

/// A room's document goes to all of its members with each of its changes, so nobody may blow it up.
#[tokio::test]
async fn what_everybody_is_sent_is_short() {
    let mut target = Target::new(&["--test-mode"]).await;
    let (text, fields) = ("x".repeat(5_001), json!({ "x": "x".repeat(9_000) }));
    for (name, more) in [
        ("topic", json!({ "extraData": { "topic": text } })),
        ("announcement", json!({ "extraData": { "announcement": text } })),
        ("description", json!({ "extraData": { "description": text } })),
        ("fields", json!({ "customFields": fields })),
    ] {
        for call in ["groups.create", "channels.create"] {
            let mut body = more.clone();
            body["name"] = json!(name);
            target.ann.rest.post(call, body).await.refused(400, "error-invalid-settings");
        }
    }
    let mut wire = target.socket().await;
    for params in [json!(["room", [], false, {}, { "topic": text }]), json!(["room", [], false, fields])] {
        let error = wire.call("createChannel", params).await["error"]["error"].clone();
        assert_eq!(error, "error-invalid-settings");
    }
    let words = json!({ "data": { "highlights": vec!["x".repeat(100); 400] } });
    target.ann.rest.post("users.setPreferences", words).await.refused(400, "invalid-params");
    let rooms = target.ann.rest.get("rooms.get", &[]).await.ok()["update"].clone();
    assert_eq!(rooms.as_array().unwrap().len(), 1, "only the one that was there");
    target.lives_and_holds_less_than(16 * MIB).await;
}

#[tokio::test]
async fn sockets_that_stay_half_open_keep_nobody_out() {
    let mut target = Target::new(&[]).await;
    let request = upgrade("");
    let halves = join_all((0..1_000).map(|n| {
        let (address, request) = (address(target.base()), &request);
        async move {
            let mut stream = TcpStream::connect(address).await.unwrap();
            stream.write_all(&request.as_bytes()[..n % request.len()]).await.unwrap();
            stream
        }
    }))
    .await;
    target.lives_and_holds_less_than(64 * MIB).await;
    let (mut last, at) = (halves.into_iter().next_back().unwrap(), 999 % request.len());
    last.write_all(&request.as_bytes()[at..]).await.unwrap();
    let mut answer = [0; 12];
    last.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 101", "who is slow is served nevertheless");
}

#[tokio::test]
async fn floods_of_pings_drown_nobody() {
    let mut target = Target::new(&[]).await;
    for ping in [text(r#"{"msg":"ping","id":"x"}"#), frame(0x89, &[b'x'; 125])] {
        let mut wire = Wire::connect(target.base(), "").await;
        let many = ping.repeat(1_000);
        for _ in 0..200 {
            if !wire.send_if_taken(&many, Duration::from_millis(500)).await {
                break;
            }
        }
        target.lives_and_holds_less_than(32 * MIB).await;
        // It may go on, or be cut off as too slow; it is not left without an answer.
        assert_ne!(wire.hear().await, Heard::Close(1005));
    }
}

#[tokio::test]
async fn guessing_passwords_ends_soon_and_keeps_nobody_out() {
    let mut target = Target::new(&[]).await;
    let guess =
        |n: usize| json!([{ "user": { "username": format!("ann{}", n % 7) }, "password": format!("guess {n}") }]);
    let sockets = join_all((0..12).map(|_| Wire::connect(target.base(), ""))).await;
    let guesses = sockets.into_iter().enumerate().map(|(number, mut wire)| async move {
        let mut errors = Vec::new();
        for n in 0..20 {
            errors.push(wire.call("login", guess(100 * number + n)).await["error"]["error"].clone());
        }
        errors
    });
    let errors = join_all(guesses).await.concat();
    let of = |wanted: Value| errors.iter().filter(|error| **error == wanted).count();
    let checked = of(json!(403));
    assert!(checked <= 50, "{checked} passwords were tried");
    assert_eq!(
        checked
            + of(json!("error-login-blocked-for-ip"))
            + of(json!("error-login-blocked-for-user"))
            + of(json!("too-many-requests")),
        errors.len(),
        "{errors:?}"
    );
    let by_rest = Rest::new(target.base());
    let body = json!({ "message": json!({ "msg": "method", "id": "1", "method": "login", "params": guess(9_999) }).to_string() });
    let answer = by_rest.post("method.callAnon/login", body).await.ok()["message"].to_string();
    assert!(answer.contains("error-login-blocked-for-ip"), "the second door is closed, too: {answer}");
    // Whoever is logged in stays so, from the same address.
    target.lives_and_holds_less_than(64 * MIB).await;
}

/// The limits of sockets hold for methods that are called by REST, and new connections do not renew them.
#[tokio::test]
async fn no_door_is_without_a_limit() {
    let target = Target::new(&[]).await;
    let call = |method: &str, params: Value| json!({ "message": json!({ "msg": "method", "id": "1", "method": method, "params": params }).to_string() });
    let say = call("sendMessage", json!([{ "rid": "GENERAL", "msg": "flood" }]));
    let answers = join_all((0..60).map(|_| target.ann.rest.post("method.call/sendMessage", say.clone()))).await;
    let limited =
        answers.into_iter().filter(|answer| answer["message"].to_string().contains("too-many-requests")).count();
    assert!(limited >= 30, "{limited} of 60 were too many");
    let mut made = 0;
    for n in 0..6 {
        let account = json!([{ "email": format!("new{n}@example.org"), "pass": PASSWORD, "name": "New", "username": format!("new{n}") }]);
        let answer = Rest::new(target.base())
            .post("method.callAnon/registerUser", call("registerUser", account.clone()))
            .await
            .ok();
        made += usize::from(!answer["message"].as_str().unwrap().contains("\"error\""));
        let mut wire = Wire::connect(target.base(), "").await;
        made += usize::from(wire.call("registerUser", account).await["error"].is_null());
    }
    assert!(made <= 2, "{made} accounts were made in one moment");
}

/// Who is behind a socket is said on it, by a token; nothing that a browser sends by itself says so.
#[tokio::test]
async fn sockets_of_other_origins_are_nobodys() {
    let target = Target::new(&[]).await;
    let (id, token) = (target.ann.id(), &target.ann.login.token);
    for headers in [
        "origin: http://evil.example\r\n".to_owned(),
        "origin: null\r\n".to_owned(),
        format!("origin: http://evil.example\r\ncookie: rc_uid={id}; rc_token={token}\r\n"),
        format!("x-user-id: {id}\r\nx-auth-token: {token}\r\n"),
        format!("authorization: Bearer {token}\r\n"),
    ] {
        let mut wire = Wire::connect(target.base(), &headers).await;
        assert!(!wire.head.contains("access-control-allow-credentials"), "{}", wire.head);
        let error = wire.call("getRoomById", json!(["GENERAL"])).await["error"]["error"].clone();
        assert_eq!(error, "error-invalid-user", "{headers}");
        wire.say(&json!({ "msg": "sub", "id": "1", "name": "stream-notify-user", "params": [format!("{id}/message"), false] })).await;
        assert_eq!(wire.wait(|frame| frame["id"] == "1").await["msg"], "nosub");
        let result = wire.call("login", json!([{ "resume": token }])).await;
        assert_eq!(result["result"]["id"], id, "a client of any origin may log in");
    }
    let cookies = Rest::new(target.base()).with("cookie", &format!("rc_uid={id}; rc_token={token}"));
    cookies.get("me", &[]).await.not_logged_in();
    cookies.post("chat.sendMessage", json!({ "message": { "rid": "GENERAL", "msg": "x" } })).await.not_logged_in();
}

#[tokio::test]
async fn floods_of_headers_open_no_socket() {
    let mut target = Target::new(&[]).await;
    for flood in [
        "a: b\r\n".repeat(5_000),
        format!("a: {}\r\n", "b".repeat(60_000)),
        format!("sec-websocket-protocol: {}b\r\n", "a,".repeat(30_000)),
    ] {
        let wire = Wire::open(target.base(), &flood).await;
        assert!(wire.head.starts_with("HTTP/1.1 431"), "{}", wire.head);
    }
    // Whatever is offered: what is not agreed on may not be used.
    for offer in
        ["permessage-deflate; client_max_window_bits; server_max_window_bits=99", "x-evil; a=b, permessage-nothing"]
    {
        let mut wire = Wire::connect(target.base(), &format!("sec-websocket-extensions: {offer}\r\n")).await;
        assert!(!wire.head.contains("x-evil") && !wire.head.contains("=99"), "{}", wire.head);
        wire.say(&json!({ "msg": "ping" })).await;
        wire.wait(|frame| frame["msg"] == "pong").await;
    }
    let mut wire = Wire::connect(target.base(), "").await;
    wire.send(&frame(0xc1, b"\xab\x56\xca\xcf\x57\xb2\x52\x50\xca")).await;
    assert_eq!(wire.end().await, Some(1002), "compressed, though nothing was agreed on");
    target.lives_and_holds_less_than(16 * MIB).await;
}

/// A text of marks makes a tree of many times its size: that is left to the clients.
#[tokio::test]
async fn no_message_is_many_times_its_text() {
    let mut target = Target::new(&["--test-mode"]).await;
    for pattern in [
        "*a*", ":) ", "`a`", "@a ", "#a ", ">a\n", "- a\n", "a\n", "# a\n", "1. a\n", "||a||", "*_~a~_*", "#fff ",
        "[a](b)",
    ] {
        let text = pattern.repeat(5_000 / pattern.len()).trim().to_owned();
        let sent = target.ann.says("GENERAL", &text).await;
        let (length, size) = (text.len(), sent.to_string().len());
        assert!(size < 2 * length + 40 * 1024, "{pattern:?}: {length} bytes of text became {size}");
        assert_eq!(sent["msg"], text);
    }
    let sent = target.ann.says("GENERAL", &"*well* said, ".repeat(100)).await;
    assert!(sent["md"].is_array(), "what people write has its tree");
    target.lives_and_holds_less_than(32 * MIB).await;
}

/// What a socket is told of a method that names others' things.
async fn error_of(socket: &Ddp, method: &str, params: Value) -> Value {
    match socket.call(method, params.clone()).await {
        Ok(result) => panic!("{method} {params} went through: {result}"),
        Err(error) => error["error"].clone(),
    }
}

both_databases! {
    /// A message of one room named together with another room.
    async fn mixed_ids_open_nothing(server: Server) {
        let [ann, eve] = server.users(["ann", "eve"]).await;
        let (secret, open) = (ann.group("secret", &[]).await, eve.channel("open", &[&ann]).await);
        let hidden = ann.says(&secret, "the hidden word").await;
        let (id, own) = (hidden["_id"].clone(), eve.says(&open, "hello").await["_id"].clone());
        let socket = eve.socket().await;
        for (method, params) in [
            ("deleteMessage", json!([{ "_id": id, "rid": open }])),
            ("setReaction", json!([":smile:", id, true])),
            ("sendMessage", json!([{ "_id": id, "rid": open, "msg": "taken" }])),
            ("sendMessage", json!([{ "_id": "own", "rid": secret, "msg": "hello" }])),
            ("sendMessage", json!([{ "_id": "reply", "rid": open, "msg": "hello", "tmid": id }])),
            ("unreadMessages", json!([{ "_id": id, "rid": open }])),
            ("getRoomById", json!([secret])),
        ] {
            let error = error_of(&socket, method, params).await;
            assert!(error.as_str().is_some_and(|error| error.starts_with("error-")) || error == 400, "{method}: {error}");
        }
        for (method, params) in [
            // What is not yours is not there: nothing is changed, and nobody is told so.
            ("updateMessage", json!([{ "_id": id, "rid": open, "msg": "taken" }])),
            ("updateMessage", json!([{ "_id": id, "rid": secret, "msg": "taken" }])),
            ("getMessages", json!([[id, own]])),
            ("getSingleMessage", json!([id])),
            ("loadSurroundingMessages", json!([{ "_id": id, "rid": open }, 50])),
            ("loadHistory", json!([secret, null, 50])),
            ("loadMissedMessages", json!([secret, { "$date": 0 }])),
            ("loadNextMessages", json!([secret, { "$date": 0 }, 50])),
            ("messages/get", json!([secret, { "lastUpdate": { "$date": 0 } }])),
            ("slashCommand", json!([{ "cmd": "kick", "params": "ann", "msg": { "rid": secret, "_id": "c" }, "triggerId": "t" }])),
            ("slashCommand", json!([{ "cmd": "me", "params": "waves", "msg": { "rid": secret, "_id": "m", "tmid": id }, "triggerId": "t" }])),
        ] {
            let told = format!("{:?}", socket.call(method, params).await);
            assert!(!told.contains("hidden word"), "{method}: {told}");
        }
        for (call, body) in [
            ("chat.update", json!({ "roomId": open, "msgId": id, "text": "taken" })),
            ("chat.delete", json!({ "roomId": open, "msgId": id })),
            ("chat.react", json!({ "messageId": id, "emoji": ":smile:" })),
            ("chat.postMessage", json!({ "roomId": open, "text": "x", "tmid": id })),
            ("subscriptions.unread", json!({ "firstUnreadMessage": { "_id": id } })),
            ("subscriptions.read", json!({ "rid": secret })),
        ] {
            let answer = eve.rest.post(call, body).await;
            assert_eq!(answer.status, 400, "{call}: {answer}");
            assert!(!answer.to_string().contains("hidden word"));
        }
        // Nor is it carried away by somebody who may change it.
        let anns = ann.socket().await;
        let _refused_or_left_there = anns.call("updateMessage", json!([{ "_id": id, "rid": open, "msg": "the hidden word, again" }])).await;
        let there = ann.rest.get("chat.getMessage", &[("msgId", id.as_str().unwrap())]).await.ok();
        assert_eq!((&there["message"]["rid"], &there["message"]["reactions"]), (&json!(secret), &Value::Null));
        assert!(there["message"]["msg"].as_str().unwrap().contains("hidden word"), "{there}");
        let seen = eve.rest.get("channels.messages", &[("roomId", &open)]).await.ok().to_string();
        assert!(!seen.contains("hidden word"), "{seen}");
        assert_eq!(ann.rest.get("groups.members", &[("roomId", &secret)]).await.ok()["total"], 1);
    }
}
