//! How a person likes to work: kept in the browser, beside the cases.

use serde::{Deserialize, Serialize};

use super::table::WheelSetting;

/// Blinking by itself is never faster than this, in blinks (there and back) a second: above three flashes a second people with photosensitive
/// epilepsy are in danger (WCAG 2.2, 2.3.1).
pub const FASTEST_BLINK_HZ: f64 = 2.5;
/// Slower, nobody would wait for the other picture.
const SLOWEST_BLINK_HZ: f64 = 0.25;

/// The settings.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// How the wheel is understood.
    pub wheel: WheelSetting,
    /// Single letters and digits are commands. Off for people who dictate, or whose other tools write letters.
    pub letter_keys: bool,
    /// Colours of the difference.
    pub palette: Palette,
    /// Differences up to this share of full scale are light and noise.
    pub tolerance: f64,
    /// Blinks, there and back, a second; 0 is by hand only.
    pub blink_hz: f64,
}

/// Colours of the difference.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Palette {
    /// Orange where the photo is brighter, blue where it is darker.
    #[default]
    Colour,
    /// White where they differ.
    Grey,
}

impl Default for Settings {
    fn default() -> Self {
        Self { wheel: WheelSetting::default(), letter_keys: true, palette: Palette::default(), tolerance: 0.08, blink_hz: 1.0 }
    }
}

impl Settings {
    /// The same, with every number where it is safe.
    #[must_use]
    pub fn limited(self) -> Self {
        let or = |value: f64, otherwise: f64| if value.is_finite() { value } else { otherwise };
        let usual = Self::default();
        let blink = or(self.blink_hz, usual.blink_hz);
        Self {
            tolerance: or(self.tolerance, usual.tolerance).clamp(0.0, 0.5),
            blink_hz: if blink <= 0.0 { 0.0 } else { blink.clamp(SLOWEST_BLINK_HZ, FASTEST_BLINK_HZ) },
            ..self
        }
    }

    /// As they are kept.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What was kept; what can't be read is as if it had never been set.
    #[must_use]
    pub fn from_json(text: &str) -> Self {
        crate::json::from_str::<Self>(text).unwrap_or_default().limited()
    }
}
