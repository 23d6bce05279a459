//! What becomes of rooms whose last owner or last member goes.

use crate::{Caller, rooms};
use gantry_model::event::Event;
use gantry_model::role::builtin;
use gantry_model::{Error, Result, RoleId, Room, UserId};
use gantry_store::{AuditEntry, Conn, Tx};
use serde_json::json;

/// Rows of a removed room that are cleared away in the same write.
const ROWS: i64 = 1_000;

/// What becomes of a room that depends on somebody who goes.
pub(super) struct Fate {
    pub(super) room: Room,
    /// Who owns it then; nobody = it is removed.
    pub(super) heir: Option<UserId>,
}

/// What becomes of the rooms that depend on `leaver`.
pub(super) fn fates(db: &mut Conn, leaver: &UserId, depending: Vec<Room>) -> Result<Vec<Fate>> {
    depending.into_iter().map(|room| fate(db, leaver, room)).collect()
}

/// What becomes of a room that depends on `leaver`.
pub(super) fn fate(db: &mut Conn, leaver: &UserId, room: Room) -> Result<Fate> {
    Ok(Fate { heir: db.subscriptions().eldest_but(&room.id, leaver)?, room })
}

/// Names the rooms, and what would become of them.
pub(super) fn last_owner(fates: &[Fate]) -> Error {
    let names = |removed: bool| -> Vec<&str> {
        let fates = fates.iter().filter(|fate| fate.heir.is_none() == removed);
        fates.filter_map(|fate| fate.room.fname.as_deref().or(fate.room.name.as_deref())).collect()
    };
    Error::new("user-last-owner", "")
        .with_details(json!({ "shouldBeRemoved": names(true), "shouldChangeOwner": names(false) }))
}

impl Fate {
    /// The room's key is held. Whether nothing is left to be cleared away.
    pub(super) fn fulfil(self, me: &Caller, tx: &mut Tx<'_>) -> Result<bool> {
        match &self.heir {
            Some(heir) => give(tx, &self.room, heir).map(|()| true),
            None => {
                remove(Some(me), tx, &self.room)?;
                tx.rooms().clear(&self.room.id, ROWS)
            }
        }
    }
}

/// Makes a member an owner of a room whose key is held.
pub(super) fn give(tx: &mut Tx<'_>, room: &Room, heir: &UserId) -> Result<()> {
    let Some(mut seat) = tx.subscriptions().get(&room.id, heir)? else { return Ok(()) };
    let owner = RoleId::new(builtin::OWNER);
    seat.roles.push(owner.clone());
    tx.subscriptions().update(&mut seat)?;
    let (rid, uid) = (room.id.clone(), heir.clone());
    tx.emit(rooms::key(&rid), Event::SubscriptionChanged { rid: rid.clone(), uid: uid.clone() });
    let granted = Event::RoleGranted { uid, role: owner, scope: Some(rid.clone()), given: true };
    tx.emit(rooms::key(&rid), granted);
    Ok(())
}

/// Removes a room whose key is held; what was in it is still to be cleared away. `by`: who asked for it, while somebody waits.
pub(super) fn remove(by: Option<&Caller>, tx: &mut Tx<'_>, room: &Room) -> Result<()> {
    tx.rooms().remove(&room.id)?;
    tx.emit(rooms::key(&room.id), Event::RoomRemoved { rid: room.id.clone(), kind: room.kind });
    tx.audit().record(&AuditEntry {
        uid: by.map(|by| by.id().clone()),
        ip: by.map(|by| by.origin().ip.to_string()),
        act: "room.removed",
        target: Some(room.id.to_string()),
        details: json!({ "name": room.name }),
    })
}
