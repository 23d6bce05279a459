//! What one user alone is told, and nobody stores: output of commands, refusals of a message.

use crate::Caller;
use gantry_markup as markup;
use gantry_model::{Error, Failure, RoomId, push_text};

/// Tells the caller something in a room: `stream-notify-user` `<uid>/message`, from `rocket.cat`.
///
/// Reaches the sockets that are there now; nothing waits for others.
pub fn tell(cx: &Caller, rid: &RoomId, text: &str) {
    let stamp = cx.chat().now();
    let mut body = String::from("{\"_id\":");
    push_text(&mut body, &gantry_store::random_id());
    body.push_str(",\"rid\":");
    push_text(&mut body, rid.as_str());
    body.push_str(&format!(",\"ts\":{{\"$date\":{0}}},\"_updatedAt\":{{\"$date\":{0}}}", stamp.0));
    body.push_str(
        ",\"groupable\":false,\"private\":true,\"u\":{\"_id\":\"rocket.cat\",\"username\":\"rocket.cat\"},\"msg\":",
    );
    push_text(&mut body, text);
    body.push_str(",\"md\":");
    markup::write_json(text, &cx.chat().state().reading().options, &mut body);
    body.push('}');
    cx.chat().state().whisper(cx.id(), "message", &body);
}

/// Tells the caller why something was refused, where the answer of the call may not be seen. What broke inside is not
/// told, and nothing of a room that is not there for the caller.
pub(crate) fn tell_refusal(cx: &Caller, rid: &RoomId, refused: &Error) {
    let text = match refused.reason() {
        "error-invalid-room" | "" => return,
        "room_is_archived" => "This room is archived",
        "room_is_blocked" => "This room is blocked",
        reason => reason,
    };
    if matches!(refused.failure(), Failure::Refused | Failure::Plain) {
        tell(cx, rid, text);
    }
}
