//! Who may speak: muted members, and people who block one another.

use super::{changed, held, key};
use crate::access::{self, Found};
use crate::messages::system::{self, SystemMessage};
use crate::{Caller, subscriptions};
use gantry_model::{Error, Permission, Result, Room, RoomId, RoomKind, Subscription, User, UserId};
use gantry_store::Tx;
use serde_json::json;

/// Takes from a member the right to post; in a read-only room, what [`unmute`] gave.
///
/// In order: `mute-user` in the room (`error-not-allowed`); not a direct room (`error-invalid-room-type`); the target is a
/// member (`error-user-not-in-room`). Who is muted stays so, and the room is told all the same.
///
/// # Errors
/// As above, with `details.method` `muteUserInRoom`; `error-invalid-room` when the room is gone meanwhile.
pub async fn mute(cx: &Caller, room: &Found, target: &User) -> Result<()> {
    set_muted(cx, room, target, true, "muteUserInRoom").await
}

/// Gives a member the right to post back; in a read-only room, gives it.
///
/// # Errors
/// As [`mute`], with `details.method` `unmuteUserInRoom`.
pub async fn unmute(cx: &Caller, room: &Found, target: &User) -> Result<()> {
    set_muted(cx, room, target, false, "unmuteUserInRoom").await
}

async fn set_muted(cx: &Caller, room: &Found, target: &User, muted: bool, method: &'static str) -> Result<()> {
    let (rid, target) = (room.id().clone(), target.clone());
    cx.write([key(&rid)], move |me, tx| {
        let mut found = held(me, tx, &rid, method)?;
        if !me.has_in(Permission::MuteUser, found.seat.as_ref()) {
            return Err(Error::not_allowed(method));
        }
        if found.kind() == RoomKind::Direct {
            let details = json!({ "method": method, "type": RoomKind::Direct });
            return Err(Error::new("error-invalid-room-type", "d is not a valid room type").with_details(details));
        }
        let seat = tx.subscriptions().get(&rid, &target.id)?.filter(|seat| !subscriptions::is_banned(seat));
        seat.ok_or_else(|| Error::user_not_in_room(method))?;
        let username = target.username.as_ref().ok_or_else(|| Error::invalid_user(method))?;
        list(&mut found.room, &target.id, muted);
        tx.rooms().update(&mut found.room)?;
        let kind = if muted { "user-muted" } else { "user-unmuted" };
        system::post(me, tx, &mut found.room, SystemMessage::new(kind, username.as_str()))?;
        changed(tx, &rid, false);
        Ok(())
    })
    .await
}

/// In a read-only room nobody may post but those who are listed for it.
fn list(room: &mut Room, uid: &UserId, muted: bool) {
    let ro = room.ro;
    room.extra.muted.retain(|one| one != uid);
    room.extra.unmuted.retain(|one| one != uid);
    match muted {
        true if !ro => room.extra.muted.push(uid.clone()),
        false if ro => room.extra.unmuted.push(uid.clone()),
        _ => {}
    }
}

/// Blocks `other` in the direct room of the caller with it, or ends that: nobody writes there while either blocks the other.
///
/// The room is of two, the caller and `other`, else `error-invalid-room`. What is so already stays, and nothing is written.
///
/// # Errors
/// As above, with `details.method` `blockUser` or `unblockUser`.
pub async fn set_blocked(cx: &Caller, rid: &RoomId, other: &UserId, blocked: bool) -> Result<()> {
    let (rid, other) = (rid.clone(), other.clone());
    cx.write([key(&rid)], move |me, tx| {
        let [mut own, mut theirs] = seats(me, tx, &rid, &other, blocked)?;
        for (seat, flag) in [(&mut own, "blocker"), (&mut theirs, "blocked")] {
            flagged(tx, seat, flag, blocked)?;
        }
        Ok(())
    })
    .await
}

/// The memberships of the caller and of `other` in a direct room of these two.
fn seats(me: &Caller, tx: &mut Tx<'_>, rid: &RoomId, other: &UserId, blocked: bool) -> Result<[Subscription; 2]> {
    let invalid = || Error::invalid_room(if blocked { "blockUser" } else { "unblockUser" });
    let found = tx.rooms().get(rid)?.filter(|room| room.kind == RoomKind::Direct && room.uids.len() == 2);
    found.filter(|_| other != me.id()).ok_or_else(invalid)?;
    let own = tx.subscriptions().get(rid, me.id())?.ok_or_else(invalid)?;
    let theirs = tx.subscriptions().get(rid, other)?.ok_or_else(invalid)?;
    Ok([own, theirs])
}

fn flagged(tx: &mut Tx<'_>, seat: &mut Subscription, flag: &str, set: bool) -> Result<()> {
    let before = seat.settings.clone();
    match set {
        true => drop(seat.settings.0.insert(flag.to_owned(), true.into())),
        false => drop(seat.settings.0.remove(flag)),
    }
    if seat.settings == before { Ok(()) } else { subscriptions::changed(tx, seat) }
}

/// The other one of a direct room of two that the caller is in.
pub fn other_in(cx: &Caller, room: &Found) -> Option<UserId> {
    let direct = room.kind() == RoomKind::Direct && room.is_member() && room.room.uids.len() == 2;
    let others = direct && access::may_read(cx, room);
    room.room.uids.iter().find(|uid| others && *uid != cx.id()).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_model::Millis;

    #[test]
    fn who_may_post_depends_on_the_room() {
        let (ann, mut room) = (UserId::new("ann"), Room::blank("R".into(), RoomKind::Channel, Millis(1)));
        let lists = |room: &Room| (room.extra.muted.len(), room.extra.unmuted.len());
        list(&mut room, &ann, true);
        list(&mut room, &ann, true);
        assert_eq!(lists(&room), (1, 0));
        list(&mut room, &ann, false);
        assert_eq!(lists(&room), (0, 0));
        room.ro = true;
        list(&mut room, &ann, false);
        assert_eq!(lists(&room), (0, 1));
        list(&mut room, &ann, true);
        assert_eq!(lists(&room), (0, 0));
    }
}
