//! Telling who is there.
//!
//! A connection to which nothing was said for a second is told of a change at once, what follows within the second after
//! it together: however many come and go, a connection is written to once a second, and of each user it hears the newest
//! state alone, if that is not the one it heard before.

use super::index::{News, TurnId};
use super::{Hub, frames, user_data};
use crate::ddp;
use crate::frame::Draft;
use crate::streams::{Feed, USER_PRESENCE};
use gantry_chat::presence::Shown;
use gantry_chat::{Chat, streams};
use gantry_model::{Result, User, UserId};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep, sleep_until};

/// How often a connection is told of presence, at most.
pub(super) const PAUSE: Duration = Duration::from_secs(1);
/// Changes that are taken up at once.
const MOST: usize = 512;

/// Who is seen otherwise than was told.
#[derive(Default)]
pub(super) struct Seen {
    changed: Mutex<Changed>,
    wake: Notify,
}

#[derive(Default)]
struct Changed {
    /// For others to know.
    people: HashMap<UserId, Shown>,
    /// For the user's own clients.
    own: HashMap<UserId, Shown>,
}

impl Seen {
    fn lock(&self) -> MutexGuard<'_, Changed> {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Others see somebody with another status or text.
    pub(super) fn note(&self, uid: &UserId, shown: &Shown) {
        self.lock().people.insert(uid.clone(), shown.clone());
        self.wake.notify_one();
    }

    /// Somebody's own clients see another status or text.
    pub(super) fn note_own(&self, uid: &UserId, shown: &Shown) {
        self.lock().own.insert(uid.clone(), shown.clone());
        self.wake.notify_one();
    }

    fn some(&self) -> Vec<UserId> {
        self.lock().people.keys().take(MOST).cloned().collect()
    }

    fn take(&self, uid: &UserId) -> Option<Shown> {
        self.lock().people.remove(uid)
    }

    fn take_own(&self) -> HashMap<UserId, Shown> {
        std::mem::take(&mut self.lock().own)
    }
}

/// Tells what changes, for ever.
pub(super) async fn run(chat: Chat, hub: Arc<Hub>) {
    let mut teller = Teller::new(hub);
    loop {
        if let Err(error) = teller.turn(&chat).await {
            tracing::warn!(cause = error.cause(), "presence could not be told yet");
            sleep(PAUSE).await;
        }
        teller.wait().await;
    }
}

/// Whose turns are running, in the order of their ends.
pub(super) struct Teller {
    hub: Arc<Hub>,
    turns: VecDeque<(Instant, TurnId)>,
}

impl Teller {
    pub(super) fn new(hub: Arc<Hub>) -> Self {
        Self { hub, turns: VecDeque::new() }
    }

    /// Does everything there is to do now.
    async fn turn(&mut self, chat: &Chat) -> Result<()> {
        tell_own(&self.hub);
        self.end_turns();
        loop {
            let uids = wanted(&self.hub);
            if uids.is_empty() {
                return Ok(());
            }
            let users = streams::accounts(chat, uids.clone()).await?;
            self.tell(&users);
            let there: HashSet<&UserId> = users.iter().map(|user| &user.id).collect();
            uids.iter().filter(|uid| !there.contains(uid)).for_each(|uid| drop(self.hub.seen.take(uid)));
        }
    }

    /// Tells those who may be told now of what changed about these users.
    pub(super) fn tell(&mut self, users: &[Arc<User>]) {
        let mut begun = Vec::new();
        for user in users {
            let mut index = self.hub.index_mut();
            if let Some(shown) = self.hub.seen.take(&user.id) {
                let news = news(user, shown, index.presence_listeners(&user.id));
                index.presence_changed(&user.id, news, &mut begun);
            }
        }
        begun.into_iter().for_each(|turn| self.say(turn));
    }

    /// Ends the turns whose time is over.
    pub(super) fn end_turns(&mut self) {
        let now = Instant::now();
        while let Some(&(end, turn)) = self.turns.front()
            && end <= now
        {
            self.turns.pop_front();
            self.say(turn);
        }
    }

    fn say(&mut self, turn: TurnId) {
        if self.hub.index_mut().tell_presence(turn) {
            self.turns.push_back((Instant::now() + PAUSE, turn));
        }
    }

    async fn wait(&self) {
        match self.turns.front() {
            None => self.hub.seen.wake.notified().await,
            Some((end, _)) => {
                tokio::select! {
                    () = self.hub.seen.wake.notified() => {}
                    () = sleep_until(*end) => {}
                }
            }
        }
    }
}

/// Some of those whose change is to be told. To whom nobody listens is passed over: who begins to listen later reads a
/// list that is newer.
fn wanted(hub: &Hub) -> Vec<UserId> {
    loop {
        let mut uids = hub.seen.some();
        if uids.is_empty() {
            return uids;
        }
        let index = hub.index();
        uids.retain(|uid| {
            let wanted = index.presence_listeners(uid).iter().any(|listeners| !listeners.is_empty());
            if !wanted {
                hub.seen.take(uid);
            }
            wanted
        });
        if !uids.is_empty() {
            return uids;
        }
    }
}

fn tell_own(hub: &Hub) {
    for (uid, shown) in hub.seen.take_own() {
        let index = hub.index();
        if index.user_listens(&uid, Feed::UserData) {
            let event = user_data::event(&uid, &user_data::of_shown(&shown));
            let frame = frames::own(&uid, Feed::UserData, &event).share();
            index.each_of(&uid, Feed::UserData, |outbox| super::push(outbox, &frame));
        }
    }
}

/// Written for those who listen: to this user, or to everybody.
fn news(user: &User, shown: Shown, [listeners, all]: [&[u32]; 2]) -> News {
    News {
        to_listeners: (!listeners.is_empty()).then(|| watched_presence(user, &shown).share()),
        to_all: (!all.is_empty()).then(|| general_status(user, &shown).share()),
        shown,
    }
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
