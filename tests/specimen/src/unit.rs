//! One physical board: the design, with everything in which good units differ.

use std::sync::Arc;

use crate::board::{Board, LabelPlace};
use crate::part::{ChipFamily, Kind, Part};
use crate::random::{Random, mix};
use crate::tampering::{Change, Tampering, apply};

/// Which unit of a board.
#[derive(Debug, Clone)]
pub struct UnitConfig {
    /// Another seed is another unit.
    pub seed: u64,
    /// How far parts sit beside their footprints, in mm: standard deviation; reflow brings most within 0.1.
    pub placement_mm: f64,
    /// Share of reels that another unit got from another lot, with another shade, 0 to 1.
    pub other_lots: f64,
    /// Specks of dust on 100 cm².
    pub dust: f64,
}

impl Default for UnitConfig {
    fn default() -> Self {
        Self { seed: 1, placement_mm: 0.04, other_lots: 0.2, dust: 60.0 }
    }
}

/// A label as it was stuck on.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    pub(crate) centre: [f64; 2],
    pub(crate) size: [f64; 2],
    pub(crate) turn: [f64; 2],
    pub(crate) text: String,
    /// A round mark of a colour instead of print.
    pub(crate) dot: Option<[f32; 3]>,
}

/// A unit, ready to be photographed.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The product.
    pub board: Arc<Board>,
    /// The seed that it was drawn from.
    pub seed: u64,
    /// Its parts; those on empty footprints are not populated.
    pub parts: Vec<Part>,
    /// What was done to it, in that order.
    pub changes: Vec<Change>,
    pub(crate) labels: Vec<Label>,
    /// Places and sizes of dust; a speck with a length is a fibre.
    pub(crate) dust: Vec<Speck>,
    /// Coefficients of the bow over the half sides: x², y², xy, in mm.
    pub(crate) bow: [f64; 3],
    pub(crate) silk_shift: [f64; 2],
    pub(crate) mask_shade: f32,
}

/// A speck or fibre of dust, in mm.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Speck {
    pub(crate) at: [f64; 2],
    pub(crate) radius: f64,
    pub(crate) length: f64,
    pub(crate) turn: [f64; 2],
}

impl Board {
    /// A unit of this board.
    #[must_use]
    pub fn unit(&self, config: &UnitConfig) -> Unit {
        let seed = mix(config.seed ^ mix(self.seed));
        let parts = self.parts.iter().enumerate().map(|(k, part)| vary(part, k, seed, config)).collect();
        let mut random = Random::of(seed, 10);
        let bow = [random.bell() * 0.22, random.bell() * 0.22, random.bell() * 0.12];
        let silk_shift = [random.bell() * 0.05, random.bell() * 0.05];
        let mask_shade = 1.0 + 0.06 * random.bell() as f32;
        let labels = labels(self, &mut Random::of(seed, 11));
        let mut random = Random::of(seed, 12);
        let specks = (self.size_mm[0] * self.size_mm[1] / 10_000.0 * config.dust * random.range(0.4, 1.6)) as usize;
        let dust = (0..specks).map(|_| speck(self.size_mm, &mut random)).collect();
        Unit { board: Arc::new(self.clone()), seed, parts, changes: Vec::new(), labels, dust, bow, silk_shift, mask_shade }
    }
}

impl Unit {
    /// The same unit after a tampering; the seeds decide where.
    #[must_use]
    pub fn with(mut self, tampering: Tampering) -> Self {
        apply(&mut self, tampering);
        self
    }

    /// The same unit with the parts that somebody added to `other`, at the same places.
    #[must_use]
    pub fn with_additions_of(mut self, other: &Self) -> Self {
        let added = |change: &&Change| matches!(change.tampering, Tampering::Added | Tampering::Placed | Tampering::Sized { .. });
        for change in other.changes.iter().filter(added) {
            self.parts.push(change.part.clone());
            self.changes.push(change.clone());
        }
        self
    }

    /// How far the board stands above its plane at a place, in mm.
    pub(crate) fn bow_at(&self, x: f64, y: f64) -> f64 {
        let [u, v] = [x / self.board.size_mm[0] * 2.0 - 1.0, y / self.board.size_mm[1] * 2.0 - 1.0];
        self.bow[0] * u * u + self.bow[1] * v * v + self.bow[2] * u * v
    }
}

/// A part as this unit got it.
fn vary(design: &Part, index: usize, seed: u64, config: &UnitConfig) -> Part {
    let mut part = design.clone();
    // Everything from one reel varies together.
    let kind = design.kind.word().bytes().fold(design.lot, |h, b| mix(h ^ u64::from(b)));
    let mut reel = Random::of(seed ^ kind, 20);
    let mut own = Random::of(seed, 1000 + index as u64);
    let small = matches!(part.kind, Kind::Chip(..) | Kind::Transistor);
    let spread = config.placement_mm * if small { 1.0 } else { 0.6 };
    part.nudge = [own.bell() * spread, own.bell() * spread];
    part.skew = own.bell() * config.placement_mm * if small { 0.5 } else { 0.1 };
    let other = reel.chance(config.other_lots);
    part.shade = (1.0 + reel.bell() * if other { 0.12 } else { 0.03 } + own.bell() * 0.02) as f32;
    match part.kind {
        Kind::Chip(_, ChipFamily::Capacitor | ChipFamily::Led) if other => part.lot = reel.next() % 12,
        kind if kind.is_marked_chip() => {
            // Same maker and type, another week.
            let week = format!("23{:02} {}", 10 + reel.below(40), reel.code(5));
            if let Some(last) = part.marking.last_mut() {
                *last = week;
            }
        }
        Kind::Electrolytic { .. } => {
            if let Some(last) = part.marking.last_mut() {
                *last = reel.code(3);
            }
        }
        _ => {}
    }
    part
}

fn labels(board: &Board, random: &mut Random) -> Vec<Label> {
    let stick = |place: &LabelPlace, random: &mut Random| {
        let skew = random.bell() * 0.025;
        let cosine = (1.0 - skew * skew).sqrt();
        let turn = if place.upright { [cosine, skew] } else { [-skew, cosine] };
        let centre = [place.centre[0] + random.bell() * 0.5, place.centre[1] + random.bell() * 0.5];
        Label { centre, size: place.size, turn, text: random.code(11), dot: None }
    };
    let mut labels: Vec<Label> = board.labels.iter().map(|place| stick(place, random)).collect();
    // Inspectors leave a dot of paint somewhere.
    for _ in 0..40 {
        let centre = [random.range(8.0, board.size_mm[0] - 8.0), random.range(8.0, board.size_mm[1] - 8.0)];
        if board.ground.is_free(centre, [2.2; 2]) {
            let colour = *random.pick(&[[0.65, 0.05, 0.05], [0.70, 0.60, 0.05], [0.08, 0.40, 0.12], [0.75, 0.75, 0.75]]);
            labels.push(Label {
                centre,
                size: [random.range(1.6, 3.0); 2],
                turn: [1.0, 0.0],
                text: String::new(),
                dot: Some(colour),
            });
            break;
        }
    }
    labels
}

fn speck(size: [f64; 2], random: &mut Random) -> Speck {
    let at = [random.range(0.0, size[0]), random.range(0.0, size[1])];
    let fibre = random.chance(0.12);
    let sine = random.range(-1.0, 1.0);
    Speck {
        at,
        radius: if fibre { 0.03 } else { 0.03 + 0.09 * random.unit() * random.unit() },
        length: if fibre { random.range(0.6, 2.6) } else { 0.0 },
        turn: [(1.0 - sine * sine).sqrt(), sine],
    }
}
