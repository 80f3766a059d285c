//! What differs between a photo and a reference of the same board, once the one lies on the other.
//!
//! `warp` lays both on one grid, `normalise` makes their light and sharpness equal, `overlap` and `blind` say where
//! there is something to compare. `difference` measures every place over several sizes of window, `surroundings`
//! relates it to what is usual around it, `group` makes boxes. Then each box is questioned: `verify` looks for its
//! content nearby, `parallax` knows what tall parts sweep over, `palette` whether its colours are new. `judge`
//! weighs the answers by rules, `network` the whole `evidence` by what it learned; `rank` makes the list of both, `several`
//! one list over many references. `layers` are the planes of a picture, `sample`, `patches` and `likeness` the loops that take
//! the time, `whole` a cast that they can use.

mod blind;
mod difference;
mod evidence;
mod group;
mod judge;
mod layers;
mod likeness;
mod mask;
mod network;
mod normalise;
mod overlap;
mod palette;
mod parallax;
mod patches;
mod rank;
mod sample;
mod several;
mod surroundings;
#[cfg(test)]
mod tests;
mod verify;
mod warp;
mod whole;

pub use blind::BlindConfig;
pub use difference::DifferenceConfig;
pub use group::GroupConfig;
pub use normalise::NormaliseConfig;
pub use parallax::{ParallaxConfig, Strictness};
pub use rank::RankConfig;
pub(crate) use several::{Against, merge};
pub use surroundings::SurroundingsConfig;

use crate::geometry::{Point, Rect, Reference, Warp};
use crate::vision::{BlindArea, BlindReason, Cancelled, Difference, Picture, Stage, Watch};
use parallax::Swept;
use rank::{Candidate, Level};

/// Every number that steers the comparison.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct CompareConfig {
    /// Pixels of the grid on which pictures are compared, at most; what is finer is averaged. It bounds time and memory.
    pub most_pixels: f64,
    /// Sizes of window, each twice the one before: 7, 14, 28 and 56 pixels, from a 0603 part to an electrolytic.
    pub levels: u32,
    /// Differences listed, at most: a person reads a short list; in all that was measured nothing real stood behind place 50.
    pub most_differences: usize,
    /// Score from which a difference is worth a person's look: on the evaluation photographs 51 of 96 true places reach it, and
    /// 0.9 others a board; 0.5 others where nothing has changed.
    pub flagged_from: f64,
    /// What can't be compared.
    pub blind: BlindConfig,
    /// Light.
    pub normalise: NormaliseConfig,
    /// Differences.
    pub difference: DifferenceConfig,
    /// What is usual around a place.
    pub surroundings: SurroundingsConfig,
    /// Boxes.
    pub group: GroupConfig,
    /// Tall parts.
    pub parallax: ParallaxConfig,
    /// Judgement.
    pub rank: RankConfig,
}

impl Default for CompareConfig {
    fn default() -> Self {
        Self {
            most_pixels: 16e6,
            levels: 4,
            most_differences: 50,
            flagged_from: 0.5,
            blind: BlindConfig::default(),
            normalise: NormaliseConfig::default(),
            difference: DifferenceConfig::default(),
            surroundings: SurroundingsConfig::default(),
            group: GroupConfig::default(),
            parallax: ParallaxConfig::default(),
            rank: RankConfig::default(),
        }
    }
}

/// What differs between a photo and one reference.
#[derive(Debug, Clone, PartialEq)]
pub struct PairDifferences {
    /// Surest first. `seen_by` and `differs_from` hold 0, for the one reference.
    pub differences: Vec<Difference>,
    /// The part of the board on the reference that was really compared, 0 to 1.
    pub coverage: f64,
    /// What was not compared, largest first.
    pub blind_areas: Vec<BlindArea>,
    /// The side of the smallest square part of middling contrast that this pair could have shown, in reference pixels.
    pub smallest_part_px: f64,
}

impl PairDifferences {
    /// The photo does not reach the reference anywhere.
    fn nothing_seen(reference: &Picture) -> Self {
        let reference_box = Rect::new(0.0, 0.0, reference.width as f64, reference.height as f64);
        let blind_areas = vec![BlindArea { reference_box, reason: BlindReason::OutOfFrame }];
        Self { differences: Vec::new(), coverage: 0.0, blind_areas, smallest_part_px: reference_box.w.max(reference_box.h) }
    }
}

/// Find what differs between `photo` and `reference`, given the map from the one to the other.
///
/// # Errors
/// [`Cancelled`] when the watch says so.
pub fn compare_pair(
    photo: &Picture,
    reference: &Picture,
    warp: &Warp,
    config: &CompareConfig,
    watch: &mut dyn Watch,
) -> Result<PairDifferences, Cancelled> {
    let Some(examined) = examine(photo, reference, warp, config, watch)? else {
        return Ok(PairDifferences::nothing_seen(reference));
    };
    let Examined { grid, candidates, coverage, blind_areas, smallest_part_px, .. } = examined;
    let candidates = rank::surest_of_each(&candidates);
    let listed = candidates.iter().take(config.most_differences);
    let differences = listed.filter_map(|candidate| difference(candidate, &grid, warp, photo, config)).collect();
    Ok(PairDifferences { differences, coverage, blind_areas, smallest_part_px })
}

/// What the ranking is trained on: a candidate, and all that is known of it.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The candidate as a difference.
    pub difference: Difference,
    /// Everything that speaks for or against it.
    pub numbers: Vec<f32>,
    /// Seven planes of 48 × 48: photo, reference, and where they differ.
    pub window: Vec<u8>,
}

/// Every candidate of a pair with its evidence, surest first.
///
/// # Errors
/// [`Cancelled`] when the watch says so.
pub fn evidence(
    photo: &Picture,
    reference: &Picture,
    warp: &Warp,
    config: &CompareConfig,
    watch: &mut dyn Watch,
) -> Result<Vec<Evidence>, Cancelled> {
    let Some(examined) = examine(photo, reference, warp, config, watch)? else { return Ok(Vec::new()) };
    let known = |candidate: &Candidate| {
        let level = &examined.levels[candidate.level as usize];
        let difference = difference(candidate, &examined.grid, warp, photo, config)?;
        Some(Evidence { difference, numbers: evidence::numbers(candidate).to_vec(), window: evidence::window(candidate, level) })
    };
    Ok(examined.candidates.iter().filter_map(known).collect())
}

/// What is known of the pair as a whole.
struct Examined {
    grid: warp::Grid,
    levels: Vec<Level>,
    /// Surest first.
    candidates: Vec<Candidate>,
    coverage: f64,
    blind_areas: Vec<BlindArea>,
    smallest_part_px: f64,
}

/// The stages in their order, each with its part of the time.
fn examine(
    photo: &Picture,
    reference: &Picture,
    warp: &Warp,
    config: &CompareConfig,
    watch: &mut dyn Watch,
) -> Result<Option<Examined>, Cancelled> {
    let Some(grid) = warp::Grid::choose(photo, reference, warp, config.most_pixels) else { return Ok(None) };
    let mut part = |from: f32, to: f32, done: f32| watch.progressed(Stage::Compare, from + (to - from) * done);
    let laid = warp::lay(photo, reference, warp, grid, |done| part(0.0, 0.2, done))?;
    let warp::Laid { mut photo, mut reference, mask: mut shown, grid } = laid;
    let blind = blind::Blind::find(&photo, &reference, &shown, &config.blind);
    part(0.2, 0.25, 1.0)?;
    normalise::normalise(&photo, &mut reference, &shown, &config.normalise);
    mask::fill(&mut photo, &reference, &shown);
    let passes = normalise::match_sharpness(&mut photo, &mut reference);
    part(0.25, 0.4, 1.0)?;
    let common = overlap::common(&photo, &reference, &shown);
    let coverage = mask::keep_cells(&mut shown, &common, &blind, grid.width);
    mask::erode(&mut shown, grid.width, grid.height);
    let (mut levels, mut blobs): (Vec<Level>, _) = (Vec::new(), Vec::new());
    let mut swept = None;
    let mut smallest_part_px = 0.0;
    for number in 0..config.levels {
        let (from, to) = if number == 0 { (0.4, 0.7) } else { (0.7, 0.8) };
        let mut map = difference::measure(&photo, &reference, &config.difference, |done| part(from, to, done))?;
        let raw = (number == parallax::LEVEL).then(|| map.clone());
        let usual = surroundings::relate(&mut map, &shown, &config.surroundings);
        swept = swept.or_else(|| raw.map(|raw| Swept::find(&photo, &reference, &raw, usual, &config.parallax)));
        let noise = group::Noise::of(&map, &shown);
        if number == 0 {
            // Twice of what starts a box: a box alone is not yet a place among the first of the list.
            let seed = noise.unrelated(2.0 * config.group.seed, usual);
            smallest_part_px = grid.step * (difference::smallest_side(seed, &config.difference) + passes as f64);
        }
        blobs.extend(group::group(&map, &shown, number, &noise, &config.group));
        let (next_photo, next_reference) = (photo.halved(), reference.halved());
        let next_shown = mask::halved(&shown, photo.width, photo.height);
        levels.push(Level { photo, reference, map, mask: shown, noise });
        (photo, reference, shown) = (next_photo, next_reference, next_shown);
        if photo.width.min(photo.height) < LEAST_SIDE {
            break;
        }
    }
    part(0.8, 0.85, 1.0)?;
    let candidates = rank::rank(&levels, &blobs, swept.as_ref(), &config.rank, |done| part(0.85, 1.0, done))?;
    let blind_areas = blind.areas(&grid, &config.blind);
    Ok(Some(Examined { grid, levels, candidates, coverage, blind_areas, smallest_part_px }))
}

/// Smaller pictures have no room for a window with its surroundings.
const LEAST_SIDE: usize = 32;

fn difference(
    candidate: &Candidate,
    grid: &warp::Grid,
    warp: &Warp,
    photo: &Picture,
    config: &CompareConfig,
) -> Option<Difference> {
    let [x, y, w, h] = candidate.bounds;
    let reference_box: Rect<Reference> = grid.on_reference(x, y, w, h);
    let whole = Rect::from_corners(Point::new(0.0, 0.0), Point::new(photo.width as f64, photo.height as f64));
    let photo_box = warp.rect_to_photo(&reference_box)?.intersection(&whole)?;
    let score = f64::from(candidate.score);
    Some(Difference {
        photo_box,
        reference_box,
        score,
        kind: judge::kind(candidate),
        reason: judge::reason(candidate),
        flagged: score >= config.flagged_from,
        seen_by: vec![0],
        differs_from: vec![0],
    })
}
