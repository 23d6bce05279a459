//! Outgoing messages, ready to be written: encoded once for all who get them.
//!
//! A [`Draft`] is a message being written, with room for its header in front. It becomes one connection's [`Frame`],
//! or a [`Shared`] that gives every receiver the same bytes, several of them together a [`Block`]; and a personal draft
//! can be [spliced](Draft::splice) around a shared one, so that a room's document is copied for nobody.

use crate::websocket::{Close, Opcode, ServerHeader};
use bytes::Bytes;
use serde::Serialize;
use std::ops::Range;
use std::sync::OnceLock;

/// How a message stands on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WireForm {
    /// The message is the text of the frame.
    Raw,
    /// The message is a string in an array, `a["…"]`, as SockJS wants it.
    SockJs,
}

impl WireForm {
    const fn opening(self) -> &'static str {
        match self {
            Self::Raw => "",
            Self::SockJs => "a[\"",
        }
    }

    const fn ending(self) -> &'static str {
        match self {
            Self::Raw => "",
            Self::SockJs => "\"]",
        }
    }

    /// Appends `text` as it stands inside a message of this form.
    fn put(self, out: &mut Vec<u8>, text: &[u8]) {
        match self {
            Self::Raw => out.extend_from_slice(text),
            Self::SockJs => escape(out, text),
        }
    }
}

/// Appends what JSON makes of `text` inside a string.
fn escape(out: &mut Vec<u8>, text: &[u8]) {
    let start = out.len();
    put_json(out, &*String::from_utf8_lossy(text));
    out.pop();
    out.remove(start);
}

/// Appends `value` as JSON; documents have no failing serialisers, and if one ever did the text is `null`.
fn put_json(out: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    let start = out.len();
    if serde_json::to_writer(&mut *out, value).is_err() {
        out.truncate(start);
        out.extend_from_slice(b"null");
    }
}

/// Room for the longest header.
const HEADROOM: usize = ServerHeader::LONGEST;

/// Writes the header of `payload` bytes right before `text_at`, and says where it begins.
fn put_header(out: &mut [u8], text_at: usize, payload: usize) -> usize {
    let header = ServerHeader::new(Opcode::Text, payload);
    let start = text_at - header.as_bytes().len();
    out[start..text_at].copy_from_slice(header.as_bytes());
    start
}

/// A message being written.
#[derive(Clone, Debug)]
pub struct Draft(Vec<u8>);

impl Draft {
    /// An empty message.
    pub fn new() -> Self {
        Self::with_capacity(118)
    }

    /// An empty message with room for `bytes` of text.
    pub fn with_capacity(bytes: usize) -> Self {
        let mut out = Vec::with_capacity(HEADROOM + bytes);
        out.resize(HEADROOM, 0);
        Self(out)
    }

    /// Makes room for so many bytes more and none beyond: what is sent to many may be held for long.
    pub(crate) fn reserve(&mut self, bytes: usize) -> &mut Self {
        self.0.reserve_exact(bytes);
        self
    }

    /// Appends text as it stands.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.0.extend_from_slice(text.as_bytes());
        self
    }

    /// Appends `value` as JSON, in the wire of the moment; text comes out quoted and escaped.
    pub fn json(&mut self, value: &(impl Serialize + ?Sized)) -> &mut Self {
        put_json(&mut self.0, value);
        self
    }

    /// What was written so far.
    pub fn text(&self) -> &str {
        as_text(self.written())
    }

    fn written(&self) -> &[u8] {
        &self.0[HEADROOM..]
    }

    /// The message for one connection.
    pub fn frame(self, form: WireForm) -> Frame {
        Frame(Parts::Whole(self.encode(form).frame))
    }

    /// The message for many.
    pub fn share(self) -> Shared {
        Shared { raw: self.encode(WireForm::Raw), sockjs: OnceLock::new() }
    }

    /// The message for one connection that goes on with a shared text and ends with `after`.
    ///
    /// Only what this draft holds is encoded; the shared text is encoded once for all who splice it.
    pub fn splice(self, form: WireForm, shared: &Shared, after: &str) -> Frame {
        let body = shared.text_in(form);
        let mut own = self.opened(form);
        let split = own.len();
        form.put(&mut own, after.as_bytes());
        own.extend_from_slice(form.ending().as_bytes());
        let payload = own.len() - HEADROOM + body.len();
        let start = put_header(&mut own, HEADROOM, payload);
        Frame(Parts::Spliced { own: own.into_boxed_slice(), start: start as u8, split: split as u32, body })
    }

    /// Room for the header, then what was written in `form`, without its end.
    fn opened(self, form: WireForm) -> Vec<u8> {
        if form == WireForm::Raw {
            return self.0;
        }
        let mut out = Self::with_capacity(self.0.len() + self.0.len() / 4).0;
        out.extend_from_slice(form.opening().as_bytes());
        form.put(&mut out, self.written());
        out
    }

    fn encode(self, form: WireForm) -> Encoded {
        let mut out = self.opened(form);
        let end = out.len();
        out.extend_from_slice(form.ending().as_bytes());
        let payload = out.len() - HEADROOM;
        let start = put_header(&mut out, HEADROOM, payload);
        // Queues count the bytes of a frame; what it had room for beyond them would be held uncounted.
        out.shrink_to_fit();
        let text = HEADROOM + form.opening().len() - start..end - start;
        Encoded { frame: Bytes::from(out).slice(start..), text }
    }
}

impl Default for Draft {
    fn default() -> Self {
        Self::new()
    }
}

impl From<&str> for Draft {
    fn from(text: &str) -> Self {
        let mut draft = Self::with_capacity(text.len());
        draft.push(text);
        draft
    }
}

/// Drafts are made of text and JSON alone.
fn as_text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// A message, or a part of one, that many get: encoded at most once for each form.
#[derive(Debug)]
pub struct Shared {
    raw: Encoded,
    sockjs: OnceLock<Encoded>,
}

/// A whole frame, and where in it the text lies as it may stand inside another message of the same form.
#[derive(Debug)]
struct Encoded {
    frame: Bytes,
    text: Range<usize>,
}

impl Shared {
    /// The text itself.
    pub fn text(&self) -> &str {
        as_text(&self.raw.frame[self.raw.text.clone()])
    }

    /// The text as a message of its own: no copy.
    pub fn frame(&self, form: WireForm) -> Frame {
        Frame(Parts::Whole(self.encoded(form).frame.clone()))
    }

    fn text_in(&self, form: WireForm) -> Bytes {
        let encoded = self.encoded(form);
        encoded.frame.slice(encoded.text.clone())
    }

    fn encoded(&self, form: WireForm) -> &Encoded {
        match form {
            WireForm::Raw => &self.raw,
            WireForm::SockJs => self.sockjs.get_or_init(|| Draft::from(self.text()).encode(form)),
        }
    }
}

/// Messages that many get, one right after the other: one block of bytes for each form.
#[derive(Debug, Default)]
pub struct Block {
    messages: Vec<Shared>,
    raw: OnceLock<Bytes>,
    sockjs: OnceLock<Bytes>,
}

impl From<Draft> for Block {
    fn from(draft: Draft) -> Self {
        Self::from_iter([draft])
    }
}

impl FromIterator<Draft> for Block {
    fn from_iter<T: IntoIterator<Item = Draft>>(drafts: T) -> Self {
        Self { messages: drafts.into_iter().map(Draft::share).collect(), ..Self::default() }
    }
}

impl Block {
    /// The messages in this form: no copy.
    pub fn frame(&self, form: WireForm) -> Frame {
        match &self.messages[..] {
            [only] => only.frame(form),
            several => Frame(Parts::Several(self.joined(form), several.len() as u32)),
        }
    }

    fn joined(&self, form: WireForm) -> Bytes {
        let joined = match form {
            WireForm::Raw => &self.raw,
            WireForm::SockJs => &self.sockjs,
        };
        let frames = || self.messages.iter().map(|one| &one.encoded(form).frame[..]).collect::<Vec<_>>();
        joined.get_or_init(|| frames().concat().into()).clone()
    }
}

/// Bytes of one message for one connection, or of several in a row, headers included. Cloning shares them.
#[derive(Clone, Debug)]
pub struct Frame(Parts);

#[derive(Clone, Debug)]
enum Parts {
    Whole(Bytes),
    /// So many messages.
    Several(Bytes, u32),
    /// `own[start..split]`, `body`, `own[split..]`.
    Spliced {
        own: Box<[u8]>,
        start: u8,
        split: u32,
        body: Bytes,
    },
}

impl Frame {
    /// How many slices a frame has at most.
    pub(crate) const SLICES: usize = 3;

    /// The first frame of a SockJS session.
    pub fn sockjs_open() -> Self {
        Self(Parts::Whole(Bytes::from_static(b"\x81\x01o")))
    }

    /// The answer to a WebSocket ping.
    pub(crate) fn pong(payload: &[u8]) -> Self {
        Self(Parts::Whole(control(Opcode::Pong, payload).into()))
    }

    /// The last frame of a connection; SockJS is told in its own words before.
    pub(crate) fn closing(form: WireForm, close: &Close) -> Self {
        let mut out = match form {
            WireForm::Raw => Vec::new(),
            WireForm::SockJs => sockjs_close(close),
        };
        out.extend(control(Opcode::Close, &close.payload()));
        Self(Parts::Whole(out.into()))
    }

    /// Its size on the wire.
    #[expect(clippy::len_without_is_empty, reason = "a frame has a header, so none is empty")]
    pub fn len(&self) -> usize {
        self.slices().iter().map(|slice| slice.len()).sum()
    }

    /// How many messages it holds.
    pub(crate) fn messages(&self) -> usize {
        match &self.0 {
            Parts::Several(_, count) => *count as usize,
            Parts::Whole(_) | Parts::Spliced { .. } => 1,
        }
    }

    /// What is left of it when `sent` bytes, not all, are on their way.
    pub(crate) fn without(&self, sent: usize) -> Self {
        match &self.0 {
            Parts::Whole(bytes) => Self(Parts::Whole(bytes.slice(sent..))),
            Parts::Several(bytes, count) => Self(Parts::Several(bytes.slice(sent..), *count)),
            Parts::Spliced { .. } => Self(Parts::Whole(self.slices().concat().split_off(sent).into())),
        }
    }

    /// Appends the message as SockJS has it among others in an array; for a frame of [`WireForm::SockJs`].
    pub(crate) fn put_element(&self, out: &mut Vec<u8>) {
        let [first, rest @ ..] = self.slices();
        let header = ServerHeader::size_of(first);
        let opening = WireForm::SockJs.opening().len() - 1;
        out.extend_from_slice(first.get(header + opening..).unwrap_or_default());
        rest.iter().for_each(|slice| out.extend_from_slice(slice));
        out.truncate(out.len() - (WireForm::SockJs.ending().len() - 1));
    }

    /// Its bytes, in order; the last ones may be empty.
    pub fn slices(&self) -> [&[u8]; Self::SLICES] {
        match &self.0 {
            Parts::Whole(bytes) | Parts::Several(bytes, _) => [bytes, &[], &[]],
            Parts::Spliced { own, start, split, body } => {
                let (head, tail) = own.split_at(*split as usize);
                [&head[usize::from(*start)..], body, tail]
            }
        }
    }
}

fn control(opcode: Opcode, payload: &[u8]) -> Vec<u8> {
    [ServerHeader::new(opcode, payload.len()).as_bytes(), payload].concat()
}

/// `c[code,"reason"]` as a text frame.
fn sockjs_close(close: &Close) -> Vec<u8> {
    sockjs_goodbye(close).encode(WireForm::Raw).frame.into()
}

/// SockJS's last word, `c[code,"reason"]`. Its own code for an end without a word of ours is 3000.
pub(crate) fn sockjs_goodbye(close: &Close) -> Draft {
    let close = if *close == Close::NORMAL { &Close::GO_AWAY } else { close };
    let mut draft = Draft::new();
    draft.push("c").json(&(close.code(), close.reason()));
    draft
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bytes(frame: &Frame) -> Vec<u8> {
        frame.slices().concat()
    }

    /// The payload of a frame whose header is checked.
    fn payload(frame: &Frame) -> String {
        let bytes = bytes(frame);
        assert_eq!(bytes.len(), frame.len());
        let at = match bytes[1] {
            126 => 4,
            127 => 10,
            _ => 2,
        };
        assert_eq!(bytes[..at], *ServerHeader::new(Opcode::Text, bytes.len() - at).as_bytes());
        String::from_utf8(bytes[at..].to_vec()).unwrap()
    }

    /// What a SockJS client reads.
    fn unwrapped(frame: &Frame) -> String {
        let payload = payload(frame);
        let [only]: [String; 1] = serde_json::from_str(payload.strip_prefix('a').unwrap()).unwrap();
        only
    }

    #[test]
    fn a_message_in_both_forms() {
        let draft = Draft::from(r#"{"msg":"pong"}"#);
        assert_eq!(payload(&draft.clone().frame(WireForm::Raw)), r#"{"msg":"pong"}"#);
        assert_eq!(payload(&draft.frame(WireForm::SockJs)), r#"a["{\"msg\":\"pong\"}"]"#);
    }

    #[test]
    fn sharing_copies_nothing() {
        let shared = Draft::from("{}").share();
        for form in [WireForm::Raw, WireForm::SockJs] {
            let [one, other] = [shared.frame(form), shared.frame(form)];
            assert_eq!(one.slices()[0].as_ptr(), other.slices()[0].as_ptr());
        }
    }

    #[test]
    fn splicing_copies_nothing_of_the_shared_part() {
        let room = Draft::from(r#"{"_id":"R","name":"a \"b\""}"#).share();
        for form in [WireForm::Raw, WireForm::SockJs] {
            let splice = |uid: &str| Draft::from(uid).splice(form, &room, "]");
            let [ann, bob] = [splice("[\"ann\","), splice("[\"bob\",")];
            assert_eq!(ann.slices()[1].as_ptr(), bob.slices()[1].as_ptr());
        }
        let spliced = |form| Draft::from("[\"ann\",").splice(form, &room, "]");
        assert_eq!(payload(&spliced(WireForm::Raw)), r#"["ann",{"_id":"R","name":"a \"b\""}]"#);
        assert_eq!(unwrapped(&spliced(WireForm::SockJs)), r#"["ann",{"_id":"R","name":"a \"b\""}]"#);
    }

    #[test]
    fn the_sockjs_form_is_made_once_and_only_when_asked_for() {
        let shared = Draft::from("{}").share();
        shared.frame(WireForm::Raw);
        assert!(shared.sockjs.get().is_none());
        let first = shared.frame(WireForm::SockJs).slices()[0].as_ptr();
        Draft::new().splice(WireForm::SockJs, &shared, "");
        assert_eq!(shared.frame(WireForm::SockJs).slices()[0].as_ptr(), first);
    }

    #[test]
    fn a_block_is_its_messages_in_a_row() {
        let texts = ["{}", "{\"a\":\"b\"}", "[]"];
        for form in [WireForm::Raw, WireForm::SockJs] {
            let block: Block = texts.into_iter().map(Draft::from).collect();
            let [one, other] = [block.frame(form), block.frame(form)];
            assert_eq!(one.slices()[0].as_ptr(), other.slices()[0].as_ptr(), "it is made once");
            let single: Vec<u8> = texts.iter().flat_map(|text| bytes(&Draft::from(*text).frame(form))).collect();
            assert_eq!((bytes(&one), one.messages()), (single, 3));
        }
        let alone: Block = [Draft::from("{}")].into_iter().collect();
        assert_eq!(
            (bytes(&alone.frame(WireForm::Raw)), alone.frame(WireForm::Raw).messages()),
            (b"\x81\x02{}".to_vec(), 1)
        );
    }

    #[test]
    fn closes_in_both_forms() {
        let close = Close::new(3000, "Go away!");
        assert_eq!(bytes(&Frame::closing(WireForm::Raw, &close)), b"\x88\x0a\x0b\xb8Go away!");
        let sockjs = bytes(&Frame::closing(WireForm::SockJs, &close));
        assert_eq!(sockjs, b"\x81\x12c[3000,\"Go away!\"]\x88\x0a\x0b\xb8Go away!");
    }

    #[test]
    fn an_end_without_a_word_has_sockjs_own() {
        let sockjs = bytes(&Frame::closing(WireForm::SockJs, &Close::NORMAL));
        assert_eq!(sockjs, b"\x81\x12c[3000,\"Go away!\"]\x88\x02\x03\xe8");
    }

    #[test]
    fn a_frame_is_small() {
        assert!(size_of::<Frame>() <= 56, "{}", size_of::<Frame>());
    }

    proptest! {
        #[test]
        fn both_forms_hold_the_same(before in ".{0,200}", shared in ".{0,300}", after in ".{0,20}", times in 1usize..300) {
            let shared = shared.repeat(times);
            let chunk = Draft::from(&*shared).share();
            prop_assert_eq!(chunk.text(), &*shared);
            prop_assert_eq!(payload(&chunk.frame(WireForm::Raw)), &*shared);
            prop_assert_eq!(unwrapped(&chunk.frame(WireForm::SockJs)), &*shared);
            let all = [&*before, &*shared, &*after].concat();
            let splice = |form| Draft::from(&*before).splice(form, &chunk, &after);
            prop_assert_eq!(payload(&splice(WireForm::Raw)), &*all);
            prop_assert_eq!(unwrapped(&splice(WireForm::SockJs)), &*all);
            let mut array = b"[".to_vec();
            for frame in [chunk.frame(WireForm::SockJs), splice(WireForm::SockJs)] {
                frame.put_element(&mut array);
                array.push(b',');
            }
            *array.last_mut().unwrap() = b']';
            prop_assert_eq!(serde_json::from_slice::<Vec<String>>(&array).unwrap(), [shared, all]);
        }
    }
}
