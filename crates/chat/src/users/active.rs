//! Letting accounts in and keeping them out.

use super::heirs::{fates, last_owner};
use super::{changed, key, make};
use crate::{Caller, Chat, auth, rooms};
use gantry_model::event::{Key, UserChange};
use gantry_model::role::builtin;
use gantry_model::{Error, Permission, Result, RoomId, User, UserId};
use gantry_store::{AuditEntry, Tx};
use serde_json::json;

/// How often the rooms that depend on somebody may change while the write waits.
const TRIES: usize = 5;

/// Activates or deactivates an account; whether it may log in now.
///
/// In order: `edit-other-user-active-status` or `manage-moderation-actions` (403); the account exists (`User not found`);
/// to deactivate: it is not the last active administrator (`error-action-not-allowed`), and no room loses its last owner
/// or last member by it (`user-last-owner`, `details` names the rooms), unless `relinquish` is set: then the eldest active
/// member becomes owner, and a room without one is removed. Every session of a deactivated account ends at once.
///
/// # Errors
/// As above.
pub async fn set_active(cx: &Caller, target: &UserId, active: bool, relinquish: bool) -> Result<bool> {
    for _ in 0..TRIES {
        let (uid, target) = (target.clone(), target.clone());
        let depending = match active {
            true => Vec::new(),
            false => cx.read(move |db| db.subscriptions().depending_on(&uid)).await?,
        };
        let rids: Vec<RoomId> = depending.into_iter().map(|room| room.id).collect();
        let keys: Vec<Key> = [Key::Server, key(&target)].into_iter().chain(rids.iter().map(rooms::key)).collect();
        match cx.write(keys, move |me, tx| change(me, tx, &target, active, relinquish, &rids)).await? {
            Outcome::Done => return Ok(active),
            Outcome::DoneButForRooms => {
                clear_away(cx.chat().clone());
                return Ok(active);
            }
            Outcome::Outdated => {}
        }
    }
    Err(Error::unavailable("the rooms of a user kept changing while it was deactivated"))
}

/// What came of the write.
enum Outcome {
    Done,
    /// What was in removed rooms is still to be cleared away.
    DoneButForRooms,
    /// Rooms depend on the user whose keys are not held.
    Outdated,
}

/// Rooms are gone for everybody at once; what was in them goes afterwards, at the latest at the next start.
fn clear_away(chat: Chat) {
    tokio::spawn(async move {
        if let Err(error) = rooms::clear_away(&chat).await {
            tracing::warn!(
                cause = error.cause(),
                "removed rooms are not cleared away yet; the next start goes on with it"
            );
        }
    });
}

fn change(
    me: &Caller,
    tx: &mut Tx<'_>,
    target: &UserId,
    active: bool,
    relinquish: bool,
    held: &[RoomId],
) -> Result<Outcome> {
    if !me.has(Permission::EditOtherUserActiveStatus) && !me.has(Permission::ManageModerationActions) {
        return Err(Error::unauthorized());
    }
    let mut user = make::held(tx, target)?;
    let mut outcome = Outcome::Done;
    if user.active == active {
        return Ok(outcome);
    }
    if !active {
        keep_an_admin(tx, &user)?;
        let depending = tx.subscriptions().depending_on(target)?;
        if depending.iter().any(|room| !held.contains(&room.id)) {
            return Ok(Outcome::Outdated);
        }
        let fates = fates(tx, target, depending)?;
        if !fates.is_empty() && !relinquish {
            return Err(last_owner(&fates));
        }
        for fate in fates {
            if !fate.fulfil(Some(me), tx)? {
                outcome = Outcome::DoneButForRooms;
            }
        }
        auth::end_all(tx, target)?;
    }
    user.active = active;
    user.profile.reason = user.profile.reason.filter(|_| !active);
    tx.accounts().update(&user)?;
    changed(tx, target, UserChange::Active);
    tx.audit().record(&AuditEntry {
        uid: Some(me.id().clone()),
        ip: Some(me.origin().ip.to_string()),
        act: if active { "user.activated" } else { "user.deactivated" },
        target: Some(target.to_string()),
        details: json!({ "relinquish": relinquish }),
    })?;
    Ok(outcome)
}

/// Refuses to take away the last active administrator. The server's key is held.
pub(super) fn keep_an_admin(tx: &mut Tx<'_>, user: &User) -> Result<()> {
    if !user.active || !user.has_role(builtin::ADMIN) || tx.accounts().admins(2)?.len() > 1 {
        return Ok(());
    }
    let details = json!({ "method": "removeUserFromRole", "action": "Remove_last_admin" });
    let text = "Leaving the app without an active admin is not allowed";
    Err(Error::new("error-action-not-allowed", text).with_details(details))
}
