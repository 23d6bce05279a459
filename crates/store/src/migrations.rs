//! Schema changes: numbered, forward only, run at start under a lock. An older binary refuses newer data.

use crate::engine::Conn;
use gantry_model::{Error, Millis, Result};

/// Every schema change there ever was. The text is written for SQLite; [`for_postgres`] says what differs.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "foundation", include_str!("migrations/0001_foundation.sql")),
    (2, "sessions", include_str!("migrations/0002_sessions.sql")),
    (3, "personal tokens", include_str!("migrations/0003_personal_tokens.sql")),
    (4, "removed accounts", include_str!("migrations/0004_removed_accounts.sql")),
    (5, "custom roles", include_str!("migrations/0005_custom_roles.sql")),
    (6, "invites", include_str!("migrations/0006_invites.sql")),
];

/// Brings the schema up to date; the number of changes made.
///
/// Each change commits by itself together with its own record, so that an interrupted run goes on where it stopped.
pub(crate) fn run(db: &mut Conn, now: Millis) -> Result<usize> {
    lock(db)?;
    let outcome = run_locked(db, now);
    unlock(db);
    outcome
}

fn run_locked(db: &mut Conn, now: Millis) -> Result<usize> {
    let table =
        "CREATE TABLE IF NOT EXISTS migration (number BIGINT PRIMARY KEY, name TEXT NOT NULL, at BIGINT NOT NULL)";
    db.script(table)?;
    let done = db.count("SELECT coalesce(max(number), 0) FROM migration", ())?;
    let newest = MIGRATIONS.last().map_or(0, |(number, ..)| *number);
    if done > newest {
        return Err(Error::internal(format!(
            "the data was written by a newer release (schema {done}, this one knows {newest}): start that release, or restore a backup"
        )));
    }
    let mut made = 0;
    for (number, name, sql) in MIGRATIONS.iter().filter(|(number, ..)| *number > done) {
        let sql = if db.is_postgres() { for_postgres(sql) } else { (*sql).to_owned() };
        db.script("BEGIN")?;
        let step = db.script(&sql).and_then(|()| {
            db.run("INSERT INTO migration (number, name, at) VALUES ($1, $2, $3)", (*number, *name, now))
        });
        match step {
            Ok(_) => db.script("COMMIT")?,
            Err(error) => {
                // The first error is the one that tells.
                let _ = db.script("ROLLBACK");
                return Err(error);
            }
        }
        made += 1;
    }
    Ok(made)
}

fn lock(db: &mut Conn) -> Result<()> {
    // SQLite: a second server on the folder was refused before; the file lock of BEGIN serialises the rest.
    if db.is_postgres() { db.script("SELECT pg_advisory_lock(7146226)") } else { Ok(()) }
}

fn unlock(db: &mut Conn) {
    if db.is_postgres() {
        // The lock ends with the connection at the latest.
        let _ = db.script("SELECT pg_advisory_unlock(7146226)");
    }
}

/// Text is compared bytewise on both engines, and PostgreSQL knows no clustered tables.
fn for_postgres(sql: &str) -> String {
    sql.replace(" TEXT", " TEXT COLLATE \"C\"").replace(" WITHOUT ROWID", "")
}
