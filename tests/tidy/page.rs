//! What the page may not hold.

use crate::files::ALONE;
use crate::rooms::line_of;
use crate::source::File;

/// Ways by which text turns into markup or code.
const SINKS: [&str; 10] = [
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "set_inner_html",
    "set_outer_html",
    "insert_adjacent_html",
    "from_html_unchecked",
    "document.write",
    "js_sys::eval",
    "new Function(",
];

fn of_the_page(file: &File) -> bool {
    let place = file.path == "index.html" || file.path.starts_with("src/") || file.path.starts_with("static/");
    place && file.is(&["html", "js", "mjs", "rs"])
}

/// No inline style, and in HTML no inline script or handler. A page that has to be one file has a style and a script, by their hashes.
pub(crate) fn inline(file: &File) -> Vec<String> {
    if !of_the_page(file) {
        return Vec::new();
    }
    let mut complaints = Vec::new();
    for (number, line) in file.text().lines().enumerate().filter(|(_, line)| !is_comment(line)) {
        let mut complain = |what: &str| complaints.push(file.complain(number + 1, what));
        if ["style=\"", "style={", "style=\\\""].iter().any(|attribute| line.contains(&format!(" {attribute}"))) {
            complain("an inline style; use a class, or set properties through CSSOM");
        }
        let is_part = ALONE.contains(&file.path.as_str()) && matches!(line.trim(), "<style>" | "<script>");
        if file.is(&["html"]) && !is_part {
            if line.contains("<script") && !line.contains("src=") {
                complain("an inline script; scripts have files of their own");
            }
            if line.contains("<style") {
                complain("an inline style sheet; styles have files of their own");
            }
            if line.split_whitespace().any(|word| word.starts_with("on") && word.contains('=')) {
                complain("an inline handler");
            }
        }
    }
    complaints
}

/// Text never becomes markup or code.
pub(crate) fn sinks(file: &File) -> Vec<String> {
    if !of_the_page(file) {
        return Vec::new();
    }
    let text = file.text();
    let found = SINKS.iter().flat_map(|sink| text.match_indices(sink));
    let code = found.filter(|(at, _)| !is_comment(text[..*at].rsplit('\n').next().unwrap_or_default()));
    code.map(|(at, sink)| file.complain(line_of(text, at), &format!("`{sink}` turns text into markup or code"))).collect()
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

#[test]
fn inline_styles_scripts_and_handlers_are_found() {
    for (path, text) in [
        ("index.html", "<p style=\"color: red\">"),
        ("src/ui/a.rs", "html! { <p style={width}> }"),
        ("index.html", "<script>go()</script>"),
        ("index.html", "<style>p {}</style>"),
        ("static/about.html", "<body onload=\"go()\">"),
    ] {
        assert_eq!(inline(&File::with(path, text)).len(), 1, "{text}");
    }
    for (path, text) in [
        ("index.html", "<link rel=\"stylesheet\" href=\"a.css\"><script src=\"a.js\"></script>"),
        ("src/ui/a.rs", "html! { <button onclick={go} class=\"style\"> }"),
        ("src/report/html.rs", "// never style=\"…\""),
    ] {
        assert_eq!(inline(&File::with(path, text)), [""; 0], "{text}");
    }
}

#[test]
fn a_page_alone_has_its_style_and_script_in_it_and_no_handler() {
    let page = |text| inline(&File::with("static/recovery.html", text)).len();
    assert_eq!(page("  <style>\n  </style>\n  <script>\n  </script>"), 0);
    assert_eq!(page("<body onload=\"go()\">") + page("<p style=\"color: red\">") + page("<script type=\"module\">"), 3);
}

#[test]
fn sinks_are_found() {
    assert_eq!(sinks(&File::with("static/start.js", "a;\nb.innerHTML = c")).len(), 1);
    assert_eq!(sinks(&File::with("src/ui/a.rs", "Html::from_html_unchecked(x)")).len(), 1);
    assert_eq!(sinks(&File::with("src/ui/a.rs", "// innerHTML is a sink")), [""; 0]);
}
