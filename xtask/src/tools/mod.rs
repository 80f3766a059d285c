//! Putting in place what a build needs and a fresh machine lacks.
//!
//! Each tool has a folder of its own, by name and version, in the user's cache: clones share them and `cargo clean` spares them.
//! A tool is installed into a folder of another name first, and renamed when it answers: an interrupted installation never
//! counts as one.

mod binaryen;
mod browser;
mod cargo_tool;
mod consumers;
mod npm;
mod rust;

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::step::{Failure, version};

/// The newest Trunk that builds on rustc 1.95.
const TRUNK: &str = "0.21.14";

/// Where the tools are, for the commands that use them.
#[derive(Debug, Clone, Default)]
pub struct Tools {
    folders: Vec<PathBuf>,
    variables: Vec<(&'static str, PathBuf)>,
}

impl Tools {
    /// Lets `command` find the tools before anything else that the machine has under their names.
    pub fn apply(&self, command: &mut Command) {
        let rest = std::env::var_os("PATH").unwrap_or_default();
        let folders = self.folders.iter().cloned().chain(std::env::split_paths(&rest));
        // A folder whose name holds the separator cannot be on PATH in any way; the tools then go unfound and say so.
        command.env("PATH", std::env::join_paths(folders).unwrap_or(rest.clone()));
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
    }
}

/// Sets up what building the site takes.
///
/// # Errors
/// When a tool is missing and cannot be installed; the sentence says what to do by hand.
pub fn for_site() -> Result<Tools, Failure> {
    rust::target()?;
    let bindgen = wasm_bindgen()?;
    let trunk =
        cargo_tool::install(&cargo_tool::Tool { package: "trunk", program: "trunk", version: TRUNK, minutes: "about 8" })?;
    cargo_tool::tidy_up();
    Ok(Tools { folders: vec![trunk, bindgen, binaryen::install()?], variables: Vec::new() })
}

/// Sets up what formatting and clippy take.
///
/// # Errors
/// As [`for_site`].
pub fn for_lints() -> Result<(), Failure> {
    rust::target()?;
    rust::component("rustfmt")?;
    rust::component("clippy")
}

/// Sets up what tests in a browser take, the site apart.
///
/// # Errors
/// As [`for_site`].
pub fn for_browser() -> Result<Tools, Failure> {
    rust::target()?;
    let driver = browser::driver()?;
    let bindgen = wasm_bindgen()?;
    cargo_tool::tidy_up();
    let runner = bindgen.join(format!("wasm-bindgen-test-runner{}", std::env::consts::EXE_SUFFIX));
    let axe = npm::package("axe-core", AXE, "axe.min.js")?.join("axe.min.js");
    let variables =
        vec![("CHROMEDRIVER", driver), ("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner), ("BOARDWATCH_AXE", axe)];
    Ok(Tools { folders: vec![bindgen], variables })
}

/// From npm; finds what people with disabilities would stumble over.
const AXE: &str = "4.14.1";
/// From npm; the viewer that the light table is measured beside.
const OPENSEADRAGON: &str = "6.1.1";

/// The script of the viewer that the light table is measured beside.
///
/// # Errors
/// As [`for_site`].
pub fn viewer() -> Result<PathBuf, Failure> {
    let script = "build/openseadragon/openseadragon.min.js";
    Ok(npm::package("openseadragon", OPENSEADRAGON, script)?.join(script))
}

/// Sets up the programmes that exports are tried in, and the browser that one of them takes.
///
/// # Errors
/// As [`for_site`].
pub fn for_consumers() -> Result<Tools, Failure> {
    let variables = vec![
        ("CHROMEDRIVER", browser::driver()?),
        ("BOARDWATCH_ANNOTORIOUS", consumers::annotorious()?),
        ("BOARDWATCH_PYCOCOTOOLS", consumers::pycocotools()?),
    ];
    Ok(Tools { folders: Vec::new(), variables })
}

fn wasm_bindgen() -> Result<PathBuf, Failure> {
    let version = locked_version("wasm-bindgen")?;
    cargo_tool::install(&cargo_tool::Tool {
        package: "wasm-bindgen-cli",
        program: "wasm-bindgen",
        version: &version,
        minutes: "about 4",
    })
}

/// The version of `package` in Cargo.lock: the glue that wasm-bindgen writes must match the crate to the last digit.
fn locked_version(package: &str) -> Result<String, Failure> {
    let path = crate::dist::root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).map_err(Failure::file(&path))?;
    version_in(&lock, package)
        .ok_or_else(|| Failure::Sentence(format!("Cargo.lock holds no `{package}`: restore it from the repository.")))
}

fn version_in(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock.lines().skip_while(|line| *line != format!("name = \"{package}\"")).skip(1);
    Some(lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')?.to_owned())
}

/// The folder of all tools: the user's cache, as the system defines it.
fn cache() -> Result<PathBuf, Failure> {
    let variable = |name: &str| std::env::var_os(name).filter(|value: &OsString| !value.is_empty()).map(PathBuf::from);
    let base = match std::env::consts::OS {
        "windows" => variable("LOCALAPPDATA"),
        "macos" => variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join("Library/Caches"))),
        _ => variable("XDG_CACHE_HOME").or_else(|| variable("HOME").map(|home| home.join(".cache"))),
    };
    let base =
        base.ok_or_else(|| Failure::Sentence("No cache folder is known: set XDG_CACHE_HOME to a folder for tools.".to_owned()))?;
    Ok(base.join("boardwatch"))
}

/// Installs a tool into `tools/NAME` of the cache unless the programme there answers with `version`; returns that folder.
///
/// `program` is the path of the programme inside the folder; `fill` fills an empty folder.
fn keep(
    name: &str,
    program: &Path,
    expected: &str,
    announcement: &str,
    fill: impl FnOnce(&Path) -> Result<(), Failure>,
) -> Result<PathBuf, Failure> {
    let answers = |folder: &Path| version(folder.join(program)).is_some_and(|text| holds_word(&text, expected));
    keep_when(name, answers, announcement, fill)
}

/// As [`keep`], for what has no programme that could be asked for its version: `answers` is true of a folder that holds the tool.
fn keep_when(
    name: &str,
    answers: impl Fn(&Path) -> bool,
    announcement: &str,
    fill: impl FnOnce(&Path) -> Result<(), Failure>,
) -> Result<PathBuf, Failure> {
    let tools = cache()?.join("tools");
    let place = tools.join(name);
    if answers(&place) {
        return Ok(place);
    }
    println!("{announcement}");
    // The process id keeps two clones apart that install at the same time.
    let unfinished = tools.join(format!("unfinished-{name}-{}", std::process::id()));
    remove(&unfinished)?;
    fs::create_dir_all(&unfinished).map_err(Failure::file(&unfinished))?;
    let filled = fill(&unfinished);
    if let Err(failure) = filled {
        remove(&unfinished)?;
        return Err(failure);
    }
    if !answers(&unfinished) {
        let sentence = format!("{name} was installed into {} but is not what it should be there.", unfinished.display());
        return Err(Failure::Sentence(sentence));
    }
    if answers(&place) {
        // Another process finished the same tool meanwhile.
        remove(&unfinished)?;
        return Ok(place);
    }
    remove(&place)?;
    fs::rename(&unfinished, &place).map_err(Failure::file(&place))?;
    Ok(place)
}

fn remove(folder: &Path) -> Result<(), Failure> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::file(folder)(error)),
        _ => Ok(()),
    }
}

/// Whether `word` stands in `text` as a whole: version 13 is not in "132".
fn holds_word(text: &str, word: &str) -> bool {
    text.split_whitespace().any(|candidate| candidate.trim_matches(['(', ')', ',']) == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_package_itself() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"9.9.9\"\n\n[[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen").as_deref(), Some("0.2.129"));
        assert_eq!(version_in(lock, "wasm-bind"), None);
    }

    #[test]
    fn a_version_is_compared_as_a_whole() {
        assert!(holds_word("wasm-opt version 132 (version_132)", "132"));
        assert!(!holds_word("wasm-opt version 132 (version_132)", "13"));
        assert!(!holds_word("trunk 0.21.14-rc", "0.21.14"));
    }
}
