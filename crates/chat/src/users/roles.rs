//! Global roles of accounts.

use super::active::keep_an_admin;
use super::{changed, key, make};
use crate::{Chat, auth};
use gantry_model::event::{Event, Key, UserChange};
use gantry_model::role::builtin;
use gantry_model::{Error, Result, RoleId, User, UserId};
use gantry_store::{AuditEntry, Tx};
use serde_json::json;

/// Replaces the global roles of an account, on behalf of the machine's own command line.
///
/// # Errors
/// `error-invalid-role` for a role that is not given to users, or for none at all; `error-action-not-allowed` when the
/// last active administrator would lose the role.
pub async fn set_roles(chat: &Chat, target: &UserId, roles: Vec<RoleId>) -> Result<()> {
    if let Some(unknown) = make::unknown_role(chat, &roles) {
        return Err(Error::new("error-invalid-role", format!("There is no role {unknown} for users")));
    }
    if roles.is_empty() {
        return Err(Error::new("error-invalid-role", "An account without a role cannot log in"));
    }
    let uid = target.clone();
    let write = move |tx: &mut Tx<'_>| {
        let before = make::held(tx, &uid)?;
        let user = User { roles: distinct(&roles), ..before.clone() };
        replaced(tx, &before, &user)?;
        tx.accounts().update(&user)?;
        tx.audit().record(&AuditEntry {
            uid: None,
            ip: None,
            act: "user.roles",
            target: Some(uid.to_string()),
            details: json!({ "roles": user.roles }),
        })
    };
    chat.write([Key::Server, key(target)], write).await
}

/// Checks and records that an account has other roles; writing it is for who calls. The server's key is held.
///
/// # Errors
/// `error-action-not-allowed` when the last active administrator would lose the role.
pub(super) fn replaced(tx: &mut Tx<'_>, before: &User, user: &User) -> Result<()> {
    if !user.has_role(builtin::ADMIN) {
        keep_an_admin(tx, before)?;
    }
    let uid = &user.id;
    for (role, given) in differences(&before.roles, &user.roles) {
        tx.emit(key(uid), Event::RoleGranted { uid: uid.clone(), role, scope: None, given });
    }
    if user.has_role(builtin::ADMIN) {
        auth::mark_administered(tx, uid)?;
    }
    changed(tx, uid, UserChange::Roles);
    Ok(())
}

/// Each role once, in its order.
pub(super) fn distinct(roles: &[RoleId]) -> Vec<RoleId> {
    roles.iter().fold(Vec::new(), |mut seen, role| {
        if !seen.contains(role) {
            seen.push(role.clone());
        }
        seen
    })
}

/// What was taken, then what was given.
fn differences(before: &[RoleId], after: &[RoleId]) -> Vec<(RoleId, bool)> {
    let taken = before.iter().filter(|role| !after.contains(role)).map(|role| (role.clone(), false));
    let given = after.iter().filter(|role| !before.contains(role)).map(|role| (role.clone(), true));
    taken.chain(given).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(names: &[&str]) -> Vec<RoleId> {
        names.iter().map(RoleId::new).collect()
    }

    #[test]
    fn only_differences_are_told() {
        assert_eq!(distinct(&roles(&["user", "bot", "user"])), roles(&["user", "bot"]));
        let differences = differences(&roles(&["user", "bot"]), &roles(&["admin", "user"]));
        assert_eq!(differences, [(RoleId::new("bot"), false), (RoleId::new("admin"), true)]);
    }
}
