//! What administrators change about accounts. Their owners may come by the same way, within what they may change.

use super::active::Letting;
use super::create::{check_roles, check_username, not_allowed};
use super::edit::{self, Edit};
use super::{custom_fields, make, names, roles};
use crate::Caller;
use crate::auth::{self, Proved};
use gantry_model::role::builtin;
use gantry_model::{Error, Permission, Result, RoleId, Settings, User, UserId};
use gantry_store::Tx;
use serde_json::{Map, Value};
use std::sync::Arc;

/// `details.method` of refusals to save the names.
const SAVE: &str = "saveUser";

/// What is to be changed of an account; what is absent stays.
#[derive(Clone, Default)]
pub struct UserChanges {
    /// The display name.
    pub name: Option<String>,
    /// The user name.
    pub username: Option<String>,
    /// The mail address.
    pub email: Option<String>,
    /// It is taken as verified, or not.
    pub verified: Option<bool>,
    /// A new password, plain.
    pub password: Option<String>,
    /// The server makes a password up that nobody knows.
    pub random_password: bool,
    /// The user must choose another one.
    pub require_password_change: Option<bool>,
    /// All global roles.
    pub roles: Option<Vec<RoleId>>,
    /// About the user; empty takes it away.
    pub bio: Option<String>,
    /// What others call the user; empty takes it away.
    pub nickname: Option<String>,
    /// The line beside the status; empty takes it away.
    pub status_text: Option<String>,
    /// Fields that the administrator defined, and others of who may edit other accounts.
    pub custom_fields: Option<Map<String, Value>>,
    /// May log in.
    pub active: Option<bool>,
    /// Rooms that nobody else owns are given away when the account is deactivated.
    pub relinquish: bool,
}

/// Changes an account; as it is then. No mail is sent.
///
/// In order: the display name is valid (plain text); the account exists (`User not found`); not the own address is called
/// verified, `edit-other-user-info` for another's account, the roles exist, `assign-admin-role` where administrators are
/// made or unmade, `assign-roles` for other roles than there are, each part may be changed (by the settings for the own
/// account, `edit-other-user-password` for another's password): all `error-action-not-allowed`; with `active`,
/// `edit-other-user-active-status` (`error-not-allowed`); the user name is valid (`error-input-is-not-a-valid-field`) and not
/// kept back (`error-blocked-username`); bio, nickname and custom fields fit; the address is allowed; a new password or
/// address of the own account, or that its user must choose a password, is proved (`totp-required`, `totp-invalid`); the
/// password keeps the policy; the user name is free (`error-could-not-save-identity`), the address is free
/// (`error-field-unavailable`), the last active administrator stays one (`error-action-not-allowed`); for the rest of
/// `active` as [`super::set_active`]. All of it is changed, or nothing.
///
/// # Errors
/// As above.
pub async fn update(cx: &Caller, target: &UserId, changes: UserChanges) -> Result<Arc<User>> {
    if let Some(name) = &changes.name {
        names::check_name(name)?;
    }
    let before = super::get(cx.chat(), target).await?.ok_or_else(make::no_user)?;
    let changes = differing(&before, changes);
    may_update(cx, &before, &changes)?;
    let edit = checked(&cx.chat().settings().clone(), &changes, cx.has(Permission::EditOtherUserInfo))?;
    let (edit, proved) = with_password(cx, &before, edit, &changes).await?;
    let check = move |me: &Caller, tx: &mut Tx<'_>, user: &User| {
        may_update(me, user, &changes)?;
        edit::still_proved(tx, user, proved.as_ref())
    };
    edit::write(cx, target, edit, check).await.map_err(|error| edit::or_not_saved(error, SAVE))
}

/// Without what is so already.
fn differing(user: &User, mut changes: UserChanges) -> UserChanges {
    let given = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let email = user.emails.first();
    changes.name = given(changes.name).filter(|name| Some(name) != user.name.as_ref());
    changes.username =
        given(changes.username).filter(|name| Some(name.as_str()) != user.username.as_ref().map(|own| own.as_str()));
    changes.email = given(changes.email).filter(|address| email.is_none_or(|own| own.address.as_str() != address));
    let same = |verified: &bool| changes.email.is_none() && email.is_some_and(|own| own.verified == *verified);
    changes.verified = changes.verified.filter(|verified| !same(verified));
    changes.password = changes.password.filter(|password| !password.trim().is_empty());
    changes.roles = changes.roles.map(|wanted| roles::distinct(&wanted)).filter(|wanted| !same_roles(user, wanted));
    changes.status_text = changes.status_text.filter(|text| *text != user.status_text);
    changes.active = changes.active.filter(|active| *active != user.active);
    changes
}

fn same_roles(user: &User, wanted: &[RoleId]) -> bool {
    user.roles.len() == wanted.len() && wanted.iter().all(|role| user.roles.contains(role))
}

fn may_update(me: &Caller, user: &User, changes: &UserChanges) -> Result<()> {
    let own = user.id == *me.id();
    if own && changes.verified == Some(true) {
        return Err(not_allowed("Editing email verification is not allowed", "Editing_user"));
    }
    if !own && !me.has(Permission::EditOtherUserInfo) {
        return Err(not_allowed("Editing user is not allowed", "Editing_user"));
    }
    if let Some(roles) = &changes.roles {
        may_assign(me, user, roles)?;
    }
    may_edit(me, user, changes)?;
    if changes.active.is_some() && !me.has(Permission::EditOtherUserActiveStatus) {
        return Err(Error::not_allowed("setUserActiveStatus"));
    }
    Ok(())
}

fn may_assign(me: &Caller, user: &User, roles: &[RoleId]) -> Result<()> {
    check_roles(me.chat(), roles)?;
    if roles.is_empty() {
        // Nobody without a role can log in.
        return Err(not_allowed("The field Roles consist invalid role id", "Assign_role"));
    }
    let admin = roles.iter().any(|role| *role == builtin::ADMIN);
    if admin != user.has_role(builtin::ADMIN) && !me.has(Permission::AssignAdminRole) {
        return Err(not_allowed("Assigning admin is not allowed", "Assign_admin"));
    }
    match me.has(Permission::AssignRoles) {
        true => Ok(()),
        false => Err(not_allowed("Assign roles is not allowed", "Assign_role")),
    }
}

/// Whether it changes if the user must choose another password, besides what a new one changes about that.
fn changes_duty(user: &User, changes: &UserChanges) -> bool {
    let differs = |required: &bool| *required != user.profile.require_password_change;
    changes.require_password_change.filter(differs).is_some_and(|required| required || changes.password.is_none())
}

/// The settings say what one may change of the own account, permissions what of others'. Who must choose another password
/// does it without showing the one there is: nobody may bring that about for the own account who could not set passwords.
fn may_edit(me: &Caller, user: &User, changes: &UserChanges) -> Result<()> {
    let (own, settings) = (user.id == *me.id(), me.chat().settings());
    let refused = |text| Err(not_allowed(text, "Update_user"));
    let (info, password) = (me.has(Permission::EditOtherUserInfo), me.has(Permission::EditOtherUserPassword));
    if !settings.bool("Accounts_AllowUserProfileChange") && !info && !password {
        return refused("Edit user profile is not allowed");
    }
    if own && !password && changes_duty(user, changes) {
        return refused("Edit user password is not allowed");
    }
    let sets_password = changes.password.is_some() || changes.random_password;
    let table = [
        (changes.username.is_some(), "Accounts_AllowUsernameChange", info, "Edit username is not allowed"),
        (
            changes.status_text.is_some(),
            "Accounts_AllowUserStatusMessageChange",
            info,
            "Edit user status is not allowed",
        ),
        (changes.name.is_some(), "Accounts_AllowRealNameChange", info, "Edit user real name is not allowed"),
        (changes.email.is_some(), "Accounts_AllowEmailChange", info, "Edit user email is not allowed"),
        (sets_password, "Accounts_AllowPasswordChange", password, "Edit user password is not allowed"),
    ];
    let may = |setting: &str, of_others| if own { settings.bool(setting) } else { of_others };
    match table.into_iter().find(|(wanted, setting, of_others, _)| *wanted && !may(setting, *of_others)) {
        Some((.., text)) => refused(text),
        None => Ok(()),
    }
}

/// What can be refused without looking at other accounts. `any_field`: also custom fields that nothing defines are kept.
fn checked(settings: &Settings, changes: &UserChanges, any_field: bool) -> Result<Edit> {
    if let Some(username) = &changes.username {
        check_username(settings, username)?;
        names::check_blocked(settings, username)?;
    }
    edit::check_texts(changes.bio.as_deref(), changes.nickname.as_deref())?;
    Ok(Edit {
        name: changes.name.clone(),
        username: changes.username.clone(),
        email: changes.email.as_deref().map(|address| names::check_email(settings, address)).transpose()?,
        verified: changes.verified,
        require_password_change: changes.random_password.then_some(true).or(changes.require_password_change),
        roles: changes.roles.clone(),
        bio: changes.bio.clone(),
        nickname: changes.nickname.clone(),
        status_text: changes.status_text.clone(),
        custom_fields: custom_fields::accept(settings, changes.custom_fields.clone(), any_field)?,
        letting: changes.active.map(|active| Letting { active, relinquish: changes.relinquish }),
        ..Edit::default()
    })
}

/// With the hash of a new password; and what the caller proved, where it is the own account.
async fn with_password(cx: &Caller, user: &User, edit: Edit, changes: &UserChanges) -> Result<(Edit, Option<Proved>)> {
    let random = changes.random_password.then(gantry_store::random_secret);
    let plain = random.as_deref().or(changes.password.as_deref());
    let guarded = user.id == *cx.id() && (edit.email.is_some() || plain.is_some() || changes_duty(user, changes));
    let proved = if guarded { Some(auth::prove_factor(cx, None).await?) } else { None };
    let password = match plain {
        Some(plain) => Some(auth::allowed_password(cx.chat(), plain).await?),
        None => None,
    };
    Ok((Edit { password, ..edit }, proved))
}
