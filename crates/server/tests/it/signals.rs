//! What clients write to streams: what is passed on, to whom, and what is not.

use crate::world::{Server, User};
use gantry_model::Capability;
use gantry_testkit::{Ddp, both_databases};
use serde_json::{Value, json};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(5);
const QUIET: Duration = Duration::from_millis(80);

const ROOM: &str = "stream-notify-room";
const USERS: &str = "stream-notify-room-users";
const OWN: &str = "stream-notify-user";

fn own(user: &User, event: &str) -> String {
    format!("{}/{event}", user.id())
}

async fn direct(user: &User, other: &User) -> String {
    let made = user.rest.post("im.create", json!({ "username": other.username() })).await.ok();
    made["room"]["_id"].as_str().unwrap().to_owned()
}

/// A socket that listens to signals to its user, and in a room.
async fn listening(user: &User, rid: &str) -> Ddp {
    let socket = user.socket().await;
    for event in ["otr", "webrtc", "e2ekeyRequest", "video-conference", "userData", "rooms-changed", "message"] {
        socket.stream(OWN, &own(user, event)).await;
    }
    socket.stream(ROOM, &format!("{rid}/webrtc")).await;
    socket
}

/// Writes to a stream: whether it is passed on or not, the answer is the same.
async fn write(socket: &Ddp, stream: &str, params: Value) {
    assert_eq!(socket.call(stream, params).await, Ok(Value::Null));
}

/// A server that offers what signals belong to.
async fn offering(server: &mut Server) {
    server.restart_offering(&[Capability::Otr, Capability::WebRtc, Capability::E2e]).await;
    for setting in ["OTR_Enable", "WebRTC_Enabled", "E2E_Enable"] {
        server.set(setting, json!(true)).await;
    }
}

both_databases! {
    async fn signals_need_their_feature(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = direct(&ann, &bob).await;
        let (anns, bobs) = (ann.socket().await, listening(&bob, &rid).await);
        write(&anns, OWN, json!([own(&bob, "otr"), "handshake", { "roomId": rid, "userId": ann.id() }])).await;
        let call = json!({ "from": ann.id(), "room": rid });
        write(&anns, OWN, json!([own(&bob, "webrtc"), "join", call])).await;
        write(&anns, ROOM, json!([format!("{rid}/webrtc"), "call", call])).await;
        write(&anns, USERS, json!([format!("{rid}/webrtc"), "call", call])).await;
        write(&anns, USERS, json!([format!("{rid}/e2ekeyRequest"), rid, "key"])).await;
        for event in ["otr", "webrtc", "e2ekeyRequest"] {
            bobs.expect_none(OWN, &own(&bob, event), Duration::ZERO).await;
        }
        bobs.expect_none(ROOM, &format!("{rid}/webrtc"), QUIET).await;
    }

    async fn two_talk_off_the_record(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let (rid, den) = (direct(&ann, &bob).await, ann.group("den", &[&bob, &cat]).await);
        let mut server = server;
        offering(&mut server).await;
        let [ann, bob, cat] = [ann, bob, cat].map(|user| server.here(&user));
        let (anns, bobs, cats) = (ann.socket().await, listening(&bob, &rid).await, cat.socket().await);
        let event = own(&bob, "otr");
        let said = json!({ "roomId": rid, "userId": ann.id(), "publicKey": "{}" });
        write(&anns, OWN, json!([event, "handshake", said])).await;
        assert_eq!(bobs.expect(OWN, &event, SOON).await, json!(["handshake", said]));
        // In the name of another, about a room of others, about one that is not for two.
        write(&cats, OWN, json!([event, "handshake", said])).await;
        write(&cats, OWN, json!([event, "handshake", { "roomId": rid, "userId": cat.id() }])).await;
        write(&anns, OWN, json!([event, "handshake", { "roomId": den, "userId": ann.id() }])).await;
        write(&anns, OWN, json!([event, "handshake", { "roomId": "nowhere", "userId": ann.id() }])).await;
        write(&anns, OWN, json!([own(&cat, "otr"), "handshake", said])).await;
        write(&Ddp::connect(&server.base).await, OWN, json!([event, "handshake", said])).await;
        bobs.expect_none(OWN, &event, QUIET).await;
        server.set("OTR_Enable", json!(false)).await;
        write(&anns, OWN, json!([event, "end", said])).await;
        bobs.expect_none(OWN, &event, QUIET).await;
    }

    async fn peers_of_a_call_hear_each_other(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.group("den", &[&bob]).await;
        let mut server = server;
        offering(&mut server).await;
        let [ann, bob, cat] = [ann, bob, cat].map(|user| server.here(&user));
        let (anns, bobs, cats) = (listening(&ann, &rid).await, listening(&bob, &rid).await, listening(&cat, &rid).await);
        let in_room = format!("{rid}/webrtc");
        let said = json!({ "from": ann.id(), "room": rid, "media": { "audio": true } });
        for (stream, event) in [(ROOM, in_room.clone()), (USERS, in_room.clone()), (OWN, own(&bob, "webrtc"))] {
            write(&anns, stream, json!([event, "call", said])).await;
            let (stream, event) = if stream == ROOM { (ROOM, event) } else { (OWN, own(&bob, "webrtc")) };
            assert_eq!(bobs.expect(stream, &event, SOON).await, json!(["call", said]));
        }
        // Strangers are answered as if they might, and neither hear nor are heard.
        let theirs = json!({ "from": cat.id(), "room": rid });
        for (stream, event) in [(ROOM, in_room.clone()), (USERS, in_room.clone()), (OWN, own(&bob, "webrtc"))] {
            write(&cats, stream, json!([event, "call", theirs])).await;
            write(&anns, stream, json!([event, "call", theirs])).await;
            write(&anns, stream, json!([event, "call", { "from": ann.id(), "room": rid, "sdp": "x".repeat(20_000) }])).await;
        }
        cats.stream(OWN, &own(&bob, "webrtc")).await;
        write(&anns, OWN, json!([own(&bob, "webrtc"), "status", said])).await;
        assert_eq!(bobs.expect(OWN, &own(&bob, "webrtc"), SOON).await, json!(["status", said]));
        for (socket, user) in [(&anns, &ann), (&bobs, &bob), (&cats, &cat)] {
            socket.expect_none(ROOM, &in_room, QUIET).await;
            socket.expect_none(OWN, &own(user, "webrtc"), QUIET).await;
        }
        cats.expect_none(OWN, &own(&bob, "webrtc"), QUIET).await;
        // Whoever is no member any more hears nothing of calls either.
        ann.rest.post("groups.kick", json!({ "roomId": rid, "userId": bob.id() })).await.ok();
        write(&anns, ROOM, json!([in_room, "call", said])).await;
        write(&anns, USERS, json!([in_room, "call", said])).await;
        write(&anns, OWN, json!([own(&bob, "webrtc"), "call", said])).await;
        bobs.expect_none(ROOM, &in_room, QUIET).await;
        bobs.expect_none(OWN, &own(&bob, "webrtc"), QUIET).await;
    }

    async fn members_are_asked_for_the_key_of_their_room(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let (rid, other) = (ann.group("den", &[&bob]).await, ann.group("other", &[&cat]).await);
        let mut server = server;
        offering(&mut server).await;
        let [ann, bob, cat] = [ann, bob, cat].map(|user| server.here(&user));
        let (anns, bobs, cats) = (listening(&ann, &rid).await, listening(&bob, &rid).await, listening(&cat, &rid).await);
        let event = format!("{rid}/e2ekeyRequest");
        write(&anns, USERS, json!([event, rid, "key"])).await;
        assert_eq!(bobs.expect(OWN, &own(&bob, "e2ekeyRequest"), SOON).await, json!([rid, "key"]));
        write(&anns, USERS, json!([event, other, "key"])).await;
        write(&cats, USERS, json!([event, rid, "key"])).await;
        for (socket, user) in [(&anns, &ann), (&bobs, &bob), (&cats, &cat)] {
            socket.expect_none(OWN, &own(user, "e2ekeyRequest"), QUIET).await;
        }
    }

    /// What the server itself says nobody else can.
    async fn nothing_of_the_servers_is_forged(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("den", &[&bob]).await;
        let mut server = server;
        offering(&mut server).await;
        let [ann, bob] = [ann, bob].map(|user| server.here(&user));
        let (anns, bobs) = (server.admin.socket().await, listening(&bob, &rid).await);
        for (stream, event) in [("stream-notify-logged", "roles-change"), ("stream-notify-all", "public-settings-changed")] {
            bobs.stream(stream, event).await;
        }
        for event in ["force_logout", "subscriptions-changed", "notification"] {
            bobs.stream(OWN, &own(&bob, event)).await;
        }
        bobs.stream(ROOM, &format!("{rid}/deleteMessage")).await;
        bobs.stream("stream-room-messages", &rid).await;
        bobs.stream("stream-room-data", &rid).await;
        bobs.forget().await;
        let heard = bobs.heard().len();
        for socket in [&anns, &ann.socket().await] {
            for event in ["force_logout", "subscriptions-changed", "notification", "message", "rooms-changed", "userData"] {
                write(socket, OWN, json!([own(&bob, event), "removed", { "_id": rid, "rid": rid }])).await;
                write(socket, USERS, json!([format!("{rid}/{event}"), "removed", { "_id": rid, "rid": rid }])).await;
            }
            write(socket, OWN, json!([own(&bob, "video-conference"), { "action": "call", "params": { "rid": rid } }])).await;
            write(socket, USERS, json!([format!("{rid}/video-conference"), { "action": "call" }])).await;
            write(socket, ROOM, json!([format!("{rid}/deleteMessage"), { "_id": "M" }])).await;
            write(socket, "stream-room-messages", json!([rid, { "_id": "M", "rid": rid, "msg": "forged" }])).await;
            write(socket, "stream-room-data", json!([rid, { "_id": rid }])).await;
            write(socket, "stream-notify-logged", json!(["roles-change", { "type": "added", "_id": "admin" }])).await;
            write(socket, "stream-notify-all", json!(["public-settings-changed", "updated", { "_id": "Site_Name" }])).await;
            for params in [json!([]), json!([5]), json!([""]), json!([null, 1]), json!([{ "$ne": 1 }])] {
                write(socket, ROOM, params).await;
            }
            let error = socket.call("stream-nothing", json!(["x"])).await.unwrap_err();
            assert_eq!((&error["error"], &error["reason"]), (&json!(404), &json!("Method 'stream-nothing' not found")));
        }
        tokio::time::sleep(QUIET).await;
        bobs.barrier().await;
        let events: Vec<_> = bobs.heard().into_iter().skip(heard).filter(|frame| frame["msg"] == "changed").collect();
        assert_eq!(events, Vec::<Value>::new());
    }
}
