//! After the first visit the site works without a network, and a new version comes when the person agrees.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;
use xtask::seal;
use xtask::server::{Server, Site};

use crate::browser::Browser;
use crate::library;
use crate::main_job::{COMPARED, SHOWN, sample_opened};
use crate::report_files::{downloads, looked, marked, saved};
use crate::seeds;
use crate::world::{World, journey};

/// Hang guard: keeping the whole site, from this machine.
const KEPT: u64 = 120;
const NOTE: &str = "Seen without a network";

/// The page, once the site is kept.
async fn kept(page: &Browser) {
    page.open("").await;
    page.wait_for("#ready-offline", KEPT).await;
    page.wait_until("Boolean(navigator.serviceWorker.controller)", SHOWN).await;
}

/// A copy of the site that tells itself apart, sealed anew.
pub(crate) fn newer(name: &str) -> PathBuf {
    changed(name, |place| {
        let start = place.join("start.js");
        let text = fs::read_to_string(&start).unwrap();
        fs::write(&start, format!("document.documentElement.dataset.build = 'newer';\n{text}")).unwrap();
    })
}

/// A copy of the site with a change, sealed anew.
pub(crate) fn changed(name: &str, change: impl FnOnce(&Path)) -> PathBuf {
    let dist = PathBuf::from(std::env::var_os("BOARDWATCH_DIST").expect("a built site"));
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(fs::remove_dir_all(&place));
    copy(&dist, &place);
    change(&place);
    seal::seal(&place).unwrap();
    seal::verify(&place).unwrap();
    place
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &target) } else { _ = fs::copy(&path, &target).unwrap() }
    }
}

#[test]
fn offline() {
    journey("offline", async |world| {
        let seeds = seeds::wanted("offline");
        let mut outcomes = Vec::new();
        for seed in seeds.clone() {
            world.server.refuse(false);
            let page = world.browser().await;
            kept(&page).await;
            page.screenshot("kept").await;
            world.server.refuse(true);
            let before = world.server.answers().len();
            one_day_without_a_network(&page, seed).await;
            let asked = world.server.answers().len() - before;
            outcomes.push((seed, if asked == 0 { Ok("worked without a network") } else { Err(format!("{asked} answers")) }));
        }
        seeds::report("offline", seeds, outcomes);
    });
}

/// Opens, aligns the sample, marks, exports, and opens again.
async fn one_day_without_a_network(page: &Browser, seed: u64) {
    // An address as a link or a start icon may have it.
    page.open("?from=home").await;
    page.wait_for("#try-sample", SHOWN).await;
    assert_eq!(page.count("#ready-offline").await, 0, "it is said once");
    page.click("#try-sample").await;
    page.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
    page.wait_for("[data-difference='0']", SHOWN).await;
    marked(page, NOTE).await;
    page.click("#share-open").await;
    page.wait_for("#share-link", SHOWN).await;
    looked(page).await;
    let folder = downloads(page, &format!("offline-{seed}")).await;
    let file = saved(page, "#save-bundle", &folder, ".boardwatch").await;
    let read = boardwatch::report::open_report(&fs::read(file).unwrap()).unwrap();
    assert_eq!(read.report.findings.len(), 2);
    page.wait_until("document.querySelector('#storage-state')?.textContent.includes('aved')", SHOWN).await;
    page.reload().await;
    page.wait_for("#headline[data-verdict=Aligned]", SHOWN).await;
    page.eval("document.querySelector('#tab-findings').click()").await;
    page.wait_for("[data-finding='2']", SHOWN).await;
    assert!(page.text("[data-finding='1']").await.contains(NOTE));
    page.screenshot("reloaded-without-a-network").await;
    page.click("#back").await;
    page.click("#library").await;
    page.wait_for("#library-root input", SHOWN).await;
}

#[test]
fn a_new_version_is_taken_when_the_person_agrees_and_no_work_is_lost() {
    journey("a_new_version_is_taken_when_the_person_agrees_and_no_work_is_lost", async |world| {
        let page = world.browser().await;
        kept(&page).await;
        let build = "document.documentElement.dataset.build ?? 'first'";
        sample_opened(&page).await;
        marked(&page, "Before the new version").await;
        world.server.publish(newer("newer"));
        for _ in 0..2 {
            page.reload().await;
            page.wait_for("#headline[data-verdict=Aligned]", SHOWN).await;
            page.wait_for("#use-version", KEPT).await;
            assert_eq!(page.eval(build).await, json!("first"), "nobody has agreed yet");
        }
        looks(&page, "new-version").await;

        // A second tab of the same browser, with two pictures that are kept nowhere.
        let first = page.client.window().await.unwrap();
        let second = page.client.new_window(true).await.unwrap().handle;
        page.client.switch_to_window(second.clone()).await.unwrap();
        page.open("").await;
        page.wait_for("#try-sample", SHOWN).await;
        page.upload("#choose-pictures", &[&crate::pictures::sample("sample.jpg")]).await;
        page.wait_for("#swap", SHOWN).await;
        page.wait_for_text("#new-version", "not kept yet", KEPT).await;
        assert_eq!(page.count("#use-version").await, 0, "pictures would be lost");

        page.client.switch_to_window(first).await.unwrap();
        page.click("#use-version").await;
        page.wait_until("document.documentElement.dataset.build === 'newer'", SHOWN).await;
        page.wait_for("#headline[data-verdict=Aligned]", SHOWN).await;
        page.eval("document.querySelector('#tab-findings').click()").await;
        page.wait_for("[data-finding='2']", SHOWN).await;
        assert!(page.text("[data-finding='1']").await.contains("Before the new version"));
        assert_eq!(page.count("#new-version").await, 0);
        assert_eq!(page.eval("caches.keys().then(names => names.length)").await, json!(1), "the old version is gone");

        page.client.switch_to_window(second).await.unwrap();
        page.wait_for_text("#new-version", "Another tab has taken a new version", SHOWN).await;
        assert_eq!(page.eval(build).await, json!("first"), "a tab with work is not loaded anew by itself");
        assert_eq!(page.count("#swap").await, 1, "its pictures are still there");
        page.screenshot("other-tab").await;
        world.server.refuse(true);
        page.reload().await;
        page.wait_until("document.documentElement.dataset.build === 'newer'", SHOWN).await;
        page.wait_for("#try-sample", SHOWN).await;
    });
}

/// A case with references of another host opens with them, and the library says that it can't ask there.
#[test]
fn a_case_with_references_of_another_host_opens_without_a_network() {
    journey("a_case_with_references_of_another_host_opens_without_a_network", async |world| {
        let place = library::site("kept", 1, "https://boards.example/new?title={title}&body={body}");
        let host = Server::start(Site::new(&place).shared(), 0).unwrap();
        let section = library::section(&format!("{}catalog.json", host.url()));
        let page = world.browser().await;
        kept(&page).await;
        page.click("#library").await;
        library::added(&page, &host.url()).await;
        page.click("#agree").await;
        page.wait_for(&format!("{section} .case-card"), SHOWN).await;
        let outcome = Ok("found by its name and compared with five references");
        assert_eq!(library::compared(&page, 0, &section).await, outcome);
        host.refuse(true);
        world.server.refuse(true);
        page.open("about:blank").await;
        page.open("").await;
        page.wait_for("[data-case]", SHOWN).await;
        page.click("[data-case] button").await;
        page.wait_for("#headline[data-verdict=Aligned]", SHOWN).await;
        page.click("#tab-alignment").await;
        page.wait_for_text("#tab-body", "5 references", SHOWN).await;
        page.wait_until("!document.body.textContent.includes('is not in this browser')", SHOWN).await;
        page.click("#back").await;
        page.click("#library").await;
        page.wait_for_text(&section, "the host does not answer", SHOWN).await;
        // The browser itself says so, too.
        assert!(page.complaints().await.iter().all(|complaint| complaint.contains("ERR_EMPTY_RESPONSE")));
    });
}

/// What is shown, wide, on a phone, and in the light.
async fn looks(page: &Browser, name: &str) {
    for (size, [width, height]) in [("wide", [1440, 900]), ("phone", [390, 844])] {
        page.client.set_window_size(width, height).await.unwrap();
        page.screenshot(&format!("{name}-{size}")).await;
    }
    page.client.set_window_size(1280, 900).await.unwrap();
}

/// What another programme shares comes in through the service worker and is offered like a dropped picture; nothing of it stays.
#[test]
fn what_is_shared_with_the_site_is_offered_once() {
    journey("what_is_shared_with_the_site_is_offered_once", async |world| {
        let page = world.browser().await;
        kept(&page).await;
        world.server.refuse(true);
        share(&page, &["sample.jpg"], "").await;
        page.open("about:blank").await;
        page.open("#shared").await;
        page.wait_for("#swap", SHOWN).await;
        page.wait_for_text(".pair", "shared sample.jpg", SHOWN).await;
        assert!(!page.address().await.contains("shared"), "there is nothing to come back to");
        page.reload().await;
        page.wait_for("#try-sample", SHOWN).await;
        share(&page, &[], "Look: https://elsewhere.example/boards/#r3.AAAABBBBCCCCDDDDEEEE").await;
        page.open("about:blank").await;
        page.open("#shared").await;
        page.wait_for_text("body", "The link", SHOWN).await;
        assert!(page.address().await.ends_with("#r3.AAAABBBBCCCCDDDDEEEE"));
        assert_eq!(page.eval("caches.keys().then(names => names.length)").await, json!(1));
    });
}

/// Sends a form as the system does: pictures of the sample by their names, and words.
async fn share(page: &Browser, pictures: &[&str], words: &str) {
    let form = format!(
        "(async () => {{
            const form = new FormData();
            for (const name of {pictures:?}) {{
              const picture = await (await fetch('catalog/specimen/' + name)).blob();
              form.append('pictures', new File([picture], 'shared ' + name, {{ type: 'image/jpeg' }}));
            }}
            form.append('text', {words:?});
            return (await fetch('share', {{ method: 'POST', body: form, redirect: 'manual' }})).type;
        }})()"
    );
    assert_eq!(page.eval(&form).await, json!("opaqueredirect"));
}

/// A link on the clipboard opens, and words in a field stay words.
#[test]
fn a_pasted_link_is_opened() {
    journey("a_pasted_link_is_opened", async |world: &World| {
        let page = world.browser().await;
        sample_opened(&page).await;
        marked(&page, "To be pasted").await;
        page.click("#share-open").await;
        page.wait_for("#share-link", SHOWN).await;
        let link = page.eval("document.querySelector('#share-link').value").await.as_str().unwrap_or_default().to_owned();
        let fragment = link.split_once('#').expect("a link has a fragment").1;
        let reader = world.browser().await;
        reader.open("").await;
        reader.wait_for("#try-sample", SHOWN).await;
        let paste = format!(
            "(() => {{ const data = new DataTransfer(); data.setData('text/plain', 'https://another.example/copy/#{fragment}');
              document.body.dispatchEvent(new ClipboardEvent('paste', {{ clipboardData: data, bubbles: true }})); }})()"
        );
        reader.eval(&paste).await;
        reader.wait_for("#report-title", SHOWN).await;
        assert!(reader.text("[data-finding='1']").await.contains("To be pasted"));
        assert!(reader.address().await.ends_with(fragment), "a reload opens it again");
    });
}
