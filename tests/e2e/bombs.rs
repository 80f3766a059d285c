//! Files made to fill a memory or to take forever, dropped on the real page.

use std::time::Duration;

use crate::bomb_pictures::bombs;
use crate::pictures::{file, sample};
use crate::world::journey;

/// Hang guard, in seconds.
const SHOWN: u64 = 60;
/// Ten times what the page may be busy by itself with any of them, in milliseconds.
const STUCK_MS: f64 = 2_000.0;

#[test]
fn bombs_are_refused_in_words_and_the_next_picture_is_read() {
    journey("bombs_are_refused_in_words_and_the_next_picture_is_read", async |world| {
        let page = world.browser().await;
        page.open("").await;
        page.wait_for("#try-sample", SHOWN).await;
        page.upload("#choose-pictures", &[&sample("sample.jpg")]).await;
        page.wait_for_text("#your-board", "sample.jpg", SHOWN).await;
        let fair = file("fair.jpg", &std::fs::read(sample("unit-1-small.jpg")).expect("the sample is there"));
        for (number, bomb) in bombs().into_iter().enumerate() {
            let name = format!("bomb-{number}.{}", bomb.ending());
            let path = file(&name, &bomb.bytes);
            let dropped = page.eval("performance.now()").await.as_f64().unwrap_or_default();
            page.drop_files("#known-good", &[&path]).await;
            let words = if let Some(words) = bomb.refused {
                page.wait_for_text(".notice", words, SHOWN).await;
                let notice = page.text(".notice").await;
                assert!(notice.contains(&name), "{}: {notice}", bomb.name);
                page.click(".notice button").await;
                page.wait_until("!document.querySelector('.notice')", SHOWN).await;
                notice
            } else {
                page.wait_for_text("#known-good .name", &name, SHOWN).await;
                page.click("#known-good header button").await;
                "read".to_owned()
            };
            let done = page.eval("performance.now()").await.as_f64().unwrap_or_default();
            println!("{:6.0} ms: {}: {words}", done - dropped, bomb.name);
            page.wait_for("label:has(> #choose-known-good)", SHOWN).await;
            assert!(page.text("#your-board").await.contains("sample.jpg"), "{}: the picture that was there is gone", bomb.name);
            // The worker that met it still reads, or another one does.
            page.upload("#choose-known-good", &[&fair]).await;
            page.wait_for_text("#known-good .name", "fair.jpg", SHOWN).await;
            page.click("#known-good header button").await;
            page.wait_for("label:has(> #choose-known-good)", SHOWN).await;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        let longest = page.long_tasks().await.into_iter().map(|task| task.duration_ms).fold(0.0, f64::max);
        println!("the page was busy by itself for {longest:.0} ms at the most");
        assert!(longest < STUCK_MS, "the page did not answer for {longest} ms");
    });
}
