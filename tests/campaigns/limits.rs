//! The smallest part that a comparison says it could have shown, put onto the board and looked for; and smaller and larger ones.

use boardwatch::geometry::Point;
use boardwatch::vision::Verdict;
use specimen::{Board, BoardConfig, Camera, Difficulty, Tampering, photograph, truth};

use crate::specimens::{SIZE, SIZE_MM, compared, is_found, unit};

/// Sides of parts beside the stated limit, with the names of what may come of them.
const SIDES: [(f64, &str, &str); 4] = [
    (1.0, "found at the limit", "missed at the limit"),
    (0.5, "found at half the limit", "missed at half the limit"),
    (0.75, "found at three quarters of the limit", "missed at three quarters of the limit"),
    (1.5, "found at one and a half times the limit", "missed at one and a half times the limit"),
];

/// Two comparisons: of a board as it was made, for the limit that it states, and of one with a part of about that size.
pub(crate) fn case(seed: u64) -> Result<&'static str, String> {
    let board = Board::new(&BoardConfig { seed: seed + 5_000_000, size_mm: SIZE_MM, ..BoardConfig::default() });
    let difficulty = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard][seed as usize % 3];
    let (reference_camera, camera) = (Camera::reference(seed), Camera::hand_held(seed, difficulty));
    let reference = photograph(&unit(&board, 1), &reference_camera, SIZE);
    let untouched = photograph(&unit(&board, 2), &camera, SIZE);
    let said = compared(&untouched, &reference)?;
    if said.alignment.verdict != Verdict::Aligned {
        return Ok("not aligned");
    }
    let (side, found, missed) = SIDES[(seed / 3 % 4) as usize];
    let side_mm = side * said.limits.smallest_part_px / truth(&reference, &untouched).reference_px_per_mm;
    let part = Tampering::Sized { side_um: (side_mm * 1000.0).round() as u32 };
    let photo = photograph(&unit(&board, 2).with(part), &camera, SIZE);
    let said = compared(&photo, &reference)?;
    let truth = truth(&reference, &photo);
    let Some(there) = truth.boxes.first() else { return Ok("not in view") };
    let part = there.reference_box;
    let middle = Point::new(part.x + part.w / 2.0, part.y + part.h / 2.0);
    let covered = said.limits.blind_areas.iter().any(|area| area.reference_box.contains(middle));
    Ok(match (is_found(&said, there), covered) {
        (true, _) => found,
        (false, true) => "in a blind area",
        (false, false) => missed,
    })
}
