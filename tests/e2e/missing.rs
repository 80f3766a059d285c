//! Each file of the site is taken away in turn: it is said in words what is missing, or nobody needs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::json;
use xtask::server::Fault;

use crate::browser::Browser;
use crate::seeds::{self, Outcome};
use crate::world::journey;

/// Hang guard for one step, in seconds.
const STEP: u64 = 120;
/// Of the files, a plain test run takes every tenth.
const SHARE: usize = 10;
/// The first of them.
const FIRST: usize = 3;
/// What is left out: where everything begins, and what no page asks for.
const SPARED: [&str; 3] = ["index.html", "recovery.html", "_headers"];
/// A sentence that a person can do something with is longer than this.
const SENTENCE: usize = 60;

/// Visible words that say what went wrong, with the way out.
const SAID: &str = "[...document.querySelectorAll('#late, .banner, .notice, [role=alert], .error')]
    .filter(place => place.checkVisibility({ visibilityProperty: true }))
    .map(place => place.textContent).find(text => text.length > 60) ?? ''";
const RESCUE: &str = "[...document.querySelectorAll(\"a[href='recovery.html']\")].some(link => link.checkVisibility({ visibilityProperty: true }))";

#[test]
fn missing() {
    journey("missing", async |world| {
        let dist = PathBuf::from(std::env::var_os("BOARDWATCH_DIST").expect("a built site"));
        let mut files = Vec::new();
        collect(&dist, &dist, &mut files);
        files.retain(|file| !SPARED.contains(&file.as_str()));
        files.sort();
        let seeds = seeds::wanted("missing");
        assert!(files.len() <= 200, "the campaign has fewer seeds than the site has files: {}", files.len());
        let chosen: Vec<usize> = if seeds::is_whole() {
            (seeds.start as usize..(seeds.end as usize).min(files.len())).collect()
        } else {
            (FIRST..files.len()).step_by(SHARE).collect()
        };
        let mut outcomes = Vec::new();
        let page = world.browser().await;
        for number in chosen {
            let file = &files[number];
            fresh(&page, &world.server.url()).await;
            world.server.spoil(file, Some(Fault::Missing));
            let outcome = day(&page, file).await;
            println!("{file}: {outcome:?}");
            outcomes.push((number as u64, outcome));
            page.open("about:blank").await;
            page.complaints().await;
            world.server.spoil(file, None);
        }
        seeds::report("missing", seeds, outcomes);
    });
}

fn collect(top: &Path, folder: &Path, files: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(top, &path, files);
        } else {
            files.push(path.strip_prefix(top).unwrap().to_string_lossy().replace('\\', "/"));
        }
    }
}

/// As on another person's machine.
async fn fresh(page: &Browser, site: &str) {
    page.cdp("Storage.clearDataForOrigin", json!({ "origin": site, "storageTypes": "all" })).await;
    page.cdp("Network.clearBrowserCache", json!({})).await;
}

/// Either the step's mark is there, or words are.
async fn comes_or_is_said(page: &Browser, mark: &str) -> Result<bool, String> {
    let deadline = Instant::now() + Duration::from_secs(STEP);
    let marked = format!("Boolean(document.querySelector({mark:?}))");
    while Instant::now() < deadline {
        let said = page.eval(SAID).await;
        if said.as_str().is_some_and(|said| said.chars().count() > SENTENCE) {
            return Ok(false);
        }
        if page.eval(&marked).await == json!(true) {
            return Ok(true);
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Err(format!("{mark} did not come, and nothing was said within {STEP} s"))
}

/// What a person does in a day: opens the page, compares the sample, shares it with pictures, opens the library.
async fn day(page: &Browser, file: &str) -> Outcome {
    let is_code = [".js", ".wasm", ".css"].iter().any(|kind| file.ends_with(kind));
    page.open("").await;
    let steps = [
        ("#try-sample", "", "said at the start"),
        ("#headline[data-verdict=Aligned]", "#try-sample", "said instead of a result"),
        ("#share-link", "#share-open", "said instead of a link"),
        ("#pictures-looked", "#show-pictures", "said instead of pictures"),
    ];
    for (mark, click, said) in steps {
        if !click.is_empty() {
            page.eval(&format!("document.querySelector({click:?})?.click()")).await;
        }
        if !comes_or_is_said(page, mark).await? {
            return way_out(page, is_code, said).await;
        }
    }
    page.open("about:blank").await;
    page.open("#library").await;
    if !comes_or_is_said(page, "#library-root li, #library-root [data-board], #library-root article").await? {
        return way_out(page, is_code, "said instead of the library").await;
    }
    Ok("nobody needs it")
}

/// Words about a part of the programme name the recovery page.
async fn way_out(page: &Browser, is_code: bool, said: &'static str) -> Outcome {
    if is_code && page.eval(RESCUE).await != json!(true) {
        return Err(format!("{said}, without the way to the recovery page: {}", page.eval(SAID).await));
    }
    Ok(said)
}
