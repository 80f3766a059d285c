//! Web annotations in Annotorious, in a browser.

use std::fs;
use std::path::Path;
use std::time::Duration;

use boardwatch::report::interchange::{Format, from_web_annotation};
use boardwatch::report::{Finding, Shape};
use fantoccini::actions::{InputSource as _, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use xtask::server::{Server, Site};

use crate::driver::Driver;
use crate::findings::{exported, findings, reference};
use crate::{installed, scratch};

/// A page with an annotator on a picture, as a site.
fn site(package: &Path) -> Server {
    let folder = scratch("annotorious");
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/consumers");
    let copies = [
        (here.join("page.html"), "index.html"),
        (here.join("page.js"), "page.js"),
        (here.join("board.svg"), "board.svg"),
        (package.join("dist/annotorious.js"), "annotorious.js"),
        (package.join("dist/annotorious.css"), "annotorious.css"),
    ];
    for (from, name) in copies {
        fs::copy(&from, folder.join(name)).unwrap_or_else(|error| panic!("{}: {error}", from.display()));
    }
    Server::start(Site::new(folder), 0).expect("a free port")
}

async fn browser(driver: &Driver) -> Client {
    let mut capabilities: serde_json::Map<String, Value> =
        serde_json::from_str(include_str!("../webdriver.json")).expect("webdriver.json is an object");
    let arguments = capabilities.get_mut("goog:chromeOptions").and_then(|options| options["args"].as_array_mut());
    arguments.expect("webdriver.json has arguments").push("--window-size=1280,1100".into());
    let mut builder = ClientBuilder::new(HttpConnector::new());
    builder.capabilities(capabilities).connect(&driver.url()).await.expect("chromedriver starts a browser")
}

/// The value of a JavaScript expression in the page; a promise is awaited.
async fn eval(client: &Client, expression: &str) -> Value {
    let script =
        format!("const done = arguments[0]; (async () => ({expression}))().then(done, error => done('rejected: ' + error));");
    client.execute_async(&script, Vec::new()).await.unwrap_or_else(|error| panic!("{error}"))
}

/// The findings as Annotorious hands them back.
fn back(annotations: &Value) -> Vec<Finding> {
    let imported = from_web_annotation(&annotations.to_string(), &reference()).expect("annotations");
    assert_eq!((imported.skipped, imported.losses_in_words()), (0, Vec::new()));
    imported.findings
}

#[test]
fn annotorious_shows_every_finding_and_a_box_that_is_moved_there_comes_back_moved() {
    let Some(package) = installed("BOARDWATCH_ANNOTORIOUS") else { return };
    let (server, driver) = (site(&package), Driver::start());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let client = browser(&driver).await;
        client.goto(&server.url()).await.expect("the page opens");
        let source = format!("urn:sha-256:{}", reference().picture.sha256);
        let shown = eval(&client, &format!("show({}, {source:?})", exported(Format::WebAnnotation))).await;
        let png = client.screenshot().await.expect("the window can be pictured");
        let artefacts = Path::new(env!("CARGO_MANIFEST_DIR")).join("artefacts");
        fs::create_dir_all(&artefacts).expect("artefacts can be written");
        fs::write(artefacts.join("annotorious.png"), png).expect("artefacts can be written");

        let (sent, count) = (findings(), shown["annotations"].as_array().map_or(0, Vec::len));
        println!("Annotorious showed {count} of {} findings.", sent.len());
        assert_eq!((count, &shown["complaints"]), (sent.len(), &json!([])), "{shown}");
        all_drawn_in_place(&shown["drawn"], &sent);
        assert_eq!(back(&shown["annotations"]), sent);

        drag(&client, (180.0, 120.0), (230.0, 150.0)).await;
        let moved = back(&eval(&client, "annotator.getAnnotations()").await);
        let expected = sent[0].moved(50.0, 30.0);
        // The browser computes with its own rounding.
        let off =
            moved[0].shapes[0].points().iter().zip(expected.shapes[0].points()).map(|(a, b)| a.distance(b)).fold(0.0, f64::max);
        assert!(off < 1e-6, "the box is {off} px from where it was dragged to");
        assert_eq!(Finding { shapes: expected.shapes.clone(), ..moved[0].clone() }, expected);
        assert_eq!(moved[1..], sent[1..]);
        drop(client.close().await);
    });
}

/// Annotorious draws the first shape of each.
fn all_drawn_in_place(drawn: &Value, sent: &[Finding]) {
    let drawn = drawn.as_array().expect("a list");
    assert_eq!(drawn.len(), sent.len());
    for finding in sent {
        let id = format!("#finding-{}", finding.id.0);
        let group = drawn.iter().find(|group| group["id"].as_str().is_some_and(|name| name.ends_with(&id))).expect("it is drawn");
        let bounds = finding.shapes[0].bounds().expect("it has an extent");
        // A point and a text are dots to it.
        let is_dot = matches!(finding.shapes[0], Shape::Point(_) | Shape::Text { .. });
        let meant = if is_dot { bounds.grown(4.0) } else { bounds };
        for (side, length) in [("x", meant.x), ("y", meant.y), ("width", meant.w), ("height", meant.h)] {
            let off = group[side].as_f64().expect("a number") - length;
            assert!(off.abs() < 0.1, "{id}: {side} is off by {off} px in {group}");
        }
    }
}

/// Chooses what lies at `from`, in pixels of the picture, and drags it to `to`.
async fn drag(client: &Client, from: (f64, f64), to: (f64, f64)) {
    let corner = eval(client, "(({x, y}) => [x, y])(picture.getBoundingClientRect())").await;
    let [left, top] = [0, 1].map(|side| corner[side].as_f64().expect("a number"));
    let go = |(x, y): (f64, f64)| PointerAction::MoveTo { duration: Some(Duration::from_millis(100)), x: left + x, y: top + y };
    let (down, up) = (PointerAction::Down { button: MOUSE_BUTTON_LEFT }, PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    let wait = || PointerAction::Pause { duration: Duration::from_millis(400) };
    let halfway = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0);
    let steps = [go(from), down.clone(), up.clone(), wait(), down, go(halfway), go(to), up, wait()];
    let mouse = steps.into_iter().fold(MouseActions::new("mouse".into()), MouseActions::then);
    client.perform_actions(mouse).await.expect("the mouse moves");
}
