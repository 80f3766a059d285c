//! What the programme wants done, as data. `web` performs it.

use super::case::{Case, CaseId};
use super::contribution::ContributionOrder;
use super::cut::CutOrder;
use super::draft::DraftRequest;
use super::job::JobId;
use super::paper::PaperRequest;
use super::settings::Settings;
use super::state::OfferId;
use crate::catalog::FileEntry;
use crate::report::ControlPoint;
use crate::vision::{Detail, PictureFacts, Sha256};

/// Something to do in the world outside. Effects on storage are performed in the order in which they were asked for: a case
/// that is opened right after it was stored comes as it was stored.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Ask a worker what the offered file is; answered by `PictureInspected`.
    Inspect {
        /// The job that answers.
        job: JobId,
        /// The file.
        offer: OfferId,
    },
    /// The offered file is this picture: keep it in memory and in storage under its hash.
    KeepPicture {
        /// The file.
        offer: OfferId,
        /// Its hash.
        sha256: Sha256,
    },
    /// Nobody wants the offered file any more.
    ForgetOffer(OfferId),
    /// Bring a picture from storage into memory; answered by `PictureLoaded`.
    LoadPicture(Sha256),
    /// Fetch a picture of a catalogue, check that it is the one, keep it; answered by `PictureFetched`.
    FetchPicture {
        /// By its address, or relative to the page.
        file: FileEntry,
        /// What a worker has to find in it.
        picture: PictureFacts,
    },
    /// List the catalogues that this browser keeps; answered by `CataloguesListed`.
    ListCatalogues,
    /// Fetch what is known of the built-in catalogue; answered by `CatalogueArrived`.
    FetchCatalogue,
    /// Ask a worker to compare kept pictures; answered by `JobProgressed`, then `Compared` or `JobFailed`.
    Compare {
        /// The job that answers.
        job: JobId,
        /// The photo.
        photo: Sha256,
        /// The references in order.
        references: Vec<Sha256>,
        /// Files of features of references, by their addresses. What can't be fetched is done without.
        features: Vec<FileEntry>,
        /// Pixels per millimetre on the first reference, where the catalogue says so.
        px_per_mm: Option<f64>,
        /// What a person says lies where.
        control_points: Vec<ControlPoint>,
        /// The unit that each reference shows, by any number; empty when nobody knows.
        units: Vec<Option<u32>>,
        /// How many of the pixels are looked at.
        detail: Detail,
        /// Two workers may share it.
        shared: bool,
    },
    /// Stop a job: end its worker.
    Cancel(JobId),
    /// List the stored cases; answered by `CasesListed`.
    ListCases,
    /// Read a case, which this tab holds from now on unless another one does; answered by `CaseHeld` and `CaseLoaded`.
    LoadCase(CaseId),
    /// Read a case that another tab has stored; answered by `CaseLoaded`, unless this tab holds it by then.
    FollowCase(CaseId),
    /// Have the tab that holds the case let go of it, in favour of this one; answered by `CaseLoaded`, then `CaseHeld`.
    TakeOver(CaseId),
    /// Other tabs may hold the case: it is no longer open here.
    ReleaseCase(CaseId),
    /// Write a case, which this tab holds from now on; answered by `CaseStored` or `CaseConflicted`.
    StoreCase(Box<Case>),
    /// Put a case into the bin.
    DeleteCase(CaseId),
    /// Take a case out of the bin; answered by `CasesListed`.
    RestoreCase(CaseId),
    /// Keep the settings in this browser.
    KeepSettings(Settings),
    /// Show this after `#` in the address, without a new entry in the browser's history.
    SetFragment(String),
    /// Put text onto the clipboard; answered by `LinkCopied`.
    Copy(String),
    /// Hand an address to the device's share sheet, under this title.
    Send {
        /// What it is.
        title: String,
        /// The address.
        address: String,
    },
    /// Ask a worker to write or read a file or a link; answered by `PaperAnswered`.
    Paper {
        /// The job that answers.
        job: JobId,
        /// What it is about.
        request: Box<PaperRequest>,
        /// The files that it names.
        offers: Vec<OfferId>,
        /// Kept pictures that it names behind them.
        pictures: Vec<Sha256>,
    },
    /// Ask the drafter to draw a side of a design, or to set a photo against it; answered by `Drafted`.
    Draft {
        /// The job that answers.
        job: JobId,
        /// What is wanted.
        request: Box<DraftRequest>,
        /// Offered files that it names.
        offers: Vec<OfferId>,
        /// Kept files that it names behind them.
        pictures: Vec<Sha256>,
    },
    /// Get a report from a host that the person agreed to ask; answered by `ReportFetched`.
    FetchReport {
        /// The job that answers.
        job: JobId,
        /// http or https.
        address: String,
    },
    /// Ask a worker for pictures of parts of the photo and of the first reference; answered by `PicturesCut`.
    Cut {
        /// The job that answers.
        job: JobId,
        /// The photo.
        photo: Sha256,
        /// The first reference.
        reference: Sha256,
        /// What is wanted.
        order: Box<CutOrder>,
    },
    /// Ask a worker for the photo as a catalogue would get it; answered by `ContributionPrepared`.
    Prepare {
        /// The job that answers.
        job: JobId,
        /// The photo.
        photo: Sha256,
        /// What is to be made of it.
        order: Box<ContributionOrder>,
    },
    /// Hand a file that a worker wrote to the device's share sheet, and forget it.
    SendFile {
        /// The file.
        offer: OfferId,
        /// Its name.
        name: String,
        /// Its media type.
        media_type: String,
    },
    /// Give the person a file that a worker wrote, and forget it.
    Download {
        /// The file.
        offer: OfferId,
        /// Its name.
        name: String,
        /// Its media type.
        media_type: String,
    },
    /// Let the new version take over, and load the page again.
    TakeVersion,
    /// Load the page again.
    Reload,
    /// A coarse map is in the state: measure `boardwatch:placed` once the photo lies on screen.
    MarkPlaced,
    /// The ranked differences are in the state: measure `boardwatch:ready` once they are on screen.
    MarkReady,
}
