//! `boardwatch` as a person calls it: exit status, JSON, and words.

#![cfg(not(target_arch = "wasm32"))]

mod designs;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use boardwatch::geometry::Point;
use boardwatch::vision::{Comparison, Verdict};
use specimen::{Board, BoardConfig, Camera, Difficulty, Tampering, UnitConfig, photograph, truth};

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
fn a_close_up_shows_what_the_overview_is_too_coarse_for() {
    let board = Board::new(&BoardConfig { seed: 31, size_mm: [100.0, 75.0], ..BoardConfig::default() });
    let unit = |seed| board.unit(&UnitConfig { seed, ..UnitConfig::default() });
    let (width, height) = (480_usize, 360_usize);
    let reference = photograph(&unit(1), &Camera::reference(31), [width, height]);
    let camera = Camera::hand_held(31, Difficulty::Easy);
    // The same camera with four times as many pixels, of which a part is cut out around what was added.
    let (photo, fine) = (
        photograph(&unit(2).with(Tampering::Added), &camera, [width, height]),
        photograph(&unit(2).with(Tampering::Added), &camera, [4 * width, 4 * height]),
    );
    let there = truth(&reference, &fine).boxes[0].photo_box;
    let picture = boardwatch::vision::decode(&fine.jpeg(92)).unwrap();
    let (wide, high) = (1.2 * width as f64, 1.2 * height as f64);
    let corner = |middle: f64, side: f64, whole: usize| (middle - 0.4 * side).clamp(0.0, whole as f64 - side);
    let (left, top) = (corner(there.x, wide, picture.width), corner(there.y, high, picture.height));
    let whole = image::RgbImage::from_raw(picture.width as u32, picture.height as u32, picture.rgb).unwrap();
    let part = image::imageops::crop_imm(&whole, left as u32, top as u32, wide as u32, high as u32).to_image();
    let [photo_path, reference_path, closeup_path, json] =
        ["overview.jpg", "coarse.jpg", "closeup.png", "closeup.json"].map(|name| place(name).to_str().unwrap().to_owned());
    std::fs::write(&photo_path, photo.jpeg(92)).unwrap();
    std::fs::write(&reference_path, reference.jpeg(92)).unwrap();
    part.save(&closeup_path).unwrap();
    let out = boardwatch(&[
        "compare",
        &photo_path,
        "--reference",
        &reference_path,
        "--closeup",
        &closeup_path,
        "--json",
        &json,
        "--px-per-mm",
        "4.2",
    ]);
    assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
    assert!(text(&out.stdout).contains("\nClose-up 1: Aligned. "), "{}", text(&out.stdout));
    let said: Comparison = serde_json::from_slice(&std::fs::read(json).unwrap()).unwrap();
    let closeup = &said.closeups[0];
    assert_eq!(closeup.alignment.verdict, Verdict::Aligned);
    assert!(closeup.alignment.coverage < 0.2, "{}", closeup.alignment.coverage);
    assert!(closeup.limits.smallest_part_px < said.limits.smallest_part_px, "{:?} {:?}", closeup.limits, said.limits);
    let (x, y) = (there.x - left.floor() + there.w / 2.0, there.y - top.floor() + there.h / 2.0);
    let found = closeup.differences.iter().position(|difference| difference.photo_box.contains(Point::new(x, y)));
    assert!(found.is_some_and(|place| place < 3), "{found:?} of {:?}", closeup.differences.first());
}

#[test]
fn features_of_a_reference_change_nothing_but_the_time() {
    let [features, with, without] =
        ["unit-1.features", "with.json", "without.json"].map(|name| place(name).to_str().unwrap().to_owned());
    let copy = place("unit-1-copy.jpg");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(REFERENCE), &copy).unwrap();
    let onto_itself = boardwatch(&["features", copy.to_str().unwrap(), "--out", copy.to_str().unwrap()]);
    assert_eq!(onto_itself.status.code(), Some(1));
    assert!(text(&onto_itself.stderr).contains("written over"), "{}", text(&onto_itself.stderr));
    assert!(boardwatch::vision::decode(&std::fs::read(&copy).unwrap()).is_ok(), "the picture is still one");
    let made = boardwatch(&["features", REFERENCE, "--out", &features]);
    assert_eq!(made.status.code(), Some(0), "{}", text(&made.stderr));
    assert!(text(&made.stdout).contains(" features of "), "{}", text(&made.stdout));
    let said = |json: &str, more: &[&str]| {
        let out = boardwatch(&[&["compare", PHOTO, "--reference", REFERENCE, "--json", json], more].concat());
        assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
        let mut said: Comparison = serde_json::from_slice(&std::fs::read(json).unwrap()).unwrap();
        said.timing_ms.clear();
        said
    };
    assert_eq!(said(&with, &["--features", &features]), said(&without, &[]));
    let other =
        boardwatch(&["compare", PHOTO, "--reference", "static/catalog/specimen/unit-2-small.jpg", "--features", &features]);
    assert_eq!(other.status.code(), Some(1));
    assert!(text(&other.stderr).contains("another picture"), "{}", text(&other.stderr));
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
    let cases: [(&[&str], &str); 7] = [
        (&[], "No command"),
        (&["compare", PHOTO, "--json", json_path], "No reference"),
        (&["compare", "no-such.jpg", "--reference", REFERENCE, "--json", json_path], "no-such.jpg"),
        (&["compare", notes.to_str().unwrap(), "--reference", REFERENCE, "--json", json_path], "is not a picture"),
        (&["compare", PHOTO, "--reference", notes.to_str().unwrap(), "--json", json_path], "Reference 1"),
        (&["compare", PHOTO, "--reference", REFERENCE, "--json", json_path, "--closeup", notes.to_str().unwrap()], "Close-up 1"),
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

/// A picture of a unit of one drawn board, in a file of this name.
fn unit(name: &str, number: u64, tampering: Option<Tampering>) -> PathBuf {
    let board = Board::new(&BoardConfig { seed: 31, size_mm: [90.0, 70.0], ..BoardConfig::default() });
    let unit = board.unit(&UnitConfig { seed: number, ..UnitConfig::default() });
    let unit = match tampering {
        Some(tampering) => unit.with(tampering),
        None => unit,
    };
    let path = place(name);
    std::fs::write(&path, photograph(&unit, &Camera::reference(number), [1280, 960]).jpeg(90)).unwrap();
    path
}

#[test]
fn of_several_boards_the_one_that_stands_apart_is_named() {
    let mut pictures: Vec<PathBuf> = (1..=4).map(|number| unit(&format!("own-{number}.jpg"), number, None)).collect();
    let compare = |pictures: &[PathBuf]| {
        let mut arguments = vec!["outliers", "--threads", "2"];
        arguments.extend(pictures.iter().map(|path| path.to_str().unwrap()));
        let out = boardwatch(&arguments);
        (out.status.code(), text(&out.stdout))
    };
    let (status, said) = compare(&pictures);
    assert_eq!(status, Some(0), "{said}");
    pictures[2] = unit("own-3.jpg", 3, Some(Tampering::Added));
    let (status, said) = compare(&pictures);
    let line = |said: &str, name: &str| said.lines().find(|line| line.contains(name)).unwrap_or_default().to_owned();
    assert_eq!(status, Some(2), "{said}");
    assert!(line(&said, "own-3.jpg").contains("stands apart") && !line(&said, "own-1.jpg").contains("stands apart"), "{said}");
    // Another board lies on none of them, and does not keep them from being compared with each other.
    pictures[0] = Path::new(env!("CARGO_MANIFEST_DIR")).join("static/catalog/specimen/sample.jpg");
    let (status, said) = compare(&pictures);
    assert_eq!(status, Some(2), "{said}");
    assert!(line(&said, "sample.jpg").contains("lies on none of the others"), "{said}");
    assert!(line(&said, "own-3.jpg").contains("has something") || line(&said, "own-3.jpg").contains("differs from"), "{said}");
}

#[test]
fn with_fewer_pixels_places_are_told_in_those_of_the_whole_pictures() {
    let board = Board::new(&BoardConfig { seed: 31, size_mm: [90.0, 70.0], ..BoardConfig::default() });
    let unit = |seed| board.unit(&UnitConfig { seed, ..UnitConfig::default() });
    // Sides that are no multiple of four: the last pixels of the smaller pictures are cut off.
    let size = [1597, 1201];
    let reference = photograph(&unit(1), &Camera::reference(31), size);
    let photo = photograph(&unit(2).with(Tampering::Added), &Camera::hand_held(31, Difficulty::Easy), size);
    let there = truth(&reference, &photo).boxes[0].photo_box;
    let [photo_path, reference_path, json, points] =
        ["whole.jpg", "known.jpg", "detail.json", "points.json"].map(|name| place(name).to_str().unwrap().to_owned());
    std::fs::write(&photo_path, photo.jpeg(92)).unwrap();
    std::fs::write(&reference_path, reference.jpeg(92)).unwrap();
    let compare = |more: &[&str]| {
        let out = boardwatch(
            &[&["compare", &photo_path, "--reference", &reference_path, "--json", &json, "--board-mm", "90x70"], more].concat(),
        );
        assert_eq!(out.status.code(), Some(0), "{}", text(&out.stderr));
        let said: Comparison = serde_json::from_slice(&std::fs::read(&json).unwrap()).unwrap();
        (text(&out.stdout), said)
    };
    let (words, full) = compare(&["--detail", "full"]);
    assert!(full.limits.detail.is_full() && !words.contains("to save memory"), "{words}");
    let on_edges = |p: &&[f64; 4]| p[0] > 100.0 && p[1] > 100.0;
    let spread: Vec<[f64; 4]> =
        full.alignment.points.iter().filter(on_edges).step_by(full.alignment.points.len() / 12).copied().collect();
    std::fs::write(&points, serde_json::to_string(&spread).unwrap()).unwrap();
    for more in [&["--detail", "half"][..], &["--detail", "half", "--points", &points]] {
        let (words, less) = compare(more);
        assert!(words.contains("Half of the pixels along each side"), "{words}");
        assert_eq!((less.photo, less.references[0].picture), (full.photo, full.references[0].picture));
        assert_eq!((less.alignment.verdict, less.limits.px_per_mm), (Verdict::Aligned, full.limits.px_per_mm));
        assert!(less.limits.smallest_part_px > 1.2 * full.limits.smallest_part_px, "{:?} {:?}", less.limits, full.limits);
        let (map, other) = (less.alignment.warp().unwrap(), full.alignment.warp().unwrap());
        let apart = full.alignment.points.iter().map(|[x, y, ..]| {
            let at = Point::new(*x, *y);
            map.to_reference(at).distance(other.to_reference(at))
        });
        assert!(apart.fold(0.0, f64::max) < 1.5, "the same map, in the same pixels");
        let steps = less.alignment.points.iter().zip(&less.alignment.points[1..]).filter(|(a, b)| a[1] == b[1]);
        assert!(steps.map(|(a, b)| b[0] - a[0]).fold(0.0, f64::max) <= 64.0, "the grid is as fine as the format says");
        let (width, height) = less.photo.size();
        for difference in &less.differences {
            let place = difference.photo_box;
            assert!(place.x >= 0.0 && place.y >= 0.0 && place.x + place.w <= width && place.y + place.h <= height, "{place:?}");
        }
        let at = Point::new(there.x + there.w / 2.0, there.y + there.h / 2.0);
        let found = less.differences.iter().position(|difference| difference.photo_box.contains(at));
        assert!(found.is_some_and(|place| place < 5), "{found:?} of {}", less.differences.len());
    }
    // With all that there is beside one reference, by two hands, and told as without.
    let [second, closeup] = ["known-2.jpg", "near.jpg"].map(|name| place(name).to_str().unwrap().to_owned());
    std::fs::write(&second, photograph(&unit(3), &Camera::reference(32), size).jpeg(92)).unwrap();
    std::fs::copy(&photo_path, &closeup).unwrap();
    let more = ["--reference", &second, "--closeup", &closeup];
    let whole = compare(&more).1;
    let (one, two) = (
        compare(&[&more[..], &["--detail", "half"]].concat()).1,
        compare(&[&more[..], &["--detail", "half", "--threads", "2"]].concat()).1,
    );
    assert_eq!(Comparison { timing_ms: one.timing_ms.clone(), ..two }, one, "two hands find what one finds");
    assert_eq!(one.closeups[0].picture, whole.closeups[0].picture);
    let places = |comparison: &Comparison| -> Vec<[f64; 4]> {
        let near = &comparison.closeups[0].alignment.points;
        comparison
            .references
            .iter()
            .map(|result| &result.alignment.points)
            .chain([near])
            .map(|points| points[points.len() / 2])
            .collect()
    };
    for (less, full) in places(&one).into_iter().zip(places(&whole)) {
        let apart = less.iter().zip(full).map(|(less, full)| (less - full).abs()).fold(0.0, f64::max);
        assert!(apart < 70.0, "a step of the grid at most: {less:?} {full:?}");
    }
    for (less, full) in one.references.iter().zip(&whole.references) {
        assert_eq!(less.picture, full.picture);
        let corners = |result: &boardwatch::vision::ReferenceResult| result.alignment.regions.last().unwrap().reference_box;
        assert_eq!(corners(less), corners(full));
    }
    let (words, least) = compare(&["--detail", "quarter"]);
    assert!(words.contains("A quarter of the pixels"), "{words}");
    assert!(least.limits.smallest_part_px > 2.0 * full.limits.smallest_part_px);
}
