//! What is kept in memory and kept true: replaced by the events of commits, never by time alone, and bounded.

use crate::auth::{Hashing, Remembered, Throttle};
use crate::messages::Highlights;
use crate::presence::{Chosen, Presence, Shown};
use arc_swap::{ArcSwap, Guard};
use gantry_model::event::{Batch, EndedSessions, Event};
use gantry_model::{
    Capabilities, Millis, Overrides, PermissionChange, Permissions, Person, Result, Roles, Settings, User, UserId,
};
use gantry_store::{Conn, Listener, Token};
use quick_cache::sync::Cache;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// Who hears what was committed: the sockets of this node.
pub trait Audience: Send + Sync {
    /// Takes in who is a member of what, and whose sessions ended. Before the answers are released; quick, no waiting.
    fn committed(&self, batch: &Batch);
    /// Tells the receivers. After the answers are released, in order.
    fn announce(&self, batch: Arc<Batch>);
    /// A commit's outcome is unknown: memberships and sessions must be read again.
    fn uncertain(&self);
    /// One user's sockets get an event that nobody stores: `<uid>/<event>` with one argument, JSON for DDP.
    fn whisper(&self, uid: &UserId, event: &str, argument: &str);
    /// Others see somebody with another status, or another text beside it. Quick, no waiting, and in the order of changes.
    fn presence_changed(&self, uid: &UserId, shown: &Shown);
    /// The same for the user's own clients, who are also told where others are not.
    fn own_presence_changed(&self, uid: &UserId, shown: &Shown);
}

/// How texts are read: what the settings say about names and marks.
pub(crate) struct Reading {
    pub(crate) options: gantry_markup::Options,
    pub(crate) naming: gantry_markup::Naming,
}

impl Reading {
    fn by(settings: &Settings) -> Self {
        let domains = settings.text("Message_CustomDomain_AutoLink").split(',').map(str::trim);
        let names = |id| gantry_markup::Names::from_pattern(settings.text(id)).unwrap_or_default();
        Self {
            options: gantry_markup::Options {
                colors: settings.bool("HexColorPreview_Enabled"),
                custom_domains: domains.filter(|domain| !domain.is_empty()).map(str::to_owned).collect(),
                ..gantry_markup::Options::default()
            },
            naming: gantry_markup::Naming {
                users: names("UTF8_User_Names_Validation"),
                channels: names("UTF8_Channel_Names_Validation"),
            },
        }
    }
}

/// Accounts and tokens in use, at most.
const USERS: usize = 20_000;
const TOKENS: usize = 20_000;

/// See the head of this file.
pub struct State {
    settings: ArcSwap<Settings>,
    permissions: ArcSwap<Permissions>,
    roles: ArcSwap<Roles>,
    reading: ArcSwap<Reading>,
    users: Cache<UserId, Arc<User>>,
    tokens: Cache<String, Arc<Token>>,
    /// Counts invalidations: what was read before one may not be kept after it.
    epoch: AtomicU64,
    hits: AtomicU64,
    misses: AtomicU64,
    audience: OnceLock<Arc<dyn Audience>>,
    presence: Presence,
    highlights: Highlights,
    hashing: Hashing,
    throttle: Throttle,
    factors: Remembered,
    erasing: tokio::sync::Mutex<()>,
    test_mode: bool,
    token_secret: Option<String>,
    started: Millis,
}

/// How often the caches knew, since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheCounts {
    /// Answered from memory.
    pub hits: u64,
    /// Read from the store.
    pub misses: u64,
}

/// Reads what is in force from the store.
pub(crate) fn load(
    db: &mut Conn,
    now: Millis,
    overrides: Overrides,
    root_url: Option<String>,
    token_secret: Option<String>,
    capabilities: Capabilities,
    test_mode: bool,
) -> Result<State> {
    let installed = crate::admin::installed_at(db)?;
    let permissions = db.grants().permissions()?.into_iter();
    let changes = permissions.map(|(id, roles, at)| (id, PermissionChange { roles, updated_at: at })).collect();
    let settings = crate::admin::settings_in_force(db, installed, overrides, root_url, capabilities)?;
    Ok(State {
        presence: Presence::new(now, settings.hot().accounts.presence_hidden),
        reading: ArcSwap::from_pointee(Reading::by(&settings)),
        settings: ArcSwap::from_pointee(settings),
        permissions: ArcSwap::from_pointee(Permissions::new(installed, changes)),
        roles: ArcSwap::from_pointee(Roles::new(installed, capabilities, db.grants().roles()?)),
        users: Cache::new(USERS),
        tokens: Cache::new(TOKENS),
        epoch: AtomicU64::new(0),
        hits: AtomicU64::new(0),
        misses: AtomicU64::new(0),
        audience: OnceLock::new(),
        highlights: Highlights::of(db.highlights().all()?),
        hashing: Hashing::default(),
        throttle: Throttle::default(),
        factors: Remembered::default(),
        erasing: tokio::sync::Mutex::new(()),
        test_mode,
        token_secret: token_secret.filter(|secret| !secret.is_empty()),
        started: now,
    })
}

impl State {
    pub(crate) fn announce_to(&self, audience: Arc<dyn Audience>) {
        self.presence.announce_to(audience.clone());
        // A second audience would be a wiring mistake; the first one stays.
        let _ = self.audience.set(audience);
    }

    pub(crate) fn settings(&self) -> Guard<Arc<Settings>> {
        self.settings.load()
    }

    pub(crate) fn permissions(&self) -> Guard<Arc<Permissions>> {
        self.permissions.load()
    }

    pub(crate) fn roles(&self) -> Guard<Arc<Roles>> {
        self.roles.load()
    }

    /// Who is connected, and how.
    pub fn presence(&self) -> &Presence {
        &self.presence
    }

    /// Who wants to be told of which words.
    pub(crate) fn highlights(&self) -> &Highlights {
        &self.highlights
    }

    /// The threads that hash passwords.
    pub(crate) fn hashing(&self) -> &Hashing {
        &self.hashing
    }

    /// Wrong passwords so far.
    pub(crate) fn throttle(&self) -> &Throttle {
        &self.throttle
    }

    /// Whose sessions showed a second factor lately.
    pub(crate) fn factors(&self) -> &Remembered {
        &self.factors
    }

    /// Held by the one who looks through all messages for what a deleted account left; who waits is let in in turn.
    pub(crate) fn erasing(&self) -> &tokio::sync::Mutex<()> {
        &self.erasing
    }

    /// It is a server for tests.
    pub(crate) fn test_mode(&self) -> bool {
        self.test_mode
    }

    /// What a program must know to make tokens for others; nothing where that is not configured.
    pub(crate) fn token_secret(&self) -> Option<&str> {
        self.token_secret.as_deref()
    }

    /// When this node began.
    pub(crate) fn started(&self) -> Millis {
        self.started
    }

    /// How often the caches knew.
    pub fn cache_counts(&self) -> CacheCounts {
        CacheCounts { hits: self.hits.load(Ordering::Relaxed), misses: self.misses.load(Ordering::Relaxed) }
    }

    /// The account, if it is in memory.
    pub(crate) fn user(&self, id: &UserId) -> Option<Arc<User>> {
        self.counted(self.users.get(id))
    }

    /// The token with this hash, if it is in memory.
    pub(crate) fn token(&self, hash: &str) -> Option<Arc<Token>> {
        self.counted(self.tokens.get(hash))
    }

    fn counted<T>(&self, found: Option<T>) -> Option<T> {
        let counter = if found.is_some() { &self.hits } else { &self.misses };
        counter.fetch_add(1, Ordering::Relaxed);
        found
    }

    /// To be taken before a read whose result is to be kept.
    pub(crate) fn epoch(&self) -> u64 {
        self.epoch.load(Ordering::Acquire)
    }

    /// Keeps what was read since `epoch`, unless something was invalidated meanwhile.
    pub(crate) fn keep_user(&self, epoch: u64, user: &Arc<User>) {
        if self.epoch() == epoch {
            self.users.insert(user.id.clone(), user.clone());
            // An invalidation between the check and the insertion: take it back.
            if self.epoch() != epoch {
                self.users.remove(&user.id);
            }
        }
    }

    /// As [`State::keep_user`].
    pub(crate) fn keep_token(&self, epoch: u64, token: &Arc<Token>) {
        if self.epoch() == epoch {
            self.tokens.insert(token.hash.clone(), token.clone());
            if self.epoch() != epoch {
                self.tokens.remove(&token.hash);
            }
        }
    }

    /// The names of somebody, if the account is in memory.
    pub(crate) fn person(&self, id: &UserId) -> Option<Arc<Person>> {
        self.user(id).map(|user| Arc::new(user.person()))
    }

    /// How texts are read now.
    pub(crate) fn reading(&self) -> Guard<Arc<Reading>> {
        self.reading.load()
    }

    /// See [`Audience::whisper`].
    pub(crate) fn whisper(&self, uid: &UserId, event: &str, argument: &str) {
        if let Some(audience) = self.audience.get() {
            audience.whisper(uid, event, argument);
        }
    }

    fn change_roles(&self, change: impl FnOnce(&mut Roles)) {
        let mut roles = Roles::clone(&self.roles.load());
        change(&mut roles);
        self.roles.store(Arc::new(roles));
    }

    fn apply(&self, stamp: Millis, event: &Event) {
        match event {
            Event::UserChanged { uid, .. } | Event::UserRemoved { uid, .. } => {
                self.epoch.fetch_add(1, Ordering::AcqRel);
                self.users.remove(uid);
            }
            Event::StatusChosen { uid, status, text, until } => {
                let chosen = Chosen { status: *status, text: text.clone(), until: *until, at: stamp };
                self.presence.choose(uid, chosen, stamp);
            }
            Event::HighlightsChanged { uid, words } => self.highlights.set(uid, words),
            Event::SessionsEnded { uid, which } => {
                self.epoch.fetch_add(1, Ordering::AcqRel);
                self.presence.end_sessions(uid, which, stamp);
                match which {
                    EndedSessions::One(hash) => drop(self.tokens.remove(hash)),
                    EndedSessions::AllBut(kept) => {
                        self.tokens.retain(|hash, token| token.uid != *uid || kept.as_ref() == Some(hash));
                    }
                }
            }
            Event::SettingChanged { id, change } => {
                let changed = self.settings.load().with(id.as_str(), change.clone());
                self.reading.store(Arc::new(Reading::by(&changed)));
                let hidden = changed.hot().accounts.presence_hidden;
                self.settings.store(Arc::new(changed));
                self.presence.hide(hidden, stamp);
            }
            Event::RoleChanged { role } => {
                let role = gantry_model::Role { updated_at: stamp, ..(**role).clone() };
                self.change_roles(|roles| roles.put(role));
            }
            Event::RoleRemoved { role } => self.change_roles(|roles| {
                roles.remove(role.id.as_str());
            }),
            Event::PermissionChanged { id, roles } => {
                let change = PermissionChange { roles: roles.clone(), updated_at: stamp };
                let changed = self.permissions.load().with(id, change);
                self.permissions.store(Arc::new(changed));
            }
            _ => {}
        }
    }
}

impl Listener for State {
    fn committed(&self, batch: &Batch) {
        for one in &batch.events {
            self.apply(batch.stamp, &one.event);
        }
        if let Some(audience) = self.audience.get() {
            audience.committed(batch);
        }
    }

    fn announce(&self, batch: Arc<Batch>) {
        if let Some(audience) = self.audience.get() {
            audience.announce(batch);
        }
    }

    fn uncertain(&self) {
        self.epoch.fetch_add(1, Ordering::AcqRel);
        self.users.clear();
        self.tokens.clear();
        if let Some(audience) = self.audience.get() {
            audience.uncertain();
        }
    }
}
