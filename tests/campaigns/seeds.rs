//! Running a range of seeds and writing down what came out.

use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::catch_unwind;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

const REGISTRY: &str = include_str!("campaigns.json");
/// The part of a campaign's seeds that `cargo test` runs.
const SHARE: u64 = 100;

/// What a seed came to: the name of its outcome, or why it failed.
pub(crate) type Outcome = Result<&'static str, String>;

/// Runs `case` for each seed that is asked for, a panic being a failure like any other, and fails if one of them did.
pub(crate) fn campaign(name: &str, case: fn(u64) -> Outcome) {
    let seeds = wanted(name);
    let before = peak_mb();
    let (outcomes, slowest) = run(seeds.clone(), case, limit_mb(name).is_some());
    // Alone in its process, a campaign's peak is that of its cases.
    if let (Some(before), Some(after), Some(_)) = (before, peak_mb(), asked_for()) {
        println!("{name}: {} MB at the most, {} MB of it for the cases", after, after - before);
        let limit = limit_mb(name).unwrap_or(u64::MAX);
        assert!(after - before <= limit, "{name}: its cases took {} MB, {limit} MB are allowed", after - before);
    }
    println!("{name}: seed {} took longest, {:.1} ms", slowest.1, slowest.0.as_secs_f64() * 1e3);
    written(name, seeds, outcomes, Some(slowest));
}

/// The most memory that this process has had, in MB; `None` where the system does not tell.
fn peak_mb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kb| kb / 1024)
}

/// The seeds that are asked for, or the first hundredth.
pub(crate) fn wanted(name: &str) -> Range<u64> {
    asked_for().unwrap_or_else(|| 0..count(name).div_ceil(SHARE))
}

/// Writes down what each seed came to, and fails if one of them failed.
#[allow(dead_code, reason = "journeys that are campaigns write down what they found themselves")]
pub(crate) fn report(name: &str, seeds: Range<u64>, outcomes: Vec<(u64, Outcome)>) {
    written(name, seeds, outcomes, None);
}

/// The same, with how long the slowest seed took and which one it was.
fn written(name: &str, seeds: Range<u64>, outcomes: Vec<(u64, Outcome)>, slowest: Option<(Duration, u64)>) {
    let mut counts = BTreeMap::new();
    let mut failures = Vec::new();
    for (seed, outcome) in outcomes {
        match outcome {
            Ok(kind) => *counts.entry(kind).or_insert(0_u64) += 1,
            Err(message) => failures.push(json!({ "seed": seed, "message": message })),
        }
    }
    println!("{name}, seeds {seeds:?}: {counts:?}, {} failed", failures.len());
    if let Some(place) = std::env::var_os("BOARDWATCH_CAMPAIGN_RESULT") {
        let slowest = slowest.map(|(took, seed)| json!({ "seed": seed, "ms": took.as_secs_f64() * 1e3 }));
        let result = json!({ "outcomes": counts, "failures": failures, "slowest": slowest });
        std::fs::write(place, result.to_string()).expect("the result's place can be written");
    }
    assert!(failures.is_empty(), "{name}: {failures:#?}");
}

/// The outcome of each seed, in the order of seeds, on every core; and how long the slowest took.
fn run(seeds: Range<u64>, case: fn(u64) -> Outcome, quick: bool) -> (Vec<(u64, Outcome)>, (Duration, u64)) {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut outcomes: Vec<(u64, Outcome, Duration)> = thread::scope(|scope| {
        let share = |offset: usize| {
            let seeds = seeds.clone().skip(offset).step_by(threads);
            scope.spawn(move || seeds.map(|seed| one(seed, case, quick)).collect::<Vec<_>>())
        };
        let shares: Vec<_> = (0..threads).map(share).collect();
        shares.into_iter().flat_map(|share| share.join().expect("panics are caught one by one")).collect()
    });
    outcomes.sort_by_key(|(seed, ..)| *seed);
    let slowest = outcomes.iter().map(|(seed, _, took)| (*took, *seed)).max().unwrap_or_default();
    (outcomes.into_iter().map(|(seed, outcome, _)| (seed, outcome)).collect(), slowest)
}

/// A case that takes as long hangs. None may take a tenth of it by itself; on a machine that is busy otherwise a clock proves no less and no more.
const HANGS: Duration = Duration::from_secs(20);

fn one(seed: u64, case: fn(u64) -> Outcome, quick: bool) -> (u64, Outcome, Duration) {
    let start = Instant::now();
    let outcome = caught(seed, case);
    let took = start.elapsed();
    (seed, if quick && took > HANGS { Err(format!("it took {took:?}")) } else { outcome }, took)
}

fn caught(seed: u64, case: fn(u64) -> Outcome) -> Outcome {
    catch_unwind(move || case(seed)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
        Err(format!("panicked: {}", text.unwrap_or("without words")))
    })
}

/// True where a campaign runs in full, false in the share that `cargo test` runs.
pub(crate) fn is_whole() -> bool {
    asked_for().is_some()
}

/// The range that `cargo xtask campaign` asks for, as `first..end`.
fn asked_for() -> Option<Range<u64>> {
    let text = std::env::var("BOARDWATCH_CAMPAIGN_SEEDS").ok()?;
    let (first, end) = text.split_once("..").expect("seeds are given as first..end");
    Some(first.parse().expect("the first seed is a number")..end.parse().expect("the end is a number"))
}

fn count(name: &str) -> u64 {
    entry(name)["count"].as_u64().expect("count is a number")
}

/// What the cases of a campaign may take together.
fn limit_mb(name: &str) -> Option<u64> {
    entry(name)["limit_mb"].as_u64()
}

fn entry(name: &str) -> Value {
    let registry: Vec<Value> = serde_json::from_str(REGISTRY).expect("campaigns.json is a list");
    registry.into_iter().find(|entry| entry["name"] == name).expect("the campaign stands in campaigns.json")
}

#[test]
fn a_panic_and_an_error_are_failures_of_their_seed_alone() {
    fn case(seed: u64) -> Outcome {
        match seed {
            2 => panic!("seed two panics"),
            3 => Err("seed three fails".to_owned()),
            _ => Ok("fine"),
        }
    }
    let failed: Vec<_> = run(0..5, case, true).0.into_iter().filter_map(|(seed, outcome)| Some((seed, outcome.err()?))).collect();
    let expected = [(2, "panicked: seed two panics".to_owned()), (3, "seed three fails".to_owned())];
    assert_eq!(failed, expected);
}

#[test]
fn goals_name_outcomes_that_a_campaign_has() {
    let registry: Vec<Value> = serde_json::from_str(REGISTRY).expect("campaigns.json is a list");
    let goals: Vec<&Value> = registry.iter().flat_map(|entry| entry["at_least"].as_array()).flatten().collect();
    assert!(!goals.is_empty());
    for goal in goals {
        assert!(goal["share"].as_f64().is_some_and(|share| (0.0..=1.0).contains(&share)), "{goal}");
        for name in ["outcome", "beside"] {
            let outcome = goal[name].to_string();
            let sources = [
                include_str!("designs.rs"),
                include_str!("limits.rs"),
                include_str!("poisoned.rs"),
                include_str!("recognised.rs"),
                include_str!("../e2e/library.rs"),
            ];
            let known = sources.iter().any(|source| source.contains(&outcome));
            assert!(known, "{outcome} is no outcome of a campaign with goals");
        }
    }
}
