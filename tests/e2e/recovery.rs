//! The recovery page: cases leave the browser without the app, whatever happened to the storage.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use boardwatch::app::{Case, CaseId};
use boardwatch::vision::Sha256;
use serde_json::{Value, json};
use xtask::server::{Server, Site};

use crate::browser::Browser;
use crate::pictures::sample;
use crate::report_files::{downloads, saved};
use crate::whole::{Read, read};
use crate::world::{World, journey};

const SHOWN: u64 = 30;
const CASE: &str = include_str!("../frozen/case-v4/compared.json");

/// Makes the storage as the app does, and puts records into it; a picture is `[hash, base64]`.
const PLANT: &str = "
async ({ cases, cards, pictures }) => {
  const request = indexedDB.open('boardwatch', 1);
  request.onupgradeneeded = () => ['pictures', 'cases', 'cards'].forEach(name => request.result.createObjectStore(name));
  const database = await new Promise((done, failed) => { request.onsuccess = () => done(request.result); request.onerror = failed; });
  const deed = database.transaction(['pictures', 'cases', 'cards'], 'readwrite');
  for (const [key, value] of cases) deed.objectStore('cases').put(value, key);
  for (const [key, value] of cards) deed.objectStore('cards').put(value, key);
  for (const [hash, base64] of pictures) {
    const bytes = Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
    deed.objectStore('pictures').put(new Blob([bytes], { type: 'image/jpeg' }), hash);
  }
  await new Promise((done, failed) => { deed.oncomplete = done; deed.onabort = failed; });
  database.close();
  return true;
}";

pub(crate) async fn plant(page: &Browser, records: &Value) {
    page.open("recovery.html").await;
    page.wait_until("document.querySelector('#status').textContent.startsWith('No cases are kept')", SHOWN).await;
    assert_eq!(page.eval(&format!("({PLANT})({records})")).await, json!(true));
}

/// The text of a case with this number, title and photo.
pub(crate) fn case(id: u32, title: &str, photo: &[u8]) -> String {
    let mut case: Value = serde_json::from_str(CASE).expect("JSON");
    case["id"] = id.into();
    case["title"] = title.into();
    case["photo"]["facts"]["sha256"] = Sha256::of(photo).to_string().into();
    case.to_string()
}

pub(crate) fn card(text: &str, changed_ms: u64, deleted_ms: Option<u64>) -> String {
    let case = Case::from_json(text).expect("a case");
    let pictures: std::collections::BTreeSet<_> = case.pictures().collect();
    let mut card = json!({ "summary": case.summary(), "pictures": pictures });
    card["summary"]["changed_ms"] = changed_ms.into();
    if let Some(deleted_ms) = deleted_ms {
        card["deleted_ms"] = deleted_ms.into();
    }
    card.to_string()
}

pub(crate) fn picture(bytes: &[u8]) -> Value {
    use base64::Engine as _;
    json!([Sha256::of(bytes), base64::engine::general_purpose::STANDARD.encode(bytes)])
}

async fn shown(page: &Browser) {
    page.open("recovery.html").await;
    page.wait_for("[data-case]", SHOWN).await;
}

/// Presses the button, waits for the file and opens it as Boardwatch does.
async fn exported(page: &Browser, css: &str, name: &str) -> Read {
    let folder = downloads(page, name).await;
    let file = fs::read(saved(page, css, &folder, ".boardwatch").await).expect("the file was saved");
    page.wait_for_text("#doing", "Saved", SHOWN).await;
    read(&file).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn texts(read: &Read) -> BTreeMap<CaseId, Result<&str, String>> {
    let cases = read.list.cases.iter().zip(&read.cases);
    cases.map(|(listed, case)| (listed.id, case.as_ref().map(|(text, _)| text.as_str()).map_err(ToString::to_string))).collect()
}

/// A copy of the site in which files may go missing.
fn own_site(name: &str) -> (PathBuf, Server) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    drop(fs::remove_dir_all(&folder));
    copy(Path::new(&std::env::var_os("BOARDWATCH_DIST").expect("a journey has a site")), &folder);
    let server = Server::start(Site::new(&folder), 0).expect("a free port");
    (folder, server)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let there = to.join(entry.file_name().expect("a name"));
        if entry.is_dir() {
            copy(&entry, &there);
        } else {
            fs::copy(&entry, &there).expect("a copy");
        }
    }
}

#[test]
fn what_the_app_kept_leaves_the_browser_when_the_app_does_not_start() {
    journey("what_the_app_kept_leaves_the_browser_when_the_app_does_not_start", async |world| {
        let (folder, server) = own_site("recovery-site");
        let page = world.browser().await;
        page.open(&format!("{}#sample", server.url())).await;
        page.wait_for("#headline[data-verdict=Aligned]", 300).await;
        page.wait_for("[data-difference='0']", SHOWN).await;
        page.click("[data-difference='0']").await;
        page.wait_for("#make-finding", SHOWN).await;
        page.click("#make-finding").await;
        page.wait_for("#note", SHOWN).await;
        // A driver may be unable to type the last sign; without typing nothing counts as changed.
        page.type_into("#note", "Kept").await;
        crate::edits::write(&page, "#note", "Kept: £5 🔎", "input").await;
        // Who goes elsewhere has finished writing.
        page.wait_until("(document.querySelector('#note').blur(), true)", SHOWN).await;
        page.wait_until("document.querySelector('#storage-state')?.textContent.includes('aved')", SHOWN).await;
        let stored = page.eval(
            "new Promise(done => { indexedDB.open('boardwatch').onsuccess = event => {
                const all = event.target.result.transaction('cases').objectStore('cases').getAll();
                all.onsuccess = () => done(all.result); }; })",
        );
        let stored: Vec<String> = serde_json::from_value(stored.await).expect("texts");
        fs::remove_file(folder.join("app_bg.wasm")).expect("the programme is there");
        // Nor is it where the browser keeps the site.
        let kept = json!({ "origin": server.url(), "storageTypes": "service_workers,cache_storage" });
        page.cdp("Storage.clearDataForOrigin", kept).await;
        page.cdp("Network.clearBrowserCache", json!({})).await;
        page.open(&format!("{}?again", server.url())).await;
        page.wait_for_text("[role=alert]", "could not be loaded", SHOWN).await;
        // The app complains, as it should; the recovery page has no reason to.
        drop(page.complaints().await);
        page.open(&format!("{}recovery.html", server.url())).await;
        page.wait_for("[data-case]", SHOWN).await;
        page.wait_until("document.querySelector('[data-case] canvas').height > 3", SHOWN).await;
        page.screenshot("listed").await;
        let read = exported(&page, "#save-all", "recovery").await;
        page.screenshot("saved").await;
        assert_eq!(read.cases.len(), 1);
        let (text, case) = read.cases[0].as_ref().expect("the case opens");
        assert_eq!(
            (text, case.document.findings().next().map(|finding| finding.note.as_str())),
            (&stored[0], Some("Kept: £5 🔎"))
        );
        let sha256 = Sha256::of(&fs::read(sample("sample.jpg")).expect("the sample"));
        let held: Vec<_> = read.pictures.iter().map(|picture| Sha256::of(picture.as_ref().expect("a picture"))).collect();
        assert!(held.contains(&sha256) && held == read.list.pictures.iter().map(|one| one.sha256).collect::<Vec<_>>());
    });
}

/// Good, without a card, with a broken card, in the bin, damaged, of another shape, with a missing picture: nothing hides anything else.
#[test]
fn a_damaged_storage_is_exported_as_far_as_it_goes() {
    journey("a_damaged_storage_is_exported_as_far_as_it_goes", async |world| {
        let photo = fs::read(sample("unit-1-small.jpg")).expect("the sample");
        let [good, bare, torn, binned] = [(1, "Good"), (2, "Without a card"), (3, "Broken card"), (4, "Binned")]
            .map(|(id, title)| (id, case(id, title, &photo)));
        let damaged = &good.1[..good.1.len() / 2];
        let gone = case(7, "Photo gone", b"not kept");
        let records = json!({
            "cases": [[1, good.1], [2, bare.1], [3, torn.1], [4, binned.1], [5, damaged], [6, { "no": "text" }], [7, gone]],
            "cards": [
                [1, card(&good.1, 1_764_249_000_000, None)], [3, "{\"summary\": [1"], [4, card(&binned.1, 5, Some(1_764_249_000_000))],
                [5, "null"], [7, card(&gone, 7, None)], [8, card(&case(8, "Lost text", &photo), 8, None)],
            ],
            "pictures": [picture(&photo), picture(b"loose"), ["odd key", ""]],
        });
        let page = world.browser().await;
        plant(&page, &records).await;
        shown(&page).await;
        page.wait_until("document.querySelector('#status').textContent.startsWith('8 cases and 3 pictures')", SHOWN).await;
        for (id, words) in [
            (1, "Good"),
            (2, "Without a card"),
            (3, "Broken card"),
            (4, "In the bin since"),
            (5, "Damaged"),
            (6, "Damaged"),
            (7, "0 of 4 pictures"),
            (8, "Lost text"),
        ] {
            let said = page.text(&format!("[data-case='{id}']")).await;
            assert!(said.contains(words), "{id}: {said}");
        }
        assert_eq!(page.texts("#cases h3").await.last().map(String::as_str), Some("Binned"), "what is in the bin comes last");
        assert!(page.text("#loose").await.contains(&Sha256::of(b"loose").short()));
        page.screenshot("damaged").await;
        let read = exported(&page, "#save-all", "damaged").await;
        let texts = texts(&read);
        for (id, text) in [&good, &bare, &torn, &binned] {
            assert_eq!(texts[&CaseId(*id)], Ok(text.as_str()));
        }
        assert_eq!((texts.len(), texts[&CaseId(7)].clone()), (7, Ok(gone.as_str())));
        for id in [5, 6] {
            assert!(texts[&CaseId(id)].as_ref().is_err_and(|error| error.contains("can't be read")), "{texts:?}");
        }
        assert_eq!(read.pictures, [Ok(photo.clone())]);
        assert!(read.list.missing.contains(&Sha256::of(b"not kept")));
        let deleted: Vec<_> = read.list.cases.iter().filter_map(|case| Some((case.id.0, case.deleted_ms?))).collect();
        assert_eq!(deleted, [(4, 1_764_249_000_000.0)]);
        // One alone, the damaged text as it is, and a picture by itself.
        page.click("#close").await;
        let one = exported(&page, "[data-case='3'] button", "one").await;
        assert_eq!(one.list.cases.iter().map(|case| case.id.0).collect::<Vec<_>>(), [3]);
        let folder = downloads(&page, "raw").await;
        page.click("#close").await;
        let raw = saved(&page, "[data-case='5'] button[aria-label^='Save the text']", &folder, ".json").await;
        assert_eq!(fs::read_to_string(raw).expect("a text"), damaged);
        page.click("#close").await;
        page.click("[data-case='1'] summary").await;
        let kept = saved(&page, "[data-case='1'] details button[aria-label^='Save: ']", &folder, ".jpg").await;
        assert_eq!(fs::read(kept).expect("a picture"), photo);
    });
}

/// In the page before its own script: `stub`, then what it says and, where something is left, what it exports.
async fn stubbed(world: &World, stub: &str, says: (&str, &str)) -> Browser {
    let photo = fs::read(sample("unit-1-small.jpg")).expect("the sample");
    let text = case(1, "Kept", &photo);
    let page = world.browser().await;
    plant(&page, &json!({ "cases": [[1, text], [2, case(2, "Other", b"other")]], "cards": [[1, card(&text, 9, None)]], "pictures": [picture(&photo), picture(b"other")] }))
        .await;
    page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": stub })).await;
    page.open("recovery.html").await;
    page.wait_for_text(says.0, says.1, SHOWN).await;
    page
}

#[test]
fn a_storage_that_says_no_gets_a_sentence() {
    journey("a_storage_that_says_no_gets_a_sentence", async |world| {
        let throws = "IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError'); }";
        stubbed(world, throws, ("#troubles", "does not let the site use its storage (SecurityError)")).await;
        let absent = "Object.defineProperty(window, 'indexedDB', { get() { throw new DOMException('no', 'SecurityError'); } })";
        stubbed(world, absent, ("#troubles", "leave the private window")).await;
        let page = stubbed(world, "IDBFactory.prototype.open = () => ({})", ("#troubles", "does not answer")).await;
        page.screenshot("silent").await;
        let fails = "IDBFactory.prototype.open = () => { const r = {}; setTimeout(() => { r.error = new DOMException('', 'UnknownError'); r.onerror(new Event('error')); }); return r; }";
        stubbed(world, fails, ("#troubles", "could not open its storage (UnknownError)")).await;
        // A browser in which the app never was: nothing is made.
        let page = world.browser().await;
        page.open("recovery.html").await;
        page.wait_for_text("#status", "No cases are kept in this browser", SHOWN).await;
        assert_eq!(page.eval("(await indexedDB.databases()).length").await, json!(0));
    });
}

#[test]
fn what_can_be_read_is_exported_when_the_rest_fails_half_way() {
    journey("what_can_be_read_is_exported_when_the_rest_fails_half_way", async |world| {
        let only = |store: &str, verb: &str, deed: &str| {
            format!(
                "{{ const whole = IDBObjectStore.prototype.{verb};
                IDBObjectStore.prototype.{verb} = function (key) {{ if (this.name === '{store}') {deed}; return whole.call(this, key); }} }}"
            )
        };
        let throw = "throw new DOMException('', 'DataError')";
        // No card can be read, the list of cases can't, no answer from the cards ever.
        for (place, stub) in [only("cards", "get", throw), only("cases", "getAllKeys", throw), only("cards", "get", "return {}")]
            .iter()
            .enumerate()
        {
            let page = stubbed(world, stub, ("#cases", "Kept")).await;
            let read = exported(&page, "#save-all", &format!("half-{place}")).await;
            assert!(read.cases.iter().all(Result::is_ok) && read.pictures.iter().all(Result::is_ok));
            assert_eq!((read.cases.len(), read.pictures.len()), if place == 1 { (1, 1) } else { (2, 2) });
        }
        // The first text can't be read.
        let first = only("cases", "get", "if (key === 1) throw new DOMException('', 'DataError')");
        let page = stubbed(world, &first, ("#troubles", "1 case could not be read")).await;
        page.screenshot("half").await;
        let read = exported(&page, "#save-all", "half-text").await;
        assert_eq!(read.list.cases.iter().map(|case| case.id.0).collect::<Vec<_>>(), [2]);
        assert!(page.text("#doing").await.contains("Without “Kept”"), "what is left out is named");
        // The bytes of one picture can't.
        let size = fs::metadata(sample("unit-1-small.jpg")).expect("the sample").len();
        let bytes = format!(
            "{{ const whole = Blob.prototype.slice; Blob.prototype.slice = function (...at) {{
                const piece = whole.apply(this, at);
                if (this.size === {size}) piece.arrayBuffer = () => Promise.reject(new DOMException('', 'NotReadableError'));
                return piece; }} }}"
        );
        let page = stubbed(world, &bytes, ("#cases", "Kept")).await;
        let read = exported(&page, "#save-all", "half-picture").await;
        assert!(page.text("#doing").await.contains("1 picture could not be read and is listed in the file as missing"));
        assert_eq!((read.cases.len(), read.pictures), (2, vec![Ok(b"other".to_vec())]));
        let photo = Sha256::of(&fs::read(sample("unit-1-small.jpg")).expect("the sample"));
        assert!(read.list.missing.contains(&photo));
    });
}

#[test]
fn cases_that_are_too_much_for_one_file_go_into_several() {
    journey("cases_that_are_too_much_for_one_file_go_into_several", async |world| {
        let photos: Vec<Vec<u8>> = (1..=5).map(|number: u8| vec![number; 300_000]).collect();
        let cases: Vec<_> = (1..).zip(&photos).map(|(id, photo)| (id, case(id, &format!("Case {id}"), photo))).collect();
        let cards: Vec<_> = cases.iter().map(|(id, text)| (id, card(text, u64::from(*id), None))).collect();
        let pictures: Vec<_> = photos.iter().map(|photo| picture(photo)).collect();
        let page = world.browser().await;
        plant(&page, &json!({ "cases": cases, "cards": cards, "pictures": pictures })).await;
        page.open("recovery.html?most_mb=0.7").await;
        page.wait_for("[data-case]", SHOWN).await;
        let folder = downloads(&page, "several").await;
        saved(&page, "#save-all", &folder, "-3-of-3.boardwatch").await;
        page.wait_for_text("#doing", "in 3 files; keep them all", SHOWN).await;
        page.screenshot("saved").await;
        let mut held = BTreeMap::new();
        for part in 1..=3 {
            let name = format!("-{part}-of-3.boardwatch");
            let file = fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path());
            let file = file.into_iter().find(|path| path.to_string_lossy().ends_with(&name)).expect("each part was saved");
            let file = fs::read(file).expect("a file");
            assert!(file.len() <= 700_000 + 10_000, "{} bytes", file.len());
            let read = read(&file).expect("each part is whole in itself");
            assert_eq!(read.cases.len(), read.pictures.len(), "a case is beside its photo");
            held.extend(texts(&read).into_iter().map(|(id, text)| (id, text.expect("a case").to_owned())));
        }
        assert_eq!(held.into_iter().map(|(id, text)| (id.0, text)).collect::<Vec<_>>(), cases);
    });
}

#[test]
fn the_kept_copy_of_the_app_goes_and_the_cases_stay() {
    journey("the_kept_copy_of_the_app_goes_and_the_cases_stay", async |world| {
        let (_, server) = own_site("recovery-caches");
        let page = world.browser().await;
        page.open(&server.url()).await;
        let kept = "navigator.serviceWorker.ready.then(() => caches.open('other')).then(() => true)";
        assert_eq!(page.eval(kept).await, json!(true));
        page.open(&format!("{}recovery.html", server.url())).await;
        page.wait_for_text("#status", "there is no case in it", SHOWN).await;
        page.click("#remove").await;
        assert!(page.text("#sure-words").await.contains("not saved from this page yet"));
        assert_eq!(page.eval("document.activeElement.id").await, json!("keep"), "there is nothing to save");
        page.screenshot("sure").await;
        page.click("#keep").await;
        assert_eq!(page.eval("document.activeElement.id").await, json!("remove"));
        page.click("#remove").await;
        page.click("#remove-sure").await;
        page.wait_for_text("#removed", "1 cache and 1 service worker", SHOWN).await;
        assert_eq!(page.eval("caches.keys()").await, json!(["other"]));
        assert_eq!(page.eval("(await navigator.serviceWorker.getRegistrations()).length").await, json!(0));
    });
}
