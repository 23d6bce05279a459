//! Who rules in a room: owners, moderators, leaders.

use super::{held, key};
use crate::access::{self, Found};
use crate::messages::system::{self, SystemMessage};
use crate::{Caller, people, subscriptions};
use gantry_model::event::Event;
use gantry_model::role::builtin;
use gantry_model::{
    Author, Error, Permission, Person, Result, RoleId, RoomId, Subscription, SubscriptionId, User, UserId,
};
use gantry_store::Tx;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// A role that is given in a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomRole {
    /// Owns it.
    Owner,
    /// Keeps order in it.
    Moderator,
    /// Stands on top of it.
    Leader,
}

/// What a role's errors say: the permission, the methods, and the ids and texts for who has it already and who has not.
struct Words {
    permission: Permission,
    grant: &'static str,
    revoke: &'static str,
    already: (&'static str, &'static str),
    lacks: (&'static str, &'static str),
}

impl RoomRole {
    /// The role.
    pub fn id(self) -> RoleId {
        RoleId::new(match self {
            Self::Owner => builtin::OWNER,
            Self::Moderator => builtin::MODERATOR,
            Self::Leader => builtin::LEADER,
        })
    }

    fn words(self) -> Words {
        match self {
            Self::Owner => Words {
                permission: Permission::SetOwner,
                grant: "addRoomOwner",
                revoke: "removeRoomOwner",
                already: ("error-user-already-owner", "User is already an owner"),
                lacks: ("error-user-not-owner", "User is not an owner"),
            },
            Self::Moderator => Words {
                permission: Permission::SetModerator,
                grant: "addRoomModerator",
                revoke: "removeRoomModerator",
                already: ("error-user-already-moderator", "User is already a moderator"),
                lacks: ("error-user-not-moderator", "User is not a moderator"),
            },
            Self::Leader => Words {
                permission: Permission::SetLeader,
                grant: "addRoomLeader",
                revoke: "removeRoomLeader",
                already: ("error-user-already-leader", "User is already a leader"),
                lacks: ("error-user-not-leader", "User is not a leader"),
            },
        }
    }
}

/// Gives a member a role in the room.
///
/// In order: the role's permission in the room (`error-not-allowed`); the target has a user name (`error-invalid-user`) and
/// is a member (`error-user-not-in-room`) without the role (`error-user-already-owner` and its like).
///
/// # Errors
/// As above, with `details.method` `addRoomOwner` and its like; `error-invalid-room` when the room is gone meanwhile.
pub async fn grant(cx: &Caller, room: &Found, target: &User, role: RoomRole) -> Result<()> {
    change(cx, room, target, role, true).await
}

/// Takes a role in the room from a member.
///
/// In order: the role's permission in the room (`error-not-allowed`); the target has a user name (`error-invalid-user`), is
/// a member (`error-invalid-room`) with the role (`error-user-not-owner` and its like), and not the last owner
/// (`error-remove-last-owner`).
///
/// # Errors
/// As above, with `details.method` `removeRoomOwner` and its like; `error-invalid-room` when the room is gone meanwhile.
pub async fn revoke(cx: &Caller, room: &Found, target: &User, role: RoomRole) -> Result<()> {
    change(cx, room, target, role, false).await
}

async fn change(cx: &Caller, room: &Found, target: &User, role: RoomRole, given: bool) -> Result<()> {
    let (rid, target) = (room.id().clone(), target.clone());
    cx.write([key(&rid)], move |me, tx| {
        let words = role.words();
        let method = if given { words.grant } else { words.revoke };
        let mut found = held(me, tx, &rid, method)?;
        if !me.has_in(words.permission, found.seat.as_ref()) {
            return Err(Error::not_allowed(method));
        }
        let username = target.username.as_ref().ok_or_else(|| Error::invalid_user(method))?;
        let seat = tx.subscriptions().get(&rid, &target.id)?.filter(|seat| !subscriptions::is_banned(seat));
        let mut seat = if given { granted(seat, role)? } else { revoked(tx, seat, role)? };
        subscriptions::changed(tx, &mut seat)?;
        let kind = if given { "subscription-role-added" } else { "subscription-role-removed" };
        let message = SystemMessage::new(kind, username.as_str());
        system::post(me, tx, &mut found.room, message.with_role(role.id().as_str()))?;
        let change = Event::RoleGranted { uid: target.id.clone(), role: role.id(), scope: Some(rid.clone()), given };
        tx.emit(key(&rid), change);
        Ok(())
    })
    .await
}

fn granted(seat: Option<Subscription>, role: RoomRole) -> Result<Subscription> {
    let words = role.words();
    let mut seat = seat.ok_or_else(|| Error::user_not_in_room(words.grant))?;
    if seat.roles.contains(&role.id()) {
        let (id, text) = words.already;
        return Err(Error::new(id, text).in_method(words.grant));
    }
    seat.roles.push(role.id());
    Ok(seat)
}

fn revoked(tx: &mut Tx<'_>, seat: Option<Subscription>, role: RoomRole) -> Result<Subscription> {
    let words = role.words();
    let mut seat = seat.ok_or_else(|| Error::invalid_room(words.revoke))?;
    if !seat.roles.contains(&role.id()) {
        let (id, text) = words.lacks;
        return Err(Error::new(id, text).in_method(words.revoke));
    }
    if role == RoomRole::Owner && owners(tx, &seat.rid)? == 1 {
        let text = "This is the last owner. Please set a new owner before removing this one.";
        return Err(Error::new("error-remove-last-owner", text).in_method(words.revoke));
    }
    seat.roles.retain(|own| *own != role.id());
    Ok(seat)
}

/// How many own the room whose key is held.
pub(super) fn owners(tx: &mut Tx<'_>, rid: &RoomId) -> Result<usize> {
    let owner = RoomRole::Owner.id();
    Ok(tx.subscriptions().with_roles(rid)?.iter().filter(|member| member.roles.contains(&owner)).count())
}

/// Somebody with roles in a room.
pub struct RoleHolder {
    id: SubscriptionId,
    rid: RoomId,
    uid: UserId,
    person: Option<Arc<Person>>,
    roles: Vec<RoleId>,
}

impl Serialize for RoleHolder {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("_id", &self.id)?;
        map.serialize_entry("rid", &self.rid)?;
        map.serialize_entry("u", &Author { id: &self.uid, person: self.person.as_deref() })?;
        map.serialize_entry("roles", &self.roles)?;
        map.end()
    }
}

/// The members with roles in a room.
///
/// # Errors
/// `error-invalid-room` with `details.method` `getRoomRoles` for who cannot read the room.
pub async fn role_holders(cx: &Caller, room: &Found) -> Result<Vec<RoleHolder>> {
    access::require(cx, room, || Error::invalid_room("getRoomRoles"))?;
    let (chat, rid) = (cx.chat().clone(), room.id().clone());
    cx.read(move |db| {
        let members = db.subscriptions().with_roles(&rid)?;
        let uids: Vec<UserId> = members.into_iter().map(|member| member.uid).collect();
        let seats = db.subscriptions().some(&rid, &uids)?;
        let people = people::named_in(&chat, db, &uids)?;
        let holder = |seat: Subscription| RoleHolder {
            id: seat.id,
            rid: seat.rid,
            person: people.get(&seat.uid).cloned(),
            uid: seat.uid,
            roles: seat.roles,
        };
        let mut holders: Vec<RoleHolder> = seats.into_iter().map(holder).collect();
        holders.sort_by(|one, other| one.uid.cmp(&other.uid));
        Ok(holders)
    })
    .await
}
