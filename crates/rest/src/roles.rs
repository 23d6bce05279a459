//! `roles.*` that give roles to people.

use crate::call::Call;
use crate::endpoint::{Access, Api};
use crate::params::Params;
use crate::reply::{Reply, ok_with};
use crate::users::{UserKey, find_user};
use gantry_chat::users;
use gantry_model::{Error, Permission, Role, RoomId};

pub(crate) fn endpoints(api: &mut Api) {
    api.post("roles.addUserToRole", Access::Administer, give)
        .names(Permission::AccessPermissions)
        .names(Permission::AssignAdminRole)
        .about("Gives a role to somebody.")
        .since("0.70.0")
        .answers("role", "Role");
    api.post("roles.removeUserFromRole", Access::Administer, take)
        .names(Permission::AccessPermissions)
        .about("Takes a role from somebody.")
        .answers("role", "Role");
    api.get("roles.getUsersInPublicRoles", Access::Accounts, in_public_roles)
        .about("Lists those with roles that clients show beside the name.")
        .since("7.10.0")
        .answers("users", "[User]");
}

/// Body of `roles.addUserToRole`.
#[derive(Params)]
struct Giving {
    /// The role's `_id`.
    role_id: Option<String>,
    /// Its name, in older clients.
    role_name: Option<String>,
    /// The user's name, in any case.
    username: String,
    /// The room that a role of rooms is given in.
    room_id: Option<RoomId>,
}

async fn give(call: Call, body: Giving) -> Reply {
    let user = find_user(&call, &UserKey::of(None, Some(body.username))).await?;
    let named = body.role_id.or(body.role_name).filter(|named| !named.is_empty());
    let role = find(&call, &named.ok_or_else(|| Error::text("error-invalid-role-properties"))?)
        .ok_or_else(|| Error::coded("error-role-not-found", "Role not found"))?;
    let room = body.room_id.filter(|rid| !rid.as_str().is_empty());
    match users::give_role(&call, &user, &role, room).await? {
        true => Ok(ok_with("role", &role)),
        false => Err(Error::new("error-user-already-in-role", "User already in role")),
    }
}

fn find(call: &Call, named: &str) -> Option<Role> {
    users::role(call, named)
}

/// Body of `roles.removeUserFromRole`.
#[derive(Params)]
struct Taking {
    /// The role's `_id`.
    role_id: String,
    /// The user's name, in any case.
    username: String,
    /// The room that a role of rooms is taken in.
    scope: Option<RoomId>,
}

async fn take(call: Call, body: Taking) -> Reply {
    let user = users::find(&call, users::UserRef::Username(body.username)).await?;
    let user = user.ok_or_else(|| Error::new("error-invalid-user", "There is no user with this username"))?;
    let role = find(&call, &body.role_id);
    let role = role.ok_or_else(|| Error::new("error-invalid-roleId", "This role does not exist"))?;
    let scope = body.scope.filter(|rid| !rid.as_str().is_empty());
    match users::take_role(&call, &user, &role, scope).await? {
        true => Ok(ok_with("role", &role)),
        false => Err(Error::new("error-user-not-in-role", "User is not in this role")),
    }
}

async fn in_public_roles(call: Call, (): ()) -> Reply {
    Ok(ok_with("users", &users::badges(&call).await?))
}
