//! What may be said about two pictures, from how their patches agree.

use super::agreement::Agreement;
use super::config::AlignConfig;
use super::features::Features;
use super::refine;
use super::sampled::sampled;
use super::survey::{self, Patch, Pictures, Reach, survey};
use crate::geometry::{Homography, Photo, Point, Rect, Reference, Warp};
use crate::vision::crew::Crew;
use crate::vision::{Alignment, Cancelled, Picture, REGIONS, Reason, Region, Residual, Verdict};

/// Patches that must agree before a map is believed at all; fewer do so by chance somewhere.
const FEWEST_AGREEING: usize = 12;
/// Features below which a picture can't be told from another.
const FEWEST_FEATURES: usize = 60;
/// Fewer patches than this say little of the whole.
const FEWEST_IN_OVERVIEW: usize = 40;
/// Part of the patches that look the same from far away, below which what agrees near by is chance or a common outline: 0.24
/// on a drawn pair of different boards that shares connectors, 0.64 on sibling products, 0.75 and more on the same board.
const DIFFERENT_BELOW: f64 = 0.4;
/// Part of the reference that the photo must show to speak of the whole board.
const LITTLE_OVERLAP: f64 = 0.3;
/// Median residual in pixels of the finest level that both pictures have, above which small parts can't be compared.
const LOOSE_FIT_PX: f64 = 2.0;
/// Growth of the squared steps by halving from which a picture is blurred; between the 2 of sharp edges and the 4 of blur.
const BLURRED: f64 = 3.0;
/// Steps along a side at which the overlap is measured.
const OVERLAP_STEPS: i32 = 64;

/// Some pictures need no further look.
pub(super) fn too_small(photo: &Picture, reference: &Picture, config: &AlignConfig) -> Option<Reason> {
    let side = [photo.width, photo.height, reference.width, reference.height].into_iter().min()?;
    (side < config.fewest_pixels).then_some(Reason::TooFewPixels)
}

/// Worth refining: more agrees than chance explains.
pub(super) fn is_promising(agreement: &Agreement, config: &AlignConfig) -> bool {
    agreement.agreeing >= FEWEST_AGREEING && agreement.share() >= config.doubtful_from * 0.7
}

/// The reason of a refusal, from the surest to the last resort.
pub(super) fn why_not(pictures: &Pictures, features: &(Features, Features), mirrored: bool, config: &AlignConfig) -> Reason {
    let fewest = features.0.keypoints.len().min(features.1.keypoints.len());
    if mirrored {
        Reason::Mirrored
    } else if fewest >= FEWEST_FEATURES {
        Reason::DifferentBoard
    } else if is_blurred(pictures, config) {
        Reason::TooBlurred
    } else {
        Reason::TooFewFeatures
    }
}

/// Halving a picture leaves a sharp edge's step as high as it was, and doubles every step of a blurred one. In squares, per
/// pixel: twice as much for sharp edges, four times for blurred ones.
fn is_blurred(pictures: &Pictures, config: &AlignConfig) -> bool {
    [&pictures.photo, &pictures.reference].into_iter().any(|pyramid| {
        // Two halvings first: they take the noise away, and blur that hides features is broader than that.
        let level = pyramid.level_with(config.feature_pixels) + 2;
        let energy = |level: usize| {
            let grey = pyramid.level(level);
            let rows = grey.data.chunks_exact(grey.width);
            let steps = |row: &[u8]| row.windows(2).map(|pair| u64::from(pair[0].abs_diff(pair[1])).pow(2)).sum::<u64>();
            rows.map(steps).sum::<u64>() as f64 / grey.pixels().max(1) as f64
        };
        energy(level + 1) > BLURRED * energy(level) && energy(level) > 0.0
    })
}

/// The alignment with its verdict: agreement on the coarse level, residuals on the finest.
pub(super) async fn judge(
    pictures: &Pictures,
    warp: &Warp,
    coarse: usize,
    finest: usize,
    config: &AlignConfig,
    crew: &mut dyn Crew,
) -> Result<Alignment, Cancelled> {
    let sizes = pictures.sizes();
    let agreement = survey::agreement(pictures, warp, coarse, config.most_patches, crew).await?;
    let similar = overview(pictures, warp, config, crew).await?;
    let fine = survey(pictures, warp, finest, Reach::Near, config.most_patches / 3, crew).await?;
    let residual_px = residual(&fine, warp);
    let overlap = overlap(warp, sizes.photo, sizes.reference);
    let (verdict, reason) = decide(&agreement, similar, residual_px, LOOSE_FIT_PX * (1_u64 << finest) as f64, overlap, config);
    if verdict == Verdict::Refused {
        return Ok(refused(reason));
    }
    Ok(Alignment {
        verdict,
        reason,
        homography: Some(warp.homography),
        mesh: warp.mesh.clone(),
        points: sampled(warp, sizes.photo, sizes.reference, config.grid_px),
        inliers: fine.iter().filter(|patch| patch.agrees()).count() as u32,
        residual_px,
        coverage: overlap,
        regions: regions(&fine, warp, sizes.photo, sizes.reference),
    })
}

/// What the patches say of each region, and how much of it lies inside the photo.
fn regions(patches: &[Patch], warp: &Warp, photo: (f64, f64), reference: (f64, f64)) -> Vec<Region> {
    let mut sorted: [Vec<Patch>; REGIONS * REGIONS] = Default::default();
    for patch in patches {
        sorted[Region::at((patch.reference.x, patch.reference.y), reference)].push(*patch);
    }
    let filled = Region::all(reference).zip(&sorted).map(|(region, patches)| Region {
        inliers: patches.iter().filter(|patch| patch.agrees()).count() as u32,
        residual_px: residual(patches, warp),
        coverage: overlap_of(region.reference_box, warp, photo, OVERLAP_STEPS / REGIONS as i32),
        ..region
    });
    filled.collect()
}

/// The part of the reference's patches that the photo shows near by when both are seen from far away, 0 to 1; `None` where
/// there are too few to say.
///
/// From there tall parts stand still and noise is gone: what does not agree then is another part. Sibling products share
/// their outline, their connectors and half of their traces, and that is all.
async fn overview(pictures: &Pictures, warp: &Warp, config: &AlignConfig, crew: &mut dyn Crew) -> Result<Option<f64>, Cancelled> {
    let level = pictures.reference.level_with(config.overview_pixels);
    let patches = survey(pictures, warp, level, Reach::Near, config.most_patches, crew).await?;
    let similar = patches.iter().filter(|patch| patch.peak.best >= survey::AGREES_FROM).count();
    Ok((patches.len() >= FEWEST_IN_OVERVIEW).then(|| similar as f64 / patches.len() as f64))
}

fn decide(
    agreement: &Agreement,
    similar: Option<f64>,
    residual: Option<Residual>,
    loose_px: f64,
    overlap: f64,
    config: &AlignConfig,
) -> (Verdict, Reason) {
    let share = agreement.share();
    let unlike = share < config.aligned_from && similar.is_some_and(|similar| similar < DIFFERENT_BELOW);
    if agreement.agreeing < FEWEST_AGREEING || share < config.doubtful_from || unlike {
        (Verdict::Refused, Reason::DifferentBoard)
    } else if share < config.aligned_from || similar.is_some_and(|similar| similar < config.similar_from) {
        (Verdict::Doubtful, Reason::PartlyAgrees)
    } else if residual.is_some_and(|residual| residual.median > loose_px) {
        (Verdict::Doubtful, Reason::LooseFit)
    } else if overlap < LITTLE_OVERLAP {
        (Verdict::Aligned, Reason::LittleOverlap)
    } else {
        (Verdict::Aligned, Reason::Agrees)
    }
}

/// The map of a person's control points, where the pictures don't speak for it.
pub(super) fn by_hand(pictures: &Pictures, homography: Homography<Photo, Reference>, config: &AlignConfig) -> Alignment {
    let sizes = pictures.sizes();
    let warp = Warp { homography, mesh: None };
    Alignment {
        verdict: Verdict::Doubtful,
        reason: Reason::PartlyAgrees,
        homography: Some(homography),
        mesh: None,
        points: sampled(&warp, sizes.photo, sizes.reference, config.grid_px),
        inliers: 0,
        residual_px: None,
        coverage: overlap(&warp, sizes.photo, sizes.reference),
        regions: regions(&[], &warp, sizes.photo, sizes.reference),
    }
}

/// No map, for this reason.
pub(super) const fn refused(reason: Reason) -> Alignment {
    Alignment {
        verdict: Verdict::Refused,
        reason,
        homography: None,
        mesh: None,
        points: Vec::new(),
        inliers: 0,
        residual_px: None,
        coverage: 0.0,
        regions: Vec::new(),
    }
}

fn residual(patches: &[Patch], warp: &Warp) -> Option<Residual> {
    Residual::of_sorted(&refine::residuals(patches, warp))
}

/// The part of the reference that lies inside the photo.
fn overlap(warp: &Warp, photo: (f64, f64), reference: (f64, f64)) -> f64 {
    overlap_of(Rect::new(0.0, 0.0, reference.0, reference.1), warp, photo, OVERLAP_STEPS)
}

/// The part of a box that lies inside the photo, asked at `steps` places along each side.
fn overlap_of(part: Rect<Reference>, warp: &Warp, photo: (f64, f64), steps: i32) -> f64 {
    let Some(back) = warp.way_back() else { return 0.0 };
    let inside = |k: &i32| {
        let along = |step: i32, side: f64| (f64::from(step) + 0.5) / f64::from(steps) * side;
        let at = Point::<Reference>::new(part.x + along(k % steps, part.w), part.y + along(k / steps, part.h));
        back.to_photo(at).is_some_and(|p| p.x >= 0.0 && p.y >= 0.0 && p.x <= photo.0 && p.y <= photo.1)
    };
    let places = steps * steps;
    (0..places).filter(inside).count() as f64 / f64::from(places)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_agrees_near_by_but_not_from_far_away_is_doubtful() {
        let agreement = Agreement { seen: 100, agreeing: 68, seen_inside: 0, agreeing_inside: 0 };
        let decided = |similar| decide(&agreement, similar, None, LOOSE_FIT_PX, 1.0, &AlignConfig::default());
        assert_eq!(decided(Some(0.64)), (Verdict::Doubtful, Reason::PartlyAgrees));
        assert_eq!(decided(Some(0.76)), (Verdict::Aligned, Reason::Agrees));
        assert_eq!(decided(None), (Verdict::Aligned, Reason::Agrees));
    }

    #[test]
    fn what_hardly_agrees_near_by_and_not_at_all_from_far_away_is_another_board() {
        let agreement = Agreement { seen: 100, agreeing: 26, seen_inside: 0, agreeing_inside: 0 };
        let decided = |similar| decide(&agreement, similar, None, LOOSE_FIT_PX, 1.0, &AlignConfig::default());
        assert_eq!(decided(Some(0.24)), (Verdict::Refused, Reason::DifferentBoard));
        assert_eq!(decided(Some(0.64)), (Verdict::Doubtful, Reason::PartlyAgrees));
    }
}
