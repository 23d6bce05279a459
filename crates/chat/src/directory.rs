//! What there is on the server: its channels, and its people.

use crate::access::RoomDoc;
use crate::rooms::{self, RoomColumn, RoomQuery};
use crate::{Caller, users};
use gantry_model::{Email, Millis, Permission, Result, User, UserId};
use serde::Serialize;

/// What is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shelf {
    /// Channels, and the groups the caller is in.
    #[default]
    Channels,
    /// Everybody who may log in.
    People,
    /// Teams: there are none yet.
    Teams,
}

impl Shelf {
    /// From the word of clients.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "channels" => Some(Self::Channels),
            "users" => Some(Self::People),
            "teams" => Some(Self::Teams),
            _ => None,
        }
    }
}

/// A page of the directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Browsing {
    /// What is listed.
    pub shelf: Shelf,
    /// Part of a name, in any case.
    pub text: String,
    /// Only what other servers have: nothing here.
    pub elsewhere: bool,
    /// The field to sort by, as clients call it; by name without.
    pub sort: Option<String>,
    /// Downwards.
    pub descending: bool,
    /// So many are passed over.
    pub offset: u64,
    /// At most so many; all of them without.
    pub count: Option<u64>,
}

/// Entries of one kind.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Entries {
    /// Rooms, as the caller may see them.
    Rooms(Vec<RoomDoc>),
    /// People, as the caller may see them.
    People(Vec<PersonDoc>),
}

impl Entries {
    /// How many.
    pub fn len(&self) -> usize {
        match self {
            Self::Rooms(rooms) => rooms.len(),
            Self::People(people) => people.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Somebody in the directory.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PersonDoc {
    #[serde(rename = "_id")]
    id: UserId,
    created_at: Millis,
    #[serde(skip_serializing_if = "Option::is_none")]
    emails: Option<Vec<Email>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    username: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nickname: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bio: Option<String>,
    #[serde(rename = "avatarETag", skip_serializing_if = "Option::is_none")]
    avatar_etag: Option<String>,
}

/// A page of the directory, and how many entries there are in all; nothing for who may not see that part of it, and where the
/// field to sort by is none. Channels: with `view-c-room`. People: with `view-outside-room` and `view-d-room`, their
/// addresses with `view-full-other-user-info`.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn browse(cx: &Caller, browsing: Browsing) -> Result<Option<(Entries, i64)>> {
    let sort = browsing.sort.clone().unwrap_or_else(|| "name".to_owned());
    match browsing.shelf {
        _ if browsing.elsewhere => Ok(Some((Entries::Rooms(Vec::new()), 0))),
        Shelf::Teams => Ok(Some((Entries::Rooms(Vec::new()), 0))),
        Shelf::Channels => match column(&sort).filter(|_| cx.has(Permission::ViewCRoom)) {
            Some(column) => channels(cx, browsing, column).await.map(Some),
            None => Ok(None),
        },
        Shelf::People => {
            let may_see = cx.has(Permission::ViewOutsideRoom) && cx.has(Permission::ViewDRoom);
            match person_order(&sort).filter(|_| may_see) {
                Some(order) => people(cx, browsing, order).await.map(Some),
                None => Ok(None),
            }
        }
    }
}

fn column(sort: &str) -> Option<RoomColumn> {
    match sort {
        "name" | "usernames" => Some(RoomColumn::Name),
        "createdAt" => Some(RoomColumn::Created),
        "usersCount" => Some(RoomColumn::Members),
        "lastMessage" => Some(RoomColumn::LastActivity),
        _ => None,
    }
}

fn person_order(sort: &str) -> Option<users::Sort> {
    match sort {
        "name" => Some(users::Sort::Name),
        "username" | "email" | "bio" | "usersCount" => Some(users::Sort::Username),
        "createdAt" => Some(users::Sort::Created),
        _ => None,
    }
}

async fn channels(cx: &Caller, browsing: Browsing, column: RoomColumn) -> Result<(Entries, i64)> {
    let Browsing { text, descending, offset, count, .. } = browsing;
    let query = RoomQuery { order: vec![(column, descending)], text: Some(text), offset, count };
    let (rooms, total) = rooms::known_to(cx, query).await?;
    Ok((Entries::Rooms(rooms), total))
}

async fn people(cx: &Caller, browsing: Browsing, sort: users::Sort) -> Result<(Entries, i64)> {
    let Browsing { text, descending, offset, count, .. } = browsing;
    let text = Some(text).filter(|text| !text.is_empty());
    let listing = users::Listing { text, sort, descending, offset, count, ..users::Listing::default() };
    let (found, total) = users::active(cx.chat(), listing).await?;
    let all = cx.has(Permission::ViewFullOtherUserInfo);
    Ok((Entries::People(found.into_iter().map(|user| person(user, all)).collect()), total))
}

fn person(user: User, all: bool) -> PersonDoc {
    PersonDoc {
        id: user.id,
        created_at: user.created,
        emails: all.then_some(user.emails),
        name: user.name,
        username: user.username.map(|name| name.to_string()),
        nickname: user.profile.nickname,
        bio: user.profile.bio,
        avatar_etag: user.profile.avatar_etag,
    }
}
