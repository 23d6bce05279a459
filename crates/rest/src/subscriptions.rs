//! `subscriptions.*`: the caller's own memberships.

use crate::call::Call;
use crate::endpoint::{Access, Api};
use crate::params::Params;
use crate::reply::{Object, Reply, ok, ok_with};
use crate::rooms::UpdatedSince;
use gantry_chat::subscriptions::{self, FirstUnread};
use gantry_model::{Error, MessageId, RoomId};

pub(crate) fn endpoints(api: &mut Api) {
    api.get("subscriptions.get", Access::Own, get)
        .about("Lists the caller's memberships, or what changed about them.")
        .since("0.60.0")
        .answers("update", "[Subscription]")
        .answers("remove", "[Removed]");
    api.get("subscriptions.getOne", Access::Own, get_one)
        .about("Tells the caller's membership of one room.")
        .since("0.63.0")
        .answers("subscription", "Subscription");
    api.post("subscriptions.read", Access::Own, read).about("Marks a room as read.").since("0.61.0");
    api.post("subscriptions.unread", Access::Own, unread).about("Marks a room as unread.").since("0.65.0");
}

async fn get(call: Call, query: UpdatedSince) -> Reply {
    // The published text names another parameter.
    let since = query.instant(|| {
        let text = "The \"lastUpdate\" query parameter must be a valid date.";
        Error::new("error-roomId-param-invalid", text)
    })?;
    Ok(Object::new().with_all(&subscriptions::get(&call, since).await?).success())
}

#[derive(Params)]
struct OfRoom {
    /// The room's `_id`.
    room_id: RoomId,
}

async fn get_one(call: Call, query: OfRoom) -> Reply {
    if query.room_id.as_str().is_empty() {
        return Err(Error::text("The 'roomId' param is required"));
    }
    Ok(ok_with("subscription", &subscriptions::one(&call, &query.room_id).await?))
}

/// Body of `subscriptions.read`.
#[derive(Params)]
#[params(any_of(roomId, rid))]
struct Read {
    /// The room's `_id`.
    room_id: Option<RoomId>,
    /// The same.
    rid: Option<RoomId>,
}

async fn read(call: Call, body: Read) -> Reply {
    let rid = body.rid.or(body.room_id).unwrap_or_else(|| RoomId::new(""));
    subscriptions::read(&call, &rid).await?;
    Ok(ok())
}

/// Body of `subscriptions.unread`.
#[derive(Params)]
#[params(any_of(roomId, firstUnreadMessage))]
struct Unread {
    /// The room, from its last message on.
    room_id: Option<RoomId>,
    /// The message from which on its room is to be unread.
    first_unread_message: Option<MessageRef>,
}

#[derive(Params)]
struct MessageRef {
    /// The message's `_id`.
    #[params(rename = "_id")]
    id: MessageId,
}

async fn unread(call: Call, body: Unread) -> Reply {
    let room = body.room_id.filter(|rid| !rid.as_str().is_empty()).map(FirstUnread::LastOf);
    let message = body.first_unread_message.map(|message| FirstUnread::Message(message.id));
    let from = room.or(message).unwrap_or_else(|| FirstUnread::Message(MessageId::new("")));
    subscriptions::mark_unread(&call, from).await?;
    Ok(ok())
}
