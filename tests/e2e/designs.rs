//! A photo and the design of its board, without a photo of another unit: from two dropped files to a report; and a drawing over a comparison of photos.

use std::path::PathBuf;

use specimen::{Board, BoardConfig, Camera, Difficulty, Tampering, UnitConfig, photograph};

use crate::light_table_looks::resize;
use crate::pictures::file;
use crate::world::journey;

const CHECKED: u64 = 300;
const SHOWN: u64 = 60;
const SIZE: [usize; 2] = [2800, 2100];
const ADDED: usize = 6;
/// Other things that may be listed as parts.
const MOST_OTHERS: usize = 3;

struct Case {
    photo: PathBuf,
    good: PathBuf,
    placements: PathBuf,
}

/// A photo of a unit with parts that its design does not list, and that design; with a photo of a good unit where that is wanted.
fn case(seed: u64) -> Case {
    let board = Board::new(&BoardConfig { seed: 8_000_000 + seed, size_mm: [100.0, 80.0], ..BoardConfig::default() });
    let unit = |seed| board.unit(&UnitConfig { seed, ..UnitConfig::default() });
    let tampered = (0..ADDED).fold(unit(30), |unit, _| unit.with(Tampering::Added));
    let [shot, good] = [(&tampered, seed), (&unit(31), seed + 1)]
        .map(|(unit, camera)| photograph(unit, &Camera::hand_held(camera, Difficulty::Easy), SIZE).jpeg(92));
    Case {
        photo: file(&format!("designed-{seed}.jpg"), &shot),
        good: file(&format!("designed-{seed}-good.jpg"), &good),
        placements: file(&format!("designed-{seed}-pos.csv"), board.placements().as_bytes()),
    }
}

#[test]
fn a_photo_is_set_against_placement_data_alone() {
    journey("a_photo_is_set_against_placement_data_alone", async |world| {
        let Case { photo, placements, .. } = case(2);
        let page = world.browser().await;
        page.open("").await;
        page.wait_for("#try-sample", SHOWN).await;
        page.upload("#choose-pictures", &[&photo, &placements]).await;
        page.wait_for_text("#known-good", "Drawing of the top side", SHOWN).await;
        tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
        page.screenshot("start").await;
        page.wait_until("document.querySelector('#compare')?.disabled === false", SHOWN).await;
        page.click("#compare").await;
        page.wait_for("#running", SHOWN).await;
        page.screenshot("running").await;
        page.wait_for("#headline[data-verdict=Aligned]", CHECKED).await;
        page.wait_for("[data-difference='1']", SHOWN).await;
        tokio::time::sleep(std::time::Duration::from_millis(2500)).await;
        page.screenshot("list").await;
        let rows = page.texts(".says").await;
        assert!(rows.len() >= ADDED - 1 && rows.len() <= ADDED + MOST_OTHERS, "{rows:?}");
        assert!(rows.iter().all(|row| row.starts_with("Nothing is placed here in the design; ")), "{rows:?}");
        page.click("[data-difference='0']").await;
        tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
        page.screenshot("near").await;
        page.click("#make-finding").await;
        page.wait_for("#note", SHOWN).await;
        let note = page.eval("document.querySelector('#note').value").await;
        assert!(note.as_str().unwrap_or_default().starts_with("Nothing is placed here in the design; "), "{note}");
        page.click("#tab-alignment").await;
        page.wait_for_text("#laid-by-parts", "stand where the design has them", SHOWN).await;
        page.screenshot("alignment").await;
        resize(&page, 390, 844).await;
        page.screenshot("phone").await;
        resize(&page, 1280, 800).await;
        // It comes back as it was: the photo, the drawing, and what was found.
        page.wait_for_text("#storage-state", "Saved", SHOWN).await;
        page.reload().await;
        page.wait_for("#headline[data-verdict=Aligned]", SHOWN).await;
        page.click("#tab-differences").await;
        page.wait_for("[data-difference='1']", SHOWN).await;
        assert_eq!(page.texts(".says").await.len(), rows.len());
        // The design's own file is here, too: it can be set against the photo once more.
        page.click("#tab-alignment").await;
        page.click("#compare-again").await;
        page.wait_for("#running", SHOWN).await;
        page.wait_for("#headline[data-verdict=Aligned]", CHECKED).await;
        page.click("#share-open").await;
        page.wait_until("document.querySelector('#share-link')?.value.includes('#')", SHOWN).await;
        let link = page.eval("document.querySelector('#share-link').value").await;
        let reader = world.browser().await;
        reader.open(link.as_str().expect("there is a link")).await;
        reader.wait_for("#report-title", SHOWN).await;
        let article = reader.text(".article").await;
        for said in ["Nothing is placed here in the design; ", "of the drawing searched", "A drawing of the board's design"] {
            assert!(article.contains(said), "{said}: {article}");
        }
        reader.screenshot("report").await;
    });
}

#[test]
fn a_design_over_photos_says_what_belongs_where() {
    journey("a_design_over_photos_says_what_belongs_where", async |world| {
        let Case { photo, good, placements } = case(6);
        let page = world.browser().await;
        page.open("").await;
        page.wait_for("#try-sample", SHOWN).await;
        page.upload("#choose-pictures", &[&good, &photo]).await;
        page.wait_until("document.querySelector('#compare')?.disabled === false", SHOWN).await;
        page.click("#compare").await;
        page.wait_for("#headline[data-verdict=Aligned]", CHECKED).await;
        page.wait_for("[data-difference='0']", SHOWN).await;
        assert_eq!(page.count(".says").await, 0);
        page.click("#layers summary").await;
        page.upload("#add-layer", &[&placements]).await;
        page.wait_for(".says", CHECKED).await;
        tokio::time::sleep(std::time::Duration::from_millis(2500)).await;
        page.screenshot("list").await;
        let said = page.texts(".says").await;
        let nothing = said.iter().filter(|says| says.starts_with("Nothing is placed here")).count();
        assert!(nothing >= ADDED - 1, "{said:#?}");
        page.click("#layers summary").await;
        page.screenshot("layers").await;
        page.click("#layers summary").await;
        // The drawing goes, and with it what it says; undo brings both back.
        page.click("#layers summary").await;
        page.click(".over .button.quiet").await;
        page.wait_until("document.querySelector('.says') === null", SHOWN).await;
        page.click("#undo").await;
        page.wait_for(".says", SHOWN).await;
    });
}
