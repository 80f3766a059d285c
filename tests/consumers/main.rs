//! What is exported, in the programmes that it is exported for.
//!
//! ```sh
//! cargo xtask test consumers
//! ```
//!
//! installs the two programmes and runs these tests. A plain `cargo test` installs nothing; it then says that they were skipped.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, reason = "clocks and threads of the machine that drives the browser")]

mod annotorious;
#[allow(dead_code, reason = "the end-to-end tests also ask for its process")]
#[path = "../e2e/driver.rs"]
mod driver;
mod findings;
mod pycocotools;

use std::path::PathBuf;

/// The folder that `variable` names; `None`, and a line that says so, when nobody set it.
fn installed(variable: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(variable).map(PathBuf::from);
    match &folder {
        Some(folder) => assert!(folder.is_dir(), "{variable} names {}, which is no folder", folder.display()),
        None => println!("skipped, because {variable} is not set; `cargo xtask test consumers` sets it."),
    }
    folder
}

/// An empty folder of this test run.
fn scratch(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).expect("the build folder can be written");
    folder
}
