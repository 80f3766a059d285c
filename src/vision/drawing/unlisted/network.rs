//! A small network that has seen many drawn boards: how much a place that stands out is like a part.
//!
//! Four convolutions with a stride of two look at the window, one layer at the numbers, two bring both together (`vision::layer`).
//! `docs/method.md` tells how it was trained and what it can't do.

use super::evidence::{NUMBERS, PLANES, WINDOW};
use crate::vision::layer::Trained;

/// Layers in the order of the file: outputs, and inputs per output.
const SHAPES: [[usize; 2]; 8] = [
    [16, PLANES * 9],
    [32, 16 * 9],
    [32, 32 * 9],
    [48, 32 * 9],
    [32, 48 * LAST_SIDE * LAST_SIDE],
    [16, NUMBERS],
    [32, 32 + 16],
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

    /// The logarithm of the odds that it is a part, by a window of [`PLANES`] × [`WINDOW`] × [`WINDOW`] samples and the numbers.
    pub(super) fn judge(&self, window: &[u8], numbers: &[f32; NUMBERS]) -> f32 {
        self.0.judge(&levelled(window), PLANES, WINDOW, numbers)
    }
}

/// The window's values around 0; what the design has there from 0 to 1.
fn levelled(window: &[u8]) -> Vec<f32> {
    const AREA: usize = WINDOW * WINDOW;
    let level = |plane: usize| match plane {
        0 => (128.0, 1.0 / 40.0),
        3 => (0.0, 1.0 / 255.0),
        _ => (128.0, 1.0 / 20.0),
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
    fn a_body_with_two_bright_ends_is_surer_than_bare_ground() {
        const AREA: usize = WINDOW * WINDOW;
        let ground = [128, 128, 128, 0];
        let plain: Vec<u8> = (0..PLANES * AREA).map(|k| ground[k / AREA]).collect();
        let mut part = plain.clone();
        for at in 0..AREA {
            let (x, y) = ((at % WINDOW).abs_diff(WINDOW / 2), (at / WINDOW).abs_diff(WINDOW / 2));
            if x < 11 && y < 5 {
                let is_end = x > 4;
                (part[at], part[AREA + at], part[2 * AREA + at]) = if is_end { (220, 128, 140) } else { (175, 112, 150) };
            }
        }
        let network = Network::trained();
        let numbers = network.0.centre;
        let (part, plain) = (network.judge(&part, &numbers), network.judge(&plain, &numbers));
        assert!(part > 2.0 + plain, "{part} {plain}");
    }
}
