//! The chain of hashes, and the list of all files in the service worker.

use std::collections::BTreeMap;

use super::site::{Site, integrity};
use super::{HEADERS, SERVICE};
use crate::step::Failure;

/// What stands in a source for the hash of the file that is named behind it.
pub(super) const PLACE: &str = "seal:";
/// Around the list in the service worker.
const LIST: [&str; 2] = ["const FILES = {\n", "};"];
/// Around the name of the version there.
const VERSION: [&str; 2] = ["const VERSION = '", "'"];
/// Characters of a version: no two builds of a site's life share 96 bits.
const VERSION_CHARS: usize = 16;

/// What stands between two marks, and where.
fn between<'a>(text: &'a str, [before, after]: [&str; 2]) -> Option<(usize, &'a str)> {
    let start = text.find(before)? + before.len();
    let length = text[start..].find(after)?;
    Some((start, &text[start..start + length]))
}

fn put(text: &str, marks: [&str; 2], inside: &str) -> Option<String> {
    let (start, old) = between(text, marks)?;
    Some(format!("{}{inside}{}", &text[..start], &text[start + old.len()..]))
}

/// The list of a sealed service worker: what each file has to be.
pub(super) fn listed(site: &Site) -> BTreeMap<String, String> {
    let lines = site.text(SERVICE).and_then(|text| between(text, LIST)).map(|(_, list)| list).unwrap_or_default();
    let entry = |line: &str| {
        let mut parts = line.trim().trim_end_matches(',').split('"');
        let (name, hash) = (parts.nth(1)?, parts.nth(1)?);
        Some((name.to_owned(), hash.to_owned()))
    };
    lines.lines().filter_map(entry).collect()
}

/// The version that a sealed service worker has.
pub(super) fn version(site: &Site) -> &str {
    site.text(SERVICE).and_then(|text| between(text, VERSION)).map_or("", |(_, version)| version)
}

/// What a version is called: a hash of everything that belongs to it.
pub(super) fn version_of(list: &BTreeMap<String, String>) -> String {
    let text: String = list.iter().map(|(name, hash)| format!("{name} {hash}\n")).collect();
    let hash = integrity(text.as_bytes());
    let plain = hash.chars().skip(super::site::ALGORITHM.len()).filter(char::is_ascii_alphanumeric);
    plain.take(VERSION_CHARS).collect()
}

/// Undoes the sealing, so that a file that has changed since can be sealed anew.
pub(super) fn open(site: &mut Site) {
    let list = listed(site);
    let names: Vec<String> = site.texts().map(|(name, _)| name.to_owned()).collect();
    for name in names {
        let Some(text) = site.text(&name) else { continue };
        let mut opened = text.to_owned();
        for (file, hash) in list.iter().filter(|(_, hash)| !hash.is_empty()) {
            opened = opened.replace(hash.as_str(), &format!("{PLACE}{file}"));
        }
        if opened != text {
            site.set(&name, opened);
        }
    }
}

/// Fills in every hash, the service worker's list and its version.
pub(super) fn close(site: &mut Site) -> Result<(), Failure> {
    let names: Vec<String> = site.0.keys().filter(|name| ![HEADERS, SERVICE].contains(&name.as_str())).cloned().collect();
    let mut known = BTreeMap::new();
    for name in names {
        hash_of(site, &name, &mut known, &mut Vec::new())?;
    }
    let Some(service) = site.text(SERVICE) else { return Ok(()) };
    let list: String = known.iter().map(|(name, hash)| format!("  \"{name}\": \"{hash}\",\n")).collect();
    let sealed = put(service, LIST, &list).and_then(|text| put(&text, VERSION, &version_of(&known)));
    let sealed = sealed.ok_or_else(|| Failure::Sentence(format!("{SERVICE} has no place for the list of files.")))?;
    site.set(SERVICE, sealed);
    Ok(())
}

/// The hash of a file whose own places are filled in before.
fn hash_of(
    site: &mut Site,
    name: &str,
    known: &mut BTreeMap<String, String>,
    above: &mut Vec<String>,
) -> Result<String, Failure> {
    if let Some(hash) = known.get(name) {
        return Ok(hash.clone());
    }
    if above.iter().any(|waiting| waiting == name) {
        return Err(Failure::Sentence(format!("{} and {name} each want the hash of the other.", above.join(", "))));
    }
    above.push(name.to_owned());
    while let Some(file) = site.text(name).and_then(|text| places(text).next()) {
        if !site.0.contains_key(&file) {
            return Err(Failure::Sentence(format!("{name} wants the hash of {file}, and the site has no such file.")));
        }
        let hash = hash_of(site, &file, known, above)?;
        let text = site.text(name).unwrap_or_default();
        // A longer name may begin with this one.
        let sealed = ["'", "\""]
            .iter()
            .fold(text.to_owned(), |text, quote| text.replace(&format!("{PLACE}{file}{quote}"), &format!("{hash}{quote}")));
        site.set(name, sealed);
    }
    above.pop();
    let hash = integrity(site.0.get(name).map(Vec::as_slice).unwrap_or_default());
    known.insert(name.to_owned(), hash.clone());
    Ok(hash)
}

/// The files whose hashes a text wants.
pub(super) fn places(text: &str) -> impl Iterator<Item = String> {
    let quoted = text.split(PLACE).skip(1).filter_map(|rest| rest.split_once(['\'', '"']));
    quoted.map(|(name, _)| name.to_owned())
}
