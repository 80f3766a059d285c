//! Reading our own pages: as much of HTML as they use.

/// An element: its name and its attributes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    /// What stands behind the name, up to the `>`.
    attributes: &'a str,
    /// What stands between it and its end, for a script or a style.
    pub(super) inside: &'a str,
}

impl<'a> Tag<'a> {
    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&'a str> {
        self.all().find(|(found, _)| *found == name).map(|(_, value)| value)
    }

    /// Every attribute; one without a value has an empty one.
    pub(super) fn all(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            rest = rest.trim_start_matches([' ', '\n', '\r', '\t', '/']);
            let end = rest.find(['=', ' ', '\n', '\t', '/']).unwrap_or(rest.len());
            let (name, behind) = rest.split_at(end);
            if name.is_empty() {
                return None;
            }
            let Some(value) = behind.strip_prefix('=') else {
                rest = behind;
                return Some((name, ""));
            };
            let quote = value.chars().next().filter(|sign| ['"', '\''].contains(sign));
            let (value, behind) = match quote {
                Some(quote) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
                None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
            };
            rest = behind;
            Some((name, value))
        })
    }
}

/// The elements of a page, comments left out.
pub(super) fn tags(page: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut rest = page;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[rest.find('<')? + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
                continue;
            }
            if !rest.starts_with(|sign: char| sign.is_ascii_alphabetic()) {
                continue;
            }
            let end = end_of_tag(rest)?;
            let (tag, behind) = (&rest[..end], &rest[end + 1..]);
            let (name, attributes) = tag.split_at(tag.find([' ', '\n', '\t', '/']).unwrap_or(tag.len()));
            rest = behind;
            let closing = format!("</{name}");
            let inside = if matches!(name, "script" | "style") { behind.split(&closing).next().unwrap_or_default() } else { "" };
            rest = &rest[inside.len()..];
            return Some(Tag { name, attributes, inside });
        }
    })
}

/// Where the `>` is that is not in a quoted value.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    tag.char_indices().find_map(|(at, sign)| {
        match (quote, sign) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(sign),
            (Some(open), sign) if open == sign => quote = None,
            _ => {}
        }
        None
    })
}

/// The page's own Content-Security-Policy.
pub(super) fn policy(page: &str) -> Option<String> {
    let meta = tags(page).find(|tag| tag.name == "meta" && tag.get("http-equiv") == Some("Content-Security-Policy"))?;
    Some(meta.get("content")?.replace("&#39;", "'").replace("&amp;", "&"))
}

/// The page without what Trunk leaves in it: its own instructions, empty lines in the place of others, and preloads whose hashes come from
/// before the last change to the files.
pub(super) fn without_leftovers(page: &str) -> String {
    let mut kept = String::with_capacity(page.len());
    let mut rest = page;
    while let Some(start) = rest.find("<link ") {
        let (before, tag) = rest.split_at(start);
        let (tag, behind) = tag.split_at(tag.find('>').map_or(tag.len(), |end| end + 1));
        let is_preload = tag.contains("rel=\"modulepreload\"") || tag.contains("rel=\"preload\"");
        let is_theirs = tag.starts_with("<link data-trunk") || (is_preload && tag.contains("integrity=\"sha384-"));
        kept += before;
        if !is_theirs {
            kept += tag;
        }
        rest = behind;
    }
    kept += rest;
    kept.split_inclusive('\n').filter(|line| !line.trim().is_empty()).collect()
}
