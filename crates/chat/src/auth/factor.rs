//! The second factor: what a caller shows besides the session before an act that could take a server or an account over.
//!
//! The one kind there is yet is the own password. Once shown, it is remembered for a while, in memory: for this session,
//! from this address and by this client; a restart asks again.

use super::{Digest, proof, tokens};
use crate::{Caller, Chat};
use gantry_model::{Millis, Result};
use quick_cache::sync::Cache;

/// Sessions that need not show it again, at most; who falls out is asked once more.
const REMEMBERED: usize = 20_000;

/// A code that came with a call. Never shown.
#[derive(Clone)]
pub struct Factor(Option<Digest>);

impl Factor {
    /// As a client sends it, for the kind `password` the SHA-256 of it in hex; nothing for an empty text. Any other code is
    /// one, too, and wrong.
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.trim();
        (!code.is_empty()).then(|| Self(Digest::from_hex(code)))
    }

    /// A password that a call names in a place of its own.
    pub fn password(digest: Digest) -> Self {
        Self(Some(digest))
    }

    pub(super) fn digest(&self) -> Option<&Digest> {
        self.0.as_ref()
    }
}

/// Who showed it lately.
pub(crate) struct Remembered(Cache<String, Shown>);

/// When, and from where.
#[derive(Clone)]
struct Shown {
    at: Millis,
    client: Vec<u8>,
}

impl Default for Remembered {
    fn default() -> Self {
        Self(Cache::new(REMEMBERED))
    }
}

/// Asks for the second factor before what an endpoint or method is marked to ask it for.
///
/// It is not asked for where `Accounts_TwoFactorAuthentication_Enabled` is off, in test mode, of a personal token that was
/// made to go without, for `Accounts_TwoFactorAuthentication_RememberFor` seconds after the account was made and after it was
/// shown, and of who has no kind of it: no password, or `Accounts_TwoFactorAuthentication_Enforce_Password_Fallback` off.
///
/// # Errors
/// `totp-required`, `totp-invalid` and the rest of [`proof::prove`].
pub async fn second_factor(cx: &Caller) -> Result<()> {
    if cx.chat().state().test_mode() || !is_on(cx.chat()) || is_spared(cx) || !has_kind(cx) {
        return Ok(());
    }
    proof::prove(cx, None).await?;
    remember(cx);
    Ok(())
}

/// Whether the server asks for second factors at all.
pub(super) fn is_on(chat: &Chat) -> bool {
    chat.settings().bool("Accounts_TwoFactorAuthentication_Enabled")
}

fn has_kind(cx: &Caller) -> bool {
    let fallback = cx.chat().settings().bool("Accounts_TwoFactorAuthentication_Enforce_Password_Fallback");
    fallback && cx.user().has_password
}

fn is_spared(cx: &Caller) -> bool {
    let Some(token) = cx.token() else { return false };
    if token.bypass_two_factor {
        return true;
    }
    let (now, lasts) = (cx.chat().now(), remember_for(cx.chat()));
    // Either way: what is written is stamped a little ahead of a clock that stands, or was set back.
    let is_recent = |then: Millis| lasts > 0 && now.0.abs_diff(then.0) <= lasts.unsigned_abs();
    let shown = cx.chat().state().factors().0.get(&token.hash);
    is_recent(cx.user().created) || shown.is_some_and(|shown| is_recent(shown.at) && shown.client == client(cx))
}

/// In ms.
fn remember_for(chat: &Chat) -> i64 {
    chat.settings().int("Accounts_TwoFactorAuthentication_RememberFor").saturating_mul(1_000)
}

/// The session of this call showed it now.
pub(super) fn remember(cx: &Caller) {
    if let Some(token) = cx.token() {
        cx.chat().state().factors().0.insert(token.hash.clone(), Shown { at: cx.chat().now(), client: client(cx) });
    }
}

fn client(cx: &Caller) -> Vec<u8> {
    tokens::sha256(&format!("{} {}", cx.origin().ip, cx.origin().user_agent))
}
