//! A message as a client asks for it.

use super::plain::{plain, plain_fields};
use super::quotes::{self, Quotes};
use super::text::{self, Addresses, Text};
use super::{attachments, custom_fields};
use crate::{Caller, Chat};
use gantry_model::{Error, MessageId, Result, push_json, push_text};
use serde_json::{Map, Value};

/// `details.method` of refusals.
const SEND: &str = "sendMessage";
/// Attachments, blocks and custom fields of one message, at most, in bytes of JSON.
const LARGEST: usize = 128 << 10;
/// An id that a client made, at most, in bytes.
const LONGEST_ID: usize = 100;
/// An alias, an emoji or the address of a picture, at most, in bytes.
const LONGEST_FACE: usize = 2_048;

/// What a client may set of a message; every other field is the server's.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// Made by the client, so that a repeated send is the same message.
    pub id: Option<MessageId>,
    /// The text.
    pub msg: String,
    /// The thread it replies to.
    pub tmid: Option<MessageId>,
    /// Shown in the room as well.
    pub tshow: bool,
    /// Another display name; needs `message-impersonate`.
    pub alias: Option<String>,
    /// Another picture; needs `message-impersonate`.
    pub avatar: Option<String>,
    /// An emoji for a picture.
    pub emoji: Option<String>,
    /// The program that sends it, `bot.i`.
    pub bot: Option<String>,
    /// Rich attachments; quotes among them are passed over, the server makes those itself.
    pub attachments: Vec<Value>,
    /// Block Kit.
    pub blocks: Option<Vec<Value>>,
    /// Fields of integrations.
    pub custom_fields: Option<Map<String, Value>>,
    /// False: addresses in the text are not looked at.
    pub parse_urls: Option<bool>,
    /// Only these addresses in the text get a preview.
    pub preview_urls: Option<Vec<String>>,
    /// May be shown under the former message's head.
    pub groupable: Option<bool>,
}

/// A draft that was read, ready to be stored.
pub(super) struct Prepared {
    pub(super) text: Text,
    /// The body's members after the text's own, each after a comma.
    pub(super) rest: String,
}

impl Draft {
    /// A plain text.
    pub fn text(msg: impl Into<String>) -> Self {
        Self { msg: msg.into(), ..Self::default() }
    }

    /// The document that `method` (`sendMessage`) takes. Fields that clients may not
    /// set are passed over; what is empty counts as absent.
    ///
    /// # Errors
    /// 400 `Match failed` for a field of a wrong type; a plain text for a system message.
    pub fn of_document(mut document: Map<String, Value>, method: &str) -> Result<Self> {
        let mut text = |key: &str| match document.remove(key) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text).filter(|text| !text.is_empty())),
            Some(_) => Err(mismatch()),
        };
        refuse_system(text("t")?.as_deref(), method)?;
        let (id, msg, tmid) = (text("_id")?, text("msg")?, text("tmid")?);
        let (alias, avatar, emoji) = (text("alias")?, text("avatar")?, text("emoji")?);
        Ok(Self {
            id: id.map(MessageId::from),
            msg: msg.unwrap_or_default(),
            tmid: tmid.map(MessageId::from),
            alias,
            avatar,
            emoji,
            tshow: flag(&mut document, "tshow")?.unwrap_or_default(),
            bot: document.get("bot").and_then(|bot| bot.get("i")?.as_str()).map(str::to_owned),
            attachments: list(&mut document, "attachments")?.unwrap_or_default(),
            blocks: list(&mut document, "blocks")?,
            custom_fields: match document.remove("customFields") {
                None | Some(Value::Null) => None,
                Some(Value::Object(fields)) => Some(fields),
                Some(_) => return Err(mismatch()),
            },
            parse_urls: flag(&mut document, "parseUrls")?,
            preview_urls: None,
            groupable: flag(&mut document, "groupable")?,
        })
    }

    /// Whether it shows somebody else's face.
    pub(super) fn impersonates(&self) -> bool {
        self.alias.is_some() || self.avatar.is_some()
    }

    /// What can be refused without looking at the room.
    ///
    /// # Errors
    /// `invalid-params` for `tshow` without `tmid`; `error-message-size-exceeded`; plain texts for an id, face,
    /// attachments or fields that do not fit, and for a dangerous address.
    pub(super) fn check(&self, cx: &Caller) -> Result<()> {
        if self.tshow && self.tmid.is_none() {
            return Err(Error::new("invalid-params", "tshow provided but missing tmid").in_method(SEND));
        }
        check_size(cx.chat(), &self.msg, SEND)?;
        if self.id.as_ref().is_some_and(|id| !is_id(id.as_str())) {
            return Err(Error::text("The message's _id is not valid"));
        }
        let face = [&self.alias, &self.avatar, &self.emoji, &self.bot];
        if face.into_iter().flatten().any(|text| text.len() > LONGEST_FACE) {
            return Err(too_large(SEND));
        }
        self.avatar.as_deref().map_or(Ok(()), attachments::check_avatar)?;
        attachments::check(&self.attachments)?;
        self.blocks.iter().flatten().try_for_each(attachments::check_links)?;
        match &self.custom_fields {
            Some(fields) => custom_fields::check(&cx.chat().settings(), fields),
            None => Ok(()),
        }
    }

    /// Makes the documents in it [plain], and drops quotes that a client made.
    ///
    /// # Errors
    /// A plain text for a key that begins with `$`.
    pub(super) fn make_plain(&mut self) -> Result<()> {
        self.attachments.retain(|attachment| !quotes::is_quote(attachment));
        self.attachments.iter_mut().chain(self.blocks.iter_mut().flatten()).try_for_each(plain)?;
        self.custom_fields.as_mut().map_or(Ok(()), plain_fields)
    }

    /// Reads the text and what it quotes, and writes everything of the body that does not depend on whom it names.
    ///
    /// # Errors
    /// `error-message-size-exceeded` for attachments, blocks and fields that are too large together.
    pub(super) async fn prepare(&self, cx: &Caller) -> Result<Prepared> {
        let addresses = Addresses { ignored: self.parse_urls == Some(false), previewed: self.preview_urls.as_deref() };
        let found = text::scan(cx.chat(), &self.msg);
        let quotes = Quotes::of(cx, addresses.links(cx.chat(), &found)).await?;
        let rest = self.rest(&quotes);
        if rest.len() - quotes.size() > LARGEST {
            return Err(too_large(SEND));
        }
        Ok(Prepared { text: Text::of(cx.chat(), &self.msg, found, addresses, &quotes), rest })
    }

    fn rest(&self, quotes: &Quotes) -> String {
        let mut out = String::new();
        for (key, value) in [("alias", &self.alias), ("avatar", &self.avatar), ("emoji", &self.emoji)] {
            if let Some(value) = value {
                push_key(&mut out, key);
                push_text(&mut out, value);
            }
        }
        if let Some(program) = &self.bot {
            out.push_str(",\"bot\":{\"i\":");
            push_text(&mut out, program);
            out.push('}');
        }
        let mut before = ",\"attachments\":[";
        for attachment in &self.attachments {
            out.push_str(std::mem::replace(&mut before, ","));
            push_json(&mut out, attachment);
        }
        for quote in quotes.attachments() {
            out.push_str(std::mem::replace(&mut before, ","));
            out.push_str(quote);
        }
        if before == "," {
            out.push(']');
        }
        if let Some(blocks) = &self.blocks {
            push_key(&mut out, "blocks");
            push_json(&mut out, blocks);
        }
        if let Some(fields) = &self.custom_fields {
            push_key(&mut out, "customFields");
            push_json(&mut out, fields);
        }
        for (key, flag) in [("parseUrls", self.parse_urls), ("groupable", self.groupable)] {
            if let Some(flag) = flag {
                push_key(&mut out, key);
                out.push_str(if flag { "true" } else { "false" });
            }
        }
        out
    }
}

fn push_key(out: &mut String, key: &str) {
    out.push_str(",\"");
    out.push_str(key);
    out.push_str("\":");
}

/// Refuses a text longer than `Message_MaxAllowedSize`, which counts as JavaScript does.
///
/// # Errors
/// `error-message-size-exceeded`, thrown by `method`.
pub(crate) fn check_size(chat: &Chat, text: &str, method: &'static str) -> Result<()> {
    if is_too_long(chat, text) { Err(too_large(method)) } else { Ok(()) }
}

/// See [`check_size`].
pub(super) fn is_too_long(chat: &Chat, text: &str) -> bool {
    let longest = chat.settings().hot().message.max_size;
    // Bytes bound code units: only a text that may be too long is counted.
    text.len() > longest && text.encode_utf16().count() > longest
}

fn too_large(method: &'static str) -> Error {
    Error::new("error-message-size-exceeded", "Message size exceeds Message_MaxAllowedSize").in_method(method)
}

fn is_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= LONGEST_ID && !id.contains(char::is_control)
}

fn mismatch() -> Error {
    Error::numbered(400, "Match failed")
}

/// A boolean, also as its text.
fn flag(document: &mut Map<String, Value>, key: &str) -> Result<Option<bool>> {
    match document.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Bool(flag)) => Ok(Some(flag)),
        Some(Value::String(text)) => match text.as_str() {
            "true" => Ok(Some(true)),
            "false" | "" => Ok(Some(false)),
            _ => Err(mismatch()),
        },
        Some(_) => Err(mismatch()),
    }
}

fn list(document: &mut Map<String, Value>, key: &str) -> Result<Option<Vec<Value>>> {
    match document.remove(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Array(items)) => Ok(Some(items)),
        Some(_) => Err(mismatch()),
    }
}

/// Refuses `t` of a message that the server alone writes, in the words of `method`.
///
/// # Errors
/// A plain text.
pub fn refuse_system(kind: Option<&str>, method: &str) -> Result<()> {
    match kind.is_some_and(is_system) {
        true => Err(Error::text(format!("Cannot send system messages using '{method}'"))),
        false => Ok(()),
    }
}

fn is_system(kind: &str) -> bool {
    const KINDS: [&str; 37] = [
        "uj",
        "ul",
        "ru",
        "au",
        "ut",
        "ui",
        "uir",
        "wm",
        "r",
        "rm",
        "user-banned",
        "user-unbanned",
        "room-archived",
        "room-unarchived",
        "room-set-read-only",
        "room-removed-read-only",
        "room-allowed-reacting",
        "room-disallowed-reacting",
        "subscription-role-added",
        "subscription-role-removed",
        "new-owner",
        "owner-removed",
        "new-moderator",
        "moderator-removed",
        "new-leader",
        "leader-removed",
        "user-muted",
        "user-unmuted",
        "message_pinned",
        "message_pinned_e2e",
        "discussion-created",
        "command",
        "videoconf",
        "ujt",
        "ult",
        "added-user-to-team",
        "removed-user-from-team",
    ];
    let families = ["room_changed_", "room_e2e_", "user-converted-to-", "livechat", "omnichannel_", "abac-", "voip-"];
    let rooms_of_teams = ["user-added-room-to-team", "user-removed-room-from-team", "user-deleted-room-from-team"];
    KINDS.contains(&kind) || rooms_of_teams.contains(&kind) || families.iter().any(|family| kind.starts_with(family))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(document: Value) -> Result<Draft, String> {
        let Value::Object(document) = document else { return Err("no object".into()) };
        Draft::of_document(document, "sendMessage").map_err(|error| error.to_string())
    }

    #[test]
    fn takes_what_clients_may_set_and_nothing_else() {
        let draft = read(json!({
            "_id": "m1", "rid": "r1", "msg": "hi", "tmid": "", "alias": null, "u": { "_id": "admin" }, "ts": 0, "pinned": true,
            "editedAt": 1, "bot": { "i": "js.SDK" }, "tshow": "true", "attachments": [{}], "customFields": { "a": 1 },
        }))
        .unwrap();
        let expected = Draft {
            id: Some("m1".into()),
            tshow: true,
            bot: Some("js.SDK".into()),
            attachments: vec![json!({})],
            custom_fields: json!({ "a": 1 }).as_object().cloned(),
            ..Draft::text("hi")
        };
        assert_eq!(draft, expected);
        assert_eq!(
            draft.rest(&Quotes::default()),
            ",\"bot\":{\"i\":\"js.SDK\"},\"attachments\":[{}],\"customFields\":{\"a\":1}"
        );
    }

    #[test]
    fn refuses_wrong_types_and_system_messages() {
        for wrong in [
            json!({ "msg": 1 }),
            json!({ "_id": {} }),
            json!({ "tshow": [] }),
            json!({ "attachments": {} }),
            json!({ "customFields": "a" }),
        ] {
            assert_eq!(read(wrong.clone()), Err("Match failed [400]".into()), "{wrong}");
        }
        for kind in ["uj", "ru", "room_changed_topic", "livechat-close"] {
            let refused = Err("Cannot send system messages using 'sendMessage'".into());
            assert_eq!(read(json!({ "msg": "x", "t": kind })), refused, "{kind}");
        }
        assert!(read(json!({ "msg": "x", "t": "e2e" })).is_ok());
    }

    #[test]
    fn ids_have_a_bound() {
        assert!(is_id("go1234") && is_id(&"a".repeat(100)));
        assert!(!is_id("") && !is_id("a\0") && !is_id("a\n") && !is_id(&"a".repeat(101)));
    }
}
