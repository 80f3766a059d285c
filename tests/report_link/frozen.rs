//! Links that were sent long ago. Every later version opens them, and finds in them what was sent.

use std::path::{Path, PathBuf};

use boardwatch::report::{Report, read_link};

const FOLDERS: [&str; 3] = ["tests/frozen/report-v1", "tests/frozen/report-v2", "tests/frozen/report-v3"];

fn links(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut links: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    links.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    links.sort();
    links
}

#[test]
fn frozen_links_open_as_they_were_sent() {
    for path in FOLDERS.into_iter().flat_map(|folder| {
        let links = links(folder);
        assert!(links.len() >= 3, "the frozen links of {folder} are gone");
        links
    }) {
        let link = std::fs::read_to_string(&path).unwrap();
        let bundle = read_link(link.trim_end()).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let expected = std::fs::read_to_string(path.with_extension("json")).unwrap();
        // What a version did not have says nothing.
        let expected: Report = serde_json::from_str(&expected).unwrap();
        assert_eq!(bundle.report, expected, "{}", path.display());
    }
}
