//! What clients send, bent in every way: nothing of it may do more than be refused.
//!
//! Inputs come from `corpus/`, a folder for each parser, and from changes to them. Each run tries some hundreds;
//! `GANTRY_FUZZ` says how many. What fails is shrunk and shown; put it into the corpus when it is understood.

use crate::ddp::{self, Heartbeat, Incoming};
use crate::ejson;
use crate::sockjs;
use crate::websocket::{Decoder, Event, Violation};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;
use std::path::Path;

/// How many inputs a run tries unless it is told.
const FEW: u32 = 500;

/// Pieces that parsers treat in a way of their own.
const WORDS: [&[u8]; 24] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b",",
    b":",
    b"null",
    b"1e999",
    b"\\u0000",
    b"\\ud800",
    b"\xff",
    b"\xe2\x80\xa8",
    b"\"msg\"",
    b"\"ping\"",
    b"\"$date\"",
    b"\"$escape\"",
    b"\"$type\"",
    b"d=",
    b"%",
    b"\x81\xff",
    b"\x00\x80",
    b"\x88\x82",
];

/// One change to an input.
#[derive(Clone, Debug)]
enum Change {
    Flip(Index, u8),
    Put(Index, Vec<u8>),
    Word(Index, Index),
    Cut(Index, Index),
    /// A part, so many times.
    Repeat(Index, Index, usize),
    /// Goes on as another input does.
    Join(Index, Index),
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        (at(), any::<u8>()).prop_map(|(at, bits)| Change::Flip(at, bits)),
        (at(), vec(any::<u8>(), 1..8)).prop_map(|(at, bytes)| Change::Put(at, bytes)),
        (at(), at()).prop_map(|(at, word)| Change::Word(at, word)),
        (at(), at()).prop_map(|(from, to)| Change::Cut(from, to)),
        (at(), at(), 2usize..200).prop_map(|(from, to, times)| Change::Repeat(from, to, times)),
        (at(), at()).prop_map(|(other, at)| Change::Join(other, at)),
    ]
}

impl Change {
    fn apply(&self, input: &mut Vec<u8>, corpus: &[Vec<u8>]) {
        let place = |index: &Index, input: &[u8]| index.index(input.len() + 1);
        match self {
            Self::Flip(at, bits) => {
                let at = place(at, input);
                input.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= bits);
            }
            Self::Put(at, bytes) => insert(input, place(at, input), bytes),
            Self::Word(at, word) => insert(input, place(at, input), WORDS[word.index(WORDS.len())]),
            Self::Cut(from, to) => drop(input.drain(between(from, to, input))),
            Self::Repeat(from, to, times) => {
                let range = between(from, to, input);
                let part = input[range.clone()].iter().copied().cycle().take(range.len() * times).take(1 << 16);
                insert(input, range.end, &part.collect::<Vec<_>>());
            }
            Self::Join(other, at) => {
                let other = other.get(corpus);
                input.truncate(place(at, input));
                input.extend_from_slice(&other[place(at, other)..]);
            }
        }
    }
}

fn insert(input: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    input.splice(at..at, bytes.iter().copied());
}

fn between(one: &Index, other: &Index, input: &[u8]) -> std::ops::Range<usize> {
    let [one, other] = [one, other].map(|index| index.index(input.len() + 1));
    one.min(other)..one.max(other)
}

fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
    let mut files: Vec<_> = folder.read_dir().unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read(file).unwrap()).collect()
}

/// Tries every input of a corpus as it is, then bent.
fn fuzz(name: &str, attempt: impl Fn(&[u8]) -> Result<(), TestCaseError>) {
    let corpus = corpus(name);
    assert!(corpus.len() > 10, "the corpus was not found");
    for input in &corpus {
        attempt(input).unwrap();
    }
    let cases = std::env::var("GANTRY_FUZZ").ok().and_then(|cases| cases.parse().ok()).unwrap_or(FEW);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..Config::default() });
    let bent = (any::<Index>(), vec(change(), 0..8)).prop_map(|(seed, changes)| {
        let mut input = seed.get(&corpus).clone();
        changes.iter().for_each(|change| change.apply(&mut input, &corpus));
        input
    });
    if let Err(failed) = runner.run(&bent, |input| attempt(&input)) {
        panic!("{failed}");
    }
}

/// The same, for parsers of text.
fn fuzz_text(name: &str, attempt: impl Fn(&str) -> Result<(), TestCaseError>) {
    fuzz(name, |input| attempt(&String::from_utf8_lossy(input)));
}

const LIMIT: u32 = 4096;

/// What a decoder makes of `pieces`, one after another.
fn decode<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> (Vec<String>, Option<Violation>) {
    let mut decoder = Decoder::new(LIMIT, 32);
    let mut events = Vec::new();
    for piece in pieces {
        let mut piece = piece.to_vec();
        let mut at = 0;
        while at < piece.len() {
            match decoder.next(&mut piece[at..]) {
                Ok(step) => {
                    assert!(step.consumed > 0, "no progress");
                    at += step.consumed;
                    if let Some(event) = step.event {
                        let bounded = !matches!(&event, Event::Text(text) if text.len() > LIMIT as usize);
                        assert!(bounded, "more than the limit");
                        events.push(format!("{event:?}"));
                        if matches!(event, Event::Close(_)) {
                            return (events, None);
                        }
                    }
                }
                Err(violation) => return (events, Some(violation)),
            }
        }
    }
    (events, None)
}

#[test]
fn websocket_frames() {
    fuzz("websocket", |input| {
        let whole = decode(std::iter::once(input));
        for size in [1, 3, 7, 64] {
            prop_assert_eq!(decode(input.chunks(size)), whole.clone(), "in pieces of {}", size);
        }
        Ok(())
    });
}

#[test]
fn ddp_messages() {
    fuzz_text("ddp", |text| {
        let read = ddp::parse(text);
        if let Err(offence) = &read {
            let answer = offence.answer();
            prop_assert!(serde_json::from_str::<IgnoredAny>(answer.text()).is_ok(), "{}", answer.text());
            prop_assert!(answer.text().len() < 5_000);
        }
        let beat = ddp::heartbeat(text);
        let agrees = match &beat {
            Some(Heartbeat::Ping(_)) => matches!(read, Ok(Incoming::Ping { .. })),
            Some(Heartbeat::Pong) => matches!(read, Ok(Incoming::Pong)),
            None => true,
        };
        prop_assert!(agrees, "{:?} is no {:?}", read, beat);
        Ok(())
    });
}

#[test]
fn ejson_values() {
    fuzz_text("ejson", |text| {
        let Ok(raw) = RawValue::from_string(text.to_owned()) else { return Ok(()) };
        for plain in ejson::params(Some(&raw)).unwrap_or_default() {
            let written = plain.to_string();
            prop_assert!(serde_json::from_str::<Value>(&written).is_ok(), "{}", written);
            ejson::as_bytes(&plain);
            if let Some(date) = ejson::as_millis(&plain) {
                prop_assert!(!date.iso().is_empty());
            }
        }
        Ok(())
    });
}

#[test]
fn sockjs_payloads() {
    fuzz_text("sockjs", |text| {
        for payload in [sockjs::letter(text.as_bytes(), false), sockjs::letter(text.as_bytes(), true)] {
            let Ok(messages) = payload else { continue };
            prop_assert!(messages.len() <= 1024);
            let again = serde_json::to_string(&messages).unwrap();
            prop_assert_eq!(sockjs::letter(again.as_bytes(), false).ok(), Some(messages));
        }
        Ok(())
    });
}
