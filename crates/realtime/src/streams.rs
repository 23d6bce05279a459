//! The streams: which there are, what an event's name means, who may listen and who may write.
//!
//! A stream is a publication and a method, both named `stream-<name>`. To what a client names the [catalogue] has a
//! [`Row`], which says who may listen; of what the client listens to it makes a [`Watch`]. Events that this server does
//! not send yet can be listened to where clients wait for the answer; nothing comes of them.

mod catalogue;
mod row;
mod wish;

pub use catalogue::sent;
pub(crate) use catalogue::{Feed, Feeds, Found, RoomFeed, RoomFeeds, find, is_stream};
pub(crate) use row::{Carrier, Event, Names, Read, Who, Write};

pub(crate) use wish::Wish;

use gantry_model::RoomId;

/// What one subscription listens to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Watch {
    /// Nothing that is sent yet.
    Silent,
    /// An event that belongs to nobody or to the listener.
    Feed(Feed),
    /// An event of a room.
    Room(RoomId, RoomFeed),
    /// The presence of the users on a list.
    Presence,
}

impl RoomFeed {
    /// Its name: the part after `<rid>/`; nothing where the room's id is all.
    pub(crate) const fn event(self) -> &'static str {
        self.row().names.text()
    }
}

impl Feed {
    /// Its stream.
    pub(crate) const fn stream(self) -> &'static str {
        self.row().stream
    }

    /// Its name; of a listener's own event the part after `<uid>/`.
    pub(crate) const fn event(self) -> &'static str {
        self.row().names.text()
    }

    /// The feed of a user's own event of this name.
    pub(crate) fn own(event: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|feed| matches!(feed.row().names, Names::Of(name) if name == event))
    }

    /// Whether it needs no login.
    pub(crate) fn is_public(self) -> bool {
        self.row().read == Read::Only(Who::Anyone)
    }
}

pub(crate) const ROOM_MESSAGES: &str = "stream-room-messages";
pub(crate) const ROOM_DATA: &str = "stream-room-data";
pub(crate) const NOTIFY_ROOM: &str = "stream-notify-room";
pub(crate) const NOTIFY_ROOM_USERS: &str = "stream-notify-room-users";
pub(crate) const NOTIFY_USER: &str = "stream-notify-user";
pub(crate) const NOTIFY_LOGGED: &str = "stream-notify-logged";
pub(crate) const NOTIFY_ALL: &str = "stream-notify-all";
pub(crate) const ROLES: &str = "stream-roles";
pub(crate) const USER_PRESENCE: &str = "stream-user-presence";
