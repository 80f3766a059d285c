//! The browser's storage says no: it is full, it throws, it never answers, it breaks in the middle. Work goes on and can be taken along.

use std::fs;
use std::time::Duration;

use boardwatch::app::Case;
use serde_json::json;

use crate::browser::Browser;
use crate::edits::{kept, rename};
use crate::main_job::sample_opened;
use crate::random::Dice;
use crate::report_files::{downloads, saved};
use crate::seeds;
use crate::stored::Stored;
use crate::whole::read;
use crate::world::{World, journey};

const SHOWN: u64 = 60;
const COMPARED: u64 = 300;

/// Saves the open case from the banner: the one case of the file, and how many pictures came with it.
async fn case_saved(page: &Browser, name: &str) -> (Case, usize) {
    let folder = downloads(page, name).await;
    let file = fs::read(saved(page, "#save-case", &folder, ".boardwatch").await).expect("the file can be read");
    let mut read = read(&file).expect("a file of cases");
    assert_eq!(read.cases.len(), 1);
    let (_, case) = read.cases.remove(0).expect("the case opens");
    (case, read.pictures.iter().filter(|picture| picture.is_ok()).count())
}

/// One edit that does not fit any more; a file with it; and everything that was kept before.
async fn full(world: &World, page: &Browser, seed: u64) -> Result<&'static str, String> {
    let origin = world.server.url().split("/some").next().unwrap_or_default().to_owned();
    let mut dice = Dice::new(seed);
    page.cdp("Storage.overrideQuotaForOrigin", json!({ "origin": origin, "quotaSize": dice.below(200_000) })).await;
    // The browser remembers for half a minute how much room there was.
    for step in 0..120 {
        rename(page, &format!("step {step}")).await;
        tokio::time::sleep(Duration::from_millis(500)).await;
        if page.count("#storage-failed").await > 0 {
            break;
        }
    }
    let before = Stored::read(page).await?;
    let title = format!("edit {seed}");
    rename(page, &title).await;
    page.wait_until("document.querySelector('#storage-state')?.textContent.startsWith('Not saved')", SHOWN).await;
    let said = page.text("#storage-failed").await;
    if !said.contains("storage is full") {
        return Err(format!("{seed}: {said}"));
    }
    if seed == 0 {
        page.screenshot("full").await;
    }
    let (case, pictures) = case_saved(page, &format!("full-{seed}")).await;
    if case.title != title || pictures != 2 {
        return Err(format!("{seed}: the file holds {} with {pictures} pictures", case.title));
    }
    let now = Stored::read(page).await?;
    let same = before.cases.len() == now.cases.len() && now.cases.iter().all(|(id, case)| before.cases.get(id) == Some(case));
    if !same {
        return Err(format!("{seed}: an earlier case has changed"));
    }
    // There is room again: the next edit is kept, and with it this one.
    page.cdp("Storage.overrideQuotaForOrigin", json!({ "origin": origin })).await;
    rename(page, &format!("{title} again")).await;
    kept(page).await;
    if page.count("#storage-failed").await > 0 {
        return Err(format!("{seed}: it is still said to be full"));
    }
    Ok("earlier cases are whole and the edit is in the file")
}

#[test]
fn full_storage_costs_no_work() {
    journey("full_storage_costs_no_work", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        kept(&page).await;
        let (mut outcomes, seeds) = (Vec::new(), seeds::wanted("quota"));
        for seed in seeds.clone() {
            let outcome = full(world, &page, seed).await;
            println!("{seed}: {outcome:?}");
            outcomes.push((seed, outcome));
        }
        seeds::report("quota", seeds, outcomes);
    });
}

/// Ways in which a browser's storage breaks, as scripts that run before the page's own.
const BROKEN: [(&str, &str); 3] = [
    ("throws", "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } });"),
    (
        "never answers",
        "const open = IDBFactory.prototype.open;
        IDBFactory.prototype.open = function (...given) {
            const asked = open.apply(this, given);
            for (const event of ['onsuccess', 'onerror', 'onupgradeneeded', 'onblocked']) Object.defineProperty(asked, event, { set() {} });
            return asked;
        };",
    ),
    (
        "breaks in the middle",
        "const put = IDBObjectStore.prototype.put;
        let count = 0;
        IDBObjectStore.prototype.put = function (...given) {
            if (this.name !== 'pictures' && ++count % 2 === 0) { this.transaction.abort(); throw new DOMException('no', 'UnknownError'); }
            return put.apply(this, given);
        };",
    ),
];

#[test]
fn with_broken_storage_a_board_is_compared_and_the_case_taken_along() {
    journey("with_broken_storage_a_board_is_compared_and_the_case_taken_along", async |world| {
        for (way, script) in BROKEN {
            let page = world.browser().await;
            page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await;
            page.open("#sample").await;
            page.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
            page.wait_for("[data-difference='0']", SHOWN).await;
            page.click("[data-difference='0']").await;
            page.click("#make-finding").await;
            page.type_into("#note", "kept by hand").await;
            page.wait_for("#storage-failed", SHOWN).await;
            page.screenshot(&way.replace(' ', "-")).await;
            page.wait_until("(document.querySelector('#note')?.blur(), true)", SHOWN).await;
            let (case, pictures) = case_saved(&page, &way.replace(' ', "-")).await;
            let note = case.document.findings().next().map(|finding| finding.note.clone());
            assert_eq!((note.as_deref(), pictures), (Some("kept by hand"), 2), "{way}");
            drop(page.complaints().await);
        }
    });
}
