//! Which streams there are: one row for each event.
//!
//! Whatever concerns an event by its name alone stands in its row and nowhere else. To send one that is only listened to
//! so far, its row moves from [`OTHERS`] to the events of rooms or those of none and gets a name, by which the hub
//! sends it. To add a stream is to add its rows.

use super::row::{Carrier, Event, Names, Read, Row, Who, Write};
use super::{
    NOTIFY_ALL, NOTIFY_LOGGED, NOTIFY_ROOM, NOTIFY_ROOM_USERS, NOTIFY_USER, ROLES, ROOM_DATA, ROOM_MESSAGES,
    USER_PRESENCE,
};
use Names::{Any, Id, Named, Of, OfAny, Unnamed};
use Read::{Only, Open};
use Who::{Anyone, Attend, Concerned, Follow, LoggedIn, Nobody, Own};
use Write::{Activity, Nothing, ToMembers, ToRoom, ToUser};
use gantry_chat::signals::Signal;
use gantry_chat::streams::Matter;
use std::collections::BTreeMap;

/// Defines an enum of events from their rows, with a set of them in a few bits.
macro_rules! events {
    (
        $(#[$doc:meta])* $carrier:ident($name:ident),
        $(#[$set_doc:meta])* $set:ident($bits:ty),
        { $($(#[$event_doc:meta])* $event:ident: $stream:expr, $names:expr, $read:expr, $write:expr;)* }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub(crate) enum $name { $($(#[$event_doc])* $event,)* }

        impl $name {
            /// Every one.
            pub(crate) const ALL: &[Self] = &[$(Self::$event),*];

            /// Its row.
            pub(crate) const fn row(self) -> &'static Row {
                match self {
                    $(Self::$event => const {
                        let carrier = Carrier::$carrier($name::$event);
                        &Row { stream: $stream, names: $names, read: $read, write: $write, carrier }
                    },)*
                }
            }
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

events! {
    /// Events of a room.
    Room(RoomFeed),
    /// A set of them.
    RoomFeeds(u8),
    {
        /// Every message as it is now.
        Messages: ROOM_MESSAGES, Id, Only(Follow), Nothing;
        /// A message is gone without a trace.
        Deleted: NOTIFY_ROOM, Of("deleteMessage"), Only(Attend), Nothing;
        /// Who is doing what.
        Activity: NOTIFY_ROOM, Of("user-activity"), Only(Attend), Activity;
        /// Who is typing, as old clients know it.
        Typing: NOTIFY_ROOM, Of("typing"), Only(Attend), Activity;
        /// What peers of a call say to each other.
        Calls: NOTIFY_ROOM, Of("webrtc"), Open(Attend), ToRoom(Signal::WebRtc);
        /// The room as it is now.
        Document: ROOM_DATA, Id, Only(Attend), Nothing;
    }
}

events! {
    /// Events of no room.
    Feed(Feed),
    /// A set of them.
    Feeds(u32),
    {
        /// A membership of the listener's came, changed or went.
        Subscriptions: NOTIFY_USER, Of("subscriptions-changed"), Only(Own), Nothing;
        /// A room that the listener is a member of came, changed or went.
        Rooms: NOTIFY_USER, Of("rooms-changed"), Only(Own), Nothing;
        /// A message that nobody keeps.
        Message: NOTIFY_USER, Of("message"), Only(Own), Nothing;
        /// The listener's account changed.
        UserData: NOTIFY_USER, Of("userData"), Only(Own), Nothing;
        /// The session ended elsewhere.
        ForceLogout: NOTIFY_USER, Of("force_logout"), Only(Own), Nothing;
        /// Somebody wrote something that the listener wants to know at once.
        Notification: NOTIFY_USER, Of("notification"), Only(Own), Nothing;
        /// Somebody wants to talk off the record.
        Otr: NOTIFY_USER, Of("otr"), Only(Own), ToUser(Signal::Otr);
        /// What a peer of a call says to the listener.
        Call: NOTIFY_USER, Of("webrtc"), Open(Own), ToUser(Signal::WebRtc);
        /// Somebody lacks the key of a room.
        KeyRequest: NOTIFY_USER, Of("e2ekeyRequest"), Only(Own), Nothing;
        /// The listener made an invitation into a room.
        Invites: NOTIFY_USER, Of("updateInvites"), Only(Own), Nothing;
        /// Every message that the listener may read.
        MyMessages: ROOM_MESSAGES, Named("__my_messages__"), Open(LoggedIn), Nothing;
        /// Anybody's presence.
        UserStatus: NOTIFY_LOGGED, Named("user-status"), Only(LoggedIn), Nothing;
        /// Somebody has other names.
        NameChanged: NOTIFY_LOGGED, Named("Users:NameChanged"), Only(LoggedIn), Nothing;
        /// An account is gone.
        UserDeleted: NOTIFY_LOGGED, Named("Users:Deleted"), Only(LoggedIn), Nothing;
        /// A role was given or taken.
        RolesChange: NOTIFY_LOGGED, Named("roles-change"), Only(LoggedIn), Nothing;
        /// A role was made, changed or deleted.
        Roles: ROLES, Named("roles"), Only(LoggedIn), Nothing;
        /// A permission has other roles.
        PermissionsChanged: NOTIFY_LOGGED, Named("permissions-changed"), Only(LoggedIn), Nothing;
        /// Any setting has another value.
        PrivateSettings: NOTIFY_LOGGED, Named("private-settings-changed"), Only(Concerned(Matter::Settings)), Nothing;
        /// A setting that is public has another value.
        PublicSettings: NOTIFY_ALL, Named("public-settings-changed"), Only(Anyone), Nothing;
        /// Everything of the stream in one.
        PublicInfo: NOTIFY_ALL, Named("public-info"), Only(Anyone), Nothing;
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

const fn row(stream: &'static str, names: Names, read: Read) -> Row {
    Row { stream, names, read, write: Nothing, carrier: Carrier::Silent }
}

/// An event that clients write and nobody listens to: what is written comes to others as their own.
const fn written(names: Names, write: Write) -> Row {
    Row { write, ..row(NOTIFY_ROOM_USERS, names, Only(Nobody)) }
}

/// What is listened to otherwise, or not at all: a list of users; events of features that are not built, which clients wait
/// for an answer about; and those that have no name here.
const OTHERS: &[Row] = &[
    Row { carrier: Carrier::Presence, ..row(USER_PRESENCE, Unnamed, Only(LoggedIn)) },
    row(NOTIFY_ROOM, Of("deleteMessageBulk"), Only(Attend)),
    row(NOTIFY_ROOM, Of("messagesRead"), Only(Attend)),
    row(NOTIFY_ROOM, Of("messagesImported"), Only(Attend)),
    row(NOTIFY_ROOM, Of("e2e.keyRequest"), Only(Attend)),
    row(NOTIFY_ROOM, Of("videoconf"), Only(Attend)),
    row(NOTIFY_ROOM, OfAny, Only(Attend)),
    row(NOTIFY_USER, Of("webdav"), Only(Own)),
    row(NOTIFY_USER, Of("uiInteraction"), Only(Own)),
    row(NOTIFY_USER, Of("video-conference"), Only(Own)),
    row(NOTIFY_USER, Of("media-signal"), Only(Own)),
    row(NOTIFY_USER, Of("departmentAgentData"), Only(Own)),
    row(NOTIFY_USER, Of("calendar"), Only(Own)),
    row(NOTIFY_USER, Of("banners"), Only(Own)),
    row(NOTIFY_USER, Of("call.hangup"), Only(Own)),
    row(NOTIFY_USER, Of("voip.events"), Only(Own)),
    row(NOTIFY_USER, OfAny, Only(Own)),
    written(Of("e2ekeyRequest"), ToMembers(Signal::KeyRequest)),
    written(Of("webrtc"), ToMembers(Signal::WebRtc)),
    row(NOTIFY_ROOM_USERS, Any, Only(Nobody)),
    row(NOTIFY_LOGGED, Named("updateAvatar"), Only(LoggedIn)),
    row(NOTIFY_LOGGED, Named("updateEmojiCustom"), Only(LoggedIn)),
    row(NOTIFY_LOGGED, Named("deleteEmojiCustom"), Only(LoggedIn)),
    row(NOTIFY_LOGGED, Named("updateCustomUserStatus"), Only(LoggedIn)),
    row(NOTIFY_LOGGED, Named("deleteCustomUserStatus"), Only(LoggedIn)),
    row(NOTIFY_LOGGED, Named("banner-changed"), Only(LoggedIn)),
    row(NOTIFY_LOGGED, Named("omnichannel.priority-changed"), Only(LoggedIn)),
    row(NOTIFY_LOGGED, Named("voip.statuschanged"), Only(LoggedIn)),
    row(NOTIFY_LOGGED, Any, Only(LoggedIn)),
    row(NOTIFY_ALL, Named("updateCustomSound"), Only(Anyone)),
    row(NOTIFY_ALL, Named("deleteCustomSound"), Only(Anyone)),
    row(NOTIFY_ALL, Named("license"), Only(Anyone)),
    row(NOTIFY_ALL, Any, Only(Anyone)),
    row(ROLES, Any, Only(LoggedIn)),
    row("stream-importers", Any, Only(Anyone)),
    row("stream-apps", Any, Only(Anyone)),
    row("stream-apps-engine", Any, Only(Nobody)),
    row("stream-integrationHistory", Id, Only(Concerned(Matter::Integrations))),
    row("stream-canned-responses", Any, Only(Concerned(Matter::CannedResponses))),
    row("stream-livechat-room", Id, Only(Nobody)),
    row("stream-livechat-inquiry-queue-observer", Any, Only(Concerned(Matter::Inquiries))),
    row("stream-stdout", Any, Only(Concerned(Matter::Logs))),
    row("stream-local", Any, Only(Nobody)),
];

/// Every row.
fn rows() -> impl Iterator<Item = &'static Row> + Clone {
    let (of_rooms, of_none) = (RoomFeed::ALL.iter().map(|feed| feed.row()), Feed::ALL.iter().map(|feed| feed.row()));
    of_rooms.chain(of_none).chain(OTHERS)
}

/// The streams by name, each with the events that this server sends, as their names are formed.
pub fn sent() -> BTreeMap<&'static str, Vec<String>> {
    let mut streams: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for row in rows().filter(|row| row.carrier != Carrier::Silent) {
        streams.entry(row.stream).or_default().push(row.names.form());
    }
    streams
}

/// What the catalogue says to a stream and an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Found<'a> {
    /// There is such an event.
    Event(Event<'a>),
    /// The stream's events have names, and this is none.
    BadName,
    /// There is no such stream.
    NoStream,
}

/// Whether there is such a stream.
pub(crate) fn is_stream(name: &str) -> bool {
    rows().any(|row| row.stream == name)
}

/// Looks up an event of the publication `stream`.
pub(crate) fn find<'a>(stream: &str, event: &'a str) -> Found<'a> {
    let mut of_stream = rows().filter(|row| row.stream == stream).peekable();
    if of_stream.peek().is_none() {
        return Found::NoStream;
    }
    Event::among(of_stream, event).map_or(Found::BadName, Found::Event)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    fn event(stream: &str, name: &str) -> (Read, Carrier, String) {
        match find(stream, name) {
            Found::Event(event) => (event.row.read, event.row.carrier, event.about.to_owned()),
            other => panic!("{stream} {name}: {other:?}"),
        }
    }

    fn silent(read: Read, about: &str) -> (Read, Carrier, String) {
        (read, Carrier::Silent, about.to_owned())
    }

    fn feed(feed: Feed, read: Read, about: &str) -> (Read, Carrier, String) {
        (read, Carrier::Feed(feed), about.to_owned())
    }

    fn room(feed: RoomFeed, read: Read) -> (Read, Carrier, String) {
        (read, Carrier::Room(feed), "R".to_owned())
    }

    #[test]
    fn rooms() {
        assert_eq!(event(ROOM_MESSAGES, "R"), room(RoomFeed::Messages, Only(Follow)));
        assert_eq!(event(ROOM_MESSAGES, "__my_messages__"), feed(Feed::MyMessages, Open(LoggedIn), ""));
        assert_eq!(event(NOTIFY_ROOM, "R/user-activity"), room(RoomFeed::Activity, Only(Attend)));
        assert_eq!(event(NOTIFY_ROOM, "R/typing"), room(RoomFeed::Typing, Only(Attend)));
        assert_eq!(event(NOTIFY_ROOM, "R/deleteMessage"), room(RoomFeed::Deleted, Only(Attend)));
        assert_eq!(event(NOTIFY_ROOM, "R/deleteMessageBulk"), silent(Only(Attend), "R"));
        assert_eq!(event(NOTIFY_ROOM, "R/a-call"), silent(Only(Attend), "R"));
        assert_eq!(event(NOTIFY_ROOM, "R"), silent(Only(Attend), "R"));
        assert_eq!(event(NOTIFY_ROOM, "R/webrtc"), room(RoomFeed::Calls, Open(Attend)));
        assert_eq!(event(ROOM_DATA, "R"), room(RoomFeed::Document, Only(Attend)));
    }

    #[test]
    fn ones_own_events_are_for_nobody_else() {
        assert_eq!(event(NOTIFY_USER, "ann/rooms-changed"), feed(Feed::Rooms, Only(Own), "ann"));
        assert_eq!(event(NOTIFY_USER, "ann/otr"), feed(Feed::Otr, Only(Own), "ann"));
        assert_eq!(event(NOTIFY_USER, "ann/whatever"), silent(Only(Own), "ann"));
        assert_eq!(event(NOTIFY_USER, "ann"), silent(Only(Own), "ann"));
        assert_eq!(event(NOTIFY_USER, "bob/webrtc"), feed(Feed::Call, Open(Own), "bob"));
    }

    #[test]
    fn the_servers_events_have_any_name() {
        assert_eq!(event(NOTIFY_LOGGED, "roles-change"), feed(Feed::RolesChange, Only(LoggedIn), ""));
        let settings = Only(Concerned(Matter::Settings));
        assert_eq!(event(NOTIFY_LOGGED, "private-settings-changed"), feed(Feed::PrivateSettings, settings, ""));
        assert_eq!(event(NOTIFY_LOGGED, "uploadFile"), silent(Only(LoggedIn), "uploadFile"));
        assert_eq!(event(NOTIFY_LOGGED, "rooms-changed"), silent(Only(LoggedIn), "rooms-changed"));
        assert_eq!(event(NOTIFY_ALL, "public-settings-changed"), feed(Feed::PublicSettings, Only(Anyone), ""));
        assert_eq!(event(NOTIFY_ALL, "roles-change"), silent(Only(Anyone), "roles-change"));
        assert_eq!(event("stream-roles", "roles"), feed(Feed::Roles, Only(LoggedIn), ""));
        assert_eq!(event(NOTIFY_ROOM_USERS, "R/otr"), silent(Only(Nobody), "R/otr"));
    }

    #[test]
    fn names() {
        assert_eq!(find(NOTIFY_ALL, ""), Found::BadName);
        assert_eq!(find("stream-nothing", ""), Found::NoStream);
        assert_eq!(find("stream-nothing", "x"), Found::NoStream);
        assert_eq!(find("userData", "x"), Found::NoStream);
        for name in ["", "x"] {
            assert_eq!(event(USER_PRESENCE, name), (Only(LoggedIn), Carrier::Presence, String::new()));
        }
    }

    #[test]
    fn what_is_sent_is_named_as_clients_name_it() {
        let sent = sent();
        assert_eq!(sent[ROOM_MESSAGES], ["{id}", "__my_messages__"]);
        assert!(sent[NOTIFY_USER].contains(&"{id}/subscriptions-changed".to_owned()));
        assert!(sent[NOTIFY_LOGGED].contains(&"user-status".to_owned()) && !sent.contains_key("stream-local"));
        assert_eq!(sent[USER_PRESENCE], ["{any}"]);
    }

    #[test]
    fn every_row_is_the_answer_to_its_own_name() {
        let mut seen = HashSet::new();
        for row in rows() {
            let name = match row.names {
                Named(name) => name.to_owned(),
                Of(name) => format!("id/{name}"),
                Id | OfAny | Any | Unnamed => "id".to_owned(),
            };
            assert!(matches!(find(row.stream, &name), Found::Event(found) if found.row == row), "{row:?}");
            assert!(seen.insert((row.stream, name)), "two rows mean the same: {row:?}");
        }
    }
}
