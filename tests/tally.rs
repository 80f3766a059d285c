//! Reports added up: who counts as another unit, who as another person, and which place is which.

use boardwatch::geometry::{Homography, Rect};
use boardwatch::report::{
    Answer, Finding, FindingId, FindingKind, Judgement, PublicKey, ReferenceNote, Report, Said, Seen, Sighting, Tally, digest,
    words,
};
use boardwatch::vision::{Alignment, PictureFacts, Reason, Sha256, Verdict};

fn facts(name: &str) -> PictureFacts {
    PictureFacts { sha256: Sha256::of(name.as_bytes()), width: 4000, height: 3000 }
}

fn at(number: u32, x: f64) -> Finding {
    Finding::around(FindingId(number), Rect::new(x, 100.0, 40.0, 30.0))
}

fn report(who: &str, unit: &str, photo: &str, findings: Vec<Finding>) -> Report {
    let alignment = Alignment {
        verdict: Verdict::Aligned,
        reason: Reason::Agrees,
        homography: Some(Homography::identity()),
        mesh: None,
        points: Vec::new(),
        inliers: 10,
        residual_px: None,
        coverage: 1.0,
        regions: Vec::new(),
    };
    Report {
        contributor: who.to_owned(),
        unit: unit.to_owned(),
        references: vec![ReferenceNote::of("Unit 7".to_owned(), facts("reference"))],
        findings,
        ..Report::about(facts(photo), alignment)
    }
}

fn answer(to: &Report, who: &str, photo: &str, seen: &[Seen]) -> Report {
    let places =
        to.findings.iter().zip(seen).map(|(finding, seen)| Sighting { finding: finding.id, seen: *seen, note: String::new() });
    let answer = Some(Answer { report: digest(to), places: places.collect() });
    Report { answer, ..report(who, "", photo, to.findings.iter().take(seen.len()).cloned().collect()) }
}

fn tally(reports: &[Report]) -> Tally {
    Tally::of(&reports.iter().map(|report| Said { report, digest: digest(report), signer: None }).collect::<Vec<_>>())
}

/// Seen, otherwise, unclear, contributors: place by place, from left to right.
fn counts(tally: &Tally) -> Vec<[usize; 4]> {
    let mut places: Vec<_> = tally.places.iter().collect();
    places.sort_by(|a, b| a.area.x.total_cmp(&b.area.x));
    places.into_iter().map(|place| [place.seen, place.otherwise, place.unclear, place.contributors]).collect()
}

#[test]
fn a_place_is_seen_on_three_of_eleven_units_by_seven_contributors() {
    let first = report("Wei", "", "photo 0", vec![at(1, 100.0)]);
    let mut all = vec![first.clone()];
    for unit in 1..11 {
        let seen = match unit {
            1 | 2 => Seen::Same,
            3 => Seen::CantTell,
            _ => Seen::Different,
        };
        // Ten more units, looked at by six more people.
        let answer = answer(&first, &format!("person {}", unit % 6), &format!("photo {unit}"), &[seen]);
        all.push(Report { unit: format!("unit {unit}"), ..answer });
    }
    let tally = tally(&all);
    assert_eq!((tally.units, tally.contributors, counts(&tally)), (11, 7, vec![[3, 7, 1, 7]]));
    assert_eq!(words::seen_on(&tally.places[0]), "Seen on 3 of 11 units");
    let said = words::together(&tally, all.len());
    assert!(said.contains("Place 1 was seen on 3 of 11 units, looked at by 7 contributors"), "{said}");
    assert_eq!(tally.places[0].share(), Some(0.3));
    assert!(!said.to_lowercase().contains("implant"));
}

#[test]
fn one_photo_is_one_unit_and_one_name_one_contributor() {
    let first = report("Wei", "rack 3", "photo 1", vec![at(1, 100.0)]);
    let again = answer(&first, " WEI ", "photo 1", &[Seen::Same]);
    let renamed = Report { unit: "Rack 3 ".into(), ..answer(&first, "wei", "photo 2", &[Seen::Same]) };
    let tally_of = tally(&[first.clone(), again, renamed]);
    assert_eq!((tally_of.units, tally_of.contributors, counts(&tally_of)), (1, 1, vec![[1, 0, 0, 1]]));
    // The same unit's name from somebody else is another unit; nameless ones count as one person.
    let other = Report { unit: "rack 3".into(), ..answer(&first, "Ann", "photo 3", &[Seen::Same]) };
    let nameless = [4, 5].map(|photo| answer(&first, "", &format!("photo {photo}"), &[Seen::Different]));
    let [one, two] = nameless;
    let tally_of = tally(&[first, other, one, two]);
    // What nobody names may be one unit, whatever the photo.
    assert_eq!((tally_of.units, tally_of.contributors, counts(&tally_of)), (3, 3, vec![[2, 1, 0, 3]]));
}

#[test]
fn a_key_ties_names_together() {
    let first = report("Wei", "", "photo 1", vec![at(1, 100.0)]);
    let second = report("W.", "", "photo 2", vec![at(1, 102.0)]);
    let said =
        |key: Option<u8>, report| Said { report, digest: digest(report), signer: key.map(|byte| ("S", PublicKey([byte; 32]))) };
    let contributors = |a, b| Tally::of(&[said(a, &first), said(b, &second)]).contributors;
    assert_eq!((contributors(None, None), contributors(Some(1), Some(2)), contributors(Some(1), Some(1))), (2, 2, 1));
}

#[test]
fn who_says_both_of_one_unit_cannot_tell() {
    let first = report("Wei", "", "photo 1", vec![at(1, 100.0)]);
    let contrary = answer(&first, "Wei", "photo 1", &[Seen::Different]);
    let unsure = answer(&first, "Ann", "photo 2", &[Seen::CantTell]);
    let sure = answer(&first, "Ann", "photo 2", &[Seen::Same]);
    assert_eq!(counts(&tally(&[first.clone(), contrary])), [[0, 0, 1, 1]]);
    assert_eq!(counts(&tally(&[first, unsure, sure])), [[2, 0, 0, 2]]);
}

#[test]
fn places_are_found_by_where_they_lie_and_by_whom_they_answer() {
    let first = report("Wei", "", "photo 1", vec![at(1, 100.0), at(2, 103.0), at(3, 900.0)]);
    // Two findings on one spot of one report stay two; another report's joins the nearer of them.
    let near = report("Ann", "", "photo 2", vec![at(1, 104.0), at(2, 2000.0)]);
    let answered = answer(&first, "Bo", "photo 3", &[Seen::Different, Seen::Same, Seen::Different]);
    let tally_of = tally(&[answered.clone(), near.clone(), first.clone()]);
    assert_eq!(counts(&tally_of), [[1, 1, 0, 2], [3, 0, 0, 3], [1, 1, 0, 2], [1, 0, 0, 1]]);
    assert_eq!(tally_of.places[0].seen, 3, "what was seen most often stands first");
    // Without the report that is answered, the answer's own copies say where its places are.
    let tally_of = tally(&[answered.clone(), near]);
    assert_eq!(counts(&tally_of), [[0, 1, 0, 1], [2, 0, 0, 2], [0, 1, 0, 1], [1, 0, 0, 1]]);
    let bare = Report { findings: Vec::new(), ..answered };
    assert_eq!(tally(std::slice::from_ref(&bare)).places, [], "an answer alone does not say where");
    assert_eq!(counts(&tally(&[bare, first])), [[1, 1, 0, 2], [2, 0, 0, 2], [1, 1, 0, 2]]);
}

#[test]
fn another_reference_is_not_added_and_a_refuted_finding_was_not_seen() {
    let refuted = Finding { judgement: Judgement::Refuted, ..at(1, 100.0) };
    let first = report("Wei", "", "photo 1", vec![refuted]);
    let elsewhere = Report {
        references: vec![ReferenceNote::of("Unit 8".into(), facts("another"))],
        ..report("Ann", "", "photo 2", vec![at(1, 100.0)])
    };
    let tally_of = tally(&[first, elsewhere]);
    assert_eq!((tally_of.apart, tally_of.units, counts(&tally_of)), (1, 1, vec![[0, 1, 0, 1]]));
    assert_eq!(tally(&[]), Tally::default());
}

#[test]
fn an_own_mark_does_not_overrule_what_was_answered() {
    let first = report("Wei", "", "photo 1", vec![at(1, 100.0)]);
    for (seen, expected) in [(Seen::CantTell, [1, 0, 1, 2]), (Seen::Different, [1, 1, 0, 2])] {
        let mut marked = answer(&first, "Ann", "photo 2", &[seen]);
        marked.findings.push(at(2, 101.0));
        let tally = tally(&[first.clone(), marked]);
        assert_eq!(counts(&tally)[0], expected);
        assert_eq!(tally.places.len(), 2, "what Ann marks is a place of its own");
    }
}

#[test]
fn what_is_quoted_by_an_answer_is_not_said_by_who_answers_that() {
    let first = report("Wei", "", "photo 1", vec![at(1, 100.0)]);
    // The same as the unit of somebody who did not see it, is not seen either: such places are not asked about.
    let ann = answer(&first, "Ann", "photo 2", &[Seen::Different]);
    let tally_of = tally(&[first, ann]);
    assert_eq!(counts(&tally_of), [[1, 1, 0, 2]]);
    let refuted = report("Wei", "", "photo 1", vec![Finding { judgement: Judgement::Refuted, ..at(1, 100.0) }]);
    let same = answer(&refuted, "Ann", "photo 2", &[Seen::Same]);
    assert_eq!(counts(&tally(&[refuted, same])), [[0, 2, 0, 2]], "the same as what was refuted is that it is not there");
}

#[test]
fn what_one_adds_and_another_misses_are_two_places_and_the_order_makes_no_difference() {
    let kind = |kind, x| Finding { kind, ..at(1, x) };
    let all = [
        report("Wei", "a", "photo 1", vec![kind(FindingKind::Added, 100.0)]),
        report("Ann", "b", "photo 2", vec![kind(FindingKind::Missing, 100.0)]),
        report("Bo", "c", "photo 3", vec![kind(FindingKind::Other, 120.0)]),
        report("Cy", "d", "photo 4", vec![kind(FindingKind::Added, 140.0)]),
    ];
    let forwards = tally(&all);
    assert!(forwards.places.len() >= 2);
    for turn in 1..4 {
        let mut turned = all.clone();
        turned.rotate_left(turn);
        let other = tally(&turned);
        assert_eq!((counts(&other), other.units), (counts(&forwards), forwards.units), "turned by {turn}");
    }
}

#[test]
fn a_pile_of_made_up_reports_is_added_up_in_a_moment() {
    let findings = |n: u32| (0..1000).map(|k| at(k + 1, f64::from(n * 1000 + k) * 60.0)).collect();
    let all: Vec<_> = (0..100).map(|n| report(&format!("person {n}"), "", &format!("photo {n}"), findings(n))).collect();
    assert_eq!(tally(&all).places.len(), 2000, "no more are told apart");
}

#[test]
fn a_thousand_findings_of_ten_reports_are_added_up_in_a_moment() {
    let findings = |shift: f64| (0..1000).map(|n| at(n + 1, f64::from(n) * 60.0 + shift)).collect();
    let all: Vec<_> =
        (0..10).map(|n| report(&format!("person {n}"), "", &format!("photo {n}"), findings(f64::from(n)))).collect();
    let tally = tally(&all);
    assert_eq!((tally.places.len(), tally.places[999].seen), (1000, 10));
}
