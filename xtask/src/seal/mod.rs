//! Seals the built site: each part says, by SHA-256, what the parts that it loads have to be.
//!
//! The chain starts in `index.html`, whose elements carry the hashes of its scripts and its style sheet; these hold the hashes of what they fetch
//! later, and so on to the WebAssembly of every programme. A source names what belongs into it as `seal:FILE`. The service worker, `sw.js`,
//! has the list of all files. `index.html` and `sw.js` themselves are where trust begins: nothing stands above them but the host.

mod chain;
mod headers;
mod markup;
mod site;
mod verify;

use std::path::Path;

use crate::step::Failure;
use site::Site;

pub(crate) use headers::Rules;
pub use verify::verify;

/// The page.
const PAGE: &str = "index.html";
/// The service worker.
const SERVICE: &str = "sw.js";
/// The headers that a host is to send, in the format of Netlify and Cloudflare Pages.
const HEADERS: &str = "_headers";

/// Seals the site in `folder`. A site that is sealed already is sealed anew, with what its files hold now.
///
/// # Errors
/// When a file cannot be read or written, a source names a file that is not there, or two files name each other.
pub fn seal(folder: &Path) -> Result<(), Failure> {
    let mut site = Site::read(folder)?;
    chain::open(&mut site);
    if let Some(page) = site.text(PAGE) {
        let page = markup::without_leftovers(page);
        site.set(PAGE, page);
    }
    let headers = headers::written(&site)?;
    site.set(HEADERS, headers);
    chain::close(&mut site)?;
    site.write(folder)
}

#[cfg(test)]
mod tests;
