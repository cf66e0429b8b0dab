//! A short name for bytes: the same bytes, the same name, on every machine.

use std::hash::Hasher;

use siphasher::sip128::{Hasher128, SipHasher13};

/// 128 bits that stand for `bytes`: for `/ID` (X3), subset tags and
/// what a batch has read. Tells contents apart; is no signature.
pub fn digest(bytes: &[u8]) -> [u8; 16] {
    let mut hasher = SipHasher13::new();
    hasher.write(bytes);
    hasher.finish128().as_bytes()
}

#[cfg(test)]
mod tests {
    use super::digest;

    #[test]
    fn x3_digest_is_fixed() {
        assert_eq!(digest(b"abc"), digest(b"abc"));
        assert_ne!(digest(b"abc"), digest(b"abd"));
    }
}
