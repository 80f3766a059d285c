//! The headers that a host is to send with the site: written, and read for the server of the tests.

use super::site::Site;
use super::{PAGE, SERVICE, markup};
use crate::step::Failure;

/// Sent with every file. No rule below names one of these again: hosts differ in what they make of a header that two rules set.
const COMMON: [&str; 5] = [
    // Names carry no hash, so that a host's copy must be asked for again; the service worker is what makes the second visit quick.
    "Cache-Control: no-cache",
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: no-referrer",
    "Cross-Origin-Opener-Policy: same-origin",
    "Permissions-Policy: camera=(self), clipboard-write=(self), fullscreen=(self), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
];
/// What a page can't say of itself.
const NOT_IN_A_PAGE: &str = "frame-ancestors 'none'";
/// The service worker fetches the site's own files and does nothing else.
const SERVICE_POLICY: &str = "default-src 'none'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";
const POLICY: &str = "Content-Security-Policy";
/// How a worker's start script ends. A worker that has a policy of its own does not take that of its page.
const START: &str = "-start.js";

/// The file.
pub(super) fn written(site: &Site) -> Result<String, Failure> {
    let mut text = "/*\n".to_owned();
    COMMON.iter().for_each(|header| text += &format!("  {header}\n"));
    for (name, policy) in policies(site)? {
        // A host that tidies addresses knows a page without its ending.
        let short = name.strip_suffix("index.html").or_else(|| name.strip_suffix(".html"));
        for path in std::iter::once(name.as_str()).chain(short) {
            text += &format!("/{path}\n  {POLICY}: {policy}\n");
        }
    }
    Ok(text)
}

/// The policy of each file that needs one.
pub(super) fn policies(site: &Site) -> Result<Vec<(String, String)>, Failure> {
    let of = |name: &str| {
        let policy = site.text(name).and_then(markup::policy);
        policy.ok_or_else(|| Failure::Sentence(format!("{name} has no Content-Security-Policy in a meta element.")))
    };
    let page = of(PAGE)?;
    let mut policies = Vec::new();
    for name in site.0.keys() {
        let policy = match name.as_str() {
            name if name.ends_with(".html") => format!("{}; {NOT_IN_A_PAGE}", of(name)?),
            SERVICE => SERVICE_POLICY.to_owned(),
            name if name.ends_with(START) => page.clone(),
            _ => continue,
        };
        policies.push((name.clone(), policy));
    }
    Ok(policies)
}

/// What a file of headers says.
#[derive(Debug, Default)]
pub(crate) struct Rules(Vec<(String, Vec<String>)>);

impl Rules {
    /// Reads the file: a path at the start of a line, its headers in the indented lines below it.
    pub(crate) fn read(text: &str) -> Self {
        let mut rules: Vec<(String, Vec<String>)> = Vec::new();
        for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
            match rules.last_mut().filter(|_| line.starts_with([' ', '\t'])) {
                Some((_, headers)) => headers.push(line.trim().to_owned()),
                None => rules.push((line.trim().to_owned(), Vec::new())),
            }
        }
        Self(rules)
    }

    /// The headers of the file at this path, which begins with a slash.
    pub(crate) fn of(&self, path: &str) -> impl Iterator<Item = &str> {
        let fits = move |pattern: &str| match pattern.strip_suffix('*') {
            Some(start) => path.starts_with(start),
            None => path == pattern,
        };
        self.0.iter().filter(move |(pattern, _)| fits(pattern)).flat_map(|(_, headers)| headers.iter().map(String::as_str))
    }
}
