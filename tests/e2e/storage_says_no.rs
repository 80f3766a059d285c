//! The browser's storage says no: it is full, it throws, it never answers, it breaks in the middle. Work goes on and can be taken along.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use boardwatch::app::Case;
use boardwatch::app::backup::{BackupEnd, BackupFrame, BackupReader};
use serde_json::json;

use crate::browser::Browser;
use crate::edits::{kept, rename};
use crate::main_job::sample_opened;
use crate::random::Dice;
use crate::seeds;
use crate::stored::Stored;
use crate::world::{World, journey};

const SHOWN: u64 = 60;
const COMPARED: u64 = 300;

/// Has the browser save what it downloads in this folder, which is empty.
async fn downloads(page: &Browser, name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("saved").join(name);
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).expect("a folder");
    page.cdp("Browser.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": folder })).await;
    folder
}

/// The one case of the file that is saved in this folder, and how many pictures came with it.
async fn saved(folder: &Path) -> (Case, usize) {
    for _ in 0..600 {
        tokio::time::sleep(Duration::from_millis(100)).await;
        let files: Vec<_> = fs::read_dir(folder).expect("the folder is there").flatten().map(|entry| entry.path()).collect();
        let Some(file) = files.iter().find(|file| file.extension().is_some_and(|kind| kind == "boardwatch")) else { continue };
        let bytes = fs::read(file).expect("the file can be read");
        let end = BackupEnd::of(bytes.len() as u64, &bytes[..64], &bytes[bytes.len() - BackupEnd::BYTES as usize..]).unwrap();
        let part = |range: std::ops::Range<u64>| &bytes[range.start as usize..range.end as usize];
        let frame = BackupFrame::of(&end, part(end.directory.clone())).unwrap();
        let list = part(frame.list.clone());
        let reader = BackupReader::of(frame, list).unwrap();
        assert_eq!(reader.list.cases.len(), 1);
        return (reader.case(0, part(reader.case_range(0).unwrap())).unwrap().1, reader.list.pictures.len());
    }
    panic!("nothing was saved in {}", folder.display());
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
    let folder = downloads(page, &format!("full-{seed}")).await;
    page.click("#save-case").await;
    let (case, pictures) = saved(&folder).await;
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
            let folder = downloads(&page, way).await;
            page.wait_until("(document.querySelector('#note')?.blur(), true)", SHOWN).await;
            page.click("#save-case").await;
            let (case, pictures) = saved(&folder).await;
            let note = case.document.findings().next().map(|finding| finding.note.clone());
            assert_eq!((note.as_deref(), pictures), (Some("kept by hand"), 2), "{way}");
            drop(page.complaints().await);
        }
    });
}
