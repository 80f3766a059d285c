//! From a rough map to one that is right to a fraction of a pixel.

use super::bend::bend;
use super::config::AlignConfig;
use super::fit::{self, Pair, Weight};
use super::hypotheses::Sizes;
use super::plausible::is_plausible;
use super::survey::{Patch, Pictures, Reach, survey};
use crate::geometry::{Photo, Point, Warp};
use crate::vision::Cancelled;
use crate::vision::crew::Crew;

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

impl Freedom {
    /// A mesh needs places known both ways, several to a node; with few it is coarser or none.
    fn within(self, corners: usize) -> Self {
        let affordable = ((corners as f64).sqrt() / 2.5) as u32;
        match self {
            Self::Bent(nodes) if affordable >= 4 => Self::Bent(nodes.min(affordable)),
            _ => Self::Rigid,
        }
    }
}

/// Fewer patches than this determine no homography worth having.
const FEWEST_PATCHES: usize = 6;
/// Places along a side of the reference where the old map holds the new one.
const ANCHORS: i32 = 5;
/// Their weight together, as part of the patches': too little to be felt where patches know better.
const ANCHOR_SHARE: f64 = 0.01;
/// Rounds of reweighting; the scale falls by a fifth each time.
const REWEIGHTINGS: i32 = 8;

/// Looks, fits, and returns the better map; the old one where nothing better was found.
pub(super) async fn improve(pictures: &Pictures, warp: &Warp, round: &Round, crew: &mut dyn Crew) -> Result<Warp, Cancelled> {
    let patches = survey(pictures, warp, round.level, round.reach, round.most_patches, crew).await?;
    let pixel = (1_u64 << round.level) as f64;
    let widest = match round.reach {
        Reach::Wide => 5.0,
        Reach::Near => 2.5,
    };
    Ok(refit(warp, &patches, pixel * widest, pixel, round.freedom, pictures).unwrap_or_else(|| warp.clone()))
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
        .map(|patch| Pair { from: patch.photo, to: patch.reference, weight: patch.weight() })
        .filter(|pair| pair.weight.mean() > 0.0 && pair.from.is_finite())
        .collect();
    if base.len() < FEWEST_PATCHES {
        return None;
    }
    let freedom = freedom.within(patches.iter().filter(|patch| patch.is_corner()).count());
    let anchors = anchors(old, &base, &sizes);
    let mut warp = old.clone();
    for k in 0..REWEIGHTINGS {
        let scale = (widest_px * libm::pow(0.75, f64::from(k))).max(narrowest_px);
        let weighted = reweighted(&base, &warp, scale);
        let anchored: Vec<Pair> = weighted.iter().chain(&anchors).copied().collect();
        let homography = fit::homography_near(&anchored, &warp.homography).filter(|h| is_plausible(h, &sizes))?;
        let mesh = match freedom {
            Freedom::Rigid => None,
            Freedom::Bent(nodes) => Some(bend(&homography, &weighted, sizes.photo, nodes)),
        };
        warp = Warp { homography, mesh };
    }
    warp.is_valid().then_some(warp)
}

/// Places of the old map that hold the new one where patches don't: a picture with edges in one direction only leaves the
/// other free.
fn anchors(old: &Warp, base: &[Pair], sizes: &Sizes) -> Vec<Pair> {
    let total: f64 = base.iter().map(|pair| pair.weight.mean()).sum();
    let steps = f64::from(ANCHORS);
    let places = (0..ANCHORS * ANCHORS).map(|k| (f64::from(k % ANCHORS) + 0.5, f64::from(k / ANCHORS) + 0.5));
    let on_reference = places.map(|(x, y)| Point::new(x / steps * sizes.reference.0, y / steps * sizes.reference.1));
    let weight = Weight::even(ANCHOR_SHARE * total / (steps * steps));
    let flat = old.homography.inverse();
    let on_photo = |r| flat.ok().map(|back| back.apply(r)).filter(|p: &Point<Photo>| p.is_finite());
    on_reference.filter_map(|r| on_photo(r).map(|photo| Pair { from: photo, to: r, weight })).collect()
}

fn reweighted(base: &[Pair], warp: &Warp, scale: f64) -> Vec<Pair> {
    let trust = |pair: &Pair| {
        let error = warp.to_reference(pair.from).distance(pair.to) / scale;
        let share = 1.0 / (1.0 + error * error);
        share * share
    };
    base.iter().map(|pair| Pair { weight: pair.weight.times(trust(pair)), ..*pair }).collect()
}

/// Distances between where patches were found and where the map puts them, of those that agree with it; sorted.
pub(super) fn residuals(patches: &[Patch], warp: &Warp) -> Vec<f64> {
    let error = |patch: &Patch| {
        let photo: Point<Photo> = patch.photo;
        warp.to_reference(photo).distance(patch.reference)
    };
    let mut all: Vec<f64> = patches.iter().filter(|patch| patch.agrees() && patch.is_corner()).map(error).collect();
    all.sort_by(f64::total_cmp);
    all
}
