//! What Cargo.toml and Cargo.lock say about dependencies.

use crate::source::File;

const CRATES_IO: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

/// Each dependency has a comment that says why it is there: behind it, or above a table of its own.
pub(crate) fn reasons(file: &File) -> Vec<String> {
    if !file.path.ends_with("Cargo.toml") {
        return Vec::new();
    }
    let mut complaints = Vec::new();
    let (mut in_list, mut above) = (false, "");
    for (number, line) in file.text().lines().enumerate() {
        let commented = line.contains(" # ") || above.starts_with("# ");
        if let Some(section) = line.strip_prefix('[') {
            let section = section.split(']').next().unwrap_or_default();
            in_list = section.ends_with("dependencies");
            let own_table = section.contains("dependencies.");
            if own_table && !commented {
                complaints.push(file.complain(number + 1, "a dependency without a comment that says why"));
            }
        } else if in_list && is_entry(line) && !line.contains(" # ") {
            complaints.push(file.complain(number + 1, "a dependency without a comment that says why"));
        }
        above = line;
    }
    complaints
}

/// A line that begins with a key; the lines of a list inside an entry do not.
fn is_entry(line: &str) -> bool {
    line.starts_with(|c: char| c.is_ascii_alphabetic()) && line.contains('=')
}

/// Every locked package comes from crates.io or from this repository.
pub(crate) fn sources(file: &File) -> Vec<String> {
    if file.path != "Cargo.lock" {
        return Vec::new();
    }
    let foreign = file.text().lines().enumerate().filter(|(_, line)| line.starts_with("source = ") && *line != CRATES_IO);
    foreign.map(|(number, line)| file.complain(number + 1, &format!("not from crates.io: {line}"))).collect()
}

#[test]
fn dependencies_without_a_reason_are_found() {
    let text = "[package]\nname = \"x\"\n[dependencies]\na = \"1\" # reason\nb = \"2\"\n\n[dev-dependencies.c]\nversion = \"3\"\n# reason\n[dependencies.d]\n";
    let expected =
        ["Cargo.toml:5: ", "Cargo.toml:7: "].map(|place| format!("{place}a dependency without a comment that says why"));
    assert_eq!(reasons(&File::with("Cargo.toml", text)), expected);
}

#[test]
fn other_registries_are_found() {
    let text = format!("{CRATES_IO}\nsource = \"git+https://example.org/x\"\n");
    assert_eq!(sources(&File::with("Cargo.lock", &text)).len(), 1);
}
