//! What the scribe, a worker of its own, writes and reads: files and links. One answer for the browser and for native tests, and no pixel
//! in it.
//!
//! Files from outside are read in a worker, which may die without hurting anything; and the page itself stays small.

mod contribution;
mod whole_case;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::case::CaseSummary;
use super::contribution::ContributionForm;
use super::link::{Link, qr_code};
use crate::geometry::{Rect, Reference};
use crate::report::interchange::{Format, Imported, Subject, read_findings};
use crate::report::{
    Bundle, BundleError, Exhibit, Finding, HOSTED_PREFIX, Hosted, LinkError, PublicKey, ReferenceNote, Report, Shows, Signature,
    canonical, comparison_digest, digest, open_report, read_hosted, read_link, write_bundle, write_hosted, write_html,
    write_link, write_png,
};
use crate::vision::{PictureFacts, Sha256};

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
        /// The page's address, which a link begins with.
        page: String,
        /// Who is to sign it, with the key that the browser keeps.
        signer: Option<Identity>,
    },
    /// Who signs in this browser.
    Identity,
    /// A new key for signing, in the place of the one before.
    MakeKey {
        /// What the signer calls themselves.
        name: String,
        /// The private key is given to the person as a file; else nobody can ever take it out of the browser.
        backup: bool,
    },
    /// The key for signing is taken out of this browser.
    ForgetKey,
    /// The public key as a file.
    WriteKey(Identity),
    /// The report that a link's fragment carries.
    ReadLink(String),
    /// The report of a file, the one buffer; of this very file, where a link speaks of one.
    ReadReport(Option<Sha256>),
    /// A link to a bundle on a web host.
    WriteHosted {
        /// Where it is, and which one.
        hosted: Hosted,
        /// The page's address, which a link begins with.
        page: String,
    },
    /// A case as a file, to go on with elsewhere. Buffers: its pictures that are here, in the order of `here`.
    WriteCase {
        /// What its card says.
        summary: CaseSummary,
        /// All of its pictures.
        pictures: Vec<Sha256>,
        /// Those that are here.
        here: Vec<Sha256>,
        /// The case as it is stored.
        text: String,
    },
    /// A photo as a file for a catalogue. Buffer: the picture as others are to have it.
    WriteContribution {
        /// Which one.
        picture: PictureFacts,
        /// What is said with it.
        form: Box<ContributionForm>,
        /// Its pixels to a millimetre, where known.
        px_per_mm: Option<f64>,
    },
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

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// What they call themselves.
    pub name: String,
    /// Their public key.
    pub key: PublicKey,
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
    /// Who vouches for it.
    pub signature: Option<Signature>,
    /// Whether the signature fits, as the browser says; `None` when it was not checked.
    pub fits: Option<bool>,
    /// What a signature of these very pictures would call the evidence.
    pub evidence: Sha256,
    /// The pictures that came with it; their files are the buffers.
    pub exhibits: Vec<ExhibitNote>,
    /// Of these files, in the same order.
    pub hashes: Vec<Sha256>,
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
        /// Of its bytes.
        sha256: Sha256,
    },
    /// The link points to a bundle on a web host.
    Hosted(Hosted),
    /// Findings that were read.
    Findings(Imported),
    /// A link.
    Link(Link),
    /// Who signs in this browser. Buffer: the backup of a key that was made, where it was wanted.
    Identity(Option<Identity>),
    /// A report that was read. Buffers: the exhibits' files.
    Report(Box<Opened>),
    /// A contribution was written; its file is the one buffer.
    Contribution {
        /// The file's name.
        name: String,
        /// The page where the catalogue takes it, filled in.
        page: Option<String>,
    },
    /// Why not, as a sentence.
    Refused(String),
}

const OTHER_FILE: &str = "The file at that address is not the one that the link speaks of (its SHA-256 differs). Nothing of it is shown; ask the sender.";
const NO_ADDRESS: &str = "This is no address of a file on the web. It begins with https:// and has no blanks: copy it from the host where you put the bundle.";

/// A reply and its buffers.
pub type Answer = (PaperReply, Vec<Vec<u8>>);

impl PaperRequest {
    /// What has to be signed before it is answered, and by whom; `None` when nothing has to.
    #[must_use]
    pub fn to_sign(&self, files: &[Vec<u8>]) -> Option<(Identity, Option<Sha256>, Vec<u8>)> {
        let Self::WriteReport { form, report, comparison, signature: None, exhibits, signer: Some(signer), .. } = self else {
            return None;
        };
        let (_, bundle) = bundle(*form, (**report).clone(), comparison.clone(), None, exhibits, files);
        let mut bundle = bundle.settled().ok()?;
        if *form == Form::Page {
            bundle.exhibits.retain(|exhibit| exhibit.shows.is_on_page());
        }
        let evidence = (!bundle.exhibits.is_empty()).then(|| bundle.evidence());
        let statement = Signature::statement(digest(&bundle.report), &signer.name, signer.key, evidence);
        Some((signer.clone(), evidence, statement))
    }

    /// The same request, signed.
    #[must_use]
    pub fn signed(mut self, made: Signature) -> Self {
        if let Self::WriteReport { signature, .. } = &mut self {
            *signature = Some(made);
        }
        self
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
            Self::WriteReport { form, report, comparison, signature, exhibits, page, signer: _ } => {
                let (marked, bundle) = bundle(form, *report, comparison, signature, &exhibits, files);
                write(form, &bundle, marked, &page)
            }
            Self::Identity | Self::MakeKey { .. } | Self::ForgetKey => refused("Keys are kept by browsers.".to_owned()),
            Self::WriteKey(Identity { name, key }) => {
                let file = canonical(&json!({"format": "boardwatch-key", "version": 1, "name": name, "key": key}));
                let short: String = String::from(key).chars().take(8).collect();
                written(format!("boardwatch-key-{short}.json"), "application/json", file)
            }
            Self::ReadLink(fragment) if fragment.starts_with(HOSTED_PREFIX) => {
                said(read_hosted(&fragment), |hosted| (PaperReply::Hosted(hosted), Vec::new()))
            }
            Self::ReadLink(fragment) => said(read_link(&fragment), |bundle| opened(&bundle)),
            Self::ReadReport(Some(wanted)) if files.first().map(|file| Sha256::of(file)) != Some(wanted) => {
                refused(OTHER_FILE.to_owned())
            }
            Self::WriteHosted { hosted, page } => match write_hosted(&hosted) {
                Ok(fragment) => link(&page, fragment),
                Err(_) => refused(NO_ADDRESS.to_owned()),
            },
            Self::WriteCase { summary, pictures, here, text } => whole_case::write(&summary, &pictures, &here, &text, files),
            Self::WriteContribution { picture, form, px_per_mm } => {
                contribution::write(picture, &form, px_per_mm, files.first().map_or(&[], Vec::as_slice))
            }
            Self::ReadReport(_) => said(open_report(files.first().map_or(&[], Vec::as_slice)), |bundle| opened(&bundle)),
        }
    }
}

/// What is written, and before it the marked picture.
fn bundle<'a>(
    form: Form,
    mut report: Report,
    comparison: Option<String>,
    signature: Option<Signature>,
    exhibits: &[ExhibitNote],
    files: &'a [Vec<u8>],
) -> (Option<&'a Vec<u8>>, Bundle) {
    if let Some(comparison) = comparison {
        report.method.comparison = comparison_digest(&comparison);
    }
    let (marked, files) = files.split_at(usize::from(form == Form::Picture).min(files.len()));
    let exhibit = |(note, file): (&ExhibitNote, &Vec<u8>)| {
        let ExhibitNote { shows, area, width, height } = *note;
        Exhibit { shows, area, width, height, file: file.clone() }
    };
    let exhibits = exhibits.iter().zip(files).map(exhibit).collect();
    (marked.first(), Bundle { report, signature, exhibits })
}

fn write(form: Form, bundle: &Bundle, marked: Option<&Vec<u8>>, page: &str) -> Answer {
    // Named after the photo, as everything that is saved of a case.
    let name = |ending: &str| format!("boardwatch-report-{}.{ending}", bundle.report.photo.sha256.short());
    match form {
        Form::Link => match write_link(bundle) {
            Ok(fragment) => link(page, fragment),
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

fn opened(bundle: &Bundle) -> Answer {
    let note = |exhibit: &Exhibit| {
        let Exhibit { shows, area, width, height, .. } = exhibit;
        ExhibitNote { shows: *shows, area: *area, width: *width, height: *height }
    };
    // A link of an older version may hold what is not on today's grids.
    let Ok(bundle) = bundle.settled() else { return refused(BundleError::OutOfLimits.to_string()) };
    let exhibits = bundle.exhibits.iter().map(note).collect();
    let (digest, evidence) = (digest(&bundle.report), bundle.evidence());
    let Bundle { report, signature, exhibits: files } = bundle;
    let hashes = files.iter().map(|exhibit| Sha256::of(&exhibit.file)).collect();
    let opened = Opened { report: Box::new(report), digest, signature, fits: None, evidence, exhibits, hashes };
    (PaperReply::Report(Box::new(opened)), files.into_iter().map(|exhibit| exhibit.file).collect())
}

fn written(name: String, media_type: &str, bytes: Vec<u8>) -> Answer {
    let sha256 = Sha256::of(&bytes);
    (PaperReply::Written { name, media_type: media_type.to_owned(), sha256 }, vec![bytes])
}

fn link(page: &str, fragment: String) -> Answer {
    let qr = qr_code(&format!("{page}#{fragment}"));
    (PaperReply::Link(Link { fragment, qr }), Vec::new())
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
