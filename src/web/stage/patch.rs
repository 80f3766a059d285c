//! A tile of a picture as triangles in the reference frame.

use crate::geometry::{Photo, Point, Warp};

/// Grid lines are at least this far apart: bilinear displacement between nodes bends less than a screen pixel over it.
const LEAST_STEP: f64 = 16.0;

/// Numbers per vertex: x, y and weight in the reference frame, x and y in the picture.
pub(super) const NUMBERS: usize = 5;

/// A rectangle of whole picture pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) x: u32,
    pub(super) y: u32,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Area {
    /// Cuts a picture into areas of at most `side` pixels, row by row.
    pub(super) fn tiles((width, height): (u32, u32), side: u32) -> Vec<Self> {
        let starts = |length: u32| (0..length).step_by(side.max(1) as usize);
        let tile = |x: u32, y: u32| Self { x, y, width: side.min(width - x), height: side.min(height - y) };
        starts(height).flat_map(|y| starts(width).map(move |x| tile(x, y))).collect()
    }

    /// One more pixel on every side that is not the picture's edge, so that filtering shows no seams.
    pub(super) fn padded(self, (width, height): (u32, u32)) -> Self {
        let (x, y) = (self.x.saturating_sub(1), self.y.saturating_sub(1));
        let (right, bottom) = ((self.x + self.width + 1).min(width), (self.y + self.height + 1).min(height));
        Self { x, y, width: right - x, height: bottom - y }
    }
}

/// Vertices and triangles.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Patch {
    pub(super) vertices: Vec<f32>,
    pub(super) triangles: Vec<u32>,
}

impl Patch {
    /// The area under the warp: two triangles for a homography, which the graphics card maps exactly; with a mesh as many
    /// as it has nodes there. `size` is the whole picture's.
    pub(super) fn new(area: Area, size: (u32, u32), warp: &Warp) -> Self {
        let (step_x, step_y) = warp.mesh.as_ref().map_or((f64::INFINITY, f64::INFINITY), |mesh| (mesh.step_x, mesh.step_y));
        let columns = lines(area.x, area.width, step_x);
        let rows = lines(area.y, area.height, step_y);
        // The graphics card shows positive weights only; a homography's sign is free.
        let middle = Point::new(f64::from(size.0) / 2.0, f64::from(size.1) / 2.0);
        let sign = warp.homography.apply_with_weight(middle).1.signum();
        let mut vertices = Vec::with_capacity(columns.len() * rows.len() * NUMBERS);
        for &y in &rows {
            for &x in &columns {
                let p = Point::<Photo>::new(x, y);
                let (flat, weight) = warp.homography.apply_with_weight(p);
                let [dx, dy] = warp.mesh.as_ref().map_or([0.0; 2], |mesh| mesh.at(p));
                let weight = weight * sign;
                vertices.extend([(flat.x + dx) * weight, (flat.y + dy) * weight, weight, x, y].map(|v| v as f32));
            }
        }
        let width = columns.len() as u32;
        let mut triangles = Vec::new();
        for row in 1..rows.len() as u32 {
            for column in 1..width {
                let (d, c) = (row * width + column, row * width + column - 1);
                let (b, a) = (d - width, c - width);
                triangles.extend([a, b, c, b, d, c]);
            }
        }
        Self { vertices, triangles }
    }
}

/// Both ends, and between them the multiples of the step: neighbouring tiles share their lines, so that nothing gapes.
fn lines(start: u32, length: u32, step: f64) -> Vec<f64> {
    let (start, end) = (f64::from(start), f64::from(start) + f64::from(length));
    let mut lines = vec![start];
    if step.is_finite() && step > 0.0 {
        let step = step * (LEAST_STEP / step).ceil().max(1.0);
        let mut line = ((start / step).floor() + 1.0) * step;
        while line < end {
            lines.push(line);
            line += step;
        }
    }
    lines.push(end);
    lines
}
