//! `@name` and `#name`.

use crate::chars::{self, GLUE};
use crate::parser::Parser;
use crate::tape::{Event, Span};

impl Parser<'_> {
    /// `@name`, with `@server` or `:server` behind it. Directly after a letter or a sign it is text.
    pub(crate) fn user(&mut self) -> bool {
        if self.glued(b'@') {
            return true;
        }
        if self.peek() != Some(b'@') {
            return false;
        }
        let start = self.repeated(self.pos, b'@', |known| &mut known.at_signs);
        let name = self.name_end(start);
        if name == start {
            return false;
        }
        let server = if matches!(self.byte(name), Some(b':' | b'@')) { self.name_end(name + 1) } else { name + 1 };
        let end = if server > name + 1 { server } else { name };
        self.tape.push(Event::User(Span { start, end }));
        self.pos = end;
        true
    }

    /// `#name`. Directly after a letter or a sign it is text.
    pub(crate) fn channel(&mut self) -> bool {
        if self.glued(b'#') {
            return true;
        }
        let start = self.pos + 1;
        if self.peek() != Some(b'#') {
            return false;
        }
        let end = self.name_end(start);
        end > start && {
            self.tape.push(Event::Channel(Span { start, end }));
            self.pos = end;
            true
        }
    }

    /// A character, the sign, and the first letter of what is no name therefore. Signs that repeat are kept once.
    fn glued(&mut self, sign: u8) -> bool {
        if !self.is(self.pos, GLUE) {
            return false;
        }
        let Some(c) = self.char(self.pos).filter(|&c| c <= '\u{FFFF}') else { return false };
        let after = self.pos + c.len_utf8();
        let Some(end) = self.glued_end(after, sign) else { return false };
        self.take(after, Event::Text);
        self.take_glued(end, sign)
    }

    /// The same after a character beyond the basic plane, which the rules above leave alone: there an emoji goes first.
    pub(crate) fn after_wide(&mut self, c: char) -> bool {
        if c <= '\u{FFFF}' {
            return false;
        }
        [b'@', b'#']
            .into_iter()
            .any(|sign| self.glued_end(self.pos, sign).is_some_and(|end| self.take_glued(end, sign)))
    }

    fn take_glued(&mut self, end: usize, sign: u8) -> bool {
        let last = self.text[self.pos..end].rfind(char::from(sign)).unwrap_or(0);
        self.pos += last;
        self.take(end, Event::Text)
    }

    fn glued_end(&mut self, at: usize, sign: u8) -> Option<usize> {
        if self.byte(at) != Some(sign) {
            return None;
        }
        let name = if sign == b'@' { self.repeated(at, b'@', |known| &mut known.at_signs) } else { at + 1 };
        self.char(name).filter(|&c| chars::is_letter(c)).map(|c| name + c.len_utf8())
    }

    fn name_end(&mut self, at: usize) -> usize {
        let rest = &self.text[at..];
        let named = |c: char| chars::is_letter(c) || matches!(c, '-' | '_' | '.');
        let length = rest.find(|c| !named(c)).unwrap_or(rest.len());
        self.meter.spend(length);
        at + length
    }
}
