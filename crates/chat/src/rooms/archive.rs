//! Closing a channel or group for new messages, and opening it again.

use super::{changed, held, key};
use crate::Caller;
use crate::access::Found;
use crate::messages::system::{self, SystemMessage};
use gantry_model::{Error, Permission, Result, RoomKind};

/// Archives a channel or group: nobody writes there until it is unarchived, and it leaves its members' sidebars.
///
/// In order: not a direct room (`error-direct-message-room`); `archive-room` in the room (`error-not-authorized`). A room
/// that is archived stays so, and nothing is written.
///
/// # Errors
/// As above, with `details.method` `archiveRoom`; `error-invalid-room` when the room is gone meanwhile.
pub async fn archive(cx: &Caller, room: &Found) -> Result<()> {
    const ARCHIVE: &str = "archiveRoom";
    if room.kind() == RoomKind::Direct {
        let text = "rooms type: d can not be archived";
        return Err(Error::new("error-direct-message-room", text).in_method(ARCHIVE));
    }
    set(cx, room, true, Permission::ArchiveRoom, ARCHIVE).await
}

/// Takes a channel or group out of the archive.
///
/// `unarchive-room` in the room, else `error-not-authorized`. A room that is not archived stays so, and nothing is written.
///
/// # Errors
/// As above, with `details.method` `unarchiveRoom`; `error-invalid-room` when the room is gone meanwhile.
pub async fn unarchive(cx: &Caller, room: &Found) -> Result<()> {
    set(cx, room, false, Permission::UnarchiveRoom, "unarchiveRoom").await
}

async fn set(cx: &Caller, room: &Found, archived: bool, needed: Permission, method: &'static str) -> Result<()> {
    let rid = room.id().clone();
    cx.write([key(&rid)], move |me, tx| {
        let mut found = held(me, tx, &rid, method)?;
        if !me.has_in(needed, found.seat.as_ref()) {
            return Err(Error::new("error-not-authorized", "Not authorized").in_method(method));
        }
        if found.room.archived == archived {
            return Ok(());
        }
        found.room.archived = archived;
        found.room.named_at = tx.stamp();
        tx.rooms().update(&mut found.room)?;
        let kind = if archived { "room-archived" } else { "room-unarchived" };
        system::post(me, tx, &mut found.room, SystemMessage::new(kind, ""))?;
        changed(tx, &rid, true);
        Ok(())
    })
    .await
}
