//! How the open case is looked at. None of it is undone.

use super::table::{PairEnd, Swipe};
use crate::geometry::{Point, Reference};
use crate::report::{Decision, FindingId, FindingKind};
use crate::sorted::{SortedMap, SortedSet};
use crate::vision::Sha256;

/// How the open case is looked at. The camera is not here: it lives in the stage and is nobody's decision.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    /// How the pictures lie over each other.
    pub mode: Mode,
    /// The photo's opacity over the reference.
    pub opacity: f64,
    /// Where the swipe line is.
    pub swipe: Swipe,
    /// Side by side, the two halves move together.
    pub linked: bool,
    /// Which of the references is shown, by its place in the case.
    pub reference: usize,
    /// What is shown.
    pub layers: SortedSet<Layer>,
    /// How strongly, from 0 to 1: of everything that a person has shown or faded, hidden again or not.
    pub strengths: SortedMap<Layer, f64>,
    /// What a drag does.
    pub tool: Tool,
    /// The open tab.
    pub panel: Panel,
    /// Of the differences, which are listed.
    pub filter: Filter,
    /// What the person lays onto the reference by hand.
    pub by_hand: Option<ByHand>,
    /// The first end of a control point, which waits for the other.
    pub half_pair: Option<PairEnd>,
    /// Where words for the text tool are being written.
    pub writing: Option<Writing>,
    /// The chosen difference, by its place in the list.
    pub difference: Option<usize>,
    /// Of the report that is answered, the place that is looked at.
    pub place: Option<FindingId>,
    /// The chosen findings.
    pub findings: SortedSet<FindingId>,
    /// What is drawn next is of this kind.
    pub kind: FindingKind,
    /// Grows with each choice that the stage should fly to, so that choosing the same place twice flies twice.
    pub flight: u32,
}

impl Default for View {
    fn default() -> Self {
        Self {
            mode: Mode::default(),
            opacity: 0.5,
            swipe: Swipe::default(),
            linked: true,
            reference: 0,
            layers: SortedSet::from([Layer::Reference, Layer::Photo, Layer::Differences, Layer::Findings, Layer::Overview]),
            strengths: SortedMap::new(),
            tool: Tool::default(),
            panel: Panel::default(),
            filter: Filter::default(),
            by_hand: None,
            half_pair: None,
            writing: None,
            difference: None,
            place: None,
            findings: SortedSet::new(),
            kind: FindingKind::Other,
            flight: 0,
        }
    }
}

impl View {
    /// The chosen finding, when it is the only one.
    #[must_use]
    pub fn finding(&self) -> Option<FindingId> {
        self.findings.first().copied().filter(|_| self.findings.len() == 1)
    }

    /// True when this is to be seen.
    #[must_use]
    pub fn shows(&self, layer: Layer) -> bool {
        self.layers.contains(&layer)
    }

    /// How strongly this is shown, from 0 (not at all) to 1.
    #[must_use]
    pub fn strength(&self, layer: Layer) -> f64 {
        if self.shows(layer) { self.faded(layer) } else { 0.0 }
    }

    /// How strongly this is shown when it is, from 0 to 1.
    #[must_use]
    pub fn faded(&self, layer: Layer) -> f64 {
        self.strengths.get(&layer).copied().unwrap_or_else(|| layer.first_strength())
    }
}

/// How the two pictures lie over each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Mode {
    /// One on either side of a line.
    #[default]
    Swipe,
    /// The one and the other in turn.
    Blink,
    /// The photo half seen through.
    Opacity,
    /// What differs, as colour.
    Difference,
    /// The reference in red, the photo in cyan: what is in both is grey.
    RedCyan,
    /// Beside each other, zoom and place linked.
    SideBySide,
}

impl Mode {
    /// All of them, in the order of the segmented control.
    pub const ALL: [Self; 6] = [Self::Swipe, Self::Blink, Self::Opacity, Self::Difference, Self::RedCyan, Self::SideBySide];
}

/// What a drag on the stage does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Tool {
    /// Moves the view, and chooses by a click.
    #[default]
    Hand,
    /// Chooses, moves and reshapes findings.
    Select,
    /// Draws a box.
    Box,
    /// Draws an ellipse.
    Ellipse,
    /// Draws an outline, corner by corner.
    Polygon,
    /// Draws a straight line.
    Line,
    /// Draws an arrow.
    Arrow,
    /// Draws a line by hand.
    Freehand,
    /// Marks a point.
    Point,
    /// Writes words.
    Text,
    /// Measures a distance.
    Measure,
    /// Hides a place in what is shared.
    Hide,
}

impl Tool {
    /// All of them, in the order of the rail.
    pub const ALL: [Self; 12] = [
        Self::Hand,
        Self::Select,
        Self::Box,
        Self::Ellipse,
        Self::Polygon,
        Self::Line,
        Self::Arrow,
        Self::Freehand,
        Self::Point,
        Self::Text,
        Self::Measure,
        Self::Hide,
    ];
}

/// What can be shown on the stage, or hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The reference.
    Reference,
    /// The photo.
    Photo,
    /// A picture that was laid over them.
    Picture(Sha256),
    /// Where the machine saw differences, the surer the stronger.
    Heat,
    /// Where nothing was compared, hatched.
    Blind,
    /// The differences' boxes.
    Differences,
    /// The findings' marks.
    Findings,
    /// The whole board in a corner.
    Overview,
    /// Both pictures, larger, beside the pointer.
    Loupe,
}

impl Layer {
    /// Those of every case, in the order of the menu.
    pub const ALL: [Self; 8] =
        [Self::Reference, Self::Photo, Self::Heat, Self::Blind, Self::Differences, Self::Findings, Self::Overview, Self::Loupe];

    /// How strongly it is shown before somebody says otherwise. A picture over the board is half seen through: what it lies on is what it
    /// has to be brought to.
    const fn first_strength(self) -> f64 {
        if matches!(self, Self::Picture(_)) { 0.5 } else { 1.0 }
    }

    /// True when it can be shown more or less strongly.
    #[must_use]
    pub const fn fades(self) -> bool {
        !matches!(self, Self::Overview | Self::Loupe)
    }
}

/// What a person lays onto the first reference by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByHand {
    /// The photo.
    Photo,
    /// A picture that lies over it.
    Layer(Sha256),
}

/// Which differences are listed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those that nobody decided about.
    Open,
    /// Those that became findings.
    Accepted,
    /// Those that are nothing.
    Dismissed,
}

impl Filter {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 4] = [Self::All, Self::Open, Self::Accepted, Self::Dismissed];

    /// True when a difference of this decision is listed.
    #[must_use]
    pub const fn lists(self, decision: Option<Decision>) -> bool {
        matches!(
            (self, decision),
            (Self::All, _)
                | (Self::Open, None)
                | (Self::Accepted, Some(Decision::Accepted(_)))
                | (Self::Dismissed, Some(Decision::Dismissed(_)))
        )
    }
}

/// Words that are being written on the stage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Writing {
    /// Where they will stand.
    pub at: Point<Reference>,
    /// They join the chosen finding.
    pub joins: bool,
}

/// The tabs of the panel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Panel {
    /// The machine's list.
    #[default]
    Differences,
    /// The places of the report that is answered.
    Places,
    /// The person's list.
    Findings,
    /// How the pictures lie over each other.
    Alignment,
}
