//! Who did what to the server itself.

use crate::engine::{Conn, Json};
use gantry_model::{Millis, Result, UserId};
use serde_json::Value;

/// One administrative act.
#[derive(Clone, Debug, PartialEq)]
pub struct AuditEntry {
    /// Who; nobody when the machine's own command line did it.
    pub uid: Option<UserId>,
    /// From which address.
    pub ip: Option<String>,
    /// What, in a word (`setting.changed`).
    pub act: &'static str,
    /// To what.
    pub target: Option<String>,
    /// The rest; never a secret.
    pub details: Value,
}

/// Queries on `audit`.
pub struct Audit<'a>(&'a mut Conn);

impl Conn {
    /// The audit trail.
    pub fn audit(&mut self) -> Audit<'_> {
        Audit(self)
    }
}

impl Audit<'_> {
    /// Records an act, in the transaction of the act itself.
    pub fn record(&mut self, entry: &AuditEntry) -> Result<()> {
        let stamp = self.0.stamp();
        let sql = "INSERT INTO audit (id, at, uid, ip, act, target, details) VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let id = crate::random::id();
        self.0.run(sql, (id, stamp, &entry.uid, &entry.ip, entry.act, &entry.target, Json(&entry.details))).map(drop)
    }

    /// The latest acts: when, which and on what, newest first.
    pub fn latest(&mut self, count: i64) -> Result<Vec<(Millis, String, Option<String>)>> {
        self.0.all("SELECT at, act, target FROM audit ORDER BY at DESC, id DESC LIMIT $1", (count,))
    }
}
