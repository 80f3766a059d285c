//! What modes, tools, layers, filters and formats are called.

use crate::app::table::WheelSetting;
use crate::app::{Filter, Layer, Mode, Tool};
use crate::catalog::Modality;
use crate::report::interchange::Format;
use crate::report::{CalibrationSource, Dismissal};

/// A way to compare.
pub(in crate::ui) const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Swipe => "Swipe",
        Mode::Blink => "Blink",
        Mode::Opacity => "Opacity",
        Mode::Difference => "Difference",
        Mode::RedCyan => "Red–cyan",
        Mode::SideBySide => "Side by side",
    }
}

/// A tool and its key.
pub(in crate::ui) const fn tool(tool: Tool) -> &'static str {
    match tool {
        Tool::Hand => "Hand: move the view (H)",
        Tool::Select => "Choose, move and reshape (V)",
        Tool::Box => "Box (R)",
        Tool::Ellipse => "Ellipse (E)",
        Tool::Polygon => "Outline, corner by corner (P)",
        Tool::Line => "Line (L)",
        Tool::Arrow => "Arrow (A)",
        Tool::Freehand => "Line by hand (F)",
        Tool::Point => "Point (D)",
        Tool::Text => "Words (T)",
        Tool::Measure => "Measure a distance (M)",
        Tool::Hide => "Hide a place in what you share (W)",
    }
}

/// A tool's button, by name.
pub(in crate::ui) const fn tool_id(tool: Tool) -> &'static str {
    match tool {
        Tool::Hand => "tool-hand",
        Tool::Select => "tool-select",
        Tool::Box => "tool-box",
        Tool::Ellipse => "tool-ellipse",
        Tool::Polygon => "tool-polygon",
        Tool::Line => "tool-line",
        Tool::Arrow => "tool-arrow",
        Tool::Freehand => "tool-freehand",
        Tool::Point => "tool-point",
        Tool::Text => "tool-text",
        Tool::Measure => "tool-measure",
        Tool::Hide => "tool-hide",
    }
}

/// What is shown on the stage; a picture that lies over the board goes by its own name.
pub(in crate::ui) const fn layer(layer: Layer) -> &'static str {
    match layer {
        Layer::Reference => "Reference",
        Layer::Photo => "Your photo",
        Layer::Picture(_) => "Picture",
        Layer::Heat => "Heat map: where the machine is surest",
        Layer::Blind => "Not compared, hatched (C)",
        Layer::Differences => "Differences",
        Layer::Findings => "Findings",
        Layer::Overview => "Whole board in the corner",
        Layer::Loupe => "Loupe at the pointer (Q)",
    }
}

/// The check box of what is shown, by name; there may be many pictures.
pub(in crate::ui) const fn layer_id(layer: Layer) -> Option<&'static str> {
    Some(match layer {
        Layer::Reference => "show-reference",
        Layer::Photo => "show-photo",
        Layer::Picture(_) => return None,
        Layer::Heat => "show-heat",
        Layer::Blind => "show-blind",
        Layer::Differences => "show-differences",
        Layer::Findings => "show-findings",
        Layer::Overview => "show-overview",
        Layer::Loupe => "show-loupe",
    })
}

/// The slider of a layer.
pub(in crate::ui) fn strength_of(layer: &str) -> String {
    format!("How strongly: {layer}")
}

/// How a picture was made.
pub(in crate::ui) const fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::VisibleLight => "Photo",
        Modality::XRay => "X-ray",
        Modality::Infrared => "Infrared",
        Modality::Microscope => "Microscope",
        Modality::CadDrawing => "Drawing",
    }
}

/// The menu that says how a picture was made.
pub(in crate::ui) fn modality_of(title: &str) -> String {
    format!("How {title} was made")
}

/// The button beside a picture.
pub(in crate::ui) fn remove_named(title: &str) -> String {
    format!("Remove {title}")
}

/// A reference of which nobody knows how it lies on the first.
pub(in crate::ui) fn not_on_first(title: &str) -> String {
    format!("{title} (not compared)")
}

/// The section in which a picture is laid over the board.
pub(in crate::ui) fn laying(title: &str) -> String {
    format!("Place {title}")
}

/// How the wheel is understood.
pub(in crate::ui) const fn wheel(setting: WheelSetting) -> &'static str {
    match setting {
        WheelSetting::Automatic => "Automatic",
        WheelSetting::Mouse => "Mouse: the wheel zooms",
        WheelSetting::Trackpad => "Trackpad: two fingers move",
    }
}

/// Which differences are listed.
pub(in crate::ui) const fn filter(filter: Filter) -> &'static str {
    match filter {
        Filter::All => "All",
        Filter::Open => "Open",
        Filter::Accepted => "Findings",
        Filter::Dismissed => "Dismissed",
    }
}

/// A format that findings are saved in.
pub(in crate::ui) const fn format(format: Format) -> &'static str {
    match format {
        Format::WebAnnotation => "W3C annotations",
        Format::Coco => "COCO",
        Format::Csv => "CSV",
    }
}

/// The button that saves in a format, by name.
pub(in crate::ui) const fn format_id(format: Format) -> &'static str {
    match format {
        Format::WebAnnotation => "export-annotations",
        Format::Coco => "export-coco",
        Format::Csv => "export-csv",
    }
}

/// Why a difference is nothing.
pub(in crate::ui) const fn dismissal(reason: Dismissal) -> &'static str {
    match reason {
        Dismissal::Light => "Light",
        Dismissal::Dust => "Dust",
        Dismissal::Label => "Label",
        Dismissal::OtherRevision => "Other revision",
        Dismissal::Parallax => "Parallax",
        Dismissal::NothingThere => "Nothing there",
    }
}

/// What became of a difference that is nothing.
pub(in crate::ui) fn dismissed(reason: Dismissal) -> String {
    format!("Dismissed: {}", dismissal(reason).to_lowercase())
}

/// What became of a difference that is something.
pub(in crate::ui) fn became(number: u32) -> String {
    format!("Finding {number}")
}

/// How many findings are chosen.
pub(in crate::ui) fn several(count: usize) -> String {
    format!("{count} findings chosen")
}

/// Blinks a second.
pub(in crate::ui) fn hertz(hz: f64) -> String {
    format!("{hz:.1} Hz")
}

/// How many control points are still to be placed.
pub(in crate::ui) fn points_needed(missing: usize) -> String {
    if missing == 1 { "One more pair is needed.".to_owned() } else { format!("{missing} more pairs are needed.") }
}

/// What a control point is off by.
pub(in crate::ui) fn point_residual(off_px: f64, without_px: Option<f64>) -> String {
    match without_px {
        Some(without) => format!("{off_px:.1} px off; {without:.1} px from where the others put it"),
        None => format!("{off_px:.1} px off"),
    }
}

/// The button beside a control point.
pub(in crate::ui) fn remove_point(number: usize) -> String {
    format!("Remove pair {number}")
}

/// How a person knows how large a millimetre is.
pub(in crate::ui) const fn calibration(source: CalibrationSource) -> &'static str {
    match source {
        CalibrationSource::Distance => "A measured distance",
        CalibrationSource::Holes => "Two mounting holes",
        CalibrationSource::BoardSize => "The board’s longer side",
    }
}

/// What to do before the length can be given.
pub(in crate::ui) const fn calibrate_how(source: CalibrationSource) -> &'static str {
    match source {
        CalibrationSource::Distance => "Measure something of known length on the picture first (M).",
        CalibrationSource::Holes => "Measure from the middle of one hole to the middle of another first (M).",
        CalibrationSource::BoardSize => "Draw a box around the board first (R), and choose it.",
    }
}

/// What is measured, and what the length stands for.
pub(in crate::ui) fn calibrate_measured(px: f64, source: CalibrationSource) -> String {
    match source {
        CalibrationSource::Distance => format!("The measure is {px:.1} pixels long."),
        CalibrationSource::Holes => format!("The holes are {px:.1} pixels apart."),
        CalibrationSource::BoardSize => {
            format!("The longer side is {px:.0} pixels: of the chosen finding, else of the whole picture.")
        }
    }
}

/// How large a millimetre is, and how that is known.
pub(in crate::ui) fn calibrated(px_per_mm: f64, source: CalibrationSource) -> String {
    format!("{px_per_mm:.2} px/mm, from {}.", calibration(source).to_lowercase())
}

/// Why the place under the pointer was not compared.
pub(in crate::ui) fn blind_here(reason: &str) -> String {
    format!("not compared: {reason}")
}

/// A finding's place on a reference.
pub(in crate::ui) fn evidence_reference(title: &str) -> String {
    format!("The same place on {title}")
}
