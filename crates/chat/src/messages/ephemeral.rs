//! What one user alone is told, and nobody stores: output of commands, refusals of a message.

use crate::Caller;
use gantry_markup as markup;
use gantry_model::{RoomId, push_text};

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
