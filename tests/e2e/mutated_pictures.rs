//! Picture files that were cut, altered or spliced, on the real page: the campaign of this name.

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde_json::json;

use crate::browser::Browser;
use crate::hostile::PICTURES;
use crate::pictures::{file, sample};
use crate::random::Dice;
use crate::seeds::{self, Outcome};
use crate::world::journey;

/// Hang guard, in seconds.
const SHOWN: u64 = 60;
/// Pictures that the page takes at once, beside a fair one: how many others came is said under that one.
const TOGETHER: usize = 6;

#[test]
fn mutated_pictures() {
    journey("mutated_pictures", async |world| {
        let page = world.browser().await;
        page.open("").await;
        page.wait_for("#try-sample", SHOWN).await;
        let seeds = seeds::wanted("mutated_pictures");
        let mut outcomes = Vec::new();
        let all: Vec<u64> = seeds.clone().collect();
        for some in all.chunks(TOGETHER) {
            outcomes.extend(offered(&page, some).await);
        }
        seeds::report("mutated_pictures", seeds, outcomes);
    });
}

/// Offers the files of these seeds together, waits until each was read or refused, and clears the page.
async fn offered(page: &Browser, seeds: &[u64]) -> Vec<(u64, Outcome)> {
    let mut drawn = BTreeSet::new();
    let mut files: Vec<(u64, PathBuf)> = Vec::new();
    let mut outcomes = Vec::new();
    for (place, seed) in seeds.iter().enumerate() {
        let bytes = PICTURES.drawn(&mut Dice::new(*seed));
        // The same picture twice is shown once.
        if drawn.insert(bytes.clone()) {
            files.push((*seed, file(&format!("mutated-{place}.jpg"), &bytes)));
        } else {
            outcomes.push((*seed, Ok("drawn twice")));
        }
    }
    let fair = sample("unit-1-small.jpg");
    let paths: Vec<_> = std::iter::once(fair.as_path()).chain(files.iter().map(|(_, path)| path.as_path())).collect();
    page.upload("#choose-pictures", &paths).await;
    page.wait_for_text("#known-good .name", "unit-1-small.jpg", SHOWN).await;
    page.wait_until(&format!("{SETTLED} === {}", files.len()), SHOWN).await;
    let notices = page.texts(".notice").await;
    for (seed, path) in &files {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let notice = notices.iter().find(|notice| notice.contains(&format!("{name}: ")));
        outcomes.push((*seed, notice.map_or(Ok("read"), |notice| refused(notice))));
    }
    page.eval("document.querySelectorAll('.notice button, .picture-card > header button').forEach(button => button.click())")
        .await;
    page.wait_until("!document.querySelector('.notice, .picture-card:not(.is-empty)')", SHOWN).await;
    outcomes
}

/// How many of the offered files were read or refused by now.
const SETTLED: &str = "([...document.querySelectorAll('.notice')].filter(notice => notice.textContent.includes('mutated-')).length \
    + document.querySelectorAll('#your-board .name').length \
    + Number(/\\d+/.exec(document.querySelector('.further')?.textContent ?? '')?.[0] ?? 0))";

/// A worker that died is said in other words than a file that is refused.
fn refused(notice: &str) -> Outcome {
    let died = boardwatch::app::job::JobFailure::Crashed.to_string();
    if notice.contains(&died) { Err(format!("a worker died: {}", json!(notice))) } else { Ok("refused") }
}
