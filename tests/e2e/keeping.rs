//! The screen about what this browser keeps: names, the bin, a file of everything and back.

use std::fs;

use serde_json::json;

use crate::browser::Browser;
use crate::edits::{kept, write};
use crate::main_job::sample_opened;
use crate::report_files::{downloads, saved};
use crate::stored::Stored;
use crate::world::journey;

const SHOWN: u64 = 60;

/// Presses the button with these words on the first card of the list.
async fn press(page: &Browser, list: &str, words: &str) {
    let find = format!(
        "[...document.querySelectorAll('{list} .case-card .deeds button')].find(button => button.textContent === '{words}')"
    );
    page.wait_until(&format!("{find} !== undefined"), SHOWN).await;
    page.eval(&format!("{find}.click()")).await;
}

#[test]
fn everything_is_saved_to_a_file_and_opens_in_another_browser() {
    journey("everything_is_saved_to_a_file_and_opens_in_another_browser", async |world| {
        let page = world.browser().await;
        // Without a dialog of the system, which no test can answer.
        page.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": "delete window.showSaveFilePicker;" })).await;
        let folder = downloads(&page, "everything").await;
        sample_opened(&page).await;
        page.click("[data-difference='0']").await;
        page.click("#make-finding").await;
        kept(&page).await;
        page.click("#back").await;
        page.click("#all-cases").await;
        page.wait_for(".keeping .case-card", SHOWN).await;
        page.wait_for("#room", SHOWN).await;

        press(&page, "", "Rename").await;
        page.type_into(".keeping .case-card input", "The server in the cellar\n").await;
        page.wait_for_text(".keeping .case-card strong", "The server in the cellar", SHOWN).await;
        press(&page, "", "Duplicate").await;
        page.wait_until("document.querySelectorAll('.keeping .case-card').length === 2", SHOWN).await;
        press(&page, "", "Delete").await;
        page.wait_for("#bin .case-card", SHOWN).await;
        page.screenshot("cases").await;
        page.client.set_window_size(390, 844).await.unwrap();
        page.screenshot("cases-phone").await;
        page.client.set_window_size(1280, 900).await.unwrap();

        let file = saved(&page, "#save-all", &folder, ".boardwatch").await;
        page.wait_for_text("#said", "Saved 2 cases in 1 file.", SHOWN).await;
        let before = Stored::read(&page).await.unwrap();
        assert_eq!((before.cases.len(), before.binned.len()), (2, 1));

        // In the same browser everything is there already; elsewhere it is as it was.
        page.upload("#open-cases", &[&file]).await;
        page.wait_for_text("#said", "2 were here already", SHOWN).await;
        assert_eq!(Stored::read(&page).await.unwrap().cases, before.cases);
        let other = world.browser().await;
        other.open("").await;
        other.wait_for("#all-cases", SHOWN).await;
        other.drop_files("main", &[&file]).await;
        other.wait_for_text("#said", "Took 2 cases from the file.", SHOWN).await;
        let there = Stored::read(&other).await.unwrap();
        assert_eq!((&there.cases, &there.binned), (&before.cases, &before.binned));
        press(&other, "", "Open").await;
        other.wait_for("#headline[data-verdict=Aligned]", SHOWN).await;
        assert_eq!(other.eval("document.querySelector('#case-name').value.length > 0").await, json!(true));

        // What is in the bin comes back, or goes for good when that is said twice.
        press(&page, "#bin", "Bring it back").await;
        page.wait_until("document.querySelector('#bin') === null", SHOWN).await;
        press(&page, "", "Delete").await;
        page.click("#empty-bin").await;
        page.click("#delete-for-good").await;
        page.wait_until("document.querySelectorAll('.keeping .case-card').length === 1", SHOWN).await;
        assert_eq!(Stored::read(&page).await.unwrap().cases.len(), 1);

        // A file that is none is refused in words.
        let broken = crate::pictures::file("cut.boardwatch", &fs::read(&file).unwrap()[..5_000]);
        page.upload("#open-cases", &[&broken]).await;
        page.wait_for("#said[role=alert]", SHOWN).await;
        page.screenshot("cut").await;
    });
}

#[test]
fn a_deleted_case_is_brought_back_on_the_start_screen() {
    journey("a_deleted_case_is_brought_back_on_the_start_screen", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        kept(&page).await;
        page.click("#back").await;
        page.wait_for(".case-card", SHOWN).await;
        page.click(".case-card > .button").await;
        page.wait_for("#binned", SHOWN).await;
        assert_eq!(page.count(".case-card").await, 0);
        page.screenshot("binned").await;
        assert_eq!(Stored::read(&page).await.unwrap().binned.len(), 1);
        page.click("#binned button").await;
        page.wait_for(".case-card", SHOWN).await;
        assert!(Stored::read(&page).await.unwrap().binned.is_empty());
    });
}

/// The note of the finding that is open.
async fn noted(page: &Browser, note: &str) {
    page.wait_until(&format!("document.querySelector('#note')?.value === '{note}'"), SHOWN).await;
}

#[test]
fn a_note_that_is_being_written_is_kept_when_its_field_goes() {
    journey("a_note_that_is_being_written_is_kept_when_its_field_goes", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        for place in ["0", "1"] {
            page.click("#tab-differences").await;
            page.click(&format!("[data-difference='{place}']")).await;
            page.click("#make-finding").await;
            page.wait_for("#note", SHOWN).await;
        }
        kept(&page).await;
        let case = crate::tabs::case_of(&page).await;
        page.click("#tab-findings").await;
        let choose = |number: u8| format!("document.querySelector('[data-finding=\"{number}\"] .row').click()");
        page.wait_for("[data-finding='2']", SHOWN).await;
        page.eval(&choose(1)).await;
        page.wait_for("[data-finding='1'] #note", SHOWN).await;

        // None of these leaves the field first, as a person with a mouse does.
        write(&page, "#note", "another one was chosen", "input").await;
        page.eval(&choose(2)).await;
        page.wait_for("[data-finding='2'] #note", SHOWN).await;
        page.eval(&choose(1)).await;
        noted(&page, "another one was chosen").await;
        write(&page, "#note", "the page was turned back", "input").await;
        page.eval("location.hash = ''").await;
        page.wait_for(".case-card", SHOWN).await;
        page.eval(&format!("location.hash = 'case={case}'")).await;
        page.wait_for("#tab-findings", SHOWN).await;
        page.click("#tab-findings").await;
        page.wait_for("[data-finding='1']", SHOWN).await;
        page.eval(&choose(1)).await;
        noted(&page, "the page was turned back").await;
        write(&page, "#note", "it was loaded anew", "input").await;
        // Another one is chosen, and long before a rest from writing the page is gone.
        let gone = "setTimeout(() => { window.isBefore = true; location.reload(); }, 100)";
        page.eval(&format!("({}, void {gone})", choose(2))).await;
        tokio::time::sleep(std::time::Duration::from_millis(150)).await;
        page.wait_until("window.isBefore === undefined && document.querySelector('#tab-findings') !== null", SHOWN).await;
        page.click("#tab-findings").await;
        page.wait_for("[data-finding='1']", SHOWN).await;
        page.eval(&choose(1)).await;
        noted(&page, "it was loaded anew").await;
    });
}
