//! How much memory a comparison may take, and what is left out where that is too little.

use crate::vision::Detail;

/// Bytes that a comparison takes for each pixel of the two largest pictures together, whatever is left out: each is decoded whole. With
/// [`BYTES_PER_COMPARED_PX`] 6.9 to 7.8 were measured on pairs of 16 to 25 megapixels, 2.4 with half of the pixels along each side.
const BYTES_PER_PX: u64 = 2;
/// Bytes for each pixel that is compared, beside them.
const BYTES_PER_COMPARED_PX: u64 = 6;
/// The part of a device's memory that a comparison may take: the page shows the pictures beside it, and browsers end tabs that take much.
const SHARE_OF_DEVICE: f64 = 0.125;
/// Gigabytes of a device whose browser does not say: a phone of the middle of the field.
const USUAL_GB: f64 = 4.0;
/// What a comparison takes that did not fail for want of memory, in bytes.
const LEAST: u64 = 32_000_000;
/// Pixels along its shorter side that a picture keeps: with fewer, boards are no longer recognised.
const SHORTEST_SIDE: u32 = 480;

/// How many bytes a comparison may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoryBudget {
    /// What this device is expected to have room for.
    expected: u64,
    /// What it is known to have room for at most, since a comparison has failed.
    known: u64,
}

/// What is compared, as far as memory is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Load {
    /// Pixels of the two largest pictures together: so many are held at a time.
    pub pixels: u64,
    /// The shortest side of any of them, in pixels.
    pub shortest_side: u32,
}

impl Load {
    const fn bytes(self, detail: Detail) -> u64 {
        let side = detail.pixels_for_one() as u64;
        self.pixels * BYTES_PER_PX + self.pixels * BYTES_PER_COMPARED_PX / (side * side)
    }

    const fn may_be(self, detail: Detail) -> bool {
        detail.is_full() || self.shortest_side / detail.pixels_for_one() >= SHORTEST_SIDE
    }
}

impl Default for MemoryBudget {
    fn default() -> Self {
        Self::of_device(None)
    }
}

impl MemoryBudget {
    /// On a device with this many gigabytes; `None` where the browser does not say.
    #[must_use]
    pub fn of_device(memory_gb: Option<f64>) -> Self {
        let gb = memory_gb.filter(|gb| gb.is_finite() && *gb > 0.0).unwrap_or(USUAL_GB);
        let expected = (gb * SHARE_OF_DEVICE * 1e9) as u64;
        Self { expected, known: expected }
    }

    /// How much of the pictures there is room for; the least that is of use where there is not room enough for anything.
    #[must_use]
    pub fn detail(&self, load: Load) -> Detail {
        let mut useful = Detail::ALL.into_iter().filter(|detail| load.may_be(*detail));
        let least = useful.clone().next_back().unwrap_or_default();
        useful.find(|detail| load.bytes(*detail) <= self.known).unwrap_or(least)
    }

    /// A comparison died. True when there is a point in trying again with fewer pixels, which [`MemoryBudget::detail`] then gives.
    pub fn failed_at(&mut self, load: Load, detail: Detail) -> bool {
        let taken = load.bytes(detail);
        if detail.less().is_some_and(|less| load.may_be(less)) && taken >= LEAST {
            self.known = self.known.min(taken - 1);
            return true;
        }
        // It was not the memory.
        self.known = self.expected;
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn load(pixels: u64) -> Load {
        Load { pixels, shortest_side: 3_000 }
    }

    #[test]
    fn what_fits_is_compared_whole() {
        let details = [None, Some(8.0), Some(2.0), Some(0.5), Some(f64::NAN)]
            .map(|gb| [24_000_000, 96_000_000, 240_000_000].map(|pixels| MemoryBudget::of_device(gb).detail(load(pixels))));
        use Detail::{Full, Half, Quarter};
        assert_eq!(
            details,
            [
                [Full, Half, Quarter],
                [Full, Full, Half],
                [Full, Quarter, Quarter],
                [Quarter, Quarter, Quarter],
                [Full, Half, Quarter]
            ]
        );
    }

    #[test]
    fn after_a_failure_less_is_tried_and_at_the_end_nothing_is_held_against_the_device() {
        let mut budget = MemoryBudget::default();
        let load = load(30_000_000);
        let mut tried = vec![budget.detail(load)];
        while budget.failed_at(load, budget.detail(load)) {
            tried.push(budget.detail(load));
        }
        assert_eq!(tried, Detail::ALL);
        assert_eq!(budget, MemoryBudget::default());
        // Where less was enough, it stays so.
        assert!(budget.failed_at(load, Detail::Full));
        assert_eq!(budget.detail(load), Detail::Half);
        assert_eq!(budget.detail(Load { pixels: load.pixels / 2, ..load }), Detail::Full);
    }

    #[test]
    fn what_would_no_longer_be_recognised_is_not_made_smaller() {
        let mut budget = MemoryBudget::default();
        assert!(!budget.failed_at(load(2_000_000), Detail::Full));
        let small = |shortest_side| Load { pixels: 200_000_000, shortest_side };
        assert_eq!([450, 960, 1_920].map(|side| budget.detail(small(side))), Detail::ALL);
        assert!(!budget.failed_at(small(450), Detail::Full) && !budget.failed_at(small(960), Detail::Half));
        assert!(budget.failed_at(small(1_920), Detail::Half));
    }
}
