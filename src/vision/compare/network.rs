//! A small network that has seen many drawn boards: of a candidate's evidence it makes how sure a real change it is.
//!
//! Four convolutions with a stride of two look at the window, one layer at the numbers, two bring both together (`vision::layer`).
//! `docs/method.md` tells how it was trained and what it can't do.

use super::evidence::{NUMBERS, PLANES, WINDOW};
use crate::vision::layer::Trained;

/// Layers in the order of the file: outputs, and inputs per output. Outputs come in whole lanes but for the last layer's.
const SHAPES: [[usize; 2]; 8] = [
    [16, PLANES * 9],
    [32, 16 * 9],
    [48, 32 * 9],
    [64, 48 * 9],
    [48, 64 * LAST_SIDE * LAST_SIDE],
    [32, NUMBERS],
    [32, 48 + 32],
    [1, 32],
];
/// Side of the planes that the last convolution gives.
const LAST_SIDE: usize = WINDOW / 16;

/// What training made of it.
const TRAINED: &[u8] = include_bytes!("network.bin");

/// Weights, ready to be used.
pub(super) struct Network(Trained<NUMBERS, 8>);

impl Network {
    /// The network that was trained.
    pub(super) fn trained() -> Self {
        Self(Trained::read(TRAINED, SHAPES))
    }

    /// The logarithm of the odds that it is real, by a window of [`PLANES`] × [`WINDOW`] × [`WINDOW`] samples and the numbers.
    pub(super) fn judge(&self, window: &[u8], numbers: &[f32; NUMBERS]) -> f32 {
        self.0.judge(&levelled(window), PLANES, WINDOW, numbers)
    }
}

/// The window's values around 0, luma without the mean of both pictures.
fn levelled(window: &[u8]) -> Vec<f32> {
    /// Half of what the values spread over, mostly.
    const UNIT: f32 = 1.0 / 48.0;
    const AREA: usize = WINDOW * WINDOW;
    let mean = |plane: usize| window[plane * AREA..][..AREA].iter().map(|v| u32::from(*v)).sum::<u32>() as f32 / AREA as f32;
    let light = (mean(0) + mean(3)) / 2.0;
    let level = |plane: usize| match plane {
        0 | 3 => (light, UNIT),
        6 => (32.0, UNIT),
        _ => (128.0, 2.0 * UNIT),
    };
    window.iter().enumerate().map(|(k, v)| (f32::from(*v) - level(k / AREA).0) * level(k / AREA).1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vision::layer::bytes_of;

    #[test]
    fn the_file_holds_a_weight_for_every_connection_and_nothing_else() {
        assert_eq!(TRAINED.len(), bytes_of(NUMBERS, &SHAPES));
    }

    #[test]
    fn a_part_that_only_the_photo_shows_is_surer_than_two_equal_pictures() {
        const AREA: usize = WINDOW * WINDOW;
        let ground = [90, 118, 124, 90, 118, 124, 32];
        let plain: Vec<u8> = (0..PLANES * AREA).map(|k| ground[k / AREA]).collect();
        let mut added = plain.clone();
        for at in (0..AREA).filter(|at| (17..31).contains(&(at % WINDOW)) && (20..28).contains(&(at / WINDOW))) {
            (added[at], added[AREA + at], added[6 * AREA + at]) = (180, 134, 200);
        }
        let network = Network::trained();
        let numbers = network.0.centre;
        let (added, plain) = (network.judge(&added, &numbers), network.judge(&plain, &numbers));
        assert!(added > 1.0 + plain, "{added} {plain}");
    }
}
