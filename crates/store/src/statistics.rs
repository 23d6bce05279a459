//! How much there is of everything. Walks what it counts: it is asked for rarely, and beside the writer.

use crate::engine::{Conn, FromRow, Row};
use gantry_model::{Millis, Result, RoomKind};

/// Counts of everything.
pub struct Statistics<'a>(&'a mut Conn);

impl Conn {
    /// Counts of everything.
    pub fn statistics(&mut self) -> Statistics<'_> {
        Statistics(self)
    }
}

/// How many accounts there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AccountCounts {
    /// Of all kinds.
    pub all: i64,
    /// That may log in.
    pub active: i64,
    /// That may log in, and are guests'.
    pub active_guests: i64,
    /// Of apps.
    pub apps: i64,
    /// The last login of anybody.
    pub last_login: Option<Millis>,
}

/// How many rooms of a kind there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomCounts {
    /// Which kind.
    pub kind: RoomKind,
    /// Rooms.
    pub rooms: i64,
    /// Messages in them.
    pub messages: i64,
    /// Rooms in which only the privileged post.
    pub broadcast: i64,
    /// When a person last wrote in one.
    pub last_message: Option<Millis>,
}

impl FromRow for AccountCounts {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            all: row.get(0)?,
            active: row.get(1)?,
            active_guests: row.get(2)?,
            apps: row.get(3)?,
            last_login: row.get(4)?,
        })
    }
}

impl FromRow for RoomCounts {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            kind: row.get(0)?,
            rooms: row.get(1)?,
            messages: row.get(2)?,
            broadcast: row.get(3)?,
            last_message: row.get(4)?,
        })
    }
}

impl Statistics<'_> {
    /// What the database is called.
    pub fn engine(&self) -> &'static str {
        if self.0.is_postgres() { "PostgreSQL" } else { "SQLite" }
    }

    /// Accounts.
    pub fn accounts(&mut self) -> Result<AccountCounts> {
        let sql = "SELECT count(*), count(CASE WHEN active = 1 THEN 1 END),
                     count(CASE WHEN active = 1 AND roles LIKE '%\"guest\"%' THEN 1 END),
                     count(CASE WHEN kind = 'app' THEN 1 END), max(last_login) FROM account";
        Ok(self.0.one::<AccountCounts>(sql, ())?.unwrap_or_default())
    }

    /// Rooms, by their kinds.
    pub fn rooms(&mut self) -> Result<Vec<RoomCounts>> {
        let sql = "SELECT kind, count(*), CAST(sum(msgs) AS BIGINT), CAST(sum(broadcast) AS BIGINT), max(lm) FROM room
                   GROUP BY kind ORDER BY kind";
        self.0.all(sql, ())
    }

    /// Roles that administrators made.
    pub fn custom_roles(&mut self) -> Result<i64> {
        self.0.count("SELECT count(*) FROM role", ())
    }
}
