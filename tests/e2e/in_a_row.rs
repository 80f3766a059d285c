//! Many comparisons one after the other: what they take is given back.

use std::time::Duration;

use serde_json::json;

use crate::main_job::sample_opened;
use crate::processes::renderer_own_bytes;
use crate::seeds;
use crate::world::journey;

/// After this many the browser has all that it keeps for good.
const SETTLED: usize = 3;
/// Comparisons of a campaign's seed, and of a plain test run.
const WHOLE: usize = 30;
const FEW: usize = 6;
/// By so much the last may be above the third.
const MOST_GROWTH: f64 = 1.1;
/// One comparison, by one script: the driver keeps every element that it has found, and of every script that it was asked to run
/// the page keeps some 700 bytes, which is more than a comparison leaves when it is asked every few milliseconds whether it is done.
const COMPARED_AGAIN: &str = "(async () => {
    const shown = css => new Promise(done => {
        const look = () => document.querySelector(css) ? done() : setTimeout(look, 30);
        look();
    });
    document.querySelector('#tab-alignment').click();
    await shown('#compare-again');
    document.querySelector('#compare-again').click();
    await shown('#running');
    await shown('#headline[data-verdict=Aligned]');
    return true;
})()";
/// Workers that have ended give their memory back within this time.
const REST: Duration = Duration::from_secs(2);

#[test]
fn in_a_row() {
    journey("in_a_row", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        let seeds = seeds::wanted("in_a_row");
        let rounds = if seeds::is_whole() { WHOLE } else { FEW };
        let mut outcomes = Vec::new();
        for seed in seeds.clone() {
            let mut held = Vec::new();
            for round in 1..=rounds {
                page.eval(COMPARED_AGAIN).await;
                tokio::time::sleep(REST).await;
                page.cdp("HeapProfiler.enable", json!({})).await;
                page.cdp("HeapProfiler.collectGarbage", json!({})).await;
                let Some(bytes) = renderer_own_bytes(&world.processes()).map(|bytes| bytes as f64) else {
                    println!("in_a_row: what a process holds is read from Linux's /proc, which is not there.");
                    return;
                };
                println!("comparison {round}: the page's process holds {:.1} MB", bytes / 1e6);
                held.push(bytes);
            }
            let (third, last) = (held[SETTLED - 1], held[rounds - 1]);
            println!("the last is {:.3} of the third", last / third);
            outcomes.push((seed, if last <= third * MOST_GROWTH { Ok("given back") } else { Err(format!("grew: {held:?}")) }));
        }
        seeds::report("in_a_row", seeds, outcomes);
    });
}
