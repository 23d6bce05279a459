//! One request that is answered with what a session says, and how each transport writes that.

use super::pipe::{Gone, Stream, Writer, pipe};
use bytes::Bytes;
use std::task::{Context, Poll};

/// Bytes after which a streaming answer ends and the client asks anew: some browsers keep all of it in memory.
const STREAM_BYTES: usize = 128 * 1024;

/// Browsers pass on nothing of an answer before so many bytes have come.
const PRELUDE: usize = 2048;

/// The transport of a receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Transport {
    /// One piece in each answer.
    Xhr,
    /// Many.
    XhrStreaming,
    /// Many, as events.
    EventSource,
    /// One piece, as a call of this function.
    Jsonp(Callback),
}

/// The name of a function in the client's page: letters, digits, `-`, `_` and `.`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Callback(String);

impl Callback {
    /// The longest name.
    const LONGEST: usize = 32;

    /// Takes a name that can be nothing but a name.
    pub(super) fn parse(name: &str) -> Option<Self> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        let fits = !name.is_empty() && name.len() <= Self::LONGEST;
        (fits && name.bytes().all(is_plain)).then(|| Self(name.to_owned()))
    }
}

impl Transport {
    pub(super) fn content_type(&self) -> &'static str {
        match self {
            Self::Xhr | Self::XhrStreaming | Self::Jsonp(_) => "application/javascript; charset=UTF-8",
            Self::EventSource => "text/event-stream; charset=UTF-8",
        }
    }

    fn prelude(&self) -> Option<Bytes> {
        match self {
            Self::Xhr | Self::Jsonp(_) => None,
            Self::XhrStreaming => Some(format!("{}\n", "h".repeat(PRELUDE)).into()),
            Self::EventSource => Some(Bytes::from_static(b"\r\n")),
        }
    }

    /// How many bytes an answer may have before its last piece.
    fn capacity(&self) -> usize {
        match self {
            Self::Xhr | Self::Jsonp(_) => 0,
            Self::XhrStreaming | Self::EventSource => STREAM_BYTES,
        }
    }

    /// A frame of SockJS as it stands in the answer.
    fn wrap(&self, frame: &[u8]) -> Bytes {
        match self {
            Self::Xhr | Self::XhrStreaming => [frame, b"\n"].concat(),
            Self::EventSource => [b"data: ", frame, b"\r\n\r\n"].concat(),
            Self::Jsonp(Callback(name)) => format!("/**/{name}({});\r\n", script_text(frame)).into_bytes(),
        }
        .into()
    }
}

/// `frame` as a text of JavaScript. Two characters that JSON allows in a text end a line in older scripts.
fn script_text(frame: &[u8]) -> String {
    let quoted = serde_json::Value::from(String::from_utf8_lossy(frame)).to_string();
    quoted.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

/// See the head of this file.
#[derive(Debug)]
pub(crate) struct Receiver {
    transport: Transport,
    writer: Writer,
    sent: usize,
}

impl Receiver {
    /// A receiver, and the body of its answer.
    pub(super) fn new(transport: Transport) -> (Self, Stream) {
        let (mut writer, stream) = pipe();
        if let Some(prelude) = transport.prelude() {
            writer.put(prelude);
        }
        (Self { transport, writer, sent: 0 }, stream)
    }

    /// Whether a frame may be sent: the one before was taken.
    pub(super) fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Gone>> {
        self.writer.poll_ready(cx)
    }

    /// Sends a frame. Gives the receiver back when it takes another.
    pub(super) fn send(mut self, frame: &[u8]) -> Option<Self> {
        let piece = self.transport.wrap(frame);
        self.sent += piece.len();
        self.writer.put(piece);
        (self.sent < self.transport.capacity()).then_some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hyper::body::Body;
    use std::pin::Pin;
    use std::task::Waker;

    fn read(stream: &mut Stream) -> Option<String> {
        match Pin::new(stream).poll_frame(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(frame) => Some(String::from_utf8(frame?.unwrap().into_data().unwrap().into()).unwrap()),
            Poll::Pending => panic!("nothing waits"),
        }
    }

    #[test]
    fn polling_ends_with_its_first_frame() {
        for (transport, text) in [
            (Transport::Xhr, "a[\"\u{2028}\"]\n".to_owned()),
            (Transport::Jsonp(Callback::parse("_jp.a").unwrap()), "/**/_jp.a(\"a[\\\"\\u2028\\\"]\");\r\n".to_owned()),
        ] {
            let (receiver, mut stream) = Receiver::new(transport);
            assert!(receiver.send("a[\"\u{2028}\"]".as_bytes()).is_none());
            assert_eq!(read(&mut stream), Some(text));
            assert_eq!(read(&mut stream), None);
        }
    }

    #[test]
    fn streaming_goes_on_until_much_was_sent() {
        let frame = "x".repeat(1022);
        for (transport, prelude, around) in [
            (Transport::XhrStreaming, "h".repeat(2048) + "\n", 1),
            (Transport::EventSource, "\r\n".to_owned(), "data: \r\n\r\n".len()),
        ] {
            let (mut receiver, mut stream) = Receiver::new(transport);
            assert_eq!(read(&mut stream), Some(prelude));
            let mut frames = 1;
            while let Some(more) = receiver.send(frame.as_bytes()) {
                assert_eq!(read(&mut stream).unwrap().len(), frame.len() + around);
                receiver = more;
                frames += 1;
            }
            assert_eq!(frames, STREAM_BYTES.div_ceil(frame.len() + around));
            assert!(read(&mut stream).is_some() && read(&mut stream).is_none());
        }
    }

    #[test]
    fn a_callback_is_a_name() {
        for good in ["callback", "_jp.aBc123", "a-b"] {
            assert!(Callback::parse(good).is_some(), "{good}");
        }
        for bad in ["", "a(b", "a b", "a;", "%20", "ä", "<script>", &"a".repeat(33)] {
            assert!(Callback::parse(bad).is_none(), "{bad}");
        }
    }
}
