//! Deleted accounts: who may delete them, and what becomes of what their users left.

use crate::world::{PASSWORD, Server, User, digest};
use gantry_testkit::{Ddp, both_databases};
use serde_json::{Value, json};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(5);
const LOGGED: &str = "stream-notify-logged";
const DELETED: &str = "Users:Deleted";

async fn delete(server: &Server, user: &User, relinquish: bool) -> Value {
    let body = json!({ "userId": user.id(), "confirmRelinquish": relinquish });
    server.admin.rest.post("users.delete", body).await.ok()["deletedRooms"].clone()
}

/// Texts and authors of what a member reads, newest first; without system messages.
async fn history(reader: &User, rid: &str) -> Vec<(Value, Value)> {
    let page = reader.rest.get("channels.history", &[("roomId", rid)]).await.ok();
    let messages = page["messages"].as_array().unwrap().iter().filter(|message| message["t"].is_null());
    messages.map(|message| (message["msg"].clone(), message["u"].clone())).collect()
}

async fn error(socket: &Ddp, method: &str, params: Value) -> Value {
    socket.call(method, params).await.unwrap_err()["error"].clone()
}

both_databases! {
    async fn everything_of_a_deleted_user_goes(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let open = ann.channel("open", &[&bob]).await;
        let own = bob.channel("bobs", &[]).await;
        let alone = bob.channel("alone", &[&ann]).await;
        ann.rest.post("channels.leave", json!({ "roomId": alone })).await.ok();
        let invited = json!({ "roomId": own, "userId": ann.id() });
        bob.rest.post("channels.invite", invited).await.ok();
        let direct = bob.rest.post("im.create", json!({ "username": "ann" })).await.ok()["room"]["_id"].clone();
        bob.says(direct.as_str().unwrap(), "psst").await;
        let first = ann.says(&open, "first").await;
        let react = json!({ "messageId": first["_id"], "emoji": "smile" });
        bob.rest.post("chat.react", react).await.ok();
        bob.says(&open, "second").await;
        let (anns, bobs) = (ann.socket().await, bob.socket().await);
        anns.stream(LOGGED, DELETED).await;
        let since = ann.rest.get("channels.info", &[("roomId", &open)]).await.ok()["channel"]["_updatedAt"].clone();
        assert_eq!(delete(&server, &bob, true).await, json!([alone]));
        bobs.closed(SOON).await;
        let told = anns.expect(LOGGED, DELETED, SOON).await;
        assert_eq!(told[0], json!({ "userId": bob.id(), "messageErasureType": "Delete" }));
        bob.rest.get("me", &[]).await.not_logged_in();
        assert_eq!(server.nobody().post("login", json!({ "user": "bob", "password": PASSWORD })).await.status, 401);
        let left = history(&ann, &open).await;
        assert_eq!((left.len(), &left[0].0), (1, &json!("first")));
        let message = ann.rest.get("chat.getMessage", &[("msgId", first["_id"].as_str().unwrap())]).await.ok();
        assert!(message["message"]["reactions"].as_object().is_none_or(serde_json::Map::is_empty), "{message}");
        let room = ann.rest.get("channels.info", &[("roomId", &open)]).await.ok()["channel"].clone();
        assert_eq!((&room["usersCount"], &room["lastMessage"]["msg"]), (&json!(1), &json!("first")));
        let missed = [("roomId", open.as_str()), ("lastUpdate", since.as_str().unwrap())];
        let missed = ann.rest.get("chat.syncMessages", &missed).await.ok();
        assert!(!missed["result"]["deleted"].as_array().unwrap().is_empty(), "{missed}");
        let roles = ann.rest.get("channels.roles", &[("roomId", &own)]).await.ok();
        let owners: Vec<&Value> = roles["roles"].as_array().unwrap().iter().map(|one| &one["u"]["username"]).collect();
        assert_eq!(owners, [&json!("ann")]);
        ann.rest.get("channels.info", &[("roomId", &alone)]).await.refused(400, "error-room-not-found");
        let directs = ann.rest.get("im.list", &[]).await.ok();
        assert_eq!(directs["ims"], json!([]));
        ann.rest.get("users.info", &[("username", "bob")]).await.refused_with(400, "User not found.");
        // The name is free again.
        let [again] = server.users(["bob"]).await;
        assert_ne!(again.id(), bob.id());
    }

    /// All are looked through one after the other, and none is forgotten.
    async fn several_are_deleted_at_once(server: Server) {
        let [ann, bob, cat, dan] = server.users(["ann", "bob", "cat", "dan"]).await;
        let open = ann.channel("open", &[&bob, &cat, &dan]).await;
        for round in 0..3 {
            for user in [&ann, &bob, &cat, &dan] {
                user.says(&open, &format!("{round} of {}", user.username())).await;
            }
        }
        tokio::join!(delete(&server, &bob, false), delete(&server, &cat, false), delete(&server, &dan, false));
        let left = history(&ann, &open).await;
        assert!(left.len() == 3 && left.iter().all(|(_, author)| author["username"] == "ann"), "{left:?}");
        let room = ann.rest.get("channels.info", &[("roomId", &open)]).await.ok()["channel"].clone();
        assert_eq!(room["usersCount"], 1);
        let pending = server.gantry.chat().store().read(|db| db.erasures().pending()).await.unwrap();
        assert_eq!(pending, []);
    }

    async fn messages_may_stay_without_an_owner(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        server.set("Message_ErasureType", json!("Unlink")).await;
        let open = ann.channel("open", &[&bob]).await;
        bob.says(&open, "hello").await;
        let anns = ann.socket().await;
        anns.stream(LOGGED, DELETED).await;
        delete(&server, &bob, false).await;
        let told = anns.expect(LOGGED, DELETED, SOON).await;
        let cat = json!({ "_id": "rocket.cat", "username": "rocket.cat", "alias": "Removed User" });
        let expected = json!({ "userId": bob.id(), "messageErasureType": "Unlink", "replaceByUser": cat });
        assert_eq!(told[0], expected);
        let left = history(&ann, &open).await;
        assert_eq!((&left[0].0, &left[0].1["_id"]), (&json!("hello"), &json!("rocket.cat")));
        let page = ann.rest.get("channels.history", &[("roomId", &open)]).await.ok();
        assert!(!page.to_string().contains(bob.id()), "{page}");
    }

    async fn messages_may_stay_under_their_names(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        server.set("Message_ErasureType", json!("Keep")).await;
        let open = ann.channel("open", &[&bob]).await;
        bob.says(&open, "hello").await;
        let anns = ann.socket().await;
        anns.stream(LOGGED, DELETED).await;
        delete(&server, &bob, false).await;
        let left = history(&ann, &open).await;
        assert_eq!((&left[0].0, &left[0].1["_id"], &left[0].1["username"]), (&json!("hello"), &json!(bob.id()), &json!("bob")));
        anns.expect_none(LOGGED, DELETED, Duration::from_millis(200)).await;
    }

    async fn who_may_delete_whom(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let room = bob.channel("bobs", &[&ann]).await;
        let admin = &server.admin.rest;
        let body = |id: &str| json!({ "userId": id });
        ann.rest.post("users.delete", body(bob.id())).await.refused_with(403, "unauthorized");
        // Who may not is told nothing of who there is.
        ann.rest.post("users.delete", body("nobody")).await.refused_with(403, "unauthorized");
        ann.rest.post("users.delete", json!({})).await.refused_with(403, "unauthorized");
        server.nobody().post("users.delete", body(bob.id())).await.not_logged_in();
        admin.post("users.delete", json!({})).await.refused(400, "error-user-param-not-provided");
        admin.post("users.delete", body("nobody")).await.refused(400, "error-invalid-user");
        admin.post("users.delete", body("rocket.cat")).await.refused(400, "error-action-not-allowed");
        admin.post("users.delete", body(server.admin.id())).await.refused(400, "error-action-not-allowed");
        let refused = admin.post("users.delete", body(bob.id())).await.refused(400, "user-last-owner");
        assert_eq!(refused["details"], json!({ "shouldBeRemoved": [], "shouldChangeOwner": ["bobs"] }));
        bob.rest.get("channels.info", &[("roomId", &room)]).await.ok();
        let (anns, admins) = (ann.socket().await, server.admin.socket().await);
        assert_eq!(error(&anns, "deleteUser", json!([bob.id()])).await, "error-not-allowed");
        assert_eq!(error(&admins, "deleteUser", json!(["nobody"])).await, "error-invalid-user");
        assert_eq!(error(&admins, "deleteUser", json!([bob.id()])).await, "user-last-owner");
        assert_eq!(error(&admins, "deleteUser", json!([{ "$ne": 1 }])).await, 400);
        assert_eq!(admins.call("deleteUser", json!([bob.id(), true])).await, Ok(json!(true)));
        bob.rest.get("me", &[]).await.not_logged_in();
    }

    async fn one_may_delete_oneself_where_the_server_says_so(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let mine = json!({ "password": digest() });
        ann.rest.post("users.deleteOwnAccount", mine.clone()).await.refused(400, "error-not-allowed");
        server.set("Accounts_AllowDeleteOwnAccount", json!(true)).await;
        server.nobody().post("users.deleteOwnAccount", mine.clone()).await.not_logged_in();
        let missing = ann.rest.post("users.deleteOwnAccount", json!({})).await;
        missing.refused_with(400, "Body parameter \"password\" is required.");
        for wrong in [PASSWORD, "x", &"0".repeat(64)] {
            let body = json!({ "password": wrong });
            ann.rest.post("users.deleteOwnAccount", body).await.refused(400, "error-invalid-password");
        }
        server.admin.rest.post("users.deleteOwnAccount", mine.clone()).await.refused(400, "error-action-not-allowed");
        let (anns, bobs) = (ann.socket().await, bob.socket().await);
        ann.rest.post("users.deleteOwnAccount", mine).await.ok();
        anns.closed(SOON).await;
        assert_eq!(error(&bobs, "deleteUserOwnAccount", json!(["x"])).await, "error-invalid-password");
        let _ = bobs.call("deleteUserOwnAccount", json!([digest()])).await;
        bob.rest.get("me", &[]).await.not_logged_in();
    }

    /// More than one write takes, and a stop in between.
    async fn what_a_stop_interrupts_is_gone_on_with(mut server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let mut rooms = Vec::new();
        for number in 0..30 {
            let room = ann.channel(&format!("room-{number}"), &[&bob]).await;
            bob.says(&room, "hello").await;
            rooms.push(room);
        }
        let uid = gantry_model::UserId::new(bob.id());
        let begin = move |tx: &mut gantry_store::Tx<'_>| {
            let user = tx.accounts().get(&uid)?.unwrap();
            tx.erasures().begin(&user, gantry_model::Erasure::Delete)
        };
        server.gantry.chat().store().write([gantry_model::event::Key::User(bob.id().into())], begin).await.unwrap();
        server.restart().await;
        let ann = server.here(&ann);
        for room in &rooms {
            let cleared = async || {
                let members = ann.rest.get("channels.members", &[("roomId", room)]).await.ok();
                members["total"] == 1 && history(&ann, room).await.is_empty()
            };
            let mut tries = 0;
            while !cleared().await {
                tries += 1;
                assert!(tries < 100, "{room} is not cleared away");
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        }
    }
}
