//! What is kept: pictures by their hashes, cases, and a card for each case.

use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, IdbTransactionMode};

use super::database::{Database, StoreError, Table, Transaction};
use crate::app::keeping::{BIN_MS, KeptCase};
use crate::app::{Case, CaseId, CaseSummary};
use crate::sorted::{SortedMap, SortedSet};
use crate::vision::Sha256;

/// What the list shows of a case, which pictures it needs, and how often it was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(in crate::web) struct Card {
    pub(in crate::web) summary: CaseSummary,
    pub(in crate::web) pictures: SortedSet<Sha256>,
    /// One more with every write, so that who writes knows whether somebody else did. Cards of before have none.
    #[serde(default)]
    pub(in crate::web) revision: u32,
    /// When it was put into the bin, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(in crate::web) deleted_ms: Option<f64>,
}

/// The pictures of a case.
pub(super) fn pictures_of(case: &Case) -> SortedSet<Sha256> {
    case.pictures().collect()
}

fn case_key(id: CaseId) -> JsValue {
    JsValue::from(id.0)
}

fn picture_key(sha256: Sha256) -> JsValue {
    JsValue::from(sha256.to_string())
}

/// Writes the case, its card and those of its pictures that are not there yet: all or nothing. The case as it is stored now; `None`, and
/// nothing is written, when what is stored is not what this one grew out of, its revision being `base`.
pub(super) async fn write(
    database: &Database,
    case: &Case,
    changed_ms: f64,
    blobs: &[(Sha256, Blob)],
    base: Option<u32>,
) -> Result<Option<u32>, StoreError> {
    let text = case.to_json().map_err(|error| StoreError::Record(error.to_string()))?;
    let card = Card { summary: case.summary(), pictures: pictures_of(case), revision: 0, deleted_ms: None };
    write_text(database, &text, card, changed_ms, blobs, base).await
}

/// The same of a case's text and what its card is to say.
pub(in crate::web) async fn write_text(
    database: &Database,
    text: &str,
    card: Card,
    changed_ms: f64,
    blobs: &[(Sha256, Blob)],
    base: Option<u32>,
) -> Result<Option<u32>, StoreError> {
    let key = case_key(card.summary.id);
    let transaction = database.transaction(&Table::ALL, IdbTransactionMode::Readwrite).await?;
    let stored = transaction.get(Table::Cards, &key).await?;
    // What can't be read is not overwritten either. A case that is gone for good is written anew.
    let known = if stored.is_undefined() { base } else { parse(&stored).map(|card| card.revision) };
    if known != base || (!stored.is_undefined() && base.is_none()) {
        return Ok(None);
    }
    let revision = base.unwrap_or(0).wrapping_add(1);
    let summary = CaseSummary { changed_ms, ..card.summary };
    let card = Card { summary, pictures: card.pictures, revision, deleted_ms: None };
    put_pictures(&transaction, blobs).await?;
    put_case(&transaction, text, &card)?;
    transaction.complete().await?;
    Ok(Some(revision))
}

/// Writes pictures that are not there yet, and the text and card of a case where they are given, whatever is stored: all or nothing.
pub(in crate::web) async fn put(
    database: &Database,
    blobs: &[(Sha256, Blob)],
    case: Option<(&str, &Card)>,
) -> Result<(), StoreError> {
    let transaction = database.transaction(&Table::ALL, IdbTransactionMode::Readwrite).await?;
    put_pictures(&transaction, blobs).await?;
    if let Some((text, card)) = case {
        put_case(&transaction, text, card)?;
    }
    transaction.complete().await
}

async fn put_pictures(transaction: &Transaction, blobs: &[(Sha256, Blob)]) -> Result<(), StoreError> {
    for (sha256, blob) in blobs {
        let key = picture_key(*sha256);
        if !transaction.has(Table::Pictures, &key).await? {
            transaction.put(Table::Pictures, &key, blob)?;
        }
    }
    Ok(())
}

fn put_case(transaction: &Transaction, text: &str, card: &Card) -> Result<(), StoreError> {
    transaction.put(Table::Cases, &case_key(card.summary.id), &text.into())?;
    put_card(transaction, card)
}

fn put_card(transaction: &Transaction, card: &Card) -> Result<(), StoreError> {
    let text = serde_json::to_string(card).map_err(|error| StoreError::Record(error.to_string()))?;
    transaction.put(Table::Cards, &case_key(card.summary.id), &text.into())
}

/// The case's JSON and its card, where that can be read; `None` when there is none of that name.
pub(in crate::web) async fn read(database: &Database, id: CaseId) -> Result<Option<(String, Option<Card>)>, StoreError> {
    let transaction = database.transaction(&[Table::Cases, Table::Cards], IdbTransactionMode::Readonly).await?;
    let text = transaction.get(Table::Cases, &case_key(id)).await?.as_string();
    let card = transaction.get(Table::Cards, &case_key(id)).await?;
    Ok(text.map(|text| (text, parse(&card))))
}

/// The picture's file; `None` when it is not kept.
pub(in crate::web) async fn picture(database: &Database, sha256: Sha256) -> Result<Option<Blob>, StoreError> {
    let transaction = database.transaction(&[Table::Pictures], IdbTransactionMode::Readonly).await?;
    Ok(transaction.get(Table::Pictures, &picture_key(sha256)).await?.dyn_into().ok())
}

/// All cases that are not in the bin, last changed first. A card that can't be read is left out: its case stays where it is.
pub(super) async fn list(database: &Database) -> Result<Vec<CaseSummary>, StoreError> {
    let cards = cards(database).await?;
    let mut list: Vec<_> = cards.into_iter().filter(|card| card.deleted_ms.is_none()).map(|card| card.summary).collect();
    list.sort_unstable_by(|a, b| b.changed_ms.total_cmp(&a.changed_ms));
    Ok(list)
}

/// All cases, last changed first, those in the bin included, with the room that their pictures take.
pub(in crate::web) async fn survey(database: &Database) -> Result<Vec<KeptCase>, StoreError> {
    let transaction = database.transaction(&[Table::Cards, Table::Pictures], IdbTransactionMode::Readonly).await?;
    let cards = transaction.all(Table::Cards).await?;
    let (keys, blobs) = (transaction.keys(Table::Pictures).await?, transaction.all(Table::Pictures).await?);
    let size = |blob: JsValue| blob.dyn_into::<Blob>().map_or(0, |blob| blob.size() as u64);
    let sizes: SortedMap<String, u64> =
        keys.iter().zip(blobs.iter()).filter_map(|(key, blob)| Some((key.as_string()?, size(blob)))).collect();
    let kept = |card: Card| {
        let sizes: Vec<_> = card.pictures.iter().filter_map(|sha256| sizes.get(&sha256.to_string())).collect();
        let (bytes, lost) = (sizes.iter().copied().sum(), card.pictures.len() - sizes.len());
        KeptCase { summary: card.summary, deleted_ms: card.deleted_ms, bytes, lost }
    };
    let mut list: Vec<_> = cards.iter().filter_map(|card| parse(&card)).map(kept).collect();
    list.sort_unstable_by(|a, b| b.summary.changed_ms.total_cmp(&a.summary.changed_ms));
    Ok(list)
}

async fn cards(database: &Database) -> Result<Vec<Card>, StoreError> {
    let transaction = database.transaction(&[Table::Cards], IdbTransactionMode::Readonly).await?;
    Ok(transaction.all(Table::Cards).await?.iter().filter_map(|card| parse(&card)).collect())
}

/// Puts the case into the bin at this time in milliseconds since 1970, or takes it out. What can't be read stays as it is.
pub(in crate::web) async fn set_deleted(database: &Database, id: CaseId, deleted_ms: Option<f64>) -> Result<(), StoreError> {
    let transaction = database.transaction(&[Table::Cards], IdbTransactionMode::Readwrite).await?;
    if let Some(card) = parse(&transaction.get(Table::Cards, &case_key(id)).await?) {
        put_card(&transaction, &Card { deleted_ms, ..card })?;
    }
    transaction.complete().await
}

/// Deletes for good what has been in the bin for thirty days.
pub(super) async fn empty_bin(database: &Database, now_ms: f64) -> Result<(), StoreError> {
    let is_old = |card: &Card| card.deleted_ms.is_some_and(|deleted_ms| now_ms - deleted_ms > BIN_MS);
    for card in cards(database).await?.iter().filter(|card| is_old(card)) {
        delete(database, card.summary.id).await?;
    }
    Ok(())
}

/// Deletes the case, its card and every picture that no other case needs: all or nothing. Writing a case deletes none, because another
/// tab may know more of it than this one.
pub(in crate::web) async fn delete(database: &Database, id: CaseId) -> Result<(), StoreError> {
    let transaction = database.transaction(&Table::ALL, IdbTransactionMode::Readwrite).await?;
    let cards = transaction.all(Table::Cards).await?;
    let cards: Vec<_> = cards.iter().map(|card| parse(&card)).collect();
    // What a card needs that can't be read is not known.
    if let Some(cards) = cards.into_iter().collect::<Option<Vec<_>>>() {
        let others = cards.into_iter().filter(|card| card.summary.id != id);
        let needed: SortedSet<String> = others.flat_map(|card| card.pictures).map(|sha256| sha256.to_string()).collect();
        for key in transaction.keys(Table::Pictures).await?.iter() {
            if key.as_string().is_none_or(|key| !needed.contains(&key)) {
                transaction.delete(Table::Pictures, &key)?;
            }
        }
    }
    transaction.delete(Table::Cases, &case_key(id))?;
    transaction.delete(Table::Cards, &case_key(id))?;
    transaction.complete().await
}

fn parse(card: &JsValue) -> Option<Card> {
    crate::json::from_str(&card.as_string()?).ok()
}
