//! Rooms: finding, making, joining, leaving, and who rules in them.

mod archive;
mod counters;
mod create;
mod direct;
mod erase;
mod everybody;
mod list;
mod members;
mod membership;
mod moderation;
mod names;
mod roles;
mod settings;
mod sync;

pub use archive::{archive, unarchive};
pub use counters::{CountersDoc, counters};
pub use create::{NewKind, NewRoom, create, require_creator};
pub(crate) use direct::renamed;
pub use direct::{Direct, create_direct, direct_with};
pub use erase::{clear_away, erase};
pub use everybody::add_everybody;
pub(crate) use list::known_to;
pub use list::{RoomColumn, RoomQuery, any, joined, list, list_all};
pub use members::{MemberDoc, MemberQuery, members};
pub use membership::{Invitees, invite, join, kick, leave};
pub(crate) use membership::{add_joining, add_silently, held, is_last_owner, keep_an_owner, remove as end};
pub use moderation::{mute, other_in, set_blocked, unmute};
pub(crate) use names::shown;
pub use roles::{RoleHolder, RoomRole, grant, revoke, role_holders};
pub use settings::{DefaultFavorite, RoomChanges, join_code, save_settings};
pub use sync::get;

use crate::Caller;
use crate::access::{self, Found};
use gantry_model::event::{Event, Key};
use gantry_model::{Error, Permission, Result, Room, RoomId, RoomKind};
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

/// Whether the caller knows of every room, and answers for it: `view-room-administration`.
pub fn administers(cx: &Caller) -> bool {
    cx.has(Permission::ViewRoomAdministration)
}

/// The direct room with this id, whoever is in it, for who [administers] rooms; nothing for others.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn administered_direct(cx: &Caller, rid: &RoomId) -> Result<Option<Found>> {
    if !administers(cx) {
        return Ok(None);
    }
    Ok(find(cx, RoomRef::Id(rid.clone())).await?.filter(|found| found.kind() == RoomKind::Direct))
}

/// As [`look_up`], for those of the rooms that there are.
pub(crate) fn look_up_some(cx: &Caller, db: &mut Conn, ids: &[RoomId]) -> Result<Vec<Found>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rooms = db.rooms().some(ids)?;
    let parents: Vec<RoomId> = rooms.iter().filter_map(|room| room.extra.prid.clone()).collect();
    let parents = if parents.is_empty() { Vec::new() } else { db.rooms().some(&parents)? };
    let all: Vec<RoomId> = rooms.iter().chain(&parents).map(|room| room.id.clone()).collect();
    let seats = db.subscriptions().in_rooms(cx.id(), &all)?;
    let found = |room: Room, parent| {
        let seat = seats.iter().find(|seat| seat.rid == room.id).cloned();
        Found { room, seat, parent }
    };
    let with_parent = |room: Room| {
        // A discussion's parent is never a discussion.
        let parent = parents.iter().find(|one| Some(&one.id) == room.extra.prid.as_ref() && one.extra.prid.is_none());
        let parent = parent.map(|parent| Box::new(found(parent.clone(), None)));
        found(room, parent)
    };
    Ok(rooms.into_iter().map(with_parent).collect())
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

/// Whether the caller may read the room; false also where there is none.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn readable(cx: &Caller, rid: &RoomId) -> Result<bool> {
    let found = find(cx, RoomRef::Id(rid.clone())).await?;
    Ok(found.is_some_and(|found| access::may_read(cx, &found)))
}

/// Whether a channel or group has exactly this name. Who makes a room is told so as well.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn name_exists(cx: &Caller, name: String) -> Result<bool> {
    cx.read(move |db| Ok(db.rooms().by_name(&name)?.is_some())).await
}

/// Where `chat.postMessage` posts: `#name`; `@user` (a user name or id) for the direct room with that user, which is made
/// when it is not there; else a room's id or name, or a user's id.
///
/// # Errors
/// `invalid-channel` for nothing, and for a group or direct room that the caller cannot read; as [`create_direct`].
pub(crate) async fn post_target(cx: &Caller, name: &str) -> Result<Found> {
    let invalid = || Error::new("invalid-channel", "");
    let room = match (name.strip_prefix('#'), name.strip_prefix('@')) {
        (Some(name), _) => find(cx, RoomRef::IdOrName(name.to_owned())).await?,
        (_, Some(user)) => direct::with(cx, user, false).await?,
        _ => match find(cx, RoomRef::IdOrName(name.to_owned())).await? {
            Some(room) => Some(room),
            None => direct::with(cx, name, true).await?,
        },
    };
    room.filter(|room| room.kind() == RoomKind::Channel || access::may_read(cx, room)).ok_or_else(invalid)
}

/// The key that orders everything about a room.
pub(crate) fn key(rid: &RoomId) -> Key {
    Key::Room(rid.clone())
}

/// Records that a room's document changed; `named` when members see it in their subscriptions too.
pub(crate) fn changed(tx: &mut Tx<'_>, rid: &RoomId, named: bool) {
    tx.emit(key(rid), Event::RoomChanged { rid: rid.clone(), named });
}
