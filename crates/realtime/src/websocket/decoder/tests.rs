use super::*;
use proptest::collection::vec;
use proptest::prelude::*;

const LIMIT: u32 = 1 << 16;

/// A client's frame, masked.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mask = [0x11, 0x22, 0x33, 0x44];
    let mut out = vec![first];
    match payload.len() {
        len @ 0..126 => out.push(0x80 | len as u8),
        len @ 126..0x1_0000 => out.extend([&[0xfe], &(len as u16).to_be_bytes()[..]].concat()),
        len => out.extend([&[0xff], &(len as u64).to_be_bytes()[..]].concat()),
    }
    out.extend(mask);
    let start = out.len();
    out.extend(payload);
    unmask(&mut out[start..], mask, 0);
    out
}

/// The header of a text frame that promises `len` bytes.
fn promise(first: u8, len: u64) -> Vec<u8> {
    [&[first, 0xff][..], &len.to_be_bytes(), &[0; 4]].concat()
}

/// Feeds `pieces` one after another; the events, then the violation that ended it.
fn decode(decoder: &mut Decoder, pieces: &[&[u8]]) -> (Vec<Event<'static>>, Option<Violation>) {
    let mut events = Vec::new();
    for piece in pieces {
        let mut piece = piece.to_vec();
        let mut at = 0;
        while at < piece.len() {
            match decoder.next(&mut piece[at..]) {
                Ok(step) => {
                    at += step.consumed;
                    events.extend(step.event.map(owned));
                }
                Err(violation) => return (events, Some(violation)),
            }
        }
    }
    (events, None)
}

fn owned(event: Event<'_>) -> Event<'static> {
    match event {
        Event::Text(text) => Event::Text(Cow::Owned(text.into_owned())),
        Event::Ping(payload) => Event::Ping(Cow::Owned(payload.into_owned())),
        Event::Pong => Event::Pong,
        Event::Close(close) => Event::Close(close),
    }
}

fn all(bytes: &[u8]) -> (Vec<Event<'static>>, Option<Violation>) {
    decode(&mut Decoder::new(LIMIT, 8), &[bytes])
}

fn violation(bytes: &[u8]) -> Option<Violation> {
    all(bytes).1
}

fn text(text: &str) -> Event<'static> {
    Event::Text(Cow::Owned(text.into()))
}

#[test]
fn a_whole_message_is_borrowed_and_leaves_nothing() {
    let mut decoder = Decoder::new(LIMIT, 8);
    let mut input = frame(0x81, b"hello");
    let step = decoder.next(&mut input).unwrap();
    assert_eq!(step, Step { consumed: 11, event: Some(Event::Text(Cow::Borrowed("hello"))) });
    assert!(matches!(step.event, Some(Event::Text(Cow::Borrowed(_)))));
    assert!(!decoder.is_mid_message());
}

#[test]
fn an_idle_decoder_is_sixteen_bytes() {
    assert_eq!(size_of::<Decoder>(), 16);
}

#[test]
fn nothing_is_held_between_messages() {
    let mut decoder = Decoder::new(LIMIT, 8);
    let bytes = [frame(0x01, b"he"), frame(0x89, b"?"), frame(0x80, b"llo")].concat();
    for (at, byte) in bytes.iter().enumerate() {
        decode(&mut decoder, &[&[*byte]]);
        assert_eq!(decoder.is_mid_message(), at + 1 < bytes.len(), "after byte {at}");
    }
}

#[test]
fn joins_fragments_around_control_frames() {
    let bytes = [frame(0x01, b"he"), frame(0x89, b"?"), frame(0x00, b""), frame(0x80, b"llo"), frame(0x8a, b"")];
    let ping = Event::Ping(Cow::Borrowed(b"?".as_slice()));
    assert_eq!(all(&bytes.concat()), (vec![ping, text("hello"), Event::Pong], None));
}

#[test]
fn reads_a_close() {
    assert_eq!(all(&frame(0x88, b"")).0, [Event::Close(None)]);
    let close = Close::new(4000, "").because("bye".into());
    assert_eq!(all(&frame(0x88, b"\x0f\xa0bye")).0, [Event::Close(Some(close))]);
    assert_eq!(violation(&frame(0x88, b"\x03")), Some(Violation::Close));
    assert_eq!(violation(&frame(0x88, &1005u16.to_be_bytes())), Some(Violation::Close));
}

#[test]
fn refuses_text_that_is_not_utf8() {
    assert_eq!(violation(&frame(0x81, b"\xff")), Some(Violation::Utf8));
    assert_eq!(violation(&frame(0x81, b"\xed\xa0\x80")), Some(Violation::Utf8));
    let halves = [frame(0x01, b"\xc3"), frame(0x80, b"\xa4")].concat();
    assert_eq!(all(&halves), (vec![text("ä")], None));
}

#[test]
fn refuses_disorder() {
    assert_eq!(violation(&frame(0x80, b"x")), Some(Violation::Continuation));
    assert_eq!(violation(&[frame(0x01, b"x"), frame(0x81, b"y")].concat()), Some(Violation::Interleaved));
    assert_eq!(violation(&frame(0x82, b"x")), Some(Violation::Binary));
    assert_eq!(violation(&frame(0x08, b"")), Some(Violation::Control));
    assert_eq!(violation(&frame(0x89, &[0; 126])), Some(Violation::Control));
    assert_eq!(violation(b"GET / HTTP/1.1\r\n"), Some(Violation::ReservedBit));
}

#[test]
fn the_limit_is_exact() {
    let limit = LIMIT as usize;
    assert_eq!(all(&frame(0x81, &vec![b'x'; limit])).0.len(), 1);
    assert_eq!(violation(&frame(0x81, &vec![b'x'; limit + 1])), Some(Violation::TooBig));
    let in_two = |second: usize| [frame(0x01, &vec![b'x'; limit - 1]), frame(0x80, &vec![b'x'; second])].concat();
    assert_eq!(all(&in_two(1)).0.len(), 1);
    assert_eq!(violation(&in_two(2)), Some(Violation::TooBig));
}

#[test]
fn a_giant_is_refused_from_its_header() {
    for len in [u64::from(LIMIT) + 1, 1 << 40, i64::MAX as u64] {
        let mut decoder = Decoder::new(LIMIT, 8);
        assert_eq!(decode(&mut decoder, &[&promise(0x81, len)]).1, Some(Violation::TooBig));
        assert!(!decoder.is_mid_message());
    }
    assert_eq!(violation(&promise(0x81, u64::MAX)), Some(Violation::Length));
}

#[test]
fn memory_follows_what_came_not_what_was_promised() {
    let mut decoder = Decoder::new(1 << 20, 8);
    let came = [promise(0x81, 1 << 20), vec![0; 100]].concat();
    assert_eq!(decode(&mut decoder, &[&came]), (vec![], None));
    let message = decoder.partial.unwrap().message.unwrap();
    assert!(message.bytes.capacity() <= 256, "{}", message.bytes.capacity());
}

#[test]
fn fragments_are_counted_even_when_empty() {
    let endless = |frames: usize| [frame(0x01, b""), frame(0x00, b"").repeat(frames - 1)].concat();
    assert_eq!(violation(&endless(8)), None);
    assert_eq!(violation(&endless(9)), Some(Violation::TooManyFragments));
    let finished = [endless(7), frame(0x80, b"x")].concat();
    assert_eq!(all(&finished), (vec![text("x")], None));
}

fn payload() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        ".{0,20}".prop_map(String::into_bytes),
        ("[a-zä€😀]{0,3}", 0usize..400).prop_map(|(text, times)| text.repeat(times).into_bytes()),
        vec(any::<u8>(), 0..20),
    ]
}

/// Mostly sensible frames, sometimes not.
fn frames() -> impl Strategy<Value = Vec<u8>> {
    let first = prop_oneof![
        6 => Just(0x81u8),
        2 => Just(0x01),
        2 => Just(0x00),
        2 => Just(0x80),
        2 => Just(0x89),
        1 => Just(0x8a),
        1 => Just(0x88),
        1 => any::<u8>(),
    ];
    vec((first, payload()).prop_map(|(first, payload)| frame(first, &payload)), 1..12).prop_map(|all| all.concat())
}

/// `bytes` cut at `cuts`.
fn pieces<'a>(bytes: &'a [u8], cuts: &[prop::sample::Index]) -> Vec<&'a [u8]> {
    let mut at: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len())).collect();
    at.extend([0, bytes.len()]);
    at.sort_unstable();
    at.windows(2).map(|pair| &bytes[pair[0]..pair[1]]).collect()
}

proptest! {
    #[test]
    fn any_split_gives_the_same_messages(bytes in frames(), cuts in vec(any::<prop::sample::Index>(), 0..20)) {
        let whole = all(&bytes);
        prop_assert_eq!(&decode(&mut Decoder::new(LIMIT, 8), &pieces(&bytes, &cuts)), &whole);
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        prop_assert_eq!(&decode(&mut Decoder::new(LIMIT, 8), &single), &whole);
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes in vec(any::<u8>(), 0..2000)) {
        let _ = all(&bytes);
    }

    #[test]
    fn a_damaged_stream_never_panics(mut bytes in frames(), at in any::<prop::sample::Index>(), byte: u8) {
        let at = at.index(bytes.len());
        bytes[at] = byte;
        let _ = all(&bytes);
    }

    #[test]
    fn every_text_arrives(texts in vec(".{0,200}", 1..6)) {
        let bytes: Vec<u8> = texts.iter().flat_map(|text| frame(0x81, text.as_bytes())).collect();
        let expected: Vec<_> = texts.iter().map(|one| text(one)).collect();
        prop_assert_eq!(all(&bytes), (expected, None));
    }
}
