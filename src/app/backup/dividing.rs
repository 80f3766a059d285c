//! Which cases and pictures go into which file.

use std::collections::{BTreeMap, BTreeSet};

use super::writing::{StoredCase, StoredPicture};
use super::{MAX_BACKUP_BYTES, MAX_BACKUP_CASES, MAX_BACKUP_PICTURE_BYTES, MAX_BACKUP_PICTURES, MAX_LIST_BYTES};
use crate::vision::Sha256;

/// What one file takes.
pub(super) struct Limits {
    /// Texts, pictures and their part of the frame.
    pub(super) bytes: u64,
    pub(super) cases: usize,
    pub(super) pictures: usize,
    pub(super) list_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: MAX_BACKUP_BYTES - 2 * MAX_LIST_BYTES as u64,
            cases: MAX_BACKUP_CASES,
            pictures: MAX_BACKUP_PICTURES,
            list_bytes: MAX_LIST_BYTES as u64,
        }
    }
}

/// Bytes of both headers of a case or picture, names included, rounded up.
const FRAME_BYTES: u64 = 256;
/// Bytes of a hash in the list, rounded up.
const HASH_BYTES: u64 = 68;
/// Bytes of a picture in the list, rounded up.
const PICTURE_LINE_BYTES: u64 = 112;
/// Bytes of a case in the list without its hashes, rounded up: a title of 200 characters, each written `\u0000`, included.
const CASE_LINE_BYTES: u64 = 1_536;
/// Bytes of the list without cases and pictures, rounded up.
const HEAD_BYTES: u64 = 1_536;

/// What one file holds.
pub(super) struct Part<'a> {
    pub(super) cases: Vec<&'a StoredCase>,
    pub(super) pictures: BTreeMap<Sha256, StoredPicture>,
    bytes: u64,
    list_bytes: u64,
}

impl Part<'_> {
    const fn new() -> Self {
        Self { cases: Vec::new(), pictures: BTreeMap::new(), bytes: 0, list_bytes: HEAD_BYTES }
    }

    /// What its cases name and it has not.
    pub(super) fn missing(&self) -> Vec<Sha256> {
        let named: BTreeSet<Sha256> = self.cases.iter().flat_map(|case| case.listed.pictures.iter().copied()).collect();
        named.into_iter().filter(|sha256| !self.pictures.contains_key(sha256)).collect()
    }
}

/// Case by case, in their order. A case and its pictures go into the file that is begun; where they don't fit, the next one begins. A picture
/// of cases in two files is in both. A case whose own pictures are too much for one file is in several, each with a part of them.
pub(super) fn divide<'a>(cases: &'a [StoredCase], pictures: &[StoredPicture], limits: &Limits) -> Vec<Part<'a>> {
    let readable: BTreeMap<Sha256, StoredPicture> = pictures
        .iter()
        .filter(|picture| picture.bytes <= MAX_BACKUP_PICTURE_BYTES && cost(picture) <= limits.bytes)
        .map(|picture| (picture.sha256, *picture))
        .collect();
    let mut parts = Vec::new();
    let mut part = Part::new();
    for case in cases {
        let own: Vec<_> = case.listed.pictures.iter().filter_map(|sha256| readable.get(sha256)).collect();
        let new = own.iter().filter(|picture| !part.pictures.contains_key(&picture.sha256));
        let (count, bytes) = new.fold((0, 0), |(count, bytes), picture| (count + 1, bytes + cost(picture)));
        let full = !fits(&part, case, count, bytes, limits);
        if full && !part.cases.is_empty() {
            parts.push(std::mem::replace(&mut part, Part::new()));
        }
        take(&mut part, case);
        for picture in own {
            if part.pictures.contains_key(&picture.sha256) {
                continue;
            }
            let is_full = part.bytes + cost(picture) > limits.bytes || part.pictures.len() >= limits.pictures;
            if is_full && !part.pictures.is_empty() {
                parts.push(std::mem::replace(&mut part, Part::new()));
                take(&mut part, case);
            }
            part.bytes += cost(picture);
            part.list_bytes += PICTURE_LINE_BYTES;
            part.pictures.insert(picture.sha256, *picture);
        }
    }
    parts.push(part);
    parts
}

fn fits(part: &Part, case: &StoredCase, pictures: usize, picture_bytes: u64, limits: &Limits) -> bool {
    let list_bytes = part.list_bytes + line(case) + pictures as u64 * PICTURE_LINE_BYTES;
    part.bytes + case.bytes + FRAME_BYTES + picture_bytes <= limits.bytes
        && part.cases.len() < limits.cases
        && part.pictures.len() + pictures <= limits.pictures
        && list_bytes <= limits.list_bytes
}

fn take<'a>(part: &mut Part<'a>, case: &'a StoredCase) {
    part.bytes += case.bytes + FRAME_BYTES;
    part.list_bytes += line(case);
    part.cases.push(case);
}

const fn cost(picture: &StoredPicture) -> u64 {
    picture.bytes + FRAME_BYTES
}

/// Its hashes may stand in the list twice: as its own, and as missing.
fn line(case: &StoredCase) -> u64 {
    CASE_LINE_BYTES + 2 * HASH_BYTES * case.listed.pictures.len() as u64
}
