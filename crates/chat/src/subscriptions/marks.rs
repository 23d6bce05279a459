//! What a member does to the own membership: reading, marking unread, opening, hiding.

use crate::{Caller, access, rooms};
use gantry_model::event::Event;
use gantry_model::{Error, MessageId, Millis, Result, Room, RoomId, Subscription};
use gantry_store::Tx;
use serde_json::json;

/// The caller has read everything in a room up to now.
///
/// # Errors
/// `error-invalid-subscription` for who is no member of it, also where there is no such room.
pub async fn read(cx: &Caller, rid: &RoomId) -> Result<()> {
    let rid = rid.clone();
    cx.write([rooms::key(&rid)], move |me, tx| {
        let (mut seat, room) = own(me, tx, &rid)?.ok_or_else(|| Error::text("error-invalid-subscription"))?;
        if is_read(&seat, &room) {
            return Ok(());
        }
        seat.read(room.counters, access::seen(&room, tx.stamp()));
        seat.show(&room);
        changed(tx, &mut seat)
    })
    .await
}

/// Nothing is there that reading would change.
fn is_read(seat: &Subscription, room: &Room) -> bool {
    let seen = seat.in_room(room);
    let quiet = seen.unread == 0 && seen.user_mentions == 0 && seen.group_mentions == 0 && !seen.alert && seen.open;
    quiet && seat.base == room.counters && seat.ls.is_some_and(|at| at >= room.last_ts)
}

/// From where on a member wants a room to be unread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FirstUnread {
    /// From this message on.
    Message(MessageId),
    /// From the last message of this room.
    LastOf(RoomId),
}

/// The caller marks a room unread.
///
/// # Errors
/// `error-no-message-for-unread` for a room without messages, or that the caller is no member of;
/// `error-action-not-allowed` for an own message, and for one that is not there or in a room of others. Both with
/// `details.method` `unreadMessages`.
pub async fn mark_unread(cx: &Caller, from: FirstUnread) -> Result<()> {
    let rid = match &from {
        FirstUnread::LastOf(rid) => rid.clone(),
        FirstUnread::Message(id) => room_of(cx, id).await?,
    };
    cx.write([rooms::key(&rid)], move |me, tx| {
        let (mut seat, room) = own(me, tx, &rid)?.ok_or_else(|| refused(&from))?;
        let first = match &from {
            FirstUnread::LastOf(rid) => tx.messages().newest(rid)?,
            FirstUnread::Message(id) => tx.messages().get(id)?.filter(|message| message.author != *me.id()),
        };
        let first = first.filter(|message| message.rid == rid).ok_or_else(|| refused(&from))?;
        seat.mark_unread(room.counters, Millis(first.ts.0 - 1));
        seat.show(&room);
        changed(tx, &mut seat)
    })
    .await
}

async fn room_of(cx: &Caller, id: &MessageId) -> Result<RoomId> {
    let found = access::message(cx, id).await?;
    found.map(|(message, _)| message.rid).ok_or_else(|| refused(&FirstUnread::Message(id.clone())))
}

fn refused(from: &FirstUnread) -> Error {
    let error = match from {
        FirstUnread::LastOf(_) => Error::new("error-no-message-for-unread", "There are no messages to mark unread"),
        FirstUnread::Message(_) => Error::new("error-action-not-allowed", "Not allowed"),
    };
    error.with_details(json!({ "method": "unreadMessages", "action": "Unread_messages" }))
}

/// Puts a room into the caller's sidebar; false when nothing changed: it was there, or the caller is no member.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn open(cx: &Caller, rid: &RoomId) -> Result<bool> {
    toggle(cx, rid, true).await
}

/// Takes a room out of the caller's sidebar until something new happens in it; false when nothing changed.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn hide(cx: &Caller, rid: &RoomId) -> Result<bool> {
    toggle(cx, rid, false).await
}

async fn toggle(cx: &Caller, rid: &RoomId, open: bool) -> Result<bool> {
    let rid = rid.clone();
    cx.write([rooms::key(&rid)], move |me, tx| {
        let Some((mut seat, room)) = own(me, tx, &rid)? else { return Ok(false) };
        if seat.in_room(&room).open == open {
            return Ok(false);
        }
        if open {
            seat.show(&room)
        } else {
            seat.hide(room.counters)
        }
        changed(tx, &mut seat).map(|()| true)
    })
    .await
}

/// The caller's membership of a room whose key is held.
pub(super) fn own(me: &Caller, tx: &mut Tx<'_>, rid: &RoomId) -> Result<Option<(Subscription, Room)>> {
    Ok(tx.subscriptions().with_room(rid, me.id())?.filter(|(seat, _)| !super::is_banned(seat)))
}

/// Writes a membership whose room's key is held, and says so to its owner.
pub(crate) fn changed(tx: &mut Tx<'_>, seat: &mut Subscription) -> Result<()> {
    tx.subscriptions().update(seat)?;
    tx.emit(rooms::key(&seat.rid), Event::SubscriptionChanged { rid: seat.rid.clone(), uid: seat.uid.clone() });
    Ok(())
}
