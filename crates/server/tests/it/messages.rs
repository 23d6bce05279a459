//! Messages through REST: sent, changed, deleted, reacted to, read back, synchronised.

use crate::world::{Server, User};
use gantry_testkit::both_databases;
use serde_json::{Value, json};

fn id(message: &Value) -> &str {
    message["_id"].as_str().unwrap()
}

fn texts(messages: &Value) -> Vec<&str> {
    messages.as_array().unwrap().iter().map(|message| message["msg"].as_str().unwrap()).collect()
}

async fn sent(user: &User, message: Value) -> Value {
    user.rest.post("chat.sendMessage", json!({ "message": message })).await.ok()["message"].clone()
}

async fn message(user: &User, id: &str) -> Value {
    user.rest.get("chat.getMessage", &[("msgId", id)]).await.as_published().ok()["message"].clone()
}

async fn room(user: &User, rid: &str) -> Value {
    user.rest.get("rooms.info", &[("roomId", rid)]).await.ok()["room"].clone()
}

async fn history(user: &User, rid: &str, query: &[(&str, &str)]) -> Value {
    let query: Vec<(&str, &str)> = [&[("roomId", rid)], query].concat();
    user.rest.get("groups.history", &query).await.as_published().ok()
}

async fn sync(user: &User, rid: &str, query: &[(&str, &str)]) -> Value {
    let query: Vec<(&str, &str)> = [&[("roomId", rid)], query].concat();
    user.rest.get("chat.syncMessages", &query).await.as_published().ok()["result"].clone()
}

both_databases! {
    async fn a_message_is_what_its_sender_wrote(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let body = json!({ "message": {
            "_id": "own-id-0123456789", "rid": rid, "msg": "see https://a.com/x @bob", "tshow": null, "ts": "2001-01-01T00:00:00Z",
            "u": { "_id": "admin" }, "pinned": true, "attachments": [{ "text": "more", "title_link": "https://a.com" }],
        }, "previewUrls": [] });
        let made = ann.rest.post("chat.sendMessage", body).await.as_published().ok()["message"].clone();
        assert_eq!((id(&made), &made["rid"], &made["u"]["username"]), ("own-id-0123456789", &json!(rid), &json!("ann")));
        assert_eq!(made["urls"], json!([{ "url": "https://a.com/x", "meta": {}, "ignoreParse": true }]));
        assert_eq!(made["mentions"], json!([{ "_id": bob.id(), "username": "bob", "name": "bob", "type": "user" }]));
        assert_eq!(made["md"][0]["type"], "PARAGRAPH");
        assert_eq!(made["attachments"][0]["text"], "more");
        assert!(made["pinned"].is_null() && !made["ts"].as_str().unwrap().starts_with("2001"));
        assert_eq!(message(&bob, id(&made)).await, made);
        assert_eq!(room(&bob, &rid).await["lastMessage"], made);
    }

    async fn a_repeated_send_is_the_same_message(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (rid, other) = (ann.group("plans", &[&bob]).await, ann.group("other", &[&bob]).await);
        let first = sent(&ann, json!({ "_id": "once", "rid": rid, "msg": "one" })).await;
        let again = sent(&ann, json!({ "_id": "once", "rid": rid, "msg": "another" })).await;
        assert_eq!(first, again);
        assert_eq!(room(&ann, &rid).await["msgs"], 1);
        for (user, rid) in [(&bob, &rid), (&ann, &other)] {
            let stolen = json!({ "message": { "_id": "once", "rid": rid, "msg": "mine" } });
            user.rest.post("chat.sendMessage", stolen).await.refused(400, "error-not-allowed");
        }
        ann.rest.post("chat.delete", json!({ "roomId": rid, "msgId": "once" })).await.ok();
        let remains = sent(&ann, json!({ "_id": "once", "rid": rid, "msg": "one" })).await;
        assert_eq!((&remains["t"], &remains["msg"]), (&json!("rm"), &json!("")));
        assert_eq!(history(&ann, &rid, &[]).await["messages"], json!([]));
    }

    async fn who_may_not_post_is_told_why(server: Server) {
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let send = async |user: &User, rid: &str, msg: &str| {
            user.rest.post("chat.sendMessage", json!({ "message": { "rid": rid, "msg": msg } })).await
        };
        let nowhere = send(&eve, "no-such-room", "hi").await.refused_with(400, "error-invalid-room");
        assert_eq!(send(&eve, &rid, "hi").await.refused_with(400, "error-invalid-room"), nowhere);
        send(&bob, &rid, &"x".repeat(5_001)).await.refused(400, "error-message-size-exceeded");
        send(&bob, &rid, &"x".repeat(5_000)).await.ok();
        server.grant("mention-all", &["admin"]).await;
        send(&bob, &rid, "@all hi").await.refused(400, "error-action-not-allowed");
        ann.rest.post("groups.archive", json!({ "roomId": rid })).await.ok();
        send(&bob, &rid, "hi").await.refused_with(400, "room_is_archived");
        let quiet = json!({ "name": "quiet", "members": ["bob"], "readOnly": true });
        let quiet = ann.rest.post("groups.create", quiet).await.ok()["group"]["_id"].clone();
        let quiet = quiet.as_str().unwrap();
        send(&ann, quiet, "hi").await.ok();
        send(&bob, quiet, "hi").await.refused_with(400, "You can't send messages because the room is readonly.");
    }

    async fn what_cannot_be_sent_is_refused_in_the_published_words(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.group("plans", &[]).await;
        let send = async |body: Value| ann.rest.post("chat.sendMessage", body).await;
        send(json!({})).await.refused(400, "error-invalid-params");
        send(json!({ "message": {} })).await.refused_with(400, "The 'rid' property on the message object is missing.");
        let typed = |key: &str, value: Value| json!({ "message": { "rid": rid, "msg": "x", key: value } });
        let system = "Cannot send system messages using 'chat.sendMessage'";
        send(typed("t", json!("uj"))).await.refused_with(400, system);
        send(typed("alias", json!("Boss"))).await.refused_with(400, "Not enough permission");
        send(typed("avatar", json!("javascript:x"))).await.refused_with(400, "Invalid href value provided");
        send(typed("customFields", json!({ "a": 1 }))).await.refused_with(400, "Custom fields not enabled");
        send(typed("tshow", json!(true))).await.refused(400, "invalid-params");
        send(typed("tmid", json!("none"))).await.refused(400, "error-invalid-message");
        send(typed("msg", json!({ "$ne": null }))).await.refused_with(400, "must be string");
        let link = json!([{ "actions": [{ "url": "JaVaScRiPt:alert(1)" }] }]);
        send(typed("attachments", link)).await.refused_with(400, "Invalid href value provided");
        let large = json!([{ "own": "x".repeat(200_000) }]);
        send(typed("attachments", large)).await.refused(400, "error-message-size-exceeded");
        assert_eq!(room(&ann, &rid).await["msgs"], 0);
    }

    async fn fields_of_integrations_are_as_the_administrator_describes_them(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.group("plans", &[]).await;
        let schema = json!({ "properties": { "priority": { "type": "string", "enum": ["low", "high"] } }, "required": ["priority"] });
        server.set("Message_CustomFields_Enabled", json!(true)).await;
        server.set("Message_CustomFields", json!(schema.to_string())).await;
        let send = async |fields: Value| {
            let message = json!({ "rid": rid, "msg": "x", "customFields": fields });
            ann.rest.post("chat.sendMessage", json!({ "message": message })).await
        };
        let made = send(json!({ "priority": "low" })).await.ok()["message"].clone();
        assert_eq!(made["customFields"], json!({ "priority": "low" }));
        for wrong in [json!({}), json!({ "priority": "none" }), json!({ "priority": "low", "other": 1 })] {
            send(wrong).await.refused_with(400, "Invalid custom fields");
        }
        let edit = json!({ "roomId": rid, "msgId": made["_id"], "text": "x", "customFields": { "priority": "high" } });
        let edited = ann.rest.post("chat.update", edit).await.ok()["message"].clone();
        assert_eq!((&edited["customFields"]["priority"], &edited["msg"]), (&json!("high"), &json!("x")));
    }

    async fn a_reply_belongs_to_its_thread(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let parent = ann.says(&rid, "parent").await;
        let reply = sent(&bob, json!({ "rid": rid, "msg": "reply", "tmid": parent["_id"] })).await;
        let nested = sent(&bob, json!({ "rid": rid, "msg": "nested", "tmid": reply["_id"], "tshow": true })).await;
        assert_eq!((&nested["tmid"], &nested["tshow"]), (&parent["_id"], &json!(true)));
        assert_eq!(room(&ann, &rid).await["lastMessage"]["msg"], "nested");
        let shown = history(&ann, &rid, &[("showThreadMessages", "false")]).await;
        assert_eq!(texts(&shown["messages"]), ["nested", "parent"]);
        let elsewhere = ann.group("other", &[]).await;
        let stray = json!({ "message": { "rid": elsewhere, "msg": "x", "tmid": parent["_id"] } });
        ann.rest.post("chat.sendMessage", stray).await.refused(400, "error-invalid-message");
    }

    async fn an_author_edits_and_whoever_rules(server: Server) {
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let first = bob.says(&rid, "see https://a.com").await;
        let edit = async |user: &User, text: &str| {
            let body = json!({ "roomId": rid, "msgId": first["_id"], "text": text });
            user.rest.post("chat.update", body).await
        };
        assert!(edit(&bob, "see https://a.com").await.ok()["message"]["editedAt"].is_null());
        let second = edit(&bob, "see @ann").await.as_published().ok()["message"].clone();
        assert_eq!((&second["msg"], &second["urls"], &second["ts"]), (&json!("see @ann"), &json!([]), &first["ts"]));
        assert_eq!(second["mentions"][0]["username"], "ann");
        assert_eq!(second["editedBy"], json!({ "_id": bob.id(), "username": "bob" }));
        assert!(second["_updatedAt"].as_str() > first["_updatedAt"].as_str());
        assert_eq!(room(&ann, &rid).await["lastMessage"]["msg"], "see @ann");
        let third = edit(&ann, "as the owner says").await.ok()["message"].clone();
        assert_eq!((&third["u"]["username"], &third["editedBy"]["username"]), (&json!("bob"), &json!("ann")));
        let none = format!("No message found with the id of \"{}\".", id(&first));
        edit(&eve, "x").await.refused_with(400, &none);
        let anns = ann.says(&rid, "mine").await;
        let foreign = json!({ "roomId": rid, "msgId": anns["_id"], "text": "x" });
        let refused = bob.rest.post("chat.update", foreign).await.refused(400, "error-action-not-allowed");
        assert_eq!(refused["details"], json!({ "method": "updateMessage", "action": "Message_editing" }));
        server.set("Message_AllowEditing", json!(false)).await;
        edit(&bob, "x").await.refused(400, "error-action-not-allowed");
        edit(&ann, "y").await.ok();
    }

    async fn the_messages_own_room_decides(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (anns, bobs) = (ann.group("anns", &[&bob]).await, bob.group("bobs", &[]).await);
        let secret = ann.says(&anns, "secret").await;
        let mismatch = "The room id provided does not match where the message is from.";
        for call in ["chat.update", "chat.delete"] {
            let mixed = match call {
                "chat.update" => json!({ "roomId": bobs, "msgId": secret["_id"], "text": "mine now" }),
                _ => json!({ "roomId": bobs, "msgId": secret["_id"] }),
            };
            bob.rest.post(call, mixed).await.refused_with(400, mismatch);
        }
        let edit = json!({ "roomId": anns, "msgId": secret["_id"], "text": "mine now" });
        bob.rest.post("chat.update", edit).await.refused(400, "error-action-not-allowed");
        let delete = json!({ "roomId": anns, "msgId": secret["_id"] });
        bob.rest.post("chat.delete", delete).await.refused(400, "error-action-not-allowed");
        assert_eq!(message(&ann, id(&secret)).await, secret);
    }

    async fn a_deleted_message_is_gone(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let (first, last) = (ann.says(&rid, "first").await, ann.says(&rid, "last").await);
        let delete = async |user: &User, message: &Value| {
            user.rest.post("chat.delete", json!({ "roomId": rid, "msgId": message["_id"] })).await
        };
        delete(&bob, &last).await.refused(400, "error-action-not-allowed");
        let answer = delete(&ann, &last).await.as_published().ok();
        assert_eq!(answer["message"]["u"]["username"], "ann");
        assert!(answer["ts"].is_string() && answer["_id"] == last["_id"]);
        let none = format!("No message found with the id of \"{}\".", id(&last));
        ann.rest.get("chat.getMessage", &[("msgId", id(&last))]).await.refused_with(400, &none);
        delete(&ann, &last).await.refused_with(400, &none);
        let now = room(&ann, &rid).await;
        assert_eq!((&now["msgs"], &now["lastMessage"]["msg"]), (&json!(1), &json!("first")));
        let bobs = bob.says(&rid, "bobs").await;
        delete(&ann, &bobs).await.ok();
        delete(&ann, &first).await.ok();
        let now = room(&ann, &rid).await;
        assert!(now["lastMessage"].is_null() && now["lm"].is_string());
        let changed = sync(&bob, &rid, &[("lastUpdate", first["ts"].as_str().unwrap())]).await;
        let deleted: Vec<&str> = changed["deleted"].as_array().unwrap().iter().map(id).collect();
        assert!([&first, &last, &bobs].iter().all(|message| deleted.contains(&id(message))), "{changed}");
    }

    async fn a_deleted_message_may_leave_a_mark(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        server.set("Message_ShowDeletedStatus", json!(true)).await;
        let first = bob.says(&rid, "first").await;
        let secret = bob.says(&rid, "secret https://a.com @ann").await;
        let delete = json!({ "roomId": rid, "msgId": secret["_id"] });
        bob.rest.post("chat.delete", delete.clone()).await.ok();
        let mark = message(&ann, id(&secret)).await;
        assert_eq!((&mark["t"], &mark["msg"], &mark["mentions"]), (&json!("rm"), &json!(""), &json!([])));
        assert_eq!((&mark["urls"], &mark["attachments"], &mark["reactions"]), (&json!([]), &json!([]), &json!({})));
        assert_eq!(mark["editedBy"]["username"], "bob");
        assert!(mark["md"].is_null());
        let now = room(&ann, &rid).await;
        assert_eq!((&now["msgs"], &now["lastMessage"]["_id"]), (&json!(1), &first["_id"]));
        bob.rest.post("chat.delete", delete.clone()).await.ok();
        assert_eq!(message(&ann, id(&secret)).await, mark);
        let edit = json!({ "roomId": rid, "msgId": secret["_id"], "text": "back" });
        bob.rest.post("chat.update", edit).await.refused(400, "error-action-not-allowed");
        server.set("Message_ShowDeletedStatus", json!(false)).await;
        bob.rest.post("chat.delete", delete).await.ok();
        assert_eq!(room(&ann, &rid).await["msgs"], 1);
        assert_eq!(texts(&history(&ann, &rid, &[]).await["messages"]), ["first"]);
    }

    async fn deleting_as_the_author_needs_force(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let (anns, bobs) = (ann.says(&rid, "anns").await, bob.says(&rid, "bobs").await);
        server.set("Message_ShowDeletedStatus", json!(true)).await;
        let delete = async |user: &User, message: &Value| {
            let body = json!({ "roomId": rid, "msgId": message["_id"], "asUser": true });
            user.rest.post("chat.delete", body).await
        };
        let text = "Unauthorized. You must have the permission \"force-delete-message\" to delete other's message as them.";
        delete(&bob, &anns).await.refused_with(400, text);
        delete(&ann, &bobs).await.ok();
        assert_eq!(message(&ann, id(&bobs)).await["editedBy"]["username"], "bob");
    }

    async fn a_reaction_is_given_once_and_taken_back(server: Server) {
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let said = ann.says(&rid, "hi").await;
        let react = async |user: &User, emoji: &str, should: Value| {
            let body = json!({ "messageId": said["_id"], "emoji": emoji, "shouldReact": should });
            user.rest.post("chat.react", body).await
        };
        let reactions = async || message(&ann, id(&said)).await["reactions"].clone();
        react(&bob, "smile", Value::Null).await.as_published().ok();
        react(&bob, ":smile:", json!(true)).await.ok();
        react(&ann, "smile", json!(true)).await.ok();
        assert_eq!(reactions().await, json!({ ":smile:": { "usernames": ["bob", "ann"] } }));
        assert_eq!(room(&ann, &rid).await["lastMessage"]["reactions"], reactions().await);
        react(&bob, "smile", Value::Null).await.ok();
        react(&bob, "smile", json!(false)).await.ok();
        assert_eq!(reactions().await, json!({ ":smile:": { "usernames": ["ann"] } }));
        react(&ann, "smile", json!(false)).await.ok();
        assert!(reactions().await.is_null());
        let refused = react(&bob, "no_such_emoji", Value::Null).await.refused(400, "error-not-allowed");
        assert_eq!(refused["error"], "Invalid emoji provided. [error-not-allowed]");
        react(&eve, "smile", Value::Null).await.refused(400, "error-message-not-found");
        let old = json!({ "messageId": said["_id"], "reaction": "tada" });
        bob.rest.post("chat.react", old).await.ok();
        let missing = json!({ "messageId": said["_id"] });
        bob.rest.post("chat.react", missing).await.refused(400, "error-emoji-param-not-provided");
        bob.rest.post("chat.react", json!({})).await.refused(400, "error-messageid-param-not-provided");
    }

    async fn history_is_read_in_pages(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[]).await;
        let mut said = Vec::new();
        for n in 1..=5 {
            said.push(ann.says(&rid, &n.to_string()).await);
        }
        let ts = |at: usize| said[at]["ts"].as_str().unwrap();
        let page = async |query: &[(&str, &str)]| history(&ann, &rid, query).await;
        assert_eq!(texts(&page(&[]).await["messages"]), ["5", "4", "3", "2", "1"]);
        assert_eq!(texts(&page(&[("count", "2")]).await["messages"]), ["5", "4"]);
        assert_eq!(texts(&page(&[("count", "2"), ("offset", "1")]).await["messages"]), ["4", "3"]);
        assert_eq!(texts(&page(&[("latest", ts(3)), ("count", "2")]).await["messages"]), ["3", "2"]);
        let between = [("latest", ts(3)), ("oldest", ts(1))];
        assert_eq!(texts(&page(&between).await["messages"]), ["3"]);
        let closed = [&between[..], &[("inclusive", "true")]].concat();
        assert_eq!(texts(&page(&closed).await["messages"]), ["4", "3", "2"]);
        let unread = page(&[("oldest", ts(0)), ("count", "2"), ("unreads", "true")]).await;
        assert_eq!((&unread["unreadNotLoaded"], &unread["firstUnread"]["msg"]), (&json!(2), &json!("2")));
        ann.rest.get("groups.history", &[("roomId", rid.as_str()), ("latest", "soon")]).await.refused(400, "error-invalid-date");
        bob.rest.get("groups.history", &[("roomId", rid.as_str())]).await.refused(400, "error-room-not-found");
        ann.rest.get("groups.history", &[]).await.refused(400, "error-room-param-not-provided");
        assert_eq!(texts(&page(&[("count", "0")]).await["messages"]).len(), 5);
    }

    async fn hidden_types_are_in_no_history(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[]).await;
        ann.rest.post("groups.invite", json!({ "roomId": rid, "userId": bob.id() })).await.ok();
        ann.says(&rid, "hi").await;
        server.set("Hide_System_Messages", json!(["au"])).await;
        assert_eq!(texts(&history(&ann, &rid, &[]).await["messages"]), ["hi"]);
        let listed = ann.rest.get("groups.messages", &[("roomId", rid.as_str())]).await.as_published().ok();
        assert_eq!((texts(&listed["messages"]), &listed["total"]), (vec!["hi", "bob"], &json!(2)));
    }

    async fn a_channel_is_read_by_everybody_and_listed_both_ways(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.channel("open", &[]).await;
        for text in ["1", "2", "3"] {
            ann.says(&rid, text).await;
        }
        let seen = bob.rest.get("channels.history", &[("roomId", rid.as_str())]).await.as_published().ok();
        assert_eq!(texts(&seen["messages"]), ["3", "2", "1"]);
        let list = async |query: &[(&str, &str)]| {
            let query: Vec<(&str, &str)> = [&[("roomId", rid.as_str())], query].concat();
            bob.rest.get("channels.messages", &query).await.as_published().ok()
        };
        assert_eq!(texts(&list(&[("sort", "{\"ts\":1}"), ("count", "2")]).await["messages"]), ["1", "2"]);
        assert_eq!(texts(&list(&[("offset", "2")]).await["messages"]), ["1"]);
        assert_eq!(list(&[("count", "1")]).await["total"], 3);
        assert_eq!(list(&[("mentionIds", bob.id())]).await["total"], 0);
        assert_eq!(list(&[("pinned", "true")]).await["messages"], json!([]));
        server.grant("view-c-room", &["admin"]).await;
        server.grant("preview-c-room", &["admin"]).await;
        bob.rest.get("channels.history", &[("roomId", rid.as_str())]).await.refused_with(403, "unauthorized");
        bob.rest.get("channels.messages", &[("roomId", rid.as_str())]).await.refused_with(403, "unauthorized");
    }

    async fn what_changed_meanwhile_is_told(server: Server) {
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let (edited, deleted) = (ann.says(&rid, "a").await, ann.says(&rid, "b").await);
        let cursor = deleted["_updatedAt"].as_str().unwrap().to_owned();
        let edit = json!({ "roomId": rid, "msgId": edited["_id"], "text": "a!" });
        ann.rest.post("chat.update", edit).await.ok();
        ann.rest.post("chat.delete", json!({ "roomId": rid, "msgId": deleted["_id"] })).await.ok();
        ann.says(&rid, "c").await;
        let changed = sync(&bob, &rid, &[("lastUpdate", &cursor)]).await;
        assert!(texts(&changed["updated"]).starts_with(&["c", "a!"]), "{changed}");
        assert_eq!(id(&changed["deleted"][0]), id(&deleted));
        assert!(changed["deleted"][0]["_deletedAt"].is_string() && changed.get("cursor").is_none());
        let ask = async |user: &User, query: &[(&str, &str)]| user.rest.get("chat.syncMessages", query).await;
        ask(&eve, &[("roomId", &rid), ("lastUpdate", &cursor)]).await.refused(400, "error-not-allowed");
        ask(&eve, &[("roomId", "none"), ("lastUpdate", &cursor)]).await.refused(400, "error-not-allowed");
        ask(&bob, &[("lastUpdate", &cursor)]).await.refused(400, "error-roomId-param-not-provided");
        ask(&bob, &[("roomId", &rid)]).await.refused(400, "error-lastUpdate-param-not-provided");
        ask(&bob, &[("roomId", &rid), ("lastUpdate", "soon")]).await.refused(400, "error-roomId-param-invalid");
        ask(&bob, &[("roomId", &rid), ("next", "1")]).await.refused(400, "error-type-param-required");
        let both = [("roomId", rid.as_str()), ("next", "1"), ("previous", "1"), ("type", "UPDATED")];
        ask(&bob, &both).await.refused(400, "error-cursor-conflict");
    }

    async fn pages_of_changes_lead_through_all_of_them(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.group("plans", &[]).await;
        for n in 0..9 {
            ann.says(&rid, &n.to_string()).await;
        }
        let walk = async |way: &'static str, from: &str, kind: &'static str| {
            let (mut cursor, mut seen) = (Some(from.to_owned()), Vec::new());
            while let Some(at) = cursor {
                let page = sync(&ann, &rid, &[(way, &at), ("type", kind), ("count", "2")]).await;
                let key = if kind == "UPDATED" { "updated" } else { "deleted" };
                for one in page[key].as_array().unwrap() {
                    // PostgreSQL tells what is young once more.
                    if !seen.iter().any(|there| there == id(one)) {
                        seen.push(id(one).to_owned());
                    }
                }
                cursor = page["cursor"][way].as_str().map(str::to_owned);
            }
            seen
        };
        let forwards = walk("next", "0", "UPDATED").await;
        let mut backwards = walk("previous", "99999999999999", "UPDATED").await;
        backwards.reverse();
        assert_eq!((forwards.len(), &forwards), (9, &backwards));
        for id in &forwards[..3] {
            ann.rest.post("chat.delete", json!({ "roomId": rid, "msgId": id })).await.ok();
        }
        assert_eq!(walk("next", "0", "DELETED").await, forwards[..3]);
        let mut backwards = walk("previous", "99999999999999", "DELETED").await;
        backwards.reverse();
        assert_eq!(backwards, forwards[..3]);
        let first = sync(&ann, &rid, &[("type", "UPDATED"), ("count", "3")]).await;
        assert!(first["updated"].as_array().unwrap().len() >= 3);
        let rest = sync(&ann, &rid, &[("next", "99999999999999"), ("type", "UPDATED")]).await;
        assert_eq!((&rest["updated"], &rest["cursor"]), (&json!([]), &json!({ "next": null, "previous": null })));
    }

    async fn programs_post_by_name(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let open = ann.channel("open", &[]).await;
        let closed = ann.group("closed", &[]).await;
        let post = async |user: &User, body: Value| user.rest.post("chat.postMessage", body).await;
        let answer = post(&bob, json!({ "channel": "#open", "text": " hi " })).await.as_published().ok();
        assert_eq!((&answer["channel"], &answer["message"]["msg"]), (&json!("open"), &json!("hi")));
        assert_eq!((&answer["message"]["rid"], &answer["message"]["groupable"]), (&json!(open), &json!(false)));
        assert!(answer["ts"].is_i64());
        assert_eq!(room(&ann, &open).await["usersCount"], 2);
        let many = post(&ann, json!({ "roomId": [open, closed], "text": "both", "alias": "" })).await.ok();
        assert_eq!(many["channel"], json!(open));
        assert_eq!(room(&ann, &closed).await["lastMessage"]["msg"], "both");
        let direct = post(&ann, json!({ "channel": "@bob", "msg": "psst" })).await.ok();
        let rid = direct["message"]["rid"].as_str().unwrap();
        assert_eq!(room(&bob, rid).await["lastMessage"]["msg"], "psst");
        for (user, body) in [
            (&bob, json!({ "channel": "#closed", "text": "x" })),
            (&bob, json!({ "roomId": closed, "text": "x" })),
            (&ann, json!({ "channel": "#nowhere", "text": "x" })),
            (&ann, json!({ "channel": "@nobody", "text": "x" })),
            (&ann, json!({ "roomId": [], "text": "x" })),
            (&ann, json!({ "text": "x" })),
        ] {
            let refused = post(user, body).await.as_published().refused(400, "invalid-channel");
            assert_eq!(refused["error"], "[invalid-channel]");
        }
        let long = json!({ "channel": "#open", "attachments": [{ "text": "x".repeat(5_001) }] });
        post(&ann, long).await.refused_with(400, "error-message-size-exceeded");
        post(&ann, json!({ "channel": "#open", "alias": "Boss", "text": "x" })).await.refused_with(400, "Not enough permission");
        server.grant("message-impersonate", &["user"]).await;
        let boss = post(&ann, json!({ "channel": "#open", "alias": "Boss", "emoji": ":smirk:", "text": "x" })).await.ok();
        assert_eq!((&boss["message"]["alias"], &boss["message"]["emoji"]), (&json!("Boss"), &json!(":smirk:")));
        post(&ann, json!({ "channel": "#open", "alias": "Boss", "text": {} })).await.refused_with(400, "must be string");
    }
}
