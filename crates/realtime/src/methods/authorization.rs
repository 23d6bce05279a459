//! Administration by method: settings, roles, permissions, accounts.

use super::table::Table;
use super::{Outcome, answer};
use gantry_chat::users::{self, UserRef};
use gantry_chat::{Caller, admin};
use gantry_model::setting::Editor;
use gantry_model::{Error, Result, Role, RoleId, RoomId, SettingId, User, UserId};
use serde::Deserialize;
use serde_json::Value;

pub(super) fn methods(table: &mut Table) {
    table.add("saveSetting", save_setting);
    table.add("saveSettings", save_settings);
    table.add("authorization:addPermissionToRole", |cx: Caller, params: (String, RoleId)| hand_out(cx, params, true));
    table.add("authorization:removeRoleFromPermission", |cx: Caller, params: (String, RoleId)| {
        hand_out(cx, params, false)
    });
    table.add("authorization:addUserToRole", give_role);
    table.add("authorization:removeUserFromRole", take_role);
    table.add("setAdminStatus", set_admin);
    table.add("setUserActiveStatus", set_active);
}

async fn save_setting(cx: Caller, (id, value, editor): (SettingId, Value, Option<Value>)) -> Outcome {
    let editor = match editor.as_ref().and_then(Value::as_str) {
        Some("color") => Some(Editor::Color),
        Some("expression") => Some(Editor::Expression),
        _ => None,
    };
    admin::change_setting(&cx, id, value, editor).await?;
    answer(&true)
}

#[derive(Deserialize)]
struct Change {
    #[serde(rename = "_id")]
    id: SettingId,
    value: Value,
}

async fn save_settings(cx: Caller, (changes,): (Vec<Change>,)) -> Outcome {
    admin::change_settings(&cx, changes.into_iter().map(|change| (change.id, change.value)).collect()).await?;
    answer(&true)
}

async fn hand_out(cx: Caller, (permission, role): (String, RoleId), holds: bool) -> Outcome {
    admin::set_holder(&cx, permission, role, holds).await?;
    Ok(None)
}

/// The role and the user that a call names.
async fn both(cx: &Caller, role: &str, username: String, method: &'static str) -> Result<(Role, Option<User>)> {
    if role.is_empty() || username.trim().is_empty() {
        return Err(Error::new("error-invalid-arguments", "Invalid arguments").in_method(method));
    }
    let role = users::role(cx, role);
    let role = role.ok_or_else(|| Error::new("error-invalid-role", "Invalid Role").in_method(method))?;
    Ok((role, users::find(cx, UserRef::Username(username)).await?))
}

type Giving = (String, String, Option<RoomId>);

async fn give_role(cx: Caller, (role, username, scope): Giving) -> Outcome {
    const METHOD: &str = "authorization:addUserToRole";
    let (role, user) = both(&cx, &role, username, METHOD).await?;
    let user = user.ok_or_else(|| Error::new("error-user-not-found", "User not found").in_method(METHOD))?;
    users::give_role(&cx, &user, &role, scope.filter(|rid| !rid.as_str().is_empty())).await?;
    answer(&true)
}

async fn take_role(cx: Caller, (role, username, scope): Giving) -> Outcome {
    const METHOD: &str = "authorization:removeUserFromRole";
    let (role, user) = both(&cx, &role, username, METHOD).await?;
    let user = user.ok_or_else(|| Error::invalid_user(METHOD))?;
    users::take_role(&cx, &user, &role, scope.filter(|rid| !rid.as_str().is_empty())).await?;
    answer(&true)
}

async fn set_admin(cx: Caller, (uid, admin): (UserId, Option<bool>)) -> Outcome {
    const METHOD: &str = "setAdminStatus";
    let missing = || Error::not_allowed(METHOD);
    let role = users::role(&cx, "admin").ok_or_else(missing)?;
    let user = users::find(&cx, UserRef::Id(uid)).await?.ok_or_else(missing)?;
    match admin.unwrap_or_default() {
        true => users::give_role(&cx, &user, &role, None).await?,
        false => users::take_role(&cx, &user, &role, None).await?,
    };
    Ok(None)
}

async fn set_active(cx: Caller, (uid, active, relinquish): (UserId, bool, Option<bool>)) -> Outcome {
    let done = users::set_active(&cx, &uid, active, relinquish.unwrap_or_default()).await;
    done.map_err(|error| match error.is("error-unauthorized") {
        true => Error::not_allowed("setUserActiveStatus"),
        false => error,
    })?;
    answer(&true)
}
