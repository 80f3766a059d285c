//! The file of a bundle: a ZIP archive that names each of its files with its hash.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Bundle, BundleError, Exhibit, MAX_BUNDLE_BYTES, MAX_EXHIBITS, Shows, each_once};
use crate::geometry::{Rect, Reference};
use crate::report::proof::{read_report_json, report_json, signature_json};
use crate::report::{LinkError, Signature, canonical, zip};
use crate::vision::Sha256;

const FORMAT: &str = "boardwatch-bundle";
const VERSION: u32 = 1;
const MANIFEST: &str = "manifest.json";
const REPORT: &str = "report.json";
const SIGNATURE: &str = "signature.json";

/// What the manifest says of a picture.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Listed {
    shows: Shows,
    area: Rect<Reference>,
    width: u32,
    height: u32,
    /// Its name follows from it.
    sha256: Sha256,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    format: String,
    version: u32,
    /// SHA-256 of report.json, which is the digest of the report.
    report: Sha256,
    exhibits: Vec<Listed>,
}

/// The manifest of a settled bundle in its one form; its hash is what a signature calls the evidence.
pub(in crate::report) fn manifest(bundle: &Bundle, report: Sha256) -> Vec<u8> {
    let listed = |exhibit: &Exhibit| {
        let Exhibit { shows, area, width, height, file } = exhibit;
        json!({"shows": shows, "area": area, "width": width, "height": height, "sha256": Sha256::of(file)})
    };
    let exhibits: Vec<_> = bundle.exhibits.iter().map(listed).collect();
    canonical(&json!({"format": FORMAT, "version": VERSION, "report": report, "exhibits": exhibits}))
}

fn picture_name(sha256: Sha256) -> String {
    format!("pictures/{sha256}")
}

/// The bundle as a file.
///
/// # Errors
/// [`BundleError::OutOfLimits`] when it is not [valid](Bundle::is_valid), [`BundleError::TooLarge`] when nobody would read it.
pub fn write_bundle(bundle: &Bundle) -> Result<Vec<u8>, BundleError> {
    let bundle = bundle.settled().map_err(|_: LinkError| BundleError::OutOfLimits)?;
    if bundle.exhibits.iter().map(|exhibit| exhibit.file.len()).sum::<usize>() > MAX_BUNDLE_BYTES {
        return Err(BundleError::TooLarge);
    }
    let report = report_json(&bundle.report);
    let manifest = manifest(&bundle, Sha256::of(&report));
    let signature = bundle.signature.as_ref().map(signature_json);
    let mut pictures: Vec<(String, &[u8])> =
        bundle.exhibits.iter().map(|exhibit| (picture_name(Sha256::of(&exhibit.file)), exhibit.file.as_slice())).collect();
    pictures.sort_unstable();
    pictures.dedup();
    let mut files: Vec<(&str, &[u8])> = vec![(MANIFEST, &manifest), (REPORT, &report)];
    files.extend(signature.as_deref().map(|signature| (SIGNATURE, signature)));
    files.extend(pictures.iter().map(|(name, file)| (name.as_str(), *file)));
    Ok(zip::write(&files))
}

/// The bundle that a file holds.
///
/// # Errors
/// A [`BundleError`]. What is not the one form of a valid bundle is refused: any byte that was changed is found.
pub fn read_bundle(bytes: &[u8]) -> Result<Bundle, BundleError> {
    if bytes.len() > MAX_BUNDLE_BYTES + (MAX_BUNDLE_BYTES >> 4) {
        return Err(BundleError::TooLarge);
    }
    if !zip::is_archive(bytes) {
        return Err(BundleError::NotAReport);
    }
    let Some(files) = zip::read(bytes, MAX_EXHIBITS + 3) else {
        return Err(if zip::has_end(bytes) { BundleError::Altered } else { BundleError::Cut });
    };
    let named = |wanted: &str| files.iter().find(|(name, _)| *name == wanted).map(|(_, file)| *file);
    let (text, report) = (named(MANIFEST).ok_or(BundleError::NotAReport)?, named(REPORT).ok_or(BundleError::Altered)?);
    let bundle = from_parts(text, report, named(SIGNATURE), |sha256| named(&picture_name(sha256)))?;
    if write_bundle(&bundle).as_deref() == Ok(bytes) { Ok(bundle) } else { Err(BundleError::Altered) }
}

/// The bundle of a manifest, a report and a signature as files, and of the pictures by their hashes.
///
/// # Errors
/// A [`BundleError`] when they don't belong together, or are not in their one form.
pub(in crate::report) fn from_parts<'a>(
    text: &[u8],
    report: &[u8],
    signature: Option<&[u8]>,
    named: impl Fn(Sha256) -> Option<&'a [u8]>,
) -> Result<Bundle, BundleError> {
    let listed: Manifest = serde_json::from_slice(text).map_err(|_| later(text))?;
    if listed.format != FORMAT {
        return Err(BundleError::NotAReport);
    }
    if listed.version != VERSION {
        return Err(BundleError::Newer(listed.version));
    }
    if listed.exhibits.len() > MAX_EXHIBITS {
        return Err(BundleError::OutOfLimits);
    }
    if Sha256::of(report) != listed.report {
        return Err(BundleError::Altered);
    }
    // Before anything is copied: a picture that is named a thousand times would fill the memory.
    let bytes = listed.exhibits.iter().map(|listed| named(listed.sha256).map_or(0, <[u8]>::len)).fold(0, usize::saturating_add);
    if bytes > MAX_BUNDLE_BYTES || !each_once(listed.exhibits.iter().map(|listed| listed.shows)) {
        return Err(BundleError::OutOfLimits);
    }
    let exhibit = |listed: Listed| {
        let file = named(listed.sha256).filter(|file| Sha256::of(file) == listed.sha256)?.to_vec();
        Some(Exhibit { shows: listed.shows, area: listed.area, width: listed.width, height: listed.height, file })
    };
    let exhibits: Option<Vec<_>> = listed.exhibits.into_iter().map(exhibit).collect();
    let bundle = Bundle {
        report: read_report_json(report)?,
        signature: signature.map(serde_json::from_slice::<Signature>).transpose().map_err(|_| BundleError::Altered)?,
        exhibits: exhibits.ok_or(BundleError::Altered)?,
    };
    match bundle.settled() {
        Ok(settled) if settled == bundle && manifest(&bundle, listed.report) == text => Ok(bundle),
        Ok(_) => Err(BundleError::Altered),
        Err(_) => Err(BundleError::OutOfLimits),
    }
}

/// What a manifest is that has other fields than ours.
fn later(text: &[u8]) -> BundleError {
    #[derive(Deserialize)]
    struct Head {
        format: String,
        version: u32,
    }
    match serde_json::from_slice::<Head>(text) {
        Ok(Head { format, version }) if format == FORMAT && version > VERSION => BundleError::Newer(version),
        Ok(Head { format, .. }) if format != FORMAT => BundleError::NotAReport,
        _ => BundleError::Altered,
    }
}
