//! Judgements over comparisons that are made up: every picture lies on every other as it is.

use super::*;
use crate::geometry::{Homography, Rect};
use crate::vision::{DifferenceKind, DifferenceReason, KeptOut, Spread};

const SIZE: (f64, f64) = (400.0, 300.0);

/// What stands at one place, picture by picture: the references, then the photo. Pictures with different letters differ there.
struct Scene {
    units: Vec<Option<u32>>,
    /// References that show another board.
    strangers: Vec<usize>,
    /// Letters of all pictures, and how sure a difference is that they make.
    places: Vec<(&'static str, f64)>,
}

impl Scene {
    fn of(places: &[(&'static str, f64)]) -> Self {
        let count = places.first().map_or(0, |(letters, _)| letters.len() - 1);
        Self { units: vec![None; count], strangers: Vec::new(), places: places.to_vec() }
    }

    fn judged(&self) -> (Vec<Difference>, Vec<Standing>) {
        let count = self.units.len();
        let photo = (0..count).map(|on| (count, on));
        let crossed = (0..count).flat_map(|laid| (laid + 1..count).map(move |on| (laid, on)));
        let all: Vec<_> = photo.chain(crossed).map(|(laid, on)| (laid, on, self.pair(laid, on))).collect();
        let warp = Warp { homography: Homography::identity(), mesh: None };
        let pairs: Vec<Pair> = all
            .iter()
            .map(|(laid, on, (alignment, found))| {
                let refused = alignment.verdict == Verdict::Refused;
                let (warp, found) = if refused { (None, None) } else { (Some(&warp), Some(found)) };
                Pair { laid: *laid, on: *on, alignment, warp, found }
            })
            .collect();
        let record = Record { pairs: &pairs, sizes: &vec![SIZE; count + 1], units: &self.units };
        judge(&record, &ConsensusConfig::default(), 50, 0.45)
    }

    fn pair(&self, laid: usize, on: usize) -> (Alignment, PairDifferences) {
        let differences = self.places.iter().enumerate().filter_map(|(number, (letters, score))| {
            let letter = |picture: usize| letters.chars().nth(picture).unwrap_or(' ');
            let kind = if letter(laid) == '.' { DifferenceKind::Missing } else { DifferenceKind::Added };
            (letter(laid) != letter(on)).then(|| difference(number, *score, kind))
        });
        let found = PairDifferences {
            differences: differences.collect(),
            coverage: 1.0,
            region_coverage: [1.0; 16],
            blind_areas: Vec::new(),
            smallest_part_px: 5.0,
        };
        let other = self.strangers.contains(&laid) != self.strangers.contains(&on);
        (alignment(if other { Verdict::Refused } else { Verdict::Aligned }), found)
    }
}

/// The place with this number, as one pair sees it.
fn difference(number: usize, score: f64, kind: DifferenceKind) -> Difference {
    let x = 10.0 + 40.0 * number as f64;
    let (photo_box, reference_box) = (Rect::new(x, 20.0, 20.0, 10.0), Rect::new(x, 20.0, 20.0, 10.0));
    let reason = DifferenceReason::Structure;
    let (seen_by, differs_from) = (vec![0], vec![0]);
    Difference { photo_box, reference_box, score, kind, reason, flagged: true, seen_by, differs_from, spread: None, like: None }
}

fn alignment(verdict: Verdict) -> Alignment {
    Alignment {
        verdict,
        reason: Reason::Agrees,
        homography: Some(Homography::identity()),
        mesh: None,
        points: Vec::new(),
        inliers: 100,
        residual_px: None,
        coverage: 1.0,
        regions: Vec::new(),
    }
}

fn kept_out(standings: &[Standing]) -> Vec<Option<KeptOut>> {
    standings.iter().map(|standing| standing.kept_out).collect()
}

#[test]
fn what_no_good_unit_has_counts_in_full() {
    let (found, standings) = Scene::of(&[(".....X", 0.8)]).judged();
    assert_eq!(found.len(), 1);
    assert!((found[0].score - 0.8).abs() < 1e-12 && found[0].flagged);
    assert_eq!(found[0].spread, Some(Spread { pairs: 10, differing: 0 }));
    assert_eq!((found[0].seen_by.len(), found[0].differs_from.len()), (5, 5));
    assert!(standings.iter().all(|standing| *standing == Standing::default()));
}

#[test]
fn one_reference_alone_is_believed_and_nothing_is_said_of_it() {
    let (found, standings) = Scene::of(&[(".X", 0.8)]).judged();
    assert_eq!((found[0].score, found[0].spread), (0.8, None));
    assert_eq!(standings, [Standing::default()]);
}

#[test]
fn a_unit_s_own_peculiarity_is_not_held_against_the_photo() {
    let (found, standings) = Scene::of(&[("X.....", 0.6)]).judged();
    assert!(found[0].score < 0.12 && !found[0].flagged, "{found:?}");
    assert_eq!(kept_out(&standings), [None; 5], "a paint dot is no reason to keep a reference out");
    assert_eq!(standings[0].odd_places.len(), 1, "but it is named");
    assert_eq!(standings[0].odd_places[0].kind, DifferenceKind::Added);
}

#[test]
fn what_good_units_never_share_is_explained_and_not_hidden() {
    let (found, standings) = Scene::of(&[("abcdef", 0.9)]).judged();
    assert!(found[0].score < 0.2 && !found[0].flagged);
    assert_eq!(found[0].spread, Some(Spread { pairs: 10, differing: 10 }));
    assert_eq!(kept_out(&standings), [None; 5]);
}

#[test]
fn a_part_that_some_good_units_do_not_have_may_be_missing() {
    for letters in ["...XXXX.", "...XXXXX"] {
        let (found, standings) = Scene::of(&[(letters, 0.9)]).judged();
        assert!(!found[0].flagged, "{letters}: {found:?}");
        assert_eq!(found[0].spread, Some(Spread { pairs: 21, differing: 12 }));
        assert_eq!(found[0].differs_from.len(), if letters.ends_with('X') { 3 } else { 4 });
        assert_eq!(kept_out(&standings), [None; 7]);
    }
}

#[test]
fn a_poisoned_reference_is_named_and_does_not_whitewash_the_photo() {
    for poisoned in 0..5 {
        let letters: String = (0..6).map(|picture| if picture == poisoned || picture == 5 { 'X' } else { '.' }).collect();
        let (found, standings) = Scene::of(&[(letters.leak(), 0.9)]).judged();
        let expected = std::array::from_fn(|reference| (reference == poisoned).then_some(KeptOut::OddOneOut));
        assert_eq!(kept_out(&standings), expected as [_; 5]);
        assert_eq!(standings[poisoned].odd_places.len(), 1);
        assert!((found[0].score - 0.9).abs() < 1e-12 && found[0].flagged);
        assert_eq!((found[0].like, found[0].differs_from.len()), (Some(poisoned as u32), 4));
    }
}

#[test]
fn the_poisoned_part_is_shown_even_where_the_photo_is_too_poor_to_tell() {
    // Nothing is seen between the photo and the clean ones, as if it were the same as all of them.
    let mut scene = Scene::of(&[("..X...", 0.9)]);
    let (found, _) = scene.judged();
    assert!(found.iter().all(|difference| !difference.flagged), "the photo differs from the poisoned one: {found:?}");
    scene.places = vec![("..X..?", 0.9)];
    let (mut pairs, warp) = (Vec::new(), Warp { homography: Homography::identity(), mesh: None });
    for (laid, on) in (0..5).map(|on| (5, on)).chain((0..5).flat_map(|laid| (laid + 1..5).map(move |on| (laid, on)))) {
        let (alignment, mut found) = scene.pair(laid, on);
        if laid == 5 {
            found.differences.clear();
        }
        pairs.push((laid, on, alignment, found));
    }
    let pairs: Vec<Pair> = pairs
        .iter()
        .map(|(laid, on, alignment, found)| Pair { laid: *laid, on: *on, alignment, warp: Some(&warp), found: Some(found) })
        .collect();
    let record = Record { pairs: &pairs, sizes: &[SIZE; 6], units: &[None; 5] };
    let (found, _) = judge(&record, &ConsensusConfig::default(), 50, 0.45);
    assert_eq!((found.len(), found[0].flagged, found[0].like), (1, true, Some(2)));
    assert_eq!(found[0].seen_by, [0, 1, 3, 4]);
}

#[test]
fn two_references_that_disagree_are_both_heard() {
    let (found, standings) = Scene::of(&[(".XX", 0.9)]).judged();
    assert_eq!(kept_out(&standings), [None; 2]);
    assert!(standings.iter().all(|standing| standing.odd_places.len() == 1), "each is said to differ from the other");
    assert_eq!(found[0].spread, Some(Spread { pairs: 1, differing: 1 }));
    assert!(!found[0].flagged, "one good unit looks like it");
    let (found, _) = Scene::of(&[(".X?", 0.9)]).judged();
    assert!((found[0].score - 0.45).abs() < 1e-9, "like neither of them; one pair is half a rule: {found:?}");
}

#[test]
fn many_pictures_of_one_unit_are_one_witness() {
    let mut scene = Scene::of(&[("XXX..X", 0.9)]);
    scene.units = vec![Some(1), Some(1), Some(1), Some(2), Some(3)];
    let (found, standings) = scene.judged();
    let odd = Some(KeptOut::OddOneOut);
    assert_eq!(kept_out(&standings), [odd, odd, odd, None, None]);
    assert!(found[0].flagged && found[0].differs_from == [3, 4], "{found:?}");
}

#[test]
fn half_of_the_references_never_keep_the_other_half_out() {
    let (found, standings) = Scene::of(&[("XX..X", 0.9), ("...XX", 0.9)]).judged();
    assert_eq!(kept_out(&standings), [None, None, None, Some(KeptOut::OddOneOut)]);
    assert!(found.iter().any(|difference| difference.flagged && difference.like == Some(3)));
}

#[test]
fn a_reference_of_another_board_takes_no_part() {
    for stranger in 1..5 {
        let mut scene = Scene::of(&[(".....X", 0.8)]);
        scene.strangers = vec![stranger];
        let (found, standings) = scene.judged();
        assert_eq!(standings[stranger].kept_out, Some(KeptOut::OtherBoard));
        assert_eq!(standings.iter().filter(|standing| standing.kept_out.is_some()).count(), 1);
        assert!((found[0].score - 0.8).abs() < 1e-12);
        assert!(!found[0].seen_by.contains(&(stranger as u32)));
    }
}
