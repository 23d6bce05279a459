//! The room's own record of what happened in it.

use crate::Caller;
use gantry_model::event::{Event, MessageSent};
use gantry_model::{Message, Millis, Result, Room, push_text};
use gantry_store::Tx;
use std::sync::Arc;

/// A system message: its type, its parameter, and for a few types more keys.
pub(crate) struct SystemMessage<'a> {
    kind: &'a str,
    msg: &'a str,
    role: Option<&'a str>,
}

impl<'a> SystemMessage<'a> {
    /// Of type `kind` about `msg`: a user name, a new topic; clients put it into words.
    pub(crate) fn new(kind: &'a str, msg: &'a str) -> Self {
        Self { kind, msg, role: None }
    }

    /// About a role given or taken.
    pub(crate) fn with_role(self, role: &'a str) -> Self {
        Self { role: Some(role), ..self }
    }
}

/// Writes a system message by the caller into a room whose key is held, and the room with it.
///
/// It counts among the room's messages, and raises nobody's unread state.
pub(crate) fn post(by: &Caller, tx: &mut Tx<'_>, room: &mut Room, message: SystemMessage<'_>) -> Result<()> {
    let mut body = String::from("{\"msg\":");
    push_text(&mut body, message.msg);
    if let Some(role) = message.role {
        body.push_str(",\"role\":");
        push_text(&mut body, role);
    }
    body.push_str(",\"groupable\":false}");
    let stored = Message {
        id: tx.id(),
        rid: room.id.clone(),
        ts: next_ts(room, tx.stamp()),
        place: room.last_place + 1,
        updated: tx.stamp(),
        author: by.id().clone(),
        kind: Some(message.kind.to_owned()),
        body,
        tmid: None,
        tshow: false,
        edited: None,
        reactions: Vec::new(),
    };
    tx.messages().insert(&stored)?;
    room.msgs += 1;
    room.last_ts = stored.ts;
    room.last_place = stored.place;
    tx.rooms().update_activity(room)?;
    let sent = MessageSent {
        message: Arc::new(stored),
        author: Arc::new(by.user().person()),
        kind: room.kind,
        room_name: room.name.clone(),
        alerts: false,
        counts: false,
        mentioned: Vec::new(),
        addressed: None,
    };
    tx.emit(super::super::rooms::key(&room.id), Event::MessageSent(Box::new(sent)));
    Ok(())
}

/// The time of the next message: after the last one, and never more than a second ahead of the stamp, where messages
/// that come faster than one a millisecond share a time, and their places decide.
pub(crate) fn next_ts(room: &Room, stamp: Millis) -> Millis {
    const AHEAD: i64 = 1_000;
    let next = Millis(room.last_ts.0 + 1).max(stamp);
    if next.0 > stamp.0 + AHEAD { room.last_ts } else { next }
}
