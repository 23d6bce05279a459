//! Making channels and groups.

use super::settings::RoomChanges;
use super::{Invitees, key, membership, names};
use crate::{Caller, access, users};
use gantry_model::event::{Event, Key};
use gantry_model::role::builtin;
use gantry_model::{Error, Permission, Result, RoleId, Room, RoomExtra, RoomId, RoomKind, Subscription, User};
use gantry_store::Tx;
use serde_json::{Map, Value, json};

/// A channel or group to be made.
#[derive(Clone, Debug)]
pub struct NewRoom {
    /// What it is to be.
    pub kind: NewKind,
    /// What people call it; the unique name is made from it.
    pub name: String,
    /// User names of its first members besides the caller.
    pub members: Vec<String>,
    /// Only the privileged may post.
    pub read_only: bool,
    /// The caller makes it without becoming a member.
    pub exclude_self: bool,
    /// Fields of integrations.
    pub custom_fields: Option<Map<String, Value>>,
    /// `topic`, `description`, `announcement`, `broadcast`, `reactWhenReadOnly` as clients send them. `teamId` must name a
    /// team.
    pub extra_data: Map<String, Value>,
}

/// The kinds of room that are made by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewKind {
    /// Open to whoever may see channels.
    Channel,
    /// Members only.
    Group,
}

impl NewKind {
    fn room(self) -> RoomKind {
        match self {
            Self::Channel => RoomKind::Channel,
            Self::Group => RoomKind::Private,
        }
    }

    /// The permission to make one.
    pub fn permission(self) -> Permission {
        match self {
            Self::Channel => Permission::CreateC,
            Self::Group => Permission::CreateP,
        }
    }

    fn method(self) -> &'static str {
        match self {
            Self::Channel => "createChannel",
            Self::Group => "createPrivateGroup",
        }
    }
}

/// Refuses who may not make rooms of the kind at all, before anything is said about the request: 403.
///
/// # Errors
/// `unauthorized`.
pub fn require_creator(cx: &Caller, kind: NewKind) -> Result<()> {
    if cx.has(kind.permission()) { Ok(()) } else { Err(Error::forbidden()) }
}

/// Makes a channel or group; its id. No message says so: the room begins empty.
///
/// In order: the caller has a user name (`error-invalid-user`); a team that is named exists (`error-team-not-found`);
/// `create-c` or `create-p` (`error-not-allowed`); no members of other servers
/// (`error-federated-users-in-non-federated-rooms`); there is a name (`error-invalid-name`), it is valid
/// (`error-invalid-room-name`), what describes the room is no longer than it may become (`error-invalid-settings`), and
/// the name is free (`error-duplicate-channel-name`, `error-archived-duplicate-name`). Unknown members are passed over. The caller owns the room, unless left out and not among the members.
///
/// # Errors
/// As above.
pub async fn create(cx: &Caller, new: NewRoom) -> Result<RoomId> {
    may_create(cx, &new)?;
    let display = new.name.trim().to_owned();
    if display.is_empty() {
        let details = json!({ "function": "RocketChat.createRoom" });
        return Err(Error::new("error-invalid-name", "Invalid name").with_details(details));
    }
    let name = names::valid(&cx.chat().settings(), &display)?;
    description(&new).fits()?;
    let members = users::some(cx.chat(), Invitees::Usernames(new.members.clone())).await?;
    cx.write([Key::Server], move |me, tx| {
        if !me.has(new.kind.permission()) {
            return Err(Error::not_allowed(new.kind.method()));
        }
        let name = names::free(me, tx, &name)?;
        let mut room = described(tx, &new, me);
        (room.name, room.fname) = (Some(name), Some(display.clone()));
        let seats = first_members(tx, &new, &room, me, &members);
        insert(tx, &mut room, seats)?;
        Ok(room.id)
    })
    .await
}

fn may_create(cx: &Caller, new: &NewRoom) -> Result<()> {
    let method = new.kind.method();
    if cx.user().username.is_none() {
        return Err(Error::invalid_user(method));
    }
    let team = new.extra_data.get("teamId").filter(|team| !team.is_null() && *team != "");
    if team.is_some() {
        let text = "The \"teamId\" param provided does not match any team";
        return Err(Error::new("error-team-not-found", text).in_method(method));
    }
    if !cx.has(new.kind.permission()) {
        return Err(Error::not_allowed(method));
    }
    if new.members.iter().any(|name| name.contains('@') && name.contains(':')) {
        let text = "Cannot add federated users to non-federated rooms";
        return Err(Error::new("error-federated-users-in-non-federated-rooms", text).in_method("createRoom"));
    }
    Ok(())
}

/// What the room is described with.
fn description(new: &NewRoom) -> RoomChanges {
    let text = |key: &str| {
        let text = new.extra_data.get(key).and_then(Value::as_str);
        text.filter(|text| !text.is_empty()).map(str::to_owned)
    };
    RoomChanges {
        topic: text("topic"),
        announcement: text("announcement"),
        description: text("description"),
        custom_fields: new.custom_fields.clone(),
        ..RoomChanges::default()
    }
}

/// The new room, but for its names.
fn described(tx: &Tx<'_>, new: &NewRoom, me: &Caller) -> Room {
    let RoomChanges { topic, announcement, description, custom_fields, .. } = description(new);
    let flag = |key: &str| new.extra_data.get(key).and_then(Value::as_bool);
    let broadcast = flag("broadcast").unwrap_or(false);
    Room {
        creator: Some(me.id().clone()),
        topic,
        announcement,
        description,
        ro: new.read_only || broadcast,
        broadcast,
        extra: RoomExtra {
            custom_fields,
            react_when_read_only: flag("reactWhenReadOnly").filter(|_| !broadcast),
            ..RoomExtra::default()
        },
        ..Room::blank(tx.id(), new.kind.room(), tx.stamp())
    }
}

fn first_members(tx: &Tx<'_>, new: &NewRoom, room: &Room, me: &Caller, members: &[User]) -> Vec<Subscription> {
    let listed = members.iter().any(|user| user.id == *me.id());
    let owner = (!new.exclude_self || listed).then(|| Subscription {
        roles: vec![RoleId::new(builtin::OWNER)],
        ls: Some(access::seen(room, tx.stamp())),
        ..first(tx, room, me.user())
    });
    let others = members.iter().filter(|user| user.id != *me.id()).map(|user| first(tx, room, user));
    owner.into_iter().chain(others).collect()
}

/// The membership of somebody who is there from the beginning.
fn first(tx: &Tx<'_>, room: &Room, user: &User) -> Subscription {
    Subscription { open: true, ..membership::seat(tx, room, user) }
}

/// Writes a new room with its first members.
pub(super) fn insert(tx: &mut Tx<'_>, room: &mut Room, seats: Vec<Subscription>) -> Result<()> {
    room.users_count = i64::try_from(seats.len()).unwrap_or(i64::MAX);
    tx.rooms().insert(room)?;
    tx.bulk().subscriptions(&seats)?;
    tx.emit(key(&room.id), Event::RoomCreated { rid: room.id.clone(), kind: room.kind });
    for seat in seats {
        let inserted = Event::SubscriptionInserted { rid: room.id.clone(), kind: room.kind, uid: seat.uid };
        tx.emit(key(&room.id), inserted);
    }
    Ok(())
}
