//! The rooms of the house, and who may use whom.

use crate::source::File;

/// A room, and what stands to its left.
const ROOMS: [(&str, &[&str]); 9] = [
    ("geometry", &[]),
    ("vision", &["geometry"]),
    ("catalog", &["geometry", "vision"]),
    ("design", &["geometry", "vision", "catalog"]),
    ("report", &["geometry", "vision", "catalog", "design"]),
    ("app", &["geometry", "vision", "catalog", "design", "report"]),
    ("web", &["geometry", "vision", "catalog", "design", "report", "app"]),
    ("ui", &["geometry", "vision", "catalog", "design", "report", "app", "web"]),
    ("cli", &["geometry", "vision", "catalog", "design", "report"]),
];

/// Crates that only mean something in a browser.
const BROWSER: [&str; 6] = ["web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures", "gloo", "yew"];
/// Rooms that may name them.
const IN_BROWSER: [&str; 2] = ["web", "ui"];
/// Rooms that may touch files, network and environment.
const WITH_SYSTEM: [&str; 3] = ["web", "ui", "cli"];
const SYSTEM: [&str; 4] = ["std::fs", "std::net", "std::env", "std::process"];

/// The room that the file belongs to.
fn room(file: &File) -> Option<(&'static str, &'static [&'static str])> {
    let inside = file.path.strip_prefix("src/")?;
    let name = inside.split_once('/').map_or(inside.trim_end_matches(".rs"), |(room, _)| room);
    ROOMS.iter().copied().find(|(room, _)| *room == name)
}

/// A room uses only what stands to its left.
pub(crate) fn one_way(file: &File) -> Vec<String> {
    let Some((own, left)) = room(file) else { return Vec::new() };
    let used = named_rooms(&file.code(), depth(&file.path));
    let wrong = used.into_iter().filter(|(_, name)| name != own && !left.contains(&name.as_str()));
    wrong.map(|(line, name)| file.complain(line, &format!("`{own}` may not use `{name}`"))).collect()
}

/// Browser crates are named in `web` and `ui` alone.
pub(crate) fn browser_names(file: &File) -> Vec<String> {
    let Some((own, _)) = room(file) else { return Vec::new() };
    if IN_BROWSER.contains(&own) {
        return Vec::new();
    }
    let code = file.code();
    let named = words(&code).filter(|(_, word)| BROWSER.contains(word) || word.starts_with("gloo_"));
    named
        .map(|(at, word)| file.complain(line_of(&code, at), &format!("`{word}` is a browser's crate; `{own}` runs natively too")))
        .collect()
}

/// The pure rooms read no file, no network and no environment; their tests may.
pub(crate) fn system(file: &File) -> Vec<String> {
    let Some((own, _)) = room(file) else { return Vec::new() };
    if WITH_SYSTEM.contains(&own) {
        return Vec::new();
    }
    let code = file.code_without_tests();
    let named = SYSTEM.iter().flat_map(|name| code.match_indices(name));
    named
        .map(|(at, name)| file.complain(line_of(&code, at), &format!("`{name}` in `{own}`, which does no input or output")))
        .collect()
}

/// Modules from the crate's root to the file: 1 for src/vision/mod.rs, 2 for src/vision/picture.rs.
fn depth(path: &str) -> usize {
    let inside = path.trim_start_matches("src/").trim_end_matches(".rs").trim_end_matches("/mod");
    inside.split('/').count()
}

/// Rooms that the code names through the crate's root, with the lines: `crate::room`, `crate::{room, …}`, `super::super::room`.
fn named_rooms(code: &str, depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, word) in words(code) {
        let after = &code[at + word.len()..];
        let rest = match word {
            "crate" => after.strip_prefix("::"),
            "super" => root_after_supers(after, depth),
            _ => None,
        };
        let Some(rest) = rest else { continue };
        let names = if let Some(group) = rest.strip_prefix('{') {
            group_heads(group)
        } else {
            words(rest).take(1).map(|(_, name)| name).collect()
        };
        let known = names.into_iter().filter(|name| ROOMS.iter().any(|(room, _)| room == name));
        found.extend(known.map(|name| (line_of(code, at), name.to_owned())));
    }
    found
}

/// What follows a chain of `super::` that reaches the crate's root; the chain's first `super` is already taken.
fn root_after_supers(after: &str, depth: usize) -> Option<&str> {
    let mut rest = after.strip_prefix("::")?;
    let mut supers = 1;
    while let Some(next) = rest.strip_prefix("super::") {
        rest = next;
        supers += 1;
    }
    (supers >= depth).then_some(rest)
}

/// The first name of each path in a `{…}` group, whose opening brace is already taken.
fn group_heads(group: &str) -> Vec<&str> {
    let mut heads = Vec::new();
    let (mut level, mut expecting) = (0, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => level += 1,
            '}' if level == 0 => break,
            '}' => level -= 1,
            ',' if level == 0 => expecting = true,
            c if expecting && (c.is_alphanumeric() || c == '_') => {
                heads.extend(words(&group[at..]).take(1).map(|(_, name)| name));
                expecting = false;
            }
            _ => {}
        }
    }
    heads
}

/// The identifiers of `code` and where they begin.
pub(crate) fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.split(move |c| !part(c))
        .filter(|word| !word.is_empty())
        .map(move |word| (word.as_ptr() as usize - code.as_ptr() as usize, word))
}

/// The line of a byte, counted from 1.
pub(crate) fn line_of(code: &str, at: usize) -> usize {
    code[..at].matches('\n').count() + 1
}

#[test]
fn a_use_to_the_right_is_found_however_it_is_written() {
    for (path, text, line) in [
        ("src/geometry/point.rs", "\nuse crate::vision::Picture;", 2),
        ("src/vision/mod.rs", "use crate::{geometry::{Point, Rect}, report};", 1),
        ("src/vision/align/fit.rs", "use super::super::super::catalog::Board;", 1),
        ("src/cli/mod.rs", "fn f() { crate::web::open() }", 1),
    ] {
        let complaints = one_way(&File::with(path, text));
        assert!(complaints.len() == 1 && complaints[0].starts_with(&format!("{path}:{line}: ")), "{complaints:?}");
    }
    for (path, text) in [
        ("src/ui/stage.rs", "use crate::{app::State, web};"),
        ("src/vision/align/fit.rs", "use super::super::report; // crate::web"),
        ("src/geometry/mod.rs", "/// [`crate::vision`]\nmod tests { use super::*; }"),
        ("src/bin/app.rs", "use crate::web;"),
    ] {
        assert_eq!(one_way(&File::with(path, text)), [""; 0], "{path}");
    }
}

#[test]
fn browser_crates_and_the_system_are_found_in_pure_rooms() {
    let file = File::with(
        "src/app/mod.rs",
        "use gloo_timers::Timeout;\nfn f() { std::fs::read(p) }\n#[cfg(test)]\nmod tests { use std::env; }",
    );
    assert_eq!(browser_names(&file).len(), 1);
    assert_eq!(system(&file), ["src/app/mod.rs:2: `std::fs` in `app`, which does no input or output"]);
    let file = File::with("src/web/files.rs", "use web_sys::File;");
    assert_eq!((browser_names(&file).len(), system(&file).len()), (0, 0));
}
