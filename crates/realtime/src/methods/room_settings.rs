//! What is changed about rooms, and who may speak there.

use super::membership::user;
use super::params::Document;
use super::rooms::{any, readable};
use super::table::{Table, mismatch};
use super::{Outcome, answer};
use gantry_chat::Caller;
use gantry_chat::rooms::{self, RoomChanges, RoomRef};
use gantry_chat::users::UserRef;
use gantry_model::{Error, RoomId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(super) fn methods(table: &mut Table) {
    table.add("saveRoomSettings", save);
    table.add("getRoomJoinCode", join_code);
    table.add("roomNameExists", name_exists);
    table.add("addAllUserToRoom", add_everybody);
    table.add("muteUserInRoom", mute);
    table.add("unmuteUserInRoom", unmute);
    table.add("blockUser", |cx: Caller, (who,): (Blocked,)| block(cx, who, true));
    table.add("unblockUser", |cx: Caller, (who,): (Blocked,)| block(cx, who, false));
}

/// Several settings in a document; or the name of one and its value.
async fn save(cx: Caller, (rid, settings, value): (RoomId, Value, Value)) -> Outcome {
    #[derive(Serialize)]
    struct Saved<'a> {
        result: bool,
        rid: &'a RoomId,
    }
    let document = match settings {
        Value::Object(document) => document,
        Value::String(name) => Document::from_iter([(name, value)]),
        _ => return Err(mismatch()),
    };
    let changes = RoomChanges::of_document(document)?;
    let room = any(&cx, rid, || Error::invalid_room("saveRoomSettings")).await?;
    rooms::save_settings(&cx, &room, changes).await?;
    answer(&Saved { result: true, rid: room.id() })
}

async fn join_code(cx: Caller, (rid,): (RoomId,)) -> Outcome {
    let room = readable(&cx, RoomRef::Id(rid), || Error::invalid_room("getJoinCode")).await?;
    match rooms::join_code(&cx, &room)? {
        Some(code) => answer(&code),
        None => answer(&false),
    }
}

async fn name_exists(cx: Caller, (name,): (String,)) -> Outcome {
    answer(&rooms::name_exists(&cx, name).await?)
}

async fn add_everybody(cx: Caller, (rid, active_only): (RoomId, Option<bool>)) -> Outcome {
    let forbidden = || Error::numbered(403, "Access to Method Forbidden").in_method("addAllToRoom");
    let room = any(&cx, rid, forbidden).await?;
    rooms::add_everybody(&cx, &room, active_only.unwrap_or_default()).await?;
    answer(&true)
}

#[derive(Deserialize)]
struct Muted {
    rid: RoomId,
    username: String,
}

async fn mute(cx: Caller, (who,): (Muted,)) -> Outcome {
    const METHOD: &str = "muteUserInRoom";
    let room = any(&cx, who.rid, || Error::not_allowed(METHOD)).await?;
    let user = user(&cx, UserRef::Username(who.username), METHOD).await?;
    rooms::mute(&cx, &room, &user).await?;
    answer(&true)
}

async fn unmute(cx: Caller, (who,): (Muted,)) -> Outcome {
    const METHOD: &str = "unmuteUserInRoom";
    let room = any(&cx, who.rid, || Error::not_allowed(METHOD)).await?;
    let user = user(&cx, UserRef::Username(who.username), METHOD).await?;
    rooms::unmute(&cx, &room, &user).await?;
    answer(&true)
}

#[derive(Deserialize)]
struct Blocked {
    rid: RoomId,
    blocked: UserId,
}

async fn block(cx: Caller, who: Blocked, blocked: bool) -> Outcome {
    rooms::set_blocked(&cx, &who.rid, &who.blocked, blocked).await?;
    answer(&true)
}
