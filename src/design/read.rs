//! Any file that says where parts belong, or what is drawn on a board.

use super::text::text_of;
use super::{Design, DesignError, boardview, centroid, excellon, gerber, ibom, ipc2581, kicad};

/// Bytes of a file: ten thousand parts with pads and silk as JSON take 12 million.
pub const MOST_BYTES: usize = 64_000_000;
/// Parts of a file; the largest mainboards have some ten thousand.
pub const MOST_PLACEMENTS: usize = 100_000;

/// What a file says of a board: a table of placements as design programmes write it (CSV, `.pos`, columns of text), the generic JSON of InteractiveHtmlBom, a Gerber layer or
/// a drill file. Which of them it is, is seen from its beginning; which layer a Gerber file shows, it says itself, or its `name` does. See `docs/formats/placement.md` and
/// `docs/formats/drawing.md`.
///
/// # Errors
/// A sentence when nothing of it can be used. What can't be read is left out and told in [`Design::skipped`].
pub fn read_design(name: &str, bytes: &[u8]) -> Result<Design, DesignError> {
    if bytes.len() > MOST_BYTES {
        return Err(DesignError::TooLarge);
    }
    let bytes = boardview::unscrambled(bytes);
    let text = text_of(&bytes);
    let design = match text.trim_start() {
        json if json.starts_with('{') => ibom::read(&text)?,
        board if kicad::is_one(board) => kicad::read(board)?,
        xml if ipc2581::is_one(xml) => ipc2581::read(xml)?,
        view if boardview::is_brd(view) => boardview::read_brd(view)?,
        view if boardview::is_bvr(view) => boardview::read_bvr(view)?,
        // A drill file has a line of its own for its header, and some say `%` there as Gerber files do.
        drill if excellon::is_one(drill) => excellon::read(name, &text)?,
        drawn if gerber::is_one(drawn) => gerber::read(name, &text)?,
        _ => centroid::read(&text)?,
    };
    match design.placements.len() {
        0 if design.layers.is_empty() => Err(DesignError::Empty),
        0 if design.layers.iter().all(|layer| layer.marks.is_empty()) => Err(DesignError::NothingDrawn),
        count if count > MOST_PLACEMENTS => Err(DesignError::TooMany),
        _ => Ok(design),
    }
}
