//! Roles that administrators make, and what they say about the others.

use crate::Caller;
use crate::changes::{Changes, Removed};
use gantry_model::event::{Event, Key};
use gantry_model::{Error, Millis, Permission, Permissions, Result, Role, RoleId, RoleScope};
use gantry_store::{AuditEntry, Tx};
use serde_json::json;

/// The longest name and description, in characters.
const LONGEST_NAME: usize = 255;
const LONGEST_DESCRIPTION: usize = 1_000;

/// A role as somebody wants it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RoleForm {
    /// Its name.
    pub name: String,
    /// Where it is given: to users, unless said; a role that is there stays where it is.
    pub scope: Option<RoleScope>,
    /// The text shown as a badge. What is absent stays, or is empty.
    pub description: Option<String>,
    /// Its holders are to set up a second factor.
    pub mandatory_2fa: Option<bool>,
}

/// Makes a role.
///
/// In order: it has a name, and name and description are no longer than they may be (`error-invalid-role-properties`);
/// `access-permissions` (`error-action-not-allowed`); no role has the name or is called so by its id
/// (`error-duplicate-role-names-not-allowed`).
///
/// # Errors
/// As above.
pub async fn create_role(cx: &Caller, form: RoleForm) -> Result<Role> {
    check(&form)?;
    cx.write([Key::Server], move |me, tx| {
        may_change(me)?;
        check_free(me, tx, &form.name, None)?;
        let role = Role {
            id: tx.id(),
            name: form.name.clone(),
            scope: form.scope.unwrap_or(RoleScope::Users),
            description: form.description.clone().unwrap_or_default(),
            protected: false,
            mandatory_2fa: form.mandatory_2fa.unwrap_or_default(),
            updated_at: tx.stamp(),
        };
        store(me, tx, role, true)
    })
    .await
}

/// Changes a role.
///
/// In order: as [`create_role`], the first two; the role exists (`error-invalid-roleId`); one of the server's own keeps its name
/// and scope (`error-role-protected`); no other role has the name (`error-duplicate-role-names-not-allowed`).
///
/// # Errors
/// As above.
pub async fn update_role(cx: &Caller, id: RoleId, form: RoleForm) -> Result<Role> {
    check(&form)?;
    cx.write([Key::Server], move |me, tx| {
        may_change(me)?;
        let before = known(me, tx, &id)?;
        let moves = form.scope.is_some_and(|scope| scope != before.scope);
        if before.protected && (form.name != before.name || moves) {
            return Err(Error::new("error-role-protected", "Role is protected"));
        }
        check_free(me, tx, &form.name, Some(&id))?;
        let role = Role {
            name: form.name.clone(),
            scope: form.scope.unwrap_or(before.scope),
            description: form.description.clone().unwrap_or(before.description),
            mandatory_2fa: form.mandatory_2fa.unwrap_or(before.mandatory_2fa),
            updated_at: tx.stamp(),
            ..before
        };
        store(me, tx, role, false)
    })
    .await
}

/// Deletes a role, and takes it out of all permissions.
///
/// In order: `access-permissions` (`error-action-not-allowed`); the role exists (`error-invalid-roleId`); it is not one of the
/// server's own (`error-role-protected`); nobody holds it (`error-role-in-use`).
///
/// # Errors
/// As above.
pub async fn delete_role(cx: &Caller, id: RoleId) -> Result<()> {
    cx.write([Key::Server], move |me, tx| {
        may_change(me)?;
        let role = known(me, tx, &id)?;
        if role.protected {
            return Err(Error::new("error-role-protected", "Cannot delete a protected role"));
        }
        if tx.grants().is_held(&id)? {
            return Err(Error::new("error-role-in-use", "Cannot delete role because it's in use"));
        }
        take_from_permissions(tx, &id)?;
        tx.grants().remove_role(&id)?;
        record(me, tx, "role.deleted", &role)?;
        tx.emit(Key::Server, Event::RoleRemoved { role: Box::new(role) });
        Ok(())
    })
    .await
}

/// The roles that were made or changed after `since`, and those that are gone.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn role_changes(cx: &Caller, since: Millis) -> Result<Changes<Role>> {
    let gone = cx.read(move |db| db.grants().roles_removed_since(since)).await?;
    let roles = cx.chat().roles();
    Ok(Changes {
        update: roles.iter().filter(|role| role.updated_at > since).cloned().collect(),
        remove: gone.into_iter().map(|(id, at)| Removed { id: id.to_string(), at }).collect(),
    })
}

fn check(form: &RoleForm) -> Result<()> {
    let described = form.description.as_ref().is_none_or(|text| text.chars().count() <= LONGEST_DESCRIPTION);
    match !form.name.trim().is_empty() && form.name.chars().count() <= LONGEST_NAME && described {
        true => Ok(()),
        false => Err(Error::new("error-invalid-role-properties", "The role properties are invalid.")),
    }
}

fn may_change(me: &Caller) -> Result<()> {
    match me.has(Permission::AccessPermissions) {
        true => Ok(()),
        false => Err(Error::new("error-action-not-allowed", "Accessing permissions is not allowed")),
    }
}

/// The role with this id: as stored, since another write of the same commit may have changed it.
fn known(me: &Caller, tx: &mut Tx<'_>, id: &RoleId) -> Result<Role> {
    let offered = me.chat().roles().get(id.as_str()).cloned();
    let protected = offered.as_ref().is_some_and(|role| role.protected);
    let stored = tx.grants().roles()?.into_iter().find(|role| role.id == *id);
    let role = stored.map(|role| Role { protected, ..role }).or(offered.filter(|role| role.protected));
    role.ok_or_else(|| Error::new("error-invalid-roleId", "This role does not exist"))
}

fn check_free(me: &Caller, tx: &mut Tx<'_>, name: &str, own: Option<&RoleId>) -> Result<()> {
    let same = |role: &Role| Some(&role.id) != own && (role.name == name || role.id == *name);
    if me.chat().roles().iter().any(same) || tx.grants().roles()?.iter().any(same) {
        return Err(Error::new("error-duplicate-role-names-not-allowed", "Role name already exists"));
    }
    Ok(())
}

fn store(me: &Caller, tx: &mut Tx<'_>, role: Role, made: bool) -> Result<Role> {
    tx.grants().set_role(&role)?;
    record(me, tx, if made { "role.created" } else { "role.updated" }, &role)?;
    tx.emit(Key::Server, Event::RoleChanged { role: Box::new(role.clone()) });
    Ok(role)
}

/// A permission that names a role which is gone could not be handed out anew.
fn take_from_permissions(tx: &mut Tx<'_>, id: &RoleId) -> Result<()> {
    for (permission, mut roles, _) in tx.grants().permissions()? {
        if Permissions::exists(&permission) && roles.contains(id) {
            roles.retain(|role| role != id);
            tx.grants().set_permission(&permission, &roles)?;
            tx.emit(Key::Server, Event::PermissionChanged { id: permission, roles });
        }
    }
    Ok(())
}

fn record(me: &Caller, tx: &mut Tx<'_>, act: &'static str, role: &Role) -> Result<()> {
    tx.audit().record(&AuditEntry {
        uid: Some(me.id().clone()),
        ip: Some(me.origin().ip.to_string()),
        act,
        target: Some(role.id.to_string()),
        details: json!({ "name": role.name, "scope": role.scope }),
    })
}
