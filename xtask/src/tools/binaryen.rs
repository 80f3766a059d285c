//! wasm-opt, from npm's `binaryen`.

use std::path::{Path, PathBuf};

use super::{keep, npm};
use crate::step::Failure;

/// Distributions carry versions that do not know today's instructions (Debian 12: 108, "invalid code after misc prefix").
const VERSION: &str = "132";

/// Installs wasm-opt unless it is there; returns the folder of its programmes.
pub(super) fn install() -> Result<PathBuf, Failure> {
    // npm links the package's programmes here under the names that Trunk looks for.
    let programs = Path::new("node_modules").join(".bin");
    let program = programs.join(if cfg!(windows) { "wasm-opt.cmd" } else { "wasm-opt" });
    let announcement = format!("Fetching wasm-opt {VERSION} from npm (100 MB unpacked, seconds to a minute, once per machine).");
    let folder = keep(&format!("binaryen-{VERSION}"), &program, VERSION, &announcement, |folder| {
        npm::install(&format!("binaryen@{VERSION}"), folder)
    })?;
    Ok(folder.join(programs))
}
