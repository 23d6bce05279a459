//! From the tape to the tree: texts that touch become one, and emoji that touch text become text.

use crate::ast::{Emoji, Inline, Moment, Plain, Timestamp};
use crate::chars;
use crate::emoji;
use crate::tape::{Event, Mark, Node, Seconds, Span, Target};

/// The tree that a tape records.
pub(crate) fn build(text: &str, tape: &[Event]) -> Vec<Inline> {
    let mut events = tape.iter().copied();
    nodes(text, &mut events).0
}

/// The nodes up to the end of the one that holds them, and the text of that end.
fn nodes(text: &str, events: &mut impl Iterator<Item = Event>) -> (Vec<Inline>, Span) {
    let mut joined = Joined::new(text);
    while let Some(event) = events.next() {
        match event {
            Event::Close(span) => return (joined.finish(), span),
            Event::Open(node) => open(node, text, events, &mut joined),
            Event::Text(span) => joined.text(span, Side::Text),
            Event::Blank(span) => joined.text(span, Side::Blank),
            event => match emoji::read(text, event) {
                Some(emoji) => joined.emoji(emoji),
                None => joined.node(leaf(text, event)),
            },
        }
    }
    (joined.finish(), Span::default())
}

fn open(node: Node, text: &str, events: &mut impl Iterator<Item = Event>, joined: &mut Joined<'_>) {
    let (held, end) = nodes(text, events);
    match node {
        Node::Emphasis(Mark::Bold) => joined.node(Inline::Bold(held)),
        Node::Emphasis(Mark::Italic) => joined.node(Inline::Italic(held)),
        Node::Emphasis(Mark::Strike) => joined.node(Inline::Strike(held)),
        Node::Spoiler => joined.node(Inline::Spoiler(held)),
        Node::Link(target) => joined.node(link(source(text, target), held)),
        Node::Literal(start) => {
            let mut word = Joined::new(text);
            word.text(start, Side::Text);
            held.into_iter().for_each(|node| word.any(node));
            word.text(end, Side::Text);
            word.finish().into_iter().for_each(|node| joined.any(node));
        }
    }
}

/// A link without a label shows where it leads.
fn link(src: Plain, label: Vec<Inline>) -> Inline {
    let label = if label.is_empty() { vec![Inline::PlainText(src.value.clone())] } else { label };
    Inline::Link { src, label }
}

/// The node of an event that neither holds others nor joins others.
fn leaf(text: &str, event: Event) -> Inline {
    let plain = |span: Span| Plain::new(span.of(text));
    match event {
        Event::Code(span) => Inline::InlineCode(plain(span)),
        Event::User(span) => Inline::MentionUser(plain(span)),
        Event::Channel(span) => Inline::MentionChannel(plain(span)),
        Event::AutoLink(target, span) => {
            Inline::Link { src: source(text, target), label: vec![Inline::PlainText(span.of(text).to_owned())] }
        }
        Event::Image { src, label } => {
            let src = source(text, src);
            Inline::Image { label: label.map_or_else(|| src.clone(), plain), src }
        }
        Event::Color([r, g, b, a]) => Inline::Color { r, g, b, a },
        Event::Katex(span) => Inline::InlineKatex(span.of(text).to_owned()),
        Event::Timestamp(seconds, format) => Inline::Timestamp(timestamp(text, seconds, format)),
        Event::Open(_) | Event::Close(_) | Event::Text(_) | Event::Blank(_) => Inline::PlainText(String::new()),
        Event::Named(span) | Event::Face(span, _) | Event::Picture(span) => Inline::PlainText(span.of(text).to_owned()),
    }
}

fn timestamp(text: &str, seconds: Seconds, format: char) -> Timestamp {
    let timestamp = match seconds {
        Seconds::Digits(span) => span.of(text).to_owned(),
        Seconds::Count(count) => count.to_string(),
    };
    let fallback = Plain::new(format!("<t:{timestamp}:{format}>"));
    Timestamp { value: Moment { timestamp, format }, fallback }
}

/// Where a link leads, as a browser takes it.
fn source(text: &str, target: Target) -> Plain {
    Plain::new(match target {
        Target::Written(span) => span.of(text).to_owned(),
        Target::Host(span) => format!("//{}", span.of(text)),
        Target::Mail(span) => format!("mailto:{}", span.of(text)),
        Target::Phone(span) => {
            let digits = span.of(text).chars().filter(char::is_ascii_digit);
            "tel:".chars().chain(digits).collect()
        }
    })
}

/// What stands beside an emoji.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Side {
    Nothing,
    Blank,
    Text,
    Emoji,
    Node,
}

impl Side {
    /// Whether an emoji beside it is no emoji but text.
    fn crowds(self) -> bool {
        matches!(self, Self::Text | Self::Emoji)
    }
}

/// Nodes in a row, as they are joined.
struct Joined<'a> {
    source: &'a str,
    done: Vec<Inline>,
    /// Text that is still growing: what does not stand in one piece in the source, then what does.
    text: String,
    run: Span,
    before: Side,
    /// An emoji whose right side is not known yet, and its left side.
    held: Option<(Emoji, Side)>,
}

impl<'a> Joined<'a> {
    fn new(source: &'a str) -> Self {
        let (text, run) = (String::new(), Span::default());
        Self { source, done: Vec::new(), text, run, before: Side::Nothing, held: None }
    }

    /// A piece of the source.
    fn text(&mut self, span: Span, side: Side) {
        self.beside(side);
        self.append(span);
    }

    fn append(&mut self, span: Span) {
        if span.start == self.run.end {
            self.run.end = span.end;
        } else {
            self.settle_run();
            self.run = span;
        }
    }

    fn emoji(&mut self, emoji: Emoji) {
        let before = self.before;
        self.beside(Side::Emoji);
        self.held = Some((emoji, before));
    }

    fn node(&mut self, node: Inline) {
        self.beside(Side::Node);
        self.settle(Some(node));
    }

    /// A node that was joined before.
    fn any(&mut self, node: Inline) {
        match node {
            Inline::Emoji(emoji) => self.emoji(emoji),
            Inline::PlainText(text) => {
                self.beside(if text.chars().all(chars::is_white) { Side::Blank } else { Side::Text });
                self.settle_run();
                self.text.push_str(&text);
            }
            node => self.node(node),
        }
    }

    /// Decides about the emoji on the left, now that its right side is known.
    fn beside(&mut self, side: Side) {
        if let Some((emoji, before)) = self.held.take() {
            match emoji.written().filter(|_| before.crowds() || side.crowds()) {
                Some(written) => {
                    self.settle_run();
                    self.text.push_str(&written);
                }
                None => self.settle(Some(Inline::Emoji(emoji))),
            }
        }
        self.before = side;
    }

    /// Ends the text that was growing, and puts a node behind it.
    fn settle(&mut self, node: Option<Inline>) {
        self.settle_run();
        if !self.text.is_empty() {
            self.done.push(Inline::PlainText(std::mem::take(&mut self.text)));
        }
        self.done.extend(node);
    }

    fn settle_run(&mut self) {
        self.text.push_str(self.run.of(self.source));
        self.run = Span { start: self.run.end, end: self.run.end };
    }

    fn finish(mut self) -> Vec<Inline> {
        self.beside(Side::Nothing);
        self.settle(None);
        self.done
    }
}
