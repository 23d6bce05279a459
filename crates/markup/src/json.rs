//! The tree as JSON text, straight from its nodes: the same as `serde` gives, without a serialiser.

use std::fmt::Write as _;

use crate::ast::{self, Block, Emoji, Inline, ListItem, Paragraph, Plain, Task, Timestamp};

/// Writes a list of blocks.
pub(crate) fn write(blocks: &[Block], out: &mut String) {
    list(out, blocks, block);
}

fn list<T>(out: &mut String, items: &[T], write: fn(&mut String, &T)) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(out, item);
    }
    out.push(']');
}

/// Opens a node of this type, up to its value.
fn open(out: &mut String, kind: &str) {
    out.push_str("{\"type\":\"");
    out.push_str(kind);
    out.push_str("\",\"value\":");
}

fn node<T>(out: &mut String, kind: &str, items: &[T], write: fn(&mut String, &T)) {
    open(out, kind);
    list(out, items, write);
    out.push('}');
}

fn block(out: &mut String, block: &Block) {
    match block {
        Block::Paragraph(block) => paragraph(out, block),
        Block::Heading(block) => {
            let _ = write!(out, "{{\"type\":\"HEADING\",\"level\":{},\"value\":", block.level);
            list(out, &block.value, plain);
            out.push('}');
        }
        Block::Code(block) => code(out, block),
        Block::Quote(block) => node(out, "QUOTE", &block.value, paragraph),
        Block::SpoilerBlock(block) => node(out, "SPOILER_BLOCK", &block.value, paragraph),
        Block::UnorderedList(block) => node(out, "UNORDERED_LIST", &block.value, item),
        Block::OrderedList(block) => node(out, "ORDERED_LIST", &block.value, item),
        Block::Tasks(block) => node(out, "TASKS", &block.value, task),
        Block::BigEmoji(block) => node(out, "BIG_EMOJI", &block.value, emoji),
        Block::LineBreak(_) => out.push_str("{\"type\":\"LINE_BREAK\"}"),
        Block::Katex(block) => text(out, "KATEX", &block.value),
    }
}

fn paragraph(out: &mut String, paragraph: &Paragraph) {
    node(out, "PARAGRAPH", &paragraph.value, inline);
}

fn code(out: &mut String, code: &ast::Code) {
    out.push_str("{\"type\":\"CODE\",\"language\":");
    string(out, &code.language);
    out.push_str(",\"value\":");
    list(out, &code.value, |out, line| {
        open(out, "CODE_LINE");
        plain(out, &line.value);
        out.push('}');
    });
    out.push('}');
}

fn item(out: &mut String, item: &ListItem) {
    open(out, "LIST_ITEM");
    list(out, &item.value, inline);
    let _ = match item.number.map(|number| (ast::integer(number), number)) {
        Some((Some(exact), _)) => write!(out, ",\"number\":{exact}"),
        Some((None, large)) if large.is_finite() => write!(out, ",\"number\":{large:e}"),
        Some(_) => write!(out, ",\"number\":null"),
        None => Ok(()),
    };
    out.push('}');
}

fn task(out: &mut String, task: &Task) {
    let _ = write!(out, "{{\"type\":\"TASK\",\"status\":{},\"value\":", task.status);
    list(out, &task.value, inline);
    out.push('}');
}

fn inline(out: &mut String, inline: &Inline) {
    match inline {
        Inline::PlainText(value) => text(out, "PLAIN_TEXT", value),
        Inline::Bold(held) => node(out, "BOLD", held, self::inline),
        Inline::Italic(held) => node(out, "ITALIC", held, self::inline),
        Inline::Strike(held) => node(out, "STRIKE", held, self::inline),
        Inline::Spoiler(held) => node(out, "SPOILER", held, self::inline),
        Inline::InlineCode(code) => wrapped(out, "INLINE_CODE", code),
        Inline::MentionUser(name) => wrapped(out, "MENTION_USER", name),
        Inline::MentionChannel(name) => wrapped(out, "MENTION_CHANNEL", name),
        Inline::Link { src, label } => labelled(out, "LINK", src, |out| list(out, label, self::inline)),
        Inline::Image { src, label } => labelled(out, "IMAGE", src, |out| plain(out, label)),
        Inline::Color { r, g, b, a } => {
            open(out, "COLOR");
            let _ = write!(out, "{{\"r\":{r},\"g\":{g},\"b\":{b},\"a\":{a}}}}}");
        }
        Inline::InlineKatex(formula) => text(out, "INLINE_KATEX", formula),
        Inline::Emoji(one) => emoji(out, one),
        Inline::Timestamp(one) => timestamp(out, one),
    }
}

fn labelled(out: &mut String, kind: &str, src: &Plain, label: impl FnOnce(&mut String)) {
    open(out, kind);
    out.push_str("{\"src\":");
    plain(out, src);
    out.push_str(",\"label\":");
    label(out);
    out.push_str("}}");
}

fn emoji(out: &mut String, emoji: &Emoji) {
    match emoji {
        Emoji::Named(named) => {
            open(out, "EMOJI");
            plain(out, &named.value);
            out.push_str(",\"shortCode\":");
            string(out, &named.short_code);
        }
        Emoji::Unicode(picture) => {
            out.push_str("{\"type\":\"EMOJI\",\"unicode\":");
            string(out, &picture.unicode);
        }
    }
    out.push('}');
}

fn timestamp(out: &mut String, timestamp: &Timestamp) {
    open(out, "TIMESTAMP");
    out.push_str("{\"timestamp\":");
    string(out, &timestamp.value.timestamp);
    let _ = write!(out, ",\"format\":\"{}\"}},\"fallback\":", timestamp.value.format);
    plain(out, &timestamp.fallback);
    out.push('}');
}

fn plain(out: &mut String, plain: &Plain) {
    text(out, "PLAIN_TEXT", &plain.value);
}

fn wrapped(out: &mut String, kind: &str, value: &Plain) {
    open(out, kind);
    plain(out, value);
    out.push('}');
}

fn text(out: &mut String, kind: &str, value: &str) {
    open(out, kind);
    string(out, value);
    out.push('}');
}

fn string(out: &mut String, value: &str) {
    out.push('"');
    let mut rest = value;
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F)) {
        out.push_str(&rest[..at]);
        escape(out, rest.as_bytes()[at]);
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

fn escape(out: &mut String, byte: u8) {
    match byte {
        b'"' => out.push_str("\\\""),
        b'\\' => out.push_str("\\\\"),
        b'\n' => out.push_str("\\n"),
        b'\r' => out.push_str("\\r"),
        b'\t' => out.push_str("\\t"),
        0x08 => out.push_str("\\b"),
        0x0C => out.push_str("\\f"),
        control => {
            let _ = write!(out, "\\u{control:04x}");
        }
    }
}
