//! The task that tells what was committed, in the order of the commits.
//!
//! What many receive is encoded once. What is personal, or only the newest state of something, is only noted here, for
//! the refresher. Where a change may have taken access from somebody that is looked up before anything later is told.

mod notify;

use super::frames::{self, Place};
use super::round::Round;
use super::stale::Change;
use super::{Hub, Index, refresh, review, user_data};
use crate::ddp;
use crate::frame::{Block, Shared};
use crate::methods::OwnAccount;
use crate::outbox::Outbox;
use crate::streams::{Feed, RoomFeed};
use futures_util::FutureExt;
use gantry_chat::access::{self, RoomDoc};
use gantry_chat::{Chat, messages, people, streams};
use gantry_model::event::{Batch, Event, MessageSent, SubscriptionRemoved, UserChange};
use gantry_model::wire::Wire;
use gantry_model::{Erasure, Message, MessageId, Result, Role, RoleId, RoomId, RoomKind, SettingId, UserId, setting};
use serde_json::json;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, RwLockReadGuard};
use tokio::sync::{MutexGuard, mpsc};
use tokio::time::Instant;

/// Batches that are told before anything of them is written, at most.
const TOGETHER: usize = 32;

/// Bytes of messages that are sent in one piece; a longer message is one by itself.
const PIECE: usize = 32 * 1024;

/// See the head of this file.
pub(super) struct FanOut {
    chat: Chat,
    hub: Arc<Hub>,
    round: Round,
}

impl FanOut {
    pub(super) fn new(chat: Chat, hub: Arc<Hub>) -> Self {
        Self { chat, hub, round: Round::default() }
    }

    /// Tells what comes, until nothing more can come.
    pub(super) async fn run(self, mut batches: mpsc::Receiver<Arc<Batch>>) {
        let mut waiting = Vec::new();
        while batches.recv_many(&mut waiting, TOGETHER).await > 0 {
            let reading = refresh::may_read(&self.hub);
            review::settle(&self.chat, &self.hub).await;
            let events: Vec<&Event> = waiting.iter().flat_map(|batch| &batch.events).map(|one| &one.event).collect();
            for run in events.chunk_by(|one, next| are_messages_of_one_room(one, next)) {
                self.safely(self.tell_run(run)).await;
                self.round.flush_if_much();
            }
            if let Some(reading) = reading {
                self.safely(self.read_along(waiting.len(), reading)).await;
            }
            self.round.flush();
            self.hub.progress.told(waiting.len());
            waiting.clear();
        }
    }

    /// Whatever happens with one event, or with messages of one room in a row, the next ones are told.
    async fn safely(&self, telling: impl Future<Output = Result<()>>) {
        match AssertUnwindSafe(telling).catch_unwind().await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => tracing::warn!(cause = error.cause(), %error, "an event was not told"),
            Err(_) => tracing::error!("telling an event panicked"),
        }
    }

    async fn read_along(&self, telling: usize, reading: MutexGuard<'_, Option<Instant>>) -> Result<()> {
        refresh::along(&self.chat, &self.hub, &self.round, telling, reading).await;
        Ok(())
    }

    async fn tell_run(&self, run: &[&Event]) -> Result<()> {
        let sent: Vec<&MessageSent> = run.iter().filter_map(|event| self.shown(event)).collect();
        self.to_readers(&sent).await;
        for event in run {
            self.tell(event).await?;
        }
        Ok(())
    }

    /// The message that an event brings, if clients see it.
    fn shown<'a>(&self, event: &'a Event) -> Option<&'a MessageSent> {
        match event {
            Event::MessageSent(sent) if !self.is_hidden(&sent.message) => Some(sent),
            _ => None,
        }
    }

    /// Sends new messages of one room to those who listen to it: in one piece, or in a few when they are long.
    async fn to_readers(&self, mut sent: &[&MessageSent]) {
        while let [first, ..] = sent {
            let (piece, later) = sent.split_at(piece_of(sent));
            let written = |sent: &&MessageSent| frames::message(&sent.message.rid, &frames::text_of(sent));
            let piece = || piece.iter().map(written).collect::<Block>();
            self.to_watchers(&first.message.rid, RoomFeed::Messages, piece).await;
            self.round.flush_if_much();
            sent = later;
        }
    }

    async fn tell(&self, event: &Event) -> Result<()> {
        match event {
            Event::MessageSent(sent) => {
                self.message_sent(sent).await?;
                self.notify(sent).await?;
            }
            Event::MessageChanged { message, room_changed } => self.message_changed(message, *room_changed).await?,
            Event::MessageDeleted { rid, id } => self.message_deleted(rid, id).await,
            Event::RoomChanged { rid, named } => self.room_changed(rid, *named),
            Event::RoomRemoved { rid, kind } => self.room_removed(rid, *kind).await?,
            Event::SubscriptionInserted { rid, uid, .. } => self.seat_inserted(rid, uid),
            Event::SubscriptionChanged { rid, uid } => self.seat_changed(rid, uid),
            Event::SubscriptionRemoved(gone) => self.seat_removed(gone).await?,
            Event::UserChanged { uid, what } => self.user_changed(uid, *what).await?,
            Event::UserRemoved { uid, erasure } => self.user_removed(uid, *erasure).await,
            Event::SettingChanged { id, .. } => self.setting_changed(id).await,
            Event::PermissionChanged { id, .. } => self.permission_changed(id).await,
            Event::RoleChanged { role } => self.role_changed(role, "changed").await,
            Event::RoleRemoved { role } => self.role_changed(role, "removed").await,
            Event::RoleGranted { uid, role, scope, given } => {
                self.role_granted(uid, role, scope.as_ref(), *given).await?
            }
            Event::NotificationsChosen { uid, .. } => self.seats_changed(uid),
            Event::RoomCreated { .. }
            | Event::UserCreated { .. }
            // The membership's own change is told.
            | Event::RoomNotificationsChosen { .. }
            | Event::HighlightsChanged { .. }
            // The account's own change is told; what others see is presence.
            | Event::StatusChosen { .. }
            | Event::SessionsEnded { .. } => {}
        }
        Ok(())
    }

    /// The index, once it stands who may hear what after all that was committed: what is told while it is held is told
    /// to nobody who has lost access by now.
    async fn settled(&self) -> RwLockReadGuard<'_, Index> {
        loop {
            if let Some(index) = self.hub.settled_index() {
                return index;
            }
            review::settle(&self.chat, &self.hub).await;
        }
    }

    /// The room's listeners have got the message; whose state it changes is noted, and who hears all gets it.
    async fn message_sent(&self, sent: &MessageSent) -> Result<()> {
        let (message, rid) = (&sent.message, &sent.message.rid);
        if sent.alerts {
            let changed = self.hub.index_mut().alert(rid, &message.author, sent.counts);
            self.hub.stale.seats(rid, changed, Change::Updated);
        }
        for uid in &sent.mentioned {
            self.seat_changed(rid, uid);
        }
        self.room_is_stale(rid);
        if self.is_hidden(message) || !self.hub.index().is_heard_by_all(rid) {
            return Ok(());
        }
        self.to_all_hearing(rid, sent.kind, sent.room_name.as_deref(), &frames::text_of(sent)).await
    }

    fn is_hidden(&self, message: &Message) -> bool {
        let hidden = || messages::hidden_types(&self.chat.settings());
        message.kind.as_ref().is_some_and(|kind| hidden().contains(kind))
    }

    async fn message_changed(&self, message: &Arc<Message>, room_changed: bool) -> Result<()> {
        let rid = &message.rid;
        if !self.is_hidden(message) {
            let text = people::view(&self.chat, message.clone()).await?.render(Wire::Ddp);
            self.to_watchers(rid, RoomFeed::Messages, || frames::message(rid, &text)).await;
            let heard = self.hub.index().is_heard_by_all(rid);
            if heard && let Some(room) = access::for_members(&self.chat, vec![rid.clone()]).await?.first() {
                self.to_all_hearing(rid, room.kind(), room.name(), &text).await?;
            }
        }
        if room_changed {
            self.room_is_stale(rid);
        }
        Ok(())
    }

    async fn message_deleted(&self, rid: &RoomId, id: &MessageId) {
        let gone = json!({ "_id": id }).to_string();
        self.to_watchers(rid, RoomFeed::Deleted, || frames::of_room(rid, "deleteMessage", &gone)).await;
        self.room_is_stale(rid);
    }

    /// Sends the room's listeners something, made only if there are any.
    async fn to_watchers<B: Into<Block>>(&self, rid: &RoomId, feed: RoomFeed, write: impl FnOnce() -> B) {
        let index = self.settled().await;
        let mut watchers = index.watchers(rid, feed).peekable();
        if watchers.peek().is_some() {
            let block = write().into();
            watchers.for_each(|(_, outbox)| self.round.push_block(outbox, &block));
        }
    }

    async fn to_all_hearing(&self, rid: &RoomId, kind: RoomKind, name: Option<&str>, text: &str) -> Result<()> {
        let place = |room_participant| Place { room_participant, room_type: kind.letter(), room_name: name };
        let frame = |is_member| frames::my_message(text, &place(is_member)).share();
        let (mut of_members, mut of_others) = (None::<Shared>, None::<Shared>);
        let each = |is_member: bool, outbox: &Arc<Outbox>| {
            let made = if is_member { &mut of_members } else { &mut of_others };
            self.round.push(outbox, made.get_or_insert_with(|| frame(is_member)));
        };
        let (index, is_channel) = self.settled_about(rid, kind).await?;
        index.each_hearing_all(rid, is_channel, each);
        Ok(())
    }

    /// As [`FanOut::settled`]; and whether what was said in a room of this kind is for everybody who may see channels: it
    /// is not when the room is private by now.
    async fn settled_about(&self, rid: &RoomId, kind: RoomKind) -> Result<(RwLockReadGuard<'_, Index>, bool)> {
        loop {
            let epoch = {
                let index = self.settled().await;
                if kind != RoomKind::Channel || !index.is_turning(rid) {
                    return Ok((index, kind == RoomKind::Channel));
                }
                index.access_epoch()
            };
            let now = access::for_members(&self.chat, vec![rid.clone()]).await?.first().map(RoomDoc::kind);
            let index = self.settled().await;
            if index.access_epoch() == epoch {
                return Ok((index, now == Some(RoomKind::Channel)));
            }
        }
    }

    fn room_is_stale(&self, rid: &RoomId) {
        if self.hub.index().is_in_use(rid) {
            self.hub.stale.room(rid);
        }
    }

    /// A name is part of every member's subscription.
    fn room_changed(&self, rid: &RoomId, named: bool) {
        self.room_is_stale(rid);
        if named {
            self.hub.index_mut().turned(rid);
            let members: Vec<UserId> = self.hub.index().members(rid).cloned().collect();
            self.hub.stale.seats(rid, members, Change::Updated);
        }
    }

    async fn room_removed(&self, rid: &RoomId, kind: RoomKind) -> Result<()> {
        let members = {
            let mut index = self.hub.index_mut();
            index.turned(rid);
            index.forget_room(rid)
        };
        let room = format!("\"removed\",{}", json!({ "_id": rid, "t": kind.letter() }));
        for gone in streams::ended_with(&self.chat, rid, kind, &members).await? {
            self.hub.stale.forget(gone.uid(), rid);
            self.to_user(gone.uid(), Feed::Subscriptions, || format!("\"removed\",{}", frames::json(&gone)));
            self.to_user(gone.uid(), Feed::Rooms, || room.clone());
        }
        Ok(())
    }

    fn seat_inserted(&self, rid: &RoomId, uid: &UserId) {
        let listens = |feed| self.hub.index().user_listens(uid, feed);
        if listens(Feed::Subscriptions) || listens(Feed::Rooms) {
            self.hub.stale.seats(rid, [uid.clone()], Change::Inserted);
        }
    }

    fn seat_changed(&self, rid: &RoomId, uid: &UserId) {
        if self.hub.index_mut().touch(rid, uid) {
            self.hub.stale.seats(rid, [uid.clone()], Change::Updated);
        }
    }

    /// What no membership says otherwise is part of every one of them.
    fn seats_changed(&self, uid: &UserId) {
        let rooms: Vec<RoomId> = self.hub.index().memberships(uid).cloned().collect();
        rooms.iter().for_each(|rid| self.seat_changed(rid, uid));
    }

    async fn seat_removed(&self, gone: &SubscriptionRemoved) -> Result<()> {
        self.hub.stale.forget(&gone.uid, &gone.rid);
        if self.hub.index().user_listens(&gone.uid, Feed::Subscriptions) {
            let ended = streams::ended(&self.chat, gone.clone()).await?;
            self.to_user(&gone.uid, Feed::Subscriptions, || format!("\"removed\",{}", frames::json(&ended)));
        }
        Ok(())
    }

    /// Sends a user an own event, made only if anybody listens.
    fn to_user(&self, uid: &UserId, feed: Feed, arguments: impl FnOnce() -> String) {
        let index = self.hub.index();
        if index.user_listens(uid, feed) {
            let frame = frames::own(uid, feed, &arguments()).share();
            index.each_of(uid, feed, |outbox| self.round.push(outbox, &frame));
        }
    }

    /// Sends an event to everybody who listens to it.
    async fn to_everybody(&self, feed: Feed, arguments: &str) {
        let mut frame = None;
        let each = |outbox: &Arc<Outbox>| {
            self.round.push(outbox, frame.get_or_insert_with(|| frames::general(feed, arguments).share()));
        };
        self.settled().await.each_everywhere(feed, each);
    }

    async fn user_changed(&self, uid: &UserId, what: UserChange) -> Result<()> {
        if what == UserChange::Names
            && let Some(person) = people::named(&self.chat, [uid]).await?.get(uid)
        {
            let named = json!({ "_id": uid, "name": person.name, "username": person.username });
            self.to_everybody(Feed::NameChanged, &named.to_string()).await;
        }
        self.own_account(uid, what).await?;
        self.user_data(uid, what).await
    }

    /// Who shows messages of the account forgets them, or whose they were; nobody is told where they stay as they are.
    async fn user_removed(&self, uid: &UserId, erasure: Erasure) {
        let mut gone = json!({ "userId": uid, "messageErasureType": erasure.word() });
        match erasure {
            Erasure::Keep => return,
            Erasure::Delete => {}
            Erasure::Unlink => gone["replaceByUser"] = json!(streams::replacement()),
        }
        self.to_everybody(Feed::UserDeleted, &gone.to_string()).await;
    }

    /// Since they logged in the user's own sockets hold the account in a collection.
    async fn own_account(&self, uid: &UserId, what: UserChange) -> Result<()> {
        if !matches!(what, UserChange::Names | UserChange::Other) || !self.hub.index().is_online(uid) {
            return Ok(());
        }
        let Some(user) = streams::account(&self.chat, uid).await? else { return Ok(()) };
        let frame = ddp::changed("users", uid.as_str(), &OwnAccount::of(&user), &[]).share();
        let index = self.hub.index();
        let own = index.connections_of(uid).into_iter().filter_map(|connection| index.outbox(connection));
        own.for_each(|outbox| self.round.push(outbox, &frame));
        Ok(())
    }

    async fn user_data(&self, uid: &UserId, what: UserChange) -> Result<()> {
        if self.hub.index().user_listens(uid, Feed::UserData)
            && let Some(user) = streams::account(&self.chat, uid).await?
        {
            let diff = user_data::diff(&self.chat, &user, what);
            self.to_user(uid, Feed::UserData, || user_data::event(uid, &diff));
        }
        Ok(())
    }

    async fn setting_changed(&self, id: &SettingId) {
        let Some(summary) = self.chat.settings().summary(id.as_str()).map(|summary| frames::json(&summary)) else {
            return;
        };
        let arguments = format!("\"updated\",{summary}");
        self.to_everybody(Feed::PrivateSettings, &arguments).await;
        if setting::definition(id.as_str()).is_some_and(|definition| definition.public) {
            self.to_everybody(Feed::PublicSettings, &arguments).await;
            let info = format!("[\"{}\",[{arguments}]]", Feed::PublicSettings.event());
            self.to_everybody(Feed::PublicInfo, &info).await;
        }
    }

    async fn permission_changed(&self, id: &str) {
        let document = self.chat.permissions().document(id).map(|document| frames::json(&document));
        if let Some(document) = document {
            self.to_everybody(Feed::PermissionsChanged, &format!("\"updated\",{document}")).await;
        }
    }

    /// Told twice: to who keeps the roles, and to who shows them beside names.
    async fn role_changed(&self, role: &Role, how: &'static str) {
        let change = json!({
            "type": how,
            "_id": role.id,
            "name": role.name,
            "scope": role.scope,
            "description": role.description,
            "protected": role.protected,
            "mandatory2fa": role.mandatory_2fa,
        });
        self.to_everybody(Feed::Roles, &change.to_string()).await;
        if self.chat.settings().hot().display_roles {
            let change = json!({ "type": how, "_id": role.id });
            self.to_everybody(Feed::RolesChange, &change.to_string()).await;
        }
    }

    async fn role_granted(&self, uid: &UserId, role: &RoleId, scope: Option<&RoomId>, given: bool) -> Result<()> {
        if !self.chat.settings().hot().display_roles {
            return Ok(());
        }
        let people = people::named(&self.chat, [uid]).await?;
        let person = people.get(uid);
        let mut change = json!({
            "type": if given { "added" } else { "removed" },
            "_id": role,
            "u": {
                "_id": uid,
                "username": person.and_then(|person| person.username.as_ref()),
                "name": person.and_then(|person| person.name.as_ref()),
            },
        });
        match scope {
            Some(rid) => {
                change["scope"] = json!(rid);
                self.to_members(rid, Feed::RolesChange, &change.to_string()).await;
            }
            None => self.to_everybody(Feed::RolesChange, &change.to_string()).await,
        }
        Ok(())
    }

    /// Sends an event about a room to its members who listen to it: to others there may be no such room.
    async fn to_members(&self, rid: &RoomId, feed: Feed, arguments: &str) {
        let mut frame = None;
        let each = |_: &UserId, outbox: &Arc<Outbox>| {
            self.round.push(outbox, frame.get_or_insert_with(|| frames::general(feed, arguments).share()));
        };
        self.settled().await.each_of_members(rid, feed, each);
    }
}

fn are_messages_of_one_room(one: &Event, other: &Event) -> bool {
    match (one, other) {
        (Event::MessageSent(one), Event::MessageSent(other)) => one.message.rid == other.message.rid,
        _ => false,
    }
}

/// How many of these messages are sent in one piece: one, or as many as stay short together.
fn piece_of(sent: &[&MessageSent]) -> usize {
    let sizes = sent.iter().scan(0, |bytes, sent| {
        *bytes += sent.message.body.len();
        Some(*bytes)
    });
    sizes.take_while(|bytes| *bytes <= PIECE).count().max(1)
}
