//! What one comparison takes in a real browser: time by the clock, processor time, memory.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::dist;
use crate::step::{self, Failure};
use crate::tools;

/// Builds the site and compares the two pictures on its bench.html, by one worker or two, each time in a fresh browser, so that nothing of an
/// earlier run is still in memory.
///
/// # Errors
/// When set-up or build fail, a picture is not there, or the comparison fails.
pub fn bench_browser(photo: &str, reference: &str, runs: u32, workers: u32) -> Result<(), Failure> {
    let (photo, reference) = (whole(photo)?, whole(reference)?);
    dist::build(&tools::for_site()?)?;
    let browser = tools::for_browser()?;
    for run in 1..=runs {
        println!("\nRun {run} of {runs}");
        let mut cargo: Command = step::cargo();
        browser.apply(&mut cargo);
        cargo.args([
            "test",
            "--quiet",
            "--locked",
            "--test",
            "e2e",
            "--",
            "--exact",
            "bench::a_named_pair_is_measured",
            "--nocapture",
        ]);
        cargo.current_dir(dist::root()).env("BOARDWATCH_DIST", dist::folder());
        cargo.env("BOARDWATCH_BENCH_PHOTO", &photo).env("BOARDWATCH_BENCH_REFERENCE", &reference);
        cargo.env("BOARDWATCH_BENCH_WORKERS", workers.to_string());
        step::run(&mut cargo, "What it printed says why.")?;
    }
    Ok(())
}

/// The path from the top: the test runs in another folder.
pub(crate) fn whole(picture: &str) -> Result<PathBuf, Failure> {
    Path::new(picture).canonicalize().map_err(Failure::file(picture))
}
