//! Notifications of messages: who is told of one though nobody looked, and in which words.
//!
//! The rule stands here once, whatever carries the notification: [`Occasion`] decides from what a member wants, which
//! carriers keep in memory for those they reach, so that nobody else costs anything; [`due`] leaves out whoever is not to
//! be disturbed, and writes what the others are told.

mod notice;
mod rule;

pub use notice::{Notice, due};
pub use rule::Occasion;

use crate::{Chat, users};
use gantry_model::{Notify, Result, RoomId, RoomWishes, UserId};

/// What somebody is a member of, and wants to be notified of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wishes {
    /// Of which messages on the desktop, where a room does not say; nothing = as the server does by default.
    pub desktop: Option<Notify>,
    /// The rooms, and what is wanted there.
    pub rooms: Vec<(RoomId, RoomWishes)>,
}

/// What a user is a member of and wants to be notified of, for the sockets of who logs in. A room the user is banned from is
/// none of these: nothing of it is told.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn wishes(chat: &Chat, uid: &UserId) -> Result<Wishes> {
    let id = uid.clone();
    let rooms = chat.read(move |db| db.subscriptions().settings_of(&id)).await?;
    let user = users::get(chat, uid).await?;
    let rooms = rooms.into_iter().filter(|(_, settings)| !settings.is_banned());
    Ok(Wishes {
        desktop: user.and_then(|user| Notify::on_desktop(&user.preferences)),
        rooms: rooms.map(|(rid, settings)| (rid, RoomWishes::of(&settings))).collect(),
    })
}
