//! The syntax tree, in the shape clients read: every node is an object with a `type`.

use serde::{Serialize, Serializer};

/// Text without markup.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "PLAIN_TEXT")]
pub struct Plain {
    /// The text.
    pub value: String,
}

impl Plain {
    /// Text as it stands.
    pub fn new(value: impl Into<String>) -> Self {
        Self { value: value.into() }
    }
}

/// One node of running text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", content = "value", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Inline {
    /// Text without markup; two never stand side by side.
    PlainText(String),
    /// `*bold*` or `**bold**`.
    Bold(Vec<Inline>),
    /// `_italic_` or `__italic__`.
    Italic(Vec<Inline>),
    /// `~struck~` or `~~struck~~`.
    Strike(Vec<Inline>),
    /// `||hidden||` until the reader asks.
    Spoiler(Vec<Inline>),
    /// Code between backticks.
    InlineCode(Plain),
    /// A link, written as such or found in the text.
    Link {
        /// Where it leads: an address, `//host`, `mailto:` or `tel:`.
        src: Plain,
        /// What stands in the text.
        label: Vec<Inline>,
    },
    /// `![label](src)`.
    Image {
        /// Where the picture is.
        src: Plain,
        /// What stands for it; the address where nothing does.
        label: Plain,
    },
    /// `@name`, without the `@`.
    MentionUser(Plain),
    /// `#name`, without the `#`.
    MentionChannel(Plain),
    /// `color:#rrggbbaa`.
    Color {
        /// Red, 0–255.
        r: u8,
        /// Green, 0–255.
        g: u8,
        /// Blue, 0–255.
        b: u8,
        /// Opacity, 0–255.
        a: u8,
    },
    /// A formula within a line.
    InlineKatex(String),
    /// An emoji by name, by face or as a character.
    #[serde(untagged)]
    Emoji(Emoji),
    /// A moment that each reader sees in their own time zone.
    #[serde(untagged)]
    Timestamp(Timestamp),
}

/// An emoji.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Emoji {
    /// `:name:`, or a face such as `:)`.
    Named(NamedEmoji),
    /// A character.
    Unicode(UnicodeEmoji),
}

/// An emoji that has a name.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "EMOJI")]
pub struct NamedEmoji {
    /// What was written: the name, or the face.
    pub value: Plain,
    /// The name, without colons.
    #[serde(rename = "shortCode")]
    pub short_code: String,
}

/// An emoji that is a character.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "EMOJI")]
pub struct UnicodeEmoji {
    /// The character, or the sequence that makes one picture.
    pub unicode: String,
}

/// `<t:1630360800:R>`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "TIMESTAMP")]
pub struct Timestamp {
    /// When, and how to show it.
    pub value: Moment,
    /// What a client shows that knows no timestamps.
    pub fallback: Plain,
}

/// When, and how to show it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Moment {
    /// Seconds since 1970 in UTC, as decimal text.
    pub timestamp: String,
    /// One of `t T d D f F R`.
    pub format: char,
}

/// One block of a message.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Block {
    /// A line of running text.
    Paragraph(Paragraph),
    /// A heading.
    Heading(Heading),
    /// Code between fences.
    Code(Code),
    /// Quoted lines.
    Quote(Quote),
    /// Hidden lines.
    SpoilerBlock(SpoilerBlock),
    /// A list without numbers.
    UnorderedList(UnorderedList),
    /// A list with numbers.
    OrderedList(OrderedList),
    /// A list of things to do.
    Tasks(Tasks),
    /// One to three emoji that are the whole message.
    BigEmoji(BigEmoji),
    /// An empty line.
    LineBreak(LineBreak),
    /// A formula on its own.
    Katex(Katex),
}

/// A line of running text.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "PARAGRAPH")]
pub struct Paragraph {
    /// What it holds.
    pub value: Vec<Inline>,
}

/// `# Heading`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "HEADING")]
pub struct Heading {
    /// 1 to 4.
    pub level: u8,
    /// Its one text.
    pub value: Vec<Plain>,
}

/// Code between fences.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "CODE")]
pub struct Code {
    /// What stands after the opening fence; `none` where nothing does.
    pub language: String,
    /// The lines.
    pub value: Vec<CodeLine>,
}

/// A line of code.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "CODE_LINE")]
pub struct CodeLine {
    /// The line, without its end.
    pub value: Plain,
}

/// Lines that start with `>`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "QUOTE")]
pub struct Quote {
    /// The lines.
    pub value: Vec<Paragraph>,
}

/// Lines between two `||`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "SPOILER_BLOCK")]
pub struct SpoilerBlock {
    /// The lines.
    pub value: Vec<Paragraph>,
}

/// Lines that start with `-` or `*`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "UNORDERED_LIST")]
pub struct UnorderedList {
    /// The items.
    pub value: Vec<ListItem>,
}

/// Lines that start with a number and a full stop.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "ORDERED_LIST")]
pub struct OrderedList {
    /// The items.
    pub value: Vec<ListItem>,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "LIST_ITEM")]
pub struct ListItem {
    /// What it holds.
    pub value: Vec<Inline>,
    /// The number that was written, in an ordered list.
    #[serde(serialize_with = "number", skip_serializing_if = "Option::is_none")]
    pub number: Option<f64>,
}

/// Lines that start with `- [ ]` or `- [x]`.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "TASKS")]
pub struct Tasks {
    /// The things to do.
    pub value: Vec<Task>,
}

/// One thing to do.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "TASK")]
pub struct Task {
    /// Whether it is done.
    pub status: bool,
    /// What it is.
    pub value: Vec<Inline>,
}

/// One to three emoji that are the whole message.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "BIG_EMOJI")]
pub struct BigEmoji {
    /// The emoji.
    pub value: Vec<Emoji>,
}

/// An empty line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "LINE_BREAK")]
pub struct LineBreak {}

/// A formula on its own.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename = "KATEX")]
pub struct Katex {
    /// The formula, without its marks.
    pub value: String,
}

/// The number as an integer where that is exact, as readers of JSON expect it.
pub(crate) fn integer(number: f64) -> Option<u64> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    (number < EXACT).then_some(number as u64)
}

fn number<S: Serializer>(number: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    match number.map(|number| (integer(number), number)) {
        Some((Some(exact), _)) => serializer.serialize_u64(exact),
        Some((None, large)) => serializer.serialize_f64(large),
        None => serializer.serialize_none(),
    }
}
