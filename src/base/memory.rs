//! 工作内存: what all threads together may hold for decoded pictures.
//!
//! A press has many cores and little memory to spare: two huge photographs are
//! decoded one after the other, small ones side by side. Who holds a share must
//! not wait for other threads, or for a second share.

use std::sync::{Condvar, Mutex, PoisonError};

/// The most that is held at one time: 140 MiB. A page, its fonts and its file
/// take some hundred more.
pub const MOST: u64 = 140 << 20;

static HELD: Mutex<u64> = Mutex::new(0);
static FREED: Condvar = Condvar::new();

/// A share of the memory, given back when it is dropped.
#[derive(Debug)]
pub struct Share(u64);

impl Share {
    /// Waits until there is room for `bytes`; what is more than [`MOST`] is
    /// let in alone.
    pub fn take(bytes: u64) -> Self {
        let bytes = bytes.min(MOST);
        let held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |held: &mut u64| *held + bytes > MOST;
        let mut held = FREED
            .wait_while(held, full)
            .unwrap_or_else(PoisonError::into_inner);
        *held += bytes;
        Self(bytes)
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
        *held -= self.0;
        drop(held);
        FREED.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::{MOST, Share};

    #[test]
    fn shares_together_never_exceed_the_whole() {
        let (now, peak) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for n in 1..=8_u64 {
                let (now, peak) = (&now, &peak);
                scope.spawn(move || {
                    for _ in 0..50 {
                        let bytes = MOST / 4 * n;
                        let share = Share::take(bytes);
                        let held = now.fetch_add(share.0, Ordering::SeqCst) + share.0;
                        peak.fetch_max(held, Ordering::SeqCst);
                        now.fetch_sub(share.0, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(peak.into_inner() <= MOST);
    }
}
