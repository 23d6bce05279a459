//! The second factor: what asks for it, who is spared, and how long it is remembered.

use crate::world::{PASSWORD, Server, User, digest};
use gantry_rest::endpoint::Asking;
use gantry_testkit::{Answer, Login, Rest, both_databases};
use serde_json::{Value, json};

const SECOND: i64 = 1_000;
const REMEMBERED: i64 = 1_800 * SECOND;
const CODE: &str = "x-2fa-code";
const METHOD: &str = "x-2fa-method";

/// A server whose accounts are older than what is spared of new ones; and Ann on it.
async fn aged(server: &mut Server) -> User {
    let [ann] = server.users(["ann"]).await;
    server.restart_with_own_clock().await;
    server.pass(REMEMBERED + SECOND);
    server.here(&ann)
}

async fn again(server: &Server, username: &str) -> User {
    let login = server.nobody().login(username, PASSWORD).await;
    User { rest: server.nobody().as_user(&login), login }
}

/// The same client with the second factor.
fn proving(rest: &Rest, code: &str) -> Rest {
    rest.with(CODE, code).with(METHOD, "password")
}

async fn change_setting(rest: &Rest) -> Answer {
    rest.post("settings/Site_Name", json!({ "value": "Ours" })).await
}

async fn change_user(rest: &Rest, user: &User) -> Answer {
    rest.post("users.update", json!({ "userId": user.id(), "data": { "nickname": "A" } })).await
}

async fn make_token(rest: &Rest, name: &str, bypass: bool) -> Answer {
    rest.post("users.generatePersonalAccessToken", json!({ "tokenName": name, "bypassTwoFactor": bypass })).await
}

/// Ann's program with a token of its own.
async fn program(server: &Server, ann: &User, name: &str, bypass: bool) -> User {
    let made = make_token(&proving(&ann.rest, &digest()), name, bypass).await.ok();
    let login = Login { token: made["token"].as_str().unwrap().to_owned(), ..ann.login.clone() };
    User { rest: server.nobody().as_user(&login), login }
}

#[test]
fn the_marked_endpoints_ask_and_no_others() {
    let api = gantry_rest::api();
    let of = |asking| {
        let rows = api.rows().iter().filter(move |row| row.factor == asking);
        rows.map(|row| format!("{} {}", row.verb.text(), row.path)).collect::<Vec<_>>()
    };
    let mut always = of(Asking::Always);
    always.sort_unstable();
    let expected = [
        "POST settings",
        "POST settings/:_id",
        "POST users.generatePersonalAccessToken",
        "POST users.regeneratePersonalAccessToken",
        "POST users.removePersonalAccessToken",
        "POST users.update",
    ];
    assert_eq!(always, expected);
    assert_eq!(of(Asking::Sometimes), ["POST users.updateOwnBasicInfo"]);
}

both_databases! {
    async fn marked_endpoints_ask_for_it(server: Server) {
        let mut server = server;
        let ann = aged(&mut server).await;
        let admin = &server.admin.rest;
        let challenge = json!({ "method": "password", "codeGenerated": false, "availableMethods": [] });
        let refused = change_user(admin, &ann).await.refused(400, "totp-required");
        assert_eq!((&refused["error"], &refused["details"]), (&json!("TOTP Required [totp-required]"), &challenge));
        change_setting(admin).await.refused(400, "totp-required");
        let many = json!({ "settings": [{ "_id": "Site_Name", "value": "Ours" }] });
        admin.post("settings", many).await.refused(400, "totp-required");
        make_token(&ann.rest, "ci", false).await.refused(400, "totp-required");
        for name in ["regenerate", "remove"] {
            let body = json!({ "tokenName": "ci" });
            ann.rest.post(&format!("users.{name}PersonalAccessToken"), body).await.refused(400, "totp-required");
        }
        // What is wrong in form is told before, who is nobody and what may be done otherwise is as ever.
        ann.rest.post("users.update", json!({ "userId": 1 })).await.refused(400, "invalid-params");
        change_setting(&server.nobody()).await.not_logged_in();
        ann.rest.post("users.updateOwnBasicInfo", json!({ "data": { "bio": "tea" } })).await.ok();
        admin.get("settings/Site_Name", &[]).await.ok();
    }

    async fn a_wrong_code_is_refused_and_counted(server: Server) {
        let mut server = server;
        let ann = aged(&mut server).await;
        let admin = &server.admin.rest;
        for code in ["0".repeat(64), "123456".to_owned(), PASSWORD.to_owned()] {
            let refused = change_user(&proving(admin, &code), &ann).await.refused(400, "totp-invalid");
            assert_eq!(refused["details"]["method"], "password");
        }
        // An empty code is none; the method alone proves nothing.
        change_user(&proving(admin, " "), &ann).await.refused(400, "totp-required");
        change_user(&admin.with(METHOD, "password"), &ann).await.refused(400, "totp-required");
        change_user(&proving(admin, &digest().to_uppercase()), &ann).await.ok();
        for _ in 0..10 {
            make_token(&proving(&ann.rest, "guess"), "ci", false).await.refused(400, "totp-invalid");
        }
        make_token(&proving(&ann.rest, &digest()), "ci", false).await.refused(400, "error-login-blocked-for-user");
    }

    async fn it_is_remembered_for_the_session_and_its_client_alone(server: Server) {
        let mut server = server;
        let ann = aged(&mut server).await;
        let admin = &server.admin.rest;
        let other = again(&server, "admin").await.rest;
        change_setting(&proving(admin, &digest())).await.ok();
        change_setting(admin).await.ok();
        change_user(admin, &ann).await.ok();
        // A code that is not looked at harms nothing: some clients go on sending the one they were asked for.
        change_user(&proving(admin, "0"), &ann).await.ok();
        change_setting(&other).await.refused(400, "totp-required");
        change_setting(&admin.with("user-agent", "another browser")).await.refused(400, "totp-required");
        server.pass(REMEMBERED);
        change_setting(admin).await.ok();
        server.pass(SECOND);
        change_setting(admin).await.refused(400, "totp-required");
        // As long as the setting says, as it is now.
        server.set("Accounts_TwoFactorAuthentication_RememberFor", json!(60)).await;
        change_setting(&proving(admin, &digest())).await.ok();
        server.pass(61 * SECOND);
        change_setting(admin).await.refused(400, "totp-required");
        server.set("Accounts_TwoFactorAuthentication_RememberFor", json!(0)).await;
        change_setting(&proving(admin, &digest())).await.ok();
        change_setting(admin).await.refused(400, "totp-required");
        // A restart asks again.
        server.set("Accounts_TwoFactorAuthentication_RememberFor", json!(1_800)).await;
        change_setting(&proving(&server.admin.rest, &digest())).await.ok();
        server.restart().await;
        change_setting(&server.admin.rest).await.refused(400, "totp-required");
    }

    async fn who_is_new_is_spared_for_a_while(server: Server) {
        let mut server = server;
        server.restart_with_own_clock().await;
        let [ann] = server.users(["ann"]).await;
        make_token(&ann.rest, "ci", false).await.ok();
        // But not of what always asks.
        let mail = json!({ "data": { "email": "a@example.org" } });
        ann.rest.post("users.updateOwnBasicInfo", mail).await.refused(400, "totp-required");
        server.pass(REMEMBERED);
        make_token(&ann.rest, "ci2", false).await.ok();
        server.pass(SECOND);
        make_token(&ann.rest, "ci3", false).await.refused(400, "totp-required");
    }

    async fn tokens_may_be_made_to_go_without(server: Server) {
        let mut server = server;
        let ann = aged(&mut server).await;
        let (free, asked) = (program(&server, &server.admin, "free", true).await, program(&server, &server.admin, "asked", false).await);
        change_user(&free.rest, &ann).await.ok();
        change_user(&asked.rest, &ann).await.refused(400, "totp-required");
        change_user(&proving(&asked.rest, &digest()), &ann).await.ok();
        change_user(&asked.rest, &ann).await.ok();
        // Not for a password or an address of one's own: whoever has the token could lock its owner out.
        let own = json!({ "userId": server.admin.id(), "data": { "email": "other@example.org" } });
        free.rest.post("users.update", own).await.refused(400, "totp-required");
    }

    async fn it_is_asked_for_where_there_is_a_kind_of_it(server: Server) {
        let mut server = server;
        let ann = aged(&mut server).await;
        let admin = server.admin.rest.clone();
        server.set("Accounts_TwoFactorAuthentication_RememberFor", json!(0)).await;
        change_setting(&admin).await.refused(400, "totp-required");
        server.set("Accounts_TwoFactorAuthentication_Enforce_Password_Fallback", json!(false)).await;
        change_setting(&admin).await.ok();
        let mail = json!({ "data": { "email": "a@example.org" } });
        ann.rest.post("users.updateOwnBasicInfo", mail.clone()).await.refused(400, "totp-required");
        server.set("Accounts_TwoFactorAuthentication_Enforce_Password_Fallback", json!(true)).await;
        change_setting(&admin).await.refused(400, "totp-required");
        server.set("Accounts_TwoFactorAuthentication_Enabled", json!(false)).await;
        change_setting(&admin).await.ok();
        ann.rest.post("users.updateOwnBasicInfo", mail).await.ok();
        // The own password as a parameter is none of it.
        let socket = ann.socket().await;
        let refused = socket.call("changePassword", json!(["a guess", "Other-staple-8-battery"])).await.unwrap_err();
        assert_eq!(refused["error"], "totp-invalid");
    }

    async fn marked_methods_ask_for_it(server: Server) {
        let mut server = server;
        let ann = aged(&mut server).await;
        let (admins, anns) = (server.admin.socket().await, ann.socket().await);
        let factor = |code: &str| json!({ "twoFactorCode": code, "twoFactorMethod": "password" });
        let token = json!({ "tokenName": "ci", "bypassTwoFactor": false });
        for (socket, method, params) in [
            (&admins, "saveSetting", vec![json!("Site_Name"), json!("Ours"), Value::Null]),
            (&admins, "saveSettings", vec![json!([{ "_id": "Site_Name", "value": "Ours" }])]),
            (&admins, "insertOrUpdateUser", vec![json!({ "_id": ann.id(), "nickname": "A" })]),
            (&anns, "personalAccessTokens:generateToken", vec![token.clone()]),
            (&anns, "personalAccessTokens:regenerateToken", vec![token.clone()]),
            (&anns, "personalAccessTokens:removeToken", vec![token.clone()]),
        ] {
            let refused = socket.call(method, json!(params)).await.unwrap_err();
            assert_eq!((&refused["error"], &refused["details"]["method"]), (&json!("totp-required"), &json!("password")), "{method}");
            let wrong: Vec<Value> = params.iter().cloned().chain([factor("1")]).collect();
            assert_eq!(socket.call(method, json!(wrong)).await.unwrap_err()["error"], "totp-invalid", "{method}");
        }
        let made = anns.call("personalAccessTokens:generateToken", json!([token, factor(&digest())])).await.unwrap();
        assert!(made.is_string(), "{made}");
        anns.call("personalAccessTokens:removeToken", json!([token])).await.unwrap();
        // `method.call` takes it from the headers.
        let message = json!({ "msg": "method", "id": "1", "method": "saveSetting", "params": ["Site_Name", "Theirs", null] });
        let body = json!({ "message": message.to_string() });
        let asked = server.admin.rest.post("method.call/saveSetting", body.clone()).await.ok();
        assert!(asked["message"].as_str().unwrap().contains("totp-required"), "{asked}");
        let saved = proving(&server.admin.rest, &digest()).post("method.call/saveSetting", body).await.ok();
        assert!(saved["message"].as_str().unwrap().contains(r#""result":true"#), "{saved}");
    }
}
