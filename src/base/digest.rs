//! A short name for bytes: the same bytes, the same name, on every machine.

use twox_hash::XxHash3_128;

/// 128 bits that stand for `bytes`: for `/ID` (X3), subset tags and
/// what a batch has read. Tells contents apart; is no signature.
pub fn digest(bytes: &[u8]) -> [u8; 16] {
    XxHash3_128::oneshot(bytes).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::digest;

    /// The canonical value of XXH3-128 for no bytes: names made on any other
    /// machine or by any later version agree.
    #[test]
    fn x3_digest_is_fixed() {
        let empty = 0x99AA_06D3_0147_98D8_6001_C324_468D_497F_u128;
        assert_eq!(digest(b""), empty.to_be_bytes());
        assert_ne!(digest(b"abc"), digest(b"abd"));
    }
}
