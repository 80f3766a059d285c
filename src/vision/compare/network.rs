//! A small network that has seen many drawn boards: of a candidate's evidence it makes how sure a real change it is.
//!
//! Three convolutions with a stride of two look at the window (rectified linear units; X. Glorot et al., AISTATS 2011), one
//! layer at the numbers, two bring both together. `docs/method.md` tells how it was trained and what it can't do.
//! Sums run in one fixed order, so that the same bytes give the same numbers everywhere.

use super::evidence::{NUMBERS, PLANES, WINDOW};

/// Layers in the order of the file: outputs, and inputs per output.
const SHAPES: [[usize; 2]; 7] =
    [[16, PLANES * 9], [24, 16 * 9], [32, 24 * 9], [32, 32 * 16], [24, NUMBERS], [24, 32 + 24], [1, 24]];

/// What training made of it.
const TRAINED: &[u8] = include_bytes!("network.bin");

/// Weights, ready to be used.
pub(super) struct Network {
    layers: [Layer; 7],
    /// Subtracted from the numbers, and what they are multiplied with then.
    centre: [f32; NUMBERS],
    spread: [f32; NUMBERS],
}

/// One weight matrix, `inputs` rows of `outputs` values, and an offset per output.
struct Layer {
    outputs: usize,
    weights: Vec<f32>,
    offsets: Vec<f32>,
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
        let mut bytes = rest.iter();
        let mut shapes = SHAPES.iter();
        let layers = heads.map(|(scales, offsets)| {
            let inputs = shapes.next().map_or(0, |[_, inputs]| *inputs);
            let weights = (0..inputs)
                .flat_map(|_| scales.clone())
                .zip(bytes.by_ref())
                .map(|(scale, byte)| f32::from(byte.cast_signed()) * scale)
                .collect();
            Layer { outputs: scales.len(), weights, offsets }
        });
        Self { layers, centre: std::array::from_fn(|k| centre[k]), spread: std::array::from_fn(|k| spread[k]) }
    }

    /// How sure, 0 to 1, by a window of [`PLANES`] × [`WINDOW`] × [`WINDOW`] samples and the numbers beside it.
    pub(super) fn judge(&self, window: &[u8], numbers: &[f32; NUMBERS]) -> f32 {
        let [first, second, third, seen, known, both, last] = &self.layers;
        let planes = first.convolve(&levelled(window), PLANES, WINDOW);
        let planes = second.convolve(&planes, first.outputs, WINDOW / 2);
        let planes = third.convolve(&planes, second.outputs, WINDOW / 4);
        let mut met = seen.apply(&planes);
        let numbers: Vec<f32> = (0..NUMBERS).map(|k| (numbers[k] - self.centre[k]) * self.spread[k]).collect();
        met.extend(known.apply(&numbers));
        let logit = last.sum(&both.apply(&met))[0];
        1.0 / (1.0 + libm::expf(-logit))
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
    fn sum(&self, input: &[f32]) -> Vec<f32> {
        let mut sums = self.offsets.clone();
        for (value, weights) in input.iter().zip(self.weights.chunks_exact(self.outputs)) {
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += value * weight);
        }
        sums
    }

    fn apply(&self, input: &[f32]) -> Vec<f32> {
        let mut sums = self.sum(input);
        sums.iter_mut().for_each(|v| *v = v.max(0.0));
        sums
    }

    /// Three by three with a stride of two, zeros around: `planes` of `side` × `side` become planes of half the side.
    fn convolve(&self, input: &[f32], planes: usize, side: usize) -> Vec<f32> {
        let half = side / 2;
        let mut out = vec![0.0; self.outputs * half * half];
        let mut sums = vec![0.0; self.outputs];
        for at in 0..half * half {
            sums.copy_from_slice(&self.offsets);
            let (x, y) = (2 * (at % half), 2 * (at / half));
            let mut weights = self.weights.chunks_exact(self.outputs);
            for tap in 0..planes * 9 {
                let (u, v) = (x + tap % 3, y + tap % 9 / 3);
                let Some(weights) = weights.next() else { break };
                if u == 0 || v == 0 || u > side || v > side {
                    continue;
                }
                let value = input[(tap / 9 * side + v - 1) * side + u - 1];
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += value * weight);
            }
            for (plane, sum) in sums.iter().enumerate() {
                out[plane * half * half + at] = sum.max(0.0);
            }
        }
        out
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
            assert_eq!((layer.outputs, layer.weights.len()), (outputs, outputs * inputs));
        }
    }

    #[test]
    fn a_convolution_looks_around_every_other_sample() {
        // One plane of 4 × 4 with a single 1 at column 2, row 1; nine weights, 1 to 9, in reading order.
        let layer = Layer { outputs: 1, weights: (1..=9_u8).map(f32::from).collect(), offsets: vec![0.5] };
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
        for at in (0..AREA).filter(|at| (10..22).contains(&(at % WINDOW)) && (13..19).contains(&(at / WINDOW))) {
            (added[at], added[AREA + at], added[6 * AREA + at]) = (180, 134, 200);
        }
        let network = Network::trained();
        let numbers = network.centre;
        let (added, plain) = (network.judge(&added, &numbers), network.judge(&plain, &numbers));
        assert!(added > 2.0 * plain, "{added} {plain}");
    }
}
