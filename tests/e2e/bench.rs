//! The page that measures. It speaks the worker's protocol by itself, so that a change of the protocol shows here.

use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::wd::TimeoutConfiguration;
use serde_json::Value;

use crate::browser::Browser;
use crate::pictures;
use crate::processes::{cpu_s, renderer_peak_bytes};
use crate::world::{World, journey};

/// A hang guard: many times what 48 megapixels take on a slow machine.
const PATIENCE: Duration = Duration::from_secs(1200);
/// After loading, a browser goes on for a while with what is no part of a comparison.
const SETTLED: Duration = Duration::from_secs(2);
const TIMES: [&str; 6] = ["start", "decode", "align", "compare", "placed", "total"];

/// Comes with the next result. Asking again and again would be measured, too.
const RESULT: &str =
    "new Promise(done => window.addEventListener('boardwatch-bench', event => done(event.detail), { once: true }))";

#[test]
fn the_measuring_page_tells_times_and_memory() {
    journey("the_measuring_page_tells_times_and_memory", async |world| {
        let page = world.browser().await;
        opened(&page, "").await;
        page.screenshot("empty").await;
        page.upload("#photo", &[&pictures::sample("sample-small.jpg")]).await;
        page.upload("#reference", &[&pictures::sample("unit-1-small.jpg")]).await;
        let result = ran(&page).await;
        expect_measured(&result, 3);
        page.wait_for("#times tr", 5).await;
        page.click("summary").await;
        let shown: Value = serde_json::from_str(&page.text("#result").await).expect("the page shows JSON");
        assert_eq!(shown, result);
        assert_eq!(page.eval("window.boardwatchBench").await, result);
        page.screenshot("measured").await;
    });
}

#[test]
fn the_measuring_page_takes_addresses_and_says_what_is_wrong_with_them() {
    journey("the_measuring_page_takes_addresses_and_says_what_is_wrong_with_them", async |world| {
        let page = world.browser().await;
        let sample = "photo=catalog/specimen/sample-small.jpg&reference=catalog/specimen/unit-1-small.jpg";
        let mut differences = Vec::new();
        for workers in 1..=2 {
            opened(&page, &format!("?runs=2&workers={workers}&{sample}")).await;
            page.wait_until("!!window.boardwatchBench", 120).await;
            let result = page.eval("window.boardwatchBench").await;
            expect_measured(&result, 2);
            assert_eq!(result["workers"], workers);
            differences.push(result["differences"].clone());
        }
        assert_eq!(differences[0], differences[1], "two workers find what one finds");
        for (wishes, words) in [
            ("photo=catalog/catalog.json&reference=catalog/catalog.json", "not a picture"),
            ("photo=https://example.org/a.jpg&reference=catalog/catalog.json", "another site"),
        ] {
            opened(&page, &format!("?{wishes}")).await;
            page.wait_until("!!window.boardwatchBench", 60).await;
            let error = page.eval("window.boardwatchBench.error").await.to_string();
            assert!(error.contains(words), "{wishes}: {error}");
        }
    });
}

/// For `cargo xtask bench-browser`, which names the pictures.
#[test]
fn a_named_pair_is_measured() {
    const NAME: &str = "a_named_pair_is_measured";
    let named = |variable| std::env::var_os(variable).map(PathBuf::from);
    let (Some(photo), Some(reference)) = (named("BOARDWATCH_BENCH_PHOTO"), named("BOARDWATCH_BENCH_REFERENCE")) else {
        println!("{NAME}: skipped, because no pictures are named; `cargo xtask bench-browser PHOTO REFERENCE` names them.");
        return;
    };
    journey(NAME, async |world| {
        let page = world.browser().await;
        let workers = std::env::var("BOARDWATCH_BENCH_WORKERS").unwrap_or_else(|_| "1".to_owned());
        measure_pair(world, &page, &photo, &reference, &workers).await;
        page.screenshot("measured").await;
    });
}

/// Presses Run, and waits for what comes of it.
async fn ran(page: &Browser) -> Value {
    page.eval(&format!("(result => (document.querySelector('#run').click(), result))({RESULT})")).await
}

/// Prints what one comparison takes of the machine, in a browser that has done nothing before.
async fn measure_pair(world: &World, page: &Browser, photo: &Path, reference: &Path, workers: &str) {
    opened(page, &format!("?runs=1&workers={workers}")).await;
    page.upload("#photo", &[photo]).await;
    page.upload("#reference", &[reference]).await;
    tokio::time::sleep(SETTLED).await;
    let before = world.processes();
    let result = ran(page).await;
    let after = world.processes();
    assert_eq!(result["error"], Value::Null, "the comparison failed");

    let seconds =
        |name: &str| result["best_ms"][name].as_f64().map_or("not run".to_owned(), |ms| format!("{:.3} s", ms / 1000.0));
    let megabytes = |bytes: f64| format!("{:.0} MB", bytes / 1e6);
    let worker = result["peak_bytes"]["worker"].as_f64().map_or("not known".to_owned(), megabytes);
    println!("\nverdict      {}, {} differences", result["verdict"], result["differences"]);
    for name in TIMES {
        println!("{name:<12} {}", seconds(name));
    }
    println!("worker       {worker} of WebAssembly memory");
    match renderer_peak_bytes(&after) {
        Some(peak) => {
            println!("renderer     {} resident at most", megabytes(peak as f64));
            println!(
                "processor    {:.2} s in all processes of the browser, from Run to the result",
                cpu_s(&after) - cpu_s(&before)
            );
        }
        None => println!("Processor time and resident memory are read from Linux's /proc, which is not there."),
    }
}

async fn opened(page: &Browser, wishes: &str) {
    let patience = TimeoutConfiguration::new(Some(PATIENCE), Some(PATIENCE), None);
    page.client.update_timeouts(patience).await.expect("the driver takes its time");
    page.open(&format!("bench.html{wishes}")).await;
    page.wait_for("#run", 30).await;
}

fn expect_measured(result: &Value, runs: usize) {
    assert_eq!(result["verdict"], "aligned", "{result}");
    assert_eq!(result["runs"].as_array().map(Vec::len), Some(runs));
    for kind in ["best_ms", "median_ms"] {
        for name in TIMES {
            assert!(result[kind][name].as_f64() > Some(0.0), "{kind} of {name}: {result}");
        }
    }
    let pixels = 3.0
        * 2.0
        * result["photo"]["width"].as_f64().unwrap_or(f64::INFINITY)
        * result["photo"]["height"].as_f64().unwrap_or(1.0);
    assert!(result["peak_bytes"]["worker"].as_f64() > Some(pixels), "less memory than the decoded pictures: {result}");
    assert!(result["peak_bytes"]["page"].as_f64() > Some(0.0), "{result}");
}
