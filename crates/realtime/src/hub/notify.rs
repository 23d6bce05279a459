//! Telling members of a message though they do not look: `notification`.

use super::{Hub, frames};
use crate::ddp::EVENT_END;
use crate::frame::Draft;
use crate::streams::Feed;
use gantry_chat::Chat;
use gantry_chat::notifications::{self, Notice, Occasion};
use gantry_model::event::MessageSent;
use gantry_model::{Result, RoomId};

/// Notifies those whom the message concerns. Only connected members who listen are looked at, and nothing is read for them
/// but the accounts that are not in memory.
pub(super) async fn notify(chat: &Chat, hub: &Hub, sent: &MessageSent) -> Result<()> {
    let rid = &sent.message.rid;
    let concerned = match Occasion::of(&chat.settings(), sent) {
        Some(occasion) => hub.index().concerned(rid, &occasion),
        None => return Ok(()),
    };
    if !concerned.is_empty() {
        for notice in notifications::due(chat, sent, concerned).await? {
            send(hub, rid, &notice);
        }
    }
    Ok(())
}

/// Everybody gets the same document behind an own beginning; whoever left meanwhile gets none.
fn send(hub: &Hub, rid: &RoomId, notice: &Notice) {
    let document = Draft::from(&*notice.document).share();
    let index = hub.index();
    for uid in notice.to.iter().filter(|uid| index.is_member(uid, rid)) {
        index.each_of(uid, Feed::Notification, |outbox| {
            let start = frames::own_start(uid, Feed::Notification);
            // A refusal means that the connection ends anyway.
            let _ = outbox.push(start.splice(outbox.form(), &document, EVENT_END));
        });
    }
}
