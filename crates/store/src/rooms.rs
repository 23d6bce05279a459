//! Rooms.

use crate::engine::{Conn, FromRow, Json, Row, Value};
use gantry_model::{Counters, MessageId, Millis, Result, Room, RoomExtra, RoomId, RoomKind, UserId};
use std::sync::LazyLock;

/// Queries on `room`.
pub struct Rooms<'a>(&'a mut Conn);

impl Conn {
    /// Rooms.
    pub fn rooms(&mut self) -> Rooms<'_> {
        Rooms(self)
    }
}

/// What lists of rooms are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoomColumn {
    /// The unique name.
    Name,
    /// The display name.
    DisplayName,
    /// When it was made.
    Created,
    /// When its document last changed.
    Updated,
    /// How many messages are in it.
    Messages,
    /// How many members it has.
    Members,
    /// When a person last wrote there.
    LastActivity,
}

impl RoomColumn {
    fn sql(self, descending: bool) -> String {
        let column = match self {
            Self::Name => "name",
            Self::DisplayName => "fname",
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Messages => "msgs",
            Self::Members => "users_count",
            Self::LastActivity => "lm",
        };
        // What a room lacks comes before what it has, on both engines.
        let order = if descending { "DESC NULLS LAST" } else { "ASC NULLS FIRST" };
        // Names of channels and groups are never missing, and their index has no place for what is.
        let order = if self == Self::Name { order.split(' ').next().unwrap_or_default() } else { order };
        format!("r.{column} {order}")
    }
}

/// Which rooms a list shows.
#[derive(Clone, Debug, Default)]
pub struct RoomFilter {
    /// Only these kinds; all without any.
    pub kinds: Vec<RoomKind>,
    /// Only rooms this user is a member of.
    pub member: Option<UserId>,
    /// Only channels, and the groups this user is a member of.
    pub known_to: Option<UserId>,
    /// Part of name or display name, in any case.
    pub text: Option<String>,
    /// Sorted by these, each downwards or not; by name without any.
    pub order: Vec<(RoomColumn, bool)>,
}

pub(crate) const COLUMNS: [&str; 29] = [
    "id",
    "kind",
    "name",
    "fname",
    "creator",
    "created",
    "updated",
    "msgs",
    "users_count",
    "lm",
    "last_message",
    "last_ts",
    "last_place",
    "n_unread",
    "n_group",
    "n_alert",
    "counted_at",
    "named_at",
    "topic",
    "announcement",
    "description",
    "ro",
    "archived",
    "is_default",
    "broadcast",
    "uids",
    "extra",
    "direct_key",
    "name_key",
];

/// The columns a [`Room`] is read from, each after `table` (`r.`).
pub(crate) fn columns(table: &str) -> String {
    COLUMNS.iter().take(27).map(|column| format!("{table}{column}")).collect::<Vec<_>>().join(", ")
}

impl FromRow for RoomRow {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        read(row, 0).map(Self)
    }
}

struct RoomRow(Room);

/// Reads a room whose columns begin at `at`.
pub(crate) fn read(row: &Row<'_>, at: usize) -> Result<Room, String> {
    Ok(Room {
        id: row.get(at)?,
        kind: row.get(at + 1)?,
        name: row.get(at + 2)?,
        fname: row.get(at + 3)?,
        creator: row.get(at + 4)?,
        created: row.get(at + 5)?,
        updated: row.get(at + 6)?,
        msgs: row.get(at + 7)?,
        users_count: row.get(at + 8)?,
        lm: row.get(at + 9)?,
        last_message: row.get(at + 10)?,
        last_ts: row.get(at + 11)?,
        last_place: row.get(at + 12)?,
        counters: Counters { unread: row.get(at + 13)?, group: row.get(at + 14)?, alert: row.get(at + 15)? },
        counted_at: row.get(at + 16)?,
        named_at: row.get(at + 17)?,
        topic: row.get(at + 18)?,
        announcement: row.get(at + 19)?,
        description: row.get(at + 20)?,
        ro: row.get(at + 21)?,
        archived: row.get(at + 22)?,
        default: row.get(at + 23)?,
        broadcast: row.get(at + 24)?,
        uids: row.get::<Option<Json<Vec<UserId>>>>(at + 25)?.map(|list| list.0).unwrap_or_default(),
        extra: row.get::<Json<RoomExtra>>(at + 26)?.0,
    })
}

impl Rooms<'_> {
    /// The room with this id. Inside a write that holds its key nothing can change it meanwhile.
    pub fn get(&mut self, id: &RoomId) -> Result<Option<Room>> {
        static SQL: LazyLock<String> = LazyLock::new(|| format!("SELECT {} FROM room WHERE id = $1", columns("")));
        Ok(self.0.one::<RoomRow>(&SQL, (id,))?.map(|row| row.0))
    }

    /// The channel or group with exactly this name.
    pub fn by_name(&mut self, name: &str) -> Result<Option<Room>> {
        let sql = format!("SELECT {} FROM room WHERE name = $1", columns(""));
        Ok(self.0.one::<RoomRow>(&sql, (name,))?.map(|row| row.0))
    }

    /// The direct room of exactly these participants.
    pub fn direct(&mut self, uids: &[UserId]) -> Result<Option<Room>> {
        let sql = format!("SELECT {} FROM room WHERE direct_key = $1", columns(""));
        Ok(self.0.one::<RoomRow>(&sql, (direct_key(uids),))?.map(|row| row.0))
    }

    /// Rooms that new accounts join by themselves.
    pub fn defaults(&mut self) -> Result<Vec<RoomId>> {
        let rows = self.0.all::<(RoomId,)>("SELECT id FROM room WHERE is_default = 1 ORDER BY id", ())?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    /// Those of `ids` that exist.
    pub fn some(&mut self, ids: &[RoomId]) -> Result<Vec<Room>> {
        let list = self.0.list("$1");
        let sql = format!("SELECT {} FROM room WHERE id IN ({list}) ORDER BY id", columns(""));
        Ok(self.0.all::<RoomRow>(&sql, (Json(ids),))?.into_iter().map(|row| row.0).collect())
    }

    /// Those of `names` that are names of channels and groups.
    pub fn by_names(&mut self, names: &[String]) -> Result<Vec<Room>> {
        let list = self.0.list("$1");
        let sql = format!("SELECT {} FROM room WHERE name IN ({list}) ORDER BY id", columns(""));
        Ok(self.0.all::<RoomRow>(&sql, (Json(names),))?.into_iter().map(|row| row.0).collect())
    }

    /// A page of rooms in the order asked for, and how many there are in all.
    pub fn page(&mut self, filter: &RoomFilter, offset: i64, count: i64) -> Result<(Vec<Room>, i64)> {
        let (mut from, mut wheres, mut values) = (String::from("room r"), vec!["1 = 1".to_owned()], Vec::new());
        if let Some(member) = &filter.member {
            values.push(Value::Text(member.as_str().into()));
            // CROSS keeps SQLite from walking all rooms of a kind instead of the few of one member.
            from = "subscription s CROSS JOIN room r".into();
            wheres.push("s.uid = $1 AND r.id = s.rid".into());
        }
        if !filter.kinds.is_empty() {
            let mut place = |kind: &RoomKind| {
                values.push(Value::Text(kind.letter().into()));
                format!("${}", values.len())
            };
            let places: Vec<String> = filter.kinds.iter().map(&mut place).collect();
            wheres.push(format!("r.kind IN ({})", places.join(", ")));
        }
        if let Some(uid) = &filter.known_to {
            values.push(Value::Text(uid.as_str().into()));
            let place = values.len();
            let seat = format!("SELECT 1 FROM subscription s WHERE s.rid = r.id AND s.uid = ${place}");
            wheres.push(format!("r.kind IN ('c', 'p') AND (r.kind = 'c' OR EXISTS ({seat}))"));
        }
        if let Some(text) = &filter.text {
            values.push(crate::search::contains(text));
            let place = values.len();
            wheres.push(format!("(r.name_key LIKE ${place} ESCAPE '\\' OR lower(r.fname) LIKE ${place} ESCAPE '\\')"));
        }
        let wheres = wheres.join(" AND ");
        let total = self.0.count(&format!("SELECT count(*) FROM {from} WHERE {wheres}"), &values[..])?;
        values.extend([Value::Int(count), Value::Int(offset)]);
        let (limit, skip) = (values.len() - 1, values.len());
        let sql = format!(
            "SELECT {} FROM {from} WHERE {wheres} ORDER BY {}, r.id LIMIT ${limit} OFFSET ${skip}",
            columns("r."),
            filter.order_by()
        );
        Ok((self.0.all::<RoomRow>(&sql, &values[..])?.into_iter().map(|row| row.0).collect(), total))
    }

    /// Makes a room; its name, or its set of participants, must be free.
    pub fn insert(&mut self, room: &Room) -> Result<()> {
        let direct = (room.kind == RoomKind::Direct).then(|| direct_key(&room.uids));
        let values: Vec<Value<'_>> = changeable(room)
            .into_iter()
            .chain([
                Value::Text(room.kind.letter().into()),
                optional(room.creator.as_ref()),
                Value::Int(room.created.0),
                optional(direct.as_ref()),
            ])
            .collect();
        let sql = "INSERT INTO room (id, updated, name, name_key, fname, msgs, users_count, lm, last_message, last_ts,
                     last_place, n_unread, n_group, n_alert, counted_at, named_at, topic, announcement, description, ro,
                     archived, is_default, broadcast, uids, extra, kind, creator, created, direct_key)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
                     $21, $22, $23, $24, $25, $26, $27, $28, $29)";
        self.0.run(sql, &values[..]).map(drop)
    }

    /// Writes back everything of a room that can change, with the transaction's stamp.
    pub fn update(&mut self, room: &mut Room) -> Result<()> {
        room.updated = Millis(self.0.stamp());
        let sql = "UPDATE room SET updated = $1, name = $2, name_key = $3, fname = $4, msgs = $5, users_count = $6,
                     lm = $7, last_message = $8, last_ts = $9, last_place = $10, n_unread = $11, n_group = $12,
                     n_alert = $13, counted_at = $14, named_at = $15, topic = $16, announcement = $17,
                     description = $18, ro = $19, archived = $20, is_default = $21, broadcast = $22, uids = $23,
                     extra = $24 WHERE id = $25";
        let mut values = changeable(room);
        // The id comes last in the text, and parameters are numbered as they appear.
        values.rotate_left(1);
        self.0.run(sql, &values[..]).map(drop)
    }

    /// Makes the room one of another kind. Everything else is for [`Rooms::update`].
    pub fn set_kind(&mut self, room: &Room) -> Result<()> {
        self.0.run("UPDATE room SET kind = $1 WHERE id = $2", (room.kind.letter(), &room.id)).map(drop)
    }

    /// Writes back what a message changes, with the transaction's stamp.
    pub fn update_activity(&mut self, room: &mut Room) -> Result<()> {
        room.updated = Millis(self.0.stamp());
        let sql = "UPDATE room SET updated = $1, msgs = $2, lm = $3, last_message = $4, last_ts = $5, last_place = $6,
                     n_unread = $7, n_group = $8, n_alert = $9, counted_at = $10 WHERE id = $11";
        let Counters { unread, group, alert } = room.counters;
        let (updated, msgs, lm) = (room.updated, room.msgs, room.lm);
        self.0
            .run(
                sql,
                (
                    updated,
                    msgs,
                    lm,
                    &room.last_message,
                    room.last_ts,
                    room.last_place,
                    unread,
                    group,
                    alert,
                    room.counted_at,
                    &room.id,
                ),
            )
            .map(drop)
    }

    /// Removes a room: from now on it is gone for everybody, and nobody is invited into it. What was in it is for
    /// [`Rooms::clear`].
    pub fn remove(&mut self, id: &RoomId) -> Result<()> {
        let stamp = self.0.stamp();
        self.0.run("INSERT INTO room_clearing (id, at) VALUES ($1, $2)", (id, stamp))?;
        self.0.run("DELETE FROM invite WHERE rid = $1", (id,))?;
        self.0.run("DELETE FROM room WHERE id = $1", (id,)).map(drop)
    }

    /// Clears away up to `rows` rows of what was in a removed room; true when nothing is left. Memberships leave
    /// tombstones; messages need none, since nobody can ask for them.
    pub fn clear(&mut self, id: &RoomId, rows: i64) -> Result<bool> {
        let stamp = self.0.stamp();
        let tombstones = "INSERT INTO subscription_removed (id, rid, uid, at)
                          SELECT id, rid, uid, $1 FROM subscription WHERE rid = $2 ORDER BY uid LIMIT $3";
        self.0.run(tombstones, (stamp, id, rows))?;
        let mut left = rows;
        for sql in [
            "DELETE FROM subscription WHERE rid = $1
               AND uid IN (SELECT uid FROM subscription WHERE rid = $1 ORDER BY uid LIMIT $2)",
            "DELETE FROM message WHERE id IN (SELECT id FROM message WHERE rid = $1 ORDER BY ts, place LIMIT $2)",
            "DELETE FROM message_removed WHERE id IN
               (SELECT id FROM message_removed WHERE rid = $1 ORDER BY at LIMIT $2)",
        ] {
            left -= i64::try_from(self.0.run(sql, (id, left))?).unwrap_or(rows);
            if left <= 0 {
                return Ok(false);
            }
        }
        self.0.run("DELETE FROM room_clearing WHERE id = $1", (id,))?;
        Ok(true)
    }

    /// Whether a removed room with this id still waits to be cleared away.
    pub fn is_clearing(&mut self, id: &RoomId) -> Result<bool> {
        Ok(self.0.one::<(i64,)>("SELECT at FROM room_clearing WHERE id = $1", (id,))?.is_some())
    }

    /// Removed rooms that wait to be cleared away.
    pub fn clearing(&mut self) -> Result<Vec<RoomId>> {
        let rows = self.0.all::<(RoomId,)>("SELECT id FROM room_clearing ORDER BY id", ())?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    /// The newest message of a person before another is gone: what `lastMessage` falls back to.
    pub fn newest_visible(&mut self, id: &RoomId) -> Result<Option<MessageId>> {
        let sql = "SELECT id FROM message WHERE rid = $1 AND kind IS NULL AND (tmid IS NULL OR tshow = 1)
                   ORDER BY ts DESC, place DESC LIMIT 1";
        Ok(self.0.one::<(MessageId,)>(sql, (id,))?.map(|row| row.0))
    }
}

impl RoomFilter {
    fn order_by(&self) -> String {
        match &self.order[..] {
            [] => RoomColumn::Name.sql(false),
            order => order.iter().map(|(column, down)| column.sql(*down)).collect::<Vec<_>>().join(", "),
        }
    }
}

/// The unique key of a direct room: its participants, sorted.
fn direct_key(uids: &[UserId]) -> String {
    let mut ids: Vec<&str> = uids.iter().map(UserId::as_str).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.join(" ")
}

fn optional(text: Option<impl AsRef<str>>) -> Value<'static> {
    text.map_or(Value::Null, |text| Value::Text(text.as_ref().to_owned().into()))
}

fn changeable(room: &Room) -> Vec<Value<'static>> {
    let text = |value: &str| Value::Text(value.to_owned().into());
    let flag = |value: bool| Value::Int(value.into());
    let json = |value: String| Value::Text(value.into());
    vec![
        text(room.id.as_str()),
        Value::Int(room.updated.0),
        optional(room.name.as_ref()),
        optional(room.name.as_ref().map(|name| name.to_lowercase())),
        optional(room.fname.as_ref()),
        Value::Int(room.msgs),
        Value::Int(room.users_count),
        room.lm.map_or(Value::Null, |at| Value::Int(at.0)),
        optional(room.last_message.as_ref()),
        Value::Int(room.last_ts.0),
        Value::Int(room.last_place),
        Value::Int(room.counters.unread),
        Value::Int(room.counters.group),
        Value::Int(room.counters.alert),
        Value::Int(room.counted_at.0),
        Value::Int(room.named_at.0),
        optional(room.topic.as_ref()),
        optional(room.announcement.as_ref()),
        optional(room.description.as_ref()),
        flag(room.ro),
        flag(room.archived),
        flag(room.default),
        flag(room.broadcast),
        if room.uids.is_empty() { Value::Null } else { json(serde_json::to_string(&room.uids).unwrap_or_default()) },
        json(serde_json::to_string(&room.extra).unwrap_or_else(|_| "{}".into())),
    ]
}
