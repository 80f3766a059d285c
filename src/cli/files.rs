//! Reading and writing files, with sentences for what goes wrong.

use std::fs;
use std::path::Path;

use crate::vision::LARGEST_FILE;

/// A file of at most so many bytes; `what` such files are, in the plural.
pub(super) fn read(path: &Path, most: usize, what: &str) -> Result<Vec<u8>, String> {
    let unreadable = |error: std::io::Error| format!("{} could not be read: {error}.", path.display());
    let size = fs::metadata(path).map_err(unreadable)?.len();
    if size > most as u64 {
        let [size, most] = [size, most as u64].map(|bytes| bytes / 1_000_000);
        return Err(format!("{} has {size} MB; {what} of up to {most} MB are read.", path.display()));
    }
    fs::read(path).map_err(unreadable)
}

/// A picture.
pub(super) fn read_picture(path: &Path) -> Result<Vec<u8>, String> {
    read(path, LARGEST_FILE, "pictures")
}

/// Writes a file whole or not at all; its folder is made if need be.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    let unwritable = |error: std::io::Error| format!("{} could not be written: {error}.", path.display());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(unwritable)?;
    }
    let aside = path.with_extension("being-written");
    fs::write(&aside, bytes).and_then(|()| fs::rename(&aside, path)).map_err(unwritable)
}

/// A value as JSON for people: indented, with a line's end.
pub(super) fn write_json(path: &Path, value: &impl serde::Serialize) -> Result<(), String> {
    let text =
        serde_json::to_string_pretty(value).map_err(|error| format!("{} could not be written: {error}.", path.display()))?;
    write(path, (text + "\n").as_bytes())
}

/// The entries of a folder by name; none where there is no folder.
pub(super) fn entries(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let unreadable = |error: std::io::Error| format!("{} could not be read: {error}.", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')) {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}
