//! Round spots of one colour: inspectors' dots, paint and stickers. They come and go between good units.

use super::layers::Layers;
use super::verify::Patch;

/// The part of its square that a disc fills is π/4; seen aslant it stays so.
const FILLS: std::ops::RangeInclusive<f32> = 0.70..=0.86;
/// The shorter side of its box beside the longer one: a disc at 45° of tilt.
const ASPECT: f32 = 0.7;
/// Pixels of the comparison grid across: the blurred body of a 0603 part looks round, too.
const LEAST_GRID_SIDE: usize = 18;
/// The same of a vivid spot: what is so small, round and colourful on a board is paint.
const LEAST_VIVID_GRID_SIDE: usize = 9;
/// Steps of both opponent colours away from grey, together, from which a colour is vivid: a ceramic part's body has 40 at most.
const VIVID: u32 = 50;
/// Pixels of the level across, to tell a disc from a block.
const LEAST_SIDE: usize = 7;
/// An opponent colour of what has none.
const GREY: u8 = 128;
/// Steps of luma and both opponent colours within which a colour is the same.
const SAME: [u8; 3] = [14, 7, 7];
/// Sum of the steps from which two colours are clearly not the same.
const OTHER: u32 = 36;
/// Its box and the candidate's have at least this much in common, as a part of both together.
const COMMON: f32 = 0.3;

/// True when one of the pictures shows a round spot in `patch` and the other none; they are `level` halvings smaller than the grid.
pub(super) fn is_spot(photo: &Layers, reference: &Layers, patch: Patch, level: u32) -> bool {
    only_here(photo, reference, patch, level) || only_here(reference, photo, patch, level)
}

fn only_here(here: &Layers, there: &Layers, patch: Patch, level: u32) -> bool {
    let Some((spot, middle)) = Spot::around(here, patch) else { return false };
    let colour = |layers: &Layers| std::array::from_fn(|k| layers.planes[k][middle]);
    let [seen, behind]: [[u8; 3]; 2] = [colour(here), colour(there)];
    let apart: u32 = seen.iter().zip(behind).map(|(a, b)| u32::from(a.abs_diff(b))).sum();
    let [_, colours @ ..] = seen;
    let vivid: u32 = colours.iter().map(|colour| u32::from(colour.abs_diff(GREY))).sum();
    let least = if vivid >= VIVID { LEAST_VIVID_GRID_SIDE } else { LEAST_GRID_SIDE };
    spot.is_disc(LEAST_SIDE.max(least >> level)) && apart >= OTHER && spot.common(patch) >= COMMON
}

/// A connected area of one colour.
struct Spot {
    pixels: usize,
    left: usize,
    top: usize,
    right: usize,
    bottom: usize,
}

impl Spot {
    /// The area of one colour around the middle of `patch`, with the place of that middle; `None` when it reaches far beyond.
    fn around(layers: &Layers, patch: Patch) -> Option<(Self, usize)> {
        let (width, height) = (layers.width, layers.height);
        let (x, y) = ((patch.x + patch.w / 2).min(width - 1), (patch.y + patch.h / 2).min(height - 1));
        let reach = patch.w.max(patch.h) + LEAST_SIDE;
        let (first_x, first_y) = (x.saturating_sub(reach), y.saturating_sub(reach));
        let (last_x, last_y) = ((x + reach).min(width - 1), (y + reach).min(height - 1));
        let wide = last_x - first_x + 1;
        let middle = y * width + x;
        let same = |at: usize| layers.planes.iter().zip(SAME).all(|(plane, step)| plane[at].abs_diff(plane[middle]) <= step);
        let mut taken = vec![false; wide * (last_y - first_y + 1)];
        let mut spot = Self { pixels: 0, left: x, top: y, right: x, bottom: y };
        let mut waiting = vec![(x, y)];
        while let Some((x, y)) = waiting.pop() {
            let mark = &mut taken[(y - first_y) * wide + x - first_x];
            if *mark || !same(y * width + x) {
                continue;
            }
            if x == first_x || x == last_x || y == first_y || y == last_y {
                return None;
            }
            *mark = true;
            spot.pixels += 1;
            (spot.left, spot.right) = (spot.left.min(x), spot.right.max(x));
            (spot.top, spot.bottom) = (spot.top.min(y), spot.bottom.max(y));
            waiting.extend([(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)]);
        }
        Some((spot, middle))
    }

    fn sides(&self) -> (usize, usize) {
        (self.right + 1 - self.left, self.bottom + 1 - self.top)
    }

    fn is_disc(&self, least: usize) -> bool {
        let (w, h) = self.sides();
        let fills = self.pixels as f32 / (w * h) as f32;
        w.min(h) >= least && w.min(h) as f32 >= ASPECT * w.max(h) as f32 && FILLS.contains(&fills)
    }

    /// What its box and `patch` have in common, as a part of both together.
    fn common(&self, patch: Patch) -> f32 {
        let along =
            |low: usize, high: usize, start: usize, side: usize| (high + 1).min(start + side).saturating_sub(low.max(start));
        let both = along(self.left, self.right, patch.x, patch.w) * along(self.top, self.bottom, patch.y, patch.h);
        let (w, h) = self.sides();
        both as f32 / (w * h + patch.w * patch.h - both) as f32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: usize = 64;

    const YELLOW: [u8; 3] = [230, 200, 60];
    /// Of a ceramic part.
    const TAN: [u8; 3] = [185, 160, 120];

    /// Green ground with what `inside` says in yellow.
    fn drawn(inside: impl Fn(f32, f32) -> bool) -> Layers {
        painted(YELLOW, inside)
    }

    fn painted(colour: [u8; 3], inside: impl Fn(f32, f32) -> bool) -> Layers {
        let mut layers = Layers::grey(SIDE, SIDE);
        for at in 0..SIDE * SIDE {
            let (x, y) = ((at % SIDE) as f32 - 31.5, (at / SIDE) as f32 - 31.5);
            layers.set(at, if inside(x, y) { colour } else { [30, 90, 50] });
        }
        layers
    }

    #[test]
    fn a_disc_on_one_picture_is_a_spot_and_a_block_is_none() {
        let (disc, plain) = (drawn(|x, y| x * x + y * y < 100.0), drawn(|_, _| false));
        let patch = Patch { x: 21, y: 20, w: 22, h: 22 };
        assert!(is_spot(&disc, &plain, patch, 1) && is_spot(&plain, &disc, patch, 0));
        assert!(!is_spot(&disc, &disc, patch, 1), "both have it");
        let aslant = drawn(|x, y| x * x + 1.6 * y * y < 100.0);
        assert!(is_spot(&aslant, &plain, patch, 1));
        let block = drawn(|x, y| x.abs() < 10.0 && y.abs() < 10.0);
        assert!(!is_spot(&block, &plain, patch, 1));
        let part = drawn(|x, y| x.abs() < 9.0 && y.abs() < 5.0);
        assert!(!is_spot(&part, &plain, patch, 1));
        let speck = |colour: [u8; 3]| painted(colour, |x, y| x * x + y * y < 25.0);
        let (around, coarser) = (Patch { x: 26, y: 26, w: 11, h: 11 }, 1);
        assert!(!is_spot(&speck(TAN), &plain, around, 0) && is_spot(&speck(TAN), &plain, around, coarser));
        assert!(is_spot(&speck(YELLOW), &plain, around, 0), "no part is so small, round and colourful");
        assert!(
            !is_spot(&disc, &plain, Patch { x: 4, y: 4, w: 56, h: 56 }, 1),
            "a spot on something larger is not the whole of it"
        );
    }
}
