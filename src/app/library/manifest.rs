//! Manifests of IIIF as catalogues of one board. Most do not say what their pictures' files are: each file is held to what it was when it
//! was first fetched, as a catalogue is held to its key.

use std::collections::BTreeSet;

use super::{BoardPage, BoardState, FetchId, KeptCatalogue, Library, LibraryEffect, Need, update};
use crate::catalog::iiif::{self, LeftOut, OneBoard};
use crate::catalog::{BoardEntry, BoardLine, CatalogueError, FileEntry, Index, MOST_BYTES, ReferenceEntry};
use crate::vision::Sha256;

/// What is special about a board that a manifest describes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FromManifest {
    /// References of which it is not known yet what their files' bytes are.
    pub unpinned: BTreeSet<Sha256>,
    /// Pictures that are not used, and why the first of them is not.
    pub left_out: Option<(usize, LeftOut)>,
    /// References whose files are being fetched for the first time.
    pub(super) pinning: Option<(FetchId, Vec<Sha256>)>,
    /// Why that failed, as a sentence.
    pub failed: Option<String>,
}

impl FromManifest {
    /// True while files are fetched for the first time.
    #[must_use]
    pub const fn is_pinning(&self) -> bool {
        self.pinning.is_some()
    }
}

/// The first file of the catalogue at `address`, or a manifest as one.
///
/// # Errors
/// A sentence when it is neither.
pub(super) fn index(bytes: &[u8], address: &str) -> Result<Index, CatalogueError> {
    if iiif::is_manifest(bytes) { Ok(iiif::read(bytes, address)?.index) } else { Index::parse(bytes, "") }
}

/// The board of a file, which this line leads to.
///
/// # Errors
/// A sentence when it is none, or another one.
pub(super) fn board(
    file: &[u8],
    line: &BoardLine,
    kept: &KeptCatalogue,
) -> Result<(BoardEntry, Option<FromManifest>), CatalogueError> {
    if !iiif::is_manifest(file) {
        let board = BoardEntry::parse(file, &line.file.path)?;
        return if board.id == line.id { Ok((board, None)) } else { Err(CatalogueError::OtherBoard) };
    }
    let OneBoard { mut board, mut unpinned, left_out, .. } = iiif::read(file, &line.file.path)?;
    let pin_of = |reference: &ReferenceEntry| kept.pictures.iter().find(|pin| pin.path == reference.path);
    // What was another file before is not used before the person has said so, whatever the manifest says now.
    let is_changed = |reference: &ReferenceEntry, unpinned: &BTreeSet<Sha256>| {
        !unpinned.contains(&reference.sha256) && pin_of(reference).is_some_and(|pin| pin.sha256 != reference.sha256)
    };
    let before = board.references.len();
    board.references.retain(|reference| !is_changed(reference, &unpinned));
    let changed = before - board.references.len();
    let left_out = if changed > 0 { Some((changed, LeftOut::Changed)) } else { left_out };
    for reference in &mut board.references {
        if let Some(pin) = pin_of(reference) {
            unpinned.remove(&reference.sha256);
            (reference.sha256, reference.bytes) = (pin.sha256, pin.bytes);
        }
    }
    once(&mut board.references);
    Ok((board, Some(FromManifest { unpinned, left_out, ..FromManifest::default() })))
}

/// Fetches the chosen references' files where it is not known what they are; `None` when it is known of all.
pub(super) fn pin(library: &mut Library) -> Option<LibraryEffect> {
    let fetch = library.number();
    let page = library.page.as_mut()?;
    let (Some(manifest), BoardState::Here(board)) = (&mut page.manifest, &page.board) else { return None };
    let is_unknown = |reference: &&ReferenceEntry| reference.bytes == 0 && page.chosen.contains(&reference.sha256);
    let unknown: Vec<_> = board.references.iter().filter(is_unknown).collect();
    let need = |reference: &&ReferenceEntry| {
        let address = reference.path.clone();
        if manifest.unpinned.contains(&reference.sha256) {
            Need::Now { address, most: MOST_BYTES as usize, is_needed: true }
        } else {
            Need::Known { address, sha256: reference.sha256, bytes: None }
        }
    };
    let needs: Vec<Need> = unknown.iter().map(need).collect();
    if needs.is_empty() {
        return None;
    }
    manifest.pinning = Some((fetch, unknown.iter().map(|reference| reference.sha256).collect()));
    manifest.failed = None;
    Some(LibraryEffect::HashFiles(fetch, needs))
}

/// It is known what the files are, or not; why, as a sentence. From now on the browser holds their host to them.
pub(super) fn pinned(library: &mut Library, at: FetchId, result: Result<Vec<(Sha256, u64)>, String>) -> Vec<LibraryEffect> {
    let Some(page) = library.page.as_mut() else { return Vec::new() };
    let BoardPage { catalogue, board: BoardState::Here(board), manifest: Some(manifest), chosen, .. } = page else {
        return Vec::new();
    };
    let Some((_, before)) = manifest.pinning.take_if(|(fetch, _)| *fetch == at) else { return Vec::new() };
    let came = match result {
        Ok(came) => came,
        Err(sentence) => {
            manifest.failed = Some(sentence);
            return Vec::new();
        }
    };
    let mut pins = Vec::new();
    for (stand_in, (sha256, bytes)) in before.into_iter().zip(came) {
        let Some(reference) = board.references.iter_mut().find(|reference| reference.sha256 == stand_in) else { continue };
        (reference.sha256, reference.bytes) = (sha256, bytes);
        manifest.unpinned.remove(&stand_in);
        chosen.iter_mut().filter(|chosen| **chosen == stand_in).for_each(|chosen| *chosen = sha256);
        pins.push(FileEntry { path: reference.path.clone(), sha256, bytes });
    }
    once(&mut board.references);
    let address = catalogue.clone();
    let mut effects = Vec::new();
    if let Some(known) = library.catalogue_mut(&address) {
        let pictures = &mut known.kept.pictures;
        pictures.retain(|known| pins.iter().all(|pin| pin.path != known.path));
        pictures.append(&mut pins);
        effects.push(LibraryEffect::KeepCatalogue(known.kept.clone()));
    }
    effects.extend(update::use_chosen(library));
    effects
}

/// One file at several addresses is one reference, and one witness.
fn once(references: &mut Vec<ReferenceEntry>) {
    let mut seen = BTreeSet::new();
    references.retain(|reference| seen.insert(reference.sha256));
}
