//! What people choose to look like: the default status and the line beside it.

use super::{UserRef, changed, key};
use crate::presence::Chosen;
use crate::{Caller, Chat};
use gantry_model::event::{Event, UserChange};
use gantry_model::{Error, Millis, Permission, Result, Status, User, UserId};
use gantry_store::Tx;

/// The longest line, in characters.
const LONGEST: usize = 120;

/// What is to be changed of a status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StatusChange {
    /// The default status.
    pub status: Option<Status>,
    /// The line; what is too long is cut off.
    pub text: Option<String>,
    /// Both end then.
    pub until: Option<Millis>,
}

/// Whose status is to be changed: the caller's own, unless another account is named.
///
/// # Errors
/// 403 `unauthorized` for another's without `edit-other-user-info`, whether or not there is one; `error-invalid-user`.
pub async fn status_target(cx: &Caller, user: Option<UserRef>) -> Result<UserId> {
    let own = |name: &str| cx.user().username.as_ref().is_some_and(|own| own.as_str().eq_ignore_ascii_case(name));
    let other = match user {
        None => return Ok(cx.id().clone()),
        Some(UserRef::Id(id)) if id == *cx.id() => return Ok(id),
        Some(UserRef::Username(name)) if own(&name) => return Ok(cx.id().clone()),
        Some(other) => other,
    };
    if !cx.has(Permission::EditOtherUserInfo) {
        return Err(Error::forbidden());
    }
    let text = "The required \"userId\" or \"username\" param provided does not match any users";
    let found = super::find(cx, other).await?;
    Ok(found.ok_or_else(|| Error::new("error-invalid-user", text))?.id)
}

/// Changes somebody's status; `method` stands in the details of refusals.
///
/// In order: `Accounts_AllowUserStatusMessageChange`, where a line is given or `method` is `users.setStatus`
/// (`error-not-allowed`); another's needs `edit-other-user-info` (403 `unauthorized`); `Accounts_AllowInvisibleStatusOption`
/// for `offline` (`error-status-not-allowed`); the end is still to come (`error-invalid-date`); the account exists
/// (`error-invalid-user`).
///
/// # Errors
/// As above.
pub async fn set_status(cx: &Caller, target: &UserId, change: StatusChange, method: &'static str) -> Result<()> {
    check(cx, &change, method)?;
    let target = target.clone();
    cx.write([key(&target)], move |me, tx| {
        if target != *me.id() && !me.has(Permission::EditOtherUserInfo) {
            return Err(Error::forbidden());
        }
        let mut user = tx.accounts().get(&target)?.ok_or_else(|| Error::invalid_user(method))?;
        settle(&mut user, tx.stamp());
        apply(&mut user, &change);
        write(tx, &user)
    })
    .await
}

fn check(cx: &Caller, change: &StatusChange, method: &'static str) -> Result<()> {
    let settings = cx.chat().settings();
    let rest = method == "users.setStatus";
    if (rest || change.text.is_some()) && !settings.bool("Accounts_AllowUserStatusMessageChange") {
        let text = if rest { "Change status is not allowed" } else { "Not allowed" };
        return Err(Error::new("error-not-allowed", text).in_method(method));
    }
    if change.status == Some(Status::Offline) && !settings.bool("Accounts_AllowInvisibleStatusOption") {
        return Err(Error::new("error-status-not-allowed", "Invisible status is disabled").in_method(method));
    }
    if change.until.is_some_and(|until| until <= cx.chat().now()) {
        return Err(Error::new("error-invalid-date", "expiresAt must be a future date"));
    }
    Ok(())
}

/// A choice that has ended is none.
fn settle(user: &mut User, now: Millis) {
    if user.profile.status_expires.is_some_and(|end| end <= now) {
        user.status_default = Status::Online;
        user.status_text.clear();
        user.profile.status_expires = None;
    }
}

fn apply(user: &mut User, change: &StatusChange) {
    if let Some(status) = change.status {
        user.status_default = status;
    }
    if let Some(text) = &change.text {
        user.status_text = shortened(text);
    }
    user.profile.status_expires = change.until;
}

/// A line as it is kept.
pub(super) fn shortened(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect()
}

fn write(tx: &mut Tx<'_>, user: &User) -> Result<()> {
    tx.accounts().update(user)?;
    tell(tx, user);
    Ok(())
}

/// Records what the user looks like by choice.
pub(super) fn tell(tx: &mut Tx<'_>, user: &User) {
    let Chosen { status, text, until, .. } = Chosen::of(user);
    tx.emit(key(&user.id), Event::StatusChosen { uid: user.id.clone(), status, text, until });
    changed(tx, &user.id, UserChange::Status);
}

/// Ends a status whose time is over at `now`, by the clock that everybody is shown it by.
pub(crate) async fn end_status(chat: &Chat, uid: &UserId, now: Millis) -> Result<()> {
    let target = uid.clone();
    let end = move |tx: &mut Tx<'_>| {
        let Some(mut user) = tx.accounts().get(&target)? else { return Ok(()) };
        let before = user.profile.status_expires;
        settle(&mut user, now);
        if user.profile.status_expires == before { Ok(()) } else { write(tx, &user) }
    };
    chat.write([key(uid)], end).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut() {
        assert_eq!(shortened("  in a meeting "), "in a meeting");
        assert_eq!(shortened(&"é".repeat(200)).chars().count(), LONGEST);
    }
}
