//! Slash commands: the third front of the operations.
//!
//! A command finds what its text names and calls one operation. What goes wrong with a name is told to the caller in the
//! room; what an operation refuses is also the answer of the call.

use crate::access::Found;
use crate::messages::{self, Draft, ephemeral};
use crate::rooms::{self, Invitees, NewKind, NewRoom, RoomRef};
use crate::users::{self, StatusChange, UserRef};
use crate::{Caller, access, subscriptions};
use gantry_model::{Error, MessageId, Permission, Result, RoomId, RoomKind, User};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Map;

/// A command that this server knows. Serialises as `commands.list` shows it.
#[derive(Clone, Copy, Debug)]
pub struct Command {
    /// What stands after the slash.
    pub name: &'static str,
    /// What it takes, as clients show it; nothing where it takes nothing.
    pub params: Option<&'static str>,
    /// Clients offer it to who holds one of these; the operation decides.
    pub permissions: &'static [Permission],
    /// The key of its description in the clients' translations.
    pub description: &'static str,
    /// Clients carry it out themselves, by sending a text.
    pub client_only: bool,
    act: Act,
}

#[derive(Clone, Copy, Debug)]
enum Act {
    Archive,
    Create,
    Hide,
    Invite,
    Join,
    Kick,
    Leave,
    Me,
    Msg,
    Status,
    Unarchive,
    /// Sends the parameters with this before and that after them.
    Say(&'static str, &'static str),
}

/// Every command, by name.
pub const COMMANDS: &[Command] = &[
    command("archive", Some("#channel"), &[Permission::ArchiveRoom], "Archive", Act::Archive),
    command(
        "create",
        Some("#channel"),
        &[Permission::CreateC, Permission::CreateP],
        "Create_A_New_Channel",
        Act::Create,
    ),
    saying("gimme", "Slash_Gimme_Description", ("༼ つ ◕_◕ ༽つ ", "")),
    command("hide", Some("#room"), &[], "Hide_room", Act::Hide),
    command(
        "invite",
        Some("@username"),
        &[Permission::AddUserToJoinedRoom],
        "Invite_user_to_join_channel",
        Act::Invite,
    ),
    command("join", Some("#channel"), &[Permission::ViewCRoom], "Join_the_given_channel", Act::Join),
    command("kick", Some("@username"), &[Permission::RemoveUser], "Remove_someone_from_room", Act::Kick),
    command("leave", None, &[Permission::LeaveC, Permission::LeaveP], "Leave_the_current_channel", Act::Leave),
    saying("lennyface", "Slash_LennyFace_Description", ("", " ( ͡° ͜ʖ ͡°)")),
    command("me", Some("your_message"), &[], "Displays_action_text", Act::Me),
    command("msg", Some("@username <message>"), &[Permission::CreateD], "Direct_message_someone", Act::Msg),
    command("part", None, &[Permission::LeaveC, Permission::LeaveP], "Leave_the_current_channel", Act::Leave),
    saying("shrug", "Slash_Shrug_Description", ("", " ¯\\\\_(ツ)_/¯")),
    command("status", Some("Slash_Status_Params"), &[], "Slash_Status_Description", Act::Status),
    saying("tableflip", "Slash_Tableflip_Description", ("", " (╯°□°）╯︵ ┻━┻")),
    command("unarchive", Some("#channel"), &[Permission::UnarchiveRoom], "Unarchive", Act::Unarchive),
    saying("unflip", "Slash_TableUnflip_Description", ("", " ┬─┬ ノ( ゜-゜ノ)")),
];

const fn command(
    name: &'static str,
    params: Option<&'static str>,
    permissions: &'static [Permission],
    description: &'static str,
    act: Act,
) -> Command {
    Command { name, params, permissions, description, client_only: false, act }
}

const fn saying(
    name: &'static str,
    description: &'static str,
    (before, after): (&'static str, &'static str),
) -> Command {
    let act = Act::Say(before, after);
    Command { name, params: Some("your_message_optional"), permissions: &[], description, client_only: true, act }
}

impl Serialize for Command {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("command", self.name)?;
        if let Some(params) = self.params {
            map.serialize_entry("params", params)?;
        }
        map.serialize_entry("description", self.description)?;
        match self.permissions {
            [] => {}
            [only] => map.serialize_entry("permission", only.id())?,
            some => map.serialize_entry("permission", &some.iter().map(|one| one.id()).collect::<Vec<_>>())?,
        }
        map.serialize_entry("clientOnly", &self.client_only)?;
        map.serialize_entry("providesPreview", &false)?;
        map.end()
    }
}

/// The command of this name, in any case.
pub fn find(name: &str) -> Option<&'static Command> {
    COMMANDS.iter().find(|command| command.name.eq_ignore_ascii_case(name))
}

/// `details.method` of refusals.
const RUN: &str = "slashCommand";

/// Where a command is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The room.
    pub rid: RoomId,
    /// The thread, where the command sends a message.
    pub tmid: Option<MessageId>,
    /// The `_id` of the message it sends, where the client made one.
    pub id: Option<MessageId>,
}

/// Carries out `/name params` in a room.
///
/// In order: the command is known (`error-invalid-command`), its parameters are not longer than a message
/// (`error-message-size-exceeded`); the room is there (`error-invalid-room`), the thread is in it
/// (a plain text); then as the command's operation. Names that nobody has are told to the caller in the room, and are no
/// error; so is, besides being the answer, what the operation refuses.
///
/// # Errors
/// As above.
pub async fn run(cx: &Caller, name: &str, params: &str, place: Place) -> Result<()> {
    let unknown =
        || Error::new("error-invalid-command", "Invalid Command Provided").in_method("executeSlashCommandPreview");
    let act = find(name).ok_or_else(unknown)?.act;
    messages::check_size(cx.chat(), params, RUN)?;
    let room = rooms::find(cx, RoomRef::Id(place.rid.clone())).await?;
    let room = room.ok_or_else(|| Error::invalid_room(RUN))?;
    if let Some(tmid) = &place.tmid {
        let parent = messages::find(cx, tmid).await?;
        parent.filter(|(parent, _)| parent.rid == place.rid).ok_or_else(|| Error::text("Invalid thread."))?;
    }
    let outcome = carry_out(cx, act, params.trim(), (&room, place)).await;
    // What sends a message tells of its refusal itself.
    if let (Err(refused), false) = (&outcome, matches!(act, Act::Me | Act::Say(..) | Act::Msg)) {
        ephemeral::tell_refusal(cx, room.id(), refused);
    }
    outcome
}

async fn carry_out(cx: &Caller, act: Act, params: &str, (room, place): (&Found, Place)) -> Result<()> {
    match act {
        Act::Archive => archive(cx, room, params, true).await,
        Act::Create => create(cx, room, params).await,
        Act::Hide => hide(cx, room, params).await,
        Act::Invite => invite(cx, room, params).await,
        Act::Join => join(cx, room, params).await,
        Act::Kick => kick(cx, room, params).await,
        Act::Leave => rooms::leave(cx, room).await,
        Act::Me if params.is_empty() => Ok(()),
        Act::Me => say(cx, place, format!("_{params}_")).await,
        Act::Msg => msg(cx, room, params).await,
        Act::Status => status(cx, params).await,
        Act::Unarchive => archive(cx, room, params, false).await,
        Act::Say(before, after) => say(cx, place, format!("{before}{params}{after}")).await,
    }
}

/// Ends in [`rooms::kick`], as `groups.kick` and `removeUserFromRoom` do.
async fn kick(cx: &Caller, room: &Found, params: &str) -> Result<()> {
    let name = params.strip_prefix('@').unwrap_or(params);
    if name.is_empty() {
        return Ok(());
    }
    match named(cx, room, name).await? {
        Some(user) => rooms::kick(cx, room, &user).await,
        None => Ok(()),
    }
}

async fn invite(cx: &Caller, room: &Found, params: &str) -> Result<()> {
    /// Names in one command, at most.
    const MOST: usize = 100;
    let names = params.split(|c: char| c.is_whitespace() || c == ',');
    let names = names.map(|name| name.strip_prefix('@').unwrap_or(name)).filter(|name| !name.is_empty());
    let names: Vec<String> = names.take(MOST).map(str::to_owned).collect();
    if names.is_empty() {
        return Ok(());
    }
    match rooms::invite(cx, room, Invitees::Usernames(names.clone())).await {
        Err(nobody) if nobody.is("error-empty-invite-list") => {
            ephemeral::tell(cx, room.id(), &format!("Nobody has the user name @{}.", names.join(" or @")));
            Ok(())
        }
        outcome => outcome,
    }
}

async fn join(cx: &Caller, room: &Found, params: &str) -> Result<()> {
    let Some(channel) = channel(cx, room, params).await? else { return Ok(()) };
    if channel.kind() != RoomKind::Channel {
        no_channel(cx, room, params);
        return Ok(());
    }
    if channel.is_member() {
        let text = "You are already in the channel";
        return Err(Error::new("error-user-already-in-room", text).in_method("slashCommands"));
    }
    rooms::join(cx, &channel, None).await
}

/// Archives the room that is named, else the one at hand; or takes it out of the archive.
async fn archive(cx: &Caller, room: &Found, params: &str, archived: bool) -> Result<()> {
    let named = if params.is_empty() { Some(room.clone()) } else { channel(cx, room, params).await? };
    let Some(target) = named.filter(|target| target.kind() != RoomKind::Direct) else { return Ok(()) };
    access::require(cx, &target, || Error::invalid_room(RUN))?;
    let state = if archived { "archived" } else { "unarchived" };
    if target.archived() == archived {
        ephemeral::tell(cx, room.id(), &format!("#{} is {state} already.", target.label()));
        return Ok(());
    }
    if archived {
        rooms::archive(cx, &target).await?;
    } else {
        rooms::unarchive(cx, &target).await?;
    }
    ephemeral::tell(cx, room.id(), &format!("#{} is {state} now.", target.label()));
    Ok(())
}

async fn create(cx: &Caller, room: &Found, params: &str) -> Result<()> {
    let is_flag = |word: &&str| word.starts_with("--");
    let Some(name) = params.split_whitespace().find(|word| !is_flag(word)) else { return Ok(()) };
    let private = params.split_whitespace().any(|word| word == "--private");
    let new = NewRoom {
        kind: if private { NewKind::Group } else { NewKind::Channel },
        name: name.strip_prefix('#').unwrap_or(name).to_owned(),
        members: Vec::new(),
        read_only: false,
        exclude_self: false,
        custom_fields: None,
        extra_data: Map::new(),
    };
    match rooms::create(cx, new).await {
        Err(taken) if taken.is("error-duplicate-channel-name") => {
            ephemeral::tell(cx, room.id(), taken.reason());
            Ok(())
        }
        // A name that cannot be one is passed over.
        Err(invalid) if invalid.is("error-invalid-room-name") => Ok(()),
        outcome => outcome.map(drop),
    }
}

/// Hides `#room`, the direct room with `@user`, or the one at hand.
async fn hide(cx: &Caller, room: &Found, params: &str) -> Result<()> {
    let word = params.split_whitespace().next().unwrap_or_default();
    let target = match (word.strip_prefix('@'), word) {
        (_, "") => Some(room.clone()),
        (Some(name), _) => rooms::direct_with(cx, name).await?,
        (None, _) => channel(cx, room, word).await?,
    };
    match target.filter(Found::is_member) {
        Some(target) => subscriptions::hide(cx, target.id()).await.map(drop),
        None => {
            ephemeral::tell(cx, room.id(), &format!("You are not in {word}."));
            Ok(())
        }
    }
}

async fn msg(cx: &Caller, room: &Found, params: &str) -> Result<()> {
    let Some((name, text)) = params.split_once(char::is_whitespace) else {
        ephemeral::tell(cx, room.id(), "Say who is to get which message: /msg @username message");
        return Ok(());
    };
    let Some(user) = named(cx, room, name.strip_prefix('@').unwrap_or(name)).await? else { return Ok(()) };
    let username = user.username.iter().map(ToString::to_string).collect();
    let direct = rooms::create_direct(cx, username, false).await.inspect_err(|refused| {
        ephemeral::tell_refusal(cx, room.id(), refused);
    })?;
    messages::send(cx, &direct.rid, Draft::text(text.trim())).await.map(drop)
}

async fn status(cx: &Caller, params: &str) -> Result<()> {
    let change = StatusChange { text: Some(params.to_owned()), ..StatusChange::default() };
    users::set_status(cx, cx.id(), change, "setUserStatus").await
}

async fn say(cx: &Caller, place: Place, text: String) -> Result<()> {
    let draft = Draft { id: place.id, tmid: place.tmid, ..Draft::text(text) };
    messages::send(cx, &place.rid, draft).await.map(drop)
}

/// The user of this name; else the caller is told that there is none.
async fn named(cx: &Caller, room: &Found, name: &str) -> Result<Option<User>> {
    let user = users::find(cx, UserRef::Username(name.to_owned())).await?;
    if user.is_none() {
        ephemeral::tell(cx, room.id(), &format!("Nobody has the user name @{name}."));
    }
    Ok(user)
}

/// The channel or group that is named, if the caller may know of it; else the caller is told that there is none.
async fn channel(cx: &Caller, room: &Found, params: &str) -> Result<Option<Found>> {
    let name = params.strip_prefix('#').unwrap_or(params);
    if name.is_empty() {
        return Ok(None);
    }
    let found = rooms::find(cx, RoomRef::Name(name.to_owned())).await?;
    let known = found.filter(|found| found.kind() == RoomKind::Channel || access::may_read(cx, found));
    if known.is_none() {
        no_channel(cx, room, params);
    }
    Ok(known)
}

fn no_channel(cx: &Caller, room: &Found, params: &str) {
    let name = params.strip_prefix('#').unwrap_or(params);
    ephemeral::tell(cx, room.id(), &format!("There is no channel #{name}."));
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn commands_are_listed_by_name_and_found_in_any_case() {
        assert!(COMMANDS.is_sorted_by_key(|command| command.name));
        assert!(find("KICK").is_some_and(|command| command.name == "kick"));
        assert!(find("open").is_none() && find("").is_none());
    }

    #[test]
    fn documents_are_those_that_clients_read() {
        let document = |name| serde_json::to_value(find(name)).unwrap_or_default();
        let kick = json!({
            "command": "kick", "params": "@username", "description": "Remove_someone_from_room", "permission": "remove-user",
            "clientOnly": false, "providesPreview": false,
        });
        assert_eq!(document("kick"), kick);
        assert_eq!(document("leave")["permission"], json!(["leave-c", "leave-p"]));
        assert_eq!(document("shrug")["clientOnly"], json!(true));
    }
}
