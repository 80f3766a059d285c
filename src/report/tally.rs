//! Several reports and confirmations about one board, added up place by place.
//!
//! Independence is counted carefully: a photo that comes twice is one unit, a name or a key that comes twice is one contributor, and all who
//! give no name count as one.

use super::{Finding, FindingId, Judgement, PublicKey, Report, Seen};
use crate::geometry::{Rect, Reference};
use crate::vision::Sha256;

/// A place of one report is that of another when they share this much of what they cover together.
const SAME_PLACE: f64 = 0.25;
/// Reference pixels around a mark, so that points and lines have a place, too.
const AROUND_PX: f64 = 4.0;

/// A report, and what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// What it says.
    pub report: &'a Report,
    /// Its digest.
    pub digest: Sha256,
    /// The key of a signature that fits.
    pub key: Option<PublicKey>,
}

/// What they say together.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tally {
    /// Units that they speak of.
    pub units: usize,
    /// Contributors that are known to be different ones.
    pub contributors: usize,
    /// The places, those that were seen most often first.
    pub places: Vec<Tallied>,
    /// Reports whose findings lie on another reference, so that they could not be added.
    pub apart: usize,
}

/// A place on the first reference, over all reports.
#[derive(Debug, Clone, PartialEq)]
pub struct Tallied {
    /// Where it is.
    pub area: Rect<Reference>,
    /// As the first report that speaks of it has it.
    pub finding: Finding,
    /// The reports that speak of it, by their places in the list, and the number that it has there.
    pub names: Vec<(usize, FindingId)>,
    /// Units on which it was seen.
    pub seen: usize,
    /// Units that were looked at and are otherwise.
    pub otherwise: usize,
    /// Units of which nobody could tell.
    pub unclear: usize,
    /// Contributors that looked, known to be different ones.
    pub contributors: usize,
}

impl Tallied {
    /// Units that were looked at.
    #[must_use]
    pub const fn units(&self) -> usize {
        self.seen + self.otherwise + self.unclear
    }

    /// Of the units that were looked at, the share on which it was seen, 0 to 1.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.seen as f64 / self.units().max(1) as f64
    }
}

/// What one report says of one place.
struct Vote {
    place: usize,
    unit: usize,
    contributor: usize,
    seen: Seen,
}

impl Tally {
    /// Adds up what these say about the first one's board.
    #[must_use]
    pub fn of(all: &[Said<'_>]) -> Self {
        let first = |said: &Said<'_>| said.report.references.first().map(|note| note.picture);
        let wanted = all.first().and_then(first);
        let here: Vec<(usize, &Said<'_>)> = all.iter().enumerate().filter(|(_, said)| first(said) == wanted).collect();
        let contributors = groups(&here, same_contributor);
        let units = groups(&here, same_unit);
        let count = |of: &[usize]| of.iter().max().map_or(0, |most| most + 1);
        let (places, votes) = votes(&here, &units, &contributors);
        let mut places: Vec<Tallied> = places;
        for (number, place) in places.iter_mut().enumerate() {
            let about: Vec<&Vote> = votes.iter().filter(|vote| vote.place == number).collect();
            for unit in 0..count(&units) {
                match together(about.iter().filter(|vote| vote.unit == unit).map(|vote| vote.seen)) {
                    Some(Seen::Same) => place.seen += 1,
                    Some(Seen::Different) => place.otherwise += 1,
                    Some(Seen::CantTell) => place.unclear += 1,
                    None => {}
                }
            }
            place.contributors =
                (0..count(&contributors)).filter(|who| about.iter().any(|vote| vote.contributor == *who)).count();
        }
        places.sort_by_key(|place| std::cmp::Reverse((place.seen, place.units())));
        Self { units: count(&units), contributors: count(&contributors), places, apart: all.len() - here.len() }
    }
}

/// Gives the members of each group one number, from 0; a group is what `same` ties together, if by way of others.
fn groups(all: &[(usize, &Said<'_>)], same: fn(&Said<'_>, &Said<'_>) -> bool) -> Vec<usize> {
    let mut group: Vec<usize> = (0..all.len()).collect();
    for (one, (_, a)) in all.iter().enumerate() {
        for (two, (_, b)) in all.iter().enumerate().take(one) {
            if same(a, b)
                && let (Some(from), Some(to)) = (group.get(one).copied(), group.get(two).copied())
            {
                group.iter_mut().filter(|number| **number == from).for_each(|number| *number = to);
            }
        }
    }
    let mut known = Vec::new();
    let numbered = group.into_iter().map(|number| {
        known.iter().position(|other| *other == number).unwrap_or_else(|| {
            known.push(number);
            known.len() - 1
        })
    });
    numbered.collect()
}

fn folded(name: &str) -> String {
    name.trim().to_lowercase()
}

fn same_contributor(a: &Said<'_>, b: &Said<'_>) -> bool {
    let names = [a, b].map(|said| folded(&said.report.contributor));
    let keys = a.key.is_some() && a.key == b.key;
    let nameless = |said: &Said<'_>, name: &String| name.is_empty() && said.key.is_none();
    let [one, two] = &names;
    keys || (!one.is_empty() && one == two) || (nameless(a, one) && nameless(b, two))
}

fn same_unit(a: &Said<'_>, b: &Said<'_>) -> bool {
    let names = [a, b].map(|said| folded(&said.report.unit));
    let named = !names.iter().any(String::is_empty);
    let [one, two] = &names;
    a.report.photo.sha256 == b.report.photo.sha256 || (named && one == two && same_contributor(a, b))
}

/// What is said of one unit; who says both can't tell.
fn together(said: impl Iterator<Item = Seen>) -> Option<Seen> {
    said.reduce(|one, two| match (one, two) {
        (Seen::CantTell, other) | (other, Seen::CantTell) => other,
        (one, two) if one == two => one,
        _ => Seen::CantTell,
    })
}

/// The places of all reports, and what each says of them.
fn votes(here: &[(usize, &Said<'_>)], units: &[usize], contributors: &[usize]) -> (Vec<Tallied>, Vec<Vote>) {
    let mut places: Vec<Tallied> = Vec::new();
    let mut votes = Vec::new();
    let mut vote = |row: usize, place: usize, seen| {
        if let (Some(unit), Some(contributor)) = (units.get(row), contributors.get(row)) {
            votes.push(Vote { place, unit: *unit, contributor: *contributor, seen });
        }
    };
    let sighting = |said: &Said<'_>, id| {
        let places = said.report.answer.iter().flat_map(|answer| &answer.places);
        places.clone().find(|place| place.finding == id).map(|place| place.seen)
    };
    for (row, (name, said)) in here.iter().enumerate() {
        let own: Vec<&Finding> = said.report.findings.iter().filter(|finding| sighting(said, finding.id).is_none()).collect();
        for (finding, place) in put(&mut places, *name, &own) {
            // A suspicion that its own sender has refuted was not seen.
            vote(row, place, if finding.judgement == Judgement::Refuted { Seen::Different } else { Seen::Same });
        }
    }
    for (row, (name, said)) in here.iter().enumerate() {
        let Some(answer) = &said.report.answer else { continue };
        let asked = here.iter().find(|(_, other)| other.digest == answer.report).map(|(asked, _)| *asked);
        let mut unknown = Vec::new();
        for seen in &answer.places {
            let id = seen.finding;
            let known = places.iter().position(|place| asked.is_some_and(|asked| place.names.contains(&(asked, id))));
            match (known, said.report.findings.iter().find(|finding| finding.id == id)) {
                (Some(known), _) => {
                    places.iter_mut().skip(known).take(1).for_each(|place| place.names.push((*name, id)));
                    vote(row, known, seen.seen);
                }
                // Without the report that is answered, its own copy says where the place is.
                (None, Some(copy)) => unknown.push(copy),
                (None, None) => {}
            }
        }
        for (finding, place) in put(&mut places, *name, &unknown) {
            if let Some(seen) = sighting(said, finding.id) {
                vote(row, place, seen);
            }
        }
    }
    (places, votes)
}

/// Puts the findings of a report to places where others have one, the most alike first, or to new ones; each of them has a place of its own.
fn put<'a>(places: &mut Vec<Tallied>, report: usize, findings: &[&'a Finding]) -> Vec<(&'a Finding, usize)> {
    let areas: Vec<(&Finding, Rect<Reference>)> =
        findings.iter().filter_map(|finding| Some((*finding, finding.bounds()?.grown(AROUND_PX)))).collect();
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (row, (_, area)) in areas.iter().enumerate() {
        let near = places.iter().enumerate().map(|(number, place)| (shared(&place.area, area), row, number));
        pairs.extend(near.filter(|(shared, ..)| *shared >= SAME_PLACE));
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut put: Vec<Option<usize>> = vec![None; areas.len()];
    for (_, row, number) in pairs {
        let free = places.get(number).is_some_and(|place| place.names.iter().all(|(other, _)| *other != report));
        if let (true, Some(row), Some((finding, _)), Some(place)) =
            (free, put.get_mut(row).filter(|place| place.is_none()), areas.get(row), places.get_mut(number))
        {
            place.names.push((report, finding.id));
            *row = Some(number);
        }
    }
    let mut all = Vec::with_capacity(areas.len());
    for ((finding, area), known) in areas.into_iter().zip(put) {
        let number = known.unwrap_or_else(|| {
            let (names, finding) = (vec![(report, finding.id)], finding.clone());
            places.push(Tallied { area, finding, names, seen: 0, otherwise: 0, unclear: 0, contributors: 0 });
            places.len() - 1
        });
        all.push((finding, number));
    }
    all
}

/// Intersection over union.
fn shared(a: &Rect<Reference>, b: &Rect<Reference>) -> f64 {
    let common = a.intersection(b).map_or(0.0, |common| common.area());
    common / (a.area() + b.area() - common).max(f64::MIN_POSITIVE)
}
