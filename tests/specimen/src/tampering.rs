//! What somebody may have done to a unit.

use crate::part::{ChipFamily, ChipSize, Kind, Part};
use crate::random::Random;
use crate::unit::Unit;

/// A change that the truth tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tampering {
    /// A 0603 part where the board has none, soldered to its own two pads.
    Added,
    /// A larger part where the board has none: a module, a transistor, a moulded capacitor.
    Placed,
    /// A wire from one place to another.
    Wired,
    /// A part on a footprint that the product leaves empty.
    Filled,
    /// A small part taken away; its pads stay.
    Missing,
    /// An integrated circuit of another maker, in the same package.
    Swapped,
    /// An integrated circuit turned by half a turn.
    Rotated,
    /// A small part that sits askew on its pads.
    Skewed,
    /// A track scraped through.
    Cut,
    /// A drop of solder from one contact to its neighbour.
    Bridged,
    /// A bare block of ceramic of this side, where the board has none.
    Sized {
        /// In thousandths of a millimetre.
        side_um: u32,
    },
}

impl Tampering {
    /// The word for it in manifests.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "implant0603",
            Self::Placed => "placed",
            Self::Wired => "wire",
            Self::Filled => "filled",
            Self::Missing => "missing",
            Self::Swapped => "swapped",
            Self::Rotated => "rotated",
            Self::Skewed => "skewed",
            Self::Cut => "cut",
            Self::Bridged => "bridged",
            Self::Sized { .. } => "sized",
        }
    }

    /// What a comparison should call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Added | Self::Placed | Self::Wired | Self::Filled | Self::Bridged | Self::Sized { .. } => "added",
            Self::Missing => "missing",
            Self::Swapped | Self::Cut => "changed",
            Self::Rotated | Self::Skewed => "moved",
        }
    }
}

/// A tampering, and the part that it was done to.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What was done.
    pub tampering: Tampering,
    /// The part as it stood before, or for an addition as it stands now.
    pub part: Part,
}

/// Tall parts hide what is nearer than this share of their height.
const HIDING: f64 = 0.8;
/// Nothing happens nearer to the edge than this, in mm.
const EDGE_MM: f64 = 5.0;

/// Does it, to a part that the seed picks; nothing when the board has no part of that kind.
pub(crate) fn apply(unit: &mut Unit, tampering: Tampering) {
    let mut random = Random::of(unit.seed ^ unit.board.seed.rotate_left(17), 900 + unit.changes.len() as u64);
    let part = match tampering {
        Tampering::Added | Tampering::Placed | Tampering::Sized { .. } => {
            let kind = match tampering {
                Tampering::Sized { side_um } => Kind::Block { side: f64::from(side_um) / 1000.0 },
                Tampering::Placed => larger_kind(&mut random),
                _ => small_kind(&mut random),
            };
            free_place(unit, kind, &mut random).inspect(|part| unit.parts.push(part.clone()))
        }
        Tampering::Wired => wire(unit, &mut random).inspect(|part| unit.parts.push(part.clone())),
        Tampering::Cut => cut(unit, &mut random).inspect(|part| unit.parts.push(part.clone())),
        Tampering::Bridged => bridge(unit, &mut random).inspect(|part| unit.parts.push(part.clone())),
        Tampering::Filled => choose(unit, &mut random, |p| !p.populated && matches!(p.kind, Kind::Chip(..))).map(|k| {
            unit.parts[k].populated = true;
            unit.parts[k].clone()
        }),
        Tampering::Missing => choose(unit, &mut random, is_ordinary_chip).map(|k| {
            let before = unit.parts[k].clone();
            unit.parts[k].populated = false;
            before
        }),
        Tampering::Swapped => choose(unit, &mut random, is_circuit).map(|k| {
            let before = unit.parts[k].clone();
            swap(&mut unit.parts[k], &mut random);
            before
        }),
        Tampering::Rotated => choose(unit, &mut random, is_circuit).map(|k| {
            let before = unit.parts[k].clone();
            unit.parts[k].quarters = (unit.parts[k].quarters + 2) % 4;
            before
        }),
        Tampering::Skewed => choose(unit, &mut random, is_ordinary_chip).map(|k| {
            let before = unit.parts[k].clone();
            let part = &mut unit.parts[k];
            part.skew = random.sign() * random.range(0.2, 0.7);
            part.nudge = part.nudge.map(|v| v + random.range(-0.3, 0.3));
            before
        }),
    };
    unit.changes.extend(part.map(|part| Change { tampering, part }));
}

fn is_circuit(part: &Part) -> bool {
    part.populated && part.kind.is_marked_chip()
}

fn is_ordinary_chip(part: &Part) -> bool {
    let large_enough = matches!(part.kind, Kind::Chip(size, _) if size != ChipSize::C0402);
    part.populated && large_enough
}

/// Another maker's part: other letters, another shade.
fn swap(part: &mut Part, random: &mut Random) {
    let maker = *random.pick(&["FUJIN", "ORBITEC", "SELUX", "VANTIS"]);
    part.marking = vec![maker.to_owned(), format!("{}{}", random.code(3), 100 + random.below(899)), random.code(7)];
    part.shade *= if random.chance(0.5) { 1.7 } else { 0.6 };
    part.nudge = part.nudge.map(|v| v + random.range(-0.15, 0.15));
}

/// A part that fulfils the condition, was not changed yet, and is not hidden by a tall one.
fn choose(unit: &Unit, random: &mut Random, fits: impl Fn(&Part) -> bool) -> Option<usize> {
    let changed = |part: &Part| unit.changes.iter().any(|change| change.part.name == part.name);
    let fitting: Vec<usize> = (0..unit.parts.len())
        .filter(|&k| {
            fits(&unit.parts[k])
                && !changed(&unit.parts[k])
                && is_open(unit, unit.parts[k].centre, unit.parts[k].kind.extent_mm()[2])
        })
        .collect();
    (!fitting.is_empty()).then(|| *random.pick(&fitting))
}

/// True when no tall part stands so near that it could hide the place, seen from the side.
fn is_open(unit: &Unit, [x, y]: [f64; 2], height: f64) -> bool {
    let [w, h] = unit.board.size_mm;
    let inside = x > EDGE_MM && y > EDGE_MM && x < w - EDGE_MM && y < h - EDGE_MM;
    inside
        && unit.board.parts.iter().all(|other| {
            let [half_w, half_d] = other.half_place();
            let gap = ((x - other.centre[0]).abs() - half_w).max((y - other.centre[1]).abs() - half_d);
            let excess = other.kind.extent_mm()[2] - height;
            excess < 2.0 || gap > excess * HIDING
        })
}

/// A 0603 capacitor or resistor.
fn small_kind(random: &mut Random) -> Kind {
    Kind::Chip(ChipSize::C0603, *random.pick(&[ChipFamily::Capacitor, ChipFamily::Capacitor, ChipFamily::Resistor]))
}

/// Something of two to five millimetres.
fn larger_kind(random: &mut Random) -> Kind {
    *random.pick(&[
        Kind::Chip(ChipSize::C0805, ChipFamily::Capacitor),
        Kind::Chip(ChipSize::C1206, ChipFamily::Resistor),
        Kind::Transistor,
        Kind::Tantalum,
        Kind::Quad { side: 3.0, leads: 4, gull_wing: false },
        Kind::Dual { body: [3.9, 4.9], leads: 4 },
    ])
}

/// A wire in any direction, both of its joints in the open.
fn wire(unit: &Unit, random: &mut Random) -> Option<Part> {
    let [w, h] = unit.board.size_mm;
    (0..400).find_map(|_| {
        let length = random.range(4.0, 18.0);
        let centre = [random.range(12.0, w - 12.0), random.range(12.0, h - 12.0)];
        let mut part = Part::new(Kind::Wire { length }, centre, random.below(4) as u8);
        part.skew = random.range(-0.7, 0.7);
        part.name = format!("W{}", unit.changes.len() + 1);
        part.lot = random.next() % 12;
        let ends = [-0.5, 0.5].map(|end| part.place([end * length, 0.0]));
        ends.into_iter().all(|end| is_open(unit, end, 2.0)).then_some(part)
    })
}

/// Across a track that nothing stands on.
fn cut(unit: &Unit, random: &mut Random) -> Option<Part> {
    let tracks = &unit.board.copper.tracks;
    (0..400).find_map(|_| {
        let track = random.pick(tracks);
        let along = random.range(0.2, 0.8);
        let centre = [0, 1].map(|k| track.a[k] + (track.b[k] - track.a[k]) * along);
        let mut part = Part::new(Kind::Cut { length: random.range(0.6, 1.6) }, centre, random.below(4) as u8);
        part.skew = random.range(-0.6, 0.6);
        part.name = format!("W{}", unit.changes.len() + 1);
        let open = unit.board.ground.is_free(centre, [0.8; 2]) && is_open(unit, centre, 0.0);
        (open && is_apart(unit, centre)).then_some(part)
    })
}

/// Between two contacts of a circuit.
fn bridge(unit: &Unit, random: &mut Random) -> Option<Part> {
    (0..100).find_map(|_| {
        let circuit = random.pick(&unit.parts);
        let fits = circuit.populated && matches!(circuit.kind, Kind::Dual { .. } | Kind::Quad { .. });
        let pads = crate::package::pads(&circuit.kind);
        let first = random.below(pads.len().max(2) - 1);
        let [a, b] = [pads.get(first)?.centre, pads.get(first + 1)?.centre];
        let centre = circuit.place([(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0]);
        let pitch = ((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1])).sqrt();
        let mut part = Part::new(Kind::Bridge { diameter: pitch + random.range(0.3, 0.7) }, centre, 0);
        part.name = format!("W{}", unit.changes.len() + 1);
        part.shade = random.range(0.7, 1.1) as f32;
        (fits && pitch < 2.0 && is_open(unit, centre, 0.3) && is_apart(unit, centre)).then_some(part)
    })
}

/// True when nothing else was done within some millimetres.
fn is_apart(unit: &Unit, centre: [f64; 2]) -> bool {
    unit.changes.iter().all(|change| (0..2).any(|k| (change.part.centre[k] - centre[k]).abs() > 6.0))
}

/// A new part where the ground is free.
fn free_place(unit: &Unit, kind: Kind, random: &mut Random) -> Option<Part> {
    let [w, h] = unit.board.size_mm;
    (0..4000).find_map(|_| {
        let centre = [random.range(EDGE_MM, w - EDGE_MM), random.range(EDGE_MM, h - EDGE_MM)];
        let mut part = Part::new(kind, centre, random.below(4) as u8);
        part.name = format!("X{}", unit.changes.len() + 1);
        part.marking = vec!["103".to_owned()];
        part.lot = random.next() % 12;
        let free = unit.board.ground.is_free(centre, part.half_place().map(|v| v + 0.5))
            && is_open(unit, centre, kind.extent_mm()[2].min(0.8))
            && is_apart(unit, centre);
        let beside =
            unit.labels.iter().all(|label| (0..2).any(|k| (label.centre[k] - centre[k]).abs() > label.size[0] / 2.0 + 2.0));
        (free && beside).then_some(part)
    })
}
