//! Who wears a role that clients show beside the name.

use crate::Caller;
use gantry_model::{Result, RoleId, UserId, Username};
use serde::Serialize;

/// Holders of such roles that are told, at most.
const MOST: i64 = 1_000;

/// Somebody with roles that are shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Badge {
    /// Who.
    #[serde(rename = "_id")]
    pub id: UserId,
    /// Under which user name.
    pub username: Option<Username>,
    /// Which roles.
    pub roles: Vec<RoleId>,
}

/// Everybody with a global role that is shown.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn badges(cx: &Caller) -> Result<Vec<Badge>> {
    let users = cx
        .read(|db| {
            let holders = db.accounts().with_roles(MOST)?;
            db.accounts().some(&holders)
        })
        .await?;
    let roles = cx.chat().roles();
    let shown = |role: &RoleId| roles.shown().any(|one| one.id == *role);
    let badge = |user: gantry_model::User| Badge {
        roles: user.roles.into_iter().filter(shown).collect(),
        id: user.id,
        username: user.username,
    };
    Ok(users.into_iter().map(badge).filter(|badge| !badge.roles.is_empty()).collect())
}
