//! Which feature of the photo is which of the reference.

use super::dot::dot;
use super::features::{Features, Keypoint};
use crate::vision::order::rising;

/// A feature of the photo and the one of the reference that looks like it.
#[derive(Debug, Clone, Copy)]
pub(in crate::vision) struct Match {
    pub(in crate::vision) photo: Keypoint,
    pub(in crate::vision) reference: Keypoint,
    /// Distance to this one over distance to the next best; small is sure.
    pub(in crate::vision) ratio: f32,
}

#[derive(Clone, Copy)]
struct Nearest {
    index: usize,
    squared: i32,
    runner_up: i32,
}

/// Mutual nearest neighbours whose runner-up is clearly farther, surest first.
pub(super) fn matches(photo: &Features, reference: &Features, most_ratio: f32) -> Vec<Match> {
    let none = Nearest { index: usize::MAX, squared: i32::MAX, runner_up: i32::MAX };
    let mut of_photo = vec![none; photo.descriptors.len()];
    let mut of_reference = vec![none; reference.descriptors.len()];
    let norms: Vec<i32> = reference.descriptors.iter().map(|d| dot(d, d)).collect();
    // Something bright on dark ground is never the same as something dark on bright ground.
    let of_kind = |bright: bool| (0..norms.len()).filter(|&j| reference.keypoints[j].bright == bright).collect::<Vec<_>>();
    let kinds = [of_kind(false), of_kind(true)];
    for (i, a) in photo.descriptors.iter().enumerate() {
        let norm = dot(a, a);
        for &j in &kinds[usize::from(photo.keypoints[i].bright)] {
            let squared = norm + norms[j] - 2 * dot(a, &reference.descriptors[j]);
            note(&mut of_photo[i], j, squared, &reference.keypoints);
            note(&mut of_reference[j], i, squared, &photo.keypoints);
        }
    }
    let found: Vec<Match> = of_photo
        .iter()
        .enumerate()
        .filter_map(|(i, nearest)| {
            let back = of_reference.get(nearest.index).filter(|back| back.index == i)?;
            let runner_up = nearest.runner_up.min(back.runner_up).max(1);
            let ratio = (nearest.squared as f32 / runner_up as f32).max(0.0).sqrt();
            let reference = reference.keypoints[nearest.index];
            (ratio <= most_ratio).then_some(Match { photo: photo.keypoints[i], reference, ratio })
        })
        .collect();
    rising(found, |found| [found.ratio.into(), 0.0, 0.0])
}

/// The runner-up must be another place: one place may have two features that differ in direction only.
fn note(nearest: &mut Nearest, index: usize, squared: i32, keypoints: &[Keypoint]) {
    if squared >= nearest.runner_up {
        return;
    }
    let same_place = keypoints.get(nearest.index).is_some_and(|old| {
        let new = &keypoints[index];
        (old.x - new.x).abs() + (old.y - new.y).abs() < 2.0 * old.size
    });
    if squared < nearest.squared {
        if !same_place {
            nearest.runner_up = nearest.squared;
        }
        (nearest.index, nearest.squared) = (index, squared);
    } else if !same_place {
        nearest.runner_up = squared;
    }
}
