//! What is kept: pictures by their hashes, cases, and a card for each case.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, IdbTransactionMode};

use super::database::{Database, StoreError, Table};
use crate::app::{Case, CaseId, CaseSummary};
use crate::vision::Sha256;

/// What the list shows of a case, and which pictures it needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Card {
    pub(super) summary: CaseSummary,
    pub(super) pictures: BTreeSet<Sha256>,
}

/// The pictures of a case.
pub(super) fn pictures_of(case: &Case) -> BTreeSet<Sha256> {
    case.pictures().map(|facts| facts.sha256).collect()
}

fn case_key(id: CaseId) -> JsValue {
    JsValue::from(id.0)
}

fn picture_key(sha256: Sha256) -> JsValue {
    JsValue::from(sha256.to_string())
}

/// Writes the case, its card and those of its pictures that are not there yet: all or nothing.
pub(super) async fn write(
    database: &Database,
    case: &Case,
    changed_ms: f64,
    blobs: Vec<(Sha256, Blob)>,
) -> Result<(), StoreError> {
    let text = case.to_json().map_err(|error| StoreError::Record(error.to_string()))?;
    let card = Card { summary: CaseSummary { changed_ms, ..case.summary() }, pictures: pictures_of(case) };
    let card = serde_json::to_string(&card).map_err(|error| StoreError::Record(error.to_string()))?;
    let transaction = database.transaction(&Table::ALL, IdbTransactionMode::Readwrite).await?;
    for (sha256, blob) in blobs {
        let key = picture_key(sha256);
        if !transaction.has(Table::Pictures, &key).await? {
            transaction.put(Table::Pictures, &key, &blob)?;
        }
    }
    transaction.put(Table::Cases, &case_key(case.id), &text.into())?;
    transaction.put(Table::Cards, &case_key(case.id), &card.into())?;
    transaction.complete().await
}

/// The case's JSON; `None` when there is none of that name.
pub(super) async fn read(database: &Database, id: CaseId) -> Result<Option<String>, StoreError> {
    let transaction = database.transaction(&[Table::Cases], IdbTransactionMode::Readonly).await?;
    Ok(transaction.get(Table::Cases, &case_key(id)).await?.as_string())
}

/// The picture's file; `None` when it is not kept.
pub(super) async fn picture(database: &Database, sha256: Sha256) -> Result<Option<Blob>, StoreError> {
    let transaction = database.transaction(&[Table::Pictures], IdbTransactionMode::Readonly).await?;
    Ok(transaction.get(Table::Pictures, &picture_key(sha256)).await?.dyn_into().ok())
}

/// All cases, last changed first. A card that can't be read is left out: its case stays where it is.
pub(super) async fn list(database: &Database) -> Result<Vec<CaseSummary>, StoreError> {
    let transaction = database.transaction(&[Table::Cards], IdbTransactionMode::Readonly).await?;
    let cards = transaction.all(Table::Cards).await?;
    let mut list: Vec<_> = cards.iter().filter_map(|card| parse(&card)).map(|card| card.summary).collect();
    list.sort_by(|a, b| b.changed_ms.total_cmp(&a.changed_ms));
    Ok(list)
}

/// Deletes the case, its card and every picture that no other case needs: all or nothing. Writing a case deletes none, because another
/// tab may know more of it than this one.
pub(super) async fn delete(database: &Database, id: CaseId) -> Result<(), StoreError> {
    let transaction = database.transaction(&Table::ALL, IdbTransactionMode::Readwrite).await?;
    let cards = transaction.all(Table::Cards).await?;
    let cards: Vec<_> = cards.iter().map(|card| parse(&card)).collect();
    // What a card needs that can't be read is not known.
    if let Some(cards) = cards.into_iter().collect::<Option<Vec<_>>>() {
        let others = cards.into_iter().filter(|card| card.summary.id != id);
        let needed: BTreeSet<String> = others.flat_map(|card| card.pictures).map(|sha256| sha256.to_string()).collect();
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
