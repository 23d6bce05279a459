//! Sending: what a member says in a room.
//!
//! A message costs a constant number of writes however many members the room has: itself, the room's row, the sender's
//! membership, and one for each member it mentions by name.

use super::delete::{EMPTIED, REMOVED};
use super::draft::{Draft, Prepared};
use super::ephemeral;
use super::highlights;
use super::mentions::Mentions;
use super::system::next_ts;
use crate::access::{self, Found};
use crate::rooms::{self, RoomRef};
use crate::{Caller, people, subscriptions};
use gantry_model::event::{Addressed, Event, MessageSent};
use gantry_model::{
    Error, Message, MessageId, MessageView, Millis, Permission, Result, Room, RoomId, RoomKind, UserId,
};
use gantry_store::Tx;
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::Arc;

/// `details.method` of refusals.
const SEND: &str = "sendMessage";

/// Sends `draft` to a room; the message as it is stored.
///
/// In order: the draft itself ([`Draft`]'s limits); the room is there and the caller may read it (a plain
/// `error-invalid-room`); it is not archived, not blocked, not read only without `post-readonly` (plain texts); the caller
/// is not muted (`error-not-allowed`), and holds `message-impersonate` where the draft shows another face (a plain text);
/// the thread is in this room (`error-invalid-message`); `@all` and `@here` are permitted (`error-action-not-allowed`).
/// A reply to a reply belongs to the same thread. The sender is also told of a refusal in the room itself. Messages that the
/// text links to are quoted where the sender may read them.
///
/// The same `_id` sent again by the same sender to the same room is the same message: what is stored is answered, once
/// deleted its remains; anybody else's is `error-not-allowed`.
///
/// # Errors
/// As above.
pub async fn send(cx: &Caller, rid: &RoomId, draft: Draft) -> Result<MessageView> {
    deliver(cx, rid, draft, |_, found| found.ok_or_else(no_room).map(Some)).await?.ok_or_else(no_room)
}

/// As [`send`], only for a member of the room who may read it: nothing for anybody else, and where there is no room.
///
/// # Errors
/// As [`send`].
pub(super) async fn send_as_member(cx: &Caller, rid: &RoomId, draft: Draft) -> Result<Option<MessageView>> {
    deliver(cx, rid, draft, |me, found| Ok(found.filter(|found| found.is_member() && access::may_read(me, found))))
        .await
}

/// Sends `draft` to what `admit` makes of the room that was found; nothing is sent where it makes nothing.
async fn deliver(
    cx: &Caller,
    rid: &RoomId,
    mut draft: Draft,
    admit: impl Fn(&Caller, Option<Found>) -> Result<Option<Found>> + Send + 'static,
) -> Result<Option<MessageView>> {
    draft.check(cx)?;
    draft.make_plain()?;
    let prepared = draft.prepare(cx).await?;
    let highlighted = cx.chat().state().highlights().in_text(&draft.msg);
    let room = rid.clone();
    let sent = cx.write([rooms::key(rid)], move |me, tx| {
        if let Some(stored) = repeated(me, tx, &room, draft.id.as_ref())? {
            return Ok(Some(Arc::new(stored)));
        }
        let found = rooms::look_up(me, tx, &RoomRef::Id(room.clone()))?;
        let Some(mut found) = admit(me, found)? else { return Ok(None) };
        may_post(me, &found)?;
        if draft.impersonates() && !me.has_in(Permission::MessageImpersonate, found.seat.as_ref()) {
            return Err(Error::text("Not enough permission"));
        }
        let thread = draft.tmid.as_ref().map(|tmid| thread(tx, tmid, &room)).transpose()?;
        let mentions = Mentions::of(me, tx, &prepared.text.found)?;
        mentions.check(me, &found.room, found.seat.as_ref())?;
        let (thread, starter) = thread.unzip();
        let addressed = addressed(me, &found.room, &mentions, &highlighted, starter);
        let message = message(me, tx, &found.room, &draft, (&prepared, &mentions, thread));
        store(me, tx, &mut found, message, addressed).map(Some)
    });
    match sent.await.inspect_err(|refused| ephemeral::tell_refusal(cx, rid, refused))? {
        Some(sent) => people::view(cx.chat(), sent).await.map(Some),
        None => Ok(None),
    }
}

/// What was sent before under this id: by the same sender to the same room it is the same message.
fn repeated(me: &Caller, tx: &mut Tx<'_>, rid: &RoomId, id: Option<&MessageId>) -> Result<Option<Message>> {
    let Some(id) = id else { return Ok(None) };
    match tx.messages().known(id)? {
        None => Ok(None),
        Some((room, author, _)) if room != *rid || author != *me.id() => Err(Error::not_allowed(SEND)),
        Some((_, author, Some(at))) => Ok(Some(remains(id, rid, &author, at))),
        Some((.., None)) => tx.messages().get(id),
    }
}

/// What is left of a message that was deleted without a trace.
fn remains(id: &MessageId, rid: &RoomId, author: &UserId, at: Millis) -> Message {
    Message {
        id: id.clone(),
        rid: rid.clone(),
        ts: at,
        place: 0,
        updated: at,
        author: author.clone(),
        kind: Some(REMOVED.into()),
        body: EMPTIED.into(),
        tmid: None,
        tshow: false,
        edited: None,
        reactions: Vec::new(),
    }
}

/// A room that is not there, or not for this caller; no telling which.
fn no_room() -> Error {
    Error::text("error-invalid-room")
}

/// Refuses who may not post in the room.
///
/// # Errors
/// Plain texts: `error-invalid-room` without access, and for an archived, blocked or read-only room; `error-not-allowed`
/// for who is muted.
pub(crate) fn may_post(me: &Caller, found: &Found) -> Result<()> {
    let (room, seat) = (&found.room, found.seat.as_ref());
    access::require(me, found, no_room)?;
    if room.archived {
        return Err(Error::text("room_is_archived"));
    }
    if seat.is_some_and(subscriptions::is_blocked) {
        return Err(Error::text("room_is_blocked"));
    }
    if room.ro && !room.extra.unmuted.contains(me.id()) && !me.has_in(Permission::PostReadonly, seat) {
        return Err(Error::text("You can't send messages because the room is readonly."));
    }
    if room.extra.muted.contains(me.id()) {
        let text = "You have been muted and cannot speak in this room";
        return Err(Error::new("error-not-allowed", text).with_details(json!({ "rid": room.id })));
    }
    Ok(())
}

/// The thread of a reply to `tmid`, and who began it.
fn thread(tx: &mut Tx<'_>, tmid: &MessageId, rid: &RoomId) -> Result<(MessageId, UserId)> {
    let parent = tx.messages().get(tmid)?.filter(|parent| parent.rid == *rid);
    let parent = parent.ok_or_else(|| Error::new("error-invalid-message", "Invalid message").in_method(SEND))?;
    let Some(first) = parent.tmid else { return Ok((parent.id, parent.author)) };
    let starter = tx.messages().get(&first)?.map_or(parent.author, |first| first.author);
    Ok((first, starter))
}

fn message(
    me: &Caller,
    tx: &Tx<'_>,
    room: &Room,
    draft: &Draft,
    (prepared, mentions, tmid): (&Prepared, &Mentions, Option<MessageId>),
) -> Message {
    Message {
        id: draft.id.clone().unwrap_or_else(|| tx.id()),
        rid: room.id.clone(),
        ts: next_ts(room, tx.stamp()),
        place: room.last_place + 1,
        updated: tx.stamp(),
        author: me.id().clone(),
        kind: None,
        body: prepared.text.body(mentions, &prepared.rest),
        tmid,
        tshow: draft.tshow,
        edited: None,
        reactions: Vec::new(),
    }
}

/// Writes the message, the room, and the memberships it touches. The room's key is held.
fn store(
    me: &Caller,
    tx: &mut Tx<'_>,
    found: &mut Found,
    message: Message,
    addressed: Addressed,
) -> Result<Arc<Message>> {
    let Found { room, seat, .. } = found;
    if !tx.messages().insert(&message)? {
        return Err(Error::not_allowed(SEND));
    }
    let shown = message.tmid.is_none() || message.tshow;
    let counted = count(me, tx, room, &message, &addressed, shown)?;
    if let (Some(seat), true) = (seat, shown) {
        seat.read(room.counters, access::seen(room, tx.stamp()));
        tx.subscriptions().update_read(seat)?;
    }
    let message = Arc::new(message);
    let sent = MessageSent {
        message: message.clone(),
        author: Arc::new(me.user().person()),
        kind: room.kind,
        room_name: room.name.clone(),
        alerts: shown,
        counts: counted.for_all,
        mentioned: counted.mentioned,
        addressed: Some(Box::new(addressed)),
    };
    tx.emit(rooms::key(&room.id), Event::MessageSent(Box::new(sent)));
    Ok(message)
}

/// Whom the message is for, never its author: those it names, those with a highlight word in it; in a thread also who began
/// it, and in a direct room everybody.
fn addressed(
    me: &Caller,
    room: &Room,
    mentions: &Mentions,
    highlighted: &[UserId],
    starter: Option<UserId>,
) -> Addressed {
    let others = |uid: &&UserId| *uid != me.id();
    let named: Vec<UserId> = mentions.people().filter(others).cloned().collect();
    let followers: Vec<UserId> = match &starter {
        Some(starter) => [starter].into_iter().chain(&room.uids).chain(&named).filter(others).cloned().collect(),
        None => Vec::new(),
    };
    Addressed {
        highlighted: sorted(highlighted.iter().filter(others).cloned().collect()),
        named: sorted(named),
        everybody: mentions.everybody(),
        followers: sorted(followers),
        members: room.users_count,
        place: rooms::shown(&me.chat().settings(), room).to_owned(),
        participants: room.uids.clone(),
    }
}

fn sorted(mut uids: Vec<UserId>) -> Vec<UserId> {
    uids.sort_unstable();
    uids
}

/// Those for whom it counts as a mention: whom it names, and the members with a highlight word in it.
fn meant(tx: &mut Tx<'_>, rid: &RoomId, addressed: &Addressed) -> Result<BTreeSet<UserId>> {
    let highlighted = highlights::members(tx, rid, &addressed.highlighted)?;
    Ok(addressed.named.iter().cloned().chain(highlighted).collect())
}

struct Counted {
    for_all: bool,
    mentioned: Vec<UserId>,
}

/// Moves the room's counters and adds the mentions, by the four rules of unread counting.
fn count(
    me: &Caller,
    tx: &mut Tx<'_>,
    room: &mut Room,
    message: &Message,
    addressed: &Addressed,
    shown: bool,
) -> Result<Counted> {
    room.msgs += 1;
    room.last_ts = message.ts;
    room.last_place = message.place;
    let mut counted = Counted { for_all: false, mentioned: Vec::new() };
    if shown {
        room.lm = Some(message.ts);
        room.last_message = Some(message.id.clone());
        let (rule, meant) = (Rule::of(me, room.kind), meant(tx, &room.id, addressed)?);
        let for_everybody = addressed.everybody && meant.is_empty();
        let unread = if for_everybody { rule.group } else { i64::from(rule.all && !addressed.everybody) };
        room.counters.alert += 1;
        room.counters.unread += unread;
        room.counters.group += i64::from(for_everybody);
        room.counted_at = tx.stamp();
        counted.for_all = unread > 0 || for_everybody;
        for uid in meant {
            if tx.subscriptions().mention(&room.id, &uid, rule.user - unread)? {
                counted.mentioned.push(uid);
            }
        }
    }
    tx.rooms().update_activity(room)?;
    Ok(counted)
}

/// What counts as unread, by the room's kind.
struct Rule {
    user: i64,
    group: i64,
    all: bool,
}

impl Rule {
    fn of(me: &Caller, kind: RoomKind) -> Self {
        let settings = me.chat().settings();
        let message = &settings.hot().message;
        let direct = kind == RoomKind::Direct;
        let value = if direct { message.unread_direct } else { message.unread };
        Self {
            user: i64::from(direct || value.counts_user_mentions()),
            group: i64::from(direct || value.counts_group_mentions()),
            all: value.counts_all(),
        }
    }
}
