//! A board's own file: what it is, and its references.

use serde::{Deserialize, Serialize};

use super::{CatalogueError, MOST_REFERENCES, checks};
use crate::vision::PictureFacts;

/// A board.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardEntry {
    /// Small letters, digits, hyphens; the same in every catalogue.
    pub id: String,
    /// Vendor, model and revision in one line.
    pub name: String,
    /// Pictures of known units.
    pub references: Vec<ReferenceEntry>,
}

/// A reference: a picture of a known unit.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct ReferenceEntry {
    /// What to call it.
    pub title: String,
    /// Relative to the page.
    pub path: String,
    /// A small version of it, relative to the page.
    pub thumbnail: Option<String>,
    /// What it is recognised by, worked out before; relative to the page.
    pub features: Option<String>,
    /// Which picture.
    #[serde(flatten)]
    pub picture: PictureFacts,
    /// Length of its file.
    pub bytes: u64,
    /// Pixels per mm of board in its middle, where known.
    pub px_per_mm: Option<f64>,
    /// Which physical board: two pictures of one unit count as one witness.
    pub unit: String,
    /// Who took it.
    pub contributor: String,
    /// SPDX expression.
    pub licence: String,
    /// Where it comes from: an address or a few words.
    pub source: String,
    /// How it was made.
    pub modality: Modality,
    /// Which side of the board it shows.
    pub side: Side,
}

/// How a picture was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Modality {
    /// An ordinary photograph.
    VisibleLight,
    /// Through the board.
    XRay,
    /// Warmth, or near infrared.
    Infrared,
    /// Many small fields.
    Microscope,
    /// Drawn from the design.
    CadDrawing,
}

impl Modality {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 5] = [Self::VisibleLight, Self::XRay, Self::Infrared, Self::Microscope, Self::CadDrawing];
}

/// A side of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The side with most of the parts.
    Top,
    /// The other one.
    Bottom,
}

#[derive(Deserialize)]
struct BoardFile {
    format: String,
    version: u32,
    id: String,
    vendor: String,
    model: String,
    revision: Option<String>,
    references: Vec<ReferenceEntry>,
}

impl BoardEntry {
    /// Reads and checks the file at `at` (relative to the page); its paths become relative to the page too.
    ///
    /// # Errors
    /// A sentence when anything is not as the format says.
    pub fn parse(bytes: &[u8], at: &str) -> Result<Self, CatalogueError> {
        let file: BoardFile = checks::json(bytes)?;
        checks::format("boardwatch-board", &file.format, file.version)?;
        checks::id(&file.id)?;
        checks::text("vendor", &file.vendor)?;
        checks::text("model", &file.model)?;
        let mut name = format!("{} {}", file.vendor, file.model);
        if let Some(revision) = &file.revision {
            checks::text("revision", revision)?;
            name = format!("{name}, revision {revision}");
        }
        checks::count("references", file.references.len(), MOST_REFERENCES)?;
        let mut hashes = std::collections::BTreeSet::new();
        let mut references = file.references;
        for reference in &mut references {
            reference.check(at)?;
            if !hashes.insert(reference.picture.sha256) {
                return Err(CatalogueError::Twice(reference.title.clone()));
            }
        }
        Ok(Self { id: file.id, name, references })
    }
}

impl ReferenceEntry {
    fn check(&mut self, at: &str) -> Result<(), CatalogueError> {
        checks::text("reference title", &self.title)?;
        checks::text("unit", &self.unit)?;
        checks::text("contributor", &self.contributor)?;
        checks::text("source", &self.source)?;
        checks::licence(&self.licence)?;
        checks::picture(&self.picture, self.bytes)?;
        self.px_per_mm.map(checks::px_per_mm).transpose()?;
        self.path = checks::beside(at, &self.path)?;
        for path in [&mut self.thumbnail, &mut self.features].into_iter().flatten() {
            *path = checks::beside(at, path)?;
        }
        Ok(())
    }
}
