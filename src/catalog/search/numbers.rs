//! Sets of boards, by their numbers in a catalogue.

/// Numbers as runs that neither touch nor overlap, in rising order: boards stand in the order of their names, so most words are few runs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Numbers {
    /// First number and first number behind it.
    runs: Vec<(u32, u32)>,
}

impl Numbers {
    /// Of numbers in any order.
    pub(super) fn of(mut numbers: Vec<u32>) -> Self {
        numbers.sort_unstable();
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for number in numbers {
            match runs.last_mut() {
                Some((_, end)) if number < *end => {}
                Some((_, end)) if number == *end => *end += 1,
                _ => runs.push((number, number + 1)),
            }
        }
        Self { runs }
    }

    /// All below `count`.
    pub(super) fn below(count: u32) -> Self {
        Self { runs: if count == 0 { Vec::new() } else { vec![(0, count)] } }
    }

    /// As it stands in a file: gap and length of each run in turn, the gap counted from the end of the run before.
    pub(super) fn written(&self) -> Vec<u32> {
        let mut end = 0;
        let mut written = Vec::with_capacity(2 * self.runs.len());
        for run in &self.runs {
            written.extend([run.0 - end, run.1 - run.0]);
            end = run.1;
        }
        written
    }

    /// From what stands in a file; `None` when it can't be, or reaches `count`.
    pub(super) fn read(written: &[u32], count: u32) -> Option<Self> {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        let mut end = 0_u32;
        for pair in written.chunks(2) {
            let [gap, length] = pair else { return None };
            let start = end.checked_add(*gap)?;
            end = start.checked_add(*length).filter(|end| *end <= count)?;
            if *length == 0 || (*gap == 0 && !runs.is_empty()) {
                return None;
            }
            runs.push((start, end));
        }
        Some(Self { runs })
    }

    pub(super) fn count(&self) -> usize {
        self.runs.iter().map(|(start, end)| (end - start) as usize).sum()
    }

    pub(super) fn contains(&self, number: u32) -> bool {
        let behind = self.runs.partition_point(|(start, _)| *start <= number);
        behind.checked_sub(1).and_then(|at| self.runs.get(at)).is_some_and(|(_, end)| number < *end)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.runs.iter().flat_map(|(start, end)| *start..*end)
    }

    pub(super) fn union(&self, other: &Self) -> Self {
        let mut all: Vec<(u32, u32)> = self.runs.iter().chain(&other.runs).copied().collect();
        all.sort_unstable();
        let mut runs: Vec<(u32, u32)> = Vec::with_capacity(all.len());
        for (start, end) in all {
            match runs.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => runs.push((start, end)),
            }
        }
        Self { runs }
    }

    pub(super) fn intersection(&self, other: &Self) -> Self {
        let (mut mine, mut theirs) = (self.runs.iter().peekable(), other.runs.iter().peekable());
        let mut runs = Vec::new();
        while let (Some(a), Some(b)) = (mine.peek(), theirs.peek()) {
            let (start, end) = (a.0.max(b.0), a.1.min(b.1));
            if start < end {
                runs.push((start, end));
            }
            if a.1 < b.1 {
                mine.next()
            } else {
                theirs.next()
            };
        }
        Self { runs }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn sets_are_sets() {
        let mut seed = 5_u32;
        let mut draw = || {
            let mut numbers = Vec::new();
            for _ in 0..40 {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                numbers.push(seed >> 26);
            }
            numbers
        };
        for _ in 0..200 {
            let (a, b) = (draw(), draw());
            let [plain_a, plain_b]: [BTreeSet<u32>; 2] = [&a, &b].map(|set| set.iter().copied().collect());
            let (a, b) = (Numbers::of(a), Numbers::of(b));
            let same = |ours: &Numbers, plain: BTreeSet<u32>| {
                assert_eq!(ours.iter().collect::<Vec<_>>(), plain.into_iter().collect::<Vec<_>>());
                assert_eq!(Numbers::read(&ours.written(), 64).as_ref(), Some(ours));
            };
            same(&a.union(&b), &plain_a | &plain_b);
            same(&a.intersection(&b), &plain_a & &plain_b);
            assert_eq!(a.count(), plain_a.len());
        }
    }

    #[test]
    fn what_is_no_list_of_runs_is_refused() {
        for written in [&[1][..], &[0, 0], &[0, 3, 0, 2], &[5, 6], &[u32::MAX, 2]] {
            assert_eq!(Numbers::read(written, 10), None, "{written:?}");
        }
    }
}
