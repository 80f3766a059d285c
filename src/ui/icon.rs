//! The icons, drawn on a grid of 16 with a line of 1.5.

use yew::{Callback, Html, MouseEvent, html};

/// A picture that always stands beside a word or carries a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Icon {
    Aligned,
    Back,
    Board,
    Box,
    Cancel,
    Check,
    Copy,
    Export,
    Fit,
    Hand,
    Info,
    Keyboard,
    Layers,
    Lock,
    Lower,
    Minus,
    Next,
    Pair,
    Panel,
    Pictures,
    Plus,
    Previous,
    Print,
    Raise,
    Redo,
    Refused,
    Remove,
    Repeat,
    Share,
    Swap,
    Theme,
    TurnLeft,
    TurnRight,
    Flip,
    Undo,
    Warning,
    // Tools
    Arrow,
    Ellipse,
    Freehand,
    Hide,
    Line,
    Measure,
    Point,
    Polygon,
    Select,
    Text,
    // Ways to compare
    Blink,
    Difference,
    Opacity,
    RedCyan,
    SideBySide,
    Swipe,
    // Kinds
    Added,
    BodgeWire,
    Damage,
    Marking,
    Missing,
    Moved,
    Other,
    Replaced,
    Rework,
    Same,
    Unclear,
    // What a person makes of a finding
    Confirmed,
    Explained,
    Refuted,
    Suspicious,
}

impl Icon {
    /// The drawing. Hidden from readers of the page's text: the word beside it says the same.
    pub(super) fn draw(self) -> Html {
        html! { <svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d={self.path()} /></svg> }
    }

    /// A square button that shows it, with its words for readers and as a tip.
    pub(super) fn button(self, id: &'static str, label: &'static str, onclick: Callback<MouseEvent>) -> Html {
        html! {
            <button type="button" {id} class="button quiet square" aria-label={label} title={label} {onclick}>{ self.draw() }</button>
        }
    }

    const fn path(self) -> &'static str {
        match self {
            Self::Aligned => "M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5M5.2 8.2l2 2 3.7-4.3",
            Self::Arrow => "M3 13 12.5 3.5M6.5 3.2h6.2v6.2",
            Self::Back => "M13 8H3M7 4 3 8l4 4",
            Self::Ellipse => "M8 3.5c3.4 0 6 2 6 4.5s-2.6 4.5-6 4.5-6-2-6-4.5 2.600-4.5 6-4.5z",
            Self::Freehand => "M2 11.500c2.500-7 4-7 4.500-3.500s2 4 3.500 0 2.500-3.500 4-.5",
            Self::Hide => {
                "M1.5 8s2.4-4 6.5-4 6.5 4 6.5 4-2.4 4-6.5 4S1.5 8 1.5 8zM6 8a2 2 0 1 0 4 0 2 2 0 1 0-4 0M2.5 13.5l11-11"
            }
            Self::Line => "M3 13 13 3",
            Self::Measure => {
                "M1.500 10.500 10.500 1.500l4 4-9 9zM4 8l1.600 1.600M6.200 5.800l2.200 2.200M8.500 3.500l1.600 1.600"
            }
            Self::Point => "M8 2v3.500M8 10.500V14M2 8h3.500M10.500 8H14M8 7.300v1.400",
            Self::Polygon => "M8 2 14 6.500 11.700 13.500H4.300L2 6.500z",
            Self::Select => "M4 2l8.500 6.800-4.200.5-2 4z",
            Self::Text => "M3 4.500V3h10v1.500M8 3v10M6 13h4",
            Self::Layers => "M8 2 14.500 5.500 8 9 1.500 5.500zM1.500 8.300 8 11.800l6.500-3.500M1.500 11 8 14.500 14.500 11",
            Self::Lower => "M8 2.500v9M4.500 8 8 11.500 11.500 8M3 14h10",
            Self::Raise => "M8 13.500v-9M4.500 8 8 4.500 11.500 8M3 2h10",
            Self::Pair => "M4.500 2v5M2 4.500h5M11.500 9v5M9 11.500h5M6.500 6.500l3 3",
            Self::TurnLeft => "M3 7a5 5 0 1 1 1.500 4.500M3 3v4h4",
            Self::TurnRight => "M13 7a5 5 0 1 0-1.500 4.500M13 3v4H9",
            Self::Flip => "M8 1.500v13M6 4v8L1.500 12zM10 4v8l4.500 0z",
            Self::RedCyan => "M6 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8M10 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8",
            Self::Board => "M2 3.5h12v9H2zM5.5 6.5h5v3h-5zM4 12.5v1.5M7 12.5v1.5M10 12.5v1.5",
            Self::Box => "M2.5 5V2.5H5M11 2.5h2.5V5M13.5 11v2.5H11M5 13.5H2.5V11M5.5 5.5h5v5h-5z",
            Self::Cancel => "M4 4l8 8M12 4l-8 8",
            Self::Check => "M3 8.5l3.2 3.2L13 5",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::Export => "M8 2v8M4.8 7 8 10.2 11.2 7M2.5 10.5v3h11v-3",
            Self::Fit => "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
            Self::Hand => {
                "M8 1.5v13M1.5 8h13M6.2 3.3 8 1.5l1.8 1.8M6.2 12.7 8 14.5l1.8-1.8M3.3 6.2 1.5 8l1.8 1.8M12.7 6.2 14.5 8l-1.8 1.8"
            }
            Self::Info => "M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5M8 7.2V11M8 4.9v.1",
            Self::Keyboard => "M1.5 4h13v8.5h-13zM4 6.7h.1M6.6 6.7h.1M9.2 6.7h.1M11.9 6.7h.1M5 9.8h6",
            Self::Lock => "M3.5 7.2h9v6.3h-9zM5.3 7.2V5a2.7 2.7 0 0 1 5.4 0v2.2",
            Self::Minus => "M3 8h10",
            Self::Next => "M6 3.5 10.5 8 6 12.5",
            Self::Panel => "M2 3h12v10H2zM9.8 3v10",
            Self::Pictures => "M1.8 4.5h9.4v8H1.8zM4.5 4.5v-2h9.7v8.2h-3M1.8 10.6l2.7-2.4 2 1.7 2-2.4 2.7 2.8",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Previous => "M10 3.5 5.5 8l4.5 4.5",
            Self::Print => "M4.5 6V2h7v4M4.5 11.5h-2.5V6h12v5.5h-2.5M4.5 9.5h7V14h-7z",
            Self::Redo => "M10 3l3 3-3 3M13 6H6.5a3.6 3.6 0 0 0 0 7.2H9",
            Self::Refused => "M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5M5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6",
            Self::Remove => "M2.5 4h11M6 4V2.3h4V4M4 4l.7 9.7h6.6L12 4M6.7 6.7v4.4M9.3 6.7v4.4",
            Self::Repeat => "M13.3 6.2A5.6 5.6 0 0 0 3.2 5M2.7 9.8A5.6 5.6 0 0 0 12.8 11M13.5 2.8v3.4h-3.4M2.5 13.2V9.8h3.4",
            Self::Share => {
                "M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.6-2.6a2.6 2.6 0 0 0-3.7-3.7L8.2 4.1M9.2 6.8a2.6 2.6 0 0 0-3.7 0L2.9 9.4a2.6 2.6 0 0 0 3.7 3.7l1.2-1.2"
            }
            Self::Swap => "M2 5.5h11M10 2.5l3 3-3 3M14 10.5H3M6 7.5l-3 3 3 3",
            Self::Theme => {
                "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9"
            }
            Self::Undo => "M6 3 3 6l3 3M3 6h6.5a3.6 3.6 0 0 1 0 7.2H7",
            Self::Warning => "M8 2 14.6 13.5H1.4zM8 6.3v3.4M8 11.6v.1",
            Self::Blink => "M1.8 5.2h8.4v8.3H1.8zM5 5.2V2.5h9.2v8.3h-4",
            Self::Difference => "M6 3.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6M10 3.2a4.8 4.8 0 1 0 0 9.6 4.8 4.8 0 0 0 0-9.6",
            Self::Opacity => "M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5M8 1.8v12.4M8 5h4.9M8 8h6M8 11h4.9",
            Self::SideBySide => "M1.8 3h5.4v10H1.8zM8.8 3h5.4v10H8.8z",
            Self::Swipe => "M8 1.5v13M1.8 3.5h12.4v9H1.8zM11 6.5 12.5 8 11 9.5M5 6.5 3.5 8 5 9.5",
            Self::Added => "M2.5 2.5h11v11h-11zM8 5.2v5.6M5.2 8h5.6",
            Self::BodgeWire => {
                "M3 4.5C3 14 13 2 13 11.5M3 1.8a1.35 1.35 0 1 0 0 2.7 1.35 1.35 0 0 0 0-2.7M13 11.5a1.35 1.35 0 1 0 0 2.7 1.35 1.35 0 0 0 0-2.7"
            }
            Self::Damage => "M9.2 1.5 4 9h3.6L6.8 14.5 12 7H8.4z",
            Self::Marking => "M3 3.5V2.5h10v1M8 2.5v11M6 13.5h4",
            Self::Missing => "M2.5 4.5v-2h2M7 2.5h2M11.5 2.5h2v2M13.5 7v2M13.5 11.5v2h-2M9 13.5H7M4.5 13.5h-2v-2M2.5 9V7M5.5 8h5",
            Self::Moved => "M2 2.5h1.3M5 2.5h1.3M2 4v1.3M2 6.8h1.3M7.5 7.5h6v6h-6zM3.5 9v3h2M4.3 10.5 5.8 12l-1.5 1.5",
            Self::Other => "M3.5 8h.1M8 8h.1M12.5 8h.1",
            Self::Replaced => "M2 2.5h5v5H2zM9 8.5h5v5H9zM10 3h2.5v2.7M6 13H3.5v-2.7",
            Self::Rework => "M13.5 2.5 8.2 7.8M6.8 6.6l2.6 2.6-2 1.2-1.8-1.8zM5.2 10.8 2.5 13.5M8.5 13.5h5",
            Self::Same => "M3 6h10M3 10h10",
            Self::Unclear => "M5.6 5.8a2.4 2.4 0 1 1 3.7 2c-.9.6-1.3 1-1.3 2M8 12.4v.1",
            Self::Confirmed => "M1.5 8.7l2.8 2.8 5.2-6M7.6 11.3l.4.3 6.5-6.6",
            Self::Explained => "M2 3h12v8H8.2L5 13.8V11H2zM5.5 6.9l1.7 1.7 3.3-3.4",
            Self::Refuted => "M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5M3.7 12.3l8.6-8.6",
            Self::Suspicious => {
                "M1.5 8S4 3.8 8 3.8 14.5 8 14.5 8 12 12.2 8 12.2 1.5 8 1.5 8M8 6.2a1.8 1.8 0 1 0 0 3.6 1.8 1.8 0 0 0 0-3.6"
            }
        }
    }
}
