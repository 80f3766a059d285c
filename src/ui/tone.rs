//! How verdicts, kinds and ways to compare look: an icon, and for verdicts one of four colours.

use yew::{Html, classes, html};

use super::icon::Icon;
use crate::app::{Mode, Tool};
use crate::report::{FindingKind, Judgement, Seen, words};
use crate::vision::{DifferenceKind, Verdict};

/// The class that sets the colour of an alignment's verdict.
pub(super) const fn verdict_class(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Aligned => "good",
        Verdict::Doubtful => "doubt",
        Verdict::Refused => "bad",
    }
}

/// The icon of an alignment's verdict.
pub(super) const fn verdict_icon(verdict: Verdict) -> Icon {
    match verdict {
        Verdict::Aligned => Icon::Aligned,
        Verdict::Doubtful => Icon::Warning,
        Verdict::Refused => Icon::Refused,
    }
}

/// The class that sets the colour of what a person makes of a finding.
pub(super) const fn judgement_class(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Suspicious => "doubt",
        Judgement::Explained => "good",
        Judgement::Confirmed => "bad",
        Judgement::Refuted => "calm",
    }
}

/// The icon of what a person makes of a finding.
pub(super) const fn judgement_icon(judgement: Judgement) -> Icon {
    match judgement {
        Judgement::Suspicious => Icon::Suspicious,
        Judgement::Explained => Icon::Explained,
        Judgement::Confirmed => Icon::Confirmed,
        Judgement::Refuted => Icon::Refuted,
    }
}

/// What a person makes of a finding: colour, icon and word.
pub(super) fn judgement_badge(judgement: Judgement) -> Html {
    html! {
        <span class={classes!("badge", judgement_class(judgement))}>
            { judgement_icon(judgement).draw() }{ words::judgement(judgement) }
        </span>
    }
}

/// The icon of what is at a place. No colour: neither answer is good or bad by itself.
pub(super) const fn seen_icon(seen: Seen) -> Icon {
    match seen {
        Seen::Same => Icon::Same,
        Seen::Different => Icon::Difference,
        Seen::CantTell => Icon::Unclear,
    }
}

/// What was seen at a place, as a badge.
pub(super) fn seen_badge(seen: Seen) -> Html {
    html! {
        <span class="badge" data-seen={words::seen(seen)}>{ seen_icon(seen).draw() }{ words::seen(seen) }</span>
    }
}

/// The icon of a kind of difference.
pub(super) const fn difference_icon(kind: DifferenceKind) -> Icon {
    match kind {
        DifferenceKind::Added => Icon::Added,
        DifferenceKind::Missing => Icon::Missing,
        DifferenceKind::Replaced => Icon::Replaced,
        DifferenceKind::Moved => Icon::Moved,
        DifferenceKind::Marking => Icon::Marking,
        DifferenceKind::Unclear => Icon::Unclear,
    }
}

/// The icon of a kind of finding.
pub(super) const fn finding_icon(kind: FindingKind) -> Icon {
    match kind {
        FindingKind::Added => Icon::Added,
        FindingKind::Missing => Icon::Missing,
        FindingKind::Replaced => Icon::Replaced,
        FindingKind::Moved => Icon::Moved,
        FindingKind::BodgeWire => Icon::BodgeWire,
        FindingKind::Rework => Icon::Rework,
        FindingKind::Marking => Icon::Marking,
        FindingKind::Damage => Icon::Damage,
        FindingKind::Other => Icon::Other,
    }
}

/// The icon of a way to compare.
pub(super) const fn mode_icon(mode: Mode) -> Icon {
    match mode {
        Mode::Swipe => Icon::Swipe,
        Mode::Blink => Icon::Blink,
        Mode::Opacity => Icon::Opacity,
        Mode::Difference => Icon::Difference,
        Mode::RedCyan => Icon::RedCyan,
        Mode::SideBySide => Icon::SideBySide,
    }
}

/// The icon of a tool.
pub(super) const fn tool_icon(tool: Tool) -> Icon {
    match tool {
        Tool::Hand => Icon::Hand,
        Tool::Select => Icon::Select,
        Tool::Box => Icon::Box,
        Tool::Ellipse => Icon::Ellipse,
        Tool::Polygon => Icon::Polygon,
        Tool::Line => Icon::Line,
        Tool::Arrow => Icon::Arrow,
        Tool::Freehand => Icon::Freehand,
        Tool::Point => Icon::Point,
        Tool::Text => Icon::Text,
        Tool::Measure => Icon::Measure,
        Tool::Hide => Icon::Hide,
    }
}
