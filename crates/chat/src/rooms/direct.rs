//! Direct rooms: found by who is in them, and made when two or more first talk.

use super::{Invitees, RoomRef, changed, create, erase, find, key, membership, with_seat};
use crate::access::Found;
use crate::subscriptions::{self, shown_name};
use crate::users::UserRef;
use crate::{Caller, Chat, users};
use aws_lc_rs::digest;
use gantry_model::event::Key;
use gantry_model::{Error, Permission, Result, Room, RoomId, RoomKind, Subscription, User, UserId};
use gantry_store::Tx;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// `details.method` of refusals.
const CREATE: &str = "createDirectMessage";

/// A direct room that is there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Direct {
    /// The room.
    pub rid: RoomId,
    /// Everybody in it, by the names they are shown under.
    pub usernames: Vec<String>,
}

impl Serialize for Direct {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("t", &RoomKind::Direct)?;
        map.serialize_entry("rid", &self.rid)?;
        map.serialize_entry("_id", &self.rid)?;
        map.serialize_entry("usernames", &self.usernames)?;
        map.end()
    }
}

/// The direct room of the caller and the users named, or of these alone with `exclude_self`: the one there is, else a new
/// one. Naming only oneself makes a room for notes.
///
/// In order: the caller has a user name, and may write to itself where that is all (`error-invalid-user`); everybody named
/// exists, and `exclude_self` leaves more than one (`error-invalid-user`); `create-d`, or `view-d-room` where the room is
/// there (`error-not-allowed`); not more than `DirectMesssage_maxUsers` (`error-direct-message-max-user-exceeded`).
///
/// # Errors
/// As above, with `details.method` `createDirectMessage`, the last with `createDirectRoom`.
pub async fn create_direct(cx: &Caller, usernames: Vec<String>, exclude_self: bool) -> Result<Direct> {
    let people = Arc::new(Participants::of(cx, &usernames, exclude_self).await?);
    loop {
        let there = look(cx, people.clone()).await?;
        people.check(cx, there.is_some())?;
        let (rid, open) = there.unwrap_or_else(|| (people.room_id(), false));
        if open || put(cx, rid.clone(), people.clone()).await? {
            return Ok(Direct { rid, usernames: people.usernames() });
        }
        // A room that was deleted leaves its id to its successor, but not before it is cleared away.
        erase::cleared(cx.chat(), &rid).await?;
    }
}

/// The room of these people, if it is there, and whether it is in the caller's sidebar.
async fn look(cx: &Caller, people: Arc<Participants>) -> Result<Option<(RoomId, bool)>> {
    let me = cx.clone();
    cx.read(move |db| {
        let Some(room) = db.rooms().direct(&people.uids())? else { return Ok(None) };
        let seat = db.subscriptions().get(&room.id, me.id())?;
        let open = seat.is_some_and(|seat| seat.in_room(&room).open);
        Ok(Some((room.id, open)))
    })
    .await
}

/// Makes the room, or puts the one there is into the caller's sidebar; false when it is not where it was looked for.
async fn put(cx: &Caller, rid: RoomId, people: Arc<Participants>) -> Result<bool> {
    cx.write([key(&rid)], move |me, tx| {
        let there = tx.rooms().direct(&people.uids())?;
        if there.as_ref().is_some_and(|room| room.id != rid) || tx.rooms().is_clearing(&rid)? {
            return Ok(false);
        }
        people.check(me, there.is_some())?;
        match there {
            Some(mut room) => complete(me, tx, &mut room, &people)?,
            None => make(me, tx, &rid, &people)?,
        }
        Ok(true)
    })
    .await
}

fn make(me: &Caller, tx: &mut Tx<'_>, rid: &RoomId, people: &Participants) -> Result<()> {
    let mut room = Room { uids: people.uids(), ..Room::blank(rid.clone(), RoomKind::Direct, tx.stamp()) };
    let seats = people.users.iter().map(|user| people.seat(me, tx, &room, user)).collect();
    create::insert(tx, &mut room, seats)
}

/// Who lost the membership gets it back, and the caller the room into the sidebar.
fn complete(me: &Caller, tx: &mut Tx<'_>, room: &mut Room, people: &Participants) -> Result<()> {
    for user in &people.users {
        match tx.subscriptions().get(&room.id, &user.id)? {
            None => {
                let seat = people.seat(me, tx, room, user);
                membership::add(tx, room, &seat)?;
            }
            Some(mut seat) if user.id == *me.id() && !seat.in_room(room).open => {
                seat.show(room);
                subscriptions::changed(tx, &mut seat)?;
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// The direct room of the caller with one other, who is named by user name, if there is one.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn direct_with(cx: &Caller, username: &str) -> Result<Option<Found>> {
    let Some(user) = users::find(cx, UserRef::Username(username.to_owned())).await? else { return Ok(None) };
    let me = cx.clone();
    cx.read(move |db| {
        let room = db.rooms().direct(&[me.id().clone(), user.id])?;
        room.map(|room| with_seat(&me, db, room)).transpose()
    })
    .await
}

/// The direct room of the caller with one other, who is named by id or, unless `by_id_only`, by user name; made when it is
/// not there. Nothing when nobody is named so.
pub(super) async fn with(cx: &Caller, named: &str, by_id_only: bool) -> Result<Option<Found>> {
    let (me, text) = (cx.clone(), named.to_owned());
    let there = cx.read(move |db| {
        let user = match db.accounts().get(&UserId::new(&text))? {
            None if !by_id_only => db.accounts().by_username(&text)?,
            found => found,
        };
        let Some(user) = user else { return Ok(None) };
        let mut uids = vec![me.id().clone(), user.id.clone()];
        uids.sort_unstable();
        uids.dedup();
        let room = db.rooms().direct(&uids)?;
        Ok(Some((user.username, room.map(|room| with_seat(&me, db, room)).transpose()?)))
    });
    match there.await? {
        Some((_, Some(found))) => Ok(Some(found)),
        Some((Some(username), None)) => {
            let direct = create_direct(cx, vec![username.to_string()], false).await?;
            find(cx, RoomRef::Id(direct.rid)).await
        }
        Some((None, None)) | None => Ok(None),
    }
}

/// Direct rooms that are told of a new name in one write.
const AT_ONCE: usize = 100;

/// Notes in the direct rooms of somebody that the user goes by another name: it is theirs, too, for the others.
///
/// # Errors
/// Unavailable, when the store is.
pub(crate) async fn renamed(chat: &Chat, uid: &UserId) -> Result<()> {
    let uid = uid.clone();
    let direct = chat.read(move |db| db.subscriptions().direct_of(&uid)).await?;
    for some in direct.chunks(AT_ONCE) {
        let some = some.to_vec();
        let keys: Vec<Key> = some.iter().map(key).collect();
        let write = move |tx: &mut Tx<'_>| some.iter().try_for_each(|rid| note_name(tx, rid));
        chat.write(keys, write).await?;
    }
    Ok(())
}

fn note_name(tx: &mut Tx<'_>, rid: &RoomId) -> Result<()> {
    let Some(mut room) = tx.rooms().get(rid)? else { return Ok(()) };
    room.named_at = tx.stamp();
    tx.rooms().update(&mut room)?;
    changed(tx, rid, true);
    Ok(())
}

/// Who is to be in a direct room.
struct Participants {
    /// Each once, by the names they are shown under.
    users: Vec<User>,
    /// The caller is not among them, and may put it into their sidebars all the same.
    shown_to_all: bool,
}

impl Participants {
    async fn of(cx: &Caller, usernames: &[String], exclude_self: bool) -> Result<Self> {
        let invalid = || Error::invalid_user(CREATE);
        let own = cx.user().username.as_ref().ok_or_else(invalid)?.as_str().to_lowercase();
        let mut names: Vec<String> = usernames.iter().map(|name| name.trim().to_lowercase()).collect();
        let only_me = names.len() == 1 && names.first().is_some_and(|name| *name == own);
        if only_me && !cx.chat().settings().bool("Message_AllowDirectMessagesToYourself") {
            return Err(invalid());
        }
        names.retain(|name| *name != own);
        names.sort_unstable();
        names.dedup();
        let wanted = names.len();
        let mut users = users::some(cx.chat(), Invitees::Usernames(names)).await?;
        if users.len() != wanted || (exclude_self && wanted < 2) {
            return Err(invalid());
        }
        if !exclude_self {
            users.push(User::clone(cx.user()));
        }
        users.sort_by_cached_key(|user| shown_name(&user.person()).to_lowercase());
        Ok(Self { users, shown_to_all: exclude_self && cx.has(Permission::ViewRoomAdministration) })
    }

    fn check(&self, me: &Caller, there: bool) -> Result<()> {
        if !me.has(Permission::CreateD) {
            let visible = there && me.has(Permission::ViewDRoom) && self.users.iter().any(|user| user.id == *me.id());
            return if visible { Ok(()) } else { Err(Error::not_allowed(CREATE)) };
        }
        let most = me.chat().settings().int("DirectMesssage_maxUsers").max(1);
        if i64::try_from(self.users.len()).is_ok_and(|count| count <= most) {
            return Ok(());
        }
        let text = format!("You cannot add more than {most} users, including yourself to a direct message");
        Err(Error::new("error-direct-message-max-user-exceeded", text).in_method("createDirectRoom"))
    }

    fn seat(&self, me: &Caller, tx: &Tx<'_>, room: &Room, user: &User) -> Subscription {
        let open = user.id == *me.id() || self.users.len() > 2 || self.shown_to_all;
        Subscription { open, ..membership::seat(tx, room, user) }
    }

    fn uids(&self) -> Vec<UserId> {
        let mut uids: Vec<UserId> = self.users.iter().map(|user| user.id.clone()).collect();
        uids.sort_unstable();
        uids
    }

    fn usernames(&self) -> Vec<String> {
        self.users.iter().filter_map(|user| user.username.as_ref()).map(ToString::to_string).collect()
    }

    fn room_id(&self) -> RoomId {
        room_id(&self.uids())
    }
}

/// The id of the room of these users (sorted): of two, their ids joined, as clients expect; of more, or of one, one that
/// follows from theirs, so that whoever makes the room first makes the same one.
fn room_id(uids: &[UserId]) -> RoomId {
    if let [one, other] = uids {
        return RoomId::new(format!("{one}{other}"));
    }
    const LETTERS: &[u8; 55] = b"23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz";
    let joined = uids.iter().map(UserId::as_str).collect::<Vec<_>>().join(" ");
    let hash = digest::digest(&digest::SHA256, joined.as_bytes());
    let letters = hash.as_ref().iter().take(17).map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]));
    RoomId::from(letters.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(ids: &[&str]) -> Vec<UserId> {
        ids.iter().map(UserId::new).collect()
    }

    #[test]
    fn two_share_the_room_of_their_ids() {
        assert_eq!(room_id(&ids(&["abc", "xyz"])), "abcxyz");
    }

    #[test]
    fn one_and_many_share_a_room_that_follows_from_who_they_are() {
        let three = room_id(&ids(&["a", "b", "c"]));
        assert_eq!(three.as_str().len(), 17);
        assert_eq!(three, room_id(&ids(&["a", "b", "c"])));
        assert_ne!(three, room_id(&ids(&["a", "b", "d"])));
        assert_ne!(three, room_id(&ids(&["ab", "c"])));
        assert_ne!(room_id(&ids(&["a"])), room_id(&ids(&["b"])));
    }
}
