//! The shipped policy: what is not the site's own does not run, and what was altered on its way is refused in words.

use serde_json::json;
use xtask::server::Fault;

use crate::browser::Browser;
use crate::main_job::{COMPARED, SHOWN};
use crate::world::journey;

/// The page's elements, and the address and text of the way out.
const RESCUE: &str = "a[href='recovery.html']";

#[test]
fn a_violation_of_the_policy_is_a_complaint() {
    journey("a_violation_of_the_policy_is_a_complaint", async |world| {
        let page = world.browser().await;
        page.open("").await;
        page.wait_for("#try-sample", SHOWN).await;
        let policy = "fetch('').then(answer => answer.headers.get('content-security-policy'))";
        let (sent, own) = (page.eval(policy).await, page.eval("document.querySelector('meta[http-equiv]').content").await);
        let (sent, own) = (sent.as_str().unwrap_or_default(), own.as_str().unwrap_or_default());
        assert_eq!(sent, format!("{own}; frame-ancestors 'none'"));
        assert!(!own.contains("unsafe-inline") && !own.contains("'unsafe-eval'"), "{own}");
        for (deed, word) in [
            ("document.body.innerHTML = '<p>x</p>'", "TrustedHTML"),
            (
                "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.x = 1' }))",
                "TrustedScript",
            ),
            ("new Worker('worker-start.js')", "TrustedScriptURL"),
            ("navigator.serviceWorker.register('worker-start.js')", "TrustedScriptURL"),
            ("trustedTypes.createPolicy('another', {})", "trusted-types"),
            ("boardwatchScripts.worker('https://elsewhere.example/x.js')", "no script of this site"),
            ("boardwatchScripts.element('app.js')", "no script of this site"),
        ] {
            let said = page.eval(&format!("(async () => {{ await ({deed}); return 'done'; }})()")).await;
            assert!(said.as_str().is_some_and(|said| said.contains("rejected")), "{deed}: {said}");
            let complaints = page.complaints().await.join("\n");
            let heard = format!("{said}\n{complaints}");
            assert!(heard.contains(word), "{deed}: {heard}");
        }
        page.eval("document.body.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }))")
            .await;
        let complaints = page.complaints().await;
        assert!(complaints.iter().any(|complaint| complaint.contains("style-src")), "{complaints:?}");
    });
}

#[test]
fn an_altered_part_is_refused_in_words() {
    journey("an_altered_part_is_refused_in_words", async |world| {
        for part in ["app.js", "app_bg.wasm", "start.js", "style.css"] {
            let page = spoilt(world, part).await;
            page.open("").await;
            page.wait_for(&format!("#late {RESCUE}, .banner {RESCUE}"), SHOWN).await;
            page.screenshot(part).await;
            finished(world, &page, part).await;
        }
        for part in ["scripts.js", "worker-start.js", "worker.js", "worker_bg.wasm"] {
            let page = spoilt(world, part).await;
            page.open("#sample").await;
            page.wait_for(&format!("#part-missing {RESCUE}"), COMPARED).await;
            assert_eq!(page.count("#headline[data-verdict=Aligned]").await, 0);
            page.screenshot(part).await;
            finished(world, &page, part).await;
        }
        for part in ["library-start.js", "library.js", "library_bg.wasm", "style/library.css"] {
            let page = spoilt(world, part).await;
            page.open("#library").await;
            page.wait_for(&format!("#part-missing {RESCUE}, #library-root.banner {RESCUE}"), SHOWN).await;
            page.screenshot(&part.replace('/', "-")).await;
            finished(world, &page, part).await;
        }
    });
}

/// A fresh browser that gets another file than this one.
async fn spoilt(world: &crate::world::World, part: &str) -> Browser {
    world.server.spoil(part, Some(Fault::Altered));
    world.browser().await
}

/// The browser says which file it was, and nothing is kept of a site with such a part.
async fn finished(world: &crate::world::World, page: &Browser, part: &str) {
    let complaints = page.complaints().await;
    assert!(complaints.iter().any(|complaint| complaint.contains(part)), "{part}: {complaints:?}");
    assert_eq!(page.eval("caches.keys().then(names => names.length)").await, json!(0), "{part}");
    page.complaints().await;
    world.server.spoil(part, None);
    page.open("about:blank").await;
    page.complaints().await;
}
