//! All rooms, for who administers them: `rooms.adminRooms`, `groups.listAll`, `im.list.everyone`.

use crate::call::Call;
use crate::endpoint::{Access, Api};
use crate::family::room_query;
use crate::page::PageParams;
use crate::params::Params;
use crate::reply::{Object, Reply, ok_page};
use gantry_chat::rooms;
use gantry_model::{Error, Permission, RoomId, RoomKind};

pub(crate) fn endpoints(api: &mut Api) {
    api.get("rooms.adminRooms", Access::Administer, list)
        .permission(Permission::ViewRoomAdministration)
        .about("Lists the rooms of the server, whoever is in them.")
        .since("2.4.0")
        .answers("rooms", "[Room]");
    api.get("rooms.adminRooms.getRoom", Access::Administer, get)
        .permission(Permission::ViewRoomAdministration)
        .about("Tells about a room, whoever is in it.")
        .since("2.4.0");
    api.get("groups.listAll", Access::Administer, groups)
        .permission(Permission::ViewRoomAdministration)
        .about("Lists the private groups of the server, whoever is in them.")
        .since("0.59.0")
        .answers("groups", "[Room]");
    for path in ["dm.list.everyone", "im.list.everyone"] {
        api.get(path, Access::Administer, directs)
            .permission(Permission::ViewRoomAdministration)
            .about("Lists the direct rooms of the server, whoever is in them.")
            .since("0.49.0")
            .answers("ims", "[Room]");
    }
}

/// Query of `rooms.adminRooms`.
#[derive(Params)]
struct Listing {
    /// Only rooms of these kinds: `c`, `p`, `d`. Others are known to the protocol, and no room is one.
    types: Option<Vec<String>>,
    /// Part of name or display name, in any case.
    filter: Option<String>,
    #[params(flatten)]
    page: PageParams,
}

const KINDS: [RoomKind; 3] = [RoomKind::Channel, RoomKind::Private, RoomKind::Direct];

async fn list(call: Call, query: Listing) -> Reply {
    let (page, rooms) = room_query(&call, &query.page)?;
    let wanted = |kind: &RoomKind| match &query.types {
        Some(types) if !types.is_empty() => types.iter().any(|one| one == kind.letter()),
        _ => true,
    };
    let kinds = KINDS.into_iter().filter(wanted).collect();
    let rooms = rooms::RoomQuery { text: query.filter.map(|text| text.trim().to_owned()), ..rooms };
    let (rooms, total) = rooms::list_all(&call, kinds, rooms).await?;
    Ok(ok_page("rooms", &rooms, page, total))
}

/// Query of `rooms.adminRooms.getRoom`.
#[derive(Params)]
struct One {
    /// The room's `_id`.
    rid: Option<RoomId>,
}

async fn get(call: Call, query: One) -> Reply {
    // The published answer has code and text the other way round.
    let none = || Error::coded("Not Allowed", "not-allowed");
    let room = rooms::any(&call, query.rid.ok_or_else(none)?).await?.ok_or_else(none)?;
    Ok(Object::new().with_all(&room).success())
}

async fn groups(call: Call, query: PageParams) -> Reply {
    all(call, RoomKind::Private, "groups", query).await
}

async fn directs(call: Call, query: PageParams) -> Reply {
    all(call, RoomKind::Direct, "ims", query).await
}

async fn all(call: Call, kind: RoomKind, key: &'static str, query: PageParams) -> Reply {
    let (page, query) = room_query(&call, &query)?;
    let (rooms, total) = rooms::list_all(&call, vec![kind], query).await?;
    Ok(ok_page(key, &rooms, page, total))
}
