//! The whole way from files to ranked differences.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::align::{AlignConfig, Described, align_together, align_with_points_together};
use super::compare::{CompareConfig, PairDifferences, compare_pair_together};
use super::consensus::{self, ConsensusConfig, Crossing, cross};
use super::crew::{Alone, Crew, at_once};
use super::detail::{decode_at, size_at, told_in_full};
use super::{
    Alignment, Cancelled, Comparison, DecodeError, Detail, Difference, Limits, Picture, PictureFacts, ReferenceFeatures,
    ReferenceResult, Stage, Standing, Verdict, Watch, closeup, probe,
};
use crate::geometry::{Homography, Photo, Point, Reference};

/// The version of the comparison's format.
pub const COMPARISON_VERSION: u32 = 1;
/// This programme and its version, as its files say who made them.
pub const MADE_BY: &str = concat!("boardwatch ", env!("CARGO_PKG_VERSION"));

/// What steers an examination beyond the pictures themselves.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ExamineConfig {
    /// The map's numbers.
    pub align: AlignConfig,
    /// The comparison's numbers.
    pub compare: CompareConfig,
    /// Places that a person marked as the same on the photo and on the first reference; none, or four and more.
    pub control_points: Vec<(Point<Photo>, Point<Reference>)>,
    /// How large things are.
    pub scale: Scale,
    /// How many references become one judgement.
    pub consensus: ConsensusConfig,
    /// The unit that each reference shows, by any number; those without one are units of their own.
    pub units: Vec<Option<u32>>,
    /// How many of the pictures' pixels are looked at.
    pub detail: Detail,
}

impl ExamineConfig {
    /// For the pairs that a consensus is made of.
    pub(super) fn of_pairs(&self) -> Self {
        let compare = CompareConfig { most_differences: self.consensus.most_of_pair, ..self.compare };
        Self { compare, ..self.clone() }
    }
}

/// How many reference pixels a millimetre has.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Scale {
    /// Nobody said.
    #[default]
    Unknown,
    /// Reference pixels per millimetre.
    PxPerMm(f64),
    /// Width and height in millimetres of what the first reference shows from edge to edge, such as a scanned or cropped board.
    FrameMm(f64, f64),
}

impl Scale {
    /// Reference pixels per millimetre on a reference of this size.
    #[must_use]
    pub fn px_per_mm(self, reference: &PictureFacts) -> Option<f64> {
        match self {
            Self::Unknown => None,
            Self::PxPerMm(density) => Some(density),
            Self::FrameMm(width, height) => {
                let (x, y) = (f64::from(reference.width) / width, f64::from(reference.height) / height);
                // The two may differ by the frame's margins: the coarser one promises less.
                Some(x.min(y))
            }
        }
    }
}

/// Why there is no comparison.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExamineError {
    /// The photo is no picture that can be read.
    #[error("The photo could not be read. {0}")]
    Photo(DecodeError),
    /// A reference is no picture that can be read.
    #[error("Reference {number} could not be read. {error}")]
    Reference {
        /// Counted from 1.
        number: usize,
        /// Why.
        error: DecodeError,
    },
    /// A close-up is no picture that can be read.
    #[error("Close-up {number} could not be read. {error}")]
    CloseUp {
        /// Counted from 1.
        number: usize,
        /// Why.
        error: DecodeError,
    },
    /// There is nothing to compare with.
    #[error("At least one reference is needed: a picture of a board that is known to be good.")]
    NoReference,
    /// The control points fix no map.
    #[error("The control points fix no map: four or more are needed, not all on one line. Spread them over the board.")]
    ControlPoints,
    /// Nobody waits for it.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

/// The files of a comparison, as they came.
#[derive(Debug, Clone, Copy)]
pub struct Files<'a> {
    /// The photo in question.
    pub photo: &'a [u8],
    /// Pictures of good units; differences are placed on the first.
    pub references: &'a [&'a [u8]],
    /// Features of references, worked out before, in any order; those of other pictures are passed over.
    pub features: &'a [ReferenceFeatures],
    /// Further photos of parts of the unit in question.
    pub closeups: &'a [&'a [u8]],
}

impl<'a> Files<'a> {
    /// A photo and its references alone.
    #[must_use]
    pub const fn of(photo: &'a [u8], references: &'a [&'a [u8]]) -> Self {
        Self { photo, references, features: &[], closeups: &[] }
    }

    fn count(&self) -> usize {
        1 + self.references.len() + self.closeups.len()
    }
}

/// Compares a photo with its references, from the files' bytes to ranked differences. `timing_ms` stays empty.
///
/// Only two pictures are held as pixels at a time, and a reference beside them while close-ups lie on it, so that memory does not grow with
/// their number.
///
/// # Errors
/// [`ExamineError`] when a file can't be read, there is no reference, or `watch` cancels. A board that can't be aligned is
/// no error but a verdict.
pub fn compare_files(files: &Files<'_>, config: &ExamineConfig, watch: &mut dyn Watch) -> Result<Comparison, ExamineError> {
    at_once(compare_files_together(files, config, watch, &mut Alone))
}

/// The same, by several hands that all do this with the same files and the same configuration: each comes to the same comparison.
///
/// # Errors
/// As [`compare_files`], and [`ExamineError::Cancelled`] when one of the hands is no longer there.
pub async fn compare_files_together(
    files: &Files<'_>,
    config: &ExamineConfig,
    watch: &mut dyn Watch,
    crew: &mut dyn Crew,
) -> Result<Comparison, ExamineError> {
    let mut decoded = (0..files.count()).map(|done| done as f32 / files.count() as f32).skip(1);
    let mut next = || decoded.next().unwrap_or(1.0);
    watch.progressed(Stage::Decode, 0.0)?;
    let first = files.references.first().ok_or(ExamineError::NoReference)?;
    let (last, detail) = (crew.hands() - 1, config.detail);
    // Every hand decodes and describes what is its own before anything is exchanged: so it never holds both pictures and all that is
    // needed to describe one.
    let photo_picture = (crew.own() == 0).then(|| decode_at(files.photo, detail));
    let mut first_reference = Some((crew.own() == last).then(|| decode_at(first, detail)));
    let mut described = if crew.hands() > 1 && config.control_points.is_empty() {
        // A reference whose features may be known already is not described in vain.
        let reference = first_reference.as_ref().and_then(Option::as_ref).filter(|_| files.features.is_empty());
        let mine = photo_picture.as_ref().or(reference);
        mine.and_then(|decoded| decoded.as_ref().ok()).map(|picture| Described::of(picture, &config.align))
    } else {
        None
    };
    let photo_picture = handed_out(photo_picture, files.photo, detail, 0, crew).await?.map_err(ExamineError::Photo)?;
    let photo_facts = PictureFacts::of(files.photo, &photo_picture);
    let mut photo_picture: Cow<'_, Picture> = Cow::Owned(photo_picture);
    let factor = f64::from(detail.pixels_for_one());
    let mut watch = FirstPlaced { watch, is_first: true, factor };
    let mut results: Vec<ReferenceResult> = Vec::new();
    let mut found: Vec<Option<PairDifferences>> = Vec::new();
    let mut closeups = Vec::new();
    let on_decoded = |(photo, reference): &(Point<Photo>, Point<Reference>)| {
        (Point::new(photo.x / factor, photo.y / factor), Point::new(reference.x / factor, reference.y / factor))
    };
    let control_points: Vec<_> = config.control_points.iter().map(on_decoded).collect();
    let of_pairs = if files.references.len() > 1 { config.of_pairs() } else { config.clone() };
    for (place, bytes) in files.references.iter().enumerate() {
        watch.progressed(Stage::Decode, next())?;
        let mine = first_reference.take().unwrap_or_else(|| (crew.own() == last).then(|| decode_at(bytes, detail)));
        let reference = handed_out(mine, bytes, detail, last, crew).await?;
        let reference = reference.map_err(|error| ExamineError::Reference { number: place + 1, error })?;
        let mut reference: Cow<'_, Picture> = Cow::Owned(reference);
        let points: &[_] = if place == 0 { &control_points } else { &[] };
        let facts = PictureFacts::of(bytes, &reference);
        let features = files.features.iter().find(|features| features.picture == facts);
        let is_last = place + 1 == files.references.len();
        let photo = if is_last { std::mem::take(&mut photo_picture) } else { Cow::Borrowed(photo_picture.as_ref()) };
        // They belong to the first reference, which is in memory now.
        let belonging: &[_] = if place == 0 { files.closeups } else { &[] };
        let given = if belonging.is_empty() { std::mem::take(&mut reference) } else { Cow::Borrowed(reference.as_ref()) };
        let known = Known { features, described: described.take() };
        let (alignment, pair) = pair(photo, given, known, points, &of_pairs, &mut watch, crew).await?;
        let unit = config.units.get(place).copied().flatten();
        results.push(ReferenceResult { picture: facts, alignment, unit, standing: Standing::default() });
        found.push(pair);
        watch.is_first = false;
        for (number, bytes) in (1..).zip(belonging) {
            let reference = Decoded { picture: &reference, facts, features };
            watch.progressed(Stage::Decode, next())?;
            let picture = decode_at(bytes, detail).map_err(|error| ExamineError::CloseUp { number, error })?;
            let facts = PictureFacts::of(bytes, &picture);
            closeups.push(closeup::examine(&picture, facts, &reference, config, &mut watch, crew).await?);
        }
    }
    drop(photo_picture);
    let pictures: Vec<PictureFacts> = results.iter().map(|result| result.picture).collect();
    let crossings = cross(files, &pictures, config, watch.watch, crew).await?;
    let differences = judged(&photo_facts, &mut results, &found, &crossings, config);
    let first = results.first().ok_or(ExamineError::NoReference)?;
    let (smallest_part_px, blind_areas) = match found.swap_remove(0) {
        Some(pair) => (pair.smallest_part_px, pair.blind_areas),
        None => (0.0, Vec::new()),
    };
    let mut comparison = Comparison {
        version: COMPARISON_VERSION,
        made_by: MADE_BY.to_owned(),
        photo: photo_facts,
        alignment: first.alignment.clone(),
        limits: Limits { px_per_mm: config.scale.px_per_mm(&first.picture), smallest_part_px, detail: Detail::Full, blind_areas },
        references: results,
        closeups,
        differences,
        parameters: parameters(config),
        timing_ms: BTreeMap::new(),
    };
    told_in_full(&mut comparison, files, config);
    Ok(comparison)
}

/// The picture that hand `from` has decoded, for all; where it could not, every hand finds that out for itself.
pub(super) async fn handed_out(
    mine: Option<Result<Picture, DecodeError>>,
    file: &[u8],
    detail: Detail,
    from: usize,
    crew: &mut dyn Crew,
) -> Result<Result<Picture, DecodeError>, Cancelled> {
    if crew.hands() == 1 {
        return Ok(mine.unwrap_or_else(|| decode_at(file, detail)));
    }
    let pixels = mine.as_ref().and_then(|decoded| decoded.as_ref().ok()).map_or(&[][..], |picture| &picture.rgb);
    let mut came = crew.swap(&vec![pixels; crew.hands()]).await?;
    Ok(match mine {
        Some(decoded) => decoded,
        None => {
            let rgb = came.swap_remove(from);
            probe(file).and_then(|header| {
                let (width, height) = size_at((header.width, header.height), detail);
                if rgb.len() == width * height * 3 { Ok(Picture { width, height, rgb }) } else { decode_at(file, detail) }
            })
        }
    })
}

/// A reference while it is in memory.
pub(super) struct Decoded<'a> {
    pub(super) picture: &'a Picture,
    pub(super) facts: PictureFacts,
    /// Where somebody worked them out before.
    pub(super) features: Option<&'a ReferenceFeatures>,
}

/// What need not be worked out any more.
pub(super) struct Known<'a> {
    /// The reference's features, where somebody worked them out before.
    pub(super) features: Option<&'a ReferenceFeatures>,
    /// This hand's own picture.
    pub(super) described: Option<Described>,
}

/// The photo on one reference, and what differs unless it was refused.
pub(super) async fn pair(
    photo: Cow<'_, Picture>,
    reference: Cow<'_, Picture>,
    known: Known<'_>,
    points: &[(Point<Photo>, Point<Reference>)],
    config: &ExamineConfig,
    watch: &mut dyn Watch,
    crew: &mut dyn Crew,
) -> Result<(Alignment, Option<PairDifferences>), ExamineError> {
    watch.progressed(Stage::Align, 0.0)?;
    let mut alignment = if points.is_empty() {
        align_together(&photo, &reference, known.features, known.described, &config.align, watch, crew).await?
    } else {
        let aligned = align_with_points_together(&photo, &reference, points, &config.align, watch, crew);
        aligned.await?.ok_or(ExamineError::ControlPoints)?
    };
    let Some(warp) = alignment.warp().filter(|_| alignment.verdict != Verdict::Refused) else { return Ok((alignment, None)) };
    let found = compare_pair_together(photo, reference, &warp, &config.compare, watch, crew).await?;
    alignment.coverage = found.coverage;
    alignment.regions.iter_mut().zip(found.region_coverage).for_each(|(region, coverage)| region.coverage = coverage);
    Ok((alignment, Some(found)))
}

/// Passes on where the photo lies on the first reference alone: that is the one that is shown.
struct FirstPlaced<'a> {
    watch: &'a mut dyn Watch,
    is_first: bool,
    /// Pixels of the whole pictures for one of those that are compared, along a side.
    factor: f64,
}

impl Watch for FirstPlaced<'_> {
    fn progressed(&mut self, stage: Stage, done: f32) -> Result<(), Cancelled> {
        self.watch.progressed(stage, done)
    }

    fn placed(&mut self, coarse: &Homography<Photo, Reference>) {
        if self.is_first {
            self.watch.placed(&coarse.enlarged(self.factor));
        }
    }
}

/// One list out of all comparisons, boxes on the first reference: without a map onto it there is no place for a difference. Fills in what
/// the references say of each other.
fn judged(
    photo: &PictureFacts,
    results: &mut [ReferenceResult],
    found: &[Option<PairDifferences>],
    crossings: &[Crossing],
    config: &ExamineConfig,
) -> Vec<Difference> {
    let count = results.len();
    let warps: Vec<_> = results.iter().map(|result| result.alignment.warp()).collect();
    let photo_on = results.iter().zip(&warps).zip(found).enumerate().map(|(on, ((result, warp), found))| consensus::Pair {
        laid: count,
        on,
        alignment: &result.alignment,
        warp: warp.as_ref().filter(|_| found.is_some()),
        found: found.as_ref(),
    });
    let pairs: Vec<consensus::Pair> = photo_on.chain(crossings.iter().map(Crossing::pair)).collect();
    let sizes: Vec<(f64, f64)> = results.iter().map(|result| result.picture.size()).chain([photo.size()]).collect();
    let units: Vec<Option<u32>> = results.iter().map(|result| result.unit).collect();
    let record = consensus::Record { pairs: &pairs, sizes: &sizes, units: &units };
    let CompareConfig { most_differences, flagged_from, .. } = config.compare;
    let (differences, standings) = consensus::judge(&record, &config.consensus, most_differences, flagged_from);
    results.iter_mut().zip(standings).for_each(|(result, standing)| result.standing = standing);
    differences
}

/// Every number that steers the method, by its name in the code.
fn parameters(config: &ExamineConfig) -> BTreeMap<String, f64> {
    let mut named = BTreeMap::new();
    flatten("align", &serde_json::json!(config.align), &mut named);
    flatten("compare", &serde_json::json!(config.compare), &mut named);
    flatten("consensus", &serde_json::json!(config.consensus), &mut named);
    named
}

fn flatten(name: &str, value: &serde_json::Value, named: &mut BTreeMap<String, f64>) {
    if let Some(number) = value.as_f64() {
        named.insert(name.to_owned(), number);
    }
    for (part, value) in value.as_object().into_iter().flatten() {
        flatten(&format!("{name}.{part}"), value, named);
    }
}
