//! A store of its own for each test, and a listener that remembers what it heard.

use gantry_model::event::Batch;
use gantry_model::{Clock, Message, Millis, Room, RoomId, RoomKind, UserId};
use gantry_store::{Database, Listener, Store, Synchronous, Tx};
use gantry_testkit::{Engine, OnEngine, postgres};
use std::sync::{Arc, Mutex, PoisonError};

/// What a listener was told, in order.
#[derive(Default)]
pub(crate) struct Heard {
    pub(crate) batches: Mutex<Vec<Batch>>,
}

impl Heard {
    pub(crate) fn batches(&self) -> Vec<Batch> {
        self.batches.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Listener for Heard {
    fn committed(&self, batch: &Batch) {
        self.batches.lock().unwrap_or_else(PoisonError::into_inner).push(batch.clone());
    }

    fn announce(&self, _: Arc<Batch>) {}

    fn uncertain(&self) {}
}

pub(crate) struct World {
    pub(crate) engine: Engine,
    pub(crate) store: Arc<Store>,
    pub(crate) heard: Arc<Heard>,
    pub(crate) clock: Clock,
    database: Database,
    _folder: Option<tempfile::TempDir>,
    _postgres: Option<postgres::Database>,
}

pub(crate) const START: Millis = Millis(1_800_000_000_000);

impl OnEngine for World {
    async fn on(engine: Engine) -> Option<Self> {
        let clock = Clock::manual(START);
        let (database, folder, server) = match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("gantry.db");
                (Database::Sqlite { path, synchronous: Synchronous::Full }, Some(folder), None)
            }
            Engine::Postgres => {
                let server = postgres::database(async |_| {}).await?;
                (Database::Postgres { url: server.url().to_owned() }, None, Some(server))
            }
        };
        let (store, heard) = open(&database, &clock).await;
        Some(Self { engine, store, heard, clock, database, _folder: folder, _postgres: server })
    }
}

/// Opening blocks on PostgreSQL, so it is no business of an async thread.
async fn open(database: &Database, clock: &Clock) -> (Arc<Store>, Arc<Heard>) {
    let (database, clock) = (database.clone(), clock.clone());
    tokio::task::spawn_blocking(move || {
        let (store, heard) = Store::open(database, clock, |_| Ok(Arc::<Heard>::default())).unwrap();
        (Arc::new(store), heard)
    })
    .await
    .unwrap()
}

impl World {
    /// Closes the store and opens it again, as a restart does.
    pub(crate) async fn restart(&mut self) {
        let store = self.store.clone();
        tokio::task::spawn_blocking(move || store.close()).await.unwrap();
        (self.store, self.heard) = open(&self.database, &self.clock).await;
    }

    /// A room with nobody in it.
    pub(crate) async fn room(&self, name: &str) -> RoomId {
        let name = name.to_owned();
        self.store
            .write([], move |tx| {
                let room = blank(tx, &name);
                tx.rooms().insert(&room)?;
                Ok(room.id)
            })
            .await
            .unwrap()
    }
}

pub(crate) fn blank(tx: &Tx<'_>, name: &str) -> Room {
    Room { name: Some(name.to_owned()), fname: None, ..Room::blank(tx.id(), RoomKind::Channel, tx.stamp()) }
}

/// The room's next message.
pub(crate) fn message(tx: &mut Tx<'_>, room: &mut Room, text: &str) -> Message {
    room.last_ts = Millis(room.last_ts.0 + 1).max(tx.stamp());
    room.last_place += 1;
    room.msgs += 1;
    Message {
        id: tx.id(),
        rid: room.id.clone(),
        ts: room.last_ts,
        place: room.last_place,
        updated: tx.stamp(),
        author: UserId::new("ann"),
        kind: None,
        body: format!("{{\"msg\":\"{text}\"}}"),
        tmid: None,
        tshow: false,
        edited: None,
        reactions: Vec::new(),
    }
}
