//! Files with something wrong in them: whatever comes out is valid, and nothing panics.

use boardwatch::report::interchange::{Format, Subject, read_findings};
use boardwatch::report::{Finding, FindingId};
use boardwatch::vision::Sha256;

use crate::random::{Dice, report};
use crate::reference;

const MUTATIONS: u64 = 6000;
/// What is put in place of something else: numbers, marks and words that mean something to one reader or another.
const PIECES: [&str; 28] = [
    "-",
    "1e308",
    "NaN",
    "null",
    "[]",
    "{}",
    "\"\"",
    "0",
    "9999999",
    "pixel:",
    "percent:",
    "<svg>",
    "</svg>",
    "&lt;",
    "A",
    "C",
    "m",
    "z",
    "e-3",
    ",",
    " ",
    "rotate(45 1 1)",
    "transform='rotate(3)'",
    "polyline",
    "FragmentSelector",
    "urn:sha-256:",
    "\u{feff}",
    "𝄞",
];

/// A file of a few findings, damaged in a few places between characters.
fn damaged(dice: &mut Dice) -> String {
    let findings: Vec<Finding> = (1..4).map(|number| report::finding(dice, FindingId(number))).collect();
    let format = dice.one_of(&[Format::WebAnnotation, Format::Coco]);
    let mut text = format.write(&findings, &Subject { photo: Sha256([9; 32]), reference: &reference(), px_per_mm: None });
    if dice.chance(2) {
        text = text.replace("boardwatch", "strange");
    }
    // Damage to numbers alone leaves most files readable; damage anywhere leaves few.
    let numbers_only = dice.chance(2);
    for _ in 0..1 + dice.below(4) {
        let from = text.floor_char_boundary(dice.below(text.len() + 1));
        if numbers_only {
            let Some(digit) = text[from..].find(|c: char| c.is_ascii_digit()) else { continue };
            text.replace_range(from + digit..=from + digit, dice.one_of(&["9", "0", "1e9", "", "1000000", "1e300"]));
        } else {
            let to = text.floor_char_boundary((from + dice.below(12)).min(text.len()));
            text.replace_range(from..to.max(from), dice.one_of(&PIECES));
        }
    }
    text
}

#[test]
fn damaged_files_give_valid_findings_or_a_reason() {
    let (mut read, mut lossy) = (0, 0);
    for seed in 0..MUTATIONS {
        let text = damaged(&mut Dice::new(seed));
        match read_findings(&text, &reference()) {
            Ok(imported) => {
                assert!(imported.findings.iter().all(Finding::is_valid), "seed {seed}");
                assert_eq!(imported.skipped == 0, imported.findings.len() == 3, "seed {seed}: {imported:?}");
                read += 1;
                lossy += usize::from(!imported.losses.is_empty());
            }
            Err(error) => assert!(error.to_string().ends_with('.'), "seed {seed}: {error}"),
        }
    }
    assert!(read > 1000 && lossy > 300, "{read} of {MUTATIONS} were read, {lossy} with losses: one side is hardly tested");
}

#[test]
fn deep_nesting_ends_in_words() {
    for (before, after) in [("[", "]"), ("{\"items\":[", "]}"), ("{\"first\":", "}"), ("[{\"target\":[", "]}]")] {
        let text = before.repeat(50_000) + &after.repeat(50_000);
        _ = read_findings(&text, &reference());
    }
    let groups = format!("{}{}", "<g>".repeat(30_000), "</g>".repeat(30_000));
    let annotation = serde_json::json!([{"target": {"selector": {"type": "SvgSelector", "value": groups}}}]);
    assert_eq!(read_findings(&annotation.to_string(), &reference()).unwrap().skipped, 1);
}

#[test]
fn numbers_that_come_twice_or_never_are_given_anew() {
    let finding = Finding::around(FindingId(2), boardwatch::geometry::Rect::new(1.0, 2.0, 3.0, 4.0));
    let text = Format::Coco.write(
        &[finding.clone(), finding.clone()],
        &Subject { photo: Sha256([9; 32]), reference: &reference(), px_per_mm: None },
    );
    let numbers =
        |text: &str| -> Vec<u32> { read_findings(text, &reference()).unwrap().findings.iter().map(|f| f.id.0).collect() };
    assert_eq!(numbers(&text), [2, 1]);
    assert_eq!(numbers(&text.replace("\"number\":2", "\"number\":0")), [1, 2]);
}
