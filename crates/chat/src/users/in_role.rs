//! Who holds a role.

use super::list::number;
use super::{ListPage, UserDoc, some_by_id};
use crate::Caller;
use gantry_model::role::RoleScope;
use gantry_model::{Error, Permission, Result, Role, RoomId, User};
use gantry_store::{AccountFilter, AccountOrder};

/// Those who hold a role, a part of them by user name: a role of the server, or one of a room in that room. Nobody holds a
/// role of rooms everywhere.
///
/// In order: `access-permissions`; with a room, `view-other-user-channels` (`error-not-allowed`).
///
/// # Errors
/// As above.
pub async fn in_role(
    cx: &Caller,
    role: &Role,
    room: Option<RoomId>,
    offset: u64,
    count: Option<u64>,
) -> Result<ListPage> {
    let refused = || Error::new("error-not-allowed", "Not allowed");
    if !cx.has(Permission::AccessPermissions) || (room.is_some() && !cx.has(Permission::ViewOtherUserChannels)) {
        return Err(refused());
    }
    match (role.scope, room) {
        (RoleScope::Users, None) => everywhere(cx, role, offset, count).await,
        (RoleScope::Subscriptions, Some(rid)) => in_room(cx, role, rid, offset, count).await,
        _ => Ok(ListPage { users: Vec::new(), total: 0 }),
    }
}

async fn everywhere(cx: &Caller, role: &Role, offset: u64, count: Option<u64>) -> Result<ListPage> {
    let filter = AccountFilter { roles: vec![role.id.clone()], ..AccountFilter::default() };
    let (offset, count) = (number(offset), count.map_or(i64::MAX, number));
    let order = (AccountOrder::Username, false);
    let (users, total) = cx.read(move |db| db.accounts().page(&filter, order, offset, count)).await?;
    Ok(ListPage { users: users.iter().map(|user| shown(cx, user)).collect(), total })
}

/// Few members of a room have roles.
async fn in_room(cx: &Caller, role: &Role, rid: RoomId, offset: u64, count: Option<u64>) -> Result<ListPage> {
    let members = cx.read(move |db| db.subscriptions().with_roles(&rid)).await?;
    let holders: Vec<_> = members.into_iter().filter(|one| one.roles.contains(&role.id)).map(|one| one.uid).collect();
    let mut users = some_by_id(cx.chat(), holders).await?;
    users.sort_by_key(|user| user.username.as_ref().map(|name| name.as_str().to_lowercase()));
    let size = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
    let part = users.iter().skip(size(offset)).take(count.map_or(usize::MAX, size));
    Ok(ListPage { users: part.map(|user| shown(cx, user)).collect(), total: users.len() as i64 })
}

fn shown(cx: &Caller, user: &User) -> UserDoc {
    UserDoc::listed(cx.chat(), user, cx.has(Permission::ViewFullOtherUserInfo))
}
