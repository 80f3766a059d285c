//! The board's surface as its drawing has it: turned upright, the same number of samples per millimetre everywhere, set against the
//! colour that is usual around each place.

use super::super::Footprint;
use crate::geometry::{Drawing, Homography, Photo, Point, Rect};
use crate::vision::Picture;

/// Samples per millimetre: photos of whole boards have 8 to 20 pixels.
const PER_MM: f64 = 10.0;
/// Fewer samples per millimetre than this show no small part.
const FEWEST_PER_MM: f64 = 4.0;
/// Samples of a ground: a board of 350 mm by 350 mm. Larger ones get fewer per millimetre.
const MOST_SAMPLES: f64 = 12_500_000.0;
/// Around the outermost outlines.
pub(in crate::vision::drawing) const RIM_MM: f64 = 1.0;
/// What stands for a part of unknown size: nothing is said within this distance of its middle (`design/check.rs` says the same).
const UNKNOWN_HALF_MM: f64 = 2.5;
/// The usual colour is told for tiles of this side ...
const TILE_MM: f64 = 1.5;
/// ... by what is free within this distance of their middle, and within twice that where too little of it is.
const USUAL_MM: f64 = 3.0;
/// Samples between those that are asked.
const STRIDE: usize = 4;
/// So many samples tell what is usual.
const ENOUGH: usize = 24;

/// What a sample shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shows {
    /// Nothing that the photo has.
    Beyond,
    /// A place that the design leaves empty.
    Free,
    /// The place of a part that this variant leaves out.
    LeftOut,
    /// The place of a part.
    Part,
}

/// The surface, row by row.
pub(super) struct Ground {
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) per_mm: f64,
    corner: Point<Drawing>,
    /// Luma and two chroma differences around 128, as in JPEG.
    colours: Vec<[u8; 3]>,
    shows: Vec<Shows>,
    tiles: [usize; 2],
    usual: Vec<[f32; 3]>,
}

/// A box around what the photo shows, in millimetres; endless where the photo shows the horizon, `None` where the map has no inverse.
fn shown(photo: &Picture, map: &Homography<Drawing, Photo>) -> Option<Rect<Drawing>> {
    let back = map.inverse().ok()?;
    let whole = Rect::<Photo>::new(0.0, 0.0, photo.width as f64, photo.height as f64);
    let corners = whole.corners().map(|corner| back.apply_with_weight(corner));
    let sees_no_horizon = corners.iter().all(|(_, weight)| weight * corners[0].1 > 0.0);
    if sees_no_horizon { Rect::around(corners.map(|(corner, _)| corner)) } else { Some(Rect::new(-1e9, -1e9, 2e9, 2e9)) }
}

/// The upright box of a part, in millimetres.
pub(in crate::vision::drawing) fn outline(part: &Footprint) -> Rect<Drawing> {
    let [w, h] = part.half_mm.unwrap_or([UNKNOWN_HALF_MM; 2]);
    Rect::new(part.at.x - w, part.at.y - h, 2.0 * w, 2.0 * h)
}

impl Ground {
    /// What the photo shows of the drawing; `None` where that is nothing, or too coarse.
    pub(super) fn of(photo: &Picture, footprints: &[Footprint], map: &Homography<Drawing, Photo>) -> Option<Self> {
        let bounds = Rect::around(footprints.iter().flat_map(|part| outline(part).corners()))?.grown(RIM_MM);
        let bounds = bounds.intersection(&shown(photo, map)?)?;
        let per_mm = PER_MM.min((MOST_SAMPLES / bounds.area()).sqrt());
        let is_photo = photo.width >= 2 && photo.height >= 2 && map.is_finite();
        if !is_photo || !bounds.is_valid() || per_mm < FEWEST_PER_MM {
            return None;
        }
        let [columns, rows] = [bounds.w, bounds.h].map(|side| (side * per_mm) as usize + 1);
        let corner = Point::new(bounds.x, bounds.y);
        let mut ground = Self {
            columns,
            rows,
            per_mm,
            corner,
            colours: Vec::with_capacity(columns * rows),
            shows: vec![Shows::Beyond; columns * rows],
            tiles: [bounds.w, bounds.h].map(|side| (side / TILE_MM) as usize + 1),
            usual: Vec::new(),
        };
        ground.look(photo, map);
        // Parts last: one that is fitted outdoes its neighbour that is not.
        for (fitted, mark) in [(false, Shows::LeftOut), (true, Shows::Part)] {
            for part in footprints.iter().filter(|part| part.fitted == fitted) {
                ground.mark(&outline(part), mark);
            }
        }
        ground.usual = ground.usual();
        Some(ground)
    }

    /// The place of the middle of a sample.
    pub(super) fn place(&self, x: f64, y: f64) -> Point<Drawing> {
        Point::new(self.corner.x + (x + 0.5) / self.per_mm, self.corner.y + (y + 0.5) / self.per_mm)
    }

    pub(super) fn shows(&self, x: usize, y: usize) -> Shows {
        self.shows[y * self.columns + x]
    }

    /// How the colour of a sample differs from what is usual around it.
    pub(super) fn excess(&self, x: usize, y: usize) -> [f32; 3] {
        let usual = self.usual_at(x, y);
        let colour = self.colours[y * self.columns + x];
        std::array::from_fn(|k| f32::from(colour[k]) - usual[k])
    }

    /// The colour that is usual around a sample, between the middles of tiles.
    pub(super) fn usual_at(&self, x: usize, y: usize) -> [f32; 3] {
        let tile = TILE_MM * self.per_mm;
        let along = |at: usize, count: usize| {
            let place = (at as f64 / tile - 0.5).clamp(0.0, (count - 1) as f64);
            let first = (place as usize).min(count.saturating_sub(2));
            (first, (first + 1).min(count - 1), (place - first as f64) as f32)
        };
        let ((left, right, u), (top, bottom, v)) = (along(x, self.tiles[0]), along(y, self.tiles[1]));
        let at = |x: usize, y: usize| &self.usual[y * self.tiles[0] + x];
        std::array::from_fn(|k| {
            let upper = at(left, top)[k] * (1.0 - u) + at(right, top)[k] * u;
            let lower = at(left, bottom)[k] * (1.0 - u) + at(right, bottom)[k] * u;
            upper * (1.0 - v) + lower * v
        })
    }

    /// Takes every sample from the photo.
    fn look(&mut self, photo: &Picture, map: &Homography<Drawing, Photo>) {
        let middle = map.apply_with_weight(self.place(self.columns as f64 / 2.0, self.rows as f64 / 2.0)).1;
        let area = |x: f64, y: f64| {
            let [a, b, c] = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0)].map(|(u, v)| map.apply(self.place(x + u, y + v)));
            ((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)).abs()
        };
        // So many samples a side are averaged where the photo has more pixels.
        let side = area(self.columns as f64 / 2.0, self.rows as f64 / 2.0).sqrt().round().clamp(1.0, 4.0) as usize;
        let within: Vec<f64> = (0..side).map(|k| (k as f64 + 0.5) / side as f64 - 0.5).collect();
        let (width, height) = (photo.width as f64, photo.height as f64);
        for y in 0..self.rows {
            for x in 0..self.columns {
                let (p, weight) = map.apply_with_weight(self.place(x as f64, y as f64));
                let seen = weight * middle > 0.0 && p.x >= 0.0 && p.y >= 0.0 && p.x < width && p.y < height;
                let mut sum = [0.0; 3];
                if seen {
                    self.shows[y * self.columns + x] = Shows::Free;
                    for (u, v) in within.iter().flat_map(|v| within.iter().map(move |u| (u, v))) {
                        let p = if side == 1 { p } else { map.apply(self.place(x as f64 + u, y as f64 + v)) };
                        let colour = bilinear(photo, p);
                        (0..3).for_each(|k| sum[k] += colour[k]);
                    }
                }
                self.colours.push(parted(sum.map(|v| v / (side * side) as f32)));
            }
        }
    }

    fn mark(&mut self, outline: &Rect<Drawing>, mark: Shows) {
        let [columns, rows] = self.within(outline);
        for y in rows {
            for shows in &mut self.shows[y * self.columns..][columns.clone()] {
                if *shows != Shows::Beyond {
                    *shows = mark;
                }
            }
        }
    }

    /// Samples along one side with their middles within a stretch.
    fn covered(&self, from_mm: f64, length_mm: f64, count: usize) -> std::ops::Range<usize> {
        let at = |mm: f64| ((mm * self.per_mm - 0.5).ceil().max(0.0) as usize).min(count);
        at(from_mm)..at(from_mm + length_mm)
    }

    /// A stretch along x and one along y, from millimetres of the drawing.
    pub(super) fn within(&self, area: &Rect<Drawing>) -> [std::ops::Range<usize>; 2] {
        [self.covered(area.x - self.corner.x, area.w, self.columns), self.covered(area.y - self.corner.y, area.h, self.rows)]
    }

    /// Medians of what is free around each tile.
    fn usual(&self) -> Vec<[f32; 3]> {
        let mut found = Vec::with_capacity(self.tiles[0] * self.tiles[1]);
        for tile in 0..self.tiles[0] * self.tiles[1] {
            let at = [tile % self.tiles[0], tile / self.tiles[0]].map(|k| ((k as f64 + 0.5) * TILE_MM * self.per_mm) as usize);
            let asked = |reach_mm: f64, wanted: fn(Shows) -> bool| {
                let reach = (reach_mm * self.per_mm) as usize;
                let along = |at: usize, count: usize| (at.saturating_sub(reach)..(at + reach).min(count)).step_by(STRIDE);
                let places = along(at[1], self.rows).flat_map(|y| along(at[0], self.columns).map(move |x| y * self.columns + x));
                places.filter(|place| wanted(self.shows[*place])).map(|place| self.colours[place]).collect::<Vec<_>>()
            };
            let free = |shows: Shows| shows == Shows::Free;
            let ways =
                [(USUAL_MM, free as fn(Shows) -> bool), (2.0 * USUAL_MM, free), (USUAL_MM, |shows| shows != Shows::Beyond)];
            let colours = ways.iter().map(|(reach, wanted)| asked(*reach, *wanted)).find(|colours| colours.len() >= ENOUGH);
            found.push(colours.map_or([0.0, 128.0, 128.0], |colours| [0, 1, 2].map(|k| median(colours.iter().map(|c| c[k])))));
        }
        found
    }
}

/// The middle one of at least one value.
fn median(values: impl Iterator<Item = u8>) -> f32 {
    let mut counts = [0_usize; 256];
    let mut all = 0;
    for value in values {
        counts[usize::from(value)] += 1;
        all += 1;
    }
    let mut below = 0;
    let middle = counts.iter().position(|count| {
        below += count;
        2 * below >= all
    });
    middle.unwrap_or(0) as f32
}

fn bilinear(photo: &Picture, p: Point<Photo>) -> [f32; 3] {
    let along = |at: f64, count: usize| {
        let at = (at - 0.5).clamp(0.0, (count - 1) as f64);
        let first = (at as usize).min(count - 2);
        (first, (at - first as f64) as f32)
    };
    let ((x, u), (y, v)) = (along(p.x, photo.width), along(p.y, photo.height));
    let upper = &photo.rgb[3 * (y * photo.width + x)..][..6];
    let lower = &photo.rgb[3 * ((y + 1) * photo.width + x)..][..6];
    std::array::from_fn(|k| {
        let along = |row: &[u8]| f32::from(row[k]) * (1.0 - u) + f32::from(row[3 + k]) * u;
        along(upper) * (1.0 - v) + along(lower) * v
    })
}

/// Luma and chroma of red, green and blue (Rec. 601).
fn parted([r, g, b]: [f32; 3]) -> [u8; 3] {
    let luma = 0.299 * r + 0.587 * g + 0.114 * b;
    [luma, 128.0 + 0.564 * (b - luma), 128.0 + 0.713 * (r - luma)].map(|v| (v + 0.5).clamp(0.0, 255.0) as u8)
}
