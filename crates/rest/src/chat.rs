//! `chat.*`: messages.

use crate::call::Call;
use crate::endpoint::{Access, Api};
use crate::params::{Param, Params};
use crate::reply::{Object, Reply, ok, ok_with};
use gantry_chat::access::Found;
use gantry_chat::messages::{self, Draft, Edit, Kind, Since};
use gantry_chat::{people, subscriptions};
use gantry_model::wire::Wire;
use gantry_model::{Author, Error, Message, MessageId, Millis, Permission, Result, RoomId, UserId};
use serde_json::{Map, Value, json};

pub(crate) fn endpoints(api: &mut Api) {
    api.post("chat.delete", Access::ActInRoom, delete)
        .names(Permission::BypassTimeLimitEditAndDelete)
        .names(Permission::PostReadonly)
        .names(Permission::DeleteOwnMessage)
        .names(Permission::DeleteMessage)
        .names(Permission::ForceDeleteMessage)
        .about("Deletes a message.")
        .since("0.48.0")
        .answers("message", "Message");
    api.get("chat.getMessage", Access::ReadRoom, get)
        .about("Tells a message.")
        .since("0.47.0")
        .answers("message", "Message");
    api.get("chat.ignoreUser", Access::Own, ignore_user)
        .about("Ignores another member of a room, or takes that back.")
        .since("0.64.0");
    api.post("chat.postMessage", Access::ActInRoom, post)
        .names(Permission::MessageImpersonate)
        .about("Posts a message to a room or a user, by name or id.")
        .since("0.13.0")
        .answers("channel", "string")
        .answers("message", "Message");
    api.post("chat.react", Access::ActInRoom, react)
        .names(Permission::PostReadonly)
        .about("Gives or takes back a reaction to a message.")
        .since("0.62.2");
    api.post("chat.sendMessage", Access::ActInRoom, send)
        .names(Permission::MessageImpersonate)
        .about("Sends a message to a room; the client may choose its id.")
        .since("0.60.0")
        .answers("message", "Message");
    api.get("chat.syncMessages", Access::ReadRoom, sync)
        .about("Lists what came, changed and went in a room.")
        .since("1.0.0")
        .answers("result", "Synced");
    api.post("chat.update", Access::ActInRoom, update)
        .names(Permission::EditMessage)
        .names(Permission::BypassTimeLimitEditAndDelete)
        .about("Changes the text of a message.")
        .since("0.49.0")
        .answers("message", "Message");
}

/// Body of `chat.delete`.
#[derive(Params)]
#[params(strict)]
struct Deleting {
    /// The message's `_id`.
    msg_id: MessageId,
    /// The `_id` of the room it is in.
    room_id: RoomId,
    /// Delete it in its author's name.
    #[params(nullable)]
    as_user: Option<bool>,
}

async fn delete(call: Call, body: Deleting) -> Reply {
    let (message, _) = find_in(&call, &body.msg_id, &body.room_id).await?;
    messages::delete(&call, &message, body.as_user.unwrap_or_default()).await?;
    let people = people::named(call.chat(), [&message.author]).await?;
    let author = Author { id: &message.author, person: people.get(&message.author).map(AsRef::as_ref) };
    let document = json!({ "_id": message.id, "rid": message.rid, "u": author });
    let ts = call.chat().now().0.to_string();
    Ok(Object::new().with("_id", &message.id).with("ts", &ts).with("message", &document).success())
}

/// The message a call names, which must be in the room it names.
///
/// # Errors
/// Plain texts.
async fn find_in(call: &Call, id: &MessageId, rid: &RoomId) -> Result<(Message, Found)> {
    let found = messages::find(call, id).await?.ok_or_else(|| none_with(id))?;
    if found.0.rid != *rid {
        return Err(Error::text("The room id provided does not match where the message is from."));
    }
    Ok(found)
}

fn none_with(id: &MessageId) -> Error {
    Error::text(format!("No message found with the id of \"{id}\"."))
}

/// Query of `chat.getMessage`.
#[derive(Params)]
#[params(strict)]
struct Getting {
    /// The message's `_id`.
    msg_id: Option<MessageId>,
}

async fn get(call: Call, query: Getting) -> Reply {
    let id = query.msg_id.filter(|id| !id.as_str().is_empty());
    let id = id.ok_or_else(|| Error::text("The \"msgId\" query parameter must be provided."))?;
    let message = messages::get(&call, &id).await?.ok_or_else(|| none_with(&id))?;
    // The published answer is that of a list of one.
    let list = Object::new().with("message", &message).with("count", &1).with("offset", &0).with("total", &1);
    Ok(list.success())
}

/// Query of `chat.ignoreUser`.
#[derive(Params)]
struct Ignoring {
    /// The room's `_id`.
    rid: Option<RoomId>,
    /// The member's `_id`.
    user_id: Option<UserId>,
    /// False: hear of the member again.
    #[params(default = true)]
    ignore: bool,
}

async fn ignore_user(call: Call, query: Ignoring) -> Reply {
    let rid = query
        .rid
        .filter(|rid| !rid.as_str().is_empty())
        .ok_or_else(|| Error::new("error-room-id-param-not-provided", "The required \"rid\" param is missing."))?;
    let user = query
        .user_id
        .filter(|uid| !uid.as_str().is_empty())
        .ok_or_else(|| Error::new("error-user-id-param-not-provided", "The required \"userId\" param is missing."))?;
    subscriptions::ignore(&call, &rid, &user, query.ignore).await?;
    Ok(ok())
}

/// One room, or several.
#[derive(Param)]
#[params(any_of)]
enum Targets {
    One(String),
    Many(Vec<String>),
}

/// Body of `chat.postMessage`. Names of older clients stand beside the newer ones.
#[derive(Params)]
struct Posting {
    /// `#name`, `@user`, or a room's name or `_id`. Wins over `roomId`.
    channel: Option<Targets>,
    /// A room's `_id`.
    room_id: Option<Targets>,
    /// The text.
    #[params(alias = "msg", nullable)]
    text: Option<String>,
    /// Another display name.
    #[params(alias = "username", nullable)]
    alias: Option<String>,
    /// An emoji for a picture.
    #[params(alias = "icon_emoji", nullable)]
    emoji: Option<String>,
    /// The address of another picture.
    #[params(alias = "icon_url", nullable)]
    avatar: Option<String>,
    /// Rich attachments.
    #[params(nullable)]
    attachments: Option<Vec<Map<String, Value>>>,
    /// The thread it replies to.
    #[params(nullable)]
    tmid: Option<String>,
    /// Fields of integrations.
    #[params(nullable)]
    custom_fields: Option<Map<String, Value>>,
    /// Whether addresses in the text are looked at.
    #[params(nullable)]
    parse_urls: Option<bool>,
    /// Whether it may stand under the former message's head.
    #[params(nullable)]
    groupable: Option<bool>,
}

/// Rooms of one call, at most.
const MOST_TARGETS: usize = 50;

async fn post(call: Call, body: Posting) -> Reply {
    let targets = match body.channel.or(body.room_id) {
        Some(Targets::One(one)) => vec![one],
        Some(Targets::Many(many)) => many,
        None => Vec::new(),
    };
    let invalid = || Error::new("invalid-channel", "");
    if targets.len() > MOST_TARGETS {
        return Err(Error::text(format!("A message can be posted to at most {MOST_TARGETS} rooms at once")));
    }
    let draft = Draft {
        msg: body.text.unwrap_or_default(),
        tmid: filled(body.tmid).map(MessageId::from),
        alias: filled(body.alias),
        avatar: filled(body.avatar),
        emoji: filled(body.emoji),
        attachments: objects(body.attachments).unwrap_or_default(),
        custom_fields: body.custom_fields,
        parse_urls: body.parse_urls,
        groupable: body.groupable,
        ..Draft::default()
    };
    let mut first = None;
    for target in targets.into_iter().filter(|target| !target.is_empty()) {
        let message = messages::post(&call, &target, draft.clone()).await?;
        first.get_or_insert((target, message));
    }
    let (target, message) = first.ok_or_else(invalid)?;
    let channel = target.strip_prefix(['#', '@']).unwrap_or(&target);
    let now = call.chat().now().0;
    Ok(Object::new().with("ts", &now).with("channel", channel).with("message", &message).success())
}

fn filled(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}

fn objects(list: Option<Vec<Map<String, Value>>>) -> Option<Vec<Value>> {
    list.map(|list| list.into_iter().map(Value::Object).collect())
}

/// Body of `chat.react`.
#[derive(Params)]
struct Reacting {
    /// The message's `_id`.
    message_id: Option<MessageId>,
    /// The emoji's name, with or without colons.
    #[params(alias = "reaction")]
    emoji: Option<String>,
    /// Give it, or take it back; the other of what is without.
    #[params(nullable)]
    should_react: Option<bool>,
}

async fn react(call: Call, body: Reacting) -> Reply {
    let id = body.message_id.filter(|id| !id.as_str().is_empty()).ok_or_else(no_message_id)?;
    let unknown = || {
        let text = "The provided \"messageId\" does not match any existing message.";
        Error::new("error-message-not-found", text)
    };
    let (message, _) = messages::find(&call, &id).await?.ok_or_else(unknown)?;
    let emoji = filled(body.emoji).ok_or_else(|| {
        let text = "The required \"emoji\" param is missing.";
        Error::new("error-emoji-param-not-provided", text)
    })?;
    messages::react(&call, &message, &emoji, body.should_react).await?;
    Ok(ok())
}

fn no_message_id() -> Error {
    Error::new("error-messageid-param-not-provided", "The required \"messageId\" param is missing.")
}

/// Body of `chat.sendMessage`.
#[derive(Params)]
#[params(strict)]
struct Sending {
    /// The message.
    message: Option<Sent>,
    /// Only these addresses in the text get a preview.
    #[params(nullable)]
    preview_urls: Option<Vec<String>>,
}

/// A message as a client writes it. Every other field is the server's.
#[derive(Params)]
struct Sent {
    /// Made by the client, so that a repeated call is the same message.
    #[params(nullable)]
    _id: Option<String>,
    /// The `_id` of the room.
    #[params(nullable)]
    rid: Option<String>,
    /// The text.
    #[params(nullable)]
    msg: Option<String>,
    /// The thread it replies to.
    #[params(nullable)]
    tmid: Option<String>,
    /// Shown in the room as well.
    #[params(nullable)]
    tshow: Option<bool>,
    /// Another display name.
    #[params(nullable)]
    alias: Option<String>,
    /// The address of another picture.
    #[params(nullable)]
    avatar: Option<String>,
    /// An emoji for a picture.
    #[params(nullable)]
    emoji: Option<String>,
    /// Rich attachments.
    #[params(nullable)]
    attachments: Option<Vec<Map<String, Value>>>,
    /// Blocks of the UI kit.
    #[params(nullable)]
    blocks: Option<Vec<Map<String, Value>>>,
    /// Fields of integrations.
    #[params(nullable)]
    custom_fields: Option<Map<String, Value>>,
    /// The type, of which the server's own are refused.
    #[params(nullable)]
    t: Option<String>,
    /// Whether addresses in the text are looked at.
    #[params(nullable)]
    parse_urls: Option<bool>,
    /// Whether it may stand under the former message's head.
    #[params(nullable)]
    groupable: Option<bool>,
}

async fn send(call: Call, body: Sending) -> Reply {
    let missing = || Error::new("error-invalid-params", "The \"message\" parameter must be provided.");
    let sent = body.message.ok_or_else(missing)?;
    messages::refuse_system(sent.t.as_deref(), "chat.sendMessage")?;
    let rid = filled(sent.rid).map(RoomId::from);
    let rid = rid.ok_or_else(|| Error::text("The 'rid' property on the message object is missing."))?;
    let draft = Draft {
        id: filled(sent._id).map(MessageId::from),
        msg: sent.msg.unwrap_or_default(),
        tmid: filled(sent.tmid).map(MessageId::from),
        tshow: sent.tshow.unwrap_or_default(),
        alias: filled(sent.alias),
        avatar: filled(sent.avatar),
        emoji: filled(sent.emoji),
        bot: None,
        attachments: objects(sent.attachments).unwrap_or_default(),
        blocks: objects(sent.blocks),
        custom_fields: sent.custom_fields,
        parse_urls: sent.parse_urls,
        preview_urls: body.preview_urls,
        groupable: sent.groupable,
    };
    Ok(ok_with("message", &messages::send(&call, &rid, draft).await?))
}

/// Query of `chat.syncMessages`.
#[derive(Params)]
struct Syncing {
    /// The room's `_id`.
    room_id: Option<RoomId>,
    /// Everything that came, changed or went after this instant.
    last_update: Option<String>,
    /// A page forwards from after this `cursor.next`.
    next: Option<String>,
    /// A page backwards from before this `cursor.previous`.
    previous: Option<String>,
    /// What the page is of.
    r#type: Option<PageOf>,
    /// Items of a page.
    #[params(default = 20.0)]
    count: f64,
}

/// What a page of `chat.syncMessages` is of.
#[derive(Clone, Copy, Param)]
enum PageOf {
    #[params(rename = "UPDATED")]
    Updated,
    #[params(rename = "DELETED")]
    Deleted,
}

impl Syncing {
    /// What is asked for.
    ///
    /// # Errors
    /// `error-lastUpdate-param-not-provided`, `error-roomId-param-invalid` for what is no date, and those of cursors that
    /// contradict each other.
    fn since(&self) -> Result<Since> {
        let text = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
        let kind = self.r#type.map(|page_of| match page_of {
            PageOf::Updated => Kind::Updated,
            PageOf::Deleted => Kind::Deleted,
        });
        match (text(&self.last_update), text(&self.next), text(&self.previous), kind) {
            (Some(_), None, None, _) => self.last_update(),
            (Some(_), ..) => Err(Error::new(
                "error-cursor-and-lastUpdate-conflict",
                "The attributes \"next\", \"previous\" and \"lastUpdate\" cannot be used together",
            )),
            (None, Some(_), Some(_), _) => {
                Err(Error::new("error-cursor-conflict", "You cannot provide both \"next\" and \"previous\" parameters"))
            }
            (None, Some(next), None, Some(kind)) => Ok(Since::Next(kind, instant(&next)?)),
            (None, None, Some(previous), Some(kind)) => Ok(Since::Previous(kind, instant(&previous)?)),
            (None, None, None, Some(kind)) => Ok(Since::Next(kind, Millis(0))),
            (None, None, None, None) => Err(Error::new(
                "error-lastUpdate-param-not-provided",
                "The required \"lastUpdate\" query param is missing.",
            )),
            (None, .., None) => Err(Error::new(
                "error-type-param-required",
                "The \"type\" parameter is required when using the \"next\" or \"previous\" parameters",
            )),
        }
    }

    fn last_update(&self) -> Result<Since> {
        let instant = Millis::parse(self.last_update.as_deref().unwrap_or_default());
        let invalid = || {
            let text = "The \"lastUpdate\" query parameter must be a valid date.";
            Error::new("error-roomId-param-invalid", text)
        };
        instant.map(Since::LastUpdate).ok_or_else(invalid)
    }
}

fn instant(cursor: &str) -> Result<Millis> {
    Millis::parse(cursor).ok_or_else(|| Error::text("Invalid Date"))
}

async fn sync(call: Call, query: Syncing) -> Reply {
    let rid = query.room_id.clone().filter(|rid| !rid.as_str().is_empty()).ok_or_else(|| {
        Error::new("error-roomId-param-not-provided", "The required \"roomId\" query param is missing.")
    })?;
    let count = if query.count >= 1.0 { query.count as i64 } else { 20 };
    let synced = messages::sync(&call, &rid, query.since()?, count).await?;
    Ok(Object::new().with_json("result", &synced.render(Wire::Rest)).success())
}

/// Body of `chat.update`.
#[derive(Params)]
#[params(strict)]
struct Updating {
    /// The `_id` of the room it is in.
    room_id: RoomId,
    /// The message's `_id`.
    msg_id: Option<MessageId>,
    /// The new text.
    text: String,
    /// Only these addresses in the text get a preview.
    #[params(nullable)]
    preview_urls: Option<Vec<String>>,
    /// The new fields of integrations.
    #[params(nullable)]
    custom_fields: Option<Map<String, Value>>,
}

async fn update(call: Call, body: Updating) -> Reply {
    let id = body.msg_id.filter(|id| !id.as_str().is_empty()).ok_or_else(no_message_id)?;
    let (message, _) = find_in(&call, &id, &body.room_id).await?;
    let edit = Edit { msg: body.text, custom_fields: body.custom_fields, preview_urls: body.preview_urls };
    Ok(ok_with("message", &messages::edit(&call, &message, edit).await?))
}
