//! What the drafter makes of files: drawings of a side, and photos set against them, through the same call as in its worker.
#![cfg(not(target_arch = "wasm32"))]

use boardwatch::app::draft::{CheckRequest, DraftReply, DraftRequest};
use boardwatch::catalog::Side;
use boardwatch::design::Placed;
use boardwatch::geometry::{Homography, Rect, Reference, Warp};
use boardwatch::report::{ControlPoint, Drawing};
use boardwatch::vision::{Ignore, PictureFacts, Reason, Sha256, Verdict, decode, probe};
use specimen::{Board, BoardConfig, Camera, Difficulty, Shot, Tampering, UnitConfig, photograph, truth};

const SIZE: [usize; 2] = [1600, 1200];

fn board() -> Board {
    Board::new(&BoardConfig { seed: 8_000_002, size_mm: [80.0, 60.0], ..BoardConfig::default() })
}

fn photo(added: usize) -> Shot {
    let good = board().unit(&UnitConfig { seed: 30, ..UnitConfig::default() });
    let unit = (0..added).fold(good, |unit, _| unit.with(Tampering::Added));
    photograph(&unit, &Camera::hand_held(2, Difficulty::Easy), SIZE)
}

/// The same placements as those of the bottom: left and right change places.
fn turned(placements: &str) -> String {
    let row = |line: &str| {
        let mut cells: Vec<String> = line.split(',').map(str::to_owned).collect();
        if let Some(x) = cells.get(3).and_then(|x| x.parse::<f64>().ok()) {
            cells[3] = (-x).to_string();
            cells[6] = "bottom".to_owned();
        }
        cells.join(",") + "\n"
    };
    placements.lines().map(row).collect()
}

fn draw(name: &str, file: &[u8]) -> (DraftReply, Vec<Vec<u8>>) {
    DraftRequest::Draw { names: vec![name.to_owned()], side: None }.answer(&[file.to_vec()], &mut Ignore)
}

fn check(
    photo: &[u8],
    file: &[u8],
    (sheet, drawing): &(PictureFacts, Drawing),
    on: Option<(Warp, Vec<Rect<boardwatch::geometry::Photo>>)>,
    points: Vec<ControlPoint>,
) -> (DraftReply, Vec<Vec<u8>>) {
    let names = drawing.files.iter().map(|file| file.name.clone()).collect();
    let request = CheckRequest { names, sheet: *sheet, frame: drawing.frame.clone(), points, on };
    DraftRequest::Check(Box::new(request)).answer(&[photo.to_vec(), file.to_vec()], &mut Ignore)
}

#[test]
fn a_side_is_drawn_as_a_picture_of_its_own_size() {
    let file = board().placements();
    let (reply, made) = draw("pos.csv", file.as_bytes());
    let (picture, drawing) = reply.drawn.expect("it is drawn");
    assert_eq!((picture.sha256, drawing.side, made.len()), (Sha256::of(&made[0]), Side::Top, 1));
    let header = probe(&made[0]).unwrap();
    assert_eq!((header.width, header.height), (picture.width, picture.height));
    assert_eq!(drawing.parts as usize, file.lines().count() - 1);
    assert_eq!(drawing.files[0].sha256, Sha256::of(file.as_bytes()));
    // The same files make the same picture: whoever has them can tell that a report is about them.
    assert_eq!(draw("pos.csv", file.as_bytes()).1, made);
    // Lines on nothing: most of it is paper.
    let paper = decode(&made[0]).unwrap().rgb.chunks_exact(3).filter(|rgb| *rgb == [255; 3]).count();
    let pixels = picture.width as usize * picture.height as usize;
    assert!((pixels / 2..pixels * 99 / 100).contains(&paper), "{paper} of {pixels}");
}

#[test]
fn what_is_no_design_is_refused_by_its_name() {
    let (reply, made) = draw("notes.txt", b"Nothing to see here.");
    assert!(made.is_empty() && reply.drawn.is_none());
    let said = reply.refused.unwrap();
    assert!(said.starts_with("notes.txt: ") && said.ends_with("as Gerber."), "{said}");
    let request = DraftRequest::Check(Box::new(CheckRequest {
        names: Vec::new(),
        sheet: PictureFacts { sha256: Sha256::of(b""), width: 1, height: 1 },
        frame: String::new(),
        points: Vec::new(),
        on: None,
    }));
    assert!(request.answer(&[], &mut Ignore).0.refused.is_some());
}

#[test]
fn a_photo_is_set_against_the_side_that_it_shows() {
    let shot = photo(4);
    let (jpeg, file) = (shot.jpeg(92), turned(&board().placements()));
    // One part on the top: that side is drawn first.
    let file = file + "X1,socket,SOIC-8_3.9x4.9mm,-5,-5,0,top,\n";
    let drawn = draw("pos.csv", file.as_bytes()).0.drawn.unwrap();
    assert_eq!((drawn.1.side, drawn.1.parts), (Side::Top, 1));
    let (reply, made) = check(&jpeg, file.as_bytes(), &drawn, None, Vec::new());
    let (picture, drawing) = reply.drawn.expect("the other side is drawn");
    assert_eq!((drawing.side, picture.sha256), (Side::Bottom, Sha256::of(&made[0])));
    let comparison = reply.comparison.unwrap();
    assert_eq!((comparison.alignment.verdict, comparison.alignment.reason), (Verdict::Aligned, Reason::PartsAgree));
    assert_eq!((comparison.references[0].picture, comparison.photo.sha256), (picture, Sha256::of(&jpeg)));
    // Parts lie on the photo where the truth has them: by the map, to half a millimetre.
    let check = reply.check.unwrap();
    let map = comparison.alignment.homography.unwrap();
    let mut near = 0_usize;
    let parts = truth(&shot, &shot).parts;
    for part in &parts {
        let Some(own) = check.parts.iter().find(|own| own.name == part.name) else { continue };
        let on_sheet = map.apply(boardwatch::geometry::Point::new(part.foot[0], part.foot[1]));
        near += usize::from(on_sheet.distance(own.reference_box.centre()) < 0.5 * comparison.limits.px_per_mm.unwrap());
    }
    assert!(near * 20 >= (parts.len() - 4) * 19, "{near} of {} parts", parts.len());
    assert!(comparison.differences.len() >= 3, "{} things", comparison.differences.len());
    assert!(check.places.iter().all(|says| says.placed == Placed::Nothing) && check.places.len() == comparison.differences.len());
    // On another board's design nothing is found, and nothing is claimed.
    let other = Board::new(&BoardConfig { seed: 9_000_002, size_mm: [80.0, 60.0], ..BoardConfig::default() }).placements();
    let drawn = draw("other.csv", other.as_bytes()).0.drawn.unwrap();
    let reply = check_of(&jpeg, &other, &drawn);
    let comparison = reply.comparison.unwrap();
    assert_eq!((comparison.alignment.verdict, comparison.alignment.reason), (Verdict::Refused, Reason::PartsDisagree));
    assert!(comparison.differences.is_empty() && comparison.alignment.coverage == 0.0);
}

fn check_of(jpeg: &[u8], file: &str, drawn: &(PictureFacts, Drawing)) -> DraftReply {
    check(jpeg, file.as_bytes(), drawn, None, Vec::new()).0
}

#[test]
fn over_photos_it_says_what_belongs_at_each_place_and_where_the_drawing_lies() {
    let shot = photo(1);
    let (jpeg, file) = (shot.jpeg(92), board().placements());
    let drawn = draw("pos.csv", file.as_bytes()).0.drawn.unwrap();
    let truth = truth(&shot, &shot);
    let area = |name: &str| {
        let part = truth.parts.iter().find(|part| part.name == name).unwrap();
        Rect::new(part.photo_box.x, part.photo_box.y, part.photo_box.w, part.photo_box.h)
    };
    let added = &truth.boxes[0];
    let listed = truth.parts.iter().find(|part| part.name != added.part).unwrap();
    let boxes = vec![area(&listed.name), area(&added.part)];
    // The first reference is the photo, enlarged twofold.
    let warp = Warp { homography: Homography::new([2.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 1.0]), mesh: None };
    let (reply, made) = check(&jpeg, file.as_bytes(), &drawn, Some((warp, boxes)), Vec::new());
    assert!(made.is_empty() && reply.comparison.is_none());
    let check = reply.check.unwrap();
    assert_eq!(check.verdict, Verdict::Aligned);
    let [here, nothing] = &check.places[..] else { panic!("{:?}", check.places) };
    let first = check.part(here.parts[0]).unwrap();
    assert_eq!((here.placed, first.name.as_str(), nothing.placed), (Placed::Parts, listed.name.as_str(), Placed::Nothing));
    let middle: boardwatch::geometry::Point<Reference> = first.reference_box.centre();
    assert!(middle.distance(boardwatch::geometry::Point::new(2.0 * listed.foot[0], 2.0 * listed.foot[1])) < 20.0, "{middle:?}");
    assert_eq!(reply.pairs.len(), 9);
}
