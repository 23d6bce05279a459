//! Who is there: what REST and sockets say of it, and when.

mod model;

use crate::binary::Binary;
use crate::world::{PASSWORD, Server, User};
use gantry_chat::presence::{self, LINGER};
use gantry_model::Millis;
use gantry_testkit::{Ddp, Engine, Login, OnEngine, Rest, both_databases, postgres};
use serde_json::{Value, json};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(10);
const QUIET: Duration = Duration::from_millis(80);
const WATCHED: &str = "stream-user-presence";
const OWN: &str = "stream-notify-user";
const TROUBLESHOOT: &str = "Troubleshoot_Disable_Presence_Broadcast";

/// A socket of `viewer` that listens to the presence of these users.
async fn watching(viewer: &User, users: &[&User]) -> Ddp {
    let socket = viewer.socket().await;
    let ids: Vec<&str> = users.iter().map(|user| user.id()).collect();
    socket.sub(WATCHED, json!(["", { "added": ids }])).await.unwrap();
    socket
}

/// An instant so many ms after now, as REST writes it.
fn instant(server: &Server, later: i64) -> String {
    Millis(server.now().0 + later).iso()
}

/// Waits until a socket is told that somebody is seen so.
async fn sees(socket: &Ddp, user: &User, code: u64, text: &str) {
    let told = json!([[user.username(), code, text]]);
    socket.expect_where(WATCHED, user.id(), SOON, |args| *args == told).await;
}

/// Every status that a socket was told of somebody.
fn told(socket: &Ddp, user: &User) -> Vec<Value> {
    let heard = socket.heard();
    let about = heard.iter().filter(|frame| frame["collection"] == WATCHED && frame["id"] == user.id());
    about.map(|frame| frame["fields"]["args"][0][1].clone()).collect()
}

/// `users.presence` of one user: the status, or nothing for somebody who is not there.
async fn listed(viewer: &User, user: &User) -> Option<String> {
    let answer = viewer.rest.get("users.presence", &[("ids", user.id())]).await.as_published().ok();
    assert_eq!(answer["full"], false);
    Some(answer["users"].as_array().unwrap().first()?["status"].as_str().unwrap().to_owned())
}

async fn status_of(viewer: &User, user: &User) -> Value {
    viewer.rest.get("users.getStatus", &[("userId", user.id())]).await.ok()
}

/// Until the server has noticed that sockets are gone.
async fn connections(server: &Server, count: usize) {
    let waiting = async {
        while server.gantry.realtime().counts().connections != count {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    };
    assert!(tokio::time::timeout(SOON, waiting).await.is_ok(), "there are not {count} connections");
}

both_databases! {
    async fn one_at_the_keyboard_of_many_is_online(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let anns = watching(&ann, &[&bob]).await;
        let mut bobs = Vec::new();
        for _ in 0..10 {
            bobs.push(bob.socket().await);
        }
        sees(&anns, &bob, 1, "").await;
        for socket in &bobs[1..] {
            assert_eq!(socket.call("UserPresence:away", json!([""])).await, Ok(json!(true)));
        }
        assert_eq!(listed(&ann, &bob).await.as_deref(), Some("online"));
        bobs[0].call("UserPresence:away", json!([])).await.unwrap();
        sees(&anns, &bob, 2, "").await;
        assert_eq!(listed(&ann, &bob).await.as_deref(), Some("away"));
        assert_eq!(bob.rest.get("me", &[]).await.ok()["statusConnection"], "away");
        bobs[7].call("UserPresence:online", json!([])).await.unwrap();
        sees(&anns, &bob, 1, "").await;
        assert_eq!(told(&anns, &bob), [1, 2, 1]);
    }

    async fn what_is_chosen_wins_while_connected(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let anns = watching(&ann, &[&bob]).await;
        anns.stream("stream-notify-logged", "user-status").await;
        bob.rest.post("users.setStatus", json!({ "status": "busy", "message": "writing" })).await.ok();
        sees(&anns, &bob, 0, "writing").await;
        assert_eq!(listed(&ann, &bob).await, None, "not connected");
        let bobs = bob.socket().await;
        sees(&anns, &bob, 3, "writing").await;
        let general = |args: &Value| args[0] == json!([bob.id(), "bob", 3, "writing", "bob", ["user"]]);
        anns.expect_where("stream-notify-logged", "user-status", SOON, general).await;
        bobs.call("UserPresence:away", json!([])).await.unwrap();
        assert_eq!(listed(&ann, &bob).await.as_deref(), Some("busy"));
        bobs.call("UserPresence:setDefaultStatus", json!(["online"])).await.unwrap();
        sees(&anns, &bob, 2, "writing").await;
        assert_eq!(bobs.call("UserPresence:setDefaultStatus", json!(["asleep"])).await.unwrap_err()["error"], 400);
        bobs.call("setUserStatus", json!(["away", ""])).await.unwrap();
        bobs.call("UserPresence:online", json!([])).await.unwrap();
        sees(&anns, &bob, 2, "").await;
    }

    async fn who_is_invisible_is_so_to_others_alone(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let anns = watching(&ann, &[&bob]).await;
        let bobs = bob.socket().await;
        let own = format!("{}/userData", bob.id());
        bobs.stream(OWN, &own).await;
        sees(&anns, &bob, 1, "").await;
        bobs.call("setUserStatus", json!(["offline", null])).await.unwrap();
        sees(&anns, &bob, 0, "").await;
        let changed = |args: &Value| args[0]["diff"]["statusDefault"] == "offline" && args[0]["diff"]["status"] == "offline";
        bobs.expect_where(OWN, &own, SOON, changed).await;
        assert_eq!(listed(&ann, &bob).await, None);
        let everybody = ann.rest.get("users.presence", &[]).await.as_published().ok();
        assert_eq!(everybody["full"], true);
        let names: Vec<&Value> = everybody["users"].as_array().unwrap().iter().map(|user| &user["username"]).collect();
        assert_eq!(names, ["ann"]);
        assert_eq!(ann.rest.get("users.info", &[("userId", bob.id())]).await.ok()["user"]["status"], "offline");
        let seen = status_of(&ann, &bob).await;
        assert_eq!((&seen["status"], &seen["connectionStatus"]), (&json!("offline"), &json!("offline")));
        assert_eq!(status_of(&server.admin, &bob).await["connectionStatus"], "online", "who sees everything of others");
        let me = bob.rest.get("me", &[]).await.ok();
        assert_eq!((&me["statusConnection"], &me["statusDefault"]), (&json!("online"), &json!("offline")));
        bobs.call("UserPresence:away", json!([])).await.unwrap();
        drop(bobs);
        anns.expect_none(WATCHED, bob.id(), QUIET).await;
    }

    async fn the_status_of_one(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let _bobs = bob.socket().await;
        let end = "2100-01-01T00:00:00.000Z";
        bob.rest.post("users.setStatus", json!({ "message": "in a call", "expiresAt": end })).await.ok();
        let expected = json!({
            "_id": bob.id(), "message": "in a call", "connectionStatus": "online", "status": "online",
            "statusSource": "manual", "statusExpiresAt": end, "success": true,
        });
        let by_name = ann.rest.get("users.getStatus", &[("username", "bob")]).await.as_published().ok();
        assert_eq!((&by_name, &status_of(&ann, &bob).await), (&expected, &expected));
        assert_eq!(bob.rest.get("users.getStatus", &[]).await.ok(), expected);
        bob.rest.post("users.setStatus", json!({ "message": "" })).await.ok();
        let plain = status_of(&bob, &bob).await;
        assert_eq!((&plain["statusSource"], plain.get("statusExpiresAt")), (&json!("internal"), None));
        let presence = ann.rest.get("users.getPresence", &[("userId", bob.id())]).await.as_published().ok();
        assert_eq!(presence, json!({ "presence": "online", "success": true }));
        let own = bob.rest.get("users.getPresence", &[]).await.as_published().ok();
        assert_eq!((&own["presence"], &own["connectionStatus"]), (&json!("online"), &json!("online")));
        assert!(own["lastLogin"].is_string());
        for call in ["users.getStatus", "users.getPresence"] {
            ann.rest.get(call, &[("userId", "nobody")]).await.refused(400, "error-invalid-user");
        }
    }

    async fn who_loses_the_socket_and_is_back_was_never_gone(mut server: Server) {
        server.restart_with_own_clock().await;
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let anns = watching(&ann, &[&bob]).await;
        let first = bob.socket().await;
        sees(&anns, &bob, 1, "").await;
        drop(first);
        connections(&server, 1).await;
        assert_eq!(listed(&ann, &bob).await.as_deref(), Some("online"));
        let second = bob.socket().await;
        second.call("setUserStatus", json!(["busy"])).await.unwrap();
        sees(&anns, &bob, 3, "").await;
        assert_eq!(told(&anns, &bob), [1, 3]);
        drop(second);
        connections(&server, 1).await;
        server.pass(LINGER - 1);
        presence::let_go(server.gantry.chat());
        assert_eq!(listed(&ann, &bob).await.as_deref(), Some("busy"));
        server.pass(1);
        sees(&anns, &bob, 0, "").await;
        assert_eq!(listed(&ann, &bob).await, None);
    }

    async fn who_logs_out_is_gone_at_once(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let anns = watching(&ann, &[&bob]).await;
        let bobs = bob.socket().await;
        bobs.call("logout", json!([])).await.unwrap();
        assert_eq!(listed(&ann, &bob).await, None);
        let again = server.nobody().login("bob", PASSWORD).await;
        let bob = User { rest: Rest::new(&server.base).as_user(&again), login: again };
        let _bobs = bob.socket().await;
        assert_eq!(listed(&ann, &bob).await.as_deref(), Some("online"));
        bob.rest.post("logout", json!({})).await.ok();
        assert_eq!(listed(&ann, &bob).await, None);
        sees(&anns, &bob, 0, "").await;
    }

    async fn who_is_deactivated_vanishes(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let anns = watching(&ann, &[&bob]).await;
        let bobs = bob.socket().await;
        sees(&anns, &bob, 1, "").await;
        let off = json!({ "userId": bob.id(), "activeStatus": false });
        server.admin.rest.post("users.setActiveStatus", off).await.ok();
        assert_eq!((listed(&ann, &bob).await, status_of(&ann, &bob).await["status"].clone()), (None, json!("offline")));
        sees(&anns, &bob, 0, "").await;
        bobs.closed(SOON).await;
        assert_eq!(told(&anns, &bob), [1, 0]);
    }

    async fn a_status_ends_also_after_a_restart(mut server: Server) {
        server.restart_with_own_clock().await;
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let end = instant(&server, 3_600_000);
        let lunch = json!({ "status": "busy", "message": "lunch", "expiresAt": end });
        bob.rest.post("users.setStatus", lunch).await.ok();
        server.restart().await;
        let [ann, bob] = [&ann, &bob].map(|user| server.here(user));
        let anns = watching(&ann, &[&bob]).await;
        let bobs = bob.socket().await;
        let own = format!("{}/userData", bob.id());
        bobs.stream(OWN, &own).await;
        sees(&anns, &bob, 3, "lunch").await;
        server.pass(3_600_000);
        assert_eq!(status_of(&ann, &bob).await["message"], "");
        assert_eq!(anns.call("getUserStatusText", json!([bob.id()])).await, Ok(json!("")));
        sees(&anns, &bob, 1, "").await;
        bobs.expect_where(OWN, &own, SOON, |args| args[0]["diff"]["statusText"] == "").await;
        let me = bob.rest.get("me", &[]).await.ok();
        assert_eq!((&me["statusDefault"], &me["statusText"], &me["status"]), (&json!("online"), &json!(""), &json!("online")));
    }

    async fn switched_off_nobody_is_seen(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let anns = watching(&ann, &[&bob]).await;
        let bobs = bob.socket().await;
        let own = format!("{}/userData", bob.id());
        bobs.stream(OWN, &own).await;
        sees(&anns, &bob, 1, "").await;
        server.set(TROUBLESHOOT, json!(true)).await;
        sees(&anns, &bob, 0, "").await;
        for query in [&[][..], &[("ids", bob.id())]] {
            let nobody = ann.rest.get("users.presence", query).await.as_published().ok();
            assert_eq!(nobody, json!({ "users": [], "full": true, "success": true }));
        }
        bobs.call("UserPresence:away", json!([])).await.unwrap();
        bobs.expect_where(OWN, &own, SOON, |args| args[0]["diff"]["status"] == "away").await;
        server.set(TROUBLESHOOT, json!(false)).await;
        sees(&anns, &bob, 2, "").await;
        assert_eq!(told(&anns, &bob), [1, 0, 2]);
        let read_only = json!({ "value": true });
        server.admin.rest.post("settings/Presence_broadcast_disabled", read_only).await.refused(400, "error-action-not-allowed");
    }

    async fn what_changed_since(mut server: Server) {
        server.restart_with_own_clock().await;
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let since = async |viewer: &User, from: &str| {
            let answer = viewer.rest.get("users.presence", &[("from", from)]).await.as_published().ok();
            let users = answer["users"].as_array().unwrap().iter();
            let mut users: Vec<_> = users.map(|user| format!("{} {}", user["username"], user["status"]).replace('"', "")).collect();
            users.sort();
            (users, answer["full"].clone())
        };
        let (start, before) = (instant(&server, 0), instant(&server, -1));
        server.pass(1_000);
        let (_anns, bobs, _cats) = (ann.socket().await, bob.socket().await, cat.socket().await);
        bobs.call("logout", json!([])).await.unwrap();
        let strings = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(since(&ann, &start).await, (strings(&["bob offline", "cat online"]), json!(false)));
        assert_eq!(since(&ann, &instant(&server, 0)).await, (vec![], json!(false)));
        let all = (strings(&["ann online", "cat online"]), json!(true));
        assert_eq!(since(&ann, &before).await, all, "nobody knows what was before the start");
        server.pass(10 * 60 * 1_000);
        assert_eq!(since(&ann, &start).await, all, "what is too long ago is not remembered");
        server.restart().await;
        let ann = server.here(&ann);
        let moment_ago = instant(&server, -60_000);
        assert_eq!(since(&ann, &moment_ago).await, (vec![], json!(true)), "nobody stays online over a restart");
    }

    async fn a_list_is_adjusted_and_ends_with_its_subscription(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let anns = ann.socket().await;
        let first = anns.sub(WATCHED, json!(["", { "added": [bob.id()] }])).await.unwrap();
        let adjusted = json!(["", { "added": [cat.id()], "removed": [bob.id(), "nobody", 5, null] }]);
        assert_eq!(anns.sub(WATCHED, adjusted).await, Err(Value::Null));
        let (bobs, cats) = (bob.socket().await, cat.socket().await);
        sees(&anns, &cat, 1, "").await;
        anns.unsub(&first).await;
        cats.call("setUserStatus", json!(["busy"])).await.unwrap();
        anns.expect_none(WATCHED, cat.id(), QUIET).await;
        anns.sub(WATCHED, json!(["", { "added": [bob.id()] }])).await.unwrap();
        bobs.call("setUserStatus", json!(["away"])).await.unwrap();
        sees(&anns, &bob, 2, "").await;
        assert_eq!((told(&anns, &bob).len(), told(&anns, &cat).len()), (1, 1));
        assert_eq!(Ddp::connect(&server.base).await.sub(WATCHED, json!([""])).await.unwrap_err()["error"], "not-allowed");
    }

    /// One status change costs as many frames as clients that show that user.
    async fn a_change_costs_what_shows_it(server: Server) {
        let [ann, bob, cat] = server.users(["ann", "bob", "cat"]).await;
        let (shows, shows_not) = (watching(&ann, &[&bob]).await, watching(&cat, &[&ann]).await);
        let _bobs = bob.socket().await;
        sees(&shows, &bob, 1, "").await;
        shows_not.expect_none(WATCHED, bob.id(), QUIET).await;
    }

    async fn nobody_is_left_online_by_a_kill(engine: Engine) {
        let folder = tempfile::tempdir().unwrap();
        let postgres = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => match postgres::database(async |_| {}).await {
                Some(database) => Some(database),
                None => return,
            },
        };
        let url = postgres.as_ref().map(|database| database.url().to_owned());
        let present = async |base: &str, login: &Login| {
            let answer = Rest::new(base).as_user(login).get("users.presence", &[]).await.ok();
            answer["users"].as_array().unwrap().len()
        };
        let server = Binary::start(folder.path(), url.as_deref(), &["--test-mode"]);
        let login = Rest::new(&server.base).login("admin", PASSWORD).await;
        let socket = Ddp::connect(&server.base).await;
        socket.login(&login).await;
        assert_eq!(present(&server.base, &login).await, 1);
        server.kill();
        let server = Binary::start(folder.path(), url.as_deref(), &["--test-mode"]);
        assert_eq!(present(&server.base, &login).await, 0);
        let socket = Ddp::connect(&server.base).await;
        socket.login(&login).await;
        assert_eq!(present(&server.base, &login).await, 1);
    }

    /// Random acts of three people, and after each one what everybody is told must be what the model says.
    /// `GANTRY_PRESENCE_STEPS` says how many; `GANTRY_PRESENCE_SEED` repeats a story that went wrong.
    async fn it_agrees_with_a_model(server: Server) {
        model::play(server).await;
    }
}

/// A client that vanished without a word is asked, given up, and gone. On one thread, so that time can be wound on.
async fn falls_silent(engine: Engine) {
    let Some(server) = Server::on(engine).await else { return };
    let [ann, bob] = server.users(["ann", "bob"]).await;
    let anns = watching(&ann, &[&bob]).await;
    let bobs = bob.socket().await;
    sees(&anns, &bob, 1, "").await;
    bobs.play_dead();
    for _ in 0..2 {
        tokio::time::pause();
        tokio::time::advance(Duration::from_secs(31)).await;
        tokio::time::resume();
        anns.wait("a ping", SOON, |frame| frame["msg"] == "ping").await;
        anns.barrier().await;
    }
    assert_eq!(bobs.closed(SOON).await.code, Some(4000));
    sees(&anns, &bob, 0, "").await;
}

#[tokio::test]
async fn who_falls_silent_is_gone_sqlite() {
    falls_silent(Engine::Sqlite).await;
}

#[tokio::test]
async fn who_falls_silent_is_gone_postgres() {
    falls_silent(Engine::Postgres).await;
}
