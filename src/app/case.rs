//! The user's working record, as it is kept in the browser's storage.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::report::{Document, Laid, MAX_TITLE_CHARS, ReferenceNote, Report, Summary};
use crate::vision::{Alignment, PictureFacts};

/// The version of [`Case::to_json`].
pub const CASE_VERSION: u32 = 2;

/// Names a case within one browser; drawn at random, so that two tabs don't give the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CaseId(pub u32);

/// A picture of a case: which one, and what to call it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PictureEntry {
    /// Hash and size.
    pub facts: PictureFacts,
    /// File name or catalogue title.
    pub title: String,
    /// Where it came from.
    pub origin: Origin,
}

/// Where a picture came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The user's own file.
    Own,
    /// A catalogue; it can be fetched again.
    Catalogue,
    /// Only its facts are known, from a report.
    Report,
}

/// A case: photo, references, what the machine found, what the person says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// [`CASE_VERSION`] when it was written.
    pub version: u32,
    /// Its name in storage.
    pub id: CaseId,
    /// What the person calls it.
    pub title: String,
    /// Which board; may be empty.
    pub board: String,
    /// The user's photo.
    pub photo: PictureEntry,
    /// What it is compared with; findings lie on the first.
    pub references: Vec<PictureEntry>,
    /// What the report said that this case was opened from; it holds until there is a comparison of its own.
    #[serde(default)]
    pub reported: Option<Summary>,
    /// What the machine found, and what the person makes of it.
    pub document: Document,
    /// Differences, by their place in the list, that the person has looked at.
    pub looked_at: BTreeSet<usize>,
}

/// Why a stored case can't be opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CaseError {
    /// Written by a later version.
    #[error(
        "This case was saved by a newer Boardwatch (format {0}). Reload the page to get the newest version; the case is untouched."
    )]
    Newer(u32),
    /// Not a case at all.
    #[error("The stored case can't be read ({0}). It is kept as it is; you can start a new case with the same photos.")]
    Broken(String),
}

impl Case {
    /// As it goes into storage.
    ///
    /// # Errors
    /// [`CaseError::Broken`] when JSON can't hold it.
    pub fn to_json(&self) -> Result<String, CaseError> {
        serde_json::to_string(self).map_err(|error| CaseError::Broken(error.to_string()))
    }

    /// As it comes out of storage.
    ///
    /// # Errors
    /// [`CaseError`] for a later version or anything that is not a case.
    pub fn from_json(text: &str) -> Result<Self, CaseError> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let broken = |error: serde_json::Error| CaseError::Broken(error.to_string());
        let case = match serde_json::from_str::<Versioned>(text).map_err(broken)?.version {
            1 => Self::from_version_1(text).map_err(broken)?,
            CASE_VERSION => serde_json::from_str(text).map_err(broken)?,
            version => return Err(CaseError::Newer(version)),
        };
        if case.references.is_empty() { Err(CaseError::Broken("no reference".to_owned())) } else { Ok(case) }
    }

    /// Version 1 kept the result beside the document.
    fn from_version_1(text: &str) -> Result<Self, serde_json::Error> {
        let mut case: Self = serde_json::from_str(text)?;
        case.version = CASE_VERSION;
        case.document.lay(serde_json::from_str::<Laid>(text)?);
        Ok(case)
    }

    /// The case as others may see it. `None` while nothing is aligned: findings have no place without a map.
    #[must_use]
    pub fn report(&self) -> Option<Report> {
        let alignment = Alignment { points: Vec::new(), regions: Vec::new(), ..self.document.alignment()?.clone() };
        let short = |text: &str| text.chars().take(MAX_TITLE_CHARS).collect();
        let summary = self.document.comparison().map_or_else(
            || self.reported.unwrap_or_default(),
            |comparison| Summary {
                differences: u32::try_from(comparison.differences.len()).unwrap_or(u32::MAX),
                flagged: u32::try_from(comparison.differences.iter().filter(|d| d.flagged).count()).unwrap_or(u32::MAX),
                smallest_part_px: comparison.limits.smallest_part_px,
                px_per_mm: self.document.px_per_mm(),
            },
        );
        Some(Report {
            board: short(&self.board),
            photo: self.photo.facts,
            references: self.references.iter().map(|r| ReferenceNote { title: short(&r.title), picture: r.facts }).collect(),
            alignment,
            summary,
            findings: self.document.findings().cloned().collect(),
        })
    }

    /// What the start screen shows of it.
    #[must_use]
    pub fn summary(&self) -> CaseSummary {
        CaseSummary {
            id: self.id,
            title: self.title.clone(),
            board: self.board.clone(),
            findings: self.document.findings().len(),
            photo: self.photo.facts,
            changed_ms: 0.0,
        }
    }
}

/// A case on the start screen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseSummary {
    /// Its name in storage.
    pub id: CaseId,
    /// What the person calls it.
    pub title: String,
    /// Which board; may be empty.
    pub board: String,
    /// How many findings it has.
    pub findings: usize,
    /// The photo, for the thumbnail.
    pub photo: PictureFacts,
    /// When it was last stored, in milliseconds since 1970; filled in by the shell.
    pub changed_ms: f64,
}
