//! What differs between a photo and a reference of the same board, once the one lies on the other.
//!
//! `warp` lays both on one grid, `normalise` makes their light and sharpness equal, `overlap` and `blind` say where
//! there is something to compare. `difference` measures every place over several sizes of window, `surroundings`
//! relates it to what is usual around it, `group` makes boxes. Then each box is questioned: `verify` looks for its
//! content nearby, `parallax` knows what tall parts sweep over, `palette` whether its colours are new. `judge`
//! weighs the answers by rules, `network` the whole `evidence` by what it learned; `rank` makes the list of both.
//! `layers` are the planes of a picture, `sample`, `patches` and `likeness` the loops that take
//! the time, `whole` a cast that they can use.

mod band;
mod blind;
mod difference;
mod evidence;
mod group;
mod heights;
mod judge;
mod layers;
mod level;
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
mod spot;
mod surroundings;
#[cfg(test)]
mod tests;
mod verify;
mod warp;
mod whole;

pub use blind::BlindConfig;
pub use difference::DifferenceConfig;
pub use group::GroupConfig;
pub use heights::HeightConfig;
pub use normalise::NormaliseConfig;
pub use parallax::{ParallaxConfig, Strictness};
pub use rank::RankConfig;
pub use surroundings::SurroundingsConfig;

use std::borrow::Cow;

use crate::geometry::{Point, Rect, Reference, Warp};
use crate::vision::crew::{Alone, Crew, at_once, share};
use crate::vision::{BlindArea, BlindReason, Cancelled, Difference, Picture, REGIONS, Stage, Watch};
use band::Band;
use difference::Map;
use heights::Heights;
use layers::{Layers, Plane};
use level::{Level, Shown};
use parallax::{Swept, TallParts};
use rank::Candidate;
use surroundings::Means;

/// Every number that steers the comparison.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct CompareConfig {
    /// Pixels of the grid on which pictures are compared, at most; what is finer is averaged. It bounds time and memory.
    pub most_pixels: f64,
    /// Sizes of window, each twice the one before: 7, 14, 28 and 56 pixels, from a 0603 part to an electrolytic.
    pub levels: u32,
    /// Differences listed, at most: a person reads a short list; in all that was measured nothing real stood behind place 50.
    pub most_differences: usize,
    /// Score from which a difference is worth a person's look: on the evaluation photographs 54 of 96 true places reach it, and
    /// 1.1 others a board; 0.5 others where nothing has changed.
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
    /// How tall they are.
    pub heights: HeightConfig,
    /// Judgement.
    pub rank: RankConfig,
}

impl Default for CompareConfig {
    fn default() -> Self {
        Self {
            most_pixels: 16e6,
            levels: 4,
            most_differences: 50,
            flagged_from: 0.45,
            blind: BlindConfig::default(),
            normalise: NormaliseConfig::default(),
            difference: DifferenceConfig::default(),
            surroundings: SurroundingsConfig::default(),
            group: GroupConfig::default(),
            parallax: ParallaxConfig::default(),
            heights: HeightConfig::default(),
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
    /// The same of each region of the reference, whatever lies in it, [`REGIONS`] times [`REGIONS`], row by row.
    pub region_coverage: [f64; REGIONS * REGIONS],
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
        let smallest_part_px = reference_box.w.max(reference_box.h);
        let region_coverage = [0.0; REGIONS * REGIONS];
        Self { differences: Vec::new(), coverage: 0.0, region_coverage, blind_areas, smallest_part_px }
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
    at_once(compare_pair_together(Cow::Borrowed(photo), Cow::Borrowed(reference), warp, config, watch, &mut Alone))
}

/// The same, by several hands: each works on some rows of the grid. Pictures that are given away are let go of as soon as they lie there.
pub(super) async fn compare_pair_together(
    photo: Cow<'_, Picture>,
    reference: Cow<'_, Picture>,
    warp: &Warp,
    config: &CompareConfig,
    watch: &mut dyn Watch,
    crew: &mut dyn Crew,
) -> Result<PairDifferences, Cancelled> {
    let (size, nothing_seen) = (size_of(&photo), PairDifferences::nothing_seen(&reference));
    let Some(examined) = examine(photo, reference, warp, config, watch, crew).await? else { return Ok(nothing_seen) };
    let Examined { grid, candidates, coverage, blind_areas, smallest_part_px, .. } = examined;
    let candidates = rank::one_of_neighbours(rank::surest_of_each(&candidates));
    let listed = candidates.iter().take(config.most_differences);
    let differences = listed.filter_map(|candidate| difference(candidate, &grid, warp, size, config)).collect();
    let mask::Coverage { board: coverage, regions: region_coverage } = coverage;
    Ok(PairDifferences { differences, coverage, region_coverage, blind_areas, smallest_part_px })
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
    let size = size_of(photo);
    let (photo, reference) = (Cow::Borrowed(photo), Cow::Borrowed(reference));
    let Some(examined) = at_once(examine(photo, reference, warp, config, watch, &mut Alone))? else { return Ok(Vec::new()) };
    let known = |candidate: &Candidate| {
        let level = &examined.shown.levels()[candidate.level as usize];
        let difference = difference(candidate, &examined.grid, warp, size, config)?;
        Some(Evidence { difference, numbers: evidence::numbers(candidate).to_vec(), window: evidence::window(candidate, level) })
    };
    Ok(examined.candidates.iter().filter_map(known).collect())
}

/// What is known of the pair as a whole.
struct Examined {
    grid: warp::Grid,
    shown: Shown,
    /// Surest first.
    candidates: Vec<Candidate>,
    coverage: mask::Coverage,
    blind_areas: Vec<BlindArea>,
    smallest_part_px: f64,
}

/// The stages in their order, each with its part of the time.
async fn examine(
    photo: Cow<'_, Picture>,
    reference: Cow<'_, Picture>,
    warp: &Warp,
    config: &CompareConfig,
    watch: &mut dyn Watch,
    crew: &mut dyn Crew,
) -> Result<Option<Examined>, Cancelled> {
    let Some(grid) = warp::Grid::choose(&photo, &reference, warp, config.most_pixels) else { return Ok(None) };
    let bands = Band::cut(grid.height, crew.hands(), config.levels);
    // Where there is too little to share out, every hand does all of it.
    let mut alone = Alone;
    let crew: &mut dyn Crew = if bands.len() == 1 { &mut alone } else { crew };
    let band = &bands[crew.own()];
    let mut part = |from: f32, to: f32, done: f32| watch.progressed(Stage::Compare, from + (to - from) * done);
    let laid = warp::lay(&photo, &reference, warp, grid, band.laid(0), |done| part(0.0, 0.2, done))?;
    drop((photo, reference));
    let warp::Laid { mut photo, mut reference, mask: mut shown, grid, .. } = laid;
    let mut blind = blind::Blind::find(&photo, &reference, &shown, &config.blind, band, crew).await?;
    let structured = overlap::structured(&reference, band, crew).await?;
    part(0.2, 0.25, 1.0)?;
    normalise::normalise(&photo, &mut reference, &shown, &config.normalise, band, crew).await?;
    mask::fill(&mut photo, &reference, &shown);
    let passes = normalise::match_sharpness(&mut photo, &mut reference, grid.height, band, crew).await?;
    part(0.25, 0.4, 1.0)?;
    let common = overlap::common(&photo, &reference, &shown, band, crew).await?;
    blind.keep_to(&common);
    mask::keep(&mut shown, &mask::seen(&common, &blind), grid.width, band.laid(0).start, 0);
    mask::erode(&mut shown, grid.width, photo.height);
    let sizes = Size { photo, reference, mask: shown }.with_halves(config.levels, &grid);
    let mut maps = Vec::with_capacity(sizes.len());
    for (number, size) in sizes.iter().enumerate() {
        let (from, to) = if number == 0 { (0.4, 0.6) } else { (0.6, 0.7) };
        maps.push(difference::measure(&size.photo, &size.reference, &config.difference, |done| part(from, to, done))?);
    }
    let tall = tall_parts(&sizes, &maps, config, band, crew).await?;
    blind.hide_behind(&tall.heights, &common, &config.blind);
    let seen = mask::seen(&common, &blind);
    part(0.7, 0.75, 1.0)?;
    let mut levels: Vec<Level> = Vec::new();
    let mut smallest_part_px = 0.0;
    for (number, (mut size, mut map)) in sizes.into_iter().zip(maps).enumerate() {
        let (own, top) = (band.own(number), band.laid(number).start);
        mask::keep(&mut size.mask, &seen, size.photo.width, top, number);
        tall.heights.explain(&mut size.photo, &mut size.reference, band, number, &config.difference, &mut map);
        let means = Means::of(&map, &size.mask, band, number, crew).await?;
        let rows = own.start - top..own.end - top;
        surroundings::relate(&mut map, &rows, top, &means, &config.surroundings);
        let Size { photo, reference, mask } = size;
        let noise = group::Noise::of(&map, &mask, &rows, crew).await?;
        if number == 0 {
            // Twice of what starts a box: a box alone is not yet a place among the first of the list.
            let seed = noise.unrelated(2.0 * config.group.seed, means.usual);
            smallest_part_px = CAREFUL * grid.step * (difference::smallest_side(seed, &config.difference) + passes as f64);
        }
        levels.push(Level { photo, reference, map, mask, noise, number, top, own, whole: band.whole(number) });
    }
    let blobs = level::blobs(&levels, &config.group, crew).await?;
    let shown = level::complete(levels, &blobs, &bands, &config.rank, crew).await?;
    part(0.8, 0.85, 1.0)?;
    let hand_of = |level: u32, row: usize| bands.iter().position(|band| band.own(level as usize).contains(&row)).unwrap_or(0);
    let candidates = rank::rank(&shown, &blobs, &tall, &config.rank, hand_of, crew, |done| part(0.85, 1.0, done)).await?;
    let (coverage, blind_areas) = (mask::coverage(&seen, &common, &structured, &blind), blind.areas(&grid, &config.blind));
    Ok(Some(Examined { grid, shown, candidates, coverage, blind_areas, smallest_part_px }))
}

/// What the smallest part is stated larger by: without it the campaign `limits` found 22 of 24 such parts, where 9 of 10 are promised.
const CAREFUL: f64 = 1.1;

/// Smaller pictures have no room for a window with its surroundings.
const LEAST_SIDE: usize = 32;

/// A band of the pair in one size.
struct Size {
    photo: Layers,
    reference: Layers,
    mask: Vec<u8>,
}

impl Size {
    /// This one, its half, and so on: at most `count`, and as many as the whole `grid` has room for.
    fn with_halves(self, count: u32, grid: &warp::Grid) -> Vec<Self> {
        let has_half = |number: usize| number < count as usize && grid.width.min(grid.height) >> number >= LEAST_SIDE;
        let mut sizes = vec![self];
        while let Some(Self { photo, reference, mask }) = sizes.last().filter(|_| has_half(sizes.len())) {
            let mask = mask::halved(mask, photo.width, photo.height);
            sizes.push(Self { photo: photo.halved(), reference: reference.halved(), mask });
        }
        sizes
    }
}

/// What stands above the board; on pictures that are too small nothing does.
async fn tall_parts(
    sizes: &[Size],
    maps: &[Map],
    config: &CompareConfig,
    band: &Band,
    crew: &mut dyn Crew,
) -> Result<TallParts, Cancelled> {
    let Some(small) = Whole::of(sizes, maps, parallax::LEVEL as usize, band, crew).await? else {
        return Ok(TallParts::default());
    };
    let Whole { photo, reference, map, usual } = &small;
    let (swept, epipole) = Swept::find(photo, reference, map, *usual, &config.parallax, crew).await?;
    let Some(epipole) = epipole else { return Ok(TallParts { swept, heights: Heights::default() }) };
    let Some(half) = Whole::of(sizes, maps, heights::LEVEL as usize, band, crew).await? else { return Ok(TallParts::default()) };
    let Whole { photo, reference, map, usual } = &half;
    let heights = Heights::find(photo, reference, map, *usual, &epipole, &config.heights, crew).await?;
    Ok(TallParts { swept, heights })
}

/// The luma of one size of both pictures and its map, all bands of it.
struct Whole {
    photo: Plane,
    reference: Plane,
    map: Map,
    /// The map's usual value.
    usual: f32,
}

impl Whole {
    /// `None` when the pictures are too small for this size.
    async fn of(sizes: &[Size], maps: &[Map], level: usize, band: &Band, crew: &mut dyn Crew) -> Result<Option<Self>, Cancelled> {
        let Some((size, map)) = sizes.get(level).zip(maps.get(level)) else { return Ok(None) };
        let usual = Means::of(map, &size.mask, band, level, crew).await?.usual;
        let (own, top, width) = (band.own(level), band.laid(level).start, map.width);
        let pixels = (own.start - top) * width..(own.end - top) * width;
        let photo = share(crew, size.photo.planes[0][pixels.clone()].to_vec()).await?;
        let reference = share(crew, size.reference.planes[0][pixels.clone()].to_vec()).await?;
        let values = share(crew, map.values[pixels].to_vec()).await?;
        let height = values.len() / width;
        let plane = |values| Plane { width, height, values };
        Ok(Some(Self { photo: plane(photo), reference: plane(reference), map: Map { width, height, values }, usual }))
    }
}

/// Width and height in pixels.
const fn size_of(picture: &Picture) -> (f64, f64) {
    (picture.width as f64, picture.height as f64)
}

fn difference(
    candidate: &Candidate,
    grid: &warp::Grid,
    warp: &Warp,
    (width, height): (f64, f64),
    config: &CompareConfig,
) -> Option<Difference> {
    let [x, y, w, h] = candidate.bounds;
    let reference_box: Rect<Reference> = grid.on_reference(x, y, w, h);
    let whole = Rect::from_corners(Point::new(0.0, 0.0), Point::new(width, height));
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
        spread: None,
        like: None,
    })
}
