//! SQLite: one file in WAL mode, one writer, several readers, a checkpoint that stays off the writer's path.

use super::value::{Row, Value};
use super::{Failed, Fault};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql, ffi, types::ToSqlOutput, types::ValueRef};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Pages in the log that are not in the file yet, after which a checkpoint is due (16 MiB); and pages in the log after which
/// the writer itself has it begin anew (256 MiB).
const CHECKPOINT_DUE: u64 = 4_096;
const CHECKPOINT_FORCED: u64 = 65_536;

/// When a commit is on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Synchronous {
    /// Before it is acknowledged: survives power loss.
    Full,
    /// At the next checkpoint: survives a crash of the process only. For measurements and as a test's negative control.
    Normal,
}

/// One connection.
pub(crate) struct Sqlite {
    db: Connection,
}

impl Sqlite {
    pub(crate) fn open(path: &Path, synchronous: Synchronous) -> Result<Self, Failed> {
        let db = Connection::open(path).map_err(failed)?;
        db.busy_timeout(Duration::from_secs(10)).map_err(failed)?;
        let level = match synchronous {
            Synchronous::Full => "FULL",
            Synchronous::Normal => "NORMAL",
        };
        // The log is never cut back while the server runs: giving up a hundred MiB of a file takes longer than many commits.
        // The page cache of a connection is bounded.
        db.execute_batch(&format!(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = {level}; PRAGMA wal_autocheckpoint = 0;
             PRAGMA journal_size_limit = -1; PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY;
             PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = OFF;"
        ))
        .map_err(failed)?;
        Self::ready(db)
    }

    pub(crate) fn open_reader(path: &Path) -> Result<Self, Failed> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let db = Connection::open_with_flags(path, flags).map_err(failed)?;
        db.busy_timeout(Duration::from_secs(10)).map_err(failed)?;
        db.execute_batch("PRAGMA query_only = ON; PRAGMA cache_size = -2048; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF;")
            .map_err(failed)?;
        Self::ready(db)
    }

    /// Statements are planned once: without the guarantee SQLite plans one with a `LIMIT` parameter anew at each run, which
    /// costs more than reading a page of 50 messages.
    fn ready(db: Connection) -> Result<Self, Failed> {
        db.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(failed)?;
        db.set_prepared_statement_cache_capacity(256);
        Ok(Self { db })
    }

    pub(crate) fn each(
        &mut self,
        sql: &str,
        values: &[Value<'_>],
        take: &mut dyn FnMut(&Row<'_>) -> Result<(), String>,
    ) -> Result<(), Failed> {
        let mut statement = self.db.prepare_cached(sql).map_err(failed)?;
        let mut rows = statement.query(rusqlite::params_from_iter(values)).map_err(failed)?;
        while let Some(row) = rows.next().map_err(failed)? {
            take(&Row::Sqlite(row)).map_err(|cause| Failed { fault: Fault::Statement, cause })?;
        }
        Ok(())
    }

    pub(crate) fn run(&mut self, sql: &str, values: &[Value<'_>]) -> Result<u64, Failed> {
        let mut statement = self.db.prepare_cached(sql).map_err(failed)?;
        let changed = statement.execute(rusqlite::params_from_iter(values)).map_err(failed)?;
        Ok(changed as u64)
    }

    pub(crate) fn script(&mut self, sql: &str) -> Result<(), Failed> {
        self.db.execute_batch(sql).map_err(failed)
    }

    /// Whether SQLite itself gave up the transaction (disk full, I/O error).
    pub(crate) fn lost_transaction(&self) -> bool {
        self.db.is_autocommit()
    }

    /// Has each commit of this connection tell how long the log is.
    pub(crate) fn measure_log(&mut self, log: Arc<LogSize>) -> Result<(), Failed> {
        let hook = move |_: &mut rusqlite::hooks::Wal, pages| {
            log.pages.store(u64::try_from(pages).unwrap_or_default(), Ordering::Relaxed);
            Ok(())
        };
        self.db.wal_hook(Some(hook)).map_err(failed)
    }

    /// Lets the writer help when the log became long: under steady load it never begins anew by itself.
    pub(crate) fn bound_log(&mut self, log: &LogSize) {
        if log.pages.load(Ordering::Relaxed) >= CHECKPOINT_FORCED {
            self.checkpoint("RESTART", log);
            // It begins anew with the next commit, which says so.
            log.pages.store(0, Ordering::Relaxed);
        }
    }

    fn checkpoint(&mut self, mode: &str, log: &LogSize) {
        let copied = self.db.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| row.get::<_, i64>(2));
        match copied {
            Ok(copied) => log.copied.store(u64::try_from(copied).unwrap_or_default(), Ordering::Relaxed),
            Err(error) => tracing::warn!(%error, "checkpoint failed; it is tried again"),
        }
    }
}

/// How long the log is; shared by the writer and the checkpointer.
#[derive(Default)]
pub(crate) struct LogSize {
    /// Pages in it after the last commit.
    pages: AtomicU64,
    /// How many of them the last checkpoint found in the file, or brought there.
    copied: AtomicU64,
}

impl LogSize {
    fn is_due(&self) -> bool {
        let (pages, copied) = (self.pages.load(Ordering::Relaxed), self.copied.load(Ordering::Relaxed));
        // A log that is shorter than what was copied has begun anew.
        pages.checked_sub(copied).unwrap_or(pages) >= CHECKPOINT_DUE
    }
}

/// Copies the log into the database file from its own thread, so that no commit waits for it, until `stop` is dropped.
pub(crate) fn checkpoint_loop(path: &Path, log: &LogSize, stop: &std::sync::mpsc::Receiver<()>) {
    let mut db = match Sqlite::open(path, Synchronous::Full) {
        Ok(db) => db,
        Err(failed) => {
            tracing::error!(cause = failed.cause, "no checkpoints: the database did not open a second time");
            return;
        }
    };
    while let Err(std::sync::mpsc::RecvTimeoutError::Timeout) = stop.recv_timeout(Duration::from_millis(250)) {
        if log.is_due() {
            // PASSIVE never makes the writer wait; the log starts over by itself once all of it is copied and no reader needs it.
            db.checkpoint("PASSIVE", log);
        }
    }
    db.checkpoint("TRUNCATE", log);
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

pub(super) fn failed(error: rusqlite::Error) -> Failed {
    let fault = match &error {
        rusqlite::Error::SqliteFailure(e, _) if fsync_failed(e.extended_code) => Fault::Fatal,
        rusqlite::Error::SqliteFailure(e, _) => match e.code {
            ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::OutOfMemory | ErrorCode::CannotOpen => {
                Fault::Storage
            }
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked | ErrorCode::OperationInterrupted => Fault::Retry,
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Fault::Fatal,
            _ => Fault::Statement,
        },
        _ => Fault::Statement,
    };
    Failed { fault, cause: error.to_string() }
}

fn fsync_failed(extended: i32) -> bool {
    extended == ffi::SQLITE_IOERR_FSYNC || extended == ffi::SQLITE_IOERR_DIR_FSYNC
}
