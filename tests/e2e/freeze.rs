//! The tab answers while it works.

use crate::pictures;
use crate::world::journey;

/// A task longer than this is felt; ten times as long fails the journey, in between it is said.
const FELT_MS: f64 = 50.0;

#[test]
fn the_tab_answers_while_twelve_megapixels_are_compared() {
    const NAME: &str = "the_tab_answers_while_twelve_megapixels_are_compared";
    let Some(reference) = pictures::real(NAME, "specimens/s01_easy_implant/reference.jpg") else { return };
    let Some(photo) = pictures::real(NAME, "specimens/s01_easy_implant/photo.jpg") else { return };
    journey(NAME, async |world| {
        let page = world.browser().await;
        page.open("").await;
        page.wait_for("#try-sample", 60).await;
        let before = page.long_tasks().await.len();
        page.upload("#choose-pictures", &[&reference, &photo]).await;
        page.wait_until("document.querySelector('#compare')?.disabled === false", 120).await;
        page.click("#compare").await;
        page.wait_for("#headline[data-verdict=Aligned]", 600).await;
        page.wait_until("performance.getEntriesByName('boardwatch:ready', 'measure').length > 0", 60).await;
        let tasks: Vec<_> = page.long_tasks().await.into_iter().skip(before).collect();
        let longest = tasks.iter().map(|task| task.duration_ms).fold(0.0, f64::max);
        println!("{NAME}: {} tasks over {FELT_MS} ms on the main thread, the longest {longest:.0} ms: {tasks:.0?}", tasks.len());
        for name in ["decode", "align", "compare", "placed", "ready"] {
            println!("{NAME}: {name} {:.0} ms", page.measure_ms(&format!("boardwatch:{name}")).await.unwrap_or(f64::NAN));
        }
        page.screenshot("compared").await;
        assert!(longest <= 10.0 * FELT_MS, "the tab froze for {longest:.0} ms");
    });
}
