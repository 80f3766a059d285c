//! Writes what the network that looks for unlisted parts is trained on: `unlisted SEED COUNT FOLDER`.
//!
//! COUNT boards are drawn, parts are added to each, and a photo is taken: `ID.jpg`, kept in FOLDER with `ID.csv`, the design, and
//! `ID.truth.json`. Some of the small parts are dropped from the design at random, so that they are unlisted, too. FOLDER gets `ID.json`, the
//! places that stand out with their boxes and numbers beside the boxes of what is unlisted, and `ID.bin`, a window of 4 × 48 × 48 bytes per place.
//! What is there already is not made again.

#![allow(clippy::disallowed_methods, reason = "a developer's programme reads and writes files")]

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use boardwatch::catalog::Side;
use boardwatch::design::{Placement, read_design};
use boardwatch::geometry::{Drawing, Homography, Photo, Point};
use boardwatch::vision::{Footprint, Ignore, decode, map_of_points, unlisted_evidence};
use serde_json::{Value, json};
use specimen::{Board, BoardConfig, Camera, Difficulty, PixelBox, Tampering, UnitConfig, photograph, truth};

const SIZE: [usize; 2] = [4000, 3000];
/// Two mainboards, two modules.
const SIZES_MM: [[f64; 2]; 4] = [[170.0, 170.0], [244.0, 244.0], [100.0, 80.0], [140.0, 96.0]];
/// Small parts, and larger ones, that are added to a board.
const ADDED: usize = 16;
const PLACED: usize = 4;
/// One of so many small parts is dropped from the design.
const DROPPED: u64 = 10;
/// Half sides of those, at most.
const SMALL_HALF_MM: f64 = 2.6;
/// Millimetres by which a map may be wrong.
const SLIP_MM: f64 = 0.15;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [seed, count, folder] = arguments.as_slice() else { return Err("usage: unlisted SEED COUNT FOLDER".into()) };
    let (seed, count, folder) = (seed.parse::<u64>()?, count.parse::<u64>()?, Path::new(folder));
    fs::create_dir_all(folder)?;
    for number in seed..seed + count {
        let into = folder.join(format!("b{number:06}"));
        if !into.with_extension("truth.json").exists() {
            draw(number, &into)?;
        }
        if !into.with_extension("json").exists() {
            let found = gather(number, &into)?;
            println!("{}: {found} places", into.display());
        }
    }
    Ok(())
}

/// Numbers that look drawn at random, the same for the same seed.
fn draws(seed: u64) -> impl FnMut() -> u64 {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

fn draw(seed: u64, into: &Path) -> Result<(), Box<dyn Error>> {
    let mut next = draws(seed);
    let size_mm = SIZES_MM[(next() % 4) as usize];
    let board = Board::new(&BoardConfig { seed, size_mm, ..BoardConfig::default() });
    let care = (next() % 10) as f64 / 9.0;
    let careless = UnitConfig { seed: 1, placement_mm: 0.03 + 0.06 * care, dust: 40.0 + 100.0 * care, ..UnitConfig::default() };
    let unit = board.unit(&if next().is_multiple_of(2) { UnitConfig::default() } else { careless });
    let done = std::iter::repeat_n(Tampering::Placed, PLACED).chain(std::iter::repeat_n(Tampering::Added, ADDED));
    let unit = done.fold(unit, specimen::Unit::with);
    let difficulty = [Difficulty::Easy, Difficulty::Medium, Difficulty::Hard, Difficulty::Medium][(next() % 4) as usize];
    let camera = Camera::hand_held(seed, difficulty);
    let photo = photograph(&unit, &if next().is_multiple_of(4) { camera.of_another_make() } else { camera }, SIZE);
    let truth = truth(&photo, &photo);
    let added: Vec<Value> = truth
        .boxes
        .iter()
        .map(|found| json!({ "name": found.part, "word": found.tampering.word(), "box": sides(&found.photo_box) }))
        .collect();
    let parts: Vec<Value> =
        truth.parts.iter().map(|part| json!({ "name": part.name, "foot": part.foot, "box": sides(&part.photo_box) })).collect();
    fs::write(into.with_extension("jpg"), photo.jpeg(photo.quality))?;
    fs::write(into.with_extension("csv"), board.placements())?;
    fs::write(into.with_extension("truth.json"), json!({ "added": added, "parts": parts }).to_string())?;
    Ok(())
}

fn sides(area: &PixelBox) -> [f64; 4] {
    [area.x, area.y, area.w, area.h]
}

/// Writes the places that stand out; how many there are.
fn gather(seed: u64, into: &Path) -> Result<usize, Box<dyn Error>> {
    let photo = decode(&fs::read(into.with_extension("jpg"))?)?;
    let truth: Value = serde_json::from_slice(&fs::read(into.with_extension("truth.json"))?)?;
    let design = read_design("", &fs::read(into.with_extension("csv"))?)?;
    let placements: Vec<&Placement> = design.on(Side::Top).collect();
    let parts = truth["parts"].as_array().ok_or("parts")?;
    let seen = |placement: &Placement| parts.iter().find(|part| part["name"] == placement.designator.as_str());
    let mut next = draws(seed ^ 0xd209);
    let map = slipped(&placements, seen, &mut next).ok_or("a map")?;
    let mut unlisted: Vec<Value> = Vec::new();
    for added in truth["added"].as_array().ok_or("added")? {
        unlisted.push(json!({ "box": added["box"], "word": added["word"] }));
    }
    let mut footprints: Vec<Footprint> = Vec::new();
    for placement in &placements {
        let footprint = placement.footprint();
        let is_small = footprint.half_mm.is_some_and(|half| half[0].max(half[1]) <= SMALL_HALF_MM);
        match seen(placement).filter(|_| is_small && footprint.fitted && next().is_multiple_of(DROPPED)) {
            Some(part) => unlisted.push(json!({ "box": part["box"], "word": "dropped" })),
            None => footprints.push(footprint),
        }
    }
    let found = unlisted_evidence(&photo, &footprints, &map, &mut Ignore)?;
    let row = |place: &boardwatch::vision::UnlistedEvidence| {
        let area = place.photo_box;
        let on_photo = map.apply(place.at);
        json!({ "box": [area.x, area.y, area.w, area.h], "at": [place.at.x, place.at.y], "on_photo": [on_photo.x, on_photo.y], "numbers": place.numbers })
    };
    let rows: Vec<Value> = found.iter().map(row).collect();
    let windows: Vec<u8> = found.iter().flat_map(|place| place.window.iter().copied()).collect();
    fs::write(into.with_extension("bin"), windows)?;
    fs::write(into.with_extension("json"), json!({ "unlisted": unlisted, "places": rows }).to_string())?;
    Ok(found.len())
}

/// The map on which the parts stand, as far off as one is that was found by itself.
fn slipped<'a>(
    placements: &[&Placement],
    seen: impl Fn(&Placement) -> Option<&'a Value>,
    next: &mut impl FnMut() -> u64,
) -> Option<Homography<Drawing, Photo>> {
    let pair = |placement: &&Placement| {
        let foot = &seen(placement)?["foot"];
        Some((placement.at, Point::<Photo>::new(foot[0].as_f64()?, foot[1].as_f64()?)))
    };
    let pairs: Vec<_> = placements.iter().filter_map(pair).collect();
    let mut slip = || (next() % 2001) as f64 / 1000.0 - 1.0;
    let slip = Homography::<Drawing, Drawing>::new([1.0, 0.0, SLIP_MM * slip(), 0.0, 1.0, SLIP_MM * slip(), 0.0, 0.0, 1.0]);
    map_of_points(&pairs).map(|map| slip.then(&map))
}
