//! Bold, italic and struck text. Each may hold the others, none itself: that bounds their nesting.

use crate::chars::{self, ALNUM, BLANK, LINE_END, WORD};
use crate::emoji::Place;
use crate::parser::Parser;
use crate::tape::{Event, Mark, Node, Span};

/// What one is within.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Nest(u8);

impl Nest {
    pub(crate) const NONE: Self = Self(0);
    /// Within the label of a link.
    pub(crate) const LABEL: Self = Self(1 << 3);

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(crate) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl From<Mark> for Nest {
    fn from(mark: Mark) -> Self {
        Self(1 << mark as u8)
    }
}

impl Mark {
    fn of(sign: u8) -> Option<Self> {
        [Self::Bold, Self::Italic, Self::Strike].into_iter().find(|mark| mark.sign() == sign)
    }

    fn sign(self) -> u8 {
        self.double().as_bytes()[0]
    }

    fn single(self) -> &'static str {
        &self.double()[1..]
    }

    fn double(self) -> &'static str {
        match self {
            Self::Bold => "**",
            Self::Italic => "__",
            Self::Strike => "~~",
        }
    }
}

impl Parser<'_> {
    /// Emphasis that one is not within yet, or a name with an underscore, which is none.
    pub(crate) fn emphasis(&mut self, nest: Nest) -> bool {
        let Some(sign) = self.peek() else { return false };
        let Some(mark) = Mark::of(sign) else {
            return !nest.has(Mark::Italic.into()) && self.name_with_underscore();
        };
        if nest.has(mark.into()) || !self.may_close(mark) {
            return false;
        }
        self.marked(mark, mark.double(), nest) || self.marked(mark, mark.single(), nest)
    }

    fn may_close(&self, mark: Mark) -> bool {
        match mark {
            Mark::Bold => self.closes_after(self.pos + 1, |last| last.star),
            Mark::Italic => self.closes_after(self.pos + 1, |last| last.underscore),
            Mark::Strike => self.closes_after(self.pos + 1, |last| last.tilde),
        }
    }

    /// The sign, content, and the sign again. Italics with letters directly behind them are no italics.
    fn marked(&mut self, mark: Mark, sign: &str, nest: Nest) -> bool {
        self.has(self.pos, sign)
            && self.attempt(|text| {
                let opened = text.tape.len();
                let opening = Span { start: text.pos, end: text.pos + sign.len() };
                text.pos = opening.end;
                text.tape.push(Event::Open(Node::Emphasis(mark)));
                if !text.content(mark, nest.with(mark.into())) || !text.has(text.pos, sign) {
                    return false;
                }
                let end = text.pos + sign.len();
                let tail = if mark == Mark::Italic { text.word_after(end, sign) } else { end };
                if tail > end {
                    text.tape[opened] = Event::Open(Node::Literal(opening));
                }
                text.take(tail, Event::Close)
            })
    }

    /// Where the letters end that stand directly behind italics. Digits count behind two underscores.
    fn word_after(&mut self, at: usize, sign: &str) -> usize {
        let end = self.run(at, ALNUM);
        let word = &self.text[at..end];
        let digit = word.find(|c: char| c.is_ascii_digit()).filter(|_| sign.len() == 1);
        digit.map_or(end, |digit| at + digit)
    }

    /// What the marks hold: at least one thing, on one line.
    fn content(&mut self, mark: Mark, nest: Nest) -> bool {
        let start = self.pos;
        let mut fresh = true;
        while !self.meter.is_used_up() {
            fresh |= mark == Mark::Strike;
            fresh = match self.peek() {
                None | Some(b'\n') => break,
                Some(byte) if byte == mark.sign() => match fresh && self.face(Place::Within(mark), nest) {
                    true => true,
                    false => break,
                },
                Some(_) => !self.letters(nest) && (self.content_item(mark, nest, fresh) || self.character_within()),
            };
        }
        self.pos > start
    }

    /// Letters and digits that no rule could make anything of. The last one stays for the rules where a sign follows.
    fn letters(&mut self, nest: Nest) -> bool {
        if !self.is(self.pos, WORD) {
            return false;
        }
        let end = self.known_run(self.pos, WORD, |known| &mut known.words);
        if self.byte(end) == Some(b'_') && !nest.has(Mark::Italic.into()) {
            return false;
        }
        let alone = self.byte(end).is_none_or(|byte| chars::is(byte, BLANK | LINE_END));
        let last = self.text[self.pos..end].chars().next_back().map_or(0, char::len_utf8);
        let end = if alone { end } else { end - last };
        end > self.pos && self.take(end, Event::Text)
    }

    /// One thing within emphasis that is more than a character.
    fn content_item(&mut self, mark: Mark, nest: Nest, fresh: bool) -> bool {
        self.content_before_face(mark, nest, fresh) || fresh && self.face(Place::Within(mark), nest)
    }

    pub(crate) fn content_before_face(&mut self, mark: Mark, nest: Nest, fresh: bool) -> bool {
        self.meter.spend(1);
        mark == Mark::Strike && self.timestamp()
            || self.blank()
            || self.code()
            || self.link(nest)
            || self.user()
            || self.channel()
            || self.emphasis(nest)
            || fresh && self.emoji()
    }
}
