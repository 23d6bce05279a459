//! Coming and going, who is there and who rules, and what the caller has read.

use super::rooms::{any, readable};
use super::table::Table;
use super::{Outcome, answer};
use gantry_chat::rooms::{self, Invitees, MemberQuery, RoomRef, RoomRole};
use gantry_chat::subscriptions::{self, FirstUnread};
use gantry_chat::users::{self, UserRef};
use gantry_chat::{Caller, access};
use gantry_model::{Error, MessageId, Result, RoomId, Status, User, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub(super) fn methods(table: &mut Table) {
    table.add("joinRoom", join);
    table.add("leaveRoom", leave);
    table.add("addUsersToRoom", add_users);
    table.add("addUserToRoom", add_user);
    table.add("removeUserFromRoom", kick);
    table.add("getUsersOfRoom", members);
    table.add("getRoomRoles", role_holders);
    for (role, grant, revoke) in [
        (RoomRole::Owner, "addRoomOwner", "removeRoomOwner"),
        (RoomRole::Moderator, "addRoomModerator", "removeRoomModerator"),
        (RoomRole::Leader, "addRoomLeader", "removeRoomLeader"),
    ] {
        table.add(grant, move |cx: Caller, params: (RoomId, UserId)| rule(cx, params, (role, grant), true));
        table.add(revoke, move |cx: Caller, params: (RoomId, UserId)| rule(cx, params, (role, revoke), false));
    }
    table.add("openRoom", open);
    table.add("hideRoom", hide);
    table.add("readMessages", read);
    table.add("unreadMessages", unread);
}

async fn join(cx: Caller, (rid, code): (RoomId, Option<String>)) -> Outcome {
    let room = readable(&cx, RoomRef::Id(rid), || Error::invalid_room("joinRoom")).await?;
    rooms::join(&cx, &room, code).await?;
    answer(&true)
}

async fn leave(cx: Caller, (rid,): (RoomId,)) -> Outcome {
    let invalid = || Error::invalid_room("leaveRoom");
    let room = any(&cx, rid, invalid).await?;
    if !room.is_member() {
        access::require(&cx, &room, invalid)?;
    }
    rooms::leave(&cx, &room).await?;
    Ok(None)
}

#[derive(Deserialize)]
struct RoomAndUsers {
    rid: RoomId,
    users: Vec<String>,
}

async fn add_users(cx: Caller, (add,): (RoomAndUsers,)) -> Outcome {
    invite(&cx, add.rid, add.users).await?;
    answer(&true)
}

#[derive(Deserialize)]
struct RoomAndUser {
    rid: RoomId,
    username: String,
}

async fn add_user(cx: Caller, (add,): (RoomAndUser,)) -> Outcome {
    invite(&cx, add.rid, vec![add.username]).await?;
    Ok(None)
}

async fn invite(cx: &Caller, rid: RoomId, usernames: Vec<String>) -> Result<()> {
    let room = any(cx, rid, || Error::not_allowed("addUsersToRoom")).await?;
    rooms::invite(cx, &room, Invitees::Usernames(usernames)).await
}

async fn kick(cx: Caller, (kick,): (RoomAndUser,)) -> Outcome {
    const METHOD: &str = "removeUserFromRoom";
    let room = any(&cx, kick.rid, || Error::not_allowed(METHOD)).await?;
    let user = user(&cx, UserRef::Username(kick.username), METHOD).await?;
    rooms::kick(&cx, &room, &user).await?;
    answer(&true)
}

pub(super) async fn user(cx: &Caller, user: UserRef, method: &'static str) -> Result<User> {
    users::find(cx, user).await?.ok_or_else(|| Error::invalid_user(method))
}

async fn rule(
    cx: Caller,
    (rid, uid): (RoomId, UserId),
    (role, method): (RoomRole, &'static str),
    given: bool,
) -> Outcome {
    let room = any(&cx, rid, || Error::not_allowed(method)).await?;
    let user = user(&cx, UserRef::Id(uid), method).await?;
    match given {
        true => rooms::grant(&cx, &room, &user, role).await?,
        false => rooms::revoke(&cx, &room, &user, role).await?,
    }
    answer(&true)
}

#[derive(Default, Deserialize)]
struct Part {
    limit: Option<u64>,
    skip: Option<u64>,
}

type MembersOf = (RoomId, Option<bool>, Option<Part>, Option<String>);

/// Those who are not offline, or all; the total is of all.
async fn members(cx: Caller, (rid, all, part, text): MembersOf) -> Outcome {
    #[derive(Serialize)]
    struct Answer<T> {
        total: i64,
        records: T,
    }
    let room = readable(&cx, RoomRef::Id(rid), || Error::not_allowed("getUsersOfRoom")).await?;
    let statuses = if all == Some(true) { vec![] } else { vec![Status::Online, Status::Away, Status::Busy] };
    let Part { limit, skip } = part.unwrap_or_default();
    // No limit is a limit of 0, too.
    let count = limit.filter(|limit| *limit > 0);
    let asked = MemberQuery { statuses, text, offset: skip.unwrap_or_default(), count, ..MemberQuery::default() };
    let (records, _) = rooms::members(&cx, &room, asked).await?;
    let everybody = MemberQuery { count: Some(0), ..MemberQuery::default() };
    let (_, total) = rooms::members(&cx, &room, everybody).await?;
    answer(&Answer { total, records })
}

async fn role_holders(cx: Caller, (rid,): (RoomId,)) -> Outcome {
    let room = any(&cx, rid, || Error::invalid_room("getRoomRoles")).await?;
    answer(&rooms::role_holders(&cx, &room).await?)
}

/// How many memberships it changed.
async fn open(cx: Caller, (rid,): (RoomId,)) -> Outcome {
    answer(&u8::from(subscriptions::open(&cx, &rid).await?))
}

async fn hide(cx: Caller, (rid,): (RoomId,)) -> Outcome {
    answer(&u8::from(subscriptions::hide(&cx, &rid).await?))
}

/// Who only looks at a room has nothing there to be read.
async fn read(cx: Caller, (rid,): (RoomId,)) -> Outcome {
    let gone = || Error::new("error-room-does-not-exist", "This room does not exist").in_method("readMessages");
    let room = readable(&cx, RoomRef::Id(rid), gone).await?;
    if room.is_member() {
        subscriptions::read(&cx, room.id()).await?;
    }
    Ok(None)
}

#[derive(Deserialize)]
struct MessageRef {
    #[serde(rename = "_id")]
    id: MessageId,
}

/// From a message on; or a room, from its last message on.
async fn unread(cx: Caller, (message, room): (Option<Value>, Option<RoomId>)) -> Outcome {
    let from = match room.filter(|rid| !rid.as_str().is_empty()) {
        Some(rid) => FirstUnread::LastOf(rid),
        None => FirstUnread::Message(message_id(message)?),
    };
    subscriptions::mark_unread(&cx, from).await?;
    Ok(None)
}

fn message_id(message: Option<Value>) -> Result<MessageId> {
    match message.map(serde_json::from_value::<MessageRef>) {
        Some(Ok(message)) => Ok(message.id),
        Some(Err(_)) => Err(super::table::mismatch()),
        // The operation's own words for a message that is not there.
        None => Ok(MessageId::new("")),
    }
}
