//! Making a place of a picture unreadable before the picture is written: what is hidden is in no file, not even underneath.

use serde::{Deserialize, Serialize};

use super::{Picture, View};
use crate::geometry::{Rect, Reference};

/// Reference pixels around a place that are hidden as well: the edge of print is as telling as its middle, and pictures lie on each other to
/// within a pixel or two.
const MARGIN: f64 = 2.0;
/// What a covered place is made of, and the stripes over it that say that somebody covered it.
const COVER: [u8; 3] = [72, 76, 84];
const STRIPE: [u8; 3] = [98, 103, 112];
/// Pixels from one stripe to the next.
const STRIPE_PX: usize = 12;

/// How a place is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hiding {
    /// Covered: nothing of it is left.
    Box,
    /// Blurred: mean colours of squares as wide as the place's shorter side are left, and nothing finer. A usual blur, or three rows of
    /// squares, still tells known letters apart.
    Blur,
}

impl Hiding {
    /// Both, the safer one first.
    pub const ALL: [Self; 2] = [Self::Box, Self::Blur];
}

/// A place that others are not to see.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Hidden {
    /// On the first reference, in its pixels.
    pub area: Rect<Reference>,
    /// How.
    pub how: Hiding,
}

impl Hidden {
    /// Hides the place in a picture of this view.
    pub fn hide(&self, picture: &mut Picture, view: &View) {
        let area = self.area.grown(MARGIN);
        let [corner, _, far, _] = area.corners();
        let ([left, top], [right, bottom]) = (view.to_view(corner), view.to_view(far));
        // Every pixel that has any of it.
        let pixels =
            |from: f64, to: f64, most: usize| (from.floor().max(0.0) as usize).min(most)..(to.ceil().max(0.0) as usize).min(most);
        let (columns, rows) = (pixels(left, right, picture.width), pixels(top, bottom, picture.height));
        if columns.is_empty() || rows.is_empty() {
            return;
        }
        // Of a place that the picture shows a part of, the means would be those of narrower squares, and tell more.
        let is_whole = left >= 0.0 && top >= 0.0 && right <= picture.width as f64 && bottom <= picture.height as f64;
        match if is_whole { self.how } else { Hiding::Box } {
            Hiding::Box => {
                for y in rows {
                    for x in columns.clone() {
                        put(picture, x, y, if (x + y) % STRIPE_PX < 2 { STRIPE } else { COVER });
                    }
                }
            }
            Hiding::Blur => blur(picture, columns, rows),
        }
    }
}

fn put(picture: &mut Picture, x: usize, y: usize, colour: [u8; 3]) {
    let start = 3 * (y * picture.width + x);
    if let Some(pixel) = picture.rgb.get_mut(start..start + 3) {
        pixel.copy_from_slice(&colour);
    }
}

/// Replaces the place by its mean colours in squares, drawn softly.
fn blur(picture: &mut Picture, columns: std::ops::Range<usize>, rows: std::ops::Range<usize>) {
    let side = columns.len().min(rows.len()).max(1);
    let cells = |length: usize| length.div_ceil(side);
    let (across, down) = (cells(columns.len()), cells(rows.len()));
    let mut sums = vec![([0.0_f32; 3], 0.0_f32); across * down];
    for y in rows.clone() {
        for x in columns.clone() {
            let colour = picture.at(x, y);
            if let Some((sum, count)) = sums.get_mut((y - rows.start) / side * across + (x - columns.start) / side) {
                sum.iter_mut().zip(colour).for_each(|(sum, value)| *sum += f32::from(value));
                *count += 1.0;
            }
        }
    }
    let mean = |x: usize, y: usize| {
        let (sum, count) = sums.get(y.min(down - 1) * across + x.min(across - 1)).copied().unwrap_or_default();
        sum.map(|sum| sum / count.max(1.0))
    };
    let place = |k: usize| {
        let at = ((k as f32 + 0.5) / side as f32 - 0.5).max(0.0);
        (at as usize, at.fract())
    };
    for y in rows.clone() {
        for x in columns.clone() {
            let ((cx, fx), (cy, fy)) = (place(x - columns.start), place(y - rows.start));
            let corners = [mean(cx, cy), mean(cx + 1, cy), mean(cx, cy + 1), mean(cx + 1, cy + 1)];
            let colour = std::array::from_fn(|k| {
                let [a, b, c, d] = corners.map(|corner| corner[k]);
                let (above, below) = (a + (b - a) * fx, c + (d - c) * fx);
                (above + (below - above) * fy + 0.5) as u8
            });
            put(picture, x, y, colour);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A fine chart, so that anything that is left of it shows.
    fn chart() -> Picture {
        let rgb = (0..200 * 120).flat_map(|k: usize| {
            let (x, y) = (k % 200, k / 200);
            [if (x / 2 + y / 3) % 2 == 0 { 20 } else { 230 }, (x % 7 * 30) as u8, (y % 5 * 50) as u8]
        });
        Picture { width: 200, height: 120, rgb: rgb.collect() }
    }

    fn view() -> View {
        View { area: Rect::new(100.0, 50.0, 400.0, 240.0), width: 200, height: 120 }
    }

    fn hidden(how: Hiding) -> Picture {
        let mut picture = chart();
        Hidden { area: Rect::new(180.0, 90.0, 120.0, 60.0), how }.hide(&mut picture, &view());
        picture
    }

    fn inside(x: usize, y: usize) -> bool {
        (39..101).contains(&x) && (19..51).contains(&y)
    }

    #[test]
    fn a_covered_place_holds_nothing_of_what_was_there() {
        let picture = hidden(Hiding::Box);
        for y in 0..120 {
            for x in 0..200 {
                let colour = picture.at(x, y);
                if inside(x, y) {
                    assert!(colour == COVER || colour == STRIPE, "{x}, {y}: {colour:?}");
                } else {
                    assert_eq!(colour, chart().at(x, y), "{x}, {y}");
                }
            }
        }
    }

    #[test]
    fn a_blurred_place_keeps_a_few_means_and_no_detail() {
        let picture = hidden(Hiding::Blur);
        let step = |at: fn(usize) -> (usize, usize)| {
            let pairs = (0..60).map(|k| (picture.at(at(k).0, at(k).1), picture.at(at(k + 1).0, at(k + 1).1)));
            pairs.map(|(a, b)| a[0].abs_diff(b[0])).max().unwrap()
        };
        // The chart jumps by 210 from pixel to pixel; what is left is nearly even.
        assert!(step(|k| (40 + k, 30)) <= 4, "{}", step(|k| (40 + k, 30)));
        assert!((0..120).all(|y| (0..200).all(|x| inside(x, y) || picture.at(x, y) == chart().at(x, y))));
        // Other print of the same brightness looks the same.
        let mut other = chart();
        other
            .rgb
            .chunks_exact_mut(3)
            .enumerate()
            .for_each(|(k, rgb)| rgb[0] = if (k % 200 / 3 + k / 200) % 2 == 0 { 20 } else { 230 });
        Hidden { area: Rect::new(180.0, 90.0, 120.0, 60.0), how: Hiding::Blur }.hide(&mut other, &view());
        let most =
            (19..51).flat_map(|y| (39..101).map(move |x| (x, y))).map(|(x, y)| other.at(x, y)[0].abs_diff(picture.at(x, y)[0]));
        assert!(most.max().unwrap() < 16);
    }

    #[test]
    fn a_place_at_the_edge_is_covered_however_it_is_hidden() {
        let mut picture = chart();
        Hidden { area: Rect::new(180.0, 280.0, 120.0, 60.0), how: Hiding::Blur }.hide(&mut picture, &view());
        assert!((115..120).all(|y| (40..100).all(|x| [COVER, STRIPE].contains(&picture.at(x, y)))));
    }

    #[test]
    fn places_beside_the_view_and_of_no_size_hurt_nothing() {
        for area in [
            Rect::new(-900.0, 0.0, 10.0, 10.0),
            Rect::new(9000.0, 9000.0, 10.0, 10.0),
            Rect::new(100.0, 50.0, 0.0, 0.0),
            Rect::new(-1e6, -1e6, 2e6, 2e6),
        ] {
            for how in Hiding::ALL {
                let mut picture = chart();
                Hidden { area, how }.hide(&mut picture, &view());
                assert_eq!(picture.rgb.len(), chart().rgb.len());
            }
        }
    }
}
