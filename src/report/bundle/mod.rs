//! A report with its proof and its pictures, as it travels: in a link, in a file of its own, in a web page, in a picture.

mod manifest;

pub(super) use manifest::{from_parts, manifest};
pub use manifest::{read_bundle, write_bundle};

use serde::{Deserialize, Serialize};

use super::statement::is_side;
use super::{FindingId, LinkError, Report, Shape, Signature, digest, wire};
use crate::geometry::{Rect, Reference};
use crate::vision::{Sha256, stated_size};

/// Exhibits of one bundle: of each finding one crop of the photo and one of the reference, and a few whole pictures.
pub(super) const MAX_EXHIBITS: usize = 2_100;
/// Pixels of a picture that is drawn for reading: the overview of a square board has two million.
const MOST_DRAWN_PX: u64 = 4_000_000;
/// Bytes of a bundle: two original pictures, and their crops.
pub const MAX_BUNDLE_BYTES: usize = 256 << 20;

/// A report, who vouches for it, and the pictures that go with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// The report.
    pub report: Report,
    /// `None` when anybody may have written it.
    pub signature: Option<Signature>,
    /// In the order in which they are shown.
    pub exhibits: Vec<Exhibit>,
}

/// A picture that goes with a report.
#[derive(Debug, Clone, PartialEq)]
pub struct Exhibit {
    /// What it shows.
    pub shows: Shows,
    /// How much of the first reference it covers, in its pixels.
    pub area: Rect<Reference>,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// The picture's file: JPEG or PNG; a whole picture may be an original of any format.
    pub file: Vec<u8>,
}

/// What an exhibit shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shows {
    /// The photo as it lies on the first reference, all of it.
    Overview,
    /// The photo around a finding, as it lies on the first reference.
    PhotoCrop(FindingId),
    /// The first reference around a finding.
    ReferenceCrop(FindingId),
    /// The photo as it was taken.
    Photo,
    /// The reference at this place of the list.
    Reference(u32),
}

impl Shows {
    /// True for what is drawn for reading; whole pictures are for those who repeat the comparison.
    #[must_use]
    pub const fn is_on_page(self) -> bool {
        matches!(self, Self::Overview | Self::PhotoCrop(_) | Self::ReferenceCrop(_))
    }
}

/// Why a file was not opened as a report. A file is opened whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// Something else.
    #[error("This file holds no Boardwatch report. Ask the sender for the file that Boardwatch saved, or for a link.")]
    NotAReport,
    /// Made by a later version.
    #[error(
        "This report was made by a newer Boardwatch (format {0}). Reload this page to get the newest version, then open the file again."
    )]
    Newer(u32),
    /// The end is missing.
    #[error("The file was cut on its way: its end is missing. Nothing of it is shown; ask the sender to send it again.")]
    Cut,
    /// Something in it is not what was written.
    #[error("The file was changed since Boardwatch wrote it. Nothing of it is shown; ask the sender to send it again.")]
    Altered,
    /// It is whole, but breaks the format's limits.
    #[error("The file holds a report that breaks the format's limits, so it is not shown. It was not made by Boardwatch.")]
    OutOfLimits,
    /// More than fits.
    #[error("The report is larger than {} MB, more than a browser takes. Leave original pictures out, or split the findings.", MAX_BUNDLE_BYTES >> 20)]
    TooLarge,
}

impl Bundle {
    /// A report alone.
    #[must_use]
    pub const fn of(report: Report) -> Self {
        Self { report, signature: None, exhibits: Vec::new() }
    }

    /// True when everything is within the limits of the formats.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let has = |id: FindingId| self.report.findings.iter().any(|finding| finding.id == id);
        let is_about = |shows| match shows {
            Shows::Overview | Shows::Photo => true,
            Shows::PhotoCrop(id) | Shows::ReferenceCrop(id) => has(id),
            Shows::Reference(place) => (place as usize) < self.report.references.len(),
        };
        self.report.is_valid()
            && self.signature.as_ref().is_none_or(Signature::is_valid)
            && self.exhibits.len() <= MAX_EXHIBITS
            && self.exhibits.iter().all(|exhibit| exhibit.is_valid() && is_about(exhibit.shows))
            && each_once(self.exhibits.iter().map(|exhibit| exhibit.shows))
    }

    /// What a signature of it calls the evidence: the hash of the manifest of a settled bundle.
    #[must_use]
    pub fn evidence(&self) -> Sha256 {
        Sha256::of(&manifest(self, digest(&self.report)))
    }

    /// The same on the grids of the formats, so that it comes out of each as it went in.
    ///
    /// # Errors
    /// [`LinkError::OutOfLimits`] when it is not [valid](Self::is_valid).
    pub fn settled(&self) -> Result<Self, LinkError> {
        if !self.is_valid() {
            return Err(LinkError::OutOfLimits);
        }
        // The files have no grid; they may be large.
        let bare = |exhibit: &Exhibit| Exhibit { file: Vec::new(), ..*exhibit };
        let exhibits = self.exhibits.iter().map(bare).collect();
        let bare = Self { report: self.report.clone(), signature: self.signature.clone(), exhibits };
        let mut settled = wire::read(wire::VERSION, &wire::write(&bare)?)?;
        for (to, from) in settled.exhibits.iter_mut().zip(&self.exhibits) {
            to.file.clone_from(&from.file);
        }
        Ok(settled)
    }
}

/// True when nothing is shown twice.
fn each_once(shows: impl Iterator<Item = Shows>) -> bool {
    let mut shown: Vec<Shows> = shows.collect();
    shown.sort_unstable();
    shown.windows(2).all(|pair| pair.first() != pair.last())
}

impl Exhibit {
    fn is_valid(&self) -> bool {
        // A browser shows it as soon as the report is open: what it takes in memory has to be what it says.
        let is_drawn = || {
            let pixels = u64::from(self.width) * u64::from(self.height);
            pixels <= MOST_DRAWN_PX && stated_size(&self.file) == Some((self.width, self.height))
        };
        is_side(self.width)
            && is_side(self.height)
            && Shape::Box(self.area).is_valid()
            && if self.shows.is_on_page() { is_drawn() } else { !self.file.is_empty() }
    }

    /// By its first bytes.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        match self.file.get(..4) {
            Some([0xff, 0xd8, 0xff, _]) => "image/jpeg",
            Some(b"\x89PNG") => "image/png",
            _ => "application/octet-stream",
        }
    }
}

impl Report {
    /// The same on the grids of the formats.
    ///
    /// # Errors
    /// [`LinkError::OutOfLimits`] when it is not [valid](Self::is_valid).
    pub fn settled(&self) -> Result<Self, LinkError> {
        Bundle::of(self.clone()).settled().map(|bundle| bundle.report)
    }
}
