//! Coming and going: join, invite, kick, leave.
//!
//! Each checks and writes in one transaction that holds the room's key: a last owner cannot be raced away, and nobody
//! is counted twice. The order of the checks stands above each function.

use super::roles::{RoomRole, owners};
use super::{RoomRef, key, look_up};
use crate::access::{self, Found};
use crate::messages::system::{self, SystemMessage};
use crate::{Caller, subscriptions, users};
use gantry_model::event::{Event, SubscriptionRemoved};
use gantry_model::{Error, Permission, Result, Room, RoomId, RoomKind, Subscription, User, UserId};
use gantry_store::Tx;

/// `details.method` of everything that removes somebody.
const REMOVE: &str = "removeUserFromRoom";
const LEAVE: &str = "leaveRoom";
const ADD: &str = "addUsersToRoom";

/// Removes `target` from a channel or group on behalf of the caller.
///
/// In order: the kick permission of the kind (global) or `remove-user` in the room, else `error-not-allowed`; the room's
/// kind lets members be removed, else the same; with only `remove-user`, the caller can read the room, else
/// `error-room-not-found`, and the target is a member, else `error-user-not-in-room`; the target is not the last owner,
/// else `error-you-are-last-owner`. Who holds the kick permission may name somebody who is no member: nothing is
/// removed then, and the message is written all the same. A banned member's record is removed without being counted again.
///
/// # Errors
/// As above, all with `details.method` `removeUserFromRoom` but the room that cannot be read.
pub async fn kick(cx: &Caller, room: &Found, target: &User) -> Result<()> {
    let (rid, target) = (room.id().clone(), target.clone());
    cx.write([key(&rid)], move |me, tx| {
        let mut found = held(me, tx, &rid, REMOVE)?;
        let anywhere = kick_from_any(found.kind()).is_some_and(|permission| me.has(permission));
        if !anywhere && !me.has_in(Permission::RemoveUser, found.seat.as_ref()) {
            return Err(Error::not_allowed(REMOVE));
        }
        if found.kind() == RoomKind::Direct {
            return Err(Error::not_allowed(REMOVE));
        }
        if !anywhere {
            access::require(me, &found, || Error::room_not_found("group"))?;
        }
        match tx.subscriptions().get(&rid, &target.id)? {
            Some(seat) => {
                keep_an_owner(tx, &seat, REMOVE)?;
                remove(tx, &mut found.room, &seat)?;
            }
            None if anywhere => {}
            None => return Err(Error::user_not_in_room(REMOVE)),
        }
        let username = username(&target);
        system::post(me, tx, &mut found.room, SystemMessage::new("ru", &username))
    })
    .await
}

fn kick_from_any(kind: RoomKind) -> Option<Permission> {
    match kind {
        RoomKind::Channel => Some(Permission::KickUserFromAnyCRoom),
        RoomKind::Private => Some(Permission::KickUserFromAnyPRoom),
        RoomKind::Direct => None,
    }
}

/// Takes the caller out of a room.
///
/// In order: a direct room cannot be left (`error-not-allowed`); `leave-c` or `leave-p`, globally (`error-not-allowed`);
/// membership (`error-user-not-in-room`); not the last owner (`error-you-are-last-owner`). The message comes first, so
/// that the leaver still receives it.
///
/// # Errors
/// As above, with `details.method` `leaveRoom`; `error-invalid-room` when the room is gone meanwhile.
pub async fn leave(cx: &Caller, room: &Found) -> Result<()> {
    let rid = room.id().clone();
    cx.write([key(&rid)], move |me, tx| {
        let mut found = held(me, tx, &rid, LEAVE)?;
        let permission = match found.kind() {
            RoomKind::Channel => Permission::LeaveC,
            RoomKind::Private => Permission::LeaveP,
            RoomKind::Direct => return Err(Error::not_allowed(LEAVE)),
        };
        if !me.has(permission) {
            return Err(Error::not_allowed(LEAVE));
        }
        let Some(seat) = found.seat.take() else {
            return Err(Error::new("error-user-not-in-room", "You are not in this room").in_method(LEAVE));
        };
        keep_an_owner(tx, &seat, LEAVE)?;
        let username = username(me.user());
        system::post(me, tx, &mut found.room, SystemMessage::new("ul", &username))?;
        remove(tx, &mut found.room, &seat)?;
        tx.rooms().update(&mut found.room)?;
        super::changed(tx, &rid, false);
        Ok(())
    })
    .await
}

/// Makes the caller a member.
///
/// In order: already a member: nothing happens; a direct room cannot be joined (`error-not-allowed`); the caller can read
/// the room (`error-not-allowed`); a join code, unless `join-without-join-code` (`error-code-required`,
/// `error-code-invalid`).
///
/// # Errors
/// As above, with `details.method` `joinRoom`.
pub async fn join(cx: &Caller, room: &Found, code: Option<String>) -> Result<()> {
    const JOIN: &str = "joinRoom";
    let rid = room.id().clone();
    cx.write([key(&rid)], move |me, tx| {
        let mut found = held(me, tx, &rid, JOIN)?;
        if found.is_member() {
            return Ok(());
        }
        if found.kind() == RoomKind::Direct || !access::may_read(me, &found) {
            return Err(Error::not_allowed(JOIN));
        }
        if let Some(wanted) = &found.room.extra.join_code
            && !me.has(Permission::JoinWithoutJoinCode)
        {
            match &code {
                None => return Err(Error::new("error-code-required", "Code required").in_method(JOIN)),
                Some(code) if code != wanted => {
                    return Err(Error::new("error-code-invalid", "Invalid code").in_method(JOIN));
                }
                Some(_) => {}
            }
        }
        add_joining(me, tx, &mut found.room, false)
    })
    .await
}

/// Makes the caller a member of a room whose key is held: `uj`, open, nothing unread; among the favourites if so wanted.
pub(crate) fn add_joining(me: &Caller, tx: &mut Tx<'_>, room: &mut Room, favorite: bool) -> Result<()> {
    if !add_silently(me, tx, room, favorite)? {
        return Ok(());
    }
    let kind = if room.extra.prid.is_some() { "ut" } else { "uj" };
    system::post(me, tx, room, SystemMessage::new(kind, &username(me.user())))
}

/// As [`add_joining`], without a message; false when the caller was a member.
pub(crate) fn add_silently(me: &Caller, tx: &mut Tx<'_>, room: &mut Room, favorite: bool) -> Result<bool> {
    let mut seat = seat(tx, room, me.user());
    seat.show(room);
    seat.extra.alert = true;
    seat.favorite = favorite;
    add(tx, room, &seat)
}

/// Who is to be invited.
#[derive(Clone, Debug, PartialEq)]
pub enum Invitees {
    /// By id.
    Ids(Vec<UserId>),
    /// By user name, in any case.
    Usernames(Vec<String>),
}

/// People added in one write: a long list must not keep everybody else's writes waiting.
pub(super) const AT_ONCE: usize = 100;

/// Makes others members of a channel or group.
///
/// Unknown ones among known ones are passed over; members stay members, and the caller is told so.
/// In order: somebody of the list exists (`error-empty-invite-list`); not a direct room
/// (`error-cant-invite-for-direct-room`); `add-user-to-joined-room` as a member, or the permission for any room of the
/// kind (`error-not-allowed`); nobody is banned there (`error-user-is-banned`; those who stand before in the list may have
/// been added).
///
/// # Errors
/// As above, all but the first with `details.method` `addUsersToRoom`.
pub async fn invite(cx: &Caller, room: &Found, invitees: Invitees) -> Result<()> {
    let invited = users::some(cx.chat(), invitees).await?;
    let invited: Vec<User> = invited.into_iter().filter(|user| user.username.is_some()).collect();
    if invited.is_empty() {
        return Err(Error::new("error-empty-invite-list", "Cannot invite if no valid users are provided"));
    }
    for some in invited.chunks(AT_ONCE) {
        for username in invite_some(cx, room.id().clone(), some.to_vec()).await? {
            crate::messages::ephemeral::tell(cx, room.id(), &format!("@{username} is already in here."));
        }
    }
    Ok(())
}

/// Adds some in one write; the user names of those who were there.
async fn invite_some(cx: &Caller, rid: RoomId, invited: Vec<User>) -> Result<Vec<String>> {
    cx.write([key(&rid)], move |me, tx| {
        let mut found = held(me, tx, &rid, ADD)?;
        may_add(me, &found)?;
        let mut already = Vec::new();
        for user in &invited {
            if !add_invited(me, tx, &mut found.room, user)? {
                already.push(username(user));
            }
        }
        Ok(already)
    })
    .await
}

/// See [`invite`].
fn may_add(me: &Caller, found: &Found) -> Result<()> {
    let seat = found.seat.as_ref();
    let in_any = match found.kind() {
        RoomKind::Direct => {
            let text = "Can't invite user to direct rooms";
            return Err(Error::new("error-cant-invite-for-direct-room", text).in_method(ADD));
        }
        RoomKind::Channel => Permission::AddUserToAnyCRoom,
        RoomKind::Private => Permission::AddUserToAnyPRoom,
    };
    let as_member = seat.is_some() && me.has_in(Permission::AddUserToJoinedRoom, seat);
    if as_member || me.has(in_any) { Ok(()) } else { Err(Error::not_allowed(ADD)) }
}

/// Adds one user to a room whose key is held; false when already a member.
fn add_invited(me: &Caller, tx: &mut Tx<'_>, room: &mut Room, user: &User) -> Result<bool> {
    if let Some(seat) = tx.subscriptions().get(&room.id, &user.id)? {
        return match subscriptions::is_banned(&seat) {
            true => Err(Error::new("error-user-is-banned", "User is banned from this room").in_method(ADD)),
            false => Ok(false),
        };
    }
    let mut seat = seat(tx, room, user);
    seat.invited();
    seat.show(room);
    if !add(tx, room, &seat)? {
        return Ok(false);
    }
    system::post(me, tx, room, SystemMessage::new("au", &username(user)))?;
    Ok(true)
}

/// A fresh membership of a room.
pub(super) fn seat(tx: &Tx<'_>, room: &Room, user: &User) -> Subscription {
    Subscription::fresh(tx.id(), room, user.id.clone(), tx.stamp())
}

/// Writes a membership and counts it, in a room whose key is held; false when it was there, or the account is deleted
/// meanwhile.
pub(crate) fn add(tx: &mut Tx<'_>, room: &mut Room, seat: &Subscription) -> Result<bool> {
    if !tx.accounts().exists(&seat.uid)? || !tx.subscriptions().insert(seat)? {
        return Ok(false);
    }
    room.users_count += 1;
    tx.rooms().update(room)?;
    let inserted = Event::SubscriptionInserted { rid: room.id.clone(), kind: room.kind, uid: seat.uid.clone() };
    tx.emit(key(&room.id), inserted);
    Ok(true)
}

/// Ends a membership, in a room whose key is held. The room itself is written by who calls, mostly with a message.
pub(crate) fn remove(tx: &mut Tx<'_>, room: &mut Room, seat: &Subscription) -> Result<()> {
    tx.subscriptions().remove(seat)?;
    if !subscriptions::is_banned(seat) {
        room.users_count -= 1;
        tx.rooms().update(room)?;
    }
    let gone = SubscriptionRemoved {
        id: seat.id.clone(),
        rid: room.id.clone(),
        kind: room.kind,
        name: room.name.clone(),
        fname: room.fname.clone(),
        uid: seat.uid.clone(),
    };
    tx.emit(key(&room.id), Event::SubscriptionRemoved(Box::new(gone)));
    Ok(())
}

/// Refuses to take away the last owner of a room.
pub(crate) fn keep_an_owner(tx: &mut Tx<'_>, seat: &Subscription, method: &'static str) -> Result<()> {
    if is_last_owner(tx, seat)? { Err(Error::last_owner(method)) } else { Ok(()) }
}

/// Whether a member is the last owner of a room.
pub(crate) fn is_last_owner(tx: &mut Tx<'_>, seat: &Subscription) -> Result<bool> {
    Ok(seat.roles.contains(&RoomRole::Owner.id()) && owners(tx, &seat.rid)? <= 1)
}

/// The room whose key is held, with the caller's membership, as they are now.
pub(crate) fn held(me: &Caller, tx: &mut Tx<'_>, rid: &RoomId, method: &'static str) -> Result<Found> {
    look_up(me, tx, &RoomRef::Id(rid.clone()))?.ok_or_else(|| Error::invalid_room(method))
}

fn username(user: &User) -> String {
    user.username.as_ref().map(ToString::to_string).unwrap_or_default()
}
