//! What the programme knows.

use super::annex::Annex;
use super::built_in::BuiltIn;
use super::case::{Case, CaseId, CaseSummary};
use super::contribution::ContributionState;
use super::hold::Hold;
use super::job::JobId;
use super::library::{KeptCatalogue, may_ask};
use super::memory::MemoryBudget;
use super::offline::Offline;
use super::paper::{ExhibitNote, Form, Identity, Opened};
use super::settings::Settings;
use super::share::{Draft, ShareState};
use super::view::View;
use crate::geometry::{Homography, Photo, Reference};
use crate::report::{History, Hosted, PictureEntry, Report, Told};
use crate::sorted::{SortedMap, SortedSet};
use crate::vision::{Detail, Sha256, Stage};

/// Everything the programme knows. The screen follows from it: an open case is the workbench, an opened report its
/// article; else it is the library or the start.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// The two pictures on the start screen, or beside an opened report.
    pub slots: [SlotState; 2],
    /// Further references of the same side, which go with the known-good one into the next case and are fetched there.
    pub further: Vec<PictureEntry>,
    /// The open case.
    pub case: Option<Case>,
    /// The stored case that was asked for last and has not come yet.
    pub opening: Option<CaseId>,
    /// Which tab may change the open case.
    pub hold: Hold,
    /// Undo and redo of the open case.
    pub history: History,
    /// How the open case is looked at.
    pub view: View,
    /// How the person likes to work.
    pub settings: Settings,
    /// What a link opened.
    pub opened: Option<OpenedReport>,
    /// The share dialog, when it is open.
    pub share: Option<ShareState>,
    /// The dialog in which a photo is given to a catalogue, when it is open.
    pub contribution: Option<ContributionState>,
    /// Who signs in this browser, once that was asked.
    pub identity: Option<Identity>,
    /// A key is being made.
    pub making_key: bool,
    /// What is running.
    pub jobs: SortedMap<JobId, JobState>,
    /// The stored cases, last changed first; `None` until they are listed.
    pub cases: Option<Vec<CaseSummary>>,
    /// The case that was put into the bin last, while it is there.
    pub binned: Option<CaseSummary>,
    /// Whether work is being kept.
    pub storage: Storage,
    /// The built-in catalogue.
    pub catalogue: CatalogueState,
    /// The screen of the annex that is open.
    pub annex: Option<Annex>,
    /// The catalogues that the person has agreed to the hosts of; `None` until those that the browser keeps are known.
    pub catalogues: Option<Vec<KeptCatalogue>>,
    /// Pictures whose bytes are in memory, so that the stage can show them.
    pub loaded: SortedSet<Sha256>,
    /// Pictures of catalogues that are on their way.
    pub fetching: SortedSet<Sha256>,
    /// Pictures of the open case that were looked for and are not in this browser.
    pub lost: SortedSet<Sha256>,
    /// What went wrong and was not yet dismissed, oldest first.
    pub notices: Vec<Notice>,
    /// True while the sample board is being fetched: it is compared by itself once both pictures are there.
    pub opening_sample: bool,
    /// The site as this browser keeps it.
    pub offline: Offline,
    /// How much memory a comparison may take here.
    pub memory: MemoryBudget,
    /// The page's address, without what stands behind `#`.
    pub page: String,
    /// The names of new cases grow out of it.
    pub seed: u32,
    /// The last number given to a job or a notice.
    pub last_number: u32,
}

/// The two places for pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Slot {
    /// A photo of a unit that is believed to be as it should be.
    KnownGood,
    /// The photo in question.
    YourBoard,
}

impl Slot {
    /// Both, in the order of [`State::slots`].
    pub const BOTH: [Self; 2] = [Self::KnownGood, Self::YourBoard];

    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::KnownGood => Self::YourBoard,
            Self::YourBoard => Self::KnownGood,
        }
    }
}

/// What is in a slot.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum SlotState {
    /// Nothing.
    #[default]
    Empty,
    /// A file that a worker is looking at.
    Inspecting(Offer),
    /// A picture of the catalogue that is on its way.
    Fetching(PictureEntry),
    /// A picture that can be decoded.
    Ready(PictureEntry),
}

/// Names an offered file until its hash is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OfferId(pub u32);

/// A file that was dropped, chosen, pasted or taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its name until its hash is known, given by the shell.
    pub id: OfferId,
    /// File name.
    pub title: String,
    /// Size of the file.
    pub bytes: u64,
    /// What it is for, where the person said so before choosing it.
    pub purpose: Option<Purpose>,
    /// It begins like a report, and not like a picture alone.
    pub is_report: bool,
    /// It may be a file of a design, and is no picture.
    pub is_design: bool,
}

/// What a picture that is offered to the open case is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// It takes the place of the photo: a new case with the same references, and the findings where they are on the board.
    Photo,
    /// It is one more reference.
    Reference,
    /// It lies over the board.
    Layer,
    /// It is no picture: a report that is to be added to the one that is open.
    Report,
}

/// A running job.
#[derive(Debug, Clone, PartialEq)]
pub struct JobState {
    /// What it is for.
    pub task: JobTask,
    /// Where it is; `None` while it waits for a worker.
    pub progress: Option<(Stage, f32)>,
    /// Roughly how the photo lies on the first reference, as soon as a comparison knows.
    pub placed: Option<Homography<Photo, Reference>>,
    /// What a comparison was told.
    pub told: Told,
    /// How many of the pixels a comparison looks at.
    pub detail: Detail,
}

impl JobState {
    /// A job that waits for a worker.
    pub(super) const fn new(task: JobTask) -> Self {
        let told = Told { px_per_mm: None, control_points: Vec::new(), units: Vec::new() };
        Self { task, progress: None, placed: None, told, detail: Detail::Full }
    }
}

/// What a job is for.
#[derive(Debug, Clone, PartialEq)]
pub enum JobTask {
    /// Looking at an offered file.
    Inspect(Offer),
    /// Comparing the open case.
    Compare,
    /// Drawing the design of these files.
    Draw(Vec<Offer>),
    /// Laying this drawing over the board of the open case.
    Check(Box<PictureEntry>),
    /// Writing or reading something; the files that are needed no longer than that.
    Paper(Errand, Vec<OfferId>),
    /// Cutting pictures for this report.
    Cut(Box<Draft>),
    /// Making the photo as a catalogue would get it.
    Prepare,
    /// Cutting these pictures to be looked at before they are shared.
    Preview(Vec<ExhibitNote>),
}

/// What the scribe was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errand {
    /// To open a link.
    OpenLink,
    /// To open a file; what is open stays until it is known to be a report.
    OpenFile,
    /// To add a report to the one that is open.
    Add,
    /// The link of the share dialog.
    Link,
    /// A link to a bundle on a web host.
    Hosted,
    /// The report as a file.
    Save(Form),
    /// Something else as a file.
    Export,
    /// Findings of a file.
    Import,
    /// Who signs; true when a key is being made.
    Key(bool),
    /// A photo as a file for a catalogue; true when the share sheet is to have it.
    Contribution(bool),
}

impl Errand {
    /// True for what is of no use without the case or report that it is about. What a person saves is finished all the same.
    #[must_use]
    pub const fn ends_with_case(self) -> bool {
        matches!(self, Self::OpenLink | Self::Add | Self::Link | Self::Hosted | Self::Import | Self::Contribution(_))
    }
}

/// A report that a link opened, or why it was not opened.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct OpenedReport {
    /// The link's fragment, so that a reload opens it again.
    pub fragment: String,
    /// The job that reads it, until it is read.
    pub job: Option<JobId>,
    /// What it holds, or why it was not opened, as a sentence; `None` while it is read.
    pub report: Option<Result<Box<Opened>, String>>,
    /// The files of its exhibits.
    pub pictures: Vec<OfferId>,
    /// Where it is, when the link points to a bundle on a web host; nothing is asked there before the person says so.
    pub hosted: Option<Hosted>,
    /// Further reports about the same reference, which are added up with it.
    pub added: Vec<AddedReport>,
    /// The job that reads a link that is to be added, and its fragment.
    pub adding: Option<(JobId, String)>,
}

/// A report that was opened beside another one.
#[derive(Debug, Clone, PartialEq)]
pub struct AddedReport {
    /// Of its link, where it is known.
    pub fragment: String,
    /// What it holds.
    pub report: Box<Opened>,
    /// The files of its exhibits.
    pub pictures: Vec<OfferId>,
}

impl OpenedReport {
    /// The report of this digest, and the files of its exhibits, among those that are open.
    pub(super) fn held(&mut self, digest: Sha256) -> Option<(&mut Box<Opened>, &mut Vec<OfferId>)> {
        let middle = self.report.as_mut().and_then(|report| report.as_mut().ok());
        let middle = middle.map(|report| (report, &mut self.pictures));
        let added = self.added.iter_mut().map(|added| (&mut added.report, &mut added.pictures));
        middle.into_iter().chain(added).find(|(report, _)| report.digest == digest)
    }

    /// The files of all exhibits.
    pub(super) fn into_pictures(self) -> impl Iterator<Item = OfferId> {
        self.pictures.into_iter().chain(self.added.into_iter().flat_map(|added| added.pictures))
    }
}

/// Whether work is being kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Storage {
    /// Nothing had to be kept yet.
    #[default]
    Idle,
    /// A write is under way.
    Saving,
    /// Everything is kept.
    Saved,
    /// Storage said no; why, as a sentence. Work goes on in memory.
    Failed(String),
}

/// The built-in catalogue.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum CatalogueState {
    /// On its way.
    #[default]
    Loading,
    /// Here.
    Ready(BuiltIn),
    /// Not to be had; why, as a sentence.
    Failed(String),
}

/// Names a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeId(pub u32);

/// Something that a person should know and may dismiss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its name.
    pub id: NoticeId,
    /// A sentence: what happened, why, what to do next.
    pub text: String,
}

impl State {
    /// The slot's contents.
    #[must_use]
    pub const fn slot(&self, slot: Slot) -> &SlotState {
        let [known_good, your_board] = &self.slots;
        match slot {
            Slot::KnownGood => known_good,
            Slot::YourBoard => your_board,
        }
    }

    /// True when the page may ask for this address.
    #[must_use]
    pub fn may_ask(&self, address: &str) -> bool {
        may_ask(address, self.catalogues.iter().flatten())
    }

    /// The report that is open.
    #[must_use]
    pub fn report(&self) -> Option<&Report> {
        Some(&self.opened()?.report)
    }

    /// The same, with what came with it.
    #[must_use]
    pub fn opened(&self) -> Option<&Opened> {
        self.opened.as_ref()?.report.as_ref()?.as_deref().ok()
    }

    /// True when everything that the open case compares is in memory.
    #[must_use]
    pub fn has_all_compared(&self) -> bool {
        self.case.as_ref().is_some_and(|case| case.needed().all(|sha256| self.loaded.contains(&sha256)))
    }

    /// The job that compares the open case, if one runs.
    #[must_use]
    pub fn comparing(&self) -> Option<(JobId, &JobState)> {
        self.jobs.iter().find(|(_, job)| job.task == JobTask::Compare).map(|(id, job)| (*id, job))
    }

    /// True while a picture that was dropped beside a pair is on its way to it.
    #[must_use]
    pub fn is_looking_at_further(&self) -> bool {
        let is_further = |offer: &Offer| offer.purpose == Some(Purpose::Reference);
        self.case.is_none() && self.jobs.values().any(|job| matches!(&job.task, JobTask::Inspect(offer) if is_further(offer)))
    }

    pub(super) const fn slot_mut(&mut self, slot: Slot) -> &mut SlotState {
        let [known_good, your_board] = &mut self.slots;
        match slot {
            Slot::KnownGood => known_good,
            Slot::YourBoard => your_board,
        }
    }

    /// A number that was not given before.
    pub(super) const fn number(&mut self) -> u32 {
        self.last_number = self.last_number.wrapping_add(1);
        self.last_number
    }

    pub(super) fn notice(&mut self, text: impl Into<String>) {
        let (id, text) = (NoticeId(self.number()), text.into());
        if self.notices.iter().all(|notice| notice.text != text) {
            self.notices.push(Notice { id, text });
        }
    }
}
