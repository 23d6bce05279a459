//! The catalogue of streams: which there are, what an event's name means, and who may listen.
//!
//! A stream is a publication and a method, both named `stream-<name>`. Of what a client asks to hear the catalogue makes
//! a [`Watch`], and a [`Rule`] that decides whether it may. Events that this server does not send yet can be listened
//! to where clients wait for the answer; nothing comes of them.

mod catalogue;
mod wish;

pub(crate) use catalogue::{Found, find};
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

/// Who may listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Everybody, logged in or not.
    Anyone,
    /// Whoever is logged in.
    LoggedIn,
    /// Who may read settings that are not public.
    Settings,
    /// Who may read the room, and for a public one who may preview it.
    Follow,
    /// Who may read the room.
    Attend,
    /// Nobody.
    Nobody,
}

/// Defines an enum of at most eight or sixteen events, with a set of them in a few bits.
macro_rules! feeds {
    ($(#[$doc:meta])* $name:ident, $(#[$set_doc:meta])* $set:ident($bits:ty) { $($(#[$event_doc:meta])* $event:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub(crate) enum $name { $($(#[$event_doc])* $event,)* }

        impl $name {
            /// Every one.
            pub(crate) const ALL: &[Self] = &[$(Self::$event),*];
        }

        $(#[$set_doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
        pub(crate) struct $set($bits);

        impl $set {
            pub(crate) fn has(self, feed: $name) -> bool {
                self.0 & (1 << feed as u8) != 0
            }

            pub(crate) fn set(&mut self, feed: $name, on: bool) {
                match on {
                    true => self.0 |= 1 << feed as u8,
                    false => self.0 &= !(1 << feed as u8),
                }
            }
        }

        const _: () = assert!($name::ALL.len() <= <$bits>::BITS as usize, "every event has a bit");
    };
}

feeds! {
    /// Events of no room.
    Feed,
    /// A set of them.
    Feeds(u16) {
        /// `<uid>/subscriptions-changed`
        Subscriptions,
        /// `<uid>/rooms-changed`
        Rooms,
        /// `<uid>/message`
        Message,
        /// `<uid>/userData`
        UserData,
        /// `<uid>/force_logout`
        ForceLogout,
        /// `<uid>/notification`
        Notification,
        /// `__my_messages__`
        MyMessages,
        /// `user-status`
        UserStatus,
        /// `Users:NameChanged`
        NameChanged,
        /// `roles-change`
        RolesChange,
        /// `permissions-changed`
        PermissionsChanged,
        /// `private-settings-changed`
        PrivateSettings,
        /// `public-settings-changed`
        PublicSettings,
        /// `public-info`
        PublicInfo,
    }
}

feeds! {
    /// Events of a room.
    RoomFeed,
    /// A set of them.
    RoomFeeds(u8) {
        /// `stream-room-messages` `<rid>`
        Messages,
        /// `<rid>/deleteMessage`
        Deleted,
        /// `<rid>/user-activity`
        Activity,
        /// `<rid>/typing`
        Typing,
        /// `stream-room-data` `<rid>`
        Document,
        /// An event that is not sent yet.
        Unsent,
    }
}

impl Feeds {
    /// What either has.
    pub(crate) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl RoomFeeds {
    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }
}

impl Feed {
    /// Its stream.
    pub(crate) fn stream(self) -> &'static str {
        match self {
            Self::MyMessages => ROOM_MESSAGES,
            Self::PublicSettings | Self::PublicInfo => NOTIFY_ALL,
            _ if self.own_event().is_some() => NOTIFY_USER,
            _ => NOTIFY_LOGGED,
        }
    }

    /// Its name; of a listener's own event the part after `<uid>/`.
    pub(crate) fn event(self) -> &'static str {
        match self {
            Self::Subscriptions => "subscriptions-changed",
            Self::Rooms => "rooms-changed",
            Self::Message => "message",
            Self::UserData => "userData",
            Self::ForceLogout => "force_logout",
            Self::Notification => "notification",
            Self::MyMessages => "__my_messages__",
            Self::UserStatus => "user-status",
            Self::NameChanged => "Users:NameChanged",
            Self::RolesChange => "roles-change",
            Self::PermissionsChanged => "permissions-changed",
            Self::PrivateSettings => "private-settings-changed",
            Self::PublicSettings => "public-settings-changed",
            Self::PublicInfo => "public-info",
        }
    }

    /// Its name, if only the listener hears it.
    fn own_event(self) -> Option<&'static str> {
        const OWN: [Feed; 6] =
            [Feed::Subscriptions, Feed::Rooms, Feed::Message, Feed::UserData, Feed::ForceLogout, Feed::Notification];
        OWN.contains(&self).then(|| self.event())
    }

    /// The feed of a user's own event of this name.
    pub(crate) fn own(event: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|feed| feed.own_event() == Some(event))
    }

    fn in_stream(stream: &str, event: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|feed| feed.stream() == stream && feed.event() == event)
    }

    /// Whether it needs no login.
    pub(crate) fn is_public(self) -> bool {
        self.stream() == NOTIFY_ALL
    }
}

pub(crate) const ROOM_MESSAGES: &str = "stream-room-messages";
pub(crate) const ROOM_DATA: &str = "stream-room-data";
pub(crate) const NOTIFY_ROOM: &str = "stream-notify-room";
pub(crate) const NOTIFY_USER: &str = "stream-notify-user";
pub(crate) const NOTIFY_LOGGED: &str = "stream-notify-logged";
pub(crate) const NOTIFY_ALL: &str = "stream-notify-all";
pub(crate) const USER_PRESENCE: &str = "stream-user-presence";
