//! The height of what stands above the board, and a comparison in its own plane.
//!
//! What stands above the board lies elsewhere on the reference than the board's plane says, along the lines that
//! `parallax` found. How far it lies away is one number per part: its height (plane and parallax, as there). Shown where
//! the photo has it, a tall part can be compared like a flat one; and where only one of the pictures shows a tall part, it hides
//! the board on that one.

use std::ops::Range;

use super::band::Band;
use super::difference::{DifferenceConfig, Map, remeasure};
use super::layers::{Layers, Plane};
use super::parallax::{Epipole, Strictness};
use super::patches::{Patches, REACH};
use crate::vision::Cancelled;
use crate::vision::crew::{Crew, part, share};

/// How heights are found, on pictures half as large as the comparison grid.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct HeightConfig {
    /// Largest displacement looked for, in pixels of the half pictures: 48 px of the grid, as where the lines are found.
    pub reach: usize,
    /// What a patch must fulfil on its line. Less of an advantage than there: three pixels of a tall part's edge are one here.
    pub strictness: Strictness,
    /// A place is looked at from this multiple of the usual difference on.
    pub differing: f32,
    /// Cells around one that must agree with it on the height, of eight.
    pub least_neighbours: usize,
}

impl Default for HeightConfig {
    fn default() -> Self {
        let strictness = Strictness { likeness: 0.75, advantage: 0.12, contrast: 4 };
        Self { reach: 24, strictness, differing: 1.3, least_neighbours: 3 }
    }
}

/// How often the grid is halved for the half pictures.
pub(super) const LEVEL: u32 = 1;
/// Pixels of the half pictures along the side of a cell.
const CELL: usize = 4;

/// A displacement in pixels of the half pictures; (0, 0) where a cell lies in the board's plane, or nobody knows.
type Shift = [i8; 2];

/// What stands above the board, cell by cell of eight pixels of the grid.
#[derive(Debug, Clone, Default)]
pub(super) struct Heights {
    columns: usize,
    /// From a cell's place to where the reference shows what the photo has there.
    on_photo: Vec<Shift>,
    /// From a cell's place to where the photo shows what the reference has there.
    on_reference: Vec<Shift>,
}

impl Heights {
    /// `photo`, `reference` and `map` are half as large as the grid, and whole; `usual` is the map's usual value.
    pub(super) async fn find(
        photo: &Plane,
        reference: &Plane,
        map: &Map,
        usual: f32,
        epipole: &Epipole,
        config: &HeightConfig,
        crew: &mut dyn Crew,
    ) -> Result<Self, Cancelled> {
        let (columns, rows) = (photo.width.div_ceil(CELL), photo.height.div_ceil(CELL));
        let search = Search { map, least: config.differing * usual, epipole: epipole.halfway(), columns, rows, config };
        let (photo, reference) = (Patches::of(photo), Patches::of(reference));
        let own = part(crew, rows);
        let there = share(crew, search.shifts(&photo, &reference, 1.0, own.clone())).await?;
        let back = share(crew, search.shifts(&reference, &photo, -1.0, own)).await?;
        let (on_photo, on_reference) = (search.heights(&there, &back), search.heights(&back, &there));
        Ok(Self { columns, on_photo, on_reference })
    }

    /// Bring a map of differences down to what is left when tall parts are compared in their own planes, `level` halvings
    /// below the grid, in the band's own rows. Both pictures are as they were afterwards.
    pub(super) fn explain(
        &self,
        photo: &mut Layers,
        reference: &mut Layers,
        band: &Band,
        level: usize,
        config: &DifferenceConfig,
        map: &mut Map,
    ) {
        let (own, top) = (band.own(level), band.laid(level).start);
        let size = (map.width, band.whole(level));
        let mut one_way = |shifts: &[Shift], from: &mut Layers, other: &Layers| {
            let mut moved = self.in_own_plane(shifts, from, top, level);
            from.exchange(&mut moved);
            let cells = self.tall_cells(shifts).filter_map(|(at, _)| self.on_level(at, level, size));
            let corners = cells.flat_map(|[left, top, right, bottom]| {
                [(left, top), (right - 1, top), (left, bottom - 1), (right - 1, bottom - 1)]
            });
            remeasure(other, from, config, corners, &own, top, map);
            from.exchange(&mut moved);
        };
        one_way(&self.on_photo, reference, photo);
        one_way(&self.on_reference, photo, reference);
    }

    /// The cells that don't lie in the board's plane, with their shifts.
    fn tall_cells<'a>(&self, shifts: &'a [Shift]) -> impl Iterator<Item = (usize, &'a Shift)> + use<'a> {
        shifts.iter().enumerate().filter(|(_, shift)| **shift != [0, 0])
    }

    /// The pixels of a cell on pictures of this size, `level` halvings below the grid: left, top, and behind right and bottom; `None` when
    /// it has none there.
    fn on_level(&self, at: usize, level: usize, (width, height): (usize, usize)) -> Option<[usize; 4]> {
        let to_level = |v: usize| (v << LEVEL) >> level;
        let (column, row) = (at % self.columns * CELL, at / self.columns * CELL);
        let (left, top) = (to_level(column), to_level(row));
        let (right, bottom) = (to_level(column + CELL).max(left + 1).min(width), to_level(row + CELL).max(top + 1).min(height));
        (left < right && top < bottom).then_some([left, top, right, bottom])
    }

    /// What a picture shows when its tall parts lie where the other one shows them: pixels, counted row by row, with their values.
    /// The picture begins with row `first` of the whole one.
    fn in_own_plane(&self, shifts: &[Shift], picture: &Layers, first: usize, level: usize) -> Vec<(usize, [u8; 3])> {
        let mut moved = Vec::new();
        let (width, last) = (picture.width as i32, picture.height as i32 - 1);
        let size = (picture.width, first + picture.height);
        for (at, shift) in self.tall_cells(shifts) {
            let Some([left, top, right, bottom]) = self.on_level(at, level, size) else { continue };
            // Rounded to the nearest pixel of the level.
            let round = (1 << level) >> 1;
            let [dx, dy] = shift.map(|v| ((i32::from(v) << LEVEL) + round) >> level);
            for y in top.max(first)..bottom {
                for x in left..right {
                    let from_x = (x as i32 + dx).clamp(0, width - 1);
                    let from_y = ((y - first) as i32 + dy).clamp(0, last);
                    let from = (from_y * width + from_x) as usize;
                    moved.push(((y - first) * picture.width + x, std::array::from_fn(|k| picture.planes[k][from])));
                }
            }
        }
        moved
    }

    /// Of a box (comparison grid pixels): the part that stands above the board on either picture, and the part where only one
    /// picture shows something tall, which hides the board on that one. Each 0 to 1.
    pub(super) fn shares(&self, [x, y, w, h]: [f64; 4]) -> [f32; 2] {
        let Some(rows) = self.on_photo.len().checked_div(self.columns).filter(|rows| *rows > 0) else { return [0.0; 2] };
        let cell = |v: f64, count: usize| ((v / GRID_CELL as f64).max(0.0) as usize).min(count - 1);
        let (left, right, top, bottom) = (cell(x, self.columns), cell(x + w, self.columns), cell(y, rows), cell(y + h, rows));
        let (mut tall, mut hidden) = (0, 0);
        for at in (top..=bottom).flat_map(|row| (left..=right).map(move |column| row * self.columns + column)) {
            tall += u32::from(self.is_tall(at));
            hidden += u32::from(self.hides(at));
        }
        let cells = ((right - left + 1) * (bottom - top + 1)) as f32;
        [tall as f32 / cells, hidden as f32 / cells]
    }

    fn is_tall(&self, at: usize) -> bool {
        self.on_photo[at] != [0, 0] || self.on_reference[at] != [0, 0]
    }

    /// True when one picture shows something tall and the other does not: there it hides the board.
    fn hides(&self, at: usize) -> bool {
        (self.on_photo[at] != [0, 0]) != (self.on_reference[at] != [0, 0])
    }
}

/// The side of a cell of [`Heights`] in pixels of the comparison grid.
const GRID_CELL: usize = CELL << LEVEL;

/// What a search for heights knows.
struct Search<'a> {
    map: &'a Map,
    /// The value of the map from which a place differs.
    least: f32,
    epipole: Epipole,
    columns: usize,
    rows: usize,
    config: &'a HeightConfig,
}

impl Search<'_> {
    /// Where `into` shows what `from` has in each cell of some rows; `side` is 1 when `from` is the photo.
    fn shifts(&self, from: &Patches<'_>, into: &Patches<'_>, side: f32, rows: Range<usize>) -> Vec<Shift> {
        let border = REACH + self.config.reach + CELL;
        let (reach, mut shifts) = (self.config.reach as i32, vec![[0; 2]; self.columns * rows.len()]);
        for (at, shift) in (rows.start * self.columns..).zip(&mut shifts) {
            let (x, y) = (at % self.columns * CELL + CELL / 2, at / self.columns * CELL + CELL / 2);
            let inside = |v: usize, side: usize| v >= border && v + border < side;
            if !inside(x, self.map.width) || !inside(y, self.map.height) || !self.differs(x as i32, y as i32) {
                continue;
            }
            let sight = self.epipole.seen_from([x as f32, y as f32]);
            let allowed = |dy: i32, row: &mut [bool]| {
                let columns = sight.mark(dy, side, row);
                for u in columns.clone() {
                    // What is where it should be has its explanation: a part is not its neighbour, seen from aside.
                    row[u] = row[u] && self.differs(x as i32 + u as i32 - reach, y as i32 + dy);
                }
                columns
            };
            if let Some(found) = into.find(from, [x, y], &self.config.strictness, self.config.reach, allowed) {
                *shift = found.map(|v| v as i8);
            }
        }
        shifts
    }

    /// What of the shifts can be believed: those that the search in the other direction confirms, with what lies around them.
    fn heights(&self, there: &[Shift], back: &[Shift]) -> Vec<Shift> {
        let confirmed = |(at, shift): (usize, &Shift)| if self.leads_back(at, *shift, back) { *shift } else { [0, 0] };
        self.grown(&self.agreed(&there.iter().enumerate().map(confirmed).collect::<Vec<_>>()))
    }

    fn leads_back(&self, at: usize, shift: Shift, back: &[Shift]) -> bool {
        let to = |cell: usize, by: i8| ((cell * CELL + CELL / 2) as i32 + i32::from(by)) as usize / CELL;
        let (column, row) = (to(at % self.columns, shift[0]), to(at / self.columns, shift[1]));
        let [dx, dy] = back[row * self.columns + column];
        shift != [0, 0] && (shift[0] + dx).abs() <= 1 && (shift[1] + dy).abs() <= 1
    }

    fn differs(&self, x: i32, y: i32) -> bool {
        f32::from(self.map.values[y as usize * self.map.width + x as usize]) > self.least
    }

    /// The cells around one, in reading order.
    fn around(&self, at: usize) -> impl Iterator<Item = usize> + use<> {
        let (columns, rows) = (self.columns as i32, self.rows as i32);
        let (column, row) = (at as i32 % columns, at as i32 / columns);
        let near = (-1..=1).flat_map(move |v| (-1..=1).map(move |u| (column + u, row + v)));
        let near = near.filter(move |(c, r)| (*c != column || *r != row) && *c >= 0 && *r >= 0 && *c < columns && *r < rows);
        near.map(move |(c, r)| (r * columns + c) as usize)
    }

    /// Only those that their neighbours agree with: a part is larger than a patch, a mistake is not.
    fn agreed(&self, shifts: &[Shift]) -> Vec<Shift> {
        let close = |a: &Shift, b: &Shift| *b != [0, 0] && a[0].abs_diff(b[0]) <= 1 && a[1].abs_diff(b[1]) <= 1;
        let agree = |at: usize, shift: &Shift| {
            *shift != [0, 0]
                && self.around(at).filter(|other| close(shift, &shifts[*other])).count() >= self.config.least_neighbours
        };
        shifts.iter().enumerate().map(|(at, shift)| if agree(at, shift) { *shift } else { [0, 0] }).collect()
    }

    /// A cell further on every side: a patch is twice as wide as its cell.
    fn grown(&self, shifts: &[Shift]) -> Vec<Shift> {
        let mut grown = shifts.to_vec();
        for (at, shift) in shifts.iter().enumerate().filter(|(_, shift)| **shift != [0, 0]) {
            for beside in self.around(at) {
                if grown[beside] == [0, 0] {
                    grown[beside] = *shift;
                }
            }
        }
        grown
    }
}

#[cfg(test)]
mod tests {
    use super::super::difference::measure;
    use super::super::surroundings::Means;
    use super::*;
    use crate::vision::crew::{Alone, at_once};

    const WIDE: usize = 256;
    const HIGH: usize = 192;

    /// Rough ground that a fixed sequence chooses.
    fn ground() -> Layers {
        let mut layers = Layers::grey(WIDE, HIGH);
        for at in 0..WIDE * HIGH {
            layers.set(at, rough(at % WIDE, at / WIDE, 1));
        }
        layers
    }

    /// Squares of five pixels, each with a grey of its own.
    fn rough(x: usize, y: usize, seed: usize) -> [u8; 3] {
        let mixed = [x / 5, y / 5].iter().fold(seed as u32, |state, v| {
            let next = (state ^ *v as u32).wrapping_mul(0x7FEB_352D);
            (next ^ next >> 15).wrapping_mul(0x846C_A68B) ^ next >> 7
        });
        [60 + (mixed >> 13 & 127) as u8; 3]
    }

    /// A part of 40 × 32 pixels with a rough top.
    fn put(layers: &mut Layers, left: usize, top: usize) {
        for (u, v) in (0..32).flat_map(|v| (0..40).map(move |u| (u, v))) {
            layers.set((top + v) * WIDE + left + u, rough(u, v, 77));
        }
    }

    /// What is seen from places aside of each other, with its differences before and after they are explained.
    fn explained(photo: &Layers, reference: &Layers) -> (Heights, Map, Map) {
        let difference = DifferenceConfig::default();
        let before = measure::<()>(photo, reference, &difference, |_| Ok(())).unwrap();
        let to_the_right = Epipole { point: [1.0, 0.0, 0.0], sign: 1.0 };
        let all = Band::cut(HIGH << LEVEL, 1, 1).remove(0);
        let usual = at_once(Means::of(&before, &vec![255; WIDE * HIGH], &all, LEVEL as usize, &mut Alone)).unwrap().usual;
        let luma = |layers: &Layers| Plane { width: WIDE, height: HIGH, values: layers.planes[0].clone() };
        let (there, here) = (luma(photo), luma(reference));
        let config = HeightConfig::default();
        let heights = at_once(Heights::find(&there, &here, &before, usual, &to_the_right, &config, &mut Alone)).unwrap();
        let (mut after, mut shown) = (before.clone(), [photo.clone(), reference.clone()]);
        let [on_photo, on_reference] = &mut shown;
        heights.explain(on_photo, on_reference, &all, LEVEL as usize, &difference, &mut after);
        assert!(shown == [photo.clone(), reference.clone()], "the pictures are as they were");
        (heights, before, after)
    }

    /// The mean of a map over a box (x, y, w, h).
    fn mean(map: &Map, [x, y, w, h]: [usize; 4]) -> u32 {
        let rows = (y..y + h).map(|row| &map.values[row * map.width + x..][..w]);
        rows.flatten().map(|v| u32::from(*v)).sum::<u32>() / (w * h) as u32
    }

    /// A box of the half pictures, as the grid counts.
    fn on_grid([x, y, w, h]: [usize; 4]) -> [f64; 4] {
        [x, y, w, h].map(|v| (v << LEVEL) as f64)
    }

    #[test]
    fn a_tall_part_is_compared_in_its_own_plane() {
        let (mut photo, mut reference) = (ground(), ground());
        put(&mut photo, 100, 80);
        put(&mut reference, 112, 80);
        let (heights, before, after) = explained(&photo, &reference);
        let inside = [116, 84, 20, 24];
        assert!(mean(&before, inside) > 4 * mean(&after, inside), "{} {}", mean(&before, inside), mean(&after, inside));
        assert!(heights.shares(on_grid([112, 80, 28, 32]))[0] > 0.9);
        // Only the photo shows it at its left edge, only the reference at its right.
        assert!(heights.shares(on_grid([100, 84, 7, 24]))[1] > 0.9 && heights.shares(on_grid([144, 84, 7, 24]))[1] > 0.9);
        assert_eq!(heights.shares(on_grid([20, 20, 40, 40])), [0.0, 0.0]);
    }

    #[test]
    fn a_part_added_beside_its_twin_is_not_explained_by_it() {
        let (mut photo, mut reference) = (ground(), ground());
        for picture in [&mut photo, &mut reference] {
            put(picture, 112, 60);
        }
        put(&mut photo, 72, 60);
        let (heights, before, after) = explained(&photo, &reference);
        assert_eq!(heights.shares(on_grid([72, 60, 40, 32])), [0.0, 0.0]);
        assert_eq!(before.values, after.values);
    }

    #[test]
    fn a_part_that_moved_across_the_lines_is_not_explained() {
        let (mut photo, mut reference) = (ground(), ground());
        put(&mut photo, 100, 60);
        put(&mut reference, 100, 72);
        let (heights, before, after) = explained(&photo, &reference);
        assert_eq!(heights.shares(on_grid([100, 60, 40, 44])), [0.0, 0.0]);
        assert_eq!(before.values, after.values);
    }
}
