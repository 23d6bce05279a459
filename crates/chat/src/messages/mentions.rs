//! Who and what a message names.

use crate::Caller;
use crate::access::may_read_room;
use gantry_markup as markup;
use gantry_model::{Error, Permission, Result, Room, RoomId, RoomKind, Subscription, UserId, push_text};
use gantry_store::Conn;
use serde_json::json;

/// Names that mean the whole room, or who is online in it.
const EVERYBODY: [&str; 2] = ["all", "here"];

/// The people and rooms that a text names, as they exist.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mentions {
    people: Vec<(UserId, String, Option<String>)>,
    rooms: Vec<(RoomId, String, Option<String>)>,
    everybody: Vec<&'static str>,
}

/// People, and rooms, that one message can name; further ones are only text.
const MOST: usize = 200;

impl Mentions {
    /// Looks up what `found` names: people by exactly their user name, channels and groups by exactly their name. Nothing
    /// is read for a text that names nobody.
    pub(crate) fn of(cx: &Caller, db: &mut Conn, found: &markup::Found) -> Result<Self> {
        let mut mentions = Self::default();
        let is_named = |everybody: &&str| found.users.iter().any(|name| name == everybody);
        mentions.everybody.extend(EVERYBODY.into_iter().filter(is_named));
        let names = found.users.iter().filter(|name| !EVERYBODY.contains(&name.as_str()));
        let names: Vec<String> = names.take(MOST).cloned().collect();
        if !names.is_empty() {
            for user in db.accounts().by_usernames(&names)? {
                let username = user.username.map(|name| name.to_string()).unwrap_or_default();
                if names.contains(&username) {
                    mentions.people.push((user.id, username, user.name));
                }
            }
        }
        if !found.channels.is_empty() {
            let rooms = db.rooms().by_names(found.channels.get(..MOST).unwrap_or(&found.channels))?;
            mentions.rooms = readable(cx, db, rooms)?;
        }
        Ok(mentions)
    }

    /// Those that are mentioned by name.
    pub(crate) fn people(&self) -> impl Iterator<Item = &UserId> {
        self.people.iter().map(|(id, ..)| id)
    }

    /// Whether the whole room is meant.
    pub(crate) fn everybody(&self) -> bool {
        !self.everybody.is_empty()
    }

    /// Refuses to name everybody without the permission, or in a room larger than `Message_MaxAll`.
    ///
    /// # Errors
    /// `error-action-not-allowed`.
    pub(crate) fn check(&self, cx: &Caller, room: &Room, seat: Option<&Subscription>) -> Result<()> {
        for word in &self.everybody {
            let permission = if *word == "all" { Permission::MentionAll } else { Permission::MentionHere };
            let largest = cx.chat().settings().hot().message.max_all;
            let too_large = largest.is_some_and(|most| room.users_count.unsigned_abs() > most);
            if too_large || !cx.has_in(permission, seat) {
                let details = json!({ "action": format!("Notify_{word}_in_this_room") });
                let text = format!("Notify {word} in this room not allowed");
                return Err(Error::new("error-action-not-allowed", text).with_details(details));
            }
        }
        Ok(())
    }

    /// Appends `mentions` and `channels`.
    pub(crate) fn push(&self, out: &mut String) {
        out.push_str(",\"mentions\":[");
        for word in &self.everybody {
            push_entry(out, &[("_id", Some(word)), ("username", Some(word))]);
        }
        for (id, username, name) in &self.people {
            let entry = [("_id", Some(id.as_str())), ("username", Some(username)), ("name", name.as_deref())];
            push_entry(out, &[&entry[..], &[("type", Some("user"))]].concat());
        }
        out.push_str("],\"channels\":[");
        for (id, name, fname) in &self.rooms {
            push_entry(out, &[("_id", Some(id.as_str())), ("name", Some(name)), ("fname", fname.as_deref())]);
        }
        out.push(']');
    }
}

/// Appends an object to a list that has begun.
fn push_entry(out: &mut String, fields: &[(&str, Option<&str>)]) {
    if !out.ends_with('[') {
        out.push(',');
    }
    let mut before = '{';
    for (key, value) in fields {
        if let Some(value) = value {
            out.push(before);
            before = ',';
            push_text(out, key);
            out.push(':');
            push_text(out, value);
        }
    }
    out.push('}');
}

/// The rooms whose names the sender may give away: all channels, and the private ones the sender can read.
fn readable(cx: &Caller, db: &mut Conn, rooms: Vec<Room>) -> Result<Vec<(RoomId, String, Option<String>)>> {
    let closed: Vec<RoomId> =
        rooms.iter().filter(|room| room.kind != RoomKind::Channel).map(|room| room.id.clone()).collect();
    let seats = if closed.is_empty() { Vec::new() } else { db.subscriptions().in_rooms(cx.id(), &closed)? };
    let seat = |room: &Room| seats.iter().find(|seat| seat.rid == room.id);
    let named = rooms.into_iter().filter(|room| room.kind == RoomKind::Channel || may_read_room(cx, room, seat(room)));
    Ok(named.map(|room| (room.id, room.name.unwrap_or_default(), room.fname)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_written_as_clients_read_them() {
        let mentions = Mentions {
            people: vec![("u1".into(), "ann".into(), Some("Ann".into())), ("u2".into(), "bob".into(), None)],
            rooms: vec![("r1".into(), "general".into(), None)],
            everybody: vec!["all", "here"],
        };
        let mut out = String::from("{\"msg\":\"\"");
        mentions.push(&mut out);
        Mentions::default().push(&mut out);
        let expected = "{\"msg\":\"\",\"mentions\":[{\"_id\":\"all\",\"username\":\"all\"},{\"_id\":\"here\",\"username\":\"here\"},\
            {\"_id\":\"u1\",\"username\":\"ann\",\"name\":\"Ann\",\"type\":\"user\"},\
            {\"_id\":\"u2\",\"username\":\"bob\",\"type\":\"user\"}],\
            \"channels\":[{\"_id\":\"r1\",\"name\":\"general\"}],\"mentions\":[],\"channels\":[]";
        assert_eq!(out, expected);
    }
}
