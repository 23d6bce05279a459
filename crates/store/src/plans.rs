//! Query plans, for the test that refuses a scan of a table that grows.

use crate::engine::{Conn, FromRow, Row};
use gantry_model::Result;

/// One line of a plan, in the engine's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan(pub String);

impl FromRow for Plan {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        row.get::<String>(0).or_else(|_| row.get::<String>(3)).map(Self)
    }
}

impl Conn {
    /// How the engine would run `sql`, with every parameter unknown.
    pub fn plan(&mut self, sql: &str) -> Result<Vec<Plan>> {
        if self.is_postgres() {
            // A generic plan, as a prepared statement gets; small tables would be scanned whatever indexes there are.
            self.script("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan")?;
            self.all(&format!("EXPLAIN (GENERIC_PLAN) {sql}"), ())
        } else {
            self.all(&format!("EXPLAIN QUERY PLAN {sql}"), ())
        }
    }
}
