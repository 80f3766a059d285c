//! The library's decisions.

use super::{
    BUILT_IN, BoardPage, BoardState, Choice, Contents, FetchId, KeptCatalogue, KnownCatalogue, Library, LibraryAction,
    LibraryEffect, MOST_FOUND, Need, OpenCatalogue, USUAL_REFERENCES, manifest, may_ask, reading, recognising,
};
use crate::catalog::search::{Fetched, Step, search};
use crate::catalog::{
    BoardEntry, BoardLine, CatalogueError, Edition, MOST_FILE_BYTES, Modality, ReferenceEntry, Side, catalogue_address, host_of,
};
use crate::report::{CatalogueSignature, MAX_SIGNATURE_BYTES, PictureEntry};
use crate::vision::Sha256;

/// Files of a search index that are kept beside each other: many more than a question needs.
const MOST_ON_SHELF: usize = 64;

const NOT_SIGNED_SO: &str = "The catalogue's signature does not fit its contents: somebody has changed one of the two. Nothing of it was used; tell whoever keeps it.";

/// What `action` makes of the library, and what is to be done about it.
#[must_use = "the effects are the library's only way to do anything"]
pub fn update(library: &mut Library, action: LibraryAction) -> Vec<LibraryEffect> {
    match action {
        LibraryAction::CataloguesListed(kept) => listed(library, kept),
        LibraryAction::FilesFetched(fetch, result) => fetched(library, fetch, result),
        LibraryAction::FilesHashed(fetch, result) => manifest::pinned(library, fetch, result),
        LibraryAction::SignatureChecked(address, fits) => checked(library, &address, fits),
        LibraryAction::HostsKnown(hosts) => {
            library.hosts = hosts;
            Vec::new()
        }
        LibraryAction::Search(question) => {
            library.question = question;
            let addresses: Vec<String> = library.catalogues.iter().flatten().map(|known| known.kept.address.clone()).collect();
            addresses.iter().filter_map(|address| look(library, address)).collect()
        }
        LibraryAction::AddCatalogue(typed) => add(library, &typed),
        LibraryAction::AgreeToHost(agrees) => agree(library, agrees),
        LibraryAction::OpenCatalogue(address) => open(library, &address).into_iter().collect(),
        LibraryAction::AcceptChange(address) => accept_change(library, &address),
        LibraryAction::RemoveCatalogue(address) => remove(library, &address),
        LibraryAction::PhotoGiven(title) => {
            library.photo = Some(title);
            recognising::stop(library)
        }
        LibraryAction::Recognise => recognising::start(library),
        LibraryAction::RecognitionProgressed(job, done) => {
            recognising::progressed(library, job, done);
            Vec::new()
        }
        LibraryAction::Recognised(job, result) => recognising::recognised(library, job, result).into_iter().collect(),
        LibraryAction::StopRecognising => recognising::stop(library),
        LibraryAction::ShowBoard(address, line, side) => show_board(library, address, *line, side).into_iter().collect(),
        LibraryAction::LeaveBoard => {
            library.page = None;
            Vec::new()
        }
        LibraryAction::ToggleReference(sha256) => {
            choose(library, sha256);
            Vec::new()
        }
        LibraryAction::UseReferences => use_chosen(library).into_iter().collect(),
        LibraryAction::Close => {
            vec![LibraryEffect::Tell(Box::new(Choice { kept: library.kept(), references: Vec::new() }))]
        }
    }
}

/// The built-in catalogue, and those that the browser keeps.
fn listed(library: &mut Library, kept: Vec<KeptCatalogue>) -> Vec<LibraryEffect> {
    let built_in = KeptCatalogue { address: BUILT_IN.to_owned(), ..KeptCatalogue::default() };
    let others = kept.into_iter().filter(|kept| host_of(&kept.address).is_some());
    let all: Vec<_> = std::iter::once(built_in).chain(others).map(KnownCatalogue::new).collect();
    let addresses: Vec<String> = all.iter().map(|known| known.kept.address.clone()).collect();
    library.catalogues = Some(all);
    addresses.iter().filter_map(|address| open(library, address)).collect()
}

/// Fetches a catalogue's first files.
fn open(library: &mut Library, address: &str) -> Option<LibraryEffect> {
    let fetch = library.number();
    let catalogue = library.catalogue_mut(address)?;
    (catalogue.found, catalogue.searching) = (None, None);
    catalogue.contents = Contents::Opening(fetch);
    let edition = Edition { address: address.to_owned(), ..Edition::default() };
    let mut files = vec![Need::Now { address: address.to_owned(), most: MOST_FILE_BYTES, is_needed: true }];
    if may_be_signed(address) {
        files.push(Need::Now { address: edition.address_of("catalog.sig"), most: MAX_SIGNATURE_BYTES, is_needed: false });
    }
    files.extend(catalogue.kept.seen.filter(|_| !catalogue.is_built_in()).map(Need::Kept));
    Some(LibraryEffect::FetchFiles(fetch, files))
}

/// What came with the page is as good as the page, and a manifest has no signature.
fn may_be_signed(address: &str) -> bool {
    host_of(address).is_some() && address.ends_with("/catalog.json")
}

/// Files came, or not; why, as a sentence. What nobody waits for any more is dropped.
fn fetched(library: &mut Library, fetch: FetchId, result: Result<Vec<Option<Vec<u8>>>, String>) -> Vec<LibraryEffect> {
    if recognising::waits_for(library, fetch) {
        return recognising::named(library, result).into_iter().collect();
    }
    let Library { page, catalogues, .. } = library;
    if let Some(page) = page.as_mut().filter(|page| page.board == BoardState::Coming(fetch)) {
        let kept = catalogues.iter().flatten().map(|known| &known.kept).find(|kept| kept.address == page.catalogue);
        let file = result.map(|files| files.into_iter().flatten().next().unwrap_or_default());
        let read = |file: Vec<u8>| {
            let kept = kept.cloned().unwrap_or_default();
            manifest::board(&file, &page.line, &kept).map_err(|error| error.to_string())
        };
        page.board = match file.and_then(read) {
            Ok((board, manifest)) => {
                page.chosen = usual(&board, page.side);
                page.manifest = manifest;
                BoardState::Here(Box::new(board))
            }
            Err(sentence) => BoardState::Failed(sentence),
        };
        return Vec::new();
    }
    let waits = |known: &&mut KnownCatalogue| {
        known.contents == Contents::Opening(fetch) || known.searching.as_ref().is_some_and(|(searching, _)| *searching == fetch)
    };
    let Some(catalogue) = library.catalogues.iter_mut().flatten().find(waits) else { return Vec::new() };
    let address = catalogue.kept.address.clone();
    match (catalogue.searching.take(), result) {
        (_, Err(sentence)) => {
            catalogue.contents = Contents::Failed(sentence);
            Vec::new()
        }
        (Some((_, paths)), Ok(files)) => {
            if let Err(error) = shelve(catalogue, paths, files) {
                catalogue.contents = Contents::Failed(error.to_string());
            }
            look(library, &address).into_iter().collect()
        }
        (None, Ok(files)) => opened(library, &address, &files),
    }
}

/// A catalogue's first files came.
fn opened(library: &mut Library, address: &str, files: &[Option<Vec<u8>>]) -> Vec<LibraryEffect> {
    let Some(catalogue) = library.catalogue_mut(address) else { return Vec::new() };
    let mut files = files.iter().map(Option::as_deref);
    let first = files.next().flatten().unwrap_or_default();
    let signature = if may_be_signed(address) { files.next().flatten() } else { None };
    match reading::read(address, first, signature, files.next().flatten()) {
        Err(sentence) => catalogue.contents = Contents::Failed(sentence),
        Ok(open) => {
            let signature = open.signature.as_ref().map(|(signature, _)| *signature);
            catalogue.contents = Contents::Checking(Box::new(open));
            return match signature {
                Some(signature) => vec![LibraryEffect::Check(address.to_owned(), signature, CatalogueSignature::signed(first))],
                None => checked(library, address, None),
            };
        }
    }
    Vec::new()
}

/// It is known whether the signature fits, or there is none.
fn checked(library: &mut Library, address: &str, fits: Option<bool>) -> Vec<LibraryEffect> {
    let Some(catalogue) = library.catalogue_mut(address) else { return Vec::new() };
    let Contents::Checking(mut open) = std::mem::replace(&mut catalogue.contents, Contents::Closed) else { return Vec::new() };
    if let Some((_, known)) = &mut open.signature {
        *known = fits;
        if fits == Some(false) {
            catalogue.contents = Contents::Failed(NOT_SIGNED_SO.to_owned());
            return Vec::new();
        }
    }
    let key = open.signature.as_ref().map(|(signature, _)| signature.key);
    if catalogue.kept.seen.is_some() && catalogue.kept.key != key {
        catalogue.contents = Contents::Changed(open);
        return Vec::new();
    }
    accept(library, address, open)
}

/// From now on it is the catalogue of whoever signed it.
fn accept(library: &mut Library, address: &str, open: Box<OpenCatalogue>) -> Vec<LibraryEffect> {
    let Some(catalogue) = library.catalogue_mut(address) else { return Vec::new() };
    let kept = KeptCatalogue {
        address: address.to_owned(),
        title: open.index.title.clone().unwrap_or_default(),
        key: open.signature.as_ref().map(|(signature, _)| signature.key),
        contribute: open.index.contribute.clone(),
        pictures: catalogue.kept.pictures.clone(),
        seen: Some(open.sha256),
    };
    let is_new = kept != catalogue.kept && !catalogue.is_built_in();
    catalogue.kept = kept.clone();
    catalogue.contents = Contents::Open(open);
    is_new.then_some(LibraryEffect::KeepCatalogue(kept)).into_iter().chain(look(library, address)).collect()
}

/// The person accepts that a catalogue is signed otherwise than before.
fn accept_change(library: &mut Library, address: &str) -> Vec<LibraryEffect> {
    let Some(catalogue) = library.catalogue_mut(address) else { return Vec::new() };
    match std::mem::replace(&mut catalogue.contents, Contents::Closed) {
        Contents::Changed(open) => accept(library, address, open),
        other => {
            catalogue.contents = other;
            Vec::new()
        }
    }
}

/// A catalogue is to be added, by its address.
fn add(library: &mut Library, typed: &str) -> Vec<LibraryEffect> {
    let wanted = catalogue_address(typed).and_then(|address| match library.catalogue(&address) {
        Some(_) => Err(CatalogueError::Twice(address)),
        None => Ok(address),
    });
    (library.asking, library.refused) = match wanted {
        Ok(address) => (Some(address), None),
        Err(error) => (None, Some(error)),
    };
    let kept = library.catalogues.iter().flatten().map(|known| &known.kept);
    let is_agreed = library.asking.as_deref().is_some_and(|address| may_ask(address, kept));
    if is_agreed { agree(library, true) } else { Vec::new() }
}

/// The person agrees to ask the host of the catalogue that is to be added, or does not.
fn agree(library: &mut Library, agrees: bool) -> Vec<LibraryEffect> {
    let Some(address) = library.asking.take().filter(|_| agrees) else { return Vec::new() };
    let kept = KeptCatalogue { address: address.clone(), ..KeptCatalogue::default() };
    library.catalogues.get_or_insert_default().push(KnownCatalogue::new(kept.clone()));
    std::iter::once(LibraryEffect::KeepCatalogue(kept)).chain(open(library, &address)).collect()
}

/// A catalogue is not wanted any more; with the last one of its host the agreement ends.
fn remove(library: &mut Library, address: &str) -> Vec<LibraryEffect> {
    let Some(catalogues) = &mut library.catalogues else { return Vec::new() };
    let before = catalogues.len();
    catalogues.retain(|known| known.is_built_in() || known.kept.address != address);
    library.page.take_if(|page| page.catalogue == address);
    let is_gone = library.catalogues.as_ref().is_some_and(|catalogues| catalogues.len() < before);
    // Its boards may be among those that were found.
    let mut effects = if is_gone { recognising::stop(library) } else { Vec::new() };
    effects.extend(is_gone.then(|| LibraryEffect::ForgetCatalogue(address.to_owned())));
    effects
}

/// Looks for the boards of the question in one catalogue; what is typed while files come is looked for with them.
fn look(library: &mut Library, address: &str) -> Option<LibraryEffect> {
    let (fetch, question) = (library.number(), library.question.clone());
    let catalogue = library.catalogue_mut(address)?;
    if catalogue.searching.is_some() {
        return None;
    }
    let (open, edition) = (catalogue.open()?, catalogue.edition()?);
    match search(&open.index, &open.shelf, &question, MOST_FOUND) {
        Ok(Step::Found(found)) => catalogue.found = Some((question, found)),
        Ok(Step::Fetch(wanted)) => {
            catalogue.searching = Some((fetch, wanted.iter().map(|wanted| wanted.path.clone()).collect()));
            let needs = wanted.iter().map(|wanted| Need::wanted(&edition, wanted)).collect();
            return Some(LibraryEffect::FetchFiles(fetch, needs));
        }
        Err(error) => catalogue.contents = Contents::Failed(error.to_string()),
    }
    None
}

/// Files of a search index came.
pub(super) fn shelve(
    catalogue: &mut KnownCatalogue,
    paths: Vec<String>,
    files: Vec<Option<Vec<u8>>>,
) -> Result<(), CatalogueError> {
    let Contents::Open(open) = &mut catalogue.contents else { return Ok(()) };
    let OpenCatalogue { index, shelf, .. } = &mut **open;
    let Some(index) = &index.search else { return Ok(()) };
    if shelf.count() > MOST_ON_SHELF {
        *shelf = Fetched::default();
    }
    paths.into_iter().zip(files.into_iter().flatten()).try_for_each(|(path, file)| shelf.put(index, path, &file))
}

/// A board is to be looked at.
fn show_board(library: &mut Library, address: String, line: BoardLine, side: Option<Side>) -> Option<LibraryEffect> {
    let edition = library.catalogue(&address)?.edition()?;
    let fetch = library.number();
    let need = Need::of(&edition.file(&line.file));
    library.page =
        Some(BoardPage { catalogue: address, line, board: BoardState::Coming(fetch), chosen: Vec::new(), side, manifest: None });
    Some(LibraryEffect::FetchFiles(fetch, vec![need]))
}

/// The references that are chosen at first: ordinary photographs of this side, or else of the one that most show, one of each unit.
fn usual(board: &BoardEntry, side: Option<Side>) -> Vec<Sha256> {
    let of = |side: Side| board.references.iter().filter(move |r| r.side == side && r.modality == Modality::VisibleLight);
    let most = if of(Side::Bottom).count() > of(Side::Top).count() { Side::Bottom } else { Side::Top };
    let side = side.unwrap_or(most);
    let mut units: Vec<&str> = Vec::new();
    let mut chosen = Vec::new();
    for reference in of(side) {
        if chosen.len() < USUAL_REFERENCES && !units.contains(&reference.unit.as_str()) {
            units.push(&reference.unit);
            chosen.push(reference.sha256);
        }
    }
    chosen
}

/// A reference is chosen, or no longer. References of the other side can't be laid over it.
fn choose(library: &mut Library, sha256: Sha256) {
    let Some(page) = &mut library.page else { return };
    let BoardState::Here(board) = &page.board else { return };
    let side_of = |sha256: Sha256| board.references.iter().find(|reference| reference.sha256 == sha256).map(|r| r.side);
    if page.chosen.contains(&sha256) {
        page.chosen.retain(|chosen| *chosen != sha256);
    } else if let Some(side) = side_of(sha256) {
        page.chosen.retain(|chosen| side_of(*chosen) == Some(side));
        page.chosen.push(sha256);
    }
}

/// The chosen references, in the board's order, become what the photo is compared with.
pub(super) fn use_chosen(library: &mut Library) -> Option<LibraryEffect> {
    if let Some(fetch) = manifest::pin(library) {
        return Some(fetch);
    }
    let page = library.page.as_ref()?;
    let BoardState::Here(board) = &page.board else { return None };
    let edition = library.catalogue(&page.catalogue)?.edition()?;
    let is_chosen = |reference: &&ReferenceEntry| page.chosen.contains(&reference.sha256);
    let chosen = board.references.iter().filter(is_chosen);
    let references: Vec<_> = chosen.map(|reference| PictureEntry::of_reference(board, reference, &edition)).collect();
    (!references.is_empty()).then(|| LibraryEffect::Tell(Box::new(Choice { kept: library.kept(), references })))
}
