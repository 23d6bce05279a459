//! Reading back: `*.history` and `*.messages` of channels, groups and direct rooms.

use crate::call::{CHANNELS, Call, Family, GROUPS, RoomKey, path_of};
use crate::endpoint::{Access, Api};
use crate::page::{Direction, Page, PageParams};
use crate::params::Params;
use crate::reply::{Answer, Object, Reply};
use gantry_chat::Caller;
use gantry_chat::access::Found;
use gantry_chat::messages::{self, Listing, Stretch};
use gantry_chat::rooms::{self, RoomRef};
use gantry_model::wire::Wire;
use gantry_model::{Error, MessageView, Millis, Permission, Result, RoomId, RoomKind};

pub(crate) fn endpoints(api: &mut Api) {
    for family in [CHANNELS, GROUPS] {
        of_rooms(api, family);
    }
    for path in ["dm.history", "im.history"] {
        api.get(path, Access::ReadRoom, of_direct)
            .about("Tells a part of a direct room's history, newest first.")
            .since("0.48.0")
            .answers("messages", "[Message]");
    }
}

fn of_rooms(api: &mut Api, family: Family) {
    let words = family.words();
    let history = path_of!(family, "history");
    let history = api
        .get(history, Access::ReadRoom, move |call: Call, query: OfNamed| of_family(family, call, query))
        .about(format!("Tells a part of a {words}'s history, newest first."))
        .since("0.47.0")
        .answers("messages", "[Message]");
    if family == CHANNELS {
        history.names(Permission::PreviewCRoom);
    }
    let messages = path_of!(family, "messages");
    let messages = api
        .get(messages, Access::ReadRoom, move |call: Call, query: ListQuery| list(family, call, query))
        .about(format!("Lists the messages of a {words}."))
        .since("0.59.0")
        .answers("messages", "[Message]");
    if family == CHANNELS {
        messages.names(Permission::ViewCRoom).names(Permission::ViewJoinedRoom);
    }
}

/// The part of a history that is asked for.
#[derive(Params)]
struct HistoryQuery {
    /// Messages before this instant; the newest without.
    latest: Option<String>,
    /// Messages after this instant.
    oldest: Option<String>,
    /// The instants themselves belong to it.
    #[params(default = false)]
    inclusive: bool,
    /// Replies that are only in their thread are in it.
    #[params(default = true)]
    show_thread_messages: bool,
    /// What came after `oldest` and is older than the page is counted.
    #[params(default = false)]
    unreads: bool,
    #[params(flatten)]
    page: PageParams,
}

/// Query of `channels.history` and `groups.history`.
#[derive(Params)]
struct OfNamed {
    #[params(flatten)]
    room: RoomKey,
    #[params(flatten)]
    part: HistoryQuery,
}

async fn of_family(family: Family, call: Call, query: OfNamed) -> Reply {
    let room = query.room.required()?;
    history(&call, room, move |me, found| family.admit(me, found), &query.part).await
}

/// Query of `dm.history`.
#[derive(Params)]
struct OfDirect {
    /// The room's `_id`.
    room_id: RoomId,
    #[params(flatten)]
    part: HistoryQuery,
}

async fn of_direct(call: Call, query: OfDirect) -> Reply {
    let own = |_: &Caller, found: Option<Found>| {
        let own = found.filter(|found| found.kind() == RoomKind::Direct && found.is_member());
        own.ok_or_else(|| Error::new("invalid-channel", ""))
    };
    history(&call, RoomRef::Id(query.room_id), own, &query.part).await
}

async fn history(
    call: &Call,
    room: RoomRef,
    admit: impl FnOnce(&Caller, Option<Found>) -> Result<Found> + Send + 'static,
    part: &HistoryQuery,
) -> Reply {
    let asked = match part.stretch(call) {
        Ok(asked) => asked,
        // A room that is not there is said first.
        Err(wrong) => return Err(admit(call, rooms::find(call, room).await?).err().unwrap_or(wrong)),
    };
    let page = messages::history_of(call, room, |me, found| admit(me, found).map(Some), asked).await?;
    let (page, unreads) = (page.ok_or_else(Error::forbidden)?, part.unreads);
    let mut answer = Object::new().with_json("messages", &MessageView::render_all(&page.messages, Wire::Rest));
    if let Some(first) = page.first_unread.filter(|_| unreads) {
        answer = answer.with("firstUnread", &first);
    }
    if unreads {
        answer = answer.with("unreadNotLoaded", &page.unread_not_loaded);
    }
    Ok(answer.success())
}

impl HistoryQuery {
    /// # Errors
    /// `error-invalid-date`.
    fn stretch(&self, call: &Call) -> Result<Stretch> {
        let page = self.page.page(&call.page_limits());
        let oldest = instant(self.oldest.as_deref())?;
        Ok(Stretch {
            latest: instant(self.latest.as_deref())?,
            oldest,
            inclusive: self.inclusive,
            offset: number(Some(page.offset)),
            count: number(page.count),
            threads: self.show_thread_messages,
            unread_since: oldest.filter(|_| self.unreads),
        })
    }
}

fn instant(text: Option<&str>) -> Result<Option<Millis>> {
    let invalid = || Error::new("error-invalid-date", "Invalid date").in_method("getChannelHistory");
    let text = text.filter(|text| !text.is_empty());
    text.map(|text| Millis::parse(text).ok_or_else(invalid)).transpose()
}

/// As the operations count; nothing is all.
fn number(number: Option<u64>) -> i64 {
    number.and_then(|number| i64::try_from(number).ok()).unwrap_or(i64::MAX)
}

/// Query of `channels.messages` and `groups.messages`.
#[derive(Params)]
#[params(one_of(roomId, roomName))]
struct ListQuery {
    /// The room's `_id`.
    room_id: Option<RoomId>,
    /// The room's exact name.
    room_name: Option<String>,
    #[params(flatten)]
    part: ListParams,
}

/// Which part of a room's messages.
#[derive(Params)]
pub(crate) struct ListParams {
    /// Only messages that name one of these users, by `_id`, separated by commas.
    mention_ids: Option<String>,
    /// Only messages that one of these users starred, likewise.
    starred_ids: Option<String>,
    /// Only pinned messages.
    #[params(default = false)]
    pinned: bool,
    #[params(flatten)]
    page: PageParams,
}

impl ListParams {
    /// All messages.
    pub(crate) fn of_page(page: PageParams) -> Self {
        Self { mention_ids: None, starred_ids: None, pinned: false, page }
    }
}

async fn list(family: Family, call: Call, query: ListQuery) -> Reply {
    let key = RoomKey { room_id: query.room_id, room_name: query.room_name };
    let room = family.find(&call, &key).await?;
    list_of(&call, room.id(), query.part).await
}

pub(crate) async fn list_of(call: &Call, rid: &RoomId, query: ListParams) -> Reply {
    let (page, asked) = listing(call, query)?;
    let (messages, total) = messages::list(call, rid, asked).await?.ok_or_else(Error::forbidden)?;
    Ok(listed(&messages, page, total))
}

/// # Errors
/// `error-invalid-sort`.
pub(crate) fn listing(call: &Call, query: ListParams) -> Result<(Page, Listing)> {
    let page = query.page.page(&call.page_limits());
    let asked = Listing {
        ascending: query.page.sort()?.pick(&[("ts", ())]).contains(&((), Direction::Ascending)),
        offset: number(Some(page.offset)),
        count: number(page.count),
        mentioning: ids(query.mention_ids.as_deref()),
        starred_by: ids(query.starred_ids.as_deref()),
        pinned: query.pinned,
    };
    Ok((page, asked))
}

pub(crate) fn listed(messages: &[MessageView], page: Page, total: i64) -> Answer {
    Object::new()
        .with_json("messages", &MessageView::render_all(messages, Wire::Rest))
        .with("count", &messages.len())
        .with("offset", &page.offset)
        .with("total", &total)
        .success()
}

fn ids(list: Option<&str>) -> Vec<String> {
    let ids = list.unwrap_or_default().split(',').map(str::trim);
    ids.filter(|id| !id.is_empty()).map(str::to_owned).collect()
}
