//! What a handler is called with, and the look-ups whose texts belong to a family.

use crate::method::Methods;
use crate::page::PageLimits;
use crate::params::Params;
use gantry_chat::access::{self, Found};
use gantry_chat::rooms::{self, RoomRef};
use gantry_chat::{Caller, Chat, Origin};
use gantry_model::{Error, Result, RoomId, RoomKind};
use std::ops::Deref;
use std::sync::Arc;

/// A request whose sender may be anybody.
#[derive(Clone)]
pub struct Visit {
    /// The server.
    pub chat: Chat,
    /// Who is logged in, if somebody is.
    pub caller: Option<Caller>,
    /// Where it came from.
    pub origin: Arc<Origin>,
    /// The request's headers that handlers read.
    pub headers: Arc<http::HeaderMap>,
    /// The realtime side's methods.
    pub methods: Arc<dyn Methods>,
}

/// A request by somebody who is logged in. Operations take it as the [`Caller`] it is.
#[derive(Clone)]
pub struct Call {
    caller: Caller,
    visit: Visit,
}

impl Deref for Call {
    type Target = Caller;

    fn deref(&self) -> &Caller {
        &self.caller
    }
}

impl Call {
    pub(crate) fn of(visit: Visit) -> Option<Self> {
        let caller = visit.caller.clone()?;
        Some(Self { caller, visit })
    }

    /// The request itself.
    pub fn visit(&self) -> &Visit {
        &self.visit
    }

    /// What the settings say about pages.
    pub fn page_limits(&self) -> PageLimits {
        self.visit.page_limits()
    }
}

impl Visit {
    /// What the settings say about pages.
    pub fn page_limits(&self) -> PageLimits {
        let settings = self.chat.settings();
        let api = &settings.hot().api;
        PageLimits {
            default_count: api.default_count.into(),
            upper_limit: api.upper_count.into(),
            allow_infinite: api.infinite_count,
        }
    }

    /// A header's text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// `roomId` or `roomName`, as most calls on one room take them.
#[derive(Clone, Debug, Params)]
pub struct RoomKey {
    /// The room's `_id`. Wins over the name.
    pub room_id: Option<RoomId>,
    /// The room's exact name.
    pub room_name: Option<String>,
}

impl RoomKey {
    /// What it names; nothing when both are missing or empty.
    pub fn as_ref(&self) -> Option<RoomRef> {
        match (&self.room_id, &self.room_name) {
            (Some(id), _) if !id.as_str().is_empty() => Some(RoomRef::Id(id.clone())),
            (None, Some(name)) if !name.is_empty() => Some(RoomRef::Name(name.clone())),
            // A lone empty id names a room that is not there.
            (Some(id), None) => Some(RoomRef::Id(id.clone())),
            _ => None,
        }
    }

    /// As [`RoomKey::as_ref`].
    ///
    /// # Errors
    /// `error-room-param-not-provided`.
    pub fn required(&self) -> Result<RoomRef> {
        let text = "The parameter \"roomId\" or \"roomName\" is required";
        self.as_ref().ok_or_else(|| Error::new("error-room-param-not-provided", text))
    }
}

/// A family of calls on one kind of room: which rooms it takes, and its words for those it does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Family {
    kind: RoomKind,
    /// The key of a list of rooms in its answers.
    plural: &'static str,
    /// The key of the room in its answers.
    what: &'static str,
    /// What people call such a room.
    words: &'static str,
    archived: &'static str,
    /// Rooms the caller cannot read are not there.
    readable_only: bool,
}

/// `channels.*`: everybody may find a channel.
pub const CHANNELS: Family = Family {
    kind: RoomKind::Channel,
    plural: "channels",
    what: "channel",
    words: "channel",
    archived: "The channel",
    readable_only: false,
};

/// `groups.*`: a group that the caller cannot read is not there.
pub const GROUPS: Family = Family {
    kind: RoomKind::Private,
    plural: "groups",
    what: "group",
    words: "private group",
    archived: "The private group",
    readable_only: true,
};

/// The path of a family's call: `channels.rename` or `groups.rename` of `rename`.
macro_rules! path_of {
    ($family:expr, $call:literal) => {
        if $family == $crate::call::CHANNELS { concat!("channels.", $call) } else { concat!("groups.", $call) }
    };
}
pub(crate) use path_of;

impl Family {
    /// The same family for the few calls that find rooms whoever asks (`groups.kick`, `groups.invite`).
    pub const fn whoever_asks(self) -> Self {
        Self { readable_only: false, ..self }
    }

    /// The key of a list of the family's rooms in answers: `channels`, `groups`.
    pub fn list_key(self) -> &'static str {
        self.plural
    }

    /// What people call a room of the family: `channel`, `private group`.
    pub fn words(self) -> &'static str {
        self.words
    }

    /// The key of the room in the family's answers: `channel`, `group`.
    pub fn key(self) -> &'static str {
        self.what
    }

    /// The family's kind of room.
    pub fn kind(self) -> RoomKind {
        self.kind
    }

    /// The room a call names, archived or not.
    ///
    /// # Errors
    /// `error-room-param-not-provided`, `error-room-not-found` with the family's words.
    pub async fn find(self, call: &Call, room: &RoomKey) -> Result<Found> {
        self.named(call, room.required()?).await
    }

    /// The room under this name or id, archived or not.
    ///
    /// # Errors
    /// `error-room-not-found` with the family's words.
    pub async fn named(self, call: &Call, room: RoomRef) -> Result<Found> {
        let found = rooms::find(call, room).await?;
        self.admit(call, found)
    }

    /// What was found, if it is a room of this family.
    ///
    /// # Errors
    /// `error-room-not-found` with the family's words.
    pub fn admit(self, cx: &Caller, found: Option<Found>) -> Result<Found> {
        let found = found.filter(|found| found.kind() == self.kind).ok_or_else(|| self.not_found())?;
        if self.readable_only {
            access::require(cx, &found, || self.not_found())?;
        }
        Ok(found)
    }

    /// As [`Family::find`], without archived rooms.
    ///
    /// # Errors
    /// Also `error-room-archived`.
    pub async fn find_active(self, call: &Call, room: &RoomKey) -> Result<Found> {
        let found = self.find(call, room).await?;
        if found.archived() {
            let text = format!("{}, {}, is archived", self.archived, found.label());
            return Err(Error::new("error-room-archived", text));
        }
        Ok(found)
    }

    fn not_found(self) -> Error {
        Error::room_not_found(self.what)
    }
}
