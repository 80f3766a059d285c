//! Files made to fill a memory or to take forever. Each is refused in words, or read as the fair picture that it is, in little memory.
//!
//! What each took is printed: `cargo test --release --test bombs -- --nocapture`.

#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::disallowed_methods, reason = "clocks and locks, natively: what a bomb takes is measured")]

mod allocator;
#[path = "../report_link/envelope.rs"]
#[allow(dead_code, reason = "links are made here, and none is taken apart")]
mod envelope;
mod papers;
mod pictures;

use std::time::Duration;

use allocator::measured;
use boardwatch::vision::{decode, probe};

/// What reading a bomb may take beside the bomb itself, in bytes.
const MOST_MEMORY: usize = 50_000_000;
/// Ten times what it may take: a clock on a machine that is busy otherwise proves no more. What it took is printed.
const HANGS: Duration = Duration::from_secs(2);

/// Prints what a bomb took, and complains when it was too much.
fn complaint(name: &str, bytes: usize, (memory, took): (usize, Duration), said: &str) -> Option<String> {
    println!("{:7.1} ms {:8} kB, a file of {:6} kB: {name}: {said}", took.as_secs_f64() * 1e3, memory / 1000, bytes / 1000);
    (memory > MOST_MEMORY || took >= HANGS).then(|| format!("{name} took {memory} bytes and {took:?}"))
}

fn is_sentence(text: &str) -> bool {
    text.ends_with('.') && text.split(' ').count() >= 6
}

#[test]
fn bombs_among_pictures_are_refused_or_read_in_little_memory() {
    let bombs = pictures::bombs();
    assert!(bombs.len() >= 24);
    let mut complaints = Vec::new();
    for bomb in bombs {
        assert!(["jpg", "png", "tif", "webp"].contains(&bomb.ending()));
        let (picture, memory, took) = measured(|| decode(&bomb.bytes));
        let said = picture.as_ref().map_or_else(ToString::to_string, |picture| format!("{} × {}", picture.width, picture.height));
        complaints.extend(complaint(bomb.name, bomb.bytes.len(), (memory, took), &said));
        let is_as_expected = match bomb.refused {
            None => picture.is_ok() && probe(&bomb.bytes).is_ok(),
            Some(part) => picture.is_err() && is_sentence(&said) && said.contains(part),
        };
        complaints.extend((!is_as_expected).then(|| format!("{}, {:?} expected: {said}", bomb.name, bomb.refused)));
    }
    assert!(complaints.is_empty(), "{complaints:#?}");
}

#[test]
fn bombs_among_papers_are_refused_in_little_memory() {
    let mut complaints = Vec::new();
    for paper in papers::papers() {
        let (read, memory, took) = measured(|| (paper.read)(&paper.bytes));
        let said = read.err().unwrap_or_else(|| "read".to_owned());
        complaints.extend(complaint(&paper.name, paper.bytes.len(), (memory, took), &said));
        complaints.extend((!is_sentence(&said)).then(|| format!("{}: {said}", paper.name)));
    }
    assert!(complaints.is_empty(), "{complaints:#?}");
}

/// The count is one: it sees what is asked for and never touched.
#[test]
fn memory_that_is_never_touched_is_counted() {
    let (held, memory, _) = measured(|| vec![0_u8; 300 << 20].len());
    assert_eq!((held, memory), (300 << 20, 300 << 20));
    let (_, memory, _) = measured(|| (vec![1_u8; 1000], vec![2_u8; 2000]));
    assert!((3000..4000).contains(&memory), "{memory}");
}
