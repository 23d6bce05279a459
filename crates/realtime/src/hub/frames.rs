//! The events, written.

use crate::ddp::{self, EVENT_END};
use crate::frame::Draft;
use crate::streams::{Feed, NOTIFY_ROOM, NOTIFY_USER, ROOM_DATA, ROOM_MESSAGES};
use gantry_model::event::MessageSent;
use gantry_model::wire::{self, Wire};
use gantry_model::{Message, People, RoomId, UserId};
use serde::Serialize;

/// A value as DDP writes it.
pub(super) fn json(value: &(impl Serialize + ?Sized)) -> String {
    wire::to_string(Wire::Ddp, value)
}

/// A message that was just sent, as everybody gets it.
pub(super) fn text_of(sent: &MessageSent) -> String {
    let people = People::from([(sent.message.author.clone(), sent.author.clone())]);
    message_text(&sent.message, &people)
}

fn message_text(message: &Message, people: &People) -> String {
    let mut text = String::with_capacity(message.body.len() + 256);
    wire::with(Wire::Ddp, || message.write(people, &mut text));
    text
}

/// `stream-room-messages` `<rid>` with a message.
pub(super) fn message(rid: &RoomId, message: &str) -> Draft {
    ended(ddp::event_start(ROOM_MESSAGES, rid.as_str()), message)
}

/// `stream-room-messages` `__my_messages__` with a message, and where it is.
pub(super) fn my_message(message: &str, place: &Place<'_>) -> Draft {
    let mut out = ddp::event_start(Feed::MyMessages.stream(), Feed::MyMessages.event());
    out.push(message).push(",").json(place).push(EVENT_END);
    out
}

/// What `__my_messages__` says of a message's room.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place<'a> {
    /// The receiver is a member.
    pub(super) room_participant: bool,
    /// Its kind's letter.
    pub(super) room_type: &'a str,
    /// Its name; a direct room has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) room_name: Option<&'a str>,
}

/// `stream-notify-room` `<rid>/<event>` with arguments, separated by commas.
pub(crate) fn of_room(rid: &RoomId, event: &str, arguments: &str) -> Draft {
    ended(ddp::event_start(NOTIFY_ROOM, &format!("{rid}/{event}")), arguments)
}

/// `stream-room-data` `<rid>` with the room.
pub(super) fn room_data(rid: &RoomId, room: &str) -> Draft {
    ended(ddp::event_start(ROOM_DATA, rid.as_str()), room)
}

/// A user's own event with arguments, separated by commas.
pub(crate) fn own(uid: &UserId, feed: Feed, arguments: &str) -> Draft {
    ended(own_start(uid, feed), arguments)
}

/// A user's own event up to its arguments.
pub(crate) fn own_start(uid: &UserId, feed: Feed) -> Draft {
    ddp::event_start(NOTIFY_USER, &format!("{uid}/{}", feed.event()))
}

/// An event for everybody who listens to `feed`.
pub(super) fn general(feed: Feed, arguments: &str) -> Draft {
    ended(ddp::event_start(feed.stream(), feed.event()), arguments)
}

fn ended(mut start: Draft, arguments: &str) -> Draft {
    start.reserve(arguments.len() + EVENT_END.len()).push(arguments).push(EVENT_END);
    start
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn read(draft: &Draft) -> Value {
        serde_json::from_str(draft.text()).unwrap()
    }

    #[test]
    fn every_event_has_one_shape() {
        let (rid, uid) = (RoomId::new("R"), UserId::new("U"));
        let place = Place { room_participant: true, room_type: "c", room_name: Some("general") };
        for (draft, stream, event, args) in [
            (message(&rid, "{}"), "stream-room-messages", "R", json!([{}])),
            (
                my_message("{}", &place),
                "stream-room-messages",
                "__my_messages__",
                json!([{}, {"roomParticipant": true, "roomType": "c", "roomName": "general"}]),
            ),
            (
                of_room(&rid, "deleteMessage", r#"{"_id":"M"}"#),
                "stream-notify-room",
                "R/deleteMessage",
                json!([{"_id": "M"}]),
            ),
            (room_data(&rid, "{}"), "stream-room-data", "R", json!([{}])),
            (own(&uid, Feed::ForceLogout, ""), "stream-notify-user", "U/force_logout", json!([])),
            (general(Feed::PublicInfo, "[]"), "stream-notify-all", "public-info", json!([[]])),
            (general(Feed::NameChanged, "1,2"), "stream-notify-logged", "Users:NameChanged", json!([1, 2])),
        ] {
            let fields = json!({"eventName": event, "args": args});
            assert_eq!(read(&draft), json!({"msg": "changed", "collection": stream, "id": "id", "fields": fields}));
        }
    }
}
