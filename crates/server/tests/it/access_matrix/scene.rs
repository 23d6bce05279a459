//! The people, the rooms, and the words planted in them.

use super::oracle::{Place, Who, may_know, may_read};
use crate::world::{PASSWORD, Server, User};
use gantry_testkit::{Ddp, Login, Rest};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU32, Ordering};

/// Everybody who calls. The peer never does: acts over members are about them.
pub(super) struct Cast {
    people: Vec<(Who, User)>,
    nobody: Rest,
    pub(super) peer: User,
    /// Has every role in each named room.
    pub(super) deputy: User,
    made: AtomicU32,
}

/// A room with planted words.
pub(super) struct Room {
    pub(super) place: Place,
    pub(super) rid: String,
    pub(super) name: String,
    /// A message of the owner's.
    pub(super) message: String,
}

/// Stands in every message in rooms of this kind, and nowhere else.
pub(super) fn words(place: Place) -> String {
    format!("words-in-{place:?}")
}

/// Stands in the topic, the description and the announcement.
pub(super) fn face(place: Place) -> String {
    format!("face-of-{place:?}")
}

/// Every name of such a room begins with it.
pub(super) fn name(place: Place) -> String {
    format!("name-of-{place:?}")
}

impl Cast {
    pub(super) async fn on(server: &Server) -> Self {
        let [owner, member, peer, deputy, kicked, stranger, off] =
            server.users(["owner", "member", "peer", "deputy", "kicked", "stranger", "off"]).await;
        let people = vec![
            (Who::Deactivated, off),
            (Who::Stranger, stranger),
            (Who::Kicked, kicked),
            (Who::Guest, with_role(server, "guest").await),
            (Who::Bot, with_role(server, "bot").await),
            (Who::Admin, server.admin.clone()),
            (Who::Member, member),
            (Who::Owner, owner),
        ];
        Self { people, nobody: server.nobody(), peer, deputy, made: AtomicU32::new(0) }
    }

    /// The account; nothing for nobody.
    pub(super) fn user(&self, who: Who) -> Option<&User> {
        self.people.iter().find(|(one, _)| *one == who).map(|(_, user)| user)
    }

    pub(super) fn owner(&self) -> &User {
        self.user(Who::Owner).unwrap()
    }

    /// The owner's fellow in the direct room.
    pub(super) fn member_id(&self) -> &str {
        self.user(Who::Member).unwrap().id()
    }

    pub(super) fn rest(&self, who: Who) -> &Rest {
        self.user(who).map_or(&self.nobody, |user| &user.rest)
    }

    /// A socket of an account that is logged in, or of nobody.
    pub(super) async fn socket(&self, who: Who) -> Ddp {
        match self.user(who).filter(|_| who != Who::Deactivated) {
            Some(user) => user.socket().await,
            None => Ddp::connect(self.nobody.base()).await,
        }
    }

    /// A number that was not given out yet.
    pub(super) fn fresh(&self) -> u32 {
        self.made.fetch_add(1, Ordering::Relaxed)
    }

    /// One room of each kind.
    pub(super) async fn rooms(&self) -> Vec<Room> {
        let mut rooms = Vec::new();
        for place in Place::ALL {
            rooms.push(self.room(place).await);
        }
        rooms
    }

    async fn room(&self, place: Place) -> Room {
        let name = format!("{}-{}", name(place), self.fresh());
        let rid = match place {
            Place::Direct => self.direct().await,
            Place::Public | Place::Deleted => self.named("channels", "channel", place, &name).await,
            Place::Private | Place::Archived => self.named("groups", "group", place, &name).await,
        };
        let owner = self.owner();
        let said = owner.says(&rid, &words(place)).await;
        let post = async |call: &str, body: Value| owner.rest.post(call, body).await.ok();
        match place {
            Place::Archived => post("groups.archive", json!({ "roomId": rid })).await,
            Place::Deleted => post("channels.delete", json!({ "roomId": rid })).await,
            _ => Value::Null,
        };
        Room { place, rid, name, message: said["_id"].as_str().unwrap().to_owned() }
    }

    async fn direct(&self) -> String {
        let member = self.user(Who::Member).unwrap();
        let made = self.owner().rest.post("im.create", json!({ "username": member.username() })).await.ok();
        made["room"]["_id"].as_str().unwrap().to_owned()
    }

    async fn named(&self, family: &str, key: &str, place: Place, name: &str) -> String {
        let (rest, about) = (&self.owner().rest, face(place));
        let body = json!({
            "name": name, "members": ["member", "peer", "deputy", "kicked", "off"],
            "extraData": { "topic": about, "description": about, "announcement": about },
        });
        let made = rest.post(&format!("{family}.create"), body).await.ok();
        let rid = made[key]["_id"].as_str().unwrap().to_owned();
        let kicked = self.user(Who::Kicked).unwrap().id();
        rest.post(&format!("{family}.kick"), json!({ "roomId": rid, "userId": kicked })).await.ok();
        for role in ["addRoomOwner", "addRoomModerator", "addRoomLeader"] {
            method(rest, role, json!([rid, self.deputy.id()])).await;
        }
        rid
    }

    /// All there is to be changed about a room, as its owner sees it.
    pub(super) async fn state(&self, room: &Room) -> Value {
        let (family, key) = match room.place {
            Place::Public => ("channels", "channel"),
            Place::Private | Place::Archived => ("groups", "group"),
            Place::Direct => ("rooms", "room"),
            Place::Deleted => return Value::Null,
        };
        let rest = &self.owner().rest;
        let about = [("roomId", room.rid.as_str())];
        let mut document = rest.get(&format!("{family}.info"), &about).await.ok()[key].clone();
        document["_updatedAt"].take();
        let family = if family == "rooms" { "im" } else { family };
        let history = rest.get(&format!("{family}.history"), &about).await.ok()["messages"].clone();
        let roles = method(rest, "getRoomRoles", json!([room.rid])).await;
        json!({ "room": document, "messages": history, "roles": roles["result"] })
    }
}

/// Calls a method over REST; its result frame.
pub(super) async fn method(rest: &Rest, name: &str, params: Value) -> Value {
    let message = json!({ "msg": "method", "id": "1", "method": name, "params": params }).to_string();
    let answer = rest.post(&format!("method.call/{name}"), json!({ "message": message })).await.ok();
    serde_json::from_str(answer["message"].as_str().unwrap()).unwrap()
}

/// What of the planted words stands in `text` and is not for `who`. `echo`: names may come back as they were sent.
pub(super) fn leaks(who: Who, text: &str, echo: bool) -> Vec<String> {
    let mut leaks = Vec::new();
    for place in Place::ALL {
        let hidden = [
            (words(place), may_read(who, place)),
            (face(place), may_know(who, place)),
            (name(place), may_know(who, place) || echo),
        ];
        leaks.extend(hidden.into_iter().filter(|(word, open)| !open && text.contains(word)).map(|(word, _)| word));
    }
    leaks
}

/// An account whose only role is `role`.
async fn with_role(server: &Server, role: &str) -> User {
    let account = json!({
        "username": role, "name": role, "email": format!("{role}@example.org"), "password": PASSWORD,
        "roles": [role], "verified": true,
    });
    server.admin.rest.post("users.create", account).await.ok();
    let login: Login = server.nobody().login(role, PASSWORD).await;
    User { rest: server.nobody().as_user(&login), login }
}
