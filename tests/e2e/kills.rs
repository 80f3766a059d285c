//! The browser is killed while a person works: what the page called kept is there afterwards.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use xtask::server::{Server, Site};

use crate::main_job::sample_opened;
use crate::processes;
use crate::random::Dice;
use crate::seeds;
use crate::stored::Stored;
use crate::world::{World, journey};

const SHOWN: u64 = 60;
/// The longest that a person works before the browser is killed, in milliseconds.
const LONGEST_MS: usize = 3_000;

/// What the page said was kept: by case, the number of the last edit.
fn acknowledged(listener: &Server, so_far: &mut BTreeMap<u32, u64>) {
    for answer in listener.answers() {
        let Some(pair) = answer.path.strip_prefix("/kept?").and_then(|pair| pair.split_once('-')) else { continue };
        let (Ok(case), Ok(number)) = (pair.0.parse(), pair.1.parse::<u64>()) else { continue };
        let last = so_far.entry(case).or_insert(0);
        *last = number.max(*last);
    }
}

/// Kills the browser of this profile, and all of its processes, at once.
fn kill(world: &World, profile: &Path) {
    let needle = profile.to_str().expect("a path of letters");
    let ids: Vec<String> = processes::ids_below(world.driver_id(), needle).iter().map(u32::to_string).collect();
    assert!(!ids.is_empty(), "there is a browser to kill");
    assert!(Command::new("kill").arg("-KILL").args(&ids).status().is_ok_and(|status| status.success()));
}

/// One kill: works on with the profile, kills the browser in the middle, looks at what is there.
async fn killed(world: &World, profile: &Path, seed: u64, kept: &mut BTreeMap<u32, u64>) -> Result<&'static str, String> {
    let folder = profile.with_extension("listener");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("kept"), "yes").expect("a file");
    let listener = Server::start(Site::new(&folder).shared(), 0).expect("a free port");
    let mut dice = Dice::new(seed);
    let page = world.browser_of(profile).await;
    // Above all numbers of earlier seeds, those included that nobody called kept.
    let first = (seed + 1) * 1_000;
    match kept.keys().next_back() {
        None => sample_opened(&page).await,
        Some(case) => page.open(&format!("#case={case}")).await,
    }
    page.wait_for("#case-name", SHOWN).await;
    let told = format!(
        "(id, number) => {{ if (window.last !== `${{id}}-${{number}}`) {{ window.last = `${{id}}-${{number}}`; fetch(`http://localhost:{}/kept?${{window.last}}`, {{ mode: 'no-cors', keepalive: true }}); }} }}",
        listener.port()
    );
    page.eval(&format!("void ({})({told}, {first}, {seed})", include_str!("person.js"))).await;
    tokio::time::sleep(Duration::from_millis(100 + dice.below(LONGEST_MS) as u64)).await;
    kill(world, profile);
    tokio::time::sleep(Duration::from_millis(300)).await;
    let before = kept.clone();
    acknowledged(&listener, kept);

    let page = world.browser_of(profile).await;
    page.open("").await;
    page.wait_for("[data-case]", SHOWN).await;
    let stored = Stored::read(&page).await.map_err(|why| format!("seed {seed}: {why}"));
    page.close().await;
    let stored = stored?;
    for (case, number) in kept.iter() {
        let last = stored.last_edit(*case);
        if last.is_none_or(|last| last < *number) {
            let there: Vec<_> = stored.cases.keys().map(|id| (id, stored.last_edit(*id))).collect();
            return Err(format!(
                "seed {seed}: edit {number} of case {case} was called kept, and {last:?} is there; all of them: {there:?}"
            ));
        }
    }
    Ok(if before == *kept { "nothing was kept before the kill" } else { "every edit that was kept is there" })
}

#[test]
fn a_killed_browser_loses_nothing_that_was_kept() {
    journey("a_killed_browser_loses_nothing_that_was_kept", async |world| {
        let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join("killed");
        drop(fs::remove_dir_all(&profile));
        let (mut kept, mut outcomes) = (BTreeMap::new(), Vec::new());
        let seeds = seeds::wanted("kills");
        for seed in seeds.clone() {
            let outcome = killed(world, &profile, seed, &mut kept).await;
            println!("{seed}: {outcome:?}");
            outcomes.push((seed, outcome));
        }
        seeds::report("kills", seeds, outcomes);
    });
}
