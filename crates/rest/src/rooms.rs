//! `rooms.*`: rooms of every kind.

use crate::call::{Call, RoomKey};
use crate::endpoint::{Access, Api};
use crate::family::{self, MemberParams};
use crate::page::Fields;
use crate::params::Params;
use crate::reply::{Object, Reply, ok, ok_with};
use gantry_chat::access::{self, Found};
use gantry_chat::rooms::{self, RoomRef};
use gantry_chat::subscriptions;
use gantry_model::{Error, Millis, Permission, Result, RoomId};
use serde_json::{Map, Value};

pub(crate) fn endpoints(api: &mut Api) {
    api.post("rooms.favorite", Access::Own, favorite)
        .about("Makes a room one of the caller's favourites, or takes that back.")
        .since("0.64.0");
    api.get("rooms.get", Access::Own, get)
        .about("Lists the rooms the caller is a member of, or what changed about them.")
        .since("0.72.0")
        .answers("update", "[Room]")
        .answers("remove", "[Removed]");
    api.get("rooms.info", Access::ReadRoom, info).about("Tells about a room.").since("0.72.0").answers("room", "Room");
    api.get("rooms.membersOrderedByRole", Access::ReadRoom, members)
        .names(Permission::ViewBroadcastMemberList)
        .about("Lists the members of a room: owners first, then moderators, then the others.")
        .since("7.3.0")
        .answers("members", "[Member]");
    api.get("rooms.nameExists", Access::Accounts, name_exists)
        .about("Tells whether a channel or group has this name.")
        .answers("exists", "boolean");
    api.get("rooms.roles", Access::ReadRoom, roles)
        .about("Lists the members of a room who have roles in it.")
        .since("7.10.0")
        .answers("roles", "[RoleHolder]");
    api.post("rooms.leave", Access::ActInRoom, leave)
        .names(Permission::LeaveC)
        .names(Permission::LeaveP)
        .about("Leaves a room.")
        .since("0.72.0");
    api.post("rooms.saveNotification", Access::Own, save_notification)
        .about("Sets how the caller is notified of messages in a room.")
        .since("0.63.0");
}

/// Body of `rooms.favorite`.
#[derive(Params)]
struct Favoring {
    #[params(flatten)]
    room: RoomKey,
    /// A favourite from now on, or not any more.
    favorite: Option<bool>,
}

async fn favorite(call: Call, body: Favoring) -> Reply {
    let favorite = body.favorite.ok_or_else(|| Error::text("The 'favorite' param is required"))?;
    let room = find_active(&call, &body.room).await?;
    access::require(&call, &room, || Error::room_not_found("channel"))?;
    subscriptions::set_favorite(&call, room.id(), favorite).await?;
    Ok(ok())
}

/// Query of what answers changes.
#[derive(Params)]
pub(crate) struct UpdatedSince {
    /// Only what changed or ended after this instant.
    updated_since: Option<String>,
}

impl UpdatedSince {
    /// The instant, if one is given; `invalid` is the family's error for what is none.
    pub(crate) fn instant(&self, invalid: impl FnOnce() -> Error) -> Result<Option<Millis>> {
        let text = self.updated_since.as_deref().filter(|text| !text.is_empty());
        text.map(|text| Millis::parse(text).ok_or_else(invalid)).transpose()
    }
}

async fn get(call: Call, query: UpdatedSince) -> Reply {
    let since = query.instant(|| {
        let text = "The \"updatedSince\" query parameter must be a valid date.";
        Error::new("error-updatedSince-param-invalid", text)
    })?;
    Ok(Object::new().with_all(&rooms::get(&call, since).await?).success())
}

/// Query of `rooms.info`.
#[derive(Params)]
struct InfoQuery {
    #[params(flatten)]
    room: RoomKey,
    /// The fields to return as a JSON object, for example `{"name":1}`.
    fields: Option<String>,
}

async fn info(call: Call, query: InfoQuery) -> Reply {
    let found = find_active(&call, &query.room).await?;
    access::require(&call, &found, || Error::room_not_found("channel"))?;
    let fields = query.fields.as_deref().map(|raw| Fields::parse(raw, &[])).transpose()?;
    let room = access::room(&call, found.id()).await?;
    match fields {
        None => Ok(ok_with("room", &room)),
        Some(fields) => {
            let document = serde_json::to_value(&room).map_err(Error::internal)?;
            Ok(ok_with("room", &fields.apply(document)))
        }
    }
}

/// Query of `rooms.membersOrderedByRole`.
#[derive(Params)]
#[params(one_of(roomId, roomName))]
struct MembersQuery {
    /// The room's `_id`.
    room_id: Option<RoomId>,
    /// The room's exact name.
    room_name: Option<String>,
    #[params(flatten)]
    part: MemberParams,
}

async fn members(call: Call, query: MembersQuery) -> Reply {
    let unknown = || Error::room_not_found("channel");
    let key = RoomKey { room_id: query.room_id, room_name: query.room_name };
    let room = rooms::find(&call, key.as_ref().ok_or_else(unknown)?).await?.ok_or_else(unknown)?;
    access::require(&call, &room, unknown)?;
    family::members_of(&call, &room, query.part, true).await
}

/// Query of `rooms.nameExists`.
#[derive(Params)]
struct NameQuery {
    /// The exact name.
    room_name: String,
}

async fn name_exists(call: Call, query: NameQuery) -> Reply {
    Ok(ok_with("exists", &rooms::name_exists(&call, query.room_name).await?))
}

/// Query of `rooms.roles`.
#[derive(Params)]
struct RolesQuery {
    /// The room's `_id`.
    rid: RoomId,
}

async fn roles(call: Call, query: RolesQuery) -> Reply {
    let room = rooms::find(&call, RoomRef::Id(query.rid)).await?;
    let room = room.ok_or_else(|| Error::invalid_room("getRoomRoles"))?;
    Ok(ok_with("roles", &rooms::role_holders(&call, &room).await?))
}

async fn leave(call: Call, body: RoomKey) -> Reply {
    let room = find_active(&call, &body).await?;
    rooms::leave(&call, &room).await?;
    Ok(ok())
}

/// Body of `rooms.saveNotification`.
#[derive(Params)]
struct Notifying {
    /// The room's `_id`.
    room_id: Option<RoomId>,
    /// What is set, by the names of the membership's fields; switches are `"1"` and `"0"`.
    notifications: Option<Map<String, Value>>,
}

async fn save_notification(call: Call, body: Notifying) -> Reply {
    let rid = body.room_id.filter(|rid| !rid.as_str().is_empty());
    let rid = rid.ok_or_else(|| Error::text("The 'roomId' param is required"))?;
    let values = body.notifications.filter(|values| !values.is_empty());
    let values = values.ok_or_else(|| Error::text("The 'notifications' param is required"))?;
    let texts = values.into_iter().map(|(key, value)| Ok((key, as_text(value)?))).collect::<Result<Vec<_>>>()?;
    subscriptions::save_notifications(&call, &rid, &texts).await?;
    Ok(ok())
}

/// A value as clients ought to send it: some send numbers or booleans.
fn as_text(value: Value) -> Result<String> {
    match value {
        Value::String(text) => Ok(text),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(on) => Ok(u8::from(on).to_string()),
        _ => Err(Error::numbered(400, "Match failed")),
    }
}

/// The room a call names, of whatever kind, unless it is archived: that, with its name, is told to its readers alone.
/// Says nothing else about access.
///
/// # Errors
/// `error-roomid-param-not-provided`, `error-room-not-found`, `error-room-archived`.
async fn find_active(call: &Call, room: &RoomKey) -> Result<Found> {
    let missing =
        || Error::new("error-roomid-param-not-provided", "The parameter \"roomId\" or \"roomName\" is required");
    let found = rooms::find(call, room.as_ref().ok_or_else(missing)?).await?;
    let found = found.ok_or_else(|| Error::room_not_found("channel"))?;
    if found.archived() {
        access::require(call, &found, || Error::room_not_found("channel"))?;
        let text = format!("The channel, {}, is archived", found.label());
        return Err(Error::new("error-room-archived", text));
    }
    Ok(found)
}
