//! Facts about this installation: its unique id, when it was made, the set-up token's hash.

use crate::engine::Conn;
use gantry_model::Result;

/// Queries on `fact`.
pub struct Facts<'a>(&'a mut Conn);

impl Conn {
    /// Facts about this installation.
    pub fn facts(&mut self) -> Facts<'_> {
        Facts(self)
    }
}

impl Facts<'_> {
    /// The value of a fact.
    pub fn get(&mut self, name: &str) -> Result<Option<String>> {
        Ok(self.0.one::<(String,)>("SELECT value FROM fact WHERE name = $1", (name,))?.map(|row| row.0))
    }

    /// Sets a fact.
    pub fn set(&mut self, name: &str, value: &str) -> Result<()> {
        let sql =
            "INSERT INTO fact (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.0.run(sql, (name, value)).map(drop)
    }

    /// Forgets a fact; whether it was there.
    pub fn remove(&mut self, name: &str) -> Result<bool> {
        Ok(self.0.run("DELETE FROM fact WHERE name = $1", (name,))? > 0)
    }
}
