//! Who and what a message names.

use crate::Caller;
use gantry_markup as markup;
use gantry_model::{Error, Result, Room, RoomId, RoomKind, UserId, push_text};
use gantry_store::Conn;

/// The people and rooms that a text names, as they exist.
#[derive(Clone, Debug, Default)]
pub(crate) struct Mentions {
    people: Vec<(UserId, String, Option<String>)>,
    rooms: Vec<(RoomId, String, Option<String>)>,
    everybody: Vec<&'static str>,
}

impl Mentions {
    /// Looks up what `found` names. Nothing is read for a text that names nobody.
    pub(crate) fn of(cx: &Caller, db: &mut Conn, found: &markup::Found) -> Result<Self> {
        let mut mentions = Self::default();
        for everybody in ["all", "here"] {
            if found.users.iter().any(|name| name == everybody) {
                mentions.everybody.push(everybody);
            }
        }
        let names: Vec<String> = found.users.iter().filter(|name| *name != "all" && *name != "here").cloned().collect();
        if !names.is_empty() {
            for user in db.accounts().by_usernames(&names)? {
                let username = user.username.map(|name| name.to_string()).unwrap_or_default();
                mentions.people.push((user.id, username, user.name));
            }
        }
        if !found.channels.is_empty() {
            let rooms = db.rooms().by_names(&found.channels)?;
            mentions.rooms.extend(readable(cx, db, rooms)?);
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
    pub(crate) fn check(&self, cx: &Caller, room: &Room, seat: Option<&gantry_model::Subscription>) -> Result<()> {
        for word in &self.everybody {
            let permission = match *word {
                "all" => gantry_model::Permission::MentionAll,
                _ => gantry_model::Permission::MentionHere,
            };
            let too_large =
                cx.chat().settings().hot().message.max_all.is_some_and(|max| room.users_count.unsigned_abs() > max);
            if too_large || !cx.has_in(permission, seat) {
                let text = format!("Notify {word} in this room not allowed");
                let details = serde_json::json!({ "action": if *word == "all" { "Notify_all_in_this_room" } else { "Notify_here_in_this_room" } });
                return Err(Error::new("error-action-not-allowed", text).with_details(details));
            }
        }
        Ok(())
    }

    /// Appends `mentions` and `channels`.
    pub(crate) fn push(&self, out: &mut String) {
        out.push_str(",\"mentions\":[");
        for (at, word) in self.everybody.iter().enumerate() {
            out.push_str(if at == 0 { "{\"_id\":\"" } else { ",{\"_id\":\"" });
            out.push_str(&format!("{word}\",\"username\":\"{word}\"}}"));
        }
        let mut comma = !self.everybody.is_empty();
        for (id, username, name) in &self.people {
            push_entry(
                out,
                &mut comma,
                [
                    ("_id", Some(id.as_str())),
                    ("username", Some(username)),
                    ("name", name.as_deref()),
                    ("type", Some("user")),
                ],
            );
        }
        out.push_str("],\"channels\":[");
        let mut comma = false;
        for (id, name, fname) in &self.rooms {
            push_entry(
                out,
                &mut comma,
                [("_id", Some(id.as_str())), ("name", Some(name)), ("fname", fname.as_deref()), ("", None)],
            );
        }
        out.push(']');
    }
}

fn push_entry(out: &mut String, comma: &mut bool, fields: [(&str, Option<&str>); 4]) {
    out.push_str(if *comma { ",{" } else { "{" });
    *comma = true;
    let mut first = true;
    for (key, value) in fields {
        if let Some(value) = value {
            out.push_str(if first { "\"" } else { ",\"" });
            out.push_str(key);
            out.push_str("\":");
            push_text(out, value);
            first = false;
        }
    }
    out.push('}');
}

/// The rooms whose names the sender may give away: all channels, and the private ones the sender can read.
fn readable(cx: &Caller, db: &mut Conn, rooms: Vec<Room>) -> Result<Vec<(RoomId, String, Option<String>)>> {
    let mut seen = Vec::new();
    for room in rooms {
        let seat = db.subscriptions().get(&room.id, cx.id())?;
        if room.kind == RoomKind::Channel || crate::access::may_read_room(cx, &room, seat.as_ref()) {
            seen.push((room.id, room.name.unwrap_or_default(), room.fname));
        }
    }
    Ok(seen)
}
