//! Judging the licences of every dependency.

use crate::metadata::{Metadata, Package};
use crate::step::Failure;

/// Licences that let anybody use, change and pass on the product, with no condition but to name the authors.
const PERMISSIVE: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Also taken where nothing reaches the product's users: `webdriver`, below fantoccini, binds only those who change its files.
const FOR_DEVELOPMENT: [&str; 1] = ["MPL-2.0"];

/// Checks every dependency on every platform; returns how many there are.
///
/// # Errors
/// Names each package whose licence is missing or not taken.
pub fn check() -> Result<usize, Failure> {
    let packages = Metadata::read()?.dependencies();
    let rejected: Vec<String> = packages.iter().filter_map(complaint).collect();
    if rejected.is_empty() {
        return Ok(packages.len());
    }
    let remedy =
        "Take another crate, or add the licence to xtask/src/licences.rs if it asks for no more than naming the authors.";
    Err(Failure::Sentence(format!("{}\n{remedy}", rejected.join("\n"))))
}

fn complaint(package: &Package) -> Option<String> {
    let Package { title, licence, shipped } = package;
    let Some(licence) = licence else { return Some(format!("{title} states no licence.")) };
    let taken = |name: &str| PERMISSIVE.contains(&name) || (!shipped && FOR_DEVELOPMENT.contains(&name));
    (!satisfied(licence, &taken)).then(|| format!("{title} is under {licence}, which is not taken here."))
}

/// Whether an SPDX expression can be met by licences that are `taken`; a slash is the old way to write OR.
fn satisfied(expression: &str, taken: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let met = alternatives(&mut rest, taken);
    met && rest.is_empty()
}

fn alternatives(rest: &mut &[&str], taken: &dyn Fn(&str) -> bool) -> bool {
    let mut met = conjunction(rest, taken);
    while let [word, tail @ ..] = *rest
        && *word == "OR"
    {
        *rest = tail;
        met |= conjunction(rest, taken);
    }
    met
}

fn conjunction(rest: &mut &[&str], taken: &dyn Fn(&str) -> bool) -> bool {
    let mut met = licence(rest, taken);
    while let [word, tail @ ..] = *rest
        && *word == "AND"
    {
        *rest = tail;
        met &= licence(rest, taken);
    }
    met
}

fn licence(rest: &mut &[&str], taken: &dyn Fn(&str) -> bool) -> bool {
    let (met, tail) = match *rest {
        ["(", tail @ ..] => {
            *rest = tail;
            let met = alternatives(rest, taken);
            let [")", tail @ ..] = *rest else { return false };
            (met, tail)
        }
        [name, "WITH", exception, tail @ ..] => (taken(&format!("{name} WITH {exception}")), tail),
        [name, tail @ ..] => (taken(name), tail),
        [] => return false,
    };
    *rest = tail;
    met
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_mean_what_spdx_says() {
        let taken = |name: &str| PERMISSIVE.contains(&name);
        for (expression, expected) in [
            ("MIT", true),
            ("MIT OR GPL-3.0", true),
            ("GPL-3.0 OR MIT", true),
            ("GPL-3.0/MIT", true),
            ("MIT AND GPL-3.0", false),
            ("(MIT OR GPL-3.0) AND Unicode-3.0", true),
            ("GPL-3.0 OR (MIT AND AGPL-3.0)", false),
            ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
            ("GPL-2.0 WITH Classpath-exception-2.0", false),
            ("(MIT", false),
            ("MIT MIT", false),
            ("", false),
        ] {
            assert_eq!(satisfied(expression, &taken), expected, "{expression}");
        }
    }

    #[test]
    fn what_is_shipped_is_judged_more_strictly() {
        let package =
            |licence: Option<&str>, shipped| Package { title: "p 1".into(), licence: licence.map(str::to_owned), shipped };
        assert_eq!(complaint(&package(Some("MPL-2.0"), false)), None);
        assert!(complaint(&package(Some("MPL-2.0"), true)).is_some_and(|text| text.contains("MPL-2.0")));
        assert!(complaint(&package(None, false)).is_some_and(|text| text.contains("states no licence")));
    }
}
