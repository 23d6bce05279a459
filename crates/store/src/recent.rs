//! Which rooms were written to lately: a sync read looks at those alone, not at everything its user is a member of.
//!
//! Every write to a room or a membership holds the room's key, or tells of it under that key. Only where one process writes:
//! other nodes' writes are not seen here.

use gantry_model::event::Key;
use gantry_model::{Millis, RoomId};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Rooms that are remembered.
const KEPT: usize = 20_000;
/// More than so many are no help: looking at what the user is a member of is as good.
const MOST: usize = 500;

/// See the head of this file.
pub(crate) struct Recent(Mutex<State>);

struct State {
    /// What was written after this stamp is known.
    since: Millis,
    last: HashMap<RoomId, Millis>,
    order: BTreeSet<(Millis, RoomId)>,
}

impl Recent {
    /// Knows nothing of what was written up to `stamp`.
    pub(crate) fn after(stamp: Millis) -> Self {
        Self(Mutex::new(State { since: stamp, last: HashMap::new(), order: BTreeSet::new() }))
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A batch with this stamp, which held or told of these keys, was committed.
    pub(crate) fn note<'a>(&self, stamp: Millis, keys: impl Iterator<Item = &'a Key>) {
        let mut state = self.lock();
        for key in keys {
            if let Key::Room(rid) = key {
                state.written(rid, stamp);
            }
        }
    }

    /// Something may have been written that is not known, up to `stamp`.
    pub(crate) fn missed(&self, stamp: Millis) {
        let mut state = self.lock();
        state.since = state.since.max(stamp);
    }

    /// The rooms that were written to after `cursor`; nothing when not all of them are known, or they are many.
    pub(crate) fn written_after(&self, cursor: Millis) -> Option<Vec<RoomId>> {
        let state = self.lock();
        if cursor < state.since {
            return None;
        }
        let later = state.order.iter().rev().take_while(|(at, _)| *at > cursor);
        let rooms: Vec<RoomId> = later.map(|(_, rid)| rid.clone()).take(MOST + 1).collect();
        (rooms.len() <= MOST).then_some(rooms)
    }
}

impl State {
    fn written(&mut self, rid: &RoomId, at: Millis) {
        match self.last.insert(rid.clone(), at) {
            Some(before) if before == at => return,
            Some(before) => drop(self.order.remove(&(before, rid.clone()))),
            None => {}
        }
        self.order.insert((at, rid.clone()));
        if self.order.len() > KEPT
            && let Some((forgotten, oldest)) = self.order.pop_first()
        {
            self.last.remove(&oldest);
            self.since = self.since.max(forgotten);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(recent: &Recent, stamp: i64, rooms: &[&str]) {
        let keys: Vec<Key> = rooms.iter().map(|rid| Key::Room(RoomId::new(rid))).collect();
        recent.note(Millis(stamp), keys.iter().chain([&Key::Server]));
    }

    fn after(recent: &Recent, cursor: i64) -> Option<Vec<String>> {
        let mut rooms: Vec<_> = recent.written_after(Millis(cursor))?.iter().map(ToString::to_string).collect();
        rooms.sort_unstable();
        Some(rooms)
    }

    fn texts(list: &[&str]) -> Option<Vec<String>> {
        Some(list.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn the_last_write_of_a_room_counts() {
        let recent = Recent::after(Millis(10));
        note(&recent, 20, &["a", "b", "a"]);
        note(&recent, 30, &["a"]);
        assert_eq!(after(&recent, 9), None, "what came before is not known");
        assert_eq!(after(&recent, 10), texts(&["a", "b"]));
        assert_eq!(after(&recent, 20), texts(&["a"]));
        assert_eq!(after(&recent, 30), texts(&[]));
        recent.missed(Millis(25));
        assert_eq!((after(&recent, 24), after(&recent, 25)), (None, texts(&["a"])));
    }

    #[test]
    fn many_rooms_are_no_help_and_memory_is_bounded() {
        let recent = Recent::after(Millis(0));
        for at in 0..i64::try_from(KEPT).unwrap() + 10 {
            note(&recent, at + 1, &[&format!("room{at}")]);
        }
        assert_eq!(recent.lock().order.len(), KEPT);
        assert_eq!(recent.lock().last.len(), KEPT);
        let newest = i64::try_from(KEPT).unwrap() + 10;
        assert_eq!(after(&recent, newest - 3).map(|rooms| rooms.len()), Some(3));
        assert_eq!(after(&recent, 9), None);
        assert_eq!(after(&recent, newest - i64::try_from(MOST).unwrap() - 1), None);
    }
}
