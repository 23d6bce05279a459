//! Formulas: `\(…\)` and `$…$` within a line, `\[…\]` and `$$…$$` on their own.

use crate::ast::Katex;
use crate::parser::Parser;
use crate::tape::{Event, Span};

/// The signs of one kind of formula: with parentheses, with dollars.
#[derive(Clone, Copy)]
enum Kind {
    Inline,
    Block,
}

impl Kind {
    fn signs(self) -> [(&'static str, &'static str); 2] {
        match self {
            Self::Inline => [("\\(", "\\)"), ("$", "$")],
            Self::Block => [("\\[", "\\]"), ("$$", "$$")],
        }
    }
}

impl Parser<'_> {
    /// A formula within a line. It may itself have lines.
    pub(crate) fn inline_katex(&mut self) -> bool {
        let Some(span) = self.formula(Kind::Inline) else { return false };
        self.tape.push(Event::Katex(span));
        true
    }

    /// A formula on its own.
    pub(crate) fn katex(&mut self) -> Option<Katex> {
        let span = self.formula(Kind::Block)?;
        Some(Katex { value: span.of(self.text).to_owned() })
    }

    /// What stands between an opening sign and the first closing one, of the syntaxes that are on.
    fn formula(&mut self, kind: Kind) -> Option<Span> {
        if !matches!(self.peek(), Some(b'\\' | b'$'))
            || self.known.no_formula_from[kind as usize].is_some_and(|from| from <= self.pos)
        {
            return None;
        }
        let on = [self.options.katex.parentheses, self.options.katex.dollars];
        let signs = || kind.signs().into_iter().zip(on).filter_map(|(signs, on)| on.then_some(signs));
        let (open, _) = signs().find(|(open, _)| self.has(self.pos, open))?;
        let start = self.pos + open.len();
        let mut end = start;
        while end < self.text.len() {
            self.meter.spend(1);
            if let Some((_, close)) = signs().find(|(_, close)| self.has(end, close)) {
                self.pos = end + close.len();
                return Some(Span { start, end });
            }
            end += 1;
        }
        self.known.no_formula_from[kind as usize] = Some(self.pos);
        None
    }
}
