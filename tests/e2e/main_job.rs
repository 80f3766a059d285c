//! The main job: two pictures, an overlay, a list, a finding, a link that others open.

use std::path::Path;

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::pictures;
use crate::world::{World, journey};

/// Hang guards, in seconds: ten times what a slow machine needs.
pub(crate) const COMPARED: u64 = 300;
pub(crate) const SHOWN: u64 = 60;
/// How far a finding may move between two browsers, in reference pixels.
const MOST_PX: f64 = 1.0;

#[test]
fn the_sample_board_from_the_first_click_to_an_opened_link() {
    journey("the_sample_board_from_the_first_click_to_an_opened_link", async |world| {
        let page = world.browser().await;
        page.open("").await;
        page.wait_for("#try-sample", SHOWN).await;
        page.screenshot("start").await;
        page.click("#try-sample").await;
        page.wait_until("performance.getEntriesByName('boardwatch:placed', 'measure').length > 0", COMPARED).await;
        page.screenshot("placed").await;
        page.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
        page.wait_for("[data-difference='0']", SHOWN).await;
        for name in ["boardwatch:placed", "boardwatch:decode", "boardwatch:align", "boardwatch:compare"] {
            assert!(page.measure_ms(name).await.is_some(), "{name} is not measured");
        }
        page.wait_until("performance.getEntriesByName('boardwatch:ready', 'measure').length > 0", SHOWN).await;
        page.screenshot("compared").await;
        let link = mark_and_share(&page).await;
        opens_elsewhere(world, &page, &link, &pictures::sample("sample.jpg")).await;
    });
}

#[test]
fn the_sample_link_opens_on_the_sample() {
    journey("the_sample_link_opens_on_the_sample", async |world| {
        let page = world.browser().await;
        page.open("#sample").await;
        page.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
        assert!(page.address().await.contains("#case="));
    });
}

#[test]
fn two_real_photos_become_a_list_a_finding_and_a_link() {
    const NAME: &str = "two_real_photos_become_a_list_a_finding_and_a_link";
    let Some(reference) = pictures::real(NAME, "boards/img/elyos_0.jpg") else { return };
    let Some(photo) = pictures::real(NAME, "boards/img/elyos_4_missing_cap.jpg") else { return };
    journey(NAME, async |world| {
        let page = world.browser().await;
        page.open("").await;
        page.wait_for("#try-sample", SHOWN).await;
        page.drop_files(".drop", &[&reference, &photo]).await;
        page.wait_until("document.querySelector('#compare')?.disabled === false", SHOWN).await;
        page.screenshot("two-pictures").await;
        page.click("#compare").await;
        page.wait_for("#running, #headline", SHOWN).await;
        page.screenshot("running").await;
        page.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
        page.wait_for("[data-difference='0']", SHOWN).await;
        let link = mark_and_share(&page).await;
        opens_elsewhere(world, &page, &link, &photo).await;
    });
}

#[test]
fn a_reload_brings_the_open_case_back() {
    journey("a_reload_brings_the_open_case_back", async |world| {
        let page = world.browser().await;
        page.open("#sample").await;
        page.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
        page.click("[data-difference='0']").await;
        page.press("\u{e007}").await;
        page.wait_for("#note", SHOWN).await;
        page.wait_until("document.querySelector('#storage-state')?.textContent.includes('aved')", SHOWN).await;
        let (headline, places) = (page.text("#headline").await, places(&page).await);
        page.reload().await;
        page.wait_for("#headline[data-verdict=Aligned]", SHOWN).await;
        let places_again = self::places(&page).await;
        assert_eq!((page.text("#headline").await, places_again), (headline, places));
        page.wait_until("performance.getEntriesByName('boardwatch:ready', 'measure').length === 0", SHOWN).await;
        page.click("#back").await;
        page.wait_for("[data-case]", SHOWN).await;
        page.screenshot("cases").await;
    });
}

#[test]
fn an_edit_is_undone_and_done_again() {
    journey("an_edit_is_undone_and_done_again", async |world| {
        let page = world.browser().await;
        page.open("#sample").await;
        page.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
        // A box is drawn by hand over the middle of the stage.
        page.press("r").await;
        let [x, y] = page.middle("#stage canvas").await;
        page.drag(&[[x - 60.0, y - 40.0], [x, y], [x + 60.0, y + 40.0]]).await;
        page.wait_for("[data-finding='1']", SHOWN).await;
        let drawn = places(&page).await;
        assert_eq!(drawn.len(), 1);
        page.click("#undo").await;
        page.wait_until("!document.querySelector('[data-finding]')", SHOWN).await;
        page.click("#redo").await;
        page.wait_for("[data-finding='1']", SHOWN).await;
        assert_eq!(places(&page).await, drawn);
    });
}

#[test]
fn every_mode_draws_the_pictures() {
    journey("every_mode_draws_the_pictures", async |world| {
        let page = world.browser().await;
        page.open("#sample").await;
        page.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
        let count = page.count(".bar label.segment").await;
        assert_eq!(count, 6, "six modes are offered");
        for mode in 0..count {
            page.eval(&format!("document.querySelectorAll('.bar label.segment')[{mode}].click()")).await;
            page.wait_until(&format!("document.querySelectorAll('.bar label.segment input')[{mode}].checked"), SHOWN).await;
            // Long enough for a blink to come round and for every tile to be drawn.
            tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
            page.screenshot(&format!("mode-{mode}")).await;
        }
    });
}

/// The sample, compared, with the list of differences on the screen.
pub(crate) async fn sample_opened(page: &Browser) {
    page.open("#sample").await;
    page.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
    page.wait_for("[data-difference='0']", SHOWN).await;
}

/// Makes a finding of the surest difference, says something about it, and gives the link of the share dialog.
async fn mark_and_share(page: &Browser) -> String {
    page.click("[data-difference='0']").await;
    page.wait_for("[data-mark=difference-0].is-chosen, [data-mark=difference-0]", SHOWN).await;
    page.screenshot("difference").await;
    page.click("#make-finding").await;
    page.wait_for("#note", SHOWN).await;
    page.click("label[title=High]").await;
    page.type_into("#note", "Not on the reference: £5 says nobody ordered it.").await;
    page.wait_until("document.querySelector('#storage-state')?.textContent.includes('aved')", SHOWN).await;
    page.screenshot("finding").await;
    page.click("#share-open").await;
    page.wait_for("#share-link", SHOWN).await;
    page.screenshot("share").await;
    let link = page.eval("document.querySelector('#share-link').value").await;
    link.as_str().expect("the field holds the link").to_owned()
}

/// The link in a fresh browser: the finding as text, then, with the same photo, at the same place on it.
async fn opens_elsewhere(world: &World, sender: &Browser, link: &str, photo: &Path) {
    let other = world.browser().await;
    other.open(link).await;
    other.wait_for("[data-finding='1']", SHOWN).await;
    other.screenshot("report").await;
    let said = other.text("[data-finding='1']").await;
    assert!(said.contains("£5 says nobody ordered it") && said.contains("high"), "{said}");
    assert!(world.server.answers().iter().all(|answer| !answer.path.contains("r3.")), "a report reached the server");
    other.upload("#choose-pictures", &[photo]).await;
    other.wait_until("!!document.querySelector('[data-mark=finding-1] .line')", COMPARED).await;
    // Long enough for every tile to be drawn.
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    other.screenshot("on-the-photo").await;
    let (here, there) = (places(sender).await, places(&other).await);
    assert_eq!(here.len(), there.len());
    for (a, b) in here.iter().flatten().zip(there.iter().flatten()) {
        assert!((a - b).abs() <= MOST_PX, "findings lie at {here:?} for the sender and at {there:?} for the reader");
    }
}

/// Left, top, width and height of every finding's mark, in reference pixels.
pub(crate) async fn places(page: &Browser) -> Vec<Vec<f64>> {
    let marks = "[...document.querySelector('.marks > g').querySelectorAll('[data-mark^=finding-]')].map(mark => {
        const box = mark.querySelector('.line').getBBox();
        return [box.x, box.y, box.width, box.height];
    })";
    let Value::Array(marks) = page.eval(marks).await else { panic!("the marks can be read") };
    let numbers = |mark: &Value| mark.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    assert_ne!(json!(marks), json!([]), "there are findings on the stage");
    marks.iter().map(numbers).collect()
}
