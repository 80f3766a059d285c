//! The recovery page on every window and in both schemes, and as axe sees it.

use std::fs;

use serde_json::json;

use crate::accessibility::stumbling_blocks;
use crate::light_table_looks::{prefer, resize};
use crate::pictures::{drawn, sample};
use crate::recovery::{card, case, picture, plant};
use crate::world::journey;

const SHOWN: u64 = 30;

#[test]
fn the_recovery_page_holds_on_every_window_and_axe_finds_nothing() {
    const NAME: &str = "the_recovery_page_holds_on_every_window_and_axe_finds_nothing";
    let axe = std::env::var_os("BOARDWATCH_AXE").map(|path| fs::read_to_string(path).expect("axe can be read"));
    if axe.is_none() {
        println!("{NAME}: without axe, because BOARDWATCH_AXE does not name it; `cargo xtask test e2e` sets it up.");
    }
    journey(NAME, async |world| {
        let photos: Vec<_> = [sample("unit-1-small.jpg"), sample("unit-2-small.jpg"), drawn(11)].iter().map(fs::read).collect();
        let photos: Vec<_> = photos.into_iter().map(|photo| photo.expect("a picture")).collect();
        let titles = [
            "rack-3-node-7.jpg",
            "Refurbished, from the auction of March",
            "IMG_20261104_153012_a_very_long_name_without_a_blank.jpg",
        ];
        let texts: Vec<_> =
            titles.iter().zip(&photos).zip(1..).map(|((title, photo), id)| (id, case(id, title, photo))).collect();
        let now = 1_764_249_000_000;
        let cards: Vec<_> =
            texts.iter().map(|(id, text)| (id, card(text, now + u64::from(*id), (*id == 3).then_some(now)))).collect();
        let mut cases = texts.clone();
        cases.push((4, "{\"version\": 4, \"id\"".to_owned()));
        let mut pictures: Vec<_> = photos.iter().map(|photo| picture(photo)).collect();
        pictures.push(picture(b"nobody's"));
        let page = world.browser().await;
        plant(&page, &json!({ "cases": cases, "cards": cards, "pictures": pictures })).await;
        let mut found = Vec::new();
        for (scheme, width, height) in [("dark", 1440, 900), ("light", 1440, 900), ("dark", 390, 844), ("light", 390, 844)] {
            prefer(&page, "prefers-color-scheme", scheme).await;
            resize(&page, width, height).await;
            page.open("recovery.html").await;
            page.wait_for("[data-case]", SHOWN).await;
            let name = |what: &str| format!("{what}-{scheme}-{width}");
            page.wait_until("document.querySelector('[data-case] canvas').height > 3", SHOWN).await;
            page.screenshot(&name("top")).await;
            page.click("[data-case='2'] summary").await;
            page.click("#save-all").await;
            page.wait_for_text("#doing", "Saved", SHOWN).await;
            page.screenshot(&name("saved")).await;
            page.click("#close").await;
            page.click("#remove").await;
            page.eval("scrollTo(0, document.body.scrollHeight)").await;
            page.screenshot(&name("bottom")).await;
            let sideways = page.eval("document.documentElement.scrollWidth - innerWidth").await;
            assert!(sideways.as_f64() <= Some(0.0), "{}: {sideways} px lie outside the window", name("it"));
            if let Some(axe) = &axe {
                found.extend(stumbling_blocks(&page, axe).await.into_iter().map(|line| format!("{}: {line}", name("axe"))));
            }
        }
        assert!(found.is_empty(), "{found:#?}");
    });
}

/// Every control is reached by Tab, in the order of the page, and shows that it has the focus.
#[test]
fn the_recovery_page_goes_by_keys_alone() {
    journey("the_recovery_page_goes_by_keys_alone", async |world| {
        let photo = fs::read(sample("unit-1-small.jpg")).expect("the sample");
        let text = case(1, "By keys", &photo);
        let page = world.browser().await;
        plant(&page, &json!({ "cases": [[1, text]], "cards": [[1, card(&text, 9, None)]], "pictures": [picture(&photo)] })).await;
        page.open("recovery.html").await;
        page.wait_for("[data-case]", SHOWN).await;
        let mut reached = Vec::new();
        for _ in 0..5 {
            page.press("\u{e004}").await;
            let here = "(one => [one.textContent, getComputedStyle(one).outlineWidth])(document.activeElement)";
            let (name, ring): (String, String) = serde_json::from_value(page.eval(here).await).expect("two texts");
            assert_eq!(ring, "2px", "{name} shows that it has the focus");
            reached.push(name);
        }
        assert_eq!(
            reached,
            [
                "Open the app",
                "Save all cases to a file",
                "Save this case",
                "Pictures and text",
                "Remove the kept copy of the app"
            ]
        );
        page.press("\u{e007}").await;
        page.wait_until("document.activeElement.id === 'save-first'", SHOWN).await;
        page.press("\u{e007}").await;
        page.wait_for_text("#doing", "Saved 1 case and 1 picture.", SHOWN).await;
        page.wait_for_text("#sure-words", "A file of your cases was saved", SHOWN).await;
    });
}
