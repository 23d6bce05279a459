//! Messages.

use crate::engine::{Conn, FromRow, Json, Row, Value};
use gantry_model::{Message, MessageId, Millis, Result, RoomId, UserId};

/// Queries on `message`.
pub struct Messages<'a>(&'a mut Conn);

impl Conn {
    /// Messages.
    pub fn messages(&mut self) -> Messages<'_> {
        Messages(self)
    }
}

const COLUMNS: &str = "id, rid, ts, place, updated, author, kind, body, tmid, tshow, edited_at, edited_by, reactions";

struct MessageRow(Message);

impl FromRow for MessageRow {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        let edited = row.get::<Option<Millis>>(10)?.zip(row.get::<Option<UserId>>(11)?);
        Ok(Self(Message {
            id: row.get(0)?,
            rid: row.get(1)?,
            ts: row.get(2)?,
            place: row.get(3)?,
            updated: row.get(4)?,
            author: row.get(5)?,
            kind: row.get(6)?,
            body: row.get(7)?,
            tmid: row.get(8)?,
            tshow: row.get(9)?,
            edited,
            reactions: row.get::<Option<Json<_>>>(12)?.map(|json| json.0).unwrap_or_default(),
        }))
    }
}

/// A stretch of a room's history, newest first.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Up to here (`inclusive` decides about equality); from the newest without.
    pub latest: Option<Millis>,
    /// From here on.
    pub oldest: Option<Millis>,
    /// The bounds themselves belong to it.
    pub inclusive: bool,
    /// Replies that are only in their thread stay out.
    pub without_threads: bool,
    /// System types that stay out.
    pub hidden: Vec<String>,
    /// So many are passed over first.
    pub offset: i64,
    /// At most so many; ties at the end are never split.
    pub count: i64,
}

/// Which messages a list shows.
#[derive(Clone, Debug, Default)]
pub struct MessageFilter {
    /// Only these authors' … nobody: all.
    pub author: Option<UserId>,
    /// Oldest first.
    pub ascending: bool,
}

impl Messages<'_> {
    /// The message with this id.
    pub fn get(&mut self, id: &MessageId) -> Result<Option<Message>> {
        let sql = format!("SELECT {COLUMNS} FROM message WHERE id = $1");
        Ok(self.0.one::<MessageRow>(&sql, (id,))?.map(|row| row.0))
    }

    /// Those of `ids` that exist.
    pub fn some(&mut self, ids: &[MessageId]) -> Result<Vec<Message>> {
        let list = self.0.list("$1");
        let sql = format!("SELECT {COLUMNS} FROM message WHERE id IN ({list})");
        Ok(self.0.all::<MessageRow>(&sql, (Json(ids),))?.into_iter().map(|row| row.0).collect())
    }

    /// Stores a message; false when its id is taken, and then nothing is written.
    pub fn insert(&mut self, message: &Message) -> Result<bool> {
        let sql = "INSERT INTO message (id, rid, ts, place, updated, author, kind, body, tmid, tshow)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING";
        let Message { id, rid, ts, place, updated, author, kind, body, tmid, tshow, .. } = message;
        Ok(self.0.run(sql, (id, rid, *ts, *place, *updated, author, kind, body, tmid, *tshow))? > 0)
    }

    /// Writes back what can change of a message, with the transaction's stamp.
    pub fn update(&mut self, message: &mut Message) -> Result<()> {
        message.updated = Millis(self.0.stamp());
        let sql = "UPDATE message SET updated = $1, changed = $1, kind = $2, body = $3, tshow = $4, edited_at = $5,
                     edited_by = $6, reactions = $7 WHERE rid = $8 AND ts = $9 AND place = $10";
        let (at, by) = message.edited.clone().unzip();
        let reactions = (!message.reactions.is_empty()).then(|| Json(&message.reactions));
        let Message { updated, kind, body, tshow, rid, ts, place, .. } = &*message;
        self.0.run(sql, (*updated, kind, body, *tshow, at, by, reactions, rid, *ts, *place)).map(drop)
    }

    /// Removes a message and leaves its tombstone.
    pub fn remove(&mut self, message: &Message) -> Result<()> {
        let stamp = self.0.stamp();
        let sql = "INSERT INTO message_removed (id, rid, author, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        self.0.run(sql, (&message.id, &message.rid, &message.author, stamp))?;
        let sql = "DELETE FROM message WHERE rid = $1 AND ts = $2 AND place = $3";
        self.0.run(sql, (&message.rid, message.ts, message.place)).map(drop)
    }

    /// The tombstone of a message: its room, author and when it went.
    pub fn removed(&mut self, id: &MessageId) -> Result<Option<(RoomId, UserId, Millis)>> {
        self.0.one("SELECT rid, author, at FROM message_removed WHERE id = $1", (id,))
    }

    /// A page of a room's history, newest first, extended to the end of its last tie.
    pub fn history(&mut self, rid: &RoomId, page: &History) -> Result<Vec<Message>> {
        let mut values = vec![Value::Text(rid.as_str().into())];
        let wheres = page.wheres(&mut values);
        let sql = format!(
            "SELECT {COLUMNS} FROM message WHERE {wheres} ORDER BY ts DESC, place DESC LIMIT ${} OFFSET ${}",
            values.len() + 1,
            values.len() + 2
        );
        values.extend([Value::Int(page.count), Value::Int(page.offset)]);
        let mut messages = self.list(&sql, &values)?;
        if let Some(last) = messages.last().filter(|_| messages.len() as i64 == page.count) {
            let (ts, place) = (last.ts, last.place);
            let sql =
                format!("SELECT {COLUMNS} FROM message WHERE rid = $1 AND ts = $2 AND place < $3 ORDER BY place DESC");
            messages.extend(self.list(&sql, &[Value::Text(rid.as_str().into()), Value::Int(ts.0), Value::Int(place)])?);
        }
        Ok(messages)
    }

    /// How many messages [`Messages::history`] would page through.
    pub fn history_count(&mut self, rid: &RoomId, page: &History) -> Result<i64> {
        let mut values = vec![Value::Text(rid.as_str().into())];
        let wheres = page.wheres(&mut values);
        self.0.count(&format!("SELECT count(*) FROM message WHERE {wheres}"), &values[..])
    }

    fn list(&mut self, sql: &str, values: &[Value<'_>]) -> Result<Vec<Message>> {
        Ok(self.0.all::<MessageRow>(sql, values)?.into_iter().map(|row| row.0).collect())
    }

    /// Messages of a room that came or changed after `cursor`, oldest change first, at most `count` and then to the
    /// end of the last stamp.
    pub fn updated_since(&mut self, rid: &RoomId, cursor: Millis, count: i64) -> Result<Vec<Message>> {
        // What never changed has its stamp at or before its place in the room; what changed is in the small index.
        let sql = format!(
            "SELECT {COLUMNS} FROM message WHERE rid = $1 AND ts > $2 AND updated > $2 AND changed IS NULL
             UNION ALL SELECT {COLUMNS} FROM message WHERE rid = $1 AND changed > $2 AND changed IS NOT NULL
             ORDER BY updated, ts, place LIMIT $3"
        );
        let mut found = self.all_rows(&sql, (rid, cursor, count))?;
        if let Some(last) = found.last().filter(|_| found.len() as i64 == count).map(|message| message.updated) {
            found.retain(|message| message.updated < last);
            let sql = format!(
                "SELECT {COLUMNS} FROM message WHERE rid = $1 AND ts >= $2 AND updated = $2 AND changed IS NULL
                 UNION ALL SELECT {COLUMNS} FROM message WHERE rid = $1 AND changed = $2
                 ORDER BY updated, ts, place"
            );
            found.extend(self.all_rows(&sql, (rid, last))?);
        }
        Ok(found)
    }

    fn all_rows(&mut self, sql: &str, params: impl crate::engine::Params) -> Result<Vec<Message>> {
        Ok(self.0.all::<MessageRow>(sql, params)?.into_iter().map(|row| row.0).collect())
    }

    /// Messages of a room removed after `cursor`, oldest first, at most `count`.
    pub fn removed_since(&mut self, rid: &RoomId, cursor: Millis, count: i64) -> Result<Vec<(MessageId, Millis)>> {
        let sql = "SELECT id, at FROM message_removed WHERE rid = $1 AND at > $2 ORDER BY at, id LIMIT $3";
        self.0.all(sql, (rid, cursor, count))
    }

    /// The newest message of a room by somebody else, or any.
    pub fn newest(&mut self, rid: &RoomId) -> Result<Option<Message>> {
        let sql = format!("SELECT {COLUMNS} FROM message WHERE rid = $1 ORDER BY ts DESC, place DESC LIMIT 1");
        Ok(self.all_rows(&sql, (rid,))?.pop())
    }

    /// A page of a room's messages in the order asked for, and how many there are in all.
    pub fn page(
        &mut self,
        rid: &RoomId,
        filter: &MessageFilter,
        offset: i64,
        count: i64,
    ) -> Result<(Vec<Message>, i64)> {
        let order = if filter.ascending { "ASC" } else { "DESC" };
        let total = self.0.count("SELECT count(*) FROM message WHERE rid = $1", (rid,))?;
        let sql = format!(
            "SELECT {COLUMNS} FROM message WHERE rid = $1 ORDER BY ts {order}, place {order} LIMIT $2 OFFSET $3"
        );
        Ok((self.all_rows(&sql, (rid, count, offset))?, total))
    }
}

impl History {
    fn wheres<'v>(&'v self, values: &mut Vec<Value<'v>>) -> String {
        let mut wheres = String::from("rid = $1");
        for (bound, exclusive, inclusive) in [(self.latest, "<", "<="), (self.oldest, ">", ">=")] {
            if let Some(bound) = bound {
                values.push(Value::Int(bound.0));
                let compare = if self.inclusive { inclusive } else { exclusive };
                wheres.push_str(&format!(" AND ts {compare} ${}", values.len()));
            }
        }
        if self.without_threads {
            wheres.push_str(" AND (tmid IS NULL OR tshow = 1)");
        }
        if !self.hidden.is_empty() {
            let first = values.len() + 1;
            values.extend(self.hidden.iter().map(|kind| Value::Text(kind.as_str().into())));
            let places: Vec<String> = (first..=values.len()).map(|n| format!("${n}")).collect();
            wheres.push_str(&format!(" AND (kind IS NULL OR kind NOT IN ({}))", places.join(", ")));
        }
        wheres
    }
}
