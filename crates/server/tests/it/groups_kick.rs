//! `groups.kick`, to the letter of its published page, over REST, the method and the command.

use crate::world::{Server, User};
use gantry_testkit::both_databases;
use serde_json::{Value, json};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(5);
const QUIET: Duration = Duration::from_millis(80);

async fn kick(by: &User, rid: &str, target: &User) -> gantry_testkit::Answer {
    by.rest.post("groups.kick", json!({ "roomId": rid, "userId": target.id() })).await
}

async fn users_count(user: &User, rid: &str) -> i64 {
    user.rest.get("rooms.info", &[("roomId", rid)]).await.ok()["room"]["usersCount"].as_i64().unwrap()
}

async fn newest(user: &User, rid: &str) -> Value {
    user.rest.get("groups.history", &[("roomId", rid)]).await.ok()["messages"][0].clone()
}

fn not_allowed() -> Value {
    json!({
        "success": false,
        "error": "Not allowed [error-not-allowed]",
        "errorType": "error-not-allowed",
        "details": { "method": "removeUserFromRoom" },
    })
}

both_databases! {
    async fn an_owner_removes_a_member(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let before = users_count(&ann, &rid).await;
        let answer = kick(&ann, &rid, &bob).await.as_published().ok();
        assert_eq!(answer["group"]["_id"], rid.as_str());
        assert_eq!(answer["group"]["usernames"], json!(["ann"]));
        for key in ["name", "t", "msgs", "u", "ts", "ro", "sysMes", "_updatedAt"] {
            assert!(!answer["group"][key].is_null(), "{key} is missing in {answer}");
        }
        assert_eq!(users_count(&ann, &rid).await, before - 1);
        let gone = bob.rest.get("subscriptions.getOne", &[("roomId", &rid)]).await.ok();
        assert!(gone["subscription"].is_null(), "{gone}");
        let top = newest(&ann, &rid).await;
        assert_eq!((&top["t"], &top["msg"], &top["u"]["username"]), (&json!("ru"), &json!("bob"), &json!("ann")));
        assert_eq!(top["groupable"], false);
        let removed = bob.rest.get("subscriptions.get", &[("updatedSince", "1970-01-01T00:00:00.000Z")]).await.ok();
        assert_eq!(removed["remove"].as_array().unwrap().len(), 1);
    }

    async fn a_moderator_may_a_member_may_not(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.group("plans", &[&bob, &cat]).await;
        kick(&bob, &rid, &cat).await.refused(400, "error-not-allowed");
        ann.rest.post("groups.addModerator", json!({ "roomId": rid, "userId": bob.id() })).await.ok();
        kick(&bob, &rid, &cat).await.ok();
    }

    /// A global administrator holds `remove-user`, and still does not reach into a room that is not his.
    async fn an_administrator_outside_finds_no_room(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        kick(&server.admin, &rid, &bob).await.refused(400, "error-room-not-found");
    }

    async fn the_kick_permission_reaches_any_group(server: Server) {
        let [ann, bob, cat, dan] = server.users(["ann", "bob", "cat", "dan"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        server.grant("kick-user-from-any-p-room", &["user"]).await;
        server.grant("remove-user", &[]).await;
        // Dan holds nothing but that permission.
        let answer = kick(&dan, &rid, &bob).await.ok();
        assert_eq!(answer["group"]["usernames"], json!(["ann"]));
        assert!(answer["group"]["lastMessage"].is_null(), "who cannot read the room gets none of its content");
        // Of somebody who is no member nothing is removed, and the message is written all the same.
        kick(&dan, &rid, &cat).await.ok();
        let top = newest(&ann, &rid).await;
        assert_eq!((&top["t"], &top["msg"]), (&json!("ru"), &json!("cat")));
    }

    async fn without_the_permission_the_refusal_is_to_the_letter(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        server.grant("remove-user", &["admin"]).await;
        let answer = kick(&ann, &rid, &bob).await;
        assert_eq!((answer.status, answer.json.clone()), (400, not_allowed()));
        let stranger = server.users(["eve"]).await;
        assert_eq!(kick(&stranger[0], &rid, &bob).await.json, not_allowed());
        let answer = server.nobody().post("groups.kick", json!({ "roomId": rid, "userId": bob.id() })).await;
        assert_eq!(answer.status, 401);
        assert_eq!(answer.json, json!({ "status": "error", "message": "You must be logged in to do this." }));
    }

    async fn the_last_owner_stays(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let refused = kick(&ann, &rid, &ann).await.refused(400, "error-you-are-last-owner");
        assert_eq!(refused["details"]["method"], "removeUserFromRoom");
        ann.rest.post("groups.addOwner", json!({ "roomId": rid, "userId": bob.id() })).await.ok();
        kick(&ann, &rid, &ann).await;
        assert_eq!(newest(&bob, &rid).await["t"], "ru");
    }

    async fn names_do_as_well_as_ids(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        ann.group("plans", &[&bob, &cat]).await;
        ann.rest.post("groups.kick", json!({ "roomName": "plans", "username": "BOB" })).await.ok();
        ann.rest.post("groups.kick", json!({ "roomName": "plans", "user": "Cat" })).await.ok();
    }

    async fn what_is_not_there_is_named(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let channel = ann.channel("open", &[&bob]).await;
        let text = "The required \"roomId\" or \"roomName\" param provided does not match any group [error-room-not-found]";
        let answer = kick(&ann, &channel, &bob).await.refused(400, "error-room-not-found");
        assert_eq!(answer["error"], text);
        ann.rest.post("groups.kick", json!({ "roomId": "", "userId": bob.id() })).await.refused(400, "error-room-not-found");
        ann.rest.post("groups.kick", json!({ "roomId": rid, "userId": "nobody" })).await.refused(400, "error-invalid-user");
        ann.rest.post("groups.kick", json!({ "roomId": rid, "username": "  " })).await.refused(400, "error-user-param-not-provided");
        ann.rest.post("groups.kick", json!({ "roomId": rid })).await.refused(400, "error-user-param-not-provided");
        kick(&ann, &rid, &server.admin).await.refused(400, "error-user-not-in-room");
    }

    async fn the_body_is_checked_in_the_published_words(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let neither = "must have required property 'roomId'\n must have required property 'roomName'\n must match exactly one schema in oneOf";
        for (body, text) in [
            (json!({ "userId": "x" }), neither),
            (json!({ "roomId": "a", "roomName": "b" }), "must match exactly one schema in oneOf"),
            (json!({ "roomId": "a", "more": 1 }), "must NOT have additional properties"),
            (json!({ "roomId": { "$ne": null } }), "must be string"),
            (json!({ "roomId": "a", "userId": ["x"] }), "must be string"),
        ] {
            let answer = ann.rest.post("groups.kick", body).await;
            assert_eq!(answer.status, 400);
            assert_eq!(answer.json, json!({ "success": false, "errorType": "invalid-params", "error": text }));
        }
    }

    /// The removed one hears that, and nothing of the room any more; the others hear what happened.
    async fn the_removed_one_hears_nothing_more(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let (anns, bobs) = (ann.socket().await, bob.socket().await);
        for socket in [&anns, &bobs] {
            socket.stream("stream-room-messages", &rid).await;
            socket.stream("stream-room-messages", "__my_messages__").await;
        }
        for event in ["subscriptions-changed", "rooms-changed"] {
            bobs.stream("stream-notify-user", &format!("{}/{event}", bob.id())).await;
        }
        kick(&ann, &rid, &bob).await.ok();
        let own = format!("{}/subscriptions-changed", bob.id());
        let removed = bobs.expect("stream-notify-user", &own, SOON).await;
        assert_eq!(removed[0], "removed");
        assert_eq!((&removed[1]["rid"], &removed[1]["u"]["_id"]), (&json!(rid), &json!(bob.id())));
        let message = anns.expect("stream-room-messages", &rid, SOON).await;
        assert_eq!((&message[0]["t"], &message[0]["msg"]), (&json!("ru"), &json!("bob")));
        ann.says(&rid, "Now that Bob is gone").await;
        anns.expect("stream-room-messages", &rid, SOON).await;
        for (stream, event) in [
            ("stream-room-messages", rid.as_str()),
            ("stream-room-messages", "__my_messages__"),
            ("stream-notify-user", &format!("{}/rooms-changed", bob.id())),
        ] {
            bobs.expect_none(stream, event, QUIET).await;
        }
        bobs.sub("stream-room-messages", json!([rid, false])).await.unwrap_err();
    }

    /// The method and the command are the same operation.
    async fn the_method_and_the_command_do_the_same(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.group("plans", &[&bob, &cat]).await;
        let (anns, cats) = (ann.socket().await, cat.socket().await);
        let params = json!([{ "rid": rid, "username": "bob" }]);
        let refused = cats.call("removeUserFromRoom", params.clone()).await.unwrap_err();
        assert_eq!((&refused["error"], &refused["details"]["method"]), (&json!("error-not-allowed"), &json!("removeUserFromRoom")));
        assert_eq!(anns.call("removeUserFromRoom", params).await.unwrap(), json!(true));
        assert_eq!(newest(&ann, &rid).await["msg"], "bob");
        let command = json!([{ "cmd": "kick", "params": "@cat", "msg": { "_id": "x1", "rid": rid, "msg": "/kick @cat" }, "triggerId": "t" }]);
        anns.call("slashCommand", command).await.unwrap();
        assert_eq!(newest(&ann, &rid).await["msg"], "cat");
        assert_eq!(users_count(&ann, &rid).await, 1);
        let broken = anns.call("removeUserFromRoom", json!([{ "rid": rid }])).await.unwrap_err();
        assert_eq!((&broken["error"], &broken["reason"]), (&json!(400), &json!("Match failed")));
    }

    /// Two owners who leave at once: one of them stays.
    async fn owners_cannot_race_each_other_out(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        for round in 0..5 {
            let rid = ann.group(&format!("race-{round}"), &[&bob]).await;
            ann.rest.post("groups.addOwner", json!({ "roomId": rid, "userId": bob.id() })).await.ok();
            let (one, other) = tokio::join!(kick(&ann, &rid, &bob), kick(&bob, &rid, &ann));
            let done = [&one, &other].iter().filter(|answer| answer.status == 200).count();
            assert_eq!(done, 1, "{one:?} {other:?}");
        }
    }
}
