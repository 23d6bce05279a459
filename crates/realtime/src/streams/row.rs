//! What a row of the catalogue says of an event.

use super::{Feed, RoomFeed, Watch};
use gantry_chat::signals::Signal;
use gantry_chat::streams::Matter;
use gantry_model::RoomId;

/// One event of a stream, or several that are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// The publication and method.
    pub(crate) stream: &'static str,
    /// What its events are called.
    pub(crate) names: Names,
    /// Who may listen.
    pub(crate) read: Read,
    /// What clients may write.
    pub(crate) write: Write,
    /// How it comes to its listeners.
    pub(crate) carrier: Carrier,
}

/// What events are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    /// This.
    Named(&'static str),
    /// An id: of a room, or of whatever the stream is about.
    Id,
    /// `<id>/` and this.
    Of(&'static str),
    /// An id with or without anything after it: what no other row names.
    OfAny,
    /// Anything: what no other row names.
    Any,
    /// Anything, even nothing: names mean nothing in this stream.
    Unnamed,
}

/// Who may listen, and what the others are answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Read {
    /// These; the others are refused.
    Only(Who),
    /// These; the others are answered as if they might, and hear nothing.
    Open(Who),
}

/// Somebody in relation to the id in an event's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// Everybody, logged in or not.
    Anyone,
    /// Whoever is logged in.
    LoggedIn,
    /// The user whose id it is.
    Own,
    /// Who may read the room whose id it is, and for a public one who may preview it.
    Follow,
    /// Who may read the room whose id it is.
    Attend,
    /// Who has to do with this part of the server.
    Concerned(Matter),
    /// Nobody.
    Nobody,
}

/// What clients may write; what they may not is dropped silently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Write {
    /// Nothing.
    Nothing,
    /// What they do in the room whose id it is.
    Activity,
    /// A signal to the others who listen.
    ToRoom(Signal),
    /// A signal to the user whose id it is.
    ToUser(Signal),
    /// A signal to every other member of the room whose id it is: as their own event of the same name.
    ToMembers(Signal),
}

/// How an event comes to its listeners.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Carrier {
    /// Nothing sends it: its feature is not built.
    Silent,
    /// With what belongs to nobody or to the listener.
    Feed(Feed),
    /// With what belongs to a room.
    Room(RoomFeed),
    /// By a list of users.
    Presence,
}

impl Names {
    /// The id in `event` if that is such a name; nothing stands for no id.
    fn fit(self, event: &str) -> Option<&str> {
        match self {
            Self::Named(name) => (event == name).then_some(""),
            Self::Of(name) => event.split_once('/').filter(|(_, rest)| *rest == name).map(|(id, _)| id),
            Self::OfAny if !event.is_empty() => Some(event.split_once('/').map_or(event, |(id, _)| id)),
            Self::Id | Self::Any if !event.is_empty() => Some(event),
            Self::Unnamed => Some(""),
            Self::Id | Self::OfAny | Self::Any => None,
        }
    }

    /// The part of the name that is always the same.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::Named(name) | Self::Of(name) => name,
            Self::Id | Self::OfAny | Self::Any | Self::Unnamed => "",
        }
    }

    /// How such names are formed, for people and programs that write them.
    pub(super) fn form(self) -> String {
        match self {
            Self::Named(name) => name.to_owned(),
            Self::Of(name) => format!("{{id}}/{name}"),
            Self::Id => "{id}".to_owned(),
            Self::OfAny => "{id}/{any}".to_owned(),
            Self::Any | Self::Unnamed => "{any}".to_owned(),
        }
    }

    /// Whether it names one event, which no other row can mean.
    fn is_precise(self) -> bool {
        matches!(self, Self::Named(_) | Self::Of(_))
    }
}

/// An event as a client names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Event<'a> {
    /// Its row.
    pub(crate) row: &'static Row,
    /// The id in its name; empty where there is none.
    pub(crate) about: &'a str,
}

impl<'a> Event<'a> {
    /// The event of this name among `rows`: a row that names it before one that means all others.
    pub(super) fn among(rows: impl Iterator<Item = &'static Row> + Clone, event: &'a str) -> Option<Self> {
        let fit = |row: &'static Row| row.names.fit(event).map(|about| Self { row, about });
        let precise = rows.clone().filter(|row| row.names.is_precise()).find_map(fit);
        precise.or_else(|| rows.filter(|row| !row.names.is_precise()).find_map(fit))
    }

    /// A user's own event of the same name.
    pub(crate) fn own_feed(&self) -> Option<Feed> {
        match self.row.names {
            Names::Of(name) => Feed::own(name),
            _ => None,
        }
    }

    /// What of `watch` is kept of a subscription that hears nothing: nothing of an event that is somebody else's.
    pub(crate) fn unheard(&self, watch: Watch) -> Watch {
        match watch {
            Watch::Feed(_) if !self.about.is_empty() => Watch::Silent,
            watch => watch,
        }
    }

    /// What a subscription to it listens to.
    pub(crate) fn watch(&self) -> Watch {
        match self.row.carrier {
            Carrier::Silent => Watch::Silent,
            Carrier::Feed(feed) => Watch::Feed(feed),
            Carrier::Room(feed) => Watch::Room(RoomId::new(self.about), feed),
            Carrier::Presence => Watch::Presence,
        }
    }
}
