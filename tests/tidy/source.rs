//! The files of the repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// One file.
pub(crate) struct File {
    /// Its path from the top, with forward slashes.
    pub(crate) path: String,
    /// Its text; `None` when it is no text.
    pub(crate) text: Option<String>,
    /// Its bytes.
    pub(crate) bytes: u64,
}

impl File {
    /// A file that a rule is tried on.
    #[cfg(test)]
    pub(crate) fn with(path: &str, text: &str) -> Self {
        Self { path: path.to_owned(), text: Some(text.to_owned()), bytes: text.len() as u64 }
    }

    /// The text, empty for pictures.
    pub(crate) fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// Whether the name ends in one of these extensions.
    pub(crate) fn is(&self, extensions: &[&str]) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, extension)| extensions.contains(&extension))
    }

    /// The Rust code of the file, comments and the contents of strings blanked out, lines kept; empty for other files.
    pub(crate) fn code(&self) -> String {
        if self.is(&["rs"]) { blank(self.text()) } else { String::new() }
    }

    /// The code up to the file's own tests; empty for a file of tests.
    pub(crate) fn code_without_tests(&self) -> String {
        if self.path.ends_with("/tests.rs") || self.path.contains("/tests/") {
            return String::new();
        }
        let code = self.code();
        code.find("#[cfg(test)]\nmod ").map_or(code.clone(), |at| code[..at].to_owned())
    }

    /// A complaint about one of its lines, counted from 1.
    pub(crate) fn complain(&self, line: usize, what: &str) -> String {
        format!("{}:{line}: {what}", self.path)
    }
}

/// Every file that git tracks or would track; without git, every file outside the folders that git ignores.
pub(crate) fn tracked() -> Vec<File> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let git =
        Command::new("git").args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]).current_dir(top).output();
    let mut paths: Vec<String> = match git {
        Ok(output) if output.status.success() => {
            String::from_utf8_lossy(&output.stdout).split('\0').filter(|path| !path.is_empty()).map(str::to_owned).collect()
        }
        _ => walk(top, top),
    };
    paths.sort();
    paths.dedup();
    let read = |path: String| {
        // A file that was deleted and not yet committed is still listed.
        let bytes = fs::read(top.join(&path)).ok()?;
        Some(File { path, bytes: bytes.len() as u64, text: String::from_utf8(bytes).ok() })
    };
    let files: Vec<File> = paths.into_iter().filter_map(read).collect();
    assert!(files.iter().any(|file| file.path == "src/lib.rs"), "the sources were not found");
    files
}

fn walk(top: &Path, folder: &Path) -> Vec<String> {
    let ignored = ["target", "dist", "artefacts", ".git"];
    let entries: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    let mut paths = Vec::new();
    for path in entries {
        let relative = path.strip_prefix(top).expect("below the top").to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            if !ignored.contains(&relative.as_str()) {
                paths.extend(walk(top, &path));
            }
        } else {
            paths.push(relative);
        }
    }
    paths
}

/// `text` with spaces for comments and for what strings and characters hold.
fn blank(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let length = covered(rest, code.chars().next_back());
        if length == 0 {
            code.push(next);
            rest = &rest[next.len_utf8()..];
        } else {
            code.extend(rest[..length].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
            rest = &rest[length..];
        }
    }
    code
}

/// How many bytes at the start of `rest` are a comment, a string or a character; `before` is the character in front.
fn covered(rest: &str, before: Option<char>) -> usize {
    let in_word = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let to = |end: &str, from: usize| rest[from..].find(end).map_or(rest.len(), |at| from + at + end.len());
    if rest.starts_with("//") {
        return rest.find('\n').unwrap_or(rest.len());
    }
    if rest.starts_with("/*") {
        return to("*/", 2);
    }
    let raw = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r')).filter(|_| !in_word);
    if let Some(raw) = raw {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            let start = rest.len() - raw.len() + hashes + 1;
            return to(&format!("\"{}", "#".repeat(hashes)), start);
        }
    }
    if rest.starts_with('"') {
        return closing(rest, '"');
    }
    // 'a' is a character, 'a alone a lifetime.
    let mut characters = rest.chars();
    if characters.next() == Some('\'') {
        let (first, second) = (characters.next(), characters.next());
        if first == Some('\\') || second == Some('\'') {
            return closing(rest, '\'');
        }
    }
    0
}

fn closing(rest: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

#[test]
fn comments_strings_and_characters_are_no_code() {
    for (text, code) in [
        ("a // b\nc", "a     \nc"),
        ("a /* b\n */ c", "a     \n    c"),
        (r#"f("x\"y") g"#, "f(      ) g"),
        (r###"r#"x"y"# z"###, "         z"),
        ("'\"' 'b: &'a str", "    'b: &'a str"),
        ("for_ b\"x\"", "for_ b   "),
    ] {
        assert_eq!(blank(text), code, "{text}");
    }
}
