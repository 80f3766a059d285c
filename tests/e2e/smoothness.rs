//! How smoothly the light table moves, beside OpenSeadragon with the same two pictures. A measurement, not a test:
//!
//! ```sh
//! cargo xtask bench-table PHOTO REFERENCE
//! ```

use std::path::{Path, PathBuf};

use boardwatch::geometry::Rect;
use boardwatch::report::{Finding, FindingId, read_link, write_link};
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::processes::renderer_peak_bytes;
use crate::world::{World, journey};

const SCRIPT: &str = include_str!("smoothness.js");
/// Hang guards, in seconds.
const COMPARED: u64 = 600;
const SHOWN: u64 = 120;
/// How long each movement is measured.
const MEASURED_MS: u32 = 6000;
/// Findings on the stage, as a long evening makes them.
const FINDINGS: u32 = 200;

/// A circle's pan and a breath's zoom, by the events that a mouse makes.
const OURS_PAN: &str = "(frame => {
    const canvas = document.querySelector('#stage canvas');
    const box = canvas.getBoundingClientRect();
    const at = { clientX: box.x + box.width / 2 + 150 * Math.sin(frame / 20), clientY: box.y + box.height / 2 + 100 * Math.cos(frame / 20) };
    const event = kind => canvas.dispatchEvent(new PointerEvent(kind, { pointerId: 1, button: kind === 'pointermove' ? -1 : 0, buttons: 1, bubbles: true, ...at }));
    event(frame === 0 ? 'pointerdown' : 'pointermove');
})";
const OURS_ZOOM: &str = "(frame => {
    const canvas = document.querySelector('#stage canvas');
    const box = canvas.getBoundingClientRect();
    canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: frame % 120 < 60 ? -4 : 4, deltaMode: 1, cancelable: true, bubbles: true,
        clientX: box.x + box.width * 0.6, clientY: box.y + box.height * 0.4 }));
})";
const THEIRS_PAN: &str =
    "(frame => viewer.viewport.panBy(new OpenSeadragon.Point(0.004 * Math.cos(frame / 20), 0.004 * Math.sin(frame / 20)), true))";
const THEIRS_ZOOM: &str = "(frame => viewer.viewport.zoomBy(frame % 120 < 60 ? 1.02 : 1 / 1.02, null, true))";

#[test]
fn the_light_table_moves_as_smoothly_as_a_viewer() {
    let Some(named) = std::env::var_os("BOARDWATCH_TABLE").and_then(|value| value.into_string().ok()) else {
        println!(
            "the_light_table_moves_as_smoothly_as_a_viewer: skipped, because it is a measurement; `cargo xtask bench-table` takes it."
        );
        return;
    };
    let files: Vec<PathBuf> = named.split('\n').map(PathBuf::from).collect();
    let [photo, reference, viewer] = files.as_slice() else { panic!("photo, reference and the viewer's script are named") };
    journey("the_light_table_moves_as_smoothly_as_a_viewer", async |world| {
        let ours = ours(world, photo, reference).await;
        if let Some(peak) = renderer_peak_bytes(&world.processes()) {
            println!(
                "The largest resident memory of a renderer with the pair compared and on the stage: {} MB.\n",
                peak / 1_000_000
            );
        }
        let theirs = theirs(world, photo, reference, viewer).await;
        println!(
            "| movement | who | frames/s | painted/s | own work, median ms | longest ms |\n| --- | --- | --- | --- | --- | --- |"
        );
        for (movement, who, said) in ours.iter().chain(&theirs) {
            let number = |name: &str| said[name].as_f64().unwrap_or(f64::NAN);
            println!(
                "| {movement} | {who} | {:.1} | {:.1} | {:.2} | {:.1} |",
                number("frames_per_second"),
                number("painted_per_second"),
                number("median_ms"),
                number("longest_ms")
            );
        }
    });
}

type Measured = (&'static str, &'static str, Value);

async fn timed_browser(world: &World) -> Browser {
    let page = world.browser().await;
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": SCRIPT })).await;
    page
}

async fn measure(page: &Browser, step: &str) -> Value {
    page.eval(&format!("smoothness({step}, {MEASURED_MS})")).await
}

/// The workbench with the pair and many findings on it.
async fn ours(world: &World, photo: &Path, reference: &Path) -> Vec<Measured> {
    let sender = world.browser().await;
    sender.open("").await;
    sender.wait_for("#try-sample", SHOWN).await;
    sender.drop_files(".drop", &[reference, photo]).await;
    sender.wait_until("document.querySelector('#compare')?.disabled === false", SHOWN).await;
    sender.click("#compare").await;
    sender.wait_for("#headline", COMPARED).await;
    sender.wait_until("performance.getEntriesByName('boardwatch:ready', 'measure').length > 0", COMPARED).await;
    sender.click("#share-open").await;
    sender.wait_for("#share-link", SHOWN).await;
    let link = sender.eval("document.querySelector('#share-link').value").await;
    let (address, fragment) = link.as_str().and_then(|link| link.split_once('#')).expect("the field holds the link");
    let mut report = read_link(fragment).expect("the link is a report");
    let picture = report.report.references[0].picture;
    let place = |number: u32| {
        let (column, row) = (f64::from(number % 20), f64::from(number / 20));
        Rect::new((column + 0.2) * f64::from(picture.width) / 20.0, (row + 0.2) * f64::from(picture.height) / 10.0, 60.0, 40.0)
    };
    report.report.findings = (0..FINDINGS).map(|number| Finding::around(FindingId(number + 1), place(number))).collect();
    let link = format!("{address}#{}", write_link(&report).expect("it fits"));
    sender.open("about:blank").await;

    let page = timed_browser(world).await;
    page.open(&link).await;
    page.wait_for("[data-finding='1']", SHOWN).await;
    page.upload("#choose-pictures", &[photo, reference]).await;
    page.wait_until(
        &format!("document.querySelectorAll('.marks > g:first-of-type [data-mark^=finding-]').length >= {FINDINGS}"),
        COMPARED,
    )
    .await;
    // Long enough for every tile to be on the graphics card.
    tokio::time::sleep(std::time::Duration::from_secs(20)).await;
    page.eval("document.querySelector('.bar input[value=Opacity]').click()").await;
    for _ in 0..4 {
        page.press("+").await;
    }
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    page.screenshot("ours").await;
    let pan = measure(&page, OURS_PAN).await;
    page.eval(
        "document.querySelector('#stage canvas').dispatchEvent(new PointerEvent('pointerup', { pointerId: 1, bubbles: true }))",
    )
    .await;
    let zoom = measure(&page, OURS_ZOOM).await;
    vec![("pan", "Boardwatch", pan), ("zoom", "Boardwatch", zoom)]
}

/// OpenSeadragon with both pictures as layers, the upper one half seen through.
async fn theirs(world: &World, photo: &Path, reference: &Path, viewer: &Path) -> Vec<Measured> {
    let page = timed_browser(world).await;
    // No page of ours, whose start would come in between.
    page.open("about:blank").await;
    let shell = "document.documentElement.innerHTML = '<body style=\"margin:0\"><input type=file id=files multiple><div id=view style=\"width:1000px;height:800px\"></div></body>'";
    page.eval(shell).await;
    page.upload("#files", &[reference, photo]).await;
    let script = std::fs::read_to_string(viewer).expect("the viewer's script can be read");
    page.cdp("Runtime.evaluate", json!({ "expression": script })).await;
    let open = "(async () => {
        window.viewer = OpenSeadragon({ id: 'view', showNavigationControl: false, maxZoomPixelRatio: 8 });
        let left = 2;
        for (const [place, file] of [...document.querySelector('#files').files].entries()) {
            viewer.addTiledImage({ tileSource: { type: 'image', url: URL.createObjectURL(file) }, x: 0, y: 0, width: 1, opacity: place ? 0.5 : 1,
                success: () => left-- });
        }
        while (left) await new Promise(done => setTimeout(done, 100));
        await new Promise(done => setTimeout(done, 5000));
        viewer.viewport.zoomTo(2.5, null, true);
        await new Promise(done => setTimeout(done, 3000));
        return viewer.world.getItemCount();
    })()";
    assert_eq!(page.eval(open).await, 2);
    page.screenshot("theirs").await;
    let (pan, zoom) = (measure(&page, THEIRS_PAN).await, measure(&page, THEIRS_ZOOM).await);
    drop(page.complaints().await);
    vec![("pan", "OpenSeadragon", pan), ("zoom", "OpenSeadragon", zoom)]
}
