//! Letting accounts in and keeping them out.

use super::heirs::{fates, last_owner};
use super::{changed, key, make};
use crate::{Caller, Chat, auth, rooms};
use gantry_model::event::{Key, UserChange};
use gantry_model::role::builtin;
use gantry_model::{Error, Permission, Result, RoomId, User, UserId};
use gantry_store::{AuditEntry, Tx};
use serde_json::json;
use std::sync::Arc;

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
    let (letting, uid) = (Letting { active, relinquish }, target.clone());
    let write = move |me: &Caller, tx: &mut Tx<'_>, held: &[RoomId]| {
        if !me.has(Permission::EditOtherUserActiveStatus) && !me.has(Permission::ManageModerationActions) {
            return Err(Error::unauthorized());
        }
        let before = make::held(tx, &uid)?;
        let mut user = before.clone();
        let outcome = letting.apply(me, tx, &mut user, held)?;
        if user != before {
            tx.accounts().update(&user)?;
        }
        Ok((outcome, active))
    };
    with_rooms(cx, target, Some(letting), vec![Key::Server, key(target)], write).await
}

/// What came of a write that may let somebody in, or keep somebody out.
pub(super) enum Outcome {
    Done,
    /// What was in removed rooms is still to be cleared away.
    DoneButForRooms,
    /// Rooms depend on the user whose keys are not held: nothing was written.
    Outdated,
}

/// Whether somebody may log in from now on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letting {
    pub(super) active: bool,
    /// Rooms that nobody else owns are given away, or removed.
    pub(super) relinquish: bool,
}

/// Runs a write that also holds the rooms which depend on the account, where it is deactivated; again, if others do by then.
pub(super) async fn with_rooms<T: Send + 'static>(
    cx: &Caller,
    target: &UserId,
    letting: Option<Letting>,
    keys: Vec<Key>,
    write: impl Fn(&Caller, &mut Tx<'_>, &[RoomId]) -> Result<(Outcome, T)> + Send + Sync + 'static,
) -> Result<T> {
    let write = Arc::new(write);
    for _ in 0..TRIES {
        let rids = match letting {
            Some(Letting { active: false, .. }) => depending(cx, target).await?,
            _ => Vec::new(),
        };
        let (keys, write) =
            (keys.iter().cloned().chain(rids.iter().map(rooms::key)).collect::<Vec<_>>(), write.clone());
        match cx.write(keys, move |me, tx| write(me, tx, &rids)).await? {
            (Outcome::Outdated, _) => {}
            (Outcome::DoneButForRooms, done) => {
                clear_away(cx.chat().clone());
                return Ok(done);
            }
            (Outcome::Done, done) => return Ok(done),
        }
    }
    Err(Error::unavailable("the rooms of a user kept changing while it was deactivated"))
}

async fn depending(cx: &Caller, target: &UserId) -> Result<Vec<RoomId>> {
    let uid = target.clone();
    let rooms = cx.read(move |db| db.subscriptions().depending_on(&uid)).await?;
    Ok(rooms.into_iter().map(|room| room.id).collect())
}

impl Letting {
    /// Changes the account, which is to be written by who calls, and what depends on it; before anything else is written.
    /// The keys of the server and of the `held` rooms are held.
    ///
    /// # Errors
    /// Those of [`set_active`], from the last administrator on.
    pub(super) fn apply(self, me: &Caller, tx: &mut Tx<'_>, user: &mut User, held: &[RoomId]) -> Result<Outcome> {
        let Self { active, relinquish } = self;
        if user.active == active {
            return Ok(Outcome::Done);
        }
        let outcome = if active { Outcome::Done } else { self.keep_out(me, tx, user, held)? };
        if matches!(outcome, Outcome::Outdated) {
            return Ok(outcome);
        }
        user.active = active;
        user.profile.reason = user.profile.reason.take().filter(|_| !active);
        changed(tx, &user.id, UserChange::Active);
        tx.audit().record(&AuditEntry {
            uid: Some(me.id().clone()),
            ip: Some(me.origin().ip.to_string()),
            act: if active { "user.activated" } else { "user.deactivated" },
            target: Some(user.id.to_string()),
            details: json!({ "relinquish": relinquish }),
        })?;
        Ok(outcome)
    }

    fn keep_out(self, me: &Caller, tx: &mut Tx<'_>, user: &User, held: &[RoomId]) -> Result<Outcome> {
        keep_an_admin(tx, user)?;
        let depending = tx.subscriptions().depending_on(&user.id)?;
        if depending.iter().any(|room| !held.contains(&room.id)) {
            return Ok(Outcome::Outdated);
        }
        let fates = fates(tx, &user.id, depending)?;
        if !fates.is_empty() && !self.relinquish {
            return Err(last_owner(&fates));
        }
        let mut outcome = Outcome::Done;
        for fate in fates {
            if !fate.fulfil(me, tx)? {
                outcome = Outcome::DoneButForRooms;
            }
        }
        auth::end_all(tx, &user.id)?;
        Ok(outcome)
    }
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

/// Refuses to take away the last active administrator. The server's key is held.
pub(super) fn keep_an_admin(tx: &mut Tx<'_>, user: &User) -> Result<()> {
    if !user.active || !user.has_role(builtin::ADMIN) || tx.accounts().admins(2)?.len() > 1 {
        return Ok(());
    }
    let details = json!({ "method": "removeUserFromRole", "action": "Remove_last_admin" });
    let text = "Leaving the app without an active admin is not allowed";
    Err(Error::new("error-action-not-allowed", text).with_details(details))
}
