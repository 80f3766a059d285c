//! What a page says about itself: complaints, marks, long tasks.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

use crate::browser::Browser;

/// Runs in every page before its own scripts.
pub(crate) const WATCH: &str = "
window.longTasks = [];
new PerformanceObserver(list => {
  for (const task of list.getEntries()) window.longTasks.push([task.startTime, task.duration]);
}).observe({ type: 'longtask', buffered: true });";

/// A task of the main thread that took over 50 ms, in which the page could not answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct LongTask {
    /// Milliseconds since the page was asked for.
    pub(crate) start_ms: f64,
    /// Milliseconds it took.
    pub(crate) duration_ms: f64,
}

impl Browser {
    /// Warnings and errors on the console since the last call: uncaught exceptions, failed loads, violated policies.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let log = self.command("se/log", json!({ "type": "browser" })).await;
        let entries = log.as_array().into_iter().flatten();
        // What a driver says about its own speed is no fault of the page: screenshots on a machine without a GPU provoke it.
        let is_chatter =
            |entry: &Value| entry["message"].as_str().is_some_and(|text| text.contains("GL Driver Message (OpenGL, Performance"));
        let bad = entries.filter(|entry| matches!(entry["level"].as_str(), Some("SEVERE" | "WARNING")) && !is_chatter(entry));
        bad.map(|entry| {
            format!("{}: {}", entry["level"].as_str().unwrap_or_default(), entry["message"].as_str().unwrap_or_default())
        })
        .collect()
    }

    /// Milliseconds of the User Timing measure `name` (such as "boardwatch:align"), the newest one; `None` before there is one.
    pub(crate) async fn measure_ms(&self, name: &str) -> Option<f64> {
        self.eval(&format!("performance.getEntriesByName({name:?}, 'measure').at(-1)?.duration ?? null")).await.as_f64()
    }

    /// When the User Timing mark `name` was set, in milliseconds since the page was asked for; the newest one.
    pub(crate) async fn mark_ms(&self, name: &str) -> Option<f64> {
        self.eval(&format!("performance.getEntriesByName({name:?}, 'mark').at(-1)?.startTime ?? null")).await.as_f64()
    }

    /// Every task over 50 ms since the page was asked for. Loading itself makes some; compare before and after what you measure.
    pub(crate) async fn long_tasks(&self) -> Vec<LongTask> {
        let pairs: Vec<[f64; 2]> = serde_json::from_value(self.eval("window.longTasks").await).expect("pairs of numbers");
        pairs.into_iter().map(|[start_ms, duration_ms]| LongTask { start_ms, duration_ms }).collect()
    }

    /// A command of the browser's debugging protocol, such as "Emulation.setTouchEmulationEnabled".
    pub(crate) async fn cdp(&self, name: &str, parameters: Value) -> Value {
        self.command("goog/cdp/execute", json!({ "cmd": name, "params": parameters })).await
    }

    async fn command(&self, path: &'static str, body: Value) -> Value {
        self.client.issue_cmd(Extension { path, body }).await.unwrap_or_else(|error| panic!("{path}: {error}"))
    }
}

/// A command of chromedriver that is not in the WebDriver standard.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
