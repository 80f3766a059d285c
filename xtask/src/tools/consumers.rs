//! The programmes that exports are tried in.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{keep_when, npm, rust};
use crate::step::{self, Failure, version};

/// From npm; shows and edits W3C Web Annotations.
const ANNOTORIOUS: &str = "3.8.10";
/// From PyPI; reads COCO.
const PYCOCOTOOLS: &str = "2.0.11";
const PYTHON: &str = "python3";

/// Installs Annotorious unless it is there; returns the package's folder.
pub(super) fn annotorious() -> Result<PathBuf, Failure> {
    npm::package("@annotorious/annotorious", ANNOTORIOUS, "dist/annotorious.js")
}

/// Installs pycocotools and what it needs unless they are there; returns the folder for PYTHONPATH.
pub(super) fn pycocotools() -> Result<PathBuf, Failure> {
    let remedy = "pycocotools runs on Python: install Python 3.9 or newer with pip (https://www.python.org).";
    if version(PYTHON).is_none() {
        rust::debian_packages(&["python3"], "Python, to run pycocotools on", "half a minute", remedy)?;
    }
    // Asked by importing it: another Python than the one it was installed by may not be able to.
    let script = "import importlib.metadata as m, pycocotools.cocoeval; print(m.version('pycocotools'))";
    let answers = |folder: &Path| {
        let output = Command::new(PYTHON).args(["-c", script]).env("PYTHONPATH", folder).output();
        output.is_ok_and(|output| output.stdout.trim_ascii() == PYCOCOTOOLS.as_bytes())
    };
    let announcement = format!("Fetching pycocotools {PYCOCOTOOLS} from PyPI (60 MB unpacked, seconds, once per machine).");
    keep_when(&format!("pycocotools-{PYCOCOTOOLS}"), answers, &announcement, |folder| {
        let has_pip = Command::new(PYTHON).args(["-m", "pip", "--version"]).output().is_ok_and(|output| output.status.success());
        if !has_pip {
            rust::debian_packages(&["python3-pip"], "pip, to fetch pycocotools with", "about a minute", remedy)?;
        }
        let mut pip = Command::new(PYTHON);
        pip.args(["-m", "pip", "install", "--quiet", "--only-binary", ":all:", "--target"]).arg(folder);
        let package = format!("pycocotools=={PYCOCOTOOLS}");
        let by_hand = format!("By hand: `{PYTHON} -m pip install --target {} {package}`.", folder.display());
        // Nothing outside the folder is touched, so that a warning about root means nothing.
        pip.env("PIP_ROOT_USER_ACTION", "ignore");
        step::run(pip.arg(&package), &by_hand)
    })
}
