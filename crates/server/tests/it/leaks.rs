//! Whoever loses access hears nothing more, whatever ends it and whatever is under way.
//!
//! Somebody listens to everything that there is of a room, while others keep it busy. In the midst of that access ends.
//! What was queued before the act was answered has come when the socket has answered a ping; whatever comes about the
//! room after that is a leak.

use crate::world::{Server, User};
use gantry_model::{RoleId, UserId};
use gantry_testkit::{Ddp, both_databases};
use serde_json::{Value, json};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinHandle;

const SOON: Duration = Duration::from_secs(10);

const MESSAGES: &str = "stream-room-messages";
const ROOM: &str = "stream-notify-room";
const DATA: &str = "stream-room-data";
const OWN: &str = "stream-notify-user";
const LOGGED: &str = "stream-notify-logged";
const MINE: &str = "__my_messages__";

/// A room in which something happens all the time.
struct Busy {
    stop: Arc<AtomicBool>,
    /// How many messages were begun.
    said: watch::Receiver<u32>,
    task: JoinHandle<()>,
}

impl Busy {
    fn room(owner: &User, rid: &str) -> Self {
        let (stop, (counter, said)) = (Arc::new(AtomicBool::new(false)), watch::channel(0));
        let task = tokio::spawn(keep_busy(owner.clone(), rid.to_owned(), stop.clone(), counter));
        Self { stop, said, task }
    }

    fn said(&self) -> u32 {
        *self.said.borrow()
    }

    /// Returns when some more messages were begun.
    async fn go_on(&mut self) {
        let enough = self.said() + 5;
        self.said.wait_for(|said| *said >= enough).await.unwrap();
    }

    async fn stop(self) {
        self.stop.store(true, Ordering::SeqCst);
        self.task.await.unwrap();
    }
}

/// Says, changes and deletes messages and types; refusals do not matter, the room may be gone.
async fn keep_busy(owner: User, rid: String, stop: Arc<AtomicBool>, said: watch::Sender<u32>) {
    let socket = owner.socket().await;
    let typing = format!("{rid}/user-activity");
    while !stop.load(Ordering::SeqCst) {
        said.send_modify(|said| *said += 1);
        let text = format!("number {}", *said.borrow());
        let message = json!({ "message": { "rid": rid, "msg": text } });
        let id = owner.rest.post("chat.sendMessage", message).await.json["message"]["_id"].take();
        owner.rest.post("chat.react", json!({ "messageId": id, "emoji": "smile" })).await;
        socket.call(ROOM, json!([typing, owner.username(), ["user-typing"], {}])).await.unwrap();
        owner.rest.post("chat.delete", json!({ "roomId": rid, "msgId": id })).await;
        socket.call(ROOM, json!([typing, owner.username(), [], {}])).await.unwrap();
    }
}

/// Everything of a room.
fn of_room(rid: &str) -> Vec<(&'static str, String)> {
    let of_events = ["deleteMessage", "user-activity", "typing"].map(|event| (ROOM, format!("{rid}/{event}")));
    [(MESSAGES, rid.to_owned()), (DATA, rid.to_owned())].into_iter().chain(of_events).collect()
}

/// A socket that listens to everything of a room and of its user, and has heard something of each that comes to such a
/// listener.
async fn listening(user: &User, rid: &str, is_member: bool) -> Ddp {
    let socket = user.socket().await;
    let own = ["rooms-changed", "subscriptions-changed", "notification", "message", "userData"];
    for event in own {
        socket.stream(OWN, &format!("{}/{event}", user.id())).await;
    }
    socket.stream(MESSAGES, MINE).await;
    for (stream, event) in of_room(rid) {
        socket.stream(stream, &event).await;
    }
    for (stream, event) in of_room(rid) {
        socket.expect(stream, &event, SOON).await;
    }
    socket.expect_where(MESSAGES, MINE, SOON, |args| args[0]["rid"] == rid).await;
    if is_member {
        let event = format!("{}/rooms-changed", user.id());
        socket.expect_where(OWN, &event, SOON, |args| args[1]["_id"] == rid).await;
    }
    socket
}

/// Whether a frame tells of the room anything but that it is gone.
fn is_about(frame: &Value, rid: &str) -> bool {
    let fields = &frame["fields"];
    let is_own = |event: &str| fields["eventName"].as_str().is_some_and(|name| name.ends_with(event));
    let is_end = fields["args"][0] == "removed" && (is_own("/subscriptions-changed") || is_own("/rooms-changed"));
    frame["msg"] == "changed" && !is_end && frame.to_string().contains(rid)
}

/// What a socket has heard about a room beyond the first `from` frames.
fn heard_since(socket: &Ddp, from: usize, rid: &str) -> Vec<Value> {
    socket.heard().into_iter().skip(from).filter(|frame| is_about(frame, rid)).collect()
}

/// Ends access in the midst of things, and fails if anything about the room comes after that but `harmless` events.
async fn nothing_comes_after(socket: &Ddp, mut busy: Busy, rid: &str, end: impl Future<Output = ()>, harmless: &str) {
    end.await;
    socket.barrier().await;
    let mark = socket.heard().len();
    busy.go_on().await;
    busy.stop().await;
    socket.barrier().await;
    let leaked = heard_since(socket, mark, rid);
    let is_harmless =
        |frame: &Value| !harmless.is_empty() && frame["fields"]["eventName"].as_str().unwrap().ends_with(harmless);
    let leaked: Vec<_> = leaked.iter().filter(|frame| !is_harmless(frame)).collect();
    assert!(leaked.is_empty(), "{leaked:#?}");
}

/// Sees to it that what is told late has been told: the room as its owner's client shows it.
async fn all_told(owner: &User, witness: &Ddp, rid: &str) {
    let last = owner.says(rid, "the end").await;
    let shows = |args: &Value| args[1]["lastMessage"]["_id"] == last["_id"];
    witness.expect_where(OWN, &format!("{}/rooms-changed", owner.id()), SOON, shows).await;
}

async fn witness(owner: &User) -> Ddp {
    let socket = owner.socket().await;
    socket.stream(OWN, &format!("{}/rooms-changed", owner.id())).await;
    socket.stream(MESSAGES, MINE).await;
    socket
}

async fn set_roles(server: &Server, user: &User, roles: &[&str]) {
    let roles = roles.iter().map(RoleId::new).collect();
    gantry_chat::users::set_roles(server.gantry.chat(), &UserId::new(user.id()), roles).await.unwrap();
}

both_databases! {
    async fn who_is_kicked_from_a_busy_group(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("den", &[&bob]).await;
        let kick = json!({ "roomId": rid, "userId": bob.id() });
        for _ in 0..3 {
            let busy = Busy::room(&ann, &rid);
            let socket = listening(&bob, &rid, true).await;
            let end = async { drop(ann.rest.post("groups.kick", kick.clone()).await.ok()) };
            nothing_comes_after(&socket, busy, &rid, end, "").await;
            let mark = socket.heard().len();
            all_told(&ann, &witness(&ann).await, &rid).await;
            socket.barrier().await;
            assert_eq!(heard_since(&socket, mark, &rid), Vec::<Value>::new());
            ann.rest.post("groups.invite", kick.clone()).await.ok();
        }
    }

    async fn who_leaves_a_busy_group(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("den", &[&bob]).await;
        let busy = Busy::room(&ann, &rid);
        let socket = listening(&bob, &rid, true).await;
        let end = async { drop(bob.rest.post("groups.leave", json!({ "roomId": rid })).await.ok()) };
        nothing_comes_after(&socket, busy, &rid, end, "").await;
    }

    async fn who_was_in_a_busy_room_that_is_deleted(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("den", &[&bob]).await;
        let busy = Busy::room(&ann, &rid);
        let socket = listening(&bob, &rid, true).await;
        let end = async { drop(ann.rest.post("groups.delete", json!({ "roomId": rid })).await.ok()) };
        nothing_comes_after(&socket, busy, &rid, end, "").await;
    }

    async fn whoever_looked_into_a_busy_channel_that_is_made_private(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        server.grant("create-c", &["admin", "user"]).await;
        let rid = ann.channel("plaza", &[]).await;
        let turn = async |family: &str, kind: &str| {
            let wanted = json!({ "roomId": rid, "type": kind });
            ann.rest.post(&format!("{family}.setType"), wanted).await.ok();
        };
        for _ in 0..3 {
            let busy = Busy::room(&ann, &rid);
            let socket = listening(&bob, &rid, false).await;
            nothing_comes_after(&socket, busy, &rid, turn("channels", "p"), "").await;
            let error = socket.sub(DATA, json!([rid, false])).await.unwrap_err();
            assert_eq!(error["error"], "not-allowed");
            turn("groups", "c").await;
        }
    }

    async fn whose_role_opened_a_busy_channel(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.channel("plaza", &[]).await;
        for _ in 0..3 {
            let busy = Busy::room(&ann, &rid);
            let socket = listening(&bob, &rid, false).await;
            nothing_comes_after(&socket, busy, &rid, set_roles(&server, &bob, &["guest"]), "").await;
            let refused = socket.sub(MESSAGES, json!([rid, false])).await.unwrap_err();
            assert_eq!(refused["error"], "not-allowed");
            set_roles(&server, &bob, &["user"]).await;
        }
    }

    async fn whom_permissions_let_into_a_busy_channel(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.channel("plaza", &[]).await;
        let busy = Busy::room(&ann, &rid);
        let socket = listening(&bob, &rid, false).await;
        let end = async {
            server.grant("preview-c-room", &["admin"]).await;
            server.grant("view-c-room", &["admin", "owner"]).await;
        };
        nothing_comes_after(&socket, busy, &rid, end, "").await;
        assert_eq!(socket.sub(DATA, json!([rid, false])).await.unwrap_err()["error"], "not-allowed");
    }

    /// A member who may not read what members of such rooms read: of the room comes nothing; the membership stays one's own.
    async fn members_without_the_permission_of_the_kind(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("den", &[&bob]).await;
        let anns = witness(&ann).await;
        let busy = Busy::room(&ann, &rid);
        let socket = listening(&bob, &rid, true).await;
        let end = server.grant("view-p-room", &["admin", "owner"]);
        nothing_comes_after(&socket, busy, &rid, end, "/subscriptions-changed").await;
        // Whose role in the room opens it goes on hearing; and so does who logs in anew.
        all_told(&ann, &anns, &rid).await;
        all_told(&ann, &witness(&ann).await, &rid).await;
        let fresh = witness(&bob).await;
        let new = ann.group("new", &[&bob]).await;
        all_told(&ann, &anns, &new).await;
        all_told(&ann, &anns, &rid).await;
        for deaf in [&socket, &fresh] {
            deaf.barrier().await;
            let about = |frame: &Value| frame["msg"] == "changed" && frame.to_string().contains("the end");
            assert!(!deaf.heard().iter().any(about));
        }
        server.grant("view-p-room", &["admin", "user"]).await;
        ann.says(&rid, "welcome back").await;
        fresh.expect_where(MESSAGES, MINE, SOON, |args| args[0]["msg"] == "welcome back").await;
        let event = format!("{}/rooms-changed", bob.id());
        fresh.expect_where(OWN, &event, SOON, |args| args[1]["lastMessage"]["msg"] == "welcome back").await;
    }

    async fn who_is_deactivated_amid_messages(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("den", &[&bob]).await;
        let busy = Busy::room(&ann, &rid);
        let socket = listening(&bob, &rid, true).await;
        let off = json!({ "userId": bob.id(), "activeStatus": false });
        server.admin.rest.post("users.setActiveStatus", off).await.ok();
        ends_before(&socket, busy, &rid).await;
    }

    async fn whose_session_ends_amid_messages(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("den", &[&bob]).await;
        let busy = Busy::room(&ann, &rid);
        let socket = listening(&bob, &rid, true).await;
        bob.rest.post("logout", json!({})).await.ok();
        ends_before(&socket, busy, &rid).await;
    }

    async fn who_logs_out_on_the_socket_amid_messages(server: Server) {
        let [ann, bob] = server.users(["ann", "bob"]).await;
        let rid = ann.group("den", &[&bob]).await;
        let busy = Busy::room(&ann, &rid);
        let socket = listening(&bob, &rid, true).await;
        socket.sub("stream-user-presence", json!(["", { "added": [ann.id()] }])).await.unwrap();
        let end = async { drop(socket.call("logout", json!([])).await.unwrap()) };
        nothing_comes_after(&socket, busy, &rid, end, "").await;
        let mark = socket.heard().len();
        let watching = bob_again(&server).await;
        watching.sub("stream-user-presence", json!(["", { "added": [ann.id()] }])).await.unwrap();
        ann.rest.post("users.setStatus", json!({ "status": "busy", "message": "at work" })).await.ok();
        watching.expect_where("stream-user-presence", ann.id(), SOON, |args| args[0][2] == "at work").await;
        socket.barrier().await;
        let told = socket.heard().into_iter().skip(mark).filter(|frame| frame["msg"] == "changed").collect::<Vec<_>>();
        assert_eq!(told, Vec::<Value>::new());
    }

    async fn settings_that_are_not_public(server: Server) {
        let [cat] = server.users(["cat"]).await;
        set_roles(&server, &cat, &["user", "admin"]).await;
        let (socket, witness) = (cat.socket().await, server.admin.socket().await);
        for one in [&socket, &witness] {
            one.stream(LOGGED, "private-settings-changed").await;
        }
        let stop = Arc::new(AtomicBool::new(false));
        let (admin, stopped) = (server.admin.clone(), stop.clone());
        let flood = tokio::spawn(async move {
            let mut n = 0;
            while !stopped.load(Ordering::SeqCst) {
                n += 1;
                admin.rest.post("settings/Site_Name", json!({ "value": format!("name {n}") })).await.ok();
            }
        });
        socket.expect(LOGGED, "private-settings-changed", SOON).await;
        set_roles(&server, &cat, &["user"]).await;
        socket.barrier().await;
        let mark = socket.heard().len();
        server.set("Site_Url", json!("https://chat.example.org")).await;
        let last = |args: &Value| args[1]["_id"] == "Site_Url";
        witness.expect_where(LOGGED, "private-settings-changed", SOON, last).await;
        stop.store(true, Ordering::SeqCst);
        flood.await.unwrap();
        socket.barrier().await;
        let told = |frame: &Value| frame["fields"]["eventName"] == "private-settings-changed";
        assert!(!socket.heard().iter().skip(mark).any(told));
        assert_eq!(socket.sub(LOGGED, json!(["private-settings-changed"])).await.unwrap_err()["error"], "not-allowed");
    }
}

/// The socket ends, and has heard of no message that was begun after the act that ended it was answered.
async fn ends_before(socket: &Ddp, busy: Busy, rid: &str) {
    let begun = busy.said();
    socket.closed(SOON).await;
    busy.stop().await;
    let number =
        |frame: &Value| frame["fields"]["args"][0]["msg"].as_str()?.strip_prefix("number ")?.parse::<u32>().ok();
    let late = heard_since(socket, 0, rid).into_iter().filter(|frame| number(frame).is_some_and(|n| n > begun));
    assert_eq!(late.collect::<Vec<_>>(), Vec::<Value>::new());
}

async fn bob_again(server: &Server) -> Ddp {
    let login = server.nobody().login("bob", crate::world::PASSWORD).await;
    let socket = Ddp::connect(&server.base).await;
    socket.login(&login).await;
    socket
}
