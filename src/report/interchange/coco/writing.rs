//! Writing a dataset.

use serde::Serialize;

use super::outline::Outline;
use crate::report::interchange::Subject;
use crate::report::interchange::record::{Record, kind_word};
use crate::report::{Finding, FindingKind};

#[derive(Serialize)]
struct Dataset {
    info: Info,
    licenses: [(); 0],
    images: [Image; 1],
    categories: Vec<Category>,
    annotations: Vec<Annotation>,
}

#[derive(Serialize)]
struct Info {
    description: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Image {
    id: u32,
    width: u32,
    height: u32,
    file_name: String,
    boardwatch: Hash,
}

#[derive(Serialize)]
struct Hash {
    sha256: String,
}

#[derive(Serialize)]
struct Category {
    id: u32,
    name: &'static str,
    supercategory: &'static str,
}

#[derive(Serialize)]
struct Annotation {
    id: u32,
    image_id: u32,
    category_id: u32,
    iscrowd: u32,
    #[serde(flatten)]
    outline: Outline,
    boardwatch: Record,
}

/// A dataset of one image, the reference; findings that are not valid are left out. The nine kinds are the categories 1 to 9.
#[must_use]
pub fn to_coco(findings: &[Finding], subject: &Subject<'_>) -> String {
    let picture = &subject.reference.picture;
    let category = |(id, kind)| Category { id, name: kind_word(kind), supercategory: "finding" };
    let dataset = Dataset {
        info: Info { description: "Findings of Boardwatch on a reference picture", version: "1" },
        licenses: [],
        images: [Image {
            id: 1,
            width: picture.width,
            height: picture.height,
            file_name: subject.reference.title.clone(),
            boardwatch: Hash { sha256: picture.sha256.to_string() },
        }],
        categories: (1..).zip(FindingKind::ALL).map(category).collect(),
        annotations: findings.iter().filter(|finding| finding.is_valid()).filter_map(annotation).collect(),
    };
    // Nothing in it can fail: keys are texts, numbers finite.
    serde_json::to_string(&dataset).unwrap_or_default()
}

fn annotation(finding: &Finding) -> Option<Annotation> {
    let category = (1..).zip(FindingKind::ALL).find(|(_, kind)| *kind == finding.kind);
    Some(Annotation {
        id: finding.id.0,
        image_id: 1,
        category_id: category?.0,
        iscrowd: 0,
        outline: Outline::of(&finding.shapes)?,
        boardwatch: Record::of(finding),
    })
}
