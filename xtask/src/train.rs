//! Training the networks that rank differences and look for unlisted parts: draws boards, writes their candidates' evidence, fits, writes the weights.

use std::process::Command;

use crate::dist::root;
use crate::step::{self, Failure};

/// Suites that are drawn, by their seeds; small ones, so that a stopped run loses little.
const SEEDS: std::ops::RangeInclusive<u32> = 30_001..=30_007;
/// Boards of a suite, photos of each, and what was done to the board on each photo, times.
const OPTIONS: [&str; 8] = ["--count", "20", "--photos", "3", "--tamperings", "14", "--megapixels", "4"];

/// What Python needs is not put in place by itself: torch is large.
const INSTALL: &str = "Install Python 3 with numpy and torch (`pip install numpy torch`), then run `cargo xtask train` again.";

/// Nothing else needs setting up by hand.
const RETRY: &str = "What it printed says why; then run `cargo xtask train` again: it goes on with what is there.";

/// Boards that unlisted parts are learned from: the first one's seed, and how many they are.
const UNLISTED: [&str; 2] = ["500000", "65"];

/// Draws pairs, gathers what ranks their differences and trains; about an hour on two cores.
///
/// # Errors
/// When a step can't be run; the failure says what to do by hand.
pub fn ranking() -> Result<(), Failure> {
    let folder = root().join("target/ranking");
    println!("Drawing boards (about 40 minutes) and gathering evidence (about 10) in {}.", folder.display());
    let mut evidence = Vec::new();
    for seed in SEEDS {
        let pictures = folder.join(format!("boards-{seed}"));
        if !pictures.join("manifest.json").is_file() {
            let mut draw = cargo(&["--package", "specimen"]);
            step::run(draw.arg("suite").arg(&pictures).args(OPTIONS).arg("--seed").arg(seed.to_string()), RETRY)?;
        }
        let into = folder.join(format!("evidence-{seed}"));
        let mut gather = cargo(&["--example", "evidence"]);
        step::run(gather.arg(pictures.join("manifest.json")).arg(&into), RETRY)?;
        evidence.push(into);
    }
    println!("Training (about 10 minutes).");
    let weights = root().join("src/vision/compare/network.bin");
    let mut python = Command::new("python3");
    python.arg(root().join("tests/ranking/train.py")).args(&evidence).arg("--out").arg(weights);
    step::run(&mut python, INSTALL)
}

/// Draws boards with parts that no design lists, gathers the places that stand out on them and trains; about an hour on two cores.
///
/// # Errors
/// When a step can't be run; the failure says what to do by hand.
pub fn unlisted() -> Result<(), Failure> {
    let folder = root().join("target/unlisted");
    println!("Drawing boards and gathering evidence (about half an hour) in {}.", folder.display());
    step::run(cargo(&["--example", "unlisted"]).args(UNLISTED).arg(&folder), RETRY)?;
    println!("Training (about 10 minutes).");
    let weights = root().join("src/vision/drawing/unlisted/network.bin");
    let mut python = Command::new("python3");
    python.arg(root().join("tests/unlisted/train.py")).arg(&folder).arg("--out").arg(weights);
    step::run(&mut python, INSTALL)
}

fn cargo(what: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root()).args(["run", "--quiet", "--release", "--locked"]).args(what).arg("--");
    command
}
