//! Query plans, for the test that refuses a scan of a table that grows. Debug builds alone remember what they ran.

use crate::engine::{Conn, FromRow, Row, Value};
use gantry_model::Result;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

static SEEN: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());

/// Remembers a statement's text. Texts are few: what varies is a parameter.
pub(crate) fn remember(sql: &str) {
    let mut seen = SEEN.lock().unwrap_or_else(PoisonError::into_inner);
    if !seen.contains(sql) {
        seen.insert(sql.to_owned());
    }
}

/// Every statement that this process ran on any store, in a debug build; nothing in others.
pub fn statements() -> Vec<String> {
    SEEN.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
}

struct Line(String);

impl FromRow for Line {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        // PostgreSQL explains in its first column, SQLite in its fourth.
        row.get::<String>(0).or_else(|_| row.get::<String>(3)).map(Self)
    }
}

impl Conn {
    /// How the engine would run `sql`, a line each, in its own words; every parameter is unknown, as in a prepared
    /// statement, and PostgreSQL scans a table only where no index serves.
    ///
    /// # Errors
    /// The engine does not understand the statement.
    pub fn plan(&mut self, sql: &str) -> Result<Vec<String>> {
        let count = (1..).take_while(|number| mentions(sql, *number)).count();
        let lines = if self.is_postgres() {
            self.script("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan")?;
            self.script(&format!("PREPARE planned AS {sql}"))?;
            let unknown = vec!["NULL"; count].join(", ");
            let execute = if count == 0 { "planned".to_owned() } else { format!("planned({unknown})") };
            let lines = self.all::<Line>(&format!("EXPLAIN EXECUTE {execute}"), ());
            self.script("DEALLOCATE planned")?;
            lines?
        } else {
            let unknown = vec![Value::Null; count];
            self.all::<Line>(&format!("EXPLAIN QUERY PLAN {sql}"), &unknown[..])?
        };
        Ok(lines.into_iter().map(|line| line.0).collect())
    }
}

fn mentions(sql: &str, number: usize) -> bool {
    let place = format!("${number}");
    sql.match_indices(&place).any(|(at, _)| !sql[at + place.len()..].starts_with(|c: char| c.is_ascii_digit()))
}
