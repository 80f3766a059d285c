//! Small patches of a picture's luma, and where another picture shows them.

use std::ops::Range;

use super::layers::Plane;
use super::parallax::Strictness;

/// Half the side of a patch.
pub(super) const REACH: usize = 4;
const SIDE: usize = 2 * REACH;
const COUNT: i32 = (SIDE * SIDE) as i32;

/// A picture's luma with the variance of each of its patches, so that a search has only the products to add up.
pub(super) struct Patches<'a> {
    plane: &'a Plane,
    /// Variance times the square of [`COUNT`], at the place of a patch's left upper pixel.
    vary: Vec<i32>,
}

impl<'a> Patches<'a> {
    pub(super) fn of(plane: &'a Plane) -> Self {
        let (width, luma) = (plane.width, &plane.values);
        let mut vary = vec![0; luma.len()];
        let mut columns = Columns { sums: vec![0; width], squares: vec![0; width] };
        for (y, row) in luma.chunks_exact(width).enumerate() {
            columns.enter(row);
            if y + 1 >= SIDE {
                let top = (y + 1 - SIDE) * width;
                columns.across(&mut vary[top..][..width]);
                columns.leave(&luma[top..][..width]);
            }
        }
        Self { plane, vary }
    }

    /// Where this picture shows the patch of `from` around (`x`, `y`): the displacement of at most `reach` that is allowed and
    /// likest; `None` when it is plain, lies where it should, or is nowhere to be found. `allowed` marks columns of one row of
    /// displacements, and says which it has marked. The search must stay inside the picture.
    pub(super) fn find(
        &self,
        from: &Self,
        [x, y]: [usize; 2],
        strictness: &Strictness,
        reach: usize,
        mut allowed: impl FnMut(i32, &mut [bool]) -> Range<usize>,
    ) -> Option<[i32; 2]> {
        let width = self.plane.width;
        let start = (y - REACH) * width + x - REACH;
        let least = COUNT * COUNT * strictness.contrast * strictness.contrast;
        let template = Template::new(from.plane, start);
        if template.vary < least {
            return None;
        }
        let here = template.likeness(self, start, least);
        if here > 1.0 - strictness.advantage {
            return None;
        }
        let mut best = (0.0, 0, 0);
        let mut row = vec![false; 2 * reach + 1];
        for v in 0..=2 * reach {
            let dy = v as i32 - reach as i32;
            let columns = allowed(dy, &mut row);
            let first = start + v * width - reach * width - reach;
            for u in columns.filter(|u| row[*u]) {
                let value = template.likeness(self, first + u, least);
                if value > best.0 {
                    best = (value, u as i32 - reach as i32, dy);
                }
            }
        }
        let (value, dx, dy) = best;
        (value >= strictness.likeness && value >= here + strictness.advantage).then_some([dx, dy])
    }
}

/// Sums and sums of squares over the last rows, column by column.
struct Columns {
    sums: Vec<u16>,
    squares: Vec<u32>,
}

impl Columns {
    fn enter(&mut self, row: &[u8]) {
        self.sums.iter_mut().zip(row).for_each(|(sum, v)| *sum += u16::from(*v));
        self.squares.iter_mut().zip(row).for_each(|(sum, v)| *sum += u32::from(u16::from(*v) * u16::from(*v)));
    }

    fn leave(&mut self, row: &[u8]) {
        self.sums.iter_mut().zip(row).for_each(|(sum, v)| *sum -= u16::from(*v));
        self.squares.iter_mut().zip(row).for_each(|(sum, v)| *sum -= u32::from(u16::from(*v) * u16::from(*v)));
    }

    fn across(&self, vary: &mut [i32]) {
        let windows = self.sums.windows(SIDE).zip(self.squares.windows(SIDE));
        for (vary, (columns, squares)) in vary.iter_mut().zip(windows) {
            let sum = i32::from((0..SIDE).map(|k| columns[k]).sum::<u16>());
            let squares: u32 = (0..SIDE).map(|k| squares[k]).sum();
            *vary = COUNT * squares as i32 - sum * sum;
        }
    }
}

/// A patch that is looked for.
struct Template {
    /// Values without their mean, times [`COUNT`].
    values: [[i16; SIDE]; SIDE],
    vary: i32,
}

impl Template {
    fn new(from: &Plane, start: usize) -> Self {
        let row = |k: usize| &from.values[start + k * from.width..][..SIDE];
        let values: [[i16; SIDE]; SIDE] = std::array::from_fn(|v| std::array::from_fn(|u| i16::from(row(v)[u])));
        let all = values.as_flattened();
        let sum: i16 = all.iter().sum();
        let squares: i32 = all.iter().map(|v| i32::from(*v) * i32::from(*v)).sum();
        let vary = COUNT * squares - i32::from(sum) * i32::from(sum);
        Self { values: values.map(|row| row.map(|v| COUNT as i16 * v - sum)), vary }
    }

    /// Correlation with the patch of `into` at `start`; 0 when that one is plain.
    fn likeness(&self, into: &Patches, start: usize, least: i32) -> f32 {
        let vary = into.vary[start];
        if vary < least {
            return 0.0;
        }
        let mut together = [0_i32; SIDE];
        for (v, values) in self.values.iter().enumerate() {
            let there = &into.plane.values[start + v * into.plane.width..][..SIDE];
            for k in 0..SIDE {
                together[k] += i32::from(values[k]) * i32::from(there[k]);
            }
        }
        let together: i32 = together.iter().sum();
        together as f32 / (self.vary as f32 * vary as f32).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variances_of_patches_are_those_of_their_pixels() {
        let plane = Plane { width: 19, height: 13, values: (0..19 * 13).map(|k| (k * k % 251) as u8).collect() };
        let patches = Patches::of(&plane);
        for (x, y) in [(0, 0), (11, 5), (3, 4)] {
            let values = (0..64).map(|k| i32::from(plane.values[(y + k / 8) * 19 + x + k % 8]));
            let (sum, squares) = (values.clone().sum::<i32>(), values.map(|v| v * v).sum::<i32>());
            assert_eq!(patches.vary[y * 19 + x], 64 * squares - sum * sum);
            assert_eq!(Template::new(&plane, y * 19 + x).vary, 64 * squares - sum * sum);
        }
    }
}
