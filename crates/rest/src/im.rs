//! `im.*` and `dm.*`: direct rooms, under two names.

use crate::call::Call;
use crate::endpoint::{Access, Api};
use crate::family::{self, MemberParams, room_query};
use crate::history::{self, ListParams};
use crate::page::PageParams;
use crate::params::Params;
use crate::reply::{Reply, ok, ok_page, ok_with};
use gantry_chat::access::Found;
use gantry_chat::rooms::{self, RoomChanges, RoomRef};
use gantry_chat::{messages as texts, subscriptions};
use gantry_model::{Error, Permission, Result, RoomId, RoomKind, UserId};

pub(crate) fn endpoints(api: &mut Api) {
    kept(api);
    ruled(api);
    for path in ["dm.create", "im.create"] {
        api.post(path, Access::Accounts, create)
            .names(Permission::CreateD)
            .about("Finds or creates the direct room of the caller with others.")
            .since("0.59.0")
            .answers("room", "Room");
    }
    for path in ["dm.list", "im.list"] {
        api.get(path, Access::Own, list)
            .about("Lists the direct rooms the caller is in.")
            .since("0.48.0")
            .answers("ims", "[Room]");
    }
}

/// Body of `dm.create`.
#[derive(Params)]
#[params(strict, one_of(usernames, username))]
struct NewDirect {
    /// The user names of several others, separated by commas.
    usernames: Option<String>,
    /// The user name of one other.
    username: Option<String>,
    /// The room is for the others alone.
    #[params(default = false)]
    exclude_self: bool,
}

async fn create(call: Call, body: NewDirect) -> Reply {
    let names = match (body.username, body.usernames) {
        (Some(name), _) => vec![name],
        (None, names) => names.unwrap_or_default().split(',').map(|name| name.trim().to_owned()).collect(),
    };
    Ok(ok_with("room", &rooms::create_direct(&call, names, body.exclude_self).await?))
}

async fn list(call: Call, query: PageParams) -> Reply {
    let (page, query) = room_query(&call, &query)?;
    let (rooms, total) = rooms::list(&call, RoomKind::Direct, query).await?;
    Ok(ok_page("ims", &rooms, page, total))
}

fn kept(api: &mut Api) {
    for path in ["dm.open", "im.open"] {
        api.post(path, Access::ActInRoom, open).about("Puts a direct room into the caller's sidebar.").since("0.48.0");
    }
    for path in ["dm.close", "im.close"] {
        api.post(path, Access::ActInRoom, close)
            .about("Takes a direct room out of the caller's sidebar.")
            .since("0.48.0");
    }
    for path in ["dm.members", "im.members"] {
        api.get(path, Access::ReadRoom, members)
            .about("Lists the participants of a direct room.")
            .since("0.59.0")
            .answers("members", "[Member]");
    }
    for path in ["dm.messages", "im.messages"] {
        api.get(path, Access::ReadRoom, messages)
            .about("Lists the messages of a direct room.")
            .since("0.59.0")
            .answers("messages", "[Message]");
    }
}

fn ruled(api: &mut Api) {
    for path in ["dm.setTopic", "im.setTopic"] {
        api.post(path, Access::RuleRoom, set_topic)
            .names(Permission::EditRoom)
            .about("Sets the topic of a direct room.")
            .since("0.48.0")
            .answers("topic", "string");
    }
    for path in ["dm.counters", "im.counters"] {
        api.get(path, Access::ReadRoom, counters)
            .about("Counts what there is in a direct room, and what of it somebody has not read.")
            .answers_counters();
    }
    for path in ["dm.delete", "im.delete"] {
        api.post(path, Access::RuleRoom, delete)
            .names(Permission::DeleteD)
            .names(Permission::ViewRoomAdministration)
            .about("Deletes a direct room with all that is in it.")
            .since("3.18.0");
    }
    for path in ["dm.messages.others", "im.messages.others"] {
        api.get(path, Access::Administer, of_others)
            .permission(Permission::ViewRoomAdministration)
            .about("Lists the messages of a direct room of others, where the settings allow that.")
            .since("0.50.0")
            .answers("messages", "[Message]");
    }
}

/// Body of `dm.open` and `dm.close`.
#[derive(Params)]
struct Shown {
    /// The room's `_id`.
    room_id: Option<RoomId>,
}

/// A direct room of the caller's.
async fn own(call: &Call, body: Shown) -> Result<Found> {
    let missing = || Error::new("error-room-param-not-provided", "Body param \"roomId\" is required");
    let rid = body.room_id.filter(|rid| !rid.as_str().is_empty()).ok_or_else(missing)?;
    let found = rooms::find(call, RoomRef::Id(rid)).await?.filter(|found| found.kind() == RoomKind::Direct);
    found.filter(Found::is_member).ok_or_else(Error::forbidden)
}

/// Opening what is open is no error, as it is published.
async fn open(call: Call, body: Shown) -> Reply {
    let room = own(&call, body).await?;
    subscriptions::open(&call, room.id()).await?;
    Ok(ok())
}

async fn close(call: Call, body: Shown) -> Reply {
    let room = own(&call, body).await?;
    family::show(&call, &room, false, "The direct message room, is already closed to the sender".to_owned()).await
}

/// `roomId`, or `username` of the other one.
#[derive(Params)]
#[params(one_of(roomId, username))]
struct DirectKey {
    /// The room's `_id`.
    room_id: Option<RoomId>,
    /// The user name of the other one.
    username: Option<String>,
}

/// The direct room a call names; one that is not the caller's is not there.
async fn named(call: &Call, key: DirectKey) -> Result<Found> {
    let found = match (key.room_id, key.username) {
        (Some(rid), _) => rooms::find(call, RoomRef::Id(rid)).await?,
        (None, Some(name)) => rooms::direct_with(call, &name).await?,
        (None, None) => None,
    };
    let own = found.filter(|found| found.kind() == RoomKind::Direct && found.is_member());
    own.ok_or_else(|| Error::new("invalid-channel", ""))
}

/// Query of `dm.members`.
#[derive(Params)]
struct Participants {
    #[params(flatten)]
    room: DirectKey,
    #[params(flatten)]
    part: MemberParams,
}

async fn members(call: Call, query: Participants) -> Reply {
    let room = named(&call, query.room).await?;
    family::members_of(&call, &room, query.part, false).await
}

/// Query of `dm.messages`.
#[derive(Params)]
struct Written {
    #[params(flatten)]
    room: DirectKey,
    #[params(flatten)]
    part: ListParams,
}

async fn messages(call: Call, query: Written) -> Reply {
    let room = named(&call, query.room).await?;
    history::list_of(&call, room.id(), query.part).await
}

/// Body of `dm.setTopic`.
#[derive(Params)]
struct Topic {
    /// The room's `_id`.
    room_id: Option<RoomId>,
    /// What it is about now; empty takes it away.
    #[params(nullable)]
    topic: Option<String>,
}

async fn set_topic(call: Call, body: Topic) -> Reply {
    let room = own(&call, Shown { room_id: body.room_id }).await?;
    let topic = body.topic.unwrap_or_default();
    let changes = RoomChanges { topic: Some(topic.clone()), ..RoomChanges::default() };
    rooms::save_settings(&call, &room, changes).await?;
    Ok(ok_with("topic", &topic))
}

/// Query of `dm.counters`.
#[derive(Params)]
struct Counted {
    /// The room's `_id`.
    room_id: Option<RoomId>,
    /// For whom it is counted; for the caller unless given.
    user_id: Option<UserId>,
}

async fn counters(call: Call, query: Counted) -> Reply {
    let missing = || Error::new("error-room-param-not-provided", "Query param \"roomId\" is required");
    let rid = query.room_id.filter(|rid| !rid.as_str().is_empty()).ok_or_else(missing)?;
    let found = rooms::find(&call, RoomRef::Id(rid)).await?.filter(|found| found.kind() == RoomKind::Direct);
    family::counters_of(&call, &found.ok_or_else(Error::forbidden)?, query.user_id).await
}

/// Body of `dm.delete`.
#[derive(Params)]
struct Deleting {
    #[params(flatten)]
    room: DirectKey,
}

/// Who administers rooms deletes others' as well.
async fn delete(call: Call, body: Deleting) -> Reply {
    let administered = match &body.room.room_id {
        Some(rid) => rooms::administered_direct(&call, rid).await?,
        None => None,
    };
    let room = match administered {
        Some(room) => room,
        None => named(&call, body.room).await?,
    };
    rooms::erase(&call, &room).await?;
    Ok(ok())
}

/// Query of `dm.messages.others`.
#[derive(Params)]
struct OfOthers {
    /// The room's `_id`.
    room_id: Option<RoomId>,
    #[params(flatten)]
    page: PageParams,
}

async fn of_others(call: Call, query: OfOthers) -> Reply {
    texts::require_oversight(&call)?;
    let missing = || Error::new("error-roomid-param-not-provided", "The parameter \"roomId\" is required");
    let rid = query.room_id.filter(|rid| !rid.as_str().is_empty()).ok_or_else(missing)?;
    let (page, asked) = history::listing(&call, ListParams::of_page(query.page))?;
    let (messages, total) = texts::of_others(&call, &rid, asked).await?;
    Ok(history::listed(&messages, page, total))
}
