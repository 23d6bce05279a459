//! The mask of a client's frame.

/// Unmasks `bytes` in place; `at` says how many bytes of the payload came before them.
pub(super) fn unmask(bytes: &mut [u8], mask: [u8; 4], at: usize) {
    let mut turned = mask;
    turned.rotate_left(at % 4);
    let [a, b, c, d] = turned;
    let wide = u64::from_ne_bytes([a, b, c, d, a, b, c, d]);
    let (chunks, rest) = bytes.as_chunks_mut::<8>();
    for chunk in chunks {
        *chunk = (u64::from_ne_bytes(*chunk) ^ wide).to_ne_bytes();
    }
    for (byte, key) in rest.iter_mut().zip(turned.iter().cycle()) {
        *byte ^= key;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn is_the_plain_definition(plain in proptest::collection::vec(any::<u8>(), 0..100), mask: [u8; 4], at in 0usize..9) {
            let mut masked = plain.clone();
            unmask(&mut masked, mask, at);
            let expected: Vec<u8> = plain.iter().enumerate().map(|(i, byte)| byte ^ mask[(at + i) % 4]).collect();
            prop_assert_eq!(masked, expected);
        }
    }
}
