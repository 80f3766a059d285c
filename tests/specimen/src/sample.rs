//! The built-in sample catalogue: the board *Specimen*, photographs of good units, and a photo of a tampered one.

use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::suite::size_of;
use crate::{Board, BoardConfig, Camera, Difficulty, Mask, Shot, Tampering, Unit, UnitConfig, photograph};

/// The board of the catalogue; this seed gives a layout that shows every kind of part.
const BOARD_SEED: u64 = 2018;
/// Large enough to see a 0603 part, small enough for a page to carry three of them.
const MEGAPIXELS: f64 = 5.0;
/// Of the pictures: below, ringing around print begins to look like differences.
const QUALITY: u8 = 88;
/// Length of a thumbnail, in pixels: a card on the start screen, at twice its density.
const THUMBNAIL_PX: usize = 300;
const THUMBNAIL_QUALITY: u8 = 66;
/// What the catalogue and its board call themselves.
const TITLE: &str = "The sample board";
const EDITION: u64 = 1;
const VENDOR: &str = "Boardwatch";
const MODEL: &str = "Specimen";
const REVISION: &str = "A";
const CODES: &str = "index/codes/0.bin";
/// Seeds of the good units, and of the one that was tampered with.
const GOOD: [u64; 2] = [1, 2];
const BAD: u64 = 4;

/// The board *Specimen*.
#[must_use]
pub fn sample_board() -> Board {
    let title = Some("SPECIMEN".to_owned());
    Board::new(&BoardConfig { seed: BOARD_SEED, size_mm: [190.0, 160.0], mask: Some(Mask::Blue), title, framed: false })
}

/// One of the good units, from 0, and the camera that took its reference.
#[must_use]
pub fn sample_reference(board: &Board, number: usize) -> (Unit, Camera) {
    let seed = GOOD[number % GOOD.len()];
    let mut camera = Camera::reference(seed + 60);
    (camera.table, camera.noise, camera.lens) = ([3, 1][number % 2], 0.004, [0.006, 0.0]);
    (board.unit(&UnitConfig { seed, ..UnitConfig::default() }), camera)
}

/// The tampered unit, and the camera that took the sample photo.
#[must_use]
pub fn sample_photo(board: &Board) -> (Unit, Camera) {
    let mut camera = Camera::hand_held(BAD + 60, Difficulty::Medium);
    (camera.table, camera.noise, camera.roll, camera.tilt, camera.fill, camera.exposure) = (2, 0.006, -7.0, 9.0, 0.86, 1.2);
    let unit = board.unit(&UnitConfig { seed: BAD, ..UnitConfig::default() });
    (unit.with(Tampering::Added).with(Tampering::Missing).with(Tampering::Swapped), camera)
}

/// Writes the catalogue into `folder`.
///
/// # Errors
/// When a file can't be written.
pub fn write_sample(folder: &Path, mut progress: impl FnMut(&str)) -> io::Result<()> {
    let board = sample_board();
    let size = size_of(MEGAPIXELS);
    fs::create_dir_all(folder.join("specimen"))?;
    let mut references = Vec::new();
    for number in 0..GOOD.len() {
        let name = format!("unit-{}", number + 1);
        progress(&name);
        let (unit, camera) = sample_reference(&board, number);
        let shot = photograph(&unit, &camera, size);
        let mut entry = save(&shot, &folder.join("specimen"), &name)?;
        let more = json!({
            "title": format!("Specimen, unit {}, top", number + 1), "px_per_mm": (shot.view.px_per_mm * 100.0).round() / 100.0,
            "unit": name, "contributor": "Boardwatch", "licence": "MIT OR Apache-2.0",
            "source": "drawn by Boardwatch's specimen generator", "modality": "visible_light", "side": "top",
        });
        merge(&mut entry, more);
        references.push(entry);
    }
    progress("sample");
    let (unit, camera) = sample_photo(&board);
    let mut sample = save(&photograph(&unit, &camera, size), &folder.join("specimen"), "sample")?;
    merge(&mut sample, json!({ "title": "Sample photo of a Specimen board" }));
    let built_in = json!({
        "references": references.iter().map(|reference| picture_entry(reference, true)).collect::<Vec<_>>(),
        "sample": { "photo": picture_entry(&sample, false), "reference": references[0]["sha256"] },
    });
    fs::write(folder.join("built-in.json"), built_in.to_string() + "\n")?;
    let name = json!({ "id": "specimen", "vendor": VENDOR, "model": MODEL, "revision": REVISION });
    let mut line =
        json!({ "sides": ["top"], "references": GOOD.len(), "thumbnail": below("specimen", &references[0]["thumbnail"]) });
    let mut specimen = json!({
        "format": "boardwatch-board", "version": 1, "size_mm": board.size_mm, "references": references,
    });
    merge(&mut line, name.clone());
    merge(&mut specimen, name);
    let specimen = serde_json::to_string_pretty(&specimen)? + "\n";
    fs::write(folder.join("specimen/board.json"), &specimen)?;
    line["file"] = file_entry("specimen/board.json", specimen.as_bytes());
    let mut index = json!({
        "format": "boardwatch-catalogue", "version": 1, "title": TITLE, "edition": EDITION, "boards": [line],
    });
    // What the board is recognised by is worked out by Boardwatch, from these pictures.
    if let Ok(codes) = fs::read(folder.join(CODES)) {
        index["recognise"] = json!([file_entry(CODES, &codes)]);
    }
    fs::write(folder.join("catalog.json"), serde_json::to_string_pretty(&index)? + "\n")
}

/// A picture as the page's programme knows it: by what a case keeps of it. Of the photo in question nothing but its file is known.
fn picture_entry(entry: &Value, is_reference: bool) -> Value {
    let file = below("catalog/specimen", &json!({ "path": entry["path"], "sha256": entry["sha256"], "bytes": entry["bytes"] }));
    let (id, vendor, model) = if is_reference { ("specimen", VENDOR, MODEL) } else { ("", "", "") };
    let mut board = json!({ "id": id, "vendor": vendor, "model": model });
    let mut provenance = json!({
        "file": file, "unit": "", "contributor": "", "licence": "", "source": "",
        "edition": { "address": "catalog/catalog.json", "title": TITLE, "number": EDITION },
    });
    let mut title = entry["title"].as_str().unwrap_or_default().to_owned();
    if is_reference {
        title = format!("{VENDOR} {MODEL}, revision {REVISION}, {title}");
        merge(&mut board, json!({ "revision": REVISION, "side": entry["side"] }));
        let known = ["unit", "contributor", "licence", "source", "px_per_mm"];
        known.into_iter().for_each(|field| provenance[field] = entry[field].clone());
    }
    provenance["board"] = board;
    json!({
        "facts": { "sha256": entry["sha256"], "width": entry["width"], "height": entry["height"] },
        "title": title, "origin": "catalogue", "provenance": provenance,
    })
}

/// Saves a picture with its thumbnail, and says what a catalogue says about both.
fn save(shot: &Shot, folder: &Path, name: &str) -> io::Result<Value> {
    let file = shot.jpeg(QUALITY);
    let (path, thumbnail) = (format!("{name}.jpg"), format!("{name}-small.jpg"));
    fs::write(folder.join(&path), &file)?;
    let small = shot.reduced(THUMBNAIL_PX).jpeg(THUMBNAIL_QUALITY);
    fs::write(folder.join(&thumbnail), &small)?;
    let mut entry = file_entry(&path, &file);
    merge(&mut entry, json!({ "thumbnail": file_entry(&thumbnail, &small), "width": shot.width, "height": shot.height }));
    Ok(entry)
}

/// The entry of a file, as a file above its folder says it.
fn below(folder: &str, entry: &Value) -> Value {
    let mut entry = entry.clone();
    entry["path"] = json!(format!("{folder}/{}", entry["path"].as_str().unwrap_or_default()));
    entry
}

/// What a catalogue says of a file.
fn file_entry(path: &str, file: &[u8]) -> Value {
    let sha256: String = Sha256::digest(file).iter().map(|byte| format!("{byte:02x}")).collect();
    json!({ "path": path, "sha256": sha256, "bytes": file.len() })
}

fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}
