//! Manifests of IIIF as catalogues of one board. Most do not say what their pictures' files are: each file is held to what it was when it
//! was first fetched, as a catalogue is held to its key.

use std::collections::BTreeSet;

use super::{BoardPage, BoardState, FetchId, KeptCatalogue, Library, LibraryEffect, Need, update};
use crate::catalog::iiif::{self, LeftOut, OneBoard};
use crate::catalog::{BoardEntry, BoardLine, CatalogueError, FileEntry, Index, MOST_BYTES};
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
    for reference in &mut board.references {
        let pin = kept.pictures.iter().find(|pin| pin.path == reference.path);
        // Where the manifest says what the file is, that counts.
        if let Some(pin) = pin.filter(|pin| unpinned.contains(&reference.sha256) || pin.sha256 == reference.sha256) {
            unpinned.remove(&reference.sha256);
            (reference.sha256, reference.bytes) = (pin.sha256, pin.bytes);
        }
    }
    Ok((board, Some(FromManifest { unpinned, left_out, ..FromManifest::default() })))
}

/// Fetches the chosen references' files where it is not known what they are; `None` when it is known of all.
pub(super) fn pin(library: &mut Library) -> Option<LibraryEffect> {
    let fetch = library.number();
    let page = library.page.as_mut()?;
    let (Some(manifest), BoardState::Here(board)) = (&mut page.manifest, &page.board) else { return None };
    let is_unknown =
        |reference: &&crate::catalog::ReferenceEntry| reference.bytes == 0 && page.chosen.contains(&reference.sha256);
    let unknown: Vec<_> = board.references.iter().filter(is_unknown).collect();
    let need = |reference: &&crate::catalog::ReferenceEntry| {
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
    Some(LibraryEffect::FetchFiles(fetch, needs))
}

/// True when it is these files that are waited for.
pub(super) fn waits_for(library: &Library, at: FetchId) -> bool {
    let manifest = library.page.as_ref().and_then(|page| page.manifest.as_ref());
    manifest.and_then(|manifest| manifest.pinning.as_ref()).is_some_and(|(fetch, _)| *fetch == at)
}

/// The files came, or not; why, as a sentence. From now on the browser holds their host to them.
pub(super) fn pinned(library: &mut Library, result: Result<Vec<Option<Vec<u8>>>, String>) -> Vec<LibraryEffect> {
    let Some(page) = library.page.as_mut() else { return Vec::new() };
    let BoardPage { catalogue, board: BoardState::Here(board), manifest: Some(manifest), chosen, .. } = page else {
        return Vec::new();
    };
    let Some((_, before)) = manifest.pinning.take() else { return Vec::new() };
    let files = match result {
        Ok(files) => files,
        Err(sentence) => {
            manifest.failed = Some(sentence);
            return Vec::new();
        }
    };
    let mut pins = Vec::new();
    for (stand_in, file) in before.into_iter().zip(files.into_iter().flatten()) {
        let (sha256, bytes) = (Sha256::of(&file), file.len() as u64);
        let Some(reference) = board.references.iter_mut().find(|reference| reference.sha256 == stand_in) else { continue };
        (reference.sha256, reference.bytes) = (sha256, bytes);
        manifest.unpinned.remove(&stand_in);
        chosen.iter_mut().filter(|chosen| **chosen == stand_in).for_each(|chosen| *chosen = sha256);
        pins.push(FileEntry { path: reference.path.clone(), sha256, bytes });
    }
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
