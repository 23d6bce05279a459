//! Slash commands: what they do, and what they tell whoever gave them.

use crate::world::{Server, User};
use gantry_testkit::{Ddp, both_databases};
use serde_json::{Value, json};
use std::time::Duration;

const SOON: Duration = Duration::from_secs(5);

/// Somebody at a keyboard, in a room.
struct Keyboard {
    socket: Ddp,
    rid: String,
    told: String,
}

impl Keyboard {
    async fn of(user: &User, rid: &str) -> Self {
        let (socket, told) = (user.socket().await, format!("{}/message", user.id()));
        socket.stream("stream-notify-user", &told).await;
        Self { socket, rid: rid.to_owned(), told }
    }

    async fn enter(&self, command: &str, params: &str) -> Result<Value, Value> {
        let message = json!({ "rid": self.rid, "msg": format!("/{command} {params}") });
        let command = json!([{ "cmd": command, "params": params, "msg": message, "triggerId": "t" }]);
        self.socket.call("slashCommand", command).await
    }

    /// Expects a text that only this user sees.
    async fn is_told(&self, text: &str) {
        let told = self.socket.expect("stream-notify-user", &self.told, SOON).await;
        let message = &told[0];
        assert_eq!((&message["msg"], &message["rid"]), (&json!(text), &json!(self.rid)));
        assert_eq!((&message["u"]["username"], &message["private"]), (&json!("rocket.cat"), &json!(true)));
    }
}

async fn room(user: &User, name: &str) -> Value {
    user.rest.get("rooms.info", &[("roomName", name)]).await.ok()["room"].clone()
}

async fn last(user: &User, name: &str) -> Value {
    room(user, name).await["lastMessage"]["msg"].clone()
}

both_databases! {
    async fn people_come_and_go(server: Server) {
        let [ann, bob, _cat] = server.users(["ann", "bob", "cat"]).await;
        let rid = ann.group("plans", &[]).await;
        ann.channel("open", &[]).await;
        let anns = Keyboard::of(&ann, &rid).await;
        anns.enter("invite", "@bob, cat nobody").await.unwrap();
        assert_eq!(room(&bob, "plans").await["usersCount"], 3);
        anns.enter("invite", "@bob").await.unwrap();
        anns.is_told("@bob is already in here.").await;
        anns.enter("invite", "@nobody").await.unwrap();
        anns.is_told("Nobody has the user name @nobody.").await;
        anns.enter("kick", "@nobody").await.unwrap();
        anns.is_told("Nobody has the user name @nobody.").await;
        anns.enter("kick", "@CAT").await.unwrap();
        assert_eq!(room(&bob, "plans").await["usersCount"], 2);
        let bobs = Keyboard::of(&bob, &rid).await;
        let refused = bobs.enter("kick", "ann").await.unwrap_err();
        assert_eq!((&refused["error"], &refused["details"]["method"]), (&json!("error-not-allowed"), &json!("removeUserFromRoom")));
        bobs.is_told("Not allowed").await;
        bobs.enter("join", "#open").await.unwrap();
        assert_eq!(room(&bob, "open").await["usersCount"], 2);
        assert_eq!(bobs.enter("join", "open").await.unwrap_err()["error"], "error-user-already-in-room");
        bobs.is_told("You are already in the channel").await;
        bobs.enter("join", "#nowhere").await.unwrap();
        bobs.is_told("There is no channel #nowhere.").await;
        bobs.enter("leave", "").await.unwrap();
        bob.rest.get("rooms.info", &[("roomName", "plans")]).await.refused(400, "error-room-not-found");
        assert_eq!(anns.enter("part", "").await.unwrap_err()["error"], "error-you-are-last-owner");
    }

    async fn texts_are_sent(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let anns = Keyboard::of(&ann, &rid).await;
        anns.enter("me", "waves").await.unwrap();
        assert_eq!(last(&bob, "plans").await, "_waves_");
        anns.enter("me", "  ").await.unwrap();
        assert_eq!(last(&bob, "plans").await, "_waves_");
        anns.enter("shrug", "so").await.unwrap();
        assert_eq!(last(&bob, "plans").await, "so ¯\\\\_(ツ)_/¯");
        anns.enter("msg", "@bob see you at *one*").await.unwrap();
        let seats = bob.rest.get("im.list", &[]).await.ok();
        assert_eq!(seats["ims"][0]["lastMessage"]["msg"], "see you at *one*");
        anns.enter("msg", "@bob").await.unwrap();
        anns.is_told("Say who is to get which message: /msg @username message").await;
    }

    async fn rooms_are_made_archived_and_hidden(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let anns = Keyboard::of(&ann, &rid).await;
        anns.enter("create", "#news").await.unwrap();
        assert_eq!(room(&bob, "news").await["t"], "c");
        anns.enter("create", "#secrets --private").await.unwrap();
        assert_eq!(room(&ann, "secrets").await["t"], "p");
        anns.enter("create", "news").await.unwrap();
        anns.is_told("A channel with name 'news' exists").await;
        anns.enter("archive", "#news").await.unwrap();
        anns.is_told("#news is archived now.").await;
        anns.enter("archive", "#news").await.unwrap();
        anns.is_told("#news is archived already.").await;
        server.grant("unarchive-room", &["owner"]).await;
        anns.enter("unarchive", "#news").await.unwrap();
        anns.is_told("#news is unarchived now.").await;
        let bobs = Keyboard::of(&bob, &rid).await;
        bobs.enter("archive", "#secrets").await.unwrap();
        bobs.is_told("There is no channel #secrets.").await;
        assert_eq!(bobs.enter("archive", "").await.unwrap_err()["error"], "error-not-authorized");
        bobs.is_told("Not authorized").await;
        bobs.enter("hide", "").await.unwrap();
        let seat = bob.rest.get("subscriptions.getOne", &[("roomId", rid.as_str())]).await.ok();
        assert_eq!(seat["subscription"]["open"], false);
        bobs.enter("hide", "#news").await.unwrap();
        bobs.is_told("You are not in #news.").await;
    }

    async fn what_is_no_command_is_refused(server: Server) {
        let [ann, eve] = server.users(["ann", "eve"]).await;
        let rid = ann.group("plans", &[]).await;
        let anns = Keyboard::of(&ann, &rid).await;
        assert_eq!(anns.enter("fly", "away").await.unwrap_err()["error"], "error-invalid-command");
        assert_eq!(anns.enter("me", &"x".repeat(6_000)).await.unwrap_err()["error"], "error-message-size-exceeded");
        let eves = Keyboard::of(&eve, &rid).await;
        assert_eq!(eves.enter("kick", "ann").await.unwrap_err()["error"], "error-not-allowed");
        for command in ["me", "archive"] {
            assert!(eves.enter(command, "").await.is_err() || command == "me");
            assert!(eves.enter(command, "x").await.is_err() || command == "archive");
        }
        assert_eq!(room(&ann, "plans").await["msgs"], 0);
    }

    async fn commands_are_listed_and_run_over_rest(server: Server) {
        let [ann, eve] = server.users(["ann", "eve"]).await;
        let rid = ann.group("plans", &[]).await;
        let page = ann.rest.get("commands.list", &[("count", "2"), ("offset", "1"), ("sort", r#"{"command":-1}"#)]).await.ok();
        let names: Vec<&Value> = page["commands"].as_array().unwrap().iter().map(|one| &one["command"]).collect();
        assert_eq!((names, &page["count"], &page["offset"]), (vec![&json!("unarchive"), &json!("tableflip")], &json!(2), &json!(1)));
        let kick = ann.rest.get("commands.get", &[("command", "KICK")]).await.ok();
        assert_eq!(kick["command"]["command"], "kick");
        let unknown = ann.rest.get("commands.get", &[("command", "fly")]).await;
        unknown.refused_with(400, "There is no command in the system by the name of: fly");
        let missing = ann.rest.get("commands.get", &[]).await;
        missing.refused_with(400, "The query param \"command\" must be provided.");
        ann.rest.post("commands.run", json!({ "command": "me", "params": "waves", "roomId": rid })).await.ok();
        assert_eq!(last(&ann, "plans").await, "_waves_");
        for (body, text) in [
            (json!({ "roomId": rid }), "You must provide a command to run."),
            (json!({ "command": 1, "roomId": rid }), "You must provide a command to run."),
            (json!({ "command": "me", "params": [], "roomId": rid }), "The parameters for the command must be a single string."),
            (json!({ "command": "me" }), "The room's id where to execute this command must be provided and be a string."),
            (json!({ "command": "me", "roomId": rid, "tmid": 1 }), "The tmid parameter when provided must be a string."),
            (json!({ "command": "fly", "roomId": rid }), "The command provided does not exist (or is disabled)."),
            (json!({ "command": "me", "params": "x", "roomId": rid, "tmid": "none" }), "Invalid thread."),
        ] {
            ann.rest.post("commands.run", body).await.refused_with(400, text);
        }
        let strange = json!({ "command": "me", "params": "waves", "roomId": rid });
        eve.rest.post("commands.run", strange.clone()).await.refused_with(403, "unauthorized");
        server.nobody().post("commands.run", strange).await.not_logged_in();
        for list in ["commands.list", "commands.get"] {
            server.nobody().get(list, &[]).await.not_logged_in();
        }
    }

    async fn a_refused_message_is_told_to_its_sender_alone(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("plans", &[&bob]).await;
        let (anns, bobs) = (Keyboard::of(&ann, &rid).await, Keyboard::of(&bob, &rid).await);
        ann.rest.post("groups.archive", json!({ "roomId": rid })).await.ok();
        bobs.socket.call("sendMessage", json!([{ "rid": rid, "msg": "hi" }])).await.unwrap_err();
        bobs.is_told("This room is archived").await;
        anns.socket.expect_none("stream-notify-user", &anns.told, Duration::from_millis(200)).await;
    }
}
