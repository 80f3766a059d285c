//! What is hidden is gone from the pixels of every exported picture, not covered by something that can be taken off.

use boardwatch::geometry::{Rect, Reference};
use boardwatch::report::open_report;
use boardwatch::vision::{Hidden, Hiding, Picture, decode, to_png};

use crate::exports;
use crate::tokens::{HEIGHT, WIDTH, pixels};

/// A secret: blocks of black and white that nobody could guess, within the crop of the first finding.
const SECRET: (usize, usize, usize, usize) = (64, 52, 40, 24);
const BLOCK: usize = 4;

fn is_white(x: usize, y: usize) -> bool {
    let block = ((x / BLOCK) as u64 * 0x9e37_79b9) ^ ((y / BLOCK) as u64 * 0x85eb_ca6b);
    block.wrapping_mul(0xff51_afd7_ed55_8ccd) >> 63 == 1
}

fn photo() -> Vec<u8> {
    let mut picture = Picture { width: WIDTH as usize, height: HEIGHT as usize, rgb: pixels(4) };
    let (left, top, width, height) = SECRET;
    for y in top..top + height {
        for x in left..left + width {
            let start = 3 * (y * picture.width + x);
            picture.rgb[start..start + 3].fill(if is_white(x, y) { 250 } else { 8 });
        }
    }
    to_png(&picture).unwrap()
}

/// How well the secret can be read from a picture of this area: correlation of every pixel there with what was there, 0 to 1.
fn legible(picture: &Picture, area: Rect<Reference>) -> Option<f64> {
    let scale = picture.width as f64 / area.w;
    let (left, top, width, height) = SECRET;
    let mut pairs = Vec::new();
    for y in top..top + height {
        for x in left..left + width {
            let (px, py) = ((x as f64 + 0.5 - area.x) * scale, (y as f64 + 0.5 - area.y) * scale);
            if px >= 0.0 && py >= 0.0 && (px as usize) < picture.width && (py as usize) < picture.height {
                pairs.push((f64::from(u8::from(is_white(x, y))), f64::from(picture.at(px as usize, py as usize)[1])));
            }
        }
    }
    let count = pairs.len() as f64;
    if pairs.len() < width * height / 2 {
        return None;
    }
    let (mx, my) = (pairs.iter().map(|p| p.0).sum::<f64>() / count, pairs.iter().map(|p| p.1).sum::<f64>() / count);
    let sum = |f: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|(x, y)| f(x - mx, y - my)).sum::<f64>();
    let spread = (sum(&|x, _| x * x) * sum(&|_, y| y * y)).sqrt();
    Some(if spread < 1e-9 { 0.0 } else { (sum(&|x, y| x * y) / spread).abs() })
}

/// How legible the secret is on each exported picture that shows its place.
fn shown(hidden: &[Hidden]) -> Vec<(String, f64)> {
    let photo = photo();
    let mut shown = Vec::new();
    for (name, file) in exports::all(&photo, &photo, hidden) {
        let Ok(bundle) = open_report(&file) else { continue };
        for exhibit in &bundle.exhibits {
            let legible = legible(&decode(&exhibit.file).unwrap(), exhibit.area);
            shown.extend(legible.map(|legible| (format!("{name}: {:?}", exhibit.shows), legible)));
        }
        if name.ends_with(".png") {
            let whole = Rect::new(0.0, 0.0, f64::from(WIDTH), f64::from(HEIGHT));
            shown.extend(legible(&decode(&file).unwrap(), whole).map(|legible| (name, legible)));
        }
    }
    // Overview and two crops of the place, in page and bundle, and the marked picture.
    assert!(shown.len() >= 7, "{shown:?}");
    shown
}

#[test]
fn without_hiding_it_can_be_read() {
    for (name, legible) in shown(&[]) {
        assert!(legible > 0.8, "{name}: {legible}");
    }
}

#[test]
fn a_hidden_place_is_gone_from_every_picture() {
    let (x, y, w, h) = SECRET;
    let area = Rect::new(x as f64, y as f64, w as f64, h as f64);
    // A mean or two are left of a blurred place: that is how bright it was, not what stood there.
    for (how, most) in [(Hiding::Box, 0.12), (Hiding::Blur, 0.25)] {
        for (name, legible) in shown(&[Hidden { area, how }]) {
            assert!(legible < most, "{how:?}, {name}: {legible}");
        }
    }
}
