//! Reports beyond the limits: not written, and not read from a link made by hand.

use boardwatch::geometry::{Homography, Mesh, Point, Rect};
use boardwatch::report::{
    Answer, Bundle, ControlPoint, Finding, FindingId, LinkError, MAX_FINDINGS, MAX_NOTE_CHARS, Report, Seen, Shape, Sighting,
    read_link, write_link,
};
use boardwatch::vision::{BlindArea, BlindReason, Residual, Sha256, Verdict};

use crate::envelope::{Plain, around_payload, around_plain, plain_of};
use crate::random::{self, Dice};

/// The link of a report alone.
fn link_of(report: &Report) -> Result<String, LinkError> {
    write_link(&Bundle::of(report.clone()))
}

/// A report with a map, a mesh and findings.
fn full() -> Report {
    let whole = |report: &Report| report.alignment.mesh.is_some() && report.findings.len() > 2;
    (0..).map(|seed| random::report::draw(&mut Dice::new(seed))).find(whole).unwrap()
}

#[test]
fn what_a_link_cannot_carry_faithfully_is_not_written() {
    type Spoil = fn(&mut Report);
    let spoils: [(&str, Spoil); 31] = [
        ("a long board name", |r| r.board = "x".repeat(201)),
        ("a long title", |r| r.references[0].title = "ü".repeat(201)),
        ("no reference", |r| r.references.clear()),
        ("65 references", |r| r.references = vec![r.references[0].clone(); 65]),
        ("a photo without pixels", |r| r.photo.width = 0),
        ("a reference too wide", |r| r.references[0].picture.width = 32_768),
        ("a flat map", |r| r.alignment.homography = Some(Homography::new([1.0; 9]))),
        ("an endless map", |r| r.alignment.homography = Some(Homography::new([f64::MAX; 9]))),
        ("no map under a mesh", |r| {
            (r.alignment.homography, r.alignment.verdict) = (None, Verdict::Refused);
        }),
        ("aligned without a map", |r| {
            (r.alignment.homography, r.alignment.mesh, r.alignment.verdict) = (None, None, Verdict::Aligned);
        }),
        ("a mesh with too few nodes", |r| _ = r.alignment.mesh.as_mut().unwrap().nodes.pop()),
        ("a mesh beyond its grid", |r| r.alignment.mesh.as_mut().unwrap().nodes[0][1] = 2048.0),
        ("a mesh without end", |r| {
            let nodes = vec![[0.0; 2]; 300 * 300];
            r.alignment.mesh = Some(Mesh { columns: 300, rows: 300, step_x: 1.0, step_y: 1.0, nodes });
        }),
        ("a coverage over 1", |r| r.alignment.coverage = 1.01),
        ("no number as coverage", |r| r.alignment.coverage = f64::NAN),
        ("an endless residual", |r| r.alignment.residual_px = Some(Residual { median: 1.0, p95: 1e300 })),
        ("more flagged than there are", |r| r.summary.flagged = r.summary.differences + 1),
        ("an endless part", |r| r.summary.smallest_part_px = f64::INFINITY),
        ("no pixels in a millimetre", |r| r.summary.px_per_mm = Some(0.0)),
        ("a number that comes twice", |r| r.findings[1].id = r.findings[0].id),
        ("number 0", |r| r.findings[0].id = FindingId(0)),
        ("a number that cannot be followed", |r| r.findings.last_mut().unwrap().id = FindingId(u32::MAX)),
        ("a box off every board", |r| r.findings[0].shapes = vec![Shape::Box(Rect::new(1e9, 0.0, 4.0, 4.0))]),
        ("a score over 1", |r| r.findings[0].score = Some(1.5)),
        ("a long unit", |r| r.unit = "x".repeat(201)),
        ("a long licence", |r| r.references[0].licence = "x".repeat(201)),
        ("13 blind areas", |r| {
            let area = BlindArea { reference_box: Rect::new(0.0, 0.0, 9.0, 9.0), reason: BlindReason::Glare };
            r.blind = vec![area; 13];
        }),
        ("65 control points", |r| {
            r.method.control_points = vec![ControlPoint { photo: Point::new(1.0, 1.0), reference: Point::new(1.0, 1.0) }; 65];
        }),
        ("a control point nowhere", |r| {
            r.method.control_points = vec![ControlPoint { photo: Point::new(f64::NAN, 1.0), reference: Point::new(1.0, 1.0) }];
        }),
        ("a place that is answered twice", |r| {
            let place = Sighting { finding: FindingId(1), seen: Seen::Same, note: String::new() };
            r.answer = Some(Answer { report: Sha256([1; 32]), places: vec![place.clone(), place] });
        }),
        ("an answer to no finding", |r| {
            let place = Sighting { finding: FindingId(0), seen: Seen::Same, note: String::new() };
            r.answer = Some(Answer { report: Sha256([1; 32]), places: vec![place] });
        }),
    ];
    assert!(link_of(&full()).is_ok());
    for (name, spoil) in spoils {
        let mut report = full();
        spoil(&mut report);
        assert_eq!(link_of(&report), Err(LinkError::OutOfLimits), "{name}");
    }
}

#[test]
fn the_largest_report_still_opens() {
    let mut report = full();
    let area = Rect::new(131_072.0, -131_072.0, 131_071.97, 0.03);
    let finding = |n| Finding { note: "é".repeat(MAX_NOTE_CHARS), ..Finding::around(FindingId(n), area) };
    report.findings = (1..=MAX_FINDINGS as u32).map(finding).collect();
    let read = read_link(&link_of(&report).unwrap()).unwrap();
    assert_eq!(read.report.findings.len(), MAX_FINDINGS);
    assert_eq!(read.report.findings[999].note, report.findings[999].note);
    report.findings.push(finding(1001));
    assert_eq!(link_of(&report), Err(LinkError::OutOfLimits));
}

#[test]
fn a_report_that_no_reader_would_unfold_is_not_written() {
    let mut report = full();
    let finding = |n| Finding {
        note: "🔎".repeat(MAX_NOTE_CHARS),
        shapes: vec![Shape::Box(Rect::new(131_072.0, 131_072.0, 131_072.0, 131_072.0)); 64],
        ..Finding::around(FindingId(n), Rect::new(0.0, 0.0, 1.0, 1.0))
    };
    report.findings = (1..=MAX_FINDINGS as u32).map(finding).collect();
    assert_eq!(link_of(&report), Err(LinkError::TooLong));
}

#[test]
fn a_link_made_by_hand_has_to_keep_the_limits_too() {
    let plain = plain_of(&link_of(&full()).unwrap());
    assert!(read_link(&around_plain(&plain)).is_ok());
    type Spoil = fn(&mut Plain);
    let spoils: [(&str, Spoil); 10] = [
        ("a number more", |plain| plain.numbers.push(0)),
        ("a number less", |plain| _ = plain.numbers.pop()),
        ("no numbers", |plain| plain.numbers.clear()),
        // The board's name, which stands first and is empty, claims four thousand million bytes, or is there.
        ("a claim", |plain| _ = plain.numbers.splice(..1, [0xff, 0xff, 0xff, 0xff, 0x0f])),
        ("a text among the numbers", |plain| _ = plain.numbers.splice(..1, [1, b'x'])),
        ("a text more", |plain| plain.texts.push(0xff)),
        ("a text less", |plain| _ = plain.texts.pop()),
        ("a text without an end", |plain| plain.texts.push(b'x')),
        ("no text at all", |plain| plain.texts.clear()),
        ("a text that is none", |plain| plain.texts.insert(0, 0xc3)),
    ];
    for (name, spoil) in spoils {
        let mut spoilt = plain.clone();
        spoil(&mut spoilt);
        assert_eq!(read_link(&around_plain(&spoilt)), Err(LinkError::OutOfLimits), "{name}");
    }
    assert_eq!(read_link(&around_payload(&[0xff; 64])), Err(LinkError::OutOfLimits), "no deflate");
}

#[test]
fn numbers_that_are_none_are_refused_behind_a_good_checksum() {
    let mut report = full();
    report.alignment.residual_px = Some(Residual { median: 0.25, p95: 0.75 });
    let plain = plain_of(&link_of(&report).unwrap());
    let p95 = 0.75_f32.to_le_bytes();
    let place = plain.numbers.windows(4).position(|bytes| bytes == p95).unwrap();
    for wrong in [f32::NAN, f32::INFINITY, -1.0] {
        let mut spoilt = plain.clone();
        spoilt.numbers[place..place + 4].copy_from_slice(&wrong.to_le_bytes());
        assert_eq!(read_link(&around_plain(&spoilt)), Err(LinkError::OutOfLimits), "{wrong}");
    }
}

#[test]
fn a_bomb_is_refused_before_it_goes_off() {
    // 256 MB of zeros make a short link. Unfolding stops at 8 MB.
    let zeros = vec![0; 1 << 28];
    for bomb in [Plain { numbers: zeros.clone(), texts: Vec::new() }, Plain { numbers: Vec::new(), texts: zeros }] {
        let bomb = around_plain(&bomb);
        assert!(bomb.len() < 1 << 20);
        assert_eq!(read_link(&bomb), Err(LinkError::OutOfLimits));
    }
    assert_eq!(read_link(&"r3.".repeat(1 << 20)), Err(LinkError::TooLong));
}
