//! What looks like a part where the design places nothing, as a list.

use super::found::{Nearest, named};
use crate::design::LaidDesign;
use crate::geometry::{Photo, Rect};
use crate::vision::{UnlistedPart, Verdict};
use serde::Serialize;

/// Lines of the list; the JSON has all of it.
const MOST_LISTED: usize = 12;

/// Something like a part, as the JSON has it.
#[derive(Serialize)]
pub(super) struct UnlistedFacts<'a> {
    photo_box: Rect<Photo>,
    score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    nearest: Option<Nearest<'a>>,
}

/// What was found, beside the parts that are nearest to it.
pub(super) fn facts<'a>(laid: &LaidDesign<'a>, parts: &[UnlistedPart]) -> Vec<UnlistedFacts<'a>> {
    let one = |part: &UnlistedPart| {
        let nearest = laid.nearest(part.photo_box.centre());
        let nearest = nearest.map(|(part, mm)| Nearest { designator: &part.designator, mm });
        UnlistedFacts { photo_box: part.photo_box, score: part.score, nearest }
    };
    parts.iter().map(one).collect()
}

/// The list for a person; `None` for `parts` where nothing was looked for.
pub(super) fn sentences(laid: &LaidDesign<'_>, parts: Option<&[UnlistedPart]>, verdict: Verdict) -> String {
    let Some(parts) = parts else {
        return match verdict {
            Verdict::Aligned => String::new(),
            _ => "Where the design places nothing, no part was looked for: the design does not surely lie on the photo.\n"
                .to_owned(),
        };
    };
    if parts.is_empty() {
        return "Where the design places nothing, nothing looks like a part; that is no proof that there is none.\n".to_owned();
    }
    let line = |(place, part): (usize, &UnlistedPart)| {
        let area = part.photo_box;
        let nearest = laid.nearest(area.centre());
        let beside = nearest.map_or(String::new(), |(part, mm)| format!(" {mm:.1} mm away is {}.", named(part)));
        format!(
            "{:3}. score {:.2} at {:.0}, {:.0}, {:.0} × {:.0} px.{beside}\n",
            place + 1,
            part.score,
            area.x,
            area.y,
            area.w,
            area.h
        )
    };
    let lines: String = parts.iter().take(MOST_LISTED).enumerate().map(line).collect();
    format!("Part-like things where the design places nothing: {}, the surest first.\n{lines}", parts.len())
}
