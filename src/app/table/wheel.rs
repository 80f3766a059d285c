//! Mouse wheel or trackpad? Browsers do not say, and the two mean different things: a wheel zooms at the pointer, two fingers pan.

use serde::{Deserialize, Serialize};

/// How the person wants the wheel to be understood.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WheelSetting {
    /// By the rule of [`Wheel::turn`].
    #[default]
    Automatic,
    /// Every wheel is a mouse's.
    Mouse,
    /// Every wheel is a trackpad's.
    Trackpad,
}

impl WheelSetting {
    /// All of them, in the order of the menu.
    pub const ALL: [Self; 3] = [Self::Automatic, Self::Mouse, Self::Trackpad];
}

/// The unit of a wheel event's deltas, as `WheelEvent.deltaMode` has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WheelUnit {
    /// CSS pixels.
    Pixel,
    /// Lines of text.
    Line,
    /// Pages.
    Page,
}

/// One wheel event.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WheelTurn {
    /// Across, in units.
    pub dx: f64,
    /// Down, in units.
    pub dy: f64,
    /// Of the two.
    pub unit: WheelUnit,
    /// `wheelDeltaY` where a browser has it, else 0: an old number in 120ths of a notch that Chromium and Safari still fill in.
    pub notches_120: f64,
    /// Ctrl is held, or the browser says so of two fingers that move apart.
    pub ctrl: bool,
    /// When, in milliseconds of any clock.
    pub at_ms: f64,
}

/// What a wheel event asks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WheelWish {
    /// Zoom at the pointer by this factor.
    Zoom(f64),
    /// Move the board by CSS pixels.
    Pan(f64, f64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Device {
    Mouse,
    Trackpad,
}

/// Remembers which device turned last.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Wheel {
    last: Option<(Device, f64)>,
}

/// Zoom per CSS pixel of a mouse wheel: one notch of 100 is a step of 16 %.
const WHEEL_STEP: f64 = 0.0015;
/// Zoom per CSS pixel of a trackpad's pinch, which browsers tell as a wheel with Ctrl.
const PINCH_STEP: f64 = 0.01;
/// CSS pixels of a wheel's line, where a browser counts in lines.
const LINE_PX: f64 = 16.0;
/// CSS pixels of a wheel's page.
const PAGE_PX: f64 = 400.0;
/// Events closer than this, in milliseconds, belong to one gesture, which has one device: a trackpad's run-out sends an
/// event each frame, and hands need longer to change from one to the other.
const ONE_GESTURE_MS: f64 = 250.0;
/// `wheelDeltaY` of one notch.
const NOTCH: f64 = 120.0;

impl Wheel {
    /// What an event asks for.
    ///
    /// The automatic rule, in this order:
    /// 1. With Ctrl it is a pinch, or a wheel that is meant to zoom: zoom.
    /// 2. An event within 250 ms of the one before is of the same device.
    /// 3. Lines and pages are a mouse's: trackpads send pixels.
    /// 4. A sideways part is a trackpad's.
    /// 5. Where the browser gives `wheelDeltaY`, whole notches (multiples of 120) that do not follow from the pixels by the factor −3
    ///    of Chromium's and Safari's trackpads are a mouse's, everything else is a trackpad's.
    /// 6. Where it does not, whole pixels of 50 or more are a mouse's, everything else is a trackpad's.
    pub fn turn(&mut self, turn: &WheelTurn, setting: WheelSetting) -> WheelWish {
        let scale = match turn.unit {
            WheelUnit::Pixel => 1.0,
            WheelUnit::Line => LINE_PX,
            WheelUnit::Page => PAGE_PX,
        };
        let (dx, dy) = (turn.dx * scale, turn.dy * scale);
        if turn.ctrl {
            // A notch with Ctrl is a notch all the same; two fingers move a few pixels at a time.
            let step = if first_guess(turn) == Device::Mouse { WHEEL_STEP } else { PINCH_STEP };
            return WheelWish::Zoom(libm::exp(-dy * step));
        }
        let device = match setting {
            WheelSetting::Mouse => Device::Mouse,
            WheelSetting::Trackpad => Device::Trackpad,
            WheelSetting::Automatic => match self.last {
                Some((device, then)) if turn.at_ms - then < ONE_GESTURE_MS => device,
                _ => first_guess(turn),
            },
        };
        self.last = Some((device, turn.at_ms));
        match device {
            Device::Mouse => WheelWish::Zoom(libm::exp(-dy * WHEEL_STEP)),
            Device::Trackpad => WheelWish::Pan(-dx, -dy),
        }
    }
}

/// The device of an event that stands alone.
fn first_guess(turn: &WheelTurn) -> Device {
    let is_mouse = match turn.unit {
        WheelUnit::Line | WheelUnit::Page => true,
        WheelUnit::Pixel if turn.dx != 0.0 => false,
        WheelUnit::Pixel if turn.notches_120 != 0.0 => {
            turn.notches_120 % NOTCH == 0.0 && (turn.notches_120 + 3.0 * turn.dy).abs() > 1.0
        }
        WheelUnit::Pixel => turn.dy.abs() >= 50.0 && turn.dy.fract() == 0.0,
    };
    if is_mouse { Device::Mouse } else { Device::Trackpad }
}
