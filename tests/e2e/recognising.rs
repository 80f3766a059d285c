//! How long it takes to tell which of a thousand boards a photo shows. A measurement, not a test.

use std::path::{Path, PathBuf};
use std::{env, fs};

use boardwatch::vision::{Sha256, to_fine_jpeg};
use serde_json::{Value, json};
use xtask::server::{Server, Site};

use crate::drawn::{Trial, listed, sibling, trial};
use crate::library::{COMPARED, SHOWN, added};
use crate::pictures::file;
use crate::world::journey;

const NAME: &str = "a_board_is_recognised_among_many";
/// Boards whose codes the campaign `recognised` keeps.
const BOARDS: u64 = 1000;
/// Photos that are looked at.
const PHOTOS: u64 = 30;

/// A catalogue that holds nothing but names and codes.
fn catalogue(codes: &Path, place: &Path) {
    drop(fs::remove_dir_all(place));
    fs::create_dir_all(place.join("index/codes")).unwrap();
    let entry = |path: &str, bytes: &[u8]| json!({ "path": path, "sha256": Sha256::of(bytes).to_string(), "bytes": bytes.len() });
    let files = (0..).map_while(|number| {
        let bytes = fs::read(codes.join(format!("{number}.bin"))).ok()?;
        let path = format!("index/codes/{number}.bin");
        fs::write(place.join(&path), &bytes).unwrap();
        Some(entry(&path, &bytes))
    });
    let files: Vec<Value> = files.collect();
    assert!(!files.is_empty(), "{} holds no codes", codes.display());
    let line = |number: u64| {
        let id = format!("drawn-{number}");
        json!({ "id": id, "vendor": "Drawn", "model": number.to_string(), "file": entry(&format!("boards/{id}/board.json"), b"-") })
    };
    let boards: Vec<Value> = (0..BOARDS).map(line).collect();
    let index = json!({ "format": "boardwatch-catalogue", "version": 1, "edition": 1, "boards": boards, "recognise": files });
    // Under another name nobody asks for its signature, which the browser would complain of.
    fs::write(place.join("boards.json"), index.to_string()).unwrap();
}

#[test]
fn a_board_is_recognised_among_many() {
    let Some(codes) = env::var_os("BOARDWATCH_BENCH_CODES").map(PathBuf::from) else {
        println!(
            "{NAME}: skipped, because BOARDWATCH_BENCH_CODES names no folder of codes; docs/development.md says where one comes from."
        );
        return;
    };
    journey(NAME, async |world| {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("recognising");
        catalogue(&codes, &place);
        let host = Server::start(Site::new(&place).shared(), 0).unwrap();
        let page = world.browser().await;
        page.open("#library").await;
        added(&page, &format!("{}boards.json", host.url())).await;
        page.click("#agree").await;
        page.wait_until("document.querySelector('#board-photo') !== null", SHOWN).await;
        page.wait_until("document.querySelectorAll('section.catalogue .case-card').length > 20", SHOWN).await;
        let (mut times, mut right, mut wrong, mut unsure) = (Vec::new(), 0, 0, 0);
        for seed in 0..PHOTOS {
            let Trial { number, picture, .. } = trial(seed, BOARDS);
            page.eval("performance.clearMeasures()").await;
            page.upload("#board-photo", &[&file(&format!("trial-{seed}.jpg"), &to_fine_jpeg(&picture).unwrap())]).await;
            page.wait_until("performance.getEntriesByName('boardwatch:recognise').length === 1", COMPARED).await;
            page.wait_for("#identity", SHOWN).await;
            times.push(page.eval("performance.getEntriesByName('boardwatch:recognise')[0].duration").await.as_f64().unwrap());
            let identity = page.eval("document.querySelector('#identity').dataset.identity").await;
            let first = page.eval("document.querySelector('.guesses li')?.dataset.board ?? ''").await;
            let is = |number: u64| first == json!(format!("drawn-{}", listed(number).0));
            match number {
                None if identity == json!("unknown") => right += 1,
                Some(number) if identity == json!("known") && is(number) => right += 1,
                Some(number) if identity == json!("known") && !sibling(number).is_some_and(is) => wrong += 1,
                _ => unsure += 1,
            }
        }
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[(share * (times.len() - 1) as f64) as usize];
        println!(
            "{PHOTOS} photos among {BOARDS} boards: {right} right, {unsure} not sure, {wrong} wrong; {:.0} ms after decoding in the middle, {:.0} ms at 95 %, {:.0} ms at most",
            at(0.5),
            at(0.95),
            at(1.0)
        );
    });
}
