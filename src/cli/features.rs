//! `boardwatch features`, and reading what it wrote.

use std::fs;
use std::path::Path;

use super::compare::keep_inputs;
use super::files::read_picture;
use crate::vision::{AlignConfig, PictureFacts, ReferenceFeatures, Sha256, decode};

/// Writes what the reference is recognised by.
pub(super) fn write(reference: &Path, out: &Path) -> Result<(), String> {
    keep_inputs(out, [reference])?;
    let bytes = read_picture(reference)?;
    let picture = decode(&bytes).map_err(|error| format!("{} could not be read. {error}", reference.display()))?;
    let features = ReferenceFeatures::find(&picture, PictureFacts::of(&bytes, &picture), &AlignConfig::default());
    fs::write(out, features.to_bytes()).map_err(|error| format!("{} could not be written: {error}.", out.display()))?;
    println!("{} features of {} in {}.", features.count(), reference.display(), out.display());
    Ok(())
}

/// Reads them; they have to belong to one of the references.
pub(super) fn read_for(path: &Path, references: &[Vec<u8>]) -> Result<ReferenceFeatures, String> {
    let name = path.display();
    let bytes = read_picture(path)?;
    let features = ReferenceFeatures::from_bytes(&bytes).map_err(|error| format!("{name}: {error}"))?;
    if references.iter().any(|reference| Sha256::of(reference) == features.picture.sha256) {
        Ok(features)
    } else {
        Err(format!(
            "{name} holds the features of another picture than the references given. Make them again with `boardwatch features`."
        ))
    }
}
