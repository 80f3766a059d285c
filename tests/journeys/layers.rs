//! What is shown on the light table: layers, further references, and what is laid by hand.

use boardwatch::app::staging::{is_laid, scene};
use boardwatch::app::table::{PairEnd, Scene, TableEvent};
use boardwatch::app::{Action, ByHand, Effect, Layer, Panel, Purpose};
use boardwatch::catalog::Modality;
use boardwatch::geometry::Point;
use boardwatch::report::{ControlPoint, MAX_LAYERS, Shape};
use boardwatch::vision::ReferenceResult;

use crate::board;
use crate::journey::Journey;

fn shown(journey: &Journey) -> Scene {
    scene(&journey.state).expect("a case is open")
}

/// The workbench with an X-ray over the board, laid by four pairs: it is half as large as the reference and lies in its middle.
fn with_xray() -> Journey {
    let mut journey = Journey::compared();
    journey.gives(Purpose::Layer, "x-ray.png");
    let sha256 = board::sha("x-ray.png");
    journey.does(Action::SetModality(sha256, Modality::XRay));
    for (x, y) in [(0.0, 0.0), (4000.0, 0.0), (4000.0, 3000.0), (0.0, 3000.0)] {
        journey.does(Action::OnTable(TableEvent::PairPlaced(PairEnd::Photo(Point::new(x, y)))));
        let reference = Point::new(1000.0 + x / 2.0, 750.0 + y / 2.0);
        journey.does(Action::OnTable(TableEvent::PairPlaced(PairEnd::Reference(reference))));
    }
    journey
}

#[test]
fn a_layer_is_laid_by_hand_and_then_lies_there() {
    let mut journey = with_xray();
    let sha256 = board::sha("x-ray.png");
    // While it is being laid it stands beside the reference, with its pairs, and the photo is not there.
    let laying = shown(&journey);
    assert_eq!((laying.photo, laying.warp.is_none()), (Some(sha256), true));
    let parked: Vec<_> = laying.over.iter().map(|over| (over.picture, over.opacity)).collect();
    assert_eq!(parked, [(board::sha("mine.jpg"), 0.0)], "the photo stays on the table, unseen");
    assert_eq!((laying.pairs.unwrap().len(), journey.state.view.panel), (4, Panel::Alignment));
    assert!(journey.case().document.control_points().is_empty(), "the photo's own pairs are others");
    journey.does(Action::AlignByHand(None));
    let scene = shown(&journey);
    let [over] = scene.over.as_slice() else { panic!("{:?}", scene.over) };
    assert_eq!((over.picture, over.opacity), (sha256, 0.5));
    let middle = over.warp.to_reference(Point::new(2000.0, 1500.0));
    assert!(middle.distance(Point::new(2000.0, 1500.0)) < 1e-6, "{middle:?}");
    let corner = over.warp.to_reference(Point::new(0.0, 0.0));
    assert!(corner.distance(Point::new(1000.0, 750.0)) < 1e-6, "{corner:?}");
    assert_eq!(scene.photo, Some(board::sha("mine.jpg")));
    // Shown and hidden, more and less.
    journey.does(Action::FadeLayer(Layer::Picture(sha256), 0.25));
    assert_eq!(shown(&journey).over[0].opacity, 0.25);
    journey.does(Action::ShowLayer(Layer::Picture(sha256), false));
    assert_eq!(shown(&journey).over[0].opacity, 0.0, "hidden, and at hand");
    // The next photo of the board is looked at in the same way; another case is not.
    journey.does(Action::ShowLayer(Layer::Picture(sha256), true)).gives(Purpose::Photo, "other.jpg");
    assert_eq!(shown(&journey).over[0].opacity, 0.25);
    let case = journey.case().clone();
    journey.does(Action::CloseCase).does(Action::OpenCase(case.id)).does(Action::CaseLoaded(case.id, Ok(Some(Box::new(case)))));
    assert_eq!(shown(&journey).over[0].opacity, 0.5, "as at first");
}

#[test]
fn a_layer_that_can_not_be_shown_is_named_and_hidden() {
    let mut journey = with_xray();
    journey.does(Action::AlignByHand(None)).does(Action::LayerFailed(board::sha("x-ray.png")));
    assert!(journey.said().contains("x-ray.png can't be shown"), "{}", journey.said());
    assert!(!journey.state.view.shows(Layer::Picture(board::sha("x-ray.png"))));
}

#[test]
fn whoever_lays_something_by_hand_is_not_torn_away_by_a_result() {
    let mut journey = with_xray();
    journey.does(Action::CompareAgain);
    let job = journey.compare_job();
    let mut again = board::comparison();
    again.differences.truncate(1);
    journey.does(Action::Compared(job, Box::new(again)));
    assert_eq!((journey.state.view.panel, journey.state.view.by_hand.is_some()), (Panel::Alignment, true));
}

#[test]
fn a_layer_is_an_edit_that_is_undone_and_kept() {
    let mut journey = Journey::compared();
    let before = journey.case().document.clone();
    let mut journey_with = with_xray();
    let after = journey_with.case().document.clone();
    assert_eq!((after.layers().len(), after.layers()[0].points.len(), after.layers()[0].modality), (1, 4, Modality::XRay));
    for _ in 0..6 {
        journey_with.does(Action::Undo);
    }
    assert_eq!(journey_with.case().document, before);
    assert_eq!(journey_with.state.view.by_hand, None, "nothing is laid that is not there");
    for _ in 0..6 {
        journey_with.does(Action::Redo);
    }
    assert_eq!(journey_with.case().document, after);
    assert!(journey_with.case().pictures().any(|sha256| sha256 == board::sha("x-ray.png")));
    journey_with.does(Action::RemoveLayer(board::sha("x-ray.png")));
    assert!(journey_with.case().document.layers().is_empty());
    // A picture that is there twice is told, and one too many as well.
    journey.gives(Purpose::Layer, "known.jpg");
    assert!(journey.said().contains("in this case already"), "{}", journey.said());
    for k in 0..=MAX_LAYERS {
        journey.gives(Purpose::Layer, &format!("layer {k}.png"));
    }
    assert_eq!(journey.case().document.layers().len(), MAX_LAYERS);
    assert!(journey.said().contains("At most"), "{}", journey.said());
}

#[test]
fn a_layer_whose_picture_is_lost_does_not_stop_a_comparison() {
    let mut journey = with_xray();
    journey.does(Action::AlignByHand(None)).does(Action::PictureLoaded(board::sha("x-ray.png"), false));
    assert!(journey.said().contains("x-ray.png is no longer"), "{}", journey.said());
    assert!(shown(&journey).over.is_empty());
    journey.does(Action::CompareAgain);
    assert!(journey.compared_pictures().is_some());
    // Dropping the file brings it back.
    journey.drops(&["x-ray.png"]);
    assert_eq!(shown(&journey).over.len(), 1);
}

#[test]
fn each_file_is_for_what_it_was_chosen_for_whichever_is_looked_at_first() {
    let mut journey = Journey::compared();
    let xray = journey.offers_for(Some(Purpose::Layer), &["x-ray.png"])[0];
    let reference = journey.offers_for(Some(Purpose::Reference), &["second-unit.jpg"])[0];
    let other = journey.offers_for(Some(Purpose::Photo), &["other.jpg"])[0];
    journey.does(Action::CancelJob(other));
    journey.does(Action::PictureInspected(reference, Ok(board::facts("second-unit.jpg"))));
    journey.does(Action::PictureInspected(xray, Ok(board::facts("x-ray.png"))));
    let document = &journey.case().document;
    assert_eq!((document.references().len(), document.layers().len()), (2, 1));
    assert_eq!(document.layers()[0].title, "x-ray.png");
    // A case that is left takes with it what was chosen for it.
    journey.offers_for(Some(Purpose::Layer), &["late.png"]);
    journey.does(Action::CloseCase);
    assert!(journey.effects.iter().any(|effect| matches!(effect, Effect::Cancel(_))), "{:?}", journey.effects);
    assert!(journey.state.jobs.is_empty());
}

#[test]
fn one_more_reference_is_compared_stepped_through_and_taken_away() {
    let mut journey = Journey::compared();
    journey.gives(Purpose::Reference, "second-unit.jpg");
    let both = vec![board::sha("known.jpg"), board::sha("second-unit.jpg")];
    assert_eq!(journey.compared_pictures(), Some((board::sha("mine.jpg"), both.clone())));
    let job = journey.compare_job();
    // Until the comparison knows how it lies, only the first one can be shown.
    journey.does(Action::StepReference(1)).does(Action::ShowReference(1));
    assert_eq!((shown(&journey).reference, journey.state.view.reference), (Some(board::sha("known.jpg")), 0));
    let mut comparison = board::comparison();
    let alignment = comparison.alignment.clone();
    comparison.references.push(ReferenceResult {
        picture: board::facts("second-unit.jpg"),
        alignment,
        unit: None,
        standing: Default::default(),
    });
    let before = Journey::compared().case().document.clone();
    journey.does(Action::Compared(job, Box::new(comparison)));
    journey.does(Action::StepReference(1));
    let scene = shown(&journey);
    assert_eq!(scene.reference, Some(board::sha("second-unit.jpg")));
    let there = scene.reference_warp.unwrap().to_reference(Point::new(700.0, 500.0));
    assert!(there.distance(Point::new(700.0, 500.0)) < 1e-6, "both lie under the photo in the same way: {there:?}");
    journey.does(Action::StepReference(1));
    assert_eq!(shown(&journey).reference, Some(board::sha("known.jpg")), "round and round");
    // One action, one step of undo: the reference and what came of it.
    journey.does(Action::ShowReference(1));
    let after = journey.case().document.clone();
    journey.does(Action::Undo);
    assert_eq!((&journey.case().document, journey.state.view.reference), (&before, 0));
    assert!(!journey.state.history.can_undo());
    journey.does(Action::Redo);
    assert_eq!(journey.case().document, after);
    journey.does(Action::RemoveReference(board::sha("known.jpg")));
    assert_eq!(journey.case().document.references().len(), 2, "findings lie on the first one");
    journey.does(Action::RemoveReference(board::sha("second-unit.jpg")));
    assert_eq!(journey.compared_pictures(), Some((board::sha("mine.jpg"), both[..1].to_vec())));
    assert_eq!(journey.case().document.references().len(), 1);
}

#[test]
fn a_reference_taken_back_while_it_is_compared_stops_the_comparison() {
    let mut journey = Journey::compared();
    journey.gives(Purpose::Reference, "second-unit.jpg");
    let job = journey.compare_job();
    journey.does(Action::Undo);
    assert!(journey.effects.contains(&Effect::Cancel(job)) && journey.state.comparing().is_none());
    assert_eq!(journey.case().document, Journey::compared().case().document);
}

#[test]
fn what_is_done_while_a_reference_is_compared_is_undone_before_it() {
    let mut journey = Journey::compared();
    let start = journey.case().document.clone();
    journey.gives(Purpose::Reference, "second-unit.jpg");
    let job = journey.compare_job();
    journey.gives(Purpose::Layer, "x-ray.png").does(Action::AddFinding(Shape::Point(Point::new(9.0, 9.0))));
    let mut comparison = board::comparison();
    let alignment = comparison.alignment.clone();
    comparison.references.push(ReferenceResult {
        picture: board::facts("second-unit.jpg"),
        alignment,
        unit: None,
        standing: Default::default(),
    });
    comparison.differences.truncate(2);
    journey.does(Action::Undo).does(Action::Compared(job, Box::new(comparison)));
    assert!(journey.case().is_compared() && journey.state.history.can_redo(), "the finding can still be done again");
    journey.does(Action::Redo);
    let end = journey.case().document.clone();
    assert_eq!((end.findings().len(), end.layers().len(), end.references().len()), (1, 1, 2));
    for left in [(0, 1, 2), (0, 0, 2), (0, 0, 1)] {
        journey.does(Action::Undo);
        let document = &journey.case().document;
        assert_eq!((document.findings().len(), document.layers().len(), document.references().len()), left);
        assert!(journey.case().is_compared());
    }
    assert_eq!(journey.case().document, start);
    for _ in 0..3 {
        journey.does(Action::Redo);
    }
    assert_eq!(journey.case().document, end);
}

#[test]
fn a_reference_that_comes_back_without_its_result_is_compared_again() {
    let mut journey = Journey::compared();
    journey.gives(Purpose::Reference, "second-unit.jpg").does(Action::Undo).does(Action::Redo);
    assert!(!journey.case().is_compared());
    let both = vec![board::sha("known.jpg"), board::sha("second-unit.jpg")];
    assert_eq!(journey.compared_pictures(), Some((board::sha("mine.jpg"), both)));
}

#[test]
fn a_reference_waits_until_the_case_is_whole() {
    let mut journey = Journey::compared();
    journey.does(Action::PictureLoaded(board::sha("known.jpg"), false)).gives(Purpose::Reference, "second-unit.jpg");
    assert!(journey.said().contains("second-unit.jpg can't be compared yet"), "{}", journey.said());
    assert_eq!(journey.case().document.references().len(), 1);
    // The lost one, chosen by the same button, is simply back.
    let said = journey.said();
    journey.gives(Purpose::Reference, "known.jpg");
    assert_eq!(journey.said(), said);
    journey.gives(Purpose::Reference, "second-unit.jpg");
    assert_eq!(journey.case().document.references().len(), 2);
}

#[test]
fn photo_and_reference_are_hidden_and_faded_and_come_back_with_the_next_case() {
    let mut journey = Journey::compared();
    assert!(is_laid(&journey.state) && shown(&journey).shows_both());
    journey.does(Action::FadeLayer(Layer::Reference, 0.3));
    assert_eq!((shown(&journey).strength.reference, shown(&journey).strength.photo), (0.3, 1.0));
    journey.does(Action::ShowLayer(Layer::Photo, false));
    assert!(!shown(&journey).shows_both() && shown(&journey).shown_opacity() == 0.0);
    journey.does(Action::AlignByHand(Some(ByHand::Photo)));
    assert!(shown(&journey).shows_both() && !is_laid(&journey.state), "who lays it by hand has to see it");
    journey.does(Action::CloseCase).drops(&["known.jpg", "mine.jpg"]).does(Action::Compare);
    assert!(shown(&journey).shows_both());
}

#[test]
fn the_photo_and_a_layer_have_pairs_of_their_own() {
    let mut journey = with_xray();
    let pair = ControlPoint { photo: Point::new(5.0, 6.0), reference: Point::new(7.0, 8.0) };
    journey.does(Action::AlignByHand(Some(ByHand::Photo))).does(Action::AddControlPoint(pair));
    let document = &journey.case().document;
    assert_eq!((document.control_points().len(), document.layers()[0].points.len()), (1, 4));
    journey.does(Action::AlignByHand(Some(ByHand::Layer(board::sha("x-ray.png"))))).does(Action::RemoveControlPoint(0));
    let document = &journey.case().document;
    assert_eq!((document.control_points().len(), document.layers()[0].points.len()), (1, 3));
    assert!(journey.effects.iter().any(|effect| matches!(effect, Effect::StoreCase(_))));
    // A layer that is not there can't be laid.
    journey.does(Action::AlignByHand(Some(ByHand::Layer(board::sha("nothing.png")))));
    assert_eq!(journey.state.view.by_hand, None);
}
