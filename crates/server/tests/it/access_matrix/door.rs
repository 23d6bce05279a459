//! The ways in: every row of the API and every method, called about a room with whatever parameters it names.

use super::oracle::{Expect, Place, Who, expected};
use super::scene::{Cast, Room};
use crate::world::{TOKEN_SECRET, User};
use gantry_rest::endpoint::{Access, Row, Verb};
use http::Method as HttpMethod;
use serde_json::{Map, Value, json};

/// How rooms, people and messages are named to a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    Ids,
    Names,
}

/// A method, its class, and how it is asked about a room.
pub(super) struct Method {
    pub(super) name: &'static str,
    pub(super) access: Access,
    pub(super) params: fn(&Room, &Cast) -> Value,
}

/// A way in.
pub(super) enum Door<'a> {
    Row(&'a Row),
    Method(&'a Method),
}

/// What came of a call.
pub(super) struct Outcome {
    pub(super) status: u16,
    /// It says that it was done, or what was asked for.
    pub(super) allowed: bool,
    /// No error at least; a method that only acts answers nothing.
    pub(super) done: bool,
    /// Somebody must be logged in, to the letter.
    pub(super) login: bool,
    pub(super) body: String,
}

/// What administrators of rooms look at.
const SHOWING_ROOMS: [&str; 6] = [
    "GET groups.counters",
    "GET rooms.adminRooms",
    "GET rooms.adminRooms.getRoom",
    "GET groups.listAll",
    "GET dm.list.everyone",
    "GET im.list.everyone",
];

impl Door<'_> {
    pub(super) fn label(&self) -> String {
        match self {
            Self::Row(row) => format!("{} {}", row.verb.text(), row.path),
            Self::Method(method) => format!("method {}", method.name),
        }
    }

    pub(super) fn access(&self) -> Access {
        match self {
            Self::Row(row) => row.access,
            Self::Method(method) => method.access,
        }
    }

    /// Whether what it does to a room could spoil the room for the next door.
    pub(super) fn changes_rooms(&self) -> bool {
        matches!(self.access(), Access::ActInRoom | Access::RuleRoom)
    }

    /// In how many ways a room can be named to it.
    pub(super) fn ways(&self) -> &'static [By] {
        match self {
            Self::Row(_) => &[By::Ids, By::Names],
            Self::Method(_) => &[By::Ids],
        }
    }

    /// Whether it is published to tell this caller which rooms somebody is in: names, and nothing more.
    pub(super) fn names_rooms_to(&self, who: Who) -> bool {
        who == Who::Admin
            && ["GET users.info", "GET groups.counters", "GET listInvites"].contains(&self.label().as_str())
    }

    /// Whether it is published to show this caller the faces of all rooms, and nothing of what is in them.
    pub(super) fn shows_rooms_to(&self, who: Who) -> bool {
        who == Who::Admin && SHOWING_ROOMS.contains(&self.label().as_str())
    }

    /// What ought to come of it. A door that changes what it reads, `channels.join`, may refuse those who are in.
    pub(super) fn expected(&self, who: Who, place: Place) -> Expect {
        let (path, reads) = match self {
            Self::Row(row) => (row.path, row.verb == Verb::Get),
            Self::Method(_) => ("", false),
        };
        match expected(self.access(), who, place, serves(path, place)) {
            Expect::Allowed if !reads => Expect::Either,
            Expect::Refused if self.shows_rooms_to(who) => Expect::Either,
            expected => expected,
        }
    }

    pub(super) async fn call(&self, cast: &Cast, who: Who, room: &Room, by: By) -> Outcome {
        match self {
            Self::Row(row) => call_row(row, cast, who, room, by).await,
            Self::Method(method) => call_method(method, cast, who, room).await,
        }
    }
}

/// Whether a family is for rooms of this kind.
fn serves(path: &str, place: Place) -> bool {
    match path.split_once('.').map(|(family, _)| family) {
        Some("channels") => place == Place::Public,
        Some("groups") => place == Place::Private || place == Place::Archived,
        Some("im" | "dm") => place == Place::Direct,
        _ => true,
    }
}

async fn call_row(row: &Row, cast: &Cast, who: Who, room: &Room, by: By) -> Outcome {
    let (rest, params) = (cast.rest(who), parameters(row, cast, room, by));
    let path = row.full_path().replace(":_id", "Site_Name").replace(":method", "getRoomById");
    let method = HttpMethod::from_bytes(row.verb.text().as_bytes()).unwrap();
    let answer = if row.verb == Verb::Get {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let query: Vec<(String, String)> = params.iter().map(|(key, value)| (key.clone(), text(value))).collect();
        let query: Vec<(&str, &str)> = query.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        rest.get(&path, &query).await
    } else {
        let headers = [("content-type", "application/json")];
        rest.send(method, &path, &headers, Value::Object(params).to_string()).await
    };
    let login = json!({ "status": "error", "message": "You must be logged in to do this." });
    let allowed = answer.status == 200 && answer.json["success"] != false && answer.json["status"] != "error";
    Outcome {
        status: answer.status,
        allowed,
        done: allowed,
        login: answer.status == 401 && answer.json == login,
        body: String::from_utf8_lossy(&answer.body).into_owned(),
    }
}

/// A result of nothing, of `false`, of none: that is how some methods refuse.
async fn call_method(method: &Method, cast: &Cast, who: Who, room: &Room) -> Outcome {
    let params = (method.params)(room, cast);
    let message = json!({ "msg": "method", "id": "1", "method": method.name, "params": params }).to_string();
    let front = if who == Who::Anonymous { "callAnon" } else { "call" };
    let path = format!("method.{front}/{}", method.name);
    let answer = cast.rest(who).post(&path, json!({ "message": message })).await;
    let frame: Value = serde_json::from_str(answer.json["message"].as_str().unwrap_or_default()).unwrap_or_default();
    let refused = [json!(null), json!(false), json!(0), json!([])].contains(&frame["result"]);
    let nobody = frame["error"]["error"] == "error-invalid-user" || answer.status == 401;
    let done = answer.status == 200 && frame["error"].is_null();
    Outcome {
        status: answer.status,
        allowed: done && !refused,
        done,
        login: nobody,
        body: answer.json["message"].as_str().unwrap_or_default().to_owned(),
    }
}

/// Every parameter the row takes and this file knows.
///
/// # Panics
/// When the row requires one that this file does not know.
fn parameters(row: &Row, cast: &Cast, room: &Room, by: By) -> Map<String, Value> {
    let schema = row.params.to_openapi();
    let names = schema["properties"].as_object().cloned().unwrap_or_default();
    let required = |name: &str| schema["required"].as_array().is_some_and(|list| list.contains(&json!(name)));
    let mut params = Map::new();
    let in_path = |name: &str| row.path.split_once(':').is_some_and(|(_, place)| place == name);
    for (name, about) in names.iter().filter(|(name, _)| !in_path(name)) {
        match value(row, (name, about), &names, cast, room, by) {
            Some(value) => drop(params.insert(name.clone(), value)),
            None => assert!(!required(name), "{}: the matrix does not know {name:?}: {about}", row.path),
        }
    }
    params
}

/// One parameter, by its name; nothing for what is to be left out.
fn value(
    row: &Row,
    (name, about): (&str, &Value),
    all: &Map<String, Value>,
    cast: &Cast,
    room: &Room,
    by: By,
) -> Option<Value> {
    let ids = by == By::Ids;
    let of_room = |id: &str, name: &str| if ids { json!(id) } else { json!(name) };
    Some(match name {
        "rid" if row.path == "rooms.saveRoomSettings" => json!(room.rid),
        "roomName" if row.path == "rooms.saveRoomSettings" => return None,
        // A role of the server is given there, and with the room named it would be one of the room.
        "roomId" if row.path.starts_with("roles.") => return None,
        "roomId" | "rid" => Some(json!(room.rid)).filter(|_| ids || !has_other_way(all))?,
        "roomName" => Some(json!(room.name)).filter(|_| !ids || !all.contains_key("roomId"))?,
        "channel" => of_room(&room.rid, &format!("#{}", room.name)),
        "msgId" | "messageId" => json!(room.message),
        "firstUnreadMessage" => Some(json!({ "_id": room.message })).filter(|_| !ids)?,
        "message" if about["type"] == "object" => json!({ "rid": room.rid, "msg": "innocent" }),
        "message" => {
            json!(r#"{"msg":"method","id":"1","method":"getRoomById","params":["RID"]}"#.replace("RID", &room.rid))
        }
        // Nobody can delete the server's own account, and who may delete others is told something else.
        "userId" if row.path == "users.delete" => json!("rocket.cat"),
        // Whoever is named there is counted for, which is for administrators.
        "userId" if row.path.ends_with(".counters") => return None,
        "username" | "user" if row.path == "users.delete" => return None,
        // The room's own id is there, and one way is to be chosen.
        "username" if ids && row.path.starts_with(['i', 'd']) && all.contains_key("roomId") => return None,
        "command" if row.path.starts_with("commands.") => json!("me"),
        "params" if row.path.starts_with("commands.") => json!("innocent"),
        "selector" => json!(json!({ "term": "name-of", "name": "name-of" }).to_string()),
        "userId" => Some(json!(about_whom(row, cast).id())).filter(|_| ids || !all.contains_key("username"))?,
        "user" | "username" => Some(json!(about_whom(row, cast).username()))
            .filter(|_| !ids || !all.contains_key("userId") && !all.contains_key("usernames"))?,
        "usernames" if about["type"] == "string" => Some(json!("owner,member")).filter(|_| ids)?,
        "excludeSelf" | "includeUserRooms" | "activeStatus" | "confirmRelinquish" => json!(true),
        "lastUpdate" | "updatedSince" => json!("1970-01-01T00:00:00.000Z"),
        // Rooms are looked for by the beginning of all their names.
        "text" if row.path == "directory" => json!("name-of"),
        "query" if row.path == "spotlight" => json!("name-of"),
        "type" if row.path == "directory" => json!("channels"),
        "type" if row.path == "spotlight" => return None,
        // It is of rooms, and none is named with it: nobody's roles change.
        "roleId" => json!("leader"),
        "days" => json!(1),
        "maxUses" => json!(0),
        "token" => json!("innocent"),
        "text" | "msg" | "topic" | "announcement" | "description" | "purpose" | "joinCode" => json!("innocent"),
        "roomTopic" | "roomDescription" => json!("innocent"),
        "readOnly" | "default" if row.path == "rooms.saveRoomSettings" => return None,
        "readOnly" | "default" => json!(true),
        // The direct room is the same for all doors.
        "block" => json!(false),
        // Those of messages are off until an administrator describes them.
        "customFields" if !row.path.starts_with("chat.") => json!({}),
        // What the rooms of the family are not.
        "type" if row.path.starts_with("channels") => json!("p"),
        "type" if row.path.starts_with("groups") => json!("c"),
        "type" => return None,
        "emoji" => json!("smile"),
        "name" => json!(format!("fresh-{}", cast.fresh())),
        "email" => json!(format!("fresh-{}@example.org", cast.fresh())),
        "pass" | "password" => json!("Horse-staple-9-battery"),
        "secret" => json!(TOKEN_SECRET),
        "data" => json!({}),
        "favorite" if about["type"] == "boolean" => json!(true),
        "ignore" => json!(true),
        "notifications" => json!({ "desktopNotifications": "all" }),
        "value" => json!("Gantry"),
        "settings" | "permissions" => json!([]),
        "status" if about["type"] == "string" => json!("online"),
        _ => return None,
    })
}

/// Whom an act over members is about: who has roles, where they are taken away.
fn about_whom<'a>(row: &Row, cast: &'a Cast) -> &'a User {
    if row.path.contains(".remove") { &cast.deputy } else { &cast.peer }
}

fn has_other_way(all: &Map<String, Value>) -> bool {
    ["roomName", "channel", "firstUnreadMessage"].iter().any(|name| all.contains_key(*name))
}
