//! What a SockJS client sends: an array of messages, each a string.

use super::line::Letter;
use crate::ddp::Text;
use percent_encoding::percent_decode_str;
use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde_json::error::Category;
use std::borrow::Cow;
use std::fmt;

/// The most messages that one array may hold: all that a client says while a request of its is under way comes with
/// the next.
const MESSAGES: usize = 1024;

/// Why a request brings no messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadPayload {
    /// There is nothing, or something else than messages.
    Missing,
    /// It is not JSON.
    Broken,
}

impl BadPayload {
    pub(super) fn text(self) -> &'static str {
        match self {
            Self::Missing => "Payload expected.",
            Self::Broken => "Broken JSON encoding.",
        }
    }
}

/// Whether `text` is of SockJS's form; it may be also on a plain endpoint.
pub(crate) fn is_array(text: &str) -> bool {
    text.starts_with('[')
}

/// The messages in `text`; `None` when it is not an array of strings, or one of too many.
pub(crate) fn messages(text: &str) -> Option<Vec<Text<'_>>> {
    read(text).ok()
}

/// The messages in `text`, or what is wrong with it.
fn read(text: &str) -> Result<Vec<Text<'_>>, BadPayload> {
    let messages = serde_json::from_str::<Messages<'_>>(text);
    messages.map(|messages| messages.0).map_err(|error| match error.classify() {
        Category::Data => BadPayload::Missing,
        _ if text.is_empty() => BadPayload::Missing,
        _ => BadPayload::Broken,
    })
}

/// The messages in the body of a request, which may be a form.
pub(crate) fn letter(body: &[u8], form: bool) -> Result<Letter, BadPayload> {
    let text = str::from_utf8(body).map_err(|_| BadPayload::Broken)?;
    let text = if form { of_form(text)? } else { text.into() };
    Ok(read(&text)?.into_iter().map(|message| message.into_cow().into()).collect())
}

/// The payload in a form, its field `d`.
fn of_form(form: &str) -> Result<Cow<'static, str>, BadPayload> {
    let field = form.split('&').find_map(|pair| pair.strip_prefix("d=")).ok_or(BadPayload::Missing)?;
    let spaced = field.replace('+', " ");
    let text = percent_decode_str(&spaced).decode_utf8().map_err(|_| BadPayload::Broken)?;
    Ok(text.into_owned().into())
}

struct Messages<'a>(Vec<Text<'a>>);

impl<'de> Deserialize<'de> for Messages<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Bounded)
    }
}

/// Stops at the first message too many, before there is memory for the others.
struct Bounded;

impl<'de> Visitor<'de> for Bounded {
    type Value = Messages<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at most {MESSAGES} strings")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut messages = Vec::new();
        while let Some(message) = seq.next_element()? {
            if messages.len() == MESSAGES {
                return Err(de::Error::invalid_length(MESSAGES + 1, &self));
            }
            messages.push(message);
        }
        Ok(Messages(messages))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unwraps_strings() {
        let read = |text| messages(text).map(|all| all.iter().map(|one| one.to_string()).collect::<Vec<_>>());
        assert_eq!(read(r#"["{\"msg\":\"ping\"}","{}"]"#).unwrap(), [r#"{"msg":"ping"}"#, "{}"]);
        assert_eq!(read("[]").unwrap(), Vec::<String>::new());
        assert_eq!(read("[1]"), None);
        assert_eq!(read(r#"["a""#), None);
    }

    #[test]
    fn says_what_is_wrong() {
        for missing in ["", "{}", "1", "\"x\"", "[1]", "null"] {
            assert_eq!(read(missing).unwrap_err(), BadPayload::Missing, "{missing}");
        }
        for broken in ["[", "[\"x", "x", "[\"a\"]]"] {
            assert_eq!(read(broken).unwrap_err(), BadPayload::Broken, "{broken}");
        }
    }

    #[test]
    fn reads_a_form() {
        assert_eq!(of_form("d=%5B%22a+b%2B%22%5D").unwrap(), "[\"a b+\"]");
        assert_eq!(of_form("x=1&d=%5B%5D").unwrap(), "[]");
        assert_eq!(of_form("d=%ff").unwrap_err(), BadPayload::Broken);
        assert_eq!(of_form("x").unwrap_err(), BadPayload::Missing);
    }

    #[test]
    fn the_bound_is_exact() {
        let array = |count| format!("[{}]", vec!["\"\""; count].join(","));
        assert_eq!(messages(&array(MESSAGES)).unwrap().len(), MESSAGES);
        assert!(messages(&array(MESSAGES + 1)).is_none());
    }
}
