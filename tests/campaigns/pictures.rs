//! Picture files that were cut, altered or made up.

use std::io::Cursor;

use boardwatch::vision::{DecodeError, decode};
use image::{DynamicImage, ImageFormat, RgbaImage};

use crate::random::Dice;

const FORMATS: [ImageFormat; 4] = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Tiff, ImageFormat::WebP];

/// A mutated file gives a picture of its size or a sentence, and never a panic.
pub(crate) fn case(seed: u64) -> Result<&'static str, String> {
    let mut dice = Dice::new(seed);
    let file = mutate(drawn(&mut dice), &mut dice);
    match decode(&file) {
        Ok(picture) if picture.rgb.len() == picture.width * picture.height * 3 => Ok("read"),
        Ok(picture) => Err(format!("{} bytes for {} × {} pixels", picture.rgb.len(), picture.width, picture.height)),
        Err(DecodeError::FileTooLarge { .. }) => Err("a small file is called too large".to_owned()),
        Err(error) if error.to_string().len() < 20 => Err(format!("{error:?} is no sentence: {error}")),
        Err(_) => Ok("refused"),
    }
}

/// A small picture of any kind, in any format.
fn drawn(dice: &mut Dice) -> Vec<u8> {
    let (width, height) = (1 + dice.below(40) as u32, 1 + dice.below(40) as u32);
    let pixels = (0..width * height * 4).map(|_| dice.next() as u8).collect();
    let rgba = DynamicImage::from(RgbaImage::from_raw(width, height, pixels).expect("four bytes per pixel"));
    let format = FORMATS[dice.below(FORMATS.len())];
    let picture = match dice.below(3) {
        // JPEG knows no alpha.
        _ if format == ImageFormat::Jpeg => DynamicImage::from(rgba.to_rgb8()),
        0 => DynamicImage::from(rgba.to_rgb8()),
        1 if format != ImageFormat::WebP => DynamicImage::from(rgba.to_luma8()),
        _ => rgba,
    };
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("a picture in memory can be written");
    file.into_inner()
}

/// Bytes change, vanish, come twice; lengths and sizes become extreme; the end is lost.
fn mutate(mut file: Vec<u8>, dice: &mut Dice) -> Vec<u8> {
    for _ in 0..=dice.below(4) {
        if file.is_empty() {
            break;
        }
        // Headers, where sizes and types stand, are met as often as all the rest.
        let reach = if dice.below(2) == 0 { file.len().min(64) } else { file.len() };
        let at = dice.below(reach);
        match dice.below(6) {
            0 => file[at] ^= 1 << dice.below(8),
            1 => file[at] = dice.next() as u8,
            2 => file[at] = [0, 0xff, 0x7f, 0x80][dice.below(4)],
            3 => drop(file.remove(at)),
            4 => file.truncate(at),
            _ => {
                let end = (at + 1 + dice.below(16)).min(file.len());
                let twice = file[at..end].to_vec();
                drop(file.splice(at..at, twice));
            }
        }
    }
    file
}
