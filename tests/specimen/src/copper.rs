//! Tracks, pours and vias: what shines through the varnish.

use crate::package;
use crate::part::{Kind, Part};
use crate::random::Random;

/// A straight piece of track.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Track {
    pub(crate) a: [f64; 2],
    pub(crate) b: [f64; 2],
    pub(crate) width: f64,
}

/// A hole from side to side.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Via {
    pub(crate) at: [f64; 2],
    /// True where the varnish leaves the ring bare.
    pub(crate) bare: bool,
}

/// The copper of the top side.
#[derive(Debug, Clone, Default)]
pub(crate) struct Copper {
    pub(crate) tracks: Vec<Track>,
    pub(crate) vias: Vec<Via>,
    /// Middles and half sides of areas that are all copper.
    pub(crate) pours: Vec<[[f64; 2]; 2]>,
    /// True where copper fills everything between the tracks.
    pub(crate) flooded: bool,
}

/// The eight directions of tracks.
const COMPASS: [[f64; 2]; 8] = {
    const D: f64 = std::f64::consts::FRAC_1_SQRT_2;
    [[1.0, 0.0], [D, D], [0.0, 1.0], [-D, D], [-1.0, 0.0], [-D, -D], [0.0, -1.0], [D, -D]]
};

impl Copper {
    /// Routes a board: it looks like routing, it connects nothing.
    pub(crate) fn route(random: &mut Random, size: [f64; 2], parts: &[Part]) -> Self {
        let mut copper = Self { flooded: random.chance(0.5), ..Self::default() };
        let area = size[0] * size[1];
        for part in
            parts.iter().filter(|p| matches!(p.kind, Kind::Inductor { .. } | Kind::PowerTransistor | Kind::PowerPlug { .. }))
        {
            let half = part.half_place();
            let grown = [half[0] + random.range(1.0, 5.0), half[1] + random.range(1.0, 5.0)];
            copper.pours.push([part.centre, grown]);
        }
        for _ in 0..(area / 3000.0) as usize + 2 {
            let centre = [random.range(0.0, size[0]), random.range(0.0, size[1])];
            copper.pours.push([centre, [random.range(4.0, 18.0), random.range(3.0, 12.0)]]);
        }
        for _ in 0..(area / 130.0) as usize {
            let start = [random.range(2.0, size[0] - 2.0), random.range(2.0, size[1] - 2.0)];
            copper.bundle(random, size, start);
        }
        for part in parts {
            copper.fan_out(random, size, part);
        }
        for _ in 0..(area / 60.0) as usize {
            let at = [random.range(1.5, size[0] - 1.5), random.range(1.5, size[1] - 1.5)];
            let bare = random.chance(0.2);
            let (step, count) = (*random.pick(&COMPASS), 1 + random.below(5));
            copper.vias.extend(
                (0..count).map(|k| Via { at: [at[0] + step[0] * 1.1 * k as f64, at[1] + step[1] * 1.1 * k as f64], bare }),
            );
        }
        let inside = |p: [f64; 2]| (0..2).all(|k| p[k] > 1.0 && p[k] < size[k] - 1.0);
        copper.vias.retain(|via| inside(via.at));
        copper
    }

    /// Tracks side by side that turn together.
    fn bundle(&mut self, random: &mut Random, size: [f64; 2], start: [f64; 2]) {
        let lanes = *random.pick(&[1, 1, 2, 3, 4, 6, 8, 12]);
        let width = random.range(0.13, 0.22);
        let pitch = width * random.range(2.0, 2.6);
        let mut heading = random.below(8);
        let mut corners = vec![start];
        let mut headings = Vec::new();
        let mut here = start;
        for _ in 0..2 + random.below(4) {
            let leg = random.range(3.0, 9.0 + 0.14 * size[0]);
            here = [here[0] + COMPASS[heading][0] * leg, here[1] + COMPASS[heading][1] * leg];
            corners.push(here);
            headings.push(heading);
            heading = (heading + if random.chance(0.5) { 1 } else { 7 }) % 8;
        }
        for lane in 0..lanes {
            let offset = (lane as f64 - (lanes as f64 - 1.0) / 2.0) * pitch;
            let shifted: Vec<[f64; 2]> = (0..corners.len()).map(|k| shift(&corners, &headings, k, offset)).collect();
            for ends in shifted.windows(2) {
                let inside = |p: &[f64; 2]| (0..2).all(|k| p[k] > 0.8 && p[k] < size[k] - 0.8);
                if ends.iter().all(inside) {
                    self.tracks.push(Track { a: ends[0], b: ends[1], width });
                }
            }
            // Ends are staggered, so that the vias find room.
            let last = COMPASS[headings[headings.len() - 1]];
            let (end, extra) = (shifted[shifted.len() - 1], 0.9 * (lane % 3) as f64);
            let at = [end[0] + last[0] * extra, end[1] + last[1] * extra];
            self.tracks.push(Track { a: end, b: at, width });
            self.vias.push(Via { at, bare: false });
        }
    }

    /// From the pads outward.
    fn fan_out(&mut self, random: &mut Random, size: [f64; 2], part: &Part) {
        let small = matches!(part.kind, Kind::Chip(..) | Kind::Transistor | Kind::Electrolytic { .. } | Kind::Tantalum);
        if !small && !part.kind.is_marked_chip() {
            return;
        }
        let turn = part.footprint_turn();
        for pad in package::pads(&part.kind) {
            if !random.chance(if small { 0.55 } else { 0.8 }) {
                continue;
            }
            let place = |u: f64, v: f64| [part.centre[0] + u * turn[0] - v * turn[1], part.centre[1] + u * turn[1] + v * turn[0]];
            let [u, v] = pad.centre;
            let outward = if u.abs() >= v.abs() { [u.signum(), 0.0] } else { [0.0, v.signum()] };
            let reach = random.range(0.6, 2.2) + pad.half[0].max(pad.half[1]);
            let (bend, slant) = ([u + outward[0] * reach, v + outward[1] * reach], random.sign() * random.range(0.3, 1.0));
            let end = [
                bend[0] + outward[0] * slant.abs() + outward[1] * slant,
                bend[1] + outward[1] * slant.abs() + outward[0] * slant,
            ];
            let width = if small { 0.22 } else { 0.16 };
            let points = [place(u, v), place(bend[0], bend[1]), place(end[0], end[1])];
            if points.iter().all(|p| (0..2).all(|k| p[k] > 1.0 && p[k] < size[k] - 1.0)) {
                self.tracks.extend(points.windows(2).map(|w| Track { a: w[0], b: w[1], width }));
                self.vias.push(Via { at: points[2], bare: false });
            }
        }
    }
}

/// Corner `k` of the line that runs `offset` beside a polyline.
fn shift(corners: &[[f64; 2]], headings: &[usize], k: usize, offset: f64) -> [f64; 2] {
    let normal = |heading: usize| [-COMPASS[heading][1], COMPASS[heading][0]];
    let before = normal(headings[k.saturating_sub(1)]);
    let after = normal(headings[k.min(headings.len() - 1)]);
    let scale = offset / (1.0 + before[0] * after[0] + before[1] * after[1]);
    [corners[k][0] + (before[0] + after[0]) * scale, corners[k][1] + (before[1] + after[1]) * scale]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_keep_their_distance_around_a_corner() {
        let corners = [[0.0, 0.0], [10.0, 0.0], [10.0 + 5.0 * COMPASS[1][0], 5.0 * COMPASS[1][1]]];
        let middle = shift(&corners, &[0, 1], 1, 0.5);
        // Distance of the shifted corner from both lines.
        let from_second = (middle[0] - 10.0) * -COMPASS[1][1] + middle[1] * COMPASS[1][0];
        assert!((middle[1] - 0.5).abs() < 1e-12 && (from_second - 0.5).abs() < 1e-12);
    }
}
