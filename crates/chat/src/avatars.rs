//! Pictures of people and rooms: whose name stands on one that nobody uploaded, and who is told.

use crate::access::{self, Found};
use crate::rooms::{self, RoomRef};
use crate::{Caller, Chat, people, users};
use gantry_model::{Result, RoomId, RoomKind, UserId};

/// Whose picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The user of this name; a name behind `@` stands for itself.
    Username(String),
    /// The user with this id.
    User(UserId),
    /// The room.
    Room(RoomId),
}

/// The name whose letters make a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letters {
    /// The name.
    pub name: String,
    /// A letter of each word; otherwise the first alone.
    pub every_word: bool,
    /// Nothing was looked up: the name is what was asked for.
    pub as_asked: bool,
    /// Whoever asks is answered the same.
    pub for_anybody: bool,
}

impl Letters {
    fn of(chat: &Chat, name: String, every_word: bool) -> Self {
        Self { name, every_word, as_asked: false, for_anybody: !is_blocked(chat) }
    }

    fn as_asked(name: &str) -> Self {
        Self { name: name.to_owned(), every_word: false, as_asked: true, for_anybody: true }
    }
}

/// Strangers see no pictures, `Accounts_AvatarBlockUnauthenticatedAccess`.
fn is_blocked(chat: &Chat) -> bool {
    chat.settings().bool("Accounts_AvatarBlockUnauthenticatedAccess")
}

fn by_real_name(chat: &Chat) -> bool {
    chat.settings().bool("UI_Use_Name_Avatar")
}

/// The letters that stand for somebody or something; nothing where there is no picture.
///
/// A name that nobody has is answered like any other, and a stranger, where strangers see no pictures, is answered what was
/// asked: neither learns who is here. A room's name is for who may read the room; to the others there is no such room.
///
/// # Errors
/// Unavailable, when the store is.
pub async fn letters(chat: &Chat, caller: Option<&Caller>, subject: &Subject) -> Result<Option<Letters>> {
    let stranger = caller.is_none() && is_blocked(chat);
    match subject {
        Subject::Username(name) if stranger => Ok(Some(Letters::as_asked(name))),
        Subject::Username(name) => of_username(chat, name).await.map(Some),
        Subject::User(_) if stranger => Ok(None),
        Subject::User(uid) => of_user(chat, uid).await,
        Subject::Room(rid) if stranger => Ok(Some(Letters::as_asked(rid.as_str()))),
        Subject::Room(rid) => of_room(chat, caller, rid).await,
    }
}

async fn of_username(chat: &Chat, asked: &str) -> Result<Letters> {
    let real = by_real_name(chat);
    if let Some(name) = asked.strip_prefix('@') {
        return Ok(Letters::of(chat, name.to_owned(), real));
    }
    let user = if real { users::by_username(chat, asked).await? } else { None };
    let name = user.and_then(|user| user.name);
    let every_word = name.is_some();
    Ok(Letters::of(chat, name.unwrap_or_else(|| asked.to_owned()), every_word))
}

async fn of_user(chat: &Chat, uid: &UserId) -> Result<Option<Letters>> {
    let Some(user) = users::get(chat, uid).await? else { return Ok(None) };
    let real = user.name.clone().filter(|_| by_real_name(chat));
    let every_word = real.is_some();
    let name = real.or_else(|| user.username.as_ref().map(ToString::to_string));
    Ok(name.map(|name| Letters::of(chat, name, every_word)))
}

/// Whoever is not logged in may see channels.
async fn of_room(chat: &Chat, caller: Option<&Caller>, rid: &RoomId) -> Result<Option<Letters>> {
    let name = match caller {
        Some(cx) => match rooms::find(cx, RoomRef::Id(rid.clone())).await? {
            Some(found) if access::may_read(cx, &found) => Some(name_of(cx, pictured(cx, &found)).await?),
            _ => None,
        },
        None => public_name(chat, rid).await?,
    };
    let letters = |name| Letters { for_anybody: caller.is_none(), ..Letters::of(chat, name, false) };
    Ok(name.filter(|name| !name.is_empty()).map(letters))
}

/// A discussion has the picture of its parent, for those who may know that.
fn pictured<'a>(cx: &Caller, found: &'a Found) -> &'a Found {
    found.parent.as_deref().filter(|parent| access::may_read(cx, parent)).unwrap_or(found)
}

async fn public_name(chat: &Chat, rid: &RoomId) -> Result<Option<String>> {
    let rid = rid.clone();
    let room = chat.read(move |db| db.rooms().get(&rid)).await?;
    let public = room.filter(|room| room.kind == RoomKind::Channel && room.extra.prid.is_none());
    Ok(public.map(|room| rooms::shown(&chat.settings(), &room).to_owned()))
}

/// What the room is called for the caller: a direct room by the first of the others.
async fn name_of(cx: &Caller, found: &Found) -> Result<String> {
    if found.kind() != RoomKind::Direct {
        return Ok(rooms::shown(&cx.chat().settings(), &found.room).to_owned());
    }
    let other = found.room.uids.iter().find(|uid| *uid != cx.id()).unwrap_or(cx.id());
    let people = people::named(cx.chat(), [other]).await?;
    Ok(people.get(other).and_then(|person| person.username.clone()).unwrap_or_default())
}

/// Where the picture of a user is, on a server that is reached at `site`; the path alone without.
pub(crate) fn address(site: &str, username: &str) -> String {
    let name = percent_encoding::utf8_percent_encode(username, percent_encoding::NON_ALPHANUMERIC);
    // What needs no encoding in a path stays readable.
    let name = name.to_string().replace("%2E", ".").replace("%2D", "-").replace("%5F", "_");
    format!("{site}/avatar/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_have_an_address() {
        assert_eq!(address("https://x.io", "rocket.cat-1_a"), "https://x.io/avatar/rocket.cat-1_a");
        assert_eq!(address("", "ä/?"), "/avatar/%C3%A4%2F%3F");
    }
}
