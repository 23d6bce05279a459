//! Rooms and who is in them: made, listed, ruled, archived, deleted.

use crate::world::{Server, User};
use gantry_testkit::both_databases;
use serde_json::{Value, json};
use std::time::Duration;

/// The caller's membership of a room; `null` without one.
async fn seat(user: &User, rid: &str) -> Value {
    user.rest.get("subscriptions.getOne", &[("roomId", rid)]).await.ok()["subscription"].clone()
}

async fn info(user: &User, rid: &str) -> Value {
    user.rest.get("rooms.info", &[("roomId", rid)]).await.ok()["room"].clone()
}

async fn direct(user: &User, usernames: &str) -> String {
    let made = user.rest.post("im.create", json!({ "usernames": usernames })).await.ok();
    made["room"]["_id"].as_str().unwrap().to_owned()
}

fn names(answer: &Value, key: &str, field: &str) -> Vec<String> {
    let items = answer[key].as_array().unwrap().iter();
    items.map(|item| item[field].as_str().unwrap_or_default().to_owned()).collect()
}

/// Direct rooms are deleted by the method alone.
async fn erase(user: &User, rid: &str) {
    let message = json!({ "msg": "method", "id": "1", "method": "eraseRoom", "params": [rid] }).to_string();
    let answer = user.rest.post("method.call/eraseRoom", json!({ "message": message })).await.ok();
    let result: Value = serde_json::from_str(answer["message"].as_str().unwrap()).unwrap();
    assert!(result["error"].is_null(), "{result}");
}

both_databases! {
    async fn rooms_are_counted(server: Server) {
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        for (family, rid) in [("channels", ann.channel("open", &[&bob]).await), ("groups", ann.group("closed", &[&bob]).await)] {
            let path = format!("{family}.counters");
            let room = [("roomId", rid.as_str())];
            let before = ann.rest.get(&path, &room).await.ok();
            bob.rest.post("subscriptions.read", json!({ "rid": rid })).await.ok();
            ann.says(&rid, "one @bob").await;
            ann.says(&rid, "two").await;
            let bobs = bob.rest.get(&path, &room).await.as_published().ok();
            assert_eq!((&bobs["joined"], &bobs["members"], &bobs["unreads"]), (&json!(true), &json!(2), &json!(2)));
            assert_eq!((&bobs["userMentions"], bobs["unreadsFrom"].is_string()), (&json!(1), true));
            assert_eq!(bobs["msgs"], before["msgs"].as_i64().unwrap() + 2);
            let of_bob = [("roomId", rid.as_str()), ("userId", bob.id())];
            assert_eq!(server.admin.rest.get(&path, &of_bob).await.ok(), bobs);
            ann.rest.get(&path, &of_bob).await.refused_with(403, "unauthorized");
            // Who is not in it: nothing of oneself; who administers rooms is told the room's numbers.
            let admins = server.admin.rest.get(&path, &room).await.ok();
            assert_eq!((&admins["joined"], &admins["members"], &admins["unreads"]), (&json!(false), &json!(2), &Value::Null));
            match family {
                "channels" => assert_eq!(eve.rest.get(&path, &room).await.ok()["msgs"], Value::Null),
                _ => drop(eve.rest.get(&path, &room).await.refused(400, "error-room-not-found")),
            }
            bob.rest.post(&format!("{family}.close"), json!({ "roomId": rid })).await.ok();
            assert_eq!(bob.rest.get(&path, &room).await.ok()["joined"], false);
            ann.rest.get(&path, &[("roomId", "nowhere")]).await.refused(400, "error-room-not-found");
            ann.rest.get(&path, &[]).await.refused(400, "error-room-param-not-provided");
            server.nobody().get(&path, &room).await.not_logged_in();
        }
    }

    async fn a_new_room_is_empty_and_open_for_its_members(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let body = json!({
            "name": "plans", "members": ["bob", "nobody-here"], "customFields": { "k": 1 },
            "extraData": { "topic": "what next", "broadcast": true, "reactWhenReadOnly": true },
        });
        let made = ann.rest.post("groups.create", body).await.as_published().ok()["group"].clone();
        let rid = made["_id"].as_str().unwrap();
        assert_eq!((&made["t"], &made["name"], &made["fname"]), (&json!("p"), &json!("plans"), &json!("plans")));
        assert_eq!((&made["msgs"], &made["usersCount"]), (&json!(0), &json!(2)));
        assert_eq!((&made["topic"], &made["customFields"]["k"]), (&json!("what next"), &json!(1)));
        assert_eq!((&made["broadcast"], &made["ro"], &made["sysMes"]), (&json!(true), &json!(true), &json!(true)));
        assert!(made["reactWhenReadOnly"].is_null());
        let (anns, bobs) = (seat(&ann, rid).await, seat(&bob, rid).await);
        assert_eq!(anns["roles"], json!(["owner"]));
        assert!(anns["ls"].is_string() && bobs["ls"].is_null());
        for seat in [&anns, &bobs] {
            assert_eq!((&seat["open"], &seat["alert"], &seat["unread"]), (&json!(true), &json!(false), &json!(0)));
            assert_eq!((&seat["name"], &seat["t"], &seat["rid"]), (&json!("plans"), &json!("p"), &json!(rid)));
        }
    }

    async fn names_of_rooms_are_checked(server: Server) {
        let [ann] = server.users(["ann"]).await;
        ann.channel("plans", &[]).await;
        let make = async |name: &str| ann.rest.post("channels.create", json!({ "name": name })).await;
        make("").await.refused_with(400, "Param \"name\" is required");
        make("two words").await.refused_with(400, "two words is not a valid room name. [error-invalid-room-name]");
        make("admin").await.refused(400, "error-invalid-room-name");
        let taken = make("plans").await.refused(400, "error-duplicate-channel-name");
        assert_eq!(taken["error"], "A channel with name 'plans' exists [error-duplicate-channel-name]");
        ann.rest.post("channels.archive", json!({ "roomName": "plans" })).await.ok();
        let taken = make("plans").await.refused(400, "error-archived-duplicate-name");
        assert_eq!(taken["error"], "There's an archived channel with name plans [error-archived-duplicate-name]");
        ann.rest.post("groups.create", json!({})).await.refused_with(400, "Body param \"name\" is required");
        let of_team = json!({ "name": "x", "extraData": { "teamId": "none" } });
        ann.rest.post("channels.create", of_team).await.refused(400, "error-team-not-found");
        server.grant("create-c", &["admin"]).await;
        make("other").await.refused_with(403, "unauthorized");
    }

    async fn two_rooms_made_at_once_do_not_share_a_name(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let make = async |user: &User| user.rest.post("channels.create", json!({ "name": "race" })).await.status;
        let outcomes = tokio::join!(make(&ann), make(&bob), make(&ann), make(&bob));
        let mut outcomes: [u16; 4] = outcomes.into();
        outcomes.sort_unstable();
        assert_eq!(outcomes, [200, 400, 400, 400]);
    }

    async fn an_archived_room_is_closed_and_out_of_the_way(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.channel("plans", &[&bob]).await;
        ann.says(&rid, "one").await;
        bob.rest.post("channels.archive", json!({ "roomId": rid })).await.refused(400, "error-not-authorized");
        ann.rest.post("channels.archive", json!({ "roomId": rid })).await.as_published().ok();
        let again = ann.rest.post("channels.archive", json!({ "roomId": rid })).await.refused(400, "error-room-archived");
        assert_eq!(again["error"], "The channel, plans, is archived [error-room-archived]");
        let archived = seat(&bob, &rid).await;
        let state = (&archived["archived"], &archived["open"], &archived["alert"]);
        assert_eq!(state, (&json!(true), &json!(false), &json!(false)));
        let send = json!({ "message": { "rid": rid, "msg": "hi" } });
        ann.rest.post("chat.sendMessage", send).await.refused_with(400, "room_is_archived");
        bob.rest.post("channels.open", json!({ "roomId": rid })).await.ok();
        assert_eq!(seat(&bob, &rid).await["open"], true);
        ann.rest.post("channels.unarchive", json!({ "roomId": rid })).await.refused(400, "error-not-authorized");
        server.admin.rest.post("channels.unarchive", json!({ "roomId": rid })).await.ok();
        let open = server.admin.rest.post("channels.unarchive", json!({ "roomId": rid })).await;
        open.refused_with(400, "The channel, plans, is not archived");
        let back = seat(&ann, &rid).await;
        assert_eq!((&back["archived"], &back["open"]), (&json!(false), &json!(true)));
        let history = ann.rest.get("channels.history", &[("roomId", &rid)]).await.ok();
        assert_eq!(&names(&history, "messages", "t")[..2], ["room-unarchived", "room-archived"]);
    }

    async fn a_deleted_room_is_gone_for_everybody(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let message = ann.says(&rid, "one").await;
        let before = "1970-01-01T00:00:00.000Z";
        let bobs = seat(&bob, &rid).await["_id"].clone();
        let refused = bob.rest.post("groups.delete", json!({ "roomId": rid })).await.refused(400, "error-not-allowed");
        assert_eq!(refused["details"]["method"], "eraseRoom");
        ann.rest.post("groups.delete", json!({ "roomId": rid })).await.as_published().ok();
        ann.rest.get("rooms.info", &[("roomId", &rid)]).await.refused(400, "error-room-not-found");
        assert!(seat(&bob, &rid).await.is_null());
        let id = message["_id"].as_str().unwrap();
        assert_eq!(bob.rest.get("chat.getMessage", &[("msgId", id)]).await.json["success"], false);
        let rooms = bob.rest.get("rooms.get", &[("updatedSince", before)]).await.ok();
        assert_eq!(names(&rooms, "remove", "_id"), [rid.as_str()]);
        let seats = bob.rest.get("subscriptions.get", &[("updatedSince", before)]).await.ok();
        assert_eq!(seats["remove"][0]["_id"], bobs);
        ann.group("plans", &[]).await;
    }

    /// What was in a large room is cleared away behind its members' backs, and the writer is never kept for long.
    async fn a_large_room_is_cleared_away_in_steps(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.channel("large", &[]).await;
        fill(&server, &rid, ann.id(), 3_500).await;
        ann.rest.post("channels.delete", json!({ "roomId": rid })).await.ok();
        ann.rest.get("channels.info", &[("roomId", &rid)]).await.refused(400, "error-room-not-found");
        wait_until_cleared(&server, &rid).await;
    }

    async fn clearing_away_goes_on_after_a_restart(mut server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.channel("large", &[]).await;
        fill(&server, &rid, ann.id(), 20_000).await;
        ann.rest.post("channels.delete", json!({ "roomId": rid })).await.ok();
        server.restart().await;
        wait_until_cleared(&server, &rid).await;
    }

    async fn two_people_share_one_direct_room(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let made = ann.rest.post("im.create", json!({ "username": "Bob" })).await.as_published().ok();
        let room = &made["room"];
        let mut ids = [ann.id(), bob.id()];
        ids.sort_unstable();
        let rid = ids.concat();
        assert_eq!((&room["_id"], &room["rid"], &room["t"]), (&json!(rid), &json!(rid), &json!("d")));
        assert_eq!(room["usernames"], json!(["ann", "bob"]));
        let (anns, bobs) = (seat(&ann, &rid).await, seat(&bob, &rid).await);
        assert_eq!((&anns["name"], &anns["open"]), (&json!("bob"), &json!(true)));
        assert_eq!((&bobs["name"], &bobs["open"]), (&json!("ann"), &json!(false)));
        assert_eq!(bob.rest.post("dm.create", json!({ "username": "ann" })).await.ok()["room"]["_id"], rid);
        ann.says(&rid, "hello").await;
        let bobs = seat(&bob, &rid).await;
        assert_eq!((&bobs["open"], &bobs["unread"], &bobs["alert"]), (&json!(true), &json!(1), &json!(true)));
        let listed = bob.rest.get("dm.list", &[]).await.as_published().ok();
        assert_eq!(bob.rest.get("im.list", &[]).await.ok(), listed);
        assert_eq!((&listed["total"], &listed["ims"][0]["lastMessage"]["msg"]), (&json!(1), &json!("hello")));
        assert_eq!(listed["ims"][0]["usersCount"], 2);
        ann.rest.post("rooms.leave", json!({ "roomId": rid })).await.refused(400, "error-not-allowed");
    }

    async fn direct_rooms_of_many_and_of_one(server: Server) {
        let [ann, bob, cat, dan] = server.users(["ann", "bob", "cat", "dan"]).await;
        let three = direct(&ann, "bob, cat").await;
        assert_eq!(direct(&cat, "ann,bob").await, three);
        assert_ne!(direct(&ann, "bob").await, three);
        let bobs = seat(&bob, &three).await;
        assert_eq!((&bobs["name"], &bobs["open"]), (&json!("ann, cat"), &json!(true)));
        let own = direct(&ann, "ann").await;
        assert_eq!((info(&ann, &own).await["usersCount"].clone(), direct(&ann, "ann").await), (json!(1), own));
        let between = ann.rest.post("im.create", json!({ "usernames": "bob,dan", "excludeSelf": true })).await.ok();
        let between = between["room"]["_id"].as_str().unwrap();
        assert!(seat(&ann, between).await.is_null() && !seat(&dan, between).await.is_null());
        let refused = async |body: Value| ann.rest.post("im.create", body).await;
        let nobody = refused(json!({ "username": "nobody" })).await.refused(400, "error-invalid-user");
        assert_eq!(nobody["details"]["method"], "createDirectMessage");
        refused(json!({ "username": "bob", "excludeSelf": true })).await.refused(400, "error-invalid-user");
        let text = "must have required property 'usernames'\n must have required property 'username'\n must match exactly one schema in oneOf";
        refused(json!({})).await.refused_with(400, text);
        server.set("DirectMesssage_maxUsers", json!(2)).await;
        let many = refused(json!({ "usernames": "bob,cat,dan" })).await;
        many.refused(400, "error-direct-message-max-user-exceeded");
        server.set("Message_AllowDirectMessagesToYourself", json!(false)).await;
        refused(json!({ "username": "ann" })).await.refused(400, "error-invalid-user");
        server.grant("create-d", &["admin"]).await;
        refused(json!({ "username": "dan" })).await.refused(400, "error-not-allowed");
        refused(json!({ "username": "bob" })).await.ok();
    }

    async fn whoever_is_first_makes_the_direct_room_once(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let (one, other, third) = tokio::join!(direct(&ann, "bob,cat"), direct(&bob, "ann,cat"), direct(&cat, "bob,ann"));
        assert_eq!((&one, &one), (&other, &third));
        assert_eq!(info(&ann, &one).await["usersCount"], 3);
        assert_eq!(ann.rest.get("im.list", &[]).await.ok()["total"], 1);
    }

    async fn a_direct_room_made_again_after_its_deletion_is_empty(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = direct(&ann, "bob").await;
        ann.says(&rid, "old").await;
        fill(&server, &rid, ann.id(), 2_500).await;
        server.grant("delete-d", &["user"]).await;
        erase(&bob, &rid).await;
        assert_eq!(direct(&bob, "ann").await, rid);
        for call in ["im.history", "dm.history"] {
            assert_eq!(ann.rest.get(call, &[("roomId", &rid)]).await.ok()["messages"], json!([]));
        }
        assert_eq!(info(&ann, &rid).await["msgs"], 0);
    }

    async fn roles_are_given_and_taken(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let act = async |by: &User, call: &str, target: &User| {
            by.rest.post(call, json!({ "roomId": rid, "userId": target.id() })).await
        };
        let refused = act(&bob, "groups.addOwner", &bob).await.refused(400, "error-not-allowed");
        assert_eq!(refused["details"]["method"], "addRoomOwner");
        act(&ann, "groups.addOwner", &cat).await.refused(400, "error-user-not-in-room");
        act(&ann, "groups.removeOwner", &cat).await.refused(400, "error-invalid-room");
        act(&ann, "groups.removeOwner", &bob).await.refused(400, "error-user-not-owner");
        act(&ann, "groups.removeOwner", &ann).await.refused(400, "error-remove-last-owner");
        act(&ann, "groups.removeModerator", &bob).await.refused(400, "error-user-not-moderator");
        act(&ann, "groups.addOwner", &bob).await.ok();
        act(&ann, "groups.addOwner", &bob).await.refused(400, "error-user-already-owner");
        act(&bob, "groups.addModerator", &bob).await.ok();
        act(&bob, "groups.addModerator", &bob).await.refused(400, "error-user-already-moderator");
        assert_eq!(seat(&bob, &rid).await["roles"], json!(["owner", "moderator"]));
        act(&ann, "groups.removeOwner", &ann).await.ok();
        act(&ann, "groups.removeModerator", &bob).await.refused(400, "error-not-allowed");
        assert_eq!(seat(&ann, &rid).await["roles"], json!([]));
        let history = ann.rest.get("groups.history", &[("roomId", &rid)]).await.ok();
        let top = &history["messages"][0];
        assert_eq!((&top["t"], &top["msg"], &top["role"]), (&json!("subscription-role-removed"), &json!("ann"), &json!("owner")));
        let before = &history["messages"][1];
        assert_eq!((&before["t"], &before["role"]), (&json!("subscription-role-added"), &json!("moderator")));
        act(&server.admin, "groups.addOwner", &ann).await.refused(400, "error-room-not-found");
    }

    async fn moderators_rule_a_channel(server: Server) {
        let [ann, bob, cat, dan] = server.users(["ann", "bob", "cat", "dan"]).await;
        let rid = ann.channel("plans", &[&bob, &cat, &dan]).await;
        let act = async |by: &User, call: &str, target: &User| {
            by.rest.post(call, json!({ "roomId": rid, "userId": target.id() })).await
        };
        act(&bob, "channels.kick", &cat).await.refused(400, "error-not-allowed");
        act(&ann, "channels.addModerator", &bob).await.as_published().ok();
        let kicked = act(&bob, "channels.kick", &cat).await.as_published().ok();
        assert_eq!((&kicked["channel"]["_id"], &kicked["channel"]["usersCount"]), (&json!(rid), &json!(3)));
        act(&ann, "channels.removeModerator", &bob).await.as_published().ok();
        act(&ann, "channels.removeModerator", &bob).await.as_published().refused(400, "error-user-not-moderator");
        act(&bob, "channels.kick", &dan).await.refused(400, "error-not-allowed");
        // Whoever may kick from any channel need not be a member.
        act(&server.admin, "channels.kick", &dan).await.ok();
        let by_name = json!({ "roomId": rid, "username": "bob" });
        let refused = ann.rest.post("channels.kick", by_name).await.json;
        assert_eq!(refused["error"], "must have required property 'userId'");
    }

    async fn a_group_is_there_for_its_members(server: Server) {
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        let rid = ann.group("plans", &[]).await;
        let room = [("roomId", rid.as_str())];
        assert_eq!(ann.rest.get("groups.info", &room).await.as_published().ok()["group"]["name"], "plans");
        eve.rest.get("groups.info", &room).await.refused(400, "error-room-not-found");
        ann.rest.get("groups.info", &[]).await.as_published().refused(400, "error-room-param-not-provided");
        let invite = json!({ "roomName": "plans", "usernames": ["BOB", "nobody"] });
        let invited = ann.rest.post("groups.invite", invite.clone()).await.as_published().ok();
        assert_eq!(invited["group"]["usersCount"], 2);
        assert_eq!(ann.rest.post("groups.invite", invite).await.ok()["group"]["usersCount"], 2);
        let of_eve = json!({ "roomId": rid, "userId": eve.id() });
        bob.rest.post("groups.invite", of_eve.clone()).await.as_published().refused(400, "error-not-allowed");
        eve.rest.post("groups.invite", of_eve).await.refused(400, "error-not-allowed");
        let nobody = json!({ "roomId": rid, "userId": "nobody" });
        ann.rest.post("groups.invite", nobody).await.refused(400, "error-empty-invite-list");
        let invited = ann.rest.post("groups.invite", json!({ "roomId": rid })).await.as_published();
        invited.refused(400, "error-users-params-not-provided");
        ann.rest.post("groups.archive", json!({ "roomId": rid })).await.as_published().ok();
        // Archived rooms take in new members.
        ann.rest.post("groups.invite", json!({ "roomId": rid, "username": "eve" })).await.ok();
        let eves = seat(&eve, &rid).await;
        assert_eq!((&eves["open"], &eves["alert"], &eves["unread"]), (&json!(true), &json!(false), &json!(1)));
        let leave = bob.rest.post("groups.leave", json!({ "roomId": rid })).await.refused(400, "error-room-archived");
        assert_eq!(leave["error"], "The private group, plans, is archived [error-room-archived]");
        ann.rest.post("groups.unarchive", json!({ "roomId": rid })).await.refused(400, "error-not-authorized");
        server.grant("unarchive-room", &["owner"]).await;
        ann.rest.post("groups.unarchive", json!({ "roomId": rid })).await.as_published().ok();
        let left = bob.rest.post("groups.leave", json!({ "roomId": rid })).await.as_published().ok();
        assert_eq!((&left["group"]["usernames"], &left["group"]["lastMessage"]), (&json!(["ann", "eve"]), &Value::Null));
        bob.rest.get("groups.info", &room).await.refused(400, "error-room-not-found");
    }

    async fn the_last_owner_cannot_be_raced_away(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        for round in 0..5 {
            let rid = ann.channel(&format!("race-{round}"), &[&bob]).await;
            let body = |user: &User| json!({ "roomId": rid, "userId": user.id() });
            ann.rest.post("channels.addOwner", body(&bob)).await.ok();
            let (one, other) = tokio::join!(
                ann.rest.post("channels.removeOwner", body(&bob)),
                bob.rest.post("channels.removeOwner", body(&ann)),
            );
            let left = [seat(&ann, &rid).await, seat(&bob, &rid).await];
            let owners = left.iter().filter(|seat| seat["roles"] == json!(["owner"])).count();
            assert_eq!(owners, 1, "{one} {other}");
        }
    }

    async fn lists_show_what_one_may_see(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        for name in ["beta", "alpha", "gamma"] {
            ann.channel(name, &[]).await;
        }
        let secret = ann.group("secret", &[]).await;
        ann.says(&secret, "hidden").await;
        let list = async |query: &[(&str, &str)]| bob.rest.get("channels.list", query).await;
        let all = list(&[]).await.as_published().ok();
        assert_eq!(names(&all, "channels", "name"), ["alpha", "beta", "gamma", "general"]);
        let page = list(&[("count", "1"), ("offset", "2"), ("sort", "{\"name\":-1}")]).await.ok();
        assert_eq!((names(&page, "channels", "name"), &page["total"]), (vec!["beta".to_owned()], &json!(4)));
        let by_time = list(&[("sort", "{\"ts\":1,\"name\":1}")]).await.ok();
        assert_eq!(names(&by_time, "channels", "name"), ["general", "beta", "alpha", "gamma"]);
        list(&[("sort", "{\"name\":2}")]).await.refused(400, "error-invalid-sort");
        assert_eq!(list(&[("count", "0")]).await.ok()["channels"].as_array().unwrap().len(), 4);
        assert_eq!(bob.rest.get("groups.list", &[]).await.ok()["total"], 0);
        assert_eq!(ann.rest.get("groups.list", &[]).await.ok()["groups"][0]["lastMessage"]["msg"], "hidden");
        server.grant("view-c-room", &["admin"]).await;
        list(&[]).await.refused(403, "error-unauthorized");
        server.grant("view-joined-room", &["user"]).await;
        assert_eq!(names(&list(&[]).await.ok(), "channels", "name"), ["general"]);
        assert_eq!(ann.rest.get("channels.list", &[]).await.ok()["total"], 4);
    }

    async fn members_are_listed_by_name_and_status(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.channel("plans", &[&bob, &cat]).await;
        let room = ("roomId", rid.as_str());
        let members = async |query: &[(&str, &str)]| bob.rest.get("channels.members", &[&[room], query].concat()).await;
        let all = members(&[]).await.as_published().ok();
        assert_eq!((names(&all, "members", "username"), &all["total"]), (vec!["ann".into(), "bob".into(), "cat".into()], &json!(3)));
        let down = members(&[("sort", "{\"username\":-1}"), ("count", "2")]).await.ok();
        assert_eq!((names(&down, "members", "username"), &down["total"]), (vec!["cat".into(), "bob".into()], &json!(3)));
        assert_eq!(names(&members(&[("filter", "A")]).await.ok(), "members", "username"), ["ann", "cat"]);
        assert_eq!(members(&[("filter", "%")]).await.ok()["total"], 0);
        assert_eq!(members(&[("status[]", "online")]).await.ok()["total"], 0);
        assert_eq!(members(&[("status[]", "offline")]).await.ok()["total"], 3);
        assert_eq!(members(&[("status[]", "dancing")]).await.ok()["total"], 0);
        let group = ann.group("secret", &[]).await;
        let outside = bob.rest.get("groups.members", &[("roomId", &group)]).await;
        outside.refused(400, "error-room-not-found");
        let body = json!({ "name": "news", "members": ["bob"], "extraData": { "broadcast": true } });
        let news = ann.rest.post("channels.create", body).await.ok()["channel"]["_id"].as_str().unwrap().to_owned();
        bob.rest.get("channels.members", &[("roomId", &news)]).await.refused_with(403, "unauthorized");
        ann.rest.get("channels.members", &[("roomId", &news)]).await.ok();
    }

    async fn who_joins_and_leaves_is_counted_once(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.channel("plans", &[]).await;
        let join = async || bob.rest.post("channels.join", json!({ "roomId": rid })).await;
        let (one, other) = tokio::join!(join(), join());
        assert_eq!((one.status, other.status), (200, 200));
        assert_eq!(info(&ann, &rid).await["usersCount"], 2);
        let joined = seat(&bob, &rid).await;
        assert_eq!((&joined["alert"], &joined["unread"], &joined["open"]), (&json!(true), &json!(0), &json!(true)));
        bob.rest.post("channels.leave", json!({ "roomId": rid })).await.as_published().ok();
        assert_eq!(info(&ann, &rid).await["usersCount"], 1);
        let gone = bob.rest.post("channels.leave", json!({ "roomId": rid })).await.refused(400, "error-user-not-in-room");
        assert_eq!(gone["error"], "You are not in this room [error-user-not-in-room]");
        ann.rest.post("rooms.leave", json!({ "roomId": rid })).await.refused(400, "error-you-are-last-owner");
        let history = ann.rest.get("channels.history", &[("roomId", &rid)]).await.ok();
        assert_eq!(names(&history, "messages", "t"), ["ul", "uj"]);
    }

    async fn the_invited_find_a_mention(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.channel("plans", &[]).await;
        let invite = async |body: Value| ann.rest.post("channels.invite", body).await;
        invite(json!({ "roomId": rid })).await.refused(400, "error-users-params-not-provided");
        let nobody = invite(json!({ "roomId": rid, "userId": "nobody" })).await.json;
        assert_eq!(nobody, json!({
            "success": false, "error": "invalid-user-invite-list", "errorType": "Cannot invite if no users are provided",
        }));
        invite(json!({ "roomId": rid, "userIds": [bob.id(), "nobody", cat.id()] })).await.as_published().ok();
        for user in [&bob, &cat] {
            let invited = seat(user, &rid).await;
            let unread = (&invited["unread"], &invited["userMentions"], &invited["alert"], &invited["open"]);
            assert_eq!(unread, (&json!(1), &json!(1), &json!(true), &json!(true)));
        }
        invite(json!({ "roomId": rid, "userId": bob.id() })).await.ok();
        assert_eq!(info(&ann, &rid).await["usersCount"], 3);
        let by_name = json!({ "roomName": "plans", "username": "BOB" });
        bob.rest.post("channels.invite", by_name).await.refused(400, "error-not-allowed");
    }
}

async fn fill(server: &Server, rid: &str, author: &str, count: i64) {
    use gantry_model::{Message, Millis, RoomId, UserId};
    let (rid, author) = (RoomId::new(rid), UserId::new(author));
    let message = move |place: i64| Message {
        id: gantry_store::random_id().into(),
        rid: rid.clone(),
        ts: Millis(1_000 + place),
        place: 1_000 + place,
        updated: Millis(1_000 + place),
        author: author.clone(),
        kind: None,
        body: "{\"msg\":\"filler\"}".into(),
        tmid: None,
        tshow: false,
        edited: None,
        reactions: Vec::new(),
    };
    let messages: Vec<Message> = (0..count).map(message).collect();
    server.gantry.chat().store().write([], move |tx| tx.bulk().messages(&messages)).await.unwrap();
}

async fn wait_until_cleared(server: &Server, rid: &str) {
    for _ in 0..200 {
        if left_in(server, rid).await == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(left_in(server, rid).await, 0, "messages of a deleted room stay");
}

async fn left_in(server: &Server, rid: &str) -> usize {
    let rid = gantry_model::RoomId::new(rid);
    let read = server.gantry.chat().store().read(move |db| db.messages().page(&rid, true, 0, 10_000));
    read.await.unwrap().len()
}
