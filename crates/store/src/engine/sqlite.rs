//! SQLite: one file in WAL mode, one writer, several readers, a checkpoint that stays off the writer's path.

use super::value::{Row, Value};
use super::{Failed, Fault};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql, ffi, types::ToSqlOutput, types::ValueRef};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Frames in the log after which a checkpoint is due (16 MiB), and after which the writer itself waits for one (256 MiB).
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
        // The log is cut back to 16 MiB after a checkpoint that emptied it; the page cache of a connection is bounded.
        db.execute_batch(&format!(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = {level}; PRAGMA wal_autocheckpoint = 0;
             PRAGMA journal_size_limit = 16777216; PRAGMA cache_size = -4096; PRAGMA temp_store = MEMORY;
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

    /// Lets the writer help when readers kept the log from being cut back for too long.
    pub(crate) fn bound_log(&mut self, log: &LogSize) {
        if log.frames() >= CHECKPOINT_FORCED {
            log.note(self.checkpoint("TRUNCATE"));
        }
    }

    /// Frames in the log after the checkpoint.
    fn checkpoint(&mut self, mode: &str) -> u64 {
        let outcome = self.db.query_row(&format!("PRAGMA wal_checkpoint({mode})"), [], |row| {
            Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?))
        });
        match outcome {
            Ok((in_log, copied)) => u64::try_from(in_log - copied).unwrap_or(0),
            Err(error) => {
                tracing::warn!(%error, "checkpoint failed; it is tried again");
                0
            }
        }
    }
}

/// How long the log is, as its file says; shared by the writer and the checkpointer.
pub(crate) struct LogSize {
    path: std::path::PathBuf,
    pending: AtomicU64,
}

impl LogSize {
    pub(crate) fn of(database: &Path) -> Self {
        let mut name = database.as_os_str().to_owned();
        name.push("-wal");
        Self { path: name.into(), pending: AtomicU64::new(0) }
    }

    fn frames(&self) -> u64 {
        self.pending.load(Ordering::Relaxed)
    }

    fn note(&self, frames: u64) {
        self.pending.store(frames, Ordering::Relaxed);
    }

    fn file_frames(&self) -> u64 {
        std::fs::metadata(&self.path).map_or(0, |file| file.len() / 4_120)
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
        let frames = log.file_frames();
        log.note(frames);
        if frames >= CHECKPOINT_DUE {
            // PASSIVE never makes the writer wait; the log starts over by itself once all of it is copied and no reader needs it.
            log.note(frames.min(db.checkpoint("PASSIVE")));
        }
    }
    db.checkpoint("TRUNCATE");
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
