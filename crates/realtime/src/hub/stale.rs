//! What has changed and is not told yet: rooms and memberships whose newest state is to be sent.

use gantry_model::{RoomId, UserId};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::Instant;

/// How often a room's document is sent, at most: the first change at once, what follows together.
pub(super) const ROOM_PAUSE: Duration = Duration::from_millis(250);

/// How a membership changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// It is new to its owner.
    Inserted,
    /// It is not what it was.
    Updated,
}

/// See the head of this file.
#[derive(Default)]
pub(super) struct Stale {
    waiting: Mutex<Waiting>,
    wake: Notify,
}

#[derive(Default)]
struct Waiting {
    seats: HashMap<(UserId, RoomId), Change>,
    rooms: HashMap<RoomId, Turn>,
}

/// When a room may be sent again, and whether it is to be.
struct Turn {
    stale: bool,
    next: Instant,
}

/// What is to be read and sent now.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Due {
    pub(super) seats: Vec<((UserId, RoomId), Change)>,
    pub(super) rooms: Vec<RoomId>,
}

impl Due {
    pub(super) fn is_empty(&self) -> bool {
        self.seats.is_empty() && self.rooms.is_empty()
    }
}

impl Stale {
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// These memberships of one room changed.
    pub(super) fn seats(&self, rid: &RoomId, uids: impl IntoIterator<Item = UserId>, change: Change) {
        let mut waiting = self.lock();
        let before = waiting.seats.len();
        for uid in uids {
            // Who does not know of it yet must first hear that it is there.
            let known = waiting.seats.entry((uid, rid.clone())).or_insert(change);
            if change == Change::Inserted {
                *known = change;
            }
        }
        if before == 0 && !waiting.seats.is_empty() {
            self.wake.notify_one();
        }
    }

    /// A room's document changed.
    pub(super) fn room(&self, rid: &RoomId) {
        let mut waiting = self.lock();
        match waiting.rooms.get_mut(rid) {
            Some(turn) if turn.stale => return,
            Some(turn) => turn.stale = true,
            None => drop(waiting.rooms.insert(rid.clone(), Turn { stale: true, next: Instant::now() })),
        }
        self.wake.notify_one();
    }

    /// Nobody is to hear of a membership any more.
    pub(super) fn forget(&self, uid: &UserId, rid: &RoomId) {
        self.lock().seats.remove(&(uid.clone(), rid.clone()));
    }

    /// Takes up to `most` memberships and the rooms whose turn it is; and says when the next room's turn comes.
    pub(super) fn take(&self, most: usize, now: Instant) -> (Due, Option<Instant>) {
        let mut waiting = self.lock();
        let Waiting { seats, rooms } = &mut *waiting;
        let due = if seats.len() <= most {
            std::mem::take(seats).into_iter().collect()
        } else {
            let keys: Vec<_> = seats.keys().take(most).cloned().collect();
            keys.into_iter().filter_map(|key| seats.remove_entry(&key)).collect()
        };
        let ready = ready(rooms, now);
        let next = rooms.values().filter(|turn| turn.stale).map(|turn| turn.next).min();
        let next = if seats.is_empty() { next } else { Some(now) };
        (Due { seats: due, rooms: ready }, next)
    }

    /// Takes what is due if there are not more than `little` of all that waits.
    pub(super) fn take_little(&self, little: usize, now: Instant) -> Due {
        let mut waiting = self.lock();
        let Waiting { seats, rooms } = &mut *waiting;
        match seats.len() + rooms.len() <= little {
            true => Due { seats: std::mem::take(seats).into_iter().collect(), rooms: ready(rooms, now) },
            false => Due::default(),
        }
    }

    /// Puts back what was not sent: it is due again.
    pub(super) fn put_back(&self, due: Due) {
        let mut waiting = self.lock();
        for (seat, change) in due.seats {
            let known = waiting.seats.entry(seat).or_insert(change);
            if change == Change::Inserted {
                *known = change;
            }
        }
        for rid in due.rooms {
            waiting.rooms.insert(rid, Turn { stale: true, next: Instant::now() });
        }
        self.wake.notify_one();
    }

    /// Returns when something has changed.
    pub(super) async fn changed(&self) {
        self.wake.notified().await;
    }
}

/// The rooms whose turn it is, which is then over; quiet ones are forgotten.
fn ready(rooms: &mut HashMap<RoomId, Turn>, now: Instant) -> Vec<RoomId> {
    rooms.retain(|_, turn| turn.stale || turn.next > now);
    let due = rooms.iter_mut().filter(|(_, turn)| turn.stale && turn.next <= now);
    due.map(|(rid, turn)| {
        *turn = Turn { stale: false, next: now + ROOM_PAUSE };
        rid.clone()
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ann() -> UserId {
        UserId::new("ann")
    }

    fn room(rid: &str) -> RoomId {
        RoomId::new(rid)
    }

    #[tokio::test(start_paused = true)]
    async fn the_first_change_of_a_room_goes_at_once_the_next_ones_together() {
        let stale = Stale::default();
        let begin = Instant::now();
        let rooms = |at: u64| stale.take(9, begin + Duration::from_millis(at)).0.rooms.len();
        stale.room(&room("R"));
        assert_eq!(rooms(0), 1);
        for _ in 0..100 {
            stale.room(&room("R"));
        }
        let (due, next) = stale.take(9, begin + Duration::from_millis(100));
        assert_eq!((due.is_empty(), next), (true, Some(begin + ROOM_PAUSE)));
        assert_eq!((rooms(250), rooms(251), rooms(9_000)), (1, 0, 0));
        assert!(stale.lock().rooms.is_empty(), "a quiet room is forgotten");
    }

    #[test]
    fn a_new_membership_stays_new_until_it_is_told() {
        let stale = Stale::default();
        stale.seats(&room("R"), [ann()], Change::Inserted);
        stale.seats(&room("R"), [ann()], Change::Updated);
        stale.seats(&room("S"), [ann()], Change::Updated);
        stale.forget(&ann(), &room("S"));
        let (due, next) = stale.take(9, Instant::now());
        assert_eq!((due.seats, next), (vec![((ann(), room("R")), Change::Inserted)], None));
    }

    #[test]
    fn many_are_taken_in_parts() {
        let stale = Stale::default();
        stale.seats(&room("R"), (0..5).map(|n| UserId::from(n.to_string())), Change::Updated);
        let now = Instant::now();
        let sizes: Vec<_> = (0..4).map(|_| stale.take(2, now).0.seats.len()).collect();
        assert_eq!(sizes, [2, 2, 1, 0]);
    }

    #[test]
    fn much_is_left_where_little_is_taken() {
        let stale = Stale::default();
        stale.seats(&room("R"), (0..3).map(|n| UserId::from(n.to_string())), Change::Updated);
        stale.room(&room("R"));
        let now = Instant::now();
        assert!(stale.take_little(3, now).is_empty());
        let due = stale.take_little(4, now);
        assert_eq!((due.seats.len(), due.rooms.len()), (3, 1));
        assert!(stale.take_little(4, now).is_empty());
    }

    #[test]
    fn what_is_put_back_is_due_again() {
        let stale = Stale::default();
        stale.seats(&room("R"), [ann()], Change::Inserted);
        stale.room(&room("R"));
        let now = Instant::now();
        let (due, _) = stale.take(9, now);
        stale.seats(&room("R"), [ann()], Change::Updated);
        stale.put_back(due);
        let (due, _) = stale.take(9, Instant::now());
        assert_eq!(due, Due { seats: vec![((ann(), room("R")), Change::Inserted)], rooms: vec![room("R")] });
    }

    #[tokio::test]
    async fn a_change_wakes() {
        let stale = Stale::default();
        stale.room(&room("R"));
        stale.changed().await;
        stale.seats(&room("R"), [ann()], Change::Updated);
        stale.changed().await;
    }
}
