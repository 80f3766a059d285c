//! Labels on a board: bright paper with print on it. What is printed there, serial numbers, codes, addresses, says more about whose board
//! it is than about the board.
//!
//! Found by what they are made of, not by reading them: an even, colourless patch about as bright as the brightest paper, roughly a
//! rectangle, with something dark printed on it. Bars and square codes are told from words by the directions of their edges (structure
//! tensor; Förstner and Gülch 1987). White plastic looks much the same, so a label is offered to a person, never hidden by itself.

use serde::{Deserialize, Serialize};

use super::Picture;
use super::connected::connected;
use super::order::rising;
use crate::geometry::{Photo, Point, Rect};

/// Pixels along the longer side that the search is done on: a label of three millimetres on a large board is still twenty wide.
const WORKING_PX: usize = 1600;
/// Of the white paper's brightness, from here on it is paper: under a shadow, and in full light.
const PAPER: [f32; 2] = [0.45, 0.66];
/// Paper has no colour: how far the channels may be apart, as a share of the brightest.
const MOST_COLOUR: f32 = 0.24;
/// Working pixels on either side of a line of paint that is none of paper: lettering on the board itself is thinner than this.
const STROKE: usize = 1;
/// The same of a label, as a share of the longer side.
const NARROWEST: f64 = 0.003;
/// Share of the picture that a label covers.
const EXTENT: std::ops::RangeInclusive<f64> = 0.0004..=0.12;
/// Share of its rectangle that it fills.
const LEAST_FILLED: f64 = 0.88;
/// How many times as long as wide: what is longer is a slot, a frame or a ribbon.
const LONGEST: f64 = 7.0;
/// Share of it that is print.
const PRINTED: std::ops::RangeInclusive<f64> = 0.04..=0.66;
/// Of the paper's brightness, print is no brighter.
const DARKEST: f32 = 0.62;
/// From this coherence of its edges on it is bars.
const BARS: f64 = 0.45;
/// Directions that are tried for a square: five degrees off cost four hundredths of what it fills.
const TURNS: u32 = 9;
/// A square code is nearly square, and a good deal of it is dark; as much as half, without the quiet zone around it.
const SQUARE: f64 = 1.35;
const SQUARE_PRINTED: f64 = 0.18;

/// What a label seems to have on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LabelKind {
    /// A bar code.
    Bars,
    /// A QR code, or another one of squares.
    Squares,
    /// Words or numbers.
    Print,
}

/// A place that looks like a label.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Label {
    /// Upright, around all of it.
    pub area: Rect<Photo>,
    /// What seems to be on it.
    pub kind: LabelKind,
}

/// The labels of a picture, the largest first.
#[must_use]
pub fn labels(picture: &Picture) -> Vec<Label> {
    let factor = picture.width.max(picture.height).div_ceil(WORKING_PX).max(1);
    let small = Small::of(picture, factor);
    if small.width < 32 || small.height < 32 {
        return Vec::new();
    }
    let mut found: Vec<(f64, Label)> = Vec::new();
    for share in PAPER {
        for (size, label) in small.labels(share) {
            // What both levels find is taken once, in its larger extent.
            match found.iter_mut().find(|(_, known)| known.area.is_mostly(&label.area)) {
                Some(known) if known.0 < size => *known = (size, label),
                Some(_) => {}
                None => found.push((size, label)),
            }
        }
    }
    let found = rising(found, |(size, _)| [-size, 0.0, 0.0]);
    let scale = factor as f64;
    let grown = |label: Label| {
        let Rect { x, y, w, h, .. } = label.area.grown(1.0);
        Label { area: Rect::new(x * scale, y * scale, w * scale, h * scale), ..label }
    };
    found.into_iter().map(|(_, label)| grown(label)).collect()
}

/// The picture at working size: how bright, and how far from colourless; both as shares of white paper.
struct Small {
    width: usize,
    height: usize,
    bright: Vec<f32>,
    colour: Vec<f32>,
}

impl Small {
    fn of(picture: &Picture, factor: usize) -> Self {
        let (width, height) = (picture.width / factor, picture.height / factor);
        let mut means: Vec<[f32; 3]> = Vec::with_capacity(width * height);
        for y in 0..height {
            for x in 0..width {
                let mut sum = [0_u32; 3];
                for k in 0..factor * factor {
                    let at = picture.at(x * factor + k % factor, y * factor + k / factor);
                    sum.iter_mut().zip(at).for_each(|(sum, value)| *sum += u32::from(value));
                }
                means.push(sum.map(|sum| sum as f32 / (factor * factor) as f32));
            }
        }
        let white = white(&means);
        let even = |rgb: &[f32; 3]| -> [f32; 3] { std::array::from_fn(|k| rgb[k] / white[k].max(1.0)) };
        let bright = means.iter().map(|rgb| even(rgb).iter().sum::<f32>() / 3.0).collect();
        let colour = means.iter().map(|rgb| {
            let even = even(rgb);
            let (most, least) = (even.iter().copied().fold(0.0, f32::max), even.iter().copied().fold(f32::MAX, f32::min));
            (most - least) / most.max(0.05)
        });
        Self { width, height, bright, colour: colour.collect() }
    }

    /// The labels where paper is at least so bright, with their sizes in working pixels.
    fn labels(&self, share: f32) -> Vec<(f64, Label)> {
        let longer = self.width.max(self.height) as f64;
        let narrowest = (longer * NARROWEST).round().max(2.0) as usize;
        let paper: Vec<bool> =
            self.bright.iter().zip(&self.colour).map(|(bright, colour)| *bright >= share && *colour <= MOST_COLOUR).collect();
        let all = (self.width * self.height) as f64;
        // Without lettering; then print, which paper surrounds, counts as paper.
        let mut whole = self.opened(&paper, STROKE);
        let beside: Vec<bool> = whole.iter().map(|paper| !paper).collect();
        for hole in connected(&beside, self.width).into_iter().filter(|hole| hole.len() as f64 <= EXTENT.end() * all) {
            hole.into_iter().for_each(|place| whole[place] = true);
        }
        let patches = self.opened(&whole, narrowest);
        let patches = connected(&patches, self.width);
        let patches = patches.into_iter().filter(|patch| EXTENT.contains(&(patch.len() as f64 / all)));
        patches.filter_map(|patch| Some((patch.len() as f64, self.label(&patch, &paper, share)?))).collect()
    }

    /// The label that a patch is, if it is one.
    fn label(&self, patch: &[usize], paper: &[bool], share: f32) -> Option<Label> {
        let at = |place: usize| ((place % self.width) as f64 + 0.5, (place / self.width) as f64 + 0.5);
        let points: Vec<(f64, f64)> = patch.iter().map(|place| at(*place)).collect();
        let (long, wide) = extent(&points);
        let dark = |place: &&usize| paper.get(**place) == Some(&false);
        let printed = patch.iter().filter(dark).count() as f64 / patch.len() as f64;
        // Ink is dark, not merely less bright: a shadow on plastic is neither.
        let ink = patch.iter().filter(|place| self.bright.get(**place).is_some_and(|bright| *bright < DARKEST * share)).count();
        let is_label = points.len() as f64 / (long * wide) >= LEAST_FILLED
            && long / wide <= LONGEST
            && PRINTED.contains(&printed)
            && ink as f64 >= 0.25 * printed * patch.len() as f64;
        if !is_label {
            return None;
        }
        let kind = if self.coherence(patch) >= BARS {
            LabelKind::Bars
        } else if long / wide <= SQUARE && printed >= SQUARE_PRINTED {
            LabelKind::Squares
        } else {
            LabelKind::Print
        };
        let corners = points.iter().flat_map(|(x, y)| [Point::new(x - 0.5, y - 0.5), Point::new(x + 0.5, y + 0.5)]);
        Some(Label { area: Rect::around(corners)?, kind })
    }

    /// How much the edges of a patch run the same way, from 0 (every way) to 1. Bars are hardly wider than a pixel, so edges are taken
    /// across the diagonals of two by two pixels (Roberts 1963), which have no pixel in common.
    fn coherence(&self, patch: &[usize]) -> f64 {
        let value = |place: usize| self.bright.get(place).copied().unwrap_or(0.0);
        let (mut xx, mut yy, mut xy) = (0.0_f64, 0.0_f64, 0.0_f64);
        for place in patch.iter().filter(|place| (*place % self.width) + 1 < self.width) {
            let (right, below) = (place + 1, place + self.width);
            if below + 1 < self.bright.len() {
                let (dx, dy) = (f64::from(value(below + 1) - value(*place)), f64::from(value(right) - value(below)));
                (xx, yy, xy) = (xx + dx * dx, yy + dy * dy, xy + dx * dy);
            }
        }
        let spread = libm::sqrt((xx - yy) * (xx - yy) + 4.0 * xy * xy);
        if xx + yy > 0.0 { spread / (xx + yy) } else { 0.0 }
    }

    /// What is wider than twice the reach.
    fn opened(&self, mask: &[bool], reach: usize) -> Vec<bool> {
        self.dilated(&self.eroded(mask, reach), reach)
    }

    /// True where anything within the reach is; the picture's edge goes on.
    fn dilated(&self, mask: &[bool], reach: usize) -> Vec<bool> {
        self.counted(mask, reach, |count, _| count > 0)
    }

    /// True where everything within the reach is.
    fn eroded(&self, mask: &[bool], reach: usize) -> Vec<bool> {
        self.counted(mask, reach, |count, all| count == all)
    }

    /// Asks how many of the places within the reach are set: along rows, then along columns.
    fn counted(&self, mask: &[bool], reach: usize, holds: impl Fn(usize, usize) -> bool) -> Vec<bool> {
        let along = |mask: &[bool], lines: usize, length: usize, start: usize, step: usize| -> Vec<bool> {
            let mut out = vec![false; mask.len()];
            for line in 0..lines {
                let place = |k: usize| line * start + k * step;
                let mut sums = Vec::with_capacity(length + 1);
                sums.push(0);
                for k in 0..length {
                    sums.push(sums[k] + usize::from(mask[place(k)]));
                }
                for k in 0..length {
                    let (from, to) = (k.saturating_sub(reach), (k + reach + 1).min(length));
                    out[place(k)] = holds(sums[to] - sums[from], to - from);
                }
            }
            out
        };
        let rows = along(mask, self.height, self.width, self.width, 1);
        along(&rows, self.width, self.height, 1, self.width)
    }
}

/// White paper in this light: the mean of the brightest fiftieth.
fn white(means: &[[f32; 3]]) -> [f32; 3] {
    let mut counts = [0_usize; 256];
    let level = |rgb: &[f32; 3]| (rgb.iter().sum::<f32>() / 3.0).clamp(0.0, 255.0) as usize;
    means.iter().for_each(|rgb| counts[level(rgb)] += 1);
    let (mut left, mut from) = (means.len() / 50, 255);
    while from > 1 && counts[from] < left {
        left -= counts[from];
        from -= 1;
    }
    let bright: Vec<&[f32; 3]> = means.iter().filter(|rgb| level(rgb) >= from).collect();
    std::array::from_fn(|k| bright.iter().map(|rgb| rgb[k]).sum::<f32>() / bright.len().max(1) as f32)
}

/// Length and width of the rectangle around the points, the middles of pixels, that lies as they do.
fn extent(points: &[(f64, f64)]) -> (f64, f64) {
    let count = points.len() as f64;
    let (mx, my) = (points.iter().map(|p| p.0).sum::<f64>() / count, points.iter().map(|p| p.1).sum::<f64>() / count);
    let moment = |f: fn(f64, f64) -> f64| points.iter().map(|(x, y)| f(x - mx, y - my)).sum::<f64>();
    let (xx, yy, xy) = (moment(|x, _| x * x), moment(|_, y| y * y), moment(|x, y| x * y));
    // A square has no direction of its own: then it is the one of these that fits best, a few degrees off at most.
    let turned = std::iter::once(0.5 * libm::atan2(2.0 * xy, xx - yy));
    let angles = turned.chain((0..TURNS).map(|k| std::f64::consts::FRAC_PI_2 * f64::from(k) / f64::from(TURNS)));
    let sides = angles.map(|angle| {
        let (sin, cos) = (libm::sin(angle), libm::cos(angle));
        let span = |f: &dyn Fn(&(f64, f64)) -> f64| {
            let (low, high) =
                points.iter().map(f).fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
            // From the middle of the first pixel to the middle of the last, and half of each.
            high - low + 1.0
        };
        (span(&|(x, y)| x * cos + y * sin), span(&|(x, y)| y * cos - x * sin))
    });
    let smaller = |one: (f64, f64), two: (f64, f64)| if two.0 * two.1 < one.0 * one.1 { two } else { one };
    let (a, b) = sides.fold((f64::MAX, 1.0), smaller);
    (a.max(b), a.min(b))
}
