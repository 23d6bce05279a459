//! Messages: an immutable body, and what can change spliced in when it is sent.

use crate::wire::{self, Wire};
use crate::{MessageId, Millis, RoomId, UserId};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;
use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// A message as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// `_id`; clients may make it.
    pub id: MessageId,
    /// Its room.
    pub rid: RoomId,
    /// Its time; the room's order is by it, and by `place` where messages come faster than the clock.
    pub ts: Millis,
    /// Its number in the room, never given twice.
    pub place: i64,
    /// Stamp of its last change.
    pub updated: Millis,
    /// Who wrote it.
    pub author: UserId,
    /// `t`: a system type, or nothing for what a person wrote.
    pub kind: Option<String>,
    /// The rest of the document as JSON object text, ready to send: `msg`, `md`, `urls`, `mentions`, `channels`, …
    /// An instant in it stands as DDP writes it, see [`push_instant`].
    pub body: String,
    /// The thread it replies to.
    pub tmid: Option<MessageId>,
    /// A thread reply that is shown in the room as well.
    pub tshow: bool,
    /// When it was last edited, and by whom.
    pub edited: Option<(Millis, UserId)>,
    /// Who reacted with what.
    pub reactions: Reactions,
}

/// Reactions by emoji (`:smile:`), each with its users in the order they came.
pub type Reactions = Vec<(String, Vec<UserId>)>;

/// The names under which somebody is shown now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Person {
    /// User name; absent until chosen.
    pub username: Option<String>,
    /// Display name.
    pub name: Option<String>,
}

/// The people a set of documents names. Built once for a page, shared by its documents.
pub type People = HashMap<UserId, Arc<Person>>;

/// `{_id, username, name}` of somebody, as messages, rooms and subscriptions carry it.
pub struct Author<'a> {
    /// Who.
    pub id: &'a UserId,
    /// The names; nothing when the account is gone.
    pub person: Option<&'a Person>,
}

impl Serialize for Author<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("_id", self.id)?;
        if let Some(username) = self.person.and_then(|person| person.username.as_ref()) {
            map.serialize_entry("username", username)?;
        }
        if let Some(name) = self.person.and_then(|person| person.name.as_ref()) {
            map.serialize_entry("name", name)?;
        }
        map.end()
    }
}

/// A message with the people it names, ready to be written for either wire.
#[derive(Clone)]
pub struct MessageView {
    /// The stored message.
    pub message: Arc<Message>,
    /// At least its author, editor and reactors.
    pub people: Arc<People>,
}

impl Message {
    /// Everybody whose names its document shows.
    pub fn named(&self) -> impl Iterator<Item = &UserId> {
        let reactors = self.reactions.iter().flat_map(|(_, users)| users);
        std::iter::once(&self.author).chain(self.edited.as_ref().map(|(_, by)| by)).chain(reactors)
    }

    /// Appends the document's JSON for the wire of the moment.
    ///
    /// Written by hand: history, sync and every fan-out pass here, and the body must not be parsed again.
    pub fn write(&self, people: &People, out: &mut String) {
        let text = |out: &mut String, key: &str, value: &str| {
            out.push_str(key);
            push_text(out, value);
        };
        text(out, "{\"_id\":", self.id.as_str());
        text(out, ",\"rid\":", self.rid.as_str());
        out.push_str(",\"ts\":");
        push_millis(out, self.ts);
        out.push_str(",\"u\":");
        push_user(out, &self.author, people.get(&self.author).map(|person| &**person), true);
        out.push_str(",\"_updatedAt\":");
        push_millis(out, self.updated);
        if let Some(kind) = &self.kind {
            text(out, ",\"t\":", kind);
        }
        if let Some(tmid) = &self.tmid {
            text(out, ",\"tmid\":", tmid.as_str());
        }
        if self.tshow {
            out.push_str(",\"tshow\":true");
        }
        if let Some((at, by)) = &self.edited {
            out.push_str(",\"editedAt\":");
            push_millis(out, *at);
            out.push_str(",\"editedBy\":");
            push_user(out, by, people.get(by).map(|person| &**person), false);
        }
        if !self.reactions.is_empty() {
            out.push_str(",\"reactions\":");
            self.push_reactions(people, out);
        }
        match self.body.strip_prefix('{') {
            Some("}") | None => out.push('}'),
            Some(rest) => {
                out.push(',');
                push_stored(out, rest);
            }
        }
    }

    fn push_reactions(&self, people: &People, out: &mut String) {
        let mut before = '{';
        for (emoji, users) in &self.reactions {
            out.push(before);
            before = ',';
            push_text(out, emoji);
            let known = users.iter().filter_map(|user| people.get(user));
            let usernames: Vec<&str> = known.filter_map(|person| person.username.as_deref()).collect();
            out.push_str(":{\"usernames\":");
            push_json(out, &usernames);
            out.push('}');
        }
        out.push('}');
    }
}

impl MessageView {
    /// The document's JSON for `wire`.
    pub fn render(&self, wire: Wire) -> String {
        let mut out = String::with_capacity(self.message.body.len() + 256);
        wire::with(wire, || self.message.write(&self.people, &mut out));
        out
    }

    /// The JSON list of many documents for `wire`, written in one go.
    pub fn render_all(views: &[Self], wire: Wire) -> String {
        let bodies: usize = views.iter().map(|view| view.message.body.len() + 256).sum();
        let mut out = String::with_capacity(bodies + 2);
        out.push('[');
        wire::with(wire, || {
            for (at, view) in views.iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                view.message.write(&view.people, &mut out);
            }
        });
        out.push(']');
        out
    }
}

impl Serialize for MessageView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw = RawValue::from_string(self.render(wire::current())).map_err(serde::ser::Error::custom)?;
        raw.serialize(serializer)
    }
}

/// `{_id, username}`, for an author with the display name.
fn push_user(out: &mut String, id: &UserId, person: Option<&Person>, with_name: bool) {
    out.push_str("{\"_id\":");
    push_text(out, id.as_str());
    if let Some(username) = person.and_then(|person| person.username.as_deref()) {
        out.push_str(",\"username\":");
        push_text(out, username);
    }
    if let Some(name) = person.and_then(|person| person.name.as_deref()).filter(|_| with_name) {
        out.push_str(",\"name\":");
        push_text(out, name);
    }
    out.push('}');
}

fn push_millis(out: &mut String, at: Millis) {
    match wire::current() {
        Wire::Rest => push_iso(out, at),
        Wire::Ddp => push_instant(out, at),
    }
}

fn push_iso(out: &mut String, at: Millis) {
    out.push('"');
    out.push_str(&at.iso());
    out.push('"');
}

/// How an instant begins in a body. Nothing else there looks like it: no key that a client gave begins with `$`, and in a
/// text the quotation mark is escaped.
const INSTANT: &str = "{\"$date\":";

/// Appends an instant as it stands in a message's body, whichever wire it will be sent on.
pub fn push_instant(out: &mut String, at: Millis) {
    // Writing to a String cannot fail.
    let _ = write!(out, "{INSTANT}{}}}", at.0);
}

/// Appends a piece of a body for the wire of the moment. Nearly none holds an instant, or as much as its first sign.
fn push_stored(out: &mut String, mut body: &str) {
    if wire::current() == Wire::Rest && body.contains('$') {
        while let Some((before, after)) = body.split_once(INSTANT) {
            let Some((Ok(at), rest)) = after.split_once('}').map(|(at, rest)| (at.parse(), rest)) else { break };
            out.push_str(before);
            push_iso(out, Millis(at));
            body = rest;
        }
    }
    out.push_str(body);
}

/// Appends `value` as JSON.
pub fn push_json<T: Serialize + ?Sized>(out: &mut String, value: &T) {
    out.push_str(&serde_json::to_string(value).unwrap_or_else(|_| "null".into()));
}

/// Appends text as a JSON string; what needs no escape, which is nearly everything, is copied as it stands.
pub fn push_text(out: &mut String, text: &str) {
    if text.bytes().all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\') {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        push_json(out, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn sent() -> MessageView {
        let message = Message {
            id: "m1".into(),
            rid: "r1".into(),
            ts: Millis(1_785_585_600_000),
            place: 1,
            updated: Millis(1_785_585_600_001),
            author: "u1".into(),
            kind: None,
            body: "{\"msg\":\"hi\",\"mentions\":[]}".into(),
            tmid: None,
            tshow: false,
            edited: Some((Millis(1_785_585_600_001), "u2".into())),
            reactions: vec![(":a\"b:".into(), vec!["u2".into(), "gone".into()])],
        };
        let person =
            |username: &str, name: &str| Arc::new(Person { username: Some(username.into()), name: Some(name.into()) });
        let people = People::from([("u1".into(), person("ann", "Ann \"A\"")), ("u2".into(), person("bob", "Bob"))]);
        MessageView { message: Arc::new(message), people: Arc::new(people) }
    }

    #[test]
    fn one_document_on_both_wires() {
        let document = |wire| serde_json::from_str::<Value>(&sent().render(wire)).unwrap();
        let expected = json!({
            "_id": "m1", "rid": "r1", "msg": "hi", "mentions": [], "ts": "2026-08-01T12:00:00.000Z",
            "_updatedAt": "2026-08-01T12:00:00.001Z", "u": { "_id": "u1", "username": "ann", "name": "Ann \"A\"" },
            "editedAt": "2026-08-01T12:00:00.001Z", "editedBy": { "_id": "u2", "username": "bob" },
            "reactions": { ":a\"b:": { "usernames": ["bob"] } },
        });
        assert_eq!(document(Wire::Rest), expected);
        assert_eq!(document(Wire::Ddp)["ts"], json!({ "$date": 1_785_585_600_000_i64 }));
    }

    #[test]
    fn an_instant_in_the_body_is_spelled_for_the_wire() {
        let mut body = String::from("{\"msg\":\"{\\\"$date\\\":1}\",\"attachments\":[{\"ts\":");
        push_instant(&mut body, Millis(1_785_585_600_000));
        body.push_str("}],\"price\":\"$5\"}");
        let view = MessageView { message: Arc::new(Message { body, ..Message::clone(&sent().message) }), ..sent() };
        let document = |wire| serde_json::from_str::<Value>(&view.render(wire)).unwrap();
        let (rest, ddp) = (document(Wire::Rest), document(Wire::Ddp));
        assert_eq!(rest["attachments"], json!([{ "ts": "2026-08-01T12:00:00.000Z" }]));
        assert_eq!(ddp["attachments"], json!([{ "ts": { "$date": 1_785_585_600_000_i64 } }]));
        for document in [rest, ddp] {
            assert_eq!((&document["msg"], &document["price"]), (&json!("{\"$date\":1}"), &json!("$5")));
        }
    }

    #[test]
    fn a_list_is_its_documents() {
        assert_eq!(MessageView::render_all(&[], Wire::Rest), "[]");
        let list = MessageView::render_all(&[sent(), sent()], Wire::Ddp);
        assert_eq!(list, wire::to_string(Wire::Ddp, &[sent(), sent()]));
    }

    #[test]
    fn a_message_without_a_body_is_still_a_document() {
        let empty = Message { body: "{}".into(), ..Message::clone(&sent().message) };
        let view = MessageView { message: Arc::new(empty), people: Arc::default() };
        assert!(serde_json::from_str::<Value>(&view.render(Wire::Rest)).is_ok());
    }
}
