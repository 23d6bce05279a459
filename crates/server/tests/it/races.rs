//! The same at once: what many do in one moment ends as if they had done it one after the other.

use crate::world::{PASSWORD, Server, User};
use futures_util::future::join_all;
use gantry_testkit::{Answer, both_databases};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// How many at once.
const MANY: usize = 12;

/// Posts everything in one moment; the answers in the order of the calls.
async fn at_once(calls: impl IntoIterator<Item = (&User, &str, Value)>) -> Vec<Answer> {
    let tasks = calls.into_iter().map(|(user, call, body)| {
        let (rest, call) = (user.rest.clone(), call.to_owned());
        tokio::spawn(async move { rest.post(&call, body).await })
    });
    join_all(tasks.collect::<Vec<_>>()).await.into_iter().map(Result::unwrap).collect()
}

fn done(answers: &[Answer]) -> usize {
    answers.iter().filter(|answer| answer.status == 200).count()
}

/// All but one were refused, with the same words.
fn one_was_first(answers: Vec<Answer>, status: u16, refusal: &str) {
    assert_eq!(done(&answers), 1, "one is the first: {answers:#?}");
    answers.into_iter().filter(|answer| answer.status != 200).for_each(|answer| drop(answer.refused(status, refusal)));
}

async fn crowd(server: &Server) -> [User; MANY] {
    let names = ["u0", "u1", "u2", "u3", "u4", "u5", "u6", "u7", "u8", "u9", "ua", "ub"];
    server.users(names).await
}

async fn room(user: &User, rid: &str) -> Value {
    user.rest.get("rooms.info", &[("roomId", rid)]).await.ok()["room"].clone()
}

async fn members(user: &User, rid: &str) -> Vec<String> {
    let page = user.rest.get("channels.members", &[("roomId", rid), ("count", "0")]).await.ok();
    let name = |member: &Value| member["username"].as_str().unwrap().to_owned();
    page["members"].as_array().unwrap().iter().map(name).collect()
}

/// Messages of a channel, oldest first.
async fn history(user: &User, rid: &str) -> Vec<Value> {
    history_by(user, "channels.history", rid).await
}

async fn history_by(user: &User, call: &str, rid: &str) -> Vec<Value> {
    let page = user.rest.get(call, &[("roomId", rid), ("count", "1000")]).await.ok();
    page["messages"].as_array().unwrap().iter().rev().cloned().collect()
}

async fn count(user: &User, rid: &str, kind: &str) -> usize {
    history(user, rid).await.iter().filter(|message| message["t"] == kind).count()
}

async fn roles_of(user: &User, rid: &str) -> BTreeSet<String> {
    let seat = user.rest.get("subscriptions.getOne", &[("roomId", rid)]).await.ok()["subscription"].clone();
    seat["roles"].as_array().into_iter().flatten().map(|role| role.as_str().unwrap().to_owned()).collect()
}

both_databases! {
    async fn one_place_in_a_room_for_each(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.channel("plans", &[]).await;
        let joins = (0..MANY).map(|_| (&bob, "channels.join", json!({ "roomId": rid })));
        let invites = (0..MANY).map(|_| (&ann, "channels.invite", json!({ "roomId": rid, "userId": bob.id() })));
        let answers = at_once(joins.chain(invites)).await;
        assert_eq!(done(&answers), 2 * MANY, "who is there already stays: {answers:#?}");
        assert_eq!(members(&ann, &rid).await, ["ann", "bob"]);
        assert_eq!(room(&ann, &rid).await["usersCount"], 2);
        assert_eq!(count(&ann, &rid, "uj").await + count(&ann, &rid, "au").await, 1, "it is told once");
        let leaves = (0..MANY).map(|_| (&bob, "channels.leave", json!({ "roomId": rid })));
        let kicks = (0..MANY).map(|_| (&ann, "channels.kick", json!({ "roomId": rid, "userId": bob.id() })));
        let answers = at_once(leaves.chain(kicks)).await;
        one_was_first(answers, 400, "error-user-not-in-room");
        assert_eq!(members(&ann, &rid).await, ["ann"]);
        assert_eq!(room(&ann, &rid).await["usersCount"], 1);
        assert_eq!(count(&ann, &rid, "ul").await + count(&ann, &rid, "ru").await, 1);
        let everybody = (0..MANY).flat_map(|_| [&bob, &cat].map(|user| (user, "channels.join", json!({ "roomId": rid }))));
        at_once(everybody).await;
        assert_eq!(room(&ann, &rid).await["usersCount"], 3);
    }

    async fn one_conversation_for_two(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let pair = (0..MANY).flat_map(|_| {
            [(&ann, "im.create", json!({ "username": "bob" })), (&bob, "im.create", json!({ "username": "ann" }))]
        });
        let three = (0..MANY).flat_map(|_| {
            [(&ann, "im.create", json!({ "usernames": "bob,cat" })), (&cat, "im.create", json!({ "usernames": "ann,bob" }))]
        });
        for (calls, size) in [(pair.collect::<Vec<_>>(), 2), (three.collect(), 3)] {
            let answers = at_once(calls).await;
            let rids: BTreeSet<String> = answers.into_iter().map(|answer| answer.ok()["room"]["rid"].to_string()).collect();
            assert_eq!(rids.len(), 1, "they are in one room: {rids:?}");
            let ims = ann.rest.get("im.list", &[]).await.ok()["ims"].clone();
            let sizes: Vec<_> = ims.as_array().unwrap().iter().map(|im| im["usersCount"].as_u64().unwrap()).collect();
            assert_eq!(sizes.iter().filter(|own| **own == size).count(), 1, "{ims:#}");
        }
    }

    async fn names_are_given_once(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let channels = (0..MANY).flat_map(|_| [&ann, &bob].map(|user| (user, "channels.create", json!({ "name": "plans" }))));
        one_was_first(at_once(channels).await, 400, "error-duplicate-channel-name");
        let accounts = (0..MANY).map(|n| {
            let account = json!({ "username": "cat", "name": "Cat", "email": format!("cat{n}@example.org"), "password": PASSWORD });
            (&server.admin, "users.create", account)
        });
        one_was_first(at_once(accounts).await, 400, "error-field-unavailable");
        let addresses = (0..MANY).map(|n| {
            let account = json!({ "username": format!("dan{n}"), "name": "Dan", "email": "dan@example.org", "password": PASSWORD });
            (&server.admin, "users.create", account)
        });
        one_was_first(at_once(addresses).await, 400, "error-field-unavailable");
    }

    async fn an_id_is_one_message(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.channel("plans", &[&bob]).await;
        let message = json!({ "message": { "_id": "one", "rid": rid, "msg": "mine" } });
        let answers = at_once((0..MANY).flat_map(|_| [&ann, &bob].map(|user| (user, "chat.sendMessage", message.clone())))).await;
        assert_eq!(done(&answers), MANY, "the first one's, however often: {answers:#?}");
        assert_eq!(history(&ann, &rid).await.len(), 1);
        let owner = history(&ann, &rid).await[0]["u"]["username"].clone();
        let author = if owner == "ann" { &ann } else { &bob };
        let deletions = (0..MANY).map(|_| (author, "chat.delete", json!({ "roomId": rid, "msgId": "one" })));
        assert_eq!(done(&at_once(deletions).await), 1, "it goes once");
        assert_eq!((history(&ann, &rid).await.len(), room(&ann, &rid).await["msgs"].clone()), (0, json!(0)));
    }

    async fn no_reaction_is_lost(server: Server) {
        let crowd = crowd(&server).await;
        let rid = crowd[0].channel("plans", &crowd[1..].iter().collect::<Vec<_>>()).await;
        let id = crowd[0].says(&rid, "well?").await["_id"].clone();
        let reaction = |emoji: &str, should: bool| json!({ "messageId": id, "emoji": emoji, "shouldReact": should });
        let twice = crowd.iter().chain(&crowd);
        let answers = at_once(twice.flat_map(|user| {
            [(user, "chat.react", reaction(":smile:", true)), (user, "chat.react", reaction(":heart:", true))]
        })).await;
        assert_eq!(done(&answers), 4 * MANY);
        let names = |message: &Value, emoji: &str| -> BTreeSet<String> {
            let names = message["reactions"][emoji]["usernames"].as_array().unwrap();
            assert_eq!(names.len(), MANY, "each once: {names:?}");
            names.iter().map(|name| name.as_str().unwrap().to_owned()).collect()
        };
        let message = history(&crowd[0], &rid).await.remove(0);
        let everybody: BTreeSet<String> = crowd.iter().map(|user| user.username().to_owned()).collect();
        assert_eq!((names(&message, ":smile:"), names(&message, ":heart:")), (everybody.clone(), everybody));
        at_once(crowd.iter().map(|user| (user, "chat.react", reaction(":smile:", false)))).await;
        let message = history(&crowd[0], &rid).await.remove(0);
        assert_eq!(message["reactions"].as_object().unwrap().keys().collect::<Vec<_>>(), [":heart:"]);
    }

    async fn no_role_is_lost(server: Server) {
        let crowd = crowd(&server).await;
        let rid = crowd[0].channel("plans", &crowd[1..].iter().collect::<Vec<_>>()).await;
        let given = crowd[1..].iter().flat_map(|user| {
            let body = json!({ "roomId": rid, "userId": user.id() });
            [(&crowd[0], "channels.addModerator", body.clone()), (&crowd[0], "channels.addOwner", body)]
        });
        let answers = at_once(given).await;
        assert_eq!(done(&answers), 2 * (MANY - 1), "{answers:#?}");
        for user in &crowd[1..] {
            assert_eq!(roles_of(user, &rid).await, ["moderator", "owner"].map(str::to_owned).into());
        }
        let taken = crowd[1..].iter().flat_map(|user| {
            let body = json!({ "roomId": rid, "userId": user.id() });
            [(&crowd[0], "channels.removeModerator", body.clone()), (&crowd[0], "channels.removeOwner", body)]
        });
        assert_eq!(done(&at_once(taken).await), 2 * (MANY - 1));
        for user in &crowd[1..] {
            assert_eq!(roles_of(user, &rid).await, BTreeSet::new());
        }
    }

    /// All give up, or take each other, what only some may.
    async fn somebody_keeps_the_keys(server: Server) {
        let crowd = crowd(&server).await;
        for (number, call) in ["channels.leave", "channels.removeOwner", "channels.kick"].into_iter().enumerate() {
            let rid = crowd[0].channel(&format!("plans{number}"), &crowd[1..].iter().collect::<Vec<_>>()).await;
            let owners = crowd[1..].iter().map(|user| {
                (&crowd[0], "channels.addOwner", json!({ "roomId": rid, "userId": user.id() }))
            });
            assert_eq!(done(&at_once(owners).await), MANY - 1);
            // Each the next one, round about.
            let acts = crowd.iter().zip(crowd.iter().cycle().skip(1)).map(|(user, next)| match call {
                "channels.leave" => (user, call, json!({ "roomId": rid })),
                _ => (user, call, json!({ "roomId": rid, "userId": next.id() })),
            });
            at_once(acts).await;
            let owners = server.admin.rest.get("channels.members", &[("roomId", &rid), ("count", "0")]).await.ok();
            let mut left = 0;
            for user in &crowd {
                left += usize::from(roles_of(user, &rid).await.contains("owner"));
            }
            assert!(left >= 1, "{call}: nobody owns the room of {owners:#}");
        }
    }

    async fn some_administrator_remains(server: Server) {
        let crowd = crowd(&server).await;
        let mut admins = vec![server.admin.clone()];
        for user in &crowd[..5] {
            let roles = json!({ "username": format!("boss{}", user.username()), "name": "Boss", "password": PASSWORD, "roles": ["admin"],
                "email": format!("boss{}@example.org", user.username()) });
            server.admin.rest.post("users.create", roles).await.ok();
            let login = server.nobody().login(&format!("boss{}", user.username()), PASSWORD).await;
            admins.push(User { rest: server.nobody().as_user(&login), login });
        }
        let acts = admins.iter().zip(admins.iter().cycle().skip(1));
        let acts = acts.map(|(user, next)| (user, "users.setActiveStatus", json!({ "userId": next.id(), "activeStatus": false })));
        at_once(acts).await;
        let mut left = 0;
        for admin in &admins {
            left += usize::from(admin.rest.get("me", &[]).await.status == 200);
        }
        assert!(left >= 1, "nobody administers the server");
    }

    async fn no_change_of_the_server_is_lost(server: Server) {
        let settings = ["Site_Name", "Message_MaxAllowedSize", "Message_AllowEditing", "Message_AllowDeleting",
            "API_Enable_CORS", "Hide_System_Messages", "API_Default_Count", "Message_GroupingPeriod"];
        let values = [json!("Harbour"), json!(4321), json!(false), json!(false), json!(true), json!(["uj"]), json!(33), json!(77)];
        let paths: Vec<String> = settings.iter().map(|id| format!("settings/{id}")).collect();
        let answers = at_once(paths.iter().zip(&values).map(|(path, value)| (&server.admin, path.as_str(), json!({ "value": value })))).await;
        assert_eq!(done(&answers), settings.len(), "{answers:#?}");
        for (path, value) in paths.iter().zip(&values) {
            assert_eq!(server.admin.rest.get(path, &[]).await.ok()["value"], *value, "{path}");
        }
        let permissions = ["create-c", "create-d", "create-p", "delete-message", "edit-message", "leave-c", "leave-p", "mention-all"];
        let answers = at_once(permissions.iter().map(|id| {
            (&server.admin, "permissions.update", json!({ "permissions": [{ "_id": id, "roles": ["admin", "bot"] }] }))
        })).await;
        assert_eq!(done(&answers), permissions.len());
        let all = server.admin.rest.get("permissions.listAll", &[]).await.ok();
        for id in permissions {
            let own = all["update"].as_array().unwrap().iter().find(|one| one["_id"] == id).unwrap();
            assert_eq!(own["roles"], json!(["admin", "bot"]), "{id}");
        }
    }

    /// The last that is told of a setting is what it is.
    async fn what_is_told_last_is_so(server: Server) {
        let listener = server.admin.socket().await;
        listener.stream("stream-notify-all", "public-settings-changed").await;
        let answers = at_once((0..MANY).map(|n| {
            (&server.admin, "settings/Message_MaxAllowedSize", json!({ "value": 1000 + n }))
        })).await;
        assert_eq!(done(&answers), MANY);
        let now = server.admin.rest.get("settings/Message_MaxAllowedSize", &[]).await.ok()["value"].clone();
        server.set("Site_Name", json!("the end")).await;
        let is = |args: &Value, id: &str| args[1]["_id"] == id;
        listener.expect_where("stream-notify-all", "public-settings-changed", std::time::Duration::from_secs(10),
            |args| is(args, "Site_Name")).await;
        let told = listener.heard().into_iter().map(|frame| frame["fields"]["args"].clone());
        let told: Vec<Value> = told.filter(|args| is(args, "Message_MaxAllowedSize")).map(|args| args[1]["value"].clone()).collect();
        assert_eq!(told.last(), Some(&now), "{told:?}");
    }

    async fn no_preference_is_lost(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let wanted = [("useEmojis", json!(false)), ("sendOnEnter", json!("alternative")), ("masterVolume", json!(7)),
            ("sidebarViewMode", json!("condensed")), ("hideRoles", json!(true)), ("unreadAlert", json!(false)),
            ("desktopNotifications", json!("nothing")), ("saveMobileBandwidth", json!(false))];
        let answers = at_once(wanted.iter().map(|(name, value)| {
            (&ann, "users.setPreferences", json!({ "data": { (*name): value } }))
        })).await;
        assert_eq!(done(&answers), wanted.len(), "{answers:#?}");
        let now = ann.rest.get("users.getPreferences", &[]).await.ok()["preferences"].clone();
        for (name, value) in &wanted {
            assert_eq!(now[*name], *value, "{name}");
        }
    }

    /// Nothing of somebody who was removed comes after the removal, and nothing that was answered is missing.
    async fn no_word_after_the_door(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        server.set("API_Upper_Count_Limit", json!(1000)).await;
        for round in 0..4 {
            let rid = ann.group(&format!("plans{round}"), &[&bob]).await;
            let (one, other) = (bob.clone(), rid.clone());
            let talker = tokio::spawn(async move {
                let mut said = Vec::new();
                loop {
                    let id = format!("word{round}x{}", said.len());
                    let message = json!({ "message": { "_id": id, "rid": other, "msg": "a word" } });
                    match one.rest.post("chat.sendMessage", message).await {
                        answer if answer.status == 200 => said.push(id),
                        answer => return (said, answer),
                    }
                }
            });
            while history_by(&ann, "groups.history", &rid).await.len() < 3 {}
            ann.rest.post("groups.kick", json!({ "roomId": rid, "userId": bob.id() })).await.ok();
            let (said, refusal) = talker.await.unwrap();
            assert_eq!(refusal.status, 400, "{refusal}");
            let history = history_by(&ann, "groups.history", &rid).await;
            assert_eq!(history.last().unwrap()["t"], "ru", "the removal is the last word: {history:#?}");
            let there: Vec<_> = history[..history.len() - 1].iter().map(|message| message["_id"].as_str().unwrap()).collect();
            assert_eq!(there, said);
        }
    }
}
