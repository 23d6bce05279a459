//! Every query uses an index: a story touches what there is, and each statement it ran is explained by its engine.

use crate::world::{Server, User};
use gantry_testkit::{Engine, both_databases};
use serde_json::json;

/// Tables that grow with use. The others hold what administrators changed.
const GROWING: [&str; 10] = [
    "account",
    "email",
    "token",
    "audit",
    "room",
    "subscription",
    "subscription_removed",
    "invite",
    "message",
    "message_removed",
];

/// The growing table that a line of a plan walks from end to end without an index.
fn scanned(engine: Engine, line: &str) -> Option<&'static str> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let table = match engine {
        Engine::Sqlite if words.first() == Some(&"SCAN") && !line.contains(" USING ") => words.get(1)?,
        Engine::Postgres => {
            let at = words.windows(3).position(|three| three == ["Seq", "Scan", "on"])?;
            words.get(at + 3)?
        }
        Engine::Sqlite => return None,
    };
    GROWING.into_iter().find(|growing| growing == table)
}

/// Runs as many different statements as a short story can.
async fn touch_everything(server: &Server) {
    let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
    let group = ann.group("plans", &[&bob]).await;
    let channel = ann.channel("open", &[&bob]).await;
    let since = [("updatedSince", "2020-01-01T00:00:00.000Z")];
    for user in [&ann, &bob] {
        user.says(&group, "hello @bob and @all #open :smile:").await;
        user.rest.get("rooms.get", &since).await.ok();
        user.rest.get("subscriptions.get", &since).await.ok();
        user.rest.get("rooms.get", &[]).await.ok();
        user.rest.get("subscriptions.get", &[]).await.ok();
    }
    let sent = ann.says(&group, "first").await;
    let id = sent["_id"].as_str().unwrap();
    ann.rest.post("chat.update", json!({ "roomId": group, "msgId": id, "text": "second" })).await.ok();
    ann.rest.post("chat.react", json!({ "messageId": id, "emoji": ":smile:" })).await.ok();
    ann.rest.get("chat.getMessage", &[("msgId", id)]).await.ok();
    for (key, value) in
        [("lastUpdate", "2020-01-01T00:00:00.000Z"), ("next", "1577836800000"), ("previous", "1893456000000")]
    {
        for kind in ["UPDATED", "DELETED"] {
            ann.rest.get("chat.syncMessages", &[("roomId", &group), (key, value), ("type", kind)]).await;
        }
    }
    for family in ["groups", "channels"] {
        let rid = if family == "groups" { &group } else { &channel };
        let call = |name: &str| format!("{family}.{name}");
        for name in ["info", "members", "history", "messages"] {
            ann.rest.get(&call(name), &[("roomId", rid)]).await.ok();
        }
        ann.rest.get(&call("members"), &[("roomId", rid), ("filter", "b"), ("status[]", "online")]).await;
        ann.rest
            .get(&call("history"), &[("roomId", rid), ("latest", "2030-01-01T00:00:00.000Z"), ("unreads", "true")])
            .await
            .ok();
        ann.rest.get(&call("list"), &[("sort", "{\"name\":-1}")]).await.ok();
        ann.rest.post(&call("invite"), json!({ "roomId": rid, "userId": cat.id() })).await.ok();
        for act in ["addModerator", "removeModerator", "addOwner", "removeOwner", "kick"] {
            ann.rest.post(&call(act), json!({ "roomId": rid, "userId": cat.id() })).await.ok();
        }
        for act in ["close", "open"] {
            ann.rest.post(&call(act), json!({ "roomId": rid })).await.ok();
        }
        bob.rest.post("subscriptions.unread", json!({ "roomId": rid })).await;
        bob.rest.post("subscriptions.read", json!({ "rid": rid })).await.ok();
        bob.rest.post(&call("leave"), json!({ "roomId": rid })).await.ok();
        // Unarchiving is an administrator's, and a group is none of his.
        ann.rest.post(&call("archive"), json!({ "roomId": rid })).await.ok();
        server.admin.rest.post(&call("unarchive"), json!({ "roomId": rid })).await;
    }
    let invite = ann.rest.post("findOrCreateInvite", json!({ "rid": group, "days": 1, "maxUses": 1 })).await.ok();
    ann.rest.post("findOrCreateInvite", json!({ "rid": group, "days": 1, "maxUses": 1 })).await.ok();
    server.nobody().post("validateInviteToken", json!({ "token": invite["inviteToken"] })).await.ok();
    cat.rest.post("useInviteToken", json!({ "token": invite["inviteToken"] })).await.ok();
    server.admin.rest.get("listInvites", &[]).await;
    let taken_back = format!("removeInvite/{}", invite["_id"].as_str().unwrap());
    server.admin.rest.delete(&taken_back, json!({})).await.ok();
    cat.rest.post("channels.join", json!({ "roomId": channel })).await.ok();
    let direct = ann.rest.post("im.create", json!({ "username": "bob" })).await.ok();
    ann.says(direct["room"]["rid"].as_str().unwrap(), "psst").await;
    ann.rest.get("im.list", &[]).await.ok();
    ann.rest.get("users.list", &[]).await.ok();
    server.admin.rest.get("users.list", &[("sort", "{\"createdAt\":1}")]).await.ok();
    ann.rest.get("users.info", &[("username", "bob")]).await.ok();
    ann.rest.get("users.presence", &[]).await.ok();
    ann.rest.post("users.setStatus", json!({ "status": "busy", "message": "here" })).await.ok();
    let preferences = json!({ "data": { "highlights": ["word"], "desktopNotifications": "mentions" } });
    ann.rest.post("users.setPreferences", preferences).await.ok();
    let chosen = json!({ "roomId": group, "notifications": { "desktopNotifications": "all" } });
    ann.rest.post("rooms.saveNotification", chosen).await.ok();
    cat.rest.post("rooms.favorite", json!({ "roomId": channel, "favorite": true })).await.ok();
    ann.rest.post("chat.delete", json!({ "roomId": group, "msgId": id })).await.ok();
    let off = json!({ "userId": cat.id(), "activeStatus": false, "confirmRelinquish": true });
    server.admin.rest.post("users.setActiveStatus", off).await.ok();
    found_and_administered(server, &ann, &group, &channel).await;
    let socket = ann.socket().await;
    for (method, params) in [
        ("loadHistory", json!([group, null, 50])),
        ("loadSurroundingMessages", json!([{ "_id": id, "rid": group }, 50])),
        ("loadNextMessages", json!([group, { "$date": 0 }, 50])),
        ("loadMissedMessages", json!([group, { "$date": 0 }])),
        ("getRoomRoles", json!([group])),
        ("getUserRoles", json!([])),
        ("getUsersOfRoom", json!([group, true])),
    ] {
        let _ = socket.call(method, params).await;
    }
    ann.rest.post("groups.delete", json!({ "roomId": group })).await.ok();
    ann.rest.post("logout", json!({})).await.ok();
}

/// What is looked for by parts of names, changed about rooms and accounts, and handed out.
async fn found_and_administered(server: &Server, ann: &User, group: &str, channel: &str) {
    let socket = ann.socket().await;
    for (method, params) in [
        ("spotlight", json!(["b", [], {}, group])),
        ("spotlight", json!(["b"])),
        ("browseChannels", json!([{ "text": "p" }])),
        ("browseChannels", json!([{ "text": "b", "type": "users", "sortBy": "createdAt" }])),
        ("channelsList", json!(["p", "all", 10, "name"])),
        ("saveRoomSettings", json!([channel, { "roomName": "opened", "roomTopic": "tea", "roomType": "p" }])),
        ("saveRoomSettings", json!([channel, { "roomType": "c" }])),
        ("setUsername", json!(["anna"])),
        ("getUsernameSuggestion", json!([])),
        ("personalAccessTokens:generateToken", json!([{ "tokenName": "ci" }])),
        ("personalAccessTokens:regenerateToken", json!([{ "tokenName": "ci" }])),
        ("removeOtherTokens", json!([])),
    ] {
        let done = socket.call(method, params.clone()).await;
        assert!(done.is_ok(), "{method} {params}: {done:?}");
    }
    let admin = &server.admin.rest;
    admin.post("channels.addAll", json!({ "roomId": channel })).await.ok();
    for act in ["addUserToRole", "removeUserFromRole"] {
        admin.post(&format!("roles.{act}"), json!({ "roleId": "bot", "username": "anna" })).await.ok();
    }
    chosen_and_listed(server, ann, channel).await;
    removed(server, ann, channel).await;
}

/// Lists for choosing, and for administrators. `statistics` is left out: it counts by walking.
async fn chosen_and_listed(server: &Server, ann: &User, channel: &str) {
    for (path, query) in [
        ("users.autocomplete", vec![("selector", r#"{"term":"b"}"#)]),
        ("rooms.autocomplete.channelAndPrivate", vec![("selector", r#"{"name":"p"}"#)]),
        ("rooms.membersOrderedByRole", vec![("roomId", channel), ("filter", "b")]),
        ("channels.list.joined", vec![]),
        ("im.members", vec![("username", "bob")]),
        ("im.messages", vec![("username", "bob")]),
        ("users.listByStatus", vec![("status", "active"), ("searchTerm", "b"), ("hasLoggedIn", "true")]),
        ("users.listByStatus", vec![("roles[]", "bot"), ("roles[]", "admin"), ("type", "user")]),
        ("roles.getUsersInRole", vec![("role", "admin")]),
        ("rooms.adminRooms", vec![("filter", "p"), ("sort", r#"{"usersCount":-1}"#)]),
        ("groups.listAll", vec![]),
        ("im.list.everyone", vec![]),
    ] {
        ann.rest.get(path, &query).await;
        server.admin.rest.get(path, &query).await;
    }
}

/// An account with memberships and messages, and a role.
async fn removed(server: &Server, ann: &User, channel: &str) {
    let [dan] = server.users(["dan"]).await;
    ann.rest.post("channels.invite", json!({ "roomId": channel, "userId": dan.id() })).await;
    dan.rest.post("im.create", json!({ "username": "bob" })).await.ok();
    dan.channel("dans", &[]).await;
    dan.says(channel, "hello").await;
    let admin = &server.admin.rest;
    let data = json!({ "username": "daniel", "email": "daniel@example.org", "roles": ["user", "bot"] });
    admin.post("users.update", json!({ "userId": dan.id(), "data": data })).await.ok();
    admin.post("users.delete", json!({ "userId": dan.id(), "confirmRelinquish": true })).await.ok();
    let role = admin.post("roles.create", json!({ "name": "scribe" })).await.ok()["role"]["_id"].clone();
    admin.post("roles.delete", json!({ "roleId": role })).await.ok();
}

both_databases! {
    async fn every_query_uses_an_index(server: Server) {
        touch_everything(&server).await;
        let statements = gantry_store::statements();
        assert!(statements.len() > 60, "only {} statements were seen", statements.len());
        let engine = server.engine;
        let faults = server.gantry.chat().store().read(move |db| {
            let mut faults = Vec::new();
            let explained = ["SELECT", "UPDATE", "DELETE", "INSERT"];
            for sql in statements.iter().filter(|sql| explained.iter().any(|word| sql.trim_start().starts_with(word))) {
                for line in db.plan(sql)? {
                    if let Some(table) = scanned(engine, &line) {
                        faults.push(format!("{table} is scanned ({line}) by: {sql}"));
                    }
                }
            }
            Ok(faults)
        }).await.unwrap();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }
}
