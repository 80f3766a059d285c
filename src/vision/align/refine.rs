//! From a rough map to one that is right to a fraction of a pixel.

use super::bend::bend;
use super::config::AlignConfig;
use super::fit::{self, Pair};
use super::plausible::is_plausible;
use super::survey::{Patch, Pictures, Reach, survey};
use crate::geometry::{Photo, Point, Warp};

/// What the map is allowed to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Freedom {
    /// A homography and nothing else.
    Rigid,
    /// A homography and a mesh with this many nodes along the photo's longer side.
    Bent(u32),
}

/// One look at the pictures followed by one fit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Round {
    pub(super) level: usize,
    pub(super) reach: Reach,
    pub(super) freedom: Freedom,
    pub(super) most_patches: usize,
}

/// Two rounds a level: one that reaches far with a stiff mesh, one that reaches near with the final one.
pub(super) fn rounds(level: usize, config: &AlignConfig) -> [Round; 2] {
    let stiff = Freedom::Bent(config.mesh_nodes.div_ceil(2).max(2));
    [
        Round { level, reach: Reach::Wide, freedom: stiff, most_patches: config.most_patches / 3 },
        Round { level, reach: Reach::Near, freedom: Freedom::Bent(config.mesh_nodes.max(2)), most_patches: config.most_patches },
    ]
}

/// Rounds of reweighting; the scale falls by a fifth each time.
const REWEIGHTINGS: i32 = 8;

/// Looks, fits, and returns the better map; the old one where nothing better was found.
pub(super) fn improve(pictures: &Pictures, warp: &Warp, round: &Round) -> Warp {
    let patches = survey(pictures, warp, round.level, round.reach, round.most_patches);
    let pixel = (1_u64 << round.level) as f64;
    let widest = match round.reach {
        Reach::Wide => 5.0,
        Reach::Near => 2.5,
    };
    refit(warp, &patches, pixel * widest, pixel, round.freedom, pictures).unwrap_or_else(|| warp.clone())
}

/// Robust fit (Geman and McClure's weights): the scale starts at `widest_px` and ends at `narrowest_px`, so that what most
/// patches say wins over tall parts, changes and neighbours that look alike.
fn refit(
    old: &Warp,
    patches: &[Patch],
    widest_px: f64,
    narrowest_px: f64,
    freedom: Freedom,
    pictures: &Pictures,
) -> Option<Warp> {
    let sizes = pictures.sizes();
    let base: Vec<Pair> = patches
        .iter()
        .map(|patch| Pair { photo: patch.photo, reference: patch.reference, weight: patch.weight() })
        .filter(|pair| pair.weight > 0.0 && pair.photo.is_finite())
        .collect();
    if base.len() < 6 {
        return None;
    }
    let mut warp = old.clone();
    for k in 0..REWEIGHTINGS {
        let scale = (widest_px * libm::pow(0.75, f64::from(k))).max(narrowest_px);
        let weighted = reweighted(&base, &warp, scale);
        let homography = fit::homography(&weighted).filter(|h| is_plausible(h, &sizes))?;
        let mesh = match freedom {
            Freedom::Rigid => None,
            Freedom::Bent(nodes) => Some(bend(&homography, &weighted, sizes.photo, nodes)),
        };
        warp = Warp { homography, mesh };
    }
    warp.is_valid().then_some(warp)
}

fn reweighted(base: &[Pair], warp: &Warp, scale: f64) -> Vec<Pair> {
    let trust = |pair: &Pair| {
        let error = warp.to_reference(pair.photo).distance(pair.reference) / scale;
        let share = 1.0 / (1.0 + error * error);
        pair.weight * share * share
    };
    base.iter().map(|pair| Pair { weight: trust(pair), ..*pair }).collect()
}

/// Distances between where patches were found and where the map puts them, of those that agree with it; sorted.
pub(super) fn residuals(patches: &[Patch], warp: &Warp) -> Vec<f64> {
    let error = |patch: &Patch| {
        let photo: Point<Photo> = patch.photo;
        warp.to_reference(photo).distance(patch.reference)
    };
    let mut all: Vec<f64> = patches.iter().filter(|patch| patch.agrees() && patch.weight() > 0.0).map(error).collect();
    all.sort_by(f64::total_cmp);
    all
}
