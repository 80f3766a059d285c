//! What pages and comments may not say.

use std::path::{Component, Path, PathBuf};

use crate::rooms::line_of;
use crate::source::File;

/// Folders of one machine, in halves so that this file is clean itself.
const FOLDERS: [(&str, &str); 5] = [("/ro", "ot/"), ("/ho", "me/"), ("/Us", "ers/"), ("/t", "mp/"), ("/wo", "rk/")];
/// Signs of a package registry other than the public ones.
const REGISTRIES: [(&str, &str); 4] = [("arti", "factory"), ("registry.", "npmjs"), ("pypi.", "org/simple"), ("sparse", "+http")];

/// No path of somebody's machine and no registry's address stands anywhere.
pub(crate) fn machines(file: &File) -> Vec<String> {
    let mut complaints = Vec::new();
    for (first, second) in FOLDERS.iter().chain(&REGISTRIES) {
        let sign = format!("{first}{second}");
        for (at, _) in file.text().match_indices(&sign) {
            // "network/" or "a/home/" is part of a longer name and no path from the top.
            let before = file.text()[..at].chars().next_back();
            if !sign.starts_with('/') || before.is_none_or(|c| !c.is_alphanumeric() && !"._-/*".contains(c)) {
                complaints.push(file.complain(line_of(file.text(), at), &format!("`{sign}` belongs to one machine")));
            }
        }
    }
    complaints
}

/// Relative links in Markdown lead to a file or folder.
pub(crate) fn links(file: &File) -> Vec<String> {
    if !file.is(&["md"]) {
        return Vec::new();
    }
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(&file.path).parent().unwrap_or(Path::new(""));
    let mut complaints = Vec::new();
    for (at, _) in file.text().match_indices("](") {
        let target = file.text()[at + 2..].split([')', ' ', '\n']).next().unwrap_or_default();
        let place = target.split('#').next().unwrap_or_default();
        if place.is_empty() || target.contains("://") || target.starts_with("mailto:") {
            continue;
        }
        let inside = normal(&folder.join(place));
        if inside.is_none_or(|inside| !top.join(inside).exists()) {
            complaints.push(file.complain(line_of(file.text(), at), &format!("the link to `{target}` leads nowhere")));
        }
    }
    complaints
}

/// The path without `.` and `..`; `None` when it leaves the repository.
fn normal(path: &Path) -> Option<PathBuf> {
    let mut parts = PathBuf::new();
    for component in path.components() {
        match component {
            Component::Normal(part) => parts.push(part),
            Component::CurDir => {}
            Component::ParentDir if parts.pop() => {}
            _ => return None,
        }
    }
    Some(parts)
}

#[test]
fn machine_paths_and_registries_are_found() {
    for (first, second) in FOLDERS.iter().chain(&REGISTRIES) {
        let text = format!("see {first}{second}x");
        assert_eq!(machines(&File::with("README.md", &text)).len(), 1, "{text}");
    }
    assert_eq!(machines(&File::with("README.md", "src/home/mod.rs and ../shared")), [""; 0]);
}

#[test]
fn dead_links_are_found() {
    let text = "[a](../src/lib.rs) [b](nothing.md) [c](https://example.org/x) [d](#here) [e](../../out.md)";
    let complaints = links(&File::with("docs/a.md", text));
    assert_eq!(complaints.len(), 2, "{complaints:?}");
    assert!(complaints[0].contains("nothing.md") && complaints[1].contains("../../out.md"));
}
