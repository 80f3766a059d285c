//! Files that somebody changed on their way, or made up; one per seed.

use std::sync::OnceLock;

use boardwatch::report::{Bundle, BundleError, digest, open_report, report_json, write_bundle, write_html, write_png};
use boardwatch::vision::{Picture, to_png};

use crate::random::{self, Dice, mutation};

struct Sent {
    bundle: Bundle,
    forms: Vec<Vec<u8>>,
}

fn sent() -> &'static [Sent] {
    static SENT: OnceLock<Vec<Sent>> = OnceLock::new();
    SENT.get_or_init(|| {
        let one = |seed| {
            let bundle = random::report::bundle(&mut Dice::new(seed)).settled().expect("a drawn bundle is valid");
            let picture = to_png(&Picture { width: 3, height: 2, rgb: vec![77; 18] }).expect("a small picture");
            let forms = vec![
                write_bundle(&bundle).expect("a bundle"),
                write_html(&bundle).expect("a page").into_bytes(),
                write_png(&picture, &bundle).expect("a picture"),
                report_json(&bundle.report),
            ];
            Sent { bundle, forms }
        };
        (0..16).map(one).collect()
    })
}

/// A changed file is refused, or still holds the report that was sent; says which.
pub(crate) fn case(seed: u64) -> Result<&'static str, String> {
    let mut dice = Dice::new(seed);
    let Sent { bundle, forms } = &sent()[dice.below(sent().len())];
    let mut bytes = forms[dice.below(forms.len())].clone();
    mutation::mutate(&mut bytes, &mut dice, &[], &[]);
    match open_report(&bytes) {
        Ok(read) if !read.is_valid() => Err("a report that is not valid was opened".to_owned()),
        Ok(read) if digest(&read.report) == digest(&bundle.report) => Ok("the same report"),
        // JSON has neither hash nor checksum: what was changed within the one form is another report, with another digest.
        Ok(read) if bytes.starts_with(b"{") && report_json(&read.report) == bytes => Ok("another report of its own"),
        Ok(_) => Err("another report was read".to_owned()),
        Err(error) => Ok(match error {
            BundleError::NotAReport => "not a report",
            BundleError::Newer(_) => "newer",
            BundleError::Cut => "cut",
            BundleError::Altered => "altered",
            BundleError::OutOfLimits => "out of limits",
            BundleError::TooLarge => "too large",
        }),
    }
}
