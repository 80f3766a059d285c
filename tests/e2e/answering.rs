//! A report is answered from two other units by strangers with profiles of their own, and the three add up; the server hears nothing of it.

use std::path::{Path, PathBuf};

use boardwatch::report::{Seen, digest, open_report, read_link};
use serde_json::json;
use specimen::{Camera, Difficulty, UnitConfig, photograph, sample_board};

use crate::browser::Browser;
use crate::main_job::sample_opened;
use crate::pictures::{file, sample};
use crate::report_files::{downloads, looked, marked, saved};
use crate::world::{World, journey};

const SHOWN: u64 = 60;
/// Hang guard: ten times what comparing two photos of 5 MP takes on a slow machine.
const COMPARED: u64 = 300;

/// A unit of the sample board that is in no catalogue.
fn another_unit() -> PathBuf {
    let unit = sample_board().unit(&UnitConfig { seed: 9, ..UnitConfig::default() });
    let shot = photograph(&unit, &Camera::hand_held(31, Difficulty::Easy), [1600, 1200]);
    file("unit-9.jpg", &shot.jpeg(90))
}

/// The link of a sender who marked two places of the sample, with small pictures of them.
async fn sent(world: &World) -> String {
    let sender = world.browser().await;
    sample_opened(&sender).await;
    marked(&sender, "Is this on yours?").await;
    sender.click("#share-open").await;
    sender.wait_for("#share-link", SHOWN).await;
    named(&sender, "rack 3", "Wei").await;
    let link = "document.querySelector('#share-link').value";
    let plain = sender.eval(&format!("{link}.length")).await.as_u64().unwrap();
    looked(&sender).await;
    sender.click("#share-crops").await;
    sender.wait_until(&format!("{link}.length > {plain} + 1000"), SHOWN).await;
    sender.eval(link).await.as_str().unwrap().to_owned()
}

/// Says which unit and who, and waits for the link that says so.
async fn named(page: &Browser, unit: &str, who: &str) {
    page.type_into("#share-unit", unit).await;
    page.type_into("#share-name", &format!("{who}\t")).await;
    page.wait_until("document.querySelector('#share-link')?.getAttribute('aria-busy') === 'false'", SHOWN).await;
    for _ in 0..SHOWN * 10 {
        let address = page.eval("document.querySelector('#share-link').value").await;
        let fragment = address.as_str().and_then(|address| address.split_once('#')).map(|(_, fragment)| fragment.to_owned());
        if fragment.and_then(|fragment| read_link(&fragment).ok()).is_some_and(|bundle| bundle.report.contributor == who) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("no link by {who} was written");
}

/// A stranger opens the link, drops a photo of a unit of their own, and looks at both places.
async fn answered(stranger: &Browser, link: &str, photo: &Path, answers: [Seen; 2]) {
    stranger.open(link).await;
    stranger.wait_for("#report-title", SHOWN).await;
    assert_eq!(stranger.count(".exhibit img").await, 4, "the sender's pictures came along");
    stranger.upload("#choose-pictures", &[photo]).await;
    stranger.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
    stranger.wait_until("document.querySelector(\"[data-place='1'] input[name=seen]\") !== null", SHOWN).await;
    // The sender's, the reference's and one's own.
    stranger.wait_until("document.querySelectorAll('.evidence.three canvas').length === 3", SHOWN).await;
    for (number, seen) in (1..).zip(answers) {
        stranger
            .wait_until(&format!("document.querySelector(\"[data-place='{number}'] input[name=seen]\") !== null"), SHOWN)
            .await;
        let place = Seen::ALL.iter().position(|other| *other == seen).unwrap();
        stranger.eval(&format!("document.querySelectorAll('input[name=seen]')[{place}].click()")).await;
        stranger.wait_for(&format!("[data-place='{number}'] #place-note"), SHOWN).await;
        // Whoever leaves the field has finished writing.
        stranger.type_into("#place-note", "looked at it\t").await;
        if number == 1 {
            stranger.click("#go-on").await;
        }
    }
    stranger.wait_for_text("#places-seen", "2 of 2", SHOWN).await;
    stranger.screenshot("answered").await;
    stranger.click("#share-answer").await;
    stranger.wait_for("#share-link", SHOWN).await;
}

#[test]
fn a_report_is_answered_from_two_units_and_three_reports_add_up() {
    journey("a_report_is_answered_from_two_units_and_three_reports_add_up", async |world| {
        let link = sent(world).await;
        let asked = digest(&read_link(link.split_once('#').unwrap().1).unwrap().report);

        let ann = world.browser().await;
        answered(&ann, &link, &sample("unit-2.jpg"), [Seen::Same, Seen::Different]).await;
        named(&ann, "shelf", "Ann").await;
        looked(&ann).await;
        ann.screenshot("check-list").await;
        let page = saved(&ann, "#save-page", &downloads(&ann, "ann").await, ".html").await;
        let answer = open_report(&std::fs::read(&page).unwrap()).unwrap().report;
        assert_eq!(answer.answer.as_ref().unwrap().report, asked, "it names the report that it answers");
        assert!(answer.answer.unwrap().places.iter().all(|place| place.note == "looked at it"));

        let bo = world.browser().await;
        answered(&bo, &link, &another_unit(), [Seen::Different, Seen::CantTell]).await;
        named(&bo, "desk", "Bo").await;
        let second = bo.eval("document.querySelector('#share-link').value").await.as_str().unwrap().to_owned();

        let reader = world.browser().await;
        reader.open(&link).await;
        reader.wait_for("#report-title", SHOWN).await;
        reader.upload("#add-reports", &[&page]).await;
        reader.wait_for_text("#together-sum", "2 reports about 2 units", SHOWN).await;
        reader.type_into("#add-link", &format!("{second}\t")).await;
        reader.wait_for_text("#together-sum", "3 reports about 3 units, by 3 contributors", SHOWN).await;
        let rows = reader.texts("[data-tallied]").await;
        assert!(rows[0].contains("Seen on 2 of 3 units") && rows[1].contains("Seen on 1 of 3 units"), "{rows:?}");
        reader.wait_until("document.querySelector('.tally-map canvas')?.width > 100", SHOWN).await;
        assert_eq!(reader.count(".tally-map [data-spot]").await, 2);
        reader.eval("document.querySelector('.together').scrollIntoView()").await;
        reader.screenshot("together").await;
        // Another one is read, and the sum stays.
        reader.click(".added li:nth-child(2) .button").await;
        reader.wait_for_text("#fingerprint", "Confirmation", SHOWN).await;
        reader.wait_for_text("#together-sum", "3 reports about 3 units", SHOWN).await;

        for answer in world.server.answers() {
            let tells = ["r3.", "b1.", "Wei", "Ann", "rack", "boardwatch-report", "Is%20this"];
            assert!(tells.iter().all(|tell| !answer.path.contains(tell)), "the server heard of it: {}", answer.path);
        }
        assert_eq!(reader.eval("performance.getEntriesByType('resource').every(e => e.name.startsWith(location.origin) || e.name.startsWith('blob:'))").await, json!(true));
    });
}
