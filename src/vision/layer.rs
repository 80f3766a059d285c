//! Layers of small trained networks: weights of 8 bits from a file, sums in one fixed order, so that the same bytes give the same
//! numbers everywhere.
//!
//! Every layer but the last ends in rectified linear units (X. Glorot et al., AISTATS 2011).

/// Sums that are kept in registers together.
const LANES: usize = 16;

/// One weight matrix, and an offset per output.
struct Layer {
    inputs: usize,
    outputs: usize,
    /// Blocks of [`LANES`] outputs; within a block, input by input, a weight per output. Missing outputs have zeros.
    weights: Vec<[f32; LANES]>,
    offsets: Vec<[f32; LANES]>,
}

/// What a file of weights holds: how the numbers beside the window are levelled, and the layers.
pub(super) struct Trained<const NUMBERS: usize, const LAYERS: usize> {
    /// Subtracted from the numbers, and what they are multiplied with then.
    pub(super) centre: [f32; NUMBERS],
    spread: [f32; NUMBERS],
    layers: [Layer; LAYERS],
}

impl<const NUMBERS: usize, const LAYERS: usize> Trained<NUMBERS, LAYERS> {
    /// Reads a file that training wrote: `centre` and `spread`, scales and offsets of each layer (32-bit floats, little end first), then
    /// the weights of each layer, 8 bits, input by input. `shapes` are outputs and inputs per output.
    pub(super) fn read(file: &[u8], shapes: [[usize; 2]; LAYERS]) -> Self {
        let mut rest = file;
        let mut numbers = |count: usize| -> Vec<f32> {
            let (mine, others) = rest.split_at(4 * count);
            rest = others;
            mine.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
        };
        let centre = numbers(NUMBERS);
        let spread = numbers(NUMBERS);
        let heads = shapes.map(|[outputs, inputs]| (inputs, numbers(outputs), numbers(outputs)));
        let layers = heads.map(|(inputs, scales, offsets)| {
            let (mine, others) = rest.split_at(inputs * scales.len());
            rest = others;
            Layer::new(inputs, &scales, &offsets, mine)
        });
        Self { centre: std::array::from_fn(|k| centre[k]), spread: std::array::from_fn(|k| spread[k]), layers }
    }

    /// The numbers around 0, as the first layer that looks at them takes them.
    fn levelled(&self, numbers: &[f32; NUMBERS]) -> Vec<f32> {
        (0..NUMBERS).map(|k| (numbers[k] - self.centre[k]) * self.spread[k]).collect()
    }
}

impl<const NUMBERS: usize> Trained<NUMBERS, 8> {
    /// What four convolutions with a stride of two see in a window of `planes` × `side` × `side` levelled samples, what one layer makes of the numbers
    /// beside it, and two of both together.
    pub(super) fn judge(&self, window: &[f32], planes: usize, side: usize, numbers: &[f32; NUMBERS]) -> f32 {
        let [first, second, third, fourth, seen, known, both, last] = &self.layers;
        let met_planes = first.convolve(window, planes, side);
        let met_planes = second.convolve(&met_planes, first.outputs, side / 2);
        let met_planes = third.convolve(&met_planes, second.outputs, side / 4);
        let met_planes = fourth.convolve(&met_planes, third.outputs, side / 8);
        let mut met = seen.apply(&met_planes);
        met.extend(known.apply(&self.levelled(numbers)));
        last.sum(&both.apply(&met), 0)[0]
    }
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

/// Bytes of a file that holds a weight for every connection and nothing else.
#[cfg(test)]
pub(super) fn bytes_of(numbers: usize, shapes: &[[usize; 2]]) -> usize {
    let weights: usize = shapes.iter().map(|[outputs, inputs]| outputs * inputs).sum();
    let floats = 2 * numbers + shapes.iter().map(|[outputs, _]| 2 * outputs).sum::<usize>();
    weights + 4 * floats
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_file_is_read_in_its_order() {
        let floats = [3.0_f32, 0.5, 1.0, 2.0, 0.25, -0.25];
        let mut file: Vec<u8> = floats.iter().flat_map(|v| v.to_le_bytes()).collect();
        // Two outputs, one input; their weights are 4 and -4 times the scales.
        file.extend([4_u8, 4_i8.wrapping_neg().cast_unsigned()]);
        assert_eq!(file.len(), bytes_of(1, &[[2, 1]]));
        let trained = Trained::<1, 1>::read(&file, [[2, 1]]);
        let input = trained.levelled(&[7.0]);
        assert_eq!(input, [2.0]);
        assert_eq!(trained.layers[0].sum(&input, 0)[..3], [8.25, -16.25, 0.0]);
        assert_eq!(trained.layers[0].apply(&input), [8.25, 0.0]);
    }
}
