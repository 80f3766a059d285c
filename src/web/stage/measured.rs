//! What the shaders do with two pictures, for a canvas that has none. Pixels are four bytes, row by row, as `ImageData` has them.

use super::card::DIFFERENCE_GAIN;
use crate::app::Palette;
use crate::app::table::Table;

/// Full scale of a channel.
const FULL: f32 = 255.0;

type Rgba<'a> = &'a [u8];

fn channel(pixel: Rgba<'_>, place: usize) -> f32 {
    f32::from(pixel.get(place).copied().unwrap_or(0)) / FULL
}

fn luma(pixel: Rgba<'_>) -> f32 {
    0.299 * channel(pixel, 0) + 0.587 * channel(pixel, 1) + 0.114 * channel(pixel, 2)
}

fn written(colour: [f32; 3], opacity: f32) -> [u8; 4] {
    let [r, g, b] = colour.map(|v| (v * FULL).round() as u8);
    [r, g, b, (opacity * FULL) as u8]
}

/// The reference in red, the photo in green and blue, each by its brightness.
pub(super) fn red_cyan(reference: &[u8], photo: &[u8]) -> Vec<u8> {
    let pixels = reference.chunks_exact(4).zip(photo.chunks_exact(4));
    let mixed = pixels.flat_map(|(reference, photo)| {
        let (red, cyan) = (luma(reference) * channel(reference, 3), luma(photo) * channel(photo, 3));
        written([red, cyan, cyan], channel(reference, 3).max(channel(photo, 3)))
    });
    mixed.collect()
}

/// As `difference.frag.glsl`.
pub(super) fn difference([reference, photo]: [&[u8]; 2], (width, height): (u32, u32), table: &Table) -> Vec<u8> {
    let (width, height) = (width as usize, height as usize);
    let (scene, reach) = (table.scene(), table.difference_reach().round() as isize);
    let floor = scene.tolerance as f32;
    let pixel = |picture: &'_ [u8], x: usize, y: usize| -> [u8; 4] {
        let start = 4 * (y * width + x);
        picture.get(start..start + 4).and_then(|pixel| pixel.try_into().ok()).unwrap_or_default()
    };
    let apart = |one: [u8; 4], other: [u8; 4]| {
        let [r, g, b, _] = [0, 1, 2, 3].map(|k: usize| one.get(k).zip(other.get(k)).map_or(0, |(a, b)| a.abs_diff(*b)));
        r.max(g).max(b)
    };
    let grey = scene.palette == Palette::Grey;
    let mut shown = Vec::with_capacity(4 * width * height);
    for y in 0..height {
        for x in 0..width {
            let (here_reference, here_photo) = (pixel(reference, x, y), pixel(photo, x, y));
            let (mut photo_best, mut reference_best) = (u8::MAX, u8::MAX);
            for dy in [-reach, 0, reach] {
                for dx in [-reach, 0, reach] {
                    let there_x = x.saturating_add_signed(dx).min(width - 1);
                    let there_y = y.saturating_add_signed(dy).min(height - 1);
                    photo_best = photo_best.min(apart(pixel(photo, there_x, there_y), here_reference));
                    reference_best = reference_best.min(apart(pixel(reference, there_x, there_y), here_photo));
                }
            }
            let (a, b) = (channel(&here_reference, 3), channel(&here_photo, 3));
            let amount = ((f32::from(photo_best.max(reference_best)) / FULL - floor) * DIFFERENCE_GAIN).clamp(0.0, 1.0) * a * b;
            let (bright_reference, bright_photo) = (luma(&here_reference), luma(&here_photo));
            let hue = match (grey, bright_photo >= bright_reference) {
                (true, _) => [1.0; 3],
                (false, true) => [0.902, 0.624, 0.0],
                (false, false) => [0.337, 0.706, 0.914],
            };
            let board = (bright_photo + (bright_reference - bright_photo) * a) * if grey { 0.12 } else { 0.35 };
            shown.extend(written(hue.map(|hue| board + (hue - board) * amount), a.max(b)));
        }
    }
    shown
}
