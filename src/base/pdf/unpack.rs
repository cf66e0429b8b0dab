//! Streams without their filters, within a bound: a file of a few kilobytes
//! may hold gigabytes.

use std::borrow::Cow;

use hayro_syntax::Filter;
use hayro_syntax::object::{ObjRef, ObjectIdentifier};

use super::filters::{ascii85, hex, inflate, lzw_length, run_lengths};
use super::{Dict, FilterResult, ImageDecodeParams, MaybeRef, Object, Page, Stream, head};

/// Why the bytes of a stream are not to be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packed {
    /// They are more than was asked for.
    TooMuch,
    /// They cannot be read, or are in another file.
    Broken,
}

/// The bytes of a stream that is no image, up to `most`.
///
/// # Errors
///
/// They are more, or cannot be read.
pub fn unpacked<'a>(stream: &Stream<'a>, most: usize) -> Result<Cow<'a, [u8]>, Packed> {
    let raw = inside(stream)?;
    let params = params(stream)?;
    let filters = stream.filters();
    if filters.as_slice() == [Filter::FlateDecode] && !params.iter().any(is_predicted) {
        return match inflate(&raw, most) {
            (bytes, false) => Ok(Cow::Owned(bytes)),
            (_, true) => Err(Packed::TooMuch),
        };
    }
    expand(&filters, &params, raw, most)?;
    stream.decoded_data().map_err(|_| Packed::Broken)
}

/// The samples of an image, where decoding it holds no more than `most` bytes
/// at a time. Of more samples than the image has, those at the end are left
/// out.
///
/// # Errors
///
/// It would hold more, or it cannot be decoded.
pub fn unpacked_image<'a>(
    stream: &Stream<'a>,
    image: &ImageDecodeParams,
    most: usize,
) -> Result<FilterResult<'a>, Packed> {
    let raw = inside(stream)?;
    let params = params(stream)?;
    let filters = stream.filters();
    let (width, height) = (image.width as usize, image.height as usize);
    let count = usize::from(image.num_components.unwrap_or(1));
    let row = width
        .checked_mul(count * usize::from(image.bpc.unwrap_or(8)))
        .map(|bits| bits.div_ceil(8));
    let whole = row.and_then(|row| row.checked_mul(height));
    let whole = whole
        .filter(|&whole| whole <= most)
        .ok_or(Packed::TooMuch)?;
    if filters.as_slice() == [Filter::FlateDecode] && !params.iter().any(is_predicted) {
        let (bytes, _) = inflate(&raw, whole);
        return Ok(FilterResult {
            data: Cow::Owned(bytes),
            image_data: None,
        });
    }
    let (last, before) = match filters.split_last() {
        None => (None, &[][..]),
        Some((last, before)) if is_picture(*last) => (Some(*last), before),
        Some(_) => (None, filters.as_slice()),
    };
    // a buffer that grows is there twice while it does, one of two sizes
    let packed = expand(before, &params, raw, most / 3)?;
    if let Some(last) = last {
        let Stage::Bytes(data) = packed else {
            return Err(Packed::Broken);
        };
        let held = held(last, &data, image, &params).ok_or(Packed::Broken)?;
        if held > most {
            return Err(Packed::TooMuch);
        }
    }
    stream.decoded_image(image).map_err(|_| Packed::Broken)
}

/// Bytes that are held while a picture is decoded, by what its head says.
fn held(
    filter: Filter,
    data: &[u8],
    image: &ImageDecodeParams,
    params: &[Dict<'_>],
) -> Option<usize> {
    let (width, height) = (image.width as usize, image.height as usize);
    let area = width.checked_mul(height)?;
    match filter {
        Filter::DctDecode => {
            let head = head::jpeg(data)?;
            // a head that is larger than the image is cut to its size
            let area = area.max(1).min(head.width.checked_mul(head.height)?);
            // coefficients are of two bytes
            let each = if head.progressive { 3 } else { 1 };
            area.checked_mul(head.count * each)
        }
        Filter::JpxDecode => {
            let head = head::jpeg2000(data)?;
            let samples = head.width.checked_mul(head.height)?;
            // coefficients and bit planes beside the samples
            samples.checked_mul(head.count)?.checked_mul(10)
        }
        // a byte for each bit
        Filter::CcittFaxDecode => {
            let columns = params.iter().filter_map(|one| one.get::<u32>("Columns"));
            let columns = columns.max().unwrap_or(1728) as usize;
            columns.max(width).checked_mul(height)
        }
        _ => area.checked_mul(2),
    }
}

/// Bytes that a colour profile, or a packet of metadata, may have.
pub const LARGEST_PROFILE: usize = 4 << 20;
/// Parts that the content of a page may have; what goes beyond is not read.
const PARTS: usize = 100_000;

/// The content of a page.
#[derive(Clone, Debug)]
pub struct Content {
    /// Its parts, one after the other.
    pub bytes: Vec<u8>,
    /// Whether all parts are there.
    pub whole: bool,
}

/// The content of a page, its parts together up to `most` bytes.
pub fn content(page: &Page<'_>, most: usize) -> Content {
    let mut content = Content {
        bytes: Vec::new(),
        whole: true,
    };
    let parts: Vec<Stream<'_>> = match page.raw().get::<Object<'_>>("Contents") {
        Some(Object::Stream(stream)) => vec![stream],
        Some(Object::Array(list)) => {
            let found = |part| match part {
                MaybeRef::Ref(id) => {
                    let id: ObjRef = id;
                    let id = ObjectIdentifier::new(id.obj_number, id.gen_number);
                    page.xref().get::<Stream<'_>>(id)
                }
                MaybeRef::NotRef(object) => Object::into_stream(object),
            };
            list.raw_iter().take(PARTS).filter_map(found).collect()
        }
        _ => Vec::new(),
    };
    for part in &parts {
        match unpacked(part, most - content.bytes.len()) {
            Ok(bytes) => {
                content.bytes.extend_from_slice(&bytes);
                // a blank between operators
                if content.bytes.len() < most {
                    content.bytes.push(b' ');
                }
            }
            Err(fault) => {
                content.whole = false;
                // each part that is too large is unpacked as far as it may
                if fault == Packed::TooMuch {
                    break;
                }
            }
        }
    }
    content
}

/// The bytes of a stream as they stand in the file.
fn inside<'a>(stream: &Stream<'a>) -> Result<Cow<'a, [u8]>, Packed> {
    match stream.dict().get::<Object<'_>>("F") {
        Some(Object::String(_) | Object::Dict(_)) => Err(Packed::Broken),
        _ => Ok(stream.raw_data()),
    }
}

/// What the filters of a stream are told.
///
/// # Errors
///
/// A predictor whose rows no image has: `hayro-syntax` makes room for them.
fn params<'a>(stream: &Stream<'a>) -> Result<Vec<Dict<'a>>, Packed> {
    const WIDEST: u32 = 1_000_000;
    let dict = stream.dict();
    let found = dict.get::<Object<'_>>("DecodeParms");
    let params: Vec<Dict<'a>> = match found.or_else(|| dict.get::<Object<'_>>("DP")) {
        Some(Object::Dict(one)) => vec![one],
        Some(Object::Array(list)) => {
            let parts = list.iter::<Object<'_>>().take(16);
            parts.filter_map(Object::into_dict).collect()
        }
        _ => Vec::new(),
    };
    let number = |one: &Dict<'_>, key: &str, usual: u32| one.get::<u32>(key).unwrap_or(usual);
    let usable = params.iter().filter(|one| is_predicted(one)).all(|one| {
        let bits = number(one, "BitsPerComponent", 8);
        let pixel = number(one, "Colors", 1).saturating_mul(bits);
        // hayro-syntax counts them in one byte
        (1..=255).contains(&pixel) && (1..=WIDEST).contains(&number(one, "Columns", 1))
    });
    usable.then_some(params).ok_or(Packed::Broken)
}

fn is_predicted(params: &Dict<'_>) -> bool {
    params.get::<i32>("Predictor").is_some_and(|kind| kind != 1)
}

fn is_picture(filter: Filter) -> bool {
    matches!(
        filter,
        Filter::DctDecode | Filter::JpxDecode | Filter::Jbig2Decode | Filter::CcittFaxDecode
    )
}

/// What comes out of a filter.
enum Stage<'d> {
    Bytes(Cow<'d, [u8]>),
    /// No more than so many, which are not known.
    Most(usize),
}

/// What filters make of bytes, one after the other.
///
/// # Errors
///
/// One of them makes more than `most` bytes of it.
fn expand<'d>(
    filters: &[Filter],
    params: &[Dict<'_>],
    raw: Cow<'d, [u8]>,
    most: usize,
) -> Result<Stage<'d>, Packed> {
    let predicted = params.iter().any(is_predicted);
    let early = params
        .iter()
        .all(|one| one.get::<i32>("EarlyChange") != Some(0));
    let mut stage = Stage::Bytes(raw);
    for filter in filters {
        stage = match (filter, stage) {
            (Filter::FlateDecode, Stage::Bytes(bytes)) => match inflate(&bytes, most) {
                (_, true) => return Err(Packed::TooMuch),
                (out, false) if predicted => Stage::Most(out.len()),
                (out, false) => Stage::Bytes(Cow::Owned(out)),
            },
            (Filter::LzwDecode, Stage::Bytes(bytes)) => {
                Stage::Most(lzw_length(&bytes, early, most).ok_or(Packed::TooMuch)?)
            }
            (Filter::RunLengthDecode, Stage::Bytes(bytes)) => {
                let out = run_lengths(&bytes, most).ok_or(Packed::TooMuch)?;
                Stage::Bytes(Cow::Owned(out))
            }
            (Filter::Ascii85Decode, Stage::Bytes(bytes)) => {
                let out = ascii85(&bytes, most).ok_or(Packed::TooMuch)?;
                Stage::Bytes(Cow::Owned(out))
            }
            (Filter::AsciiHexDecode, Stage::Bytes(bytes)) => Stage::Bytes(Cow::Owned(hex(&bytes))),
            (Filter::Crypt, stage) => stage,
            (filter, Stage::Most(length)) => {
                // the most that a byte comes to
                let times = match filter {
                    Filter::FlateDecode => 1032,
                    Filter::LzwDecode => 2560,
                    Filter::RunLengthDecode => 64,
                    _ => 4,
                };
                Stage::Most(length.saturating_mul(times))
            }
            // the last one of an image
            (_, stage) => stage,
        };
        let length = match &stage {
            Stage::Bytes(bytes) => bytes.len(),
            Stage::Most(length) => *length,
        };
        if length > most {
            return Err(Packed::TooMuch);
        }
    }
    Ok(stage)
}
