//! What the fits come to: one board, several that can't be told apart, or none.

use serde::{Deserialize, Serialize};

use super::Listed;
use super::search::Proposal;
use super::verify::Fit;
use crate::geometry::{Homography, Photo, Reference};
use crate::vision::order::rising;

/// Cells with a feature in its place from which a board is as likely the photo's as not. Hand-held photos of 70 of 72 drawn boards showed 10
/// cells and more of their own, half of them 30 and more; the best of 1,650 other references had 7 at most for 39 of 40 boards that were
/// not among them, and 9 for one.
const EVEN_CELLS: f64 = 9.5;
/// Cells that make the odds *e* times as good: 7 cells mean 6 %, 12 mean 94 %.
const CELLS_A_STEP: f64 = 0.9;
/// A board of which so many standard deviations fewer features are found than of the best is another one. What two photos show again of
/// one board scatters like counts do.
const APART: f64 = 1.7;
/// Candidates that are told of at most.
const MOST_CANDIDATES: usize = 5;
/// What is less likely than this is not told of.
const LEAST_CONFIDENCE: f64 = 0.02;

/// What the photo may show.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Which of the references.
    pub reference: usize,
    /// The photo is a mirror image, or a view through the board.
    pub mirrored: bool,
    /// Codes of the reference that the photo shows where they should be.
    pub inliers: usize,
    /// Cells of the reference, of a hundred, in which one of these lies.
    pub cells: usize,
    /// How likely it is this board, 0 to 1, from boards that were drawn.
    pub confidence: f64,
    /// Where the photo's pixels lie on the reference, in pixels of both, pixel centres at .5; mirroring included.
    pub map: Homography<Photo, Reference>,
}

/// What can be said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// It is the first candidate's board.
    Known,
    /// It is the board of one of the first so many candidates, and the photo does not tell of which: revisions of one board, or siblings.
    Ambiguous(usize),
    /// It is none of the boards that there are references of, or the photo shows too little of it.
    Unknown,
}

/// Which board a photo shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Identified {
    /// What can be said.
    pub identity: Identity,
    /// At most one of each board, best first; those of an unknown board are guesses.
    pub candidates: Vec<Candidate>,
}

/// Judges the fits of a photo that is `width` pixels wide.
pub(super) fn judged(fits: Vec<(Proposal, Fit)>, references: &[Listed<'_>], width: f64) -> Identified {
    let fits = rising(fits, |(_, fit)| [-(fit.found as f64), -(fit.cells as f64), 0.0]);
    let mut best: Vec<(Proposal, Fit)> = Vec::new();
    let board = |proposal: &Proposal| references[proposal.reference].board;
    for (proposal, fit) in fits {
        // A few cells full of features are a part that many boards have.
        if is_likely(&fit) >= LEAST_CONFIDENCE && best.iter().all(|(known, _)| board(known) != board(&proposal)) {
            best.push((proposal, fit));
        }
    }
    let most = best.first().map_or(0, |(_, fit)| fit.found);
    let sure = best.iter().map(|(_, fit)| is_likely(fit)).fold(0.0, f64::max);
    let weights: Vec<f64> = best.iter().map(|(_, fit)| is_likely(fit) * libm::exp(-behind(fit.found, most))).collect();
    let all: f64 = weights.iter().sum();
    let candidates: Vec<Candidate> = best
        .iter()
        .zip(&weights)
        .take(MOST_CANDIDATES)
        .map(|((proposal, fit), weight)| Candidate {
            reference: proposal.reference,
            mirrored: proposal.mirrored,
            inliers: fit.found,
            cells: fit.cells,
            confidence: sure * weight / all,
            map: if proposal.mirrored { mirror(width).then(&fit.map) } else { fit.map },
        })
        .collect();
    let close = |(_, fit): &&(Proposal, Fit)| behind(fit.found, most) < APART && is_likely(fit) >= 0.5;
    let identity = match best.iter().take(MOST_CANDIDATES).filter(close).count() {
        _ if sure < 0.5 => Identity::Unknown,
        0 | 1 => Identity::Known,
        several => Identity::Ambiguous(several),
    };
    Identified { identity, candidates }
}

/// How likely the photo shows this board or one of its siblings.
fn is_likely(fit: &Fit) -> f64 {
    1.0 / (1.0 + libm::exp((EVEN_CELLS - fit.cells as f64) / CELLS_A_STEP))
}

/// By how many standard deviations fewer were found.
fn behind(found: usize, most: usize) -> f64 {
    (most - found) as f64 / ((most + found).max(1) as f64).sqrt()
}

/// The mirror image of a picture.
fn mirror(width: f64) -> Homography<Photo, Photo> {
    Homography::new([-1.0, 0.0, width, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0])
}
