//! Long counts that can be stopped and resumed.
//!
//! A campaign is a test in `tests/campaigns/` that draws one case per seed. `cargo test` runs the first hundredth of its seeds; here
//! all of them run, in the release profile, chunk after chunk. After each chunk the state is written down, so that a campaign that was
//! stopped goes on behind the last whole chunk.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use serde_json::{Map, Value, json};

use crate::dist::{self, root};
use crate::step::{self, Failure};
use crate::tools;

/// The list of campaigns, shared with the tests themselves.
const REGISTRY: &str = "tests/campaigns/campaigns.json";
/// Failures listed in the summary; the state file has them all.
const SHOWN_FAILURES: usize = 20;

/// What happens to the state of an earlier run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Restart {
    /// It is gone on with.
    Resume,
    /// It is thrown away.
    FromTheStart,
}

/// One entry of the registry.
#[derive(Debug, Clone, PartialEq)]
struct Campaign {
    name: String,
    about: String,
    /// Seeds in all: 0 up to this.
    count: u64,
    /// Seeds per chunk: what an interruption may cost.
    chunk: u64,
    /// The end-to-end test that runs it on the built site; `None` for one of the same name that needs no browser.
    site_test: Option<String>,
    /// What must hold when all seeds have run.
    at_least: Vec<Goal>,
}

/// An outcome that must be frequent beside another.
#[derive(Debug, Clone, PartialEq)]
struct Goal {
    outcome: String,
    beside: String,
    /// The part of both that `outcome` must have.
    share: f64,
}

/// Prints what campaigns there are and how far each got.
///
/// # Errors
/// When the registry cannot be read.
pub fn list() -> Result<(), Failure> {
    for campaign in registry()? {
        let done = State::load(&campaign).map_or(0, |state| state.done());
        println!("{:<12} {done} of {}: {}", campaign.name, campaign.count, campaign.about);
    }
    println!("\n`cargo xtask campaign NAME` runs one or goes on with it.");
    Ok(())
}

/// Runs the campaign `name` to its end, from where an earlier run stopped, and writes its summary.
///
/// # Errors
/// When there is no such campaign, a chunk does not come to its end, or a seed failed.
pub fn campaign(name: &str, restart: Restart) -> Result<(), Failure> {
    let campaigns = registry()?;
    let known = || campaigns.iter().map(|campaign| campaign.name.as_str()).collect::<Vec<_>>().join(", ");
    let campaign = campaigns.iter().find(|campaign| campaign.name == name);
    let campaign =
        campaign.ok_or_else(|| Failure::Sentence(format!("There is no campaign `{name}`; there are: {}.", known())))?;
    let mut state = match restart {
        Restart::Resume => State::load(campaign).unwrap_or_else(|| State::new(campaign)),
        Restart::FromTheStart => State::new(campaign),
    };
    if state.done() > 0 {
        println!("Going on behind seed {} (`--restart` begins anew).", state.done());
    }
    while state.done() < campaign.count {
        let seeds = state.done()..campaign.count.min(state.done() + campaign.chunk);
        let start = Instant::now();
        let result = chunk(campaign, seeds.start, seeds.end)?;
        state.add(&result, seeds.end, start.elapsed().as_secs_f64());
        state.save(campaign)?;
        println!("{name}: {} of {}, {} failed", seeds.end, campaign.count, state.failures().len());
    }
    let summary = state.summary(campaign);
    let place = folder().join(format!("{name}.md"));
    fs::write(&place, &summary).map_err(Failure::file(&place))?;
    println!("\n{summary}\nWritten to {}", place.display());
    if !state.failures().is_empty() {
        return Err(Failure::Sentence(format!("The campaign `{name}` found failures.")));
    }
    match campaign.at_least.iter().find(|goal| state.share(goal) < goal.share) {
        None => Ok(()),
        Some(goal) => Err(Failure::Sentence(format!(
            "`{}` has only {:.3} beside `{}`; {} is asked for.",
            goal.outcome,
            state.share(goal),
            goal.beside,
            goal.share
        ))),
    }
}

/// Runs the seeds from `first` up to, not including, `end`.
fn chunk(campaign: &Campaign, first: u64, end: u64) -> Result<Value, Failure> {
    let result = folder().join(format!("{}.chunk.json", campaign.name));
    fs::create_dir_all(folder()).map_err(Failure::file(folder()))?;
    // A chunk that dies must not be taken for the one before it.
    drop(fs::remove_file(&result));
    let mut cargo = step::cargo();
    cargo.args(["test", "--quiet", "--release", "--locked"]);
    match &campaign.site_test {
        Some(test) => {
            let site = tools::for_site()?;
            tools::for_browser()?.apply(&mut cargo);
            if first == 0 || !dist::folder().join("index.html").is_file() {
                dist::build(&site)?;
            }
            cargo.args(["--test", "e2e", "--", "--exact", "--nocapture", test]).env("BOARDWATCH_DIST", dist::folder());
        }
        None => _ = cargo.args(["--test", "campaigns", "--", "--exact", "--nocapture", &campaign.name]),
    }
    cargo
        .current_dir(root())
        .env("BOARDWATCH_CAMPAIGN_SEEDS", format!("{first}..{end}"))
        .env("BOARDWATCH_CAMPAIGN_RESULT", &result);
    // Failing seeds make the test fail and are in its result; without a result it died.
    let remedy = "cargo comes with https://rustup.rs.";
    step::watch(&mut cargo, remedy, |_| {})?;
    let died =
        |_| Failure::Sentence(format!("The seeds {first}..{end} of `{}` did not come to their end; see above.", campaign.name));
    let text = fs::read_to_string(&result).map_err(died)?;
    serde_json::from_str(&text).map_err(|error| Failure::Sentence(format!("{}: {error}", result.display())))
}

fn registry() -> Result<Vec<Campaign>, Failure> {
    let path = root().join(REGISTRY);
    let text = fs::read_to_string(&path).map_err(Failure::file(&path))?;
    entries(&text).ok_or_else(|| {
        Failure::Sentence(format!("{REGISTRY} is not a list of name, about, count, chunk and what at_least must hold."))
    })
}

fn entries(text: &str) -> Option<Vec<Campaign>> {
    let list: Vec<Value> = serde_json::from_str(text).ok()?;
    let entry = |value: &Value| {
        let word = |key: &str| value[key].as_str().map(str::to_owned);
        let number = |key: &str| value[key].as_u64().filter(|number| *number > 0);
        let at_least = value["at_least"].as_array().map_or(Some(Vec::new()), |list| list.iter().map(goal).collect())?;
        let (name, about, site_test) = (word("name")?, word("about")?, word("site_test"));
        Some(Campaign { name, about, count: number("count")?, chunk: number("chunk")?, site_test, at_least })
    };
    list.iter().map(entry).collect()
}

fn goal(value: &Value) -> Option<Goal> {
    let word = |key: &str| value[key].as_str().map(str::to_owned);
    Some(Goal { outcome: word("outcome")?, beside: word("beside")?, share: value["share"].as_f64()? })
}

fn folder() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |target| root().join(target));
    target.join("campaign")
}

/// How far a campaign got and what came out, as it is written down between chunks.
struct State(Map<String, Value>);

impl State {
    fn new(campaign: &Campaign) -> Self {
        let value =
            json!({ "name": campaign.name, "revision": revision(), "done": 0, "seconds": 0.0, "outcomes": {}, "failures": [] });
        Self(value.as_object().cloned().unwrap_or_default())
    }

    fn path(campaign: &Campaign) -> PathBuf {
        folder().join(format!("{}.json", campaign.name))
    }

    fn load(campaign: &Campaign) -> Option<Self> {
        Self::read(&Self::path(campaign))
    }

    fn read(path: &Path) -> Option<Self> {
        let state: Self = serde_json::from_str(&fs::read_to_string(path).ok()?).ok().map(Self)?;
        let begun = state.0.get("revision").and_then(Value::as_str)?;
        if begun != revision() {
            println!("The campaign was begun at {begun}; the sources have changed since. `--restart` counts these alone.");
        }
        Some(state)
    }

    /// Written beside and renamed, so that a stop in the middle leaves the old state.
    fn save(&self, campaign: &Campaign) -> Result<(), Failure> {
        let (path, unfinished) = (Self::path(campaign), folder().join(format!("{}.unfinished.json", campaign.name)));
        fs::write(&unfinished, format!("{:#}", Value::Object(self.0.clone()))).map_err(Failure::file(&unfinished))?;
        fs::rename(&unfinished, &path).map_err(Failure::file(&path))
    }

    fn done(&self) -> u64 {
        self.0.get("done").and_then(Value::as_u64).unwrap_or_default()
    }

    fn failures(&self) -> &[Value] {
        self.0.get("failures").and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// The part that an outcome has of itself and the one beside it; 0 when neither came.
    fn share(&self, goal: &Goal) -> f64 {
        let count = |name: &str| self.0.get("outcomes").and_then(|outcomes| outcomes[name].as_f64()).unwrap_or_default();
        let (outcome, beside) = (count(&goal.outcome), count(&goal.beside));
        outcome / (outcome + beside).max(1.0)
    }

    /// Adds what a chunk that ended before `end` brought.
    fn add(&mut self, chunk: &Value, end: u64, seconds: f64) {
        let spent = self.0.get("seconds").and_then(Value::as_f64).unwrap_or_default();
        self.0.insert("done".into(), end.into());
        self.0.insert("seconds".into(), (spent + seconds).into());
        if let (Some(outcomes), Some(new)) =
            (self.0.get_mut("outcomes").and_then(Value::as_object_mut), chunk["outcomes"].as_object())
        {
            for (name, count) in new {
                let sum = outcomes.get(name).and_then(Value::as_u64).unwrap_or_default() + count.as_u64().unwrap_or_default();
                outcomes.insert(name.clone(), sum.into());
            }
        }
        if let (Some(failures), Some(new)) =
            (self.0.get_mut("failures").and_then(Value::as_array_mut), chunk["failures"].as_array())
        {
            failures.extend(new.iter().cloned());
        }
        let ms = |slowest: &Value| slowest["ms"].as_f64().unwrap_or_default();
        if self.0.get("slowest").is_none_or(|slowest| ms(slowest) < ms(&chunk["slowest"])) && chunk["slowest"].is_object() {
            self.0.insert("slowest".into(), chunk["slowest"].clone());
        }
    }

    fn summary(&self, campaign: &Campaign) -> String {
        let seconds = self.0.get("seconds").and_then(Value::as_f64).unwrap_or_default();
        let revision = self.0.get("revision").and_then(Value::as_str).unwrap_or("unknown");
        let mut lines = vec![
            format!("# Campaign {}\n\n{}.\n", campaign.name, campaign.about),
            format!("Revision {revision}, {} seeds, {seconds:.0} s, {} failed.\n", self.done(), self.failures().len()),
        ];
        lines.extend(self.0.get("slowest").and_then(|slowest| {
            let (seed, ms) = (slowest["seed"].as_u64()?, slowest["ms"].as_f64()?);
            Some(format!("Seed {seed} took longest, {ms:.1} ms.\n"))
        }));
        lines.push("| outcome | seeds |\n| --- | ---: |".to_owned());
        let outcomes = self.0.get("outcomes").and_then(Value::as_object);
        lines.extend(outcomes.into_iter().flatten().map(|(name, count)| format!("| {name} | {count} |")));
        lines.extend(
            self.failures()
                .iter()
                .take(SHOWN_FAILURES)
                .map(|failure| format!("\n- seed {}: {}", failure["seed"], failure["message"])),
        );
        lines.join("\n") + "\n"
    }
}

/// The commit that is checked out, with a mark when files differ from it.
fn revision() -> String {
    let mut git = std::process::Command::new("git");
    let output = git.args(["describe", "--always", "--dirty", "--abbrev=12"]).current_dir(root()).output();
    output
        .ok()
        .filter(|output| output.status.success())
        .map_or_else(|| "unknown".to_owned(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn campaign() -> Campaign {
        Campaign { name: "c".into(), about: "It counts".into(), count: 10, chunk: 4, site_test: None, at_least: Vec::new() }
    }

    #[test]
    fn chunks_add_up() {
        let mut state = State::new(&campaign());
        let chunk = json!({ "outcomes": { "read": 3, "refused": 1 }, "failures": [], "slowest": { "seed": 2, "ms": 12.5 } });
        state.add(&chunk, 4, 1.0);
        state.add(&json!({ "outcomes": { "read": 2 }, "failures": [{ "seed": 7, "message": "no" }] }), 8, 2.0);
        assert_eq!((state.done(), state.failures().len()), (8, 1));
        let summary = state.summary(&campaign());
        assert!(summary.contains("8 seeds, 3 s, 1 failed") && summary.contains("| read | 5 |"), "{summary}");
        assert!(summary.contains("seed 7: \"no\""), "{summary}");
        assert!(summary.contains("Seed 2 took longest, 12.5 ms."), "{summary}");
    }

    #[test]
    fn the_registry_is_checked() {
        assert_eq!(entries(r#"[{"name": "c", "about": "It counts", "count": 10, "chunk": 4}]"#), Some(vec![campaign()]));
        assert_eq!(entries(r#"[{"name": "c", "about": "It counts", "count": 10, "chunk": 0}]"#), None);
        assert_eq!(entries("{}"), None);
        let with_goal =
            |goal: &str| format!(r#"[{{"name": "c", "about": "It counts", "count": 10, "chunk": 4, "at_least": [{goal}]}}]"#);
        let goal = Goal { outcome: "read".into(), beside: "refused".into(), share: 0.75 };
        let good = entries(&with_goal(r#"{"outcome": "read", "beside": "refused", "share": 0.75}"#));
        assert_eq!(good, Some(vec![Campaign { at_least: vec![goal.clone()], ..campaign() }]));
        assert_eq!(entries(&with_goal(r#"{"outcome": "read"}"#)), None);
        let mut state = State::new(&campaign());
        assert_eq!(state.share(&goal), 0.0);
        state.add(&json!({ "outcomes": { "read": 3, "refused": 1 }, "failures": [] }), 4, 1.0);
        assert_eq!(state.share(&goal), 0.75);
    }
}
