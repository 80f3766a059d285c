//! Findings that other programmes wrote.

use std::sync::LazyLock;

use boardwatch::report::interchange::{Format, Subject, read_findings};
use boardwatch::report::{Finding, FindingId, ReferenceNote};
use boardwatch::vision::{PictureFacts, Sha256};
use serde_json::json;

use super::{Outcome, Parser, refused};
use crate::random::{Dice, report};

const WORDS: &[&[u8]] = &[
    b"null",
    b"[]",
    b"{}",
    b"\"\"",
    b"-",
    b"NaN",
    b",",
    b":",
    b"]",
    b"}",
    b"\\u0000",
    b"\\ud800",
    b"\"items\"",
    b"\"first\"",
    b"\"target\"",
    b"\"selector\"",
    b"\"value\"",
    b"\"type\"",
    b"pixel:",
    b"percent:",
    b"xywh=",
    b"<svg>",
    b"</svg>",
    b"FragmentSelector",
    b"SvgSelector",
    b"PointSelector",
    b"urn:sha-256:",
    b"\"images\"",
    b"\"annotations\"",
    b"\"categories\"",
    b"\"bbox\"",
    b"\"segmentation\"",
    b"\"counts\"",
    b"\"iscrowd\"",
    b"\xef\xbb\xbf",
    b"\xf0\x9d\x84\x9e",
    b"boardwatch",
];

pub(crate) static ANNOTATIONS: Parser = Parser {
    files: LazyLock::new(|| with_frozen(Format::WebAnnotation, include_bytes!("../frozen/interchange-v1/annotations.json"))),
    words: WORDS,
    sealed: None,
    read,
};

pub(crate) static DATASETS: Parser = Parser {
    files: LazyLock::new(|| with_frozen(Format::Coco, include_bytes!("../frozen/interchange-v1/coco.json"))),
    words: WORDS,
    sealed: None,
    read,
};

/// The drawing inside an annotation, by itself.
pub(crate) static DRAWINGS: Parser = Parser {
    files: LazyLock::new(|| {
        [
            "<svg xmlns='http://www.w3.org/2000/svg'><path d='M10,10 L90.5,10 l0,80 h-3 V12 z m2,2 q1,1 3,3 t4,4 c1,2,3,4,5,6 s1,1,2,2 \
             a5,6 30 1 0 9,9 Z'/></svg>",
            "<svg:svg xmlns:svg='http://www.w3.org/2000/svg' viewBox='0 0 400 300'><svg:g><svg:polygon points='1,2 30,4 50,60 7 8' \
             transform='rotate(30, 5, 5)'/></svg:g></svg:svg>",
            "<svg><ellipse cx='120' cy='80' rx='40' ry='20'/></svg>",
            "<svg><rect x='10' y='10' width='40' height='30' rx='3'/><circle cx='9' cy='9' r='4'/><line x1='1' y1='2' x2='30' y2='40'/>\
             <polyline points='1 1 2 2 3 9' style='fill:none'/><defs><clipPath id='c'><rect/></clipPath></defs></svg>",
        ]
        .map(|text| text.as_bytes().to_vec())
        .to_vec()
    }),
    words: &[
        b"<g>",
        b"</g>",
        b"<svg>",
        b"</svg>",
        b"<path d='",
        b"M",
        b"m",
        b"z",
        b"a",
        b"A",
        b"c",
        b"Q",
        b"e-3",
        b"1e309",
        b"-",
        b",",
        b"rotate(",
        b"matrix(",
        b"skewX(89.999)",
        b"scale(0)",
        b"transform='",
        b"points='",
        b"&lt;",
        b"&#0;",
        b"&x;",
        b"<!DOCTYPE svg [<!ENTITY x 'y'>]>",
        b"<!--",
        b"]]>",
        b"<?xml",
        b"<use href='#c'/>",
        b"viewBox='0 0 0 0'",
        b"width='1e30'",
        b"%",
        b"mm",
    ],
    sealed: None,
    read: |bytes| {
        let Ok(text) = std::str::from_utf8(bytes) else { return Ok("no text") };
        let annotation = json!([{ "target": { "selector": { "type": "SvgSelector", "value": text } } }]).to_string();
        match read(annotation.as_bytes())? {
            "nothing in it" => Ok("refused"),
            outcome => Ok(outcome),
        }
    },
};

fn reference() -> ReferenceNote {
    ReferenceNote::of("board.jpg".into(), PictureFacts { sha256: Sha256([7; 32]), width: 4000, height: 3000 })
}

fn with_frozen(format: Format, frozen: &[u8]) -> Vec<Vec<u8>> {
    let one = |seed| {
        let mut dice = Dice::new(seed);
        let findings: Vec<Finding> = (1..4).map(|number| report::finding(&mut dice, FindingId(number))).collect();
        let text = format.write(&findings, &Subject { photo: Sha256([9; 32]), reference: &reference(), px_per_mm: None });
        // What we wrote ourselves is read in a shorter way.
        if seed % 2 == 0 { text } else { text.replace("boardwatch", "strange") }.into_bytes()
    };
    (0..12).map(one).chain([frozen.to_vec()]).collect()
}

/// Whatever comes out is valid, and can be written and read again.
fn read(bytes: &[u8]) -> Outcome {
    let Ok(text) = std::str::from_utf8(bytes) else { return Ok("no text") };
    let reference = reference();
    let imported = match read_findings(text, &reference) {
        Ok(imported) => imported,
        Err(error) => return refused(&error),
    };
    if let Some(finding) = imported.findings.iter().find(|finding| !finding.is_valid()) {
        return Err(format!("a finding that is not valid: {finding:?}"));
    }
    if imported.losses_in_words().iter().any(|loss| !loss.ends_with('.')) {
        return Err(format!("a loss without a sentence: {:?}", imported.losses_in_words()));
    }
    if imported.findings.is_empty() {
        return Ok("nothing in it");
    }
    let subject = Subject { photo: Sha256([9; 32]), reference: &reference, px_per_mm: None };
    let again = read_findings(&Format::WebAnnotation.write(&imported.findings, &subject), &reference);
    match again {
        Ok(again) if again.skipped == 0 && again.findings.len() == imported.findings.len() => Ok("read"),
        other => Err(format!("{} findings, written again: {other:?}", imported.findings.len())),
    }
}
