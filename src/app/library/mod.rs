//! The library as a programme of its own: catalogues, boards, references. It is loaded when somebody opens it, beside the page's programme,
//! and tells that one which references were chosen.
//!
//! Nothing is asked of a host before the person has agreed to it, and nothing is used before its hash was checked against what the file
//! before it said.

mod kept;
mod manifest;
mod reading;
mod recognising;
mod update;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use kept::{KeptCatalogue, may_ask};
pub use manifest::FromManifest;
pub use reading::Changes;
pub use recognising::{Answer, Guess, Recognising};
pub use update::update;

use crate::catalog::search::{Fetched, Found, Wanted};
use crate::catalog::{BoardEntry, BoardLine, CatalogueError, Edition, FileEntry, Index, Recognition, Side, host_of};
use crate::report::{CatalogueSignature, PictureEntry};
use crate::vision::Sha256;

/// Where the built-in catalogue is, relative to the page.
pub const BUILT_IN: &str = "catalog/catalog.json";
/// Boards of one catalogue that are listed at a time.
pub const MOST_FOUND: usize = 24;
/// References of a board that are chosen by themselves: from five units on hardly anything is gained by more.
pub const USUAL_REFERENCES: usize = 5;

/// All that the library knows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Library {
    /// The catalogues, the built-in one first; `None` until those that the browser keeps are known.
    pub catalogues: Option<Vec<KnownCatalogue>>,
    /// What is looked for.
    pub question: String,
    /// The board that is looked at.
    pub page: Option<BoardPage>,
    /// A catalogue whose host the person has not agreed to yet: its address.
    pub asking: Option<String>,
    /// What the photo is called whose board is to be found, if there is one.
    pub photo: Option<String>,
    /// Which board that may be.
    pub recognising: Option<Recognising>,
    /// Why what was typed is no address of a catalogue.
    pub refused: Option<CatalogueError>,
    /// What was asked of other hosts in this tab, by host.
    pub hosts: BTreeMap<String, Contact>,
    /// The last number given to a request.
    last: u32,
}

/// What was asked of a host.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// How often.
    pub requests: u32,
    /// How much came, in bytes.
    pub bytes: u64,
}

/// Names a request for files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct FetchId(pub u32);

/// A file that is needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// Whatever is at this address now.
    Now {
        /// An address, or a path relative to the page.
        address: String,
        /// More bytes than this are no such file.
        most: usize,
        /// Without it there is nothing; else the host may say that there is none.
        is_needed: bool,
    },
    /// The file at this address, which is known by its hash: it may be kept already, and is refused when it is another one.
    Known {
        /// An address, or a path relative to the page.
        address: String,
        /// What its bytes have to be.
        sha256: Sha256,
        /// How many they are, where that is known.
        bytes: Option<u64>,
    },
    /// What was fetched before, if it is still kept.
    Kept(Sha256),
}

impl Need {
    /// A file by its address.
    fn of(file: &FileEntry) -> Self {
        Self::Known { address: file.path.clone(), sha256: file.sha256, bytes: Some(file.bytes) }
    }

    /// A file of a search index.
    fn wanted(edition: &Edition, file: &Wanted) -> Self {
        Self::Known { address: edition.address_of(&file.path), sha256: file.sha256, bytes: None }
    }
}

/// A catalogue in the library; its address names it.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownCatalogue {
    /// As the browser keeps it.
    pub kept: KeptCatalogue,
    /// What it holds.
    pub contents: Contents,
    /// What a search was about, and what it came to.
    pub found: Option<(String, Found)>,
    /// Files of the search index that are on their way, by their paths.
    searching: Option<(FetchId, Vec<String>)>,
}

/// What is known of a catalogue's contents.
#[derive(Debug, Clone, PartialEq)]
pub enum Contents {
    /// Nothing was asked yet.
    Closed,
    /// On their way.
    Opening(FetchId),
    /// Here, and it is being checked who signed it.
    Checking(Box<OpenCatalogue>),
    /// Here.
    Open(Box<OpenCatalogue>),
    /// Here, but signed otherwise than before; nothing of it is used before the person says so.
    Changed(Box<OpenCatalogue>),
    /// Not to be had, or not to be used; why, as a sentence.
    Failed(String),
}

/// A catalogue whose first file was read.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenCatalogue {
    /// `catalog.json`.
    pub index: Index,
    /// Its SHA-256.
    pub sha256: Sha256,
    /// Who signed it, and whether the signature fits, as the browser says; `None` when it can't tell.
    pub signature: Option<(CatalogueSignature, Option<bool>)>,
    /// What is different from last time, if anything is.
    pub changes: Option<Changes>,
    /// Files of its search index that are here.
    shelf: Fetched,
}

/// A board that is looked at.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardPage {
    /// Of the catalogue at this address.
    pub catalogue: String,
    /// Its line in the list.
    pub line: BoardLine,
    /// Its own file.
    pub board: BoardState,
    /// The references that are chosen.
    pub chosen: Vec<Sha256>,
    /// The side that the photo shows, where that is known.
    pub side: Option<Side>,
    /// Where it is a manifest that describes the board.
    pub manifest: Option<FromManifest>,
}

/// Where a board's own file is.
#[derive(Debug, Clone, PartialEq)]
pub enum BoardState {
    /// On its way.
    Coming(FetchId),
    /// Here.
    Here(Box<BoardEntry>),
    /// Not to be had; why, as a sentence.
    Failed(String),
}

/// What can happen in the library.
#[derive(Debug, Clone, PartialEq)]
pub enum LibraryAction {
    /// The catalogues that the browser keeps.
    CataloguesListed(Vec<KeptCatalogue>),
    /// Files came, none where there is none; or why not, as a sentence.
    FilesFetched(FetchId, Result<Vec<Option<Vec<u8>>>, String>),
    /// Files were fetched for their hashes and lengths, in the order asked for; or why not, as a sentence.
    FilesHashed(FetchId, Result<Vec<(Sha256, u64)>, String>),
    /// The browser checked a catalogue's signature, by its address; `None` when it can't.
    SignatureChecked(String, Option<bool>),
    /// What was asked of which hosts.
    HostsKnown(BTreeMap<String, Contact>),
    /// Look for boards.
    Search(String),
    /// Add the catalogue at this address, as it was typed.
    AddCatalogue(String),
    /// The host of the catalogue that is to be added may be asked, or not.
    AgreeToHost(bool),
    /// Open the catalogue at this address, or try again.
    OpenCatalogue(String),
    /// The catalogue at this address is signed otherwise than before and may be used.
    AcceptChange(String),
    /// Forget the catalogue at this address.
    RemoveCatalogue(String),
    /// There is a photo of this name.
    PhotoGiven(String),
    /// Find out which board the photo shows.
    Recognise,
    /// So much of that is done, 0 to 1.
    RecognitionProgressed(FetchId, f32),
    /// What the photo may show, and why catalogues could not be asked, as sentences; or why nothing is known, as a sentence.
    Recognised(FetchId, Result<(Recognition, Vec<String>), String>),
    /// Let go of the question and of its answer.
    StopRecognising,
    /// Look at a board of the catalogue at this address, best at this side.
    ShowBoard(String, Box<BoardLine>, Option<Side>),
    /// Back to the list.
    LeaveBoard,
    /// Compare with this reference of the board, or not.
    ToggleReference(Sha256),
    /// Compare with the chosen references.
    UseReferences,
    /// Back to the start.
    Close,
}

/// What the library wants done.
#[derive(Debug, Clone, PartialEq)]
pub enum LibraryEffect {
    /// Get files; answered by `FilesFetched`.
    FetchFiles(FetchId, Vec<Need>),
    /// Get pictures, keep them, and say by their hashes and lengths what came; answered by `FilesHashed`.
    HashFiles(FetchId, Vec<Need>),
    /// Check the signature of the catalogue at this address over these bytes; answered by `SignatureChecked`.
    Check(String, CatalogueSignature, Vec<u8>),
    /// Look for the photo's board in these files, by catalogues; answered by `Recognised`.
    Recognise(FetchId, Vec<Vec<Need>>),
    /// Nobody waits for that any more.
    StopRecognising(FetchId),
    /// Keep a catalogue, in the place of one with the same address.
    KeepCatalogue(KeptCatalogue),
    /// Keep the catalogue at this address no longer.
    ForgetCatalogue(String),
    /// Tell the page's programme which references were chosen.
    Tell(Box<Choice>),
}

/// What the library tells the page's programme.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// The catalogues that are kept now: with them, which hosts may be asked.
    pub kept: Vec<KeptCatalogue>,
    /// The references to compare with, of one side of one board; the first is the one that findings lie on.
    pub references: Vec<PictureEntry>,
}

impl Library {
    /// The catalogue at this address.
    #[must_use]
    pub fn catalogue(&self, address: &str) -> Option<&KnownCatalogue> {
        self.catalogues.iter().flatten().find(|catalogue| catalogue.kept.address == address)
    }

    fn catalogue_mut(&mut self, address: &str) -> Option<&mut KnownCatalogue> {
        self.catalogues.iter_mut().flatten().find(|catalogue| catalogue.kept.address == address)
    }

    /// The catalogues that the browser keeps.
    #[must_use]
    pub fn kept(&self) -> Vec<KeptCatalogue> {
        let others = self.catalogues.iter().flatten().filter(|catalogue| !catalogue.is_built_in());
        others.map(|catalogue| catalogue.kept.clone()).collect()
    }

    const fn number(&mut self) -> FetchId {
        self.last = self.last.wrapping_add(1);
        FetchId(self.last)
    }
}

impl KnownCatalogue {
    const fn new(kept: KeptCatalogue) -> Self {
        Self { kept, contents: Contents::Closed, found: None, searching: None }
    }

    /// True for the catalogue that came with the page.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        host_of(&self.kept.address).is_none()
    }

    /// Its contents, where they may be used.
    #[must_use]
    pub fn open(&self) -> Option<&OpenCatalogue> {
        if let Contents::Open(open) = &self.contents { Some(open) } else { None }
    }

    /// The edition that is open.
    #[must_use]
    pub fn edition(&self) -> Option<Edition> {
        let index = &self.open()?.index;
        let (address, title) = (self.kept.address.clone(), index.title.clone().unwrap_or_default());
        Some(Edition { address, title, number: index.edition })
    }
}

impl OpenCatalogue {
    /// How many boards and references it has.
    #[must_use]
    pub fn size(&self) -> (u32, u64) {
        let listed = || self.index.boards.iter().map(|board| u64::from(board.references)).sum();
        match &self.index.search {
            Some(search) => (search.boards, search.references),
            None => (self.index.boards.len() as u32, listed()),
        }
    }
}
