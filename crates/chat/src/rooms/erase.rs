//! Deleting rooms.
//!
//! The room itself goes in one write, and with it everything in it is out of everybody's reach. What was in it is cleared
//! away afterwards, in writes that are short whatever the room's size. What a stop interrupts is gone on with at the next
//! start.

use super::{held, key};
use crate::access::Found;
use crate::{Caller, Chat};
use gantry_model::event::Event;
use gantry_model::{Error, Permission, Result, RoomId, RoomKind};
use gantry_store::Tx;

/// Rows cleared away in one write: memberships, the dearer ones, keep the writer for some 10 ms.
const ROWS: i64 = 250;

/// Deletes a room of any kind with all that is in it.
///
/// `delete-c`, `delete-p` or `delete-d` in the room, else `error-not-allowed`.
///
/// # Errors
/// As above, with `details.method` `eraseRoom`; `error-invalid-room` when the room is gone meanwhile.
pub async fn erase(cx: &Caller, room: &Found) -> Result<()> {
    const ERASE: &str = "eraseRoom";
    let rid = room.id().clone();
    let done = cx
        .write([key(&rid)], move |me, tx| {
            let found = held(me, tx, &rid, ERASE)?;
            let needed = match found.kind() {
                RoomKind::Channel => Permission::DeleteC,
                RoomKind::Private => Permission::DeleteP,
                RoomKind::Direct => Permission::DeleteD,
            };
            if !me.has_in(needed, found.seat.as_ref()) {
                return Err(Error::not_allowed(ERASE));
            }
            tx.rooms().remove(&rid)?;
            tx.emit(key(&rid), Event::RoomRemoved { rid: rid.clone(), kind: found.kind() });
            tx.rooms().clear(&rid, ROWS)
        })
        .await?;
    if !done {
        let (chat, rid) = (cx.chat().clone(), room.id().clone());
        tokio::spawn(async move { log_failure(&rid, cleared(&chat, &rid).await) });
    }
    Ok(())
}

/// Clears away what is left in removed rooms; also once at the server's start, beside its other work.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn clear_away(chat: &Chat) -> Result<()> {
    for rid in chat.read(|db| db.rooms().clearing()).await? {
        cleared(chat, &rid).await?;
    }
    Ok(())
}

/// Clears away what was in a removed room, to the end. On several nodes at once it does no harm.
pub(super) async fn cleared(chat: &Chat, rid: &RoomId) -> Result<()> {
    loop {
        let gone = rid.clone();
        let step = move |tx: &mut Tx<'_>| match tx.rooms().is_clearing(&gone)? {
            true => tx.rooms().clear(&gone, ROWS),
            false => Ok(true),
        };
        if chat.write([key(rid)], step).await? {
            return Ok(());
        }
    }
}

fn log_failure(rid: &RoomId, outcome: Result<()>) {
    if let Err(error) = outcome {
        tracing::warn!(%rid, cause = error.cause(), "a deleted room is not cleared away yet; the next start goes on with it");
    }
}
