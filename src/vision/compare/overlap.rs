//! Which part of the reference shows the board on both pictures, and is compared.

use super::band::Band;
use super::layers::{Layers, Plane};
use crate::vision::Cancelled;
use crate::vision::crew::{Crew, share};
use crate::vision::order::rising;

/// Pixels of the comparison grid along the side of a cell.
pub(super) const CELL: usize = 32;
const SMALL_CELL: usize = CELL / 4;

/// One flag per cell of [`CELL`] pixels.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    pub(super) columns: usize,
    pub(super) rows: usize,
    pub(super) set: Vec<bool>,
}

impl Cells {
    pub(super) fn at(&self, column: usize, row: usize) -> bool {
        self.set[row * self.columns + column]
    }
}

/// The convex hull of the cells in which both pictures show the same structure, a little larger.
///
/// What lies around a board (a table, a hand) differs on every photo and is no difference of the board.
/// `shown` is 0 where the photo does not reach: there it was filled with the reference, and agreement means nothing.
/// When nothing agrees there is nothing to go by,
/// and when nearly everything is alike there is nothing around: then every cell counts.
pub(super) async fn common(
    photo: &Layers,
    reference: &Layers,
    shown: &[u8],
    band: &Band,
    crew: &mut dyn Crew,
) -> Result<Cells, Cancelled> {
    let columns = photo.width.div_ceil(CELL);
    let (width, height) = (photo.width, photo.height);
    let (photo, reference) = (&photo.quartered(0), &reference.quartered(0));
    let look = |at: usize| {
        let (column, row) = (at % columns, at / columns);
        let agrees = is_shown(shown, width, column, row) && agrees(photo, reference, column, row);
        [u8::from(agrees), u8::from(agrees || alike(photo, reference, column, row))]
    };
    let cells = (0..columns * height.div_ceil(CELL)).map(look).collect();
    let seen: Vec<[u8; 2]> = share(crew, band.own_cells(cells, columns, CELL)).await?;
    Ok(board(Cells { columns, rows: seen.len() / columns, set: seen.iter().map(|[agree, _]| *agree != 0).collect() }, &seen))
}

/// The cells of the board, from those that agree, and how many look alike at least.
fn board(mut agree: Cells, seen: &[[u8; 2]]) -> Cells {
    let corners = hull_of(&supported(&agree));
    if corners.len() < 3 {
        agree.set.fill(true);
        return agree;
    }
    let alike = seen.iter().filter(|[_, alike]| *alike != 0).count();
    let mut board = agree;
    for row in 0..board.rows {
        for column in 0..board.columns {
            board.set[row * board.columns + column] = distance_outside(&corners, column as f64, row as f64) <= GROWTH;
        }
    }
    let cells = board.set.len() as f32;
    let hull = board.set.iter().filter(|set| **set).count();
    if alike as f32 > NOTHING_AROUND * cells && (hull as f32 > FILLS_THE_PICTURE * cells || board.set.len() < COARSE) {
        board.set.fill(true);
    }
    board
}

/// From this part of cells on that look the same the board fills the picture, or what is around it is the same, too ...
const NOTHING_AROUND: f32 = 0.9;
/// ... and this part of cells in the hull tells the one from the other: dust on a plain table is no difference of the board.
const FILLS_THE_PICTURE: f32 = 0.9;
/// A picture of fewer cells is too coarse for a hull to mean much.
const COARSE: usize = 600;

/// True when both pictures show the same brightness in a cell.
fn alike(photo: &Plane, reference: &Plane, column: usize, row: usize) -> bool {
    /// Mean difference of luma that is no difference.
    const ALIKE: u32 = 10;
    let (x, y) = (column * SMALL_CELL, row * SMALL_CELL);
    let (mut sum, mut count) = (0, 0);
    for row in y..(y + SMALL_CELL).min(photo.height) {
        for k in row * photo.width + x..row * photo.width + (x + SMALL_CELL).min(photo.width) {
            sum += u32::from(photo.values[k].abs_diff(reference.values[k]));
            count += 1;
        }
    }
    sum <= ALIKE * count
}

/// Cells by which the hull is larger than what agrees: a part may be missing at the very edge of the board.
const GROWTH: f64 = 1.5;

/// True when the photo reaches all of a cell's surroundings; its edges are straight, so that the corners tell.
fn is_shown(shown: &[u8], width: usize, column: usize, row: usize) -> bool {
    /// The window that is correlated, with its shifts.
    const AROUND: usize = CELL / 2 + 4;
    let height = shown.len() / width;
    let ends = |cell: usize, side: usize| {
        let low = (cell * CELL).saturating_sub(AROUND);
        [low, (cell * CELL + CELL + AROUND).min(side) - 1]
    };
    let (xs, ys) = (ends(column, width), ends(row, height));
    ys.into_iter().all(|y| xs.into_iter().all(|x| shown[y * width + x] != 0))
}

/// Correlation of luma around a cell, at the best of nine shifts; false where there is little structure.
fn agrees(photo: &Plane, reference: &Plane, column: usize, row: usize) -> bool {
    const REACH: usize = SMALL_CELL;
    const LEAST_CONTRAST: f32 = 5.0;
    const LEAST_CORRELATION: f32 = 0.65;
    let (x, y) = (column * SMALL_CELL + SMALL_CELL / 2, row * SMALL_CELL + SMALL_CELL / 2);
    if x < REACH + 1 || y < REACH + 1 || x + REACH + 1 >= photo.width || y + REACH + 1 >= photo.height {
        return false;
    }
    let correlation = |dx: usize, dy: usize| {
        let mut sums = [0_i32; 5];
        for v in 0..2 * REACH {
            let a = &photo.values[(y - REACH + v) * photo.width + x - REACH..][..2 * REACH];
            let b = &reference.values[(y - REACH + v + dy - 1) * photo.width + x - REACH + dx - 1..][..2 * REACH];
            for (a, b) in a.iter().zip(b) {
                let (a, b) = (i32::from(*a), i32::from(*b));
                sums = [sums[0] + a, sums[1] + b, sums[2] + a * a, sums[3] + b * b, sums[4] + a * b];
            }
        }
        let n = (4 * REACH * REACH) as f32;
        let [a, b, aa, bb, ab] = sums.map(|sum| sum as f32 / n);
        let (vary_a, vary_b) = (aa - a * a, bb - b * b);
        let least = LEAST_CONTRAST * LEAST_CONTRAST;
        if vary_a < least || vary_b < least { 0.0 } else { (ab - a * b) / (vary_a * vary_b).sqrt() }
    };
    (0..9).any(|k| correlation(k % 3, k / 3) > LEAST_CORRELATION)
}

/// Cells in which the reference shows as much as parts and print do: more than a table.
pub(super) async fn structured(reference: &Layers, band: &Band, crew: &mut dyn Crew) -> Result<Cells, Cancelled> {
    const CONTRAST: f32 = 20.0;
    let columns = reference.width.div_ceil(CELL);
    let small = reference.quartered(0);
    let structured = |at: usize| {
        let (x, y) = (at % columns * SMALL_CELL, at / columns * SMALL_CELL);
        let rows = small.values.chunks_exact(small.width).skip(y).take(SMALL_CELL);
        let values = rows.flat_map(|row| row.iter().skip(x).take(SMALL_CELL));
        let (sum, squares, count) = values.fold((0_u32, 0_u32, 0_u32), |(sum, squares, count), v| {
            (sum + u32::from(*v), squares + u32::from(*v) * u32::from(*v), count + 1)
        });
        let (n, mean) = (count.max(1) as f32, sum as f32 / count.max(1) as f32);
        u8::from(squares as f32 / n - mean * mean >= CONTRAST * CONTRAST)
    };
    let cells = (0..columns * reference.height.div_ceil(CELL)).map(structured).collect();
    let all = share(crew, band.own_cells(cells, columns, CELL)).await?;
    Ok(Cells { columns, rows: all.len() / columns, set: all.iter().map(|set| *set != 0).collect() })
}

/// Cells that agree together with three of their eight neighbours, in patches that are no speck beside the largest.
///
/// A table agrees with a table here and there by chance; one such place far out would stretch the hull over all of it.
fn supported(agree: &Cells) -> Vec<[f64; 2]> {
    /// Part of the largest patch that a patch must have to count: half a board beyond a cable still does.
    const LEAST: usize = 12;
    let (columns, rows) = (agree.columns, agree.rows);
    let firm: Vec<bool> =
        (0..columns * rows).map(|at| agree.set[at] && neighbours(agree, at % columns, at / columns) >= 3).collect();
    let mut taken = vec![false; firm.len()];
    let mut patches: Vec<Vec<usize>> = Vec::new();
    for start in 0..firm.len() {
        if !firm[start] || taken[start] {
            continue;
        }
        taken[start] = true;
        let (mut patch, mut next) = (vec![start], 0);
        while let Some(&at) = patch.get(next) {
            next += 1;
            // Two cells of gap: a plain plane or a large part without a likeness does not cut a board in two.
            let near = |v: usize, count: usize| v.saturating_sub(3)..(v + 4).min(count);
            for beside in near(at / columns, rows).flat_map(|r| near(at % columns, columns).map(move |c| r * columns + c)) {
                if firm[beside] && !taken[beside] {
                    taken[beside] = true;
                    patch.push(beside);
                }
            }
        }
        patches.push(patch);
    }
    let largest = patches.iter().map(Vec::len).max().unwrap_or(0);
    let counted = patches.iter().filter(|patch| patch.len() * LEAST >= largest);
    counted.flatten().map(|at| [(at % columns) as f64, (at / columns) as f64]).collect()
}

/// How many of the eight neighbours are set.
fn neighbours(cells: &Cells, column: usize, row: usize) -> usize {
    let around = (row.saturating_sub(1)..(row + 2).min(cells.rows))
        .flat_map(|r| (column.saturating_sub(1)..(column + 2).min(cells.columns)).map(move |c| (c, r)));
    around.filter(|(c, r)| (*c, *r) != (column, row) && cells.at(*c, *r)).count()
}

fn turn(a: [f64; 2], b: [f64; 2], c: [f64; 2]) -> f64 {
    (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
}

/// Andrew's monotone chain (1979): the corners in order, positive turns.
fn hull_of(points: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let sorted = rising(points.to_vec(), |[x, y]| [*x, *y, 0.0]);
    let half = |points: &mut dyn Iterator<Item = &[f64; 2]>| {
        let mut chain: Vec<[f64; 2]> = Vec::new();
        for p in points {
            while chain.len() >= 2 && turn(chain[chain.len() - 2], chain[chain.len() - 1], *p) <= 0.0 {
                chain.pop();
            }
            chain.push(*p);
        }
        chain.pop();
        chain
    };
    let mut hull = half(&mut sorted.iter());
    hull.extend(half(&mut sorted.iter().rev()));
    hull
}

/// How far a place lies outside the nearest side of a hull; not positive inside.
fn distance_outside(corners: &[[f64; 2]], x: f64, y: f64) -> f64 {
    let sides = corners.iter().zip(corners.iter().cycle().skip(1));
    sides.fold(f64::NEG_INFINITY, |most, (a, b)| {
        let length = ((b[0] - a[0]) * (b[0] - a[0]) + (b[1] - a[1]) * (b[1] - a[1])).sqrt();
        most.max(-turn(*a, *b, [x, y]) / length)
    })
}
