//! A board as it was designed: parts, copper, print.

use crate::copper::Copper;
use crate::finish::Mask;
use crate::ground::Ground;
use crate::layout;
use crate::part::Part;
use crate::random::Random;

/// Which board to draw.
#[derive(Debug, Clone)]
pub struct BoardConfig {
    /// Another seed is another product.
    pub seed: u64,
    /// Width and depth, in mm; at least 60 × 50. From 140 × 140 on it is a mainboard, below that a module.
    pub size_mm: [f64; 2],
    /// The colour of its varnish; `None` leaves it to the seed.
    pub mask: Option<Mask>,
    /// The name printed on it; `None` leaves it to the seed.
    pub title: Option<String>,
    /// True where small parts stand in a printed frame, false where two strokes stand beside them.
    pub framed: bool,
}

impl Default for BoardConfig {
    fn default() -> Self {
        Self { seed: 1, size_mm: [170.0, 170.0], mask: None, title: None, framed: false }
    }
}

/// A line printed on the board.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Note {
    pub(crate) text: String,
    pub(crate) centre: [f64; 2],
    pub(crate) height: f64,
    pub(crate) upright: bool,
}

/// A place where the maker sticks a label.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LabelPlace {
    pub(crate) centre: [f64; 2],
    pub(crate) size: [f64; 2],
    pub(crate) upright: bool,
}

/// A product: every unit of it has the same copper, print and footprints.
#[derive(Debug, Clone)]
pub struct Board {
    /// The seed that it was drawn from.
    pub seed: u64,
    /// Width and depth, in mm.
    pub size_mm: [f64; 2],
    /// The colour of its varnish.
    pub mask: Mask,
    /// Every footprint with the part that belongs on it; some stay empty.
    pub parts: Vec<Part>,
    /// True where pads are gilded, false where they are tinned.
    pub(crate) gilded: bool,
    /// True where small parts stand in a printed frame.
    pub(crate) framed: bool,
    pub(crate) holes: Vec<[f64; 2]>,
    pub(crate) copper: Copper,
    pub(crate) notes: Vec<Note>,
    pub(crate) labels: Vec<LabelPlace>,
    pub(crate) ground: Ground,
}

impl Board {
    /// Draws the board of this description.
    #[must_use]
    pub fn new(config: &BoardConfig) -> Self {
        let mut random = Random::of(config.seed, 1);
        let size_mm = [config.size_mm[0].max(60.0), config.size_mm[1].max(50.0)];
        let mask = config.mask.unwrap_or_else(|| *Random::of(config.seed, 2).pick(&Mask::ALL));
        let title = config.title.clone().unwrap_or_else(|| format!("{}-{}", random.code(4), random.code(3)));
        let gilded = random.chance(0.5);
        let plan = layout::lay_out(&mut random, size_mm, &title);
        let copper = Copper::route(&mut Random::of(config.seed, 3), size_mm, &plan.parts);
        let layout::Plan { parts, holes, notes, labels, ground } = plan;
        Self { seed: config.seed, size_mm, mask, parts, gilded, framed: config.framed, holes, copper, notes, labels, ground }
    }
}
