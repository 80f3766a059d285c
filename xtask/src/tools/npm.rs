//! Packages from npm.

use std::path::Path;
use std::process::Command;

use super::rust;
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
