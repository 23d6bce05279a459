//! Presence as it is asked for.

use super::Chosen;
use crate::{Caller, Chat, users};
use gantry_model::{Hours, Millis, Permission, Result, Status, User, UserId};
use serde::Serialize;

/// Whose presence is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's who is not offline.
    Everybodys,
    /// Of these, those who are not offline.
    Of(Vec<UserId>),
    /// Everybody's that changed since; where that is not remembered, everybody's. It is for ten minutes, and not beyond
    /// the server's start.
    ChangedSince(Millis),
}

/// An entry of `users.presence`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PresenceDoc {
    #[serde(rename = "_id")]
    id: UserId,
    username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    status: Status,
    utc_offset: Hours,
    status_text: String,
    #[serde(flatten)]
    reason: Reason,
    #[serde(skip_serializing_if = "Option::is_none", rename = "avatarETag")]
    avatar_etag: Option<String>,
}

/// Where a status comes from.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Reason {
    status_source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_expires_at: Option<Millis>,
}

/// The line beside somebody's status as of now, and where the status comes from.
fn chosen(user: &User, now: Millis) -> (String, Reason) {
    let chosen = Chosen::of(user);
    let (default, text) = chosen.at(now);
    let manual = default != Status::Online || !text.is_empty();
    let status_source = if manual { "manual" } else { "internal" };
    (text.to_owned(), Reason { status_source, status_expires_at: chosen.until.filter(|end| *end > now) })
}

/// The line beside somebody's status as of now: `getUserStatusText`.
pub fn text_of(chat: &Chat, user: &User) -> String {
    chosen(user, chat.now()).0
}

/// The answer of `users.presence`.
#[derive(Clone, Debug, Serialize)]
pub struct PresenceList {
    /// Who, and how.
    pub users: Vec<PresenceDoc>,
    /// Whoever is not named is offline.
    pub full: bool,
}

/// Who is there. Nobody, where the settings hide it.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn list(cx: &Caller, whose: Whose) -> Result<PresenceList> {
    let (chat, now) = (cx.chat(), cx.chat().now());
    if chat.settings().hot().accounts.presence_hidden {
        return Ok(PresenceList { users: Vec::new(), full: true });
    }
    let presence = chat.state().presence();
    let (ids, full) = match whose {
        Whose::Of(mut ids) => {
            ids.sort_unstable();
            ids.dedup();
            ids.retain(|uid| presence.status(uid) != Status::Offline);
            (ids, false)
        }
        Whose::ChangedSince(since) => match presence.changed_since(since, now) {
            Some(changed) => (changed.into_iter().filter(|uid| uid != cx.id()).collect(), false),
            None => (presence.present(), true),
        },
        Whose::Everybodys => (presence.present(), true),
    };
    let users = users::some_by_id(chat, ids).await?;
    Ok(PresenceList { users: users.iter().map(|user| entry(chat, user, now)).collect(), full })
}

fn entry(chat: &Chat, user: &User, now: Millis) -> PresenceDoc {
    let (status_text, reason) = chosen(user, now);
    PresenceDoc {
        id: user.id.clone(),
        username: user.username.as_ref().map(ToString::to_string),
        name: user.name.clone(),
        status: chat.state().presence().status(&user.id),
        utc_offset: user.profile.utc_offset.unwrap_or_default(),
        status_text,
        reason,
        avatar_etag: user.profile.avatar_etag.clone(),
    }
}

/// The answer of `users.getStatus`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OnesStatus {
    #[serde(rename = "_id")]
    id: UserId,
    /// The line beside the status, as older clients read it.
    message: String,
    connection_status: Status,
    status: Status,
    #[serde(flatten)]
    reason: Reason,
}

/// How somebody is.
pub fn status_of(cx: &Caller, user: &User) -> OnesStatus {
    let (message, reason) = chosen(user, cx.chat().now());
    OnesStatus {
        id: user.id.clone(),
        message,
        connection_status: connection_shown(cx, user),
        status: cx.chat().state().presence().status(&user.id),
        reason,
    }
}

/// The status of the connections. Who wishes to look offline has none, except for oneself and for who sees everything
/// of others.
fn connection_shown(cx: &Caller, user: &User) -> Status {
    let presence = cx.chat().state().presence();
    let sees = user.id == *cx.id() || cx.has(Permission::ViewFullOtherUserInfo);
    match sees || presence.status(&user.id) != Status::Offline {
        true => presence.connection(&user.id),
        false => Status::Offline,
    }
}

/// The answer of `users.getPresence`: of oneself with what is nobody else's business.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OnesPresence {
    presence: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    connection_status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_login: Option<Millis>,
}

/// Whether somebody is there.
pub fn presence_of(cx: &Caller, user: &User) -> OnesPresence {
    let (presence, own) = (cx.chat().state().presence(), user.id == *cx.id());
    OnesPresence {
        presence: presence.status(&user.id),
        connection_status: own.then(|| presence.connection(&user.id)),
        last_login: user.last_login.filter(|_| own),
    }
}
