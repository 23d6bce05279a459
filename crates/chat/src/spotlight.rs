//! Who and what is offered while somebody types a name.

use crate::access::{self, Found};
use crate::rooms::{self, RoomRef};
use crate::{Caller, users};
use gantry_model::{Permission, Result, Room, RoomId, RoomKind, Status, User, UserId};
use gantry_store::{Among, Conn};
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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ChannelFound {
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
    search.text = search.text.trim().chars().take(LONGEST).collect();
    let me = cx.clone();
    let (people, channels) = cx
        .read(move |db| {
            let people = if search.people { people(&me, db, &search)? } else { Vec::new() };
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

/// Each with whether the user is outside the room where it is typed.
fn people(me: &Caller, db: &mut Conn, search: &Search) -> Result<Vec<(UserId, bool)>> {
    let wanted = me.chat().settings().int("Number_of_users_autocomplete_suggestions").clamp(1, PEOPLE);
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
        status_text: user.status_text.clone(),
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
