//! Deleting accounts.
//!
//! The account itself goes in one write, and with it its sessions: nobody can do anything as its user from then on. What the
//! user left is cleared away afterwards, in writes that are short however much that is: memberships, with what depends on
//! them, and then the messages, for which everything that was ever written is looked through: of one account at a time,
//! whoever else waits. What a stop interrupts is gone on with at the next start.

use super::heirs::{self, fates, last_owner};
use super::{OWN_ACCOUNT, active, key};
use crate::auth::{self, Digest, Proved};
use crate::{Caller, Chat, messages, rooms, subscriptions};
use gantry_model::event::{Event, Key};
use gantry_model::{Erasure, Error, Permission, Result, Room, RoomId, RoomKind, User, UserId, UserKind};
use gantry_store::{AuditEntry, Tx};
use serde_json::json;
use std::time::Duration;

/// `details.method` of refusals.
const DELETE: &str = "deleteUser";
const DELETE_OWN: &str = "deleteUserOwnAccount";

/// Memberships ended in one write.
const AT_ONCE: usize = 25;
/// How long an answer waits until what the user left is cleared away; that goes on by itself.
const PATIENCE: Duration = Duration::from_secs(5);

/// Deletes an account; the rooms that go with it, where nobody else is left in them.
///
/// In order: `delete-user` (403 `unauthorized`); the account exists (`error-invalid-user`); not an app's
/// (`error-cannot-delete-app-user`), not the last active administrator's, not the server's own (`error-action-not-allowed`); no
/// room loses its last owner or last member by it (`user-last-owner`, `details` names the rooms), unless `relinquish` is set:
/// then the eldest active member becomes owner, and a room without one is removed. Every session ends at once. Messages go,
/// or stay, as `Message_ErasureType` says; direct rooms with one other go.
///
/// # Errors
/// As above, with `details.method` `deleteUser`.
pub async fn delete(cx: &Caller, target: &UserId, relinquish: bool) -> Result<Vec<RoomId>> {
    may_delete(cx)?;
    removed(cx, target, relinquish, None).await
}

/// Deletes the caller's own account.
///
/// In order: `Accounts_AllowDeleteOwnAccount` (`error-not-allowed`); the password there is, as its SHA-256 in hex
/// (`error-invalid-password`), or the user name where there is none (`error-invalid-username`); then as [`delete`], but for
/// the permission.
///
/// # Errors
/// As above, those of their own with `details.method` `deleteUserOwnAccount`.
pub async fn delete_own(cx: &Caller, password: &str, relinquish: bool) -> Result<()> {
    if !cx.chat().settings().bool("Accounts_AllowDeleteOwnAccount") {
        return Err(Error::not_allowed(DELETE_OWN));
    }
    let proved = proved(cx, password).await?;
    removed(cx, cx.id(), relinquish, Some(proved)).await.map(drop)
}

async fn proved(cx: &Caller, password: &str) -> Result<Proved> {
    let invalid = || Error::new("error-invalid-password", "Invalid password").in_method(DELETE_OWN);
    if cx.user().has_password {
        let digest = Digest::from_hex(password).ok_or_else(invalid)?;
        let proved = auth::prove(cx, Some(digest)).await;
        return proved.map_err(|error| if error.is("totp-invalid") { invalid() } else { error });
    }
    match cx.user().username.as_ref().is_some_and(|own| own.as_str() == password.trim()) {
        true => auth::stored_password(cx).await,
        false => Err(Error::new("error-invalid-username", "Invalid username").in_method(DELETE_OWN)),
    }
}

/// Whether the caller may delete accounts, for calls that would otherwise tell who does not whether there is one.
///
/// # Errors
/// 403 `unauthorized` without `delete-user`.
pub fn may_delete(me: &Caller) -> Result<()> {
    if me.has(Permission::DeleteUser) { Ok(()) } else { Err(Error::forbidden()) }
}

/// `own`: it is the caller's, and this the password.
async fn removed(cx: &Caller, target: &UserId, relinquish: bool, own: Option<Proved>) -> Result<Vec<RoomId>> {
    let uid = target.clone();
    let gone = cx.read(move |db| {
        let depending = db.subscriptions().depending_on(&uid)?;
        let fates = fates(db, &uid, depending)?;
        Ok(fates.into_iter().filter(|fate| fate.heir.is_none()).map(|fate| fate.room.id).collect())
    });
    let gone = gone.await?;
    let uid = target.clone();
    let write = move |me: &Caller, tx: &mut Tx<'_>| remove(me, tx, &uid, relinquish, own.as_ref());
    cx.write([Key::Server, key(target)], write).await?;
    let (chat, uid) = (cx.chat().clone(), target.clone());
    let clearing = tokio::spawn(async move { log_failure(&uid, cleared(&chat, &uid).await) });
    // It goes on by itself when nobody waits for it any more.
    let _ = tokio::time::timeout(PATIENCE, clearing).await;
    Ok(gone)
}

fn remove(me: &Caller, tx: &mut Tx<'_>, uid: &UserId, relinquish: bool, own: Option<&Proved>) -> Result<()> {
    match own {
        Some(_) if !me.chat().settings().bool("Accounts_AllowDeleteOwnAccount") => {
            return Err(Error::not_allowed(DELETE_OWN));
        }
        Some(_) => super::edit::still_proved(tx, me.user(), own)?,
        None => may_delete(me)?,
    }
    let user = tx.accounts().get(uid)?;
    let user = user.ok_or_else(|| Error::new("error-invalid-user", "Invalid user to delete").in_method(DELETE))?;
    may_go(tx, &user)?;
    if !relinquish {
        let depending = tx.subscriptions().depending_on(uid)?;
        if !depending.is_empty() {
            return Err(last_owner(&fates(tx, uid, depending)?));
        }
    }
    begin(me, tx, &user)
}

fn may_go(tx: &mut Tx<'_>, user: &User) -> Result<()> {
    let refused = |text: &'static str, action: &str| {
        let details = json!({ "method": DELETE, "action": action });
        Error::new("error-action-not-allowed", text).with_details(details)
    };
    if user.kind == UserKind::App {
        return Err(Error::new("error-cannot-delete-app-user", "Deleting app user is not allowed").in_method(DELETE));
    }
    active::keep_an_admin(tx, user).map_err(|error| match error.is("error-action-not-allowed") {
        true => refused("Leaving the app without admins is not allowed", "Remove_last_admin"),
        false => error,
    })?;
    if user.id == *OWN_ACCOUNT {
        return Err(refused("Deleting the rocket.cat user is not allowed", "Delete_user"));
    }
    Ok(())
}

fn begin(me: &Caller, tx: &mut Tx<'_>, user: &User) -> Result<()> {
    let uid = &user.id;
    // Any other word is as good as the default.
    let erasure = Erasure::from_word(me.chat().settings().text("Message_ErasureType")).unwrap_or(Erasure::Delete);
    auth::end_all(tx, uid)?;
    tx.erasures().begin(user, erasure)?;
    tx.highlights().set(uid, &[])?;
    tx.emit(key(uid), Event::HighlightsChanged { uid: uid.clone(), words: Vec::new() });
    tx.emit(key(uid), Event::UserRemoved { uid: uid.clone(), erasure });
    tx.audit().record(&AuditEntry {
        uid: Some(me.id().clone()),
        ip: Some(me.origin().ip.to_string()),
        act: "user.deleted",
        target: Some(uid.to_string()),
        details: json!({ "username": user.username, "messages": erasure.word() }),
    })
}

/// Clears away what users left whose accounts are gone; also once at the server's start, beside its other work.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn clear_away(chat: &Chat) -> Result<()> {
    for erasing in chat.read(|db| db.erasures().pending()).await? {
        cleared(chat, &erasing.uid).await?;
    }
    Ok(())
}

/// Clears away what one user left, to the end. On several nodes at once it does no harm.
async fn cleared(chat: &Chat, uid: &UserId) -> Result<()> {
    leave_rooms(chat, uid).await?;
    let _turn = chat.state().erasing().lock().await;
    let gone = uid.clone();
    let Some(erasing) = chat.read(move |db| db.erasures().get(&gone)).await? else { return Ok(()) };
    let erasure = erasing.erasure;
    if erasure != Erasure::Keep {
        messages::erase_of(chat, erasing).await?;
    }
    // Who was added by a write that had found the account still there.
    leave_rooms(chat, uid).await?;
    let gone = uid.clone();
    chat.write([key(uid)], move |tx| tx.erasures().finish(&gone, erasure)).await
}

async fn leave_rooms(chat: &Chat, uid: &UserId) -> Result<()> {
    let of = uid.clone();
    let rids = chat.read(move |db| db.subscriptions().rooms_of(&of)).await?;
    for some in rids.chunks(AT_ONCE) {
        let (some, uid) = (some.to_vec(), uid.clone());
        let keys: Vec<Key> = some.iter().map(rooms::key).collect();
        chat.write(keys, move |tx| some.iter().try_for_each(|rid| end_membership(tx, rid, &uid))).await?;
    }
    if rids.is_empty() { Ok(()) } else { rooms::clear_away(chat).await }
}

/// The room's key is held.
fn end_membership(tx: &mut Tx<'_>, rid: &RoomId, uid: &UserId) -> Result<()> {
    let Some((seat, mut room)) = tx.subscriptions().with_room(rid, uid)? else { return Ok(()) };
    if is_for_two(&room) {
        return heirs::remove(None, tx, &room);
    }
    let last_member = room.users_count <= 1 && !subscriptions::is_banned(&seat);
    if room.kind != RoomKind::Direct && (last_member || rooms::is_last_owner(tx, &seat)?) {
        match heirs::fate(tx, uid, room.clone())?.heir {
            Some(heir) => heirs::give(tx, &room, &heir)?,
            None => return heirs::remove(None, tx, &room),
        }
    }
    room.uids.retain(|participant| participant != uid);
    rooms::end(tx, &mut room, &seat)?;
    tx.rooms().update(&mut room)?;
    // A direct room goes by the names of its participants.
    rooms::changed(tx, rid, room.kind == RoomKind::Direct);
    Ok(())
}

fn is_for_two(room: &Room) -> bool {
    room.kind == RoomKind::Direct && room.uids.len() <= 2
}

fn log_failure(uid: &UserId, outcome: Result<()>) {
    if let Err(error) = outcome {
        let cause = error.cause();
        tracing::warn!(%uid, cause, "what a deleted user left is not cleared away yet; the next start goes on with it");
    }
}
