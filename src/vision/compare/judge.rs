//! What a candidate is: how sure, what kind, and what speaks for it.

use super::rank::Candidate;
use crate::vision::{DifferenceKind, DifferenceReason};

/// How sure, 0 to 1: what the rules make of the evidence, and what the network has `seen` in it, both as
/// logarithms of odds.
///
/// The network knows drawn boards, the rules were made on photographs: together they rank both better than either alone
/// (`docs/method.md` has the figures).
pub(super) fn score(c: &Candidate, seen: f32) -> f32 {
    /// On real and drawn boards as many changes as unchanged places have this much evidence.
    const EVEN: f32 = 25.0;
    const STEEPNESS: f32 = 1.5;
    /// How much the network's word counts.
    const TRUST: f32 = 0.5;
    /// Its surest no, as a logarithm of odds: it has not seen everything that can be done to a board, and of bare
    /// boards hardly anything.
    const SUREST_NO: f32 = -2.0;
    /// Its surest yes; beyond it one number says no more than another.
    const SUREST_YES: f32 = 9.0;
    let by_rules = STEEPNESS * libm::logf(evidence(c).max(1e-3) / EVEN);
    /// A round spot of one colour is an inspector's dot, as a logarithm of odds against it.
    const DOT: f32 = 2.0;
    let by_sight = seen.clamp(SUREST_NO, SUREST_YES);
    let odds = TRUST * by_sight + (1.0 - TRUST) * by_rules - if c.spot { DOT } else { 0.0 };
    1.0 / (1.0 + libm::expf(-odds))
}

/// How far it stands out, less what displacement and tall parts explain, more when its colours are new.
pub(super) fn evidence(c: &Candidate) -> f32 {
    let unexplained = ((0.92 - moved(c)) / 0.5).clamp(0.02, 1.0);
    let new_colours = ((c.novelty[0].max(c.novelty[1]) + 5.0) / 20.0).sqrt();
    c.prior * unexplained * new_colours * libm::expf(-1.5 * c.parallax)
}

/// How well the content of both patches is found on the other picture.
///
/// A plain patch has nothing to be found; then the other one's answer has to do.
fn moved(c: &Candidate) -> f32 {
    /// One patch is plain beside the other when it has this many times less contrast.
    const PLAIN: f32 = 3.0;
    let [photo, reference] = c.contrast.map(|contrast| contrast + 1.0);
    let found = if photo > PLAIN * reference {
        c.there
    } else if reference > PLAIN * photo {
        c.back
    } else {
        c.there.min(c.back)
    };
    found.max(c.here)
}

/// One picture's colours are new when they are this much further from the other's than the other way round.
const CLEARLY: f32 = 1.6;

pub(super) fn kind(c: &Candidate) -> DifferenceKind {
    let [photo, reference] = c.novelty;
    if c.spot {
        return DifferenceKind::Marking;
    }
    if displaced(c) {
        return DifferenceKind::Moved;
    }
    let (structure_photo, structure_reference) = (c.contrast[0] + 1.0, c.contrast[1] + 1.0);
    if photo.max(reference) < 12.0 {
        return if c.contrast[0].min(c.contrast[1]) > 6.0 { DifferenceKind::Marking } else { DifferenceKind::Unclear };
    }
    if structure_photo > CLEARLY * structure_reference || (photo > CLEARLY * reference && structure_photo >= structure_reference)
    {
        DifferenceKind::Added
    } else if structure_reference > CLEARLY * structure_photo
        || (reference > CLEARLY * photo && structure_reference >= structure_photo)
    {
        DifferenceKind::Missing
    } else {
        DifferenceKind::Replaced
    }
}

pub(super) fn reason(c: &Candidate) -> DifferenceReason {
    let [luma, red, blue] = c.apart.map(f32::abs);
    let structure = (c.contrast[0] - c.contrast[1]).abs();
    if displaced(c) {
        DifferenceReason::Displaced
    } else if 2.0 * (red + blue) > luma.max(12.0) {
        DifferenceReason::Colour
    } else if luma > 25.0 && luma > 4.0 * structure {
        DifferenceReason::Brightness
    } else {
        DifferenceReason::Structure
    }
}

/// Both pictures' patches are found on the other, shifted by the same amount in opposite directions.
fn displaced(c: &Candidate) -> bool {
    let [x, y, back_x, back_y] = c.shift;
    let far = x * x + y * y >= 9.0;
    far && c.there > 0.75 && c.back > 0.75 && (x + back_x).abs() <= 2.0 && (y + back_y).abs() <= 2.0
}
