//! Everything but pictures that is made to fill a memory, or to take forever.

use boardwatch::app::Case;
use boardwatch::catalog::{BoardEntry, Index, iiif, read_codes};
use boardwatch::cli::control_points;
use boardwatch::report::interchange::read_findings;
use boardwatch::report::{CatalogueSignature, Contribution, ReferenceNote, open_report, read_link};
use boardwatch::vision::{PictureFacts, ReferenceFeatures, Sha256};

use crate::envelope::{Plain, around_plain};

/// Something that was read without complaint.
type Read = Result<(), String>;
/// A parser.
type Reader = fn(&[u8]) -> Read;

/// A parser, a file for it, and its name.
pub(crate) struct Paper {
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) read: Reader,
}

fn said<T>(read: Result<T, impl std::fmt::Display>) -> Read {
    read.map(drop).map_err(|error| error.to_string())
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

const REPORT: Reader = |bytes| said(open_report(bytes));
const LINK: Reader = |bytes| said(read_link(text(bytes)));
const CONTRIBUTION: Reader = |bytes| said(Contribution::from_bytes(bytes));
const CODES: Reader = |bytes| said(read_codes(bytes));
const FEATURES: Reader = |bytes| said(ReferenceFeatures::from_bytes(bytes));
const FINDINGS: Reader = |bytes| {
    let facts = PictureFacts { sha256: Sha256([7; 32]), width: 4000, height: 3000 };
    match read_findings(text(bytes), &ReferenceNote::of("board.jpg".into(), facts)) {
        // Nothing came of it, and it says what was left out.
        Ok(imported) if imported.findings.is_empty() => {
            Err("Nothing in it could be read as a finding, so there is none.".to_owned())
        }
        other => said(other),
    }
};
/// Every parser of JSON that somebody else may have written; a comparison is hashed by the one who made it.
const JSON: [(&str, Reader); 9] = [
    ("a report", REPORT),
    ("annotations", FINDINGS),
    ("a case", |bytes| said(Case::from_json(text(bytes)))),
    ("a catalogue", |bytes| said(Index::parse(bytes, ""))),
    ("a board", |bytes| said(BoardEntry::parse(bytes, ""))),
    ("a manifest", |bytes| said(iiif::read(bytes, "https://boards.example/manifest.json"))),
    ("a signature", |bytes| said(CatalogueSignature::from_bytes(bytes))),
    ("control points", |bytes| {
        said(control_points(text(bytes)).map_err(|why| format!("The control points can't be used: {why}.")))
    }),
    ("a contribution", |bytes| {
        CONTRIBUTION(&archive(&[("contribution.json", bytes, bytes.len() as u32), ("picture.png", b"", 0)]))
    }),
];

/// All of them, each of which must be refused.
pub(crate) fn papers() -> Vec<Paper> {
    let zeros = miniz_oxide::deflate::compress_to_vec(&vec![0; 64 << 20], 9);
    let inner = archive(&[("manifest.json", &zeros, zeros.len() as u32)]);
    let local = &inner[..43];
    let mut papers = vec![
        paper(
            "an archive in an archive in an archive",
            REPORT,
            archive(&[("manifest.json", &archive(&[("manifest.json", &inner, inner.len() as u32)]), 0)]),
        ),
        paper("an archive with a file of 4 GiB", REPORT, archive(&[("manifest.json", b"{}", 0xffff_fff0)])),
        paper("an archive whose files lie on each other", REPORT, [local.repeat(20_000), inner.clone()].concat()),
        paper("an archive of 65,535 files", REPORT, archive(&vec![("manifest.json", &b"{}"[..], 2); 65_535])),
        paper("an archive that is packed", REPORT, {
            let mut packed = inner.clone();
            packed[8] = 8;
            packed
        }),
        paper(
            "a contribution in an archive in an archive",
            CONTRIBUTION,
            archive(&[("contribution.json", &inner, inner.len() as u32), ("picture.png", b"", 0)]),
        ),
        paper(
            "a link that unfolds to 64 MB",
            LINK,
            around_plain(&Plain { numbers: vec![0; 64 << 20], texts: Vec::new() }).into_bytes(),
        ),
        paper("a link of three million characters", LINK, b"r3.".repeat(1 << 20)),
        paper("a file of codes that claims 4,000 million", CODES, [&b"BWCODE\0\x01"[..], &[0xff; 4]].concat()),
        paper("a file of features that claims 4,000 million", FEATURES, [&b"BWFEAT\0\x01"[..], &[7; 41], &[0xff; 4]].concat()),
        paper("drawings in drawings", FINDINGS, drawing(&format!("{}{}", "<g>".repeat(30_000), "</g>".repeat(30_000)))),
        paper(
            "a drawing of half a million points",
            FINDINGS,
            drawing(&format!("<svg><path d='M0 0{}'/></svg>", "l1 1".repeat(60_000))),
        ),
        paper(
            "a billion laughs",
            FINDINGS,
            drawing(
                "<!DOCTYPE svg [<!ENTITY a 'haha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><svg>&c;</svg>",
            ),
        ),
    ];
    for (name, read) in JSON {
        papers.push(paper(&format!("{name} nested 200,000 deep"), read, b"[".repeat(200_000)));
        papers.push(paper(&format!("{name} nested in objects"), read, b"{\"a\":".repeat(100_000)));
        papers.push(paper(&format!("{name} of two million zeros"), read, [b"[0", &b",0".repeat(2_000_000)[..], b"]"].concat()));
        let empty = |field: &str| format!("{{\"{field}\":[{{}}{}]}}", ",{}".repeat(650_000)).into_bytes();
        for field in ["boards", "items", "references", "findings"] {
            papers.push(paper(&format!("{name} with 650,000 empty {field}"), read, empty(field)));
        }
    }
    let pairs =
        |name: &str| format!("{{\"{name}\":[0{}],\"annotations\":[],\"images\":[]}}", ",0".repeat(8_000_000)).into_bytes();
    papers.push(paper("a dataset of eight million zeros", FINDINGS, pairs("categories")));
    papers.push(paper("annotations of eight million zeros", FINDINGS, pairs("items")));
    papers
}

fn paper(name: &str, read: Reader, bytes: Vec<u8>) -> Paper {
    Paper { name: name.to_owned(), bytes, read }
}

/// An archive of these files, each of which claims so many bytes; checksums fit.
fn archive(files: &[(&str, &[u8], u32)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut directory = Vec::new();
    for (name, file, claimed) in files {
        let claimed = if *claimed == 0 { file.len() as u32 } else { *claimed };
        let mut middle = vec![10, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        middle.extend(crc32fast::hash(file).to_le_bytes());
        middle.extend([claimed.to_le_bytes(), claimed.to_le_bytes()].concat());
        middle.extend((name.len() as u32).to_le_bytes());
        let at = bytes.len() as u32;
        bytes.extend([&b"PK\x03\x04"[..], &middle, name.as_bytes(), file].concat());
        directory.extend([&b"PK\x01\x02\x0a\0"[..], &middle, &[0; 10], &at.to_le_bytes(), name.as_bytes()].concat());
    }
    let count = (files.len() as u16).to_le_bytes();
    let end = [
        &b"PK\x05\x06\0\0\0\0"[..],
        &count,
        &count,
        &(directory.len() as u32).to_le_bytes(),
        &(bytes.len() as u32).to_le_bytes(),
        &[0; 2],
    ];
    [bytes, directory, end.concat()].concat()
}

fn drawing(svg: &str) -> Vec<u8> {
    serde_json::json!([{ "target": { "selector": { "type": "SvgSelector", "value": svg } } }]).to_string().into_bytes()
}
