//! The keys and gestures: one table that the listener, the help sheet and `docs/keys.md` read.

use super::Tool;
use crate::report::Seen;

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Command {
    /// Show the sheet of keys.
    ShowKeys,
    /// Take a tool.
    UseTool(Tool),
    /// So many differences on.
    Step(isize),
    /// Say what is at the place of the report that is answered.
    See(Seen),
    /// So many references on.
    StepReference(isize),
    /// Take the last edit back.
    Undo,
    /// Do it again.
    Redo,
    /// Zoom about the middle.
    ZoomIn,
    /// Zoom about the middle.
    ZoomOut,
    /// The whole board.
    Fit,
    /// One reference pixel on one pixel of the screen.
    ActualSize,
    /// A quarter turn, clockwise (true) or against.
    Turn(bool),
    /// Mirror left to right.
    Flip,
    /// The photo, for as long as it is held; in blink mode, the other picture.
    Blink,
    /// The loupe, on or off.
    Loupe,
    /// What was not compared, hatched or not.
    Blind,
    /// Move the swipe line, by a share of its way.
    Swipe(f64),
    /// By its place in [`crate::report::FindingKind::ALL`].
    Kind(usize),
    /// What is chosen: make a finding of a difference, finish an outline.
    Accept,
    /// Say why a difference is nothing.
    Dismiss,
    /// Remove the chosen findings, or the last corner of an outline.
    Delete,
    /// Copy the chosen findings.
    Duplicate,
    /// Choose all findings.
    ChooseAll,
    /// Over (true) or under all others.
    Stack(bool),
    /// Let go: of what is being drawn, of what is chosen, of the tool.
    Escape,
    /// Move the chosen findings by reference pixels, or, when there are none, the view by so many times as much on the screen.
    Move(f64, f64),
}

/// What has to be held down with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum With {
    /// Nothing.
    Nothing,
    /// Shift.
    Shift,
    /// Ctrl, or Command on a Mac.
    Control,
    /// Both.
    ControlShift,
}

/// A line of the table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    /// As `KeyboardEvent.key` says it, letters in lower case.
    pub key: &'static str,
    /// With what.
    pub with: With,
    /// What it asks for.
    pub command: Command,
    /// As it stands on the key, and what it does; `None` for another way to the same thing, or one of several.
    pub shown: Option<(&'static str, &'static str)>,
}

/// A pressed key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Press<'a> {
    /// `KeyboardEvent.key`.
    pub key: &'a str,
    /// `KeyboardEvent.code`.
    pub code: &'a str,
    /// Ctrl, or Command on a Mac.
    pub control: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
}

const fn key(key: &'static str, command: Command, shown: &'static str, text: &'static str) -> Key {
    Key { key, with: With::Nothing, command, shown: Some((shown, text)) }
}

const fn also(key: &'static str, command: Command) -> Key {
    Key { key, with: With::Nothing, command, shown: None }
}

const fn with(with: With, line: Key) -> Key {
    Key { with, ..line }
}

/// Reference pixels that an arrow moves a finding by, and with Shift.
const NUDGE: f64 = 1.0;
const FAR_NUDGE: f64 = 10.0;
/// The share of its way that a key moves the swipe line by.
pub const SWIPE_STEP: f64 = 0.02;

/// The keys in groups, as the sheet shows them.
pub const GROUPS: [(&str, &[Key]); 5] = [
    (
        "Looking",
        &[
            key("+", Command::ZoomIn, "+", "Zoom in"),
            also("=", Command::ZoomIn),
            key("-", Command::ZoomOut, "−", "Zoom out"),
            key("0", Command::Fit, "0", "Fit the board"),
            with(With::Shift, key("0", Command::ActualSize, "Shift 0", "100 %: one pixel on one pixel of the screen")),
            key("ArrowLeft", Command::Move(-NUDGE, 0.0), "← ↑ → ↓", "Move the view, or the chosen findings"),
            also("ArrowRight", Command::Move(NUDGE, 0.0)),
            also("ArrowUp", Command::Move(0.0, -NUDGE)),
            also("ArrowDown", Command::Move(0.0, NUDGE)),
            with(With::Shift, key("ArrowLeft", Command::Move(-FAR_NUDGE, 0.0), "Shift ← ↑ → ↓", "The same, ten times as far")),
            with(With::Shift, also("ArrowRight", Command::Move(FAR_NUDGE, 0.0))),
            with(With::Shift, also("ArrowUp", Command::Move(0.0, -FAR_NUDGE))),
            with(With::Shift, also("ArrowDown", Command::Move(0.0, FAR_NUDGE))),
            key("[", Command::Turn(false), "[ ]", "Turn by 90°, to the left or right"),
            also("]", Command::Turn(true)),
            with(With::Shift, key("h", Command::Flip, "Shift H", "Mirror left to right")),
            key("b", Command::Blink, "B", "Hold for the photo; when blinking, the other picture"),
            key(",", Command::Swipe(-SWIPE_STEP), ", .", "Move the swipe line"),
            also(".", Command::Swipe(SWIPE_STEP)),
            key("j", Command::StepReference(1), "J K", "Next and previous reference"),
            also("k", Command::StepReference(-1)),
            key("q", Command::Loupe, "Q", "Loupe: both pictures beside the pointer"),
            key("c", Command::Blind, "C", "Hatch what was not compared"),
        ],
    ),
    (
        "Review",
        &[
            key("n", Command::Step(1), "N", "Next difference, or next place of the report that is answered"),
            with(With::Shift, key("n", Command::Step(-1), "Shift N", "The one before")),
            key("s", Command::See(Seen::Same), "S O U", "Answering a report: the same, different, can't tell"),
            also("o", Command::See(Seen::Different)),
            also("u", Command::See(Seen::CantTell)),
            key("Enter", Command::Accept, "Enter", "Make a finding of the chosen difference"),
            key("x", Command::Dismiss, "X", "Say why it is nothing"),
        ],
    ),
    (
        "Tools",
        &[
            key("h", Command::UseTool(Tool::Hand), "H", "Hand: drag to move the view"),
            key("v", Command::UseTool(Tool::Select), "V", "Choose, move and reshape"),
            key("r", Command::UseTool(Tool::Box), "R", "Box"),
            key("e", Command::UseTool(Tool::Ellipse), "E", "Ellipse"),
            key("p", Command::UseTool(Tool::Polygon), "P", "Outline, corner by corner"),
            key("l", Command::UseTool(Tool::Line), "L", "Line"),
            key("a", Command::UseTool(Tool::Arrow), "A", "Arrow"),
            key("f", Command::UseTool(Tool::Freehand), "F", "Line by hand"),
            key("d", Command::UseTool(Tool::Point), "D", "Point"),
            key("t", Command::UseTool(Tool::Text), "T", "Words"),
            key("m", Command::UseTool(Tool::Measure), "M", "Measure a distance"),
            key("w", Command::UseTool(Tool::Hide), "W", "Hide a place in what is shared"),
        ],
    ),
    (
        "Findings",
        &[
            key("1", Command::Kind(0), "1–9", "Kind of what is chosen, and of what is drawn next"),
            also("2", Command::Kind(1)),
            also("3", Command::Kind(2)),
            also("4", Command::Kind(3)),
            also("5", Command::Kind(4)),
            also("6", Command::Kind(5)),
            also("7", Command::Kind(6)),
            also("8", Command::Kind(7)),
            also("9", Command::Kind(8)),
            key("Delete", Command::Delete, "Delete", "Remove what is chosen, or an outline's last corner"),
            also("Backspace", Command::Delete),
            with(With::Control, key("d", Command::Duplicate, "Ctrl D", "Copy what is chosen")),
            with(With::Control, key("a", Command::ChooseAll, "Ctrl A", "Choose all findings")),
            with(With::Control, key("]", Command::Stack(true), "Ctrl ]", "Lay over all others")),
            with(With::Control, key("[", Command::Stack(false), "Ctrl [", "Lay under all others")),
        ],
    ),
    (
        "Always",
        &[
            with(With::Control, key("z", Command::Undo, "Ctrl Z", "Undo")),
            with(With::ControlShift, key("z", Command::Redo, "Ctrl Shift Z", "Redo")),
            with(With::Control, key("y", Command::Redo, "Ctrl Y", "Redo")),
            key("Escape", Command::Escape, "Esc", "Let go of what is drawn, then of what is chosen, then of the tool"),
            key("?", Command::ShowKeys, "?", "This sheet"),
        ],
    ),
];

/// What pointers do, and with which hand.
pub const GESTURES: [(&str, &str); 17] = [
    ("Mouse wheel", "Zoom at the pointer"),
    ("Two fingers on a trackpad", "Move the view"),
    ("Pinch, or Ctrl and wheel", "Zoom at the pointer"),
    ("Drag with the hand, with Space or with the middle button", "Move the view"),
    ("Double click with the hand", "Zoom in at the pointer"),
    ("One finger", "What the tool does: move the view, or draw"),
    ("Two fingers on the screen", "Move and zoom the view, whatever the tool"),
    ("Click a mark", "Choose it; with Shift, choose it as well or let go of it"),
    ("Drag a handle of what is chosen", "Reshape it; the middle of an outline's side makes a corner"),
    ("Alt and a click on a corner of what is chosen", "Take the corner out of an outline"),
    ("Drag a mark with V", "Move it, and what else is chosen"),
    ("Drag over the bare board with V", "Choose what lies in the frame"),
    (
        "Drag with a tool, or click where it begins and ends",
        "Draw a box, an ellipse, a line, an arrow, a measure, a line by hand",
    ),
    ("Click corner by corner", "Draw an outline; the first corner, a double click or Enter closes it"),
    ("Shift while drawing", "Squares, circles, lines at multiples of 45°"),
    ("Alt while drawing", "One more shape for the chosen finding"),
    ("Ctrl while drawing", "Don't snap to the corners of differences"),
];

/// What the pressed key asks for. Without `letters`, single characters ask for nothing by themselves.
#[must_use]
pub fn command(press: &Press<'_>, letters: bool) -> Option<Command> {
    if press.alt {
        return None;
    }
    // Some layouts need Shift for these signs, and some write another sign on 0 with Shift.
    let (pressed, shift) = match press.key {
        sign @ ("+" | "?" | "[" | "]") => (sign.to_owned(), false),
        _ if press.code == "Digit0" && press.shift => ("0".to_owned(), true),
        one if one.chars().count() == 1 => (one.to_lowercase(), press.shift),
        named => (named.to_owned(), press.shift),
    };
    if !letters && !press.control && pressed.chars().count() == 1 {
        return None;
    }
    let with = match (press.control, shift) {
        (false, false) => With::Nothing,
        (false, true) => With::Shift,
        (true, false) => With::Control,
        (true, true) => With::ControlShift,
    };
    let table = GROUPS.iter().flat_map(|(_, keys)| keys.iter());
    table.into_iter().find(|line| line.key == pressed && line.with == with).map(|line| line.command)
}

/// The page of keys and gestures, as `docs/keys.md` holds it.
#[must_use]
pub fn page() -> String {
    let mut page =
        "# Keys and gestures\n\nThe table of `src/app/keys.rs`; `?` shows it in the app. On a Mac, Command does what Ctrl does. \
                    Single letters and signs can be switched off in the settings.\n"
            .to_owned();
    let mut table = |title: &str, head: &str, lines: &mut dyn Iterator<Item = (&str, &str)>| {
        page += &format!("\n## {title}\n\n| {head} | what it does |\n| --- | --- |\n");
        lines.for_each(|(left, right)| page += &format!("| {left} | {right} |\n"));
    };
    for (title, keys) in GROUPS {
        table(title, "key", &mut keys.iter().filter_map(|key| key.shown));
    }
    table("Pointers", "gesture", &mut GESTURES.into_iter());
    page
}
