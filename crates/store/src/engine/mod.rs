//! The two engines behind one query interface.
//!
//! SQL is written once, in the subset both understand: `$1…$n` in ascending first use, `BIGINT` and `TEXT` columns,
//! `RETURNING`, `ON CONFLICT`. What differs (opening, locking, the database's clock, lists as parameters) is in
//! [`sqlite`] and [`postgres`], not in a branch inside a query.

mod postgres;
mod sqlite;
mod value;

pub(crate) use postgres::Postgres;
pub use sqlite::Synchronous;
pub(crate) use sqlite::{LogSize, Sqlite, checkpoint_loop};
pub(crate) use value::{Column, Row};
pub(crate) use value::{Json, Params, Value};

use gantry_model::{Error, Result};

/// Why a statement failed, as far as the writer must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Only this statement: a constraint, a wrong text. The savepoint takes it back.
    Statement,
    /// Serialisation failure or deadlock: run the closures again, each alone.
    Retry,
    /// Disk full or an I/O error that may have rolled back everything.
    Storage,
    /// The connection is gone.
    Connection,
    /// A failed fsync: what is on disk is unknown, the process must end.
    Fatal,
}

/// One connection, of either engine.
pub struct Conn {
    engine: Engine,
    fault: Option<Fault>,
    stamp: i64,
    changed: bool,
}

pub(crate) enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// A database failure on its way to an [`Error`].
pub(crate) struct Failed {
    pub(crate) fault: Fault,
    pub(crate) cause: String,
}

impl Conn {
    pub(crate) fn new(engine: Engine) -> Self {
        Self { engine, fault: None, stamp: 0, changed: false }
    }

    pub(crate) fn engine(&mut self) -> &mut Engine {
        &mut self.engine
    }

    /// The worst fault since the last call.
    pub(crate) fn take_fault(&mut self) -> Option<Fault> {
        self.fault.take()
    }

    /// Whether a statement changed a row since the last call.
    pub(crate) fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.changed)
    }

    pub(crate) fn set_stamp(&mut self, stamp: i64) {
        self.stamp = stamp;
    }

    /// The stamp of the batch being written, in ms: `_updatedAt` of whatever this write touches. 0 in a read.
    pub(crate) fn stamp(&self) -> i64 {
        self.stamp
    }

    /// All rows.
    pub(crate) fn all<T: FromRow>(&mut self, sql: &str, params: impl Params) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        self.each(sql, params, &mut |row| {
            rows.push(T::from_row(row)?);
            Ok(())
        })?;
        Ok(rows)
    }

    /// The first row, if any.
    pub(crate) fn one<T: FromRow>(&mut self, sql: &str, params: impl Params) -> Result<Option<T>> {
        let mut first = None;
        self.each(sql, params, &mut |row| {
            if first.is_none() {
                first = Some(T::from_row(row)?);
            }
            Ok(())
        })?;
        Ok(first)
    }

    /// The first column of the first row as a number; 0 without a row.
    pub(crate) fn count(&mut self, sql: &str, params: impl Params) -> Result<i64> {
        Ok(self.one::<(i64,)>(sql, params)?.map_or(0, |row| row.0))
    }

    fn each(
        &mut self,
        sql: &str,
        params: impl Params,
        take: &mut dyn FnMut(&Row<'_>) -> Result<(), String>,
    ) -> Result<()> {
        if cfg!(debug_assertions) {
            assert!(ascending(sql), "parameters are not in ascending first use: {sql}");
            crate::plans::remember(sql);
        }
        // What a statement that answers rows has changed is not counted.
        self.changed |= !sql.starts_with("SELECT");
        let outcome = params.with(&mut |values| match &mut self.engine {
            Engine::Sqlite(db) => db.each(sql, values, take),
            Engine::Postgres(db) => db.each(sql, values, take),
        });
        outcome.map_err(|failed| self.failed(sql, failed))
    }

    /// Runs a statement; the number of rows it changed.
    pub(crate) fn run(&mut self, sql: &str, params: impl Params) -> Result<u64> {
        if cfg!(debug_assertions) {
            assert!(ascending(sql), "parameters are not in ascending first use: {sql}");
            crate::plans::remember(sql);
        }
        let outcome = params.with(&mut |values| match &mut self.engine {
            Engine::Sqlite(db) => db.run(sql, values),
            Engine::Postgres(db) => db.run(sql, values),
        });
        self.changed |= !matches!(outcome, Ok(0));
        outcome.map_err(|failed| self.failed(sql, failed))
    }

    /// One statement of transaction control. On SQLite a prepared one is kept: a write makes two of them.
    pub(crate) fn control(&mut self, sql: &str) -> Result<()> {
        match &mut self.engine {
            Engine::Sqlite(db) => db.run(sql, &[]).map(drop).map_err(|failed| self.failed(sql, failed)),
            Engine::Postgres(_) => self.script(sql),
        }
    }

    /// Everything up to [`Conn::end_read`] sees one state of SQLite's database, and takes its locks once. On PostgreSQL, where
    /// it would cost two round trips, each statement sees what is committed by then.
    pub(crate) fn begin_read(&mut self) {
        if !self.is_postgres() {
            // Should it fail, statements read one by one, and meet the same failure.
            let _ = self.control("BEGIN");
        }
    }

    /// See [`Conn::begin_read`].
    pub(crate) fn end_read(&mut self) {
        if let Engine::Sqlite(db) = &mut self.engine
            && !db.lost_transaction()
        {
            // Nothing was written; a failure shows with the next statement.
            let _ = self.control("COMMIT");
        }
    }

    /// Several statements without parameters; for migrations and transaction control.
    pub(crate) fn script(&mut self, sql: &str) -> Result<()> {
        let outcome = match &mut self.engine {
            Engine::Sqlite(db) => db.script(sql),
            Engine::Postgres(db) => db.script(sql),
        };
        outcome.map_err(|failed| self.failed(sql, failed))
    }

    pub(crate) fn is_postgres(&self) -> bool {
        matches!(self.engine, Engine::Postgres(_))
    }

    fn failed(&mut self, sql: &str, failed: Failed) -> Error {
        let Failed { fault, cause } = failed;
        self.fault = Some(self.fault.map_or(fault, |old| if severity(old) > severity(fault) { old } else { fault }));
        let cause = format!("{cause} in: {}", sql.split_whitespace().collect::<Vec<_>>().join(" "));
        match fault {
            Fault::Statement | Fault::Fatal => Error::internal(cause),
            Fault::Retry | Fault::Storage | Fault::Connection => Error::unavailable(cause),
        }
    }
}

/// Whether `$1…$n` first appear in that order. SQLite numbers them as they appear, PostgreSQL by their names: only so
/// do the two agree.
fn ascending(sql: &str) -> bool {
    let mut next = 1;
    for (at, _) in sql.match_indices('$') {
        let digits: String = sql[at + 1..].chars().take_while(char::is_ascii_digit).collect();
        match digits.parse::<usize>() {
            Ok(number) if number == next => next += 1,
            Ok(number) if number > next => return false,
            _ => {}
        }
    }
    true
}

fn severity(fault: Fault) -> u8 {
    match fault {
        Fault::Statement => 0,
        Fault::Retry => 1,
        Fault::Storage => 2,
        Fault::Connection => 3,
        Fault::Fatal => 4,
    }
}

/// What one row of a query becomes.
pub(crate) trait FromRow: Sized {
    /// Reads the columns in the order of the query's list. `Err` says which column did not hold what was expected.
    fn from_row(row: &Row<'_>) -> Result<Self, String>;
}

macro_rules! tuple_rows {
    ($($($name:ident $at:tt),+;)*) => {$(
        impl<$($name: Column),+> FromRow for ($($name,)+) {
            fn from_row(row: &Row<'_>) -> Result<Self, String> {
                Ok(($(row.get::<$name>($at)?,)+))
            }
        }
    )*};
}

tuple_rows! {
    A 0;
    A 0, B 1;
    A 0, B 1, C 2;
    A 0, B 1, C 2, D 3;
    A 0, B 1, C 2, D 3, E 4;
    A 0, B 1, C 2, D 3, E 4, F 5;
}

impl Conn {
    /// A subquery of the elements of a JSON list of texts: the one place where the engines spell a list differently.
    pub(crate) fn list(&self, parameter: &str) -> String {
        if self.is_postgres() {
            format!("SELECT json_array_elements_text({parameter}::text::json)")
        } else {
            format!("SELECT value FROM json_each({parameter})")
        }
    }

    /// A subquery of the pairs of a JSON list of two texts each, as columns `one` and `other`; see [`Conn::list`].
    pub(crate) fn pairs(&self, parameter: &str) -> String {
        if self.is_postgres() {
            format!("SELECT e ->> 0 AS one, e ->> 1 AS other FROM json_array_elements({parameter}::text::json) AS e")
        } else {
            format!("SELECT value ->> 0 AS one, value ->> 1 AS other FROM json_each({parameter})")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ascending;

    #[test]
    fn parameters_first_appear_in_order() {
        assert!(ascending("SELECT 1"));
        assert!(ascending("UPDATE t SET a = $1, b = $2 WHERE c = $3 OR d = $1"));
        assert!(!ascending("UPDATE t SET a = $2 WHERE b = $1"));
    }
}
