//! What the page's programme knows of the built-in catalogue: its pictures as a case has them, so that it need not read catalogues itself.

use serde::{Deserialize, Serialize};

use crate::report::PictureEntry;
use crate::vision::Sha256;

/// Where it is, relative to the page; the generator of the sample makes it, and a test holds it to what the catalogue says.
pub const BUILT_IN_PICTURES: &str = "catalog/built-in.json";

/// The pictures of the built-in catalogue.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BuiltIn {
    /// Its references.
    pub references: Vec<PictureEntry>,
    /// The photo behind *Try the sample board*.
    pub sample: Option<Sample>,
}

/// The sample.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// The photo in question.
    pub photo: PictureEntry,
    /// The reference to compare it with.
    pub reference: Sha256,
}

impl BuiltIn {
    /// The picture with this hash, reference or sample.
    #[must_use]
    pub fn picture(&self, sha256: Sha256) -> Option<&PictureEntry> {
        let sample = self.sample.iter().map(|sample| &sample.photo);
        self.references.iter().chain(sample).find(|entry| entry.facts.sha256 == sha256)
    }
}
