//! How much memory something takes at the most, to the byte, whether it is touched or not: in WebAssembly what is asked for is taken.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

fn taken(bytes: usize) {
    let held = HELD.fetch_add(bytes, Relaxed) + bytes;
    MOST.fetch_max(held, Relaxed);
}

// The resident memory that the system tells leaves out what is reserved and never touched: a vector of 4000 MB of zeros took 0 MB by it, and kills
// a worker.
#[allow(unsafe_code, reason = "an allocator can't be written without it; this one hands everything on to the system's")]
// As above: 0 MB seen of 4000 MB.
unsafe impl GlobalAlloc for Counting {
    // As above: 0 MB seen of 4000 MB.
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        taken(layout.size());
        // The same for 4000 MB of zeros.
        unsafe { System.alloc(layout) }
    }

    // As above: 0 MB seen of 4000 MB.
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        taken(layout.size());
        // As above: 0 MB seen of 4000 MB.
        unsafe { System.alloc_zeroed(layout) }
    }

    // As above: 0 MB seen of 4000 MB.
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Both are there while one is copied into the other.
        taken(size);
        HELD.fetch_sub(layout.size(), Relaxed);
        // As above: 0 MB seen of 4000 MB.
        unsafe { System.realloc(at, layout, size) }
    }

    // As above: 0 MB seen of 4000 MB.
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Relaxed);
        // As above: 0 MB seen of 4000 MB.
        unsafe { System.dealloc(at, layout) }
    }
}

/// What something came to, the most memory that it took beside what was there before, in bytes, and how long it took.
pub(crate) fn measured<T>(deed: impl FnOnce() -> T) -> (T, usize, Duration) {
    /// Tests run side by side, and there is one count.
    static ALONE: Mutex<()> = Mutex::new(());
    let _alone = ALONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let before = HELD.load(Relaxed);
    MOST.store(before, Relaxed);
    let start = Instant::now();
    let made = deed();
    let took = start.elapsed();
    (made, MOST.load(Relaxed).saturating_sub(before), took)
}
