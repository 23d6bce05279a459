//! Sending: what a member says in a room.
//!
//! A message costs a constant number of writes however many members the room has: itself, the room's row, the sender's
//! membership, and one for each member it mentions by name.

use super::draft::Draft;
use super::mentions::Mentions;
use super::system::next_ts;
use crate::access::{self, Found};
use crate::rooms::{self, RoomRef};
use crate::{Caller, people, subscriptions};
use gantry_markup as markup;
use gantry_model::event::{Event, MessageSent};
use gantry_model::{Error, Message, MessageId, MessageView, Permission, Result, Room, RoomId, RoomKind, UserId};
use gantry_store::Tx;
use serde_json::json;
use std::sync::Arc;

/// `details.method` of refusals.
const SEND: &str = "sendMessage";

/// Where `chat.postMessage` posts to.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// A room's id, a name, `#name`, or `@user` for a direct room that is made when it is not there.
    Named(String),
}

/// Sends `draft` to a room; the message as it is stored.
///
/// In order: the draft itself ([`Draft`]'s limits); the room exists and the caller may read it (`error-invalid-room`,
/// `error-not-allowed`); not archived, not blocked, not read only without `post-readonly`, not muted; `@all` and `@here`
/// are permitted. The same `_id` sent again by the same sender to the same room is the same message: what is stored is
/// answered, once deleted its remains; anybody else's is `error-not-allowed`.
///
/// # Errors
/// As above.
pub async fn send(cx: &Caller, rid: &RoomId, draft: Draft) -> Result<MessageView> {
    draft.check(cx)?;
    let found = markup::scan(&draft.msg, &cx.chat().state().reading().naming);
    let rid = rid.clone();
    let message = cx
        .write([rooms::key(&rid)], move |me, tx| {
            if let Some(stored) = repeated(me, tx, &rid, draft.id.as_ref())? {
                return Ok(Arc::new(stored));
            }
            let mut room =
                rooms::look_up(me, tx, &RoomRef::Id(rid.clone()))?.ok_or_else(|| Error::invalid_room(SEND))?;
            may_post(me, &room)?;
            if let Some(tmid) = &draft.tmid {
                in_room(tx, tmid, &rid)?;
            }
            let mentions = Mentions::of(me, tx, &found)?;
            mentions.check(me, &room.room, room.seat.as_ref())?;
            store(me, tx, &mut room, &draft, &mentions, &found)
        })
        .await?;
    people::view(cx.chat(), message).await
}

/// Finds where `chat.postMessage` is to post, and sends. A channel the caller could join is joined by posting to it.
///
/// # Errors
/// `error-invalid-room`'s kin for a target that is not there; then as [`send`].
pub async fn post(cx: &Caller, target: Target, draft: Draft) -> Result<(RoomId, String, MessageView)> {
    let Target::Named(name) = target;
    let found = rooms::post_target(cx, &name).await?;
    if !found.is_member() && found.kind() == RoomKind::Channel {
        rooms::join(cx, &found, None).await?;
    }
    let label = found.label().to_owned();
    let view = send(cx, found.id(), draft).await?;
    Ok((found.id().clone(), label, view))
}

/// What was sent before under this id: by the same sender to the same room it is the same message.
fn repeated(me: &Caller, tx: &mut Tx<'_>, rid: &RoomId, id: Option<&MessageId>) -> Result<Option<Message>> {
    let Some(id) = id else { return Ok(None) };
    if let Some(stored) = tx.messages().get(id)? {
        return if stored.rid == *rid && stored.author == *me.id() {
            Ok(Some(stored))
        } else {
            Err(Error::not_allowed(SEND))
        };
    }
    match tx.messages().removed(id)? {
        None => Ok(None),
        Some((room, author, at)) if room == *rid && author == *me.id() => Ok(Some(remains(id, rid, &author, at))),
        Some(_) => Err(Error::not_allowed(SEND)),
    }
}

/// What is left of a message that was deleted without a trace.
fn remains(id: &MessageId, rid: &RoomId, author: &UserId, at: gantry_model::Millis) -> Message {
    Message {
        id: id.clone(),
        rid: rid.clone(),
        ts: at,
        place: 0,
        updated: at,
        author: author.clone(),
        kind: Some("rm".into()),
        body: "{\"msg\":\"\",\"urls\":[],\"mentions\":[],\"channels\":[]}".into(),
        tmid: None,
        tshow: false,
        edited: None,
        reactions: Vec::new(),
    }
}

/// Refuses who may not post in the room.
///
/// # Errors
/// `error-not-allowed` without access, and for who is muted; plain texts for an archived, blocked or read-only room.
pub(crate) fn may_post(me: &Caller, found: &Found) -> Result<()> {
    let (room, seat) = (&found.room, found.seat.as_ref());
    if !access::may_read(me, found) || seat.is_some_and(subscriptions::is_banned) {
        return Err(Error::not_allowed(SEND));
    }
    let username = me.user().username.as_ref().map(gantry_model::Username::as_str).unwrap_or_default();
    if room.archived {
        return Err(Error::text("room_is_archived"));
    }
    if seat.is_some_and(subscriptions::is_blocked) {
        return Err(Error::text("room_is_blocked"));
    }
    let listed = |names: &[String]| names.iter().any(|name| name == username);
    if room.ro && !listed(&room.extra.unmuted) && !me.has_in(Permission::PostReadonly, seat) {
        return Err(Error::text("You can't send messages because the room is readonly."));
    }
    if listed(&room.extra.muted) {
        let text = "You have been muted and cannot speak in this room";
        return Err(Error::new("error-not-allowed", text).with_details(json!({ "rid": room.id })));
    }
    Ok(())
}

fn in_room(tx: &mut Tx<'_>, tmid: &MessageId, rid: &RoomId) -> Result<()> {
    match tx.messages().get(tmid)? {
        Some(parent) if parent.rid == *rid => Ok(()),
        _ => Err(Error::new("error-invalid-message", "Invalid message").in_method(SEND)),
    }
}

/// Writes the message, the room, and the memberships it touches. The room's key is held.
fn store(
    me: &Caller,
    tx: &mut Tx<'_>,
    found: &mut Found,
    draft: &Draft,
    mentions: &Mentions,
    scanned: &markup::Found,
) -> Result<Arc<Message>> {
    let Found { room, seat, .. } = found;
    let message = Message {
        id: draft.id.clone().unwrap_or_else(|| tx.id()),
        rid: room.id.clone(),
        ts: next_ts(room, tx.stamp()),
        place: room.last_place + 1,
        updated: tx.stamp(),
        author: me.id().clone(),
        kind: None,
        body: draft.body(me.chat(), mentions, scanned),
        tmid: draft.tmid.clone(),
        tshow: draft.tshow,
        edited: None,
        reactions: Vec::new(),
    };
    if !tx.messages().insert(&message)? {
        return Err(Error::not_allowed(SEND));
    }
    let shown = message.tmid.is_none() || message.tshow;
    let counted = count(me, tx, room, &message, mentions, shown)?;
    if let (Some(seat), true) = (seat, shown) {
        seat.read(room.counters, access::seen(room, tx.stamp()));
        tx.subscriptions().update(seat)?;
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
    };
    tx.emit(rooms::key(&room.id), Event::MessageSent(Box::new(sent)));
    Ok(message)
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
    mentions: &Mentions,
    shown: bool,
) -> Result<Counted> {
    room.msgs += 1;
    room.last_ts = message.ts;
    room.last_place = message.place;
    let mut counted = Counted { for_all: false, mentioned: Vec::new() };
    if shown {
        room.lm = Some(message.ts);
        room.last_message = Some(message.id.clone());
        let rule = Rule::of(me, room.kind);
        let named: Vec<UserId> = mentions.people().filter(|uid| *uid != me.id()).cloned().collect();
        let for_everybody = mentions.everybody() && named.is_empty();
        let unread = if for_everybody { rule.group } else { i64::from(rule.all && !mentions.everybody()) };
        room.counters.alert += 1;
        room.counters.unread += unread;
        room.counters.group += i64::from(for_everybody);
        room.counted_at = tx.stamp();
        counted.for_all = unread > 0 || for_everybody;
        for uid in named {
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
