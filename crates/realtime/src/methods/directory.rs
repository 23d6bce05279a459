//! Finding people, channels, and what the caller may know of them.

use super::rooms::readable;
use super::table::{Table, mismatch};
use super::{Outcome, answer};
use gantry_chat::directory::{self, Browsing, Shelf};
use gantry_chat::rooms::{self, RoomColumn, RoomQuery, RoomRef};
use gantry_chat::spotlight::{self, Search};
use gantry_chat::{Caller, access};
use gantry_model::{Error, RoomId, RoomKind, UserId};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Entries of one answer, at most.
const MOST: u64 = 100;

pub(super) fn methods(table: &mut Table) {
    table.add("spotlight", spotlight);
    table.add("browseChannels", browse);
    table.add("channelsList", channels);
    table.add("getTotalChannels", total);
    table.add("canAccessRoom", can_access);
}

#[derive(Deserialize)]
#[serde(default)]
struct Kinds {
    users: bool,
    rooms: bool,
}

impl Default for Kinds {
    fn default() -> Self {
        Self { users: true, rooms: true }
    }
}

type Looking = (String, Option<Vec<String>>, Option<Kinds>, Option<RoomId>);

async fn spotlight(cx: Caller, (text, except, kinds, rid): Looking) -> Outcome {
    let Kinds { users, rooms } = kinds.unwrap_or_default();
    let rid = rid.filter(|rid| !rid.as_str().is_empty());
    let search = Search { text, except: except.unwrap_or_default(), people: users, channels: rooms, rid };
    answer(&spotlight::spotlight(&cx, search).await?)
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Asked {
    text: String,
    workspace: String,
    r#type: Option<String>,
    sort_by: Option<String>,
    sort_direction: Option<String>,
    page: Option<u64>,
    offset: Option<u64>,
    limit: Option<u64>,
}

impl Asked {
    /// Nothing for words that mean nothing.
    fn browsing(self) -> Option<Browsing> {
        let count = self.limit.filter(|limit| *limit > 0).unwrap_or(10).min(MOST);
        let offset = self.offset.filter(|offset| *offset > 0);
        let descending = match self.sort_direction.as_deref() {
            None | Some("asc") => false,
            Some("desc") => true,
            Some(_) => return None,
        };
        Some(Browsing {
            shelf: Shelf::from_word(self.r#type.as_deref().unwrap_or("channels"))?,
            text: self.text,
            elsewhere: self.workspace == "external",
            sort: self.sort_by,
            descending,
            offset: offset.unwrap_or_else(|| self.page.unwrap_or_default().saturating_mul(count)),
            count: Some(count),
        })
    }
}

/// Nothing for what may not be seen, or means nothing.
async fn browse(cx: Caller, (asked,): (Asked,)) -> Outcome {
    #[derive(Serialize)]
    struct Found<T> {
        total: i64,
        results: T,
    }
    let Some(browsing) = asked.browsing() else { return Ok(None) };
    match directory::browse(&cx, browsing).await? {
        Some((results, total)) => answer(&Found { total, results }),
        None => Ok(None),
    }
}

/// `filter, channelType, limit, sort`; older clients leave the type out.
type Listing = (String, Value, Option<Value>, Option<String>);

async fn channels(cx: Caller, (filter, kind, limit, sort): Listing) -> Outcome {
    #[derive(Serialize)]
    struct Found<T> {
        channels: Vec<T>,
    }
    let (kind, limit, sort) = match (&kind, limit) {
        (Value::String(kind), limit) => (kind.as_str(), limit.as_ref().and_then(Value::as_u64), sort),
        (Value::Number(limit), sort) => ("all", limit.as_u64(), sort.and_then(|sort| sort.as_str().map(str::to_owned))),
        (Value::Null, _) => ("all", None, sort),
        _ => return Err(mismatch()),
    };
    let order = match sort.as_deref() {
        Some("name") => vec![(RoomColumn::Name, false)],
        _ => vec![(RoomColumn::Messages, true)],
    };
    let query = RoomQuery { order, text: Some(filter), offset: 0, count: Some(limit.unwrap_or(MOST).clamp(1, MOST)) };
    let mut channels = Vec::new();
    if kind != "private" {
        channels.extend(rooms::list(&cx, RoomKind::Channel, query.clone()).await?.0);
    }
    if kind != "public" {
        channels.extend(rooms::list(&cx, RoomKind::Private, query).await?.0);
    }
    answer(&Found { channels })
}

async fn total(cx: Caller, (): ()) -> Outcome {
    let query = RoomQuery { count: Some(0), ..RoomQuery::default() };
    answer(&rooms::list(&cx, RoomKind::Channel, query).await?.1)
}

/// The room, for who may read it; only about the caller.
async fn can_access(cx: Caller, (rid, uid): (RoomId, Option<UserId>)) -> Outcome {
    const METHOD: &str = "canAccessRoom";
    if uid.is_some_and(|uid| uid != *cx.id()) {
        return Err(Error::invalid_user(METHOD));
    }
    let found = readable(&cx, RoomRef::Id(rid), || Error::invalid_room(METHOD)).await;
    match found {
        Ok(room) => answer(&access::room(&cx, room.id()).await?),
        Err(error) if error.is("error-invalid-room") => answer(&false),
        Err(error) => Err(error),
    }
}
