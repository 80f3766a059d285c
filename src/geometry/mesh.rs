//! What a homography leaves over: a smooth field of small displacements.

use serde::{Deserialize, Serialize};

use super::{Photo, Point};

/// Displacements in reference pixels at the nodes of a regular grid over the photo, bilinear in between.
///
/// Node (column, row) stands at photo pixel (column × `step_x`, row × `step_y`); beyond the grid the edge goes on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mesh {
    /// Nodes in a row; at least 2.
    pub columns: u32,
    /// Nodes in a column; at least 2.
    pub rows: u32,
    /// Photo pixels between columns.
    pub step_x: f64,
    /// Photo pixels between rows.
    pub step_y: f64,
    /// `columns × rows` displacements (dx, dy), row by row, in reference pixels.
    pub nodes: Vec<[f32; 2]>,
}

impl Mesh {
    /// A mesh is usable when it has as many nodes as it says, at least 2 × 2, finite ones, and positive steps.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.columns >= 2
            && self.rows >= 2
            && self.nodes.len() as u64 == u64::from(self.columns) * u64::from(self.rows)
            && [self.step_x, self.step_y].iter().all(|s| s.is_finite() && *s > 0.0)
            && self.nodes.iter().flatten().all(|v| v.is_finite())
    }

    /// The same mesh between pictures with `factor` times as many pixels along each side.
    #[must_use]
    pub fn enlarged(mut self, factor: f64) -> Self {
        self.step_x *= factor;
        self.step_y *= factor;
        self.nodes.iter_mut().flatten().for_each(|v| *v *= factor as f32);
        self
    }

    /// The displacement at `p`, in reference pixels; (0, 0) for a mesh that is not valid.
    #[must_use]
    pub fn at(&self, p: Point<Photo>) -> [f64; 2] {
        let cell = |v: f64, step: f64, count: u32| {
            let v = (v / step).clamp(0.0, f64::from(count.saturating_sub(1)));
            let low = v.floor().min(f64::from(count.saturating_sub(2)));
            (low as usize, v - low)
        };
        let ((column, fx), (row, fy)) = (cell(p.x, self.step_x, self.columns), cell(p.y, self.step_y, self.rows));
        let node = |c: usize, r: usize| self.nodes.get(r * self.columns as usize + c).copied().unwrap_or([0.0; 2]);
        let corners = [node(column, row), node(column + 1, row), node(column, row + 1), node(column + 1, row + 1)];
        let weights = [(1.0 - fx) * (1.0 - fy), fx * (1.0 - fy), (1.0 - fx) * fy, fx * fy];
        let sum = |axis: usize| (0..4).map(|k| weights[k] * f64::from(corners[k][axis])).sum();
        [sum(0), sum(1)]
    }
}
