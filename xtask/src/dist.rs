//! Making the static site.

use std::path::PathBuf;
use std::process::Command;

use crate::step::{self, Failure};
use crate::styles;
use crate::tools::{self, Tools};
use crate::{comments, imports, seal, sizes};

/// Makes the site in `dist/` and prints what it weighs.
///
/// # Errors
/// When set-up or build fail, or the site is heavier than it may be.
pub fn dist() -> Result<(), Failure> {
    build(&tools::for_site()?)?;
    check()
}

/// Looks whether the site in `dist/` is sealed, and prints what it weighs.
///
/// # Errors
/// When a hash does not fit, something is loaded unchecked, or the site is heavier than it may be.
pub fn check() -> Result<(), Failure> {
    seal::verify(&folder())?;
    sizes::report(&folder())
}

/// Makes the site in `dist/`.
///
/// # Errors
/// When Trunk fails.
pub fn build(tools: &Tools) -> Result<(), Failure> {
    println!("Building the release app into dist/ (about three minutes from nothing, half a minute after a change).");
    let mut trunk = Command::new("trunk");
    // Offline: a helper tool in another version is then an error here, never a download.
    trunk.args(["build", "--release", "--offline", "--locked"]).current_dir(root());
    // Trunk reads NO_COLOR as a boolean of its own and stumbles over other values.
    trunk.env_remove("NO_COLOR");
    tools.apply(&mut trunk);
    step::run(
        &mut trunk,
        "What Trunk printed above says where; `cargo build --target wasm32-unknown-unknown --bin app` shows the compiler's part alone.",
    )?;
    imports::number(&folder())?;
    styles::join(&folder())?;
    comments::remove(&folder())?;
    seal::seal(&folder())
}

/// Where the site is made.
#[must_use]
pub fn folder() -> PathBuf {
    root().join("dist")
}

/// The top folder of this checkout.
#[must_use]
pub fn root() -> PathBuf {
    // Asked for at run time first: a build folder shared by two checkouts may hold the other one's programme.
    let here = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let here = PathBuf::from(here);
    here.parent().map_or(here.clone(), PathBuf::from)
}
