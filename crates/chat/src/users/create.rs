//! Creating accounts for others.

use super::make::{self, Draft, Taken};
use super::{custom_fields, edit, names, roles, status};
use crate::{Caller, Chat, Origin, auth};
use gantry_model::role::builtin;
use gantry_model::{Error, Permission, Profile, Result, RoleId, Settings, User};
use gantry_store::{AuditEntry, Tx};
use serde_json::{Map, Value, json};
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

/// `details.method` of refusals.
const METHOD: &str = "insertOrUpdateUser";

/// An account to be created for somebody.
#[derive(Clone, Default)]
pub struct NewUser {
    /// The user name.
    pub username: String,
    /// The display name.
    pub name: String,
    /// The mail address; the command line may leave it out.
    pub email: Option<String>,
    /// It is taken as verified.
    pub verified: bool,
    /// The password, plain.
    pub password: Option<String>,
    /// The server makes a password up that nobody knows.
    pub random_password: bool,
    /// The user must choose another one.
    pub require_password_change: bool,
    /// Global roles; none = those that everybody gets.
    pub roles: Vec<RoleId>,
    /// May log in; unless said, yes.
    pub active: Option<bool>,
    /// What others call the user.
    pub nickname: Option<String>,
    /// About the user.
    pub bio: Option<String>,
    /// A line beside the status.
    pub status_text: Option<String>,
    /// Fields that the administrator defined, and others.
    pub custom_fields: Option<Map<String, Value>>,
    /// Joins the default rooms.
    pub join_default_rooms: bool,
}

/// Creates an account on behalf of the caller. No mail is sent.
///
/// In order: the display name is valid (plain text); `create-user`, the roles exist, `assign-admin-role` for an
/// administrator, `assign-roles` for roles that not everybody gets, all `error-action-not-allowed`; with `active`,
/// `edit-other-user-active-status` (`error-not-allowed`); name, user name and password are given
/// (`error-the-field-is-required`); the user name is valid (`error-input-is-not-a-valid-field`) and not kept back
/// (`error-blocked-username`); bio, nickname and custom fields fit; the mail address is allowed (`error-invalid-email` and
/// its kin); both names are free (`error-field-unavailable`).
///
/// # Errors
/// As above.
pub async fn create(cx: &Caller, new: NewUser) -> Result<Arc<User>> {
    names::check_name(&new.name)?;
    may_create(cx, &new)?;
    let draft = draft(cx.chat(), &new, true).await?;
    let keys = make::keys(cx.chat()).await?;
    let held = keys.clone();
    cx.write(keys, move |me, tx| {
        may_create(me, &new)?;
        check_free(tx, &draft)?;
        let user = make::insert(me.chat(), tx, &draft, &held, &Arc::new(me.origin().clone()))?;
        tx.audit().record(&created(Some(me), &user))?;
        Ok(user)
    })
    .await
}

/// Creates an account on behalf of the machine's own command line: no permission is asked for, no password policy, and
/// names that are kept back are allowed.
///
/// # Errors
/// As [`create`], but for permissions and kept back names.
pub async fn create_as_server(chat: &Chat, new: NewUser) -> Result<Arc<User>> {
    names::check_name(&new.name)?;
    check_roles(chat, &new.roles)?;
    let draft = draft(chat, &new, false).await?;
    let keys = make::keys(chat).await?;
    let (me, held) = (chat.clone(), keys.clone());
    let write = move |tx: &mut Tx<'_>| {
        check_free(tx, &draft)?;
        let user = make::insert(&me, tx, &draft, &held, &Arc::new(here()))?;
        tx.audit().record(&created(None, &user))?;
        Ok(user)
    };
    chat.write(keys, write).await
}

/// The machine itself.
pub(super) fn here() -> Origin {
    Origin { ip: IpAddr::V4(Ipv4Addr::LOCALHOST), local: true, user_agent: "gantry".into() }
}

fn created(by: Option<&Caller>, user: &User) -> AuditEntry {
    AuditEntry {
        uid: by.map(|by| by.id().clone()),
        ip: by.map(|by| by.origin().ip.to_string()),
        act: "user.created",
        target: Some(user.id.to_string()),
        details: json!({ "username": user.username, "roles": user.roles, "active": user.active }),
    }
}

fn may_create(me: &Caller, new: &NewUser) -> Result<()> {
    if !me.has(Permission::CreateUser) {
        return Err(not_allowed("Adding user is not allowed", "Adding_user"));
    }
    check_roles(me.chat(), &new.roles)?;
    if new.roles.iter().any(|role| role == builtin::ADMIN) && !me.has(Permission::AssignAdminRole) {
        return Err(not_allowed("Assigning admin is not allowed", "Assign_admin"));
    }
    let usual = make::default_roles(me.chat());
    if new.roles.iter().any(|role| !usual.contains(role)) && !me.has(Permission::AssignRoles) {
        return Err(not_allowed("Assign roles is not allowed", "Assign_role"));
    }
    if new.active.is_some() && !me.has(Permission::EditOtherUserActiveStatus) {
        return Err(Error::not_allowed("setUserActiveStatus"));
    }
    Ok(())
}

pub(super) fn check_roles(chat: &Chat, roles: &[RoleId]) -> Result<()> {
    match make::unknown_role(chat, roles) {
        Some(_) => Err(not_allowed("The field Roles consist invalid role id", "Assign_role")),
        None => Ok(()),
    }
}

pub(super) fn not_allowed(text: &'static str, action: &'static str) -> Error {
    Error::new("error-action-not-allowed", text).with_details(json!({ "method": METHOD, "action": action }))
}

/// What can be refused without looking at other accounts; then the password is hashed.
async fn draft(chat: &Chat, new: &NewUser, over_the_network: bool) -> Result<Draft> {
    let (email, custom_fields) = check(&chat.settings(), new, over_the_network)?;
    let random = new.random_password.then(gantry_store::random_secret);
    let password = match random.as_deref().or(new.password.as_deref()) {
        Some(password) => Some(auth::hash_password(chat, password).await?),
        None => None,
    };
    let text =
        |text: &Option<String>| text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned);
    Ok(Draft {
        username: new.username.trim().to_owned(),
        name: Some(new.name.trim().to_owned()).filter(|name| !name.is_empty()),
        email: email.map(|address| (address, new.verified)),
        password,
        roles: if new.roles.is_empty() { make::default_roles(chat) } else { roles::distinct(&new.roles) },
        active: new.active.unwrap_or(true),
        status_text: status::shortened(new.status_text.as_deref().unwrap_or_default()),
        profile: Profile {
            nickname: text(&new.nickname),
            bio: text(&new.bio),
            custom_fields,
            require_password_change: new.require_password_change || new.random_password,
            ..Profile::default()
        },
        join_default_rooms: new.join_default_rooms,
    })
}

type Accepted = (Option<String>, Option<Map<String, Value>>);

fn check(settings: &Settings, new: &NewUser, over_the_network: bool) -> Result<Accepted> {
    let required = |field: &'static str| {
        let error = Error::new("error-the-field-is-required", format!("The field {field} is required"));
        error.with_details(json!({ "method": METHOD, "field": field }))
    };
    if settings.bool("Accounts_RequireNameForSignUp") && new.name.trim().is_empty() {
        return Err(required("Name"));
    }
    let username = new.username.trim();
    if username.is_empty() {
        return Err(required("Username"));
    }
    check_username(settings, username)?;
    let given = new.password.as_deref().is_some_and(|password| !password.trim().is_empty());
    if over_the_network && !given && !new.random_password {
        return Err(required("Password"));
    }
    if over_the_network {
        names::check_blocked(settings, username)?;
    }
    edit::check_texts(new.bio.as_deref(), new.nickname.as_deref())?;
    let fields = custom_fields::accept(settings, new.custom_fields.clone(), true)?;
    let email = new.email.as_deref().map(|email| names::check_email(settings, email)).transpose()?;
    Ok((email, fields))
}

pub(super) fn check_username(settings: &Settings, username: &str) -> Result<()> {
    if names::is_username(settings, username) {
        return Ok(());
    }
    let details = json!({ "method": METHOD, "input": username, "field": "Username" });
    let error = Error::new("error-input-is-not-a-valid-field", format!("{username} is not a valid username"));
    Err(error.with_details(details))
}

fn check_free(tx: &mut Tx<'_>, draft: &Draft) -> Result<()> {
    let field = match make::taken(tx, draft)? {
        None => return Ok(()),
        Some(Taken::Username) => &draft.username,
        Some(Taken::Email) => draft.email.as_ref().map_or(&draft.username, |(address, _)| address),
    };
    let error = Error::new("error-field-unavailable", format!("{field} is already in use :("));
    Err(error.with_details(json!({ "method": METHOD, "field": field })))
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_model::{Millis, SettingBase};

    fn refusal(change: fn(&mut NewUser)) -> String {
        let mut new = NewUser {
            username: "ann".into(),
            name: "Ann".into(),
            email: Some("ann@x.io".into()),
            password: Some("x".into()),
            ..NewUser::default()
        };
        change(&mut new);
        let settings = Settings::new(SettingBase::new(Millis(1)), []);
        check(&settings, &new, true).err().map(|error| error.to_string()).unwrap_or_default()
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(refusal(|_| ()), "");
        assert_eq!(refusal(|new| new.name = " ".into()), "The field Name is required [error-the-field-is-required]");
        assert_eq!(
            refusal(|new| new.username = "".into()),
            "The field Username is required [error-the-field-is-required]"
        );
        assert_eq!(refusal(|new| new.password = None), "The field Password is required [error-the-field-is-required]");
        assert_eq!(refusal(|new| (new.password, new.random_password) = (None, true)), "");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let name = "a b is not a valid username [error-input-is-not-a-valid-field]";
        assert_eq!(refusal(|new| new.username = "a b".into()), name);
        assert!(refusal(|new| new.username = "all".into()).ends_with("[error-blocked-username]"));
        assert!(refusal(|new| new.bio = Some("x".repeat(261))).ends_with("[error-bio-size-exceeded]"));
        assert!(refusal(|new| new.nickname = Some("x".repeat(121))).ends_with("[error-nickname-size-exceeded]"));
        assert!(refusal(|new| new.email = Some("x".into())).ends_with("[error-invalid-email]"));
    }
}
