//! Giving roles to people and taking them away.

use super::active::keep_an_admin;
use super::{changed, key, make};
use crate::{Caller, auth, rooms, subscriptions};
use gantry_model::event::{Event, Key, UserChange};
use gantry_model::role::{Role, RoleScope, builtin};
use gantry_model::{Error, Permission, Result, RoleId, RoomId, User};
use gantry_store::{AuditEntry, Tx};
use serde_json::json;

/// The methods that give and take, as refusals name them.
const ADD: &str = "authorization:addUserToRole";
const REMOVE: &str = "authorization:removeUserFromRole";

/// The role with this id, or with this name.
pub fn role(cx: &Caller, named: &str) -> Option<Role> {
    let roles = cx.chat().roles();
    roles.iter().find(|role| role.id == *named).or_else(|| roles.iter().find(|role| role.name == named)).cloned()
}

/// Gives a role to somebody: one of the server, or one of a room, `scope`. False when the user had it.
///
/// In order: `access-permissions` (`error-action-not-allowed`); `assign-admin-role` for administrators
/// (`error-action-not-allowed`); a role of rooms needs the room, and the user is a member of it (`error-invalid-user`).
///
/// # Errors
/// As above, with `details.method` `authorization:addUserToRole`.
pub async fn give_role(cx: &Caller, target: &User, role: &Role, scope: Option<RoomId>) -> Result<bool> {
    change(cx, target, role, scope, true).await
}

/// Takes a role from somebody. False when the user had it not.
///
/// As [`give_role`]; and the last active administrator stays one (`error-action-not-allowed`).
///
/// # Errors
/// As above, with `details.method` `authorization:removeUserFromRole`.
pub async fn take_role(cx: &Caller, target: &User, role: &Role, scope: Option<RoomId>) -> Result<bool> {
    change(cx, target, role, scope, false).await
}

async fn change(cx: &Caller, target: &User, role: &Role, scope: Option<RoomId>, given: bool) -> Result<bool> {
    let (target, role) = (target.clone(), role.clone());
    let room = match (role.scope, scope) {
        (RoleScope::Users, _) => None,
        (RoleScope::Subscriptions, Some(rid)) => Some(rid),
        (RoleScope::Subscriptions, None) => return Err(not_in_room(given)),
    };
    let keys = match &room {
        Some(rid) => vec![rooms::key(rid)],
        None => vec![Key::Server, key(&target.id)],
    };
    cx.write(keys, move |me, tx| {
        may_change(me, &role, given)?;
        let done = match &room {
            Some(rid) => in_room(tx, &target, &role.id, rid, given)?,
            None => everywhere(tx, &target, &role.id, given)?,
        };
        if done {
            record(me, tx, &target, &role.id, room.as_ref(), given)?;
        }
        Ok(done)
    })
    .await
}

fn may_change(me: &Caller, role: &Role, given: bool) -> Result<()> {
    let refused = |text: &'static str, action: &str| {
        let details = json!({ "method": if given { ADD } else { REMOVE }, "action": action });
        Err(Error::new("error-action-not-allowed", text).with_details(details))
    };
    if !me.has(Permission::AccessPermissions) {
        let text = if given { "Accessing permissions is not allowed" } else { "Access permissions is not allowed" };
        return refused(text, "Accessing_permissions");
    }
    if role.id == builtin::ADMIN && !me.has(Permission::AssignAdminRole) {
        return refused("Assigning admin is not allowed", "Assign_admin");
    }
    Ok(())
}

fn not_in_room(given: bool) -> Error {
    Error::new("error-invalid-user", "User is not part of given room").in_method(if given { ADD } else { REMOVE })
}

fn everywhere(tx: &mut Tx<'_>, target: &User, role: &RoleId, given: bool) -> Result<bool> {
    let mut user = make::held(tx, &target.id)?;
    if user.roles.contains(role) == given {
        return Ok(false);
    }
    match given {
        true => user.roles.push(role.clone()),
        false => {
            if *role == builtin::ADMIN {
                keep_an_admin(tx, &user)?;
            }
            user.roles.retain(|own| own != role);
        }
    }
    if given && *role == builtin::ADMIN {
        auth::mark_administered(tx, &user.id)?;
    }
    tx.accounts().update(&user)?;
    changed(tx, &user.id, UserChange::Roles);
    Ok(true)
}

fn in_room(tx: &mut Tx<'_>, target: &User, role: &RoleId, rid: &RoomId, given: bool) -> Result<bool> {
    let seat = tx.subscriptions().get(rid, &target.id)?.filter(|seat| !subscriptions::is_banned(seat));
    let mut seat = seat.ok_or_else(|| not_in_room(given))?;
    if seat.roles.contains(role) == given {
        return Ok(false);
    }
    match given {
        true => seat.roles.push(role.clone()),
        false => {
            if *role == builtin::OWNER {
                rooms::keep_an_owner(tx, &seat, REMOVE)?;
            }
            seat.roles.retain(|own| own != role);
        }
    }
    subscriptions::changed(tx, &mut seat)?;
    Ok(true)
}

fn record(me: &Caller, tx: &mut Tx<'_>, who: &User, role: &RoleId, room: Option<&RoomId>, given: bool) -> Result<()> {
    let granted = Event::RoleGranted { uid: who.id.clone(), role: role.clone(), scope: room.cloned(), given };
    tx.emit(room.map_or_else(|| key(&who.id), rooms::key), granted);
    tx.audit().record(&AuditEntry {
        uid: Some(me.id().clone()),
        ip: Some(me.origin().ip.to_string()),
        act: if given { "role.given" } else { "role.taken" },
        target: Some(who.id.to_string()),
        details: json!({ "role": role, "scope": room }),
    })
}
