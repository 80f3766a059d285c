//! What is asked of `boardwatch catalog`.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::*;

use super::super::arguments::{parse_threads, value, with_help};

/// What to do.
#[derive(Debug, PartialEq)]
pub(crate) enum CatalogCommand {
    Init(InitOrder),
    Add(Box<AddOrder>),
    Check { folder: PathBuf, threads: usize },
    Build(BuildOrder),
    Serve { site: PathBuf, port: u16 },
    Key { out: PathBuf },
}

/// A new catalogue.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct InitOrder {
    pub(crate) folder: PathBuf,
    pub(crate) title: String,
    pub(crate) home: Option<String>,
    pub(crate) contribute: Option<String>,
}

/// References to take in.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct AddOrder {
    pub(crate) folder: PathBuf,
    /// Contributions, or one picture that the texts describe.
    pub(crate) files: Vec<PathBuf>,
    /// The texts that were given, by the option's name.
    pub(crate) texts: Vec<(&'static str, String)>,
}

/// A site to make.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct BuildOrder {
    pub(crate) folder: PathBuf,
    pub(crate) out: PathBuf,
    /// The address that the site will have, for IIIF, which wants whole addresses.
    pub(crate) base: Option<String>,
    pub(crate) edition: Option<u64>,
    pub(crate) date: Option<String>,
    pub(crate) key: Option<PathBuf>,
}

/// Options of `add` that are texts.
const TEXTS: [&str; 14] = [
    "board",
    "vendor",
    "model",
    "revision",
    "size-mm",
    "unit",
    "contributor",
    "licence",
    "source",
    "date",
    "side",
    "modality",
    "px-per-mm",
    "title",
];

/// The port that nobody asked for.
const PORT: u16 = 8710;

/// Reads what stands behind `catalog`; `None` asks for help.
pub(crate) fn parse(parser: &mut lexopt::Parser) -> Result<Option<CatalogCommand>, String> {
    let verb = match parser.next().map_err(|error| with_help(&error.to_string()))? {
        Some(Value(verb)) => verb.to_string_lossy().into_owned(),
        Some(Short('h') | Long("help")) => return Ok(None),
        _ => return Err(with_help("catalog needs a word: init, add, check, build, serve or key.")),
    };
    let (mut paths, mut texts, mut threads) = (Vec::<PathBuf>::new(), Vec::<(String, OsString)>::new(), 1);
    while let Some(argument) = parser.next().map_err(|error| with_help(&error.to_string()))? {
        match argument {
            Short('h') | Long("help") => return Ok(None),
            Long("threads") => threads = parse_threads(&value(parser)?)?,
            Long(name) => {
                let name = name.to_owned();
                texts.push((name, value(parser)?));
            }
            Value(path) => paths.push(path.into()),
            other @ Short(_) => return Err(with_help(&format!("{}.", other.unexpected()))),
        }
    }
    let mut paths = paths.into_iter();
    let mut path = |what: &str| paths.next().ok_or_else(|| with_help(&format!("catalog {verb} needs {what}.")));
    let command = match verb.as_str() {
        "init" => {
            let folder = path("a folder")?;
            let order = InitOrder {
                folder,
                title: text(&mut texts, "title")
                    .ok_or_else(|| with_help("catalog init needs --title and what it calls itself."))?,
                home: text(&mut texts, "home"),
                contribute: text(&mut texts, "contribute"),
            };
            CatalogCommand::Init(order)
        }
        "add" => {
            let folder = path("the catalogue's folder")?;
            let files = std::iter::once(path("a contribution or a picture")?).chain(paths.by_ref()).collect();
            let texts = TEXTS.into_iter().filter_map(|name| Some((name, text(&mut texts, name)?))).collect();
            CatalogCommand::Add(Box::new(AddOrder { folder, files, texts }))
        }
        "check" => CatalogCommand::Check { folder: path("the catalogue's folder")?, threads },
        "build" => {
            let (folder, out) = (path("the catalogue's folder")?, text(&mut texts, "out"));
            let edition =
                text(&mut texts, "edition").map(|text| text.parse().map_err(|_| with_help("--edition takes a whole number.")));
            CatalogCommand::Build(BuildOrder {
                folder,
                out: out.ok_or_else(|| with_help("catalog build needs --out and a folder for the site."))?.into(),
                base: text(&mut texts, "base"),
                edition: edition.transpose()?,
                date: text(&mut texts, "date"),
                key: text(&mut texts, "key").map(PathBuf::from),
            })
        }
        "serve" => {
            let port = text(&mut texts, "port").map_or(Ok(PORT), |text| text.parse());
            CatalogCommand::Serve {
                site: path("the site's folder")?,
                port: port.map_err(|_| with_help("--port takes a number up to 65535."))?,
            }
        }
        "key" => {
            let out = text(&mut texts, "out").ok_or_else(|| with_help("catalog key needs --out and a file's name."))?;
            CatalogCommand::Key { out: out.into() }
        }
        other => {
            return Err(with_help(&format!("There is no catalog {other}; there are init, add, check, build, serve and key.")));
        }
    };
    if let Some((name, _)) = texts.first() {
        return Err(with_help(&format!("catalog {verb} has no option --{name}.")));
    }
    match paths.next() {
        Some(extra) => Err(with_help(&format!("catalog {verb} does not know what to do with {}.", extra.display()))),
        None => Ok(Some(command)),
    }
}

/// Takes an option's text out of the list.
fn text(texts: &mut Vec<(String, OsString)>, name: &str) -> Option<String> {
    let at = texts.iter().position(|(given, _)| given == name)?;
    Some(texts.remove(at).1.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Option<CatalogCommand>, String> {
        parse(&mut lexopt::Parser::from_args(line.split_whitespace().map(OsString::from)))
    }

    #[test]
    fn orders_are_read_and_what_is_wrong_is_said() {
        let add = parsed("add cat a.zip b.zip --unit 7 --licence CC0-1.0").unwrap().unwrap();
        let CatalogCommand::Add(add) = add else { panic!("{add:?}") };
        assert_eq!(add.files, [PathBuf::from("a.zip"), PathBuf::from("b.zip")]);
        assert_eq!(add.texts, [("unit", "7".to_owned()), ("licence", "CC0-1.0".to_owned())]);
        assert_eq!(parsed("serve site"), Ok(Some(CatalogCommand::Serve { site: "site".into(), port: PORT })));
        for (line, word) in [
            ("", "init, add"),
            ("check", "folder"),
            ("init cat", "--title"),
            ("build cat", "--out"),
            ("serve site --port x", "--port"),
            ("check cat --frobnicate 1", "--frobnicate"),
            ("check cat dog", "dog"),
            ("grow cat", "grow"),
            ("add cat", "picture"),
            ("build cat --out x --edition y", "--edition"),
        ] {
            let sentence = parsed(line).unwrap_err();
            assert!(sentence.contains(word), "{line}: {sentence}");
        }
    }
}
