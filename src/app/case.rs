//! The user's working record, as it is kept in the browser's storage.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::view::ByHand;
use crate::geometry::Warp;
use crate::report::{
    Answer, ControlPoint, Document, Finding, Laid, MAX_BLIND, MAX_TITLE_CHARS, Method, PictureEntry, Provenance, Question,
    ReferenceNote, Report, Summary,
};
use crate::sorted::SortedSet;
use crate::vision::{Alignment, PictureFacts, Sha256};

/// The version of [`Case::to_json`].
pub const CASE_VERSION: u32 = 4;
/// Bytes of a case. Twelve references with maps as fine as they get take a quarter of it; pictures are kept beside it.
pub const MAX_CASE_BYTES: usize = 64 << 20;

/// Names a case within one browser; drawn at random, so that two tabs don't give the same one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CaseId(pub u32);

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
    /// Which physical board, in the person's words; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub unit: String,
    /// Who speaks, in the person's words; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub contributor: String,
    /// The report that this case was opened from; what it says of the comparison holds until there is one of the case's own.
    #[serde(default)]
    pub reported: Option<Box<Report>>,
    /// It is to be answered: its findings are looked at on this unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Question>,
    /// What it is compared with, what the machine found, and what the person makes of it.
    pub document: Document,
    /// Differences, by their place in the list, that the person has looked at.
    pub looked_at: SortedSet<usize>,
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
        if text.len() > MAX_CASE_BYTES {
            return Err(CaseError::Broken(format!("it has {} MB, more than any case", text.len() >> 20)));
        }
        let broken = |error: serde_json::Error| CaseError::Broken(error.to_string());
        let case = match crate::json::from_str::<Versioned>(text).map_err(broken)?.version {
            version @ 1..=3 => Self::from_older(text, version).map_err(broken)?,
            CASE_VERSION => crate::json::from_str(text).map_err(broken)?,
            version => return Err(CaseError::Newer(version)),
        };
        if case.document.references().is_empty() { Err(CaseError::Broken("no reference".to_owned())) } else { Ok(case) }
    }

    /// Versions 1 to 3 kept four numbers of the report, versions 1 and 2 the references beside the document, and version 1 the result, too.
    fn from_older(text: &str, version: u32) -> Result<Self, serde_json::Error> {
        #[derive(Deserialize)]
        struct Beside {
            references: Option<Vec<PictureEntry>>,
            reported: Option<Summary>,
        }
        let mut value: Value = serde_json::from_str(text)?;
        let beside: Beside = crate::json::from_str(text)?;
        if let Some(object) = value.as_object_mut() {
            object.remove("reported");
        }
        let mut case: Self = crate::json::from_str(&value.to_string())?;
        case.version = CASE_VERSION;
        if let Some(references) = beside.references {
            case.document.set_references(references);
        }
        if version == 1 {
            case.document.lay(crate::json::from_str::<Laid>(text)?);
        }
        if let (Some(summary), Some(alignment)) = (beside.reported, case.document.alignment()) {
            let about = Report::about(case.photo.facts, alignment.clone());
            case.reported = Some(Box::new(Report { board: case.board.clone(), summary, ..about }));
        }
        Ok(case)
    }

    /// What is compared: the photo, then the references.
    pub fn compared(&self) -> impl Iterator<Item = &PictureEntry> {
        std::iter::once(&self.photo).chain(self.document.references())
    }

    /// What a comparison of it takes: these pictures, and the files of the design where it is compared with a drawing.
    pub fn needed(&self) -> impl Iterator<Item = Sha256> {
        let files = self
            .document
            .drawn_reference()
            .and_then(|drawn| drawn.drawing.as_deref())
            .into_iter()
            .flat_map(|drawing| &drawing.files);
        self.compared().map(|entry| entry.facts.sha256).chain(files.map(|file| file.sha256))
    }

    /// Every picture of it, those that lie over the board and those of a sender included, and every file of a design.
    pub fn pictures(&self) -> impl Iterator<Item = Sha256> {
        let layers = self.document.layers().iter().map(|layer| layer.picture);
        let crops = self.question.iter().flat_map(|question| question.crops.values().map(|crop| crop.picture));
        self.compared().map(|entry| entry.facts).chain(layers).chain(crops).map(|facts| facts.sha256).chain(self.design_files())
    }

    /// True when it is known how the photo lies on the first reference, so that there are pictures to be cut.
    #[must_use]
    pub fn is_mapped(&self) -> bool {
        self.document.alignment().is_some_and(|alignment| alignment.homography.is_some())
    }

    /// The findings that are to be answered: those that are the report's own, not those that it answers itself; or, when this case was opened
    /// from an answer with its own photo, what it has answered.
    #[must_use]
    pub fn asked(&self) -> Vec<&Finding> {
        let Some((question, report)) = self.question.as_ref().zip(self.reported.as_deref()) else { return Vec::new() };
        let is_own_answer = report.answer.as_ref().is_some_and(|answer| answer.report == question.report);
        report.findings.iter().filter(|finding| report.is_answered(finding.id) == is_own_answer).collect()
    }

    /// What is laid by hand, and the places that it has in common with the first reference; `None` when there is no such layer.
    #[must_use]
    pub fn laid_by_hand(&self, by_hand: ByHand) -> Option<(PictureFacts, &[ControlPoint])> {
        match by_hand {
            ByHand::Photo => Some((self.photo.facts, self.document.control_points())),
            ByHand::Layer(sha256) => self.document.layer(sha256).map(|layer| (layer.picture, layer.points.as_slice())),
        }
    }

    /// The reference at a place of the list and how it lies on the first, where the comparison knows. The first one lies on itself.
    #[must_use]
    pub fn reference_on_first(&self, place: usize) -> Option<(PictureFacts, Option<Warp>)> {
        let facts = self.document.references().get(place)?.facts;
        if place == 0 {
            return Some((facts, None));
        }
        let warp = self.alignment_on(0)?.warp()?.under(&self.alignment_on(place)?.warp()?, (facts.width, facts.height))?;
        Some((facts, Some(warp)))
    }

    /// True when it is known how the reference at a place of the list lies on the first.
    #[must_use]
    pub fn is_on_first(&self, place: usize) -> bool {
        let is_laid = |place| self.alignment_on(place).is_some_and(|alignment| alignment.homography.is_some());
        place == 0 || (is_laid(0) && is_laid(place))
    }

    /// True when the comparison is about the references of the case, all of them and no others.
    #[must_use]
    pub fn is_compared(&self) -> bool {
        let compared = self.document.comparison().map(|comparison| comparison.references.as_slice()).unwrap_or_default();
        let references = self.document.references();
        compared.len() == references.len() && (0..references.len()).all(|place| self.alignment_on(place).is_some())
    }

    /// How the photo lies on the reference at a place of the list, where the comparison knows.
    fn alignment_on(&self, place: usize) -> Option<&Alignment> {
        let sha256 = self.document.references().get(place)?.facts.sha256;
        let results = &self.document.comparison()?.references;
        results.iter().find(|result| result.picture.sha256 == sha256).map(|result| &result.alignment)
    }

    /// The case as others may see it, with what is `known` of its references. `None` while nothing is
    /// aligned: findings have no place without a map. The digest of the comparison is for the scribe to fill in.
    #[must_use]
    pub fn report(&self, known: &dyn Fn(&PictureEntry) -> Option<Rc<Provenance>>) -> Option<Report> {
        let alignment = Alignment { points: Vec::new(), regions: Vec::new(), ..self.document.alignment()?.clone() };
        let short = |text: &str| text.chars().take(MAX_TITLE_CHARS).collect::<String>();
        let note = |entry: &PictureEntry| {
            let title = entry.public_title();
            let said = self.reported.iter().flat_map(|report| &report.references).find(|note| note.picture == entry.facts);
            match known(entry) {
                Some(known) => ReferenceNote {
                    contributor: short(&known.contributor),
                    licence: short(&known.licence),
                    source: short(&known.source),
                    catalogue: short(&known.edition.named()),
                    ..ReferenceNote::of(title, entry.facts)
                },
                None => ReferenceNote { title, ..said.cloned().unwrap_or(ReferenceNote::of(String::new(), entry.facts)) },
            }
        };
        let places = self.document.sightings().cloned().collect();
        let answer = self.question.as_ref().map(|question| Answer { report: question.report, places });
        // What was looked at goes along as its sender has it, so that the answer can be read by itself.
        let asked = self.asked();
        let looked_at = asked.into_iter().filter(|finding| self.document.sighting(finding.id).is_some());
        let findings = looked_at.chain(self.document.findings()).cloned().collect();
        let report = Report {
            board: short(&self.board),
            unit: short(&self.unit),
            contributor: short(&self.contributor),
            references: self.document.references().iter().map(note).collect(),
            findings,
            answer: answer.filter(|answer| !answer.places.is_empty()),
            ..Report::about(self.photo.facts, alignment)
        };
        let Some(comparison) = self.document.comparison() else {
            let said = self.reported.as_deref().map(|said| (said.summary, said.blind.clone(), said.method.clone()));
            let (summary, blind, method) = said.unwrap_or_default();
            return Some(Report { summary, blind, method, ..report });
        };
        let told = &self.document.laid().told;
        Some(Report {
            summary: Summary {
                differences: u32::try_from(comparison.differences.len()).unwrap_or(u32::MAX),
                flagged: u32::try_from(comparison.differences.iter().filter(|d| d.flagged).count()).unwrap_or(u32::MAX),
                smallest_part_px: comparison.limits.smallest_part_px,
                px_per_mm: self.document.px_per_mm(),
            },
            blind: comparison.limits.blind_areas.iter().take(MAX_BLIND).cloned().collect(),
            method: Method {
                made_by: short(&comparison.made_by),
                comparison: None,
                px_per_mm: told.px_per_mm,
                control_points: told.control_points.clone(),
                units: told.units.clone(),
            },
            ..report
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
            answered: self.question.as_ref().map(|_| (self.document.sightings().len(), self.asked().len())),
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
    /// Of a case that answers a report: how many of its places were looked at, and how many there are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<(usize, usize)>,
    /// The photo, for the thumbnail.
    pub photo: PictureFacts,
    /// When it was last stored, in milliseconds since 1970; filled in by the shell.
    pub changed_ms: f64,
}
