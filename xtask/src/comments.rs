//! Shorter to fetch: what stands in scripts and style sheets for those who write them.
//!
//! Lines of comment and the blanks at the beginnings of lines are left out of the built site; a fifth of a sheet's compressed size is in them. Names
//! and everything else stay as they were written, so that what is served can still be read.

use std::fs;
use std::path::Path;

use crate::step::Failure;

/// Takes the comments out of the scripts, style sheets and the page in `folder` and the folders below it.
///
/// # Errors
/// When a file cannot be read or written.
pub(crate) fn remove(folder: &Path) -> Result<(), Failure> {
    for entry in fs::read_dir(folder).map_err(Failure::file(folder))? {
        let path = entry.map_err(Failure::file(folder))?.path();
        let lean = match path.extension().and_then(|kind| kind.to_str()) {
            _ if path.is_dir() => {
                remove(&path)?;
                continue;
            }
            Some("js") => script,
            Some("css") => sheet,
            // Other pages are whole in themselves, with their own scripts, whose hashes they name.
            Some("html") if path.ends_with("index.html") => page,
            _ => continue,
        };
        let text = fs::read_to_string(&path).map_err(Failure::file(&path))?;
        fs::write(&path, lean(&text)).map_err(Failure::file(&path))?;
    }
    Ok(())
}

/// Without the lines that are comments. A script with a text over several lines is left alone: there a line may look like a comment.
fn script(text: &str) -> String {
    if text.lines().any(|line| line.matches('`').count() % 2 == 1) {
        return text.to_owned();
    }
    let (mut lean, mut inside) = (String::new(), false);
    for line in text.lines().map(str::trim_start) {
        inside |= line.starts_with("/**");
        if !inside && !line.starts_with("//") && !line.is_empty() {
            lean.push_str(line);
            lean.push('\n');
        }
        inside &= !line.ends_with("*/");
    }
    lean
}

/// Without comments.
fn page(text: &str) -> String {
    let lines = without(text, ["<!--", "-->"]);
    lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect()
}

/// Without comments. Our sheets have no text that holds the beginning of one.
fn sheet(text: &str) -> String {
    let lines = without(text, ["/*", "*/"]);
    // Where a line ends for the eye alone, the next one follows at once.
    lines.iter().flat_map(|line| [line.as_str(), if line.ends_with(['{', ';', '}', ',']) { "" } else { "\n" }]).collect()
}

/// The lines that are left when what stands between these signs is taken out.
fn without(text: &str, [begin, end]: [&str; 2]) -> Vec<String> {
    let mut rest = text;
    let mut code = String::new();
    while let Some((before, after)) = rest.split_once(begin) {
        code.push_str(before);
        rest = after.split_once(end).map_or("", |(_, after)| after);
    }
    code.push_str(rest);
    code.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_go_and_code_stays() {
        let written = "// Why.\nimport a from './a.js';\n/**\n * @param {number} b\n */\nfunction c(b) {\n    // there\n    return 'http://x' + b; // here\n}\n";
        assert_eq!(script(written), "import a from './a.js';\nfunction c(b) {\nreturn 'http://x' + b; // here\n}\n");
        assert_eq!(page("<p>a</p>\n<!-- Why,\n  and how. -->\n  <p>b</p>\n"), "<p>a</p>\n<p>b</p>\n");
        assert_eq!(sheet("/* Why. */\na {\n  b: c; /* d */\n}\n\n/* e\n   f */\ng { h: i; }\n"), "a {b: c;}g { h: i; }");
    }

    #[test]
    fn a_text_over_several_lines_is_left_alone() {
        let written = "const a = `\n  // no comment\n`;\n";
        assert_eq!(script(written), written);
    }
}
