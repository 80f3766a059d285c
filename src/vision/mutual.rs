//! References without a photo: do they agree with one another? Boards of one's own, when nobody has a reference.

use serde::{Deserialize, Serialize};

use super::consensus::{self, cross};
use super::crew::{Alone, Crew, at_once};
use super::examine::{ExamineConfig, ExamineError, Files};
use super::{Alignment, Detail, PictureFacts, Reason, Standing, Verdict, Watch, probe};

/// What so many pictures of one board say of each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Mutual {
    /// The pictures, in the order given.
    pub references: Vec<MutualReference>,
    /// Every two that were compared.
    pub pairs: Vec<MutualPair>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MutualReference {
    /// Which picture.
    #[serde(flatten)]
    pub picture: PictureFacts,
    /// What the others say of it. Places lie on it, and on the one that most of the others lie on.
    pub standing: Standing,
}

/// Two of them, the one laid on the other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct MutualPair {
    /// Number of the one that was laid on the other, from 0.
    pub laid: usize,
    /// Number of the other.
    pub on: usize,
    /// Whether they show the same board.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// The part of the other that was compared, 0 to 1.
    pub coverage: f64,
}

/// Compares pictures of several units of one board with one another. `config` says which show the same unit, and how many are compared
/// (the first [`ConsensusConfig::most_crossed`](super::ConsensusConfig)). All pixels are looked at.
///
/// # Errors
/// [`ExamineError`] when a file can't be read, there is none, or `watch` cancels.
pub fn compare_references(files: &Files<'_>, config: &ExamineConfig, watch: &mut dyn Watch) -> Result<Mutual, ExamineError> {
    at_once(compare_references_together(files, config, watch, &mut Alone))
}

/// The same, by several hands.
///
/// # Errors
/// As [`compare_references`], and [`ExamineError::Cancelled`] when one of the hands is no longer there.
pub async fn compare_references_together(
    files: &Files<'_>,
    config: &ExamineConfig,
    watch: &mut dyn Watch,
    crew: &mut dyn Crew,
) -> Result<Mutual, ExamineError> {
    if files.references.is_empty() {
        return Err(ExamineError::NoReference);
    }
    let mut pictures = Vec::new();
    for (place, file) in files.references.iter().enumerate() {
        let header = probe(file).map_err(|error| ExamineError::Reference { number: place + 1, error })?;
        pictures.push(PictureFacts { sha256: super::Sha256::of(file), width: header.width, height: header.height });
    }
    // Places are told as they are found.
    let config = &ExamineConfig { detail: Detail::Full, ..config.clone() };
    let crossings = cross(files, &pictures, config, watch, crew).await?;
    let pairs = crossings.iter().map(|crossing| {
        let Alignment { verdict, reason, coverage, .. } = crossing.alignment;
        MutualPair { laid: crossing.laid, on: crossing.on, verdict, reason, coverage }
    });
    let standings = consensus::standings(&pictures, &crossings, config);
    let references = pictures.into_iter().zip(standings).map(|(picture, standing)| MutualReference { picture, standing });
    Ok(Mutual { references: references.collect(), pairs: pairs.collect() })
}
