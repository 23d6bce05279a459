//! `groups.*`: private groups. The model for every family file: rows in the order of the published pages, then their
//! functions in the same order. What agrees with `channels.*` is shared through [`Family`](crate::call::Family).

use crate::call::{Call, GROUPS, RoomKey};
use crate::endpoint::{Access, Api};
use crate::params::Params;
use crate::reply::{Reply, ok_with};
use crate::users::{UserKey, find_user};
use gantry_chat::access;
use gantry_chat::rooms;
use gantry_model::{Permission, RoomId};

pub(crate) fn endpoints(api: &mut Api) {
    api.post("groups.kick", Access::RuleRoom, kick)
        .names(Permission::KickUserFromAnyPRoom)
        .names(Permission::RemoveUser)
        .about("Removes a user from a private group.")
        .since("0.48.0")
        .answers("group", "Room");
}

/// Body of `groups.kick` and its like.
#[derive(Params)]
#[params(strict, one_of(roomId, roomName))]
pub(crate) struct RoomAndUser {
    /// The room's `_id`.
    room_id: Option<RoomId>,
    /// The room's exact name.
    room_name: Option<String>,
    #[params(flatten)]
    pub(crate) user: UserKey,
}

impl RoomAndUser {
    pub(crate) fn room(&self) -> RoomKey {
        RoomKey { room_id: self.room_id.clone(), room_name: self.room_name.clone() }
    }
}

async fn kick(call: Call, body: RoomAndUser) -> Reply {
    let room = GROUPS.whoever_asks().find(&call, &body.room()).await?;
    let user = find_user(&call, &body.user).await?;
    rooms::kick(&call, &room, &user).await?;
    Ok(ok_with("group", &access::room_with_usernames(&call, room.id()).await?))
}
