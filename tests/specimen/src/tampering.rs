//! What somebody may have done to a unit.

use crate::part::{ChipFamily, ChipSize, Kind, Part};
use crate::random::Random;
use crate::unit::Unit;

/// A change that the truth tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tampering {
    /// A 0603 part where the board has none, soldered to its own two pads.
    Added,
    /// A part on a footprint that the product leaves empty.
    Filled,
    /// A small part taken away; its pads stay.
    Missing,
    /// An integrated circuit of another maker, in the same package.
    Swapped,
    /// An integrated circuit turned by half a turn.
    Rotated,
}

impl Tampering {
    /// The word for it in manifests.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "implant0603",
            Self::Filled => "filled",
            Self::Missing => "missing",
            Self::Swapped => "swapped",
            Self::Rotated => "rotated",
        }
    }

    /// What a comparison should call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Added | Self::Filled => "added",
            Self::Missing => "missing",
            Self::Swapped => "changed",
            Self::Rotated => "moved",
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
        Tampering::Added => free_place(unit, &mut random).inspect(|part| unit.parts.push(part.clone())),
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

/// A new 0603 capacitor or resistor where the ground is free.
fn free_place(unit: &Unit, random: &mut Random) -> Option<Part> {
    let [w, h] = unit.board.size_mm;
    let family = *random.pick(&[ChipFamily::Capacitor, ChipFamily::Capacitor, ChipFamily::Resistor]);
    (0..4000).find_map(|_| {
        let centre = [random.range(EDGE_MM, w - EDGE_MM), random.range(EDGE_MM, h - EDGE_MM)];
        let mut part = Part::new(Kind::Chip(ChipSize::C0603, family), centre, random.below(4) as u8);
        part.name = format!("X{}", unit.changes.len() + 1);
        part.marking = vec!["103".to_owned()];
        part.lot = random.next() % 12;
        let free = unit.board.ground.is_free(centre, part.half_place().map(|v| v + 0.5)) && is_open(unit, centre, 0.8);
        let beside =
            unit.labels.iter().all(|label| (0..2).any(|k| (label.centre[k] - centre[k]).abs() > label.size[0] / 2.0 + 2.0));
        (free && beside).then_some(part)
    })
}
