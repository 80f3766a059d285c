//! axe looks at every screen and state, and the whole journey goes without a single drag.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::main_job::sample_opened;
use crate::pictures::{drawn, sample};
use crate::world::journey;

const SHOWN: u64 = 60;

/// What axe finds on the page as it stands: rule, and where.
pub(crate) async fn stumbling_blocks(page: &Browser, script: &str) -> Vec<String> {
    page.cdp("Runtime.evaluate", json!({ "expression": script })).await;
    let found = page
        .eval(
            "axe.run(document, { resultTypes: ['violations'] }).then(result => result.violations.map(violation =>
        violation.id + ': ' + violation.help + ' at ' + violation.nodes.map(node => node.target.join(' ')).join(', ')))",
        )
        .await;
    let Value::Array(found) = found else { panic!("axe gives a list: {found}") };
    found.iter().map(|line| line.as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn axe_finds_nothing_on_any_screen() {
    const NAME: &str = "axe_finds_nothing_on_any_screen";
    let Some(path) = std::env::var_os("BOARDWATCH_AXE") else {
        println!("{NAME}: skipped, because BOARDWATCH_AXE does not name axe; `cargo xtask test e2e` sets it up.");
        return;
    };
    let script = std::fs::read_to_string(path).expect("axe can be read");
    journey(NAME, async |world| {
        let page = world.browser().await;
        let mut found = Vec::new();
        let mut look = async |page: &Browser, screen: &str| {
            for line in stumbling_blocks(page, &script).await {
                found.push(format!("{screen}: {line}"));
            }
        };
        page.open("").await;
        page.wait_for("#try-sample", SHOWN).await;
        look(&page, "start").await;
        page.click("#library").await;
        page.wait_for("section.catalogue .case-card", SHOWN).await;
        look(&page, "library").await;
        page.click("section.catalogue .case-card button").await;
        page.wait_for("#use-references", SHOWN).await;
        look(&page, "a board").await;
        page.click("#leave-library").await;
        page.click("#leave-library").await;
        page.wait_for("#try-sample", SHOWN).await;
        sample_opened(&page).await;
        look(&page, "differences").await;
        page.click("[data-difference='0']").await;
        page.wait_for("#make-finding", SHOWN).await;
        look(&page, "a chosen difference").await;
        page.click("#make-finding").await;
        page.wait_for("#note", SHOWN).await;
        look(&page, "a finding").await;
        page.click("#tab-alignment").await;
        look(&page, "alignment").await;
        page.click("#contribute-open").await;
        page.wait_for(".gate li", SHOWN).await;
        look(&page, "a photo for a catalogue").await;
        page.click("#contribute .dialog-head button").await;
        page.click("#by-hand-toggle").await;
        page.wait_for("#by-hand-how", SHOWN).await;
        look(&page, "alignment by hand").await;
        page.click("#by-hand-toggle").await;
        for mode in ["Swipe", "Blink", "Opacity", "Difference", "Side by side"] {
            page.eval(&format!("document.querySelector('.bar input[value={mode:?}]').click()")).await;
            page.wait_for(".mode-options", SHOWN).await;
            look(&page, mode).await;
        }
        page.click("#layers summary").await;
        look(&page, "layers").await;
        page.upload("#add-layer", &[&drawn(77)]).await;
        page.wait_for("#by-hand-how", SHOWN).await;
        // The menu has closed by itself: what comes next happens on the stage.
        page.click("#layers summary").await;
        page.wait_for(".over", SHOWN).await;
        look(&page, "a picture over the board").await;
        page.click("#layers summary").await;
        page.click("#by-hand-toggle").await;
        page.press("?").await;
        page.wait_for("#keys", SHOWN).await;
        look(&page, "keys").await;
        page.press("\u{e00c}").await;
        page.click("#share-open").await;
        page.wait_for("#share-link", SHOWN).await;
        look(&page, "share").await;
        let link = page.eval("document.querySelector('#share-link').value").await;
        page.click("#show-pictures").await;
        page.wait_for("#pictures-looked", SHOWN).await;
        page.click("[data-label] button").await;
        page.wait_for("[data-hidden]", SHOWN).await;
        page.wait_until("document.querySelector('#pictures-looked')?.disabled === false", SHOWN).await;
        look(&page, "the pictures that go along").await;
        assert_eq!(page.eval("document.querySelector('#share').contains(document.activeElement)").await, json!(true));
        page.type_into("#share-unit", "another\t").await;
        page.wait_until(&format!("document.querySelector('#share-link').value !== {link}"), SHOWN).await;
        let second = page.eval("document.querySelector('#share-link').value").await;
        let reader = world.browser().await;
        reader.open(link.as_str().expect("the field holds the link")).await;
        reader.wait_for("[data-finding='1']", SHOWN).await;
        look(&reader, "report").await;
        reader.type_into("#add-link", &format!("{}\t", second.as_str().expect("a link"))).await;
        reader.wait_for("[data-tallied]", SHOWN).await;
        look(&reader, "several reports").await;
        reader.upload("#choose-pictures", &[&sample("unit-2.jpg")]).await;
        reader.wait_for("#headline[data-verdict=Aligned]", SHOWN).await;
        reader.wait_until("document.querySelector('input[name=seen]') !== null", SHOWN).await;
        reader.eval("document.querySelector('input[name=seen]').click()").await;
        reader.wait_for("#place-note", SHOWN).await;
        look(&reader, "the places of a report").await;
        reader.open("#cases").await;
        reader.wait_for(".keeping .case-card", SHOWN).await;
        reader.eval("[...document.querySelectorAll('.deeds button')].at(-1).click()").await;
        reader.wait_for("#bin", SHOWN).await;
        look(&reader, "cases and storage").await;
        assert!(found.is_empty(), "{found:#?}");
    });
}

#[test]
fn the_whole_journey_goes_without_a_drag() {
    journey("the_whole_journey_goes_without_a_drag", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        let value = async |css: &str| page.eval(&format!("document.querySelector({css:?}).getAttribute('aria-valuenow')")).await;
        // The swipe line by buttons, and by keys on its handle.
        page.click("#swipe-on").await;
        page.wait_until("document.querySelector('#swipe-handle').getAttribute('aria-valuenow') === '60'", SHOWN).await;
        page.eval("document.querySelector('#swipe-handle').focus()").await;
        page.press("\u{e012}").await;
        page.wait_until("document.querySelector('#swipe-handle').getAttribute('aria-valuenow') === '58'", SHOWN).await;
        assert_eq!(value("#swipe-handle").await, "58");
        page.click("#swipe-turn").await;
        // A box by two clicks, then another place and size by numbers.
        page.click("#tool-box").await;
        let [x, y] = page.middle("#stage canvas").await;
        page.click_at([x - 200.0, y - 60.0], 1).await;
        page.click_at([x - 120.0, y + 20.0], 1).await;
        page.wait_for("[data-finding='1']", SHOWN).await;
        let field = async |id: &str, value: &str| {
            let set = format!(
                "(field => {{ field.value = {value:?}; field.dispatchEvent(new Event('change', {{ bubbles: true }})); }})(document.querySelector('#{id}'))"
            );
            page.eval(&set).await;
        };
        page.wait_for("#finding-x", SHOWN).await;
        for (id, number) in [("finding-x", "500"), ("finding-y", "400"), ("finding-w", "120"), ("finding-h", "90")] {
            field(id, number).await;
            page.wait_until(&format!("document.querySelector('#{id}').value === '{number}'"), SHOWN).await;
        }
        let place = crate::main_job::places(&page).await;
        assert_eq!(place[0], [500.0, 400.0, 120.0, 90.0]);
        // A copy, laid under the other, by buttons; then the scale by a measure of two clicks.
        page.click("#duplicate").await;
        page.wait_until("document.querySelectorAll('.finding').length === 2", SHOWN).await;
        page.click("#lower").await;
        page.click("#tool-measure").await;
        page.click_at([x - 200.0, y + 100.0], 1).await;
        page.click_at([x - 40.0, y + 100.0], 1).await;
        page.wait_until("document.querySelectorAll('.finding').length === 3", SHOWN).await;
        page.click("#tab-alignment").await;
        page.type_into("#calibrate-length", "50").await;
        page.click("#calibrate").await;
        page.wait_for_text("#calibration", "px/mm, from a measured distance", SHOWN).await;
        page.wait_until(
            "[...document.querySelectorAll('.label text')].some(text => text.textContent.startsWith('50.00 mm'))",
            SHOWN,
        )
        .await;
        page.screenshot("scaled").await;
        page.click("#tab-findings").await;
        page.click("#export-csv").await;
        page.click("#undo").await;
        page.wait_until(
            "![...document.querySelectorAll('.label text')].some(text => text.textContent.startsWith('50.00 mm'))",
            SHOWN,
        )
        .await;
    });
}
