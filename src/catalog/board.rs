//! A board's own file: what it is, and its references.

use serde::{Deserialize, Serialize};

use super::line::{board_name, names};
use super::{CatalogueError, FileEntry, MOST_REFERENCES, checks};
use crate::vision::{PictureFacts, Sha256};

/// `format` of a board's file.
pub const BOARD_FORMAT: &str = "boardwatch-board";
/// Links and assembly variants of a board.
const MOST_NOTES: usize = 50;

/// A board, as its file says it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoardEntry {
    /// [`BOARD_FORMAT`].
    pub format: String,
    /// 1.
    pub version: u32,
    /// Small letters, digits, hyphens; unique in a catalogue.
    pub id: String,
    /// Who makes it.
    pub vendor: String,
    /// What it is called.
    pub model: String,
    /// Of the printed circuit board.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revision: Option<String>,
    /// What it is called elsewhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// Width and height of the bare board, seen from the top, in mm.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_mm: Option<[f64; 2]>,
    /// Ways in which it is known to be assembled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
    /// Where to read more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Pictures of known units.
    pub references: Vec<ReferenceEntry>,
}

/// A way in which a board is assembled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Small letters, digits, hyphens; references name it.
    pub id: String,
    /// What is different about it.
    pub about: String,
}

/// A page about a board.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it is.
    pub title: String,
    /// `https` or `http`.
    pub url: String,
}

/// A reference: a picture of a known unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReferenceEntry {
    /// What to call it.
    pub title: String,
    /// Its file; as [`FileEntry::path`].
    pub path: String,
    /// Hash of its file.
    pub sha256: Sha256,
    /// Pixels, after EXIF orientation.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Length of its file.
    pub bytes: u64,
    /// A small version of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thumbnail: Option<FileEntry>,
    /// What it is recognised by, worked out before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub features: Option<FileEntry>,
    /// `info.json` of its tiles (IIIF Image API 3, level 0), for other viewers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tiles: Option<String>,
    /// Pixels per mm of board in its middle, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub px_per_mm: Option<f64>,
    /// Which physical board: two pictures of one unit count as one witness.
    pub unit: String,
    /// Who took it.
    pub contributor: String,
    /// SPDX expression.
    pub licence: String,
    /// Where it comes from: an address or a few words.
    pub source: String,
    /// When it was taken: a year, a month or a day, as ISO 8601 writes them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// How it was made.
    pub modality: Modality,
    /// Which side of the board it shows.
    pub side: Side,
    /// How the unit is assembled: the `id` of one of the board's variants.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
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

    /// How files name it, with spaces.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::VisibleLight => "visible light",
            Self::XRay => "x ray",
            Self::Infrared => "infrared",
            Self::Microscope => "microscope",
            Self::CadDrawing => "cad drawing",
        }
    }
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

impl Side {
    /// How files name it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Top => "top",
            Self::Bottom => "bottom",
        }
    }
}

impl BoardEntry {
    /// Reads and checks the file at `at`; its paths become relative to what `at` is relative to.
    ///
    /// # Errors
    /// A sentence when anything is not as the format says.
    pub fn parse(bytes: &[u8], at: &str) -> Result<Self, CatalogueError> {
        let mut board: Self = checks::json(bytes)?;
        board.check(at)?;
        Ok(board)
    }

    /// Vendor, model and revision in one line.
    #[must_use]
    pub fn name(&self) -> String {
        board_name(&self.vendor, &self.model, self.revision.as_deref())
    }

    fn check(&mut self, at: &str) -> Result<(), CatalogueError> {
        checks::format(BOARD_FORMAT, &self.format, self.version)?;
        checks::id(&self.id)?;
        names(&self.vendor, &self.model, self.revision.as_deref(), &self.also)?;
        self.size_mm.iter().flatten().try_for_each(|side| checks::side_mm(*side))?;
        checks::count("variants and links", self.variants.len().max(self.links.len()), MOST_NOTES)?;
        for variant in &self.variants {
            checks::id(&variant.id)?;
            checks::text("variant", &variant.about)?;
        }
        for link in &self.links {
            checks::text("link", &link.title)?;
            checks::address(&link.url)?;
        }
        checks::count("references", self.references.len(), MOST_REFERENCES)?;
        let mut hashes = std::collections::BTreeSet::new();
        for reference in &mut self.references {
            reference.check(at)?;
            let is_known = |variant: &String| self.variants.iter().any(|known| known.id == *variant);
            if !reference.variant.as_ref().is_none_or(is_known) {
                return Err(CatalogueError::NoSuchVariant(reference.title.clone()));
            }
            if !hashes.insert(reference.sha256) {
                return Err(CatalogueError::Twice(reference.title.clone()));
            }
        }
        Ok(())
    }
}

impl ReferenceEntry {
    /// Its file.
    #[must_use]
    pub fn file(&self) -> FileEntry {
        FileEntry { path: self.path.clone(), sha256: self.sha256, bytes: self.bytes }
    }

    /// Which picture.
    #[must_use]
    pub const fn picture(&self) -> PictureFacts {
        PictureFacts { sha256: self.sha256, width: self.width, height: self.height }
    }

    fn check(&mut self, at: &str) -> Result<(), CatalogueError> {
        checks::text("reference title", &self.title)?;
        checks::text("unit", &self.unit)?;
        checks::text("contributor", &self.contributor)?;
        checks::text("source", &self.source)?;
        checks::licence(&self.licence)?;
        checks::picture(&self.picture(), self.bytes)?;
        self.px_per_mm.map_or(Ok(()), checks::px_per_mm)?;
        self.date.as_deref().map_or(Ok(()), checks::date)?;
        for path in std::iter::once(&mut self.path).chain(&mut self.tiles) {
            *path = checks::beside(at, path)?;
        }
        for file in [&mut self.thumbnail, &mut self.features].into_iter().flatten() {
            file.check(at)?;
        }
        Ok(())
    }
}
