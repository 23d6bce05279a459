//! Emoji: by name, as characters, and as faces made of signs.

use crate::ast::{BigEmoji, Emoji, NamedEmoji, Plain, UnicodeEmoji};
use crate::chars::{BLANK, EMOJI_NAME, LINE_END};
use crate::emphasis::Nest;
use crate::faces;
use crate::parser::Parser;
use crate::tape::{Event, Mark, Span};

const JOINER: char = '\u{200D}';

/// Where a face stands, which decides what may follow it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Place {
    /// In running text or a spoiler.
    Line,
    /// Within emphasis.
    Within(Mark),
    /// In a message of emoji alone.
    Alone,
}

/// A row of faces that was looked at: the last one decides for them all.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row {
    place: Place,
    nest: Nest,
    /// Where the next face of the row starts, and the last one ends.
    rest: Span,
    stands: bool,
}

impl Parser<'_> {
    /// `:name:`, or an emoji character.
    pub(crate) fn emoji(&mut self) -> bool {
        if self.peek() == Some(b':') {
            let start = self.pos + 1;
            let end = self.run(start, EMOJI_NAME);
            return end > start && self.byte(end) == Some(b':') && {
                self.tape.push(Event::Named(Span { start, end }));
                self.pos = end + 1;
                true
            };
        }
        self.picture_end(self.pos).is_some_and(|end| self.take(end, Event::Picture))
    }

    /// A face, where something that is no mere character follows it.
    pub(crate) fn face(&mut self, place: Place, nest: Nest) -> bool {
        if !self.options.emoticons {
            return false;
        }
        self.meter.spend(1);
        let Some((face, name)) = faces::starting(&self.text[self.pos..]) else { return false };
        let end = self.pos + face.len();
        let stands = matches!(place, Place::Alone | Place::Within(Mark::Strike)) || self.face_stands(end, place, nest);
        stands && self.take(end, |span| Event::Face(span, name))
    }

    /// Whether a face that ends here may stand.
    fn face_stands(&mut self, end: usize, place: Place, nest: Nest) -> bool {
        let known = self.known.faces.filter(|row| (row.rest.start, row.place, row.nest) == (self.pos, place, nest));
        let (last, stands) = match known {
            Some(row) => (row.rest.end, row.stands),
            None => self.row_stands(end, place, nest),
        };
        let rest = Span { start: end, end: last };
        self.known.faces = (end < last).then_some(Row { place, nest, rest, stands });
        stands
    }

    /// Where the row of faces ends, the first of which ends here, and whether it may stand.
    fn row_stands(&mut self, mut end: usize, place: Place, nest: Nest) -> (usize, bool) {
        loop {
            if self.meter.is_used_up() {
                return (end, false);
            }
            if self.is_beside_face(end, place) || self.probe_at(end, |text| text.stands_before_face(place, nest)) {
                return (end, true);
            }
            let Some((face, _)) = faces::starting(&self.text[end..]) else {
                return (end, place == Place::Line && self.probe_at(end, Self::item_after_face));
            };
            end += face.len();
        }
    }

    fn is_beside_face(&self, at: usize, place: Place) -> bool {
        self.ends_line(at)
            || self.is(at, BLANK)
            || match self.byte(at) {
                Some(b'*') => true,
                Some(b'_') => place == Place::Within(Mark::Italic),
                _ => false,
            }
    }

    fn stands_before_face(&mut self, place: Place, nest: Nest) -> bool {
        match place {
            Place::Line | Place::Alone => self.item_before_face(true),
            Place::Within(mark) => self.content_before_face(mark, nest, true),
        }
    }

    fn probe_at(&mut self, at: usize, rule: impl FnOnce(&mut Self) -> bool) -> bool {
        let here = self.pos;
        self.pos = at;
        let held = self.probe(rule);
        self.pos = here;
        held
    }

    /// One to three emoji that are the whole text, but for white space.
    pub(crate) fn big_emoji(&mut self) -> Option<BigEmoji> {
        let mut value = Vec::new();
        self.skip_white();
        while value.len() < 3 {
            match self.any_emoji() {
                Some(emoji) => value.push(emoji),
                None => break,
            }
            self.skip_white();
        }
        let whole = !value.is_empty() && self.pos == self.text.len();
        if !whole {
            self.pos = 0;
        }
        whole.then_some(BigEmoji { value })
    }

    fn skip_white(&mut self) {
        self.pos = self.run(self.pos, BLANK | LINE_END);
    }

    fn any_emoji(&mut self) -> Option<Emoji> {
        let found = self.emoji() || self.face(Place::Alone, Nest::NONE);
        let event = if found { self.tape.pop() } else { None };
        event.and_then(|event| read(self.text, event))
    }

    /// Where the emoji ends that starts here. The blocks are those the clients draw; some newer ones are not among
    /// them.
    fn picture_end(&mut self, at: usize) -> Option<usize> {
        let first = self.char(at)?;
        let end = at + first.len_utf8();
        match first {
            '\u{1F600}'..='\u{1F64F}' | '\u{1F680}'..='\u{1F6FA}' => Some(end),
            '\u{1F900}'..='\u{1F9FF}' => Some(self.joined_end(end)),
            '\u{1F300}'..='\u{1F5FF}' => self.sequence_end(at),
            '\u{2300}'..='\u{23FF}' | '\u{2600}'..='\u{26FF}' | '\u{2700}'..='\u{27BF}' => Some(self.variant_end(end)),
            flag if is_flag_letter(flag) => self.char(end).filter(|&c| is_flag_letter(c)).map(|c| end + c.len_utf8()),
            _ => None,
        }
    }

    /// Symbols with their variant and skin tone, joined to one picture. A joiner that joins nothing spoils it all.
    fn sequence_end(&mut self, start: usize) -> Option<usize> {
        if self.known.no_sequence.holds(start) {
            return None;
        }
        let mut at = start;
        loop {
            self.meter.spend(1);
            let Some(symbol) = self.symbol_end(at) else {
                self.known.no_sequence = Span { start, end: at };
                return None;
            };
            let end = match self.char(symbol) {
                Some(tone) if is_skin_tone(tone) => symbol + tone.len_utf8(),
                _ => symbol,
            };
            if self.char(end) != Some(JOINER) {
                return Some(end);
            }
            at = end + JOINER.len_utf8();
        }
    }

    /// What may follow a symbol of the supplement: others, joined.
    fn joined_end(&mut self, at: usize) -> usize {
        let Some(mut end) = self.symbol_end(at) else { return at };
        while self.char(end) == Some(JOINER) {
            self.meter.spend(1);
            match self.symbol_end(end + JOINER.len_utf8()) {
                Some(next) => end = next,
                None => break,
            }
        }
        end
    }

    fn symbol_end(&self, at: usize) -> Option<usize> {
        let symbol = self.char(at).filter(|&c| matches!(c, '\u{1F300}'..='\u{1F5FF}'))?;
        Some(self.variant_end(at + symbol.len_utf8()))
    }

    fn variant_end(&self, at: usize) -> usize {
        match self.char(at) {
            Some(variant @ '\u{FE00}'..='\u{FE0F}') => at + variant.len_utf8(),
            _ => at,
        }
    }
}

fn is_flag_letter(c: char) -> bool {
    matches!(c, '\u{1F100}'..='\u{1F1FF}')
}

fn is_skin_tone(c: char) -> bool {
    matches!(c, '\u{1F3FB}'..='\u{1F3FF}')
}

/// The emoji that an event records, if it records one.
pub(crate) fn read(text: &str, event: Event) -> Option<Emoji> {
    let named =
        |value: &str, name: &str| Emoji::Named(NamedEmoji { value: Plain::new(value), short_code: name.to_owned() });
    match event {
        Event::Named(name) => Some(named(name.of(text), name.of(text))),
        Event::Face(face, name) => Some(named(face.of(text), name)),
        Event::Picture(picture) => Some(Emoji::Unicode(UnicodeEmoji { unicode: picture.of(text).to_owned() })),
        _ => None,
    }
}

impl Emoji {
    /// What was written, where the emoji may stand as text instead.
    pub(crate) fn written(&self) -> Option<String> {
        match self {
            Self::Named(named) if named.value.value == named.short_code => Some(format!(":{}:", named.short_code)),
            Self::Named(named) => Some(named.value.value.clone()),
            Self::Unicode(_) => None,
        }
    }
}
