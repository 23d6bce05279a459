//! The task that reads the newest state of what changed, and sends it to those whom it concerns.
//!
//! It stays behind the fan-out: before it sends what it read, everything that was committed by then has been told, so
//! that a message comes before the room that carries it as its last one. And it sends only what its receiver may still
//! hear at that moment.
//!
//! Where a message changed little, and nothing was read a moment ago, the fan-out [reads it itself](along), and who listens
//! to the message, the membership and the room gets all three in one write.

use super::round::Round;
use super::stale::{Change, Due};
use super::{Hub, frames};
use crate::ddp::EVENT_END;
use crate::frame::{Draft, Shared};
use crate::outbox::{Key, Topic};
use crate::streams::{Feed, RoomFeed};
use gantry_chat::Chat;
use gantry_chat::access::{self, RoomDoc};
use gantry_chat::subscriptions::{self, SubscriptionDoc};
use gantry_model::{Result, RoomId, UserId};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::{Instant, sleep, sleep_until, timeout};

/// Memberships that are read at once.
const MOST: usize = 512;
/// How often it reads, at most.
const PAUSE: Duration = Duration::from_millis(20);
/// How long it waits when the store is out of reach.
const PATIENCE: Duration = Duration::from_secs(1);

/// Of so little the fan-out reads the newest state itself.
const LITTLE: usize = 32;
/// And its messages wait no longer for that.
const BRIEF: Duration = Duration::from_millis(5);

/// The right to read and send, and when somebody last did: of two at once, who read first might send last.
pub(super) type Reading = Mutex<Option<Instant>>;

/// Sends what changes, for ever.
pub(super) async fn run(chat: Chat, hub: Arc<Hub>) {
    let round = Round::default();
    loop {
        let mut last = hub.reading.lock().await;
        let begin = Instant::now();
        if let Some(pause) = pause_after(*last, begin) {
            drop(last);
            sleep_until(pause).await;
            continue;
        }
        let (due, next) = hub.stale.take(MOST, begin);
        if due.is_empty() {
            drop(last);
            wait(&hub, next).await;
            continue;
        }
        match read(&chat, &hub, &due).await {
            Ok(fresh) => {
                hub.caught_up().await;
                fresh.send(&hub, &round, &due);
                round.flush();
                *last = Some(begin);
            }
            Err(error) => {
                drop(last);
                tracing::warn!(cause = error.cause(), "what changed could not be read yet");
                hub.stale.put_back(due);
                sleep(PATIENCE).await;
            }
        }
    }
}

/// When it may be read again, if not now.
fn pause_after(last: Option<Instant>, now: Instant) -> Option<Instant> {
    last.map(|last| last + PAUSE).filter(|next| *next > now)
}

/// The fan-out's right to read along with what it is about to tell: nothing where the refresher is at it, or somebody has
/// just been. Until it is given back, the refresher waits.
pub(super) fn may_read(hub: &Hub) -> Option<MutexGuard<'_, Option<Instant>>> {
    hub.reading.try_lock().ok().filter(|last| pause_after(**last, Instant::now()).is_none())
}

/// Queues the newest state of what the fan-out has just told, which are so many batches, if it is little and quickly read.
/// Else that is left to the refresher, as it is where more was committed meanwhile: what was read may already be of that.
/// The refresher then goes on at once, or who writes without a pause would put it off for ever.
pub(super) async fn along(
    chat: &Chat,
    hub: &Hub,
    round: &Round,
    telling: usize,
    mut last: MutexGuard<'_, Option<Instant>>,
) {
    if !hub.progress.ends_with(telling) {
        return;
    }
    let begin = Instant::now();
    let due = hub.stale.take_little(LITTLE, begin);
    if due.is_empty() {
        return;
    }
    match timeout(BRIEF, read(chat, hub, &due)).await {
        Ok(Ok(fresh)) if hub.progress.ends_with(telling) => {
            fresh.send(hub, round, &due);
            *last = Some(begin);
        }
        _ => hub.stale.put_back(due),
    }
}

async fn wait(hub: &Hub, next: Option<Instant>) {
    match next {
        None => hub.stale.changed().await,
        Some(next) => {
            tokio::select! {
                () = hub.stale.changed() => {}
                () = sleep_until(next) => {}
            }
        }
    }
}

/// What was read.
struct Fresh {
    seats: Vec<(UserId, SubscriptionDoc)>,
    rooms: Vec<RoomDoc>,
}

async fn read(chat: &Chat, hub: &Hub, due: &Due) -> Result<Fresh> {
    let (pairs, rids) = wanted(hub, due);
    let seats = async {
        match pairs.is_empty() {
            true => Ok(Vec::new()),
            false => subscriptions::docs_for(chat, &pairs).await,
        }
    };
    let rooms = async {
        match rids.is_empty() {
            true => Ok(Vec::new()),
            false => access::for_members(chat, rids).await,
        }
    };
    let (seats, rooms) = futures_util::future::join(seats, rooms).await;
    Ok(Fresh { seats: seats?, rooms: rooms? })
}

/// What of the changes anybody listens to.
fn wanted(hub: &Hub, due: &Due) -> (Vec<(UserId, RoomId)>, Vec<RoomId>) {
    let index = hub.index();
    let listens = |(uid, _): &&(UserId, RoomId)| index.user_listens(uid, Feed::Subscriptions);
    let pairs = due.seats.iter().map(|(pair, _)| pair).filter(listens).cloned().collect();
    let new = due.seats.iter().filter(|(_, change)| *change == Change::Inserted).map(|(pair, _)| pair);
    let new = new.filter(|(uid, _)| index.user_listens(uid, Feed::Rooms)).map(|(_, rid)| rid);
    let changed = due
        .rooms
        .iter()
        .filter(|rid| index.is_watched(rid, RoomFeed::Document) || index.any_member_listens(rid, Feed::Rooms));
    let rids: HashSet<&RoomId> = new.chain(changed).collect();
    (pairs, rids.into_iter().cloned().collect())
}

impl Fresh {
    fn send(&self, hub: &Hub, round: &Round, due: &Due) {
        let changes: HashMap<(&UserId, &RoomId), Change> =
            due.seats.iter().map(|((uid, rid), change)| ((uid, rid), *change)).collect();
        for (uid, doc) in &self.seats {
            let change = changes.get(&(uid, doc.rid())).copied().unwrap_or(Change::Updated);
            send_seat(hub, round, uid, doc, change);
        }
        for doc in &self.rooms {
            let room = Draft::from(&*frames::json(doc)).share();
            let new = changes.iter().filter(|((_, rid), change)| *rid == doc.id() && **change == Change::Inserted);
            new.for_each(|((uid, rid), _)| send_new_room(hub, round, uid, rid, &room));
            if due.rooms.contains(doc.id()) {
                send_room(hub, round, doc.id(), &room);
            }
        }
    }
}

fn send_seat(hub: &Hub, round: &Round, uid: &UserId, doc: &SubscriptionDoc, change: Change) {
    let index = hub.index();
    if index.is_member(uid, doc.rid()) {
        let word = if change == Change::Inserted { "inserted" } else { "updated" };
        let frame = frames::own(uid, Feed::Subscriptions, &format!("\"{word}\",{}", frames::json(doc))).share();
        index.each_of(uid, Feed::Subscriptions, |outbox| round.push(outbox, &frame));
    }
}

fn send_new_room(hub: &Hub, round: &Round, uid: &UserId, rid: &RoomId, room: &Shared) {
    let Some(index) = hub.settled_index() else { return hub.stale.seats(rid, [uid.clone()], Change::Inserted) };
    if index.hears(uid, rid) {
        let arguments = format!("\"inserted\",{}", room.text());
        let frame = frames::own(uid, Feed::Rooms, &arguments).share();
        index.each_of(uid, Feed::Rooms, |outbox| round.push(outbox, &frame));
    }
}

/// Every member gets the same document behind an own beginning; nothing of it is copied. While it is in doubt who may hear
/// of the room, that waits.
pub(super) fn send_room(hub: &Hub, round: &Round, rid: &RoomId, room: &Shared) {
    let Some(index) = hub.settled_index() else { return hub.stale.room(rid) };
    let Some(slot) = index.room_slot(rid) else { return };
    let key = Key { topic: Topic::Room, of: slot, by: 0 };
    index.each_of_members(rid, Feed::Rooms, |uid, outbox| {
        let mut start = frames::own_start(uid, Feed::Rooms);
        start.push("\"updated\",");
        round.push_latest(outbox, key, start.splice(outbox.form(), room, EVENT_END));
    });
    let mut frame = None;
    for (_, outbox) in index.watchers(rid, RoomFeed::Document) {
        round.push(outbox, frame.get_or_insert_with(|| frames::room_data(rid, room.text()).share()));
    }
}
