//! `boardwatch` as a person calls it: exit status, JSON, and words.

#![cfg(not(target_arch = "wasm32"))]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use boardwatch::vision::{Comparison, Verdict};
use specimen::{Board, BoardConfig, Camera, UnitConfig, photograph};

const PHOTO: &str = "static/catalog/specimen/sample-small.jpg";
const REFERENCE: &str = "static/catalog/specimen/unit-1-small.jpg";

fn boardwatch(arguments: &[&str]) -> Output {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    Command::new(env!("CARGO_BIN_EXE_boardwatch")).args(arguments).current_dir(root).output().expect("it starts")
}

/// A place for a file of the test called `name`.
fn place(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(std::fs::remove_file(&path));
    path
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn two_photos_of_one_board_end_with_0_a_summary_and_json() {
    let (json, overlay) = (place("same.json"), place("same.png"));
    let out = boardwatch(&[
        "compare",
        PHOTO,
        "--reference",
        REFERENCE,
        "--px-per-mm",
        "1.4",
        "--json",
        json.to_str().unwrap(),
        "--overlay",
        overlay.to_str().unwrap(),
    ]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(text(&out.stdout).starts_with("Aligned. "), "{}", text(&out.stdout));
    let said: Comparison = serde_json::from_slice(&std::fs::read(json).unwrap()).unwrap();
    assert_eq!((said.alignment.verdict, said.limits.px_per_mm), (Verdict::Aligned, Some(1.4)));
    assert!(said.differences.windows(2).all(|pair| pair[0].score >= pair[1].score), "surest first");
    assert!(["decode", "align", "compare"].iter().all(|stage| said.timing_ms.contains_key(*stage)));
    let drawn = boardwatch::vision::decode(&std::fs::read(overlay).unwrap()).unwrap();
    assert_eq!((drawn.width, drawn.height), (322, 241), "the overlay has the reference's size");
}

#[test]
fn json_on_standard_output_stands_alone() {
    let out = boardwatch(&[
        "compare",
        PHOTO,
        "--reference",
        REFERENCE,
        "--reference",
        "static/catalog/specimen/unit-2-small.jpg",
        "--json",
        "-",
    ]);
    let said: Comparison = serde_json::from_slice(&out.stdout).expect("nothing but JSON");
    assert_eq!(said.references.len(), 2);
    assert!(said.differences.iter().all(|difference| !difference.seen_by.is_empty()));
}

#[test]
fn another_board_ends_with_2_and_json() {
    let drawn = |seed: u64| {
        let board = Board::new(&BoardConfig { seed, size_mm: [100.0, 75.0], ..BoardConfig::default() });
        let shot = photograph(&board.unit(&UnitConfig::default()), &Camera::reference(seed), [480, 360]);
        let path = place(&format!("board-{seed}.jpg"));
        std::fs::write(&path, shot.jpeg(90)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (json, photo, reference) = (place("other.json"), drawn(21), drawn(22));
    let out = boardwatch(&["compare", &photo, "--reference", &reference, "--json", json.to_str().unwrap()]);
    assert_eq!(out.status.code(), Some(2), "{}{}", text(&out.stdout), text(&out.stderr));
    let said: Comparison = serde_json::from_slice(&std::fs::read(json).unwrap()).unwrap();
    assert_eq!(said.alignment.verdict, Verdict::Refused);
    assert!(said.differences.is_empty() && text(&out.stdout).starts_with("Refused. "));
}

#[test]
fn everything_else_ends_with_1_words_and_no_json() {
    let json = place("none.json");
    let json_path = json.to_str().unwrap();
    let notes = place("notes.jpg");
    std::fs::write(&notes, "not a picture").unwrap();
    let cases: [(&[&str], &str); 6] = [
        (&[], "No command"),
        (&["compare", PHOTO, "--json", json_path], "No reference"),
        (&["compare", "no-such.jpg", "--reference", REFERENCE, "--json", json_path], "no-such.jpg"),
        (&["compare", notes.to_str().unwrap(), "--reference", REFERENCE, "--json", json_path], "is not a picture"),
        (&["compare", PHOTO, "--reference", notes.to_str().unwrap(), "--json", json_path], "Reference 1"),
        (
            &["compare", PHOTO, "--reference", REFERENCE, "--json", json_path, "--points", notes.to_str().unwrap()],
            "control points",
        ),
    ];
    for (arguments, words) in cases {
        let out = boardwatch(arguments);
        assert_eq!(out.status.code(), Some(1), "{arguments:?}");
        assert!(text(&out.stderr).contains(words), "{arguments:?}: {}", text(&out.stderr));
        assert!(out.stdout.is_empty() && !json.exists(), "{arguments:?} wrote something");
    }
}
