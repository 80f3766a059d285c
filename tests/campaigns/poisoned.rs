//! Five references, one of them of a unit with an added part, and a photo of a unit with the same part; or five clean ones.

use boardwatch::geometry::{Point, Rect};
use boardwatch::vision::{Comparison, Difference, ExamineConfig, Files, Ignore, KeptOut, Verdict, compare_files};
use specimen::{Board, BoardConfig, Camera, Difficulty, PixelBox, Shot, Tampering, photograph, truth};

use crate::specimens::unit;

const REFERENCES: u64 = 5;
/// As large as parts are on the other campaigns' pictures, and fewer of them: six pictures are drawn and fifteen pairs compared.
const SIZE: [usize; 2] = [1024, 768];
const SIZE_MM: [f64; 2] = [72.0, 54.4];
/// In every fifth trial there is nothing to be found.
const CLEAN: u64 = 5;

/// The poisoned reference is the one that is kept out, for the added part, and the photo's own is flagged; of clean references hardly
/// ever one is kept out.
pub(crate) fn case(seed: u64) -> Result<&'static str, String> {
    let board = Board::new(&BoardConfig { seed: seed + 7_000_000, size_mm: SIZE_MM, ..BoardConfig::default() });
    let poisoned = (seed % CLEAN != CLEAN - 1).then_some((seed / 2 % REFERENCES) as usize);
    let bad = unit(&board, 20).with(Tampering::Added);
    let references: Vec<Shot> = (0..REFERENCES as usize)
        .map(|number| {
            let subject = if Some(number) == poisoned { bad.clone() } else { unit(&board, 1 + number as u64) };
            photograph(&subject, &Camera::reference(seed * REFERENCES + number as u64), SIZE)
        })
        .collect();
    let difficulty = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard][seed as usize % 3];
    let subject = if poisoned.is_some() { unit(&board, 30).with_additions_of(&bad) } else { unit(&board, 30) };
    let photo = photograph(&subject, &Camera::hand_held(seed, difficulty), SIZE);
    let said = compared(&photo, &references)?;
    if said.alignment.verdict == Verdict::Refused {
        return Ok("refused");
    }
    let kept_out: Vec<usize> = (0..references.len()).filter(|k| said.references[*k].standing.kept_out.is_some()).collect();
    let Some(poisoned) = poisoned else {
        return Ok(if kept_out.is_empty() { "clean references stay" } else { "clean references kept out" });
    };
    if kept_out != [poisoned] {
        return Err(format!("reference {poisoned} has the part, kept out are {kept_out:?}"));
    }
    let standing = &said.references[poisoned].standing;
    let on_first = truth(&references[0], &references[poisoned]);
    let added = on_first.boxes.first().ok_or("the part is out of view")?;
    let named = standing.odd_places.iter().any(|place| shows(&place.reference_box, &added.reference_box));
    if standing.kept_out != Some(KeptOut::OddOneOut) || !named {
        return Err(format!("reference {poisoned} is kept out for something else: {:?}", standing.odd_places));
    }
    let truth = truth(&references[0], &photo);
    let Some(there) = truth.boxes.first() else { return Ok("the photo does not show the part") };
    let is_it = |difference: &&Difference| difference.flagged && shows(&difference.photo_box, &there.photo_box);
    match said.differences.iter().find(is_it) {
        Some(_) => Ok("named, and the photo is flagged"),
        None => Err(format!("the photo is declared clean at {:?}", there.photo_box)),
    }
}

fn compared(photo: &Shot, references: &[Shot]) -> Result<Comparison, String> {
    let jpeg = |shot: &Shot| shot.jpeg(shot.quality);
    let files: Vec<Vec<u8>> = references.iter().map(jpeg).collect();
    let references: Vec<&[u8]> = files.iter().map(Vec::as_slice).collect();
    compare_files(&Files::of(&jpeg(photo), &references), &ExamineConfig::default(), &mut Ignore)
        .map_err(|error| error.to_string())
}

/// The middle of the part lies in the box, or the box's in the part.
fn shows<S: boardwatch::geometry::Space>(seen: &Rect<S>, there: &PixelBox) -> bool {
    let part = Rect::<S>::new(there.x, there.y, there.w, there.h).grown(4.0);
    part.contains(seen.centre()) || seen.contains(Point::new(there.x + there.w / 2.0, there.y + there.h / 2.0))
}
