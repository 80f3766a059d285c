//! Reports as people might make them, and some that they hardly would.

use boardwatch::geometry::{Homography, Mesh, Point, Rect, Reference};
use boardwatch::report::{
    Answer, Bundle, ControlPoint, Exhibit, Finding, FindingId, FindingKind, Judgement, MAX_BLIND, Method, PublicKey,
    ReferenceNote, Report, Seen, Severity, Shape, Shows, Sighting, Signature, SignatureBytes, Summary,
};
use boardwatch::vision::{Alignment, BlindArea, BlindReason, PictureFacts, Reason, Residual, Sha256, Verdict};

use super::Dice;

const NOTES: [&str; 6] = [
    "",
    "Capacitor C14 is not on the reference.",
    "Grün lackierter Draht von U3 nach R7, 0,1 mm",
    "芯片上的丝印不同：RTL8211 → RTL8212",
    "👩🏽‍🔧 says: «reflowed», \"twice\"\nsecond line\u{0}\u{202e}end",
    "שבב נוסף ליד המחבר",
];

/// A valid report.
pub(crate) fn draw(dice: &mut Dice) -> Report {
    let verdict = dice.one_of(&[Verdict::Aligned, Verdict::Doubtful, Verdict::Refused]);
    let has_map = verdict != Verdict::Refused || dice.chance(3);
    let differences = dice.below(200) as u32;
    let mut number = 0;
    let references: Vec<_> = (0..=dice.below(3)).map(|_| note(dice)).collect();
    let units = dice.chance(2).then(|| references.iter().map(|_| dice.chance(2).then(|| dice.below(9) as u32)).collect());
    Report {
        board: dice.one_of(&NOTES).to_owned(),
        unit: dice.one_of(&NOTES).to_owned(),
        contributor: dice.one_of(&NOTES).to_owned(),
        photo: facts(dice),
        references,
        alignment: Alignment {
            verdict,
            reason: dice.one_of(&[
                Reason::Agrees,
                Reason::LooseFit,
                Reason::Mirrored,
                Reason::DifferentBoard,
                Reason::PartsAgree,
            ]),
            homography: has_map.then(|| homography(dice)),
            mesh: (has_map && dice.chance(2)).then(|| mesh(dice)),
            points: Vec::new(),
            inliers: dice.next() as u32,
            residual_px: dice.chance(2).then(|| Residual { median: dice.between(0.0, 2.0), p95: dice.between(0.0, 9.0) }),
            coverage: dice.between(0.0, 1.0),
            regions: Vec::new(),
        },
        summary: Summary {
            differences,
            flagged: dice.below(differences as usize + 1) as u32,
            smallest_part_px: dice.between(0.0, 60.0),
            px_per_mm: dice.chance(2).then(|| dice.between(1.0, 90.0)),
        },
        findings: (0..dice.below(12))
            .map(|_| {
                number += 1 + dice.below(3) as u32;
                finding(dice, FindingId(number))
            })
            .collect(),
        blind: (0..dice.below(MAX_BLIND + 1)).map(|_| blind(dice)).collect(),
        method: Method {
            made_by: dice.one_of(&["", "boardwatch 0.1.0"]).to_owned(),
            comparison: dice.chance(2).then(|| hash(dice)),
            px_per_mm: dice.chance(2).then(|| dice.between(1.0, 90.0)),
            control_points: (0..dice.below(6)).map(|_| control_point(dice)).collect(),
            units: units.unwrap_or_default(),
        },
        answer: dice.chance(3).then(|| answer(dice)),
    }
}

/// A valid report with what goes with it.
pub(crate) fn bundle(dice: &mut Dice) -> Bundle {
    let report = draw(dice);
    let mut shows = vec![Shows::Overview, Shows::Photo, Shows::Reference(0)];
    shows.extend(report.findings.iter().flat_map(|finding| [Shows::PhotoCrop(finding.id), Shows::ReferenceCrop(finding.id)]));
    shows.retain(|_| dice.chance(2));
    let exhibits = shows.into_iter().map(|shows| exhibit(dice, shows)).collect();
    Bundle { report, signature: dice.chance(2).then(|| signature(dice)), exhibits }
}

fn exhibit(dice: &mut Dice, shows: Shows) -> Exhibit {
    let (width, height) = (1 + dice.below(400) as u32, 1 + dice.below(400) as u32);
    let mut file = if dice.chance(2) { png_of(width, height) } else { jpeg_of(width, height) };
    file.extend((0..dice.below(300)).map(|_| dice.next() as u8));
    let area = Rect::new(dice.between(-100.0, 4000.0), dice.between(0.0, 3000.0), dice.between(1.0, 99.0), 40.0);
    Exhibit { shows, area, width, height, file }
}

/// The beginning of a JPEG file of this size, as far as nobody decodes it.
pub(crate) fn jpeg_of(width: u32, height: u32) -> Vec<u8> {
    let [size_y, size_x] = [height, width].map(|side| (side as u16).to_be_bytes());
    [&[0xff, 0xd8, 0xff, 0xc0, 0, 11, 8][..], &size_y, &size_x, &[1, 1, 0x11, 0], &[0xff, 0xd9]].concat()
}

/// The same of a PNG file.
fn png_of(width: u32, height: u32) -> Vec<u8> {
    [b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR", &width.to_be_bytes()[..], &height.to_be_bytes()].concat()
}

pub(crate) fn signature(dice: &mut Dice) -> Signature {
    Signature {
        name: dice.one_of(&NOTES[1..]).to_owned(),
        key: PublicKey(hash(dice).0),
        evidence: dice.chance(2).then(|| hash(dice)),
        signature: SignatureBytes((hash(dice).0, hash(dice).0)),
    }
}

fn answer(dice: &mut Dice) -> Answer {
    let mut number = 0;
    let mut sighting = || {
        number += 1 + dice.below(3) as u32;
        Sighting { finding: FindingId(number), seen: dice.one_of(&Seen::ALL), note: dice.one_of(&NOTES).to_owned() }
    };
    let places = (0..4).map(|_| sighting()).collect();
    Answer { report: hash(dice), places }
}

fn blind(dice: &mut Dice) -> BlindArea {
    let reasons = [BlindReason::OutOfFrame, BlindReason::Glare, BlindReason::Blur, BlindReason::Parallax, BlindReason::Dark];
    let reference_box = Rect::new(dice.between(0.0, 4000.0), dice.between(0.0, 3000.0), dice.between(16.0, 900.0), 64.0);
    BlindArea { reference_box, reason: dice.one_of(&reasons) }
}

fn control_point(dice: &mut Dice) -> ControlPoint {
    let mut at = || dice.between(-10.0, 4000.0);
    ControlPoint { photo: Point::new(at(), at()), reference: Point::new(at(), at()) }
}

fn hash(dice: &mut Dice) -> Sha256 {
    Sha256(std::array::from_fn(|_| dice.next() as u8))
}

fn facts(dice: &mut Dice) -> PictureFacts {
    let sha256 = hash(dice);
    PictureFacts { sha256, width: 1 + dice.below(32_767) as u32, height: 1 + dice.below(32_767) as u32 }
}

fn note(dice: &mut Dice) -> ReferenceNote {
    let [title, contributor, source] = [(); 3].map(|()| dice.one_of(&NOTES).to_owned());
    let licence = dice.one_of(&["", "CC-BY-4.0"]).to_owned();
    let catalogue = dice.one_of(&["", "Boards, edition 12 (https://boards.example/)"]).to_owned();
    ReferenceNote { title, picture: facts(dice), contributor, licence, source, catalogue }
}

fn homography<From: boardwatch::geometry::Space, To: boardwatch::geometry::Space>(dice: &mut Dice) -> Homography<From, To> {
    let mut unit = || dice.between(-1.0, 1.0);
    let (shear, slope) = (0.3 * unit(), 1e-5 * unit());
    Homography::new([1.0 + 0.2 * unit(), shear, 900.0 * unit(), -shear, 1.0 + 0.2 * unit(), 900.0 * unit(), slope, slope, 1.0])
}

fn mesh(dice: &mut Dice) -> Mesh {
    let (columns, rows) = (2 + dice.below(9) as u32, 2 + dice.below(9) as u32);
    let nodes = (0..columns * rows).map(|_| [dice.between(-12.0, 12.0) as f32, dice.between(-2000.0, 2000.0) as f32]).collect();
    Mesh { columns, rows, step_x: dice.between(1.0, 512.0), step_y: dice.between(1.0, 512.0), nodes }
}

/// A valid shape with an extent, near a board of some hundred pixels or far from it.
pub(crate) fn shape(dice: &mut Dice) -> Shape {
    let scale = dice.one_of(&[500.0, 60_000.0]);
    let at = |dice: &mut Dice| Point::<Reference>::new(dice.between(-scale, scale), dice.between(0.0, scale));
    let area = |dice: &mut Dice| {
        Rect::new(dice.between(-scale, scale), dice.between(0.0, scale), dice.between(1.0, 500.0), dice.between(1.0, 500.0))
    };
    let list = |dice: &mut Dice, least: usize| (0..least + dice.below(9)).map(|_| at(dice)).collect();
    match dice.below(9) {
        0 => Shape::Box(area(dice)),
        1 => Shape::Point(at(dice)),
        2 => Shape::Ellipse(area(dice)),
        3 => Shape::Polygon(list(dice, 3)),
        4 => Shape::Line([at(dice), at(dice)]),
        5 => Shape::Arrow([at(dice), at(dice)]),
        6 => Shape::Freehand(list(dice, 2)),
        7 => Shape::Text { at: at(dice), text: dice.one_of(&NOTES[1..]).to_owned() },
        _ => Shape::Measure([at(dice), at(dice)]),
    }
}

/// A valid finding.
pub(crate) fn finding(dice: &mut Dice, id: FindingId) -> Finding {
    Finding {
        id,
        shapes: (0..=dice.below(3)).map(|_| shape(dice)).collect(),
        kind: dice.one_of(&FindingKind::ALL),
        designator: dice.one_of(&["", "C14", "U3-A", "ДА1"]).to_owned(),
        severity: dice.one_of(&Severity::ALL),
        judgement: dice.one_of(&Judgement::ALL),
        note: dice.one_of(&NOTES).to_owned(),
        tags: (0..dice.below(3)).map(|_| dice.one_of(&["power", "löten", "check again"]).to_owned()).collect(),
        score: dice.chance(2).then(|| dice.between(0.0, 1.0)),
        depth: dice.below(7) as i32 - 3,
    }
}
