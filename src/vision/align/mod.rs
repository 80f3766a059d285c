//! Photo onto reference: features propose maps, patches all over the board judge and refine them.
//!
//! Feature matches alone can't be believed: sibling products share hundreds of them, and rows of equal parts pull them
//! one pitch aside. They only propose. What decides is dense: patch by patch over the reference, does the photo show
//! the same structure where the map says it is?

mod agreement;
mod bend;
mod blur;
mod by_points;
mod config;
mod correlate;
mod crop;
mod descriptor;
mod dot;
mod features;
mod fit;
mod hypotheses;
mod matching;
mod plausible;
mod propose;
mod pyramid;
mod random;
mod refine;
mod sampled;
mod stored;
mod survey;
#[cfg(test)]
pub(super) mod tests;
mod verdict;
mod window;

pub(super) use blur::blur;
pub use by_points::{PointFit, PointResidual, fit_points, map_of_points};
pub use config::AlignConfig;
pub(super) use descriptor::{Descriptor, LENGTH};
pub(super) use features::{Features, Keypoint};
pub(super) use fit::{Pair, Weight, homography};
pub(super) use hypotheses::{Sizes, propose, related_to};
pub(super) use matching::Match;
pub(super) use random::Random;
pub(super) use sampled::sampled;
pub use stored::{FeaturesError, ReferenceFeatures};

use self::propose::Candidate;
use self::pyramid::Pyramid;
use self::survey::Pictures;
use super::crew::{Alone, Crew, at_once};
use super::{Alignment, Cancelled, Picture, Stage, Verdict, Watch};
use crate::geometry::{Photo, Point, Reference};

/// Lays the photo over the reference. Its features need not be looked for again when they are known.
///
/// # Errors
/// [`Cancelled`] when `watch` says so. A photo that can't be aligned is no error: its verdict says why.
pub fn align(
    photo: &Picture,
    reference: &Picture,
    known: Option<&ReferenceFeatures>,
    config: &AlignConfig,
    watch: &mut dyn Watch,
) -> Result<Alignment, Cancelled> {
    at_once(align_together(photo, reference, known, None, config, watch, &mut Alone))
}

/// A picture with its features, as a first look finds them.
#[derive(Debug, Clone)]
pub(super) struct Described {
    pyramid: Pyramid,
    level: usize,
    features: Features,
}

impl Described {
    pub(super) fn of(picture: &Picture, config: &AlignConfig) -> Self {
        let pyramid = Pyramid::of(picture);
        let level = pyramid.level_with(config.feature_pixels);
        Self { features: features::detect(&pyramid, level, config.most_features), level, pyramid }
    }
}

/// The same, by several hands: the first describes the photo and the last the reference, unless they have `described` it already; and each
/// looks at some of the patches.
pub(super) async fn align_together(
    photo: &Picture,
    reference: &Picture,
    known: Option<&ReferenceFeatures>,
    described: Option<Described>,
    config: &AlignConfig,
    watch: &mut dyn Watch,
    crew: &mut dyn Crew,
) -> Result<Alignment, Cancelled> {
    watch.progressed(Stage::Align, 0.0)?;
    if let Some(reason) = verdict::too_small(photo, reference, config) {
        return Ok(verdict::refused(reason));
    }
    let (pyramid, features) = described.map(|Described { pyramid, level, features }| (pyramid, (level, features))).unzip();
    let pictures = match (pyramid, crew.own()) {
        (Some(pyramid), 0) => Pictures { photo: pyramid, reference: Pyramid::of(reference) },
        (Some(pyramid), _) => Pictures { photo: Pyramid::of(photo), reference: pyramid },
        (None, _) => Pictures { photo: Pyramid::of(photo), reference: Pyramid::of(reference) },
    };
    match propose::best_candidate(&pictures, known, features, config, watch, crew).await? {
        Ok(candidate) => {
            watch.placed(&candidate.warp.homography);
            finish(&pictures, &candidate, config, watch, crew).await
        }
        Err(reason) => Ok(verdict::refused(reason)),
    }
}

/// Lays the photo over the reference where a person has said which places are the same: four or more control points.
/// They are believed: the refinement starts from them, and where the pictures don't bear them out the map is theirs alone
/// and its verdict *doubtful*. `None` when they determine no map: fewer than four, or on a line.
///
/// # Errors
/// [`Cancelled`] when `watch` says so.
pub fn align_with_points(
    photo: &Picture,
    reference: &Picture,
    points: &[(Point<Photo>, Point<Reference>)],
    config: &AlignConfig,
    watch: &mut dyn Watch,
) -> Result<Option<Alignment>, Cancelled> {
    at_once(align_with_points_together(photo, reference, points, config, watch, &mut Alone))
}

/// The same, by several hands.
pub(super) async fn align_with_points_together(
    photo: &Picture,
    reference: &Picture,
    points: &[(Point<Photo>, Point<Reference>)],
    config: &AlignConfig,
    watch: &mut dyn Watch,
    crew: &mut dyn Crew,
) -> Result<Option<Alignment>, Cancelled> {
    watch.progressed(Stage::Align, 0.0)?;
    if let Some(reason) = verdict::too_small(photo, reference, config) {
        return Ok(Some(verdict::refused(reason)));
    }
    let pairs: Vec<Pair> =
        points.iter().map(|(photo, reference)| Pair { from: *photo, to: *reference, weight: Weight::even(1.0) }).collect();
    let Some(homography) = fit::homography(&pairs).filter(|h| plausible::is_plausible(h, &sizes_of(photo, reference))) else {
        return Ok(None);
    };
    let pictures = Pictures { photo: Pyramid::of(photo), reference: Pyramid::of(reference) };
    let candidate = propose::examine(&pictures, homography, config, crew).await?;
    let refined = finish(&pictures, &candidate, config, watch, crew).await?;
    // The pictures may be too unlike for the machine; the person has seen more.
    let refused = refined.verdict == Verdict::Refused;
    Ok(Some(if refused { verdict::by_hand(&pictures, homography, config) } else { refined }))
}

/// Refines the map from the coarse level to the finest that both pictures have, then judges it.
async fn finish(
    pictures: &Pictures,
    candidate: &Candidate,
    config: &AlignConfig,
    watch: &mut dyn Watch,
    crew: &mut dyn Crew,
) -> Result<Alignment, Cancelled> {
    let (mut warp, mut share) = (candidate.warp.clone(), candidate.agreement.share());
    let finest = survey::finest_level(pictures, &warp);
    let coarse = pictures.reference.level_with(config.coarse_pixels).max(finest);
    let mut reached = coarse;
    for level in (finest..=coarse).rev() {
        let mut better = warp.clone();
        for round in refine::rounds(level, config) {
            better = refine::improve(pictures, &better, &round, crew).await?;
        }
        let agreeing = survey::agreement(pictures, &better, level, config.most_patches / 4, crew).await?.share();
        // Where blur leaves nothing but noise, a finer look spoils what a coarser one found.
        if level < coarse && agreeing < share * config.worth_refining {
            break;
        }
        (warp, reached) = (better, level);
        share = share.max(agreeing);
        watch.progressed(Stage::Align, 0.5 + 0.45 * (coarse - level + 1) as f32 / (coarse - finest + 1) as f32)?;
    }
    let alignment = verdict::judge(pictures, &warp, coarse, reached, config, crew).await?;
    watch.progressed(Stage::Align, 1.0)?;
    Ok(alignment)
}

fn sizes_of(photo: &Picture, reference: &Picture) -> hypotheses::Sizes {
    let size = |picture: &Picture| (picture.width as f64, picture.height as f64);
    hypotheses::Sizes { photo: size(photo), reference: size(reference) }
}
