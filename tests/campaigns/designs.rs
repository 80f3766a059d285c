//! A drawn board with its placement data, and a photo of a unit to which parts were added: no photo of a good unit is there.

use boardwatch::catalog::Side;
use boardwatch::design::{Belongs, LaidDesign, Placement, read_design};
use boardwatch::geometry::{Point, Rect};
use boardwatch::vision::{Footprint, Ignore, Picture, UnlistedPart, Verdict, lay_drawing, unlisted_parts};
use specimen::{Board, BoardConfig, Camera, Difficulty, PixelBox, Shot, Tampering, TruthBox, photograph, truth};

use crate::specimens::unit;

const SIZE: [usize; 2] = [4000, 3000];
/// Two mainboards, two modules.
const SIZES_MM: [[f64; 2]; 4] = [[170.0, 170.0], [244.0, 244.0], [100.0, 80.0], [140.0, 96.0]];
const ADDED: usize = 6;
/// What is asked for: a designator lies this near to its part, and so many of them do.
const NEAR_MM: f64 = 0.5;
const SHARE: f64 = 0.95;
/// An added part right beside a tall one may be taken for it.
const MOST_CLAIMED: usize = 1;
/// Things that are listed as parts beside those that were added: one would be good, more than three make a list that nobody reads, and this many are a failure.
const OTHERS_BORNE: usize = 3;
const OTHERS_FAILED: usize = 10;
/// The middle of what is listed lies on the addition, or this share of its longer side beside it: the truth has the body without its pads.
const HIT_SHARE: f64 = 0.15;
/// Every fifth photo shows another board of the same size.
const FOREIGN: u64 = 5;

/// Designators lie on their parts; of parts that were added the design says that nothing is placed there, and of parts that are where they
/// belong it does not; the parts that were added are found by themselves. The drawing of another board is refused.
pub(crate) fn case(seed: u64) -> Result<&'static str, String> {
    let size_mm = SIZES_MM[seed as usize % 4];
    let board = |seed| Board::new(&BoardConfig { seed, size_mm, ..BoardConfig::default() });
    let design = board(seed + 8_000_000);
    let is_foreign = seed % FOREIGN == FOREIGN - 1;
    let product = if is_foreign { board(seed + 9_000_000) } else { design.clone() };
    let subject = (0..ADDED).fold(unit(&product, 30), |unit, _| unit.with(Tampering::Added));
    let difficulty = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard, Difficulty::Medium][seed as usize % 4];
    let photo = photograph(&subject, &Camera::hand_held(seed, difficulty), SIZE);
    let read = read_design("", design.placements().as_bytes()).map_err(|error| error.to_string())?;
    let placements: Vec<&Placement> = read.on(Side::Top).collect();
    let footprints: Vec<Footprint> = placements.iter().map(|placement| placement.footprint()).collect();
    let picture = Picture { width: photo.width, height: photo.height, rgb: photo.rgb.clone() };
    let laid = lay_drawing(&picture, &footprints, false, &[], &mut Ignore).map_err(|error| error.to_string())?;
    let laid = laid.ok_or("the design has parts enough")?;
    match (laid.verdict, is_foreign) {
        (Verdict::Refused, true) => return Ok("another board is refused"),
        (verdict, true) => return Err(format!("another board is {verdict:?}: {:.2} agree", laid.agreed)),
        (Verdict::Refused, false) => return Ok("refused"),
        (_, false) => {}
    }
    let checked = LaidDesign::new(placements, laid.map).ok_or("the map can be turned round")?;
    let near = near(&checked, &photo, laid.px_per_mm)?;
    if near < SHARE && laid.verdict == Verdict::Doubtful {
        // That is what the word is for: a person looks before believing it.
        return Ok("doubtful, and off");
    }
    if near < SHARE {
        return Err(format!(
            "aligned with {:.2} agreeing, and {:.1} % of the designators lie on their parts",
            laid.agreed,
            100.0 * near
        ));
    }
    let truth = truth(&photo, &photo);
    let rect = |area: &PixelBox| Rect::new(area.x, area.y, area.w, area.h);
    let is_nothing = |area: &PixelBox| matches!(checked.belongs(&rect(area)), Belongs::Nothing { .. });
    let missed: Vec<String> = truth
        .boxes
        .iter()
        .filter(|added| !is_nothing(&added.photo_box))
        .map(|added| format!("{}: {:?}", added.part, checked.belongs(&rect(&added.photo_box))))
        .collect();
    if missed.len() > MOST_CLAIMED {
        return Err(format!("of added parts the design says something else than nothing: {missed:?}"));
    }
    let is_added = |name: &str| truth.boxes.iter().any(|added| added.part == name);
    let wrong: Vec<&str> = truth
        .parts
        .iter()
        .filter(|part| !is_added(&part.name) && is_nothing(&part.photo_box))
        .map(|part| part.name.as_str())
        .collect();
    if wrong.len() > 1 {
        return Err(format!("nothing is said to belong where {wrong:?} stand"));
    }
    if laid.verdict != Verdict::Aligned {
        return Ok("so they do, and it is doubtful");
    }
    let unlisted = unlisted_parts(&picture, &footprints, &laid.map, &mut Ignore).map_err(|error| error.to_string())?;
    let [found, others] = counted(&unlisted, &truth.boxes);
    println!("designs, seed {seed}: {found} of {} added parts are listed, and {others} other things", truth.boxes.len());
    if others >= OTHERS_FAILED || 2 * found < truth.boxes.len() {
        return Err(format!("{found} of {} added parts are listed, and {others} other things", truth.boxes.len()));
    }
    Ok(match (missed.is_empty(), found == truth.boxes.len(), others <= OTHERS_BORNE) {
        (false, ..) => "so they do, and one of six additions is taken for its neighbour",
        (true, true, true) => "designators lie on their parts",
        (true, _, false) => "so they do, and more than three other things are listed as parts",
        (true, false, true) => "so they do, and an addition is not listed",
    })
}

/// How many additions are listed, and how many other things are.
fn counted(unlisted: &[UnlistedPart], added: &[TruthBox]) -> [usize; 2] {
    let hits = |part: &UnlistedPart, added: &TruthBox| {
        let PixelBox { x, y, w, h } = added.photo_box;
        Rect::new(x, y, w, h).grown(HIT_SHARE * w.max(h)).contains(part.photo_box.centre())
    };
    let found = added.iter().filter(|added| unlisted.iter().any(|part| hits(part, added))).count();
    let others = unlisted.iter().filter(|part| !added.iter().any(|added| hits(part, added))).count();
    [found, others]
}

/// The share of parts whose designator lies on them.
fn near(laid: &LaidDesign<'_>, photo: &Shot, px_per_mm: f64) -> Result<f64, String> {
    let parts = truth(photo, photo).parts;
    let mut near = 0_usize;
    let mut all = 0_usize;
    for (placement, at, _) in laid.places() {
        let Some(part) = parts.iter().find(|part| part.name == placement.designator) else { continue };
        all += 1;
        near += usize::from(at.distance(Point::new(part.foot[0], part.foot[1])) < NEAR_MM * px_per_mm);
    }
    if all == 0 { Err("no part is in view".to_owned()) } else { Ok(near as f64 / all as f64) }
}
