//! Layers over the board, further references, and the stage of a browser without WebGL 2.

use serde_json::{Value, json};

use crate::browser::Browser;
use crate::light_table::{stage, tool, wait_for_findings};
use crate::light_table_looks::resize;
use crate::main_job::sample_opened;
use crate::pictures::{drawn, sample};
use crate::world::journey;

const COMPARED: u64 = 300;
const SHOWN: u64 = 60;

/// Opens the menu of layers, or closes it.
async fn menu(page: &Browser, open: bool) {
    if page.eval("document.querySelector('#layers').open").await != Value::Bool(open) {
        page.click("#layers summary").await;
    }
}

#[test]
fn a_picture_is_laid_over_the_board_by_four_pairs() {
    journey("a_picture_is_laid_over_the_board_by_four_pairs", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        menu(&page, true).await;
        page.upload("#add-layer", &[&drawn(77)]).await;
        page.wait_for("#by-hand-how", SHOWN).await;
        menu(&page, false).await;
        page.wait_for_text("#by-hand h3", "Place drawn-77.jpg", SHOWN).await;
        for (place, (x, y)) in [(0.1, 0.4), (0.4, 0.4), (0.4, 0.6), (0.1, 0.6)].into_iter().enumerate() {
            page.click_at(stage(&page, x, y).await, 1).await;
            page.click_at(stage(&page, x + 0.5, y).await, 1).await;
            page.wait_until(&format!("document.querySelectorAll('.control-point').length === {}", place + 1), SHOWN).await;
        }
        page.screenshot("placing").await;
        page.click("#by-hand-toggle").await;
        page.wait_until("document.querySelector('#by-hand-how') === null", SHOWN).await;
        menu(&page, true).await;
        page.eval("(menu => { menu.selectedIndex = 1; menu.dispatchEvent(new Event('change', { bubbles: true })); })(document.querySelector('.over select'))").await;
        page.click("#show-heat").await;
        page.click("#show-blind").await;
        page.wait_until("document.querySelectorAll('.marks > g:first-of-type .heat').length > 3", SHOWN).await;
        tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
        page.screenshot("menu").await;
        menu(&page, false).await;
        page.screenshot("laid").await;
        resize(&page, 360, 640).await;
        menu(&page, true).await;
        page.screenshot("phone").await;
        let over = "(box => [box.left < 0, box.right > innerWidth, box.bottom > innerHeight])(document.querySelector('.menu-sheet').getBoundingClientRect())";
        assert_eq!(page.eval(over).await, json!([false, false, false]), "the menu is all on the screen");
        menu(&page, false).await;
        resize(&page, 1280, 800).await;
        // It is kept, with where it lies.
        page.wait_for_text("#storage-state", "Saved", SHOWN).await;
        page.reload().await;
        page.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
        menu(&page, true).await;
        page.wait_for(".over", SHOWN).await;
        assert_eq!(page.eval("document.querySelector('.over select').selectedIndex").await, 1, "it is an X-ray");
        page.click(".over .place-layer").await;
        page.wait_until("document.querySelectorAll('.control-point').length === 4", SHOWN).await;
        menu(&page, true).await;
        page.click(".over .button.quiet").await;
        page.wait_until("document.querySelector('.over') === null && document.querySelector('#by-hand-how') === null", SHOWN)
            .await;
        page.click("#undo").await;
        page.wait_for(".over", SHOWN).await;
    });
}

#[test]
fn one_more_reference_is_compared_and_stepped_to() {
    journey("one_more_reference_is_compared_and_stepped_to", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        menu(&page, true).await;
        page.upload("#add-reference", &[&sample("unit-2.jpg")]).await;
        menu(&page, false).await;
        page.wait_until("document.querySelector('#headline') === null", SHOWN).await;
        page.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
        page.press("j").await;
        menu(&page, true).await;
        page.wait_until(
            "[...document.querySelectorAll('input[name=reference]')].map(input => input.checked).join() === 'false,true'",
            SHOWN,
        )
        .await;
        tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
        page.screenshot("second").await;
        page.click("#layers fieldset .button.quiet").await;
        page.wait_until("document.querySelectorAll('input[name=reference]').length === 1", SHOWN).await;
        page.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
    });
}

/// A canvas without WebGL 2, as in a browser that has none.
const WITHOUT_WEBGL: &str = "const given = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) { return kind === 'webgl2' ? null : given.call(this, kind, ...rest); };";

/// The share of the stage that shows something, and how many colours it has.
const LIT: &str = "(() => {
    const canvas = document.querySelector('#stage canvas');
    const copy = new OffscreenCanvas(96, 64).getContext('2d', { willReadFrequently: true });
    copy.drawImage(canvas, 0, 0, 96, 64);
    const data = copy.getImageData(0, 0, 96, 64).data;
    const lit = data.filter((v, i) => i % 4 === 3 && v > 0).length / (96 * 64);
    const colours = new Set();
    for (let k = 0; k < data.length; k += 4) colours.add((data[k] >> 4) * 256 + (data[k + 1] >> 4) * 16 + (data[k + 2] >> 4));
    return [lit, colours.size];
})()";

#[test]
fn without_webgl_the_whole_light_table_works_on_a_plain_canvas() {
    journey("without_webgl_the_whole_light_table_works_on_a_plain_canvas", async |world| {
        let page = world.browser().await;
        page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WITHOUT_WEBGL })).await;
        sample_opened(&page).await;
        for mode in ["Swipe", "Blink", "Opacity", "Difference", "Red–cyan", "Side by side"] {
            page.eval(&format!("document.querySelector('.bar input[value=\"{mode}\"]').click()")).await;
            page.wait_until(&format!("(([lit, colours]) => lit > 0.3 && colours > 4)({LIT})"), SHOWN).await;
            page.screenshot(&mode.replace(' ', "-")).await;
        }
        page.eval("document.querySelector('.bar input[value=Swipe]').click()").await;
        tool(&page, "r", "tool-box").await;
        page.drag(&[stage(&page, 0.2, 0.3).await, stage(&page, 0.3, 0.35).await, stage(&page, 0.35, 0.45).await]).await;
        wait_for_findings(&page, 1).await;
        menu(&page, true).await;
        page.wait_for("#plain", SHOWN).await;
        page.screenshot("menu").await;
        menu(&page, false).await;
        for _ in 0..12 {
            page.press("+").await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        page.screenshot("near").await;
    });
}
