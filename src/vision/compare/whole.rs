//! Floats to whole numbers, in a way for which there are vector instructions.

/// The largest value that [`whole`] takes, and a little less than the largest that it could.
pub(super) const MOST: f32 = 8_000_000.0;

/// A value from 0 to [`MOST`] without its fraction: what `as u32` gives.
///
/// `as` also has an answer for values beyond the integers, which makes it a chain of comparisons per value on most processors. Here 2^23
/// moves the point to the end of the mantissa; what that has rounded up is taken back.
pub(super) fn whole(value: f32) -> u32 {
    const POINT: f32 = 8_388_608.0;
    let moved = value + POINT;
    let rounded_up = moved - POINT > value;
    (moved.to_bits() & 0x007f_ffff) - u32::from(rounded_up)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_are_dropped_as_by_a_cast() {
        let far = [0.0, 0.49999997, 0.5, 0.99999994, 1.0, 1.5, 2.5, 254.99998, 65535.0, 4_194_304.5, MOST];
        for value in far.into_iter().chain((0..100_000).map(|k| k as f32 * 0.37)) {
            assert_eq!(whole(value), value as u32, "{value}");
        }
    }
}
