//! The document of a membership, as its owner's clients see it. Made here and nowhere else.

use super::settings::in_force;
use crate::{Chat, people};
use gantry_model::{Author, People, Person, Result, Room, RoomId, RoomKind, Subscription, Unread, User, UserId};
use gantry_store::Conn;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use std::sync::Arc;

/// The settings of a membership that are in its document.
const SETTINGS: [&str; 23] = [
    "audioNotificationValue",
    "desktopNotifications",
    "mobilePushNotifications",
    "emailNotifications",
    "desktopPrefOrigin",
    "mobilePrefOrigin",
    "emailPrefOrigin",
    "unreadAlert",
    "blocked",
    "blocker",
    "autoTranslate",
    "autoTranslateLanguage",
    "disableNotifications",
    "hideUnreadStatus",
    "hideMentionStatus",
    "muteGroupMentions",
    "ignored",
    "E2EKey",
    "E2ESuggestedKey",
    "oldRoomKeys",
    "suggestedOldRoomKeys",
    "status",
    "inviter",
];

/// A membership: its own record, and what follows from its room and from the names of now.
pub struct SubscriptionDoc {
    seat: Subscription,
    seen: Unread,
    kind: RoomKind,
    name: Option<String>,
    fname: Option<String>,
    archived: bool,
    prid: Option<RoomId>,
    people: Arc<People>,
}

impl SubscriptionDoc {
    /// The room.
    pub fn rid(&self) -> &RoomId {
        &self.seat.rid
    }

    /// Whose it is.
    pub fn uid(&self) -> &UserId {
        &self.seat.uid
    }

    /// The room's kind.
    pub fn kind(&self) -> RoomKind {
        self.kind
    }

    /// What is unread.
    pub fn unread(&self) -> Unread {
        self.seen
    }
}

/// The documents of memberships read with their rooms. Owners and names come from memory, else in one read each.
pub(super) fn docs(chat: &Chat, db: &mut Conn, rows: Vec<(Subscription, Room)>) -> Result<Vec<SubscriptionDoc>> {
    let owners = people::accounts_in(chat, db, rows.iter().map(|(seat, _)| &seat.uid))?;
    let named = rows.iter().flat_map(|(seat, room)| room.uids.iter().chain([&seat.uid]));
    let people = Arc::new(people::named_in(chat, db, named)?);
    let doc = |(seat, room): (Subscription, Room)| {
        let owner = owners.get(&seat.uid);
        doc(seat, room, owner, &people)
    };
    Ok(rows.into_iter().map(doc).collect())
}

fn doc(mut seat: Subscription, room: Room, owner: Option<&Arc<User>>, people: &Arc<People>) -> SubscriptionDoc {
    let seen = seat.in_room(&room);
    if let Some(owner) = owner {
        seat.settings = in_force(seat.settings, &owner.preferences);
    }
    let (name, fname) = match room.kind {
        RoomKind::Direct => direct_names(&seat.uid, &room.uids, people),
        RoomKind::Channel | RoomKind::Private => (room.name, room.fname),
    };
    SubscriptionDoc {
        seat,
        seen,
        kind: room.kind,
        name,
        fname,
        archived: room.archived,
        prid: room.extra.prid,
        people: people.clone(),
    }
}

/// What `uid` sees a direct room under: the other participants, sorted by name; alone in it, one's own name.
pub(crate) fn direct_names(uid: &UserId, uids: &[UserId], people: &People) -> (Option<String>, Option<String>) {
    let mut others: Vec<&Person> =
        uids.iter().filter(|other| *other != uid).filter_map(|other| people.get(other)).map(AsRef::as_ref).collect();
    if others.is_empty() {
        others.extend(people.get(uid).map(AsRef::as_ref));
    }
    others.sort_by_cached_key(|person| shown_name(person).to_lowercase());
    let joined = |of: fn(&Person) -> &str| others.iter().map(|person| of(person)).collect::<Vec<_>>().join(", ");
    (Some(joined(|person| person.username.as_deref().unwrap_or_default())), Some(joined(shown_name)))
}

/// The name people are called by: their own, else the user name.
pub(crate) fn shown_name(person: &Person) -> &str {
    let name = person.name.as_deref().filter(|name| !name.is_empty());
    name.or(person.username.as_deref()).unwrap_or_default()
}

impl Serialize for SubscriptionDoc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { seat, seen, .. } = self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("_id", &seat.id)?;
        map.serialize_entry("rid", &seat.rid)?;
        map.serialize_entry("t", &self.kind)?;
        let person = self.people.get(&seat.uid).map(AsRef::as_ref);
        map.serialize_entry("u", &Author { id: &seat.uid, person })?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("fname", self.fname.as_ref().or(self.name.as_ref()).unwrap_or(&String::new()))?;
        map.serialize_entry("ts", &seat.joined)?;
        if let Some(at) = seat.ls {
            map.serialize_entry("ls", &at)?;
        }
        map.serialize_entry("open", &seen.open)?;
        map.serialize_entry("alert", &seen.alert)?;
        map.serialize_entry("unread", &seen.unread)?;
        map.serialize_entry("userMentions", &seen.user_mentions)?;
        map.serialize_entry("groupMentions", &seen.group_mentions)?;
        // Clients that merge what they get into what they have must hear of what ended, too.
        map.serialize_entry("f", &seat.favorite)?;
        map.serialize_entry("roles", &seat.roles)?;
        map.serialize_entry("archived", &self.archived)?;
        if let Some(prid) = &self.prid {
            map.serialize_entry("prid", prid)?;
        }
        for key in SETTINGS {
            if let Some(value) = seat.settings.0.get(key) {
                map.serialize_entry(key, value)?;
            }
        }
        map.serialize_entry("_updatedAt", &seen.updated)?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(names: &[(&str, &str, &str)]) -> People {
        let person = |username: &str, name: &str| Person {
            username: Some(username.to_owned()),
            name: (!name.is_empty()).then(|| name.to_owned()),
        };
        names.iter().map(|(id, username, name)| (UserId::new(id), Arc::new(person(username, name)))).collect()
    }

    #[test]
    fn a_direct_room_goes_by_the_others_names() {
        let people = people(&[("1", "ann", "Ann"), ("2", "bob", "bertram"), ("3", "cat", "")]);
        let uids: Vec<UserId> = ["1", "2", "3"].map(UserId::new).to_vec();
        let names = |uid: &str, uids: &[UserId]| direct_names(&UserId::new(uid), uids, &people);
        assert_eq!(names("1", &uids), (Some("bob, cat".into()), Some("bertram, cat".into())));
        assert_eq!(names("3", &uids), (Some("ann, bob".into()), Some("Ann, bertram".into())));
        assert_eq!(names("1", &uids[..2]), (Some("bob".into()), Some("bertram".into())));
        assert_eq!(names("1", &uids[..1]), (Some("ann".into()), Some("Ann".into())));
    }
}
