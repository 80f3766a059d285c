//! How long each stage takes, on drawn boards of 12, 24 and 48 megapixels.
//!
//! ```sh
//! cargo bench                    # every size, every stage
//! cargo bench -- 12 align        # one size, one stage
//! cargo bench -- 48 --runs 9
//! ```
//!
//! A stage works on both pictures of a pair, so that megapixels per second and the plain copy count both, too. How many
//! times as long as the copy a stage takes says more than its seconds where other programmes use the machine as well. The
//! pictures are drawn once and kept in `target/bench/`; whoever changes how boards are drawn deletes that folder.
//!
//! Without cargo's `--bench`, as in `cargo test`, it goes the whole way once with small pictures.

#![allow(clippy::disallowed_methods, reason = "a stopwatch needs a clock")]

mod pair;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;

use boardwatch::vision::{
    AlignConfig, Alignment, CompareConfig, ExamineConfig, Ignore, Picture, Verdict, align, compare_files, compare_pair, decode,
};
use pair::Files;

/// Megapixels of each picture: a phone's, a better phone's, the largest that phones take.
const SIZES: [f64; 3] = [12.0, 24.0, 48.0];
/// Enough for a refused pair to show, little enough for every `cargo test`.
const TINY: f64 = 0.5;
const STAGES: [&str; 4] = ["decode", "align", "compare", "whole"];
/// Runs unless told otherwise: the median then stands on two runs to each side.
const RUNS: usize = 5;

const USAGE: &str = "usage: cargo bench -- [MEGAPIXELS…] [decode|align|compare|whole…] [--runs N]";

/// What was asked for.
struct Order {
    sizes: Vec<f64>,
    stages: Vec<&'static str>,
    runs: usize,
}

fn main() -> ExitCode {
    match order(std::env::args().skip(1)).and_then(|order| order.sizes.iter().try_for_each(|size| measure(*size, &order))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn order(arguments: impl Iterator<Item = String>) -> Result<Order, String> {
    let mut order = Order { sizes: Vec::new(), stages: Vec::new(), runs: RUNS };
    let (mut in_earnest, mut arguments) = (false, arguments);
    while let Some(word) = arguments.next() {
        if word == "--bench" {
            in_earnest = true;
        } else if word == "--runs" {
            let number = arguments.next().and_then(|number| number.parse().ok()).filter(|runs| *runs > 0);
            order.runs = number.ok_or_else(|| format!("--runs takes a number from 1.\n{USAGE}"))?;
        } else if let Some(stage) = STAGES.iter().find(|stage| **stage == word) {
            order.stages.push(stage);
        } else if let Some(size) = word.parse().ok().filter(|size| (0.1..=100.0).contains(size)) {
            order.sizes.push(size);
        } else if in_earnest || !word.starts_with('-') {
            return Err(format!("{word} is neither a stage nor a number of megapixels from 0.1 to 100.\n{USAGE}"));
        }
    }
    if !in_earnest {
        return Ok(Order { sizes: vec![TINY], stages: STAGES.to_vec(), runs: 1 });
    }
    if order.sizes.is_empty() {
        order.sizes = SIZES.to_vec();
    }
    if order.stages.is_empty() {
        order.stages = STAGES.to_vec();
    }
    Ok(order)
}

/// Prints a line for every stage that was asked for, on a pair with so many megapixels per picture.
fn measure(megapixels: f64, order: &Order) -> Result<(), String> {
    let files = pair::of(megapixels)?;
    let (photo, reference) = (pixels(&files.photo)?, pixels(&files.reference)?);
    let alignment = aligned(&photo, &reference)?;
    let warp = alignment.warp().ok_or("The drawn pair has no map.")?;
    let bytes = [photo.rgb.as_slice(), reference.rgb.as_slice()];
    let table = Table { megapixels: bytes.map(<[u8]>::len).iter().sum::<usize>() as f64 / 3e6, copy_s: copying(bytes) };
    table.begin(&photo, &reference);
    for stage in &order.stages {
        let once: &mut dyn FnMut() = match *stage {
            "decode" => &mut || drop(black_box((decode(&files.photo), decode(&files.reference)))),
            "align" => &mut || drop(black_box(align(&photo, &reference, None, &AlignConfig::default(), &mut Ignore))),
            "compare" => &mut || drop(black_box(compare_pair(&photo, &reference, &warp, &CompareConfig::default(), &mut Ignore))),
            _ => &mut || _ = black_box(whole(&files)),
        };
        table.line(stage, &mut seconds(order.runs, once));
    }
    Ok(())
}

fn pixels(file: &[u8]) -> Result<Picture, String> {
    decode(file).map_err(|error| format!("A drawn picture could not be read. {error} Delete target/bench to draw it again."))
}

/// The map; a refused pair would be measured on the way to its refusal.
fn aligned(photo: &Picture, reference: &Picture) -> Result<Alignment, String> {
    let alignment = align(photo, reference, None, &AlignConfig::default(), &mut Ignore).map_err(|error| error.to_string())?;
    match alignment.verdict {
        Verdict::Refused => Err(format!("The drawn pair was refused: {:?}. There is nothing to measure.", alignment.reason)),
        _ => Ok(alignment),
    }
}

fn whole(files: &Files) -> usize {
    let comparison =
        compare_files(&boardwatch::vision::Files::of(&files.photo, &[&files.reference]), &ExamineConfig::default(), &mut Ignore);
    comparison.map_or(0, |comparison| comparison.differences.len())
}

/// Seconds that a copy of these pixels takes at best, into memory that is already there.
fn copying(pictures: [&[u8]; 2]) -> f64 {
    let mut copies = pictures.map(<[u8]>::to_vec);
    let copy = &mut || {
        for (copy, picture) in copies.iter_mut().zip(pictures) {
            copy.copy_from_slice(black_box(picture));
        }
        black_box(&copies);
    };
    seconds(2 * RUNS, copy).into_iter().fold(f64::INFINITY, f64::min)
}

fn seconds(runs: usize, once: &mut dyn FnMut()) -> Vec<f64> {
    let timed = |_| {
        let begun = Instant::now();
        once();
        begun.elapsed().as_secs_f64()
    };
    (0..runs).map(timed).collect()
}

/// What the lines of one pair are compared with.
struct Table {
    /// Of both pictures together.
    megapixels: f64,
    copy_s: f64,
}

impl Table {
    fn begin(&self, photo: &Picture, reference: &Picture) {
        println!(
            "\nphoto {} × {}, reference {} × {}, {:.1} MP together; a plain copy of them takes {:.1} ms",
            photo.width,
            photo.height,
            reference.width,
            reference.height,
            self.megapixels,
            self.copy_s * 1000.0
        );
        println!("{:<8} {:>9} {:>9} {:>8} {:>8}", "stage", "best s", "median s", "MP/s", "× copy");
    }

    fn line(&self, stage: &str, runs: &mut [f64]) {
        runs.sort_by(f64::total_cmp);
        let (best, median) = (runs[0], runs[runs.len() / 2]);
        println!("{stage:<8} {best:>9.3} {median:>9.3} {:>8.1} {:>8.0}", self.megapixels / best, best / self.copy_s);
    }
}
