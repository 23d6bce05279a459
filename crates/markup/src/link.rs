//! Links and pictures that are written as such: `[label](address)`, `<address|label>`, `![label](address)`.

use crate::chars::{self, BLANK, GLUE, LABEL, TARGET, TARGET_TRAILING};
use crate::emphasis::Nest;
use crate::parser::Parser;
use crate::tape::{Event, Node, Span, Target};

impl Parser<'_> {
    /// A written link, unless one is within the label of another.
    pub(crate) fn link(&mut self, nest: Nest) -> bool {
        match self.peek() {
            _ if nest.has(Nest::LABEL) => false,
            Some(b'[') => self.labelled_link(nest),
            Some(b'<') => self.attempt(Self::angle_link),
            _ => false,
        }
    }

    /// `[label](address)`.
    fn labelled_link(&mut self, nest: Nest) -> bool {
        let start = self.pos + 1;
        let (dead, same) = self.known.no_label;
        if !self.closes_after(start, |last| last.target) || same == nest && dead.holds(start) {
            return false;
        }
        let mut alike = start;
        let held = self.attempt(|text| {
            let opened = text.tape.len();
            text.pos += 1;
            text.tape.push(Event::Open(Node::Link(Target::Written(Span::default()))));
            alike = text.label(nest.with(Nest::LABEL));
            let Some(target) = text.target() else { return false };
            text.tape[opened] = Event::Open(Node::Link(target));
            text.tape.push(Event::Close(Span::default()));
            true
        });
        if !held && !self.meter.is_used_up() {
            self.known.no_label = (Span { start, end: alike }, nest);
        }
        held
    }

    /// The label: emphasis and characters, of several lines too, up to `](`. The answer is up to where another label
    /// could start and be read alike.
    fn label(&mut self, nest: Nest) -> usize {
        let mut alike = None;
        while !self.ends_label() && !self.meter.is_used_up() {
            self.meter.spend(1);
            let (start, recorded) = (self.pos, self.tape.len());
            if self.blank() {
                continue;
            }
            if self.emphasis(nest) {
                let nested = self.tape.len() > recorded + 1;
                alike = alike.or(nested.then_some(start));
                continue;
            }
            let Some(c) = self.char(self.pos) else { break };
            self.take(start + c.len_utf8(), if chars::is_white(c) { Event::Blank } else { Event::Text });
        }
        alike.unwrap_or(self.pos)
    }

    /// Whether a label ends here: at the address, or because another labelled link follows.
    fn ends_label(&mut self) -> bool {
        match self.peek() {
            None => true,
            Some(b']') if self.has(self.pos, "](") => self.pos + 2 < self.text.len(),
            Some(b']') if self.has(self.pos, "] [") => {
                let end = self.run_of(self.pos + 3, |byte| byte != b']');
                self.has(end, "](")
            }
            Some(_) => false,
        }
    }

    /// `](address)`.
    fn target(&mut self) -> Option<Target> {
        if !self.eat("](") {
            return None;
        }
        let (end, target) = self.written_address(self.pos, Self::target_body_end)?;
        self.pos = end;
        self.eat(")").then_some(target)
    }

    /// An address, anything behind a scheme, or a telephone number, and where it ends.
    fn written_address(&mut self, start: usize, body_end: fn(&mut Self, usize) -> usize) -> Option<(usize, Target)> {
        let host = self.address_head(start);
        let head = host.or_else(|| self.scheme_end(start).filter(|&head| body_end(self, head) > head));
        let Some(head) = head else {
            let end = self.phone_end(start)?;
            return Some((end, Target::Phone(Span { start, end })));
        };
        let end = body_end(self, head);
        Some((end, Target::Written(Span { start, end })))
    }

    /// Where the address of a written link ends: before the parenthesis that closes it, or before a blank.
    fn target_body_end(&mut self, head: usize) -> usize {
        let mut end = head;
        loop {
            end = self.run_of(end, |byte| chars::is(byte, TARGET) && !chars::is(byte, TARGET_TRAILING | BLANK));
            let trailing = self.run(end, TARGET_TRAILING);
            let at_end = self.is(trailing, BLANK) || self.byte(trailing).is_some() && self.ends_line(trailing);
            if trailing > end && at_end {
                return end;
            }
            end = trailing;
            if self.byte(end) == Some(b'(') {
                match self.parenthesis_end(end) {
                    Some(closed) => end = closed,
                    None => return end,
                }
            } else if !self.is(end, TARGET) || self.is(end, BLANK) {
                return end;
            }
        }
    }

    /// Where a parenthesis within an address ends; those within it do not count.
    fn parenthesis_end(&mut self, at: usize) -> Option<usize> {
        let end = self.run_of(at, |byte| (chars::is(byte, TARGET) || byte == b'(') && !chars::is(byte, BLANK));
        (self.byte(end) == Some(b')')).then_some(end + 1)
    }

    /// `<address|label>`.
    fn angle_link(&mut self) -> bool {
        let found = self.written_address(self.pos + 1, Self::address_body_end);
        let Some((end, target)) = found.filter(|&(end, _)| self.byte(end) == Some(b'|')) else { return false };
        let label = Span { start: end + 1, end: self.run(end + 1, LABEL) };
        let closed = label.end > label.start && self.byte(label.end) == Some(b'>');
        closed && {
            self.tape.push(Event::AutoLink(target, label));
            self.pos = label.end + 1;
            true
        }
    }

    /// `![label](address)`.
    pub(crate) fn image(&mut self) -> bool {
        self.has(self.pos, "![")
            && self.closes_after(self.pos, |last| last.target)
            && self.attempt(|text| {
                text.pos += 2;
                let label = text.picture_label();
                text.pos = label.map_or(text.pos, |label| label.end);
                text.target().is_some_and(|src| {
                    text.tape.push(Event::Image { src, label });
                    true
                })
            })
    }

    /// What stands for a picture: anything but brackets, parentheses and marks, of more than white space.
    fn picture_label(&mut self) -> Option<Span> {
        let start = self.pos;
        let text = self.run(start, BLANK);
        let end = self.run(text, GLUE);
        (end > text).then_some(())?;
        Some(Span { start, end: self.run(end, BLANK) })
    }
}
