//! Which board is this? A photo against the codes of thousands of references.
//!
//! Three steps, each narrower and surer than the one before. Features of the photo vote for references that have their like. For the
//! references with the most votes that agree, a map is looked for, and what of the reference is where the map says it should be
//! is counted. What is counted says how sure the answer is, and whether a sibling would do as well: nothing is chosen in silence.

mod codes;
mod projection;
mod search;
mod stored;
#[cfg(test)]
mod tests;
mod verdict;
mod verify;

pub use codes::{Codes, MOST_CODES};
pub use stored::CodesError;
pub use verdict::{Candidate, Identified, Identity};

use self::codes::{chosen, coded};
use self::verify::{Seen, fit};
use super::align::{AlignConfig, Features};
use super::{Cancelled, Picture, PictureFacts, ReferenceFeatures, Sha256, Stage, Watch};

/// Features of the photo that vote; all of them take part in what comes after. 600 found as many boards as 1,000 in five sixths of the time.
const ASKING: usize = 700;
/// Features of the photo among which those are chosen, the most conspicuous.
const CHOICE: usize = 1800;
/// References that are looked at closely. With 80 of 1,650 no board more was found.
const CLOSELY: usize = 20;

/// A reference among which the photo's is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// Its codes.
    pub codes: &'a Codes,
    /// Equal numbers show the same board, whichever side and unit.
    pub board: u64,
}

/// Finds the references whose board the photo may show, as it is or in a mirror, and says how sure that is.
///
/// # Errors
/// [`Cancelled`] when `watch` says so. A board that is not among the references is no error: the answer says *unknown*.
pub fn identify(photo: &Picture, references: &[Listed<'_>], watch: &mut dyn Watch) -> Result<Identified, Cancelled> {
    watch.progressed(Stage::Align, 0.0)?;
    let facts = PictureFacts { sha256: Sha256([0; 32]), width: photo.width as u32, height: photo.height as u32 };
    let features = ReferenceFeatures::find(photo, facts, &AlignConfig::default());
    watch.progressed(Stage::Align, 0.3)?;
    identify_features(&features, references, watch)
}

/// The same for a photo whose features are known.
///
/// # Errors
/// As [`identify`].
pub fn identify_features(
    photo: &ReferenceFeatures,
    references: &[Listed<'_>],
    watch: &mut dyn Watch,
) -> Result<Identified, Cancelled> {
    let seen = |features: Features| {
        let codes = coded(&features, &photo.picture);
        Seen { picture: photo.picture, keypoints: features.keypoints, codes }
    };
    let width = photo.picture.size().0;
    let both = [seen(photo.features().clone()), seen(photo.features().mirrored(width))];
    // In a mirror the same features are the conspicuous ones.
    let asking = chosen(&both[0].codes, &photo.picture, CHOICE, ASKING);
    let codes: Vec<&Codes> = references.iter().map(|listed| listed.codes).collect();
    watch.progressed(Stage::Align, 0.4)?;
    let proposals = search::proposals(&both, &asking, &codes);
    watch.progressed(Stage::Align, 0.7)?;
    let mut fits = Vec::new();
    for (k, proposal) in proposals.iter().take(CLOSELY).enumerate() {
        fits.extend(fit(&both[usize::from(proposal.mirrored)], codes[proposal.reference]).map(|fit| (*proposal, fit)));
        watch.progressed(Stage::Align, 0.7 + 0.3 * (k + 1) as f32 / CLOSELY as f32)?;
    }
    Ok(verdict::judged(fits, references, width))
}
