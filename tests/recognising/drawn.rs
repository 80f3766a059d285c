//! A catalogue of drawn boards, and photos of their units.

use boardwatch::catalog::{CodedReference, Side};
use boardwatch::vision::{AlignConfig, Codes, Picture, PictureFacts, ReferenceFeatures, Sha256};
use specimen::{Board, BoardConfig, Camera, Difficulty, Shot, UnitConfig, photograph};

/// Pixels of a picture.
const SIZE: [usize; 2] = [1280, 960];
/// Sizes of boards in mm; a board's number decides.
const FORMATS: [[f64; 2]; 5] = [[90.0, 68.0], [72.0, 54.0], [100.0, 80.0], [68.0, 90.0], [140.0, 96.0]];
/// Every tenth board is the one before in its next revision.
const REVISIONS: u64 = 10;
/// Numbers from here on are in no catalogue.
const UNKNOWN: u64 = 5_000_000;

/// Board number `number`.
pub(crate) fn board(number: u64) -> Board {
    let is_revision = number % REVISIONS == REVISIONS - 1;
    let first = if is_revision { number - 1 } else { number };
    let title = format!("D{first:05} R{}", 1 + u64::from(is_revision));
    let size_mm = FORMATS[(first / REVISIONS + first) as usize % FORMATS.len()];
    let mut board = Board::new(&BoardConfig { seed: 3_000_000 + first, size_mm, title: Some(title), ..BoardConfig::default() });
    if is_revision {
        // From a tenth of its parts, which a person hardly sees, to four tenths.
        let share = 2 + number / REVISIONS % 4 * 2;
        let mut place = 0;
        board.parts.retain(|_| {
            place += 1;
            place * 7 % 20 >= share
        });
    }
    board
}

/// The board that this one is a revision of, or that is a revision of it; none for most.
pub(crate) fn sibling(number: u64) -> Option<u64> {
    match number % REVISIONS {
        9 => Some(number - 1),
        8 => Some(number + 1),
        _ => None,
    }
}

/// The board that a drawn one is listed as, and the side: one in ten is the bottom of the one before.
pub(crate) fn listed(number: u64) -> (u64, Side) {
    if number % REVISIONS == 5 { (number - 1, Side::Bottom) } else { (number, Side::Top) }
}

/// Its picture in the catalogue.
pub(crate) fn reference(number: u64) -> Shot {
    let unit = board(number).unit(&UnitConfig { seed: 1, ..UnitConfig::default() });
    photograph(&unit, &Camera::reference(number), SIZE)
}

/// What the catalogue holds of it.
pub(crate) fn coded(number: u64) -> CodedReference {
    let codes = Codes::of(&features(&picture(&reference(number)), number));
    let (board, side) = listed(number);
    CodedReference { number: board as u32, board: format!("drawn-{board}"), side, codes }
}

/// A photo, and what it shows.
pub(crate) struct Trial {
    /// The board's number in the catalogue; `None` for a board that is in none.
    pub(crate) number: Option<u64>,
    pub(crate) mirrored: bool,
    pub(crate) picture: Picture,
}

/// Photo number `seed`, of a catalogue of so many boards. A third each is easy, medium and hard.
pub(crate) fn trial(seed: u64, boards: u64) -> Trial {
    let known = seed % 5 != 4;
    let number = if known { seed * 619 % boards } else { UNKNOWN + seed * REVISIONS };
    let difficulty = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard][seed as usize % 3];
    let mirrored = seed % 10 == 7;
    let unit = board(number).unit(&UnitConfig { seed: 100 + seed, ..UnitConfig::default() });
    let shot = photograph(&unit, &Camera::hand_held(7_000 + seed, difficulty), SIZE);
    let upright = picture(&shot);
    let picture = if mirrored { flipped(&upright) } else { upright };
    Trial { number: known.then_some(number), mirrored, picture }
}

/// What a catalogue holds of a picture.
pub(crate) fn features(picture: &Picture, number: u64) -> ReferenceFeatures {
    let sha256 = Sha256::of(&number.to_le_bytes());
    let facts = PictureFacts { sha256, width: picture.width as u32, height: picture.height as u32 };
    ReferenceFeatures::find(picture, facts, &AlignConfig::default())
}

pub(crate) fn picture(shot: &Shot) -> Picture {
    Picture { width: shot.width, height: shot.height, rgb: shot.rgb.clone() }
}

fn flipped(picture: &Picture) -> Picture {
    let row = |row: &[u8]| row.as_chunks::<3>().0.iter().rev().flatten().copied().collect::<Vec<u8>>();
    let rgb = picture.rgb.chunks_exact(picture.width * 3).flat_map(row).collect();
    Picture { rgb, ..*picture }
}
