//! Making channels and groups.

use super::{key, membership};
use crate::messages::system::{self, SystemMessage};
use crate::{Caller, users};
use gantry_model::event::{Event, Key};
use gantry_model::{
    Counters, Error, Millis, Permission, Result, RoleId, Room, RoomExtra, RoomId, RoomKind, Subscription, User,
};
use gantry_store::Tx;
use serde_json::{Map, Value, json};

/// A channel or group to be made.
#[derive(Clone, Debug)]
pub struct NewRoom {
    /// Channel or group; a direct room is made by [`super::create_direct`].
    pub kind: RoomKind,
    /// What people call it; the slug is made from it.
    pub name: String,
    /// User names of its first members besides the caller.
    pub members: Vec<String>,
    /// Only the privileged may post.
    pub read_only: bool,
    /// The caller makes it without becoming a member.
    pub exclude_self: bool,
    /// Fields of integrations.
    pub custom_fields: Option<Map<String, Value>>,
    /// `topic`, `broadcast`, `encrypted`, … as clients send them.
    pub extra_data: Map<String, Value>,
    /// `details.method` of refusals: `createChannel` or `createPrivateGroup`.
    pub method: &'static str,
}

/// Makes a channel or group; its id.
///
/// In order: the name is valid (`error-invalid-name`, `error-invalid-room-name`); `create-c` or `create-p`
/// (`error-not-allowed`); the name is free (`error-duplicate-channel-name`, `error-archived-duplicate-name`). Unknown
/// members are passed over.
///
/// # Errors
/// As above.
pub async fn create(cx: &Caller, new: NewRoom) -> Result<RoomId> {
    let display = new.name.trim().to_owned();
    if display.is_empty() {
        return Err(Error::new("error-invalid-name", "Invalid name").in_method(new.method));
    }
    let permission = match new.kind {
        RoomKind::Channel => Permission::CreateC,
        RoomKind::Private | RoomKind::Direct => Permission::CreateP,
    };
    if !cx.has(permission) {
        return Err(Error::not_allowed(new.method));
    }
    let slug = slug(cx, &display)?;
    let members = users::some(cx.chat(), membership::Invitees::Usernames(new.members.clone())).await?;
    cx.write([Key::Server], move |me, tx| {
        if !me.has(permission) {
            return Err(Error::not_allowed(new.method));
        }
        free(tx, &slug)?;
        let mut room = blank(tx, &new, &slug, &display, me);
        tx.rooms().insert(&room)?;
        tx.emit(key(&room.id), Event::RoomCreated { rid: room.id.clone(), kind: room.kind });
        if !new.exclude_self {
            first_member(tx, &mut room, me.user(), true)?;
        }
        for user in members.iter().filter(|user| user.id != *me.id() && user.active) {
            first_member(tx, &mut room, user, false)?;
            if new.kind == RoomKind::Channel || new.kind == RoomKind::Private {
                let added = user.username.as_ref().map(ToString::to_string).unwrap_or_default();
                system::post(me, tx, &mut room, SystemMessage::new("au", &added))?;
            }
        }
        Ok(room.id)
    })
    .await
}

fn first_member(tx: &mut Tx<'_>, room: &mut Room, user: &User, owner: bool) -> Result<()> {
    let mut seat = Subscription::fresh(tx.id(), room, user.id.clone(), tx.stamp());
    seat.open = true;
    if owner {
        seat.roles = vec![RoleId::new("owner")];
        seat.ls = Some(tx.stamp());
    }
    membership::add(tx, room, &seat).map(drop)
}

fn blank(tx: &Tx<'_>, new: &NewRoom, slug: &str, display: &str, me: &Caller) -> Room {
    let text =
        |key: &str| new.extra_data.get(key).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned);
    let flag = |key: &str| new.extra_data.get(key).and_then(Value::as_bool).unwrap_or(false);
    let broadcast = flag("broadcast");
    Room {
        id: tx.id(),
        kind: new.kind,
        name: Some(slug.to_owned()),
        fname: Some(display.to_owned()),
        creator: Some(me.id().clone()),
        created: tx.stamp(),
        updated: tx.stamp(),
        msgs: 0,
        users_count: 0,
        lm: None,
        last_message: None,
        last_ts: Millis(0),
        last_place: 0,
        counters: Counters::default(),
        counted_at: Millis(0),
        named_at: tx.stamp(),
        topic: text("topic"),
        announcement: None,
        description: text("description"),
        ro: new.read_only || broadcast,
        archived: false,
        default: false,
        broadcast,
        uids: Vec::new(),
        extra: RoomExtra {
            custom_fields: new.custom_fields.clone(),
            react_when_read_only: broadcast.then_some(true),
            ..RoomExtra::default()
        },
    }
}

/// The unique name a display name becomes: itself where `UTF8_Channel_Names_Validation` lets it through; with
/// `UI_Allow_room_names_with_special_chars` a slug of it.
fn slug(cx: &Caller, display: &str) -> Result<String> {
    let settings = cx.chat().settings();
    let candidate =
        if settings.bool("UI_Allow_room_names_with_special_chars") { slugify(display) } else { display.to_owned() };
    let pattern = format!("^{}$", settings.text("UTF8_Channel_Names_Validation"));
    let valid =
        regex::RegexBuilder::new(&pattern).size_limit(1 << 20).build().is_ok_and(|regex| regex.is_match(&candidate));
    let reserved = ["admin", "administrator", "system", "user"].contains(&candidate.as_str()) && candidate.len() > 255;
    if !valid || reserved || candidate.len() > 255 {
        let text = format!("{display} is not a valid room name.");
        return Err(Error::new("error-invalid-room-name", text)
            .with_details(json!({ "function": "RocketChat.getValidRoomName", "channel_name": display })));
    }
    Ok(candidate)
}

fn slugify(display: &str) -> String {
    let kept = |c: char| {
        if c.is_alphanumeric() || "-_.".contains(c) {
            Some(c)
        } else if c.is_whitespace() {
            Some('-')
        } else {
            None
        }
    };
    display.chars().filter_map(kept).collect()
}

fn free(tx: &mut Tx<'_>, slug: &str) -> Result<()> {
    let Some(taken) = tx.rooms().by_name(slug)? else { return Ok(()) };
    let details = json!({ "function": "RocketChat.getValidRoomName", "channel_name": slug });
    let error = if taken.archived {
        Error::new("error-archived-duplicate-name", format!("There's an archived channel with name '{slug}'"))
    } else {
        Error::new("error-duplicate-channel-name", format!("A channel with name '{slug}' exists"))
    };
    Err(error.with_details(details))
}
