//! `boardwatch identify`: which board of a catalogue a photo shows.

use std::path::Path;

use serde_json::{Value, json};

use super::arguments::IdentifyOrder;
use super::catalog::of_source;
use super::files::{read, read_picture};
use crate::catalog::search::{Fetched, Step, numbered};
use crate::catalog::{Index, MOST_CODE_BYTES, MOST_FILE_BYTES, Recognised, Recognition, recognise, write_codes};
use crate::vision::{Identity, Ignore, Sha256};

/// Says which board it is; false when it is none of the catalogue's.
pub(super) fn perform(order: &IdentifyOrder) -> Result<bool, String> {
    let photo = read_picture(&order.photo)?;
    let at = order.catalogue.join("catalog.json");
    let index = Index::parse(&read(&at, MOST_FILE_BYTES, "files of a catalogue")?, "").map_err(|error| error.to_string())?;
    let is_built = !index.recognise.is_empty();
    let (names, files) = if is_built {
        (None, of_site(&index, &order.catalogue)?)
    } else {
        let (names, files) = from_source(&order.catalogue)?;
        (Some(names), files)
    };
    let files: Vec<(u32, &[u8])> = files.iter().map(|file| (0, file.as_slice())).collect();
    let said = recognise(&photo, &files, &mut Ignore).map_err(|error| error.to_string())?;
    if let Some((_, why)) = said.unread.first() {
        return Err(why.clone());
    }
    let names: Vec<String> = match names {
        Some(names) => said.boards.iter().filter_map(|board| names.get(board.number as usize).cloned()).collect(),
        None => names_of(&index, &order.catalogue, &said)?,
    };
    if order.json {
        println!("{:#}", as_json(&said, &names));
    } else {
        for line in lines(&said, &names) {
            println!("{line}");
        }
    }
    Ok(said.identity != Identity::Unknown)
}

fn from_source(folder: &Path) -> Result<(Vec<String>, Vec<Vec<u8>>), String> {
    let (names, coded) = of_source(folder)?;
    if coded.is_empty() {
        return Err(format!("{} holds no references that a board could be recognised by.", folder.display()));
    }
    Ok((names, write_codes(&coded)))
}

fn of_site(index: &Index, site: &Path) -> Result<Vec<Vec<u8>>, String> {
    let file = |file: &crate::catalog::FileEntry| {
        let bytes = read(&site.join(&file.path), MOST_CODE_BYTES, "files of codes")?;
        whole(&file.path, bytes, file.sha256)
    };
    index.recognise.iter().map(file).collect()
}

fn whole(path: &str, bytes: Vec<u8>, sha256: Sha256) -> Result<Vec<u8>, String> {
    if Sha256::of(&bytes) == sha256 { Ok(bytes) } else { Err(format!("{path} is not the file that the catalogue names.")) }
}

fn names_of(index: &Index, site: &Path, said: &Recognition) -> Result<Vec<String>, String> {
    let numbers: Vec<u32> = said.boards.iter().map(|board| board.number).collect();
    let mut shelf = Fetched::default();
    loop {
        match numbered(index, &shelf, &numbers).map_err(|error| error.to_string())? {
            Step::Found(found) => return Ok(found.boards.iter().map(crate::catalog::BoardLine::name).collect()),
            Step::Fetch(wanted) => {
                let Some(search) = &index.search else { return Ok(Vec::new()) };
                for file in wanted {
                    let bytes = read(&site.join(&file.path), MOST_FILE_BYTES, "files of a catalogue")?;
                    let lines = whole(&file.path, bytes, file.sha256)?;
                    shelf.put(search, file.path, &lines).map_err(|error| error.to_string())?;
                }
            }
        }
    }
}

/// The answer in words.
fn lines(said: &Recognition, names: &[String]) -> Vec<String> {
    let told: Vec<(&Recognised, &String)> = said.boards.iter().zip(names).collect();
    let mut lines = vec![match (said.identity, told.first()) {
        (Identity::Known, Some((board, name))) => {
            format!("It is {name}, seen from the {}{}.", board.side.word(), if board.mirrored { MIRRORED } else { "" })
        }
        (Identity::Ambiguous(several), _) => {
            format!("It is one of the first {several} of these, and the photo does not tell of which. Compare it with each.")
        }
        _ if told.is_empty() => "It is none of this catalogue's boards.".to_owned(),
        _ => "It is none of this catalogue's boards, as far as can be seen. These are guesses.".to_owned(),
    }];
    lines.extend(told.iter().map(|(board, name)| {
        let mirrored = if board.mirrored { ", mirrored" } else { "" };
        let percent = board.confidence * 100.0;
        format!("{percent:5.1} %  {name}, {}{mirrored} ({}, {} features in place)", board.side.word(), board.board, board.inliers)
    }));
    lines
}

const MIRRORED: &str = "; the photo is a mirror image of it, or a view through the board";

fn as_json(said: &Recognition, names: &[String]) -> Value {
    let boards: Vec<Value> = said
        .boards
        .iter()
        .zip(names)
        .map(|(board, name)| {
            json!({
                "board": board.board, "name": name, "side": board.side.word(), "mirrored": board.mirrored,
                "confidence": board.confidence, "inliers": board.inliers, "reference": board.reference,
                "homography": board.map.rows(),
            })
        })
        .collect();
    let (identity, first) = match said.identity {
        Identity::Known => ("known", 1),
        Identity::Ambiguous(several) => ("ambiguous", several),
        Identity::Unknown => ("unknown", 0),
    };
    json!({ "identity": identity, "first": first, "boards": boards })
}
