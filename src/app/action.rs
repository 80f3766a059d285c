//! What can happen: facts in the past tense, intents in the imperative.

use super::annex::Annex;
use super::built_in::BuiltIn;
use super::case::{Case, CaseId, CaseSummary};
use super::contribution::{ContributionText, Prepared};
use super::cut::FoundLabel;
use super::draft::DraftReply;
use super::job::{JobFailure, JobId};
use super::library::{Choice, KeptCatalogue};
use super::offline::OfflineNews;
use super::paper::{Form, PaperReply};
use super::settings::Settings;
use super::state::{NoticeId, Offer, OfferId, Slot};
use super::table::{Swipe, TableEvent};
use super::view::{ByHand, Filter, Layer, Mode, Panel, Tool};
use crate::catalog::{Modality, Side};
use crate::geometry::{Homography, Photo, Rect, Reference};
use crate::report::interchange::Format;
use crate::report::{Calibration, ControlPoint, Dismissal, Finding, FindingId, FindingKind, Seen, Shape};
use crate::vision::{Comparison, Hiding, PictureFacts, Sha256, Stage};

/// Something that happened, or that the person wants.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    // The shell
    /// The page is up. `seed` is random, the address tells what to open.
    Started {
        /// Feeds the names of new cases.
        seed: u32,
        /// How much memory the device has, where the browser says so.
        memory_gb: Option<f64>,
        /// The page's address up to the `#`.
        page: String,
        /// What stands behind it.
        fragment: String,
    },
    /// The address changed after `#`, by hand or by the browser's buttons.
    FragmentChanged(String),
    /// The stored cases, last changed first.
    CasesListed(Vec<CaseSummary>),
    /// Storage said no; why, as a sentence.
    StorageFailed(String),
    /// The built-in catalogue, or why not, as a sentence.
    CatalogueArrived(Result<BuiltIn, String>),

    // Pictures
    /// The person dropped, chose, pasted or took pictures, all at once.
    PicturesOffered(Vec<Offer>),
    /// A picture of the catalogue is here and is what its hash says, or why not, as a sentence.
    PictureFetched(Sha256, Result<(), String>),
    /// A worker looked at an offered file.
    PictureInspected(JobId, Result<PictureFacts, JobFailure>),
    /// A picture is in memory (true), or is nowhere to be found (false).
    PictureLoaded(Sha256, bool),
    /// Known good and your board change places.
    SwapPictures,
    /// Take the picture out of its slot.
    RemovePicture(Slot),
    /// Put a picture of the catalogue into the known-good slot, by its hash.
    ChooseReference(Sha256),
    /// Open the sample board.
    OpenSample,

    // The library
    /// The catalogues that the browser keeps.
    CataloguesListed(Vec<KeptCatalogue>),
    /// Show the library, or what this browser keeps.
    OpenAnnex(Annex),
    /// Back to the start.
    CloseAnnex,
    /// The library's programme tells what was chosen there.
    ReferencesChosen(Box<Choice>),

    // The comparison
    /// Compare the two slots in a new case.
    Compare,
    /// Compare the open case again.
    CompareAgain,
    /// Compare the open case without this reference; the first one stays, because findings lie on it.
    RemoveReference(Sha256),
    /// Take the open case's pictures back to the start screen, to change one of them; the case stays kept.
    ChangePictures,
    /// A job is on its way.
    JobProgressed(JobId, Stage, f32),
    /// A comparison knows roughly how the photo lies on the first reference.
    Placed(JobId, Homography<Photo, Reference>),
    /// A comparison is done.
    Compared(JobId, Box<Comparison>),
    /// A job gave no answer.
    JobFailed(JobId, JobFailure),
    /// Stop a job.
    CancelJob(JobId),

    // Cases
    /// Open a stored case.
    OpenCase(CaseId),
    /// A stored case came; `None` when there is none of that name; a sentence when it can't be read.
    CaseLoaded(CaseId, Result<Option<Box<Case>>, String>),
    /// The case is safe, at this time in milliseconds since 1970.
    CaseStored(CaseId, f64),
    /// This tab may change the case (true), or another one of this browser works on it (false).
    CaseHeld(CaseId, bool),
    /// Another tab has stored the case, or put it into the bin.
    CaseStoredElsewhere(CaseId),
    /// The case was not stored: another tab has stored it since this one read it.
    CaseConflicted(Box<Case>),
    /// Change the open case in this tab from now on, and no longer in the other one.
    TakeOver,
    /// Write the open case into a file, as it is in memory.
    SaveCase,
    /// Put a stored case into the bin.
    DeleteCase(CaseId),
    /// Take the case out of the bin that was put there last.
    RestoreCase,
    /// Call the open case something else.
    RenameCase(String),
    /// Say which board the open case is about.
    NameBoard(String),
    /// Back to the start screen.
    CloseCase,

    // What others would see
    /// Show the pictures that would go along.
    ShowPictures,
    /// The person has looked at them.
    SetLooked(bool),
    /// Hide a place in everything that is shared.
    HidePlace(Rect<Reference>, Hiding),
    /// Hide all labels that were found.
    HideLabels,
    /// Hide the place of this number in another way, or no longer.
    HideOtherwise(usize, Option<Hiding>),

    // Answering a report
    /// Look at a place of the report that is answered.
    VisitPlace(FindingId),
    /// Say what is there on this unit; `None` takes it back.
    SayPlace(FindingId, Option<Seen>),
    /// In the person's own words.
    NotePlace(FindingId, String),
    /// The next place, or the one before.
    StepPlace(isize),
    /// Add the report of a link to those that are open.
    AddReport(String),
    /// Of the reports that were added, put this one into the middle.
    ShowAdded(usize),
    /// Of the reports that were added, put this one away.
    PutAside(usize),

    // Looking
    /// Another way to lay the pictures over each other.
    ChooseMode(Mode),
    /// The photo's opacity over the reference came to rest, 0 to 1.
    SetOpacity(f64),
    /// The swipe line came to rest.
    SetSwipe(Swipe),
    /// Side by side, the halves move together, or each by itself.
    SetLinked(bool),
    /// Show the next reference, or the one before.
    StepReference(isize),
    /// Show this reference, by its place in the case.
    ShowReference(usize),
    /// Show something, or don't.
    ShowLayer(Layer, bool),
    /// Show something this strongly, 0 to 1.
    FadeLayer(Layer, f64),
    /// List these differences.
    ChooseFilter(Filter),
    /// The person works another way from now on.
    ChangeSettings(Settings),
    /// What was kept of the settings in this browser.
    SettingsLoaded(String),
    /// Something was done on the stage.
    OnTable(TableEvent),
    /// Words for the text tool were written; `None` when the person thought better of it.
    WroteText(Option<String>),
    /// Another tool on the stage.
    ChooseTool(Tool),
    /// Another tab of the panel.
    ChoosePanel(Panel),
    /// Fly to a difference, by its place in the list.
    ChooseDifference(usize),
    /// The next difference, or the one before.
    StepDifference(isize),
    /// Fly to a finding.
    ChooseFinding(FindingId),
    /// Choose these findings where they are, without flying there.
    ChooseFindings(Vec<FindingId>),
    /// Choose this finding beside those that are chosen, or let go of it.
    ToggleFinding(FindingId),
    /// Nothing is chosen any more.
    ChooseNothing,

    // Findings
    /// A shape was drawn.
    AddFinding(Shape),
    /// One more shape for the chosen finding.
    AddShape(Shape),
    /// Findings are to be as given here; their numbers say which.
    ChangeFindings(Vec<Finding>),
    /// The kind of the chosen findings, and of what is drawn next.
    SetKind(FindingKind),
    /// Move the chosen findings, by reference pixels to the right and down.
    NudgeChosen(f64, f64),
    /// Put copies of the chosen findings beside them.
    DuplicateChosen,
    /// Lay the chosen findings over (true) or under (false) all others.
    StackChosen(bool),
    /// Remove findings.
    RemoveFindings(Vec<FindingId>),

    // The review of differences, by their places in the list
    /// Make a finding of a difference.
    AcceptDifference(usize),
    /// A difference is nothing, for this reason.
    DismissDifference(usize, Dismissal),
    /// Take the decision about a difference back.
    ReopenDifference(usize),

    // Where things are
    /// Say how large a millimetre is; `None` forgets it.
    Calibrate(Option<Calibration>),
    /// The same place in both pictures.
    AddControlPoint(ControlPoint),
    /// A control point, by its place in the list, is to be as given here.
    MoveControlPoint(usize, ControlPoint),
    /// Remove a control point, by its place in the list.
    RemoveControlPoint(usize),
    /// Begin to lay this by hand; `None` ends it.
    AlignByHand(Option<ByHand>),
    /// A picture that lies over the board was made in this way.
    SetModality(Sha256, Modality),
    /// A picture that lies over the board can't be shown.
    LayerFailed(Sha256),
    /// Take a picture away that lies over the board.
    RemoveLayer(Sha256),

    /// Take the last edit back.
    Undo,
    /// Do it again.
    Redo,

    // Sharing
    /// Make the link.
    Share,
    /// Put the link onto the clipboard.
    CopyLink,
    /// Hand the link to the device's share sheet.
    SendLink,
    /// The clipboard took it, or not.
    LinkCopied(bool),
    /// Close the share dialog.
    CloseShare,
    /// Save the comparison JSON as a file.
    ExportComparison,
    /// Save the findings as a file that other programmes read.
    ExportFindings(Format),
    /// Add the findings of a file: W3C Web Annotation or COCO.
    ImportFindings(Offer),
    /// A worker wrote or read what it was asked to; the files that came of it.
    PaperAnswered(JobId, Box<PaperReply>, Vec<OfferId>),
    /// The drafter drew a side of a design, or set a photo against it; the files that came of it.
    Drafted(JobId, Box<DraftReply>, Vec<OfferId>),
    /// A worker cut pictures; their files, in the order in which they were wanted.
    PicturesCut(JobId, Vec<OfferId>, Vec<FoundLabel>),
    /// Give the photo of the open case to a catalogue.
    Contribute,
    /// Think better of it.
    CloseContribution,
    /// A worker made the photo as others would get it.
    ContributionPrepared(JobId, OfferId, Box<Prepared>),
    /// Say something with it.
    SayOfContribution(ContributionText, String),
    /// Say which side it shows.
    SetContributionSide(Side),
    /// Choose the licence (SPDX).
    SetContributionLicence(String),
    /// The person has looked at the picture.
    SetContributionLooked(bool),
    /// Write the file, and save it, or send it (true) by the device's share sheet.
    WriteContribution(bool),
    /// Write the report in this form, and give it to the person; a link is shown in the dialog.
    WriteReport(Form),
    /// Say which unit the open case is about.
    NameUnit(String),
    /// Say who speaks in the open case.
    NameContributor(String),
    /// The pictures themselves, with everything that their files hold, go with a bundle; or not.
    SetOriginals(bool),
    /// Make a link to the bundle that was saved last, which is at this address.
    LinkTo(String),
    /// Put the link to the bundle onto the clipboard.
    CopyHosted,
    /// Ask the host that the link points to.
    FetchReport,
    /// The host answered, or not; why, as a sentence.
    ReportFetched(JobId, Result<Offer, String>),
    /// What is shared is signed, or not.
    SetSign(bool),
    /// Make a key for signing under this name; with a private backup, or one that nobody can ever take out of this browser.
    MakeKey(String, bool),
    /// Take the key for signing out of this browser.
    ForgetKey,
    /// Save the public key as a file, for those who check.
    SaveKey,
    /// The evidence rides along in the link, as small pictures; or not.
    SetCrops(bool),

    /// Something became of the kept site.
    OfflineHeard(OfflineNews),
    /// Take the new version now.
    UseNewVersion,
    /// Not now: it comes when the page is opened the next time.
    PutOffVersion,
    /// Words were pasted or shared, outside any field.
    WordsGiven(String),
    /// A notice was read.
    DismissNotice(NoticeId),
}
