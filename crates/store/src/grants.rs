//! What administrators changed in the definitions that the binary carries: settings, permissions, roles.

use crate::engine::{Conn, FromRow, Json, Row};
use gantry_model::{Millis, Result, Role, RoleId, RoleScope, SettingChange, SettingId};
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

struct RoleRow(Role);

impl FromRow for RoleRow {
    fn from_row(row: &Row<'_>) -> Result<Self, String> {
        let scope: String = row.get(2)?;
        Ok(Self(Role {
            id: row.get(0)?,
            name: row.get(1)?,
            scope: RoleScope::from_name(&scope).ok_or_else(|| format!("{scope} is no scope of roles"))?,
            description: row.get(3)?,
            protected: false,
            mandatory_2fa: row.get(4)?,
            updated_at: row.get(5)?,
        }))
    }
}

impl Grants<'_> {
    /// Every role that was made or changed.
    pub fn roles(&mut self) -> Result<Vec<Role>> {
        let sql = "SELECT id, name, scope, description, mandatory2fa, updated FROM role ORDER BY id";
        Ok(self.0.all::<RoleRow>(sql, ())?.into_iter().map(|row| row.0).collect())
    }

    /// Stores a role; its stamp is the transaction's.
    pub fn set_role(&mut self, role: &Role) -> Result<()> {
        let stamp = self.0.stamp();
        let sql = "INSERT INTO role (id, name, scope, description, mandatory2fa, updated) VALUES ($1, $2, $3, $4, $5, $6)
                   ON CONFLICT (id) DO UPDATE SET name = excluded.name, scope = excluded.scope,
                     description = excluded.description, mandatory2fa = excluded.mandatory2fa, updated = excluded.updated";
        let Role { id, name, scope, description, mandatory_2fa, .. } = role;
        self.0.run(sql, (id, name, scope.as_str(), description, *mandatory_2fa, stamp)).map(drop)
    }

    /// Removes a role that was made, and leaves its tombstone.
    pub fn remove_role(&mut self, id: &RoleId) -> Result<()> {
        let stamp = self.0.stamp();
        let sql = "INSERT INTO role_removed (id, at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";
        self.0.run(sql, (id, stamp))?;
        self.0.run("DELETE FROM role WHERE id = $1", (id,)).map(drop)
    }

    /// Roles that were removed after `cursor`.
    pub fn roles_removed_since(&mut self, cursor: Millis) -> Result<Vec<(RoleId, Millis)>> {
        self.0.all("SELECT id, at FROM role_removed WHERE at > $1 ORDER BY at, id", (cursor,))
    }

    /// Whether an account holds the role, or a member in some room.
    pub fn is_held(&mut self, role: &RoleId) -> Result<bool> {
        let pattern = format!("%\"{role}\"%");
        let sql = "SELECT 1 FROM account WHERE roles <> '[\"user\"]' AND roles LIKE $1 LIMIT 1";
        if self.0.one::<(i64,)>(sql, (&pattern,))?.is_some() {
            return Ok(true);
        }
        let sql = "SELECT 1 FROM subscription WHERE roles <> '[]' AND roles LIKE $1 LIMIT 1";
        Ok(self.0.one::<(i64,)>(sql, (&pattern,))?.is_some())
    }

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
