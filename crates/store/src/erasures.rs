//! Accounts that are gone, and what is still to be cleared away of them.

use crate::engine::{Conn, FromRow, Json, Row};
use crate::messages::Spot;
use gantry_model::{Erasure, Person, Result, User, UserId};
use std::collections::HashMap;
use std::sync::Arc;

/// Queries on `account_removed`.
pub struct Erasures<'a>(&'a mut Conn);

impl Conn {
    /// Accounts that are gone.
    pub fn erasures(&mut self) -> Erasures<'_> {
        Erasures(self)
    }
}

/// An account that is gone while not all is that its user left.
#[derive(Clone, Debug, PartialEq)]
pub struct Erasing {
    /// Whose it was.
    pub uid: UserId,
    /// What becomes of the messages.
    pub erasure: Erasure,
    /// Up to which message that was done.
    pub reached: Spot,
}

impl FromRow for Erasing {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        let word: String = row.get(1)?;
        Ok(Self {
            uid: row.get(0)?,
            erasure: Erasure::from_word(&word).ok_or_else(|| format!("{word} is no kind of erasure"))?,
            reached: Spot { rid: row.get(2)?, ts: row.get(3)?, place: row.get(4)? },
        })
    }
}

struct Remembered(UserId, Person);

impl FromRow for Remembered {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self(row.get(0)?, Person { username: row.get(1)?, name: row.get(2)? }))
    }
}

impl Erasures<'_> {
    /// Removes an account with its addresses: from now on it is gone. What else its user left is to be cleared away, and
    /// until then the names are remembered. The sessions are for [`crate::Tokens`].
    pub fn begin(&mut self, user: &User, erasure: Erasure) -> Result<()> {
        let stamp = self.0.stamp();
        let sql = "INSERT INTO account_removed (id, username, name, erasure, at, clearing, rid, ts, place)
                   VALUES ($1, $2, $3, $4, $5, 1, '', 0, 0)";
        let username = user.username.as_ref().map(ToString::to_string);
        self.0.run(sql, (&user.id, username, &user.name, erasure.word(), stamp))?;
        self.0.run("DELETE FROM email WHERE uid = $1", (&user.id,))?;
        self.0.run("DELETE FROM account WHERE id = $1", (&user.id,)).map(drop)
    }

    /// Those of which something is still to be cleared away.
    pub fn pending(&mut self) -> Result<Vec<Erasing>> {
        self.0.all("SELECT id, erasure, rid, ts, place FROM account_removed WHERE clearing = 1 ORDER BY id", ())
    }

    /// What is still to be cleared away of one account, if anything is.
    pub fn get(&mut self, uid: &UserId) -> Result<Option<Erasing>> {
        self.0.one("SELECT id, erasure, rid, ts, place FROM account_removed WHERE id = $1 AND clearing = 1", (uid,))
    }

    /// Notes how far messages were looked through.
    pub fn reached(&mut self, uid: &UserId, spot: &Spot) -> Result<()> {
        let sql = "UPDATE account_removed SET rid = $1, ts = $2, place = $3 WHERE id = $4";
        self.0.run(sql, (&spot.rid, spot.ts, spot.place, uid)).map(drop)
    }

    /// All is cleared away. The names are remembered where messages stay under them, and forgotten elsewhere.
    pub fn finish(&mut self, uid: &UserId, erasure: Erasure) -> Result<()> {
        let sql = match erasure {
            Erasure::Keep => "UPDATE account_removed SET clearing = 0 WHERE id = $1",
            Erasure::Delete | Erasure::Unlink => "DELETE FROM account_removed WHERE id = $1",
        };
        self.0.run(sql, (uid,)).map(drop)
    }

    /// The names of those of `ids` whose accounts are gone, where they are remembered.
    pub fn people(&mut self, ids: &[&UserId]) -> Result<HashMap<UserId, Arc<Person>>> {
        let list = self.0.list("$1");
        let sql = format!("SELECT id, username, name FROM account_removed WHERE id IN ({list})");
        let rows = self.0.all::<Remembered>(&sql, (Json(ids),))?;
        Ok(rows.into_iter().map(|row| (row.0, Arc::new(row.1))).collect())
    }
}
