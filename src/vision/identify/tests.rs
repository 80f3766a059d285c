//! Small boards drawn by the test, among others like them.

use super::*;
use crate::geometry::Point;
use crate::vision::align::tests::{board, camera, photo_of, reference_of};
use crate::vision::{Ignore, Plane};

fn codes(plane: &Plane, number: u8) -> Codes {
    let picture = reference_of(plane);
    let facts = PictureFacts { sha256: Sha256([number; 32]), width: picture.width as u32, height: picture.height as u32 };
    Codes::of(&ReferenceFeatures::find(&picture, facts, &AlignConfig::default()))
}

/// Boards 1 to 6, board 7, which is board 3 with a few other parts, and a second reference of board 5.
fn catalogue() -> Vec<(Codes, u32)> {
    let mut revised = board(3);
    for i in 0..40 * 480 {
        revised.data[i] = board(9).data[i];
    }
    let boards = (1..=6).map(|seed| (codes(&board(seed), seed as u8), seed as u32));
    boards.chain([(codes(&revised, 7), 7), (codes(&board(5), 8), 5)]).collect()
}

fn identified(photo: &Picture) -> Identified {
    let catalogue = catalogue();
    let listed: Vec<Listed<'_>> = catalogue.iter().map(|(codes, board)| Listed { codes, board: u64::from(*board) }).collect();
    identify(photo, &listed, &mut Ignore).unwrap()
}

fn flipped(picture: &Picture) -> Picture {
    let row = |row: &[u8]| row.as_chunks::<3>().0.iter().rev().flatten().copied().collect::<Vec<u8>>();
    Picture { rgb: picture.rgb.chunks_exact(picture.width * 3).flat_map(row).collect(), ..picture.clone() }
}

#[test]
fn a_board_is_known_among_others_and_in_a_mirror() {
    let truth = camera(25.0, 0.9, 0.1);
    let photo = photo_of(&board(2), &truth);
    for (mirrored, photo) in [(false, photo.clone()), (true, flipped(&photo))] {
        let said = identified(&photo);
        assert_eq!(said.identity, Identity::Known, "{said:?}");
        let found = said.candidates[0];
        assert_eq!((found.reference, found.mirrored), (1, mirrored));
        assert!(found.confidence > 0.9, "{found:?}");
        let x = if mirrored { photo.width as f64 - 200.0 } else { 200.0 };
        let (u, v) = truth(200.0, 150.0);
        assert!(found.map.apply(Point::new(x, 150.0)).distance(Point::new(u, v)) < 3.0);
    }
}

#[test]
fn several_references_of_a_board_are_one_candidate() {
    let said = identified(&photo_of(&board(5), camera(-10.0, 1.0, 0.0)));
    assert_eq!(said.identity, Identity::Known, "{said:?}");
    assert!([4, 7].contains(&said.candidates[0].reference));
}

#[test]
fn revisions_that_look_alike_are_not_chosen_among_in_silence() {
    let said = identified(&photo_of(&board(3), camera(5.0, 1.0, 0.05)));
    assert_eq!(said.identity, Identity::Ambiguous(2), "{said:?}");
    let mut boards: Vec<usize> = said.candidates[..2].iter().map(|candidate| candidate.reference).collect();
    boards.sort_unstable();
    assert_eq!(boards, [2, 6]);
    assert!(said.candidates[..2].iter().map(|candidate| candidate.confidence).sum::<f64>() <= 1.0);
}

#[test]
fn a_board_that_is_in_no_catalogue_is_unknown() {
    for photo in [photo_of(&board(77), camera(12.0, 1.0, 0.1)), photo_of(&Plane::filled(480, 360, 90.0), camera(0.0, 1.0, 0.0))] {
        assert_eq!(identified(&photo).identity, Identity::Unknown);
    }
}

#[test]
fn nothing_to_choose_from_gives_nothing() {
    let photo = photo_of(&board(1), camera(0.0, 1.0, 0.0));
    assert_eq!(identify(&photo, &[], &mut Ignore).unwrap(), Identified { identity: Identity::Unknown, candidates: Vec::new() });
}

#[test]
fn a_watch_can_stop_it() {
    struct Impatient;
    impl Watch for Impatient {
        fn progressed(&mut self, _: Stage, done: f32) -> Result<(), Cancelled> {
            if done > 0.3 { Err(Cancelled) } else { Ok(()) }
        }
    }
    assert_eq!(identify(&photo_of(&board(1), camera(0.0, 1.0, 0.0)), &[], &mut Impatient), Err(Cancelled));
}
