//! One judgement out of many references.
//!
//! Good units of a board differ among themselves: labels, date codes, a footprint that not all of them have filled. So the photo is
//! compared with every reference, the references with one another, and a difference counts by how much more unusual it is than what good
//! units show at that place. The same question, asked of each reference with the others as its references (leave one out), finds the one
//! that does not belong: of another board or revision, or with a part that no other unit has.
//!
//! `crossing` compares the references with one another, `frame` knows where a place lies on each picture, `places` gathers what differs
//! there, `standing` says what the references think of each other.

mod crossing;
mod frame;
mod places;
mod standing;
#[cfg(test)]
mod tests;

pub(super) use crossing::{Crossing, cross};

use super::compare::PairDifferences;
use super::{Alignment, Difference, ExamineConfig, PictureFacts, Reason, Standing, Verdict};
use crate::geometry::Warp;
use frame::Frame;
use places::Places;

/// How many references become one judgement.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct ConsensusConfig {
    /// References that are compared with one another, at most, the first ones: pairs grow with the square of it, and from five units
    /// on one more changes little.
    pub most_crossed: usize,
    /// Differences of a pair that take part: many more than are listed, because what is not among them counts as agreement.
    pub most_of_pair: usize,
    /// How much of what good units usually differ by at a place is taken from the photo's difference there.
    pub usual_counts: f64,
    /// What is left of a difference that is as usual as can be: it stays in the list, with its explanation.
    pub usual_keeps: f64,
    /// Score from which a difference from several units is worth a look. More units agree on what they see: at this line they have as many
    /// changes as one unit at its own, and a fifth of its false alarms.
    pub flagged_from: f64,
    /// Score from which a place where one reference differs from all others is held against it: inspectors' dots on good units reach 0.62
    /// on drawn boards, added parts have 0.7 and more.
    pub odd_from: f64,
}

impl Default for ConsensusConfig {
    fn default() -> Self {
        Self { most_crossed: 6, most_of_pair: 150, usual_counts: 1.0, usual_keeps: 0.2, flagged_from: 0.5, odd_from: 0.65 }
    }
}

/// One picture laid on another, and what differs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair<'a> {
    /// Number of the picture that was laid on the other; references count from 0, the photo comes after them.
    pub(super) laid: usize,
    /// Number of the other, a reference.
    pub(super) on: usize,
    /// How it lies there.
    pub(super) alignment: &'a Alignment,
    /// The map; `None` when it was refused.
    pub(super) warp: Option<&'a Warp>,
    /// What differs; `None` when it was refused.
    pub(super) found: Option<&'a PairDifferences>,
}

/// Everything that is known of a photo and its references.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a> {
    /// Every pair that was tried: the photo on each reference, and references on later ones.
    pub(super) pairs: &'a [Pair<'a>],
    /// Width and height of each reference and then of the photo, in pixels.
    pub(super) sizes: &'a [(f64, f64)],
    /// The unit that each reference shows; one that nobody named is a unit of its own.
    pub(super) units: &'a [Option<u32>],
}

/// The photo's differences, surest first, boxes on the first reference; and what the references say of each other, one for each.
#[must_use]
pub(super) fn judge(
    record: &Record,
    config: &ConsensusConfig,
    most: usize,
    flagged_from: f64,
) -> (Vec<Difference>, Vec<Standing>) {
    let frame = Frame::of(record);
    let places = Places::all(record, &frame, config, flagged_from);
    let (kept, standings) = standing::of_each(&places);
    let mut differences = places.of(record.units.len(), &kept);
    standing::like_the_odd_ones(&places, &kept, &standings, &mut differences);
    let mut differences = places::surest_first(differences);
    differences.truncate(most);
    (differences, standings)
}

/// What references say of each other, where there is no photo. Places lie on the one that most of the others lie on, which takes the first
/// one's part: when that one is of another board, the others are judged all the same.
#[must_use]
pub(super) fn standings(pictures: &[PictureFacts], crossings: &[Crossing], config: &ExamineConfig) -> Vec<Standing> {
    let friends = |one: usize| {
        crossings.iter().filter(|crossing| (crossing.laid == one || crossing.on == one) && crossing.warp.is_some()).count()
    };
    let hub = (0..pictures.len()).reduce(|a, b| if friends(b) > friends(a) { b } else { a }).unwrap_or(0);
    let placed = |number: usize| match number {
        0 => hub,
        number if number == hub => 0,
        number => number,
    };
    let pair = |crossing| {
        let pair = Crossing::pair(crossing);
        Pair { laid: placed(pair.laid), on: placed(pair.on), ..pair }
    };
    let pairs: Vec<Pair> = crossings.iter().map(pair).collect();
    let mut sizes: Vec<(f64, f64)> = pictures.iter().map(PictureFacts::size).collect();
    let mut units: Vec<Option<u32>> = (0..pictures.len()).map(|place| config.units.get(place).copied().flatten()).collect();
    if hub > 0 {
        sizes.swap(0, hub);
        units.swap(0, hub);
    }
    let record = Record { pairs: &pairs, sizes: &sizes, units: &units };
    let mut standings = judge(&record, &config.consensus, 0, config.compare.flagged_from).1;
    if hub > 0 {
        standings.swap(0, hub);
    }
    standings
}

/// True when two pictures are of one board in one revision, as far as laying one on the other tells.
fn fits(alignment: &Alignment) -> bool {
    match alignment.verdict {
        Verdict::Aligned => true,
        Verdict::Doubtful => alignment.reason != Reason::PartlyAgrees,
        Verdict::Refused => false,
    }
}
