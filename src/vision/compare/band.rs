//! The grid cut into bands of rows, one for each hand.

use std::ops::Range;

use super::surroundings;

/// Rows of the grid on both sides of a band that its hand works out as well: what is measured inside then does not know where the
/// band ends. On the coarsest of four sizes, where a row is eight, a tall part's displacement takes 7 rows and a window with its
/// shifts 5; softening takes 6 rows of the grid.
const BESIDE: usize = 128;

/// The rows that a hand works on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Band {
    /// Rows of the whole grid that are this hand's alone.
    own: Range<usize>,
    /// These, and the rows beside them.
    laid: Range<usize>,
    /// Rows of the whole grid.
    rows: usize,
}

impl Band {
    /// The bands of all hands on a grid of so many rows that is halved `levels` - 1 times; one band when there are too few rows to cut.
    pub(super) fn cut(rows: usize, hands: usize, levels: u32) -> Vec<Self> {
        // No cell of the coarsest size lies in two bands.
        let step = surroundings::CELL << levels.saturating_sub(1);
        let edge = |k: usize| if k == hands { rows } else { (2 * k * rows + hands * step) / (2 * hands * step) * step };
        let owns: Vec<Range<usize>> = (0..hands).map(|k| edge(k)..edge(k + 1)).collect();
        if owns.iter().any(|own| own.len() < BESIDE) {
            return vec![Self { own: 0..rows, laid: 0..rows, rows }];
        }
        let laid = |own: &Range<usize>| own.start.saturating_sub(BESIDE)..(own.end + BESIDE).min(rows);
        owns.into_iter().map(|own| Self { laid: laid(&own), own, rows }).collect()
    }

    /// Rows of the whole grid when it is halved `level` times.
    pub(super) fn whole(&self, level: usize) -> usize {
        self.rows >> level
    }

    /// The band's own rows when the grid is halved `level` times.
    pub(super) fn own(&self, level: usize) -> Range<usize> {
        self.own.start >> level..self.own.end >> level
    }

    /// The rows that are worked on, its own and those beside them.
    pub(super) fn laid(&self, level: usize) -> Range<usize> {
        self.laid.start >> level..self.laid.end >> level
    }

    /// Of things that lie in cells over the rows that are worked on, `columns` to a row, those in the band's own rows. Cells have
    /// `side` pixels of the grid, and both begin with one.
    pub(super) fn own_cells<T>(&self, mut cells: Vec<T>, columns: usize, side: usize) -> Vec<T> {
        let first = self.own.start / side - self.laid.start / side;
        let last = first + (self.own.end.div_ceil(side) - self.own.start / side);
        cells.truncate(last * columns);
        cells.drain(..first * columns);
        cells
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_cover_the_grid_in_order() {
        for (rows, hands) in [(3000, 2), (4000, 3), (3001, 1), (9000, 4)] {
            let bands = Band::cut(rows, hands, 4);
            assert_eq!(bands.len(), hands);
            assert_eq!(bands.iter().flat_map(|band| band.own.clone()).collect::<Vec<_>>(), (0..rows).collect::<Vec<_>>());
            for band in &bands {
                assert!(band.own.start % 128 == 0 && band.laid.start % 128 == 0, "{band:?}");
            }
        }
        assert_eq!(Band::cut(250, 2, 4), [Band { own: 0..250, laid: 0..250, rows: 250 }]);
    }

    #[test]
    fn cells_of_the_rows_beside_are_left_to_others() {
        let bands = Band::cut(3000, 2, 4);
        let rows = |band: &Band| band.laid(0).len().div_ceil(32);
        let own: Vec<usize> = bands.iter().map(|band| band.own_cells(vec![0; 5 * rows(band)], 5, 32).len() / 5).collect();
        assert_eq!(own.iter().sum::<usize>(), 3000_usize.div_ceil(32));
    }
}
