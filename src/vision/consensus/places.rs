//! Places where one picture differs from others, and how usual that is.

use super::frame::Frame;
use super::{ConsensusConfig, Pair, Record};
use crate::geometry::{Point, Rect, Reference};
use crate::vision::order::rising;
use crate::vision::{BlindReason, Difference, DifferenceKind, Spread};

/// Looks at places.
pub(super) struct Places<'a> {
    pub(super) record: &'a Record<'a>,
    pub(super) frame: &'a Frame<'a>,
    pub(super) config: &'a ConsensusConfig,
    /// Score from which a difference from a single unit is worth a look.
    pub(super) flagged_from: f64,
    placed: Vec<Placed<'a>>,
}

/// A pair, and where its differences are on the first reference.
pub(super) struct Placed<'a> {
    pub(super) pair: &'a Pair<'a>,
    differences: Vec<(Rect<Reference>, &'a Difference)>,
}

impl Placed<'_> {
    /// The surest difference at a place; 0 when there is none.
    pub(super) fn score(&self, place: &Rect<Reference>) -> f64 {
        let there = self.differences.iter().filter(|(area, _)| same_place(area, place));
        there.map(|(_, difference)| difference.score).fold(0.0, f64::max)
    }
}

/// How one picture differs from another at a place.
struct Said {
    other: usize,
    score: f64,
}

impl<'a> Places<'a> {
    pub(super) fn all(record: &'a Record<'a>, frame: &'a Frame<'a>, config: &'a ConsensusConfig, flagged_from: f64) -> Self {
        let photo = record.units.len();
        let whole =
            record.sizes.first().map_or(Rect::new(0.0, 0.0, 0.0, 0.0), |(width, height)| Rect::new(0.0, 0.0, *width, *height));
        // By the picture that lies on the first reference itself, where one of the two does.
        let area = |pair: &Pair, difference: &Difference| {
            let carried = match pair.laid {
                _ if pair.on == 0 => difference.reference_box,
                laid if laid == 0 || laid == photo => frame.from(laid, &difference.photo_box)?,
                _ => frame.from(pair.on, &difference.reference_box)?,
            };
            Some(carried.intersection(&whole).unwrap_or(carried))
        };
        let placed = |pair: &'a Pair<'a>| {
            let differences = pair.found.iter().flat_map(|found| &found.differences);
            Placed {
                pair,
                differences: differences.filter_map(|difference| Some((area(pair, difference)?, difference))).collect(),
            }
        };
        Self { record, frame, config, flagged_from, placed: record.pairs.iter().map(placed).collect() }
    }

    /// Where `subject` differs from `others`, in no order: `photo_box` on the subject, `reference_box` on the first reference.
    ///
    /// The same place, different from several, is one difference. Its score is the quadratic mean over the units that saw the place, those that
    /// agree there counting as 0, less what is usual among `others`: what differs from every good unit outranks what differs from one,
    /// which is that unit's own peculiarity. (On 39 photos of drawn boards the arithmetic mean finds 20 of 31 changes with two false alarms
    /// on unchanged ones, the median with four, the quadratic mean with none, the surest reference alone with one or more.)
    pub(super) fn of(&self, subject: usize, others: &[usize]) -> Vec<Difference> {
        let mut gathered: Vec<Difference> = Vec::new();
        for &other in others {
            let Some((pair, is_laid)) = self.pair(subject, other) else { continue };
            for (place, difference) in &pair.differences {
                // In the order of the references: the first one's box is the one to show.
                if !gathered.iter().any(|old| same_place(&old.reference_box, place)) {
                    gathered.push(turned(difference, *place, is_laid));
                }
            }
        }
        gathered.into_iter().filter_map(|difference| self.weighed(difference, subject, others)).collect()
    }

    /// Fills in who saw the place, who differs there, and how unusual that is; `None` when nobody saw it.
    fn weighed(&self, mut difference: Difference, subject: usize, others: &[usize]) -> Option<Difference> {
        let place = difference.reference_box;
        let said = self.said(&place, subject, others);
        let told = self.mean_over_units(&said)?;
        let units = self.units(said.iter().map(|said| said.other));
        let flagged_from = if units > 1 { self.config.flagged_from } else { self.flagged_from };
        let (usual, spread) = self.usual(&place, subject, others);
        let left = (told - self.config.usual_counts * usual).max(self.config.usual_keeps * told);
        difference.score = left;
        difference.flagged = left >= flagged_from;
        difference.seen_by = said.iter().map(|said| said.other as u32).collect();
        difference.differs_from = said.iter().filter(|said| said.score > 0.0).map(|said| said.other as u32).collect();
        difference.spread = spread;
        Some(difference)
    }

    /// What each of `others` that sees the place says of `subject` there; 0 where they agree.
    fn said(&self, place: &Rect<Reference>, subject: usize, others: &[usize]) -> Vec<Said> {
        let say = |&other: &usize| {
            let (pair, _) = self.pair(subject, other)?;
            let score = pair.score(place);
            (score > 0.0 || self.sees(pair, place.centre())).then_some(Said { other, score })
        };
        others.iter().filter(|other| **other != subject).filter_map(say).collect()
    }

    /// The quadratic mean; pictures of one unit are one witness. `None` when there is none.
    fn mean_over_units(&self, said: &[Said]) -> Option<f64> {
        let (mut sum, mut units) = (0.0, 0.0);
        for (number, one) in said.iter().enumerate() {
            let is_same = |other: &&Said| self.unit(other.other) == self.unit(one.other);
            if said.iter().take(number).any(|earlier| is_same(&earlier)) {
                continue;
            }
            let (total, count) = said
                .iter()
                .filter(is_same)
                .fold((0.0, 0.0), |(total, count), said| (total + said.score * said.score, count + 1.0));
            (sum, units) = (sum + total / count, units + 1.0);
        }
        (units > 0.0).then(|| (sum / units).sqrt())
    }

    /// By how much a reference usually differs from the others at a place (the median over references), and among how many pairs.
    fn usual(&self, place: &Rect<Reference>, subject: usize, others: &[usize]) -> (f64, Option<Spread>) {
        let mut spread = Spread { pairs: 0, differing: 0 };
        let mut told = Vec::new();
        for (number, &reference) in others.iter().enumerate().filter(|(_, reference)| **reference != subject) {
            let said = self.said(place, reference, others);
            told.extend(self.mean_over_units(&said));
            let later = others.get(number..).unwrap_or_default();
            for said in said.iter().filter(|said| later.contains(&said.other) && said.other != subject) {
                spread.pairs += 1;
                spread.differing += u32::from(said.score > 0.0);
            }
        }
        told.sort_by(f64::total_cmp);
        // Of an even number the smaller one: what only half of the references show is not usual.
        let median = told.get(told.len().saturating_sub(1) / 2).copied().unwrap_or(0.0);
        // One pair is half a rule: two good units may differ where all others are alike.
        let known = f64::from(spread.pairs) / f64::from(spread.pairs + 1);
        (median * known, (spread.pairs > 0).then_some(spread))
    }

    /// True when both pictures of a pair show the place, and it was compared.
    pub(super) fn sees(&self, Placed { pair, .. }: &Placed, place: Point<Reference>) -> bool {
        let Some(found) = pair.found else { return false };
        let (Some(on), Some(_)) = (self.frame.on(pair.on, place), self.frame.on(pair.laid, place)) else { return false };
        let hides = |reason: BlindReason| reason != BlindReason::OutOfFrame;
        !found.blind_areas.iter().any(|area| hides(area.reason) && area.reference_box.contains(on))
    }

    /// The pair of two pictures, and whether the first of them was laid on the other; `None` when they were not compared.
    pub(super) fn pair(&self, one: usize, other: usize) -> Option<(&Placed<'a>, bool)> {
        let is = |placed: &&Placed| {
            let Pair { laid, on, .. } = *placed.pair;
            (laid, on) == (one, other) || (laid, on) == (other, one)
        };
        self.placed.iter().find(is).map(|placed| (placed, placed.pair.laid == one))
    }

    /// The unit that a picture shows; one that nobody named is a unit of its own.
    pub(super) fn unit(&self, picture: usize) -> (Option<u32>, usize) {
        let named = self.record.units.get(picture).copied().flatten();
        (named, if named.is_some() { 0 } else { picture })
    }

    /// How many units these references show.
    pub(super) fn units(&self, references: impl IntoIterator<Item = usize>) -> usize {
        let mut units = Vec::new();
        for unit in references.into_iter().map(|reference| self.unit(reference)) {
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        units.len()
    }
}

/// A pair's difference as one of its subject, which was laid on the other picture or lay under it.
fn turned(difference: &Difference, reference_box: Rect<Reference>, is_laid: bool) -> Difference {
    let mut turned = Difference { reference_box, ..difference.clone() };
    if !is_laid {
        let Rect { x, y, w, h, .. } = difference.reference_box;
        turned.photo_box = Rect::new(x, y, w, h);
        turned.kind = match difference.kind {
            DifferenceKind::Added => DifferenceKind::Missing,
            DifferenceKind::Missing => DifferenceKind::Added,
            kind => kind,
        };
    }
    turned
}

/// Two boxes are one place when the centre of either lies in the other, or a third of the smaller is common to both, unless one is a speck
/// beside the other.
pub(super) fn same_place(a: &Rect<Reference>, b: &Rect<Reference>) -> bool {
    let (small, large) = (a.area().min(b.area()), a.area().max(b.area()));
    small * 40.0 > large && (a.common_area(b) > 0.3 * small || a.contains(b.centre()) || b.contains(a.centre()))
}

pub(super) fn surest_first(differences: Vec<Difference>) -> Vec<Difference> {
    rising(differences, |difference| [-difference.score, difference.photo_box.y, difference.photo_box.x])
}
