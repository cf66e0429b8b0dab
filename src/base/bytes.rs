//! Bytes that someone else owns: a memory map, a vector, a static array.

use std::fmt;
use std::sync::Arc;

/// The bytes of a font or photograph file, cheap to clone and to share
/// between threads.
///
/// The owner is asked for its bytes anew on each use, so it must always
/// answer with the same ones. `press` hands in memory maps; tests hand in
/// vectors.
#[derive(Clone)]
pub struct Bytes(Arc<dyn AsRef<[u8]> + Send + Sync>);

impl Bytes {
    /// The bytes of any owner.
    pub fn of(owner: impl AsRef<[u8]> + Send + Sync + 'static) -> Self {
        Self(Arc::new(owner))
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self::of(bytes)
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        (*self.0).as_ref()
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({})", self.as_ref().len())
    }
}
