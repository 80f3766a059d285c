//! Texts that would be more than texts if they could: in every text of a report, by link, page and bundle, and on a page by itself.

use std::ops::Range;

use boardwatch::geometry::{Point, Rect};
use boardwatch::report::{Bundle, Finding, FindingId, ReferenceNote, Shape, write_bundle, write_html, write_link};
use boardwatch::vision::{PictureFacts, decode};
use serde_json::{Value, json};
use xtask::server::{Server, Site};

use crate::browser::Browser;
use crate::payloads::{hostile_addresses, payload};
use crate::pictures::{file, sample};
use crate::random::{self, Dice};
use crate::seeds;
use crate::world::{artefacts, journey};

const SHOWN: u64 = 20;
/// Kinds of texts in a report: board, unit, contributor, programme; of a reference title, contributor, licence, source; of a finding words on the
/// board, designator, note, tag; the note of an answer, the signer. The name of a file is one more.
const FIELDS: usize = 14;

/// A report that says `text` in every place where it can, whole or as much of it as fits.
fn saying(text: &str) -> Bundle {
    let whole = |bundle: &Bundle| {
        let says = |finding: &Finding| !finding.tags.is_empty() && finding.shapes.iter().any(|s| matches!(s, Shape::Text { .. }));
        bundle.signature.is_some() && bundle.report.answer.is_some() && bundle.report.findings.iter().any(says)
    };
    let mut bundle = (0..).map(|seed| random::report::bundle(&mut Dice::new(seed))).find(whole).unwrap();
    bundle.exhibits.clear();
    let short: String = text.chars().take(32).collect();
    let count = bundle.texts_mut().len();
    assert!(count >= FIELDS, "{count} texts");
    for place in 0..count {
        for text in [text, &short] {
            *bundle.texts_mut()[place] = text.to_owned();
            if bundle.is_valid() {
                break;
            }
        }
    }
    assert!(bundle.is_valid());
    bundle
}

/// How often the page says the text, and its first 32 characters.
async fn said(page: &Browser, text: &str) -> [u64; 2] {
    let short: String = text.chars().take(32).collect();
    let count = |text: &str| format!("document.querySelector('main').textContent.split({}).length - 1", json!(text));
    let counts = page.eval(&format!("[{}, {}]", count(text), count(&short))).await;
    serde_json::from_value(counts).unwrap_or_default()
}

/// Waits until the page says it so often; the browser itself fails the test when a dialog is open.
async fn shows(page: &Browser, text: &str, way: &str, times: [u64; 2]) -> Result<(), String> {
    for _ in 0..SHOWN * 20 {
        if said(page, text).await == times {
            return match page.eval("window.violations ?? 0").await.as_u64() {
                Some(0) => Ok(()),
                other => Err(format!("{way}: {other:?} violations of the policy")),
            };
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    Err(format!("{way}: shown {:?} times instead of {times:?}", said(page, text).await))
}

const WATCH: &str =
    "(window.violations = 0, document.addEventListener('securitypolicyviolation', () => window.violations++), true)";

/// How often a report says a text that is as long as this one.
async fn usual(page: &Browser, length: usize) -> [u64; 2] {
    let text: String =
        (0..).flat_map(|k| format!("word{k} ").into_bytes()).map(char::from).take(length - 1).chain(['.']).collect();
    let link = write_link(&saying(&text)).unwrap();
    page.eval(&format!("location.hash = {}", json!(link))).await;
    page.wait_for("#report-title", SHOWN).await;
    page.wait_until(&format!("document.querySelector('#report-title').textContent === {}", json!(text)), SHOWN).await;
    said(page, &text).await
}

/// A file whose name is the text: the refusal quotes it.
async fn as_file_name(page: &Browser, text: &str) -> Result<(), String> {
    let choose = format!(
        "(() => {{ const files = new DataTransfer(); files.items.add(new File(['no picture'], {})); \
         const input = document.querySelector('#choose-pictures'); input.files = files.files; \
         const {{ name }} = files.files[0]; input.dispatchEvent(new Event('change', {{ bubbles: true }})); return name; }})()",
        json!(text)
    );
    let name = page.eval(&choose).await;
    let said = format!("[...document.querySelectorAll('.notice')].some(notice => notice.textContent.includes({name}))");
    page.wait_until(&said, SHOWN).await;
    match page.eval("window.violations").await.as_u64() {
        Some(0) => Ok(()),
        other => Err(format!("file name: {other:?} violations of the policy")),
    }
}

/// By link, page and bundle, and as a file's name.
async fn case(page: &Browser, text: &str, usual: [u64; 2]) -> Result<&'static str, String> {
    let bundle = saying(text);
    let link = write_link(&bundle).unwrap();
    page.eval(&format!("location.hash = {}", json!(link))).await;
    shows(page, text, "link", usual).await?;
    let html = write_html(&bundle).unwrap();
    let page_file = file("injected.html", html.as_bytes());
    let files = [("page", page_file.clone()), ("bundle", file("injected.boardwatch", &write_bundle(&bundle).unwrap()))];
    for (way, path) in files {
        page.click("#close-report").await;
        page.wait_for("#try-sample", SHOWN).await;
        page.upload("#choose-pictures", &[&path]).await;
        shows(page, text, way, usual).await?;
    }
    page.click("#close-report").await;
    page.wait_for("#try-sample", SHOWN).await;
    as_file_name(page, text).await?;
    page.eval("document.querySelectorAll('.notice button').forEach(button => button.click())").await;
    Ok("shown as typed")
}

#[test]
fn injections() {
    journey("injections", async |world| {
        let trap = Server::start(Site::new(artefacts()).shared(), 0).unwrap();
        let page = world.browser().await;
        page.open("").await;
        page.wait_for("#try-sample", SHOWN).await;
        page.eval(WATCH).await;
        let [long, short] = [usual(&page, 80).await, usual(&page, 32).await];
        assert!(long[0] >= 10 && short[0] > long[0], "{long:?}, {short:?}");
        let seeds: Range<u64> = seeds::wanted("injections");
        let mut outcomes = Vec::new();
        for seed in seeds.clone() {
            let text = payload(seed, &trap.url());
            let times = if text.chars().count() > 32 { long } else { short };
            outcomes.push((seed, case(&page, &text, times).await.map_err(|error| format!("{text}: {error}"))));
        }
        // A page opened from the disk runs nothing and asks for nothing either.
        for seed in seeds.clone() {
            let html = write_html(&saying(&payload(seed, &trap.url()))).unwrap();
            let path = file("injected-alone.html", html.as_bytes());
            page.client.goto(&format!("file://{}", path.display())).await.unwrap();
            assert_eq!(page.eval("document.querySelectorAll('h1').length").await, json!(1), "{seed}");
        }
        let asked: Vec<String> = trap.answers().iter().map(|answer| answer.path.clone()).collect();
        assert!(asked.is_empty(), "something was followed: {asked:?}");
        assert!(world.server.answers().iter().all(|answer| !answer.path.contains("r3.")));
        seeds::report("injections", seeds, outcomes);
    });
}

/// On the workbench as well: a report about the sample's own photo, each finding with another payload.
#[test]
fn payloads_are_texts_on_the_workbench() {
    journey("payloads_are_texts_on_the_workbench", async |world| {
        let trap = Server::start(Site::new(artefacts()).shared(), 0).unwrap();
        let photo = std::fs::read(sample("sample.jpg")).unwrap();
        let mut bundle = saying("an ordinary text");
        let report = &mut bundle.report;
        report.photo = PictureFacts::of(&photo, &decode(&photo).unwrap());
        report.findings = (0..40)
            .map(|seed| {
                let text = payload(seed * 7, &trap.url());
                let short: String = text.chars().take(32).collect();
                let at = Point::new(40.0 * seed as f64, 200.0);
                Finding {
                    note: text.clone(),
                    designator: short.clone(),
                    tags: vec![short],
                    shapes: vec![
                        Shape::Box(Rect::new(at.x, at.y, 30.0, 20.0)),
                        Shape::Text { at, text: text.chars().take(200).collect() },
                    ],
                    ..Finding::around(FindingId(seed as u32 + 1), Rect::new(at.x, at.y, 30.0, 20.0))
                }
            })
            .collect();
        let page = world.browser().await;
        page.open(&format!("#{}", write_link(&bundle).unwrap())).await;
        page.wait_for("#report-title", SHOWN).await;
        page.eval(WATCH).await;
        page.upload("#choose-pictures", &[&sample("sample.jpg")]).await;
        page.wait_for("[data-mark=finding-40]", 60).await;
        // Those that the report's answer is about stand under another tab.
        let shown = page.eval("[...document.querySelectorAll('[data-finding]')].map(row => Number(row.dataset.finding))").await;
        let shown: Vec<u64> = serde_json::from_value(shown).unwrap();
        assert!(shown.len() >= 20, "{shown:?}");
        for number in [shown[0], shown[shown.len() / 2], shown[shown.len() - 1]] {
            page.eval(&format!("document.querySelector(\"[data-finding='{number}'] button\").click()")).await;
            page.wait_for("#note", SHOWN).await;
            let note = page.eval("document.querySelector('#note').value").await;
            assert_eq!(note, json!(payload((number - 1) * 7, &trap.url())));
        }
        let texts = page.eval("[...document.querySelectorAll('.marks .label text')].map(text => text.textContent)").await;
        let texts: Vec<String> = serde_json::from_value(texts).unwrap();
        assert!(texts.contains(&payload(0, &trap.url())) && texts.len() >= 40, "{texts:?}");
        page.screenshot("workbench").await;
        assert_eq!(page.eval("window.violations").await, json!(0));
        assert!(trap.answers().is_empty());
    });
}

#[test]
fn sixty_hostile_addresses_are_shown_and_none_is_followed() {
    journey("sixty_hostile_addresses_are_shown_and_none_is_followed", async |world| {
        let trap = Server::start(Site::new(artefacts()).shared(), 0).unwrap();
        let addresses = hostile_addresses(&trap.url());
        assert_eq!(addresses.len(), 60);
        let mut bundle = saying("an ordinary text");
        let picture = bundle.report.references[0].picture;
        let noted = |source: &String| ReferenceNote { source: source.clone(), ..ReferenceNote::of("unit".to_owned(), picture) };
        bundle.report.references = addresses.iter().map(noted).collect();
        let page = world.browser().await;
        page.open(&format!("#{}", write_link(&bundle).unwrap())).await;
        page.wait_for("#report-title", SHOWN).await;
        page.eval(WATCH).await;
        let said = page.eval("document.querySelector('main').textContent").await;
        for address in &addresses {
            assert!(said.as_str().unwrap().contains(address.as_str()), "{address} is not shown");
        }
        assert_eq!(page.count("main a[href], main [src^=http]").await, 0, "an address became a link");
        // As the place of a report on another host: refused, or shown and asked first.
        let (mut refused, mut shown) = (0, 0);
        for address in &addresses {
            page.eval(&format!("location.hash = {}", json!(crate::payloads::hosted(address)))).await;
            page.wait_until("['#link-error', '#hosted'].some(css => document.querySelector(css))", SHOWN).await;
            if page.count("#hosted").await == 1 {
                assert!(page.text("#hosted").await.contains(address.as_str()), "{address}");
                shown += 1;
            } else {
                refused += 1;
            }
            page.eval("location.hash = ''").await;
            page.wait_for("#try-sample", SHOWN).await;
        }
        assert!(refused >= 30 && shown >= 5, "{refused} refused, {shown} shown");
        assert_eq!(page.eval("window.violations").await, Value::from(0));
        let asked: Vec<String> = trap.answers().iter().map(|answer| answer.path.clone()).collect();
        assert!(asked.is_empty(), "something was followed: {asked:?}");
    });
}
