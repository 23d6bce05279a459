//! Memberships.

use crate::engine::{Conn, FromRow, Json, Row, Value};
use crate::rooms;
use gantry_model::{
    Counters, Extras, Millis, Result, RoleId, Room, RoomId, Subscription, SubscriptionId, SubscriptionSettings, UserId,
};
use std::sync::LazyLock;

/// Queries on `subscription`.
pub struct Subscriptions<'a>(&'a mut Conn);

impl Conn {
    /// Memberships.
    pub fn subscriptions(&mut self) -> Subscriptions<'_> {
        Subscriptions(self)
    }
}

/// A member of a room, as member lists show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Who.
    pub uid: UserId,
    /// Roles in the room.
    pub roles: Vec<RoleId>,
    /// When the member came.
    pub joined: Millis,
}

/// Which members a list shows.
#[derive(Clone, Debug, Default)]
pub struct MemberFilter {
    /// Part of user name or name, in any case.
    pub text: Option<String>,
    /// Only these accounts; for lists by status.
    pub only: Option<Vec<UserId>>,
    /// None of these accounts.
    pub except: Option<Vec<UserId>>,
    /// By user name downwards.
    pub descending: bool,
    /// Owners first, then moderators, then the others.
    pub by_role: bool,
    /// Most accounts are members: those at the beginning are found faster among all accounts than among the members.
    pub crowded: bool,
}

const COLUMNS: [&str; 18] = [
    "id", "rid", "uid", "joined", "own", "open", "ls", "favorite", "roles", "b_unread", "b_group", "b_alert", "b_hide",
    "x_unread", "x_user", "x_group", "x_alert", "settings",
];

fn columns(table: &str) -> String {
    COLUMNS.iter().map(|column| format!("{table}{column}")).collect::<Vec<_>>().join(", ")
}

/// Owners before moderators before the others.
const RANK: &str = "CASE WHEN s.roles LIKE '%\"owner\"%' THEN 0 WHEN s.roles LIKE '%\"moderator\"%' THEN 1 ELSE 2 END,";

struct SubscriptionRow(Subscription);
struct WithRoom(Subscription, Room);
struct RoomAlone(Room);
struct MemberRow(Member);

impl FromRow for SubscriptionRow {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        read(row).map(Self)
    }
}

impl FromRow for WithRoom {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self(read(row)?, rooms::read(row, COLUMNS.len())?))
    }
}

impl FromRow for RoomAlone {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        rooms::read(row, 0).map(Self)
    }
}

impl FromRow for MemberRow {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self(Member { uid: row.get(0)?, roles: row.get::<Json<_>>(1)?.0, joined: row.get(2)? }))
    }
}

fn read(row: &Row<'_>) -> Result<Subscription, String> {
    Ok(Subscription {
        id: row.get(0)?,
        rid: row.get(1)?,
        uid: row.get(2)?,
        joined: row.get(3)?,
        own: row.get(4)?,
        open: row.get(5)?,
        ls: row.get(6)?,
        favorite: row.get(7)?,
        roles: row.get::<Json<_>>(8)?.0,
        base: Counters { unread: row.get(9)?, group: row.get(10)?, alert: row.get(11)? },
        base_hide: row.get(12)?,
        extra: Extras { unread: row.get(13)?, user: row.get(14)?, group: row.get(15)?, alert: row.get(16)? },
        settings: row.get::<Json<SubscriptionSettings>>(17)?.0,
    })
}

impl Subscriptions<'_> {
    /// The membership of `uid` in `rid`.
    pub fn get(&mut self, rid: &RoomId, uid: &UserId) -> Result<Option<Subscription>> {
        static SQL: LazyLock<String> =
            LazyLock::new(|| format!("SELECT {} FROM subscription WHERE rid = $1 AND uid = $2", columns("")));
        Ok(self.0.one::<SubscriptionRow>(&SQL, (rid, uid))?.map(|row| row.0))
    }

    /// The membership of `uid` in `rid`, with its room.
    pub fn with_room(&mut self, rid: &RoomId, uid: &UserId) -> Result<Option<(Subscription, Room)>> {
        let (own, room) = (columns("s."), rooms::columns("r."));
        let sql = format!(
            "SELECT {own}, {room} FROM subscription s JOIN room r ON r.id = s.rid WHERE s.rid = $1 AND s.uid = $2"
        );
        Ok(self.0.one::<WithRoom>(&sql, (rid, uid))?.map(|row| (row.0, row.1)))
    }

    /// Everything a user is a member of, with the rooms.
    pub fn of(&mut self, uid: &UserId) -> Result<Vec<(Subscription, Room)>> {
        let (own, room) = (columns("s."), rooms::columns("r."));
        let sql = format!("SELECT {own}, {room} FROM subscription s JOIN room r ON r.id = s.rid WHERE s.uid = $1");
        Ok(self.0.all::<WithRoom>(&sql, (uid,))?.into_iter().map(|row| (row.0, row.1)).collect())
    }

    /// As [`Subscriptions::of`], only the memberships that changed after `cursor`, for themselves or with their room.
    /// `among`: no other rooms can have changed.
    pub fn changed_since(
        &mut self,
        uid: &UserId,
        cursor: Millis,
        among: Option<&[RoomId]>,
    ) -> Result<Vec<(Subscription, Room)>> {
        self.of_where(uid, cursor, "s.own > $2 OR r.counted_at > $2 OR r.named_at > $2", among)
    }

    /// As [`Subscriptions::of`], only where the room changed after `cursor`. `among`: no other rooms can have changed.
    pub fn rooms_changed_since(
        &mut self,
        uid: &UserId,
        cursor: Millis,
        among: Option<&[RoomId]>,
    ) -> Result<Vec<(Subscription, Room)>> {
        self.of_where(uid, cursor, "r.updated > $2", among)
    }

    fn of_where(
        &mut self,
        uid: &UserId,
        cursor: Millis,
        changed: &str,
        among: Option<&[RoomId]>,
    ) -> Result<Vec<(Subscription, Room)>> {
        let (own, room) = (columns("s."), rooms::columns("r."));
        let from = format!("SELECT {own}, {room} FROM subscription s JOIN room r ON r.id = s.rid");
        let rows = match among {
            Some([]) => Vec::new(),
            Some(rids) => {
                let list = self.0.list("$3");
                let sql = format!("{from} WHERE s.uid = $1 AND ({changed}) AND s.rid IN ({list})");
                self.0.all::<WithRoom>(&sql, (uid, cursor, Json(rids)))?
            }
            None => self.0.all::<WithRoom>(&format!("{from} WHERE s.uid = $1 AND ({changed})"), (uid, cursor))?,
        };
        Ok(rows.into_iter().map(|row| (row.0, row.1)).collect())
    }

    /// Those of these memberships (room, member) that exist, with their rooms.
    pub fn pairs(&mut self, pairs: &[(&RoomId, &UserId)]) -> Result<Vec<(Subscription, Room)>> {
        let (own, room, pair) = (columns("s."), rooms::columns("r."), self.0.pairs("$1"));
        let sql = format!(
            "SELECT {own}, {room} FROM ({pair}) p JOIN subscription s ON s.rid = p.one AND s.uid = p.other
             JOIN room r ON r.id = s.rid"
        );
        Ok(self.0.all::<WithRoom>(&sql, (Json(pairs),))?.into_iter().map(|row| (row.0, row.1)).collect())
    }

    /// The memberships of one user in these rooms.
    pub fn in_rooms(&mut self, uid: &UserId, rids: &[RoomId]) -> Result<Vec<Subscription>> {
        let list = self.0.list("$2");
        let sql = format!("SELECT {} FROM subscription WHERE uid = $1 AND rid IN ({list})", columns(""));
        Ok(self.0.all::<SubscriptionRow>(&sql, (uid, Json(rids)))?.into_iter().map(|row| row.0).collect())
    }

    /// The rooms a user is a member of, each with what the member set for it.
    pub fn settings_of(&mut self, uid: &UserId) -> Result<Vec<(RoomId, SubscriptionSettings)>> {
        let sql = "SELECT rid, settings FROM subscription WHERE uid = $1";
        let rows = self.0.all::<(RoomId, Json<SubscriptionSettings>)>(sql, (uid,))?;
        Ok(rows.into_iter().map(|(rid, settings)| (rid, settings.0)).collect())
    }

    /// The direct rooms a user is a member of.
    pub fn direct_of(&mut self, uid: &UserId) -> Result<Vec<RoomId>> {
        let sql = "SELECT r.id FROM subscription s JOIN room r ON r.id = s.rid WHERE s.uid = $1 AND r.kind = 'd'";
        Ok(self.0.all::<(RoomId,)>(sql, (uid,))?.into_iter().map(|row| row.0).collect())
    }

    /// The memberships of these users in one room.
    pub fn some(&mut self, rid: &RoomId, uids: &[UserId]) -> Result<Vec<Subscription>> {
        let list = self.0.list("$2");
        let sql = format!("SELECT {} FROM subscription WHERE rid = $1 AND uid IN ({list})", columns(""));
        Ok(self.0.all::<SubscriptionRow>(&sql, (rid, Json(uids)))?.into_iter().map(|row| row.0).collect())
    }

    /// The channels and groups that lose their last owner, or their last member, with this user.
    pub fn depending_on(&mut self, uid: &UserId) -> Result<Vec<Room>> {
        let room = rooms::columns("r.");
        let sql = format!(
            "SELECT {room} FROM subscription s JOIN room r ON r.id = s.rid
             WHERE s.uid = $1 AND r.kind <> 'd' AND (r.users_count = 1 OR (s.roles LIKE '%\"owner\"%' AND NOT EXISTS
               (SELECT 1 FROM subscription o WHERE o.rid = s.rid AND o.uid <> s.uid AND o.roles <> '[]'
                AND o.roles LIKE '%\"owner\"%'))) ORDER BY r.id"
        );
        Ok(self.0.all::<RoomAlone>(&sql, (uid,))?.into_iter().map(|row| row.0).collect())
    }

    /// The member of a room, other than `uid`, who may log in and has been there longest.
    pub fn eldest_but(&mut self, rid: &RoomId, uid: &UserId) -> Result<Option<UserId>> {
        let sql = "SELECT s.uid FROM subscription s JOIN account a ON a.id = s.uid
                   WHERE s.rid = $1 AND s.uid <> $2 AND a.active = 1 ORDER BY s.joined, s.uid LIMIT 1";
        Ok(self.0.one::<(UserId,)>(sql, (rid, uid))?.map(|row| row.0))
    }

    /// The rooms a user is a member of.
    pub fn rooms_of(&mut self, uid: &UserId) -> Result<Vec<RoomId>> {
        let rows = self.0.all::<(RoomId,)>("SELECT rid FROM subscription WHERE uid = $1", (uid,))?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    /// Members with roles in the room: the few.
    pub fn with_roles(&mut self, rid: &RoomId) -> Result<Vec<Member>> {
        let sql = "SELECT uid, roles, joined FROM subscription WHERE rid = $1 AND roles <> '[]' ORDER BY uid";
        Ok(self.0.all::<MemberRow>(sql, (rid,))?.into_iter().map(|row| row.0).collect())
    }

    /// The first members of a room by the time they came, and no more than `count`.
    pub fn oldest(&mut self, rid: &RoomId, count: i64) -> Result<Vec<Member>> {
        let sql = "SELECT uid, roles, joined FROM subscription WHERE rid = $1 ORDER BY joined, uid LIMIT $2";
        Ok(self.0.all::<MemberRow>(sql, (rid, count))?.into_iter().map(|row| row.0).collect())
    }

    /// A page of the members who may log in by user name, and how many match in all.
    pub fn page(&mut self, rid: &RoomId, filter: &MemberFilter, offset: i64, count: i64) -> Result<(Vec<Member>, i64)> {
        let mut values = vec![Value::Text(rid.as_str().into())];
        let mut wheres = String::from("s.rid = $1 AND a.id = s.uid AND a.username_key IS NOT NULL AND a.active = 1");
        if let Some(text) = &filter.text {
            let escaped = text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            values.push(Value::Text(format!("%{escaped}%").into()));
            wheres.push_str(" AND (a.username_key LIKE $2 ESCAPE '\\' OR a.name_key LIKE $2 ESCAPE '\\')");
        }
        for (list, word) in [(&filter.only, "IN"), (&filter.except, "NOT IN")] {
            if let Some(list) = list {
                values.push(Value::Text(serde_json::to_string(list).unwrap_or_default().into()));
                let ids = self.0.list(&format!("${}", values.len()));
                wheres.push_str(&format!(" AND s.uid {word} ({ids})"));
            }
        }
        // CROSS tells SQLite, which does not know how large a room is, where to begin.
        let from = "subscription s CROSS JOIN account a";
        let total = self.0.count(&format!("SELECT count(*) FROM {from} WHERE {wheres}"), &values[..])?;
        let from = if filter.crowded { "account a CROSS JOIN subscription s" } else { from };
        values.extend([Value::Int(count), Value::Int(offset)]);
        let (limit, skip) = (values.len() - 1, values.len());
        let order = if filter.descending { "DESC" } else { "ASC" };
        let rank = if filter.by_role { RANK } else { "" };
        let sql = format!(
            "SELECT s.uid, s.roles, s.joined FROM {from} WHERE {wheres} ORDER BY {rank} a.username_key {order}
             LIMIT ${limit} OFFSET ${skip}"
        );
        Ok((self.0.all::<MemberRow>(&sql, &values[..])?.into_iter().map(|row| row.0).collect(), total))
    }

    /// Makes a membership; false when it is there already, and then nothing is written.
    pub fn insert(&mut self, subscription: &Subscription) -> Result<bool> {
        let places: Vec<String> = (1..=INSERTED.len()).map(|place| format!("${place}")).collect();
        let sql = format!(
            "INSERT INTO subscription ({}) VALUES ({}) ON CONFLICT (rid, uid) DO NOTHING",
            INSERTED.join(", "),
            places.join(", ")
        );
        Ok(self.0.run(&sql, &inserted(subscription)[..])? > 0)
    }

    /// Writes back everything of a membership that can change, with the transaction's stamp.
    pub fn update(&mut self, subscription: &mut Subscription) -> Result<()> {
        subscription.own = Millis(self.0.stamp());
        let sql = "UPDATE subscription SET own = $1, open = $2, ls = $3, favorite = $4, roles = $5, b_unread = $6,
                     b_group = $7, b_alert = $8, b_hide = $9, x_unread = $10, x_user = $11, x_group = $12,
                     x_alert = $13, settings = $14 WHERE rid = $15 AND uid = $16";
        let mut values = changeable(subscription);
        // Room and user come last in the text, and parameters are numbered as they appear.
        values.rotate_left(2);
        self.0.run(sql, &values[..]).map(drop)
    }

    /// Writes back what reading changes, with the transaction's stamp.
    pub fn update_read(&mut self, subscription: &mut Subscription) -> Result<()> {
        subscription.own = Millis(self.0.stamp());
        let sql = "UPDATE subscription SET own = $1, open = $2, ls = $3, b_unread = $4, b_group = $5, b_alert = $6,
                     x_unread = $7, x_user = $8, x_group = $9, x_alert = $10 WHERE rid = $11 AND uid = $12";
        let Subscription { own, open, ls, base, extra, rid, uid, .. } = &*subscription;
        let Counters { unread, group, alert } = *base;
        let values =
            (*own, *open, *ls, unread, group, alert, extra.unread, extra.user, extra.group, extra.alert, rid, uid);
        self.0.run(sql, values).map(drop)
    }

    /// All memberships of a user have changed with the user's preferences: they get the transaction's stamp.
    pub fn touch_of(&mut self, uid: &UserId) -> Result<()> {
        let stamp = self.0.stamp();
        self.0.run("UPDATE subscription SET own = $1 WHERE uid = $2", (stamp, uid)).map(drop)
    }

    /// Adds a mention: `unread` on top of what the message counts anyway, one direct mention, an alert.
    pub fn mention(&mut self, rid: &RoomId, uid: &UserId, unread: i64) -> Result<bool> {
        let stamp = self.0.stamp();
        let sql =
            "UPDATE subscription SET own = $1, x_unread = x_unread + $2, x_user = x_user + 1, x_alert = 1, open = 1
                   WHERE rid = $3 AND uid = $4";
        Ok(self.0.run(sql, (stamp, unread, rid, uid))? > 0)
    }

    /// Ends a membership and leaves its tombstone.
    pub fn remove(&mut self, subscription: &Subscription) -> Result<()> {
        let stamp = self.0.stamp();
        let sql = "INSERT INTO subscription_removed (id, rid, uid, at) VALUES ($1, $2, $3, $4)";
        self.0.run(sql, (&subscription.id, &subscription.rid, &subscription.uid, stamp))?;
        let sql = "DELETE FROM subscription WHERE rid = $1 AND uid = $2";
        self.0.run(sql, (&subscription.rid, &subscription.uid)).map(drop)
    }

    /// What a user was a member of and is no more, since `cursor`: membership, room, when.
    pub fn removed_since(&mut self, uid: &UserId, cursor: Millis) -> Result<Vec<(SubscriptionId, RoomId, Millis)>> {
        let sql = "SELECT id, rid, at FROM subscription_removed WHERE uid = $1 AND at > $2 ORDER BY at, id";
        self.0.all(sql, (uid, cursor))
    }

    /// The memberships of these users in a room that is gone, cleared away already or not: member, membership.
    pub fn removed_from(&mut self, rid: &RoomId, uids: &[UserId]) -> Result<Vec<(UserId, SubscriptionId)>> {
        let list = self.0.list("$2");
        let sql = format!(
            "SELECT uid, id FROM subscription_removed WHERE rid = $1 AND uid IN ({list})
             UNION ALL SELECT uid, id FROM subscription WHERE rid = $1 AND uid IN ({list})"
        );
        self.0.all(&sql, (rid, Json(uids)))
    }
}

/// The columns of a new membership.
pub(crate) const INSERTED: [&str; 18] = [
    "rid", "uid", "own", "open", "ls", "favorite", "roles", "b_unread", "b_group", "b_alert", "b_hide", "x_unread",
    "x_user", "x_group", "x_alert", "settings", "id", "joined",
];

/// The values of a new membership, in the order of [`INSERTED`].
pub(crate) fn inserted(subscription: &Subscription) -> Vec<Value<'static>> {
    let mut values = changeable(subscription);
    values.push(Value::Text(subscription.id.as_str().to_owned().into()));
    values.push(Value::Int(subscription.joined.0));
    values
}

fn changeable(subscription: &Subscription) -> Vec<Value<'static>> {
    let Subscription { base, extra, .. } = subscription;
    let json = |value: String| Value::Text(value.into());
    vec![
        Value::Text(subscription.rid.as_str().to_owned().into()),
        Value::Text(subscription.uid.as_str().to_owned().into()),
        Value::Int(subscription.own.0),
        Value::Int(subscription.open.into()),
        subscription.ls.map_or(Value::Null, |at| Value::Int(at.0)),
        Value::Int(subscription.favorite.into()),
        json(serde_json::to_string(&subscription.roles).unwrap_or_else(|_| "[]".into())),
        Value::Int(base.unread),
        Value::Int(base.group),
        Value::Int(base.alert),
        Value::Int(subscription.base_hide),
        Value::Int(extra.unread),
        Value::Int(extra.user),
        Value::Int(extra.group),
        Value::Int(extra.alert.into()),
        json(serde_json::to_string(&subscription.settings).unwrap_or_else(|_| "{}".into())),
    ]
}
