//! Lists of rooms, a page at a time.

use crate::Caller;
use crate::access::{self, RoomDoc};
use gantry_model::{Permission, Result, RoomId, RoomKind, Subscription};
use gantry_store::RoomFilter;
use std::collections::HashMap;

pub use gantry_store::RoomColumn;

/// A page of a list of rooms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoomQuery {
    /// Sorted by these, each downwards or not; by name without any.
    pub order: Vec<(RoomColumn, bool)>,
    /// Part of name or display name, in any case.
    pub text: Option<String>,
    /// So many are passed over.
    pub offset: u64,
    /// At most so many; all of them without.
    pub count: Option<u64>,
}

/// The rooms of one kind that the caller may know of, and how many there are in all: channels with `view-c-room`, else
/// those the caller is a member of.
///
/// # Errors
/// For channels without `view-c-room` and `view-joined-room`: 403.
pub async fn list(cx: &Caller, kind: RoomKind, query: RoomQuery) -> Result<(Vec<RoomDoc>, i64)> {
    let all = kind == RoomKind::Channel && cx.has(Permission::ViewCRoom);
    if kind == RoomKind::Channel && !all {
        cx.require(Permission::ViewJoinedRoom)?;
    }
    let member = (!all).then(|| cx.id().clone());
    page(cx, RoomFilter { kinds: vec![kind], member, ..RoomFilter::default() }, query).await
}

/// The rooms of one kind that the caller is a member of, and how many there are in all.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn joined(cx: &Caller, kind: RoomKind, query: RoomQuery) -> Result<(Vec<RoomDoc>, i64)> {
    let member = Some(cx.id().clone());
    page(cx, RoomFilter { kinds: vec![kind], member, ..RoomFilter::default() }, query).await
}

/// All rooms of some kinds, whoever is in them, and how many there are in all.
///
/// # Errors
/// Without `view-room-administration`: 403.
pub async fn list_all(cx: &Caller, kinds: Vec<RoomKind>, query: RoomQuery) -> Result<(Vec<RoomDoc>, i64)> {
    cx.require(Permission::ViewRoomAdministration)?;
    if kinds.is_empty() {
        return Ok((Vec::new(), 0));
    }
    page(cx, RoomFilter { kinds, ..RoomFilter::default() }, query).await
}

/// A room, whoever is in it; nothing where there is none.
///
/// # Errors
/// Without `view-room-administration`: 403.
pub async fn any(cx: &Caller, rid: RoomId) -> Result<Option<RoomDoc>> {
    cx.require(Permission::ViewRoomAdministration)?;
    match access::room(cx, &rid).await {
        Ok(room) => Ok(Some(room)),
        Err(gone) if gone.is("error-invalid-room") => Ok(None),
        Err(error) => Err(error),
    }
}

/// Channels and the groups the caller is in, and how many there are in all; for who may see channels.
pub(crate) async fn known_to(cx: &Caller, query: RoomQuery) -> Result<(Vec<RoomDoc>, i64)> {
    page(cx, RoomFilter { known_to: Some(cx.id().clone()), ..RoomFilter::default() }, query).await
}

async fn page(cx: &Caller, filter: RoomFilter, query: RoomQuery) -> Result<(Vec<RoomDoc>, i64)> {
    let text = query.text.filter(|text| !text.is_empty());
    let filter = RoomFilter { text, order: query.order, ..filter };
    let (offset, count) = (bounded(query.offset), query.count.map_or(i64::MAX, bounded));
    let me = cx.clone();
    cx.read(move |db| {
        let (rooms, total) = db.rooms().page(&filter, offset, count)?;
        let ids: Vec<RoomId> = rooms.iter().map(|room| room.id.clone()).collect();
        let seats = db.subscriptions().in_rooms(me.id(), &ids)?;
        let mut seats: HashMap<RoomId, Subscription> = seats.into_iter().map(|seat| (seat.rid.clone(), seat)).collect();
        let rooms = rooms.into_iter().map(|room| {
            let seat = seats.remove(&room.id);
            (room, seat)
        });
        Ok((access::rooms(&me, db, rooms.collect())?, total))
    })
    .await
}

/// As the store counts.
pub(super) fn bounded(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
