//! A descriptor in 64 bits: on which side of 64 planes it lies.

use crate::vision::align::{Descriptor, LENGTH, Random};

/// The mean descriptor of 10,487 features of drawn boards: what all have in common tells nothing. It is its own mirror image within
/// one grey level.
#[rustfmt::skip]
const MEAN: [i32; LENGTH] = [
    39, 26, 23, 25, 38, 26, 24, 26,  58, 37, 28, 29, 40, 28, 26, 33,  57, 39, 33, 32, 41, 27, 24, 31,  38, 29, 30, 31, 39, 26, 23, 24,
    50, 30, 25, 29, 44, 31, 26, 30,  75, 43, 30, 35, 50, 35, 29, 39,  75, 45, 34, 38, 51, 33, 27, 39,  45, 33, 32, 37, 51, 31, 25, 28,
    49, 30, 27, 31, 45, 30, 25, 30,  75, 39, 29, 35, 50, 34, 30, 42,  75, 39, 27, 33, 51, 38, 34, 45,  45, 28, 25, 32, 51, 38, 32, 33,
    40, 27, 25, 27, 38, 25, 23, 26,  58, 33, 25, 28, 41, 29, 29, 36,  57, 31, 24, 28, 42, 32, 33, 38,  38, 24, 22, 25, 39, 31, 30, 29,
];

/// Rounds of signs and sums. After two, every number of the descriptor counts alike in every plane; three leave no pattern.
const ROUNDS: usize = 3;

/// 64 planes at right angles to each other, in directions that look random and are the same in every run (M. Charikar, STOC 2002; at right
/// angles: J. Ji et al., NIPS 2012). Signs and sums in turn take 2,700 additions, where 64 products with the descriptor take 8,000.
pub(super) struct Projection {
    signs: [[i32; LENGTH]; ROUNDS],
}

impl Projection {
    pub(super) fn new() -> Self {
        let mut random = Random::seeded(0x5eed_0c0d_e5b0_a2d5);
        Self { signs: [(); ROUNDS].map(|()| [(); LENGTH].map(|()| if random.below(2) == 0 { 1 } else { -1 })) }
    }

    /// Bit k is set where the descriptor lies above plane k. Descriptors that look alike have few bits that differ.
    pub(super) fn code(&self, descriptor: &Descriptor) -> u64 {
        // Whole numbers throughout: 255 grows to 255 × 2²¹ at most.
        let mut values: [i32; LENGTH] = std::array::from_fn(|k| i32::from(descriptor[k]) - MEAN[k]);
        for signs in &self.signs {
            for (value, sign) in values.iter_mut().zip(signs) {
                *value *= sign;
            }
            sums_and_differences(&mut values);
        }
        values.iter().take(64).enumerate().fold(0, |code, (k, value)| code | (u64::from(*value > 0) << k))
    }
}

/// The Walsh–Hadamard transform, in place; each of its seven steps has the same loop (M. Pease, JACM 1968), which compilers widen.
fn sums_and_differences(values: &mut [i32; LENGTH]) {
    const HALF: usize = LENGTH / 2;
    for _ in 0..LENGTH.ilog2() {
        let old = *values;
        for k in 0..HALF {
            values[2 * k] = old[k] + old[k + HALF];
            values[2 * k + 1] = old[k] - old[k + HALF];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transforming_twice_multiplies_by_the_length() {
        let values: [i32; LENGTH] = std::array::from_fn(|k| (k * 37 % 101) as i32 - 50);
        let mut twice = values;
        sums_and_differences(&mut twice);
        sums_and_differences(&mut twice);
        assert_eq!(twice, values.map(|value| value * LENGTH as i32));
    }

    #[test]
    fn what_is_alike_differs_in_few_bits_and_what_is_opposite_in_all() {
        let projection = Projection::new();
        let descriptor: Descriptor = std::array::from_fn(|k| (MEAN[k] + (k * 53 % 41) as i32 - 20).max(0) as i16);
        let code = projection.code(&descriptor);
        let near: Descriptor = std::array::from_fn(|k| descriptor[k] + [0, 3, -3][k % 3]);
        let opposite: Descriptor = std::array::from_fn(|k| 2 * MEAN[k] as i16 - descriptor[k]);
        assert!((projection.code(&near) ^ code).count_ones() < 16);
        assert_eq!(projection.code(&opposite), !code);
    }
}
