//! How much memory a comparison may take, and what is left out where that is too little.

use crate::vision::Detail;

/// Bytes that a comparison takes for each pixel of the photo and of the largest reference together: 6.9 to 7.8 were measured on pairs of
/// 16 to 25 megapixels.
const BYTES_PER_PX: u64 = 8;
/// The part of a device's memory that a comparison may take: the page shows the pictures beside it, and browsers end tabs that take much.
const SHARE_OF_DEVICE: f64 = 0.125;
/// Gigabytes of a device whose browser does not say: a phone of the middle of the field.
const USUAL_GB: f64 = 4.0;
/// Pixels of both pictures below which memory is not what a comparison failed for.
const FEWEST_PX: u64 = 4_000_000;

/// How many pixels may be compared at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemoryBudget {
    /// What this device is expected to have room for.
    expected_px: u64,
    /// What it is known to have room for at most, since a comparison has failed.
    known_px: u64,
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
        let expected_px = (gb * SHARE_OF_DEVICE * 1e9) as u64 / BYTES_PER_PX;
        Self { expected_px, known_px: expected_px }
    }

    /// How much of two pictures with so many pixels together there is room for. The least detail is tried in any case.
    #[must_use]
    pub fn detail(&self, pixels: u64) -> Detail {
        let fits = |detail: &Detail| at(pixels, *detail) <= self.known_px;
        Detail::ALL.into_iter().find(fits).unwrap_or(Detail::Quarter)
    }

    /// A comparison of so many pixels died. True when there is a point in trying again with fewer.
    pub fn failed_at(&mut self, pixels: u64, detail: Detail) -> bool {
        let compared = at(pixels, detail);
        if detail.less().is_none() || compared < FEWEST_PX {
            // It was not the memory.
            self.known_px = self.expected_px;
            return false;
        }
        self.known_px = self.known_px.min(compared - 1);
        true
    }
}

fn at(pixels: u64, detail: Detail) -> u64 {
    pixels / u64::from(detail.pixels_for_one()).pow(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_compared_whole() {
        let details = [None, Some(8.0), Some(2.0), Some(0.5), Some(f64::NAN)]
            .map(|gb| [24_000_000, 96_000_000, 240_000_000].map(|pixels| MemoryBudget::of_device(gb).detail(pixels)));
        use Detail::{Full, Half, Quarter};
        assert_eq!(
            details,
            [[Full, Half, Half], [Full, Full, Half], [Full, Half, Quarter], [Half, Quarter, Quarter], [Full, Half, Half]]
        );
    }

    #[test]
    fn after_a_failure_less_is_tried_and_at_the_end_nothing_is_held_against_the_device() {
        let mut budget = MemoryBudget::default();
        let pixels = 30_000_000;
        let mut tried = vec![budget.detail(pixels)];
        while budget.failed_at(pixels, budget.detail(pixels)) {
            tried.push(budget.detail(pixels));
        }
        assert_eq!(tried, Detail::ALL);
        assert_eq!(budget, MemoryBudget::default());
        // Where less was enough, it stays so.
        assert!(budget.failed_at(pixels, Detail::Full));
        assert_eq!(budget.detail(pixels), Detail::Half);
        assert_eq!(budget.detail(pixels / 2), Detail::Full);
    }

    #[test]
    fn small_pictures_are_not_made_smaller() {
        assert!(!MemoryBudget::default().failed_at(2_000_000, Detail::Full));
    }
}
