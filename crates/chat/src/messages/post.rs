//! Posting by programs: to a room by its name, or to a user.

use super::draft::{Draft, is_too_long};
use super::send::{send, send_as_member};
use crate::{Caller, rooms};
use gantry_model::{Error, MessageView, Result, RoomId, RoomKind};
use serde_json::Value;

/// Sends `draft` to `target`: a room's id or name, `#name`, or `@user` for the direct room with somebody, which is made
/// when it is not there. A channel that the caller could join is joined by posting to it.
///
/// Unless the draft says otherwise, the message stands under a head of its own, and addresses are looked at where nothing
/// is attached. `msg` of an attachment is its `text`.
///
/// In order: neither the text nor an attachment's is too long (a plain `error-message-size-exceeded`); the target is there
/// (`invalid-channel`); it is not archived; the channel can be joined ([`rooms::join`]); then as [`send`].
///
/// # Errors
/// As above.
pub async fn post(cx: &Caller, target: &str, mut draft: Draft) -> Result<MessageView> {
    draft.attachments.iter_mut().for_each(tidy);
    draft.msg = draft.msg.trim().to_owned();
    let texts = draft.attachments.iter().filter_map(|attachment| attachment.get("text")?.as_str());
    if texts.chain([draft.msg.as_str()]).any(|text| is_too_long(cx.chat(), text)) {
        return Err(Error::text("error-message-size-exceeded"));
    }
    draft.groupable.get_or_insert(false);
    draft.parse_urls.get_or_insert(draft.attachments.is_empty());
    if draft.avatar.is_some() {
        draft.emoji = None;
    }
    // Most name a room they are in by its id: that is found out in the write itself.
    if !target.starts_with(['#', '@'])
        && let Some(sent) = send_as_member(cx, &RoomId::new(target), draft.clone()).await?
    {
        return Ok(sent);
    }
    let found = rooms::post_target(cx, target).await?;
    if found.archived() {
        return Err(Error::text("room_is_archived"));
    }
    if !found.is_member() && found.kind() == RoomKind::Channel {
        rooms::join(cx, &found, None).await?;
    }
    send(cx, found.id(), draft).await
}

fn tidy(attachment: &mut Value) {
    if let Value::Object(fields) = attachment
        && let Some(msg) = fields.remove("msg")
    {
        let text = msg.as_str().map_or(msg.clone(), |text| Value::String(text.trim().to_owned()));
        fields.insert("text".to_owned(), text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn msg_of_an_attachment_is_its_text() {
        let mut attachment = json!({ "msg": " hi ", "text": "old" });
        tidy(&mut attachment);
        assert_eq!(attachment, json!({ "text": "hi" }));
        let mut plain = json!({ "text": "old" });
        tidy(&mut plain);
        assert_eq!(plain, json!({ "text": "old" }));
    }
}
