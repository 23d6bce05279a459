//! Tokens: random texts, of which only the hash is kept.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The longest token that is looked up, in bytes.
const LONGEST: usize = 512;

/// The hash a token is stored under, `base64(sha256(token))`; nothing for a text that cannot be one.
pub(super) fn hash(token: &str) -> Option<String> {
    (!token.is_empty() && token.len() <= LONGEST).then(|| STANDARD.encode(sha256(token)))
}

/// A new token: the text, and the hash it is stored under.
pub(super) fn fresh() -> (String, String) {
    let token = gantry_store::random_secret();
    let hash = STANDARD.encode(sha256(&token));
    (token, hash)
}

/// SHA-256 of a text.
pub(super) fn sha256(text: &str) -> Vec<u8> {
    aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes()).as_ref().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_hashed_as_the_protocol_has_it() {
        assert_eq!(hash("abc").as_deref(), Some("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="));
        assert_eq!(hash(""), None);
        assert_eq!(hash(&"x".repeat(LONGEST + 1)), None);
        let (token, hashed) = fresh();
        assert_eq!((token.len(), hash(&token)), (43, Some(hashed)));
    }
}
