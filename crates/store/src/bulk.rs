//! Many rows at once: seeding and imports. One statement carries up to [`ROWS`] rows, on both engines.

use crate::accounts::{self, NewAccount};
use crate::engine::{Conn, Value};
use crate::subscriptions;
use gantry_model::{Message, Result, Subscription};

/// Rows in one statement; with the widest table far below either engine's limit of parameters.
const ROWS: usize = 100;

/// Inserts of many rows, without the checks that single ones make: ids and names must be free.
pub struct Bulk<'a>(&'a mut Conn);

impl Conn {
    /// Inserts of many rows.
    pub fn bulk(&mut self) -> Bulk<'_> {
        Bulk(self)
    }
}

impl Bulk<'_> {
    /// Makes accounts, their addresses included.
    pub fn accounts(&mut self, new: &[NewAccount]) -> Result<()> {
        let stamp = self.0.stamp();
        self.insert("account", &accounts::INSERTED, new.iter().map(|one| accounts::inserted(one, stamp)).collect())?;
        let emails = new.iter().flat_map(|one| {
            one.user.emails.iter().enumerate().map(|(position, email)| accounts::address(&one.user.id, position, email))
        });
        self.insert("email", &accounts::ADDRESS, emails.collect())
    }

    /// Makes memberships; their rooms' counts are for the caller to write.
    pub fn subscriptions(&mut self, new: &[Subscription]) -> Result<()> {
        self.insert("subscription", &subscriptions::INSERTED, new.iter().map(subscriptions::inserted).collect())
    }

    /// Stores messages; their rooms are for the caller to write.
    pub fn messages(&mut self, new: &[Message]) -> Result<()> {
        let columns = ["id", "rid", "ts", "place", "updated", "author", "kind", "body", "tmid", "tshow"];
        let text = |text: &str| Value::Text(text.to_owned().into());
        let row = |one: &Message| {
            vec![
                text(one.id.as_str()),
                text(one.rid.as_str()),
                Value::Int(one.ts.0),
                Value::Int(one.place),
                Value::Int(one.updated.0),
                text(one.author.as_str()),
                one.kind.as_deref().map_or(Value::Null, text),
                text(&one.body),
                one.tmid.as_ref().map_or(Value::Null, |id| text(id.as_str())),
                Value::Int(one.tshow.into()),
            ]
        };
        self.insert("message", &columns, new.iter().map(row).collect())
    }

    fn insert(&mut self, table: &str, columns: &[&str], rows: Vec<Vec<Value<'_>>>) -> Result<()> {
        for chunk in rows.chunks(ROWS) {
            let places: Vec<String> = (0..chunk.len())
                .map(|row| {
                    let first = row * columns.len() + 1;
                    let row: Vec<String> = (first..first + columns.len()).map(|place| format!("${place}")).collect();
                    format!("({})", row.join(", "))
                })
                .collect();
            let sql = format!("INSERT INTO {table} ({}) VALUES {}", columns.join(", "), places.join(", "));
            self.0.run(&sql, &chunk.concat()[..])?;
        }
        Ok(())
    }
}
