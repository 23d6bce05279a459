//! What changed in a room since a client last asked: `chat.syncMessages`.
//!
//! The cursor is the server's own time of writing, `_updatedAt`, and exact: a page ends with the end of a stamp, and
//! nothing is written later with a stamp that a page has covered.

use crate::access;
use crate::changes::Removed;
use crate::rooms::{self, RoomRef};
use crate::{Caller, people};
use gantry_model::wire::{self, Wire};
use gantry_model::{Error, Message, MessageId, MessageView, Millis, Result, RoomId};
use gantry_store::Conn;
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// Messages, and remains of messages, of one answer at most.
const MOST: i64 = 10_000;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// Everything that came, changed or went after this.
    LastUpdate(Millis),
    /// A page of one kind, forwards from after this.
    Next(Kind, Millis),
    /// A page of one kind, backwards from before this.
    Previous(Kind, Millis),
}

/// What a page is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What came or changed.
    Updated,
    /// What went.
    Deleted,
}

/// What changed.
pub struct Synced {
    /// Messages that came or changed: newest first without pages, else in the page's direction.
    pub updated: Vec<MessageView>,
    /// The remains of those that went.
    pub deleted: Vec<Removed>,
    /// Where the pages before and after begin; only with pages.
    pub cursor: Option<Cursor>,
}

/// Where other pages begin; nothing where there are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// For [`Since::Next`].
    pub next: Option<Millis>,
    /// For [`Since::Previous`].
    pub previous: Option<Millis>,
}

impl Synced {
    /// The JSON of `result` of `chat.syncMessages` for `wire`.
    pub fn render(&self, wire: Wire) -> String {
        let updated = MessageView::render_all(&self.updated, wire);
        let deleted = wire::to_string(wire, &self.deleted);
        match &self.cursor {
            None => format!("{{\"updated\":{updated},\"deleted\":{deleted}}}"),
            Some(cursor) => {
                let cursor = wire::to_string(wire, cursor);
                format!("{{\"updated\":{updated},\"deleted\":{deleted},\"cursor\":{cursor}}}")
            }
        }
    }
}

/// Cursors are milliseconds as text.
impl Serialize for Cursor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = |at: Option<Millis>| at.map(|at| at.0.to_string());
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("next", &text(self.next))?;
        map.serialize_entry("previous", &text(self.previous))?;
        map.end()
    }
}

/// What changed in a room; `count` bounds a page.
///
/// Without pages: the 10,000 that changed last and the 10,000 that went last, at most; what is older is in the history.
///
/// # Errors
/// `error-not-allowed` with `details.method` `messages/get`, also where there is no such room.
pub async fn sync(cx: &Caller, rid: &RoomId, since: Since, count: i64) -> Result<Synced> {
    let (me, rid, count) = (cx.clone(), rid.clone(), count.clamp(1, MOST));
    let cursor = match since {
        Since::LastUpdate(cursor) | Since::Next(_, cursor) => Some(cursor),
        Since::Previous(..) => None,
    };
    let read = move |db: &mut Conn, from: Option<Millis>| {
        let found = rooms::look_up(&me, db, &RoomRef::Id(rid.clone()))?;
        if !found.is_some_and(|found| access::may_read(&me, &found)) {
            return Err(Error::not_allowed("messages/get"));
        }
        let from = from.unwrap_or_default();
        let (messages, removed, cursor) = match since {
            Since::LastUpdate(_) => all(db, &rid, from)?,
            Since::Next(Kind::Updated, cursor) => updated_after(db, &rid, (from, cursor), count)?,
            Since::Next(Kind::Deleted, cursor) => removed_after(db, &rid, (from, cursor), count)?,
            Since::Previous(Kind::Updated, cursor) => updated_before(db, &rid, cursor, count)?,
            Since::Previous(Kind::Deleted, cursor) => removed_before(db, &rid, cursor, count)?,
        };
        let deleted = removed.into_iter().map(|(id, at)| Removed { id: id.to_string(), at }).collect();
        Ok(Synced { updated: people::views_in(me.chat(), db, messages)?, deleted, cursor })
    };
    cx.chat().store().sync(cursor, read).await
}

type Remains = (MessageId, Millis);
type Read = (Vec<Message>, Vec<Remains>, Option<Cursor>);

fn all(db: &mut Conn, rid: &RoomId, from: Millis) -> Result<Read> {
    let mut updated = db.messages().newest_updated(rid, from, MOST)?;
    updated.sort_by_key(|message| std::cmp::Reverse((message.ts, message.place)));
    Ok((updated, db.messages().newest_removed(rid, from, MOST)?, None))
}

/// A page forwards from `cursor`. Where stamps are not given in the order of commits, `from` reaches further back: what
/// may have been overlooked comes once more, before the page, and does not count in it.
fn updated_after(db: &mut Conn, rid: &RoomId, (from, cursor): (Millis, Millis), count: i64) -> Result<Read> {
    let read = |after, count| db.messages().updated_since(rid, after, count);
    let (page, ends) = paged(read, |message| message.updated, cursor, count)?;
    let mut messages = match from < cursor {
        true => db.messages().updated_between(rid, from, cursor, MOST)?,
        false => Vec::new(),
    };
    messages.extend(page);
    Ok((messages, Vec::new(), Some(ends.forwards())))
}

/// As [`updated_after`].
fn removed_after(db: &mut Conn, rid: &RoomId, (from, cursor): (Millis, Millis), count: i64) -> Result<Read> {
    let read = |after, count| db.messages().removed_since(rid, after, count);
    let (page, ends) = paged(read, |(_, at)| *at, cursor, count)?;
    let mut removed = match from < cursor {
        true => db.messages().removed_since(rid, from, MOST)?,
        false => Vec::new(),
    };
    removed.retain(|(_, at)| *at <= cursor);
    removed.extend(page);
    Ok((Vec::new(), removed, Some(ends.forwards())))
}

fn updated_before(db: &mut Conn, rid: &RoomId, cursor: Millis, count: i64) -> Result<Read> {
    let read = |before, count| db.messages().updated_before(rid, before, count);
    let (page, ends) = paged(read, |message| message.updated, cursor, count)?;
    Ok((page, Vec::new(), Some(ends.backwards())))
}

fn removed_before(db: &mut Conn, rid: &RoomId, cursor: Millis, count: i64) -> Result<Read> {
    let read = |before, count| db.messages().removed_before(rid, before, count);
    let (page, ends) = paged(read, |(_, at)| *at, cursor, count)?;
    Ok((Vec::new(), page, Some(ends.backwards())))
}

/// A page, and where it ends; whether another follows is asked for only after a full one.
fn paged<T>(
    mut read: impl FnMut(Millis, i64) -> Result<Vec<T>>,
    stamp: impl Fn(&T) -> Millis,
    cursor: Millis,
    count: i64,
) -> Result<(Vec<T>, Ends)> {
    let page = read(cursor, count)?;
    let (first, last) = (page.first().map(&stamp), page.last().map(&stamp));
    let full = i64::try_from(page.len()).is_ok_and(|found| found >= count);
    let more = match last {
        Some(last) if full => !read(last, 1)?.is_empty(),
        _ => false,
    };
    Ok((page, Ends { first, last, more }))
}

/// The stamps of a page's first and last, and whether there is more behind it.
struct Ends {
    first: Option<Millis>,
    last: Option<Millis>,
    more: bool,
}

impl Ends {
    fn forwards(&self) -> Cursor {
        Cursor { next: self.last.filter(|_| self.more), previous: self.first }
    }

    fn backwards(&self) -> Cursor {
        Cursor { next: self.first, previous: self.last.filter(|_| self.more) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_are_text_and_always_there() {
        let json = |cursor: Cursor| wire::to_string(Wire::Rest, &cursor);
        assert_eq!(json(Cursor::default()), "{\"next\":null,\"previous\":null}");
        let ends = |more| Ends { first: Some(Millis(5)), last: Some(Millis(9)), more };
        assert_eq!(json(ends(true).forwards()), "{\"next\":\"9\",\"previous\":\"5\"}");
        assert_eq!(json(ends(false).forwards()), "{\"next\":null,\"previous\":\"5\"}");
        assert_eq!(json(ends(true).backwards()), "{\"next\":\"5\",\"previous\":\"9\"}");
        let none = Synced { updated: Vec::new(), deleted: Vec::new(), cursor: None };
        assert_eq!(none.render(Wire::Rest), "{\"updated\":[],\"deleted\":[]}");
        let paged = Synced { cursor: Some(Cursor::default()), ..none };
        let expected = "{\"updated\":[],\"deleted\":[],\"cursor\":{\"next\":null,\"previous\":null}}";
        assert_eq!(paged.render(Wire::Rest), expected);
    }
}
