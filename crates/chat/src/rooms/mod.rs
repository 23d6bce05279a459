//! Rooms: finding, making, joining, leaving, and who rules in them.

mod create;
mod membership;

pub use create::{NewRoom, create};
pub use membership::{Invitees, invite, join, kick, leave};
pub(crate) use membership::{add, add_joining, held, keep_an_owner};

use crate::Caller;
use crate::access::Found;
use gantry_model::event::{Event, Key};
use gantry_model::{Error, Result, Room, RoomId};
use gantry_store::{Conn, Tx};

/// What a request names a room by.
#[derive(Clone, Debug, PartialEq)]
pub enum RoomRef {
    /// `_id`.
    Id(RoomId),
    /// The exact name of a channel or group.
    Name(String),
    /// Either, the id first.
    IdOrName(String),
}

/// The room a request names, of whatever kind, with the caller's own membership. Says nothing about access.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn find(cx: &Caller, room: RoomRef) -> Result<Option<Found>> {
    let me = cx.clone();
    cx.read(move |db| look_up(&me, db, &room)).await
}

/// As [`find`], inside a read or a write.
pub(crate) fn look_up(cx: &Caller, db: &mut Conn, room: &RoomRef) -> Result<Option<Found>> {
    let room = match room {
        RoomRef::Id(id) => db.rooms().get(id)?,
        RoomRef::Name(name) => db.rooms().by_name(name)?,
        RoomRef::IdOrName(text) => match db.rooms().get(&RoomId::new(text))? {
            Some(room) => Some(room),
            None => db.rooms().by_name(text)?,
        },
    };
    room.map(|room| with_seat(cx, db, room)).transpose()
}

fn with_seat(cx: &Caller, db: &mut Conn, room: Room) -> Result<Found> {
    let seat = db.subscriptions().get(&room.id, cx.id())?;
    let parent = match &room.extra.prid {
        // A discussion's parent is never a discussion, so this ends.
        Some(prid) if *prid != room.id => match db.rooms().get(prid)? {
            Some(parent) if parent.extra.prid.is_none() => Some(Box::new(with_seat(cx, db, parent)?)),
            _ => None,
        },
        _ => None,
    };
    Ok(Found { room, seat, parent })
}

/// Where `chat.postMessage` posts: a room's id or name, `#name`, or `@user`.
pub(crate) async fn post_target(cx: &Caller, name: &str) -> Result<Found> {
    let room = match name.strip_prefix('#') {
        Some(name) => RoomRef::Name(name.to_owned()),
        None => RoomRef::IdOrName(name.to_owned()),
    };
    find(cx, room).await?.ok_or_else(|| Error::new("invalid-channel", "invalid-channel"))
}

/// The key that orders everything about a room.
pub(crate) fn key(rid: &RoomId) -> Key {
    Key::Room(rid.clone())
}

/// Records that a room's document changed; `named` when members see it in their subscriptions too.
pub(crate) fn changed(tx: &mut Tx<'_>, rid: &RoomId, named: bool) {
    tx.emit(key(rid), Event::RoomChanged { rid: rid.clone(), named });
}
