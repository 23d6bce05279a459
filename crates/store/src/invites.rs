//! Invitations into rooms, by link.

use crate::engine::{Conn, FromRow, Row};
use gantry_model::{Invite, InviteId, Millis, Person, Result, RoomId, RoomKind, UserId};

/// Queries on `invite`.
pub struct Invites<'a>(&'a mut Conn);

impl Conn {
    /// Invitations.
    pub fn invites(&mut self) -> Invites<'_> {
        Invites(self)
    }
}

/// An invitation beside the names that belong to it, as far as they are still there.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedInvite {
    /// The invitation.
    pub invite: Invite,
    /// The room's kind, name and display name.
    pub room: Option<(RoomKind, Option<String>, Option<String>)>,
    /// Who invites.
    pub by: Option<Person>,
}

impl FromRow for Invite {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            id: row.get(0)?,
            token: row.get(1)?,
            rid: row.get(2)?,
            uid: row.get(3)?,
            days: row.get(4)?,
            max_uses: row.get(5)?,
            uses: row.get(6)?,
            created: row.get(7)?,
            expires: row.get(8)?,
            updated: row.get(9)?,
        })
    }
}

impl FromRow for NamedInvite {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        let kind: Option<RoomKind> = row.get(10)?;
        let (name, fname) = (row.get(11)?, row.get(12)?);
        let has_account: Option<String> = row.get(13)?;
        let by = Person { username: row.get(14)?, name: row.get(15)? };
        Ok(Self {
            invite: Invite::from_row(row)?,
            room: kind.map(|kind| (kind, name, fname)),
            by: has_account.map(|_| by),
        })
    }
}

const COLUMNS: &str = "invite.id, token, rid, uid, days, max_uses, uses, invite.created, expires, invite.updated";

impl Invites<'_> {
    /// The one whose link ends in `token`.
    pub fn by_token(&mut self, token: &str) -> Result<Option<Invite>> {
        self.0.one(&format!("SELECT {COLUMNS} FROM invite WHERE token = $1"), (token,))
    }

    /// The one with this id.
    pub fn get(&mut self, id: &InviteId) -> Result<Option<Invite>> {
        self.0.one(&format!("SELECT {COLUMNS} FROM invite WHERE id = $1"), (id,))
    }

    /// The newest of those that somebody made for a room with this time and these uses which is not over.
    pub fn like(
        &mut self,
        (rid, uid): (&RoomId, &UserId),
        (days, max_uses): (i64, i64),
        now: Millis,
    ) -> Result<Option<Invite>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM invite WHERE rid = $1 AND uid = $2 AND days = $3 AND max_uses = $4
               AND (expires IS NULL OR expires > $5) AND (max_uses = 0 OR uses < max_uses)
             ORDER BY created DESC, id DESC LIMIT 1"
        );
        self.0.one(&sql, (rid, uid, days, max_uses, now))
    }

    /// The newest, newest first.
    pub fn latest(&mut self, count: i64) -> Result<Vec<NamedInvite>> {
        let sql = format!(
            "SELECT {COLUMNS}, room.kind, room.name, room.fname, account.id, account.username, account.name
             FROM invite LEFT JOIN room ON room.id = invite.rid LEFT JOIN account ON account.id = invite.uid
             ORDER BY invite.created DESC, invite.id DESC LIMIT $1"
        );
        self.0.all(&sql, (count,))
    }

    /// Stores a new one; its stamp is the transaction's.
    pub fn insert(&mut self, invite: &Invite) -> Result<()> {
        let stamp = self.0.stamp();
        let Invite { id, token, rid, uid, days, max_uses, uses, created, expires, .. } = invite;
        let sql = "INSERT INTO invite (id, token, rid, uid, days, max_uses, uses, created, expires, updated)
                   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
        self.0.run(sql, (id, token, rid, uid, *days, *max_uses, *uses, *created, *expires, stamp)).map(drop)
    }

    /// One more joined by it.
    pub fn used(&mut self, id: &InviteId) -> Result<()> {
        let stamp = self.0.stamp();
        self.0.run("UPDATE invite SET uses = uses + 1, updated = $1 WHERE id = $2", (stamp, id)).map(drop)
    }

    /// Removes one; whether it was there.
    pub fn remove(&mut self, id: &InviteId) -> Result<bool> {
        Ok(self.0.run("DELETE FROM invite WHERE id = $1", (id,))? > 0)
    }

    /// Removes those of a room whose time was over at `before`.
    pub fn forget_over(&mut self, rid: &RoomId, before: Millis) -> Result<()> {
        self.0.run("DELETE FROM invite WHERE rid = $1 AND expires <= $2", (rid, before)).map(drop)
    }
}
