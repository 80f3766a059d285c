//! What differs between a photo and a reference of the same board, once the one lies on the other.

mod difference;
mod group;
mod layers;
mod normalise;
mod overlap;
mod rank;
mod verify;
mod warp;

pub use difference::DifferenceConfig;
pub use group::GroupConfig;
pub use normalise::NormaliseConfig;
pub use rank::{Candidate, RankConfig};

use crate::geometry::Warp;
use crate::vision::{Cancelled, Picture, Stage, Watch};

/// Every number that steers the comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CompareConfig {
    /// Pixels of the grid on which pictures are compared, at most; what is finer is averaged.
    pub most_pixels: f64,
    /// Sizes of window, each twice the one before.
    pub levels: u32,
    /// Light.
    pub normalise: NormaliseConfig,
    /// Differences.
    pub difference: DifferenceConfig,
    /// Boxes.
    pub group: GroupConfig,
    /// Judgement.
    pub rank: RankConfig,
}

impl Default for CompareConfig {
    fn default() -> Self {
        Self {
            most_pixels: 16e6,
            levels: 4,
            normalise: NormaliseConfig::default(),
            difference: DifferenceConfig::default(),
            group: GroupConfig::default(),
            rank: RankConfig::default(),
        }
    }
}

pub fn candidates(photo: &Picture, reference: &Picture, warp: &Warp, config: &CompareConfig, watch: &mut dyn Watch) -> Result<(Vec<Candidate>, f64), Cancelled> {
    let Some(grid) = warp::Grid::choose(photo, reference, warp, config.most_pixels) else { return Ok((vec![], 1.0)) };
    let t = std::time::Instant::now();
    let laid = warp::lay(photo, reference, warp, grid, |done| watch.progressed(Stage::Compare, 0.2 * done))?;
    eprintln!("lay {:?}", t.elapsed());
    let warp::Laid { mut photo, mut reference, mut mask, grid } = laid;
    normalise::normalise(&photo, &mut reference, &mask, &config.normalise);
    eprintln!("norm {:?}", t.elapsed());
    for k in 0..3 {
        for ((a, b), m) in photo.planes[k].iter_mut().zip(&reference.planes[k]).zip(&mask) {
            if *m == 0 { *a = *b; }
        }
    }
    normalise::match_sharpness(&mut photo, &mut reference);
    eprintln!("sharp {:?}", t.elapsed());
    let cells = overlap::common(&photo, &reference);
    eprintln!("common {:?} {}/{}", t.elapsed(), cells.count(), cells.set.len());
    for y in 0..grid.height {
        for x in 0..grid.width {
            if !cells.at(x / overlap::CELL, y / overlap::CELL) { mask[y * grid.width + x] = 0; }
        }
    }
    mask = eroded(&mask, grid.width, grid.height, 5);
    let mut levels = Vec::new();
    let mut blobs = Vec::new();
    for k in 0..config.levels {
        let map = difference::measure(&photo, &reference, &config.difference, |done| watch.progressed(Stage::Compare, 0.2 + 0.6 * done))?;
        let noise = group::Noise::of(&map, &mask);
        let found = group::group(&map, &mask, k, &noise, &config.group);
        eprintln!("level {k} {:?} noise {noise:?} blobs {}", t.elapsed(), found.len());
        blobs.extend(found);
        let next = (photo.halved(), reference.halved(), halved_mask(&mask, photo.width, photo.height));
        levels.push(rank::Level { photo, reference, mask, map, noise });
        (photo, reference, mask) = next;
        if photo.width < 32 || photo.height < 32 { break; }
    }
    let ranked = rank::rank(&levels, blobs, &config.rank);
    eprintln!("ranked {:?}", t.elapsed());
    Ok((ranked, grid.step))
}

fn halved_mask(mask: &[u8], width: usize, height: usize) -> Vec<u8> {
    let (w, h) = ((width / 2).max(1), (height / 2).max(1));
    (0..w * h).map(|k| { let (x, y) = (k % w * 2, k / w * 2); let at = |x: usize, y: usize| mask[y.min(height - 1) * width + x.min(width - 1)];
        at(x, y).min(at(x + 1, y)).min(at(x, y + 1)).min(at(x + 1, y + 1)) }).collect()
}

fn eroded(mask: &[u8], width: usize, height: usize, radius: usize) -> Vec<u8> {
    let run = |get: &dyn Fn(usize) -> u8, set: &mut dyn FnMut(usize), n: usize| {
        let mut last = None::<usize>;
        for k in 0..n { if get(k) == 0 { last = Some(k); } if last.is_some_and(|l| k - l <= radius) { set(k); } }
        let mut last = None::<usize>;
        for k in (0..n).rev() { if get(k) == 0 { last = Some(k); } if last.is_some_and(|l| l - k <= radius) { set(k); } }
    };
    let mut a = mask.to_vec();
    for y in 0..height { run(&|k| mask[y * width + k], &mut |k| a[y * width + k] = 0, width); }
    let mut b = a.clone();
    for x in 0..width { run(&|k| a[k * width + x], &mut |k| b[k * width + x] = 0, height); }
    b
}
