//! Soft shadows and dark corners, worked out on a map of heights.

use crate::camera::{Light, cos, sin};
use crate::crowd::Crowd;
use crate::random::floor;
use crate::solid::Shape;
use crate::workers::over_rows;

/// How far the maps reach beyond the board, in mm.
const MARGIN_MM: f64 = 26.0;
/// The table lies so far below the board, in mm.
pub(crate) const TABLE_MM: f64 = -6.0;
/// Breadth of a penumbra over its length: a window or a lamp shade, not a point.
const SOFTNESS: f32 = 0.35;

/// For every place: how much of the lamp it sees, and how much of everything else.
#[derive(Debug)]
pub(crate) struct Shade {
    width: usize,
    height: usize,
    px_per_mm: f64,
    /// On the floor, beneath everything: lamp, surroundings.
    floor: Vec<[f32; 2]>,
    /// On top of whatever stands there.
    roof: Vec<[f32; 2]>,
}

impl Shade {
    pub(crate) fn new(crowd: &Crowd, size_mm: [f64; 2], light: &Light, px_per_mm: f64) -> Self {
        let cells = |mm: f64| ((mm + 2.0 * MARGIN_MM) * px_per_mm).ceil() as usize;
        let (width, height) = (cells(size_mm[0]), cells(size_mm[1]));
        let heights = heights(crowd, size_mm, px_per_mm, width, height);
        let lamp = [cos(light.azimuth) as f32, sin(light.azimuth) as f32, (sin(light.elevation) / cos(light.elevation)) as f32];
        let mut shade =
            Self { width, height, px_per_mm, floor: vec![[1.0; 2]; width * height], roof: vec![[1.0; 2]; width * height] };
        let look = Look { heights: &heights, width: width as i32, height: height as i32, px_per_mm: px_per_mm as f32, lamp };
        let is_board = |x: usize, y: usize| {
            let mm = |k: usize| (k as f64 + 0.5) / px_per_mm - MARGIN_MM;
            mm(x) > 0.0 && mm(y) > 0.0 && mm(x) < size_mm[0] && mm(y) < size_mm[1]
        };
        over_rows(&mut shade.floor, width, |y, row| {
            for (x, value) in row.iter_mut().enumerate() {
                *value = look.from(x as i32, y as i32, if is_board(x, y) { 0.0 } else { TABLE_MM as f32 });
            }
        });
        shade.roof.copy_from_slice(&shade.floor);
        over_rows(&mut shade.roof, width, |y, row| {
            for (x, value) in row.iter_mut().enumerate().filter(|(x, _)| heights[y * width + x] > 0.0) {
                *value = look.from(x as i32, y as i32, heights[y * width + x]);
            }
        });
        shade
    }

    #[inline]
    fn at(&self, map: &[[f32; 2]], x: f64, y: f64) -> [f32; 2] {
        let place = |mm: f64, end: usize| (((mm + MARGIN_MM) * self.px_per_mm) as f32 - 0.5).clamp(0.0, (end - 2) as f32);
        let (px, py) = (place(x, self.width), place(y, self.height));
        let (left, top) = (px as usize, py as usize);
        let (fx, fy) = (px - left as f32, py - top as f32);
        let start = top * self.width + left;
        let (a, b, c, d) = (map[start], map[start + 1], map[start + self.width], map[start + self.width + 1]);
        [0, 1].map(|k| (a[k] * (1.0 - fx) + b[k] * fx) * (1.0 - fy) + (c[k] * (1.0 - fx) + d[k] * fx) * fy)
    }

    /// Lamp and surroundings on the bare board or table.
    #[inline]
    pub(crate) fn floor(&self, x: f64, y: f64) -> [f32; 2] {
        self.at(&self.floor, x, y)
    }

    /// Lamp and surroundings on top of what stands there.
    #[inline]
    pub(crate) fn roof(&self, x: f64, y: f64) -> [f32; 2] {
        self.at(&self.roof, x, y)
    }
}

/// The highest point over every cell.
fn heights(crowd: &Crowd, size_mm: [f64; 2], px_per_mm: f64, width: usize, height: usize) -> Vec<f32> {
    let mut heights = vec![TABLE_MM as f32; width * height];
    let span = |centre: f64, reach: f64, end: usize| {
        let low = ((centre - reach + MARGIN_MM) * px_per_mm).round().max(0.0) as usize;
        low..(((centre + reach + MARGIN_MM) * px_per_mm).round().max(0.0) as usize).min(end)
    };
    let [w, h] = size_mm;
    for y in span(h / 2.0, h / 2.0, height) {
        for x in span(w / 2.0, w / 2.0, width) {
            heights[y * width + x] = 0.0;
        }
    }
    for solid in crowd.solids.iter().filter(|s| s.z[1] > 0.15) {
        let reach = solid.reach();
        // The steps towards the lamp would stumble over pins and leave a dotted shadow.
        if reach[0].max(reach[1]) < 0.6 && solid.z[1] > 3.0 {
            continue;
        }
        let round = matches!(solid.shape, Shape::Disc(_)) || (solid.turn[0] * solid.turn[1]).abs() > 0.05;
        for y in span(solid.centre[1], reach[1], height) {
            for x in span(solid.centre[0], reach[0], width) {
                let mm = |k: usize| (k as f64 + 0.5) / px_per_mm - MARGIN_MM;
                if !round || solid.covers(mm(x), mm(y)) {
                    let cell = &mut heights[y * width + x];
                    *cell = cell.max(solid.z[1] as f32);
                }
            }
        }
    }
    heights
}

/// Looks around from a place on the map.
struct Look<'a> {
    heights: &'a [f32],
    width: i32,
    height: i32,
    px_per_mm: f32,
    lamp: [f32; 3],
}

impl Look<'_> {
    #[inline]
    fn height(&self, x: i32, y: i32) -> f32 {
        if x < 0 || y < 0 || x >= self.width || y >= self.height {
            return TABLE_MM as f32;
        }
        self.heights[(y * self.width + x) as usize]
    }

    /// Lamp and surroundings seen from this height.
    fn from(&self, x: i32, y: i32, start: f32) -> [f32; 2] {
        let [lx, ly, rise] = self.lamp;
        let mut lamp = 1.0f32;
        let mut way = 0.25f32;
        // Nothing is higher than 17 mm: farther away nothing hides the lamp.
        while way * rise < 17.0 - start.max(0.0) && lamp > 0.0 {
            let step = way * self.px_per_mm;
            let there = self.height(floor(x as f32 + 0.5 + lx * step), floor(y as f32 + 0.5 + ly * step)) - start;
            let hidden = (there - way * rise) / (SOFTNESS * way * rise) + 0.5;
            lamp = lamp.min(1.0 - hidden.clamp(0.0, 1.0));
            way *= 1.22;
        }
        const AROUND: [[f32; 2]; 8] =
            [[1.0, 0.0], [0.7, 0.7], [0.0, 1.0], [-0.7, 0.7], [-1.0, 0.0], [-0.7, -0.7], [0.0, -1.0], [0.7, -0.7]];
        let mut closed = 0.0f32;
        for [dx, dy] in AROUND {
            let mut steepest = 0.0f32;
            for way in [0.5f32, 1.1, 2.4, 5.0, 10.0] {
                let step = way * self.px_per_mm;
                let there = self.height(floor(x as f32 + 0.5 + dx * step), floor(y as f32 + 0.5 + dy * step)) - start;
                steepest = steepest.max(there / way);
            }
            closed += steepest * steepest / (1.0 + steepest * steepest);
        }
        [lamp, 1.0 - 0.8 * closed / 8.0]
    }
}
