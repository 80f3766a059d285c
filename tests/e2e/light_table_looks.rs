//! The light table on every window, theme and setting: nothing is cut off, and what moves can be stopped.

use serde_json::json;

use crate::browser::Browser;
use crate::main_job::sample_opened;
use crate::world::journey;

const COMPARED: u64 = 300;
const SHOWN: u64 = 60;

pub(crate) async fn resize(page: &Browser, width: u32, height: u32) {
    let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500 });
    page.cdp("Emulation.setDeviceMetricsOverride", metrics).await;
    tokio::time::sleep(std::time::Duration::from_millis(700)).await;
}

/// What the system asks of pages.
pub(crate) async fn prefer(page: &Browser, feature: &str, value: &str) {
    page.cdp("Emulation.setEmulatedMedia", json!({ "features": [{ "name": feature, "value": value }] })).await;
}

/// Buttons of the bar and the rail that lie outside the window or under each other.
const HIDDEN: &str = "[...document.querySelectorAll('.bar button, .rail button, .bar label, .bar summary')].filter(element => {
    const box = element.getBoundingClientRect();
    if (element.closest('.menu-sheet')) return false;
    if (box.width === 0 || getComputedStyle(element).visibility === 'hidden') return false;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return !element.closest('.tools');
    const top = document.elementFromPoint(x, y);
    return !element.contains(top) && !top?.contains(element) && !element.closest('.tools');
}).map(element => element.id || element.textContent)";

#[test]
fn the_workbench_fits_every_window() {
    journey("the_workbench_fits_every_window", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        for (width, height) in [(1920, 1080), (1440, 900), (1280, 800), (1024, 768), (768, 1024), (390, 844), (360, 640)] {
            resize(&page, width, height).await;
            page.screenshot(&format!("{width}")).await;
            assert_eq!(page.eval(HIDDEN).await, json!([]), "hidden or covered at {width} × {height}");
            let over = page.eval("document.scrollingElement.scrollWidth - innerWidth").await;
            assert!(over.as_f64().is_some_and(|over| over <= 0.0), "{over} px too wide at {width}");
        }
    });
}

#[test]
fn text_at_twice_its_size_is_still_all_there() {
    journey("text_at_twice_its_size_is_still_all_there", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        // As a browser zoomed to 200 % lays it out: half as many CSS pixels, each twice as large.
        page.cdp(
            "Emulation.setDeviceMetricsOverride",
            json!({ "width": 720, "height": 450, "deviceScaleFactor": 2, "mobile": false }),
        )
        .await;
        tokio::time::sleep(std::time::Duration::from_millis(700)).await;
        page.screenshot("zoomed").await;
        assert_eq!(page.eval(HIDDEN).await, json!([]));
        page.eval("document.documentElement.style.fontSize = '200%'").await;
        resize(&page, 1440, 900).await;
        page.screenshot("large-type").await;
        let over = page.eval("document.scrollingElement.scrollWidth - innerWidth").await;
        assert!(over.as_f64().is_some_and(|over| over <= 0.0), "{over} px too wide");
    });
}

#[test]
fn blinking_stops_for_who_asked_for_less_motion() {
    journey("blinking_stops_for_who_asked_for_less_motion", async |world| {
        let page = world.browser().await;
        prefer(&page, "prefers-reduced-motion", "reduce").await;
        sample_opened(&page).await;
        page.eval("document.querySelector('.bar input[value=Blink]').click()").await;
        page.wait_for("#blink-runs", SHOWN).await;
        tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
        // A frame is drawn only when something changes: none comes by itself.
        let frames = "(async () => {
            const original = requestAnimationFrame;
            let asked = 0;
            window.requestAnimationFrame = callback => { asked++; return original(callback); };
            await new Promise(done => setTimeout(done, 2500));
            window.requestAnimationFrame = original;
            return asked;
        })()";
        assert_eq!(page.eval(frames).await, 0, "nothing blinks by itself");
        prefer(&page, "prefers-reduced-motion", "no-preference").await;
        page.click("#blink-runs").await;
        page.click("#blink-runs").await;
        assert!(page.eval(frames).await.as_f64().is_some_and(|asked| asked >= 2.0), "it blinks for everybody else");
    });
}

#[test]
fn settings_are_kept_and_the_menu_does_what_it_says() {
    journey("settings_are_kept_and_the_menu_does_what_it_says", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        page.click("#layers summary").await;
        page.wait_for("#letter-keys", SHOWN).await;
        page.screenshot("menu").await;
        page.click("#letter-keys").await;
        page.click("#show-blind").await;
        page.click("#show-loupe").await;
        page.click("#layers summary").await;
        page.press("r").await;
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        assert_eq!(
            page.eval("document.querySelector('#tool-hand').getAttribute('aria-checked')").await,
            "true",
            "letters are off"
        );
        let middle = page.middle("#stage canvas").await;
        page.hover(middle).await;
        tokio::time::sleep(std::time::Duration::from_millis(800)).await;
        page.screenshot("loupe").await;
        page.reload().await;
        page.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
        page.click("#layers summary").await;
        assert_eq!(page.eval("document.querySelector('#letter-keys').checked").await, false, "it was kept");
    });
}

#[test]
fn light_and_dark_both_hold() {
    journey("light_and_dark_both_hold", async |world| {
        let page = world.browser().await;
        prefer(&page, "prefers-color-scheme", "light").await;
        sample_opened(&page).await;
        page.screenshot("dark").await;
        page.click("#theme").await;
        page.wait_until("document.documentElement.dataset.theme === 'light'", SHOWN).await;
        page.click("[data-difference='0']").await;
        page.wait_for("#make-finding", SHOWN).await;
        page.screenshot("light").await;
    });
}
