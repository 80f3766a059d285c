//! Control points from a file.

use std::path::Path;

use crate::geometry::{Photo, Point, Reference};

/// A place on the photo, and the same place on the reference.
type Pair = (Point<Photo>, Point<Reference>);

/// Four pairs fix a homography; fewer say nothing.
const FEWEST: usize = 4;
/// More than anybody marks by hand.
const MOST_POINTS: usize = 1000;
/// Bytes of the file: a thousand pairs with all their digits have 80,000.
const MOST_BYTES: usize = 1_000_000;

/// Reads a JSON list of `[photo_x, photo_y, reference_x, reference_y]`, in pixels with centres at .5.
pub(super) fn read(path: &Path) -> Result<Vec<Pair>, String> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| format!("The control points in {} could not be read: {error}.", path.display()))?;
    control_points(&text).map_err(|why| format!("The control points in {} can't be used: {why}.", path.display()))
}

/// The pairs of a JSON list of `[photo_x, photo_y, reference_x, reference_y]`, in pixels with centres at .5.
///
/// # Errors
/// Why the text is no such list of 4 to 1000 pairs, to stand behind a colon.
pub fn control_points(text: &str) -> Result<Vec<Pair>, String> {
    if text.len() > MOST_BYTES {
        return Err(format!("the file has {} bytes, and {MOST_BYTES} hold more points than anybody marks", text.len()));
    }
    let pairs: Vec<[f64; 4]> =
        serde_json::from_str(text).map_err(|error| format!("a JSON list of four numbers each is expected ({error})"))?;
    if !(FEWEST..=MOST_POINTS).contains(&pairs.len()) {
        return Err(format!("{FEWEST} to {MOST_POINTS} pairs are needed, {} are there", pairs.len()));
    }
    Ok(pairs.into_iter().map(|[px, py, rx, ry]| (Point::new(px, py), Point::new(rx, ry))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_become_points() {
        let points = control_points("[[1.5, 2.5, 3.5, 4.5], [0, 9, 0, 9], [9, 0, 9, 0], [9, 9, 9, 9]]").unwrap();
        assert_eq!(points[0], (Point::new(1.5, 2.5), Point::new(3.5, 4.5)));
    }

    #[test]
    fn too_few_pairs_and_foreign_text_are_refused() {
        assert!(control_points("[[1, 2, 3, 4]]").unwrap_err().contains("1 are there"));
        assert!(control_points("[[1, 2, 3]]").is_err() && control_points("points").is_err());
    }
}
