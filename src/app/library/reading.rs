//! What a catalogue's first files say.

use std::collections::BTreeMap;

use super::{OpenCatalogue, manifest};
use crate::catalog::search::Fetched;
use crate::catalog::{BoardLine, Index};
use crate::report::CatalogueSignature;
use crate::vision::Sha256;

/// Names of boards that a change is told by; the rest is a number.
const MOST_NAMED: usize = 5;

/// What is different in a catalogue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// The edition of last time.
    pub edition: u64,
    /// Boards that are new, changed and gone: how many, and the first of their names. Of a catalogue that has a search index they are not known.
    pub boards: Option<[(usize, Vec<String>); 3]>,
}

/// Reads the catalogue at `address`: `catalog.json` or a manifest, `catalog.sig` where there is one, and the `catalog.json` of last time where it is still here.
///
/// # Errors
/// A sentence when one of the first two is not as the format says.
pub(super) fn read(
    address: &str,
    catalogue: &[u8],
    signature: Option<&[u8]>,
    before: Option<&[u8]>,
) -> Result<OpenCatalogue, String> {
    let index = manifest::index(catalogue, address).map_err(|error| error.to_string())?;
    let signature = signature.map(CatalogueSignature::from_bytes).transpose().map_err(|error| error.to_string())?;
    // What was read before may be of a version that no longer is; then nothing is known of it.
    let before = before.and_then(|bytes| manifest::index(bytes, address).ok());
    Ok(OpenCatalogue {
        changes: before.and_then(|before| changes(&before, &index)),
        index,
        sha256: Sha256::of(catalogue),
        signature: signature.map(|signature| (signature, None)),
        shelf: Fetched::default(),
    })
}

fn changes(before: &Index, now: &Index) -> Option<Changes> {
    if before == now {
        return None;
    }
    if before.search.is_some() || now.search.is_some() {
        return Some(Changes { edition: before.edition, boards: None });
    }
    let by_id = |index: &Index| index.boards.iter().map(|line| (line.id.clone(), line.clone())).collect::<BTreeMap<_, _>>();
    let (old, new) = (by_id(before), by_id(now));
    // Of the boards of the one, those of which this can be said beside the other.
    let told = |these: &BTreeMap<String, BoardLine>, is: &dyn Fn(&BoardLine) -> bool| {
        let names: Vec<String> = these.values().filter(|line| is(line)).map(BoardLine::name).collect();
        (names.len(), names.into_iter().take(MOST_NAMED).collect())
    };
    let added = told(&new, &|line| !old.contains_key(&line.id));
    let changed = told(&new, &|line| old.get(&line.id).is_some_and(|before| before != line));
    let gone = told(&old, &|line| !new.contains_key(&line.id));
    Some(Changes { edition: before.edition, boards: Some([added, changed, gone]) })
}
