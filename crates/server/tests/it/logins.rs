//! Logging in is one thing, however it is asked for; and what ends a session or a right ends it everywhere at once.

use crate::world::{PASSWORD, Server, User};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use gantry_model::event::Key;
use gantry_store::{Token, TokenKind};
use gantry_testkit::{Ddp, Login, both_databases};
use serde_json::{Value, json};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(5);
const QUIET: Duration = Duration::from_millis(80);
const MESSAGES: &str = "stream-room-messages";
const OWN: &str = "stream-notify-user";
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// A password as clients hash it.
fn hashed(password: &str) -> Value {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, password.as_bytes());
    let hex: String = digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    json!({ "digest": hex, "algorithm": "sha-256" })
}

/// Whom a login names, in each of the ways there are.
struct Named<'a> {
    id: &'a str,
    name: &'a str,
    email: &'a str,
}

impl Named<'_> {
    /// Every form of a login with this password.
    fn forms(&self, password: &str) -> Vec<Value> {
        let Named { id, name, email } = self;
        let hashed = hashed(password);
        vec![
            json!({ "user": name, "password": password }),
            json!({ "user": email, "password": hashed }),
            json!({ "user": name.to_uppercase(), "password": password }),
            json!({ "user": { "username": name }, "password": hashed }),
            json!({ "user": { "email": email }, "password": password }),
            json!({ "user": { "email": name }, "password": hashed }),
            json!({ "user": { "id": id }, "password": hashed }),
            json!({ "username": name, "password": hashed }),
            json!({ "email": email, "password": password }),
            json!({ "totp": { "login": { "user": { "username": name }, "password": hashed }, "code": "123456" } }),
        ]
    }
}

/// How a login ended, in the words that all ways share.
#[derive(Clone, Debug, PartialEq)]
enum Outcome {
    /// As this user.
    In(String),
    /// With this error and reason.
    Refused(Value, String),
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn refused(code: impl Into<Value>, reason: &str) -> Outcome {
    Outcome::Refused(code.into(), reason.to_owned())
}

/// An unknown name and a wrong password alike.
fn wrong() -> Outcome {
    refused(403, "User not found")
}

fn of_method(result: Result<Value, Value>) -> Outcome {
    match result {
        Ok(result) => {
            assert_eq!(result["token"].as_str().map(str::len), Some(43), "{result}");
            Outcome::In(text(&result["id"]))
        }
        Err(error) => {
            assert_eq!(error["message"], format!("{} [{}]", text(&error["reason"]), plain(&error["error"])), "{error}");
            assert_eq!(error["errorType"], "Meteor.Error", "{error}");
            Outcome::Refused(error["error"].clone(), text(&error["reason"]))
        }
    }
}

fn plain(code: &Value) -> String {
    code.as_str().map_or_else(|| code.to_string(), str::to_owned)
}

async fn by_rest(server: &Server, login: &Value) -> Outcome {
    let answer = server.nobody().post("login", login.clone()).await;
    if answer.status == 200 {
        return Outcome::In(text(&answer.ok()["data"]["userId"]));
    }
    assert_eq!((answer.status, &answer["success"], &answer["status"]), (401, &json!(false), &json!("error")));
    match answer["error"].as_str() {
        // Its own envelope, to the letter.
        Some("Unauthorized") => {
            let whole =
                json!({ "success": false, "status": "error", "error": "Unauthorized", "message": "Unauthorized" });
            assert_eq!(answer.json, whole);
            wrong()
        }
        _ => Outcome::Refused(answer["error"].clone(), text(&answer["message"])),
    }
}

async fn by_socket(server: &Server, login: &Value) -> Outcome {
    of_method(Ddp::connect(&server.base).await.login_with(login.clone()).await)
}

async fn by_method(server: &Server, login: &Value) -> Outcome {
    let message = json!({ "msg": "method", "id": "1", "method": "login", "params": [login] }).to_string();
    let answer = server.nobody().post("method.callAnon/login", json!({ "message": message })).await.ok();
    let mut result: Value = serde_json::from_str(answer["message"].as_str().unwrap()).unwrap();
    of_method(if result["error"].is_null() { Ok(result["result"].take()) } else { Err(result["error"].take()) })
}

/// Logs in by all ways; each ends alike.
async fn all_ways(server: &Server, login: &Value, expected: &Outcome) {
    assert_eq!(&by_rest(server, login).await, expected, "over REST with {login}");
    assert_eq!(&by_socket(server, login).await, expected, "over a socket with {login}");
    assert_eq!(&by_method(server, login).await, expected, "over method.callAnon with {login}");
}

async fn set_active(server: &Server, user: &User, active: bool) {
    let body = json!({ "userId": user.id(), "activeStatus": active, "confirmRelinquish": true });
    server.admin.rest.post("users.setActiveStatus", body).await.ok();
}

fn resume(token: &str) -> Value {
    json!({ "resume": token })
}

/// The same user, as a program that has a token of its own.
async fn with_personal_token(server: &Server, user: &User) -> User {
    let login = Login { token: gantry_store::random_secret(), ..user.login.clone() };
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, login.token.as_bytes());
    let token = Token {
        hash: STANDARD.encode(digest),
        uid: user.id().into(),
        kind: TokenKind::Personal,
        created: server.now(),
        expires: None,
        bypass_two_factor: false,
    };
    // No call makes one yet.
    let store = server.gantry.chat().store();
    store.write([Key::User(token.uid.clone())], move |tx| tx.tokens().insert(&token)).await.unwrap();
    User { rest: server.nobody().as_user(&login), login }
}

/// Another session of the same user.
async fn again(server: &Server, user: &User) -> User {
    let login = server.nobody().login(user.username(), PASSWORD).await;
    User { rest: server.nobody().as_user(&login), login }
}

both_databases! {
    async fn every_form_ends_alike_by_every_way(server: Server) {
        let [ann, gus] = server.users(["ann", "gus"]).await;
        server.set("Block_Multiple_Failed_Logins_Enabled", json!(false)).await;
        let named = |user| Named { id: User::id(user), name: User::username(user), email: "" };
        let ann = Named { email: "ann@example.org", ..named(&ann) };
        let nobody = Named { id: "nobody-at-all", name: "nobody", email: "nobody@example.org" };
        for login in ann.forms(PASSWORD) {
            all_ways(&server, &login, &Outcome::In(ann.id.to_owned())).await;
        }
        for login in ann.forms("Wrong-staple-9-battery").iter().chain(&nobody.forms(PASSWORD)) {
            all_ways(&server, login, &wrong()).await;
        }
        set_active(&server, &gus, false).await;
        let gus = Named { email: "gus@example.org", ..named(&gus) };
        let inactive = refused("error-user-is-not-activated", "User is not activated");
        for login in gus.forms(PASSWORD) {
            all_ways(&server, &login, &inactive).await;
        }
        for login in gus.forms("Wrong-staple-9-battery") {
            all_ways(&server, &login, &wrong()).await;
        }
    }

    async fn unknown_and_wrong_are_the_same_to_the_byte(server: Server) {
        let [_ann] = server.users(["ann"]).await;
        let nobody = server.nobody();
        let mut answers = Vec::new();
        for name in ["ann", "nobody"] {
            let answer = nobody.post("login", json!({ "user": name, "password": "wrong" })).await;
            let names = answer.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
            answers.push((answer.status, answer.body, names));
        }
        assert_eq!(answers[0], answers[1]);
    }

    async fn a_token_ends_alike_by_every_way(server: Server) {
        let [ann, gus] = server.users(["ann", "gus"]).await;
        let [good, ended, expired] = [again(&server, &ann).await, again(&server, &ann).await, again(&server, &gus).await];
        all_ways(&server, &resume(&good.login.token), &Outcome::In(ann.id().to_owned())).await;
        ended.rest.post("logout", json!({})).await.ok();
        let gone = refused(403, "You've been logged out by the server. Please log in again.");
        for token in [ended.login.token.as_str(), "no such token", "", &"x".repeat(10_000)] {
            all_ways(&server, &resume(token), &gone).await;
        }
        set_active(&server, &gus, false).await;
        all_ways(&server, &resume(&gus.login.token), &gone).await;
        set_active(&server, &gus, true).await;
        all_ways(&server, &resume(&expired.login.token), &gone).await;
    }

    async fn too_many_wrong_passwords_stop_every_way(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        server.set("Block_Multiple_Failed_Logins_Attempts_Until_Block_by_User", json!(3)).await;
        let of_user = refused("error-login-blocked-for-user", "Login has been temporarily blocked For User");
        for name in ["ann", "nobody"] {
            all_ways(&server, &json!({ "user": name, "password": "wrong" }), &wrong()).await;
            all_ways(&server, &json!({ "user": name, "password": PASSWORD }), &of_user).await;
            all_ways(&server, &json!({ "user": name.to_uppercase(), "password": PASSWORD }), &of_user).await;
        }
        // Whoever is logged in stays so, and tokens go on.
        all_ways(&server, &resume(&bob.login.token), &Outcome::In(bob.id().to_owned())).await;
        server.set("Block_Multiple_Failed_Logins_Attempts_Until_Block_By_Ip", json!(1)).await;
        let of_address = refused("error-login-blocked-for-ip", "Login has been temporarily blocked For IP");
        all_ways(&server, &json!({ "user": "bob", "password": PASSWORD }), &of_address).await;
        bob.rest.get("me", &[]).await.ok();
        server.set("Block_Multiple_Failed_Logins_Enabled", json!(false)).await;
        all_ways(&server, &json!({ "user": "ann", "password": PASSWORD }), &Outcome::In(ann.id().to_owned())).await;
    }
}

/// A session with a socket that listens to a room and to its user.
struct Listening {
    user: User,
    socket: Ddp,
}

impl Listening {
    async fn start(user: User, rid: &str) -> Self {
        let socket = user.socket().await;
        socket.stream(MESSAGES, rid).await;
        socket.stream(MESSAGES, "__my_messages__").await;
        for event in ["subscriptions-changed", "rooms-changed", "notification", "userData", "force_logout"] {
            socket.stream(OWN, &format!("{}/{event}", user.id())).await;
        }
        Self { user, socket }
    }

    fn frames(&self, right: impl Fn(&Value) -> bool) -> usize {
        self.socket.heard().iter().filter(|frame| frame["msg"] == "changed" && right(&frame["fields"])).count()
    }

    /// What it heard that has to do with a room.
    fn about(&self, rid: &str) -> usize {
        self.frames(|fields| fields.to_string().contains(rid))
    }

    fn told_to_go(&self) -> bool {
        let event = format!("{}/force_logout", self.user.id());
        self.frames(|fields| fields["eventName"] == event.as_str()) > 0
    }

    /// What is said now in the room is not heard any more, nor that anything is unread.
    async fn is_deaf(&self, speaker: &User, rid: &str) {
        let before = self.about(rid);
        speaker.says(rid, &format!("nothing for @{}", self.user.username())).await;
        tokio::time::sleep(QUIET).await;
        assert_eq!(self.about(rid), before, "{:#?}", self.socket.heard().last());
    }

    /// The session is over: REST says so at once, and the socket hears nothing more.
    async fn is_over(&self, speaker: &User, rid: &str) {
        self.user.rest.get("me", &[]).await.not_logged_in();
        self.user.rest.post("chat.sendMessage", json!({ "message": { "rid": rid, "msg": "x" } })).await.not_logged_in();
        self.is_deaf(speaker, rid).await;
    }

    /// The session goes on: it may do everything, and hears what is said.
    async fn goes_on(&self, speaker: &User, rid: &str) {
        self.user.rest.get("me", &[]).await.ok();
        let said = speaker.says(rid, "still here?").await;
        self.socket.expect_where(MESSAGES, rid, SOON, |args| args[0]["_id"] == said["_id"]).await;
    }
}

/// Ann listening in three sessions, and Bob who talks, in one group.
async fn in_company(server: &Server) -> ([Listening; 3], User, String) {
    let [ann, bob] = server.users(["ann", "bob"]).await;
    let rid = bob.group("plans", &[&ann]).await;
    let sessions = [ann.clone(), again(server, &ann).await, again(server, &ann).await];
    let [one, two, three] = sessions;
    let listening =
        [Listening::start(one, &rid).await, Listening::start(two, &rid).await, Listening::start(three, &rid).await];
    for session in &listening {
        session.goes_on(&bob, &rid).await;
    }
    (listening, bob, rid)
}

both_databases! {
    async fn a_logout_ends_one_session(server: Server) {
        let ([one, two, three], bob, rid) = in_company(&server).await;
        let twin = Listening::start(one.user.clone(), &rid).await;
        one.user.rest.post("logout", json!({})).await.ok();
        for gone in [&one, &twin] {
            gone.is_over(&bob, &rid).await;
            gone.socket.closed(SOON).await;
        }
        assert_eq!(two.socket.call("logout", json!([])).await, Ok(Value::Null));
        two.is_over(&bob, &rid).await;
        assert!(!two.told_to_go(), "it went by itself");
        three.goes_on(&bob, &rid).await;
    }

    async fn other_clients_are_logged_out(server: Server) {
        let ([one, two, three], bob, rid) = in_company(&server).await;
        let renewed = three.socket.call("logoutOtherClients", json!([])).await.unwrap();
        for gone in [&one, &two] {
            gone.is_over(&bob, &rid).await;
            assert!(gone.told_to_go());
            gone.socket.closed(SOON).await;
        }
        three.goes_on(&bob, &rid).await;
        let login = Login { token: text(&renewed["token"]), ..three.user.login.clone() };
        server.nobody().as_user(&login).get("me", &[]).await.ok();
    }

    /// `Accounts_LoginExpiration` is 90 days.
    async fn a_session_ends_with_its_time(mut server: Server) {
        server.restart_with_own_clock().await;
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = bob.group("plans", &[&ann]).await;
        let old = Listening::start(ann.clone(), &rid).await;
        server.pass_days(40);
        let (young, bob) = (Listening::start(again(&server, &ann).await, &rid).await, again(&server, &bob).await);
        old.goes_on(&bob, &rid).await;
        server.pass_days(51);
        // Before anybody cleared it away it is refused already, by every way.
        all_ways(&server, &resume(&ann.login.token), &refused(403, "Your session has expired. Please log in again.")).await;
        ann.rest.get("me", &[]).await.not_logged_in();
        assert!(!gantry_chat::auth::end_overdue(server.gantry.chat()).await.unwrap());
        old.is_over(&bob, &rid).await;
        old.socket.closed(SOON).await;
        assert!(old.told_to_go());
        young.goes_on(&bob, &rid).await;
    }

    /// Before anybody cleared the session away its socket is nobody's with the first thing it asks for.
    async fn a_socket_whose_time_is_over_does_nothing_more(mut server: Server) {
        server.restart_with_own_clock().await;
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = bob.group("plans", &[&ann]).await;
        let old = Listening::start(ann.clone(), &rid).await;
        server.pass_days(91);
        let bob = again(&server, &bob).await;
        let refused = old.socket.call("sendMessage", json!([{ "rid": rid, "msg": "x" }])).await.unwrap_err();
        assert_eq!(refused["error"], "error-invalid-user", "{refused}");
        old.socket.sub(MESSAGES, json!([rid, false])).await.unwrap_err();
        old.is_over(&bob, &rid).await;
    }

    async fn the_life_of_a_session_is_a_setting(mut server: Server) {
        server.restart_with_own_clock().await;
        let [ann] = server.users(["ann"]).await;
        let ends_in_days = async |user: &User| {
            let result = Ddp::connect(&server.base).await.login_with(resume(&user.login.token)).await.unwrap();
            (result["tokenExpires"]["$date"].as_i64().unwrap() - server.now().0) / DAY
        };
        assert_eq!(ends_in_days(&ann).await, 90);
        server.set("Accounts_LoginExpiration", json!(10)).await;
        assert_eq!(ends_in_days(&ann).await, 10);
        // No days at all would shut out everybody, the one who could change it back too.
        for none in [0, -1] {
            let change = json!({ "value": none });
            let answer = server.admin.rest.post("settings/Accounts_LoginExpiration", change).await;
            assert_eq!(answer.status, 400, "{answer}");
        }
        server.pass_days(10);
        ann.rest.get("me", &[]).await.not_logged_in();
    }

    async fn a_personal_token_does_not_end(mut server: Server) {
        server.restart_with_own_clock().await;
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = bob.group("plans", &[&ann]).await;
        let personal = Listening::start(with_personal_token(&server, &ann).await, &rid).await;
        server.pass_days(5_000);
        while gantry_chat::auth::end_overdue(server.gantry.chat()).await.unwrap() {}
        ann.rest.get("me", &[]).await.not_logged_in();
        personal.goes_on(&again(&server, &bob).await, &rid).await;
        let resumed = Ddp::connect(&server.base).await.login_with(resume(&personal.user.login.token)).await.unwrap();
        assert_eq!((&resumed["id"], resumed.get("tokenExpires")), (&json!(ann.id()), None));
    }

    async fn a_deactivated_account_hears_nothing(server: Server) {
        let (sessions, bob, rid) = in_company(&server).await;
        set_active(&server, &sessions[0].user, false).await;
        for gone in &sessions {
            gone.is_over(&bob, &rid).await;
            assert!(gone.told_to_go());
            gone.socket.closed(SOON).await;
        }
        set_active(&server, &sessions[0].user, true).await;
        sessions[0].user.rest.get("me", &[]).await.not_logged_in();
        again(&server, &sessions[0].user).await;
    }

    async fn whoever_is_kicked_hears_nothing_of_the_room(server: Server) {
        let ([one, two, _], bob, rid) = in_company(&server).await;
        let elsewhere = bob.group("elsewhere", &[&one.user]).await;
        bob.rest.post("groups.kick", json!({ "roomId": rid, "userId": one.user.id() })).await.ok();
        for session in [&one, &two] {
            let history = session.user.rest.get("groups.history", &[("roomId", &rid)]).await;
            history.refused(400, "error-room-not-found");
            session.socket.wait("the end of the membership", SOON, |frame| frame["fields"]["args"][0] == "removed").await;
            session.socket.barrier().await;
            session.is_deaf(&bob, &rid).await;
            let said = bob.says(&elsewhere, "still there?").await;
            let its = |args: &Value| args[0]["_id"] == said["_id"];
            session.socket.expect_where(MESSAGES, "__my_messages__", SOON, its).await;
        }
    }

    async fn a_role_that_is_lost_is_lost_at_once(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.group("plans", &[&bob, &cat]).await;
        let of = |user: &User| json!({ "roomId": rid, "userId": user.id() });
        let socket = bob.socket().await;
        for _ in 0..3 {
            ann.rest.post("groups.addModerator", of(&bob)).await.ok();
            bob.rest.post("groups.kick", of(&cat)).await.ok();
            ann.rest.post("groups.invite", of(&cat)).await.ok();
            ann.rest.post("groups.removeModerator", of(&bob)).await.ok();
            bob.rest.post("groups.kick", of(&cat)).await.refused(400, "error-not-allowed");
            let kick = json!([{ "rid": rid, "username": "cat" }]);
            assert_eq!(socket.call("removeUserFromRoom", kick).await.unwrap_err()["error"], "error-not-allowed");
        }
    }

    async fn a_permission_that_is_taken_is_taken_from_open_sockets_too(server: Server) {
        let [ann, bob, eve] = server.users(["ann", "bob", "eve"]).await;
        let rid = ann.channel("square", &[&bob]).await;
        let (guest, member) = (eve.socket().await, bob.socket().await);
        for socket in [&guest, &member] {
            socket.stream(MESSAGES, &rid).await;
            socket.stream(MESSAGES, "__my_messages__").await;
        }
        ann.says(&rid, "for all").await;
        guest.expect(MESSAGES, &rid, SOON).await;
        guest.expect(MESSAGES, "__my_messages__", SOON).await;
        server.grant("view-joined-room", &["admin", "user"]).await;
        for permission in ["preview-c-room", "view-c-room"] {
            server.grant(permission, &["admin"]).await;
        }
        let history = eve.rest.get("channels.history", &[("roomId", &rid)]).await;
        assert!([400, 403].contains(&history.status), "{history}");
        let said = ann.says(&rid, "for members").await;
        member.expect_where(MESSAGES, &rid, SOON, |args| args[0]["_id"] == said["_id"]).await;
        guest.expect_none(MESSAGES, &rid, QUIET).await;
        guest.expect_none(MESSAGES, "__my_messages__", QUIET).await;
        guest.sub(MESSAGES, json!([rid, false])).await.unwrap_err();
        server.grant("view-c-room", &["admin", "user"]).await;
        guest.stream(MESSAGES, &rid).await;
        ann.says(&rid, "for all again").await;
        guest.expect(MESSAGES, &rid, SOON).await;
    }
}
