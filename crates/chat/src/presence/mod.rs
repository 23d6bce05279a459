//! Who is connected, and how that looks to others.
//!
//! A connection is at the keyboard or away. Together with the default status that its user chose that makes the status
//! others see: offline without a connection; the default status where one other than `online` was chosen; else that of
//! the connections. All of it lives in memory; what was chosen is part of the account.
//!
//! A connection that breaks still counts for [`LINGER`]: clients that lose their socket are back in a moment, and nobody
//! is told of that. One whose session ended, or whose user logged out, counts no more at once.

mod chosen;
mod everybody;
mod list;
mod somebody;

pub(crate) use chosen::Chosen;
pub use everybody::Presence;
pub use list::{OnesPresence, OnesStatus, PresenceDoc, PresenceList, Whose, list, presence_of, status_of, text_of};
pub use somebody::LINGER;

use crate::users::{self, StatusChange};
use crate::{Caller, Chat};
use gantry_model::{Result, Status, UserId};

/// One connection of this node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ConnectionId(pub u64);

/// What others see of somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The status.
    pub status: Status,
    /// The line beside it.
    pub text: String,
}

/// A connection of the caller is there, at the keyboard.
///
/// # Errors
/// Unavailable, when the store is; the connection counts all the same.
pub async fn connected(cx: &Caller, connection: ConnectionId) -> Result<()> {
    let (chat, presence) = (cx.chat(), cx.chat().state().presence());
    presence.connect(cx.user(), connection, cx.token().map(|token| &*token.hash), chat.now());
    // The caller's account may be older than a choice that was made meanwhile.
    if let Some(user) = users::get(chat, cx.id()).await? {
        presence.choose(cx.id(), Chosen::of(&user), chat.now());
    }
    Ok(())
}

/// A connection broke. Its user is shown as before until [`LINGER`] is over.
pub fn disconnected(chat: &Chat, uid: &UserId, connection: ConnectionId) {
    chat.state().presence().linger(uid, connection, chat.now());
}

/// A connection is its user's no more.
pub fn logged_out(chat: &Chat, uid: &UserId, connection: ConnectionId) {
    chat.state().presence().disconnect(uid, connection, chat.now());
}

/// The client says whether somebody is at its keyboard: `UserPresence:online`, `UserPresence:away`.
pub fn at_keyboard(cx: &Caller, connection: ConnectionId, there: bool) {
    let status = if there { Status::Online } else { Status::Away };
    cx.chat().state().presence().set(cx.id(), connection, status, cx.chat().now());
}

/// Lets go of those whose connections broke and who did not come back; a job's work, every second.
pub fn let_go(chat: &Chat) {
    chat.state().presence().let_go(chat.now());
}

/// Ends the statuses whose time is over; a job's work, every second.
///
/// # Errors
/// Unavailable, when the store is; what has not ended yet ends the next time.
pub async fn end_statuses(chat: &Chat) -> Result<()> {
    let now = chat.now();
    while let Some((end, uid)) = chat.state().presence().ended(now) {
        users::end_status(chat, &uid, now).await?;
        chat.state().presence().settle(end, &uid, now);
    }
    Ok(())
}

/// `UserPresence:setDefaultStatus`: the default status alone.
///
/// # Errors
/// As [`users::set_status`].
pub async fn set_default_status(cx: &Caller, status: Status) -> Result<()> {
    let change = StatusChange { status: Some(status), ..StatusChange::default() };
    users::set_status(cx, cx.id(), change, "setUserStatus").await
}
