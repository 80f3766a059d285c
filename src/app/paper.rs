//! What the scribe, a worker of its own, writes and reads: files and links. One answer for the browser and for native tests, and no pixel
//! in it.
//!
//! Files from outside are read in a worker, which may die without hurting anything; and the page itself stays small.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::geometry::{Rect, Reference};
use crate::report::interchange::{Format, Imported, Subject, read_findings};
use crate::report::{
    Bundle, BundleError, Exhibit, Finding, LinkError, ReferenceNote, Report, Shows, Signature, comparison_digest, digest,
    open_report, read_link, write_bundle, write_html, write_link, write_png,
};
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
    /// A report. Buffers: for a picture first the marked one, a PNG file; then the exhibits' files.
    WriteReport {
        /// In which form.
        form: Form,
        /// The report; the digest of the comparison is filled in.
        report: Box<Report>,
        /// The comparison that it is about, as JSON, where there is one.
        comparison: Option<String>,
        /// Who vouches for it, where it was signed before.
        signature: Option<Signature>,
        /// What the buffers are.
        exhibits: Vec<ExhibitNote>,
    },
    /// The report that a link's fragment carries.
    ReadLink(String),
    /// The report of a file, the one buffer.
    ReadReport,
}

/// A form in which a report travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// The fragment of an address.
    Link,
    /// A web page in one file.
    Page,
    /// Everything, hashes and all.
    Bundle,
    /// The marked picture, the report in it.
    Picture,
}

/// An exhibit without its file.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ExhibitNote {
    /// What it shows.
    pub shows: Shows,
    /// How much of the first reference it covers.
    pub area: Rect<Reference>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// A report that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// What it says.
    pub report: Box<Report>,
    /// Its digest.
    pub digest: Sha256,
    /// Who vouches for it; whether the signature fits is for the shell to tell.
    pub signature: Option<Signature>,
    /// What a signature of these very pictures would call the evidence.
    pub evidence: Sha256,
    /// The pictures that came with it; their files are the buffers.
    pub exhibits: Vec<ExhibitNote>,
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
    /// A report that was read. Buffers: the exhibits' files.
    Report(Box<Opened>),
    /// Why not, as a sentence.
    Refused(String),
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
                said(read_findings(&text, &reference), |findings| (PaperReply::Findings(findings), Vec::new()))
            }
            Self::WriteComparison(comparison, photo) => {
                match serde_json::from_str::<Value>(&comparison).and_then(|value| serde_json::to_vec_pretty(&value)) {
                    Ok(bytes) => written(format!("boardwatch-comparison-{}.json", photo.short()), "application/json", bytes),
                    Err(error) => {
                        refused(format!("The comparison could not be written as JSON ({error}). Compare again, then export."))
                    }
                }
            }
            Self::WriteReport { form, mut report, comparison, signature, exhibits } => {
                if let Some(comparison) = comparison {
                    report.method.comparison = comparison_digest(&comparison);
                }
                let (marked, files) = if form == Form::Picture { files.split_at(1.min(files.len())) } else { files.split_at(0) };
                let exhibit = |(note, file): (ExhibitNote, &Vec<u8>)| {
                    let ExhibitNote { shows, area, width, height } = note;
                    Exhibit { shows, area, width, height, file: file.clone() }
                };
                let exhibits = exhibits.into_iter().zip(files).map(exhibit).collect();
                write(form, &Bundle { report: *report, signature, exhibits }, marked.first())
            }
            Self::ReadLink(fragment) => said(read_link(&fragment), opened),
            Self::ReadReport => said(open_report(files.first().map_or(&[], Vec::as_slice)), opened),
        }
    }
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

fn write(form: Form, bundle: &Bundle, marked: Option<&Vec<u8>>) -> Answer {
    // Named after the photo, as everything that is saved of a case.
    let name = |ending: &str| format!("boardwatch-report-{}.{ending}", bundle.report.photo.sha256.short());
    match form {
        Form::Link => match write_link(bundle) {
            Ok(link) => (PaperReply::Link(link), Vec::new()),
            Err(error) => refused(no_link(&error).to_owned()),
        },
        Form::Page => {
            let page = write_html(bundle);
            page.map_or_else(|error| refused(no_file(&error)), |page| written(name("html"), "text/html", page.into_bytes()))
        }
        Form::Bundle => {
            let file = write_bundle(bundle);
            file.map_or_else(|error| refused(no_file(&error)), |file| written(name("boardwatch"), "application/zip", file))
        }
        Form::Picture => match write_png(marked.map_or(&[], Vec::as_slice), bundle) {
            Ok(png) => written(name("png"), "image/png", png),
            Err(error) => refused(no_link(&error).to_owned()),
        },
    }
}

fn opened(bundle: Bundle) -> Answer {
    let note = |exhibit: &Exhibit| {
        let Exhibit { shows, area, width, height, .. } = exhibit;
        ExhibitNote { shows: *shows, area: *area, width: *width, height: *height }
    };
    // A link of an older version may hold what is not on today's grids.
    let Ok(bundle) = bundle.settled() else { return refused(BundleError::OutOfLimits.to_string()) };
    let exhibits = bundle.exhibits.iter().map(note).collect();
    let (digest, evidence) = (digest(&bundle.report), bundle.evidence());
    let Bundle { report, signature, exhibits: files } = bundle;
    let opened = Opened { report: Box::new(report), digest, signature, evidence, exhibits };
    (PaperReply::Report(Box::new(opened)), files.into_iter().map(|exhibit| exhibit.file).collect())
}

fn written(name: String, media_type: &str, bytes: Vec<u8>) -> Answer {
    (PaperReply::Written { name, media_type: media_type.to_owned() }, vec![bytes])
}

fn refused(sentence: String) -> Answer {
    (PaperReply::Refused(sentence), Vec::new())
}

fn said<T>(result: Result<T, impl ToString>, good: impl FnOnce(T) -> Answer) -> Answer {
    result.map_or_else(|error| refused(error.to_string()), good)
}

/// Why a case does not fit into a link. The errors' own sentences are for whoever opens one.
const fn no_link(error: &LinkError) -> &'static str {
    match error {
        LinkError::TooLong => {
            "The findings are too long for a link that browsers keep. Shorten notes, remove findings, or save the report as a file."
        }
        _ => {
            "Something in this case is beyond what a report can carry, so none was made. Compare again, remove findings far off the board, then share again."
        }
    }
}

/// Why it does not fit into a file.
fn no_file(error: &BundleError) -> String {
    match error {
        BundleError::TooLarge => error.to_string(),
        _ => no_link(&LinkError::OutOfLimits).to_owned(),
    }
}
