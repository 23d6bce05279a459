//! Why a connection ends.

use std::borrow::Cow;
use std::fmt;

/// A close code of RFC 6455 §7.4 and a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Close {
    code: u16,
    reason: Cow<'static, str>,
}

impl Close {
    /// Done: nothing went wrong.
    pub const NORMAL: Self = Self::new(1000, "");
    /// The server stops; come back.
    pub const GOING_AWAY: Self = Self::new(1001, "Server is shutting down");
    /// The client broke the protocol; also the published answer to a logout.
    pub const PROTOCOL_ERROR: Self = Self::new(1002, "CLOSE_PROTOCOL_ERROR");
    /// Text that is none.
    pub const BAD_DATA: Self = Self::new(1007, "UNSUPPORTED_DATA");
    /// The client does not read as fast as it is written to; it may come back and catch up.
    pub const TOO_SLOW: Self = Self::new(1013, "Client is too slow");
    /// SockJS's word for an end.
    pub const GO_AWAY: Self = Self::new(3000, "Go away!");
    /// Nothing was heard from the client, not even an answer to a ping.
    pub const TIMEOUT: Self = Self::new(4000, "TIMEOUT");

    /// The most a reason may take on the wire, in bytes.
    const REASON_BYTES: usize = 123;

    /// `code`, which must be one that may be sent (not 1005, 1006 or 1015), and its reason.
    pub const fn new(code: u16, reason: &'static str) -> Self {
        Self { code, reason: Cow::Borrowed(reason) }
    }

    /// The same code with a reason made at run time.
    #[must_use]
    pub fn because(self, reason: String) -> Self {
        Self { reason: Cow::Owned(reason), ..self }
    }

    /// The code.
    pub fn code(&self) -> u16 {
        self.code
    }

    /// The sentence; may be empty.
    pub fn reason(&self) -> &str {
        &self.reason
    }

    /// The payload of the close frame; a long reason is cut.
    pub(crate) fn payload(&self) -> Vec<u8> {
        let longest = self.reason.len().min(Self::REASON_BYTES);
        let end = (0..=longest).rev().find(|&end| self.reason.is_char_boundary(end)).unwrap_or(0);
        [&self.code.to_be_bytes(), self.reason[..end].as_bytes()].concat()
    }

    /// Reads the payload of a client's close frame; it may be empty.
    pub(super) fn parse(payload: &[u8]) -> Result<Option<Self>, Violation> {
        let Some((code, reason)) = payload.split_first_chunk() else {
            return if payload.is_empty() { Ok(None) } else { Err(Violation::Close) };
        };
        let code = u16::from_be_bytes(*code);
        if !may_be_sent(code) {
            return Err(Violation::Close);
        }
        let reason = std::str::from_utf8(reason).map_err(|_| Violation::Utf8)?;
        Ok(Some(Self::new(code, "").because(reason.to_owned())))
    }
}

impl fmt::Display for Close {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.reason)
    }
}

/// Codes that mean something on the wire: those of the registry, and the ranges for libraries and applications.
fn may_be_sent(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999)
}

/// What a client did that the protocol, or a limit, forbids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Violation {
    /// A reserved bit: no extension was agreed.
    ReservedBit,
    /// An opcode nobody has defined.
    Opcode,
    /// A client's frame without a mask.
    Unmasked,
    /// A length that is not in its shortest form, or above 2⁶³.
    Length,
    /// A control frame in fragments, or of more than 125 bytes.
    Control,
    /// A continuation of nothing.
    Continuation,
    /// A new message inside an unfinished one.
    Interleaved,
    /// A close frame whose code may not be sent.
    Close,
    /// A binary message: none is understood here.
    Binary,
    /// Text that is not UTF-8.
    Utf8,
    /// A message above the limit.
    TooBig,
    /// A message in too many fragments.
    TooManyFragments,
}

impl Violation {
    /// How the connection ends for it.
    pub const fn close(self) -> Close {
        match self {
            Self::ReservedBit => Close::new(1002, "Reserved bit is set"),
            Self::Opcode => Close::new(1002, "Unknown opcode"),
            Self::Unmasked => Close::new(1002, "Frame is not masked"),
            Self::Length => Close::new(1002, "Bad frame length"),
            Self::Control => Close::new(1002, "Bad control frame"),
            Self::Continuation => Close::new(1002, "Nothing to continue"),
            Self::Interleaved => Close::new(1002, "Message inside a message"),
            Self::Close => Close::new(1002, "Bad close frame"),
            Self::Binary => Close::new(1003, "Binary messages are not supported"),
            Self::Utf8 => Close::new(1007, "Text is not UTF-8"),
            Self::TooBig => Close::new(1009, "Message is too big"),
            Self::TooManyFragments => Close::new(1008, "Too many fragments"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        let close = Close::new(4000, "TIMEOUT");
        assert_eq!(Close::parse(&close.payload()), Ok(Some(close)));
        assert_eq!(Close::parse(b""), Ok(None));
    }

    #[test]
    fn refuses_codes_that_may_not_be_sent() {
        for code in [0u16, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65535] {
            assert_eq!(Close::parse(&code.to_be_bytes()), Err(Violation::Close), "{code}");
        }
        for code in [1000u16, 1001, 1003, 1007, 1014, 3000, 4999] {
            assert!(Close::parse(&code.to_be_bytes()).is_ok(), "{code}");
        }
        assert_eq!(Close::parse(&[3]), Err(Violation::Close));
        assert_eq!(Close::parse(&[3, 232, 0xff]), Err(Violation::Utf8));
    }

    #[test]
    fn cuts_a_long_reason_between_characters() {
        let close = Close::new(1000, "").because("ä".repeat(100));
        let payload = close.payload();
        assert_eq!(payload.len(), 2 + 122);
        assert!(std::str::from_utf8(&payload[2..]).is_ok());
    }
}
