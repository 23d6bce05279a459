//! Whom a message may be told to now, and in which words.

use super::super::subscriptions::{direct_names, shown_name};
use crate::streams::{self, Hearing};
use crate::{Chat, access, people, users};
use gantry_model::event::{Addressed, MessageSent};
use gantry_model::{Author, MessageId, Person, Result, RoomId, RoomKind, Status, UserId};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::HashMap;

/// A notification, and who gets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Whom it is for.
    pub to: Vec<UserId>,
    /// The document, JSON for any wire.
    pub document: String,
}

/// What those are told whom [`super::Occasion`] names: not who is busy, and not who cannot read the room.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn due(chat: &Chat, sent: &MessageSent, concerned: Vec<UserId>) -> Result<Vec<Notice>> {
    let Some(addressed) = sent.addressed.as_deref() else { return Ok(Vec::new()) };
    let to = reachable(chat, sent, concerned).await?;
    if to.is_empty() {
        return Ok(Vec::new());
    }
    let words = Words::of(chat, sent);
    if sent.kind != RoomKind::Direct {
        let title = format!("#{}", addressed.place);
        return Ok(vec![Notice { to, document: words.document(&title, sent.room_name.as_deref(), true) }]);
    }
    let people = people::named(chat, &addressed.participants).await?;
    Ok(to.into_iter().map(|uid| words.in_direct_room(uid, addressed, &people)).collect())
}

/// Those who are not to be left alone, and may read what is said in the room.
async fn reachable(chat: &Chat, sent: &MessageSent, mut uids: Vec<UserId>) -> Result<Vec<UserId>> {
    let presence = chat.state().presence();
    uids.retain(|uid| presence.status(uid) != Status::Busy);
    let users = users::some_by_id(chat, uids).await?;
    let (readers, others): (Vec<_>, Vec<_>) =
        users.into_iter().partition(|user| access::opens_to_members(chat, user, sent.kind));
    let mut readers: Vec<UserId> = readers.into_iter().map(|user| user.id.clone()).collect();
    if !others.is_empty() {
        // What no role opens everywhere a role in the room may.
        let audience = others.into_iter().map(|user| (Some(user.id.clone()), sent.message.rid.clone())).collect();
        let heard = streams::hearings(chat, audience).await?.into_iter();
        readers.extend(heard.filter(|(.., hearing)| *hearing == Hearing::Everything).filter_map(|(uid, ..)| uid));
    }
    Ok(readers)
}

/// What of a message's body is told.
#[derive(Deserialize)]
struct Said<'a> {
    #[serde(borrow)]
    msg: Cow<'a, str>,
    #[serde(default)]
    mentions: Vec<Mentioned>,
}

#[derive(Deserialize)]
struct Mentioned {
    username: Option<String>,
    name: Option<String>,
}

/// A message in the words of a notification.
struct Words<'a> {
    sent: &'a MessageSent,
    said: Cow<'a, str>,
    sender: &'a str,
    /// The text without its marks.
    text: String,
}

impl<'a> Words<'a> {
    fn of(chat: &Chat, sent: &'a MessageSent) -> Self {
        let real_names = chat.settings().hot().message.real_names;
        let said: Option<Said<'_>> = serde_json::from_str(&sent.message.body).ok();
        let Said { msg, mentions } = said.unwrap_or(Said { msg: Cow::Borrowed(""), mentions: Vec::new() });
        let names: HashMap<&str, &str> = mentions
            .iter()
            .filter(|_| real_names)
            .filter_map(|one| Some((one.username.as_deref()?, one.name.as_deref()?)))
            .collect();
        let name =
            |username: &str| names.get(username).map_or_else(|| format!("@{username}"), |name| (*name).to_owned());
        let text = gantry_markup::plain_text(&msg, &chat.state().reading().options, &name);
        Self { sent, sender: called(&sent.author, real_names), text, said: msg }
    }

    /// Two people tell each other who they are by the title; more, as in a room.
    fn in_direct_room(&self, uid: UserId, addressed: &Addressed, people: &gantry_model::People) -> Notice {
        let (name, _) = direct_names(&uid, &addressed.participants, people);
        let several = addressed.participants.len() > 2;
        let title = name.as_deref().filter(|_| several).unwrap_or(self.sender);
        Notice { to: vec![uid], document: self.document(title, name.as_deref(), several) }
    }

    fn document(&self, title: &str, name: Option<&str>, with_sender: bool) -> String {
        let MessageSent { message, author, kind, .. } = self.sent;
        let text = if with_sender { format!("{}: {}", self.sender, self.text) } else { self.text.clone() };
        let sender = Author { id: &message.author, person: Some(author) };
        let said = Text { msg: &self.said };
        let payload = Payload {
            id: &message.id,
            rid: &message.rid,
            tmid: &message.tmid,
            sender,
            kind: *kind,
            name,
            message: said,
        };
        serde_json::to_string(&Document { title, text: &text, payload }).unwrap_or_else(|_| "{}".into())
    }
}

/// Under which name a sender is told of.
fn called(person: &Person, real_names: bool) -> &str {
    if real_names { shown_name(person) } else { person.username.as_deref().unwrap_or_default() }
}

#[derive(Serialize)]
struct Document<'a> {
    title: &'a str,
    text: &'a str,
    payload: Payload<'a>,
}

#[derive(Serialize)]
struct Payload<'a> {
    #[serde(rename = "_id")]
    id: &'a MessageId,
    rid: &'a RoomId,
    #[serde(skip_serializing_if = "Option::is_none")]
    tmid: &'a Option<MessageId>,
    sender: Author<'a>,
    #[serde(rename = "type")]
    kind: RoomKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    message: Text<'a>,
}

#[derive(Serialize)]
struct Text<'a> {
    msg: &'a str,
}
