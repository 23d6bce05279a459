//! What people change about their own accounts: names, address, password, what is told about them.

use super::edit::{self, Edit};
use super::{StatusChange, custom_fields, names, status};
use crate::Caller;
use crate::auth::{self, Digest, Proved};
use gantry_model::{Error, Result, Settings, Status, User};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// `details.method` of refusals.
const SAVE: &str = "saveUserProfile";

/// What is to be changed of the own account; what is absent or empty stays.
#[derive(Clone, Debug, Default)]
pub struct ProfileChanges {
    /// The display name.
    pub name: Option<String>,
    /// The user name.
    pub username: Option<String>,
    /// The mail address.
    pub email: Option<String>,
    /// A new password, plain.
    pub password: Option<String>,
    /// The password there is, which a new password or address asks for, where it did not come with the call.
    pub proof: Option<Digest>,
    /// About the user; empty takes it away.
    pub bio: Option<String>,
    /// What others call the user; empty takes it away.
    pub nickname: Option<String>,
    /// The default status.
    pub status: Option<Status>,
    /// The line beside it; empty takes it away.
    pub status_text: Option<String>,
    /// Fields that the administrator defined.
    pub custom_fields: Option<Map<String, Value>>,
}

/// Changes the own account; as it is then.
///
/// In order: `Accounts_AllowUserProfileChange` (`error-not-allowed`); each part may be changed (`error-action-not-allowed`);
/// the display name is valid (a plain text), bio, nickname and custom fields fit, the address is allowed; a new password or
/// address is proved by the password there is (`totp-required`, `totp-invalid`); the new password is another one and keeps the
/// policy; the user name is valid and free (`error-could-not-save-identity`, `error-blocked-username`), the address is free
/// (`error-field-unavailable`). A new password ends the other sessions.
///
/// # Errors
/// As above.
pub async fn save_profile(cx: &Caller, changes: ProfileChanges) -> Result<Arc<User>> {
    let settings = cx.chat().settings().clone();
    if !settings.bool("Accounts_AllowUserProfileChange") {
        return Err(Error::not_allowed(SAVE));
    }
    let changes = differing(cx.user(), changes);
    may_change(&settings, &changes)?;
    let edit = checked(&settings, &changes)?;
    let (edit, proved) = with_password(cx, edit, &changes).await?;
    let user = written(cx, edit, proved).await.map_err(|error| edit::or_not_saved(error, SAVE))?;
    let line = changes.status_text.clone();
    if changes.status.is_some() || line.is_some() {
        let change = StatusChange { status: changes.status, text: line, until: None };
        status::set_status(cx, cx.id(), change, SAVE).await?;
    }
    Ok(super::get(cx.chat(), cx.id()).await?.unwrap_or(user))
}

/// Without what is so already.
fn differing(user: &User, mut changes: ProfileChanges) -> ProfileChanges {
    let given = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
    let username = user.username.as_ref().map(ToString::to_string);
    let email = user.emails.first().map(|email| email.address.to_string());
    changes.name = given(changes.name).filter(|name| Some(name.trim()) != user.name.as_deref());
    changes.username = given(changes.username).filter(|name| Some(name) != username.as_ref());
    changes.email = given(changes.email).filter(|address| Some(address) != email.as_ref());
    changes.password = changes.password.filter(|password| !password.is_empty());
    changes.status_text = changes.status_text.filter(|text| *text != user.status_text);
    changes
}

fn may_change(settings: &Settings, changes: &ProfileChanges) -> Result<()> {
    let table = [
        (changes.username.is_some(), "Accounts_AllowUsernameChange", "Edit username is not allowed"),
        (changes.status_text.is_some(), "Accounts_AllowUserStatusMessageChange", "Edit user status is not allowed"),
        (changes.name.is_some(), "Accounts_AllowRealNameChange", "Edit user real name is not allowed"),
        (changes.email.is_some(), "Accounts_AllowEmailChange", "Edit user email is not allowed"),
        (changes.password.is_some(), "Accounts_AllowPasswordChange", "Edit user password is not allowed"),
    ];
    match table.into_iter().find(|(wanted, setting, _)| *wanted && !settings.bool(setting)) {
        Some((.., text)) => {
            let details = json!({ "method": "insertOrUpdateUser", "action": "Update_user" });
            Err(Error::new("error-action-not-allowed", text).with_details(details))
        }
        None => Ok(()),
    }
}

/// What can be refused without looking at other accounts.
fn checked(settings: &Settings, changes: &ProfileChanges) -> Result<Edit> {
    if let Some(name) = &changes.name {
        names::check_name(name)?;
    }
    edit::check_texts(changes.bio.as_deref(), changes.nickname.as_deref())?;
    if let Some(username) = &changes.username {
        if !names::is_username(settings, username) {
            return Err(edit::not_saved(SAVE));
        }
        names::check_blocked(settings, username)?;
    }
    let fields = custom_fields::accept(settings, changes.custom_fields.clone(), false)?;
    Ok(Edit {
        name: changes.name.clone(),
        username: changes.username.clone(),
        email: changes.email.as_deref().map(|address| names::check_email(settings, address)).transpose()?,
        bio: changes.bio.clone(),
        nickname: changes.nickname.clone(),
        custom_fields: fields,
        ..Edit::default()
    })
}

async fn with_password(cx: &Caller, edit: Edit, changes: &ProfileChanges) -> Result<(Edit, Option<Proved>)> {
    if edit.email.is_none() && changes.password.is_none() {
        return Ok((edit, None));
    }
    let proved = auth::prove_factor(cx, changes.proof.clone()).await?;
    let password = match &changes.password {
        Some(password) => Some(auth::fresh_password(cx, &proved, password, SAVE).await?),
        None => None,
    };
    Ok((Edit { password, ..edit }, Some(proved)))
}

async fn written(cx: &Caller, edit: Edit, proved: Option<Proved>) -> Result<Arc<User>> {
    edit::write(cx, cx.id(), edit, move |_, tx, own| edit::still_proved(tx, own, proved.as_ref())).await
}

/// Gives the caller another user name, or the first.
///
/// In order: it is given (`error-invalid-username`); `Accounts_AllowUsernameChange`, unless it is the first (`error-not-allowed`);
/// a name that differs in case alone is the same; it is valid (`username-invalid`), not kept back (`error-blocked-username`) and
/// free (`error-field-unavailable`).
///
/// # Errors
/// As above, with `details.method` `setUsername`.
pub async fn set_username(cx: &Caller, username: &str) -> Result<()> {
    const METHOD: &str = "setUsername";
    let (settings, username) = (cx.chat().settings().clone(), username.trim());
    let own = cx.user().username.as_ref().map(gantry_model::Username::as_str);
    if username.is_empty() {
        return Err(Error::new("error-invalid-username", "Invalid username").in_method(METHOD));
    }
    if own.is_some() && !settings.bool("Accounts_AllowUsernameChange") {
        return Err(Error::not_allowed(METHOD));
    }
    if own.is_some_and(|own| own.to_lowercase() == username.to_lowercase()) {
        return Ok(());
    }
    if !names::is_username(&settings, username) {
        let text =
            format!("{username} is not a valid username, use only letters, numbers, dots, hyphens and underscores");
        return Err(Error::new("username-invalid", text));
    }
    names::check_blocked(&settings, username)?;
    written(cx, Edit { username: Some(username.to_owned()), ..Edit::default() }, None).await.map(drop)
}

/// Gives the caller another display name.
///
/// In order: `Accounts_AllowRealNameChange` (`error-not-allowed`); it is valid (a plain text), and there where the settings ask
/// for one (`error-could-not-change-name`).
///
/// # Errors
/// As above, with `details.method` `setRealName`.
pub async fn set_name(cx: &Caller, name: &str) -> Result<()> {
    const METHOD: &str = "setRealName";
    let settings = cx.chat().settings().clone();
    if !settings.bool("Accounts_AllowRealNameChange") {
        return Err(Error::not_allowed(METHOD));
    }
    names::check_name(name)?;
    if name.trim().is_empty() && settings.bool("Accounts_RequireNameForSignUp") {
        return Err(Error::new("error-could-not-change-name", "Could not change name").in_method(METHOD));
    }
    written(cx, Edit { name: Some(name.to_owned()), ..Edit::default() }, None).await.map(drop)
}

/// Gives the caller another mail address, proved by the password.
///
/// In order: `Accounts_AllowEmailChange` (`error-action-not-allowed`); the one there is changes nothing; it is allowed
/// (`error-invalid-email` and its kin); the proof (`totp-required`, `totp-invalid`); it is free (`error-field-unavailable`).
///
/// # Errors
/// As above.
pub async fn set_email(cx: &Caller, email: &str) -> Result<()> {
    let settings = cx.chat().settings().clone();
    if !settings.bool("Accounts_AllowEmailChange") {
        let details = json!({ "method": "setEmail", "action": "Changing_email" });
        return Err(Error::new("error-action-not-allowed", "Changing email is not allowed").with_details(details));
    }
    if cx.user().emails.first().is_some_and(|own| own.address.as_str() == email) {
        return Ok(());
    }
    let email = names::check_email(&settings, email)?;
    let proved = auth::prove_factor(cx, None).await?;
    written(cx, Edit { email: Some(email), ..Edit::default() }, Some(proved)).await.map(drop)
}

/// Sets the fields that the administrator defined; others are dropped.
///
/// # Errors
/// `error-user-registration-custom-field`.
pub async fn set_custom_fields(cx: &Caller, fields: Map<String, Value>) -> Result<()> {
    let fields = custom_fields::accept(&cx.chat().settings(), Some(fields), false)?;
    written(cx, Edit { custom_fields: fields, ..Edit::default() }, None).await.map(drop)
}

/// Sets the password of a caller who must choose another one.
///
/// In order: the caller must (`error-not-allowed`); it is another one (`error-password-same-as-current`) and keeps the policy
/// (`error-password-policy-not-met`).
///
/// # Errors
/// As above, with `details.method` `setUserPassword`.
pub async fn choose_password(cx: &Caller, password: &str) -> Result<()> {
    const METHOD: &str = "setUserPassword";
    if !cx.user().profile.require_password_change {
        return Err(Error::not_allowed(METHOD));
    }
    let before = auth::stored_password(cx).await?;
    let hash = auth::fresh_password(cx, &before, password, METHOD).await?;
    written(cx, Edit { password: Some(hash), ..Edit::default() }, Some(before)).await.map(drop)
}

/// Changes the caller's password.
///
/// In order: `Accounts_AllowPasswordChange` (`error-not-allowed`); the old one is right (`totp-invalid`); the new one is another
/// one and keeps the policy.
///
/// # Errors
/// As above.
pub async fn change_password(cx: &Caller, old: Option<Digest>, new: &str) -> Result<()> {
    const METHOD: &str = "changePassword";
    if !cx.chat().settings().bool("Accounts_AllowPasswordChange") {
        return Err(Error::not_allowed(METHOD));
    }
    let proved = auth::prove(cx, old).await?;
    let hash = auth::fresh_password(cx, &proved, new, METHOD).await?;
    written(cx, Edit { password: Some(hash), ..Edit::default() }, Some(proved)).await.map(drop)
}

/// Whether the caller could have this user name; the own one, yes.
///
/// # Errors
/// `error-not-allowed` with `details.method` `setUsername` where it cannot be changed; `error-blocked-username`.
pub async fn may_have_username(cx: &Caller, username: &str) -> Result<bool> {
    let settings = cx.chat().settings().clone();
    let own = cx.user().username.as_ref().map(gantry_model::Username::as_str);
    if own.is_some() && !settings.bool("Accounts_AllowUsernameChange") {
        return Err(Error::not_allowed("setUsername"));
    }
    if own == Some(username) {
        return Ok(true);
    }
    names::check_blocked(&settings, username)?;
    Ok(names::is_username(&settings, username) && super::by_username(cx.chat(), username).await?.is_none())
}

/// A user name that the caller could have, made from name or address; nothing when none comes to mind.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn suggest_username(cx: &Caller) -> Result<Option<String>> {
    let settings = cx.chat().settings().clone();
    let mut ideas = ideas(cx.user());
    if ideas.is_empty() {
        ideas.push(settings.text("Accounts_DefaultUsernamePrefixSuggestion").to_owned());
    }
    let numbered: Vec<String> =
        ideas.first().into_iter().flat_map(|idea| (1..=20).map(move |number| format!("{idea}-{number}"))).collect();
    ideas.extend(numbered);
    ideas.retain(|idea| names::is_username(&settings, idea) && names::check_blocked(&settings, idea).is_ok());
    let (own, wanted) = (cx.id().clone(), ideas.clone());
    let taken = cx.read(move |db| db.accounts().by_usernames(&wanted)).await?;
    let taken: Vec<String> = taken
        .into_iter()
        .filter(|user| user.id != own)
        .filter_map(|user| Some(user.username?.as_str().to_lowercase()))
        .collect();
    Ok(ideas.into_iter().find(|idea| !taken.contains(&idea.to_lowercase())))
}

/// From the display name: all of it, the first letter and the last name, the first name and the last letter's; then from the
/// address.
fn ideas(user: &User) -> Vec<String> {
    let words: Vec<String> = user.name.as_deref().unwrap_or_default().split_whitespace().map(plain).collect();
    let mut ideas = vec![words.join(".")];
    if let [first, .., last] = &words[..] {
        let letter = |word: &str| word.chars().next().map(String::from).unwrap_or_default();
        ideas.push(format!("{}{last}", letter(first)));
        ideas.push(format!("{first}{}", letter(last)));
    }
    let local = |address: &str| address.split('@').next().map(plain).unwrap_or_default();
    ideas.extend(user.emails.iter().map(|email| local(email.address.as_str())));
    ideas.retain(|idea| !idea.is_empty());
    ideas
}

/// The letters, digits and `-_.` of a word, in lower case.
fn plain(word: &str) -> String {
    let kept = word.chars().filter(|c| c.is_ascii_alphanumeric() || "-_.".contains(*c));
    kept.collect::<String>().to_lowercase().trim_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_model::{Email, Millis, Profile, UserKind};

    fn user(name: &str, address: &str) -> User {
        User {
            id: "u".into(),
            username: Some("ann".into()),
            name: Some(name.to_owned()),
            kind: UserKind::User,
            active: true,
            roles: Vec::new(),
            emails: vec![Email { address: address.into(), verified: true }],
            status_default: Status::Online,
            status_text: "tea".into(),
            has_password: true,
            created: Millis(1),
            last_login: None,
            updated: Millis(1),
            preferences: Map::new(),
            profile: Profile::default(),
        }
    }

    #[test]
    fn names_come_to_mind() {
        assert_eq!(ideas(&user("Ann Mary Lee", "a.lee@x.io")), ["ann.mary.lee", "alee", "annl", "a.lee"]);
        assert_eq!(ideas(&user("日本", "...@x.io")), [""; 0]);
    }

    #[test]
    fn what_is_so_already_is_no_change() {
        let same = ProfileChanges {
            name: Some("Ann".into()),
            username: Some("ann".into()),
            email: Some("ann@x.io".into()),
            password: Some(String::new()),
            status_text: Some("tea".into()),
            ..ProfileChanges::default()
        };
        let left = differing(&user("Ann", "ann@x.io"), same);
        assert!(left.name.is_none() && left.username.is_none() && left.email.is_none());
        assert!(left.password.is_none() && left.status_text.is_none());
        let other = ProfileChanges { username: Some("Ann".into()), ..ProfileChanges::default() };
        assert_eq!(differing(&user("Ann", "ann@x.io"), other).username.as_deref(), Some("Ann"));
    }
}
