//! Packages from npm.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{keep_when, rust};
use crate::step::{self, Failure};

/// Installs a package, such as `binaryen@132`, into `node_modules` of `folder`. Nothing of it is run.
pub(super) fn install(package: &str, folder: &Path) -> Result<(), Failure> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if step::version(npm).is_none() {
        let remedy = format!("{package} comes from npm: install Node.js 18 or newer with npm (https://nodejs.org).");
        rust::debian_packages(&["npm"], &format!("npm, to fetch {package} with"), "about two minutes", &remedy)?;
    }
    let mut command = Command::new(npm);
    command.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error", "--prefix"]).arg(folder);
    let remedy = format!("By hand: `npm install --prefix {} {package}`.", folder.display());
    step::run(command.arg(package), &remedy)
}

/// Installs a package of this version unless it is there; returns its folder. `file` is what is used of it. Nothing of it is run.
pub(super) fn package(name: &str, version: &str, file: &str) -> Result<PathBuf, Failure> {
    let inside = Path::new("node_modules").join(name);
    let answers = |folder: &Path| {
        let stated = fs::read_to_string(folder.join(&inside).join("package.json")).unwrap_or_default();
        stated.contains(&format!("\"version\": \"{version}\"")) && folder.join(&inside).join(file).is_file()
    };
    let announcement = format!("Fetching {name} {version} from npm (a few MB, seconds, once per machine).");
    let short = name.rsplit('/').next().unwrap_or(name);
    let fill = |folder: &Path| install(&format!("{name}@{version}"), folder);
    Ok(keep_when(&format!("{short}-{version}"), answers, &announcement, fill)?.join(&inside))
}
