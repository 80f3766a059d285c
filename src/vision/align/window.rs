//! Pieces of both pictures from which light and shade have been taken, in integers.

use super::crop::{Crop, Square, UNIT};
use super::pyramid::Grey;

/// Half the side of the box whose mean is taken away: light and shade go, parts and print stay.
const HIGH_PASS: usize = 6;
/// Pixels around a piece that its picture must have as well.
pub(super) const MARGIN: usize = HIGH_PASS;

const SPAN: usize = 2 * HIGH_PASS + 1;

/// A square piece, values around 0 in quarters of a grey level; no sum of `24²` products of two overflows 32 bits.
pub(super) type Piece<const SIDE: usize> = [[i16; SIDE]; SIDE];

/// The piece of a picture whose top left pixel is (`left`, `top`); `RAW` is `SIDE` and twice [`MARGIN`].
pub(super) fn straight<const SIDE: usize, const RAW: usize>(grey: &Grey, left: usize, top: usize) -> Option<Piece<SIDE>> {
    let (left, top) = (left.checked_sub(MARGIN)?, top.checked_sub(MARGIN)?);
    let mut raw = [[0; RAW]; RAW];
    for (y, out) in raw.iter_mut().enumerate() {
        let start = (top + y) * grey.width + left;
        let line: &[u8; RAW] = grey.data.get(start..start + RAW)?.try_into().ok()?;
        *out = line.map(|value| u16::from(value) * UNIT);
    }
    (left + RAW <= grey.width).then(|| high_pass(&raw))
}

/// The photo as an affine map lays it over such a piece.
pub(super) fn mapped<const SIDE: usize, const RAW: usize>(grey: &Grey, square: &Square, crop: &mut Crop) -> Option<Piece<SIDE>> {
    crop.sampled::<RAW>(grey, square).map(|raw| high_pass(&raw))
}

/// Takes the mean of the surrounding box away and drops the margin that it needs.
fn high_pass<const SIDE: usize, const RAW: usize>(values: &[[u16; RAW]; RAW]) -> Piece<SIDE> {
    let mut columns = [0_u16; RAW];
    for line in &values[..SPAN - 1] {
        add(&mut columns, line);
    }
    let mut out = [[0; SIDE]; SIDE];
    for y in 0..SIDE {
        add(&mut columns, &values[y + SPAN - 1]);
        out[y] = without_mean(&values[y + HIGH_PASS], &columns);
        for x in 0..RAW {
            columns[x] -= values[y][x];
        }
    }
    out
}

fn add<const RAW: usize>(sums: &mut [u16; RAW], line: &[u16; RAW]) {
    for x in 0..RAW {
        sums[x] += line[x];
    }
}

/// One line; `columns` are sums of a box's height. A quarter of each, so that a box's sum fits 16 bits.
fn without_mean<const SIDE: usize, const RAW: usize>(line: &[u16; RAW], columns: &[u16; RAW]) -> [i16; SIDE] {
    const PER_PIXEL: u32 = (4 << 16) / (SPAN * SPAN) as u32;
    let quarters = columns.map(|sum| sum / 4);
    let mut out = [0; SIDE];
    for x in 0..SIDE {
        let mut sum = 0;
        for k in 0..SPAN {
            sum += quarters[x + k];
        }
        let mean = (u32::from(sum) * PER_PIXEL) >> 16;
        out[x] = line[x + HIGH_PASS] as i16 - mean as i16;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grey picture with these values.
    fn grey(value: impl Fn(usize, usize) -> u8) -> Grey {
        Grey { width: 80, height: 80, data: (0..6400).map(|i| value(i % 80, i / 80)).collect() }
    }

    fn texture(x: f64, y: f64) -> f64 {
        120.0 + 50.0 * libm::sin(x * 0.7 + y * 0.3) + 40.0 * libm::cos(y * 0.6 - x * 0.2)
    }

    #[test]
    fn slopes_of_light_vanish_and_structure_stays() {
        let ramp = straight::<24, 36>(&grey(|x, y| (2 * x + y / 2) as u8), 20, 20).unwrap();
        assert!(ramp.as_flattened().iter().all(|v| v.abs() <= 2), "{ramp:?}");
        let spot = straight::<24, 36>(&grey(|x, y| if (x, y) == (30, 30) { 255 } else { 0 }), 20, 20).unwrap();
        assert!(spot[10][10] > 1000 && spot[10][11].abs() < 9);
        assert!(straight::<24, 36>(&grey(|_, _| 0), 5, 20).is_none() && straight::<24, 36>(&grey(|_, _| 0), 52, 20).is_none());
    }

    #[test]
    fn a_turned_square_sees_what_lies_there() {
        let picture = grey(|x, y| texture(x as f64, y as f64) as u8);
        let (sin, cos) = (0.5, libm::sqrt(0.75));
        let square = Square { x: 39.3, y: 40.8, slopes: [cos, -sin, sin, cos] };
        let seen = Crop::new().sampled::<42>(&picture, &square).unwrap();
        for (row, line) in seen.iter().enumerate() {
            for (column, value) in line.iter().enumerate() {
                let (u, v) = (column as f64 - 20.5, row as f64 - 20.5);
                let truth = texture(39.3 + cos * u - sin * v, 40.8 + sin * u + cos * v);
                assert!((f64::from(*value) / f64::from(UNIT) - truth).abs() < 6.0, "{column}, {row}: {value} {truth}");
            }
        }
    }
}
