//! `boardwatch verify`: is a report whole, who vouches for it, and does the comparison come out the same again?

use std::path::{Path, PathBuf};

use ed25519_dalek::VerifyingKey;

use super::arguments::VerifyOrder;
use super::files::{read, read_picture};
use super::threads;
use crate::report::{
    Bundle, HOSTED_PREFIX, Hosted, MAX_BUNDLE_BYTES, Shows, Signature, SignatureBytes, comparison_digest, digest, fingerprint,
    open_report, read_hosted, read_link, words,
};
use crate::vision::{Detail, ExamineConfig, Files, Ignore, MADE_BY, Scale, Sha256, compare_files_together};

/// Says what can be said; true when nothing speaks against the report.
pub(super) fn perform(order: &VerifyOrder) -> Result<bool, String> {
    let bundle = open(&order.report)?;
    let report = &bundle.report;
    let known_as = digest(report);
    println!("Whole, and in the one form that Boardwatch writes. Fingerprint {}, SHA-256 {known_as}.", fingerprint(known_as));
    for (what, said) in [("Board", &report.board), ("Unit", &report.unit), ("By", &report.contributor)] {
        if !said.is_empty() {
            println!("{what}: {}", plain(said));
        }
    }
    if let Some(answer) = &report.answer {
        println!("It answers the report {} (SHA-256 {}).", fingerprint(answer.report), answer.report);
    }
    println!("Findings: {}. Pictures that go with it: {}.", report.findings.len(), bundle.exhibits.len());
    let vouched = match &bundle.signature {
        None => {
            println!("{}", words::UNSIGNED);
            true
        }
        Some(signature) => vouches(&bundle, known_as, signature),
    };
    let repeated = if order.rerun { rerun(&bundle, &order.pictures, order.threads)? } else { true };
    Ok(vouched && repeated)
}

/// The report of a file, or of an address that carries it behind `#`.
fn open(name: &str) -> Result<Bundle, String> {
    let is_address = ["http://", "https://", "file://", "#"].iter().any(|start| name.starts_with(start));
    match name.split_once('#') {
        Some((_, fragment)) if is_address && fragment.starts_with(HOSTED_PREFIX) => {
            let Hosted { address, sha256 } = read_hosted(fragment).map_err(|error| error.to_string())?;
            Err(format!("This link points to {}. Download that file (SHA-256 {sha256}), then verify it.", plain(&address)))
        }
        Some((_, fragment)) if is_address => read_link(fragment).map_err(|error| error.to_string()),
        None if is_address => {
            Err(format!("{} carries no report behind a #. Download the file that it names, then verify that file.", plain(name)))
        }
        _ => {
            let path = Path::new(name);
            // Pictures in a page are a third longer than in a bundle.
            let bytes = read(path, 2 * MAX_BUNDLE_BYTES, "reports")?;
            open_report(&bytes).map_err(|error| format!("{name}: {error}"))
        }
    }
}

/// True when the signature is that of its key over the report with this digest (RFC 8032; keys and points that leave room for a second
/// form are refused).
#[must_use]
pub fn signature_fits(signature: &Signature, report: Sha256) -> bool {
    let SignatureBytes((first, second)) = signature.signature;
    let bytes = ed25519_dalek::Signature::from_components(first, second);
    let key = VerifyingKey::from_bytes(&signature.key.0);
    key.is_ok_and(|key| key.verify_strict(&signature.signed(report), &bytes).is_ok())
}

/// Says whether the signature fits, and what it covers.
fn vouches(bundle: &Bundle, report: Sha256, signature: &Signature) -> bool {
    let Signature { name, key, evidence: signed, .. } = signature;
    let name = plain(name);
    if !signature_fits(signature, report) {
        println!("SIGNATURE DOES NOT FIT: this is not what {name} signed with the key {}. Do not trust it.", String::from(*key));
        return false;
    }
    println!("Signed as {name} with the key {}. The signature fits. {}", String::from(*key), words::SIGNED_MEANS);
    match (signed, bundle.exhibits.is_empty()) {
        (None, true) => true,
        (Some(_), true) => {
            println!("It was signed together with pictures that did not come along.");
            true
        }
        (Some(signed), false) if *signed == bundle.evidence() => {
            println!("The signature covers the pictures as well.");
            true
        }
        _ => {
            println!(
                "THE PICTURES ARE NOT THOSE THAT WERE SIGNED: the signature covers the report alone. Don't trust the pictures."
            );
            false
        }
    }
}

/// Repeats the comparison, and says whether it comes out the same.
fn rerun(bundle: &Bundle, pictures: &[PathBuf], threads: usize) -> Result<bool, String> {
    let report = &bundle.report;
    let method = &report.method;
    let Some(expected) = method.comparison else {
        return Err("The report says nothing about a comparison that could be repeated.".to_owned());
    };
    let given = pictures.iter().map(|path| read_picture(path)).collect::<Result<Vec<_>, _>>()?;
    let whole = |shows| matches!(shows, Shows::Photo | Shows::Reference(_));
    let inside = bundle.exhibits.iter().filter(|exhibit| whole(exhibit.shows)).map(|exhibit| &exhibit.file);
    let files: Vec<(Sha256, &[u8])> = given.iter().chain(inside).map(|file| (Sha256::of(file), file.as_slice())).collect();
    let wanted: Vec<Sha256> =
        std::iter::once(report.photo.sha256).chain(report.references.iter().map(|note| note.picture.sha256)).collect();
    let found = |wanted: &Sha256| files.iter().find(|(sha256, _)| sha256 == wanted).map(|(_, file)| *file);
    let missing: Vec<String> = wanted.iter().filter(|sha256| found(sha256).is_none()).map(Sha256::to_string).collect();
    if !missing.is_empty() {
        return Err(format!(
            "To repeat the comparison the very files are needed: give them with --picture. Missing by SHA-256: {}.",
            missing.join(", ")
        ));
    }
    let mut needed = wanted.iter().filter_map(found);
    let photo = needed.next().unwrap_or_default();
    let references: Vec<&[u8]> = needed.collect();
    let files = Files::of(photo, &references);
    let told = ExamineConfig {
        scale: method.px_per_mm.map_or(Scale::Unknown, Scale::PxPerMm),
        control_points: method.control_points.iter().map(|point| (point.photo, point.reference)).collect(),
        units: method.units.clone(),
        ..ExamineConfig::default()
    };
    // A report does not say how many pixels were compared where memory was short.
    for detail in Detail::ALL {
        let config = ExamineConfig { detail, ..told.clone() };
        let compared = threads::together(threads, &mut Ignore, async |watch, crew| {
            compare_files_together(&files, &config, watch, crew).await
        });
        let comparison = compared.map_err(|error| error.to_string())?;
        let json = serde_json::to_string(&comparison).map_err(|error| error.to_string())?;
        if comparison_digest(&json) == Some(expected) {
            println!("Repeated: the comparison comes out the same, SHA-256 {expected}.");
            words::left_out(detail, comparison.alignment.verdict).into_iter().for_each(|said| println!("{said}"));
            return Ok(true);
        }
    }
    if MADE_BY == method.made_by {
        println!("REPEATED, AND IT COMES OUT DIFFERENTLY: the report does not tell what these pictures give.");
    } else {
        println!(
            "Repeated by {MADE_BY}, but the report was made by {}: the numbers can't be told to be the same. Use that version.",
            plain(&method.made_by)
        );
    }
    Ok(false)
}

/// A text as it may stand on a terminal: nothing in it moves the cursor, colours or turns round what follows.
fn plain(text: &str) -> String {
    let is_hidden = |c: char| matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    text.chars().map(|c| if c.is_control() || is_hidden(c) { '\u{fffd}' } else { c }).collect()
}

#[test]
fn no_text_moves_the_cursor() {
    assert_eq!(plain("a\u{1b}[2Jb\u{202e}c\r\nd"), "a\u{fffd}[2Jb\u{fffd}c\u{fffd}\u{fffd}d");
}
