//! The generator still draws what it drew: the sample catalogue's files can be made again, byte for byte.

use sha2::{Digest, Sha256};
use specimen::{photograph, sample_board, sample_photo, sample_reference};

/// When the drawing changes on purpose, write the sample catalogue again (`cargo run --release -p specimen -- sample
/// static/catalog`) and put the new hashes here.
const REFERENCE: &str = "fe238637950bd2158f3bd8a2a01586fd24ec9f7b4b4cdc95cc013ea41ff7c097";
const PHOTO: &str = "824096ef50e367591c4148a7176b2930b39871bc0b4217d2ca318b17dd2da9e0";

#[test]
fn small_versions_of_the_samples_have_their_known_bytes() {
    let board = sample_board();
    let [reference, photo] = [sample_reference(&board, 0), sample_photo(&board)].map(|(unit, camera)| {
        let file = photograph(&unit, &camera, [320, 240]).jpeg(88);
        Sha256::digest(&file).iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    });
    assert_eq!((reference.as_str(), photo.as_str()), (REFERENCE, PHOTO));
}
