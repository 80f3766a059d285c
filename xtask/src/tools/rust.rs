//! What belongs to the compiler, and what the system's packages bring.

use std::path::Path;
use std::process::Command;

use crate::step::{self, Failure, version};

const WASM: &str = "wasm32-unknown-unknown";

/// Adds the wasm target unless it is there.
pub(super) fn target() -> Result<(), Failure> {
    let sysroot = step::output(Command::new("rustc").args(["--print", "sysroot"]), "Install Rust from https://rustup.rs.")?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM).is_dir() {
        return Ok(());
    }
    println!("Adding the compiler's wasm target (seconds).");
    step::run(
        Command::new("rustup").args(["target", "add", WASM]),
        "By hand: `rustup target add wasm32-unknown-unknown`; without rustup, your distribution's package for that target.",
    )
}

/// Adds `component` (rustfmt or clippy) unless it answers.
pub(super) fn component(component: &str) -> Result<(), Failure> {
    if version(format!("cargo-{}", component.trim_start_matches("rust"))).is_some() {
        return Ok(());
    }
    println!("Adding {component} (seconds).");
    step::run(
        Command::new("rustup").args(["component", "add", component]),
        &format!("By hand: `rustup component add {component}`; without rustup, your distribution's package for it."),
    )
}

/// Installs Debian packages where that is possible: on Debian and its kin, as root.
pub(super) fn debian_packages(packages: &[&str], what: &str, duration: &str, remedy: &str) -> Result<(), Failure> {
    let root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    if !root || version("apt-get").is_none() {
        return Err(Failure::Sentence(remedy.to_owned()));
    }
    println!("Installing {what} from Debian's packages ({duration}).");
    let mut update = Command::new("apt-get");
    step::run(update.args(["update", "-qq"]), remedy)?;
    let mut install = Command::new("apt-get");
    install.args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages).env("DEBIAN_FRONTEND", "noninteractive");
    step::run(&mut install, remedy)
}
