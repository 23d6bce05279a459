//! Deleting: without a trace, or with one, as `Message_ShowDeletedStatus` says.

use super::change::{held, members, push_members};
use crate::access::Found;
use crate::{Caller, rooms};
use gantry_model::event::Event;
use gantry_model::{Error, Message, Millis, Permission, Result, Room};
use gantry_store::Tx;
use serde_json::json;
use std::sync::Arc;

/// `t` of what is left of a message.
pub(super) const REMOVED: &str = "rm";
/// The body of what is left of a message.
pub(super) const EMPTIED: &str =
    "{\"msg\":\"\",\"urls\":[],\"mentions\":[],\"channels\":[],\"attachments\":[],\"reactions\":{}}";

/// Deletes a message that was found. `as_author` deletes it in its author's name.
///
/// In order: the caller can read the message's own room; in another's name: `force-delete-message` in the room (a plain
/// text), and the author exists (another); else one of: `force-delete-message`; with `Message_AllowDeleting` on:
/// `delete-message` in the room, or `delete-own-message` for the author, and not too late by
/// `Message_AllowDeleting_BlockDeleteInMinutes`, unless with `bypass-time-limit-edit-and-delete`
/// (`error-action-not-allowed`); and the room is not read only for the caller (a plain text). What was deleted with a
/// trace before stays so. Nobody's unread state changes.
///
/// # Errors
/// As above.
pub async fn delete(cx: &Caller, message: &Message, as_author: bool) -> Result<()> {
    let (rid, id) = (message.rid.clone(), message.id.clone());
    cx.write([rooms::key(&rid)], move |me, tx| {
        let (mut found, message) = held(me, tx, (&rid, &id), "deleteMessage")?;
        if as_author && message.author != *me.id() {
            may_act_as_author(me, tx, &found, &message)?;
        } else {
            may_delete(me, &found, &message, tx.stamp())?;
        }
        let traced = me.chat().settings().hot().message.show_deleted;
        match (traced, message.kind.as_deref() == Some(REMOVED)) {
            (true, true) => Ok(()),
            (true, false) => {
                let by = if as_author { message.author.clone() } else { me.id().clone() };
                let mut message = emptied(message);
                message.edited = Some((tx.stamp(), by));
                empty(tx, &mut found.room, message)
            }
            (false, before) => remove(tx, &mut found.room, &message, before),
        }
    })
    .await
}

fn may_act_as_author(me: &Caller, tx: &mut Tx<'_>, found: &Found, message: &Message) -> Result<()> {
    if !me.has_in(Permission::ForceDeleteMessage, found.seat.as_ref()) {
        let text =
            "Unauthorized. You must have the permission \"force-delete-message\" to delete other's message as them.";
        return Err(Error::text(text));
    }
    match tx.accounts().get(&message.author)? {
        Some(_) => Ok(()),
        None => Err(Error::text("User not found")),
    }
}

fn may_delete(me: &Caller, found: &Found, message: &Message, now: Millis) -> Result<()> {
    let (room, seat) = (&found.room, found.seat.as_ref());
    if me.has_in(Permission::ForceDeleteMessage, seat) {
        return Ok(());
    }
    let settings = me.chat().settings();
    let rules = &settings.hot().message;
    let own = message.author == *me.id() && me.has_in(Permission::DeleteOwnMessage, seat);
    let permitted = rules.allow_deleting && (own || me.has_in(Permission::DeleteMessage, seat));
    let too_late = rules.delete_within.is_some_and(|within| is_too_late(message.ts, now, within));
    if !permitted || (too_late && !me.has(Permission::BypassTimeLimitEditAndDelete)) {
        let details = json!({ "method": "deleteMessage", "action": "Delete_message" });
        return Err(Error::new("error-action-not-allowed", "Not allowed").with_details(details));
    }
    if room.ro && !room.extra.unmuted.contains(me.id()) && !me.has_in(Permission::PostReadonly, seat) {
        return Err(Error::text("You can't delete messages because the room is readonly."));
    }
    Ok(())
}

/// Minutes are rounded before they are compared.
fn is_too_late(sent: Millis, now: Millis, within: i64) -> bool {
    const MINUTE: i64 = 60_000;
    (now.0 - sent.0 + MINUTE / 2).div_euclid(MINUTE) > within / MINUTE
}

/// What is left of a message that is deleted with a trace: whose it was, and when.
pub(super) fn emptied(message: Message) -> Message {
    let mut face = members(&message.body);
    face.retain(|key, _| ["alias", "avatar", "emoji", "bot", "groupable"].contains(&key.as_str()));
    let mut body = EMPTIED.strip_suffix('}').unwrap_or_default().to_owned();
    push_members(&mut body, &face);
    body.push('}');
    Message { kind: Some(REMOVED.to_owned()), body, tshow: false, reactions: Vec::new(), ..message }
}

fn empty(tx: &mut Tx<'_>, room: &mut Room, mut message: Message) -> Result<()> {
    tx.messages().update(&mut message)?;
    uncount(tx, room, &message)?;
    let changed = Event::MessageChanged { message: Arc::new(message), room_changed: true };
    tx.emit(rooms::key(&room.id), changed);
    Ok(())
}

fn remove(tx: &mut Tx<'_>, room: &mut Room, message: &Message, emptied_before: bool) -> Result<()> {
    tx.messages().remove(message)?;
    if !emptied_before {
        uncount(tx, room, message)?;
    }
    let deleted = Event::MessageDeleted { rid: room.id.clone(), id: message.id.clone() };
    tx.emit(rooms::key(&room.id), deleted);
    rooms::changed(tx, &room.id, false);
    Ok(())
}

/// The room has one message less, and shows the newest of the others as its last.
fn uncount(tx: &mut Tx<'_>, room: &mut Room, message: &Message) -> Result<()> {
    room.msgs = (room.msgs - 1).max(0);
    if room.last_message.as_ref() == Some(&message.id) {
        room.last_message = tx.rooms().newest_visible(&room.id)?;
    }
    tx.rooms().update_activity(room)
}

#[cfg(test)]
mod tests {
    use super::super::tests::message;
    use super::*;
    use serde_json::Value;

    #[test]
    fn a_trace_says_whose_it_was_and_nothing_else() {
        let mut sent = message("secret @bob https://a.com");
        sent.tshow = true;
        sent.reactions = vec![(":smile:".into(), vec!["u1".into()])];
        sent.body = sent.body.replace(
            "{\"msg\"",
            "{\"alias\":\"Ann\",\"attachments\":[{\"text\":\"secret\"}],\"customFields\":{\"a\":\"secret\"},\"msg\"",
        );
        let left = emptied(sent.clone());
        assert!(!left.body.contains("secret") && !left.body.contains("bob") && !left.body.contains("a.com"));
        let expected = json!({
            "msg": "", "urls": [], "mentions": [], "channels": [], "attachments": [], "reactions": {}, "alias": "Ann",
        });
        assert_eq!(serde_json::from_str::<Value>(&left.body).unwrap(), expected);
        assert_eq!((left.kind.as_deref(), left.tshow, left.reactions.len()), (Some("rm"), false, 0));
        assert_eq!((left.id, left.ts, left.author), (sent.id, sent.ts, sent.author));
        assert!(serde_json::from_str::<Value>(EMPTIED).is_ok());
    }

    #[test]
    fn minutes_are_rounded() {
        let limit = 2 * 60_000;
        assert!(!is_too_late(Millis(0), Millis(149_999), limit));
        assert!(is_too_late(Millis(0), Millis(150_000), limit));
        assert!(!is_too_late(Millis(10), Millis(0), limit));
    }
}
