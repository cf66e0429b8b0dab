//! Profiles of the file that are the output profile once more (X18).

use std::collections::BTreeSet;

use crate::base::digest::digest;
use crate::base::pdf::{self, Array, Dict, Object, Pdf, Stream};
use crate::readback::{Key, key_of};

/// The streams that hold the profile of an output intent, wherever it stands.
pub(super) fn of(file: &Pdf) -> BTreeSet<Key> {
    let intents = pdf::catalog(file).and_then(|catalog| catalog.get::<Array<'_>>("OutputIntents"));
    let outputs: BTreeSet<[u8; 16]> = intents
        .iter()
        .flat_map(|list| list.iter::<Dict<'_>>())
        .filter_map(|intent| intent.get::<Stream<'_>>("DestOutputProfile"))
        .filter_map(|profile| digest_of(&profile))
        .collect();
    if outputs.is_empty() {
        return BTreeSet::new();
    }
    let streams = file
        .objects()
        .into_iter()
        .filter_map(|object| match object {
            // what has no four components is no profile of CMYK
            Object::Stream(stream) if stream.dict().get::<i32>("N") == Some(4) => Some(stream),
            _ => None,
        });
    let same = |stream: &Stream<'_>| digest_of(stream).is_some_and(|sum| outputs.contains(&sum));
    (streams.filter(same))
        .map(|stream| key_of(stream.dict()))
        .collect()
}

fn digest_of(stream: &Stream<'_>) -> Option<[u8; 16]> {
    let bytes = pdf::unpacked(stream, pdf::LARGEST_PROFILE).ok()?;
    Some(digest(&bytes))
}
