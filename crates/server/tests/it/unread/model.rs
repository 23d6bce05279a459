//! What members see as unread, counted the simple way: a few numbers for each member, changed by every act.
//!
//! It shares nothing with the server, which derives the same from counters of the room.

use std::collections::BTreeMap;

/// A person, by place in the story's list.
pub(super) type Who = usize;

/// What one member sees of one room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) unread: i64,
    pub(super) user_mentions: i64,
    pub(super) group_mentions: i64,
    pub(super) alert: bool,
    pub(super) open: bool,
}

#[derive(Clone, Copy, Debug, Default)]
struct Seat {
    seen: Seen,
    /// Put into the sidebar since the room was archived.
    opened_since: bool,
}

/// A message that somebody wrote.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) id: String,
    pub(super) author: Who,
    gone: bool,
}

/// The kinds of the story's rooms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Channel,
    Group,
    Direct,
}

#[derive(Clone, Debug)]
pub(super) struct Room {
    pub(super) kind: Kind,
    pub(super) owner: Who,
    pub(super) archived: bool,
    pub(super) said: Vec<Said>,
    /// Something stands in its history, be it only that somebody came.
    begun: bool,
    seats: BTreeMap<Who, Seat>,
}

/// What `Unread_Count` can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counting {
    All,
    User,
    Group,
    Both,
}

impl Counting {
    pub(super) const EACH: [Self; 4] = [Self::All, Self::User, Self::Group, Self::Both];

    /// The setting's value.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::All => "all_messages",
            Self::User => "user_mentions_only",
            Self::Group => "group_mentions_only",
            Self::Both => "user_and_group_mentions_only",
        }
    }
}

/// All rooms, and what counts in them.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) rooms: Vec<Room>,
    pub(super) counting: Counting,
    /// `Unread_Count_DM`: everything that is said in a direct room counts, not only mentions.
    pub(super) counting_direct: bool,
}

impl Room {
    /// A new room in which nobody has anything unread.
    pub(super) fn new(kind: Kind, owner: Who, members: &[Who]) -> Self {
        let seat = Seat { seen: Seen { open: true, ..Seen::default() }, opened_since: false };
        let seats = members.iter().map(|who| (*who, seat)).collect();
        Self { kind, owner, archived: false, said: Vec::new(), begun: false, seats }
    }

    pub(super) fn is_member(&self, who: Who) -> bool {
        self.seats.contains_key(&who)
    }

    /// What somebody sees; nothing for who is no member. An archived room raises no alert, and is in the sidebar only of
    /// those who opened it since.
    pub(super) fn seen(&self, who: Who) -> Option<Seen> {
        let seat = self.seats.get(&who)?;
        let open = seat.seen.open && (!self.archived || seat.opened_since);
        Some(Seen { alert: seat.seen.alert && !self.archived, open, ..seat.seen })
    }

    fn change(&mut self, who: Who, change: impl FnOnce(&mut Seen)) {
        if let Some(seat) = self.seats.get_mut(&who) {
            change(&mut seat.seen);
            seat.opened_since = seat.seen.open;
        }
    }

    pub(super) fn read(&mut self, who: Who) {
        self.change(who, |seen| *seen = Seen { open: true, ..Seen::default() });
    }

    /// From the last message on; not where there is none.
    pub(super) fn mark_unread(&mut self, who: Who) {
        if self.begun || self.said.iter().any(|said| !said.gone) {
            self.change(who, |seen| *seen = Seen { unread: 1, alert: true, open: true, ..*seen });
        }
    }

    /// From one message on; not from an own one.
    pub(super) fn mark_unread_from(&mut self, who: Who, at: usize) {
        if self.said.get(at).is_some_and(|said| !said.gone && said.author != who) {
            self.change(who, |seen| *seen = Seen { unread: 1, alert: true, open: true, ..*seen });
        }
    }

    /// What is in no sidebar cannot be hidden.
    pub(super) fn hide(&mut self, who: Who) {
        if self.seen(who).is_some_and(|seen| seen.open) {
            self.change(who, |seen| (seen.open, seen.alert) = (false, false));
        }
    }

    pub(super) fn open(&mut self, who: Who) {
        self.change(who, |seen| seen.open = true);
    }

    pub(super) fn join(&mut self, who: Who) {
        self.come(who, Seen { alert: true, open: true, ..Seen::default() });
    }

    pub(super) fn be_invited(&mut self, who: Who) {
        self.come(who, Seen { unread: 1, user_mentions: 1, alert: true, open: true, ..Seen::default() });
    }

    fn come(&mut self, who: Who, seen: Seen) {
        if !self.is_member(who) {
            self.seats.insert(who, Seat { seen, opened_since: true });
            self.begun = true;
        }
    }

    pub(super) fn go(&mut self, who: Who) {
        self.seats.remove(&who);
        self.begun = true;
    }

    pub(super) fn archive(&mut self, archived: bool) {
        self.archived = archived;
        self.begun = true;
        for seat in self.seats.values_mut() {
            seat.opened_since = false;
        }
    }

    pub(super) fn delete(&mut self, at: usize) {
        if let Some(said) = self.said.get_mut(at) {
            said.gone = true;
        }
    }
}

/// A message, as far as counting goes.
#[derive(Clone, Debug)]
pub(super) struct Saying {
    pub(super) by: Who,
    pub(super) id: String,
    /// Named in it.
    pub(super) named: Vec<Who>,
    /// Who waits for a word that is in it.
    pub(super) waiting: Vec<Who>,
    /// `@all` or `@here` is in it.
    pub(super) everybody: bool,
}

impl Model {
    /// Members say something, and in a channel anybody; in an archived room nobody.
    pub(super) fn may_say(&self, room: usize, who: Who) -> bool {
        let room = &self.rooms[room];
        !room.archived && (room.kind == Kind::Channel || room.is_member(who))
    }

    pub(super) fn say(&mut self, room: usize, saying: Saying) {
        let direct = self.rooms[room].kind == Kind::Direct;
        let all = if direct { self.counting_direct } else { self.counting == Counting::All };
        let counts = |what: Counting| direct || [Counting::All, Counting::Both, what].contains(&self.counting);
        let Saying { by, id, named, waiting, everybody } = saying;
        let room = &mut self.rooms[room];
        let waiting = waiting.into_iter().filter(|who| room.is_member(*who));
        let meant: Vec<Who> = waiting.chain(named).filter(|who| *who != by).collect();
        for (who, Seat { seen, .. }) in room.seats.iter_mut().filter(|(who, _)| **who != by) {
            (seen.alert, seen.open) = (true, true);
            if meant.contains(who) {
                seen.unread += i64::from(counts(Counting::User));
                seen.user_mentions += 1;
            } else if everybody && meant.is_empty() {
                seen.unread += i64::from(counts(Counting::Group));
                seen.group_mentions += 1;
            } else if !everybody && all {
                seen.unread += 1;
            }
        }
        room.read(by);
        room.said.push(Said { id, author: by, gone: false });
    }
}
