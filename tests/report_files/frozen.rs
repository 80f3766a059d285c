//! Files that were saved long ago. Every later version opens them, and finds in them what was saved.

use std::path::Path;

use boardwatch::report::{Report, open_report};

#[test]
fn frozen_files_open_as_they_were_saved() {
    let frozen = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen");
    for (folder, ending) in [("bundle-v1", "boardwatch"), ("page-v1", "html"), ("picture-v1", "png")] {
        for name in ["every-shape", "signed-answer", "exhibits"] {
            let path = frozen.join(folder).join(name).with_extension(ending);
            let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let read = open_report(&bytes).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            let expected = std::fs::read_to_string(frozen.join("report-v3").join(name).with_extension("json")).unwrap();
            assert_eq!(read.report, serde_json::from_str::<Report>(&expected).unwrap(), "{}", path.display());
            assert_eq!(read.signature.is_some(), name != "every-shape", "{}", path.display());
            // Whole pictures stay out of a page.
            assert!(folder == "page-v1" || !read.exhibits.is_empty(), "{}", path.display());
        }
    }
}
