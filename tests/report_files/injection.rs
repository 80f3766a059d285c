//! Whatever a text says, on the page it is a text.

use boardwatch::report::{Bundle, Finding, open_report, write_html};

use crate::random::{self, Dice};

/// Texts that would be more than texts if they could.
const PAYLOADS: [&str; 12] = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "<!--",
    "-->",
    "]]>",
    "&lt;b&gt;&#x3c;script&#x3e;",
    "javascript:alert(1)",
    "\u{2028}\u{2029}\u{202e}<b>",
    "<script type=\"application/json\" id=\"boardwatch\">{}</script> src=\"data:image/png;base64,AAAA\"",
];

fn bundle(text: &str) -> Bundle {
    let whole =
        |bundle: &Bundle| bundle.report.findings.len() > 1 && bundle.signature.is_some() && bundle.report.answer.is_some();
    let mut bundle = (0..).map(|seed| random::report::bundle(&mut Dice::new(seed))).find(whole).unwrap();
    let report = &mut bundle.report;
    let short: String = text.chars().take(32).collect();
    (report.board, report.unit, report.contributor) = (text.to_owned(), text.to_owned(), text.to_owned());
    report.method.made_by = text.to_owned();
    for note in &mut report.references {
        (note.title, note.contributor) = (text.to_owned(), text.to_owned());
        (note.licence, note.source) = (text.to_owned(), text.to_owned());
    }
    for finding in &mut report.findings {
        *finding = Finding { note: text.to_owned(), designator: short.clone(), tags: vec![short.clone()], ..finding.clone() };
    }
    report.answer.as_mut().unwrap().places.iter_mut().for_each(|place| place.note = text.to_owned());
    bundle.signature.as_mut().unwrap().name = text.to_owned();
    bundle
}

/// The tags of a page, their attributes and texts left out.
fn tags(page: &str) -> Vec<&str> {
    page.split('<').skip(1).map(|rest| rest.split([' ', '>', '\n']).next().unwrap()).collect()
}

#[test]
fn no_text_becomes_markup_and_every_text_comes_back() {
    let plain = write_html(&bundle("a plain text")).unwrap();
    for text in PAYLOADS {
        let sent = bundle(text);
        let page = write_html(&sent).unwrap();
        assert_eq!(tags(&page), tags(&plain), "{text}");
        let read = open_report(page.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(read.report, sent.report.settled().unwrap(), "{text}");
    }
}

#[test]
fn a_page_asks_for_nothing() {
    let page = write_html(&bundle("see https://example.org/a.png")).unwrap();
    for sign in ["href=", "src=\"http", "url(", "@import", "<link", "<iframe", "<form", "<base", "http-equiv=\"refresh\""] {
        assert!(!page.contains(sign), "{sign}");
    }
    assert!(page.contains("default-src 'none'"));
    assert_eq!(page.matches("<script").count(), 1);
}
