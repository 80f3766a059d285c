//! Whatever comes in, the person reads a sentence and loses nothing.

use crate::browser::Browser;
use crate::pictures;
use crate::world::journey;

/// Hang guard, in seconds.
const SHOWN: u64 = 60;

#[test]
fn a_file_that_is_no_picture_is_named_and_the_other_picture_stays() {
    journey("a_file_that_is_no_picture_is_named_and_the_other_picture_stays", async |world| {
        let page = world.browser().await;
        page.open("").await;
        page.wait_for("#try-sample", SHOWN).await;
        page.upload("#choose-pictures", &[&pictures::sample("sample.jpg")]).await;
        page.wait_for_text("#your-board", "sample.jpg", SHOWN).await;
        let cases = [
            (pictures::file("notes.jpg", b"These are my notes about the board, not a picture of it."), "is not a picture"),
            (pictures::cut_jpeg(), "is cut off"),
            (pictures::file("empty.jpg", b""), "is empty"),
            (pictures::png_bomb(), "400 megapixels"),
            (pictures::heic(), "HEIC"),
        ];
        for (file, words) in cases {
            page.upload("#choose-known-good", &[&file]).await;
            page.wait_for_text(".notice", words, SHOWN).await;
            let notice = page.text(".notice").await;
            assert!(notice.contains(file.file_name().and_then(|name| name.to_str()).unwrap_or_default()), "{notice}");
            page.screenshot(&format!("notice-{}", words.replace(' ', "-"))).await;
            page.click(".notice button").await;
            page.wait_until("!document.querySelector('.notice')", SHOWN).await;
            assert!(page.text("#your-board").await.contains("sample.jpg"), "the picture that was there is gone");
            page.wait_for("label:has(> #choose-known-good)", SHOWN).await;
        }
    });
}

#[test]
fn two_different_boards_are_refused_with_the_reason() {
    journey("two_different_boards_are_refused_with_the_reason", async |world| {
        let page = world.browser().await;
        page.open("").await;
        page.wait_for("#try-sample", SHOWN).await;
        page.upload("#choose-pictures", &[&pictures::drawn(11), &pictures::drawn(12)]).await;
        page.wait_until("document.querySelector('#compare')?.disabled === false", SHOWN).await;
        page.click("#compare").await;
        page.wait_for("#headline[data-verdict=Refused]", 5 * SHOWN).await;
        page.screenshot("refused").await;
        assert_eq!(page.count("[data-difference]").await, 0);
    });
}

#[test]
fn a_cut_or_altered_link_says_so() {
    journey("a_cut_or_altered_link_says_so", async |world| {
        let frozen = std::fs::read_dir(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/frozen/report-v1"));
        let links = frozen.expect("frozen links").filter_map(|entry| entry.ok().map(|entry| entry.path()));
        let link = links.filter(|path| path.extension().is_some_and(|extension| extension == "txt")).min().expect("one link");
        let link = std::fs::read_to_string(link).expect("a link");
        let link = link.trim();
        let whole = says(&world.browser().await, link).await;
        assert_eq!(whole, None, "the link itself opens");
        let cut = says(&world.browser().await, &link[..link.len() / 2]).await.expect("a cut link is refused");
        assert!(cut.contains(&format!("{} of {}", link.len() / 2, link.len())), "{cut}");
        let mut altered = link.to_owned();
        let place = altered.len() - 20;
        let other = if &altered[place..=place] == "A" { "B" } else { "A" };
        altered.replace_range(place..=place, other);
        let altered = says(&world.browser().await, &altered).await.expect("an altered link is refused");
        assert!(altered.contains("checksum"), "{altered}");
    });
}

/// What the page says of a link that it does not open; `None` when it opens.
async fn says(page: &Browser, fragment: &str) -> Option<String> {
    page.open(&format!("#{fragment}")).await;
    page.wait_for("#link-error, #report-title", SHOWN).await;
    page.screenshot("link").await;
    if page.count("#link-error").await == 0 { None } else { Some(page.text("#link-error").await) }
}
