//! What a search costs in a catalogue of a million references: files, bytes and time, for boards that are typed letter by letter.
//!
//! ```text
//! cargo run --release --example million
//! ```

#![allow(clippy::disallowed_methods, reason = "it measures time")]

#[path = "../tests/library/made_up.rs"]
mod made_up;

use std::time::Instant;

use boardwatch::catalog::search::{LinesFile, WordsFile};
use boardwatch::vision::Sha256;
use made_up::{Served, Visitor, line};

const BOARDS: u64 = 200_000;
const SEARCHES: u64 = 1_000;

fn main() {
    let begun = Instant::now();
    let served = Served::of((0..BOARDS).map(line).collect());
    let references: u64 = (0..BOARDS).map(|seed| u64::from(line(seed).references)).sum();
    let packed = |bytes: &[u8]| miniz_oxide::deflate::compress_to_vec(bytes, 6).len() as f64 / 1000.0;
    println!("{BOARDS} boards, {references} references; built in {:.1} s", begun.elapsed().as_secs_f64());
    let count = |kind: &str| served.files.iter().filter(|(path, _)| path.contains(kind)).count();
    let total: usize = served.files.values().map(Vec::len).sum();
    println!("{} files of words, {} of lines, {:.1} MB in all", count("/words/"), count("/lines/"), total as f64 / 1e6);
    println!("catalog.json, once: {:.1} kB, packed {:.1} kB", served.root.len() as f64 / 1000.0, packed(&served.root));
    let begun = Instant::now();
    Visitor::of(&served);
    println!("reading it: {:.1} ms", begun.elapsed().as_secs_f64() * 1000.0);

    let (mut requests, mut bytes, mut packed_bytes, mut letters, mut slowest, mut readings) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for seed in 0..SEARCHES {
        let board = line(seed * 197 % BOARDS);
        let question = format!("{} {}", board.vendor, board.model).to_lowercase();
        let mut visitor = Visitor::of(&served);
        let mut worst: f64 = 0.0;
        for end in 1..=question.len() {
            let begun = Instant::now();
            visitor.asks(&question[..end], 20);
            let took = begun.elapsed().as_secs_f64() * 1000.0;
            letters.push(took);
            worst = worst.max(took);
        }
        slowest.push(worst);
        let files: Vec<&Vec<u8>> = visitor.fetched.iter().map(|path| &served.files[path]).collect();
        requests.push(files.len() as f64);
        bytes.push(files.iter().map(|file| file.len()).sum::<usize>() as f64 / 1000.0);
        packed_bytes.push(files.iter().map(|file| packed(file)).sum());
        // Of one file: its hash, and reading it.
        if let Some(path) = visitor.fetched.first() {
            let file = &served.files[path];
            let begun = Instant::now();
            assert!(Sha256::of(file).0[0] < 255 || !file.is_empty());
            assert!(WordsFile::parse(file).is_ok() || LinesFile::parse(file, visitor.index.search.as_ref().unwrap()).is_ok());
            readings.push(begun.elapsed().as_secs_f64() * 1000.0);
        }
    }
    println!("\n{SEARCHES} searches, each typed letter by letter from nothing:");
    println!("{:>34} {:>10} {:>10} {:>10}", "", "median", "95 %", "most");
    row("requests a search", &mut requests);
    row("bytes a search, kB", &mut bytes);
    row("the same packed, kB", &mut packed_bytes);
    row("time a letter, ms", &mut letters);
    row("the slowest letter, ms", &mut slowest);
    row("hash and reading of one file, ms", &mut readings);
}

fn row(name: &str, values: &mut [f64]) {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((values.len() - 1) as f64 * share) as usize];
    println!("{name:>34} {:>10.2} {:>10.2} {:>10.2}", at(0.5), at(0.95), at(1.0));
}
