//! What a journey takes place in.

use std::cell::RefCell;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

use xtask::server::{Server, Site};

use crate::browser::Browser;
use crate::driver::Driver;
use crate::processes::{self, Process};

/// Runs a journey. Without a built site it says that it was skipped; a site that was promised and is absent is a failure.
pub(crate) fn journey(name: &'static str, steps: impl AsyncFnOnce(&World)) {
    let Some(dist) = std::env::var_os("BOARDWATCH_DIST").map(PathBuf::from) else {
        println!("{name}: skipped, because no built site is named in BOARDWATCH_DIST; `cargo xtask test e2e` builds one.");
        return;
    };
    assert!(dist.join("index.html").is_file(), "BOARDWATCH_DIST names {}, which holds no site", dist.display());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let world = World::start(name, Site::new(dist));
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            steps(&world).await;
            world.expect_silence().await;
        });
    }));
    if outcome.is_err() {
        // Best effort: a browser that has crashed can show nothing more.
        drop(catch_unwind(AssertUnwindSafe(|| runtime.block_on(world.record_failure()))));
    }
    runtime.block_on(world.close());
    if let Err(panic) = outcome {
        resume_unwind(panic);
    }
}

/// Server, chromedriver and browsers of one journey.
pub(crate) struct World {
    /// Serves the site, below a sub-path as on a shared host; `server.refuse(true)` takes the network away.
    pub(crate) server: Server,
    name: &'static str,
    driver: Driver,
    browsers: RefCell<Vec<Browser>>,
}

impl World {
    fn start(name: &'static str, site: Site) -> Self {
        let server = Server::start(site.below("some/where"), 0).expect("a free port");
        Self { server, name, driver: Driver::start(), browsers: RefCell::default() }
    }

    /// A browser with a fresh profile, as on another person's machine.
    pub(crate) async fn browser(&self) -> Browser {
        let number = self.browsers.borrow().len();
        let name = if number == 0 { self.name.to_owned() } else { format!("{}-{}", self.name, number + 1) };
        let browser = Browser::start(&self.driver, self.server.url(), name, None).await;
        self.browsers.borrow_mut().push(browser.clone());
        browser
    }

    /// A browser with the profile of this folder, whose console nobody listens to: it may be killed.
    pub(crate) async fn browser_of(&self, profile: &Path) -> Browser {
        Browser::start(&self.driver, self.server.url(), self.name.to_owned(), Some(profile)).await
    }

    /// chromedriver's process, the parent of every browser.
    pub(crate) fn driver_id(&self) -> u32 {
        self.driver.id()
    }

    /// What the browsers' processes have taken so far.
    pub(crate) fn processes(&self) -> Vec<Process> {
        processes::below(self.driver.id())
    }

    fn opened(&self) -> Vec<Browser> {
        self.browsers.borrow().clone()
    }

    async fn expect_silence(&self) {
        for browser in self.opened() {
            let complaints = browser.complaints().await;
            assert!(complaints.is_empty(), "{} complained on its console: {complaints:#?}", browser.name());
        }
    }

    async fn record_failure(&self) {
        for browser in self.opened() {
            browser.screenshot("failed").await;
            let (source, complaints) = (browser.source().await, browser.complaints().await);
            let text = format!("{source}\n\n<!-- console:\n{}\n-->\n", complaints.join("\n"));
            fs::write(artefacts().join(format!("{}-failed.html", browser.name())), text).expect("artefacts can be written");
        }
    }

    async fn close(&self) {
        for browser in self.opened() {
            browser.close().await;
        }
    }
}

/// The folder of screenshots, made when absent; git ignores it.
pub(crate) fn artefacts() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("artefacts");
    fs::create_dir_all(&folder).expect("artefacts/ can be made");
    folder
}
