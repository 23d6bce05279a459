//! Making everybody a member of a room.

use super::membership::{self, AT_ONCE};
use super::{held, key};
use crate::Caller;
use crate::access::Found;
use crate::messages::system::{self, SystemMessage};
use gantry_model::{Error, Permission, Result, RoomId, RoomKind, User};
use gantry_store::{AccountFilter, AccountOrder, Tx};
use std::sync::Arc;

/// `details.method` of refusals.
const ADD: &str = "addAllToRoom";

/// Makes every account a member of a channel or group, or every account that may log in. Members stay what they are.
///
/// In order: `add-all-to-room` (403 `Access to Method Forbidden`); not a direct room (`error-invalid-room`); there are not more
/// accounts than `API_User_Limit` (`error-user-limit-exceeded`).
///
/// # Errors
/// As above, with `details.method` `addAllToRoom`.
pub async fn add_everybody(cx: &Caller, room: &Found, active_only: bool) -> Result<()> {
    may_add(cx)?;
    if room.kind() == RoomKind::Direct {
        return Err(Error::invalid_room(ADD));
    }
    let most = cx.chat().settings().int("API_User_Limit");
    let filter = AccountFilter { active: active_only.then_some(true), ..AccountFilter::default() };
    let order = (AccountOrder::Username, false);
    let (users, total) = cx.read(move |db| db.accounts().page(&filter, order, 0, most.max(0))).await?;
    if total > most {
        return Err(Error::new("error-user-limit-exceeded", "User Limit Exceeded").in_method(ADD));
    }
    for some in users.chunks(AT_ONCE) {
        add_some(cx, room.id().clone(), some.iter().cloned().map(Arc::new).collect()).await?;
    }
    Ok(())
}

fn may_add(me: &Caller) -> Result<()> {
    let forbidden = || Error::numbered(403, "Access to Method Forbidden").in_method(ADD);
    if me.has(Permission::AddAllToRoom) { Ok(()) } else { Err(forbidden()) }
}

async fn add_some(cx: &Caller, rid: RoomId, users: Vec<Arc<User>>) -> Result<()> {
    cx.write([key(&rid)], move |me, tx| {
        may_add(me)?;
        let mut found = held(me, tx, &rid, ADD)?;
        users.iter().try_for_each(|user| add(me, tx, &mut found, user))
    })
    .await
}

/// As if the user had come, but with a mention: that is how it is published.
fn add(me: &Caller, tx: &mut Tx<'_>, found: &mut Found, user: &Arc<User>) -> Result<()> {
    if tx.subscriptions().get(found.id(), &user.id)?.is_some() {
        return Ok(());
    }
    let mut seat = membership::seat(tx, &found.room, user);
    seat.invited();
    seat.show(&found.room);
    if !membership::add(tx, &mut found.room, &seat)? {
        return Ok(());
    }
    let newcomer = Caller::new(me.chat().clone(), user.clone(), None, Arc::new(me.origin().clone()));
    let username = user.username.as_ref().map(ToString::to_string).unwrap_or_default();
    system::post(&newcomer, tx, &mut found.room, SystemMessage::new("uj", &username))
}
