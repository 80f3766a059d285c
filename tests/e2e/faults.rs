//! A worker that dies, by a panic or for want of memory, at each point of its work: the page says so, the case is whole, and the next
//! job is done.

use std::fs;
use std::path::PathBuf;

use boardwatch::app::Case;
use boardwatch::report::Finding;
use serde_json::{Value, json};

use crate::browser::Browser;
use crate::edits;
use crate::main_job::{COMPARED, SHOWN};
use crate::offline::changed;
use crate::pictures::sample;
use crate::report_files::marked;
use crate::seeds::{self, Outcome};
use crate::stored::Stored;
use crate::tabs::case_of;
use crate::world::journey;

/// Where a worker dies: what it is ordered by, and what it does then.
const POINTS: [(&str, Job); 8] = [
    ("align", Job::Compare),
    ("compare", Job::Compare),
    ("decode", Job::Compare),
    ("cross", Job::Compare),
    ("request", Job::Inspect),
    ("request", Job::Recognise),
    ("request", Job::Write),
    ("request", Job::Cut),
];
const WAYS: [&str; 2] = ["panic", "memory"];
const NOTE: &str = "seen before the fault";

#[derive(Debug, Clone, Copy, PartialEq)]
enum Job {
    Compare,
    Inspect,
    Recognise,
    Write,
    Cut,
}

/// Notes when the fault was, when it was said, and when a comparison runs again.
const WATCH: &str = "(() => {
    clearInterval(window.faultLook);
    window.fault = {};
    window.faultChannel ??= new BroadcastChannel('faults');
    window.faultChannel.onmessage = ({ data }) => { window.fault.at ??= data.at; window.fault.died ??= data.died; };
    window.faultLook = setInterval(() => {
        const fault = window.fault;
        if (!fault.at) return;
        if (!fault.said && document.body.innerText.includes('most likely because')) fault.said = Date.now();
        if (fault.said && document.querySelector('.steps .is-now')) fault.works ??= Date.now();
    }, 10);
})()";

/// The site, with workers that can be told to die.
fn faulty() -> PathBuf {
    changed("faulty", |place| {
        for script in ["worker-start.js", "scribe-start.js", "cutter-start.js"] {
            let text = fs::read_to_string(place.join(script)).unwrap();
            fs::write(place.join(script), format!("{}{text}", include_str!("faults.js"))).unwrap();
        }
    })
}

#[test]
fn faults() {
    journey("faults", async |world| {
        world.server.publish(faulty());
        let page = world.browser().await;
        page.open("").await;
        page.wait_for("#try-sample", SHOWN).await;
        let pictures = ["sample.jpg", "unit-1.jpg", "unit-2.jpg"].map(sample);
        page.upload("#choose-pictures", &[&pictures[1], &pictures[0], &pictures[2]]).await;
        page.wait_until("document.querySelector('#compare')?.disabled === false", SHOWN).await;
        page.click(".notice button").await;
        page.wait_until("!document.querySelector('.notice')", SHOWN).await;
        page.click("#compare").await;
        page.wait_for("#headline[data-verdict=Aligned]", COMPARED).await;
        page.wait_for("[data-difference='1']", SHOWN).await;
        marked(&page, NOTE).await;
        edits::kept(&page).await;
        let case = case_of(&page).await;
        let seeds = seeds::wanted("faults");
        let mut outcomes = Vec::new();
        for seed in seeds.clone() {
            let (at, job) = POINTS[seed as usize / WAYS.len() % POINTS.len()];
            let how = WAYS[(seed as usize + seed as usize / WAYS.len()) % WAYS.len()];
            let outcome = struck(&page, case, (at, job), how).await;
            println!("{seed}: {how} in {job:?} at {at}: {outcome:?}");
            outcomes.push((seed, outcome));
        }
        // A worker that dies is said on the console as well.
        let complaints = page.complaints().await;
        let foreign: Vec<&String> = complaints.iter().filter(|line| !line.contains("unreachable")).collect();
        assert!(foreign.is_empty(), "{foreign:#?}");
        seeds::report("faults", seeds, outcomes);
    });
}

/// Starts what a worker does.
async fn begin(page: &Browser, job: Job) {
    let photo = sample("sample.jpg");
    match job {
        Job::Compare => page.click("#compare-again").await,
        Job::Inspect => page.upload("#choose-pictures", &[&photo]).await,
        Job::Recognise => page.upload("#board-photo", &[&photo]).await,
        Job::Write => page.click("#share-open").await,
        Job::Cut => page.click("#show-pictures").await,
    }
}

/// Opens the place where the job is begun.
async fn prepared(page: &Browser, case: u32, job: Job) {
    page.open("about:blank").await;
    match job {
        Job::Compare | Job::Write | Job::Cut => {
            page.open(&format!("#case={case}")).await;
            page.wait_for("[data-difference='1']", SHOWN).await;
            page.eval("document.querySelector('#tab-alignment').click()").await;
            page.wait_for("#compare-again", SHOWN).await;
            if job == Job::Cut {
                page.click("#share-open").await;
                page.wait_for("#share-link", SHOWN).await;
            }
        }
        Job::Inspect => {
            page.open("").await;
            page.wait_for("#try-sample", SHOWN).await;
        }
        Job::Recognise => {
            page.open("#library").await;
            page.wait_for("#library-root input", SHOWN).await;
            page.wait_until("document.querySelector('#board-photo') !== null", SHOWN).await;
        }
    }
}

/// What shows that the job was done.
const fn done(job: Job) -> &'static str {
    match job {
        Job::Compare => "#headline[data-verdict=Aligned]",
        Job::Inspect => ".picture-card:not(.is-empty) .name",
        Job::Recognise => "#identity",
        Job::Write => "#share-link",
        Job::Cut => "#pictures-looked",
    }
}

/// One worker that dies at one point.
async fn struck(page: &Browser, case: u32, (at, job): (&str, Job), how: &str) -> Outcome {
    prepared(page, case, job).await;
    let before = kept(page).await?;
    let order = json!({ "at": at, "how": how }).to_string();
    page.eval(&format!("caches.open('faults').then(cache => cache.put('order', new Response({order:?})))")).await;
    page.eval(WATCH).await;
    begin(page, job).await;
    page.wait_until("Boolean(window.fault.said && window.fault.died)", COMPARED).await;
    let fault = page.eval("window.fault").await;
    let ms = |name: &str| fault[name].as_f64().ok_or(format!("nobody knows when it was {name}: {fault}"));
    let (said, died) = (ms("said")?, ms("died")?);
    if job == Job::Compare {
        // The page tries again by itself, with fewer pixels.
        page.wait_until("Boolean(window.fault.works)", COMPARED).await;
        page.wait_for(&format!("section:has(#left-out) {}", done(job)), COMPARED).await;
    } else {
        prepared(page, case, job).await;
        begin(page, job).await;
        page.wait_for(done(job), COMPARED).await;
    }
    let works = page.eval("window.fault?.works ?? null").await;
    let after = kept(page).await?;
    if before != after {
        return Err("the case is not what it was".to_owned());
    }
    println!(
        "  said after {:.0} ms{}",
        said - died,
        works.as_f64().map_or(String::new(), |works| format!(", at work again after {:.0} ms", works - died))
    );
    Ok(if works == Value::Null { "said, and done when asked again" } else { "said, and at work again by itself" })
}

/// What the person has said in each stored case.
async fn kept(page: &Browser) -> Result<Vec<(u32, String, Vec<Finding>)>, String> {
    let stored = Stored::read(page).await?;
    let said = |case: &Case| case.document.findings().cloned().collect();
    Ok(stored.cases.iter().map(|(id, case)| (*id, case.title.clone(), said(case))).collect())
}
