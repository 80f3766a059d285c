//! What several references say together, in words.

use crate::sorted::SortedSet;
use crate::vision::{Comparison, Difference, DifferenceKind, KeptOut, ReferenceResult};

/// What one reference alone can't tell.
pub const ONE_REFERENCE: &str = "Only one reference: what this one unit alone has or lacks looks like a difference of your board. References of other units tell the two apart.";

/// What the references say of each other, a sentence each; the first says how many there are.
#[must_use]
pub fn witnesses(comparison: &Comparison) -> Vec<String> {
    let all = &comparison.references;
    let units = units(all);
    if units < 2 {
        return vec![if all.len() < 2 {
            ONE_REFERENCE.to_owned()
        } else {
            format!("{} references, all of one unit. {ONE_REFERENCE}", all.len())
        }];
    }
    let kept = all.iter().filter(|reference| reference.standing.kept_out.is_none()).count();
    let mut said = vec![match all.len() - kept {
        0 => format!("Judged by {} references of {units} units.", all.len()),
        out => format!("Judged by {kept} of {} references; {out} kept out.", all.len()),
    }];
    for (number, ReferenceResult { standing, .. }) in (1..).zip(all) {
        let places = places(standing.odd_places.len());
        said.extend(match (standing.kept_out, standing.odd_places.len()) {
            (Some(KeptOut::OtherBoard), _) => {
                Some(format!("Reference {number} was kept out: it does not lie on most of the others, so it shows another board or revision."))
            }
            (Some(KeptOut::OddOneOut), _) => {
                Some(format!("Reference {number} was kept out: at {places} it differs from the others. Don't trust it before somebody has looked."))
            }
            (None, 0) => None,
            (None, _) if all.len() == 2 => {
                // Each differs from the other: once is enough.
                (number == 1).then(|| format!("The two references differ from each other at {places}; nobody can tell which of them is odd."))
            }
            (None, _) => Some(format!("Reference {number} differs from most of the others at {places}.")),
        });
    }
    said
}

fn places(count: usize) -> String {
    format!("{count} {}", if count == 1 { "place" } else { "places" })
}

/// How many units the references show; one that nobody named is a unit of its own.
fn units(all: &[ReferenceResult]) -> usize {
    let named: SortedSet<u32> = all.iter().filter_map(|reference| reference.unit).collect();
    named.len() + all.iter().filter(|reference| reference.unit.is_none()).count()
}

/// Which of several references a place differs from, and how usual that is among them; `None` with one reference.
#[must_use]
pub fn among_references(difference: &Difference, references: usize) -> Option<String> {
    if references < 2 {
        return None;
    }
    let (seen, differs) = (difference.seen_by.len(), difference.differs_from.len());
    let agrees = seen.saturating_sub(differs);
    let mut said = match (agrees, difference.kind) {
        _ if differs == 0 => format!("No difference from the {seen} references is sure by itself."),
        (0, _) if seen == 1 => "Only one reference could see this place.".to_owned(),
        (0, _) => format!("Differs from all {seen} references that could see it."),
        (_, DifferenceKind::Missing) => format!("Not populated on {agrees} of {seen} references either."),
        (_, DifferenceKind::Added) => format!("Also there on {agrees} of {seen} references."),
        _ => format!("The same on {agrees} of {seen} references."),
    };
    if let Some(like) = difference.like {
        said += &format!(" It looks like reference {}, which was kept out for this place.", like + 1);
    }
    match difference.spread {
        Some(spread) if spread.differing > 0 => {
            said += &format!(" References differ among themselves here, {} of {} pairs.", spread.differing, spread.pairs);
        }
        _ => {}
    }
    Some(said)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Rect;
    use crate::vision::{DifferenceReason, Spread};

    fn said(kind: DifferenceKind, seen: u32, differs: u32, spread: Option<Spread>, like: Option<u32>) -> String {
        let difference = Difference {
            photo_box: Rect::new(0.0, 0.0, 1.0, 1.0),
            reference_box: Rect::new(0.0, 0.0, 1.0, 1.0),
            score: 0.5,
            kind,
            reason: DifferenceReason::Structure,
            flagged: true,
            seen_by: (0..seen).collect(),
            differs_from: (0..differs).collect(),
            spread,
            like,
        };
        among_references(&difference, seen as usize).unwrap_or_default()
    }

    #[test]
    fn a_variant_is_explained() {
        let spread = Some(Spread { pairs: 21, differing: 12 });
        assert_eq!(
            said(DifferenceKind::Missing, 7, 4, spread, None),
            "Not populated on 3 of 7 references either. References differ among themselves here, 12 of 21 pairs."
        );
        let none = Some(Spread { pairs: 6, differing: 0 });
        assert_eq!(said(DifferenceKind::Added, 4, 4, none, None), "Differs from all 4 references that could see it.");
        assert!(
            said(DifferenceKind::Added, 4, 4, none, Some(4))
                .ends_with("It looks like reference 5, which was kept out for this place.")
        );
        assert_eq!(said(DifferenceKind::Added, 1, 1, None, None), "", "one reference is said once, not at every place");
    }
}
