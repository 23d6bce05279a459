//! Administration by method: settings, roles, permissions, accounts.

use super::params::Document;
use super::table::Table;
use super::{Outcome, answer};
use gantry_chat::users::{self, NewUser, UserChanges, UserRef};
use gantry_chat::{Caller, admin};
use gantry_model::setting::Editor;
use gantry_model::{Error, Failure, Result, Role, RoleId, RoomId, SettingId, User, UserId};
use serde::Deserialize;
use serde_json::{Value, json};

pub(super) fn methods(table: &mut Table) {
    table.add("saveSetting", save_setting).two_factor();
    table.add("saveSettings", save_settings).two_factor();
    table.add("authorization:addPermissionToRole", |cx: Caller, params: (String, RoleId)| hand_out(cx, params, true));
    table.add("authorization:removeRoleFromPermission", |cx: Caller, params: (String, RoleId)| {
        hand_out(cx, params, false)
    });
    table.add("authorization:addUserToRole", give_role);
    table.add("authorization:removeUserFromRole", take_role);
    table.add("setAdminStatus", set_admin);
    table.add("setUserActiveStatus", set_active);
    table.add("insertOrUpdateUser", insert_or_update).two_factor();
    table.add("deleteUser", delete);
    table.add("authorization:deleteRole", delete_role);
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

/// The answer is what the database of others would say.
async fn delete_role(cx: Caller, (named,): (String,)) -> Outcome {
    const METHOD: &str = "authorization:deleteRole";
    let role = users::role(&cx, &named);
    let role = role.ok_or_else(|| Error::new("error-invalid-role", "Invalid role").in_method(METHOD))?;
    admin::delete_role(&cx, role.id).await.map_err(|error| match error.is("error-role-protected") {
        true => Error::new("error-delete-protected-role", "Cannot delete a protected role").in_method(METHOD),
        false => error,
    })?;
    answer(&json!({ "acknowledged": true, "deletedCount": 1 }))
}

async fn delete(cx: Caller, (uid, relinquish): (UserId, Option<bool>)) -> Outcome {
    let done = users::delete(&cx, &uid, relinquish.unwrap_or_default()).await;
    done.map_err(|error| match error.failure() {
        Failure::Forbidden => Error::not_allowed("deleteUser"),
        _ => error,
    })?;
    answer(&true)
}

/// The form that makes accounts, and changes those that it names.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Form {
    #[serde(rename = "_id")]
    id: Option<UserId>,
    name: Option<String>,
    username: Option<String>,
    email: Option<String>,
    verified: Option<bool>,
    password: Option<String>,
    set_random_password: Option<bool>,
    require_password_change: Option<bool>,
    roles: Option<Vec<RoleId>>,
    bio: Option<String>,
    nickname: Option<String>,
    status_text: Option<String>,
    join_default_channels: Option<bool>,
    custom_fields: Option<Document>,
}

async fn insert_or_update(cx: Caller, (form,): (Form,)) -> Outcome {
    match form.id.clone().filter(|id| !id.as_str().is_empty()) {
        Some(id) => {
            users::update(&cx, &id, form.changes()).await?;
            answer(&true)
        }
        None => answer(&users::create(&cx, form.new_user()).await?.id),
    }
}

impl Form {
    fn changes(self) -> UserChanges {
        UserChanges {
            name: self.name,
            username: self.username,
            email: self.email,
            verified: self.verified,
            password: self.password,
            random_password: self.set_random_password.unwrap_or_default(),
            require_password_change: self.require_password_change,
            roles: self.roles,
            bio: self.bio,
            nickname: self.nickname,
            status_text: self.status_text,
            custom_fields: self.custom_fields,
            active: None,
            relinquish: false,
        }
    }

    fn new_user(self) -> NewUser {
        NewUser {
            username: self.username.unwrap_or_default(),
            name: self.name.unwrap_or_default(),
            // An address is asked for; a blank one is none.
            email: Some(self.email.unwrap_or_default()),
            verified: self.verified.unwrap_or_default(),
            password: self.password,
            random_password: self.set_random_password.unwrap_or_default(),
            require_password_change: self.require_password_change.unwrap_or_default(),
            roles: self.roles.unwrap_or_default(),
            active: None,
            nickname: self.nickname,
            bio: self.bio,
            status_text: self.status_text,
            custom_fields: self.custom_fields,
            join_default_rooms: self.join_default_channels.unwrap_or_default(),
        }
    }
}
