//! What is asked of `boardwatch check`.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::*;

use super::super::arguments::{Overlay, parse_overlay, parse_side, parse_threads, value, with_help};
use crate::catalog::Side;

/// A photo that is set against a design.
#[derive(Debug, PartialEq)]
pub(crate) struct CheckOrder {
    pub(crate) photo: PathBuf,
    pub(crate) design: PathBuf,
    pub(crate) side: Side,
    /// Pictures of boards that are known to be good; without one only the places of the parts are told.
    pub(crate) references: Vec<PathBuf>,
    /// Parts by their designators, and where their middles are on the photo.
    pub(crate) seen: Vec<(String, [f64; 2])>,
    pub(crate) json: Option<PathBuf>,
    pub(crate) overlay: Option<Overlay>,
    pub(crate) threads: usize,
}

/// `None` when help is asked for.
pub(in crate::cli) fn parse(parser: &mut lexopt::Parser) -> Result<Option<CheckOrder>, String> {
    let (mut photo, mut design, mut threads) = (None, None, 1);
    let (mut side, mut references, mut seen, mut json, mut overlay) = (Side::Top, Vec::new(), Vec::new(), None, None);
    while let Some(argument) = parser.next().map_err(|error| with_help(&error.to_string()))? {
        match argument {
            Short('h') | Long("help") => return Ok(None),
            Long("design") => design = Some(PathBuf::from(value(parser)?)),
            Long("side") => side = parse_side(&value(parser)?)?,
            Long("reference") => references.push(value(parser)?.into()),
            Long("at") => seen.push(parse_seen(&value(parser)?)?),
            Long("json") => json = Some(value(parser)?.into()),
            Long("overlay") => overlay = Some(parse_overlay(&value(parser)?)?),
            Long("threads") => threads = parse_threads(&value(parser)?)?,
            Value(path) if photo.is_none() => photo = Some(PathBuf::from(path)),
            Value(path) => return Err(with_help(&format!("One photo at a time; {} is one too many.", path.to_string_lossy()))),
            other => return Err(with_help(&format!("{}.", other.unexpected()))),
        }
    }
    if matches!(seen.len(), 1 | 2) {
        return Err(with_help("One or two places fix nothing: give --at for three parts or more, or for none."));
    }
    let photo = photo.ok_or_else(|| with_help("No photo was given."))?;
    let design = design.ok_or_else(|| with_help("Against what? Add --design and a file that says where parts belong."))?;
    Ok(Some(CheckOrder { photo, design, side, references, seen, json, overlay, threads }))
}

/// `R12=1034.5,880`.
fn parse_seen(text: &OsString) -> Result<(String, [f64; 2]), String> {
    let text = text.to_string_lossy();
    let number = |text: &str| text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    text.rsplit_once('=')
        .and_then(|(designator, place)| {
            let (x, y) = place.split_once(',')?;
            Some((designator.trim().to_owned(), [number(x)?, number(y)?]))
        })
        .ok_or_else(|| with_help("--at takes a designator and a place in photo pixels, such as R12=1034,880."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Option<CheckOrder>, String> {
        parse(&mut lexopt::Parser::from_args(line.split_whitespace()))
    }

    #[test]
    fn places_of_parts_are_read() {
        let order = parsed("a.jpg --design b.csv --side bottom --at R1=10,20 --at A=B=1.5,2 --at C3=7,8").unwrap().unwrap();
        assert_eq!(order.side, Side::Bottom);
        assert_eq!(order.seen[..2], [("R1".to_owned(), [10.0, 20.0]), ("A=B".to_owned(), [1.5, 2.0])]);
    }

    #[test]
    fn what_is_wrong_is_said_in_words() {
        for (line, word) in [
            ("", "photo"),
            ("a.jpg", "--design"),
            ("a.jpg b.jpg --design c.csv", "too many"),
            ("a.jpg --design c.csv --side left", "--side"),
            ("a.jpg --design c.csv --at R1", "--at"),
            ("a.jpg --design c.csv --at R1=1,x", "--at"),
            ("a.jpg --design c.csv --at R1=1,2 --at R2=3,4", "three"),
        ] {
            let sentence = parsed(line).unwrap_err();
            assert!(sentence.contains(word) && sentence.contains("--help"), "{line}: {sentence}");
        }
    }
}
