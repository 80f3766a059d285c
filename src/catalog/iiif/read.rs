//! A manifest as a catalogue of one board.
//!
//! What a manifest says beyond the standard is read from its metadata, under the labels that Boardwatch's own manifests have. A picture without
//! a SHA-256 gets one when it is first fetched, and is held to it from then on: that is for whoever fetches.

use std::collections::BTreeSet;

use serde_json::Value;

use super::rights::licence;
use crate::catalog::{
    BOARD_FORMAT, BoardEntry, BoardLine, CATALOGUE_FORMAT, CatalogueError, FileEntry, Index, LONGEST_TEXT, Link, MOST_FILE_BYTES,
    MOST_REFERENCES, Modality, ReferenceEntry, Side, checks, host_of, id_of,
};
use crate::vision::{PictureFacts, Sha256};

/// Links of a board.
const MOST_LINKS: usize = 50;
/// Values in a manifest: a thousand pictures take a tenth of them. While it is read each takes 32 bytes, however few it is written in.
const MOST_VALUES: usize = 500_000;

/// What a manifest holds.
#[derive(Debug, Clone, PartialEq)]
pub struct OneBoard {
    /// The manifest as the first file of a catalogue; its only board's file is the manifest itself.
    pub index: Index,
    /// The board; paths of its pictures are addresses.
    pub board: BoardEntry,
    /// References of which the manifest does not say what their files' bytes are. `sha256` is that of their address, `bytes` is 0.
    pub unpinned: BTreeSet<Sha256>,
    /// Pictures that are not used: how many, and why the first of them is not.
    pub left_out: Option<(usize, LeftOut)>,
}

/// Why a picture of a manifest is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// Nothing says how it may be used.
    NoLicence,
    /// It is on another host than the manifest, which the person has not agreed to.
    OtherHost,
    /// It is no picture, or nothing says how large it is.
    NoPicture,
    /// The manifest says now that its file is another one than it was when it was first compared with.
    Changed,
}

/// What a field holds; null where there is none.
fn field<'a>(value: &'a Value, name: &str) -> &'a Value {
    value.get(name).unwrap_or(&Value::Null)
}

/// What a list in a field holds; nothing where there is none.
fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    field(value, name).as_array().map_or(&[], Vec::as_slice)
}

fn string<'a>(value: &'a Value, name: &str) -> &'a str {
    field(value, name).as_str().unwrap_or_default()
}

/// True for a file that says it is a manifest.
#[must_use]
pub fn is_manifest(bytes: &[u8]) -> bool {
    parsed(bytes).is_ok_and(|value| string(&value, "type") == "Manifest")
}

fn parsed(bytes: &[u8]) -> Result<Value, CatalogueError> {
    if bytes.len() > MOST_FILE_BYTES {
        return Err(CatalogueError::TooLarge);
    }
    // A comma stands between any two.
    checks::count("values", bytes.iter().filter(|byte| **byte == b',').count(), MOST_VALUES)?;
    serde_json::from_slice(bytes).map_err(|error| CatalogueError::NotReadable(error.to_string()))
}

/// Reads the manifest at this address.
///
/// # Errors
/// A sentence when it is no manifest of the Presentation API 3, or holds no picture that can be used.
pub fn read(bytes: &[u8], address: &str) -> Result<OneBoard, CatalogueError> {
    let manifest = &parsed(bytes)?;
    let canvases = list(manifest, "items");
    checks::count("references", canvases.len(), MOST_REFERENCES)?;
    let (mut references, mut unpinned, mut left_out) = (Vec::<ReferenceEntry>::new(), BTreeSet::new(), None);
    for canvas in canvases {
        match reference(canvas, manifest, address) {
            // A picture on two canvases is one reference.
            Ok((entry, _)) if references.iter().any(|known| known.sha256 == entry.sha256) => {}
            Ok((entry, is_pinned)) => {
                if !is_pinned {
                    unpinned.insert(entry.sha256);
                }
                references.push(entry);
            }
            Err(why) => left_out = Some(left_out.map_or((1, why), |(count, first)| (count + 1, first))),
        }
    }
    if references.is_empty() {
        return Err(CatalogueError::NoPictures);
    }
    let title = named(field(manifest, "label")).unwrap_or_else(|| "A board".to_owned());
    let fact = |labels: &[&str]| fact(manifest, labels);
    let vendor = fact(&["vendor", "manufacturer", "maker", "creator"]).or_else(|| provider(manifest));
    let model = fact(&["model"]).unwrap_or_else(|| title.clone());
    let link = |page: &Value| {
        let url = string(page, "id").to_owned();
        checks::address(&url).ok()?;
        Some(Link { title: named(field(page, "label")).unwrap_or_else(|| url.chars().take(80).collect()), url })
    };
    let board = BoardEntry {
        format: BOARD_FORMAT.to_owned(),
        version: 1,
        id: fact(&["identifier"]).filter(|id| checks::id(id).is_ok()).unwrap_or_else(|| id_of(&title)),
        vendor: vendor.or_else(|| host_of(address)).unwrap_or_else(|| "Unknown".to_owned()),
        model,
        revision: fact(&["revision"]),
        also: Vec::new(),
        size_mm: fact(&["size"]).and_then(|size| size_mm(&size)),
        variants: Vec::new(),
        links: list(manifest, "homepage").iter().filter_map(link).take(MOST_LINKS).collect(),
        references,
    };
    let mut sides: Vec<Side> = [Side::Top, Side::Bottom].into();
    sides.retain(|side| board.references.iter().any(|reference| reference.side == *side));
    let line = BoardLine {
        id: board.id.clone(),
        vendor: board.vendor.clone(),
        model: board.model.clone(),
        revision: board.revision.clone(),
        also: Vec::new(),
        sides,
        references: board.references.len() as u32,
        file: FileEntry { path: address.to_owned(), sha256: Sha256::of(bytes), bytes: bytes.len() as u64 },
        thumbnail: None,
    };
    let index = Index {
        format: CATALOGUE_FORMAT.to_owned(),
        version: 1,
        title: Some(title),
        home: None,
        edition: 0,
        date: None,
        contribute: None,
        boards: vec![line],
        search: None,
        recognise: Vec::new(),
    };
    Ok(OneBoard { index, board, unpinned, left_out })
}

/// What a canvas shows, and whether it is known what its file's bytes are.
fn reference(canvas: &Value, manifest: &Value, address: &str) -> Result<(ReferenceEntry, bool), LeftOut> {
    let annotations =
        list(canvas, "items").iter().flat_map(|page| list(page, "items")).map(|annotation| field(annotation, "body"));
    // A body may be a choice of several.
    let bodies = annotations.flat_map(|body| std::iter::once(body).chain(list(body, "items")));
    let body = bodies.into_iter().find(|body| string(body, "type") == "Image").ok_or(LeftOut::NoPicture)?;
    let path = string(body, "id").to_owned();
    if checks::address(&path).is_err() {
        return Err(LeftOut::NoPicture);
    }
    if host_of(&path) != host_of(address) {
        return Err(LeftOut::OtherHost);
    }
    let fact = |labels: &[&str]| fact(canvas, labels);
    let written = fact(&["licence", "license"]).filter(|written| checks::licence(written).is_ok() && !written.contains("://"));
    let rights = || [canvas, manifest].into_iter().find_map(|of| licence(string(of, "rights")));
    let licence = written.or_else(rights).ok_or(LeftOut::NoLicence)?;
    let sha256: Option<Sha256> = fact(&["sha-256", "sha256"]).and_then(|hash| hash.parse().ok());
    let side_px = |name: &str| field(body, name).as_u64().and_then(|side| u32::try_from(side).ok()).unwrap_or(0);
    let picture = PictureFacts {
        sha256: sha256.unwrap_or_else(|| Sha256::of(path.as_bytes())),
        width: side_px("width"),
        height: side_px("height"),
    };
    checks::picture(&picture, 1).map_err(|_| LeftOut::NoPicture)?;
    let title = named(field(canvas, "label")).unwrap_or_else(|| "A picture".to_owned());
    let statement = [canvas, manifest].into_iter().find_map(|of| named(field(field(of, "requiredStatement"), "value")));
    let side = fact(&["side"]).unwrap_or_else(|| title.clone()).to_ascii_lowercase();
    let mut words = side.split(|c: char| !c.is_ascii_alphanumeric());
    let is_bottom = words.any(|word| ["bottom", "back", "rear", "verso", "underside"].contains(&word));
    let entry = ReferenceEntry {
        path,
        sha256: picture.sha256,
        width: picture.width,
        height: picture.height,
        bytes: 0,
        thumbnail: None,
        features: None,
        tiles: None,
        px_per_mm: fact(&["pixels per mm"])
            .and_then(|scale| scale.parse().ok())
            .filter(|scale| checks::px_per_mm(*scale).is_ok()),
        // Two pictures of which nobody says that they show two units are one witness.
        unit: fact(&["unit", "serial number"]).unwrap_or_else(|| "not named".to_owned()),
        contributor: statement
            .or_else(|| provider(manifest))
            .or_else(|| host_of(address))
            .unwrap_or_else(|| "not named".to_owned()),
        licence,
        source: fact(&["source"]).or_else(|| plain(string(canvas, "id"))).unwrap_or_else(|| "not named".to_owned()),
        date: fact(&["date"]).filter(|date| checks::date(date).is_ok()),
        modality: fact(&["modality"]).and_then(|word| modality(&word)).unwrap_or(Modality::VisibleLight),
        side: if is_bottom { Side::Bottom } else { Side::Top },
        variant: None,
        title,
    };
    Ok((entry, sha256.is_some()))
}

fn modality(word: &str) -> Option<Modality> {
    let word = word.to_ascii_lowercase();
    Modality::ALL.into_iter().find(|modality| modality.word() == word)
}

fn provider(manifest: &Value) -> Option<String> {
    list(manifest, "provider").iter().find_map(|provider| named(field(provider, "label")))
}

/// What stands in the metadata under one of these labels, in small letters.
fn fact(of: &Value, labels: &[&str]) -> Option<String> {
    let is_it =
        |fact: &&Value| named(field(fact, "label")).is_some_and(|label| labels.contains(&label.to_ascii_lowercase().as_str()));
    list(of, "metadata").iter().find(is_it).and_then(|fact| named(field(fact, "value")))
}

/// A text in English, or else in the first language there is.
fn named(text: &Value) -> Option<String> {
    let languages = text.as_object()?;
    let words = ["en", "none"].iter().find_map(|language| languages.get(*language)).or_else(|| languages.values().next())?;
    let words: Vec<&str> = words.as_array()?.iter().filter_map(Value::as_str).collect();
    plain(&words.join(", "))
}

/// The text without what marks it up, as long as a catalogue's may be; `None` when nothing is left.
fn plain(text: &str) -> Option<String> {
    let mut is_inside = false;
    let shown = text.chars().filter(|c| {
        let was_inside = is_inside;
        is_inside = (is_inside || *c == '<') && *c != '>';
        !was_inside && !is_inside
    });
    let words: String = shown.map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text: String = words.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(LONGEST_TEXT).collect();
    checks::text("text", &text).is_ok().then_some(text)
}

/// `190 × 160 mm`.
fn size_mm(text: &str) -> Option<[f64; 2]> {
    let (width, height) = text.strip_suffix("mm")?.split_once(['×', 'x'])?;
    let side = |side: &str| side.trim().parse().ok().filter(|side| checks::side_mm(*side).is_ok());
    Some([side(width)?, side(height)?])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const ADDRESS: &str = "https://museum.example/boards/7/manifest.json";

    /// A manifest as a museum would write it, with pictures `bodies`.
    fn museum(bodies: &[Value]) -> Value {
        let canvas = |(number, body): (usize, &Value)| {
            json!({
                "id": format!("https://museum.example/boards/7/c{number}"), "type": "Canvas", "label": { "none": [format!("{number} verso")] },
                "items": [{ "type": "AnnotationPage", "items": [{ "type": "Annotation", "motivation": "painting", "body": body }] }],
            })
        };
        json!({
            "@context": "http://iiif.io/api/presentation/3/context.json", "id": ADDRESS, "type": "Manifest",
            "label": { "de": ["Hauptplatine"], "en": ["Main <b>board</b>"] }, "rights": "http://creativecommons.org/licenses/by/4.0/",
            "requiredStatement": { "label": { "en": ["Attribution"] }, "value": { "en": ["The Museum"] } },
            "items": bodies.iter().enumerate().map(canvas).collect::<Vec<_>>(),
        })
    }

    fn image(id: &str) -> Value {
        json!({ "id": id, "type": "Image", "format": "image/jpeg", "width": 4000, "height": 3000 })
    }

    #[test]
    fn a_strangers_manifest_is_a_board_whose_files_are_not_known_yet() {
        let choice = json!({ "type": "Choice", "items": [image("https://museum.example/iiif/b.jpg"), image("https://museum.example/x.jpg")] });
        let bodies = [
            image("https://museum.example/iiif/a/full/max/0/default.jpg"),
            choice,
            image("https://elsewhere.example/c.jpg"),
            json!({ "id": "https://museum.example/iiif/d.jpg", "type": "Image" }),
            json!({ "id": "javascript:alert(1)", "type": "Image", "width": 9, "height": 9 }),
        ];
        let file = museum(&bodies).to_string();
        assert!(is_manifest(file.as_bytes()));
        let OneBoard { index, board, unpinned, left_out } = read(file.as_bytes(), ADDRESS).unwrap();
        assert_eq!((index.title.as_deref(), board.name().as_str()), (Some("Main board"), "museum.example Main board"));
        assert_eq!((index.boards[0].file.sha256, index.boards[0].references), (Sha256::of(file.as_bytes()), 2));
        assert_eq!(left_out, Some((3, LeftOut::OtherHost)));
        assert_eq!(unpinned.len(), 2);
        let [first, second] = &board.references[..] else { panic!("{:?}", board.references) };
        assert_eq!((first.licence.as_str(), first.contributor.as_str(), first.side), ("CC-BY-4.0", "The Museum", Side::Bottom));
        assert_eq!((first.unit.as_str(), &first.unit), ("not named", &second.unit), "nobody says that they are two");
        assert_eq!(second.path, "https://museum.example/iiif/b.jpg");
    }

    #[test]
    fn what_may_not_be_used_or_is_none_is_refused() {
        let refused = |manifest: &Value| read(manifest.to_string().as_bytes(), ADDRESS).unwrap_err();
        assert_eq!(refused(&museum(&[])), CatalogueError::NoPictures);
        let mut unlicensed = museum(&[image("https://museum.example/a.jpg")]);
        unlicensed["rights"] = json!("https://museum.example/terms");
        assert_eq!(refused(&unlicensed), CatalogueError::NoPictures);
        for odd in [json!({ "type": "Manifest" }), json!({ "type": "Manifest", "items": [1, { "items": [[]] }] })] {
            assert_eq!(refused(&odd), CatalogueError::NoPictures);
        }
        assert!(matches!(read(b"{\"type\":", ADDRESS), Err(CatalogueError::NotReadable(_))));
        assert!(!is_manifest(b"{\"type\":\"Collection\"}") && !is_manifest(b"[]") && !is_manifest(b""));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let reference = ReferenceEntry {
            title: "Unit 1, bottom".into(),
            path: "one.jpg".into(),
            sha256: Sha256::of(b"one"),
            width: 4000,
            height: 3000,
            bytes: 9,
            thumbnail: None,
            features: None,
            tiles: None,
            px_per_mm: Some(21.5),
            unit: "1".into(),
            contributor: "A. Keeper".into(),
            licence: "MIT OR Apache-2.0".into(),
            source: "own photo".into(),
            date: Some("2026-10".into()),
            modality: Modality::Infrared,
            side: Side::Bottom,
            variant: None,
        };
        let board = BoardEntry {
            format: BOARD_FORMAT.into(),
            version: 1,
            id: "acme-x1".into(),
            vendor: "Acme".into(),
            model: "X1".into(),
            revision: Some("B".into()),
            also: Vec::new(),
            size_mm: Some([190.0, 160.5]),
            variants: Vec::new(),
            links: vec![Link { title: "Manual".into(), url: "https://acme.example/x1".into() }],
            references: vec![reference],
        };
        let written = super::super::manifest(&board, "https://museum.example/boards/7").to_string();
        let read = read(written.as_bytes(), ADDRESS).unwrap();
        let mut expected = board;
        expected.references[0].path = "https://museum.example/boards/7/one.jpg".into();
        expected.references[0].bytes = 0;
        expected.references[0].contributor = "A. Keeper, MIT OR Apache-2.0".into();
        assert_eq!((read.board, read.unpinned.len(), read.left_out), (expected, 0, None));
    }
}
