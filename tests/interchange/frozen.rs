//! What was once written is still read.

use boardwatch::report::interchange::{Format, read_findings};

use crate::findings::{exported, findings, reference};

const ANNOTATIONS: &str = include_str!("../frozen/interchange-v1/annotations.json");
const COCO: &str = include_str!("../frozen/interchange-v1/coco.json");

#[test]
fn frozen_files_still_say_what_they_said() {
    for text in [ANNOTATIONS, COCO] {
        let imported = read_findings(text, &reference()).unwrap();
        assert_eq!((imported.findings, imported.losses.len()), (findings(), 0));
    }
}

#[test]
fn the_frozen_files_are_what_this_version_writes() {
    // When this fails on purpose, the version has changed: freeze a new folder, and keep this one for the test above.
    assert_eq!(exported(Format::WebAnnotation), ANNOTATIONS.trim_end());
    assert_eq!(exported(Format::Coco), COCO.trim_end());
}
