//! Sums of products of 16-bit numbers.

/// Numbers multiplied at once: as many as a register of 128 bits holds.
const LANES: usize = 8;

/// The sum of products; the caller sees to it that it fits 32 bits. What is left over after a multiple of eight is ignored.
///
/// Not inlined: among other code compilers unroll the loop and no longer see in it the sum of products that machines have an
/// instruction for.
#[inline(never)]
pub(super) fn dot<const N: usize>(a: &[i16; N], b: &[i16; N]) -> i32 {
    total(a.as_chunks().0.iter().zip(b.as_chunks().0))
}

/// Eight sums, because compilers widen the factors of a single one first, which takes twice as long.
#[cfg(not(target_feature = "simd128"))]
#[inline]
fn total<'a>(chunks: impl Iterator<Item = (&'a [i16; LANES], &'a [i16; LANES])>) -> i32 {
    let mut sums = [0; LANES];
    for (a, b) in chunks {
        for k in 0..LANES {
            sums[k] += i32::from(a[k]) * i32::from(b[k]);
        }
    }
    sums.iter().sum()
}

/// The same whole numbers; for WebAssembly the compiler makes dozens of shuffles of the loop above, so that laying 12 MP took
/// 2.2 s in a browser.
#[cfg(target_feature = "simd128")]
#[inline]
fn total<'a>(chunks: impl Iterator<Item = (&'a [i16; LANES], &'a [i16; LANES])>) -> i32 {
    use core::arch::wasm32::{i16x8, i32x4_add, i32x4_dot_i16x8, i32x4_extract_lane, i32x4_splat};
    let register = |v: &[i16; LANES]| i16x8(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
    let sums = chunks.fold(i32x4_splat(0), |sums, (a, b)| i32x4_add(sums, i32x4_dot_i16x8(register(a), register(b))));
    i32x4_extract_lane::<0>(sums) + i32x4_extract_lane::<1>(sums) + i32x4_extract_lane::<2>(sums) + i32x4_extract_lane::<3>(sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_product_is_in_the_sum() {
        let (a, b): ([i16; 24], [i16; 24]) = (std::array::from_fn(|k| k as i16), std::array::from_fn(|k| 7 - 100 * k as i16));
        assert_eq!(dot(&a, &b), (0..24).map(|k| k * (7 - 100 * k)).sum::<i32>());
    }
}
