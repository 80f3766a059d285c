//! `boardwatch check`: what belongs where on the photo, as the board's design says.

mod arguments;
mod found;
mod unlisted;

use std::path::{Path, PathBuf};

pub(super) use arguments::{CheckOrder, parse};
use found::{Found, Set};

use super::arguments::Overlay;
use super::compare::{keep_inputs, lines, opening, write_json, write_picture};
use super::files::{read, read_picture};
use super::threads;
use crate::catalog::Side;
use crate::design::{Design, LaidDesign, MOST_BYTES, read_design};
use crate::geometry::{Drawing, Photo, Point};
use crate::vision::{
    Comparison, DrawingAlignment, ExamineConfig, Files, Footprint, Ignore, Mark, Picture, Sha256, UnlistedPart, Verdict,
    compare_files_together, decode, draw_lines, draw_marks, lay_drawing, unlisted_parts,
};

/// Width of the outlines on the overlay, as a share of the photo's longer side.
const LINE_SHARE: f64 = 0.0005;
/// What is unlisted stands out among hundreds of outlines: so many times as wide a line, with a gap of so many widths around what it marks.
const UNLISTED_WIDER: f64 = 2.0;
const UNLISTED_GAP: f64 = 4.0;

/// Lays the design over the photo, writes what was ordered, says the result; true when that was refused.
pub(super) fn perform(order: &CheckOrder) -> Result<bool, String> {
    for out in order.json.iter().chain(order.overlay.as_ref().map(|overlay| &overlay.path)) {
        let inputs = [&order.photo, &order.design].into_iter().chain(&order.references);
        keep_inputs(out, inputs.map(PathBuf::as_path))?;
    }
    let file = read_picture(&order.photo)?;
    let photo = decode(&file).map_err(|error| error.to_string())?;
    let bytes = read(&order.design, MOST_BYTES, "design files")?;
    let design =
        read_design(&order.design.to_string_lossy(), &bytes).map_err(|error| format!("{}: {error}", order.design.display()))?;
    let on_terminal = order.json.as_deref() != Some(Path::new("-"));
    let say = |sentence: &str| {
        if on_terminal {
            println!("{sentence}");
        }
    };
    design.unread().iter().chain(&design.assumed_unit()).for_each(|sentence| say(sentence));
    let placements: Vec<_> = design.on(order.side).collect();
    if placements.is_empty() {
        return Err(format!("The design places nothing on the {} side. Choose the other one by --side.", order.side.word()));
    }
    let footprints: Vec<Footprint> = placements.iter().map(|placement| placement.footprint()).collect();
    let points = points(order, &design)?;
    let from_below = order.side == Side::Bottom;
    let laid = lay_drawing(&photo, &footprints, from_below, &points, &mut Ignore).map_err(|error| error.to_string())?;
    let Some(alignment) = laid else {
        return Err("The design has too few small parts to find its place by itself. Say where three or more of its parts are, with --at.".to_owned());
    };
    say(&headline(&alignment, placements.len()));
    let laid = LaidDesign::new(placements, alignment.map).filter(|_| alignment.verdict != Verdict::Refused);
    let unlisted = match &laid {
        // A map that may be wrong has parts beside their outlines.
        Some(_) if alignment.verdict == Verdict::Aligned => {
            Some(unlisted_parts(&photo, &footprints, &alignment.map, &mut Ignore).map_err(|error| error.to_string())?)
        }
        _ => None,
    };
    if let Some(laid) = &laid {
        say(unlisted::sentences(laid, unlisted.as_deref(), alignment.verdict).trim_end());
    }
    let comparison = match &laid {
        Some(_) if !order.references.is_empty() => Some(compared(order, &file)?),
        _ => None,
    };
    let set: Vec<Set<'_>> = laid.iter().zip(&comparison).flat_map(|(laid, comparison)| found::set(laid, comparison)).collect();
    if let Some(comparison) = &comparison {
        let listed = lines(set.iter().map(|set| (set.difference, set.sentence())));
        say(format!("{}{listed}", opening(comparison)).trim_end());
    }
    if let (Some(overlay), Some(laid)) = (&order.overlay, &laid) {
        draw(overlay, &photo, laid, unlisted.as_deref().unwrap_or_default())?;
    }
    if let Some(path) = &order.json {
        let (photo, design) = ((Sha256::of(&file), &photo), (Sha256::of(&bytes), &design));
        let unlisted = laid.as_ref().zip(unlisted.as_deref()).map(|(laid, parts)| unlisted::facts(laid, parts));
        let found = Found::new(order, photo, design, &alignment, laid.as_ref(), &set, unlisted);
        write_json(path, &found)?;
    }
    Ok(alignment.verdict == Verdict::Refused)
}

/// A place on the photo, and the same place on the drawing.
type Pair = (Point<Photo>, Point<Drawing>);

/// Where the person saw parts.
fn points(order: &CheckOrder, design: &Design) -> Result<Vec<Pair>, String> {
    let point = |(designator, [x, y]): &(String, [f64; 2])| {
        let part = design.on(order.side).find(|part| part.designator.eq_ignore_ascii_case(designator));
        let part = part.ok_or_else(|| format!("The design has no {designator} on the {} side.", order.side.word()))?;
        Ok((Point::new(*x, *y), part.at))
    };
    order.seen.iter().map(point).collect()
}

fn headline(alignment: &DrawingAlignment, parts: usize) -> String {
    let DrawingAlignment { verdict, px_per_mm, looked_for, agreed, residual_mm, .. } = alignment;
    let percent = agreed * 100.0;
    let seen = format!("Of {looked_for} small parts that were looked for, {percent:.0} % stand where the design has them");
    match verdict {
        Verdict::Aligned => {
            format!(
                "The design lies on the photo: {parts} parts, {px_per_mm:.1} px/mm. {seen}, half of these within {:.2} mm.",
                residual_mm.median
            )
        }
        Verdict::Doubtful => {
            format!(
                "The design lies on the photo as far as can be seen. {seen}. Look before you believe it, or say where three or more parts are, with --at."
            )
        }
        Verdict::Refused => format!(
            "The design could not be laid over the photo. {seen}; elsewhere about as many do by accident. It may be another board or side, the photo may show \
             too few pixels per millimetre, or too little of the board. Say where three or more parts are, with --at."
        ),
    }
}

fn compared(order: &CheckOrder, photo: &[u8]) -> Result<Comparison, String> {
    let references = order.references.iter().map(|path| read_picture(path)).collect::<Result<Vec<_>, _>>()?;
    let borrowed: Vec<&[u8]> = references.iter().map(Vec::as_slice).collect();
    let files = Files { photo, references: &borrowed, features: &[], closeups: &[] };
    let config = ExamineConfig::default();
    let compared = threads::together(order.threads, &mut Ignore, async |watch, crew| {
        compare_files_together(&files, &config, watch, crew).await
    });
    compared.map_err(|error| error.to_string())
}

/// The photo with the outline of every part, and numbers at what is unlisted.
fn draw(overlay: &Overlay, photo: &Picture, laid: &LaidDesign<'_>, unlisted: &[UnlistedPart]) -> Result<(), String> {
    let width = (photo.width.max(photo.height) as f64 * LINE_SHARE).max(1.0);
    let line = |outline: [Point<Photo>; 4]| {
        let [a, b, c, d] = outline.map(|corner| [corner.x, corner.y]);
        vec![a, b, c, d, a]
    };
    let outlines: Vec<Vec<[f64; 2]>> =
        laid.places().filter(|(part, ..)| part.fitted).filter_map(|(.., outline)| outline.map(line)).collect();
    let mut drawn = photo.clone();
    draw_lines(&mut drawn, &outlines, width);
    let mark = |(place, part): (usize, &UnlistedPart)| {
        let around = part.photo_box.grown(UNLISTED_GAP * width).corners();
        Mark { number: place as u32 + 1, lines: vec![line(around)] }
    };
    let marks: Vec<Mark> = unlisted.iter().enumerate().map(mark).collect();
    draw_marks(&mut drawn, &marks, UNLISTED_WIDER * width);
    write_picture(overlay, &drawn)
}
