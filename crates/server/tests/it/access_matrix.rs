//! Who gets what: every row and every method × every kind of caller × every kind of room, against a table of its own.
//!
//! Words are planted in every room. No answer, refusal or event may hold one for somebody who cannot read that room;
//! and no room may change by the act of somebody who cannot act in it.

mod door;
mod methods;
mod oracle;
mod scene;

use crate::world::Server;
use door::{By, Door};
use gantry_rest::endpoint::Access;
use gantry_testkit::both_databases;
use methods::METHODS;
use oracle::{Expect, Place, Who, may_learn_by, may_read};
use scene::{Cast, Room, leaks, method, words};
use serde_json::{Value, json};
use std::time::Duration;

/// Rows that end the caller's own session.
const APART: [&str; 2] = ["logout", "users.logout"];

/// Doors for what nobody's room is here: closed by its reader, an archived channel, a group with an administrator in it, or
/// one whose block would stay. They succeed in other stories.
const OTHERWISE: [&str; 6] = [
    "POST channels.open",
    "POST channels.unarchive",
    "POST groups.addAll",
    "POST dm.setTopic",
    "POST im.setTopic",
    "method blockUser",
];

/// What is wrong, in sentences; and whether the door ever did what it is for.
#[derive(Default)]
struct Findings {
    wrong: Vec<String>,
    opened: bool,
}

/// Everybody at one door of one room: first those who cannot change it, then the others.
async fn try_door(cast: &Cast, door: &Door<'_>, room: &Room, findings: &mut Findings) {
    let idle = |who: &Who| {
        let harmless = matches!(door.expected(*who, room.place), Expect::Login | Expect::Refused);
        harmless || !(may_read(*who, room.place) || may_learn_by(door.access(), *who, room.place))
    };
    let before = cast.state(room).await;
    for who in Who::ALL.into_iter().filter(idle) {
        try_as(cast, door, room, who, findings).await;
    }
    let after = cast.state(room).await;
    if before != after {
        findings.wrong.push(format!("{} changed {:?} for strangers: {before} {after}", door.label(), room.place));
    }
    for who in Who::ALL.into_iter().filter(|who| !idle(who)) {
        try_as(cast, door, room, who, findings).await;
    }
}

async fn try_as(cast: &Cast, door: &Door<'_>, room: &Room, who: Who, findings: &mut Findings) {
    for by in door.ways() {
        let outcome = door.call(cast, who, room, *by).await;
        let what = || {
            format!(
                "{} as {who:?} in {:?} by {by:?}: {} {:.300}",
                door.label(),
                room.place,
                outcome.status,
                outcome.body
            )
        };
        let fair = match door.expected(who, room.place) {
            Expect::Either => true,
            Expect::Login => outcome.login,
            Expect::Refused => !outcome.allowed,
            Expect::Allowed => outcome.allowed || (*by == By::Names && room.place == Place::Direct),
        };
        if !fair {
            findings.wrong.push(format!("expected {:?}: {}", door.expected(who, room.place), what()));
        }
        let learned = outcome.allowed && (may_learn_by(door.access(), who, room.place) || door.shows_rooms_to(who));
        let leaked = leaks(who, &outcome.body, *by == By::Names || door.names_rooms_to(who));
        for leak in leaked.into_iter().filter(|leak| !learned || leak.starts_with("words")) {
            findings.wrong.push(format!("LEAK of {leak}: {}", what()));
        }
        findings.opened |= outcome.done;
    }
}

/// Everybody at every door; the rooms are new where acts may change them.
async fn walk(cast: &Cast, doors: &[Door<'_>]) {
    let shared = cast.rooms().await;
    let off = cast.user(Who::Deactivated).unwrap().id();
    let switch = json!({ "userId": off, "activeStatus": false });
    cast.rest(Who::Admin).post("users.setActiveStatus", switch).await.ok();
    let mut wrong = Vec::new();
    // Those that leave the shared rooms as they are come first: the direct room is always the same.
    let (changing, reading): (Vec<_>, Vec<_>) = doors.iter().partition(|door| door.changes_rooms());
    for door in reading.into_iter().chain(changing) {
        let fresh = if door.changes_rooms() { cast.rooms().await } else { Vec::new() };
        let rooms = if fresh.is_empty() { &shared } else { &fresh };
        let mut findings = Findings::default();
        for room in rooms {
            try_door(cast, door, room, &mut findings).await;
        }
        let tried = findings.opened || OTHERWISE.contains(&door.label().as_str());
        if !tried && matches!(door.access(), Access::ReadRoom | Access::ActInRoom | Access::RuleRoom) {
            findings.wrong.push(format!("{} opened for nobody: the matrix tries nothing with it", door.label()));
        }
        wrong.append(&mut findings.wrong);
    }
    assert!(wrong.is_empty(), "{} findings:\n{}", wrong.len(), wrong.join("\n"));
}

both_databases! {
    async fn every_row_is_for_whom_its_class_says(server: Server) {
        let api = gantry_rest::api();
        server.grant("unarchive-room", &["admin", "owner"]).await;
        let doors: Vec<Door<'_>> = api.rows().iter().filter(|row| !APART.contains(&row.path)).map(Door::Row).collect();
        walk(&Cast::on(&server).await, &doors).await;
    }

    async fn every_method_is_for_whom_its_class_says(server: Server) {
        let doors: Vec<Door<'_>> = METHODS.iter().map(Door::Method).collect();
        walk(&Cast::on(&server).await, &doors).await;
    }

    /// A message of one room together with the id of another, in which the caller may act.
    async fn ids_of_two_rooms_open_neither(server: Server) {
        server.set("Site_Url", json!(server.base)).await;
        let cast = Cast::on(&server).await;
        let stranger = cast.user(Who::Stranger).unwrap();
        let own = stranger.channel("own", &[]).await;
        let socket = stranger.socket().await;
        socket.stream("stream-notify-user", &format!("{}/message", stranger.id())).await;
        for room in cast.rooms().await.iter().filter(|room| !may_read(Who::Stranger, room.place)) {
            let before = cast.state(room).await;
            let id = &room.message;
            let link = format!("[ ]({}/group/{}?msg={id})", server.base, room.name);
            let mut told = Vec::new();
            for (call, body) in [
                ("chat.update", json!({ "roomId": own, "msgId": id, "text": "mine" })),
                ("chat.delete", json!({ "roomId": own, "msgId": id })),
                ("chat.sendMessage", json!({ "message": { "rid": own, "msg": "mine", "tmid": id } })),
                ("chat.sendMessage", json!({ "message": { "rid": own, "msg": "mine", "_id": id } })),
                ("chat.sendMessage", json!({ "message": { "rid": own, "msg": link } })),
                ("chat.postMessage", json!({ "roomId": own, "text": "mine", "tmid": id })),
                ("chat.postMessage", json!({ "roomId": [own, room.rid], "text": "mine" })),
                ("subscriptions.unread", json!({ "firstUnreadMessage": { "_id": id }, "rid": own })),
                ("subscriptions.unread", json!({ "firstUnreadMessage": { "_id": id }, "roomId": own })),
            ] {
                told.push(stranger.rest.post(call, body).await.json);
            }
            for (name, params) in [
                ("updateMessage", json!([{ "_id": id, "rid": own, "msg": "mine" }])),
                ("deleteMessage", json!([{ "_id": id, "rid": own }])),
                ("setReaction", json!([":smile:", id, true])),
                ("sendMessage", json!([{ "_id": id, "rid": own, "msg": "mine" }])),
                ("sendMessage", json!([{ "rid": own, "msg": "mine", "tmid": id }])),
                ("sendMessage", json!([{ "rid": own, "msg": link }])),
                ("loadSurroundingMessages", json!([{ "_id": id, "rid": own }, 50])),
                ("getMessages", json!([[id, id]])),
                ("unreadMessages", json!([{ "_id": id }])),
                ("unreadMessages", json!([{ "_id": id }, own])),
                ("slashCommand", json!([{ "cmd": "me", "params": "x", "msg": { "_id": id, "rid": own, "msg": "/me" } }])),
                ("slashCommand", json!([{ "cmd": "me", "params": "x", "msg": { "rid": own, "tmid": id, "msg": "/me" } }])),
            ] {
                told.push(method(&stranger.rest, name, params).await);
            }
            for command in ["archive", "unarchive", "hide", "join"] {
                let params = format!("#{}", room.name);
                let at = json!({ "rid": own, "msg": format!("/{command} {params}") });
                let given = json!([{ "cmd": command, "params": params, "msg": at }]);
                told.push(method(&stranger.rest, "slashCommand", given).await);
            }
            told.push(stranger.rest.get("channels.history", &[("roomId", &own)]).await.ok());
            socket.barrier().await;
            told.extend(socket.heard());
            let told = Value::from(told).to_string();
            let leaked: Vec<_> = leaks(Who::Stranger, &told, true);
            assert!(leaked.is_empty(), "{:?}: {leaked:?} in {told}", room.place);
            assert_eq!(before, cast.state(room).await, "{:?}", room.place);
        }
    }

    /// Who may listen, and that who may not hears nothing, whatever happens in the rooms.
    async fn streams_are_for_whom_the_room_is(server: Server) {
        let cast = Cast::on(&server).await;
        let rooms = cast.rooms().await;
        let owner = cast.owner();
        let mut sockets = Vec::new();
        for who in Who::ALL.into_iter().filter(|who| *who != Who::Deactivated) {
            let socket = cast.socket(who).await;
            for room in &rooms {
                for (stream, event) in [
                    ("stream-room-messages", room.rid.clone()),
                    ("stream-room-data", room.rid.clone()),
                    ("stream-notify-room", format!("{}/deleteMessage", room.rid)),
                    ("stream-notify-room", format!("{}/user-activity", room.rid)),
                    ("stream-notify-room", format!("{}/typing", room.rid)),
                    ("stream-notify-room", format!("{}/deleteMessageBulk", room.rid)),
                ] {
                    let heard = socket.sub(stream, json!([event, false])).await.is_ok();
                    assert_eq!(heard, may_read(who, room.place), "{who:?} {stream} of {:?}", room.place);
                }
            }
            for event in ["message", "rooms-changed", "subscriptions-changed", "userData", "notification", "otr"] {
                let heard = socket.sub("stream-notify-user", json!([format!("{}/{event}", owner.id()), false])).await;
                assert_eq!(heard.is_ok(), who == Who::Owner, "{who:?} hears the owner's {event}");
            }
            let everything = socket.sub("stream-room-messages", json!(["__my_messages__", false])).await;
            assert!(everything.is_ok(), "{who:?}");
            sockets.push((who, socket));
        }
        for room in rooms.iter().filter(|room| !matches!(room.place, Place::Archived | Place::Deleted)) {
            happen(&cast, room).await;
        }
        for (who, socket) in &sockets {
            let name = cast.user(*who).map_or("nobody", |user| user.username());
            for room in rooms.iter().filter(|room| !may_read(*who, room.place)) {
                let typing = json!([format!("{}/user-activity", room.rid), name, ["user-typing"], {}]);
                drop(socket.call("stream-notify-room", typing).await);
            }
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        for (who, socket) in &sockets {
            socket.barrier().await;
            let heard = Value::from(socket.heard()).to_string();
            assert_eq!(leaks(*who, &heard, false), Vec::<String>::new(), "{who:?}");
            for room in rooms.iter().filter(|room| !may_read(*who, room.place)) {
                let events = socket.heard().into_iter().filter(|frame| frame["msg"] == "changed");
                let about: Vec<_> = events.filter(|frame| frame.to_string().contains(&room.rid)).collect();
                assert!(about.is_empty(), "{who:?} heard of {:?}: {about:?}", room.place);
            }
            assert!(!heard.contains("user-typing"), "{who:?} was told what strangers type");
            let live = may_read(*who, Place::Private);
            assert!(!live || heard.contains(&words(Place::Private)), "{who:?} hears what is for it");
        }
    }
}

/// A message said, changed, reacted to and deleted; a member who comes and goes.
async fn happen(cast: &Cast, room: &Room) {
    let owner = cast.owner();
    let said = owner.says(&room.rid, &words(room.place)).await;
    let id = said["_id"].as_str().unwrap();
    let post = async |call: &str, body: Value| owner.rest.post(call, body).await.ok();
    post("chat.update", json!({ "roomId": room.rid, "msgId": id, "text": words(room.place) })).await;
    post("chat.react", json!({ "messageId": id, "emoji": "smile" })).await;
    post("chat.delete", json!({ "roomId": room.rid, "msgId": id })).await;
    let family = match room.place {
        Place::Public => "channels",
        Place::Private => "groups",
        _ => return,
    };
    let peer = json!({ "roomId": room.rid, "userId": cast.peer.id() });
    for act in ["addModerator", "kick", "invite"] {
        post(&format!("{family}.{act}"), peer.clone()).await;
    }
}

/// The matrix knows every method there is.
#[test]
fn every_method_is_in_the_matrix() {
    let known = |name: &str| METHODS.iter().any(|one| one.name == name) || methods::OF_NO_ROOM.contains(&name);
    let declared = methods::declared();
    assert!(declared.len() > 30, "{declared:?}");
    let unknown: Vec<_> = declared.iter().filter(|name| !known(name)).collect();
    assert!(unknown.is_empty(), "methods without a class in the access matrix: {unknown:?}");
}
