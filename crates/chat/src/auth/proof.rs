//! Showing once more who one is: the own password, before what would lock its owner out is changed.

use super::passwords::Verdict;
use super::{Digest, Factor, factor, policy};
use crate::Caller;
use gantry_model::{Error, Result};
use serde_json::json;

/// The caller's password as it was when it was proved; what follows must find it so.
#[derive(Clone)]
pub(crate) struct Proved(pub(crate) Option<String>);

/// Checks that the caller knows the own password: by the one shown here, else by the one that came with the call. Who has
/// none has nothing to show.
///
/// In order: a password is shown (`totp-required`: clients ask for it then, as a second factor of the kind `password`); not too
/// many wrong ones so far (`error-login-blocked-for-ip`, `error-login-blocked-for-user`); it is right (`totp-invalid`).
///
/// # Errors
/// As above; unavailable when too many passwords wait to be checked.
pub(crate) async fn prove(cx: &Caller, password: Option<Digest>) -> Result<Proved> {
    let stored = stored_password(cx).await?;
    if stored.0.is_none() {
        return Ok(stored);
    }
    let shown = password.map(Factor::password).or_else(|| cx.factor().cloned());
    let shown = shown.ok_or_else(|| challenge("totp-required", "TOTP Required"))?;
    let state = cx.chat().state();
    let name = cx.user().username.as_ref().map_or(cx.id().as_str(), gantry_model::Username::as_str);
    let attempt = state.throttle().attempt(&cx.chat().settings(), name, cx.origin().ip, cx.chat().now())?;
    match state.hashing().check(stored.0.clone(), shown.digest().cloned()).await? {
        Verdict::Wrong => Err(wrong_proof()),
        Verdict::Right | Verdict::RightButOld => {
            state.throttle().succeeded(&attempt);
            Ok(stored)
        }
    }
}

/// The second factor before what always asks for it, remembered or not: the own password or address is changed. As [`prove`];
/// nobody is asked where `Accounts_TwoFactorAuthentication_Enabled` is off.
///
/// # Errors
/// As [`prove`].
pub(crate) async fn prove_factor(cx: &Caller, password: Option<Digest>) -> Result<Proved> {
    if !factor::is_on(cx.chat()) {
        return stored_password(cx).await;
    }
    let proved = prove(cx, password).await?;
    factor::remember(cx);
    Ok(proved)
}

/// The caller's password as it is now, for changes that need no proof.
pub(crate) async fn stored_password(cx: &Caller) -> Result<Proved> {
    let uid = cx.id().clone();
    cx.read(move |db| db.accounts().password(&uid)).await.map(Proved)
}

/// The hash of a new password for the caller.
///
/// In order: it is not the one there is (`error-password-same-as-current`); it keeps the policy
/// (`error-password-policy-not-met`). `method` stands in the details.
///
/// # Errors
/// As above.
pub(crate) async fn fresh_password(
    cx: &Caller,
    before: &Proved,
    password: &str,
    method: &'static str,
) -> Result<String> {
    let digest = Digest::of(password);
    if before.0.is_some() && digest.is_some() {
        let verdict = cx.chat().state().hashing().check(before.0.clone(), digest.clone()).await?;
        if verdict != Verdict::Wrong {
            let text = "Entered password same as current password";
            return Err(Error::new("error-password-same-as-current", text).in_method(method));
        }
    }
    policy::check_password(&cx.chat().settings(), password)?;
    cx.chat().state().hashing().hash(digest.ok_or_else(policy::not_met)?).await
}

/// The password shown is not the caller's, or not any more.
pub(crate) fn wrong_proof() -> Error {
    challenge("totp-invalid", "TOTP Invalid")
}

fn challenge(id: &'static str, text: &'static str) -> Error {
    let details = json!({ "method": "password", "codeGenerated": false, "availableMethods": [] });
    Error::new(id, text).with_details(details)
}
