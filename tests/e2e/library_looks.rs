//! The library in every window and theme: nothing is too wide, whichever of its states it is in.

use serde_json::json;

use crate::browser::Browser;
use crate::library::{COMPARED, SHOWN};
use crate::light_table_looks::resize;
use crate::pictures::sample;
use crate::world::journey;

/// Pictures what is there in these windows and in both themes.
async fn fits(page: &Browser, state: &str) {
    for theme in ["dark", "light"] {
        page.eval(&format!("document.documentElement.dataset.theme = '{theme}'")).await;
        for (width, height) in [(1440, 900), (390, 844)] {
            resize(page, width, height).await;
            page.screenshot(&format!("{state}-{theme}-{width}")).await;
            let over = page.eval("document.scrollingElement.scrollWidth - innerWidth").await;
            assert!(over.as_f64().is_some_and(|over| over <= 0.0), "{state}: {over} px too wide at {width}");
        }
    }
}

#[test]
fn the_library_fits_every_window() {
    journey("the_library_fits_every_window", async |world| {
        let page = world.browser().await;
        page.open("").await;
        page.wait_for("#try-sample", SHOWN).await;
        // With a photo of the board in question the start asks which board that is.
        page.upload("#choose-pictures", &[&sample("sample.jpg")]).await;
        page.wait_for_text("#open-library", "Which board is this?", SHOWN).await;
        fits(&page, "start").await;
        page.click("#open-library").await;
        page.wait_for("#find-board", SHOWN).await;
        page.wait_for("section.catalogue .case-card", SHOWN).await;
        fits(&page, "photo").await;
        page.click("#find-board").await;
        page.wait_for("#identity[data-identity=known]", COMPARED).await;
        assert_eq!(page.eval("document.querySelector('.guesses li').dataset.board").await, json!("specimen"));
        fits(&page, "recognised").await;
        page.click(".guesses button").await;
        page.wait_for("#use-references", SHOWN).await;
        fits(&page, "board").await;
        page.click("#use-references").await;
        page.wait_until("document.querySelector('#compare')?.disabled === false", SHOWN).await;
        fits(&page, "chosen").await;
    });
}
