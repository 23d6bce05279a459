//! Editing: another text for a message, by its author or by who rules in the room.

use super::change::{held, members, push_members, write_back};
use super::custom_fields;
use super::draft::check_size;
use super::mentions::Mentions;
use super::plain::plain_fields;
use super::quotes::{self, Quotes};
use super::send::may_post;
use super::text::{self, Addresses, Text};
use crate::access::Found;
use crate::{Caller, people, rooms};
use gantry_model::{Error, Message, MessageView, Millis, Permission, Result};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// `details.method` of refusals.
const UPDATE: &str = "updateMessage";

/// What an edit changes; everything else of the message stays as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Edit {
    /// The new text.
    pub msg: String,
    /// The new fields of integrations.
    pub custom_fields: Option<Map<String, Value>>,
    /// Only these addresses in the text get a preview.
    pub preview_urls: Option<Vec<String>>,
}

impl Edit {
    /// The document that `updateMessage` takes: the message as the client has it, with what is to be changed. Other fields
    /// may stand there as they are.
    ///
    /// # Errors
    /// `error-invalid-update-key` for another value of what cannot be changed; 400 `Match failed` for a field of a wrong
    /// type.
    pub fn of_document(mut document: Map<String, Value>, message: &Message) -> Result<Self> {
        const IGNORED: [&str; 5] = ["tshow", "alias", "attachments", "avatar", "emoji"];
        let mismatch = || Error::numbered(400, "Match failed");
        let msg = match document.remove("msg") {
            Some(Value::String(text)) => text,
            None | Some(Value::Null) => text_of(message).unwrap_or_default(),
            Some(_) => return Err(mismatch()),
        };
        let custom_fields = match document.remove("customFields") {
            Some(Value::Object(fields)) => Some(fields),
            None | Some(Value::Null) => None,
            Some(_) => return Err(mismatch()),
        };
        let stored = |key: &str| match key {
            "_id" => Some(message.id.as_str()),
            "rid" => Some(message.rid.as_str()),
            "tmid" => message.tmid.as_ref().map(|tmid| tmid.as_str()),
            "t" => message.kind.as_deref(),
            _ => None,
        };
        let same = |key: &str, value: &Value| value.as_str().is_some_and(|text| stored(key) == Some(text));
        match document.iter().find(|(key, value)| !IGNORED.contains(&key.as_str()) && !same(key, value)) {
            Some((key, _)) => {
                let text = format!("Cannot update the message {key}");
                Err(Error::new("error-invalid-update-key", text).in_method(UPDATE))
            }
            None => Ok(Self { msg, custom_fields, preview_urls: None }),
        }
    }
}

/// Changes a message that was found; the message as it is now.
///
/// In order: the text is not too long (`error-message-size-exceeded`), the fields fit; the caller can read the message's
/// own room (`error-not-allowed`); the same text once more changes nothing; a person wrote it, and the caller holds
/// `edit-message` in the room, or is the author while `Message_AllowEditing` is on (`error-action-not-allowed`); not too
/// late by `Message_AllowEditing_BlockEditInMinutes`, unless with `bypass-time-limit-edit-and-delete`
/// (`error-message-editing-blocked`); the caller may post in the room ([`super::send`]'s refusals). Nobody's unread state
/// changes, and whom the new text names is not told. What it quotes is read anew.
///
/// # Errors
/// As above.
pub async fn edit(cx: &Caller, message: &Message, mut edit: Edit) -> Result<MessageView> {
    check_size(cx.chat(), &edit.msg, UPDATE)?;
    if let Some(fields) = &mut edit.custom_fields {
        custom_fields::check(&cx.chat().settings(), fields)?;
        plain_fields(fields)?;
    }
    let ignored = members(&message.body).get("parseUrls").is_some_and(|flag| flag.get() == "false");
    let addresses = Addresses { ignored, previewed: edit.preview_urls.as_deref() };
    let found = text::scan(cx.chat(), &edit.msg);
    let quotes = Quotes::edited(cx, message, addresses.links(cx.chat(), &found)).await?;
    let text = Text::of(cx.chat(), &edit.msg, found, addresses, &quotes);
    let (rid, id) = (message.rid.clone(), message.id.clone());
    let write = cx.write([rooms::key(&rid)], move |me, tx| {
        let (mut found, mut message) = held(me, tx, (&rid, &id), UPDATE)?;
        if is_same(&message, &edit) {
            return Ok(Arc::new(message));
        }
        may_edit(me, &found, &message, tx.stamp())?;
        may_post(me, &found)?;
        let mentions = Mentions::of(me, tx, &text.found)?;
        message.body = text.body(&mentions, &rest(&message.body, edit.custom_fields.as_ref(), &quotes));
        message.edited = Some((tx.stamp(), me.id().clone()));
        write_back(tx, &mut found.room, message)
    });
    people::view(cx.chat(), write.await?).await
}

fn may_edit(me: &Caller, found: &Found, message: &Message, now: Millis) -> Result<()> {
    let settings = me.chat().settings();
    let rules = &settings.hot().message;
    let own = rules.allow_editing && message.author == *me.id();
    if message.kind.is_some() || !(own || me.has_in(Permission::EditMessage, found.seat.as_ref())) {
        let details = serde_json::json!({ "method": UPDATE, "action": "Message_editing" });
        return Err(Error::new("error-action-not-allowed", "Message editing not allowed").with_details(details));
    }
    let too_late = rules.edit_within.is_some_and(|within| is_too_late(message.ts, now, within));
    if too_late && !me.has(Permission::BypassTimeLimitEditAndDelete) {
        return Err(Error::new("error-message-editing-blocked", "Message editing is blocked").in_method(UPDATE));
    }
    Ok(())
}

fn is_too_late(sent: Millis, now: Millis, within: i64) -> bool {
    now.0 - sent.0 >= within
}

fn is_same(message: &Message, edit: &Edit) -> bool {
    edit.custom_fields.is_none() && edit.preview_urls.is_none() && text_of(message).as_ref() == Some(&edit.msg)
}

fn text_of(message: &Message) -> Option<String> {
    serde_json::from_str(members(&message.body).get("msg")?.get()).ok()
}

/// What stays of the body besides the text's own members, and what replaces some of it.
fn rest(body: &str, custom_fields: Option<&Map<String, Value>>, quotes: &Quotes) -> String {
    let mut kept: BTreeMap<String, Box<RawValue>> = members(body);
    if let Some(attachments) = attachments(&kept, quotes) {
        kept.insert("attachments".to_owned(), attachments);
    }
    kept.retain(|key, _| !["msg", "md", "urls", "mentions", "channels"].contains(&key.as_str()));
    if let Some(raw) = custom_fields.and_then(|fields| serde_json::value::to_raw_value(fields).ok()) {
        kept.insert("customFields".to_owned(), raw);
    }
    let mut out = String::new();
    push_members(&mut out, &kept);
    out
}

/// What is attached from now on; nothing where nothing is or was.
fn attachments(body: &BTreeMap<String, Box<RawValue>>, quotes: &Quotes) -> Option<Box<RawValue>> {
    if !body.contains_key("attachments") && quotes.size() == 0 {
        return None;
    }
    let others = quotes::others(body);
    let all: Vec<&str> = others.iter().map(|one| one.get()).chain(quotes.attachments()).collect();
    RawValue::from_string(format!("[{}]", all.join(","))).ok()
}

#[cfg(test)]
mod tests {
    use super::super::tests::message;
    use super::*;
    use serde_json::json;

    fn read(document: Value) -> Result<Edit, String> {
        let Value::Object(document) = document else { return Err("no object".into()) };
        Edit::of_document(document, &message("hi")).map_err(|error| error.to_string())
    }

    #[test]
    fn only_the_text_and_the_fields_change() {
        assert_eq!(read(json!({ "_id": "m1", "rid": "r1", "msg": "ho" })).unwrap().msg, "ho");
        assert_eq!(read(json!({ "_id": "m1", "customFields": { "a": 1 } })).unwrap().msg, "hi");
        assert!(read(json!({ "_id": "m1", "msg": "ho", "alias": "x", "tshow": true })).is_ok());
        for key in ["rid", "tmid", "t", "ts", "u", "pinned", "editedAt", "reactions"] {
            let refused = Err(format!("Cannot update the message {key} [error-invalid-update-key]"));
            assert_eq!(read(json!({ "_id": "m1", "msg": "ho", key: "other" })), refused);
        }
        assert_eq!(read(json!({ "_id": "m1", "msg": {} })), Err("Match failed [400]".into()));
    }

    #[test]
    fn the_time_limit_is_whole_minutes() {
        assert!(!is_too_late(Millis(5), Millis(60_004), 60_000));
        assert!(is_too_late(Millis(5), Millis(60_005), 60_000));
    }

    #[test]
    fn what_is_not_edited_stays() {
        let body = "{\"msg\":\"a\",\"md\":[],\"urls\":[],\"mentions\":[],\"channels\":[],\"alias\":\"x\",\"customFields\":{\"a\":1}}";
        assert_eq!(rest(body, None, &Quotes::default()), ",\"alias\":\"x\",\"customFields\":{\"a\":1}");
        let fields = json!({ "b": 2 });
        assert_eq!(rest(body, fields.as_object(), &Quotes::default()), ",\"alias\":\"x\",\"customFields\":{\"b\":2}");
    }
}
