//! Words that make a message a mention for who listed them.

use crate::engine::{Conn, FromRow, Json, Row};
use gantry_model::{Result, UserId};

/// Queries on `highlight`.
pub struct Highlights<'a>(&'a mut Conn);

impl Conn {
    /// Highlight words.
    pub fn highlights(&mut self) -> Highlights<'_> {
        Highlights(self)
    }
}

struct HighlightRow(UserId, Vec<String>);

impl FromRow for HighlightRow {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self(row.get(0)?, row.get::<Json<_>>(1)?.0))
    }
}

impl Highlights<'_> {
    /// Everybody who has such words, with them. Few have any.
    pub fn all(&mut self) -> Result<Vec<(UserId, Vec<String>)>> {
        let rows = self.0.all::<HighlightRow>("SELECT uid, words FROM highlight ORDER BY uid", ())?;
        Ok(rows.into_iter().map(|row| (row.0, row.1)).collect())
    }

    /// Replaces a user's words.
    pub fn set(&mut self, uid: &UserId, words: &[String]) -> Result<()> {
        if words.is_empty() {
            return self.0.run("DELETE FROM highlight WHERE uid = $1", (uid,)).map(drop);
        }
        let sql =
            "INSERT INTO highlight (uid, words) VALUES ($1, $2) ON CONFLICT (uid) DO UPDATE SET words = excluded.words";
        self.0.run(sql, (uid, Json(words))).map(drop)
    }
}
