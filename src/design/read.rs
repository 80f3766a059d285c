//! Any file that says where parts belong, or what is drawn on a board.

use super::text::text_of;
use super::{Design, DesignError, MOST_TIMES_OVER, boardview, centroid, excellon, gerber, ibom, ipc2581, kicad};

/// Bytes of a file: ten thousand parts with pads and silk as JSON take 12 million.
pub const MOST_BYTES: usize = 64_000_000;
/// Parts of a file; the largest mainboards have some ten thousand.
pub const MOST_PLACEMENTS: usize = 100_000;

/// True for a file that may be a design, by its name and what it begins with: text, or a boardview, under a name that is not a picture's or a page's.
#[must_use]
pub fn may_be_design(name: &str, head: &[u8]) -> bool {
    const OTHERS: [&str; 13] = ["jpg", "jpeg", "png", "webp", "tif", "tiff", "heic", "heif", "avif", "gif", "bmp", "svg", "pdf"];
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_text = |byte: &u8| *byte >= b' ' || byte.is_ascii_whitespace();
    let is_written = !head.is_empty() && (head.iter().all(is_text) || boardview::is_scrambled(head));
    is_written && !OTHERS.iter().any(|other| ending.eq_ignore_ascii_case(other))
}

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
        _ if design.layers.iter().any(|layer| layer.times_over() > MOST_TIMES_OVER) => Err(DesignError::DrawnOver),
        _ => Ok(design),
    }
}
