//! What the browser's processes took of the machine, as Linux tells it; elsewhere nothing is known.

use std::fs;

/// Linux counts processor time for other programmes in hundredths of a second, on every machine.
const TICK_S: f64 = 0.01;

/// One process of a browser.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Process {
    /// What Chromium calls it ("renderer", "gpu-process", "utility"), or "browser" for the first one.
    pub(crate) kind: String,
    /// Processor seconds so far, those of its children that have ended included.
    pub(crate) cpu_s: f64,
    /// The most memory that it ever held, in bytes; pages that it shares with others are counted in each.
    pub(crate) peak_bytes: u64,
    /// The memory of its own that it holds now, in bytes: what it shares with others or reads from files is left out.
    pub(crate) own_bytes: u64,
}

/// Every process that descends from `ancestor`, itself left out.
pub(crate) fn below(ancestor: u32) -> Vec<Process> {
    let ids = fs::read_dir("/proc").into_iter().flatten().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let all: Vec<(u32, Stat)> = ids.filter_map(|id| Some((id, Stat::of(id)?))).collect();
    let mut family = vec![ancestor];
    let mut found = Vec::new();
    while let Some(parent) = family.pop() {
        for (id, stat) in all.iter().filter(|(_, stat)| stat.parent == parent) {
            family.push(*id);
            found.push(Process {
                kind: kind(*id),
                cpu_s: stat.cpu_s,
                peak_bytes: bytes(*id, "VmHWM:"),
                own_bytes: bytes(*id, "RssAnon:"),
            });
        }
    }
    found
}

/// The processes that descend from `ancestor` and whose arguments hold `needle`, and all that descend from those: first ones first.
pub(crate) fn ids_below(ancestor: u32, needle: &str) -> Vec<u32> {
    let ids = fs::read_dir("/proc").into_iter().flatten().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let all: Vec<(u32, u32)> = ids.filter_map(|id| Some((id, Stat::of(id)?.parent))).collect();
    let holds = |id: u32| String::from_utf8_lossy(&fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default()).contains(needle);
    let (mut family, mut found) = (vec![(ancestor, false)], Vec::new());
    while let Some((parent, is_of_it)) = family.pop() {
        for (id, _) in all.iter().filter(|(_, of)| *of == parent) {
            let is_of_it = is_of_it || holds(*id);
            family.push((*id, is_of_it));
            found.extend(is_of_it.then_some(*id));
        }
    }
    found
}

/// The processor seconds of all of them.
pub(crate) fn cpu_s(processes: &[Process]) -> f64 {
    processes.iter().map(|process| process.cpu_s).sum()
}

/// The peak of the renderer that held most: the one that shows the page and runs its workers.
pub(crate) fn renderer_peak_bytes(processes: &[Process]) -> Option<u64> {
    most_of_renderers(processes, |process| process.peak_bytes)
}

/// What the renderer that holds most has now, of its own.
pub(crate) fn renderer_own_bytes(processes: &[Process]) -> Option<u64> {
    most_of_renderers(processes, |process| process.own_bytes)
}

fn most_of_renderers(processes: &[Process], bytes: impl Fn(&Process) -> u64) -> Option<u64> {
    processes.iter().filter(|process| process.kind == "renderer").map(bytes).max()
}

struct Stat {
    parent: u32,
    cpu_s: f64,
}

impl Stat {
    fn of(id: u32) -> Option<Self> {
        Self::read(&fs::read_to_string(format!("/proc/{id}/stat")).ok()?)
    }

    /// The fields behind the name, which stands in brackets and may itself hold spaces and brackets.
    fn read(text: &str) -> Option<Self> {
        let fields: Vec<&str> = text.rsplit_once(')')?.1.split_ascii_whitespace().collect();
        let ticks = fields.get(11..15)?.iter().map(|field| field.parse::<f64>().ok()).sum::<Option<f64>>()?;
        Some(Self { parent: fields.get(1)?.parse().ok()?, cpu_s: ticks * TICK_S })
    }
}

fn kind(id: u32) -> String {
    let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
    // Chromium's children write their arguments with spaces between them.
    let words = line.split(|byte| matches!(byte, 0 | b' '));
    let kind = words.filter_map(|word| std::str::from_utf8(word).ok()?.strip_prefix("--type=")).next();
    kind.unwrap_or("browser").to_owned()
}

/// A line of what the kernel says of a process's memory.
fn bytes(id: u32, name: &str) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok()).unwrap_or_default() * 1024
}

#[test]
fn processor_time_is_read_behind_any_name() {
    let stat = Stat::read("7 (a) b) S 3 7 7 0 -1 4 1 2 3 4 100 20 3 1 20 0 9 0").expect("a line of the kernel");
    assert_eq!((stat.parent, stat.cpu_s), (3, 1.24));
    assert!(Stat::read("7 (cut) S 3 7").is_none());
}
