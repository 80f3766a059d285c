//! Texts with something in them: names of modes and tabs, numbers with their units.

use crate::app::{Panel, Slot};
use crate::catalog::Side;
use crate::design::DesignCheck;
use crate::report::Seen;
use crate::vision::{Hiding, LabelKind, Stage};

/// What a slot is called.
pub(in crate::ui) const fn slot(slot: Slot) -> &'static str {
    match slot {
        Slot::KnownGood => "Known good",
        Slot::YourBoard => "Your board",
    }
}

/// The button that empties a slot.
pub(in crate::ui) const fn remove_picture(slot: Slot) -> &'static str {
    match slot {
        Slot::KnownGood => "Remove the known-good picture",
        Slot::YourBoard => "Remove the photo of your board",
    }
}

/// A tab.
pub(in crate::ui) const fn panel(panel: Panel) -> &'static str {
    match panel {
        Panel::Places => "Check",
        Panel::Differences => "Differences",
        Panel::Findings => "Findings",
        Panel::Alignment => "Alignment",
    }
}

/// Of a drawing: which side, and how many parts.
pub(in crate::ui) fn drawn_side(side: Side, parts: u32) -> String {
    let side = match side {
        Side::Top => "top",
        Side::Bottom => "bottom",
    };
    format!("Drawing of the {side} side, {parts} {}", if parts == 1 { "part" } else { "parts" })
}

/// How a drawing was laid over the photo.
pub(in crate::ui) fn laid_by_parts(check: &DesignCheck) -> String {
    let DesignCheck { looked_for, agreed, residual_mm, .. } = check;
    format!(
        "Of {looked_for} small parts that were looked for, {:.0} % stand where the design has them, half of these within {:.2} mm.",
        100.0 * agreed,
        residual_mm.median
    )
}

/// The key that says so.
pub(in crate::ui) const fn seen_key(seen: Seen) -> &'static str {
    match seen {
        Seen::Same => "S",
        Seen::Different => "O",
        Seen::CantTell => "U",
    }
}

/// What a picture of a place is of.
pub(in crate::ui) fn of_place(number: u32, what: &str) -> String {
    format!("Place {number}: {what}")
}

/// The caption of the picture of the whole board.
pub(in crate::ui) fn overview(photo: &str) -> String {
    format!("{photo} as it lies on the reference")
}

/// What happened to the pictures that would go along, for those who listen.
pub(in crate::ui) fn previewed(pictures: usize, labels: usize) -> String {
    match labels {
        0 => format!("{pictures} pictures. No place on them looks like a label."),
        1 => format!("{pictures} pictures. 1 place on them looks like a label."),
        n => format!("{pictures} pictures. {n} places on them look like labels."),
    }
}

/// What a picture of a finding is of.
pub(in crate::ui) fn of_finding(number: u32, what: &str) -> String {
    format!("{}: {what}", finding(number))
}

/// What a label seems to have on it.
pub(in crate::ui) const fn label_kind(kind: LabelKind) -> &'static str {
    match kind {
        LabelKind::Bars => "Bar code",
        LabelKind::Squares => "Square code",
        LabelKind::Print => "Label",
    }
}

/// A button of one row of many.
pub(in crate::ui) fn numbered(deed: &str, what: &str, number: usize) -> String {
    format!("{deed}: {what} {number}")
}

/// A way to hide, as a button.
pub(in crate::ui) const fn hide(how: Hiding) -> &'static str {
    match how {
        Hiding::Box => "Cover",
        Hiding::Blur => "Blur",
    }
}

/// How a place is hidden.
pub(in crate::ui) const fn hidden(how: Hiding) -> &'static str {
    match how {
        Hiding::Box => "Covered",
        Hiding::Blur => "Blurred",
    }
}

/// How many labels were found that can be seen.
pub(in crate::ui) fn labels_found(count: usize) -> String {
    match count {
        1 => "1 place looks like a label. Hide it?".to_owned(),
        count => format!("{count} places look like labels. Hide them?"),
    }
}

/// How much is hidden.
pub(in crate::ui) fn hidden_count(count: usize) -> String {
    match count {
        1 => "1 place is hidden in what you share".to_owned(),
        count => format!("{count} places are hidden in what you share"),
    }
}

/// What the machine is doing.
pub(in crate::ui) const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Decode => "Reading the pictures",
        Stage::Align => "Laying them over each other",
        Stage::Compare => "Looking for differences",
        Stage::Cross => "Comparing the references with one another",
    }
}

/// What became of copying the link.
pub(in crate::ui) const fn copied(copied: Option<bool>) -> &'static str {
    match copied {
        None => "",
        Some(true) => "Copied.",
        Some(false) => "The browser did not allow it. Select the link and copy it by hand.",
    }
}

/// Thousands with a comma.
pub(in crate::ui) fn count(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A picture's size.
pub(in crate::ui) fn picture_size(width: u32, height: u32) -> String {
    let megapixels = f64::from(width) * f64::from(height) / 1e6;
    format!("{width} × {height} pixels, {megapixels:.1} MP")
}

/// A file that a worker is looking at.
pub(in crate::ui) fn looking_at(title: &str, bytes: u64) -> String {
    format!("Reading {title} ({:.1} MB)", bytes as f64 / 1e6)
}

/// A picture on its way from the catalogue.
pub(in crate::ui) fn fetching(title: &str) -> String {
    format!("Fetching {title}")
}

/// The button on a case's card.
pub(in crate::ui) fn delete_case(title: &str) -> String {
    format!("Delete {title}")
}

/// What became of a case that was just deleted.
pub(in crate::ui) fn binned(title: &str) -> String {
    format!("{title} is in the bin and will be deleted for good in 30 days.")
}

/// The last line of a case's card.
pub(in crate::ui) fn case_line(findings: usize, answered: Option<(usize, usize)>, when: &str) -> String {
    if let Some((seen, all)) = answered {
        return format!("{seen} of {all} places answered · {when}");
    }
    match findings {
        0 => format!("No findings · {when}"),
        1 => format!("1 finding · {when}"),
        n => format!("{n} findings · {when}"),
    }
}

/// How long ago, from minutes.
pub(in crate::ui) fn ago(minutes: f64) -> String {
    match minutes {
        m if m < 1.5 => "just now".to_owned(),
        m if m < 60.0 => format!("{m:.0} minutes ago"),
        m if m < 90.0 => "an hour ago".to_owned(),
        m if m < 36.0 * 60.0 => format!("{:.0} hours ago", m / 60.0),
        m => format!("{:.0} days ago", m / 1440.0),
    }
}

/// How far the person is with the list.
pub(in crate::ui) fn progress(looked_at: usize, all: usize) -> String {
    format!("{looked_at} of {all} looked at")
}

/// The button that brings the rest of the tail.
pub(in crate::ui) fn show_all(tail: usize) -> String {
    format!("Show all {}", count(tail))
}

/// How far a stage is.
pub(in crate::ui) fn percent(done: f32) -> String {
    format!("{:.0} %", 100.0 * done)
}

/// Where the pointer is on the reference.
pub(in crate::ui) fn pointer(x: f64, y: f64, px_per_mm: Option<f64>) -> String {
    match px_per_mm {
        Some(density) if density > 0.0 => format!("{:.2}, {:.2} mm", x / density, y / density),
        _ => format!("{x:.0}, {y:.0} px"),
    }
}

/// CSS pixels per reference pixel.
pub(in crate::ui) fn zoom(zoom: f64) -> String {
    let percent = 100.0 * zoom;
    if percent < 10.0 { format!("{percent:.1} %") } else { format!("{percent:.0} %") }
}

/// The button that shows the zoom and sets it to 100 %.
pub(in crate::ui) fn actual_size(now: f64) -> String {
    format!("{}: {}", zoom(now), super::ACTUAL_SIZE)
}

/// A crop of the user's picture.
pub(in crate::ui) fn crop_yours(number: usize) -> String {
    format!("Difference {number} on your photo")
}

/// The same place on the reference.
pub(in crate::ui) fn crop_reference(number: usize) -> String {
    format!("Difference {number} on the reference")
}

/// A finding's name.
pub(in crate::ui) fn finding(number: u32) -> String {
    format!("Finding {number}")
}

/// Where a finding is.
pub(in crate::ui) fn place(x: f64, y: f64, w: f64, h: f64) -> String {
    format!("{w:.0} × {h:.0} pixels at {x:.0}, {y:.0} of the reference")
}

/// Pixels, and millimetres when the scale is known.
pub(in crate::ui) fn length(px: f64, px_per_mm: Option<f64>) -> String {
    match px_per_mm {
        Some(density) if density > 0.0 => format!("{:.2} mm ({px:.0} px)", px / density),
        _ => format!("{px:.0} px"),
    }
}

/// How many areas were left out for one reason.
pub(in crate::ui) fn blind(areas: usize, share: f64, reason: &str) -> String {
    let areas = if areas == 1 { "1 area".to_owned() } else { format!("{areas} areas") };
    format!("{areas}, {:.1} % of the reference: {reason}", 100.0 * share)
}

/// The share link's length.
pub(in crate::ui) fn share_length(characters: usize) -> String {
    format!("The link is {} characters long. How far that carries:", count(characters))
}

/// The name under which a kept slot is asked for again.
pub(in crate::ui) fn need_hash(sha256: &str) -> String {
    format!("SHA-256 {sha256}")
}

/// The button that asks another host.
pub(in crate::ui) fn ask_host(host: &str) -> String {
    format!("Ask {host} for it")
}
