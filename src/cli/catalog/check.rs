//! `boardwatch catalog check`: what a catalogue's own checks run on every contribution.

use std::collections::BTreeMap;
use std::path::Path;

use super::duplicates::Glance;
use super::neighbours::{self, Remembered};
use super::source::{Source, SourceBoard, SourceReference};
use crate::vision::{Sha256, decode, has_only_pixels, probe};

/// Something that was found.
pub(super) struct Complaint {
    at: String,
    why: String,
    is_problem: bool,
}

impl Complaint {
    pub(super) fn problem(at: impl Into<String>, why: impl Into<String>) -> Self {
        Self { at: at.into(), why: why.into(), is_problem: true }
    }

    pub(super) fn remark(at: impl Into<String>, why: impl Into<String>) -> Self {
        Self { at: at.into(), why: why.into(), is_problem: false }
    }

    /// Where and what of a remark; `None` for a problem.
    pub(super) fn as_remark(&self) -> Option<(String, String)> {
        (!self.is_problem).then(|| (self.at.clone(), self.why.clone()))
    }

    /// A problem as a line; `None` for a remark.
    pub(super) fn problem_line(self) -> Option<String> {
        self.is_problem.then(|| format!("{}: {}", self.at, self.why))
    }
}

/// Checks a catalogue, says what was found; true when nothing forbids to build it.
pub(super) fn perform(folder: &Path, threads: usize) -> Result<bool, String> {
    let source = Source::read(folder)?;
    let mut complaints = of_files(&source);
    let sound = complaints.iter().all(|complaint| !complaint.is_problem);
    if sound {
        let mut remembered = Remembered::of(folder);
        for board in &source.boards {
            neighbours::check(board, threads, &mut remembered, &mut complaints)?;
        }
        remembered.keep()?;
    }
    for Complaint { at, why, is_problem } in &complaints {
        println!("{}: {at}: {why}", if *is_problem { "PROBLEM" } else { "remark" });
    }
    let count = |problem: bool| complaints.iter().filter(|complaint| complaint.is_problem == problem).count();
    let references: usize = source.boards.iter().map(|board| board.references.len()).sum();
    println!(
        "{} boards, {references} references: {} problems, {} remarks.{}",
        source.boards.len(),
        count(true),
        count(false),
        if sound { "" } else { " Pictures are compared with one another when these are mended." }
    );
    Ok(count(true) == 0)
}

/// What can be said without comparing pictures.
pub(super) fn of_files(source: &Source) -> Vec<Complaint> {
    let mut complaints: Vec<Complaint> =
        source.problems.iter().map(|(path, why)| Complaint::problem(path.display().to_string(), why)).collect();
    let mut seen: BTreeMap<Sha256, String> = BTreeMap::new();
    for board in &source.boards {
        if board.references.is_empty() {
            complaints.push(Complaint::remark(&board.entry.id, "It has no reference yet."));
        }
        let mut glances: Vec<(&SourceReference, Glance)> = Vec::new();
        for reference in &board.references {
            let at = format!("{}, {}", board.entry.id, reference.entry.path);
            let known = seen.insert(reference.entry.sha256, at.clone());
            if let Some(known) = known {
                complaints.push(Complaint::problem(&at, format!("It is the very file that {known} is.")));
            }
            let glance = match of_reference(reference, &at, &mut complaints) {
                Ok(glance) => glance,
                Err(why) => {
                    complaints.push(Complaint::problem(&at, why));
                    None
                }
            };
            let Some(glance) = glance else { continue };
            if let Some((other, _)) = glances.iter().find(|(_, other)| other.is_same(&glance)) {
                complaints.push(Complaint::problem(&at, format!("It is the same photo as {}, saved again.", other.entry.path)));
            }
            glances.push((reference, glance));
        }
        complaints.extend(few_units(board));
    }
    complaints
}

/// File, hash, size, licence.
fn of_reference(reference: &SourceReference, at: &str, complaints: &mut Vec<Complaint>) -> Result<Option<Glance>, String> {
    let entry = &reference.entry;
    if let Err(error) = spdx::Expression::parse(&entry.licence) {
        return Err(format!("Its licence {:?} is none that SPDX knows: {}.", entry.licence, error.reason));
    }
    let bytes = reference.picture()?;
    let sha256 = Sha256::of(&bytes);
    if sha256 != entry.sha256 {
        return Err(format!("Its SHA-256 is {sha256}, and {} is what board.json says.", entry.sha256));
    }
    if bytes.len() as u64 != entry.bytes {
        return Err(format!("It has {} bytes, and {} is what board.json says.", bytes.len(), entry.bytes));
    }
    let header = probe(&bytes).map_err(|error| error.to_string())?;
    if (header.width, header.height) != (entry.width, entry.height) {
        return Err(format!(
            "It has {} × {} pixels, and {} × {} is what board.json says.",
            header.width, header.height, entry.width, entry.height
        ));
    }
    let picture = decode(&bytes).map_err(|error| error.to_string())?;
    if !has_only_pixels(&bytes) {
        complaints.push(Complaint::remark(at, "Its file holds more than pixels, such as where and with what it was taken."));
    }
    Ok(Glance::of(&picture))
}

/// One unit alone can't tell what is usual.
fn few_units(board: &SourceBoard) -> Option<Complaint> {
    let mut units: Vec<&str> = board.references.iter().map(|reference| reference.entry.unit.as_str()).collect();
    units.sort_unstable();
    units.dedup();
    (units.len() == 1).then(|| {
        Complaint::remark(&board.entry.id, "All of its references show one unit: what that unit alone has can't be told.")
    })
}
