//! Sessions: who is calling, and how that ends.

use super::login::{Issued, LoggedIn, issue};
use super::tokens;
use crate::{Caller, Chat, Origin};
use gantry_model::event::{EndedSessions, Event, Key};
use gantry_model::{Error, Millis, Permission, Result, Settings, User, UserId};
use gantry_store::{AuditEntry, Token, TokenKind, Tx};
use serde_json::json;
use std::sync::Arc;

/// Who calls with this user id and token; nobody when they do not belong together, the session has ended, or the account
/// may not log in any more. Known sessions are answered from memory.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn authenticate(chat: &Chat, user_id: &UserId, token: &str, origin: &Arc<Origin>) -> Result<Option<Caller>> {
    let Some(hash) = tokens::hash(token) else { return Ok(None) };
    let Some((token, user)) = known(chat, &hash).await? else { return Ok(None) };
    let valid = user.id == *user_id && user.active && !is_over(&token, chat);
    Ok(valid.then(|| Caller::new(chat.clone(), user, Some(token), origin.clone())))
}

/// Whether the session the call came with has lasted as long as it may.
pub(crate) fn has_ended(cx: &Caller) -> bool {
    cx.token().is_some_and(|token| is_over(token, cx.chat()))
}

/// The same caller as of now; nobody when the session has ended or the account may not log in any more.
///
/// # Errors
/// Unavailable, when the store is.
pub(crate) async fn renewed(cx: &Caller) -> Result<Option<Caller>> {
    let Some(token) = cx.token() else { return Ok(None) };
    let found = known(cx.chat(), &token.hash).await?;
    let valid = found.filter(|(token, user)| user.active && !is_over(token, cx.chat()));
    Ok(valid.map(|(token, user)| cx.as_of_now(user, token)))
}

/// The caller that a login makes.
pub fn caller_for(chat: &Chat, login: &LoggedIn, origin: &Arc<Origin>) -> Caller {
    Caller::new(chat.clone(), login.user.clone(), Some(login.stored.clone()), origin.clone())
}

/// The token with this hash and whose it is: from memory, else in one read.
pub(super) async fn known(chat: &Chat, hash: &str) -> Result<Option<(Arc<Token>, Arc<User>)>> {
    let state = chat.state();
    if let Some(token) = state.token(hash)
        && let Some(user) = state.user(&token.uid)
    {
        return Ok(Some((token, user)));
    }
    let (epoch, hash) = (state.epoch(), hash.to_owned());
    let found = chat
        .read(move |db| {
            let Some(token) = db.tokens().get(&hash)? else { return Ok(None) };
            let user = db.accounts().get(&token.uid)?;
            Ok(user.map(|user| (Arc::new(token), Arc::new(user))))
        })
        .await?;
    if let Some((token, user)) = &found {
        state.keep_token(epoch, token);
        state.keep_user(epoch, user);
    }
    Ok(found)
}

/// When a session ends: `Accounts_LoginExpiration` after it began, also where that was longer then. Personal tokens stay.
pub(super) fn ends(token: &Token, settings: &Settings) -> Option<Millis> {
    let now_allowed = Millis(token.created.0.saturating_add(settings.hot().accounts.login_expires_after));
    match token.kind {
        TokenKind::Personal => token.expires,
        TokenKind::Login => Some(token.expires.map_or(now_allowed, |then| then.min(now_allowed))),
    }
}

pub(super) fn is_over(token: &Token, chat: &Chat) -> bool {
    ends(token, &chat.settings()).is_some_and(|end| end <= chat.now())
}

/// Ends the session the call came with. A session that has ended already is no failure.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn logout(cx: &Caller) -> Result<()> {
    let Some(token) = cx.token().cloned() else { return Ok(()) };
    let write = move |tx: &mut Tx<'_>| {
        if tx.tokens().remove(&token.hash)? {
            ended(tx, &token.uid, EndedSessions::One(token.hash.clone()));
        }
        Ok(())
    };
    cx.chat().write([Key::User(cx.id().clone())], write).await
}

/// A token in place of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renewed {
    /// Plain.
    pub token: String,
    /// When it ends.
    pub expires: Option<Millis>,
}

/// Ends every other login of the caller, and answers a new token for this client. Personal tokens stay, and so does the
/// session of this call: the client is still connected by it.
///
/// # Errors
/// Not logged in, when the account is deactivated meanwhile.
pub async fn logout_others(cx: &Caller) -> Result<Renewed> {
    let write = |me: &Caller, tx: &mut Tx<'_>| {
        end_others(me, tx)?;
        issue(tx, me.chat(), me.id())
    };
    let Issued { token, stored } = cx.write([Key::User(cx.id().clone())], write).await?;
    Ok(Renewed { token, expires: ends(&stored, &cx.chat().settings()) })
}

/// Ends every other login of the caller. Personal tokens stay, and so does the session of this call.
///
/// # Errors
/// Not logged in, when the account is deactivated meanwhile.
pub async fn remove_others(cx: &Caller) -> Result<()> {
    cx.write([Key::User(cx.id().clone())], end_others).await
}

/// Ends every login of the caller, whose key is held, but the one the call came with.
pub(crate) fn end_others(me: &Caller, tx: &mut Tx<'_>) -> Result<()> {
    let own = me.token().map(|token| token.hash.as_str());
    for hash in tx.tokens().logins(me.id(), 0)? {
        if Some(hash.as_str()) != own {
            tx.tokens().remove(&hash)?;
            ended(tx, me.id(), EndedSessions::One(hash));
        }
    }
    Ok(())
}

/// Another token for the caller, which ends when the one of this call does.
///
/// # Errors
/// `error-not-allowed` with `details.method` `getNewToken` for a call by a personal token, which does not end.
pub async fn another_token(cx: &Caller) -> Result<Renewed> {
    let refused = || Error::not_allowed("getNewToken");
    let own = cx.token().filter(|token| token.kind == TokenKind::Login).cloned().ok_or_else(refused)?;
    let write = move |me: &Caller, tx: &mut Tx<'_>| {
        let (token, hash) = tokens::fresh();
        let stored = Token { hash, ..Token::clone(&own) };
        tx.tokens().insert(&stored)?;
        Ok(Renewed { token, expires: ends(&stored, &me.chat().settings()) })
    };
    cx.write([Key::User(cx.id().clone())], write).await
}

/// Ends every session of the caller, or of another account, personal tokens too; whose.
///
/// Another's need `logout-other-user` (403 `unauthorized`); the account exists (`error-invalid-user-id`).
///
/// # Errors
/// As above.
pub async fn log_out(cx: &Caller, target: Option<UserId>) -> Result<UserId> {
    let target = target.unwrap_or_else(|| cx.id().clone());
    cx.write([Key::User(target.clone())], move |me, tx| {
        if target != *me.id() && !me.has(Permission::LogoutOtherUser) {
            return Err(Error::forbidden());
        }
        let user = tx.accounts().get(&target)?;
        user.ok_or_else(|| Error::new("error-invalid-user-id", "Invalid user id"))?;
        end_all(tx, &target)?;
        tx.audit().record(&AuditEntry {
            uid: Some(me.id().clone()),
            ip: Some(me.origin().ip.to_string()),
            act: "user.logged-out",
            target: Some(target.to_string()),
            details: json!({}),
        })?;
        Ok(target.clone())
    })
    .await
}

/// Ends every session of a user whose key is held, personal tokens too.
pub(crate) fn end_all(tx: &mut Tx<'_>, uid: &UserId) -> Result<()> {
    tx.tokens().remove_all(uid, None, true)?;
    ended(tx, uid, EndedSessions::AllBut(None));
    Ok(())
}

/// Sessions that are ended at once, at most.
const ENDED_AT_ONCE: i64 = 200;

/// Ends the sessions whose time is over, so that open sockets go as well; true when there may be more.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn end_overdue(chat: &Chat) -> Result<bool> {
    let now = chat.now();
    let oldest = Millis(now.0.saturating_sub(chat.settings().hot().accounts.login_expires_after));
    let over = chat.read(move |db| db.tokens().over(oldest, now, ENDED_AT_ONCE)).await?;
    let more = over.len() as i64 >= ENDED_AT_ONCE;
    for (uid, hash) in over {
        let key = Key::User(uid.clone());
        let write = move |tx: &mut Tx<'_>| {
            if tx.tokens().remove(&hash)? {
                ended(tx, &uid, EndedSessions::One(hash.clone()));
            }
            Ok(())
        };
        chat.write([key], write).await?;
    }
    Ok(more)
}

/// Records that sessions ended.
pub(super) fn ended(tx: &mut Tx<'_>, uid: &UserId, which: EndedSessions) {
    tx.emit(Key::User(uid.clone()), Event::SessionsEnded { uid: uid.clone(), which });
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_model::{SettingBase, SettingChange};

    const DAY: i64 = 24 * 60 * 60 * 1_000;

    fn token(kind: TokenKind, expires: Option<Millis>) -> Token {
        Token { hash: "h".into(), uid: "u".into(), kind, created: Millis(0), expires, bypass_two_factor: false }
    }

    #[test]
    fn a_shorter_life_holds_for_sessions_there_are() {
        let settings = Settings::new(SettingBase::new(Millis(0)), []);
        let login = token(TokenKind::Login, Some(Millis(90 * DAY)));
        assert_eq!(ends(&login, &settings), Some(Millis(90 * DAY)));
        let change = SettingChange { value: 10.into(), editor: None, updated_at: Millis(1) };
        let shorter = settings.with("Accounts_LoginExpiration", Some(change.clone()));
        assert_eq!(ends(&login, &shorter), Some(Millis(10 * DAY)));
        let longer = settings.with("Accounts_LoginExpiration", Some(SettingChange { value: 900.into(), ..change }));
        assert_eq!(ends(&login, &longer), Some(Millis(90 * DAY)));
        assert_eq!(ends(&token(TokenKind::Personal, None), &shorter), None);
    }
}
