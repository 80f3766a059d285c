//! Files of cases: written around the stored texts and pictures, and read range by range, so that nothing large is ever in memory as one.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use js_sys::{Array, Date, Uint8Array};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::{Done, Keeper, failed, new_id};
use crate::app::backup::{BackupEnd, BackupError, BackupFrame, BackupReader, Piece, StoredCase, StoredPicture, Volume};
use crate::app::keeping::KeepingAction;
use crate::app::{CaseId, CaseSummary, renamed, summary_of};
use crate::vision::{MADE_BY, Sha256};
use crate::web::handover::{self, Place};
use crate::web::intake;
use crate::web::store::records::{self, Card};

/// Bytes that are looked at at a time.
const SLICE: u64 = 4_000_000;
const MEDIA_TYPE: &str = "application/zip";
const UNREADABLE: &str = "The file could not be read. Check that it is still there, then choose it again.";

/// What became of a case of a file.
enum Taken {
    New,
    /// Under another number: there is a case of its own here, and it says something else.
    Beside,
    /// It was here already.
    Same,
}

impl Keeper {
    /// Writes a file of these cases, to where the person wants it.
    pub(super) async fn save(&self, ids: &[CaseId]) -> Done {
        let name =
            format!("boardwatch-{}.boardwatch", String::from(Date::new_0().to_iso_string()).chars().take(10).collect::<String>());
        // Asked first: a browser opens its dialog for a press of a button, not for what is written a minute later.
        let Some(mut place) = handover::ask_for_place(&name).await else { return Ok(None) };
        let (mut cases, mut texts, mut named, mut unread) = (Vec::new(), BTreeMap::new(), BTreeSet::new(), 0);
        for id in ids {
            match records::read(&self.database, *id).await.map_err(|error| failed(&error))? {
                Some((text, Some(card))) => {
                    cases.push(StoredCase::of(&card.summary, card.deleted_ms, &card.pictures, &text));
                    texts.insert(*id, text);
                    named.extend(card.pictures);
                }
                _ => unread += 1,
            }
        }
        let (mut files, mut pictures) = (BTreeMap::new(), Vec::new());
        for (number, sha256) in named.iter().enumerate() {
            (self.dispatch)(KeepingAction::Progressed(number as f32 / named.len() as f32));
            let Ok(Some(file)) = records::picture(&self.database, *sha256).await else { continue };
            if let Some(crc32) = crc32(&file).await {
                pictures.push(StoredPicture { sha256: *sha256, bytes: file.size() as u64, crc32 });
                files.insert(*sha256, file);
            }
        }
        let volumes = Volume::of(MADE_BY, Date::now(), &cases, &pictures).map_err(|error| error.to_string())?;
        let parts = volumes.len();
        for (number, volume) in (1..).zip(volumes) {
            let file = put_together(&volume.pieces, &texts, &files);
            let name = if parts == 1 { name.clone() } else { name.replace(".board", &format!("-{number}-of-{parts}.board")) };
            let written = match file {
                Some(file) => place.write(&name, MEDIA_TYPE, &file).await,
                None => false,
            };
            if !written {
                return Err(
                    "The file could not be written. Check that there is room where it goes, or choose another place.".to_owned()
                );
            }
            place = Place::Downloads;
        }
        Ok(Some(saved(cases.len(), parts, named.len() - files.len(), unread)))
    }

    /// Takes the cases of the file that was given.
    pub(super) async fn open(&self) -> Done {
        let file = self.file.borrow_mut().take().ok_or(UNREADABLE)?;
        let reader = reader(&file).await?;
        let (mut new, mut beside, mut same, mut damaged, mut failures) = (0, 0, 0, BTreeSet::new(), Vec::new());
        let all = reader.list.cases.len();
        for place in 0..all {
            (self.dispatch)(KeepingAction::Progressed(place as f32 / all as f32));
            match self.take_case(&file, &reader, place, &mut damaged).await {
                Ok(Taken::New) => new += 1,
                Ok(Taken::Beside) => beside += 1,
                Ok(Taken::Same) => same += 1,
                Err(why) => failures.push(why),
            }
        }
        let said = taken(new, beside, same);
        failures.extend(damaged);
        if failures.is_empty() { Ok(Some(said)) } else { Err(format!("{said} {}", failures.join(" "))) }
    }

    /// Takes the case at this place of the list. What is `damaged` of its pictures is left out.
    async fn take_case(
        &self,
        file: &Blob,
        reader: &BackupReader,
        place: usize,
        damaged: &mut BTreeSet<String>,
    ) -> Result<Taken, String> {
        let listed = reader.list.cases.get(place).ok_or(UNREADABLE)?;
        let bytes = bytes(file, reader.case_range(place).ok_or(UNREADABLE)?).await?;
        // It is read when it is opened: a text of a later version is kept as it is.
        let text = reader.text(place, &bytes).map_err(|error| error.to_string())?;
        let summary = summary_of(text).map_err(|error| error.to_string())?;
        let mut blobs = Vec::new();
        for (number, picture) in reader.list.pictures.iter().enumerate() {
            if listed.pictures.contains(&picture.sha256) {
                match picture_of(file, reader, number).await {
                    Ok(blob) => blobs.push((picture.sha256, blob)),
                    Err(why) => drop(damaged.insert(why)),
                }
            }
        }
        let stored = records::read(&self.database, summary.id).await.map_err(|error| failed(&error))?;
        let (taken, summary, text) = match stored {
            Some((stored, _)) if stored == text => (Taken::Same, summary, text.to_owned()),
            None => (Taken::New, summary, text.to_owned()),
            Some(_) => {
                let (id, title) = (new_id(), format!("{} (restored)", summary.title));
                let text = renamed(text, id, &title).map_err(|error| error.to_string())?;
                (Taken::Beside, CaseSummary { id, title, ..summary }, text)
            }
        };
        let id = summary.id;
        let summary = CaseSummary { changed_ms: listed.changed_ms, ..summary };
        let pictures = listed.pictures.iter().copied().collect();
        let card = Card { summary, pictures, revision: 1, deleted_ms: listed.deleted_ms };
        let whole = (!matches!(taken, Taken::Same)).then_some((text.as_str(), &card));
        records::put(&self.database, &blobs, whole).await.map_err(|error| failed(&error))?;
        self.holding.stored(id);
        Ok(taken)
    }
}

/// The picture at this place of the list, when it is what its name says.
async fn picture_of(file: &Blob, reader: &BackupReader, place: usize) -> Result<Blob, String> {
    let (range, whole) = reader.picture_range(place).zip(reader.picture_file(place)).ok_or(UNREADABLE)?;
    let mut check = reader.check_picture(place).ok_or(UNREADABLE)?;
    for start in range.clone().step_by(SLICE as usize) {
        let slice = bytes(file, start..range.end.min(start + SLICE)).await?;
        check.feed(&slice).map_err(|error| error.to_string())?;
    }
    check.finish().map_err(|error| error.to_string())?;
    part(file, whole)
}

async fn reader(file: &Blob) -> Result<BackupReader, String> {
    let told = |error: BackupError| error.to_string();
    let size = file.size() as u64;
    // A file that can't be read says so here; what it begins with is asked for as of any other file.
    let tail = bytes(file, size.saturating_sub(BackupEnd::BYTES)..size).await?;
    let head = intake::head(file).await;
    let end = BackupEnd::of(size, &head, &tail).map_err(told)?;
    let frame = BackupFrame::of(&end, &bytes(file, end.directory.clone()).await?).map_err(told)?;
    let list = bytes(file, frame.list.clone()).await?;
    BackupReader::of(frame, &list).map_err(told)
}

fn part(file: &Blob, range: Range<u64>) -> Result<Blob, String> {
    file.slice_with_f64_and_f64(range.start as f64, range.end as f64).map_err(|_| UNREADABLE.to_owned())
}

async fn bytes(file: &Blob, range: Range<u64>) -> Result<Vec<u8>, String> {
    let read = JsFuture::from(part(file, range)?.array_buffer()).await;
    read.map(|bytes| Uint8Array::new(&bytes).to_vec()).map_err(|_| UNREADABLE.to_owned())
}

/// The checksum of a file; `None` when its bytes can't be read.
async fn crc32(file: &Blob) -> Option<u32> {
    let (size, mut so_far) = (file.size() as u64, crc32fast::Hasher::new());
    for start in (0..size).step_by(SLICE as usize) {
        so_far.update(&bytes(file, start..size.min(start + SLICE)).await.ok()?);
    }
    Some(so_far.finalize())
}

fn put_together(pieces: &[Piece], texts: &BTreeMap<CaseId, String>, files: &BTreeMap<Sha256, Blob>) -> Option<Blob> {
    let parts = Array::new();
    for piece in pieces {
        parts.push(&match piece {
            Piece::Frame(bytes) => Uint8Array::from(bytes.as_slice()).into(),
            Piece::Case(id) => texts.get(id)?.into(),
            Piece::Picture(sha256) => files.get(sha256)?.clone().into(),
        });
    }
    Blob::new_with_blob_sequence(&parts).ok()
}

fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

fn saved(cases: usize, files: usize, lost: usize, unread: usize) -> String {
    let mut said = format!("Saved {} in {}.", count(cases, "case", "cases"), count(files, "file", "files"));
    if lost > 0 {
        said += &format!(" {} not in this browser and not in the file.", count(lost, "picture was", "pictures were"));
    }
    if unread > 0 {
        said += &format!(" {} could not be read; the recovery page can save what is there.", count(unread, "case", "cases"));
    }
    said
}

fn taken(new: usize, beside: usize, same: usize) -> String {
    let mut said = format!("Took {} from the file.", count(new + beside, "case", "cases"));
    if beside > 0 {
        said += &format!(" {} named “(restored)”, because this browser has another state of it.", count(beside, "is", "are"));
    }
    if same > 0 {
        said += &format!(" {} here already.", count(same, "was", "were"));
    }
    said
}
