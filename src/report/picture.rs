//! Which pictures a case is about.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::MAX_TITLE_CHARS;
use crate::catalog::{BoardEntry, Edition, FileEntry, ReferenceEntry, Side};
use crate::vision::{PictureFacts, Sha256};

/// A picture of a case: which one, and what to call it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PictureEntry {
    /// Hash and size.
    pub facts: PictureFacts,
    /// File name or catalogue title.
    pub title: String,
    /// Where it came from.
    pub origin: Origin,
    /// What its catalogue says of it; `None` for what is of no catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Rc<Provenance>>,
    /// What it was drawn from; `None` for a photo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawing: Option<Rc<Drawing>>,
}

/// What a picture was drawn from, when it is a side of a board's design.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Drawing {
    /// Which side it shows.
    pub side: Side,
    /// Which part of the board, and how large: a [`Frame`](crate::design::Frame) as JSON, which only the drafter reads.
    pub frame: String,
    /// The files of the design; the case keeps them as it keeps its pictures.
    pub files: Vec<DesignFile>,
    /// Parts on that side.
    pub parts: u32,
}

/// A file of a design.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DesignFile {
    /// Of its bytes.
    pub sha256: Sha256,
    /// Its name.
    pub name: String,
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

/// What a catalogue says of a reference. A case keeps it, so that its report can tell it and its picture can be fetched again when the
/// catalogue is not at hand.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Provenance {
    /// The picture's file, by its address; in the built-in catalogue relative to the page.
    pub file: Option<FileEntry>,
    /// Its features, in the same way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub features: Option<FileEntry>,
    /// Which board.
    pub board: BoardName,
    /// Which physical board it shows.
    pub unit: String,
    /// Who took it.
    pub contributor: String,
    /// SPDX expression.
    pub licence: String,
    /// Where it comes from.
    pub source: String,
    /// Pixels per millimetre, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub px_per_mm: Option<f64>,
    /// Which catalogue, and which edition of it.
    pub edition: Edition,
}

/// A board as its catalogue names it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardName {
    /// In that catalogue.
    pub id: String,
    /// Who makes it.
    pub vendor: String,
    /// What it is called.
    pub model: String,
    /// Of the printed circuit board; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub revision: String,
    /// The side that the picture shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub side: Option<Side>,
}

impl BoardName {
    /// Vendor, model and revision in one line.
    #[must_use]
    pub fn name(&self) -> String {
        let revision = Some(self.revision.as_str()).filter(|revision| !revision.is_empty());
        crate::catalog::board_name(&self.vendor, &self.model, revision)
    }

    fn of(board: &BoardEntry, side: Side) -> Self {
        let (id, vendor, model) = (board.id.clone(), board.vendor.clone(), board.model.clone());
        Self { id, vendor, model, revision: board.revision.clone().unwrap_or_default(), side: Some(side) }
    }
}

impl PictureEntry {
    /// A picture of no catalogue.
    #[must_use]
    pub const fn of(facts: PictureFacts, title: String, origin: Origin) -> Self {
        Self { facts, title, origin, provenance: None, drawing: None }
    }

    /// A reference of a catalogue's board.
    #[must_use]
    pub fn of_reference(board: &BoardEntry, reference: &ReferenceEntry, edition: &Edition) -> Self {
        let title = format!("{}, {}", board.name(), reference.title);
        let provenance = Provenance {
            file: Some(edition.file(&reference.file())),
            features: reference.features.as_ref().map(|file| edition.file(file)),
            board: BoardName::of(board, reference.side),
            unit: reference.unit.clone(),
            contributor: reference.contributor.clone(),
            licence: reference.licence.clone(),
            source: reference.source.clone(),
            px_per_mm: reference.px_per_mm,
            edition: edition.clone(),
        };
        Self { provenance: Some(Rc::new(provenance)), ..Self::of(reference.picture(), title, Origin::Catalogue) }
    }

    /// What others may call it. A file's name says more of a person than of a board; the hash says which picture it is.
    #[must_use]
    pub fn public_title(&self) -> String {
        match self.origin {
            _ if self.drawing.is_some() => "A drawing of the board's design".to_owned(),
            Origin::Own => "A known-good photo of the sender's".to_owned(),
            Origin::Catalogue | Origin::Report => self.title.chars().take(MAX_TITLE_CHARS).collect(),
        }
    }
}

/// The unit that each reference shows, numbered as they come; empty when no catalogue says so. Only a catalogue can tell its units from each
/// other: two catalogues may use the same name for different ones.
#[must_use]
pub fn units_of(references: &[PictureEntry]) -> Vec<Option<u32>> {
    let mut known: Vec<(&str, &str, &str)> = Vec::new();
    let mut units = Vec::new();
    for entry in references {
        units.push(entry.provenance.as_deref().map(|Provenance { unit, board, edition, .. }| {
            let unit = (edition.address.as_str(), board.id.as_str(), unit.as_str());
            let place = known.iter().position(|other| *other == unit);
            place.unwrap_or_else(|| {
                known.push(unit);
                known.len() - 1
            }) as u32
        }));
    }
    if known.is_empty() { Vec::new() } else { units }
}
