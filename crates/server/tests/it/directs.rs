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
