//! Writing what is changed about an account, whoever asks for it.

use super::{changed, key, make};
use crate::Caller;
use crate::auth::{self, Proved};
use gantry_model::event::{Key, UserChange};
use gantry_model::{Email, Error, Result, User, UserId};
use gantry_store::Tx;
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
    /// The hash. Who sets it need not choose another one any more.
    pub(super) password: Option<String>,
    pub(super) bio: Option<String>,
    pub(super) nickname: Option<String>,
    pub(super) custom_fields: Option<Map<String, Value>>,
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

/// Writes it to the account; the account as it is then. A new password ends the caller's other sessions. `proved`: the password
/// is still the one that the caller showed.
///
/// # Errors
/// `error-field-unavailable` for names that somebody else has; `totp-invalid`.
pub(super) async fn write(cx: &Caller, target: &UserId, edit: Edit, proved: Option<Proved>) -> Result<Arc<User>> {
    let target = target.clone();
    let names = edit.username.is_some() || edit.email.is_some();
    // Names are the server's.
    let keys: Vec<Key> = names.then_some(Key::Server).into_iter().chain([key(&target)]).collect();
    cx.write(keys, move |me, tx| {
        if let Some(Proved(password)) = &proved
            && tx.accounts().password(&target)? != *password
        {
            return Err(auth::wrong_proof());
        }
        let before = make::held(tx, &target)?;
        check_free(tx, &before, &edit)?;
        let user = applied(before.clone(), &edit);
        if user != before || edit.password.is_some() {
            store(me, tx, &before, &user, edit.password.as_deref())?;
        }
        Ok(Arc::new(user))
    })
    .await
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
    if let Some(bio) = &edit.bio {
        user.profile.bio = text(bio);
    }
    if let Some(nickname) = &edit.nickname {
        user.profile.nickname = text(nickname);
    }
    if let Some(fields) = &edit.custom_fields {
        user.profile.custom_fields = Some(fields.clone());
    }
    if edit.password.is_some() {
        user.profile.require_password_change = false;
    }
    user
}

fn store(me: &Caller, tx: &mut Tx<'_>, before: &User, user: &User, password: Option<&str>) -> Result<()> {
    tx.accounts().update(user)?;
    if user.emails != before.emails {
        tx.accounts().set_emails(&user.id, &user.emails)?;
    }
    if let Some(hash) = password {
        tx.accounts().set_password(&user.id, hash)?;
        auth::end_others(me, tx)?;
    }
    if (&user.username, &user.name) != (&before.username, &before.name) {
        changed(tx, &user.id, UserChange::Names);
    }
    if user.emails != before.emails || user.profile != before.profile || password.is_some() {
        changed(tx, &user.id, UserChange::Other);
    }
    Ok(())
}
