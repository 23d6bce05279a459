//! What a SockJS client sends: an array of messages, each a string.

use crate::ddp::Text;
use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use std::fmt;

/// The most messages that one array may hold.
const MESSAGES: usize = 64;

/// Whether `text` is of SockJS's form; it may be also on a plain endpoint.
pub(crate) fn is_array(text: &str) -> bool {
    text.starts_with('[')
}

/// The messages in `text`; `None` when it is not an array of strings, or one of too many.
pub(crate) fn messages(text: &str) -> Option<Vec<Text<'_>>> {
    serde_json::from_str::<Messages<'_>>(text).ok().map(|messages| messages.0)
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
    fn the_bound_is_exact() {
        let array = |count| format!("[{}]", vec!["\"\""; count].join(","));
        assert_eq!(messages(&array(MESSAGES)).unwrap().len(), MESSAGES);
        assert!(messages(&array(MESSAGES + 1)).is_none());
    }
}
