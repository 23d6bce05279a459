//! `users.update`, `users.delete` and `users.deleteOwnAccount`.

use super::{UserKey, find_user};
use crate::call::Call;
use crate::endpoint::{Access, Api};
use crate::params::Params;
use crate::reply::{Reply, ok, ok_with};
use gantry_chat::users::{self, UserChanges, UserDoc};
use gantry_model::{Error, Permission, RoleId, UserId};
use serde_json::{Map, Value};

pub(super) fn endpoints(api: &mut Api) {
    api.post("users.update", Access::Administer, update)
        .names(Permission::EditOtherUserInfo)
        .names(Permission::EditOtherUserPassword)
        .names(Permission::AssignRoles)
        .names(Permission::AssignAdminRole)
        .names(Permission::EditOtherUserActiveStatus)
        .two_factor()
        .about("Changes an account.")
        .since("0.35.0")
        .answers("user", "User");
    api.post("users.delete", Access::Administer, delete)
        .names(Permission::DeleteUser)
        .about("Deletes an account.")
        .since("0.35.0")
        .answers("deletedRooms", "[string]");
    api.post("users.deleteOwnAccount", Access::Own, delete_own)
        .about("Deletes the caller's own account, where the settings let people do that.")
        .since("0.67.0");
}

/// Body of `users.update`.
#[derive(Params)]
#[params(strict)]
struct UpdateBody {
    /// The user's `_id`.
    user_id: UserId,
    data: UpdateData,
    /// Rooms that nobody else owns are given away, or removed where nobody else is in them, when the account is deactivated.
    #[params(nullable)]
    confirm_relinquish: Option<bool>,
}

#[derive(Params)]
#[params(strict)]
struct UpdateData {
    /// Display name.
    #[params(nullable)]
    name: Option<String>,
    /// Mail address.
    #[params(nullable)]
    email: Option<String>,
    /// A new password.
    #[params(nullable)]
    password: Option<String>,
    /// User name.
    #[params(nullable)]
    username: Option<String>,
    /// About the user.
    #[params(nullable)]
    bio: Option<String>,
    /// What others call the user.
    #[params(nullable)]
    nickname: Option<String>,
    /// A line beside the status.
    #[params(nullable)]
    status_text: Option<String>,
    /// May log in.
    #[params(nullable)]
    active: Option<bool>,
    /// All global roles.
    #[params(nullable)]
    roles: Option<Vec<RoleId>>,
    /// The user must choose another password.
    #[params(nullable)]
    require_password_change: Option<bool>,
    /// The server makes a password up.
    #[params(nullable)]
    set_random_password: Option<bool>,
    /// Without a meaning: nobody joins a room by being changed.
    #[params(nullable)]
    #[expect(dead_code, reason = "published for the form that also makes accounts, and ignored")]
    join_default_channels: Option<bool>,
    /// Without a meaning until the server can send mail.
    #[params(nullable)]
    #[expect(dead_code, reason = "published; no mail is sent yet")]
    send_welcome_email: Option<bool>,
    /// The mail address is taken as verified.
    #[params(nullable)]
    verified: Option<bool>,
    /// Fields that the administrator defined, and others.
    #[params(nullable)]
    custom_fields: Option<Map<String, Value>>,
}

async fn update(call: Call, body: UpdateBody) -> Reply {
    let data = body.data;
    let changes = UserChanges {
        name: data.name,
        username: data.username,
        email: data.email,
        verified: data.verified,
        password: data.password,
        random_password: data.set_random_password.unwrap_or(false),
        require_password_change: data.require_password_change,
        roles: data.roles,
        bio: data.bio,
        nickname: data.nickname,
        status_text: data.status_text,
        custom_fields: data.custom_fields,
        active: data.active,
        relinquish: body.confirm_relinquish.unwrap_or(false),
    };
    let user = users::update(&call, &body.user_id, changes).await?;
    Ok(ok_with("user", &UserDoc::created(call.chat(), &user)))
}

/// Body of `users.delete`.
#[derive(Params)]
struct Deleting {
    #[params(flatten)]
    user: UserKey,
    /// Rooms that nobody else owns are given away, or removed where nobody else is in them.
    #[params(default = false)]
    confirm_relinquish: bool,
}

async fn delete(call: Call, body: Deleting) -> Reply {
    users::may_delete(&call)?;
    let user = find_user(&call, &body.user).await?;
    Ok(ok_with("deletedRooms", &users::delete(&call, &user.id, body.confirm_relinquish).await?))
}

/// Body of `users.deleteOwnAccount`.
#[derive(Params)]
struct DeletingOwn {
    /// The password, as its SHA-256 in hex; the user name where there is none.
    password: Option<String>,
    /// Rooms that nobody else owns are given away, or removed where nobody else is in them.
    #[params(default = false)]
    confirm_relinquish: bool,
}

async fn delete_own(call: Call, body: DeletingOwn) -> Reply {
    let password = body.password.filter(|password| !password.is_empty());
    let password = password.ok_or_else(|| Error::text("Body parameter \"password\" is required."))?;
    users::delete_own(&call, &password, body.confirm_relinquish).await?;
    Ok(ok())
}
