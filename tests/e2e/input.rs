//! What hands do: files, mouse, wheel and fingers.

use std::path::Path;

use fantoccini::Locator;
use serde_json::{Value, json};

use crate::browser::Browser;

impl Browser {
    /// Chooses files in the `<input type=file>` that `css` selects, hidden or not.
    pub(crate) async fn upload(&self, css: &str, files: &[&Path]) {
        let input = self.client.find(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}"));
        input.send_keys(&existing(files).join("\n")).await.unwrap_or_else(|error| panic!("{css} takes no files: {error}"));
    }

    /// Drops real files on the middle of the element that `css` selects, as from a file manager.
    pub(crate) async fn drop_files(&self, css: &str, files: &[&Path]) {
        let [x, y] = self.middle(css).await;
        let data = json!({ "items": [], "files": existing(files), "dragOperationsMask": 1 });
        for kind in ["dragEnter", "dragOver", "drop"] {
            self.cdp("Input.dispatchDragEvent", json!({ "type": kind, "x": x, "y": y, "data": data })).await;
        }
    }

    /// The middle of the first element that `css` selects, in CSS pixels of the window.
    pub(crate) async fn middle(&self, css: &str) -> [f64; 2] {
        self.wait_for(css, 5).await;
        let box_of =
            format!("(r => [r.x + r.width / 2, r.y + r.height / 2])(document.querySelector({css:?}).getBoundingClientRect())");
        serde_json::from_value(self.eval(&box_of).await).expect("two numbers")
    }

    /// Presses the mouse at the first point, moves it through the others, and lets go at the last.
    pub(crate) async fn drag(&self, path: &[[f64; 2]]) {
        let (Some(first), Some(last)) = (path.first(), path.last()) else { return };
        self.mouse("mousePressed", *first).await;
        for point in path {
            self.mouse("mouseMoved", *point).await;
        }
        self.mouse("mouseReleased", *last).await;
    }

    /// The same with a pen.
    pub(crate) async fn draw_with_pen(&self, path: &[[f64; 2]]) {
        let (Some(first), Some(last)) = (path.first(), path.last()) else { return };
        self.pointer("mousePressed", "pen", *first, 1).await;
        for point in path {
            self.pointer("mouseMoved", "pen", *point, 1).await;
        }
        self.pointer("mouseReleased", "pen", *last, 1).await;
    }

    /// Presses and lets go, so many times at one place.
    pub(crate) async fn click_at(&self, at: [f64; 2], times: u32) {
        self.hover(at).await;
        for count in 1..=times {
            self.pointer("mousePressed", "mouse", at, count).await;
            self.pointer("mouseReleased", "mouse", at, count).await;
        }
    }

    /// Moves the mouse there, without pressing.
    pub(crate) async fn hover(&self, [x, y]: [f64; 2]) {
        self.cdp("Input.dispatchMouseEvent", json!({ "type": "mouseMoved", "x": x, "y": y })).await;
    }

    async fn mouse(&self, kind: &str, at: [f64; 2]) {
        self.pointer(kind, "mouse", at, 1).await;
    }

    async fn pointer(&self, kind: &str, device: &str, [x, y]: [f64; 2], count: u32) {
        let buttons = i32::from(kind != "mouseReleased");
        let event = json!({
            "type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": count, "pointerType": device,
        });
        self.cdp("Input.dispatchMouseEvent", event).await;
    }

    /// Two fingers on a trackpad, by CSS pixels.
    pub(crate) async fn two_fingers(&self, [x, y]: [f64; 2], [dx, dy]: [f64; 2]) {
        let event = json!({ "type": "mouseWheel", "x": x, "y": y, "deltaX": dx, "deltaY": dy });
        self.cdp("Input.dispatchMouseEvent", event).await;
    }

    /// Turns the wheel at a point; a positive `delta` scrolls down, in CSS pixels.
    pub(crate) async fn wheel(&self, [x, y]: [f64; 2], delta: f64) {
        let event = json!({ "type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": delta });
        self.cdp("Input.dispatchMouseEvent", event).await;
    }

    /// Puts fingers down at the first points, moves them through the others, and lifts them: one list of fingers per moment.
    pub(crate) async fn touch(&self, moments: &[Vec<[f64; 2]>]) {
        for (moment, fingers) in moments.iter().enumerate() {
            let points: Vec<Value> = fingers.iter().enumerate().map(|(id, [x, y])| json!({ "x": x, "y": y, "id": id })).collect();
            let kind = if moment == 0 { "touchStart" } else { "touchMove" };
            self.cdp("Input.dispatchTouchEvent", json!({ "type": kind, "touchPoints": points })).await;
        }
        self.cdp("Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] })).await;
    }
}

/// Whole paths, as chromedriver wants them.
fn existing(files: &[&Path]) -> Vec<String> {
    let whole = |file: &&Path| {
        let path = file.canonicalize().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        path.to_string_lossy().into_owned()
    };
    files.iter().map(whole).collect()
}
