//! A photo is given to a catalogue, and appears in it.

use std::path::{Path, PathBuf};

use specimen::{Camera, Difficulty, UnitConfig, photograph};
use xtask::server::{Server, Site};

use crate::browser::Browser;
use crate::library::{COMPARED, SHOWN, added, board, run, section, site};
use crate::pictures::file;
use crate::report_files::{downloads, saved};
use crate::world::journey;

/// A photo of another unit as its camera took it: straight, or leaning.
fn another(name: &str, camera: &Camera) -> PathBuf {
    let unit = board(0).unit(&UnitConfig { seed: 7, ..UnitConfig::default() });
    let shot = photograph(&unit, camera, [1600, 1200]);
    file(name, &shot.jpeg(92))
}

/// Chooses the first board of the catalogue and compares this photo with its references.
async fn laid(page: &Browser, section: &str, photo: &Path) {
    page.click(&format!("{section} .case-card button")).await;
    page.wait_for("#use-references", SHOWN).await;
    page.click("#use-references").await;
    page.wait_for("#known-good .further", SHOWN).await;
    page.upload("#choose-photo", &[photo]).await;
    page.wait_until("document.querySelector('#compare')?.disabled === false", SHOWN).await;
    page.click("#compare").await;
    page.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
    page.click("#tab-alignment").await;
    page.click("#contribute-open").await;
    page.wait_for(".gate li", SHOWN).await;
}

#[test]
fn a_photo_is_given_to_a_catalogue_and_appears_in_it() {
    journey("a_photo_is_given_to_a_catalogue_and_appears_in_it", async |world| {
        let place = site("giving", 1, "https://boards.example/new?title={title}&body={body}");
        let host = Server::start(Site::new(&place).shared(), 0).unwrap();
        let page = world.browser().await;
        page.open("#library").await;
        added(&page, &host.url()).await;
        page.click("#agree").await;
        let section = section(&format!("{}catalog.json", host.url()));
        page.wait_for(&format!("{section} .case-card"), SHOWN).await;

        // A leaning photo is not good enough, and the camera helps to take a better one.
        laid(&page, &section, &another("leaning.jpg", &Camera::hand_held(5, Difficulty::Medium))).await;
        page.wait_for("[data-check='Straight from above'][data-passed=false]", SHOWN).await;
        assert_eq!(page.count("#save-contribution").await, 0);
        page.screenshot("refused").await;
        page.click("#open-camera").await;
        page.wait_for("#take-better", SHOWN).await;
        page.wait_for(".ghost canvas", SHOWN).await;
        page.wait_until("document.querySelector('.finder video').videoWidth > 0", SHOWN).await;
        page.screenshot("camera").await;
        page.press(&char::from(fantoccini::key::Key::Escape).to_string()).await;
        page.click("#back").await;

        // A good one becomes a file that the catalogue's own check takes as it is.
        page.click("#library").await;
        page.wait_for(&format!("{section} .case-card"), SHOWN).await;
        laid(&page, &section, &another("straight.jpg", &Camera::reference(77))).await;
        page.wait_for("#contribution-looked", SHOWN).await;
        assert_eq!(page.count(".gate [data-passed=false]").await, 0, "{:?}", page.texts(".gate li").await);
        page.type_into("#contribution-unit", "rack 7").await;
        page.type_into("#contribution-name", "Wei").await;
        page.click("#contribution-looked").await;
        page.screenshot("ready").await;
        let folder = downloads(&page, "contribution").await;
        let contribution = saved(&page, "#save-contribution", &folder, ".zip").await;
        page.wait_for("#contribution-page", SHOWN).await;
        let filled = page.eval("document.querySelector('#contribution-page').href").await;
        assert!(filled.as_str().unwrap().starts_with("https://boards.example/new?title=Stranger%20Board%200"), "{filled}");
        let source = place.parent().unwrap().join("source");
        let [source, site] = [&source, &place].map(|path| path.to_str().unwrap());
        run(&["add", source, contribution.to_str().unwrap()]);
        run(&["check", source]);
        run(&["build", source, "--out", site, "--key", place.parent().unwrap().join("key").to_str().unwrap()]);

        page.click("#contribute .dialog-head button").await;
        page.click("#back").await;
        page.click("#library").await;
        page.wait_for_text(&section, "1 board changed", SHOWN).await;
        page.click(&format!("{section} .case-card button")).await;
        page.wait_until("document.querySelectorAll('.reference').length === 6", SHOWN).await;
        page.wait_for_text(".reference", "rack 7", SHOWN).await;
        page.wait_for_text(".reference .credits", "Wei, CC0-1.0", SHOWN).await;
    });
}
