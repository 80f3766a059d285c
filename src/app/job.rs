//! The worker protocol: what can be asked, and what comes back. The pictures' bytes travel beside a request as
//! transferred buffers, in the order that each request names.

use serde::{Deserialize, Serialize};

use super::contribution::Prepared;
use super::cut::FoundLabel;
use crate::geometry::{Homography, Photo, Reference};
use crate::report::ControlPoint;
use crate::vision::{Comparison, Detail, PictureFacts, Stage};

/// Names a job; given by [`super::State`], never given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct JobId(pub u32);

/// What a worker is asked to do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    /// Say what this file is, and that it can be decoded whole. Buffers: the file.
    Inspect,
    /// Compare. Buffers: the photo, then the references in order, then files of features of references.
    Compare {
        /// How many of the buffers are files of features.
        features: usize,
        /// Pixels per millimetre on the first reference, where somebody said so.
        px_per_mm: Option<f64>,
        /// What a person says lies where; none, or four and more.
        control_points: Vec<ControlPoint>,
        /// The unit that each reference shows, by any number; empty when nobody knows.
        units: Vec<Option<u32>>,
        /// How many of the pixels are looked at.
        detail: Detail,
        /// Two workers may share it: the pictures are large enough to be worth it, and not too large for both.
        shared: bool,
    },
    /// Decode for display, for formats that the browser can't show. Buffers: the file.
    Show,
    /// Pictures of parts of the photo and of the first reference, as files without anything but pixels: a
    /// [`CutOrder`](super::cut::CutOrder) as JSON, which only the cutter reads. Buffers: the photo, the reference.
    Cut(String),
    /// The photo as a catalogue would get it: a [`ContributionOrder`](super::contribution::ContributionOrder) as JSON, which only the cutter reads.
    /// Buffers: the photo.
    Prepare(String),
    /// Say which board the photo shows. Buffers: the photo, then files of codes, each of the catalogue with this number.
    Recognise(Vec<u32>),
    /// Draw a side of a design, or set a photo against it: a [`DraftRequest`](super::draft::DraftRequest) as JSON, which only the drafter reads. Buffers: the
    /// files that it names.
    Draft(String),
    /// Write or read a file or a link: a [`PaperRequest`](super::paper::PaperRequest) as JSON, which only the scribe reads. Buffers: the
    /// file that is read.
    Paper(String),
}

impl Request {
    /// True when two workers may share it.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        matches!(self, Self::Compare { shared: true, .. })
    }

    /// From now on it is for one worker alone.
    pub const fn keep_to_one(&mut self) {
        if let Self::Compare { shared, .. } = self {
            *shared = false;
        }
    }
}

/// What a worker answers. [`Reply::Progressed`] and [`Reply::Placed`] come any number of times, one of the others ends the job.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// How far it is; `done` from 0 to 1 within the stage.
    Progressed {
        /// What it is doing.
        stage: Stage,
        /// The share of the stage that is done.
        done: f32,
    },
    /// A first, coarse map onto the first reference, while the comparison goes on.
    Placed(Homography<Photo, Reference>),
    /// Answer to [`Request::Inspect`].
    Inspected(PictureFacts),
    /// Answer to [`Request::Compare`]; `timing_ms` is filled in.
    Compared(Box<Comparison>),
    /// Answer of a worker that has helped another one with its comparison: that one has the result.
    Helped,
    /// Answer to [`Request::Show`]. Buffer: RGBA, row by row.
    Shown {
        /// Pixels.
        width: u32,
        /// Pixels.
        height: u32,
    },
    /// Answer to [`Request::Cut`]: the labels, where they were looked for. Buffers: the files, in the order in which they were wanted.
    Cut(Vec<FoundLabel>),
    /// Answer to [`Request::Prepare`]. Buffer: the file.
    Prepared(Box<Prepared>),
    /// Answer to [`Request::Recognise`]: a [`Recognition`](crate::catalog::Recognition) as JSON, which only the library reads.
    Recognised(String),
    /// Answer to [`Request::Draft`]: a [`DraftReply`](super::draft::DraftReply) as JSON. Buffer: the picture that was drawn.
    Drafted(String),
    /// Answer to [`Request::Paper`]: a [`PaperReply`](super::paper::PaperReply) as JSON. Buffer: the file that was written.
    Paper(String),
    /// It could not be done; a sentence for the person.
    Failed(String),
}

/// How a job ended that gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JobFailure {
    /// The worker said why; its own sentence.
    #[error("{0}")]
    Refused(String),
    /// The worker died: out of memory, or a fault of ours.
    #[error(
        "The work stopped unexpectedly, most likely because the device ran out of memory. Your pictures and findings are safe. Try again, or use smaller pictures."
    )]
    Crashed,
    /// The worker could not be started.
    #[error(
        "A part of Boardwatch that this needs could not be loaded. Nothing of yours is lost: check the connection and reload the page, then try again."
    )]
    NotStarted,
    /// A picture's bytes are no longer here.
    #[error("A picture of this case is no longer in the browser's storage. Drop the same file again to go on.")]
    PictureGone,
}
