//! Do the references of a side show the same board, and is one of them odd?

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::check::Complaint;
use super::read;
use super::source::{SourceBoard, SourceReference};
use crate::catalog::{Modality, Side};
use crate::cli::files::write_json;
use crate::cli::threads;
use crate::vision::{ConsensusConfig, ExamineConfig, Files, Ignore, KeptOut, Sha256, compare_references_together};

/// References that are compared with one another at a time.
const TOGETHER: usize = 6;
/// Those of them that every further reference is compared with.
const FIRST: usize = 5;

/// Sets of pictures that were found to agree before, by what they are, with the remarks that were made; so a check looks at what is new.
pub(super) struct Remembered {
    path: PathBuf,
    sets: BTreeMap<Sha256, Vec<(String, String)>>,
}

impl Remembered {
    pub(super) fn of(catalogue: &Path) -> Self {
        let path = catalogue.join(".boardwatch/agreeing.json");
        let sets = read(&path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Self { path, sets }
    }

    pub(super) fn keep(&self) -> Result<(), String> {
        write_json(&self.path, &self.sets)
    }
}

/// Compares the references of each side of a board with one another.
pub(super) fn check(
    board: &SourceBoard,
    threads: usize,
    remembered: &mut Remembered,
    complaints: &mut Vec<Complaint>,
) -> Result<(), String> {
    for side in [Side::Top, Side::Bottom] {
        let is_photo =
            |reference: &&SourceReference| reference.entry.side == side && reference.entry.modality == Modality::VisibleLight;
        let all: Vec<&SourceReference> = board.references.iter().filter(is_photo).collect();
        let (first, further) = all.split_at(all.len().min(TOGETHER));
        agree(board, first, threads, remembered, complaints)?;
        for reference in further {
            let with: Vec<&SourceReference> = first.iter().take(FIRST).chain([reference]).copied().collect();
            agree(board, &with, threads, remembered, complaints)?;
        }
    }
    Ok(())
}

fn agree(
    board: &SourceBoard,
    references: &[&SourceReference],
    threads: usize,
    remembered: &mut Remembered,
    complaints: &mut Vec<Complaint>,
) -> Result<(), String> {
    if references.len() < 2 {
        return Ok(());
    }
    let files = references.iter().map(|reference| reference.picture()).collect::<Result<Vec<_>, _>>()?;
    let named: Vec<String> =
        references.iter().map(|reference| format!("{} {}", reference.entry.sha256, reference.entry.unit)).collect();
    let set = Sha256::of(format!("{} {named:?}", env!("CARGO_PKG_VERSION")).as_bytes());
    if let Some(remarks) = remembered.sets.get(&set) {
        complaints.extend(remarks.iter().map(|(at, why)| Complaint::remark(at, why)));
        return Ok(());
    }
    let before = complaints.len();
    let mut units = BTreeMap::new();
    let numbers = references.iter().map(|reference| {
        let next = units.len() as u32;
        Some(*units.entry(&reference.entry.unit).or_insert(next))
    });
    let consensus = ConsensusConfig { most_crossed: TOGETHER, ..ConsensusConfig::default() };
    let config = ExamineConfig { consensus, units: numbers.collect(), ..ExamineConfig::default() };
    let pictures: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    let compared = threads::together(threads, &mut Ignore, async |watch, crew| {
        compare_references_together(&Files::of(&[], &pictures), &config, watch, crew).await
    });
    let mutual = compared.map_err(|error| format!("{}: {error}", board.entry.id))?;
    for (reference, said) in references.iter().zip(&mutual.references) {
        let at = || format!("{}, {}", board.entry.id, reference.entry.path);
        match said.standing.kept_out {
            Some(KeptOut::OtherBoard) => complaints.push(Complaint::problem(
                at(),
                "It does not lie on the other references of this side: it shows another board or revision.",
            )),
            Some(KeptOut::OddOneOut) => {
                let place = said.standing.odd_places.first().map_or(String::new(), |place| {
                    let area = place.photo_box;
                    format!(" First at {:.0}, {:.0}, {:.0} × {:.0} px.", area.x, area.y, area.w, area.h)
                });
                complaints.push(Complaint::problem(
                    at(),
                    format!("It has something that the other references don't have; it may be poisoned, or a variant that has to be named.{place}"),
                ));
            }
            None if !said.standing.odd_places.is_empty() => {
                let count = said.standing.odd_places.len();
                let places = if count == 1 { "one place".to_owned() } else { format!("{count} places") };
                complaints.push(Complaint::remark(at(), format!("It differs from most of the others at {places}, not surely.")));
            }
            None => {}
        }
    }
    if mutual.references.iter().all(|said| said.standing.kept_out.is_none()) {
        let strangers = mutual.pairs.iter().filter(|pair| pair.verdict == crate::vision::Verdict::Refused).count();
        if 2 * strangers >= mutual.pairs.len() {
            let at = format!("{}, {} references", board.entry.id, references.len());
            complaints
                .push(Complaint::problem(at, "They do not lie on one another: nobody can tell which of them show this board."));
        }
    }
    let new = complaints.get(before..).unwrap_or_default();
    if let Some(remarks) = new.iter().map(Complaint::as_remark).collect() {
        remembered.sets.insert(set, remarks);
    }
    Ok(())
}
