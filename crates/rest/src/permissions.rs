//! `permissions.*` and `roles.*`: who may do what.

use crate::call::Call;
use crate::endpoint::{Access, Api};
use crate::params::Params;
use crate::reply::{Object, Reply, ok_with};
use gantry_chat::admin::{self, Grant};
use gantry_model::permission::SettingLevel;
use gantry_model::{Error, Millis, Permission, RoleId};
use serde_json::Value;

pub(crate) fn endpoints(api: &mut Api) {
    api.get("permissions.listAll", Access::Accounts, list_all)
        .about("Lists all permissions with the roles that hold them, or those that changed.")
        .since("0.73.0")
        .answers("update", "[Permission]")
        .answers("remove", "[Permission]");
    api.post("permissions.update", Access::Administer, update)
        .names(Permission::AccessPermissions)
        .about("Sets which roles hold permissions.")
        .since("0.66.0")
        .answers("permissions", "[Permission]");
    api.get("roles.list", Access::Accounts, roles).about("Lists all roles.").since("0.70.0").answers("roles", "[Role]");
}

#[derive(Params)]
struct UpdatedSince {
    /// Only what changed after this instant.
    updated_since: Option<String>,
}

async fn list_all(call: Call, query: UpdatedSince) -> Reply {
    let since = match query.updated_since.as_deref().filter(|text| !text.is_empty()) {
        Some(text) => Some(Millis::parse(text).ok_or_else(|| {
            Error::new("error-roomId-param-invalid", "The \"updatedSince\" query parameter must be a valid date.")
        })?),
        None => None,
    };
    let permissions = call.chat().permissions();
    let level = admin::listed_for(Some(&call));
    let update: Vec<_> =
        permissions.documents(level).filter(|one| since.is_none_or(|since| one.updated_at > since)).collect();
    Ok(Object::new().with("update", &update).with("remove", &[(); 0]).success())
}

#[derive(Params)]
struct Update {
    permissions: Option<Value>,
}

async fn update(call: Call, body: Update) -> Reply {
    let grants = body.permissions.as_ref().and_then(grants_of);
    let grants = grants.ok_or_else(|| Error::coded("error-invalid-body-params", "Invalid body params"))?;
    admin::update_permissions(&call, grants).await?;
    let permissions = call.chat().permissions();
    let documents: Vec<_> = permissions.documents(SettingLevel::Granted).collect();
    Ok(ok_with("permissions", &documents))
}

/// The body's list; nothing when it is not the published shape.
fn grants_of(value: &Value) -> Option<Vec<Grant>> {
    let one = |entry: &Value| {
        let roles = entry.get("roles")?.as_array()?;
        let roles: Option<Vec<RoleId>> = roles.iter().map(|role| role.as_str().map(RoleId::new)).collect();
        Some(Grant { permission: entry.get("_id")?.as_str()?.to_owned(), roles: roles? })
    };
    value.as_array()?.iter().map(one).collect::<Option<Vec<_>>>().filter(|grants| !grants.is_empty())
}

async fn roles(call: Call, (): ()) -> Reply {
    let roles = call.chat().roles();
    Ok(ok_with("roles", &roles.iter().collect::<Vec<_>>()))
}
