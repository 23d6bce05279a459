//! What clients send.

use super::{Text, VERSION, error};
use crate::frame::Draft;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::error::Category;
use serde_json::value::RawValue;

/// How deep a message may nest.
const DEPTH: usize = 64;

/// The longest offending message that is sent back.
const ECHO_BYTES: usize = 4096;

/// The longest id, and the longest name of a method or publication: they come back in every answer.
const NAME_BYTES: usize = 1024;

/// The longest message that is taken for a heartbeat.
const HEARTBEAT_BYTES: usize = 256;

/// A client's message.
#[derive(Clone, Debug)]
pub enum Incoming<'a> {
    /// The first message of a connection.
    Connect(Connect<'a>),
    /// To be answered by a [`pong`](super::pong) with the same id, or with none.
    Ping {
        /// The client's own, if it has one.
        id: Option<Text<'a>>,
    },
    /// The answer to a ping, with or without its id.
    Pong,
    /// Asks for a publication.
    Sub {
        /// The client's name for it.
        id: Text<'a>,
        /// The publication.
        name: Text<'a>,
        /// An array, still EJSON (see [`crate::ejson`]).
        params: Option<&'a RawValue>,
    },
    /// Ends a subscription.
    Unsub {
        /// As it was named when subscribing.
        id: Text<'a>,
    },
    /// Calls a method.
    Method {
        /// The client's name for the call.
        id: Text<'a>,
        /// The method.
        method: Text<'a>,
        /// An array, still EJSON (see [`crate::ejson`]).
        params: Option<&'a RawValue>,
    },
}

/// What a client proposes to speak.
#[derive(Clone, Debug)]
pub struct Connect<'a> {
    /// The version it would like.
    pub version: Option<Text<'a>>,
    /// All that it speaks.
    pub support: Vec<Text<'a>>,
    /// The session it had before; nothing is kept of those.
    pub session: Option<Text<'a>>,
}

impl Connect<'_> {
    /// Whether there is a version in common; else the answer is [`failed`](super::failed).
    pub fn is_spoken(&self) -> bool {
        let mut proposed = self.version.iter().chain(&self.support).peekable();
        proposed.peek().is_none() || proposed.any(|version| [VERSION, "pre2", "pre1"].contains(&&**version))
    }
}

/// What is wrong with a message. The connection stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offence<'a> {
    /// It is not JSON.
    Parse,
    /// It is no message: unknown or missing `msg`, a field missing, too long, or of the wrong type.
    BadRequest(&'a str),
    /// It nests deeper than anything sensible.
    TooDeep,
}

impl Offence<'_> {
    /// The answer, which holds the offending message if that is short.
    pub fn answer(self) -> Draft {
        match self {
            Self::Parse => error("Parse error", None),
            Self::BadRequest(text) => error("Bad request", (text.len() <= ECHO_BYTES).then_some(text)),
            Self::TooDeep => error("Bad request", None),
        }
    }
}

/// Every field that any message has.
#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(borrow)]
    msg: Option<Text<'a>>,
    #[serde(borrow)]
    id: Option<Text<'a>>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    method: Option<Text<'a>>,
    #[serde(borrow)]
    params: Option<&'a RawValue>,
    #[serde(borrow)]
    version: Option<Text<'a>>,
    #[serde(borrow)]
    support: Option<Vec<Text<'a>>>,
    #[serde(borrow)]
    session: Option<Text<'a>>,
}

/// Reads a client's message.
pub fn parse(text: &str) -> Result<Incoming<'_>, Offence<'_>> {
    if is_too_deep(text) {
        return Err(Offence::TooDeep);
    }
    let fields: Fields<'_> = serde_json::from_str(text).map_err(|error| offence(text, error.classify()))?;
    fields.message().ok_or(Offence::BadRequest(text))
}

impl<'a> Fields<'a> {
    fn message(self) -> Option<Incoming<'a>> {
        let Self { msg, id, name, method, params, .. } = self;
        if [&id, &name, &method].into_iter().flatten().any(|text| text.len() > NAME_BYTES) {
            return None;
        }
        Some(match &*msg? {
            "method" => Incoming::Method { id: id?, method: method?, params },
            "sub" => Incoming::Sub { id: id?, name: name?, params },
            "unsub" => Incoming::Unsub { id: id? },
            "ping" => Incoming::Ping { id },
            "pong" => Incoming::Pong,
            "connect" => Incoming::Connect(Connect {
                version: self.version,
                support: self.support.unwrap_or_default(),
                session: self.session,
            }),
            _ => return None,
        })
    }
}

/// A wrong type is noticed before the rest was read: only what is JSON to its end may be sent back.
fn offence(text: &str, category: Category) -> Offence<'_> {
    match category {
        Category::Data if serde_json::from_str::<IgnoredAny>(text).is_ok() => Offence::BadRequest(text),
        _ => Offence::Parse,
    }
}

/// Whether brackets outside of strings nest deeper than [`DEPTH`].
fn is_too_deep(text: &str) -> bool {
    let (mut depth, mut in_string, mut escaped) = (0usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = in_string,
            b'"' => in_string = !in_string,
            b'{' | b'[' if !in_string => depth += 1,
            b'}' | b']' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH {
            return true;
        }
    }
    false
}

/// A message that does not wait its turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heartbeat<'a> {
    /// To be answered at once, with the same id.
    Ping(Option<Text<'a>>),
    /// An answer; that it came is all it says.
    Pong,
}

/// Reads a ping or a pong; other messages are told apart without being parsed.
pub fn heartbeat(text: &str) -> Option<Heartbeat<'_>> {
    let candidate = text.len() <= HEARTBEAT_BYTES && (text.contains("\"ping\"") || text.contains("\"pong\""));
    match candidate.then(|| parse(text))? {
        Ok(Incoming::Ping { id }) => Some(Heartbeat::Ping(id)),
        Ok(Incoming::Pong) => Some(Heartbeat::Pong),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::borrow::Cow;

    #[test]
    fn reads_a_method_without_copying() {
        let text = r#"{"msg":"method","id":"9","method":"login","params":[{"resume":"T"}],"randomSeed":"x"}"#;
        let Ok(Incoming::Method { id, method, params }) = parse(text) else { panic!("{:?}", parse(text)) };
        assert!(matches!(id.into_cow(), Cow::Borrowed("9")));
        assert!(matches!(method.into_cow(), Cow::Borrowed("login")));
        assert_eq!(params.map(RawValue::get), Some(r#"[{"resume":"T"}]"#));
    }

    #[test]
    fn reads_what_is_not_there_as_absent() {
        assert!(matches!(parse(r#"{"msg":"ping"}"#), Ok(Incoming::Ping { id: None })));
        assert!(matches!(parse(r#"{"msg":"ping","id":null}"#), Ok(Incoming::Ping { id: None })));
        assert!(matches!(parse(r#"{"msg":"pong","id":"x"}"#), Ok(Incoming::Pong)));
        assert!(matches!(parse(r#"{"msg":"unsub","id":"x"}"#), Ok(Incoming::Unsub { .. })));
        let sub = parse(r#"{"msg":"sub","id":"\u0061","name":"n","params":null}"#);
        assert!(matches!(sub, Ok(Incoming::Sub { id, params: None, .. }) if &*id == "a"));
    }

    #[test]
    fn agrees_on_a_version() {
        let spoken = |text: &str| match parse(text) {
            Ok(Incoming::Connect(connect)) => connect.is_spoken(),
            other => panic!("{other:?}"),
        };
        assert!(spoken(r#"{"msg":"connect","version":"1","support":["1","pre2","pre1"]}"#));
        assert!(spoken(r#"{"msg":"connect","version":"pre1","support":["pre1"],"session":"old"}"#));
        assert!(spoken(r#"{"msg":"connect","version":"2","support":["2","1"]}"#));
        assert!(spoken(r#"{"msg":"connect"}"#));
        assert!(!spoken(r#"{"msg":"connect","version":"2","support":["2"]}"#));
    }

    #[test]
    fn names_the_offence() {
        for text in ["", "x", "{", r#"{"msg":"ping"} x"#, r#"{"msg":5,"#, "\u{feff}{}"] {
            assert_eq!(parse(text).unwrap_err(), Offence::Parse, "{text}");
        }
        for text in [
            "{}",
            "5",
            "[]",
            "null",
            r#"{"msg":5}"#,
            r#"{"msg":"hello"}"#,
            r#"{"msg":"method","id":"1"}"#,
            r#"{"msg":"method","method":"x"}"#,
            r#"{"msg":"method","id":1,"method":"x"}"#,
            r#"{"msg":"sub","id":"1"}"#,
            r#"{"msg":"unsub"}"#,
            r#"{"msg":"connect","support":"1"}"#,
        ] {
            assert_eq!(parse(text).unwrap_err(), Offence::BadRequest(text));
        }
    }

    #[test]
    fn sends_the_offending_message_back_if_it_is_short() {
        assert_eq!(Offence::Parse.answer().text(), r#"{"msg":"error","reason":"Parse error"}"#);
        let answer = Offence::BadRequest(r#"{"a":1}"#).answer();
        assert_eq!(answer.text(), r#"{"msg":"error","reason":"Bad request","offendingMessage":{"a":1}}"#);
        let long = format!("[\"{}\"]", "x".repeat(ECHO_BYTES));
        assert_eq!(Offence::BadRequest(&long).answer().text(), r#"{"msg":"error","reason":"Bad request"}"#);
    }

    #[test]
    fn names_are_short() {
        for (before, after) in [
            (r#"{"msg":"ping","id":""#, r#""}"#),
            (r#"{"msg":"unsub","id":""#, r#""}"#),
            (r#"{"msg":"method","method":"x","id":""#, r#""}"#),
            (r#"{"msg":"method","id":"1","method":""#, r#""}"#),
            (r#"{"msg":"sub","id":"1","name":""#, r#""}"#),
        ] {
            let named = |length: usize| format!("{before}{}{after}", "x".repeat(length));
            assert!(parse(&named(NAME_BYTES)).is_ok(), "{before}");
            let long = named(NAME_BYTES + 1);
            assert_eq!(parse(&long).unwrap_err(), Offence::BadRequest(&long));
        }
    }

    #[test]
    fn the_depth_is_exact() {
        let nested = |depth: usize| {
            let (open, close) = ("[".repeat(depth - 1), "]".repeat(depth - 1));
            format!(r#"{{"msg":"method","id":"1","method":"x","params":{open}{close}}}"#)
        };
        assert!(parse(&nested(DEPTH)).is_ok());
        assert_eq!(parse(&nested(DEPTH + 1)).unwrap_err(), Offence::TooDeep);
        assert_eq!(parse(&r#"{"a":"#.repeat(100_000)).unwrap_err(), Offence::TooDeep);
        for quote in ["", r#"\""#, r"\\"] {
            let quoted = format!(r#"{{"msg":"ping","id":"{quote}{}"}}"#, "[".repeat(100));
            assert!(parse(&quoted).is_ok(), "{quoted}");
        }
    }

    #[test]
    fn tells_heartbeats_apart() {
        assert_eq!(heartbeat(r#"{"msg":"ping","id":"7"}"#), Some(Heartbeat::Ping(Some("7".into()))));
        assert_eq!(heartbeat(r#"{"msg" : "ping"}"#), Some(Heartbeat::Ping(None)));
        assert_eq!(heartbeat(r#"{"msg":"pong","id":5}"#), None);
        assert_eq!(heartbeat(r#"{"msg":"pong"}"#), Some(Heartbeat::Pong));
        assert_eq!(heartbeat(r#"{"msg":"method","method":"ping","id":"1","params":["ping"]}"#), None);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,200}") {
            let _ = parse(&text);
        }

        #[test]
        fn nothing_like_a_message_panics(text in r#"[{}\[\]":,msgidpn 0-9\\]{0,80}"#) {
            let _ = parse(&text).map_err(|offence| offence.answer());
            heartbeat(&text);
        }
    }
}
