//! What a board's design says of places, in words, for the screen, the report and the terminal alike.

use crate::design::{CheckedPart, DesignCheck, Placed, Says};
use crate::vision::DifferenceKind;

/// `R12 (10k, R_0603, RC0603FR-0710KL)`: a part, and its line of the bill of materials.
#[must_use]
pub fn part_named(name: &str, about: &str) -> String {
    if about.is_empty() { name.to_owned() } else { format!("{name} ({about})") }
}

/// Of a place where these parts belong; `gone` where something is missing there.
#[must_use]
pub fn here_belongs(parts: &[String], gone: bool) -> String {
    let names = parts.join(", ");
    if gone { format!("Here belongs {names}: placed in the design, but not seen.") } else { format!("Here belongs {names}.") }
}

/// Of the place of a part that is left out.
#[must_use]
pub fn not_fitted(part: &str) -> String {
    format!("{part} is not fitted in this variant of the board.")
}

/// Of a place where the design has nothing; with the nearest part and the millimetres to it.
#[must_use]
pub fn nothing_placed(nearest: Option<(String, f64)>) -> String {
    match nearest {
        None => "Nothing is placed here in the design.".to_owned(),
        Some((part, mm)) => format!("Nothing is placed here in the design; {mm:.1} mm away is {part}."),
    }
}

/// What the design says of the difference at this place of the list; `None` where it was not asked.
#[must_use]
pub fn design_says(check: &DesignCheck, place: usize, kind: DifferenceKind) -> Option<String> {
    let Says { placed, parts, mm } = check.places.get(place)?;
    let mut names: Vec<String> = parts.iter().filter_map(|number| check.part(*number)).map(of_part).collect();
    Some(match placed {
        Placed::Parts => here_belongs(&names, kind == DifferenceKind::Missing),
        Placed::NotFitted => not_fitted(&names.pop()?),
        Placed::Nothing => nothing_placed(names.pop().map(|name| (name, *mm))),
    })
}

/// A part with its line of the bill of materials.
#[must_use]
pub fn of_part(part: &CheckedPart) -> String {
    part_named(&part.name, &part.about)
}

/// The designator that names a finding about the difference at this place; empty where no part belongs there.
#[must_use]
pub fn designator_of(check: &DesignCheck, place: usize) -> &str {
    let says = check.places.get(place).filter(|says| says.placed != Placed::Nothing);
    let number = says.and_then(|says| says.parts.first().copied());
    number.and_then(|number| check.part(number)).map_or("", |part| &part.name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geometry::Rect;
    use crate::vision::{Residual, Verdict};

    #[test]
    fn every_place_has_its_sentence() {
        let part = |name: &str, about: &str| CheckedPart {
            name: name.to_owned(),
            about: about.to_owned(),
            reference_box: Rect::new(0.0, 0.0, 1.0, 1.0),
        };
        let says = |placed, parts, mm| Says { placed, parts, mm };
        let check = DesignCheck {
            verdict: Verdict::Aligned,
            looked_for: 20,
            agreed: 0.9,
            residual_mm: Residual { median: 0.05, p95: 0.1 },
            parts: vec![part("R12", "10k"), part("C7", "")],
            places: vec![
                says(Placed::Parts, vec![1, 0], 0.0),
                says(Placed::NotFitted, vec![0], 0.0),
                says(Placed::Nothing, vec![1], 1.26),
                says(Placed::Nothing, Vec::new(), 0.0),
            ],
        };
        let said = |place, kind| design_says(&check, place, kind).unwrap();
        assert_eq!(said(0, DifferenceKind::Replaced), "Here belongs C7, R12 (10k).");
        assert_eq!(said(0, DifferenceKind::Missing), "Here belongs C7, R12 (10k): placed in the design, but not seen.");
        assert_eq!(said(1, DifferenceKind::Added), "R12 (10k) is not fitted in this variant of the board.");
        assert_eq!(said(2, DifferenceKind::Added), "Nothing is placed here in the design; 1.3 mm away is C7.");
        assert_eq!(said(3, DifferenceKind::Added), "Nothing is placed here in the design.");
        assert_eq!(design_says(&check, 4, DifferenceKind::Added), None);
        assert_eq!([0, 1, 2, 9].map(|place| designator_of(&check, place)), ["C7", "R12", "", ""]);
    }
}
