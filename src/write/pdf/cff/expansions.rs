//! Charstrings that have been expanded, kept for the pages to come.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use crate::base::font::FaceId;

/// What the writer remembers from page to page: of each CFF glyph that has
/// been embedded, its charstring with all calls expanded.
///
/// Belongs to one font book, for faces are known by their ids. Grows with the
/// glyphs in use, some 250 bytes each, and no further than the fonts go. The
/// bytes of a file do not depend on it.
#[derive(Debug, Default)]
pub(in crate::write::pdf) struct Expansions {
    faces: RwLock<BTreeMap<FaceId, Arc<Expanded>>>,
}

impl Expansions {
    /// The glyphs of a face that has `count` of them.
    pub(in crate::write::pdf) fn face(&self, face: FaceId, count: usize) -> Arc<Expanded> {
        let known = |faces: &BTreeMap<_, Arc<Expanded>>| faces.get(&face).cloned();
        let faces = self.faces.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(face) = known(&faces) {
            return face;
        }
        drop(faces);
        let mut faces = self.faces.write().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(Expanded::new(count));
        Arc::clone(faces.entry(face).or_insert_with(new))
    }
}

/// The expanded charstrings of one face, by glyph.
#[derive(Debug)]
pub(in crate::write::pdf) struct Expanded(Vec<OnceLock<Box<[u8]>>>);

impl Expanded {
    pub(super) fn new(count: usize) -> Self {
        Self((0..count).map(|_| OnceLock::new()).collect())
    }

    pub(super) fn get(&self, glyph: u16) -> Option<&[u8]> {
        self.0.get(usize::from(glyph))?.get().map(|code| &**code)
    }

    pub(super) fn keep(&self, glyph: u16, code: &[u8]) {
        if let Some(place) = self.0.get(usize::from(glyph)) {
            // Another thread may have been first: with the same bytes.
            place.get_or_init(|| code.into());
        }
    }
}
