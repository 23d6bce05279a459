//! Telling who is there.
//!
//! The first change is told at once, what follows within a second together: however many come and go, a connection is
//! written to once a second, and of each user it hears the newest state alone.

use super::{Hub, frames, user_data};
use crate::ddp;
use crate::frame::{Draft, Shared};
use crate::outbox::{Key, Outbox, Topic};
use crate::streams::{Feed, USER_PRESENCE};
use gantry_chat::presence::Shown;
use gantry_chat::{Chat, streams};
use gantry_model::{Result, User, UserId};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// How often presence is told, at most.
const PAUSE: Duration = Duration::from_secs(1);

/// Who is seen otherwise than was told.
#[derive(Default)]
pub(super) struct Seen {
    changed: Mutex<HashMap<UserId, Shown>>,
    wake: Notify,
}

impl Seen {
    /// Somebody is seen with another status or text.
    pub(super) fn note(&self, uid: &UserId, shown: &Shown) {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner).insert(uid.clone(), shown.clone());
        self.wake.notify_one();
    }

    pub(super) fn take(&self) -> HashMap<UserId, Shown> {
        std::mem::take(&mut self.changed.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Tells what changes, for ever.
pub(super) async fn run(chat: Chat, hub: Arc<Hub>) {
    loop {
        hub.seen.wake.notified().await;
        let changed = hub.seen.take();
        if !changed.is_empty() {
            if let Err(error) = tell(&chat, &hub, changed).await {
                tracing::warn!(cause = error.cause(), "presence was not told");
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
}

async fn tell(chat: &Chat, hub: &Hub, changed: HashMap<UserId, Shown>) -> Result<()> {
    let users = streams::accounts(chat, changed.keys().cloned().collect()).await?;
    for user in users {
        if let Some(shown) = changed.get(&user.id) {
            tell_one(hub, &user, shown);
        }
    }
    Ok(())
}

fn tell_one(hub: &Hub, user: &User, shown: &Shown) {
    let index = hub.index();
    let mut watched = None;
    for (slot, outbox) in index.presence_listeners(&user.id) {
        let frame = watched.get_or_insert_with(|| watched_presence(user, shown).share());
        push_latest(outbox, Key { topic: Topic::Presence, of: slot, by: 0 }, frame);
    }
    let mut general = None;
    let hash = hub.hasher.hash_one(&user.id);
    let key = Key { topic: Topic::Presence, of: hash as u32, by: (hash >> 32) as u32 | 1 };
    index.each_everywhere(Feed::UserStatus, |outbox| {
        let frame = general.get_or_insert_with(|| general_status(user, shown).share());
        push_latest(outbox, key, frame);
    });
    let own = user_data::event(&user.id, &user_data::of_shown(shown));
    let frame = frames::own(&user.id, Feed::UserData, &own).share();
    index.each_of(&user.id, Feed::UserData, |outbox| super::push(outbox, &frame));
}

fn push_latest(outbox: &Arc<Outbox>, key: Key, frame: &Shared) {
    // A refusal means that the connection ends anyway.
    let _ = outbox.push_latest(key, frame.frame(outbox.form()));
}

/// `stream-user-presence`: the only stream whose events have an id of their own.
fn watched_presence(user: &User, shown: &Shown) -> Draft {
    let uid = user.id.as_str();
    let status: Value = json!([user.username, shown.status.code(), shown.text]);
    ddp::changed(USER_PRESENCE, uid, &json!({ "uid": uid, "args": [status], "eventName": uid }), &[])
}

fn general_status(user: &User, shown: &Shown) -> Draft {
    let status = json!([user.id, user.username, shown.status.code(), shown.text, user.name, user.roles]);
    frames::general(Feed::UserStatus, &status.to_string())
}
