//! What there is in a room, and what of it somebody has not read.

use super::administers;
use crate::access::{self, Found};
use crate::{Caller, messages, subscriptions};
use gantry_model::{Error, Millis, Result, RoomKind, Subscription, UserId};
use gantry_store::{Conn, History, MemberFilter};
use serde::Serialize;

/// Numbers of a room; what the caller is not told has no value.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CountersDoc {
    joined: bool,
    members: Option<i64>,
    unreads: Option<i64>,
    unreads_from: Option<Millis>,
    msgs: Option<i64>,
    latest: Option<Millis>,
    user_mentions: Option<i64>,
}

/// Counts a room for the caller, or for another, `of`, which [`administers`] must allow (403 `unauthorized`). The
/// room's own numbers are for its members and for who administers rooms, a room that the caller may not read for the latter
/// alone (403 `unauthorized`); a direct room is counted for its participants only (403 `unauthorized`).
///
/// Of direct rooms the unread are those that count as such, of others all that came after the last reading, at most 10,000;
/// who took a channel or group out of the sidebar is not told as joined.
///
/// # Errors
/// As above.
pub async fn counters(cx: &Caller, room: &Found, of: Option<UserId>) -> Result<CountersDoc> {
    let everywhere = administers(cx);
    if !everywhere && (of.is_some() || !access::may_read(cx, room)) {
        return Err(Error::forbidden());
    }
    let (me, found) = (cx.clone(), room.clone());
    cx.read(move |db| {
        let seat = match &of {
            Some(other) => db.subscriptions().get(found.id(), other)?,
            None => found.seat.clone(),
        };
        let seat = seat.filter(|seat| !subscriptions::is_banned(seat));
        if found.kind() == RoomKind::Direct && seat.is_none() {
            return Err(Error::forbidden());
        }
        let mut counted = match &seat {
            Some(seat) => of_member(&me, db, &found, seat)?,
            None => CountersDoc::default(),
        };
        if everywhere || counted.joined {
            counted.members = Some(db.subscriptions().page(found.id(), &MemberFilter::default(), 0, 0)?.1);
            counted.msgs = Some(found.room.msgs);
            counted.latest = Some(found.room.lm.unwrap_or(found.room.updated));
        }
        Ok(counted)
    })
    .await
}

fn of_member(me: &Caller, db: &mut Conn, found: &Found, seat: &Subscription) -> Result<CountersDoc> {
    let unread = seat.in_room(&found.room);
    let direct = found.kind() == RoomKind::Direct;
    if !direct && !unread.open {
        return Ok(CountersDoc::default());
    }
    let from = if direct { seat.ls } else { Some(seat.ls.unwrap_or(seat.joined)) };
    let unreads = match from {
        Some(from) if !direct => {
            let hidden = messages::hidden_types(&me.chat().settings());
            let since = History { oldest: Some(from), hidden, ..History::default() };
            db.messages().history_count(found.id(), &since)?
        }
        _ => unread.unread,
    };
    Ok(CountersDoc {
        joined: true,
        unreads: Some(unreads),
        unreads_from: from,
        user_mentions: Some(unread.user_mentions),
        ..CountersDoc::default()
    })
}
