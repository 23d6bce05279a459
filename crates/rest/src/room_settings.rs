//! What is changed about rooms: `rooms.saveRoomSettings`, and a call for each setting of channels and groups.

use crate::call::{CHANNELS, Call, Family, GROUPS, RoomKey};
use crate::endpoint::{Access, Added, Api};
use crate::params::Params;
use crate::reply::{Reply, ok_with};
use gantry_chat::access;
use gantry_chat::rooms::{self, DefaultFavorite, RoomChanges, RoomRef};
use gantry_model::{Error, Permission, Result, RoomId};
use serde_json::{Map, Value};

pub(crate) fn endpoints(api: &mut Api) {
    api.post("rooms.saveRoomSettings", Access::RuleRoom, save)
        .names(Permission::EditRoom)
        .names(Permission::ViewRoomAdministration)
        .about("Changes several settings of a room at once: all or none.")
        .since("3.13.0")
        .answers("rid", "string");
    names_and_kinds(api);
    texts(api);
    of_channels_alone(api);
}

fn names_and_kinds(api: &mut Api) {
    let edits = |row: Added<'_>, about, since, key| {
        row.names(Permission::EditRoom).about(about).since(since).answers(key, "Room");
    };
    let row = api.post("channels.rename", Access::RuleRoom, |call: Call, body: Named| rename(CHANNELS, call, body));
    edits(row, "Gives a channel another name.", "0.48.0", "channel");
    let row = api.post("groups.rename", Access::RuleRoom, |call: Call, body: Named| rename(GROUPS, call, body));
    edits(row, "Gives a private group another name.", "0.48.0", "group");
    let row = api.post("channels.setType", Access::RuleRoom, |call: Call, body: OfKind| set_kind(CHANNELS, call, body));
    edits(row.names(Permission::CreateP), "Makes a channel a private group.", "0.49.0", "channel");
    let row = api.post("groups.setType", Access::RuleRoom, |call: Call, body: OfKind| set_kind(GROUPS, call, body));
    edits(row.names(Permission::CreateC), "Makes a private group a channel.", "0.49.0", "group");
    let row = api.post("channels.setReadOnly", Access::RuleRoom, |call: Call, body: ReadOnly| {
        set_read_only(CHANNELS, call, body)
    });
    edits(row, "Lets everybody post in a channel, or only the privileged.", "0.49.0", "channel");
    let row = api
        .post("groups.setReadOnly", Access::RuleRoom, |call: Call, body: ReadOnly| set_read_only(GROUPS, call, body));
    edits(row, "Lets everybody post in a private group, or only the privileged.", "0.49.0", "group");
    let row = api.post("channels.setCustomFields", Access::RuleRoom, |call: Call, body: WithFields| {
        set_fields(CHANNELS, call, body)
    });
    edits(row, "Replaces the custom fields of a channel.", "0.62.0", "channel");
    let row = api.post("groups.setCustomFields", Access::RuleRoom, |call: Call, body: WithFields| {
        set_fields(GROUPS, call, body)
    });
    edits(row, "Replaces the custom fields of a private group.", "0.62.0", "group");
}

fn texts(api: &mut Api) {
    let says = |row: Added<'_>, about, key| {
        row.names(Permission::EditRoom).about(about).since("0.48.0").answers(key, "string");
    };
    let row =
        api.post("channels.setTopic", Access::RuleRoom, |call: Call, body: Topic| set_topic(CHANNELS, call, body));
    says(row, "Sets the topic of a channel.", "topic");
    let row = api.post("groups.setTopic", Access::RuleRoom, |call: Call, body: Topic| set_topic(GROUPS, call, body));
    says(row, "Sets the topic of a private group.", "topic");
    let row = api.post("channels.setAnnouncement", Access::RuleRoom, |call: Call, body: Announcement| {
        announce(CHANNELS, call, body)
    });
    says(row, "Sets the announcement of a channel.", "announcement");
    let row = api.post("groups.setAnnouncement", Access::RuleRoom, |call: Call, body: Announcement| {
        announce(GROUPS, call, body)
    });
    says(row, "Sets the announcement of a private group.", "announcement");
    let row = api.post("channels.setDescription", Access::RuleRoom, |call: Call, body: Description| {
        describe(CHANNELS, call, body)
    });
    says(row, "Sets the description of a channel.", "description");
    let row = api
        .post("groups.setDescription", Access::RuleRoom, |call: Call, body: Description| describe(GROUPS, call, body));
    says(row, "Sets the description of a private group.", "description");
    let row = api
        .post("channels.setPurpose", Access::RuleRoom, |call: Call, body: Purpose| set_purpose(CHANNELS, call, body));
    says(row, "Sets the description of a channel, under its older name.", "purpose");
    let row =
        api.post("groups.setPurpose", Access::RuleRoom, |call: Call, body: Purpose| set_purpose(GROUPS, call, body));
    says(row, "Sets the description of a private group, under its older name.", "purpose");
}

fn of_channels_alone(api: &mut Api) {
    api.post("channels.setDefault", Access::RuleRoom, set_default)
        .names(Permission::EditRoom)
        .names(Permission::ViewRoomAdministration)
        .about("Lets new accounts join a channel by themselves, or not.")
        .since("0.66.0")
        .answers("channel", "Room");
    api.post("channels.setJoinCode", Access::RuleRoom, set_join_code)
        .names(Permission::EditRoom)
        .about("Sets what who joins a channel must know.")
        .since("0.49.0")
        .answers("channel", "Room");
}

/// Body of `rooms.saveRoomSettings`.
#[derive(Params)]
struct Settings {
    /// The room's `_id`.
    rid: RoomId,
    /// Its name.
    room_name: Option<String>,
    /// What it is for.
    room_description: Option<String>,
    /// Its picture, as a data URL.
    room_avatar: Option<String>,
    /// Shown before others.
    featured: Option<bool>,
    /// What it is about now.
    room_topic: Option<String>,
    /// Shown on top of it.
    room_announcement: Option<String>,
    /// Fields of integrations, in place of those there are.
    room_custom_fields: Option<Map<String, Value>>,
    /// `c` or `p`.
    room_type: Option<String>,
    /// Only the privileged may post.
    read_only: Option<bool>,
    /// Reactions are allowed all the same.
    react_when_read_only: Option<bool>,
    /// Types of system messages that clients leave out there.
    system_messages: Option<Vec<String>>,
    /// New accounts join it by themselves.
    default: Option<bool>,
    /// Who joins must know it.
    join_code: Option<String>,
    /// Without a meaning since long.
    streaming_options: Option<Map<String, Value>>,
    /// Old messages are deleted by rule.
    retention_enabled: Option<bool>,
    /// After so many days.
    retention_max_age: Option<String>,
    /// Pinned ones stay.
    retention_exclude_pinned: Option<bool>,
    /// Only files go.
    retention_files_only: Option<bool>,
    /// Threads stay.
    retention_ignore_threads: Option<bool>,
    /// The server's own rule does not hold.
    retention_override_global: Option<bool>,
    /// Messages are encrypted by the clients.
    encrypted: Option<bool>,
    /// New accounts join it and have it among their favourites.
    favorite: Option<FavoriteBody>,
    /// What a team shows in the sidebar.
    sidepanel: Option<Map<String, Value>>,
}

#[derive(Params)]
struct FavoriteBody {
    /// New accounts join it.
    #[params(default = false)]
    default_value: bool,
    /// It is among their favourites.
    #[params(default = false)]
    favorite: bool,
}

impl From<Settings> for RoomChanges {
    fn from(body: Settings) -> Self {
        let favorite =
            |body: FavoriteBody| DefaultFavorite { default_value: body.default_value, favorite: body.favorite };
        Self {
            name: body.room_name,
            topic: body.room_topic,
            announcement: body.room_announcement,
            description: body.room_description,
            custom_fields: body.room_custom_fields,
            kind: body.room_type,
            read_only: body.read_only,
            react_when_read_only: body.react_when_read_only,
            system_messages: body.system_messages,
            join_code: body.join_code,
            default: body.default,
            featured: body.featured,
            favorite: body.favorite.map(favorite),
            encrypted: body.encrypted,
            room_avatar: body.room_avatar,
            sidepanel: body.sidepanel.map(Value::Object),
            auto_translate_language: None,
            streaming_options: body.streaming_options.map(Value::Object),
            retention_enabled: body.retention_enabled,
            retention_max_age: body.retention_max_age.map(Value::String),
            retention_exclude_pinned: body.retention_exclude_pinned,
            retention_files_only: body.retention_files_only,
            retention_ignore_threads: body.retention_ignore_threads,
            retention_override_global: body.retention_override_global,
        }
    }
}

async fn save(call: Call, body: Settings) -> Reply {
    let found = rooms::find(&call, RoomRef::Id(body.rid.clone())).await?;
    let room = found.ok_or_else(|| Error::new("error-invalid-room", "Invalid room"))?;
    rooms::save_settings(&call, &room, body.into()).await?;
    Ok(ok_with("rid", room.id()))
}

/// Changes a room of the family; a plain `unchanged` text where it is so already, if there is one.
async fn change(
    family: Family,
    call: &Call,
    key: &RoomKey,
    changes: RoomChanges,
    unchanged: Option<String>,
) -> Result<RoomId> {
    let room = family.find_active(call, key).await?;
    match (rooms::save_settings(call, &room, changes).await?, unchanged) {
        (false, Some(text)) => Err(Error::text(text)),
        _ => Ok(room.id().clone()),
    }
}

async fn changed_room(
    family: Family,
    call: Call,
    key: RoomKey,
    changes: RoomChanges,
    unchanged: Option<String>,
) -> Reply {
    let rid = change(family, &call, &key, changes, unchanged).await?;
    Ok(ok_with(family.key(), &access::room(&call, &rid).await?))
}

/// A parameter whose absence has a text of its own.
fn required<T>(name: &str, value: Option<T>) -> Result<T> {
    value.ok_or_else(|| Error::text(format!("The bodyParam \"{name}\" is required")))
}

/// What a channel is told that is so already; groups are told only of a few settings.
fn same_in_channel(family: Family, what: &str) -> Option<String> {
    (family == CHANNELS).then(|| format!("The channel {what} is the same as what it would be changed to."))
}

fn same(family: Family, what: &str) -> Option<String> {
    let room = if family == CHANNELS { "channel" } else { "private group" };
    Some(format!("The {room} {what} is the same as what it would be changed to."))
}

/// Body of `*.rename`.
#[derive(Params)]
struct Named {
    #[params(flatten)]
    room: RoomKey,
    /// What people will call it.
    name: Option<String>,
}

async fn rename(family: Family, call: Call, body: Named) -> Reply {
    let name = required("name", body.name.filter(|name| !name.trim().is_empty()))?;
    let unchanged = "The channel name is the same as what it would be renamed to.";
    let unchanged = (family == CHANNELS).then(|| unchanged.to_owned());
    let changes = RoomChanges { name: Some(name), ..RoomChanges::default() };
    changed_room(family, call, body.room, changes, unchanged).await
}

/// Body of `*.setType`.
#[derive(Params)]
struct OfKind {
    #[params(flatten)]
    room: RoomKey,
    /// `c` or `p`.
    r#type: Option<String>,
}

async fn set_kind(family: Family, call: Call, body: OfKind) -> Reply {
    let kind = required("type", body.r#type.filter(|kind| !kind.trim().is_empty()))?;
    let changes = RoomChanges { kind: Some(kind), ..RoomChanges::default() };
    changed_room(family, call, body.room, changes, same(family, "type")).await
}

/// Body of `*.setReadOnly`.
#[derive(Params)]
struct ReadOnly {
    #[params(flatten)]
    room: RoomKey,
    /// Only the privileged may post.
    read_only: Option<bool>,
}

async fn set_read_only(family: Family, call: Call, body: ReadOnly) -> Reply {
    let changes = RoomChanges { read_only: Some(required("readOnly", body.read_only)?), ..RoomChanges::default() };
    changed_room(family, call, body.room, changes, same(family, "read only setting")).await
}

/// Body of `*.setCustomFields`.
#[derive(Params)]
struct WithFields {
    #[params(flatten)]
    room: RoomKey,
    /// In place of those there are.
    custom_fields: Option<Map<String, Value>>,
}

async fn set_fields(family: Family, call: Call, body: WithFields) -> Reply {
    let missing = || Error::text("The bodyParam \"customFields\" is required with a type like object.");
    let changes =
        RoomChanges { custom_fields: Some(body.custom_fields.ok_or_else(missing)?), ..RoomChanges::default() };
    changed_room(family, call, body.room, changes, None).await
}

/// Body of `*.setTopic`.
#[derive(Params)]
struct Topic {
    #[params(flatten)]
    room: RoomKey,
    /// What it is about now; empty takes it away.
    topic: Option<String>,
}

async fn set_topic(family: Family, call: Call, body: Topic) -> Reply {
    let topic = required("topic", body.topic)?;
    let changes = RoomChanges { topic: Some(topic.clone()), ..RoomChanges::default() };
    change(family, &call, &body.room, changes, same_in_channel(family, "topic")).await?;
    Ok(ok_with("topic", &topic))
}

/// Body of `*.setAnnouncement`.
#[derive(Params)]
struct Announcement {
    #[params(flatten)]
    room: RoomKey,
    /// Shown on top of the room; empty takes it away.
    announcement: Option<String>,
}

async fn announce(family: Family, call: Call, body: Announcement) -> Reply {
    let announcement = required("announcement", body.announcement)?;
    let changes = RoomChanges { announcement: Some(announcement.clone()), ..RoomChanges::default() };
    change(family, &call, &body.room, changes, None).await?;
    Ok(ok_with("announcement", &announcement))
}

/// Body of `*.setDescription`.
#[derive(Params)]
struct Description {
    #[params(flatten)]
    room: RoomKey,
    /// What the room is for; empty takes it away.
    description: Option<String>,
}

async fn describe(family: Family, call: Call, body: Description) -> Reply {
    let description = required("description", body.description)?;
    let changes = RoomChanges { description: Some(description.clone()), ..RoomChanges::default() };
    change(family, &call, &body.room, changes, same_in_channel(family, "description")).await?;
    Ok(ok_with("description", &description))
}

/// Body of `*.setPurpose`.
#[derive(Params)]
struct Purpose {
    #[params(flatten)]
    room: RoomKey,
    /// What the room is for; empty takes it away.
    purpose: Option<String>,
}

async fn set_purpose(family: Family, call: Call, body: Purpose) -> Reply {
    let purpose = required("purpose", body.purpose)?;
    let changes = RoomChanges { description: Some(purpose.clone()), ..RoomChanges::default() };
    change(family, &call, &body.room, changes, same_in_channel(family, "purpose (description)")).await?;
    Ok(ok_with("purpose", &purpose))
}

/// Body of `channels.setDefault`.
#[derive(Params)]
struct ByDefault {
    #[params(flatten)]
    room: RoomKey,
    /// New accounts join it by themselves.
    default: Option<bool>,
}

async fn set_default(call: Call, body: ByDefault) -> Reply {
    let changes = RoomChanges { default: Some(required("default", body.default)?), ..RoomChanges::default() };
    changed_room(CHANNELS, call, body.room, changes, same(CHANNELS, "default setting")).await
}

/// Body of `channels.setJoinCode`.
#[derive(Params)]
struct JoinCode {
    #[params(flatten)]
    room: RoomKey,
    /// Who joins must know it.
    join_code: Option<String>,
}

async fn set_join_code(call: Call, body: JoinCode) -> Reply {
    let code = required("joinCode", body.join_code.filter(|code| !code.is_empty()))?;
    let changes = RoomChanges { join_code: Some(code), ..RoomChanges::default() };
    changed_room(CHANNELS, call, body.room, changes, None).await
}
