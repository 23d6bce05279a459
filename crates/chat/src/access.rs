//! Who may see what: the only place that turns something found into something shown.
//!
//! What was looked up is a [`Found`], which cannot be serialised. A [`RoomDoc`] is a room as this caller may see it; it
//! is made here and nowhere else.

use crate::{Caller, Chat, people, subscriptions};
use gantry_model::{
    Author, Error, Message, MessageId, MessageView, Millis, People, Permission, Result, Room, RoomId, RoomKind,
    Subscription, UserId,
};
use gantry_store::Conn;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::collections::HashMap;
use std::sync::Arc;

/// A room that was looked up, with the caller's own membership of it. Says only what errors need.
#[derive(Clone, Debug)]
pub struct Found {
    pub(crate) room: Room,
    pub(crate) seat: Option<Subscription>,
    pub(crate) parent: Option<Box<Found>>,
}

impl Found {
    /// The room's id.
    pub fn id(&self) -> &RoomId {
        &self.room.id
    }

    /// The room's kind.
    pub fn kind(&self) -> RoomKind {
        self.room.kind
    }

    /// What error texts call it: its name; a discussion goes by its display name.
    pub fn label(&self) -> &str {
        let shown = if self.room.extra.prid.is_some() { self.room.fname.as_deref() } else { self.room.name.as_deref() };
        shown.unwrap_or_default()
    }

    /// Closed for new messages.
    pub fn archived(&self) -> bool {
        self.room.archived
    }

    /// Shown in the caller's own sidebar, derived; false for who is no member.
    pub fn open(&self) -> bool {
        self.seat.as_ref().is_some_and(|seat| seat.in_room(&self.room).open)
    }

    /// Whether the caller is a member.
    pub fn is_member(&self) -> bool {
        self.seat.is_some()
    }
}

/// Whether the caller may read the room: everybody with `view-c-room` in a channel; a member with `view-joined-room` or
/// the permission of the kind; and in a discussion whoever may read its parent. A global role alone opens no private
/// room, and who is banned reads nothing.
pub fn may_read(cx: &Caller, found: &Found) -> bool {
    let parent = || found.parent.as_ref().is_some_and(|parent| may_read(cx, parent));
    may_read_room(cx, &found.room, found.seat.as_ref()) || (!is_banned(found) && parent())
}

fn is_banned(found: &Found) -> bool {
    found.seat.as_ref().is_some_and(subscriptions::is_banned)
}

pub(crate) fn may_read_room(cx: &Caller, room: &Room, seat: Option<&Subscription>) -> bool {
    let of_kind = match room.kind {
        RoomKind::Channel => Permission::ViewCRoom,
        RoomKind::Private => Permission::ViewPRoom,
        RoomKind::Direct => Permission::ViewDRoom,
    };
    if seat.is_some_and(subscriptions::is_banned) {
        return false;
    }
    if room.kind == RoomKind::Channel && cx.has(Permission::ViewCRoom) {
        return true;
    }
    seat.is_some() && (cx.has(Permission::ViewJoinedRoom) || cx.has_in(of_kind, seat))
}

/// Refuses who may not read the room with `error`, which should be the family's "not found".
pub fn require(cx: &Caller, found: &Found, error: impl FnOnce() -> Error) -> Result<()> {
    if may_read(cx, found) { Ok(()) } else { Err(error()) }
}

/// A room as a caller may see it: `room` of `rooms.info`, `group` of `groups.*`, and the rest.
pub struct RoomDoc {
    room: Room,
    people: Arc<People>,
    last: Option<Arc<Message>>,
    usernames: Option<Vec<String>>,
}

/// Reads what belongs to rooms that are to be shown, all at once. A room's last message is for those who may read it:
/// the flag beside the room.
fn shown(chat: &Chat, db: &mut Conn, rooms: Vec<(Room, bool)>) -> Result<Vec<RoomDoc>> {
    let mut last = last_messages(chat, db, &rooms)?;
    let of_rooms = rooms.iter().flat_map(|(room, _)| named(room));
    let people = Arc::new(people::named_in(chat, db, of_rooms.chain(last.values().flat_map(Message::named)))?);
    let doc = |(room, _): (Room, bool)| RoomDoc {
        last: room.last_message.as_ref().and_then(|id| last.remove(id)).map(Arc::new),
        usernames: (room.kind == RoomKind::Direct).then(|| usernames(&people, &room.uids)),
        people: people.clone(),
        room,
    };
    Ok(rooms.into_iter().map(doc).collect())
}

/// Whom a room's document names.
fn named(room: &Room) -> impl Iterator<Item = &UserId> {
    room.creator.iter().chain(&room.uids).chain(&room.extra.muted).chain(&room.extra.unmuted)
}

fn last_messages(chat: &Chat, db: &mut Conn, rooms: &[(Room, bool)]) -> Result<HashMap<MessageId, Message>> {
    let readable = rooms.iter().filter(|(_, with_last)| *with_last);
    let ids: Vec<MessageId> = readable.filter_map(|(room, _)| room.last_message.clone()).collect();
    if ids.is_empty() || !chat.settings().bool("Store_Last_Message") {
        return Ok(HashMap::new());
    }
    Ok(db.messages().some(&ids)?.into_iter().map(|message| (message.id.clone(), message)).collect())
}

fn usernames<'a>(people: &People, ids: impl IntoIterator<Item = &'a UserId>) -> Vec<String> {
    ids.into_iter().filter_map(|id| people.get(id)?.username.clone()).collect()
}

/// Rooms beside the caller's memberships of them, as this caller may see them: who cannot read a room gets no last
/// message of it.
pub(crate) fn rooms(cx: &Caller, db: &mut Conn, rooms: Vec<(Room, Option<Subscription>)>) -> Result<Vec<RoomDoc>> {
    let readable = |(room, seat): (Room, Option<Subscription>)| {
        let readable = may_read_room(cx, &room, seat.as_ref());
        (room, readable)
    };
    shown(cx.chat(), db, rooms.into_iter().map(readable).collect())
}

/// The room as it is now, as this caller may see it: who acts by a global permission without being able to read it
/// gets no last message.
///
/// # Errors
/// `error-invalid-room` when it is gone.
pub async fn room(cx: &Caller, rid: &RoomId) -> Result<RoomDoc> {
    let (me, rid) = (cx.clone(), rid.clone());
    cx.read(move |db| {
        let gone = || Error::new("error-invalid-room", "Invalid room");
        let found = crate::rooms::look_up(&me, db, &crate::rooms::RoomRef::Id(rid))?.ok_or_else(gone)?;
        let readable = may_read(&me, &found);
        shown(me.chat(), db, vec![(found.room, readable)])?.pop().ok_or_else(gone)
    })
    .await
}

/// As [`room`], with the user names of its members, oldest first, up to the API's upper limit.
///
/// # Errors
/// `error-invalid-room` when it is gone.
pub async fn room_with_usernames(cx: &Caller, rid: &RoomId) -> Result<RoomDoc> {
    let mut doc = room(cx, rid).await?;
    let upper = cx.chat().settings().int("API_Upper_Count_Limit").max(1);
    let rid = rid.clone();
    let members = cx.read(move |db| db.subscriptions().oldest(&rid, upper)).await?;
    let ids: Vec<_> = members.into_iter().map(|member| member.uid).collect();
    let people = people::named(cx.chat(), &ids).await?;
    doc.usernames = Some(usernames(&people, &ids));
    Ok(doc)
}

/// Rooms as their members see them, for events whose receivers are members. Rooms that are gone are left out.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn for_members(chat: &Chat, rids: Vec<RoomId>) -> Result<Vec<RoomDoc>> {
    let reader = chat.clone();
    chat.read(move |db| {
        let rooms = db.rooms().some(&rids)?;
        shown(&reader, db, rooms.into_iter().map(|room| (room, true)).collect())
    })
    .await
}

impl RoomDoc {
    /// The room's id.
    pub fn id(&self) -> &RoomId {
        &self.room.id
    }

    /// Its kind.
    pub fn kind(&self) -> RoomKind {
        self.room.kind
    }

    /// Its name, if it has one.
    pub fn name(&self) -> Option<&str> {
        self.room.name.as_deref()
    }
}

impl Serialize for RoomDoc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Room { extra, .. } = &self.room;
        let room = &self.room;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("_id", &room.id)?;
        map.serialize_entry("t", &room.kind)?;
        optional(&mut map, "name", room.name.as_ref())?;
        optional(&mut map, "fname", room.fname.as_ref())?;
        if let Some(creator) = &room.creator {
            let person = self.people.get(creator).map(AsRef::as_ref);
            map.serialize_entry("u", &Author { id: creator, person })?;
        }
        map.serialize_entry("msgs", &room.msgs)?;
        map.serialize_entry("usersCount", &room.users_count)?;
        map.serialize_entry("ts", &room.created)?;
        map.serialize_entry("_updatedAt", &room.updated)?;
        optional(&mut map, "lm", room.lm.as_ref())?;
        if let Some(message) = &self.last {
            let view = MessageView { message: message.clone(), people: self.people.clone() };
            map.serialize_entry("lastMessage", &view)?;
        }
        map.serialize_entry("ro", &room.ro)?;
        match &extra.hidden_system_messages {
            Some(types) => map.serialize_entry("sysMes", types)?,
            None => map.serialize_entry("sysMes", &true)?,
        }
        map.serialize_entry("default", &room.default)?;
        if room.kind == RoomKind::Direct {
            map.serialize_entry("uids", &room.uids)?;
        }
        if let Some(usernames) = &self.usernames {
            map.serialize_entry("usernames", usernames)?;
        }
        for (key, text) in
            [("topic", &room.topic), ("announcement", &room.announcement), ("description", &room.description)]
        {
            optional(&mut map, key, text.as_ref())?;
        }
        for (key, set) in [
            ("archived", room.archived),
            ("broadcast", room.broadcast),
            ("encrypted", extra.encrypted),
            ("featured", extra.featured),
            ("favorite", extra.favorite),
        ] {
            optional(&mut map, key, set.then_some(&true))?;
        }
        optional(&mut map, "reactWhenReadOnly", extra.react_when_read_only.as_ref())?;
        optional(&mut map, "customFields", extra.custom_fields.as_ref())?;
        optional(&mut map, "prid", extra.prid.as_ref())?;
        optional(&mut map, "joinCodeRequired", extra.join_code.as_ref().map(|_| &true))?;
        for (key, ids) in [("muted", &extra.muted), ("unmuted", &extra.unmuted)] {
            let names = (!ids.is_empty()).then(|| usernames(&self.people, ids));
            optional(&mut map, key, names.as_ref())?;
        }
        map.end()
    }
}

fn optional<M: SerializeMap, T: Serialize + ?Sized>(map: &mut M, key: &str, value: Option<&T>) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(key, value),
        None => Ok(()),
    }
}

/// A message the caller may read.
///
/// # Errors
/// Nothing found: no such message, or not for this caller.
pub async fn message(cx: &Caller, id: &MessageId) -> Result<Option<(Message, Found)>> {
    let (me, id) = (cx.clone(), id.clone());
    cx.read(move |db| {
        let Some(message) = db.messages().get(&id)? else { return Ok(None) };
        let found = crate::rooms::look_up(&me, db, &crate::rooms::RoomRef::Id(message.rid.clone()))?;
        Ok(found.filter(|found| may_read(&me, found)).map(|found| (message, found)))
    })
    .await
}

/// Those of the messages with these ids that the caller may read, inside a read.
pub(crate) fn messages(cx: &Caller, db: &mut Conn, ids: &[MessageId]) -> Result<Vec<Message>> {
    let mut messages = db.messages().some(ids)?;
    let mut rids: Vec<RoomId> = messages.iter().map(|message| message.rid.clone()).collect();
    rids.sort_unstable();
    rids.dedup();
    let mut rooms = crate::rooms::look_up_some(cx, db, &rids)?;
    rooms.retain(|found| may_read(cx, found));
    messages.retain(|message| rooms.iter().any(|found| found.room.id == message.rid));
    Ok(messages)
}

/// `ls` of a member who reads now: everything up to the room's newest message, and nothing of this stamp or later.
pub(crate) fn seen(room: &Room, stamp: Millis) -> Millis {
    room.last_ts.max(Millis(stamp.0 - 1))
}
