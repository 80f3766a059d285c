//! Weighing the built site.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::step::Failure;

/// What a browser may fetch before the start screen is usable, compressed: six seconds on a slow mobile link (0.8 Mbit/s).
const START_LIMIT: usize = 600_000;
/// All that a comparison needs, compressed: everything but what is fetched for something else.
const COMPARING_LIMIT: usize = 1_200_000;
/// What is fetched when a picture is first made for others, compressed: four seconds on the same link.
const CUTTER_LIMIT: usize = 400_000;
/// What is fetched when a file of a design is first dropped, compressed: seven seconds on the same link, once. It reads six formats, draws, and searches.
const DRAFTER_LIMIT: usize = 700_000;
/// What is fetched when the library, or the screen about cases and storage, is first opened, compressed: less than four seconds on the same link.
const LIBRARY_LIMIT: usize = 380_000;
/// What is fetched when a report or another file is first written or read: four seconds on the same link. By itself it is the price of a
/// link, which is opened by people who have no board to compare.
const SCRIBE_LIMIT: usize = 400_000;
/// The page that saves the cases when the app can't start, compressed: it has to come over a link on which little else does.
const RECOVERY_LIMIT: usize = 16_000;
/// What is fetched when the start screen is usable already: the looks of what comes after it; the service worker, which names every file; the manifest,
/// which names the icons.
const LATE: [&str; 4] = ["later.css", "offline-start.js", "sw.js", "manifest.webmanifest"];
/// gzip's header and trailer around the deflated bytes.
const GZIP_FRAME: usize = 18;

/// One file of the site.
struct Weighed {
    name: String,
    raw: usize,
    /// As gzip at its best, which every static host serves; brotli is about a tenth smaller.
    packed: usize,
}

/// Prints the size of each file in `folder`, raw and compressed, and the totals.
///
/// # Errors
/// When a file cannot be read, or a total is over its limit.
pub fn report(folder: &Path) -> Result<(), Failure> {
    let mut names = Vec::new();
    collect(folder, folder, &mut names)?;
    names.sort();
    let texts: Vec<(String, String)> = names
        .iter()
        .filter(|name| is_text(name))
        .map(|name| Ok((name.clone(), fs::read_to_string(folder.join(name)).map_err(Failure::file(folder.join(name)))?)))
        .collect::<Result<_, Failure>>()?;
    let start = reached("index.html", &names, &texts);
    let weighed = names.into_iter().map(|name| weigh(folder, name)).collect::<Result<Vec<_>, _>>()?;

    println!("\n{:>10} {:>10}   (* is fetched before the start screen is usable)", "raw", "gzip");
    for file in &weighed {
        let star = if start.contains(&file.name) { '*' } else { ' ' };
        println!("{:>10} {:>10} {star} {}", file.raw, file.packed, file.name);
    }
    let fetched = total("before the start screen is usable", &weighed, |name| start.contains(name));
    let parts = [
        ("scribe", "The scribe, when something is written or read,", SCRIBE_LIMIT),
        ("library", "The library, when it is opened,", LIBRARY_LIMIT),
        ("cutter", "The cutter, when a picture is made for others,", CUTTER_LIMIT),
        ("drafter", "The drafter, when a file of a design is first dropped,", DRAFTER_LIMIT),
        ("recovery", "The recovery page, when it is opened,", RECOVERY_LIMIT),
    ];
    let of = |name: &str, part: &str| is_code(name) && name.starts_with(part);
    let apart = parts.map(|(part, title, limit)| (title, total(title, &weighed, |name| of(name, part)), limit));
    let comparing = total("all other code", &weighed, |name| is_code(name) && !parts.iter().any(|(part, ..)| of(name, part)));
    total("the whole site", &weighed, |_| true);
    within("What is fetched before the start screen", fetched, START_LIMIT)?;
    apart.into_iter().try_for_each(|(title, packed, limit)| within(title, packed, limit))?;
    within("All other code together", comparing, COMPARING_LIMIT)
}

fn total(title: &str, weighed: &[Weighed], counts: impl Fn(&str) -> bool) -> usize {
    let counted = || weighed.iter().filter(|file| counts(&file.name));
    let packed = counted().map(|file| file.packed).sum();
    println!("{:>10} {packed:>10} = {title}", counted().map(|file| file.raw).sum::<usize>());
    packed
}

fn within(what: &str, packed: usize, limit: usize) -> Result<(), Failure> {
    if packed <= limit {
        return Ok(());
    }
    Err(Failure::Sentence(format!(
        "{what} weighs {packed} bytes compressed; {limit} is the limit. The table above says which file grew."
    )))
}

fn collect(top: &Path, folder: &Path, names: &mut Vec<String>) -> Result<(), Failure> {
    for entry in fs::read_dir(folder).map_err(Failure::file(folder))? {
        let path = entry.map_err(Failure::file(folder))?.path();
        if path.is_dir() {
            collect(top, &path, names)?;
        } else {
            let relative: PathBuf = path.strip_prefix(top).unwrap_or(&path).to_owned();
            names.push(relative.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}

fn weigh(folder: &Path, name: String) -> Result<Weighed, Failure> {
    let bytes = fs::read(folder.join(&name)).map_err(Failure::file(folder.join(&name)))?;
    // Pictures are compressed already and hosts send them as they are.
    let packed = if is_code(&name) || is_text(&name) {
        miniz_oxide::deflate::compress_to_vec(&bytes, 9).len() + GZIP_FRAME
    } else {
        bytes.len()
    };
    Ok(Weighed { name, raw: bytes.len(), packed })
}

fn extension(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

fn is_code(name: &str) -> bool {
    matches!(extension(name), "html" | "css" | "js" | "mjs" | "wasm")
}

fn is_text(name: &str) -> bool {
    matches!(extension(name), "html" | "css" | "js" | "mjs" | "json" | "svg" | "webmanifest" | "txt")
}

/// The files that `first` names, and those that they name: a page names its style and script, a script its module and that
/// its wasm. Workers are named by wasm alone and start on first use, so they are not among them; nor are other pages, which are named to be
/// opened.
fn reached(first: &str, names: &[String], texts: &[(String, String)]) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![first.to_owned()];
    while let Some(current) = waiting.pop() {
        if !seen.insert(current.clone()) {
            continue;
        }
        let Some((_, text)) = texts.iter().find(|(name, _)| *name == current) else { continue };
        let counts = |name: &&String| extension(name) != "html" && !LATE.contains(&name.as_str()) && mentions(text, name);
        waiting.extend(names.iter().filter(counts).cloned());
    }
    seen
}

/// Whether `text` holds the file's own name in quotes, alone or at the end of a path.
fn mentions(text: &str, name: &str) -> bool {
    let file = name.rsplit_once('/').map_or(name, |(_, file)| file);
    text.match_indices(file).any(|(at, _)| {
        let (before, after) = (text[..at].chars().next_back(), text[at + file.len()..].chars().next());
        matches!(before, Some('"' | '\'' | '`' | '/')) && matches!(after, Some('"' | '\'' | '`' | '?' | '#'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_reaches_what_page_and_scripts_name_but_no_worker_and_no_other_page() {
        let names = ["index.html", "start.js", "app.js", "app_bg.wasm", "worker.js", "worker_bg.wasm", "style.css", "other.html"];
        let names = names.map(str::to_owned);
        let texts = [
            ("index.html", r#"<link href="./style.css"><script src="start.js"></script><a href="other.html">Other</a>"#),
            ("start.js", "import init from './app.js';"),
            ("app.js", "new URL('app_bg.wasm', import.meta.url)"),
            ("worker.js", "new URL('worker_bg.wasm', import.meta.url)"),
        ]
        .map(|(name, text)| (name.to_owned(), text.to_owned()));
        let start: Vec<_> = reached("index.html", &names, &texts).into_iter().collect();
        assert_eq!(start, ["app.js", "app_bg.wasm", "index.html", "start.js", "style.css"]);
    }

    #[test]
    fn a_total_over_its_limit_is_a_failure() {
        assert!(within("It", 10, 10).is_ok());
        assert!(within("It", 11, 10).is_err_and(|failure| failure.to_string().contains("11 bytes")));
    }
}
