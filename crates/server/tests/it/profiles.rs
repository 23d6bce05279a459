//! What people change about their own accounts, the sessions they end, and the tokens they make for their programs.

use crate::world::{PASSWORD, Server, TOKEN_SECRET, User};
use gantry_testkit::{Ddp, Login, both_databases};
use serde_json::{Value, json};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(5);
const OWN: &str = "stream-notify-user";
const OTHER_PASSWORD: &str = "Other-staple-8-battery";

/// A password as clients prove it.
fn digest(password: &str) -> String {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, password.as_bytes());
    digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn factor(password: &str) -> Value {
    json!({ "twoFactorCode": digest(password), "twoFactorMethod": "password" })
}

async fn me(user: &User) -> Value {
    user.rest.get("me", &[]).await.ok()
}

async fn logs_in(server: &Server, name: &str, password: &str) -> bool {
    server.nobody().post("login", json!({ "user": name, "password": password })).await.status == 200
}

async fn error(socket: &Ddp, method: &str, params: Value) -> String {
    let refused = socket.call(method, params.clone()).await;
    let refused = refused.expect_err(&format!("{method} {params} was not refused"));
    refused["error"].as_str().map_or_else(|| refused["error"].to_string(), str::to_owned)
}

both_databases! {
    async fn a_profile_is_changed_by_its_owner(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        server.set("Accounts_CustomFields", json!(r#"{"team":{"type":"text","public":true}}"#)).await;
        let anns = ann.socket().await;
        let user_data = format!("{}/userData", ann.id());
        anns.stream(OWN, &user_data).await;
        let body = json!({
            "data": { "name": "Ann Lee", "bio": " tea ", "nickname": "Annie", "statusText": "here", "statusType": "busy" },
            "customFields": { "team": "blue", "extra": 1 },
        });
        let saved = ann.rest.post("users.updateOwnBasicInfo", body).await.as_published().ok()["user"].clone();
        assert_eq!((&saved["name"], &saved["bio"], &saved["nickname"]), (&json!("Ann Lee"), &json!("tea"), &json!("Annie")));
        assert_eq!((&saved["statusText"], &saved["customFields"]), (&json!("here"), &json!({ "team": "blue" })));
        assert!(!saved.to_string().contains("argon2"), "{saved}");
        anns.expect_where(OWN, &user_data, SOON, |args| args[0]["diff"]["name"] == "Ann Lee").await;
        anns.expect_where(OWN, &user_data, SOON, |args| args[0]["diff"]["bio"] == "tea").await;
        let seen = bob.rest.get("users.info", &[("username", "ann")]).await.ok()["user"].clone();
        assert_eq!((&seen["name"], &seen["bio"]), (&json!("Ann Lee"), &json!("tea")));
        // What the login put into a collection follows.
        let own = |frame: &Value| frame["msg"] == "changed" && frame["collection"] == "users" && frame["id"] == ann.id();
        let account = anns.wait("the own account", SOON, own).await;
        assert_eq!(account["fields"]["username"], "ann");
        // The same by the method; what is empty stays, or goes where that has a meaning.
        let saving = json!([{ "realname": "", "username": "", "bio": "", "nickname": "A" }, {}, ""]);
        assert_eq!(anns.call("saveUserProfile", saving).await, Ok(json!(true)));
        let now = me(&ann).await;
        assert_eq!((&now["name"], &now["nickname"], &now["bio"]), (&json!("Ann Lee"), &json!("A"), &Value::Null));
        assert_eq!(anns.call("saveCustomFields", json!([{ "team": "red" }])).await, Ok(Value::Null));
        assert_eq!(me(&ann).await["customFields"], json!({ "team": "red" }));
        assert_eq!(anns.call("setRealName", json!(["Ann"])).await, Ok(json!("Ann")));
        assert_eq!(me(&ann).await["name"], "Ann");
    }

    async fn what_does_not_fit_changes_nothing(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let before = me(&ann).await;
        let save = async |data: Value| {
            let body = json!({ "data": data });
            ann.rest.post("users.updateOwnBasicInfo", body).await
        };
        let proof = digest(PASSWORD);
        save(json!({ "name": "<b>" })).await.refused_with(400, "Name contains invalid characters");
        for (data, id) in [
            (json!({ "bio": "x".repeat(261) }), "error-bio-size-exceeded"),
            (json!({ "nickname": "x".repeat(121) }), "error-nickname-size-exceeded"),
            (json!({ "username": "two words" }), "error-could-not-save-identity"),
            (json!({ "username": "BOB" }), "error-could-not-save-identity"),
            (json!({ "username": "all" }), "error-blocked-username"),
            (json!({ "email": "no address" }), "error-invalid-email"),
            (json!({ "email": "bob@example.org", "currentPassword": proof }), "error-field-unavailable"),
            (json!({ "email": "new@example.org" }), "totp-required"),
            (json!({ "email": "new@example.org", "currentPassword": digest("wrong") }), "totp-invalid"),
            (json!({ "newPassword": OTHER_PASSWORD }), "totp-required"),
            (json!({ "newPassword": OTHER_PASSWORD, "currentPassword": PASSWORD }), "totp-required"),
            (json!({ "newPassword": "short", "currentPassword": proof }), "error-password-policy-not-met"),
            (json!({ "newPassword": PASSWORD, "currentPassword": proof }), "error-password-same-as-current"),
            (json!({ "statusType": "asleep" }), "error-invalid-status"),
            (json!({ "unknown": "x" }), "invalid-params"),
        ] {
            let refused = save(data.clone()).await;
            assert_eq!(refused.json["errorType"], id, "{data}: {refused}");
        }
        let challenge = save(json!({ "newPassword": OTHER_PASSWORD })).await.refused(400, "totp-required");
        let details = json!({ "method": "password", "codeGenerated": false, "availableMethods": [] });
        assert_eq!(challenge["details"], details);
        server.nobody().post("users.updateOwnBasicInfo", json!({ "data": {} })).await.not_logged_in();
        assert_eq!(me(&ann).await, before);
        for (setting, data, text) in [
            ("Accounts_AllowUsernameChange", json!({ "username": "anne" }), "Edit username is not allowed"),
            ("Accounts_AllowRealNameChange", json!({ "name": "Anne" }), "Edit user real name is not allowed"),
            ("Accounts_AllowEmailChange", json!({ "email": "n@example.org" }), "Edit user email is not allowed"),
            ("Accounts_AllowPasswordChange", json!({ "newPassword": "x" }), "Edit user password is not allowed"),
        ] {
            server.set(setting, json!(false)).await;
            save(data).await.refused_with(400, &format!("{text} [error-action-not-allowed]"));
        }
        server.set("Accounts_AllowUserProfileChange", json!(false)).await;
        save(json!({ "bio": "x" })).await.refused(400, "error-not-allowed");
        assert_eq!(me(&ann).await, before);
        assert!(logs_in(&server, "ann", PASSWORD).await && !logs_in(&server, "bob", "x").await);
        drop(bob);
    }

    /// A user name is part of what others see: in lists, in direct rooms, in what was written before.
    async fn another_user_name_is_seen_everywhere(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let direct = ann.rest.post("im.create", json!({ "username": "bob" })).await.ok()["room"]["_id"].clone();
        let direct = direct.as_str().unwrap();
        ann.says(direct, "hello").await;
        let group = ann.group("plans", &[&bob]).await;
        let mute = json!({ "roomId": group, "username": "bob" });
        ann.rest.post("rooms.muteUser", mute).await.ok();
        let (anns, bobs) = (ann.socket().await, bob.socket().await);
        let changed = format!("{}/subscriptions-changed", bob.id());
        bobs.stream(OWN, &changed).await;
        bobs.stream("stream-notify-logged", "Users:NameChanged").await;
        let since = bob.rest.get("subscriptions.getOne", &[("roomId", direct)]).await.ok()["subscription"]["_updatedAt"].clone();
        assert_eq!(anns.call("setUsername", json!(["anna"])).await, Ok(json!("anna")));
        bobs.expect_where("stream-notify-logged", "Users:NameChanged", SOON, |args| args[0]["username"] == "anna").await;
        bobs.expect_where(OWN, &changed, SOON, |args| args[1]["name"] == "anna").await;
        let since = [("updatedSince", since.as_str().unwrap())];
        let seats = bob.rest.get("subscriptions.get", &since).await.ok();
        let told = seats["update"].as_array().unwrap().iter().any(|seat| seat["rid"] == direct && seat["name"] == "anna");
        assert!(told, "{seats}");
        let history = bob.rest.get("im.history", &[("roomId", direct)]).await.ok();
        assert_eq!(history["messages"][0]["u"]["username"], "anna");
        assert!(logs_in(&server, "anna", PASSWORD).await && !logs_in(&server, "ann", PASSWORD).await);
        // Who is muted stays so under another name, and the name is free for others.
        bobs.call("setUsername", json!(["robert"])).await.unwrap();
        let room = ann.rest.get("rooms.info", &[("roomId", &group)]).await.ok();
        assert_eq!(room["room"]["muted"], json!(["robert"]));
        let send = json!({ "message": { "rid": group, "msg": "hi" } });
        bob.rest.post("chat.sendMessage", send).await.refused(400, "error-not-allowed");
        server.users(["bob"]).await;
    }

    async fn user_names_are_free_valid_and_nobody_elses(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let anns = ann.socket().await;
        for (name, id) in [
            ("", "error-invalid-username"), ("two words", "username-invalid"), ("all", "error-blocked-username"),
            ("Bob", "error-field-unavailable"),
        ] {
            assert_eq!(error(&anns, "setUsername", json!([name])).await, id, "{name}");
        }
        assert_eq!(error(&anns, "setUsername", json!([{ "$ne": 1 }])).await, "400");
        assert_eq!(anns.call("setUsername", json!(["ANN"])).await, Ok(json!("ANN")));
        assert_eq!(me(&ann).await["username"], "ann");
        let free = async |name: &str| {
            let answer = ann.rest.get("users.checkUsernameAvailability", &[("username", name)]).await;
            answer.as_published().ok()["result"].clone()
        };
        let answers = [free("ann").await, free("anna").await, free("BOB").await, free("two words").await];
        assert_eq!(answers, [json!(true), json!(true), json!(false), json!(false)]);
        let blocked = ann.rest.get("users.checkUsernameAvailability", &[("username", "system")]).await;
        assert_eq!(blocked.refused(400, "error-blocked-username")["details"]["field"], "system");
        assert_eq!(anns.call("checkUsernameAvailability", json!(["anna"])).await, Ok(json!(true)));
        assert_eq!(error(&anns, "checkUsernameAvailability", json!(["all"])).await, "error-blocked-username");
        assert_eq!(anns.call("setRealName", json!(["Bob Lee"])).await, Ok(json!("Bob Lee")));
        let suggested = ann.rest.get("users.getUsernameSuggestion", &[]).await.as_published().ok();
        assert_eq!(suggested["result"], "bob.lee");
        assert_eq!(anns.call("getUsernameSuggestion", json!([])).await, Ok(json!("bob.lee")));
        server.set("Accounts_AllowUsernameChange", json!(false)).await;
        assert_eq!(error(&anns, "setUsername", json!(["anna"])).await, "error-not-allowed");
        assert_eq!(error(&anns, "checkUsernameAvailability", json!(["anna"])).await, "error-not-allowed");
        drop(bob);
    }

    async fn two_people_do_not_take_one_name_at_once(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let take = async |user: &User| {
            let body = json!({ "data": { "username": "zoe" } });
            user.rest.post("users.updateOwnBasicInfo", body).await.status
        };
        let outcomes = tokio::join!(take(&ann), take(&bob), take(&cat));
        let mut outcomes: [u16; 3] = outcomes.into();
        outcomes.sort_unstable();
        assert_eq!(outcomes, [200, 400, 400]);
    }

    async fn an_address_is_changed_by_who_knows_the_password(server: Server) {
        let [ann, _] = server.users(["ann", "bob"]).await;
        let anns = ann.socket().await;
        assert_eq!(error(&anns, "setEmail", json!(["new@example.org"])).await, "totp-required");
        assert_eq!(error(&anns, "setEmail", json!(["new@example.org", factor("wrong")])).await, "totp-invalid");
        assert_eq!(error(&anns, "setEmail", json!(["bob@example.org", factor(PASSWORD)])).await, "error-field-unavailable");
        assert_eq!(error(&anns, "setEmail", json!(["none", factor(PASSWORD)])).await, "error-invalid-email");
        let set = anns.call("setEmail", json!(["New@example.org", factor(PASSWORD)])).await;
        assert_eq!(set, Ok(json!("New@example.org")));
        assert_eq!(me(&ann).await["emails"], json!([{ "address": "new@example.org", "verified": false }]));
        assert!(logs_in(&server, "new@example.org", PASSWORD).await);
        assert!(!logs_in(&server, "ann@example.org", PASSWORD).await);
    }

    /// It ends the other sessions, and not the one it was changed in.
    async fn a_new_password_ends_other_sessions(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let anns = ann.socket().await;
        let other: Login = server.nobody().login("ann", PASSWORD).await;
        let other = User { rest: server.nobody().as_user(&other), login: other };
        let others = other.socket().await;
        others.stream(OWN, &format!("{}/force_logout", ann.id())).await;
        let saving = json!([{ "newPassword": OTHER_PASSWORD, "typedPassword": digest(PASSWORD) }, {}]);
        assert_eq!(anns.call("saveUserProfile", saving).await, Ok(json!(true)));
        others.expect(OWN, &format!("{}/force_logout", ann.id()), SOON).await;
        others.closed(SOON).await;
        other.rest.get("me", &[]).await.not_logged_in();
        me(&ann).await;
        assert!(logs_in(&server, "ann", OTHER_PASSWORD).await && !logs_in(&server, "ann", PASSWORD).await);
        assert_eq!(error(&anns, "changePassword", json!([PASSWORD, "Third-staple-7-battery"])).await, "totp-invalid");
        let old = json!({ "digest": digest(OTHER_PASSWORD), "algorithm": "sha-256" });
        let hashed = json!({ "digest": digest("x"), "algorithm": "sha-256" });
        assert_eq!(error(&anns, "changePassword", json!([old, hashed])).await, "400");
        assert_eq!(anns.call("changePassword", json!([old, PASSWORD])).await, Ok(json!(true)));
        assert!(logs_in(&server, "ann", PASSWORD).await);
    }

    async fn who_guesses_the_own_password_is_stopped(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let anns = ann.socket().await;
        for _ in 0..10 {
            assert_eq!(error(&anns, "setEmail", json!(["n@example.org", factor("guess")])).await, "totp-invalid");
        }
        assert_eq!(error(&anns, "setEmail", json!(["n@example.org", factor(PASSWORD)])).await, "error-login-blocked-for-user");
    }

    async fn who_must_choose_another_password_does(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let account = json!({
            "username": "eve", "name": "Eve", "email": "eve@example.org", "password": PASSWORD, "requirePasswordChange": true,
        });
        server.admin.rest.post("users.create", account).await.ok();
        let login: Login = server.nobody().login("eve", PASSWORD).await;
        let eve = User { rest: server.nobody().as_user(&login), login };
        assert_eq!(me(&eve).await["requirePasswordChange"], true);
        let eves = eve.socket().await;
        assert_eq!(error(&eves, "setUserPassword", json!([PASSWORD])).await, "error-password-same-as-current");
        assert_eq!(error(&eves, "setUserPassword", json!(["x"])).await, "error-password-policy-not-met");
        assert_eq!(eves.call("setUserPassword", json!([OTHER_PASSWORD])).await.unwrap()["modifiedCount"], 1);
        assert_eq!(me(&eve).await["requirePasswordChange"], false);
        assert_eq!(error(&eves, "setUserPassword", json!([PASSWORD])).await, "error-not-allowed");
        assert_eq!(error(&ann.socket().await, "setUserPassword", json!([OTHER_PASSWORD])).await, "error-not-allowed");
        assert!(logs_in(&server, "eve", OTHER_PASSWORD).await);
    }

    async fn what_passwords_must_be_like_is_told(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let told = server.nobody().get("pw.getPolicy", &[]).await.as_published().ok();
        assert_eq!((&told["enabled"], &told["policy"][0]), (&json!(true), &json!(["get-password-policy-minLength", { "minLength": 14 }])));
        let anns = ann.socket().await;
        assert_eq!(anns.call("getPasswordPolicy", json!([{ "token": "" }])).await.unwrap()["policy"], told["policy"]);
        let nobody = Ddp::connect(&server.base).await;
        assert_eq!(nobody.call("checkRegistrationSecretURL", json!(["guess"])).await, Ok(json!(false)));
        let secret = server.admin.rest.get("settings/Accounts_RegistrationForm_SecretURL", &[]).await.ok()["value"].clone();
        assert_eq!(nobody.call("checkRegistrationSecretURL", json!([secret])).await, Ok(json!(true)));
        assert_eq!(nobody.call("checkRegistrationSecretURL", json!([""])).await, Ok(json!(false)));
    }

    async fn programs_get_tokens_of_their_own(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let post = async |name: &str, body: Value| ann.rest.post(&format!("users.{name}PersonalAccessToken"), body).await;
        post("generate", json!({})).await.refused_with(400, "The 'tokenName' param is required");
        let made = post("generate", json!({ "tokenName": "ci", "bypassTwoFactor": true })).await.as_published().ok();
        let token = made["token"].as_str().unwrap().to_owned();
        let again = post("generate", json!({ "tokenName": "ci" })).await.refused(400, "error-token-already-exists");
        assert_eq!(again["details"]["method"], "personalAccessTokens:generateToken");
        post("generate", json!({ "tokenName": "x".repeat(121) })).await.refused(400, "error-invalid-params");
        // By REST, and as a login over a socket.
        let login = Login { token: token.clone(), ..ann.login.clone() };
        let program = User { rest: server.nobody().as_user(&login), login };
        me(&program).await;
        let socket = Ddp::connect(&server.base).await;
        let resumed = socket.login_with(json!({ "resume": token })).await.unwrap();
        assert_eq!((&resumed["id"], &resumed["tokenExpires"]), (&json!(ann.id()), &Value::Null));
        let list = ann.rest.get("users.getPersonalAccessTokens", &[]).await.as_published().ok()["tokens"].clone();
        let end = &token[token.len() - 6..];
        assert_eq!((&list[0]["name"], &list[0]["lastTokenPart"]), (&json!("ci"), &json!(end)));
        assert!(!list.to_string().contains(&token));
        assert_eq!(bob.rest.get("users.getPersonalAccessTokens", &[]).await.ok()["tokens"], json!([]));
        bob.rest.post("users.removePersonalAccessToken", json!({ "tokenName": "ci" })).await.refused(400, "error-token-does-not-exists");
        // What ends sessions leaves it.
        ann.rest.post("users.removeOtherTokens", json!({})).await.ok();
        me(&program).await;
        let anns = ann.socket().await;
        assert_eq!(error(&socket, "getNewToken", json!([])).await, "error-not-allowed");
        let renewed = post("regenerate", json!({ "tokenName": "ci" })).await.as_published().ok()["token"].clone();
        program.rest.get("me", &[]).await.not_logged_in();
        socket.closed(SOON).await;
        let renewed = Login { token: renewed.as_str().unwrap().to_owned(), ..ann.login.clone() };
        let renewed = server.nobody().as_user(&renewed);
        renewed.get("me", &[]).await.ok();
        assert_eq!(anns.call("personalAccessTokens:removeToken", json!([{ "tokenName": "ci" }])).await, Ok(Value::Null));
        renewed.get("me", &[]).await.not_logged_in();
        let missing = anns.call("personalAccessTokens:regenerateToken", json!([{ "tokenName": "ci" }])).await.unwrap_err();
        assert_eq!(missing["message"], "Token does not exist [error-token-does-not-exists]");
        let made = anns.call("personalAccessTokens:generateToken", json!([{ "tokenName": "ci" }])).await.unwrap();
        assert_eq!(made.as_str().map(str::len), Some(43));
        assert_eq!(error(&anns, "personalAccessTokens:generateToken", json!([{ "tokenName": 5 }])).await, "400");
        server.grant("create-personal-access-tokens", &["admin"]).await;
        post("generate", json!({ "tokenName": "x" })).await.refused(400, "not-authorized");
        ann.rest.get("users.getPersonalAccessTokens", &[]).await.refused(400, "not-authorized");
    }

    async fn sessions_are_ended_by_their_owner_or_an_administrator(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let other: Login = server.nobody().login("ann", PASSWORD).await;
        let other = server.nobody().as_user(&other);
        ann.rest.post("users.removeOtherTokens", json!({})).await.as_published().ok();
        other.get("me", &[]).await.not_logged_in();
        let anns = ann.socket().await;
        let new = anns.call("getNewToken", json!([])).await.unwrap();
        assert!(new["tokenExpires"]["$date"].is_i64(), "{new}");
        let twin = Login { token: new["token"].as_str().unwrap().to_owned(), ..ann.login.clone() };
        let twin = server.nobody().as_user(&twin);
        twin.get("me", &[]).await.ok();
        assert_eq!(anns.call("removeOtherTokens", json!([])).await, Ok(Value::Null));
        twin.get("me", &[]).await.not_logged_in();
        let renewed = ann.rest.post("users.logoutOtherClients", json!({})).await.as_published().ok();
        let renewed = Login { token: renewed["token"].as_str().unwrap().to_owned(), ..ann.login.clone() };
        server.nobody().as_user(&renewed).get("me", &[]).await.ok();
        bob.rest.post("users.logout", json!({ "userId": ann.id() })).await.refused_with(403, "unauthorized");
        server.admin.rest.post("users.logout", json!({ "userId": "nobody" })).await.refused(400, "error-invalid-user-id");
        let out = server.admin.rest.post("users.logout", json!({ "userId": ann.id() })).await.as_published().ok();
        assert_eq!(out["message"], format!("User {} has been logged out!", ann.id()));
        anns.closed(SOON).await;
        ann.rest.get("me", &[]).await.not_logged_in();
        bob.rest.post("users.logout", json!({})).await.ok();
        bob.rest.get("me", &[]).await.not_logged_in();
    }

    async fn tokens_for_others_by_method(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let admins = server.admin.socket().await;
        let made = admins.call("createToken", json!([ann.id(), TOKEN_SECRET])).await.unwrap();
        let login = Login { token: made["authToken"].as_str().unwrap().to_owned(), ..ann.login.clone() };
        server.nobody().as_user(&login).get("me", &[]).await.ok();
        for params in [json!([ann.id()]), json!([ann.id(), "wrong"]), json!(["nobody", TOKEN_SECRET])] {
            assert_eq!(error(&admins, "createToken", params).await, "error-not-authorized");
        }
        assert_eq!(error(&ann.socket().await, "createToken", json!([ann.id(), TOKEN_SECRET])).await, "error-not-authorized");
    }
}
