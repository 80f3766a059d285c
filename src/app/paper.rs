//! What the scribe, a worker of its own, writes and reads: files and links. One answer for the browser and for native tests, and no pixel
//! in it.
//!
//! Files from outside are read in a worker, which may die without hurting anything; and the page itself stays small.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::report::interchange::{Format, Imported, Subject, read_findings};
use crate::report::{Bundle, Finding, LinkError, ReferenceNote, Report, comparison_digest, read_link, write_link};
use crate::vision::Sha256;

/// What is to be written or read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperRequest {
    /// Findings as a file that other programmes read.
    WriteFindings {
        /// The format.
        format: Format,
        /// All of them.
        findings: Vec<Finding>,
        /// The photo in question.
        photo: Sha256,
        /// What the findings lie on.
        reference: ReferenceNote,
        /// Reference pixels per millimetre, when known.
        px_per_mm: Option<f64>,
    },
    /// The findings of a file, the one buffer, that lie on this reference.
    ReadFindings(ReferenceNote),
    /// The comparison, this JSON, as a file for people to read, named after the photo's hash.
    WriteComparison(String, Sha256),
    /// A report as a link.
    WriteLink {
        /// The report; the digest of the comparison is filled in.
        report: Box<Report>,
        /// The comparison that it is about, as JSON.
        comparison: Option<String>,
    },
    /// The report that a link's fragment carries.
    ReadLink(String),
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperReply {
    /// A file; its bytes are the one buffer.
    Written {
        /// Its name.
        name: String,
        /// Its media type.
        media_type: String,
    },
    /// Findings that were read.
    Findings(Imported),
    /// A fragment, without the `#`.
    Link(String),
    /// A report that was read.
    Report(Box<Report>),
    /// Why not, as a sentence.
    Refused(String),
}

impl PaperReply {
    /// As it is posted to the page.
    ///
    /// # Errors
    /// When JSON can't hold it.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }

    /// As it was posted.
    ///
    /// # Errors
    /// When it was posted by another version.
    pub fn from_json(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }
}

/// A reply and its buffers.
pub type Answer = (PaperReply, Vec<Vec<u8>>);

impl PaperRequest {
    /// As it is posted to the scribe.
    ///
    /// # Errors
    /// When JSON can't hold it.
    pub fn to_json(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }

    /// As it was posted.
    ///
    /// # Errors
    /// When it was posted by another version.
    pub fn from_json(text: &str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }

    /// What comes of it. `files` are the buffers that the request names.
    #[must_use]
    pub fn answer(self, files: &[Vec<u8>]) -> Answer {
        match self {
            Self::WriteFindings { format, findings, photo, reference, px_per_mm } => {
                let subject = Subject { photo, reference: &reference, px_per_mm };
                let text = format.write(&findings, &subject);
                written(format.file_name(photo), format.media_type(), text.into_bytes())
            }
            Self::ReadFindings(reference) => {
                // A file that is no text is no JSON either, which is what is said of it.
                let text = files.first().map(|file| String::from_utf8_lossy(file)).unwrap_or_default();
                said(read_findings(&text, &reference), PaperReply::Findings)
            }
            Self::WriteComparison(comparison, photo) => {
                match serde_json::from_str::<Value>(&comparison).and_then(|value| serde_json::to_vec_pretty(&value)) {
                    Ok(bytes) => written(format!("boardwatch-comparison-{}.json", photo.short()), "application/json", bytes),
                    Err(error) => {
                        refused(format!("The comparison could not be written as JSON ({error}). Compare again, then export."))
                    }
                }
            }
            Self::WriteLink { mut report, comparison } => {
                if let Some(comparison) = comparison {
                    report.method.comparison = comparison_digest(&comparison);
                }
                match write_link(&Bundle::of(*report)) {
                    Ok(link) => (PaperReply::Link(link), Vec::new()),
                    Err(error) => refused(no_link(&error).to_owned()),
                }
            }
            Self::ReadLink(fragment) => said(read_link(&fragment).map(|bundle| Box::new(bundle.report)), PaperReply::Report),
        }
    }
}

fn written(name: String, media_type: &str, bytes: Vec<u8>) -> Answer {
    (PaperReply::Written { name, media_type: media_type.to_owned() }, vec![bytes])
}

fn refused(sentence: String) -> Answer {
    (PaperReply::Refused(sentence), Vec::new())
}

fn said<T>(result: Result<T, impl ToString>, good: impl FnOnce(T) -> PaperReply) -> Answer {
    (result.map_or_else(|error| PaperReply::Refused(error.to_string()), good), Vec::new())
}

/// Why a case does not fit into a link. The errors' own sentences are for whoever opens one.
const fn no_link(error: &LinkError) -> &'static str {
    match error {
        LinkError::TooLong => {
            "The findings are too long for a link that browsers keep. Shorten notes or remove findings, then share again."
        }
        _ => {
            "Something in this case is beyond what a link can carry, so none was made. Compare again, remove findings far off the board, then share again."
        }
    }
}
