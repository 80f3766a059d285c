//! What people say about a board, and how it travels: findings, edits and undo, the report, its link, and the words.
//!
//! This room knows no network and no files. Text from outside (a link) passes [`read_link`] and its limits, or is refused
//! with a [`LinkError`].
#![cfg_attr(not(test), deny(clippy::indexing_slicing, clippy::unwrap_used, clippy::expect_used))]

mod answer;
mod article;
mod belonging;
mod bundle;
mod canonical;
mod catalogue_signature;
mod contribution;
mod document;
mod finding;
mod gate;
mod history;
mod hosted;
mod html;
pub mod interchange;
mod layer;
mod link;
mod open;
mod picture;
mod placing;
pub mod plan;
mod png;
mod proof;
mod review;
mod shape;
mod statement;
mod tally;
mod texts;
mod wire;
mod witnesses;
pub mod words;
pub(crate) mod zip;

pub use answer::{Answer, Question, Seen, SentCrop, Sighting};
pub use article::{Answered, Article, Place, Source};
pub use belonging::{design_says, designator_of, here_belongs, not_fitted, nothing_placed, of_part, part_named};
pub use bundle::{Bundle, BundleError, Exhibit, MAX_BUNDLE_BYTES, Shows, read_bundle, write_bundle};
pub use canonical::canonical;
pub use catalogue_signature::{CatalogueSignature, MAX_SIGNATURE_BYTES, NotASignature};
pub use contribution::{Contribution, ContributionError};
pub use document::{Document, Edit, Laid, Told};
pub use finding::{
    Finding, FindingId, FindingKind, Judgement, MAX_DESIGNATOR_CHARS, MAX_NUMBER, MAX_TAG_CHARS, MAX_TAGS, Severity,
};
pub use gate::{Check, CheckKind, LaidOn, gate, is_good, photo_px_per_mm};
pub use history::History;
pub use hosted::{HOSTED_PREFIX, Hosted, read_hosted, write_hosted};
pub use html::{read_html, write_html};
pub use layer::{MAX_LAYERS, PictureLayer};
pub use link::{LINK_PREFIX, LinkError, read_link, write_link};
pub use open::{begins_like_report, open_report};
pub use picture::{BoardName, DesignFile, Drawing, Origin, PictureEntry, Provenance, units_of};
pub use placing::{
    Calibration, CalibrationSource, ControlPoint, FEWEST_CONTROL_POINTS, FEWEST_DRAWING_POINTS, MAX_CONTROL_POINTS, fit,
};
pub use png::{read_png, write_png};
pub use proof::{
    MAX_REPORT_BYTES, PublicKey, Signature, SignatureBytes, comparison_digest, digest, fingerprint, read_report_json, report_json,
};
pub use review::{Decision, Dismissal};
pub use shape::{Handle, MAX_FREEHAND_POINTS, MAX_LABEL_CHARS, MAX_POLYGON_POINTS, Shape, simplified};
pub use statement::{
    DENSITIES, MAX_BLIND, MAX_FINDINGS, MAX_NOTE_CHARS, MAX_TITLE_CHARS, Method, ReferenceNote, Report, Summary,
};
pub use tally::{Said, Tallied, Tally};
pub use witnesses::{ONE_REFERENCE, among_references, witnesses};
