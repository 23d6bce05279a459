//! `channels.*`: public channels.

use crate::call::{CHANNELS, Call, RoomKey};
use crate::endpoint::{Access, Api};
use crate::family::{self, InvitedParams, NewRoomBody};
use crate::page::PageParams;
use crate::params::Params;
use crate::reply::{Reply, ok, ok_with};
use crate::users::{UserKey, find_user};
use gantry_chat::access;
use gantry_chat::rooms::{self, NewKind};
use gantry_model::{Error, Permission, RoomId, UserId};

pub(crate) fn endpoints(api: &mut Api) {
    made_and_found(api);
    coming_and_going(api);
    kept(api);
}

fn made_and_found(api: &mut Api) {
    api.post("channels.create", Access::Accounts, create)
        .names(Permission::CreateC)
        .about("Creates a public channel.")
        .since("0.13.0")
        .answers("channel", "Room");
    api.get("channels.info", Access::Accounts, |call: Call, query: RoomKey| family::info(CHANNELS, call, query))
        .about("Tells about a channel.")
        .since("0.48.0")
        .answers("channel", "Room");
    api.get("channels.list", Access::Accounts, |call: Call, query: PageParams| family::list(CHANNELS, call, query))
        .names(Permission::ViewCRoom)
        .names(Permission::ViewJoinedRoom)
        .about("Lists the channels the caller may see.")
        .since("0.48.0")
        .answers("channels", "[Room]");
    api.get("channels.list.joined", Access::Own, |call: Call, query: PageParams| family::joined(CHANNELS, call, query))
        .about("Lists the channels the caller is in.")
        .since("0.48.0")
        .answers("channels", "[Room]");
}

fn coming_and_going(api: &mut Api) {
    api.post("channels.join", Access::ReadRoom, join)
        .names(Permission::JoinWithoutJoinCode)
        .about("Joins a channel.")
        .since("0.49.0")
        .answers("channel", "Room");
    api.post("channels.invite", Access::RuleRoom, invite)
        .names(Permission::AddUserToJoinedRoom)
        .names(Permission::AddUserToAnyCRoom)
        .about("Adds users to a channel.")
        .since("0.48.0")
        .answers("channel", "Room");
    api.post("channels.kick", Access::RuleRoom, kick)
        .names(Permission::RemoveUser)
        .names(Permission::KickUserFromAnyCRoom)
        .about("Removes a user from a channel.")
        .since("0.48.0")
        .answers("channel", "Room");
    api.post("channels.leave", Access::ActInRoom, leave)
        .names(Permission::LeaveC)
        .about("Leaves a channel.")
        .since("0.48.0")
        .answers("channel", "Room");
}

fn kept(api: &mut Api) {
    api.post("channels.delete", Access::RuleRoom, |call: Call, body: RoomKey| family::delete(CHANNELS, call, body))
        .names(Permission::DeleteC)
        .about("Deletes a channel with everything in it.")
        .since("0.49.0");
    api.post("channels.open", Access::ActInRoom, open)
        .about("Puts a channel into the caller's sidebar.")
        .since("0.48.0");
    api.post("channels.close", Access::ActInRoom, close)
        .about("Takes a channel out of the caller's sidebar.")
        .since("0.48.0");
    api.post("channels.unarchive", Access::RuleRoom, unarchive)
        .names(Permission::UnarchiveRoom)
        .about("Takes a channel out of the archive.")
        .since("0.48.0");
}

async fn create(call: Call, body: NewRoomBody) -> Reply {
    family::create(CHANNELS, NewKind::Channel, "Param \"name\" is required", call, body).await
}

/// Body of `channels.join`.
#[derive(Params)]
struct Joining {
    #[params(flatten)]
    room: RoomKey,
    /// What the channel asks for, if it does.
    join_code: Option<String>,
}

async fn join(call: Call, body: Joining) -> Reply {
    let room = CHANNELS.find_active(&call, &body.room).await?;
    rooms::join(&call, &room, body.join_code.filter(|code| !code.is_empty())).await?;
    channel(&call, room.id()).await
}

/// Body of `channels.invite`.
#[derive(Params)]
struct Inviting {
    #[params(flatten)]
    room: RoomKey,
    #[params(flatten)]
    invited: InvitedParams,
}

async fn invite(call: Call, body: Inviting) -> Reply {
    let room = CHANNELS.find_active(&call, &body.room).await?;
    let invited = body.invited.list()?;
    rooms::invite(&call, &room, invited).await.map_err(|error| match error.is("error-empty-invite-list") {
        // The published answer has code and text the other way round.
        true => Error::coded("Cannot invite if no users are provided", "invalid-user-invite-list"),
        false => error,
    })?;
    channel(&call, room.id()).await
}

/// Body of `channels.kick`.
#[derive(Params)]
#[params(strict, one_of(roomId, roomName))]
struct Kicking {
    /// The room's `_id`.
    room_id: Option<RoomId>,
    /// The room's exact name.
    room_name: Option<String>,
    /// The user's `_id`.
    user_id: UserId,
}

async fn kick(call: Call, body: Kicking) -> Reply {
    let room = RoomKey { room_id: body.room_id, room_name: body.room_name };
    let room = CHANNELS.find_active(&call, &room).await?;
    let user = find_user(&call, &UserKey::of_id(body.user_id)).await?;
    rooms::kick(&call, &room, &user).await?;
    channel(&call, room.id()).await
}

async fn leave(call: Call, body: RoomKey) -> Reply {
    let room = CHANNELS.find_active(&call, &body).await?;
    rooms::leave(&call, &room).await?;
    channel(&call, room.id()).await
}

/// The channel as it is after the act.
async fn channel(call: &Call, rid: &RoomId) -> Reply {
    Ok(ok_with("channel", &access::room(call, rid).await?))
}

async fn open(call: Call, body: RoomKey) -> Reply {
    let room = CHANNELS.find(&call, &body).await?;
    let name = room.label();
    if !room.is_member() {
        return Err(Error::text(format!("The user/callee is not in the channel \"{name}\".")));
    }
    family::show(&call, &room, true, format!("The channel, {name}, is already open to the sender")).await
}

async fn close(call: Call, body: RoomKey) -> Reply {
    let room = CHANNELS.find(&call, &body).await?;
    let name = room.label();
    if !room.is_member() {
        // One quotation mark, as it is published.
        return Err(Error::text(format!("The user/callee is not in the channel \"{name}.")));
    }
    family::show(&call, &room, false, format!("The channel, {name}, is already closed to the sender")).await
}

async fn unarchive(call: Call, body: RoomKey) -> Reply {
    let room = CHANNELS.find(&call, &body).await?;
    if !room.archived() {
        return Err(Error::text(format!("The channel, {}, is not archived", room.label())));
    }
    rooms::unarchive(&call, &room).await?;
    Ok(ok())
}
