//! The caller's rooms: all, or what changed.

use crate::Caller;
use crate::access::{self, RoomDoc};
use crate::changes::{Changes, Removed};
use gantry_model::{Millis, Result, Room, RoomId, Subscription, UserId};
use gantry_store::Conn;
use std::collections::HashSet;

/// The rooms the caller is a member of: all of them, or those that changed after `since` and those it is a member of no
/// more, whether left or deleted.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn get(cx: &Caller, since: Option<Millis>) -> Result<Changes<RoomDoc>> {
    let me = cx.clone();
    cx.chat()
        .store()
        .sync_rooms(since, move |db, since, written| {
            let Some(cursor) = since else {
                let rows = db.subscriptions().of(me.id())?;
                return Ok(Changes { update: docs(&me, db, rows)?, remove: Vec::new() });
            };
            let rows = db.subscriptions().rooms_changed_since(me.id(), cursor, written.as_deref())?;
            let remove = gone(db, me.id(), cursor)?;
            Ok(Changes { update: docs(&me, db, rows)?, remove })
        })
        .await
}

fn docs(cx: &Caller, db: &mut Conn, rows: Vec<(Subscription, Room)>) -> Result<Vec<RoomDoc>> {
    access::rooms(cx, db, rows.into_iter().map(|(seat, room)| (room, Some(seat))).collect())
}

/// Each room once, by the last time it was left, unless the user came back.
fn gone(db: &mut Conn, uid: &UserId, cursor: Millis) -> Result<Vec<Removed>> {
    let mut left = db.subscriptions().removed_since(uid, cursor)?;
    if left.is_empty() {
        return Ok(Vec::new());
    }
    let rids: Vec<RoomId> = left.iter().map(|(_, rid, _)| rid.clone()).collect();
    let back = db.subscriptions().in_rooms(uid, &rids)?;
    let mut seen: HashSet<RoomId> = back.into_iter().map(|seat| seat.rid).collect();
    left.reverse();
    left.retain(|(_, rid, _)| seen.insert(rid.clone()));
    Ok(left.into_iter().map(|(_, rid, at)| Removed { id: rid.to_string(), at }).collect())
}
