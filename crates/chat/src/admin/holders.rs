//! Giving one permission to one role, or taking it.

use crate::Caller;
use gantry_model::event::{Event, Key};
use gantry_model::permission::CHANGE_SETTING;
use gantry_model::{Error, Permission, Permissions, Result, RoleId};
use gantry_store::{AuditEntry, Tx};
use serde_json::json;

/// Gives a permission to a role, or takes it. What is so already stays.
///
/// In order: the permission exists (`error-invalid-permission`, or `error-permission-not-found` when it is to be taken);
/// `access-permissions`, for a setting's own permission `access-setting-permissions` too (`error-action-not-allowed`); the role
/// exists (`error-invalid-role`).
///
/// # Errors
/// As above, with `details.method` `authorization:addPermissionToRole` or `authorization:removeRoleFromPermission`.
pub async fn set_holder(cx: &Caller, permission: String, role: RoleId, holds: bool) -> Result<()> {
    cx.write([Key::Server], move |me, tx| {
        may_change(me, &permission, holds)?;
        if me.chat().roles().get(role.as_str()).is_none() {
            return Err(Error::new("error-invalid-role", "Invalid Role").in_method(method(holds)));
        }
        let mut roles = holders(tx, &permission)?;
        if roles.contains(&role) == holds {
            return Ok(());
        }
        match holds {
            true => roles.push(role.clone()),
            false => roles.retain(|one| *one != role),
        }
        store(me, tx, &permission, roles)
    })
    .await
}

fn method(holds: bool) -> &'static str {
    if holds { "authorization:addPermissionToRole" } else { "authorization:removeRoleFromPermission" }
}

fn may_change(me: &Caller, permission: &str, holds: bool) -> Result<()> {
    let (text, action) = match holds {
        true => ("Adding permission is not allowed", "Adding_permission"),
        false => ("Removing permission is not allowed", "Removing_permission"),
    };
    if !Permissions::exists(permission) {
        return Err(match holds {
            true => {
                let details = json!({ "method": method(holds), "action": action });
                Error::new("error-invalid-permission", "Permission does not exist").with_details(details)
            }
            false => Error::new("error-permission-not-found", "Permission not found").in_method(method(holds)),
        });
    }
    let of_setting = permission.starts_with(CHANGE_SETTING);
    if me.has(Permission::AccessPermissions) && (!of_setting || me.has(Permission::AccessSettingPermissions)) {
        return Ok(());
    }
    let details = json!({ "method": method(holds), "action": action });
    Err(Error::new("error-action-not-allowed", text).with_details(details))
}

/// The roles that hold it now: as stored, since another write of the same commit may have changed them.
fn holders(tx: &mut Tx<'_>, permission: &str) -> Result<Vec<RoleId>> {
    let stored = tx.grants().permissions()?.into_iter().find(|(id, ..)| id == permission);
    let default = || Permission::from_id(permission).map_or(&[][..], |known| known.default_roles());
    Ok(stored.map_or_else(|| default().iter().map(RoleId::new).collect(), |(_, roles, _)| roles))
}

fn store(me: &Caller, tx: &mut Tx<'_>, permission: &str, roles: Vec<RoleId>) -> Result<()> {
    tx.grants().set_permission(permission, &roles)?;
    tx.audit().record(&AuditEntry {
        uid: Some(me.id().clone()),
        ip: Some(me.origin().ip.to_string()),
        act: "permission.changed",
        target: Some(permission.to_owned()),
        details: json!({ "roles": roles }),
    })?;
    tx.emit(Key::Server, Event::PermissionChanged { id: permission.to_owned(), roles });
    Ok(())
}
