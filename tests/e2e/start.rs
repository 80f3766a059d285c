//! The page starts.

use serde_json::json;

use crate::world::journey;

#[test]
fn the_page_starts_below_any_sub_path() {
    journey("the_page_starts_below_any_sub_path", async |world| {
        let page = world.browser().await;
        page.open("").await;
        page.wait_for("h1", 30).await;
        page.screenshot("started").await;
        assert_eq!(page.eval("document.title").await, json!("Boardwatch"));
        page.wait_until("performance.getEntriesByType('resource').some(entry => entry.name.endsWith('app_bg.wasm'))", 30).await;
        let lost: Vec<_> = world.server.answers().into_iter().filter(|answer| answer.status != 200).collect();
        assert!(lost.is_empty(), "{lost:?}");
    });
}

#[test]
fn the_worker_starts() {
    journey("the_worker_starts", async |world| {
        let page = world.browser().await;
        page.open("").await;
        let ready = "new Promise((done, failed) => {
            boardwatchScripts.worker('worker-start.js').then(worker => {
                worker.onmessage = event => done(event.data);
                worker.onerror = event => failed(event.message);
            }, failed);
        })";
        assert_eq!(page.eval(ready).await, json!("ready"));
    });
}

#[test]
fn the_browser_can_draw_with_webgl2() {
    journey("the_browser_can_draw_with_webgl2", async |world| {
        let page = world.browser().await;
        page.open("").await;
        let side = "document.createElement('canvas').getContext('webgl2')?.getParameter(3379) ?? 0";
        assert!(page.eval(side).await.as_u64() >= Some(2048), "textures of 2048 px are what the stage is built of");
    });
}

#[test]
fn without_a_network_nothing_new_comes_and_a_failed_load_is_a_complaint() {
    journey("without_a_network_nothing_new_comes_and_a_failed_load_is_a_complaint", async |world| {
        let page = world.browser().await;
        page.open("").await;
        page.wait_for("h1", 30).await;
        world.server.refuse(true);
        assert_eq!(page.eval("fetch('sw.js', { cache: 'no-store' })").await, json!("rejected: TypeError: Failed to fetch"));
        let complaints = page.complaints().await;
        assert!(complaints.iter().any(|complaint| complaint.contains("sw.js")), "{complaints:?}");
    });
}
