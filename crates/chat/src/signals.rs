//! What clients say to each other through the server, which keeps none of it.
//!
//! A signal is passed on only while its feature is on, only under its sender's own name, and only among people who are
//! in the room that it is about.

use crate::access::{self, Found};
use crate::rooms::{self, RoomRef};
use crate::{Caller, subscriptions};
use gantry_model::wire::{self, Wire};
use gantry_model::{MessageId, Result, RoomId, RoomKind, UserId};
use serde_json::Value;

/// The longest arguments of a signal, as JSON: the description of a call takes some ten thousand bytes.
const LONGEST: usize = 16 * 1024;

/// The longest id of a message that an activity may name.
const LONGEST_ID: usize = 64;

/// What a signal is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Two people who want to talk off the record: `[step, {roomId, userId, …}]`.
    Otr,
    /// A call from browser to browser: `[step, {room, from, …}]`.
    WebRtc,
    /// Somebody lacks the key of a room: `[rid, keyId]`.
    KeyRequest,
}

impl Signal {
    /// The setting that switches its feature on.
    fn switch(self) -> &'static str {
        match self {
            Self::Otr => "OTR_Enable",
            Self::WebRtc => "WebRTC_Enabled",
            Self::KeyRequest => "E2E_Enable",
        }
    }

    fn steps(self) -> &'static [&'static str] {
        match self {
            Self::Otr => &["handshake", "acknowledge", "deny", "end"],
            Self::WebRtc => &["call", "join", "candidate", "description", "status"],
            Self::KeyRequest => &[],
        }
    }

    fn is_for(self, kind: RoomKind) -> bool {
        self != Self::Otr || kind == RoomKind::Direct
    }

    /// Reads what `from` says about a room: `at`, or one that it names.
    fn read(self, from: &UserId, at: Option<&RoomId>, said: &[Value]) -> Option<Spoken> {
        let [first, second, ..] = said else { return None };
        let (sender, room) = match self {
            Self::Otr => (second["userId"].as_str()?, second.get("roomId")),
            Self::WebRtc => (second["from"].as_str()?, second.get("room")),
            Self::KeyRequest => (second.is_string().then_some(from.as_str())?, Some(first)),
        };
        let named = match room {
            None => None,
            Some(room) => Some(RoomId::new(room.as_str()?)),
        };
        let is_step = self.steps().is_empty() || self.steps().iter().any(|step| first == step);
        let agrees = at.is_none() || named.is_none() || at == named.as_ref();
        if *from != *sender || !is_step || !agrees {
            return None;
        }
        let arguments = format!("{},{}", wire::to_string(Wire::Ddp, first), wire::to_string(Wire::Ddp, second));
        let rid = at.cloned().or(named)?;
        (arguments.len() <= LONGEST).then_some(Spoken { rid, arguments })
    }
}

/// A signal that was read.
#[derive(Debug, PartialEq)]
struct Spoken {
    rid: RoomId,
    /// JSON, separated by a comma.
    arguments: String,
}

/// The arguments of a signal to the others in a room, as they may be passed on: JSON, separated by commas. Nothing when
/// they may not.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn to_room(cx: &Caller, signal: Signal, rid: &RoomId, said: &[Value]) -> Result<Option<String>> {
    let Some(spoken) = spoken(cx, signal, Some(rid), said) else { return Ok(None) };
    let found = rooms::find(cx, RoomRef::Id(spoken.rid)).await?;
    Ok(found.filter(|found| may_signal(cx, signal, found)).map(|_| spoken.arguments))
}

/// As [`to_room`], to one other member of a room that the signal names.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn to_user(cx: &Caller, signal: Signal, to: &UserId, said: &[Value]) -> Result<Option<String>> {
    let Some(spoken) = spoken(cx, signal, None, said) else { return Ok(None) };
    let (me, to, rid) = (cx.clone(), to.clone(), spoken.rid);
    let shared = cx.read(move |db| {
        let found = rooms::look_up(&me, db, &RoomRef::Id(rid.clone()))?;
        let seat = db.subscriptions().get(&rid, &to)?.filter(|seat| !subscriptions::is_banned(seat));
        Ok(seat.is_some() && found.is_some_and(|found| may_signal(&me, signal, &found)))
    });
    Ok(shared.await?.then_some(spoken.arguments))
}

fn spoken(cx: &Caller, signal: Signal, at: Option<&RoomId>, said: &[Value]) -> Option<Spoken> {
    let on = cx.chat().settings().bool(signal.switch());
    if on { signal.read(cx.id(), at, said) } else { None }
}

fn may_signal(cx: &Caller, signal: Signal, found: &Found) -> bool {
    signal.is_for(found.kind()) && found.is_member() && access::may_read(cx, found)
}

/// Whether the caller is known to others by this name: nobody may be said to do what somebody else does.
pub fn is_own_name(cx: &Caller, name: &str) -> bool {
    let (user, settings) = (cx.user(), cx.chat().settings());
    let own = match settings.hot().message.real_names {
        true => user.name.as_deref(),
        false => user.username.as_ref().map(|username| username.as_str()),
    };
    own == Some(name)
}

/// The thread that somebody says to be doing something in, if that can be one.
pub fn thread(tmid: MessageId) -> Option<MessageId> {
    (tmid.as_str().len() <= LONGEST_ID).then_some(tmid)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(signal: Signal, at: Option<&str>, said: Value) -> Option<(String, String)> {
        let spoken = signal.read(&UserId::new("ann"), at.map(RoomId::new).as_ref(), said.as_array().unwrap())?;
        Some((spoken.rid.to_string(), spoken.arguments))
    }

    #[test]
    fn signals_name_their_sender_and_their_room() {
        let handshake = json!(["handshake", { "roomId": "R", "userId": "ann", "publicKey": "k" }, "more"]);
        let heard = r#""handshake",{"publicKey":"k","roomId":"R","userId":"ann"}"#;
        assert_eq!(read(Signal::Otr, None, handshake), Some(("R".into(), heard.into())));
        let call = json!(["status", { "from": "ann" }]);
        assert_eq!(read(Signal::WebRtc, Some("R"), call.clone()).unwrap().0, "R");
        assert_eq!(read(Signal::WebRtc, None, call), None);
        assert_eq!(read(Signal::KeyRequest, Some("R"), json!(["R", "k"])).unwrap().1, r#""R","k""#);
    }

    #[test]
    fn anything_else_is_no_signal() {
        for (signal, said) in [
            (Signal::Otr, json!([])),
            (Signal::Otr, json!(["handshake"])),
            (Signal::Otr, json!(["handshake", null])),
            (Signal::Otr, json!(["handshake", { "roomId": "R", "userId": "bob" }])),
            (Signal::Otr, json!(["handshake", { "roomId": { "$ne": 1 }, "userId": "ann" }])),
            (Signal::Otr, json!(["open", { "roomId": "R", "userId": "ann" }])),
            (Signal::WebRtc, json!(["call", { "from": "ann", "room": "S" }])),
            (Signal::WebRtc, json!(["call", { "room": "R" }])),
            (Signal::WebRtc, json!(["call", { "from": "ann", "room": "R", "sdp": "x".repeat(LONGEST) }])),
            (Signal::KeyRequest, json!(["S", "k"])),
            (Signal::KeyRequest, json!(["R", { "k": 1 }])),
        ] {
            assert_eq!(read(signal, Some("R"), said.clone()), None, "{signal:?} {said:.80}");
        }
    }
}
