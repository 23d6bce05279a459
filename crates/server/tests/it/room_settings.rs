//! What is changed about rooms, who may speak in them, and what their members see of it: over REST and by methods.

use crate::world::{Server, User};
use gantry_testkit::{Ddp, both_databases};
use serde_json::{Value, json};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(5);

async fn info(user: &User, rid: &str) -> Value {
    user.rest.get("rooms.info", &[("roomId", rid)]).await.ok()["room"].clone()
}

async fn seat(user: &User, rid: &str) -> Value {
    user.rest.get("subscriptions.getOne", &[("roomId", rid)]).await.ok()["subscription"].clone()
}

/// The newest messages of a channel or group: type and text.
async fn newest(user: &User, family: &str, rid: &str, count: usize) -> Vec<(String, String)> {
    let history = user.rest.get(&format!("{family}.history"), &[("roomId", rid)]).await.ok();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let messages = history["messages"].as_array().unwrap().iter().take(count);
    messages.map(|message| (text(&message["t"]), text(&message["msg"]))).collect()
}

async fn save(socket: &Ddp, rid: &str, settings: Value) -> Result<Value, Value> {
    socket.call("saveRoomSettings", json!([rid, settings])).await
}

fn told(kind: &str, msg: &str) -> (String, String) {
    (kind.to_owned(), msg.to_owned())
}

both_databases! {
    async fn a_room_is_changed_at_once_and_says_what_changed(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.channel("plans", &[&bob]).await;
        let (anns, bobs) = (ann.socket().await, bob.socket().await);
        let own = format!("{}/rooms-changed", bob.id());
        bobs.stream("stream-notify-user", &own).await;
        let settings = json!({
            "roomName": "better-plans", "roomTopic": "tea", "roomAnnouncement": "hear", "roomDescription": "for plans",
            "readOnly": true, "reactWhenReadOnly": true, "systemMessages": ["uj", "ul"], "joinCode": "sesame",
            "roomCustomFields": { "k": 1 },
        });
        assert_eq!(save(&anns, &rid, settings).await, Ok(json!({ "result": true, "rid": rid })));
        let room = info(&bob, &rid).await;
        for (key, value) in [
            ("name", json!("better-plans")), ("fname", json!("better-plans")), ("topic", json!("tea")),
            ("announcement", json!("hear")), ("description", json!("for plans")), ("ro", json!(true)),
            ("reactWhenReadOnly", json!(true)), ("sysMes", json!(["uj", "ul"])), ("joinCodeRequired", json!(true)),
            ("customFields", json!({ "k": 1 })), ("joinCode", Value::Null),
        ] {
            assert_eq!(room[key], value, "{key}");
        }
        assert_eq!(seat(&bob, &rid).await["name"], "better-plans");
        let mut said = newest(&bob, "channels", &rid, 6).await;
        said.reverse();
        let expected = [
            told("r", "better-plans"), told("room_changed_topic", "tea"), told("room_changed_announcement", "hear"),
            told("room_changed_description", "for plans"), told("room-set-read-only", ""),
            told("room-allowed-reacting", ""),
        ];
        assert_eq!(said, expected);
        bobs.expect_where("stream-notify-user", &own, SOON, |args| args[1]["topic"] == "tea").await;
        // What is so already is not said again.
        let again = json!({ "roomName": "better-plans", "roomTopic": "tea", "readOnly": true });
        save(&anns, &rid, again).await.unwrap();
        assert_eq!(newest(&bob, "channels", &rid, 1).await, [told("room-allowed-reacting", "")]);
        let one = anns.call("saveRoomSettings", json!([rid, "roomTopic", ""])).await;
        assert_eq!(one, Ok(json!({ "result": true, "rid": rid })));
        assert_eq!(newest(&bob, "channels", &rid, 1).await, [told("room_changed_topic", "")]);
        assert!(info(&bob, &rid).await["topic"].is_null());
    }

    async fn who_may_not_change_a_room_changes_nothing(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        ann.channel("taken", &[]).await;
        let (anns, bobs) = (ann.socket().await, bob.socket().await);
        let before = info(&ann, &rid).await;
        let refused = save(&bobs, &rid, json!({ "roomTopic": "mine" })).await.unwrap_err();
        assert_eq!(refused["message"], "Editing room is not allowed [error-action-not-allowed]");
        assert_eq!(refused["details"], json!({ "method": "saveRoomSettings", "action": "Editing_room" }));
        for (settings, error) in [
            (json!({ "roomTopic": "x", "usernames": [] }), "error-invalid-settings"),
            (json!({ "roomTopic": "x", "roomName": "two words" }), "error-invalid-room-name"),
            (json!({ "roomTopic": "x", "roomName": "taken" }), "error-duplicate-channel-name"),
            (json!({ "roomTopic": "x", "roomType": "d" }), "error-invalid-room-type"),
            (json!({ "roomTopic": "x", "default": true }), "error-action-not-allowed"),
            (json!({ "roomTopic": "x", "favorite": { "favorite": true } }), "error-action-not-allowed"),
            (json!({ "roomTopic": "x", "retentionEnabled": true }), "error-action-not-allowed"),
            (json!({ "roomTopic": "x", "sidepanel": { "items": [] } }), "error-action-not-allowed"),
            (json!({ "roomTopic": "x", "encrypted": true }), "error-action-not-allowed"),
            (json!({ "roomTopic": "x".repeat(5_001) }), "error-invalid-settings"),
        ] {
            let refused = save(&anns, &rid, settings.clone()).await.unwrap_err();
            assert_eq!(refused["error"], error, "{settings}");
        }
        for wrong in [json!([rid]), json!([rid, 5]), json!([{ "$ne": 1 }, {}]), json!([rid, { "roomTopic": {} }])] {
            assert_eq!(anns.call("saveRoomSettings", wrong.clone()).await.unwrap_err()["error"], 400, "{wrong}");
        }
        assert_eq!(save(&anns, "nowhere", json!({})).await.unwrap_err()["error"], "error-invalid-room");
        server.grant("create-c", &["admin"]).await;
        let open = save(&anns, &rid, json!({ "roomTopic": "x", "roomType": "c" })).await.unwrap_err();
        assert_eq!(open["details"]["action"], "Change_Room_Type");
        let direct = ann.rest.post("im.create", json!({ "username": "cat" })).await.ok()["room"]["_id"].clone();
        let (admins, direct) = (server.admin.socket().await, direct.as_str().unwrap());
        let named = save(&admins, direct, json!({ "roomName": "x" })).await.unwrap_err();
        assert_eq!(named["error"], "error-not-allowed");
        let kind = save(&admins, direct, json!({ "roomType": "c" })).await.unwrap_err();
        assert_eq!(kind["error"], "error-direct-room");
        assert_eq!(info(&ann, &rid).await, before);
        cat.rest.post("rooms.saveRoomSettings", json!({ "rid": rid, "roomTopic": "x" })).await.refused(400, "error-action-not-allowed");
        cat.rest.post("rooms.saveRoomSettings", json!({ "rid": "nowhere" })).await.refused(400, "error-invalid-room");
    }

    /// Who is in it stays; who is not sees and hears no more of it.
    async fn a_channel_becomes_private_and_open_again(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.channel("plans", &[&bob]).await;
        let cats = cat.socket().await;
        cats.stream("stream-room-messages", &rid).await;
        let hidden = ann.rest.post("channels.setType", json!({ "roomId": rid, "type": "p" })).await.as_published().ok();
        assert_eq!(hidden["channel"]["t"], "p");
        ann.says(&rid, "between us").await;
        cats.expect_none("stream-room-messages", &rid, Duration::from_millis(50)).await;
        cat.rest.get("rooms.info", &[("roomId", &rid)]).await.refused(400, "error-room-not-found");
        assert_eq!((&info(&bob, &rid).await["t"], &seat(&bob, &rid).await["t"]), (&json!("p"), &json!("p")));
        let same = ann.rest.post("groups.setType", json!({ "roomId": rid, "type": "p" })).await;
        same.refused_with(400, "The private group type is the same as what it would be changed to.");
        let listed = bob.rest.get("groups.list", &[]).await.ok();
        assert_eq!(listed["groups"][0]["_id"], rid);
        ann.rest.post("groups.setType", json!({ "roomId": rid, "type": "c" })).await.as_published().ok();
        let said = newest(&cat, "channels", &rid, 3).await;
        assert_eq!(said, [told("room_changed_privacy", "public"), told("", "between us"), told("room_changed_privacy", "private")]);
    }

    async fn calls_for_one_setting_have_texts_of_their_own(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let channel = ann.channel("open", &[&bob]).await;
        let group = ann.group("closed", &[&bob]).await;
        for (call, key) in [
            ("setTopic", "topic"), ("setDescription", "description"), ("setPurpose", "purpose"),
            ("setAnnouncement", "announcement"), ("setReadOnly", "readOnly"), ("setType", "type"), ("rename", "name"),
        ] {
            for (family, rid) in [("channels", &channel), ("groups", &group)] {
                let refused = ann.rest.post(&format!("{family}.{call}"), json!({ "roomId": rid })).await;
                refused.refused_with(400, &format!("The bodyParam \"{key}\" is required"));
                let value = match key {
                    "readOnly" => json!(true),
                    "type" if family == "channels" => json!("p"),
                    "type" => json!("c"),
                    _ => json!("something"),
                };
                let mut body = json!({ "roomId": rid });
                body[key] = value;
                let refused = bob.rest.post(&format!("{family}.{call}"), body.clone()).await;
                refused.refused(400, "error-action-not-allowed");
                body["roomId"] = json!("nowhere");
                ann.rest.post(&format!("{family}.{call}"), body).await.refused(400, "error-room-not-found");
            }
        }
        let topic = json!({ "roomId": channel, "topic": "tea" });
        assert_eq!(ann.rest.post("channels.setTopic", topic.clone()).await.as_published().ok()["topic"], "tea");
        let same = ann.rest.post("channels.setTopic", topic).await;
        same.refused_with(400, "The channel topic is the same as what it would be changed to.");
        let topic = json!({ "roomId": group, "topic": "tea" });
        ann.rest.post("groups.setTopic", topic.clone()).await.ok();
        ann.rest.post("groups.setTopic", topic).await.ok();
        let same = ann.rest.post("channels.rename", json!({ "roomId": channel, "name": "open" })).await;
        same.refused_with(400, "The channel name is the same as what it would be renamed to.");
        let fields = ann.rest.post("groups.setCustomFields", json!({ "roomId": group })).await;
        fields.refused_with(400, "The bodyParam \"customFields\" is required with a type like object.");
    }

    async fn two_rooms_renamed_at_once_do_not_share_a_name(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rooms = [ann.channel("one", &[]).await, ann.channel("two", &[]).await, ann.group("three", &[]).await];
        let rename = async |family: &str, rid: &String| {
            ann.rest.post(&format!("{family}.rename"), json!({ "roomId": rid, "name": "race" })).await.status
        };
        let [one, two, three] = &rooms;
        let outcomes = tokio::join!(rename("channels", one), rename("channels", two), rename("groups", three));
        let mut outcomes: [u16; 3] = outcomes.into();
        outcomes.sort_unstable();
        assert_eq!(outcomes, [200, 400, 400]);
        let mut kept = 0;
        for rid in &rooms {
            kept += usize::from(info(&ann, rid).await["name"] == "race");
        }
        assert_eq!(kept, 1);
    }

    async fn new_accounts_join_default_channels(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let (rid, other) = (ann.channel("welcome", &[]).await, ann.channel("news", &[]).await);
        let refused = ann.rest.post("channels.setDefault", json!({ "roomId": rid, "default": true })).await;
        assert_eq!(refused.refused(400, "error-action-not-allowed")["details"]["action"], "Viewing_room_administration");
        let set = json!({ "roomId": rid, "default": true });
        server.admin.rest.post("channels.setDefault", set.clone()).await.as_published().ok();
        let same = server.admin.rest.post("channels.setDefault", set).await;
        same.refused_with(400, "The channel default setting is the same as what it would be changed to.");
        let favorite = json!({ "rid": other, "favorite": { "defaultValue": true, "favorite": true }, "featured": true });
        server.admin.rest.post("rooms.saveRoomSettings", favorite).await.as_published().ok();
        let [bob] = server.users(["bob"]).await;
        assert_eq!((&seat(&bob, &rid).await["f"], &seat(&bob, &other).await["f"]), (&json!(false), &json!(true)));
        let room = info(&bob, &other).await;
        assert_eq!((&room["default"], &room["featured"], &room["favorite"]), (&json!(true), &json!(true), &json!(true)));
    }

    async fn who_joins_must_know_the_code(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.channel("secret", &[]).await;
        ann.rest.post("channels.setJoinCode", json!({ "roomId": rid, "joinCode": "sesame" })).await.as_published().ok();
        let join = async |code: &str| bob.rest.post("channels.join", json!({ "roomId": rid, "joinCode": code })).await;
        join("").await.refused(400, "error-code-required");
        join("wrong").await.refused(400, "error-code-invalid");
        let code = ann.socket().await.call("getRoomJoinCode", json!([rid])).await.unwrap_err();
        assert_eq!(code["error"], "error-not-authorized");
        let admins = server.admin.socket().await;
        assert_eq!(admins.call("getRoomJoinCode", json!([rid])).await, Ok(json!("sesame")));
        join("sesame").await.ok();
        save(&ann.socket().await, &rid, json!({ "joinCode": "" })).await.unwrap();
        assert_eq!(admins.call("getRoomJoinCode", json!([rid])).await, Ok(json!(false)));
    }

    async fn who_is_muted_does_not_speak(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.channel("plans", &[&bob]).await;
        let bobs = bob.socket().await;
        let who = |name: &str| json!({ "roomId": rid, "username": name });
        let refused = bob.rest.post("rooms.muteUser", who("ann")).await.refused(400, "error-not-allowed");
        assert_eq!(refused["details"]["method"], "muteUserInRoom");
        ann.rest.post("rooms.muteUser", who("cat")).await.refused(400, "error-user-not-in-room");
        ann.rest.post("rooms.muteUser", who("nobody")).await.refused(400, "error-invalid-user");
        ann.rest.post("rooms.muteUser", json!({ "roomId": rid })).await.refused(400, "invalid-params");
        let nowhere = json!({ "roomId": "nowhere", "username": "bob" });
        ann.rest.post("rooms.muteUser", nowhere).await.refused(400, "error-not-allowed");
        ann.rest.post("rooms.muteUser", who("BOB")).await.as_published().ok();
        assert_eq!(info(&cat, &rid).await["muted"], json!(["bob"]));
        assert_eq!(newest(&ann, "channels", &rid, 1).await, [told("user-muted", "bob")]);
        let send = json!([{ "rid": rid, "msg": "hello" }]);
        assert_eq!(bobs.call("sendMessage", send.clone()).await.unwrap_err()["error"], "error-not-allowed");
        let anns = ann.socket().await;
        let unmuted = anns.call("unmuteUserInRoom", json!([{ "rid": rid, "username": "bob" }])).await;
        assert_eq!(unmuted, Ok(json!(true)));
        bobs.call("sendMessage", send.clone()).await.unwrap();
        // In a read-only room those who may speak are listed instead.
        save(&anns, &rid, json!({ "readOnly": true })).await.unwrap();
        bobs.call("sendMessage", send.clone()).await.unwrap_err();
        anns.call("unmuteUserInRoom", json!([{ "rid": rid, "username": "bob" }])).await.unwrap();
        assert_eq!(info(&cat, &rid).await["unmuted"], json!(["bob"]));
        bobs.call("sendMessage", send.clone()).await.unwrap();
        anns.call("muteUserInRoom", json!([{ "rid": rid, "username": "bob" }])).await.unwrap();
        bobs.call("sendMessage", send).await.unwrap_err();
        let direct = ann.rest.post("im.create", json!({ "username": "bob" })).await.ok()["room"]["_id"].clone();
        let admins = server.admin.socket().await;
        let refused = admins.call("muteUserInRoom", json!([{ "rid": direct, "username": "bob" }])).await.unwrap_err();
        assert_eq!(refused["message"], "d is not a valid room type [error-invalid-room-type]");
    }

    async fn people_who_block_one_another_do_not_write(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let made = ann.rest.post("im.create", json!({ "username": "bob" })).await.ok();
        let rid = made["room"]["_id"].as_str().unwrap();
        let (anns, bobs, cats) = (ann.socket().await, bob.socket().await, cat.socket().await);
        let own = format!("{}/subscriptions-changed", bob.id());
        bobs.stream("stream-notify-user", &own).await;
        assert_eq!(anns.call("blockUser", json!([{ "rid": rid, "blocked": bob.id() }])).await, Ok(json!(true)));
        bobs.expect_where("stream-notify-user", &own, SOON, |args| args[1]["blocked"] == true).await;
        assert_eq!((&seat(&ann, rid).await["blocker"], &seat(&bob, rid).await["blocked"]), (&json!(true), &json!(true)));
        for user in [&ann, &bob] {
            let send = json!({ "message": { "rid": rid, "msg": "hi" } });
            user.rest.post("chat.sendMessage", send).await.refused_with(400, "room_is_blocked");
        }
        // Ending one's own block does not end the other's.
        bobs.call("blockUser", json!([{ "rid": rid, "blocked": ann.id() }])).await.unwrap();
        anns.call("unblockUser", json!([{ "rid": rid, "blocked": bob.id() }])).await.unwrap();
        let send = json!({ "message": { "rid": rid, "msg": "hi" } });
        ann.rest.post("chat.sendMessage", send.clone()).await.refused_with(400, "room_is_blocked");
        bob.rest.post("im.blockUser", json!({ "roomId": rid, "block": false })).await.as_published().ok();
        ann.rest.post("chat.sendMessage", send).await.ok();
        let group = ann.group("plans", &[&bob]).await;
        for (socket, rid, uid) in [
            (&cats, rid, bob.id()), (&anns, rid, ann.id()), (&anns, rid, cat.id()), (&anns, group.as_str(), bob.id()),
            (&anns, "nowhere", bob.id()),
        ] {
            let refused = socket.call("blockUser", json!([{ "rid": rid, "blocked": uid }])).await.unwrap_err();
            assert_eq!((&refused["error"], &refused["details"]["method"]), (&json!("error-invalid-room"), &json!("blockUser")));
        }
        let refused = cat.rest.post("im.blockUser", json!({ "roomId": rid, "block": true })).await.refused(400, "invalid-channel");
        assert_eq!(refused["error"], "[invalid-channel]");
    }

    async fn everybody_is_added_by_who_may_do_that(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.channel("all", &[&bob]).await;
        let refused = ann.rest.post("channels.addAll", json!({ "roomId": rid })).await;
        assert_eq!(refused.refused(400, "403")["error"], "Access to Method Forbidden [403]");
        server.set("API_User_Limit", json!(2)).await;
        let all = async || server.admin.rest.post("channels.addAll", json!({ "roomId": rid })).await;
        all().await.refused(400, "error-user-limit-exceeded");
        server.set("API_User_Limit", json!(500)).await;
        all().await.as_published().ok();
        all().await.ok();
        let cats = seat(&cat, &rid).await;
        assert_eq!((&cats["unread"], &cats["userMentions"], &cats["alert"]), (&json!(1), &json!(1), &json!(true)));
        let history = ann.rest.get("channels.history", &[("roomId", &rid)]).await.ok();
        let came: Vec<_> = history["messages"].as_array().unwrap().iter().filter(|one| one["t"] == "uj").collect();
        assert_eq!(came.len(), usize::try_from(info(&ann, &rid).await["usersCount"].as_i64().unwrap() - 2).unwrap());
        assert!(came.iter().any(|one| one["u"]["username"] == "cat" && one["msg"] == "cat"));
    }

    async fn names_of_rooms_that_are_taken_are_told(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        ann.group("plans", &[]).await;
        let exists = async |name: &str| bob.rest.get("rooms.nameExists", &[("roomName", name)]).await.as_published().ok()["exists"].clone();
        assert_eq!((exists("plans").await, exists("Plans").await), (json!(true), json!(false)));
        let bobs = bob.socket().await;
        assert_eq!(bobs.call("roomNameExists", json!(["plans"])).await, Ok(json!(true)));
        assert_eq!(bobs.call("roomNameExists", json!([{ "$ne": 1 }])).await.unwrap_err()["error"], 400);
        bob.rest.get("rooms.nameExists", &[]).await.refused(400, "error-invalid-params");
    }
}
