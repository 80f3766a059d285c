//! Catalogues of other hosts: found, searched, compared with.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::json;
use specimen::{Board, BoardConfig, Camera, Difficulty, Tampering, UnitConfig, photograph};
use xtask::server::{Server, Site};

use crate::browser::Browser;
use crate::pictures::file;
use crate::seeds;
use crate::world::journey;

pub(crate) const SHOWN: u64 = 60;
/// Hang guard: ten times what comparing with five references takes on a slow machine.
pub(crate) const COMPARED: u64 = 600;
const UNITS: u64 = 5;
/// Boards of a catalogue that is made for every test run; a campaign makes as many as it has seeds.
const FEWEST_BOARDS: u64 = 3;

pub(crate) fn run(arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_boardwatch")).arg("catalog").args(arguments).output().expect("it starts");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

pub(crate) fn board(seed: u64) -> Board {
    Board::new(&BoardConfig { seed: 900 + seed, size_mm: [90.0, 70.0], ..BoardConfig::default() })
}

/// A site of so many boards, each by five units, made by the commands; signed, at `name` below the tests' folder.
pub(crate) fn site(name: &str, boards: u64, contribute: &str) -> PathBuf {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("library").join(name);
    drop(fs::remove_dir_all(&place));
    fs::create_dir_all(&place).unwrap();
    let path = |name: &str| place.join(name).to_str().unwrap().to_owned();
    let (source, out, key, photo) = (path("source"), path("site"), path("key"), path("photo.jpg"));
    run(&["init", &source, "--title", "Specimens of a stranger", "--contribute", contribute]);
    for seed in 0..boards {
        let (id, model) = (format!("stranger-{seed}"), format!("Board {seed}"));
        for unit in 1..=UNITS {
            let shot = photograph(
                &board(seed).unit(&UnitConfig { seed: unit, ..UnitConfig::default() }),
                &Camera::reference(seed * 10 + unit),
                [1280, 960],
            );
            fs::write(&photo, shot.jpeg(90)).unwrap();
            let unit = unit.to_string();
            run(&[
                "add",
                &source,
                &photo,
                "--board",
                &id,
                "--vendor",
                "Stranger",
                "--model",
                &model,
                "--unit",
                &unit,
                "--side",
                "top",
                "--contributor",
                "A. Keeper",
                "--licence",
                "CC-BY-4.0",
                "--source",
                "drawn",
                "--px-per-mm",
                "12",
            ]);
        }
    }
    run(&["key", "--out", &key]);
    run(&["build", &source, "--out", &out, "--key", &key]);
    PathBuf::from(out)
}

/// A photo of a sixth unit of the board, with an added part.
fn photo(seed: u64) -> PathBuf {
    let unit = board(seed).unit(&UnitConfig { seed: 6, ..UnitConfig::default() }).with(Tampering::Added);
    let shot = photograph(&unit, &Camera::hand_held(seed + 1, Difficulty::Easy), [1280, 960]);
    file(&format!("stranger-{seed}.jpg"), &shot.jpeg(90))
}

/// Opens the library and adds the catalogue at this address, agreeing to its host.
pub(crate) async fn added(page: &Browser, address: &str) {
    page.wait_for("#catalogue-address", SHOWN).await;
    page.type_into("#catalogue-address", address).await;
    page.click("#add-catalogue button").await;
}

/// What the page's section about a catalogue is called.
pub(crate) fn section(address: &str) -> String {
    format!("section[data-catalogue='{address}']")
}

/// Types the board's name; opens what is found.
async fn found(page: &Browser, seed: u64, section: &str) {
    page.eval("document.querySelector('#library-question').value = ''").await;
    page.type_into("#library-question", &format!("stranger {seed}")).await;
    let card = format!("{section} [data-board='stranger-{seed}'] button");
    page.wait_for(&card, SHOWN).await;
    page.click(&card).await;
}

/// Has the photo's board looked for; opens what is found. False when it is said to be unknown.
async fn recognised(page: &Browser, seed: u64) -> Result<bool, String> {
    page.upload("#board-photo", &[&photo(seed)]).await;
    page.wait_until("document.querySelector('#identity, #recognise [role=alert]') !== null", COMPARED).await;
    if seed == 1 {
        page.screenshot("recognised").await;
    }
    let said = page.text("#recognise").await;
    let identity = page.eval("document.querySelector('#identity')?.dataset.identity ?? ''").await;
    if identity == json!("unknown") {
        return Ok(false);
    }
    let card = ".guesses li:first-child";
    if identity != json!("known")
        || page.eval(&format!("document.querySelector('{card}').dataset.board")).await != json!(format!("stranger-{seed}"))
    {
        return Err(format!("{seed}: {said}"));
    }
    page.click(&format!("{card} button")).await;
    Ok(true)
}

/// Finds the board, every second one from the photo, takes the references that are chosen by themselves, and compares the photo with them.
pub(crate) async fn compared(page: &Browser, seed: u64, section: &str) -> Result<&'static str, String> {
    let by_photo = seed % 2 == 1;
    if by_photo && !recognised(page, seed).await? {
        return Ok("not recognised");
    }
    if !by_photo {
        found(page, seed, section).await;
    }
    page.wait_for("#use-references", SHOWN).await;
    let cards = page.texts(".reference").await;
    if cards.len() != UNITS as usize || !cards.iter().all(|card| card.contains("CC-BY-4.0") && card.contains("A. Keeper")) {
        return Err(format!("the references' credits are not all there: {cards:?}"));
    }
    page.wait_until("document.querySelectorAll('.reference img[src]').length === 5", SHOWN).await;
    if seed == 0 {
        page.screenshot("board").await;
    }
    page.click("#use-references").await;
    page.wait_for("#known-good .further", SHOWN).await;
    if !by_photo {
        page.upload("#choose-photo", &[&photo(seed)]).await;
    }
    page.wait_until("document.querySelector('#compare')?.disabled === false", SHOWN).await;
    if seed == 0 {
        page.screenshot("chosen").await;
    }
    page.click("#compare").await;
    page.wait_until("document.querySelector('#headline') !== null || document.querySelector('.notice') !== null", COMPARED).await;
    let verdict = page.eval("document.querySelector('#headline')?.dataset.verdict ?? ''").await;
    page.click("#tab-alignment").await;
    // All five, or four of the five: now and then a clean one is odd enough to be kept out.
    page.wait_for_text("#tab-body", "5 references", SHOWN).await;
    if seed == 0 {
        page.screenshot("compared").await;
    }
    page.click("#back").await;
    page.click("#library").await;
    page.wait_for("#library-question", SHOWN).await;
    match verdict == json!("Aligned") {
        true if by_photo => Ok("recognised and compared with five references"),
        true => Ok("found by its name and compared with five references"),
        false => Err(format!("{seed}: {verdict}")),
    }
}

#[test]
fn catalogue_of_another_host() {
    journey("catalogue_of_another_host", async |world| {
        let seeds = seeds::wanted("catalogues");
        let place = site("whole", seeds.end.max(FEWEST_BOARDS), "https://boards.example/new?title={title}&body={body}");
        let host = Server::start(Site::new(&place).shared(), 0).unwrap();
        let address = format!("{}catalog.json", host.url());
        let page = world.browser().await;
        page.open("").await;
        page.click("#library").await;
        page.wait_for("section.catalogue .case-card", SHOWN).await;
        page.screenshot("library").await;
        added(&page, &host.url()).await;
        page.wait_for("#consent", SHOWN).await;
        page.screenshot("consent").await;
        assert!(host.answers().is_empty(), "a host was asked before the person agreed");
        page.click("#agree").await;
        let section = section(&address);
        page.wait_for(&format!("{section} .case-card"), SHOWN).await;
        let said = page.text(&section).await;
        assert!(said.contains("Signed by the key") && said.contains("edition 1"), "{said}");
        page.wait_for_text(".hosts li", "localhost", SHOWN).await;
        page.screenshot("opened").await;

        let mut outcomes = Vec::new();
        for seed in seeds.clone() {
            let outcome = compared(&page, seed, &section).await;
            println!("{seed}: {outcome:?}");
            outcomes.push((seed, outcome));
        }
        if seeds.clone().count() == 1 {
            // The campaign's first seed is found by its name; a photo has to tell as well.
            assert_eq!(compared(&page, 1, &section).await, Ok("recognised and compared with five references"));
        }
        // Another visit finds the catalogue, knows its key, and asks for nothing that is here already.
        let before = host.answers().len();
        page.open("#library").await;
        page.reload().await;
        page.wait_for(&format!("{section} .case-card"), SHOWN).await;
        let mut asked: Vec<String> = host.answers()[before..].iter().map(|answer| answer.path.clone()).collect();
        // They are asked for side by side.
        asked.sort();
        assert_eq!(asked, ["/catalog.json", "/catalog.sig"], "only what may have changed is asked for again");

        // What changed since last time is told, and a catalogue that was built anew by another hand is not used.
        let key = place.parent().unwrap().join("other-key");
        run(&["key", "--out", key.to_str().unwrap()]);
        let source = place.parent().unwrap().join("source");
        fs::remove_dir_all(source.join("boards/stranger-2")).unwrap();
        run(&["build", source.to_str().unwrap(), "--out", place.to_str().unwrap(), "--key", key.to_str().unwrap()]);
        page.reload().await;
        page.wait_for("#accept-change", SHOWN).await;
        assert_eq!(page.count(&format!("{section} .case-card")).await, 0, "nothing of it is used");
        page.screenshot("changed").await;
        page.click("#accept-change").await;
        page.wait_for(&format!("{section} .case-card"), SHOWN).await;
        let said = page.text(&section).await;
        assert!(said.contains("edition 2") && said.contains("1 board gone (Stranger Board 2)"), "{said}");
        page.click(&format!("{section} header button")).await;
        page.wait_until(&format!("document.querySelector(\"{section}\") === null"), SHOWN).await;
        seeds::report("catalogues", seeds, outcomes);
    });
}
