//! A design as what the photo is compared with, and as a layer over a comparison of photos.

use boardwatch::app::draft::{CheckRequest, DraftReply, DraftRequest};
use boardwatch::app::job::{JobFailure, JobId};
use boardwatch::app::staging::scene;
use boardwatch::app::{Action, Case, Effect, Layer, Purpose, Slot, SlotState};
use boardwatch::catalog::{Modality, Side};
use boardwatch::design::{CheckedPart, DesignCheck, Placed, Says};
use boardwatch::geometry::{Point, Rect};
use boardwatch::report::{ControlPoint, Drawing, Shape};
use boardwatch::vision::{Comparison, PictureFacts, Reason, ReferenceResult, Residual, Sha256, Standing, Verdict};

use crate::board;
use crate::journey::Journey;

pub(crate) const PLACEMENTS: &str =
    "Ref,Val,Package,PosX,PosY,Rot,Side\nR1,10k,R_0603,10,-10,0,top\nC2,100n,C_0402,30,-20,90,top\nU3,MCU,QFP,20,-15,0,bottom\n";

fn part(name: &str, x: f64) -> CheckedPart {
    CheckedPart { name: name.to_owned(), about: "10k".to_owned(), reference_box: Rect::new(x, 100.0, 60.0, 40.0) }
}

fn says(placed: Placed, parts: &[u32], mm: f64) -> Says {
    Says { placed, parts: parts.to_vec(), mm }
}

fn check(verdict: Verdict, places: Vec<Says>) -> DesignCheck {
    DesignCheck {
        verdict,
        looked_for: 40,
        agreed: 0.9,
        residual_mm: Residual { median: 0.05, p95: 0.12 },
        parts: vec![part("R1", 100.0), part("C2", 400.0)],
        places,
    }
}

/// What the drafter finds: one thing like a part where nothing is placed.
fn found(journey: &Journey, sheet: PictureFacts) -> Comparison {
    let mut comparison = board::comparison();
    comparison.photo = journey.case().photo.facts;
    comparison.alignment.reason = Reason::PartsAgree;
    comparison.references = vec![ReferenceResult {
        picture: sheet,
        alignment: comparison.alignment.clone(),
        unit: None,
        standing: Standing::default(),
    }];
    comparison.differences.truncate(1);
    comparison
}

/// True when the open case compares with a drawing.
pub(crate) fn is_drawn(journey: &Journey) -> bool {
    let first = journey.state.case.as_ref().and_then(|case| case.document.references().first());
    first.is_some_and(|first| first.drawing.is_some())
}

/// The drafter answers, whatever it was asked.
pub(crate) fn set_against(journey: &Journey, job: JobId) -> Action {
    let alone = is_drawn(journey).then(|| Box::new(found(journey, journey.case().document.references()[0].facts)));
    let said = vec![says(Placed::Nothing, &[0], 1.2), says(Placed::Parts, &[1], 0.0)];
    let pairs = [(0.0, 0.0), (500.0, 0.0), (500.0, 400.0), (0.0, 400.0)]
        .map(|(x, y)| ControlPoint { photo: Point::new(x, y), reference: Point::new(2.0 * x + 100.0, 2.0 * y) });
    let pairs = if alone.is_none() { pairs.to_vec() } else { Vec::new() };
    let check = Some(check(Verdict::Aligned, said));
    Action::Drafted(job, Box::new(DraftReply { check, comparison: alone, pairs, ..DraftReply::default() }), Vec::new())
}

/// Photo and placement data are in their slots.
fn with_design() -> Journey {
    let mut journey = Journey::fresh();
    journey.drops(&["mine.jpg"]).drops_design(&[("board-pos.csv", PLACEMENTS)]);
    journey
}

fn asked(journey: &Journey) -> (JobId, CheckRequest) {
    match journey.draft() {
        (job, DraftRequest::Check(request)) => (job, *request),
        other => panic!("{other:?}"),
    }
}

/// The workbench, with the photo set against the drawing.
fn checked() -> Journey {
    let mut journey = with_design();
    journey.does(Action::Compare);
    let (job, _) = asked(&journey);
    let answer = set_against(&journey, job);
    journey.does(answer);
    journey
}

#[test]
fn a_photo_is_set_against_a_design_alone() {
    let journey = with_design();
    let SlotState::Ready(entry) = journey.state.slot(Slot::KnownGood) else { panic!("{:?}", journey.state.slots) };
    let drawing = entry.drawing.as_ref().expect("it was drawn");
    assert_eq!((drawing.side, drawing.parts, entry.title.as_str()), (Side::Top, 2, "board-pos.csv"));
    assert_eq!(drawing.files[0].sha256, Sha256::of(PLACEMENTS.as_bytes()));
    let mut journey = checked();
    let effects = &journey.effects;
    assert!(effects.iter().any(|effect| matches!(effect, Effect::StoreCase(_))), "{effects:?}");
    // What is stored beside the case: the photo, the drawing's picture, the file of the design.
    let pictures: Vec<Sha256> = journey.case().pictures().collect();
    assert_eq!(pictures.len(), 3);
    assert!(pictures.contains(&Sha256::of(PLACEMENTS.as_bytes())));
    // The drawing also lies over the photo.
    let sheet = journey.case().document.references()[0].facts.sha256;
    let over: Vec<_> = scene(&journey.state).unwrap().over.iter().map(|over| (over.picture, over.opacity)).collect();
    assert_eq!(over, [(sheet, 1.0)]);
    journey.does(Action::ShowLayer(Layer::Picture(sheet), false));
    assert_eq!(scene(&journey.state).unwrap().over[0].opacity, 0.0);
    // A finding says what the design says, and one that is drawn on a part has its name.
    journey.does(Action::AcceptDifference(0));
    let finding = journey.case().document.findings().next().unwrap().clone();
    assert_eq!(finding.note, "Nothing is placed here in the design; 1.2 mm away is R1 (10k).");
    assert_eq!(finding.designator, "");
    journey.does(Action::AddFinding(Shape::Box(Rect::new(410.0, 105.0, 30.0, 20.0))));
    assert_eq!(journey.case().document.findings().last().unwrap().designator, "C2");
    // All of it comes back.
    let text = journey.case().to_json().unwrap();
    assert_eq!(Case::from_json(&text).unwrap(), *journey.case());
}

#[test]
fn three_points_lay_a_drawing() {
    let mut journey = checked();
    for k in 0..3 {
        let (x, y) = (100.0 + 300.0 * f64::from(k), 100.0 * f64::from(k * k));
        journey.does(Action::AddControlPoint(ControlPoint { photo: Point::new(x, y), reference: Point::new(x, y) }));
        journey.does(Action::CompareAgain);
        assert_eq!(asked(&journey).1.points.len(), if k == 2 { 3 } else { 0 });
    }
}

#[test]
fn the_other_side_takes_its_place_where_the_photo_shows_that_one() {
    let mut journey = with_design();
    journey.does(Action::Compare);
    let (job, request) = asked(&journey);
    let bottom = PictureFacts { sha256: board::sha("bottom"), width: 900, height: 700 };
    let drawing = journey.case().document.references()[0].drawing.clone().unwrap();
    let turned = Drawing { side: Side::Bottom, parts: 1, ..(*drawing).clone() };
    assert_eq!(request.frame, drawing.frame);
    let reply = DraftReply {
        check: Some(check(Verdict::Aligned, vec![says(Placed::Nothing, &[], 0.0)])),
        comparison: Some(Box::new(found(&journey, bottom))),
        drawn: Some((bottom, turned)),
        ..DraftReply::default()
    };
    let file = journey.text_file("the picture").id;
    journey.does(Action::Drafted(job, Box::new(reply), vec![file]));
    let first = &journey.case().document.references()[0];
    assert_eq!((first.facts, first.drawing.as_ref().unwrap().side), (bottom, Side::Bottom));
    assert!(journey.effects.contains(&Effect::KeepPicture { offer: file, sha256: bottom.sha256 }));
    assert!(!journey.state.history.can_undo(), "the machine's answer to opening the case is no step");
}

#[test]
fn a_file_that_is_no_design_is_refused_by_name_and_empties_its_slot() {
    let mut journey = Journey::fresh();
    journey.drops(&["mine.jpg"]).drops_design(&[("notes.txt", "Nothing to see here.")]);
    assert!(journey.said().starts_with("notes.txt: The file is none that is known here"), "{}", journey.said());
    assert_eq!((journey.ready(Slot::YourBoard), journey.state.slot(Slot::KnownGood)), (Some("mine.jpg"), &SlotState::Empty));
    assert!(journey.effects.iter().any(|effect| matches!(effect, Effect::ForgetOffer(_))));
}

#[test]
fn a_design_that_is_taken_out_while_it_is_drawn_is_forgotten() {
    let mut journey = Journey::fresh();
    journey.drops(&["mine.jpg"]);
    let files = ["top.gbr", "board-pos.csv"].map(|name| boardwatch::app::Offer {
        title: name.to_owned(),
        is_design: true,
        ..journey.text_file(PLACEMENTS)
    });
    journey.does(Action::PicturesOffered(files.to_vec()));
    let (job, _) = journey.draft();
    journey.does(Action::RemovePicture(Slot::KnownGood));
    let forgotten = files.iter().all(|file| journey.effects.contains(&Effect::ForgetOffer(file.id)));
    assert!(forgotten && journey.effects.contains(&Effect::Cancel(job)), "{:?}", journey.effects);
    // Too late.
    journey.does(Action::JobFailed(job, JobFailure::Crashed));
    assert_eq!(journey.said(), "");
}

/// A comparison of photos with the drawing over it, and what the drafter was asked.
fn over_photos() -> (Journey, JobId, CheckRequest) {
    let mut journey = Journey::compared();
    journey.drops_design(&[("board-pos.csv", PLACEMENTS)]);
    let (job, request) = asked(&journey);
    (journey, job, request)
}

#[test]
fn a_design_over_a_comparison_says_what_belongs_at_each_difference() {
    let (mut journey, job, request) = over_photos();
    let boxes: Vec<_> = board::comparison().differences.iter().map(|difference| difference.photo_box).collect();
    assert_eq!(request.on.as_ref().map(|(_, boxes)| boxes), Some(&boxes));
    let pairs: Vec<_> = [(0.0, 0.0), (500.0, 0.0), (500.0, 400.0), (0.0, 400.0)]
        .map(|(x, y)| ControlPoint { photo: Point::new(x, y), reference: Point::new(2.0 * x + 100.0, 2.0 * y) })
        .to_vec();
    let said = vec![says(Placed::Parts, &[1, 0], 0.0), says(Placed::Nothing, &[], 0.0), says(Placed::NotFitted, &[0], 0.0)];
    let reply = DraftReply { check: Some(check(Verdict::Aligned, said)), pairs, ..DraftReply::default() };
    journey.does(Action::Drafted(job, Box::new(reply), Vec::new()));
    let [layer] = journey.case().document.layers() else { panic!("{:?}", journey.case().document.layers()) };
    assert_eq!((layer.modality, layer.points.len()), (Modality::CadDrawing, 4));
    let over = &scene(&journey.state).unwrap().over[0];
    assert!(over.warp.to_reference(Point::new(100.0, 100.0)).distance(Point::new(300.0, 200.0)) < 1e-6);
    journey.does(Action::AcceptDifference(0));
    assert_eq!(journey.case().document.findings().next().unwrap().designator, "C2");
    // Adding it and what came of it are one step: undo takes both away.
    assert!(journey.case().document.check().is_some());
    journey.does(Action::Undo).does(Action::Undo);
    assert!(journey.case().document.layers().is_empty() && journey.case().document.check().is_none());
    journey.does(Action::Redo);
    assert!(journey.case().document.check().is_some());
    // Another comparison is set against it anew.
    journey.does(Action::CompareAgain);
    let compared = journey.compare_job();
    journey.does(Action::Compared(compared, Box::new(board::comparison())));
    assert_eq!(asked(&journey).1.points.len(), 4, "from where it lies");
}

#[test]
fn a_design_that_finds_no_place_asks_for_points() {
    let (mut journey, job, _) = over_photos();
    let reply = DraftReply { check: Some(check(Verdict::Refused, Vec::new())), ..DraftReply::default() };
    journey.does(Action::Drafted(job, Box::new(reply), Vec::new()));
    assert!(journey.said().contains("could not be laid over the photo by itself"), "{}", journey.said());
    assert!(journey.case().document.check().is_none() && journey.case().document.layers().len() == 1);
}

#[test]
fn what_does_not_go_with_a_drawing_is_said() {
    let mut journey = Journey::fresh();
    let design = boardwatch::app::Offer { is_design: true, ..journey.text_file(PLACEMENTS) };
    let photos = [journey.text_file("one"), journey.text_file("two")];
    journey.does(Action::PicturesOffered(photos.into_iter().chain([design.clone()]).collect()));
    assert!(journey.said().contains("Add the files of the design afterwards"), "{}", journey.said());
    assert!(journey.effects.contains(&Effect::ForgetOffer(design.id)));
    assert!(journey.state.slots.iter().all(|slot| matches!(slot, SlotState::Inspecting(offer) if !offer.is_design)));
    let mut journey = checked();
    journey.gives(Purpose::Reference, "unit-2.jpg");
    assert!(journey.said().contains("This case compares with a drawing."), "{}", journey.said());
    let mut journey = with_design();
    journey.does(Action::SwapPictures);
    assert!(journey.said().contains("can't change places"), "{}", journey.said());
}

#[test]
fn a_lost_file_of_a_design_is_named_and_dropped_again() {
    let case = checked().case().clone();
    let mut journey = Journey::fresh();
    let lost = Sha256::of(PLACEMENTS.as_bytes());
    journey.does(Action::OpenCase(case.id)).does(Action::CaseLoaded(case.id, Ok(Some(Box::new(case.clone())))));
    for sha256 in case.pictures() {
        journey.does(Action::PictureLoaded(sha256, sha256 != lost));
    }
    assert!(journey.said().contains("board-pos.csv is no longer in this browser"), "{}", journey.said());
    assert!(!journey.state.has_all_compared());
    journey.drops_design(&[("board-pos.csv", PLACEMENTS)]);
    assert!(journey.state.has_all_compared() && journey.case().document.layers().is_empty());
}

#[test]
fn a_report_about_a_drawing_is_answered_with_the_same_design() {
    let mut sender = checked();
    sender.does(Action::AcceptDifference(0));
    let sheet = sender.case().document.references()[0].facts;
    let link = sender.shares();
    let mut reader = Journey::at(&link);
    reader.does(Action::CasesListed(Vec::new())).does(Action::CatalogueArrived(Ok(board::catalogue())));
    assert!(reader.state.report().is_some(), "{}", reader.said());
    // The design comes first: it is what their photo is to be set against, and no photo itself.
    reader.drops_design(&[("mine-pos.csv", PLACEMENTS)]).drops(&["theirs.jpg"]);
    let (_, request) = asked(&reader);
    assert_eq!((request.sheet, reader.case().asked().len()), (sheet, 1));
    assert_eq!(reader.case().photo.title, "theirs.jpg");
    // Of another design the other side is drawn as well, before it is said to be another one.
    let mut reader = Journey::at(&link);
    reader.does(Action::CasesListed(Vec::new())).does(Action::CatalogueArrived(Ok(board::catalogue())));
    let offers = reader.drops(&["theirs.jpg"]).offers_design(&[("other.csv", &PLACEMENTS.replace("30,-20", "31,-20"))]);
    let (job, _) = reader.draft();
    reader.draws(job, &offers);
    let (job, request) = reader.draft();
    assert!(matches!(request, DraftRequest::Draw { side: Some(Side::Bottom), .. }), "{request:?}");
    let (reply, made) = request.answer(&[PLACEMENTS.replace("30,-20", "31,-20").into_bytes()], &mut boardwatch::vision::Ignore);
    assert_eq!(made.len(), 1);
    reader.does(Action::Drafted(job, Box::new(reply), Vec::new()));
    assert!(reader.said().contains("is not the reference that this report names"), "{}", reader.said());
}
