//! Drawn boards, photographed by hand and compared.

use boardwatch::geometry::{Photo, Point, Rect};
use boardwatch::vision::{Comparison, Difference, ExamineConfig, Files, Ignore, Verdict, compare_files};
use specimen::{
    Board, BoardConfig, Camera, Difficulty, PixelBox, Shot, Tampering, TruthBox, Unit, UnitConfig, photograph, truth,
};

/// Pixels of a picture: parts are as large on it as on a 12 MP photo of a board four times as wide.
pub(crate) const SIZE: [usize; 2] = [1280, 960];
pub(crate) const SIZE_MM: [f64; 2] = [90.0, 68.0];
/// Every fifth photo shows another board.
const OTHER_BOARD: u64 = 5;
/// An aligned photo lies this well on its reference, as the 95th percentile over the board, in reference pixels.
const MOST_ERROR_PX: f64 = 8.0;
/// How many differences a person looks at.
const FIRST: usize = 10;

/// A photo of another board is not called aligned; one of the same board lies right, if it is called aligned. What was
/// done to the board is found among the first ten differences, or it is counted as missed.
pub(crate) fn case(seed: u64) -> Result<&'static str, String> {
    let (photo, reference, other) = pictures(seed);
    let said = compared(&photo, &reference)?;
    let verdict = said.alignment.verdict;
    if other {
        return if verdict == Verdict::Aligned {
            Err("another board is called aligned".to_owned())
        } else {
            Ok("other board, not aligned")
        };
    }
    let (Verdict::Aligned, Some(warp)) = (verdict, said.alignment.warp()) else {
        return Ok(if verdict == Verdict::Doubtful { "same board, doubtful" } else { "same board, refused" });
    };
    let truth = truth(&reference, &photo);
    let mut errors: Vec<f64> = truth
        .grid
        .iter()
        .map(|[px, py, rx, ry]| warp.to_reference(Point::<Photo>::new(*px, *py)).distance(Point::new(*rx, *ry)))
        .collect();
    errors.sort_by(f64::total_cmp);
    let p95 = errors.get(errors.len() * 95 / 100).copied().unwrap_or(0.0);
    if p95 > MOST_ERROR_PX {
        return Err(format!("called aligned, but 5 % of the board lie more than {p95:.1} px beside the truth"));
    }
    Ok(match (truth.boxes.is_empty(), truth.boxes.iter().all(|there| is_found(&said, there))) {
        (true, _) => "aligned, nothing to find in view",
        (false, true) => "aligned, tampering among the first ten",
        (false, false) => "aligned, tampering missed",
    })
}

/// A photo, a reference, and whether they show different boards.
pub(crate) fn pictures(seed: u64) -> (Shot, Shot, bool) {
    let board = Board::new(&BoardConfig { seed, size_mm: SIZE_MM, ..BoardConfig::default() });
    let good = unit(&board, 1);
    let difficulty = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard][seed as usize % 3];
    let tampering = [Tampering::Added, Tampering::Missing, Tampering::Swapped, Tampering::Filled][seed as usize % 4];
    let other = seed % OTHER_BOARD == OTHER_BOARD - 1;
    let photographed = if other {
        unit(&Board::new(&BoardConfig { seed: seed + 1_000_000, size_mm: SIZE_MM, ..BoardConfig::default() }), 2)
    } else {
        unit(&board, 2).with(tampering)
    };
    let reference = photograph(&good, &Camera::reference(seed), SIZE);
    let photo = photograph(&photographed, &Camera::hand_held(seed, difficulty), SIZE);
    (photo, reference, other)
}

/// Both pictures as files, compared.
pub(crate) fn compared(photo: &Shot, reference: &Shot) -> Result<Comparison, String> {
    let [photo, reference] = [photo, reference].map(|shot| shot.jpeg(shot.quality));
    compare_files(&Files::of(&photo, &[&reference]), &ExamineConfig::default(), &mut Ignore).map_err(|error| error.to_string())
}

/// True when it is among the first differences.
pub(crate) fn is_found(said: &Comparison, there: &TruthBox) -> bool {
    said.differences.iter().take(FIRST).any(|difference| shows(difference, &there.photo_box))
}

pub(crate) fn unit(board: &Board, seed: u64) -> Unit {
    board.unit(&UnitConfig { seed, ..UnitConfig::default() })
}

/// The middle of either lies in the other, give or take a few pixels.
fn shows(difference: &Difference, there: &PixelBox) -> bool {
    let seen = difference.photo_box;
    let middle = Point::<Photo>::new(there.x + there.w / 2.0, there.y + there.h / 2.0);
    let truth = Rect::<Photo>::new(there.x, there.y, there.w, there.h).grown(6.0);
    truth.contains(seen.centre()) || (seen.contains(middle) && seen.area() <= 12.0 * there.w * there.h)
}
