//! What a member reads, hides and is told: unread state and sync.

use crate::world::{Server, User};
use gantry_testkit::both_databases;
use serde_json::{Value, json};

async fn seat(user: &User, rid: &str) -> Value {
    user.rest.get("subscriptions.getOne", &[("roomId", rid)]).await.ok()["subscription"].clone()
}

/// `unread`, `userMentions`, `groupMentions`, `alert`, `open`.
async fn state(user: &User, rid: &str) -> (i64, i64, i64, bool, bool) {
    let seat = seat(user, rid).await;
    let number = |key: &str| seat[key].as_i64().unwrap();
    let flag = |key: &str| seat[key].as_bool().unwrap();
    (number("unread"), number("userMentions"), number("groupMentions"), flag("alert"), flag("open"))
}

async fn read(user: &User, rid: &str) {
    user.rest.post("subscriptions.read", json!({ "rid": rid })).await.as_published().ok();
}

const READ: (i64, i64, i64, bool, bool) = (0, 0, 0, false, true);

both_databases! {
    /// The worked example of how unread state is kept.
    async fn a_day_in_a_channel(mut server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        server.grant("mention-all", &["user"]).await;
        let rid = ann.channel("plans", &[&bob, &cat]).await;
        let all = async |[a, b, c]: [(i64, i64, i64, bool, bool); 3]| {
            assert_eq!((state(&ann, &rid).await, state(&bob, &rid).await, state(&cat, &rid).await), (a, b, c));
        };
        all([READ; 3]).await;
        ann.says(&rid, "@bob").await;
        all([READ, (1, 1, 0, true, true), (0, 0, 0, true, true)]).await;
        bob.says(&rid, "@all").await;
        all([(1, 0, 1, true, true), READ, (1, 0, 1, true, true)]).await;
        cat.says(&rid, "hi").await;
        all([(1, 0, 1, true, true), (0, 0, 0, true, true), READ]).await;
        let message = ann.says(&rid, "@bob @all").await;
        all([READ, (1, 1, 0, true, true), (0, 0, 0, true, true)]).await;
        read(&bob, &rid).await;
        all([READ, READ, (0, 0, 0, true, true)]).await;
        ann.rest.post("subscriptions.unread", json!({ "roomId": rid })).await.as_published().ok();
        all([(1, 0, 0, true, true), READ, (0, 0, 0, true, true)]).await;
        let delete = json!({ "roomId": rid, "msgId": message["_id"] });
        server.admin.rest.post("chat.delete", delete).await.ok();
        all([(1, 0, 0, true, true), READ, (0, 0, 0, true, true)]).await;
        let stand = (state(&ann, &rid).await, state(&cat, &rid).await);
        server.restart().await;
        let (ann, cat) = (server.here(&ann), server.here(&cat));
        assert_eq!((state(&ann, &rid).await, state(&cat, &rid).await), stand);
    }

    async fn hiding_and_opening(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let call = async |call: &str| bob.rest.post(call, json!({ "roomId": rid })).await;
        call("groups.open").await.refused_with(400, "The private group, plans, is already open for the sender");
        ann.says(&rid, "one").await;
        call("groups.close").await.ok();
        assert_eq!(state(&bob, &rid).await, (0, 0, 0, false, false));
        call("groups.close").await.refused_with(400, "The private group, plans, is already closed to the sender");
        ann.says(&rid, "two").await;
        assert_eq!(state(&bob, &rid).await, (0, 0, 0, true, true));
        call("groups.close").await.ok();
        call("groups.open").await.ok();
        assert_eq!(state(&bob, &rid).await, READ);
        let channel = ann.channel("open", &[]).await;
        let open = bob.rest.post("channels.open", json!({ "roomId": channel })).await;
        open.refused_with(400, "The user/callee is not in the channel \"open\".");
        let close = ann.rest.post("channels.close", json!({ "roomId": channel })).await;
        close.ok();
        let close = ann.rest.post("channels.close", json!({ "roomId": channel })).await.as_published();
        close.refused_with(400, "The channel, open, is already closed to the sender");
    }

    async fn unread_from_a_message_on(server: Server) {
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let empty = bob.rest.post("subscriptions.unread", json!({ "roomId": rid })).await;
        let refused = empty.refused(400, "error-no-message-for-unread");
        assert_eq!(refused["details"], json!({ "method": "unreadMessages", "action": "Unread_messages" }));
        let first = ann.says(&rid, "one").await;
        let own = bob.says(&rid, "two").await;
        let from = |message: &Value| json!({ "firstUnreadMessage": { "_id": message["_id"] } });
        bob.rest.post("subscriptions.unread", from(&first)).await.ok();
        assert_eq!(state(&bob, &rid).await, (1, 0, 0, true, true));
        let ls = seat(&bob, &rid).await["ls"].as_str().unwrap().to_owned();
        assert!(ls.as_str() < first["ts"].as_str().unwrap(), "{ls} {first}");
        bob.rest.post("subscriptions.unread", from(&own)).await.refused(400, "error-action-not-allowed");
        // Who is not in the room learns nothing about it.
        eve.rest.post("subscriptions.unread", from(&first)).await.refused(400, "error-action-not-allowed");
        eve.rest.post("subscriptions.unread", json!({ "roomId": rid })).await.refused(400, "error-no-message-for-unread");
        eve.rest.post("subscriptions.read", json!({ "rid": rid })).await.refused_with(400, "error-invalid-subscription");
        let neither = "must have required property 'roomId'\n must have required property 'firstUnreadMessage'\n must match a schema in anyOf";
        bob.rest.post("subscriptions.unread", json!({})).await.refused_with(400, neither);
    }

    async fn sync_tells_what_changed_and_nothing_else(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let quiet = ann.group("quiet", &[&bob]).await;
        let busy = ann.group("busy", &[&bob]).await;
        let left = ann.channel("left", &[&bob]).await;
        // Everybody is in the channel of everybody, too.
        let all = bob.rest.get("subscriptions.get", &[]).await.as_published().ok();
        assert_eq!((all["update"].as_array().unwrap().len(), &all["remove"]), (4, &json!([])));
        let rooms = bob.rest.get("rooms.get", &[]).await.as_published().ok();
        assert_eq!((rooms["update"].as_array().unwrap().len(), &rooms["remove"]), (4, &json!([])));
        let newest = |answer: &Value| {
            let stamps = answer["update"].as_array().unwrap().iter().map(|doc| doc["_updatedAt"].as_str().unwrap());
            stamps.max().unwrap().to_owned()
        };
        let (seats_at, rooms_at) = (newest(&all), newest(&rooms));
        ann.says(&busy, "one").await;
        bob.rest.post("channels.leave", json!({ "roomId": left })).await.ok();
        let ids = |answer: &Value, key: &str, id: &str| -> Vec<String> {
            answer[key].as_array().unwrap().iter().map(|doc| doc[id].as_str().unwrap().to_owned()).collect()
        };
        let seats = bob.rest.get("subscriptions.get", &[("updatedSince", &seats_at)]).await.ok();
        let rooms = bob.rest.get("rooms.get", &[("updatedSince", &rooms_at)]).await.ok();
        if server.engine == gantry_testkit::Engine::Sqlite {
            // On PostgreSQL rows may repeat, and none is missed.
            assert_eq!(ids(&seats, "update", "rid"), [busy.as_str()]);
            assert_eq!(ids(&rooms, "update", "_id"), [busy.as_str()]);
        }
        assert!(ids(&seats, "update", "rid").contains(&busy) && ids(&rooms, "update", "_id").contains(&busy));
        let old = all["update"].as_array().unwrap().iter().find(|seat| seat["rid"] == left.as_str()).unwrap();
        assert_eq!(ids(&seats, "remove", "_id"), [old["_id"].as_str().unwrap()]);
        assert_eq!(ids(&rooms, "remove", "_id"), [left.as_str()]);
        assert!(seats["remove"][0]["_deletedAt"].is_string());
        // Who comes back has a room, not the remains of one.
        bob.rest.post("channels.join", json!({ "roomId": left })).await.ok();
        let rooms = bob.rest.get("rooms.get", &[("updatedSince", &rooms_at)]).await.ok();
        assert_eq!(rooms["remove"], json!([]));
        assert!(ids(&rooms, "update", "_id").contains(&left) && !quiet.is_empty());
        let bad = bob.rest.get("rooms.get", &[("updatedSince", "soon")]).await;
        bad.refused(400, "error-updatedSince-param-invalid");
        let bad = bob.rest.get("subscriptions.get", &[("updatedSince", "soon")]).await;
        bad.refused(400, "error-roomId-param-invalid");
    }

    async fn reading_again_changes_nothing(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        ann.says(&rid, "one").await;
        read(&bob, &rid).await;
        let first = seat(&bob, &rid).await;
        read(&bob, &rid).await;
        assert_eq!(seat(&bob, &rid).await, first);
        assert!(first["ls"].as_str() >= seat(&ann, &rid).await["ls"].as_str());
    }

    async fn preferences_go_into_new_memberships(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let data = json!({ "data": { "desktopNotifications": "nothing" } });
        bob.rest.post("users.setPreferences", data).await.ok();
        let rid = ann.group("plans", &[&bob]).await;
        let bobs = seat(&bob, &rid).await;
        assert_eq!((&bobs["desktopNotifications"], &bobs["desktopPrefOrigin"]), (&json!("nothing"), &json!("user")));
        assert!(seat(&ann, &rid).await["desktopNotifications"].is_null());
    }
}
