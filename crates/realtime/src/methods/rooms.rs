//! Rooms: finding and listing them, making and ending them.

use super::params::Document;
use super::table::{Table, Visit};
use super::{Outcome, answer, nothing};
use crate::ejson::Date;
use gantry_chat::access::{self, Found, RoomDoc};
use gantry_chat::changes::Changes;
use gantry_chat::rooms::{self, NewKind, NewRoom, RoomRef};
use gantry_chat::{Caller, subscriptions};
use gantry_model::{Error, Result, RoomId, RoomKind};
use serde::Serialize;

pub(super) fn methods(table: &mut Table) {
    table.anyone("rooms/get", get);
    table.anyone("subscriptions/get", get_subscriptions);
    table.add("getRoomByTypeAndName", by_type_and_name);
    table.add("getRoomById", by_id);
    table.add("getRoomIdByNameOrId", id_of);
    table.add("getRoomNameById", name_of);
    table.add("createChannel", |cx: Caller, new: New| create(cx, NewKind::Channel, new));
    table.add("createPrivateGroup", |cx: Caller, new: New| create(cx, NewKind::Group, new));
    table.add("createDirectMessage", create_direct);
    table.add("archiveRoom", archive);
    table.add("unarchiveRoom", unarchive);
    table.add("eraseRoom", erase);
}

/// Changes as these two methods answer them: without a date a plain list.
fn changes<T: Serialize>(changes: &Changes<T>, since: Option<Date>) -> Outcome {
    match since {
        Some(_) => answer(changes),
        None => answer(&changes.update),
    }
}

async fn get(visit: Visit, (since,): (Option<Date>,)) -> Outcome {
    match &visit.caller {
        Some(cx) => changes(&rooms::get(cx, since.map(|date| date.0)).await?, since),
        None => nothing(),
    }
}

async fn get_subscriptions(visit: Visit, (since,): (Option<Date>,)) -> Outcome {
    match &visit.caller {
        Some(cx) => changes(&subscriptions::get(cx, since.map(|date| date.0)).await?, since),
        None => nothing(),
    }
}

/// The room that `room` names, for who may read it: for everybody else it is not there, which is `error`.
pub(super) async fn readable(cx: &Caller, room: RoomRef, error: impl Fn() -> Error) -> Result<Found> {
    let found = rooms::find(cx, room).await?.ok_or_else(&error)?;
    access::require(cx, &found, error)?;
    Ok(found)
}

/// The room with this id, whoever asks: an operation decides, and refuses strangers with `error` as well.
pub(super) async fn any(cx: &Caller, rid: RoomId, error: impl Fn() -> Error) -> Result<Found> {
    rooms::find(cx, RoomRef::Id(rid)).await?.ok_or_else(error)
}

async fn by_type_and_name(cx: Caller, (kind, name): (String, String)) -> Outcome {
    let invalid = || Error::invalid_room("getRoomByTypeAndName");
    let room = readable(&cx, RoomRef::IdOrName(name), invalid).await?;
    if RoomKind::from_letter(&kind) != Some(room.kind()) {
        return Err(invalid());
    }
    answer(&access::room(&cx, room.id()).await?)
}

async fn by_id(cx: Caller, (rid,): (RoomId,)) -> Outcome {
    let room = readable(&cx, RoomRef::Id(rid), || Error::not_allowed("getRoomById")).await?;
    answer(&access::room(&cx, room.id()).await?)
}

async fn id_of(cx: Caller, (name,): (String,)) -> Outcome {
    let room = readable(&cx, RoomRef::IdOrName(name), || Error::not_allowed("getRoomIdByNameOrId")).await?;
    answer(room.id())
}

async fn name_of(cx: Caller, (rid,): (RoomId,)) -> Outcome {
    let room = readable(&cx, RoomRef::Id(rid), || Error::not_allowed("getRoomNameById")).await?;
    let room = access::room(&cx, room.id()).await?;
    room.name().map_or(Ok(None), answer)
}

type New = (String, Option<Vec<String>>, Option<bool>, Option<Document>, Option<Document>);

/// A room that was just made, with its id under the name that clients look for.
#[derive(Serialize)]
struct Created<'a> {
    rid: &'a RoomId,
    inserted: bool,
    #[serde(flatten)]
    room: &'a RoomDoc,
}

async fn create(cx: Caller, kind: NewKind, (name, members, read_only, custom_fields, extra): New) -> Outcome {
    let new = NewRoom {
        kind,
        name,
        members: members.unwrap_or_default(),
        read_only: read_only.unwrap_or_default(),
        exclude_self: false,
        custom_fields,
        extra_data: extra.unwrap_or_default(),
    };
    let rid = rooms::create(&cx, new).await?;
    answer(&Created { rid: &rid, inserted: true, room: &access::room(&cx, &rid).await? })
}

/// Any number of user names. An empty one is what some clients append to every call.
async fn create_direct(cx: Caller, mut usernames: Vec<String>) -> Outcome {
    usernames.retain(|name| !name.is_empty());
    answer(&rooms::create_direct(&cx, usernames, false).await?)
}

async fn archive(cx: Caller, (rid,): (RoomId,)) -> Outcome {
    let room = any(&cx, rid, || not_authorized("archiveRoom")).await?;
    rooms::archive(&cx, &room).await?;
    Ok(None)
}

async fn unarchive(cx: Caller, (rid,): (RoomId,)) -> Outcome {
    let room = any(&cx, rid, || not_authorized("unarchiveRoom")).await?;
    rooms::unarchive(&cx, &room).await?;
    Ok(None)
}

fn not_authorized(method: &'static str) -> Error {
    Error::new("error-not-authorized", "Not authorized").in_method(method)
}

async fn erase(cx: Caller, (rid,): (RoomId,)) -> Outcome {
    let room = any(&cx, rid, || Error::not_allowed("eraseRoom")).await?;
    rooms::erase(&cx, &room).await?;
    answer(&true)
}
