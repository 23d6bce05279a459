//! Accounts: logging in by every way, sessions that end, the first administrator, and what one can do with accounts.

use crate::world::{PASSWORD, Server, TOKEN_SECRET, User, digest};
use gantry_chat::auth::Credentials;
use gantry_chat::presence::{self, ConnectionId, Whose};
use gantry_chat::users::{self, Registration, StatusChange};
use gantry_chat::{Chat, Options, Origin, auth};
use gantry_model::{Capabilities, Clock, Millis, Overrides, Status};
use gantry_store::{Database, Synchronous};
use gantry_testkit::{Answer, Ddp, Rest, both_databases};
use http::Method;
use serde_json::{Value, json};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

const SOON: Duration = Duration::from_secs(5);

async fn login(rest: &Rest, body: Value) -> Answer {
    rest.post("login", body).await
}

/// The refusal of an unknown name and of a wrong password, to the byte.
fn unauthorized() -> Value {
    json!({ "success": false, "status": "error", "error": "Unauthorized", "message": "Unauthorized" })
}

async fn set_active(server: &Server, user: &User, active: bool) -> Answer {
    let body = json!({ "userId": user.id(), "activeStatus": active, "confirmRelinquish": true });
    server.admin.rest.post("users.setActiveStatus", body).await
}

both_databases! {
    async fn every_form_of_a_login(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let nobody = server.nobody();
        let hashed = json!({ "digest": digest(), "algorithm": "sha-256" });
        for body in [
            json!({ "user": "ann", "password": PASSWORD }),
            json!({ "user": "ANN@example.org", "password": PASSWORD }),
            json!({ "username": "Ann", "password": PASSWORD, "code": "123456" }),
            json!({ "email": "ann@example.org", "password": PASSWORD }),
            json!({ "email": "ann", "password": PASSWORD }),
            json!({ "user": { "username": "ann" }, "password": PASSWORD }),
            json!({ "user": { "email": "ann@example.org" }, "password": hashed }),
            json!({ "user": "ann", "password": hashed }),
            json!({ "totp": { "login": { "user": { "id": ann.id() }, "password": hashed }, "code": "123456" } }),
            json!({ "resume": ann.login.token }),
        ] {
            let answer = login(&nobody, body.clone()).await.as_published().ok();
            assert_eq!(answer["data"]["userId"], ann.id(), "{body}");
            assert_eq!(answer["data"]["authToken"].as_str().unwrap().len(), 43);
            let same = answer["data"]["authToken"] == ann.login.token.as_str();
            assert_eq!(same, body.get("resume").is_some(), "a resumed login answers the same token");
            let me = &answer["data"]["me"];
            assert_eq!((&me["username"], &me["services"]), (&json!("ann"), &json!({ "password": { "exists": true } })));
        }
        let form = format!("user=ann&password={PASSWORD}");
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        nobody.send(Method::POST, "login", &headers, form).await.ok();
    }

    async fn unknown_and_wrong_are_one_answer(server: Server) {
        let [_ann] = server.users(["ann"]).await;
        let nobody = server.nobody();
        for body in [
            json!({ "user": "ann", "password": "wrong" }),
            json!({ "user": "nobody", "password": PASSWORD }),
            json!({ "user": "nobody@example.org", "password": PASSWORD }),
            json!({ "user": "", "password": "" }),
            json!({ "user": "rocket.cat", "password": "" }),
            json!({ "user": "ann", "password": { "digest": PASSWORD, "algorithm": "sha-256" } }),
            json!({ "user": "ann", "password": "x".repeat(60_000) }),
        ] {
            let answer = login(&nobody, body).await;
            assert_eq!((answer.status, &answer.json), (401, &unauthorized()));
        }
        let socket = Ddp::connect(&server.base).await;
        for name in ["ann", "nobody"] {
            let error = socket.login_with_password(name, &"0".repeat(64)).await.unwrap_err();
            assert_eq!((&error["error"], &error["reason"]), (&json!(403), &json!("User not found")));
        }
    }

    async fn what_is_no_login_is_refused(server: Server) {
        let nobody = server.nobody();
        for (body, message) in [
            (json!({}), "Unrecognized options for login request"),
            (json!({ "user": "ann" }), "Unrecognized options for login request"),
            (json!({ "serviceName": "google", "accessToken": "x" }), "Unrecognized options for login request"),
            (json!({ "user": { "$ne": null }, "password": "x" }), "Match failed"),
            (json!({ "resume": { "$ne": null } }), "Match failed"),
        ] {
            let answer = login(&nobody, body).await;
            let expected = json!({ "success": false, "status": "error", "error": 400, "message": message });
            assert_eq!((answer.status, &answer.json), (401, &expected));
        }
        let answer = login(&nobody, json!({ "resume": "no such token" })).await;
        assert_eq!((answer.status, &answer["error"]), (401, &json!(403)));
        assert_eq!(answer["message"], "You've been logged out by the server. Please log in again.");
    }

    async fn sockets_log_in_alike(server: Server) {
        let [ann] = server.users(["ann"]).await;
        for credentials in [
            json!({ "user": { "username": "ann" }, "password": { "digest": digest(), "algorithm": "sha-256" } }),
            json!({ "user": { "username": "ann" }, "password": PASSWORD }),
            json!({ "user": { "email": "ann" }, "password": PASSWORD }),
            json!({ "resume": ann.login.token }),
        ] {
            let socket = Ddp::connect(&server.base).await;
            let result = socket.login_with(credentials.clone()).await.unwrap();
            assert_eq!(result["id"], ann.id());
            assert!(result["tokenExpires"]["$date"].is_i64(), "{result}");
            let way = if credentials.get("resume").is_some() { "resume" } else { "password" };
            assert_eq!(result["type"], way);
            server.nobody().with("x-user-id", ann.id()).with("x-auth-token", result["token"].as_str().unwrap())
                .get("me", &[]).await.ok();
        }
    }

    async fn a_token_is_its_owners_alone(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let mixed = server.nobody().with("x-user-id", bob.id()).with("x-auth-token", &ann.login.token);
        mixed.get("me", &[]).await.not_logged_in();
        let half = server.nobody().with("x-auth-token", &ann.login.token);
        half.get("me", &[]).await.not_logged_in();
    }

    async fn logging_out_ends_the_session_everywhere(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let other = server.nobody().login("ann", PASSWORD).await;
        let socket = ann.socket().await;
        let answer = ann.rest.post("logout", json!({})).await.as_published();
        let expected = json!({ "status": "success", "data": { "message": "You've been logged out!" } });
        assert_eq!((answer.status, &answer.json), (200, &expected));
        ann.rest.get("me", &[]).await.not_logged_in();
        socket.closed(SOON).await;
        let elsewhere = server.nobody().as_user(&other);
        elsewhere.get("me", &[]).await.as_published().ok();
        let answer = elsewhere.get("logout", &[]).await;
        assert_eq!((answer.status, answer.header("x-deprecation-type")), (200, Some("endpoint-deprecation")));
        elsewhere.get("me", &[]).await.not_logged_in();
    }

    async fn only_so_many_logins_are_kept(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let nobody = server.nobody();
        for _ in 0..50 {
            nobody.login("ann", PASSWORD).await;
        }
        ann.rest.get("me", &[]).await.not_logged_in();
    }

    async fn a_deactivated_account_is_out_at_once(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let socket = ann.socket().await;
        let answer = set_active(&server, &ann, false).await.as_published().ok();
        assert_eq!(answer["user"], json!({ "_id": ann.id(), "active": false }));
        ann.rest.get("me", &[]).await.not_logged_in();
        socket.closed(SOON).await;
        let nobody = server.nobody();
        let right = login(&nobody, json!({ "user": "ann", "password": PASSWORD })).await;
        assert_eq!((right.status, &right["error"]), (401, &json!("error-user-is-not-activated")));
        assert_eq!(right["message"], "User is not activated");
        let wrong = login(&nobody, json!({ "user": "ann", "password": "wrong" })).await;
        assert_eq!(wrong.json, unauthorized(), "only who knows the password is told more");
        assert_eq!(login(&nobody, json!({ "resume": ann.login.token })).await.status, 401);
        let error = Ddp::connect(&server.base).await.login_with_password("ann", &digest()).await.unwrap_err();
        assert_eq!(error["error"], "error-user-is-not-activated");
        set_active(&server, &ann, true).await.ok();
        nobody.login("ann", PASSWORD).await;
    }

    async fn too_many_wrong_passwords_stop_the_account(server: Server) {
        let [_ann, _bob] = server.users(["ann", "bob"]).await;
        server.set("Block_Multiple_Failed_Logins_Attempts_Until_Block_by_User", json!(3)).await;
        let nobody = server.nobody();
        for name in ["ann", "nobody"] {
            for _ in 0..3 {
                assert_eq!(login(&nobody, json!({ "user": name, "password": "wrong" })).await.json, unauthorized());
            }
            let blocked = login(&nobody, json!({ "user": name, "password": PASSWORD })).await;
            let expected = ("error-login-blocked-for-user", "Login has been temporarily blocked For User");
            assert_eq!((blocked["error"].as_str(), blocked["message"].as_str()), (Some(expected.0), Some(expected.1)));
        }
        nobody.login("bob", PASSWORD).await;
        server.set("Block_Multiple_Failed_Logins_Enabled", json!(false)).await;
        nobody.login("ann", PASSWORD).await;
    }

    async fn registering(server: Server) {
        let nobody = server.nobody();
        let ann = json!({ "username": "ann", "email": "Ann@Example.org", "pass": PASSWORD, "name": "Ann Lee" });
        let with = |key: &str, value: Value| {
            let mut body = ann.clone();
            body[key] = value;
            body
        };
        let made = nobody.post("users.register", ann.clone()).await.as_published().ok();
        assert_eq!((&made["user"]["username"], &made["user"]["active"]), (&json!("ann"), &json!(true)));
        assert!(made["user"]["emails"].is_null() && made["user"]["roles"].is_null(), "{made}");
        nobody.post("users.register", with("email", json!("b@example.org"))).await.refused_with(400, "Username is already in use");
        nobody.post("users.register", with("username", json!("ANN"))).await.refused_with(400, "Username is already in use");
        nobody.post("users.register", with("username", json!("bob"))).await.refused(400, "403");
        nobody.post("users.register", with("username", json!("a b"))).await.refused_with(400, "The username provided is not valid");
        nobody.post("users.register", with("name", json!("<b>"))).await.refused_with(400, "Name contains invalid characters");
        nobody.post("users.register", with("username", json!("admin"))).await.refused(400, "error-blocked-username");
        nobody.post("users.register", with("email", json!("x"))).await.refused(400, "error-invalid-email");
        let weak = nobody.post("users.register", with("pass", json!("weak"))).await.refused(400, "error-password-policy-not-met");
        assert_eq!(weak["details"][0]["error"], "error-password-policy-not-met-minLength");
        let mut without = ann.clone();
        without.as_object_mut().unwrap().remove("pass");
        nobody.post("users.register", without).await.refused_with(400, "must have required property 'pass'");
        let logged_in = server.admin.rest.post("users.register", ann.clone()).await;
        logged_in.refused_with(400, "Logged in users can not register again.");
        let general = server.admin.rest.get("channels.info", &[("roomName", "general")]).await.ok();
        assert_eq!(general["channel"]["usersCount"], 2, "the administrator and ann");
        server.set("Accounts_RegistrationForm", json!("Disabled")).await;
        nobody.post("users.register", with("username", json!("bob"))).await.refused(400, "error-user-registration-disabled");
        server.set("Accounts_RegistrationForm", json!("Secret URL")).await;
        server.set("Accounts_RegistrationForm_SecretURL", json!("s3cret")).await;
        nobody.post("users.register", with("username", json!("bob"))).await.refused(400, "error-user-registration-secret");
        let mut bob = with("username", json!("bob"));
        (bob["email"], bob["secretURL"]) = (json!("bob@example.org"), json!("s3cret"));
        nobody.post("users.register", bob).await.ok();
    }

    async fn new_accounts_may_await_approval(server: Server) {
        server.set("Accounts_ManuallyApproveNewUsers", json!(true)).await;
        let nobody = server.nobody();
        let ann = json!({ "username": "ann", "email": "ann@example.org", "pass": PASSWORD, "name": "Ann", "reason": "Tea" });
        let made = nobody.post("users.register", ann).await.ok();
        assert_eq!((&made["user"]["active"], &made["user"]["reason"]), (&json!(false), &json!("Tea")));
        let waiting = login(&nobody, json!({ "user": "ann", "password": PASSWORD })).await;
        assert_eq!(waiting["error"], "error-user-is-not-activated");
        let body = json!({ "userId": made["user"]["_id"], "activeStatus": true });
        server.admin.rest.post("users.setActiveStatus", body).await.ok();
        nobody.login("ann", PASSWORD).await;
    }

    async fn two_people_cannot_have_one_name(server: Server) {
        let nobody = server.nobody();
        let register = |n: usize| {
            let nobody = nobody.clone();
            let body = json!({ "username": "ann", "email": format!("{n}@example.org"), "pass": PASSWORD, "name": "Ann" });
            async move { nobody.post("users.register", body).await.status }
        };
        let (a, b, c, d) = tokio::join!(register(1), register(2), register(3), register(4));
        assert_eq!([a, b, c, d].iter().filter(|status| **status == 200).count(), 1, "{:?}", [a, b, c, d]);
    }

    async fn administrators_create_accounts(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let bob = json!({ "username": "bob", "email": "bob@example.org", "password": "short", "name": "Bob", "verified": true,
            "roles": ["user", "bot"], "bio": "About Bob", "requirePasswordChange": true, "customFields": { "team": "Queen" } });
        let refused = ann.rest.post("users.create", bob.clone()).await.as_published().refused(400, "error-action-not-allowed");
        assert_eq!(refused["details"], json!({ "method": "insertOrUpdateUser", "action": "Adding_user" }));
        let made = server.admin.rest.post("users.create", bob.clone()).await.as_published().ok();
        let user = &made["user"];
        assert_eq!(user["emails"], json!([{ "address": "bob@example.org", "verified": true }]));
        assert_eq!((&user["roles"], &user["type"]), (&json!(["user", "bot"]), &json!("user")));
        assert_eq!((&user["customFields"]["team"], &user["requirePasswordChange"]), (&json!("Queen"), &json!(true)));
        server.nobody().login("bob", "short").await;
        let again = server.admin.rest.post("users.create", bob.clone()).await;
        again.refused_with(400, "bob is already in use :( [error-field-unavailable]");
        let mut carl = bob.clone();
        (carl["username"], carl["email"], carl["roles"]) = (json!("carl"), json!("carl@example.org"), json!(["owner"]));
        let unknown = server.admin.rest.post("users.create", carl).await.refused(400, "error-action-not-allowed");
        assert_eq!(unknown["details"]["action"], "Assign_role");
        // Who may create users may not make them administrators.
        server.grant("create-user", &["admin", "user"]).await;
        let mut dora = bob.clone();
        (dora["username"], dora["email"], dora["roles"]) = (json!("dora"), json!("dora@example.org"), json!(["admin"]));
        let refused = ann.rest.post("users.create", dora).await.refused(400, "error-action-not-allowed");
        assert_eq!(refused["details"]["action"], "Assign_admin");
    }

    async fn what_others_see_of_an_account(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let info = |by: &User, query: &[(&'static str, &str)]| {
            let (rest, query) = (by.rest.clone(), query.iter().map(|(k, v)| (*k, v.to_string())).collect::<Vec<_>>());
            async move {
                let query: Vec<(&str, &str)> = query.iter().map(|(k, v)| (*k, v.as_str())).collect();
                rest.get("users.info", &query).await
            }
        };
        let seen = info(&ann, &[("username", "BOB")]).await.as_published().ok();
        let private = ["emails", "roles", "createdAt", "lastLogin", "services", "settings", "password", "statusConnection"];
        assert!(private.iter().all(|key| seen["user"][*key].is_null()), "{seen}");
        assert_eq!((&seen["user"]["_id"], &seen["user"]["canViewAllInfo"]), (&json!(bob.id()), &json!(false)));
        let own = info(&bob, &[("userId", bob.id()), ("includeUserRooms", "true")]).await.as_published().ok();
        assert_eq!(own["user"]["emails"][0]["address"], "bob@example.org");
        assert_eq!((&own["user"]["rooms"][0]["name"], &own["user"]["services"]["password"]), (&json!("general"), &json!(true)));
        let by_admin = info(&server.admin, &[("email", "bob@example.org")]).await.ok();
        assert_eq!((&by_admin["user"]["roles"], &by_admin["user"]["services"]), (&json!(["user"]), &Value::Null));
        info(&ann, &[("email", "bob@example.org")]).await.refused_with(400, "User not found.");
        info(&ann, &[("userId", "nobody")]).await.refused_with(400, "User not found.");
        info(&ann, &[]).await.refused(400, "error-invalid-params");
        let others = info(&ann, &[("userId", bob.id()), ("includeUserRooms", "true")]).await.ok();
        assert!(others["user"]["rooms"].is_null(), "{others}");
    }

    async fn lists_of_accounts(server: Server) {
        let [ann, _bob] = server.users(["ann", "bob"]).await;
        let seen = ann.rest.get("users.list", &[("count", "2"), ("offset", "1")]).await.as_published().ok();
        let names: Vec<_> = seen["users"].as_array().unwrap().iter().map(|user| user["username"].as_str().unwrap()).collect();
        assert_eq!((names, &seen["total"]), (vec!["ann", "bob"], &json!(4)));
        assert!(seen["users"][0]["emails"].is_null() && seen["users"][0]["roles"].is_null(), "{seen}");
        let all = server.admin.rest.get("users.list", &[("sort", "{\"name\":-1}")]).await.ok();
        assert_eq!(all["users"][0]["username"], "rocket.cat");
        assert_eq!(all["users"][1]["emails"][0]["address"], "bob@example.org");
        for sort in ["createdAt", "lastLogin", "status", "nonsense"] {
            let sort = format!("{{\"{sort}\":1}}");
            server.admin.rest.get("users.list", &[("sort", &sort)]).await.ok();
        }
        let one = server.admin.rest.get("users.list", &[("email", "ANN@example.org")]).await.ok();
        assert_eq!((&one["total"], &one["users"][0]["username"]), (&json!(1), &json!("ann")));
        assert_eq!(ann.rest.get("users.list", &[("email", "bob@example.org")]).await.ok()["total"], 0);
        server.grant("view-d-room", &["admin"]).await;
        assert_eq!(ann.rest.get("users.list", &[]).await.status, 403);
    }

    async fn nobody_deactivates_the_last_administrator_or_owner_by_accident(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let deactivate = |user: &User, relinquish: bool| {
            let body = json!({ "userId": user.id(), "activeStatus": false, "confirmRelinquish": relinquish });
            let admin = server.admin.rest.clone();
            async move { admin.post("users.setActiveStatus", body).await }
        };
        let last = deactivate(&server.admin, true).await.refused(400, "error-action-not-allowed");
        assert_eq!(last["details"]["action"], "Remove_last_admin");
        let shared = ann.group("shared", &[&bob]).await;
        ann.group("alone", &[]).await;
        let refused = deactivate(&ann, false).await.refused(400, "user-last-owner");
        assert_eq!(refused["details"], json!({ "shouldBeRemoved": ["alone"], "shouldChangeOwner": ["shared"] }));
        ann.rest.get("me", &[]).await.ok();
        deactivate(&ann, true).await.ok();
        let seat = bob.rest.get("subscriptions.getOne", &[("roomId", &shared)]).await.ok();
        assert_eq!(seat["subscription"]["roles"], json!(["owner"]));
        bob.rest.post("users.setActiveStatus", json!({ "userId": ann.id(), "activeStatus": true })).await
            .refused(403, "error-unauthorized");
        let body = json!({ "userId": "nobody", "activeStatus": true });
        server.admin.rest.post("users.setActiveStatus", body).await.refused_with(400, "User not found");
    }

    async fn tokens_for_others_need_permission_and_secret(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let body = |secret: &str| json!({ "userId": bob.id(), "secret": secret });
        let made = server.admin.rest.post("users.createToken", body(TOKEN_SECRET)).await.as_published().ok();
        let token = made["data"]["authToken"].as_str().unwrap();
        assert_eq!(made["data"]["userId"], bob.id());
        server.nobody().with("x-user-id", bob.id()).with("x-auth-token", token).get("me", &[]).await.ok();
        server.admin.rest.post("users.createToken", body("guess")).await.as_published().refused(400, "error-not-authorized");
        ann.rest.post("users.createToken", body(TOKEN_SECRET)).await.refused(400, "error-not-authorized");
        let missing = server.admin.rest.post("users.createToken", json!({ "secret": TOKEN_SECRET })).await;
        missing.refused(400, "error-user-param-not-provided");
    }

    async fn statuses(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let presence = |ids: String| {
            let rest = ann.rest.clone();
            async move { rest.get("users.presence", &[("ids", &ids)]).await.as_published().ok() }
        };
        assert_eq!(presence(bob.id().to_owned()).await["users"], json!([]), "nobody is connected");
        let socket = bob.socket().await;
        let seen = presence(format!("{},{}", bob.id(), ann.id())).await;
        assert_eq!((&seen["users"][0]["username"], &seen["users"][0]["status"]), (&json!("bob"), &json!("online")));
        assert_eq!((seen["users"].as_array().unwrap().len(), &seen["full"]), (1, &json!(false)));
        bob.rest.post("users.setStatus", json!({ "status": "busy", "message": "Lunch" })).await.as_published().ok();
        let seen = presence(bob.id().to_owned()).await;
        assert_eq!((&seen["users"][0]["status"], &seen["users"][0]["statusText"]), (&json!("busy"), &json!("Lunch")));
        bob.rest.post("users.setStatus", json!({ "status": "offline" })).await.ok();
        assert_eq!(presence(bob.id().to_owned()).await["users"], json!([]), "invisible");
        bob.rest.post("users.setStatus", json!({ "status": "online", "message": "" })).await.ok();
        socket.close().await;
        for (body, error) in [
            (json!({}), "Match error: Failed Match.OneOf, Match.Maybe or Match.Optional validation"),
            (json!({ "status": "asleep" }), "Valid status types include online, away, offline, and busy. [error-invalid-status]"),
            (json!({ "status": "busy", "expiresAt": "2020-01-01T00:00:00.000Z" }), "expiresAt must be a future date [error-invalid-date]"),
        ] {
            bob.rest.post("users.setStatus", body).await.refused_with(400, error);
        }
        let other = json!({ "userId": ann.id(), "message": "x" });
        bob.rest.post("users.setStatus", other.clone()).await.refused_with(403, "unauthorized");
        server.admin.rest.post("users.setStatus", other).await.ok();
        assert_eq!(ann.rest.get("me", &[]).await.ok()["statusText"], "x");
        server.set("Accounts_AllowInvisibleStatusOption", json!(false)).await;
        bob.rest.post("users.setStatus", json!({ "status": "offline" })).await.refused(400, "error-status-not-allowed");
        server.set("Accounts_AllowUserStatusMessageChange", json!(false)).await;
        bob.rest.post("users.setStatus", json!({ "message": "x" })).await.refused(400, "error-not-allowed");
    }

    async fn preferences(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let before = ann.rest.get("users.getPreferences", &[]).await.as_published().ok();
        assert_eq!(before["preferences"]["sidebarViewMode"], "medium");
        let body = json!({ "data": { "sidebarViewMode": "condensed", "language": "de", "idleTimeLimit": "60" } });
        let set = ann.rest.post("users.setPreferences", body.clone()).await.as_published().ok();
        assert_eq!(set["preferences"]["sidebarViewMode"], "condensed");
        assert_eq!(set["user"]["settings"]["preferences"]["idleTimeLimit"], 60);
        let me = ann.rest.get("me", &[]).await.as_published().ok();
        assert_eq!((&me["language"], &me["settings"]["preferences"]["sidebarViewMode"]), (&json!("de"), &json!("condensed")));
        let mut others = body.clone();
        others["userId"] = json!(bob.id());
        ann.rest.post("users.setPreferences", others.clone()).await.refused(400, "error-action-not-allowed");
        server.admin.rest.post("users.setPreferences", others).await.ok();
        ann.rest.post("users.setPreferences", json!({ "data": { "isAdmin": true } })).await.refused(400, "invalid-params");
        ann.rest.post("users.setPreferences", json!({})).await.refused(400, "invalid-params");
    }

    async fn highlight_words_count_as_mentions(mut server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let words = json!({ "data": { "highlights": ["Deploy", ""] } });
        bob.rest.post("users.setPreferences", words.clone()).await.ok();
        cat.rest.post("users.setPreferences", words).await.ok();
        let rid = ann.group("plans", &[&bob]).await;
        bob.rest.post("subscriptions.read", json!({ "rid": rid })).await.ok();
        ann.says(&rid, "we redeployed it").await;
        let unread = |user: User| {
            let rid = rid.clone();
            async move {
                let seat = user.rest.get("subscriptions.getOne", &[("roomId", &rid)]).await.ok();
                (seat["subscription"]["unread"].clone(), seat["subscription"]["userMentions"].clone())
            }
        };
        assert_eq!(unread(bob.clone()).await, (json!(1), json!(1)));
        server.restart().await;
        let (ann, bob) = (server.here(&ann), server.here(&bob));
        ann.says(&rid, "DEPLOY again").await;
        assert_eq!(unread(bob.clone()).await, (json!(2), json!(2)), "words are known after a restart");
        bob.rest.post("users.setPreferences", json!({ "data": { "highlights": [] } })).await.ok();
        ann.says(&rid, "deploy").await;
        assert_eq!(unread(bob).await, (json!(2), json!(2)));
    }
}

fn fresh() -> (Chat, tempfile::TempDir) {
    fresh_at(Clock::system())
}

fn fresh_at(clock: Clock) -> (Chat, tempfile::TempDir) {
    fresh_under(clock, None)
}

fn fresh_under(clock: Clock, root_url: Option<&str>) -> (Chat, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gantry.db");
    let options = Options {
        database: Database::Sqlite { path, synchronous: Synchronous::Full },
        clock,
        overrides: Overrides::default(),
        root_url: root_url.map(str::to_owned),
        token_secret: None,
        capabilities: Capabilities::built(),
        test_mode: false,
    };
    (Chat::open(options).unwrap(), folder)
}

fn origin(local: bool) -> Arc<Origin> {
    Arc::new(Origin { ip: IpAddr::from([127, 0, 0, 1]), local, user_agent: String::new() })
}

/// Registers, and tells whether an administrator came of it.
async fn is_admin(chat: &Chat, name: &str, local: bool, setup_token: Option<&str>) -> Result<bool, String> {
    let new = Registration {
        username: name.into(),
        email: format!("{name}@example.org"),
        password: PASSWORD.into(),
        setup_token: setup_token.map(str::to_owned),
        ..Registration::default()
    };
    let user = users::register(chat, new, &origin(local)).await.map_err(|error| error.to_string())?;
    Ok(user.has_role("admin"))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_account_of_the_machine_itself_administers() {
    let (chat, _folder) = fresh();
    users::ensure_first(&chat).await.unwrap();
    users::ensure_first(&chat).await.unwrap();
    assert_eq!(chat.settings().text("Show_Setup_Wizard"), "pending");
    assert_eq!(is_admin(&chat, "admin", true, None).await, Ok(true));
    assert_eq!(chat.settings().text("Show_Setup_Wizard"), "completed");
    assert_eq!(is_admin(&chat, "bob", true, None).await, Ok(false));
    assert_eq!(auth::setup_token(&chat).await.unwrap(), None);
}

/// It is how a set-up page asks to make the administrator, and nobody else.
#[tokio::test(flavor = "multi_thread")]
async fn an_empty_token_means_the_administrator_or_nobody() {
    let (chat, _folder) = fresh();
    auth::setup_token(&chat).await.unwrap();
    let refused = is_admin(&chat, "ann", false, Some("")).await.unwrap_err();
    assert!(refused.ends_with("[error-invalid-setup-token]"), "{refused}");
    assert_eq!(is_admin(&chat, "ann", true, Some("")).await, Ok(true));
    assert!(is_admin(&chat, "bob", true, Some("")).await.is_err());
}

/// A proxy that says nothing of itself makes everybody seem to come from the machine.
#[tokio::test(flavor = "multi_thread")]
async fn behind_a_name_of_the_network_the_machine_itself_is_nobody() {
    let (chat, _folder) = fresh_under(Clock::system(), Some("https://chat.example.org"));
    let token = auth::setup_token(&chat).await.unwrap().unwrap();
    assert_eq!(is_admin(&chat, "ann", true, None).await, Ok(false));
    assert_eq!(is_admin(&chat, "bob", true, Some(&token)).await, Ok(true));
}

#[tokio::test(flavor = "multi_thread")]
async fn from_elsewhere_only_the_set_up_token_makes_an_administrator() {
    let (chat, _folder) = fresh();
    let old = auth::setup_token(&chat).await.unwrap().unwrap();
    let token = auth::setup_token(&chat).await.unwrap().unwrap();
    assert_eq!(is_admin(&chat, "ann", false, None).await, Ok(false));
    assert_eq!(is_admin(&chat, "bob", true, None).await, Ok(false), "no longer the first account");
    for wrong in ["guess", &old] {
        let refused = is_admin(&chat, "cat", true, Some(wrong)).await.unwrap_err();
        assert!(refused.ends_with("[error-invalid-setup-token]"), "{refused}");
    }
    assert_eq!(is_admin(&chat, "cat", false, Some(&token)).await, Ok(true));
    assert!(is_admin(&chat, "dan", false, Some(&token)).await.is_err(), "it is worth one account");
    assert_eq!(auth::setup_token(&chat).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_status_ends_when_it_should() {
    let clock = Clock::manual(Millis(1_000_000));
    let (chat, _folder) = fresh_at(clock.clone());
    is_admin(&chat, "ann", true, None).await.unwrap();
    let credentials = Credentials::parse(&json!({ "user": "ann", "password": PASSWORD })).unwrap();
    let login = auth::login(&chat, credentials, &origin(true)).await.unwrap();
    let ann = auth::caller_for(&chat, &login, &origin(true));
    presence::connected(&ann, ConnectionId(1)).await.unwrap();
    let lunch = StatusChange { status: Some(Status::Busy), text: Some("Lunch".into()), until: Some(Millis(1_060_000)) };
    users::set_status(&ann, ann.id(), lunch, "users.setStatus").await.unwrap();
    let seen = || async {
        let list = presence::list(&ann, Whose::Of(vec![ann.id().clone()])).await.unwrap();
        let user = serde_json::to_value(&list.users[0]).unwrap();
        (user["status"].clone(), user["statusText"].clone())
    };
    presence::end_statuses(&chat).await.unwrap();
    assert_eq!(seen().await, (json!("busy"), json!("Lunch")));
    clock.set(Millis(1_060_000));
    presence::end_statuses(&chat).await.unwrap();
    assert_eq!(seen().await, (json!("online"), json!("")));
}
