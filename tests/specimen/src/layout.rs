//! Where the parts of a board go: the large ones by plan, the small ones around them.

use crate::board::{LabelPlace, Note};
use crate::glyphs::text_width;
use crate::ground::Ground;
use crate::part::{Kind, Part};
use crate::random::Random;
use crate::{features, small_parts};

/// What a layout consists of.
pub(crate) struct Plan {
    pub(crate) parts: Vec<Part>,
    pub(crate) holes: Vec<[f64; 2]>,
    pub(crate) notes: Vec<Note>,
    pub(crate) labels: Vec<LabelPlace>,
    pub(crate) ground: Ground,
}

/// A layout in the making.
pub(crate) struct Planner<'a> {
    pub(crate) random: &'a mut Random,
    pub(crate) size: [f64; 2],
    pub(crate) plan: Plan,
}

/// Lays out a board of this size.
pub(crate) fn lay_out(random: &mut Random, size: [f64; 2], title: &str) -> Plan {
    let plan = Plan { parts: Vec::new(), holes: Vec::new(), notes: Vec::new(), labels: Vec::new(), ground: Ground::new(size) };
    let mut planner = Planner { random, size, plan };
    if size[0] >= 140.0 && size[1] >= 140.0 {
        features::mainboard(&mut planner, title);
    } else {
        features::module(&mut planner, title);
    }
    small_parts::scatter(&mut planner);
    planner.name_parts();
    planner.plan
}

impl Planner<'_> {
    /// Puts a part down wherever it was planned.
    pub(crate) fn set(&mut self, kind: Kind, centre: [f64; 2], quarters: u8) {
        let part = Part::new(kind, centre, quarters);
        let half = part.half_place();
        self.plan.ground.take(centre, half.map(|h| h + 0.6));
        self.plan.parts.push(part);
    }

    /// Puts a part down if `gap` mm around it are free.
    pub(crate) fn try_set(&mut self, kind: Kind, centre: [f64; 2], quarters: u8, gap: f64) -> bool {
        let part = Part::new(kind, centre, quarters);
        let half = part.half_place();
        let free = self.plan.ground.is_free(centre, half.map(|h| h + gap));
        if free {
            self.plan.ground.take(centre, half.map(|h| h + gap * 0.5));
            self.plan.parts.push(part);
        }
        free
    }

    /// A mounting hole.
    pub(crate) fn hole(&mut self, centre: [f64; 2]) {
        self.plan.ground.take(centre, [4.6; 2]);
        self.plan.holes.push(centre);
    }

    /// Any place on the board.
    pub(crate) fn anywhere(&mut self) -> [f64; 2] {
        [self.random.range(2.0, self.size[0] - 2.0), self.random.range(2.0, self.size[1] - 2.0)]
    }

    /// Prints a line near `wish`, where there is room, and keeps parts off it.
    pub(crate) fn print(&mut self, text: &str, wish: [f64; 2], height: f64, upright: bool) {
        let width = text_width(text, height) / 2.0 + 1.0;
        let half = if upright { [width, height * 0.75] } else { [height * 0.75, width] };
        for attempt in 0..80 {
            let spread = f64::from(attempt) * 0.9;
            let centre = [wish[0] + self.random.bell() * spread, wish[1] + self.random.bell() * spread * 0.6];
            if self.plan.ground.is_free(centre, half) {
                self.plan.ground.take(centre, half);
                self.plan.notes.push(Note { text: text.to_owned(), centre, height, upright });
                return;
            }
        }
    }

    /// Keeps a place for a label near `wish`.
    pub(crate) fn label(&mut self, wish: [f64; 2], size: [f64; 2]) {
        let upright = self.random.chance(0.7);
        let half = if upright { [size[0] / 2.0, size[1] / 2.0] } else { [size[1] / 2.0, size[0] / 2.0] };
        for attempt in 0..120 {
            let spread = f64::from(attempt) * 0.8;
            let centre = [wish[0] + self.random.bell() * spread, wish[1] + self.random.bell() * spread];
            if self.plan.ground.is_free(centre, half.map(|h| h + 1.2)) {
                self.plan.ground.take(centre, half);
                self.plan.labels.push(LabelPlace { centre, size, upright });
                return;
            }
        }
    }

    /// Numbers the parts of each kind from the top, and prints the names where there is room.
    fn name_parts(&mut self) {
        let mut order: Vec<usize> = (0..self.plan.parts.len()).collect();
        let key = |part: &Part| ((part.centre[1] / 12.0) as i64, (part.centre[0] * 100.0) as i64);
        order.sort_by_key(|&k| key(&self.plan.parts[k]));
        let mut counts: Vec<(&str, usize)> = Vec::new();
        for k in order {
            let prefix = self.plan.parts[k].kind.prefix();
            let number = match counts.iter_mut().find(|(p, _)| *p == prefix) {
                Some((_, n)) => {
                    *n += 1;
                    *n
                }
                None => {
                    counts.push((prefix, 1));
                    1
                }
            };
            self.plan.parts[k].name = format!("{prefix}{number}");
            self.print_name(k);
        }
    }

    fn print_name(&mut self, k: usize) {
        let part = &self.plan.parts[k];
        let (name, [cx, cy], half) = (part.name.clone(), part.centre, part.half_place());
        let height = if matches!(part.kind, Kind::Chip(..)) { 0.95 } else { 1.25 };
        let room = [text_width(&name, height) / 2.0 + 0.15, height / 2.0 + 0.15];
        let (beside, above) = (half[0] + room[0] + 0.45, half[1] + room[1] + 0.45);
        for (x, y, upright) in [
            (beside, 0.0, true),
            (0.0, -above, true),
            (-beside, 0.0, true),
            (0.0, above, true),
            (half[0] + room[1] + 0.45, 0.0, false),
            (-half[0] - room[1] - 0.45, 0.0, false),
        ] {
            let (centre, room) = ([cx + x, cy + y], if upright { room } else { [room[1], room[0]] });
            if self.plan.ground.is_free(centre, room.map(|r| r - 0.2)) {
                self.plan.ground.take(centre, room.map(|r| r - 0.2));
                self.plan.notes.push(Note { text: name, centre, height, upright });
                return;
            }
        }
    }
}
