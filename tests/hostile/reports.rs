//! Reports in every form, and links.

use std::sync::LazyLock;

use boardwatch::report::{open_report, read_hosted, read_link, report_json, write_bundle, write_link};

use super::{Outcome, Parser, refused, same};

pub(crate) static REPORTS: Parser = Parser {
    files: LazyLock::new(|| {
        vec![
            include_bytes!("../frozen/bundle-v1/every-shape.boardwatch").to_vec(),
            include_bytes!("../frozen/bundle-v1/signed-answer.boardwatch").to_vec(),
            include_bytes!("../frozen/page-v1/exhibits.html").to_vec(),
            include_bytes!("../frozen/page-v1/signed-answer.html").to_vec(),
            include_bytes!("../frozen/picture-v1/every-shape.png").to_vec(),
            report_json(&open_report(include_bytes!("../frozen/bundle-v1/every-shape.boardwatch")).expect("a bundle").report),
        ]
    }),
    words: &[
        b"PK\x03\x04",
        b"PK\x01\x02",
        b"PK\x05\x06",
        b"manifest.json",
        b"report.json",
        b"\"exhibits\"",
        b"\"sha256\"",
        b"tEXtBoardwatch\0",
        b"IEND",
        b"<script",
        b"</script>",
        b"data:image/png;base64,",
        b"\"version\":4",
        b"null",
        b"{}",
        b"[]",
    ],
    sealed: None,
    read: |bytes| match open_report(bytes) {
        Ok(bundle) if !bundle.is_valid() => Err("a report that is not valid was opened".to_owned()),
        Ok(bundle) => {
            let written = write_bundle(&bundle).map_err(|error| format!("it can't be written again: {error}"))?;
            same(&bundle, open_report(&written).ok().as_ref())
        }
        Err(error) => refused(&error),
    },
};

pub(crate) static LINKS: Parser = Parser {
    files: LazyLock::new(|| {
        vec![
            trimmed(include_str!("../frozen/report-v1/many-findings.txt")),
            trimmed(include_str!("../frozen/report-v2/every-shape.txt")),
            trimmed(include_str!("../frozen/report-v3/signed-answer.txt")),
            trimmed(include_str!("../frozen/report-v3/exhibits.txt")),
        ]
    }),
    words: &[b"r1.", b"r2.", b"r3.", b"r4.", b"A", b"_", b"-", b"=", b"%20"],
    sealed: None,
    read: link,
};

fn trimmed(text: &str) -> Vec<u8> {
    text.trim().as_bytes().to_vec()
}

fn link(bytes: &[u8]) -> Outcome {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok("no text") };
    if let Err(error) = read_hosted(text) {
        refused(&error)?;
    }
    match read_link(text) {
        Ok(bundle) if !bundle.is_valid() => Err("a report that is not valid was opened".to_owned()),
        Ok(bundle) => {
            let written = write_link(&bundle).map_err(|error| format!("it can't be written again: {error}"))?;
            same(&bundle, read_link(&written).ok().as_ref())
        }
        Err(error) => refused(&error),
    }
}
