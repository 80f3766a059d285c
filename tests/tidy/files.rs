//! How files are called and how large they are.

use crate::source::File;

/// The end of a file, in lines; most stay near 150.
const LINES: usize = 400;
/// Pages that load nothing, so that they work when the rest of the site does not: their style and script stand in them.
pub(crate) const ALONE: [&str; 1] = ["static/recovery.html"];
/// A tracked file's weight: the sample board's pictures stay below it.
const BYTES: u64 = 3_000_000;
/// Names that say nothing about what is inside.
const EMPTY_NAMES: [&str; 10] = ["util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "type", "types"];

/// Code and pages of settings end before 400 lines. A page that has to be one file is as long as the longest of its parts.
pub(crate) fn length(file: &File) -> Vec<String> {
    let whole = file.text().lines().count();
    let lines = if ALONE.contains(&file.path.as_str()) { longest_part(file.text()) } else { whole };
    let counts = file.is(&["rs", "css", "js", "mjs", "html", "toml", "glsl", "vert", "frag", "sh"]);
    if counts && lines > LINES {
        vec![file.complain(lines, "longer than 400 lines: a second noun is hiding in it")]
    } else {
        Vec::new()
    }
}

/// Lines of the longest style or script, or of what is left beside them.
fn longest_part(page: &str) -> usize {
    let inside = |tag: &str| -> Vec<usize> {
        let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
        let parts = page.split(&open).skip(1).filter_map(|rest| rest.split_once(&close));
        parts.map(|(inside, _)| inside.lines().count()).collect()
    };
    let parts = [inside("style"), inside("script")].concat();
    let rest = page.lines().count().saturating_sub(parts.iter().sum());
    parts.into_iter().max().unwrap_or_default().max(rest)
}

/// No file or folder has a name that says nothing.
pub(crate) fn name(file: &File) -> Vec<String> {
    let parts = file.path.split('/').map(|part| part.split_once('.').map_or(part, |(stem, _)| stem));
    let empty = |part: &str| part.split(['_', '-']).any(|word| EMPTY_NAMES.contains(&word));
    parts.filter(|part| empty(part)).map(|part| file.complain(1, &format!("`{part}` does not say what is inside"))).collect()
}

/// No file weighs a clone down.
pub(crate) fn weight(file: &File) -> Vec<String> {
    if file.bytes > BYTES { vec![file.complain(1, &format!("{} bytes; 3 MB is the end", file.bytes))] } else { Vec::new() }
}

#[test]
fn long_files_are_found() {
    assert_eq!(length(&File::with("src/a.rs", &"\n".repeat(401))).len(), 1);
    assert_eq!(length(&File::with("src/a.rs", &"\n".repeat(400))).len(), 0);
    assert_eq!(length(&File::with("tests/a.json", &"\n".repeat(401))).len(), 0);
    let lines = |count: usize| "\n".repeat(count);
    let page =
        |style: usize, script: usize| format!("{}<style>{}</style><script>{}</script>", lines(150), lines(style), lines(script));
    for (style, script, complaints) in [(150, 399, 0), (150, 401, 1), (401, 9, 1)] {
        assert_eq!(length(&File::with("static/recovery.html", &page(style, script))).len(), complaints, "{style} and {script}");
        assert_eq!(length(&File::with("static/bench.html", &page(style, script))).len(), 1);
    }
}

#[test]
fn empty_names_are_found() {
    for path in ["src/utils.rs", "src/helpers/mod.rs", "src/web/image_utils.rs", "tests/common/mod.rs", "static/misc.js"] {
        assert_eq!(name(&File::with(path, "")).len(), 1, "{path}");
    }
    assert_eq!(name(&File::with("src/vision/prototype.rs", "")).len(), 0);
}

#[test]
fn heavy_files_are_found() {
    let mut file = File::with("static/a.png", "");
    file.bytes = 3_000_001;
    assert_eq!(weight(&file).len(), 1);
}
