//! A browser window as a person sees it.

use std::path::Path;
use std::time::{Duration, Instant};

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::driver::Driver;
use crate::watching::WATCH;
use crate::world::artefacts;

/// How long something that should be there already may take: a slow machine's hiccup, not a computation.
const PATIENCE_S: u64 = 5;
const POLL: Duration = Duration::from_millis(50);

/// One browser with a profile of its own. Every method fails the test, in words, when what it asks for does not come.
#[derive(Clone)]
pub(crate) struct Browser {
    pub(crate) client: Client,
    /// The address of the site, ending in a slash.
    site: String,
    name: String,
}

impl Browser {
    /// Starts a browser through `driver`, with a fresh profile or that of a folder; `site` is what [`Browser::open`] resolves against.
    pub(crate) async fn start(driver: &Driver, site: String, name: String, profile: Option<&Path>) -> Self {
        let mut capabilities: serde_json::Map<String, Value> =
            serde_json::from_str(include_str!("../webdriver.json")).expect("webdriver.json is an object");
        capabilities.insert("goog:loggingPrefs".into(), json!({ "browser": "ALL" }));
        capabilities.insert("timeouts".into(), json!({ "script": 120_000, "pageLoad": 60_000 }));
        let options = capabilities.get_mut("goog:chromeOptions").and_then(|options| options["args"].as_array_mut());
        let arguments = options.expect("webdriver.json has arguments");
        arguments.push("--window-size=1280,900".into());
        arguments.extend(profile.map(|folder| format!("--user-data-dir={}", folder.display()).into()));
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let client = builder.capabilities(capabilities).connect(&driver.url()).await.expect("chromedriver starts a browser");
        let browser = Self { client, site, name };
        browser.cdp("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH })).await;
        browser
    }

    /// The journey's name, with a number from the second browser on.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Goes to `address` below the site ("" is its page, "#sample" a fragment of it), or to a whole one ("http…").
    pub(crate) async fn open(&self, address: &str) {
        let whole = if address.starts_with("http") || address.starts_with("about:") {
            address.to_owned()
        } else {
            format!("{}{address}", self.site)
        };
        self.client.goto(&whole).await.unwrap_or_else(|error| panic!("{whole} does not open: {error}"));
    }

    /// Names the tab that is driven.
    pub(crate) async fn tab(&self) -> String {
        self.client.window().await.expect("there is a tab").into()
    }

    /// Opens `address` below the site in another tab, which is driven from now on; names it.
    pub(crate) async fn new_tab(&self, address: &str) -> String {
        let tab = String::from(self.client.new_window(true).await.expect("there is room for a tab").handle);
        self.to_tab(&tab).await;
        self.open(address).await;
        tab
    }

    /// Drives this tab from now on.
    pub(crate) async fn to_tab(&self, tab: &str) {
        let handle = tab.to_owned().try_into().expect("a name of a tab");
        self.client.switch_to_window(handle).await.expect("the tab is there");
    }

    /// Closes this tab; another one has to be driven then.
    pub(crate) async fn close_tab(&self, tab: &str) {
        self.to_tab(tab).await;
        self.client.close_window().await.expect("the tab closes");
    }

    /// Loads the page again, as F5 does.
    pub(crate) async fn reload(&self) {
        self.client.refresh().await.expect("the page loads again");
    }

    /// The whole address, fragment included.
    pub(crate) async fn address(&self) -> String {
        self.client.current_url().await.expect("the page has an address").to_string()
    }

    /// Clicks the first element that `css` selects.
    pub(crate) async fn click(&self, css: &str) {
        let element = self.wait_for(css, PATIENCE_S).await;
        element.click().await.unwrap_or_else(|error| panic!("{css} can't be clicked: {error}"));
    }

    /// Types `text` into the field that `css` selects, behind what it holds.
    pub(crate) async fn type_into(&self, css: &str, text: &str) {
        let element = self.wait_for(css, PATIENCE_S).await;
        element.send_keys(text).await.unwrap_or_else(|error| panic!("{css} takes no text: {error}"));
    }

    /// Presses keys where the focus is; special ones by `char::from(fantoccini::key::Key::…)`.
    pub(crate) async fn press(&self, keys: &str) {
        let element = self.client.active_element().await.expect("something has the focus");
        element.send_keys(keys).await.expect("the focus takes keys");
    }

    /// Chooses the option with `value` in the list that `css` selects.
    pub(crate) async fn choose(&self, css: &str, value: &str) {
        let element = self.wait_for(css, PATIENCE_S).await;
        element.select_by_value(value).await.unwrap_or_else(|error| panic!("{css} has no {value}: {error}"));
    }

    /// The text that a person reads in the first element that `css` selects.
    pub(crate) async fn text(&self, css: &str) -> String {
        let element = self.wait_for(css, PATIENCE_S).await;
        element.text().await.unwrap_or_else(|error| panic!("{css} has no text: {error}"))
    }

    /// The texts of all elements that `css` selects now; none is an answer.
    pub(crate) async fn texts(&self, css: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for element in self.client.find_all(Locator::Css(css)).await.expect("a selector") {
            texts.push(element.text().await.unwrap_or_default());
        }
        texts
    }

    /// How many elements `css` selects now.
    pub(crate) async fn count(&self, css: &str) -> usize {
        self.client.find_all(Locator::Css(css)).await.expect("a selector").len()
    }

    /// Waits until `css` selects something that is visible, at most `seconds`.
    pub(crate) async fn wait_for(&self, css: &str, seconds: u64) -> Element {
        let deadline = Instant::now() + Duration::from_secs(seconds);
        loop {
            for element in self.client.find_all(Locator::Css(css)).await.unwrap_or_else(|error| panic!("{css}: {error}")) {
                if element.is_displayed().await.unwrap_or(false) {
                    return element;
                }
            }
            assert!(Instant::now() < deadline, "{css} did not become visible within {seconds} s");
            tokio::time::sleep(POLL).await;
        }
    }

    /// Waits until the visible text of `css` contains `words`, at most `seconds`.
    pub(crate) async fn wait_for_text(&self, css: &str, words: &str, seconds: u64) {
        let deadline = Instant::now() + Duration::from_secs(seconds);
        loop {
            let texts = self.texts(css).await;
            if texts.iter().any(|text| text.contains(words)) {
                return;
            }
            assert!(Instant::now() < deadline, "{css} did not say {words:?} within {seconds} s, but {texts:?}");
            tokio::time::sleep(POLL).await;
        }
    }

    /// Waits until the JavaScript expression is true, at most `seconds`.
    pub(crate) async fn wait_until(&self, expression: &str, seconds: u64) {
        let deadline = Instant::now() + Duration::from_secs(seconds);
        while self.eval(expression).await != Value::Bool(true) {
            assert!(Instant::now() < deadline, "{expression} was not true within {seconds} s");
            tokio::time::sleep(POLL).await;
        }
    }

    /// The value of a JavaScript expression in the page; a promise is awaited.
    pub(crate) async fn eval(&self, expression: &str) -> Value {
        let script =
            format!("const done = arguments[0]; (async () => ({expression}))().then(done, error => done('rejected: ' + error));");
        self.client.execute_async(&script, Vec::new()).await.unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// Writes what the window shows to `artefacts/JOURNEY-NAME.png`.
    pub(crate) async fn screenshot(&self, name: &str) {
        let png = self.client.screenshot().await.expect("the window can be pictured");
        std::fs::write(artefacts().join(format!("{}-{name}.png", self.name)), png).expect("artefacts can be written");
    }

    /// The page as it stands, as HTML.
    pub(crate) async fn source(&self) -> String {
        self.client.source().await.unwrap_or_default()
    }

    /// Ends the browser.
    pub(crate) async fn close(&self) {
        // One that has crashed is as closed as can be.
        drop(self.client.clone().close().await);
    }
}
