//! Who may speak in a room: `rooms.muteUser`, `rooms.unmuteUser`, `im.blockUser`.

use crate::call::Call;
use crate::endpoint::{Access, Api};
use crate::params::Params;
use crate::reply::{Reply, ok};
use crate::users::{UserKey, find_user};
use gantry_chat::access::Found;
use gantry_chat::rooms::{self, RoomRef};
use gantry_model::{Error, Permission, RoomId, User, UserId};

pub(crate) fn endpoints(api: &mut Api) {
    api.post("rooms.muteUser", Access::RuleRoom, mute)
        .names(Permission::MuteUser)
        .about("Takes from a member the right to post.")
        .since("6.8.0");
    api.post("rooms.unmuteUser", Access::RuleRoom, unmute)
        .names(Permission::MuteUser)
        .about("Gives a member the right to post back.")
        .since("6.8.0");
    for path in ["dm.blockUser", "im.blockUser"] {
        api.post(path, Access::ActInRoom, block)
            .about("Blocks the other one of a direct room, or ends that.")
            .since("8.6.0");
    }
}

/// Body of `rooms.muteUser`.
#[derive(Params)]
#[params(strict, one_of(userId, username))]
struct Muting {
    /// The room's `_id`.
    room_id: RoomId,
    /// The member's `_id`.
    user_id: Option<UserId>,
    /// The member's user name, in any case.
    username: Option<String>,
}

async fn member(call: &Call, body: Muting, method: &'static str) -> Result<(Found, User), Error> {
    let key = UserKey::of(body.user_id, body.username);
    let user = find_user(call, &key).await?;
    let room = rooms::find(call, RoomRef::Id(body.room_id)).await?;
    // A room that is not there is refused as one that is not the caller's to rule.
    Ok((room.ok_or_else(|| Error::not_allowed(method))?, user))
}

async fn mute(call: Call, body: Muting) -> Reply {
    let (room, user) = member(&call, body, "muteUserInRoom").await?;
    rooms::mute(&call, &room, &user).await?;
    Ok(ok())
}

async fn unmute(call: Call, body: Muting) -> Reply {
    let (room, user) = member(&call, body, "unmuteUserInRoom").await?;
    rooms::unmute(&call, &room, &user).await?;
    Ok(ok())
}

/// Body of `im.blockUser`.
#[derive(Params)]
#[params(strict)]
struct Blocking {
    /// The direct room's `_id`.
    room_id: RoomId,
    /// Block, or end that.
    block: bool,
}

async fn block(call: Call, body: Blocking) -> Reply {
    let invalid = || Error::new("invalid-channel", "");
    let room = rooms::find(&call, RoomRef::Id(body.room_id)).await?.ok_or_else(invalid)?;
    let other = rooms::other_in(&call, &room).ok_or_else(invalid)?;
    rooms::set_blocked(&call, room.id(), &other, body.block).await?;
    Ok(ok())
}
