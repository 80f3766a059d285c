//! Tools that cargo builds.

use std::path::{Path, PathBuf};

use super::{cache, keep, remove};
use crate::step::{self, Failure};

/// A tool from crates.io.
pub(super) struct Tool<'a> {
    pub(super) package: &'a str,
    pub(super) program: &'a str,
    pub(super) version: &'a str,
    /// How long building it takes on two cores, in words.
    pub(super) minutes: &'a str,
}

/// Installs `tool` unless it is there; returns the folder of its programmes.
pub(super) fn install(tool: &Tool) -> Result<PathBuf, Failure> {
    let Tool { package, program, version, minutes } = tool;
    let name = format!("{package}-{version}");
    let program = Path::new("bin").join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    let announcement = format!("Building {package} {version} ({minutes} minutes on two cores, once per machine).");
    let folder = keep(&name, &program, version, &announcement, |folder| {
        let mut cargo = step::cargo();
        cargo.args(["install", "--quiet", "--locked", "--version", version, "--root"]).arg(folder).arg(package);
        // Outside the checkout, so that neither its .cargo/config.toml nor its build folder have a say.
        cargo.current_dir(cache()?).env("CARGO_TARGET_DIR", build_folder()?).env_remove("CARGO_BUILD_TARGET");
        let remedy = format!(
            "By hand: `cargo install --locked --version {version} {package}`; what cargo printed above says what it lacks."
        );
        step::run(&mut cargo, &remedy)
    })?;
    Ok(folder.join("bin"))
}

/// Removes what building the tools left behind: up to a gigabyte that nobody needs again.
pub(super) fn tidy_up() {
    if let Ok(folder) = build_folder()
        && let Err(failure) = remove(&folder)
    {
        println!("{failure} (left behind; it may be deleted by hand)");
    }
}

/// Shared by the tools, so that what two of them depend on is built once and an interrupted build goes on where it was.
fn build_folder() -> Result<PathBuf, Failure> {
    Ok(cache()?.join("tools/build"))
}
