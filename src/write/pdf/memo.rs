//! What the writer remembers from file to file.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use super::cff::Expansions;
use super::images::EmbeddedImage;
use crate::base::digest::digest;
use crate::base::photo::Photo;

/// The most bytes of converted photographs that are kept: 64 MiB, some ten
/// issues of eight pages.
const MOST: usize = 64 << 20;

/// What is remembered from file to file: glyphs that were expanded, of one font
/// book, and photographs that were converted. An issue needs each photograph
/// twice, for its page and for the merged file, and a mast or an advertisement
/// stands in many issues. The bytes of a file do not depend on it.
#[derive(Debug, Default)]
pub struct Memo {
    pub(super) expansions: Expansions,
    pub(super) pictures: Pictures,
}

impl Memo {
    /// Nothing remembered.
    pub fn new() -> Self {
        Self::default()
    }
}

/// What a converted photograph depends on: the bytes of its file, the press
/// that it is separated for (none in a proof), and the size it is reduced to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    file: [u8; 16],
    press: Option<[u8; 16]>,
    size: (u32, u32),
}

impl Key {
    pub(super) fn new(photo: &Photo, press: Option<[u8; 16]>, size: (u32, u32)) -> Self {
        Self {
            file: digest(photo.bytes.as_ref()),
            press,
            size,
        }
    }
}

/// Photographs that were converted, those that came last.
#[derive(Debug, Default)]
pub(super) struct Pictures(Mutex<Kept>);

#[derive(Debug, Default)]
struct Kept {
    known: BTreeMap<Key, Arc<EmbeddedImage>>,
    /// In the order they came.
    order: VecDeque<Key>,
    bytes: usize,
}

impl Pictures {
    pub(super) fn get(&self, key: &Key) -> Option<Arc<EmbeddedImage>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.known.get(key).cloned()
    }

    pub(super) fn keep(&self, key: Key, image: &Arc<EmbeddedImage>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // another thread may have been first: with the same bytes
        if image.len() > MOST || kept.known.contains_key(&key) {
            return;
        }
        kept.known.insert(key, Arc::clone(image));
        kept.order.push_back(key);
        kept.bytes += image.len();
        while kept.bytes > MOST {
            let Some(first) = kept.order.pop_front() else {
                break;
            };
            if let Some(image) = kept.known.remove(&first) {
                kept.bytes -= image.len();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(n: u8) -> Key {
        Key {
            file: [n; 16],
            press: None,
            size: (1, 1),
        }
    }

    #[test]
    fn the_last_are_kept_within_their_room() {
        let pictures = Pictures::default();
        let large = || Arc::new(EmbeddedImage::of_bytes(vec![0; MOST / 3]));
        for n in 0..4 {
            pictures.keep(key(n), &large());
        }
        let held: Vec<bool> = (0..4).map(|n| pictures.get(&key(n)).is_some()).collect();
        assert_eq!(held, [false, true, true, true]);
        // what is too large is not kept, and pushes nothing out
        pictures.keep(
            key(9),
            &Arc::new(EmbeddedImage::of_bytes(vec![0; MOST + 1])),
        );
        assert!(pictures.get(&key(9)).is_none() && pictures.get(&key(1)).is_some());
    }
}
