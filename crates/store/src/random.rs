//! Ids and secrets.

use rand::RngExt;

/// Characters that no one mistakes for each other, as the protocol's ids use them.
const UNMISTAKABLE: &[u8; 55] = b"23456789ABCDEFGHJKLMNPQRSTWXYZabcdefghijkmnopqrstuvwxyz";

/// `length` random characters of the ids' alphabet.
fn text(length: usize) -> String {
    let mut random = rand::rng();
    (0..length)
        .map(|_| {
            let at = random.random_range(0..UNMISTAKABLE.len());
            char::from(UNMISTAKABLE.get(at).copied().unwrap_or(b'2'))
        })
        .collect()
}

/// An id: 17 characters.
pub fn id() -> String {
    text(17)
}

/// A secret that grants something: 43 characters, 248 bits.
pub fn secret() -> String {
    text(43)
}
