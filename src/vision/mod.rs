//! Pixels in, numbers out: decode, align, compare. Deterministic: no clock, no unseeded randomness, no browser.
//!
//! [`compare_files`] goes the whole way, from files to a [`Comparison`]; [`decode()`], [`align()`] and [`compare_pair`] are its
//! three steps. A board that can't be aligned is an outcome with a [`Reason`], not an error; the only way to
//! stop early is the caller's [`Watch`].

mod align;
mod closeup;
mod compare;
mod comparison;
mod connected;
mod consensus;
mod crew;
mod cutting;
mod decode;
mod detail;
mod drawing;
mod examine;
mod hiding;
mod identify;
mod labels;
mod layer;
mod marking;
mod mutual;
mod order;
mod overlay;
mod picture;
mod quality;
mod sha256;
mod watch;
mod written;

pub use align::{
    AlignConfig, FeaturesError, PointFit, PointResidual, ReferenceFeatures, align, align_with_points, fit_points, map_of_points,
};
pub use compare::{
    BlindConfig, CompareConfig, DifferenceConfig, Evidence, GroupConfig, HeightConfig, NormaliseConfig, PairDifferences,
    ParallaxConfig, RankConfig, Strictness, SurroundingsConfig, compare_pair, evidence,
};
pub use comparison::{
    Alignment, BlindArea, BlindReason, CloseUp, Comparison, Difference, DifferenceKind, DifferenceReason, KeptOut, Limits,
    PictureFacts, REGIONS, Reason, ReferenceResult, Region, Residual, Spread, Standing, Verdict,
};
pub use consensus::ConsensusConfig;
pub use crew::{Alone, Came, Crew, Linked, at_once};
pub use cutting::{View, to_fine_jpeg, to_jpeg, to_png};
pub use decode::{
    DecodeError, Format, Header, LARGEST_FILE, LONGEST_SIDE, MOST_PIXELS, decode, has_only_pixels, probe, stated_size,
};
pub use detail::Detail;
pub use drawing::{
    DrawingAlignment, DrawnReference, Footprint, UnlistedEvidence, UnlistedPart, drawing_comparison, lay_drawing,
    unlisted_evidence, unlisted_parts,
};
pub use examine::{
    COMPARISON_VERSION, ExamineConfig, ExamineError, Files, MADE_BY, Scale, compare_files, compare_files_together,
};
pub use hiding::{Hidden, Hiding};
pub use identify::{Candidate, Codes, CodesError, Identified, Identity, Listed, MOST_CODES, identify, identify_features};
pub use labels::{Label, LabelKind, labels};
pub use marking::{Mark, draw_lines, draw_marks};
pub use mutual::{Mutual, MutualPair, MutualReference, compare_references, compare_references_together};
pub(crate) use order::rising;
pub use overlay::overlay;
pub use picture::{Picture, Plane};
pub use quality::Quality;
pub use sha256::{NotASha256, Sha256};
pub use watch::{Cancelled, Ignore, Stage, StageClock, Watch};
