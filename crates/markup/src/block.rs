//! Blocks: what a line's first characters make of it and of those behind it.

use crate::ast::{
    Block, Code, CodeLine, Heading, Inline, LineBreak, ListItem, OrderedList, Paragraph, Plain, Quote, SpoilerBlock,
    Task, Tasks, UnorderedList,
};
use crate::chars::{BLANK, LANGUAGE};
use crate::parser::Parser;
use crate::tape::Span;

const FENCE: &str = "```";
const DEEPEST_HEADING: usize = 4;

impl Parser<'_> {
    /// The whole text.
    pub(crate) fn blocks(&mut self) -> Vec<Block> {
        if let Some(emoji) = self.big_emoji() {
            return vec![Block::BigEmoji(emoji)];
        }
        let mut blocks = Vec::new();
        while self.pos < self.text.len() {
            blocks.push(self.block());
        }
        blocks
    }

    fn block(&mut self) -> Block {
        self.meter.spend(1);
        let marked = match self.peek() {
            Some(b'>') => self.quote().map(Block::Quote),
            Some(b'|') => self.spoiler_block().map(Block::SpoilerBlock),
            Some(b'`') => self.code_block().map(Block::Code),
            Some(b'#') => self.heading().map(Block::Heading),
            Some(b'-') => {
                self.tasks().map(Block::Tasks).or_else(|| self.list(Self::hyphen_item).map(Block::UnorderedList))
            }
            Some(b'*') => self.list(Self::star_item).map(Block::UnorderedList),
            Some(b'0'..=b'9') => self.ordered_list().map(Block::OrderedList),
            Some(b'\\' | b'$') => self.katex().map(Block::Katex),
            Some(b' ' | b'\t' | b'\r' | b'\n') => self.line_break().map(Block::LineBreak),
            _ => None,
        };
        marked.unwrap_or_else(|| Block::Paragraph(self.paragraph()))
    }

    fn paragraph(&mut self) -> Paragraph {
        Paragraph { value: self.line() }
    }

    fn line_break(&mut self) -> Option<LineBreak> {
        let end = self.run(self.pos, BLANK);
        if self.byte(end).is_none() || !self.ends_line(end) {
            return None;
        }
        self.pos = end;
        self.eat_line_end();
        Some(LineBreak {})
    }

    /// As many as there are of something.
    fn many<T>(&mut self, one: fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let all: Vec<T> = std::iter::from_fn(|| one(self)).collect();
        (!all.is_empty()).then_some(all)
    }

    fn quote(&mut self) -> Option<Quote> {
        self.many(Self::quoted).map(|value| Quote { value })
    }

    /// `> line`.
    fn quoted(&mut self) -> Option<Paragraph> {
        if self.peek() != Some(b'>') {
            return None;
        }
        let line = self.run(self.pos + 1, BLANK);
        if line == self.text.len() {
            return None;
        }
        self.pos = line;
        if self.eat_line_end() {
            return Some(Paragraph { value: vec![Inline::PlainText(String::new())] });
        }
        Some(self.paragraph())
    }

    /// Lines between `||` and `||`, where the first stands alone on its line.
    fn spoiler_block(&mut self) -> Option<SpoilerBlock> {
        let start = self.pos;
        let lines = if self.eat("||") && self.eat_line_end() { self.many(Self::hidden_line) } else { None };
        self.eat_line_end();
        let value = lines.filter(|_| self.eat("||"));
        if value.is_none() {
            self.pos = start;
        }
        value.map(|value| SpoilerBlock { value })
    }

    fn hidden_line(&mut self) -> Option<Paragraph> {
        (!self.at_line_end() && !self.has(self.pos, "||")).then(|| self.paragraph())
    }

    /// Lines between fences. Carriage returns within and empty lines at the start are not foreseen.
    fn code_block(&mut self) -> Option<Code> {
        let start = self.pos;
        let code = self.fenced();
        if code.is_none() {
            self.pos = start;
        }
        code
    }

    fn fenced(&mut self) -> Option<Code> {
        self.eat(FENCE).then_some(())?;
        let language = Span { start: self.pos, end: self.run(self.pos, LANGUAGE) };
        self.pos = language.end;
        self.eat_line_end().then_some(())?;
        let value = self.many(Self::code_line)?;
        (self.eat_line_end() && self.eat(FENCE)).then_some(())?;
        let language = if language.start == language.end { "none" } else { language.of(self.text) };
        Some(Code { language: language.to_owned(), value })
    }

    fn code_line(&mut self) -> Option<CodeLine> {
        let start = self.pos + usize::from(self.peek() == Some(b'\n'));
        let end = self.code_end(start);
        if end == start && (start == self.pos || self.has(start, FENCE)) {
            return None;
        }
        self.pos = end;
        Some(CodeLine { value: Plain::new(&self.text[start..end]) })
    }

    /// Where a line of code ends: with the line, or at a fence.
    fn code_end(&mut self, start: usize) -> usize {
        let mut end = self.run_of(start, |byte| !matches!(byte, b'`' | b'\r' | b'\n'));
        while self.byte(end) == Some(b'`') && !self.has(end, FENCE) {
            end = self.run_of(end + 1, |byte| !matches!(byte, b'`' | b'\r' | b'\n'));
        }
        end
    }

    /// `# Heading`, without markup within; the end of its line stays.
    fn heading(&mut self) -> Option<Heading> {
        let level = (0..DEEPEST_HEADING).take_while(|&at| self.byte(self.pos + at) == Some(b'#')).count();
        let start = self.run(self.pos + level, BLANK);
        if start == self.pos + level || self.ends_line(start) {
            return None;
        }
        self.pos = self.run_of(start, |byte| !matches!(byte, b'\r' | b'\n'));
        Some(Heading { level: level as u8, value: vec![Plain::new(&self.text[start..self.pos])] })
    }

    fn tasks(&mut self) -> Option<Tasks> {
        self.many(Self::task).map(|value| Tasks { value })
    }

    /// `- [ ] to do` or `- [x] done`.
    fn task(&mut self) -> Option<Task> {
        let status = self.has(self.pos, "- [x]");
        let known = status || self.has(self.pos, "- [ ]");
        let value = if known { self.item_line(self.pos + "- [x]".len())? } else { return None };
        Some(Task { status, value })
    }

    fn list(&mut self, item: fn(&mut Self) -> Option<ListItem>) -> Option<UnorderedList> {
        self.many(item).map(|value| UnorderedList { value })
    }

    /// `- item`.
    fn hyphen_item(&mut self) -> Option<ListItem> {
        let value = if self.peek() == Some(b'-') { self.item_line(self.pos + 1)? } else { return None };
        Some(ListItem { value, number: None })
    }

    fn ordered_list(&mut self) -> Option<OrderedList> {
        self.many(Self::numbered_item).map(|value| OrderedList { value })
    }

    /// `1. item`.
    fn numbered_item(&mut self) -> Option<ListItem> {
        let end = self.run_of(self.pos, |byte| byte.is_ascii_digit());
        let number = self.text[self.pos..end].parse().ok()?;
        let value = if self.byte(end) == Some(b'.') { self.item_line(end + 1)? } else { return None };
        Some(ListItem { value, number: Some(number) })
    }

    /// The line of an item, after a blank that must be there.
    fn item_line(&mut self, mark: usize) -> Option<Vec<Inline>> {
        let start = self.run(mark, BLANK);
        if start == mark || self.ends_line(start) {
            return None;
        }
        self.pos = start;
        Some(self.line())
    }

    /// `* item`, where no star stays open. Emoji may follow mere characters here.
    fn star_item(&mut self) -> Option<ListItem> {
        let start = self.run(self.pos + 1, BLANK);
        if self.peek() != Some(b'*') || start == self.pos + 1 || self.ends_line(start) {
            return None;
        }
        let (line, recorded) = (self.pos, self.tape.len());
        self.pos = start;
        self.enter_line();
        while !self.at_line_end() && (self.item(true) || self.peek() != Some(b'*') && self.any_character()) {}
        if self.peek() == Some(b'*') {
            self.pos = line;
            self.tape.truncate(recorded);
            return None;
        }
        self.eat_line_end();
        Some(ListItem { value: self.harvest(recorded), number: None })
    }

    fn any_character(&mut self) -> bool {
        self.character();
        true
    }
}
