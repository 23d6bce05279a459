//! Which streams there are, and what their events are called.

use super::{
    Feed, NOTIFY_ALL, NOTIFY_LOGGED, NOTIFY_ROOM, NOTIFY_USER, ROOM_DATA, ROOM_MESSAGES, RoomFeed, Rule, USER_PRESENCE,
    Watch,
};
use gantry_model::{RoomId, UserId};

/// What the catalogue says to a stream and an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Found {
    /// There is such an event, for those whom the rule lets.
    Event(Watch, Rule),
    /// The stream's events have names, and this is none.
    BadName,
    /// There is no such stream.
    NoStream,
}

/// Looks up what `event` of the publication `stream` means to `uid`, or to somebody who is not logged in.
pub(crate) fn find(stream: &str, event: &str, uid: Option<&UserId>) -> Found {
    if event.is_empty() && stream != USER_PRESENCE && is_stream(stream) {
        return Found::BadName;
    }
    let (watch, rule) = match stream {
        ROOM_MESSAGES => of_messages(event, uid),
        NOTIFY_ROOM => of_a_room(event),
        NOTIFY_USER => of_a_user(event, uid),
        NOTIFY_LOGGED => of_the_server(stream, event, Rule::LoggedIn),
        NOTIFY_ALL => of_the_server(stream, event, Rule::Anyone),
        USER_PRESENCE => (Watch::Presence, Rule::LoggedIn),
        ROOM_DATA => (Watch::Room(RoomId::new(event), RoomFeed::Document), Rule::Attend),
        "stream-roles" => (Watch::Silent, Rule::LoggedIn),
        _ if SILENT.contains(&stream) => (Watch::Silent, Rule::Anyone),
        _ if CLOSED.contains(&stream) => (Watch::Silent, Rule::Nobody),
        _ => return Found::NoStream,
    };
    Found::Event(watch, rule)
}

/// Streams that anybody may listen to and that say nothing yet: imports and apps.
const SILENT: [&str; 2] = ["stream-apps", "stream-importers"];

/// Streams between servers, or of features that are not built.
const CLOSED: [&str; 8] = [
    "stream-notify-room-users",
    "stream-apps-engine",
    "stream-integrationHistory",
    "stream-canned-responses",
    "stream-livechat-room",
    "stream-livechat-inquiry-queue-observer",
    "stream-stdout",
    "stream-local",
];

fn is_stream(stream: &str) -> bool {
    matches!(find(stream, "x", None), Found::Event(..))
}

fn of_messages(event: &str, uid: Option<&UserId>) -> (Watch, Rule) {
    match (event, uid) {
        // What a stranger may read there is nothing.
        ("__my_messages__", None) => (Watch::Silent, Rule::Anyone),
        ("__my_messages__", Some(_)) => (Watch::Feed(Feed::MyMessages), Rule::LoggedIn),
        (rid, _) => (Watch::Room(RoomId::new(rid), RoomFeed::Messages), Rule::Follow),
    }
}

fn of_a_room(event: &str) -> (Watch, Rule) {
    let (rid, event) = event.split_once('/').unwrap_or((event, ""));
    let feed = match event {
        "deleteMessage" => RoomFeed::Deleted,
        "user-activity" => RoomFeed::Activity,
        "typing" => RoomFeed::Typing,
        "webrtc" => return (Watch::Silent, Rule::Anyone),
        // Listened to by who may read the room; the watch tells which room that is.
        _ => return (Watch::Room(RoomId::new(rid), RoomFeed::Unsent), Rule::Attend),
    };
    (Watch::Room(RoomId::new(rid), feed), Rule::Attend)
}

fn of_a_user(event: &str, uid: Option<&UserId>) -> (Watch, Rule) {
    let (owner, event) = event.split_once('/').unwrap_or((event, ""));
    if event == "webrtc" {
        return (Watch::Silent, Rule::Anyone);
    }
    let is_own = uid.is_some_and(|uid| *uid == *owner);
    let watch = Feed::own(event).map_or(Watch::Silent, Watch::Feed);
    (watch, if is_own { Rule::LoggedIn } else { Rule::Nobody })
}

fn of_the_server(stream: &str, event: &str, rule: Rule) -> (Watch, Rule) {
    match Feed::in_stream(stream, event) {
        Some(Feed::PrivateSettings) => (Watch::Feed(Feed::PrivateSettings), Rule::Settings),
        Some(feed) => (Watch::Feed(feed), rule),
        None => (Watch::Silent, rule),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ann(stream: &str, event: &str) -> Found {
        find(stream, event, Some(&UserId::new("ann")))
    }

    fn silent(rule: Rule) -> Found {
        Found::Event(Watch::Silent, rule)
    }

    fn feed(feed: Feed, rule: Rule) -> Found {
        Found::Event(Watch::Feed(feed), rule)
    }

    fn room(feed: RoomFeed, rule: Rule) -> Found {
        Found::Event(Watch::Room(RoomId::new("R"), feed), rule)
    }

    #[test]
    fn rooms() {
        assert_eq!(ann(ROOM_MESSAGES, "R"), room(RoomFeed::Messages, Rule::Follow));
        assert_eq!(ann(ROOM_MESSAGES, "__my_messages__"), feed(Feed::MyMessages, Rule::LoggedIn));
        assert_eq!(find(ROOM_MESSAGES, "__my_messages__", None), silent(Rule::Anyone));
        assert_eq!(ann(NOTIFY_ROOM, "R/user-activity"), room(RoomFeed::Activity, Rule::Attend));
        assert_eq!(ann(NOTIFY_ROOM, "R/typing"), room(RoomFeed::Typing, Rule::Attend));
        assert_eq!(ann(NOTIFY_ROOM, "R/deleteMessage"), room(RoomFeed::Deleted, Rule::Attend));
        assert_eq!(ann(NOTIFY_ROOM, "R/deleteMessageBulk"), room(RoomFeed::Unsent, Rule::Attend));
        assert_eq!(ann(NOTIFY_ROOM, "R"), room(RoomFeed::Unsent, Rule::Attend));
        assert_eq!(ann(NOTIFY_ROOM, "R/webrtc"), silent(Rule::Anyone));
        assert_eq!(ann(ROOM_DATA, "R"), room(RoomFeed::Document, Rule::Attend));
    }

    #[test]
    fn ones_own_events_are_for_nobody_else() {
        assert_eq!(ann(NOTIFY_USER, "ann/rooms-changed"), feed(Feed::Rooms, Rule::LoggedIn));
        assert_eq!(ann(NOTIFY_USER, "ann/otr"), silent(Rule::LoggedIn));
        assert_eq!(ann(NOTIFY_USER, "ann/media-signal"), silent(Rule::LoggedIn));
        assert_eq!(ann(NOTIFY_USER, "bob/webrtc"), silent(Rule::Anyone));
        assert_eq!(ann(NOTIFY_USER, "bob/otr"), silent(Rule::Nobody));
        assert_eq!(ann(NOTIFY_USER, "bob/rooms-changed"), feed(Feed::Rooms, Rule::Nobody));
        assert_eq!(find(NOTIFY_USER, "ann/rooms-changed", None), feed(Feed::Rooms, Rule::Nobody));
        assert_eq!(ann(NOTIFY_USER, "ann"), silent(Rule::LoggedIn));
    }

    #[test]
    fn the_servers_events_have_any_name() {
        assert_eq!(ann(NOTIFY_LOGGED, "roles-change"), feed(Feed::RolesChange, Rule::LoggedIn));
        assert_eq!(ann(NOTIFY_LOGGED, "private-settings-changed"), feed(Feed::PrivateSettings, Rule::Settings));
        assert_eq!(ann(NOTIFY_LOGGED, "uploadFile"), silent(Rule::LoggedIn));
        assert_eq!(ann(NOTIFY_LOGGED, "rooms-changed"), silent(Rule::LoggedIn));
        assert_eq!(find(NOTIFY_ALL, "public-settings-changed", None), feed(Feed::PublicSettings, Rule::Anyone));
        assert_eq!(find(NOTIFY_ALL, "roles-change", None), silent(Rule::Anyone));
        assert_eq!(ann("stream-roles", "roles"), silent(Rule::LoggedIn));
        assert_eq!(find("stream-apps", "app/added", None), silent(Rule::Anyone));
        assert_eq!(ann("stream-notify-room-users", "R/otr"), silent(Rule::Nobody));
    }

    #[test]
    fn names() {
        assert_eq!(ann(NOTIFY_ALL, ""), Found::BadName);
        assert_eq!(ann("stream-nothing", ""), Found::NoStream);
        assert_eq!(ann("stream-nothing", "x"), Found::NoStream);
        assert_eq!(ann("userData", "x"), Found::NoStream);
        assert_eq!(ann(USER_PRESENCE, ""), Found::Event(Watch::Presence, Rule::LoggedIn));
    }
}
