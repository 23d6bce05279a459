//! What no client says: over REST, over sockets, and on the bare wire. Each gets a clear error, nobody else notices, and
//! the server lives.

use crate::memory::held_by;
use crate::world::{Server, User};
use gantry_testkit::rest::RawAnswer;
use gantry_testkit::{Ddp, both_databases};
use http::Method;
use serde_json::json;
use std::time::{Duration, Instant};
use tokio::io::AsyncWriteExt;

const QUIET: Duration = Duration::from_secs(2);
const SOON: Duration = Duration::from_secs(5);

/// A request on the bare wire, as somebody who is logged in; `head` is what comes after the first line.
async fn raw(user: &User, line: &str, head: &str, body: &[u8]) -> RawAnswer {
    let (id, token) = (user.id(), &user.login.token);
    let mut bytes =
        format!("{line} HTTP/1.1\r\nhost: a\r\nx-user-id: {id}\r\nx-auth-token: {token}\r\n{head}\r\n").into_bytes();
    bytes.extend_from_slice(body);
    user.rest.raw(&bytes, QUIET).await
}

/// A body as it stands, with its length.
async fn body(user: &User, body: &[u8]) -> RawAnswer {
    let head = format!("content-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n", body.len());
    raw(user, "POST /api/v1/chat.sendMessage", &head, body).await
}

fn is_clear_refusal(answer: &RawAnswer) -> bool {
    let json = answer.json();
    (400..500).contains(&answer.status().unwrap_or_default()) && json["success"] == false && json["error"].is_string()
}

/// What the process holds in memory, in bytes.
fn held() -> u64 {
    held_by("self")
}

/// Somebody else goes on talking.
async fn lives(user: &User, rid: &str) {
    let said = user.says(rid, "still here").await;
    assert_eq!(said["msg"], "still here");
    let socket = user.socket().await;
    socket.barrier().await;
}

fn nested(depth: usize) -> String {
    format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth))
}

both_databases! {
    async fn bodies_that_are_no_json(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.channel("plans", &[]).await;
        let whole = json!({ "message": { "rid": rid, "msg": "hello" } }).to_string();
        for cut in (1..whole.len()).step_by(7) {
            let answer = body(&ann, &whole.as_bytes()[..cut]).await;
            assert!(is_clear_refusal(&answer), "cut at {cut}: {}", answer.text());
        }
        for nonsense in [&b"\xff\xfe"[..], b"\0", b"{\"message\":\"\xc3\x28\"}", b"{\"a\":1}{", b"NaN", b"{'a':1}", b"{\"a\":01}", b"[[[["] {
            let answer = body(&ann, nonsense).await;
            assert!(is_clear_refusal(&answer), "{nonsense:?}: {}", answer.text());
        }
        for depth in [100, 1_000, 100_000] {
            for text in [nested(depth), format!("{}{}", "[".repeat(depth), "]".repeat(depth)), "{\"a\":".repeat(depth)] {
                let answer = body(&ann, text.as_bytes()).await;
                assert!(is_clear_refusal(&answer), "{depth} deep: {}", answer.text());
            }
        }
        lives(&ann, &rid).await;
    }

    async fn texts_that_no_database_keeps(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.channel("plans", &[]).await;
        for text in [r"a\u0000b", r"\ud800", r"\udc00\ud800", r"x\udfff"] {
            for sent in [
                format!(r#"{{"message":{{"rid":"{rid}","msg":"{text}"}}}}"#),
                format!(r#"{{"message":{{"rid":"{text}","msg":"x"}}}}"#),
                format!(r#"{{"message":{{"rid":"{rid}","msg":"x","customFields":{{"{text}":1}}}}}}"#),
            ] {
                let answer = body(&ann, sent.as_bytes()).await;
                assert!(is_clear_refusal(&answer), "{sent}: {}", answer.text());
            }
        }
        for query in ["roomId=%00", "roomId=%ff%fe", "roomName=a%00b", "roomId[$ne]=x", "roomId[]=x&roomId[]=y", "roomId=%ud800"] {
            let answer = raw(&ann, &format!("GET /api/v1/rooms.info?{query}"), "connection: close\r\n", b"").await;
            assert!((400..500).contains(&answer.status().unwrap()), "{query}: {}", answer.text());
        }
        lives(&ann, &rid).await;
    }

    /// The body of 50 MB is refused by its length, and nothing of it is kept.
    async fn giant_bodies(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.channel("plans", &[]).await;
        let giant = format!("{{\"message\":{{\"rid\":\"{rid}\",\"msg\":\"{}\"}}}}", "x".repeat(50_000_000)).into_bytes();
        let before = held();
        let answer = body(&ann, &giant).await;
        assert_eq!(answer.status(), Some(413), "{:.300}", answer.text());
        let mut chunked = Vec::new();
        for chunk in giant.chunks(1 << 20) {
            chunked.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
            chunked.extend_from_slice(chunk);
            chunked.extend_from_slice(b"\r\n");
        }
        let kept = chunked.len() as u64;
        let head = "content-type: application/json\r\nconnection: close\r\ntransfer-encoding: chunked\r\n";
        let answer = raw(&ann, "POST /api/v1/chat.sendMessage", head, &chunked).await;
        assert_eq!(answer.status(), Some(413), "{:.300}", answer.text());
        let grown = held().saturating_sub(before + kept);
        assert!(grown < 16 << 20, "{grown} bytes more are held");
        let lying = raw(&ann, "POST /api/v1/chat.sendMessage", "content-length: 99999999999999999999\r\n", b"{}").await;
        assert!((400..500).contains(&lying.status().unwrap_or(400)), "{}", lying.text());
        lives(&ann, &rid).await;
    }

    async fn long_lists(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.channel("plans", &[]).await;
        let ids: Vec<String> = (0..10_000).map(|n| format!("id{n}")).collect();
        let begin = Instant::now();
        for (call, params) in [
            ("channels.invite", json!({ "roomId": rid, "userIds": ids })),
            ("channels.invite", json!({ "roomId": rid, "usernames": ids })),
            ("groups.create", json!({ "name": "many", "members": ids })),
            ("im.create", json!({ "usernames": ids.join(",") })),
            ("chat.postMessage", json!({ "roomId": ids, "text": "x" })),
            ("chat.sendMessage", json!({ "message": { "rid": rid, "msg": ids.join(" @") } })),
            ("chat.sendMessage", json!({ "message": { "rid": rid, "msg": "x", "attachments": vec![json!({ "text": "x" }); 10_000] } })),
            ("permissions.update", json!({ "permissions": vec![json!({ "_id": "create-c", "roles": [] }); 10_000] })),
        ] {
            let answer = ann.rest.post(call, params).await;
            assert!(answer.status < 500, "{call}: {answer}");
        }
        for query in [[("ids", ids.join(","))], [("mentionIds", ids.join(","))]] {
            let [(name, value)] = query;
            let answer = raw(&ann, &format!("GET /api/v1/channels.messages?roomId={rid}&{name}={value}"), "", b"").await;
            assert!((400..500).contains(&answer.status().unwrap_or(431)), "{}", answer.text());
        }
        let socket = ann.socket().await;
        for (method, params) in [
            ("getMessages", json!([ids])),
            ("addUsersToRoom", json!([{ "rid": rid, "users": ids }])),
            ("createDirectMessage", json!(ids)),
        ] {
            drop(socket.call(method, params).await);
        }
        socket.sub("stream-user-presence", json!(["", { "added": ids }])).await.ok();
        socket.barrier().await;
        assert!(begin.elapsed() < Duration::from_secs(20), "{:?}", begin.elapsed());
        lives(&ann, &rid).await;
    }

    /// Nothing of a database's language means anything in a value; nobody gets in by it.
    async fn operators_as_values(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.channel("plans", &[]).await;
        let nobody = server.nobody();
        for operator in [json!({ "$ne": null }), json!({ "$regex": "." }), json!({ "$gt": "" }), json!(["admin"]), json!({ "$where": "1" })] {
            for login in [
                json!({ "user": operator, "password": operator }),
                json!({ "user": "admin", "password": operator }),
                json!({ "user": operator, "password": crate::world::PASSWORD }),
                json!({ "username": operator, "password": crate::world::PASSWORD }),
                json!({ "email": operator, "password": crate::world::PASSWORD }),
                json!({ "user": { "username": operator }, "password": crate::world::PASSWORD }),
                json!({ "resume": operator }),
                json!({ "user": "admin", "password": { "digest": operator, "algorithm": "sha-256" } }),
            ] {
                let answer = nobody.post("login", login.clone()).await;
                assert!((400..500).contains(&answer.status), "{login}: {answer}");
            }
            let socket = Ddp::connect(&server.base).await;
            for login in [
                json!({ "user": { "username": operator }, "password": crate::world::PASSWORD }),
                json!({ "user": { "email": operator }, "password": crate::world::PASSWORD }),
                json!({ "user": { "id": operator }, "password": crate::world::PASSWORD }),
                json!({ "user": operator, "password": crate::world::PASSWORD }),
                json!({ "user": { "username": "admin" }, "password": operator }),
                json!({ "user": { "username": "admin" }, "password": { "digest": operator, "algorithm": "sha-256" } }),
                json!({ "resume": operator }),
                operator.clone(),
            ] {
                assert!(socket.login_with(login.clone()).await.is_err(), "{login}");
            }
            for method in ["getRoomById", "loadHistory", "joinRoom", "getSingleMessage", "getRoomRoles", "getUsersOfRoom"] {
                let refused = ann.socket().await.call(method, json!([operator])).await.unwrap_err();
                assert_eq!(refused["error"], 400, "{method} {operator}: {refused}");
            }
        }
        for query in ["access_token[$ne]=null", "access_token[$regex]=.", "x-auth-token[$ne]=x", "userId[$ne]=x&authToken[$ne]=x"] {
            let answer = nobody.send(Method::GET, &format!("me?{query}"), &[], "").await;
            answer.not_logged_in();
        }
        for headers in [[("x-user-id", "[$ne]"), ("x-auth-token", "{\"$ne\":null}")], [("x-user-id", ""), ("x-auth-token", "")]] {
            nobody.send(Method::GET, "me", &headers, "").await.not_logged_in();
        }
        lives(&ann, &rid).await;
    }

    async fn headers_without_end(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.channel("plans", &[]).await;
        for flood in ["a: b\r\n".repeat(5_000), format!("a: {}\r\n", "b".repeat(1 << 20)), format!("x-auth-token: {}\r\n", "b".repeat(60_000))] {
            let answer = raw(&ann, "GET /api/v1/me", &flood, b"").await;
            assert!(matches!(answer.status(), Some(431) | None), "{}", answer.text());
        }
        let long = format!("GET /api/v1/rooms.info?roomId={}", "x".repeat(1 << 20));
        let answer = raw(&ann, &long, "", b"").await;
        assert!(matches!(answer.status(), Some(400..500) | None), "{}", answer.text());
        for line in ["GET /api/v1/me\r\nx: y", "BREW /api/v1/me", "GET http://[::1/api/v1/me", "GET /api/v1/../../etc/passwd", "GET /%00", "\0\0 /"] {
            let answer = raw(&ann, line, "connection: close\r\n", b"").await;
            assert!(answer.status().is_none_or(|status| status < 500), "{line:?}: {}", answer.text());
            assert!(!answer.text().contains("root:"), "{line:?}");
        }
        let both = "content-length: 2\r\ntransfer-encoding: chunked\r\nconnection: close\r\n";
        let answer = raw(&ann, "POST /api/v1/chat.sendMessage", both, b"0\r\n\r\nGET /api/v1/me HTTP/1.1\r\nhost: a\r\n\r\n").await;
        assert!(answer.text().matches("HTTP/1.1 ").count() <= 1, "nothing is smuggled: {}", answer.text());
        lives(&ann, &rid).await;
    }

    /// Many bodies that never come whole hold up nobody.
    async fn bodies_that_do_not_come(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.channel("plans", &[]).await;
        let mut stuck = Vec::new();
        for _ in 0..200 {
            let mut wire = ann.rest.wire().await;
            let head = b"POST /api/v1/login HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{\"user\":";
            wire.write_all(head).await.unwrap();
            stuck.push(wire);
        }
        let begin = Instant::now();
        lives(&ann, &rid).await;
        assert!(begin.elapsed() < SOON, "{:?}", begin.elapsed());
        assert_eq!(stuck.len(), 200);
    }

    async fn frames_that_are_no_ddp(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.channel("plans", &[]).await;
        for text in ["", "{", "[]", "null", "7", "\"x\"", "{\"msg\":7}", "{\"msg\":\"what\"}", "{\"msg\":\"method\"}", "\0",
            r#"{"msg":"method","id":7,"method":"login","params":[]}"#, r#"{"msg":"method","id":"1","method":"login","params":{}}"#,
            r#"{"msg":"sub","id":"1","name":{"$ne":1},"params":[]}"#, r#"{"msg":"sub","id":"1","name":"stream-room-messages","params":[{"$ne":1}]}"#,
            r#"{"msg":"method","id":"1","method":"\ud800","params":["\ud800"]}"#, r#"{"msg":"unsub"}"#, r#"{"msg":"connect","version":"1"}"#]
        {
            let socket = ann.socket().await;
            socket.send_text(text).await;
            lives_or_ends(&socket).await;
        }
        for deep in [nested(1_000), nested(100_000), "[".repeat(200_000)] {
            let socket = ann.socket().await;
            let frame = format!(r#"{{"msg":"method","id":"deep","method":"sendMessage","params":[{deep}]}}"#);
            socket.send_text(&frame).await;
            lives_or_ends(&socket).await;
        }
        let bits = [&b"\xff\xfe\xfd"[..], b"{\"msg\":\"ping\",\"id\":\"\xc3\x28\"}"];
        for bytes in bits {
            let socket = ann.socket().await;
            socket.send_bytes(bytes).await;
            lives_or_ends(&socket).await;
        }
        for ejson in [json!({ "$date": "x" }), json!({ "$date": 1e300 }), json!({ "$binary": "!" }), json!({ "$type": "oid", "$value": [] }), json!({ "$escape": { "$escape": {} } })] {
            let socket = ann.socket().await;
            drop(socket.call("loadMissedMessages", json!([rid, ejson])).await);
            drop(socket.call("sendMessage", json!([{ "rid": rid, "msg": ejson }])).await.unwrap_err());
            socket.barrier().await;
        }
        lives(&ann, &rid).await;
    }

    /// A message above the limit ends the socket by its header, without being read.
    async fn giant_frames(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.channel("plans", &[]).await;
        let giant = "x".repeat(50_000_000);
        let before = held();
        let socket = ann.socket().await;
        socket.send_text(&giant).await;
        socket.closed(SOON).await;
        let grown = held().saturating_sub(before + 2 * giant.len() as u64);
        assert!(grown < 16 << 20, "{grown} bytes more are held");
        let socket = ann.socket().await;
        let text = format!(r#"{{"msg":"method","id":"1","method":"sendMessage","params":[{{"rid":"{rid}","msg":"{}"}}]}}"#, "x".repeat(60_000));
        socket.send_text(&text).await;
        lives_or_ends(&socket).await;
        lives(&ann, &rid).await;
    }

    /// Text that is no UTF-8, frames without a mask, lengths that lie: on the bare wire, for no library sends them.
    async fn frames_that_are_no_websocket(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.channel("plans", &[]).await;
        let masked = |first: u8, payload: &[u8]| {
            let length = u8::try_from(payload.len()).unwrap();
            let mut frame = vec![first, 0x80 | length, 0, 0, 0, 0];
            frame.extend_from_slice(payload);
            frame
        };
        for frame in [
            masked(0x81, b"\xff\xfe\xfd"),
            masked(0x81, b"\xed\xa0\x80"),
            masked(0x80, b"goes on with nothing"),
            masked(0xf1, b"reserved bits"),
            masked(0x8b, b"a kind that is none"),
            masked(0x09, b"a ping in parts"),
            masked(0x88, b"\x03"),
            vec![0x81, 0x02, b'h', b'i'],
            vec![0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0],
            vec![0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0],
            vec![0xff; 4096],
            masked(0x01, b"a").repeat(10_000),
        ] {
            let mut bytes = b"GET /websocket HTTP/1.1\r\nhost: a\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".to_vec();
            bytes.extend_from_slice(&frame);
            let begin = Instant::now();
            let answer = server.nobody().raw(&bytes, Duration::from_millis(300)).await;
            assert_eq!(answer.status(), Some(101), "{:?}: {}", &frame[..2], answer.text());
            assert!(begin.elapsed() < SOON, "{:?}", &frame[..2]);
        }
        lives(&ann, &rid).await;
    }
}

/// The socket goes on, or the server has ended it; it does not fall silent.
async fn lives_or_ends(socket: &Ddp) {
    socket.send(&json!({ "msg": "ping", "id": "alive" })).await;
    let begin = Instant::now();
    loop {
        let pong = socket.heard().iter().any(|frame| frame["msg"] == "pong" && frame["id"] == "alive");
        if pong || socket.has_ended().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
        assert!(begin.elapsed() < SOON, "neither an answer nor an end: {:?}", socket.heard());
    }
}
