//! Findings in formats that other programmes know: W3C Web Annotation and COCO both ways, CSV one way.
//!
//! `docs/formats/interchange.md` says what is written, what is read, and within which limits. Nothing is lost on the way out
//! and back in; what another programme moved comes back moved.

mod coco;
mod csv;
mod imported;
mod record;
mod selector;
mod svg;
mod web_annotation;

pub use coco::{from_coco, to_coco};
pub use csv::to_csv;
pub use imported::{Imported, Loss};
pub use web_annotation::{from_web_annotation, to_web_annotation};

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;

use super::ReferenceNote;
use super::wire::{TOO_MANY, at_most};
use crate::vision::Sha256;

/// Bytes of a file that is read: some 200,000 points drawn by hand. More would not fit into a tab's memory beside two pictures.
pub const MAX_INTERCHANGE_BYTES: usize = 16 << 20;
/// Entries of any list in such a file: annotations, pictures, categories.
const MAX_ENTRIES: usize = 100_000;
/// Bytes of one entry. What it says takes up to sixteen times as much memory while it is looked at.
const MAX_ENTRY_BYTES: usize = 1 << 20;

/// What findings are about.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The photo in question.
    pub photo: Sha256,
    /// The reference that the findings lie on.
    pub reference: &'a ReferenceNote,
    /// Reference pixels per millimetre, when known.
    pub px_per_mm: Option<f64>,
}

/// A format that findings are saved in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// W3C Web Annotation, which annotation tools and IIIF viewers read.
    WebAnnotation,
    /// COCO, which tools of machine vision read.
    Coco,
    /// A table.
    Csv,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::WebAnnotation, Self::Coco, Self::Csv];

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::WebAnnotation => "application/ld+json",
            Self::Coco => "application/json",
            Self::Csv => "text/csv",
        }
    }

    /// A file's name, after the photo's hash.
    #[must_use]
    pub fn file_name(self, photo: Sha256) -> String {
        let (what, ending) = match self {
            Self::WebAnnotation => ("annotations", "json"),
            Self::Coco => ("coco", "json"),
            Self::Csv => ("findings", "csv"),
        };
        format!("boardwatch-{what}-{}.{ending}", photo.short())
    }

    /// The findings in this format; those that are not valid are left out.
    #[must_use]
    pub fn write(self, findings: &[super::Finding], subject: &Subject<'_>) -> String {
        match self {
            Self::WebAnnotation => to_web_annotation(findings, subject),
            Self::Coco => to_coco(findings, subject),
            Self::Csv => to_csv(findings, subject.px_per_mm),
        }
    }
}

/// Why a file holds nothing to read findings from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InterchangeError {
    /// Over [`MAX_INTERCHANGE_BYTES`].
    #[error("The file has {0} bytes; at most {MAX_INTERCHANGE_BYTES} are read. Export fewer annotations, then import again.")]
    TooLarge(usize),
    /// No JSON.
    #[error("The file is not whole JSON ({0}). Export it again from the programme it came from, then import it.")]
    NotJson(String),
    /// Over [`MAX_ENTRIES`].
    #[error(
        "The file lists more than {MAX_ENTRIES} entries, so nothing was read. Export the annotations of this picture alone, then import again."
    )]
    TooMany,
    /// JSON of another kind.
    #[error(
        "The file holds neither W3C Web Annotations nor a COCO dataset, so nothing was read. Export in one of these formats, then import again."
    )]
    UnknownFormat,
    /// Several images of a dataset may be the reference.
    #[error(
        "The dataset holds {0} pictures that may be this reference, so none was chosen. Keep one of them in the file, or give it the file name \"{1}\"."
    )]
    WhichPicture(usize, String),
}

/// Reads findings from a file that is recognised by what it holds. They keep their numbers where these are free within the
/// file; the caller gives others.
///
/// # Errors
/// [`InterchangeError`] when nothing at all can be read from the file.
pub fn read_findings(text: &str, reference: &ReferenceNote) -> Result<Imported, InterchangeError> {
    match Top::of(text)? {
        Top { images: Some(_), .. } => from_coco(text, reference),
        _ => from_web_annotation(text, reference),
    }
}

/// The outermost object of either format, its parts still unread.
#[derive(Default, Deserialize)]
struct Top<'a> {
    #[serde(borrow)]
    items: Option<Entries<'a>>,
    #[serde(borrow)]
    first: Option<&'a RawValue>,
    #[serde(borrow)]
    target: Option<&'a RawValue>,
    #[serde(borrow)]
    images: Option<Entries<'a>>,
    #[serde(borrow)]
    annotations: Option<Entries<'a>>,
    #[serde(borrow)]
    categories: Option<Entries<'a>>,
}

/// A list whose entries are still unread.
struct Entries<'a>(Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Entries<'a> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        at_most::<_, _, MAX_ENTRIES>(from).map(Self)
    }
}

/// What an entry says; `None` when it is no JSON by itself, or too long to be an annotation.
fn parsed(entry: &RawValue) -> Option<Value> {
    (entry.get().len() <= MAX_ENTRY_BYTES).then(|| serde_json::from_str(entry.get()).ok()).flatten()
}

impl<'a> Top<'a> {
    fn of(text: &'a str) -> Result<Self, InterchangeError> {
        // Programmes of Microsoft's put a byte order mark before the text.
        let text = text.trim_start_matches('\u{feff}').trim_start();
        if text.len() > MAX_INTERCHANGE_BYTES {
            return Err(InterchangeError::TooLarge(text.len()));
        }
        let read = if text.starts_with('[') {
            serde_json::from_str(text).map(|items| Self { items: Some(items), ..Self::default() })
        } else {
            serde_json::from_str(text)
        };
        read.map_err(|error| match error.classify() {
            serde_json::error::Category::Data if error.to_string().starts_with(TOO_MANY) => InterchangeError::TooMany,
            serde_json::error::Category::Data => InterchangeError::UnknownFormat,
            _ => InterchangeError::NotJson(error.to_string()),
        })
    }
}
