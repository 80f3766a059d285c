//! Several reports and confirmations about one board, added up place by place.
//!
//! What can't be known to be another one counts once: a photo that comes twice is one unit, and so is what one contributor calls the same or
//! does not name; a name or a key that comes twice is one contributor, and all who give no name are one.

use super::{Finding, FindingId, FindingKind, Judgement, PublicKey, Report, Seen};
use crate::geometry::{Rect, Reference};
use crate::vision::{Sha256, rising};

/// A place of one report is that of another when they share this much of what they cover together.
const SAME_PLACE: f64 = 0.25;
/// Reference pixels around a mark, so that points and lines have a place, too.
const AROUND_PX: f64 = 4.0;
/// Places that are told apart: nobody looks at more, and a made-up pile of reports is added up in a moment.
const MOST_PLACES: usize = 2_000;

/// A report, and what is known of it.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// What it says.
    pub report: &'a Report,
    /// Its digest.
    pub digest: Sha256,
    /// Name and key of a signature that fits.
    pub signer: Option<(&'a str, PublicKey)>,
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

    /// Of the units of which it could be told, the share on which it was seen, 0 to 1; `None` when there are none.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        let told = self.seen + self.otherwise;
        (told > 0).then(|| self.seen as f64 / told as f64)
    }
}

/// What one report says of a place.
struct Vote {
    unit: usize,
    contributor: usize,
    seen: Seen,
}

impl Tally {
    /// Adds up what these say about the first one's board. In which order they come makes no difference.
    #[must_use]
    pub fn of(all: &[Said<'_>]) -> Self {
        let first = |said: &Said<'_>| said.report.references.first().map(|note| note.picture);
        let wanted = all.first().and_then(first);
        let here: Vec<(usize, &Said<'_>)> = all.iter().enumerate().filter(|(_, said)| first(said) == wanted).collect();
        // By their digests, of which six bytes at a time fit into a number.
        let part = |said: &Said<'_>, k: usize| {
            said.digest.0.iter().skip(6 * k).take(6).fold(0.0, |sum, byte| 256.0 * sum + f64::from(*byte))
        };
        let here = rising(here, |(_, said)| [0, 1, 2].map(|k| part(said, k)));
        let contributors = groups(&here, same_contributor);
        let units = groups(&here, same_unit);
        let count = |of: &[usize]| of.iter().max().map_or(0, |most| most + 1);
        let (mut places, votes) = votes(&here, &units, &contributors);
        for (place, votes) in places.iter_mut().zip(votes) {
            let mut by_unit: Vec<(usize, Seen)> = Vec::new();
            let mut who: Vec<usize> = Vec::new();
            for vote in &votes {
                match by_unit.iter_mut().find(|(unit, _)| *unit == vote.unit) {
                    Some((_, seen)) => *seen = together(*seen, vote.seen),
                    None => by_unit.push((vote.unit, vote.seen)),
                }
                if !who.contains(&vote.contributor) {
                    who.push(vote.contributor);
                }
            }
            let of = |wanted| by_unit.iter().filter(|(_, seen)| *seen == wanted).count();
            (place.seen, place.otherwise, place.unclear) = (of(Seen::Same), of(Seen::Different), of(Seen::CantTell));
            place.contributors = who.len();
        }
        let places = rising(places, |place| [-(place.seen as f64), -(place.units() as f64), 0.0]);
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

/// Who speaks: the name on the report, or else on its signature.
fn name(said: &Said<'_>) -> String {
    let signer = said.signer.map_or("", |(name, _)| name);
    let own = folded(&said.report.contributor);
    if own.is_empty() { folded(signer) } else { own }
}

fn same_contributor(a: &Said<'_>, b: &Said<'_>) -> bool {
    let key = |said: &Said<'_>| said.signer.map(|(_, key)| key);
    (key(a).is_some() && key(a) == key(b)) || name(a) == name(b)
}

/// One photo is one unit, and so is what one contributor calls the same, or does not name.
fn same_unit(a: &Said<'_>, b: &Said<'_>) -> bool {
    a.report.photo.sha256 == b.report.photo.sha256 || (folded(&a.report.unit) == folded(&b.report.unit) && same_contributor(a, b))
}

/// What is said of one unit; who says both can't tell.
const fn together(one: Seen, two: Seen) -> Seen {
    match (one, two) {
        (Seen::CantTell, other) | (other, Seen::CantTell) => other,
        (Seen::Same, Seen::Same) => Seen::Same,
        (Seen::Different, Seen::Different) => Seen::Different,
        (Seen::Same, Seen::Different) | (Seen::Different, Seen::Same) => Seen::CantTell,
    }
}

/// What an answer says of the finding itself: the same as what its own sender has refuted is that it is not there.
const fn of_finding(seen: Seen, asked: Judgement) -> Seen {
    match (seen, asked) {
        (Seen::Same, Judgement::Refuted) => Seen::Different,
        (Seen::Different, Judgement::Refuted) => Seen::CantTell,
        (seen, _) => seen,
    }
}

/// The places as they are put together.
#[derive(Default)]
struct Places {
    all: Vec<Tallied>,
    /// Of each report, its numbers and their places.
    names: Vec<Vec<(FindingId, usize)>>,
    votes: Vec<Vec<Vote>>,
}

/// What a report says for itself.
fn own(report: &Report) -> Vec<&Finding> {
    report.findings.iter().filter(|finding| !report.is_answered(finding.id)).collect()
}

/// The places of all reports, and what each says of them.
fn votes(here: &[(usize, &Said<'_>)], units: &[usize], contributors: &[usize]) -> (Vec<Tallied>, Vec<Vec<Vote>>) {
    let mut places = Places::default();
    let rows: Vec<_> =
        here.iter().zip(units).zip(contributors).map(|(((name, said), unit), who)| (*name, *said, *unit, *who)).collect();
    // First what is reported, then what answers say of it, then what they found beside.
    for (name, said, unit, contributor) in rows.iter().filter(|(_, said, ..)| said.report.answer.is_none()) {
        for (finding, place) in places.put(*name, &own(said.report)) {
            places.vote(place, *unit, *contributor, of_finding(Seen::Same, finding.judgement));
        }
    }
    for (name, said, unit, contributor) in &rows {
        let Some(answer) = &said.report.answer else { continue };
        let asked = here.iter().find(|(_, other)| other.digest == answer.report).map(|(asked, _)| *asked);
        // Without the report that is answered, its own copy says where the place is.
        let mut copies: Vec<&Finding> = Vec::new();
        for sighting in &answer.places {
            match asked.and_then(|asked| places.named(asked, sighting.finding)) {
                Some(place) => {
                    let judged = places.all.get(place).map_or(Judgement::Suspicious, |place| place.finding.judgement);
                    places.call(place, *name, sighting.finding);
                    places.vote(place, *unit, *contributor, of_finding(sighting.seen, judged));
                }
                None => copies.extend(said.report.findings.iter().find(|finding| finding.id == sighting.finding)),
            }
        }
        for (finding, place) in places.put(*name, &copies) {
            if let Some(sighting) = answer.places.iter().find(|sighting| sighting.finding == finding.id) {
                places.vote(place, *unit, *contributor, of_finding(sighting.seen, finding.judgement));
            }
        }
    }
    for (name, said, unit, contributor) in rows.iter().filter(|(_, said, ..)| said.report.answer.is_some()) {
        for (finding, place) in places.put(*name, &own(said.report)) {
            places.vote(place, *unit, *contributor, of_finding(Seen::Same, finding.judgement));
        }
    }
    (places.all, places.votes)
}

impl Places {
    fn vote(&mut self, place: usize, unit: usize, contributor: usize, seen: Seen) {
        if let Some(votes) = self.votes.get_mut(place) {
            votes.push(Vote { unit, contributor, seen });
        }
    }

    /// A report calls the place so.
    fn call(&mut self, place: usize, report: usize, id: FindingId) {
        if let Some(known) = self.all.get_mut(place) {
            known.names.push((report, id));
            if self.names.len() <= report {
                self.names.resize_with(report + 1, Vec::new);
            }
            if let Some(names) = self.names.get_mut(report) {
                names.push((id, place));
            }
        }
    }

    /// The place that a report calls so.
    fn named(&self, report: usize, id: FindingId) -> Option<usize> {
        self.names.get(report)?.iter().find(|(known, _)| *known == id).map(|(_, place)| *place)
    }

    /// Puts the findings of a report to places where others have one, the most alike first, or to new ones; each of them has a place of its
    /// own.
    fn put<'a>(&mut self, report: usize, findings: &[&'a Finding]) -> Vec<(&'a Finding, usize)> {
        let areas: Vec<(&Finding, Rect<Reference>)> =
            findings.iter().filter_map(|finding| Some((*finding, finding.bounds()?.grown(AROUND_PX)))).collect();
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        for (row, (finding, area)) in areas.iter().enumerate() {
            let near = self.all.iter().enumerate().filter(|(_, place)| !contradict(place.finding.kind, finding.kind));
            let near = near.map(|(number, place)| (shared(&place.area, area), row, number));
            pairs.extend(near.filter(|(shared, ..)| *shared >= SAME_PLACE));
        }
        let pairs = rising(pairs, |(shared, row, number)| [-shared, *row as f64, *number as f64]);
        let mut put: Vec<Option<usize>> = vec![None; areas.len()];
        for (_, row, number) in pairs {
            let free = self.all.get(number).is_some_and(|place| place.names.iter().all(|(other, _)| *other != report));
            if let (true, Some(row), Some((finding, _))) =
                (free, put.get_mut(row).filter(|place| place.is_none()), areas.get(row))
            {
                self.call(number, report, finding.id);
                *row = Some(number);
            }
        }
        let mut all = Vec::with_capacity(areas.len());
        for ((finding, area), known) in areas.into_iter().zip(put) {
            if known.is_none() && self.all.len() >= MOST_PLACES {
                continue;
            }
            let id = finding.id;
            let number = known.unwrap_or_else(|| {
                let (names, finding) = (Vec::new(), finding.clone());
                self.all.push(Tallied { area, finding, names, seen: 0, otherwise: 0, unclear: 0, contributors: 0 });
                self.votes.push(Vec::new());
                self.call(self.all.len() - 1, report, id);
                self.all.len() - 1
            });
            all.push((finding, number));
        }
        all
    }
}

/// What one adds the other one misses: that is not the same thing at one place.
const fn contradict(one: FindingKind, two: FindingKind) -> bool {
    matches!((one, two), (FindingKind::Added, FindingKind::Missing) | (FindingKind::Missing, FindingKind::Added))
}

/// Intersection over union.
fn shared(a: &Rect<Reference>, b: &Rect<Reference>) -> f64 {
    let common = a.common_area(b);
    common / (a.area() + b.area() - common).max(f64::MIN_POSITIVE)
}
