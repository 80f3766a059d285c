//! Gerber layer files: RS-274X, and X2 and X3, which are the same with names in them.

mod aperture;
mod commands;
mod expression;
mod image;
mod macros;
mod parameters;
mod plot;
#[cfg(test)]
mod tests;

use self::commands::{Command, commands};
use self::plot::Plot;
use super::artwork::Layer;
use super::text::head;
use super::unit::FURTHEST_MM;
use super::{Design, DesignError, layers};

/// True when the file looks like one: it sets a format, a unit or an aperture between per cent signs, or draws with these codes.
pub(super) fn is_one(text: &str) -> bool {
    let head = head(text);
    ["%FS", "%MO", "%ADD", "%AM", "%TF", "%LP", "%IP", "%IN", "D01*", "D02*", "D03*", "D1*", "D2*", "D3*"]
        .iter()
        .any(|sign| head.contains(sign))
}

pub(super) fn read(name: &str, text: &str) -> Result<Design, DesignError> {
    let mut plot = Plot::default();
    let mut design = Design { unit_is_stated: true, ..Design::default() };
    let (mut kind, mut side) = layers::by_name(name);
    for (line, command) in commands(text) {
        match &command {
            Command::Word(word) => plot.word(word)?,
            Command::Extended(parts) => {
                if let Some(function) = parts.iter().find_map(|part| part.strip_prefix("TF.FileFunction,")) {
                    (kind, side) = layers::by_function(function);
                }
                plot.extended(parts)?;
            }
            Command::Comment(said) => {
                // As X2 says it in files for programmes that don't know X2.
                if let Some(function) = said.strip_prefix("#@! TF.FileFunction,") {
                    (kind, side) = layers::by_function(function);
                }
            }
        }
        if let Some(why) = plot.drawn.left_out.take() {
            design.skip(line, why);
        }
        if plot.is_over {
            break;
        }
    }
    plot.finish()?;
    let mut layer = Layer::new(kind, side, name);
    layer.marks = plot.image.laid(plot.drawn.marks);
    if !layer.marks.iter().all(|mark| mark.figure.is_within(FURTHEST_MM)) {
        return Err(DesignError::NothingDrawn);
    }
    design.layers.push(layer);
    Ok(design)
}
