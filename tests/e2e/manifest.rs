//! A manifest of another collection becomes a board to compare with.

use std::fs;
use std::path::Path;

use serde_json::json;
use xtask::server::{Server, Site};

use crate::library::{COMPARED, SHOWN, added, section};
use crate::pictures::sample;
use crate::world::journey;

#[test]
fn a_manifest_is_a_catalogue_of_one_board() {
    journey("a_manifest_is_a_catalogue_of_one_board", async |world| {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("museum");
        drop(fs::remove_dir_all(&place));
        fs::create_dir_all(place.join("iiif")).unwrap();
        for unit in ["unit-1", "unit-2"] {
            fs::copy(sample(&format!("{unit}.jpg")), place.join(format!("iiif/{unit}.jpg"))).unwrap();
        }
        let host = Server::start(Site::new(&place).shared(), 0).unwrap();
        let canvas = |unit: &str, host: &str| {
            let size = image::image_dimensions(place.join(format!("iiif/{unit}.jpg"))).unwrap();
            let picture = json!({ "id": format!("{host}iiif/{unit}.jpg"), "type": "Image", "width": size.0, "height": size.1 });
            json!({
                "id": format!("{host}{unit}"), "type": "Canvas", "label": { "en": [unit] },
                "metadata": [{ "label": { "en": ["Unit"] }, "value": { "none": [unit] } }],
                "items": [{ "type": "AnnotationPage", "items": [{ "type": "Annotation", "motivation": "painting", "body": picture }] }],
            })
        };
        let elsewhere = canvas("unit-2", "https://elsewhere.example/");
        let manifest = json!({
            "@context": "http://iiif.io/api/presentation/3/context.json", "type": "Manifest", "label": { "en": ["Specimen"] },
            "rights": "http://creativecommons.org/publicdomain/zero/1.0/",
            "requiredStatement": { "label": { "en": ["From"] }, "value": { "en": ["A <i>museum</i>"] } },
            "items": [canvas("unit-1", &host.url()), canvas("unit-2", &host.url()), elsewhere],
        });
        let address = format!("{}manifest.json", host.url());
        fs::write(place.join("manifest.json"), manifest.to_string()).unwrap();

        let page = world.browser().await;
        page.open("#library").await;
        added(&page, &address).await;
        page.click("#agree").await;
        let card = format!("{} .case-card button", section(&address));
        page.wait_for(&card, SHOWN).await;
        page.click(&card).await;
        page.wait_for_text(".board-page", "does not say by a SHA-256", SHOWN).await;
        let said = page.text(".board-page").await;
        assert!(said.contains("A museum, CC0-1.0") && said.contains("1 picture of the manifest left out"), "{said}");
        page.screenshot("board").await;
        let asked = || host.answers().into_iter().filter(|answer| answer.path.contains("iiif")).count();
        assert_eq!(asked(), 0, "pictures are fetched when somebody compares with them");
        page.click("#use-references").await;
        page.wait_for("#known-good .further", SHOWN).await;
        page.upload("#choose-photo", &[&sample("sample.jpg")]).await;
        page.wait_until("document.querySelector('#compare')?.disabled === false", SHOWN).await;
        page.click("#compare").await;
        page.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
        page.click("#tab-alignment").await;
        page.wait_for_text("#tab-body", "2 references", SHOWN).await;
        assert_eq!(asked(), 2, "each once");
    });
}
