//! Stored cases and pictures drawn from a seed, and the file of them.
#![allow(dead_code, reason = "each test programme draws what it needs")]

use std::collections::BTreeMap;

use boardwatch::app::backup::{StoredCase, StoredPicture, Volume};
use boardwatch::app::{Case, CaseId};
use boardwatch::sorted::SortedSet;
use boardwatch::vision::Sha256;
use serde_json::Value;

use crate::random::Dice;
use crate::whole::put_together;

const TEXTS: [&str; 4] = [
    include_str!("../frozen/case-v1/compared.json"),
    include_str!("../frozen/case-v2/compared.json"),
    include_str!("../frozen/case-v3/compared.json"),
    include_str!("../frozen/case-v4/compared.json"),
];
const TITLES: [&str; 4] = ["mine.jpg", "rack 3, node 7 🔎", "Röntgen „links“", ""];

/// What lies in a storage, and the file that holds it.
pub(crate) struct Drawn {
    pub(crate) texts: BTreeMap<CaseId, String>,
    pub(crate) pictures: BTreeMap<Sha256, Vec<u8>>,
    pub(crate) volume: Volume,
    pub(crate) file: Vec<u8>,
}

pub(crate) fn draw(dice: &mut Dice, most_cases: usize) -> Drawn {
    let mut drawn = (BTreeMap::new(), BTreeMap::new());
    let mut stored = Vec::new();
    let mut facts = Vec::new();
    for _ in 0..dice.below(most_cases + 1) {
        let id = CaseId(dice.next() as u32);
        let mut value: Value = serde_json::from_str(TEXTS[dice.below(TEXTS.len())]).expect("a frozen case");
        value["id"] = id.0.into();
        value["title"] = dice.one_of(&TITLES).into();
        let photo: Vec<u8> = (0..dice.below(400)).map(|_| dice.next() as u8).collect();
        value["photo"]["facts"]["sha256"] = Sha256::of(&photo).to_string().into();
        // As it was stored, whatever its spaces.
        let text = if dice.chance(2) { value.to_string() } else { serde_json::to_string_pretty(&value).expect("JSON") };
        let case = Case::from_json(&text).expect("a case");
        let pictures: SortedSet<Sha256> = case.pictures().collect();
        let summary = boardwatch::app::CaseSummary { changed_ms: dice.below(1 << 40) as f64, ..case.summary() };
        let deleted_ms = dice.chance(3).then(|| dice.below(1 << 40) as f64);
        stored.push(StoredCase::of(&summary, deleted_ms, &pictures, &text));
        drawn.0.insert(id, text);
        if !dice.chance(4) {
            facts.push(StoredPicture { sha256: Sha256::of(&photo), bytes: photo.len() as u64, crc32: crc32fast::hash(&photo) });
            drawn.1.insert(Sha256::of(&photo), photo);
        }
    }
    let mut volumes = Volume::of("tests", dice.below(1 << 40) as f64, &stored, &facts).expect("within the limits");
    let volume = volumes.pop().expect("one file");
    assert!(volumes.is_empty());
    let file = put_together(&volume, &drawn.0, &drawn.1);
    Drawn { texts: drawn.0, pictures: drawn.1, volume, file }
}
