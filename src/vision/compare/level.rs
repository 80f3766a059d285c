//! One size of the pair, with what was measured on it: the rows that a hand works on, and those that it gets from others.

use std::borrow::Cow;
use std::ops::Range;

use super::band::Band;
use super::difference::Map;
use super::group::{self, Blob, GroupConfig, Noise, Peak};
use super::layers::Layers;
use super::rank::{RankConfig, looked_at_around};
use crate::vision::Cancelled;
use crate::vision::crew::{Crew, exchange, extend, share, take, values};

/// Some rows of one size of the pair.
pub(super) struct Level {
    pub(super) photo: Layers,
    pub(super) reference: Layers,
    pub(super) mask: Vec<u8>,
    pub(super) map: Map,
    pub(super) noise: Noise,
    /// How often the grid was halved.
    pub(super) number: usize,
    /// The first of the rows, in the whole size.
    pub(super) top: usize,
    /// The rows that only this hand has worked out to the end, in the whole size.
    pub(super) own: Range<usize>,
    /// Rows of the whole size.
    pub(super) whole: usize,
}

impl Level {
    /// Its pixels in these rows of the whole size.
    fn pixels(&self, rows: &Range<usize>) -> Range<usize> {
        (rows.start - self.top) * self.map.width..(rows.end - self.top) * self.map.width
    }

    fn own_peaks(&self, config: &GroupConfig) -> Vec<Peak> {
        let rows = self.own.start - self.top..self.own.end - self.top;
        group::peaks(&self.map, &rows, self.own.start, &self.noise, config)
    }

    /// The map's values in its own rows, 0 where nothing is to be found.
    fn own_values(&self) -> impl Iterator<Item = u16> {
        let pixels = self.pixels(&self.own);
        let pairs = self.map.values[pixels.clone()].iter().zip(&self.mask[pixels]);
        pairs.map(|(value, mask)| if *mask == 0 { 0 } else { *value })
    }

    /// Everything in these of its own rows, [`PIXEL`] bytes to a pixel.
    fn put(&self, rows: &Range<usize>, out: &mut Vec<u8>) {
        let pixels = self.pixels(rows);
        for plane in self.photo.planes.iter().chain(&self.reference.planes).chain([&self.mask]) {
            out.extend_from_slice(&plane[pixels.clone()]);
        }
        out.extend_from_slice(bytemuck::cast_slice(&self.map.values[pixels]));
    }

    /// These rows of the same size, from the first of what the hands have of them, as bytes, to the last.
    fn of_parts(&self, rows: Range<usize>, parts: &[Cow<'_, [u8]>]) -> Self {
        let (width, height) = (self.map.width, rows.len());
        let plane = |number: usize| {
            let mut plane = Vec::with_capacity(width * height);
            for part in parts {
                let count = part.len() / PIXEL;
                plane.extend_from_slice(&part[number * count..][..count]);
            }
            plane
        };
        let layers = |first: usize| Layers { width, height, planes: std::array::from_fn(|k| plane(first + k)) };
        let mut map = Vec::with_capacity(width * height);
        parts.iter().for_each(|part| extend(&mut map, &part[PLANES * (part.len() / PIXEL)..]));
        let map = Map { width, height, values: map };
        Self { photo: layers(0), reference: layers(3), mask: plane(6), map, top: rows.start, own: rows, ..*self }
    }
}

/// Six planes and the mask.
const PLANES: usize = 7;
/// Bytes of a pixel: these, and a value of the map.
const PIXEL: usize = PLANES + 2;

/// The blobs of all levels, finest first. The first hand groups the finest level, the last one all others.
pub(super) async fn blobs(levels: &[Level], config: &GroupConfig, crew: &mut dyn Crew) -> Result<Vec<Blob>, Cancelled> {
    let grouped = |level: &Level, map: &Map, peaks: Vec<Peak>, taken: Vec<bool>| {
        group::group(map, peaks, taken, level.number, &level.noise, config)
    };
    if crew.hands() == 1 {
        let all = levels.iter().flat_map(|level| {
            let taken = level.mask.iter().map(|mask| *mask == 0).collect();
            grouped(level, &level.map, level.own_peaks(config), taken)
        });
        return Ok(all.collect());
    }
    let (here, last) = (crew.own(), crew.hands() - 1);
    let hand_of = |number: usize| if number == 0 { 0 } else { last };
    let parcel = |hand: usize| {
        let mut bytes = Vec::new();
        for level in levels.iter().filter(|level| hand_of(level.number) == hand) {
            let peaks = level.own_peaks(config);
            let counts = [peaks.len() as u32, level.own.len() as u32 * level.map.width as u32];
            bytes.extend_from_slice(bytemuck::cast_slice(&counts));
            bytes.extend_from_slice(bytemuck::cast_slice(&peaks));
            bytes.extend(level.own_values().flat_map(u16::to_ne_bytes));
        }
        bytes
    };
    let came = exchange(crew, parcel).await?;
    let mut rest: Vec<&[u8]> = came.iter().map(Vec::as_slice).collect();
    let mut found: Vec<[u32; 8]> = Vec::new();
    for level in levels.iter().filter(|level| hand_of(level.number) == here) {
        let (mut peaks, width) = (Vec::new(), level.map.width);
        let mut whole = Vec::with_capacity(width * level.whole);
        for (hand, bytes) in rest.iter_mut().enumerate() {
            if hand == here {
                peaks.extend(level.own_peaks(config));
                whole.extend(level.own_values());
                continue;
            }
            let counts: Vec<u32> = values(take(bytes, 8)?).collect();
            peaks.extend(values::<Peak>(take(bytes, counts[0] as usize * size_of::<Peak>())?));
            extend(&mut whole, take(bytes, counts[1] as usize * 2)?);
        }
        let map = Map { width, height: level.whole, values: whole };
        let taken = map.values.iter().map(|value| *value == 0).collect();
        found.extend(grouped(level, &map, peaks, taken).iter().map(Blob::numbers));
    }
    Ok(share(crew, found).await?.into_iter().map(Blob::of).collect())
}

/// The levels on which a hand looks at blobs: its own rows, and where that is not enough those around the edges of its band.
pub(super) struct Shown {
    own: Vec<Level>,
    edges: Vec<Option<Level>>,
}

impl Shown {
    /// The level on which all is to be seen that is looked at around a box; its hand has one.
    pub(super) fn around(&self, [_, y, w, h]: [usize; 4], level: u32, config: &RankConfig) -> &Level {
        let (own, edges) = (&self.own[level as usize], &self.edges[level as usize]);
        let rows = looked_at((y, h), w, own, config);
        edges.as_ref().filter(|_| rows.start < own.own.start || rows.end > own.own.end).unwrap_or(own)
    }

    /// This hand's own, finest first.
    pub(super) fn levels(&self) -> &[Level] {
        &self.own
    }
}

/// The rows of a level that are looked at around a box.
fn looked_at((y, h): (usize, usize), w: usize, level: &Level, config: &RankConfig) -> Range<usize> {
    let around = looked_at_around(w, h, level.number, config);
    y.saturating_sub(around)..(y + h + around).min(level.whole)
}

/// Get from the other hands the rows that are looked at around this hand's blobs.
pub(super) async fn complete(
    levels: Vec<Level>,
    blobs: &[Blob],
    bands: &[Band],
    config: &RankConfig,
    crew: &mut dyn Crew,
) -> Result<Shown, Cancelled> {
    if crew.hands() == 1 {
        return Ok(Shown { edges: levels.iter().map(|_| None).collect(), own: levels });
    }
    // What each hand needs of each level beside its own rows; all know that of all.
    let needed = |hand: usize, level: &Level| {
        let own = bands[hand].own(level.number);
        let mine = blobs.iter().filter(|blob| blob.level as usize == level.number && own.contains(&blob.middle()));
        let rows = mine.map(|blob| looked_at((blob.y, blob.h), blob.w, level, config));
        let beyond = rows.filter(|rows| rows.start < own.start || rows.end > own.end);
        beyond.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end)).unwrap_or(own.start..own.start)
    };
    let here = crew.own();
    let parcel = |hand: usize| {
        let mut bytes = Vec::new();
        for level in &levels {
            level.put(&common(&needed(hand, level), &level.own), &mut bytes);
        }
        bytes
    };
    let came = exchange(crew, parcel).await?;
    let mut rest: Vec<&[u8]> = came.iter().map(Vec::as_slice).collect();
    let mut edges = Vec::with_capacity(levels.len());
    for level in &levels {
        let rows = needed(here, level);
        let mut parts = Vec::new();
        for (hand, bytes) in rest.iter_mut().enumerate() {
            let part = common(&rows, &bands[hand].own(level.number));
            if hand == here {
                let mut own = Vec::new();
                level.put(&part, &mut own);
                parts.push(Cow::Owned(own));
            } else {
                parts.push(Cow::Borrowed(take(bytes, part.len() * level.map.width * PIXEL)?));
            }
        }
        edges.push((!rows.is_empty()).then(|| level.of_parts(rows, &parts)));
    }
    Ok(Shown { own: levels, edges })
}

/// The rows that both have, or none.
fn common(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    let start = a.start.max(b.start);
    if start < a.end.min(b.end) { start..a.end.min(b.end) } else { b.start..b.start }
}
