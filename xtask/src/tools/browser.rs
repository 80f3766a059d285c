//! A browser that tests can drive.

use std::path::PathBuf;

use super::rust;
use crate::step::{Failure, version};

const REMEDY: &str = "The browser tests need Chromium (or Chrome) and chromedriver of the same version on PATH. \
Debian, Ubuntu: `apt-get install chromium chromium-driver`; Fedora: `dnf install chromium chromedriver`; \
macOS: `brew install --cask google-chrome chromedriver`; elsewhere: https://googlechromelabs.github.io/chrome-for-testing/";

/// The chromedriver of this machine; CHROMEDRIVER in the environment names another.
pub(super) fn driver() -> Result<PathBuf, Failure> {
    if let Some(driver) = std::env::var_os("CHROMEDRIVER") {
        return Ok(driver.into());
    }
    if find("chromedriver").is_none() || !has_browser() {
        rust::debian_packages(&["chromium", "chromium-driver"], "a browser to test in", "about two minutes", REMEDY)?;
    }
    find("chromedriver").ok_or_else(|| Failure::Sentence(REMEDY.to_owned()))
}

fn has_browser() -> bool {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
    // chromedriver itself finds an installed Chrome on macOS and Windows, where browsers are not on PATH.
    names.iter().any(|name| find(name).is_some()) || cfg!(any(target_os = "macos", windows))
}

/// Where `program` is on PATH; chromedriver's `--version` is asked so that a broken link does not count.
fn find(program: &str) -> Option<PathBuf> {
    let file = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH")?;
    let mut places = std::env::split_paths(&path).map(|folder| folder.join(&file));
    places.find(|place| place.is_file() && (program != "chromedriver" || version(place).is_some()))
}
