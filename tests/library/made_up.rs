//! A catalogue of made-up boards: as many as one likes, named as real ones are.

use std::collections::BTreeMap;

use boardwatch::catalog::search::{BuiltIndex, Fetched, Step, build, search};
use boardwatch::catalog::{BoardLine, FileEntry, Index, Side};
use boardwatch::vision::Sha256;
use serde_json::json;

const VENDORS: &str = "Supermicro,ASRock Rack,Gigabyte,Tyan,ASUS,Intel,Dell,HPE,Lenovo,Cisco,Quanta,Inventec,MSI,Fujitsu,Foxconn,Wiwynn,\
    Mitac,Advantech,Kontron,Raspberry Pi,Pine64,Olimex,Juniper,Ubiquiti";
const FAMILIES: &str = "X11,X12,H11,EPYCD8,MB,S7,Z10,ROMED8,C246,W480,PRO,CM4";
const SUFFIXES: &str = ",-F,-TF,-LN4F,-2T,-NT,DPi-N,SCL,SPL-F,+ IO";

/// A number that depends on nothing but these.
fn drawn(seed: u64, turn: u64, below: usize) -> usize {
    let hash = Sha256::of(format!("{seed} {turn}").as_bytes());
    u64::from_le_bytes(hash.0[..8].try_into().unwrap()) as usize % below
}

/// Board number `seed`: a vendor, a model out of a family with a number, a revision.
pub(crate) fn line(seed: u64) -> BoardLine {
    let one = |list: &'static str, drawn: usize| list.split(',').nth(drawn).unwrap();
    // Some vendors make far more boards than others.
    let vendor = one(VENDORS, drawn(seed, 0, 24).min(drawn(seed, 1, 24)));
    let model =
        format!("{}{}{}", one(FAMILIES, drawn(seed, 2, 12)), 100 + drawn(seed, 3, 9900), one(SUFFIXES, drawn(seed, 4, 10)));
    let revision = format!("{}.{:02}", 1 + drawn(seed, 5, 3), drawn(seed, 6, 20));
    let id = format!("board-{seed}");
    let sha256 = Sha256::of(id.as_bytes());
    let file = |ending: &str| FileEntry { path: format!("boards/{id}/{ending}"), sha256, bytes: 3000 };
    BoardLine {
        vendor: vendor.to_owned(),
        model,
        revision: Some(revision),
        also: if seed.is_multiple_of(9) { vec![format!("{vendor} OEM {}", drawn(seed, 7, 90_000))] } else { Vec::new() },
        sides: vec![Side::Top, Side::Bottom],
        references: 1 + drawn(seed, 8, 9) as u32,
        file: file("board.json"),
        thumbnail: Some(file("small.jpg")),
        id,
    }
}

/// A catalogue with an index in files, as it would be served.
pub(crate) struct Served {
    pub(crate) root: Vec<u8>,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
}

impl Served {
    pub(crate) fn of(boards: Vec<BoardLine>) -> Self {
        let BuiltIndex { index, files } = build(boards).unwrap();
        let root = json!({ "format": "boardwatch-catalogue", "version": 1, "search": index });
        Self { root: root.to_string().into_bytes(), files: files.into_iter().collect() }
    }
}

/// Somebody who has opened a catalogue, and keeps what was fetched.
pub(crate) struct Visitor<'a> {
    served: &'a Served,
    pub(crate) index: Index,
    shelf: Fetched,
    /// Paths in the order in which they were fetched.
    pub(crate) fetched: Vec<String>,
}

impl<'a> Visitor<'a> {
    pub(crate) fn of(served: &'a Served) -> Self {
        let index = Index::parse(&served.root, "catalog.json").unwrap();
        Self { served, index, shelf: Fetched::default(), fetched: Vec::new() }
    }

    /// Types a question, fetching what is needed.
    pub(crate) fn asks(&mut self, question: &str, most: usize) -> boardwatch::catalog::search::Found {
        loop {
            match search(&self.index, &self.shelf, question, most).unwrap() {
                Step::Found(found) => return found,
                Step::Fetch(wanted) => {
                    assert!(!wanted.is_empty());
                    for file in wanted {
                        let bytes = &self.served.files[&file.path];
                        assert_eq!(Sha256::of(bytes), file.sha256, "{}", file.path);
                        assert!(!self.fetched.contains(&file.path), "{} is fetched twice", file.path);
                        self.shelf.put(self.index.search.as_ref().unwrap(), file.path.clone(), bytes).unwrap();
                        self.fetched.push(file.path);
                    }
                }
            }
        }
    }
}
