//! Sums of products of 16-bit numbers.

/// Numbers multiplied at once, and sums kept: as many numbers as a register of 128 bits holds. Compilers widen the factors
/// of a single sum first, which takes twice as long.
const LANES: usize = 8;

/// The sum of products; the caller sees to it that it fits 32 bits. What is left over after a multiple of eight is ignored.
///
/// Not inlined: among other code compilers unroll the loop and no longer see in it the sum of products that machines have an
/// instruction for.
#[inline(never)]
pub(super) fn dot<const N: usize>(a: &[i16; N], b: &[i16; N]) -> i32 {
    let mut sums = [0; LANES];
    for (a, b) in a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0) {
        for k in 0..LANES {
            sums[k] += i32::from(a[k]) * i32::from(b[k]);
        }
    }
    sums.iter().sum()
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
