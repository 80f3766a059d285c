//! Places that hang together.

/// Connected sets of cells (four neighbours) of a grid with so many columns, in reading order of their first cell.
pub(super) fn connected(set: &[bool], columns: usize) -> Vec<Vec<usize>> {
    let mut open = set.to_vec();
    let mut found = Vec::new();
    for start in 0..open.len() {
        if !open[start] {
            continue;
        }
        open[start] = false;
        let (mut area, mut next) = (vec![start], 0);
        while let Some(&at) = area.get(next) {
            next += 1;
            let around = [
                (!at.is_multiple_of(columns)).then(|| at - 1),
                (at % columns + 1 < columns).then_some(at + 1),
                at.checked_sub(columns),
                Some(at + columns),
            ];
            for beside in around.into_iter().flatten() {
                if open.get(beside) == Some(&true) {
                    open[beside] = false;
                    area.push(beside);
                }
            }
        }
        found.push(area);
    }
    found
}

#[test]
fn neighbours_hang_together_and_corners_and_the_ends_of_rows_do_not() {
    let set: Vec<bool> = "##..#.##.#...#..".chars().map(|c| c == '#').collect();
    assert_eq!(connected(&set, 4), [vec![0, 1, 4], vec![6, 7], vec![9, 13]]);
    assert_eq!(connected(&[true, false, false, true, true, false], 3), [vec![0, 3, 4]]);
    assert_eq!(connected(&[false, true, true, false], 2), [[1], [2]]);
    assert!(connected(&[], 3).is_empty());
}
