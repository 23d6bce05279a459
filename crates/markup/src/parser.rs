//! What every rule shares: the position, the tape of what was recognised, and the bounds on work.
//!
//! The grammar is a list of alternatives in order. A rule that fails leaves position and tape as they were. Two things
//! keep the time linear whatever the text: runs of like characters are measured once (`Run`), and attempts that may
//! fail after having read far, such as emphasis that never closes, share an allowance that grows with the text. When
//! it is used up, what they would have marked stays plain.

use crate::Options;
use crate::address::Labels;
use crate::chars::{self, Class};
use crate::emoji::Row;
use crate::emphasis::Nest;
use crate::tape::{Event, Span};

/// Attempts nested deeper than this fail. Emphasis and links end earlier by themselves; this bounds a spoiler after a
/// face after a spoiler, without end.
const DEEPEST: u8 = 32;

/// Work that attempts may do however short the text, and for each of its bytes.
const RESERVE: usize = 4096;
const PER_BYTE: usize = 6;

/// What an attempt costs beside what it reads.
const ATTEMPT: usize = 4;

/// Counts work in steps: a rule tried, or a byte read.
#[derive(Debug, Default)]
pub(crate) struct Meter {
    pub(crate) spent: usize,
    allowed: usize,
    /// How far into the text the allowance has grown.
    reached: usize,
}

impl Meter {
    pub(crate) fn spend(&mut self, steps: usize) {
        self.spent += steps;
    }

    pub(crate) fn is_used_up(&self) -> bool {
        self.spent > self.allowed
    }

    fn reach(&mut self, end: usize) {
        self.allowed += PER_BYTE * end.saturating_sub(self.reached);
        self.reached = self.reached.max(end);
    }
}

/// A stretch of like characters that was measured: whoever starts within it ends where it ends.
#[derive(Debug, Default)]
pub(crate) struct Run(Span);

/// The last place of each mark, so that what can never close is not begun.
#[derive(Debug, Default)]
pub(crate) struct Closers {
    pub(crate) star: usize,
    pub(crate) underscore: usize,
    pub(crate) tilde: usize,
    pub(crate) backtick: usize,
    pub(crate) at_sign: usize,
    /// The parenthesis of `](`.
    pub(crate) target: usize,
}

/// Runs that more than one rule measures, and places where a rule is known to fail.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub(crate) words: Run,
    pub(crate) alnum: Run,
    pub(crate) labels: Labels,
    pub(crate) schemes: Run,
    pub(crate) at_signs: Run,
    pub(crate) marks: Run,
    /// No mail address starts here.
    pub(crate) no_mail: Span,
    /// What follows the `//` here is no host.
    pub(crate) no_authority_at: Option<usize>,
    /// No formula within a line, or on its own, closes after these places.
    pub(crate) no_formula_from: [Option<usize>; 2],
    /// No sequence of emoji that starts here is whole.
    pub(crate) no_sequence: Span,
    /// Labels that start here, nested so, lead to no link.
    pub(crate) no_label: (Span, Nest),
    /// The row of faces one is in.
    pub(crate) faces: Option<Row>,
}

/// The state of parsing one text.
pub(crate) struct Parser<'a> {
    pub(crate) text: &'a str,
    pub(crate) options: &'a Options,
    pub(crate) pos: usize,
    pub(crate) tape: Vec<Event>,
    pub(crate) meter: Meter,
    pub(crate) known: Known,
    closers: Closers,
    depth: u8,
}

impl<'a> Parser<'a> {
    pub(crate) fn new(text: &'a str, options: &'a Options) -> Self {
        let meter = Meter { spent: text.len(), allowed: RESERVE, reached: 0 };
        let closers = Closers::find(text.as_bytes());
        Self { text, options, pos: 0, tape: Vec::new(), meter, known: Known::default(), closers, depth: 0 }
    }

    /// The byte at a place, if the text is that long.
    pub(crate) fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    /// The byte at the position.
    pub(crate) fn peek(&self) -> Option<u8> {
        self.byte(self.pos)
    }

    pub(crate) fn is(&self, at: usize, classes: Class) -> bool {
        self.byte(at).is_some_and(|byte| chars::is(byte, classes))
    }

    pub(crate) fn has(&self, at: usize, literal: &str) -> bool {
        self.text.as_bytes()[at.min(self.text.len())..].starts_with(literal.as_bytes())
    }

    /// The character at a place, which must be the start of one.
    pub(crate) fn char(&self, at: usize) -> Option<char> {
        self.text[at..].chars().next()
    }

    /// Steps over the literal, if it is there.
    pub(crate) fn eat(&mut self, literal: &str) -> bool {
        let there = self.has(self.pos, literal);
        if there {
            self.pos += literal.len();
        }
        there
    }

    /// Whether a line ends here, or the text.
    pub(crate) fn at_line_end(&self) -> bool {
        self.ends_line(self.pos)
    }

    pub(crate) fn ends_line(&self, at: usize) -> bool {
        self.byte(at).is_none_or(|byte| chars::is(byte, chars::LINE_END))
    }

    pub(crate) fn eat_line_end(&mut self) -> bool {
        self.eat("\r\n") || self.eat("\n") || self.eat("\r")
    }

    /// Where the bytes of these classes end that start at a place.
    pub(crate) fn run(&mut self, at: usize, classes: Class) -> usize {
        self.run_of(at, |byte| chars::is(byte, classes))
    }

    /// Where the bytes of a kind end that start at a place.
    pub(crate) fn run_of(&mut self, at: usize, belongs: impl Fn(u8) -> bool) -> usize {
        let rest = &self.text.as_bytes()[at.min(self.text.len())..];
        let length = rest.iter().position(|&byte| !belongs(byte)).unwrap_or(rest.len());
        self.meter.spend(length);
        at + length
    }

    /// The same, measured once for all places in it.
    pub(crate) fn known_run(&mut self, at: usize, classes: Class, run: fn(&mut Known) -> &mut Run) -> usize {
        let known = run(&mut self.known).0;
        if known.holds(at) {
            return known.end;
        }
        let end = self.run(at, classes);
        run(&mut self.known).0 = Span { start: at, end };
        end
    }

    /// Where the repetitions of one byte end, measured once for all places in them.
    pub(crate) fn repeated(&mut self, at: usize, byte: u8, run: fn(&mut Known) -> &mut Run) -> usize {
        let known = run(&mut self.known).0;
        if known.holds(at) && self.byte(known.start) == Some(byte) {
            return known.end;
        }
        let end = self.run_of(at, |other| other == byte);
        run(&mut self.known).0 = Span { start: at, end };
        end
    }

    /// Tries a rule that reads on before it knows; it fails at once where the allowance is used up.
    pub(crate) fn attempt(&mut self, rule: impl FnOnce(&mut Self) -> bool) -> bool {
        if self.meter.is_used_up() || self.depth == DEEPEST {
            return false;
        }
        self.meter.spend(ATTEMPT);
        let (pos, tape) = (self.pos, self.tape.len());
        self.depth += 1;
        let held = rule(self);
        self.depth -= 1;
        if !held {
            self.pos = pos;
            self.tape.truncate(tape);
        }
        held
    }

    /// Whether a rule would hold here, which is then as if it had never been tried.
    pub(crate) fn probe(&mut self, rule: impl FnOnce(&mut Self) -> bool) -> bool {
        let (pos, tape) = (self.pos, self.tape.len());
        let held = self.attempt(rule);
        self.pos = pos;
        self.tape.truncate(tape);
        held
    }

    /// Records what stands from the position to `end` and steps there.
    pub(crate) fn take(&mut self, end: usize, event: impl FnOnce(Span) -> Event) -> bool {
        self.tape.push(event(Span { start: self.pos, end }));
        self.pos = end;
        true
    }

    /// Lets the allowance grow by the line that starts here.
    pub(crate) fn enter_line(&mut self) {
        if self.meter.reached <= self.pos {
            let rest = &self.text.as_bytes()[self.pos..];
            let length = rest.iter().position(|&byte| byte == b'\n').map_or(rest.len(), |at| at + 1);
            self.meter.reach(self.pos + length);
        }
    }

    /// Whether a mark stands again anywhere after a place.
    pub(crate) fn closes_after(&self, at: usize, last: fn(&Closers) -> usize) -> bool {
        last(&self.closers) > at
    }
}

impl Closers {
    fn find(bytes: &[u8]) -> Self {
        let mut last = Self::default();
        for (at, byte) in bytes.iter().enumerate() {
            match byte {
                b'*' => last.star = at,
                b'_' => last.underscore = at,
                b'~' => last.tilde = at,
                b'`' => last.backtick = at,
                b'@' => last.at_sign = at,
                b'(' if at > 0 && bytes[at - 1] == b']' => last.target = at,
                _ => {}
            }
        }
        last
    }
}
