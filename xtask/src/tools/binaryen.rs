//! wasm-opt, from npm's `binaryen`.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{keep, rust};
use crate::step::{self, Failure};

/// Distributions carry versions that do not know today's instructions (Debian 12: 108, "invalid code after misc prefix").
const VERSION: &str = "132";

/// Installs wasm-opt unless it is there; returns the folder of its programmes.
pub(super) fn install() -> Result<PathBuf, Failure> {
    // npm links the package's programmes here under the names that Trunk looks for.
    let programs = Path::new("node_modules").join(".bin");
    let program = programs.join(if cfg!(windows) { "wasm-opt.cmd" } else { "wasm-opt" });
    let announcement = format!("Fetching wasm-opt {VERSION} from npm (100 MB unpacked, seconds to a minute, once per machine).");
    let folder = keep(&format!("binaryen-{VERSION}"), &program, VERSION, &announcement, |folder| {
        let npm = npm()?;
        let mut command = Command::new(npm);
        command.args(["install", "--no-audit", "--no-fund", "--loglevel=error", "--prefix"]).arg(folder);
        command.arg(format!("binaryen@{VERSION}"));
        let remedy = format!("By hand: `npm install --prefix {} binaryen@{VERSION}`.", folder.display());
        step::run(&mut command, &remedy)
    })?;
    Ok(folder.join(programs))
}

fn npm() -> Result<&'static str, Failure> {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if step::version(npm).is_none() {
        let remedy = "wasm-opt comes from npm: install Node.js 18 or newer with npm (https://nodejs.org).";
        rust::debian_packages(&["npm"], "npm, to fetch wasm-opt with", "about two minutes", remedy)?;
    }
    Ok(npm)
}
