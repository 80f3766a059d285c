//! `boardwatch catalog add`.

use std::fs;
use std::path::Path;

use super::arguments::AddOrder;
use super::read;
use super::source::{picture_name, same_board};
use crate::catalog::{BOARD_FORMAT, BoardEntry, Modality, ReferenceEntry, Side};
use crate::cli::files::{write, write_json};
use crate::report::Contribution;
use crate::vision::{Sha256, decode, has_only_pixels, to_jpeg};

/// Takes each file in.
pub(super) fn perform(order: &AddOrder) -> Result<(), String> {
    if !order.folder.join("catalog.json").is_file() {
        let folder = order.folder.display();
        return Err(format!("{folder} holds no catalogue. Start one with `boardwatch catalog init {folder} --title …`."));
    }
    for file in &order.files {
        let bytes = read(file)?;
        let named = |why: String| format!("{}: {why}", file.display());
        let is_packed = bytes.starts_with(b"PK");
        let contribution = if is_packed {
            Contribution::from_bytes(&bytes).map_err(|error| named(error.to_string()))?
        } else {
            described(bytes, order).map_err(named)?
        };
        take_in(&order.folder, &contribution).map_err(named)?;
        if file.starts_with(order.folder.join("contributions")) {
            fs::remove_file(file).map_err(|error| named(format!("It was taken in, and could not be removed: {error}.")))?;
        }
        let reference = contribution.reference().map_or("", |reference| &reference.title);
        println!("{}: {reference} was taken in.", contribution.board.name());
    }
    Ok(())
}

/// Writes picture and board.
fn take_in(catalogue: &Path, contribution: &Contribution) -> Result<(), String> {
    let folder = catalogue.join("boards").join(&contribution.board.id);
    let path = folder.join("board.json");
    let mut board = contribution.board.clone();
    let mut references = std::mem::take(&mut board.references);
    for reference in &mut references {
        reference.path = picture_name(reference);
    }
    if path.is_file() {
        let known = BoardEntry::parse(&read(&path)?, "").map_err(|error| format!("{}: {error}", path.display()))?;
        same_board(&known, &board)?;
        board = known;
    }
    for reference in references {
        if board.references.iter().any(|known| known.sha256 == reference.sha256) {
            return Err("This very picture is in the catalogue already.".to_owned());
        }
        write(&folder.join(&reference.path), &contribution.picture)?;
        board.references.push(reference);
    }
    write_json(&path, &board)
}

/// A picture of the keeper's own, as the options describe it.
fn described(bytes: Vec<u8>, order: &AddOrder) -> Result<Contribution, String> {
    let given = |name: &str| order.texts.iter().find(|(known, _)| *known == name).map(|(_, text)| text.clone());
    let needed = |name: &str| given(name).ok_or_else(|| format!("A picture needs --{name}."));
    let number = |name: &str, text: &str| {
        text.trim().parse::<f64>().map_err(|_| format!("--{name} takes numbers such as 10.8, not {text:?}."))
    };
    let picture = if has_only_pixels(&bytes) {
        bytes
    } else {
        // Where and with what it was taken stays at home.
        decode(&bytes)
            .map_err(|error| error.to_string())
            .and_then(|picture| to_jpeg(&picture).ok_or("It has no pixels.".to_owned()))?
    };
    let side = word::<Side>("side", &needed("side")?)?;
    let modality = given("modality").map_or(Ok(Modality::VisibleLight), |text| word("modality", &text))?;
    let size_mm = given("size-mm")
        .map(|text| {
            let (width, height) =
                text.split_once(['x', 'X', '×']).ok_or("--size-mm takes a width and a height, such as 305x244.")?;
            Ok::<_, String>([number("size-mm", width)?, number("size-mm", height)?])
        })
        .transpose()?;
    let unit = needed("unit")?;
    let reference = ReferenceEntry {
        title: given("title").unwrap_or_else(|| format!("unit {unit}, {}", needed("side").unwrap_or_default())),
        path: String::new(),
        sha256: Sha256([0; 32]),
        width: 0,
        height: 0,
        bytes: 0,
        thumbnail: None,
        features: None,
        tiles: None,
        px_per_mm: given("px-per-mm").map(|text| number("px-per-mm", &text)).transpose()?,
        unit,
        contributor: needed("contributor")?,
        licence: needed("licence")?,
        source: needed("source")?,
        date: given("date"),
        modality,
        side,
        variant: None,
    };
    let board = BoardEntry {
        format: BOARD_FORMAT.to_owned(),
        version: 1,
        id: needed("board")?,
        vendor: needed("vendor")?,
        model: needed("model")?,
        revision: given("revision"),
        also: Vec::new(),
        size_mm,
        variants: Vec::new(),
        links: Vec::new(),
        references: Vec::new(),
    };
    Contribution::new(board, reference, picture).map_err(|error| error.to_string())
}

/// One of the words that the format knows.
fn word<T: serde::de::DeserializeOwned>(name: &str, text: &str) -> Result<T, String> {
    serde_json::from_value(serde_json::Value::from(text)).map_err(|error| format!("--{name}: {error}."))
}
