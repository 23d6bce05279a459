//! Rooms: what holds messages and members.

use crate::{MessageId, Millis, RoomId, UserId};
use serde::{Deserialize, Serialize};

/// The kinds of room this server keeps, `t` of a room document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RoomKind {
    /// `c`: open to whoever may see channels.
    Channel,
    /// `p`: members only.
    Private,
    /// `d`: one to many people, without a name of its own.
    Direct,
}

impl RoomKind {
    /// `t` as the protocol writes it.
    pub fn letter(self) -> &'static str {
        match self {
            Self::Channel => "c",
            Self::Private => "p",
            Self::Direct => "d",
        }
    }

    /// From `t`.
    pub fn from_letter(letter: &str) -> Option<Self> {
        match letter {
            "c" => Some(Self::Channel),
            "p" => Some(Self::Private),
            "d" => Some(Self::Direct),
            _ => None,
        }
    }
}

impl Serialize for RoomKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.letter())
    }
}

/// The cumulative counters from which every member's unread state is derived.
///
/// A subscription holds their values when it was last read; the difference is what is unread.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Messages that counted as unread for everybody.
    pub unread: i64,
    /// Messages that mentioned the whole room.
    pub group: i64,
    /// Messages that raised an alert.
    pub alert: i64,
}

/// A room as it is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Room {
    /// `_id`.
    pub id: RoomId,
    /// `t`.
    pub kind: RoomKind,
    /// Slug, unique among channels and groups; a direct room has none.
    pub name: Option<String>,
    /// Display name in its real spelling.
    pub fname: Option<String>,
    /// Who made it; a direct room has no creator in its document.
    pub creator: Option<UserId>,
    /// When it was made.
    pub created: Millis,
    /// Stamp of the last change.
    pub updated: Millis,
    /// Messages in it, system messages among them.
    pub msgs: i64,
    /// Members.
    pub users_count: i64,
    /// Time of the last message of a person.
    pub lm: Option<Millis>,
    /// The last message of a person.
    pub last_message: Option<MessageId>,
    /// `ts` of the newest message of any kind: the next one comes after it.
    pub last_ts: Millis,
    /// `place` of the newest message of any kind.
    pub last_place: i64,
    /// What unread state is derived from.
    pub counters: Counters,
    /// Stamp of the last message that counted for members.
    pub counted_at: Millis,
    /// Stamp of the last change of name, display name, kind or archived.
    pub named_at: Millis,
    /// One line on what it is about now.
    pub topic: Option<String>,
    /// Shown on top of the room.
    pub announcement: Option<String>,
    /// What the room is for.
    pub description: Option<String>,
    /// Read only: posting needs `post-readonly` or a place among the unmuted.
    pub ro: bool,
    /// Closed for new messages.
    pub archived: bool,
    /// New accounts join it by themselves.
    pub default: bool,
    /// Only the privileged post.
    pub broadcast: bool,
    /// The participants of a direct room.
    pub uids: Vec<UserId>,
    /// What is never filtered or sorted by.
    pub extra: RoomExtra,
}

impl Room {
    /// An empty room without a name, made `at` that instant.
    pub fn blank(id: RoomId, kind: RoomKind, at: Millis) -> Self {
        Self {
            id,
            kind,
            name: None,
            fname: None,
            creator: None,
            created: at,
            updated: at,
            msgs: 0,
            users_count: 0,
            lm: None,
            last_message: None,
            last_ts: Millis(0),
            last_place: 0,
            counters: Counters::default(),
            counted_at: Millis(0),
            named_at: at,
            topic: None,
            announcement: None,
            description: None,
            ro: false,
            archived: false,
            default: false,
            broadcast: false,
            uids: Vec::new(),
            extra: RoomExtra::default(),
        }
    }
}

/// The nested and rare parts of a room.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RoomExtra {
    /// Fields that integrations set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub custom_fields: Option<serde_json::Map<String, serde_json::Value>>,
    /// Reactions are allowed while it is read only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub react_when_read_only: Option<bool>,
    /// Who may not post; shown by their user names of now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub muted: Vec<UserId>,
    /// Who may post although it is read only, likewise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unmuted: Vec<UserId>,
    /// Somebody who joins must know this; never leaves the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub join_code: Option<String>,
    /// Types of system messages that clients leave out here, in place of those that the settings name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hidden_system_messages: Option<Vec<String>>,
    /// Shown before others where channels are offered.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub featured: bool,
    /// New accounts that join it by themselves have it among their favourites.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub favorite: bool,
    /// Messages are encrypted by the clients.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub encrypted: bool,
    /// The room this discussion belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prid: Option<RoomId>,
}
