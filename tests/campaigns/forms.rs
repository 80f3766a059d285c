//! Every form of a report gives back what was put in; one report per seed.

use boardwatch::report::{
    Bundle, Shows, digest, open_report, read_link, report_json, write_bundle, write_html, write_link, write_png,
};
use boardwatch::vision::{Picture, to_png};

use crate::random::{self, Dice};

/// A report in each form and back.
pub(crate) fn case(seed: u64) -> Result<&'static str, String> {
    let sent = random::report::bundle(&mut Dice::new(seed));
    let sent = sent.settled().map_err(|error| format!("it does not settle: {error}"))?;
    let same = |form: &str, read: Option<Bundle>, expected: &Bundle| match read {
        Some(read) if read == *expected => Ok(()),
        Some(read) if digest(&read.report) != digest(&sent.report) => Err(format!("{form}: another report")),
        Some(_) => Err(format!("{form}: other proof or pictures")),
        None => Err(format!("{form}: nothing")),
    };
    let alone = Bundle::of(sent.report.clone());
    let without_wholes = {
        let mut bundle = sent.clone();
        bundle.exhibits.retain(|exhibit| !matches!(exhibit.shows, Shows::Photo | Shows::Reference(_)));
        bundle
    };
    let link = write_link(&sent).map_err(|error| error.to_string())?;
    same("link", read_link(&link).ok(), &sent)?;
    same("JSON", open_report(&report_json(&sent.report)).ok(), &alone)?;
    let zip = write_bundle(&sent).map_err(|error| error.to_string())?;
    same("bundle", open_report(&zip).ok(), &sent)?;
    let page = write_html(&sent).map_err(|error| error.to_string())?;
    same("page", open_report(page.as_bytes()).ok(), &without_wholes)?;
    let picture = to_png(&Picture { width: 3, height: 2, rgb: vec![77; 18] }).ok_or("no PNG")?;
    let png = write_png(&picture, &sent).map_err(|error| error.to_string())?;
    same("picture", open_report(&png).ok(), &sent)?;
    Ok("unchanged")
}
