//! Which places on a board are taken.

/// Side of a cell, in mm.
const CELL_MM: f64 = 0.5;

/// A map of what is taken by bodies.
#[derive(Debug, Clone)]
pub(crate) struct Ground {
    columns: usize,
    rows: usize,
    taken: Vec<bool>,
    size_mm: [f64; 2],
}

impl Ground {
    pub(crate) fn new(size_mm: [f64; 2]) -> Self {
        let [columns, rows] = size_mm.map(|mm| (mm / CELL_MM).ceil() as usize);
        Self { columns, rows, taken: vec![false; columns * rows], size_mm }
    }

    fn cells(&self, centre: [f64; 2], half: [f64; 2]) -> impl Iterator<Item = usize> + use<> {
        let span = |axis: usize, count: usize| {
            let low = ((centre[axis] - half[axis]) / CELL_MM).floor().max(0.0) as usize;
            low..(((centre[axis] + half[axis]) / CELL_MM).ceil().max(0.0) as usize).min(count)
        };
        let (across, columns) = (span(0, self.columns), self.columns);
        span(1, self.rows).flat_map(move |row| across.clone().map(move |column| row * columns + column))
    }

    /// True when nothing stands there and it is on the board.
    pub(crate) fn is_free(&self, centre: [f64; 2], half: [f64; 2]) -> bool {
        let inside = (0..2).all(|k| centre[k] - half[k] >= 0.8 && centre[k] + half[k] <= self.size_mm[k] - 0.8);
        inside && self.cells(centre, half).all(|cell| !self.taken[cell])
    }

    pub(crate) fn take(&mut self, centre: [f64; 2], half: [f64; 2]) {
        for cell in self.cells(centre, half) {
            self.taken[cell] = true;
        }
    }
}
