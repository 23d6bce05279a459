//! What administrators changed in the definitions that the binary carries: settings, permissions, roles.

use crate::engine::{Conn, FromRow, Json, Row};
use gantry_model::{Millis, Result, RoleId, SettingChange, SettingId};
use serde_json::Value;

/// Queries on `setting`, `permission` and `role`. Only differences from the definitions are stored.
pub struct Grants<'a>(&'a mut Conn);

impl Conn {
    /// Changed settings, permissions and roles.
    pub fn grants(&mut self) -> Grants<'_> {
        Grants(self)
    }
}

/// A changed setting.
pub(crate) type ChangedSetting = (SettingId, SettingChange);
/// A changed permission: id, roles, stamp.
pub(crate) type ChangedPermission = (String, Vec<RoleId>, Millis);

struct SettingRow(ChangedSetting);
struct PermissionRow(ChangedPermission);

impl FromRow for SettingRow {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        let change = SettingChange {
            value: row.get::<Json<Value>>(1)?.0,
            editor: row.get::<Option<Json<_>>>(2)?.map(|editor| editor.0),
            updated_at: row.get(3)?,
        };
        Ok(Self((row.get(0)?, change)))
    }
}

impl FromRow for PermissionRow {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self((row.get(0)?, row.get::<Json<Vec<RoleId>>>(1)?.0, row.get(2)?)))
    }
}

impl Grants<'_> {
    /// Every setting that was changed. There are as many as administrators made.
    pub fn settings(&mut self) -> Result<Vec<ChangedSetting>> {
        let rows = self.0.all::<SettingRow>("SELECT id, value, editor, updated FROM setting ORDER BY id", ())?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    /// Stores what a setting was changed to; its stamp is the transaction's.
    pub fn set_setting(&mut self, id: &SettingId, change: &SettingChange) -> Result<()> {
        let stamp = self.0.stamp();
        let sql = "INSERT INTO setting (id, value, editor, updated) VALUES ($1, $2, $3, $4)
                   ON CONFLICT (id) DO UPDATE SET value = excluded.value, editor = excluded.editor, updated = excluded.updated";
        self.0.run(sql, (id, Json(&change.value), change.editor.map(Json), stamp)).map(drop)
    }

    /// Takes a setting back to its default.
    pub fn reset_setting(&mut self, id: &SettingId) -> Result<()> {
        self.0.run("DELETE FROM setting WHERE id = $1", (id,)).map(drop)
    }

    /// Every permission that was changed.
    pub fn permissions(&mut self) -> Result<Vec<ChangedPermission>> {
        let rows = self.0.all::<PermissionRow>("SELECT id, roles, updated FROM permission ORDER BY id", ())?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    /// Stores the roles a permission is granted to.
    pub fn set_permission(&mut self, id: &str, roles: &[RoleId]) -> Result<()> {
        let stamp = self.0.stamp();
        let sql = "INSERT INTO permission (id, roles, updated) VALUES ($1, $2, $3)
                   ON CONFLICT (id) DO UPDATE SET roles = excluded.roles, updated = excluded.updated";
        self.0.run(sql, (id, Json(roles), stamp)).map(drop)
    }
}
