//! All solids of a unit, and what a ray meets first.

use crate::solid::{Meeting, Ray, Solid};

/// Side of a grid cell: a few small parts, in mm.
const CELL_MM: f64 = 1.6;
/// How far parts may hang over the edge of the board, in mm.
const OVERHANG_MM: f64 = 16.0;

/// Solids sorted into the cells of a grid over the board.
#[derive(Debug)]
pub(crate) struct Crowd {
    pub(crate) solids: Vec<Solid>,
    columns: i64,
    rows: i64,
    /// Where each cell's numbers start in `members`; one more than cells.
    starts: Vec<u32>,
    members: Vec<u32>,
    /// What each solid lies within: least and greatest x and y, least and greatest height.
    hulls: Vec<[f64; 6]>,
    /// The highest point in each cell.
    ceilings: Vec<f64>,
    /// The highest point of all.
    pub(crate) ceiling: f64,
}

impl Crowd {
    pub(crate) fn new(solids: Vec<Solid>, size_mm: [f64; 2]) -> Self {
        let cells = |mm: f64| ((mm + 2.0 * OVERHANG_MM) / CELL_MM).ceil() as i64;
        let (columns, rows) = (cells(size_mm[0]), cells(size_mm[1]));
        let mut lists: Vec<Vec<u32>> = vec![Vec::new(); (columns * rows) as usize];
        let mut ceilings = vec![0.0f64; lists.len()];
        for (number, solid) in solids.iter().enumerate() {
            let reach = solid.reach();
            let span = |axis: usize, count: i64| {
                let index = |v: f64| (((v + OVERHANG_MM) / CELL_MM).floor() as i64).clamp(0, count - 1);
                index(solid.centre[axis] - reach[axis])..=index(solid.centre[axis] + reach[axis])
            };
            for row in span(1, rows) {
                for column in span(0, columns) {
                    let cell = (row * columns + column) as usize;
                    lists[cell].push(number as u32);
                    ceilings[cell] = ceilings[cell].max(solid.z[1]);
                }
            }
        }
        let mut starts = vec![0];
        let mut members = Vec::new();
        for list in &lists {
            members.extend_from_slice(list);
            starts.push(members.len() as u32);
        }
        let ceiling = ceilings.iter().copied().fold(0.0, f64::max);
        let hull = |solid: &Solid| {
            let ([x, y], [w, h]) = (solid.centre, solid.reach());
            [x - w, x + w, y - h, y + h, solid.z[0], solid.z[1]]
        };
        let hulls = solids.iter().map(hull).collect();
        Self { solids, columns, rows, starts, members, hulls, ceilings, ceiling }
    }

    /// The first solid on the way down to the height `floor`, if any.
    #[inline]
    pub(crate) fn first(&self, ray: &Ray, floor: f64) -> Option<(u32, Meeting)> {
        let [dx, dy, dz] = ray.direction;
        let (begin, end) = ((self.ceiling + 1e-6 - ray.origin[2]) / dz, (floor - ray.origin[2]) / dz);
        let start = ray.at(begin.max(0.0));
        let place = |v: f64| (v + OVERHANG_MM) / CELL_MM;
        let (mut column, mut row) = (place(start[0]).floor() as i64, place(start[1]).floor() as i64);
        let toward = |d: f64| if d >= 0.0 { 1 } else { -1 };
        let (step_x, step_y) = (toward(dx), toward(dy));
        let border = |index: i64, step: i64, axis: usize, d: f64| {
            let edge = (index + i64::from(step > 0)) as f64 * CELL_MM - OVERHANG_MM;
            if d == 0.0 { f64::INFINITY } else { (edge - ray.origin[axis]) / d }
        };
        let (mut next_x, mut next_y) = (border(column, step_x, 0, dx), border(row, step_y, 1, dy));
        let (stride_x, stride_y) = ((CELL_MM / dx).abs(), (CELL_MM / dy).abs());
        let mut best: Option<(u32, Meeting)> = None;
        let per_z = 1.0 / dz;
        let [ox, oy, oz] = ray.origin;
        let misses = |[x0, x1, y0, y1, z0, z1]: [f64; 6]| {
            let (a, b) = ((z1 - oz) * per_z, (z0 - oz) * per_z);
            let (ax, bx, ay, by) = (ox + dx * a, ox + dx * b, oy + dy * a, oy + dy * b);
            ax.max(bx) < x0 || ax.min(bx) > x1 || ay.max(by) < y0 || ay.min(by) > y1
        };
        let mut here = begin.max(0.0);
        loop {
            let leave = next_x.min(next_y).min(end);
            if column >= 0 && column < self.columns && row >= 0 && row < self.rows {
                let cell = (row * self.columns + column) as usize;
                if ray.origin[2] + dz * leave <= self.ceilings[cell] {
                    for &number in &self.members[self.starts[cell] as usize..self.starts[cell + 1] as usize] {
                        if misses(self.hulls[number as usize]) {
                            continue;
                        }
                        if let Some(meeting) = self.solids[number as usize].meet(ray)
                            && best.as_ref().is_none_or(|(_, b)| meeting.t < b.t)
                        {
                            best = Some((number, meeting));
                        }
                    }
                }
            }
            if let Some((_, meeting)) = &best
                && meeting.t <= leave
            {
                return best;
            }
            here = here.max(leave);
            if here >= end {
                return best.filter(|(_, meeting)| meeting.t <= end);
            }
            if next_x < next_y {
                column += step_x;
                next_x += stride_x;
            } else {
                row += step_y;
                next_y += stride_y;
            }
        }
    }

    /// The height of the highest solid at a place, 0 on the bare board.
    pub(crate) fn height_at(&self, x: f64, y: f64) -> f64 {
        let index = |v: f64| ((v + OVERHANG_MM) / CELL_MM).floor() as i64;
        let (column, row) = (index(x), index(y));
        if column < 0 || row < 0 || column >= self.columns || row >= self.rows {
            return 0.0;
        }
        let cell = (row * self.columns + column) as usize;
        let members = &self.members[self.starts[cell] as usize..self.starts[cell + 1] as usize];
        members.iter().map(|&n| &self.solids[n as usize]).filter(|s| s.covers(x, y)).map(|s| s.z[1]).fold(0.0, f64::max)
    }
}
