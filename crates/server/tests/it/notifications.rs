//! Who is notified of a message, and what a notification says; and what members set for a room.

mod table;

use crate::world::{Server, User};
use futures_util::future::join_all;
use gantry_testkit::{Ddp, both_databases};
use serde_json::{Value, json};
use std::time::Duration;
use table::{LEVELS, Said, is_notified};

const SOON: Duration = Duration::from_secs(10);

const OWN: &str = "stream-notify-user";
const MESSAGES: &str = "stream-room-messages";

fn own(user: &User, event: &str) -> String {
    format!("{}/{event}", user.id())
}

/// A socket that hears a user's notifications, and a room's messages.
async fn listen(user: &User, rid: &str) -> Ddp {
    let socket = user.socket().await;
    socket.stream(OWN, &own(user, "notification")).await;
    socket.stream(MESSAGES, rid).await;
    socket
}

/// What somebody was notified of up to now: the ids of messages. What is told is told in order, so whoever hears a later
/// message has been notified of every earlier one.
async fn notified(socket: &Ddp, user: &User, by: &User, rid: &str) -> Vec<String> {
    let later = by.says(rid, "later").await["_id"].clone();
    heard_before(socket, user, rid, &later).await
}

async fn heard_before(socket: &Ddp, user: &User, rid: &str, later: &Value) -> Vec<String> {
    socket.expect_where(MESSAGES, rid, SOON, |args| args[0]["_id"] == *later).await;
    let event = own(user, "notification");
    let of_messages = |frame: &Value| {
        let is = frame["fields"]["eventName"] == event.as_str();
        is.then(|| frame["fields"]["args"][0]["payload"]["_id"].as_str().unwrap().to_owned())
    };
    socket.heard().iter().filter_map(of_messages).collect()
}

async fn prefers(user: &User, level: &str) {
    let data = json!({ "data": { "desktopNotifications": level } });
    user.rest.post("users.setPreferences", data).await.ok();
}

async fn sets(user: &User, rid: &str, values: Value) {
    user.rest.post("rooms.saveNotification", json!({ "roomId": rid, "notifications": values })).await.ok();
}

async fn seat(user: &User, rid: &str) -> Value {
    user.rest.get("subscriptions.getOne", &[("roomId", rid)]).await.ok()["subscription"].clone()
}

async fn replies(user: &User, rid: &str, tmid: &Value, more: Value) -> Value {
    let mut message = json!({ "rid": rid, "tmid": tmid });
    message.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    user.rest.post("chat.sendMessage", json!({ "message": message })).await.ok()["message"].clone()
}

/// Says it in the room where `names` are; its id.
async fn say(ann: &User, rid: &str, thread: &Value, names: &str, said: Said) -> Value {
    let plain = async |text: &str| ann.says(rid, text).await["_id"].clone();
    let reply = async |more: Value| replies(ann, rid, thread, more).await["_id"].clone();
    match said {
        Said::Plain => plain("hello").await,
        Said::Name => plain(names).await,
        Said::Everybody => plain("@all hello").await,
        Said::Word => plain("a deployment").await,
        Said::InThread => reply(json!({ "msg": "hello" })).await,
        Said::NameInThread => reply(json!({ "msg": names })).await,
        Said::WordInThread => reply(json!({ "msg": "a deployment" })).await,
        Said::InBoth => reply(json!({ "msg": "hello", "tshow": true })).await,
        Said::System => {
            let role = json!({ "roomId": rid, "userId": ann.id() });
            ann.rest.post("groups.addModerator", role.clone()).await.ok();
            ann.rest.post("groups.removeModerator", role).await.ok();
            json!("of the server")
        }
    }
}

/// Members of one room who chose everything that can be chosen, and their sockets.
struct Crowd {
    ann: User,
    rid: String,
    members: Vec<(User, &'static str, &'static str)>,
    sockets: Vec<Ddp>,
    /// How many rounds were played: everybody has heard that many later messages.
    thread: Value,
}

impl Crowd {
    async fn gather(server: &Server) -> Self {
        let [ann] = server.users(["ann"]).await;
        let mut members = Vec::new();
        for (at, user) in LEVELS.into_iter().enumerate() {
            for (number, room) in LEVELS.into_iter().enumerate() {
                let [one] = server.users([&*format!("m{at}{number}")]).await;
                members.push((one, user, room));
            }
        }
        let people: Vec<&User> = members.iter().map(|(user, ..)| user).collect();
        let rid = ann.group("everybody", &people).await;
        let sockets = join_all(people.iter().map(|user| listen(user, &rid))).await;
        let thread = ann.says(&rid, "a thread").await["_id"].clone();
        Self { ann, rid, members, sockets, thread }
    }

    /// They choose while they are connected.
    async fn choose(&self) {
        for (user, level, room) in &self.members {
            let data = json!({ "desktopNotifications": level, "highlights": ["deploy"] });
            user.rest.post("users.setPreferences", json!({ "data": data })).await.ok();
            sets(user, &self.rid, json!({ "desktopNotifications": room })).await;
        }
    }

    async fn come_back(&mut self) {
        self.sockets.clear();
        self.sockets = join_all(self.members.iter().map(|(user, ..)| listen(user, &self.rid))).await;
    }

    /// Everything is said once, and everybody's notifications are as the table says.
    async fn round(&self, default: &str, crowded: bool) {
        let names: String = self.members.iter().map(|(user, ..)| format!("@{} ", user.username())).collect();
        let mut said = Vec::new();
        for one in Said::EACH {
            said.push((one, say(&self.ann, &self.rid, &self.thread, &names, one).await));
        }
        let later = self.ann.says(&self.rid, "later").await["_id"].clone();
        let mut wrong = Vec::new();
        for ((user, level, room), socket) in self.members.iter().zip(&self.sockets) {
            let heard = heard_before(socket, user, &self.rid, &later).await;
            for (one, id) in &said {
                let times = heard.iter().filter(|heard| *id == heard.as_str()).count();
                let expected = usize::from(is_notified(*one, default, level, room, crowded));
                if times != expected {
                    wrong.push(format!("{one:?} by default {default}, preferred {level}, in the room {room}, crowded {crowded}: {times}"));
                }
            }
            socket.forget().await;
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

both_databases! {
    async fn everybody_is_notified_as_the_table_says(server: Server) {
        let mut crowd = Crowd::gather(&server).await;
        crowd.choose().await;
        for default in ["all", "mentions", "nothing"] {
            server.set("Accounts_Default_User_Preferences_desktopNotifications", json!(default)).await;
            for most in [0, 5] {
                server.set("Notifications_Max_Room_Members", json!(most)).await;
                crowd.round(default, most == 5).await;
            }
        }
        crowd.come_back().await;
        crowd.round("nothing", true).await;
        server.set("Troubleshoot_Disable_Notifications", json!(true)).await;
        let (user, ..) = &crowd.members[4];
        let heard = notified(&crowd.sockets[4], user, &crowd.ann, &crowd.rid).await.len();
        crowd.ann.says(&crowd.rid, &format!("@{}", user.username())).await;
        assert_eq!(notified(&crowd.sockets[4], user, &crowd.ann, &crowd.rid).await.len(), heard);
    }

    async fn a_notification_says_who_where_and_what(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let socket = listen(&bob, &rid).await;
        let sent = ann.says(&rid, "*Hello* @bob, see [this](https://example.org)").await;
        let args = socket.expect(OWN, &own(&bob, "notification"), SOON).await;
        let payload = json!({
            "_id": sent["_id"], "rid": rid, "type": "p", "name": "plans",
            "sender": { "_id": ann.id(), "username": "ann", "name": "ann" },
            "message": { "msg": "*Hello* @bob, see [this](https://example.org)" },
        });
        let expected = json!([{ "title": "#plans", "text": "ann: Hello @bob, see this", "payload": payload }]);
        assert_eq!(args, expected);
        let reply = replies(&ann, &rid, &sent["_id"], json!({ "msg": "@bob again" })).await;
        let args = socket.expect(OWN, &own(&bob, "notification"), SOON).await;
        assert_eq!((&args[0]["payload"]["_id"], &args[0]["payload"]["tmid"]), (&reply["_id"], &sent["_id"]));
    }

    async fn real_names_are_used_where_the_settings_say_so(server: Server) {
        let [bob] = server.users(["bob"]).await;
        let account = json!({ "username": "eve", "name": "Eve E.", "email": "eve@example.org", "password": crate::world::PASSWORD });
        server.admin.rest.post("users.create", account).await.ok();
        let rid = bob.group("plans", &[]).await;
        bob.rest.post("groups.invite", json!({ "roomId": rid, "username": "eve" })).await.ok();
        let login = server.nobody().login("eve", crate::world::PASSWORD).await;
        let eve = User { rest: server.nobody().as_user(&login), login };
        server.set("UI_Use_Real_Name", json!(true)).await;
        let (bobs, eves) = (listen(&bob, &rid).await, listen(&eve, &rid).await);
        eve.says(&rid, "hello").await;
        assert_eq!(bobs.expect(OWN, &own(&bob, "notification"), SOON).await[0]["text"], "Eve E.: hello");
        bob.says(&rid, "hello @eve and @nobody").await;
        assert_eq!(eves.expect(OWN, &own(&eve, "notification"), SOON).await[0]["text"], "bob: hello Eve E. and @nobody");
    }

    async fn direct_rooms_go_by_their_people(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        prefers(&bob, "mentions").await;
        let two = ann.rest.post("im.create", json!({ "username": "bob" })).await.ok()["room"]["_id"].clone();
        let three = ann.rest.post("im.create", json!({ "usernames": "bob,cat" })).await.ok()["room"]["_id"].clone();
        let socket = listen(&bob, two.as_str().unwrap()).await;
        ann.says(two.as_str().unwrap(), "psst").await;
        let args = socket.expect(OWN, &own(&bob, "notification"), SOON).await;
        assert_eq!((&args[0]["title"], &args[0]["text"]), (&json!("ann"), &json!("psst")));
        assert_eq!((&args[0]["payload"]["name"], &args[0]["payload"]["type"]), (&json!("ann"), &json!("d")));
        cat.says(three.as_str().unwrap(), "hello").await;
        let args = socket.expect(OWN, &own(&bob, "notification"), SOON).await;
        assert_eq!((&args[0]["title"], &args[0]["text"]), (&json!("ann, cat"), &json!("cat: hello")));
    }

    async fn some_things_notify_nobody(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.group("plans", &[&bob, &cat]).await;
        let (bobs, anns) = (listen(&bob, &rid).await, listen(&ann, &rid).await);
        let first = ann.says(&rid, "hello").await["_id"].clone();
        let edit = json!({ "roomId": rid, "msgId": first, "text": "@bob hello" });
        ann.rest.post("chat.update", edit).await.ok();
        ann.rest.post("chat.react", json!({ "messageId": first, "emoji": "smile" })).await.ok();
        let again = json!({ "message": { "rid": rid, "msg": "hello", "_id": first } });
        ann.rest.post("chat.sendMessage", again).await.ok();
        ann.rest.post("groups.kick", json!({ "roomId": rid, "userId": cat.id() })).await.ok();
        assert_eq!(notified(&bobs, &bob, &bob, &rid).await, [first.as_str().unwrap()]);
        assert_eq!(notified(&anns, &ann, &ann, &rid).await.len(), 1, "of Bob's alone");
    }

    async fn who_is_busy_is_left_alone(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let socket = listen(&bob, &rid).await;
        let mut expected = Vec::new();
        for (status, told) in [("busy", false), ("online", true), ("away", true), ("offline", true)] {
            bob.rest.post("users.setStatus", json!({ "status": status, "message": "" })).await.ok();
            let sent = ann.says(&rid, "@bob").await["_id"].as_str().unwrap().to_owned();
            expected.extend(Some(sent).filter(|_| told));
        }
        assert_eq!(notified(&socket, &bob, &bob, &rid).await, expected);
    }

    async fn silence_ignoring_and_muted_groups_hold_at_once_and_after_coming_back(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.group("plans", &[&bob, &cat]).await;
        for ways in [
            json!({ "set": { "disableNotifications": "1" }, "silences": ["ann", "cat", "@all", "@bob"] }),
            json!({ "set": { "disableNotifications": "0", "muteGroupMentions": "1" }, "silences": ["@all"] }),
            json!({ "set": { "muteGroupMentions": "0" }, "ignore": true, "silences": ["cat"] }),
            json!({ "set": { "hideUnreadStatus": "1", "hideMentionStatus": "1" }, "ignore": false, "silences": [] }),
        ] {
            let mut socket = listen(&bob, &rid).await;
            sets(&bob, &rid, ways["set"].clone()).await;
            if let Some(ignore) = ways["ignore"].as_bool() {
                let query = [("rid", rid.as_str()), ("userId", cat.id()), ("ignore", if ignore { "true" } else { "false" })];
                bob.rest.get("chat.ignoreUser", &query).await.ok();
            }
            for _ in 0..2 {
                let mut expected = Vec::new();
                for (what, by, text) in [
                    ("ann", &ann, "hello"), ("cat", &cat, "hello @bob"), ("@all", &ann, "@all hello"), ("@bob", &ann, "@bob @all hello"),
                ] {
                    let sent = by.says(&rid, text).await["_id"].as_str().unwrap().to_owned();
                    let silent = ways["silences"].as_array().unwrap().contains(&json!(what));
                    expected.extend(Some(sent).filter(|_| !silent));
                }
                assert_eq!(notified(&socket, &bob, &bob, &rid).await, expected, "{ways}");
                socket = listen(&bob, &rid).await;
            }
        }
    }

    async fn who_was_muted_or_came_later_is_notified_as_anybody(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let socket = cat.socket().await;
        socket.stream(OWN, &own(&cat, "notification")).await;
        ann.rest.post("groups.invite", json!({ "roomId": rid, "userId": cat.id() })).await.ok();
        let sent = ann.says(&rid, "welcome").await["_id"].clone();
        assert_eq!(socket.expect(OWN, &own(&cat, "notification"), SOON).await[0]["payload"]["_id"], sent);
        sets(&cat, &rid, json!({ "disableNotifications": "1" })).await;
        ann.rest.post("groups.kick", json!({ "roomId": rid, "userId": cat.id() })).await.ok();
        ann.rest.post("groups.invite", json!({ "roomId": rid, "userId": cat.id() })).await.ok();
        let sent = ann.says(&rid, "welcome back").await["_id"].clone();
        let args = socket.expect(OWN, &own(&cat, "notification"), SOON).await;
        assert_eq!(args[0]["payload"]["_id"], sent, "a new membership knows nothing of an old one");
    }

    async fn who_may_not_read_a_room_is_not_notified_of_it(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let (anns, bobs) = (listen(&ann, &rid).await, listen(&bob, &rid).await);
        server.grant("view-joined-room", &["admin"]).await;
        server.grant("view-p-room", &["owner"]).await;
        server.grant("mention-all", &["admin", "user", "owner"]).await;
        let secret = ann.says(&rid, "@bob a secret").await["_id"].clone();
        anns.expect_where(MESSAGES, &rid, SOON, |args| args[0]["_id"] == secret).await;
        // The owner may read it by the role in the room.
        let theirs = json!({ "roomId": rid, "userId": bob.id() });
        ann.rest.post("groups.addOwner", theirs).await.ok();
        let sent = ann.says(&rid, "@bob for owners").await["_id"].clone();
        let args = bobs.expect(OWN, &own(&bob, "notification"), SOON).await;
        assert_eq!(args[0]["payload"]["_id"], sent);
        assert!(!format!("{:?}", bobs.heard()).contains("a secret"));
        ann.rest.post("groups.kick", json!({ "roomId": rid, "userId": bob.id() })).await.ok();
        let last = ann.says(&rid, "@bob without him").await["_id"].clone();
        anns.expect_where(MESSAGES, &rid, SOON, |args| args[0]["_id"] == last).await;
        bobs.barrier().await;
        assert!(!format!("{:?}", bobs.heard()).contains("without him"));
    }

    async fn what_is_set_for_a_room_is_in_the_membership_and_told(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let socket = bob.socket().await;
        let event = own(&bob, "subscriptions-changed");
        socket.stream(OWN, &event).await;
        let everything = json!({
            "desktopNotifications": "mentions", "mobilePushNotifications": "nothing", "emailNotifications": "all",
            "unreadAlert": "all", "audioNotificationValue": "beep", "disableNotifications": "1", "hideUnreadStatus": 1,
            "hideMentionStatus": true, "muteGroupMentions": "1",
        });
        sets(&bob, &rid, everything).await;
        let expected = json!({
            "desktopNotifications": "mentions", "desktopPrefOrigin": "subscription", "mobilePushNotifications": "nothing",
            "mobilePrefOrigin": "subscription", "emailNotifications": "all", "emailPrefOrigin": "subscription",
            "unreadAlert": "all", "audioNotificationValue": "beep", "disableNotifications": true, "hideUnreadStatus": true,
            "hideMentionStatus": true, "muteGroupMentions": true,
        });
        let holds = |seat: &Value| expected.as_object().unwrap().iter().all(|(key, value)| seat[key] == *value);
        assert!(holds(&seat(&bob, &rid).await), "{}", seat(&bob, &rid).await);
        socket.expect_where(OWN, &event, SOON, |args| args[0] == "updated" && holds(&args[1])).await;
        assert!(seat(&ann, &rid).await["unreadAlert"].is_null());
        // Counts are as ever: clients hide them.
        ann.says(&rid, "@bob").await;
        let args = socket.expect_where(OWN, &event, SOON, |args| args[1]["userMentions"] == 1).await;
        assert_eq!((&args[1]["unread"], &args[1]["alert"], &args[1]["hideUnreadStatus"]), (&json!(1), &json!(true), &json!(true)));
        assert_eq!(seat(&bob, &rid).await["unread"], 1);
        let back = json!({ "desktopNotifications": "default", "audioNotificationValue": "default", "unreadAlert": "default", "hideUnreadStatus": "0" });
        sets(&bob, &rid, back).await;
        let now = seat(&bob, &rid).await;
        let gone = ["desktopNotifications", "desktopPrefOrigin", "audioNotificationValue"];
        assert!(gone.iter().all(|key| now[*key].is_null()), "{now}");
        assert_eq!((&now["unreadAlert"], &now["hideUnreadStatus"]), (&json!("default"), &json!(false)));
    }

    async fn preferences_show_in_every_membership_that_says_nothing_else(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let [plans, other] = [ann.group("plans", &[&bob]).await, ann.group("other", &[&bob]).await];
        sets(&bob, &other, json!({ "desktopNotifications": "all" })).await;
        let socket = bob.socket().await;
        let event = own(&bob, "subscriptions-changed");
        socket.stream(OWN, &event).await;
        let since = seat(&bob, &plans).await["_updatedAt"].as_str().unwrap().to_owned();
        prefers(&bob, "nothing").await;
        let shows = |args: &Value| args[1]["rid"] == plans.as_str() && args[1]["desktopNotifications"] == "nothing";
        let args = socket.expect_where(OWN, &event, SOON, shows).await;
        assert_eq!(args[1]["desktopPrefOrigin"], "user");
        let changed = bob.rest.get("subscriptions.get", &[("updatedSince", &since)]).await.ok();
        let level = |rid: &str| {
            let list = changed["update"].as_array().unwrap();
            list.iter().find(|seat| seat["rid"] == rid).map(|seat| seat["desktopNotifications"].clone())
        };
        assert_eq!((level(&plans), level(&other)), (Some(json!("nothing")), Some(json!("all"))));
        prefers(&bob, "default").await;
        let now = seat(&bob, &plans).await;
        assert!(now["desktopNotifications"].is_null() && now["desktopPrefOrigin"].is_null(), "{now}");
    }

    async fn what_cannot_be_set_is_refused_whole(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.channel("plaza", &[&bob]).await;
        let before = seat(&bob, &rid).await;
        let save = async |user: &User, rid: &str, values: Value| {
            user.rest.post("rooms.saveNotification", json!({ "roomId": rid, "notifications": values })).await
        };
        for (values, text) in [
            (json!({ "unreadAlert": "all", "colour": "red" }), "Invalid settings field [error-invalid-settings]"),
            (json!({ "unreadAlert": "all", "desktopNotifications": "loud" }), "Invalid settings value [error-invalid-settings]"),
            (json!({ "unreadAlert": "all", "emailNotifications": {} }), "Match failed [400]"),
            (json!({}), "The 'notifications' param is required"),
        ] {
            assert_eq!(save(&bob, &rid, values.clone()).await.json["error"], text, "{values}");
        }
        let stranger = "Invalid subscription [error-invalid-subscription]";
        for (user, rid, text) in [(&cat, rid.as_str(), stranger), (&bob, "nowhere", stranger), (&bob, "", "The 'roomId' param is required")] {
            assert_eq!(save(user, rid, json!({ "unreadAlert": "all" })).await.json["error"], text);
        }
        assert_eq!(bob.rest.post("rooms.saveNotification", json!({ "roomId": rid })).await.status, 400);
        assert_eq!(seat(&bob, &rid).await, before);
        let ignore = async |user: &User, query: &[(&str, &str)]| user.rest.get("chat.ignoreUser", query).await.json["error"].clone();
        assert_eq!(ignore(&bob, &[("userId", "x")]).await, "The required \"rid\" param is missing. [error-room-id-param-not-provided]");
        assert_eq!(ignore(&bob, &[("rid", "x")]).await, "The required \"userId\" param is missing. [error-user-id-param-not-provided]");
        for (user, other) in [(&bob, &cat), (&cat, &bob)] {
            assert_eq!(ignore(user, &[("rid", &rid), ("userId", other.id())]).await, stranger);
        }
        let favorite = async |user: &User, body: Value| user.rest.post("rooms.favorite", body).await.json["error"].clone();
        assert_eq!(favorite(&bob, json!({ "roomId": rid })).await, "The 'favorite' param is required");
        let text = "You must be part of a room to favorite it [error-invalid-subscription]";
        assert_eq!(favorite(&cat, json!({ "roomId": rid, "favorite": true })).await, text);
        let private = ann.group("den", &[]).await;
        let (theirs, nowhere) = (json!({ "roomId": private, "favorite": true }), json!({ "roomId": "nowhere", "favorite": true }));
        assert_eq!(favorite(&cat, theirs).await, favorite(&cat, nowhere).await);
    }

    async fn methods_set_the_same(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let socket = bob.socket().await;
        let call = async |method: &str, params: Value| socket.call(method, params).await;
        assert_eq!(call("saveNotificationSettings", json!([rid, "unreadAlert", "mentions"])).await, Ok(json!(true)));
        assert_eq!(call("saveAudioNotificationValue", json!([rid, "chime"])).await, Ok(json!(true)));
        assert_eq!(call("toggleFavorite", json!([rid])).await, Ok(json!(1)));
        assert_eq!(call("toggleFavorite", json!([rid, true])).await, Ok(json!(0)));
        assert_eq!(call("ignoreUser", json!([{ "rid": rid, "userId": ann.id() }])).await, Ok(json!(true)));
        let now = seat(&bob, &rid).await;
        assert_eq!((&now["unreadAlert"], &now["audioNotificationValue"]), (&json!("mentions"), &json!("chime")));
        assert_eq!((&now["f"], &now["ignored"]), (&json!(true), &json!([ann.id()])));
        assert_eq!(call("ignoreUser", json!([{ "rid": rid, "userId": ann.id(), "ignore": false }])).await, Ok(json!(true)));
        assert_eq!(call("toggleFavorite", json!([rid, false])).await, Ok(json!(1)));
        let now = seat(&bob, &rid).await;
        assert_eq!((&now["f"], &now["ignored"]), (&json!(false), &json!([])));
        for (method, params, error) in [
            ("saveNotificationSettings", json!([rid, "unreadAlert", "loud"]), "error-invalid-settings"),
            ("saveNotificationSettings", json!(["nowhere", "unreadAlert", "all"]), "error-invalid-subscription"),
            ("saveAudioNotificationValue", json!(["nowhere", "chime"]), "error-invalid-subscription"),
            ("saveAudioNotificationValue", json!([rid, "x".repeat(101)]), "error-invalid-settings"),
            ("toggleFavorite", json!(["nowhere", true]), "error-invalid-subscription"),
            ("ignoreUser", json!([{ "rid": rid, "userId": "nobody" }]), "error-invalid-subscription"),
        ] {
            let refused = call(method, params).await.unwrap_err();
            assert_eq!((&refused["error"], &refused["details"]["method"]), (&json!(error), &json!(method)));
        }
        assert_eq!(call("saveNotificationSettings", json!([rid, "unreadAlert", 1])).await.unwrap_err()["error"], 400);
    }
}
