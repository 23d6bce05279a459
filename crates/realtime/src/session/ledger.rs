//! A connection's subscriptions: the client's names for them, and what each listens to.
//!
//! Packed into one block of bytes, since there are as many of these lists as connections, with some forty entries each,
//! and they are read only when a subscription comes or goes.

use crate::streams::{Feed, RoomFeed, Watch};
use gantry_model::RoomId;

/// Bytes that the subscriptions of one connection may take.
const MOST: usize = 256 * 1024;

/// See the head of this file.
///
/// An entry is a tag, the length of the client's name, that of the room's id (each two bytes), and both texts.
#[derive(Debug, Default)]
pub(super) struct Ledger(Vec<u8>);

/// There are too many subscriptions, or a name is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Full;

const HEAD: usize = 5;
const SILENT: u8 = 0;
const PRESENCE: u8 = 1;
const FEED: u8 = 0x20;
const ROOM: u8 = 0x40;

struct Entry<'a> {
    start: usize,
    end: usize,
    tag: u8,
    id: &'a str,
    rid: &'a str,
}

impl Entry<'_> {
    fn watch(&self) -> Watch {
        let own = usize::from(self.tag & 0x1f);
        match self.tag & !0x1f {
            FEED => Feed::ALL.get(own).map_or(Watch::Silent, |feed| Watch::Feed(*feed)),
            ROOM => RoomFeed::ALL.get(own).map_or(Watch::Silent, |feed| Watch::Room(RoomId::new(self.rid), *feed)),
            _ if self.tag == PRESENCE => Watch::Presence,
            _ => Watch::Silent,
        }
    }
}

fn tag(watch: &Watch) -> (u8, &str) {
    match watch {
        Watch::Silent => (SILENT, ""),
        Watch::Presence => (PRESENCE, ""),
        Watch::Feed(feed) => (FEED | *feed as u8, ""),
        Watch::Room(rid, feed) => (ROOM | *feed as u8, rid.as_str()),
    }
}

impl Ledger {
    /// Notes a subscription, in place of one of the same name.
    pub(super) fn add(&mut self, id: &str, watch: &Watch) -> Result<(), Full> {
        let (tag, rid) = tag(watch);
        let (Ok(id_len), Ok(rid_len)) = (u16::try_from(id.len()), u16::try_from(rid.len())) else { return Err(Full) };
        let size = HEAD + id.len() + rid.len();
        if self.0.len() + size > MOST {
            return Err(Full);
        }
        self.0.reserve_exact(size);
        self.0.push(tag);
        self.0.extend(id_len.to_le_bytes());
        self.0.extend(rid_len.to_le_bytes());
        self.0.extend(id.as_bytes());
        self.0.extend(rid.as_bytes());
        Ok(())
    }

    /// Forgets a subscription; what it listened to.
    pub(super) fn remove(&mut self, id: &str) -> Option<Watch> {
        let found = self.entries().find(|entry| entry.id == id).map(|entry| (entry.start..entry.end, entry.watch()));
        let (place, watch) = found?;
        self.0.drain(place);
        if self.0.len() < self.0.capacity() / 2 {
            self.0.shrink_to_fit();
        }
        Some(watch)
    }

    /// Whether a subscription listens to this.
    pub(super) fn holds(&self, watch: &Watch) -> bool {
        let (tag, rid) = tag(watch);
        self.entries().any(|entry| entry.tag == tag && entry.rid == rid)
    }

    /// What is listened to, each once.
    pub(super) fn watches(&self) -> Vec<Watch> {
        self.entries().map(|entry| entry.watch()).fold(Vec::new(), |mut all, watch| {
            if !all.contains(&watch) {
                all.push(watch);
            }
            all
        })
    }

    /// Forgets the subscriptions that listen to such; their names.
    pub(super) fn take(&mut self, such: impl Fn(&Watch) -> bool) -> Vec<String> {
        let found = self.entries().filter(|entry| such(&entry.watch())).map(|entry| entry.id.to_owned());
        let names: Vec<String> = found.collect();
        names.iter().for_each(|name| drop(self.remove(name)));
        names
    }

    fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let entry = self.entry(at)?;
            at = entry.end;
            Some(entry)
        })
    }

    fn entry(&self, start: usize) -> Option<Entry<'_>> {
        let head = self.0.get(start..start + HEAD)?;
        let length = |at: usize| usize::from(u16::from_le_bytes([head[at], head[at + 1]]));
        let (id_at, rid_at) = (start + HEAD, start + HEAD + length(1));
        let end = rid_at + length(3);
        let text = |from: usize, to: usize| self.0.get(from..to).and_then(|bytes| std::str::from_utf8(bytes).ok());
        Some(Entry { start, end, tag: head[0], id: text(id_at, rid_at)?, rid: text(rid_at, end)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn room(rid: &str) -> Watch {
        Watch::Room(RoomId::new(rid), RoomFeed::Messages)
    }

    #[test]
    fn everything_that_can_be_listened_to() {
        let mut ledger = Ledger::default();
        let feeds = Feed::ALL.iter().map(|feed| Watch::Feed(*feed));
        let rooms = RoomFeed::ALL.iter().map(|feed| Watch::Room("R".into(), *feed));
        let all: Vec<Watch> = [Watch::Silent, Watch::Presence].into_iter().chain(feeds).chain(rooms).collect();
        for (at, watch) in all.iter().enumerate() {
            assert!(!ledger.holds(watch));
            ledger.add(&at.to_string(), watch).unwrap();
            assert!(ledger.holds(watch));
        }
        for (at, watch) in all.iter().enumerate() {
            assert_eq!(ledger.remove(&at.to_string()).as_ref(), Some(watch));
            assert!(!ledger.holds(watch));
        }
        assert_eq!((ledger.remove("0"), ledger.0.capacity()), (None, 0));
    }

    #[test]
    fn one_of_two_may_go() {
        let mut ledger = Ledger::default();
        ledger.add("a", &room("R")).unwrap();
        ledger.add("b", &room("R")).unwrap();
        assert_eq!(ledger.remove("a"), Some(room("R")));
        assert!(ledger.holds(&room("R")) && !ledger.holds(&room("S")));
    }

    #[test]
    fn who_logs_out_hears_only_what_everybody_does() {
        let mut ledger = Ledger::default();
        let all = Watch::Feed(Feed::PublicSettings);
        for (id, watch) in [("a", &room("R")), ("b", &Watch::Feed(Feed::Rooms)), ("c", &all), ("d", &Watch::Presence)] {
            ledger.add(id, watch).unwrap();
        }
        ledger.add("e", &room("R")).unwrap();
        assert_eq!(ledger.watches().len(), 4);
        assert_eq!(ledger.take(|watch| *watch != all), ["a", "b", "d", "e"]);
        assert_eq!(ledger.watches(), [all]);
    }

    #[test]
    fn there_is_a_bound() {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.add(&"x".repeat(70_000), &Watch::Silent), Err(Full));
        let taken = (0..MOST).take_while(|at| ledger.add(&format!("{at:011}"), &Watch::Silent).is_ok()).count();
        assert_eq!(taken, MOST / 16);
    }

    #[test]
    fn forty_subscriptions_are_small() {
        let mut ledger = Ledger::default();
        for at in 0..34 {
            ledger.add(&format!("x{at}"), &Watch::Silent).unwrap();
        }
        for at in 0..4 {
            ledger.add(&format!("s{at}"), &room("rrrrrrrrrrrrrrrrr")).unwrap();
        }
        assert!(ledger.0.capacity() <= 400, "{}", ledger.0.capacity());
    }

    proptest! {
        #[test]
        fn any_names(ids in proptest::collection::hash_set(".{0,40}", 0..20), rid in ".{0,40}") {
            let mut ledger = Ledger::default();
            for id in &ids {
                ledger.add(id, &room(&rid)).unwrap();
            }
            for id in &ids {
                prop_assert_eq!(ledger.remove(id), Some(room(&rid)));
            }
            prop_assert!(ledger.0.is_empty());
        }
    }
}
