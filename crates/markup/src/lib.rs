//! Message text to its syntax tree, the `md` of a message.
//!
//! [`parse`] gives the tree that Rocket.Chat's clients render: emphasis, code, links, mentions, emoji, lists, quotes,
//! headings. [`scan`] finds only the mentions and addresses. Both take time linear in the length of the text and
//! cannot fail.
//!
//! ```
//! let mut md = String::new();
//! gantry_markup::write_json("Hi *all*", &gantry_markup::Options::default(), &mut md);
//! assert!(md.contains(r#"{"type":"BOLD","value":[{"type":"PLAIN_TEXT","value":"all"}]}"#));
//! ```

mod address;
mod ast;
mod block;
#[cfg(test)]
mod bounds;
mod chars;
mod emoji;
mod emphasis;
mod faces;
mod host;
mod inline;
mod json;
mod katex;
mod letters;
mod link;
mod mention;
mod names;
mod parser;
mod plain;
mod scan;
mod tape;
mod timestamp;
mod tree;

pub use ast::{
    BigEmoji, Block, Code, CodeLine, Emoji, Heading, Inline, Katex, LineBreak, ListItem, Moment, NamedEmoji,
    OrderedList, Paragraph, Plain, Quote, SpoilerBlock, Task, Tasks, Timestamp, UnicodeEmoji, UnorderedList,
};
pub use names::Names;
pub use scan::{Found, Naming, scan};

use parser::Parser;

/// What the operator switched on.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Domains beside the public ones whose bare host names become links (`Message_CustomDomain_AutoLink`).
    pub custom_domains: Vec<String>,
    /// Whether `color:#ff0000` is a colour (`HexColorPreview_Enabled`).
    pub colors: bool,
    /// Which formulas are formulas (`Katex_*`).
    pub katex: KatexSyntax,
    /// Whether faces such as `:)` are emoji.
    pub emoticons: bool,
    /// When today began, in seconds since 1970; without it `<t:10:00>`, a time of today, is text.
    pub midnight: Option<i64>,
}

/// The syntaxes of formulas.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct KatexSyntax {
    /// `$…$` and `$$…$$` (`Katex_Dollar_Syntax`).
    pub dollars: bool,
    /// `\(…\)` and `\[…\]` (`Katex_Parenthesis_Syntax`).
    pub parentheses: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            custom_domains: Vec::new(),
            colors: false,
            katex: KatexSyntax::default(),
            emoticons: true,
            midnight: None,
        }
    }
}

/// The tree of a text; of the empty text none.
pub fn parse(text: &str, options: &Options) -> Vec<Block> {
    Parser::new(text, options).blocks()
}

/// What a reader sees of a text, without the marks; `name` says what stands for `@name`.
pub fn plain_text(text: &str, options: &Options, name: &dyn Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len());
    plain::write(&parse(text, options), name, &mut out);
    out
}

/// Appends the tree of a text as JSON.
pub fn write_json(text: &str, options: &Options, out: &mut String) {
    json::write(&parse(text, options), out);
}
