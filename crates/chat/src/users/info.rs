//! Reading one account.

use super::document::RoomOfUser;
use super::{Me, UserDoc};
use crate::{Caller, people};
use gantry_model::{Error, Permission, Result, Room, RoomKind, Subscription, User, UserId};
use gantry_store::Conn;

/// What `users.info` looks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Search {
    /// An id, or else a user name: the parameter `userId`.
    Id(String),
    /// A user name, in any case, or else an id.
    Username(String),
    /// A mail address; answers only who may see addresses.
    Email(String),
}

/// An account as the caller may see it: everything of one's own, and of others' with `view-full-other-user-info`. The
/// rooms, when asked for: one's own, and others' with `view-other-user-channels`.
///
/// # Errors
/// `User not found.`
pub async fn info(cx: &Caller, search: Search, with_rooms: bool) -> Result<UserDoc> {
    let everything = cx.has(Permission::ViewFullOtherUserInfo);
    let found = cx.read(move |db| find(db, &search, everything)).await?;
    let user = found.ok_or_else(|| Error::text("User not found."))?;
    let myself = user.id == *cx.id();
    let all = myself || everything;
    let rooms = match with_rooms && (myself || cx.has(Permission::ViewOtherUserChannels)) {
        true => Some(rooms(cx, &user.id).await?),
        false => None,
    };
    let doc = if all { UserDoc::full(cx.chat(), &user) } else { UserDoc::public(cx.chat(), &user) };
    Ok(doc.with_info(all, myself.then_some(user.has_password), rooms))
}

fn find(db: &mut Conn, search: &Search, everything: bool) -> Result<Option<User>> {
    match search {
        Search::Id(text) => match db.accounts().get(&UserId::new(text))? {
            Some(user) => Ok(Some(user)),
            None => db.accounts().by_username(text),
        },
        Search::Username(text) => match db.accounts().by_username(text)? {
            Some(user) => Ok(Some(user)),
            None => db.accounts().get(&UserId::new(text)),
        },
        Search::Email(address) if everything => db.accounts().by_email(address),
        Search::Email(_) => Ok(None),
    }
}

/// The rooms of a user by kind and name; a direct room is called by the others in it.
async fn rooms(cx: &Caller, uid: &UserId) -> Result<Vec<RoomOfUser>> {
    let (me, uid) = (cx.clone(), uid.clone());
    cx.read(move |db| {
        let seats = db.subscriptions().of(&uid)?;
        let people = people::named_in(me.chat(), db, seats.iter().flat_map(|(_, room)| &room.uids))?;
        let name = |room: &Room| match room.kind {
            RoomKind::Direct => {
                let others = room.uids.iter().filter(|other| **other != uid || room.uids.len() == 1);
                let names = others.filter_map(|other| people.get(other)?.username.clone());
                names.collect::<Vec<_>>().join(", ")
            }
            _ => room.name.clone().unwrap_or_default(),
        };
        let mut rooms: Vec<RoomOfUser> = seats.iter().map(|(seat, room)| entry(seat, room, name(room))).collect();
        rooms.sort_by(|a, b| (a.t, &a.name).cmp(&(b.t, &b.name)));
        Ok(rooms)
    })
    .await
}

fn entry(seat: &Subscription, room: &Room, name: String) -> RoomOfUser {
    RoomOfUser {
        id: seat.id.clone(),
        rid: room.id.clone(),
        name,
        t: room.kind,
        unread: seat.unread(room.counters, room.counted_at, room.named_at).unread,
        roles: seat.roles.clone(),
    }
}

/// The caller's own account as it is now.
///
/// # Errors
/// Not logged in, when it is gone.
pub async fn me(cx: &Caller) -> Result<Me> {
    let user = super::get(cx.chat(), cx.id()).await?.ok_or_else(Error::not_logged_in)?;
    Ok(Me::of(cx.chat(), &user))
}
