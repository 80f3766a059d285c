//! Photos of drawn boards, looked for in a catalogue of a thousand of them.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;
use std::thread;

use boardwatch::catalog::{CodedReference, read_codes, write_codes};
use boardwatch::vision::{Identity, Ignore, Listed, identify};

use crate::drawn::{self, Trial, listed, sibling, trial};
use crate::seeds::is_whole;

/// Boards of the catalogue; drawing them takes half an hour, so that they are kept from run to run.
const BOARDS: u64 = 1000;
/// Boards of the catalogue of which `cargo test` looks for a few.
const FEW_BOARDS: u64 = 10;

static CATALOGUE: LazyLock<Vec<CodedReference>> = LazyLock::new(|| if is_whole() { kept() } else { draw(FEW_BOARDS) });

/// By as many threads as there are cores; the order is that of the numbers.
fn draw(boards: u64) -> Vec<CodedReference> {
    let threads = thread::available_parallelism().map_or(1, |cores| cores.get() as u64);
    thread::scope(|scope| {
        let drawing =
            |first| scope.spawn(move || (first..boards).step_by(threads as usize).map(drawn::coded).collect::<Vec<_>>());
        let parts: Vec<_> = (0..threads).map(drawing).collect();
        let mut parts: Vec<_> = parts.into_iter().map(|part| part.join().expect("boards can be drawn").into_iter()).collect();
        (0..boards).filter_map(|number| parts[(number % threads) as usize].next()).collect()
    })
}

/// What an earlier run has drawn, if boards are still drawn and coded in the same way.
fn kept() -> Vec<CodedReference> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("recognised");
    let read = |number: usize| read_codes(&fs::read(folder.join(format!("{number}.bin"))).ok()?).ok();
    let old: Vec<CodedReference> = (0..).map_while(read).flatten().collect();
    if old.len() as u64 == BOARDS && [3, 9].iter().all(|number| old[*number as usize] == drawn::coded(*number)) {
        return old;
    }
    let new = draw(BOARDS);
    fs::create_dir_all(&folder).unwrap();
    for (number, file) in write_codes(&new).into_iter().enumerate() {
        fs::write(folder.join(format!("{number}.bin")), file).unwrap();
    }
    new
}

/// The board is named with its side and as mirrored as it is; where a revision looks like it, one of the two; and no other board is.
pub(crate) fn case(seed: u64) -> Result<&'static str, String> {
    let Trial { number, mirrored, picture, .. } = trial(seed, CATALOGUE.len() as u64);
    let references: Vec<Listed<'_>> =
        CATALOGUE.iter().map(|reference| Listed { codes: &reference.codes, board: reference.number.into() }).collect();
    let said = identify(&picture, &references, &mut Ignore).map_err(|error| error.to_string())?;
    let Some(number) = number else {
        return Ok(match said.identity {
            Identity::Unknown => "unknown board said to be unknown",
            _ => "unknown board taken for a known one",
        });
    };
    // Board and side of what is listed under a number.
    let is = |candidate: usize, number: u64| {
        let (board, side) = listed(number);
        let found = &CATALOGUE[candidate];
        (u64::from(found.number), found.side) == (board, side)
    };
    let place = said.candidates.iter().position(|found| is(found.reference, number) && found.mirrored == mirrored);
    let first = said.candidates.first().map(|found| found.reference);
    let is_sibling = |found: usize| sibling(number).is_some_and(|sibling| is(found, sibling));
    Ok(match (said.identity, place) {
        (Identity::Unknown, _) => "known board said to be unknown",
        (Identity::Known, Some(0)) => "right",
        (Identity::Known, _) if first.is_some_and(is_sibling) => "its other revision",
        (Identity::Known, _) => "wrong",
        (Identity::Ambiguous(_), Some(0)) => "not sure, right is the first",
        (Identity::Ambiguous(several), Some(place)) if place < several => "not sure, right among the first",
        (Identity::Ambiguous(_), _) => "not sure, and right is not among the first",
    })
}
