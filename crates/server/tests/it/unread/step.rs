//! The acts that a story is made of, drawn at random.

use super::model::{Counting, Kind, Model, Who};
use rand::RngExt;
use rand::rngs::StdRng;

/// Words that somebody may be waiting for: the person at that place does.
pub(super) const WORDS: [&str; 5] = ["zebra", "quiche", "walrus", "ukulele", "ox"];

/// One act of one person.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) by: Who,
    pub(super) room: usize,
    pub(super) act: Act,
}

#[derive(Clone, Debug)]
pub(super) enum Act {
    Say(Text),
    /// Of a message by its place.
    Edit(usize, Text),
    Delete(usize),
    MarkUnreadFrom(usize),
    MarkUnread,
    Read,
    Hide,
    Open,
    Join,
    Leave,
    Invite(Who),
    Kick(Who),
    Archive,
    Unarchive,
    /// The direct room is asked for again.
    Direct,
    Count(Counting),
    CountDirect(bool),
    /// Waits for the own word, or does so no more.
    Wait(bool),
}

/// What is said.
#[derive(Clone, Debug, Default)]
pub(super) struct Text {
    pub(super) named: Vec<Who>,
    pub(super) everybody: Option<&'static str>,
    /// Whose word is in it.
    pub(super) words: Vec<Who>,
}

impl Text {
    fn draw(rng: &mut StdRng) -> Self {
        let some = |rng: &mut StdRng| (0..WORDS.len()).filter(|_| rng.random_ratio(1, 3)).collect();
        Self {
            named: if rng.random_ratio(2, 5) { some(rng) } else { Vec::new() },
            everybody: rng.random_ratio(1, 4).then(|| if rng.random() { "@all" } else { "@here" }),
            words: if rng.random_ratio(1, 5) { some(rng) } else { Vec::new() },
        }
    }

    /// As it is typed, by people of these names.
    pub(super) fn typed(&self, names: &[&str]) -> String {
        let words = self.words.iter().map(|who| WORDS[*who].to_uppercase());
        let named = self.named.iter().map(|who| format!("@{}", names[*who]));
        let all = ["well".to_owned()].into_iter().chain(words).chain(named).chain(self.everybody.map(str::to_owned));
        all.collect::<Vec<_>>().join(" ")
    }
}

impl Step {
    /// An act that is possible as things stand, or one that is refused and changes nothing.
    pub(super) fn draw(rng: &mut StdRng, model: &Model) -> Self {
        let room = rng.random_range(0..model.rooms.len());
        let by = rng.random_range(0..WORDS.len());
        let act = Self::draw_act(rng, model, room);
        let owner = model.rooms[room].owner;
        let by = if matches!(act, Act::Invite(_) | Act::Kick(_) | Act::Archive) { owner } else { by };
        let step = Self { by, room, act };
        if step.fits(model) { step } else { Self::draw(rng, model) }
    }

    fn draw_act(rng: &mut StdRng, model: &Model, room: usize) -> Act {
        let said = model.rooms[room].said.len();
        let message = |rng: &mut StdRng| said.saturating_sub(1 + rng.random_range(0..5));
        let other = |rng: &mut StdRng| rng.random_range(0..WORDS.len());
        match rng.random_range(0..100) {
            0..40 => Act::Say(Text::draw(rng)),
            40..52 => Act::Read,
            52..56 => Act::Edit(message(rng), Text::draw(rng)),
            56..60 => Act::Delete(message(rng)),
            60..64 => Act::MarkUnreadFrom(message(rng)),
            64..68 => Act::MarkUnread,
            68..74 => Act::Hide,
            74..77 => Act::Open,
            77..82 => Act::Join,
            82..85 => Act::Leave,
            85..88 => Act::Invite(other(rng)),
            88..90 => Act::Kick(other(rng)),
            90..92 => Act::Archive,
            92..94 => Act::Unarchive,
            94..96 => Act::Direct,
            96..98 => Act::Count(Counting::EACH[rng.random_range(0..4)]),
            98 => Act::CountDirect(rng.random()),
            _ => Act::Wait(rng.random()),
        }
    }

    /// Whether the act makes sense: members come and go only where that is possible. Other refusals are part of the story.
    fn fits(&self, model: &Model) -> bool {
        let room = &model.rooms[self.room];
        let may_move = room.kind != Kind::Direct && !room.archived;
        match &self.act {
            Act::Edit(at, _) | Act::Delete(at) | Act::MarkUnreadFrom(at) => *at < room.said.len(),
            Act::Join => may_move && room.kind == Kind::Channel,
            Act::Leave => may_move && self.by != room.owner,
            Act::Invite(_) => may_move,
            Act::Kick(who) => may_move && *who != room.owner,
            Act::Archive => may_move,
            Act::Unarchive => room.archived,
            Act::Direct => room.kind == Kind::Direct && room.is_member(self.by),
            _ => true,
        }
    }
}
