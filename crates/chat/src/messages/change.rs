//! What editing, deleting and reacting have in common: finding the message in its own room, and writing it back.

use crate::access::{self, Found};
use crate::rooms::{self, RoomRef};
use crate::{Caller, people};
use gantry_model::event::Event;
use gantry_model::{Error, Message, MessageId, MessageView, Result, Room, RoomId};
use gantry_store::Tx;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The message with this id, with the room it is in, for who may read it there. Nothing for everybody else: what is not
/// yours is not there.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn find(cx: &Caller, id: &MessageId) -> Result<Option<(Message, Found)>> {
    access::message(cx, id).await
}

/// The message with this id, as this caller may see it; nothing where there is none, or none to be seen.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn get(cx: &Caller, id: &MessageId) -> Result<Option<MessageView>> {
    match find(cx, id).await? {
        Some((message, _)) => people::view(cx.chat(), Arc::new(message)).await.map(Some),
        None => Ok(None),
    }
}

/// A message about to be changed, in the room it is in, whose key is held. The room decides what is permitted, never one
/// that a request names.
///
/// # Errors
/// `error-not-allowed`, when it is gone meanwhile, or no longer the caller's to read.
pub(super) fn held(
    me: &Caller,
    tx: &mut Tx<'_>,
    (rid, id): (&RoomId, &MessageId),
    method: &'static str,
) -> Result<(Found, Message)> {
    let gone = || Error::not_allowed(method);
    let message = tx.messages().get(id)?.filter(|message| message.rid == *rid).ok_or_else(gone)?;
    let found = rooms::look_up(me, tx, &RoomRef::Id(rid.clone()))?.ok_or_else(gone)?;
    access::require(me, &found, gone)?;
    Ok((found, message))
}

/// Writes a message back, and its room where that shows it as its last one.
pub(super) fn write_back(tx: &mut Tx<'_>, room: &mut Room, mut message: Message) -> Result<Arc<Message>> {
    tx.messages().update(&mut message)?;
    let room_changed = room.last_message.as_ref() == Some(&message.id);
    if room_changed {
        tx.rooms().update_activity(room)?;
    }
    let message = Arc::new(message);
    tx.emit(rooms::key(&room.id), Event::MessageChanged { message: message.clone(), room_changed });
    Ok(message)
}

/// The members of a message's body, each as it stands.
pub(super) fn members(body: &str) -> BTreeMap<String, Box<RawValue>> {
    // The server wrote it.
    serde_json::from_str(body).unwrap_or_default()
}

/// Appends members to an object in the making, each after a comma.
pub(super) fn push_members(out: &mut String, members: &BTreeMap<String, Box<RawValue>>) {
    for (key, value) in members {
        out.push(',');
        gantry_model::push_text(out, key);
        out.push(':');
        out.push_str(value.get());
    }
}
