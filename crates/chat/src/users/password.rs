//! Setting passwords.

use super::{changed, key};
use crate::{Chat, auth};
use gantry_model::event::UserChange;
use gantry_model::{Result, UserId};
use gantry_store::{AuditEntry, Tx};
use serde_json::json;

/// Sets the password of an account and ends all its sessions, on behalf of the machine's own command line: the policy for
/// new passwords does not bind it.
///
/// # Errors
/// `User not found`; `error-password-policy-not-met` for one that is too long.
pub async fn set_password(chat: &Chat, target: &UserId, password: &str) -> Result<()> {
    let hash = auth::hash_password(chat, password).await?;
    let uid = target.clone();
    let write = move |tx: &mut Tx<'_>| {
        super::make::held(tx, &uid)?;
        tx.accounts().set_password(&uid, &hash)?;
        auth::end_all(tx, &uid)?;
        changed(tx, &uid, UserChange::Other);
        tx.audit().record(&AuditEntry {
            uid: None,
            ip: None,
            act: "user.password",
            target: Some(uid.to_string()),
            details: json!({}),
        })
    };
    chat.write([key(target)], write).await
}
