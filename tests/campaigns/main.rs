//! Long counts: one random case per seed, thousands of seeds.
//!
//! `cargo test` runs the first hundredth of each campaign's seeds; `cargo xtask campaign NAME` runs all of them, in chunks.
//! A campaign is an entry in `campaigns.json`, a file here with a function from a seed to an outcome, and a test of the same name below.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, reason = "threads, natively: many seeds in little time")]

mod backups;
mod designs;
#[path = "../recognising/drawn.rs"]
mod drawn;
#[path = "../report_link/envelope.rs"]
mod envelope;
mod files;
mod forms;
mod hands;
mod homographies;
#[path = "../hostile/mod.rs"]
mod hostile;
mod limits;
mod links;
#[path = "../report_link/made_up.rs"]
mod made_up;
#[path = "../library/made_up.rs"]
mod made_up_boards;
mod parsers;
mod poisoned;
#[path = "../random/mod.rs"]
mod random;
mod recognised;
mod searches;
mod seeds;
mod specimens;
#[path = "../backup/drawn.rs"]
mod stored;
#[path = "../backup/whole.rs"]
mod whole;

use seeds::campaign;

#[test]
fn annotations() {
    campaign("annotations", |seed| hostile::ANNOTATIONS.case(seed));
}

#[test]
fn boards() {
    campaign("boards", |seed| hostile::BOARDS.case(seed));
}

#[test]
fn cases() {
    campaign("cases", |seed| hostile::CASES.case(seed));
}

#[test]
fn catalogue_indexes() {
    campaign("catalogue_indexes", |seed| hostile::INDEXES.case(seed));
}

#[test]
fn codes() {
    campaign("codes", |seed| hostile::CODES.case(seed));
}

#[test]
fn comparisons() {
    campaign("comparisons", |seed| hostile::COMPARISONS.case(seed));
}

#[test]
fn backups() {
    campaign("backups", backups::case);
}

#[test]
fn contents() {
    campaign("contents", made_up::case);
}

#[test]
fn contributions() {
    campaign("contributions", |seed| hostile::CONTRIBUTIONS.case(seed));
}

#[test]
fn control_points() {
    campaign("control_points", |seed| hostile::CONTROL_POINTS.case(seed));
}

#[test]
fn datasets() {
    campaign("datasets", |seed| hostile::DATASETS.case(seed));
}

#[test]
fn designs() {
    campaign("designs", designs::case);
}

#[test]
fn drawings() {
    campaign("drawings", |seed| hostile::DRAWINGS.case(seed));
}

#[test]
fn exif() {
    campaign("exif", |seed| hostile::EXIF.case(seed));
}

#[test]
fn features() {
    campaign("features", |seed| hostile::FEATURES.case(seed));
}

#[test]
fn files() {
    campaign("files", files::case);
}

#[test]
fn forms() {
    campaign("forms", forms::case);
}

#[test]
fn hands() {
    campaign("hands", hands::case);
}

#[test]
fn homographies() {
    campaign("homographies", homographies::case);
}

#[test]
fn limits() {
    campaign("limits", limits::case);
}

#[test]
fn links() {
    campaign("links", links::case);
}

#[test]
fn manifests() {
    campaign("manifests", |seed| hostile::MANIFESTS.case(seed));
}

#[test]
fn pictures() {
    campaign("pictures", |seed| hostile::PICTURES.case(seed));
}

#[test]
fn poisoned() {
    campaign("poisoned", poisoned::case);
}

#[test]
fn recognised() {
    campaign("recognised", recognised::case);
}

#[test]
fn search_files() {
    campaign("search_files", |seed| hostile::SEARCH_FILES.case(seed));
}

#[test]
fn placements() {
    campaign("placements", |seed| hostile::PLACEMENTS.case(seed));
}

#[test]
fn searches() {
    campaign("searches", searches::case);
}

#[test]
fn signatures() {
    campaign("signatures", |seed| hostile::SIGNATURES.case(seed));
}

#[test]
fn specimens() {
    campaign("specimens", specimens::case);
}

#[test]
fn boardviews() {
    campaign("boardviews", |seed| hostile::BOARDVIEWS.case(seed));
}

#[test]
fn drill_files() {
    campaign("drill_files", |seed| hostile::DRILL_FILES.case(seed));
}

#[test]
fn gerber_layers() {
    campaign("gerber_layers", |seed| hostile::GERBER_LAYERS.case(seed));
}

#[test]
fn ipc2581() {
    campaign("ipc2581", |seed| hostile::IPC2581.case(seed));
}

#[test]
fn kicad_boards() {
    campaign("kicad_boards", |seed| hostile::KICAD_BOARDS.case(seed));
}
