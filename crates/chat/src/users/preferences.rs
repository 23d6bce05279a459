//! Preferences: what somebody set over the defaults.

use super::{changed, key};
use crate::Caller;
use gantry_model::event::{Event, UserChange};
use gantry_model::notification::CHANNELS;
use gantry_model::preferences::{accept_preferences, effective_preferences, highlights};
use gantry_model::{Error, Hours, Notify, Permission, Result, Settings, User, UserId};
use gantry_store::Tx;
use serde_json::{Map, Value};

/// Highlight words of one user, and their length in characters, at most.
const WORDS: usize = 100;
const LONGEST_WORD: usize = 100;

/// The preferences in force for the caller, with the language.
///
/// # Errors
/// Not logged in, when the account is gone.
pub async fn preferences(cx: &Caller) -> Result<Map<String, Value>> {
    let user = super::get(cx.chat(), cx.id()).await?.ok_or_else(Error::not_logged_in)?;
    Ok(in_force(&cx.chat().settings(), &user))
}

/// Defaults, own ones over them, and the language.
pub(super) fn in_force(settings: &Settings, user: &User) -> Map<String, Value> {
    let mut all = effective_preferences(settings, &user.preferences);
    if let Some(language) = &user.profile.language {
        all.insert("language".into(), language.as_str().into());
    }
    all
}

/// Changes preferences of the caller, or of another; whose, and what is in force then.
///
/// In order: another's need `edit-other-user-info` (`error-action-not-allowed`); the account exists
/// (`error-invalid-user`); keys and types (`invalid-params`).
///
/// # Errors
/// As above.
pub async fn set_preferences(
    cx: &Caller,
    target: Option<UserId>,
    data: Map<String, Value>,
) -> Result<(UserId, Map<String, Value>)> {
    let target = target.unwrap_or_else(|| cx.id().clone());
    cx.write([key(&target)], move |me, tx| {
        if target != *me.id() && !me.has(Permission::EditOtherUserInfo) {
            return Err(Error::new("error-action-not-allowed", "Editing user is not allowed"));
        }
        let user = tx.accounts().get(&target)?;
        let text = "The optional \"userId\" param provided does not match any users";
        let mut user = user.ok_or_else(|| Error::new("error-invalid-user", text))?;
        let (before, notified) = (words(&user), channels(&user));
        apply(&mut user, accept_preferences(&data)?);
        tx.accounts().update(&user)?;
        if words(&user) != before {
            set_words(tx, &user)?;
        }
        if channels(&user) != notified {
            notify_otherwise(tx, &user)?;
        }
        changed(tx, &target, UserChange::Preferences);
        Ok((target.clone(), in_force(&me.chat().settings(), &user)))
    })
    .await
}

/// Language and distance from UTC are fields of the account as well.
fn apply(user: &mut User, accepted: Map<String, Value>) {
    if let Some(language) = accepted.get("language").and_then(Value::as_str) {
        user.profile.language = Some(language.to_owned()).filter(|tag| !tag.is_empty());
    }
    if let Some(offset) = accepted.get("utcOffset").and_then(Value::as_f64) {
        user.profile.utc_offset = Some(Hours(offset.clamp(-12.0, 14.0)));
    }
    user.preferences.extend(accepted);
}

/// What the user's memberships show of the preferences.
fn channels(user: &User) -> [Option<Value>; CHANNELS.len()] {
    CHANNELS.map(|channel| user.preferences.get(channel.preference).cloned())
}

/// What no membership says otherwise holds in all of them.
fn notify_otherwise(tx: &mut Tx<'_>, user: &User) -> Result<()> {
    tx.subscriptions().touch_of(&user.id)?;
    let desktop = Notify::on_desktop(&user.preferences);
    tx.emit(key(&user.id), Event::NotificationsChosen { uid: user.id.clone(), desktop });
    Ok(())
}

fn words(user: &User) -> Vec<String> {
    let short = |word: &&str| word.chars().count() <= LONGEST_WORD;
    highlights(&user.preferences).filter(short).take(WORDS).map(str::to_owned).collect()
}

fn set_words(tx: &mut Tx<'_>, user: &User) -> Result<()> {
    let words = words(user);
    tx.highlights().set(&user.id, &words)?;
    tx.emit(key(&user.id), Event::HighlightsChanged { uid: user.id.clone(), words });
    Ok(())
}
