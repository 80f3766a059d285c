//! What has to fit into a link that strict chat programmes still let through.

use boardwatch::geometry::{Homography, Rect};
use boardwatch::report::{
    Bundle, Finding, FindingId, FindingKind, Judgement, Method, ReferenceNote, Report, Severity, Summary, read_link, write_link,
};
use boardwatch::vision::{Alignment, BlindArea, BlindReason, PictureFacts, Reason, Residual, Sha256, Verdict};

use crate::random::Dice;

/// Characters behind the `#`, so that 100 are left for the page's address.
const MOST: usize = 1900;

/// Twenty notes of about sixty characters, as different as people write them.
const NOTES: [&str; 20] = [
    "Capacitor beside the flash chip, not on either reference unit",
    "Solder looks fresh here, flux residue around both end caps",
    "Marking reads 4R7 on mine, 6R8 on both of the references",
    "Tiny six pin part where the reference shows bare copper pads",
    "Resistor turned by 90 degrees, pads would allow either way",
    "Label torn off, glue is left, board number not readable now",
    "Bodge wire from pin 3 of U12 to the via next to the ferrite",
    "Different vendor logo on the SPI flash, same size and pinout",
    "Missing ferrite bead, the pads are clean and were never used",
    "Heat mark around the inductor, solder mask has turned brown",
    "Crystal can is taller here, casts a longer shadow to the left",
    "An extra test point was scraped free, copper shines through",
    "Connector J9 populated on this unit only, two rows of pins",
    "White dot of paint on the BMC, none on the three other units",
    "Pin 1 mark of the regulator points the other way round here",
    "Silk screen says rev 1.02, the reference is revision 1.01",
    "Component sits crooked, likely reflowed by hand at some time",
    "Scratch across four traces, two of them look interrupted",
    "Coil replaced by a zero ohm link, date code is much newer",
    "Nothing wrong I think, but score was high so please compare",
];

#[test]
fn twenty_findings_with_notes_fit_a_strict_chat_programme() {
    let mut dice = Dice::new(3);
    let mut picture = |width, height| PictureFacts { sha256: Sha256(std::array::from_fn(|_| dice.next() as u8)), width, height };
    let (photo, reference, comparison) = (picture(4032, 3024), picture(4000, 3000), picture(1, 1).sha256);
    let alignment = Alignment {
        verdict: Verdict::Aligned,
        reason: Reason::Agrees,
        homography: Some(Homography::new([
            0.991_237_4,
            0.013_245_9,
            -17.482_113,
            -0.012_884_1,
            0.993_871_2,
            22.910_477,
            1.284e-6,
            -2.711e-6,
            1.0,
        ])),
        mesh: None,
        points: Vec::new(),
        inliers: 1834,
        residual_px: Some(Residual { median: 0.41, p95: 1.2 }),
        coverage: 0.937,
        regions: Vec::new(),
    };
    let findings = NOTES.iter().zip(1..).map(|(note, number)| {
        let area =
            Rect::new(dice.between(0.0, 3900.0), dice.between(0.0, 2900.0), dice.between(12.0, 90.0), dice.between(12.0, 90.0));
        Finding {
            note: (*note).to_owned(),
            kind: dice.one_of(&FindingKind::ALL),
            severity: dice.one_of(&Severity::ALL),
            judgement: dice.one_of(&Judgement::ALL),
            score: Some(dice.between(0.0, 1.0)),
            ..Finding::around(FindingId(number), area)
        }
    });
    let findings: Vec<Finding> = findings.collect();
    let notes = NOTES.iter().map(|note| note.len()).sum::<usize>() / NOTES.len();
    assert!((55..=65).contains(&notes), "notes of {notes} characters");
    let report = Report {
        board: "Supermicro X11SSH-F, revision 1.01, top".to_owned(),
        unit: "rack 3, node 7".to_owned(),
        contributor: "Wei".to_owned(),
        references: vec![ReferenceNote {
            contributor: "A. Sender".to_owned(),
            licence: "CC-BY-4.0".to_owned(),
            source: "own photo".to_owned(),
            ..ReferenceNote::of("X11SSH-F 1.01, unit 2".to_owned(), reference)
        }],
        summary: Summary { differences: 50, flagged: 20, smallest_part_px: 7.3, px_per_mm: Some(11.2) },
        blind: vec![BlindArea { reference_box: Rect::new(640.0, 1200.0, 320.0, 256.0), reason: BlindReason::Glare }],
        method: Method {
            made_by: "boardwatch 0.1.0".to_owned(),
            comparison: Some(comparison),
            px_per_mm: Some(11.2),
            control_points: Vec::new(),
            units: Vec::new(),
        },
        findings,
        ..Report::about(photo, alignment)
    };
    let link = write_link(&Bundle::of(report.clone())).unwrap();
    println!("{} characters of {MOST}", link.len());
    assert!(link.len() <= MOST, "{} characters", link.len());
    assert_eq!(read_link(&link).unwrap().report.findings.len(), 20);
}
