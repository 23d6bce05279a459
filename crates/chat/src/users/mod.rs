//! Accounts: finding, making, changing.

use crate::Chat;
use crate::rooms::Invitees;
use gantry_model::{Result, User};

/// Those of a list that exist.
pub(crate) async fn some(chat: &Chat, list: Invitees) -> Result<Vec<User>> {
    chat.read(move |db| match list {
        Invitees::Ids(ids) => db.accounts().some(&ids),
        Invitees::Usernames(names) if names.is_empty() => Ok(Vec::new()),
        Invitees::Usernames(names) => db.accounts().by_usernames(&names),
    })
    .await
}
