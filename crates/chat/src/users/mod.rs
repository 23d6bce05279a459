//! Accounts: finding, making, changing.

mod active;
mod badges;
mod create;
mod custom_fields;
mod document;
mod edit;
mod erase;
mod first;
mod heirs;
mod in_role;
mod info;
mod list;
mod make;
mod names;
mod password;
mod preferences;
mod profile;
mod register;
mod role_grants;
mod roles;
mod status;
mod token;
mod update;

pub use active::set_active;
pub use badges::{Badge, badges};
pub use create::{NewUser, create, create_as_server};
pub use document::{Me, UserDoc};
pub use erase::{clear_away, delete, delete_own, may_delete};
pub(crate) use first::OWN_ACCOUNT;
pub use first::{FirstAdministrator, ensure_admin, ensure_first};
pub use in_role::in_role;
pub use info::{Search, info, me};
pub(crate) use list::active;
pub use list::{ListPage, Listing, Sort, list, list_as_server};
pub use make::join_defaults;
pub use password::set_password;
pub use preferences::{preferences, set_preferences};
pub use profile::{
    ProfileChanges, change_password, choose_password, may_have_username, save_profile, set_custom_fields, set_email,
    set_name, set_username, suggest_username,
};
pub use register::{Registration, is_registration_secret, register};
pub use role_grants::{give_role, role, take_role};
pub use roles::set_roles;
pub(crate) use status::end_status;
pub use status::{StatusChange, set_status, status_target};
pub use token::{UserToken, create_token};
pub use update::{UserChanges, update};

use crate::rooms::Invitees;
use crate::{Caller, Chat};
use gantry_model::event::{Event, Key, UserChange};
use gantry_model::{Result, User, UserId};
use gantry_store::Tx;
use std::sync::Arc;

/// What a request names a user by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserRef {
    /// `_id`.
    Id(UserId),
    /// The user name, in any case.
    Username(String),
}

/// The account a request names. Says nothing about access: who has an account is no secret among users.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn find(cx: &Caller, user: UserRef) -> Result<Option<User>> {
    match user {
        UserRef::Id(id) => Ok(get(cx.chat(), &id).await?.map(|user| (*user).clone())),
        UserRef::Username(name) => by_username(cx.chat(), &name).await,
    }
}

/// The account with this user name, in any case; for the server's own command line.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn by_username(chat: &Chat, username: &str) -> Result<Option<User>> {
    let username = username.to_owned();
    chat.read(move |db| db.accounts().by_username(&username)).await
}

/// The account with this id: from memory, else from the store.
///
/// # Errors
/// Unavailable, when the store is.
pub(crate) async fn get(chat: &Chat, id: &UserId) -> Result<Option<Arc<User>>> {
    let state = chat.state();
    if let Some(user) = state.user(id) {
        return Ok(Some(user));
    }
    let (epoch, id) = (state.epoch(), id.clone());
    let found = chat.read(move |db| db.accounts().get(&id)).await?.map(Arc::new);
    if let Some(user) = &found {
        state.keep_user(epoch, user);
    }
    Ok(found)
}

/// Those of `ids` that exist: from memory, the others in one read.
pub(crate) async fn some_by_id(chat: &Chat, ids: Vec<UserId>) -> Result<Vec<Arc<User>>> {
    let state = chat.state();
    let (mut known, mut missing) = (Vec::with_capacity(ids.len()), Vec::new());
    for id in ids {
        match state.user(&id) {
            Some(user) => known.push(user),
            None => missing.push(id),
        }
    }
    if !missing.is_empty() {
        let epoch = state.epoch();
        for user in chat.read(move |db| db.accounts().some(&missing)).await? {
            let user = Arc::new(user);
            state.keep_user(epoch, &user);
            known.push(user);
        }
    }
    Ok(known)
}

/// Those of a list that exist.
pub(crate) async fn some(chat: &Chat, list: Invitees) -> Result<Vec<User>> {
    chat.read(move |db| match list {
        Invitees::Ids(ids) => db.accounts().some(&ids),
        Invitees::Usernames(names) if names.is_empty() => Ok(Vec::new()),
        Invitees::Usernames(names) => db.accounts().by_usernames(&names),
    })
    .await
}

/// The key that orders everything about an account.
pub(crate) fn key(uid: &UserId) -> Key {
    Key::User(uid.clone())
}

/// Records that an account's document changed.
pub(crate) fn changed(tx: &mut Tx<'_>, uid: &UserId, what: UserChange) {
    tx.emit(key(uid), Event::UserChanged { uid: uid.clone(), what });
}
