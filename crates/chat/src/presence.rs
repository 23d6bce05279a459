//! Who is connected, and how that looks to others.
//!
//! A connection is at the keyboard or away. Together with the default status that its user chose that makes the status
//! others see: offline without a connection; the default status where one other than `online` was chosen; else that of
//! the connections. All of it lives in memory; what was chosen is part of the account.

use crate::users::{self, StatusChange};
use crate::{Caller, Chat};
use gantry_model::{Hours, Millis, Result, Status, User, UserId};
use serde::Serialize;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How long a change of presence is remembered for `users.presence?from=`, in ms.
const REMEMBERED: i64 = 10 * 60 * 1_000;
/// How often what is remembered for too long is dropped, in ms.
const SWEPT_EVERY: i64 = 60 * 1_000;

/// One connection of this node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConnectionId(pub u64);

/// What others see of somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The status.
    pub status: Status,
    /// The line beside it.
    pub text: String,
}

/// What somebody chose to look like when connected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Chosen {
    pub(crate) status: Status,
    pub(crate) text: String,
    /// Both end then.
    pub(crate) until: Option<Millis>,
    /// When it was chosen: an older choice never replaces it.
    pub(crate) at: Millis,
}

impl Chosen {
    /// What an account says.
    pub(crate) fn of(user: &User) -> Self {
        Self {
            status: user.status_default,
            text: user.status_text.clone(),
            until: user.profile.status_expires,
            at: user.updated,
        }
    }

    /// The status and text as of `now`: what has ended is `online` without a text.
    pub(crate) fn at(&self, now: Millis) -> (Status, &str) {
        match self.until {
            Some(end) if end <= now => (Status::Online, ""),
            _ => (self.status, &self.text),
        }
    }
}

/// The connections of this node's users.
#[derive(Default)]
pub struct Presence(Mutex<Everybody>);

#[derive(Default)]
struct Everybody {
    users: HashMap<UserId, Somebody>,
    swept: Millis,
}

struct Somebody {
    connections: Vec<(ConnectionId, Status)>,
    chosen: Chosen,
    shown: Shown,
    changed: Millis,
}

impl Somebody {
    fn new(chosen: Chosen) -> Self {
        let shown = Shown { status: Status::Offline, text: chosen.text.clone() };
        Self { connections: Vec::new(), chosen, shown, changed: Millis(0) }
    }

    /// Any connection at the keyboard, else what the last one says.
    fn connection(&self) -> Status {
        let mut statuses = self.connections.iter().map(|(_, status)| *status);
        if statuses.clone().any(|status| status == Status::Online) {
            return Status::Online;
        }
        statuses.rfind(|status| *status != Status::Offline).unwrap_or_default()
    }

    /// What others see now, if that is not what they saw.
    fn refresh(&mut self, now: Millis) -> Option<Shown> {
        let (default, text) = self.chosen.at(now);
        let shown = Shown { status: derive(self.connection(), default), text: text.to_owned() };
        if shown == self.shown {
            return None;
        }
        self.shown = shown;
        self.changed = now;
        Some(self.shown.clone())
    }
}

fn derive(connection: Status, default: Status) -> Status {
    match (connection, default) {
        (Status::Offline, _) => Status::Offline,
        (_, Status::Online) => connection,
        _ => default,
    }
}

impl Presence {
    fn lock(&self) -> MutexGuard<'_, Everybody> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The status others see.
    pub fn status(&self, uid: &UserId) -> Status {
        self.lock().users.get(uid).map(|one| one.shown.status).unwrap_or_default()
    }

    /// The status of the connections alone.
    pub fn connection(&self, uid: &UserId) -> Status {
        self.lock().users.get(uid).map(Somebody::connection).unwrap_or_default()
    }

    /// Everybody who is not offline to others.
    pub fn present(&self) -> Vec<UserId> {
        let everybody = self.lock();
        everybody
            .users
            .iter()
            .filter(|(_, one)| one.shown.status != Status::Offline)
            .map(|(uid, _)| uid.clone())
            .collect()
    }

    /// How many users are connected.
    pub fn connected_users(&self) -> usize {
        self.lock().users.values().filter(|one| !one.connections.is_empty()).count()
    }

    fn changed_since(&self, since: Millis) -> Vec<UserId> {
        let everybody = self.lock();
        everybody.users.iter().filter(|(_, one)| one.changed > since).map(|(uid, _)| uid.clone()).collect()
    }

    /// Adds a connection, or changes its status.
    fn connect(&self, user: &User, connection: ConnectionId, status: Status, now: Millis) -> Option<Shown> {
        let mut everybody = self.lock();
        everybody.sweep(now);
        let one = everybody.users.entry(user.id.clone()).or_insert_with(|| Somebody::new(Chosen::of(user)));
        match one.connections.iter_mut().find(|(id, _)| *id == connection) {
            Some((_, known)) => *known = status,
            None => one.connections.push((connection, status)),
        }
        one.refresh(now)
    }

    /// Changes the status of a connection that is there.
    fn set(&self, uid: &UserId, connection: ConnectionId, status: Status, now: Millis) -> Option<Shown> {
        let mut everybody = self.lock();
        let one = everybody.users.get_mut(uid)?;
        one.connections.iter_mut().find(|(id, _)| *id == connection)?.1 = status;
        one.refresh(now)
    }

    fn disconnect(&self, uid: &UserId, connection: ConnectionId, now: Millis) -> Option<Shown> {
        let mut everybody = self.lock();
        everybody.sweep(now);
        let one = everybody.users.get_mut(uid)?;
        one.connections.retain(|(id, _)| *id != connection);
        one.refresh(now)
    }

    /// Takes in what somebody chose, unless something newer is known.
    pub(crate) fn choose(&self, uid: &UserId, chosen: Chosen, now: Millis) -> Option<Shown> {
        let mut everybody = self.lock();
        let one = everybody.users.get_mut(uid)?;
        if chosen.at >= one.chosen.at {
            one.chosen = chosen;
        }
        one.refresh(now)
    }

    /// Those connected whose choice has ended.
    fn ended(&self, now: Millis) -> Vec<UserId> {
        let everybody = self.lock();
        let over = |one: &Somebody| one.chosen.until.is_some_and(|end| end <= now);
        everybody.users.iter().filter(|(_, one)| over(one)).map(|(uid, _)| uid.clone()).collect()
    }
}

impl Everybody {
    /// Forgets who has been gone for longer than anybody can ask.
    fn sweep(&mut self, now: Millis) {
        if now.0.abs_diff(self.swept.0) < SWEPT_EVERY.unsigned_abs() {
            return;
        }
        self.swept = now;
        self.users.retain(|_, one| !one.connections.is_empty() || one.changed.0 > now.0 - REMEMBERED);
    }
}

/// A connection of the caller is there, at the keyboard.
///
/// # Errors
/// Unavailable, when the store is; the connection counts all the same.
pub async fn connected(cx: &Caller, connection: ConnectionId) -> Result<()> {
    let (chat, state) = (cx.chat(), cx.chat().state());
    let shown = state.presence().connect(cx.user(), connection, Status::Online, chat.now());
    state.presence_changed(cx.id(), shown);
    // The caller's account may be older than a choice that was made meanwhile.
    if let Some(user) = users::get(chat, cx.id()).await? {
        state.presence_changed(cx.id(), state.presence().choose(cx.id(), Chosen::of(&user), chat.now()));
    }
    Ok(())
}

/// A connection is gone, or its user logged out.
pub fn disconnected(chat: &Chat, uid: &UserId, connection: ConnectionId) {
    let state = chat.state();
    state.presence_changed(uid, state.presence().disconnect(uid, connection, chat.now()));
}

/// The client says whether somebody is at its keyboard: `UserPresence:online`, `UserPresence:away`.
pub fn at_keyboard(cx: &Caller, connection: ConnectionId, there: bool) {
    let (state, status) = (cx.chat().state(), if there { Status::Online } else { Status::Away });
    state.presence_changed(cx.id(), state.presence().set(cx.id(), connection, status, cx.chat().now()));
}

/// Ends the statuses whose time is over; a job's work, every few seconds.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn end_statuses(chat: &Chat) -> Result<()> {
    for uid in chat.state().presence().ended(chat.now()) {
        users::end_status(chat, &uid).await?;
    }
    Ok(())
}

/// Whose presence is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Everybody's who is not offline.
    Everybodys,
    /// Of these, those who are not offline.
    Of(Vec<UserId>),
    /// Everybody's that changed since; after more than ten minutes, everybody's.
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
    status_source: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_expires_at: Option<Millis>,
    #[serde(skip_serializing_if = "Option::is_none", rename = "avatarETag")]
    avatar_etag: Option<String>,
}

/// The answer of `users.presence`.
#[derive(Clone, Debug, Serialize)]
pub struct PresenceList {
    /// Who, and how.
    pub users: Vec<PresenceDoc>,
    /// Whoever is not named is offline.
    pub full: bool,
}

/// Who is there. Nobody, where `Presence_broadcast_disabled` hides it.
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
        Whose::ChangedSince(since) if now.0 - since.0 < REMEMBERED => {
            (presence.changed_since(since).into_iter().filter(|uid| uid != cx.id()).collect(), false)
        }
        Whose::Everybodys | Whose::ChangedSince(_) => (presence.present(), true),
    };
    let users = users::some_by_id(chat, ids).await?;
    Ok(PresenceList { users: users.iter().map(|user| entry(chat, user, now)).collect(), full })
}

fn entry(chat: &Chat, user: &Arc<User>, now: Millis) -> PresenceDoc {
    let chosen = Chosen::of(user);
    let (default, text) = chosen.at(now);
    let manual = default != Status::Online || !text.is_empty();
    PresenceDoc {
        id: user.id.clone(),
        username: user.username.as_ref().map(ToString::to_string),
        name: user.name.clone(),
        status: chat.state().presence().status(&user.id),
        utc_offset: user.profile.utc_offset.unwrap_or_default(),
        status_text: text.to_owned(),
        status_source: if manual { "manual" } else { "internal" },
        status_expires_at: chosen.until.filter(|end| *end > now),
        avatar_etag: user.profile.avatar_etag.clone(),
    }
}

/// `UserPresence:setDefaultStatus`: the default status alone.
///
/// # Errors
/// As [`users::set_status`].
pub async fn set_default_status(cx: &Caller, status: Status) -> Result<()> {
    let change = StatusChange { status: Some(status), ..StatusChange::default() };
    users::set_status(cx, cx.id(), change, "setUserStatus").await
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_model::{Profile, UserKind};

    fn user(default: Status) -> User {
        User {
            id: UserId::new("ann"),
            username: Some("ann".into()),
            name: None,
            kind: UserKind::User,
            active: true,
            roles: Vec::new(),
            emails: Vec::new(),
            status_default: default,
            status_text: String::new(),
            has_password: false,
            created: Millis(0),
            last_login: None,
            updated: Millis(0),
            preferences: serde_json::Map::new(),
            profile: Profile::default(),
        }
    }

    fn status(shown: Option<Shown>) -> Option<Status> {
        shown.map(|shown| shown.status)
    }

    const FIRST: ConnectionId = ConnectionId(1);
    const SECOND: ConnectionId = ConnectionId(2);

    #[test]
    fn connections_make_the_status() {
        let presence = Presence::default();
        let (ann, uid) = (user(Status::Online), UserId::new("ann"));
        assert_eq!(status(presence.connect(&ann, FIRST, Status::Online, Millis(1))), Some(Status::Online));
        assert_eq!(presence.connect(&ann, SECOND, Status::Away, Millis(2)), None);
        assert_eq!(status(presence.set(&uid, FIRST, Status::Away, Millis(3))), Some(Status::Away));
        assert_eq!(status(presence.disconnect(&uid, SECOND, Millis(4))), None);
        assert_eq!(status(presence.disconnect(&uid, FIRST, Millis(5))), Some(Status::Offline));
        assert_eq!(presence.disconnect(&uid, FIRST, Millis(6)), None);
        assert_eq!((presence.present().len(), presence.changed_since(Millis(4))), (0, vec![uid]));
    }

    #[test]
    fn what_was_chosen_wins_while_connected() {
        for chosen in [Status::Busy, Status::Away, Status::Offline] {
            assert_eq!(derive(Status::Online, chosen), chosen);
            assert_eq!(derive(Status::Offline, chosen), Status::Offline);
        }
        assert_eq!(derive(Status::Away, Status::Online), Status::Away);
        let presence = Presence::default();
        assert_eq!(presence.connect(&user(Status::Offline), FIRST, Status::Online, Millis(1)), None, "invisible");
        assert_eq!(presence.connection(&UserId::new("ann")), Status::Online);
    }

    #[test]
    fn the_newest_choice_counts_until_it_ends() {
        let (presence, uid) = (Presence::default(), UserId::new("ann"));
        presence.connect(&user(Status::Online), FIRST, Status::Online, Millis(1));
        let busy = Chosen { status: Status::Busy, text: "lunch".into(), until: Some(Millis(100)), at: Millis(20) };
        let shown = presence.choose(&uid, busy.clone(), Millis(20));
        assert_eq!(shown, Some(Shown { status: Status::Busy, text: "lunch".into() }));
        let older = Chosen { status: Status::Away, at: Millis(10), ..busy.clone() };
        assert_eq!(presence.choose(&uid, older, Millis(21)), None);
        assert!(presence.ended(Millis(99)).is_empty());
        assert_eq!(presence.ended(Millis(100)), vec![uid.clone()]);
        assert_eq!(busy.at(Millis(100)), (Status::Online, ""));
    }

    #[test]
    fn who_is_gone_is_forgotten() {
        let (presence, uid) = (Presence::default(), UserId::new("ann"));
        presence.connect(&user(Status::Online), FIRST, Status::Online, Millis(0));
        presence.disconnect(&uid, FIRST, Millis(1));
        let bob = User { id: UserId::new("bob"), ..user(Status::Online) };
        presence.connect(&bob, SECOND, Status::Online, Millis(REMEMBERED + 1));
        assert_eq!(presence.lock().users.len(), 1);
    }
}
