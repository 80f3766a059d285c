//! The page of limits says what the code does, and leaves nothing out.

use std::collections::BTreeMap;

use crate::source::File;

/// Where strangers' bytes are read.
const ROOMS: [&str; 9] = [
    "src/vision/decode/",
    "src/vision/identify/codes.rs",
    "src/vision/identify/stored.rs",
    "src/vision/align/stored.rs",
    "src/catalog/",
    "src/design/",
    "src/report/",
    "src/app/",
    "src/cli/points.rs",
];
/// How a limit's name begins.
const BEGINNINGS: [&str; 5] = ["MAX_", "MOST_", "LONGEST_", "LARGEST_", "FREE_"];

/// What `docs/limits.md` and the constants of the same sources disagree in.
pub(crate) fn disagreements(page: &str, files: &[File]) -> Vec<String> {
    let constants: Vec<(&str, String, String)> =
        files.iter().flat_map(|file| constants(file).into_iter().map(|(name, text)| (&file.path[..], name, text))).collect();
    let known: BTreeMap<&str, &str> = constants.iter().map(|(_, name, text)| (&name[..], &text[..])).collect();
    let mut complaints = Vec::new();
    for (number, name, path) in rows(page) {
        let written = constants.iter().find(|(here, constant, _)| *here == path && *constant == name);
        match written.map(|(.., text)| value(text, &known)) {
            Some(Some(value)) if number == Some(value) => {}
            Some(value) => complaints.push(format!("{name} in {path}: the page says {number:?}, the code {value:?}")),
            None => complaints.push(format!("{name} in {path}: there is no such constant")),
        }
    }
    let named: Vec<(&str, &str)> = rows(page).map(|(_, name, path)| (name, path)).collect();
    let others = page.split_once("## No limits on what comes in").map_or("", |(_, rest)| rest);
    for (path, name, _) in &constants {
        let is_limit = name == "MOST" || BEGINNINGS.iter().any(|beginning| name.starts_with(beginning));
        let is_read_here = ROOMS.iter().any(|room| path.starts_with(room));
        if is_limit && is_read_here && !named.contains(&(name, path)) && !others.contains(&format!("`{name}`")) {
            complaints.push(format!("{name} in {path} is not on the page"));
        }
    }
    complaints
}

/// The rows of the page's tables: a number, the name of a constant, and its file.
fn rows(page: &str) -> impl Iterator<Item = (Option<f64>, &str, &str)> {
    page.lines().filter_map(|line| {
        let [_, number, place, _] = line.split(" | ").collect::<Vec<_>>()[..] else { return None };
        let mut quoted = place.split('`').skip(1).step_by(2);
        Some((number.replace(',', "").parse().ok(), quoted.next()?, quoted.next()?))
    })
}

/// Each constant of a file with what it is said to be.
fn constants(file: &File) -> Vec<(String, String)> {
    let code = file.code();
    let declared = code.split("const ").skip(1).filter_map(|rest| rest.split_once(';'));
    let parts = declared.filter_map(|(declared, _)| {
        let (name, rest) = declared.split_once(": ")?;
        let (kind, text) = rest.split_once(" = ")?;
        // A parameter of a type is no constant of the file.
        kind.chars().all(char::is_alphanumeric).then(|| (name.to_owned(), text.to_owned()))
    });
    parts.collect()
}

/// What an expression of numbers, constants and a few signs comes to.
fn value(expression: &str, known: &BTreeMap<&str, &str>) -> Option<f64> {
    let expression = expression.trim();
    let both = |sign: &str| {
        let (a, b) = expression.split_once(sign)?;
        Some((value(a, known)?, value(b, known)?))
    };
    if let Some(inside) = expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return value(inside, known);
    }
    let sum = both(" + ").map(|(a, b)| a + b);
    let product = || both(" * ").map(|(a, b)| a * b);
    let shifted = || both(" << ").map(|(a, b)| a * f64::from(1_u32 << b as u32));
    let number = || expression.replace('_', "").parse().ok();
    let constant = || value(known.get(expression)?, known);
    sum.or_else(product).or_else(shifted).or_else(number).or_else(constant)
}

#[test]
fn a_wrong_number_a_lost_constant_and_a_forgotten_limit_are_found() {
    let code = "/// Most.\npub const MAX_A: usize = 16 << 20;\nconst MOST_B: u64 = MAX_A + (2 << 20);\nconst MOST_SHOWN: u8 = 3;\nconst STEP: u8 = 1;";
    let files = [File::with("src/report/a.rs", code), File::with("src/ui/b.rs", "const MOST_ROWS: u8 = 9;")];
    let row = |number: &str, name: &str| format!("| what | {number} | `{name}` in `src/report/a.rs` | why |\n");
    let end = "\n## No limits on what comes in\n\n`MOST_SHOWN`.\n";
    let page = row("16,777,216", "MAX_A") + &row("18,874,368", "MOST_B") + end;
    assert_eq!(disagreements(&page, &files), [""; 0]);
    assert_eq!(disagreements(&page.replace("16,777,216", "16,777,217"), &files).len(), 1);
    assert_eq!(disagreements(&page.replace("MAX_A", "MAX_C"), &files).len(), 2);
    assert_eq!(disagreements(&(row("16,777,216", "MAX_A") + end), &files), ["MOST_B in src/report/a.rs is not on the page"]);
    assert_eq!(disagreements(&page.replace("`MOST_SHOWN`", ""), &files).len(), 1);
}
