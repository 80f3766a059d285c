//! Keeping a catalogue from the command line: what is taken in comes out on the site, and what is wrong is named.

#![cfg(not(target_arch = "wasm32"))]

mod schema;

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use boardwatch::catalog::{BoardEntry, Index, read_codes};
use boardwatch::report::{CatalogueSignature, Contribution, SignatureBytes};
use boardwatch::vision::{ReferenceFeatures, Sha256};
use ed25519_dalek::VerifyingKey;
use serde_json::Value;
use specimen::{Board, BoardConfig, Camera, Tampering, UnitConfig, photograph};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_boardwatch")).arg("catalog").args(arguments).output().expect("it starts")
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn fine(arguments: &[&str]) -> String {
    let output = run(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", text(&output));
    text(&output)
}

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("keeping").join(name);
    drop(fs::remove_dir_all(&path));
    fs::create_dir_all(&path).unwrap();
    path
}

fn utf8(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A photo of unit `unit` of the board `seed`.
fn photo(place: &Path, seed: u64, unit: u64, tampering: Option<Tampering>) -> PathBuf {
    let board = Board::new(&BoardConfig { seed, size_mm: [60.0, 50.0], ..BoardConfig::default() });
    let subject = board.unit(&UnitConfig { seed: unit, ..UnitConfig::default() });
    let subject = tampering.into_iter().fold(subject, specimen::Unit::with);
    let shot = photograph(&subject, &Camera::reference(seed * 100 + unit), [720, 540]);
    let path = place.join(format!("photo-{seed}-{unit}.jpg"));
    fs::write(&path, shot.jpeg(92)).unwrap();
    path
}

fn add(catalogue: &Path, picture: &Path, board: &str, unit: &str, more: &[&str]) -> Output {
    let mut arguments =
        vec!["add", utf8(catalogue), utf8(picture), "--board", board, "--vendor", "Acme", "--model", board, "--unit", unit];
    arguments.extend(["--side", "top", "--contributor", "A. Keeper", "--licence", "CC-BY-4.0", "--source", "own photo"]);
    arguments.extend(more);
    run(&arguments)
}

/// A catalogue with one board and three units.
fn catalogue(name: &str) -> PathBuf {
    let place = folder(name);
    let catalogue = place.join("source");
    fine(&["init", utf8(&catalogue), "--title", "Acme boards"]);
    for unit in 1..=3 {
        let output = add(&catalogue, &photo(&place, 5, unit, None), "acme-5", &unit.to_string(), &["--px-per-mm", "9.5"]);
        assert!(output.status.success(), "{}", text(&output));
    }
    catalogue
}

fn board_of(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn what_is_taken_in_comes_out_on_the_site() {
    let source = catalogue("whole");
    let place = source.parent().unwrap().to_owned();
    let (site, key) = (place.join("site"), place.join("key"));
    let said = fine(&["check", utf8(&source)]);
    assert!(said.contains("1 boards, 3 references: 0 problems"), "{said}");
    assert!(source.join(".boardwatch/agreeing.json").is_file(), "what agrees is not compared again");
    fine(&["key", "--out", utf8(&key)]);
    let build = |more: &[&str]| fine(&[&["build", utf8(&source), "--out", utf8(&site)][..], more].concat());
    build(&["--key", utf8(&key), "--base", "https://boards.example/acme", "--date", "2026-01-31"]);

    let root = fs::read(site.join("catalog.json")).unwrap();
    assert_eq!(schema::problem_of(&root), None);
    assert_eq!(schema::problem_of(&fs::read(site.join("catalog.sig")).unwrap()), None);
    let index = Index::parse(&root, "").unwrap();
    assert_eq!((index.title.as_deref(), index.edition, index.date.as_deref()), (Some("Acme boards"), 1, Some("2026-01-31")));
    let line = &index.boards[0];
    let bytes = fs::read(site.join(&line.file.path)).unwrap();
    assert_eq!((Sha256::of(&bytes), line.references), (line.file.sha256, 3));
    assert_eq!(schema::problem_of(&bytes), None);
    let board = BoardEntry::parse(&bytes, &line.file.path).unwrap();
    for reference in &board.references {
        let picture = fs::read(site.join(&reference.path)).unwrap();
        assert_eq!(Sha256::of(&picture), reference.sha256);
        let (features, small) = (reference.features.as_ref().unwrap(), reference.thumbnail.as_ref().unwrap());
        let bytes = fs::read(site.join(&features.path)).unwrap();
        assert_eq!(Sha256::of(&bytes), features.sha256);
        assert_eq!(ReferenceFeatures::from_bytes(&bytes).unwrap().picture, reference.picture());
        let bytes = fs::read(site.join(&small.path)).unwrap();
        assert_eq!((Sha256::of(&bytes), bytes.len() as u64), (small.sha256, small.bytes));
        assert_eq!(image::load_from_memory(&bytes).unwrap().width(), 320);
    }
    let manifest = board_of(&site.join("boards/acme-5/manifest.json"));
    assert_eq!(manifest["items"].as_array().unwrap().len(), 3);
    assert_eq!(manifest["items"][0]["rights"], "http://creativecommons.org/licenses/by/4.0/");

    let signature = CatalogueSignature::from_bytes(&fs::read(site.join("catalog.sig")).unwrap()).unwrap();
    let SignatureBytes((first, second)) = signature.signature;
    let bytes = ed25519_dalek::Signature::from_components(first, second);
    let public = VerifyingKey::from_bytes(&signature.key.0).unwrap();
    assert!(public.verify_strict(&CatalogueSignature::signed(&root), &bytes).is_ok());
    assert!(public.verify_strict(&CatalogueSignature::signed(b"{}"), &bytes).is_err());

    let small = site.join(&board.references[0].thumbnail.as_ref().unwrap().path);
    let made = || fs::metadata(&small).unwrap().modified().unwrap();
    let before = made();
    build(&["--base", "https://boards.example/acme"]);
    assert_eq!(made(), before, "what was made of the same picture stays");
    let again = Index::parse(&fs::read(site.join("catalog.json")).unwrap(), "").unwrap();
    assert_eq!(again.edition, 2, "a later build is a later edition");
    assert_eq!(again.boards[0].references, 3);
}

#[test]
fn a_contribution_is_checked_where_it_lies_and_appears_on_the_site() {
    let source = catalogue("contribution");
    let place = source.parent().unwrap().to_owned();
    // As the browser would make it, of a fourth unit.
    let other = folder("contribution-sender").join("source");
    fine(&["init", utf8(&other), "--title", "a sender's desk"]);
    let picture = photo(&place, 5, 4, None);
    assert!(add(&other, &picture, "acme-5", "4", &[]).status.success());
    let mut board: BoardEntry = BoardEntry::parse(&fs::read(other.join("boards/acme-5/board.json")).unwrap(), "").unwrap();
    let reference = board.references.pop().unwrap();
    let file = fs::read(other.join("boards/acme-5").join(&reference.path)).unwrap();
    let packed = Contribution::new(board, reference, file).unwrap().to_bytes();
    let inbox = source.join("contributions/from-a-sender.zip");
    fs::write(&inbox, &packed).unwrap();
    let said = fine(&["check", utf8(&source)]);
    assert!(said.contains("1 boards, 4 references: 0 problems"), "{said}");
    let site = place.join("site");
    let references = || Index::parse(&fs::read(site.join("catalog.json")).unwrap(), "").unwrap().boards[0].references;
    fine(&["build", utf8(&source), "--out", utf8(&site)]);
    assert_eq!(references(), 4);
    // Taken in for good it is the same.
    fine(&["add", utf8(&source), utf8(&inbox)]);
    assert!(!inbox.exists());
    fine(&["build", utf8(&source), "--out", utf8(&site)]);
    assert_eq!(references(), 4);

    for at in [10, packed.len() / 2, packed.len() - 3] {
        let mut broken = packed.clone();
        broken[at] ^= 1;
        fs::write(&inbox, broken).unwrap();
        let output = run(&["check", utf8(&source)]);
        assert_eq!(output.status.code(), Some(2), "byte {at}: {}", text(&output));
        assert!(text(&output).contains("from-a-sender.zip"), "{}", text(&output));
    }
}

#[test]
fn what_is_wrong_is_named() {
    let source = catalogue("wrong");
    let path = source.join("boards/acme-5/board.json");
    let whole = fs::read(&path).unwrap();
    let first = board_of(&path)["references"][0]["path"].as_str().unwrap().to_owned();
    let picture = source.join("boards/acme-5").join(&first);
    let bytes = fs::read(&picture).unwrap();
    let complains = |what: &str, word: &str| {
        let output = run(&["check", utf8(&source)]);
        let said = text(&output);
        assert_eq!(output.status.code(), Some(2), "{what}: {said}");
        assert!(said.contains("PROBLEM") && said.contains("acme-5") && said.contains(word), "{what}: {said}");
        let out = source.with_extension("site");
        assert!(!run(&["build", utf8(&source), "--out", utf8(&out)]).status.success(), "{what} is built");
        assert!(!out.join("catalog.json").exists(), "{what} is published");
    };
    let edited = |what: &str, word: &str, edit: &dyn Fn(&mut Value)| {
        let mut board: Value = serde_json::from_slice(&whole).unwrap();
        edit(&mut board);
        fs::write(&path, board.to_string()).unwrap();
        complains(what, word);
        fs::write(&path, &whole).unwrap();
    };
    edited("no licence", "licence", &|board| drop(board["references"][0].as_object_mut().unwrap().remove("licence")));
    edited("an unknown licence", "SPDX", &|board| board["references"][0]["licence"] = "Free-Beer-2.0".into());
    edited("another hash", "SHA-256", &|board| board["references"][0]["sha256"] = "0".repeat(64).into());
    edited("another width", "pixels", &|board| board["references"][0]["width"] = 719.into());
    edited("another length", "bytes", &|board| board["references"][0]["bytes"] = 17.into());
    edited("a missing file", "could not be read", &|board| board["references"][0]["path"] = "nowhere.jpg".into());
    edited("another identifier", "folder", &|board| board["id"] = "acme-6".into());
    edited("a way out", "path", &|board| board["references"][0]["path"] = "../../catalog.json".into());
    edited("no format", "format", &|board| board["format"] = "picture-album".into());

    fs::write(&picture, &bytes[..bytes.len() / 2]).unwrap();
    complains("a cut picture", "SHA-256");
    fs::write(&picture, &bytes).unwrap();
    // Saved again, it is no other photo.
    let again = image::load_from_memory(&bytes).unwrap();
    let copy = source.parent().unwrap().join("again.jpg");
    again.resize_exact(700, 525, image::imageops::FilterType::Triangle).save(&copy).unwrap();
    assert!(add(&source, &copy, "acme-5", "9", &[]).status.success());
    complains("a copy", "same photo");
}

#[test]
fn an_odd_one_and_a_stranger_are_found_among_good_ones() {
    let source = catalogue("odd");
    let place = source.parent().unwrap().to_owned();
    let whole = fs::read(source.join("boards/acme-5/board.json")).unwrap();
    for (what, picture, word) in [
        ("a poisoned unit", photo(&place, 5, 7, Some(Tampering::Placed)), "poisoned"),
        ("another board", photo(&place, 6, 8, None), "another board"),
    ] {
        assert!(add(&source, &picture, "acme-5", "7", &[]).status.success());
        let output = run(&["check", utf8(&source), "--threads", "2"]);
        let said = text(&output);
        assert_eq!(output.status.code(), Some(2), "{what}: {said}");
        let problems: Vec<&str> = said.lines().filter(|line| line.starts_with("PROBLEM")).collect();
        let odd = board_of(&source.join("boards/acme-5/board.json"))["references"][3]["path"].as_str().unwrap().to_owned();
        assert!(problems.len() == 1 && problems[0].contains(&odd) && problems[0].contains(word), "{what}: {said}");
        fs::write(source.join("boards/acme-5/board.json"), &whole).unwrap();
    }
}

#[test]
fn orders_that_make_no_sense_are_answered_in_words() {
    let source = catalogue("words");
    let picture = source.parent().unwrap().join("photo-5-1.jpg");
    for (output, word) in [
        (run(&["init", utf8(&source), "--title", "again"]), "there already"),
        (run(&["check", utf8(source.parent().unwrap())]), "catalog.json"),
        (run(&["add", utf8(source.parent().unwrap()), utf8(&picture)]), "catalog init"),
        (run(&["add", utf8(&source), utf8(&picture)]), "needs --"),
        (add(&source, &picture, "acme-5", "1", &[]), "already"),
        (add(&source, &picture, "Acme 5", "1", &[]), "identifier"),
        (add(&source, &photo(source.parent().unwrap(), 5, 9, None), "acme-5", "9", &["--revision", "B"]), "stands for"),
        (run(&["init", utf8(&source.join("x")), "--title", "x", "--home", "javascript:alert(1)"]), "address"),
        (run(&["serve", utf8(&source.join("boards"))]), "catalog build"),
    ] {
        assert_eq!(output.status.code(), Some(1), "{word}: {}", text(&output));
        assert!(text(&output).contains(word), "{word}: {}", text(&output));
    }
}

#[test]
fn a_served_site_can_be_read_by_pages_of_other_hosts() {
    let source = catalogue("served");
    let site = source.with_extension("site");
    fine(&["build", utf8(&source), "--out", utf8(&site)]);
    let mut server = Command::new(env!("CARGO_BIN_EXE_boardwatch"))
        .args(["catalog", "serve", utf8(&site), "--port", "0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
    let get = |path: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    };
    let root = get("/catalog.json");
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(root.starts_with("HTTP/1.1 200") && root.contains("Access-Control-Allow-Origin: *"), "{root}");
    assert!(root.contains("application/json") && root.contains("boardwatch-catalogue"), "{root}");
}

#[test]
fn a_photo_is_given_its_board_by_folder_and_by_site() {
    let source = catalogue("identify");
    let place = source.parent().unwrap().to_owned();
    let site = place.join("site");
    for board in [6, 7] {
        let picture = photo(&place, board, 1, None);
        let output = add(&source, &picture, &format!("acme-{board}"), "1", &["--revision", "B"]);
        assert!(output.status.success(), "{}", text(&output));
    }
    fine(&["build", utf8(&source), "--out", utf8(&site)]);
    let index = Index::parse(&fs::read(site.join("catalog.json")).unwrap(), "").unwrap();
    let [codes] = &index.recognise[..] else { panic!("{:?}", index.recognise) };
    let bytes = fs::read(site.join(&codes.path)).unwrap();
    assert_eq!((Sha256::of(&bytes), bytes.len() as u64), (codes.sha256, codes.bytes));
    assert_eq!(read_codes(&bytes).unwrap().len(), 4, "two units of acme-5, one of the others");

    let (known, unknown) = (photo(&place, 6, 30, None), photo(&place, 99, 1, None));
    let identify = |photo: &Path, catalogue: &Path| {
        let arguments = ["identify", utf8(photo), "--catalog", utf8(catalogue), "--json"];
        let output = Command::new(env!("CARGO_BIN_EXE_boardwatch")).args(arguments).output().expect("it starts");
        (output.status.code(), serde_json::from_slice::<Value>(&output.stdout).unwrap_or_else(|_| panic!("{}", text(&output))))
    };
    for catalogue in [&site, &source] {
        let (status, said) = identify(&known, catalogue);
        assert_eq!((status, &said["identity"]), (Some(0), &"known".into()), "{said}");
        let board = &said["boards"][0];
        assert_eq!((&board["name"], &board["side"]), (&"Acme acme-6, revision B".into(), &"top".into()), "{said}");
        assert_eq!(board["mirrored"], false);
        let (status, said) = identify(&unknown, catalogue);
        assert_eq!((status, &said["identity"]), (Some(2), &"unknown".into()), "{said}");
    }
    fs::write(site.join(&codes.path), &bytes[1..]).unwrap();
    let arguments = ["identify", utf8(&known), "--catalog", utf8(&site)];
    let output = Command::new(env!("CARGO_BIN_EXE_boardwatch")).args(arguments).output().expect("it starts");
    assert!(output.status.code() == Some(1) && text(&output).contains("not the file"), "{}", text(&output));
}
