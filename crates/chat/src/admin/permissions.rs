//! Handing out permissions.

use crate::Caller;
use gantry_model::event::{Event, Key};
use gantry_model::permission::{CHANGE_SETTING, SettingLevel};
use gantry_model::{Error, Permission, Permissions, Result, RoleId};
use gantry_store::AuditEntry;
use serde_json::json;

/// One permission and the roles that are to hold it.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    /// The permission's id.
    pub permission: String,
    /// Exactly these roles will hold it.
    pub roles: Vec<RoleId>,
}

/// Sets which roles hold the permissions: all of them, or none.
///
/// In order: `access-permissions`, for a setting's own permission `access-setting-permissions` instead
/// (`error-edit-permissions-not-allowed`); every permission exists (`error-invalid-permission`); every role exists
/// (`error-invalid-role`).
///
/// # Errors
/// As above.
pub async fn update_permissions(cx: &Caller, grants: Vec<Grant>) -> Result<()> {
    cx.write([Key::Server], move |me, tx| {
        if !grants.iter().all(|grant| may_hand_out(me, &grant.permission)) {
            return Err(coded("error-edit-permissions-not-allowed", "Editing permissions is not allowed"));
        }
        if !grants.iter().all(|grant| Permissions::exists(&grant.permission)) {
            return Err(coded("error-invalid-permission", "Invalid permission"));
        }
        let roles = me.chat().roles();
        if !grants.iter().flat_map(|grant| &grant.roles).all(|role| roles.get(role.as_str()).is_some()) {
            return Err(coded("error-invalid-role", "Invalid role"));
        }
        for Grant { permission, roles } in &grants {
            tx.grants().set_permission(permission, roles)?;
            tx.audit().record(&AuditEntry {
                uid: Some(me.id().clone()),
                ip: Some(me.origin().ip.to_string()),
                act: "permission.changed",
                target: Some(permission.clone()),
                details: json!({ "roles": roles }),
            })?;
            let changed = Event::PermissionChanged { id: permission.clone(), roles: roles.clone() };
            tx.emit(Key::Server, changed);
        }
        Ok(())
    })
    .await
}

/// Which permissions of single settings a list for this caller holds.
pub fn listed_for(cx: Option<&Caller>) -> SettingLevel {
    match cx.is_some_and(|cx| cx.has(Permission::AccessSettingPermissions)) {
        true => SettingLevel::All,
        false => SettingLevel::Granted,
    }
}

fn may_hand_out(me: &Caller, permission: &str) -> bool {
    match permission.starts_with(CHANGE_SETTING) {
        true => me.has(Permission::AccessSettingPermissions),
        false => me.has(Permission::AccessPermissions),
    }
}

/// These refusals are published with the code beside the text, not behind it.
fn coded(id: &'static str, text: &'static str) -> Error {
    Error::coded(id, text)
}
