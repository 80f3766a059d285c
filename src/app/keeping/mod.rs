//! Looking after what this browser keeps: names, the bin, room, files to keep elsewhere. A screen of its own, loaded when somebody opens it,
//! beside the page's programme. What both keep stands in the browser's storage; there they meet.

mod update;

use crate::app::{CaseId, CaseSummary};

pub use update::update;

/// What is in the bin is deleted for good after so many milliseconds: thirty days.
pub const BIN_MS: f64 = 30.0 * 86_400_000.0;

/// All that the screen knows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Keeping {
    /// Every case, last changed first, those in the bin included, or why they can't be listed; `None` until that is known.
    pub cases: Option<Result<Vec<KeptCase>, String>>,
    /// How much room there is; `None` until that is known, and where the browser does not say.
    pub room: Option<Room>,
    /// The case whose name is being written.
    pub renaming: Option<CaseId>,
    /// What would be deleted for good: it is asked first.
    pub sure: Option<Vec<CaseId>>,
    /// What is under way.
    pub work: Option<Work>,
    /// What came of the last thing that was done.
    pub said: Option<Said>,
}

/// A case in this browser.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptCase {
    /// What its card says.
    pub summary: CaseSummary,
    /// When it was put into the bin, in milliseconds since 1970.
    pub deleted_ms: Option<f64>,
    /// Bytes of its pictures; one that several cases have counts for each.
    pub bytes: u64,
    /// How many of its pictures are not in this browser.
    pub lost: usize,
}

/// Room in the browser's storage, in bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Room {
    /// What this site takes.
    pub used: f64,
    /// What the browser would let it take.
    pub most: f64,
    /// What was fetched of catalogues and can be fetched again.
    pub fetched: f64,
    /// The browser has promised not to clear it by itself.
    pub is_safe: bool,
}

/// Something that takes a while.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Work {
    /// What.
    pub kind: WorkKind,
    /// The share that is done.
    pub done: f32,
}

/// What takes a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkKind {
    /// Writing a file.
    Saving,
    /// Reading one.
    Opening,
}

/// A sentence, and whether it is a bad one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The sentence.
    pub text: String,
    /// Something did not work.
    pub is_bad: bool,
}

/// What can happen there.
#[derive(Debug, Clone, PartialEq)]
pub enum KeepingAction {
    /// The cases of this browser.
    Listed(Result<Vec<KeptCase>, String>),
    /// How much room there is.
    RoomKnown(Room),
    /// Something was stored, here or in another tab.
    Changed,
    /// How far the work is.
    Progressed(f32),
    /// What was wanted is done: a sentence, or none where one sees it; or why not.
    Done(Result<Option<String>, String>),

    /// Write another name for the case; or stop writing.
    StartRenaming(Option<CaseId>),
    /// Call it this.
    Rename(CaseId, String),
    /// Make another one like it.
    Duplicate(CaseId),
    /// Put it into the bin.
    Delete(CaseId),
    /// Take it out.
    Restore(CaseId),
    /// Ask whether these are to be deleted for good; or don't.
    AskToDelete(Option<Vec<CaseId>>),
    /// Delete for good what was asked about.
    DeleteForGood,
    /// Let go of what can be fetched again.
    FreeFetched,
    /// Have the browser promise not to clear anything.
    AskForSafety,
    /// Write these cases into a file; all of them when there is none.
    Save(Vec<CaseId>),
    /// A file with cases was chosen.
    FileGiven,
    /// Open the case on the workbench.
    Open(CaseId),
    /// Back to the start.
    Close,
}

/// What is to be done about it.
#[derive(Debug, Clone, PartialEq)]
pub enum KeepingEffect {
    /// List the cases and measure the room; answered by `Listed` and `RoomKnown`.
    Look,
    /// Answered by `Done`, as are all that follow.
    Rename(CaseId, String),
    /// Under this title.
    Duplicate(CaseId, String),
    /// Into the bin (true), or out of it.
    Bin(CaseId, bool),
    /// For good.
    Delete(Vec<CaseId>),
    /// Forget the files of catalogues.
    FreeFetched,
    /// Ask the browser.
    AskForSafety,
    /// Write a file of these cases.
    Save(Vec<CaseId>),
    /// Read the file that was given.
    Read,
    /// Another address of the page: what stands behind `#`.
    Go(String),
}
