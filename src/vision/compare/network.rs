//! A small network that has seen many drawn boards: of a candidate's evidence it makes how sure a real change it is.
//!
//! Four convolutions with a stride of two look at the window (rectified linear units; X. Glorot et al., AISTATS 2011), one
//! layer at the numbers, two bring both together. `docs/method.md` tells how it was trained and what it can't do.
//! Sums run in one fixed order, so that the same bytes give the same numbers everywhere.

use super::evidence::{NUMBERS, PLANES, WINDOW};

/// Layers in the order of the file: outputs, and inputs per output. Outputs come in whole [`LANES`] but for the last layer's.
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
/// Sums that are kept in registers together.
const LANES: usize = 16;

/// What training made of it.
const TRAINED: &[u8] = include_bytes!("network.bin");

/// Weights, ready to be used.
pub(super) struct Network {
    layers: [Layer; 8],
    /// Subtracted from the numbers, and what they are multiplied with then.
    centre: [f32; NUMBERS],
    spread: [f32; NUMBERS],
}

/// One weight matrix, and an offset per output.
struct Layer {
    inputs: usize,
    outputs: usize,
    /// Blocks of [`LANES`] outputs; within a block, input by input, a weight per output. Missing outputs have zeros.
    weights: Vec<[f32; LANES]>,
    offsets: Vec<[f32; LANES]>,
}

impl Network {
    /// The network that was trained.
    pub(super) fn trained() -> Self {
        let mut rest = TRAINED;
        let mut numbers = |count: usize| -> Vec<f32> {
            let (mine, others) = rest.split_at(4 * count);
            rest = others;
            mine.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
        };
        let centre = numbers(NUMBERS);
        let spread = numbers(NUMBERS);
        let heads = SHAPES.map(|[outputs, _]| (numbers(outputs), numbers(outputs)));
        let mut shapes = SHAPES.iter();
        let layers = heads.map(|(scales, offsets)| {
            let inputs = shapes.next().map_or(0, |[_, inputs]| *inputs);
            let (mine, others) = rest.split_at(inputs * scales.len());
            rest = others;
            Layer::new(inputs, &scales, &offsets, mine)
        });
        Self { layers, centre: std::array::from_fn(|k| centre[k]), spread: std::array::from_fn(|k| spread[k]) }
    }

    /// The logarithm of the odds that it is real, by a window of [`PLANES`] × [`WINDOW`] × [`WINDOW`] samples and the numbers.
    pub(super) fn judge(&self, window: &[u8], numbers: &[f32; NUMBERS]) -> f32 {
        let [first, second, third, fourth, seen, known, both, last] = &self.layers;
        let planes = first.convolve(&levelled(window), PLANES, WINDOW);
        let planes = second.convolve(&planes, first.outputs, WINDOW / 2);
        let planes = third.convolve(&planes, second.outputs, WINDOW / 4);
        let planes = fourth.convolve(&planes, third.outputs, WINDOW / 8);
        let mut met = seen.apply(&planes);
        let numbers: Vec<f32> = (0..NUMBERS).map(|k| (numbers[k] - self.centre[k]) * self.spread[k]).collect();
        met.extend(known.apply(&numbers));
        last.sum(&both.apply(&met), 0)[0]
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

impl Layer {
    /// From the file's 8-bit weights, `inputs` rows of a weight per output.
    fn new(inputs: usize, scales: &[f32], offsets: &[f32], bytes: &[u8]) -> Self {
        let outputs = scales.len();
        let lane = |block: usize, k: usize, of: &dyn Fn(usize) -> f32| {
            let output = block * LANES + k;
            if output < outputs { of(output) } else { 0.0 }
        };
        let blocks = outputs.div_ceil(LANES);
        let weight = |input: usize, output: usize| f32::from(bytes[input * outputs + output].cast_signed()) * scales[output];
        let weights = (0..blocks * inputs).map(|row| {
            let (block, input) = (row / inputs, row % inputs);
            std::array::from_fn(|k| lane(block, k, &|output| weight(input, output)))
        });
        let offsets = (0..blocks).map(|block| std::array::from_fn(|k| lane(block, k, &|output| offsets[output])));
        Self { inputs, outputs, weights: weights.collect(), offsets: offsets.collect() }
    }

    /// One block of outputs.
    fn sum(&self, input: &[f32], block: usize) -> [f32; LANES] {
        let mut sums = self.offsets[block];
        for (value, weights) in input.iter().zip(&self.weights[block * self.inputs..][..self.inputs]) {
            for k in 0..LANES {
                sums[k] += value * weights[k];
            }
        }
        sums
    }

    fn apply(&self, input: &[f32]) -> Vec<f32> {
        let sums = (0..self.offsets.len()).flat_map(|block| self.sum(input, block));
        sums.take(self.outputs).map(|v| v.max(0.0)).collect()
    }

    /// Three by three with a stride of two, zeros around: `planes` of `side` × `side` become planes of half the side.
    fn convolve(&self, input: &[f32], planes: usize, side: usize) -> Vec<f32> {
        let half = side / 2;
        let mut out = vec![0.0; self.outputs * half * half];
        let mut around = vec![0.0; planes * 9];
        for at in 0..half * half {
            gather(input, side, [2 * (at % half), 2 * (at / half)], &mut around);
            for block in 0..self.offsets.len() {
                for (k, sum) in self.sum(&around, block).into_iter().enumerate().take(self.outputs - block * LANES) {
                    out[(block * LANES + k) * half * half + at] = sum.max(0.0);
                }
            }
        }
        out
    }
}

/// The nine samples around a place of every plane, zeros beyond its edge.
fn gather(input: &[f32], side: usize, [x, y]: [usize; 2], around: &mut [f32]) {
    for (plane, nine) in input.chunks_exact(side * side).zip(around.chunks_exact_mut(9)) {
        for (row, three) in nine.chunks_exact_mut(3).enumerate() {
            for (column, out) in three.iter_mut().enumerate() {
                let (u, v) = (x + column, y + row);
                let inside = u > 0 && v > 0 && u <= side && v <= side;
                *out = if inside { plane[(v - 1) * side + u - 1] } else { 0.0 };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_holds_a_weight_for_every_connection_and_nothing_else() {
        let weights: usize = SHAPES.iter().map(|[outputs, inputs]| outputs * inputs).sum();
        let floats = 2 * NUMBERS + SHAPES.iter().map(|[outputs, _]| 2 * outputs).sum::<usize>();
        assert_eq!(TRAINED.len(), weights + 4 * floats);
        let network = Network::trained();
        for (layer, [outputs, inputs]) in network.layers.iter().zip(SHAPES) {
            assert_eq!((layer.outputs, layer.weights.len()), (outputs, outputs.div_ceil(LANES) * inputs));
        }
    }

    #[test]
    fn a_convolution_looks_around_every_other_sample() {
        // One plane of 4 × 4 with a single 1 at column 2, row 1; nine weights, 1 to 9, in reading order.
        let layer = Layer::new(9, &[1.0], &[0.5], &[1, 2, 3, 4, 5, 6, 7, 8, 9]);
        let mut input = vec![0.0; 16];
        input[6] = 1.0;
        // Around (0, 0) it is not seen; around (2, 0) it lies below, around (2, 2) above; around (0, 2) it is too far right.
        assert_eq!(layer.convolve(&input, 1, 4), [0.5, 8.5, 0.5, 2.5]);
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
        let numbers = network.centre;
        let (added, plain) = (network.judge(&added, &numbers), network.judge(&plain, &numbers));
        assert!(added > 1.0 + plain, "{added} {plain}");
    }
}
