//! Reports as people might make them, and some that they hardly would.

use boardwatch::geometry::{Homography, Mesh, Point, Rect, Reference};
use boardwatch::report::{Finding, FindingId, FindingKind, Judgement, ReferenceNote, Report, Severity, Shape, Summary};
use boardwatch::vision::{Alignment, PictureFacts, Reason, Residual, Sha256, Verdict};

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
    Report {
        board: dice.one_of(&NOTES).to_owned(),
        photo: facts(dice),
        references: (0..=dice.below(3)).map(|_| note(dice)).collect(),
        alignment: Alignment {
            verdict,
            reason: dice.one_of(&[Reason::Agrees, Reason::LooseFit, Reason::Mirrored, Reason::DifferentBoard]),
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
    }
}

fn facts(dice: &mut Dice) -> PictureFacts {
    let sha256 = Sha256(std::array::from_fn(|_| dice.next() as u8));
    PictureFacts { sha256, width: 1 + dice.below(32_767) as u32, height: 1 + dice.below(32_767) as u32 }
}

fn note(dice: &mut Dice) -> ReferenceNote {
    ReferenceNote { title: dice.one_of(&NOTES).to_owned(), picture: facts(dice) }
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
