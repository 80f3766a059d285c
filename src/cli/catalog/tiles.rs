//! Tiles of large pictures, as any viewer of the International Image Interoperability Framework reads them from plain files (Image API 3.0,
//! level 0).

use std::path::Path;

use image::RgbImage;
use image::imageops::{self, FilterType};
use serde_json::json;

use crate::cli::files::{write, write_json};
use crate::vision::{Picture, to_jpeg};

/// Pixels along a tile's side.
const SIDE: u32 = 512;
/// Pictures with fewer pixels need no tiles.
const LEAST_PIXELS: u64 = 4_000_000;

/// True when a picture of this size gets tiles.
pub(super) fn wanted(width: u32, height: u32) -> bool {
    u64::from(width) * u64::from(height) >= LEAST_PIXELS
}

/// Writes `info.json` and the tiles below `folder`, whose address will be `id`.
pub(super) fn write_tiles(folder: &Path, id: &str, picture: &Picture) -> Result<(), String> {
    let (width, height) = (picture.width as u32, picture.height as u32);
    let no_pixels = || "The picture has no pixels.".to_owned();
    let mut level = RgbImage::from_raw(width, height, picture.rgb.clone()).ok_or_else(no_pixels)?;
    let (mut factor, mut factors, mut sizes) = (1, Vec::new(), Vec::new());
    loop {
        factors.push(factor);
        let span = SIDE * factor;
        for (y, x) in (0..height).step_by(span as usize).flat_map(|y| (0..width).step_by(span as usize).map(move |x| (y, x))) {
            // Of the whole picture, and of this level.
            let (w, h) = (span.min(width - x), span.min(height - y));
            let (tile_w, tile_h) = (w.div_ceil(factor), h.div_ceil(factor));
            let cut = imageops::crop_imm(&level, x / factor, y / factor, tile_w, tile_h).to_image();
            save(&folder.join(format!("{x},{y},{w},{h}/{tile_w},{tile_h}/0/default.jpg")), &cut)?;
        }
        let (full_w, full_h) = level.dimensions();
        if full_w <= SIDE && full_h <= SIDE {
            sizes.push(json!({ "width": full_w, "height": full_h }));
            save(&folder.join(format!("full/{full_w},{full_h}/0/default.jpg")), &level)?;
            break;
        }
        factor *= 2;
        level = imageops::resize(&level, width.div_ceil(factor), height.div_ceil(factor), FilterType::Triangle);
    }
    let info = json!({
        "@context": "http://iiif.io/api/image/3/context.json", "id": id, "type": "ImageService3", "protocol": "http://iiif.io/api/image",
        "profile": "level0", "width": width, "height": height, "sizes": sizes,
        "tiles": [{ "width": SIDE, "scaleFactors": factors }],
    });
    write_json(&folder.join("info.json"), &info)
}

fn save(path: &Path, cut: &RgbImage) -> Result<(), String> {
    let picture = Picture { width: cut.width() as usize, height: cut.height() as usize, rgb: cut.as_raw().clone() };
    write(path, &to_jpeg(&picture).ok_or("A tile has no pixels.")?)
}
