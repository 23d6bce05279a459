//! Running text: the order in which its rules are tried.

use crate::ast::Inline;
use crate::chars::{self, ALNUM, BLANK, LINE_END, WORD};
use crate::emoji::Place;
use crate::emphasis::Nest;
use crate::parser::Parser;
use crate::tape::{Event, Node, Span};
use crate::tree;

impl Parser<'_> {
    /// Running text up to the end of the line, which it steps over.
    pub(crate) fn line(&mut self) -> Vec<Inline> {
        let start = self.tape.len();
        self.enter_line();
        let mut fresh = true;
        while !self.at_line_end() {
            fresh = !self.word(fresh) && (self.item(fresh) || self.character());
        }
        self.eat_line_end();
        self.harvest(start)
    }

    /// Takes what was recorded since `start` off the tape, as a tree.
    pub(crate) fn harvest(&mut self, start: usize) -> Vec<Inline> {
        let nodes = tree::build(self.text, &self.tape[start..]);
        self.tape.truncate(start);
        nodes
    }

    /// An ordinary word, with the punctuation after it: no rule could make anything of it.
    fn word(&mut self, fresh: bool) -> bool {
        if !self.is(self.pos, WORD) || fresh && self.has(self.pos, "localhost") {
            return false;
        }
        let end = self.known_run(self.pos, WORD, |known| &mut known.words);
        let dot = matches!(self.byte(end), Some(b'.' | b',' | b'!' | b'?'));
        let end = end + usize::from(dot);
        let ends = self.byte(end).is_none_or(|byte| chars::is(byte, BLANK | LINE_END));
        ends && self.take(end, Event::Text)
    }

    /// One thing that is more than a character. `fresh` says that what stands before it is not a mere character: only
    /// then may an emoji follow.
    pub(crate) fn item(&mut self, fresh: bool) -> bool {
        self.item_before_face(fresh) || fresh && self.face(Place::Line, Nest::NONE) || self.item_after_face()
    }

    pub(crate) fn item_before_face(&mut self, fresh: bool) -> bool {
        self.meter.spend(1);
        self.blank()
            || self.timestamp()
            || self.link(Nest::NONE)
            || self.phone()
            || self.mail()
            || self.address()
            || self.spoiler()
            || self.marks_around_blank()
            || self.emphasis(Nest::NONE)
            || self.user()
            || self.channel()
            || fresh && self.emoji()
            || self.code()
            || self.image()
    }

    pub(crate) fn item_after_face(&mut self) -> bool {
        self.color() || self.inline_katex() || self.escaped()
    }

    pub(crate) fn blank(&mut self) -> bool {
        self.is(self.pos, BLANK) && {
            let end = self.run(self.pos, BLANK);
            self.take(end, Event::Blank)
        }
    }

    /// Any character, and a telephone number or an address directly after it, which is text there. The answer is
    /// whether an emoji may follow.
    pub(crate) fn character(&mut self) -> bool {
        let Some(c) = self.char(self.pos) else { return false };
        let alone = self.pos + c.len_utf8();
        let phone = self.phone_end(alone).unwrap_or(alone);
        let end = self.address_end(phone).unwrap_or(phone);
        if end > alone {
            self.take(end, Event::Text);
            return false;
        }
        self.character_within()
    }

    /// Any character, for itself. The answer is whether an emoji may follow.
    pub(crate) fn character_within(&mut self) -> bool {
        let Some(c) = self.char(self.pos) else { return false };
        let end = self.pos + c.len_utf8();
        self.take(end, if chars::is_white(c) { Event::Blank } else { Event::Text });
        self.after_wide(c)
    }

    /// `` `code` ``.
    pub(crate) fn code(&mut self) -> bool {
        if self.peek() != Some(b'`') || !self.closes_after(self.pos + 1, |last| last.backtick) {
            return false;
        }
        let start = self.pos + 1;
        let end = self.run_of(start, |byte| !matches!(byte, b'`' | b'\n'));
        end > start && self.byte(end) == Some(b'`') && {
            self.tape.push(Event::Code(Span { start, end }));
            self.pos = end + 1;
            true
        }
    }

    /// `||hidden||`.
    fn spoiler(&mut self) -> bool {
        self.has(self.pos, "||")
            && self.attempt(|text| {
                text.pos += 2;
                text.tape.push(Event::Open(Node::Spoiler));
                text.hidden() && text.eat("||") && {
                    text.tape.push(Event::Close(Span::default()));
                    true
                }
            })
    }

    /// What is between the bars: at least one thing.
    fn hidden(&mut self) -> bool {
        let start = self.pos;
        while !self.at_line_end() && !self.has(self.pos, "||") && !self.meter.is_used_up() {
            if !self.item(true) {
                self.character();
            }
        }
        self.pos > start
    }

    /// `* *`, `__ _` and the like are text.
    fn marks_around_blank(&mut self) -> bool {
        let Some(mark @ (b'*' | b'_' | b'~')) = self.peek() else { return false };
        let blank = self.repeated(self.pos, mark, |known| &mut known.marks);
        if !self.is(blank, BLANK) {
            return false;
        }
        let again = self.run(blank, BLANK);
        self.byte(again) == Some(mark) && {
            let end = self.repeated(again, mark, |known| &mut known.marks);
            self.take(end, Event::Text)
        }
    }

    /// `color:#rrggbb`, with four or three digits or bytes, where nothing is written behind it.
    fn color(&mut self) -> bool {
        if !self.options.colors || !self.has(self.pos, "color:#") {
            return false;
        }
        let start = self.pos + "color:#".len();
        let digits = (start..start + 8).take_while(|&at| self.hex(at).is_some()).count();
        let (parts, width) = match digits {
            6.. => (digits / 2, 2),
            3.. => (digits.min(4), 1),
            _ => return false,
        };
        let part = |part: usize| if part < parts { self.color_part(start + part * width, width) } else { u8::MAX };
        let color = [part(0), part(1), part(2), part(3)];
        let end = start + parts * width;
        !self.is(end, chars::GLUE) && self.take(end, |_| Event::Color(color))
    }

    /// One of two digits, or of one that stands for two.
    fn color_part(&self, at: usize, width: usize) -> u8 {
        let digit = |at: usize| self.hex(at).unwrap_or(0);
        digit(at) * 16 + digit(at + width - 1)
    }

    fn hex(&self, at: usize) -> Option<u8> {
        let digit = char::from(self.byte(at)?).to_digit(16)?;
        u8::try_from(digit).ok()
    }

    /// `\*` and the like: the sign itself.
    fn escaped(&mut self) -> bool {
        let sign = matches!(self.byte(self.pos + 1), Some(b'*' | b'_' | b'~' | b'`' | b'#' | b'.'));
        self.peek() == Some(b'\\') && sign && {
            self.pos += 1;
            self.take(self.pos + 1, Event::Text)
        }
    }

    /// ASCII letters and digits directly before an underscore are no emphasis, with up to two of it.
    pub(crate) fn name_with_underscore(&mut self) -> bool {
        if !self.is(self.pos, ALNUM) {
            return false;
        }
        let end = self.known_run(self.pos, ALNUM, |known| &mut known.alnum);
        self.byte(end) == Some(b'_') && {
            let two = self.byte(end + 1) == Some(b'_');
            self.take(end + 1 + usize::from(two), Event::Text)
        }
    }
}
