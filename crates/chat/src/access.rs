//! Who may see what: the only place that turns something found into something shown.
//!
//! What was looked up is a [`Found`], which cannot be serialised. A [`RoomDoc`] is a room as this caller may see it; it
//! is made here and nowhere else.

use crate::{Caller, Chat, people};
use gantry_model::{
    Author, Error, Message, MessageView, Millis, People, Permission, Result, Room, RoomId, RoomKind, Subscription,
};
use gantry_store::Conn;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
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
        let room = &self.room;
        self.seat.as_ref().is_some_and(|seat| seat.unread(room.counters, room.counted_at, room.named_at).open)
    }

    /// Whether the caller is a member.
    pub fn is_member(&self) -> bool {
        self.seat.is_some()
    }
}

/// Whether the caller may read the room: everybody with `view-c-room` in a channel; a member with `view-joined-room` or
/// the permission of the kind; and in a discussion whoever may read its parent. A global role alone opens no private room.
pub fn may_read(cx: &Caller, found: &Found) -> bool {
    may_read_room(cx, &found.room, found.seat.as_ref())
        || found.parent.as_ref().is_some_and(|parent| may_read(cx, parent))
}

pub(crate) fn may_read_room(cx: &Caller, room: &Room, seat: Option<&Subscription>) -> bool {
    let of_kind = match room.kind {
        RoomKind::Channel => Permission::ViewCRoom,
        RoomKind::Private => Permission::ViewPRoom,
        RoomKind::Direct => Permission::ViewDRoom,
    };
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
    default_keys: bool,
}

/// What is read of a room to show it.
pub(crate) struct RoomParts {
    room: Room,
    last: Option<Message>,
    people: People,
    usernames: Option<Vec<String>>,
}

/// Reads a room to show it; its last message only for who may read it.
pub(crate) fn parts(chat: &Chat, db: &mut Conn, room: Room, with_last: bool) -> Result<RoomParts> {
    let last = match &room.last_message {
        Some(id) if with_last && chat.settings().bool("Store_Last_Message") => db.messages().get(id)?,
        _ => None,
    };
    let named: Vec<_> = room.creator.iter().chain(&room.uids).chain(last.iter().flat_map(Message::named)).collect();
    let people = people::named_in(chat, db, named)?;
    let usernames = (room.kind == RoomKind::Direct).then(|| usernames(&people, &room.uids));
    Ok(RoomParts { room, last, people, usernames })
}

fn usernames<'a>(people: &People, ids: impl IntoIterator<Item = &'a gantry_model::UserId>) -> Vec<String> {
    ids.into_iter().filter_map(|id| people.get(id)?.username.clone()).collect()
}

impl RoomParts {
    pub(crate) fn doc(self) -> RoomDoc {
        let Self { room, last, people, usernames } = self;
        RoomDoc { room, people: Arc::new(people), last: last.map(Arc::new), usernames, default_keys: true }
    }
}

/// The room as it is now, as this caller may see it: who acts by a global permission without being able to read it
/// gets no last message.
///
/// # Errors
/// `error-invalid-room` when it is gone.
pub async fn room(cx: &Caller, rid: &RoomId) -> Result<RoomDoc> {
    let (me, rid) = (cx.clone(), rid.clone());
    cx.read(move |db| {
        let found = crate::rooms::look_up(&me, db, &crate::rooms::RoomRef::Id(rid))?
            .ok_or_else(|| Error::new("error-invalid-room", "Invalid room"))?;
        let readable = may_read(&me, &found);
        Ok(parts(me.chat(), db, found.room, readable)?.doc())
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

/// A room as its members see it; for events, whose receivers are members.
pub(crate) fn for_members(chat: &Chat, db: &mut Conn, rid: &RoomId) -> Result<Option<RoomDoc>> {
    match db.rooms().get(rid)? {
        Some(room) => Ok(Some(parts(chat, db, room, true)?.doc())),
        None => Ok(None),
    }
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
        if room.kind == RoomKind::Direct {
            map.serialize_entry("uids", &room.uids)?;
        } else if self.default_keys {
            map.serialize_entry("ro", &room.ro)?;
            map.serialize_entry("sysMes", &true)?;
            map.serialize_entry("default", &room.default)?;
        }
        if let Some(usernames) = &self.usernames {
            map.serialize_entry("usernames", usernames)?;
        }
        for (key, text) in
            [("topic", &room.topic), ("announcement", &room.announcement), ("description", &room.description)]
        {
            optional(&mut map, key, text.as_ref())?;
        }
        for (key, set) in [("archived", room.archived), ("broadcast", room.broadcast), ("encrypted", extra.encrypted)] {
            optional(&mut map, key, set.then_some(&true))?;
        }
        optional(&mut map, "reactWhenReadOnly", extra.react_when_read_only.as_ref())?;
        optional(&mut map, "customFields", extra.custom_fields.as_ref())?;
        optional(&mut map, "prid", extra.prid.as_ref())?;
        optional(&mut map, "joinCodeRequired", extra.join_code.as_ref().map(|_| &true))?;
        optional(&mut map, "muted", (!extra.muted.is_empty()).then_some(&extra.muted))?;
        optional(&mut map, "unmuted", (!extra.unmuted.is_empty()).then_some(&extra.unmuted))?;
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
pub async fn message(cx: &Caller, id: &gantry_model::MessageId) -> Result<Option<(Message, Found)>> {
    let (me, id) = (cx.clone(), id.clone());
    cx.read(move |db| {
        let Some(message) = db.messages().get(&id)? else { return Ok(None) };
        let found = crate::rooms::look_up(&me, db, &crate::rooms::RoomRef::Id(message.rid.clone()))?;
        Ok(found.filter(|found| may_read(&me, found)).map(|found| (message, found)))
    })
    .await
}

/// `ls` of a member who reads now: everything up to the room's newest message, and nothing of this stamp or later.
pub(crate) fn seen(room: &Room, stamp: Millis) -> Millis {
    room.last_ts.max(Millis(stamp.0 - 1))
}
