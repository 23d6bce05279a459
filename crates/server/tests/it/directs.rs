//! Direct rooms over REST: in and out of the sidebar, who is in them, what was said.

use crate::world::{Server, User};
use gantry_testkit::both_databases;
use serde_json::{Value, json};

async fn direct(one: &User, other: &User) -> String {
    let made = one.rest.post("im.create", json!({ "username": other.username() })).await.ok();
    made["room"]["_id"].as_str().unwrap().to_owned()
}

async fn is_open(user: &User, rid: &str) -> Value {
    user.rest.get("subscriptions.getOne", &[("roomId", rid)]).await.ok()["subscription"]["open"].clone()
}

both_databases! {
    async fn they_are_opened_and_closed(server: Server) {
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        let rid = direct(&ann, &bob).await;
        let body = json!({ "roomId": rid });
        for (open, close) in [("im.open", "im.close"), ("dm.open", "dm.close")] {
            ann.rest.post(close, body.clone()).await.ok();
            assert_eq!(is_open(&ann, &rid).await, false);
            let again = ann.rest.post(close, body.clone()).await;
            again.refused_with(400, "The direct message room, is already closed to the sender");
            ann.rest.post(open, body.clone()).await.ok();
            ann.rest.post(open, body.clone()).await.ok();
            assert_eq!(is_open(&ann, &rid).await, true);
            for path in [open, close] {
                eve.rest.post(path, body.clone()).await.refused_with(403, "unauthorized");
                ann.rest.post(path, json!({ "roomId": "nowhere" })).await.refused_with(403, "unauthorized");
                ann.rest.post(path, json!({})).await.refused(400, "error-room-param-not-provided");
                ann.rest.post(path, json!({ "roomId": { "$ne": 1 } })).await.refused(400, "invalid-params");
                server.nobody().post(path, body.clone()).await.not_logged_in();
            }
        }
    }

    async fn who_may_edit_rooms_sets_their_topic(server: Server) {
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        let rid = direct(&ann, &bob).await;
        let body = json!({ "roomId": rid, "topic": "tea" });
        ann.rest.post("im.setTopic", body.clone()).await.refused(400, "error-action-not-allowed");
        server.grant("edit-room", &["admin", "owner", "moderator", "user"]).await;
        ann.rest.post("dm.setTopic", json!({ "roomId": rid, "topic": "cake" })).await.as_published().ok();
        for path in ["im.setTopic", "dm.setTopic"] {
            assert_eq!(ann.rest.post(path, body.clone()).await.ok()["topic"], "tea");
            let room = bob.rest.get("rooms.info", &[("roomId", &rid)]).await.ok()["room"].clone();
            assert_eq!(room["topic"], "tea");
            assert_eq!(ann.rest.post(path, json!({ "roomId": rid, "topic": "" })).await.ok()["topic"], "");
            eve.rest.post(path, body.clone()).await.refused_with(403, "unauthorized");
            ann.rest.post(path, json!({ "topic": "x" })).await.refused(400, "error-room-param-not-provided");
            ann.rest.post(path, json!({ "roomId": rid, "topic": ["x"] })).await.refused(400, "invalid-params");
            server.nobody().post(path, body.clone()).await.not_logged_in();
        }
    }

    async fn they_are_counted_for_their_participants(server: Server) {
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        let rid = direct(&ann, &bob).await;
        bob.says(&rid, "one").await;
        bob.says(&rid, "two @ann").await;
        let room = [("roomId", rid.as_str())];
        ann.rest.get("dm.counters", &room).await.as_published().ok();
        for path in ["im.counters", "dm.counters"] {
            let anns = ann.rest.get(path, &room).await.ok();
            assert_eq!((&anns["joined"], &anns["members"], &anns["msgs"]), (&json!(true), &json!(2), &json!(2)));
            assert_eq!((&anns["unreads"], &anns["unreadsFrom"], &anns["userMentions"]), (&json!(2), &Value::Null, &json!(1)));
            assert!(anns["latest"].is_string(), "{anns}");
            let bobs = bob.rest.get(path, &room).await.ok();
            assert_eq!((&bobs["unreads"], bobs["unreadsFrom"].is_string()), (&json!(0), true));
            let of_ann = [("roomId", rid.as_str()), ("userId", ann.id())];
            assert_eq!(server.admin.rest.get(path, &of_ann).await.ok(), anns);
            bob.rest.get(path, &of_ann).await.refused_with(403, "unauthorized");
            for user in [&eve, &server.admin] {
                user.rest.get(path, &room).await.refused_with(403, "unauthorized");
            }
            ann.rest.get(path, &[("roomId", "nowhere")]).await.refused_with(403, "unauthorized");
            ann.rest.get(path, &[]).await.refused(400, "error-room-param-not-provided");
            server.nobody().get(path, &room).await.not_logged_in();
        }
    }

    async fn who_may_delete_them_does(server: Server) {
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        let rid = direct(&ann, &bob).await;
        let body = json!({ "roomId": rid });
        ann.rest.post("im.delete", body.clone()).await.refused(400, "error-not-allowed");
        eve.rest.post("im.delete", body.clone()).await.refused(400, "invalid-channel");
        server.nobody().post("im.delete", body.clone()).await.not_logged_in();
        for wrong in [json!({}), json!({ "roomId": rid, "username": "bob" }), json!({ "roomId": { "$ne": 1 } })] {
            ann.rest.post("im.delete", wrong).await.refused(400, "invalid-params");
        }
        let channel = ann.channel("open", &[]).await;
        server.admin.rest.post("im.delete", json!({ "roomId": channel })).await.refused(400, "invalid-channel");
        server.admin.rest.post("im.delete", body.clone()).await.ok();
        ann.rest.post("im.open", body).await.refused_with(403, "unauthorized");
        server.grant("delete-d", &["user"]).await;
        direct(&ann, &bob).await;
        ann.rest.post("dm.delete", json!({ "username": "bob" })).await.as_published().ok();
        assert_eq!(bob.rest.get("im.list", &[]).await.ok()["ims"], json!([]));
    }

    async fn administrators_read_others_where_that_is_switched_on(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = direct(&ann, &bob).await;
        ann.says(&rid, "psst").await;
        bob.says(&rid, "what").await;
        let (room, admin) = ([("roomId", rid.as_str())], &server.admin.rest);
        let refused = admin.get("im.messages.others", &room).await.refused(400, "error-endpoint-disabled");
        assert_eq!(refused["details"]["route"], "/api/v1/im.messages.others");
        server.set("API_Enable_Direct_Message_History_EndPoint", json!(true)).await;
        admin.get("dm.messages.others", &room).await.as_published().ok();
        for path in ["im.messages.others", "dm.messages.others"] {
            assert_eq!(ann.rest.get(path, &room).await.status, 403);
            let page = admin.get(path, &room).await.ok();
            let texts: Vec<&Value> = page["messages"].as_array().unwrap().iter().map(|one| &one["msg"]).collect();
            assert_eq!((texts, &page["total"]), (vec![&json!("what"), &json!("psst")], &json!(2)));
            let first = [("roomId", rid.as_str()), ("count", "1"), ("sort", r#"{"ts":1}"#)];
            assert_eq!(admin.get(path, &first).await.ok()["messages"][0]["msg"], "psst");
            let channel = ann.channel(&format!("open-{}", &path[..2]), &[]).await;
            for other in [channel.as_str(), "nowhere"] {
                admin.get(path, &[("roomId", other)]).await.refused(400, "error-room-not-found");
            }
            admin.get(path, &[]).await.refused(400, "error-roomid-param-not-provided");
            server.nobody().get(path, &room).await.not_logged_in();
        }
    }

    async fn their_participants_read_them(server: Server) {
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        let rid = direct(&ann, &bob).await;
        ann.says(&rid, "psst").await;
        for key in [("roomId", rid.as_str()), ("username", "bob")] {
            let members = ann.rest.get("im.members", &[key]).await.ok();
            let names: Vec<&Value> = members["members"].as_array().unwrap().iter().map(|one| &one["username"]).collect();
            assert_eq!((names, &members["total"]), (vec![&json!("ann"), &json!("bob")], &json!(2)));
            let messages = ann.rest.get("dm.messages", &[key]).await.ok();
            assert_eq!((&messages["messages"][0]["msg"], &messages["total"]), (&json!("psst"), &json!(1)));
        }
        let channel = ann.channel("open", &[]).await;
        for path in ["im.members", "dm.members", "im.messages", "dm.messages"] {
            eve.rest.get(path, &[("roomId", &rid)]).await.refused(400, "invalid-channel");
            ann.rest.get(path, &[("roomId", &channel)]).await.refused(400, "invalid-channel");
            ann.rest.get(path, &[("username", "nobody")]).await.refused(400, "invalid-channel");
            ann.rest.get(path, &[]).await.refused(400, "error-invalid-params");
            server.nobody().get(path, &[("roomId", &rid)]).await.not_logged_in();
        }
    }
}
