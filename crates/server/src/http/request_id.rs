//! The id that stands in the log beside everything a request caused, and in its answer.

use http::header::{HeaderMap, HeaderName, HeaderValue};
use rand::RngExt;

/// The header that carries it, both ways.
pub(super) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Longest id that is taken from a client.
const LONGEST: usize = 64;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Id of one request: the caller's own if it is short and plain, else 16 random hexadecimal digits.
#[derive(Clone, Debug)]
pub struct RequestId(HeaderValue);

impl RequestId {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        let given = headers.get(X_REQUEST_ID).filter(|id| sane(id.as_bytes()));
        Self(given.cloned().unwrap_or_else(random))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        self.0.to_str().unwrap_or_default()
    }

    pub(super) fn into_header(self) -> HeaderValue {
        self.0
    }
}

/// What cannot break a log line or be mistaken for something else.
fn sane(id: &[u8]) -> bool {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(byte);
    (1..=LONGEST).contains(&id.len()) && id.iter().all(plain)
}

fn random() -> HeaderValue {
    let mut bits: u64 = rand::rng().random();
    let mut text = [0; 16];
    for digit in &mut text {
        *digit = DIGITS[(bits & 15) as usize];
        bits >>= 4;
    }
    HeaderValue::from_bytes(&text).unwrap_or(HeaderValue::from_static("0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(given: &'static [u8]) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(X_REQUEST_ID, HeaderValue::from_bytes(given).unwrap());
        RequestId::of(&headers).as_str().to_owned()
    }

    #[test]
    fn takes_what_is_sane_and_makes_the_rest() {
        assert_eq!(id(b"8f1c-22.a:b_C"), "8f1c-22.a:b_C");
        assert_eq!(id(b"two words").len(), 16);
        assert_eq!(id(b"").len(), 16);
        assert_eq!(id(&[b'a'; 65]).len(), 16);
        assert_eq!(id("\u{e9}".as_bytes()).len(), 16);
        assert_ne!(id(b""), id(b""));
    }
}
