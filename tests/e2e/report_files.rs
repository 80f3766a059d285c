//! A report goes as a file, signed, from one browser profile to another, and the server hears nothing of it.

use std::path::{Path, PathBuf};
use std::time::Duration;

use boardwatch::cli::signature_fits;
use boardwatch::report::{digest, open_report};
use serde_json::json;
use xtask::server::{Server, Site};

use crate::browser::Browser;
use crate::main_job::sample_opened;
use crate::pictures::sample;
use crate::world::{artefacts, journey};

const SHOWN: u64 = 20;
/// Cutting pictures out of two photos of 5 MP and writing them, many times over.
const WRITTEN: u64 = 60;

/// Where this browser saves its downloads from now on.
pub(crate) async fn downloads(page: &Browser, name: &str) -> PathBuf {
    let folder = artefacts().join(format!("downloads-{name}"));
    drop(std::fs::remove_dir_all(&folder));
    std::fs::create_dir_all(&folder).unwrap();
    page.cdp("Browser.setDownloadBehavior", json!({ "behavior": "allow", "downloadPath": folder })).await;
    folder
}

/// Presses the button, and waits for the file whose name ends so.
pub(crate) async fn saved(page: &Browser, css: &str, folder: &Path, ending: &str) -> PathBuf {
    page.click(css).await;
    for _ in 0..WRITTEN * 10 {
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        if let Some(file) = files.into_iter().find(|path| path.to_string_lossy().ends_with(ending)) {
            return file;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no file *{ending} was saved");
}

/// Makes findings of the two surest differences of the sample, with this note.
pub(crate) async fn marked(page: &Browser, note: &str) {
    for difference in ["[data-difference='0']", "[data-difference='1']"] {
        page.click(difference).await;
        page.wait_for("#make-finding", SHOWN).await;
        page.click("#make-finding").await;
        page.wait_for("#note", SHOWN).await;
        page.type_into("#note", note).await;
        page.eval("document.querySelector('#tab-differences').click()").await;
        page.wait_for("[data-difference='1']", SHOWN).await;
    }
}

/// Shows the pictures that would go along, and says that they were looked at.
pub(crate) async fn looked(page: &Browser) {
    page.click("#show-pictures").await;
    page.wait_for("#pictures-looked", WRITTEN).await;
    page.click("#pictures-looked").await;
    page.wait_for("#pictures-looked:checked", SHOWN).await;
}

#[test]
fn a_signed_report_goes_as_page_bundle_and_picture_to_another_browser() {
    journey("a_signed_report_goes_as_page_bundle_and_picture_to_another_browser", async |world| {
        let sender = world.browser().await;
        sample_opened(&sender).await;
        marked(&sender, "<b>Not</b> on the reference").await;
        sender.click("#share-open").await;
        sender.wait_for("#share-link", SHOWN).await;
        sender.screenshot("share").await;
        sender.click("#show-sign").await;
        sender.type_into("#sign-name", "Wei").await;
        sender.screenshot("sign").await;
        sender.click("#make-key").await;
        sender.wait_for("#share-signed:checked", SHOWN).await;
        sender.type_into("#share-unit", "rack 3").await;
        sender.type_into("#share-name", "Wei of the night shift").await;
        looked(&sender).await;
        let folder = downloads(&sender, "sender").await;
        let mut fingerprints = Vec::new();
        for (css, ending, crops) in [("#save-page", ".html", 5), ("#save-bundle", ".boardwatch", 5), ("#save-picture", ".png", 0)]
        {
            let file = saved(&sender, css, &folder, ending).await;
            sender.wait_until(&format!("!document.querySelector('{css}').disabled"), SHOWN).await;
            let read = open_report(&std::fs::read(&file).unwrap()).unwrap();
            let known = read.signature.as_ref().expect("it is signed");
            assert!(signature_fits(known, digest(&read.report)), "natively, too: {ending}");
            assert_eq!((read.report.unit.as_str(), read.report.findings.len()), ("rack 3", 2));
            assert_eq!(read.report.contributor, "Wei of the night shift");

            let reader = world.browser().await;
            reader.open("").await;
            reader.wait_for("label.choose", SHOWN).await;
            reader.upload("#choose-pictures", &[&file]).await;
            reader.wait_for("#report-title", SHOWN).await;
            assert_eq!(reader.count(".exhibit img").await, crops, "{ending}");
            let loaded =
                "[...document.images].every(image => image.complete && image.naturalWidth > 0 || image.loading === 'lazy')";
            reader.wait_until(loaded, SHOWN).await;
            assert_eq!(reader.eval("document.querySelector('#signature').dataset.fits").await, json!("Some(true)"));
            assert!(reader.text("[data-finding='1']").await.contains("<b>Not</b> on the reference"));
            fingerprints.push(reader.text("#fingerprint").await);
            reader.screenshot(&format!("opened-{}", &ending[1..])).await;
            if ending == ".boardwatch" {
                // The same photo: the findings lie on it.
                reader.upload("#choose-pictures", &[&sample("sample.jpg")]).await;
                reader.wait_for("[data-mark=finding-1]", WRITTEN).await;
            }
        }
        assert!(fingerprints.iter().all(|other| *other == fingerprints[0]), "{fingerprints:?}");
        let asked: Vec<String> = world.server.answers().iter().map(|answer| answer.path.clone()).collect();
        assert!(asked.iter().all(|path| !path.contains("r3.") && !path.contains("Wei")), "the server heard of it: {asked:?}");
    });
}

#[test]
fn small_pictures_ride_in_a_link() {
    journey("small_pictures_ride_in_a_link", async |world| {
        let sender = world.browser().await;
        sample_opened(&sender).await;
        sender.click("[data-difference='0']").await;
        sender.wait_for("#make-finding", SHOWN).await;
        sender.click("#make-finding").await;
        sender.wait_for("#note", SHOWN).await;
        sender.click("#share-open").await;
        sender.wait_for("#share-link", SHOWN).await;
        let link = "document.querySelector('#share-link').value";
        let plain = sender.eval(link).await.as_str().unwrap().len();
        looked(&sender).await;
        sender.click("#share-crops").await;
        sender.wait_until(&format!("{link}.length > {plain}"), WRITTEN).await;
        let full = sender.eval(link).await.as_str().unwrap().to_owned();
        assert!(full.len() < 32_000, "{} characters", full.len());
        let reader = world.browser().await;
        reader.open(&full).await;
        reader.wait_for(".exhibit img", SHOWN).await;
        assert_eq!(reader.count(".exhibit img").await, 2);
        reader.screenshot("opened").await;
        assert!(world.server.answers().iter().all(|answer| !answer.path.contains("r3.")), "a report reached the server");
    });
}

#[test]
fn a_short_link_leads_to_a_bundle_on_another_host() {
    journey("a_short_link_leads_to_a_bundle_on_another_host", async |world| {
        let sender = world.browser().await;
        sample_opened(&sender).await;
        sender.click("#share-open").await;
        sender.wait_for("#share-link", SHOWN).await;
        looked(&sender).await;
        let folder = downloads(&sender, "hosted").await;
        let file = saved(&sender, "#save-bundle", &folder, ".boardwatch").await;
        let [open, closed] = [Site::new(&folder).shared(), Site::new(&folder)].map(|site| Server::start(site, 0).unwrap());
        let name = file.file_name().unwrap().to_str().unwrap();
        let mut links = Vec::new();
        for host in [&open, &closed] {
            sender.wait_for("#share-address", SHOWN).await;
            sender.eval("document.querySelector('#share-address').value = ''").await;
            sender.type_into("#share-address", &format!("{}{name}\t", host.url())).await;
            let link = "(document.querySelector('#hosted-link')?.value ?? '')";
            sender.wait_until(&format!("{link}.includes('#b1.') && !{}.includes({link})", json!(links)), SHOWN).await;
            links.push(sender.eval(link).await.as_str().unwrap().to_owned());
        }
        let reader = world.browser().await;
        reader.open(&links[0]).await;
        reader.wait_for("#fetch-report", SHOWN).await;
        reader.screenshot("asks-first").await;
        assert!(open.answers().is_empty(), "the host was asked before the person said so");
        reader.click("#fetch-report").await;
        reader.wait_for("#report-title", SHOWN).await;
        assert!(open.answers().iter().all(|answer| answer.path.ends_with(".boardwatch")));

        // A host that keeps its files to itself, and one whose file is another one now.
        let reader = world.browser().await;
        reader.open(&links[1]).await;
        reader.wait_for("#fetch-report", SHOWN).await;
        reader.click("#fetch-report").await;
        reader.wait_for_text("#link-error", "CORS", SHOWN).await;
        reader.screenshot("not-allowed").await;
        assert!(!reader.complaints().await.is_empty(), "the browser says so on its console");
        std::fs::write(&file, b"PK\x03\x04 something else").unwrap();
        reader.open(&links[0]).await;
        reader.wait_for("#fetch-report", SHOWN).await;
        reader.click("#fetch-report").await;
        reader.wait_for_text("#link-error", "not the one that the link speaks of", SHOWN).await;
    });
}
