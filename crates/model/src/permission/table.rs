//! The table of permissions in force.

use super::{CHANGE_SETTING, Permission};
use crate::setting::{self, SettingDef};
use crate::{Millis, RoleId};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::HashMap;

/// What was changed about one permission; stored under its id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermissionChange {
    /// The roles that hold it now.
    pub roles: Vec<RoleId>,
    /// When it was changed.
    pub updated_at: Millis,
}

/// Which permissions of single settings a list of permissions holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingLevel {
    /// Those that some role holds. For a client the others are as good as absent, and there are a thousand of them.
    Granted,
    /// All: for those who hand them out.
    All,
}

/// A set of permissions.
#[derive(Clone, Copy, Debug, Default)]
struct Set([u64; 4]);

const _: () = assert!(Permission::ALL.len() <= 4 * u64::BITS as usize, "Set has 256 bits");

impl Set {
    fn add(&mut self, permission: Permission) {
        let bit = permission as usize;
        self.0[bit / 64] |= 1 << (bit % 64);
    }

    fn has(&self, permission: Permission) -> bool {
        let bit = permission as usize;
        self.0[bit / 64] & 1 << (bit % 64) != 0
    }
}

/// All permissions: the defaults, as changed by what is stored. Immutable; a change makes a new table.
#[derive(Clone, Debug)]
pub struct Permissions {
    since: Millis,
    changes: HashMap<String, PermissionChange>,
    by_role: HashMap<RoleId, Set>,
}

impl Permissions {
    /// Lays the stored changes, by permission id, over the defaults. `since` is `_updatedAt` of what was never changed.
    ///
    /// Ids that this version does not know are kept and without effect.
    pub fn new(since: Millis, changes: HashMap<String, PermissionChange>) -> Self {
        let mut table = Self { since, changes, by_role: HashMap::new() };
        for &permission in Permission::ALL {
            for role in table.roles_of(permission) {
                table.by_role.entry(role).or_default().add(permission);
            }
        }
        table
    }

    /// The table after one more change.
    #[must_use]
    pub fn with(&self, id: &str, change: PermissionChange) -> Self {
        let mut changes = self.changes.clone();
        changes.insert(id.to_owned(), change);
        Self::new(self.since, changes)
    }

    /// Whether one of the roles holds the permission.
    pub fn granted(&self, permission: Permission, roles: &[RoleId]) -> bool {
        roles.iter().any(|role| self.by_role.get(role).is_some_and(|held| held.has(permission)))
    }

    /// Whether one of the roles holds one of the permissions.
    pub fn any_granted(&self, permissions: &[Permission], roles: &[RoleId]) -> bool {
        permissions.iter().any(|&one| self.granted(one, roles))
    }

    /// Whether one of the roles holds the permission of this one setting, `change-setting-<id>`.
    pub fn setting_granted(&self, setting: &str, roles: &[RoleId]) -> bool {
        let change = self.changes.get(&format!("{CHANGE_SETTING}{setting}"));
        change.is_some_and(|change| change.roles.iter().any(|role| roles.contains(role)))
    }

    /// The roles that hold the permission.
    pub fn roles_of(&self, permission: Permission) -> Vec<RoleId> {
        match self.changes.get(permission.id()) {
            Some(change) => change.roles.clone(),
            None => permission.default_roles().iter().map(RoleId::new).collect(),
        }
    }

    /// Whether there is a permission of this id, one of a setting included.
    pub fn exists(id: &str) -> bool {
        Permission::from_id(id).is_some() || setting_of(id).is_some()
    }

    /// The document of one permission, one of a setting included.
    pub fn document(&self, id: &str) -> Option<PermissionDoc<'_>> {
        match Permission::from_id(id) {
            Some(permission) => Some(self.plain(permission)),
            None => setting_of(id).map(|setting| self.of_setting(setting)),
        }
    }

    /// The documents of all permissions.
    pub fn documents(&self, level: SettingLevel) -> impl Iterator<Item = PermissionDoc<'_>> {
        let plain = Permission::ALL.iter().map(|&permission| self.plain(permission));
        let settings = setting::definitions().iter().filter(|one| !one.hidden).map(|one| self.of_setting(one));
        plain.chain(settings.filter(move |one| level == SettingLevel::All || !one.roles.is_empty()))
    }

    fn plain(&self, permission: Permission) -> PermissionDoc<'_> {
        let id = permission.id();
        let (roles, updated_at) = match self.changes.get(id) {
            Some(change) => (names(change), change.updated_at),
            None => (permission.default_roles().to_vec(), self.since),
        };
        PermissionDoc { id: Cow::Borrowed(id), roles, updated_at, setting: None }
    }

    fn of_setting(&self, setting: &'static SettingDef) -> PermissionDoc<'_> {
        let id = format!("{CHANGE_SETTING}{}", setting.id);
        let (roles, updated_at) = match self.changes.get(&id) {
            Some(change) => (names(change), change.updated_at),
            None => (Vec::new(), self.since),
        };
        PermissionDoc { id: Cow::Owned(id), roles, updated_at, setting: Some(OfSetting::new(setting)) }
    }
}

fn names(change: &PermissionChange) -> Vec<&str> {
    change.roles.iter().map(RoleId::as_str).collect()
}

fn setting_of(id: &str) -> Option<&'static SettingDef> {
    setting::definition(id.strip_prefix(CHANGE_SETTING)?).filter(|one| !one.hidden)
}

/// A permission, as clients see it.
#[derive(Clone, Debug, Serialize)]
pub struct PermissionDoc<'a> {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: Cow<'static, str>,
    /// The roles that hold it.
    pub roles: Vec<&'a str>,
    /// When it last changed.
    #[serde(rename = "_updatedAt")]
    pub updated_at: Millis,
    #[serde(flatten)]
    setting: Option<OfSetting>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct OfSetting {
    level: &'static str,
    setting_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sorter: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group_permission_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section_permission_id: Option<String>,
}

impl OfSetting {
    fn new(setting: &'static SettingDef) -> Self {
        let permission = |name: &str| format!("{CHANGE_SETTING}{name}");
        Self {
            level: "settings",
            setting_id: setting.id,
            group: setting.group,
            section: setting.section,
            sorter: setting.sorter,
            group_permission_id: setting.group.map(permission),
            section_permission_id: setting.section.map(permission),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{self, Wire};

    fn roles(names: &[&str]) -> Vec<RoleId> {
        names.iter().map(RoleId::new).collect()
    }

    fn changed(id: &str, to: &[&str]) -> HashMap<String, PermissionChange> {
        HashMap::from([(id.to_owned(), PermissionChange { roles: roles(to), updated_at: Millis(9) })])
    }

    #[test]
    fn ids_read_back() {
        assert!(Permission::ALL.len() > 200);
        for &permission in Permission::ALL {
            assert_eq!(Permission::from_id(permission.id()), Some(permission));
        }
        assert_eq!(Permission::from_id("fly"), None);
    }

    #[test]
    fn defaults_hold_until_changed() {
        let table = Permissions::new(Millis(1), HashMap::new());
        assert!(table.granted(Permission::CreateC, &roles(&["user"])));
        assert!(table.granted(Permission::RemoveUser, &roles(&["user", "moderator"])));
        assert!(!table.granted(Permission::RemoveUser, &roles(&["user"])));
        assert!(!table.granted(Permission::KickUserFromAnyPRoom, &roles(&["admin", "owner"])));
        assert!(!table.granted(Permission::CreateC, &[]));
    }

    #[test]
    fn a_change_replaces_the_roles() {
        let table = Permissions::new(Millis(1), changed("create-c", &["scribe"]));
        assert!(!table.granted(Permission::CreateC, &roles(&["admin", "user"])));
        assert!(table.granted(Permission::CreateC, &roles(&["scribe"])));
        let none = table.with("create-c", PermissionChange { roles: Vec::new(), updated_at: Millis(10) });
        assert!(!none.any_granted(&[Permission::CreateC], &roles(&["admin", "scribe"])));
    }

    #[test]
    fn every_bit_is_its_own() {
        for &permission in Permission::ALL {
            let table = Permissions::new(Millis(1), changed(permission.id(), &["scribe"]));
            let held = Permission::ALL.iter().filter(|&&one| table.granted(one, &roles(&["scribe"])));
            assert_eq!(held.collect::<Vec<_>>(), [&permission]);
        }
    }

    #[test]
    fn a_setting_has_its_own_permission() {
        let table = Permissions::new(Millis(1), changed("change-setting-Site_Name", &["scribe"]));
        assert!(table.setting_granted("Site_Name", &roles(&["scribe"])));
        assert!(!table.setting_granted("Site_Name", &roles(&["admin"])));
        assert!(!table.setting_granted("Site_Url", &roles(&["scribe"])));
        assert!(Permissions::exists("change-setting-Site_Name"));
        assert!(!Permissions::exists("change-setting-Cloud_Workspace_License"), "hidden settings have none");
    }

    #[test]
    fn documents_speak_the_protocol() {
        let table = Permissions::new(Millis(0), changed("change-setting-Site_Name", &["scribe"]));
        let text = |id| wire::to_string(Wire::Rest, &table.document(id));
        assert_eq!(
            text("archive-room"),
            r#"{"_id":"archive-room","roles":["admin","owner"],"_updatedAt":"1970-01-01T00:00:00.000Z"}"#
        );
        let of_setting = text("change-setting-Site_Name");
        assert!(
            of_setting.contains(r#""roles":["scribe"],"_updatedAt":"1970-01-01T00:00:00.009Z","level":"settings""#)
        );
        assert!(of_setting.contains(r#""settingId":"Site_Name","group":"General""#), "{of_setting}");
        assert_eq!(table.document("fly").map(|one| one.updated_at), None);
    }

    #[test]
    fn lists_what_is_asked() {
        let table = Permissions::new(Millis(0), changed("change-setting-Site_Name", &["scribe"]));
        assert_eq!(table.documents(SettingLevel::Granted).count(), Permission::ALL.len() + 1);
        assert!(table.documents(SettingLevel::All).count() > Permission::ALL.len() + 900);
    }
}
