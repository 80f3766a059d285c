//! Wheel and trackpad, as browsers tell of them: sequences of events with what a person meant.

use boardwatch::app::table::{Wheel, WheelSetting, WheelTurn, WheelUnit, WheelWish};

/// Across, down, unit, `wheelDeltaY`, with Ctrl, milliseconds since the event before.
type Row = (f64, f64, WheelUnit, f64, bool, f64);

const PX: WheelUnit = WheelUnit::Pixel;
const LINE: WheelUnit = WheelUnit::Line;

/// What came of each event: z for zoom, p for pan.
fn meant(rows: &[Row], setting: WheelSetting) -> String {
    let (mut wheel, mut at_ms) = (Wheel::default(), 1000.0);
    let turns = rows.iter().map(|&(dx, dy, unit, notches_120, ctrl, after)| {
        at_ms += after;
        match wheel.turn(&WheelTurn { dx, dy, unit, notches_120, ctrl, at_ms }, setting) {
            WheelWish::Zoom(_) => 'z',
            WheelWish::Pan(..) => 'p',
        }
    });
    turns.collect()
}

/// A wheel of notches: Chromium and Edge on Windows and Linux (100 or 120 pixels a notch, more when turned fast), at 125 % and 150 % of
/// Windows' scale, Chromium on a Mac (accelerated fractions, whole notches in `wheelDeltaY`), Safari, Firefox (lines).
#[test]
fn a_mouse_zooms() {
    let sequences: [&[Row]; 7] = [
        &[(0.0, 100.0, PX, -120.0, false, 0.0), (0.0, 100.0, PX, -120.0, false, 90.0), (0.0, -200.0, PX, 240.0, false, 800.0)],
        &[(0.0, 120.0, PX, -120.0, false, 0.0), (0.0, -120.0, PX, 120.0, false, 500.0)],
        &[(0.0, 80.0, PX, -120.0, false, 0.0), (0.0, 80.0, PX, -120.0, false, 400.0)],
        &[(0.0, 66.666_664, PX, -120.0, false, 0.0), (0.0, 133.333_33, PX, -240.0, false, 40.0)],
        &[(0.0, 4.000_244, PX, -120.0, false, 0.0), (0.0, 16.5, PX, -240.0, false, 60.0), (0.0, 40.0, PX, -360.0, false, 30.0)],
        &[(0.0, 12.0, PX, -120.0, false, 0.0), (0.0, 28.0, PX, -240.0, false, 300.0)],
        &[(0.0, 3.0, LINE, 0.0, false, 0.0), (0.0, -3.0, LINE, 0.0, false, 100.0), (0.0, 1.0, LINE, 0.0, false, 900.0)],
    ];
    for (place, rows) in sequences.iter().enumerate() {
        assert_eq!(meant(rows, WheelSetting::Automatic), "z".repeat(rows.len()), "sequence {place}");
        assert_eq!(meant(rows, WheelSetting::Trackpad), "p".repeat(rows.len()), "sequence {place}");
    }
}

/// Two fingers: Chromium and Safari on a Mac (`wheelDeltaY` is −3 times the pixels, which now and then makes a multiple of 120), a Windows
/// precision touchpad, libinput on Linux, Firefox in pixels.
#[test]
fn a_trackpad_pans() {
    let sequences: [&[Row]; 6] = [
        &[(0.0, 1.0, PX, -3.0, false, 0.0), (-1.0, 4.0, PX, -12.0, false, 16.0), (0.0, 40.0, PX, -120.0, false, 16.0)],
        &[(0.0, 40.0, PX, -120.0, false, 0.0), (0.0, 80.0, PX, -240.0, false, 16.0), (0.0, 11.0, PX, -33.0, false, 16.0)],
        &[(0.0, 2.5, PX, -3.0, false, 0.0), (0.0, 12.857_142, PX, -15.0, false, 7.0), (3.3, 8.0, PX, -9.0, false, 7.0)],
        &[(12.0, 0.0, PX, 0.0, false, 0.0), (30.0, 0.0, PX, 0.0, false, 16.0)],
        &[(0.0, 5.0, PX, 0.0, false, 0.0), (0.0, 60.0, PX, 0.0, false, 16.0), (0.0, 120.0, PX, 0.0, false, 16.0)],
        &[(0.0, 1.333_3, PX, 0.0, false, 0.0), (1.0, 53.333_3, PX, 0.0, false, 16.0)],
    ];
    for (place, rows) in sequences.iter().enumerate() {
        assert_eq!(meant(rows, WheelSetting::Automatic), "p".repeat(rows.len()), "sequence {place}");
        assert_eq!(meant(rows, WheelSetting::Mouse), "z".repeat(rows.len()), "sequence {place}");
    }
}

#[test]
fn a_pinch_zooms_in_every_setting_and_a_notch_with_ctrl_is_no_leap() {
    let pinch: &[Row] = &[(0.0, -2.5, PX, 3.0, true, 0.0), (0.0, -4.0, PX, 12.0, true, 16.0)];
    for setting in WheelSetting::ALL {
        assert_eq!(meant(pinch, setting), "zz");
    }
    let factor = |dy: f64, notches_120: f64| match Wheel::default()
        .turn(&WheelTurn { dx: 0.0, dy, unit: PX, notches_120, ctrl: true, at_ms: 0.0 }, WheelSetting::Automatic)
    {
        WheelWish::Zoom(factor) => factor,
        WheelWish::Pan(..) => panic!("a pinch is no pan"),
    };
    assert!((1.1..1.3).contains(&factor(-100.0, 120.0)), "a notch: {}", factor(-100.0, 120.0));
    assert!((1.02..1.1).contains(&factor(-4.0, 12.0)), "fingers: {}", factor(-4.0, 12.0));
}

#[test]
fn a_gesture_keeps_its_device_and_a_pause_allows_another() {
    let both: &[Row] = &[
        (2.0, 9.0, PX, -27.0, false, 0.0),
        // The run-out of the fingers, with a whole notch by chance, and pixels that do not fit it.
        (0.0, 100.0, PX, -120.0, false, 16.0),
        (0.0, 100.0, PX, -120.0, false, 600.0),
        (1.0, 3.0, PX, -9.0, false, 100.0),
        (1.0, 3.0, PX, -9.0, false, 400.0),
    ];
    assert_eq!(meant(both, WheelSetting::Automatic), "ppzzp");
}
