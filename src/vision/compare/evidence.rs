//! What is known of a candidate, as a network can take it in: numbers, and a window of both pictures.

use super::judge;
use super::level::Level;
use super::rank::Candidate;

/// Samples along the side of a window.
pub(super) const WINDOW: usize = 48;
/// Luma and both opponent colours of photo and reference, and where they differ.
pub(super) const PLANES: usize = 7;
/// Numbers beside the window.
pub(super) const NUMBERS: usize = 25;

/// Everything that speaks for or against it, at scales near 1.
pub(super) fn numbers(c: &Candidate) -> [f32; NUMBERS] {
    let ln = |v: f32| libm::logf(v.max(1e-3));
    let [_, _, w, h] = c.bounds.map(|v| v as f32);
    let far = |x: f32, y: f32| (x * x + y * y).sqrt();
    let [x, y, back_x, back_y] = c.shift;
    [
        ln(c.prior),
        ln(c.peak),
        ln(c.mean),
        ln(c.area) / 2.0,
        ln(w) - 3.0,
        ln(h) - 3.0,
        c.level as f32 - 1.0,
        c.ring / 4.0,
        c.there,
        c.back,
        c.here,
        far(x, y) / 8.0,
        far(back_x, back_y) / 8.0,
        far(x + back_x, y + back_y) / 8.0,
        c.parallax,
        c.novelty[0] / 32.0,
        c.novelty[1] / 32.0,
        ln(c.contrast[0] + 1.0),
        ln(c.contrast[1] + 1.0),
        c.apart[0] / 32.0,
        c.apart[1] / 16.0,
        c.apart[2] / 16.0,
        ln(judge::evidence(c)) / 2.0,
        c.tall,
        c.hidden,
    ]
}

/// The candidate in the middle of three times its size and a little more: plane by plane, row by row, [`WINDOW`] × [`WINDOW`].
pub(super) fn window(c: &Candidate, level: &Level) -> Vec<u8> {
    let scale = (1_u32 << c.level) as f32;
    let [x, y, w, h] = c.bounds.map(|v| v as f32 / scale);
    // On the smallest parts this is a sample per pixel; what stands around a part tells a shadow from a new part.
    let side = 3.0 * w.max(h) + 16.0;
    let step = side / WINDOW as f32;
    let (left, top) = (x + (w - side) / 2.0, y + (h - side) / 2.0);
    let place = |from: f32, k: usize, count: usize| {
        let v = (from + (k as f32 + 0.5) * step - 0.5).clamp(0.0, (count - 1) as f32);
        let low = (v as usize).min(count.saturating_sub(2));
        (low, (low + 1).min(count - 1), v - low as f32)
    };
    let width = level.photo.width;
    let columns: [_; WINDOW] = std::array::from_fn(|column| place(left, column, width));
    let rows: [_; WINDOW] = std::array::from_fn(|row| {
        let (upper, lower, down) = place(top, row, level.whole);
        (upper - level.top, lower - level.top, down)
    });
    let mut out = Vec::with_capacity(PLANES * WINDOW * WINDOW);
    for plane in level.photo.planes.iter().chain(&level.reference.planes) {
        for (upper, lower, down) in rows {
            let [upper, lower] = [upper, lower].map(|y| &plane[y * width..][..width]);
            out.extend(columns.iter().map(|(from, to, across)| {
                let at = |row: &[u8], x: usize| f32::from(row[x]);
                let (a, b) = (at(upper, *from), at(upper, *to));
                let (c, d) = (at(lower, *from), at(lower, *to));
                let (above, below) = (a + (b - a) * across, c + (d - c) * across);
                (above + (below - above) * down + 0.5) as u8
            }));
        }
    }
    for (row, ..) in rows {
        for (column, ..) in columns {
            let at = row * width + column;
            let value = if level.mask[at] == 0 { 0.0 } else { level.noise.level(level.map.values[at]) * 4.0 + 32.0 };
            out.push(value.clamp(0.0, 255.0) as u8);
        }
    }
    out
}
