//! What has happened: data, named in the past tense, with what receivers need and nothing about who they are.
//!
//! A write collects events; they leave when it has committed. Each belongs to one [`Key`], whose events are
//! numbered without gaps: caches, sockets, history and sync follow that order and nothing else.

use crate::{
    Erasure, Message, MessageId, Millis, Notify, Person, Role, RoleId, RoomId, RoomKind, RoomWishes, SettingId, Status,
    SubscriptionId, UserId,
};
use std::sync::Arc;

/// What orders writes against each other: usually one room.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// Everything in and about one room.
    Room(RoomId),
    /// Everything about one account.
    User(UserId),
    /// What there is once: settings, roles, permissions, the names of rooms and accounts.
    Server,
}

impl Key {
    /// The key as text; what it is stored and hashed under.
    pub fn text(&self) -> String {
        match self {
            Self::Room(id) => format!("room:{id}"),
            Self::User(id) => format!("user:{id}"),
            Self::Server => "server".into(),
        }
    }
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub enum Event {
    /// A message came into a room.
    MessageSent(Box<MessageSent>),
    /// A message is not what it was: edited, reacted to, deleted with a trace.
    MessageChanged {
        /// The message as it is now.
        message: Arc<Message>,
        /// The room's document changed with it.
        room_changed: bool,
    },
    /// A message is gone without a trace.
    MessageDeleted {
        /// Its room.
        rid: RoomId,
        /// Which.
        id: MessageId,
    },
    /// A room was made.
    RoomCreated {
        /// Which.
        rid: RoomId,
        /// Of which kind.
        kind: RoomKind,
    },
    /// A room's document changed otherwise than by a message.
    RoomChanged {
        /// Which.
        rid: RoomId,
        /// Name, display name, kind or archived changed, which members see in their subscriptions.
        named: bool,
    },
    /// A room is gone, with its messages and memberships.
    RoomRemoved {
        /// Which.
        rid: RoomId,
        /// Of which kind.
        kind: RoomKind,
    },
    /// Somebody became a member.
    SubscriptionInserted {
        /// The room.
        rid: RoomId,
        /// Of which kind.
        kind: RoomKind,
        /// The member.
        uid: UserId,
    },
    /// A membership is not what it was: read, hidden, roles, preferences, a mention.
    SubscriptionChanged {
        /// The room.
        rid: RoomId,
        /// The member.
        uid: UserId,
    },
    /// Somebody is a member no more.
    SubscriptionRemoved(Box<SubscriptionRemoved>),
    /// An account was made.
    UserCreated {
        /// Which.
        uid: UserId,
    },
    /// An account's document changed.
    UserChanged {
        /// Which.
        uid: UserId,
        /// What changed, for those who hear about it.
        what: UserChange,
    },
    /// An account is gone.
    UserRemoved {
        /// Which.
        uid: UserId,
        /// What becomes of what its user wrote.
        erasure: Erasure,
    },
    /// Somebody chose another default status or status text, also where it ran out.
    StatusChosen {
        /// Who.
        uid: UserId,
        /// The default status.
        status: Status,
        /// The line beside it.
        text: String,
        /// Both end then.
        until: Option<Millis>,
    },
    /// Somebody prefers to be notified of other messages, wherever a membership does not say which.
    NotificationsChosen {
        /// Who.
        uid: UserId,
        /// Of which on the desktop; nothing = as the server does by default.
        desktop: Option<Notify>,
    },
    /// A member wants to be notified of other messages in one room.
    RoomNotificationsChosen {
        /// The room.
        rid: RoomId,
        /// The member.
        uid: UserId,
        /// Of which.
        wishes: RoomWishes,
    },
    /// Somebody wants to be told of other words.
    HighlightsChanged {
        /// Who.
        uid: UserId,
        /// All of them; none = no longer.
        words: Vec<String>,
    },
    /// Sessions ended: one token, or all but one.
    SessionsEnded {
        /// Whose.
        uid: UserId,
        /// Which.
        which: EndedSessions,
    },
    /// A setting has another value.
    SettingChanged {
        /// Which.
        id: SettingId,
        /// What it was changed to; nothing when it is back at its default.
        change: Option<crate::SettingChange>,
    },
    /// A permission is granted to other roles.
    PermissionChanged {
        /// Its id.
        id: String,
        /// The roles that hold it now.
        roles: Vec<RoleId>,
    },
    /// A role was made, or is not what it was.
    RoleChanged {
        /// As it is now.
        role: Box<Role>,
    },
    /// A role is gone.
    RoleRemoved {
        /// As it was.
        role: Box<Role>,
    },
    /// A role was given or taken.
    RoleGranted {
        /// Whose.
        uid: UserId,
        /// Which.
        role: RoleId,
        /// In which room; globally without.
        scope: Option<RoomId>,
        /// Given, or taken.
        given: bool,
    },
}

/// See [`Event::MessageSent`].
#[derive(Clone, Debug)]
pub struct MessageSent {
    /// The message.
    pub message: Arc<Message>,
    /// Its author's names at that moment.
    pub author: Arc<Person>,
    /// Its room's kind.
    pub kind: RoomKind,
    /// Its room's name, if it has one.
    pub room_name: Option<String>,
    /// It raised an alert for every other member (messages of people do, system messages do not).
    pub alerts: bool,
    /// It changed every other member's unread or group mention count.
    pub counts: bool,
    /// Members for whom it was written that they are mentioned.
    pub mentioned: Vec<UserId>,
    /// Whom it is for; nobody is notified of what the server wrote.
    pub addressed: Option<Box<Addressed>>,
}

/// Whom a person's message is for, besides those who read along, each list sorted; and where it stands, in the words of a
/// notification.
#[derive(Clone, Debug, Default)]
pub struct Addressed {
    /// Those it names.
    pub named: Vec<UserId>,
    /// Those with a highlight word in it, members or not.
    pub highlighted: Vec<UserId>,
    /// It names everybody, by `@all` or `@here`.
    pub everybody: bool,
    /// Those who follow the thread it is in.
    pub followers: Vec<UserId>,
    /// How many members the room has.
    pub members: i64,
    /// What the room is called where people see it; a direct room goes by its participants.
    pub place: String,
    /// The participants of a direct room.
    pub participants: Vec<UserId>,
}

/// See [`Event::SubscriptionRemoved`].
#[derive(Clone, Debug)]
pub struct SubscriptionRemoved {
    /// `_id` of the membership.
    pub id: SubscriptionId,
    /// The room.
    pub rid: RoomId,
    /// Of which kind.
    pub kind: RoomKind,
    /// The room's name, if it has one.
    pub name: Option<String>,
    /// The room's display name.
    pub fname: Option<String>,
    /// Who was a member.
    pub uid: UserId,
}

/// See [`Event::UserChanged`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserChange {
    /// Default status or status text.
    Status,
    /// Name or user name.
    Names,
    /// Global roles.
    Roles,
    /// Activated or deactivated.
    Active,
    /// Preferences.
    Preferences,
    /// Anything else.
    Other,
}

/// See [`Event::SessionsEnded`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EndedSessions {
    /// The one with this token hash.
    One(String),
    /// All but the one with this token hash, where there is one.
    AllBut(Option<String>),
}

/// An event with its place in the order of its key.
#[derive(Clone, Debug)]
pub struct Sequenced {
    /// What it belongs to.
    pub key: Key,
    /// Its number among the key's events, from 1 without gaps.
    pub seq: i64,
    /// What happened.
    pub event: Event,
}

/// What one commit made happen.
#[derive(Clone, Debug)]
pub struct Batch {
    /// `_updatedAt` of everything it wrote; never goes back.
    pub stamp: Millis,
    /// In the order of the writes.
    pub events: Vec<Sequenced>,
}
