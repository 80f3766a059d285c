//! What the pictures promise: the same bytes again, changes only where the truth says, real parallax.

use specimen::{Board, BoardConfig, Camera, Difficulty, Shot, Tampering, Unit, UnitConfig, photograph, truth};

fn board(seed: u64) -> Board {
    Board::new(&BoardConfig { seed, size_mm: [80.0, 60.0], ..BoardConfig::default() })
}

fn unit(board: &Board, seed: u64) -> Unit {
    board.unit(&UnitConfig { seed, ..UnitConfig::default() })
}

#[test]
fn the_same_seeds_give_the_same_bytes_and_others_do_not() {
    let shot = |unit_seed, camera_seed| {
        photograph(&unit(&board(3), unit_seed), &Camera::hand_held(camera_seed, Difficulty::Hard), [200, 150])
    };
    assert_eq!(shot(1, 1).jpeg(80), shot(1, 1).jpeg(80));
    assert_ne!(shot(1, 1).rgb, shot(2, 1).rgb);
    assert_ne!(shot(1, 1).rgb, shot(1, 2).rgb);
}

/// Least-squares homography through many points: an independent way from photo to reference for a flat board.
fn fit(points: &[[f64; 4]]) -> [f64; 8] {
    let mut normal = [[0.0f64; 9]; 8];
    for &[x, y, u, v] in points {
        for (row, value) in [([x, y, 1.0, 0.0, 0.0, 0.0, -u * x, -u * y], u), ([0.0, 0.0, 0.0, x, y, 1.0, -v * x, -v * y], v)] {
            for i in 0..8 {
                for j in 0..8 {
                    normal[i][j] += row[i] * row[j];
                }
                normal[i][8] += row[i] * value;
            }
        }
    }
    for i in 0..8 {
        let pivot = (i..8).max_by(|&a, &b| normal[a][i].abs().total_cmp(&normal[b][i].abs())).unwrap();
        normal.swap(i, pivot);
        for k in 0..8 {
            if k != i {
                let factor = normal[k][i] / normal[i][i];
                for j in i..9 {
                    normal[k][j] -= factor * normal[i][j];
                }
            }
        }
    }
    std::array::from_fn(|i| normal[i][8] / normal[i][i])
}

#[test]
fn the_grid_is_a_homography_but_for_lens_and_bow() {
    let board = board(5);
    let reference = photograph(&unit(&board, 1), &Camera::reference(1), [480, 360]);
    let photo = photograph(&unit(&board, 2), &Camera::hand_held(2, Difficulty::Medium), [480, 360]);
    let grid = truth(&reference, &photo).grid;
    assert!(grid.len() > 20, "{}", grid.len());
    let h = fit(&grid);
    for [x, y, u, v] in grid {
        let w = h[6] * x + h[7] * y + 1.0;
        let (du, dv) = ((h[0] * x + h[1] * y + h[2]) / w - u, (h[3] * x + h[4] * y + h[5]) / w - v);
        assert!((du * du + dv * dv).sqrt() < 3.0, "{du} {dv}");
    }
}

#[test]
fn a_point_of_the_grid_shows_the_same_place_in_both_pictures() {
    // Print and copper are the same on every unit: around true correspondences, brightness must agree far better
    // than around shifted ones.
    let board = board(9);
    let reference = photograph(&unit(&board, 1), &Camera::reference(4), [960, 720]);
    let photo = photograph(&unit(&board, 2), &Camera::hand_held(5, Difficulty::Easy), [960, 720]);
    let grid = truth(&reference, &photo).grid;
    let misfit = |shift: f64| -> f64 {
        let sums = grid.iter().map(|&[x, y, u, v]| {
            let patch = (-6..=6).flat_map(|i| (-6..=6).map(move |j| (f64::from(i), f64::from(j))));
            patch.map(|(i, j)| (luma(&photo, x + i, y + j) - luma(&reference, u + i + shift, v + j)).abs()).sum::<f64>()
        });
        sums.sum()
    };
    assert!(
        misfit(0.0) < 0.7 * misfit(6.0) && misfit(0.0) < 0.7 * misfit(-6.0),
        "{} {} {}",
        misfit(0.0),
        misfit(6.0),
        misfit(-6.0)
    );
}

fn luma(shot: &Shot, x: f64, y: f64) -> f64 {
    let (x, y) = ((x.max(0.0) as usize).min(shot.width - 1), (y.max(0.0) as usize).min(shot.height - 1));
    let start = (y * shot.width + x) * 3;
    shot.rgb[start..start + 3].iter().map(|v| f64::from(*v)).sum::<f64>() / 3.0
}

#[test]
fn tampering_changes_pixels_in_its_box_and_nowhere_else() {
    for tampering in [Tampering::Added, Tampering::Filled, Tampering::Missing, Tampering::Swapped, Tampering::Rotated] {
        let good = unit(&board(11), 4);
        let bad = good.clone().with(tampering);
        let camera = Camera::hand_held(6, Difficulty::Medium);
        let [before, after] = [&good, &bad].map(|u| photograph(u, &camera, [640, 480]));
        let found = truth(&before, &after);
        let [found] = &found.boxes[..] else { panic!("{tampering:?}: {} boxes", found.boxes.len()) };
        // Shadows and dark corners reach a little farther than the part.
        let (area, reach) = (found.photo_box, 10.0 * after.view.px_per_mm);
        let (mut inside, mut outside) = (0, 0);
        for y in 0..480 {
            for x in 0..640 {
                let start = (y * 640 + x) * 3;
                let differs = (start..start + 3).any(|k| before.rgb[k].abs_diff(after.rgb[k]) > 6);
                let (px, py) = (x as f64 + 0.5, y as f64 + 0.5);
                let within = |margin: f64| {
                    px > area.x - margin && py > area.y - margin && px < area.x + area.w + margin && py < area.y + area.h + margin
                };
                inside += usize::from(differs && within(1.0));
                outside += usize::from(differs && !within(reach));
            }
        }
        assert!(inside as f64 > 0.04 * area.w * area.h, "{tampering:?}: {inside} pixels of {} × {}", area.w, area.h);
        assert_eq!(outside, 0, "{tampering:?}");
    }
}

#[test]
fn the_top_of_a_tall_part_moves_as_its_height_says() {
    let with = unit(&board(13), 1);
    let is_solid = |part: &specimen::Part| ["metalbox", "inductor", "electrolytic", "shield"].contains(&part.kind.word());
    let height = |k: usize| with.parts[k].kind.extent_mm()[2];
    let tallest =
        (0..with.parts.len()).filter(|&k| is_solid(&with.parts[k])).max_by(|&a, &b| height(a).total_cmp(&height(b))).unwrap();
    let mut without = with.clone();
    without.parts[tallest].populated = false;
    let (part, [w, d, h]) = (&with.parts[tallest], with.parts[tallest].kind.extent_mm());
    for seed in 1..4 {
        let camera = Camera::hand_held(seed, Difficulty::Hard);
        let [a, b] = [&with, &without].map(|u| photograph(u, &camera, [800, 600]));
        // A line of sight through the projected top passes over the part at that height: similar triangles, no lens model.
        let centre = a.view.centre_mm();
        let mut lean = 0.0f64;
        for [u, v] in [[0.0, 0.0], [0.3, 0.3], [-0.3, 0.3], [0.3, -0.3], [-0.3, -0.3]] {
            let [u, v] = if part.quarters % 2 == 0 { [u * w, v * d] } else { [u * d, v * w] };
            let [x, y] = [part.centre[0] + u, part.centre[1] + v];
            let pixel = a.locate([x, y, h]);
            let direction = a.view.direction(pixel);
            let reach = (h - centre[2]) / direction[2];
            // Within the board's bow.
            assert!((centre[0] + direction[0] * reach - x).abs() < 0.4 && (centre[1] + direction[1] * reach - y).abs() < 0.4);
            // And there the picture shows the part: without it, it shows something else.
            assert!(colour_distance(&a, &b, pixel) > 24, "{seed} {u} {v}");
            let below = a.locate([x, y, 0.0]);
            lean =
                lean.max(((pixel[0] - below[0]) * (pixel[0] - below[0]) + (pixel[1] - below[1]) * (pixel[1] - below[1])).sqrt());
        }
        assert!(lean > 3.0, "{} leans by {lean} px only", part.name);
    }
}

/// Sum of the differences of the three channels at a place.
fn colour_distance(a: &Shot, b: &Shot, [x, y]: [f64; 2]) -> u32 {
    let start = (y as usize * a.width + x as usize) * 3;
    (start..start + 3).map(|k| u32::from(a.rgb[k].abs_diff(b.rgb[k]))).sum()
}

#[test]
fn other_boards_have_no_correspondences() {
    let shots = [board(1), board(2)].map(|b| photograph(&unit(&b, 1), &Camera::reference(1), [200, 150]));
    let truth = truth(&shots[0], &shots[1]);
    assert!(!truth.same_board && truth.grid.is_empty() && truth.boxes.is_empty());
}
