//! Running every check, part by part.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::metadata::Metadata;
use crate::step::{self, Failure};
use crate::tools::{self, Tools};
use crate::{dist, licences};

/// A part of the checks that can be run alone.
struct Part {
    name: &'static str,
    about: &'static str,
    run: fn(&mut Tally) -> Result<(), Failure>,
}

/// In the order in which they run: quick ones first, so that a slip shows early.
const PARTS: [Part; 9] = [
    Part { name: "format", about: "every source is as rustfmt leaves it", run: format },
    Part { name: "clippy", about: "no warning, for this machine and for wasm", run: clippy },
    Part { name: "tidy", about: "the sources keep the invariants of src/lib.rs", run: tidy },
    Part { name: "licences", about: "every dependency may be passed on", run: licences },
    Part { name: "native", about: "tests that need no browser", run: native },
    Part { name: "consumers", about: "exports in the programmes that they are for", run: consumers },
    Part { name: "wasm", about: "tests of wasm inside a browser", run: wasm },
    Part { name: "dist", about: "the site builds, is sealed and is light enough", run: site },
    Part { name: "e2e", about: "the built site in a browser, as a person uses it", run: e2e },
];

/// What is known about a part while it runs.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Tally {
    passed: usize,
    failed: usize,
}

impl Tally {
    /// Takes the counts from the closing line of a test programme.
    fn read(&mut self, line: &str) {
        let Some((_, counts)) = line.split_once("test result: ") else { return };
        let count = |word: &str| {
            let mut words = counts.split_whitespace().rev().skip_while(|candidate| candidate.trim_end_matches(';') != word);
            words.nth(1).and_then(|number| number.parse::<usize>().ok()).unwrap_or_default()
        };
        self.passed += count("passed");
        self.failed += count("failed");
    }

    /// A part without tests of its own counts as one; one that failed counts a failure even when no test did.
    fn close(mut self, outcome: &Result<(), Failure>) -> Self {
        match outcome {
            Ok(()) if self.passed == 0 => self.passed = 1,
            Err(_) if self.failed == 0 => self.failed = 1,
            _ => {}
        }
        self
    }
}

/// Runs the named parts, or all of them, each to its end; prints how long each took and how many tests passed and failed.
///
/// # Errors
/// When a name is unknown or a part fails.
pub fn test(names: &[&str]) -> Result<(), Failure> {
    let parts = chosen(names)?;
    // Set-up comes before the first part: installing is no test, and its time should not look like one.
    let needs = |name: &str| parts.iter().any(|part| part.name == name);
    let set_up = Instant::now();
    if needs("dist") || needs("e2e") {
        tools::for_site()?;
    }
    if needs("wasm") || needs("e2e") {
        tools::for_browser()?;
    }
    if needs("consumers") {
        tools::for_consumers()?;
    }
    if needs("format") || needs("clippy") {
        tools::for_lints()?;
    }
    println!("Set-up is done ({}).", duration(set_up.elapsed()));
    // One compiler on one core does most of the site; the parts before it leave that core idle for much of their time.
    let is_site = |part: &&Part| part.name == "dist";
    let mut beside = if parts.len() > 1 && parts.iter().any(is_site) { Some(Beside::start()?) } else { None };

    let mut lines = Vec::new();
    let mut total = Tally::default();
    for part in parts {
        println!("\n=== {}: {}", part.name, part.about);
        let start = Instant::now();
        let mut tally = Tally::default();
        let outcome = match beside.take_if(|_| is_site(&part)) {
            Some(beside) => beside.finish(),
            None => (part.run)(&mut tally),
        };
        let tally = tally.close(&outcome);
        let verdict = if outcome.is_ok() { "ok" } else { "FAILED" };
        if let Err(failure) = outcome {
            println!("{failure}");
        }
        let took = duration(start.elapsed());
        lines.push(format!("{:<9} {verdict:<6} {took:>8}   {} passed, {} failed", part.name, tally.passed, tally.failed));
        total.passed += tally.passed;
        total.failed += tally.failed;
    }
    println!("\n{}\n\n{} passed, {} failed", lines.join("\n"), total.passed, total.failed);
    if total.failed == 0 {
        Ok(())
    } else {
        Err(Failure::Sentence("The checks failed; each says above what it found.".to_owned()))
    }
}

/// `cargo xtask dist`, under way while other parts run; what it prints waits for its turn.
struct Beside {
    child: Child,
    printed: PathBuf,
}

impl Beside {
    fn start() -> Result<Self, Failure> {
        let folder = dist::root().join("target/tmp");
        fs::create_dir_all(&folder).map_err(Failure::file(&folder))?;
        let printed = folder.join("dist.txt");
        let file = File::create(&printed).map_err(Failure::file(&printed))?;
        let again = file.try_clone().map_err(Failure::file(&printed))?;
        let programme = std::env::current_exe().map_err(Failure::file("xtask"))?;
        let child = Command::new(&programme).arg("dist").stdout(file).stderr(again).spawn().map_err(Failure::file(&programme))?;
        Ok(Self { child, printed })
    }

    fn finish(mut self) -> Result<(), Failure> {
        let status = self.child.wait().map_err(Failure::file("xtask"))?;
        print!("{}", fs::read_to_string(&self.printed).map_err(Failure::file(&self.printed))?);
        if status.success() {
            Ok(())
        } else {
            Err(Failure::Sentence("The site was not built, or is not as it should be.".to_owned()))
        }
    }
}

fn chosen(names: &[&str]) -> Result<Vec<&'static Part>, Failure> {
    if let Some(unknown) = names.iter().find(|name| PARTS.iter().all(|part| part.name != **name)) {
        let known = PARTS.map(|part| format!("{:<9} {}", part.name, part.about)).join("\n");
        return Err(Failure::Sentence(format!("There is no part `{unknown}`. The parts are:\n{known}")));
    }
    Ok(PARTS.iter().filter(|part| names.is_empty() || names.contains(&part.name)).collect())
}

fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 60 { format!("{:.1} s", time.as_secs_f64()) } else { format!("{} min {:02} s", seconds / 60, seconds % 60) }
}

fn format(_: &mut Tally) -> Result<(), Failure> {
    step::run(cargo().args(["fmt", "--all", "--check"]), "`cargo fmt --all` puts it right.")
}

fn clippy(_: &mut Tally) -> Result<(), Failure> {
    let remedy = "Each warning above names the lint and the reason.";
    step::run(cargo().args(["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]), remedy)?;
    let mut wasm = cargo();
    wasm.args([
        "clippy",
        "--locked",
        "--target",
        "wasm32-unknown-unknown",
        "--lib",
        "--bin",
        "app",
        "--bin",
        "worker",
        "--bin",
        "scribe",
        "--bin",
        "library",
        "--bin",
        "cutter",
        "--bin",
        "drafter",
    ]);
    step::run(wasm.args(wasm_tests()?).args(["--", "-D", "warnings"]), remedy)
}

fn tidy(tally: &mut Tally) -> Result<(), Failure> {
    tests(cargo().args(["test", "--locked", "--test", "tidy"]), tally)
}

fn licences(_: &mut Tally) -> Result<(), Failure> {
    println!("{} packages, all under licences that are taken.", licences::check()?);
    Ok(())
}

fn native(tally: &mut Tally) -> Result<(), Failure> {
    // The other parts run these; wasm tests that also run natively show that the numbers are the same.
    let elsewhere = |name: &String| !["tidy", "consumers", "e2e"].contains(&name.as_str());
    let named = Metadata::read()?.integration_tests().into_iter().filter(elsewhere).flat_map(|name| ["--test".to_owned(), name]);
    let mut cargo_test = cargo();
    cargo_test
        .args(["test", "--workspace", "--locked", "--no-fail-fast", "--lib", "--bins", "--bench", "stages", "--test", "server"])
        .args(named);
    let outcome = tests(&mut cargo_test, tally);
    outcome.and(tests(cargo().args(["test", "--workspace", "--locked", "--doc"]), tally))
}

fn consumers(tally: &mut Tally) -> Result<(), Failure> {
    let mut cargo = cargo();
    tools::for_consumers()?.apply(&mut cargo);
    tests(cargo.args(["test", "--locked", "--test", "consumers", "--", "--nocapture"]), tally)
}

fn wasm(tally: &mut Tally) -> Result<(), Failure> {
    let mut cargo = cargo();
    tools::for_browser()?.apply(&mut cargo);
    cargo.args(["test", "--locked", "--no-fail-fast", "--target", "wasm32-unknown-unknown"]).args(wasm_tests()?);
    tests(&mut cargo, tally)
}

/// `--test NAME` for each integration test that runs in a browser: those whose name begins with "wasm".
fn wasm_tests() -> Result<Vec<String>, Failure> {
    let names = Metadata::read()?.integration_tests().into_iter().filter(|name| name.starts_with("wasm"));
    Ok(names.flat_map(|name| ["--test".to_owned(), name]).collect())
}

fn site(_: &mut Tally) -> Result<(), Failure> {
    dist::build(&tools::for_site()?)?;
    dist::check()
}

fn e2e(tally: &mut Tally) -> Result<(), Failure> {
    // Takes seconds when nothing changed; testing an old site would be no test.
    dist::build(&tools::for_site()?)?;
    let mut cargo = cargo();
    browser(&mut cargo, &tools::for_browser()?);
    // Two at a time: a browser waits for much of its time, and its workers have the other core then.
    tests(cargo.args(["test", "--locked", "--test", "e2e", "--", "--test-threads=2", "--nocapture"]), tally)
}

/// Tells the end-to-end tests where the site is; without it they say that they were skipped.
fn browser(cargo: &mut Command, tools: &Tools) {
    tools.apply(cargo);
    cargo.env("BOARDWATCH_DIST", dist::folder());
}

fn tests(command: &mut Command, tally: &mut Tally) -> Result<(), Failure> {
    let before = *tally;
    let passed = step::watch(command, "cargo comes with https://rustup.rs.", |line| tally.read(line))?;
    if *tally == before {
        return Err(Failure::Sentence("No test was run.".to_owned()));
    }
    if passed { Ok(()) } else { Err(Failure::Sentence("Tests failed.".to_owned())) }
}

fn cargo() -> Command {
    let mut cargo = step::cargo();
    cargo.current_dir(dist::root());
    cargo
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_come_from_closing_lines_alone() {
        let mut tally = Tally::default();
        tally.read("test picture::opens ... ok");
        tally.read("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 3 filtered out; finished in 0.10s");
        tally.read("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 filtered out");
        assert_eq!(tally, Tally { passed: 15, failed: 2 });
    }

    #[test]
    fn a_part_that_failed_to_compile_counts_as_a_failure() {
        let failed = || Err(Failure::Sentence(String::new()));
        assert_eq!(Tally::default().close(&failed()), Tally { passed: 0, failed: 1 });
        assert_eq!(Tally { passed: 2, failed: 3 }.close(&failed()), Tally { passed: 2, failed: 3 });
        assert_eq!(Tally::default().close(&Ok(())), Tally { passed: 1, failed: 0 });
    }

    #[test]
    fn unknown_parts_are_refused_with_the_list_of_known_ones() {
        assert!(chosen(&["tidy", "nothing"]).is_err_and(|failure| failure.to_string().contains("e2e")));
        assert_eq!(chosen(&[]).map(|parts| parts.len()).ok(), Some(PARTS.len()));
    }
}
