//! What clients write to streams: who is typing, and where; and what they signal to each other.

use super::{Session, TRIES};
use crate::ddp::EVENT_END;
use crate::frame::Draft;
use crate::hub::{Index, frames, push};
use crate::outbox::{Key, Outbox, Topic};
use crate::streams::{self, Carrier, Event, Feed, Found, RoomFeed, Write};
use gantry_chat::streams::{Hearing, hearing};
use gantry_chat::{Caller, signals};
use gantry_model::{MessageId, Result, RoomId, UserId};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

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
    /// Reads `[name, [activity…], {tmid}?]` and, as old clients write it, `[name, bool]`.
    fn read(event: &Event<'_>, said: &[Value]) -> Option<Self> {
        let name = said.first()?.as_str()?.to_owned();
        let doing = match (event.row.carrier, said.get(1)?) {
            (Carrier::Room(RoomFeed::Activity), Value::Array(doing)) => known(doing),
            (Carrier::Room(RoomFeed::Typing), Value::Bool(true)) => vec![TYPING],
            (Carrier::Room(RoomFeed::Typing), Value::Bool(false)) => Vec::new(),
            _ => return None,
        };
        let mut place = said.get(2).and_then(|place| Place::deserialize(place).ok()).unwrap_or_default();
        place.tmid = place.tmid.and_then(signals::thread);
        Some(Self { rid: RoomId::new(event.about), name, doing, place })
    }

    fn is_typing(&self) -> bool {
        self.doing.contains(&TYPING)
    }

    fn written(&self) -> Draft {
        let place = json!(self.place);
        frames::of_room(
            &self.rid,
            RoomFeed::Activity.event(),
            &format!("{},{},{place}", json!(self.name), json!(self.doing)),
        )
    }

    fn written_for_old_clients(&self) -> Draft {
        frames::of_room(&self.rid, RoomFeed::Typing.event(), &format!("{},{}", json!(self.name), self.is_typing()))
    }
}

/// Those that there are, each once.
fn known(doing: &[Value]) -> Vec<&'static str> {
    ACTIVITIES.into_iter().filter(|known| doing.iter().any(|one| one == known)).collect()
}

/// What others are to be told, and who.
enum Told {
    Activity(Activity),
    /// The arguments of a signal.
    ToRoom(RoomId, RoomFeed, String),
    ToUser(UserId, Feed, String),
    ToMembers(RoomId, Feed, String),
}

impl Session {
    /// Writes to a stream: tells others what the client says, if it may. What may not be written is dropped silently.
    pub(super) async fn write(&mut self, stream: &str, params: &[Value]) -> Result<()> {
        let Some((Value::String(name), said)) = params.split_first() else { return Ok(()) };
        let Found::Event(event) = streams::find(stream, name) else { return Ok(()) };
        for _ in 0..TRIES {
            let epoch = self.server.hub().index().access_epoch();
            let Some(caller) = self.caller().await? else { return Ok(()) };
            let Some(told) = self.permitted(&caller, &event, said).await? else { return Ok(()) };
            if let Some(index) = self.server.hub().settled_index().filter(|index| index.access_epoch() == epoch) {
                self.tell(&index, &caller, &told);
                return Ok(());
            }
            self.server.hub().caught_up().await;
        }
        Ok(())
    }

    /// What is to be told of what the caller says, if that may be said.
    async fn permitted(&self, caller: &Caller, event: &Event<'_>, said: &[Value]) -> Result<Option<Told>> {
        let (rid, uid) = (RoomId::new(event.about), UserId::new(event.about));
        Ok(match (event.row.write, event.row.carrier) {
            (Write::Activity, _) => self.activity(caller, event, said).await?.map(Told::Activity),
            (Write::ToRoom(signal), Carrier::Room(feed)) => {
                signals::to_room(caller, signal, &rid, said).await?.map(|arguments| Told::ToRoom(rid, feed, arguments))
            }
            (Write::ToUser(signal), Carrier::Feed(feed)) => {
                signals::to_user(caller, signal, &uid, said).await?.map(|arguments| Told::ToUser(uid, feed, arguments))
            }
            (Write::ToMembers(signal), _) => {
                let arguments = signals::to_room(caller, signal, &rid, said).await?;
                arguments.zip(event.own_feed()).map(|(arguments, feed)| Told::ToMembers(rid, feed, arguments))
            }
            _ => None,
        })
    }

    /// What the caller does in a room, under the caller's own name.
    async fn activity(&self, caller: &Caller, event: &Event<'_>, said: &[Value]) -> Result<Option<Activity>> {
        let Some(activity) = Activity::read(event, said) else { return Ok(None) };
        let permitted = signals::is_own_name(caller, &activity.name) && self.is_there(caller, &activity.rid).await?;
        Ok(permitted.then_some(activity))
    }

    async fn is_there(&self, caller: &Caller, rid: &RoomId) -> Result<bool> {
        if self.server.hub().index().hears(caller.id(), rid) {
            return Ok(true);
        }
        Ok(hearing(self.server.chat(), Some(caller), rid).await? == Hearing::Everything)
    }

    fn tell(&self, index: &Index, caller: &Caller, told: &Told) {
        match told {
            Told::Activity(activity) => {
                let by = number_of(caller);
                self.tell_activity(index, activity, RoomFeed::Activity, by | 1, Activity::written);
                self.tell_activity(index, activity, RoomFeed::Typing, by & !1, Activity::written_for_old_clients);
            }
            Told::ToRoom(rid, feed, arguments) => {
                let frame = frames::of_room(rid, feed.event(), arguments).share();
                let others = index.watchers(rid, *feed).map(|(_, outbox)| outbox).filter(|outbox| !self.is_own(outbox));
                others.for_each(|outbox| push(outbox, &frame));
            }
            Told::ToUser(uid, feed, arguments) => {
                let frame = frames::own(uid, *feed, arguments).share();
                index.each_of(uid, *feed, |outbox| {
                    if !self.is_own(outbox) {
                        push(outbox, &frame);
                    }
                });
            }
            Told::ToMembers(rid, feed, arguments) => {
                let shared = Draft::from(&**arguments).share();
                index.each_of_members(rid, *feed, |uid, outbox| {
                    if uid != caller.id() {
                        let frame = frames::own_start(uid, *feed).splice(outbox.form(), &shared, EVENT_END);
                        // A refusal means that the connection ends anyway.
                        let _ = outbox.push(frame);
                    }
                });
            }
        }
    }

    fn is_own(&self, outbox: &Arc<Outbox>) -> bool {
        Arc::ptr_eq(outbox, &self.outbox)
    }

    fn tell_activity(
        &self,
        index: &Index,
        activity: &Activity,
        feed: RoomFeed,
        by: u32,
        write: fn(&Activity) -> Draft,
    ) {
        let mut frame = None;
        for (slot, outbox) in index.watchers(&activity.rid, feed).filter(|(_, outbox)| !self.is_own(outbox)) {
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
        let (name, said) = params.as_array()?.split_first()?;
        match streams::find(streams::NOTIFY_ROOM, name.as_str()?) {
            Found::Event(event) => Activity::read(&event, said),
            other => panic!("{other:?}"),
        }
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
        let long = read(json!(["R/user-activity", "ann", [], {"tmid": "M".repeat(65)}])).unwrap();
        assert_eq!(long.place, Place::default());
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
