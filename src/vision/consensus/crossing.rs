//! The references, compared with one another.

use std::borrow::Cow;

use super::Pair;
use crate::geometry::Warp;
use crate::vision::compare::PairDifferences;
use crate::vision::crew::Crew;
use crate::vision::detail::decode_at;
use crate::vision::examine::{self, ExamineConfig, ExamineError, Files, handed_out};
use crate::vision::{Alignment, Cancelled, Picture, PictureFacts, Stage, Watch};

/// One reference laid on a later one.
pub(in crate::vision) struct Crossing {
    /// Number of the one that was laid on the other, from 0.
    pub(in crate::vision) laid: usize,
    /// Number of the other.
    pub(in crate::vision) on: usize,
    /// How it lies there.
    pub(in crate::vision) alignment: Alignment,
    /// The map; `None` when it was refused.
    pub(in crate::vision) warp: Option<Warp>,
    /// What differs; `None` when it was refused.
    pub(in crate::vision) found: Option<PairDifferences>,
}

impl Crossing {
    pub(in crate::vision) fn pair(&self) -> Pair<'_> {
        let (warp, found) = (self.warp.as_ref(), self.found.as_ref());
        Pair { laid: self.laid, on: self.on, alignment: &self.alignment, warp, found }
    }
}

/// Compares every two of the first references, which `pictures` are; none when there is one alone. Two of them are held as pixels at a time.
pub(in crate::vision) async fn cross(
    files: &Files<'_>,
    pictures: &[PictureFacts],
    config: &ExamineConfig,
    watch: &mut dyn Watch,
    crew: &mut dyn Crew,
) -> Result<Vec<Crossing>, ExamineError> {
    let count = files.references.len().min(config.consensus.most_crossed);
    let pairs = count * count.saturating_sub(1) / 2;
    let last = crew.hands() - 1;
    let config = &config.of_pairs();
    let mut crossings: Vec<Crossing> = Vec::with_capacity(pairs);
    for (laid, first) in files.references.iter().enumerate().take(count.saturating_sub(1)) {
        let mine = (crew.own() == 0).then(|| decode_at(first, config.detail));
        let first_picture = readable(handed_out(mine, first, config.detail, 0, crew).await?, laid)?;
        for (on, second) in files.references.iter().enumerate().take(count).skip(laid + 1) {
            let mut watch = Part { watch, done: crossings.len(), of: pairs };
            watch.progressed(Stage::Decode, 0.0)?;
            let mine = (crew.own() == last).then(|| decode_at(second, config.detail));
            let picture = readable(handed_out(mine, second, config.detail, last, crew).await?, on)?;
            let features = files.features.iter().find(|features| Some(&features.picture) == pictures.get(on));
            let known = examine::Known { features, described: None };
            let first_picture = Cow::Borrowed(&first_picture);
            let (alignment, found) =
                examine::pair(first_picture, Cow::Owned(picture), known, &[], config, &mut watch, crew).await?;
            let warp = alignment.warp().filter(|_| found.is_some());
            crossings.push(Crossing { laid, on, alignment, warp, found });
        }
    }
    Ok(crossings)
}

fn readable(decoded: Result<Picture, crate::vision::DecodeError>, place: usize) -> Result<Picture, ExamineError> {
    decoded.map_err(|error| ExamineError::Reference { number: place + 1, error })
}

/// The stages of one pair are a part of the one stage that all pairs are.
struct Part<'a> {
    watch: &'a mut dyn Watch,
    /// Pairs before this one.
    done: usize,
    /// All of them.
    of: usize,
}

impl Watch for Part<'_> {
    fn progressed(&mut self, stage: Stage, done: f32) -> Result<(), Cancelled> {
        /// The part of a pair's time after which it is aligned.
        const ALIGNED: f32 = 0.4;
        let within = match stage {
            Stage::Decode | Stage::Cross => 0.0,
            Stage::Align => ALIGNED * done,
            Stage::Compare => ALIGNED + (1.0 - ALIGNED) * done,
        };
        self.watch.progressed(Stage::Cross, (self.done as f32 + within) / self.of as f32)
    }
}
