//! Where a map comes from: feature matches, or the two pictures having been taken by one rig.

use super::agreement::Agreement;
use super::config::AlignConfig;
use super::features::{self, Features};
use super::hypotheses::{self, Sizes};
use super::matching;
use super::pyramid::Pyramid;
use super::refine::{self, Freedom, Round};
use super::stored::{self, ReferenceFeatures};
use super::survey::{self, Pictures, Reach};
use super::verdict;
use crate::geometry::{Homography, Photo, Reference, Warp};
use crate::vision::crew::Crew;
use crate::vision::{Cancelled, Reason, Stage, Watch};

/// A map that has been looked at on the coarse level.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) warp: Warp,
    pub(super) agreement: Agreement,
}

/// The map that most of the patches speak for, or why there is none.
pub(super) async fn best_candidate(
    pictures: &Pictures,
    known: Option<&ReferenceFeatures>,
    mut own: Option<(usize, Features)>,
    config: &AlignConfig,
    watch: &mut dyn Watch,
    crew: &mut dyn Crew,
) -> Result<Result<Candidate, Reason>, Cancelled> {
    let sizes = pictures.sizes();
    let mut best = match same_frame(&sizes) {
        Some(homography) => Some(examine(pictures, homography, config, crew).await?),
        None => None,
    };
    let first = (pictures.photo.level_with(config.feature_pixels), pictures.reference.level_with(config.feature_pixels));
    let mut features = (Features::default(), Features::default());
    // A small or blurred board gives too few features in a first, quick look; the second takes four times the pixels.
    for finer in 0..=1 {
        let levels = (first.0.saturating_sub(finer), first.1.saturating_sub(finer));
        if finer > 0 && levels == first {
            break;
        }
        features = both_features(pictures, levels, known, own.take(), config, crew).await?;
        watch.progressed(Stage::Align, 0.2 + 0.15 * finer as f32)?;
        for homography in from_features(&features.0, &features.1, levels.1, &sizes, config) {
            let candidate = examine(pictures, homography, config, crew).await?;
            if best.as_ref().is_none_or(|best| candidate.agreement.support() > best.agreement.support()) {
                best = Some(candidate);
            }
            watch.progressed(Stage::Align, 0.3 + 0.15 * finer as f32)?;
        }
        if let Some(found) = best.as_ref().filter(|best| verdict::is_promising(&best.agreement, config)) {
            // Rows of holes look the same in a mirror: what agrees in part only must agree better than its mirror image.
            let doubtful = found.agreement.share() < config.aligned_from;
            let mirrored = if doubtful { mirror_image(pictures, &features, first, config, crew).await? } else { None };
            return Ok(match mirrored {
                Some(mirrored) if mirrored.support() > found.agreement.support() => Err(Reason::Mirrored),
                _ => Ok(found.clone()),
            });
        }
    }
    let mirrored = mirror_image(pictures, &features, first, config, crew).await?.is_some();
    Ok(Err(verdict::why_not(pictures, &features, mirrored, config)))
}

/// The features of the photo and the reference, from these levels on: the first hand describes the one, the last the other, unless it has
/// done so: then `own` are its picture's, from their level on.
async fn both_features(
    pictures: &Pictures,
    levels: (usize, usize),
    known: Option<&ReferenceFeatures>,
    own: Option<(usize, Features)>,
    config: &AlignConfig,
    crew: &mut dyn Crew,
) -> Result<(Features, Features), Cancelled> {
    let (first, last) = (crew.own() == 0, crew.own() + 1 == crew.hands());
    let known = known.and_then(|known| known.of_level(levels.1));
    let detect = |pyramid: &Pyramid, level: usize| match &own {
        Some((described, features)) if *described == level => features.clone(),
        _ => features::detect(pyramid, level, config.most_features),
    };
    let of_photo = first.then(|| detect(&pictures.photo, levels.0));
    let of_reference = (last && known.is_none()).then(|| detect(&pictures.reference, levels.1));
    let photo = stored::exchanged(of_photo, crew).await?;
    let reference = match known {
        Some(known) => known.clone(),
        None => stored::exchanged(of_reference, crew).await?,
    };
    Ok((photo, reference))
}

fn from_features(
    photo: &Features,
    reference: &Features,
    reference_level: usize,
    sizes: &Sizes,
    config: &AlignConfig,
) -> Vec<Homography<Photo, Reference>> {
    let found = matching::matches(photo, reference, config.most_ratio);
    let tolerance = config.tolerance_px * (1_u64 << reference_level) as f64;
    hypotheses::propose(&found, sizes, tolerance, config.most_hypotheses).iter().map(|h| h.homography).collect()
}

/// Both pictures come from one fixed rig, or were cut to one frame already: the map that only changes the size.
fn same_frame(sizes: &Sizes) -> Option<Homography<Photo, Reference>> {
    let (across, down) = (sizes.reference.0 / sizes.photo.0, sizes.reference.1 / sizes.photo.1);
    // Two per cent: pictures of one rig whose edges were trimmed differently.
    ((across / down - 1.0).abs() < 0.02).then(|| Homography::new([across, 0.0, 0.0, 0.0, down, 0.0, 0.0, 0.0, 1.0]))
}

/// Looks at a map on the coarse level, corrects it twice, and counts what agrees.
pub(super) async fn examine(
    pictures: &Pictures,
    homography: Homography<Photo, Reference>,
    config: &AlignConfig,
    crew: &mut dyn Crew,
) -> Result<Candidate, Cancelled> {
    let mut warp = Warp { homography, mesh: None };
    let level = pictures.reference.level_with(config.coarse_pixels).max(survey::finest_level(pictures, &warp));
    let most_patches = config.most_patches / 4;
    let round = Round { level, reach: Reach::Wide, freedom: Freedom::Rigid, most_patches };
    for _ in 0..2 {
        warp = refine::improve(pictures, &warp, &round, crew).await?;
    }
    Ok(Candidate { agreement: survey::agreement(pictures, &warp, level, most_patches, crew).await?, warp })
}

/// How well the photo fits when it is seen in a mirror; `None` when it does not. Then it was flipped, or it is a view
/// through the board.
async fn mirror_image(
    pictures: &Pictures,
    (photo, reference): &(Features, Features),
    levels: (usize, usize),
    config: &AlignConfig,
    crew: &mut dyn Crew,
) -> Result<Option<Agreement>, Cancelled> {
    let flipped = photo.mirrored(pictures.photo.width());
    let sizes = pictures.sizes();
    let maps = from_features(&flipped, reference, levels.1, &sizes, config);
    if maps.is_empty() && same_frame(&sizes).is_none() {
        return Ok(None);
    }
    let mirror = Pictures { photo: pictures.photo.mirrored(levels.0), reference: pictures.reference.clone() };
    let mut agreements = Vec::new();
    for map in maps.into_iter().chain(same_frame(&sizes)) {
        agreements.push(examine(&mirror, map, config, crew).await?.agreement);
    }
    let best = agreements.into_iter().max_by(|a, b| a.support().total_cmp(&b.support()));
    Ok(best.filter(|best| verdict::is_promising(best, config)))
}
