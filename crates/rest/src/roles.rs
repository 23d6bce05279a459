//! `roles.*` that make roles and give them to people.

use crate::call::Call;
use crate::endpoint::{Access, Api};
use crate::page::PageParams;
use crate::params::Params;
use crate::reply::{Reply, ok, ok_page, ok_with};
use crate::users::{UserKey, find_user};
use gantry_chat::admin::{self, RoleForm};
use gantry_chat::users;
use gantry_model::{Error, Millis, Permission, Result, Role, RoleId, RoleScope, RoomId};

pub(crate) fn endpoints(api: &mut Api) {
    made(api);
    given(api);
}

fn made(api: &mut Api) {
    api.post("roles.create", Access::Administer, create)
        .names(Permission::AccessPermissions)
        .about("Makes a role.")
        .since("0.70.0")
        .answers("role", "Role");
    api.post("roles.update", Access::Administer, update)
        .names(Permission::AccessPermissions)
        .about("Changes a role.")
        .answers("role", "Role");
    api.post("roles.delete", Access::Administer, delete)
        .names(Permission::AccessPermissions)
        .about("Deletes a role that nobody holds.")
        .since("3.17.0");
    api.get("roles.sync", Access::Accounts, sync)
        .about("Lists the roles that changed, and those that are gone.")
        .since("3.1.0")
        .answers("roles", "object");
}

fn given(api: &mut Api) {
    api.get("roles.getUsersInRole", Access::Administer, in_role)
        .names(Permission::AccessPermissions)
        .names(Permission::ViewOtherUserChannels)
        .about("Lists those who hold a role.")
        .since("1.3.0")
        .answers("users", "[User]");
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

/// Body of `roles.create`.
#[derive(Params)]
struct RoleBody {
    /// Its name.
    name: Option<String>,
    /// `Users` or `Subscriptions`: where it is given.
    scope: Option<String>,
    /// The text shown as a badge.
    description: Option<String>,
    /// Its holders are to set up a second factor.
    mandatory2fa: Option<bool>,
}

impl RoleBody {
    /// Another word than the published ones means nothing.
    fn form(self) -> RoleForm {
        RoleForm {
            name: self.name.unwrap_or_default(),
            scope: self.scope.as_deref().and_then(RoleScope::from_name),
            description: self.description,
            mandatory_2fa: self.mandatory2fa,
        }
    }
}

async fn create(call: Call, body: RoleBody) -> Reply {
    Ok(ok_with("role", &admin::create_role(&call, body.form()).await?))
}

/// Body of `roles.update`.
#[derive(Params)]
struct Changed {
    /// The role's `_id`.
    role_id: Option<RoleId>,
    #[params(flatten)]
    role: RoleBody,
}

async fn update(call: Call, body: Changed) -> Reply {
    let id = named(body.role_id)?;
    Ok(ok_with("role", &admin::update_role(&call, id, body.role.form()).await?))
}

/// Body of `roles.delete`.
#[derive(Params)]
struct Deleted {
    /// The role's `_id`.
    role_id: Option<RoleId>,
}

async fn delete(call: Call, body: Deleted) -> Reply {
    admin::delete_role(&call, named(body.role_id)?).await?;
    Ok(ok())
}

fn named(id: Option<RoleId>) -> Result<RoleId> {
    let invalid = || Error::new("error-invalid-role-properties", "The role properties are invalid.");
    id.filter(|id| !id.as_str().is_empty()).ok_or_else(invalid)
}

/// Query of `roles.sync`.
#[derive(Params)]
struct Syncing {
    /// Only what changed after this instant.
    updated_since: Option<String>,
}

async fn sync(call: Call, query: Syncing) -> Reply {
    let since = query.updated_since.ok_or_else(|| Error::text("Match error: Missing key 'updatedSince'"))?;
    let since = Millis::parse(&since).ok_or_else(|| {
        let text = "The \"updatedSince\" query parameter must be a valid date.";
        Error::new("error-updatedSince-param-invalid", text)
    })?;
    Ok(ok_with("roles", &admin::role_changes(&call, since).await?))
}

/// Query of `roles.getUsersInRole`.
#[derive(Params)]
struct Holding {
    /// The role's `_id`, or its name.
    role: Option<String>,
    /// The room that a role of rooms is held in.
    room_id: Option<RoomId>,
    #[params(flatten)]
    page: PageParams,
}

async fn in_role(call: Call, query: Holding) -> Reply {
    let missing = || Error::new("error-param-not-provided", "Query param \"role\" is required");
    let named = query.role.filter(|named| !named.is_empty()).ok_or_else(missing)?;
    let role = find(&call, &named).ok_or_else(|| Error::new("error-invalid-roleId", ""))?;
    let page = query.page.page(&call.page_limits());
    let room = query.room_id.filter(|rid| !rid.as_str().is_empty());
    let found = users::in_role(&call, &role, room, page.offset, page.count).await?;
    Ok(ok_page("users", &found.users, page, found.total))
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
