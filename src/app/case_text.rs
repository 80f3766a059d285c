//! A stored case as a text that is not read: what its card says of it, and the same text under another name.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::{RawValue, to_raw_value};

use super::{CaseError, CaseId, CaseSummary};
use crate::vision::PictureFacts;

#[derive(Deserialize)]
struct Text {
    id: CaseId,
    title: String,
    board: String,
    photo: Photo,
    document: Document,
    #[serde(default)]
    question: Option<IgnoredAny>,
    #[serde(default)]
    reported: Option<Reported>,
}

#[derive(Deserialize)]
struct Photo {
    facts: PictureFacts,
}

#[derive(Deserialize)]
struct Document {
    findings: BTreeMap<String, IgnoredAny>,
    #[serde(default)]
    sightings: BTreeMap<String, IgnoredAny>,
}

#[derive(Deserialize, Default)]
struct Reported {
    #[serde(default)]
    findings: Vec<IgnoredAny>,
}

fn broken(error: &serde_json::Error) -> CaseError {
    CaseError::Broken(error.to_string())
}

/// What the list shows of a case of any version, from its text alone. The text may still be none that [`Case::from_json`](super::Case::from_json)
/// reads: that is said when it is opened.
///
/// # Errors
/// [`CaseError::Broken`] when not even that can be read.
pub fn summary_of(text: &str) -> Result<CaseSummary, CaseError> {
    let text: Text = crate::json::from_str(text).map_err(|error| broken(&error))?;
    let asked = text.reported.unwrap_or_default().findings.len();
    Ok(CaseSummary {
        id: text.id,
        title: text.title,
        board: text.board,
        findings: text.document.findings.len(),
        answered: text.question.map(|_| (text.document.sightings.len(), asked)),
        photo: text.photo.facts,
        changed_ms: 0.0,
    })
}

/// The same case under another number and title, everything else to the letter.
///
/// # Errors
/// [`CaseError::Broken`] when the text is no JSON object.
pub fn renamed(text: &str, id: CaseId, title: &str) -> Result<String, CaseError> {
    let written = |value: Result<Box<RawValue>, serde_json::Error>| value.map_err(|error| broken(&error));
    let mut case: BTreeMap<String, Box<RawValue>> = serde_json::from_str(text).map_err(|error| broken(&error))?;
    case.insert("id".to_owned(), written(to_raw_value(&id))?);
    case.insert("title".to_owned(), written(to_raw_value(title))?);
    serde_json::to_string(&case).map_err(|error| broken(&error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Case;

    const STORED: [&str; 4] = [
        include_str!("../../tests/frozen/case-v1/compared.json"),
        include_str!("../../tests/frozen/case-v2/compared.json"),
        include_str!("../../tests/frozen/case-v3/compared.json"),
        include_str!("../../tests/frozen/case-v4/compared.json"),
    ];

    #[test]
    fn a_text_says_what_the_case_says() {
        for text in STORED {
            let (case, said) = (Case::from_json(text).unwrap(), summary_of(text).unwrap());
            let answered = said.answered;
            assert_eq!(said, CaseSummary { answered, ..case.summary() });
            assert_eq!(answered.is_some(), case.question.is_some());
        }
        assert!(summary_of("{}").is_err() && summary_of("[").is_err());
    }

    #[test]
    fn another_name_changes_nothing_else() {
        for text in STORED {
            let case = Case::from_json(text).unwrap();
            let again = Case::from_json(&renamed(text, CaseId(7), "A \"new\" name").unwrap()).unwrap();
            assert_eq!(again, Case { id: CaseId(7), title: "A \"new\" name".to_owned(), ..case });
        }
    }
}
