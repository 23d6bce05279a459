//! Messages.

use crate::engine::{Conn, FromRow, Json, Params, Row, Value};
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

/// A stretch of a room's history.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Up to here (`inclusive` decides about equality); from the newest without.
    pub latest: Option<Millis>,
    /// From here on.
    pub oldest: Option<Millis>,
    /// The bounds themselves belong to it.
    pub inclusive: bool,
    /// Oldest first; newest first without.
    pub ascending: bool,
    /// Replies that are only in their thread stay out.
    pub without_threads: bool,
    /// System types that stay out.
    pub hidden: Vec<String>,
    /// So many are passed over first.
    pub offset: i64,
    /// At most so many; ties at the end are never split.
    pub count: i64,
}

/// Where a message is among all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Its room.
    pub rid: RoomId,
    /// Its time.
    pub ts: Millis,
    /// Its number in the room.
    pub place: i64,
}

impl FromRow for Spot {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self { rid: row.get(0)?, ts: row.get(1)?, place: row.get(2)? })
    }
}

/// How far a message's `ts` may be ahead of the stamp it was stored with.
const AHEAD: i64 = 1_000;

/// Rows after which a count stops.
const COUNTED: i64 = 10_000;

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
        self.all(&sql, (Json(ids),))
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
                     edited_by = $6, reactions = $7, author = $8 WHERE rid = $9 AND ts = $10 AND place = $11";
        let (at, by) = message.edited.clone().unzip();
        let reactions = (!message.reactions.is_empty()).then_some(Json(&message.reactions));
        let Message { updated, kind, body, tshow, rid, ts, place, author, .. } = &*message;
        self.0.run(sql, (*updated, kind, body, *tshow, at, by, reactions, author, rid, *ts, *place)).map(drop)
    }

    /// What somebody wrote, edited or reacted to among the next `rows` messages after a spot, of whatever rooms; and the last of
    /// those, or nothing where there are no more. There is no index for it: it is for clearing away.
    pub fn left_by(&mut self, uid: &UserId, after: &Spot, rows: i64) -> Result<(Vec<Message>, Option<Spot>)> {
        let Spot { rid, ts, place } = after;
        let sql = "SELECT rid, ts, place FROM message WHERE (rid, ts, place) > ($1, $2, $3)
                   ORDER BY rid, ts, place LIMIT 1 OFFSET $4";
        let end = self.0.one::<Spot>(sql, (rid, *ts, *place, rows - 1))?;
        let reacted = format!("%\"{uid}\"%");
        let sql = format!(
            "SELECT {COLUMNS} FROM message WHERE (rid, ts, place) > ($1, $2, $3)
               AND (author = $4 OR edited_by = $4 OR reactions LIKE $5)"
        );
        let found = match &end {
            Some(end) => {
                let sql = format!("{sql} AND (rid, ts, place) <= ($6, $7, $8) ORDER BY rid, ts, place");
                self.all(&sql, (rid, *ts, *place, uid, reacted, &end.rid, end.ts, end.place))?
            }
            None => self.all(&format!("{sql} ORDER BY rid, ts, place"), (rid, *ts, *place, uid, reacted))?,
        };
        Ok((found, end))
    }

    /// Removes a message and leaves its tombstone.
    pub fn remove(&mut self, message: &Message) -> Result<()> {
        let stamp = self.0.stamp();
        let sql = "INSERT INTO message_removed (id, rid, author, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
        self.0.run(sql, (&message.id, &message.rid, &message.author, stamp))?;
        let sql = "DELETE FROM message WHERE rid = $1 AND ts = $2 AND place = $3";
        self.0.run(sql, (&message.rid, message.ts, message.place)).map(drop)
    }

    /// What is known about an id, of a message that is there or was: its room, its author, and when it went.
    pub fn known(&mut self, id: &MessageId) -> Result<Option<(RoomId, UserId, Option<Millis>)>> {
        let sql = "SELECT rid, author, CAST(NULL AS BIGINT) FROM message WHERE id = $1
                   UNION ALL SELECT rid, author, at FROM message_removed WHERE id = $1";
        self.0.one(sql, (id,))
    }

    /// A page of a room's history, extended to the end of its last tie.
    pub fn history(&mut self, rid: &RoomId, page: &History) -> Result<Vec<Message>> {
        let mut values = vec![Value::Text(rid.as_str().into())];
        let wheres = page.wheres(&mut values);
        let (order, limit) = (page.order(), values.len() + 1);
        let sql = format!("SELECT {COLUMNS} FROM message WHERE {wheres} {order} LIMIT ${limit} OFFSET ${}", limit + 1);
        // One more than asked for: it tells whether the page ends within a tie.
        values.extend([Value::Int(page.count + 1), Value::Int(page.offset)]);
        let mut messages = self.all(&sql, &values[..])?;
        let further = (messages.len() as i64 > page.count).then(|| messages.pop()).flatten();
        match (messages.last(), further) {
            (Some(last), Some(next)) if last.ts == next.ts => {
                let rest = self.rest_of_tie(page, &next)?;
                messages.push(next);
                messages.extend(rest);
            }
            _ => {}
        }
        Ok(messages)
    }

    /// What comes after `last` with the same time.
    fn rest_of_tie(&mut self, page: &History, last: &Message) -> Result<Vec<Message>> {
        let tie = History { latest: Some(last.ts), oldest: Some(last.ts), inclusive: true, ..page.clone() };
        let mut values = vec![Value::Text(last.rid.as_str().into())];
        let (wheres, order) = (tie.wheres(&mut values), tie.order());
        values.push(Value::Int(last.place));
        let beyond = if page.ascending { '>' } else { '<' };
        let sql = format!("SELECT {COLUMNS} FROM message WHERE {wheres} AND place {beyond} ${} {order}", values.len());
        self.all(&sql, &values[..])
    }

    /// How many messages are in a stretch of history, at most 10,000; its `count` and `offset` do not matter.
    pub fn history_count(&mut self, rid: &RoomId, page: &History) -> Result<i64> {
        let mut values = vec![Value::Text(rid.as_str().into())];
        let wheres = page.wheres(&mut values);
        values.push(Value::Int(COUNTED));
        let place = values.len();
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM message WHERE {wheres} LIMIT ${place}) counted");
        self.0.count(&sql, &values[..])
    }

    /// A page of all messages of a room, exactly `count` long where there are as many.
    pub fn page(&mut self, rid: &RoomId, ascending: bool, offset: i64, count: i64) -> Result<Vec<Message>> {
        let order = order(ascending);
        let sql = format!("SELECT {COLUMNS} FROM message WHERE rid = $1 {order} LIMIT $2 OFFSET $3");
        self.all(&sql, (rid, count, offset))
    }

    /// The newest message of a room, of whatever type.
    pub fn newest(&mut self, rid: &RoomId) -> Result<Option<Message>> {
        Ok(self.page(rid, false, 0, 1)?.pop())
    }

    /// Messages of a room that came or changed after `cursor`, oldest change first: at most `count`, and then to the end
    /// of the last stamp.
    pub fn updated_since(&mut self, rid: &RoomId, cursor: Millis, count: i64) -> Result<Vec<Message>> {
        let found = self.changes(rid, Span::after(cursor), true, count + 1)?;
        self.with_whole_stamp(rid, found, true, count)
    }

    /// As [`Messages::updated_since`], backwards: what changed before `cursor`, newest change first.
    pub fn updated_before(&mut self, rid: &RoomId, cursor: Millis, count: i64) -> Result<Vec<Message>> {
        let found = self.changes(rid, Span { before: Some(cursor), after: Millis(i64::MIN) }, false, count + 1)?;
        self.with_whole_stamp(rid, found, false, count)
    }

    /// What changed after `cursor` up to `until`, both known to be near each other.
    pub fn updated_between(&mut self, rid: &RoomId, cursor: Millis, until: Millis, count: i64) -> Result<Vec<Message>> {
        self.changes(rid, Span { before: Some(Millis(until.0 + 1)), after: cursor }, true, count)
    }

    /// The `count` messages of a room that changed last after `cursor`, newest change first.
    pub fn newest_updated(&mut self, rid: &RoomId, cursor: Millis, count: i64) -> Result<Vec<Message>> {
        self.changes(rid, Span::after(cursor), false, count)
    }

    /// What never changed has its stamp at or before its place in the room, and in that order; what changed is in the
    /// small index. Both in one order, cut to `count`.
    fn changes(&mut self, rid: &RoomId, span: Span, ascending: bool, count: i64) -> Result<Vec<Message>> {
        let way = if ascending { "ASC" } else { "DESC" };
        let Span { after, before } = span;
        let before = before.unwrap_or(Millis(i64::MAX));
        let ahead = Millis(before.0.saturating_add(AHEAD));
        let sql = format!(
            "SELECT {COLUMNS} FROM message WHERE rid = $1 AND ts > $2 AND ts < $3 AND updated > $2 AND updated < $4
               AND changed IS NULL ORDER BY ts {way}, place {way} LIMIT $5"
        );
        let mut found = self.all(&sql, (rid, after, ahead, before, count))?;
        let sql = format!(
            "SELECT {COLUMNS} FROM message WHERE rid = $1 AND changed > $2 AND changed < $3 AND changed IS NOT NULL
             ORDER BY changed {way}, ts {way}, place {way} LIMIT $4"
        );
        found.extend(self.all(&sql, (rid, after, before, count))?);
        found.sort_by_key(|message| (message.updated, message.ts, message.place));
        if !ascending {
            found.reverse();
        }
        found.truncate(usize::try_from(count).unwrap_or_default());
        Ok(found)
    }

    /// Cuts to `count`, and puts in its place all of the stamp that the cut would split.
    fn with_whole_stamp(
        &mut self,
        rid: &RoomId,
        mut found: Vec<Message>,
        ascending: bool,
        count: i64,
    ) -> Result<Vec<Message>> {
        let Some(further) = (found.len() as i64 > count).then(|| found.pop()).flatten() else { return Ok(found) };
        if found.last().is_some_and(|last| last.updated == further.updated) {
            found.retain(|message| message.updated != further.updated);
            let stamp = Span { after: Millis(further.updated.0 - 1), before: Some(Millis(further.updated.0 + 1)) };
            found.extend(self.changes(rid, stamp, ascending, i64::MAX)?);
        }
        Ok(found)
    }

    /// Messages of a room removed after `cursor`, oldest removal first: at most `count`, and then to the end of the last
    /// stamp.
    pub fn removed_since(&mut self, rid: &RoomId, cursor: Millis, count: i64) -> Result<Vec<(MessageId, Millis)>> {
        let sql = "SELECT id, at FROM message_removed WHERE rid = $1 AND at > $2 ORDER BY at, id LIMIT $3";
        let found = self.0.all(sql, (rid, cursor, count + 1))?;
        self.with_whole_removal_stamp(rid, found, count)
    }

    /// As [`Messages::removed_since`], backwards.
    pub fn removed_before(&mut self, rid: &RoomId, cursor: Millis, count: i64) -> Result<Vec<(MessageId, Millis)>> {
        let sql = "SELECT id, at FROM message_removed WHERE rid = $1 AND at < $2 ORDER BY at DESC, id DESC LIMIT $3";
        let found = self.0.all(sql, (rid, cursor, count + 1))?;
        self.with_whole_removal_stamp(rid, found, count)
    }

    /// The `count` messages of a room that were removed last after `cursor`, newest removal first.
    pub fn newest_removed(&mut self, rid: &RoomId, cursor: Millis, count: i64) -> Result<Vec<(MessageId, Millis)>> {
        let sql = "SELECT id, at FROM message_removed WHERE rid = $1 AND at > $2 ORDER BY at DESC, id DESC LIMIT $3";
        self.0.all(sql, (rid, cursor, count))
    }

    fn with_whole_removal_stamp(
        &mut self,
        rid: &RoomId,
        mut found: Vec<(MessageId, Millis)>,
        count: i64,
    ) -> Result<Vec<(MessageId, Millis)>> {
        let Some((_, at)) = (found.len() as i64 > count).then(|| found.pop()).flatten() else { return Ok(found) };
        if found.last().is_some_and(|(_, last)| *last == at) {
            found.retain(|(_, other)| *other != at);
            let sql = "SELECT id, at FROM message_removed WHERE rid = $1 AND at = $2 ORDER BY id";
            found.extend(self.0.all(sql, (rid, at))?);
        }
        Ok(found)
    }

    fn all(&mut self, sql: &str, params: impl Params) -> Result<Vec<Message>> {
        Ok(self.0.all::<MessageRow>(sql, params)?.into_iter().map(|row| row.0).collect())
    }
}

/// Stamps, both ends excluded.
struct Span {
    after: Millis,
    before: Option<Millis>,
}

impl Span {
    fn after(cursor: Millis) -> Self {
        Self { after: cursor, before: None }
    }
}

fn order(ascending: bool) -> &'static str {
    if ascending { "ORDER BY ts ASC, place ASC" } else { "ORDER BY ts DESC, place DESC" }
}

impl History {
    fn order(&self) -> &'static str {
        order(self.ascending)
    }

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
