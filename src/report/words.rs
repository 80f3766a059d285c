//! What verdicts, kinds and limits are called when people read them. Careful words: a difference is never an implant,
//! and what was not compared never counts as a pass.

use super::{Finding, FindingKind, Judgement, Seen, Severity, Tallied, Tally};
use crate::vision::{Alignment, BlindReason, Detail, DifferenceKind, DifferenceReason, Reason, Verdict};

/// What no photo of a surface shows. It stands in every result, because a list of differences looks complete and is not.
pub const SURFACE: &str = "Surface photos can't see under packages, heat sinks and stickers, nor between layers.";
/// How a comparison is made, for people who have never seen one. It ends with what a difference is not.
pub const METHOD: &str = "The photo was laid over the reference by matching details, then both were compared place by place after evening out light and colour. Places are given in pixels of the reference. A difference is a place that does not look the same: other light, dust, another batch and repairs look different, too. Findings are what a person says about it.";
/// The same where the reference is a drawing.
pub const METHOD_OF_DRAWING: &str = "The drawing of the board's design was laid over the photo by where its parts stand. Then what looks like a part was searched for where the design places nothing; a small network, which has seen drawn boards alone, judged each place. Places are given in pixels of the drawing. What is listed may be print, a hole, a label or dirt as well. Findings are what a person says about it.";
/// Of a report without findings.
pub const NO_FINDINGS: &str = "The sender marked no findings.";
/// Of every report that nobody vouches for. A hash proves that two people speak of the same report, not that it is true.
pub const UNSIGNED: &str =
    "Anyone could have written this: it is unsigned. Trust it as far as you trust who sent it, or check it on your own board.";
/// Beside a name on a page that can't check it by itself.
pub const SIGNED_HERE: &str =
    "A page can't check a signature by itself, and whoever changes it can write any name: open it in Boardwatch to check.";
/// What a signature is worth.
pub const SIGNED_MEANS: &str = "A signature shows that whoever has this key signed this very report. It does not show that the name is true, nor what the report says.";
/// Before what a person makes of a finding.
pub const VERDICT_OF_PERSON: &str = "The sender says";
/// Before what was seen at a place of another report.
pub const SEEN_HERE: &str = "On this unit, compared with the first report's";
/// The photo of a report.
pub const SENDERS_PHOTO: &str = "The sender's photo";
/// The photo of a report that answers another: of the unit that was looked at.
pub const THIS_UNIT: &str = "This unit";
/// How a page becomes a report again.
pub const OPEN_THIS_PAGE: &str = "Open this file in Boardwatch to read the report with your own photo beside it, and to answer it from your own board. The report lies in this page as data; what stands around it could have been changed by anybody.";

/// What a report is called.
pub const REPORT: &str = "Report";
/// What a report that answers another is called.
pub const CONFIRMATION: &str = "Confirmation";
/// How units and contributors are counted when reports are added up.
pub const COUNTED: &str = "The same photo is the same unit, and so is what one contributor does not name; one name or one key is one contributor, and all who give no name count as one. Anyone can write a report under any name; only a signature shows that the same person wrote two of them. Seen means that it looks the same as on the first sender's unit, not what it is. Units of which nobody could tell are in no share.";

/// Who speaks about which unit; empty where neither is known.
#[must_use]
pub fn byline(contributor: &str, unit: &str) -> String {
    match (contributor, unit) {
        ("", "") => String::new(),
        (who, "") => format!("By {who}"),
        ("", unit) => format!("About the unit {unit}"),
        (who, unit) => format!("By {who}, about the unit {unit}"),
    }
}

/// The part's name and what kind of finding it is.
#[must_use]
pub fn finding_head(finding: &Finding) -> String {
    let kind = finding_kind(finding.kind);
    if finding.designator.is_empty() { kind.to_owned() } else { format!("{}: {kind}", finding.designator) }
}

/// Before what another report says of a place that this one answers.
#[must_use]
pub fn other_says(judgement: Judgement) -> String {
    format!("According to this answer, the other report says: {}.", self::judgement(judgement).to_lowercase())
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// On how many units a place was seen, of those that were looked at.
#[must_use]
pub fn seen_on(place: &Tallied) -> String {
    format!("Seen on {} of {}", place.seen, counted(place.units(), "unit", "units"))
}

/// What so many reports say together, in a sentence or two.
#[must_use]
pub fn together(tally: &Tally, reports: usize) -> String {
    let whole = format!(
        "{} about {}, by {}.",
        counted(reports - tally.apart, "report", "reports"),
        counted(tally.units, "unit", "units"),
        counted(tally.contributors, "contributor", "contributors"),
    );
    match tally.places.first() {
        Some(first) if first.seen > 0 => format!(
            "{whole} Place 1 was {}, looked at by {}.",
            seen_on(first).to_lowercase(),
            counted(first.contributors, "contributor", "contributors")
        ),
        Some(_) => format!("{whole} None of the places was seen on any unit."),
        None => format!("{whole} None of them marks a place."),
    }
}

/// What is at a place that another report speaks of.
#[must_use]
pub const fn seen(seen: Seen) -> &'static str {
    match seen {
        Seen::Same => "The same",
        Seen::Different => "Different",
        Seen::CantTell => "Can't tell",
    }
}

/// The verdict in one word.
#[must_use]
pub const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Aligned => "Aligned",
        Verdict::Doubtful => "Doubtful",
        Verdict::Refused => "Refused",
    }
}

/// Why the verdict is what it is, as a sentence.
#[must_use]
pub const fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Agrees => "The structure of the two pictures agrees all over the area they share.",
        Reason::LittleOverlap => "The pictures agree, but they share only a small part of the board.",
        Reason::PartlyAgrees => {
            "The pictures agree in places only: this may be another revision, a sibling product, or a board with large changes."
        }
        Reason::LooseFit => "The pictures agree, but what is left over after laying them over each other is large.",
        Reason::TooFewFeatures => "One of the pictures shows too little structure to tell whether this is the same board.",
        Reason::TooBlurred => "One of the pictures is too blurred to tell whether this is the same board.",
        Reason::TooFewPixels => "One of the pictures is too small to tell whether this is the same board.",
        Reason::Mirrored => "One of the pictures seems to be mirrored, or to show the other side of the board.",
        Reason::DifferentBoard => "No way was found to lay one picture over the other: these seem to be different boards.",
        Reason::PartsAgree => "The parts on the photo stand where the design has them.",
        Reason::PartsPartlyAgree => "Only some of the parts on the photo stand where the design has them.",
        Reason::PartsDisagree => {
            "The drawing could not be laid over the photo: it may be of another board or side, or the photo may show too few pixels per millimetre, or too little of the board."
        }
        Reason::TooFewParts => "The design has too few small parts on this side to find its place on the photo by itself.",
    }
}

/// What to do next about a verdict that is not a plain success; `None` when there is nothing to do.
#[must_use]
pub const fn advice(reason: Reason) -> Option<&'static str> {
    match reason {
        Reason::Agrees | Reason::PartsAgree => None,
        Reason::LittleOverlap => Some("Take a photo that shows the whole board, or choose a reference of the same part."),
        Reason::PartlyAgrees => {
            Some("Check the revision printed on the board, and look at the places that agree before you trust the list.")
        }
        Reason::LooseFit => Some("Take the photo from straight above and from further away, or with a longer lens."),
        Reason::TooFewFeatures => Some("Take the photo closer, so that the board fills the picture."),
        Reason::TooBlurred => Some("Take the photo again with a steady hand and more light."),
        Reason::TooFewPixels => Some("Use the camera's full size, or take the photo closer."),
        Reason::Mirrored => Some("Turn the board over, or use the picture as the camera took it: selfie cameras mirror."),
        Reason::PartsPartlyAgree | Reason::PartsDisagree | Reason::TooFewParts => Some(
            "Check that it is the design of this board and its revision, or mark three or more places that you find on both.",
        ),
        Reason::DifferentBoard => Some(
            "Choose another reference, check vendor, model and revision, or take the photo from straight above in even light.",
        ),
    }
}

/// A kind of difference.
#[must_use]
pub const fn difference_kind(kind: DifferenceKind) -> &'static str {
    match kind {
        DifferenceKind::Added => "Added",
        DifferenceKind::Missing => "Missing",
        DifferenceKind::Replaced => "Replaced",
        DifferenceKind::Moved => "Moved",
        DifferenceKind::Marking => "Marking",
        DifferenceKind::Unclear => "Unclear",
    }
}

/// What speaks for a difference, as a sentence.
#[must_use]
pub const fn difference_reason(reason: DifferenceReason) -> &'static str {
    match reason {
        DifferenceReason::Structure => "Edges and texture here are not the same.",
        DifferenceReason::Colour => "The colour here is not what the surroundings explain.",
        DifferenceReason::Brightness => "The brightness here is not what the surroundings explain.",
        DifferenceReason::Displaced => "The same detail is there, but in another place.",
    }
}

/// A kind of finding.
#[must_use]
pub const fn finding_kind(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::Added => "Added",
        FindingKind::Missing => "Missing",
        FindingKind::Replaced => "Replaced",
        FindingKind::Moved => "Moved",
        FindingKind::BodgeWire => "Bodge wire",
        FindingKind::Rework => "Rework",
        FindingKind::Marking => "Marking",
        FindingKind::Damage => "Damage",
        FindingKind::Other => "Other",
    }
}

/// How much a finding matters.
#[must_use]
pub const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Low => "Low",
        Severity::Medium => "Medium",
        Severity::High => "High",
    }
}

/// What a person makes of a finding.
#[must_use]
pub const fn judgement(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Suspicious => "Suspicious",
        Judgement::Explained => "Explained",
        Judgement::Confirmed => "Confirmed",
        Judgement::Refuted => "Refuted",
    }
}

/// Why an area was not compared.
#[must_use]
pub const fn blind_reason(reason: BlindReason) -> &'static str {
    match reason {
        BlindReason::OutOfFrame => "out of the photo's frame",
        BlindReason::Glare => "hidden by glare",
        BlindReason::Blur => "too blurred",
        BlindReason::Parallax => "hidden behind a tall part",
        BlindReason::Dark => "too dark",
    }
}

/// How every headline of a comparison that was not refused begins: verdict, how many places differ, what could not have been seen.
fn opening(alignment: &Alignment, differences: usize, flagged: usize, smallest_part_px: f64, px_per_mm: Option<f64>) -> String {
    let mut text = format!("{}. ", verdict(alignment.verdict));
    if alignment.verdict == Verdict::Doubtful {
        text += reason(alignment.reason);
        text += " ";
    }
    text += &match (differences, flagged) {
        (0, _) => "No place differs. ".to_owned(),
        (1, 0) => "1 place differs, not worth a look by itself. ".to_owned(),
        (1, _) => "1 place differs and is worth a look. ".to_owned(),
        (n, 0) => format!("{n} places differ a little, none worth a look by itself. "),
        (n, k) => format!("{n} places differ, {k} worth a look. "),
    };
    text + &unseen_under(smallest_part_px, px_per_mm) + " "
}

fn unseen_under(smallest_part_px: f64, px_per_mm: Option<f64>) -> String {
    match px_per_mm {
        Some(density) => format!("Parts under {:.1} mm could not have been seen.", smallest_part_px / density),
        None => format!("Parts under {smallest_part_px:.0} pixels could not have been seen."),
    }
}

/// The headline where the reference is a drawing.
fn of_drawing(alignment: &Alignment, found: usize, smallest_part_px: f64, px_per_mm: Option<f64>) -> String {
    let verdict = verdict(alignment.verdict);
    if alignment.verdict == Verdict::Doubtful {
        return format!("{verdict}. {} Where the design places nothing, no part was looked for.", reason(alignment.reason));
    }
    let found = match found {
        0 => "Where the design places nothing, nothing looks like a part".to_owned(),
        1 => "Where the design places nothing, 1 thing looks like a part".to_owned(),
        n => format!("Where the design places nothing, {n} things look like parts"),
    };
    format!(
        "{verdict}. {found}. {} {:.0} % of the drawing was searched; the places of its parts were not.",
        unseen_under(smallest_part_px, px_per_mm),
        100.0 * alignment.coverage
    )
}

/// That pixels were left out, and what that may have done; `None` when none were.
#[must_use]
pub fn left_out(detail: Detail, verdict: Verdict) -> Option<String> {
    let part = match detail {
        Detail::Full => return None,
        Detail::Half => "Half",
        Detail::Quarter => "A quarter",
    };
    let so = match verdict {
        Verdict::Refused => "that may be why. Cut both pictures to the board, or compare them on a device with more memory.",
        Verdict::Aligned | Verdict::Doubtful => "small parts may have been missed.",
    };
    Some(format!("{part} of the pixels along each side were compared, to save memory: {so}"))
}

/// The headline of a close-up. It says what it shows, not what it leaves out: it is a part by its nature.
#[must_use]
pub fn closeup(
    alignment: &Alignment,
    differences: usize,
    flagged: usize,
    smallest_part_px: f64,
    px_per_mm: Option<f64>,
) -> String {
    if alignment.verdict == Verdict::Refused {
        return "It could not be placed on the first reference. A close-up that shows at least a quarter of the board's width, and parts that the reference shows as well, is easier to place.".to_owned();
    }
    let shown = (100.0 * alignment.coverage).max(1.0);
    opening(alignment, differences, flagged, smallest_part_px, px_per_mm) + &format!("It shows {shown:.0} % of the reference.")
}

/// The headline of a result: verdict, what differs, what could not have been seen, how much was not compared.
#[must_use]
pub fn headline(
    alignment: &Alignment,
    differences: usize,
    flagged: usize,
    smallest_part_px: f64,
    px_per_mm: Option<f64>,
) -> String {
    if alignment.verdict == Verdict::Refused {
        return format!("Refused. {}", reason(alignment.reason));
    }
    if alignment.reason.is_of_drawing() {
        return of_drawing(alignment, differences, smallest_part_px, px_per_mm);
    }
    let mut text = opening(alignment, differences, flagged, smallest_part_px, px_per_mm);
    // Rounding must never make a small gap vanish, nor a small overlap.
    text += &match 100.0 * (1.0 - alignment.coverage) {
        missing if missing <= 0.0 => "All of the reference was compared.".to_owned(),
        missing if missing < 1.0 => "Less than 1 % of the reference was not compared.".to_owned(),
        missing if missing > 99.0 && missing < 100.0 => "More than 99 % of the reference was not compared.".to_owned(),
        missing => format!("{missing:.0} % of the reference was not compared."),
    };
    text
}
