//! The numbers of each key's events, and the last stamp.

use crate::engine::Conn;
use gantry_model::{Millis, Result};

/// Takes `count` numbers of `key`; the last of them.
pub(crate) fn advance(db: &mut Conn, key: &str, count: i64) -> Result<i64> {
    let sql = "INSERT INTO sequence (key, last) VALUES ($1, $2)
               ON CONFLICT (key) DO UPDATE SET last = sequence.last + excluded.last RETURNING last";
    db.count(sql, (key, count))
}

/// Keeps the stamp that a restart goes on from.
pub(crate) fn keep_stamp(db: &mut Conn, stamp: Millis) -> Result<()> {
    let sql =
        "INSERT INTO sequence (key, last) VALUES ('stamp', $1) ON CONFLICT (key) DO UPDATE SET last = excluded.last";
    db.run(sql, (stamp,)).map(drop)
}

/// The stamp that was kept last; 0 in a new database.
pub(crate) fn kept_stamp(db: &mut Conn) -> Result<i64> {
    db.count("SELECT last FROM sequence WHERE key = 'stamp'", ())
}
