//! A contribution as the scribe writes it: the file, and the page where its catalogue takes it.

use super::{Answer, PaperReply, refused};
use crate::app::contribution::ContributionForm;
use crate::catalog::{BOARD_FORMAT, BoardEntry, Modality, ReferenceEntry, Side, id_of};
use crate::report::Contribution;
use crate::vision::{PictureFacts, Sha256};

/// The contribution of this picture.
pub(super) fn write(facts: PictureFacts, form: &ContributionForm, px_per_mm: Option<f64>, picture: &[u8]) -> Answer {
    let (board, reference) = described(form, px_per_mm);
    match Contribution::of_jpeg(board, reference, facts, picture.to_vec()) {
        Ok(contribution) => {
            let short = contribution.reference().map_or(String::new(), |reference| reference.sha256.short());
            let name = format!("{}-{short}.zip", contribution.board.id);
            let page = (!form.contribute.is_empty()).then(|| page_of(&form.contribute, &contribution.board, &name));
            (PaperReply::Contribution { name, page }, vec![contribution.to_bytes()])
        }
        Err(error) => refused(error.to_string()),
    }
}

/// The board and its reference, without what the picture itself tells.
fn described(form: &ContributionForm, px_per_mm: Option<f64>) -> (BoardEntry, ReferenceEntry) {
    let trimmed = |text: &str| text.trim().to_owned();
    let (vendor, model, revision) = (trimmed(&form.vendor), trimmed(&form.model), trimmed(&form.revision));
    let (unit, side) = (trimmed(&form.unit), form.side.unwrap_or(Side::Top));
    let reference = ReferenceEntry {
        title: format!("unit {unit}, {}", side.word()),
        path: String::new(),
        sha256: Sha256([0; 32]),
        width: 0,
        height: 0,
        bytes: 0,
        thumbnail: None,
        features: None,
        tiles: None,
        px_per_mm: px_per_mm.map(|scale| libm::round(100.0 * scale) / 100.0),
        unit,
        contributor: trimmed(&form.contributor),
        licence: form.licence.clone(),
        source: "own photo".to_owned(),
        date: None,
        modality: Modality::VisibleLight,
        side,
        variant: None,
    };
    let board = BoardEntry {
        format: BOARD_FORMAT.to_owned(),
        version: 1,
        id: if form.id.is_empty() { id_of(&format!("{vendor} {model} {revision}")) } else { form.id.clone() },
        vendor,
        model,
        revision: Some(revision).filter(|revision| !revision.is_empty()),
        also: Vec::new(),
        size_mm: None,
        variants: Vec::new(),
        links: Vec::new(),
        references: Vec::new(),
    };
    (board, reference)
}

/// The page where a catalogue takes contributions, filled in; `template` is `contribute` of its `catalog.json`.
fn page_of(template: &str, board: &BoardEntry, file: &str) -> String {
    let reference = board.references.first();
    let title = format!("{}: a reference of unit {}", board.name(), reference.map_or("", |reference| &reference.unit));
    let about =
        reference.map_or(String::new(), |r| format!("{}, {}, {} × {} pixels.", r.contributor, r.licence, r.width, r.height));
    let body = format!("{about} The file to attach is {file} (boardwatch catalog add takes it in).");
    template.replace("{title}", &escaped(&title)).replace("{body}", &escaped(&body))
}

/// As a part of an address (RFC 3986: everything but what is unreserved).
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => escaped.push(char::from(byte)),
            _ => escaped += &format!("%{byte:02X}"),
        }
    }
    escaped
}

#[test]
fn a_page_is_filled_in_and_nothing_breaks_out_of_it() {
    let form = ContributionForm {
        vendor: "Acme & Sons".into(),
        model: "X1".into(),
        unit: "7#1".into(),
        contributor: "Wei".into(),
        side: Some(Side::Bottom),
        ..ContributionForm::default()
    };
    let (mut board, reference) = described(&form, Some(9.876_54));
    assert_eq!((board.id.as_str(), reference.title.as_str()), ("acme-sons-x1", "unit 7#1, bottom"));
    assert_eq!(reference.px_per_mm, Some(9.88));
    board.references.push(reference);
    let page = page_of("https://forge.example/new?title={title}&body={body}", &board, "a.zip");
    assert!(
        page.starts_with(
            "https://forge.example/new?title=Acme%20%26%20Sons%20X1%3A%20a%20reference%20of%20unit%207%231&body=Wei"
        )
    );
    assert_eq!((page.matches('&').count(), page.contains('#'), page.contains(' ')), (1, false, false));
}
