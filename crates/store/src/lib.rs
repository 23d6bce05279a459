//! SQL and nothing but SQL, on SQLite and PostgreSQL.
//!
//! - A **write** ([`Store::write`]) is one synchronous closure over [`Tx`] that names the keys it orders. It may run
//!   twice, cannot await, and takes its time and ids from `Tx`; see [`writer`](Tx).
//! - A **read** ([`Store::read`]) is a closure on a reader thread. [`Store::sync`] is the read behind `updatedSince`.
//! - Queries are grouped by noun (`db.rooms()`, `db.messages()`, …), one file each.

mod accounts;
mod audit;
mod bulk;
mod engine;
mod erasures;
mod facts;
mod grants;
mod highlights;
mod invites;
mod messages;
mod migrations;
mod observe;
mod plans;
mod random;
mod readers;
mod recent;
mod rooms;
mod search;
mod sequences;
mod stamps;
mod statistics;
mod subscriptions;
mod tokens;
mod writer;

pub use accounts::{AccountFilter, AccountOrder, Accounts, NewAccount};
pub use audit::{Audit, AuditEntry};
pub use bulk::Bulk;
pub use engine::{Conn, Synchronous};
pub use erasures::{Erasing, Erasures};
pub use facts::Facts;
pub use grants::Grants;
pub use highlights::Highlights;
pub use invites::{Invites, NamedInvite};
pub use messages::{History, Messages, Spot};
pub use observe::{Observer, ObserverCounts};
pub use plans::statements;
pub use random::{id as random_id, link as random_link, secret as random_secret};
pub use rooms::{RoomColumn, RoomFilter, Rooms};
pub use search::{Among, Search};
pub use statistics::{AccountCounts, RoomCounts, Statistics};
pub use subscriptions::{Member, MemberFilter, Subscriptions};
pub use tokens::{PersonalToken, Token, TokenKind, Tokens};
pub use writer::{Listener, Tx};

use engine::{Engine, Failed, LogSize, Postgres, Sqlite};
use gantry_model::event::Key;
use gantry_model::{Clock, Error, Millis, Result, RoomId, UserId};
use readers::Readers;
use recent::Recent;
use stamps::Stamps;
use std::path::PathBuf;
use std::sync::mpsc::SyncSender;
use std::sync::{Arc, Mutex};
use tokio::sync::Semaphore;
use writer::{Queue, Writer};

/// Where the data is.
#[derive(Clone, Debug)]
pub enum Database {
    /// One file, made if it is not there.
    Sqlite {
        /// The file.
        path: PathBuf,
        /// When a commit is on disk.
        synchronous: Synchronous,
    },
    /// `postgres://…`
    Postgres {
        /// The connection URL.
        url: String,
    },
}

/// Writes waiting at most; more callers wait at the door.
const WAITING: usize = 4_096;
/// Writer threads on PostgreSQL; each blocks on its own connection.
const POSTGRES_WRITERS: usize = 4;
/// On PostgreSQL a sync read reaches back this far: no transaction is open for longer than 5 s.
const OVERLAP: i64 = 6_000;

/// The store of one node. Dropping it finishes what waits and closes the files.
pub struct Store {
    queue: Arc<Queue>,
    door: Arc<Semaphore>,
    stamps: Arc<Stamps>,
    /// None where other processes write, too.
    recent: Option<Arc<Recent>>,
    readers: Readers,
    clock: Clock,
    postgres: bool,
    observe: Arc<Observer>,
    threads: Mutex<Threads>,
}

#[derive(Default)]
struct Threads {
    writers: Vec<std::thread::JoinHandle<()>>,
    checkpointer: Option<(SyncSender<()>, std::thread::JoinHandle<()>)>,
}

/// Opens the database and brings its schema up to date, without starting anything; the number of changes made.
///
/// # Errors
/// Internal, when it cannot be opened, or was written by a newer release.
pub fn migrate(database: &Database, clock: &Clock) -> Result<usize> {
    migrations::run(&mut open_writer(database)?, clock.now())
}

impl Store {
    /// Opens the database, brings its schema up to date, reads what `prepare` wants and starts the threads.
    ///
    /// `prepare` runs before any write; what it returns is typically the listener's first state.
    ///
    /// # Errors
    /// As [`migrate`], and whatever `prepare` fails with.
    pub fn open<L: Listener + 'static>(
        database: Database,
        clock: Clock,
        prepare: impl FnOnce(&mut Conn) -> Result<Arc<L>>,
    ) -> Result<(Self, Arc<L>)> {
        let mut db = open_writer(&database)?;
        migrations::run(&mut db, clock.now())?;
        let listener = prepare(&mut db)?;
        let stamps = Arc::new(Stamps::after(sequences::kept_stamp(&mut db)?));
        let postgres = db.is_postgres();
        let recent = (!postgres).then(|| Arc::new(Recent::after(stamps.last())));
        let readers = Readers::start(&database)?;
        let store = Self {
            queue: Arc::default(),
            door: Arc::new(Semaphore::new(WAITING)),
            stamps,
            recent,
            readers,
            clock,
            postgres,
            observe: Arc::default(),
            threads: Mutex::default(),
        };
        store.start(database, db, listener.clone())?;
        Ok((store, listener))
    }

    fn start(&self, database: Database, mut first: Conn, listener: Arc<dyn Listener>) -> Result<()> {
        let mut threads =
            self.threads.lock().map_err(|_| Error::internal("a thread panicked while the store opened"))?;
        let log = match &database {
            Database::Sqlite { path, .. } => {
                let log = Arc::<LogSize>::default();
                let (stop, stopped) = std::sync::mpsc::sync_channel(1);
                let (path, shared) = (path.clone(), log.clone());
                let thread = spawn("gantry-checkpoint", move || engine::checkpoint_loop(&path, &shared, &stopped))?;
                threads.checkpointer = Some((stop, thread));
                if let Engine::Sqlite(db) = first.engine() {
                    db.measure_log(log.clone()).map_err(|Failed { cause, .. }| Error::internal(cause))?;
                }
                Some(log)
            }
            Database::Postgres { .. } => None,
        };
        let mut connections = vec![first];
        if self.postgres {
            for _ in 1..POSTGRES_WRITERS {
                connections.push(open_writer(&database)?);
            }
        }
        for db in connections {
            let database = database.clone();
            let writer = Writer {
                db,
                queue: self.queue.clone(),
                stamps: self.stamps.clone(),
                recent: self.recent.clone(),
                clock: self.clock.clone(),
                listener: listener.clone(),
                log: log.clone(),
                reopen: Box::new(move || open_writer(&database)),
                observe: self.observe.clone(),
            };
            threads.writers.push(spawn("gantry-writer", move || writer.run())?);
        }
        Ok(())
    }

    /// Runs `closure` in a transaction that holds `keys`; its answer comes when it is durable and applied.
    ///
    /// The closure may run twice: it must have no effects but on `Tx` and its own return value.
    ///
    /// # Errors
    /// What the closure fails with (its writes are taken back), or unavailable when the database cannot commit.
    pub async fn write<T, F>(&self, keys: impl Into<Vec<Key>>, closure: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let _place = self.door.acquire().await.map_err(|_| Error::unavailable("the store is closing"))?;
        let (job, answer) = writer::job(keys.into(), closure);
        self.queue.push(job);
        answer.await.unwrap_or_else(|_| Err(Error::unavailable("the writer ended")))
    }

    /// Runs `closure` on a reader thread. Each query sees what was committed before it.
    ///
    /// # Errors
    /// What the closure fails with, or unavailable when the database is out of reach.
    pub async fn read<T, F>(&self, closure: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    {
        self.readers.run(closure).await
    }

    /// A read for `updatedSince`: `closure` gets the cursor to compare `_updatedAt >` with, and one snapshot.
    ///
    /// Nothing that is committed later has a stamp this read covered.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn sync<T, F>(&self, since: Option<Millis>, closure: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn, Option<Millis>) -> Result<T> + Send + 'static,
    {
        self.sync_among(since, None, |db, since, _| closure(db, since)).await
    }

    /// As [`Store::sync`]; `closure` also gets the rooms that were written to after the cursor, themselves or the
    /// memberships of `uid`, where these are known and few.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn sync_rooms<T, F>(&self, since: Option<Millis>, uid: &UserId, closure: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn, Option<Millis>, Option<Vec<RoomId>>) -> Result<T> + Send + 'static,
    {
        self.sync_among(since, Some(uid), closure).await
    }

    async fn sync_among<T, F>(&self, since: Option<Millis>, uid: Option<&UserId>, closure: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Conn, Option<Millis>, Option<Vec<RoomId>>) -> Result<T> + Send + 'static,
    {
        // Held until the read is over.
        let _syncing = if self.postgres { None } else { Some(self.stamps.close(&self.clock).await) };
        let since = if self.postgres { since.map(|cursor| Millis(cursor.0.saturating_sub(OVERLAP))) } else { since };
        // After the stamp was closed: whatever the read may show is noted.
        let rooms = since.zip(uid).and_then(|(cursor, uid)| self.recent.as_ref()?.written_after(cursor, uid));
        self.readers
            .run(move |db| {
                // On SQLite every read has one snapshot.
                if !db.is_postgres() {
                    return closure(db, since, rooms);
                }
                db.script("BEGIN ISOLATION LEVEL REPEATABLE READ")?;
                let outcome = closure(db, since, rooms);
                db.script("COMMIT")?;
                outcome
            })
            .await
    }

    /// The store's clock.
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Commits, batch sizes and waiting writes so far.
    pub fn observed(&self) -> ObserverCounts {
        self.observe.counts(WAITING - self.door.available_permits())
    }

    /// Refuses new writes, finishes what waits, closes the files. Idempotent.
    pub fn close(&self) {
        self.queue.close();
        self.readers.close();
        let Ok(mut threads) = self.threads.lock() else { return };
        for writer in threads.writers.drain(..) {
            // What a write holds may be the last handle to the store; that thread ends by itself.
            if writer.thread().id() != std::thread::current().id() {
                // A writer that panicked has nothing left to finish.
                let _ = writer.join();
            }
        }
        if let Some((stop, checkpointer)) = threads.checkpointer.take() {
            drop(stop);
            let _ = checkpointer.join();
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.close();
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<std::thread::JoinHandle<()>> {
    std::thread::Builder::new().name(name.into()).spawn(work).map_err(Error::internal)
}

fn open_writer(database: &Database) -> Result<Conn> {
    match database {
        Database::Sqlite { path, synchronous } => Sqlite::open(path, *synchronous).map(Engine::Sqlite),
        Database::Postgres { url } => Postgres::open(url, false).map(Engine::Postgres),
    }
    .map(Conn::new)
    .map_err(|failed| unopened(database, &failed))
}

fn open_reader(database: &Database) -> Result<Conn> {
    match database {
        Database::Sqlite { path, .. } => Sqlite::open_reader(path).map(Engine::Sqlite),
        Database::Postgres { url } => Postgres::open(url, true).map(Engine::Postgres),
    }
    .map(Conn::new)
    .map_err(|failed| unopened(database, &failed))
}

/// Names the place without the password a URL may hold.
fn unopened(database: &Database, failed: &Failed) -> Error {
    let place = match database {
        Database::Sqlite { path, .. } => path.display().to_string(),
        Database::Postgres { url } => url.rsplit_once('@').map_or("PostgreSQL", |(_, place)| place).to_owned(),
    };
    Error::unavailable(format!("cannot open the database at {place}: {}", failed.cause))
}
