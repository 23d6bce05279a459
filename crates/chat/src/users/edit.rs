//! Writing what is changed about an account, whoever asks for it.

use super::active::{self, Letting, Outcome};
use super::{changed, key, make, roles, status};
use crate::auth::{self, Proved};
use crate::{Caller, rooms};
use gantry_model::event::{Key, UserChange};
use gantry_model::{Email, Error, Result, RoleId, RoomId, User, UserId};
use gantry_store::{AuditEntry, Tx};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The longest text about somebody, and the longest nickname, in characters.
const LONGEST_BIO: usize = 260;
const LONGEST_NICKNAME: usize = 120;

/// What is to be written, checked already but for what depends on other accounts. What is absent stays.
#[derive(Clone, Debug, Default)]
pub(super) struct Edit {
    pub(super) name: Option<String>,
    pub(super) username: Option<String>,
    /// As it is kept.
    pub(super) email: Option<String>,
    /// Whether the address is taken as verified; a new one is not, unless said.
    pub(super) verified: Option<bool>,
    /// The hash. Who sets it need not choose another one any more, unless said.
    pub(super) password: Option<String>,
    pub(super) require_password_change: Option<bool>,
    /// All of them, each once.
    pub(super) roles: Option<Vec<RoleId>>,
    pub(super) status_text: Option<String>,
    pub(super) bio: Option<String>,
    pub(super) nickname: Option<String>,
    pub(super) custom_fields: Option<Map<String, Value>>,
    /// Whether its user may log in.
    pub(super) letting: Option<Letting>,
}

/// Refuses texts that are too long.
///
/// # Errors
/// `error-bio-size-exceeded`, `error-nickname-size-exceeded`.
pub(super) fn check_texts(bio: Option<&str>, nickname: Option<&str>) -> Result<()> {
    let too_long = |text: Option<&str>, limit| text.is_some_and(|text| text.trim().chars().count() > limit);
    if too_long(bio, LONGEST_BIO) {
        let text = format!("Bio size exceeds {LONGEST_BIO} characters");
        return Err(Error::new("error-bio-size-exceeded", text).in_method("saveUserProfile"));
    }
    if too_long(nickname, LONGEST_NICKNAME) {
        let text = format!("Nickname size exceeds {LONGEST_NICKNAME} characters");
        return Err(Error::new("error-nickname-size-exceeded", text).in_method("saveUserProfile"));
    }
    Ok(())
}

/// Writes it to the account, all or nothing, once `check` finds it right as of then; the account as it is afterwards. A new
/// password ends the account's other sessions. Whoever has another name has it everywhere.
///
/// # Errors
/// Those of `check`; `error-field-unavailable` for names that somebody else has; those of [`Letting::apply`];
/// `error-action-not-allowed` where the last active administrator would be none any more.
pub(super) async fn write(
    cx: &Caller,
    target: &UserId,
    edit: Edit,
    check: impl Fn(&Caller, &mut Tx<'_>, &User) -> Result<()> + Send + Sync + 'static,
) -> Result<Arc<User>> {
    let renamed = edit.name.is_some() || edit.username.is_some();
    let whole = Arc::new((edit, check));
    let (uid, of) = (target.clone(), whole.clone());
    let keys = keys(target, &whole.0);
    let write = move |me: &Caller, tx: &mut Tx<'_>, held: &[RoomId]| {
        let (edit, check) = &*of;
        let before = make::held(tx, &uid)?;
        check(me, tx, &before)?;
        check_free(tx, &before, edit)?;
        written(me, tx, before, edit, held)
    };
    let user = active::with_rooms(cx, target, whole.0.letting, keys, write).await?;
    if renamed {
        rooms::renamed(cx.chat(), target).await?;
    }
    Ok(user)
}

/// Names are the server's, and so is who administers it.
fn keys(target: &UserId, edit: &Edit) -> Vec<Key> {
    let of_server = edit.username.is_some() || edit.email.is_some() || edit.roles.is_some() || edit.letting.is_some();
    of_server.then_some(Key::Server).into_iter().chain([key(target)]).collect()
}

fn written(me: &Caller, tx: &mut Tx<'_>, before: User, edit: &Edit, held: &[RoomId]) -> Result<(Outcome, Arc<User>)> {
    let mut user = applied(before.clone(), edit);
    let outcome = match edit.letting {
        Some(letting) => letting.apply(me, tx, &mut user, held)?,
        None => Outcome::Done,
    };
    let outdated = matches!(outcome, Outcome::Outdated);
    if !outdated && (user != before || edit.password.is_some()) {
        store(me, tx, &before, &user, edit.password.as_deref())?;
    }
    Ok((outcome, Arc::new(user)))
}

/// The password is still the one that the caller showed.
///
/// # Errors
/// `totp-invalid`.
pub(super) fn still_proved(tx: &mut Tx<'_>, user: &User, proved: Option<&Proved>) -> Result<()> {
    match proved {
        Some(Proved(password)) if tx.accounts().password(&user.id)? != *password => Err(auth::wrong_proof()),
        _ => Ok(()),
    }
}

/// The user name cannot be the account's.
pub(super) fn not_saved(method: &'static str) -> Error {
    Error::new("error-could-not-save-identity", "Could not save user identity").in_method(method)
}

/// As published for forms with more than the user name in them: one that is taken could not be saved.
pub(super) fn or_not_saved(error: Error, method: &'static str) -> Error {
    match error.details() {
        Some(details) if error.is("error-field-unavailable") && details["method"] == "setUsername" => not_saved(method),
        _ => error,
    }
}

fn check_free(tx: &mut Tx<'_>, user: &User, edit: &Edit) -> Result<()> {
    if let Some(name) = &edit.username
        && tx.accounts().by_username(name)?.is_some_and(|other| other.id != user.id)
    {
        let text = format!("<strong>{name}</strong> is already in use :(");
        let details = json!({ "method": "setUsername", "field": name });
        return Err(Error::new("error-field-unavailable", text).with_details(details));
    }
    if let Some(address) = &edit.email
        && tx.accounts().by_email(address)?.is_some_and(|other| other.id != user.id)
    {
        let details = json!({ "function": "RocketChat._setEmail", "field": address });
        let text = format!("{address} is already in use :(");
        return Err(Error::new("error-field-unavailable", text).with_details(details));
    }
    Ok(())
}

fn applied(mut user: User, edit: &Edit) -> User {
    let text = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    if let Some(name) = &edit.name {
        user.name = text(name);
    }
    if let Some(username) = &edit.username {
        user.username = Some(username.as_str().into());
    }
    if let Some(address) = &edit.email {
        user.emails = vec![Email { address: address.as_str().into(), verified: false }];
    }
    if let (Some(verified), Some(email)) = (edit.verified, user.emails.first_mut()) {
        email.verified = verified;
    }
    if let Some(roles) = &edit.roles {
        user.roles.clone_from(roles);
    }
    if let Some(line) = &edit.status_text {
        user.status_text = status::shortened(line);
    }
    described(user, edit)
}

/// With what others read about the user, and whether another password must be chosen.
fn described(mut user: User, edit: &Edit) -> User {
    let text = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    if let Some(bio) = &edit.bio {
        user.profile.bio = text(bio);
    }
    if let Some(nickname) = &edit.nickname {
        user.profile.nickname = text(nickname);
    }
    if let Some(fields) = &edit.custom_fields {
        user.profile.custom_fields = Some(fields.clone());
    }
    let chosen = edit.password.as_ref().map(|_| false);
    if let Some(required) = edit.require_password_change.or(chosen) {
        user.profile.require_password_change = required;
    }
    user
}

fn store(me: &Caller, tx: &mut Tx<'_>, before: &User, user: &User, password: Option<&str>) -> Result<()> {
    if user.roles != before.roles {
        roles::replaced(tx, before, user)?;
    }
    tx.accounts().update(user)?;
    if user.emails != before.emails {
        tx.accounts().set_emails(&user.id, &user.emails)?;
    }
    if let Some(hash) = password {
        tx.accounts().set_password(&user.id, hash)?;
        match user.id == *me.id() {
            true => auth::end_others(me, tx)?,
            false => auth::end_all(tx, &user.id)?,
        }
    }
    tell(tx, before, user, password.is_some());
    match user.id == *me.id() {
        true => Ok(()),
        false => tx.audit().record(&updated(me, before, user, password.is_some())),
    }
}

fn tell(tx: &mut Tx<'_>, before: &User, user: &User, password: bool) {
    if (&user.username, &user.name) != (&before.username, &before.name) {
        changed(tx, &user.id, UserChange::Names);
    }
    if user.status_text != before.status_text {
        status::tell(tx, user);
    }
    if user.emails != before.emails || user.profile != before.profile || password {
        changed(tx, &user.id, UserChange::Other);
    }
}

/// Names what was changed about another's account, not what it is now: some of that is a secret of its owner's.
fn updated(me: &Caller, before: &User, user: &User, password: bool) -> AuditEntry {
    let parts = [
        (user.username != before.username, "username"),
        (user.name != before.name, "name"),
        (user.emails != before.emails, "emails"),
        (user.roles != before.roles, "roles"),
        (user.status_text != before.status_text, "statusText"),
        (user.profile != before.profile, "profile"),
        (password, "password"),
    ];
    let parts: Vec<&str> = parts.into_iter().filter(|(changed, _)| *changed).map(|(_, part)| part).collect();
    AuditEntry {
        uid: Some(me.id().clone()),
        ip: Some(me.origin().ip.to_string()),
        act: "user.updated",
        target: Some(user.id.to_string()),
        details: json!({ "changed": parts }),
    }
}
