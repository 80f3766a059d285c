//! Two photos of a drawn board, kept from run to run.

use std::path::{Path, PathBuf};
use std::{fs, io};

use specimen::{Board, BoardConfig, Camera, Difficulty, Tampering, Unit, UnitConfig, photograph, size_of};

/// Near to the pictures' four by three, so that most pixels show board, as on photos that somebody takes for a comparison.
const BOARD_MM: [f64; 2] = [150.0, 110.0];
/// What happened to the photographed board.
const TAMPERINGS: [Tampering; 3] = [Tampering::Added, Tampering::Missing, Tampering::Swapped];

/// JPEG files.
pub(crate) struct Files {
    pub(crate) photo: Vec<u8>,
    pub(crate) reference: Vec<u8>,
}

/// A pair with about so many megapixels per picture, drawn unless it is there.
pub(crate) fn of(megapixels: f64) -> Result<Files, String> {
    let unit = |seed| {
        let board = Board::new(&BoardConfig { seed: 4, size_mm: BOARD_MM, ..BoardConfig::default() });
        board.unit(&UnitConfig { seed, ..UnitConfig::default() })
    };
    let photo = || {
        let tampered = TAMPERINGS.into_iter().fold(unit(2), Unit::with);
        let shot = photograph(&tampered, &Camera::hand_held(2, Difficulty::Medium), size_of(megapixels));
        shot.jpeg(shot.quality)
    };
    let reference = || {
        let shot = photograph(&unit(1), &Camera::reference(1), size_of(megapixels));
        shot.jpeg(shot.quality)
    };
    Ok(Files {
        photo: kept(&format!("photo-{megapixels}mp.jpg"), photo)?,
        reference: kept(&format!("reference-{megapixels}mp.jpg"), reference)?,
    })
}

fn kept(name: &str, draw: impl FnOnce() -> Vec<u8>) -> Result<Vec<u8>, String> {
    let path = folder().join(name);
    let explained = |error: io::Error| format!("{} could not be kept: {error}. Free some space, or delete it.", path.display());
    match fs::read(&path) {
        Ok(file) => Ok(file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            eprintln!("Drawing {name} (up to a minute, once).");
            let (file, unfinished) = (draw(), path.with_extension("unfinished"));
            // Under another name first: a picture that was cut off by an interruption must not be kept.
            fs::create_dir_all(folder()).and_then(|()| fs::write(&unfinished, &file)).map_err(explained)?;
            fs::rename(&unfinished, &path).map_err(explained)?;
            Ok(file)
        }
        Err(error) => Err(explained(error)),
    }
}

/// `bench` in cargo's build folder.
fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("bench")
}
