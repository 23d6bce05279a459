//! `groups.*`: private groups. The model for every family file: rows in the order of the published pages, then their
//! functions in the same order. What agrees with `channels.*` stands in [`family`](crate::family).

use crate::call::{Call, GROUPS, RoomKey};
use crate::endpoint::{Access, Api};
use crate::family::{self, AddingAll, InvitedParams, MembersQuery, NewRoomBody, RoomAndUser};
use crate::page::PageParams;
use crate::params::Params;
use crate::reply::{Reply, ok, ok_with};
use crate::users::{UserKey, find_user};
use gantry_chat::access;
use gantry_chat::rooms::{self, NewKind, RoomRef, RoomRole};
use gantry_model::{Error, Permission, RoomId};

pub(crate) fn endpoints(api: &mut Api) {
    made_and_found(api);
    coming_and_going(api);
    kept(api);
    ruled(api);
}

fn made_and_found(api: &mut Api) {
    api.post("groups.create", Access::Accounts, create)
        .names(Permission::CreateP)
        .about("Creates a private group.")
        .since("0.35.0")
        .answers("group", "Room");
    api.get("groups.info", Access::ReadRoom, |call: Call, query: RoomKey| family::info(GROUPS, call, query))
        .about("Tells about a private group.")
        .since("0.48.0")
        .answers("group", "Room");
    api.get("groups.list", Access::Own, |call: Call, query: PageParams| family::list(GROUPS, "groups", call, query))
        .about("Lists the private groups the caller is in.")
        .since("0.33.0")
        .answers("groups", "[Room]");
    api.get("groups.members", Access::ReadRoom, |call: Call, query: MembersQuery| family::members(GROUPS, call, query))
        .names(Permission::ViewBroadcastMemberList)
        .about("Lists the members of a private group.")
        .since("0.59.0")
        .answers("members", "[Member]");
}

fn coming_and_going(api: &mut Api) {
    api.post("groups.invite", Access::RuleRoom, invite)
        .names(Permission::AddUserToJoinedRoom)
        .names(Permission::AddUserToAnyPRoom)
        .about("Adds users to a private group.")
        .since("0.48.0")
        .answers("group", "Room");
    api.post("groups.kick", Access::RuleRoom, kick)
        .names(Permission::KickUserFromAnyPRoom)
        .names(Permission::RemoveUser)
        .about("Removes a user from a private group.")
        .since("0.48.0")
        .answers("group", "Room");
    api.post("groups.addAll", Access::RuleRoom, |call: Call, body: AddingAll| family::add_all(GROUPS, call, body))
        .names(Permission::AddAllToRoom)
        .about("Makes everybody a member of a private group.")
        .since("0.55.0")
        .answers("channel", "Room");
    api.post("groups.leave", Access::ActInRoom, leave)
        .names(Permission::LeaveP)
        .about("Leaves a private group.")
        .since("0.48.0")
        .answers("group", "Room");
}

fn kept(api: &mut Api) {
    api.post("groups.delete", Access::RuleRoom, |call: Call, body: RoomKey| family::delete(GROUPS, call, body))
        .names(Permission::DeleteP)
        .about("Deletes a private group with everything in it.")
        .since("0.49.0");
    api.post("groups.open", Access::ActInRoom, open)
        .about("Puts a private group into the caller's sidebar.")
        .since("0.48.0");
    api.post("groups.close", Access::ActInRoom, close)
        .about("Takes a private group out of the caller's sidebar.")
        .since("0.48.0");
    api.post("groups.archive", Access::RuleRoom, |call: Call, body: RoomKey| family::archive(GROUPS, call, body))
        .names(Permission::ArchiveRoom)
        .about("Closes a private group for new messages.")
        .since("0.48.0");
    api.post("groups.unarchive", Access::RuleRoom, unarchive)
        .names(Permission::UnarchiveRoom)
        .about("Takes a private group out of the archive.")
        .since("0.48.0");
}

fn ruled(api: &mut Api) {
    const OWNER: RoomRole = RoomRole::Owner;
    const MODERATOR: RoomRole = RoomRole::Moderator;
    api.post("groups.addOwner", Access::RuleRoom, |call: Call, body: RoomAndUser| {
        family::grant(GROUPS, OWNER, call, body)
    })
    .names(Permission::SetOwner)
    .about("Makes a member an owner of a private group.")
    .since("0.49.4");
    api.post("groups.removeOwner", Access::RuleRoom, |call: Call, body: RoomAndUser| {
        family::revoke(GROUPS, OWNER, call, body)
    })
    .names(Permission::SetOwner)
    .about("Makes an owner of a private group an ordinary member.")
    .since("0.49.4");
    api.post("groups.addModerator", Access::RuleRoom, |call: Call, body: RoomAndUser| {
        family::grant(GROUPS, MODERATOR, call, body)
    })
    .names(Permission::SetModerator)
    .about("Makes a member a moderator of a private group.")
    .since("0.49.4");
    api.post("groups.removeModerator", Access::RuleRoom, |call: Call, body: RoomAndUser| {
        family::revoke(GROUPS, MODERATOR, call, body)
    })
    .names(Permission::SetModerator)
    .about("Makes a moderator of a private group an ordinary member.")
    .since("0.49.4");
    api.post("groups.addLeader", Access::RuleRoom, |call: Call, body: RoomAndUser| {
        family::grant(GROUPS, RoomRole::Leader, call, body)
    })
    .names(Permission::SetLeader)
    .about("Makes a member a leader of a private group.")
    .since("0.58.0");
    api.post("groups.removeLeader", Access::RuleRoom, |call: Call, body: RoomAndUser| {
        family::revoke(GROUPS, RoomRole::Leader, call, body)
    })
    .names(Permission::SetLeader)
    .about("Makes a leader of a private group an ordinary member.")
    .since("0.58.0");
    api.get("groups.roles", Access::ReadRoom, |call: Call, query: RoomKey| family::roles(GROUPS, call, query))
        .about("Lists the members of a private group who have roles in it.")
        .since("0.65.0")
        .answers("roles", "[RoleHolder]");
}

async fn create(call: Call, body: NewRoomBody) -> Reply {
    family::create(GROUPS, NewKind::Group, "Body param \"name\" is required", call, body).await
}

/// Body of `groups.invite`.
#[derive(Params)]
struct Inviting {
    #[params(flatten)]
    room: RoomKey,
    #[params(flatten)]
    invited: InvitedParams,
}

async fn invite(call: Call, body: Inviting) -> Reply {
    let id = body.room.room_id.map(|id| id.to_string());
    let key = id.filter(|id| !id.is_empty()).or(body.room.room_name);
    let key = key.filter(|key| !key.trim().is_empty()).ok_or_else(|| {
        Error::new("error-room-param-not-provided", "The parameter \"roomId\" or \"roomName\" is required")
    })?;
    let room = GROUPS.whoever_asks().named(&call, RoomRef::IdOrName(key)).await?;
    rooms::invite(&call, &room, body.invited.list()?).await?;
    Ok(ok_with("group", &access::room(&call, room.id()).await?))
}

/// Body of `groups.kick`.
#[derive(Params)]
#[params(strict, one_of(roomId, roomName))]
struct Kicking {
    /// The room's `_id`.
    room_id: Option<RoomId>,
    /// The room's exact name.
    room_name: Option<String>,
    #[params(flatten)]
    user: UserKey,
}

async fn kick(call: Call, body: Kicking) -> Reply {
    let room = RoomKey { room_id: body.room_id, room_name: body.room_name };
    let room = GROUPS.whoever_asks().find(&call, &room).await?;
    let user = find_user(&call, &body.user).await?;
    rooms::kick(&call, &room, &user).await?;
    Ok(ok_with("group", &access::room_with_usernames(&call, room.id()).await?))
}

async fn leave(call: Call, body: RoomKey) -> Reply {
    let room = GROUPS.find_active(&call, &body).await?;
    rooms::leave(&call, &room).await?;
    Ok(ok_with("group", &access::room_with_usernames(&call, room.id()).await?))
}

async fn open(call: Call, body: RoomKey) -> Reply {
    let room = GROUPS.find(&call, &body).await?;
    let unchanged = format!("The private group, {}, is already open for the sender", room.label());
    family::show(&call, &room, true, unchanged).await
}

async fn close(call: Call, body: RoomKey) -> Reply {
    let room = GROUPS.find(&call, &body).await?;
    let unchanged = format!("The private group, {}, is already closed to the sender", room.label());
    family::show(&call, &room, false, unchanged).await
}

async fn unarchive(call: Call, body: RoomKey) -> Reply {
    let room = GROUPS.find(&call, &body).await?;
    rooms::unarchive(&call, &room).await?;
    Ok(ok())
}
