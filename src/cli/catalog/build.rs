//! `boardwatch catalog build`: the site that a host serves.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use image::RgbImage;
use image::imageops::{self, FilterType};

use super::arguments::BuildOrder;
use super::check::{Complaint, of_files};
use super::read;
use super::source::{Source, SourceBoard, SourceReference};
use super::{codes, sign, tiles};
use crate::catalog::{BoardEntry, BoardLine, FileEntry, Index, ReferenceEntry, Side, iiif, search};
use crate::cli::files::{write, write_json};
use crate::vision::{AlignConfig, Picture, PictureFacts, ReferenceFeatures, Sha256, decode, to_jpeg};

/// Boards that `catalog.json` lists by itself; more are found by an index in files.
const MOST_LISTED: usize = 500;
/// Pixels along the longer side of a thumbnail: a card, at twice its density.
const THUMBNAIL_PX: u32 = 320;

/// Makes the site.
pub(super) fn perform(order: &BuildOrder) -> Result<(), String> {
    let source = Source::read(&order.folder)?;
    let problems: Vec<String> = of_files(&source).into_iter().filter_map(Complaint::problem_line).collect();
    if !problems.is_empty() {
        return Err(format!("Nothing was built, `boardwatch catalog check` has to be content first:\n{}", problems.join("\n")));
    }
    let base = order.base.as_ref().map(|base| base.trim_end_matches('/').to_owned());
    let mut lines = Vec::new();
    for board in &source.boards {
        lines.push(Site { out: &order.out, base: base.as_deref() }.board(board)?);
    }
    let (boards, references) = (lines.len(), lines.iter().map(|line| line.references as usize).sum::<usize>());
    let index = index(source.index, lines, order)?;
    let bytes = serde_json::to_vec(&index).map_err(|error| error.to_string())?;
    // What can't be read back is not published.
    Index::parse(&bytes, "").map_err(|error| error.to_string())?;
    if let Some(key) = &order.key {
        write(&order.out.join("catalog.sig"), &sign::sign(&bytes, key)?.to_bytes())?;
    }
    write(&order.out.join("_headers"), HEADERS.as_bytes())?;
    write(&order.out.join("catalog.json"), &bytes)?;
    println!("Edition {}: {boards} boards, {references} references in {}.", index.edition, order.out.display());
    Ok(())
}

/// For hosts that read such a file; `docs/catalogue.md` says what others need.
const HEADERS: &str = "/*\n  Access-Control-Allow-Origin: *\n  X-Content-Type-Options: nosniff\n/catalog.json\n  Cache-Control: no-cache\n/catalog.sig\n  Cache-Control: no-cache\n";

fn index(own: Index, lines: Vec<BoardLine>, order: &BuildOrder) -> Result<Index, String> {
    let before = read(&order.out.join("catalog.json")).ok().and_then(|bytes| Index::parse(&bytes, "").ok());
    let edition = order.edition.unwrap_or_else(|| before.map_or(own.edition, |before| before.edition) + 1);
    let date = Some(order.date.clone().unwrap_or_else(today));
    let own = Index { edition, date, boards: Vec::new(), search: None, ..own };
    // Boards are numbered as they are listed.
    let lines = if lines.len() > MOST_LISTED { search::sorted(lines) } else { lines };
    let own = Index { recognise: codes::write_files(&order.out, &lines)?, ..own };
    if lines.len() <= MOST_LISTED {
        return Ok(Index { boards: lines, ..own });
    }
    let built = search::build(lines).map_err(|error| error.to_string())?;
    for (path, bytes) in &built.files {
        write(&order.out.join(path), bytes)?;
    }
    Ok(Index { search: Some(built.index), ..own })
}

/// The day in UTC (the calendar of `days_from_civil`, H. Hinnant 2013, backwards).
#[allow(clippy::disallowed_methods, reason = "the terminal is a shell: it knows what day it is")]
fn today() -> String {
    let days = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400) + 719_468;
    let (era, of_era) = (days / 146_097, days % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let (year, month) = (year + era * 400 + u64::from(month >= 10), if month < 10 { month + 3 } else { month - 9 });
    format!("{year:04}-{month:02}-{day:02}")
}

/// Where the site grows.
struct Site<'a> {
    out: &'a Path,
    /// The address that it will have.
    base: Option<&'a str>,
}

impl Site<'_> {
    /// Writes a board with its references; its line in the list.
    fn board(&self, board: &SourceBoard) -> Result<BoardLine, String> {
        let place = format!("boards/{}", board.entry.id);
        let mut references = Vec::new();
        for reference in &board.references {
            references.push(self.reference(&place, reference).map_err(|why| format!("{}: {why}", reference.file.display()))?);
        }
        let entry = BoardEntry { references, ..board.entry.clone() };
        let path = format!("{place}/board.json");
        let bytes = serde_json::to_vec(&entry).map_err(|error| error.to_string())?;
        write(&self.out.join(&path), &bytes)?;
        if let Some(base) = self.base {
            write_json(&self.out.join(&place).join("manifest.json"), &iiif::manifest(&entry, &format!("{base}/{place}")))?;
        }
        let shows = |side: Side| entry.references.iter().any(|reference| reference.side == side);
        let thumbnail = entry.references.iter().find_map(|reference| reference.thumbnail.clone());
        Ok(BoardLine {
            id: entry.id.clone(),
            vendor: entry.vendor.clone(),
            model: entry.model.clone(),
            revision: entry.revision.clone(),
            also: entry.also.clone(),
            sides: [Side::Top, Side::Bottom].into_iter().filter(|side| shows(*side)).collect(),
            references: entry.references.len() as u32,
            file: FileEntry { path, sha256: Sha256::of(&bytes), bytes: bytes.len() as u64 },
            thumbnail: thumbnail.map(|file| FileEntry { path: format!("{place}/{}", file.path), ..file }),
        })
    }

    /// Writes a reference's picture and all that is made of it. What an earlier build made of the same picture stays.
    fn reference(&self, place: &str, reference: &SourceReference) -> Result<ReferenceEntry, String> {
        let folder = self.out.join(place);
        let mut entry = reference.entry.clone();
        let name = entry.path.rsplit_once('.').map_or(entry.path.clone(), |(name, _)| name.to_owned());
        let paths: [PathBuf; 3] =
            [entry.path.clone(), format!("{name}.small.jpg"), format!("{name}.features")].map(|name| folder.join(name));
        let base = self.base.filter(|_| tiles::wanted(entry.width, entry.height));
        let tiles = base.map(|base| (folder.join(format!("{name}.tiles")), format!("{base}/{place}/{name}.tiles")));
        let bytes = reference.picture()?;
        let there = |path: &Path| path.is_file();
        let known = read(&paths[0]).is_ok_and(|old| old == bytes);
        let needs_tiles = tiles.as_ref().is_some_and(|(folder, _)| !there(&folder.join("info.json")));
        if !known || !there(&paths[1]) || !there(&paths[2]) || needs_tiles {
            let picture = decode(&bytes).map_err(|error| error.to_string())?;
            let facts = PictureFacts::of(&bytes, &picture);
            write(&paths[1], &thumbnail(&picture).ok_or("The picture has no pixels.")?)?;
            write(&paths[2], &ReferenceFeatures::find(&picture, facts, &AlignConfig::default()).to_bytes())?;
            if let Some((folder, id)) = &tiles {
                tiles::write_tiles(folder, id, &picture)?;
            }
            write(&paths[0], &bytes)?;
        }
        let file = |path: &Path, ending: &str| {
            let bytes = read(path)?;
            Ok::<_, String>(FileEntry { path: format!("{name}.{ending}"), sha256: Sha256::of(&bytes), bytes: bytes.len() as u64 })
        };
        entry.thumbnail = Some(file(&paths[1], "small.jpg")?);
        entry.features = Some(file(&paths[2], "features")?);
        entry.tiles = tiles.map(|_| format!("{name}.tiles/info.json"));
        Ok(entry)
    }
}

fn thumbnail(picture: &Picture) -> Option<Vec<u8>> {
    let (width, height) = (picture.width as u32, picture.height as u32);
    let whole = RgbImage::from_raw(width, height, picture.rgb.clone())?;
    let scale = f64::from(THUMBNAIL_PX) / f64::from(width.max(height));
    let side = |side: u32| ((f64::from(side) * scale) as u32).max(1);
    let small = if scale < 1.0 { imageops::resize(&whole, side(width), side(height), FilterType::Triangle) } else { whole };
    to_jpeg(&Picture { width: small.width() as usize, height: small.height() as usize, rgb: small.into_raw() })
}

#[test]
fn a_day_is_written_as_iso_8601_does() {
    let today = today();
    assert!(today.len() == 10 && today.as_str() > "2025-01-01" && today.as_str() < "2200-01-01", "{today}");
}
