//! From blobs to ranked differences: how sure, what kind, and why.

use super::evidence;
use super::group::Blob;
use super::judge;
use super::layers::Layers;
use super::level::{Level, Shown};
use super::network::Network;
use super::palette::novelty;
use super::parallax::TallParts;
use super::spot::is_spot;
use super::verify::{Found, Patch, seek};
use crate::vision::Cancelled;
use crate::vision::crew::{Crew, share};
use crate::vision::order::rising;

/// How blobs are judged.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct RankConfig {
    /// How far a tall part may have moved between two views, in pixels of the comparison grid.
    pub parallax_px: usize,
    /// Blobs of the finest level that are asked the two-way question, half as many of the next, a hundred at least: what was done
    /// to drawn boards stands among the first 320 of its level in 99 of 100 cases, and large parts are few beside small ones.
    pub verified: usize,
}

impl Default for RankConfig {
    fn default() -> Self {
        Self { parallax_px: 40, verified: 320 }
    }
}

/// Blobs that are asked on any level.
const LEAST_VERIFIED: usize = 100;

/// A blob and everything that speaks for or against it.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Candidate {
    /// Left, top, width and height in pixels of the comparison grid.
    pub(super) bounds: [f64; 4],
    /// How often the grid was halved where it was found.
    pub(super) level: u32,
    /// How far it stands out, before it was questioned.
    pub(super) prior: f32,
    /// Likeness of the photo's patch at the best place on the reference, and the other way round.
    pub(super) there: f32,
    pub(super) back: f32,
    /// Likeness of the two patches as they lie.
    pub(super) here: f32,
    /// How far the best places are away, in pixels of its level: there (x, y), back (x, y).
    pub(super) shift: [f32; 4],
    /// Mean step of luma on photo and reference.
    pub(super) contrast: [f32; 2],
    /// Mean signed difference of luma and both opponent colours.
    pub(super) apart: [f32; 3],
    /// The part of it that tall parts sweep over.
    pub(super) parallax: f32,
    /// The part of it that stands above the board on either picture, and the part that only one picture shows so.
    pub(super) tall: f32,
    pub(super) hidden: f32,
    /// True when it is a round spot of one colour that one picture does not have.
    pub(super) spot: bool,
    /// How new its colours are on the photo, and those of the reference's patch there.
    pub(super) novelty: [f32; 2],
    /// Pixels of its level above the threshold, their highest and their mean value in units of noise.
    pub(super) area: f32,
    pub(super) peak: f32,
    pub(super) mean: f32,
    /// Mean of what surrounds it, in units of noise.
    pub(super) ring: f32,
    /// How sure, 0 to 1.
    pub(super) score: f32,
}

/// Drop what was found twice, ask the rest, and order it; things may still lie within others (see [`surest_of_each`]).
///
/// Each hand looks at its own: `hand_of` says which hand that is, for a level and a row there.
pub(super) async fn rank(
    shown: &Shown,
    blobs: &[Blob],
    tall: &TallParts,
    config: &RankConfig,
    hand_of: impl Fn(u32, usize) -> usize,
    crew: &mut dyn Crew,
    mut progress: impl FnMut(f32) -> Result<(), Cancelled>,
) -> Result<Vec<Candidate>, Cancelled> {
    let hands: Vec<usize> = blobs.iter().map(|blob| hand_of(blob.level, blob.middle())).collect();
    let weighed = each(&hands, crew, |k| Ok(weigh(shown.around(blobs[k].bounds(), blobs[k].level, config), &blobs[k])));
    let weighed = weighed.await?;
    let candidates = blobs.iter().zip(weighed).map(|(blob, weighed)| candidate(blob, weighed)).collect();
    let candidates = sorted(candidates, |c| c.prior);
    let mut left: Vec<usize> = (0..shown.levels().len()).map(|level| (config.verified >> level).max(LEAST_VERIFIED)).collect();
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        let room = &mut left[candidate.level as usize];
        if *room > 0 && !kept.iter().any(|other| repeats(other, &candidate)) {
            *room -= 1;
            kept.push(candidate);
        }
    }
    for candidate in &mut kept {
        candidate.parallax = tall.swept.share(candidate.bounds);
        [candidate.tall, candidate.hidden] = tall.heights.shares(candidate.bounds);
    }
    let (network, count) = (Network::trained(), kept.len());
    let hands: Vec<usize> = kept.iter().map(|candidate| hand_of(candidate.level, candidate.middle())).collect();
    let answers = each(&hands, crew, |number| {
        if number % 16 == 0 {
            progress(number as f32 / count as f32)?;
        }
        let mut candidate = kept[number];
        let level = shown.around(candidate.on_level(), candidate.level, config);
        ask(level, &mut candidate, config);
        let seen = network.judge(&evidence::window(&candidate, level), &evidence::numbers(&candidate));
        Ok(candidate.answers(judge::score(&candidate, seen)))
    });
    let answers = answers.await?;
    for (candidate, answers) in kept.iter_mut().zip(answers) {
        candidate.answered(answers);
    }
    Ok(sorted(kept, |c| c.score))
}

/// What `look` makes of each of so many things, where `hands` says which hand looks at each.
async fn each<T: bytemuck::Pod>(
    hands: &[usize],
    crew: &mut dyn Crew,
    mut look: impl FnMut(usize) -> Result<T, Cancelled>,
) -> Result<Vec<T>, Cancelled> {
    let own = crew.own();
    let seen = (0..hands.len()).filter(|k| hands[*k] == own).map(&mut look).collect::<Result<Vec<T>, Cancelled>>()?;
    let all = share(crew, seen).await?;
    // They come hand by hand.
    let order = rising((0..hands.len()).collect(), |k| [hands[*k] as f64, 0.0, 0.0]);
    let placed = rising(order.into_iter().zip(all).collect(), |(k, _)| [*k as f64, 0.0, 0.0]);
    Ok(placed.into_iter().map(|(_, seen)| seen).collect())
}

/// Rows of its level above and below a box that are looked at, at most.
pub(super) fn looked_at_around(w: usize, h: usize, level: usize, config: &RankConfig) -> usize {
    let longest = w.max(h);
    // The network's window, what is usual around it, a spot, and where its content is looked for, each with its margins.
    let window = (3 * longest + 20).saturating_sub(h) / 2 + 1;
    let (ring, spot, sought) = (longest / 2 + 15, longest + 8, reach(level, config) + longest / 16 + 8);
    window.max(ring).max(spot).max(sought)
}

/// How far a patch is looked for, in pixels of its level.
fn reach(level: usize, config: &RankConfig) -> usize {
    (config.parallax_px >> level).max(8)
}

impl Candidate {
    /// Its box in pixels of its level.
    fn on_level(&self) -> [usize; 4] {
        self.bounds.map(|v| v as usize >> self.level)
    }

    /// The row of its level that its middle lies in.
    fn middle(&self) -> usize {
        let [_, y, _, h] = self.on_level();
        y + h / 2
    }

    /// What was asked of it, as numbers.
    fn answers(&self, score: f32) -> [f32; 11] {
        let [x, y, back_x, back_y] = self.shift;
        let [photo, reference] = self.novelty;
        let spot = if self.spot { 1.0 } else { 0.0 };
        [self.there, self.back, self.here, x, y, back_x, back_y, spot, photo, reference, score]
    }

    fn answered(&mut self, [there, back, here, x, y, back_x, back_y, spot, photo, reference, score]: [f32; 11]) {
        (self.there, self.back, self.here, self.shift) = (there, back, here, [x, y, back_x, back_y]);
        (self.spot, self.novelty, self.score) = (spot > 0.0, [photo, reference], score);
    }
}

/// Of candidates that lie within one another only the surest: a part as a whole, or what of it is new.
///
/// How far each stands out can't decide it: the edge of a part that was swapped stands out further than the part. A box around
/// two others, each about as sure by itself, is no thing of its own: two differences stay two.
pub(super) fn surest_of_each(sorted: &[Candidate]) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::new();
    for (place, candidate) in sorted.iter().enumerate() {
        let covered = kept.iter().any(|other| covers(other, candidate));
        if !covered && !is_several(candidate, &sorted[place + 1..]) {
            kept.push(*candidate);
        }
    }
    kept
}

/// What lies right beside something surer is half as sure by itself, and comes later: whoever looks at the one sees the other, and
/// one leaning part must not fill a list with its edges. Surest first again.
pub(super) fn one_of_neighbours(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    const LESS: f32 = 0.5;
    let beside: Vec<bool> =
        (0..candidates.len()).map(|k| candidates[..k].iter().any(|surer| is_beside(surer, &candidates[k]))).collect();
    for (candidate, _) in candidates.iter_mut().zip(beside).filter(|(_, beside)| *beside) {
        candidate.score *= LESS;
    }
    sorted(candidates, |c| c.score)
}

/// True when the gap between two boxes is at most the shorter side of one of them.
fn is_beside(a: &Candidate, b: &Candidate) -> bool {
    let gap = |k: usize| a.bounds[k].max(b.bounds[k]) - (a.bounds[k] + a.bounds[k + 2]).min(b.bounds[k] + b.bounds[k + 2]);
    let [narrow, other] = [a, b].map(|c| c.bounds[2].min(c.bounds[3]));
    gap(0).max(gap(1)) <= narrow.max(other)
}

/// True when two of the less sure candidates lie apart within this one, and are not much less sure.
fn is_several(whole: &Candidate, others: &[Candidate]) -> bool {
    /// As sure as that, compared with the whole.
    const ABOUT_AS_SURE: f32 = 0.8;
    let area = |c: &Candidate| c.bounds[2] * c.bounds[3];
    let near = others.iter().take_while(|other| other.score >= ABOUT_AS_SURE * whole.score);
    let within: Vec<&Candidate> = near.filter(|other| 2.0 * area(other) < area(whole) && covers(whole, other)).collect();
    within.iter().enumerate().any(|(k, one)| within[k + 1..].iter().any(|other| !covers(one, other)))
}

fn sorted(candidates: Vec<Candidate>, key: impl Fn(&Candidate) -> f32) -> Vec<Candidate> {
    rising(candidates, |c| [-f64::from(key(c)), c.bounds[1], c.bounds[0]])
}

/// Common area of two candidates' boxes, and the areas of the smaller and the larger.
fn areas(a: &Candidate, b: &Candidate) -> [f64; 3] {
    let ([ax, ay, aw, ah], [bx, by, bw, bh]) = (a.bounds, b.bounds);
    let overlap = |p: f64, pl: f64, q: f64, ql: f64| ((p + pl).min(q + ql) - p.max(q)).max(0.0);
    let common = overlap(ax, aw, bx, bw) * overlap(ay, ah, by, bh);
    [common, (aw * ah).min(bw * bh), (aw * ah).max(bw * bh)]
}

/// True when `a` and `b` are one thing, found by two sizes of window.
fn repeats(a: &Candidate, b: &Candidate) -> bool {
    let [common, small, large] = areas(a, b);
    common > 0.5 * (small + large - common)
}

/// True when one lies in the other and is no speck in it.
fn covers(a: &Candidate, b: &Candidate) -> bool {
    let [common, small, large] = areas(a, b);
    common > 0.3 * small && small * 40.0 > large
}

/// What a look at a blob tells: how far it stands out, what surrounds it, both contrasts, and how far luma and colours are apart.
fn weigh(level: &Level, blob: &Blob) -> [f32; 7] {
    let patch = Patch { x: blob.x, y: blob.y - level.top, w: blob.w, h: blob.h };
    let contrast = [contrast(&level.photo, patch), contrast(&level.reference, patch)];
    let size = (blob.area as f32 / 49.0).min(1.0).sqrt();
    let ring = ring(level, patch);
    let prior = blob.peak * size / (1.0 + 0.5 * ring);
    let apart: [f32; 3] =
        std::array::from_fn(|k| apart(&level.photo.planes[k], &level.reference.planes[k], level.photo.width, patch));
    [prior, ring, contrast[0], contrast[1], apart[0], apart[1], apart[2]]
}

fn candidate(blob: &Blob, [prior, ring, on_photo, on_reference, luma, red, blue]: [f32; 7]) -> Candidate {
    let scale = f64::from(1_u32 << blob.level);
    Candidate {
        bounds: [blob.x, blob.y, blob.w, blob.h].map(|v| v as f64 * scale),
        level: blob.level,
        prior,
        contrast: [on_photo, on_reference],
        apart: [luma, red, blue],
        area: blob.area as f32,
        peak: blob.peak,
        mean: blob.mean,
        ring,
        ..Candidate::default()
    }
}

/// Mean of the (capped) values around a blob, in units of noise.
fn ring(level: &Level, blob: Patch) -> f32 {
    const GAP: usize = 5;
    const CAP: f32 = 12.0;
    let wide = 14 + blob.w.max(blob.h) / 2;
    let (left, top) = (blob.x.saturating_sub(wide), blob.y.saturating_sub(wide));
    let (right, bottom) = ((blob.x + blob.w + wide).min(level.map.width), (blob.y + blob.h + wide).min(level.map.height));
    let (mut sum, mut count) = (0.0, 0.0_f32);
    for y in top..bottom {
        for x in left..right {
            let inside = x + GAP >= blob.x && x < blob.x + blob.w + GAP && y + GAP >= blob.y && y < blob.y + blob.h + GAP;
            let at = y * level.map.width + x;
            if inside || level.mask[at] == 0 {
                continue;
            }
            sum += level.noise.level(level.map.values[at]).clamp(0.0, CAP);
            count += 1.0;
        }
    }
    if count < 20.0 { 0.0 } else { sum / count }
}

/// Mean step of luma inside a patch.
fn contrast(layers: &Layers, patch: Patch) -> f32 {
    let (mut sum, mut count) = (0_u32, 0_u32);
    for y in patch.y..(patch.y + patch.h).min(layers.height - 1) {
        for x in patch.x..(patch.x + patch.w).min(layers.width - 1) {
            let at = y * layers.width + x;
            let plane = &layers.planes[0];
            sum += u32::from(plane[at].abs_diff(plane[at + 1])) + u32::from(plane[at].abs_diff(plane[at + layers.width]));
            count += 1;
        }
    }
    sum as f32 / count.max(1) as f32
}

/// Mean signed difference inside a patch.
fn apart(photo: &[u8], reference: &[u8], width: usize, patch: Patch) -> f32 {
    let mut sum = 0_i64;
    for y in patch.y..patch.y + patch.h {
        let at = y * width + patch.x;
        let pairs = photo[at..at + patch.w].iter().zip(&reference[at..at + patch.w]);
        sum += pairs.map(|(a, b)| i64::from(*a) - i64::from(*b)).sum::<i64>();
    }
    sum as f32 / (patch.w * patch.h) as f32
}

fn ask(level: &Level, candidate: &mut Candidate, config: &RankConfig) {
    const MARGIN: usize = 3;
    let [x, y, w, h] = candidate.on_level();
    let y = y - level.top;
    let (left, top) = (x.saturating_sub(MARGIN), y.saturating_sub(MARGIN));
    let (right, bottom) = ((x + w + MARGIN).min(level.photo.width), (y + h + MARGIN).min(level.photo.height));
    let patch = Patch { x: left, y: top, w: right - left, h: bottom - top };
    let reach = reach(candidate.level as usize, config);
    let high = (level.noise.median + 4.0 * level.noise.spread) as u16;
    let there: Found = seek(&level.photo, &level.reference, patch, reach, &level.map, high);
    let back: Found = seek(&level.reference, &level.photo, patch, reach, &level.map, high);
    let tight = Patch { x, y, w: w.max(1), h: h.max(1) };
    candidate.spot = is_spot(&level.photo, &level.reference, tight, candidate.level);
    candidate.novelty = [novelty(&level.photo, &level.reference, tight), novelty(&level.reference, &level.photo, tight)];
    candidate.there = there.best;
    candidate.back = back.best;
    candidate.here = there.here;
    candidate.shift = [there.shift[0], there.shift[1], back.shift[0], back.shift[1]].map(|v| v as f32);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(bounds: [f64; 4], score: f32) -> Candidate {
        Candidate { bounds, score, ..Candidate::default() }
    }

    #[test]
    fn the_edges_of_one_part_do_not_fill_the_list() {
        let left = candidate([100.0, 100.0, 8.0, 60.0], 0.9);
        let right = candidate([114.0, 100.0, 8.0, 60.0], 0.8);
        let elsewhere = candidate([300.0, 100.0, 20.0, 20.0], 0.6);
        let found = one_of_neighbours(vec![left, right, elsewhere]);
        assert_eq!(found.iter().map(|c| c.score).collect::<Vec<_>>(), [0.9, 0.6, 0.4]);
        assert_eq!(found[2].bounds, right.bounds);
    }
}
