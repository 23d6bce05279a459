//! Classes of characters, and which of them each byte belongs to.

use crate::letters::{LETTERS, MARKS};

/// A set of classes.
pub(crate) type Class = u32;

/// Space and tab.
pub(crate) const BLANK: Class = 1;
/// Carriage return and line feed.
pub(crate) const LINE_END: Class = 1 << 1;
/// ASCII letters and digits.
pub(crate) const ALNUM: Class = 1 << 2;
/// What a label of a host name may hold, beside the two signs that join it.
pub(crate) const HOST: Class = 1 << 3;
/// What may follow a hyphen or underscore in a host name.
pub(crate) const HOST_JOINED: Class = 1 << 15;
/// What the scheme of an address may hold.
pub(crate) const SCHEME: Class = 1 << 4;
/// What the user and password in an address may hold.
pub(crate) const LOGIN: Class = 1 << 5;
/// What a written link leads through, beside parentheses in pairs.
pub(crate) const TARGET: Class = 1 << 6;
/// Punctuation that does not end an address on its own: before a space it is the sentence's.
pub(crate) const TRAILING: Class = 1 << 7;
/// The part of `TRAILING` that counts in `[label](address)`.
pub(crate) const TARGET_TRAILING: Class = 1 << 8;
/// What stands directly before `@` or `#` and makes them ordinary text.
pub(crate) const GLUE: Class = 1 << 9;
/// What may follow a letter in the name part of a mail address.
pub(crate) const MAIL_SIGN: Class = 1 << 10;
/// What the name of an emoji may hold.
pub(crate) const EMOJI_NAME: Class = 1 << 11;
/// What the label in `<address|label>` may hold.
pub(crate) const LABEL: Class = 1 << 12;
/// What the language of a code block may hold.
pub(crate) const LANGUAGE: Class = 1 << 13;
/// Bytes of ordinary words: letters of ASCII and of the scripts without blanks or emoji among them.
pub(crate) const WORD: Class = 1 << 14;

/// What a face starts with.
pub(crate) const FACE: Class = 1 << 16;
/// What comes second in a face.
pub(crate) const FACE_NEXT: Class = 1 << 17;

static CLASSES: [Class; 256] = table();

const fn table() -> [Class; 256] {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = if byte < 0x80 { ascii(byte as u8) } else { beyond_ascii(byte as u8) };
        byte += 1;
    }
    classes
}

const fn ascii(byte: u8) -> Class {
    let alnum = byte.is_ascii_alphanumeric();
    let blank = matches!(byte, b' ' | b'\t');
    let line_end = matches!(byte, b'\r' | b'\n');
    let trailing =
        matches!(byte, b'.' | b',' | b'!' | b'%' | b'~' | b'*' | b'"' | b'\'' | b':' | b';' | b'(' | b')' | b'=');
    let login = matches!(byte, b'$' | b'&' | b'+' | b'_' | b'#' | b'?' | b'-');
    let bracket = matches!(byte, b'\\' | b'/' | b'|' | b'>' | b'<' | b'`' | b'[' | b']');
    let joined = !(blank || line_end || bracket || byte == b'%');
    let host = joined && !(trailing || login || byte == b'@');
    let printed = matches!(byte, b' '..=b'~');
    let mut class = 0;
    class |= if blank { BLANK } else { 0 };
    class |= if line_end { LINE_END } else { 0 };
    class |= if alnum { ALNUM | WORD } else { 0 };
    class |= if host { HOST } else { 0 };
    class |= if joined { HOST_JOINED } else { 0 };
    class |= if alnum || matches!(byte, b'+' | b'-') { SCHEME } else { 0 };
    class |= if alnum || login { LOGIN } else { 0 };
    class |= if printed && !matches!(byte, b'(' | b')' | b'\\' | b'|') { TARGET } else { 0 };
    class |= if trailing { TRAILING } else { 0 };
    class |= if trailing && !matches!(byte, b'~' | b'(' | b')') { TARGET_TRAILING } else { 0 };
    class |= if matches!(byte, b' '..=b'\'' | b'+'..=b'Z' | b'a'..=b'z') { GLUE } else { 0 };
    class |= if mail_sign(byte) { MAIL_SIGN } else { 0 };
    class |= if alnum || matches!(byte, b'-' | b'_' | b'+' | b'.') { EMOJI_NAME } else { 0 };
    class |= if byte >= b' ' && !matches!(byte, b'<' | b'>' | b'|') { LABEL } else { 0 };
    class |= if alnum || matches!(byte, b' ' | b'_' | b'-' | b'.') { LANGUAGE } else { 0 };
    class | face(byte)
}

const fn face(byte: u8) -> Class {
    let first = matches!(
        byte,
        b'#' | b'%' | b'\'' | b'(' | b'*' | b'-' | b'0' | b'8' | b':'..=b'>' | b'B' | b'D' | b'O' | b'X' | b'\\'
    );
    let sign = matches!(byte, b'#' | b'$' | b'\''..=b'*' | b'-'..=b'/' | b':' | b';' | b'=' | b'@' | b'['..=b'_');
    let next = sign || matches!(byte, b'0' | b'3' | b'D' | b'L' | b'O' | b'P' | b'X' | b'b' | b'y' | 0xC3);
    (if first { FACE } else { 0 }) | (if next { FACE_NEXT } else { 0 })
}

const fn mail_sign(byte: u8) -> bool {
    matches!(byte, b'!' | b'#'..=b'\'' | b'*' | b'+' | b'-' | b'/' | b'=' | b'?' | b'^'..=b'`' | b'{'..=b'~')
}

/// Every byte of a longer character is in the classes that hold all of these; `WORD` leaves out the lead bytes of the
/// blocks with blanks, emoji and marks that join them.
const fn beyond_ascii(byte: u8) -> Class {
    let word = !matches!(byte, 0xC2 | 0xE1 | 0xE2 | 0xE3 | 0xEE | 0xEF | 0xF0..);
    HOST | HOST_JOINED | TARGET | GLUE | LABEL | if word { WORD } else { 0 } | face(byte)
}

/// Whether the byte belongs to one of the classes.
pub(crate) fn is(byte: u8, classes: Class) -> bool {
    CLASSES[byte as usize] & classes != 0
}

/// Whether a user or channel may have the character in its name, signs aside.
pub(crate) fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { within(LETTERS, c) }
}

/// Whether the name part of a mail address may hold the character, signs aside.
pub(crate) fn is_mail_letter(c: char) -> bool {
    is_letter(c) || !c.is_ascii() && (c > '\u{FFFF}' || within(MARKS, c) || is_symbol(c))
}

/// Pictures that count as letters in a mail address.
fn is_symbol(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{21FF}' | '\u{23E9}'..='\u{23F3}' | '\u{23F8}'..='\u{23FA}' | '\u{25FB}'..='\u{25FE}')
        || matches!(c, '\u{2600}'..='\u{26FF}' | '\u{2700}'..='\u{27BF}' | '\u{2B05}'..='\u{2B07}')
        || "©®‼⁉™ℹ⌚⌛⌨⏏Ⓜ▪▫▶◀⤴⤵⬛⬜⭐⭕〰〽㊗㊙\u{200D}".contains(c)
}

fn within(table: &[(u16, u16)], c: char) -> bool {
    let Ok(unit) = u16::try_from(u32::from(c)) else { return false };
    let after = table.partition_point(|&(first, _)| first <= unit);
    after > 0 && unit <= table[after - 1].1
}

/// Whether the character is white space, in the sense that decides whether an emoji stands alone.
pub(crate) fn is_white(c: char) -> bool {
    c.is_whitespace() && c != '\u{85}' || c == '\u{FEFF}'
}
