//! `boardwatch draw`: what design files say of a board, as a picture of a side.

use std::path::{Path, PathBuf};

use lexopt::prelude::*;

use super::arguments::{Overlay, parse_overlay, parse_side, positive, value, with_help};
use super::compare::{keep_inputs, write_picture};
use super::files::read;
use crate::catalog::Side;
use crate::design::{Design, Frame, Layer, LayerKind, MOST_BYTES, read_design};
use crate::vision::draw_lines;

/// Pixels per millimetre where none are said: a line of a tenth of a millimetre is two pixels wide.
const PX_PER_MM: f64 = 20.0;
/// Width of the outlines of parts, in millimetres.
const OUTLINE_MM: f64 = 0.1;

/// Files of a design that become a picture.
#[derive(Debug, PartialEq)]
pub(super) struct DrawOrder {
    files: Vec<PathBuf>,
    side: Side,
    /// Only layers of these kinds; all of them when there are none.
    kinds: Vec<LayerKind>,
    px_per_mm: f64,
    out: Overlay,
}

/// `None` when help is asked for.
pub(super) fn parse(parser: &mut lexopt::Parser) -> Result<Option<DrawOrder>, String> {
    let (mut files, mut side, mut kinds, mut px_per_mm, mut out) = (Vec::new(), Side::Top, Vec::new(), PX_PER_MM, None);
    while let Some(argument) = parser.next().map_err(|error| with_help(&error.to_string()))? {
        match argument {
            Short('h') | Long("help") => return Ok(None),
            Long("side") => side = parse_side(&value(parser)?)?,
            Long("layer") => {
                let word = value(parser)?;
                let kind = LayerKind::SEEN.into_iter().find(|kind| kind.word() == word.to_string_lossy());
                let words = LayerKind::SEEN.map(LayerKind::word).join(", ");
                kinds.push(kind.ok_or_else(|| with_help(&format!("--layer takes one of {words}.")))?);
            }
            Long("px-per-mm") => {
                let word = value(parser)?;
                px_per_mm = positive(&word.to_string_lossy())
                    .ok_or_else(|| with_help("--px-per-mm takes a number above 0, such as 20."))?;
            }
            Long("out") => out = Some(parse_overlay(&value(parser)?)?),
            Value(path) => files.push(PathBuf::from(path)),
            other => return Err(with_help(&format!("{}.", other.unexpected()))),
        }
    }
    if files.is_empty() {
        return Err(with_help("No design was given."));
    }
    let out = out.ok_or_else(|| with_help("Where to? Add --out and the name of a picture."))?;
    Ok(Some(DrawOrder { files, side, kinds, px_per_mm, out }))
}

/// Reads the files, says what is in them, paints the side.
pub(super) fn perform(order: &DrawOrder) -> Result<(), String> {
    keep_inputs(&order.out.path, order.files.iter().map(PathBuf::as_path))?;
    let mut design = read_files(&order.files, |path, own| {
        own.layers.iter().for_each(|layer| println!("{}", described(layer)));
        if !own.placements.is_empty() {
            println!("{} parts: {}", own.placements.len(), path.display());
        }
        own.unread().iter().chain(&own.assumed_unit()).for_each(|sentence| println!("{sentence}"));
    })?;
    if !order.kinds.is_empty() {
        design.layers.retain(|layer| order.kinds.contains(&layer.kind));
    }
    let frame = Frame::around(&design, order.side, order.px_per_mm)
        .ok_or_else(|| format!("The design draws nothing on the {} side. Choose the other one by --side.", order.side.word()))?;
    let mut picture = design.painted(order.side, &frame);
    let outlines: Vec<Vec<[f64; 2]>> = design.on(order.side).filter_map(|part| frame.outline(part)).collect();
    draw_lines(&mut picture, &outlines, (OUTLINE_MM * frame.px_per_mm).max(1.0));
    write_picture(&order.out, &picture)
}

/// The files of a design as one; each is handed over by itself before that.
fn read_files(files: &[PathBuf], mut each: impl FnMut(&Path, &Design)) -> Result<Design, String> {
    let own = |path: &PathBuf| -> Result<Design, String> {
        let bytes = read(path, MOST_BYTES, "design files")?;
        let own = read_design(&path.to_string_lossy(), &bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        each(path, &own);
        Ok(own)
    };
    Design::joined(files.iter().map(own))?.ok_or_else(|| "No design was given.".to_owned())
}

/// `silk, top: 412 shapes, 81.3 × 54.6 mm: board.GTO`.
fn described(layer: &Layer) -> String {
    let side = layer.side.map_or(String::new(), |side| format!(", {}", side.word()));
    let size = layer.bounds().map_or(String::new(), |area| format!(", {:.1} × {:.1} mm", area.w, area.h));
    format!("{}{side}: {} shapes{size}: {}", layer.kind.word(), layer.marks.len(), layer.name)
}
