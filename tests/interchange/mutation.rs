//! Files with something wrong in them that no mutation comes to. Damage of all kinds is drawn by the campaigns `annotations`, `datasets` and `drawings`.

use boardwatch::report::interchange::{Format, Subject, read_findings};
use boardwatch::report::{Finding, FindingId};
use boardwatch::vision::Sha256;

use crate::reference;

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
