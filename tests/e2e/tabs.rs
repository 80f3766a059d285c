//! One case in two tabs of a browser.

use std::collections::BTreeSet;

use crate::browser::Browser;
use crate::edits::{kept, named, rename, write};
use crate::main_job::sample_opened;
use crate::random::Dice;
use crate::seeds;
use crate::stored::Stored;
use crate::world::journey;

const SHOWN: u64 = 60;

const IS_HELD: &str = "document.querySelector('#case-name') !== null && document.querySelector('#watching') === null";

/// The number of the open case.
pub(crate) async fn case_of(page: &Browser) -> u32 {
    let address = page.address().await;
    address.rsplit("case=").next().and_then(|id| id.parse().ok()).expect("the address names the case")
}

#[test]
fn one_tab_works_and_the_other_follows() {
    journey("one_tab_works_and_the_other_follows", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        kept(&page).await;
        let id = case_of(&page).await;
        let first = page.tab().await;
        let second = page.new_tab(&format!("#case={id}")).await;
        page.wait_for("#watching", SHOWN).await;
        page.screenshot("watching").await;
        page.wait_for("[data-difference='0']", SHOWN).await;
        // What this one tries is not done, and it is said why.
        rename(&page, "not this").await;
        page.wait_for_text(".notice", "Another tab is working on this case", SHOWN).await;
        page.to_tab(&first).await;
        rename(&page, "from the first").await;
        kept(&page).await;
        page.to_tab(&second).await;
        named(&page, "from the first").await;

        // Taken over: the note that is being written in the first one goes along.
        page.to_tab(&first).await;
        page.click("[data-difference='0']").await;
        page.click("#make-finding").await;
        page.type_into("#note", "half a thou").await;
        page.to_tab(&second).await;
        page.click("#take-over").await;
        page.wait_until(IS_HELD, SHOWN).await;
        rename(&page, "from the second").await;
        kept(&page).await;
        let stored = Stored::read(&page).await.unwrap();
        let case = &stored.cases[&id];
        assert_eq!(
            (case.title.as_str(), case.document.findings().next().map(|finding| finding.note.as_str())),
            ("from the second", Some("half a thou"))
        );
        page.to_tab(&first).await;
        page.wait_for("#watching", SHOWN).await;
        named(&page, "from the second").await;

        // The one that works is closed: the other one goes on.
        page.close_tab(&second).await;
        page.to_tab(&first).await;
        page.wait_until(IS_HELD, SHOWN).await;
        rename(&page, "alone again").await;
        kept(&page).await;
        assert_eq!(Stored::read(&page).await.unwrap().cases.len(), 1);
    });
}

/// A tab that knows nothing of the others, as an older version of the page, has written the case.
async fn written_behind(page: &Browser, id: u32) {
    let write = "new Promise((done, failed) => {
        const asked = indexedDB.open('boardwatch');
        asked.onsuccess = () => {
            const transaction = asked.result.transaction('cards', 'readwrite');
            const cards = transaction.objectStore('cards');
            const read = cards.get(CASE);
            read.onsuccess = () => {
                const card = JSON.parse(read.result);
                card.revision += 1;
                cards.put(JSON.stringify(card), CASE);
            };
            transaction.oncomplete = () => { asked.result.close(); done(true); };
            transaction.onabort = () => failed(transaction.error);
        };
    })";
    assert_eq!(page.eval(&write.replace("CASE", &id.to_string())).await, serde_json::json!(true));
}

#[test]
fn two_later_states_of_a_case_are_both_kept() {
    journey("two_later_states_of_a_case_are_both_kept", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        kept(&page).await;
        let id = case_of(&page).await;
        written_behind(&page, id).await;
        rename(&page, "mine").await;
        page.wait_for_text(".notice", "is kept as a case of its own", SHOWN).await;
        named(&page, "mine (2)").await;
        kept(&page).await;
        page.screenshot("conflict").await;
        let stored = Stored::read(&page).await.unwrap();
        assert_eq!(stored.cases.len(), 2);
        let copy = case_of(&page).await;
        assert_eq!((stored.cases[&id].title != "mine", stored.cases[&copy].title.as_str()), (true, "mine (2)"));
    });
}

/// A finding drawn by hand, with this note.
async fn mark(page: &Browser, dice: &mut Dice, note: &str) {
    let marks = "document.querySelectorAll('[data-mark^=finding-]').length";
    let before = page.eval(marks).await.as_u64().unwrap_or(0);
    page.eval("document.querySelector('#stage canvas').focus()").await;
    page.press("r").await;
    let [x, y] = page.middle("#stage canvas").await;
    // Beside the line in the middle, which would be dragged.
    let dx = (30.0 + 170.0 * dice.below(100) as f64 / 100.0) * if dice.chance(2) { 1.0 } else { -1.0 };
    let dy = -150.0 + 300.0 * dice.below(100) as f64 / 100.0;
    page.drag(&[[x + dx, y + dy], [x + dx + 8.0, y + dy + 6.0], [x + dx + 16.0, y + dy + 12.0]]).await;
    page.wait_until(&format!("{marks} > {before} && document.querySelector('#note')?.value === ''"), SHOWN).await;
    write(page, "#note", note, "input").await;
}

/// One edit in one of the two tabs, with what comes before it: a reload, taking over, a tab that writes behind everybody's back.
async fn interleaved(page: &Browser, tabs: &[String; 2], dice: &mut Dice, number: u64) -> Result<&'static str, String> {
    let tab = dice.below(2);
    page.to_tab(&tabs[tab]).await;
    if dice.chance(10) {
        // And once more while it loads.
        page.eval("(window.isBefore = true, void location.reload())").await;
        page.eval("(window.isBefore = true, void location.reload())").await;
    }
    page.wait_until("window.isBefore === undefined && document.querySelector('#case-name') !== null", SHOWN).await;
    page.wait_until("(document.querySelector('#take-over')?.click(), document.querySelector('#watching') === null)", SHOWN).await;
    page.wait_until(IS_HELD, SHOWN).await;
    page.wait_for("#headline[data-verdict=Aligned]", SHOWN).await;
    // They lie over the stage.
    page.eval("document.querySelectorAll('.notice button').forEach(button => button.click())").await;
    let id = case_of(page).await;
    let behind = dice.chance(5);
    if behind {
        kept(page).await;
        written_behind(page, id).await;
    }
    mark(page, dice, &format!("note {number}")).await;
    if behind {
        page.wait_until(&format!("!location.hash.endsWith('={id}')"), SHOWN).await;
        page.wait_for(".notice", SHOWN).await;
        kept(page).await;
        let copy = case_of(page).await;
        page.to_tab(&tabs[1 - tab]).await;
        page.open(&format!("#case={copy}")).await;
        return Ok("conflict seen");
    }
    // Every third edit is followed at once by what comes next, its note still being written.
    if !number.is_multiple_of(3) {
        page.wait_until("(document.querySelector('#note')?.blur(), true)", SHOWN).await;
        kept(page).await;
    }
    Ok("edited")
}

#[test]
fn edits_of_two_tabs_are_all_kept() {
    journey("edits_of_two_tabs_are_all_kept", async |world| {
        let page = world.browser().await;
        sample_opened(&page).await;
        kept(&page).await;
        let id = case_of(&page).await;
        let first = page.tab().await;
        let tabs = [first, page.new_tab(&format!("#case={id}")).await];
        let (mut dice, mut outcomes, seeds) = (Dice::new(7), Vec::new(), seeds::wanted("tabs"));
        for number in seeds.clone() {
            let outcome = interleaved(&page, &tabs, &mut dice, number).await;
            println!("{number}: {outcome:?}");
            outcomes.push((number, outcome));
        }
        // A note that was being written in a tab in the background is kept after its rest.
        tokio::time::sleep(std::time::Duration::from_secs(3)).await;
        let stored = Stored::read(&page).await.unwrap();
        let findings = stored.cases.values().flat_map(|case| case.document.findings());
        let notes: BTreeSet<&str> = findings.map(|finding| finding.note.as_str()).collect();
        let lost: Vec<_> = seeds.clone().filter(|number| !notes.contains(format!("note {number}").as_str())).collect();
        assert!(lost.is_empty(), "{lost:?} are lost");
        let conflicts = outcomes.iter().filter(|(_, outcome)| *outcome == Ok("conflict seen")).count();
        let titles: Vec<_> = stored.cases.values().map(|case| &case.title).collect();
        assert_eq!(stored.cases.len(), 1 + conflicts, "each conflict has a case of its own: {titles:?}");
        seeds::report("tabs", seeds, outcomes);
    });
}
