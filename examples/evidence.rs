//! Writes what the ranking's network is trained on: `evidence MANIFEST FOLDER`.
//!
//! MANIFEST lists pairs as `specimen suite` writes it. Per pair of the same board FOLDER gets `ID.json`, the candidates with their
//! boxes and numbers beside the boxes of what was really done (photo pixels, centres at integers as in the manifest), and
//! `ID.bin`, a window of 7 × 48 × 48 bytes per candidate.

#![allow(clippy::disallowed_methods, reason = "a developer's programme reads and writes files")]

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use boardwatch::vision::{AlignConfig, CompareConfig, Evidence, Ignore, Picture, Verdict, align, decode, evidence};
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [manifest, folder] = arguments.as_slice() else { return Err("usage: evidence MANIFEST FOLDER".into()) };
    let (manifest, folder) = (Path::new(manifest), Path::new(folder));
    let root = manifest.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let entries: Vec<Value> = serde_json::from_slice(&fs::read(manifest)?)?;
    for entry in entries {
        let text = |name: &str| entry[name].as_str().unwrap_or_default();
        let (id, into) = (text("id"), folder.join(text("id")));
        // Boxes on the reference would have to be carried over by the very alignment that is in question.
        if text("kind").starts_with("different") || text("boxes_in") != "photo" || into.with_extension("json").exists() {
            continue;
        }
        let picture = |name: &str| -> Result<Picture, Box<dyn Error>> { Ok(decode(&fs::read(root.join(text(name)))?)?) };
        let found = candidates(&picture("photo")?, &picture("reference")?)?;
        let windows: Vec<u8> = found.iter().flat_map(|candidate| candidate.window.iter().copied()).collect();
        fs::write(into.with_extension("bin"), windows)?;
        fs::write(into.with_extension("json"), json!({ "truth": entry["boxes"], "candidates": rows(&found) }).to_string())?;
        eprintln!("{id}: {} candidates", found.len());
    }
    Ok(())
}

/// None where the pair can't be aligned.
fn candidates(photo: &Picture, reference: &Picture) -> Result<Vec<Evidence>, Box<dyn Error>> {
    let alignment = align(photo, reference, None, &AlignConfig::default(), &mut Ignore)?;
    let Some(warp) = alignment.warp().filter(|_| alignment.verdict != Verdict::Refused) else { return Ok(Vec::new()) };
    Ok(evidence(photo, reference, &warp, &CompareConfig::default(), &mut Ignore)?)
}

fn rows(found: &[Evidence]) -> Vec<Value> {
    let row = |candidate: &Evidence| {
        let at = candidate.difference.photo_box;
        json!({ "box": { "x": at.x - 0.5, "y": at.y - 0.5, "w": at.w, "h": at.h }, "numbers": candidate.numbers })
    };
    found.iter().map(row).collect()
}
