//! Tokens that people make for their own programs. They end when their maker says so.

use super::session::ended;
use super::tokens;
use crate::{Caller, users};
use gantry_model::event::EndedSessions;
use gantry_model::{Error, Millis, Permission, Result, UserId};
use gantry_store::{PersonalToken, Token, TokenKind, Tx};
use serde::Serialize;

/// Tokens that one user may have.
const MOST: usize = 100;
/// The longest name of one, in characters.
const LONGEST_NAME: usize = 120;
/// So much of a token is shown to its maker later on.
const SHOWN: usize = 6;

/// A token as its maker sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonalTokenDoc {
    name: String,
    created_at: Millis,
    last_token_part: String,
    bypass_two_factor: bool,
}

/// Makes a token under a name that none of the caller's tokens has; the token.
///
/// In order: `create-personal-access-tokens` (`not-authorized`); the name can be kept (`error-invalid-params`); it is free
/// (`error-token-already-exists`); there are not too many (`error-too-many-tokens`).
///
/// # Errors
/// As above, with `details.method` `personalAccessTokens:generateToken`.
pub async fn make_personal(cx: &Caller, name: &str, bypass_two_factor: bool) -> Result<String> {
    const METHOD: &str = "personalAccessTokens:generateToken";
    let name = name.trim().to_owned();
    cx.write([users::key(cx.id())], move |me, tx| {
        require(me, METHOD)?;
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            return Err(Error::new("error-invalid-params", "Invalid token name").in_method(METHOD));
        }
        let own = tx.tokens().personal(me.id())?;
        if own.iter().any(|token| token.name == name) {
            let text = "A token with this name already exists";
            return Err(Error::new("error-token-already-exists", text).in_method(METHOD));
        }
        if own.len() >= MOST {
            return Err(Error::new("error-too-many-tokens", "There are too many tokens").in_method(METHOD));
        }
        insert(me, tx, &name, bypass_two_factor)
    })
    .await
}

/// Makes a token anew under the name it has: the one before ends.
///
/// In order: `create-personal-access-tokens` (`not-authorized`); there is one of this name (`error-token-does-not-exists`).
///
/// # Errors
/// As above, with `details.method` `personalAccessTokens:regenerateToken`.
pub async fn renew_personal(cx: &Caller, name: &str) -> Result<String> {
    const METHOD: &str = "personalAccessTokens:regenerateToken";
    let name = name.trim().to_owned();
    cx.write([users::key(cx.id())], move |me, tx| {
        require(me, METHOD)?;
        let before = end(tx, me.id(), &name, METHOD)?;
        insert(me, tx, &name, before.bypass_two_factor)
    })
    .await
}

/// Ends the caller's token of this name.
///
/// # Errors
/// As [`renew_personal`], with `details.method` `personalAccessTokens:removeToken`.
pub async fn remove_personal(cx: &Caller, name: &str) -> Result<()> {
    const METHOD: &str = "personalAccessTokens:removeToken";
    let name = name.trim().to_owned();
    cx.write([users::key(cx.id())], move |me, tx| {
        require(me, METHOD)?;
        end(tx, me.id(), &name, METHOD).map(drop)
    })
    .await
}

/// The caller's tokens, oldest first.
///
/// # Errors
/// `not-authorized` without `create-personal-access-tokens`.
pub async fn personal(cx: &Caller) -> Result<Vec<PersonalTokenDoc>> {
    if !cx.has(Permission::CreatePersonalAccessTokens) {
        return Err(Error::new("not-authorized", "Not Authorized"));
    }
    let uid = cx.id().clone();
    let tokens = cx.read(move |db| db.tokens().personal(&uid)).await?;
    let doc = |token: PersonalToken| PersonalTokenDoc {
        name: token.name,
        created_at: token.created,
        last_token_part: token.last_part,
        bypass_two_factor: token.bypass_two_factor,
    };
    Ok(tokens.into_iter().map(doc).collect())
}

fn require(me: &Caller, method: &'static str) -> Result<()> {
    match me.has(Permission::CreatePersonalAccessTokens) {
        true => Ok(()),
        false => Err(Error::new("not-authorized", "Not Authorized").in_method(method)),
    }
}

fn insert(me: &Caller, tx: &mut Tx<'_>, name: &str, bypass_two_factor: bool) -> Result<String> {
    let (token, hash) = tokens::fresh();
    let stored = Token {
        hash,
        uid: me.id().clone(),
        kind: TokenKind::Personal,
        created: me.chat().now(),
        expires: None,
        bypass_two_factor,
    };
    let last_part = token.get(token.len().saturating_sub(SHOWN)..).unwrap_or_default();
    tx.tokens().insert_personal(&stored, name, last_part)?;
    Ok(token)
}

fn end(tx: &mut Tx<'_>, uid: &UserId, name: &str, method: &'static str) -> Result<PersonalToken> {
    let missing = || Error::new("error-token-does-not-exists", "Token does not exist").in_method(method);
    let token = tx.tokens().personal(uid)?.into_iter().find(|token| token.name == name).ok_or_else(missing)?;
    tx.tokens().remove(&token.hash)?;
    ended(tx, uid, EndedSessions::One(token.hash.clone()));
    Ok(token)
}
