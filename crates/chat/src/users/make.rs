//! Making an account, whoever asks for it.

use super::key;
use crate::auth::mark_administered;
use crate::{Caller, Chat, Origin, rooms};
use gantry_model::event::{Event, Key};
use gantry_model::role::{RoleScope, builtin};
use gantry_model::{Email, Error, Millis, Profile, Result, RoleId, Status, User, UserId, UserKind};
use gantry_store::{NewAccount, Tx};
use std::sync::Arc;

/// A person's account about to be made.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) username: String,
    pub(super) name: Option<String>,
    /// As it is kept, and whether it is taken as verified.
    pub(super) email: Option<(String, bool)>,
    /// The hash.
    pub(super) password: Option<String>,
    pub(super) roles: Vec<RoleId>,
    pub(super) active: bool,
    pub(super) status_text: String,
    pub(super) profile: Profile,
    pub(super) join_default_rooms: bool,
}

/// What a new account's names clash with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    Username,
    Email,
}

/// Whether the names of a new account are free. The server's key is held, so they stay it.
pub(super) fn taken(tx: &mut Tx<'_>, draft: &Draft) -> Result<Option<Taken>> {
    if tx.accounts().by_username(&draft.username)?.is_some() {
        return Ok(Some(Taken::Username));
    }
    if let Some((address, _)) = &draft.email
        && tx.accounts().by_email(address)?.is_some()
    {
        return Ok(Some(Taken::Email));
    }
    Ok(None)
}

/// The keys to make an account under: names are the server's, and its user joins the default rooms.
pub(super) async fn keys(chat: &Chat) -> Result<Vec<Key>> {
    let defaults = chat.read(|db| db.rooms().defaults()).await?;
    Ok(std::iter::once(Key::Server).chain(defaults.iter().map(rooms::key)).collect())
}

/// Makes the account and lets its user join the default rooms whose keys are held; one that became a default room this
/// very moment is left out.
pub(super) fn insert(
    chat: &Chat,
    tx: &mut Tx<'_>,
    draft: &Draft,
    keys: &[Key],
    origin: &Arc<Origin>,
) -> Result<Arc<User>> {
    let user = account(tx, draft);
    tx.accounts().insert(&NewAccount { user: user.clone(), password: draft.password.clone() })?;
    tx.emit(key(&user.id), Event::UserCreated { uid: user.id.clone() });
    if user.has_role(builtin::ADMIN) {
        mark_administered(tx, &user.id)?;
    }
    let user = Arc::new(user);
    if draft.join_default_rooms {
        let newcomer = Caller::new(chat.clone(), user.clone(), None, origin.clone());
        join_default_rooms(&newcomer, tx, keys, false)?;
    }
    Ok(user)
}

fn account(tx: &Tx<'_>, draft: &Draft) -> User {
    let email = |(address, verified): &(String, bool)| Email { address: address.as_str().into(), verified: *verified };
    User {
        id: tx.id(),
        username: Some(draft.username.as_str().into()),
        name: draft.name.clone(),
        kind: UserKind::User,
        active: draft.active,
        roles: draft.roles.clone(),
        emails: draft.email.iter().map(email).collect(),
        status_default: Status::Online,
        status_text: draft.status_text.clone(),
        has_password: draft.password.is_some(),
        created: tx.stamp(),
        last_login: None::<Millis>,
        updated: tx.stamp(),
        preferences: serde_json::Map::new(),
        profile: draft.profile.clone(),
    }
}

/// Lets the caller join the default rooms that are not archived; `silently`: no message there tells of it.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn join_defaults(cx: &Caller, silently: bool) -> Result<()> {
    let defaults = cx.read(|db| db.rooms().defaults()).await?;
    let keys: Vec<Key> = defaults.iter().map(rooms::key).collect();
    let held = keys.clone();
    cx.write(keys, move |me, tx| join_default_rooms(me, tx, &held, silently)).await
}

fn join_default_rooms(newcomer: &Caller, tx: &mut Tx<'_>, keys: &[Key], silently: bool) -> Result<()> {
    for rid in tx.rooms().defaults()? {
        let held = keys.contains(&rooms::key(&rid));
        if let Some(mut room) = tx.rooms().get(&rid)?.filter(|room| held && !room.archived) {
            let favorite = room.extra.favorite;
            match silently {
                true => drop(rooms::add_silently(newcomer, tx, &mut room, favorite)?),
                false => rooms::add_joining(newcomer, tx, &mut room, favorite)?,
            }
        }
    }
    Ok(())
}

/// The roles that everybody gets who registers.
pub(super) fn default_roles(chat: &Chat) -> Vec<RoleId> {
    let known = |role: &&RoleId| chat.roles().of_scope(RoleScope::Users, role.as_str()).is_some();
    let roles: Vec<RoleId> = chat.settings().hot().accounts.default_roles.iter().filter(known).cloned().collect();
    // Without any role nobody could log in.
    if roles.is_empty() { vec![RoleId::new(builtin::USER)] } else { roles }
}

/// The first of `roles` that is not given to users.
pub(super) fn unknown_role<'a>(chat: &Chat, roles: &'a [RoleId]) -> Option<&'a RoleId> {
    let known = chat.roles();
    roles.iter().find(|role| known.of_scope(RoleScope::Users, role.as_str()).is_none())
}

/// The account as it is now, in a write that holds its key.
pub(super) fn held(tx: &mut Tx<'_>, uid: &UserId) -> Result<User> {
    tx.accounts().get(uid)?.ok_or_else(no_user)
}

/// There is no such account.
pub(super) fn no_user() -> Error {
    Error::text("User not found")
}
