//! W3C Web Annotation (<https://www.w3.org/TR/annotation-model/>): a page of annotations, one for each finding.

mod reading;
mod writing;

pub use reading::from_web_annotation;
pub use writing::to_web_annotation;

/// How the source of an annotation names a picture by its hash.
const SOURCE_PREFIX: &str = "urn:sha-256:";
/// What stands before the words of a body that classifies.
const SEVERITY_PREFIX: &str = "severity: ";
const VERDICT_PREFIX: &str = "verdict: ";
