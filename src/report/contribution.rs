//! A reference that somebody gives to a catalogue: one file that its keeper can check and take in.
//!
//! The file is an archive of two: `contribution.json` says which board and what picture, `picture.jpg` or `picture.png` is the picture, without
//! anything but pixels. `docs/formats/contribution.md` describes it.

use serde::{Deserialize, Serialize};

use super::zip;
use crate::catalog::{BoardEntry, CatalogueError, ReferenceEntry};
use crate::vision::{Format, LARGEST_FILE, PictureFacts, Sha256, has_only_pixels, probe};

const FORMAT: &str = "boardwatch-contribution";
const VERSION: u32 = 1;
const ABOUT: &str = "contribution.json";
/// Bytes of a contribution: a picture as large as one may be, and what is said about it.
const MAX_CONTRIBUTION_BYTES: usize = LARGEST_FILE + (2 << 20);

/// Why a contribution can't be taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ContributionError {
    /// Another file, or one that was cut or changed.
    #[error(
        "This is no contribution, or it was changed since it was made: it is an archive of contribution.json and one picture, as Boardwatch writes it."
    )]
    NotOne,
    /// What it says breaks the format.
    #[error("{0}")]
    Catalogue(#[from] CatalogueError),
    /// The picture is not the one described.
    #[error("The picture is not the one that contribution.json describes: its {0} differs. Make the contribution again.")]
    OtherPicture(&'static str),
    /// The picture can't be read.
    #[error("The picture can't be read. {0}")]
    Unreadable(String),
    /// More than pixels.
    #[error(
        "The picture's file holds more than pixels (such as where and with what it was taken). Make the contribution with Boardwatch, which leaves that out."
    )]
    Metadata,
}

/// A reference on its way to a catalogue.
#[derive(Debug, Clone, PartialEq)]
pub struct Contribution {
    /// The board, with this one reference; its `path` is `picture.jpg` or `picture.png`.
    pub board: BoardEntry,
    /// The reference's file.
    pub picture: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct About {
    format: String,
    version: u32,
    board: serde_json::Value,
}

impl Contribution {
    /// A new one: this picture of this board. Path, hash, size and length are filled in.
    ///
    /// # Errors
    /// [`ContributionError`] when anything is not as a catalogue wants it.
    pub fn new(mut board: BoardEntry, mut reference: ReferenceEntry, picture: Vec<u8>) -> Result<Self, ContributionError> {
        let header = probe(&picture).map_err(|error| ContributionError::Unreadable(error.to_string()))?;
        reference.path = picture_name(header.format).ok_or(ContributionError::Metadata)?.to_owned();
        (reference.sha256, reference.width, reference.height) = (Sha256::of(&picture), header.width, header.height);
        reference.bytes = picture.len() as u64;
        (reference.thumbnail, reference.features, reference.tiles) = (None, None, None);
        board.references = vec![reference];
        let bytes = Self { board, picture }.to_bytes();
        Self::from_bytes(&bytes)
    }

    /// The same of a JPEG file that was just drawn from nothing but pixels, so that nothing of it need be read.
    ///
    /// # Errors
    /// [`ContributionError`] when what is said of it is not as a catalogue wants it.
    pub fn of_jpeg(
        mut board: BoardEntry,
        mut reference: ReferenceEntry,
        facts: PictureFacts,
        picture: Vec<u8>,
    ) -> Result<Self, ContributionError> {
        "picture.jpg".clone_into(&mut reference.path);
        (reference.sha256, reference.width, reference.height) = (facts.sha256, facts.width, facts.height);
        reference.bytes = picture.len() as u64;
        board.references = vec![reference];
        let checked = serde_json::to_vec(&board).unwrap_or_default();
        Ok(Self { board: BoardEntry::parse(&checked, "")?, picture })
    }

    /// The reference.
    #[must_use]
    pub fn reference(&self) -> Option<&ReferenceEntry> {
        self.board.references.first()
    }

    /// As a file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let about = serde_json::json!({ "format": FORMAT, "version": VERSION, "board": self.board });
        let name = self.reference().map_or("", |reference| reference.path.as_str());
        zip::write(&[(ABOUT, about.to_string().as_bytes()), (name, &self.picture)])
    }

    /// From a file, checked.
    ///
    /// # Errors
    /// [`ContributionError`] when anything is not as the format says.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ContributionError> {
        if bytes.len() > MAX_CONTRIBUTION_BYTES {
            return Err(ContributionError::NotOne);
        }
        let files = zip::read(bytes, 2).ok_or(ContributionError::NotOne)?;
        let [(ABOUT, about), (name, picture)] = files[..] else { return Err(ContributionError::NotOne) };
        let about: About = serde_json::from_slice(about).map_err(|_| ContributionError::NotOne)?;
        if about.format != FORMAT {
            return Err(ContributionError::NotOne);
        }
        if about.version > VERSION {
            return Err(CatalogueError::NewerVersion(about.version).into());
        }
        let board = BoardEntry::parse(about.board.to_string().as_bytes(), "")?;
        let [reference] = &board.references[..] else { return Err(ContributionError::NotOne) };
        let header = probe(picture).map_err(|error| ContributionError::Unreadable(error.to_string()))?;
        let facts = reference.picture();
        let same = [
            ("name", reference.path == name && picture_name(header.format) == Some(name)),
            ("SHA-256", facts.sha256 == Sha256::of(picture)),
            ("size", (facts.width, facts.height) == (header.width, header.height)),
            ("length", reference.bytes == picture.len() as u64),
        ];
        if let Some((what, _)) = same.into_iter().find(|(_, same)| !same) {
            return Err(ContributionError::OtherPicture(what));
        }
        if !has_only_pixels(picture) {
            return Err(ContributionError::Metadata);
        }
        Ok(Self { picture: picture.to_vec(), board })
    }
}

const fn picture_name(format: Format) -> Option<&'static str> {
    match format {
        Format::Jpeg => Some("picture.jpg"),
        Format::Png => Some("picture.png"),
        _ => None,
    }
}
