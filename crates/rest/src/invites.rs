//! `findOrCreateInvite` and its kin: invitations into rooms, by link.

use crate::call::{Call, Visit};
use crate::endpoint::{Access, Api};
use crate::params::Params;
use crate::reply::{Object, Reply, ok, ok_list, ok_with};
use gantry_chat::invites;
use gantry_model::{InviteId, Permission, RoomId};

pub(crate) fn endpoints(api: &mut Api) {
    api.get("listInvites", Access::Administer, list)
        .names(Permission::CreateInviteLinks)
        .names(Permission::ViewRoomAdministration)
        .about("Lists all invitations, newest first.")
        .since("2.4.0")
        .answers_list("Invite");
    api.post("findOrCreateInvite", Access::RuleRoom, find_or_create)
        .names(Permission::CreateInviteLinks)
        .about("Finds the caller's invitation into a room, or makes one.")
        .since("2.4.0")
        .answers("_id", "string")
        .answers("inviteToken", "string")
        .answers("url", "string")
        .answers("days", "integer")
        .answers("maxUses", "integer")
        .answers("uses", "integer")
        .answers("expires", "any");
    api.delete("removeInvite/:_id", Access::Administer, remove)
        .names(Permission::CreateInviteLinks)
        .about("Takes an invitation back.")
        .since("2.4.0");
    api.post("useInviteToken", Access::Accounts, use_token)
        .about("Joins the room that an invitation is for.")
        .since("2.4.0")
        .answers("room", "Room");
    api.post("validateInviteToken", Access::Anyone, validate)
        .about("Tells whether an invitation is good.")
        .since("2.4.0")
        .answers("valid", "boolean");
}

async fn list(call: Call, (): ()) -> Reply {
    Ok(ok_list(&invites::list(&call).await?))
}

/// Body of `findOrCreateInvite`.
#[derive(Params)]
#[params(strict)]
struct Wanted {
    /// The room's `_id`.
    rid: RoomId,
    /// For how many days: 1, 7, 15 or 30; 0 = for good.
    days: i64,
    /// For how many people: 1, 5, 10, 25, 50 or 100; 0 = for all who come.
    max_uses: i64,
}

async fn find_or_create(call: Call, body: Wanted) -> Reply {
    let invite = invites::find_or_create(&call, body.rid, (body.days, body.max_uses)).await?;
    Ok(Object::new().with_all(&invite).success())
}

#[derive(Params)]
struct Removed {
    /// The invitation's `_id`.
    #[params(rename = "_id")]
    id: InviteId,
}

async fn remove(call: Call, body: Removed) -> Reply {
    invites::remove(&call, body.id).await?;
    Ok(ok())
}

/// Body of `useInviteToken` and `validateInviteToken`.
#[derive(Params)]
#[params(strict)]
struct ByToken {
    /// What the link ends in.
    token: String,
}

async fn use_token(call: Call, body: ByToken) -> Reply {
    Ok(ok_with("room", &invites::use_token(&call, body.token).await?))
}

async fn validate(visit: Visit, body: ByToken) -> Reply {
    Ok(ok_with("valid", &invites::is_valid(&visit.chat, body.token).await?))
}
