//! Whether a sealed site is as it says.

use std::collections::BTreeSet;
use std::path::Path;

use super::markup::{self, Tag};
use super::site::{ALGORITHM, Site, integrity};
use super::{HEADERS, PAGE, SERVICE, chain, headers};
use crate::step::Failure;

/// Characters of an integrity: those of 32 bytes in base64 behind the name of the algorithm.
const INTEGRITY_CHARS: usize = ALGORITHM.len() + 44;
/// Files that are loaded by nobody's hash: where trust begins, and what no script loads.
const ROOTS: [&str; 2] = [PAGE, SERVICE];

/// Computes every hash of the site in `folder` anew, and looks for files that nothing checks, scripts and styles that no policy allows, and
/// headers that are not those of the pages.
///
/// # Errors
/// Everything that was found, a sentence each.
pub fn verify(folder: &Path) -> Result<(), Failure> {
    let complaints = complaints(&Site::read(folder)?);
    if complaints.is_empty() { Ok(()) } else { Err(Failure::Sentence(complaints.join("\n"))) }
}

pub(super) fn complaints(site: &Site) -> Vec<String> {
    let mut found = list(site);
    let hashes: BTreeSet<String> = site.0.values().map(|bytes| integrity(bytes)).collect();
    let mut inside = BTreeSet::new();
    for (name, text) in site.texts() {
        if name.ends_with(".html") {
            found.extend(page(site, name, text));
            inside.extend(markup::tags(text).filter(|tag| !tag.inside.is_empty()).map(|tag| integrity(tag.inside.as_bytes())));
        }
        found.extend(chain::places(text).map(|file| format!("{name}: the hash of {file} was not filled in")));
    }
    for (name, text) in site.texts() {
        let strange = mentioned(text).filter(|hash| !hashes.contains(*hash) && !inside.contains(*hash));
        found.extend(strange.map(|hash| format!("{name}: {hash} is the hash of no file of the site")));
    }
    found.extend(unchecked(site));
    let written = site.0.get(HEADERS).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    match headers::written(site) {
        Ok(wanted) if written.as_ref() == Some(&wanted) => {}
        Ok(_) => found.push(format!("{HEADERS} is not what the pages' own policies say")),
        Err(failure) => found.push(failure.to_string()),
    }
    found
}

/// The service worker's list.
fn list(site: &Site) -> Vec<String> {
    let list = chain::listed(site);
    let mut found = Vec::new();
    for (name, bytes) in &site.0 {
        let is_left_out = [HEADERS, SERVICE].contains(&name.as_str());
        match list.get(name) {
            None if !is_left_out => found.push(format!("{SERVICE} does not list {name}")),
            Some(hash) if *hash != integrity(bytes) => found.push(format!("{SERVICE}: {name} is not what is listed")),
            _ => {}
        }
    }
    found.extend(list.keys().filter(|name| !site.0.contains_key(*name)).map(|name| format!("{SERVICE}: there is no {name}")));
    if chain::version(site) != chain::version_of(&list) {
        found.push(format!("{SERVICE}: its version is not that of its list"));
    }
    found
}

/// Scripts, styles and WebAssembly whose hash stands nowhere but in the service worker's list: on a first visit nobody would look.
fn unchecked(site: &Site) -> impl Iterator<Item = String> {
    let known: BTreeSet<&str> = site.texts().filter(|(name, _)| *name != SERVICE).flat_map(|(_, text)| mentioned(text)).collect();
    let runs = |name: &str| [".js", ".css", ".wasm"].iter().any(|kind| name.ends_with(kind)) && !ROOTS.contains(&name);
    let is_unchecked = move |(name, bytes): &(&String, &Vec<u8>)| runs(name) && !known.contains(integrity(bytes).as_str());
    site.0.iter().filter(is_unchecked).map(|(name, _)| format!("{name}: nothing that loads it checks its hash"))
}

/// Whatever looks like an integrity of ours.
fn mentioned(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices(ALGORITHM).filter_map(|(at, _)| {
        let hash = text.get(at..at + INTEGRITY_CHARS)?;
        let is_base64 = |sign: char| sign.is_ascii_alphanumeric() || ['+', '/', '='].contains(&sign);
        hash[ALGORITHM.len()..].chars().all(is_base64).then_some(hash)
    })
}

/// What a page loads and holds.
fn page(site: &Site, name: &str, text: &str) -> Vec<String> {
    let policy = markup::policy(text).unwrap_or_default();
    let mut found: Vec<String> = ["unsafe-inline", "unsafe-eval", "unsafe-hashes"]
        .iter()
        .filter(|word| policy.contains(&format!("'{word}'")))
        .map(|word| format!("{name}: its policy says {word}"))
        .collect();
    if !policy.contains("default-src 'none'") {
        found.push(format!("{name}: its policy does not begin with nothing allowed (default-src 'none')"));
    }
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    for tag in markup::tags(text) {
        for (attribute, _) in tag.all() {
            if attribute == "style" || attribute.starts_with("on") {
                found.push(format!("{name}: <{}> has the attribute {attribute}, which the policy forbids", tag.name));
            }
        }
        match loads(&tag) {
            Some(address) => {
                let file = [folder, address.trim_start_matches("./")].join("/");
                let file = file.trim_start_matches('/');
                match (site.0.get(file), tag.get("integrity")) {
                    (None, _) => found.push(format!("{name}: there is no {address}")),
                    (Some(bytes), Some(hash)) if hash == integrity(bytes) => {}
                    (Some(_), Some(_)) => found.push(format!("{name}: {address} is not what its integrity says")),
                    (Some(_), None) => found.push(format!("{name}: {address} has no integrity")),
                }
            }
            None if matches!(tag.name, "script" | "style") => {
                let hash = integrity(tag.inside.as_bytes());
                if !policy.contains(&format!("'{hash}'")) {
                    found.push(format!("{name}: its <{}> is inline, and the policy does not have '{hash}'", tag.name));
                }
            }
            None => {}
        }
    }
    found
}

/// The address of the script or style sheet that an element loads.
fn loads<'a>(tag: &Tag<'a>) -> Option<&'a str> {
    match tag.name {
        "script" => tag.get("src"),
        "link" if matches!(tag.get("rel"), Some("stylesheet" | "modulepreload")) => tag.get("href"),
        _ => None,
    }
}
