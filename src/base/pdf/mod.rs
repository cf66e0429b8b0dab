//! PDF files read back: pages to be placed as pictures, and files to be judged
//! before they are plated.
//!
//! The one door to `hayro-syntax`, which shares no code with what writes our
//! pages. It mends what it can of a broken file in silence, so what a file says
//! of itself at its edges, header and trailer, is read here from its bytes.

mod filters;
pub mod font;
pub mod head;
pub(crate) mod page;
pub mod program;
mod unpack;

use std::sync::Arc;

pub use unpack::{Content, LARGEST_PROFILE, Packed, content, unpacked, unpacked_image};

pub use hayro_syntax::Pdf;
pub use hayro_syntax::content::UntypedIter;
pub use hayro_syntax::object::stream::{FilterResult, ImageDecodeParams};
pub use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, Stream};
pub use hayro_syntax::page::{Page, Resources};

use hayro_syntax::LoadPdfError;
use hayro_syntax::object::{FromBytes, ObjectIdentifier};

use crate::base::bytes::Bytes;

/// What every PDF begins with.
pub const SIGNATURE: &[u8] = b"%PDF-";

/// Why a file cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PdfFault {
    /// It asks for a password.
    Encrypted,
    /// No whole PDF, and nothing that could be mended into one.
    Broken,
}

/// Opens a file.
///
/// # Errors
///
/// It is encrypted with a password, or no PDF.
pub fn open(bytes: &Bytes) -> Result<Pdf, PdfFault> {
    let data: Arc<Bytes> = Arc::new(bytes.clone());
    Pdf::new(data).map_err(|error| match error {
        LoadPdfError::Decryption(_) => PdfFault::Encrypted,
        LoadPdfError::Invalid => PdfFault::Broken,
    })
}

/// What the first lines of a file say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header<'a> {
    /// The version, `1.6`.
    pub version: &'a str,
    /// Whether the second line tells readers that the file is binary: a comment
    /// of four bytes above 127 (X1).
    pub binary: bool,
}

/// The header of a file; `None` where it does not begin with one.
pub fn header(data: &[u8]) -> Option<Header<'_>> {
    let rest = data.strip_prefix(SIGNATURE)?;
    let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
    let end = rest.iter().position(is_end)?;
    let version = std::str::from_utf8(rest.get(..end.min(8))?).ok()?;
    let next = rest[end..].iter().position(|byte| !is_end(byte))?;
    let mark = rest[end + next..].strip_prefix(b"%").unwrap_or(&[]);
    let binary = mark.len() >= 4 && mark[..4].iter().all(|&byte| byte > 127);
    Some(Header {
        version: version.trim_end(),
        binary,
    })
}

/// The last trailer of a file.
#[derive(Clone, Debug)]
pub struct Trailer<'a> {
    /// Its entries; what they refer to is looked up in the file.
    pub dict: Dict<'a>,
    /// Whether a table of cross-references goes with it, not a stream (X2).
    pub is_table: bool,
}

/// The trailer that the end of a file points to.
pub fn trailer(data: &[u8]) -> Option<Trailer<'_>> {
    const KEY: &[u8] = b"startxref";
    let key = rfind(data, KEY)?;
    let at = number(data.get(key + KEY.len()..)?)?;
    let section = data.get(at..)?.trim_ascii_start();
    let (rest, is_table) = match section.strip_prefix(b"xref") {
        Some(table) => {
            let key = b"trailer";
            (table.get(find(table, key)? + key.len()..)?, true)
        }
        // `7 0 obj`, and the dictionary of the stream
        None => {
            let key = b"obj";
            let head = section.get(..section.len().min(64))?;
            (section.get(find(head, key)? + key.len()..)?, false)
        }
    };
    Some(Trailer {
        dict: Dict::from_bytes(rest.trim_ascii_start())?,
        is_table,
    })
}

/// What a trailer or another loose dictionary refers to.
pub fn lookup<'a>(pdf: &'a Pdf, dict: &Dict<'a>, key: &str) -> Option<Object<'a>> {
    if let Some(reference) = dict.get_ref(key) {
        let id = ObjectIdentifier::new(reference.obj_number, reference.gen_number);
        return pdf.xref().get::<Object<'a>>(id);
    }
    dict.get::<Object<'a>>(key)
}

/// The catalog of a file.
pub fn catalog(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())
}

/// A loose dictionary.
#[cfg(test)]
pub(crate) fn dict_of(data: &[u8]) -> Option<Dict<'_>> {
    Dict::from_bytes(data)
}

/// A loose stream.
#[cfg(test)]
pub(crate) fn stream_of(data: &[u8]) -> Option<Stream<'_>> {
    Stream::from_bytes(data)
}

/// A whole number at the start of bytes, blanks before it left out.
fn number(data: &[u8]) -> Option<usize> {
    let text = data.trim_ascii_start();
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    std::str::from_utf8(text.get(..digits.min(15))?)
        .ok()?
        .parse()
        .ok()
}

/// Where the first `key` begins.
fn find(data: &[u8], key: &[u8]) -> Option<usize> {
    data.windows(key.len()).position(|part| part == key)
}

/// Where the last `key` begins.
fn rfind(data: &[u8], key: &[u8]) -> Option<usize> {
    (0..=data.len().checked_sub(key.len())?)
        .rev()
        .find(|&at| data[at..].starts_with(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn x1_the_header_is_read_from_the_first_lines() {
        let of = |data: &'static [u8]| header(data).map(|head| (head.version, head.binary));
        assert_eq!(
            of(b"%PDF-1.6\n%\xE2\xE3\xCF\xD3\n1 0 obj"),
            Some(("1.6", true))
        );
        assert_eq!(of(b"%PDF-1.4\r\n1 0 obj"), Some(("1.4", false)));
        assert_eq!(of(b"  %PDF-1.4\n"), None);
        assert_eq!(of(b"%PDF-"), None);
    }

    #[test]
    fn x2_x3_the_trailer_is_found_by_its_offset() {
        let table = b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /ID [<61> <61>] >>\nstartxref\n9\n%%EOF";
        let found = trailer(table).expect("a trailer");
        assert!(found.is_table && found.dict.contains_key("ID"));
        let stream = b"%PDF-1.6\n7 0 obj\n<< /Type /XRef /Size 1 /Encrypt 3 0 R >>\nstream\nstartxref\n9\n%%EOF";
        let found = trailer(stream).expect("a trailer");
        assert!(!found.is_table && found.dict.contains_key("Encrypt"));
        for broken in [
            "",
            "startxref",
            "startxref\n99999",
            "startxref\nx",
            "startxref 0 trailer",
        ] {
            assert!(trailer(broken.as_bytes()).is_none(), "{broken}");
        }
    }
}
