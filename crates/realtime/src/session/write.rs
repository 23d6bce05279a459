//! What clients write to streams: who is typing, and where.

use super::Session;
use crate::frame::Draft;
use crate::hub::room_event;
use crate::outbox::{Key, Topic};
use crate::streams::{self, Found, RoomFeed, Write};
use gantry_chat::Caller;
use gantry_chat::streams::{Hearing, hearing};
use gantry_model::{MessageId, Result, RoomId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::hash::{DefaultHasher, Hash, Hasher};

/// What somebody may be doing in a room.
const ACTIVITIES: [&str; 4] = ["user-typing", "user-recording", "user-uploading", "user-playing"];
const TYPING: &str = "user-typing";

/// Somebody is doing something in a room, or has stopped.
#[derive(Debug, PartialEq)]
struct Activity {
    rid: RoomId,
    /// As the client says; it must be the caller's own.
    name: String,
    /// None: stopped.
    doing: Vec<&'static str>,
    place: Place,
}

/// Where in the room.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Place {
    /// In this thread.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tmid: Option<MessageId>,
}

impl Activity {
    /// Reads `["<rid>/user-activity", name, [activity…], {tmid}?]` and, as old clients write it,
    /// `["<rid>/typing", name, bool]`.
    fn read(params: &[Value]) -> Option<Self> {
        let (rid, event) = params.first()?.as_str()?.split_once('/')?;
        let name = params.get(1)?.as_str()?.to_owned();
        let doing = match (event, params.get(2)?) {
            ("user-activity", Value::Array(doing)) => known(doing),
            ("typing", Value::Bool(true)) => vec![TYPING],
            ("typing", Value::Bool(false)) => Vec::new(),
            _ => return None,
        };
        let place = params.get(3).and_then(|place| Place::deserialize(place).ok()).unwrap_or_default();
        Some(Self { rid: RoomId::new(rid), name, doing, place })
    }

    fn is_typing(&self) -> bool {
        self.doing.contains(&TYPING)
    }

    fn written(&self) -> Draft {
        let place = json!(self.place);
        room_event(&self.rid, "user-activity", &format!("{},{},{place}", json!(self.name), json!(self.doing)))
    }

    fn written_for_old_clients(&self) -> Draft {
        room_event(&self.rid, "typing", &format!("{},{}", json!(self.name), self.is_typing()))
    }
}

/// Those that there are, each once.
fn known(doing: &[Value]) -> Vec<&'static str> {
    ACTIVITIES.into_iter().filter(|known| doing.iter().any(|one| one == known)).collect()
}

impl Session {
    /// Writes to a stream. Whatever may not be written is dropped silently.
    pub(super) async fn write(&self, stream: &str, caller: Option<&Caller>, params: &[Value]) -> Result<()> {
        let Some(name) = params.first().and_then(Value::as_str) else { return Ok(()) };
        let (Some(caller), Found::Event(event)) = (caller, streams::find(stream, name)) else { return Ok(()) };
        match event.row.write {
            Write::Nothing => Ok(()),
            Write::Activity => self.write_activity(caller, params).await,
        }
    }

    /// Tells the others in a room what the caller is doing there.
    async fn write_activity(&self, caller: &Caller, params: &[Value]) -> Result<()> {
        let Some(activity) = Activity::read(params) else { return Ok(()) };
        if self.is_own_name(caller, &activity.name) && self.is_there(caller, &activity.rid).await? {
            self.tell_others(caller, &activity);
        }
        Ok(())
    }

    fn is_own_name(&self, caller: &Caller, name: &str) -> bool {
        let (user, settings) = (caller.user(), self.server.chat().settings());
        let own = match settings.hot().message.real_names {
            true => user.name.as_deref(),
            false => user.username.as_ref().map(|username| username.as_str()),
        };
        own == Some(name)
    }

    async fn is_there(&self, caller: &Caller, rid: &RoomId) -> Result<bool> {
        if self.server.hub().index().is_member(caller.id(), rid) {
            return Ok(true);
        }
        Ok(hearing(self.server.chat(), Some(caller), rid).await? == Hearing::Everything)
    }

    fn tell_others(&self, caller: &Caller, activity: &Activity) {
        let by = number_of(caller);
        self.tell(activity, RoomFeed::Activity, by | 1, Activity::written);
        self.tell(activity, RoomFeed::Typing, by & !1, Activity::written_for_old_clients);
    }

    fn tell(&self, activity: &Activity, feed: RoomFeed, by: u32, write: fn(&Activity) -> Draft) {
        let index = self.server.hub().index();
        let mut frame = None;
        let others = index.watchers(&activity.rid, feed).filter(|(_, outbox)| !std::ptr::eq(&***outbox, &*self.outbox));
        for (slot, outbox) in others {
            let shared = frame.get_or_insert_with(|| write(activity).share());
            let key = Key { topic: Topic::Activity, of: slot, by };
            // A refusal means that the connection ends anyway.
            let _ = outbox.push_latest(key, shared.frame(outbox.form()));
        }
    }
}

/// Tells one user's activity from another's.
fn number_of(caller: &Caller) -> u32 {
    let mut hasher = DefaultHasher::new();
    caller.id().hash(&mut hasher);
    hasher.finish() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(params: Value) -> Option<Activity> {
        Activity::read(params.as_array().unwrap())
    }

    #[test]
    fn both_forms() {
        let typing = read(json!(["R/user-activity", "ann", ["user-typing"], {}])).unwrap();
        assert_eq!(read(json!(["R/typing", "ann", true])), Some(typing));
        let stopped = read(json!(["R/user-activity", "ann", []])).unwrap();
        assert_eq!(read(json!(["R/typing", "ann", false, {"token": "t"}])), Some(stopped));
        let thread =
            read(json!(["R/user-activity", "ann", ["user-uploading", "x", "user-typing"], {"tmid": "M", "x": 1}]));
        let thread = thread.unwrap();
        assert_eq!((&*thread.doing, thread.place.tmid.is_some()), (&["user-typing", "user-uploading"][..], true));
    }

    #[test]
    fn what_is_sent_is_what_was_understood() {
        let typing =
            read(json!(["R/user-activity", "a\"n", ["user-typing", {"$ne": 1}], {"tmid": "M", "evil": [1]}])).unwrap();
        assert!(typing.written().text().ends_with(r#""args":["a\"n",["user-typing"],{"tmid":"M"}]}}"#));
        assert!(typing.written_for_old_clients().text().ends_with(r#""args":["a\"n",true]}}"#));
    }

    #[test]
    fn anything_else_is_nothing() {
        for params in [
            json!([]),
            json!(["R/user-activity"]),
            json!(["R/user-activity", 5, []]),
            json!(["R/user-activity", "ann", "user-typing"]),
            json!(["R/typing", "ann", "true"]),
            json!(["R/deleteMessage", "ann", []]),
            json!(["R", "ann", []]),
        ] {
            assert_eq!(read(params.clone()), None, "{params}");
        }
    }
}
