//! What Rust code may not hold.

use crate::rooms::line_of;
use crate::source::File;

/// Modules that read what came from outside; their lints cover everything below them.
const READ_OUTSIDE_DATA: [&str; 6] = ["src/catalog", "src/report", "src/app", "src/cli", "src/web", "src/vision/decode"];
const DENIED: [&str; 3] = ["clippy::indexing_slicing", "clippy::unwrap_used", "clippy::expect_used"];
/// What a measurement is written in.
const UNITS: [&str; 7] = [" s", " ms", " µs", " %", "×", " MB", " kB"];

/// Modules that read outside data deny access that may panic.
pub(crate) fn checked_access(file: &File) -> Vec<String> {
    let is = |module: &&str| file.path == format!("{module}/mod.rs") || file.path == format!("{module}.rs");
    if !READ_OUTSIDE_DATA.iter().any(is) {
        return Vec::new();
    }
    let code = file.code();
    // In the file's own tests an unwrap is an assertion, so that the lints may be off there.
    let forms = ["#![deny(", "#![cfg_attr(not(test), deny("].into_iter().flat_map(|form| code.match_indices(form));
    let denied: String = forms.filter_map(|(at, _)| code[at..].split_once(")]")).map(|(list, _)| list).collect();
    let missing = DENIED.iter().filter(|lint| !denied.contains(*lint));
    missing.map(|lint| file.complain(1, &format!("data from outside is read here: `#![deny({lint})]` is missing"))).collect()
}

/// `#[allow(…)]` and `#[expect(…)]` give a reason.
pub(crate) fn reasons(file: &File) -> Vec<String> {
    let code = file.code();
    let openings = ["[allow(", "[expect("].into_iter().flat_map(|opening| code.match_indices(opening));
    let bare = openings.filter(|(at, _)| code[*at..].split_once(")]").is_none_or(|(list, _)| !list.contains("reason")));
    bare.map(|(at, _)| file.complain(line_of(&code, at), "an exception from a lint needs `reason = \"…\"`")).collect()
}

/// `unsafe` stands directly below a comment that holds a measurement.
pub(crate) fn measured_unsafe(file: &File) -> Vec<String> {
    let code = file.code();
    let lines: Vec<&str> = file.text().lines().collect();
    let mut complaints = Vec::new();
    for (number, line) in code.lines().enumerate() {
        if !crate::rooms::words(line).any(|(_, word)| word == "unsafe") {
            continue;
        }
        let above = lines[..number].iter().rev().map(|line| line.trim_start());
        let comment: String = above.take_while(|line| line.starts_with("//") || line.starts_with("#[")).collect();
        let measured = comment.chars().any(|c| c.is_ascii_digit()) && UNITS.iter().any(|unit| comment.contains(unit));
        if !measured {
            complaints.push(file.complain(number + 1, "`unsafe` without a comment that says what was measured"));
        }
    }
    complaints
}

/// No place holders, and no test that is not run.
pub(crate) fn unfinished(file: &File) -> Vec<String> {
    let code = file.code();
    let marks = ["todo!", "unimplemented!", "#[ignore", "dbg!("];
    let found = marks.into_iter().flat_map(|mark| code.match_indices(mark));
    found.map(|(at, mark)| file.complain(line_of(&code, at), &format!("`{mark}` is left"))).collect()
}

#[test]
fn unchecked_access_must_be_denied_where_outside_data_is_read() {
    let whole = "//! Text.\n#![deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used)]\n";
    assert_eq!(checked_access(&File::with("src/report/mod.rs", whole)), [""; 0]);
    let outside_tests = "#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used))]";
    assert_eq!(checked_access(&File::with("src/app/mod.rs", outside_tests)), [""; 0]);
    assert_eq!(checked_access(&File::with("src/app/mod.rs", &outside_tests.replace("not(test)", "test"))).len(), 3);
    assert_eq!(checked_access(&File::with("src/vision/decode.rs", "#![deny(clippy::unwrap_used)]")).len(), 2);
    assert_eq!(checked_access(&File::with("src/vision/decode/mod.rs", "//! #![deny(clippy::unwrap_used)]")).len(), 3);
    assert_eq!(checked_access(&File::with("src/geometry/mod.rs", "")), [""; 0]);
}

#[test]
fn exceptions_without_a_reason_are_found() {
    let text = "#[allow(dead_code)]\nfn f() {}\n#[expect(unused, reason = \"shown\")]\nfn g() {}";
    assert_eq!(reasons(&File::with("src/a.rs", text)), ["src/a.rs:1: an exception from a lint needs `reason = \"…\"`"]);
}

#[test]
fn unsafe_needs_a_number_with_a_unit() {
    let with =
        |comment: &str| measured_unsafe(&File::with("src/a.rs", &format!("fn f() {{\n{comment}\nunsafe {{ g() }} }}"))).len();
    assert_eq!(with("// Saves 14 ms of 60 on a 12 MP picture."), 0);
    assert_eq!(with("// It is faster."), 1);
    assert_eq!(with("// See issue 12."), 1);
    assert_eq!(measured_unsafe(&File::with("src/a.rs", "#![deny(unsafe_code)] // no unsafe")).len(), 0);
}

#[test]
fn what_is_left_undone_is_found() {
    let text = ["fn f() { to", "do!() }\n#[igno", "re]\n#[test]\nfn g() {}"].concat();
    assert_eq!(unfinished(&File::with("src/a.rs", &text)).len(), 2);
    assert_eq!(unfinished(&File::with("src/a.rs", "// todo!\nlet s = \"todo!\";")).len(), 0);
}
