//! One story in which every row succeeds once, in this order: a row without a step here is not finished.

use super::{method, path, snapshot};
use crate::world::{PASSWORD, Server, TOKEN_SECRET, User, digest};
use gantry_rest::endpoint::{Row, Verb};
use gantry_testkit::{Answer, Rest, schema};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// Who acts.
#[derive(Clone, Copy)]
enum As {
    Nobody,
    Admin,
    /// Owner of the channel and of the group.
    Ann,
    /// A member of both.
    Bob,
    /// A member of the group.
    Cat,
    /// A member of nothing.
    Dan,
    /// Ann, over a session of its own.
    Once,
}

use As::{Admin, Ann, Bob, Cat, Dan, Nobody, Once};

/// Who, by which verb and path, with what; the ids of the story stand in words that begin with `$`.
fn steps() -> Vec<(As, &'static str, Value)> {
    let mut steps = Vec::new();
    steps.extend(of_the_server());
    steps.extend(of_accounts());
    steps.extend(of_named_rooms("channels", "$c", (Dan, "channels.join")));
    steps.extend(of_named_rooms("groups", "$p", (Admin, "")));
    steps.extend(of_rooms());
    steps.extend(of_room_settings("channels", (Ann, Admin), json!({ "roomName": "fresh-channels" })));
    steps.extend(of_room_settings("groups", (Admin, Admin), json!({ "roomId": "$e" })));
    steps.extend(of_settings_of_every_room());
    steps.extend(of_invitations());
    steps.extend(of_profiles());
    steps.extend(of_finding());
    steps.extend(of_messages());
    steps.extend(endings());
    steps
}

fn of_the_server() -> Vec<(As, &'static str, Value)> {
    let message = r#"{"msg":"method","id":"1","method":"public-settings/get","params":[]}"#;
    vec![
        (Nobody, "GET /api/info", json!({})),
        (Nobody, "GET info", json!({})),
        (Nobody, "GET openapi.json", json!({})),
        (Nobody, "GET settings.public", json!({ "count": 5 })),
        (Nobody, "GET settings.oauth", json!({})),
        (Admin, "GET settings", json!({ "count": 5 })),
        (Admin, "POST settings", json!({ "settings": [{ "_id": "Site_Name", "value": "Ours" }] })),
        (Admin, "GET settings/:_id", json!({})),
        (Admin, "POST settings/:_id", json!({ "value": "Gantry" })),
        (Ann, "GET permissions.listAll", json!({})),
        (
            Admin,
            "POST permissions.update",
            json!({ "permissions": [{ "_id": "mention-all", "roles": ["admin", "user"] }] }),
        ),
        (
            Admin,
            "POST permissions.update",
            json!({ "permissions": [{ "_id": "edit-room", "roles": ["admin", "owner", "moderator", "user"] }] }),
        ),
        (
            Admin,
            "POST settings",
            json!({ "settings": [{ "_id": "API_Enable_Direct_Message_History_EndPoint", "value": true }] }),
        ),
        (Ann, "GET roles.list", json!({})),
        (Admin, "GET statistics", json!({ "refresh": "true" })),
        (Admin, "GET statistics.list", json!({})),
        (Ann, "POST method.call/:method", json!({ "message": message })),
        (Nobody, "POST method.callAnon/:method", json!({ "message": message })),
    ]
}

fn of_accounts() -> Vec<(As, &'static str, Value)> {
    let made = json!({ "username": "eve", "name": "Eve", "email": "eve@example.org", "password": PASSWORD });
    let registered = json!({ "username": "fay", "name": "Fay", "email": "fay@example.org", "pass": PASSWORD });
    vec![
        (Nobody, "POST login", json!({ "user": "ann", "password": PASSWORD })),
        (Ann, "GET me", json!({})),
        (Admin, "POST users.create", made),
        (Nobody, "POST users.register", registered),
        (Admin, "POST users.update", json!({ "userId": "$cat", "data": { "nickname": "Cat", "verified": true } })),
        (Admin, "POST users.delete", json!({ "username": "fay" })),
        (Ann, "GET users.info", json!({ "username": "bob" })),
        (Admin, "GET users.list", json!({})),
        (Admin, "GET users.listByStatus", json!({ "status": "active", "hasLoggedIn": "true" })),
        (Ann, "GET users.presence", json!({})),
        (
            Ann,
            "POST users.setStatus",
            json!({ "message": "away for tea", "status": "away", "expiresAt": "2100-01-01T00:00:00.000Z" }),
        ),
        (Ann, "GET users.getStatus", json!({})),
        (Ann, "GET users.getPresence", json!({})),
        (Ann, "GET users.getPreferences", json!({})),
        (Ann, "POST users.setPreferences", json!({ "data": { "desktopNotifications": "mentions" } })),
        (Admin, "POST users.createToken", json!({ "userId": "$bob", "secret": TOKEN_SECRET })),
        (Admin, "POST users.setActiveStatus", json!({ "userId": "$bob", "activeStatus": true })),
        (Once, "POST logout", json!({})),
        (Once, "GET logout", json!({})),
    ]
}

/// `channels.*` and `groups.*`; `joiner` comes in of their own, or is invited.
fn of_named_rooms(
    family: &'static str,
    rid: &'static str,
    (joiner, join): (As, &'static str),
) -> Vec<(As, &'static str, Value)> {
    let call =
        |verb: &str, name: &str| -> &'static str { Box::leak(format!("{verb} {family}.{name}").into_boxed_str()) };
    let room = json!({ "roomId": rid });
    let bob = json!({ "roomId": rid, "userId": "$bob" });
    let mut steps = vec![
        (Ann, call("POST", "create"), json!({ "name": format!("fresh-{family}"), "members": ["bob"] })),
        (Ann, call("GET", "info"), room.clone()),
        (Ann, call("GET", "list"), json!({})),
        (Ann, call("GET", "members"), room.clone()),
        (Ann, call("GET", "history"), room.clone()),
        (Ann, call("GET", "messages"), room.clone()),
        (Ann, call("GET", "counters"), room.clone()),
        (Ann, call("POST", "invite"), json!({ "roomId": rid, "userId": "$admin" })),
        (Ann, call("POST", "addOwner"), bob.clone()),
        (Ann, call("POST", "removeOwner"), bob.clone()),
        (Ann, call("POST", "addModerator"), bob.clone()),
        (Ann, call("POST", "removeModerator"), bob.clone()),
        (Ann, call("POST", "close"), room.clone()),
        (Ann, call("POST", "open"), room.clone()),
        (Ann, call("POST", "archive"), room.clone()),
        (Admin, call("POST", "unarchive"), room.clone()),
    ];
    match join {
        "" => steps.push((Cat, call("POST", "leave"), room.clone())),
        _ => {
            steps.extend([(joiner, call("POST", "join"), room.clone()), (joiner, call("POST", "leave"), room.clone())])
        }
    }
    steps.push((Ann, call("POST", "kick"), json!({ "roomId": rid, "userId": "$admin" })));
    steps
}

fn of_rooms() -> Vec<(As, &'static str, Value)> {
    let chosen = json!({ "desktopNotifications": "all", "hideUnreadStatus": "1" });
    let mut steps = vec![
        (Ann, "POST rooms.favorite", json!({ "roomId": "$c", "favorite": true })),
        (Ann, "POST rooms.saveNotification", json!({ "roomId": "$c", "notifications": chosen })),
        (Ann, "GET chat.ignoreUser", json!({ "rid": "$c", "userId": "$bob", "ignore": true })),
        (Ann, "GET rooms.get", json!({ "updatedSince": "1970-01-01T00:00:00.000Z" })),
        (Ann, "GET rooms.info", json!({ "roomId": "$c" })),
        (Ann, "GET subscriptions.get", json!({ "updatedSince": "1970-01-01T00:00:00.000Z" })),
        (Ann, "GET subscriptions.getOne", json!({ "roomId": "$c" })),
        (Ann, "POST subscriptions.read", json!({ "rid": "$c" })),
        (Bob, "POST subscriptions.unread", json!({ "firstUnreadMessage": { "_id": "$m" } })),
    ];
    for (create, list, history) in
        [("POST dm.create", "GET dm.list", "GET dm.history"), ("POST im.create", "GET im.list", "GET im.history")]
    {
        steps.push((Ann, create, json!({ "username": "bob" })));
        steps.push((Ann, list, json!({})));
        steps.push((Ann, history, json!({ "roomId": "$d" })));
    }
    steps.extend([
        (Ann, "GET channels.list.joined", json!({})),
        (Ann, "GET rooms.membersOrderedByRole", json!({ "roomId": "$c" })),
        (Admin, "GET rooms.adminRooms", json!({ "filter": "open" })),
        (Admin, "GET groups.listAll", json!({})),
        (Admin, "GET dm.list.everyone", json!({})),
        (Admin, "GET im.list.everyone", json!({})),
    ]);
    let direct = json!({ "roomId": "$d" });
    for (members, messages, close, open) in [
        ("GET dm.members", "GET dm.messages", "POST dm.close", "POST dm.open"),
        ("GET im.members", "GET im.messages", "POST im.close", "POST im.open"),
    ] {
        steps.extend([members, messages, close, open].map(|call| (Ann, call, direct.clone())));
    }
    for (topic, counters, others) in [
        ("POST dm.setTopic", "GET dm.counters", "GET dm.messages.others"),
        ("POST im.setTopic", "GET im.counters", "GET im.messages.others"),
    ] {
        steps.push((Ann, topic, json!({ "roomId": "$d", "topic": "tea" })));
        steps.push((Ann, counters, direct.clone()));
        steps.push((Admin, others, direct.clone()));
    }
    steps
}

/// Of a room of the first's; the second may add everybody.
fn of_room_settings(family: &'static str, (owner, admin): (As, As), room: Value) -> Vec<(As, &'static str, Value)> {
    let call = |name: &str| -> &'static str { Box::leak(format!("POST {family}.{name}").into_boxed_str()) };
    let with = |key: &str, value: Value| {
        let mut body = room.clone();
        body[key] = value;
        body
    };
    let mut steps = vec![
        (owner, call("setTopic"), with("topic", json!("what next"))),
        (owner, call("setAnnouncement"), with("announcement", json!("hear"))),
        (owner, call("setDescription"), with("description", json!("for plans"))),
        (owner, call("setPurpose"), with("purpose", json!("for more plans"))),
        (owner, call("setReadOnly"), with("readOnly", json!(true))),
        (owner, call("setCustomFields"), with("customFields", json!({ "organization": "ours", "company": "ours" }))),
        (admin, call("addAll"), with("activeUsersOnly", json!(true))),
        (owner, call("addLeader"), with("userId", json!("$bob"))),
        (owner, if family == "channels" { "GET channels.roles" } else { "GET groups.roles" }, room.clone()),
        (owner, call("removeLeader"), with("userId", json!("$bob"))),
    ];
    if family == "channels" {
        steps.push((admin, "POST channels.setDefault", with("default", json!(true))));
        steps.push((owner, "POST channels.setJoinCode", with("joinCode", json!("sesame"))));
    }
    let renamed = format!("renamed-{family}");
    steps.push((owner, call("rename"), with("name", json!(renamed))));
    let kind = if family == "channels" { "p" } else { "c" };
    steps.push((owner, call("setType"), json!({ "roomName": renamed, "type": kind })));
    steps
}

fn of_settings_of_every_room() -> Vec<(As, &'static str, Value)> {
    let member = json!({ "roomId": "$c", "userId": "$bob" });
    vec![
        (Ann, "POST rooms.saveRoomSettings", json!({ "rid": "$c", "roomTopic": "tea", "systemMessages": ["uj"] })),
        (Admin, "GET rooms.adminRooms.getRoom", json!({ "rid": "$e" })),
        (Ann, "GET rooms.nameExists", json!({ "roomName": "open" })),
        (Ann, "GET rooms.roles", json!({ "rid": "$c" })),
        (Ann, "POST rooms.muteUser", member.clone()),
        (Ann, "POST rooms.unmuteUser", member),
        (Ann, "POST dm.blockUser", json!({ "roomId": "$d", "block": true })),
        (Ann, "POST im.blockUser", json!({ "roomId": "$d", "block": false })),
    ]
}

fn of_invitations() -> Vec<(As, &'static str, Value)> {
    vec![
        (Ann, "POST findOrCreateInvite", json!({ "rid": "$p", "days": 7, "maxUses": 5 })),
        (Nobody, "POST validateInviteToken", json!({ "token": "$link" })),
        (Dan, "POST useInviteToken", json!({ "token": "$link" })),
        (Admin, "GET listInvites", json!({})),
        (Admin, "DELETE removeInvite/:_id", json!({ "_id": "$i" })),
    ]
}

fn of_profiles() -> Vec<(As, &'static str, Value)> {
    let named = json!({ "tokenName": "ci" });
    vec![
        (Dan, "POST users.updateOwnBasicInfo", json!({ "data": { "bio": "tea" } })),
        (Dan, "GET users.checkUsernameAvailability", json!({ "username": "zoe" })),
        (Dan, "GET users.getUsernameSuggestion", json!({})),
        (Nobody, "GET pw.getPolicy", json!({})),
        (Bob, "POST users.generatePersonalAccessToken", named.clone()),
        (Bob, "POST users.regeneratePersonalAccessToken", named.clone()),
        (Bob, "GET users.getPersonalAccessTokens", json!({})),
        (Bob, "POST users.removePersonalAccessToken", named),
        (Admin, "POST roles.addUserToRole", json!({ "roleId": "bot", "username": "dan" })),
        (Admin, "POST roles.removeUserFromRole", json!({ "roleId": "bot", "username": "dan" })),
        (Ann, "GET roles.getUsersInPublicRoles", json!({})),
        (Admin, "POST roles.create", json!({ "name": "scribe", "scope": "Users", "description": "Scribe" })),
        (Admin, "POST roles.update", json!({ "roleId": "guest", "name": "guest", "description": "Guest" })),
        (Admin, "POST roles.delete", json!({ "roleId": "$role" })),
        (Admin, "GET roles.getUsersInRole", json!({ "role": "admin" })),
        (Ann, "GET roles.sync", json!({ "updatedSince": "2020-01-01T00:00:00.000Z" })),
    ]
}

fn of_finding() -> Vec<(As, &'static str, Value)> {
    vec![
        (Dan, "GET spotlight", json!({ "query": "a" })),
        (Dan, "GET users.autocomplete", json!({ "selector": { "term": "b" } })),
        (Ann, "GET rooms.autocomplete.channelAndPrivate", json!({ "selector": { "name": "o" } })),
        (Ann, "GET commands.list", json!({ "count": 3 })),
        (Ann, "GET commands.get", json!({ "command": "kick" })),
        (Ann, "POST commands.run", json!({ "command": "shrug", "params": "well", "roomId": "$d" })),
        (Dan, "GET directory", json!({ "query": { "type": "users", "text": "bob" } })),
    ]
}

fn of_messages() -> Vec<(As, &'static str, Value)> {
    vec![
        (Ann, "POST chat.sendMessage", json!({ "message": { "rid": "$c", "msg": "hello" } })),
        (Ann, "POST chat.postMessage", json!({ "channel": "#open", "text": "hello" })),
        (Ann, "GET chat.getMessage", json!({ "msgId": "$m" })),
        (Ann, "POST chat.react", json!({ "messageId": "$m", "emoji": "smile" })),
        (Ann, "GET chat.syncMessages", json!({ "roomId": "$c", "lastUpdate": "1970-01-01T00:00:00.000Z" })),
        (Ann, "POST chat.update", json!({ "roomId": "$c", "msgId": "$m", "text": "hello *all*" })),
        (Ann, "POST chat.delete", json!({ "roomId": "$c", "msgId": "$m" })),
    ]
}

fn endings() -> Vec<(As, &'static str, Value)> {
    vec![
        (Bob, "POST rooms.leave", json!({ "roomId": "$c" })),
        (Ann, "POST channels.delete", json!({ "roomId": "$c" })),
        (Ann, "POST groups.delete", json!({ "roomId": "$p" })),
        (Admin, "POST dm.delete", json!({ "username": "cat" })),
        (Admin, "POST im.delete", json!({ "roomId": "$d" })),
        (Cat, "POST users.removeOtherTokens", json!({})),
        (Cat, "POST users.logoutOtherClients", json!({})),
        (Admin, "POST users.logout", json!({ "userId": "$dan" })),
        (Cat, "POST users.deleteOwnAccount", json!({ "password": digest(), "confirmRelinquish": true })),
    ]
}

fn name(row: &Row) -> String {
    format!("{} {}", row.verb.text(), row.path)
}

/// The rows that no step calls.
pub(super) fn uncalled(rows: &[Row]) -> Vec<String> {
    let called: BTreeSet<&str> = steps().iter().map(|(_, call, _)| *call).collect();
    rows.iter().map(name).filter(|name| !called.contains(name.as_str())).collect()
}

/// Puts the story's ids in the place of their words.
fn filled(params: Value, ids: &Map<String, Value>) -> Value {
    match params {
        Value::String(text) => ids.get(&text).cloned().unwrap_or(Value::String(text)),
        Value::Array(list) => list.into_iter().map(|one| filled(one, ids)).collect(),
        Value::Object(map) => map.into_iter().map(|(key, one)| (key, filled(one, ids))).collect(),
        other => other,
    }
}

async fn call(rest: &Rest, row: &Row, params: &Value) -> Answer {
    if row.verb == Verb::Get {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let query: Vec<(&String, String)> =
            params.as_object().unwrap().iter().map(|(key, value)| (key, text(value))).collect();
        let query: Vec<(&str, &str)> = query.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        return rest.get(&path(row), &query).await;
    }
    // The others are about a setting or a method that there always is.
    let path = match (row.verb, row.path.split_once(":_id"), params["_id"].as_str()) {
        (Verb::Delete, Some((before, _)), Some(id)) => format!("{before}{id}"),
        _ => path(row),
    };
    rest.send(method(row), &path, &[("content-type", "application/json")], params.to_string()).await
}

/// Plays the story: every answer is a success, and as published where it is published.
pub(super) async fn play(server: &Server) {
    let [ann, bob, cat, dan] = server.users(["ann", "bob", "cat", "dan"]).await;
    let (open, closed) = (ann.channel("open", &[&bob]).await, ann.group("closed", &[&bob, &cat]).await);
    let message = ann.says(&open, "first").await["_id"].clone();
    let direct = ann.rest.post("im.create", json!({ "username": "bob" })).await.ok()["room"]["_id"].clone();
    server.admin.rest.post("im.create", json!({ "username": "cat" })).await.ok();
    let everybodys = server.admin.group("everybody", &[&ann]).await;
    let role = server.admin.rest.post("roles.create", json!({ "name": "idle" })).await.ok()["role"]["_id"].clone();
    let invite = json!({ "rid": closed, "days": 7, "maxUses": 5 });
    let invite = ann.rest.post("findOrCreateInvite", invite).await.ok();
    server.set("Accounts_AllowDeleteOwnAccount", json!(true)).await;
    let ids = json!({
        "$i": invite["_id"], "$link": invite["inviteToken"], "$role": role, "$e": everybodys, "$c": open, "$p": closed, "$d": direct, "$m": message,
        "$ann": ann.id(), "$bob": bob.id(), "$cat": cat.id(), "$dan": dan.id(), "$admin": server.admin.id(),
    });
    let api = gantry_rest::api();
    let mut wrong = Vec::new();
    for (who, step, params) in steps() {
        let row = api.rows().iter().find(|row| name(row) == step).expect(step);
        let rest = match who {
            Nobody => server.nobody(),
            Admin => server.admin.rest.clone(),
            Ann => ann.rest.clone(),
            Bob => bob.rest.clone(),
            Cat => cat.rest.clone(),
            Dan => dan.rest.clone(),
            Once => once(server, &ann).await,
        };
        let answer = call(&rest, row, &filled(params, ids.as_object().unwrap())).await;
        wrong.extend(faults(row, &answer));
        wrong.extend(snapshot::fault(row, &answer.json, ids.as_object().unwrap()));
    }
    assert!(wrong.is_empty(), "{} answers are wrong:\n{}", wrong.len(), wrong.join("\n"));
}

async fn once(server: &Server, user: &User) -> Rest {
    let nobody = server.nobody();
    nobody.as_user(&nobody.login(user.username(), PASSWORD).await)
}

/// Keys that the published examples have and this server has not: those of `rooms.info` are of a team's room, and those of
/// `subscriptions.getOne` are another call's.
const OF_OTHER_EXAMPLES: [(&str, &[&str]); 2] =
    [("rooms.info", &["team", "parent"]), ("subscriptions.getOne", &["result", "count", "offset", "total"])];

/// What is wrong with an answer that should be a success.
fn faults(row: &Row, answer: &Answer) -> Option<String> {
    let is_list = row.answers_list.is_some() && answer.json.is_array();
    let success =
        is_list || answer.json["success"] == true || answer.json["status"] == "success" || row.path == "openapi.json";
    if answer.status != 200 || !success {
        return Some(format!("not a success: {answer}"));
    }
    let mut faults =
        schema::published(row.verb.text(), &path(row)).map_or_else(Vec::new, |call| call.faults(200, &answer.json));
    let others = OF_OTHER_EXAMPLES.iter().filter(|(path, _)| *path == row.path).flat_map(|(_, keys)| keys.iter());
    let others: Vec<String> = others.map(|key| format!("no {key:?}")).collect();
    faults.retain(|fault| !others.contains(fault));
    let missing = row.answers.iter().map(|(key, _)| *key).filter(|key| answer.json.get(key).is_none());
    let missing: Vec<String> = missing.map(|key| format!("the row promises {key:?}")).collect();
    let all: Vec<String> = faults.into_iter().chain(missing).collect();
    if all.is_empty() { None } else { Some(format!("{}\n{answer:.2000}", all.join("\n"))) }
}
