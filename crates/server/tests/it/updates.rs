//! What administrators change about accounts: by call and by the method of the same form.

use crate::world::{PASSWORD, Server, User, digest};
use gantry_testkit::both_databases;
use serde_json::{Value, json};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(5);
const LOGGED: &str = "stream-notify-logged";
const OTHER: &str = "Another-staple-7-battery";
const NO_PASSWORDS: &str = "Edit user password is not allowed [error-action-not-allowed]";

async fn logs_in(server: &Server, name: &str, password: &str) -> bool {
    server.nobody().post("login", json!({ "user": name, "password": password })).await.status == 200
}

fn changing(user: &User, data: Value) -> Value {
    json!({ "userId": user.id(), "data": data })
}

both_databases! {
    async fn an_administrator_changes_an_account(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let direct = ann.rest.post("im.create", json!({ "username": "bob" })).await.ok()["room"]["_id"].clone();
        let (anns, bobs) = (ann.socket().await, bob.socket().await);
        bobs.stream(LOGGED, "Users:NameChanged").await;
        let seat = format!("{}/subscriptions-changed", bob.id());
        bobs.stream("stream-notify-user", &seat).await;
        let data = json!({
            "name": "Anna", "username": "anna", "email": "anna@example.org", "verified": true, "bio": "tea",
            "nickname": "A", "statusText": "here", "roles": ["user", "bot"], "customFields": { "team": "red" },
            "requirePasswordChange": true, "sendWelcomeEmail": false, "joinDefaultChannels": true,
        });
        let user = server.admin.rest.post("users.update", changing(&ann, data)).await.ok()["user"].clone();
        for (key, value) in [
            ("name", json!("Anna")), ("username", json!("anna")), ("bio", json!("tea")), ("nickname", json!("A")),
            ("emails", json!([{ "address": "anna@example.org", "verified": true }])), ("statusText", json!("here")),
            ("roles", json!(["user", "bot"])), ("customFields", json!({ "team": "red" })),
            ("requirePasswordChange", json!(true)), ("active", json!(true)),
        ] {
            assert_eq!(user[key], value, "{key}");
        }
        bobs.expect_where(LOGGED, "Users:NameChanged", SOON, |args| args[0]["username"] == "anna").await;
        bobs.expect_where("stream-notify-user", &seat, SOON, |args| args[1]["name"] == "anna").await;
        let seat = bob.rest.get("subscriptions.getOne", &[("roomId", direct.as_str().unwrap())]).await.ok();
        assert_eq!(seat["subscription"]["name"], "anna");
        // Sessions stay until there is another password.
        ann.rest.get("me", &[]).await.ok();
        server.admin.rest.post("users.update", changing(&ann, json!({ "password": OTHER }))).await.ok();
        anns.closed(SOON).await;
        ann.rest.get("me", &[]).await.not_logged_in();
        assert!(logs_in(&server, "anna", OTHER).await && !logs_in(&server, "anna", PASSWORD).await);
        let off = json!({ "userId": bob.id(), "data": { "active": false }, "confirmRelinquish": true });
        assert_eq!(server.admin.rest.post("users.update", off).await.ok()["user"]["active"], false);
        bobs.closed(SOON).await;
        assert!(!logs_in(&server, "bob", PASSWORD).await);
    }

    async fn what_is_refused_changes_nothing(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let admin = &server.admin.rest;
        let before = admin.get("users.info", &[("userId", bob.id())]).await.ok();
        for data in [json!({ "name": "x" }), json!({ "password": OTHER }), json!({ "roles": ["admin"] }), json!({})] {
            let refused = ann.rest.post("users.update", changing(&bob, data)).await;
            refused.refused_with(400, "Editing user is not allowed [error-action-not-allowed]");
        }
        for (data, id) in [
            (json!({ "roles": ["no-role"] }), "error-action-not-allowed"),
            (json!({ "roles": [] }), "error-action-not-allowed"),
            (json!({ "username": "a b" }), "error-input-is-not-a-valid-field"),
            (json!({ "username": "all" }), "error-blocked-username"),
            (json!({ "username": "ann" }), "error-could-not-save-identity"),
            (json!({ "email": "ann@example.org" }), "error-field-unavailable"),
            (json!({ "email": "x" }), "error-invalid-email"),
            (json!({ "bio": "x".repeat(261) }), "error-bio-size-exceeded"),
            (json!({ "nobody": 1 }), "invalid-params"),
            (json!({ "name": { "$ne": 1 } }), "invalid-params"),
        ] {
            admin.post("users.update", changing(&bob, data)).await.refused(400, id);
        }
        let dirty = admin.post("users.update", changing(&bob, json!({ "name": "<b>" }))).await;
        dirty.refused_with(400, "Name contains invalid characters");
        let nobody = json!({ "userId": "nobody", "data": {} });
        admin.post("users.update", nobody.clone()).await.refused_with(400, "User not found");
        server.nobody().post("users.update", nobody).await.not_logged_in();
        assert_eq!(admin.get("users.info", &[("userId", bob.id())]).await.ok(), before);
        let demoted = changing(&server.admin, json!({ "roles": ["user"] }));
        admin.post("users.update", demoted).await.refused(400, "error-action-not-allowed");
    }

    async fn a_room_that_would_lose_its_owner_holds_back_everything(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        bob.channel("bobs", &[&ann]).await;
        let admin = &server.admin.rest;
        let before = admin.get("users.info", &[("userId", bob.id())]).await.ok();
        let off = json!({ "name": "Robert", "username": "robert", "bio": "tea", "password": OTHER, "active": false });
        let refused = admin.post("users.update", changing(&bob, off.clone())).await.refused(400, "user-last-owner");
        assert_eq!(refused["details"], json!({ "shouldBeRemoved": [], "shouldChangeOwner": ["bobs"] }));
        assert_eq!(admin.get("users.info", &[("userId", bob.id())]).await.ok(), before);
        bob.rest.get("me", &[]).await.ok();
        let off = json!({ "userId": bob.id(), "data": off, "confirmRelinquish": true });
        let user = admin.post("users.update", off).await.ok()["user"].clone();
        assert_eq!((&user["username"], &user["active"]), (&json!("robert"), &json!(false)));
        let on = json!({ "active": true, "bio": "" });
        assert_eq!(admin.post("users.update", changing(&bob, on)).await.ok()["user"]["active"], true);
        assert!(logs_in(&server, "robert", OTHER).await);
    }

    /// By the form of administrators, too, one shows the own password before one changes it.
    async fn ones_own_password_is_proved(server: Server) {
        let admin = &server.admin;
        let change = changing(admin, json!({ "password": OTHER }));
        admin.rest.post("users.update", change.clone()).await.refused(400, "totp-required");
        admin.rest.with("x-2fa-code", &"0".repeat(64)).post("users.update", change.clone()).await.refused(400, "totp-invalid");
        let elsewhere = server.nobody().as_user(&server.nobody().login("admin", PASSWORD).await);
        admin.rest.with("x-2fa-code", &digest()).with("x-2fa-method", "password").post("users.update", change).await.ok();
        admin.rest.get("me", &[]).await.ok();
        elsewhere.get("me", &[]).await.not_logged_in();
        assert!(logs_in(&server, "admin", OTHER).await);
    }

    async fn only_administrators_set_fields_that_nothing_defines(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let change = changing(&ann, json!({ "bio": "tea", "customFields": { "team": "red" } }));
        let own = ann.rest.post("users.update", change.clone()).await.ok()["user"].clone();
        assert_eq!((&own["bio"], &own["customFields"]["team"]), (&json!("tea"), &json!(null)));
        let set = server.admin.rest.post("users.update", change).await.ok()["user"].clone();
        assert_eq!(set["customFields"]["team"], "red");
    }

    /// Who must choose another password does it without showing the one there is: a session that somebody left open is not
    /// enough to bring that about.
    async fn nobody_makes_oneself_choose_a_password(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let must = |user: &User, must: bool| changing(user, json!({ "requirePasswordChange": must }));
        ann.rest.post("users.update", must(&ann, true)).await.refused_with(400, NO_PASSWORDS);
        let socket = ann.socket().await;
        let form = json!([{ "_id": ann.id(), "requirePasswordChange": true }]);
        assert_eq!(socket.call("insertOrUpdateUser", form).await.unwrap_err()["error"], "error-action-not-allowed");
        assert_eq!(socket.call("setUserPassword", json!([OTHER])).await.unwrap_err()["error"], "error-not-allowed");
        ann.rest.post("users.update", must(&ann, false)).await.ok();
        let admin = &server.admin.rest;
        admin.post("users.update", must(&server.admin, true)).await.refused(400, "totp-required");
        // And whom an administrator makes choose one is not let off by asking.
        admin.post("users.update", must(&ann, true)).await.ok();
        ann.rest.post("users.update", must(&ann, false)).await.refused_with(400, NO_PASSWORDS);
        ann.socket().await.call("setUserPassword", json!([OTHER])).await.unwrap();
        assert!(logs_in(&server, "ann", OTHER).await);
    }

    async fn the_method_makes_accounts_and_changes_them(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let (anns, admins) = (ann.socket().await, server.admin.socket().await);
        let form = json!({
            "username": "eve", "name": "Eve", "email": "eve@example.org", "password": PASSWORD, "roles": ["user"],
            "verified": true, "requirePasswordChange": false, "joinDefaultChannels": true, "sendWelcomeEmail": false,
        });
        let refused = anns.call("insertOrUpdateUser", json!([form])).await.unwrap_err();
        assert_eq!((&refused["error"], &refused["reason"]), (&json!("error-action-not-allowed"), &json!("Adding user is not allowed")));
        let factor = json!({ "twoFactorCode": digest(), "twoFactorMethod": "password" });
        let id = admins.call("insertOrUpdateUser", json!([form, factor])).await.unwrap();
        assert!(logs_in(&server, "eve", PASSWORD).await);
        let change = json!([{ "_id": id, "name": "Eva", "username": "eve", "email": "eve@example.org" }]);
        assert_eq!(admins.call("insertOrUpdateUser", change.clone()).await, Ok(json!(true)));
        let eve = server.admin.rest.get("users.info", &[("username", "eve")]).await.ok()["user"].clone();
        assert_eq!((&eve["_id"], &eve["name"]), (&id, &json!("Eva")));
        assert_eq!(anns.call("insertOrUpdateUser", change).await.unwrap_err()["error"], "error-action-not-allowed");
        for wrong in [json!([]), json!([1]), json!([{ "_id": { "$ne": 1 } }]), json!([{ "_id": id, "roles": "admin" }])] {
            assert_eq!(admins.call("insertOrUpdateUser", wrong.clone()).await.unwrap_err()["error"], 400, "{wrong}");
        }
    }

    /// `method.call` passes the second factor of its headers on to the method.
    async fn methods_called_by_rest_take_the_factor_of_the_headers(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let message = json!({ "msg": "method", "id": "1", "method": "setEmail", "params": ["a@example.org"] }).to_string();
        let call = async |rest: &gantry_testkit::Rest| {
            let answer = rest.post("method.call/setEmail", json!({ "message": message })).await.ok();
            serde_json::from_str::<Value>(answer["message"].as_str().unwrap()).unwrap()
        };
        assert_eq!(call(&ann.rest).await["error"]["error"], "totp-required");
        let wrong = ann.rest.with("x-2fa-code", &"0".repeat(64)).with("x-2fa-method", "password");
        assert_eq!(call(&wrong).await["error"]["error"], "totp-invalid");
        let right = ann.rest.with("x-2fa-code", &digest()).with("x-2fa-method", "password");
        assert_eq!(call(&right).await["result"], "a@example.org");
    }
}
