//! What sockets hear: who may listen to what, what comes, and what comes no more.

use crate::world::{Server, User};
use gantry_model::{RoleId, UserId};
use gantry_testkit::{Ddp, both_databases};
use serde_json::{Value, json};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(5);
const QUIET: Duration = Duration::from_millis(80);

const MESSAGES: &str = "stream-room-messages";
const OWN: &str = "stream-notify-user";
const LOGGED: &str = "stream-notify-logged";

fn own(user: &User, event: &str) -> String {
    format!("{}/{event}", user.id())
}

/// A socket of a user that listens to own events.
async fn listening(user: &User, events: &[&str]) -> Ddp {
    let socket = user.socket().await;
    for event in events {
        socket.stream(OWN, &own(user, event)).await;
    }
    socket
}

/// A socket of Bob's that listens to own events, and a group of Ann's with him, of which it has been told.
async fn in_a_group(ann: &User, bob: &User, events: &[&str]) -> (Ddp, String) {
    let socket = listening(bob, &["subscriptions-changed", "rooms-changed"]).await;
    let rid = ann.group("den", &[bob]).await;
    for event in ["subscriptions-changed", "rooms-changed"] {
        socket.expect_where(OWN, &own(bob, event), SOON, |args| args[0] == "inserted").await;
    }
    for event in events {
        socket.stream(OWN, &own(bob, event)).await;
    }
    (socket, rid)
}

async fn refused(socket: &Ddp, stream: &str, event: &str) -> Value {
    socket.sub(stream, json!([event, false])).await.unwrap_err()["error"].take()
}

/// How often an event was heard so far.
fn count(socket: &Ddp, stream: &str, event: &str) -> usize {
    let is = |frame: &&Value| frame["collection"] == stream && frame["fields"]["eventName"] == event;
    socket.heard().iter().filter(is).count()
}

both_databases! {
    async fn sockjs_speaks_the_same(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let socket = Ddp::open_at(&server.base, "/sockjs/123/abcdefgh/websocket").await;
        socket.send_text(r#"["{\"msg\":\"connect\",\"version\":\"1\",\"support\":[\"1\"]}"]"#).await;
        let login = json!({ "msg": "method", "id": "1", "method": "login", "params": [{ "resume": ann.login.token }] });
        socket.send_text(&json!([login.to_string()]).to_string()).await;
        let answers = |frame: &Value| format!("{frame:?}").contains("resume");
        socket.wait("the answer to the login", SOON, answers).await;
    }

    async fn strangers_hear_what_is_for_everybody(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let channel = ann.channel("plaza", &[]).await;
        let socket = Ddp::connect(&server.base).await;
        socket.stream("stream-notify-all", "public-settings-changed").await;
        socket.stream("stream-notify-all", "whatever").await;
        socket.stream("stream-apps", "app/added").await;
        socket.sub("meteor.loginServiceConfiguration", json!([])).await.unwrap();
        socket.sub("meteor_autoupdate_clientVersions", json!([])).await.unwrap();
        let heard = socket.heard();
        let versions: Vec<_> = heard.iter().filter(|frame| frame["collection"] == "meteor_autoupdate_clientVersions").collect();
        assert_eq!(versions.len(), 4);
        assert!(versions.iter().all(|frame| frame["msg"] == "added" && frame["fields"]["version"].is_string()));
        for (stream, event) in [
            (LOGGED, "roles-change".to_owned()),
            ("stream-roles", "roles".to_owned()),
            ("stream-user-presence", "x".to_owned()),
            (OWN, own(&ann, "rooms-changed")),
            (MESSAGES, channel.clone()),
            (MESSAGES, "nowhere".to_owned()),
            ("stream-notify-room", format!("{channel}/deleteMessage")),
            ("stream-notify-room-users", format!("{channel}/e2ekeyRequest")),
        ] {
            assert_eq!(refused(&socket, stream, &event).await, "not-allowed", "{stream} {event}");
        }
        assert_eq!(refused(&socket, "stream-nothing", "x").await, 404);
        assert_eq!(refused(&socket, "userData", "x").await, 404);
        assert_eq!(refused(&socket, LOGGED, "").await, "invalid-event-name");
        assert_eq!(socket.sub(LOGGED, json!([5])).await.unwrap_err()["error"], 400);
    }

    async fn every_event_of_the_clients_can_be_listened_to(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("den", &[]).await;
        let socket = ann.socket().await;
        for event in ["message", "otr", "webrtc", "notification", "rooms-changed", "uiInteraction", "media-signal"] {
            socket.stream(OWN, &own(&ann, event)).await;
        }
        for event in ["typing", "user-activity", "deleteMessage", "deleteMessageBulk", "messagesRead", "videoconf"] {
            socket.stream("stream-notify-room", &format!("{rid}/{event}")).await;
        }
        for event in ["updateAvatar", "Users:Deleted", "updateEmojiCustom", "uploadFile"] {
            socket.stream(LOGGED, event).await;
            socket.stream("stream-notify-all", event).await;
        }
        socket.stream("stream-room-data", &rid).await;
        socket.sub(MESSAGES, json!([rid, { "useCollection": false, "args": [null] }])).await.unwrap();
        assert_eq!(refused(&socket, OWN, &own(&bob, "otr")).await, "not-allowed");
        assert_eq!(refused(&socket, LOGGED, "private-settings-changed").await, "not-allowed");
        assert_eq!(refused(&bob.socket().await, MESSAGES, &rid).await, "not-allowed");
        let admins = server.admin.socket().await;
        admins.stream(LOGGED, "private-settings-changed").await;
        for (stream, event) in [
            ("stream-stdout", "stdout"),
            ("stream-integrationHistory", "x"),
            ("stream-livechat-inquiry-queue-observer", "public"),
        ] {
            admins.stream(stream, event).await;
            assert_eq!(refused(&socket, stream, event).await, "not-allowed", "{stream}");
        }
        for (stream, event) in [
            ("stream-canned-responses", "canned-responses"),
            ("stream-livechat-room", &*rid),
            ("stream-notify-room-users", &*format!("{rid}/webrtc")),
            ("stream-apps-engine", "app/added"),
            ("stream-local", "x"),
        ] {
            assert_eq!(refused(&admins, stream, event).await, "not-allowed", "{stream}");
        }
    }

    async fn who_keeps_a_collection_gets_a_document_first(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.group("den", &[]).await;
        let socket = ann.socket().await;
        socket.sub(MESSAGES, json!([rid, true])).await.unwrap();
        ann.says(&rid, "hi").await;
        socket.expect(MESSAGES, &rid, SOON).await;
        let of_stream = |frame: &&Value| frame["collection"] == MESSAGES;
        let heard: Vec<Value> = socket.heard().iter().filter(of_stream).map(|frame| frame["msg"].clone()).collect();
        assert_eq!(heard, ["added", "changed"]);
    }

    async fn an_event_comes_once_however_often_it_is_listened_to(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.group("den", &[]).await;
        let socket = ann.socket().await;
        let first = socket.stream(MESSAGES, &rid).await;
        let second = socket.stream(MESSAGES, &rid).await;
        ann.says(&rid, "one").await;
        socket.expect(MESSAGES, &rid, SOON).await;
        socket.expect_none(MESSAGES, &rid, QUIET).await;
        socket.unsub(&first).await;
        ann.says(&rid, "two").await;
        socket.expect(MESSAGES, &rid, SOON).await;
        socket.unsub(&second).await;
        ann.says(&rid, "three").await;
        socket.expect_none(MESSAGES, &rid, QUIET).await;
    }

    async fn a_message_comes_before_the_room_that_shows_it(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (socket, rid) = in_a_group(&ann, &bob, &[]).await;
        socket.stream(MESSAGES, &rid).await;
        let sent = ann.says(&rid, "hello").await;
        let shows = |args: &Value| args[1]["lastMessage"]["_id"] == sent["_id"];
        socket.expect_where(OWN, &own(&bob, "rooms-changed"), SOON, shows).await;
        let at = |name: &str| socket.heard().iter().rposition(|frame| frame["fields"]["eventName"] == name);
        assert!(at(&rid).unwrap() < at(&own(&bob, "rooms-changed")).unwrap());
        let args = socket.expect(OWN, &own(&bob, "subscriptions-changed"), SOON).await;
        assert_eq!((&args[0], &args[1]["rid"], &args[1]["alert"]), (&json!("updated"), &json!(rid), &json!(true)));
        assert!(args[1]["ts"]["$date"].is_i64());
    }

    async fn an_alert_is_told_once_until_it_is_read(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (socket, rid) = in_a_group(&ann, &bob, &[]).await;
        let event = own(&bob, "subscriptions-changed");
        ann.says(&rid, "one").await;
        socket.expect(OWN, &event, SOON).await;
        for text in ["two", "three"] {
            ann.says(&rid, text).await;
        }
        socket.expect_none(OWN, &event, QUIET).await;
        bob.rest.post("subscriptions.read", json!({ "rid": rid })).await.ok();
        assert_eq!(socket.expect(OWN, &event, SOON).await[1]["alert"], false);
        ann.says(&rid, "four").await;
        assert_eq!(socket.expect(OWN, &event, SOON).await[1]["alert"], true);
        ann.says(&rid, "@bob five").await;
        assert_eq!(socket.expect(OWN, &event, SOON).await[1]["userMentions"], 1);
    }

    async fn a_busy_room_is_shown_a_few_times_a_second(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (socket, rid) = in_a_group(&ann, &bob, &[]).await;
        let mut last = Value::Null;
        for n in 0..30 {
            last = ann.says(&rid, &n.to_string()).await;
        }
        let event = own(&bob, "rooms-changed");
        socket.expect_where(OWN, &event, SOON, |args| args[1]["lastMessage"]["_id"] == last["_id"]).await;
        assert!(count(&socket, OWN, &event) < 15, "{}", count(&socket, OWN, &event));
    }

    async fn bots_hear_every_message_they_may_read(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let [own_room, plaza, den] = [
            ann.group("ours", &[&bob]).await,
            ann.channel("plaza", &[]).await,
            ann.group("den", &[]).await,
        ];
        let socket = bob.socket().await;
        socket.stream(MESSAGES, "__my_messages__").await;
        for rid in [&own_room, &plaza, &den] {
            ann.says(rid, "hello").await;
        }
        let args = socket.expect(MESSAGES, "__my_messages__", SOON).await;
        assert_eq!(args[1], json!({ "roomParticipant": true, "roomType": "p", "roomName": "ours" }));
        let args = socket.expect(MESSAGES, "__my_messages__", SOON).await;
        assert_eq!(args[0]["rid"], plaza.as_str());
        assert_eq!(args[1], json!({ "roomParticipant": false, "roomType": "c", "roomName": "plaza" }));
        socket.expect_none(MESSAGES, "__my_messages__", QUIET).await;
        server.grant("view-c-room", &["admin", "owner"]).await;
        ann.says(&plaza, "again").await;
        socket.expect_none(MESSAGES, "__my_messages__", QUIET).await;
    }

    async fn who_leaves_hears_that_and_nothing_more(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (socket, rid) = in_a_group(&ann, &bob, &[]).await;
        socket.stream(MESSAGES, &rid).await;
        bob.rest.post("groups.leave", json!({ "roomId": rid })).await.ok();
        assert_eq!(socket.expect(MESSAGES, &rid, SOON).await[0]["t"], "ul");
        let gone = |args: &Value| args[0] == "removed";
        let args = socket.expect_where(OWN, &own(&bob, "subscriptions-changed"), SOON, gone).await;
        assert_eq!((&args[1]["rid"], &args[1]["u"]["_id"], &args[1]["t"]), (&json!(rid), &json!(bob.id()), &json!("p")));
        assert!(args[1]["_id"].is_string());
        ann.says(&rid, "he is gone").await;
        socket.expect_none(MESSAGES, &rid, QUIET).await;
        socket.expect_none(OWN, &own(&bob, "rooms-changed"), QUIET).await;
        assert_eq!(refused(&socket, MESSAGES, &rid).await, "not-allowed");
    }

    async fn who_comes_is_told_of_the_room(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let socket = listening(&bob, &["subscriptions-changed", "rooms-changed"]).await;
        let rid = ann.group("den", &[]).await;
        ann.rest.post("groups.invite", json!({ "roomId": rid, "userId": bob.id() })).await.ok();
        let new = |args: &Value| args[0] == "inserted";
        let args = socket.expect_where(OWN, &own(&bob, "subscriptions-changed"), SOON, new).await;
        assert_eq!((&args[1]["rid"], &args[1]["unread"]), (&json!(rid), &json!(1)));
        let args = socket.expect_where(OWN, &own(&bob, "rooms-changed"), SOON, new).await;
        assert_eq!(args[1]["_id"], rid.as_str());
        socket.stream(MESSAGES, &rid).await;
        ann.says(&rid, "welcome").await;
        socket.expect_where(MESSAGES, &rid, SOON, |args| args[0]["msg"] == "welcome").await;
    }

    async fn a_deleted_room_is_gone_for_everybody(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (socket, rid) = in_a_group(&ann, &bob, &[]).await;
        socket.stream(MESSAGES, &rid).await;
        ann.rest.post("groups.delete", json!({ "roomId": rid })).await.ok();
        let gone = |args: &Value| args[0] == "removed";
        let args = socket.expect_where(OWN, &own(&bob, "subscriptions-changed"), SOON, gone).await;
        assert_eq!((&args[1]["rid"], &args[1]["u"]["_id"]), (&json!(rid), &json!(bob.id())));
        let args = socket.expect_where(OWN, &own(&bob, "rooms-changed"), SOON, gone).await;
        assert_eq!(args[1]["_id"], rid.as_str());
    }

    async fn a_permission_that_is_taken_ends_what_it_opened(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let plaza = ann.channel("plaza", &[]).await;
        let (anns, bobs) = (ann.socket().await, bob.socket().await);
        for socket in [&anns, &bobs] {
            socket.stream(MESSAGES, &plaza).await;
            socket.stream("stream-notify-room", &format!("{plaza}/typing")).await;
        }
        server.grant("view-c-room", &["admin", "owner"]).await;
        ann.says(&plaza, "for those who may preview").await;
        bobs.expect(MESSAGES, &plaza, SOON).await;
        let typing = json!([format!("{plaza}/typing"), "ann", true]);
        anns.call("stream-notify-room", typing).await.unwrap();
        bobs.expect_none("stream-notify-room", &format!("{plaza}/typing"), QUIET).await;
        server.grant("preview-c-room", &["admin"]).await;
        ann.says(&plaza, "for members").await;
        bobs.expect_none(MESSAGES, &plaza, QUIET).await;
        anns.expect_where(MESSAGES, &plaza, SOON, |args| args[0]["msg"] == "for members").await;
    }

    async fn a_role_that_is_taken_ends_what_it_opened(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let uid = UserId::new(ann.id());
        let chat = server.gantry.chat();
        let roles = |names: &[&str]| names.iter().map(RoleId::new).collect::<Vec<_>>();
        gantry_chat::users::set_roles(chat, &uid, roles(&["user", "admin"])).await.unwrap();
        let socket = ann.socket().await;
        socket.stream(LOGGED, "private-settings-changed").await;
        server.set("Site_Name", json!("One")).await;
        let args = socket.expect(LOGGED, "private-settings-changed", SOON).await;
        assert_eq!((&args[0], &args[1]["_id"], &args[1]["value"]), (&json!("updated"), &json!("Site_Name"), &json!("One")));
        gantry_chat::users::set_roles(chat, &uid, roles(&["user"])).await.unwrap();
        server.set("Site_Name", json!("Two")).await;
        socket.expect_none(LOGGED, "private-settings-changed", QUIET).await;
    }

    async fn changes_of_the_server_are_told(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let socket = ann.socket().await;
        socket.stream("stream-notify-all", "public-settings-changed").await;
        socket.stream("stream-notify-all", "public-info").await;
        socket.stream(LOGGED, "permissions-changed").await;
        server.set("Site_Name", json!("Ours")).await;
        let args = socket.expect("stream-notify-all", "public-settings-changed", SOON).await;
        assert_eq!((&args[0], &args[1]["value"]), (&json!("updated"), &json!("Ours")));
        let info = socket.expect("stream-notify-all", "public-info", SOON).await;
        assert_eq!(info, json!([["public-settings-changed", args]]));
        server.grant("create-p", &["admin"]).await;
        let args = socket.expect(LOGGED, "permissions-changed", SOON).await;
        assert_eq!((&args[1]["_id"], &args[1]["roles"]), (&json!("create-p"), &json!(["admin"])));
        server.set("SMTP_Password", json!("hunter2")).await;
        socket.barrier().await;
        assert!(!format!("{:?}", socket.heard()).contains("hunter2"));
    }

    async fn roles_in_rooms_are_told(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (socket, rid) = in_a_group(&ann, &bob, &[]).await;
        socket.stream(LOGGED, "roles-change").await;
        ann.rest.post("groups.addModerator", json!({ "roomId": rid, "userId": bob.id() })).await.ok();
        let args = socket.expect(LOGGED, "roles-change", SOON).await;
        let expected = json!({
            "type": "added", "_id": "moderator", "scope": rid,
            "u": { "_id": bob.id(), "username": "bob", "name": "bob" },
        });
        assert_eq!(args, json!([expected]));
        let args = socket.expect(OWN, &own(&bob, "subscriptions-changed"), SOON).await;
        assert_eq!(args[1]["roles"], json!(["moderator"]));
    }

    async fn a_logout_elsewhere_ends_its_sockets_alone(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let other = server.nobody().login("ann", crate::world::PASSWORD).await;
        let (one, two) = (listening(&ann, &["force_logout"]).await, Ddp::connect(&server.base).await);
        two.login(&other).await;
        two.stream(OWN, &own(&ann, "force_logout")).await;
        ann.rest.post("logout", json!({})).await.ok();
        assert_eq!(one.expect(OWN, &own(&ann, "force_logout"), SOON).await, json!([]));
        one.closed(SOON).await;
        two.expect_none(OWN, &own(&ann, "force_logout"), QUIET).await;
        two.call("rooms/get", json!([])).await.unwrap();
    }

    async fn an_own_logout_leaves_the_socket_to_nobody(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (socket, rid) = in_a_group(&ann, &bob, &[]).await;
        socket.stream(MESSAGES, &rid).await;
        assert_eq!(socket.call("logout", json!([])).await, Ok(Value::Null));
        ann.says(&rid, "for members").await;
        socket.expect_none(MESSAGES, &rid, QUIET).await;
        socket.expect_none(OWN, &own(&bob, "subscriptions-changed"), QUIET).await;
        let error = socket.call("getRoomById", json!([rid])).await.unwrap_err();
        assert_eq!((&error["error"], &error["details"]["method"]), (&json!("error-invalid-user"), &json!("getRoomById")));
        socket.login(&ann.login).await;
        socket.stream(MESSAGES, &rid).await;
        ann.says(&rid, "for members").await;
        socket.expect(MESSAGES, &rid, SOON).await;
    }

    async fn who_logs_in_again_goes_on_hearing(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (socket, rid) = in_a_group(&ann, &bob, &[]).await;
        socket.stream(MESSAGES, &rid).await;
        socket.login(&bob.login).await;
        socket.login_with(json!({ "resume": "nonsense" })).await.unwrap_err();
        ann.says(&rid, "hello").await;
        socket.expect(MESSAGES, &rid, SOON).await;
        socket.login(&ann.login).await;
        ann.says(&rid, "to bob").await;
        socket.expect_none(MESSAGES, &rid, QUIET).await;
    }

    async fn who_is_deactivated_hears_nothing_more(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (socket, rid) = in_a_group(&ann, &bob, &["force_logout"]).await;
        socket.stream(MESSAGES, &rid).await;
        let off = json!({ "userId": bob.id(), "activeStatus": false });
        server.admin.rest.post("users.setActiveStatus", off).await.ok();
        ann.says(&rid, "after that").await;
        socket.closed(SOON).await;
        assert_eq!(count(&socket, MESSAGES, &rid), 0);
        assert_eq!(count(&socket, OWN, &own(&bob, "force_logout")), 1);
    }

    async fn typing_reaches_both_generations_of_clients(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.group("den", &[&bob]).await;
        let (anns, bobs, cats) = (ann.socket().await, bob.socket().await, cat.socket().await);
        let (activity, typing) = (format!("{rid}/user-activity"), format!("{rid}/typing"));
        for socket in [&anns, &bobs] {
            socket.stream("stream-notify-room", &activity).await;
            socket.stream("stream-notify-room", &typing).await;
        }
        anns.call("stream-notify-room", json!([activity, "ann", ["user-typing"], {}])).await.unwrap();
        assert_eq!(bobs.expect("stream-notify-room", &activity, SOON).await, json!(["ann", ["user-typing"], {}]));
        assert_eq!(bobs.expect("stream-notify-room", &typing, SOON).await, json!(["ann", true]));
        anns.call("stream-notify-room", json!([typing, "ann", false])).await.unwrap();
        assert_eq!(bobs.expect("stream-notify-room", &activity, SOON).await, json!(["ann", [], {}]));
        anns.call("stream-notify-room", json!([activity, "bob", ["user-typing"]])).await.unwrap();
        cats.call("stream-notify-room", json!([activity, "cat", ["user-typing"]])).await.unwrap();
        bobs.expect("stream-notify-room", &typing, SOON).await;
        bobs.expect_none("stream-notify-room", &activity, QUIET).await;
        anns.expect_none("stream-notify-room", &activity, QUIET).await;
    }

    async fn presence_is_told_to_those_who_ask(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (anns, bobs) = (ann.socket().await, bob.socket().await);
        anns.sub("stream-user-presence", json!(["", { "added": [bob.id()] }])).await.unwrap();
        assert_eq!(anns.sub("stream-user-presence", json!(["", { "added": ["more"] }])).await, Err(Value::Null));
        anns.stream(LOGGED, "user-status").await;
        bobs.call("setUserStatus", json!(["busy", "at lunch"])).await.unwrap();
        let busy = |args: &Value| args[0][1] == 3;
        let args = anns.expect_where("stream-user-presence", bob.id(), SOON, busy).await;
        assert_eq!(args, json!([["bob", 3, "at lunch"]]));
        let args = anns.expect_where(LOGGED, "user-status", SOON, |args| args[0][0] == bob.id() && args[0][2] == 3).await;
        assert_eq!(args, json!([[bob.id(), "bob", 3, "at lunch", "bob", ["user"]]]));
        bobs.close().await;
        anns.expect_where("stream-user-presence", bob.id(), SOON, |args| args[0][1] == 0).await;
        anns.sub("stream-user-presence", json!(["", { "removed": [bob.id()] }])).await.unwrap_err();
        bob.socket().await;
        anns.expect_none("stream-user-presence", bob.id(), Duration::from_millis(1_200)).await;
    }

    async fn methods_are_the_same_over_rest(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.group("den", &[]).await;
        ann.says(&rid, "hello").await;
        let socket = ann.socket().await;
        for (method, params) in [
            ("getRoomById", json!([rid])),
            ("loadHistory", json!([rid, null, 5])),
            ("getRoomRoles", json!([rid])),
            ("subscriptions/get", json!([{ "$date": 0 }])),
            ("license:getModules", json!([])),
            ("getRoomById", json!(["nowhere"])),
            ("getRoomById", json!([{ "$ne": null }])),
            ("nothing", json!([])),
        ] {
            let message = json!({ "msg": "method", "id": "1", "method": method, "params": params }).to_string();
            let path = format!("method.call/{}", method.replace('/', "%2F").replace(':', "%3A"));
            let answer = ann.rest.post(&path, json!({ "message": message })).await.ok();
            let frame: Value = serde_json::from_str(answer["message"].as_str().unwrap()).unwrap();
            let expected = match socket.call(method, params.clone()).await {
                Ok(result) => json!({ "msg": "result", "id": "1", "result": result }),
                Err(error) => json!({ "msg": "result", "id": "1", "error": error }),
            };
            assert_eq!(frame, expected, "{method} {params}");
        }
    }

    async fn what_is_not_yours_is_not_there(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("den", &[]).await;
        let message = ann.says(&rid, "secret").await;
        let socket = bob.socket().await;
        let id = message["_id"].as_str().unwrap();
        let of_rooms = ["getRoomById", "getRoomNameById", "joinRoom", "leaveRoom", "eraseRoom", "archiveRoom", "getRoomRoles",
            "readMessages", "openRoom", "hideRoom", "loadHistory", "getUsersOfRoom", "messages/get", "loadNextMessages",
            "unarchiveRoom", "getRoomIdByNameOrId"];
        let of_messages = ["getSingleMessage"];
        let compare = async |method: &str, theirs: Value, nothing: Value| {
            let (one, other) = (socket.call(method, theirs).await, socket.call(method, nothing).await);
            assert_eq!(one, other, "{method}");
        };
        for method in of_rooms {
            compare(method, json!([rid]), json!(["nowhere"])).await;
        }
        for method in of_messages {
            compare(method, json!([id]), json!(["nothing"])).await;
        }
        let at = |rid: &str| json!([{ "rid": rid, "username": "ann", "users": ["ann"] }]);
        for method in ["removeUserFromRoom", "addUsersToRoom", "addUserToRoom"] {
            compare(method, at(&rid), at("nowhere")).await;
        }
        for method in ["addRoomOwner", "removeRoomOwner", "addRoomModerator", "removeRoomLeader"] {
            compare(method, json!([rid, ann.id()]), json!(["nowhere", ann.id()])).await;
        }
        for (method, theirs, nothing) in [
            ("deleteMessage", json!([{ "_id": id }]), json!([{ "_id": "nothing" }])),
            ("updateMessage", json!([{ "_id": id, "rid": rid, "msg": "x" }]), json!([{ "_id": "nothing", "rid": rid, "msg": "x" }])),
            ("setReaction", json!([":smile:", id]), json!([":smile:", "nothing"])),
            ("loadSurroundingMessages", json!([{ "_id": id, "rid": rid }]), json!([{ "_id": "nothing", "rid": rid }])),
            ("getMessages", json!([[id]]), json!([["nothing"]])),
            ("getRoomByTypeAndName", json!(["p", "den"]), json!(["p", "nowhere"])),
            ("unreadMessages", json!([{ "_id": id }]), json!([{ "_id": "nothing" }])),
            ("loadMissedMessages", json!([rid, { "$date": 0 }]), json!(["nowhere", { "$date": 0 }])),
        ] {
            compare(method, theirs, nothing).await;
        }
        assert!(!format!("{:?}", socket.heard()).contains("secret"));
    }
}
