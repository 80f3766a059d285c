//! One list out of the comparisons with several references.

use super::PairDifferences;
use crate::geometry::{Photo, Point, Rect, Warp};
use crate::vision::Difference;
use crate::vision::order::rising;

/// One reference's map and what differs from it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Against<'a> {
    /// Photo → this reference.
    pub(crate) warp: &'a Warp,
    /// What [`super::compare_pair`] found; `None` when the reference could not be aligned.
    pub(crate) found: Option<&'a PairDifferences>,
    /// Size of the reference in pixels.
    pub(crate) size: (usize, usize),
}

/// Merge the differences from several references into one list, boxes on the first.
///
/// The same place on the photo, different from several references, is one difference. Its score is the mean over the
/// references that saw the place, those that agree there counting as 0: what differs from every good unit outranks
/// what differs from one, which is that unit's own peculiarity. At most `most` are kept; `flagged_from` is the score
/// from which a difference is worth a look.
#[must_use]
pub(crate) fn merge(references: &[Against], most: usize, flagged_from: f64) -> Vec<Difference> {
    let mut merged: Vec<(Difference, f64)> = Vec::new();
    for (number, reference) in references.iter().enumerate() {
        let number = number as u32;
        for difference in reference.found.iter().flat_map(|found| &found.differences) {
            let same = merged.iter_mut().find(|(other, _)| same_place(&other.photo_box, &difference.photo_box));
            if let Some((other, sum)) = same {
                if !other.differs_from.contains(&number) {
                    other.differs_from.push(number);
                    *sum += difference.score;
                }
            } else {
                let mut difference = difference.clone();
                difference.differs_from = vec![number];
                merged.push((difference, 0.0));
                if let Some((difference, sum)) = merged.last_mut() {
                    *sum = difference.score;
                }
            }
        }
    }
    let list = merged.into_iter().filter_map(|(difference, sum)| settle(difference, sum, references, flagged_from)).collect();
    let mut list = rising(list, |difference: &Difference| [-difference.score, difference.photo_box.y, difference.photo_box.x]);
    list.truncate(most);
    list
}

/// Fill in who saw the place, the score over all of them, and the box on the first reference.
fn settle(mut difference: Difference, sum: f64, references: &[Against], flagged_from: f64) -> Option<Difference> {
    let centre = difference.photo_box.centre();
    let numbered = references.iter().enumerate();
    difference.seen_by = numbered.filter(|(_, reference)| sees(reference, centre)).map(|(number, _)| number as u32).collect();
    for number in &difference.differs_from {
        if !difference.seen_by.contains(number) {
            difference.seen_by.push(*number);
        }
    }
    difference.seen_by.sort_unstable();
    difference.score = sum / difference.seen_by.len().max(1) as f64;
    difference.flagged = difference.score >= flagged_from;
    // A box that was found on the first reference lies there already; one from another is carried over by way of the photo.
    if difference.differs_from.first() != Some(&0) {
        let first = references.first()?;
        let whole = Rect::new(0.0, 0.0, first.size.0 as f64, first.size.1 as f64);
        let carried = first.warp.rect_to_reference(&difference.photo_box)?;
        difference.reference_box = carried.intersection(&whole).unwrap_or(carried);
    }
    Some(difference)
}

/// True when a reference was compared at this place of the photo.
fn sees(reference: &Against, place: Point<Photo>) -> bool {
    let Some(found) = reference.found else { return false };
    let p = reference.warp.to_reference(place);
    let inside = p.x >= 0.0 && p.y >= 0.0 && p.x <= reference.size.0 as f64 && p.y <= reference.size.1 as f64;
    inside
        && !found
            .blind_areas
            .iter()
            .any(|area| area.reason != crate::vision::BlindReason::OutOfFrame && area.reference_box.contains(p))
}

/// Two boxes are one place when the centre of either lies in the other, or a third of the smaller is common to both.
fn same_place(a: &Rect<Photo>, b: &Rect<Photo>) -> bool {
    let common = a.common_area(b);
    let (small, large) = (a.area().min(b.area()), a.area().max(b.area()));
    small * 40.0 > large && (common > 0.3 * small || a.contains(b.centre()) || b.contains(a.centre()))
}
