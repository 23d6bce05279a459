//! The first administrator.
//!
//! Until there has been one, who registers becomes it in two ways: the very first person, from the machine itself; or
//! anybody with the one-time set-up token that the server prints. Whoever comes over the network is an ordinary user.

use super::tokens;
use crate::{Chat, Origin};
use gantry_model::event::Key;
use gantry_model::{Error, Result, UserId};
use gantry_store::{Conn, Tx};

/// The hash of the set-up token.
const SETUP_TOKEN: &str = "setup-token";
/// Who was the first administrator.
const ADMINISTERED: &str = "first-administrator";

/// Makes the set-up token of this start, in place of an earlier one; nothing once there has been an administrator.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn setup_token(chat: &Chat) -> Result<Option<String>> {
    let write = |tx: &mut Tx<'_>| {
        if is_administered(tx)? {
            return Ok(None);
        }
        let (token, hash) = tokens::fresh();
        tx.facts().set(SETUP_TOKEN, &hash)?;
        Ok(Some(token))
    };
    chat.write([Key::Server], write).await
}

/// Whether who registers becomes the first administrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FirstAdmin {
    /// No: an ordinary user.
    No,
    /// Yes, as the first person, from the machine itself.
    ByPlace,
    /// Yes, by the set-up token; whoever has it may register whatever the settings say.
    ByToken,
}

/// Decides it; the server's key is held.
///
/// # Errors
/// `error-invalid-setup-token` for a token that is not, or no longer, the one.
pub(crate) fn first_admin(tx: &mut Tx<'_>, origin: &Origin, token: Option<&str>) -> Result<FirstAdmin> {
    let open = !is_administered(tx)?;
    match token {
        Some(token) => {
            let stored = tx.facts().get(SETUP_TOKEN)?.filter(|_| open);
            if stored.is_none() || stored != tokens::hash(token) {
                return Err(Error::new("error-invalid-setup-token", "The set-up token is wrong, or was used already"));
            }
            Ok(FirstAdmin::ByToken)
        }
        None if open && origin.local && !tx.accounts().any_person()? => Ok(FirstAdmin::ByPlace),
        None => Ok(FirstAdmin::No),
    }
}

/// Notes that there is an administrator: the set-up token is worth nothing from now on. The server's key is held.
pub(crate) fn mark_administered(tx: &mut Tx<'_>, uid: &UserId) -> Result<()> {
    if !is_administered(tx)? {
        tx.facts().set(ADMINISTERED, uid.as_str())?;
    }
    tx.facts().remove(SETUP_TOKEN).map(drop)
}

pub(crate) fn is_administered(db: &mut Conn) -> Result<bool> {
    Ok(db.facts().get(ADMINISTERED)?.is_some())
}
