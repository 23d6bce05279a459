//! The first administrator.
//!
//! Until there has been one, who registers becomes it in two ways: the very first person, from the machine itself; or
//! anybody with the one-time set-up token that the server prints. Whoever comes over the network is an ordinary user.
//! Where people reach the server under a name of the network, a proxy may make everybody seem to come from the machine
//! itself, and say nothing of it: there only the token counts.

use super::tokens;
use crate::Chat;
use gantry_model::event::{Event, Key};
use gantry_model::{Error, Result, SettingChange, SettingId, UserId};
use gantry_store::{Conn, Tx};
use std::net::IpAddr;

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

/// Whether people reach the server under a name of the machine itself, so that the first person there may become the
/// administrator without the token.
pub fn is_at_home(chat: &Chat) -> bool {
    is_own_name(&chat.settings().hot().site_url)
}

/// No name at all is none of the network.
fn is_own_name(url: &str) -> bool {
    if url.is_empty() {
        return true;
    }
    let authority = url.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default());
    let host = match authority.strip_prefix('[') {
        Some(long) => long.split(']').next(),
        None => authority.split(':').next(),
    };
    let host = host.unwrap_or_default();
    host.eq_ignore_ascii_case("localhost") || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
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

/// Decides it; the server's key is held. `by_place`: the machine itself counts, see [`is_at_home`]. Who gives a token, even
/// an empty one, means to become the administrator or nobody: where the place is enough the token need not be right.
///
/// # Errors
/// `error-invalid-setup-token` for a token that is not, or no longer, the one.
pub(crate) fn first_admin(tx: &mut Tx<'_>, by_place: bool, token: Option<&str>) -> Result<FirstAdmin> {
    let open = !is_administered(tx)?;
    let stored = tx.facts().get(SETUP_TOKEN)?.filter(|_| open);
    if token.is_some_and(|token| stored.is_some() && stored == tokens::hash(token)) {
        return Ok(FirstAdmin::ByToken);
    }
    if open && by_place && !tx.accounts().any_person()? {
        return Ok(FirstAdmin::ByPlace);
    }
    match token {
        Some(_) => Err(Error::new("error-invalid-setup-token", "The set-up token is wrong, or was used already")),
        None => Ok(FirstAdmin::No),
    }
}

/// Notes that there is an administrator: the set-up token is worth nothing from now on, and clients show no set-up wizard
/// any more. The server's key is held.
pub(crate) fn mark_administered(tx: &mut Tx<'_>, uid: &UserId) -> Result<()> {
    if !is_administered(tx)? {
        tx.facts().set(ADMINISTERED, uid.as_str())?;
        let id = SettingId::new("Show_Setup_Wizard");
        let change = SettingChange { value: "completed".into(), editor: None, updated_at: tx.stamp() };
        tx.grants().set_setting(&id, &change)?;
        tx.emit(Key::Server, Event::SettingChanged { id, change: Some(change) });
    }
    tx.facts().remove(SETUP_TOKEN).map(drop)
}

pub(crate) fn is_administered(db: &mut Conn) -> Result<bool> {
    Ok(db.facts().get(ADMINISTERED)?.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_machine_itself() {
        for own in [
            "http://localhost:3000",
            "http://LocalHost/chat",
            "http://127.0.0.1:80",
            "https://127.8.0.1",
            "http://[::1]:3000",
            "",
        ] {
            assert!(is_own_name(own), "{own}");
        }
        for other in [
            "https://chat.example.org",
            "http://localhost.example.org",
            "http://10.0.0.1:3000",
            "http://[fd00::1]",
            "localhost",
        ] {
            assert!(!is_own_name(other), "{other}");
        }
    }
}
