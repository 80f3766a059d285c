//! The page's style sheets as one file: they compress by a third better together, and the browser asks once.

use std::fs;
use std::path::Path;

use crate::step::Failure;

/// What stands around a sheet's address in the page.
const LINK: [&str; 2] = ["<link rel=\"stylesheet\" href=\"", "\">"];
/// The one sheet.
const JOINED: &str = "style.css";
/// The sheet that `start.js` asks for when the start screen is there, and what is in it: the workbench, reports, dialogs, and once more what
/// holds for phones, because it has the last word.
const LATER: (&str, [&str; 10]) = (
    "later.css",
    [
        "style/bench.css",
        "style/stage.css",
        "style/panel.css",
        "style/lists.css",
        "style/tools.css",
        "style/dialog.css",
        "style/report.css",
        "style/together.css",
        "style/contribute.css",
        "style/phone.css",
    ],
);

/// Joins the sheets of `index.html` in `folder`, in their order, and lets the page ask for the one. Those that another page names stay.
///
/// # Errors
/// When a file cannot be read or written, or the page names no sheet.
pub(crate) fn join(folder: &Path) -> Result<(), Failure> {
    let page = folder.join("index.html");
    let (html, sheets) = joined(&fs::read_to_string(&page).map_err(Failure::file(&page))?);
    if sheets.is_empty() {
        return Err(Failure::Sentence("index.html names no style sheet, so the site would have none.".to_owned()));
    }
    let pages = others(folder)?;
    let (later, of_later) = LATER;
    let of_later = of_later.map(str::to_owned);
    for (name, parts) in [(JOINED, &sheets[..]), (later, &of_later[..])] {
        let mut style = String::new();
        for sheet in parts {
            let path = folder.join(sheet);
            style += &fs::read_to_string(&path).map_err(Failure::file(&path))?;
        }
        let place = folder.join(name);
        fs::write(&place, style).map_err(Failure::file(&place))?;
    }
    for sheet in sheets.iter().chain(&of_later).filter(|sheet| !pages.contains(*sheet)) {
        let path = folder.join(sheet);
        // One of them is in both.
        if path.is_file() {
            fs::remove_file(&path).map_err(Failure::file(&path))?;
        }
    }
    fs::write(&page, html).map_err(Failure::file(&page))
}

/// The text of all other pages.
fn others(folder: &Path) -> Result<String, Failure> {
    let mut texts = String::new();
    for entry in fs::read_dir(folder).map_err(Failure::file(folder))? {
        let path = entry.map_err(Failure::file(folder))?.path();
        if path.extension().is_some_and(|kind| kind == "html") && !path.ends_with("index.html") {
            texts += &fs::read_to_string(&path).map_err(Failure::file(&path))?;
        }
    }
    Ok(texts)
}

/// The page with one sheet in the place of the first, and the addresses of all.
fn joined(page: &str) -> (String, Vec<String>) {
    let [before, after] = LINK;
    let (mut html, mut sheets) = (String::new(), Vec::new());
    for line in page.split_inclusive('\n') {
        let address = line.trim().strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
        match address {
            Some(address) => {
                if sheets.is_empty() {
                    html += &line.replace(&format!("{address}{after}"), &format!("{JOINED}\" integrity=\"seal:{JOINED}{after}"));
                }
                sheets.push(address.to_owned());
            }
            None => html += line,
        }
    }
    (html, sheets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheets_become_one_in_the_place_of_the_first() {
        let page = "<head>\n  <link rel=\"stylesheet\" href=\"a.css\">\n  <title>x</title>\n  <link rel=\"stylesheet\" href=\"b/c.css\">\n</head>\n";
        let wanted =
            "<head>\n  <link rel=\"stylesheet\" href=\"style.css\" integrity=\"seal:style.css\">\n  <title>x</title>\n</head>\n";
        assert_eq!(joined(page), (wanted.to_owned(), vec!["a.css".to_owned(), "b/c.css".to_owned()]));
    }
}
