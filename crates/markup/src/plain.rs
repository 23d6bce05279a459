//! The tree as plain text: what stands in a notification, without the marks.

use crate::ast::{Block, Emoji, Inline, Paragraph, Plain};

/// Appends what a reader sees of a list of blocks, a line for each line; `name` says what stands for `@name`.
pub(crate) fn write(blocks: &[Block], name: &dyn Fn(&str) -> String, out: &mut String) {
    let mut lines = Lines { out, name, begun: false };
    blocks.iter().for_each(|block| lines.block(block));
}

struct Lines<'a> {
    out: &'a mut String,
    name: &'a dyn Fn(&str) -> String,
    begun: bool,
}

impl Lines<'_> {
    /// A line with these nodes behind its beginning.
    fn line(&mut self, beginning: &str, nodes: &[Inline]) {
        if std::mem::replace(&mut self.begun, true) {
            self.out.push('\n');
        }
        self.out.push_str(beginning);
        self.nodes(nodes);
    }

    fn paragraphs(&mut self, paragraphs: &[Paragraph]) {
        paragraphs.iter().for_each(|one| self.line("", &one.value));
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Paragraph(block) => self.line("", &block.value),
            Block::Heading(block) => block.value.iter().for_each(|one| self.line(&one.value, &[])),
            Block::Code(block) => block.value.iter().for_each(|line| self.line(&line.value.value, &[])),
            Block::Quote(block) => self.paragraphs(&block.value),
            // What is hidden until the reader asks stays marked.
            Block::SpoilerBlock(block) => {
                self.line("||", &[]);
                self.paragraphs(&block.value);
                self.line("||", &[]);
            }
            Block::UnorderedList(block) => block.value.iter().for_each(|item| self.line("- ", &item.value)),
            Block::OrderedList(block) => block.value.iter().for_each(|item| {
                let number = item.number.map_or_else(String::new, |number| format!("{number}. "));
                self.line(&number, &item.value);
            }),
            Block::Tasks(block) => block.value.iter().for_each(|task| {
                self.line(if task.status { "[x] " } else { "[ ] " }, &task.value);
            }),
            Block::BigEmoji(block) => {
                self.line("", &[]);
                block.value.iter().for_each(|one| self.emoji(one));
            }
            Block::LineBreak(_) => self.line("", &[]),
            Block::Katex(block) => self.line(&block.value, &[]),
        }
    }

    fn nodes(&mut self, nodes: &[Inline]) {
        nodes.iter().for_each(|node| self.node(node));
    }

    fn node(&mut self, node: &Inline) {
        match node {
            Inline::PlainText(text) | Inline::InlineKatex(text) => self.out.push_str(text),
            Inline::Bold(held) | Inline::Italic(held) | Inline::Strike(held) => self.nodes(held),
            Inline::Spoiler(held) => {
                self.out.push_str("||");
                self.nodes(held);
                self.out.push_str("||");
            }
            Inline::InlineCode(Plain { value }) => self.out.push_str(value),
            Inline::Link { label, .. } => self.nodes(label),
            Inline::Image { label, .. } => self.out.push_str(&label.value),
            Inline::MentionUser(Plain { value }) => self.out.push_str(&(self.name)(value)),
            Inline::MentionChannel(Plain { value }) => {
                self.out.push('#');
                self.out.push_str(value);
            }
            Inline::Color { r, g, b, a } => self.out.push_str(&format!("#{r:02x}{g:02x}{b:02x}{a:02x}")),
            Inline::Emoji(one) => self.emoji(one),
            Inline::Timestamp(one) => self.out.push_str(&one.fallback.value),
        }
    }

    fn emoji(&mut self, emoji: &Emoji) {
        match emoji {
            Emoji::Unicode(picture) => self.out.push_str(&picture.unicode),
            named => self.out.push_str(&named.written().unwrap_or_default()),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{KatexSyntax, Options, plain_text};

    fn plain(text: &str) -> String {
        let katex = KatexSyntax { dollars: true, parentheses: true };
        let options = Options { colors: true, katex, ..Options::default() };
        plain_text(text, &options, &|name| if name == "ann" { "Ann A.".into() } else { format!("@{name}") })
    }

    #[test]
    fn marks_are_gone_and_words_stay() {
        for (text, expected) in [
            ("", ""),
            ("hello", "hello"),
            ("*bold* _italic_ ~struck~ `code`", "bold italic struck code"),
            ("*_both_*", "both"),
            ("[label](https://example.org) https://example.org", "label https://example.org"),
            ("![picture](https://example.org/p.png)", "picture"),
            ("@ann and @bob in #plans", "Ann A. and @bob in #plans"),
            ("# Title\ntext", "Title\n\ntext"),
            ("> quoted\n> twice", "quoted\ntwice"),
            ("```\nlet a;\nlet b;\n```", "let a;\nlet b;"),
            ("- one\n- two", "- one\n- two"),
            ("1. one\n2. two", "1. one\n2. two"),
            ("- [x] done\n- [ ] open", "[x] done\n[ ] open"),
            ("||hidden||", "||hidden||"),
            ("so :smile: and 😀", "so :smile: and 😀"),
            (":smile:", ":smile:"),
            ("one\n\ntwo", "one\n\ntwo"),
            ("$x^2$", "x^2"),
        ] {
            assert_eq!(plain(text), expected, "{text:?}");
        }
    }
}
