//! Sockets on which nobody is logged in: what is open to them, and what happens when somebody logs in or out.

use crate::world::Server;
use gantry_model::Capability;
use gantry_testkit::{Ddp, both_databases};
use serde_json::{Value, json};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(5);
const QUIET: Duration = Duration::from_millis(80);

const MESSAGES: &str = "stream-room-messages";
const OPEN: &str = "Accounts_AllowAnonymousRead";

async fn refused(socket: &Ddp, stream: &str, event: &str) {
    let error = socket.sub(stream, json!([event, false])).await.unwrap_err();
    assert_eq!(error["error"], "not-allowed", "{stream} {event}");
}

both_databases! {
    async fn channels_are_open_to_strangers_only_by_setting(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let (plaza, den) = (ann.channel("plaza", &[]).await, ann.group("den", &[]).await);
        let mut server = server;
        refused(&Ddp::connect(&server.base).await, MESSAGES, &plaza).await;
        server.restart_offering(&[Capability::AnonymousAccess]).await;
        let (ann, socket) = (server.here(&ann), Ddp::connect(&server.base).await);
        refused(&socket, MESSAGES, &plaza).await;
        server.set(OPEN, json!(true)).await;
        let plaza_again = socket.stream(MESSAGES, &plaza).await;
        for (stream, event) in [
            (MESSAGES, den.clone()),
            (MESSAGES, "nowhere".into()),
            ("stream-room-data", plaza.clone()),
            ("stream-notify-room", format!("{plaza}/deleteMessage")),
            ("stream-notify-room", format!("{plaza}/user-activity")),
            ("stream-notify-room", format!("{plaza}/anything")),
            ("stream-notify-room-users", format!("{plaza}/webrtc")),
            ("stream-notify-user", format!("{}/message", ann.id())),
            ("stream-notify-logged", "user-status".into()),
            ("stream-roles", "roles".into()),
            ("stream-user-presence", "x".into()),
            ("stream-livechat-room", plaza.clone()),
            ("stream-stdout", "stdout".into()),
        ] {
            refused(&socket, stream, &event).await;
        }
        for (stream, event) in [
            (MESSAGES, "__my_messages__".into()),
            ("stream-notify-room", format!("{den}/webrtc")),
            ("stream-notify-user", format!("{}/webrtc", ann.id())),
            ("stream-notify-all", "public-info".into()),
            ("stream-importers", "progress".into()),
        ] {
            socket.stream(stream, &event).await;
        }
        ann.says(&plaza, "hello, world").await;
        assert_eq!(socket.expect(MESSAGES, &plaza, SOON).await[0]["msg"], "hello, world");
        ann.says(&den, "hello, us").await;
        server.set(OPEN, json!(false)).await;
        ann.says(&plaza, "members only").await;
        socket.expect_none(MESSAGES, &plaza, QUIET).await;
        socket.unsub(&plaza_again).await;
        refused(&socket, MESSAGES, &plaza).await;
        let told = |frame: &Value| frame["collection"] == MESSAGES && frame["fields"]["eventName"] != plaza.as_str();
        assert!(!socket.heard().iter().any(told));
    }

    async fn what_strangers_listened_to_is_heard_by_who_logs_in(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let (plaza, den) = (ann.channel("plaza", &[]).await, ann.group("den", &[&bob]).await);
        let mut server = server;
        server.restart_offering(&[Capability::AnonymousAccess]).await;
        server.set(OPEN, json!(true)).await;
        let [ann, bob] = [ann, bob].map(|user| server.here(&user));
        let socket = Ddp::connect(&server.base).await;
        let of_plaza = socket.stream(MESSAGES, &plaza).await;
        socket.stream(MESSAGES, "__my_messages__").await;
        socket.stream("stream-notify-all", "public-settings-changed").await;
        socket.login(&bob.login).await;
        ann.says(&plaza, "one").await;
        ann.says(&den, "two").await;
        assert_eq!(socket.expect(MESSAGES, &plaza, SOON).await[0]["msg"], "one");
        let den_says = |args: &Value| args[0]["rid"] == den.as_str();
        socket.expect_where(MESSAGES, "__my_messages__", SOON, den_says).await;
        // With the login ends what was heard by it, and the client is told; what is for everybody goes on.
        socket.call("logout", json!([])).await.unwrap();
        let ended = |frame: &Value| frame["msg"] == "nosub" && frame["id"] == of_plaza.id();
        assert_eq!(socket.wait("the end of a subscription", SOON, ended).await["error"]["error"], "not-allowed");
        ann.says(&plaza, "three").await;
        server.set("Site_Name", json!("Ours")).await;
        socket.expect("stream-notify-all", "public-settings-changed", SOON).await;
        socket.expect_none(MESSAGES, &plaza, QUIET).await;
    }

    async fn who_may_not_hear_it_hears_it_no_more_after_the_login(server: Server) {
        let [ann] = server.users(["ann"]).await;
        let plaza = ann.channel("plaza", &[]).await;
        let mut server = server;
        server.restart_offering(&[Capability::AnonymousAccess]).await;
        server.set(OPEN, json!(true)).await;
        server.grant("preview-c-room", &["admin"]).await;
        let guest = json!({
            "username": "guest", "name": "guest", "email": "guest@example.org", "password": crate::world::PASSWORD,
            "roles": ["guest"], "verified": true,
        });
        server.admin.rest.post("users.create", guest).await.ok();
        let login = server.nobody().login("guest", crate::world::PASSWORD).await;
        let socket = Ddp::connect(&server.base).await;
        let of_plaza = socket.stream(MESSAGES, &plaza).await;
        socket.login(&login).await;
        let ended = |frame: &Value| frame["msg"] == "nosub" && frame["id"] == of_plaza.id();
        assert_eq!(socket.wait("the end of a subscription", SOON, ended).await["error"]["error"], "not-allowed");
        server.here(&ann).says(&plaza, "for others").await;
        socket.expect_none(MESSAGES, &plaza, QUIET).await;
    }
}
