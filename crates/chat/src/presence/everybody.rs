//! The connections of this node's users.

use super::somebody::Somebody;
use super::{Chosen, ConnectionId, LINGER, Shown};
use crate::Audience;
use gantry_model::event::EndedSessions;
use gantry_model::{Millis, Status, User, UserId};
use std::collections::hash_map::RandomState;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// How long a change of presence is remembered for `users.presence?from=`, in ms.
const REMEMBERED: i64 = 10 * 60 * 1_000;
/// How often what is remembered for too long is dropped, in ms.
const SWEPT_EVERY: i64 = 60 * 1_000;

/// See the head of this file.
pub struct Presence {
    everybody: Mutex<Everybody>,
    audience: OnceLock<Arc<dyn Audience>>,
    hasher: RandomState,
    /// What changed before then is not known.
    began: Millis,
}

struct Everybody {
    users: HashMap<UserId, Somebody>,
    /// Connections that broke, in that order.
    leaving: VecDeque<(Millis, UserId, ConnectionId)>,
    /// When which choices end.
    ends: BTreeSet<(Millis, UserId)>,
    /// Nobody is told of others.
    hidden: bool,
    swept: Millis,
}

impl Presence {
    /// Nobody is connected.
    pub(crate) fn new(now: Millis, hidden: bool) -> Self {
        let (users, leaving, ends) = Default::default();
        let everybody = Mutex::new(Everybody { users, leaving, ends, hidden, swept: now });
        Self { everybody, audience: OnceLock::new(), hasher: RandomState::new(), began: now }
    }

    pub(crate) fn announce_to(&self, audience: Arc<dyn Audience>) {
        // As in the state that owns this: the first one stays.
        let _ = self.audience.set(audience);
    }

    fn lock(&self) -> MutexGuard<'_, Everybody> {
        self.everybody.lock().unwrap_or_else(PoisonError::into_inner)
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
        let present = everybody.users.iter().filter(|(_, one)| one.shown.status != Status::Offline);
        present.map(|(uid, _)| uid.clone()).collect()
    }

    /// Whose presence changed since then; nothing when that is not remembered.
    pub(super) fn changed_since(&self, since: Millis, now: Millis) -> Option<Vec<UserId>> {
        if since < self.began || now.0 - since.0 >= REMEMBERED {
            return None;
        }
        let everybody = self.lock();
        let changed = everybody.users.iter().filter(|(_, one)| one.changed > since);
        Some(changed.map(|(uid, _)| uid.clone()).collect())
    }

    /// Changes something about somebody who is known, and tells what others see of it. Told under the lock: what is told
    /// last is what is true.
    fn change(&self, everybody: &mut Everybody, uid: &UserId, now: Millis, change: impl FnOnce(&mut Somebody)) {
        let Some(one) = everybody.users.get_mut(uid) else { return };
        change(one);
        if one.refresh(now) {
            self.tell(uid, &one.shown, everybody.hidden);
        }
    }

    fn tell(&self, uid: &UserId, shown: &Shown, hidden: bool) {
        let Some(audience) = self.audience.get() else { return };
        audience.own_presence_changed(uid, shown);
        if !hidden {
            audience.presence_changed(uid, shown);
        }
    }

    fn session(&self, token_hash: &str) -> u64 {
        self.hasher.hash_one(token_hash)
    }

    /// Adds a connection at the keyboard, logged in by the session with this token's hash.
    pub(super) fn connect(&self, user: &User, connection: ConnectionId, token_hash: Option<&str>, now: Millis) {
        let session = token_hash.map(|hash| self.session(hash));
        let mut everybody = self.lock();
        everybody.sweep(now);
        everybody.learn(&user.id, Chosen::of(user), now);
        self.change(&mut everybody, &user.id, now, |one| one.connect(connection, session));
    }

    /// Changes the status of a connection that is there.
    pub(super) fn set(&self, uid: &UserId, connection: ConnectionId, status: Status, now: Millis) {
        self.change(&mut self.lock(), uid, now, |one| one.set(connection, status));
    }

    /// A connection broke: it counts until [`LINGER`] is over.
    pub(super) fn linger(&self, uid: &UserId, connection: ConnectionId, now: Millis) {
        let mut everybody = self.lock();
        if everybody.users.get_mut(uid).is_some_and(|one| one.breaks(connection, now)) {
            everybody.leaving.push_back((now, uid.clone(), connection));
        }
    }

    /// Forgets the connections that broke long enough ago. A clock that was set back keeps nobody here.
    pub(super) fn let_go(&self, now: Millis) {
        let mut everybody = self.lock();
        everybody.sweep(now);
        while let Some((broke, uid, connection)) = everybody.next_gone(now) {
            self.change(&mut everybody, &uid, now, |one| one.let_go(connection, broke));
        }
    }

    /// Forgets a connection.
    pub(super) fn disconnect(&self, uid: &UserId, connection: ConnectionId, now: Millis) {
        self.change(&mut self.lock(), uid, now, |one| one.disconnect(connection));
    }

    /// Forgets the connections of sessions that ended.
    pub(crate) fn end_sessions(&self, uid: &UserId, which: &EndedSessions, now: Millis) {
        let hash = match which {
            EndedSessions::One(hash) => Some(self.session(hash)),
            EndedSessions::AllBut(kept) => kept.as_deref().map(|hash| self.session(hash)),
        };
        let one_alone = matches!(which, EndedSessions::One(_));
        let ended = |session: Option<u64>| (session.is_some() && session == hash) == one_alone;
        self.change(&mut self.lock(), uid, now, |one| one.end_sessions(ended));
    }

    /// Takes in what somebody chose, unless something newer is known.
    pub(crate) fn choose(&self, uid: &UserId, chosen: Chosen, now: Millis) {
        let mut everybody = self.lock();
        if everybody.learn(uid, chosen.clone(), now) {
            // Not connected; others may show the line that was beside the status before.
            let Everybody { users, hidden, .. } = &mut *everybody;
            if let Some(one) = users.get_mut(uid) {
                one.changed = now;
                self.tell(uid, &one.shown, *hidden);
            }
            return;
        }
        everybody.choose(uid, chosen);
        self.change(&mut everybody, uid, now, |_| {});
    }

    /// Whose choice has ended, and when it was to.
    pub(super) fn ended(&self, now: Millis) -> Option<(Millis, UserId)> {
        self.lock().ends.first().filter(|(end, _)| *end <= now).cloned()
    }

    /// A choice that ended is none, also where the account has another one meanwhile or is gone.
    pub(super) fn settle(&self, end: Millis, uid: &UserId, now: Millis) {
        let mut everybody = self.lock();
        if everybody.ends.remove(&(end, uid.clone())) {
            self.change(&mut everybody, uid, now, |one| one.chosen.clear());
        }
    }

    /// From now on nobody is told of others, or everybody is again: whoever is there goes from sight, or comes into it.
    pub(crate) fn hide(&self, hidden: bool, now: Millis) {
        let mut everybody = self.lock();
        if everybody.hidden == hidden {
            return;
        }
        everybody.hidden = hidden;
        let nothing = Shown::default();
        for (uid, one) in everybody.users.iter_mut().filter(|(_, one)| one.shown != nothing) {
            one.changed = now;
            if let Some(audience) = self.audience.get() {
                audience.presence_changed(uid, if hidden { &nothing } else { &one.shown });
            }
        }
    }
}

impl Everybody {
    /// The connection that broke first, if that was long enough ago.
    fn next_gone(&mut self, now: Millis) -> Option<(Millis, UserId, ConnectionId)> {
        let (broke, ..) = self.leaving.front()?;
        if (0..LINGER).contains(&(now.0 - broke.0)) { None } else { self.leaving.pop_front() }
    }

    /// Makes somebody known who is not yet; whether that was so.
    fn learn(&mut self, uid: &UserId, chosen: Chosen, now: Millis) -> bool {
        if self.users.contains_key(uid) {
            return false;
        }
        self.ends.extend(chosen.until.map(|end| (end, uid.clone())));
        self.users.insert(uid.clone(), Somebody::new(chosen, now));
        true
    }

    fn choose(&mut self, uid: &UserId, chosen: Chosen) {
        let Some(one) = self.users.get_mut(uid).filter(|one| chosen.at >= one.chosen.at) else { return };
        if let Some(end) = one.chosen.until {
            self.ends.remove(&(end, uid.clone()));
        }
        self.ends.extend(chosen.until.map(|end| (end, uid.clone())));
        one.chosen = chosen;
    }

    /// Forgets who has been gone for longer than anybody can ask.
    fn sweep(&mut self, now: Millis) {
        if now.0.abs_diff(self.swept.0) < SWEPT_EVERY.unsigned_abs() {
            return;
        }
        self.swept = now;
        self.users.retain(|_, one| !one.is_idle() || one.changed.0 > now.0 - REMEMBERED);
    }
}

#[cfg(test)]
mod tests;
