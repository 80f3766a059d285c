//! A photo on its way to a catalogue: what it would look like to others, whether it is good enough, and what is said with it.

use serde::{Deserialize, Serialize};

use super::cut::{FoundLabel, find_labels};
use super::job::JobId;
use super::state::OfferId;
use crate::catalog::Side;
use crate::geometry::{Rect, Warp};
use crate::report::Check;
use crate::vision::{self, Hidden, PictureFacts, Quality, Sha256, View, to_fine_jpeg};

/// Licences that are offered: SPDX expression, and what it means.
pub const LICENCES: [(&str, &str); 3] = [
    ("CC0-1.0", "Anybody may do anything with it"),
    ("CC-BY-4.0", "Anybody may use it who names you"),
    ("CC-BY-SA-4.0", "Anybody may use it who names you and shares alike"),
];

/// What a worker is to make of the photo.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ContributionOrder {
    /// How the photo lies on the first reference.
    pub warp: Warp,
    /// What is not to be seen on it.
    pub hidden: Vec<Hidden>,
}

/// What a worker has made of it; the file comes with it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prepared {
    /// The picture that others would get.
    pub picture: PictureFacts,
    /// How good the photo is.
    pub quality: Quality,
    /// What looks like a label on it, on the first reference.
    pub labels: Vec<FoundLabel>,
}

impl ContributionOrder {
    /// The photo as a JPEG file with nothing in it but pixels, what is hidden covered; and what is known of it.
    ///
    /// # Errors
    /// A sentence when the file can't be decoded or written.
    pub fn answer(&self, photo: &[u8]) -> Result<(Vec<u8>, Prepared), String> {
        let mut picture = vision::decode(photo).map_err(|error| error.to_string())?;
        let quality = Quality::of(&picture);
        let mut labels = Vec::new();
        find_labels(&picture, Some(&self.warp), &self.hidden, &mut labels);
        // The photo is its own frame; a place of the reference is there what its corners enclose.
        let (width, height) = (picture.width, picture.height);
        let whole = View { area: Rect::new(0.0, 0.0, width as f64, height as f64), width, height };
        for hidden in &self.hidden {
            let Some(Rect { x, y, w, h, .. }) = self.warp.rect_to_photo(&hidden.area) else { continue };
            Hidden { area: Rect::new(x, y, w, h), how: hidden.how }.hide(&mut picture, &whole);
        }
        let file = to_fine_jpeg(&picture).ok_or("The picture could not be written. Try again.")?;
        let picture = PictureFacts { sha256: Sha256::of(&file), width: width as u32, height: height as u32 };
        Ok((file, Prepared { picture, quality, labels }))
    }
}

/// The dialog, when it is open.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ContributionState {
    /// The worker or scribe that is busy with it.
    pub job: Option<JobId>,
    /// The picture that others would get, and what is known of it; or why there is none, as a sentence.
    pub prepared: Option<Result<Ready, String>>,
    /// The person has looked at it.
    pub looked: bool,
    /// What is said with it.
    pub form: ContributionForm,
    /// The file was written and given to the person: its name, and the page where the catalogue takes it.
    pub saved: Option<(String, Option<String>)>,
    /// Why it was not written, as a sentence.
    pub refused: Option<String>,
}

/// The photo as others would get it.
#[derive(Debug, Clone, PartialEq)]
pub struct Ready {
    /// Its file.
    pub file: OfferId,
    /// What a worker knows of it.
    pub prepared: Prepared,
    /// Whether it is good enough.
    pub checks: Vec<Check>,
}

/// What a person says with a photo.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContributionForm {
    /// The board's name in its catalogue; empty for a board that none has yet.
    pub id: String,
    /// Who makes it.
    pub vendor: String,
    /// What it is called.
    pub model: String,
    /// Of the printed circuit board; may be empty.
    pub revision: String,
    /// Which side it shows.
    pub side: Option<Side>,
    /// Which physical board.
    pub unit: String,
    /// Who took it.
    pub contributor: String,
    /// SPDX expression.
    pub licence: String,
    /// Where the catalogue that it is for takes contributions; may be empty.
    pub contribute: String,
}

/// A text of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContributionText {
    /// Who makes the board.
    Vendor,
    /// What it is called.
    Model,
    /// Its revision.
    Revision,
    /// Which physical board.
    Unit,
    /// Who took the photo.
    Contributor,
}

impl ContributionForm {
    /// One of its texts.
    #[must_use]
    pub fn text(&self, which: ContributionText) -> &str {
        match which {
            ContributionText::Vendor => &self.vendor,
            ContributionText::Model => &self.model,
            ContributionText::Revision => &self.revision,
            ContributionText::Unit => &self.unit,
            ContributionText::Contributor => &self.contributor,
        }
    }

    pub(super) const fn text_mut(&mut self, which: ContributionText) -> &mut String {
        match which {
            ContributionText::Vendor => &mut self.vendor,
            ContributionText::Model => &mut self.model,
            ContributionText::Revision => &mut self.revision,
            ContributionText::Unit => &mut self.unit,
            ContributionText::Contributor => &mut self.contributor,
        }
    }

    /// True when nothing that a catalogue needs is missing.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let needed = [&self.vendor, &self.model, &self.unit, &self.contributor];
        self.side.is_some() && needed.into_iter().all(|text| !text.trim().is_empty())
    }
}
