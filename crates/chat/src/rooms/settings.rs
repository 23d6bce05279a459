//! What can be changed about a room once it is there: name, texts, kind, who may post.

use super::{changed, held, key, names};
use crate::Caller;
use crate::access::Found;
use crate::messages::system::{self, SystemMessage};
use gantry_model::event::Key;
use gantry_model::{Capabilities, Capability, Error, Permission, Result, Room, RoomKind};
use gantry_store::Tx;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// `details.method` of refusals.
const SAVE: &str = "saveRoomSettings";
/// The longest text about a room, in characters.
const LONGEST_TEXT: usize = 5_000;
/// The longest join code, in characters.
const LONGEST_CODE: usize = 255;
/// The most bytes of custom fields.
const LARGEST_FIELDS: usize = 8 * 1_024;
/// System messages that one room hides, at most, and the longest name of one.
const HIDDEN: usize = 100;
const LONGEST_TYPE: usize = 100;

/// What is to be changed about a room; what is absent stays. Reads itself from the document that clients send.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct RoomChanges {
    /// What people call it; the unique name follows from it.
    #[serde(rename = "roomName")]
    pub name: Option<String>,
    /// One line on what it is about now; empty takes it away.
    #[serde(rename = "roomTopic")]
    pub topic: Option<String>,
    /// Shown on top of the room; empty takes it away.
    #[serde(rename = "roomAnnouncement")]
    pub announcement: Option<String>,
    /// What the room is for; empty takes it away.
    #[serde(rename = "roomDescription")]
    pub description: Option<String>,
    /// Fields of integrations, in place of those there are.
    #[serde(rename = "roomCustomFields")]
    pub custom_fields: Option<Map<String, Value>>,
    /// `c` or `p`.
    #[serde(rename = "roomType")]
    pub kind: Option<String>,
    /// Only the privileged may post.
    pub read_only: Option<bool>,
    /// Reactions are allowed all the same.
    pub react_when_read_only: Option<bool>,
    /// Types of system messages that clients leave out here; none: as the settings say.
    pub system_messages: Option<Vec<String>>,
    /// Who joins must know it; empty takes it away.
    pub join_code: Option<String>,
    /// New accounts join it by themselves.
    pub default: Option<bool>,
    /// Shown before others.
    pub featured: Option<bool>,
    /// Both whether new accounts join it, and have it among their favourites then.
    pub favorite: Option<DefaultFavorite>,
    /// Messages are encrypted by the clients.
    pub encrypted: Option<bool>,
    /// The room's picture, as a data URL.
    pub room_avatar: Option<String>,
    /// What a team shows in the sidebar.
    pub sidepanel: Option<Value>,
    /// What messages of the room are translated into.
    pub auto_translate_language: Option<String>,
    /// Without a meaning since long.
    pub streaming_options: Option<Value>,
    /// Old messages are deleted by rule.
    pub retention_enabled: Option<bool>,
    /// After so many days.
    pub retention_max_age: Option<Value>,
    /// Pinned ones stay.
    pub retention_exclude_pinned: Option<bool>,
    /// Only files go.
    pub retention_files_only: Option<bool>,
    /// Threads stay.
    pub retention_ignore_threads: Option<bool>,
    /// The server's own rule does not hold.
    pub retention_override_global: Option<bool>,
}

/// Whether new accounts join a room, and have it among their favourites.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct DefaultFavorite {
    /// They join it.
    pub default_value: bool,
    /// It is among their favourites.
    pub favorite: bool,
}

impl RoomChanges {
    /// Reads a client's document.
    ///
    /// # Errors
    /// `error-invalid-settings` for what is no setting of a room; 400 `Match failed` for values of other types.
    pub fn of_document(document: Map<String, Value>) -> Result<Self> {
        serde_json::from_value(Value::Object(document)).map_err(|error| {
            match error.to_string().starts_with("unknown field") {
                true => invalid(),
                false => Error::numbered(400, "Match failed"),
            }
        })
    }

    /// Refuses what cannot be kept.
    pub(super) fn fits(&self) -> Result<()> {
        let short = |text: &Option<String>, most| text.as_ref().is_none_or(|text| text.chars().count() <= most);
        let texts = [&self.topic, &self.announcement, &self.description];
        let fields = self.custom_fields.as_ref().map_or(0, |fields| Value::Object(fields.clone()).to_string().len());
        let types = self.system_messages.as_deref().unwrap_or_default();
        let fits = texts.into_iter().all(|text| short(text, LONGEST_TEXT))
            && short(&self.join_code, LONGEST_CODE)
            && fields <= LARGEST_FIELDS
            && types.len() <= HIDDEN
            && types.iter().all(|one| one.len() <= LONGEST_TYPE);
        if fits { Ok(()) } else { Err(invalid()) }
    }

    fn touches_retention(&self) -> bool {
        let flags = [
            self.retention_enabled,
            self.retention_exclude_pinned,
            self.retention_files_only,
            self.retention_ignore_threads,
            self.retention_override_global,
        ];
        self.retention_max_age.is_some() || flags.iter().any(Option::is_some)
    }

    /// Refuses to switch on what this server does not do.
    fn is_built(&self) -> Result<()> {
        let built = Capabilities::built();
        let wanted = [
            (self.encrypted == Some(true), Capability::E2e),
            (self.room_avatar.as_ref().is_some_and(|picture| !picture.is_empty()), Capability::Avatars),
            (self.retention_enabled == Some(true), Capability::Retention),
            (self.retention_override_global == Some(true), Capability::Retention),
            (self.auto_translate_language.is_some(), Capability::AutoTranslate),
        ];
        wanted.into_iter().filter(|(wanted, _)| *wanted).try_for_each(|(_, capability)| built.require(capability))
    }

    /// Refuses what the caller may not change, in the order clients know.
    fn may_change(&self, me: &Caller, room: &Room) -> Result<()> {
        if room.broadcast && (self.read_only == Some(true) || self.react_when_read_only == Some(true)) {
            let text = "Editing readOnly/reactWhenReadOnly are not allowed for broadcast rooms";
            return Err(refused(text, "Editing_room"));
        }
        let for_everybody = self.default.is_some() || self.featured.is_some() || self.favorite.is_some();
        if for_everybody && !me.has(Permission::ViewRoomAdministration) {
            return Err(refused("Viewing room administration is not allowed", "Viewing_room_administration"));
        }
        self.may_change_kind(me, room)?;
        if self.touches_retention() && !me.has(Permission::EditRoomRetentionPolicy) {
            return Err(refused("Editing room retention policy is not allowed", "Editing_room"));
        }
        if self.sidepanel.is_some() {
            // There are no teams yet, and it is theirs.
            return Err(Error::new("error-action-not-allowed", "Invalid room").in_method(SAVE));
        }
        self.is_built()
    }

    fn may_change_kind(&self, me: &Caller, room: &Room) -> Result<()> {
        let Some(letter) = self.kind.as_deref().filter(|letter| *letter != room.kind.letter()) else { return Ok(()) };
        let (permission, text) = match letter {
            "c" => (Permission::CreateC, "Changing a private group to a public channel is not allowed"),
            "p" => (Permission::CreateP, "Changing a public channel to a private room is not allowed"),
            _ => {
                let details = json!({ "function": "RocketChat.saveRoomType", "type": letter });
                return Err(Error::new("error-invalid-room-type", "error-invalid-room-type").with_details(details));
            }
        };
        if !me.has(permission) {
            return Err(refused(text, "Change_Room_Type"));
        }
        if room.kind == RoomKind::Direct {
            let details = json!({ "function": "RocketChat.saveRoomType" });
            return Err(Error::new("error-direct-room", "Can't change type of direct rooms").with_details(details));
        }
        Ok(())
    }
}

fn refused(text: &'static str, action: &'static str) -> Error {
    Error::new("error-action-not-allowed", text).with_details(json!({ "method": SAVE, "action": action }))
}

fn invalid() -> Error {
    Error::new("error-invalid-settings", "Invalid settings provided").in_method(SAVE)
}

/// Changes what `changes` says about a room; whether anything is not as it was. Each change that members see in the room is
/// recorded there.
///
/// In order: the values can be kept (`error-invalid-settings`); `edit-room` in the room (`error-action-not-allowed`); in a
/// broadcast room nothing about who may post; `view-room-administration` for what concerns new accounts; `create-c` or
/// `create-p` for another kind, which a direct room cannot have (`error-direct-room`); `edit-room-retention-policy`; nothing is
/// switched on that the server does not do (all `error-action-not-allowed`); a direct room has no name (`error-not-allowed`); the
/// name is valid (`error-invalid-room-name`) and free (`error-duplicate-channel-name`, `error-archived-duplicate-name`).
///
/// # Errors
/// As above; `error-invalid-room` when the room is gone meanwhile.
pub async fn save_settings(cx: &Caller, room: &Found, changes: RoomChanges) -> Result<bool> {
    changes.fits()?;
    let rid = room.id().clone();
    // Names are the server's.
    let keys = changes.name.iter().map(|_| Key::Server).chain([key(&rid)]).collect::<Vec<_>>();
    cx.write(keys, move |me, tx| {
        let mut found = held(me, tx, &rid, SAVE)?;
        if !me.has_in(Permission::EditRoom, found.seat.as_ref()) {
            return Err(refused("Editing room is not allowed", "Editing_room"));
        }
        changes.may_change(me, &found.room)?;
        let before = found.room.clone();
        if let Some(display) = &changes.name {
            rename(me, tx, &mut found.room, display)?;
        }
        apply(&changes, &mut found.room);
        record(me, tx, &before, found.room)
    })
    .await
}

/// Gives a channel or group another name. A blank one, and the one it has, change nothing.
fn rename(me: &Caller, tx: &mut Tx<'_>, room: &mut Room, display: &str) -> Result<()> {
    if room.kind == RoomKind::Direct {
        let details = json!({ "function": "RocketChat.saveRoomdisplayName" });
        return Err(Error::new("error-not-allowed", "Not allowed").with_details(details));
    }
    let display = display.trim();
    if display.is_empty() || room.name.as_deref() == Some(display) {
        return Ok(());
    }
    // A discussion keeps its random name.
    if room.extra.prid.is_none() {
        let name = names::valid(&me.chat().settings(), display)?;
        if room.name.as_deref() != Some(&name) {
            room.name = Some(names::free(me, tx, &name)?);
        }
    }
    room.fname = Some(display.to_owned());
    Ok(())
}

fn apply(changes: &RoomChanges, room: &mut Room) {
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    let texts = [
        (&changes.topic, &mut room.topic),
        (&changes.announcement, &mut room.announcement),
        (&changes.description, &mut room.description),
        (&changes.join_code, &mut room.extra.join_code),
    ];
    for (wanted, kept) in texts {
        if let Some(wanted) = wanted {
            *kept = text(wanted);
        }
    }
    if let Some(kind) = changes.kind.as_deref().and_then(RoomKind::from_letter) {
        room.kind = kind;
    }
    if let Some(fields) = &changes.custom_fields {
        room.extra.custom_fields = Some(fields.clone());
    }
    if let Some(types) = &changes.system_messages {
        room.extra.hidden_system_messages = Some(types.clone()).filter(|types| !types.is_empty());
    }
    room.ro = changes.read_only.unwrap_or(room.ro);
    if let Some(react) = changes.react_when_read_only.filter(|react| *react != reacts(room)) {
        room.extra.react_when_read_only = Some(react);
    }
    room.extra.featured = changes.featured.unwrap_or(room.extra.featured);
    // A direct room is nobody else's.
    if room.kind != RoomKind::Direct {
        let DefaultFavorite { default_value, favorite } =
            changes.favorite.unwrap_or(DefaultFavorite { default_value: room.default, favorite: room.extra.favorite });
        room.default = changes.default.unwrap_or(default_value);
        room.extra.favorite = favorite;
    }
}

fn reacts(room: &Room) -> bool {
    room.extra.react_when_read_only.unwrap_or_default()
}

/// Writes what is not as it was before, and says so in the room.
fn record(me: &Caller, tx: &mut Tx<'_>, before: &Room, mut room: Room) -> Result<bool> {
    if room == *before {
        return Ok(false);
    }
    let named = (&room.name, &room.fname, room.kind) != (&before.name, &before.fname, before.kind);
    if named {
        room.named_at = tx.stamp();
    }
    if room.kind != before.kind {
        tx.rooms().set_kind(&room)?;
    }
    tx.rooms().update(&mut room)?;
    // First: who may not read it any more does not hear that it is private now.
    changed(tx, &room.id, named);
    for (kind, msg) in messages(before, &room) {
        system::post(me, tx, &mut room, SystemMessage::new(kind, &msg))?;
    }
    Ok(true)
}

/// What members are told in the room itself.
fn messages(before: &Room, now: &Room) -> Vec<(&'static str, String)> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let word = if now.kind == RoomKind::Channel { "public" } else { "private" };
    let told = [
        (before.fname != now.fname, "r", text(&now.fname)),
        (before.topic != now.topic, "room_changed_topic", text(&now.topic)),
        (before.announcement != now.announcement, "room_changed_announcement", text(&now.announcement)),
        (before.description != now.description, "room_changed_description", text(&now.description)),
        (before.kind != now.kind, "room_changed_privacy", word.to_owned()),
        (!before.ro && now.ro, "room-set-read-only", String::new()),
        (before.ro && !now.ro, "room-removed-read-only", String::new()),
        (!reacts(before) && reacts(now), "room-allowed-reacting", String::new()),
        (reacts(before) && !reacts(now), "room-disallowed-reacting", String::new()),
    ];
    told.into_iter().filter(|(told, ..)| *told).map(|(_, kind, msg)| (kind, msg)).collect()
}

/// What somebody must know to join the room, for who may see it; nothing where it asks for nothing.
///
/// # Errors
/// `error-not-authorized` without `view-join-code`.
pub fn join_code(cx: &Caller, room: &Found) -> Result<Option<String>> {
    match cx.has(Permission::ViewJoinCode) {
        true => Ok(room.room.extra.join_code.clone()),
        false => Err(Error::new("error-not-authorized", "Not authorized").in_method("getJoinCode")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gantry_model::Millis;

    fn read(document: Value) -> Result<RoomChanges> {
        RoomChanges::of_document(document.as_object().cloned().unwrap_or_default())
    }

    #[test]
    fn documents_are_read_whole_or_not_at_all() {
        let changes = read(json!({ "roomTopic": "t", "readOnly": true, "favorite": { "defaultValue": true } }));
        let expected = RoomChanges {
            topic: Some("t".into()),
            read_only: Some(true),
            favorite: Some(DefaultFavorite { default_value: true, favorite: false }),
            ..RoomChanges::default()
        };
        assert_eq!(changes.ok(), Some(expected));
        assert!(read(json!({ "roomTopic": null })).is_ok_and(|changes| changes == RoomChanges::default()));
        assert!(read(json!({ "roomTopic": "t", "u": {} })).is_err_and(|error| error.is("error-invalid-settings")));
        for wrong in [json!({ "roomTopic": 5 }), json!({ "readOnly": "yes" }), json!({ "systemMessages": true })] {
            assert_eq!(read(wrong).unwrap_err().to_string(), "Match failed [400]");
        }
    }

    #[test]
    fn what_cannot_be_kept_is_refused() {
        let with = |topic: usize| RoomChanges { topic: Some("x".repeat(topic)), ..RoomChanges::default() };
        assert!(with(LONGEST_TEXT).fits().is_ok());
        assert!(with(LONGEST_TEXT + 1).fits().is_err_and(|error| error.is("error-invalid-settings")));
        let types = RoomChanges { system_messages: Some(vec!["uj".into(); HIDDEN + 1]), ..RoomChanges::default() };
        assert!(types.fits().is_err());
        let fields = Map::from_iter([("k".to_owned(), json!("x".repeat(LARGEST_FIELDS)))]);
        assert!(RoomChanges { custom_fields: Some(fields), ..RoomChanges::default() }.fits().is_err());
    }

    #[test]
    fn what_changed_is_told_once() {
        let before = Room::blank("R".into(), RoomKind::Channel, Millis(1));
        let changes = RoomChanges {
            topic: Some("t".into()),
            description: Some(String::new()),
            kind: Some("p".into()),
            read_only: Some(true),
            react_when_read_only: Some(false),
            ..RoomChanges::default()
        };
        let mut now = before.clone();
        apply(&changes, &mut now);
        let kinds: Vec<_> = messages(&before, &now).into_iter().map(|(kind, _)| kind).collect();
        assert_eq!(kinds, ["room_changed_topic", "room_changed_privacy", "room-set-read-only"]);
        let once = now.clone();
        apply(&changes, &mut now);
        assert_eq!(now, once);
    }
}
