//! Who and what is offered while somebody types a name.

use crate::access::{self, Found};
use crate::rooms::{self, RoomRef};
use crate::{Caller, presence, users};
use gantry_model::{Permission, Result, Room, RoomId, RoomKind, Status, User, UserId};
use gantry_store::{Among, Conn, RoomFilter};
use serde::Serialize;
use std::sync::Arc;

/// Channels that are offered at once.
const CHANNELS: i64 = 5;
/// People that are offered at once, at most, whatever the settings say.
const PEOPLE: i64 = 50;
/// Rooms with more members than this are likely to hold a good part of all accounts.
const CROWDED: i64 = 10_000;
/// The longest text that anybody's name could have in it, in characters.
const LONGEST: usize = 500;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Part of a name; with `@` before it people alone, with `#` rooms alone.
    pub text: String,
    /// User names of people who are not to be offered again.
    pub except: Vec<String>,
    /// People are looked for.
    pub people: bool,
    /// Channels are looked for.
    pub channels: bool,
    /// Where it is typed: its members come first.
    pub rid: Option<RoomId>,
}

/// What was found.
#[derive(Serialize)]
pub struct Spotlight {
    users: Vec<SomebodyFound>,
    rooms: Vec<ChannelFound>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SomebodyFound {
    #[serde(rename = "_id")]
    id: UserId,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nickname: Option<String>,
    status: Status,
    status_text: String,
    #[serde(rename = "avatarETag", skip_serializing_if = "Option::is_none")]
    avatar_etag: Option<String>,
    /// Is no member of the room where it is typed.
    outside: bool,
}

/// A channel or group that is offered.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChannelFound {
    #[serde(rename = "_id")]
    id: RoomId,
    t: RoomKind,
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fname: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    join_code_required: bool,
}

/// People and channels with a text in their names.
///
/// People: the members of the room where it is typed, for who may read that room; then, with `view-outside-room` and
/// `view-d-room`, everybody, and without only those with whom the caller shares a room. As many as
/// `Number_of_users_autocomplete_suggestions`. Channels the caller is not in: with `view-outside-room` and `view-c-room`.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn spotlight(cx: &Caller, mut search: Search) -> Result<Spotlight> {
    if let Some(rest) = search.text.strip_prefix('#') {
        (search.text, search.people) = (rest.to_owned(), false);
    } else if let Some(rest) = search.text.strip_prefix('@') {
        (search.text, search.channels) = (rest.to_owned(), false);
    }
    search.text = bounded(&search.text);
    let me = cx.clone();
    let (people, channels) = cx
        .read(move |db| {
            let wanted = me.chat().settings().int("Number_of_users_autocomplete_suggestions").clamp(1, PEOPLE);
            let people = if search.people { people(&me, db, &search, wanted)? } else { Vec::new() };
            let channels = if search.channels { channels(&me, db, &search.text)? } else { Vec::new() };
            Ok((people, channels))
        })
        .await?;
    let ids = people.iter().map(|(uid, _)| uid.clone()).collect();
    let known = users::some_by_id(cx.chat(), ids).await?;
    let user = |uid: &UserId| known.iter().find(|user| user.id == *uid).cloned();
    let users = people.iter().filter_map(|(uid, outside)| Some(somebody(cx, &user(uid)?, *outside))).collect();
    Ok(Spotlight { users, rooms: channels.into_iter().map(channel).collect() })
}

/// People offered where somebody is to be chosen, at once.
const OFFERED: i64 = 10;

/// Somebody who is offered.
#[derive(Serialize)]
pub struct Offered {
    #[serde(rename = "_id")]
    id: UserId,
    username: Option<String>,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nickname: Option<String>,
    #[serde(rename = "avatarETag", skip_serializing_if = "Option::is_none")]
    avatar_etag: Option<String>,
}

/// The first people by user name with a text in their names, but none of those with one of the user names `except`: with
/// `view-outside-room` and `view-d-room` of everybody, and without of those with whom the caller shares a room.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn people_by_name(cx: &Caller, text: &str, except: Vec<String>) -> Result<Vec<Offered>> {
    let search = Search { text: bounded(text), except, people: true, ..Search::default() };
    let me = cx.clone();
    let found = cx.read(move |db| people(&me, db, &search, OFFERED)).await?;
    let ids: Vec<UserId> = found.into_iter().map(|(uid, _)| uid).collect();
    let known = users::some_by_id(cx.chat(), ids.clone()).await?;
    let user = |uid: &UserId| known.iter().find(|user| user.id == *uid);
    Ok(ids.iter().filter_map(|uid| Some(offered(cx, user(uid)?))).collect())
}

/// The first of the channels and groups the caller is in, by name, with a text in their names. Discussions are found
/// through their rooms.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn own_rooms_by_name(cx: &Caller, text: &str) -> Result<Vec<ChannelFound>> {
    let filter = RoomFilter {
        kinds: vec![RoomKind::Channel, RoomKind::Private],
        member: Some(cx.id().clone()),
        text: Some(bounded(text)).filter(|text| !text.is_empty()),
        ..RoomFilter::default()
    };
    let (rooms, _) = cx.read(move |db| db.rooms().page(&filter, 0, OFFERED)).await?;
    Ok(rooms.into_iter().filter(|room| room.extra.prid.is_none()).map(channel).collect())
}

fn bounded(text: &str) -> String {
    text.trim().chars().take(LONGEST).collect()
}

fn offered(cx: &Caller, user: &User) -> Offered {
    Offered {
        id: user.id.clone(),
        username: user.username.as_ref().map(ToString::to_string),
        status: cx.chat().state().presence().status(&user.id),
        name: user.name.clone(),
        nickname: user.profile.nickname.clone(),
        avatar_etag: user.profile.avatar_etag.clone(),
    }
}

/// Each with whether the user is outside the room where it is typed.
fn people(me: &Caller, db: &mut Conn, search: &Search, wanted: i64) -> Result<Vec<(UserId, bool)>> {
    let room = match &search.rid {
        Some(rid) => match rooms::look_up(me, db, &RoomRef::Id(rid.clone()))? {
            Some(found) => Some(found),
            // Nobody is in a room that is not there.
            None => return Ok(Vec::new()),
        },
        None => None,
    };
    let mut found = match room.filter(|room| access::may_read(me, room)) {
        Some(room) => db.search().people(&search.text, &members(&room), &search.except, wanted)?,
        None => Vec::new(),
    };
    let inside = found.len();
    if i64::try_from(inside).is_ok_and(|inside| inside < wanted) {
        let everybody = me.has(Permission::ViewOutsideRoom) && me.has(Permission::ViewDRoom);
        let among = if everybody { Among::Everybody } else { Among::Companions(me.id().clone()) };
        // Those who were found already are among them.
        let more = db.search().people(&search.text, &among, &search.except, wanted)?;
        let fresh: Vec<UserId> = more.into_iter().filter(|uid| !found.contains(uid)).collect();
        found.extend(fresh);
    }
    found.truncate(usize::try_from(wanted).unwrap_or_default());
    Ok(found.into_iter().enumerate().map(|(at, uid)| (uid, at >= inside)).collect())
}

fn members(room: &Found) -> Among {
    Among::Members(room.id().clone(), room.room.users_count > CROWDED)
}

fn channels(me: &Caller, db: &mut Conn, text: &str) -> Result<Vec<Room>> {
    if !me.has(Permission::ViewOutsideRoom) || !me.has(Permission::ViewCRoom) {
        return Ok(Vec::new());
    }
    db.search().channels(text, me.id(), CHANNELS)
}

fn somebody(cx: &Caller, user: &Arc<User>, outside: bool) -> SomebodyFound {
    SomebodyFound {
        id: user.id.clone(),
        name: user.name.clone(),
        username: user.username.as_ref().map(ToString::to_string),
        nickname: user.profile.nickname.clone(),
        status: cx.chat().state().presence().status(&user.id),
        status_text: presence::text_of(cx.chat(), user),
        avatar_etag: user.profile.avatar_etag.clone(),
        outside,
    }
}

fn channel(room: Room) -> ChannelFound {
    ChannelFound {
        id: room.id,
        t: room.kind,
        name: room.name,
        fname: room.fname,
        join_code_required: room.extra.join_code.is_some(),
    }
}
