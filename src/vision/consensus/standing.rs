//! What the references say of each other.

use super::fits;
use super::places::{Places, same_place, surest_first};
use crate::vision::{Difference, KeptOut, Standing};

/// Odd places listed of one reference, at most.
const MOST_PLACES: usize = 10;

/// The references that take part in the judgement, and what is said of each.
///
/// A reference is kept out when most of the others show another board, or when it has what no other unit has. Those that stay are always
/// more than half of the units: otherwise nobody can say which are the odd ones, as with two that differ.
pub(super) fn of_each(places: &Places) -> (Vec<usize>, Vec<Standing>) {
    let count = places.record.units.len();
    let mut standings = vec![Standing::default(); count];
    let mut kept: Vec<usize> = (0..count).collect();
    for stranger in strangers(places) {
        kept.retain(|other| *other != stranger);
        standings[stranger].kept_out = Some(KeptOut::OtherBoard);
    }
    loop {
        for &reference in &kept {
            standings[reference].odd_places = odd_places(places, reference, &kept);
        }
        let surest = |reference: usize| standings[reference].odd_places.first().map_or(0.0, |place| place.score);
        let Some(odd) = kept.iter().copied().reduce(|a, b| if surest(b) > surest(a) { b } else { a }) else { break };
        let others: Vec<usize> = kept.iter().copied().filter(|other| *other != odd).collect();
        if surest(odd) < places.config.odd_from || 2 * places.units(others.iter().copied()) <= places.units(0..count) {
            break;
        }
        standings[odd].kept_out = Some(KeptOut::OddOneOut);
        kept = others;
    }
    (kept, standings)
}

/// References that do not lie on the one that most others lie on.
fn strangers(places: &Places) -> Vec<usize> {
    let count = places.record.units.len();
    let fit =
        |one: usize, other: usize| one == other || places.pair(one, other).is_none_or(|(pair, _)| fits(pair.pair.alignment));
    let friends = |one: usize| (0..count).filter(|other| fit(one, *other)).count();
    let hub = (0..count).reduce(|a, b| if friends(b) > friends(a) { b } else { a });
    let Some(hub) = hub.filter(|hub| 2 * friends(*hub) > count) else { return Vec::new() };
    (0..count).filter(|other| !fit(hub, *other)).collect()
}

/// Where a reference differs from more than half of the units of the others, worth a look, surest first.
fn odd_places(places: &Places, reference: usize, kept: &[usize]) -> Vec<Difference> {
    let others: Vec<usize> = kept.iter().copied().filter(|other| places.unit(*other) != places.unit(reference)).collect();
    let units = |numbers: &[u32]| places.units(numbers.iter().map(|number| *number as usize));
    let mut odd = places.of(reference, &others);
    // Where one of many sees the place alone, it is its word against one.
    let enough = places.units(others.iter().copied()).min(2);
    odd.retain(|place| {
        place.flagged && units(&place.seen_by) >= enough && 2 * units(&place.differs_from) > units(&place.seen_by)
    });
    let mut odd = surest_first(odd);
    odd.truncate(MOST_PLACES);
    odd
}

/// Where the photo looks like a reference that was kept out: what was held against that one holds against the photo, even where it is too
/// weak to be seen between the photo and each of the others.
pub(super) fn like_the_odd_ones(places: &Places, kept: &[usize], standings: &[Standing], differences: &mut Vec<Difference>) {
    let photo = places.record.units.len();
    for (reference, standing) in standings.iter().enumerate() {
        let Some((pair, _)) = places.pair(photo, reference) else { continue };
        let held = standing.odd_places.iter().filter(|odd| odd.score >= places.config.odd_from);
        for odd in held.filter(|_| standing.kept_out == Some(KeptOut::OddOneOut)) {
            let (place, middle) = (&odd.reference_box, odd.reference_box.centre());
            let (apart, like) = (pair.score(place), Some(reference as u32));
            if !places.sees(pair, middle) {
                continue;
            }
            let listed = differences.iter_mut().find(|listed| same_place(&listed.reference_box, place));
            if let Some(listed) = listed {
                // Nearer to the odd one than to the others.
                if 2.0 * apart < listed.score {
                    let score = listed.score.max(places.config.flagged_from);
                    (listed.score, listed.flagged, listed.like) = (score, true, like);
                }
            } else if let Some(photo_box) = places.frame.on_photo(place).filter(|_| apart == 0.0) {
                let seen = |other: &&usize| places.pair(photo, **other).is_some_and(|(pair, _)| places.sees(pair, middle));
                let seen_by = kept.iter().filter(seen).map(|other| *other as u32).collect();
                let (score, differs_from) = (places.config.flagged_from, Vec::new());
                differences.push(Difference { photo_box, score, flagged: true, seen_by, differs_from, like, ..odd.clone() });
            }
        }
    }
}
