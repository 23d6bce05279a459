//! What the rules record: the tree, flattened in reading order. A rule that fails cuts off what it recorded, at no
//! cost.

/// A stretch of the text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Span {
    pub(crate) fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    pub(crate) fn holds(self, at: usize) -> bool {
        self.start <= at && at < self.end
    }
}

/// Emphasis that holds other text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Mark {
    Bold,
    Italic,
    Strike,
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Target {
    /// Where the text says.
    Written(Span),
    /// To the host in the text, by the scheme of the reader's page.
    Host(Span),
    /// To a mailbox.
    Mail(Span),
    /// To the digits of a telephone number.
    Phone(Span),
}

/// What may hold other nodes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Node {
    Emphasis(Mark),
    Spoiler,
    Link(Target),
    /// Italics that turned out to be part of a word: their marks are text again.
    Literal(Span),
}

/// One step of the tape: the tree, flattened in reading order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Event {
    Open(Node),
    /// The end of a node; for `Node::Literal`, with the text that ends it.
    Close(Span),
    /// Text that is not all white space.
    Text(Span),
    /// White space.
    Blank(Span),
    Code(Span),
    User(Span),
    Channel(Span),
    /// An emoji by the name in the span.
    Named(Span),
    /// An emoji by the face in the span, and its name.
    Face(Span, &'static str),
    /// An emoji character.
    Picture(Span),
    /// A link found in the text.
    AutoLink(Target, Span),
    Image {
        src: Target,
        label: Option<Span>,
    },
    Color([u8; 4]),
    Katex(Span),
    Timestamp(Seconds, char),
}

/// The moment of a timestamp.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Seconds {
    /// The digits in the text.
    Digits(Span),
    /// Computed from a date.
    Count(i64),
}
