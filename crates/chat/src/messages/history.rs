//! Reading back: pages of a room's messages.
//!
//! A page is read, named and shown in one read: the room and the caller's membership of it, the messages, and the names
//! that are not in memory. Bodies are not parsed.

use super::change;
use crate::access::{self, Found};
use crate::rooms::{self, RoomRef};
use crate::{Caller, people};
use gantry_model::{Error, MessageId, MessageView, Millis, Permission, Result, RoomId, RoomKind, Settings};
use gantry_store::{AuditEntry, Conn, History, Tx};
use serde_json::json;

/// Messages of one page, at most.
const MOST: i64 = 10_000;

/// The part of a room's history that is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// Messages before this, newest first; from the newest without.
    pub latest: Option<Millis>,
    /// Messages after this.
    pub oldest: Option<Millis>,
    /// The bounds themselves belong to it.
    pub inclusive: bool,
    /// So many are passed over first.
    pub offset: i64,
    /// At most so many, all that share the last one's time among them.
    pub count: i64,
    /// Replies that are only in their thread are in it.
    pub threads: bool,
    /// What came after this and is older than the page is counted.
    pub unread_since: Option<Millis>,
}

impl Default for Stretch {
    /// The newest 20.
    fn default() -> Self {
        Self { latest: None, oldest: None, inclusive: false, offset: 0, count: 20, threads: true, unread_since: None }
    }
}

/// A page of a room's history.
#[derive(Clone)]
pub struct Page {
    /// Newest first.
    pub messages: Vec<MessageView>,
    /// The first one that is unread and older than the page.
    pub first_unread: Option<MessageView>,
    /// How many are unread and older than the page, at most 10,000.
    pub unread_not_loaded: i64,
}

/// The system types that are shown nowhere: `Hide_System_Messages`, a group of types spelt out.
pub fn hidden_types(settings: &Settings) -> Vec<String> {
    let mut hidden = settings.hot().message.hidden_system.clone();
    if let Some(at) = hidden.iter().position(|kind| kind == "mute_unmute") {
        hidden.splice(at..=at, ["user-muted".to_owned(), "user-unmuted".to_owned()]);
    }
    hidden
}

/// A page of a room's history; nothing for who may not read the room, and where there is none.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn history(cx: &Caller, rid: &RoomId, asked: Stretch) -> Result<Option<Page>> {
    history_of(cx, RoomRef::Id(rid.clone()), |_, found| Ok(found), asked).await
}

/// As [`history`], of the room that `admit` makes of what was found; for callers with words of their own for rooms they
/// do not take. Both happen in one read.
///
/// # Errors
/// Also what `admit` refuses with.
pub async fn history_of(
    cx: &Caller,
    room: RoomRef,
    admit: impl FnOnce(&Caller, Option<Found>) -> Result<Option<Found>> + Send + 'static,
    asked: Stretch,
) -> Result<Option<Page>> {
    let page = History {
        latest: asked.latest,
        oldest: asked.oldest,
        inclusive: asked.inclusive,
        offset: asked.offset.max(0),
        count: asked.count.clamp(0, MOST),
        ..visible(cx, asked.threads)
    };
    in_room(cx, room, admit, move |me, db, found| {
        let rid = found.id();
        let messages = db.messages().history(rid, &page)?;
        let (mut first, mut unread) = (Vec::new(), 0);
        if let (Some(since), Some(last)) = (asked.unread_since, messages.last())
            && last.ts > since
        {
            let between = History { latest: Some(last.ts), oldest: Some(since), ascending: true, count: 1, ..page };
            let between = History { inclusive: false, offset: 0, ..between };
            first = db.messages().history(rid, &between)?;
            unread = db.messages().history_count(rid, &between)?;
        }
        first.truncate(1);
        Ok(Page {
            messages: people::views_in(me.chat(), db, messages)?,
            first_unread: people::views_in(me.chat(), db, first)?.pop(),
            unread_not_loaded: unread,
        })
    })
    .await
}

/// The messages after `after`, oldest first; from the room's first without.
///
/// Nothing for who may not read the room, and where there is none.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn next(cx: &Caller, rid: &RoomId, after: Option<Millis>, count: i64) -> Result<Option<Vec<MessageView>>> {
    let page = History { oldest: after, ascending: true, count: count.clamp(0, MOST), ..visible(cx, true) };
    of_room(cx, rid, move |me, db, found| {
        let messages = db.messages().history(found.id(), &page)?;
        people::views_in(me.chat(), db, messages)
    })
    .await
}

/// What came since `since`, newest first, at most the newest 10,000.
///
/// Nothing for who may not read the room, and where there is none.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn missed(cx: &Caller, rid: &RoomId, since: Millis) -> Result<Option<Vec<MessageView>>> {
    let asked = Stretch { oldest: Some(since), count: MOST, ..Stretch::default() };
    Ok(history(cx, rid, asked).await?.map(|page| page.messages))
}

/// A message with those around it.
#[derive(Clone)]
pub struct Surrounding {
    /// Those before it, newest first; itself; those after it, oldest first.
    pub messages: Vec<MessageView>,
    /// There are older ones.
    pub more_before: bool,
    /// There are newer ones.
    pub more_after: bool,
}

/// A message with those around it, `limit` in all; nothing where it is not there, or not for this caller.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn surrounding(cx: &Caller, id: &MessageId, limit: i64) -> Result<Option<Surrounding>> {
    let Some((message, _)) = change::find(cx, id).await? else { return Ok(None) };
    let others = limit.clamp(1, MOST) - 1;
    let (older, newer) = (others - others / 2, others / 2);
    let before = History { latest: Some(message.ts), count: older, ..visible(cx, true) };
    let after = History { oldest: Some(message.ts), ascending: true, count: newer, ..visible(cx, true) };
    of_room(cx, &message.rid.clone(), move |me, db, found| {
        let before = db.messages().history(found.id(), &before)?;
        let after = db.messages().history(found.id(), &after)?;
        let enough = |found: usize, wanted: i64| wanted > 0 && found as i64 >= wanted;
        let (more_before, more_after) = (enough(before.len(), older), enough(after.len(), newer));
        let messages = before.into_iter().chain([message]).chain(after).collect();
        Ok(Surrounding { messages: people::views_in(me.chat(), db, messages)?, more_before, more_after })
    })
    .await
}

/// A list of a room's messages as `channels.messages` asks for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Oldest first; newest first without.
    pub ascending: bool,
    /// So many are passed over first.
    pub offset: i64,
    /// At most so many.
    pub count: i64,
    /// Only those that name one of these users. Nothing keeps record of that yet: an empty list.
    pub mentioning: Vec<String>,
    /// Only those that these users starred; likewise.
    pub starred_by: Vec<String>,
    /// Only those that are pinned; likewise.
    pub pinned: bool,
}

/// A page of a room's messages, system messages among them, and how many there are in all; nothing for who may not read
/// the room, and where there is none.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn list(cx: &Caller, rid: &RoomId, asked: Listing) -> Result<Option<(Vec<MessageView>, i64)>> {
    of_room(cx, rid, move |me, db, found| {
        if asked.pinned || !asked.mentioning.is_empty() || !asked.starred_by.is_empty() {
            return Ok((Vec::new(), 0));
        }
        let (offset, count) = (asked.offset.max(0), asked.count.clamp(0, MOST));
        let messages = db.messages().page(found.id(), asked.ascending, offset, count)?;
        Ok((people::views_in(me.chat(), db, messages)?, found.room.msgs))
    })
    .await
}

/// Whether the caller may read direct rooms of others: `view-room-administration` (403), and
/// `API_Enable_Direct_Message_History_EndPoint` (`error-endpoint-disabled`).
///
/// # Errors
/// As above.
pub fn require_oversight(cx: &Caller) -> Result<()> {
    cx.require(Permission::ViewRoomAdministration)?;
    match cx.chat().settings().bool("API_Enable_Direct_Message_History_EndPoint") {
        true => Ok(()),
        false => {
            let route = json!({ "route": "/api/v1/im.messages.others" });
            Err(Error::new("error-endpoint-disabled", "This endpoint is disabled").with_details(route))
        }
    }
}

/// A page of a direct room's messages, whoever is in it, as [`list`]; it is recorded who looked.
///
/// In order: as [`require_oversight`]; it is a direct room (`error-room-not-found`).
///
/// # Errors
/// As above.
pub async fn of_others(cx: &Caller, rid: &RoomId, asked: Listing) -> Result<(Vec<MessageView>, i64)> {
    require_oversight(cx)?;
    let looked = rid.clone();
    let record = move |me: &Caller, tx: &mut Tx<'_>| {
        require_oversight(me)?;
        let room = tx.rooms().get(&looked)?.filter(|room| room.kind == RoomKind::Direct);
        room.ok_or_else(|| {
            let text = format!("No direct message room found by the id of: {looked}");
            Error::new("error-room-not-found", text)
        })?;
        tx.audit().record(&AuditEntry {
            uid: Some(me.id().clone()),
            ip: Some(me.origin().ip.to_string()),
            act: "direct.read",
            target: Some(looked.to_string()),
            details: json!({}),
        })
    };
    cx.write([rooms::key(rid)], record).await?;
    let (me, rid) = (cx.clone(), rid.clone());
    cx.read(move |db| {
        let total = db.rooms().get(&rid)?.map_or(0, |room| room.msgs);
        let (offset, count) = (asked.offset.max(0), asked.count.clamp(0, MOST));
        let messages = db.messages().page(&rid, asked.ascending, offset, count)?;
        Ok((people::views_in(me.chat(), db, messages)?, total))
    })
    .await
}

/// Those of `ids` that the caller may read, in the order asked for.
///
/// # Errors
/// 400 `Match failed` for more than 1,000 ids.
pub async fn some(cx: &Caller, ids: Vec<MessageId>) -> Result<Vec<MessageView>> {
    if ids.len() > 1_000 {
        return Err(Error::numbered(400, "Match failed"));
    }
    let me = cx.clone();
    cx.read(move |db| {
        let mut messages = db.messages().some(&ids)?;
        let readable = readable_of(&me, db, messages.iter().map(|message| &message.rid))?;
        messages.retain(|message| readable.contains(&message.rid));
        messages.sort_by_cached_key(|message| ids.iter().position(|id| *id == message.id));
        people::views_in(me.chat(), db, messages)
    })
    .await
}

/// Which of these rooms the caller may read. Few at a time: clients ask for messages of the room they show.
fn readable_of<'a>(me: &Caller, db: &mut Conn, rids: impl Iterator<Item = &'a RoomId>) -> Result<Vec<RoomId>> {
    let distinct: std::collections::BTreeSet<&RoomId> = rids.collect();
    let mut readable = Vec::new();
    for rid in distinct {
        let found = rooms::look_up(me, db, &RoomRef::Id(rid.clone()))?;
        readable.extend(found.filter(|found| access::may_read(me, found)).map(|found| found.room.id));
    }
    Ok(readable)
}

/// What is in every page: nothing that is hidden.
fn visible(cx: &Caller, threads: bool) -> History {
    let hidden = hidden_types(&cx.chat().settings());
    History { without_threads: !threads, hidden, ..History::default() }
}

/// Reads in a room that the caller may read, or as a guest of a channel may look into (`preview-c-room`).
async fn of_room<T: Send + 'static>(
    cx: &Caller,
    rid: &RoomId,
    read: impl FnOnce(&Caller, &mut Conn, &Found) -> Result<T> + Send + 'static,
) -> Result<Option<T>> {
    in_room(cx, RoomRef::Id(rid.clone()), |_, found| Ok(found), read).await
}

/// Looks a room up and reads in it, in one read; nothing where `admit` makes nothing of it, or it is not for the caller.
async fn in_room<T: Send + 'static>(
    cx: &Caller,
    room: RoomRef,
    admit: impl FnOnce(&Caller, Option<Found>) -> Result<Option<Found>> + Send + 'static,
    read: impl FnOnce(&Caller, &mut Conn, &Found) -> Result<T> + Send + 'static,
) -> Result<Option<T>> {
    let me = cx.clone();
    cx.read(move |db| {
        let found = rooms::look_up(&me, db, &room)?;
        match admit(&me, found)?.filter(|found| may_look_into(&me, found)) {
            Some(found) => read(&me, db, &found).map(Some),
            None => Ok(None),
        }
    })
    .await
}

fn may_look_into(me: &Caller, found: &Found) -> bool {
    let banned = found.seat.as_ref().is_some_and(crate::subscriptions::is_banned);
    let preview = found.kind() == RoomKind::Channel && !banned && me.has(Permission::PreviewCRoom);
    access::may_read(me, found) || preview
}
