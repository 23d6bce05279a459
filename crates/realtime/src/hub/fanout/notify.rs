//! Telling members of a message though they do not look: `notification`.

use super::FanOut;
use crate::ddp::EVENT_END;
use crate::frame::Draft;
use crate::hub::{Index, frames};
use crate::streams::Feed;
use gantry_chat::notifications::{self, Notice, Occasion};
use gantry_model::event::MessageSent;
use gantry_model::{Result, RoomId, UserId};

impl FanOut {
    /// Notifies those whom the message concerns. Only connected members who listen are looked at, and nothing is read
    /// about them.
    pub(super) async fn notify(&self, sent: &MessageSent) -> Result<()> {
        let concerned = self.concerned(sent).await;
        if concerned.is_empty() {
            return Ok(());
        }
        let notices = notifications::due(&self.chat, sent, concerned).await?;
        let index = self.settled().await;
        notices.iter().for_each(|notice| self.send(&index, &sent.message.rid, notice));
        Ok(())
    }

    async fn concerned(&self, sent: &MessageSent) -> Vec<UserId> {
        let occasion = Occasion::of(&self.chat.settings(), sent);
        let Some(occasion) = occasion else { return Vec::new() };
        let index = self.settled().await;
        index.concerned(&sent.message.rid, &occasion)
    }

    /// Everybody gets the same document behind an own beginning; whoever may not read the room any more gets none.
    fn send(&self, index: &Index, rid: &RoomId, notice: &Notice) {
        let document = Draft::from(&*notice.document).share();
        for uid in notice.to.iter().filter(|uid| index.hears(uid, rid)) {
            index.each_of(uid, Feed::Notification, |outbox| {
                let start = frames::own_start(uid, Feed::Notification);
                self.round.push_own(outbox, start.splice(outbox.form(), &document, EVENT_END));
            });
        }
    }
}
