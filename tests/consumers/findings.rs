//! The findings that are exported: each shape and kind, and texts that have to be quoted in one format or another.

use boardwatch::geometry::{Point, Rect, Reference};
use boardwatch::report::interchange::{Format, Subject};
use boardwatch::report::{Finding, FindingId, FindingKind, Judgement, ReferenceNote, Severity, Shape};
use boardwatch::vision::{PictureFacts, Sha256};

/// What they lie on: `board.svg` beside this file.
pub(crate) fn reference() -> ReferenceNote {
    ReferenceNote::of("board.svg".into(), PictureFacts { sha256: Sha256([7; 32]), width: 1200, height: 900 })
}

/// Ten findings; the last has three shapes, one of them partly off the picture.
pub(crate) fn findings() -> Vec<Finding> {
    let at = |x: f64, y: f64| Point::<Reference>::new(x, y);
    let wave = |k: u32| at(60.0 + 8.0 * f64::from(k), 700.0 + 40.0 * libm::sin(f64::from(k) / 4.0));
    let shapes = [
        vec![Shape::Box(Rect::new(80.0, 60.0, 200.0, 120.0))],
        vec![Shape::Point(at(420.5, 120.5))],
        vec![Shape::Ellipse(Rect::new(500.25, 50.75, 240.0, 140.0))],
        vec![Shape::Polygon(vec![at(820.0, 60.0), at(1050.0, 90.0), at(990.0, 200.0), at(900.0, 150.0), at(840.0, 230.0)])],
        vec![Shape::Line([at(80.0, 300.0), at(300.0, 420.0)])],
        vec![Shape::Arrow([at(420.1, 430.2), at(610.3, 300.4)])],
        vec![Shape::Freehand((0..48).map(wave).collect())],
        vec![Shape::Text { at: at(720.0, 360.0), text: "C14 <& \"R7\">".into() }],
        vec![Shape::Measure([at(900.0, 420.0), at(1130.0, 420.0)])],
        vec![
            Shape::Box(Rect::new(560.0, 600.0, 150.0, 90.0)),
            Shape::Ellipse(Rect::new(800.0, 600.0, 120.0, 120.0)),
            Shape::Box(Rect::new(1100.0, 800.0, 200.0, 150.0)),
        ],
    ];
    let finding = |(number, shapes): (u32, Vec<Shape>)| {
        let k = number as usize;
        Finding {
            id: FindingId(number * 3),
            shapes,
            kind: FindingKind::ALL[k % 9],
            designator: format!("U{k}"),
            severity: Severity::ALL[k % 3],
            judgement: Judgement::ALL[k % 4],
            note: format!("Nr. {k}: \"löten\" <b>& prüfen</b>\n=1+1"),
            tags: vec!["power".into(), format!("tag {k}")],
            score: Some(1.0 / f64::from(number)),
            depth: number as i32 - 5,
        }
    };
    (1..).zip(shapes).map(finding).collect()
}

/// Them as a file.
pub(crate) fn exported(format: Format) -> String {
    format.write(&findings(), &Subject { photo: Sha256([9; 32]), reference: &reference(), px_per_mm: Some(12.5) })
}
