//! How the two pictures come together on the table.

use super::Table;
use crate::app::Mode;

/// How the two pictures come together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Plan {
    /// The photo where `a x + b y + c` of a place in CSS pixels is above 0, the reference elsewhere.
    Split([f64; 3]),
    /// One in each half.
    Halves,
    /// Only the reference.
    Reference,
    /// Only the photo.
    Photo,
    /// The photo over the reference, with this opacity.
    Over(f64),
    /// What differs.
    Difference,
    /// The reference in red, the photo in green and blue.
    RedCyan,
}

impl Table {
    /// How the pictures come together now.
    #[must_use]
    pub fn plan(&self) -> Plan {
        let scene = self.scene();
        match (scene.shown_mode(), self.swipe_line()) {
            (Mode::SideBySide, _) => Plan::Halves,
            // Also a hidden one.
            _ if self.photo_is_held_up() && scene.photo.is_some() => Plan::Photo,
            (Mode::Opacity, _) if !scene.shows_both() => Plan::Over(scene.shown_opacity()),
            (_, Some((through, (a, b)))) => Plan::Split([a, b, -(a * through.0 + b * through.1)]),
            (Mode::Blink, _) if self.photo_is_up() => Plan::Photo,
            (Mode::Blink | Mode::Swipe, _) => Plan::Reference,
            (Mode::Opacity, _) => Plan::Over(scene.shown_opacity()),
            (Mode::Difference, _) => Plan::Difference,
            (Mode::RedCyan, _) => Plan::RedCyan,
        }
    }

    /// How far apart the same thing may lie in the two pictures, in pixels of the screen, and is still no difference: one reference
    /// pixel of misalignment is expected, and on a small view one pixel of the screen.
    #[must_use]
    pub fn difference_reach(&self) -> f64 {
        (self.camera().zoom * self.screen().ratio).max(1.0)
    }
}
