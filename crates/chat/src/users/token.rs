//! Tokens that programs make for others.

use super::key;
use crate::{Caller, auth};
use gantry_model::{Error, Permission, Result, User, UserId};
use gantry_store::AuditEntry;
use serde::Serialize;
use serde_json::json;

/// A token for somebody.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UserToken {
    user_id: UserId,
    auth_token: String,
}

/// Makes a login of `target` for a program that knows the secret of the configuration (`CREATE_TOKENS_FOR_USERS_SECRET`).
///
/// In order: `user-generate-access-token`, a secret is configured, it is this one, the account may log in: all
/// `error-not-authorized`, so that nothing can be told apart.
///
/// # Errors
/// As above.
pub async fn create_token(cx: &Caller, target: &User, secret: &str) -> Result<UserToken> {
    let configured = cx.chat().state().token_secret();
    let knows = configured.is_some_and(|configured| same(configured, secret));
    let uid = target.id.clone();
    cx.write([key(&target.id)], move |me, tx| {
        let user = tx.accounts().get(&uid)?.filter(|user| user.active && !user.roles.is_empty());
        if !me.has(Permission::UserGenerateAccessToken) || !knows || user.is_none() {
            return Err(Error::new("error-not-authorized", "Not authorized"));
        }
        let issued = auth::issue(tx, me.chat(), &uid)?;
        tx.audit().record(&AuditEntry {
            uid: Some(me.id().clone()),
            ip: Some(me.origin().ip.to_string()),
            act: "user.token-created",
            target: Some(uid.to_string()),
            details: json!({}),
        })?;
        Ok(UserToken { user_id: uid.clone(), auth_token: issued.token })
    })
    .await
}

/// Compares in a time that does not tell how far the texts agree.
pub(super) fn same(one: &str, other: &str) -> bool {
    aws_lc_rs::constant_time::verify_slices_are_equal(one.as_bytes(), other.as_bytes()).is_ok()
}
