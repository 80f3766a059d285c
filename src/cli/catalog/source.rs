//! A catalogue's folder as its keeper has it.

use std::path::{Path, PathBuf};

use super::arguments::InitOrder;
use super::read;
use crate::catalog::{BoardEntry, CATALOGUE_FORMAT, Index, ReferenceEntry};
use crate::cli::files::{entries, write, write_json};
use crate::report::Contribution;

/// What lies in the folder.
pub(super) struct Source {
    /// What it calls itself; without boards.
    pub(super) index: Index,
    /// By identifier, contributions among them.
    pub(super) boards: Vec<SourceBoard>,
    /// Files that can't be used, each with why.
    pub(super) problems: Vec<(PathBuf, String)>,
}

/// A board with all that is known of its references.
pub(super) struct SourceBoard {
    /// Its own file's content; without what was contributed.
    pub(super) entry: BoardEntry,
    pub(super) references: Vec<SourceReference>,
}

/// A reference, and where its picture is.
pub(super) struct SourceReference {
    pub(super) entry: ReferenceEntry,
    /// The picture, or the contribution that holds it.
    pub(super) file: PathBuf,
}

impl SourceReference {
    /// The picture's bytes, as far as they can be had.
    pub(super) fn picture(&self) -> Result<Vec<u8>, String> {
        let bytes = read(&self.file)?;
        if is_contribution(&self.file) {
            let contribution = Contribution::from_bytes(&bytes).map_err(|error| format!("{}: {error}", self.file.display()))?;
            return Ok(contribution.picture);
        }
        Ok(bytes)
    }
}

fn is_contribution(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "zip")
}

/// Starts a catalogue.
pub(super) fn init(order: &InitOrder) -> Result<(), String> {
    let path = order.folder.join("catalog.json");
    if path.exists() {
        return Err(format!("{} is there already: this folder holds a catalogue.", path.display()));
    }
    let index = Index {
        format: CATALOGUE_FORMAT.to_owned(),
        version: 1,
        title: Some(order.title.clone()),
        home: order.home.clone(),
        edition: 0,
        date: None,
        contribute: order.contribute.clone(),
        boards: Vec::new(),
        search: None,
        recognise: Vec::new(),
    };
    let bytes = serde_json::to_vec(&index).map_err(|error| error.to_string())?;
    Index::parse(&bytes, "").map_err(|error| error.to_string())?;
    write_json(&path, &index)?;
    write(&order.folder.join("contributions/README.md"), INBOX.as_bytes())?;
    println!("A catalogue was started in {}. Take references in with `boardwatch catalog add`.", order.folder.display());
    Ok(())
}

const INBOX: &str = "Contributions, as Boardwatch writes them. `boardwatch catalog check` judges them, `boardwatch catalog build` puts them on the site,
and `boardwatch catalog add` moves them to their board's folder.
";

impl Source {
    /// Reads the folder.
    ///
    /// # Errors
    /// A sentence when there is no catalogue; single files that can't be used are listed instead.
    pub(super) fn read(folder: &Path) -> Result<Self, String> {
        let path = folder.join("catalog.json");
        let index = Index::parse(&read(&path)?, "").map_err(|error| format!("{}: {error}", path.display()))?;
        let mut source = Self { index, boards: Vec::new(), problems: Vec::new() };
        for board in entries(&folder.join("boards"))? {
            let path = board.join("board.json");
            match read_board(&path) {
                Ok(board) => source.boards.push(board),
                Err(problem) => source.problems.push((path, problem)),
            }
        }
        for path in entries(&folder.join("contributions"))?.into_iter().filter(|path| is_contribution(path)) {
            let taken = read(&path)
                .and_then(|bytes| Contribution::from_bytes(&bytes).map_err(|error| error.to_string()))
                .and_then(|contribution| source.take(&contribution, &path));
            if let Err(problem) = taken {
                source.problems.push((path, problem));
            }
        }
        Ok(source)
    }

    /// Puts a contribution to its board.
    fn take(&mut self, contribution: &Contribution, path: &Path) -> Result<(), String> {
        let BoardEntry { references, .. } = &contribution.board;
        let references = references.iter().map(|entry| {
            let mut entry = entry.clone();
            entry.path = picture_name(&entry);
            SourceReference { entry, file: path.to_owned() }
        });
        let references: Vec<SourceReference> = references.collect();
        match self.boards.iter_mut().find(|board| board.entry.id == contribution.board.id) {
            Some(board) => {
                same_board(&board.entry, &contribution.board)?;
                board.references.extend(references);
            }
            None => {
                let entry = BoardEntry { references: Vec::new(), ..contribution.board.clone() };
                self.boards.push(SourceBoard { entry, references });
                self.boards.sort_by(|a, b| a.entry.id.cmp(&b.entry.id));
            }
        }
        Ok(())
    }
}

/// An identifier stands for one board only.
pub(super) fn same_board(known: &BoardEntry, told: &BoardEntry) -> Result<(), String> {
    let name = |board: &BoardEntry| board.name().to_lowercase();
    if name(known) == name(told) {
        return Ok(());
    }
    Err(format!(
        "The identifier {} stands for {}, and this is about {}. Give the contribution the identifier of its own board.",
        known.id,
        known.name(),
        told.name()
    ))
}

/// What a reference's picture is called beside its board's file.
pub(super) fn picture_name(entry: &ReferenceEntry) -> String {
    let side = serde_json::to_value(entry.side).ok().and_then(|side| side.as_str().map(str::to_owned)).unwrap_or_default();
    let ending = entry.path.rsplit_once('.').map_or("jpg", |(_, ending)| ending);
    format!("{side}-{}.{ending}", entry.sha256.short())
}

fn read_board(path: &Path) -> Result<SourceBoard, String> {
    let mut entry = BoardEntry::parse(&read(path)?, "").map_err(|error| error.to_string())?;
    let folder = path.parent().unwrap_or(path);
    if folder.file_name().is_none_or(|name| name.to_string_lossy() != entry.id) {
        return Err(format!("The board's identifier is {}; its folder has to have the same name.", entry.id));
    }
    let references = std::mem::take(&mut entry.references);
    let placed = references.into_iter().map(|entry| SourceReference { file: folder.join(&entry.path), entry });
    Ok(SourceBoard { references: placed.collect(), entry })
}
