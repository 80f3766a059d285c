//! What the person asked for.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::*;

use super::catalog::{self, CatalogCommand};
use super::check::{self, CheckOrder};
use super::draw::{self, DrawOrder};
use crate::catalog::Side;
use crate::vision::{Detail, Scale};

pub(super) const HELP: &str = "\
Lays a photo of a circuit board over reference photos of the same board and lists what differs.

Usage:
  boardwatch compare PHOTO --reference REF [--reference REF2 ...] [options]
  boardwatch check PHOTO --design FILE [--reference REF ...] [options]
  boardwatch draw FILE [FILE ...] --out PICTURE [options]
  boardwatch features REF --out FILE
  boardwatch identify PHOTO --catalog DIR [--json]
  boardwatch outliers PICTURE PICTURE [PICTURE ...] [--json FILE] [--threads N]
  boardwatch verify REPORT [--rerun [--picture FILE ...]]
  boardwatch catalog init | add | check | build | serve | key

Options of compare:
  --reference FILE   a picture of a board that is known to be good; differences are placed on the first one
  --closeup FILE     a further photo of a part of the unit in question; compared with the first reference on its own
  --features FILE    features of one of the references, as `boardwatch features` writes them; they save time and change nothing
  --json FILE        write the comparison as JSON (docs/formats/comparison.md); - is standard output
  --overlay FILE     write the photo laid over the first reference, differences marked (.png or .jpg)
  --points FILE      control points: a JSON list of [photo_x, photo_y, reference_x, reference_y], four or more
  --px-per-mm N      pixels per millimetre on the first reference
  --board-mm WxH     size in millimetres of what the first reference shows from edge to edge
  --threads N        threads that share the work; the result is the same
  --detail PART      half or quarter: compare fewer pixels, which takes less memory; small parts may be missed

  check lays a design over the photo and tells what belongs where; differences from references are set against it.
  --design FILE      where the board's parts belong: placement data (docs/formats/placement.md), a KiCad board, IPC-2581 or a boardview file
  --side SIDE        top, or bottom: the side that the photo shows
  --reference FILE   as above
  --at NAME=X,Y      where the middle of a part is on the photo, in pixels; for three parts or more, where the design doesn't find its place by itself
  --json FILE        write what was found as JSON (docs/formats/check.md); - is standard output
  --overlay FILE     write the photo with the outline of every part (.png or .jpg)
  --threads N        as above

  draw paints what design files say of a side, laid over each other: Gerber layers, drill files, placement data and what --design takes (docs/formats/drawing.md).
  --out PICTURE      where to (.png or .jpg)
  --side SIDE        top, or bottom, as it is seen from below
  --layer KIND       only layers of this kind: copper, mask, paste, assembly, silk, other, outline or drill; may be given several times
  --px-per-mm N      pixels per millimetre; 20 unless said

  features writes what REF is recognised by, for catalogues (docs/formats/features.md).

  identify tells which board of a catalogue a photo shows, which side, and whether it is mirrored; DIR is the catalogue's folder or, much
  faster, the site that was built of it. --json tells it as JSON.

  outliers compares boards of one kind with each other, when there is no reference: a picture of each, up to 12; from three on it tells
  which one stands apart. --json and --threads as above.

  catalog keeps a catalogue of references (docs/catalogue.md):
    init DIR --title TEXT [--home URL] [--contribute URL]
    add DIR CONTRIBUTION ...          takes contributions in
    add DIR PICTURE --board ID --vendor V --model M --unit U --side top|bottom --contributor WHO --licence SPDX --source WHERE
                    [--revision R] [--size-mm WxH] [--px-per-mm N] [--date DAY] [--modality M] [--title TEXT]
    check DIR [--threads N]           schema, hashes, licences, duplicates; do the references of a side agree?
    build DIR --out SITE [--base URL] [--edition N] [--date DAY] [--key FILE]
    serve SITE [--port N]             for this machine, readable by pages of other hosts
    key --out FILE                    a key to sign with

  -h, --help         this text
  -V, --version      the version

  verify tells whether a report is whole and its signature fits. REPORT is a bundle (.boardwatch), a page, a marked picture, the report's own
  JSON, or an address that carries it behind #; nothing is fetched.
  --rerun            repeat the comparison and see whether it comes out the same; --threads as above
  --picture FILE     a picture that the report was made from, where it does not hold the original itself

Exit status: 0 aligned or doubtful, a report that holds, a catalogue without problems, a board that is known, boards that agree; 2 refused, or one that does not; 1 anything else, with the reason on standard error.";

/// Boards that are compared with each other: 66 pairs.
const MOST_OUTLIERS: usize = 12;

/// More threads each have too small a part of a picture.
const MOST_THREADS: usize = 16;

/// What to do.
#[derive(Debug, PartialEq)]
pub(super) enum Command {
    Help,
    Version,
    Compare(CompareOrder),
    Check(CheckOrder),
    Draw(DrawOrder),
    Features { reference: PathBuf, out: PathBuf },
    Identify(IdentifyOrder),
    Outliers(OutliersOrder),
    Verify(VerifyOrder),
    Catalog(CatalogCommand),
}

/// A photo whose board is looked for.
#[derive(Debug, PartialEq)]
pub(super) struct IdentifyOrder {
    pub(super) photo: PathBuf,
    /// A catalogue's folder, or the site that was built of it.
    pub(super) catalogue: PathBuf,
    pub(super) json: bool,
}

/// Boards that are compared with each other.
#[derive(Debug, PartialEq)]
pub(super) struct OutliersOrder {
    /// A picture of each.
    pub(super) pictures: Vec<PathBuf>,
    pub(super) json: Option<PathBuf>,
    pub(super) threads: usize,
}

/// What is to be verified, and how far.
#[derive(Debug, PartialEq)]
pub(super) struct VerifyOrder {
    /// A file, or an address.
    pub(super) report: String,
    pub(super) rerun: bool,
    pub(super) pictures: Vec<PathBuf>,
    pub(super) threads: usize,
}

/// A comparison as it was ordered.
#[derive(Debug, Default, PartialEq)]
pub(super) struct CompareOrder {
    pub(super) photo: PathBuf,
    pub(super) references: Vec<PathBuf>,
    pub(super) closeups: Vec<PathBuf>,
    pub(super) features: Vec<PathBuf>,
    pub(super) json: Option<PathBuf>,
    pub(super) overlay: Option<Overlay>,
    pub(super) points: Option<PathBuf>,
    pub(super) scale: Scale,
    /// One unless it was said.
    pub(super) threads: Option<usize>,
    pub(super) detail: Detail,
}

/// The picture to write, by its name.
#[derive(Debug, PartialEq)]
pub(super) struct Overlay {
    pub(super) path: PathBuf,
    pub(super) format: OverlayFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OverlayFormat {
    Png,
    Jpeg,
}

/// The command, or a sentence about what is wrong with the arguments.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Command, String> {
    let mut parser = lexopt::Parser::from_args(arguments);
    match parser.next().map_err(|error| with_help(&error.to_string()))? {
        None => Err(with_help("No command was given.")),
        Some(Short('h') | Long("help")) => Ok(Command::Help),
        Some(Short('V') | Long("version")) => Ok(Command::Version),
        Some(Value(word)) if word == "compare" => parse_compare(&mut parser),
        Some(Value(word)) if word == "check" => Ok(check::parse(&mut parser)?.map_or(Command::Help, Command::Check)),
        Some(Value(word)) if word == "draw" => Ok(draw::parse(&mut parser)?.map_or(Command::Help, Command::Draw)),
        Some(Value(word)) if word == "features" => parse_features(&mut parser),
        Some(Value(word)) if word == "identify" => parse_identify(&mut parser),
        Some(Value(word)) if word == "outliers" => parse_outliers(&mut parser),
        Some(Value(word)) if word == "catalog" => Ok(catalog::parse(&mut parser)?.map_or(Command::Help, Command::Catalog)),
        Some(Value(word)) if word == "verify" => parse_verify(&mut parser),
        Some(Value(word)) => Err(with_help(&format!("There is no command {}.", word.to_string_lossy()))),
        Some(other) => Err(with_help(&format!("{}.", other.unexpected()))),
    }
}

fn parse_compare(parser: &mut lexopt::Parser) -> Result<Command, String> {
    let mut order = CompareOrder::default();
    let mut photo = None;
    while let Some(argument) = parser.next().map_err(|error| with_help(&error.to_string()))? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Long("reference") => order.references.push(value(parser)?.into()),
            Long("closeup") => order.closeups.push(value(parser)?.into()),
            Long("features") => order.features.push(value(parser)?.into()),
            Long("json") => order.json = Some(value(parser)?.into()),
            Long("overlay") => order.overlay = Some(parse_overlay(&value(parser)?)?),
            Long("points") => order.points = Some(value(parser)?.into()),
            Long("threads") => order.threads = Some(parse_threads(&value(parser)?)?),
            Long("detail") => order.detail = parse_detail(&value(parser)?)?,
            Long("px-per-mm") => order.scale = parse_density(&value(parser)?)?,
            Long("board-mm") => order.scale = parse_size(&value(parser)?)?,
            Value(path) if photo.is_none() => photo = Some(PathBuf::from(path)),
            Value(path) => return Err(with_help(&format!("One photo at a time; {} is one too many.", path.to_string_lossy()))),
            other => return Err(with_help(&format!("{}.", other.unexpected()))),
        }
    }
    order.photo = photo.ok_or_else(|| with_help("No photo was given."))?;
    if order.references.is_empty() {
        return Err(with_help("No reference was given: add --reference and a picture of a board that is known to be good."));
    }
    Ok(Command::Compare(order))
}

fn parse_features(parser: &mut lexopt::Parser) -> Result<Command, String> {
    let (mut reference, mut out) = (None, None);
    while let Some(argument) = parser.next().map_err(|error| with_help(&error.to_string()))? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Long("out") => out = Some(PathBuf::from(value(parser)?)),
            Value(path) if reference.is_none() => reference = Some(PathBuf::from(path)),
            Value(path) => {
                return Err(with_help(&format!("One reference at a time; {} is one too many.", path.to_string_lossy())));
            }
            other => return Err(with_help(&format!("{}.", other.unexpected()))),
        }
    }
    let reference = reference.ok_or_else(|| with_help("No reference was given."))?;
    let out = out.ok_or_else(|| with_help("Where to? Add --out and a file's name."))?;
    Ok(Command::Features { reference, out })
}

fn parse_identify(parser: &mut lexopt::Parser) -> Result<Command, String> {
    let (mut photo, mut catalogue, mut json) = (None, None, false);
    while let Some(argument) = parser.next().map_err(|error| with_help(&error.to_string()))? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Long("catalog") => catalogue = Some(PathBuf::from(value(parser)?)),
            Long("json") => json = true,
            Value(path) if photo.is_none() => photo = Some(PathBuf::from(path)),
            Value(path) => return Err(with_help(&format!("One photo at a time; {} is one too many.", path.to_string_lossy()))),
            other => return Err(with_help(&format!("{}.", other.unexpected()))),
        }
    }
    let photo = photo.ok_or_else(|| with_help("No photo was given."))?;
    let catalogue = catalogue.ok_or_else(|| with_help("Among which boards? Add --catalog and a catalogue's folder."))?;
    Ok(Command::Identify(IdentifyOrder { photo, catalogue, json }))
}

fn parse_outliers(parser: &mut lexopt::Parser) -> Result<Command, String> {
    let mut order = OutliersOrder { pictures: Vec::new(), json: None, threads: 1 };
    while let Some(argument) = parser.next().map_err(|error| with_help(&error.to_string()))? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Long("json") => order.json = Some(value(parser)?.into()),
            Long("threads") => order.threads = parse_threads(&value(parser)?)?,
            Value(path) => order.pictures.push(path.into()),
            other => return Err(with_help(&format!("{}.", other.unexpected()))),
        }
    }
    if (2..=MOST_OUTLIERS).contains(&order.pictures.len()) {
        return Ok(Command::Outliers(order));
    }
    Err(with_help(&format!(
        "outliers takes 2 to {MOST_OUTLIERS} pictures, one of each board; {} were given.",
        order.pictures.len()
    )))
}

pub(super) fn value(parser: &mut lexopt::Parser) -> Result<OsString, String> {
    parser.value().map_err(|error| with_help(&format!("{error}.")))
}

/// The picture to write; asked before anything is computed.
pub(super) fn parse_overlay(name: &OsString) -> Result<Overlay, String> {
    let path = PathBuf::from(name);
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let format = match ending.as_deref() {
        Some("png") => OverlayFormat::Png,
        Some("jpg" | "jpeg") => OverlayFormat::Jpeg,
        _ => return Err(with_help("--overlay takes the name of a picture that ends in .png or .jpg.")),
    };
    Ok(Overlay { path, format })
}

fn parse_verify(parser: &mut lexopt::Parser) -> Result<Command, String> {
    let (mut report, mut order) = (None, VerifyOrder { report: String::new(), rerun: false, pictures: Vec::new(), threads: 1 });
    while let Some(argument) = parser.next().map_err(|error| with_help(&error.to_string()))? {
        match argument {
            Short('h') | Long("help") => return Ok(Command::Help),
            Long("rerun") => order.rerun = true,
            Long("picture") => order.pictures.push(value(parser)?.into()),
            Long("threads") => order.threads = parse_threads(&value(parser)?)?,
            Value(name) if report.is_none() => report = Some(name.to_string_lossy().into_owned()),
            Value(name) => return Err(with_help(&format!("One report at a time; {} is one too many.", name.to_string_lossy()))),
            other => return Err(with_help(&format!("{}.", other.unexpected()))),
        }
    }
    if !order.pictures.is_empty() && !order.rerun {
        return Err(with_help("--picture is for --rerun."));
    }
    order.report = report.ok_or_else(|| with_help("No report was given."))?;
    Ok(Command::Verify(order))
}

pub(super) fn parse_threads(text: &OsString) -> Result<usize, String> {
    let threads = text.to_string_lossy().parse().ok().filter(|threads| (1..=MOST_THREADS).contains(threads));
    threads.ok_or_else(|| with_help(&format!("--threads takes a number from 1 to {MOST_THREADS}.")))
}

fn parse_detail(text: &OsString) -> Result<Detail, String> {
    match text.to_string_lossy().as_ref() {
        "full" => Ok(Detail::Full),
        "half" => Ok(Detail::Half),
        "quarter" => Ok(Detail::Quarter),
        _ => Err(with_help("--detail takes full, half or quarter.")),
    }
}

pub(super) fn parse_side(word: &OsString) -> Result<Side, String> {
    let side = [Side::Top, Side::Bottom].into_iter().find(|side| side.word() == word.to_string_lossy());
    side.ok_or_else(|| with_help("--side takes top or bottom."))
}

fn parse_density(text: &OsString) -> Result<Scale, String> {
    positive(&text.to_string_lossy())
        .map(Scale::PxPerMm)
        .ok_or_else(|| with_help("--px-per-mm takes a number above 0, such as 10.8."))
}

fn parse_size(text: &OsString) -> Result<Scale, String> {
    let text = text.to_string_lossy();
    let sides = text.split_once(['x', 'X', '×']).and_then(|(width, height)| Some((positive(width)?, positive(height)?)));
    sides
        .map(|(width, height)| Scale::FrameMm(width, height))
        .ok_or_else(|| with_help("--board-mm takes a width and a height, such as 305x244."))
}

pub(super) fn positive(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0)
}

pub(super) fn with_help(sentence: &str) -> String {
    format!("{sentence} See boardwatch --help.")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Command, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    #[test]
    fn an_overlay_that_could_not_be_written_is_refused_at_once() {
        let said = parsed("compare a.jpg --reference b.jpg --overlay out.gif").unwrap_err();
        assert!(said.contains(".png or .jpg"), "{said}");
        assert!(parsed("compare a.jpg --reference b.jpg --overlay OUT.JPG").is_ok());
    }

    #[test]
    fn a_comparison_takes_several_references_and_a_scale() {
        let Ok(Command::Compare(order)) = parsed("compare a.jpg --reference b.jpg --reference=c.jpg --json - --board-mm 305x244")
        else {
            panic!()
        };
        assert_eq!(order.references, [PathBuf::from("b.jpg"), PathBuf::from("c.jpg")]);
        assert_eq!((order.photo, order.json), (PathBuf::from("a.jpg"), Some(PathBuf::from("-"))));
        assert_eq!(order.scale, Scale::FrameMm(305.0, 244.0));
    }

    #[test]
    fn what_is_wrong_is_said_in_words() {
        for (line, word) in [
            ("", "command"),
            ("compare", "photo"),
            ("compare a.jpg", "reference"),
            ("compare a.jpg b.jpg --reference c.jpg", "too many"),
            ("compare a.jpg --reference", "reference"),
            ("compare a.jpg --reference b.jpg --px-per-mm 0", "--px-per-mm"),
            ("compare a.jpg --reference b.jpg --board-mm 305", "--board-mm"),
            ("compare a.jpg --reference b.jpg --threads 0", "--threads"),
            ("compare a.jpg --reference b.jpg --detail third", "--detail"),
            ("compare a.jpg --reference b.jpg --frobnicate", "frobnicate"),
            ("contrast a.jpg", "contrast"),
            ("identify", "photo"),
            ("identify a.jpg", "--catalog"),
            ("identify a.jpg b.jpg --catalog c", "too many"),
            ("outliers a.jpg", "2 to 12"),
            ("verify", "report"),
            ("verify a b", "too many"),
            ("verify a --picture b.jpg", "--rerun"),
        ] {
            let sentence = parsed(line).unwrap_err();
            assert!(sentence.contains(word) && sentence.contains("--help"), "{line}: {sentence}");
        }
    }
}
