//! `im.*` and `dm.*`: direct rooms, under two names.

use crate::call::Call;
use crate::endpoint::{Access, Api};
use crate::family::room_query;
use crate::page::PageParams;
use crate::params::Params;
use crate::reply::{Reply, ok_page, ok_with};
use gantry_chat::rooms;
use gantry_model::{Permission, RoomKind};

pub(crate) fn endpoints(api: &mut Api) {
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
