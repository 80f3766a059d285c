//! What a catalogue's references are recognised by, for `boardwatch catalog build` and for a catalogue that was not built.

use std::path::Path;

use super::read;
use super::source::Source;
use crate::catalog::{BoardEntry, BoardLine, CodedReference, FileEntry, MOST_CODE_FILES, Side, write_codes};
use crate::cli::files::write;
use crate::vision::{AlignConfig, Codes, PictureFacts, ReferenceFeatures, Sha256, decode};

/// References of a side that a board is recognised by: another unit in another light helps, more make the files large.
const OF_A_SIDE: usize = 2;

/// Writes the files of codes of the boards on the site; what `catalog.json` says of them.
pub(super) fn write_files(out: &Path, lines: &[BoardLine]) -> Result<Vec<FileEntry>, String> {
    for of_a_side in [OF_A_SIDE, 1] {
        let files = write_codes(&of_site(out, lines, of_a_side)?);
        if files.len() > MOST_CODE_FILES {
            continue;
        }
        let written = files.iter().enumerate().map(|(number, bytes)| {
            let path = format!("index/codes/{number}.bin");
            write(&out.join(&path), bytes)?;
            Ok(FileEntry { path, sha256: Sha256::of(bytes), bytes: bytes.len() as u64 })
        });
        return written.collect();
    }
    println!("There are too many boards to recognise one by its photo; the catalogue is built without that.");
    Ok(Vec::new())
}

fn of_site(out: &Path, lines: &[BoardLine], of_a_side: usize) -> Result<Vec<CodedReference>, String> {
    let mut coded = Vec::new();
    for (number, line) in (0..).zip(lines) {
        let board = BoardEntry::parse(&read(&out.join(&line.file.path))?, &line.file.path).map_err(|error| error.to_string())?;
        for side in [Side::Top, Side::Bottom] {
            let shown = board.references.iter().filter(|reference| reference.side == side).take(of_a_side);
            for features in shown.filter_map(|reference| reference.features.as_ref()) {
                let features = ReferenceFeatures::from_bytes(&read(&out.join(&features.path))?)
                    .map_err(|error| format!("{}: {error}", features.path))?;
                coded.push(CodedReference { number, board: line.id.clone(), side, codes: Codes::of(&features) });
            }
        }
    }
    Ok(coded)
}

/// The names of a catalogue's boards as its keeper has it, and what they are recognised by, worked out anew.
pub(in crate::cli) fn of_source(folder: &Path) -> Result<(Vec<String>, Vec<CodedReference>), String> {
    let source = Source::read(folder)?;
    let mut coded = Vec::new();
    for (number, board) in (0..).zip(&source.boards) {
        for reference in &board.references {
            let bytes = reference.picture()?;
            let picture = decode(&bytes).map_err(|error| format!("{}: {error}", reference.file.display()))?;
            let facts = PictureFacts::of(&bytes, &picture);
            let codes = Codes::of(&ReferenceFeatures::find(&picture, facts, &AlignConfig::default()));
            coded.push(CodedReference { number, board: board.entry.id.clone(), side: reference.entry.side, codes });
        }
    }
    Ok((source.boards.iter().map(|board| board.entry.name()).collect(), coded))
}
