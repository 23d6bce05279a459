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

/// An id for what is stored at `stamp`: 17 characters, of which the first seven tell the time and rise with it, and the
/// others are random (57 bits). So what is stored together stands together in an index of ids, and a commit writes one
/// page of it where random ids would make it write one page for each.
pub(crate) fn id_at<T: for<'a> From<&'a str>>(stamp: i64) -> T {
    let (mut time, mut bits) = (stamp.unsigned_abs(), rand::rng().random::<u64>());
    let mut text = [0; 17];
    for digit in text[..7].iter_mut().rev() {
        *digit = character(&mut time);
    }
    for digit in &mut text[7..] {
        *digit = character(&mut bits);
    }
    T::from(std::str::from_utf8(&text).unwrap_or_default())
}

/// Takes the last digit of `number`, written with the ids' alphabet, whose characters stand in the order of their bytes.
fn character(number: &mut u64) -> u8 {
    let base = UNMISTAKABLE.len() as u64;
    let digit = usize::try_from(*number % base).unwrap_or_default();
    *number /= base;
    UNMISTAKABLE.get(digit).copied().unwrap_or(b'2')
}

/// A secret that grants something: 43 characters, 248 bits.
pub fn secret() -> String {
    text(43)
}

/// What a link ends in that lets people in: 16 characters, 92 bits.
pub fn link() -> String {
    text(16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_with_the_time_and_are_never_the_same() {
        let at = |stamp| id_at::<String>(stamp);
        let now = 1_790_000_000_000;
        let mut ids = vec![at(now), at(now + 1), at(now + 55), at(now + 86_400_000)];
        assert!(ids.is_sorted(), "{ids:?}");
        assert!(ids.iter().all(|id| id.len() == 17 && id.bytes().all(|byte| UNMISTAKABLE.contains(&byte))), "{ids:?}");
        ids.extend((0..1_000).map(|_| at(now)));
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 1_004);
    }
}
