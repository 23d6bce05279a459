//! Finding people and channels by a part of their names, a few at a time and uncounted: what is offered while somebody types.

use crate::engine::{Conn, Value};
use gantry_model::{Result, Room, RoomId, UserId};

/// Queries by parts of names.
pub struct Search<'a>(&'a mut Conn);

impl Conn {
    /// Searches by parts of names.
    pub fn search(&mut self) -> Search<'_> {
        Search(self)
    }
}

/// Among whom people are looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Among {
    /// All who may log in.
    Everybody,
    /// The members of a room; whether most accounts are.
    Members(RoomId, bool),
    /// Those who share a room with somebody.
    Companions(UserId),
}

impl Search<'_> {
    /// Those who may log in with `text` in user name or name, in any case, by user name. None of those with one of the user
    /// names `except`.
    pub fn people(&mut self, text: &str, among: &Among, except: &[String], count: i64) -> Result<Vec<UserId>> {
        let keys: Vec<String> = except.iter().map(|name| name.to_lowercase()).collect();
        let mut values = vec![contains(text), Value::Text(serde_json::to_string(&keys).unwrap_or_default().into())];
        let list = self.0.list("$2");
        let mut wheres = format!(
            "a.active = 1 AND a.username_key IS NOT NULL
               AND (a.username_key LIKE $1 ESCAPE '\\' OR a.name_key LIKE $1 ESCAPE '\\') AND a.username_key NOT IN ({list})"
        );
        let from = match among {
            Among::Everybody => "account a",
            Among::Members(rid, crowded) => {
                values.push(Value::Text(rid.as_str().into()));
                wheres.push_str(" AND s.rid = $3 AND s.uid = a.id");
                // CROSS tells SQLite, which does not know how large a room is, where to begin.
                if *crowded { "account a CROSS JOIN subscription s" } else { "subscription s CROSS JOIN account a" }
            }
            Among::Companions(uid) => {
                values.push(Value::Text(uid.as_str().into()));
                wheres.push_str(
                    " AND EXISTS (SELECT 1 FROM subscription own JOIN subscription s ON s.rid = own.rid
                       WHERE own.uid = $3 AND s.uid = a.id)",
                );
                "account a"
            }
        };
        values.push(Value::Int(count));
        let place = values.len();
        let sql = format!("SELECT a.id FROM {from} WHERE {wheres} ORDER BY a.username_key LIMIT ${place}");
        Ok(self.0.all::<(UserId,)>(&sql, &values[..])?.into_iter().map(|row| row.0).collect())
    }

    /// Channels with `text` in their name or display name, in any case, that a user is no member of, by name.
    pub fn channels(&mut self, text: &str, not_of: &UserId, count: i64) -> Result<Vec<Room>> {
        let sql = "SELECT r.id FROM room r
                   WHERE r.kind = 'c' AND (r.name_key LIKE $1 ESCAPE '\\' OR lower(r.fname) LIKE $1 ESCAPE '\\')
                     AND NOT EXISTS (SELECT 1 FROM subscription s WHERE s.rid = r.id AND s.uid = $2)
                   ORDER BY r.name LIMIT $3";
        let values = [contains(text), Value::Text(not_of.as_str().into()), Value::Int(count)];
        let ids: Vec<RoomId> = self.0.all::<(RoomId,)>(sql, &values[..])?.into_iter().map(|row| row.0).collect();
        let mut rooms = self.0.rooms().some(&ids)?;
        rooms.sort_by_key(|room| ids.iter().position(|id| *id == room.id));
        Ok(rooms)
    }
}

/// A pattern for texts that contain `text`, in lower case.
pub(crate) fn contains(text: &str) -> Value<'static> {
    let escaped = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    Value::Text(format!("%{escaped}%").into())
}
