//! The operations: who may do what, what changes, which events follow. The only crate that decides.
//!
//! A transport finds what a request names ([`rooms::find`], [`users::find`]), calls one operation with the [`Caller`],
//! and serialises the answer. An operation checks inside the write it makes, against state that nothing else can
//! change meanwhile; the write records the events, and receivers hear of them when it is durable.

pub mod access;
pub mod admin;
pub mod auth;
pub mod avatars;
mod caller;
pub mod changes;
pub mod commands;
pub mod directory;
pub mod invites;
pub mod messages;
pub mod notifications;
pub mod people;
pub mod presence;
pub mod rooms;
pub mod signals;
pub mod spotlight;
mod state;
pub mod statistics;
pub mod streams;
pub mod subscriptions;
pub mod users;

pub use caller::{Caller, Origin};
pub use state::{Audience, CacheCounts, State};

use gantry_model::event::Key;
use gantry_model::{Capabilities, Clock, Millis, Overrides, Permissions, Result, Roles, Settings};
use gantry_store::{Conn, Database, Store, Tx};
use std::sync::Arc;

/// One node's chat: the store, and what is kept in memory about it. Cheap to clone.
#[derive(Clone)]
pub struct Chat {
    store: Arc<Store>,
    state: Arc<State>,
}

/// What is decided before the server starts.
pub struct Options {
    /// Where the data is.
    pub database: Database,
    /// Where "now" comes from.
    pub clock: Clock,
    /// Settings fixed by the environment, `OVERWRITE_SETTING_<id>`.
    pub overrides: Overrides,
    /// The address people reach the server under, when configured.
    pub root_url: Option<String>,
    /// `CREATE_TOKENS_FOR_USERS_SECRET`: what a program must know to make tokens for others.
    pub token_secret: Option<String>,
    /// What this server offers: what is built, unless something is tried out.
    pub capabilities: Capabilities,
    /// It is a server for tests: calls are not asked for a second factor.
    pub test_mode: bool,
}

impl Chat {
    /// Opens the store, makes what a new one needs, and reads the settings, permissions and roles in force.
    ///
    /// # Errors
    /// When the database cannot be opened, or an overwritten setting has a value of the wrong kind.
    pub fn open(options: Options) -> Result<Self> {
        let Options { database, clock, overrides, root_url, token_secret, capabilities, test_mode } = options;
        let now = clock.now();
        let (store, state) = Store::open(database, clock, |db| {
            admin::install(db, now)?;
            state::load(db, now, overrides, root_url, token_secret, capabilities, test_mode).map(Arc::new)
        })?;
        Ok(Self { store: Arc::new(store), state })
    }

    /// Tells `audience` of everything that commits from now on. Once.
    pub fn announce_to(&self, audience: Arc<dyn Audience>) {
        self.state.announce_to(audience);
    }

    /// The settings in force.
    pub fn settings(&self) -> arc_swap::Guard<Arc<Settings>> {
        self.state.settings()
    }

    /// The permissions in force.
    pub fn permissions(&self) -> arc_swap::Guard<Arc<Permissions>> {
        self.state.permissions()
    }

    /// The roles there are.
    pub fn roles(&self) -> arc_swap::Guard<Arc<Roles>> {
        self.state.roles()
    }

    /// What is kept in memory.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Now, by the server's clock.
    pub fn now(&self) -> Millis {
        self.store.clock().now()
    }

    /// The store itself; for the server's own jobs and metrics, never for a transport.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// See [`Store::read`].
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        closure: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.store.read(closure).await
    }

    /// See [`Store::write`].
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        keys: impl Into<Vec<Key>>,
        closure: impl FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.store.write(keys, closure).await
    }
}
