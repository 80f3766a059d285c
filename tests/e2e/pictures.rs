//! Pictures for journeys: the sample's own, drawn ones, real ones where they are, and broken ones.

use std::path::{Path, PathBuf};
use std::{env, fs};

use specimen::{Board, BoardConfig, Camera, UnitConfig, photograph};

/// A picture of the built-in catalogue.
pub(crate) fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("static/catalog/specimen").join(name)
}

/// A picture of the evaluation set beside the checkout; `None`, and a word about it, when the set is not there.
pub(crate) fn real(journey: &str, name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared").join(name);
    if path.is_file() {
        return Some(path);
    }
    println!("{journey}: skipped, because the evaluation set beside the checkout (`../shared`) is not there.");
    None
}

/// Where a journey's own files lie.
fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures");
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

/// A file with these bytes.
pub(crate) fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder().join(name);
    // Whole at once: a journey beside this one may be reading it.
    let coming = folder().join(format!("{name}.{:?}", std::thread::current().id()));
    fs::write(&coming, bytes).expect("the file can be written");
    fs::rename(&coming, &path).expect("the file can be named");
    path
}

/// A photo of a drawn board; another seed is another board.
pub(crate) fn drawn(seed: u64) -> PathBuf {
    let board = Board::new(&BoardConfig { seed, size_mm: [100.0, 75.0], ..BoardConfig::default() });
    let shot = photograph(&board.unit(&UnitConfig { seed: 1, ..UnitConfig::default() }), &Camera::reference(seed), [960, 720]);
    file(&format!("drawn-{seed}.jpg"), &shot.jpeg(90))
}

/// The first half of a JPEG.
pub(crate) fn cut_jpeg() -> PathBuf {
    let whole = fs::read(sample("unit-1-small.jpg")).expect("the sample is there");
    file("cut.jpg", &whole[..whole.len() / 2])
}

/// A few bytes of PNG that claim 20,000 × 20,000 pixels.
pub(crate) fn png_bomb() -> PathBuf {
    let chunk = |kind: &[u8], data: &[u8]| {
        let body = [kind, data].concat();
        [&(data.len() as u32).to_be_bytes()[..], &body, &crc32fast::hash(&body).to_be_bytes()].concat()
    };
    let side = 20_000_u32.to_be_bytes();
    let header = [&side[..], &side, &[8, 2, 0, 0, 0]].concat();
    let empty = miniz_oxide::deflate::compress_to_vec_zlib(&[0; 60_001], 9);
    file(
        "bomb.png",
        &[b"\x89PNG\r\n\x1a\n".to_vec(), chunk(b"IHDR", &header), chunk(b"IDAT", &empty), chunk(b"IEND", &[])].concat(),
    )
}

/// The beginning of an iPhone's picture.
pub(crate) fn heic() -> PathBuf {
    file("IMG_0001.HEIC", &[b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1", &[0; 2000][..]].concat())
}
