//! 清单: the files of an issue with their SHA-256, for the printer to check
//! that all of them came whole (N22).
//!
//! The door to `sha2`.

use std::path::{Path, PathBuf};

use serde_json::json;
use sha2::{Digest, Sha256};

use crate::base::diag::Diagnostic;
use crate::press::files::{self, MAX_BINARY};

/// Writes the manifest at `path`: a JSON object with the program, what the
/// files are, and of each file its name, its bytes and its SHA-256, in order.
///
/// # Errors
///
/// Where one of the files cannot be read again, or the manifest not be
/// written.
pub(super) fn write(path: &Path, kind: &str, made: &[PathBuf]) -> Result<(), Diagnostic> {
    let mut list = Vec::new();
    for file in made {
        let bytes = files::read(file, MAX_BINARY)?;
        let name = file.file_name().map(|name| name.to_string_lossy());
        list.push(json!({
            "file": name.unwrap_or_default(),
            "bytes": bytes.len(),
            "sha256": sha256(&bytes),
        }));
    }
    let manifest = json!({
        "program": concat!("banxin ", env!("CARGO_PKG_VERSION")),
        "kind": kind,
        "files": list,
    });
    let text = serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n";
    files::write_whole(path, text.as_bytes())
}

/// The SHA-256 of bytes in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a34_the_digest_is_that_of_the_standard() {
        // FIPS 180-4, the example of one block
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }
}
