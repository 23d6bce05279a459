//! Invitations by link: who makes them, whom they let in, how they end.

use crate::world::{PASSWORD, Server, User};
use futures_util::future::join_all;
use gantry_model::{RoomId, UserId};
use gantry_testkit::both_databases;
use serde_json::{Value, json};
use std::time::Duration;

/// The owner's invitation into a room; the whole answer.
async fn invite(by: &User, rid: &str, days: i64, uses: i64) -> Value {
    by.rest.post("findOrCreateInvite", json!({ "rid": rid, "days": days, "maxUses": uses })).await.ok()
}

fn token_of(invite: &Value) -> Value {
    invite["inviteToken"].clone()
}

async fn is_valid(server: &Server, token: &Value) -> bool {
    let answer = server.nobody().post("validateInviteToken", json!({ "token": token })).await.ok();
    answer["valid"].as_bool().unwrap()
}

async fn uses_of(server: &Server, id: &Value) -> Value {
    let list = server.admin.rest.get("listInvites", &[]).await.json;
    list.as_array().unwrap().iter().find(|one| one["_id"] == *id).map(|one| one["uses"].clone()).unwrap_or_default()
}

fn stranger(name: &str, token: &Value) -> Value {
    json!({ "username": name, "email": format!("{name}@example.org"), "pass": PASSWORD, "name": name, "secretURL": token })
}

both_databases! {
    async fn a_member_who_may_makes_a_link(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        server.set("Site_Url", json!("https://chat.example")).await;
        let rid = ann.group("plans", &[&bob]).await;
        let made = invite(&ann, &rid, 7, 5).await;
        let (id, token) = (made["_id"].as_str().unwrap(), made["inviteToken"].as_str().unwrap());
        assert_ne!(id, token, "what is listed lets nobody in");
        assert_eq!(token.len(), 16);
        assert_eq!(made["url"], format!("https://chat.example/invite/{token}"));
        assert_eq!(
            (&made["rid"], &made["userId"], &made["days"], &made["maxUses"], &made["uses"]),
            (&json!(rid), &json!(ann.id()), &json!(7), &json!(5), &json!(0))
        );
        let again = invite(&ann, &rid, 7, 5).await;
        assert_eq!(again["_id"], made["_id"], "the same is asked for again");
        assert_ne!(invite(&ann, &rid, 0, 5).await["_id"], made["_id"]);
        assert_eq!(invite(&ann, &rid, 0, 0).await["expires"], Value::Null);
        let body = |rid: &str| json!({ "rid": rid, "days": 1, "maxUses": 0 });
        for (who, rid) in [(&bob, rid.as_str()), (&cat, &rid), (&cat, "nowhere")] {
            who.rest.post("findOrCreateInvite", body(rid)).await.refused(400, "not_authorized");
        }
        ann.rest.post("groups.addModerator", json!({ "roomId": rid, "userId": bob.id() })).await.ok();
        let bobs = invite(&bob, &rid, 7, 5).await;
        assert_ne!(bobs["_id"], made["_id"], "everybody has their own");
        server.nobody().post("findOrCreateInvite", body(&rid)).await.not_logged_in();
    }

    async fn who_makes_a_link_hears_of_it_everywhere(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let event = format!("{}/updateInvites", ann.id());
        let [anns, bobs] = [ann.socket().await, bob.socket().await];
        anns.stream("stream-notify-user", &event).await;
        assert_eq!(bobs.sub("stream-notify-user", json!([event])).await.unwrap_err()["error"], "not-allowed");
        let made = invite(&ann, &rid, 7, 5).await;
        let told = anns.expect("stream-notify-user", &event, Duration::from_secs(5)).await;
        assert_eq!((&told[0]["invite"]["_id"], &told[0]["invite"]["url"]), (&made["_id"], &made["url"]));
        assert!(told[0]["invite"]["expires"]["$date"].is_i64(), "{told}");
        invite(&ann, &rid, 7, 5).await;
        anns.expect_none("stream-notify-user", &event, Duration::from_millis(20)).await;
    }

    /// A global permission opens no room that its holder is not in.
    async fn nobody_invites_into_what_is_not_theirs(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[]).await;
        for rid in [rid.as_str(), "nowhere"] {
            let refused = server.admin.rest.post("findOrCreateInvite", json!({ "rid": rid, "days": 1, "maxUses": 0 })).await;
            let details = refused.refused(400, "error-invalid-room")["details"].clone();
            assert_eq!(details, json!({ "method": "findOrCreateInvite", "field": "rid" }));
        }
        server.grant("create-invite-links", &["admin", "owner", "user"]).await;
        let direct = ann.rest.post("im.create", json!({ "username": "bob" })).await.ok()["room"]["_id"].clone();
        for user in [&ann, &bob] {
            let body = json!({ "rid": direct, "days": 1, "maxUses": 0 });
            user.rest.post("findOrCreateInvite", body).await.refused(400, "error-room-type-not-allowed");
        }
    }

    async fn what_is_asked_for_is_looked_at(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.group("plans", &[]).await;
        let post = async |body: Value| ann.rest.post("findOrCreateInvite", body).await;
        post(json!({ "rid": rid, "days": 2, "maxUses": 0 })).await.refused(400, "invalid-number-of-days");
        post(json!({ "rid": rid, "days": -1, "maxUses": 0 })).await.refused(400, "invalid-number-of-days");
        post(json!({ "rid": rid, "days": 1, "maxUses": 3 })).await.refused(400, "invalid-number-of-uses");
        post(json!({ "rid": "", "days": 1, "maxUses": 0 })).await.refused(400, "error-the-field-is-required");
        for body in [json!({}), json!({ "rid": rid, "days": 1 }), json!({ "rid": rid, "days": {}, "maxUses": 0 }),
            json!({ "rid": rid, "days": 1, "maxUses": 0, "userId": "x" })]
        {
            post(body).await.refused(400, "invalid-params");
        }
        for call in ["useInviteToken", "validateInviteToken"] {
            for body in [json!({}), json!({ "token": {} }), json!({ "token": "x", "rid": rid })] {
                ann.rest.post(call, body).await.refused(400, "invalid-params");
            }
        }
    }

    async fn whoever_has_the_link_comes_in(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[]).await;
        let (made, socket) = (invite(&ann, &rid, 1, 0).await, bob.socket().await);
        let token = token_of(&made);
        socket.stream("stream-notify-user", &format!("{}/subscriptions-changed", bob.id())).await;
        let room = bob.rest.post("useInviteToken", json!({ "token": token })).await.ok()["room"].clone();
        assert_eq!(room, json!({ "rid": rid, "name": "plans", "fname": "plans", "t": "p" }));
        let event = format!("{}/subscriptions-changed", bob.id());
        let told = socket.expect("stream-notify-user", &event, Duration::from_secs(5)).await;
        assert_eq!((&told[0], &told[1]["rid"]), (&json!("inserted"), &json!(rid)));
        let history = bob.rest.get("groups.history", &[("roomId", &rid)]).await.ok()["messages"].clone();
        assert_eq!((&history[0]["t"], &history[0]["u"]["username"]), (&json!("uj"), &json!("bob")));
        assert_eq!(uses_of(&server, &made["_id"]).await, 1);
        bob.rest.post("useInviteToken", json!({ "token": token })).await.ok();
        assert_eq!(uses_of(&server, &made["_id"]).await, 1, "who is in is not counted");
        let history = bob.rest.get("groups.history", &[("roomId", &rid)]).await.ok();
        assert_eq!(history["messages"].as_array().unwrap().len(), 1);
        server.nobody().post("useInviteToken", json!({ "token": token })).await.not_logged_in();
        for (token, method) in [("", "useInviteToken"), ("nonsense", "validateInviteToken"), (made["_id"].as_str().unwrap(), "validateInviteToken")] {
            let refused = bob.rest.post("useInviteToken", json!({ "token": token })).await.refused(400, "error-invalid-token");
            assert_eq!(refused["details"], json!({ "method": method, "field": "token" }));
            assert!(!is_valid(&server, &json!(token)).await);
        }
        assert!(is_valid(&server, &token).await);
    }

    async fn a_join_code_and_the_archive_stop_nobody_who_is_invited(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.channel("open", &[]).await;
        ann.rest.post("channels.setJoinCode", json!({ "roomId": rid, "joinCode": "sesame" })).await.ok();
        let token = token_of(&invite(&ann, &rid, 1, 0).await);
        ann.rest.post("channels.archive", json!({ "roomId": rid })).await.ok();
        bob.rest.post("useInviteToken", json!({ "token": token })).await.ok();
        let seat = bob.rest.get("subscriptions.getOne", &[("roomId", &rid)]).await.ok()["subscription"].clone();
        assert_eq!(seat["rid"], rid);
    }

    async fn who_is_banned_stays_out(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let made = invite(&ann, &rid, 1, 0).await;
        let (room, uid) = (RoomId::new(&rid), UserId::new(bob.id()));
        server.gantry.chat().store().write(Vec::new(), move |tx| {
            let mut seat = tx.subscriptions().get(&room, &uid)?.unwrap();
            seat.settings.0.insert("status".into(), "BANNED".into());
            tx.subscriptions().update(&mut seat)
        }).await.unwrap();
        bob.rest.post("useInviteToken", json!({ "token": token_of(&made) })).await.refused(400, "error-user-is-banned");
        assert_eq!(uses_of(&server, &made["_id"]).await, 0);
    }

    /// All want the last place at once: one gets it, and one alone is counted.
    async fn the_last_use_is_had_once(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let crowd = server.users(["u0", "u1", "u2", "u3", "u4", "u5", "u6", "u7"]).await;
        let rid = ann.group("plans", &[]).await;
        let made = invite(&ann, &rid, 0, 1).await;
        let tries = crowd.iter().map(|user| {
            let (rest, body) = (user.rest.clone(), json!({ "token": token_of(&made) }));
            tokio::spawn(async move { rest.post("useInviteToken", body).await })
        });
        let answers = join_all(tries.collect::<Vec<_>>()).await.into_iter().map(Result::unwrap);
        let (let_in, refused): (Vec<_>, Vec<_>) = answers.partition(|answer| answer.status == 200);
        assert_eq!(let_in.len(), 1);
        for answer in refused {
            let refused = answer.refused(400, "error-invite-expired");
            assert_eq!(refused["details"], json!({ "method": "validateInviteToken", "field": "maxUses" }));
        }
        assert_eq!(ann.rest.get("rooms.info", &[("roomId", &rid)]).await.ok()["room"]["usersCount"], 2);
        assert_eq!(uses_of(&server, &made["_id"]).await, 1);
        assert!(!is_valid(&server, &token_of(&made)).await);
        assert_ne!(invite(&ann, &rid, 0, 1).await["_id"], made["_id"], "a used one is not given out again");
    }

    /// Many ask for a link at once and get the same.
    async fn a_link_is_made_once(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.group("plans", &[]).await;
        let asking = (0..8).map(|_| {
            let (ann, rid) = (ann.clone(), rid.clone());
            tokio::spawn(async move { invite(&ann, &rid, 1, 0).await["_id"].clone() })
        });
        let made: Vec<_> = join_all(asking.collect::<Vec<_>>()).await.into_iter().map(Result::unwrap).collect();
        assert!(made.iter().all(|id| *id == made[0]), "{made:?}");
    }

    async fn a_link_ends_with_its_time(mut server: Server) {
        server.restart_with_own_clock().await;
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[]).await;
        let made = invite(&ann, &rid, 1, 0).await;
        let body = json!({ "token": token_of(&made) });
        server.pass(24 * 60 * 60 * 1_000 - 60_000);
        assert!(is_valid(&server, &token_of(&made)).await);
        server.pass(60_000);
        assert!(!is_valid(&server, &token_of(&made)).await);
        let refused = bob.rest.post("useInviteToken", body.clone()).await.refused(400, "error-invite-expired");
        assert_eq!(refused["details"], json!({ "method": "validateInviteToken", "field": "expires" }));
        assert_ne!(invite(&ann, &rid, 1, 0).await["_id"], made["_id"]);
        server.pass_days(31);
        invite(&ann, &rid, 1, 0).await;
        bob.rest.post("useInviteToken", body).await.refused(400, "error-invalid-token");
    }

    async fn a_link_ends_with_its_room_and_when_it_is_taken_back(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (plans, other) = (ann.group("plans", &[]).await, ann.group("other", &[]).await);
        let (made, gone) = (invite(&ann, &plans, 1, 0).await, invite(&ann, &other, 1, 0).await);
        let admin = &server.admin.rest;
        let path = format!("removeInvite/{}", made["_id"].as_str().unwrap());
        ann.rest.delete(&path, json!({})).await.refused(400, "not_authorized");
        ann.rest.get("listInvites", &[]).await.refused(400, "not_authorized");
        server.nobody().delete(&path, json!({})).await.not_logged_in();
        server.nobody().get("listInvites", &[]).await.not_logged_in();
        ann.rest.post("groups.delete", json!({ "roomId": other })).await.ok();
        let list = admin.get("listInvites", &[]).await;
        assert_eq!((list.status, list.json.as_array().unwrap().len()), (200, 1));
        let shown = &list.json[0];
        assert_eq!((&shown["room"], &shown["u"]["username"]), (&json!({ "t": "p", "name": "plans", "fname": "plans" }), &json!("ann")));
        assert_eq!((&shown["inviteToken"], &shown["url"]), (&Value::Null, &Value::Null), "listed is nothing that opens a room");
        admin.delete(&path, json!({})).await.as_published().ok();
        admin.delete(&path, json!({})).await.as_published().refused(400, "invalid-invitation-id");
        for invite in [&made, &gone] {
            bob.rest.post("useInviteToken", json!({ "token": token_of(invite) })).await.refused(400, "error-invalid-token");
        }
        let acts = server.gantry.chat().store().read(|db| db.audit().latest(5)).await.unwrap();
        assert!(acts.iter().any(|(_, act, target)| act == "invite.removed" && target.as_deref() == made["_id"].as_str()));
    }

    /// An invitation stands for the secret of the registration page; a closed server stays closed.
    async fn an_invitation_lets_a_stranger_register(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let rid = ann.group("plans", &[]).await;
        let token = token_of(&invite(&ann, &rid, 1, 1).await);
        let nobody = server.nobody();
        server.set("Accounts_RegistrationForm", json!("Disabled")).await;
        nobody.post("users.register", stranger("bob", &token)).await.refused(400, "error-user-registration-disabled");
        server.set("Accounts_RegistrationForm", json!("Secret URL")).await;
        for wrong in [json!("guess"), json!(""), Value::Null] {
            nobody.post("users.register", stranger("bob", &wrong)).await.refused(400, "error-user-registration-secret");
        }
        nobody.post("users.register", stranger("bob", &token)).await.ok();
        let bob = nobody.as_user(&nobody.login("bob", PASSWORD).await);
        bob.post("useInviteToken", json!({ "token": token })).await.ok();
        nobody.post("users.register", stranger("cat", &token)).await.refused(400, "error-user-registration-secret");
    }
}
