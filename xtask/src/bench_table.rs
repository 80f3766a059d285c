//! How smoothly the light table moves, beside another viewer with the same two pictures, in one run.

use crate::bench_browser::whole;
use crate::dist;
use crate::step::{self, Failure};
use crate::tools;

/// Builds the site and prints a table: frames a second and the page's own work for each, for Boardwatch and OpenSeadragon.
///
/// # Errors
/// When set-up or build fail, or a picture is not there.
pub fn bench_table(photo: &str, reference: &str) -> Result<(), Failure> {
    let files = [whole(photo)?, whole(reference)?, tools::viewer()?];
    dist::build(&tools::for_site()?)?;
    let mut cargo = step::cargo();
    tools::for_browser()?.apply(&mut cargo);
    cargo.args(["test", "--quiet", "--locked", "--test", "e2e", "--", "--nocapture", "--exact"]);
    cargo.arg("smoothness::the_light_table_moves_as_smoothly_as_a_viewer");
    let named: Vec<_> = files.iter().map(|file| file.to_string_lossy()).collect();
    cargo.current_dir(dist::root()).env("BOARDWATCH_DIST", dist::folder()).env("BOARDWATCH_TABLE", named.join("\n"));
    step::run(&mut cargo, "What it printed says why.")
}
